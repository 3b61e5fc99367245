/* SQL aggregates of statistics. */
#include "store.h"

#include <math.h>

/* ---- median, quantile ---- */

struct sample {
    double *at;
    int64_t n, cap;
    double p;
};

static bool sample_add(sqlite3_context *c, struct sample *s, double x)
{
    if (s->n == s->cap) {
        int64_t cap = s->cap ? s->cap * 2 : 64;
        double *at = sqlite3_realloc64(s->at, (sqlite3_uint64)cap * sizeof *at);
        if (!at) {
            sqlite3_result_error_nomem(c);
            return false;
        }
        s->at = at;
        s->cap = cap;
    }
    s->at[s->n++] = x;
    return true;
}

static void quantile_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct sample *s = sqlite3_aggregate_context(c, sizeof *s);
    if (!s || sqlite3_value_numeric_type(v[0]) == SQLITE_NULL)
        return;
    double p = n > 1 ? sqlite3_value_double(v[1]) : 0.5;
    if (!(p >= 0 && p <= 1)) { /* never kept: what there is so far is finished all the same */
        sqlite3_result_error(c, "quantile() takes a share between 0 and 1", -1);
        return;
    }
    s->p = p;
    sample_add(c, s, sqlite3_value_double(v[0]));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages", Am. Statistician 50,
 * 1996. */
static double quantile_of(const struct sample *s)
{
    double h = (double)(s->n - 1) * s->p, below = floor(h);
    int64_t i = (int64_t)below, next = i + 1 < s->n ? i + 1 : i;
    return s->at[i] + (h - below) * (s->at[next] - s->at[i]);
}

static void quantile_final(sqlite3_context *c)
{
    struct sample *s = sqlite3_aggregate_context(c, 0);
    if (!s || !s->n)
        return;
    qsort(s->at, (size_t)s->n, sizeof *s->at, by_size);
    sqlite3_result_double(c, quantile_of(s));
    sqlite3_free(s->at);
}

/* ---- linear regression of y on x ----
 * Means and sums of squares are carried on row by row (Welford, Technometrics 4, 1962), for sums of
 * plain squares lose their digits on large numbers. */
struct regression {
    int64_t n;
    double x, y;          /* means */
    double sxx, syy, sxy; /* sums of squares about them */
};

static void regression_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct regression *r = sqlite3_aggregate_context(c, sizeof *r);
    (void)n;
    if (!r || fn_is_null(v[0]) || fn_is_null(v[1]))
        return;
    double y = sqlite3_value_double(v[0]), x = sqlite3_value_double(v[1]);
    double dx = x - r->x, dy = y - r->y;
    r->n++;
    r->x += dx / (double)r->n;
    r->y += dy / (double)r->n;
    r->sxx += dx * (x - r->x);
    r->syy += dy * (y - r->y);
    r->sxy += dx * (y - r->y);
}

/* NULL unless there are two different x. */
static const struct regression *regression_of(sqlite3_context *c)
{
    const struct regression *r = sqlite3_aggregate_context(c, 0);
    return r && r->n > 1 && r->sxx > 0 ? r : NULL;
}

static void slope_final(sqlite3_context *c)
{
    const struct regression *r = regression_of(c);
    if (r)
        sqlite3_result_double(c, r->sxy / r->sxx);
}

static void intercept_final(sqlite3_context *c)
{
    const struct regression *r = regression_of(c);
    if (r)
        sqlite3_result_double(c, r->y - r->sxy / r->sxx * r->x);
}

/* 1 where all y are equal: the line explains all there is, as in the SQL standard. */
static void r2_final(sqlite3_context *c)
{
    const struct regression *r = regression_of(c);
    if (r)
        sqlite3_result_double(c, r->syy > 0 ? r->sxy * r->sxy / (r->sxx * r->syy) : 1);
}

/* ---- the first and the last value by date ----
 * What `first:` and `last:` of a rollup mean, for its SELECT alone: pages and models may not call
 * it. Rows without a value or a date are passed over; of those of one date the smallest value is
 * the first, the greatest the last, so that the order of rows does not matter. */
struct dated {
    sqlite3_value *value, *date; /* copies; NULL until a row counts */
};

static int compare(sqlite3_value *a, sqlite3_value *b)
{
    struct value x = fn_value(a), y = fn_value(b);
    if (x.kind == VALUE_TEXT && y.kind == VALUE_TEXT)
        return str_cmp(x.s, y.s);
    if (x.kind == VALUE_INT && y.kind == VALUE_INT)
        return (x.i > y.i) - (x.i < y.i);
    double p = value_number(x), q = value_number(y);
    return (p > q) - (p < q);
}

static void dated_step(sqlite3_context *c, sqlite3_value **v, int sign)
{
    struct dated *d = sqlite3_aggregate_context(c, sizeof *d);
    if (!d || fn_is_null(v[0]) || fn_is_null(v[1]))
        return;
    int further = d->value ? compare(v[1], d->date) : 0;
    if (d->value && !further)
        further = compare(v[0], d->value);
    if (d->value && further * sign <= 0)
        return;
    sqlite3_value_free(d->value);
    sqlite3_value_free(d->date);
    d->value = sqlite3_value_dup(v[0]);
    d->date = sqlite3_value_dup(v[1]);
    if (!d->value || !d->date)
        die("out of memory for a value");
}

static void first_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    dated_step(c, v, -1);
}

static void last_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    dated_step(c, v, 1);
}

static void dated_final(sqlite3_context *c)
{
    struct dated *d = sqlite3_aggregate_context(c, 0);
    if (!d || !d->value)
        return;
    sqlite3_result_value(c, d->value);
    sqlite3_value_free(d->value);
    sqlite3_value_free(d->date);
}

void functions_add_statistics(struct store *s, sqlite3 *db)
{
    static const struct {
        const char *name;
        int nargs;
        void (*step)(sqlite3_context *, int, sqlite3_value **);
        void (*final)(sqlite3_context *);
    } list[] = {
        {"median", 1, quantile_step, quantile_final},
        {"quantile", 2, quantile_step, quantile_final},
        {"regr_slope", 2, regression_step, slope_final},
        {"regr_intercept", 2, regression_step, intercept_final},
        {"regr_r2", 2, regression_step, r2_final},
        {"first_dated", 2, first_step, dated_final},
        {"last_dated", 2, last_step, dated_final},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        sqlite3_create_function(db, list[i].name, list[i].nargs, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                s, NULL, list[i].step, list[i].final);
}
