#include "data_kit.h"
#include "test.h"

static const char TABLES[] = "title: Shop\ngroup: Control\nneeds: [sales]\n"
                             "tables:\n"
                             "  sales:\n"
                             "    fact: date\n"
                             "    big: yes\n"
                             "    fields:\n"
                             "      date: date\n"
                             "      person: string\n"
                             "      product: string\n"
                             "      quantity: integer\n"
                             "      amount: {type: money}\n"
                             "      margin: {type: money, audience: managers}\n"
                             "  plans:\n"
                             "    fields: {month: month, person: string, amount: money}\n"
                             "  shops:\n"
                             "    fields: {shop: string}\n";

static const char SALES[] = "date,person,product,quantity,amount,margin\n"
                            "2026-10-02,ann,x,1,10.00,1.00\n"
                            "2026-10-02,ann,y,2,20.00,2.00\n"
                            "2026-10-02,bob,x,,30.00,3.00\n"
                            "2026-09-30,ann,x,1,1.00,1.00\n"
                            "2026-08-31,ann,x,1,2.00,1.00\n"
                            "2026-08-01,ann,x,1,3.00,1.00\n"
                            "2025-09-01,ann,x,1,4.00,1.00\n"
                            "2025-08-31,ann,x,1,5.00,1.00\n"
                            "2025-01-01,ann,x,1,6.00,1.00\n"
                            ",ann,x,1,7.00,1.00\n"
                            "2026-10-03,,x,1,8.00,1.00\n";

static void open_rows(struct data_kit *k, const char *sales)
{
    data_kit_init(k);
    data_kit_file(k, "systems/shop/tables.yaml", TABLES);
    data_kit_file(k, "book/sales.csv", sales);
    data_kit_file(k, "book/plans.csv",
                  "month,person,amount\n2026-10,ann,1.00\n2027-01,ann,2.00\n"
                  "2025-08,ann,3.00\n2025-02,ann,4.00\n");
    data_kit_file(k, "book/shops.csv", "shop\nnorth\nsouth\n");
    EXPECT(data_kit_model(k));
    data_kit_load(k);
}

/* "2026-10-02/ann 2: 3 3000" a line: key, rows, sums; the print too where it is asked for. */
static str text_of(struct data_kit *k, const char *table, const char *audience, bool print)
{
    static const str by[] = {S("person")};
    struct row_groups g;
    struct buf b = {0};

    row_groups(k->mem, dataset_table(k->data, str_of(table)), str_of(audience), by, 1, &g);
    for (size_t i = 0; i < g.list.n; i++) {
        const struct row_group_sum *sum = &g.list.at[i];
        for (size_t c = 0; c < g.nkeys; c++)
            buf_addf(&b, "%s" STR_FMT, c ? "/" : "", STR_ARG(sum->key[c]));
        buf_addf(&b, " %zu:", sum->rows);
        for (size_t c = 0; c < g.nsums; c++)
            buf_addf(&b, " %lld", (long long)sum->sum[c]);
        if (print)
            buf_addf(&b, " %llx", (unsigned long long)sum->print);
        buf_addc(&b, '\n');
    }
    str text = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

TEST(groups_are_days_of_two_months_months_of_a_year_and_years)
{
    struct data_kit k;
    open_rows(&k, SALES);
    EXPECT_STR(S("/ann 1: 1 700\n"
                 "2025/ann 2: 2 1100\n"
                 "2025-09/ann 1: 1 400\n"
                 "2026-08/ann 2: 2 500\n"
                 "2026-09-30/ann 1: 1 100\n"
                 "2026-10-02/ann 2: 3 3000\n"
                 "2026-10-02/bob 1: 0 3000\n"
                 "2026-10-03/ 1: 1 800\n"),
               text_of(&k, "sales", "everyone", false));
    data_kit_clear(&k);
}

TEST(groups_of_a_plan_go_by_its_months_and_of_a_list_are_one)
{
    struct data_kit k;
    open_rows(&k, SALES);
    EXPECT_STR(S("2025/ann 2: 700\n2026-10/ann 1: 100\n2027-01/ann 1: 200\n"),
               text_of(&k, "plans", "everyone", false));
    EXPECT_STR(S(" 2:\n"), text_of(&k, "shops", "everyone", false));
    data_kit_clear(&k);
}

TEST(who_stands_in_two_files_is_one_group)
{
    struct data_kit k;
    open_rows(&k, "date,person,amount\n2026-10-02,ann,10.00\n2026-10-02,bob,1.00\n");
    data_kit_file(&k, "book/sales-b.csv",
                  "date,person,amount\n2026-10-02,bob,2.00\n2026-10-02,ann,20.00\n");
    data_kit_load(&k);
    EXPECT_STR(S("2026-10-02/ann 2: 0 3000\n2026-10-02/bob 2: 0 300\n"),
               text_of(&k, "sales", "everyone", false));
    data_kit_clear(&k);
}

TEST(groups_have_nothing_of_what_an_audience_may_not_read)
{
    struct data_kit one, other;
    open_rows(&one, "date,person,amount,margin\n2026-10-02,ann,10.00,1.00\n");
    open_rows(&other, "date,person,amount,margin\n2026-10-02,ann,10.00,2.00\n");
    EXPECT_STR(text_of(&one, "sales", "everyone", true),
               text_of(&other, "sales", "everyone", true));
    EXPECT(!str_eq(text_of(&one, "sales", "managers", true),
                   text_of(&other, "sales", "managers", true)));
    EXPECT_STR(S("2026-10-02/ann 1: 0 1000 100\n"), text_of(&one, "sales", "managers", false));
    data_kit_clear(&one);
    data_kit_clear(&other);
}

TEST(prints_of_groups_tell_other_rows_but_not_another_order)
{
    struct data_kit one, turned, other;
    open_rows(&one, "date,person,product,amount\n2026-10-02,a,x,1.00\n2026-10-02,a,y,1.00\n");
    open_rows(&turned, "date,person,product,amount\n2026-10-02,a,y,1.00\n2026-10-02,a,x,1.00\n");
    open_rows(&other, "date,person,product,amount\n2026-10-02,a,x,1.00\n2026-10-02,a,z,1.00\n");
    str text = text_of(&one, "sales", "everyone", true);
    EXPECT_STR(text, text_of(&turned, "sales", "everyone", true));
    EXPECT(!str_eq(text, text_of(&other, "sales", "everyone", true)));
    EXPECT_STR(text_of(&one, "sales", "everyone", false),
               text_of(&other, "sales", "everyone", false));
    data_kit_clear(&one);
    data_kit_clear(&turned);
    data_kit_clear(&other);
}

/* A later month makes the times of a group shorter, never longer: so the groups of two builds can
 * be joined. */
TEST(the_time_of_a_group_gets_shorter_as_months_go_by)
{
    static const char *const at[] = {"2026-10-02", "2026-09-30", "2025-09-01", "2025-08-31",
                                     "2024-02-29", "2026-10",    "2026-Q4",    "2026-W44"};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        for (int month = month_parse(S("2026-10")); month < month_parse(S("2028-10")); month++) {
            str now = group_time(str_of(at[i]), month), then = group_time(str_of(at[i]), month + 1);
            EXPECT(str_starts(now, then));
            EXPECT_STR(then, group_time(now, month + 1));
        }
}
