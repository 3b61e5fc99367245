#include "reading.h"

/* Keys that were given up for others, as where a CRM merges two customers: table `aliases`, with
 * the columns table, old and new. Whatever refers to such a key refers to the new one. */

static str text_in(const struct table *t, int field, size_t row)
{
    struct value v = table_value(t, (size_t)field, row);
    return v.kind == VALUE_TEXT ? v.s : (str){0};
}

static bool has_text_key(const struct schema *s)
{
    return s && s->nprimary_key == 1 && s->field[s->primary_key[0]].type == TYPE_string;
}

static void tell_table(struct loading *l, struct place at, str table)
{
    const struct model *m = l->model;
    str *names = NEW_ARRAY(l->scratch, m->schemas.n, str);
    size_t n = 0;
    for (size_t i = 0; i < m->schemas.n; i++)
        if (has_text_key(&m->schemas.at[i]))
            names[n++] = m->schemas.at[i].name;
    diags_add(l->diags, DIAG_ALIAS_TABLE, at, table, did_you_mean(l->scratch, table, names, n));
}

/* Rows without one of the three have been set aside. */
static void add_alias(struct loading *l, const struct table *t, const int field[3], size_t row)
{
    str table = text_in(t, field[0], row);
    if (!has_text_key(model_schema(l->model, table))) {
        tell_table(l, table_place(t, row), table);
        return;
    }
    void **of = map_put(&l->aliases, table);
    if (!*of) {
        *of = NEW(l->scratch, struct map);
        map_init(*of, l->scratch);
    }
    void **old = map_put(*of, text_in(t, field[1], row));
    if (*old)
        return; /* check_keys tells of the second, and sets it aside */
    struct alias *a = NEW(l->scratch, struct alias);
    *a = (struct alias){text_in(t, field[2], row), table_place(t, row)};
    *old = a;
}

/* Where a key leads in the end: that which replaced it may have been replaced, too. */
static void follow(struct loading *l, struct map *of, str old)
{
    struct alias *first = map_get(of, old), *next;
    for (size_t steps = 0; (next = map_get(of, first->key)) != NULL; first->key = next->key)
        if (steps++ == of->n) {
            diags_add(l->diags, DIAG_ALIAS_CIRCLE, first->at, old);
            return;
        }
}

void aliases_read(struct loading *l, const struct table *t)
{
    static const str names[] = {S("table"), S("old"), S("new")};
    int field[3];
    map_init(&l->aliases, l->scratch);
    for (size_t i = 0; i < 3; i++)
        if ((field[i] = schema_field(t->schema, names[i])) < 0)
            return;
    for (size_t row = 0; row < t->columns->nrows; row++)
        add_alias(l, t, field, row);
    for (size_t i = 0; i < l->aliases.n; i++) {
        struct map *of = l->aliases.at[i].value;
        for (size_t k = 0; k < of->n; k++)
            follow(l, of, of->at[k].key);
    }
}

const struct map *aliases_for(const struct loading *l, const struct schema *s, str column)
{
    const struct foreign_key *f = l->aliases.n ? schema_reference(s, column) : NULL;
    return f ? map_get(&l->aliases, f->table) : NULL;
}

str alias_for(const struct map *of, str key)
{
    const struct alias *a = map_get(of, key);
    return a ? a->key : key;
}

void aliases_hash(struct hasher *h, const struct loading *l, const struct schema *s)
{
    for (size_t i = 0; i < s->nforeign; i++) {
        const struct map *of = aliases_for(l, s, s->foreign[i].column);
        for (size_t k = 0; of && k < of->n; k++) {
            hasher_add(h, of->at[k].key);
            hasher_add(h, ((const struct alias *)of->at[k].value)->key);
        }
    }
}

void aliases_check(struct loading *l)
{
    for (size_t i = 0; i < l->aliases.n; i++) {
        str table = l->aliases.at[i].key;
        const struct map *of = l->aliases.at[i].value, *known = keys_known(l, table);
        for (size_t k = 0; known && k < of->n; k++) {
            const struct alias *a = of->at[k].value;
            if (map_get(known, of->at[k].key))
                diags_add(l->diags, DIAG_ALIAS_STANDS, a->at, of->at[k].key, table, a->key);
            if (!map_get(known, a->key) && !map_get(of, a->key)) /* in a circle, which is told */
                diags_add(l->diags, DIAG_ALIAS_UNKNOWN, a->at, a->key, table, of->at[k].key);
        }
    }
}
