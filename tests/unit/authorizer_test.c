#include "../../gen/query/store.h"
#include "query_kit.h"
#include "test.h"

/* pay is for managers, so is the column base of people; bonus is for directors. */
static void open_restricted(struct query_kit *k)
{
    kit_init(k);
    kit_file(k, "systems/staff/tables.yaml",
             "tables:\n"
             "  people:\n"
             "    fields:\n"
             "      person: {type: string}\n"
             "      base: {type: money, audience: managers}\n"
             "  pay:\n"
             "    audience: managers\n"
             "    fields:\n"
             "      person: {type: string}\n"
             "      amount: {type: money}\n"
             "  bonus:\n"
             "    audience: directors\n"
             "    fields:\n"
             "      person: {type: string}\n"
             "rollups:\n"
             "  pay_all: {of: pay, sum: [amount]}\n");
    kit_file(k, "systems/staff/model.sql",
             "CREATE VIEW names_only AS SELECT person FROM people;\n"
             "CREATE VIEW based AS SELECT person, base FROM people;\n"
             "CREATE VIEW sorted AS SELECT person FROM people ORDER BY base;\n"
             "CREATE VIEW twice AS SELECT person FROM based;\n"
             "CREATE VIEW both AS SELECT p.person FROM pay AS p JOIN bonus AS b USING (person);\n"
             "CREATE VIEW staff_measures AS SELECT person, '2026-10' AS month, 'pay' AS measure, "
             "amount AS value FROM pay;\n"
             "CREATE VIEW staff_checks AS SELECT 'error' AS severity, 'pay' AS tbl, _row AS row, "
             "concat(person, ' has ', amount) AS text, 'ask' AS remedy FROM pay;\n"
             "CREATE VIEW scores AS SELECT person, count(*) AS n FROM measures GROUP BY person;\n");
    kit_file(k, "systems/visits/tables.yaml", "title: Visits\n");
    kit_file(
        k, "systems/visits/model.sql",
        "CREATE VIEW visits_measures AS SELECT person, '2026-10' AS month, 'visits' AS measure, "
        "4 AS value FROM people;\n");
    kit_file(k, "book/people.csv", "person,base\nli.wei,10\nzoe,20\n");
    kit_file(k, "book/pay.csv", "person,amount\nzoe,30\n");
    kit_file(k, "book/bonus.csv", "person\nzoe\n");
    EXPECT(kit_load(k));
}

#define EVERYONE(expected, sql) EXPECT_STR(S(expected), kit_ask(&k, sql))
#define MANAGERS(expected, sql) EXPECT_STR(S(expected), kit_ask_as(&k, "managers", sql))

TEST(a_restricted_table_may_not_be_read_counted_or_asked_whether)
{
    static const char *const queries[] = {
        "SELECT amount FROM pay",
        "SELECT count(*) FROM pay",
        "SELECT 1 FROM pay",
        "SELECT person FROM people WHERE person IN (SELECT person FROM pay)",
        "SELECT person FROM people AS p WHERE EXISTS (SELECT 1 FROM pay)",
        "SELECT person FROM people WHERE base > 15",
        "SELECT max(base) FROM people",
        "SELECT * FROM people",
        "SELECT person FROM people ORDER BY base",
        "SELECT p.person FROM people AS p JOIN pay USING (person)",
        "SELECT a.person FROM people AS a JOIN people AS b USING (base)",
        "SELECT person FROM people LEFT JOIN pay USING (person) GROUP BY 1 HAVING count(*) > 1",
        "SELECT person FROM people WHERE person IN bonus",
        "SELECT (SELECT max(rowid) FROM pay)",
        "SELECT count(*) FROM \"PAY\"",
        "SELECT person FROM people UNION SELECT person FROM pay",
        "SELECT amount FROM pay_all",
        "WITH p AS (SELECT * FROM main.pay) SELECT 1 FROM p",
        "SELECT person FROM twice",
        "SELECT count(*) FROM sorted",
        "SELECT person FROM both"};
    struct query_kit k;
    open_restricted(&k);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        str got = kit_ask(&k, queries[i]);
        if (!str_eq(got, S("!query-restricted")))
            test_fail(__FILE__, __LINE__, "%s: " STR_FMT, queries[i], STR_ARG(got));
    }
    EVERYONE("!query-restricted", "SELECT\n base FROM people");
    EXPECT(str_starts(kit_message(&k), S("people.base is for managers only")));
    kit_clear(&k);
}

TEST(a_natural_join_is_refused)
{
    struct query_kit k;
    open_restricted(&k);
    EVERYONE("!query-natural", "SELECT p.person FROM people AS p NATURAL JOIN pay");
    EVERYONE("!query-natural", "SELECT p.person FROM people AS p NATURAL LEFT OUTER JOIN pay");
    kit_clear(&k);
}

TEST(what_is_open_can_be_read_beside_what_is_not)
{
    struct query_kit k;
    open_restricted(&k);
    EVERYONE("li.wei zoe", "SELECT person FROM people");
    EVERYONE("2", "SELECT count(*) FROM people");
    EVERYONE("2", "SELECT count(*) FROM names_only");
    EXPECT_STR(S("2"), kit_ask_as(&k, "everyone", "SELECT count(*) FROM people"));
    kit_clear(&k);
}

