#include "fold.h"

#include <math.h>

/* ---- values and their codes ---- */

int value_compare(struct value a, struct value b)
{
    bool a_text = a.kind == VALUE_TEXT, b_text = b.kind == VALUE_TEXT;
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL)
        return (a.kind != VALUE_NULL) - (b.kind != VALUE_NULL);
    if (a_text || b_text)
        return a_text && b_text ? str_cmp(a.s, b.s) : a_text - b_text;
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        return (a.i > b.i) - (a.i < b.i);
    double x = value_number(a), y = value_number(b);
    return (x > y) - (x < y);
}

enum { DICTIONARY_SLOTS = 64 };

void dictionary_init(struct dictionary *d, struct arena *mem)
{
    *d = (struct dictionary){.mem = mem, .nslots = DICTIONARY_SLOTS};
    d->slot = NEW_ARRAY(mem, d->nslots, uint32_t);
    PUSH(mem, &d->values, (struct value){0});
}

static uint64_t hash_of_value(struct value v)
{
    return v.kind == VALUE_TEXT ? hash_str(v.s)
                                : ((uint64_t)v.i + v.kind) * 0x9E3779B97F4A7C15u >> 32;
}

static bool is_value(struct value a, struct value b)
{
    return a.kind == b.kind && (a.kind == VALUE_TEXT ? str_eq(a.s, b.s) : a.i == b.i);
}

/* Where the code of v stands, or is to stand. */
static uint32_t *dictionary_slot(const struct dictionary *d, struct value v)
{
    size_t i = hash_of_value(v) & (d->nslots - 1);
    while (d->slot[i] && !is_value(d->values.at[d->slot[i]], v))
        i = (i + 1) & (d->nslots - 1);
    return &d->slot[i];
}

uint32_t dictionary_code(struct dictionary *d, struct value v)
{
    if (v.kind == VALUE_NULL)
        return 0;
    uint32_t *slot = dictionary_slot(d, v);
    if (*slot)
        return *slot;
    uint32_t code = *slot = (uint32_t)d->values.n;
    PUSH(d->mem, &d->values, v);
    if (d->values.n * 2 <= d->nslots)
        return code;
    d->nslots *= 4;
    d->slot = NEW_ARRAY(d->mem, d->nslots, uint32_t);
    for (uint32_t i = 1; i < d->values.n; i++)
        *dictionary_slot(d, d->values.at[i]) = i;
    return code;
}

uint32_t dictionary_keep(struct dictionary *d, struct value v)
{
    size_t n = d->values.n;
    uint32_t code = dictionary_code(d, v);
    if (d->values.n > n && v.kind == VALUE_TEXT)
        d->values.at[code].s = arena_str(d->mem, v.s);
    return code;
}

struct coded_value {
    struct value v;
    uint32_t code;
};

static int by_value(const void *a, const void *b)
{
    return value_compare(((const struct coded_value *)a)->v, ((const struct coded_value *)b)->v);
}

uint32_t *dictionary_order(struct arena *mem, const struct dictionary *d)
{
    struct coded_value *all = NEW_ARRAY(mem, d->values.n, struct coded_value);
    uint32_t *code = NEW_ARRAY(mem, d->values.n, uint32_t);
    for (size_t i = 0; i < d->values.n; i++)
        all[i] = (struct coded_value){d->values.at[i], (uint32_t)i};
    qsort(all, d->values.n, sizeof *all, by_value);
    for (size_t i = 0; i < d->values.n; i++)
        code[i] = all[i].code;
    return code;
}

const uint32_t *dictionary_ranks(struct dictionary *d)
{
    if (d->nranked == d->values.n)
        return d->rank;
    struct arena *mem = arena_new();
    const uint32_t *code = dictionary_order(mem, d);
    d->nranked = d->values.n;
    d->rank = NEW_ARRAY(d->mem, d->nranked, uint32_t);
    for (size_t i = 0; i < d->nranked; i++)
        d->rank[code[i]] = (uint32_t)i;
    arena_free(mem);
    return d->rank;
}

/* ---- cells ---- */

static void *grown(void *at, size_t n, size_t size)
{
    void *p = realloc(at, n * size);
    if (!p)
        die("out of memory for %zu cells", n);
    return p;
}

static void *zeroed(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p)
        die("out of memory for %zu cells", n);
    return p;
}

