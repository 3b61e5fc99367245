/* Rollups and kept rows as SQL over the rows of their table. The SELECT written here is what a
 * rollup means, however it is computed. */
#include "store.h"

enum { LARGE_ROLLUP = 1000000, LARGE_TABLE = 500000 };

/* ---- keys ---- */

static void add_column(struct buf *sql, str table, str column)
{
    sql_name(sql, table);
    buf_addc(sql, '.');
    sql_name(sql, column);
}

/* The table that reference `column` leads to is joined under the name "=column". */
static str joined_name(struct store *s, str column)
{
    return arena_printf(s->mem, "=" STR_FMT, STR_ARG(column));
}

static void add_key_part(struct store *s, struct buf *sql, struct key_part p)
{
    str table = p.follow.n ? joined_name(s, p.column) : S("t");
    str column = p.follow.n ? p.follow : p.column;
    if (str_eq(p.function, S("to_date"))) {
        buf_add(sql, S("substr("));
        add_column(sql, table, column);
        buf_add(sql, S(", 9, 2) <= "));
        sql_text(sql, s->as_of.n ? str_sub(s->as_of, 8, 10) : S("31"));
        return;
    }
    if (str_eq(p.function, S("month")) || str_eq(p.function, S("year"))) {
        /* As month() and year() do, without a call for each row: a fact's date is a date. */
        buf_add(sql, S("substr("));
        add_column(sql, table, column);
        buf_add(sql, p.function.p[0] == 'm' ? S(", 1, 7)") : S(", 1, 4)"));
        return;
    }
    if (p.function.n)
        buf_addf(sql, STR_FMT "(", STR_ARG(p.function));
    add_column(sql, table, column);
    if (p.function.n)
        buf_addc(sql, ')');
}

static void add_key(struct store *s, struct buf *sql, str by)
{
    struct key_part part[2];
    size_t n = rollup_key(by, part);
    if (n == 2)
        buf_add(sql, S("coalesce("));
    add_key_part(s, sql, part[0]);
    if (n == 2) {
        buf_add(sql, S(", "));
        add_key_part(s, sql, part[1]);
        buf_addc(sql, ')');
    }
}

/* A LEFT JOIN for each reference that a key follows, each once: a row without a partner counts
 * too. */
static void add_joins(struct store *s, struct buf *sql, const struct rollup *r,
                      const struct schema *schema)
{
    struct map joined;
    map_init(&joined, s->mem);
    for (size_t i = 0; i < r->nby; i++) {
        struct key_part part[2];
        size_t n = rollup_key(r->by[i], part);
        for (size_t k = 0; k < n; k++) {
            const struct foreign_key *f =
                part[k].follow.n ? schema_reference(schema, part[k].column) : NULL;
            if (!f || map_get(&joined, f->column))
                continue;
            *map_put(&joined, f->column) = s;
            buf_add(sql, S("\nLEFT JOIN "));
            sql_name(sql, f->table);
            buf_add(sql, S(" AS "));
            sql_name(sql, joined_name(s, f->column));
            buf_add(sql, S(" ON "));
            add_column(sql, joined_name(s, f->column), f->to);
            buf_add(sql, S(" = "));
            add_column(sql, S("t"), f->column);
        }
    }
}

void rollup_followed(const struct store *s, str table, struct map *columns)
{
    for (size_t i = 0; i < s->model->rollups.n; i++) {
        const struct rollup *r = &s->model->rollups.at[i];
        const struct schema *schema = model_schema(s->model, r->of);
        for (size_t k = 0; schema && k < r->nby; k++) {
            struct key_part part[2];
            size_t n = rollup_key(r->by[k], part);
            for (size_t j = 0; j < n; j++) {
                const struct foreign_key *f =
                    part[j].follow.n ? schema_reference(schema, part[j].column) : NULL;
                if (f && str_eq(f->table, table))
                    *map_put(columns, part[j].follow) = columns;
            }
        }
    }
}

/* ---- since ---- */

/* The date by which rows are bounded: data lets only facts have bounds. */
static str date_column(const struct schema *schema)
{
    return schema->fact >= 0 ? schema->field[schema->fact].name : (str){0};
}

