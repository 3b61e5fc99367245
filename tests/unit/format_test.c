#include "query_kit.h"
#include "test.h"

#define INT(n) ((struct value){VALUE_INT, .i = (n)})
#define REAL(x) ((struct value){VALUE_REAL, .r = (x)})
#define WORDS(text) ((struct value){VALUE_TEXT, .s = S(text)})
#define NONE ((struct value){.kind = VALUE_NULL})
#define THIN "\xe2\x80\xaf"
#define MINUS "\xe2\x88\x92"
#define DASH "\xe2\x80\x93"

static void open_kit(struct query_kit *k)
{
    kit_init(k);
    kit_file(k, "systems/shared/tables.yaml", "title: Shared\n");
    EXPECT(kit_load(k));
}

#define SHOWS(expected, value, type, format)                                                       \
    EXPECT_STR(S(expected), format_value(k.mem, k.store, value, TYPE_##type, S(format)))

TEST(values_are_shown_by_their_type)
{
    struct query_kit k;
    open_kit(&k);
    SHOWS("1,234.50", INT(123450), money, "");
    SHOWS("1,234.51", REAL(123450.5), money, "");
    SHOWS("1,234", INT(1234), integer, "");
    SHOWS("1,234", REAL(1234.0), number, "");
    SHOWS("0.33", REAL(1 / 3.0), number, "");
    SHOWS("12.3" THIN "%", REAL(0.1234), rate, "");
    SHOWS("30 Oct 2026", WORDS("2026-10-30"), date, "");
    SHOWS("30 Oct 2026 09:05", WORDS("2026-10-30T09:05:59"), datetime, "");
    SHOWS("Oct 2026", WORDS("2026-10"), month, "");
    SHOWS("Q4 2026", WORDS("2026-Q4"), period, "");
    SHOWS("W44 2026", WORDS("2026-W44"), period, "");
    SHOWS("Oct 2026", WORDS("2026-10"), period, "");
    SHOWS("2026", WORDS("2026"), period, "");
    SHOWS("yes", INT(1), boolean, "");
    SHOWS("no", INT(0), boolean, "");
    SHOWS("a, b", WORDS("a;b; "), list, "");
    SHOWS("2026", INT(2026), string, "");
    SHOWS("2026-10", WORDS("2026-10"), string, "");
    kit_clear(&k);
}

TEST(what_is_unknown_is_a_dash)
{
    struct query_kit k;
    open_kit(&k);
    SHOWS(DASH, NONE, money, "");
    SHOWS(DASH, NONE, string, "+percent1");
    SHOWS(DASH, REAL(0.0 / 0.0), number, "");
    SHOWS(DASH, REAL(1e308 * 10), money, "short");
    kit_clear(&k);
}

TEST(a_format_comes_before_the_type)
{
    struct query_kit k;
    open_kit(&k);
    SHOWS("1,235", INT(123450), money, "whole");
    SHOWS("1.23" THIN "k", INT(123450), money, "short");
    SHOWS("123" THIN "k", INT(123450), integer, "short");
    SHOWS("1.23" THIN "k", INT(123450), integer, "short_money");
    SHOWS("12", REAL(12.4), number, "integer");
    SHOWS("12.4", REAL(12.35), number, "number1");
    SHOWS("12.00", INT(12), number, "number2");
    SHOWS("12" THIN "%", REAL(0.1234), rate, "percent");
    SHOWS("12.3" THIN "%", REAL(0.1234), string, "percent1");
    SHOWS("0.75" THIN "%", REAL(0.0075), rate, "percent2");
    SHOWS(MINUS "3.1" THIN "pp", REAL(-0.031), rate, "points");
    SHOWS("1.25" THIN "\xc3\x97", REAL(1.25), number, "ratio");
    SHOWS("1\xc2\xa0"
          "day",
          INT(1), integer, "days");
    SHOWS("1.5\xc2\xa0"
          "days",
          REAL(1.5), number, "days");
    SHOWS("Oct 2026", WORDS("2026-10-30"), date, "month");
    SHOWS("Oct 2026", WORDS("2026-10"), string, "date");
    SHOWS("<b>", WORDS("<b>"), money, "money");
    SHOWS("2026-10-30", WORDS("2026-10-30"), date, "text");
    kit_clear(&k);
}

TEST(a_sign_is_shown_where_it_is_asked_for)
{
    struct query_kit k;
    open_kit(&k);
    SHOWS("+3.2" THIN "%", REAL(0.032), rate, "+percent1");
    SHOWS(MINUS "3.2" THIN "%", REAL(-0.032), rate, "+percent1");
    SHOWS("0.0" THIN "%", REAL(0.0001), rate, "+percent1");
    SHOWS("0.0" THIN "%", REAL(-0.0001), rate, "+percent1");
    SHOWS("+12.00", INT(1200), money, "+");
    SHOWS("0.00", INT(0), money, "+money");
    kit_clear(&k);
}

TEST(formats_are_known_by_name)
{
    EXPECT(format_known(S("money")));
    EXPECT(format_known(S("+points")));
    EXPECT(!format_known(S("Money")));
    EXPECT(!format_known(S("+")));
    EXPECT(!format_known(S("")));
}
