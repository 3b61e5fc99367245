#include "small_book.h"
#include "test.h"

#include <math.h>

/* A page of one block over rows that a WITH clause gives as t. */
static struct document *show_block(struct small_book *b, const char *head, const char *with,
                                   const char *select)
{
    str text = arena_printf(b->mem, "```%s\n---\nWITH t(%s)\n%s\n```\n", head, with, select);
    return small_book_show(b, text.p);
}

static struct table_node *table_in(struct document *d)
{
    struct node *node = d ? first_of_kind(d->root, NODE_table) : NULL;
    return node ? node->table : NULL;
}

static struct chart *chart_in(struct document *d)
{
    struct node *node = d ? first_of_kind(d->root, NODE_figure) : NULL;
    return node ? node->figure.chart : NULL;
}

static struct cell cell_at(const struct table_node *t, size_t row, size_t col)
{
    return t && row < t->nrows && col < t->ncols ? t->cell[row * t->ncols + col] : (struct cell){0};
}

static str last_message(struct small_book *b)
{
    return b->diags.list.n ? diag_message(b->mem, diags_last(&b->diags)) : S("(none)");
}

static str last_remedy(struct small_book *b)
{
    return b->diags.list.n ? diag_remedy(b->mem, diags_last(&b->diags)) : S("(none)");
}

/* ---- prose ---- */

TEST(raw_html_is_text)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "<script>alert(1)</script>\n\nA <b>bold</b> word\n");
    EXPECT(d);
    EXPECT_STR(S("<script>alert(1)</script>A <b>bold</b> word"), text_of(b.mem, d->root));
    small_book_close(&b);
}

TEST(an_inline_query_is_one_value_formatted_by_its_type)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "Revenue `sql SELECT sum(revenue) AS revenue FROM turnover`, "
                            "`sql SELECT name FROM people WHERE person = 'zoe'`, "
                            "`sql SELECT NULL`, `sql SELECT person FROM people WHERE 1 = 2`.\n");
    EXPECT_STR(S("Revenue 25,000.50, Zoë <b>Müller</b>, –, ."),
               d ? text_of(b.mem, d->root) : S(""));
    small_book_close(&b);
}

TEST(a_paragraph_in_which_nothing_is_said_leaves_no_gap)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "`sql SELECT name FROM people WHERE 1 = 2`\n");
    EXPECT(d && !d->root->first);
    small_book_close(&b);
}

TEST(an_inline_query_of_two_values_is_an_error)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!small_book_show(&b, "Text `sql SELECT person, name FROM people`\n"));
    EXPECT_STR(S("the query gives 2 columns of 3 rows, not one value"), last_message(&b));
    EXPECT_INT(1, b.diags.list.at[0].at.line);
    EXPECT_INT(7, b.diags.list.at[0].at.col);
    small_book_close(&b);
}

TEST(an_id_does_not_move_with_the_data)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "# Sales: `sql SELECT count(*) FROM people` people\n");
    EXPECT_STR(S("sales-people"), d ? d->root->first->id : S(""));
    small_book_close(&b);
}

TEST(ids_are_unique_and_plain)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "# Sales\n\n# Sales\n\n# 2026 Größe\n\n# 销售\n\n# 销售\n\n# Sales 4\n\n"
            "# Sales\n\n# Sales\n\n# Sales 2\n");
    static const char *const ids[] = {"sales",   "sales-2", "grosse",  "heading",  "heading-2",
                                      "sales-4", "sales-3", "sales-5", "sales-2-2"};
    struct node *n = d->root->first;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++, n = n->next)
        EXPECT_STR(str_of(ids[i]), n->id);
    small_book_close(&b);
}

/* ---- pipe tables ---- */

TEST(a_pipe_table_has_alignments_escaped_pipes_and_markup)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "Before\n| Word | Count | *Note* |\n|:--|--:|:-:|\n"
                            "| a \\| b | `sql SELECT count(*) FROM people` | **x** `p\\|q` |\n"
                            "| # 1 |\n"
                            "| 1. x | _y_ | z | too many |\n\nAfter\n");
    struct table_node *t = table_in(d);
    EXPECT(t && t->plain);
    EXPECT_INT(3, t->ncols);
    EXPECT_INT(3, t->nrows);
    EXPECT_INT(ALIGN_RIGHT, t->column[1].align);
    EXPECT_INT(ALIGN_CENTER, t->column[2].align);
    EXPECT_STR(S("Note"), t->column[2].label);
    EXPECT_STR(S("a | b"), cell_at(t, 0, 0).text);
    EXPECT_STR(S("3"), cell_at(t, 0, 1).text);
    EXPECT_STR(S("x p|q"), cell_at(t, 0, 2).text);
    EXPECT_INT(NODE_strong, cell_at(t, 0, 2).inlines->kind);
    EXPECT_STR(S("# 1"), cell_at(t, 1, 0).text);
    EXPECT_STR(S(""), cell_at(t, 1, 2).text);
    EXPECT_STR(S("1. x"), cell_at(t, 2, 0).text);
    EXPECT_STR(S("y"), cell_at(t, 2, 1).text);
    EXPECT_STR(S("BeforeAfter"), text_of(b.mem, d->root));
    small_book_close(&b);
}

TEST(a_line_of_dashes_with_another_number_of_cells_makes_no_table)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "a | b\n:-- | -- | --\n\n| a |\n| - x |\n");
    EXPECT(d && !table_in(d));
    small_book_close(&b);
}

TEST(a_pipe_table_may_stand_in_a_quote_or_list)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "> | a | b |\n> |---|---|\n> | 1 | 2 |\n");
    EXPECT_STR(S("2"), cell_at(table_in(d), 0, 1).text);
    small_book_close(&b);
    small_book_open(&b);
    d = small_book_show(&b, "- | a |\n  |---|\n  | 1 |\n");
    EXPECT_STR(S("1"), cell_at(table_in(d), 0, 0).text);
    small_book_close(&b);
}

TEST(links_in_cells_may_be_defined_elsewhere)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "| a |\n|---|\n| [here][1] |\n\n[1]: https://example.com\n");
    struct node *link = cell_at(table_in(d), 0, 0).inlines;
    EXPECT_INT(NODE_link, link ? link->kind : NODE_document);
    EXPECT_STR(S("https://example.com"), link ? link->link.href : S(""));
    small_book_close(&b);
}

TEST(links_in_the_lines_above_a_table_may_be_defined_elsewhere)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "[here][1]\n| a |\n|---|\n| 1 |\n\n[1]: https://example.com\n");
    struct node *link = d ? d->root->first->first : NULL;
    EXPECT_INT(NODE_link, link ? link->kind : NODE_document);
    EXPECT_STR(S("1"), cell_at(table_in(d), 0, 0).text);
    small_book_close(&b);
}

/* ---- links ---- */

TEST(links_between_pages_become_addresses)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "shop", "shop", "Shop\n");
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: \"{name}\"\neach: SELECT person, name FROM people\n---\n");
    struct document *d = small_book_show(
        &b, "# Aging\n\n[a](../systems/shop/page.md#x) [b](person.md?person=li.wei) [c](#aging) "
            "[d](https://example.com/a?b=c) [e](mailto:a@b.c)\n");
    EXPECT(d);
    static const char *const hrefs[] = {"shop.html#x", "person/li-wei-2.html", "index.html#aging",
                                        "https://example.com/a?b=c", "mailto:a@b.c"};
    size_t i = 0;
    for (struct node *n = d ? d->root->first->next->first : NULL; n; n = n->next)
        if (n->kind == NODE_link && i < 5) {
            EXPECT_STR(str_of(hrefs[i]), n->link.href);
            EXPECT_INT(i >= 3, n->link.outside);
            i++;
        }
    EXPECT_INT(5, i);
    small_book_close(&b);
}

