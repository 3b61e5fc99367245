/* Table-valued functions months(first, last) and days(first, last): a row for each month or day,
 * both ends included, so that a query can show those on which nothing happened. */
#include "store.h"

struct span_table {
    sqlite3_vtab base;
    bool months;
};
struct span_cursor {
    sqlite3_vtab_cursor base;
    int64_t first, at, last;
};
enum { COLUMN_VALUE, COLUMN_FIRST, COLUMN_LAST };

static int span_connect(sqlite3 *db, void *months, int argc, const char *const *argv,
                        sqlite3_vtab **table, char **error)
{
    (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(db, months ? "CREATE TABLE x(month, first HIDDEN, last HIDDEN)"
                                             : "CREATE TABLE x(day, first HIDDEN, last HIDDEN)");
    struct span_table *t = rc == SQLITE_OK ? sqlite3_malloc(sizeof *t) : NULL;
    if (!t)
        return rc == SQLITE_OK ? SQLITE_NOMEM : rc;
    *t = (struct span_table){.months = months != NULL};
    *table = &t->base;
    return SQLITE_OK;
}

static int span_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

/* Both arguments have to be there; without them there is no plan. */
static int span_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    bool given[3] = {false};
    (void)table;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        bool is_argument = column == COLUMN_FIRST || column == COLUMN_LAST;
        if (!is_argument || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = column;
        info->aConstraintUsage[i].omit = 1;
        given[column] = true;
    }
    if (!given[COLUMN_FIRST] || !given[COLUMN_LAST]) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("months() and days() take a first and a last");
        return SQLITE_ERROR;
    }
    info->estimatedCost = 10;
    info->estimatedRows = 30;
    return SQLITE_OK;
}

static int span_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    (void)table;
    struct span_cursor *c = sqlite3_malloc(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    *c = (struct span_cursor){.first = 0};
    *cursor = &c->base;
    return SQLITE_OK;
}

static int span_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* The number of a month, or of a day, or of the month or first day of one; INT64_MIN for NULL or
 * what is neither. */
static int64_t span_end(bool months, sqlite3_value *v)
{
    str s = fn_text(v);
    if (months) {
        int month = month_parse(str_sub(s, 0, 7));
        return month < 0 ? INT64_MIN : month;
    }
    day d = day_parse(str_sub(s, 0, 10));
    return d == DAY_NONE ? INT64_MIN : d;
}

static int span_filter(sqlite3_vtab_cursor *cursor, int plan, const char *name, int n,
                       sqlite3_value **v)
{
    struct span_cursor *c = (struct span_cursor *)cursor;
    sqlite3_vtab *table = cursor->pVtab;
    bool months = ((struct span_table *)table)->months;
    (void)plan, (void)name;
    c->at = c->first = 0;
    c->last = -1;
    if (n != 2 || fn_is_null(v[0]) || fn_is_null(v[1]))
        return SQLITE_OK;
    int64_t first = span_end(months, v[0]), last = span_end(months, v[1]);
    if (first == INT64_MIN || last == INT64_MIN) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg =
            sqlite3_mprintf("'%.40s' is no %s", sqlite3_value_text(v[first == INT64_MIN ? 0 : 1]),
                            months ? "month" : "date");
        return SQLITE_ERROR;
    }
    c->at = c->first = first;
    c->last = last;
    return SQLITE_OK;
}

static int span_next(sqlite3_vtab_cursor *cursor)
{
    ((struct span_cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int span_eof(sqlite3_vtab_cursor *cursor)
{
    const struct span_cursor *c = (struct span_cursor *)cursor;
    return c->at > c->last;
}

static void give_span(sqlite3_context *context, bool months, int64_t at)
{
    char text[16];
    int y, m, dom;
    if (months)
        sqlite3_snprintf(sizeof text, text, "%04d-%02d", (int)(at / 12), (int)(at % 12 + 1));
    else {
        day_split((day)at, &y, &m, &dom);
        sqlite3_snprintf(sizeof text, text, "%04d-%02d-%02d", y, m, dom);
    }
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static int span_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct span_cursor *c = (struct span_cursor *)cursor;
    bool months = ((struct span_table *)cursor->pVtab)->months;
    give_span(context, months,
              column == COLUMN_VALUE   ? c->at
              : column == COLUMN_FIRST ? c->first
                                       : c->last);
    return SQLITE_OK;
}

static int span_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = ((const struct span_cursor *)cursor)->at;
    return SQLITE_OK;
}

/* No xCreate: a module without it exists under its own name, without CREATE VIRTUAL TABLE. */
static const sqlite3_module span_module = {
    .xConnect = span_connect,
    .xDisconnect = span_disconnect,
    .xBestIndex = span_best_index,
    .xOpen = span_open,
    .xClose = span_close,
    .xFilter = span_filter,
    .xNext = span_next,
    .xEof = span_eof,
    .xColumn = span_column,
    .xRowid = span_rowid,
};

void functions_add_tables(struct store *s, sqlite3 *db)
{
    sqlite3_create_module(db, "months", &span_module, s);
    sqlite3_create_module(db, "days", &span_module, NULL);
}
