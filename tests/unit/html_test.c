#include "test.h"
#include "../../gen/render/html.h"

#include <math.h>

/* ---- a small site to draw on ---- */

static const struct language english = {.tag = {"en", 2},
                                        .thousands = {",", 1},
                                        .decimal = {".", 1},
                                        .currency = {"CNY", 3},
                                        .money_decimals = 2};

static struct site site_of(const char *layout)
{
    return (struct site){
        .title = S("Acme"), .lang = &english, .as_of = DAY_NONE, .layout = str_of(layout)};
}

static struct buf page; /* what was drawn last */

static str drawn(const struct site *site, const struct document *d)
{
    struct buf content = {0};
    buf_reset(&page);
    if (d->root)
        render_content(&content, site, d);
    render_html(&page, site, d, buf_str(&content));
    buf_clear(&content);
    return buf_str(&page);
}

/* The content of a page whose root has these children. */
static str content_of(struct node *first)
{
    struct node root = {.kind = NODE_document, .first = first};
    struct document d = {.title = S("Start"), .address = S("index.html"), .root = &root};
    struct site site = site_of("{content}");
    return drawn(&site, &d);
}

static bool holds(str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

static str escaped(const char *bytes)
{
    buf_reset(&page);
    html_text(&page, str_of(bytes));
    return buf_str(&page);
}

/* HTML has six levels of headings. */
TEST(a_section_below_the_sixth_level_has_a_heading_of_it)
{
    struct node section = {.kind = NODE_section, .title = S("Notes")};
    struct node heading[5];
    for (int i = 0; i < 5; i++)
        heading[i] = (struct node){
            .kind = NODE_heading, .level = i + 2, .next = i < 4 ? &heading[i + 1] : &section};
    EXPECT(holds(content_of(heading), "<h6>Notes</h6>"));
}

/* ---- text ---- */

TEST(html_text_escapes_what_html_reads)
{
    EXPECT_STR(S("a &amp;&lt;b&gt;&quot;&#39; c"), escaped("a &<b>\"' c"));
    EXPECT_STR(S(""), escaped(""));
}

TEST(html_text_drops_control_characters)
{
    EXPECT_STR(S("a\tb\nc"), escaped("a\tb\nc\x01\x1b\x7f\r"));
    EXPECT_STR(S("ab"), escaped("a\xc2\x85"
                                "b")); /* a control character of two bytes */
}

TEST(html_text_drops_what_turns_the_direction_and_what_is_no_character)
{
    EXPECT_STR(S("nameexe.pdf"), escaped("name\u202eexe.\u2066pdf"));
    EXPECT_STR(S("ab"), escaped("a\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf"
                                "b"));
}

TEST(html_text_keeps_letters_of_every_length)
{
    EXPECT_STR(S("é 王 😀"), escaped("é 王 😀"));
}

/* ---- links ---- */

static str linked(const char *from, const char *address, bool outside)
{
    struct node name = {.kind = NODE_text, .text = S("name")};
    struct node link = {.kind = NODE_link, .first = &name};
    link.link.href = str_of(address);
    link.link.outside = outside;
    struct node root = {.kind = NODE_document, .first = &link};
    struct document d = {.title = S("x"), .address = str_of(from), .root = &root};
    struct site site = site_of("{content}");
    return drawn(&site, &d);
}

TEST(an_address_is_written_from_where_the_page_stands)
{
    EXPECT_STR(S("<a href=\"person/li.html\">name</a>"),
               linked("index.html", "person/li.html", false));
    EXPECT_STR(S("<a href=\"../../person/li.html\">name</a>"),
               linked("a/b/c.html", "person/li.html", false));
}

TEST(an_address_of_ours_is_never_a_scheme)
{
    EXPECT_STR(S("<a href=\"./javascript:alert(1)\">name</a>"),
               linked("index.html", "javascript:alert(1)", false));
}

TEST(a_link_outside_leads_only_where_a_browser_may_go)
{
    EXPECT_STR(S("<a href=\"https://example.org/?a=1&amp;b\" rel=\"noreferrer\">name</a>"),
               linked("index.html", "https://example.org/?a=1&b", true));
    EXPECT_STR(S("name"), linked("index.html", "javascript:alert(1)", true));
    EXPECT_STR(S("name"), linked("index.html", " data:text/html,x", true));
}

/* ---- the layout ---- */

TEST(a_slot_that_we_do_not_know_is_named_with_the_nearest)
{
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    EXPECT(!layout_check(S("<p>\n{contents}</p>"), S("page.html"), &diags));
    EXPECT_INT(1, diags.nerrors);
    EXPECT_INT(2, diags.list.at[0].at.line);
    EXPECT(holds(diag_remedy(mem, &diags.list.at[0]), "content"));
    EXPECT(layout_check(S("<p>{content} {title}</p>"), S("page.html"), &diags));
    arena_free(mem);
}

TEST(a_layout_without_slots_is_drawn_as_it_stands)
{
    struct site site = site_of("<p>plain</p>");
    struct document d = {.title = S("x"), .address = S("index.html")};
    EXPECT_STR(S("<p>plain</p>"), drawn(&site, &d));
    site = site_of("{book} {name");
    EXPECT_STR(S("Acme {name"), drawn(&site, &d));
}

TEST(the_title_names_page_and_book_once)
{
    struct site site = site_of("{title}|{name}");
    struct document d = {.title = S("Li & Wei"), .address = S("person/li.html")};
    EXPECT_STR(S("Li &amp; Wei – Acme|Li &amp; Wei"), drawn(&site, &d));
    d.title = S("Acme");
    EXPECT_STR(S("Acme|Acme"), drawn(&site, &d));
}

TEST(nothing_but_files_beside_the_page_may_be_loaded)
{
    struct site site = site_of("{policy}");
    struct document d = {.title = S("x"), .address = S("index.html")};
    str policy = drawn(&site, &d);
    EXPECT(str_starts(policy, S("default-src 'none';")));
    EXPECT(!holds(policy, "http") && !holds(policy, "unsafe") && !holds(policy, "connect-src"));
    site.preview = true;
    EXPECT(holds(drawn(&site, &d), "connect-src 'self'"));
}

TEST(the_navigation_marks_the_page_that_is_shown)
{
    struct nav_entry nav[] = {{S(""), S("Start"), S("index.html"), 0, false, S("")},
                              {S("People"), S("People"), S("person.html"), 0, false, S("")},
                              {S("People"), S("Pay"), S("pay.html"), 1, false, S("")}};
    struct site site = site_of("{navigation}");
    struct document d = {.title = S("Pay"), .address = S("pay.html")};
    site.nav = nav;
    site.nnav = 3;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<a href=\"pay.html\" aria-current=\"page\">Pay</a>"));
    EXPECT(holds(html, "<li><a href=\"person.html\">People</a></li>"));
    EXPECT(!holds(html, "reports.html"));
    site.nreports = 1;
    EXPECT(holds(drawn(&site, &d), "reports.html"));
}

