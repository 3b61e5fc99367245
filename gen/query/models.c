/* Models: every view of every model.sql, evaluated once in the order of what reads what, and the
 * views that join the systems by their names. */
#include "store.h"

#include <string.h>

/* ---- the contract by names ---- */

struct union_column {
    const char *name;
    int type; /* below 0: follows from its meaning */
};

#define ANY -1
#define MAYBE -2 /* NULL of a view that lacks it */
static const struct union_column EXCEPTIONS[] = {{"id", ANY},
                                                 {"severity", TYPE_integer},
                                                 {"cost", TYPE_money},
                                                 {"owner", TYPE_string},
                                                 {"text", TYPE_string},
                                                 {"page", TYPE_string},
                                                 {"key", ANY},
                                                 {"since", TYPE_date},
                                                 {NULL, 0}};
static const struct union_column MEASURES[] = {{"person", TYPE_string},
                                               {"month", TYPE_month},
                                               {"measure", TYPE_string},
                                               {"value", ANY},
                                               {NULL, 0}};
static const struct union_column FIGURES[] = {{"rank", ANY},         {"name", TYPE_string},
                                              {"value", ANY},        {"target", ANY},
                                              {"before", ANY},       {"series", TYPE_string},
                                              {"page", TYPE_string}, {"key", ANY},
                                              {"n", MAYBE},          {NULL, 0}};
static const struct union_column EVENTS[] = {
    {"uid", TYPE_string},   {"starts", ANY},       {"ends", ANY}, {"owner", TYPE_string},
    {"title", TYPE_string}, {"page", TYPE_string}, {"key", ANY},  {NULL, 0}};
static const struct union_column SCOPE_FIGURES[] = {
    {"scope", TYPE_string}, {"of", TYPE_string}, {"rank", ANY},   {"name", TYPE_string},
    {"value", ANY},         {"target", ANY},     {"before", ANY}, {"series", TYPE_string},
    {"n", MAYBE},           {"label", MAYBE},    {NULL, 0}};
static const struct union_column FINDINGS[] = {
    {"scope", TYPE_string}, {"of", TYPE_string}, {"rank", ANY}, {"text", TYPE_string}, {NULL, 0}};
static const struct union_column PERIOD_FIGURES[] = {{"scope", TYPE_string},
                                                     {"of", TYPE_string},
                                                     {"grain", TYPE_string},
                                                     {"rank", ANY},
                                                     {"name", TYPE_string},
                                                     {"value", ANY},
                                                     {"target", ANY},
                                                     {"before", ANY},
                                                     {"series", TYPE_string},
                                                     {"n", MAYBE},
                                                     {NULL, 0}};
static const struct union_column PERIOD_FINDINGS[] = {{"scope", TYPE_string}, {"of", TYPE_string},
                                                      {"grain", TYPE_string}, {"rank", ANY},
                                                      {"text", TYPE_string},  {NULL, 0}};
static const struct union_column FINDS[] = {{"kind", TYPE_string}, {"id", ANY},
                                            {"name", TYPE_string}, {"page", TYPE_string},
                                            {"key", ANY},          {NULL, 0}};
static const struct union_column CHECKS[] = {{"severity", TYPE_string}, {"tbl", TYPE_string},
                                             {"row", TYPE_integer},     {"text", TYPE_string},
                                             {"remedy", TYPE_string},   {NULL, 0}};

struct union_kind {
    const char *name, *suffix;
    const struct union_column *column;
};
static const struct union_kind UNIONS[] = {
    {"exceptions", "_exceptions", EXCEPTIONS},
    {"measures", "_measures", MEASURES},
    {"figures", "_figures", FIGURES},
    {"events_all", "_events", EVENTS},
    {"scope_figures", "_scope_figures", SCOPE_FIGURES},
    {"findings", "_findings", FINDINGS},
    {"period_figures", "_period_figures", PERIOD_FIGURES},
    {"period_findings", "_period_findings", PERIOD_FINDINGS},
    {"finds", "_finds", FINDS},
    {"checks", "_checks", CHECKS},
};
enum { NUNIONS = sizeof UNIONS / sizeof *UNIONS };

