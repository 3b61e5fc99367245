/* The database of one book: opening, tables, and what pages add to it. */
#include "store.h"

#include <string.h>

#include "cache.h"

enum {
    MAX_ROWS = 1000000,
    MAX_BYTES = 512 << 20,
    WAIT_MS = 10000,
    MAX_TEXT = 4 << 20,
    MAX_SQL = 1 << 20
};

/* ---- opening ---- */

static int progress(void *arg)
{
    const struct store *s = arg;
    return s->deadline_ms > 0 && clock_ms() > s->deadline_ms;
}

/* Names of virtual tables that SQLite brings along: they show its inside. */
static void note_modules(struct store *s, sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, "PRAGMA module_list", -1, &stmt, NULL) == SQLITE_OK)
        while (sqlite3_step(stmt) == SQLITE_ROW)
            *map_put(&s->modules, str_of((const char *)sqlite3_column_text(stmt, 0))) = s;
    sqlite3_finalize(stmt);
}

/* SQLite asks leave to create a table function's table when one is first read: that is done here,
 * where all is allowed, and not in somebody's query. */
static void connect_table_functions(sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    static const char sql[] = "SELECT 1 FROM months('2026-01', '2026-01'), "
                              "days('2026-01-01', '2026-01-01'), json_each('[]'), json_tree('[]'), "
                              "forecast('[]', 1)";
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        die("SQLite lacks its table functions: %s", sqlite3_errmsg(db));
    sqlite3_finalize(stmt);
}

static void set_limits(sqlite3 *db)
{
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, MAX_TEXT);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 200);
    sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

sqlite3 *store_open(struct store *s)
{
    sqlite3 *db = NULL;
    /* Nobody asks how much memory SQLite has taken, and counting it costs a lock at each malloc.
     * Refused once SQLite is awake, which is when the first store has said it. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    cache_in_memory();
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(":memory:", &db, flags, NULL) != SQLITE_OK) {
        sqlite3_close(db);
        return NULL;
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* Nothing is written to disk. The journal stays, in memory: a view that fails halfway leaves no
     * half table behind. */
    sqlite3_exec(db,
                 "PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF",
                 NULL, NULL, NULL);
    set_limits(db);
    note_modules(s, db);
    functions_add(s, db);
    connect_table_functions(db);
    sqlite3_progress_handler(db, 20000, progress, s);
    sqlite3_set_authorizer(db, authorize, s);
    return db;
}

struct store *store_new(struct arena *mem, const struct dataset *dataset,
                        const struct language *lang, int fiscal_year_start, struct diags *diags)
{
    struct store *s = NEW(mem, struct store);
    s->mem = mem;
    s->scratch = arena_new();
    s->dataset = dataset;
    s->model = dataset->model;
    s->lang = lang;
    s->fiscal_start = fiscal_year_start < 1 || fiscal_year_start > 12 ? 1 : fiscal_year_start;
    if (dataset->as_of != DAY_NONE) {
        s->as_of = day_iso(mem, dataset->as_of);
        s->month = month_iso(mem, month_of(dataset->as_of));
    }
    s->holidays = holidays_of(mem, dataset);
    s->permit.authority = AUTHORITY_PAGE;
    s->wait_ms = WAIT_MS;
    s->max_rows = MAX_ROWS;
    s->max_bytes = MAX_BYTES;
    map_init(&s->relation_of, mem);
    map_init(&s->modules, mem);
    map_init(&s->kinds, mem);
    map_init(&s->audiences, mem);

    struct database everyone = {.db = store_open(s)};
    if (!everyone.db) {
        arena_free(s->scratch);
        diags_add(diags, DIAG_QUERY_START, (struct place){0}, S("SQLite"));
        return NULL;
    }
    map_init(&everyone.statements, mem);
    PUSH(mem, &s->databases, everyone);
    return s;
}

