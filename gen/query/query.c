/* A query becomes a result: prepared once, bound, run within its bounds, typed. */
#include "store.h"

#include <math.h>
#include <string.h>

/* ---- preparing ---- */

static bool is_select(const struct token *t)
{
    return token_is(t, "select") || token_is(t, "with") || token_is(t, "values");
}

/* A NATURAL JOIN joins by whatever columns have one name, also those that are added later. */
static bool is_natural(const struct query *q, const struct tokens *t, struct diags *diags)
{
    for (size_t i = 0; i + 1 < t->list.n; i++)
        if (token_is(&t->list.at[i], "natural") &&
            (token_is(&t->list.at[i + 1], "join") || token_is(&t->list.at[i + 1], "left") ||
             token_is(&t->list.at[i + 1], "inner") || token_is(&t->list.at[i + 1], "full") ||
             token_is(&t->list.at[i + 1], "right") || token_is(&t->list.at[i + 1], "cross")))
            return !diags_add(diags, DIAG_QUERY_NATURAL,
                              place_within(q->at, q->sql, t->list.at[i].at), S("NATURAL JOIN"));
    return false;
}

/* One SELECT and nothing behind it but a ';'. */
static bool is_one_select(const struct query *q, const struct tokens *t, struct diags *diags)
{
    if (!t->list.n)
        return diags_add(diags, DIAG_QUERY_NOT_SELECT, q->at, S("nothing"));
    if (!is_select(&t->list.at[0]))
        return diags_add(diags, DIAG_QUERY_NOT_SELECT,
                         place_within(q->at, q->sql, t->list.at[0].at), t->list.at[0].text);
    for (size_t i = 0; i + 1 < t->list.n; i++)
        if (token_is(&t->list.at[i], ";"))
            return diags_add(diags, DIAG_QUERY_NOT_SELECT,
                             place_within(q->at, q->sql, t->list.at[i + 1].at),
                             S("a second statement"));
    return true;
}

static bool divides_rightly(const struct query *q, const struct tokens *t, struct diags *diags)
{
    size_t i = whole_division(t);
    if (i == t->list.n)
        return true;
    size_t from = t->list.at[i - 1].at, to = t->list.at[i + 1].at + t->list.at[i + 1].text.n;
    return diags_add(diags, DIAG_QUERY_DIVISION, place_within(q->at, q->sql, t->list.at[i].at),
                     str_sub(q->sql, from, to));
}

