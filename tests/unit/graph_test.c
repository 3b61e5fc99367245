/* Graphs are laid out by Graphviz; texts are set by us. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../gen/draw/parts.h"
#include "test.h"

static const struct place here = {{"page.md", 7}, 5, 1};

struct board {
    struct arena *mem;
    struct diags diags;
    struct gnuplot *g;
};

static struct board set_up(void)
{
    struct board t = {.mem = arena_new()};
    diags_init(&t.diags, t.mem);
    t.g = gnuplot_idle(t.mem, NULL, 0, &t.diags);
    return t;
}

static void tear_down(struct board *t)
{
    gnuplot_free(t->g);
    arena_free(t->mem);
}

static struct drawing *draw(struct board *t, const struct graph *g, double width_pt)
{
    return graph_draw(t->g, t->mem, g, MEDIUM_SCREEN, width_pt, here, &t->diags);
}

static const struct shape *find_text(const struct drawing *d, str text)
{
    for (size_t i = 0; d && i < d->nshapes; i++)
        if (d->shape[i].kind == SHAPE_TEXT && str_eq(d->shape[i].text, text))
            return &d->shape[i];
    return NULL;
}

static double x_of(const struct drawing *d, str text)
{
    const struct shape *s = find_text(d, text);
    EXPECT(s != NULL);
    return s ? s->xy[0] : NAN;
}

static double y_of(const struct drawing *d, str text)
{
    const struct shape *s = find_text(d, text);
    EXPECT(s != NULL);
    return s ? s->xy[1] : NAN;
}

static void expect_inside(const struct drawing *d)
{
    for (size_t i = 0; d && i < d->nshapes; i++)
        for (size_t k = 0; k < d->shape[i].nxy; k++) {
            EXPECT(d->shape[i].xy[2 * k] >= -2 && d->shape[i].xy[2 * k] <= d->width + 2);
            EXPECT(d->shape[i].xy[2 * k + 1] >= -2 && d->shape[i].xy[2 * k + 1] <= d->height + 2);
        }
}

TEST(an_organization_chart_has_superiors_above)
{
    struct board t = set_up();
    struct graph_node node[] = {
        {.id = S("a"), .label = S("Chen")},
        {.id = S("b"), .label = S("Tang"), .parent = S("a")},
        {.id = S("c"), .label = S("Luo"), .parent = S("a"), .href = S("p/luo.html")},
        {.id = S("d"), .label = S("Li"), .parent = S("b")}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 4};
    struct drawing *d = draw(&t, &g, 352);
    EXPECT(y_of(d, S("Chen")) < y_of(d, S("Tang")));
    EXPECT_NEAR(y_of(d, S("Tang")), y_of(d, S("Luo")), 0.1);
    EXPECT(x_of(d, S("Tang")) < x_of(d, S("Luo")));
    EXPECT(y_of(d, S("Tang")) < y_of(d, S("Li")));
    const struct shape *luo = find_text(d, S("Luo"));
    EXPECT(luo && str_eq(luo->href, S("p/luo.html")));
    expect_inside(d);
    tear_down(&t);
}

TEST(only_a_flow_chart_has_decisions)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("a"), .label = S("Chen")},
                                {.id = S("b"), .label = S("Tang"), .parent = S("a")}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 2};
    const struct drawing *plain = draw(&t, &g, 352);
    node[0].shape = node[1].shape = S("decision");
    const struct drawing *d = draw(&t, &g, 352);
    EXPECT(plain && d && plain->nshapes == d->nshapes);
    tear_down(&t);
}

TEST(an_organization_too_broad_for_its_page_is_turned)
{
    struct board t = set_up();
    struct graph_node node[15];
    for (int i = 0; i < 15; i++)
        node[i] = (struct graph_node){.id = arena_printf(t.mem, "%d", i),
                                      .label = arena_printf(t.mem, "Person %d", i),
                                      .parent = i ? S("0") : (str){0}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 15};
    struct drawing *d = draw(&t, &g, 352);
    EXPECT(d && d->width < 352);
    EXPECT(x_of(d, S("Person 0")) < x_of(d, S("Person 1")));
    EXPECT_NEAR(x_of(d, S("Person 1")), x_of(d, S("Person 14")), 0.1);
    expect_inside(d);
    tear_down(&t);
}

/* On a phone, where it scrolls, the first thing seen is the picture and not the room beside it. */
TEST(a_small_graph_has_no_room_beside_it_but_on_paper)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("a"), .label = S("Chen")},
                                {.id = S("b"), .label = S("Tang"), .parent = S("a")}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 2};
    struct drawing *screen = draw(&t, &g, 352);
    EXPECT(screen && screen->width < 60);
    EXPECT_NEAR(x_of(screen, S("Chen")), screen->width / 2, 1);
    struct drawing *print = graph_draw(t.g, t.mem, &g, MEDIUM_PRINT, 352, here, &t.diags);
    EXPECT(print && print->width == 352);
    EXPECT_NEAR(x_of(print, S("Chen")), 176, 1);
    tear_down(&t);
}

