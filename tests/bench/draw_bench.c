/* 500 charts read into drawings, for a wide page and for a phone, against gnuplot's own time on the
 * same scripts. gen/build/draw_bench [FOLDER [CHARTS]] */
#include "../unit/draw_sample.h"

/* How long gnuplot alone takes from start to end for a file of scripts. */
static double gnuplot_ms(struct arena *mem, str path, str scripts, struct diags *diags)
{
    const char *const argv[] = {"gnuplot", "-d", path.p, NULL};
    str svg;

    if (!file_write(path, scripts, diags))
        return NAN;
    double start = clock_ms();
    int status = child_run(mem, argv, S(""), &svg, 60000, diags);
    return status == 0 ? clock_ms() - start : NAN;
}

/* One document with all charts as figures, drawn as a page is. */
static double document_ms(struct gnuplot *g, struct arena *mem, struct chart **chart, size_t n,
                          struct diags *diags)
{
    struct node *figure = NEW_ARRAY(mem, n, struct node);
    struct node root = {.kind = NODE_document, .first = figure};
    struct document d = {.root = &root, .draw_screen = true};

    for (size_t i = 0; i < n; i++) {
        figure[i].kind = NODE_figure;
        figure[i].width = WIDTH_HALF;
        figure[i].figure.chart = chart[i];
        figure[i].next = i + 1 < n ? &figure[i + 1] : NULL;
    }
    double start = clock_ms();
    return draw_document(g, mem, &d, diags) ? clock_ms() - start : NAN;
}

static bool measure(struct gnuplot *g, struct arena *mem, str folder, size_t n, struct diags *diags)
{
    struct chart **chart = NEW_ARRAY(mem, n, struct chart *);
    struct buf scripts = {0};

    for (size_t i = 0; i < n; i++) {
        /* Each of another number of points, for a drawing that was made before is not made
         * again. */
        chart[i] =
            sample_chart(mem, (enum sample_kind)(i % SAMPLE_sparkline), 6 + i / SAMPLE_sparkline);
        /* The two widths at which draw_document draws a half-width chart. */
        buf_add(&scripts, S("reset session\n"));
        buf_add(&scripts, chart_script(g, mem, chart[i], MEDIUM_SCREEN, 352, diags));
        buf_add(&scripts, S("reset session\n"));
        buf_add(&scripts, chart_script(g, mem, chart[i], MEDIUM_NARROW, 248, diags));
    }
    str path = path_join(mem, folder, S("charts.gp"));
    double start_up = gnuplot_ms(mem, path, S("\n"), diags);
    double own = gnuplot_ms(mem, path, buf_str(&scripts), diags) - start_up;
    double ours = document_ms(g, mem, chart, n, diags);
    printf("draw: %zu charts at two widths, gnuplot alone %.0f ms, as drawings %.0f ms: %.2f times "
           "gnuplot's own time\n",
           n, own, ours, ours / own);
    buf_clear(&scripts);
    return ours < 2 * own;
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new();
    struct diags diags;
    const str charts = S("templates/charts");
    int64_t n = 500;

    diags_init(&diags, mem);
    if (argc > 2)
        parse_integer(str_of(argv[2]), &n);
    struct gnuplot *g = gnuplot_new(mem, &charts, 1, &diags);
    bool ok = g && measure(g, mem, argc > 1 ? str_of(argv[1]) : S("."), (size_t)n, &diags);
    gnuplot_free(g);
    diags_print(&diags, DIAG_TEXT, stderr, false, true);
    arena_free(mem);
    return ok ? 0 : 1;
}
