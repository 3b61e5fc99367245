#include "html.h"

#include <string.h>

/* A node that has children is written open, its children, then closed; the walk keeps no stack, so
 * that a chain of any depth is fine. */
struct tree {
    const struct graph *graph;
    size_t *parent, *first, *next; /* of each node, by index + 1; 0: none */
    size_t nroots, root;           /* root: the first, as index + 1; its followers by next */
};

static struct tree tree_of(struct arena *mem, const struct graph *graph)
{
    size_t n = graph->nnodes;
    struct tree t = {.graph = graph,
                     .parent = NEW_ARRAY(mem, n + 1, size_t),
                     .first = NEW_ARRAY(mem, n + 1, size_t),
                     .next = NEW_ARRAY(mem, n + 1, size_t)};
    struct map by_id;

    map_init(&by_id, mem);
    for (size_t i = 0; i < n; i++)
        *map_put(&by_id, graph->node[i].id) = (void *)(uintptr_t)(i + 1);
    for (size_t i = n; i > 0; i--) { /* backwards: each goes to the head of its list */
        str parent = graph->node[i - 1].parent;
        size_t above = parent.n ? (uintptr_t)map_get(&by_id, parent) : 0;
        size_t *head = above ? &t.first[above] : &t.root;
        t.parent[i] = above;
        t.next[i] = *head;
        *head = i;
        t.nroots += !above;
    }
    return t;
}

/* The one escaper into a .mm file: an attribute's text in ASCII. What XML does not allow is
 * dropped, and marks that turn the direction of writing. */
static void mindmap_text(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n;) {
        unsigned char byte = (unsigned char)text.p[i];
        uint32_t c = byte;
        i += byte < 0x80 ? 1 : char_decode(text, i, &c);
        if (byte >= 0x80 ? !char_unwanted(c) : byte == '\n' || strchr("&<>\"'", byte))
            buf_addf(out, "&#x%x;", (unsigned)c);
        else if (byte == '\t' || (byte >= ' ' && byte < 0x7f))
            buf_addc(out, byte == '\t' ? ' ' : (char)byte);
    }
}

static void open_node(struct buf *out, str text, size_t number, const char *side, bool leaf)
{
    buf_addf(out, "<node ID=\"ID_%zu\"", number);
    if (side)
        buf_addf(out, " POSITION=\"%s\"", side);
    buf_add(out, S(" TEXT=\""));
    mindmap_text(out, text);
    buf_add(out, leaf ? S("\"/>\n") : S("\">\n"));
}

/* The first half of the branches of the middle stands at the right, as in the drawing. */
static const char *side_of(size_t nth, size_t n)
{
    return n > 2 && nth >= (n + 1) / 2 ? "left" : "right";
}

static size_t count(const struct tree *t, size_t i)
{
    size_t n = 0;
    for (; i; i = t->next[i])
        n++;
    return n;
}

/* All nodes, each within its parent. `middle`: the one whose children have a side; 0 where those
 * are the roots themselves. */
static void put_tree(struct buf *out, const struct tree *t, size_t middle)
{
    size_t at = t->root, nth = 0, n = count(t, middle ? t->first[middle] : t->root);

    while (at) {
        bool is_branch = t->parent[at] == middle;
        open_node(out, t->graph->node[at - 1].label, at, is_branch ? side_of(nth++, n) : NULL,
                  !t->first[at]);
        if (t->first[at]) {
            at = t->first[at];
            continue;
        }
        while (at && !t->next[at]) {
            at = t->parent[at];
            if (at)
                buf_add(out, S("</node>\n"));
        }
        at = t->next[at];
    }
}

void render_mindmap(struct buf *out, const struct graph *graph, str title)
{
    struct arena *mem = arena_new();
    struct tree t = tree_of(mem, graph);

    buf_add(out, S("<map version=\"1.0.1\">\n"));
    if (t.nroots != 1)
        open_node(out, title, 0, NULL, !t.root);
    put_tree(out, &t, t.nroots == 1 ? t.root : 0);
    if (t.nroots > 1)
        buf_add(out, S("</node>\n"));
    buf_add(out, S("</map>\n"));
    arena_free(mem);
}
