/* SQL functions of days, months and periods. NULL gives NULL; a text that is no date is an error,
 * for NULL would hide a column taken by mistake. No function here reads the clock. */
#include "store.h"

/* ---- arguments ---- */

static bool is_datetime(str s)
{
    return s.n > 10 && (s.p[10] == 'T' || s.p[10] == ' ');
}

/* A date, or the date of a datetime. False if it is NULL, or, with the error set, no date. */
static bool fn_day(sqlite3_context *c, sqlite3_value *v, day *d)
{
    if (fn_is_null(v))
        return false;
    str s = fn_text(v);
    *d = day_parse(is_datetime(s) ? str_sub(s, 0, 10) : s);
    if (*d == DAY_NONE)
        fn_fail(c, "is no date", s);
    return *d != DAY_NONE;
}

/* A month, or that of a date. */
static bool fn_month(sqlite3_context *c, sqlite3_value *v, int *month)
{
    if (fn_is_null(v))
        return false;
    str s = fn_text(v);
    bool is_date = s.n == 10 || is_datetime(s);
    *month = month_parse(is_date ? str_sub(s, 0, 7) : s);
    if (*month < 0)
        fn_fail(c, "is no month", s);
    return *month >= 0;
}

static void give_day(sqlite3_context *c, day d)
{
    arena_reset(fn_store(c)->scratch);
    fn_give(c, day_iso(fn_store(c)->scratch, d));
}

/* Months outside of the years 1 to 9999 are NULL: no date of ours lies there. */
static void give_month(sqlite3_context *c, int64_t month)
{
    if (month < 12 || month >= 10000 * 12)
        return;
    arena_reset(fn_store(c)->scratch);
    fn_give(c, month_iso(fn_store(c)->scratch, (int)month));
}

/* ---- parts of a date ---- */

static void as_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    fn_give(c, fn_store(c)->as_of);
}

static void as_of_month(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    fn_give(c, fn_store(c)->month);
}

static void month(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    /* Called for each row of a rollup: the text is cut, not made anew. */
    if (fn_month(c, v[0], &m))
        fn_give(c, str_sub(fn_text(v[0]), 0, 7));
}

static void give_quarter(sqlite3_context *c, int month)
{
    arena_reset(fn_store(c)->scratch);
    fn_give(c, arena_printf(fn_store(c)->scratch, "%04d-Q%d", month / 12, month % 12 / 3 + 1));
}

static void quarter(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (fn_month(c, v[0], &m))
        give_quarter(c, m);
}

static void year(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (fn_month(c, v[0], &m))
        fn_give(c, str_sub(fn_text(v[0]), 0, 4));
}

/* A fiscal year has the name of the year in which it begins: its months are counted from there. */
static int fiscal_month(const struct store *s, int month)
{
    return month - (s->fiscal_start - 1);
}

static void fiscal_year(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (!fn_month(c, v[0], &m))
        return;
    struct store *s = fn_store(c);
    arena_reset(s->scratch);
    fn_give(c, arena_printf(s->scratch, "%04d", fiscal_month(s, m) / 12));
}

static void fiscal_quarter(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (fn_month(c, v[0], &m))
        give_quarter(c, fiscal_month(fn_store(c), m));
}

static void week(sqlite3_context *c, int n, sqlite3_value **v)
{
    day d;
    int year, week;
    (void)n;
    if (!fn_day(c, v[0], &d))
        return;
    day_iso_week(d, &year, &week);
    arena_reset(fn_store(c)->scratch);
    fn_give(c, arena_printf(fn_store(c)->scratch, "%04d-W%02d", year, week));
}

static void weekday(sqlite3_context *c, int n, sqlite3_value **v)
{
    day d;
    (void)n;
    if (fn_day(c, v[0], &d))
        sqlite3_result_int(c, day_weekday(d));
}

/* The third part of a month, of ten days; the last has the rest. */
static void tenday(sqlite3_context *c, int n, sqlite3_value **v)
{
    day d;
    int year, month, dom;
    (void)n;
    if (!fn_day(c, v[0], &d))
        return;
    day_split(d, &year, &month, &dom);
    arena_reset(fn_store(c)->scratch);
    fn_give(c, arena_printf(fn_store(c)->scratch, "%04d-%02d-%d", year, month,
                            dom > 20 ? 3 : (dom - 1) / 10 + 1));
}

