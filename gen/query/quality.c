#include "store.h"

/* What is known of the data itself, as tables that pages and models read like any other: the
 * data-quality page and the page of words are made from them. Their names begin with data_. */

static str create_sql(struct arena *mem, const char *name, const struct fact_column *column,
                      size_t n)
{
    struct buf b = {0};
    buf_addf(&b, "CREATE TABLE %s (", name);
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s\"%s\" %s", i ? ", " : "", column[i].name, type_of_store(column[i].type));
    buf_add(&b, S(") STRICT"));
    str sql = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return sql;
}

bool fact_begin(struct store *s, struct fact_table *t, const char *name,
                const struct fact_column *column, size_t n, struct diags *diags)
{
    struct database *d = &s->databases.at[0];
    t->store = s;
    t->relation = relation_add(s, RELATION_TABLE, str_of(name), S("data"));
    if (!t->relation)
        return diags_add(diags, DIAG_MODEL_TWICE, (struct place){0}, str_of(name), S("a table"));
    t->relation->ncols = n;
    t->relation->column = NEW_ARRAY(s->mem, n, struct relation_column);
    for (size_t i = 0; i < n; i++)
        t->relation->column[i] = (struct relation_column){
            .name = str_of(column[i].name), .type = column[i].type, .typed = true};
    PUSH(s->mem, &t->relation->base, t->relation);
    if (!image_drop(s, t->relation) ||
        !store_exec(s, d, create_sql(s->mem, name, column, n), (struct place){0}, diags))
        return false;

    struct buf sql = {0};
    buf_addf(&sql, "INSERT INTO %s VALUES (?", name);
    for (size_t i = 1; i < n; i++)
        buf_add(&sql, S(", ?"));
    buf_addc(&sql, ')');
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    sqlite3_prepare_v2(d->db, sql.p, (int)sql.n, &t->insert, NULL);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    buf_clear(&sql);
    return t->insert != NULL;
}

struct value fact_text(str s)
{
    return str_is_set(s) ? (struct value){.kind = VALUE_TEXT, .s = s} : (struct value){0};
}

struct value fact_whole(int64_t n)
{
    return (struct value){.kind = VALUE_INT, .i = n};
}

void fact_row(struct fact_table *t, const struct value *values)
{
    for (size_t i = 0; i < t->relation->ncols; i++)
        bind_value(t->insert, (int)i + 1, t->relation->column[i].type, values[i]);
    if (sqlite3_step(t->insert) != SQLITE_DONE)
        die("%s: %s", t->relation->name.p, sqlite3_errmsg(t->store->databases.at[0].db));
    sqlite3_reset(t->insert);
    t->relation->rows++;
}

