#include "folded.h"

/* Keys, references and doubles, once all files are read. All are found before any row is removed:
 * so one wrong person is one diagnostic, and not one for every sale of theirs. */

/* ---- comparing rows by some of their columns ---- */

struct row_key {
    const struct columns *columns;
    const int *field;
    size_t nfields;
    uint64_t **text_hash; /* for each field, of each of its texts; NULL for numbers */
};

static struct row_key row_key_of(struct arena *mem, const struct columns *columns, const int *field,
                                 size_t nfields)
{
    struct row_key k = {columns, field, nfields, NEW_ARRAY(mem, nfields, uint64_t *)};
    for (size_t i = 0; i < nfields; i++) {
        const struct column *c = &columns->at[field[i]];
        if (c->packing != PACKED_TEXT)
            continue;
        k.text_hash[i] = NEW_ARRAY(mem, c->ntexts, uint64_t);
        for (size_t text = 0; text < c->ntexts; text++)
            k.text_hash[i][text] = hash_str(text_at(c, (int64_t)text));
    }
    return k;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio: Knuth, TAOCP 3, 6.4 */
    return h ^ h >> 29;
}

static uint64_t hash_row(const struct row_key *k, size_t row)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < k->nfields; i++) {
        union cell cell = column_cell(&k->columns->at[k->field[i]], row);
        uint64_t part = k->text_hash[i] ? k->text_hash[i][cell.i] : (uint64_t)cell.i;
        hash = mix(hash + part);
    }
    return hash;
}

static bool same_row(const struct row_key *k, size_t a, size_t b)
{
    for (size_t i = 0; i < k->nfields; i++) {
        const struct column *c = &k->columns->at[k->field[i]];
        union cell x = column_cell(c, a), y = column_cell(c, b);
        if (c->packing == PACKED_TEXT ? !str_eq(text_at(c, x.i), text_at(c, y.i)) : x.i != y.i)
            return false;
    }
    return true;
}

static bool has_null(const struct row_key *k, size_t row)
{
    for (size_t i = 0; i < k->nfields; i++) {
        const struct column *c = &k->columns->at[k->field[i]];
        if (cell_is_null(c, column_cell(c, row)))
            return true;
    }
    return false;
}

/* Rows by key: a slot holds the upper half of the hash and the row's number + 1. */
struct row_set {
    const struct row_key *key;
    uint64_t *slot;
    size_t nslots;
};

static struct row_set row_set_new(struct arena *mem, const struct row_key *key, size_t nrows)
{
    struct row_set set = {.key = key, .nslots = 16};
    while (set.nslots < nrows * 2)
        set.nslots *= 2;
    set.slot = NEW_ARRAY(mem, set.nslots, uint64_t);
    return set;
}

/* The first row with the key of row, which is row itself if it is new; then it is kept. */
static size_t row_set_add(struct row_set *set, size_t row, uint64_t hash)
{
    uint64_t tag = hash & 0xFFFFFFFF00000000u;
    size_t mask = set->nslots - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        if (!set->slot[i]) {
            set->slot[i] = tag | (uint32_t)(row + 1);
            return row;
        }
        size_t other = (uint32_t)set->slot[i] - 1;
        if ((set->slot[i] & 0xFFFFFFFF00000000u) == tag && same_row(set->key, other, row))
            return other;
    }
}

/* ---- keys ---- */

static str cell_text(struct arena *mem, const struct column *c, union cell cell)
{
    if (c->packing == PACKED_TEXT)
        return text_at(c, cell.i);
    return c->packing == PACKED_INT ? arena_integer(mem, cell.i) : fmt_exact(mem, cell.r);
}

str row_key_text(struct arena *mem, const struct columns *columns, const int *field, size_t n,
                 size_t row)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        const struct column *c = &columns->at[field[i]];
        buf_add(&b, i ? S(", ") : S(""));
        buf_add(&b, cell_text(mem, c, column_cell(c, row)));
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static str place_text(struct arena *mem, const struct table *t, size_t row)
{
    struct place at = table_place(t, row);
    return arena_printf(mem, STR_FMT ":%d", STR_ARG(at.file), at.line);
}

static void note_twice(struct loading *l, struct table *t, const struct row_key *k, size_t row,
                       size_t first, enum diag_id id, struct late_defects *late)
{
    struct late_defect found = {
        .row = row,
        .defect = {.id = id,
                   .field = k->field[0],
                   .value = row_key_text(l->scratch, k->columns, k->field, k->nfields, row)},
    };
    for (size_t i = 0; i < k->nfields && !str_is_set(found.defect.audience); i++)
        found.defect.audience = t->schema->field[k->field[i]].audience;
    found.defect.args[0] = t->schema->field[k->field[0]].name;
    found.defect.args[1] = place_text(l->scratch, t, first);
    PUSH(l->scratch, &late->list, found);
}