TEST(a_key_may_hold_what_no_path_does)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "deal", NULL,
                    "---\neach: SELECT concat('crm:1\\7/', person) AS deal FROM people\n---\n");
    struct document *d = small_book_show(&b, "[x](<deal.md?deal=crm:1\\7/zoe>)\n");
    struct node *link = d ? first_of_kind(d->root, NODE_link) : NULL;
    EXPECT(link && str_starts(link->link.href, S("deal/crm-1-7-zoe")));
    small_book_close(&b);
}

TEST(a_dead_link_cannot_be_written)
{
    static const struct {
        const char *link, *message, *remedy;
    } cases[] = {
        {"persn.md?x=zoe", "there is no page persn.md", "did you mean person.md?"},
        {"person.md", "person.md is many pages",
         "name one: person.md?person=…, or use link() in a query"},
        {"person.md?person=zo", "person.md has no page for zo",
         "check the key, and the audience that may see it"},
        {"#nowhere", "nothing on this page is called nowhere", "there is none"},
        {"javascript:alert(1)", "no link is made to javascript:alert(1)", NULL},
        {"data:text/html,x", "no link is made to data:text/html,x", NULL},
        {"//example.com", "no link is made to //example.com", NULL},
        {"notes.txt", "there is no page notes.txt", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_book b;
        small_book_open(&b);
        small_book_page(&b, PAGE_SITE, "person", NULL,
                        "---\neach: SELECT person, name FROM people\n---\n");
        str text = arena_printf(b.mem, "Text [x](<%s>)\n", cases[i].link);
        EXPECT(!small_book_show(&b, text.p));
        EXPECT_INT(1, b.diags.list.n);
        EXPECT_STR(str_of(cases[i].message), last_message(&b));
        if (cases[i].remedy)
            EXPECT_STR(str_of(cases[i].remedy), last_remedy(&b));
        small_book_close(&b);
    }
}

TEST(a_link_to_a_page_of_another_audience_or_an_absent_system_is_its_text)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "pay", NULL, "---\naudience: managers\n---\n");
    small_book_page(&b, PAGE_SITE, "deal", NULL,
                    "---\nsystem: funnel\neach: SELECT person AS deal FROM people\n---\n");
    struct document *d =
        small_book_show(&b, "[Pay](pay.md) and [funnel](../systems/funnel/page.md), [one]"
                            "(deal.md?deal=zoe)\n");
    EXPECT(d);
    EXPECT_STR(S("Pay and funnel, one"), text_of(b.mem, d->root));
    EXPECT(!first_of_kind(d->root, NODE_link));
    small_book_close(&b);
}

/* ---- tables ---- */

TEST(a_table_names_types_and_aligns_its_columns)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t =
        table_in(show_block(&b, "table\nlabels: {orders: Ordered}",
                            "revenue, orders, since, note) AS (VALUES (123450, 7, '2026-01', NULL)",
                            "SELECT revenue, orders, since, note FROM t"));
    EXPECT(t);
    EXPECT_STR(S("Revenue"), t->column[0].label);
    EXPECT_STR(S("CNY"), t->column[0].unit);
    EXPECT_STR(S("Net amount of orders"), t->column[0].explain);
    EXPECT_INT(ALIGN_RIGHT, t->column[0].align);
    EXPECT_STR(S("Ordered"), t->column[1].label);
    EXPECT_STR(S("1,234.50"), cell_at(t, 0, 0).text);
    EXPECT_STR(S("–"), cell_at(t, 0, 3).text);
    EXPECT_INT(ALIGN_LEFT, t->column[3].align);
    small_book_close(&b);
}

TEST(a_word_that_two_tables_tell_differently_is_not_explained)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```table\n---\nSELECT name, person FROM people ORDER BY person\n```\n");
    struct table_node *alone = table_in(d);
    EXPECT_STR(S("Full name"), alone ? alone->column[0].explain : S(""));
    EXPECT_STR(S("Key of the person"), alone ? alone->column[1].explain : S(""));
    small_book_close(&b);

    small_book_open(&b);
    d = small_book_show(&b, "```table\n---\nSELECT p.name, p.person FROM people AS p "
                            "JOIN turnover AS t ON t.person = p.person ORDER BY p.person\n```\n");
    struct table_node *both = table_in(d);
    EXPECT_STR(S("(none)"), last_message(&b));
    EXPECT_STR(S("Full name"), both ? both->column[0].explain : S(""));
    EXPECT(both && !str_is_set(both->column[1].explain));
    small_book_close(&b);
}

TEST(names_of_people_lead_to_their_pages)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: \"{name}\"\neach: SELECT person, name FROM people\n---\n");
    struct table_node *t = table_in(small_book_show(
        &b, "```table\n---\nSELECT person, 'x' AS text, 'person' AS page, 'zoe' AS key, 'Shop' AS "
            "shop, "
            "link('person', 'li.wei') AS shop_link FROM people WHERE person = 'li.wei'\n```\n"));
    EXPECT_INT(3, t ? t->ncols : 0);
    EXPECT_STR(S("Li Wei"), cell_at(t, 0, 0).text);
    EXPECT_STR(S("person/li-wei-2.html"), cell_at(t, 0, 0).href);
    EXPECT_STR(S("person/zoe.html"), cell_at(t, 0, 1).href);
    EXPECT_STR(S("person/li-wei-2.html"), cell_at(t, 0, 2).href);
    EXPECT_INT(0, b.diags.list.n);
    small_book_close(&b);
}

TEST(a_hostile_address_in_the_data_is_no_link)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(show_block(
        &b, "table", "name, name_link) AS (VALUES ('a', 'javascript:alert(1)'), ('b', '../x.html')",
        "SELECT name, name_link FROM t"));
    EXPECT(t);
    EXPECT(!str_is_set(cell_at(t, 0, 0).href));
    EXPECT(!str_is_set(cell_at(t, 1, 0).href));
    EXPECT_STR(S("link-scheme link-scheme"), codes_of(&b));
    EXPECT_INT(0, b.diags.nerrors);
    small_book_close(&b);
}

TEST(a_cell_may_lead_to_another_site)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t =
        table_in(show_block(&b, "table", "name, name_link) AS (VALUES ('a', 'https://example.com')",
                            "SELECT name, name_link FROM t"));
    EXPECT_STR(S("https://example.com"), cell_at(t, 0, 0).href);
    EXPECT(cell_at(t, 0, 0).outside);
    small_book_close(&b);
}

/* 1.50 and 1.50 are shown as 2 and 2 over 3; 1.40, −2.60 and 1.20 as 1, −3 and 1 over 0; of whole
 * units nothing is rounded. With others: 0.60 is 1, 1.40 of two is 1, together 2, as the total is,
 * but the rows one by one are 1, 1 and 1. A short form is cut and says nothing. */
