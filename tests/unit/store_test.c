#include "../../gen/query/store.h"
#include "query_kit.h"
#include "test.h"

/* Two people, three customers, six order lines; the last is after the as-of date, 15 October
 * 2026. */
static void write_book(struct query_kit *k)
{
    kit_init(k);
    k->as_of = "2026-10-15";
    kit_file(
        k, "systems/shared/tables.yaml",
        "tables:\n"
        "  people:\n"
        "    primaryKey: [person]\n"
        "    fields:\n"
        "      person: {type: string, required: yes}\n"
        "      region: {type: string}\n"
        "  customers:\n"
        "    primaryKey: [customer]\n"
        "    fields:\n"
        "      customer: {type: string, required: yes}\n"
        "      region: {type: string}\n"
        "  sales:\n"
        "    fact: date\n"
        "    big: yes\n"
        "    foreignKeys: {person: people, customer: customers}\n"
        "    fields:\n"
        "      date: {type: date, required: yes}\n"
        "      order_id: {type: string}\n"
        "      person: {type: string}\n"
        "      customer: {type: string}\n"
        "      quantity: {type: integer}\n"
        "      amount: {type: money}\n"
        "  credits:\n"
        "    optional: yes\n"
        "    fields:\n"
        "      order_id: {type: string}\n"
        "      person: {type: string}\n"
        "      share: {type: rate}\n"
        "  deals:\n"
        "    optional: yes\n"
        "    fields:\n"
        "      deal: {type: string}\n"
        "      closed: {type: date, known_from: closed}\n"
        "      state: {type: string, known_from: closed, before: open}\n"
        "      value: {type: money}\n"
        "rollups:\n"
        "  by_person: {of: sales, by: [month(date), to_date(date), person], sum: [amount, "
        "quantity],\n"
        "              count: lines, distinct: {orders: order_id}, min: [date], max: [amount]}\n"
        "  by_region: {of: sales, by: [customer.region or person.region], sum: [amount], count: "
        "lines}\n"
        "  by_region_again: {of: sales, by: [customer.region or person.region], sum: [amount],\n"
        "                    count: lines}\n"
        "  this_month: {of: sales, by: [person], sum: [amount], since: month(0)}\n"
        "  shared: {of: sales, by: [person], sum: [amount, quantity], count: lines, split: "
        "credits}\n"
        "  shared_all: {of: sales, by: [month(date)], sum: [amount], count: lines, split: "
        "credits}\n"
        "  whole: {of: sales, sum: [amount]}\n"
        "rows:\n"
        "  recent: {of: sales, last: 1, by: person}\n");
    kit_file(k, "book/people.csv", "person,region\nli.wei,east\nzoe,west\n");
    kit_file(k, "book/customers.csv", "customer,region\nA,north\nB,\nC,south\n");
    kit_file(k, "book/sales.csv",
             "date,order_id,person,customer,quantity,amount\n"
             "2026-09-10,S1,li.wei,A,1,10.00\n"
             "2026-09-10,S1,li.wei,B,2,20.00\n"
             "2026-09-16,S2,li.wei,A,3,0.01\n"
             "2026-10-01,S3,zoe,B,4,-5.00\n"
             "2026-10-15,S4,,,5,7.01\n"
             "2026-10-16,S5,zoe,A,6,99.00\n");
}

static void open_book(struct query_kit *k)
{
    write_book(k);
    kit_file(k, "book/credits.csv", "order_id,person,share\nS4,zoe,0.5\nS4,li.wei,0.5\n");
    EXPECT(kit_load(k));
}

#define ASK(expected, sql) EXPECT_STR(S(expected), kit_ask(&k, "SELECT " sql))

TEST(rollups_fold_the_rows_seen_at_the_as_of_date)
{
    struct query_kit k;
    open_book(&k);
    ASK("2026-09|0|li.wei|1|3|1|1|2026-09-16|1 2026-09|1|li.wei|3000|3|2|1|2026-09-10|2000 "
        "2026-10|1|-|701|5|1|1|2026-10-15|701 2026-10|1|zoe|-500|4|1|1|2026-10-01|-500",
        "month, to_date, person, amount, quantity, lines, orders, min_date, max_amount "
        "FROM by_person ORDER BY month, to_date, person");
    ASK("3202", "amount FROM whole");
    kit_clear(&k);
}

TEST(a_key_follows_references_and_falls_back_to_the_second)
{
    struct query_kit k;
    open_book(&k);
    /* Customer B has no region: the line counts for its person's; the line without either for
     * none. */
    ASK("-|701|1 east|2000|1 north|1001|2 west|-500|1",
        "region, amount, lines FROM by_region ORDER BY region");
    ASK("-|701|1", "region, amount, lines FROM by_region_again WHERE region IS NULL");
    kit_clear(&k);
}