sqlite3_stmt *store_prepare(struct store *s, struct database *d, const struct query *q,
                            const struct tokens *t, enum authority authority, struct reads *reads,
                            struct diags *diags)
{
    sqlite3_stmt *stmt = NULL;
    if (!is_one_select(q, t, diags) || is_natural(q, t, diags))
        return NULL;
    s->permit = (struct permit){authority, q->audience, reads, REFUSED_NOTHING, {0}, {0}};
    int rc =
        sqlite3_prepare_v3(d->db, q->sql.p, (int)q->sql.n, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    bool ok = rc == SQLITE_OK && authorize_opened(s, d, q->sql, t);
    if (!ok)
        store_failed(s, d, q, diags);
    else if (authority != AUTHORITY_OURS)
        ok = divides_rightly(q, t, diags);
    if (!ok) {
        sqlite3_finalize(stmt);
        stmt = NULL;
    }
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    return stmt;
}

/* ---- statements, kept for the next page ---- */

struct statement {
    sqlite3_stmt *stmt;
    struct reads reads;
    struct relation_column *column;
    int ncols;
    LIST(struct source_rows) sources;
    bool restricted;  /* reads what some may not */
    bool by_audience; /* reads what has other rows for others */
};

void statement_free(void *statement)
{
    if (statement)
        sqlite3_finalize(((struct statement *)statement)->stmt);
}

static int by_table(const void *a, const void *b)
{
    return str_cmp(((const struct source_rows *)a)->table, ((const struct source_rows *)b)->table);
}

static void add_source(struct store *s, struct statement *st, const struct relation *table)
{
    for (size_t i = 0; i < st->sources.n; i++)
        if (str_eq(st->sources.at[i].table, table->name))
            return;
    PUSH(s->mem, &st->sources, ((struct source_rows){table->name, table->rows, table->stale}));
}

/* The tables of the book under all that is read, sorted, each once. */
static void find_sources(struct store *s, struct statement *st)
{
    for (size_t i = 0; i < st->reads.relations.n; i++) {
        const struct relation *r = st->reads.relations.at[i];
        for (size_t k = 0; k < r->base.n; k++)
            add_source(s, st, r->base.at[k]);
    }
    if (st->sources.n)
        qsort(st->sources.at, st->sources.n, sizeof *st->sources.at, by_table);
}

/* Whether somebody else may not read this, or reads other rows in it. */
static void find_audiences(struct statement *st)
{
    for (size_t i = 0; i < st->reads.relations.n; i++) {
        st->by_audience |= st->reads.relations.at[i]->by_audience;
        st->restricted |= st->reads.relations.at[i]->audience.n > 0;
    }
    for (size_t i = 0; i < st->reads.columns.n; i++)
        st->restricted |= st->reads.columns.at[i].column->audience.n > 0;
}

static void describe(struct store *s, struct statement *st, const struct tokens *t)
{
    st->ncols = sqlite3_column_count(st->stmt);
    st->column = NEW_ARRAY(s->mem, (size_t)st->ncols, struct relation_column);
    type_columns(s, st->stmt, t, &st->reads, st->column);
    find_sources(s, st);
    find_audiences(st);
}

static struct statement *new_statement(struct store *s, struct database *d, const struct query *q,
                                       struct diags *diags)
{
    struct statement *st = NEW(s->mem, struct statement);
    struct arena *mem = arena_new();
    struct tokens t = sql_tokens(mem, q->sql);
    if (models_for(s, d, q->sql, &t, diags))
        st->stmt = store_prepare(s, d, q, &t, AUTHORITY_PAGE, &st->reads, diags);
    if (st->stmt)
        describe(s, st, &t);
    arena_free(mem);
    return st->stmt ? st : NULL;
}

static struct statement *statement_of(struct store *s, struct database *d, const struct query *q,
                                      struct diags *diags)
{
    struct buf key = {0};
    buf_add(&key, q->audience);
    buf_addc(&key, '\n');
    buf_add(&key, q->sql);
    struct statement *st = map_get(&d->statements, buf_str(&key));
    if (!st && (st = new_statement(s, d, q, diags)))
        *map_put(&d->statements, buf_str(&key)) = st;
    buf_clear(&key);
    return st;
}

/* ---- parameters ---- */

static bool find_param(const struct store *s, const struct query *q, str name, struct value *v)
{
    for (size_t i = 0; i < q->nparams; i++)
        if (str_eq(q->param[i].name, name)) {
            *v = q->param[i].value;
            return true;
        }
    bool is_as_of = str_eq(name, S("as_of")), is_month = str_eq(name, S("month"));
    str text = is_as_of ? s->as_of : s->month;
    *v = str_is_set(text) ? (struct value){VALUE_TEXT, .s = text}
                          : (struct value){.kind = VALUE_NULL};
    return is_as_of || is_month;
}

static str known_params(struct arena *mem, const struct query *q)
{
    struct buf b = {0};
    buf_add(&b, S("known here: :as_of, :month"));
    for (size_t i = 0; i < q->nparams; i++)
        if (!str_eq(q->param[i].name, S("as_of")) && !str_eq(q->param[i].name, S("month")))
            buf_addf(&b, ", :" STR_FMT, STR_ARG(q->param[i].name));
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static bool no_param(struct store *s, const struct query *q, str name, struct diags *diags)
{
    struct tokens t = sql_tokens(s->mem, q->sql);
    size_t i = 0;
    while (i + 1 < t.list.n &&
           !(t.list.at[i].kind == TOKEN_PARAM && str_eq(t.list.at[i].text, name)))
        i++;
    return diags_add(diags, DIAG_QUERY_PARAMETER, place_within(q->at, q->sql, t.list.at[i].at),
                     name, known_params(s->mem, q));
}

static void bind_param(sqlite3_stmt *stmt, int i, struct value v)
{
    switch (v.kind) {
    case VALUE_NULL:
        sqlite3_bind_null(stmt, i);
        break;
    case VALUE_INT:
        sqlite3_bind_int64(stmt, i, v.i);
        break;
    case VALUE_REAL:
        sqlite3_bind_double(stmt, i, v.r);
        break;
    case VALUE_TEXT:
        sqlite3_bind_text(stmt, i, v.s.p ? v.s.p : "", (int)v.s.n, SQLITE_TRANSIENT);
        break;
    }
}

static bool bind_params(struct store *s, const struct query *q, sqlite3_stmt *stmt,
                        struct diags *diags)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
        str name = str_of(sqlite3_bind_parameter_name(stmt, i));
        struct value v;
        if (!str_starts(name, S(":")) || !find_param(s, q, str_sub(name, 1, name.n), &v))
            return no_param(s, q, name.n ? name : S("?"), diags);
        bind_param(stmt, i, v);
    }
    return true;
}