TEST(its_audience_reads_a_restricted_table_and_what_is_made_from_it)
{
    struct query_kit k;
    open_restricted(&k);
    MANAGERS("zoe|3000", "SELECT person, amount FROM pay");
    MANAGERS("3000", "SELECT amount FROM pay_all");
    MANAGERS("li.wei zoe", "SELECT person FROM twice");
    MANAGERS("!query-restricted", "SELECT person FROM bonus");
    kit_clear(&k);
}

TEST(what_is_made_for_two_audiences_is_for_nobody)
{
    struct query_kit k;
    open_restricted(&k);
    MANAGERS("!query-restricted", "SELECT person FROM both");
    EXPECT_STR(S("!query-restricted"), kit_ask_as(&k, "directors", "SELECT person FROM both"));
    kit_clear(&k);
}

TEST(each_audience_has_the_measures_that_it_may_see)
{
    struct query_kit k;
    open_restricted(&k);
    EVERYONE("visits|li.wei visits|zoe",
             "SELECT system, person FROM measures ORDER BY system, person");
    MANAGERS("staff|zoe visits|li.wei visits|zoe",
             "SELECT system, person FROM measures ORDER BY system, person");
    EVERYONE("zoe|1", "SELECT person, n FROM scores WHERE person = 'zoe'");
    MANAGERS("zoe|2", "SELECT person, n FROM scores WHERE person = 'zoe'");
    EXPECT_STR(S("zoe|1"),
               kit_ask_as(&k, "directors", "SELECT person, n FROM scores WHERE person = 'zoe'"));
    kit_clear(&k);
}

TEST(an_answer_is_told_apart_only_where_others_get_another)
{
    struct query_kit k;
    open_restricted(&k);
    store_pages_add(k.store, S("everyone"), S("page"), S(""), S("index.html"), S("Start"));
    store_pages_add(k.store, S("managers"), S("page"), S(""), S("index.html"), S("Start"));
    EVERYONE("2", "SELECT count(*) FROM people");
    EVERYONE("li.wei|1", "SELECT person, n FROM scores WHERE person = 'li.wei'");
    EXPECT(!store_told_apart(k.store));
    EVERYONE("zoe|1", "SELECT person, n FROM scores WHERE person = 'zoe'");
    EXPECT(store_told_apart(k.store));
    EXPECT(!store_told_apart(k.store));
    MANAGERS("1", "SELECT count(*) FROM pay WHERE person = 'zoe'");
    EXPECT(store_told_apart(k.store));
    kit_clear(&k);
}

TEST(a_check_of_restricted_rows_is_for_their_audience)
{
    struct query_kit k;
    open_restricted(&k);
    EXPECT_INT(1, k.diags.list.n);
    EXPECT_STR(S("pay.csv:2:0 check"), kit_complaint(&k));
    EXPECT_STR(S("managers"), k.diags.list.at[0].audience);
    EVERYONE("", "SELECT text FROM checks");
    MANAGERS("zoe has 3000", "SELECT text FROM checks");
    kit_clear(&k);
}

TEST(what_sqlite_says_of_a_restricted_query_may_be_a_value_but_not_the_time_it_took)
{
    struct query_kit k;
    open_restricted(&k);
    struct query q = {.sql = S("SELECT json_extract('x' || person, '$') FROM pay"),
                      .audience = S("managers")};
    EXPECT(!query_run(k.store, k.mem, &q, &k.diags));
    EXPECT_STR(S("managers"), diags_last(&k.diags)->audience);
    store_limits(k.store, 30, 1, 1);
    q.sql = S("SELECT count(*) FROM pay, days('0001-01-01', '9999-12-31'), "
              "days('0001-01-01', '9999-12-31')");
    EXPECT(!query_run(k.store, k.mem, &q, &k.diags));
    struct diag hidden = diag_hidden(diags_last(&k.diags));
    EXPECT_STR(S("the query was stopped after 0.03 seconds"), diag_message(k.mem, &hidden));
    kit_clear(&k);
}