TEST(branches_of_a_mind_map_go_both_ways_unless_the_page_is_narrow)
{
    struct board t = set_up();
    struct graph_node node[] = {
        {.id = S("r"), .label = S("Deal")},
        {.id = S("1"), .label = S("People"), .parent = S("r")},
        {.id = S("2"), .label = S("Money"), .parent = S("r")},
        {.id = S("3"), .label = S("Time"), .parent = S("r")},
        {.id = S("4"), .label = S("Rivals"), .parent = S("r")},
        {.id = S("5"), .label = S("nobody knows who decides"), .parent = S("1")},
        {.id = S("6"), .label = S("two others have offered"), .parent = S("4")}};
    struct graph g = {.kind = GRAPH_MINDMAP, .node = node, .nnodes = 7};
    struct drawing *d = draw(&t, &g, 720);
    EXPECT(x_of(d, S("Deal")) < x_of(d, S("People")) && x_of(d, S("Rivals")) < x_of(d, S("Deal")));
    EXPECT(x_of(d, S("two others have offered")) < x_of(d, S("Rivals")));
    const struct shape *deal = find_text(d, S("Deal"));
    EXPECT(deal && deal->fill == PAINT_ground && deal->bold);
    d = draw(&t, &g, 200);
    EXPECT(x_of(d, S("Deal")) < x_of(d, S("Rivals")));
    expect_inside(d);
    tear_down(&t);
}

TEST(a_flow_runs_to_the_right_in_the_lanes_of_its_roles)
{
    struct board t = set_up();
    struct graph_node node[] = {
        {.id = S("1"), .label = S("Ask"), .lane = S("Sales"), .shape = S("start")},
        {.id = S("2"), .label = S("Check"), .lane = S("Finance")},
        {.id = S("3"), .label = S("Enough?"), .lane = S("Finance"), .shape = S("decision")},
        {.id = S("4"), .label = S("Offer"), .lane = S("Sales"), .shape = S("end")},
    };
    struct graph_edge edge[] = {{S("1"), S("2"), {0}},
                                {S("2"), S("3"), {0}},
                                {S("3"), S("4"), S("yes")},
                                {S("3"), S("1"), S("no")}};
    struct graph g = {.kind = GRAPH_FLOW, .node = node, .nnodes = 4, .edge = edge, .nedges = 4};
    struct drawing *d = draw(&t, &g, 475);
    EXPECT(x_of(d, S("Ask")) < x_of(d, S("Check")) && x_of(d, S("Check")) < x_of(d, S("Enough?")) &&
           x_of(d, S("Enough?")) < x_of(d, S("Offer")));
    EXPECT_NEAR(y_of(d, S("Ask")), y_of(d, S("Offer")), 0.1);
    EXPECT_NEAR(y_of(d, S("Check")), y_of(d, S("Enough?")), 0.1);
    EXPECT(y_of(d, S("Sales")) < y_of(d, S("Finance")));
    EXPECT_NEAR(y_of(d, S("Sales")), y_of(d, S("Ask")), 0.1);
    EXPECT(find_text(d, S("yes")) && find_text(d, S("no")) && !find_text(d, S("origin")));
    expect_inside(d);
    tear_down(&t);
}

/* Whether a part of a path, level or upright, goes through the letters of a text. */
static bool goes_through(const struct shape *path, const struct shape *text)
{
    double half = text_em(text->text) * text->size / 2 - 0.5;
    double top = text->xy[1] - 0.6 * text->size, bottom = text->xy[1];

    for (size_t k = 0; k + 1 < path->nxy; k++) {
        const double *a = &path->xy[2 * k], *b = a + 2;
        if (fmax(a[0], b[0]) > text->xy[0] - half && fmin(a[0], b[0]) < text->xy[0] + half &&
            fmax(a[1], b[1]) > top && fmin(a[1], b[1]) < bottom)
            return true;
    }
    return false;
}

