#include "graph.h"

#include <math.h>

/* Graphviz only finds places. Its nodes are numbers and boxes of the size that their text needs;
 * the texts are set here, into the boxes that come back, each known by the tip that its colour
 * carries. So no text of the data is ever read by Graphviz, and no font of the machine changes a
 * drawing. */

static const double LINE = 1.25; /* of the text's size */

/* The number of each node by its id; of two with the same id the first has it. */
static struct map numbers_of(struct arena *mem, const struct graph *graph)
{
    struct map numbers;
    map_init(&numbers, mem);
    for (size_t i = 0; i < graph->nnodes; i++) {
        void **number = map_put(&numbers, graph->node[i].id);
        if (!*number)
            *number = (void *)(uintptr_t)(i + 1);
    }
    return numbers;
}

/* nnodes if there is no such node. */
static size_t find(const struct map *numbers, const struct graph *graph, str id)
{
    size_t number = (uintptr_t)map_get(numbers, id);
    return number ? number - 1 : graph->nnodes;
}

str graph_rgb(struct arena *mem, enum paint paint, size_t tip)
{
    return arena_printf(mem, "#%06x", paint_rgb(paint) | (uint32_t)tip);
}

/* ---- labels ---- */

/* As much of text as fits into em, cut at a blank if there is one; at least one character. */
static size_t line_end(str text, double em)
{
    size_t end = 0, blank = 0;
    while (end < text.n) {
        size_t next = end + 1;
        while (next < text.n && ((unsigned char)text.p[next] & 0xc0) == 0x80)
            next++;
        if (end > 0 && text_em(str_sub(text, 0, next)) > em)
            return blank ? blank : end;
        if (text.p[end] == ' ')
            blank = end;
        end = next;
    }
    return end;
}

static struct label make_label(struct arena *mem, str text, double em, double size, bool pointed)
{
    struct label l = {0};
    double widest = 0;

    text = str_trim(text);
    while (text.n && l.nlines < LABEL_LINES) {
        size_t end = line_end(text, em);
        bool last = l.nlines + 1 == LABEL_LINES;
        str line = last ? text_fit(mem, text, em) : str_trim(str_sub(text, 0, end));
        l.line[l.nlines++] = line;
        widest = fmax(widest, text_em(line));
        text = last ? (str){0} : str_trim(str_sub(text, end, text.n));
    }
    l.width = (widest + (pointed ? 3.4 : 1.3)) * size;
    l.height = ((double)(l.nlines ? l.nlines : 1) * LINE + 0.55) * size;
    return l;
}

static size_t depth_of(const struct layout *l, size_t i)
{
    size_t depth = 0;
    while ((i = l->parent[i]) < l->graph->nnodes && depth < l->graph->nnodes)
        depth++;
    return depth;
}

/* People of one level have boxes of one size. */
static void level_out(const struct layout *l)
{
    size_t n = l->graph->nnodes;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (depth_of(l, k) == depth_of(l, i)) {
                l->label[i].width = fmax(l->label[i].width, l->label[k].width);
                l->label[i].height = fmax(l->label[i].height, l->label[k].height);
            }
}

/* ---- Graphviz ---- */

struct drawing *graph_run(const struct layout *l, enum graphviz_program program, str source)
{
    str svg;
    if (!graphviz_draw(l->graphviz, l->mem, program, source, &svg, l->at, l->diags))
        return NULL;
    return svg_read(l->mem, svg, &l->tips, l->at, l->diags);
}

bool graph_box(const struct layout *l, const struct drawing *d, size_t tip, struct box *box)
{
    /* A tip is handed on as it was given, so its address tells whose it is, whatever it says. */
    for (size_t i = 0; i < d->nshapes; i++) {
        const struct shape *s = &d->shape[i];
        if (s->tip.p != l->tips.tip[tip - 1].p || s->kind != SHAPE_PATH)
            continue;
        *box = (struct box){s->xy[0], s->xy[1], s->xy[0], s->xy[1]};
        for (size_t k = 1; k < s->nxy; k++) {
            box->x0 = fmin(box->x0, s->xy[2 * k]);
            box->x1 = fmax(box->x1, s->xy[2 * k]);
            box->y0 = fmin(box->y0, s->xy[2 * k + 1]);
            box->y1 = fmax(box->y1, s->xy[2 * k + 1]);
        }
        return true;
    }
    return false;
}