/* ---- views ---- */

struct view {
    struct statement_text text;
    struct relation *relation;
    const struct union_kind *joins; /* NULL for a view of a model */
    enum { VIEW_NEW, VIEW_BUSY, VIEW_KEPT, VIEW_BROKEN } state;
    bool reported;            /* rows of checks are diagnostics already */
    const struct diags *said; /* of one that is broken: what is wrong with it */
};

struct models {
    struct store *s;
    const struct map *kinds;
    struct diags *diags; /* of the load or the query under way */
    LIST(struct view *) views;
    struct map by_name;       /* lower case name → struct view */
    LIST(struct view *) kept; /* in the order in which they were evaluated */
    LIST(struct view *) path; /* those that wait for each other now */
    bool in_order;            /* what the next one reads is there */
};

static struct view *view_add(struct models *m, enum relation_kind kind, str name, str system,
                             struct place at)
{
    struct relation *r = relation_add(m->s, kind, name, system);
    if (!r) {
        static const char *const words[] = {"a table", "a rollup", "kept rows", "a view",
                                            "a view of all systems"};
        diags_add(m->diags, DIAG_MODEL_TWICE, at, name,
                  str_of(words[relation_get(m->s, name)->kind]));
        return NULL;
    }
    struct view *v = NEW(m->s->mem, struct view);
    v->relation = r;
    v->text.query.at = at;
    *map_put(&m->by_name, sql_lower(m->s->mem, name)) = v;
    PUSH(m->s->mem, &m->views, v);
    return v;
}

static struct view *view_of(const struct models *m, str name)
{
    return map_get(&m->by_name, sql_lower(m->s->scratch, name));
}

/* ---- reading model.sql ---- */

static bool read_model(struct models *m, const struct model_file *file)
{
    struct view_texts read = {0};
    const struct wanted *w = m->s->wanted;
    const struct view_texts *known = w ? wanted_views(w, file) : NULL,
                            *views = known ? known : &read;
    bool ok = known || view_texts_read(m->s->mem, file, &read, m->diags);
    for (size_t i = 0; i < views->list.n; i++) {
        const struct view_text *text = &views->list.at[i];
        struct view *v = view_add(m, RELATION_VIEW, text->name, file->system, text->at);
        if (v)
            v->text = text->text;
        if (v && w)
            v->text.unwanted = !wanted_is(w, text->name);
        ok = ok && v;
    }
    return ok;
}

/* ---- evaluating ---- */

/* The name of the first table that the view reads and that is not there, or an unset str. SQLite
 * tells it in its message only. */
static str missing_table(struct store *s, struct database *d, str sql)
{
    sqlite3_stmt *stmt = NULL;
    static const char head[] = "no such table: ";
    s->permit = (struct permit){.authority = AUTHORITY_MODEL};
    int rc = sqlite3_prepare_v2(d->db, sql.p, (int)sql.n, &stmt, NULL);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    const char *message = rc == SQLITE_OK ? "" : sqlite3_errmsg(d->db);
    str name = strncmp(message, head, sizeof head - 1) == 0
                   ? arena_str(s->mem, str_of(message + sizeof head - 1))
                   : (str){0};
    sqlite3_finalize(stmt);
    return name;
}

static bool report_cycle(struct models *m, const struct view *v)
{
    struct buf b = {0};
    size_t i = 0;
    while (m->path.at[i] != v)
        i++;
    for (; i < m->path.n; i++)
        buf_addf(&b, STR_FMT " reads ", STR_ARG(m->path.at[i]->relation->name));
    buf_add(&b, v->relation->name);
    diags_add(m->diags, DIAG_MODEL_CYCLE, v->text.query.at, buf_str(&b));
    buf_clear(&b);
    return false;
}

static bool evaluate(struct models *m, struct view *v);

/* The view that is called like this word, or NULL. */
static struct view *view_named(const struct models *m, const struct token *word)
{
    bool is_name = word->kind == TOKEN_WORD || word->kind == TOKEN_QUOTED;
    return is_name ? view_of(m, token_name(m->s->scratch, word)) : NULL;
}