static int compare_cells(const struct column *c, union cell x, union cell y)
{
    if (c->packing == PACKED_INT)
        return (x.i > y.i) - (x.i < y.i);
    if (c->packing == PACKED_REAL)
        return (x.r > y.r) - (x.r < y.r);
    if (x.i == y.i)
        return 0;
    str s = text_at(c, x.i), t = text_at(c, y.i);
    return s.n != t.n ? (s.n > t.n) - (s.n < t.n) : memcmp(s.p, t.p, s.n);
}

/* As in most files that a program wrote. Then no key stands twice, and no set is needed. */
bool keys_rise(struct arena *mem, const struct columns *columns, const int *field, size_t nfields)
{
    union cell *cells = NEW_ARRAY(mem, nfields * CHUNK_ROWS, union cell);
    union cell *before = NEW_ARRAY(mem, nfields, union cell);
    for (size_t row = 0; row < columns->nrows; row++) {
        size_t within = row & (CHUNK_ROWS - 1);
        int order = row == 0;
        for (size_t i = 0; i < nfields; i++) {
            const struct column *c = &columns->at[field[i]];
            if (within == 0)
                column_cells(c, row >> CHUNK_LOG, cells + i * CHUNK_ROWS);
            union cell now = cells[i * CHUNK_ROWS + within];
            if (!order)
                order = compare_cells(c, now, before[i]);
            before[i] = now;
        }
        if (order <= 0)
            return false;
    }
    return true;
}

/* Hashes run ahead of the set, so that its slots are fetched before they are needed. */
#define AHEAD 16

static void check_unique(struct loading *l, struct table *t, const int *field, size_t nfields,
                         enum diag_id id, struct late_defects *late)
{
    size_t n = t->columns->nrows;
    uint64_t hash[AHEAD];
    struct arena *mem = arena_new();
    if (keys_rise(mem, t->columns, field, nfields)) {
        arena_free(mem);
        return;
    }
    struct row_key k = row_key_of(mem, t->columns, field, nfields);
    struct row_set set = row_set_new(mem, &k, n);
    for (size_t next = 0; next < n + AHEAD; next++) {
        size_t row = next - AHEAD;
        uint64_t row_hash = hash[next % AHEAD];
        if (next < n) {
            hash[next % AHEAD] = hash_row(&k, next);
            __builtin_prefetch(&set.slot[hash[next % AHEAD] & (set.nslots - 1)]);
        }
        if (next < AHEAD || has_null(&k, row))
            continue;
        size_t first = row_set_add(&set, row, row_hash);
        if (first != row)
            note_twice(l, t, &k, row, first, id, late);
    }
    arena_free(mem);
}

/* ---- doubles: the same row in two files ---- */

static void check_doubles(struct loading *l, struct table *t, struct late_defects *late)
{
    const struct columns *c = t->columns;
    size_t nfields = t->schema->nfields;
    int *all = NEW_ARRAY(l->scratch, nfields, int);
    for (size_t i = 0; i < nfields; i++)
        all[i] = (int)i;
    struct row_key k = row_key_of(l->scratch, c, all, nfields);
    struct row_key primary =
        row_key_of(l->scratch, c, t->schema->primary_key, t->schema->nprimary_key);
    struct row_set set = row_set_new(l->scratch, &k, c->nrows);
    for (size_t row = 0; row < c->nrows; row++) {
        if (primary.nfields && !has_null(&primary, row))
            continue; /* has a key, which check_unique looks at */
        size_t first = row_set_add(&set, row, hash_row(&k, row));
        if (columns_source(c, first) == columns_source(c, row))
            continue;
        struct late_defect found = {.row = row, .defect = {.id = DIAG_ROW_TWICE, .field = -1}};
        found.defect.args[0] = place_text(l->scratch, t, first);
        PUSH(l->scratch, &late->list, found);
    }
}

/* ---- references ---- */

/* The keys of a table that others refer to, those of rows set aside too. */
struct key_list {
    const struct table *table;
    struct map known;
    LIST(str) names; /* in order, for the nearest */
    size_t nlooked_up;
};

static void key_list_fill(struct arena *mem, struct key_list *keys, const struct table *t)
{
    const struct column *c = &t->columns->at[t->schema->primary_key[0]];
    keys->table = t;
    map_init(&keys->known, mem);
    for (size_t row = 0; row < t->columns->nrows; row++) {
        str key = cell_text(mem, c, column_cell(c, row));
        *map_put(&keys->known, key) = keys;
        PUSH(mem, &keys->names, key);
    }
    for (size_t i = 0; i < t->columns->set_aside.n; i++)
        *map_put(&keys->known, t->columns->set_aside.at[i].key) = keys;
}