TEST(a_total_says_that_what_is_shown_makes_another_sum)
{
    static const char *const cases[][3] = {
        {"format: whole", "('a', 150), ('b', 150)", "Total before rounding"},
        {"format: whole", "('a', 140), ('b', -260), ('c', 120)", "Total before rounding"},
        {"format: whole", "('a', 100), ('b', -200), ('c', NULL)", "Total"},
        {"format: whole", "('a', 123456700), ('b', 30)", "Total"},
        {"format: whole\nrows: 1", "('a', 60), ('b', 70), ('c', 70)", "Total before rounding"},
        {"format: money", "('a', 150), ('b', 150)", "Total"},
        {"format: short", "('a', 123456), ('b', 123456)", "Total"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_book b;
        small_book_open(&b);
        str fence = arena_printf(b.mem, "table\ntotal: [revenue]\n%s", cases[i][0]);
        str rows = arena_printf(b.mem, "name, revenue) AS (VALUES %s", cases[i][1]);
        struct table_node *t =
            table_in(show_block(&b, fence.p, rows.p, "SELECT name, revenue FROM t ORDER BY name"));
        EXPECT(t);
        EXPECT_STR(str_of(cases[i][2]), t->total[0].text);
        small_book_close(&b);
    }
}

TEST(totals_others_bars_signals_and_sparklines)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t =
        table_in(show_block(&b,
                            "table\ntotal: [revenue]\nrows: 2\nbar: revenue\nsignal: "
                            "[change]\nspark: trend\nsort: -revenue",
                            "name, revenue, change, trend) AS (VALUES ('a', 40000, 0.25, "
                            "'[1,null,3.5]'), ('b', 20000, -0.1, '[]'), "
                            "('c', -10000, 0.0, NULL), ('d', NULL, NULL, '[null,null]')",
                            "SELECT name, revenue, change, trend FROM t ORDER BY revenue DESC"));
    EXPECT(t);
    EXPECT_INT(2, t->fold);
    EXPECT_STR(S("Total"), t->total[0].text);
    EXPECT_STR(S("500.00"), t->total[1].text);
    EXPECT_STR(S(""), t->total[2].text);
    EXPECT_STR(S("others (2)"), t->others[0].text);
    EXPECT_STR(S("−100.00"), t->others[1].text);
    EXPECT_NEAR(1, cell_at(t, 0, 1).bar, 0);
    EXPECT_NEAR(-0.25, cell_at(t, 2, 1).bar, 0);
    EXPECT(isnan(cell_at(t, 3, 1).bar));
    EXPECT_STR(S("+25.0\u202f%"), cell_at(t, 0, 2).text);
    EXPECT_INT(STATE_GOOD, cell_at(t, 0, 2).state);
    EXPECT_INT(STATE_BAD, cell_at(t, 1, 2).state);
    EXPECT_INT(STATE_NONE, cell_at(t, 2, 2).state);
    EXPECT_INT(STATE_NONE, cell_at(t, 3, 2).state);
    EXPECT_INT(3, cell_at(t, 0, 3).nspark);
    EXPECT(isnan(cell_at(t, 0, 3).spark[1]));
    EXPECT_STR(S("1 → 3.50"), cell_at(t, 0, 3).text);
    EXPECT_INT(0, cell_at(t, 1, 3).nspark);
    EXPECT(!cell_at(t, 2, 3).spark);
    EXPECT(!cell_at(t, 3, 3).spark);
    EXPECT_STR(S("–"), cell_at(t, 3, 3).text);
    EXPECT_INT(-1, t->column[1].sorted);
    EXPECT_INT(0, b.diags.list.n);
    small_book_close(&b);
}

/* Wilson's interval for 3 of 4: (0.75 + 3.8415 ÷ 8 ± 1.96 × √(0.1875 ÷ 4 + 3.8415 ÷ 64)) ÷ (1
 * + 3.8415 ÷ 4) = (1.2302 ± 0.6408) ÷ 1.9604 = 0.301 … 0.954. */
TEST(a_rate_of_few_cases_carries_their_number_and_its_interval)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(show_block(
        &b, "table",
        "attainment, attainment_n, visits, visits_n) AS (VALUES (0.75, 4, 3, 4), (0.75, 20, 3, 4), "
        "(1.5, 3, 3, 4), (NULL, 4, 3, 4), (0.75, NULL, 3, 4)",
        "SELECT attainment, attainment_n, visits, visits_n FROM t"));
    EXPECT_INT(3, t ? t->ncols : 0); /* a count has no helper */
    EXPECT_STR(S("n = 4, 30–95\u202f%"), cell_at(t, 0, 0).few);
    EXPECT(!cell_at(t, 1, 0).few.n);              /* 20 are not few */
    EXPECT_STR(S("n = 3"), cell_at(t, 2, 0).few); /* no share, no interval */
    EXPECT(!cell_at(t, 3, 0).few.n);
    EXPECT(!cell_at(t, 4, 0).few.n);
    small_book_close(&b);
}

/* counts.csv, expected each week, ends 15 days before the as-of date. */
TEST(what_hangs_on_a_stale_table_says_so)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```table\nnote: By hand.\n---\nSELECT sum(visits) AS visits FROM counts\n```\n"
            "```table\n---\nSELECT sum(orders) AS orders FROM turnover\n```\n");
    EXPECT(d && d->root->first);
    struct node *notice = d->root->first, *table = notice->next, *other = table->next;
    EXPECT_INT(NODE_notice, notice->kind);
    EXPECT_STR(S("Not up to date: counts ends on 15 Apr 2026."), notice->text);
    EXPECT_STR(S("Not up to date: counts ends on 15 Apr 2026. By hand."), table->note);
    EXPECT(!other->note.n);
    small_book_close(&b);
}

TEST(a_sentence_that_hangs_on_a_stale_table_is_told_at_the_head)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "`sql SELECT sum(visits) AS visits FROM counts` visits.\n");
    EXPECT(d && d->root->first->kind == NODE_notice);
    small_book_close(&b);
    small_book_open(&b);
    d = small_book_show(&b, "`sql SELECT count(*) FROM facts` facts.\n");
    EXPECT(d && d->root->first->kind == NODE_paragraph);
    small_book_close(&b);
}

static size_t marks_below(const struct node *node)
{
    size_t n = 0;
    for (; node; node = node->next)
        n += (node->kind == NODE_stale) + marks_below(node->first);
    return n;
}

/* However many of its values hang on counts.csv; one that has no value has no mark, and what hangs
 * on facts.csv none either. */
TEST(each_paragraph_that_hangs_on_a_stale_table_has_one_mark)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "**`sql SELECT sum(visits) FROM counts`** and `sql SELECT min(visits) FROM counts`.\n\n"
            "- `sql SELECT count(*) FROM facts` facts `sql SELECT 1 FROM counts WHERE false`\n"
            "- `sql SELECT count(*) FROM counts` counts\n\n"
            "`sql SELECT 1 FROM counts WHERE false`\n");
    EXPECT(d && d->root->first && d->root->first->next);
    struct node *paragraph = d->root->first->next, *list = paragraph->next;
    const struct node *mark = first_of_kind(paragraph, NODE_stale);
    EXPECT(mark && !mark->next);
    EXPECT_STR(S("not up to date"), mark->title);
    EXPECT_STR(S("counts ends on 15 Apr 2026"), mark->note);
    EXPECT_STR(S(" (not up to date: counts ends on 15 Apr 2026)"), mark->text);
    EXPECT_INT(1, marks_below(paragraph->first));
    EXPECT_INT(0, marks_below(list->first->first));
    EXPECT_INT(1, marks_below(list->first->next->first));
    EXPECT(!list->next);
    small_book_close(&b);
}

TEST(a_cell_of_the_prose_that_hangs_on_a_stale_table_has_a_mark)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(small_book_show(
        &b, "| a | b |\n|---|---|\n| `sql SELECT sum(visits) FROM counts` | `sql SELECT 1` |\n"));
    EXPECT(t && marks_below(cell_at(t, 0, 0).inlines) == 1);
    EXPECT(!marks_below(cell_at(t, 0, 1).inlines));
    small_book_close(&b);
}

TEST(a_key_figure_of_few_cases_carries_their_number)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show_block(
        &b, "kpi", "name, value, n) AS (VALUES ('attainment', 0.75, 4), ('attainment', 0.75, 40)",
        "SELECT name, value, n FROM t");
    struct node *kpis = d ? first_of_kind(d->root, NODE_kpis) : NULL;
    EXPECT(kpis && kpis->kpis.n == 2);
    EXPECT_STR(S("n = 4, 30–95\u202f%"), kpis->kpis.at[0].few);
    EXPECT(!kpis->kpis.at[1].few.n);
    small_book_close(&b);
}