/* ---- rows ---- */

static struct value column_value(struct arena *mem, sqlite3_stmt *stmt, int i)
{
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_INTEGER:
        return (struct value){VALUE_INT, .i = sqlite3_column_int64(stmt, i)};
    case SQLITE_FLOAT:
        return (struct value){VALUE_REAL, .r = sqlite3_column_double(stmt, i)};
    case SQLITE_NULL:
        return (struct value){.kind = VALUE_NULL};
    default:
        break;
    }
    str text = {(const char *)sqlite3_column_text(stmt, i), (size_t)sqlite3_column_bytes(stmt, i)};
    /* A query can make bytes of its own (CAST of x'ff'); texts are UTF-8 everywhere else. */
    if (!text.p || !utf8_valid(text, NULL))
        return (struct value){.kind = VALUE_NULL};
    return (struct value){VALUE_TEXT, .s = arena_str(mem, text)};
}

/* Up to the last row, or the first that would be too much. */
static int read_rows(struct store *s, struct arena *mem, sqlite3_stmt *stmt, struct result *r)
{
    LIST(struct value) cells = {0};
    size_t bytes = 0;
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && r->nrows < s->max_rows &&
           bytes <= s->max_bytes) {
        for (int i = 0; i < (int)r->ncols; i++) {
            struct value v = column_value(mem, stmt, i);
            bytes += v.kind == VALUE_TEXT ? v.s.n : 0;
            PUSH(mem, &cells, v);
        }
        r->nrows++;
    }
    r->cell = cells.at;
    return rc;
}

static bool run(struct store *s, struct database *d, struct arena *mem, const struct query *q,
                sqlite3_stmt *stmt, struct result *r, struct diags *diags)
{
    double start = clock_ms();
    s->audience = q->audience;
    s->deadline_ms = start + s->wait_ms;
    int rc = read_rows(s, mem, stmt, r);
    s->deadline_ms = 0;
    r->ms = clock_ms() - start;
    if (rc == SQLITE_ROW && r->nrows < s->max_rows)
        diags_add(diags, DIAG_QUERY_BYTES, q->at, arena_printf(mem, "%zu", s->max_bytes >> 20));
    else if (rc == SQLITE_ROW)
        diags_add(diags, DIAG_QUERY_ROWS, q->at, arena_printf(mem, "%zu", s->max_rows));
    else if (rc != SQLITE_DONE) {
        store_failed(s, d, q, diags);
        store_hide_values(q->audience, diags);
    }
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return rc == SQLITE_DONE;
}

/* ---- other readers ---- */

static bool same_cells(const struct result *a, const struct result *b)
{
    if (a->ncols != b->ncols || a->nrows != b->nrows)
        return false;
    for (size_t i = 0; i < a->nrows * a->ncols; i++)
        if (!value_same(a->cell[i], b->cell[i]))
            return false;
    return true;
}

/* Whether the databases of all other audiences give these rows too: most of what is read by one
 * person's or customer's key is the same for all, though the whole is not. */
