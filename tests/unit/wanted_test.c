#include "query_kit.h"
#include "test.h"

/* A shop that is there, and a yard that is not: its table is missing. */
static void open_kit(struct query_kit *k)
{
    kit_init(k);
    kit_file(k, "systems/shop/tables.yaml",
             "title: Shop\n"
             "needs: [sales]\n"
             "tables:\n"
             "  sales:\n"
             "    fact: date\n"
             "    big: yes\n"
             "    fields: {date: date, person: string, amount: integer}\n"
             "rollups:\n"
             "  shop_days: {of: sales, by: [date], sum: [amount]}\n");
    kit_file(k, "systems/shop/model.sql",
             "CREATE VIEW shop_total AS SELECT sum(amount) AS amount FROM shop_days;\n"
             "CREATE VIEW shop_yards AS SELECT date, amount FROM yard_named;\n");
    kit_file(k, "systems/yard/tables.yaml",
             "title: Yard\n"
             "needs: [plots, trees]\n"
             "tables:\n"
             "  plots: {fields: {plot: string}}\n"
             "  trees: {fields: {tree: string}}\n"
             "rollups:\n"
             "  yard_days: {of: sales, by: [date], sum: [amount], count: lines}\n"
             "  yard_people: {of: sales, by: [person], sum: [amount]}\n"
             "rows:\n"
             "  yard_lines: {of: sales, since: month(-1)}\n");
    kit_file(
        k, "systems/yard/model.sql",
        "CREATE VIEW yard_first AS SELECT min(amount) AS amount FROM yard_lines LIMIT 5;\n"
        "CREATE VIEW yard_second AS SELECT amount FROM yard_first ORDER BY amount;\n"
        "CREATE VIEW yard_third(how_much) AS SELECT amount FROM yard_second;\n"
        "CREATE VIEW yard_named AS SELECT date, amount FROM yard_days;\n"
        "CREATE VIEW \"yard by plot\" AS SELECT sum(amount) AS amount FROM yard_people;\n"
        "CREATE VIEW yard_exceptions AS\n"
        "SELECT 1 AS id, 1 AS severity, 0 AS cost, '' AS owner, '' AS text, '' AS page, 1 AS key,\n"
        "       '' AS since;\n");
    kit_file(k, "book/sales.csv", "date,person,amount\n2026-09-30,li,5\n2026-10-01,zoe,7\n");
}

/* What the shop names is made with rows, and so is what no text could be searched for; nothing else
 * of the yard is. */
TEST(of_absent_systems_is_made_with_rows_what_present_ones_name)
{
    struct query_kit k;
    open_kit(&k);
    k.asks = "";
    EXPECT(kit_load(&k));
    EXPECT_STR(S("12"), kit_ask(&k, "SELECT amount FROM shop_total"));
    EXPECT_STR(S("2026-09-30|5 2026-10-01|7"),
               kit_ask(&k, "SELECT * FROM shop_yards ORDER BY date"));
    EXPECT_STR(S("5 7"), kit_ask(&k, "SELECT amount FROM yard_days ORDER BY date"));
    EXPECT_STR(S("12"), kit_ask(&k, "SELECT amount FROM \"yard by plot\""));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_third"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_second"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_first"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT count(*) FROM yard_lines"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_exceptions"));
    EXPECT_STR(S(""), kit_ask(&k, "SELECT text FROM exceptions"));
    kit_clear(&k);
}