/* ---- reckoning ---- */

static void add_months(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (!fn_is_null(v[1]) && fn_month(c, v[0], &m)) {
        int64_t by = sqlite3_value_int64(v[1]);
        if (by > -120000 && by < 120000)
            give_month(c, m + by);
    }
}

static void first_of_month(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (fn_month(c, v[0], &m))
        give_day(c, month_first(m));
}

static void last_of_month(sqlite3_context *c, int n, sqlite3_value **v)
{
    int m;
    (void)n;
    if (fn_month(c, v[0], &m))
        give_day(c, month_last(m));
}

static void add_days(sqlite3_context *c, int n, sqlite3_value **v)
{
    day d, first = day_of(1, 1, 1), last = day_of(9999, 12, 31);
    (void)n;
    if (fn_is_null(v[1]) || !fn_day(c, v[0], &d))
        return;
    int64_t by = sqlite3_value_int64(v[1]);
    if (by >= (int64_t)first - d && by <= (int64_t)last - d)
        give_day(c, (day)(d + by));
}

static void months_between(sqlite3_context *c, int n, sqlite3_value **v)
{
    int from, to;
    (void)n;
    if (fn_month(c, v[0], &from) && fn_month(c, v[1], &to))
        sqlite3_result_int(c, to - from);
}

static void days_between(sqlite3_context *c, int n, sqlite3_value **v)
{
    day from, to;
    (void)n;
    if (fn_day(c, v[0], &from) && fn_day(c, v[1], &to))
        sqlite3_result_int(c, to - from);
}

/* ---- periods: 2026, 2026-Q4, 2026-10, 2026-W44; years and quarters are fiscal ---- */

struct period {
    const char *kind;
    day first, last;
};

static int number_at(str s, size_t from, size_t to)
{
    int number = 0;
    for (size_t i = from; i < to; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return -1;
        number = number * 10 + s.p[i] - '0';
    }
    return number;
}

static bool period_of_months(struct period *p, const char *kind, int first, int count)
{
    *p = (struct period){kind, month_first(first), month_last(first + count - 1)};
    return true;
}

static bool period_of_week(struct period *p, int year, int week)
{
    /* Week 1 is that of 4 January; a year has 52 or 53. */
    day fourth = day_of(year, 1, 4);
    int same_year, same_week;
    if (week < 1 || week > 53)
        return false;
    day first = fourth - day_weekday(fourth) + 1 + (week - 1) * 7;
    day_iso_week(first, &same_year, &same_week);
    *p = (struct period){"week", first, first + 6};
    return same_year == year && same_week == week;
}

static bool period_parse(const struct store *s, str text, struct period *p)
{
    int year = number_at(text, 0, 4);
    if (year < 1)
        return false;
    int fiscal = year * 12 + s->fiscal_start - 1;
    if (text.n == 4)
        return period_of_months(p, "year", fiscal, 12);
    if (text.n < 7 || text.n > 8 || text.p[4] != '-')
        return false;
    if (text.n == 7 && text.p[5] == 'Q') {
        int quarter = number_at(text, 6, 7);
        return quarter >= 1 && quarter <= 4 &&
               period_of_months(p, "quarter", fiscal + (quarter - 1) * 3, 3);
    }
    if (text.n == 8 && text.p[5] == 'W')
        return period_of_week(p, year, number_at(text, 6, 8));
    int month = month_parse(text);
    return month >= 0 && period_of_months(p, "month", month, 1);
}

static bool period_argument(sqlite3_context *c, sqlite3_value *v, struct period *p)
{
    if (fn_is_null(v))
        return false;
    bool valid = period_parse(fn_store(c), fn_text(v), p);
    if (!valid)
        fn_fail(c, "is no period", fn_text(v));
    return valid;
}

static void period_first(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct period p;
    (void)n;
    if (period_argument(c, v[0], &p))
        give_day(c, p.first);
}

static void period_last(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct period p;
    (void)n;
    if (period_argument(c, v[0], &p))
        give_day(c, p.last);
}