/* `month(-13)`: from the first day of the month 13 before that of the as-of date. Whether all time
 * is not meant. */
static bool add_since(struct store *s, struct buf *sql, str since, str column)
{
    int64_t back;
    if (!since.n || !column.n || !s->month.n ||
        !parse_integer(str_sub(since, 6, since.n - 1), &back))
        return false;
    buf_add(sql, S("\nWHERE "));
    add_column(sql, S("t"), column);
    buf_add(sql, S(" >= "));
    sql_text(sql, day_iso(s->mem, month_first(month_parse(s->month) + (int)back)));
    return true;
}

/* ---- where ---- */

static void add_conditions(struct store *s, struct buf *sql, const char *head,
                           const struct rollup *r)
{
    for (size_t i = 0; i < r->nwhere; i++) {
        const struct condition *c = &r->where[i];
        buf_add(sql, str_of(i ? " AND " : head));
        add_column(sql, S("t"), c->column);
        buf_addf(sql, " " STR_FMT " ", STR_ARG(c->way));
        if (c->value.kind == VALUE_TEXT)
            sql_text(sql, c->value.s);
        else if (c->value.kind == VALUE_REAL)
            buf_add(sql, fmt_exact(s->mem, c->value.r));
        else
            buf_addf(sql, "%lld", (long long)c->value.i);
    }
}

/* ---- split ---- */

/* Without a row in the table of shares nothing is split, and the plain SELECT gives the same. */
static bool is_split(const struct store *s, const struct rollup *r)
{
    const struct relation *shares = r->split.n ? relation_get(s, r->split) : NULL;
    return shares && shares->rows > 0;
}

/* One credit's row: its own person, and its parts of what is summed beside the whole. */
static void add_shared_columns(struct buf *sql, const struct rollup *r, const struct schema *schema)
{
    for (size_t i = 0; i < schema->nfields; i++) {
        str name = schema->field[i].name;
        buf_add(sql, S(", "));
        add_column(sql, str_eq(name, S("person")) ? S("c") : S("t"), name);
        buf_add(sql, S(" AS "));
        sql_name(sql, name);
    }
    for (size_t i = 0; i < r->nsum; i++) {
        enum type type = schema->field[schema_field(schema, r->sum[i])].type;
        bool is_real = type == TYPE_number || type == TYPE_rate;
        buf_add(sql, is_real ? S(", ") : S(", share_out("));
        add_column(sql, S("t"), r->sum[i]);
        buf_add(sql, is_real ? S(" * c.share / sum(c.share) OVER row_credits")
                             : S(", c.share, c._row) OVER row_credits ->> c._row"));
        buf_addf(sql, " AS \"part %zu\"", i);
    }
}

static void add_own_columns(struct buf *sql, const struct rollup *r, const struct schema *schema)
{
    for (size_t i = 0, n = schema->nfields; i < n + r->nsum; i++) {
        buf_add(sql, S(", "));
        add_column(sql, S("t"), i < n ? schema->field[i].name : r->sum[i - n]);
    }
}

/* Whether shares hold from a day on, and rows have one. */
static bool split_starts(const struct store *s, const struct rollup *r, const struct schema *schema)
{
    const struct schema *shares = model_schema(store_dataset(s)->model, r->split);
    int starts = shares ? schema_field(shares, S("starts")) : -1;
    return starts >= 0 && shares->field[starts].type == TYPE_date && date_column(schema).n > 0;
}

/* The shares of orders, with the day on which others take their place. */
static void add_shares(struct buf *sql, const struct rollup *r, bool dated)
{
    buf_add(sql, S("(SELECT _row, order_id, person, share"));
    if (dated)
        buf_add(sql, S(", starts, min(starts) OVER (PARTITION BY order_id ORDER BY "
                       "coalesce(starts, '') GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) "
                       "AS before_day"));
    buf_add(sql, S("\nFROM "));
    sql_name(sql, r->split);
    buf_add(sql, S(" WHERE order_id IS NOT NULL AND share > 0)"));
}