TEST(what_a_text_names_has_rows_and_so_has_what_it_is_made_from)
{
    struct query_kit k;
    open_kit(&k);
    k.asks = "Nothing here but a word, select * from [YARD_Third].";
    EXPECT(kit_load(&k));
    EXPECT_STR(S("5"), kit_ask(&k, "SELECT how_much FROM yard_third"));
    EXPECT_STR(S("5"), kit_ask(&k, "SELECT * FROM yard_second"));
    EXPECT_STR(S("2"), kit_ask(&k, "SELECT count(*) FROM yard_lines"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_exceptions"));
    kit_clear(&k);
}

/* The image of a build before, whose pages named nothing, does not do for one that does. */
TEST(what_is_named_later_has_rows_then)
{
    struct query_kit k;
    open_kit(&k);
    k.keeps = true;
    k.asks = "";
    EXPECT(kit_load(&k));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_third"));
    k.asks = "yard_third";
    EXPECT(kit_again(&k));
    EXPECT_STR(S("5"), kit_ask(&k, "SELECT * FROM yard_third"));
    EXPECT_STR(S("2"), kit_ask(&k, "SELECT count(*) FROM yard_lines"));
    k.asks = "";
    EXPECT(kit_again(&k));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_third"));
    kit_clear(&k);
}

TEST(a_mistake_in_what_nobody_reads_is_told)
{
    struct query_kit k;
    open_kit(&k);
    kit_file(&k, "systems/yard/model.sql",
             "CREATE VIEW yard_named AS SELECT date, amount FROM yard_days;\n"
             "CREATE VIEW yard_poor AS\n  SELECT hight FROM trees;\n");
    k.asks = "";
    EXPECT(!kit_load(&k));
    EXPECT_STR(S("model.sql:3:10 query-broken"), kit_complaint(&k));
    kit_clear(&k);
}

/* A query that names absent systems only is left out if it reads them. */
TEST(queries_of_absent_systems_alone_are_not_asked)
{
    struct query_kit k;
    open_kit(&k);
    EXPECT(kit_load(&k));
    struct wanted *w = wanted_new(k.mem, &k.model, NULL, 0);
    EXPECT(!wanted_asks(w, S("SELECT * FROM yard_days")));
    EXPECT(wanted_asks(w, S("SELECT * FROM yard_days JOIN SHOP_days")));
    EXPECT(wanted_asks(w, S("SELECT * FROM yard_days, Data_Files")));
    EXPECT(wanted_asks(w, S("SELECT text FROM exceptions")));
    kit_clear(&k);
}

/* However it came about that a view reads what has no rows, nobody gets an answer from it. */
TEST(what_is_made_from_what_has_no_rows_gives_no_answer)
{
    struct query_kit k;
    open_kit(&k);
    k.unwants = true;
    EXPECT(kit_load(&k));
    EXPECT_STR(S("12"), kit_ask(&k, "SELECT amount FROM shop_total"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_first"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM yard_third"));
    kit_clear(&k);
}

/* Also not those for whom a union, and what is made from it, is made once more. */
TEST(nor_do_audiences_with_a_database_of_their_own)
{
    struct query_kit k;
    open_kit(&k);
    kit_file(&k, "systems/staff/tables.yaml",
             "title: Staff\n"
             "needs: [staff]\n"
             "tables:\n"
             "  staff: {audience: managers, fields: {person: string}}\n");
    kit_file(&k, "systems/staff/model.sql",
             "CREATE VIEW staff_exceptions AS\n"
             "SELECT person AS id, 1 AS severity, 0 AS cost, person AS owner, '' AS text,\n"
             "       '' AS page, 1 AS key, '' AS since FROM staff;\n");
    kit_file(&k, "systems/shop/model.sql",
             "CREATE VIEW shop_both AS SELECT l.amount, x.id FROM yard_lines AS l\n"
             "LEFT JOIN exceptions AS x ON 1;\n"
             "CREATE VIEW shop_own AS SELECT count(*) AS n FROM exceptions;\n");
    kit_file(&k, "book/staff.csv", "person\nli\n");
    k.unwants = true;
    EXPECT(kit_load(&k));
    EXPECT_STR(S("1"), kit_ask_as(&k, "managers", "SELECT n FROM shop_own"));
    EXPECT_STR(S("0"), kit_ask(&k, "SELECT n FROM shop_own"));
    EXPECT_STR(S("!query-unwanted"), kit_ask(&k, "SELECT * FROM shop_both"));
    EXPECT_STR(S("!query-unwanted"), kit_ask_as(&k, "managers", "SELECT * FROM shop_both"));
    kit_clear(&k);
}
