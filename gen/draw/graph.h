/* A graph while it is laid out: private to graph.c and lanes.c. */
#ifndef SALESBOOK_DRAW_GRAPH_H
#define SALESBOOK_DRAW_GRAPH_H

#include "parts.h"

enum { LABEL_LINES = 3 };
#define GRAPH_PEN 0.8 /* points: lines and boxes */

struct box {
    double x0, y0, x1, y1; /* points, y down */
};
struct label {
    str line[LABEL_LINES];
    size_t nlines;
    double width, height; /* of its node, points */
};
struct layout {
    struct arena *mem;
    struct graphviz *graphviz;
    const struct graph *graph;
    double size;         /* of text */
    struct label *label; /* nnodes */
    size_t *parent;      /* nnodes; nnodes where there is none, for org chart and mind map */
    size_t *from, *to;   /* nedges: the nodes of each edge */
    struct tips tips;    /* of the nodes, then of the edges, then "origin" */
    bool one_sided;      /* a mind map whose branches all go to the right, a turned org chart */
    struct place at;
    struct diags *diags;
};

/* ---- graph.c ---- */
/* Colour with the number of a tip, as Graphviz wants it: "#280003". */
str graph_rgb(struct arena *mem, enum paint paint, size_t tip);
/* What a program of Graphviz makes of `source`; NULL with a diagnostic. */
struct drawing *graph_run(const struct layout *l, enum graphviz_program program, str source);
/* The box of the first shape that carries the tip of that number (from 1). False if there is
 * none. */
bool graph_box(const struct layout *l, const struct drawing *d, size_t tip, struct box *box);
void graph_node_shape(const struct layout *l, struct buf *out, size_t i);

/* ---- lanes.c ---- */
/* A flow chart in this order: new, with the ranks that dot finds; placed, as often as wanted, with
 * the labels that the layout has by then; drawn. Lanes run from left to right, one below the other,
 * or, turned, downwards side by side. NULL with a diagnostic if Graphviz could not do it. */
struct lanes;
struct lanes *lanes_new(const struct layout *l);
/* How wide it will be, in points. */
double lanes_place(struct lanes *s, bool turned);
struct drawing *lanes_draw(struct lanes *s);

#endif