/* From *from on, the next word that is the name of a view which is not there yet; it may mean a
 * column. Views do not go, so that nobody need look before it again. */
static struct view *next_waiting(const struct models *m, const struct tokens *t, size_t *from)
{
    arena_reset(m->s->scratch);
    for (; *from < t->list.n; ++*from) {
        struct view *v = view_named(m, &t->list.at[*from]);
        if (v && v->state != VIEW_KEPT)
            return v;
    }
    return NULL;
}

/* Whether the query calls a SELECT of its own like v: WITH v AS (…), WITH v(…) AS (…). */
static bool names_cte(const struct models *m, const struct tokens *t, const struct view *v)
{
    static const char *const begins[] = {"(", "not", "materialized"};
    const struct token *at = t->list.at;
    for (size_t i = 0; i + 2 < t->list.n; i++) {
        bool begun = token_is(&at[i + 1], "(");
        for (size_t k = 0; k < 3 && token_is(&at[i + 1], "as"); k++)
            begun = begun || token_is(&at[i + 2], begins[k]);
        if (begun && view_named(m, &at[i]) == v)
            return true;
    }
    return false;
}

/* Whether the word at i, the name of v, plainly means v; not so behind IS DISTINCT FROM. */
static bool is_source(const struct models *m, const struct tokens *t, size_t i,
                      const struct view *v)
{
    const struct token *at = t->list.at;
    return i > 1 && (token_is(&at[i - 1], "from") || token_is(&at[i - 1], "join")) &&
           !token_is(&at[i - 2], "distinct") && !names_cte(m, t, v);
}

/* Evaluates the views that this SQL reads, one after the other. Where it is not plain whether a
 * word is one of them, SQLite is asked, which takes a look at the whole SQL. */
static bool evaluate_read(struct models *m, struct database *d, str sql, const struct tokens *t)
{
    struct view *v;
    for (size_t from = 0; (v = next_waiting(m, t, &from));) {
        if (v->state != VIEW_NEW || !is_source(m, t, from, v)) {
            str name = missing_table(m->s, d, sql);
            v = name.n ? view_of(m, name) : NULL;
            if (!v)
                return true; /* complete, or broken otherwise: relation_keep will say how */
        }
        if (v->state == VIEW_BUSY)
            return report_cycle(m, v);
        if (!evaluate(m, v))
            return false;
    }
    return true;
}

static bool keep_view(struct models *m, struct database *d, struct view *v)
{
    enum authority authority = v->joins ? AUTHORITY_OURS : AUTHORITY_MODEL;
    return relation_keep(m->s, d, v->relation, &v->text, NULL, authority, m->diags) &&
           relation_index(m->s, d, v->relation, m->kinds, (str){0}, m->diags);
}

/* ---- unions ---- */

static bool is_member(const struct models *m, const struct view *v, const struct union_kind *u)
{
    if (v->joins || !v->relation->system.n)
        return false;
    str name = arena_printf(m->s->scratch, STR_FMT "%s", STR_ARG(v->relation->system), u->suffix);
    return str_eq(name, v->relation->name);
}

static bool is_present(const struct models *m, const struct view *v)
{
    return model_has_system(m->s->model, v->relation->system);
}

/* A member whose rows stand in the union: kept, and of a system that the book has. */
static bool is_shown(const struct models *m, const struct view *v, const struct union_kind *u)
{
    return is_member(m, v, u) && v->state == VIEW_KEPT && is_present(m, v);
}

static str column_list(struct arena *mem, const struct union_kind *u)
{
    str list = S("");
    for (const struct union_column *c = u->column; c->name; c++)
        list = arena_printf(mem, STR_FMT "%s%s", STR_ARG(list), list.n ? ", " : "", c->name);
    return list;
}

static bool has_columns(struct models *m, const struct view *v, const struct union_kind *u)
{
    for (const struct union_column *c = u->column; c->name; c++)
        if (c->type != MAYBE && !relation_column(v->relation, str_of(c->name)))
            return diags_add(m->diags, DIAG_MODEL_COLUMN, v->text.query.at, v->relation->name,
                             str_of(c->name), column_list(m->s->mem, u));
    return true;
}