void store_free(struct store *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->databases.n; i++) {
        struct database *d = &s->databases.at[i];
        for (size_t k = 0; k < d->statements.n; k++)
            statement_free(d->statements.at[k].value);
        sqlite3_close(d->db);
    }
    arena_free(s->scratch);
}

void store_rollups_by_sql(struct store *s)
{
    s->rollups_by_sql = true;
}

void store_wanted(struct store *s, const struct wanted *w)
{
    s->wanted = w;
}

void store_as_asked(struct store *s)
{
    s->as_asked = true;
}

void store_limits(struct store *s, int wait_ms, size_t max_rows, size_t max_bytes)
{
    s->wait_ms = wait_ms;
    s->max_rows = max_rows;
    s->max_bytes = max_bytes;
}

struct database *store_database(struct store *s, str audience)
{
    for (size_t i = 1; i < s->databases.n; i++)
        if (str_eq(s->databases.at[i].audience, audience))
            return &s->databases.at[i];
    return &s->databases.at[0];
}

/* ---- tables ---- */

const char *type_of_store(enum type t)
{
    switch (t) {
    case TYPE_integer:
    case TYPE_money:
    case TYPE_boolean:
        return "INTEGER";
    case TYPE_number:
    case TYPE_rate:
        return "REAL";
    case TYPE_string:
    case TYPE_date:
    case TYPE_datetime:
    case TYPE_time:
    case TYPE_month:
    case TYPE_period:
    case TYPE_list:
        break;
    }
    return "TEXT";
}

static struct relation *relation_of_schema(struct store *s, const struct schema *schema)
{
    struct relation *r = relation_add(s, RELATION_TABLE, schema->name, schema->system);
    if (!r)
        return NULL;
    r->audience = everyone_unset(schema->audience);
    r->ncols = schema->nfields + 1;
    r->column = NEW_ARRAY(s->mem, r->ncols, struct relation_column);
    for (size_t i = 0; i < schema->nfields; i++) {
        const struct field *f = &schema->field[i];
        enum flow flow = f->type == TYPE_money ? FLOW_MONEY : FLOW_NONE;
        r->column[i] =
            (struct relation_column){f->name, everyone_unset(f->audience), f->type, true, flow};
    }
    r->column[schema->nfields] =
        (struct relation_column){.name = S("_row"), .type = TYPE_integer, .typed = true};
    PUSH(s->mem, &r->base, r);
    return r;
}

/* _row is the table's own key, so it costs nothing; STRICT, so that a value of another type would
 * be an error and not a surprise in a comparison. */
static bool create_table(struct store *s, const struct schema *schema, struct diags *diags)
{
    struct buf sql = {0};
    buf_add(&sql, S("CREATE TABLE "));
    sql_name(&sql, schema->name);
    buf_add(&sql, S(" ("));
    for (size_t i = 0; i < schema->nfields; i++) {
        sql_name(&sql, schema->field[i].name);
        buf_addf(&sql, " %s, ", type_of_store(schema->field[i].type));
    }
    buf_add(&sql, S("_row INTEGER PRIMARY KEY) STRICT"));
    bool ok = store_exec(s, &s->databases.at[0], buf_str(&sql), schema->at, diags);
    buf_clear(&sql);
    return ok;
}

static sqlite3_stmt *prepare_insert(struct store *s, const struct schema *schema)
{
    sqlite3_stmt *stmt = NULL;
    struct buf sql = {0};
    buf_add(&sql, S("INSERT INTO "));
    sql_name(&sql, schema->name);
    buf_add(&sql, S(" VALUES ("));
    for (size_t i = 0; i < schema->nfields; i++)
        buf_add(&sql, S("?, "));
    buf_add(&sql, S("?)"));
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    sqlite3_prepare_v2(s->databases.at[0].db, sql.p, (int)sql.n, &stmt, NULL);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    buf_clear(&sql);
    return stmt;
}