static bool same_for_others(struct store *s, const struct database *mine, struct arena *mem,
                            const struct query *query, const struct result *r)
{
    struct diags ignored;
    diags_init(&ignored, mem);
    for (size_t i = 0; i < s->databases.n; i++) {
        struct database *d = &s->databases.at[i];
        struct query q = *query;
        struct result other = {.ncols = r->ncols};
        q.audience = d->audience;
        struct statement *st = d == mine ? NULL : statement_of(s, d, &q, &ignored);
        if (d != mine &&
            (!st || !bind_params(s, &q, st->stmt, &ignored) ||
             !run(s, d, mem, &q, st->stmt, &other, &ignored) || !same_cells(r, &other)))
            return false;
    }
    return true;
}

/* ---- types of a result ---- */

const struct meaning *column_meaning(const struct store *s, str name)
{
    return model_meaning(s->model, name);
}

/* What its values look like, where nothing else tells. */
static enum type type_of_values(const struct result *r, size_t col)
{
    bool any = false, reals = false, texts = false, dates = true, months = true;
    for (size_t row = 0; row < r->nrows; row++) {
        struct value v = r->cell[row * r->ncols + col];
        any = any || v.kind != VALUE_NULL;
        reals = reals || v.kind == VALUE_REAL;
        texts = texts || v.kind == VALUE_TEXT;
        dates =
            dates && (v.kind == VALUE_NULL || (v.kind == VALUE_TEXT && day_parse(v.s) != DAY_NONE));
        months =
            months && (v.kind == VALUE_NULL || (v.kind == VALUE_TEXT && month_parse(v.s) >= 0));
    }
    if (!any)
        return TYPE_string;
    if (texts)
        return dates ? TYPE_date : months ? TYPE_month : TYPE_string;
    return reals ? TYPE_number : TYPE_integer;
}

static bool has_numbers(const struct result *r, size_t col)
{
    for (size_t row = 0; row < r->nrows; row++) {
        enum value_kind kind = r->cell[row * r->ncols + col].kind;
        if (kind == VALUE_INT || kind == VALUE_REAL)
            return true;
    }
    return false;
}

static void type_column(const struct store *s, const struct query *q,
                        const struct relation_column *known, struct result *r, size_t col,
                        struct diags *diags)
{
    struct result_column *c = &r->column[col];
    c->name = known->name;
    c->meaning = column_meaning(s, c->name);
    bool by_name = c->meaning && (c->meaning->typed || c->meaning->type_by.n);
    if (c->meaning && c->meaning->typed)
        c->type = c->meaning->type;
    else if (known->typed)
        c->type = known->type;
    else
        c->type = type_of_values(r, col);
    if (!by_name && known->flow == FLOW_LOST && has_numbers(r, col))
        diags_add(diags, DIAG_QUERY_MONEY, q->at, c->name);
}

/* The measure, or the type itself, that types a cell: named by a column of its row, or by a
 * parameter of the page. */
static str measure_of(const struct query *q, const struct result *r, size_t row, str by)
{
    int col = result_column(r, by);
    struct value v = {.kind = VALUE_NULL};
    for (size_t i = 0; col < 0 && i < q->nparams; i++)
        if (str_eq(q->param[i].name, by))
            v = q->param[i].value;
    if (col >= 0)
        v = r->cell[row * r->ncols + (size_t)col];
    return v.kind == VALUE_TEXT ? v.s : (str){0};
}

static void type_cells(const struct store *s, struct arena *mem, const struct query *q,
                       struct result *r, size_t col)
{
    str by = r->column[col].meaning->type_by;
    if (!r->cell_type) {
        r->cell_type = NEW_ARRAY(mem, r->nrows * r->ncols + 1, enum type);
        for (size_t i = 0; i < r->nrows * r->ncols; i++)
            r->cell_type[i] = r->column[i % r->ncols].type;
    }
    for (size_t row = 0; row < r->nrows; row++) {
        str measure = measure_of(q, r, row, by);
        const struct meaning *m = column_meaning(s, measure);
        enum type type;
        if (m && m->typed)
            r->cell_type[row * r->ncols + col] = m->type;
        else if (type_of_name(measure, &type))
            r->cell_type[row * r->ncols + col] = type;
    }
}