/* One SELECT over the members that the database's audience may see; without any, no rows. */
static str union_sql(struct models *m, const struct database *d, const struct union_kind *u)
{
    struct buf sql = {0};
    for (size_t i = 0; i < m->views.n; i++) {
        const struct relation *r = m->views.at[i]->relation;
        if (!is_shown(m, m->views.at[i], u) || !audience_sees(d->audience, r->audience))
            continue;
        buf_add(&sql, sql.n ? S("\nUNION ALL SELECT ") : S("SELECT "));
        sql_text(&sql, r->system);
        buf_add(&sql, S(" AS system"));
        for (const struct union_column *c = u->column; c->name; c++) {
            str name = str_of(c->name);
            buf_add(&sql, relation_column(r, name) ? S(", ") : S(", NULL AS "));
            sql_name(&sql, name);
        }
        buf_add(&sql, S(" FROM "));
        sql_name(&sql, r->name);
    }
    if (!sql.n) {
        buf_add(&sql, S("SELECT NULL AS system"));
        for (const struct union_column *c = u->column; c->name; c++) {
            buf_add(&sql, S(", NULL AS "));
            sql_name(&sql, str_of(c->name));
        }
        buf_add(&sql, S(" WHERE 0"));
    }
    str text = arena_str(m->s->mem, buf_str(&sql));
    buf_clear(&sql);
    return text;
}

static void set_union(struct models *m, const struct database *d, struct view *v)
{
    v->text.query.sql = union_sql(m, d, v->joins);
    v->text.tokens = sql_tokens(m->s->mem, v->text.query.sql);
}

/* All members are evaluated, also those that this book's site will not show: a mistake in them is
 * one in every book. Who asks for figures only need not hear of it. */
static bool evaluate_members(struct models *m, const struct union_kind *u)
{
    bool ok = true;
    for (size_t i = 0; i < m->views.n; i++) {
        struct view *v = m->views.at[i];
        if (!is_member(m, v, u) || (m->s->as_asked && !is_present(m, v)))
            continue;
        if (v->state == VIEW_BUSY)
            ok = report_cycle(m, v);
        else
            ok = evaluate(m, v) && has_columns(m, v, u) && ok;
    }
    return ok;
}

static bool has_restricted_member(const struct models *m, const struct union_kind *u)
{
    for (size_t i = 0; i < m->views.n; i++)
        if (is_shown(m, m->views.at[i], u) && m->views.at[i]->relation->audience.n)
            return true;
    return false;
}

static void type_union(struct relation *r, const struct union_kind *u)
{
    for (size_t i = 1; i < r->ncols; i++) {
        struct relation_column *c = &r->column[i];
        int type = u->column[i - 1].type;
        c->flow = type == TYPE_money ? FLOW_MONEY : FLOW_NONE;
        if (type < 0)
            continue;
        c->typed = true;
        c->type = (enum type)type;
    }
}

static bool evaluate_union(struct models *m, struct view *v)
{
    if (!evaluate_members(m, v->joins))
        return false;
    set_union(m, &m->s->databases.at[0], v);
    bool ok = keep_view(m, &m->s->databases.at[0], v);
    if (ok)
        type_union(v->relation, v->joins);
    v->relation->by_audience = has_restricted_member(m, v->joins);
    return ok;
}

static bool evaluate_new(struct models *m, struct view *v)
{
    struct database *d = &m->s->databases.at[0];
    if (!load_restated(m->s, &v->text.tokens, m->diags))
        return false;
    if (v->joins)
        return evaluate_union(m, v);
    return (m->in_order || evaluate_read(m, d, v->text.query.sql, &v->text.tokens)) &&
           keep_view(m, d, v);
}

/* What is wrong with a broken view is told to everybody who asks for it: who asked first may have
 * wanted to know only which tables it reads. */
