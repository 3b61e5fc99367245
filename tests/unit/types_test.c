#include <stdlib.h>

#include "../../gen/data/reading.h"
#include "test.h"

static const struct form plain = {.decimal = '.', .money_decimals = 2};
static const struct form german = {.decimal = ',', .thousands = '.', .money_decimals = 2};
static const struct form us = {
    .decimal = '.', .thousands = ',', .money_decimals = 2, .currency = S("USD")};
static const struct form french = {
    .decimal = ',', .thousands = ' ', .money_decimals = 2, .currency = S("EUR")};
static const struct form chinese = {.decimal = '.', .money_decimals = 2, .currency = S("CNY")};
static const struct form swiss = {.decimal = '.', .thousands = '\'', .money_decimals = 2};

static void expect_money(const char *raw, const struct form *form, enum parsed how, int64_t units)
{
    int64_t got = 0;
    EXPECT_INT(how, parse_money(str_of(raw), form, &got));
    if (how == PARSED_OK || how == PARSED_ROUNDED)
        EXPECT_INT(units, got);
}

TEST(money_is_exact_in_smallest_units)
{
    expect_money("0", &plain, PARSED_OK, 0);
    expect_money("-0", &plain, PARSED_OK, 0);
    expect_money("1234.5", &plain, PARSED_OK, 123450);
    expect_money("+12", &plain, PARSED_OK, 1200);
    expect_money(".5", &plain, PARSED_OK, 50);
    expect_money("5.", &plain, PARSED_OK, 500);
    expect_money("-0.01", &plain, PARSED_OK, -1);
    expect_money("1.500000", &plain, PARSED_OK, 150);
    expect_money("92233720368547758.07", &plain, PARSED_OK, INT64_MAX);
    expect_money("-92233720368547758.07", &plain, PARSED_OK, -INT64_MAX);
}

TEST(more_decimals_than_money_has_are_rounded_half_away_from_zero)
{
    expect_money("1.004", &plain, PARSED_ROUNDED, 100);
    expect_money("1.005", &plain, PARSED_ROUNDED, 101);
    expect_money("-1.005", &plain, PARSED_ROUNDED, -101);
    expect_money("-1.0049999999999999999999", &plain, PARSED_ROUNDED, -100);
    expect_money("0.995", &plain, PARSED_ROUNDED, 100);
    /* Zeros are no digits yet: without a bound the scale would go beyond the powers of ten. */
    expect_money("0.0000000000000000000007", &plain, PARSED_ROUNDED, 0);
    expect_money("-0.00000000000000000000000000000000000000000007", &plain, PARSED_ROUNDED, 0);
    expect_money("0.00500000000000000000000000", &plain, PARSED_ROUNDED, 1);
    expect_money("0.0000000000000000000000", &plain, PARSED_OK, 0);
    expect_money("5.2500000000000000000000000000", &plain, PARSED_OK, 525);
    static const struct form yen = {.decimal = '.'};
    expect_money("12.5", &yen, PARSED_ROUNDED, 13);
    expect_money("12", &yen, PARSED_OK, 12);
    expect_money("12.0", &yen, PARSED_OK, 12);
}