TEST(a_rollup_is_bounded_in_time)
{
    struct query_kit k;
    open_book(&k);
    ASK("-|701 zoe|-500", "person, amount FROM this_month ORDER BY person");
    kit_clear(&k);
}

TEST(credits_split_a_row_to_the_last_cent)
{
    struct query_kit k;
    open_book(&k);
    /* 7.01 in halves: the odd cent goes to the credit that stands first; so does the fifth
     * piece. */
    ASK("li.wei|3351|8|4 zoe|-149|7|2",
        "person, amount, quantity, lines FROM shared ORDER BY person");
    ASK("2026-09|3001|3 2026-10|201|2", "month, amount, lines FROM shared_all ORDER BY month");
    kit_clear(&k);
}

TEST(without_credits_nothing_is_split)
{
    struct query_kit k;
    write_book(&k);
    EXPECT(kit_load(&k));
    ASK("-|701|1 li.wei|3001|3 zoe|-500|1", "person, amount, lines FROM shared ORDER BY person");
    kit_clear(&k);
}

TEST(the_last_rows_are_kept_with_their_row_numbers)
{
    struct query_kit k;
    open_book(&k);
    ASK("-|2026-10-15|5 li.wei|2026-09-16|3 zoe|2026-10-01|4",
        "person, date, _row FROM recent ORDER BY person");
    kit_clear(&k);
}

TEST(the_rows_of_a_big_table_are_not_for_pages)
{
    struct query_kit k;
    open_book(&k);
    ASK("!query-big", "count(*) FROM sales");
    ASK("!query-big", "amount FROM sales");
    EXPECT(str_find(kit_message(&k), S("by_person, by_region"), 0) < kit_message(&k).n);
    kit_clear(&k);
}

TEST(what_is_not_known_yet_reads_as_before)
{
    struct query_kit k;
    write_book(&k);
    kit_file(&k, "book/deals.csv",
             "deal,closed,state,value\nD1,2026-10-15,won,1\n"
             "D2,2026-10-16,lost,1\nD3,,open,1\n");
    EXPECT(kit_load(&k));
    ASK("D1|2026-10-15|won|1 D2|-|open|2 D3|-|open|3", "deal, closed, state, _row FROM deals");
    kit_clear(&k);
}

TEST(sources_are_the_tables_beneath_with_the_rows_that_are_seen)
{
    struct query_kit k;
    open_book(&k);
    struct query q = {.sql = S("SELECT amount FROM by_region"), .at = {S("page.md"), 1, 1}};
    struct result *r = query_run(k.store, k.mem, &q, &k.diags);
    EXPECT_INT(3, r->nsources);
    EXPECT_STR(S("customers"), r->source[0].table);
    EXPECT_STR(S("people"), r->source[1].table);
    EXPECT_STR(S("sales"), r->source[2].table);
    EXPECT_INT(5, r->source[2].rows);
    kit_clear(&k);
}

/* ---- models ---- */

static bool load_model(struct query_kit *k, const char *model)
{
    write_book(k);
    kit_file(k, "book/deals.csv",
             "deal,closed,state,value\nD1,2026-10-01,won,1.00\n"
             "D2,,open,2.00\n");
    kit_file(k, "systems/funnel/tables.yaml", "title: Funnel\nneeds: [deals]\n");
    kit_file(k, "systems/traffic/tables.yaml",
             "title: Traffic\nneeds: [visits]\ntables:\n  visits:\n    fields:\n"
             "      visitors: {type: integer}\n");
    kit_file(k, "systems/funnel/model.sql", model);
    return kit_load(k);
}

/* As of Monday, 12 October 2026, with the 8th and 9th free. Between, daily rows may lack two
 * working days: after Wednesday the 7th only the 12th has passed; after Friday the 2nd it is the
 * 5th, 6th, 7th and 12th, after Monday the 5th the 6th, 7th and 12th, after the 6th two. Weekly: 10
 * days; monthly: 40. */
