#include "folded.h"

/* Numbers as they lie in memory, for nobody reads them but this program on this machine; texts with
 * their length. */

/* ---- writing ---- */

static void put_bytes(struct buf *out, const void *p, size_t n)
{
    buf_add(out, (str){p, n});
}

static void put_number(struct buf *out, uint64_t n)
{
    put_bytes(out, &n, sizeof n);
}

static void put_text(struct buf *out, str s)
{
    put_number(out, s.n);
    buf_add(out, s);
}

static void put_value(struct buf *out, struct value v)
{
    uint8_t kind = (uint8_t)v.kind;
    put_bytes(out, &kind, 1);
    if (v.kind == VALUE_TEXT)
        put_text(out, v.s);
    else
        put_bytes(out, &v.i, sizeof v.i);
}

static void put_values(struct buf *out, const struct value *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_value(out, at[i]);
}

/* One of several numbers a cell, or of n numbers in a row, as so many more than the least as few
 * bytes hold. */
struct series {
    const char *at;
    size_t size, stride; /* bytes of a number, and from one to the next */
};

/* Whole numbers of 0, 1, 2, 4 or 8 bytes, as they lie in memory. */
#define SIZES(X) X(1, uint8_t) X(2, uint16_t) X(4, uint32_t) X(8, uint64_t)

static inline uint64_t number_at(const char *p, size_t size)
{
    switch (size) {
#define X(bytes, type)                                                                             \
    case bytes: {                                                                                  \
        type n;                                                                                    \
        memcpy(&n, p, sizeof n);                                                                   \
        return n;                                                                                  \
    }
        SIZES(X)
#undef X
    }
    return 0;
}

static inline void number_put(char *p, size_t size, uint64_t number)
{
    switch (size) {
#define X(bytes, type)                                                                             \
    case bytes: {                                                                                  \
        type n = (type)number;                                                                     \
        memcpy(p, &n, sizeof n);                                                                   \
        break;                                                                                     \
    }
        SIZES(X)
#undef X
    }
}

static int64_t series_number(const struct series *s, size_t i)
{
    return (int64_t)number_at(s->at + i * s->stride, s->size);
}

static void put_series(struct buf *out, const struct series *s, size_t n)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        int64_t v = series_number(s, i);
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    uint64_t range = n ? (uint64_t)most - (uint64_t)least : 0;
    uint8_t width = range == 0            ? 0
                    : range <= UINT8_MAX  ? 1
                    : range <= UINT16_MAX ? 2
                    : range <= UINT32_MAX ? 4
                                          : 8;
    put_bytes(out, &width, 1);
    put_number(out, (uint64_t)least);
    buf_reserve(out, n * width);
    for (size_t i = 0; i < n; i++)
        number_put(out->p + out->n + i * width, width,
                   (uint64_t)series_number(s, i) - (uint64_t)least);
    out->n += n * width;
}

static void put_cells(struct buf *out, const struct slice_cells *cells, size_t nkeys,
                      size_t nmeasures)
{
    put_number(out, cells->n);
    for (size_t k = 0; k < nkeys; k++)
        put_series(out,
                   &(struct series){(const char *)(cells->code + k), sizeof(uint32_t),
                                    nkeys * sizeof(uint32_t)},
                   cells->n);
    for (size_t m = 0; m < nmeasures; m++)
        put_series(out,
                   &(struct series){(const char *)(cells->value + m), sizeof(int64_t),
                                    nmeasures * sizeof(int64_t)},
                   cells->n);
}

void slice_write(struct buf *out, const struct folded *all, const struct slice *s)
{
    put_number(out, s->nrows);
    put_number(out, s->nlines);
    put_number(out, (uint64_t)s->as_of);
    put_text(out, s->first);
    put_text(out, s->last);
    put_number(out, s->undated);
    put_number(out, s->nodd);
    put_bytes(out, s->odd, s->nodd * sizeof *s->odd);
    put_number(out, s->nlost);
    put_bytes(out, s->lost, s->nlost * sizeof *s->lost);
    put_number(out, s->nfollowed);
    put_bytes(out, s->followed, s->nfollowed * sizeof *s->followed);
    put_bytes(out, s->whole, s->nfollowed * sizeof *s->whole);
    put_number(out, s->nkeys);
    for (size_t i = 0; i < s->nkeys; i++)
        put_text(out, s->keys[i]);
    for (size_t i = 0; i < all->rising.n; i++) {
        put_number(out, s->low[i] != NULL);
        if (s->low[i]) {
            put_values(out, s->low[i], all->rising.at[i].n);
            put_values(out, s->high[i], all->rising.at[i].n);
        }
    }
    for (size_t i = 0; i < all->codings.n; i++) {
        put_number(out, s->values[i].n);
        put_values(out, s->values[i].at, s->values[i].n);
    }
    put_number(out, s->nparted);
    put_values(out, s->parted, s->nparted);
    for (size_t i = 0; i < all->rollups.n; i++) {
        const struct slice_cells *cells = &s->cells[i];
        const struct folding *whole = all->rollups.at[i].whole;
        put_cells(out, cells, whole->rollup->nby, whole->nmeasures);
        put_number(out, cells->napart);
        put_bytes(out, cells->apart, cells->napart * sizeof *cells->apart);
    }
}