TEST(a_sum_of_rates_is_refused)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "table\ntotal: attainment", "name, attainment) AS (VALUES ('a', 0.5)",
                       "SELECT name, attainment FROM t"));
    EXPECT_STR(S("attainment cannot be summed: it is a rate"), last_message(&b));
    small_book_close(&b);
}

TEST(a_sum_that_leaves_the_whole_numbers_is_refused)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "table\ntotal: visits", "visits) AS (VALUES (9223372036854775807), (1)",
                       "SELECT visits FROM t"));
    EXPECT_STR(S("the sum of visits is too large"), last_message(&b));
    small_book_close(&b);
}

TEST(rows_sorted_otherwise_than_said_are_a_warning)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(show_block(&b, "table\nsort: -visits", "visits) AS (VALUES (1), (2)",
                      "SELECT visits FROM t ORDER BY visits"));
    EXPECT_STR(S("sort"), codes_of(&b));
    small_book_close(&b);
}

TEST(a_table_that_hides_all_is_an_error)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(
        !show_block(&b, "table\nhide: visits", "visits) AS (VALUES (1)", "SELECT visits FROM t"));
    EXPECT_STR(S("the table hides all its columns"), last_message(&b));
    small_book_close(&b);
}

/* Rows of one name are one row, in the order of the first of each; under a month without a row
 * nothing stands, under one whose value is unknown "–". */
TEST(months_stand_beside_one_another_without_gaps)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(
        show_block(&b, "table\nacross: month\ntotal: [visits]",
                   "name, month, visits) AS (VALUES ('B', '2026-01', 3), ('A', '2025-11', 4), "
                   "('B', '2025-11', NULL)",
                   "SELECT name, month, visits FROM t"));
    EXPECT_INT(4, t ? t->ncols : 0); /* the name and November to January */
    EXPECT_INT(2, t->nrows);
    EXPECT_STR(S("Nov 2025"), t->column[1].label);
    EXPECT_STR(S("Dec 2025"), t->column[2].label);
    EXPECT_STR(S("visits 2026-01"), t->column[3].name);
    EXPECT(t->column[1].across && !t->column[0].across);
    EXPECT_STR(S("B"), cell_at(t, 0, 0).text);
    EXPECT_STR(S("–"), cell_at(t, 0, 1).text);
    EXPECT_STR(S(""), cell_at(t, 0, 2).text);
    EXPECT_STR(S("3"), cell_at(t, 0, 3).text);
    EXPECT_STR(S("4"), cell_at(t, 1, 1).text);
    EXPECT_STR(S(""), cell_at(t, 1, 3).text);
    EXPECT_STR(S("4"), t->total[1].text);
    EXPECT_STR(S("3"), t->total[3].text);
    small_book_close(&b);
}

/* Names keep the order of the rows; several columns say their own names too; those that serve
 * another serve it under each value. */
TEST(names_stand_beside_one_another_as_the_rows_have_them)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(show_block(
        &b, "table\nacross: place\nlabels: {visits: Calls}",
        "name, place, attainment, attainment_n, visits, page, key) AS (VALUES "
        "('A', 'south', 0.75, 4, 1, 'index', ''), ('A', 'north', 0.5, 30, 2, 'index', '')",
        "SELECT name, place, attainment, attainment_n, visits, page, key FROM t"));
    EXPECT_INT(5, t ? t->ncols : 0);
    EXPECT_STR(S("south, Attainment"), t->column[1].label);
    EXPECT_STR(S("south, Calls"), t->column[2].label);
    EXPECT_STR(S("north, Attainment"), t->column[3].label);
    EXPECT_STR(S("n = 4, 30–95\u202f%"), cell_at(t, 0, 1).few);
    EXPECT(!cell_at(t, 0, 3).few.n);
    EXPECT_STR(S("2"), cell_at(t, 0, 4).text);
    EXPECT(cell_at(t, 0, 0).href.n > 0); /* page and key lead from the row */
    small_book_close(&b);
}

TEST(two_rows_of_one_place_do_not_stand_beside_one_another)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "table\nacross: month",
                       "name, month, visits) AS (VALUES ('A', '2026-01', 3), ('A', '2026-01', 4)",
                       "SELECT name, month, visits FROM t"));
    EXPECT_STR(S("two rows stand at Jan 2026"), last_message(&b));
    small_book_close(&b);
}

TEST(more_values_than_fit_do_not_stand_beside_one_another)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(
        !show_block(&b, "table\nacross: visits",
                    "visits) AS (VALUES (1) UNION ALL SELECT visits + 1 FROM t WHERE visits < 61",
                    "SELECT 'A' AS name, visits, visits AS orders FROM t"));
    EXPECT_STR(S("61 values of visits cannot stand beside one another"), last_message(&b));
    small_book_close(&b);
}

TEST(a_mean_of_few_cases_carries_their_number_without_an_interval)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(
        show_block(&b, "table", "x, x_n) AS (VALUES (0.5, 4), (0.5, 20)", "SELECT x, x_n FROM t"));
    EXPECT_INT(1, t ? t->ncols : 0);
    EXPECT_STR(S("n = 4"), cell_at(t, 0, 0).few);
    EXPECT(!cell_at(t, 1, 0).few.n);
    small_book_close(&b);
}

TEST(cents_are_noise_beside_ten_thousands)
{
    struct small_book b;
    small_book_open(&b);
    struct table_node *t = table_in(
        show_block(&b, "table\ntotal: [revenue]\nformats: {target: money}",
                   "revenue, cost, target) AS (VALUES (1000050, 999999, 1000050), (51, NULL, NULL)",
                   "SELECT revenue, cost, target FROM t"));
    EXPECT_STR(S("10,001"), cell_at(t, 0, 0).text);
    EXPECT_STR(S("1"), cell_at(t, 1, 0).text);
    EXPECT_STR(S("9,999.99"), cell_at(t, 0, 1).text);
    EXPECT_STR(S("10,000.50"), cell_at(t, 0, 2).text);
    EXPECT_STR(S("10,001"), t->total[0].text);
    EXPECT_INT(1000101, t->total[0].value.i);
    small_book_close(&b);
}

TEST(a_misspelt_column_names_the_nearest_at_its_option)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(
        !show_block(&b, "table\nbar: revenu", "revenue) AS (VALUES (1)", "SELECT revenue FROM t"));
    EXPECT_STR(S("bar: the query has no column revenu"), last_message(&b));
    EXPECT_STR(S("did you mean revenue?"), last_remedy(&b));
    EXPECT_INT(2, b.diags.list.at[0].at.line);
    small_book_close(&b);
}

TEST(a_block_without_rows_says_what_its_page_wants)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "```table\ntitle: People of {month}\nempty: Nobody in "
                            "{month}.\n---\nSELECT person FROM people WHERE 1 = 2\n```\n"
                            "```kpi\nempty: \"\"\n---\nSELECT 'revenue' AS name, 1 AS value FROM "
                            "people WHERE 1 = 2\n```\n");
    EXPECT(d);
    struct node *n = d->root->first;
    EXPECT_INT(NODE_notice, n->kind);
    EXPECT_STR(S("People of Apr 2026"), n->title);
    EXPECT_STR(S("Nobody in Apr 2026."), n->text);
    EXPECT_STR(S("people-of-month"), n->id); /* the same in every month */
    EXPECT(n->from && n->from->nsources == 1);
    EXPECT(!n->next);
    small_book_close(&b);
}

