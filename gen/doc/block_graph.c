#include "context.h"

struct graph_builder {
    struct context *c;
    const struct block *b;
    const struct result *r;
    struct graph *graph;
    struct map by_id;                                              /* id → index + 1 */
    int id, label, parent, lane, kind, next, condition, page, key; /* columns, or -1 */
};

static str text_at(const struct graph_builder *g, size_t row, int col)
{
    struct value v = col < 0 ? (struct value){0} : result_cell(g->r, row, (size_t)col);
    return v.kind == VALUE_NULL ? (str){0} : value_text(g->c->mem, v);
}

/* ---- columns ---- */

static bool need_column(struct graph_builder *g, int col, str name)
{
    if (col >= 0)
        return true;
    return diags_add(g->c->diags, DIAG_GRAPH_COLUMN, g->b->sql_at, name, g->b->word,
                     column_proposal(g->c->mem, name, g->r));
}

static bool find_columns(struct graph_builder *g)
{
    const struct {
        int *col;
        str name;
    } columns[] = {
        {&g->id, S("id")},     {&g->label, S("label")}, {&g->parent, S("parent")},
        {&g->lane, S("lane")}, {&g->kind, S("kind")},   {&g->next, S("next")},
        {&g->page, S("page")}, {&g->key, S("key")},     {&g->condition, S("condition")},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *columns[i].col = result_column(g->r, columns[i].name);
    bool is_flow = g->graph->kind == GRAPH_FLOW;
    bool ok = need_column(g, g->id, S("id"));
    return need_column(g, is_flow ? g->next : g->parent, is_flow ? S("next") : S("parent")) && ok;
}

/* ---- nodes ---- */

static struct graph_node node_of_row(struct graph_builder *g, size_t row, str id)
{
    struct graph_node n = {
        .id = id,
        .label = text_at(g, row, g->label),
        .lane = text_at(g, row, g->lane),
        .shape = text_at(g, row, g->kind),
        .page = text_at(g, row, g->page),
        .key = text_at(g, row, g->key),
        .parent = text_at(g, row, g->parent),
    };
    if (n.page.n)
        shown_key(g->c, n.page, n.key, &n.href);
    if (!str_is_set(n.label))
        n.label = n.page.n ? shown_key(g->c, n.page, n.key, &n.href) : id;
    return n;
}

/* A flow has a row for each way onwards, so its ids come again; elsewhere an id is one thing. */
static bool read_nodes(struct graph_builder *g)
{
    bool is_flow = g->graph->kind == GRAPH_FLOW;
    g->graph->node = NEW_ARRAY(g->c->mem, g->r->nrows, struct graph_node);
    for (size_t row = 0; row < g->r->nrows; row++) {
        str id = text_at(g, row, g->id);
        if (!id.n)
            return diags_add(g->c->diags, DIAG_GRAPH_ID, g->b->sql_at, (str){0});
        void **place = map_put(&g->by_id, id);
        if (*place && !is_flow)
            return diags_add(g->c->diags, DIAG_GRAPH_TWICE, g->b->sql_at, id);
        if (*place)
            continue;
        g->graph->node[g->graph->nnodes++] = node_of_row(g, row, id);
        *place = (void *)(uintptr_t)g->graph->nnodes;
    }
    return true;
}

/* ---- edges ---- */

static bool add_edge(struct graph_builder *g, str from, str to, str label)
{
    if (map_get(&g->by_id, to) && map_get(&g->by_id, from)) {
        g->graph->edge[g->graph->nedges++] = (struct graph_edge){from, to, label};
        return true;
    }
    bool is_flow = g->graph->kind == GRAPH_FLOW;
    str *known = NEW_ARRAY(g->c->mem, g->by_id.n + 1, str), missing = is_flow ? to : from;
    for (size_t i = 0; i < g->by_id.n; i++)
        known[i] = g->by_id.at[i].key;
    str nearest = text_nearest(missing, known, g->by_id.n);
    str remedy = str_is_set(nearest)
                     ? arena_printf(g->c->mem, "did you mean " STR_FMT "?", STR_ARG(nearest))
                     : S("add a row with this id, or leave the cell empty");
    return diags_add(g->c->diags, DIAG_GRAPH_UNKNOWN, g->b->sql_at, missing, is_flow ? from : to,
                     remedy);
}

static bool read_edges(struct graph_builder *g)
{
    bool ok = true, is_flow = g->graph->kind == GRAPH_FLOW;
    g->graph->edge = NEW_ARRAY(g->c->mem, g->r->nrows, struct graph_edge);
    for (size_t row = 0; row < g->r->nrows; row++) {
        str id = text_at(g, row, g->id), other = text_at(g, row, is_flow ? g->next : g->parent);
        if (other.n)
            ok &= is_flow ? add_edge(g, id, other, text_at(g, row, g->condition))
                          : add_edge(g, other, id, (str){0});
    }
    return ok;
}

/* Nobody stands below himself: from each node upwards the root is reached within nnodes steps. */
static bool check_tree(struct graph_builder *g)
{
    for (size_t i = 0; g->graph->kind != GRAPH_FLOW && i < g->graph->nnodes; i++) {
        const struct graph_node *n = &g->graph->node[i];
        size_t steps = 0;
        while (n->parent.n && steps++ <= g->graph->nnodes)
            n = &g->graph->node[(uintptr_t)map_get(&g->by_id, n->parent) - 1];
        if (n->parent.n)
            return diags_add(g->c->diags, DIAG_GRAPH_CYCLE, g->b->sql_at, g->graph->node[i].id);
    }
    return true;
}

/* ---- the whole ---- */

/* The file has the name of its page; no slug has a '_', so a second map meets no other page's. */
static str map_file(struct context *c)
{
    str page = path_base(c->planned->address);
    str stem = str_ends(page, S(".html")) ? str_sub(page, 0, page.n - 5) : page;
    if (++c->nmaps == 1)
        return arena_printf(c->mem, STR_FMT ".mm", STR_ARG(stem));
    return arena_printf(c->mem, STR_FMT "_%zu.mm", STR_ARG(stem), c->nmaps);
}

static str description_of(struct context *c, const struct graph *graph)
{
    static const char *const names[] = {"Flow chart", "Organization chart", "Mind map"};
    size_t nroots = 0;
    str root = {0};
    for (size_t i = 0; i < graph->nnodes; i++)
        if (!graph->node[i].parent.n && nroots++ == 0)
            root = graph->node[i].label;
    if (graph->kind == GRAPH_FLOW)
        return arena_printf(c->mem, "%s of %zu step%s and %zu way%s between them.",
                            names[graph->kind], graph->nnodes, graph->nnodes == 1 ? "" : "s",
                            graph->nedges, graph->nedges == 1 ? "" : "s");
    return arena_printf(c->mem, "%s of %zu, from " STR_FMT ".", names[graph->kind], graph->nnodes,
                        STR_ARG(root));
}

static enum graph_kind kind_of_word(str word)
{
    return str_eq(word, S("flow"))  ? GRAPH_FLOW
           : str_eq(word, S("org")) ? GRAPH_ORG
                                    : GRAPH_MINDMAP;
}

struct node *block_graph(struct context *c, const struct block *b, const struct result *r)
{
    struct graph_builder g = {.c = c, .b = b, .r = r, .graph = NEW(c->mem, struct graph)};
    struct node *node = node_new(c->mem, NODE_graph, b->at);

    map_init(&g.by_id, c->mem);
    g.graph->kind = kind_of_word(b->word);
    if (!find_columns(&g) || !read_nodes(&g) || !read_edges(&g) || !check_tree(&g))
        return NULL;
    node->graph.graph = g.graph;
    node->graph.table = table_of_all(c, b, r);
    node->graph.words = graph_table(c->mem, g.graph);
    node->graph.description = description_of(c, g.graph);
    if (option_yes(b, OPTION_mm) && !c->e->report)
        node->graph.mm = map_file(c);
    return node;
}
