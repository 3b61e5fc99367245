#include "store.h"

/* What rows of views say that no page shows by itself: of views of checks each row is a diagnostic,
 * of the view of names what a key is called that has no page. */

static sqlite3_stmt *select_all(struct store *s, const char *columns, str table)
{
    struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    buf_addf(&sql, "SELECT %s FROM ", columns);
    sql_name(&sql, table);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    sqlite3_prepare_v2(s->databases.at[0].db, sql.p, (int)sql.n, &stmt, NULL);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    buf_clear(&sql);
    return stmt;
}

static str text_at(sqlite3_stmt *stmt, int i)
{
    return str_of((const char *)sqlite3_column_text(stmt, i));
}

/* Where row `row` of a table stands in its file; false if there is none. Without a row: the
 * file. */
static bool row_place(const struct store *s, str table, int64_t row, bool has_row, struct place *at)
{
    const struct table *t = dataset_table(s->dataset, table);
    if (!t || (has_row && (row < 1 || (uint64_t)row > t->nrows)))
        return false;
    if (has_row)
        *at = table_place(t, (size_t)row - 1);
    else
        *at = (struct place){t->sources.n ? t->sources.at[0].path : (str){0}, 0, 0};
    return true;
}

static void report_check(struct store *s, const struct relation *view, struct place view_at,
                         sqlite3_stmt *stmt, struct diags *diags)
{
    struct place at = view_at;
    bool is_warning = str_eq(text_at(stmt, 0), S("warning"));
    bool has_table = sqlite3_column_type(stmt, 1) != SQLITE_NULL;
    bool has_row = sqlite3_column_type(stmt, 2) != SQLITE_NULL;
    if (has_table && !row_place(s, text_at(stmt, 1), sqlite3_column_int64(stmt, 2), has_row, &at))
        diags_add(diags, DIAG_CHECK_PLACE, view_at, view->name, text_at(stmt, 1), text_at(stmt, 2));
    else
        diags_add(diags, is_warning ? DIAG_CHECK_WARNING : DIAG_CHECK_ERROR, at, text_at(stmt, 3),
                  text_at(stmt, 4));
    diags_last(diags)->audience = view->audience;
}

void check_rows(struct store *s, const struct relation *view, struct place at, struct diags *diags)
{
    sqlite3_stmt *stmt = select_all(s, "severity, tbl, row, text, remedy", view->name);
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        report_check(s, view, at, stmt, diags);
    sqlite3_finalize(stmt);
}

void name_rows(struct store *s, const struct relation *view)
{
    sqlite3_stmt *stmt = select_all(s, "kind, key, name", view->name);
    while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        store_names_add(s, view->audience, text_at(stmt, 0), text_at(stmt, 1), text_at(stmt, 2));
    sqlite3_finalize(stmt);
}
