/* What is taken from the database of the build before, and what is made again. The same questions
 * are put to a store that knows nothing of before. */
#include "query_kit.h"
#include "test.h"

#include <string.h>

static const char TABLES[] = "tables:\n"
                             "  people:\n"
                             "    primaryKey: [person]\n"
                             "    fields:\n"
                             "      person: {type: string, required: yes}\n"
                             "      region: {type: string}\n"
                             "      salary: {type: money, audience: managers}\n"
                             "  holidays:\n"
                             "    optional: yes\n"
                             "    fields:\n"
                             "      date: {type: date}\n"
                             "      kind: {type: string}\n"
                             "      name: {type: string}\n"
                             "  sales:\n"
                             "    fact: date\n"
                             "    big: yes\n"
                             "    fields:\n"
                             "      date: {type: date, required: yes}\n"
                             "      person: {type: string}\n"
                             "      amount: {type: money}\n"
                             "rollups:\n"
                             "  by_person: {of: sales, by: [person], sum: [amount]}\n"
                             "  by_person_too: {of: sales, by: [person], sum: [amount]}\n"
                             "  by_month: {of: sales, by: [month(date)], count: lines}\n"
                             "rows:\n"
                             "  latest: {of: sales, last: 1, by: person}\n";

/* `region` is a view and a column; totals stands before what it reads. */
static const char MODEL[] =
    "CREATE VIEW totals AS SELECT region, amount FROM region;\n"
    "CREATE VIEW region AS SELECT p.region, sum(b.amount) AS amount FROM by_person AS b\n"
    "JOIN people AS p USING (person) GROUP BY p.region;\n"
    "CREATE VIEW who AS SELECT person, region FROM people;\n"
    "CREATE VIEW how_many AS SELECT count(*) AS n FROM who;\n"
    "CREATE VIEW after_how_many AS SELECT n + 1 AS n FROM how_many;\n"
    "CREATE VIEW paid AS SELECT person, salary FROM people;\n"
    "CREATE VIEW away AS SELECT working_days('2026-10-01', '2026-10-31') AS days;\n"
    "CREATE VIEW today AS SELECT as_of() AS day, as_of_month() AS month;\n"
    "CREATE VIEW days_ago AS SELECT days_between(s.latest, t.day) AS days\n"
    "FROM (SELECT max(month) || '-01' AS latest FROM by_month) AS s, today AS t;\n"
    "CREATE VIEW again AS SELECT sum(amount) AS amount FROM by_person_too;\n"
    "CREATE VIEW shop_exceptions AS SELECT 1 AS id, 'warning' AS severity, 0 AS cost,\n"
    "person AS owner, 'x' AS text, 'person' AS page, person AS key, NULL AS since FROM paid\n"
    "WHERE salary > 150000;\n";

static const char PEOPLE[] = "person,region,salary\nli.wei,east,1000.00\nzoe,west,2000.00\n";
static const char SALES[] = "date,person,amount\n2026-09-10,li.wei,10.00\n2026-10-01,zoe,5.00\n"
                            "2026-10-02,li.wei,1.00\n";

static void write_book(struct query_kit *k)
{
    kit_init(k);
    k->as_of = "2026-10-15";
    k->keeps = true;
    kit_file(k, "systems/shop/tables.yaml", TABLES);
    kit_file(k, "systems/shop/model.sql", MODEL);
    kit_file(k, "book/people.csv", PEOPLE);
    kit_file(k, "book/sales.csv", SALES);
    EXPECT(kit_load(k));
}

/* Names of the tables, rollups and views that were made again, but for those about the data. */
static str made_again(struct query_kit *k)
{
    struct store_stat *stat;
    struct buf b = {0};
    size_t n = store_stats(k->store, k->mem, &stat);
    for (size_t i = 0; i < n; i++)
        if (!stat[i].taken && !str_starts(stat[i].name, S("data_")))
            buf_addf(&b, "%s" STR_FMT, b.n ? " " : "", STR_ARG(stat[i].name));
    str names = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return names;
}

static const char *const QUESTIONS[] = {
    "SELECT * FROM totals ORDER BY region",
    "SELECT * FROM who ORDER BY person",
    "SELECT n FROM after_how_many",
    "SELECT days FROM away",
    "SELECT day, month FROM today",
    "SELECT days FROM days_ago",
    "SELECT * FROM again",
    "SELECT * FROM by_person ORDER BY person",
    "SELECT * FROM by_month ORDER BY month",
    "SELECT * FROM latest ORDER BY person",
    "SELECT owner FROM exceptions",
    "SELECT salary FROM people",
    "SELECT tbl, seen, latest FROM data_tables ORDER BY tbl",
};