TEST(money_that_cannot_be_counted_is_told_apart_from_what_is_no_money)
{
    expect_money("92233720368547758.08", &plain, PARSED_TOO_LARGE, 0);
    expect_money("123456789012345678901234567890", &plain, PARSED_TOO_LARGE, 0);
    expect_money("999999999999999999999.99", &plain, PARSED_TOO_LARGE, 0);
    static const char *const none[] = {"",      "-",    ".",    "1,5",  "1 2",   "1e3", "12a",
                                       "1.2.3", "0x10", "--1",  "x5",   "1,234", "5%",  "NaN",
                                       "inf",   "+-1",  "1..5", "１２", "1-"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_money(none[i], &plain, PARSED_BAD, 0);
}

TEST(money_in_brackets_is_below_zero)
{
    expect_money("(12.00)", &plain, PARSED_OK, -1200);
    expect_money("( 12 )", &plain, PARSED_OK, -1200);
    expect_money("(1.234,50)", &german, PARSED_OK, -123450);
    expect_money("($1,234.50)", &us, PARSED_OK, -123450);
    expect_money("$(1,234.50)", &us, PARSED_OK, -123450);
    expect_money("(1.005)", &plain, PARSED_ROUNDED, -101);
    expect_money("(\u00a312.00)", &us, PARSED_CURRENCY, 0);
    static const char *const none[] = {"()",    "(12.00", "12.00)", "((12))", "(-12)",  "-(12)",
                                       "(12-)", "(+12)",  "(12)%",  "(12) x", "($-12)", "$(-12)"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_money(none[i], &us, PARSED_BAD, 0);
}

TEST(separators_stand_between_groups_of_three_only)
{
    expect_money("1.234.567,89", &german, PARSED_OK, 123456789);
    expect_money("1234567,89", &german, PARSED_OK, 123456789);
    expect_money("234,5", &german, PARSED_OK, 23450);
    expect_money("-1.234", &german, PARSED_OK, -123400);
    expect_money("1.23", &german, PARSED_BAD, 0);
    expect_money("12.34,5", &german, PARSED_BAD, 0);
    expect_money("1234.567", &german, PARSED_BAD, 0);
    expect_money(".234", &german, PARSED_BAD, 0);
    expect_money("1..234", &german, PARSED_BAD, 0);
    expect_money("1,234.5", &german, PARSED_BAD, 0);
}

TEST(a_blank_between_thousands_is_any_that_programs_put_there)
{
    expect_money("1 234 567,89", &french, PARSED_OK, 123456789);
    expect_money("1\u00a0234\u00a0567,89", &french, PARSED_OK, 123456789);
    expect_money("1\u202f234\u202f567,89", &french, PARSED_OK, 123456789);
    expect_money("-1\u2009234", &french, PARSED_OK, -123400);
    expect_money("1\u202f23,5", &french, PARSED_BAD, 0);
    expect_money("1\u202f\u202f234", &french, PARSED_BAD, 0);
    expect_money("1\u200b234", &french, PARSED_BAD, 0);
    expect_money("1'234.50", &swiss, PARSED_OK, 123450);
    expect_money("1\u2019234.50", &swiss, PARSED_OK, 123450);
    expect_money("1\u00a0234", &plain, PARSED_BAD, 0);
    double x;
    EXPECT(parse_real(S("1\u202f234,5"), &french, false, &x) == PARSED_OK && x == 1234.5);
    EXPECT(parse_real(S("123\u00a0456\u00a0789\u00a0123\u00a0456\u00a0789,5"), &french, false,
                      &x) == PARSED_OK &&
           x == 123456789123456789.5);
    int64_t n;
    EXPECT(parse_whole(S("12\u00a0345"), &french, &n) == PARSED_OK && n == 12345);
}

TEST(the_sign_or_code_of_the_books_currency_may_stand_at_money)
{
    expect_money("$1,234.50", &us, PARSED_OK, 123450);
    expect_money("-$1,234.50", &us, PARSED_OK, -123450);
    expect_money("$-1,234.50", &us, PARSED_OK, -123450);
    expect_money("US$ 12", &us, PARSED_OK, 1200);
    expect_money("usd 12.345", &us, PARSED_ROUNDED, 1235);
    expect_money("-12.345 USD", &us, PARSED_ROUNDED, -1235);
    expect_money("12,00 €", &french, PARSED_OK, 1200);
    expect_money("1\u202f234,50\u00a0€", &french, PARSED_OK, 123450);
    expect_money("€12", &french, PARSED_OK, 1200);
    expect_money("CNY 100", &chinese, PARSED_OK, 10000);
    expect_money("￥100.5", &chinese, PARSED_OK, 10050);
    expect_money("100元", &chinese, PARSED_OK, 10000);
    static const char *const none[] = {"$",      "$$1",     "$1$",   "-$-1", "--$1",
                                       "$1.2.3", "$ USD 1", "$1,23", "$1+1", "USDT 1",
                                       "$a",     "1 $ 2",   "$0x1",  "$1e3"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_money(none[i], &us, PARSED_BAD, 0);
}

TEST(another_currency_than_the_books_is_told_apart)
{
    expect_money("€12.00", &us, PARSED_CURRENCY, 0);
    expect_money("-12.00 EUR", &us, PARSED_CURRENCY, 0);
    expect_money("$1,234.50", &chinese, PARSED_CURRENCY, 0);
    expect_money("$12", &plain, PARSED_CURRENCY, 0);
    expect_money("C$12", &us, PARSED_CURRENCY, 0);
    expect_money("12 kr", &chinese, PARSED_CURRENCY, 0);
    expect_money("12 pieces", &us, PARSED_BAD, 0);
    static const struct form japanese = {.decimal = '.', .currency = S("JPY")};
    expect_money("¥100", &japanese, PARSED_OK, 100);
}

TEST(whole_numbers_have_no_decimals)
{
    int64_t n;
    EXPECT(parse_whole(S("0042"), &plain, &n) == PARSED_OK && n == 42);
    EXPECT(parse_whole(S("-7"), &plain, &n) == PARSED_OK && n == -7);
    EXPECT(parse_whole(S("9223372036854775807"), &plain, &n) == PARSED_OK && n == INT64_MAX);
    EXPECT_INT(PARSED_TOO_LARGE, parse_whole(S("9223372036854775808"), &plain, &n));
    /* INT64_MIN stands for an empty cell. */
    EXPECT_INT(PARSED_TOO_LARGE, parse_whole(S("-9223372036854775808"), &plain, &n));
    EXPECT(parse_whole(S("2.00"), &plain, &n) == PARSED_OK && n == 2);
    EXPECT(parse_whole(S("-3.0"), &plain, &n) == PARSED_OK && n == -3);
    EXPECT(parse_whole(S("1.234,00"), &german, &n) == PARSED_OK && n == 1234);
    EXPECT_INT(PARSED_BAD, parse_whole(S("2.000"), &plain, &n)); /* may be two thousand */
    EXPECT_INT(PARSED_BAD, parse_whole(S("2.05"), &plain, &n));
    EXPECT_INT(PARSED_BAD, parse_whole(S("2.00%"), &plain, &n));
    EXPECT_INT(PARSED_BAD, parse_whole(S("1.5"), &plain, &n));
    EXPECT_INT(PARSED_BAD, parse_whole(S(""), &plain, &n));
    EXPECT(parse_whole(S("1.200"), &german, &n) == PARSED_OK && n == 1200);
}

TEST(numbers_read_as_the_nearest_double)
{
    static const char *const numbers[] = {"0.1",
                                          "123456.789",
                                          "0.30000000000000004",
                                          "9007199254740993",
                                          "1234567890123456789.5",
                                          "0.000000000000000000001",
                                          "1e-7",
                                          "-2.5E10"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double x, y;
        EXPECT_INT(PARSED_OK, parse_real(str_of(numbers[i]), &plain, false, &x));
        EXPECT(parse_number(str_of(numbers[i]), &y) && x == y);
    }
    double x;
    EXPECT(parse_real(S("1.234,5"), &german, false, &x) == PARSED_OK && x == 1234.5);
    EXPECT_INT(PARSED_BAD, parse_real(S("1.234.5"), &plain, false, &x));
    EXPECT_INT(PARSED_BAD, parse_real(S("inf"), &plain, false, &x));
    EXPECT_INT(PARSED_BAD, parse_real(S("1e999"), &plain, false, &x));
}

TEST(a_rate_may_be_a_percentage)
{
    double x;
    EXPECT(parse_real(S("0.15"), &plain, true, &x) == PARSED_OK && x == 0.15);
    EXPECT(parse_real(S("15%"), &plain, true, &x) == PARSED_OK && x == 0.15);
    EXPECT(parse_real(S("12,5%"), &german, true, &x) == PARSED_OK && x == 0.125);
    EXPECT_INT(PARSED_BAD, parse_real(S("15%"), &plain, false, &x));
    EXPECT_INT(PARSED_BAD, parse_real(S("%"), &plain, true, &x));
}

static void expect_text(enum type type, const char *raw, const struct form *form,
                        const char *expected)
{
    struct arena *mem = arena_new();
    str text;
    if (parse_text(mem, type, str_of(raw), form, &text))
        EXPECT_STR(str_of(expected ? expected : "(no such value)"), text);
    else if (expected)
        test_fail(__FILE__, __LINE__, "\"%s\": expected %s, got nothing", raw, expected);
    arena_free(mem);
}

TEST(dates_are_days_that_there_are)
{
    expect_text(TYPE_date, "2024-02-29", &plain, "2024-02-29");
    expect_text(TYPE_date, "2026-02-29", &plain, NULL);
    expect_text(TYPE_date, "1900-02-29", &plain, NULL);
    expect_text(TYPE_date, "2026-13-01", &plain, NULL);
    expect_text(TYPE_date, "2026-00-10", &plain, NULL);
    expect_text(TYPE_date, "2026-4-1", &plain, NULL);
    expect_text(TYPE_date, "2026-04-31", &plain, NULL);
}

TEST(dates_are_read_by_the_form_of_the_file)
{
    struct form f = {.decimal = '.', .dates = S("%d/%m/%Y")};
    expect_text(TYPE_date, "30/10/2026", &f, "2026-10-30");
    expect_text(TYPE_date, "3/1/2026", &f, "2026-01-03");
    expect_text(TYPE_date, "10/30/2026", &f, NULL);
    expect_text(TYPE_date, "30/10/26", &f, NULL);
    expect_text(TYPE_date, "30/10/2026 ", &f, NULL);
    expect_text(TYPE_date, "2026-10-30", &f, NULL);
    f.dates = S("%m/%d/%y %H:%M");
    expect_text(TYPE_date, "10/30/26 23:59", &f, "2026-10-30");
    expect_text(TYPE_date, "10/30/26 24:00", &f, NULL);
    f.dates = S("%Y年%m月%d日");
    expect_text(TYPE_date, "2026年10月3日", &f, "2026-10-03");
}

TEST(a_form_of_dates_has_day_month_and_one_year)
{
    EXPECT(dates_form_valid(S("%d.%m.%Y")));
    EXPECT(dates_form_valid(S("%y%m%d %H:%M:%S")));
    EXPECT(!dates_form_valid(S("%m.%Y")));
    EXPECT(!dates_form_valid(S("%d.%m.%Y %y")));
    EXPECT(!dates_form_valid(S("%d %b %Y")));
    EXPECT(!dates_form_valid(S("%d.%m.%Y%")));
    EXPECT(!dates_form_valid(S("")));
}

TEST(times_months_periods_and_lists_have_one_form)
{
    expect_text(TYPE_time, "9:05", &plain, "09:05");
    expect_text(TYPE_time, "09:05:00", &plain, "09:05");
    expect_text(TYPE_time, "09:05:30", &plain, "09:05:30");
    expect_text(TYPE_time, "24:00", &plain, NULL);
    expect_text(TYPE_datetime, "2026-10-30T09:05", &plain, "2026-10-30 09:05");
    expect_text(TYPE_datetime, "2026-10-30 9:05:59", &plain, "2026-10-30 09:05:59");
    expect_text(TYPE_datetime, "2026-10-30", &plain, "2026-10-30 00:00");
    expect_text(TYPE_datetime, "2026-02-30 09:00", &plain, NULL);
    static const struct form dated = {.decimal = '.', .dates = S("%d/%m/%Y")};
    static const struct form hourly = {.decimal = '.', .dates = S("%d/%m/%Y %H")};
    expect_text(TYPE_datetime, "30/10/2026", &dated, "2026-10-30 00:00");
    expect_text(TYPE_datetime, "2026-10-30", &dated, "2026-10-30 00:00");
    expect_text(TYPE_datetime, "2026-10-30 09:05", &dated, "2026-10-30 09:05");
    expect_text(TYPE_datetime, "30/10/2026 9", &hourly, "2026-10-30 09:00");
    expect_text(TYPE_month, "2026-10", &plain, "2026-10");
    expect_text(TYPE_month, "2026-13", &plain, NULL);
    expect_text(TYPE_list, " a ;; b;", &plain, "a;b");
    expect_text(TYPE_list, ";", &plain, "");
}

TEST(periods_are_years_quarters_months_or_weeks)
{
    static const char *const good[] = {"2026",    "2026-Q1",  "2026-Q4",
                                       "2026-10", "2026-W01", "2026-W53"};
    static const char *const bad[] = {"226",        "2026-Q0",  "2026-Q5",  "2026-00",
                                      "2026-W00",   "2025-W53", "2026-W54", "2026-W1",
                                      "2026-10-30", "20260",    "+202"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        expect_text(TYPE_period, good[i], &plain, good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_text(TYPE_period, bad[i], &plain, NULL);
}

TEST(booleans_are_words_that_people_write)
{
    int64_t yes = -1;
    EXPECT(parse_boolean(S("Yes"), &yes) && yes == 1);
    EXPECT(parse_boolean(S("FALSE"), &yes) && yes == 0);
    EXPECT(parse_boolean(S("是"), &yes) && yes == 1);
    EXPECT(parse_boolean(S("WAHR"), &yes) && yes == 1);
    EXPECT(parse_boolean(S("faux"), &yes) && yes == 0);
    EXPECT(!parse_boolean(S("maybe"), &yes));
    EXPECT(!parse_boolean(S("2"), &yes));
}

static void expect_guess(enum type type, const char *raw, const struct form *form,
                         const char *expected)
{
    struct arena *mem = arena_new();
    str guess = guess_value(mem, type, str_of(raw), form);
    EXPECT_STR(str_of(expected ? expected : "(none)"), str_is_set(guess) ? guess : S("(none)"));
    arena_free(mem);
}

TEST(a_date_is_corrected_only_where_one_day_can_be_meant)
{
    expect_guess(TYPE_date, "2026-13-05", &plain, "2026-05-13");
    expect_guess(TYPE_date, "2026/10/30", &plain, "2026-10-30");
    expect_guess(TYPE_date, "2026年1月3日", &plain, "2026-01-03");
    expect_guess(TYPE_date, "30.10.2026", &plain, "2026-10-30");
    expect_guess(TYPE_date, "10/30/2026", &plain, "2026-10-30");
    expect_guess(TYPE_date, "05/05/2026", &plain, "2026-05-05");
    expect_guess(TYPE_date, "05/10/2026", &plain, NULL);
    expect_guess(TYPE_date, "2026-02-30", &plain, NULL);
    expect_guess(TYPE_date, "30/10/26", &plain, NULL);
    expect_guess(TYPE_date, "tomorrow", &plain, NULL);
    expect_guess(TYPE_date, "1 2 3 2026", &plain, NULL);
    expect_guess(TYPE_date, "99999999999999999999-10-30", &plain, NULL);
    static const struct form uk = {.decimal = '.', .dates = S("%d/%m/%Y")};
    expect_guess(TYPE_date, "10/30/2026", &uk, "30/10/2026");
    expect_guess(TYPE_date, "2026-10-30", &uk, "30/10/2026");
}

TEST(a_month_is_corrected_from_any_plain_date)
{
    expect_guess(TYPE_month, "10/2026", &plain, "2026-10");
    expect_guess(TYPE_month, "2026/1", &plain, "2026-01");
    expect_guess(TYPE_month, "2026-10-30", &plain, "2026-10");
    expect_guess(TYPE_month, "2026-13", &plain, NULL);
    expect_guess(TYPE_month, "Oct 2026", &plain, NULL);
}

TEST(a_number_is_corrected_where_its_point_is_plain)
{
    expect_guess(TYPE_money, "1234,50", &plain, "1234.50");
    expect_guess(TYPE_money, "1.234,50", &plain, "1234.50");
    expect_guess(TYPE_money, "1,234.50", &plain, "1234.50");
    expect_guess(TYPE_money, "¥ 1,234,567", &chinese, "1234567");
    expect_guess(TYPE_money, "-1\u00a0234.5 €", &french, "-1234,5");
    expect_guess(TYPE_money, "1234,567", &chinese, NULL); /* more decimals than money has */
    expect_guess(TYPE_number, "1234,567", &plain, "1234.567");
    expect_guess(TYPE_number, "0,123", &plain, "0.123");
    expect_guess(TYPE_money, "1.234.567,89", &plain, "1234567.89");
    expect_guess(TYPE_money, "1'234.50", &plain, "1234.50");
    expect_guess(TYPE_money, ",5", &plain, ".5");
    expect_guess(TYPE_money, "1,234", &plain, NULL);
    expect_guess(TYPE_money, "12 pieces", &plain, NULL);
    expect_guess(TYPE_money, "n/a", &plain, NULL);
    expect_guess(TYPE_money, "2026-10-30", &plain, NULL);
    expect_guess(TYPE_integer, "12.5", &plain, NULL);
    expect_guess(TYPE_integer, "1 200", &plain, "1200");
    expect_guess(TYPE_rate, "12,5%", &plain, "12.5%");
    expect_guess(TYPE_money, "1234.50", &german, "1234,50");
}

TEST(a_number_keeps_its_sign_when_it_is_corrected)
{
    expect_guess(TYPE_money, "(12.00)", &plain, "-12.00");
    expect_guess(TYPE_money, "( 1,234.50 )", &plain, "-1234.50");
    expect_guess(TYPE_money, "($1,234.50)", &us, "-1234.50");
    expect_guess(TYPE_money, "$(12.00)", &us, "-12.00");
    expect_guess(TYPE_money, "12.00-", &plain, "-12.00");
    expect_guess(TYPE_money, "\u221212.00", &plain, "-12.00");
    expect_guess(TYPE_money, "- 12,50", &plain, "-12.50");
    expect_guess(TYPE_money, "+12,50", &plain, "12.50");
    expect_guess(TYPE_integer, "(3)", &plain, "-3");
    expect_guess(TYPE_rate, "(5%)", &plain, "-5%");
    expect_guess(TYPE_rate, "5,5 %", &plain, "5.5%");
    expect_guess(TYPE_integer, "12\u00a0", &plain, "12");
}

/* A correction that changes the figure is worse than none. */
TEST(no_correction_stands_where_a_figure_could_be_another)
{
    static const char *const cells[] = {"12..5",
                                        "1.2.3",
                                        "1,2,3",
                                        "12,34,567",
                                        "1,23",
                                        "=1+1",
                                        "1+1",
                                        "12-5",
                                        "12/5",
                                        "12:5",
                                        "12*5",
                                        "1e5",
                                        "1E+05",
                                        "0x1F",
                                        "12a",
                                        "a12",
                                        "12 pieces",
                                        "2 x 12.00",
                                        "-(12.00)",
                                        "(-12.00)",
                                        "--12",
                                        "-12-",
                                        "+-12",
                                        "((12))",
                                        "(12",
                                        "12)",
                                        "()",
                                        "-",
                                        "",
                                        "1 2",
                                        "1 23",
                                        "12 34 56",
                                        "1.234 567,8",
                                        "1,234 567",
                                        "1,234.567.8",
                                        "1.234,567,8",
                                        "01,234",
                                        "0 123",
                                        "000,123,456",
                                        "1,,234",
                                        "1, 234",
                                        "12.",
                                        "12,-",
                                        "12.–",
                                        "#REF!",
                                        "#DIV/0!",
                                        "NaN",
                                        "1/2",
                                        "½",
                                        "１２",
                                        "12;5",
                                        "12_345",
                                        "€12.00",
                                        "12.00 EUR",
                                        "$12$",
                                        "12%",
                                        "12%%",
                                        "%12",
                                        "12 ‰",
                                        "1,2345,678",
                                        "=\"12\"",
                                        "'12",
                                        "12'",
                                        "1''234",
                                        "1.234'567,8",
                                        "Q4 2026",
                                        "2026-10",
                                        "2026-W44",
                                        "10.000",
                                        "9,999",
                                        "1,23",
                                        "12 1/2",
                                        "99999999999999999999,5",
                                        "1.5-2.5",
                                        "12,50-13",
                                        "approx 12",
                                        "<12",
                                        "~12",
                                        "12±1",
                                        "12..",
                                        "..12",
                                        ".,5",
                                        "1 ,5"};
    static const enum type types[] = {TYPE_money, TYPE_integer};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        for (size_t t = 0; t < 2; t++) {
            bool two_decimals = strcmp(cells[i], "1,23") == 0 && types[t] == TYPE_money;
            expect_guess(types[t], cells[i], &plain, two_decimals ? "1.23" : NULL);
        }
    expect_guess(TYPE_number, "12%", &plain, NULL);
    expect_guess(TYPE_date, "30/10/2026 and later", &plain, NULL);
    expect_guess(TYPE_date, "from 30/10/2026", &plain, NULL);
    expect_guess(TYPE_date, "30/10-2026", &plain, NULL);
    expect_guess(TYPE_date, "30/10/2026 18:30", &plain, NULL);
    expect_guess(TYPE_date, "2026-10-30T00:00:00", &plain, "2026-10-30");
    expect_guess(TYPE_date, "30. 10. 2026", &plain, "2026-10-30");
    expect_guess(TYPE_month, "Q4 2026", &plain, NULL);
    expect_guess(TYPE_month, "2026-W10", &plain, NULL);
    expect_guess(TYPE_month, "10+2026", &plain, NULL);
    expect_guess(TYPE_month, "2026年10月", &plain, "2026-10");
}

TEST(a_name_is_corrected_only_where_one_slip_leads_to_one_name)
{
    static const str names[] = {S("open"),   S("won"),    S("lost"),   S("li.wei"),
                                S("li.mei"), S("li.wei"), S("D-0012"), S("D-0021"),
                                S("marten"), S("martin"), S("martha"), S("Shenzhen")};
    static const struct {
        const char *word, *meant;
    } table[] = {{"Opne", "open"},
                 {"OPEN", "open"},
                 {"li wei", "li.wei"},
                 {"li.wie", "li.wei"},
                 {"lose", ""},
                 {"li.fei", ""},
                 {"D-0013", ""},
                 {"D-0102", ""},
                 {"d0012", "D-0012"},
                 {"marton", ""},
                 {"martni", "martin"},
                 {"shenzen", "Shenzhen"},
                 {"Shenzhn", "Shenzhen"},
                 {"wno", ""},
                 {"", ""},
                 {"x", ""}};
    struct arena *mem = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        str meant = meant_name(mem, str_of(table[i].word), names, sizeof names / sizeof *names);
        EXPECT_STR(str_of(table[i].meant), str_is_set(meant) ? meant : S(""));
    }
    arena_free(mem);
}

static void expect_hint(enum type type, const char *raw, const struct form *form, const char *part)
{
    struct arena *mem = arena_new();
    str hint = form_hint(mem, type, str_of(raw), form);
    EXPECT(str_is_set(hint) == (part != NULL));
    EXPECT(!part || str_find(hint, str_of(part), 0) < hint.n);
    arena_free(mem);
}

TEST(a_remedy_says_what_the_mapping_could_say)
{
    expect_hint(TYPE_money, "1234,50", &plain, "say `decimal: \",\"` in book.yaml");
    expect_hint(TYPE_money, "1.234,50", &plain, "`decimal: \",\"` and `thousands: \".\"`");
    expect_hint(TYPE_money, "$1,234.50", &us, NULL);
    expect_hint(TYPE_money, "CNY 1,234.50", &chinese, "say `thousands: \",\"`");
    expect_hint(TYPE_integer, "1\u202f234", &plain, "say `thousands: \" \"`");
    expect_hint(TYPE_money, "1,234", &plain, "or `decimal: \",\"` if it parts the decimals");
    expect_hint(TYPE_money, "12 pieces", &plain, NULL);
    expect_hint(TYPE_date, "20261030", &plain, "%Y%m%d");
    expect_hint(TYPE_date, "05/10/2026", &plain, "`dates:`");
    expect_hint(TYPE_date, "1 of 2 or 3", &plain, NULL);
}

TEST(names_are_near_whatever_people_put_between_words)
{
    static const str known[] = {S("order_id"), S("amount"), S("customer")};
    struct arena *mem = arena_new();
    EXPECT_STR(S("order_id"), nearest_name(mem, S("Order ID"), known, 3));
    EXPECT_STR(S("order_id"), nearest_name(mem, S("ORDER-ID"), known, 3));
    EXPECT_STR(S("customer"), nearest_name(mem, S("Custmer"), known, 3));
    EXPECT(!str_is_set(nearest_name(mem, S("weather"), known, 3)));
    EXPECT(!str_is_set(nearest_name(mem, S("--"), known, 3)));
    EXPECT(!str_is_set(nearest_name(mem, S("x"), NULL, 0)));
    arena_free(mem);
}

/* ---- columns ---- */

static struct schema schema_of(struct arena *mem, const enum type *type, size_t n)
{
    struct schema s = {.name = S("t"), .field = NEW_ARRAY(mem, n, struct field), .nfields = n};
    for (size_t i = 0; i < n; i++)
        s.field[i].type = type[i];
    return s;
}

static int64_t hostile_number(size_t row)
{
    static const int64_t edge[] = {0,          -1,         1,         255,        256,
                                   65535,      65536,      INT64_MAX, -INT64_MAX, CELL_NULL_INT,
                                   4294967295, 4294967296, 254,       65534,      4294967294};
    size_t chunk = row / CHUNK_ROWS;
    if (chunk < 4) /* a range that wants 1, 2, 4, 8 bytes, with NULL among them */
        return row % 7 == 3 ? CELL_NULL_INT : (int64_t)(row % 5) << (chunk * 8 + 4);
    return edge[row % (sizeof edge / sizeof *edge)];
}

TEST(packed_cells_are_read_back_as_they_were)
{
    static const enum type types[] = {TYPE_integer, TYPE_number, TYPE_string};
    struct arena *mem = arena_new();
    struct schema s = schema_of(mem, types, 3);
    struct columns *c = columns_new(mem, mem, &s);
    size_t nrows = 6 * CHUNK_ROWS + 17;
    columns_open(c);
    for (size_t i = 0; i < 300; i++)
        column_text(c, &c->at[2], arena_printf(mem, "text %zu", i));
    for (size_t row = 0; row < nrows; row++) {
        c->at[0].stage[c->nstaged].i = hostile_number(row);
        c->at[1].stage[c->nstaged] =
            row % 5 ? (union cell){.r = (double)row / 3} : cell_null(&c->at[1]);
        c->at[2].stage[c->nstaged].i = (int64_t)(row % 301);
        columns_add_row(c, (int)row + 2);
    }
    for (int sealed = 0; sealed < 2; sealed++) {
        int nwrong = 0;
        for (size_t row = 0; row < nrows; row++) {
            double r = column_cell(&c->at[1], row).r;
            nwrong += column_cell(&c->at[0], row).i != hostile_number(row);
            nwrong += row % 5 ? r != (double)row / 3 : r == r;
            nwrong += column_cell(&c->at[2], row).i != (int64_t)(row % 301);
            nwrong += columns_line(c, row) != (int)row + 2;
        }
        EXPECT_INT(0, nwrong);
        columns_seal(c);
    }
    EXPECT_STR(S("text 299"), text_at(&c->at[2], 300));
    EXPECT(!str_is_set(text_at(&c->at[2], 0)));
    arena_free(mem);
}

TEST(dropped_rows_leave_the_others_in_their_order_and_files)
{
    static const enum type types[] = {TYPE_integer};
    struct arena *mem = arena_new();
    struct schema s = schema_of(mem, types, 1);
    struct columns *c = columns_new(mem, mem, &s);
    size_t nrows = 2 * CHUNK_ROWS + 10;
    uint8_t *dead = NEW_ARRAY(mem, nrows / 8 + 1, uint8_t);
    columns_open(c);
    for (size_t row = 0; row < nrows; row++) {
        if (row == 0 || row == 100 || row == 1500)
            PUSH(mem, &c->starts, row);
        c->at[0].stage[c->nstaged].i = (int64_t)row;
        columns_add_row(c, (int)row);
        if (row % 3 == 0 || (row >= 100 && row < 1500))
            dead[row / 8] |= (uint8_t)(1 << row % 8);
    }
    columns_drop(c, dead);
    size_t kept = 0;
    for (size_t row = 0; row < nrows; row++) {
        if (dead[row / 8] >> (row % 8) & 1)
            continue;
        EXPECT_INT((int64_t)row, column_cell(&c->at[0], kept).i);
        EXPECT_INT((int)row, columns_line(c, kept));
        EXPECT_INT(row < 100 ? 0 : 2, columns_source(c, kept));
        kept++;
    }
    EXPECT_INT((int64_t)kept, c->nrows);
    /* More rows can follow. */
    c->at[0].stage[c->nstaged].i = 4711;
    columns_add_row(c, 9);
    EXPECT_INT(4711, column_cell(&c->at[0], kept).i);
    arena_free(mem);
}

/* ---- the memo of spellings ---- */

TEST(a_spelling_is_found_again_whatever_its_length)
{
    struct arena *mem = arena_new();
    struct memo m;
    memo_init(&m, mem);
    int nwrong = 0;
    for (int i = 0; i < 3000; i++) {
        str raw = arena_printf(mem, "%.*s%d", i % 23, "abcdefghijklmnopqrstuvwxyz", i);
        int64_t text = -1;
        nwrong += memo_find(&m, raw, false, &text);
        memo_add(&m, mem, raw, i);
        nwrong += !memo_find(&m, raw, false, &text) || text != i;
    }
    for (int i = 0; i < 3000; i++) {
        char roomy[64] = {0};
        int n = snprintf(roomy, sizeof roomy, "%.*s%d", i % 23, "abcdefghijklmnopqrstuvwxyz", i);
        int64_t text = -1;
        roomy[n] = 'x'; /* what stands behind does not count */
        nwrong += !memo_find(&m, (str){roomy, (size_t)n}, true, &text) || text != i;
    }
    EXPECT_INT(0, nwrong);
    arena_free(mem);
}

TEST(a_column_of_ever_new_spellings_remembers_the_last_only)
{
    struct arena *mem = arena_new();
    struct memo m;
    int64_t text;
    memo_init(&m, mem);
    for (int i = 0; i < 100000; i++) {
        str raw = arena_printf(mem, "SO-%07d", i);
        EXPECT(!memo_find(&m, raw, false, &text));
        memo_add(&m, mem, raw, i);
        EXPECT(memo_find(&m, raw, false, &text) && text == i);
    }
    EXPECT(m.off);
    EXPECT(m.mask < 300000);
    EXPECT(!memo_find(&m, S("SO-0000001"), false, &text));
    arena_free(mem);
}

/* 30,000 customers in any order: of the first 65,536 that are asked for most have come before. */
TEST(a_column_of_many_spellings_that_come_again_remembers_them)
{
    struct arena *mem = arena_new();
    struct memo m;
    int64_t text;
    uint64_t at = 1;
    memo_init(&m, mem);
    for (int i = 0; i < 300000; i++) {
        at = at * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
        str raw = arena_printf(mem, "c%05d", (int)(at >> 33) % 30000);
        if (!memo_find(&m, raw, false, &text))
            memo_add(&m, mem, raw, i);
    }
    EXPECT(!m.off);
    EXPECT(m.n <= 30000);
    arena_free(mem);
}