/* ---- reading ---- */

enum { ROWS_MOST = 1 << 28 };

struct cursor {
    struct arena *mem;
    str left;
    bool bad;
};

/* The next n bytes; NULL if there are not so many. */
static const char *take(struct cursor *c, size_t n)
{
    const char *p = c->left.p;
    c->bad |= c->left.n < n;
    if (c->bad)
        return NULL;
    c->left = str_sub(c->left, n, c->left.n);
    return p;
}

static uint64_t take_number(struct cursor *c)
{
    uint64_t n = 0;
    const char *p = take(c, sizeof n);
    if (p)
        memcpy(&n, p, sizeof n);
    return n;
}

static str take_text(struct cursor *c)
{
    size_t n = (size_t)take_number(c);
    const char *p = take(c, n);
    return p ? (str){p, n} : (str){0};
}

static struct value take_value(struct cursor *c)
{
    struct value v = {0};
    const char *kind = take(c, 1);
    if (!kind || (unsigned char)*kind > VALUE_TEXT) {
        c->bad = true;
        return v;
    }
    v.kind = (unsigned char)*kind;
    if (v.kind == VALUE_TEXT)
        v.s = take_text(c);
    else
        v.i = (int64_t)take_number(c);
    return v;
}

/* Room for n things of which each takes at least so many bytes of what is left. */
static void *room(struct cursor *c, size_t n, size_t least, size_t size)
{
    c->bad |= least && n > c->left.n / least;
    return c->bad ? NULL : arena_alloc(c->mem, n * size + 1);
}

static struct value *take_values(struct cursor *c, size_t n)
{
    struct value *at = room(c, n, 1 + sizeof(int64_t), sizeof *at);
    for (size_t i = 0; i < n && !c->bad; i++)
        at[i] = take_value(c);
    return at;
}

static void *take_array(struct cursor *c, size_t n, size_t size)
{
    void *at = room(c, n, size, size);
    const char *p = at ? take(c, n * size) : NULL;
    if (p && n)
        memcpy(at, p, n * size);
    return at;
}

static void take_edges(struct cursor *c, const struct folded *all, struct slice *s)
{
    s->low = NEW_ARRAY(c->mem, all->rising.n + 1, struct value *);
    s->high = NEW_ARRAY(c->mem, all->rising.n + 1, struct value *);
    for (size_t i = 0; i < all->rising.n; i++)
        if (take_number(c)) {
            s->low[i] = take_values(c, all->rising.at[i].n);
            s->high[i] = take_values(c, all->rising.at[i].n);
        }
}

/* Whether every code stands for a value. */
static bool codes_are_known(const struct slice *s, const struct folded_rollup *r,
                            const struct slice_cells *cells)
{
    size_t nkeys = r->open.nby, nmeasures = r->whole->nmeasures;
    bool known = true;
    for (size_t k = 0; k < nkeys; k++)
        for (size_t i = 0; i < cells->n; i++)
            known &= cells->code[i * nkeys + k] < s->values[r->key[k]].n;
    for (size_t m = 0; m < nmeasures; m++)
        for (size_t i = 0; i < cells->n && r->key[nkeys + m] != NO_CODING; i++)
            known &= (uint64_t)cells->value[i * nmeasures + m].i < s->values[r->key[nkeys + m]].n;
    for (size_t i = 0; i < cells->napart; i++)
        known &= cells->apart[i].cell < cells->n && (!(cells->apart[i].code & PARTED) ||
                                                     (cells->apart[i].code & ~PARTED) < s->nparted);
    return known;
}