/* The nearest key is looked for a bounded number of times: a file with the wrong keys throughout
 * would ask for each of its rows. */
#define NEAREST_MOST 200

static str nearest_key(struct arena *mem, struct key_list *keys, str key)
{
    if (keys->nlooked_up++ >= NEAREST_MOST)
        return (str){0};
    return nearest_name(mem, key, keys->names.at, keys->names.n);
}

static struct defect unknown_key(struct loading *l, const struct foreign_key *f, int field, str key,
                                 struct key_list *keys)
{
    const struct schema *of = keys->table->schema;
    bool open = !of->audience.n && !of->field[of->primary_key[0]].audience.n;
    str nearest = open ? nearest_key(l->scratch, keys, key) : (str){0};
    return (struct defect){.id = str_is_set(nearest) ? DIAG_REFERENCE_NEAR : DIAG_REFERENCE,
                           .field = field,
                           .value = key,
                           .args = {f->column, f->table, nearest},
                           .fixed = str_is_set(nearest)
                                        ? meant_name(l->scratch, key, keys->names.at, keys->names.n)
                                        : (str){0}};
}

/* For each text of a column, from one on, whether it is a known key; false if all are. */
static bool find_unknown(const struct column *c, size_t from, const struct key_list *keys,
                         bool *unknown)
{
    bool any = false;
    for (size_t text = from; text < c->ntexts; text++) {
        unknown[text] = !map_get(&keys->known, text_at(c, (int64_t)text));
        any |= unknown[text];
    }
    return any;
}

static void check_reference(struct loading *l, struct table *t, const struct foreign_key *f,
                            struct key_list *keys, struct late_defects *late)
{
    int field = schema_field(t->schema, f->column);
    const struct column *c = &t->columns->at[field];
    bool *unknown = c->packing == PACKED_TEXT ? NEW_ARRAY(l->scratch, c->ntexts, bool) : NULL;
    if (unknown && !find_unknown(c, 1, keys, unknown))
        return;
    for (size_t row = 0; row < t->columns->nrows; row++) {
        union cell cell = column_cell(c, row);
        if (cell_is_null(c, cell) || (unknown && !unknown[cell.i]))
            continue;
        str key = cell_text(l->scratch, c, cell);
        if (unknown || !map_get(&keys->known, key))
            PUSH(l->scratch, &late->list,
                 ((struct late_defect){row, unknown_key(l, f, field, key, keys)}));
    }
}

static struct key_list *keys_of(struct loading *l, struct key_list *all, str table)
{
    for (size_t i = 0; i < l->dataset->tables.n; i++) {
        struct table *t = l->dataset->tables.at[i];
        if (!str_eq(t->schema->name, table))
            continue;
        if (!t->sources.n || t->schema->nprimary_key != 1)
            return NULL; /* nothing to check against: it is absent, or will be made */
        if (!all[i].table)
            key_list_fill(l->scratch, &all[i], t);
        return &all[i];
    }
    return NULL;
}

/* ---- all of it ---- */

static void check_table(struct loading *l, struct table *t, struct key_list *keys,
                        struct late_defects *late)
{
    const struct schema *s = t->schema;
    if (s->nprimary_key)
        check_unique(l, t, s->primary_key, s->nprimary_key, DIAG_ROW_KEY_TWICE, late);
    for (int i = 0; i < (int)s->nfields; i++)
        if (s->field[i].unique && !(s->nprimary_key == 1 && s->primary_key[0] == i))
            check_unique(l, t, &i, 1, DIAG_UNIQUE_TWICE, late);
    if (t->sources.n > 1)
        check_doubles(l, t, late);
    for (size_t i = 0; i < s->nforeign; i++) {
        struct key_list *list = keys_of(l, keys, s->foreign[i].table);
        if (list)
            check_reference(l, t, &s->foreign[i], list, late);
    }
}

void check_keys(struct loading *l)
{
    size_t n = l->dataset->tables.n;
    struct key_list *keys = l->keys = NEW_ARRAY(l->scratch, n, struct key_list);
    struct late_defects *late = NEW_ARRAY(l->scratch, n, struct late_defects);
    for (size_t i = 0; i < n; i++)
        check_table(l, l->dataset->tables.at[i], keys, &late[i]);
    for (size_t i = 0; i < l->later.n; i++) {
        const struct schema *s = l->later.at[i].table->schema;
        for (size_t k = 0; k < s->nforeign; k++)
            keys_of(l, keys, s->foreign[k].table); /* before any row is removed */
    }
    for (size_t i = 0; i < n && !l->stop; i++)
        set_aside_late(l, l->dataset->tables.at[i], &late[i]);
}

/* ---- of folded tables: part by part, with the keys that check_keys found ---- */