/* ---- public ---- */

/* What has no rows since nobody was found to read it must not look as if it had none. */
static bool note_relations(struct store *s, struct statement *st, const struct query *q,
                           struct diags *diags)
{
    for (size_t i = 0; i < st->reads.relations.n; i++) {
        struct relation *r = st->reads.relations.at[i];
        if (!r->read)
            PUSH(s->mem, &s->read, r);
        r->read = true;
        if (r->unwanted)
            return diags_add(diags, DIAG_QUERY_UNWANTED, q->at, r->name);
    }
    return true;
}

struct result *query_run(struct store *s, struct arena *mem, const struct query *query,
                         struct diags *diags)
{
    struct query q = *query;
    if (str_eq(q.audience, S("everyone")))
        q.audience = (str){0};
    struct database *d = store_database(s, q.audience);
    struct statement *st = statement_of(s, d, &q, diags);
    if (!st || !bind_params(s, &q, st->stmt, diags) || !note_relations(s, st, &q, diags))
        return NULL;

    struct result *r = NEW(mem, struct result);
    r->ncols = (size_t)st->ncols;
    r->column = NEW_ARRAY(mem, r->ncols, struct result_column);
    if (!run(s, d, mem, &q, st->stmt, r, diags))
        return NULL;
    if (!s->told_apart && s->audiences.n > 1)
        s->told_apart = st->restricted || (st->by_audience && !same_for_others(s, d, mem, &q, r));
    for (size_t col = 0; col < r->ncols; col++)
        type_column(s, &q, &st->column[col], r, col, diags);
    for (size_t col = 0; col < r->ncols; col++)
        if (r->column[col].meaning && r->column[col].meaning->type_by.n)
            type_cells(s, mem, &q, r, col);
    r->source = st->sources.at;
    r->nsources = st->sources.n;
    return r;
}

struct value result_cell(const struct result *r, size_t row, size_t col)
{
    return r->cell[row * r->ncols + col];
}

enum type result_type(const struct result *r, size_t row, size_t col)
{
    return r->cell_type ? r->cell_type[row * r->ncols + col] : r->column[col].type;
}

int result_column(const struct result *r, str name)
{
    for (size_t i = 0; i < r->ncols; i++)
        if (str_eq(r->column[i].name, name))
            return (int)i;
    return -1;
}

void query_prepare(struct store *s, const struct query *query)
{
    struct diags ignored;
    struct query q = *query;
    diags_init(&ignored, s->mem);
    if (str_eq(q.audience, S("everyone")))
        q.audience = (str){0};
    statement_of(s, store_database(s, q.audience), &q, &ignored);
}

bool store_read_files(const struct store *s)
{
    for (size_t i = 0; i < s->databases.n; i++) {
        const struct map *all = &s->databases.at[i].statements;
        for (size_t k = 0; k < all->n; k++) {
            const struct statement *st = all->at[k].value;
            for (size_t n = 0; st && n < st->sources.n; n++)
                if (str_eq(st->sources.at[n].table, S("data_files")) ||
                    str_eq(st->sources.at[n].table, S("data_rejects")))
                    return true;
        }
    }
    return false;
}

/* A query that joins its own system's views to shared tables is of that system; one that also reads
 * a present system has something to show. */
bool query_reads_absent(struct store *s, const struct query *query, str *system)
{
    struct diags ignored;
    struct query q = *query;
    diags_init(&ignored, s->mem);
    if (str_eq(q.audience, S("everyone")))
        q.audience = (str){0};
    struct statement *st = statement_of(s, store_database(s, q.audience), &q, &ignored);
    bool absent = false;
    for (size_t i = 0; st && i < st->reads.relations.n; i++) {
        str of = st->reads.relations.at[i]->system;
        if (!of.n || str_eq(of, S("shared")))
            continue;
        if (model_has_system(s->model, of))
            return false;
        absent = true;
        *system = of;
    }
    return absent;
}
