#include "data_kit.h"
#include "test.h"

/* A table of dated rows, one column of which only managers see and one that is known from a day
 * on. */
static const char TABLES[] = "title: Shop\ngroup: Control\nneeds: [sales]\n"
                             "tables:\n"
                             "  sales:\n"
                             "    fact: date\n"
                             "    fields:\n"
                             "      date: date\n"
                             "      amount: {type: money}\n"
                             "      margin: {type: money, audience: managers}\n"
                             "      closed: date\n"
                             "      state: {type: string, known_from: closed, before: open}\n"
                             "      note: string\n"
                             "  plans:\n"
                             "    fields: {period: period, amount: money}\n"
                             "  shops:\n"
                             "    fields: {shop: string}\n"
                             "  wages:\n"
                             "    audience: managers\n"
                             "    fields: {base: money}\n";

static void open_rows(struct data_kit *k, const char *sales)
{
    data_kit_init(k);
    data_kit_file(k, "systems/shop/tables.yaml", TABLES);
    data_kit_file(k, "book/sales.csv", sales);
    data_kit_file(
        k, "book/plans.csv",
        "period,amount\n2026,9.00\n2026-09,3.00\n2026-Q4,4.00\n2026-10,5.00\n2027,9.00\n");
    data_kit_file(k, "book/shops.csv", "shop\nnorth\nsouth\n");
    EXPECT(data_kit_model(k));
    data_kit_load(k);
}

static struct prints *prints_of(struct data_kit *k, const char *table)
{
    return prints_new(k->mem, dataset_table(k->data, str_of(table)));
}

/* "2026-08:1 2026-09-02:2", and with `print` the prints too. */
static str groups_text(struct data_kit *k, const char *table, const char *month, bool print)
{
    struct row_group *group;
    size_t n = prints_groups(prints_of(k, table), k->mem, month_parse(str_of(month)), &group);
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        buf_addf(&b, "%s" STR_FMT ":%zu", i ? " " : "", STR_ARG(group[i].key), group[i].rows);
        if (print)
            buf_addf(&b, ":%llx", (unsigned long long)group[i].print);
    }
    str text = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static const char SALES[] =
    "date,amount,margin,closed,state\n"
    "2024-12-31,1.00,,,\n2025-08-31,1.00,,,\n2025-09-01,2.00,,,\n2026-08-31,3.00,,,\n"
    "2026-09-02,4.00,,,\n2026-09-02,5.00,7.00,2026-10-02,won\n2026-10-01,6.00,,,\n";

TEST(prints_group_facts_by_day_month_and_year)
{
    struct data_kit k;
    open_rows(&k, SALES);
    EXPECT_STR(S("2024:1 2025:1 2025-09:1 2026-08:1 2026-09-02:2"),
               groups_text(&k, "sales", "2026-09", false));
    EXPECT_STR(S("2024:1 2025-08:1 2025-09:1 2026-08-31:1"),
               groups_text(&k, "sales", "2026-08", false));
    EXPECT_STR(S(""), groups_text(&k, "sales", "2024-11", false));
    EXPECT_STR(S("2026:1 2026-09:1 2026-Q4:1"), groups_text(&k, "plans", "2026-09", false));
    EXPECT_STR(S(":2"), groups_text(&k, "shops", "2026-09", false));
    EXPECT_STR(S(""), groups_text(&k, "wages", "2026-09", false));
    EXPECT(!prints_known(dataset_table(k.data, S("wages"))));
    data_kit_clear(&k);
}

/* The groups of September with their prints, for other rows. */
static void expect_same(const char *sales, bool same)
{
    struct data_kit a, b;
    open_rows(&a, SALES);
    open_rows(&b, sales);
    EXPECT_INT(same, str_eq(groups_text(&a, "sales", "2026-09", true),
                            groups_text(&b, "sales", "2026-09", true)));
    data_kit_clear(&a);
    data_kit_clear(&b);
}

TEST(prints_do_not_depend_on_order_columns_and_later_rows)
{
    expect_same(SALES, true);
    expect_same("note,state,date,amount,margin,closed\n"
                ",won,2026-09-02,5.00,7.00,2026-10-02\n,,2024-12-31,1.00,,\n,,2026-09-02,4.00,,\n,,"
                "2025-08-31,1.00,,\n"
                ",,2025-09-01,2.00,,\n,,2026-08-31,3.00,,\n,,2026-10-05,8.00,,\n",
                true);
}

static const char *with(struct arena *mem, const char *from, const char *to)
{
    size_t at = str_find(str_of(SALES), str_of(from), 0);
    return arena_printf(mem, "%.*s%s%s", (int)at, SALES, to, SALES + at + str_of(from).n).p;
}

TEST(prints_change_with_what_everybody_sees_at_the_end_of_the_month)
{
    struct arena *mem = arena_new();
    expect_same(with(mem, "2026-09-02,4.00", "2026-09-02,4.01"), false);
    expect_same(with(mem, "2026-08-31,3.00", "2026-08-30,3.00"), false);
    expect_same(with(mem, "2026-08-31,3.00", "2026-07-31,3.00"), false);
    expect_same(with(mem, "5.00,7.00", "5.00,8.00"), true);             /* for managers */
    expect_same(with(mem, "2026-10-02,won", "2026-10-02,lost"), true);  /* decided later */
    expect_same(with(mem, "2026-10-02,won", "2026-09-30,won"), false);  /* decided in the month */
    expect_same(with(mem, "2026-10-01,6.00", "2026-10-01,7.00"), true); /* after it */
    arena_free(mem);
}

static void note_line(void *arg, size_t row)
{
    buf_addf(arg, "%zu ", row);
}

TEST(prints_name_the_rows_of_a_group)
{
    struct data_kit k;
    struct buf rows = {0};
    open_rows(&k, SALES);
    struct prints *p = prints_of(&k, "sales");
    prints_rows(p, month_parse(S("2026-09")), S("2026-09-02"), note_line, &rows);
    prints_rows(p, month_parse(S("2026-09")), S("2024"), note_line, &rows);
    prints_rows(p, month_parse(S("2026-09")), S("2026-10"), note_line, &rows);
    EXPECT_STR(S("4 5 0 "), buf_str(&rows));
    buf_clear(&rows);
    data_kit_clear(&k);
}

/* Of a month before the day a cell reads as before, of one after it as it stands: one table, asked
 * for both. */
TEST(prints_are_reckoned_anew_where_a_column_is_known_from_a_day)
{
    struct data_kit k;
    struct row_group *september, *october, *again;
    open_rows(&k, SALES);
    struct prints *p = prints_of(&k, "sales");
    size_t n = prints_groups(p, k.mem, month_parse(S("2026-09")), &september);
    size_t m = prints_groups(p, k.mem, month_parse(S("2026-10")), &october);
    EXPECT_INT(n, prints_groups(p, k.mem, month_parse(S("2026-09")), &again));
    EXPECT_STR(S("2026-09"), october[m - 2].key);
    EXPECT_INT(2, october[m - 2].rows);
    EXPECT(september[n - 1].print != october[m - 2].print);
    EXPECT(september[n - 1].print == again[n - 1].print);
    data_kit_clear(&k);
}