/* A row without a day has the shares that hold from the beginning. */
static void add_holding(struct buf *sql, str date)
{
    const char *parts[] = {" AND (c.starts IS NULL OR c.starts <= ",
                           ") AND (c.before_day IS NULL OR c.before_day > coalesce("};
    for (int i = 0; i < 2; i++) {
        buf_add(sql, str_of(parts[i]));
        add_column(sql, S("t"), date);
    }
    buf_add(sql, S(", ''))"));
}

/* Rows with credits, shared out, and all others as they are. */
static void add_split(struct store *s, struct buf *sql, const struct rollup *r,
                      const struct schema *schema)
{
    bool dated = split_starts(s, r, schema);
    buf_add(sql, S("(SELECT t._row"));
    add_shared_columns(sql, r, schema);
    buf_add(sql, S("\nFROM "));
    sql_name(sql, r->of);
    buf_add(sql, S(" AS t JOIN "));
    add_shares(sql, r, dated);
    buf_add(sql, S(" AS c ON c.order_id = t.order_id"));
    if (dated)
        add_holding(sql, date_column(schema));
    add_conditions(s, sql, " AND ", r);
    buf_add(sql, S("\nWINDOW row_credits AS (PARTITION BY t._row)\nUNION ALL\nSELECT t._row"));
    add_own_columns(sql, r, schema);
    buf_add(sql, S("\nFROM "));
    sql_name(sql, r->of);
    buf_add(sql, S(" AS t LEFT JOIN (SELECT order_id, min("));
    buf_add(sql, dated ? S("coalesce(starts, '')") : S("''"));
    buf_add(sql, S(") AS first_day\nFROM "));
    add_shares(sql, r, dated);
    buf_add(sql, S(" GROUP BY order_id) AS c ON c.order_id = t.order_id"));
    buf_add(sql, S("\nWHERE (c.order_id IS NULL"));
    if (dated) {
        buf_add(sql, S(" OR coalesce("));
        add_column(sql, S("t"), date_column(schema));
        buf_add(sql, S(", '') < c.first_day"));
    }
    buf_addc(sql, ')');
    add_conditions(s, sql, " AND ", r);
    buf_addc(sql, ')');
}

/* ---- the SELECT ---- */

static void add_aggregate(struct buf *sql, const char *function, const char *head, str column,
                          str date)
{
    buf_addf(sql, ", %s(", function);
    add_column(sql, S("t"), column);
    if (date.n) {
        buf_add(sql, S(", "));
        add_column(sql, S("t"), date);
    }
    buf_add(sql, S(") AS "));
    struct buf name = {0};
    buf_add(&name, str_of(head));
    buf_add(&name, column);
    sql_name(sql, buf_str(&name));
    buf_clear(&name);
}

static void add_aggregates(struct buf *sql, const struct rollup *r, const struct schema *schema,
                           bool split)
{
    str none = {0}, date = date_column(schema);
    for (size_t i = 0; i < r->nsum; i++) {
        if (!split) {
            add_aggregate(sql, "sum", "", r->sum[i], none);
            continue;
        }
        buf_addf(sql, ", sum(t.\"part %zu\") AS ", i);
        sql_name(sql, r->sum[i]);
    }
    for (size_t i = 0; i < r->nmin; i++)
        add_aggregate(sql, "min", "min_", r->min[i], none);
    for (size_t i = 0; i < r->nmax; i++)
        add_aggregate(sql, "max", "max_", r->max[i], none);
    for (size_t i = 0; i < r->nfirst; i++)
        add_aggregate(sql, "first_dated", "first_", r->first[i], date);
    for (size_t i = 0; i < r->nlast; i++)
        add_aggregate(sql, "last_dated", "last_", r->last[i], date);
    if (r->count.n) {
        /* A row that two people share is one row. */
        buf_add(sql, split ? S(", count(DISTINCT t._row) AS ") : S(", count(*) AS "));
        sql_name(sql, r->count);
    }
    if (r->distinct.n) {
        buf_add(sql, S(", count(DISTINCT "));
        add_column(sql, S("t"), r->distinct);
        buf_add(sql, S(") AS "));
        sql_name(sql, r->distinct_name);
    }
}