TEST(the_name_of_a_group_leads_to_the_page_that_heads_it)
{
    struct nav_entry nav[] = {{S("People"), S("People"), S("group/people.html"), 0, true, S("")},
                              {S("People"), S("Pay"), S("pay.html"), 1, false, S("")},
                              {S("About"), S("Data"), S("data.html"), 2, false, S("")}};
    struct site site = site_of("{navigation}"), crumbs = site_of("{breadcrumbs}");
    struct document d = {.title = S("Pay"), .address = S("pay.html"), .group = S("People")};
    site.nav = crumbs.nav = nav;
    site.nnav = crumbs.nnav = 3;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<span class=\"group\"><a href=\"group/people.html\">People</a></span>"));
    EXPECT(!holds(html, "<li><a href=\"group/people.html\""));
    EXPECT(holds(html, "<span class=\"group\">About</span>"));
    EXPECT(holds(drawn(&crumbs, &d),
                 "<li><a href=\"group/people.html\">People</a></li>\n<li aria-current"));
    d.title = S("People");
    d.address = S("group/people.html");
    html = drawn(&site, &d);
    EXPECT(holds(html, "<a href=\"../group/people.html\" aria-current=\"page\">People</a></span>"));
}

TEST(a_site_of_one_page_has_no_menu_and_no_search)
{
    struct nav_entry nav[] = {{S(""), S("Start"), S("index.html"), 0, false, S("")}};
    struct site site = site_of("{menu}{search}{navigation}{breadcrumbs}");
    struct document d = {.title = S("x"), .address = S("index.html")};
    EXPECT_STR(S(""), drawn(&site, &d));
    site.nav = nav;
    site.nnav = 1;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "href=\"#menu\"") && holds(html, "id=\"menu\"") &&
           holds(html, "data-search"));
}