TEST(conditions_stand_clear_of_all_ways_and_boxes)
{
    struct board t = set_up();
    struct graph_node node[] = {
        {.id = S("in"), .label = S("Complaint"), .lane = S("Sales"), .shape = S("start")},
        {.id = S("check"), .label = S("Ours?"), .lane = S("Service"), .shape = S("decision")},
        {.id = S("fix"), .label = S("Repair"), .lane = S("Service")},
        {.id = S("pay"), .label = S("Pay"), .lane = S("Finance")},
        {.id = S("bill"), .label = S("Bill"), .lane = S("Finance")},
        {.id = S("done"), .label = S("Done"), .lane = S("Sales"), .shape = S("end")}};
    struct graph_edge edge[] = {{S("in"), S("check"), S("with an order number")},
                                {S("check"), S("fix"), S("yes, it is ours")},
                                {S("check"), S("done"), S("no, not ours")},
                                {S("fix"), S("pay"), S("within warranty")},
                                {S("fix"), S("bill"), S("after it")},
                                {S("pay"), S("check"), S("not approved")},
                                {S("pay"), S("done"), S("approved")},
                                {S("bill"), S("done"), S("paid")}};
    enum { NEDGES = sizeof edge / sizeof *edge };
    struct graph g = {
        .kind = GRAPH_FLOW, .node = node, .nnodes = 6, .edge = edge, .nedges = NEDGES};
    struct drawing *d = draw(&t, &g, 720);
    for (size_t e = 0; e < NEDGES; e++) {
        const struct shape *text = find_text(d, edge[e].label);
        EXPECT(text && text->anchor == ANCHOR_MIDDLE);
        for (size_t i = 0; text && i < d->nshapes; i++)
            EXPECT(d->shape[i].kind == SHAPE_TEXT || !goes_through(&d->shape[i], text));
    }
    expect_inside(d);
    tear_down(&t);
}

TEST(hostile_labels_of_graphs_are_drawn_as_they_stand)
{
    static const char *const hostile[] = {"\\N \\G",   "a\"]; b", "&amp;lt;", "<b>x</b>",
                                          "{x|y}",     "}",       "`id`",     "</svg>",
                                          "O'Brien\\", "//",      "origin",   "李娜"};
    enum { N = sizeof hostile / sizeof *hostile };
    struct board t = set_up();

    for (enum graph_kind kind = GRAPH_FLOW; kind <= GRAPH_MINDMAP; kind++) {
        struct graph_node node[N];
        struct graph_edge edge[N];
        for (size_t i = 0; i < N; i++) {
            str text = str_of(hostile[i]);
            node[i] = (struct graph_node){.id = text,
                                          .label = text,
                                          .lane = text,
                                          .href = text,
                                          .parent = i ? str_of(hostile[0]) : (str){0}};
            edge[i] = (struct graph_edge){text, str_of(hostile[(i + 1) % N]), text};
        }
        struct graph g = {.kind = kind,
                          .node = node,
                          .nnodes = N,
                          .edge = edge,
                          .nedges = kind == GRAPH_FLOW ? N : 0};
        struct drawing *d = draw(&t, &g, 720);
        for (size_t i = 0; i < N; i++)
            if (!find_text(d, node[i].label))
                test_fail(__FILE__, __LINE__, "not drawn: %s", hostile[i]);
    }
    EXPECT_INT(0, (long long)t.diags.list.n);
    tear_down(&t);
}

TEST(long_labels_take_up_to_three_lines)
{
    struct board t = set_up();
    struct graph_node node[] = {
        {.id = S("1"),
         .label = S("one two three four five six seven eight nine ten eleven twelve")},
        {.id = S("2"),
         .label = S("观澜大数据局网络安全托管监控服务合同谈判记录与后续步骤安排"),
         .parent = S("1")}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 2};
    struct drawing *d = draw(&t, &g, 352);
    size_t ntexts = 0;
    for (size_t i = 0; d && i < d->nshapes; i++)
        if (d->shape[i].kind == SHAPE_TEXT) {
            EXPECT(utf8_valid(d->shape[i].text, NULL));
            ntexts++;
        }
    EXPECT_INT(6, (long long)ntexts);
    EXPECT(find_text(d, S("one two three four")) || find_text(d, S("one two three four five")));
    tear_down(&t);
}