TEST(a_table_is_stale_when_its_rows_stay_away)
{
    static const struct {
        const char *expect, *latest, *stale;
    } cases[] = {
        {"daily", "2026-10-07", "0"},   {"daily", "2026-10-06", "0"},
        {"daily", "2026-10-05", "1"},   {"daily", "2026-10-02", "1"},
        {"weekly", "2026-10-02", "0"},  {"weekly", "2026-10-01", "1"},
        {"monthly", "2026-09-02", "0"}, {"monthly", "2026-09-01", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct query_kit k;
        kit_init(&k);
        k.as_of = "2026-10-12";
        kit_file(
            &k, "systems/shared/tables.yaml",
            arena_printf(
                k.mem,
                "tables:\n"
                "  holidays:\n    fields: {date: {type: date}, working: {type: boolean}}\n"
                "  visits:\n    fact: date\n    expect: %s\n    fields: {date: {type: date}}\n",
                cases[i].expect)
                .p);
        kit_file(&k, "book/holidays.csv", "date,working\n2026-10-08,no\n2026-10-09,no\n");
        kit_file(&k, "book/visits.csv", arena_printf(k.mem, "date\n%s\n", cases[i].latest).p);
        EXPECT(kit_load(&k));
        str got = kit_ask(&k, "SELECT stale FROM data_tables WHERE tbl = 'visits'");
        if (!str_eq(got, str_of(cases[i].stale)))
            test_fail(__FILE__, __LINE__, "%s, latest %s: " STR_FMT, cases[i].expect,
                      cases[i].latest, STR_ARG(got));
        kit_clear(&k);
    }
}

TEST(moments_after_the_as_of_date_are_not_seen)
{
    struct query_kit k;
    kit_init(&k);
    k.as_of = "2026-10-12";
    kit_file(&k, "systems/own/tables.yaml",
             "tables: {sheets: {fact: at, fields: {at: {type: datetime}}}}");
    kit_file(&k, "book/sheets.csv", "at\n2026-10-12 23:59\n2026-10-13 00:00\n");
    EXPECT(kit_load(&k));
    EXPECT_STR(S("2026-10-12 23:59"), kit_ask(&k, "SELECT at FROM sheets"));
    EXPECT_STR(S("1|2026-10-12"),
               kit_ask(&k, "SELECT seen, latest FROM data_tables WHERE tbl = 'sheets'"));
    kit_clear(&k);
}

TEST(views_are_evaluated_in_the_order_of_what_reads_what)
{
    struct query_kit k;
    EXPECT(load_model(&k,
                      "-- the last first\n"
                      "CREATE VIEW c AS WITH a AS (SELECT n FROM b) SELECT n + 1 AS n FROM a;\n"
                      "create view b(n, \"a key\") AS SELECT n + 1, '; --' FROM \"A\" /* ; */;\n"
                      "CREATE VIEW a AS SELECT count(*) AS n FROM deals"));
    ASK("4", "n FROM c");
    ASK("3|; --", "n, \"a key\" FROM B");
    kit_clear(&k);
}

/* Its table is made when a view names it, however that is written; or when no view is left. */
TEST(what_is_restated_is_there_for_the_first_view_that_names_it)
{
    static const char *const names[] = {"data_restated", "\"Data_Restated\"", "[data_restated]",
                                        "`data_restated`", "data_restated_rows"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct query_kit k;
        kit_init(&k);
        str sql =
            arena_printf(k.mem, "CREATE VIEW published AS SELECT count(*) AS n FROM %s;", names[i]);
        kit_file(&k, "systems/shop/model.sql", sql.p);
        EXPECT(kit_load(&k));
        EXPECT_STR(S("0"), kit_ask(&k, "SELECT n FROM published"));
        EXPECT_STR(S("0|0"), kit_ask(&k, "SELECT (SELECT count(*) FROM data_restated),"
                                         " (SELECT count(*) FROM data_restated_rows)"));
        kit_clear(&k);
    }
}

TEST(a_model_holds_views_only)
{
    struct query_kit k;
    EXPECT(
        !load_model(&k, "CREATE VIEW a AS SELECT 1 AS n;\n  CREATE TABLE b (n);\nDROP VIEW a;\n"));
    EXPECT_INT(2, k.diags.list.n);
    EXPECT_STR(S("model.sql:2:3 model-statement"), kit_complaint(&k));
    EXPECT(
        str_starts(kit_message(&k), S("a model holds CREATE VIEW only; here stands CREATE TABLE")));
    ASK("1", "n FROM a");
    kit_clear(&k);
}

TEST(a_view_may_not_write_or_read_the_clock)
{
    struct query_kit k;
    EXPECT(!load_model(&k, "CREATE VIEW a AS DELETE FROM deals;\n"
                           "CREATE VIEW b AS SELECT date('now') AS d;\n"
                           "CREATE VIEW c AS SELECT link('person', 'x') AS d;\n"
                           "CREATE VIEW d AS SELECT name FROM sqlite_master;\n"
                           "CREATE VIEW e AS SELECT count(*) AS n FROM sales;\n"));
    EXPECT_INT(5, k.diags.list.n);
    EXPECT_STR(S("model.sql:1:18 query-select"), kit_complaint(&k));
    for (int i = 1; i < 5; i++) {
        static const char *const codes[] = {"", "query-function", "query-function", "query-denied",
                                            "query-big"};
        EXPECT_STR(str_of(codes[i]), str_of(diag_code(&k.diags.list.at[i])));
    }
    kit_clear(&k);
}

TEST(views_that_read_each_other_in_a_circle_are_named)
{
    struct query_kit k;
    EXPECT(!load_model(&k, "CREATE VIEW a AS SELECT * FROM b;\nCREATE VIEW b AS SELECT * FROM c;\n"
                           "CREATE VIEW c AS SELECT * FROM b;\nCREATE VIEW d AS SELECT 1 AS n;\n"));
    EXPECT_INT(1, k.diags.list.n);
    EXPECT_STR(S("model.sql:2:18 model-cycle"), kit_complaint(&k));
    EXPECT(str_find(kit_message(&k), S("b reads c reads b"), 0) < kit_message(&k).n);
    ASK("1", "n FROM d");
    kit_clear(&k);
}

/* None of a, c and e reads the view whose name it holds: b and d are a SELECT of the query's own,
 * state is a column. */
TEST(a_word_that_is_no_view_makes_no_circle)
{
    struct query_kit k;
    EXPECT(load_model(
        &k,
        "CREATE VIEW a AS WITH x AS (SELECT n FROM \"b\"), b AS MATERIALIZED (SELECT 1 AS n)\n"
        "SELECT n FROM x;\n"
        "CREATE VIEW c AS WITH x AS (SELECT n FROM D), d(n) AS (SELECT 2) SELECT n FROM x;\n"
        "CREATE VIEW e AS SELECT DISTINCT 3 AS n FROM deals WHERE deal IS DISTINCT FROM state;\n"
        "CREATE VIEW b AS SELECT n FROM a;\n"
        "CREATE VIEW d AS SELECT n FROM c;\n"
        "CREATE VIEW state AS SELECT n FROM e;\n"));
    ASK("1 2 3", "n FROM b UNION ALL SELECT n FROM d UNION ALL SELECT n FROM state");
    kit_clear(&k);
}

TEST(a_broken_view_is_one_error_at_its_line)
{
    struct query_kit k;
    EXPECT(!load_model(&k, "CREATE VIEW a AS\nSELECT deal,\n       valeu\nFROM deals;\n"
                           "CREATE VIEW b AS SELECT * FROM a;\n"));
    EXPECT_INT(1, k.diags.list.n);
    EXPECT_STR(S("model.sql:3:8 query-broken"), kit_complaint(&k));
    EXPECT_STR(S("no such column: valeu; did you mean value?"), kit_message(&k));
    kit_clear(&k);
}

TEST(a_view_that_fails_halfway_leaves_the_others_whole)
{
    struct query_kit k;
    EXPECT(!load_model(
        &k, "CREATE VIEW a AS SELECT deal, month(concat('2026-1', _row)) AS m FROM deals "
            "UNION ALL SELECT 'x', month('never');\n"
            "CREATE VIEW b AS SELECT deal FROM deals;\n"));
    EXPECT_INT(1, k.diags.list.n);
    EXPECT_STR(S("'never' is no month; correct the SQL"), kit_message(&k));
    ASK("D1 D2", "deal FROM b");
    ASK("!query-broken", "m FROM a");
    kit_clear(&k);
}

TEST(a_name_stands_for_one_thing)
{
    struct query_kit k;
    EXPECT(!load_model(
        &k, "CREATE VIEW deals AS SELECT 1 AS n;\nCREATE VIEW by_person AS SELECT 1 AS n;\n"
            "CREATE VIEW checks AS SELECT 1 AS n;\n"));
    EXPECT_INT(3, k.diags.list.n);
    EXPECT_STR(S("model.sql:1:13 model-twice"), kit_complaint(&k));
    kit_clear(&k);
}

TEST(systems_join_the_whole_by_names)
{
    struct query_kit k;
    EXPECT(load_model(&k,
                      "CREATE VIEW funnel_measures AS SELECT 'zoe' AS person, '2026-10' AS month, "
                      "'won' AS measure, 1 AS value, 'more' AS further;\n"
                      "CREATE VIEW best AS SELECT person, measure FROM measures;\n"));
    ASK("funnel|zoe|2026-10|won|1", "system, person, month, measure, value FROM measures");
    ASK("zoe|won", "person, measure FROM best");
    ASK("", "id, severity, cost, owner, text, page, key, since FROM exceptions");
    ASK("0", "count(*) FROM figures");
    ASK("", "uid, starts, ends, owner, title, page, key FROM events_all");
    kit_clear(&k);
}

TEST(systems_that_the_book_lacks_give_nothing_but_are_there)
{
    struct query_kit k;
    write_book(&k);
    kit_file(&k, "systems/traffic/tables.yaml",
             "title: Traffic\nneeds: [visits]\ntables:\n  visits:\n    fields:\n"
             "      visitors: {type: integer}\n");
    kit_file(
        &k, "systems/traffic/model.sql",
        "CREATE VIEW traffic_total AS SELECT sum(visitors) AS visitors FROM visits;\n"
        "CREATE VIEW traffic_measures AS SELECT 'zoe' AS person, '2026-10' AS month, 'visitors' "
        "AS measure, 1 AS value;\n");
    EXPECT(kit_load(&k));
    ASK("-", "visitors FROM traffic_total");
    ASK("0", "count(*) FROM measures");
    str system = {0};
    struct query absent = {.sql = S("SELECT visitors FROM traffic_total, people")};
    struct query present = {.sql = S("SELECT person FROM people")};
    EXPECT(query_reads_absent(k.store, &absent, &system));
    EXPECT_STR(S("traffic"), system);
    EXPECT(!query_reads_absent(k.store, &present, &system));
    kit_clear(&k);
}

TEST(a_member_of_a_union_has_all_its_columns)
{
    struct query_kit k;
    EXPECT(!load_model(&k,
                       "CREATE VIEW funnel_checks AS SELECT 'error' AS severity, 'deals' AS tbl, "
                       "1 AS row, 'bad' AS text;\n"));
    EXPECT_STR(S("model.sql:1:30 model-column"), kit_complaint(&k));
    EXPECT_STR(
        S("view funnel_checks lacks the column remedy; give it the columns severity, tbl, row, "
          "text, remedy"),
        kit_message(&k));
    kit_clear(&k);
}

TEST(checks_are_diagnostics_at_the_row_of_the_file)
{
    struct query_kit k;
    EXPECT(load_model(&k,
                      "CREATE VIEW funnel_checks AS SELECT CASE WHEN state = 'won' THEN 'error' "
                      "ELSE 'warning' END AS severity, 'deals' AS tbl, _row AS row, "
                      "concat(deal, ' is odd') AS text, 'mend it' AS remedy FROM deals "
                      "UNION ALL SELECT 'error', 'deals', 3, 'x', 'y';\n"));
    EXPECT_INT(3, k.diags.list.n);
    EXPECT_STR(S("deals.csv:2:0 check"), kit_complaint(&k));
    EXPECT_STR(S("D1 is odd; mend it"), kit_message(&k));
    EXPECT_INT(3, k.diags.list.at[1].at.line);
    EXPECT_INT(SEVERITY_WARNING, k.diags.list.at[1].severity);
    EXPECT(
        str_starts(diag_message(k.mem, &k.diags.list.at[2]), S("view funnel_checks names no row")));
    kit_clear(&k);
}

TEST(keys_without_a_page_have_the_names_that_a_view_gives_them)
{
    struct query_kit k;
    EXPECT(load_model(
        &k, "CREATE VIEW names AS SELECT 'person' AS kind, 'zoe' AS key, 'Zoe M' AS name;\n"));
    store_pages_add(k.store, S("everyone"), S("person"), S("li.wei"), S("p.html"), S("Li Wei"));
    ASK("Zoe M|-|Li Wei",
        "name_of('person', 'zoe'), name_of('region', 'zoe'), name_of('person', 'li.wei')");
    kit_clear(&k);
}

/* ---- queries ---- */

TEST(a_query_is_one_select)
{
    struct query_kit k;
    open_book(&k);
    EXPECT_STR(S("!query-select"), kit_ask(&k, ""));
    EXPECT_STR(S("!query-select"), kit_ask(&k, "-- nothing"));
    EXPECT_STR(S("!query-select"), kit_ask(&k, "INSERT INTO people VALUES ('x', 'y')"));
    EXPECT_STR(S("!query-select"), kit_ask(&k, "SELECT 1; SELECT 2"));
    EXPECT_STR(S("!query-denied"), kit_ask(&k, "WITH a AS (SELECT 1) DELETE FROM people"));
    EXPECT_STR(S("1"), kit_ask(&k, "SELECT 1; -- fine\n"));
    EXPECT_STR(S("1 2"), kit_ask(&k, "VALUES (1), (2)"));
    kit_clear(&k);
}

TEST(a_broken_query_is_shown_where_it_breaks)
{
    struct query_kit k;
    open_book(&k);
    ASK("!query-broken", "person,\n  regoin\nFROM people");
    EXPECT_STR(S("page.md:11:3 query-broken"), kit_complaint(&k));
    EXPECT_STR(S("no such column: regoin; did you mean region?"), kit_message(&k));
    ASK("!query-broken", "p.region FROM deals AS p JOIN people AS q");
    EXPECT_STR(S("no such column: p.region; region is a column of people"), kit_message(&k));
    ASK("!query-broken", "'\xe4\xb8\xad', p.regoin FROM people AS p");
    EXPECT_STR(S("page.md:10:13 query-broken"), kit_complaint(&k));
    ASK("!query-broken", "1 FROM poeple");
    EXPECT_STR(S("no such table: poeple; did you mean people?"), kit_message(&k));
    ASK("!query-broken", "montsh('2026-10')");
    EXPECT_STR(S("no such function: montsh; did you mean month?"), kit_message(&k));
    ASK("!query-broken", "\"li.wei\"");
    ASK("!query-broken", "1 +");
    kit_clear(&k);
}

TEST(parameters_are_bound_and_one_without_a_value_is_an_error)
{
    struct query_kit k;
    open_book(&k);
    ASK("li.wei|2026-10-15|2026-10", ":person, :as_of, :month");
    ASK("!query-parameter", "1\n, :persn");
    EXPECT_STR(S("page.md:11:3 query-parameter"), kit_complaint(&k));
    EXPECT_STR(S(":persn has no value here; known here: :as_of, :month, :person"), kit_message(&k));
    ASK("!query-parameter", "?");
    ASK("!query-parameter", "@person");
    kit_clear(&k);
}

TEST(a_division_of_whole_numbers_is_an_error)
{
    static const char *const wrong[] = {"1 / 2",
                                        "a / b FROM t",
                                        "sum(a) / count(*) FROM t",
                                        "(a + b) / b FROM t",
                                        "1.0 + a / b FROM t",
                                        "a / b * 1.0 FROM t",
                                        "sum(a) OVER (ORDER BY b) / 2 FROM t",
                                        "t.a / t.b FROM t",
                                        "CASE WHEN a > 1.0 THEN 1 END / 2 FROM t",
                                        "abs(a) / (b % 2) FROM t",
                                        "CAST(a AS INTEGER) / b FROM t",
                                        "'1.0' /* 1.0 * */ / a FROM t",
                                        "(CASE WHEN a > 1.5 THEN a ELSE b END) / b FROM t"};
    static const char *const right[] = {"1 / 2.0",
                                        "1.0 * a / b FROM t",
                                        "a * 1.0 / b / b FROM t",
                                        "ratio(a, b) / 2 FROM t",
                                        "CAST(a AS REAL) / b FROM t",
                                        "avg(a) / 2 FROM t",
                                        "a / nullif(1.0 * b, 0) FROM t",
                                        "(a + 0.0) / b FROM t",
                                        "sum(1.0 * a) / sum(b) FROM t",
                                        "-1e0 * a / b FROM t",
                                        "'a / b'",
                                        "1 -- a / b\n",
                                        "a / (b + 0.5) FROM t",
                                        "sum(1.0 * a) OVER () / 2 FROM t"};
    struct query_kit k;
    open_book(&k);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        str sql = arena_printf(k.mem, "WITH t(a, b) AS (VALUES (1, 2)) SELECT %s", wrong[i]);
        str got = kit_ask(&k, sql.p);
        if (!str_eq(got, S("!query-division")))
            test_fail(__FILE__, __LINE__, "%s: got " STR_FMT, wrong[i], STR_ARG(got));
    }
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        str sql = arena_printf(k.mem, "WITH t(a, b) AS (VALUES (1, 2)) SELECT %s", right[i]);
        kit_ask(&k, sql.p);
        if (k.diags.nerrors)
            test_fail(__FILE__, __LINE__, "%s: " STR_FMT, right[i], STR_ARG(kit_message(&k)));
    }
    kit_clear(&k);
}