TEST(breadcrumbs_lead_to_the_list_of_a_kind)
{
    struct nav_entry nav[] = {{S("People"), S("All people"), S("person.html"), 0, false, S("")}};
    struct site site = site_of("{breadcrumbs}");
    struct document d = {.title = S("Li Wei"), .address = S("person/li.html")};
    site.nav = nav;
    site.nnav = 1;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<a href=\"../index.html\">Start</a>"));
    EXPECT(holds(html, "<li>People</li>"));
    EXPECT(holds(html, "<a href=\"../person.html\">All people</a>"));
    EXPECT(holds(html, "<li aria-current=\"page\">Li Wei</li>"));
    d.address = S("index.html");
    EXPECT_STR(S(""), drawn(&site, &d));
}

TEST(breadcrumbs_lead_to_the_first_page_that_lists_this_one)
{
    struct nav_entry nav[] = {
        {S("Control"), S("Sales process"), S("funnel.html"), 0, false, S("funnel")},
        {S("Control"), S("All deals"), S("deals.html"), 1, false, S("deals")}};
    str listed[] = {S("debts"), S("deals"), S("funnel")};
    struct site site = site_of("{breadcrumbs}");
    struct page page = {.listed = listed, .nlisted = 3};
    struct document d = {.title = S("D 1"), .address = S("deal/d-1.html"), .page = &page};
    site.nav = nav;
    site.nnav = 2;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<li>Control</li>\n<li><a href=\"../deals.html\">All deals</a></li>"));
    EXPECT(!holds(html, "funnel.html"));
    site.nnav = 1; /* a book without deals */
    EXPECT(holds(drawn(&site, &d), "<li><a href=\"../funnel.html\">Sales process</a></li>"));
}

TEST(neighbours_are_linked_where_there_are_any)
{
    struct site site = site_of("{pager}");
    struct document d = {.title = S("x"), .address = S("person/b.html")};
    EXPECT_STR(S(""), drawn(&site, &d));
    d.following.address = S("person/c.html");
    d.following.title = S("C & D");
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<a href=\"../person/c.html\" rel=\"next\">"));
    EXPECT(holds(html, "C &amp; D ›"));
    EXPECT(!holds(html, "prev"));
}

/* ---- prose ---- */

TEST(headings_never_skip_a_level_and_leave_h1_to_the_title)
{
    struct node deep = {.kind = NODE_heading, .level = 5};
    struct node top = {.kind = NODE_heading, .level = 1, .next = &deep};
    EXPECT_STR(S("<h2></h2>\n<h3></h3>\n"), content_of(&top));
}

TEST(a_section_nests_the_headings_of_its_blocks)
{
    struct node notice = {.kind = NODE_notice, .title = S("Lost"), .text = S("None.")};
    struct node section = {.kind = NODE_section, .title = S("Funnel"), .first = &notice};
    struct node after = {.kind = NODE_notice, .title = S("Won"), .text = S("None.")};
    section.next = &after;
    str html = content_of(&section);
    EXPECT(holds(html, "<h2>Funnel</h2>"));
    EXPECT(holds(html, "<h3>Lost</h3>"));
    EXPECT(holds(html, "<h2>Won</h2>"));
}

