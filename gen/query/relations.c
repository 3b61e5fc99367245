/* What a query can read, by name; and how a SELECT becomes one of them. */
#include "store.h"

#include <string.h>

struct relation *relation_get(const struct store *s, str name)
{
    return map_get(&s->relation_of, sql_lower(s->scratch, name));
}

struct relation *relation_add(struct store *s, enum relation_kind kind, str name, str system)
{
    void **slot = map_put(&s->relation_of, sql_lower(s->scratch, name));
    if (*slot)
        return NULL;
    struct relation *r = NEW(s->mem, struct relation);
    r->kind = kind;
    r->name = arena_str(s->mem, name);
    r->system = system;
    *slot = r;
    r->number = s->relations.n;
    PUSH(s->mem, &s->relations, r);
    return r;
}

const struct relation_column *relation_column(const struct relation *r, str name)
{
    for (size_t i = 0; i < r->ncols; i++)
        if (r->column[i].name.n == name.n &&
            sqlite3_strnicmp(r->column[i].name.p, name.p, (int)name.n) == 0)
            return &r->column[i];
    return NULL;
}

bool store_exec(struct store *s, struct database *d, str sql, struct place at, struct diags *diags)
{
    struct permit before = s->permit;
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    str text = arena_str(s->mem, sql);
    bool ok = sqlite3_exec(d->db, text.p, NULL, NULL, NULL) == SQLITE_OK;
    if (!ok) {
        struct query q = {.sql = text, .at = at};
        store_failed(s, d, &q, diags);
    }
    s->permit = before;
    return ok;
}

static void add_index(struct store *s, struct buf *sql, const struct relation *r, str column)
{
    static const char *const narrowing[] = {"scope", "kind", "measure", "period",
                                            "month", "date", "day"};
    buf_add(sql, S("CREATE INDEX "));
    sql_name(sql, arena_printf(s->mem, STR_FMT " by " STR_FMT, STR_ARG(r->name), STR_ARG(column)));
    buf_add(sql, S(" ON "));
    sql_name(sql, r->name);
    buf_addc(sql, '(');
    sql_name(sql, column);
    for (size_t i = 0; i < sizeof narrowing / sizeof *narrowing; i++) {
        str name = str_of(narrowing[i]);
        if (str_eq(name, column) || !relation_column(r, name))
            continue;
        buf_add(sql, S(", "));
        sql_name(sql, name);
    }
    buf_add(sql, S(");"));
}

bool relation_index(struct store *s, struct database *d, const struct relation *r,
                    const struct map *names, str key, struct diags *diags)
{
    /* Each index is one more object that SQLite looks through whenever another is made, and of a
     * few rows the whole is read as fast. */
    enum { FEW_ROWS = 64 };
    struct buf sql = {0};
    if (r->taken && d == &s->databases.at[0])
        return true; /* with its indexes */
    for (size_t i = 0; i < r->ncols && r->rows > FEW_ROWS; i++)
        if (map_get(names, r->column[i].name) && !str_eq(r->column[i].name, key))
            add_index(s, &sql, r, r->column[i].name);
    bool ok = !sql.n || store_exec(s, d, buf_str(&sql), (struct place){0}, diags);
    buf_clear(&sql);
    return ok;
}

/* ---- a SELECT, kept ---- */

static int by_name(const void *a, const void *b)
{
    const struct relation *const *x = a, *const *y = b;
    return str_cmp((*x)->name, (*y)->name);
}

static void add_base(struct store *s, struct relation *r, struct relation *table)
{
    for (size_t i = 0; i < r->base.n; i++)
        if (r->base.at[i] == table)
            return;
    PUSH(s->mem, &r->base, table);
}

