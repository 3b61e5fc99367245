#include "small_book.h"
#include "test.h"

/* The address of the i-th planned page. */
static str address(const struct small_book *b, size_t i)
{
    return i < b->plan.list.n ? b->plan.list.at[i].address : S("(none)");
}

/* Plans pages of kind thing for keys that a query gives as one column. */
static void plan_keys(struct small_book *b, const char *values)
{
    str text = arena_printf(b->mem,
                            "---\ntitle: \"{thing}\"\neach: |\n  WITH t(thing) AS (VALUES %s)\n"
                            "  SELECT thing FROM t\n---\n",
                            values);
    small_book_page(b, PAGE_SITE, "thing", NULL, text.p);
    small_book_plan(b, "everyone");
}

TEST(each_row_is_a_page_and_knows_its_neighbours)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "index", NULL, "Start\n");
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: \"About {name}\"\nmenu: \"{name}\"\neach: SELECT person, name "
                    "FROM people ORDER BY person\n---\n");
    EXPECT(small_book_plan(&b, "everyone"));
    EXPECT_INT(4, b.plan.list.n);
    EXPECT_STR(S("index.html"), address(&b, 0));
    const struct planned *first = &b.plan.list.at[1], *middle = &b.plan.list.at[2];
    EXPECT_STR(S("li-wei"), first->key);
    EXPECT_STR(S("About Li Wei"), first->title);
    EXPECT_INT(0, first->previous);
    EXPECT_INT(3, first->following);
    EXPECT_INT(2, middle->previous);
    EXPECT_INT(4, middle->following);
    EXPECT_INT(0, b.plan.list.at[3].following);
    str link;
    EXPECT_STR(S("Li Wei"), store_name_of(b.store, S("everyone"), S("person"), S("li.wei"), &link));
    EXPECT_STR(middle->address, link);
    small_book_close(&b);
}

TEST(as_of_and_month_are_parameters_of_every_page)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "index", NULL,
                    "---\ntitle: Sales of {month}, as of {as_of}\n---\n");
    small_book_plan(&b, "everyone");
    EXPECT_STR(S("Sales of Apr 2026, as of 30 Apr 2026"), b.plan.list.at[0].title);
    small_book_close(&b);
}

TEST(slugs_are_safe_and_unique_for_any_name)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(
        &b,
        "('../../etc'), ('CON'), (''), ('a/b'), ('A.B'), ('李伟'), ('index'), ('%2e%2e'), ('.')");
    EXPECT_INT(9, b.plan.list.n);
    EXPECT_STR(S("thing/etc.html"), address(&b, 0));
    EXPECT_STR(S("thing/x-con.html"), address(&b, 1));
    EXPECT_STR(S("thing/x.html"), address(&b, 2));
    EXPECT_STR(S("thing/a-b-2.html"), address(&b, 3)); /* 'A.B' comes before it */
    EXPECT_STR(S("thing/a-b.html"), address(&b, 4));
    EXPECT_STR(S("thing/李伟.html"), address(&b, 5));
    EXPECT_STR(S("thing/x-index.html"), address(&b, 6));
    EXPECT_STR(S("thing/2e-2e.html"), address(&b, 7));
    EXPECT_STR(S("thing/x-2.html"), address(&b, 8));
    EXPECT_INT(0, b.diags.nerrors);
    small_book_close(&b);
}

TEST(numbers_behind_a_slug_pass_over_those_that_are_taken)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(&b, "('a'), ('a!'), ('a+'), ('a-2'), ('a?')"); /* in the order of their bytes: */
    EXPECT_STR(S("thing/a.html"), address(&b, 0));
    EXPECT_STR(S("thing/a-2.html"), address(&b, 1));
    EXPECT_STR(S("thing/a-3.html"), address(&b, 2));
    EXPECT_STR(S("thing/a-2-2.html"), address(&b, 3));
    EXPECT_STR(S("thing/a-4.html"), address(&b, 4));
    EXPECT(plan_has(&b.plan, S("thing"), S("a+")) && !plan_has(&b.plan, S("thing"), S("b")));
    EXPECT(plan_has_keys(&b.plan, S("thing")) && !plan_has(&b.plan, S("person"), S("a+")));
    small_book_close(&b);
}

