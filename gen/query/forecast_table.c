/* Table-valued function forecast(series, horizon, season, options): a row for each step ahead.
 *
 *   SELECT f.step, f.value, f.low80, f.high80
 *   FROM (SELECT series(month, revenue) AS revenue FROM …) AS s
 *   JOIN forecast(s.revenue, 6) AS f
 *
 * series is a JSON array, as series() gives it; season is how many values make one, 12 without.
 * options is a text of words `name=value`: method (one of those below), gaps (between: a missing
 * value lies on the line between its neighbours; zero: it is 0), alpha, beta, gamma. */
#include "store.h"
#include "forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RESULT_COLUMNS                                                                             \
    "step, value, low80, high80, low95, high95, method, mase, mase_seasonal, gain, origins, "      \
    "scores"
enum column {
    COLUMN_STEP,
    COLUMN_VALUE,
    COLUMN_LOW80,
    COLUMN_HIGH80,
    COLUMN_LOW95,
    COLUMN_HIGH95,
    COLUMN_METHOD,
    COLUMN_MASE,
    COLUMN_MASE_SEASONAL,
    COLUMN_GAIN,
    COLUMN_ORIGINS,
    COLUMN_SCORES,
    COLUMN_SERIES, /* from here on hidden: the arguments, in their order */
};
enum { NARGUMENTS = 4, SERIES = 0, HORIZON = 1, SEASON = 2, OPTIONS = 3 };

struct forecast_cursor {
    sqlite3_vtab_cursor base;
    int at, nsteps;
    struct forecast f;
};

static int forecast_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                            sqlite3_vtab **table, char **error)
{
    (void)aux, (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(db, "CREATE TABLE x(" RESULT_COLUMNS ", series HIDDEN, "
                                      "horizon HIDDEN, season HIDDEN, options HIDDEN)");
    if (rc != SQLITE_OK)
        return rc;
    if (!(*table = sqlite3_malloc(sizeof **table)))
        return SQLITE_NOMEM;
    **table = (sqlite3_vtab){0};
    return SQLITE_OK;
}

static int forecast_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int fail(sqlite3_vtab *table, char *message)
{
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = message;
    return SQLITE_ERROR;
}

/* Arguments are handed on in their order; idxNum has a bit for each that is given. */
static int forecast_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    int constraint[NARGUMENTS] = {-1, -1, -1, -1}, argv = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        int argument = info->aConstraint[i].iColumn - COLUMN_SERIES;
        if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        constraint[argument] = i;
    }
    for (int k = 0; k < NARGUMENTS; k++)
        if (constraint[k] >= 0) {
            info->aConstraintUsage[constraint[k]].argvIndex = ++argv;
            info->aConstraintUsage[constraint[k]].omit = 1;
            info->idxNum |= 1 << k;
        }
    if (constraint[SERIES] < 0 || constraint[HORIZON] < 0)
        return fail(table, sqlite3_mprintf("forecast() takes a series and a horizon"));
    info->estimatedCost = 1000;
    info->estimatedRows = 6;
    return SQLITE_OK;
}

static int forecast_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    (void)table;
    struct forecast_cursor *c = sqlite3_malloc(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    memset(c, 0, sizeof *c);
    *cursor = &c->base;
    return SQLITE_OK;
}

static int forecast_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* ---- arguments ---- */

struct values {
    double *at; /* malloc'd */
    int n;
};

static char *not_a_series(str cell)
{
    return sqlite3_mprintf("'%.*s' is no number in the series of forecast()",
                           cell.n < 60 ? (int)cell.n : 60, cell.p);
}