void fact_end(struct fact_table *t)
{
    sqlite3_finalize(t->insert);
    image_made(t->store, t->relation, (struct print){0}, true);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ROW(t, ...) fact_row(t, (const struct value[]){__VA_ARGS__})

/* ---- the tables ---- */

/* A count that only the audience of its table may see is unknown here, where everybody reads; so
 * are its latest date and whether it is stale. */
static struct value count_of(const struct schema *schema, size_t n)
{
    return schema->audience.n ? (struct value){0} : fact_whole((int64_t)n);
}

/* The audience of a system that has nothing to show to others: of all tables without which it is
 * left out. Unset for a system of everybody. */
static str audience_of(const struct store *s, str system)
{
    str audience = {0};
    for (size_t i = 0; i < s->model->systems.n; i++) {
        const struct system *sys = &s->model->systems.at[i];
        for (size_t n = 0; str_eq(sys->name, system) && n < sys->nneeds; n++) {
            const struct schema *schema = model_schema(s->model, sys->needs[n]);
            if (!schema || !schema->audience.n || (n && !str_eq(schema->audience, audience)))
                return (str){0};
            audience = schema->audience;
        }
    }
    return audience;
}

static struct value audience_value(str audience)
{
    return fact_text(audience.n ? audience : (str){0});
}

/* Whether rows are overdue: daily ones by more than two working days, for yesterday's may come
 * today and a day may pass without any; weekly ones after ten days, monthly ones after forty. */
static bool is_stale(const struct store *s, str expect, str latest)
{
    day last = day_parse(latest), today = s->dataset->as_of;
    if (last == DAY_NONE || today == DAY_NONE)
        return false;
    if (str_eq(expect, S("daily")))
        return working_days_between(&s->holidays, last + 1, today) > 2;
    if (str_eq(expect, S("weekly")))
        return today - last > 10;
    return str_eq(expect, S("monthly")) && today - last > 40;
}

static bool load_tables_known(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"tbl", TYPE_string},      {"system", TYPE_string}, {"text", TYPE_string},
        {"present", TYPE_boolean}, {"made", TYPE_boolean},  {"seen", TYPE_integer},
        {"latest", TYPE_date},     {"expect", TYPE_string}, {"stale", TYPE_boolean},
        {"audience", TYPE_string}, {"engine", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_tables", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->model->schemas.n; i++) {
        const struct schema *schema = &s->model->schemas.at[i];
        const struct table *table = dataset_table(s->dataset, schema->name);
        struct relation *r = relation_get(s, schema->name);
        str latest = table ? table_latest(table) : (str){0},
            expect = table ? table->expect : (str){0};
        bool stale = table && table->present && is_stale(s, expect, latest);
        if (r && stale)
            r->stale = latest;
        ROW(&t, fact_text(schema->name), fact_text(schema->system), fact_text(schema->text),
            fact_whole(table && table->present), fact_whole(table && table->made),
            count_of(schema, r ? r->rows : 0),
            fact_text(latest.n && !schema->audience.n ? latest : (str){0}), fact_text(expect),
            schema->audience.n ? (struct value){0} : fact_whole(stale),
            audience_value(schema->audience),
            fact_text(table && table->engine ? table->engine->name : (str){0}));
    }
    fact_end(&t);
    return true;
}

static bool load_files(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"tbl", TYPE_string},        {"file", TYPE_string},       {"encoding", TYPE_string},
        {"rows_read", TYPE_integer}, {"rows_used", TYPE_integer}, {"rows_aside", TYPE_integer},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_files", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->dataset->tables.n; i++) {
        const struct table *table = s->dataset->tables.at[i];
        for (size_t f = 0; f < table->sources.n; f++) {
            const struct source *source = &table->sources.at[f];
            ROW(&t, fact_text(table->schema->name), fact_text(path_base(source->path)),
                fact_text(source->encoding), count_of(table->schema, source->rows_read),
                count_of(table->schema, source->rows_used),
                count_of(table->schema, source->rows_aside));
        }
        if (table->engine)
            ROW(&t, fact_text(table->schema->name),
                fact_text(arena_printf(s->mem, "engine " STR_FMT, STR_ARG(table->engine->name))),
                fact_text((str){0}), count_of(table->schema, table->asked_rows),
                count_of(table->schema, table->asked_rows), count_of(table->schema, 0));
    }
    fact_end(&t);
    return true;
}

/* What not everybody may see of a row stands as "restricted": these tables are the same for all. */
static bool load_rejects(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"tbl", TYPE_string},    {"file", TYPE_string}, {"line", TYPE_integer},
        {"reason", TYPE_string}, {"raw", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_rejects", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->dataset->tables.n; i++) {
        const struct table *table = s->dataset->tables.at[i];
        for (size_t r = 0; r < table->rejects.n; r++) {
            const struct reject *reject = &table->rejects.at[r];
            ROW(&t, fact_text(table->schema->name), fact_text(path_base(reject->file)),
                fact_whole(reject->line), fact_text(reject->reason), fact_text(reject->raw));
        }
    }
    fact_end(&t);
    return true;
}