/* NULL for what is no period: it is asked before the others are called. */
static void period_kind(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct period p;
    (void)n;
    if (!fn_is_null(v[0]) && period_parse(fn_store(c), fn_text(v[0]), &p))
        fn_give(c, str_of(p.kind));
}

/* ---- working days ---- */

static int by_day(const void *a, const void *b)
{
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

static size_t sorted_once(day *d, size_t n)
{
    size_t kept = 0;
    if (n)
        qsort(d, n, sizeof *d, by_day);
    for (size_t i = 0; i < n; i++)
        if (!kept || d[kept - 1] != d[i])
            d[kept++] = d[i];
    return kept;
}

struct holidays holidays_of(struct arena *mem, const struct dataset *dataset)
{
    struct holidays h = {0};
    const struct table *t = dataset_table(dataset, S("holidays"));
    int date = t ? schema_field(t->schema, S("date")) : -1;
    if (date < 0 || !t->nrows)
        return h;
    int working = schema_field(t->schema, S("working"));
    h.off = NEW_ARRAY(mem, t->nrows, day);
    h.extra = NEW_ARRAY(mem, t->nrows, day);
    for (size_t r = 0; r < t->nrows; r++) {
        struct value v = table_value(t, (size_t)date, r);
        day d = v.kind == VALUE_TEXT ? day_parse(v.s) : DAY_NONE;
        if (d == DAY_NONE)
            continue;
        bool is_weekend = day_weekday(d) > 5;
        bool is_worked = working >= 0 && value_number(table_value(t, (size_t)working, r)) == 1;
        if (is_weekend && is_worked)
            h.extra[h.nextra++] = d;
        if (!is_weekend && !is_worked)
            h.off[h.noff++] = d;
    }
    h.noff = sorted_once(h.off, h.noff);
    h.nextra = sorted_once(h.extra, h.nextra);
    return h;
}

/* How many of the sorted days are before d. */
static int64_t days_before(const day *at, size_t n, day d)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at[middle] < d)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low;
}

int64_t working_days_between(const struct holidays *h, day from, day to)
{
    int64_t ndays = (int64_t)to - from + 1, rest = ndays % 7, count = ndays / 7 * 5;
    if (ndays <= 0)
        return 0;
    for (int64_t i = 0; i < rest; i++)
        count += (day_weekday(from) - 1 + i) % 7 < 5;
    count -= days_before(h->off, h->noff, to + 1) - days_before(h->off, h->noff, from);
    return count + days_before(h->extra, h->nextra, to + 1) -
           days_before(h->extra, h->nextra, from);
}

static void working_days(sqlite3_context *c, int n, sqlite3_value **v)
{
    day from, to;
    (void)n;
    if (fn_day(c, v[0], &from) && fn_day(c, v[1], &to))
        sqlite3_result_int64(c, working_days_between(&fn_store(c)->holidays, from, to));
}

static void is_working_day(sqlite3_context *c, int n, sqlite3_value **v)
{
    day d;
    (void)n;
    if (fn_day(c, v[0], &d))
        sqlite3_result_int64(c, working_days_between(&fn_store(c)->holidays, d, d));
}

void functions_add_dates(struct store *s, sqlite3 *db)
{
    static const struct sql_function list[] = {
        {"as_of", 0, as_of},
        {"as_of_month", 0, as_of_month},
        {"month", 1, month},
        {"quarter", 1, quarter},
        {"year", 1, year},
        {"week", 1, week},
        {"weekday", 1, weekday},
        {"tenday", 1, tenday},
        {"fiscal_year", 1, fiscal_year},
        {"fiscal_quarter", 1, fiscal_quarter},
        {"add_months", 2, add_months},
        {"month_first", 1, first_of_month},
        {"month_last", 1, last_of_month},
        {"add_days", 2, add_days},
        {"months_between", 2, months_between},
        {"days_between", 2, days_between},
        {"period_first", 1, period_first},
        {"period_last", 1, period_last},
        {"period_kind", 1, period_kind},
        {"working_days", 2, working_days},
        {"is_working_day", 1, is_working_day},
    };
    functions_add_list(s, db, list, sizeof list / sizeof *list);
}