TEST(items_of_a_tight_list_hold_no_paragraphs)
{
    struct node text = {.kind = NODE_text, .text = S("one")};
    struct node inner_text = {.kind = NODE_text, .text = S("two")};
    struct node inner_paragraph = {.kind = NODE_paragraph, .first = &inner_text};
    struct node inner_item = {.kind = NODE_item, .first = &inner_paragraph};
    struct node inner = {.kind = NODE_list, .first = &inner_item};
    struct node paragraph = {.kind = NODE_paragraph, .first = &text, .next = &inner};
    struct node item = {.kind = NODE_item, .first = &paragraph};
    struct node list = {.kind = NODE_list, .first = &item};
    list.list.tight = true;
    EXPECT_STR(S("<ul>\n<li>one<ul>\n<li><p>two</p>\n</li>\n</ul>\n</li>\n</ul>\n"),
               content_of(&list));
}

TEST(what_only_reports_show_is_left_out)
{
    struct node notice = {.kind = NODE_notice, .text = S("secret"), .only_report = true};
    EXPECT_STR(S(""), content_of(&notice));
}

/* ---- tables ---- */

static struct table_column column_named(const char *name, enum type type, enum align align)
{
    return (struct table_column){
        .name = str_of(name), .label = str_of(name), .type = type, .align = align};
}

static struct cell text_cell(const char *text)
{
    return (struct cell){.text = str_of(text),
                         .value = {.kind = VALUE_TEXT, .s = str_of(text)},
                         .type = TYPE_string,
                         .bar = NAN};
}

static struct cell money_cell(const char *text, int64_t units)
{
    return (struct cell){.text = str_of(text),
                         .value = {.kind = VALUE_INT, .i = units},
                         .type = TYPE_money,
                         .bar = NAN};
}

static str table_drawn(struct table_node *t)
{
    struct node node = {.kind = NODE_table, .id = S("t"), .title = S("Money"), .table = t};
    return content_of(&node);
}

TEST(a_table_says_which_cells_are_heads_and_keeps_full_precision)
{
    struct table_column column[] = {column_named("person", TYPE_string, ALIGN_LEFT),
                                    column_named("revenue", TYPE_money, ALIGN_RIGHT)};
    struct cell cell[] = {text_cell("Li <b>"), money_cell("1,235", 123450), text_cell("Wang"),
                          money_cell("−1", -105)};
    struct cell total[] = {text_cell("Total"), money_cell("1,233", 123345)};
    struct table_node t = {.column = column, .ncols = 2, .nrows = 2, .cell = cell, .total = total};
    column[1].sorted = -1;
    column[1].explain = S("Net of tax");
    str html = table_drawn(&t);
    EXPECT(holds(html, "<caption class=\"unseen\">Money</caption>"));
    EXPECT(holds(html, "<th class=\"n\" scope=\"col\" data-name=\"revenue\" data-number "
                       "aria-sort=\"descending\">"));
    EXPECT(holds(html, "data-tip title=\"Net of tax\""));
    EXPECT(holds(html, "<th scope=\"row\">Li &lt;b&gt;</th>"));
    EXPECT(holds(html, "data-value=\"1234.50\">1,235</td>"));
    EXPECT(holds(html, "data-value=\"-1.05\">−1</td>"));
    EXPECT(holds(html, "<tfoot><tr><th scope=\"row\">Total</th>"));
}

TEST(a_table_without_rows_has_its_head)
{
    struct table_column column[] = {column_named("person", TYPE_string, ALIGN_LEFT)};
    struct table_node t = {.column = column, .ncols = 1};
    str html = table_drawn(&t);
    EXPECT(holds(html, "<tbody>\n</tbody>"));
    EXPECT(!holds(html, "<tfoot>"));
}