/* ---- nodes ---- */

/* The middle of a mind map is dark; what hangs from its branches has no box. */
static bool is_dark(const struct layout *l, size_t i)
{
    return l->graph->kind == GRAPH_MINDMAP && l->parent[i] == l->graph->nnodes;
}

static bool is_bare(const struct layout *l, size_t i)
{
    return l->graph->kind == GRAPH_MINDMAP && depth_of(l, i) >= 2;
}

static bool is_decision(const struct layout *l, size_t i)
{
    return l->graph->kind == GRAPH_FLOW && str_eq(l->graph->node[i].shape, S("decision"));
}

/* Labels of at most em. */
static void set_labels(struct layout *l, double em)
{
    for (size_t i = 0; i < l->graph->nnodes; i++)
        l->label[i] = make_label(l->mem, l->graph->node[i].label, em, l->size, is_decision(l, i));
}

void graph_node_shape(const struct layout *l, struct buf *out, size_t i)
{
    str kind = l->graph->node[i].shape;
    bool end = str_eq(kind, S("start")) || str_eq(kind, S("end"));
    bool unseen = is_bare(l, i) || is_decision(l, i);
    str line = graph_rgb(l->mem, unseen ? PAINT_none : PAINT_muted, i + 1);
    str fill = graph_rgb(l->mem, is_dark(l, i) ? PAINT_actual : PAINT_none, i + 1);

    buf_addf(out, "n%zu [shape=box, style=\"%s\", width=%.4f, height=%.4f, color=\"" STR_FMT "\"",
             i, end ? "rounded" : "filled", l->label[i].width / 72, l->label[i].height / 72,
             STR_ARG(line));
    if (!end)
        buf_addf(out, ", fillcolor=\"" STR_FMT "\"", STR_ARG(fill));
}

/* ---- org charts and mind maps ---- */

static size_t nchildren(const struct layout *l, size_t parent)
{
    size_t n = 0;
    for (size_t i = 0; i < l->graph->nnodes; i++)
        n += l->parent[i] == parent;
    return n;
}

/* Branches of a mind map go right and left of its middle: of n children of the root, the first half
 * and one more stand at the right, and all below a branch on its side. */
static bool is_left(const struct layout *l, size_t i)
{
    size_t top = i, before = 0;
    if (l->graph->kind != GRAPH_MINDMAP || l->one_sided || l->parent[i] == l->graph->nnodes)
        return false;
    while (l->parent[l->parent[top]] < l->graph->nnodes)
        top = l->parent[top];
    size_t root = l->parent[top], n = nchildren(l, root);
    for (size_t k = 0; k < top; k++)
        before += l->parent[k] == root;
    return n > 2 && before >= (n + 1) / 2;
}

static void put_edges(const struct layout *l, struct buf *out)
{
    for (size_t i = 0; i < l->graph->nnodes; i++) {
        size_t parent = l->parent[i];
        if (parent == l->graph->nnodes)
            continue;
        if (l->graph->kind == GRAPH_ORG)
            buf_addf(out, "n%zu -> n%zu [style=invis]\n", parent, i);
        else if (is_left(l, i))
            buf_addf(out, "n%zu:e -> n%zu:w\n", i, parent);
        else
            buf_addf(out, "n%zu:e -> n%zu:w\n", parent, i);
    }
}

static str tree_source(const struct layout *l, bool downwards)
{
    struct buf b = {0};

    buf_addf(&b,
             "digraph {\nrankdir=%s\nbgcolor=transparent\npad=0.02\nordering=out\nranksep=%g\n"
             "nodesep=%g\nnode [label=\"\", fixedsize=true, penwidth=0.8]\n"
             "edge [arrowhead=none, penwidth=0.8, color=\"" STR_FMT "\"]\n",
             downwards ? "TB" : "LR", downwards ? 0.3 : 0.35, downwards ? 0.14 : 0.07,
             STR_ARG(graph_rgb(l->mem, PAINT_muted, 0)));
    for (size_t i = 0; i < l->graph->nnodes; i++) {
        graph_node_shape(l, &b, i);
        buf_add(&b, S("]\n"));
    }
    put_edges(l, &b);
    buf_add(&b, S("}\n"));
    str source = arena_str(l->mem, buf_str(&b));
    buf_clear(&b);
    return source;
}