TEST(a_block_tells_where_it_comes_from)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "Text\n\n```table\nnote: N\nwidth: half\nonly: site\n---\n\nSELECT "
                            "person FROM people WHERE :month = :month\n```\n");
    struct node *n = d ? first_of_kind(d->root, NODE_table) : NULL;
    EXPECT(n && n->from);
    EXPECT_INT(9, n->from->line);
    EXPECT_STR(S("people"), n->from->source[0].table);
    EXPECT_INT(3, n->from->source[0].rows);
    EXPECT_INT(1, n->from->nparams);
    EXPECT_STR(S("2026-04"), n->from->param[0].value.s);
    EXPECT_INT(WIDTH_HALF, n->width);
    EXPECT(n->only_site && !n->only_report);
    EXPECT_STR(S("N"), n->note);
    small_book_close(&b);
}

TEST(a_document_without_anything_for_some_is_for_all)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(&b, "```table\n---\nSELECT person FROM people\n```\n");
    EXPECT(d && !d->by_audience);
    small_book_close(&b);
}

TEST(blocks_for_others_are_left_out)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```table\naudience: managers\n---\nSELECT person, pay FROM people\n```\n"
            "```table\nonly: report\n---\nSELECT person FROM people\n```\n"
            "```table\n---\nSELECT deal FROM deals\n```\n");
    EXPECT(d && !d->root->first && d->by_audience);
    EXPECT_STR(S("left-out"), codes_of(&b));
    EXPECT_INT(0, b.diags.nerrors);
    small_book_close(&b);
}

/* ---- key figures ---- */

static struct kpi *first_kpi(struct document *d)
{
    struct node *n = d ? first_of_kind(d->root, NODE_kpis) : NULL;
    return n ? n->kpis.at : NULL;
}

TEST(a_key_figure_is_compared_with_target_and_year_before)
{
    struct small_book b;
    small_book_open(&b);
    struct kpi *k =
        first_kpi(show_block(&b, "kpi",
                             "name, value, target, before, series) AS (VALUES ('revenue', "
                             "123400000, 120000000, 150000000, '[100,123400000]')",
                             "SELECT name, value, target, before, series FROM t"));
    EXPECT(k);
    EXPECT_STR(S("Revenue"), k->label);
    EXPECT_STR(S("1.23\u202fm"), k->value);
    EXPECT_STR(S("CNY"), k->unit);
    EXPECT_STR(S("+2.8\u202f%"), k->target_diff);
    EXPECT_INT(STATE_GOOD, k->target_state);
    EXPECT_STR(S("−17.7\u202f%"), k->before_diff);
    EXPECT_INT(STATE_BAD, k->before_state);
    EXPECT_INT(2, k->nspark);
    EXPECT_NEAR(120000000, k->spark_target, 0);
    small_book_close(&b);
}

TEST(a_rate_differs_by_points_and_a_cost_is_better_when_it_falls)
{
    struct small_book b;
    small_book_open(&b);
    struct kpi *k =
        first_kpi(show_block(&b, "kpi",
                             "name, value, target) AS (VALUES ('attainment', 0.84, 1.0), ('cost', "
                             "90, 100), ('cost', 5, 0), ('visits', NULL, 4)",
                             "SELECT name, value, target FROM t"));
    EXPECT(k);
    EXPECT_STR(S("84.0\u202f%"), k[0].value);
    EXPECT_STR(S("−16.0\u202fpp"), k[0].target_diff);
    EXPECT_INT(STATE_BAD, k[0].target_state);
    EXPECT(!str_is_set(k[0].before_text));
    EXPECT_STR(S("−10.0\u202f%"), k[1].target_diff);
    EXPECT_INT(STATE_GOOD, k[1].target_state);
    EXPECT(!str_is_set(k[2].target_diff)); /* of a target of zero there is no share */
    EXPECT_INT(STATE_BAD, k[2].target_state);
    EXPECT_STR(S("–"), k[3].value);
    EXPECT(!str_is_set(k[3].target_diff));
    EXPECT_INT(STATE_NONE, k[3].target_state);
    EXPECT(!str_is_set(k[3].unit)); /* "Visits" is said already */
    small_book_close(&b);
}

TEST(behind_a_single_one_stands_the_unit_of_one)
{
    struct small_book b;
    small_book_open(&b);
    struct kpi *k = first_kpi(show_block(&b, "kpi",
                                         "name, value) AS (VALUES ('pushes', 1), ('pushes', 21), "
                                         "('pushes', 0)",
                                         "SELECT name, value FROM t"));
    EXPECT(k);
    EXPECT_STR(S("time"), k[0].unit);
    EXPECT_STR(S("times"), k[1].unit);
    EXPECT_STR(S("times"), k[2].unit);
    small_book_close(&b);
}

TEST(a_misspelt_measure_names_the_nearest)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "kpi", "name, value) AS (VALUES ('revenu', 1)",
                       "SELECT name, value FROM t"));
    EXPECT_STR(S("no measure is called revenu"), last_message(&b));
    EXPECT_STR(S("did you mean revenue? if not, describe it under columns: in tables.yaml"),
               last_remedy(&b));
    small_book_close(&b);
}

/* ---- charts ---- */

TEST(months_without_a_row_are_gaps)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```chart lines\ntitle: Revenue of Li Wei\nx: month\ny: revenue\nmarks: yes\n---\n"
            "SELECT month, revenue FROM turnover WHERE person = 'li.wei' ORDER BY month\n```\n");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_INT(4, c->npoints);
    EXPECT_STR(S("Mar 2026"), c->category[2]);
    EXPECT_INT(1, c->nseries);
    EXPECT_INT(ROLE_actual, c->series[0].role);
    EXPECT_NEAR(250050, c->series[0].value[1], 0);
    EXPECT(isnan(c->series[0].value[2]));
    EXPECT_STR(S("–"), c->series[0].text[2]);
    EXPECT_NEAR(100, c->y_scale, 0);
    EXPECT_STR(S("Revenue, CNY"), c->y_label);
    EXPECT_INT(1, c->nmarks);
    EXPECT_INT(2, c->mark[0].point);
    EXPECT_STR(S("Fair; Strike"), c->mark[0].text);
    struct node *n = first_of_kind(d->root, NODE_figure);
    EXPECT_STR(S("Revenue of Li Wei, CNY, Jan–Apr 2026"), n->title);
    EXPECT_STR(S("4 points. Revenue: first 1,000 (Jan 2026), last 1,500 (Apr 2026), "
                 "highest 2,501 (Feb 2026), lowest 1,000 (Jan 2026)."),
               n->figure.description);
    EXPECT_INT(4, n->figure.table->nrows);
    EXPECT_INT(VALUE_NULL, cell_at(n->figure.table, 2, 1).value.kind);
    EXPECT_INT(150000, cell_at(n->figure.table, 3, 1).value.i);
    small_book_close(&b);
}

/* The axis is in thousands, and whoever cannot see it hears the whole values. */
TEST(a_chart_in_thousands_tells_whole_values)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show_block(&b, "chart bars\ntitle: By name\nx: name\ny: revenue",
                                    "name, revenue) AS (VALUES ('a', 1234500), ('b', 2500000)",
                                    "SELECT name, revenue FROM t");
    struct node *n = first_of_kind(d->root, NODE_figure);
    EXPECT_STR(S("By name, thousand CNY"), n->title);
    EXPECT_STR(S("2 points. Values in CNY. Revenue: first 12,345 (a), last 25,000 (b), "
                 "highest 25,000 (b), lowest 12,345 (a)."),
               n->figure.description);
    small_book_close(&b);
}

TEST(a_chart_without_a_single_value_says_so)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        show_block(&b, "chart bars\nx: name\ny: visits\nempty: Not yet.",
                   "name, visits) AS (VALUES ('a', NULL)", "SELECT name, visits FROM t");
    EXPECT(d && d->root->first->kind == NODE_notice);
    EXPECT_STR(S("Not yet."), d->root->first->text);
    small_book_close(&b);
}