/* Everybody's answers and managers', in one text. */
static str answers(struct query_kit *k)
{
    struct buf b = {0};
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++) {
        buf_addf(&b, STR_FMT "\n", STR_ARG(kit_ask(k, QUESTIONS[i])));
        buf_addf(&b, STR_FMT "\n", STR_ARG(kit_ask_as(k, "managers", QUESTIONS[i])));
    }
    str text = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static const char ALL[] =
    "people holidays sales by_person by_person_too by_month latest exceptions measures figures "
    "events_all scope_figures findings period_figures period_findings finds checks totals region "
    "who how_many "
    "after_how_many paid away today days_ago again shop_exceptions";

/* Loads what stands there now from the image, which makes just these again; then without one: the
 * answers must be the same. */
static void expect_made(struct query_kit *k, const char *names)
{
    EXPECT(kit_again(k));
    str warm = answers(k);
    EXPECT_STR(str_of(names), made_again(k));
    store_free(k->store);
    EXPECT(kit_load(k));
    EXPECT_STR(answers(k), warm);
}

TEST(of_the_same_rows_nothing_is_made_again)
{
    struct query_kit k;
    write_book(&k);
    EXPECT(kit_again(&k));
    EXPECT_STR(S(""), made_again(&k));
    EXPECT_STR(S("east|1100 west|500"), kit_ask(&k, "SELECT * FROM totals ORDER BY region"));
    EXPECT(!str_is_set(store_image(k.store)));
    kit_clear(&k);
}

TEST(what_stands_on_other_rows_is_made_again)
{
    struct query_kit k;
    write_book(&k);
    /* li.wei's sum is another, which is written into the cells that there are; with it the regions'
     * and the whole. Who they are is as before. */
    kit_file(&k, "book/sales.csv",
             "date,person,amount\n2026-09-10,li.wei,30.00\n2026-10-01,zoe,5.00\n"
             "2026-10-02,li.wei,1.00\n");
    expect_made(&k, "sales totals region again");
    EXPECT_STR(S("east|3100 west|500"), kit_ask(&k, "SELECT * FROM totals ORDER BY region"));

    /* A cell more. */
    kit_file(&k, "book/sales.csv",
             "date,person,amount\n2026-09-10,ann,30.00\n2026-10-01,zoe,5.00\n"
             "2026-10-02,li.wei,1.00\n");
    expect_made(&k, "sales by_person latest totals region again");
    kit_clear(&k);
}

TEST(what_comes_out_as_before_leaves_its_readers_as_they_are)
{
    struct query_kit k;
    write_book(&k);
    kit_file(&k, "book/people.csv",
             "person,region,salary\nli.wei,east,1000.00\nzoe,north,2000.00\n");
    /* As many people as before: nobody need ask what comes after that. Of paid, whose columns are
     * as before, neither. */
    expect_made(&k, "people totals region who how_many paid");
    EXPECT_STR(S("3"), kit_ask(&k, "SELECT n FROM after_how_many"));
    kit_clear(&k);
}

TEST(what_is_restricted_stays_so_when_it_is_taken)
{
    struct query_kit k;
    write_book(&k);
    EXPECT(kit_again(&k));
    EXPECT_STR(S("!query-restricted"), kit_ask(&k, "SELECT * FROM paid"));
    EXPECT_STR(S(""), kit_ask(&k, "SELECT owner FROM exceptions"));
    EXPECT_STR(S("zoe"), kit_ask_as(&k, "managers", "SELECT owner FROM exceptions"));

    kit_file(&k, "book/people.csv",
             "person,region,salary\nli.wei,east,3000.00\nzoe,west,2000.00\n");
    expect_made(&k, "people region who paid shop_exceptions");
    EXPECT_STR(S("li.wei zoe"),
               kit_ask_as(&k, "managers", "SELECT owner FROM exceptions ORDER BY owner"));
    kit_clear(&k);
}

/* Of the 2nd an order more is seen. */
TEST(another_day_makes_what_asks_for_it_again_and_what_stands_on_rows_seen_then)
{
    struct query_kit k;
    write_book(&k);
    k.as_of = "2026-10-16";
    expect_made(&k, "today days_ago");
    EXPECT_STR(S("2026-10-16|2026-10"), kit_ask(&k, "SELECT day, month FROM today"));
    EXPECT_STR(S("15"), kit_ask(&k, "SELECT days FROM days_ago"));
    k.as_of = "2026-10-01";
    expect_made(&k, "sales totals region today days_ago again");
    expect_made(&k, "");
    kit_clear(&k);
}

