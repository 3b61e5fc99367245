#include "query_kit.h"
#include "test.h"

/* A book of holidays alone; as of Friday 30 October 2026. National Day is a Thursday; the Sunday
 * after is worked instead of the Friday. */
static void open_kit(struct query_kit *k)
{
    kit_init(k);
    k->as_of = "2026-10-30";
    kit_file(k, "systems/shared/tables.yaml",
             "tables:\n"
             "  holidays:\n"
             "    fields:\n"
             "      date: {type: date, required: yes}\n"
             "      name: {type: string}\n"
             "      working: {type: boolean}\n");
    kit_file(k, "book/holidays.csv",
             "date,name,working\n2026-10-01,National Day,\n"
             "2026-10-02,National Day,no\n2026-10-04,make-up,yes\n"
             "2026-10-03,on a Saturday,\n2026-10-01,twice,\n");
    EXPECT(kit_load(k));
}

#define ASK(expected, sql) EXPECT_STR(S(expected), kit_ask(&k, "SELECT " sql))

TEST(dates_are_cut_into_months_quarters_weeks_and_tendays)
{
    struct query_kit k;
    open_kit(&k);
    ASK("2026-10-30|2026-10", "as_of(), as_of_month()");
    ASK("2026-10|2026-10|2026-10",
        "month('2026-10-30'), month('2026-10'), month('2026-10-30T09:15')");
    ASK("2026-Q4|2026-Q1|2026", "quarter('2026-10-30'), quarter('2026-03'), year('2026-10-30')");
    /* 1 January 2027 is a Friday of the 53rd week of 2026. */
    ASK("2026-W53|2025-W01", "week('2027-01-01'), week('2024-12-30')");
    ASK("2026-10-1|2026-10-2|2026-10-3|2026-10-3",
        "tenday('2026-10-10'), tenday('2026-10-11'), tenday('2026-10-21'), tenday('2026-10-31')");
    ASK("5|7", "weekday('2026-10-30'), weekday('2026-11-01')");
    kit_clear(&k);
}

TEST(days_and_months_are_reckoned_over_leap_days_and_years)
{
    struct query_kit k;
    open_kit(&k);
    ASK("2027-01|2025-12|2026-10",
        "add_months('2026-10', 3), add_months('2026-10', -10), add_months('2026-10', 0)");
    ASK("2028-02-01|2028-02-29", "month_first('2028-02'), month_last('2028-02')");
    ASK("2028-02-29|2026-12-31", "add_days('2028-02-28', 1), add_days('2027-01-01', -1)");
    ASK("13|-13|0", "months_between('2025-09', '2026-10'), months_between('2026-10', '2025-09'), "
                    "months_between('2026-10', '2026-10-31')");
    ASK("366|-1",
        "days_between('2028-01-01', '2029-01-01'), days_between('2026-01-01', '2025-12-31')");
    kit_clear(&k);
}

TEST(unknown_dates_give_unknown_and_wrong_ones_an_error)
{
    struct query_kit k;
    open_kit(&k);
    ASK("-|-|-|-", "month(NULL), add_months('2026-10', NULL), days_between('2026-10-01', NULL), "
                   "working_days(NULL, '2026-10-01')");
    ASK("-|-", "add_months('0001-01', -1), add_days('9999-12-31', 1)");
    ASK("!query-broken", "month('2026-13-01')");
    EXPECT_STR(S("'2026-13-01' is no month; correct the SQL"), kit_message(&k));
    ASK("!query-broken", "add_days('2027-02-29', 1)");
    ASK("!query-broken", "month('')");
    kit_clear(&k);
}

TEST(a_fiscal_year_has_the_name_of_the_year_in_which_it_begins)
{
    struct query_kit k;
    kit_init(&k);
    k.fiscal_start = 4;
    kit_file(&k, "systems/shared/tables.yaml", "title: Shared\n");
    EXPECT(kit_load(&k));
    ASK("2025|2026", "fiscal_year('2026-03-31'), fiscal_year('2026-04-01')");
    ASK("2025-Q4|2026-Q1", "fiscal_quarter('2026-03'), fiscal_quarter('2026-04')");
    ASK("2026-04-01|2027-03-31", "period_first('2026'), period_last('2026')");
    ASK("2027-01-01|2027-03-31", "period_first('2026-Q4'), period_last('2026-Q4')");
    ASK("2026-Q1", "quarter('2026-03')");
    kit_clear(&k);
}