TEST(rows_past_the_fold_are_marked_and_there)
{
    struct table_column column[] = {column_named("person", TYPE_string, ALIGN_LEFT)};
    struct cell cell[] = {text_cell("a"), text_cell("b"), text_cell("c")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 3, .cell = cell, .fold = 2};
    str html = table_drawn(&t);
    EXPECT(holds(html,
                 "<tr><th scope=\"row\">b</th></tr>\n<tr class=\"more\"><th scope=\"row\">c</th>"));
}

TEST(decimal_points_stand_below_each_other)
{
    struct table_column column[] = {column_named("rate", TYPE_rate, ALIGN_DECIMAL)};
    struct cell cell[] = {text_cell("1.25"), text_cell("3.5"), text_cell("4"), text_cell("–")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 4, .cell = cell};
    str html = table_drawn(&t);
    EXPECT(holds(html, ">1.25</th>"));
    EXPECT(holds(html, ">3.5\u2007</th>"));
    EXPECT(holds(html, ">4\u2008\u2007\u2007</th>"));
    EXPECT(holds(html, ">–</th>"));
}

TEST(a_state_has_a_sign_beside_its_colour)
{
    struct table_column column[] = {column_named("gap", TYPE_string, ALIGN_RIGHT)};
    struct cell cell[] = {text_cell("+2"), text_cell("−3"), text_cell("0")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 3, .cell = cell};
    cell[0].state = STATE_GOOD;
    cell[1].state = STATE_BAD;
    cell[2].state = STATE_WARN;
    str html = table_drawn(&t);
    EXPECT(holds(html, "class=\"n good\" scope=\"row\"><span class=\"sign\">▲</span>\u00a0+2"));
    EXPECT(holds(html, "<span class=\"sign\">▼</span>\u00a0−3"));
    EXPECT(holds(html, "<span class=\"sign\">!</span>\u00a00"));
}

TEST(bars_start_at_zero_which_is_in_the_middle_if_one_is_below)
{
    struct table_column column[] = {column_named("gap", TYPE_string, ALIGN_RIGHT)};
    struct cell cell[] = {text_cell("2"), text_cell("1"), text_cell("–")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 3, .cell = cell};
    column[0].bar = true;
    cell[0].bar = 1;
    cell[1].bar = 0.5;
    str html = table_drawn(&t);
    EXPECT(holds(html, "<rect x=\"0\" width=\"72\""));
    EXPECT(holds(html, "<rect x=\"0\" width=\"36\""));
    cell[1].bar = -0.5;
    html = table_drawn(&t);
    EXPECT(holds(html, "<rect x=\"36\" width=\"36\""));
    EXPECT(holds(html, "<rect x=\"18\" width=\"18\""));
}

TEST(a_cell_that_is_unknown_has_an_empty_value)
{
    struct table_column column[] = {column_named("amount", TYPE_money, ALIGN_RIGHT)};
    struct cell cell[] = {{.text = S("–"), .type = TYPE_money, .bar = NAN}};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 1, .cell = cell};
    EXPECT(holds(table_drawn(&t), "data-value=\"\">–"));
}

TEST(what_indents_a_name_is_not_part_of_its_link)
{
    struct table_column column[] = {column_named("unit", TYPE_string, ALIGN_LEFT)};
    struct cell cell[] = {text_cell("\u2003\u00a0 Li"), text_cell("  ")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 2, .cell = cell};
    cell[0].href = S("li.html");
    str html = table_drawn(&t);
    EXPECT(holds(html, ">\u2003\u00a0 <a href=\"li.html\">Li</a>"));
    EXPECT(holds(html, "<th scope=\"row\">  </th>"));
}

