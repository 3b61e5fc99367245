#include "graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Flow charts with swim lanes. Graphviz has no lanes: its clusters are boxes around nodes that lie
 * near each other anyway. So dot is asked for the ranks only, the rows are the lanes, and neato
 * draws the edges around nodes that already have their places.
 *
 * Ranks follow each other along the lanes, which run from left to right, or, turned, downwards. */

static const double PAD = 8, SAME = 0.05; /* points */

/* Points between boxes, along and across the lanes. */
struct gaps {
    double along, across;
};
static const struct gaps level_gaps = {26, 12}, turned_gaps = {20, 14};

struct lanes {
    const struct layout *l;
    bool turned;
    str *name; /* nlanes, in the order of the query */
    size_t nlanes;
    size_t *lane, *rank; /* of each node */
    size_t *row;         /* of each node among those of its lane and rank */
    size_t nranks;
    double *along, *across; /* of each node's middle */
    double *edge;           /* nlanes + 1, across */
    double head, length;    /* along */
};

static struct gaps gaps_of(const struct lanes *s)
{
    return s->turned ? turned_gaps : level_gaps;
}

static double width_of(const struct lanes *s)
{
    return s->turned ? s->edge[s->nlanes] : s->length;
}

static double height_of(const struct lanes *s)
{
    return s->turned ? s->length : s->edge[s->nlanes];
}

static size_t lane_of(struct lanes *s, str name)
{
    for (size_t i = 0; i < s->nlanes; i++)
        if (str_eq(s->name[i], name))
            return i;
    s->name[s->nlanes] = name;
    return s->nlanes++;
}

/* ---- ranks ---- */

static str rank_source(const struct layout *l)
{
    const struct graph *graph = l->graph;
    struct buf b = {0};

    buf_add(&b, S("digraph {\nrankdir=LR\nbgcolor=transparent\n"
                  "node [label=\"\", shape=box, width=1, height=0.3]\n"));
    for (size_t i = 0; i < graph->nnodes; i++)
        buf_addf(&b, "n%zu [color=\"" STR_FMT "\"]\n", i,
                 STR_ARG(graph_rgb(l->mem, PAINT_muted, i + 1)));
    for (size_t i = 0; i < graph->nedges; i++)
        buf_addf(&b, "n%zu -> n%zu\n", l->from[i], l->to[i]);
    buf_add(&b, S("}\n"));
    str source = arena_str(l->mem, buf_str(&b));
    buf_clear(&b);
    return source;
}

