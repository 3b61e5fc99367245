/* What a statement may do. Deny by default: SQLite asks for each thing that a statement would do,
 * and what is not allowed below is refused, so that an action that SQLite learns later is refused
 * too. */
#include "store.h"

#include <string.h>

bool audience_sees(str audience, str only_for)
{
    return !only_for.n || str_eq(audience, only_for);
}

str audience_join(struct arena *mem, str a, str b)
{
    if (!a.n || str_eq(a, b))
        return b;
    if (!b.n)
        return a;
    /* No audience is called "hr+managers": what is made from both is seen by nobody. */
    str first = str_cmp(a, b) < 0 ? a : b, second = str_cmp(a, b) < 0 ? b : a;
    return arena_printf(mem, STR_FMT "+" STR_FMT, STR_ARG(first), STR_ARG(second));
}

static int refuse(struct permit *p, enum refusal why, str name, str only_for)
{
    if (p->refused == REFUSED_NOTHING) {
        p->refused = why;
        p->name = name;
        p->only_for = only_for;
    }
    return SQLITE_DENY;
}

static void note_read(struct store *s, struct relation *r, const struct relation_column *column)
{
    struct reads *reads = s->permit.reads;
    size_t i = 0;
    while (i < reads->relations.n && reads->relations.at[i] != r)
        i++;
    if (i == reads->relations.n)
        PUSH(s->mem, &reads->relations, r);
    if (!column)
        return;
    for (i = 0; i < reads->columns.n; i++)
        if (reads->columns.at[i].column == column)
            return;
    struct column_read read = {r, column};
    PUSH(s->mem, &reads->columns, read);
}

static bool is_table_function(str name)
{
    static const char *const names[] = {"months", "days", "forecast", "json_each", "json_tree"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_of(names[i])))
            return true;
    return false;
}

/* Whether the permit lets a column, or the rows (column NULL), of r be read; if so, it is noted. */
static int read_relation(struct store *s, struct relation *r, const struct relation_column *c)
{
    struct permit *p = &s->permit;
    if (p->authority != AUTHORITY_OURS && r->hidden)
        return refuse(p, REFUSED_BIG, r->name, (str){0});
    if (p->authority == AUTHORITY_PAGE && !audience_sees(p->audience, r->audience))
        return refuse(p, REFUSED_RELATION, r->name, r->audience);
    if (p->authority == AUTHORITY_PAGE && c && !audience_sees(p->audience, c->audience))
        return refuse(p, REFUSED_RELATION,
                      arena_printf(s->mem, STR_FMT "." STR_FMT, STR_ARG(r->name), STR_ARG(c->name)),
                      c->audience);
    if (p->reads)
        note_read(s, r, c);
    return SQLITE_OK;
}

/* SQLite names a column; or none, where only the rows of a table are counted. In that case the name
 * is as the query writes it, and may be that of a CTE: one that is called like a restricted table
 * is refused with it. */
static int authorize_read(struct store *s, const char *table, const char *column)
{
    struct permit *p = &s->permit;
    arena_reset(s->scratch);
    str name = sql_lower(s->scratch, str_of(table));
    struct relation *r = relation_get(s, name);

    if (!r) {
        bool rows_only = !column || !*column;
        bool is_internal = str_starts(name, S("sqlite_")) || str_starts(name, S("pragma_")) ||
                           map_get(&s->modules, name);
        if (is_table_function(name) || (rows_only && !is_internal))
            return SQLITE_OK;
        return refuse(p, REFUSED_ACTION, arena_str(s->mem, name), (str){0});
    }
    return read_relation(s, r, column ? relation_column(r, str_of(column)) : NULL);
}

static void note_function(struct permit *p, str name)
{
    if (p->reads)
        p->reads->as_of |= str_eq(name, S("as_of")) || str_eq(name, S("as_of_month"));
}