TEST(a_table_of_prose_has_no_tools)
{
    struct table_column column[] = {column_named("word", TYPE_string, ALIGN_LEFT)};
    struct cell cell[] = {text_cell("a")};
    struct table_node t = {.column = column, .ncols = 1, .nrows = 1, .cell = cell, .plain = true};
    str html = table_drawn(&t);
    EXPECT(holds(html, "<td>a</td>"));
    EXPECT(!holds(html, "data-"));
}

static str exact(struct value v, enum type type, int decimals)
{
    struct language lang = english;
    lang.money_decimals = decimals;
    struct arena *mem = arena_new();
    buf_reset(&page);
    exact_value(&page, mem, v, type, &lang);
    arena_free(mem);
    return buf_str(&page);
}

TEST(exact_money_keeps_every_digit)
{
    EXPECT_STR(S("-0.05"), exact((struct value){.kind = VALUE_INT, .i = -5}, TYPE_money, 2));
    EXPECT_STR(S("7"), exact((struct value){.kind = VALUE_INT, .i = 7}, TYPE_money, 0));
    EXPECT_STR(S("-9223372036854.775808"),
               exact((struct value){.kind = VALUE_INT, .i = INT64_MIN}, TYPE_money, 6));
    EXPECT_STR(S("1.25"), exact((struct value){.kind = VALUE_REAL, .r = 125}, TYPE_money, 2));
    EXPECT_STR(S(""), exact((struct value){.kind = VALUE_REAL, .r = NAN}, TYPE_number, 2));
    EXPECT_STR(S(""), exact((struct value){.kind = VALUE_NULL}, TYPE_money, 2));
}

TEST(a_download_lies_in_the_page_with_its_formulas_made_harmless)
{
    struct table_column column[] = {column_named("person", TYPE_string, ALIGN_LEFT),
                                    column_named("amount", TYPE_money, ALIGN_RIGHT)};
    struct cell cell[] = {text_cell("=1+1"), money_cell("−1", -100)};
    struct table_node t = {.column = column, .ncols = 2, .nrows = 1, .cell = cell};
    struct node node = {.kind = NODE_download, .id = S("d")};
    node.download.table = &t;
    node.download.file = S("targets.csv");
    str html = content_of(&node);
    EXPECT(holds(
        html,
        "href=\"data:text/csv;charset=utf-8,person,amount%0D%0A%22%27%3D1%2B1%22,-1.00%0D%0A\""));
    EXPECT(holds(html, "download=\"targets.csv\">targets.csv</a>"));
}

TEST(a_large_download_lies_beside_the_page)
{
    enum { ROWS = 20000 };
    struct arena *mem = arena_new();
    struct table_column column[] = {column_named("person", TYPE_string, ALIGN_LEFT)};
    struct table_node t = {.column = column, .ncols = 1, .nrows = ROWS, .fold = 1};
    struct node node = {.kind = NODE_download, .id = S("d")};
    t.cell = NEW_ARRAY(mem, ROWS, struct cell);
    for (size_t i = 0; i < ROWS; i++)
        t.cell[i] = text_cell("somebody");
    node.download.table = &t;
    node.download.file = S("targets.csv");
    str html = content_of(&node);
    EXPECT(!holds(html, "data:text/csv"));
    EXPECT(holds(html, "href=\"index/targets.csv\" download=\"targets.csv\">"));
    arena_free(mem);
}

/* ---- key figures, drawings ---- */

TEST(a_key_figure_shows_only_what_is_known)
{
    struct kpi kpi = {.label = S("Revenue"),
                      .value = S("12.4 m"),
                      .unit = S("CNY"),
                      .target_text = S("12.8 m"),
                      .target_diff = S("−3.2 %"),
                      .target_state = STATE_BAD};
    struct node node = {.kind = NODE_kpis, .id = S("k")};
    node.kpis.at = &kpi;
    node.kpis.n = 1;
    str html = content_of(&node);
    EXPECT(holds(html, "<p class=\"value\">12.4 m <span class=\"unit\">CNY</span></p>"));
    EXPECT(holds(html, "<p class=\"diff bad\"><span class=\"sign\">▼</span> −3.2 % "
                       "<span class=\"against\">target 12.8 m</span></p>"));
    EXPECT(!holds(html, "last year"));
}