int bind_value(sqlite3_stmt *stmt, int i, enum type type, struct value v)
{
    switch (v.kind) {
    case VALUE_INT:
        if (type == TYPE_number || type == TYPE_rate)
            return sqlite3_bind_double(stmt, i, (double)v.i);
        return sqlite3_bind_int64(stmt, i, v.i);
    case VALUE_REAL:
        return sqlite3_bind_double(stmt, i, v.r);
    case VALUE_TEXT:
        return sqlite3_bind_text(stmt, i, v.s.p, (int)v.s.n, SQLITE_STATIC);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, i);
}

static bool insert_rows(const struct table *t, sqlite3_stmt *stmt, struct relation *r)
{
    size_t nfields = t->schema->nfields;
    for (size_t row = 0; row < t->nrows; row++) {
        if (!table_seen(t, row))
            continue;
        for (size_t f = 0; f < nfields; f++)
            bind_value(stmt, (int)f + 1, t->schema->field[f].type, table_value_as_of(t, f, row));
        sqlite3_bind_int64(stmt, (int)nfields + 1, (int64_t)row + 1);
        if (sqlite3_step(stmt) != SQLITE_DONE)
            return false;
        sqlite3_reset(stmt);
        r->rows++;
    }
    return true;
}

static bool load_rows(struct store *s, const struct table *t, struct relation *r,
                      struct diags *diags)
{
    sqlite3_stmt *stmt = prepare_insert(s, t->schema);
    bool ok = stmt && insert_rows(t, stmt, r);
    if (!ok)
        diags_add(diags, DIAG_QUERY_LOAD, t->schema->at, t->schema->name,
                  str_of(sqlite3_errmsg(s->databases.at[0].db)));
    sqlite3_finalize(stmt);
    return ok;
}

static str key_of(const struct schema *schema)
{
    bool one = schema->nprimary_key == 1 && !schema->big;
    return one ? schema->field[schema->primary_key[0]].name : (str){0};
}

/* The key that references and rollups look rows up by, with what rollups want there: so they need
 * not go on to the row. */
static bool index_key(struct store *s, const struct schema *schema, struct diags *diags)
{
    if (!str_is_set(key_of(schema)))
        return true;
    struct map followed;
    map_init(&followed, s->mem);
    rollup_followed(s, schema->name, &followed);
    struct buf sql = {0};
    buf_add(&sql, S("CREATE INDEX "));
    sql_name(&sql, arena_printf(s->mem, STR_FMT " key", STR_ARG(schema->name)));
    buf_add(&sql, S(" ON "));
    sql_name(&sql, schema->name);
    buf_addc(&sql, '(');
    sql_name(&sql, key_of(schema));
    for (size_t i = 0; i < followed.n; i++) {
        buf_add(&sql, S(", "));
        sql_name(&sql, followed.at[i].key);
    }
    buf_addc(&sql, ')');
    bool ok = store_exec(s, &s->databases.at[0], buf_str(&sql), schema->at, diags);
    buf_clear(&sql);
    return ok;
}

static bool make_table(struct store *s, const struct schema *schema, struct relation *r,
                       const struct table *t, const struct map *kinds, struct diags *diags)
{
    bool ok = image_drop(s, r) && create_table(s, schema, diags);
    if (ok && t && t->nrows && !schema->big)
        ok = load_rows(s, t, r, diags);
    ok = ok && index_key(s, schema, diags);
    return ok &&
           (schema->big || relation_index(s, &s->databases.at[0], r, kinds, key_of(schema), diags));
}

static bool load_table(struct store *s, const struct schema *schema, const struct map *kinds,
                       struct diags *diags)
{
    struct relation *r = relation_of_schema(s, schema);
    const struct table *t = dataset_table(s->dataset, schema->name);
    double start = clock_ms();
    if (!r)
        return diags_add(diags, DIAG_MODEL_TWICE, schema->at, schema->name, S("a table"));
    struct print print = print_of_table(s, t);
    bool ok = true;
    if (!image_gives(s, r, print, NULL)) {
        ok = make_table(s, schema, r, t, kinds, diags);
        image_made(s, r, print, false);
    }
    if (schema->big) {
        r->rows = t ? table_rows_seen(t) : 0;
        r->same = r->same && print_has_rows(print); /* its rows are not in the image */
    }
    r->load_ms = clock_ms() - start;
    return ok;
}