TEST(graphs_of_one_node_and_of_none_are_drawn)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("1"), .label = S("Alone")}};

    for (enum graph_kind kind = GRAPH_FLOW; kind <= GRAPH_MINDMAP; kind++) {
        struct graph g = {.kind = kind, .node = node, .nnodes = 1};
        EXPECT(find_text(draw(&t, &g, 352), S("Alone")) != NULL);
        g.nnodes = 0;
        struct drawing *d = draw(&t, &g, 352);
        EXPECT(d && d->width < 352);
    }
    EXPECT_INT(0, (long long)t.diags.list.n);
    tear_down(&t);
}

TEST(a_flow_may_go_round_in_a_circle)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("1"), .label = S("Plan")},
                                {.id = S("2"), .label = S("Do")}};
    struct graph_edge edge[] = {
        {S("1"), S("2"), {0}}, {S("2"), S("1"), {0}}, {S("2"), S("2"), S("again")}};
    struct graph g = {.kind = GRAPH_FLOW, .node = node, .nnodes = 2, .edge = edge, .nedges = 3};
    EXPECT(find_text(draw(&t, &g, 352), S("Do")) != NULL);
    EXPECT_INT(0, (long long)t.diags.list.n);
    tear_down(&t);
}

TEST(an_edge_to_nowhere_is_told_at_its_block)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("1"), .label = S("Plan"), .parent = S("9")}};
    struct graph_edge edge[] = {{S("1"), S("8"), {0}}};
    struct graph g = {.kind = GRAPH_ORG, .node = node, .nnodes = 1};
    EXPECT(!draw(&t, &g, 352));
    g = (struct graph){.kind = GRAPH_FLOW, .node = node, .nnodes = 1, .edge = edge, .nedges = 1};
    node[0].parent = (str){0};
    EXPECT(!draw(&t, &g, 352));
    EXPECT_INT(2, (long long)t.diags.list.n);
    if (t.diags.list.n == 2) {
        EXPECT_STR(S("9"), t.diags.list.at[0].value);
        EXPECT_STR(S("8"), t.diags.list.at[1].value);
        EXPECT_INT(5, t.diags.list.at[1].at.line);
    }
    tear_down(&t);
}

TEST(a_graph_is_the_same_each_time)
{
    struct board t = set_up();
    struct graph_node node[] = {{.id = S("1"), .label = S("Plan")},
                                {.id = S("2"), .label = S("Do")},
                                {.id = S("3"), .label = S("Check")}};
    struct graph_edge edge[] = {{S("1"), S("2"), S("x")}, {S("1"), S("3"), S("y")}};
    struct graph g = {.kind = GRAPH_FLOW, .node = node, .nnodes = 3, .edge = edge, .nedges = 2};
    struct drawing *a = draw(&t, &g, 352), *b = draw(&t, &g, 352);
    EXPECT(a && b && a->nshapes == b->nshapes);
    for (size_t i = 0; a && b && i < a->nshapes && i < b->nshapes; i++)
        for (size_t k = 0; k < 2 * a->shape[i].nxy; k++)
            EXPECT(a->shape[i].xy[k] == b->shape[i].xy[k]);
    tear_down(&t);
}

TEST(a_flow_too_long_for_its_page_gets_narrow_boxes)
{
    struct board t = set_up();
    struct graph_node node[8];
    struct graph_edge edge[7];
    for (size_t i = 0; i < 8; i++) {
        node[i] = (struct graph_node){.id = arena_printf(t.mem, "%zu", i),
                                      .label = S("Talk over what was learned"),
                                      .lane = S("sales")};
        if (i)
            edge[i - 1] = (struct graph_edge){node[i - 1].id, node[i].id, {0}};
    }
    struct graph g = {.kind = GRAPH_FLOW, .node = node, .nnodes = 8, .edge = edge, .nedges = 7};
    struct drawing *wide = draw(&t, &g, 2000), *narrow = draw(&t, &g, 100);
    EXPECT(wide && narrow && narrow->width < 1500 && narrow->width < 2000 * 0.5);
    EXPECT(find_text(wide, S("Talk over")) == NULL);
    EXPECT(find_text(narrow, S("Talk over")) != NULL);
    expect_inside(narrow);
    tear_down(&t);
}