TEST(a_rate_speaks_for_itself_on_an_axis)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        show_block(&b, "chart lines\nx: month\ny: attainment",
                   "month, attainment) AS (VALUES ('2025-11', 0.5), ('2026-01', 0.25)",
                   "SELECT '2025-11' AS quarter, month, attainment FROM t");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_NEAR(1, c->y_scale, 0);
    EXPECT_STR(S("Attainment"), c->y_label);
    small_book_close(&b);
}

TEST(an_axis_is_scaled_and_its_title_says_so)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show_block(
        &b, "chart bars\nx: name\ny: {revenue: actual, target: target}",
        "name, revenue, target) AS (VALUES ('a', 120000000, 5), ('b', -3000000000, NULL)",
        "SELECT name, revenue, target FROM t");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_NEAR(1e8, c->y_scale, 0);
    EXPECT_STR(S("million CNY"), c->y_label);
    EXPECT_INT(ROLE_target, c->series[1].role);
    EXPECT_STR(S("Revenue and Target, million CNY"), first_of_kind(d->root, NODE_figure)->title);
    small_book_close(&b);
}

TEST(an_axis_has_the_unit_that_all_its_values_have_and_says_it_once)
{
    static const struct {
        const char *y, *label, *first, *second; /* units of the columns of numbers */
    } cases[] = {
        {"{visits: actual}", "Visits", "", ""},
        {"[pushes, visits]", "", "times", ""},
        {"[pushes, plain]", "", "times", ""},
        {"{pushes: actual, plain: target}", "times", "times", ""},
        {"{plain: target, pushes: actual}", "times", "", "times"},
        {"{pushes: actual}", "Pushed, times", "times", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_book b;
        small_book_open(&b);
        str head = arena_printf(b.mem, "chart bars\nx: name\ny: %s", cases[i].y);
        struct document *d =
            show_block(&b, head.p, "name, visits, pushes, plain) AS (VALUES ('a', 7, 8, 9)",
                       "SELECT name, visits, pushes, plain FROM t");
        struct node *node = d ? first_of_kind(d->root, NODE_figure) : NULL;
        EXPECT(node);
        EXPECT_STR(str_of(cases[i].label), node->figure.chart->y_label);
        EXPECT_STR(str_of(cases[i].first), node->figure.table->column[1].unit);
        if (node->figure.table->ncols > 2)
            EXPECT_STR(str_of(cases[i].second), node->figure.table->column[2].unit);
        small_book_close(&b);
    }
}

TEST(two_rows_at_one_place_are_an_error)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "chart bars\nx: name\ny: visits",
                       "name, visits) AS (VALUES ('a', 1), ('a', 2)",
                       "SELECT name, visits FROM t"));
    EXPECT_STR(S("two rows stand at a"), last_message(&b));
    small_book_close(&b);
}

TEST(money_and_rates_do_not_share_an_axis)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "chart lines\nx: name\ny: [revenue, attainment]",
                       "name, revenue, attainment) AS (VALUES ('a', 1, 0.5)",
                       "SELECT name, revenue, attainment FROM t"));
    EXPECT_STR(S("revenue and attainment have different units on one axis"), last_message(&b));
    small_book_close(&b);
}

TEST(a_text_is_no_value_of_a_chart)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "chart lines\nx: name\ny: visits",
                       "name, visits) AS (VALUES ('a', 'many')", "SELECT name, visits FROM t"));
    EXPECT_INT(1, b.diags.nerrors);
    small_book_close(&b);
}

TEST(a_link_of_which_a_query_says_nothing_is_none)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "[`sql SELECT person FROM people WHERE person = 'nobody'`](https://example.com)\n");
    EXPECT(d && !d->root->first);
    small_book_close(&b);
    small_book_open(&b);
    d = small_book_show(&b, "[`sql SELECT 'here'`](https://example.com)\n");
    EXPECT(d && first_of_kind(d->root, NODE_link));
    small_book_close(&b);
}

TEST(of_many_series_the_small_ones_become_others)
{
    struct small_book b;
    small_book_open(&b);
    struct chart *c = chart_in(show_block(
        &b, "chart area\nx: month\ny: visits\nseries: name",
        "month, name, visits) AS (VALUES ('2026-01', 'a', 1), ('2026-01', 'b', 20), ('2026-01', "
        "'c', 30), ('2026-01', 'd', 40), "
        "('2026-01', 'e', 50), ('2026-01', 'f', 60), ('2026-01', 'g', 2), ('2026-02', 'g', 3)",
        "SELECT month, name, visits FROM t"));
    EXPECT(c);
    EXPECT_INT(6, c->nseries);
    EXPECT_STR(S("b"), c->series[0].label);
    EXPECT_INT(ROLE_series1, c->series[0].role);
    EXPECT_STR(S("others (2)"), c->series[5].label);
    EXPECT_NEAR(3, c->series[5].value[0], 0);
    EXPECT_NEAR(3, c->series[5].value[1], 0);
    EXPECT(isnan(c->series[0].value[1]));
    small_book_close(&b);
}

TEST(a_heatmap_has_as_many_rows_as_there_are)
{
    struct small_book b;
    small_book_open(&b);
    struct chart *c = chart_in(
        show_block(&b, "chart heatmap\nx: month\ny: visits\nseries: name",
                   "month, name, visits) AS (VALUES ('a', 'a', 1), ('a', 'b', 1), ('a', 'c', 1), "
                   "('a', 'd', 1), ('a', 'e', 1), ('a', 'f', 1), ('b', 'g', 1), ('b', 'h', 1)",
                   "SELECT month AS place, name, visits FROM t"));
    EXPECT(!c); /* month is called place in the result */
    small_book_close(&b);
    small_book_open(&b);
    c = chart_in(
        show_block(&b, "chart heatmap\nx: place\ny: visits\nseries: name",
                   "place, name, visits) AS (VALUES ('a', 'a', 1), ('a', 'b', 1), ('a', 'c', 1), "
                   "('a', 'd', 1), ('a', 'e', 1), ('a', 'f', 1), ('b', 'g', 1), ('b', 'h', 1)",
                   "SELECT place, name, visits FROM t"));
    EXPECT_INT(8, c ? c->nseries : 0);
    small_book_close(&b);
}

/* Rows 1 to 5,000, of which a chart takes as many as it wants. */
static struct node *figure_of_many(struct small_book *b, const char *head, const char *select)
{
    struct document *d =
        show_block(b, head, "i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 5000", select);
    struct node *figure = d ? first_of_kind(d->root, NODE_figure) : NULL;
    EXPECT_STR(S("(none)"), last_message(b));
    return figure ? figure : NEW(b->mem, struct node);
}

