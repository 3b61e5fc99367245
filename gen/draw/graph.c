#include "parts.h"

/* Graphs are laid out by Graphviz. Names of nodes are numbers of ours, so that no text of the data is
 * ever a name in its language; texts go in as quoted labels. */

enum { WAIT_MS = 20000 };

/* In double quotes. Graphviz reads \n, \N and its like in labels, so a backslash is doubled. */
static void dot_text(struct buf *out, str text)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_addc(out, '\\');
        if (c >= ' ' && c != 0x7f)
            buf_addc(out, (char)c);
        else if (c == '\n' || c == '\t')
            buf_addc(out, ' ');
    }
    buf_addc(out, '"');
}

static size_t find_node(const struct graph *graph, str id)
{
    for (size_t i = 0; i < graph->nnodes; i++)
        if (str_eq(graph->node[i].id, id))
            return i;
    return graph->nnodes;
}

static void put_node(struct buf *out, const struct graph_node *n, size_t i)
{
    buf_addf(out, "n%zu [label=", i);
    dot_text(out, n->label);
    if (n->href.n) {
        buf_add(out, S(", href="));
        dot_text(out, n->href);
    }
    buf_add(out, S("]\n"));
}

static void write_graph(struct buf *out, const struct graph *graph, double size)
{
    buf_addf(out,
             "digraph {\nrankdir=%s\nbgcolor=transparent\nranksep=0.35\nnodesep=0.16\n"
             "node [shape=box, fontname=Sans, fontsize=%g, color=\"#%06x\", fontcolor=\"#%06x\", "
             "margin=\"0.09,0.05\", height=0.2]\n"
             "edge [arrowhead=none, color=\"#%06x\", fontsize=%g, fontcolor=\"#%06x\"]\n",
             graph->kind == GRAPH_ORG ? "TB" : "LR", size, paint_rgb(PAINT_muted),
             paint_rgb(PAINT_ink), paint_rgb(PAINT_muted), size, paint_rgb(PAINT_muted));
    for (size_t i = 0; i < graph->nnodes; i++)
        put_node(out, &graph->node[i], i);
    for (size_t i = 0; i < graph->nnodes; i++) {
        size_t parent = graph->node[i].parent.n ? find_node(graph, graph->node[i].parent)
                                                : graph->nnodes;
        if (parent < graph->nnodes)
            buf_addf(out, "n%zu -> n%zu\n", parent, i);
    }
    for (size_t i = 0; i < graph->nedges; i++) {
        size_t from = find_node(graph, graph->edge[i].from), to = find_node(graph, graph->edge[i].to);
        if (from == graph->nnodes || to == graph->nnodes)
            continue;
        buf_addf(out, "n%zu -> n%zu [arrowhead=normal, label=", from, to);
        dot_text(out, graph->edge[i].label);
        buf_add(out, S("]\n"));
    }
    buf_add(out, S("}\n"));
}

struct drawing *graph_draw(struct arena *mem, const struct graph *graph, enum medium medium,
                           double width_pt, struct place at, struct diags *diags)
{
    const char *const argv[] = {"dot", "-Tsvg", NULL};
    struct buf b = {0};
    str svg = {0};

    (void)width_pt;
    write_graph(&b, graph, medium == MEDIUM_PRINT ? 7.5 : 8.5);
    int status = child_run(mem, argv, buf_str(&b), &svg, WAIT_MS, diags);
    buf_clear(&b);
    if (status < 0)
        return NULL;
    if (status > 0) {
        diags_add(diags, DIAG_GRAPH_FAILED, at, str_trim(svg));
        return NULL;
    }
    return drawing_read_svg(mem, svg, at, diags);
}