static bool evaluate(struct models *m, struct view *v)
{
    struct diags *asking = m->diags, *own;
    if (v->state == VIEW_BROKEN && v->said)
        diags_merge(asking, v->said);
    if (v->state != VIEW_NEW)
        return v->state == VIEW_KEPT;
    v->state = VIEW_BUSY;
    PUSH(m->s->mem, &m->path, v);
    m->diags = own = NEW(m->s->mem, struct diags);
    diags_init(own, m->s->mem);
    bool ok = evaluate_new(m, v);
    m->diags = asking;
    diags_merge(asking, own);
    m->path.n--;
    v->state = ok ? VIEW_KEPT : VIEW_BROKEN;
    v->said = ok ? NULL : own;
    if (ok)
        PUSH(m->s->mem, &m->kept, v);
    return ok;
}

/* ---- audiences ----
 * Whoever may see a restricted member of a union sees other rows in it, and in all that is made
 * from it. They get a database of their own: a copy, in which the unions and what reads them are
 * made anew. So a name means one thing in a query, and no condition has to be trusted to hide a
 * row. */

static bool copy_database(struct models *m, str audience)
{
    struct store *s = m->s;
    struct database copy = {.audience = audience, .db = store_open(s)};
    if (!copy.db)
        return diags_add(m->diags, DIAG_QUERY_START, (struct place){0}, S("SQLite"));
    map_init(&copy.statements, s->mem);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    bool ok = database_copy(s->databases.at[0].db, copy.db);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    PUSH(s->mem, &s->databases, copy);
    return ok || diags_add(m->diags, DIAG_QUERY_START, (struct place){0}, S("SQLite"));
}

static bool evaluate_again(struct models *m, struct database *d, struct view *v)
{
    struct buf sql = {0};
    buf_add(&sql, S("DROP TABLE "));
    sql_name(&sql, v->relation->name);
    bool ok = store_exec(m->s, d, buf_str(&sql), v->text.query.at, m->diags);
    d->last_root = 0; /* what is made next may have the place of what was dropped */
    buf_clear(&sql);
    if (v->joins)
        set_union(m, d, v);
    return ok && keep_view(m, d, v);
}

static bool make_audience(struct models *m, str audience)
{
    bool ok = copy_database(m, audience);
    struct database *d = &m->s->databases.at[m->s->databases.n - 1];
    for (size_t i = 0; ok && i < m->kept.n; i++)
        if (m->kept.at[i]->relation->by_audience)
            ok = evaluate_again(m, d, m->kept.at[i]);
    return ok;
}

static bool make_audiences(struct models *m)
{
    bool ok = true;
    for (size_t u = 0; u < NUNIONS; u++)
        for (size_t i = 0; i < m->views.n; i++) {
            str audience = m->views.at[i]->relation->audience;
            bool is_one = is_shown(m, m->views.at[i], &UNIONS[u]) && audience.n &&
                          str_find(audience, S("+"), 0) == audience.n;
            bool is_made = store_database(m->s, audience) != &m->s->databases.at[0];
            if (is_one && !is_made)
                ok = make_audience(m, audience) && ok;
        }
    return ok;
}

/* Rows of a restricted member stand in the unions of others only: where one has other rows now,
 * nobody can say of what is made from these that it is as before. */
static void doubt_unions(struct models *m)
{
    bool as_before = true;
    for (size_t u = 0; u < NUNIONS; u++)
        for (size_t i = 0; i < m->views.n; i++) {
            const struct view *v = m->views.at[i];
            if (is_shown(m, v, &UNIONS[u]) && v->relation->audience.n)
                as_before = as_before && v->relation->same;
        }
    for (size_t i = 0; i < m->kept.n && !as_before; i++)
        if (m->kept.at[i]->relation->by_audience)
            m->kept.at[i]->relation->same = false;
}

/* ---- what the views say of the book ---- */

/* `<system>_checks`, and `<system>_…_checks`, which stands in no union: for the rows of a
 * restricted one its audience would need a database of its own. */
static bool is_check(const struct models *m, const struct view *v)
{
    str system = v->relation->system, name = v->relation->name;
    str head = arena_printf(m->s->scratch, STR_FMT "_", STR_ARG(system));
    return system.n && str_starts(name, head) && str_ends(name, S("_checks")) &&
           v->state == VIEW_KEPT && is_present(m, v);
}

