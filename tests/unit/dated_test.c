#include "../../gen/query/store.h"
#include "query_kit.h"
#include "test.h"

/* `first:` and `last:` of a rollup, worked by hand: what folding gives and what its SELECT
 * gives. */

static const char TABLES[] =
    "tables:\n"
    "  stock:\n"
    "    fact: date\n"
    "    fields:\n"
    "      date: {type: date}\n"
    "      shop: {type: string}\n"
    "      level: {type: integer}\n"
    "      worth: {type: money}\n"
    "      share: {type: rate}\n"
    "      weight: {type: number}\n"
    "      note: {type: string}\n"
    "      due: {type: date}\n"
    "      plan: {type: month}\n"
    "      open: {type: boolean}\n"
    "      sold: {type: date}\n"
    "      state: {type: string, known_from: sold, before: there}\n"
    "  calls:\n"
    "    fact: at\n"
    "    fields: {at: datetime, shop: string, wait: integer}\n"
    "rollups:\n"
    "  shops: {of: stock, by: [shop], first: [level, worth, note], last: [level, worth, note]}\n"
    "  months: {of: stock, by: [month(date), to_date(date)], first: worth, last: worth, count: n}\n"
    "  lately: {of: stock, by: [shop], first: [worth], last: [worth], since: month(0)}\n"
    "  kinds: {of: stock, by: [], last: [share, weight, due, plan, open, state, date],\n"
    "          first: [state, date], distinct: {shops: shop}}\n"
    "  waits: {of: calls, by: [shop], first: [wait], last: [wait]}\n";

static void load(struct query_kit *k, const char *stock)
{
    kit_init(k);
    k->as_of = "2026-10-15";
    kit_file(k, "systems/shared/tables.yaml", TABLES);
    kit_file(k, "book/stock.csv", stock);
    kit_file(k, "book/calls.csv",
             "at,shop,wait\n2026-10-01 09:15,A,5\n2026-10-01 09:15,A,4\n2026-10-01 08:59:30,A,9\n"
             "2026-10-01 08:59:31,A,2\n2026-10-15 23:59,A,\n2026-10-15 00:00,A,7\n"
             "2026-10-16 00:00,A,1\n");
    EXPECT(kit_load(k));
}

/* The rows of a query, which are the same if rollups are made by SQL. */
static void expect(struct query_kit *k, const char *expected, const char *sql)
{
    struct store *folded = k->store;
    EXPECT_STR(str_of(expected), kit_ask(k, sql));
    k->store = store_new(k->mem, k->data, &k->lang, 1, &k->diags);
    store_rollups_by_sql(k->store);
    EXPECT(store_load(k->store, NULL, 0, NULL, 0, &k->diags));
    EXPECT_STR(str_of(expected), kit_ask(k, sql));
    store_free(k->store);
    k->store = folded;
}

TEST(first_and_last_are_the_values_of_the_earliest_and_latest_day)
{
    struct query_kit k;
    load(&k, "date,shop,level,worth,note\n"
             "2026-10-02,A,7,70.00,b\n"
             "2026-09-30,A,3,30.00,c\n"
             "2026-10-15,A,5,-50.00,a\n"
             "2026-10-16,A,9,90.00,later\n"
             "2026-10-01,B,1,0.01,one\n");
    expect(&k, "A|3|5|3000|-5000|c|a B|1|1|1|1|one|one",
           "SELECT shop, first_level, last_level, first_worth, last_worth, first_note, last_note "
           "FROM shops ORDER BY shop");
    kit_clear(&k);
}

/* Of one day the smallest value is the first and the greatest the last: numbers as numbers, texts
 * by their bytes. */
TEST(of_rows_of_one_day_the_smallest_is_first_and_the_greatest_last)
{
    static const char *const rows[] = {
        "2026-10-02,A,9,-2.00,b\n",  "2026-10-02,A,10,-10.00,B\n", "2026-10-02,A,-1,0.00,é\n",
        "2026-10-02,A,2,-1.00,\n",   "2026-10-02,A,,3.00,ab\n",    "2026-10-02,B,1,5.00,z\n",
        "2026-10-03,B,1,-7.00,aa\n", "2026-10-03,B,1,-8.00,a\n",
    };
    enum { N = sizeof rows / sizeof *rows };
    for (size_t turn = 0; turn < 2 * N; turn++) {
        struct query_kit k;
        struct buf csv = {0};
        buf_add(&csv, S("date,shop,level,worth,note\n"));
        for (size_t i = 0; i < N; i++)
            buf_add(&csv, str_of(rows[turn < N ? (i + turn) % N : (2 * N - i - turn % N) % N]));
        buf_addc(&csv, '\0');
        load(&k, csv.p);
        expect(&k, "A|-1|10|-1000|300|B|é B|1|1|500|-700|z|aa",
               "SELECT shop, first_level, last_level, first_worth, last_worth, first_note, "
               "last_note FROM shops ORDER BY shop");
        kit_clear(&k);
        buf_clear(&csv);
    }
}

