#include "context.h"

#include <math.h>

/* A graph in words, for those who cannot see it and for a workbook: of what its nodes are called,
 * not of their keys. */

struct graph_words {
    struct arena *mem;
    const struct graph *graph;
    struct table_node *t;
    struct map by_id; /* → index of the node + 1 */
};

enum { MOST_COLUMNS = 5 };

static void add_column(struct graph_words *w, str name, str label)
{
    w->t->column[w->t->ncols++] =
        (struct table_column){.name = name, .label = label, .type = TYPE_string};
}

static void put_cell(struct graph_words *w, size_t row, size_t *col, str text, str href)
{
    struct value value = {.kind = VALUE_NULL};
    if (text.n)
        value = (struct value){.kind = VALUE_TEXT, .s = text};
    w->t->cell[row * w->t->ncols + (*col)++] =
        (struct cell){.value = value, .text = text, .href = href, .bar = NAN};
}

static const struct graph_node *node_at(const struct graph_words *w, str id)
{
    uintptr_t found = (uintptr_t)map_get(&w->by_id, id);
    return found ? &w->graph->node[found - 1] : NULL;
}

static str label_at(const struct graph_words *w, str id)
{
    const struct graph_node *n = node_at(w, id);
    return n ? n->label : S("");
}

/* ---- a tree: a row for each node ---- */

static void fill_tree(struct graph_words *w)
{
    const struct graph *g = w->graph;
    add_column(w, S("label"), S("Name"));
    add_column(w, S("parent"), S("Below"));
    w->t->nrows = g->nnodes;
    w->t->cell = NEW_ARRAY(w->mem, g->nnodes * w->t->ncols + 1, struct cell);
    for (size_t row = 0; row < g->nnodes; row++) {
        size_t col = 0;
        put_cell(w, row, &col, g->node[row].label, g->node[row].href);
        put_cell(w, row, &col, label_at(w, g->node[row].parent), S(""));
    }
}

/* ---- a flow: a row for each way onwards ---- */

struct flow_words {
    bool lane, shape, condition; /* whether any node or way has one */
};

static struct flow_words words_of(const struct graph *g)
{
    struct flow_words any = {0};
    for (size_t i = 0; i < g->nnodes; i++) {
        any.lane |= g->node[i].lane.n > 0;
        any.shape |= g->node[i].shape.n > 0;
    }
    for (size_t i = 0; i < g->nedges; i++)
        any.condition |= g->edge[i].label.n > 0;
    return any;
}

static void fill_way(struct graph_words *w, const struct flow_words *any, size_t row,
                     const struct graph_node *n, const struct graph_edge *edge)
{
    size_t col = 0;
    put_cell(w, row, &col, n->label, n->href);
    if (any->lane)
        put_cell(w, row, &col, n->lane, S(""));
    if (any->shape)
        put_cell(w, row, &col, n->shape, S(""));
    put_cell(w, row, &col, edge ? label_at(w, edge->to) : S(""), S(""));
    if (any->condition)
        put_cell(w, row, &col, edge ? edge->label : S(""), S(""));
}

static void fill_flow(struct graph_words *w)
{
    const struct graph *g = w->graph;
    struct flow_words any = words_of(g);

    add_column(w, S("label"), S("Step"));
    if (any.lane)
        add_column(w, S("lane"), S("Who"));
    if (any.shape)
        add_column(w, S("kind"), S("Kind"));
    add_column(w, S("next"), S("Then"));
    if (any.condition)
        add_column(w, S("condition"), S("If"));
    w->t->cell = NEW_ARRAY(w->mem, (g->nnodes + g->nedges) * w->t->ncols + 1, struct cell);
    for (size_t i = 0; i < g->nnodes; i++) {
        size_t before = w->t->nrows;
        for (size_t k = 0; k < g->nedges; k++)
            if (str_eq(g->edge[k].from, g->node[i].id))
                fill_way(w, &any, w->t->nrows++, &g->node[i], &g->edge[k]);
        if (w->t->nrows == before)
            fill_way(w, &any, w->t->nrows++, &g->node[i], NULL);
    }
}

struct table_node *graph_table(struct arena *mem, const struct graph *graph)
{
    struct graph_words w = {.mem = mem, .graph = graph, .t = NEW(mem, struct table_node)};

    map_init(&w.by_id, mem);
    for (size_t i = 0; i < graph->nnodes; i++)
        *map_put(&w.by_id, graph->node[i].id) = (void *)(uintptr_t)(i + 1);
    w.t->column = NEW_ARRAY(mem, MOST_COLUMNS, struct table_column);
    if (graph->kind == GRAPH_FLOW)
        fill_flow(&w);
    else
        fill_tree(&w);
    return w.t;
}