/* Puts n numbers, of which each is `size` bytes, where they belong. */
static void take_series(struct cursor *c, size_t n, char *to, size_t size, size_t stride)
{
    const char *width = take(c, 1);
    uint64_t least = take_number(c);
    size_t bytes = width ? (size_t)*width : 0;
    c->bad |= bytes > 8 || (bytes && n > c->left.n / bytes);
    const char *p = take(c, n * bytes);
    for (size_t i = 0; i < n && p; i++)
        number_put(to + i * stride, size, least + number_at(p + i * bytes, bytes));
}

static void take_cells_of(struct cursor *c, size_t most, struct slice_cells *cells, size_t nkeys,
                          size_t nmeasures)
{
    cells->n = (size_t)take_number(c);
    c->bad |= cells->n > most + 1;
    if (c->bad)
        return;
    cells->code = arena_alloc(c->mem, cells->n * nkeys * sizeof *cells->code + 1);
    cells->value = arena_alloc(c->mem, cells->n * nmeasures * sizeof *cells->value + 1);
    for (size_t k = 0; k < nkeys && !c->bad; k++)
        take_series(c, cells->n, (char *)(cells->code + k), sizeof *cells->code,
                    nkeys * sizeof *cells->code);
    for (size_t m = 0; m < nmeasures && !c->bad; m++)
        take_series(c, cells->n, (char *)(cells->value + m), sizeof *cells->value,
                    nmeasures * sizeof *cells->value);
}

static void take_cells(struct cursor *c, const struct folded *all, struct slice *s)
{
    /* A row has a cell for each person that shares it. */
    size_t most = (size_t)s->nrows * (all->shares && all->shares->most ? all->shares->most : 1);
    s->cells = NEW_ARRAY(c->mem, all->rollups.n + 1, struct slice_cells);
    for (size_t i = 0; i < all->rollups.n && !c->bad; i++) {
        const struct folded_rollup *r = &all->rollups.at[i];
        struct slice_cells *cells = &s->cells[i];
        take_cells_of(c, most, cells, r->open.nby, r->whole->nmeasures);
        cells->napart = (size_t)take_number(c);
        cells->apart = take_array(c, cells->napart, sizeof *cells->apart);
        c->bad = c->bad || !codes_are_known(s, r, cells);
    }
}

static void take_head(struct cursor *c, struct slice *s)
{
    *s = (struct slice){0};
    s->nrows = take_number(c);
    s->nlines = take_number(c);
    c->bad |= s->nrows > ROWS_MOST;
    s->as_of = (int64_t)take_number(c);
    s->first = take_text(c);
    s->last = take_text(c);
    s->undated = take_number(c) != 0;
    s->nodd = (size_t)take_number(c);
    s->odd = take_array(c, s->nodd, sizeof *s->odd);
    s->nlost = (size_t)take_number(c);
    s->lost = take_array(c, s->nlost, sizeof *s->lost);
    s->nfollowed = (size_t)take_number(c);
    s->followed = take_array(c, s->nfollowed, sizeof *s->followed);
    s->whole = take_array(c, s->nfollowed, sizeof *s->whole);
    s->nkeys = (size_t)take_number(c);
    s->keys = s->nkeys ? room(c, s->nkeys, sizeof(uint64_t), sizeof *s->keys) : NULL;
    for (size_t i = 0; i < s->nkeys && !c->bad; i++)
        s->keys[i] = take_text(c);
}

bool slice_parse_head(struct arena *mem, str text, struct slice *s)
{
    struct cursor c = {.mem = mem, .left = text};
    take_head(&c, s);
    return !c.bad;
}

static void take_values_of(struct cursor *c, const struct folded *all, struct slice *s)
{
    take_head(c, s);
    take_edges(c, all, s);
    s->values = NEW_ARRAY(c->mem, all->codings.n + 1, struct slice_values);
    for (size_t i = 0; i < all->codings.n && !c->bad; i++) {
        s->values[i].n = (size_t)take_number(c);
        s->values[i].at = take_values(c, s->values[i].n);
    }
    s->nparted = (size_t)take_number(c);
    s->parted = take_values(c, s->nparted);
}

bool slice_parse_values(struct arena *mem, str text, const struct folded *all, struct slice *s)
{
    struct cursor c = {.mem = mem, .left = text};
    take_values_of(&c, all, s);
    return !c.bad;
}

bool slice_parse(struct arena *mem, str text, const struct folded *all, struct slice *s)
{
    struct cursor c = {.mem = mem, .left = text};
    take_values_of(&c, all, s);
    take_cells(&c, all, s);
    return !c.bad && !c.left.n;
}