static bool load_tables(struct store *s, const struct map *kinds, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < s->model->schemas.n; i++)
        ok = load_table(s, &s->model->schemas.at[i], kinds, diags) && ok;
    return ok;
}

bool store_big_rows(struct store *s, str table, struct diags *diags)
{
    struct relation *r = relation_get(s, table);
    const struct table *t = dataset_table(s->dataset, table);
    if (!r || !t || !t->schema->big || r->inside)
        return true;
    r->inside = true;
    r->rows = 0;
    return load_rows(s, t, r, diags);
}

/* Nobody may read the rows of big tables; where some were wanted for SQL, they have gone into their
 * rollups. */
static bool drop_big(struct store *s, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < s->model->schemas.n; i++) {
        struct relation *r = relation_get(s, s->model->schemas.at[i].name);
        if (!s->model->schemas.at[i].big || !r)
            continue;
        r->hidden = true;
        if (!r->inside)
            continue;
        struct buf sql = {0};
        buf_add(&sql, S("DELETE FROM "));
        sql_name(&sql, r->name);
        ok = store_exec(s, &s->databases.at[0], buf_str(&sql), (struct place){0}, diags) && ok;
        buf_clear(&sql);
    }
    return ok;
}

/* In one transaction, which ends whatever becomes of it. */
static bool load_data(struct store *s, const struct map *indexed, struct diags *diags)
{
    struct database *d = &s->databases.at[0];
    struct place none = {0};
    if (!store_exec(s, d, S("BEGIN"), none, diags))
        return false;
    bool ok = load_tables(s, indexed, diags) && load_rollups(s, indexed, diags) &&
              drop_big(s, diags) && load_quality(s, diags);
    return store_exec(s, d, S("COMMIT"), none, diags) && ok;
}

bool store_load(struct store *s, const struct model_file *models, size_t nmodels, const str *kinds,
                size_t nkinds, struct diags *diags)
{
    struct map *indexed = NEW(s->mem, struct map);
    map_init(indexed, s->mem);
    for (size_t i = 0; i < nkinds; i++)
        *map_put(indexed, kinds[i]) = s;
    *map_put(indexed, S("owner")) = s;
    *map_put(indexed, S("of")) = s; /* shared views are by (scope, of, month) */
    /* Sums for many scopes are made by place first, of which there are few; pages come back from a
     * scope to the rows of its places. */
    *map_put(indexed, S("place")) = s;

    bool ok = image_begin(s, indexed, diags) && load_data(s, indexed, diags);
    ok = ok && load_models(s, models, nmodels, indexed, diags);
    ok = await_restated(s, diags) && ok;
    return image_end(s, diags) && ok;
}

void store_changes(struct store *s, const struct change_fact *fact, size_t n)
{
    s->change = fact;
    s->nchanges = n;
}

size_t store_stats(const struct store *s, struct arena *mem, struct store_stat **stats)
{
    *stats = NEW_ARRAY(mem, s->relations.n + 1, struct store_stat);
    for (size_t i = 0; i < s->relations.n; i++) {
        const struct relation *r = s->relations.at[i];
        (*stats)[i] = (struct store_stat){
            r->name, r->rows, r->load_ms, r->kind == RELATION_ROLLUP, r->kind == RELATION_ROWS,
            r->taken};
    }
    return s->relations.n;
}

day store_as_of(const struct store *s)
{
    return s->dataset->as_of;
}

int store_fiscal_start(const struct store *s)
{
    return s->fiscal_start;
}

const struct language *store_language(const struct store *s)
{
    return s->lang;
}

const struct model *store_model(const struct store *s)
{
    return s->model;
}

const struct dataset *store_dataset(const struct store *s)
{
    return s->dataset;
}