/* From left to right nine boxes of 40 pt and eight gaps of 50, in which "approved" has room, are
 * 760 pt and the names of the lanes; downwards four lanes are as wide as their names and boxes. */
TEST(a_flow_too_long_even_for_narrow_boxes_runs_downwards)
{
    static const char *const lane[] = {"sales", "regional manager", "operations", "head office"};
    struct board t = set_up();
    struct graph_node node[9];
    struct graph_edge edge[8];
    for (size_t i = 0; i < 9; i++) {
        node[i] = (struct graph_node){.id = arena_printf(t.mem, "%zu", i),
                                      .label = arena_printf(t.mem, "Approve %zu", i),
                                      .lane = str_of(lane[i % 4])};
        if (i)
            edge[i - 1] = (struct graph_edge){node[i - 1].id, node[i].id, S("approved")};
    }
    struct graph g = {.kind = GRAPH_FLOW, .node = node, .nnodes = 9, .edge = edge, .nedges = 8};
    struct drawing *d = draw(&t, &g, 500);
    EXPECT(d && d->width <= 500);
    for (size_t i = 1; i < 9; i++)
        EXPECT(y_of(d, node[i].label) > y_of(d, node[i - 1].label) + 20);
    for (size_t i = 0; i < 4; i++) {
        EXPECT_NEAR(x_of(d, node[i].label), x_of(d, node[i].lane), 0.1);
        EXPECT(i == 0 || x_of(d, node[i].lane) > x_of(d, node[i - 1].lane) + 40);
        EXPECT(y_of(d, node[i].lane) < y_of(d, node[0].label));
    }
    expect_inside(d);
    d = draw(&t, &g, 2000);
    EXPECT_NEAR(y_of(d, node[0].label), y_of(d, node[8].label), 0.1);
    tear_down(&t);
}

/* ---- the processes ---- */

enum { VARIETY = 9 };

/* Trees and flow charts of several sizes: each leaves other things behind in the process that drew
 * it. */
static struct drawing *draw_one_of_many(struct board *t, size_t number)
{
    size_t n = 3 + number;
    struct graph_node *node = NEW_ARRAY(t->mem, n, struct graph_node);
    struct graph_edge *edge = NEW_ARRAY(t->mem, n, struct graph_edge);
    enum graph_kind kind = (enum graph_kind)(number % 3);

    for (size_t i = 0; i < n; i++) {
        node[i] = (struct graph_node){.id = arena_printf(t->mem, "%zu", i),
                                      .label = arena_printf(t->mem, "Step %zu of %zu", i, n),
                                      .lane = i % 2 ? S("Sales") : S("Finance")};
        if (i && kind != GRAPH_FLOW)
            node[i].parent = node[(i - 1) / 2].id;
    }
    for (size_t i = 0; i < n; i++)
        edge[i] = (struct graph_edge){node[i].id, node[(i * 2 + 1) % n].id, {0}};
    struct graph g = {.kind = kind, .node = node, .nnodes = n, .edge = edge};
    g.nedges = kind == GRAPH_FLOW ? n : 0;
    return draw(t, &g, 352);
}

static bool same_shapes(const struct drawing *a, const struct drawing *b)
{
    bool same = a && b && a->nshapes == b->nshapes;
    for (size_t i = 0; same && i < a->nshapes; i++) {
        const struct shape *x = &a->shape[i], *y = &b->shape[i];
        same = x->nxy == y->nxy && x->nops == y->nops && str_eq(x->tip, y->tip) &&
               (!x->nops || !memcmp(x->op, y->op, x->nops)) &&
               (!x->nxy || !memcmp(x->xy, y->xy, 2 * x->nxy * sizeof *x->xy));
    }
    return same;
}

TEST(a_graph_is_the_same_whatever_was_drawn_before_it)
{
    struct board forwards = set_up(), backwards = set_up();
    struct drawing *first[VARIETY];

    for (size_t i = 0; i < VARIETY; i++)
        first[i] = draw_one_of_many(&forwards, i);
    for (size_t i = VARIETY; i-- > 0;) {
        struct board alone = set_up();
        struct drawing *d = draw_one_of_many(&backwards, i);
        EXPECT(same_shapes(first[i], d));
        EXPECT(same_shapes(draw_one_of_many(&alone, i), d));
        tear_down(&alone);
    }
    EXPECT_INT(0, (long long)forwards.diags.list.n);
    tear_down(&forwards);
    tear_down(&backwards);
}