static str rollup_sql(struct store *s, const struct rollup *r, const struct schema *schema)
{
    struct buf sql = {0};
    buf_add(&sql, S("SELECT "));
    for (size_t i = 0; i < r->nby; i++) {
        buf_add(&sql, i ? S(", ") : S(""));
        add_key(s, &sql, r->by[i]);
        buf_add(&sql, S(" AS "));
        sql_name(&sql, r->key[i]);
    }
    if (!r->nby)
        buf_add(&sql, S("1 AS \"all\""));
    add_aggregates(&sql, r, schema, is_split(s, r));
    buf_add(&sql, S("\nFROM "));
    if (is_split(s, r))
        add_split(s, &sql, r, schema);
    else
        sql_name(&sql, r->of);
    buf_add(&sql, S(" AS t"));
    add_joins(s, &sql, r, schema);
    bool bounded = add_since(s, &sql, r->since, date_column(schema));
    if (!is_split(s, r))
        add_conditions(s, &sql, bounded ? " AND " : "\nWHERE ", r);
    /* By number: a name would first be taken for a column of the table. */
    for (size_t i = 0; i < r->nby; i++)
        buf_addf(&sql, "%s%zu", i ? ", " : "\nGROUP BY ", i + 1);
    str text = arena_str(s->mem, buf_str(&sql));
    buf_clear(&sql);
    return text;
}

/* The last n rows of each key by date, the later row first where two have one date. */
static str kept_sql(struct store *s, const struct kept_rows *k, const struct schema *schema)
{
    struct buf sql = {0};
    str date = date_column(schema);
    buf_add(&sql, S("SELECT "));
    for (size_t i = 0; i < schema->nfields; i++) {
        sql_name(&sql, schema->field[i].name);
        buf_add(&sql, S(", "));
    }
    buf_add(&sql, S("_row\nFROM (SELECT t.*, row_number() OVER ("));
    if (k->by.n) {
        buf_add(&sql, S("PARTITION BY "));
        add_column(&sql, S("t"), k->by);
    }
    buf_add(&sql, S(" ORDER BY "));
    if (date.n) {
        add_column(&sql, S("t"), date);
        buf_add(&sql, S(" DESC, "));
    }
    buf_add(&sql, S("t._row DESC) AS \"place from the end\" FROM "));
    sql_name(&sql, k->of);
    buf_add(&sql, S(" AS t"));
    add_since(s, &sql, k->since, date);
    buf_add(&sql, S(")"));
    if (k->last)
        buf_addf(&sql, "\nWHERE \"place from the end\" <= %lld", (long long)k->last);
    str text = arena_str(s->mem, buf_str(&sql));
    buf_clear(&sql);
    return text;
}

/* ---- loading ---- */

/* The folder that a tables.yaml stands in is its system. */
str system_of(struct place at)
{
    return path_base(path_dir(at.file));
}

/* "month 24, person 14": how many values each key has. */
static str key_counts(struct store *s, const struct relation *r, const struct rollup *roll)
{
    str text = S("");
    for (size_t i = 0; i < roll->nby; i++) {
        struct buf sql = {0};
        sqlite3_stmt *stmt = NULL;
        buf_add(&sql, S("SELECT count(DISTINCT "));
        sql_name(&sql, roll->key[i]);
        buf_add(&sql, S(") FROM "));
        sql_name(&sql, r->name);
        s->permit = (struct permit){.authority = AUTHORITY_OURS};
        sqlite3_prepare_v2(s->databases.at[0].db, sql.p, (int)sql.n, &stmt, NULL);
        s->permit = (struct permit){.authority = AUTHORITY_PAGE};
        if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
            text = arena_printf(s->mem, STR_FMT "%s" STR_FMT " %lld", STR_ARG(text), i ? ", " : "",
                                STR_ARG(roll->key[i]), (long long)sqlite3_column_int64(stmt, 0));
        sqlite3_finalize(stmt);
        buf_clear(&sql);
    }
    return text;
}