/* What is made from a restricted thing is restricted whole, and stands on the same tables. */
static void inherit(struct store *s, struct relation *r, const struct reads *reads)
{
    for (size_t i = 0; i < reads->relations.n; i++) {
        const struct relation *from = reads->relations.at[i];
        r->unwanted = r->unwanted || from->unwanted;
        r->audience = audience_join(s->mem, r->audience, from->audience);
        r->by_audience = r->by_audience || from->by_audience;
        for (size_t k = 0; k < from->base.n; k++)
            add_base(s, r, from->base.at[k]);
    }
    for (size_t i = 0; i < reads->columns.n; i++)
        r->audience = audience_join(s->mem, r->audience, reads->columns.at[i].column->audience);
    if (r->base.n)
        qsort(r->base.at, r->base.n, sizeof *r->base.at, by_name);
}

/* A name that has a meaning has its type, wherever it is made. */
static void apply_meaning(const struct store *s, struct relation_column *c)
{
    const struct meaning *m = column_meaning(s, c->name);
    if (!m || !(m->typed || m->type_by.n))
        return;
    c->typed = m->typed;
    c->type = m->type;
    c->flow = m->typed && m->type == TYPE_money ? FLOW_MONEY : FLOW_NONE;
}

static void describe(struct store *s, struct relation *r, sqlite3_stmt *stmt,
                     const struct statement_text *text, const struct reads *reads)
{
    r->ncols = (size_t)sqlite3_column_count(stmt);
    r->column = NEW_ARRAY(s->mem, r->ncols, struct relation_column);
    type_columns(s, stmt, &text->tokens, reads, r->column);
    for (size_t i = 0; i < r->ncols; i++) {
        if (i < text->nnames)
            r->column[i].name = text->name[i];
        apply_meaning(s, &r->column[i]);
    }
    inherit(s, r, reads);
}

static bool has_distinct_names(const struct relation *r)
{
    for (size_t i = 0; i < r->ncols; i++)
        if (relation_column(r, r->column[i].name) != &r->column[i])
            return false;
    return true;
}

/* What nobody can come to read is a table of the same columns: its SELECT has been compiled, and
 * need not be a second time. */
static void add_columns(struct buf *sql, const struct relation *r)
{
    for (size_t i = 0; i < r->ncols; i++) {
        buf_add(sql, i ? S(", ") : S(" ("));
        sql_name(sql, r->column[i].name);
    }
    buf_addc(sql, ')');
}

/* The rows of a SELECT go into a table: types of storage follow from it. One that has names of its
 * own, or a LIMIT, is another's. */
static void add_select(struct buf *sql, const struct statement_text *text, bool empty)
{
    bool inside = text->nnames || text->unwanted;
    buf_add(sql, inside ? S(" AS WITH \"=named\"") : S(" AS "));
    for (size_t i = 0; i < text->nnames; i++) {
        buf_add(sql, i ? S(", ") : S("("));
        sql_name(sql, text->name[i]);
    }
    if (text->nnames)
        buf_addc(sql, ')');
    if (inside)
        buf_add(sql, S(" AS ("));
    buf_add(sql, text->query.sql);
    if (inside)
        buf_add(sql, S("\n) SELECT * FROM \"=named\""));
    if (empty)
        buf_add(sql, S("\nLIMIT 0"));
}

static str create_sql(struct store *s, const struct relation *r, const struct statement_text *text,
                      bool empty)
{
    struct buf sql = {0};
    buf_add(&sql, S("CREATE TABLE "));
    sql_name(&sql, r->name);
    if (text->unwanted && has_distinct_names(r))
        add_columns(&sql, r);
    else
        add_select(&sql, text, empty);
    str created = arena_str(s->mem, buf_str(&sql));
    buf_clear(&sql);
    return created;
}