static bool draws(struct board *t, const char *source)
{
    str svg = {0};
    bool ok = graphviz_draw(gnuplot_graphviz(t->g), t->mem, GRAPHVIZ_DOT, str_of(source), &svg,
                            here, &t->diags);
    EXPECT(!ok || str_ends(svg, S("</svg>\n")));
    return ok;
}

static int pid_of(const struct board *t)
{
    return gnuplot_graphviz(t->g)->child[GRAPHVIZ_DOT].pid;
}

TEST(graphs_share_a_process_and_equal_ones_are_drawn_once)
{
    struct board t = set_up();

    EXPECT_INT(-1, pid_of(&t));
    EXPECT(draws(&t, "digraph {a [label=\"\"]}\n"));
    int pid = pid_of(&t);
    EXPECT(draws(&t, "digraph {b [label=\"\"]}\n"));
    EXPECT_INT(pid, pid_of(&t));
    sandbox_end(&gnuplot_graphviz(t.g)->child[GRAPHVIZ_DOT]);
    EXPECT(draws(&t, "digraph {a [label=\"\"]}\n"));
    EXPECT_INT(-1, pid_of(&t));
    tear_down(&t);
}

TEST(what_graphviz_says_of_a_graph_is_told_at_its_block_and_the_next_one_is_drawn)
{
    struct board t = set_up();

    EXPECT(draws(&t, "digraph {a [label=\"\"]}\n"));
    EXPECT(!draws(&t, "digraph {a -> ;}\n"));
    EXPECT_INT(1, (long long)t.diags.list.n);
    if (t.diags.list.n == 1) {
        EXPECT_INT(DIAG_GRAPH_FAILED, t.diags.list.at[0].id);
        EXPECT_INT(5, t.diags.list.at[0].at.line);
        EXPECT_STR(S("page.md"), t.diags.list.at[0].at.file);
        EXPECT(str_find(t.diags.list.at[0].value, S("syntax error"), 0) <
               t.diags.list.at[0].value.n);
    }
    EXPECT(draws(&t, "digraph {b [label=\"\"]}\n"));
    EXPECT(!draws(&t, "digraph {b -> ;}\n"));
    EXPECT(draws(&t, "digraph {c [label=\"\"]}\n"));
    EXPECT_INT(2, (long long)t.diags.list.n);
    tear_down(&t);
}

TEST(a_graphviz_that_died_between_two_graphs_is_replaced)
{
    struct board t = set_up();

    EXPECT(draws(&t, "digraph {a [label=\"\"]}\n"));
    int pid = pid_of(&t);
    EXPECT(pid > 0 && kill(pid, SIGKILL) == 0); /* never -1, which is all processes */
    EXPECT(draws(&t, "digraph {b [label=\"\"]}\n"));
    EXPECT(pid_of(&t) > 0 && pid_of(&t) != pid);
    EXPECT_INT(0, (long long)t.diags.list.n);
    tear_down(&t);
}

TEST(graphviz_runs_in_the_sandbox)
{
    struct board t = set_up();
    char status[8192] = "";

    EXPECT(draws(&t, "digraph {a [label=\"\"]}\n"));
    FILE *f = fopen(arena_printf(t.mem, "/proc/%d/status", pid_of(&t)).p, "r");
    EXPECT(f && fread(status, 1, sizeof status - 1, f) > 0);
    EXPECT(strstr(status, "\nSeccomp:\t2\n") != NULL);
    if (f)
        fclose(f);
    tear_down(&t);
}

TEST(without_graphviz_the_block_is_named)
{
    struct board t = set_up();
    str path = arena_str(t.mem, str_of(getenv("PATH")));

    setenv("PATH", "/nonexistent", 1);
    EXPECT(!draws(&t, "digraph {a [label=\"\"]}\n"));
    setenv("PATH", path.p, 1);
    EXPECT_INT(1, (long long)t.diags.list.n);
    if (t.diags.list.n == 1) {
        EXPECT_INT(DIAG_CHILD_START, t.diags.list.at[0].id);
        EXPECT_STR(S("dot"), t.diags.list.at[0].value);
        EXPECT_INT(5, t.diags.list.at[0].at.line);
    }
    tear_down(&t);
}
