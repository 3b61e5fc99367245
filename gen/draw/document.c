#include "parts.h"

#include <math.h>

/* Every figure of a document gets its drawings. Widths follow the page's grid: on the site twelve
 * columns of 1,136 px with gutters of 24 px, drawn at 0.634 of that, so that text of 8.5 pt is seen
 * as 13 px; on paper 170 mm, half a width less half a gutter. */

static double width_pt(enum width width, enum medium medium)
{
    static const double screen[] = {[WIDTH_FULL] = 720,
                                    [WIDTH_HALF] = 352,
                                    [WIDTH_THIRD] = 230,
                                    [WIDTH_TWO_THIRDS] = 475,
                                    [WIDTH_QUARTER] = 168};
    static const double print[] = {[WIDTH_FULL] = 482,
                                   [WIDTH_HALF] = 232,
                                   [WIDTH_THIRD] = 149,
                                   [WIDTH_TWO_THIRDS] = 315,
                                   [WIDTH_QUARTER] = 107};
    return medium == MEDIUM_SCREEN ? screen[width] : print[width];
}

/* Sparklines come in these sizes: in a table's cell, and below a key figure. */
enum spark_size { SPARK_CELL, SPARK_KPI };
static const struct {
    double width_pt, height_pt;
} spark_sizes[] = {[SPARK_CELL] = {60, 14}, [SPARK_KPI] = {110, 26}};

/* Work under way: a chart, with the words for those who cannot see it, or a batch of sparklines. */
struct open_job {
    struct chart_job *chart;
    struct drawing **to;
    str title, description;
    struct spark_job *sparks;
};
typedef LIST(struct spark) spark_list;
struct pass {
    struct gnuplot *g;
    struct arena *mem;
    struct document *d;
    struct diags *diags;
    struct open_job open[GNUPLOT_AHEAD];
    size_t first, nopen;
    spark_list sparks[2]; /* those to be drawn, by size */
    bool ok;
};

static void put_drawing(struct pass *p, struct drawing **to, struct drawing *drawing, str title,
                        str description)
{
    *to = drawing;
    if (drawing) {
        drawing->title = title;
        drawing->description = description;
    } else {
        p->ok = false;
    }
}

static void end_oldest(struct pass *p)
{
    struct open_job *o = &p->open[p->first];
    if (o->sparks)
        p->ok &= sparks_end(p->g, o->sparks, p->diags);
    else
        put_drawing(p, o->to, chart_end(p->g, o->chart, p->diags), o->title, o->description);
    p->first = (p->first + 1) % GNUPLOT_AHEAD;
    p->nopen--;
}

static void make_room(struct pass *p)
{
    if (p->nopen == GNUPLOT_AHEAD)
        end_oldest(p);
}

static void add_job(struct pass *p, struct open_job job)
{
    if (job.chart || job.sparks)
        p->open[(p->first + p->nopen++) % GNUPLOT_AHEAD] = job;
    else
        p->ok = false;
}

static bool wants(const struct pass *p, const struct node *n, enum medium medium)
{
    return medium == MEDIUM_SCREEN ? p->d->draw_screen && !n->only_report
                                   : p->d->draw_print && !n->only_site;
}

static void draw_figure(struct pass *p, struct node *n)
{
    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++) {
        if (!wants(p, n, m))
            continue;
        make_room(p);
        struct open_job job = {.to = m == MEDIUM_SCREEN ? &n->figure.screen : &n->figure.print,
                               .title = n->title,
                               .description = n->figure.description};
        job.chart = chart_begin(p->g, p->mem, n->figure.chart, m, width_pt(n->width, m), 0, n->at,
                                p->diags);
        add_job(p, job);
    }
}

static void draw_graph(struct pass *p, struct node *n)
{
    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++)
        if (wants(p, n, m))
            put_drawing(
                p, m == MEDIUM_SCREEN ? &n->graph.screen : &n->graph.print,
                graph_draw(p->mem, n->graph.graph, m, width_pt(n->width, m), n->at, p->diags),
                n->title, n->graph.description);
}

/* ---- sparklines ---- */

static void note_spark(struct pass *p, enum spark_size size, struct spark spark)
{
    if (spark.value && spark.n)
        PUSH(p->mem, &p->sparks[size], spark);
}

static void note_sparks(struct pass *p, struct node *n)
{
    for (size_t i = 0; n->kind == NODE_table && i < n->table->nrows * n->table->ncols; i++) {
        struct cell *c = &n->table->cell[i];
        note_spark(p, SPARK_CELL, (struct spark){c->spark, c->nspark, NAN, &c->spark_drawing});
    }
    for (size_t i = 0; n->kind == NODE_kpis && i < n->kpis.n; i++) {
        struct kpi *k = &n->kpis.at[i];
        note_spark(p, SPARK_KPI,
                   (struct spark){k->spark, k->nspark, k->spark_target, &k->spark_drawing});
    }
}

/* Stable, so that the order of drawing is that of the page. */
static void sort_by_points(spark_list *list)
{
    for (size_t i = 1; i < list->n; i++) {
        struct spark s = list->at[i];
        size_t k = i;
        for (; k > 0 && list->at[k - 1].n > s.n; k--)
            list->at[k] = list->at[k - 1];
        list->at[k] = s;
    }
}

static void draw_sparks(struct pass *p, enum spark_size size)
{
    spark_list *list = &p->sparks[size];

    sort_by_points(list);
    for (size_t from = 0, n; from < list->n; from += n) {
        for (n = 1; n < SPARKS_MAX && from + n < list->n;)
            if (list->at[from + n].n == list->at[from].n)
                n++;
            else
                break;
        make_room(p);
        struct open_job job = {.sparks = sparks_begin(p->g, p->mem, &list->at[from], n,
                                                      spark_sizes[size].width_pt,
                                                      spark_sizes[size].height_pt, p->diags)};
        add_job(p, job);
    }
}

/* ---- the whole ---- */

static void draw_node(struct pass *p, struct node *n)
{
    if (n->kind == NODE_figure)
        draw_figure(p, n);
    else if (n->kind == NODE_graph)
        draw_graph(p, n);
    else
        note_sparks(p, n);
    for (struct node *child = n->first; child; child = child->next)
        draw_node(p, child);
}

bool draw_document(struct gnuplot *g, struct arena *mem, struct document *d, struct diags *diags)
{
    struct pass p = {.g = g, .mem = mem, .d = d, .diags = diags, .ok = true};

    draw_node(&p, d->root);
    draw_sparks(&p, SPARK_CELL);
    draw_sparks(&p, SPARK_KPI);
    while (p.nopen)
        end_oldest(&p);
    return p.ok;
}

static bool check_node(const struct gnuplot *g, const struct node *n, struct diags *diags)
{
    bool ok =
        n->kind != NODE_figure || kind_check(g, diags->mem, n->figure.chart->kind, n->at, diags);
    for (const struct node *child = n->first; child; child = child->next)
        ok &= check_node(g, child, diags);
    return ok;
}

bool draw_check(const struct gnuplot *g, const struct document *d, struct diags *diags)
{
    return check_node(g, d->root, diags);
}
