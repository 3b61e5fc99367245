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

/* A drawing under way: where it goes, and the words for those who cannot see it. */
struct open_job {
    struct chart_job *job;
    struct drawing **to;
    str title, description;
};
struct pass {
    struct gnuplot *g;
    struct arena *mem;
    struct document *d;
    struct diags *diags;
    struct open_job open[GNUPLOT_AHEAD];
    size_t first, nopen;
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
    put_drawing(p, o->to, chart_end(p->g, o->job, p->diags), o->title, o->description);
    p->first = (p->first + 1) % GNUPLOT_AHEAD;
    p->nopen--;
}

static void make_room(struct pass *p)
{
    if (p->nopen == GNUPLOT_AHEAD)
        end_oldest(p);
}

static void add_job(struct pass *p, struct chart_job *job, struct drawing **to, str title,
                    str description)
{
    p->ok &= job != NULL;
    if (job)
        p->open[(p->first + p->nopen++) % GNUPLOT_AHEAD] =
            (struct open_job){job, to, title, description};
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
        add_job(p,
                chart_begin(p->g, p->mem, n->figure.chart, m, width_pt(n->width, m), 0, n->at,
                            p->diags),
                m == MEDIUM_SCREEN ? &n->figure.screen : &n->figure.print, n->title,
                n->figure.description);
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

static void draw_spark(struct pass *p, struct drawing **to, const double *value, size_t n,
                       double target, double width, double height)
{
    if (!value || !n)
        return;
    make_room(p);
    add_job(p, spark_begin(p->g, p->mem, value, n, target, width, height, p->diags), to, (str){0},
            (str){0});
}

static void draw_sparks(struct pass *p, struct node *n)
{
    for (size_t i = 0; n->kind == NODE_table && i < n->table->nrows * n->table->ncols; i++) {
        struct cell *c = &n->table->cell[i];
        draw_spark(p, &c->spark_drawing, c->spark, c->nspark, NAN, 60, 14);
    }
    for (size_t i = 0; n->kind == NODE_kpis && i < n->kpis.n; i++) {
        struct kpi *k = &n->kpis.at[i];
        draw_spark(p, &k->spark_drawing, k->spark, k->nspark, k->spark_target, 110, 26);
    }
}

static void draw_node(struct pass *p, struct node *n)
{
    if (n->kind == NODE_figure)
        draw_figure(p, n);
    else if (n->kind == NODE_graph)
        draw_graph(p, n);
    else
        draw_sparks(p, n);
    for (struct node *child = n->first; child; child = child->next)
        draw_node(p, child);
}

bool draw_document(struct gnuplot *g, struct arena *mem, struct document *d, struct diags *diags)
{
    struct pass p = {.g = g, .mem = mem, .d = d, .diags = diags, .ok = true};

    draw_node(&p, d->root);
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