int authorize(void *arg, int action, const char *a, const char *b, const char *database,
              const char *inner)
{
    struct store *s = arg;
    struct permit *p = &s->permit;
    (void)database, (void)inner;

    if (action == SQLITE_FUNCTION)
        note_function(p, str_of(b));
    if (p->authority == AUTHORITY_OURS)
        return action == SQLITE_READ && p->reads ? authorize_read(s, a, b) : SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return authorize_read(s, a, b);
    case SQLITE_FUNCTION:
        if (function_allowed(str_of(b), p->authority == AUTHORITY_PAGE))
            return SQLITE_OK;
        return refuse(p, REFUSED_FUNCTION, arena_str(s->mem, str_of(b)), (str){0});
    default:
        return refuse(p, REFUSED_ACTION, a ? arena_str(s->mem, str_of(a)) : S("this"), (str){0});
    }
}

/* ---- what SQLite does not ask about ----
 * Columns in USING are joined without a word to the authorizer, so that a table could be asked
 * whether it holds a key. Therefore the compiled statement is looked through: what it opens, it
 * reads. */

static void fill_roots(struct store *s, struct database *d)
{
    sqlite3_stmt *stmt = NULL;
    static const char sql[] = "SELECT rowid, tbl_name, rootpage FROM sqlite_schema "
                              "WHERE rowid > ? AND rootpage > 0 ORDER BY rowid";
    if (sqlite3_prepare_v2(d->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        die("SQLite does not tell its tables: %s", sqlite3_errmsg(d->db));
    sqlite3_bind_int64(stmt, 1, d->last_root);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        size_t page = (size_t)sqlite3_column_int64(stmt, 2);
        while (d->roots.n <= page)
            PUSH(s->mem, &d->roots, NULL);
        d->roots.at[page] = relation_get(s, str_of((const char *)sqlite3_column_text(stmt, 1)));
        d->last_root = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
}

static bool note_opened(struct store *s, struct database *d, sqlite3_stmt *program)
{
    enum { OPCODE = 1, P2 = 3 };
    bool ok = true;
    while (ok && sqlite3_step(program) == SQLITE_ROW) {
        str opcode = str_of((const char *)sqlite3_column_text(program, OPCODE));
        size_t page = (size_t)sqlite3_column_int64(program, P2);
        bool opens = str_eq(opcode, S("OpenRead")) || str_eq(opcode, S("ReopenIdx"));
        struct relation *r = opens && page < d->roots.n ? d->roots.at[page] : NULL;
        ok = !r || read_relation(s, r, NULL) == SQLITE_OK;
    }
    return ok;
}

/* The columns that USING names are read in every table that has them. */
static bool note_using(struct store *s, const struct tokens *t)
{
    struct reads *reads = s->permit.reads;
    bool ok = true;
    for (size_t i = 1; i + 1 < t->list.n; i++) {
        if (!token_is(&t->list.at[i - 1], "using") || !token_is(&t->list.at[i], "("))
            continue;
        size_t close = token_closing(t, i);
        for (size_t k = i + 1; k < close; k++) {
            str name = token_name(s->mem, &t->list.at[k]);
            for (size_t r = 0; ok && r < reads->relations.n; r++) {
                const struct relation_column *c = relation_column(reads->relations.at[r], name);
                ok = !c || read_relation(s, reads->relations.at[r], c) == SQLITE_OK;
            }
        }
    }
    return ok;
}

/* Compiling a statement a second time costs as much as the first. */
static bool has_using(const struct tokens *t)
{
    for (size_t i = 0; i < t->list.n; i++)
        if (token_is(&t->list.at[i], "using"))
            return true;
    return false;
}

bool authorize_opened(struct store *s, struct database *d, str sql, const struct tokens *t)
{
    if (!has_using(t))
        return true;
    struct permit permit = s->permit;
    struct buf text = {0};
    sqlite3_stmt *program = NULL;
    buf_add(&text, S("EXPLAIN "));
    buf_add(&text, sql);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    fill_roots(s, d);
    sqlite3_prepare_v2(d->db, text.p, (int)text.n, &program, NULL);
    s->permit = permit;
    bool ok = program && note_opened(s, d, program) && note_using(s, t);
    sqlite3_finalize(program);
    buf_clear(&text);
    return ok;
}