TEST(another_holiday_or_key_makes_all_again)
{
    struct query_kit k;
    write_book(&k);
    EXPECT_STR(S("22"), kit_ask(&k, "SELECT days FROM away"));
    kit_file(&k, "book/holidays.csv", "date,kind,name\n2026-10-02,off,a day\n");
    expect_made(&k, ALL);
    EXPECT_STR(S("21"), kit_ask(&k, "SELECT days FROM away"));
    k.key = 7;
    expect_made(&k, ALL);
    expect_made(&k, "");
    kit_clear(&k);
}

TEST(many_images_one_after_the_other_are_as_the_last)
{
    struct query_kit k;
    write_book(&k);
    for (int i = 0; i < 12; i++) {
        kit_file(
            &k, "book/sales.csv",
            arena_printf(k.mem, "%s2026-10-%02d,%s,%d.00\n", SALES, i + 3, i % 3 ? "zoe" : "bob", i)
                .p);
        kit_file(
            &k, "book/people.csv",
            arena_printf(k.mem, "%s%s,north,%d.00\n", PEOPLE, i % 2 ? "bob" : "cai", 1000 + i / 4)
                .p);
        EXPECT(kit_again(&k));
    }
    str warm = answers(&k);
    store_free(k.store);
    EXPECT(kit_load(&k));
    EXPECT_STR(answers(&k), warm);
    kit_clear(&k);
}

TEST(bytes_that_are_no_image_are_as_none)
{
    struct query_kit k;
    write_book(&k);
    str warm = answers(&k);
    char bytes[20000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7919 >> 3);
    memcpy(bytes, "SQLite format 3", 16);
    store_free(k.store);
    EXPECT(kit_load_from(&k, (str){bytes, sizeof bytes}));
    EXPECT_STR(str_of(ALL), made_again(&k));
    EXPECT_STR(warm, answers(&k));
    kit_clear(&k);
}

/* A view that breaks over the rows of now is told once, and not of those who read it. */
TEST(a_view_that_breaks_is_told_as_without_an_image)
{
    struct query_kit k;
    kit_init(&k);
    k.keeps = true;
    kit_file(&k, "systems/shop/tables.yaml",
             "tables:\n  people:\n    fields:\n      person: {type: string}\n      n: {type: "
             "integer}\n");
    kit_file(&k, "systems/shop/model.sql",
             "CREATE VIEW third AS SELECT n FROM second;\n"
             "CREATE VIEW second AS SELECT n FROM first;\n"
             "CREATE VIEW first AS SELECT abs(n - 1 - 9223372036854775807) AS n FROM people;\n");
    kit_file(&k, "book/people.csv", "person,n\nann,5\n");
    EXPECT(kit_load(&k));
    kit_file(&k, "book/people.csv", "person,n\nann,0\n");
    EXPECT(!kit_again(&k));
    EXPECT_INT(1, k.diags.nerrors);
    EXPECT_STR(S("model.sql:3:22 query-broken"), kit_complaint(&k));
    kit_clear(&k);
}

/* ---- rows as they are seen on another day ---- */

/* Of the rows as of the end of September; the book is read anew. */
static str rows_then(struct query_kit *k)
{
    struct hash128 print;
    EXPECT(kit_again(k));
    EXPECT(rows_print(k->mem, dataset_as_of(k->mem, k->data, day_parse(S("2026-09-30"))), &print));
    return hash128_hex(k->mem, print);
}

static bool is_as_then(struct query_kit *k, str then)
{
    return str_eq(then, rows_then(k));
}

TEST(what_is_seen_on_an_earlier_day_depends_on_no_later_row)
{
    struct query_kit k;
    write_book(&k);
    str then = rows_then(&k);
    kit_file(&k, "book/sales.csv", arena_printf(k.mem, "%s2026-10-03,zoe,7.00\n", SALES).p);
    EXPECT(is_as_then(&k, then));
    k.as_of = "2026-10-20";
    EXPECT(is_as_then(&k, then));
    kit_file(&k, "book/sales.csv", arena_printf(k.mem, "%s2026-09-30,zoe,7.00\n", SALES).p);
    EXPECT(!is_as_then(&k, then));
    /* The same rows, one of them further down. */
    kit_file(&k, "book/sales.csv",
             "date,person,amount\n2026-10-01,zoe,5.00\n2026-09-10,li.wei,10.00\n");
    EXPECT(!is_as_then(&k, then));
    kit_file(&k, "book/sales.csv", SALES);
    EXPECT(is_as_then(&k, then));
    kit_clear(&k);
}