TEST(periods_have_a_kind_and_both_ends)
{
    struct query_kit k;
    open_kit(&k);
    ASK("year|quarter|month|week", "period_kind('2026'), period_kind('2026-Q4'), "
                                   "period_kind('2026-10'), period_kind('2026-W44')");
    ASK("-|-|-|-|-", "period_kind('2026-Q5'), period_kind('2026-W54'), period_kind('2025-W53'), "
                     "period_kind(''), period_kind('2026-10-30')");
    ASK("2026-10-26|2026-11-01", "period_first('2026-W44'), period_last('2026-W44')");
    ASK("2025-12-29", "period_first('2026-W01')");
    ASK("!query-broken", "period_first('soon')");
    kit_clear(&k);
}

TEST(working_days_know_holidays_and_the_days_that_make_up_for_them)
{
    struct query_kit k;
    open_kit(&k);
    /* October 2026 has 22 weekdays; two of them are free, one Sunday is worked. */
    ASK("21", "working_days('2026-10-01', '2026-10-31')");
    ASK("0|1|0|1",
        "working_days('2026-10-01', '2026-10-03'), working_days('2026-10-01', '2026-10-04'), "
        "working_days('2026-10-05', '2026-10-04'), working_days('2026-10-05', '2026-10-05')");
    ASK("0|1|0|1", "is_working_day('2026-10-01'), is_working_day('2026-10-04'), "
                   "is_working_day('2026-10-03'), is_working_day('2026-10-30')");
    ASK("261", "working_days('2025-01-01', '2025-12-31')");
    kit_clear(&k);
}

TEST(months_and_days_are_tables_with_a_row_for_each)
{
    struct query_kit k;
    open_kit(&k);
    ASK("2026-11 2026-12 2027-01", "month FROM months('2026-11', '2027-01')");
    ASK("2028-02-28 2028-02-29 2028-03-01", "day FROM days('2028-02-28', '2028-03-01')");
    ASK("", "month FROM months('2026-02', '2026-01')");
    ASK("", "month FROM months(NULL, '2026-01')");
    ASK("2026-09 2026-10", "month FROM months(add_months(:month, -1), :month)");
    ASK("!query-broken", "month FROM months('2026-01')");
    ASK("!query-broken", "day FROM days('2026-01-01', 'today')");
    ASK("4", "count(*) FROM months('2026-01', '2026-02') AS a, months('2026-01', a.month) AS b, "
             "months('2026-01', '2026-02') AS c WHERE b.month = a.month");
    kit_clear(&k);
}

TEST(ratio_is_real_and_unknown_on_zero)
{
    struct query_kit k;
    open_kit(&k);
    ASK("0.5|-|-|-", "ratio(1, 2), ratio(1, 0), ratio(NULL, 1), ratio(1, NULL)");
    kit_clear(&k);
}

TEST(quantiles_are_of_type_7)
{
    struct query_kit k;
    open_kit(&k);
#define FOUR "FROM (VALUES (1), (2), (4), (10), (NULL))"
    ASK("3|1|10|1.75", "median(column1), quantile(column1, 0), quantile(column1, 1), "
                       "quantile(column1, 0.25) " FOUR);
    ASK("7", "median(column1) FROM (VALUES (7))");
    ASK("-", "median(column1) FROM (VALUES (NULL))");
    ASK("!query-broken", "quantile(column1, 1.5) " FOUR);
    ASK("!query-broken", "quantile(column1, iif(column1 < 10, 0.5, 1e15)) " FOUR);
    kit_clear(&k);
}

TEST(a_line_through_points_and_none_through_one)
{
    struct query_kit k;
    open_kit(&k);
#define LINE "FROM (VALUES (3, 1), (5, 2), (7, 3), (NULL, 4))"
    ASK("2|1|1", "regr_slope(column1, column2), regr_intercept(column1, column2), "
                 "regr_r2(column1, column2) " LINE);
    ASK("-|-|-", "regr_slope(column1, column2), regr_intercept(column1, column2), "
                 "regr_r2(column1, column2) FROM (VALUES (3, 1), (5, 1))");
    ASK("0|1", "regr_slope(column1, column2), regr_r2(column1, column2) "
               "FROM (VALUES (3, 1), (3, 2))");
    /* y = 1, 3, 2 over 1, 2, 3: slope 1/2, r² = 1/4. */
    ASK("0.5|0.25", "regr_slope(column1, column2), regr_r2(column1, column2) "
                    "FROM (VALUES (1, 1), (3, 2), (2, 3))");
    kit_clear(&k);
}