static struct drawing *draw_tree(struct layout *l, double width_pt)
{
    bool downwards = l->graph->kind == GRAPH_ORG;
    set_labels(l, downwards ? 12 : 15);
    if (downwards)
        level_out(l);
    struct drawing *d = graph_run(l, GRAPHVIZ_DOT, tree_source(l, downwards));

    /* Too broad for the page, an organization chart is turned, so that its levels stand side by
     * side, and a mind map has all branches on one side. */
    if (d && d->width > width_pt) {
        l->one_sided = true;
        d = graph_run(l, GRAPHVIZ_DOT, tree_source(l, false));
    }
    return d;
}

/* ---- the whole ---- */

static bool is_bold(const struct layout *l, size_t i)
{
    return l->graph->kind == GRAPH_MINDMAP
               ? depth_of(l, i) <= 1
               : l->parent[i] == l->graph->nnodes && l->graph->kind == GRAPH_ORG;
}

static void set_label(const struct layout *l, struct shape *shape, size_t i, size_t line,
                      struct box b)
{
    const struct label *label = &l->label[i];
    double middle = (b.y0 + b.y1) / 2;
    double y = middle + ((double)line - (double)(label->nlines - 1) / 2) * LINE * l->size;
    int anchor = ANCHOR_MIDDLE;
    double x = (b.x0 + b.x1) / 2;

    if (is_bare(l, i)) { /* without a box a text begins where its line ends */
        anchor = is_left(l, i) ? ANCHOR_END : ANCHOR_START;
        x = is_left(l, i) ? b.x1 - 0.5 * l->size : b.x0 + 0.5 * l->size;
    }
    *shape = shape_text(l->mem, x, y, label->line[line], l->size,
                        is_dark(l, i) ? PAINT_ground : PAINT_ink, anchor);
    shape->bold = is_bold(l, i);
    shape->href = l->graph->node[i].href;
}

/* The line from a superior to a subordinate, with right angles: down, across, down, or turned. */
static void set_elbow(const struct layout *l, struct shape *shape, struct box from, struct box to)
{
    double x = (from.x0 + from.x1) / 2, y = (from.y0 + from.y1) / 2;
    double across = (from.y1 + to.y0) / 2, down = (from.x1 + to.x0) / 2;
    double to_x = (to.x0 + to.x1) / 2, to_y = (to.y0 + to.y1) / 2;
    const double falling[8] = {x, from.y1, x, across, to_x, across, to_x, to.y0};
    const double turned[8] = {from.x1, y, down, y, down, to_y, to.x0, to_y};

    *shape = shape_path(l->mem, 4, to.y0 > from.y1 && !l->one_sided ? falling : turned, false);
    shape->stroke = PAINT_muted;
    shape->stroke_width = GRAPH_PEN;
}

/* A decision has pointed ends. */
static void set_decision(const struct layout *l, struct shape *shape, struct box b)
{
    double middle = (b.y0 + b.y1) / 2, point = 0.9 * l->size;
    const double corner[12] = {b.x0, middle, b.x0 + point, b.y0, b.x1 - point, b.y0,
                               b.x1, middle, b.x1 - point, b.y1, b.x0 + point, b.y1};
    *shape = shape_path(l->mem, 6, corner, true);
    shape->stroke = PAINT_muted;
    shape->stroke_width = GRAPH_PEN;
}

/* What we draw ourselves, into and between the boxes that have come back. */
static void complete(const struct layout *l, struct drawing *d)
{
    size_t n = d->nshapes, nnodes = l->graph->nnodes;
    struct shape *all = NEW_ARRAY(l->mem, n + nnodes * (LABEL_LINES + 1), struct shape);
    struct box box, above;

    for (size_t i = 0; i < n; i++)
        all[i] = d->shape[i];
    for (size_t i = 0; i < nnodes; i++) {
        if (!graph_box(l, d, i + 1, &box))
            continue;
        if (l->graph->kind == GRAPH_ORG && l->parent[i] < nnodes &&
            graph_box(l, d, l->parent[i] + 1, &above))
            set_elbow(l, &all[n++], above, box);
        if (is_decision(l, i))
            set_decision(l, &all[n++], box);
        for (size_t k = 0; k < l->label[i].nlines; k++)
            set_label(l, &all[n++], i, k, box);
    }
    d->shape = all;
    d->nshapes = n;
}

