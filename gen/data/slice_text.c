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

void slice_write(struct buf *out, const struct folded *all, const struct slice *s)
{
    put_number(out, s->nrows);
    put_number(out, s->nlines);
    put_number(out, (uint64_t)s->as_of);
    put_text(out, s->first);
    put_text(out, s->last);
    put_number(out, s->nodd);
    put_bytes(out, s->odd, s->nodd * sizeof *s->odd);
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
    for (size_t i = 0; i < all->rollups.n; i++) {
        const struct slice_cells *cells = &s->cells[i];
        const struct folding *whole = all->rollups.at[i].whole;
        put_number(out, cells->n);
        put_bytes(out, cells->code, cells->n * whole->rollup->nby * sizeof *cells->code);
        put_bytes(out, cells->value, cells->n * whole->nmeasures * sizeof *cells->value);
        put_number(out, cells->napart);
        put_bytes(out, cells->apart, cells->napart * sizeof *cells->apart);
    }
}

/* ---- reading ---- */

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
        known &= cells->apart[i].cell < cells->n;
    return known;
}

static void take_cells(struct cursor *c, const struct folded *all, struct slice *s)
{
    s->cells = NEW_ARRAY(c->mem, all->rollups.n + 1, struct slice_cells);
    for (size_t i = 0; i < all->rollups.n && !c->bad; i++) {
        const struct folded_rollup *r = &all->rollups.at[i];
        struct slice_cells *cells = &s->cells[i];
        cells->n = (size_t)take_number(c);
        cells->code = take_array(c, cells->n, r->open.nby * sizeof *cells->code);
        cells->value = take_array(c, cells->n, r->whole->nmeasures * sizeof *cells->value);
        cells->napart = (size_t)take_number(c);
        cells->apart = take_array(c, cells->napart, sizeof *cells->apart);
        c->bad = c->bad || !codes_are_known(s, r, cells);
    }
}

bool slice_parse(struct arena *mem, str text, const struct folded *all, struct slice *s)
{
    struct cursor c = {.mem = mem, .left = text};
    *s = (struct slice){0};
    s->nrows = take_number(&c);
    s->nlines = take_number(&c);
    s->as_of = (int64_t)take_number(&c);
    s->first = take_text(&c);
    s->last = take_text(&c);
    s->nodd = (size_t)take_number(&c);
    s->odd = take_array(&c, s->nodd, sizeof *s->odd);
    take_edges(&c, all, s);
    s->values = NEW_ARRAY(mem, all->codings.n + 1, struct slice_values);
    for (size_t i = 0; i < all->codings.n && !c.bad; i++) {
        s->values[i].n = (size_t)take_number(&c);
        s->values[i].at = take_values(&c, s->values[i].n);
    }
    take_cells(&c, all, s);
    return !c.bad && !c.left.n;
}