void cell_set_init(struct cell_set *set, size_t nkeys, const struct measure *measure,
                   size_t nmeasures)
{
    *set = (struct cell_set){.nkeys = nkeys, .nmeasures = nmeasures, .measure = measure};
    set->pairs = zeroed(nkeys + 1, sizeof *set->pairs);
    for (size_t k = 0; k < nkeys; k++)
        pairs_init(&set->pairs[k]);
}

void cell_set_free(struct cell_set *set)
{
    for (size_t k = 0; k < set->nkeys; k++)
        pairs_free(&set->pairs[k]);
    free(set->pairs);
    free(set->code);
    free(set->value);
}

static union cell nothing_of(const struct measure *m)
{
    if (m->measuring >= MEASURE_COUNT || m->packing == PACKED_TEXT)
        return (union cell){.i = 0};
    return m->packing == PACKED_INT ? (union cell){.i = CELL_NULL_INT} : (union cell){.r = NAN};
}

static void set_nothing(struct cell_set *set, size_t cell)
{
    for (size_t m = 0; m < set->nmeasures; m++)
        set->value[cell * set->nmeasures + m] = nothing_of(&set->measure[m]);
}

static void add_cell(struct cell_set *set, const uint32_t *const *code, size_t row)
{
    if (set->n == set->cap) {
        set->cap = set->cap ? set->cap * 2 : 64;
        set->code = grown(set->code, set->cap * set->nkeys + 1, sizeof *set->code);
        set->value = grown(set->value, set->cap * set->nmeasures + 1, sizeof *set->value);
    }
    for (size_t k = 0; k < set->nkeys; k++)
        set->code[set->n * set->nkeys + k] = code[k][row];
    set_nothing(set, set->n++);
}

void cell_set_follow(struct cell_set *set, const struct cell_set *other)
{
    if (other->cap > set->cap) {
        set->cap = other->cap;
        set->value = grown(set->value, set->cap * set->nmeasures + 1, sizeof *set->value);
    }
    for (; set->n < other->n; set->n++)
        set_nothing(set, set->n);
}

void cell_set_find(struct cell_set *set, const uint32_t *const *code, size_t n, uint32_t *cell)
{
    size_t ncells = 1;
    memset(cell, 0, n * sizeof *cell);
    for (size_t k = 0; k < set->nkeys; k++) {
        pairs_find(&set->pairs[k], cell, ncells, code[k], n, cell);
        ncells = set->pairs[k].n;
    }
    for (size_t row = 0; row < n && set->n < ncells; row++)
        if (cell[row] == set->n)
            add_cell(set, code, row);
}

/* ---- what is counted once ---- */

void met_codes_free(struct met_codes *met)
{
    free(met->first);
    free(met->slot);
}

static bool put_pair(struct met_codes *met, uint64_t pair)
{
    size_t i = hash_mixed(pair) & (met->nslots - 1);
    while (met->slot[i] && met->slot[i] != pair)
        i = (i + 1) & (met->nslots - 1);
    bool fresh = !met->slot[i];
    met->n += fresh;
    met->slot[i] = pair;
    return fresh;
}

static void more_pairs(struct met_codes *met)
{
    struct met_codes old = *met;
    met->n = 0;
    met->nslots = old.nslots ? old.nslots * 4 : 256;
    met->slot = zeroed(met->nslots, sizeof *met->slot);
    for (size_t i = 0; i < old.nslots; i++)
        if (old.slot[i])
            put_pair(met, old.slot[i]);
    free(old.slot);
}

static void more_first(struct met_codes *met, uint32_t code)
{
    size_t n = met->nfirst * 2 > code ? met->nfirst * 2 : (size_t)code + 1024;
    met->first = grown(met->first, n, sizeof *met->first);
    memset(met->first + met->nfirst, 0, (n - met->nfirst) * sizeof *met->first);
    met->nfirst = n;
}

bool met_codes_add(struct met_codes *met, uint32_t cell, uint32_t code)
{
    if (code >= met->nfirst)
        more_first(met, code);
    if (!met->first[code]) {
        met->first[code] = cell + 1;
        return true;
    }
    if (met->first[code] == cell + 1)
        return false;
    if (met->n * 2 >= met->nslots)
        more_pairs(met);
    return put_pair(met, (uint64_t)(cell + 1) << 32 | code);
}