/* "[1, null, 3]"; null becomes NaN. NULL, or what is wrong, to be freed by sqlite3_free(). */
static char *read_series(str json, struct values *v)
{
    str text = str_trim(json);
    if (!str_starts(text, S("[")) || !str_ends(text, S("]")))
        return sqlite3_mprintf("forecast() takes a series as series() gives it: '[1, 2, 3]'");
    text = str_trim(str_sub(text, 1, text.n - 1));
    v->at = malloc(FORECAST_MAX_VALUES * sizeof *v->at);
    if (!v->at)
        die("no memory for a series");
    while (text.n) {
        str cell = str_trim(str_cut(&text, ','));
        double x = NAN;
        if (v->n == FORECAST_MAX_VALUES)
            return sqlite3_mprintf("forecast() takes at most %d values", FORECAST_MAX_VALUES);
        /* Larger ones have no squares. */
        if (!str_eq(cell, S("null")) && (!parse_number(cell, &x) || fabs(x) > 1e100))
            return not_a_series(cell);
        v->at[v->n++] = x;
    }
    return NULL;
}

/* A line from the neighbour before to that behind; before the first value there is nothing, behind
 * the last one it stays. */
static void fill_between(struct values *v)
{
    int first = 0;
    while (first < v->n && isnan(v->at[first]))
        first++;
    v->n -= first;
    memmove(v->at, v->at + first, (size_t)v->n * sizeof *v->at);
    for (int i = 1; i < v->n; i++) {
        if (!isnan(v->at[i]))
            continue;
        int next = i;
        while (next < v->n && isnan(v->at[next]))
            next++;
        double step = next < v->n ? (v->at[next] - v->at[i - 1]) / (next - i + 1) : 0;
        v->at[i] = v->at[i - 1] + step;
    }
}

static void fill_zero(struct values *v)
{
    for (int i = 0; i < v->n; i++)
        if (isnan(v->at[i]))
            v->at[i] = 0;
}

struct options {
    bool zero;
};

static bool read_weight(str value, double *weight)
{
    return parse_number(value, weight) && *weight >= 0 && *weight <= 1;
}

/* One word of the options; false if it is none. */
static bool read_option(str name, str value, struct options *o, struct forecast_request *q)
{
    if (str_eq(name, S("method"))) {
        q->method = forecast_named(value);
        return q->method != FORECAST_NMETHODS;
    }
    if (str_eq(name, S("gaps"))) {
        o->zero = str_eq(value, S("zero"));
        return o->zero || str_eq(value, S("between"));
    }
    if (str_eq(name, S("alpha")))
        return read_weight(value, &q->alpha);
    if (str_eq(name, S("beta")))
        return read_weight(value, &q->beta);
    return str_eq(name, S("gamma")) && read_weight(value, &q->gamma);
}

static char *read_options(str text, struct options *o, struct forecast_request *q)
{
    while (text.n) {
        str word = str_cut(&text, ' '), value = word;
        if (!word.n)
            continue;
        str name = str_cut(&value, '=');
        if (!read_option(name, value, o, q))
            return sqlite3_mprintf("'%.*s' is no option of forecast(): method, gaps, alpha, beta, "
                                   "gamma",
                                   word.n < 60 ? (int)word.n : 60, word.p);
    }
    return NULL;
}

static char *read_whole(sqlite3_value *v, int most, const char *what, int *number)
{
    int64_t n = v ? sqlite3_value_int64(v) : 0;
    if (!v || sqlite3_value_type(v) != SQLITE_INTEGER || n < 1 || n > most)
        return sqlite3_mprintf("forecast() takes a %s of 1 to %d", what, most);
    *number = (int)n;
    return NULL;
}

/* ---- the cursor ---- */

/* All arguments but the series into q. NULL, or what is wrong. */
static char *read_arguments(sqlite3_value **argument, struct forecast_request *q, struct options *o)
{
    bool seasonal = argument[SEASON] && !fn_is_null(argument[SEASON]);
    char *wrong = read_whole(argument[HORIZON], FORECAST_MAX_HORIZON, "horizon", &q->horizon);
    if (!wrong && seasonal)
        wrong = read_whole(argument[SEASON], FORECAST_MAX_SEASON, "season", &q->season);
    if (!wrong && argument[OPTIONS] && !fn_is_null(argument[OPTIONS]))
        wrong = read_options(fn_text(argument[OPTIONS]), o, q);
    return wrong;
}