/* The same SELECT under another name: its rows are there already. */
static bool keep_alias(struct store *s, struct relation *r, const struct relation *same,
                       struct place at, struct diags *diags)
{
    struct buf sql = {0};
    buf_add(&sql, S("CREATE VIEW "));
    sql_name(&sql, r->name);
    buf_add(&sql, S(" AS SELECT * FROM "));
    sql_name(&sql, same->name);
    r->column = same->column;
    r->ncols = same->ncols;
    r->audience = same->audience;
    r->unwanted = same->unwanted;
    r->base.at = same->base.at;
    r->base.n = r->base.cap = same->base.n;
    struct print print = print_of_sql(s, buf_str(&sql));
    bool ok = true;
    if (!image_gives(s, r, print, NULL)) {
        ok = image_drop(s, r) && store_exec(s, &s->databases.at[0], buf_str(&sql), at, diags);
        image_made(s, r, print, false);
    }
    r->rows = same->rows;
    r->same = same->same;
    buf_clear(&sql);
    return ok;
}

/* What a rollup or kept rows are made of. */
struct made_from {
    str sql;
    const struct rollup *rollup; /* one of the two */
    const struct kept_rows *kept;
    const struct engine *engine; /* that is asked for it, or NULL */
    bool unwanted;
};

struct rollups {
    struct folder *folder; /* NULL: all are made by SQL */
    struct map known;      /* engine and SELECT → the relation that has its rows */
    const struct map *kinds;
};

/* The cells of what does not come by SQL, in *found whether there are any. False: an engine was
 * asked in vain. */
static bool find_cells(const struct store *s, const struct rollups *all, const struct made_from *m,
                       struct cells *cells, bool *found, struct diags *diags)
{
    *found = true;
    if (m->engine)
        return m->rollup ? engine_cells(s->dataset, m->rollup, cells, diags)
                         : engine_rows(s->dataset, m->kept, cells, diags);
    *found = all->folder && (m->rollup ? rollup_fold(all->folder, m->rollup, cells)
                                       : rows_kept(all->folder, m->kept, cells));
    return true;
}

/* SQL over rows wants those of the table, and of those that its references lead to. */
static bool load_for_sql(struct store *s, str table, struct diags *diags)
{
    const struct schema *schema = model_schema(s->model, table);
    bool ok = store_big_rows(s, table, diags);
    for (size_t i = 0; i < schema->nforeign && ok; i++)
        ok = store_big_rows(s, schema->foreign[i].table, diags);
    return ok;
}

/* Where an engine fails, that is what is told: only what it gave is described, anything else has
 * been. */
static bool make(struct store *s, struct relation *r, const struct statement_text *text,
                 const struct made_from *m, struct rollups *all, struct reads *reads,
                 struct diags *diags)
{
    struct database *d = &s->databases.at[0];
    struct cells cells = {0};
    bool found;
    bool ok = find_cells(s, all, m, &cells, &found, diags) &&
              (found || load_for_sql(s, m->rollup ? m->rollup->of : m->kept->of, diags)) &&
              (!m->engine || relation_describe(s, d, r, text, AUTHORITY_OURS, reads, diags)) &&
              relation_make(s, d, r, text, found ? &cells : NULL, AUTHORITY_OURS, reads, diags) &&
              relation_index(s, d, r, all->kinds, (str){0}, diags);
    cells_free(&cells);
    return ok;
}

/* What nobody can come to read is there without rows. */
static bool keep_unwanted(struct store *s, struct relation *r, const struct made_from *m,
                          struct place at, struct diags *diags)
{
    struct statement_text text = {
        .query = {.sql = m->sql, .at = at}, .tokens = sql_tokens(s->mem, m->sql), .unwanted = true};
    return relation_keep(s, &s->databases.at[0], r, &text, NULL, AUTHORITY_OURS, diags);
}

