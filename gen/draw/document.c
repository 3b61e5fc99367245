#include "parts.h"

/* Every figure of a document gets its drawings. Widths follow the page's grid: on the site twelve
 * columns of 1,136 px with gutters of 24 px, drawn at 0.634 of that, so that text of 8.5 pt is seen
 * as 13 px; on paper 170 mm, half a width less half a gutter. */

static double width_pt(enum width width, enum medium medium)
{
    static const double screen[] = {[WIDTH_FULL] = 720, [WIDTH_HALF] = 352, [WIDTH_THIRD] = 230,
                                    [WIDTH_TWO_THIRDS] = 475, [WIDTH_QUARTER] = 168};
    static const double print[] = {[WIDTH_FULL] = 482, [WIDTH_HALF] = 232, [WIDTH_THIRD] = 149,
                                   [WIDTH_TWO_THIRDS] = 315, [WIDTH_QUARTER] = 107};
    return medium == MEDIUM_SCREEN ? screen[width] : print[width];
}

struct pass {
    struct gnuplot *g;
    struct arena *mem;
    struct document *d;
    struct diags *diags;
    bool ok;
};

static struct drawing *named(struct pass *p, struct drawing *drawing, str title, str description)
{
    if (!drawing) {
        p->ok = false;
        return NULL;
    }
    drawing->title = title;
    drawing->description = description;
    return drawing;
}

static void draw_figure(struct pass *p, struct node *n)
{
    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++) {
        struct drawing **to = m == MEDIUM_SCREEN ? &n->figure.screen : &n->figure.print;
        if (m == MEDIUM_SCREEN ? p->d->draw_screen && !n->only_report
                               : p->d->draw_print && !n->only_site)
            *to = named(p,
                        chart_draw(p->g, p->mem, n->figure.chart, m, width_pt(n->width, m), 0,
                                   n->at, p->diags),
                        n->title, n->figure.description);
    }
}

static void draw_graph(struct pass *p, struct node *n)
{
    for (enum medium m = MEDIUM_SCREEN; m <= MEDIUM_PRINT; m++) {
        struct drawing **to = m == MEDIUM_SCREEN ? &n->graph.screen : &n->graph.print;
        if (m == MEDIUM_SCREEN ? p->d->draw_screen && !n->only_report
                               : p->d->draw_print && !n->only_site)
            *to = named(p,
                        graph_draw(p->mem, n->graph.graph, m, width_pt(n->width, m), n->at,
                                   p->diags),
                        n->title, n->graph.description);
    }
}

static struct drawing *draw_spark(struct pass *p, const double *value, size_t n, double target,
                                  double width, double height)
{
    struct drawing *d = spark_draw(p->g, p->mem, value, n, target, width, height, p->diags);
    p->ok &= d != NULL;
    return d;
}

static void draw_table(struct pass *p, struct table_node *t)
{
    for (size_t i = 0; i < t->nrows * t->ncols; i++) {
        struct cell *c = &t->cell[i];
        if (c->spark && c->nspark)
            c->spark_drawing = draw_spark(p, c->spark, c->nspark, __builtin_nan(""), 60, 14);
    }
}

static void draw_kpis(struct pass *p, struct node *n)
{
    for (size_t i = 0; i < n->kpis.n; i++) {
        struct kpi *k = &n->kpis.at[i];
        if (k->spark && k->nspark)
            k->spark_drawing = draw_spark(p, k->spark, k->nspark, k->spark_target, 110, 26);
    }
}

static void draw_node(struct pass *p, struct node *n)
{
    switch (n->kind) {
    case NODE_figure:
        draw_figure(p, n);
        break;
    case NODE_graph:
        draw_graph(p, n);
        break;
    case NODE_table:
        draw_table(p, n->table);
        break;
    case NODE_kpis:
        draw_kpis(p, n);
        break;
    default:
        break;
    }
    for (struct node *child = n->first; child; child = child->next)
        draw_node(p, child);
}

bool draw_document(struct gnuplot *g, struct arena *mem, struct document *d, struct diags *diags)
{
    struct pass p = {g, mem, d, diags, true};
    draw_node(&p, d->root);
    return p.ok;
}
