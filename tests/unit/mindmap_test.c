/* A mind map as a file for FreeMind, read back by expat. */
#include "../../gen/render/render.h"
#include "test.h"

#include <expat.h>
#include <string.h>

/* What a reader of XML sees: each node as "depth text side", parted by '|'. */
struct seen {
    struct buf nodes;
    int depth, maps;
};

static void XMLCALL on_open(void *arg, const char *name, const char **attribute)
{
    struct seen *s = arg;
    const char *text = "", *side = "";
    for (; *attribute; attribute += 2) {
        if (strcmp(attribute[0], "TEXT") == 0)
            text = attribute[1];
        if (strcmp(attribute[0], "POSITION") == 0)
            side = attribute[1];
    }
    s->maps += strcmp(name, "map") == 0;
    if (strcmp(name, "node") == 0)
        buf_addf(&s->nodes, "%d %s%s%s|", s->depth, text, *side ? " " : "", side);
    s->depth++;
}

static void XMLCALL on_close(void *arg, const char *name)
{
    struct seen *s = arg;
    (void)name;
    s->depth--;
}

static struct buf file, told;

/* The nodes that expat finds; "broken" if it finds no XML. */
static str read_back(const struct graph *g, const char *title)
{
    struct seen s = {0};
    XML_Parser parser = XML_ParserCreate(NULL);

    buf_reset(&file);
    buf_reset(&told);
    render_mindmap(&file, g, str_of(title));
    XML_SetUserData(parser, &s);
    XML_SetElementHandler(parser, on_open, on_close);
    bool ok =
        XML_Parse(parser, file.p, (int)file.n, 1) == XML_STATUS_OK && s.maps == 1 && s.depth == 0;
    XML_ParserFree(parser);
    buf_add(&told, ok ? buf_str(&s.nodes) : S("broken"));
    buf_clear(&s.nodes);
    return buf_str(&told);
}

static str map_of(struct graph_node *node, size_t n)
{
    struct graph g = {.kind = GRAPH_MINDMAP, .node = node, .nnodes = n};
    return read_back(&g, "Title & all");
}

TEST(a_mind_map_keeps_its_branches_in_order_on_two_sides)
{
    struct graph_node node[] = {
        {.id = S("d"), .label = S("Deal")},
        {.id = S("a"), .label = S("people"), .parent = S("d")},
        {.id = S("a1"), .label = S("decision maker"), .parent = S("a")},
        {.id = S("b"), .label = S("money"), .parent = S("d")},
        {.id = S("a2"), .label = S("consultant"), .parent = S("a")},
        {.id = S("c"), .label = S("time"), .parent = S("d")},
        {.id = S("n"), .label = S("12 Oct: met"), .parent = S("a1")},
    };
    EXPECT_STR(S("1 Deal|2 people right|3 decision maker|4 12 Oct: met|3 consultant|2 money right|"
                 "2 time left|"),
               map_of(node, 7));
    EXPECT(str_starts(buf_str(&file), S("<map version=\"1.0.1\">\n<node ")));
}

TEST(a_mind_map_of_one_node_is_one)
{
    struct graph_node node[] = {{.id = S("d"), .label = S("Deal")}};
    EXPECT_STR(S("1 Deal|"), map_of(node, 1));
}

TEST(a_mind_map_of_two_branches_has_them_on_the_right)
{
    struct graph_node node[] = {{.id = S("d"), .label = S("Deal")},
                                {.id = S("a"), .label = S("a"), .parent = S("d")},
                                {.id = S("b"), .label = S("b"), .parent = S("d")}};
    EXPECT_STR(S("1 Deal|2 a right|2 b right|"), map_of(node, 3));
}

TEST(a_mind_map_without_a_middle_gets_one)
{
    struct graph_node node[] = {{.id = S("a"), .label = S("a")},
                                {.id = S("b"), .label = S("b")},
                                {.id = S("c"), .label = S("c"), .parent = S("b")}};
    EXPECT_STR(S("1 Title & all|2 a right|2 b right|3 c|"), map_of(node, 3));
    EXPECT_STR(S("1 Title & all|"), map_of(node, 0));
}

TEST(a_mind_map_is_ascii_and_says_what_the_data_say)
{
    struct graph_node node[] = {
        {.id = S("d"), .label = S("<b>&\"'\n]]>\t罗丹 𝒳 \xe2\x80\xae\x01\xef\xbf\xbf.")}};
    EXPECT_STR(S("1 <b>&\"'\n]]> 罗丹 𝒳 .|"), map_of(node, 1));
    bool ascii = true;
    for (size_t i = 0; i < file.n; i++)
        ascii &= (unsigned char)file.p[i] < 0x80;
    EXPECT(ascii);
}

TEST(a_mind_map_as_deep_as_its_data_is_written_whole)
{
    enum { DEPTH = 200000 };
    struct arena *mem = arena_new();
    struct graph_node *node = NEW_ARRAY(mem, DEPTH, struct graph_node);
    for (size_t i = 0; i < DEPTH; i++) {
        node[i].id = arena_printf(mem, "%zu", i);
        node[i].label = S("n");
        if (i)
            node[i].parent = node[i - 1].id;
    }
    struct graph g = {.kind = GRAPH_MINDMAP, .node = node, .nnodes = DEPTH};
    buf_reset(&file);
    render_mindmap(&file, &g, S("t"));
    size_t closed = 0;
    for (size_t at = 0; (at = str_find(buf_str(&file), S("</node>"), at)) < file.n; at++)
        closed++;
    EXPECT(closed == DEPTH - 1);
    arena_free(mem);
}
