#include "test.h"

#include <math.h>

TEST(numbers_are_read_whole_or_not_at_all)
{
    double x;
    int64_t n;
    EXPECT(parse_number(S("-1.5e3"), &x) && x == -1500);
    EXPECT(parse_number(S(".5"), &x) && x == 0.5);
    EXPECT(!parse_number(S("1,5"), &x));
    EXPECT(!parse_number(S("1.5 "), &x));
    EXPECT(!parse_number(S("inf"), &x));
    EXPECT(!parse_number(S("0x10"), &x));
    EXPECT(!parse_number(S("1e999"), &x));
    EXPECT(!parse_number(S(""), &x));
    EXPECT(parse_integer(S("-9223372036854775808"), &n) && n == INT64_MIN);
    EXPECT(parse_integer(S("+9223372036854775807"), &n) && n == INT64_MAX);
    EXPECT(!parse_integer(S("9223372036854775808"), &n));
    EXPECT(!parse_integer(S("-"), &n));
    EXPECT(!parse_integer(S("1 000"), &n));
}

TEST(money_is_exact_and_grouped)
{
    struct arena *mem = arena_new();
    struct language en = language_of(S("en"), S("CNY"), -1),
                    de = language_of(S("de"), S("EUR"), -1);
    struct language jp = language_of(S("en"), S("JPY"), -1);
    EXPECT_STR(S("1,234,567.05"), fmt_money(mem, &en, 123456705));
    EXPECT_STR(S("1.234,50"), fmt_money(mem, &de, 123450));
    EXPECT_STR(S("1,234"), fmt_money(mem, &jp, 1234));
    EXPECT_STR(S("−0.05"), fmt_money(mem, &en, -5));
    EXPECT_STR(S("−92,233,720,368,547,758.08"), fmt_money(mem, &en, INT64_MIN));
    EXPECT_STR(S("2"), fmt_money_whole(mem, &en, 150));
    EXPECT_STR(S("−2"), fmt_money_whole(mem, &en, -150));
    EXPECT_STR(S("0"), fmt_money_whole(mem, &en, -49));
    EXPECT_INT(100, money_unit(&en));
    EXPECT_INT(3, currency_decimals(S("KWD")));
    arena_free(mem);
}

TEST(a_language_is_known_by_the_first_part_of_its_tag)
{
    struct arena *mem = arena_new();
    static const char *const tags[] = {"de", "fr-CH", "zh-Hans", "sr-Latn-RS", "cs", "deu"},
                             *const others[] = {"klingon", "d",   "DE", "de_DE",
                                                "de-",     "-de", "",   "d3"};
    struct language swiss = language_of(S("fr-CH"), S("CHF"), -1),
                    other = language_of(S("deu"), S("EUR"), -1);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        EXPECT(language_is_tag(str_of(tags[i])) && language_is_known(str_of(tags[i])) == (i < 3));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        EXPECT(!language_is_tag(str_of(others[i])));
    EXPECT_STR(S("1\u202f234,50"), fmt_money(mem, &swiss, 123450));
    EXPECT_STR(S("1,234.50"), fmt_money(mem, &other, 123450));
    EXPECT_STR(S("de, en, es, fr, it, nl, pl, pt, ru, sv, zh"), languages_known(mem));
    arena_free(mem);
}

TEST(halves_round_away_from_zero_as_written)
{
    struct arena *mem = arena_new();
    struct language en = language_of(S("en"), S("CNY"), -1);
    EXPECT_STR(S("0.13"), fmt_number(mem, &en, 0.125, 2));
    EXPECT_STR(S("1.01"), fmt_number(mem, &en, 1.005, 2));
    EXPECT_STR(S("2.68"), fmt_number(mem, &en, 2.675, 2));
    EXPECT_STR(S("−3"), fmt_number(mem, &en, -2.5, 0));
    EXPECT_STR(S("0"), fmt_number(mem, &en, -0.4, 0)); /* never "−0" */
    EXPECT_STR(S("12.5\u202f%"), fmt_percent(mem, &en, 0.125, 1));
    EXPECT_STR(S("–"), fmt_number(mem, &en, NAN, 2));
    EXPECT_STR(S("–"), fmt_date(mem, &en, DAY_NONE));
    arena_free(mem);
}

TEST(short_numbers_choose_their_scale_after_rounding)
{
    struct arena *mem = arena_new();
    struct language en = language_of(S("en"), S("CNY"), -1);
    EXPECT_STR(S("1.23\u202fm"), fmt_short(mem, &en, 1234567));
    EXPECT_STR(S("340\u202fk"), fmt_short(mem, &en, 340000));
    EXPECT_STR(S("1.00\u202fm"), fmt_short(mem, &en, 999600));
    EXPECT_STR(S("−12.3\u202fk"), fmt_short(mem, &en, -12345));
    EXPECT_STR(S("0"), fmt_short(mem, &en, 0));
    arena_free(mem);
}

TEST(exact_numbers_read_back_the_same)
{
    struct arena *mem = arena_new();
    static const double numbers[] = {0.1, 1.0 / 3, 1e300, 123456789.125, -0.0, 5e-324};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double again;
        EXPECT(parse_number(fmt_exact(mem, numbers[i]), &again) && again == numbers[i]);
    }
    EXPECT_STR(S("0.1"), fmt_exact(mem, 0.1));
    EXPECT_STR(S("0"), fmt_exact(mem, -0.0));
    arena_free(mem);
}

/* The shortest of printf's three longest that reads back the same. */
static str shortest(struct arena *mem, double x)
{
    double again;
    for (int digits = 15; digits < 17; digits++) {
        str text = arena_printf(mem, "%.*g", digits, x);
        if (parse_number(text, &again) && again == x)
            return text;
    }
    return arena_printf(mem, "%.17g", x);
}

TEST(an_exact_number_has_the_digits_of_printf)
{
    struct arena *mem = arena_new();
    for (int i = 1; i < 2000; i++) {
        const double x[] = {i / 10.0,      -i / 1e6,        i * 7919 / 1e3, i / 7.0,
                            i * 1e5 + 0.1, i * 1e-5 + 1e-4, i / 1e7,        999999999 - i / 1e6};
        for (size_t k = 0; k < sizeof x / sizeof *x; k++)
            if (x[k] != floor(x[k]))
                EXPECT_STR(shortest(mem, x[k]), fmt_exact(mem, x[k]));
    }
    arena_free(mem);
}

TEST(dates_are_written_in_the_book_s_language)
{
    struct arena *mem = arena_new();
    struct language en = language_of(S("en"), S("CNY"), -1),
                    zh = language_of(S("zh"), S("CNY"), -1);
    EXPECT_STR(S("30 Oct 2026"), fmt_date(mem, &en, day_of(2026, 10, 30)));
    EXPECT_STR(S("2026年10月30日"), fmt_date(mem, &zh, day_of(2026, 10, 30)));
    EXPECT_STR(S("Oct 2026"), fmt_month(mem, &en, month_parse(S("2026-10"))));
    arena_free(mem);
}
