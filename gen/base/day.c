#include "base.h"

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
 * The year is counted from March, so that the leap day is its last. */
static day days_from_civil(int year, int month, int dom)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dom - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void day_split(day d, int *year, int *month, int *dom)
{
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *dom = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

day day_of(int year, int month, int dom)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || dom < 1 || dom > 31)
        return DAY_NONE;
    day d = days_from_civil(year, month, dom);
    int y, m, same;
    day_split(d, &y, &m, &same);
    return same == dom ? d : DAY_NONE;
}

/* n digits at p, or -1. */
static int digits(const char *p, int n)
{
    int number = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        number = number * 10 + p[i] - '0';
    }
    return number;
}

day day_parse(str iso)
{
    if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-')
        return DAY_NONE;
    return day_of(digits(iso.p, 4), digits(iso.p + 5, 2), digits(iso.p + 8, 2));
}

int day_weekday(day d)
{
    int from_monday = (d + 3) % 7; /* 1970-01-01 was a Thursday */
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

/* ISO 8601: a week belongs to the year that holds its Thursday. */
void day_iso_week(day d, int *year, int *week)
{
    int month, dom;
    day thursday = d - day_weekday(d) + 4;
    day_split(thursday, year, &month, &dom);
    *week = (thursday - days_from_civil(*year, 1, 1)) / 7 + 1;
}

/* Dates are written more often than anything else, by each row of each query: printf is too
 * slow. */
static void put_digits(char *p, int n, int value)
{
    for (; n--; value /= 10)
        p[n] = (char)('0' + value % 10);
}

static void put_month(char *p, int year, int month)
{
    put_digits(p, 4, year);
    p[4] = '-';
    put_digits(p + 5, 2, month);
}

str day_iso(struct arena *mem, day d)
{
    int y, m, dom;
    if (d == DAY_NONE)
        return (str){0};
    day_split(d, &y, &m, &dom);
    char *p = arena_alloc(mem, sizeof "2026-10-31");
    put_month(p, y, m);
    p[7] = '-';
    put_digits(p + 8, 2, dom);
    return (str){p, 10};
}

int month_parse(str iso)
{
    if (iso.n != 7 || iso.p[4] != '-')
        return -1;
    int year = digits(iso.p, 4), month = digits(iso.p + 5, 2);
    return year < 1 || month < 1 || month > 12 ? -1 : year * 12 + month - 1;
}

str month_iso(struct arena *mem, int month)
{
    char *p = arena_alloc(mem, sizeof "2026-10");
    put_month(p, month / 12, month % 12 + 1);
    return (str){p, 7};
}

int month_of(day d)
{
    int y, m, dom;
    day_split(d, &y, &m, &dom);
    return y * 12 + m - 1;
}

day month_first(int month)
{
    return days_from_civil(month / 12, month % 12 + 1, 1);
}

day month_last(int month)
{
    return month_first(month + 1) - 1;
}