TEST(a_query_that_runs_too_long_or_gives_too_much_is_stopped)
{
    struct query_kit k;
    open_book(&k);
    store_limits(k.store, 30, 3, 2 << 20);
    ASK("!query-slow",
        "count(*) FROM days('0001-01-01', '9999-12-31'), days('0001-01-01', '9999-12-31')");
    ASK("!query-rows", "day FROM days('2026-01-01', '2026-01-04')");
    ASK("2026-01-01 2026-01-02 2026-01-03", "day FROM days('2026-01-01', '2026-01-03')");
    store_limits(k.store, 1000, 100, 1 << 20);
    EXPECT_STR(S("!query-rows"),
               kit_ask(&k, "WITH RECURSIVE doubled(n, t) AS (SELECT 1, 'a' UNION ALL SELECT n + 1, "
                           "t || t FROM doubled WHERE n < 22) SELECT t FROM doubled"));
    EXPECT_STR(
        S("the query gives more than 1 MB of text; group its rows, or leave the long texts out"),
        kit_message(&k));
    EXPECT_STR(
        S("!query-broken"),
        kit_ask(&k, "WITH RECURSIVE doubled(t) AS (SELECT 'a' UNION ALL SELECT t || t FROM doubled)"
                    " SELECT length(t) FROM doubled ORDER BY 1"));
    kit_clear(&k);
}