/* Keeps what the SELECT gives, without running it where data finds the same. */
static bool keep(struct store *s, struct relation *r, const struct made_from *m, struct place at,
                 struct rollups *all, struct diags *diags)
{
    if (m->unwanted)
        return keep_unwanted(s, r, m, at, diags);
    str source =
        m->engine ? m->engine->name : S(""); /* what one engine has another may have otherwise */
    str key = arena_printf(s->mem, STR_FMT "\n" STR_FMT, STR_ARG(source), STR_ARG(m->sql));
    struct relation **same = (struct relation **)map_put(&all->known, key);
    if (*same)
        return keep_alias(s, r, *same, at, diags);
    struct statement_text text = {.query = {.sql = m->sql, .at = at},
                                  .tokens = sql_tokens(s->mem, m->sql)};
    *same = r;
    struct reads reads = {0};
    double start = clock_ms();
    bool ok = true, taken = false;
    /* What other programs have may be another than when they were asked. */
    if (!m->engine) {
        ok = relation_describe(s, &s->databases.at[0], r, &text, AUTHORITY_OURS, &reads, diags);
        taken = ok && image_gives(s, r, print_of_sql(s, m->sql), &reads);
    }
    if (!taken)
        ok = ok && make(s, r, &text, m, all, &reads, diags);
    r->load_ms = clock_ms() - start; /* of several questions at a time, the first waits for all */
    return ok;
}

static void type_keys(struct relation *r, const struct rollup *roll)
{
    for (size_t i = 0; i < r->ncols && i < roll->nby; i++) {
        struct key_part part[2];
        enum type type;
        if (rollup_key(roll->by[i], part) && part[0].function.n &&
            function_type(part[0].function, &type))
            r->column[i].type = type;
    }
}

static bool load_rollup(struct store *s, const struct rollup *roll, struct rollups *all,
                        struct diags *diags)
{
    const struct schema *schema = model_schema(s->model, roll->of);
    if (!schema)
        return true; /* data has said so */
    struct relation *r = relation_add(s, RELATION_ROLLUP, roll->name, system_of(roll->at));
    if (!r)
        return diags_add(diags, DIAG_MODEL_TWICE, roll->at, roll->name, S("a table"));
    struct made_from from = {.sql = rollup_sql(s, roll, schema),
                             .rollup = roll,
                             .engine = engine_of(s->dataset, roll->of, roll->name)};
    from.unwanted = roll->unwanted && !from.engine; /* which is asked for all at a time */
    bool ok = keep(s, r, &from, roll->at, all, diags);
    if (ok)
        type_keys(r, roll);
    if (r->rows > LARGE_ROLLUP)
        diags_add(diags, DIAG_ROLLUP_LARGE, roll->at, roll->name,
                  arena_printf(s->mem, "%zu", r->rows), key_counts(s, r, roll));
    return ok;
}

static bool load_kept(struct store *s, const struct kept_rows *k, struct rollups *all,
                      struct diags *diags)
{
    const struct schema *schema = model_schema(s->model, k->of);
    if (!schema)
        return true; /* data has said so */
    struct relation *r = relation_add(s, RELATION_ROWS, k->name, system_of(k->at));
    if (!r)
        return diags_add(diags, DIAG_MODEL_TWICE, k->at, k->name, S("a table"));
    struct made_from from = {
        .sql = kept_sql(s, k, schema), .kept = k, .engine = engine_of(s->dataset, k->of, k->name)};
    from.unwanted = k->unwanted && !from.engine;
    return keep(s, r, &from, k->at, all, diags);
}

/* Rows that an engine has are counted like those that are here. */
static void note_asked(struct store *s)
{
    for (size_t i = 0; i < s->dataset->tables.n; i++) {
        const struct table *t = s->dataset->tables.at[i];
        struct relation *r = t->engine ? relation_get(s, t->schema->name) : NULL;
        if (r)
            r->rows = t->asked_rows;
    }
}

bool load_rollups(struct store *s, const struct map *kinds, struct diags *diags)
{
    bool ok = engines_ask(s->dataset, diags);
    note_asked(s);
    struct rollups all = {.folder = s->rollups_by_sql ? NULL : folder_new(s->dataset),
                          .kinds = kinds};
    map_init(&all.known, s->mem);
    if (all.folder)
        folder_fold_ahead(all.folder, s->model->rollups.at, s->model->rollups.n, LARGE_TABLE);
    for (size_t i = 0; i < s->model->rollups.n; i++)
        ok = load_rollup(s, &s->model->rollups.at[i], &all, diags) && ok;
    for (size_t i = 0; i < s->model->kept.n; i++)
        ok = load_kept(s, &s->model->kept.at[i], &all, diags) && ok;
    engines_done(s->dataset);
    data_folded(s->dataset);
    if (all.folder)
        folder_free(all.folder);
    return ok;
}