TEST(of_many_rows_a_chart_shows_some_and_says_which)
{
    static const struct {
        const char *head, *select, *note;
        size_t npoints, nseries;
    } cases[] = {
        {"chart heatmap\nx: place\ny: visits\nseries: name",
         "SELECT 'a' AS place, concat('n', i) AS name, i AS visits FROM t",
         "The largest 40 of 5,000 are drawn.", 1, 40},
        {"chart bars\nx: name\ny: visits", "SELECT concat('n', i) AS name, i AS visits FROM t",
         "The first 40 of 5,000 are drawn.", 40, 1},
        {"chart bars\nx: name\ny: visits\nflags: [vertical]",
         "SELECT concat('n', i) AS name, i AS visits FROM t WHERE i <= 60", "", 60, 1},
        {"chart gantt\nlabel: name\ny: {starts: start, ends: end}",
         "SELECT concat('n', i) AS name, '2026-01-01' AS starts, '2026-02-01' AS ends FROM t",
         "The first 40 of 5,000 are drawn.", 40, 2},
        {"chart scatter\nx: visits\ny: orders\nlabel: name",
         "SELECT concat('n', i) AS name, i AS visits, i AS orders FROM t",
         "The first 4,000 of 5,000 are drawn.", 4000, 1},
        {"chart lines\nx: date\ny: visits",
         "SELECT add_days('2010-01-01', i) AS date, i AS visits FROM t",
         "The last 4,000 of 5,000 days are drawn.", 4000, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_book b;
        small_book_open(&b);
        struct node *figure = figure_of_many(&b, cases[i].head, cases[i].select);
        const struct chart *c = figure->figure.chart;
        EXPECT_STR(str_of(cases[i].note), figure->note);
        EXPECT_INT(cases[i].npoints, c ? c->npoints : 0);
        EXPECT_INT(cases[i].nseries, c ? c->nseries : 0);
        EXPECT_INT(cases[i].npoints, c ? figure->figure.table->nrows : 0);
        small_book_close(&b);
    }
}

TEST(the_largest_rows_of_a_heatmap_stand_as_they_come)
{
    struct small_book b;
    small_book_open(&b);
    struct node *figure =
        figure_of_many(&b, "chart heatmap\nx: place\ny: visits\nseries: name",
                       "SELECT 'a' AS place, concat('n', i) AS name, 5000 - i AS visits FROM t");
    const struct chart *c = figure->figure.chart;
    EXPECT_STR(S("n1"), c ? c->series[0].label : S(""));
    EXPECT_STR(S("n40"), c ? c->series[39].label : S(""));
    EXPECT_NEAR(4960, c ? c->series[39].value[0] : 0, 0);
    small_book_close(&b);
}

TEST(no_step_of_a_waterfall_is_left_out)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!chart_in(show_block(&b, "chart waterfall\nx: step\ny: revenue",
                                "i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 5000",
                                "SELECT concat('s', i) AS step, i AS revenue FROM t")));
    EXPECT_STR(S("5000 places on the axis are too many"), last_message(&b));
    small_book_close(&b);
}

TEST(a_waterfall_runs_from_start_to_total_and_must_add_up)
{
    struct small_book b;
    small_book_open(&b);
    const char *rows = "step, revenue, kind) AS (VALUES ('Last year', 1000, 'start'), ('Price', "
                       "300, 'change'), ('Volume', -500, 'change'), ('This year', %s, 'total')";
    struct document *d =
        show_block(&b, "chart waterfall\nx: step\ny: revenue", arena_printf(b.mem, rows, "NULL").p,
                   "SELECT step, revenue, kind FROM t");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_INT(5, c->nseries);
    EXPECT_NEAR(1000, c->series[0].value[1], 0);
    EXPECT_NEAR(1300, c->series[1].value[1], 0);
    EXPECT_NEAR(300, c->series[3].value[1], 0);
    EXPECT_NEAR(-500, c->series[4].value[2], 0);
    EXPECT_NEAR(800, c->series[2].value[3], 0);
    EXPECT_NEAR(0, c->series[0].value[3], 0);
    EXPECT(isnan(c->series[2].value[1]));
    EXPECT_INT(0, b.diags.list.n);
    struct table_node *numbers = first_of_kind(d->root, NODE_figure)->figure.table;
    EXPECT_INT(2, numbers->ncols);
    EXPECT_INT(-500, cell_at(numbers, 2, 1).value.i);
    small_book_close(&b);
    small_book_open(&b);
    EXPECT(show_block(&b, "chart waterfall\nx: step\ny: revenue",
                      arena_printf(b.mem, rows, "900").p, "SELECT step, revenue, kind FROM t"));
    EXPECT_STR(S("the steps make 8, but This year says 9"), last_message(&b));
    small_book_close(&b);
}

TEST(a_step_of_a_waterfall_may_fall_and_be_good)
{
    struct small_book b;
    small_book_open(&b);
    struct chart *c = chart_in(
        show_block(&b, "chart waterfall\nx: step\ny: revenue",
                   "step, revenue, kind, state) AS (VALUES ('Open', 900, 'start', NULL), ('Won', "
                   "-300, 'change', "
                   "'good'), ('Lost', -200, 'change', NULL), ('Corrected', 100, 'change', 'bad')",
                   "SELECT step, revenue, kind, state FROM t"));
    EXPECT(c);
    EXPECT_NEAR(-300, c->series[3].value[1], 0);
    EXPECT_NEAR(-200, c->series[4].value[2], 0);
    EXPECT_NEAR(100, c->series[4].value[3], 0);
    EXPECT(isnan(c->series[4].value[1]) && isnan(c->series[3].value[3]));
    small_book_close(&b);
}

TEST(a_pareto_falls_and_cumulates)
{
    struct small_book b;
    small_book_open(&b);
    struct chart *c =
        chart_in(show_block(&b, "chart pareto\nx: name\ny: visits",
                            "name, visits) AS (VALUES ('a', 20), ('b', 50), ('c', NULL), ('d', 30)",
                            "SELECT name, visits FROM t"));
    EXPECT(c);
    EXPECT_INT(3, c->npoints);
    EXPECT_STR(S("b"), c->category[0]);
    EXPECT_NEAR(0.8, c->series[1].value[1], 1e-12);
    EXPECT_NEAR(1, c->series[1].value[2], 1e-12);
    small_book_close(&b);
}

TEST(a_gantt_bar_without_an_end_is_open)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show_block(&b, "chart gantt\nlabel: name\ny: {starts: start, ends: end}",
                                    "name, starts, ends, state) AS (VALUES ('a', '2026-01-01', "
                                    "'2026-01-31', 'bad'), ('b', '2026-02-01', NULL, NULL)",
                                    "SELECT name, starts, ends, state FROM t");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_STR(S("b"), c->category[1]);
    EXPECT_NEAR(day_of(2026, 1, 31), c->series[1].value[0], 0);
    EXPECT(isnan(c->series[1].value[1]));
    EXPECT_INT(ROLE_bad, c->series[3].role);
    EXPECT_NEAR(1, c->series[3].value[0], 0);
    struct table_node *numbers = first_of_kind(d->root, NODE_figure)->figure.table;
    EXPECT_INT(4, numbers->ncols);
    EXPECT_STR(S("31 Jan 2026"), cell_at(numbers, 0, 2).text);
    EXPECT_STR(S("bad"), cell_at(numbers, 0, 3).text);
    small_book_close(&b);
}

TEST(a_scatter_has_numbers_on_both_axes)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        show_block(&b, "chart scatter\nx: visits\ny: revenue\nlabel: name",
                   "name, visits, revenue) AS (VALUES ('a', 3, 100), ('b', NULL, 200)",
                   "SELECT name, visits, revenue FROM t");
    struct chart *c = chart_in(d);
    EXPECT(c);
    EXPECT_NEAR(3, c->x_value[0], 0);
    EXPECT(isnan(c->x_value[1]));
    EXPECT_STR(S("b"), c->point_label[1]);
    EXPECT_STR(S("Visits"), c->x_label); /* and not "Visits, visits" */
    EXPECT_INT(3, first_of_kind(d->root, NODE_figure)->figure.table->ncols);
    small_book_close(&b);
}

/* Targets are known of nobody, visits of one, dates of nobody: only the first says nothing. Of a
 * single row it is said. */