TEST(a_series_is_sorted_and_its_missing_months_are_null)
{
    struct query_kit k;
    open_kit(&k);
    ASK("[1,null,null,4.5]",
        "series(column1, column2) FROM (VALUES ('2027-02', 4.5), ('2026-11', 1))");
    ASK("[1,null,3]", "series(column1, column2) FROM (VALUES ('2028-03-01', 3), ('2028-02-28', 1), "
                      "('2028-02-29', NULL))");
    ASK("[2,1]", "series(column1, column2) FROM (VALUES ('b', 1), ('a', 2))");
    ASK("-", "series(column1, column2) FROM (VALUES (NULL, 1))");
    ASK("!query-broken", "series(column1, column2) FROM (VALUES ('2026-10', 1), ('2026-10', 2))");
    ASK("!query-broken",
        "series(column1, column2) FROM (VALUES ('2026-10-01', 1), ('0026-10-01', 2))");
    kit_clear(&k);
}

TEST(shares_add_up_to_the_whole_by_largest_remainder)
{
    struct query_kit k;
    open_kit(&k);
    /* Quotas 3.33 each: one is left, and goes to the key that sorts first. */
    ASK("{\"a\":4,\"b\":3,\"c\":3}",
        "share_out(10, column2, column1) FROM (VALUES ('c', 1), ('a', 1), ('b', 1))");
    ASK("{\"a\":-4,\"b\":-3,\"c\":-3}",
        "share_out(-10, column2, column1) FROM (VALUES ('c', 1), ('a', 1), ('b', 1))");
    /* Quotas 69.69 and 31.31. */
    ASK("{\"a\":70,\"b\":31}",
        "share_out(101, column2, column1) FROM (VALUES ('a', 0.69), ('b', 0.31))");
    /* Half a cent each is left: it goes to the first. */
    ASK("{\"a\":1,\"b\":1}",
        "share_out(2, column2, column1) FROM (VALUES ('a', 0.25), ('b', 0.75))");
    ASK("{\"a\":1,\"b\":1}", "share_out(2, column2, column1) FROM (VALUES ('a', 0.0), ('b', 0.0))");
    ASK("{\"a\":2,\"b\":1}",
        "share_out(3, column2, column1) FROM (VALUES ('a', 2e-310), ('b', 1e-310))");
    ASK("{\"a\":0,\"b\":5}", "share_out(5, column2, column1) FROM (VALUES ('a', NULL), ('b', 2))");
    ASK("{\"a\":3,\"b\":2}", "share_out(5, column2, column1) FROM (VALUES ('a', 0), ('b', 0))");
    ASK("9223372036854775807", "sum(value) FROM json_each((SELECT "
                               "share_out(9223372036854775807, column2, column1) FROM "
                               "(VALUES ('a', 3), ('b', 3), ('c', 1))))");
    ASK("-", "share_out(NULL, column2, column1) FROM (VALUES ('a', 1))");
    ASK("!query-broken", "share_out(1.5, column2, column1) FROM (VALUES ('a', 1))");
    ASK("!query-broken", "share_out(1, column2, column1) FROM (VALUES ('a', -1))");
    kit_clear(&k);
}

TEST(shares_are_taken_out_by_any_key_also_in_a_window)
{
    struct query_kit k;
    open_kit(&k);
    ASK("li.wei|7 2026-10|2 \"q\"\\|1",
        "column1, share_out(10, column2, column1) OVER () ->> column1 "
        "FROM (VALUES ('li.wei', 70), ('2026-10', 20), ('\"q\"\\', 10))");
    /* A frame that moves: rows leave it in the order in which they came. */
    ASK("{\"1\":6} {\"1\":3,\"2\":3} {\"2\":3,\"3\":3}",
        "share_out(6, 1, column1) OVER (ORDER BY column1 ROWS 1 PRECEDING) "
        "FROM (VALUES (1), (2), (3))");
    ASK("2|1.5|-|x|-|-|[1]", "'{\"a\":2}' ->> 'a', '[1.5]' ->> 0, '{\"a\":null}' ->> 'a', "
                             "'{\"a\\u0062\":\"x\"}' ->> 'ab', '7' ->> 'a', '{\"a\"' ->> 'b', "
                             "'{\"b\": {\"a\":2}, \"a\": [1]}' ->> 'a'");
    kit_clear(&k);
}