TEST(one_statement_serves_many_pages)
{
    struct query_kit k;
    open_book(&k);
    struct param param = {S("person"), {VALUE_TEXT, .s = S("zoe")}};
    struct query q = {.sql = S("SELECT region FROM people WHERE person = :person"),
                      .param = &param,
                      .nparams = 1};
    struct result *first = query_run(k.store, k.mem, &q, &k.diags);
    param.value.s = S("li.wei");
    struct result *second = query_run(k.store, k.mem, &q, &k.diags);
    EXPECT_STR(S("west"), first->cell[0].s);
    EXPECT_STR(S("east"), second->cell[0].s);
    kit_clear(&k);
}

/* ---- types ---- */

static void open_typed(struct query_kit *k)
{
    kit_init(k);
    kit_file(k, "systems/shop/tables.yaml",
             "tables:\n"
             "  sales:\n"
             "    fields:\n"
             "      day: {type: date}\n"
             "      person: {type: string}\n"
             "      pay: {type: money}\n"
             "      fee: {type: money}\n"
             "      share: {type: rate}\n"
             "      n: {type: integer}\n"
             "columns:\n"
             "  revenue: {type: money, text: Net}\n"
             "  visits: {type: integer}\n"
             "  value: {type: {by: measure}}\n");
    kit_file(k, "systems/shop/model.sql",
             "CREATE VIEW totals AS SELECT person, sum(pay) AS total, 2 * sum(pay) AS twice, "
             "max(day) AS last FROM sales GROUP BY person;\n");
    kit_file(k, "book/sales.csv", "day,person,pay,fee,share,n\n2026-10-01,zoe,1.50,0.50,0.5,3\n");
    EXPECT(kit_load(k));
}

