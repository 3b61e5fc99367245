#include "parts.h"

#include <math.h>
#include <stdlib.h>

/* Every figure of a document gets its drawings. Widths follow the page's grid: on the site twelve
 * columns of 1,136 px with gutters of 24 px, drawn at 0.634 of that, so that text of 8.5 pt is seen
 * as 13 px; on paper 170 mm, half a width less half a gutter. */

/* A chart wider than this is drawn a second time at this width: for phones, where its 8.5 pt are
 * then seen as 11 px and more, and for all frames in which the texts of the wider drawing would be
 * smaller than 11 px. */
static const double NARROW = 248;

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
    return medium == MEDIUM_PRINT    ? print[width]
           : medium == MEDIUM_NARROW ? fmin(NARROW, screen[width])
                                     : screen[width];
}

/* Sparklines come in these sizes: in a table's cell, and below a key figure. */
enum spark_size { SPARK_CELL, SPARK_KPI };
static const struct {
    double width_pt, height_pt;
} spark_sizes[] = {[SPARK_CELL] = {60, 14}, [SPARK_KPI] = {110, 26}};

/* Work under way: a chart, with the words for those who cannot see it, or a batch of sparklines. */
struct open_job {
    struct chart_job *chart;
    struct drawing **to, **wide; /* wide: of a narrow drawing, where the other one is, else NULL */
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

/* What went wrong with the wide drawing, which has ended before, is not told once more. */
static void end_chart(struct pass *p, const struct open_job *o)
{
    struct diags again;
    bool told = o->wide && !*o->wide;

    diags_init(&again, p->mem);
    put_drawing(p, o->to, chart_end(p->g, o->chart, told ? &again : p->diags), o->title,
                o->description);
}

static void end_oldest(struct pass *p)
{
    struct open_job *o = &p->open[p->first];
    if (o->sparks)
        p->ok &= sparks_end(p->g, o->sparks, p->diags);
    else
        end_chart(p, o);
    p->first = (p->first + 1) % GNUPLOT_AHEAD;
    p->nopen--;
}

static void make_room(struct pass *p)
{
    if (p->nopen == GNUPLOT_AHEAD)
        end_oldest(p);
}

/* False if the job could not even begin. */
static bool add_job(struct pass *p, struct open_job job)
{
    if (!job.chart && !job.sparks)
        return p->ok = false;
    p->open[(p->first + p->nopen++) % GNUPLOT_AHEAD] = job;
    return true;
}

static bool wants(const struct pass *p, const struct node *n, enum medium medium)
{
    if (medium == MEDIUM_NARROW && p->d->draw_mail)
        return !n->only_site;
    return medium == MEDIUM_PRINT ? p->d->draw_print && !n->only_site
                                  : p->d->draw_screen && !n->only_report;
}

/* Mail shows every chart at one width, for it may be read on a phone and has no columns. */
static double figure_width(const struct pass *p, const struct node *n, enum medium medium)
{
    return medium == MEDIUM_NARROW && p->d->draw_mail ? NARROW : width_pt(n->width, medium);
}

static void draw_figure(struct pass *p, struct node *n)
{
    struct drawing **const to[] = {[MEDIUM_SCREEN] = &n->figure.screen,
                                   [MEDIUM_NARROW] = &n->figure.narrow,
                                   [MEDIUM_PRINT] = &n->figure.print};
    const struct chart_job *before = NULL;

    if (!chart_check(p->g, p->mem, n->figure.chart, n->at, p->diags)) {
        p->ok = false;
        return;
    }
    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++) {
        double width = figure_width(p, n, m);
        bool is_same =
            m == MEDIUM_NARROW && !p->d->draw_mail && width == width_pt(n->width, MEDIUM_SCREEN);
        if (is_same || !wants(p, n, m))
            continue;
        make_room(p);
        struct open_job job = {.to = to[m],
                               .wide = m == MEDIUM_NARROW && p->d->draw_screen ? to[MEDIUM_SCREEN]
                                                                               : NULL,
                               .title = n->title,
                               .description = n->figure.description};
        job.chart =
            chart_begin(p->g, p->mem, n->figure.chart, m, width, 0, before, n->at, p->diags);
        if (!add_job(p, job))
            return;
        before = job.chart;
    }
}

/* Of the two screens a graph is drawn for one only: its boxes keep their size. */
static void draw_graph(struct pass *p, struct node *n)
{
    struct drawing **const to[] = {
        [MEDIUM_SCREEN] = &n->graph.screen, [MEDIUM_PRINT] = &n->graph.print};

    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++)
        if (to[m] && wants(p, n, m))
            put_drawing(
                p, to[m],
                graph_draw(p->g, p->mem, n->graph.graph, m, width_pt(n->width, m), n->at, p->diags),
                n->title, n->graph.description);
}

/* ---- sparklines ---- */

static void note_spark(struct pass *p, enum spark_size size, struct spark spark)
{
    spark.number = p->sparks[size].n;
    if (spark.value && spark.n)
        PUSH(p->mem, &p->sparks[size], spark);
}

static void note_sparks(struct pass *p, struct node *n)
{
    for (size_t i = 0; n->kind == NODE_table && i < n->table->nrows * n->table->ncols; i++) {
        struct cell *c = &n->table->cell[i];
        note_spark(p, SPARK_CELL, (struct spark){c->spark, c->nspark, NAN, &c->spark_drawing, 0});
    }
    for (size_t i = 0; n->kind == NODE_kpis && i < n->kpis.n; i++) {
        struct kpi *k = &n->kpis.at[i];
        note_spark(p, SPARK_KPI,
                   (struct spark){k->spark, k->nspark, k->spark_target, &k->spark_drawing, 0});
    }
}

/* Equal ones in the order of the page. */
static int by_points(const void *a, const void *b)
{
    const struct spark *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void draw_sparks(struct pass *p, enum spark_size size)
{
    spark_list *list = &p->sparks[size];

    if (list->n)
        qsort(list->at, list->n, sizeof *list->at, by_points);
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
    bool ok = n->kind != NODE_figure || chart_check(g, diags->mem, n->figure.chart, n->at, diags);
    for (const struct node *child = n->first; child; child = child->next)
        ok &= check_node(g, child, diags);
    return ok;
}

bool draw_check(const struct gnuplot *g, const struct document *d, struct diags *diags)
{
    return check_node(g, d->root, diags);
}