TEST(sentences_are_filled_in_as_people_write)
{
    struct query_kit k;
    open_kit(&k);
    ASK("ab1.5||x", "concat('a', NULL, 'b', 1.5), concat(), concat('x')");
    ASK("Deal D1 has stood for 1,234 days", "t('Deal {1} has stood for {2} days', 'D1', 1234)");
    ASK("b a \xe2\x80\x93 {x}", "t('{2} {1} {3} {x}', 'a', 'b', NULL)");
    ASK("1 day is, 2 days are, 1,234 days, no days",
        "t('{1} {1:day is|days are}, {2} {2:day is|days are}, {3} {3:day|days}, no {4:day|days}', "
        "1, 2, "
        "1234, NULL)");
    ASK("1 piece, 1 cm", "t('{1} {1:piece|pieces}, {2} {2:cm}', number(1.0), 1.0)");
    ASK("1 {a:b|c} {10} {1:day", "t('{1} {a:b|c} {10} {1:day', 1)");
    ASK("!query-broken", "t('{2}', 'a')");
    ASK("!query-broken", "t('{2:day|days}', 'a')");
    kit_clear(&k);
}

TEST(texts_of_figures_are_made_by_name)
{
    struct query_kit k;
    open_kit(&k);
    ASK("1,234.50|1.23\xe2\x80\xafk|12\xe2\x80\xaf%|1,234.57|30 Oct 2026|Oct 2026",
        "money(123450), short(1234.5), percent(0.123), number(1234.567), date_text('2026-10-30'), "
        "month_text('2026-10')");
    ASK("1.23\xe2\x80\xafk|+1,235", "short_money(123450), format(123450, '+whole')");
    ASK("!query-broken", "format(1, 'roman')");
    ASK("!query-broken", "format('%d', 1, 2)");
    kit_clear(&k);
}

TEST(amounts_become_money_by_rounding_away_from_zero)
{
    struct query_kit k;
    open_kit(&k);
    /* A smallest unit of CNY is 1/100. */
    ASK("1235|-1235|10|-", "smallest_units(12.345), smallest_units(-12.345), smallest_units(0.1), "
                           "smallest_units(NULL)");
    ASK("!query-broken", "smallest_units(1e18)");
    kit_clear(&k);
}

TEST(bare_finds_what_was_written_twice)
{
    struct query_kit k;
    open_kit(&k);
    ASK("1|1", "bare('Möbelhaus Grünwald, GmbH') = bare('MOBELHAUS GRUNWALD GMBH'), "
               "bare('+86 571-8800') = bare('86 (571) 8800')");
    ASK("-|-|-", "bare(NULL), bare(''), bare(' - ')");
    kit_clear(&k);
}

TEST(links_lead_to_pages_of_the_audience_that_asks)
{
    struct query_kit k;
    open_kit(&k);
    store_pages_add(k.store, S("everyone"), S("person"), S("li.wei"), S("person/li-wei.html"),
                    S("Li Wei"));
    store_pages_add(k.store, S("managers"), S("person"), S("zoe"), S("person/zoe.html"),
                    S("Zo\xc3\xab"));
    ASK("person/li-wei.html|Li Wei|-|-", "link('person', 'li.wei'), name_of('person', 'li.wei'), "
                                         "link('person', 'zoe'), name_of('person', 'zoe')");
    EXPECT_STR(
        S("person/zoe.html|-"),
        kit_ask_as(&k, "managers", "SELECT link('person', 'zoe'), link('person', 'li.wei')"));
    EXPECT(store_told_apart(k.store));
    ASK("-|-", "link('person', NULL), link(NULL, 'li.wei')");
    EXPECT(!store_told_apart(k.store));
    EXPECT(store_is_kind(k.store, S("person")));
    EXPECT(!store_is_kind(k.store, S("region")));
    kit_clear(&k);
}