static void report_checks(struct models *m)
{
    const struct union_kind *checks = &UNIONS[NUNIONS - 1];
    for (size_t i = 0; i < m->views.n; i++) {
        struct view *v = m->views.at[i];
        if (v->reported || !is_check(m, v))
            continue;
        v->reported = true;
        if (is_member(m, v, checks) || has_columns(m, v, checks))
            check_rows(m->s, v->relation, v->text.query.at, m->diags);
    }
}

/* A view that is called like one of the contract, but for a slip in the name of its system: what it
 * has would be missing everywhere without a word. */
static void warn_of_name(struct models *m, const struct view *v, const struct union_kind *u)
{
    str system = v->relation->system, name = v->relation->name, suffix = str_of(u->suffix);
    if (!system.n || v->joins || !str_ends(name, suffix))
        return;
    str head = str_sub(name, 0, name.n - suffix.n);
    str known = arena_printf(m->s->scratch, STR_FMT "_", STR_ARG(system));
    if (str_eq(head, system) || str_starts(name, known) ||
        !str_is_set(text_nearest(head, &system, 1)))
        return;
    diags_add(m->diags, DIAG_MODEL_NAME, v->text.query.at, name, system,
              arena_printf(m->s->mem, STR_FMT "%s", STR_ARG(system), u->suffix));
}

static void warn_of_names(struct models *m)
{
    for (size_t i = 0; i < m->views.n; i++)
        for (size_t u = 0; u < NUNIONS; u++)
            warn_of_name(m, m->views.at[i], &UNIONS[u]);
}

static void read_names_view(struct models *m)
{
    struct view *v = view_of(m, S("names"));
    if (v && v->state == VIEW_KEPT)
        name_rows(m->s, v->relation);
}

static bool read_models(struct models *m, const struct model_file *models, size_t nmodels)
{
    bool ok = true;
    map_init(&m->by_name, m->s->mem);
    for (size_t i = 0; i < NUNIONS; i++) {
        struct view *v =
            view_add(m, RELATION_UNION, str_of(UNIONS[i].name), (str){0}, (struct place){0});
        if (v)
            v->joins = &UNIONS[i];
        ok = ok && v;
    }
    for (size_t i = 0; i < nmodels; i++)
        ok = read_model(m, &models[i]) && ok;
    return ok;
}

/* The image has views that are not what they are to be: none may be read before its turn. That is
 * as it was, for SQL is: it is in the key of the image. */
static bool evaluate_in_order(struct models *m)
{
    str *names;
    size_t n = image_order(m->s, m->s->mem, &names);
    bool ok = true;
    m->in_order = true;
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_of(m, names[i]);
        ok = (!v || evaluate(m, v)) && ok;
        m->in_order = ok; /* what reads a broken one is to say nothing more */
    }
    m->in_order = false;
    return ok;
}

bool load_models(struct store *s, const struct model_file *models, size_t nmodels,
                 const struct map *kinds, struct diags *diags)
{
    struct models *m = NEW(s->mem, struct models);
    *m = (struct models){.s = s, .kinds = kinds, .diags = diags};
    bool ok = read_models(m, models, nmodels);
    if (s->as_asked) {
        s->models = m;
        return load_restated(s, NULL, diags) && ok;
    }
    ok = evaluate_in_order(m) && ok;
    for (size_t i = 0; i < m->views.n; i++)
        ok = evaluate(m, m->views.at[i]) && ok;
    ok = load_restated(s, NULL, diags) && ok;
    ok = ok && make_audiences(m);
    doubt_unions(m);
    warn_of_names(m);
    report_checks(m);
    read_names_view(m);
    return ok;
}

bool models_for(struct store *s, struct database *d, str sql, const struct tokens *t,
                struct diags *diags)
{
    if (!s->models)
        return true;
    s->models->diags = diags;
    bool ok = evaluate_read(s->models, d, sql, t);
    report_checks(s->models);
    return ok;
}