/* On paper a small graph stands in the middle of the page; it is not blown up. */
static void centre(struct drawing *d, double width_pt)
{
    double shift = (width_pt - d->width) / 2;
    if (shift <= 0)
        return;
    for (size_t i = 0; i < d->nshapes; i++)
        for (size_t k = 0; k < d->shape[i].nxy; k++)
            d->shape[i].xy[2 * k] += shift;
    d->width = width_pt;
}

static bool init(struct layout *l)
{
    const struct graph *graph = l->graph;
    size_t n = graph->nnodes;
    struct map numbers = numbers_of(l->mem, graph);
    bool ok = true;

    l->label = NEW_ARRAY(l->mem, n, struct label);
    l->parent = NEW_ARRAY(l->mem, n + 1, size_t);
    l->from = NEW_ARRAY(l->mem, graph->nedges, size_t);
    l->to = NEW_ARRAY(l->mem, graph->nedges, size_t);
    l->tips.n = n + graph->nedges + 1;
    l->tips.tip = NEW_ARRAY(l->mem, l->tips.n, str);
    l->tips.href = NEW_ARRAY(l->mem, l->tips.n, str);
    for (size_t i = 0; i < n; i++) {
        const struct graph_node *node = &graph->node[i];
        l->parent[i] = node->parent.n ? find(&numbers, graph, node->parent) : n;
        l->tips.tip[i] = arena_str(l->mem, node->label.n ? node->label : S(" "));
        l->tips.href[i] = node->href;
        if (node->parent.n && l->parent[i] == n)
            ok = diags_add(l->diags, DIAG_GRAPH_NODE, l->at, node->parent);
    }
    l->parent[n] = n;
    for (size_t i = 0; i < graph->nedges; i++) {
        const struct graph_edge *e = &graph->edge[i];
        l->tips.tip[n + i] = arena_str(l->mem, e->label.n ? e->label : S(" "));
        l->from[i] = find(&numbers, graph, e->from);
        l->to[i] = find(&numbers, graph, e->to);
        if (l->from[i] == n || l->to[i] == n)
            ok = diags_add(l->diags, DIAG_GRAPH_NODE, l->at, l->to[i] == n ? e->to : e->from);
    }
    l->tips.tip[l->tips.n - 1] = arena_str(l->mem, S("origin"));
    return ok;
}

/* Too long for the page, a flow chart gets narrow boxes of three lines, then lanes that run
 * downwards. Where it fits in no way it is as narrow as can be. */
static struct drawing *draw_flow(struct layout *l, double width_pt)
{
    static const struct {
        bool turned;
        double em;
    } ways[] = {{false, 10}, {false, 6}, {true, 10}, {true, 6}};
    struct lanes *lanes = lanes_new(l);
    double narrowest = INFINITY;
    size_t best = 0;

    if (!lanes)
        return NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && narrowest > width_pt; i++) {
        set_labels(l, ways[i].em);
        double width = lanes_place(lanes, ways[i].turned);
        if (width < narrowest) {
            narrowest = width;
            best = i;
        }
    }
    set_labels(l, ways[best].em);
    lanes_place(lanes, ways[best].turned);
    return lanes_draw(lanes);
}

struct drawing *graph_draw(struct gnuplot *g, struct arena *mem, const struct graph *graph,
                           enum medium medium, double width_pt, struct place at,
                           struct diags *diags)
{
    struct layout l = {.mem = mem,
                       .graphviz = gnuplot_graphviz(g),
                       .graph = graph,
                       .at = at,
                       .diags = diags,
                       .size = medium == MEDIUM_PRINT ? 7.5 : 8.5};

    if (!init(&l))
        return NULL;
    struct drawing *d =
        graph->kind == GRAPH_FLOW ? draw_flow(&l, width_pt) : draw_tree(&l, width_pt);
    if (!d)
        return NULL;
    complete(&l, d);
    if (medium == MEDIUM_PRINT)
        centre(d, width_pt);
    return d;
}