/* Apart from the system's own checks its audience needs no database for them. */
TEST(checks_that_stand_apart_are_diagnostics_alone)
{
    struct query_kit k;
    kit_init(&k);
    kit_file(&k, "systems/staff/tables.yaml",
             "tables:\n"
             "  people:\n"
             "    fields:\n"
             "      person: {type: string}\n"
             "  pay:\n"
             "    audience: managers\n"
             "    fields:\n"
             "      person: {type: string}\n");
    kit_file(&k, "systems/staff/model.sql",
             "CREATE VIEW staff_checks AS SELECT 'warning' AS severity, 'people' AS tbl, _row AS "
             "row, 'open' AS text, 'ask' AS remedy FROM people;\n"
             "CREATE VIEW staff_pay_checks AS SELECT 'warning' AS severity, 'pay' AS tbl, _row AS "
             "row, 'closed' AS text, 'ask' AS remedy FROM pay;\n"
             "CREATE VIEW staff_short_checks AS SELECT 'warning' AS severity, 'pay' AS tbl, _row "
             "AS row, 'cut' AS text FROM people;\n");
    kit_file(&k, "book/people.csv", "person\nzoe\n");
    kit_file(&k, "book/pay.csv", "person\nzoe\n");
    kit_load(&k);
    EXPECT_INT(3, k.diags.list.n);
    EXPECT_INT(0, k.diags.list.at[0].audience.n);
    EXPECT_STR(S("book/pay.csv"), k.diags.list.at[1].at.file);
    EXPECT_STR(S("managers"), k.diags.list.at[1].audience);
    EXPECT(str_starts(diag_message(k.mem, &k.diags.list.at[2]),
                      S("view staff_short_checks lacks the column remedy")));
    EVERYONE("open", "SELECT text FROM checks");
    MANAGERS("open", "SELECT text FROM checks");
    EXPECT(!store_told_apart(k.store));
    kit_clear(&k);
}

TEST(a_query_can_do_nothing_but_read)
{
    static const char *const denied[] = {
        "SELECT name FROM sqlite_master",
        "SELECT count(*) FROM sqlite_master",
        "SELECT 1 FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT * FROM pragma_table_info('pay')",
        "SELECT 1 FROM pragma_table_info('pay')",
        "SELECT count(*) FROM pragma_table_list",
        "SELECT sql FROM sqlite_stmt",
        "SELECT 1 FROM sqlite_stmt",
        "SELECT * FROM dbstat",
        "SELECT count(*) FROM fts3tokenize('simple', 'x')",
        "SELECT random()",
        "SELECT randomblob(3)",
        "SELECT zeroblob(3)",
        "SELECT printf('%s', 'x')",
        "SELECT date('now')",
        "SELECT date()",
        "SELECT strftime('%Y')",
        "SELECT CURRENT_DATE",
        "SELECT CURRENT_TIMESTAMP",
        "SELECT julianday('now')",
        "SELECT unixepoch()",
        "SELECT load_extension('x')",
        "SELECT sqlite_version()",
        "SELECT changes()",
        "SELECT last_insert_rowid()",
        "SELECT sqlite_compileoption_get(1)",
        "WITH a AS (SELECT 1) INSERT INTO people (person) SELECT * FROM a",
        "WITH a AS (SELECT 1) UPDATE people SET person = 'x'",
        "PRAGMA table_list",
        "ATTACH 'x.db' AS x",
        "DETACH main",
        "VACUUM",
        "BEGIN",
        "DROP TABLE people",
        "CREATE TABLE x (y)",
        "CREATE TEMP VIEW x AS SELECT 1",
        "EXPLAIN SELECT 1",
        "ANALYZE",
        "REINDEX",
        "SAVEPOINT x",
        "ALTER TABLE people RENAME TO x"};
    struct query_kit k;
    open_restricted(&k);
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        str got = kit_ask(&k, denied[i]);
        bool refused = str_eq(got, S("!query-denied")) || str_eq(got, S("!query-function")) ||
                       str_eq(got, S("!query-select"));
        if (!refused)
            test_fail(__FILE__, __LINE__, "%s: " STR_FMT, denied[i], STR_ARG(got));
    }
    EVERYONE("li.wei zoe", "SELECT person FROM people");
    EVERYONE("!query-function", "SELECT date('now')");
    EXPECT(str_find(kit_message(&k), S("as_of()"), 0) < kit_message(&k).n);
    kit_clear(&k);
}

TEST(ctes_windows_and_json_are_not_in_the_way)
{
    struct query_kit k;
    open_restricted(&k);
    EVERYONE("2", "WITH a AS (SELECT person FROM people) SELECT count(*) FROM a");
    EVERYONE("3", "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3) "
                  "SELECT max(n) FROM a");
    EVERYONE("li.wei|1 zoe|2", "SELECT person, row_number() OVER (ORDER BY person) FROM people");
    EVERYONE("1 2", "SELECT value FROM json_each('[1,2]')");
    EVERYONE("2", "SELECT count(*) FROM json_each('[1,2]')");
    EVERYONE("li.wei,zoe", "SELECT group_concat(person) FROM people WHERE person LIKE '%e%'");
    kit_clear(&k);
}

TEST(what_is_compiled_ahead_for_one_reader_is_not_for_another)
{
    struct query_kit k;
    open_restricted(&k);
    struct query q = {.sql = S("SELECT amount FROM pay"), .audience = S("managers")};
    query_prepare(k.store, &q);
    EVERYONE("!query-restricted", "SELECT amount FROM pay");
    MANAGERS("3000", "SELECT amount FROM pay");

    /* What is wrong with it is told when it runs, not before. */
    size_t told = k.diags.list.n;
    q = (struct query){.sql = S("SELECT base FROM people"), .audience = S("everyone")};
    query_prepare(k.store, &q);
    EXPECT_INT(told, k.diags.list.n);
    EVERYONE("!query-restricted", "SELECT base FROM people");
    MANAGERS("1000 2000", "SELECT base FROM people");
    kit_clear(&k);
}