TEST(a_number_known_of_none_of_several_rows_has_no_column)
{
    struct small_book b;
    small_book_open(&b);
    const char *rows = "person, target, visits, on_date) AS (VALUES ('li.wei', NULL, NULL, NULL), "
                       "('zoe', NULL, 4, NULL)";
    struct table_node *t = table_in(
        show_block(&b, "table\ntotal: [target, visits]", rows,
                   "SELECT person, target, visits, CAST(on_date AS TEXT) AS on_date FROM t"));
    EXPECT_INT(3, t ? (long long)t->ncols : 0);
    if (t && t->ncols == 3) {
        EXPECT_STR(S("visits"), t->column[1].name);
        EXPECT_STR(S("on_date"), t->column[2].name);
    }
    small_book_close(&b);
    small_book_open(&b);
    t = table_in(show_block(&b, "table", rows,
                            "SELECT person, target, visits FROM t WHERE person = 'li.wei'"));
    EXPECT_INT(3, t ? (long long)t->ncols : 0);
    small_book_close(&b);
}

/* ---- graphs, downloads, parts ---- */

TEST(a_graph_knows_its_nodes_and_edges)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show_block(
        &b, "graph flow",
        "id, label, lane, kind, next, condition) AS (VALUES "
        "('a', 'Ask', 'Sales', 'start', 'b', NULL), ('b', 'Offer', 'Sales', NULL, 'a', 'no'), "
        "('b', 'Offer', 'Sales', NULL, 'c', 'yes'), ('c', 'Done', 'Office', 'end', NULL, NULL)",
        "SELECT id, label, lane, kind, next, condition FROM t");
    struct node *n = d ? first_of_kind(d->root, NODE_graph) : NULL;
    EXPECT(n);
    EXPECT_INT(3, n->graph.graph->nnodes);
    EXPECT_INT(3, n->graph.graph->nedges);
    EXPECT_STR(S("yes"), n->graph.graph->edge[2].label);
    EXPECT_STR(S("Flow chart of 3 steps and 3 ways between them."), n->graph.description);
    small_book_close(&b);
}

TEST(a_graph_that_leads_nowhere_or_to_itself_is_an_error)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!show_block(&b, "graph flow", "id, next) AS (VALUES ('offer', 'ofer')",
                       "SELECT id, next FROM t"));
    EXPECT_STR(S("offer leads to ofer, which is not there"), last_message(&b));
    small_book_close(&b);
    small_book_open(&b);
    EXPECT(!show_block(&b, "graph org",
                       "id, parent) AS (VALUES ('a', 'c'), ('b', 'a'), ('c', 'b'), ('d', NULL)",
                       "SELECT id, parent FROM t"));
    EXPECT_STR(S("a stands below itself"), last_message(&b));
    small_book_close(&b);
    small_book_open(&b);
    EXPECT(!show_block(&b, "graph mindmap", "id, parent) AS (VALUES ('a', NULL), ('a', NULL)",
                       "SELECT id, parent FROM t"));
    EXPECT_STR(S("two rows have the id a"), last_message(&b));
    small_book_close(&b);
}

TEST(a_form_has_its_fields_as_they_are_asked)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```form\n---\nSELECT 'Quality' AS field, 'choice' AS type, 2 AS lines, NULL AS hint, "
            "'good; ; poor' AS choices\nUNION ALL SELECT 'Sum', 'money', NULL, 'In full', NULL\n"
            "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL\n"
            "UNION ALL SELECT 'Of nothing', 'choice', 1, NULL, ' ;'\n```\n");
    struct node *n = d ? first_of_kind(d->root, NODE_form) : NULL;
    EXPECT(n && n->form.n == 4);
    const struct form_field *f = n->form.at;
    EXPECT_INT(FIELD_choice, f[0].type);
    EXPECT_INT(2, f[0].lines);
    EXPECT_INT(2, f[0].nchoices);
    EXPECT_STR(S("poor"), f[0].choice[1]);
    EXPECT_INT(FIELD_money, f[1].type);
    EXPECT_STR(S("In full"), f[1].hint);
    EXPECT(f[1].unit.n > 0);
    EXPECT_STR(S("–"), f[2].label);
    EXPECT_INT(FIELD_text, f[2].type);
    EXPECT_INT(1, f[2].lines);
    EXPECT_INT(FIELD_text, f[3].type);
    small_book_close(&b);
}

TEST(a_download_has_a_harmless_name_and_all_columns)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = small_book_show(
        &b, "```download\nfile: ../.x/tar:gets-{month}.csv\nlabel: Proposal\n---\nSELECT person, "
            "'p' AS page, 'k' AS key FROM people\n```\n");
    struct node *n = d ? first_of_kind(d->root, NODE_download) : NULL;
    EXPECT(n);
    EXPECT_STR(S("tar-gets-2026-04.csv"), n->download.file);
    EXPECT_STR(S("Proposal"), n->download.label);
    EXPECT_INT(3, n->download.table->ncols);
    small_book_close(&b);
}

TEST(parts_stand_in_their_order_where_the_page_wants_them)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_PART, "index", "shop",
                    "---\ntitle: Shop of {month}\norder: 2\n---\nsecond\n");
    small_book_page(&b, PAGE_PART, "index", "other", "---\norder: 1\n---\nfirst\n");
    small_book_page(&b, PAGE_PART, "index", "funnel", "absent\n");
    small_book_page(&b, PAGE_PART, "person", "shop", "elsewhere\n");
    small_book_page(&b, PAGE_REPORT_PART, "report", "shop", "---\nfor: [index]\n---\npaper\n");
    struct document *d = small_book_show(&b, "before\n\n```include\nparts: yes\n```\n\nafter\n");
    EXPECT(d);
    EXPECT_STR(S("beforefirstsecondafter"), text_of(b.mem, d->root));
    struct node *section = first_of_kind(d->root, NODE_section);
    EXPECT_STR(S("other"), section->id);
    EXPECT_STR(S("Shop of Apr 2026"), section->next->title);
    small_book_close(&b);
}

TEST(parts_stand_at_the_end_by_themselves)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_PART, "index", "shop", "part\n");
    struct document *d = small_book_show(&b, "page\n");
    EXPECT_STR(S("pagepart"), d ? text_of(b.mem, d->root) : S(""));
    small_book_close(&b);
}

TEST(a_file_of_the_book_is_included_by_the_pages_month)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d =
        small_book_show(&b, "```include\nfile: notes/{month}.md\n```\n\n```include\nfile: "
                            "notes/none.md\noptional: yes\n```\n");
    EXPECT_STR(S("A good month: 3 people."), d ? text_of(b.mem, d->root) : S(""));
    small_book_close(&b);
}

TEST(an_include_stays_below_the_book)
{
    static const char *const paths[] = {"../templates/x.md", "/etc/passwd", "notes/../../x",
                                        "a\\b"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct small_book b;
        small_book_open(&b);
        EXPECT(!small_book_show(
            &b, arena_printf(b.mem, "```include\nfile: %s\noptional: yes\n```\n", paths[i]).p));
        EXPECT_STR(S("include"), codes_of(&b));
        small_book_close(&b);
    }
}

TEST(an_include_named_by_data_that_no_file_can_be_called_is_absent)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "odd", "",
                    "---\neach: SELECT concat('N', char(92), '../x') AS region\n---\nbefore\n\n"
                    "```include\nfile: \"notes/{region}.md\"\noptional: yes\n```\n");
    EXPECT(small_book_plan(&b, "everyone"));
    struct document *d = small_book_evaluate(&b, 0, "everyone");
    EXPECT_STR(S("before"), d ? text_of(b.mem, d->root) : codes_of(&b));
    small_book_close(&b);
}

TEST(a_broken_block_does_not_hide_the_defects_of_others)
{
    struct small_book b;
    small_book_open(&b);
    EXPECT(!small_book_show(&b, "```table\n---\nSELECT persn FROM people\n```\n\n```table\nbar: "
                                "x\n---\nSELECT person FROM people\n```\n\n[x](y.md)\n"));
    EXPECT_INT(3, b.diags.nerrors);
    small_book_close(&b);
}