static size_t count_rows(struct store *s, struct database *d, const struct relation *r)
{
    struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    size_t rows = 0;
    buf_add(&sql, S("SELECT count(*) FROM "));
    sql_name(&sql, r->name);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    if (sqlite3_prepare_v2(d->db, sql.p, (int)sql.n, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        rows = (size_t)sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    buf_clear(&sql);
    return rows;
}

static bool create(struct store *s, struct database *d, const struct relation *r,
                   const struct statement_text *text, bool bounded, bool empty, struct diags *diags)
{
    str sql = create_sql(s, r, text, empty);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    s->deadline_ms = bounded ? clock_ms() + s->wait_ms : 0;
    bool ok = sqlite3_exec(d->db, sql.p, NULL, NULL, NULL) == SQLITE_OK;
    if (!ok) {
        store_failed(s, d, &text->query, diags);
        store_hide_values(r->audience, diags);
    }
    s->deadline_ms = 0;
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    return ok;
}

static bool insert_cells(struct store *s, struct database *d, const struct relation *r,
                         const struct cells *cells)
{
    struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    buf_add(&sql, S("INSERT INTO "));
    sql_name(&sql, r->name);
    for (size_t i = 0; i < cells->width; i++)
        buf_add(&sql, i ? S(", ?") : S(" VALUES (?"));
    buf_addc(&sql, ')');
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    bool ok = sqlite3_prepare_v2(d->db, sql.p, (int)sql.n, &stmt, NULL) == SQLITE_OK;
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    for (size_t n = 0; n < cells->n && ok; n++) {
        for (size_t i = 0; i < cells->width; i++)
            bind_value(stmt, (int)i + 1, TYPE_string, cells_value(cells, n, i));
        ok = sqlite3_step(stmt) == SQLITE_DONE;
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    buf_clear(&sql);
    return ok;
}

/* Makes the table of a relation that has been described. */
static bool make(struct store *s, struct database *d, struct relation *r,
                 const struct statement_text *text, const struct cells *cells,
                 enum authority authority, struct diags *diags)
{
    bool empty = cells || text->unwanted;
    bool ok = create(s, d, r, text, authority == AUTHORITY_MODEL, empty, diags);
    if (cells)
        ok = ok && insert_cells(s, d, r, cells);
    return ok;
}

/* In the first database, where the image may have it already. */
static bool make_or_take(struct store *s, struct relation *r, const struct statement_text *text,
                         const struct cells *cells, enum authority authority,
                         const struct reads *reads, struct diags *diags)
{
    struct database *d = &s->databases.at[0];
    str sql = text->unwanted ? arena_printf(s->mem, STR_FMT " LIMIT 0", STR_ARG(text->query.sql))
                             : text->query.sql;
    struct print print = cells ? print_of_cells(s, sql, cells) : print_of_sql(s, sql);
    if (image_gives(s, r, print, cells ? NULL : reads) ||
        (cells && image_patch(s, r, cells, print)))
        return true;
    if (!image_drop(s, r) || !make(s, d, r, text, cells, authority, diags))
        return false;
    r->rows = cells ? cells->n : count_rows(s, d, r);
    image_made(s, r, print, !cells);
    return true;
}

bool relation_describe(struct store *s, struct database *d, struct relation *r,
                       const struct statement_text *text, enum authority authority,
                       struct reads *reads, struct diags *diags)
{
    sqlite3_stmt *stmt = store_prepare(s, d, &text->query, &text->tokens, authority, reads, diags);
    if (!stmt)
        return false;
    bool ok = !text->nnames || text->nnames == (size_t)sqlite3_column_count(stmt) ||
              diags_add(diags, DIAG_MODEL_NAMES, text->query.at, r->name);
    if (ok && d == &s->databases.at[0])
        describe(s, r, stmt, text, reads);
    sqlite3_finalize(stmt);
    return ok;
}

bool relation_make(struct store *s, struct database *d, struct relation *r,
                   const struct statement_text *text, const struct cells *cells,
                   enum authority authority, const struct reads *reads, struct diags *diags)
{
    return d == &s->databases.at[0] ? make_or_take(s, r, text, cells, authority, reads, diags)
                                    : make(s, d, r, text, cells, authority, diags);
}

bool relation_keep(struct store *s, struct database *d, struct relation *r,
                   const struct statement_text *text, const struct cells *cells,
                   enum authority authority, struct diags *diags)
{
    double start = clock_ms();
    struct reads reads = {0};
    r->unwanted = r->unwanted || text->unwanted; /* of a copy for an audience: as in the first */
    bool ok = relation_describe(s, d, r, text, authority, &reads, diags) &&
              relation_make(s, d, r, text, cells, authority, &reads, diags);
    r->load_ms += clock_ms() - start;
    return ok;
}
