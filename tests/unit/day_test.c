#include "test.h"

TEST(day_knows_leap_years)
{
    EXPECT_INT(0, day_of(1970, 1, 1));
    EXPECT_INT(11016, day_of(2000, 2, 29)); /* 30 × 365 + 7 leap days + 31 + 28 */
    EXPECT_INT(DAY_NONE, day_of(1900, 2, 29));
    EXPECT_INT(DAY_NONE, day_of(2026, 2, 29));
    EXPECT_INT(DAY_NONE, day_of(2026, 4, 31));
    EXPECT_INT(DAY_NONE, day_of(2026, 13, 1));
    EXPECT_INT(DAY_NONE, day_of(0, 1, 1));
}

TEST(day_splits_what_it_made)
{
    int year, month, dom;
    for (day d = day_of(1899, 12, 31); d <= day_of(2101, 1, 1); d++) {
        day_split(d, &year, &month, &dom);
        if (day_of(year, month, dom) != d) {
            EXPECT_INT(d, day_of(year, month, dom));
            break;
        }
    }
}

TEST(day_parses_iso_only)
{
    EXPECT_INT(day_of(2026, 10, 30), day_parse(S("2026-10-30")));
    EXPECT_INT(DAY_NONE, day_parse(S("2026-1-30")));
    EXPECT_INT(DAY_NONE, day_parse(S("2026-10-3x")));
    EXPECT_INT(DAY_NONE, day_parse(S("")));
    EXPECT_INT(2026 * 12 + 9, month_parse(S("2026-10")));
    EXPECT_INT(-1, month_parse(S("2026-13")));
    EXPECT_INT(-1, month_parse(S("2026-00")));
}

TEST(day_weeks_are_iso)
{
    int year, week;
    EXPECT_INT(4, day_weekday(day_of(1970, 1, 1)));
    EXPECT_INT(5, day_weekday(day_of(2026, 10, 30)));
    EXPECT_INT(7, day_weekday(day_of(1969, 12, 28)));
    day_iso_week(day_of(2026, 10, 30), &year, &week);
    EXPECT_INT(44, week);
    day_iso_week(day_of(2027, 1, 3), &year, &week); /* a Sunday: still of 2026-W53 */
    EXPECT_INT(2026, year);
    EXPECT_INT(53, week);
    day_iso_week(day_of(2024, 12, 30), &year, &week); /* a Monday: already 2025-W01 */
    EXPECT_INT(2025, year);
    EXPECT_INT(1, week);
}

TEST(day_months_end_where_they_do)
{
    EXPECT_INT(day_of(2024, 2, 29), month_last(month_parse(S("2024-02"))));
    EXPECT_INT(day_of(2026, 12, 31), month_last(month_parse(S("2026-12"))));
    EXPECT_INT(month_parse(S("2026-10")), month_of(day_of(2026, 10, 1)));
}