static int forecast_filter(sqlite3_vtab_cursor *cursor, int given, const char *name, int n,
                           sqlite3_value **v)
{
    struct forecast_cursor *c = (struct forecast_cursor *)cursor;
    sqlite3_value *argument[NARGUMENTS] = {NULL};
    (void)name;
    for (int k = 0, i = 0; k < NARGUMENTS && i < n; k++)
        if (given & 1 << k)
            argument[k] = v[i++];
    c->at = c->nsteps = 0;
    if (fn_is_null(argument[SERIES]))
        return SQLITE_OK;

    struct forecast_request q = {
        .season = 12, .method = FORECAST_CHOOSE, .alpha = NAN, .beta = NAN, .gamma = NAN};
    struct options o = {.zero = false};
    struct values values = {NULL, 0};
    char *wrong = read_arguments(argument, &q, &o);
    if (!wrong)
        wrong = read_series(fn_text(argument[SERIES]), &values);
    if (!wrong) {
        o.zero ? fill_zero(&values) : fill_between(&values);
        q.y = values.at;
        q.n = values.n;
        c->nsteps = forecast_make(&q, &c->f) ? q.horizon : 0;
    }
    free(values.at);
    return wrong ? fail(cursor->pVtab, wrong) : SQLITE_OK;
}

static int forecast_next(sqlite3_vtab_cursor *cursor)
{
    ((struct forecast_cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int forecast_eof(sqlite3_vtab_cursor *cursor)
{
    const struct forecast_cursor *c = (struct forecast_cursor *)cursor;
    return c->at >= c->nsteps;
}

static int forecast_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = ((const struct forecast_cursor *)cursor)->at;
    return SQLITE_OK;
}

/* ---- columns ---- */

static void give_number(sqlite3_context *context, double x)
{
    if (isfinite(x))
        sqlite3_result_double(context, x);
    else
        sqlite3_result_null(context);
}

/* {"naive":1.02, …}: MASE of each method that was tried. */
static void give_scores(sqlite3_context *context, const struct forecast *f)
{
    struct buf json = {0};
    buf_addc(&json, '{');
    for (int m = 0; m < FORECAST_NMETHODS; m++)
        if (isfinite(f->mase[m]))
            buf_addf(&json, "%s\"%s\":%.6f", json.n > 1 ? "," : "", forecast_name(m), f->mase[m]);
    buf_addc(&json, '}');
    fn_give(context, buf_str(&json));
    buf_clear(&json);
}

static void give_measure(sqlite3_context *context, const struct forecast *f, int column)
{
    double mase = f->mase[f->method], seasonal = f->mase[FORECAST_seasonal_naive];
    switch (column) {
    case COLUMN_METHOD:
        fn_give(context, str_of(forecast_name(f->method)));
        break;
    case COLUMN_MASE:
        give_number(context, mase);
        break;
    case COLUMN_MASE_SEASONAL:
        give_number(context, seasonal);
        break;
    case COLUMN_GAIN:
        give_number(context, seasonal > 0 ? 1 - mase / seasonal : NAN);
        break;
    case COLUMN_ORIGINS:
        sqlite3_result_int(context, f->origins);
        break;
    case COLUMN_SCORES:
        give_scores(context, f);
        break;
    }
}

static int forecast_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct forecast_cursor *c = (struct forecast_cursor *)cursor;
    const struct forecast_step *s = &c->f.step[c->at];
    const double step[] = {s->value, s->low80, s->high80, s->low95, s->high95};
    if (column == COLUMN_STEP)
        sqlite3_result_int(context, c->at + 1);
    else if (column <= COLUMN_HIGH95)
        give_number(context, step[column - COLUMN_VALUE]);
    else
        give_measure(context, &c->f, column);
    return SQLITE_OK;
}

static const sqlite3_module forecast_module = {
    .xConnect = forecast_connect,
    .xDisconnect = forecast_disconnect,
    .xBestIndex = forecast_best_index,
    .xOpen = forecast_open,
    .xClose = forecast_close,
    .xFilter = forecast_filter,
    .xNext = forecast_next,
    .xEof = forecast_eof,
    .xColumn = forecast_column,
    .xRowid = forecast_rowid,
};

void functions_add_forecast(sqlite3 *db)
{
    sqlite3_create_module(db, "forecast", &forecast_module, NULL);
}