TEST(one_row_with_an_empty_key_is_a_page_that_stands_alone)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(&b, "('')");
    EXPECT_INT(1, b.plan.list.n);
    EXPECT_STR(S("thing.html"), address(&b, 0));
    small_book_close(&b);
}

TEST(a_name_of_300_characters_fits_on_a_disk)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(&b, "(replace(hex(replace('                                                          "
                  "  ', ' ', 'ab')), '6', '李'))");
    EXPECT_INT(1, b.plan.list.n);
    EXPECT(address(&b, 0).n < 200);
    small_book_close(&b);
}

TEST(an_address_does_not_depend_on_the_order_of_the_query)
{
    struct small_book b, c;
    small_book_open(&b);
    small_book_open(&c);
    plan_keys(&b, "('li wei'), ('li-wei'), ('LI WEI')");
    plan_keys(&c, "('LI WEI'), ('li-wei'), ('li wei')");
    EXPECT_STR(address(&b, 0), address(&c, 2));
    EXPECT_STR(address(&b, 1), address(&c, 1));
    EXPECT_STR(address(&b, 2), address(&c, 0));
    EXPECT(!str_eq(address(&b, 0), address(&b, 1)));
    small_book_close(&b);
    small_book_close(&c);
}

TEST(two_rows_of_one_key_are_an_error)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(&b, "('a'), ('b'), ('a')");
    EXPECT_STR(S("key-twice"), codes_of(&b));
    EXPECT_INT(0, b.plan.list.n);
    small_book_close(&b);
}

TEST(a_row_without_a_key_is_an_error)
{
    struct small_book b;
    small_book_open(&b);
    plan_keys(&b, "('a'), (NULL)");
    EXPECT_STR(S("key-missing"), codes_of(&b));
    small_book_close(&b);
}

TEST(no_rows_make_no_pages)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "thing", NULL,
                    "---\neach: SELECT person FROM people WHERE 1 = 2\n---\n");
    EXPECT(small_book_plan(&b, "everyone"));
    EXPECT_INT(0, b.plan.list.n);
    EXPECT_INT(0, b.diags.list.n);
    small_book_close(&b);
}

TEST(a_page_for_managers_is_planned_for_them_only)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "pay", NULL, "---\naudience: managers\n---\n");
    small_book_plan(&b, "everyone");
    EXPECT_INT(0, b.plan.list.n);
    small_book_plan(&b, "managers");
    EXPECT_INT(1, b.plan.list.n);
    EXPECT(plan_at(&b.plan, S("managers"), S("pay.html")) != NULL);
    EXPECT(plan_at(&b.plan, S("everyone"), S("pay.html")) == NULL);
    small_book_close(&b);
}

TEST(a_title_with_an_unknown_column_names_the_nearest)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: \"{nam}\"\neach: SELECT person, name FROM people\n---\n");
    EXPECT(!small_book_plan(&b, "everyone"));
    EXPECT_STR(S("did you mean name?"), diag_remedy(b.mem, &b.diags.list.at[0]));
    EXPECT_INT(1, b.diags.list.n);
    EXPECT_INT(2, b.diags.list.at[0].at.line);
    small_book_close(&b);
}

TEST(two_templates_of_one_address_are_an_error)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "targets", NULL, "A\n");
    small_book_page(&b, PAGE_SITE, "other", NULL, "---\nslug: Targets\n---\n");
    EXPECT(!small_book_plan(&b, "everyone"));
    EXPECT_STR(S("address-twice"), codes_of(&b));
    small_book_close(&b);
}