TEST(rows_without_the_value_or_without_a_date_are_passed_over)
{
    struct query_kit k;
    load(&k, "date,shop,level,worth,note\n"
             "2026-10-01,A,,,first\n"
             "2026-10-02,A,4,,\n"
             "2026-10-03,A,,0.00,\n"
             ",A,1,1.00,undated\n"
             ",B,1,1.00,undated\n"
             "2026-10-04,C,,,\n");
    expect(&k, "A|4|4|0|0|first|first B|-|-|-|-|-|- C|-|-|-|-|-|-",
           "SELECT shop, first_level, last_level, first_worth, last_worth, first_note, last_note "
           "FROM shops ORDER BY shop");
    expect(&k, "A|0|0 C|-|-", "SELECT shop, first_worth, last_worth FROM lately ORDER BY shop");
    kit_clear(&k);
    load(&k, "date,shop,level,worth,note\n");
    expect(&k, "", "SELECT * FROM shops");
    expect(&k, "1|-|-|-|-|0",
           "SELECT \"all\", first_date, last_date, last_due, first_state, shops FROM kinds");
    kit_clear(&k);
}

TEST(each_month_up_to_the_day_and_after_it_has_its_first_and_last)
{
    struct query_kit k;
    load(&k, "date,shop,worth\n"
             "2026-09-15,A,15.00\n2026-09-16,A,16.00\n2026-09-01,A,1.00\n2026-09-30,A,30.00\n"
             "2026-10-15,A,-15.00\n2026-10-03,A,3.00\n2026-08-20,B,20.00\n");
    expect(&k,
           "2026-08|0|2000|2000|1 2026-09|0|1600|3000|2 2026-09|1|100|1500|2 "
           "2026-10|1|300|-1500|2",
           "SELECT month, to_date, first_worth, last_worth, n FROM months ORDER BY month, to_date");
    expect(&k, "A|300|-1500", "SELECT shop, first_worth, last_worth FROM lately");
    kit_clear(&k);
}

/* State of the third row is known from the day after the as-of date; reals and what is kept as text
 * too. */
TEST(columns_of_every_type_have_a_first_and_a_last)
{
    struct query_kit k;
    load(&k, "date,shop,share,weight,due,plan,open,sold,state\n"
             "2026-10-01,A,10%,0.1,2026-12-01,2026-11,yes,2026-10-02,gone\n"
             "2026-10-14,B,12.5%,-3,2026-11-01,2026-12,no,2026-10-15,gone\n"
             "2026-10-15,C,2%,-0.5,2026-10-31,2026-10,no,2026-10-16,gone\n"
             "2026-10-15,C,1%,-2.5,2026-10-30,,yes,2026-10-16,lost\n");
    expect(&k, "0.02|-0.5|2026-10-31|2026-10|1|there|2026-10-15|gone|2026-10-01|3",
           "SELECT last_share, last_weight, last_due, last_plan, last_open, last_state, last_date, "
           "first_state, first_date, shops FROM kinds");
    kit_clear(&k);
}

TEST(where_a_fact_has_a_time_of_day_it_counts)
{
    struct query_kit k;
    load(&k, "date\n");
    expect(&k, "A|9|7", "SELECT shop, first_wait, last_wait FROM waits");
    kit_clear(&k);
}

TEST(a_first_or_last_value_has_the_type_of_its_column)
{
    struct query_kit k;
    load(&k, "date\n");
    EXPECT_STR(S("first_level:integer last_worth:money first_note:string"),
               kit_types(&k, "SELECT first_level, last_worth, first_note FROM shops"));
    EXPECT_STR(S("total:money"), kit_types(&k, "SELECT sum(last_worth) AS total FROM shops"));
    EXPECT_STR(S("last_share:rate last_weight:number last_due:date last_plan:month "
                 "last_open:boolean last_state:string last_date:date"),
               kit_types(&k, "SELECT last_share, last_weight, last_due, last_plan, last_open, "
                             "last_state, last_date FROM kinds"));
    kit_clear(&k);
}

TEST(pages_cannot_call_what_is_for_rollups_alone)
{
    struct query_kit k;
    load(&k, "date\n");
    EXPECT_STR(S("!query-function"),
               kit_ask(&k, "SELECT first_dated(first_level, shop) FROM shops"));
    kit_clear(&k);
}