static bool load_systems(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"system", TYPE_string},   {"title", TYPE_string},    {"category", TYPE_string},
        {"seq", TYPE_integer},     {"present", TYPE_boolean}, {"parts", TYPE_string},
        {"audience", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_systems", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->model->systems.n; i++) {
        const struct system *system = &s->model->systems.at[i];
        ROW(&t, fact_text(system->name), fact_text(system->title), fact_text(system->group),
            fact_whole(system->order), fact_whole(system->present), fact_text(system->parts),
            audience_value(audience_of(s, system->name)));
    }
    fact_end(&t);
    return true;
}

static bool load_words(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"name", TYPE_string}, {"label", TYPE_string}, {"unit", TYPE_string},
        {"text", TYPE_string}, {"type", TYPE_string},  {"audience", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_words", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->model->meanings.n; i++) {
        const struct meaning *m = s->model->meanings.at[i];
        ROW(&t, fact_text(m->name), fact_text(m->label), fact_text(m->unit),
            fact_text(m->text.n ? m->text : (str){0}),
            fact_text(m->typed ? type_name(m->type) : (str){0}),
            audience_value(audience_of(s, m->system)));
    }
    fact_end(&t);
    return true;
}

static void engine_row(struct store *s, struct fact_table *t, str of, str name)
{
    const struct engine *e = engine_of(s->dataset, of, name);
    const struct schema *schema = model_schema(s->model, of);
    struct relation *r = relation_get(s, name);
    if (!e || !schema)
        return;
    ROW(t, fact_text(e->name), fact_text(name), fact_text(of), count_of(schema, r ? r->rows : 0),
        fact_text(engine_version_text(s->mem, e)), audience_value(schema->audience));
}

static bool load_engines(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"engine", TYPE_string},        {"rollup", TYPE_string},         {"tbl", TYPE_string},
        {"rollup_cells", TYPE_integer}, {"engine_version", TYPE_string}, {"audience", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_engines", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->model->rollups.n; i++)
        engine_row(s, &t, s->model->rollups.at[i].of, s->model->rollups.at[i].name);
    for (size_t i = 0; i < s->model->kept.n; i++)
        engine_row(s, &t, s->model->kept.at[i].of, s->model->kept.at[i].name);
    fact_end(&t);
    return true;
}

static bool load_changes(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"kind", TYPE_string},    {"what", TYPE_string},    {"seq", TYPE_integer},
        {"parent", TYPE_integer}, {"number", TYPE_integer}, {"tbl", TYPE_string},
        {"text", TYPE_string},    {"was", TYPE_string},     {"is_now", TYPE_string},
        {"moved", TYPE_string},   {"page", TYPE_string},    {"key", TYPE_string},
        {"file", TYPE_string},    {"line", TYPE_integer},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_changes", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; i < s->nchanges; i++) {
        const struct change_fact *f = &s->change[i];
        struct value none = {.kind = VALUE_NULL};
        ROW(&t, fact_text(str_of(f->kind)), fact_text(str_of(f->what)), fact_whole(f->seq),
            f->of ? fact_whole(f->of) : none, f->number < 0 ? none : fact_whole(f->number),
            fact_text(f->tbl.n ? f->tbl : (str){0}), fact_text(f->text), fact_text(f->before),
            fact_text(f->after), fact_text(f->difference),
            fact_text(f->page.n ? f->page : (str){0}), fact_text(f->page.n ? f->key : (str){0}),
            fact_text(f->file.n ? f->file : (str){0}), f->line ? fact_whole(f->line) : none);
    }
    fact_end(&t);
    return true;
}

bool load_quality(struct store *s, struct diags *diags)
{
    return load_tables_known(s, diags) && load_files(s, diags) && load_rejects(s, diags) &&
           load_systems(s, diags) && load_words(s, diags) && load_engines(s, diags) &&
           load_changes(s, diags);
}
