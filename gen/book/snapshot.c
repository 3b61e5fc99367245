#include "snapshot.h"

#include "publish.h"

/* ---- looking at a state ---- */

struct value snapshot_cell(const struct snapshot_table *t, size_t column, size_t i)
{
    return t->table ? table_value_as_of(t->table, column, t->row[i])
                    : t->cell[i * t->ncolumns + column];
}

struct place snapshot_place(const struct snapshot_table *t, size_t i)
{
    return t->table ? table_place(t->table, t->row[i]) : t->at[i];
}

int snapshot_column(const struct snapshot_table *t, str name)
{
    for (size_t i = 0; i < t->ncolumns; i++)
        if (str_eq(t->column[i].name, name))
            return (int)i;
    return -1;
}

struct snapshot_table *snapshot_table(struct snapshot *s, str name)
{
    for (size_t i = 0; i < s->tables.n; i++)
        if (str_eq(s->tables.at[i].name, name))
            return &s->tables.at[i];
    return NULL;
}

static str source_key(struct arena *mem, str system, bool company)
{
    return arena_printf(mem, STR_FMT " %s", STR_ARG(system), company ? "company" : "scope");
}

const str_list *snapshot_sources(const struct snapshot *s, str system, bool company)
{
    static const str_list none = {0};
    const str_list *found = map_get(&s->sources, source_key(s->mem, system, company));
    return found ? found : &none;
}

/* ---- tables of an open book ---- */

static bool may_read(str reader, str audience)
{
    return !audience.n || str_eq(audience, reader);
}

static bool is_key(const struct schema *s, size_t f)
{
    for (size_t k = 0; k < s->nprimary_key; k++)
        if (s->primary_key[k] == (int)f)
            return true;
    return false;
}

/* A table that is not there has its columns all the same; one that was made of references has no
 * rows. */
static struct snapshot_table table_of(struct arena *mem, const struct table *table, str audience)
{
    const struct schema *s = table->schema;
    struct snapshot_table t = {.name = s->name, .text = s->text, .ncolumns = s->nfields};

    t.restricted = !may_read(audience, s->audience);
    t.column = NEW_ARRAY(mem, s->nfields + 1, struct snapshot_column);
    for (size_t f = 0; f < s->nfields; f++)
        t.column[f] = (struct snapshot_column){
            .name = s->field[f].name,
            .type = s->field[f].type,
            .role = is_key(s, f) ? COLUMN_key : COLUMN_cell,
            .restricted = !may_read(audience, s->field[f].audience),
        };
    t.table = table;
    size_t nrows = table->present && !table->made && !table->folded ? table->nrows : 0;
    t.row = NEW_ARRAY(mem, nrows + 1, size_t);
    for (size_t i = 0; i < nrows; i++)
        if (table_seen(table, i))
            t.row[t.n++] = i;
    t.asked = table->engine != NULL;
    t.rows = t.asked ? table->asked_rows : table->folded ? table_rows_seen(table) : t.n;
    return t;
}

/* ---- key figures ---- */

static str text_of(const struct result *r, size_t row, const char *column)
{
    int col = result_column(r, str_of(column));
    struct value v =
        col < 0 ? (struct value){.kind = VALUE_NULL} : result_cell(r, row, (size_t)col);
    return v.kind == VALUE_TEXT ? v.s : S("");
}

static void add_meaning(struct snapshot_figure *f, const struct opened *o)
{
    const struct meaning *m = model_meaning(&o->model, f->name);
    f->label = m && m->label.n ? m->label : f->name;
    f->unit = m ? m->unit : S("");
    f->format = m ? m->format : S("");
    f->type = m ? m->type : f->value.kind == VALUE_REAL ? TYPE_number : TYPE_integer;
}

static bool take_figures(struct snapshot *s, const char *sql, struct diags *diags)
{
    const struct opened *o = s->opened;
    struct query q = {
        .sql = str_of(sql), .at = {.file = S("figures"), .line = 1}, .audience = s->audience};
    struct result *r = query_run(o->store, s->mem, &q, diags);
    if (!r)
        return false;
    int value = result_column(r, S("value"));
    for (size_t i = 0; i < r->nrows; i++) {
        struct snapshot_figure f = {
            .system = text_of(r, i, "system"),
            .name = text_of(r, i, "name"),
            .scope = text_of(r, i, "scope"),
            .of = text_of(r, i, "of"),
            .page = text_of(r, i, "page"),
            .page_key = text_of(r, i, "key"),
            .value = result_cell(r, i, (size_t)value),
        };
        f.of_name = store_name_of(o->store, s->audience, f.scope, f.of, NULL);
        if (!f.of_name.n)
            f.of_name = f.of;
        add_meaning(&f, o);
        PUSH(s->mem, &s->figures, f);
    }
    return true;
}

/* A system's name is a folder's, checked when it was read; one without such a view, or whose view
 * this audience may not read, has no sources. */
static void take_sources(struct snapshot *s, str system, bool company)
{
    str view = arena_printf(s->mem, STR_FMT "%s", STR_ARG(system),
                            company ? "_figures" : "_scope_figures");
    struct diags ignored;
    struct query q = {
        .sql = arena_printf(s->mem, "SELECT name FROM \"" STR_FMT "\"", STR_ARG(view)),
        .at = {.file = view, .line = 1},
        .audience = s->audience,
    };
    void **slot = map_put(&s->sources, source_key(s->mem, system, company));
    if (*slot)
        return;
    str_list *tables = *slot = NEW(s->mem, str_list);
    diags_init(&ignored, s->mem);
    const struct result *r = query_run(s->opened->store, s->mem, &q, &ignored);
    for (size_t i = 0; r && i < r->nsources; i++)
        PUSH(s->mem, tables, r->source[i].table);
}

bool snapshot_take(struct snapshot *s, struct arena *mem, const struct opened *o, str audience,
                   struct diags *diags)
{
    *s = (struct snapshot){.mem = mem, .opened = o, .book = o->book->name};
    s->audience = audience.n ? audience : S("everyone");
    s->templates = hash128_hex(mem, templates_key(mem, o->book));
    s->as_of = store_as_of(o->store);
    s->lang = o->book->lang;
    map_init(&s->sources, mem);
    for (size_t i = 0; i < o->data->tables.n; i++)
        PUSH(mem, &s->tables, table_of(mem, o->data->tables.at[i], s->audience));
    if (!take_figures(s,
                      "SELECT 'company' AS scope, '' AS of, system, name, value, page, key "
                      "FROM figures ORDER BY rank, system, name",
                      diags) ||
        !take_figures(s,
                      "SELECT scope, of, system, name, value, scope AS page, of AS key "
                      "FROM scope_figures WHERE scope <> 'company' "
                      "ORDER BY rank, system, name, scope, of",
                      diags))
        return false;
    for (size_t i = 0; i < s->figures.n; i++) {
        struct snapshot_figure *f = &s->figures.at[i];
        f->key =
            arena_printf(mem, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(f->scope),
                         STR_ARG(f->of), STR_ARG(f->system), STR_ARG(f->name));
        take_sources(s, f->system, str_eq(f->scope, S("company")));
    }
    return true;
}