static uint8_t square_op[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_CLOSE};
static double square_xy[] = {0, 0, 10.126, 0, -0.5, 1e300};

static struct shape square(enum paint fill)
{
    return (struct shape){.kind = SHAPE_PATH,
                          .fill = fill,
                          .fill_opacity = 1,
                          .op = square_op,
                          .nops = 4,
                          .xy = square_xy,
                          .nxy = 3};
}

static str svg_of(const struct drawing *g)
{
    buf_reset(&page);
    render_svg(&page, g, S("x"), S("../"));
    return buf_str(&page);
}

TEST(a_path_is_written_with_two_decimals_and_never_infinity)
{
    struct shape shape = square(PAINT_c1);
    struct drawing g = {.width = 30, .height = 15, .shape = &shape, .nshapes = 1};
    str svg = svg_of(&g);
    EXPECT(holds(svg, "viewBox=\"0 0 30 15\" width=\"40\" height=\"20\" aria-hidden=\"true\""));
    EXPECT(holds(svg, "<path d=\"M0 0L10.13 0L-0.5 0Z\" fill=\"var(--c1)\"/>"));
}

TEST(a_drawing_has_name_description_and_tips)
{
    struct shape shape = square(PAINT_actual);
    struct drawing g = {
        .title = S("A & B"), .description = S("Two"), .shape = &shape, .nshapes = 1};
    shape.tip = S("Oct: <5>");
    str svg = svg_of(&g);
    EXPECT(holds(svg, "role=\"img\" aria-labelledby=\"x_name\" aria-describedby=\"x_text\""));
    EXPECT(holds(svg, "<title id=\"x_name\">A &amp; B</title>"));
    EXPECT(holds(svg, "<desc id=\"x_text\">Two</desc>"));
    EXPECT(holds(svg, "data-tip><title>Oct: &lt;5&gt;</title></path>"));
}

TEST(a_drawing_with_links_is_a_group_and_leads_from_the_root)
{
    struct shape shape = square(PAINT_actual);
    struct drawing g = {.title = S("A"), .shape = &shape, .nshapes = 1};
    shape.href = S("person/li.html");
    str svg = svg_of(&g);
    EXPECT(holds(svg, "role=\"group\""));
    EXPECT(holds(svg, "<a href=\"../person/li.html\">"));
}

TEST(hatches_are_defined_once_for_what_is_hatched)
{
    struct shape shapes[] = {square(PAINT_forecast), square(PAINT_forecast), square(PAINT_c2)};
    struct drawing g = {.title = S("A"), .shape = shapes, .nshapes = 3};
    struct node figure = {.kind = NODE_figure, .id = S("f")};
    struct node root = {.kind = NODE_document, .first = &figure};
    struct document d = {.title = S("x"), .address = S("index.html"), .root = &root};
    struct site site = site_of("{hatches}");
    figure.figure.screen = &g;
    EXPECT_STR(S(""), drawn(&site, &d));
    shapes[0].hatched = shapes[1].hatched = true;
    str html = drawn(&site, &d);
    EXPECT(holds(html, "<pattern id=\"hatch_forecast\""));
    EXPECT(str_find(html, S("<pattern"), str_find(html, S("<pattern"), 0) + 1) == html.n);
    EXPECT(holds(svg_of(&g), "fill=\"url(#hatch_forecast)\""));
}

/* ---- hostile text ---- */