TEST(what_is_seen_then_depends_on_undated_and_restricted_rows_too)
{
    struct query_kit k;
    write_book(&k);
    str then = rows_then(&k);
    kit_file(&k, "book/people.csv",
             "person,region,salary\nli.wei,east,1000.00\nzoe,west,2000.01\n");
    EXPECT(!is_as_then(&k, then));
    kit_file(&k, "book/people.csv", PEOPLE);
    EXPECT(is_as_then(&k, then));
    kit_file(&k, "book/holidays.csv", "date,kind,name\n");
    EXPECT(!is_as_then(&k, then));
    kit_clear(&k);
}

TEST(a_query_of_files_is_known_to_read_them)
{
    struct query_kit k;
    write_book(&k);
    kit_ask(&k, "SELECT tbl, seen FROM data_tables");
    kit_ask(&k, "SELECT * FROM totals");
    EXPECT(!store_read_files(k.store));
    kit_ask_as(&k, "managers", "SELECT rows_read FROM data_files");
    EXPECT(store_read_files(k.store));
    kit_clear(&k);
}

/* ---- what queries read ---- */

static str read_of(struct query_kit *k, const char *audience, const char *sql)
{
    store_was_read(k->store, k->mem);
    kit_ask_as(k, audience, sql);
    return store_was_read(k->store, k->mem);
}

TEST(a_query_is_as_before_if_all_that_it_reads_is)
{
    struct query_kit k;
    write_book(&k);
    str totals = read_of(&k, NULL, "SELECT t.amount FROM totals AS t JOIN who AS w USING (region)");
    str who = read_of(&k, NULL, "SELECT count(*) FROM who"),
        days = read_of(&k, NULL, "SELECT days FROM away");
    EXPECT(who.n && days.n && totals.n > who.n && !str_eq(who, days));
    EXPECT_STR(S(""), read_of(&k, NULL, "SELECT 1"));
    EXPECT(!store_reads_as_before(k.store, who)); /* there was nothing before */
    EXPECT(kit_again(&k));
    EXPECT(store_reads_as_before(k.store, who) && store_reads_as_before(k.store, totals));

    kit_file(&k, "book/sales.csv", "date,person,amount\n2026-09-10,li.wei,30.00\n");
    EXPECT(kit_again(&k));
    EXPECT(store_reads_as_before(k.store, who) && store_reads_as_before(k.store, days));
    EXPECT(!store_reads_as_before(k.store, totals));
    EXPECT(!store_reads_as_before(k.store, S("99999")) && !store_reads_as_before(k.store, S("x")));
    kit_clear(&k);
}

/* Another salary changes what managers see of exceptions, and nothing for others: who is asked says
 * no to both. */
TEST(what_has_other_rows_for_some_is_not_as_before)
{
    struct query_kit k;
    write_book(&k);
    EXPECT(kit_again(&k));
    str all = read_of(&k, NULL, "SELECT owner FROM exceptions");
    str managers = read_of(&k, "managers", "SELECT owner FROM exceptions");
    EXPECT(all.n && str_eq(all, managers) && store_reads_as_before(k.store, all));
    kit_file(&k, "book/people.csv",
             "person,region,salary\nli.wei,east,3000.00\nzoe,west,2000.00\n");
    EXPECT(kit_again(&k));
    EXPECT(!store_reads_as_before(k.store, managers));
    EXPECT_STR(S("li.wei zoe"),
               kit_ask_as(&k, "managers", "SELECT owner FROM exceptions ORDER BY owner"));
    kit_clear(&k);
}

/* What goes wrong before the views is all that is told of it. */
TEST(a_store_that_cannot_be_loaded_tells_one_error)
{
    struct query_kit k;
    write_book(&k);
    struct buf tables = {0};
    buf_add(&tables, str_of(TABLES));
    buf_add(&tables, S("  people: {of: sales, last: 1, by: person}\n"));
    kit_file(&k, "systems/shop/tables.yaml", arena_str(k.mem, buf_str(&tables)).p);
    buf_clear(&tables);
    store_free(k.store);
    diags_init(&k.diags, k.mem);
    EXPECT(!kit_load_from(&k, k.image));
    EXPECT_INT(1, (long long)k.diags.nerrors);
    EXPECT_STR(S("tables.yaml:27:3 model-twice"), kit_complaint(&k));
    kit_clear(&k);
}