#define TYPES_OF(expected, sql) EXPECT_STR(S(expected), kit_types(&k, "SELECT " sql))

TEST(types_come_from_names_fields_functions_and_values)
{
    struct query_kit k;
    open_typed(&k);
    TYPES_OF("day:date person:string pay:money share:rate n:integer",
             "day, person, pay, share, n FROM sales");
    TYPES_OF("revenue:money visits:integer", "n AS revenue, 1.5 AS visits FROM sales");
    TYPES_OF("a:date b:month c:number d:integer",
             "max(day) AS a, month(day) AS b, ratio(n, 2) AS c, "
             "count(*) AS d FROM sales");
    TYPES_OF("a:integer b:number c:string d:date e:month f:string",
             "1 AS a, 1.5 AS b, 'x' AS c, '2026-10-01' AS d, '2026-10' AS e, NULL AS f");
    TYPES_OF("month:month day:date", "m.month, d.day FROM months('2026-01', '2026-01') AS m, "
                                     "days('2026-01-01', '2026-01-01') AS d");
    TYPES_OF("last:date total:money", "last, total FROM totals");
    kit_clear(&k);
}

TEST(money_stays_money_through_what_keeps_its_unit)
{
    static const char *const kept[] = {
        "pay AS x FROM sales",
        "sum(pay) AS x FROM sales",
        "coalesce(sum(s.pay), 0) AS x FROM sales AS s",
        "max(pay) - min(fee) AS x FROM sales",
        "-pay AS x FROM sales",
        "CASE WHEN n > 1 THEN pay ELSE 0 END AS x FROM sales",
        "(SELECT sum(pay) FROM sales) AS x",
        "sum(pay) FILTER (WHERE n > 1) AS x FROM sales",
        "sum(pay) OVER (ORDER BY n) AS x FROM sales",
        "a AS x FROM (SELECT sum(pay) AS a FROM sales)",
        "avg(pay) AS x FROM sales",
        "share_out(pay, n, person) OVER () ->> person AS x FROM sales",
        "total AS x FROM totals",
        "pay AS x FROM sales UNION ALL SELECT fee FROM sales"};
    static const char *const lost[] = {"pay * 2 AS x FROM sales",
                                       "1.0 * pay / n AS x FROM sales",
                                       "pay + n AS x FROM sales",
                                       "twice AS x FROM totals",
                                       "a AS x FROM (SELECT pay * n AS a FROM sales)",
                                       "pay AS x FROM sales UNION ALL SELECT n FROM sales",
                                       "mod(pay, 3) AS x FROM sales"};
    static const char *const none[] = {
        "1.0 * pay / fee AS x FROM sales", "ratio(pay, fee) AS x FROM sales",
        "count(pay) AS x FROM sales",      "pay > fee AS x FROM sales",
        "money(pay * 2) AS x FROM sales",  "pay * 2 AS revenue FROM sales",
        "pay || '!' AS x FROM sales",      "CASE WHEN pay > 1 THEN 1 ELSE 2 END AS x FROM sales"};
    struct query_kit k;
    open_typed(&k);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        str types = kit_types(&k, arena_printf(k.mem, "SELECT %s", kept[i]).p);
        if (!str_eq(types, S("x:money")) || k.diags.list.n)
            test_fail(__FILE__, __LINE__, "%s: " STR_FMT, kept[i], STR_ARG(types));
    }
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        kit_types(&k, arena_printf(k.mem, "SELECT %s", lost[i]).p);
        if (!str_eq(kit_complaint(&k), S("page.md:10:1 query-money")))
            test_fail(__FILE__, __LINE__, "%s: no warning", lost[i]);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        str types = kit_types(&k, arena_printf(k.mem, "SELECT %s", none[i]).p);
        if (k.diags.list.n || str_eq(types, S("x:money")))
            test_fail(__FILE__, __LINE__, "%s: " STR_FMT, none[i], STR_ARG(kit_message(&k)));
    }
    kit_clear(&k);
}