TEST(reports_stand_in_the_folder_of_their_period)
{
    static const struct {
        const char *from, *to, *address;
    } cases[] = {
        {"2026-10-01", "2026-10-31", "2026-10/monthly-east.pdf"},
        {"2026-10-01", "2026-10-30", "2026-10/monthly-east.pdf"},
        {"2026-10-01", "2026-12-31", "2026-Q4/monthly-east.pdf"},
        {"2026-01-01", "2026-12-31", "2026/monthly-east.pdf"},
        {"2026-04-01", "2027-03-31", "2026-2027/monthly-east.pdf"},
        {"2026-10-26", "2026-11-01", "2026-W44/monthly-east.pdf"},
        {"2026-06-01", "2026-06-07", "2026-W23/monthly-east.pdf"}, /* a week that begins a month */
        {"2026-10-30", "2026-10-30", "2026-10-30/monthly-east.pdf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_book b;
        small_book_open(&b);
        str text = arena_printf(b.mem,
                                "---\ntitle: T\neach: SELECT 'East' AS of, 'region' AS scope, '%s' "
                                "AS \"from\", '%s' AS \"to\"\n---\n",
                                cases[i].from, cases[i].to);
        small_book_page(&b, PAGE_REPORT, "monthly", NULL, text.p);
        small_book_plan(&b, "everyone");
        EXPECT_STR(str_of(cases[i].address), address(&b, 0));
        EXPECT(plan_at(&b.plan, S("everyone"), address(&b, 0)) == NULL);
        small_book_close(&b);
    }
}

TEST(a_broken_each_query_is_named_where_it_stands)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: T\neach: |\n  SELECT persn\n  FROM people\n---\n");
    EXPECT(!small_book_plan(&b, "everyone"));
    EXPECT_INT(1, b.diags.list.n);
    EXPECT_INT(4, b.diags.list.at[0].at.line);
    small_book_close(&b);
}

TEST(a_part_of_a_page_that_is_not_there_names_the_nearest)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "person", NULL, "Text\n");
    small_book_page(&b, PAGE_REPORT, "monthly", NULL, "Text\n");
    small_book_page(&b, PAGE_PART, "persn", "shop", "Text\n");
    small_book_page(&b, PAGE_REPORT_PART, "report", "shop", "---\nfor: [monthy, weekly]\n---\n");
    EXPECT(small_book_plan(&b, "everyone"));
    EXPECT(small_book_plan(&b, "managers"));
    EXPECT_STR(S("part part"), codes_of(&b));
    EXPECT_STR(S("did you mean person?"), diag_remedy(b.mem, &b.diags.list.at[0]));
    EXPECT_STR(S("did you mean monthly?"), diag_remedy(b.mem, &b.diags.list.at[1]));
    small_book_close(&b);
}

TEST(what_a_row_does_not_know_leaves_no_dash_in_its_title)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "person", NULL,
                    "---\ntitle: \"{name}\"\nsubtitle: \"{role}\"\n"
                    "each: SELECT 'p.1' AS person, NULL AS name, NULL AS role\n---\n");
    small_book_plan(&b, "everyone");
    EXPECT_STR(S("p.1"), b.plan.list.at[0].title);
    EXPECT_STR(S(""), b.plan.list.at[0].subtitle);
    small_book_close(&b);
}

TEST(a_book_without_facts_has_no_month_and_its_reports_no_date)
{
    struct small_book b;
    small_book_open_without(&b, "facts.csv counts.csv");
    small_book_page(&b, PAGE_REPORT, "monthly", NULL, "---\ntitle: Month {month}\n---\n");
    EXPECT(small_book_plan(&b, "everyone"));
    EXPECT_STR(S("undated/monthly.pdf"), address(&b, 0));
    EXPECT_STR(S("Month "), b.plan.list.at[0].title);
    EXPECT(small_book_evaluate(&b, 0, "everyone") != NULL);
    small_book_close(&b);
}

/* A page may be of a system without lying in its folder: without the system there is none, whatever
 * its query says. */
TEST(a_page_of_an_absent_system_is_not_planned)
{
    struct small_book b;
    small_book_open(&b);
    small_book_page(&b, PAGE_SITE, "index", NULL, "Start\n");
    small_book_page(&b, PAGE_REPORT, "deals", NULL,
                    "---\nsystem: funnel\neach: SELECT person FROM people\n---\nWords\n");
    small_book_page(&b, PAGE_REPORT, "shop", NULL,
                    "---\nsystem: shop\neach: SELECT person FROM people WHERE person = 'zoe'\n"
                    "---\nWords\n");
    EXPECT(small_book_plan(&b, "everyone"));
    EXPECT_INT(2, b.plan.list.n);
    EXPECT_STR(S("shop"), b.plan.list.at[1].page->name);
    small_book_close(&b);
}