TEST(no_text_of_a_document_becomes_markup)
{
    const str trap = S("\"'><img src=x onerror=alert(1)>");
    struct table_column column = {.name = trap, .label = trap, .unit = trap, .explain = trap};
    struct cell cell = {.text = trap,
                        .value = {.kind = VALUE_TEXT, .s = trap},
                        .type = TYPE_date,
                        .href = trap,
                        .bar = NAN};
    struct table_node table = {.column = &column, .ncols = 1, .nrows = 1, .cell = &cell};
    struct source_rows source = {trap, 1, trap};
    struct param param = {trap, {.kind = VALUE_TEXT, .s = trap}};
    struct provenance from = {trap, trap, 1, &source, 1, &param, 1};
    struct shape shape = square(PAINT_c1);
    shape.tip = shape.href = trap;
    struct drawing g = {.title = trap, .description = trap, .shape = &shape, .nshapes = 1};
    struct kpi kpi = {.label = trap,
                      .value = trap,
                      .unit = trap,
                      .explain = trap,
                      .href = trap,
                      .few = trap,
                      .target_text = trap,
                      .target_diff = trap,
                      .before_text = trap,
                      .before_diff = trap};
    struct node node[] = {{.kind = NODE_text},   {.kind = NODE_code},     {.kind = NODE_code_block},
                          {.kind = NODE_link},   {.kind = NODE_kpis},     {.kind = NODE_table},
                          {.kind = NODE_figure}, {.kind = NODE_download}, {.kind = NODE_notice}};
    size_t n = sizeof node / sizeof *node;
    for (size_t i = 0; i < n; i++) {
        node[i].text = node[i].title = node[i].note = trap;
        node[i].id = S("b");
        node[i].from = &from;
        node[i].next = i + 1 < n ? &node[i + 1] : NULL;
    }
    node[3].link.href = trap;
    node[4].kpis.at = &kpi;
    node[4].kpis.n = 1;
    node[5].table = &table;
    node[6].figure.screen = &g;
    node[6].figure.table = &table;
    node[6].figure.description = trap;
    node[7].download.table = &table;
    node[7].download.file = node[7].download.label = trap;
    struct node root = {.kind = NODE_document, .first = node};
    struct nav_entry nav = {trap, trap, trap, 0, false, S("")};
    struct report_entry report = {trap, trap, trap, true, 0};
    struct site site = site_of("{language}{root}{title}{book}{name}{audience}{hatches}{navigation}"
                               "{breadcrumbs}{subtitle}{pager}{content}{data}");
    struct document d = {.root = &root,
                         .title = trap,
                         .subtitle = trap,
                         .address = trap,
                         .group = trap,
                         .previous = {trap, trap},
                         .following = {trap, trap}};
    site.title = site.audience = trap;
    site.nav = &nav;
    site.nnav = 1;
    site.report = &report;
    site.nreports = 1;
    str html = drawn(&site, &d);
    EXPECT(!holds(html, "<img"));
    EXPECT(!holds(html, "\"'>"));
    buf_reset(&page);
    render_reports(&page, &site);
    EXPECT(!holds(buf_str(&page), "<img"));
    struct book_entry book = {trap, trap, trap, DAY_NONE};
    buf_reset(&page);
    render_books(&page, &site, &book, 1);
    EXPECT(!holds(buf_str(&page), "<img"));
}

TEST(only_the_numbers_of_rows_of_a_written_page_are_changed)
{
    struct arena *mem = arena_new();
    const struct language lang = language_of(S("en"), S("CNY"), 2);
    const struct row_count count[] = {{S("sales"), 12345}, {S("people"), 1}};
    struct buf out = {0};
    render_counts(&out, mem, &lang,
                  S("<p>9 rows</p><dd>sales (<span data-rows=\"sales\">9 rows</span>), people "
                    "(<span data-rows=\"people\">2 rows</span>), gone "
                    "(<span data-rows=\"gone\">3 rows</span>)</dd>"),
                  count, 2);
    EXPECT_STR(S("<p>9 rows</p><dd>sales (<span data-rows=\"sales\">12,345 rows</span>), people "
                 "(<span data-rows=\"people\">1 row</span>), gone "
                 "(<span data-rows=\"gone\">3 rows</span>)</dd>"),
               buf_str(&out));
    buf_clear(&out);
    arena_free(mem);
}
