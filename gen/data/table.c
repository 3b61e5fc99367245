#include "reading.h"

/* ---- looking at a table ---- */

const struct table *dataset_table(const struct dataset *d, str name)
{
    for (size_t i = 0; i < d->tables.n; i++)
        if (str_eq(d->tables.at[i]->schema->name, name))
            return d->tables.at[i];
    return NULL;
}

struct dataset *dataset_as_of(struct arena *mem, const struct dataset *d, day as_of)
{
    struct dataset *again = NEW(mem, struct dataset);
    *again = (struct dataset){.mem = mem, .model = d->model, .as_of = as_of, .engines = d->engines};
    for (size_t i = 0; i < d->tables.n; i++) {
        struct table *t = NEW(mem, struct table);
        *t = *d->tables.at[i];
        t->as_of = as_of;
        PUSH(mem, &again->tables, t);
    }
    return again;
}

struct value table_value(const struct table *t, size_t f, size_t r)
{
    const struct column *c = &t->columns->at[f];
    union cell cell = column_cell(c, r);
    if (cell_is_null(c, cell))
        return (struct value){0};
    if (c->packing == PACKED_TEXT)
        return (struct value){.kind = VALUE_TEXT, .s = text_at(c, cell.i)};
    if (c->packing == PACKED_REAL)
        return (struct value){.kind = VALUE_REAL, .r = cell.r};
    return (struct value){.kind = VALUE_INT, .i = cell.i};
}

struct value table_value_as_of(const struct table *t, size_t f, size_t r)
{
    const struct field *field = &t->schema->field[f];
    if (field->known_at < 0 || t->as_of == DAY_NONE)
        return table_value(t, f, r);
    struct value date = table_value(t, (size_t)field->known_at, r);
    bool later = date.kind == VALUE_TEXT && day_parse(str_sub(date.s, 0, 10)) > t->as_of;
    return later ? field->before : table_value(t, f, r);
}

struct place table_place(const struct table *t, size_t r)
{
    if (!t->sources.n)
        return (struct place){0};
    size_t source = columns_source(t->columns, r);
    return (struct place){t->sources.at[source].path, columns_line(t->columns, r), 0};
}

bool table_seen(const struct table *t, size_t r)
{
    if (t->schema->fact < 0 || t->as_of == DAY_NONE)
        return true;
    struct value date = table_value(t, (size_t)t->schema->fact, r);
    return date.kind != VALUE_TEXT || day_parse(str_sub(date.s, 0, 10)) <= t->as_of;
}

struct hash128 table_hash(struct arena *mem, const struct table *t)
{
    struct hasher *h = hasher_new(mem);
    for (size_t f = 0; f < t->schema->nfields; f++)
        hasher_add(h, t->schema->field[f].name);
    for (size_t r = 0; r < t->nrows; r++) {
        if (!table_seen(t, r))
            continue;
        for (size_t f = 0; f < t->schema->nfields; f++)
            hasher_add_value(h, table_value(t, f, r));
    }
    return hasher_end(h);
}
