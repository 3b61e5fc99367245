#include "reading.h"

#include <math.h>

/* ---- which file is which table's ---- */

/* Whether name fits a pattern in which '*' stands for any run of characters. */
static bool fits(str pattern, str name)
{
    size_t star = str_find(pattern, S("*"), 0);
    if (star == pattern.n)
        return str_eq(pattern, name);
    if (!str_starts(name, str_sub(pattern, 0, star)))
        return false;
    str rest = str_sub(pattern, star + 1, pattern.n);
    for (size_t i = star; i <= name.n; i++)
        if (fits(rest, str_sub(name, i, name.n)))
            return true;
    return false;
}

static bool is_own_name(struct arena *mem, str table, str name)
{
    return fits(arena_printf(mem, STR_FMT ".csv", STR_ARG(table)), name) ||
           fits(arena_printf(mem, STR_FMT "-*.csv", STR_ARG(table)), name);
}

/* The mapping by which `name` is a file of `table`, if it is one by a mapping. */
static const struct mapping *mapping_of(const struct loading *l, str table, str name)
{
    for (size_t i = 0; i < l->options->nmappings; i++) {
        const struct mapping *m = &l->options->mapping[i];
        if (str_eq(m->table, table) && str_is_set(m->file) && fits(m->file, name))
            return m;
    }
    return NULL;
}

/* The mapping of a table whose files have their own name: it says no `file:`. */
static const struct mapping *plain_mapping(const struct loading *l, str table, bool *has_pattern)
{
    const struct mapping *plain = NULL;
    *has_pattern = false;
    for (size_t i = 0; i < l->options->nmappings; i++) {
        const struct mapping *m = &l->options->mapping[i];
        if (!str_eq(m->table, table))
            continue;
        if (str_is_set(m->file))
            *has_pattern = true;
        else
            plain = m;
    }
    return plain;
}

static void read_table(struct loading *l, struct table *t, const str *names, size_t nnames)
{
    str table = t->schema->name;
    bool has_pattern;
    const struct mapping *plain = plain_mapping(l, table, &has_pattern);
    for (size_t i = 0; i < nnames && !l->stop; i++) {
        const struct mapping *m = mapping_of(l, table, names[i]);
        if (!m && (has_pattern || !is_own_name(l->scratch, table, names[i])))
            continue;
        read_file(l, t, path_join(l->scratch, l->options->book, names[i]),
                  path_join(l->mem, l->options->shown, names[i]), m ? m : plain);
    }
    t->present = t->sources.n > 0;
}

/* ---- the as-of date ---- */

static day latest_fact(const struct dataset *d)
{
    day latest = DAY_NONE;
    for (size_t i = 0; i < d->tables.n; i++) {
        const struct table *t = d->tables.at[i];
        int fact = t->schema->fact;
        for (size_t r = 0; fact >= 0 && r < t->nrows; r++) {
            struct value v = table_value(t, (size_t)fact, r);
            day date = v.kind == VALUE_TEXT ? day_parse(v.s) : DAY_NONE;
            if (date > latest)
                latest = date;
        }
    }
    return latest;
}

static void set_as_of(struct loading *l)
{
    struct dataset *d = l->dataset;
    d->as_of = l->options->as_of != DAY_NONE ? l->options->as_of : latest_fact(d);
    for (size_t i = 0; i < d->tables.n; i++)
        d->tables.at[i]->as_of = d->as_of;
}

/* ---- money in fields ---- */

static void to_units(struct value *v, int decimals)
{
    if (v->kind == VALUE_REAL)
        *v = (struct value){.kind = VALUE_INT, .i = llround(v->r * pow(10, decimals))};
}

static void money_to_units(struct model *m, int decimals)
{
    if (m->money_decimals >= 0)
        return;
    for (size_t i = 0; i < m->schemas.n; i++)
        for (size_t f = 0; f < m->schemas.at[i].nfields; f++) {
            struct field *field = &m->schemas.at[i].field[f];
            if (field->type != TYPE_money)
                continue;
            to_units(&field->missing, decimals);
            to_units(&field->before, decimals);
            to_units(&field->minimum, decimals);
            to_units(&field->maximum, decimals);
        }
    m->money_decimals = decimals;
}

/* ---- the whole ---- */

static void finish_table(struct loading *l, struct table *t)
{
    t->nrows = t->columns->nrows;
    for (size_t i = 0; i < t->sources.n; i++) {
        struct source *s = &t->sources.at[i];
        s->rows_used = s->rows_read - s->rows_aside;
    }
    (void)l;
}

static void mark_systems(struct model *m, const struct dataset *d)
{
    for (size_t i = 0; i < m->systems.n; i++) {
        struct system *s = &m->systems.at[i];
        s->present = true;
        for (size_t n = 0; n < s->nneeds; n++) {
            const struct table *t = dataset_table(d, s->needs[n]);
            s->present &= t && t->present;
        }
    }
}

static struct table *table_new(struct loading *l, const struct schema *schema)
{
    struct table *t = NEW(l->mem, struct table);
    t->schema = schema;
    t->columns = columns_new(l->mem, schema);
    map_init(&t->columns->set_aside, l->scratch);
    return t;
}

struct dataset *data_load(struct arena *mem, struct model *model,
                          const struct load_options *options, struct diags *diags)
{
    struct dataset *d = NEW(mem, struct dataset);
    struct loading l = {mem, arena_new(), options, d, diags, false};
    str *names;
    size_t nnames = dir_list(l.scratch, options->book, &names);

    *d = (struct dataset){.mem = mem, .model = model};
    money_to_units(model, options->lang.money_decimals);
    for (size_t i = 0; i < model->schemas.n; i++) {
        struct table *t = table_new(&l, &model->schemas.at[i]);
        PUSH(mem, &d->tables, t);
        read_table(&l, t, names, nnames);
    }
    check_keys(&l);
    for (size_t i = 0; i < d->tables.n; i++)
        finish_table(&l, d->tables.at[i]);
    make_dimensions(&l);
    set_as_of(&l);
    mark_systems(model, d);
    arena_free(l.scratch);
    return d;
}