static struct key_list *keys_found(const struct loading *l, str table)
{
    for (size_t i = 0; i < l->dataset->tables.n; i++)
        if (str_eq(l->dataset->tables.at[i]->schema->name, table))
            return l->keys[i].table ? &l->keys[i] : NULL;
    return NULL;
}

const struct map *keys_known(const struct loading *l, str table)
{
    const struct key_list *keys = keys_found(l, table);
    return keys ? &keys->known : NULL;
}

void lost_references(const struct loading *l, struct arena *mem, const struct table *part,
                     struct late_defects *late)
{
    for (size_t i = 0; i < part->schema->nforeign; i++) {
        const struct foreign_key *f = &part->schema->foreign[i];
        const struct key_list *keys = keys_found(l, f->table);
        int field = schema_field(part->schema, f->column);
        struct column *c = &part->columns->at[field];
        bool *unknown = NEW_ARRAY(mem, c->ntexts, bool);
        if (!keys)
            continue;
        if (!find_unknown(c, c->nresolved ? c->nresolved : 1, keys, unknown)) {
            c->nresolved = c->ntexts;
            continue;
        }
        for (size_t row = 0; row < part->columns->nrows; row++) {
            int64_t text = column_cell(c, row).i;
            struct defect defect = {.field = field,
                                    .value = unknown[text] ? text_at(c, text) : (str){0}};
            if (unknown[text])
                PUSH(mem, &late->list, ((struct late_defect){row, defect}));
        }
    }
}

struct defect lost_defect(struct loading *l, const struct schema *s, int field, str value)
{
    size_t i = 0;
    while (!str_eq(s->foreign[i].column, s->field[field].name))
        i++;
    return unknown_key(l, &s->foreign[i], field, value, keys_found(l, s->foreign[i].table));
}

/* ---- dimensions that the book lacks ---- */

static void add_folded(struct map *keys, const struct folded *all, size_t foreign)
{
    const struct dictionary *d = &all->codings.at[all->foreign[foreign]].whole->dictionary;
    for (size_t i = 1; i < d->values.n; i++)
        *map_put(keys, d->values.at[i].s) = keys;
}

static void add_references(struct loading *l, struct map *keys, const struct schema *made)
{
    for (size_t i = 0; i < l->dataset->tables.n; i++) {
        const struct table *t = l->dataset->tables.at[i];
        for (size_t f = 0; f < t->schema->nforeign; f++) {
            const struct foreign_key *foreign = &t->schema->foreign[f];
            if (!str_eq(foreign->table, made->name))
                continue;
            if (t->folded)
                add_folded(keys, t->folded, f);
            const struct column *c = &t->columns->at[schema_field(t->schema, foreign->column)];
            for (size_t row = 0; row < t->columns->nrows; row++) {
                union cell cell = column_cell(c, row);
                if (!cell_is_null(c, cell))
                    *map_put(keys, cell_text(l->scratch, c, cell)) = keys;
            }
        }
    }
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct map_entry *)a)->key, ((const struct map_entry *)b)->key);
}

static void put_text(struct columns *columns, int field, str text)
{
    struct column *c = &columns->at[field];
    c->stage[columns->nstaged].i = column_text(columns, c, text);
}

/* Each key is a row; where the table has a column `name`, it is called by its key. */
static void make_rows(struct table *t, const struct map *keys)
{
    const struct schema *s = t->schema;
    struct columns *columns = t->columns;
    int key = s->primary_key[0], name = schema_field(s, S("name"));
    columns_open(columns);
    for (size_t i = 0; i < keys->n; i++) {
        str text = keys->at[i].key;
        for (size_t f = 0; f < s->nfields; f++)
            columns->at[f].stage[columns->nstaged] = cell_null(&columns->at[f]);
        put_text(columns, key, text);
        if (name >= 0 && columns->at[name].packing == PACKED_TEXT)
            put_text(columns, name, text);
        columns_add_row(columns, 0);
    }
}

void make_dimensions(struct loading *l)
{
    for (size_t i = 0; i < l->dataset->tables.n; i++) {
        struct table *t = l->dataset->tables.at[i];
        const struct schema *s = t->schema;
        if (t->sources.n || !s->dimension || s->nprimary_key != 1 ||
            t->columns->at[s->primary_key[0]].packing != PACKED_TEXT)
            continue;
        struct map keys;
        map_init(&keys, l->scratch);
        add_references(l, &keys, s);
        if (!keys.n)
            continue;
        qsort(keys.at, keys.n, sizeof *keys.at, by_key);
        make_rows(t, &keys);
        t->present = t->made = true;
        diags_add(l->diags, DIAG_TABLE_MADE, ((struct place){.file = l->options->shown}), s->name,
                  arena_printf(l->scratch, "%zu", keys.n));
    }
}