/* All nodes are equally wide, so those of one rank have one x. */
static bool read_places(struct lanes *s, const struct drawing *ranks)
{
    struct box b;
    for (size_t i = 0; i < s->l->graph->nnodes; i++) {
        if (!graph_box(s->l, ranks, i + 1, &b))
            return false;
        s->along[i] = (b.x0 + b.x1) / 2;
        s->across[i] = (b.y0 + b.y1) / 2;
    }
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* From left to right a node begins a rank if it stands apart from the one that began the last. */
static void number_ranks(struct lanes *s)
{
    size_t n = s->l->graph->nnodes;
    double *x = NEW_ARRAY(s->l->mem, n, double);

    if (n) {
        memcpy(x, s->along, n * sizeof *x);
        qsort(x, n, sizeof *x, by_size);
    }
    for (size_t i = 0; i < n; i++)
        if (!s->nranks || x[i] > x[s->nranks - 1] + SAME)
            x[s->nranks++] = x[i];
    for (size_t i = 0; i < n; i++)
        while (s->rank[i] + 1 < s->nranks && s->along[i] > x[s->rank[i]] + SAME)
            s->rank[i]++;
}

/* Nodes that share a lane and a rank stand beside each other, in dot's order. */
static void number_rows(struct lanes *s)
{
    size_t n = s->l->graph->nnodes;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (s->lane[k] == s->lane[i] && s->rank[k] == s->rank[i] &&
                (s->across[k] < s->across[i] || (s->across[k] == s->across[i] && k < i)))
                s->row[i]++;
}

/* ---- places ---- */

/* The room between a rank and the next: what is written on the ways that cross it has to fit.
 * Beside lanes that run downwards it stands in their width. */
static double gap_after(const struct lanes *s, size_t rank)
{
    const struct graph *graph = s->l->graph;
    double gap = gaps_of(s).along;

    for (size_t i = 0; !s->turned && i < graph->nedges; i++) {
        size_t a = s->rank[s->l->from[i]], b = s->rank[s->l->to[i]];
        size_t first = a < b ? a : b;
        if (first == rank && graph->edge[i].label.n)
            gap = fmax(gap, (text_em(graph->edge[i].label) + 2) * s->l->size);
    }
    return gap;
}

static void place_ranks(struct lanes *s)
{
    const struct label *label = s->l->label;
    size_t n = s->l->graph->nnodes;
    double at = s->head + PAD;

    for (size_t r = 0; r < s->nranks; r++) {
        double size = 0;
        for (size_t i = 0; i < n; i++)
            if (s->rank[i] == r)
                size = fmax(size, s->turned ? label[i].height : label[i].width);
        for (size_t i = 0; i < n; i++)
            if (s->rank[i] == r)
                s->along[i] = at + size / 2;
        s->length = at + size + PAD;
        at += size + (r + 1 < s->nranks ? gap_after(s, r) : 0);
    }
}

/* Lanes from left to right are equally high for one row of boxes; of those that run downwards each
 * is as wide as its own. */
static double box_across(const struct lanes *s, size_t lane)
{
    const struct label *label = s->l->label;
    double size = 0;

    for (size_t i = 0; i < s->l->graph->nnodes; i++)
        if (!s->turned)
            size = fmax(size, label[i].height);
        else if (s->lane[i] == lane)
            size = fmax(size, label[i].width);
    return size;
}

static double name_width(const struct lanes *s, size_t lane)
{
    return fmin(9, text_em(s->name[lane])) * 1.06 * s->l->size + 4;
}

/* What is written on a way out of a lane that runs downwards has room beside its middle. */
static double words_across(const struct lanes *s, size_t lane)
{
    const struct graph *graph = s->l->graph;
    double width = name_width(s, lane) + 4;

    for (size_t i = 0; i < graph->nedges; i++)
        if (s->lane[s->l->from[i]] == lane && graph->edge[i].label.n)
            width = fmax(width, 2 * (text_em(graph->edge[i].label) + 2) * s->l->size);
    return width;
}

static void place_lanes(struct lanes *s)
{
    size_t n = s->l->graph->nnodes;

    for (size_t lane = 0; lane < s->nlanes; lane++) {
        size_t nrows = 1;
        for (size_t i = 0; i < n; i++)
            if (s->lane[i] == lane && s->row[i] + 1 > nrows)
                nrows = s->row[i] + 1;
        double gap = gaps_of(s).across, pitch = box_across(s, lane) + gap;
        double size = fmax((double)nrows * pitch + gap, s->turned ? words_across(s, lane) : 0);
        s->edge[lane + 1] = s->edge[lane] + size;
        for (size_t i = 0; i < n; i++)
            if (s->lane[i] == lane) {
                size_t here =
                    0; /* how many stand at this rank: they share the middle of the lane */
                for (size_t k = 0; k < n; k++)
                    here += s->lane[k] == lane && s->rank[k] == s->rank[i];
                double middle = (s->edge[lane] + s->edge[lane + 1]) / 2;
                s->across[i] = middle + ((double)s->row[i] - (double)(here - 1) / 2) * pitch;
            }
    }
}

double lanes_place(struct lanes *s, bool turned)
{
    s->turned = turned;
    s->head = turned ? 2 * s->l->size : 0;
    for (size_t lane = 0; !turned && lane < s->nlanes; lane++)
        s->head = fmax(s->head, name_width(s, lane));
    s->length = s->head;
    place_ranks(s);
    place_lanes(s);
    return width_of(s);
}

/* ---- drawing ---- */

static str place_source(const struct lanes *s)
{
    const struct graph *graph = s->l->graph;
    struct buf b = {0};

    buf_addf(&b,
             "digraph {\nbgcolor=transparent\npad=0.02\nsplines=ortho\noutputorder=nodesfirst\n"
             "node [label=\"\", fixedsize=true, penwidth=0.8]\n"
             "edge [arrowsize=0.5, penwidth=0.8]\n"
             "origin [pos=\"0,0\", shape=box, width=0.01, height=0.01, color=\"" STR_FMT "\"]\n",
             STR_ARG(graph_rgb(s->l->mem, PAINT_none, s->l->tips.n)));
    for (size_t i = 0; i < graph->nnodes; i++) {
        graph_node_shape(s->l, &b, i);
        buf_addf(&b, ", pos=\"%.2f,%.2f\"]\n", s->turned ? s->across[i] : s->along[i],
                 s->turned ? -s->along[i] : -s->across[i]);
    }
    for (size_t i = 0; i < graph->nedges; i++)
        buf_addf(&b, "n%zu -> n%zu [color=\"" STR_FMT "\"]\n", s->l->from[i], s->l->to[i],
                 STR_ARG(graph_rgb(s->l->mem, PAINT_muted, graph->nnodes + i + 1)));
    buf_add(&b, S("}\n"));
    str source = arena_str(s->l->mem, buf_str(&b));
    buf_clear(&b);
    return source;
}

/* The line before a lane, or, by the number of lanes, behind the last one. */
static struct box line_before(const struct lanes *s, size_t lane)
{
    double at = s->edge[lane];
    return s->turned ? (struct box){at, 0, at, s->length} : (struct box){0, at, s->length, at};
}

/* ---- what a way is called ---- */

/* A place for a condition, and how much of it is taken by boxes, ways and other conditions, and by
 * lines between lanes, across which it may have to stand where they run downwards. */
struct spot {
    struct box box;
    double taken, length; /* square points; of the straight part that it stands beside */
};

static double overlap(struct box a, struct box b)
{
    double width = fmin(a.x1, b.x1) - fmax(a.x0, b.x0);
    double height = fmin(a.y1, b.y1) - fmax(a.y0, b.y0);
    return width > 0 && height > 0 ? width * height : 0;
}

/* Around points from..to of a path; a line is as wide as its pen and a hair. */
static struct box box_of(const struct shape *path, size_t from, size_t to)
{
    const double hair = 1;
    struct box b = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (size_t k = from; k <= to; k++) {
        b.x0 = fmin(b.x0, path->xy[2 * k] - hair);
        b.x1 = fmax(b.x1, path->xy[2 * k] + hair);
        b.y0 = fmin(b.y0, path->xy[2 * k + 1] - hair);
        b.y1 = fmax(b.y1, path->xy[2 * k + 1] + hair);
    }
    return b;
}

/* Of a spline every third point is on the way; the parts of an orthogonal one are straight. */
static bool is_way(const struct shape *path)
{
    return path->nops > 1 && path->op[1] == PATH_CURVE && path->nxy % 3 == 1;
}

static double taken_of(const struct lanes *s, const struct drawing *d, const struct box *set,
                       size_t nset, struct box b)
{
    double sum = 0;

    for (size_t i = 0; i < d->nshapes; i++) {
        const struct shape *path = &d->shape[i];
        if (path->kind != SHAPE_PATH || path->tip.p == s->l->tips.tip[s->l->tips.n - 1].p)
            continue;
        size_t step = is_way(path) ? 3 : path->nxy - 1;
        for (size_t k = 0; step && k + step < path->nxy; k += step)
            sum += overlap(b, box_of(path, k, k + step));
    }
    for (size_t i = 0; i < nset; i++)
        sum += overlap(b, set[i]);
    for (size_t i = 0; i <= s->nlanes; i++) {
        struct box line = line_before(s, i);
        line = (struct box){line.x0 - 1, line.y0 - 1, line.x1 + 1, line.y1 + 1};
        sum += overlap(b, line) / (s->turned ? 4 : 1);
    }
    bool inside = b.x0 >= 0 && b.x1 <= width_of(s) && b.y0 >= 0 && b.y1 <= height_of(s);
    return inside ? sum : sum + 1e4;
}

/* The four places beside a part at share t of it: above and below, or right and left. */
static struct box beside(const double *a, const double *b, double t, bool second, double width,
                         double height)
{
    double x = a[0] + t * (b[0] - a[0]), y = a[1] + t * (b[1] - a[1]);
    bool level = fabs(b[0] - a[0]) > fabs(b[1] - a[1]);
    double left = level ? x - width / 2 : second ? x - 3 - width : x + 3;
    double top = !level ? y - height / 2 : second ? y + 2 : y - 2 - height;
    return (struct box){left, top, left + width, top + height};
}

/* Where least is in the way; among equals beside the longest straight part. */
static struct box condition_box(const struct lanes *s, const struct drawing *d, size_t edge,
                                const struct box *set, size_t nset)
{
    static const double shares[] = {0.5, 0.3, 0.7, 0.15, 0.85};
    const struct layout *l = s->l;
    double width = text_em(l->graph->edge[edge].label) * l->size, height = 0.95 * l->size;
    struct spot best = {.taken = INFINITY};

    for (size_t i = 0; i < d->nshapes; i++) {
        const struct shape *path = &d->shape[i];
        if (path->tip.p != l->tips.tip[l->graph->nnodes + edge].p || !is_way(path))
            continue;
        for (size_t k = 0; k + 3 < path->nxy; k += 3)
            for (size_t c = 0; c < 2 * sizeof shares / sizeof *shares; c++) {
                const double *a = &path->xy[2 * k], *b = &path->xy[2 * (k + 3)];
                struct spot spot = {beside(a, b, shares[c / 2], c % 2, width, height), 0,
                                    fabs(b[0] - a[0]) + fabs(b[1] - a[1])};
                spot.taken = taken_of(s, d, set, nset, spot.box);
                if (spot.taken < best.taken ||
                    (spot.taken == best.taken && spot.length > best.length + 1e-6))
                    best = spot;
            }
    }
    return best.box;
}

static void set_conditions(const struct lanes *s, const struct drawing *edges, struct drawing *d)
{
    const struct layout *l = s->l;
    struct box *set = NEW_ARRAY(l->mem, l->graph->nedges, struct box);
    size_t nset = 0;

    for (size_t i = 0; i < l->graph->nedges; i++) {
        if (!l->graph->edge[i].label.n)
            continue;
        struct box b = condition_box(s, edges, i, set, nset);
        set[nset++] = b;
        d->shape[d->nshapes++] =
            shape_text(l->mem, (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2, l->graph->edge[i].label,
                       l->size, PAINT_muted, ANCHOR_MIDDLE);
    }
}

static struct shape lane_name(const struct lanes *s, size_t lane)
{
    const struct layout *l = s->l;
    double size = s->edge[lane + 1] - s->edge[lane], middle = s->edge[lane] + size / 2;
    str text = text_fit(l->mem, s->name[lane], ((s->turned ? size : s->head) - 4) / l->size);
    struct shape name =
        s->turned ? shape_text(l->mem, middle, s->head / 2, text, l->size, PAINT_ink, ANCHOR_MIDDLE)
                  : shape_text(l->mem, 0, middle, text, l->size, PAINT_ink, ANCHOR_START);
    name.bold = true;
    return name;
}

static struct drawing *with_lanes(const struct lanes *s, struct drawing *edges)
{
    const struct layout *l = s->l;
    size_t most = edges->nshapes + 2 * s->nlanes + 2 + l->graph->nedges;
    struct drawing *d = NEW(l->mem, struct drawing);
    struct box origin = {0};

    *d = (struct drawing){.width = width_of(s), .height = height_of(s)};
    d->shape = NEW_ARRAY(l->mem, most, struct shape);
    graph_box(l, edges, l->tips.n, &origin);
    double dx = -(origin.x0 + origin.x1) / 2, dy = -(origin.y0 + origin.y1) / 2;
    for (size_t i = 0; i <= s->nlanes; i++) {
        struct box b = line_before(s, i);
        const double between[4] = {b.x0, b.y0, b.x1, b.y1};
        struct shape *line = &d->shape[d->nshapes++];
        *line = shape_path(l->mem, 2, between, false);
        line->stroke = PAINT_grid;
        line->stroke_width = GRAPH_PEN;
    }
    for (size_t i = 0; i < s->nlanes; i++)
        d->shape[d->nshapes++] = lane_name(s, i);
    for (size_t i = 0; i < edges->nshapes; i++) {
        struct shape *shape = &edges->shape[i];
        if (shape->tip.p == l->tips.tip[l->tips.n - 1].p)
            continue;
        for (size_t k = 0; k < shape->nxy; k++) {
            shape->xy[2 * k] += dx;
            shape->xy[2 * k + 1] += dy;
        }
        d->shape[d->nshapes++] = *shape;
    }
    set_conditions(s, edges, d);
    return d;
}

struct lanes *lanes_new(const struct layout *l)
{
    size_t n = l->graph->nnodes;
    struct lanes *s = NEW(l->mem, struct lanes);
    struct drawing *ranks = graph_run(l, GRAPHVIZ_DOT, rank_source(l));

    if (!ranks)
        return NULL;
    *s = (struct lanes){
        .l = l,
        .name = NEW_ARRAY(l->mem, n, str),
        .lane = NEW_ARRAY(l->mem, n, size_t),
        .rank = NEW_ARRAY(l->mem, n, size_t),
        .row = NEW_ARRAY(l->mem, n, size_t),
        .along = NEW_ARRAY(l->mem, n, double),
        .across = NEW_ARRAY(l->mem, n, double),
    };
    if (!read_places(s, ranks)) {
        diags_add(l->diags, DIAG_GRAPH_FAILED, l->at, S("its places cannot be read"));
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        s->lane[i] = lane_of(s, l->graph->node[i].lane);
    s->edge = NEW_ARRAY(l->mem, s->nlanes + 1, double);
    number_ranks(s);
    number_rows(s);
    return s;
}

struct drawing *lanes_draw(struct lanes *s)
{
    struct drawing *edges = graph_run(s->l, GRAPHVIZ_NEATO, place_source(s));
    return edges ? with_lanes(s, edges) : NULL;
}