TEST(a_cell_is_typed_by_the_measure_that_its_row_or_page_names)
{
    struct query_kit k;
    open_typed(&k);
    struct query q = {
        .sql = S("SELECT * FROM (VALUES ('revenue', 4000), ('visits', 40), ('other', 1))")};
    struct param measure = {S("measure"), {VALUE_TEXT, .s = S("visits")}};
    q.sql = S("SELECT column1 AS measure, column2 AS value FROM (VALUES ('revenue', 4000), "
              "('visits', 40), ('other', 1))");
    struct result *r = query_run(k.store, k.mem, &q, &k.diags);
    EXPECT_INT(TYPE_money, result_type(r, 0, 1));
    EXPECT_INT(TYPE_integer, result_type(r, 1, 1));
    EXPECT_INT(TYPE_integer, result_type(r, 2, 1));
    EXPECT_INT(TYPE_string, result_type(r, 0, 0));
    q = (struct query){.sql = S("SELECT 40.5 AS value"), .param = &measure, .nparams = 1};
    EXPECT_INT(TYPE_integer, result_type(query_run(k.store, k.mem, &q, &k.diags), 0, 0));
    kit_clear(&k);
}

/* `broken` is known by name to the model, and by its column to nobody. */
TEST(a_store_that_evaluates_as_asked_leaves_what_nobody_reads)
{
    struct query_kit k;
    kit_init(&k);
    k.as_asked = true;
    kit_file(&k, "systems/shop/tables.yaml",
             "tables:\n  visits:\n    fields:\n      n: {type: integer}\n");
    kit_file(&k, "systems/shop/model.sql",
             "CREATE VIEW outer_visits AS SELECT n + 1 AS n FROM inner_visits;\n"
             "CREATE VIEW inner_visits AS SELECT n * 2 AS n FROM visits;\n"
             "CREATE VIEW broken AS SELECT nothing FROM visits;\n"
             "CREATE VIEW shop_checks AS SELECT 'error' AS severity, 'visits' AS tbl, _row AS row, "
             "'odd' AS text, 'ask' AS remedy FROM visits;\n");
    kit_file(&k, "book/visits.csv", "n\n20\n");
    EXPECT(kit_load(&k));
    EXPECT_STR(S("41"), kit_ask(&k, "SELECT n FROM outer_visits"));
    EXPECT_INT(0, k.diags.list.n);
    EXPECT_STR(S("odd"), kit_ask(&k, "SELECT text FROM checks"));
    EXPECT_INT(1, k.diags.nerrors);
    EXPECT_STR(S("!query-broken"), kit_ask(&k, "SELECT 1 FROM broken"));
    kit_clear(&k);
}
