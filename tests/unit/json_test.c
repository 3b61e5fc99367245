#include "test.h"
#include "../../gen/render/render.h"

#include <math.h>

static const struct language yen = {.tag = {"en", 2}, .currency = {"CNY", 3}, .money_decimals = 2};
static struct buf json;

static str json_of(struct node *first)
{
    struct node root = {.kind = NODE_document, .first = first};
    struct document d = {.title = S("Li \"Wei\"\n"),
                         .address = S("person/li.html"),
                         .kind = S("person"),
                         .key = S("li.wei"),
                         .root = &root};
    struct site site = {.lang = &yen, .as_of = day_of(2026, 10, 31)};
    buf_reset(&json);
    render_json(&json, &site, &d);
    return buf_str(&json);
}

static bool holds(str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

TEST(json_of_a_page_without_blocks)
{
    EXPECT_STR(S("{\"title\":\"Li \\\"Wei\\\"\\n\",\"kind\":\"person\",\"key\":\"li.wei\","
                 "\"address\":\"person/li.html\",\"as_of\":\"2026-10-31\",\"currency\":\"CNY\",\n"
                 "\"blocks\":[]}\n"),
               json_of(NULL));
}

TEST(json_of_a_table_is_typed_and_exact)
{
    struct table_column column[] = {{.name = S("person"), .type = TYPE_string},
                                    {.name = S("revenue"), .type = TYPE_money, .unit = S("CNY")},
                                    {.name = S("rate"), .type = TYPE_rate},
                                    {.name = S("active"), .type = TYPE_boolean}};
    struct cell cell[] = {
        {.text = S("Li"), .type = TYPE_string, .value = {.kind = VALUE_TEXT, .s = S("li\\wei")}},
        {.text = S("−12"), .type = TYPE_money, .value = {.kind = VALUE_INT, .i = -1205}},
        {.text = S("–"), .type = TYPE_rate, .value = {.kind = VALUE_REAL, .r = NAN}},
        {.text = S("yes"), .type = TYPE_boolean, .value = {.kind = VALUE_INT, .i = 1}},
        {.text = S("–"), .type = TYPE_string},
        {.text = S("0"), .type = TYPE_money, .value = {.kind = VALUE_INT, .i = 0}},
        {.text = S("10 %"), .type = TYPE_rate, .value = {.kind = VALUE_REAL, .r = 0.1}},
        {.text = S("no"), .type = TYPE_boolean, .value = {.kind = VALUE_INT, .i = 0}}};
    struct table_node table = {.column = column, .ncols = 4, .nrows = 2, .cell = cell};
    struct node node = {.kind = NODE_table, .id = S("t"), .title = S("T"), .table = &table};
    str text = json_of(&node);
    EXPECT(holds(text, "{\"kind\":\"table\",\"id\":\"t\",\"title\":\"T\""));
    EXPECT(holds(text, "{\"name\":\"revenue\",\"type\":\"money\",\"unit\":\"CNY\"}"));
    EXPECT(holds(text, "[\"li\\\\wei\",-12.05,null,true]"));
    EXPECT(holds(text, "[null,0.00,0.1,false]"));
}

TEST(json_of_a_sparkline_is_its_numbers)
{
    double values[] = {100, NAN, 250};
    struct table_column column = {.name = S("trend"), .type = TYPE_money, .spark = true};
    struct cell cell = {.type = TYPE_money, .spark = values, .nspark = 3};
    struct table_node table = {.column = &column, .ncols = 1, .nrows = 1, .cell = &cell};
    struct node node = {.kind = NODE_table, .id = S("t"), .table = &table};
    str text = json_of(&node);
    EXPECT(holds(text, "\"type\":\"series\""));
    EXPECT(holds(text, "[[1,null,2.5]]"));
}

TEST(json_finds_blocks_in_sections_and_leaves_out_what_only_reports_show)
{
    struct table_node empty = {.ncols = 0};
    struct node hidden = {
        .kind = NODE_table, .id = S("hidden"), .table = &empty, .only_report = true};
    struct node shown = {.kind = NODE_table, .id = S("shown"), .table = &empty, .next = &hidden};
    struct node section = {.kind = NODE_section, .first = &shown};
    str text = json_of(&section);
    EXPECT(holds(text, "\"id\":\"shown\""));
    EXPECT(!holds(text, "hidden"));
}

TEST(json_of_key_figures_says_null_for_what_is_not_known)
{
    struct kpi kpi = {
        .label = S("Revenue"), .type = TYPE_money, .exact = {.kind = VALUE_INT, .i = 100}};
    struct node node = {.kind = NODE_kpis, .id = S("k")};
    node.kpis.at = &kpi;
    node.kpis.n = 1;
    EXPECT(holds(json_of(&node), "{\"label\":\"Revenue\",\"type\":\"money\",\"value\":1.00,"
                                 "\"target\":null,\"before\":null}"));
}

TEST(the_search_index_is_a_script_that_no_text_can_end)
{
    struct search_entry entry[] = {{S("</script>"), S("person"), S("person/x.html"), S("\u2028\"")},
                                   {S("王芳"), S("person"), S("person/wang.html"), S("")}};
    buf_reset(&json);
    render_search(&json, entry, 2);
    EXPECT_STR(S("var searchIndex = [\n"
                 "[\"\\u003c/script>\",\"person\",\"person/x.html\",\"\\u2028\\\"\"],\n"
                 "[\"王芳\",\"person\",\"person/wang.html\",\"\"]\n];\n"),
               buf_str(&json));
    buf_reset(&json);
    render_search(&json, NULL, 0);
    EXPECT_STR(S("var searchIndex = [\n];\n"), buf_str(&json));
}
