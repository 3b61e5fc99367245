#include "folded.h"

#include <pthread.h>
#include <stdlib.h>

/* The cells of all slices, and what is asked of them. */

/* ---- adding slices ----
 * Each rollup takes the cells of several slices, in their order; which thread adds which rollup
 * does not matter. What the codes of a key are among all is found by who needs them first, so that
 * who adds cells of few keys need not wait for those of many. */

static bool pass_edges(struct folded *all, const struct slice *s)
{
    for (size_t i = 0; i < all->rising.n; i++) {
        struct rising *r = &all->rising.at[i];
        if (!s->low[i])
            continue;
        if (r->begun && folded_compare(s->low[i], r->last, r->n) <= 0) {
            all->unordered = true;
            return false;
        }
        r->last = NEW_ARRAY(all->mem, r->n, struct value);
        for (size_t k = 0; k < r->n; k++) {
            r->last[k] = s->high[i][k];
            if (r->last[k].kind == VALUE_TEXT)
                r->last[k].s = arena_str(all->mem, r->last[k].s);
        }
        r->begun = true;
    }
    return true;
}

/* A slice on its way. */
struct added {
    const struct slice *s;
    uint32_t **code;  /* for each coding: codes of the slice among all */
    uint32_t *parted; /* and of its orders that are parted */
    size_t rows_before;
};

struct adding {
    struct folded *all;
    struct added *slice;
    size_t n;
    struct known_codes {
        pthread_mutex_t lock;
        bool known;
    } * codes;           /* one a coding */
    _Atomic size_t next; /* of what there is to do */
    _Atomic bool over;   /* a sum leaves 64 bits */
};

/* What a key of a slice reads as of the day. */
static struct value value_today(const struct folder *f, const struct folded_coding *c,
                                struct value v)
{
    if (v.kind != VALUE_TEXT || c->today == AS_IT_IS)
        return v;
    return c->today == GROUP ? (struct value){VALUE_TEXT, .s = group_time(v.s, f->month)}
                             : (struct value){VALUE_INT, .i = str_cmp(v.s, f->day_of_month) <= 0};
}

static uint32_t code_today(const struct folded *all, const struct folded_coding *k,
                           const struct slice_values *v, size_t c)
{
    uint32_t *known = v->own ? &v->coding->whole[v->own[c]] : NULL;
    if (known && *known)
        return *known - 1;
    uint32_t code = dictionary_keep(&k->whole->dictionary, value_today(all->folder, k, v->at[c]));
    if (known)
        *known = code + 1;
    return code;
}

/* The codes of all slices, of which nobody else asks those of that coding meanwhile. */
static void find_codes(const struct adding *a, size_t coding)
{
    struct known_codes *codes = &a->codes[coding];
    pthread_mutex_lock(&codes->lock);
    for (size_t i = 0; i < a->n && !codes->known; i++) {
        const struct slice_values *v = &a->slice[i].s->values[coding];
        for (size_t c = 0; c < v->n; c++)
            a->slice[i].code[coding][c] = code_today(a->all, &a->all->codings.at[coding], v, c);
    }
    codes->known = true;
    pthread_mutex_unlock(&codes->lock);
}

/* Adds cells from `from` on, as many as a walk takes at a time; how many. In place[i] which one
 * cell i is now. */
static size_t add_some(struct folding *whole, const struct slice_cells *cells, size_t from,
                       uint32_t *const *code, const size_t *key, uint32_t *place, bool *over)
{
    size_t nkeys = whole->rollup->nby, nm = whole->nmeasures;
    size_t n = cells->n - from < CHUNK_ROWS ? cells->n - from : CHUNK_ROWS;
    uint32_t codes[MOST_KEYS][CHUNK_ROWS], *at = place + from;
    const uint32_t *of_key[MOST_KEYS];
    for (size_t k = 0; k < nkeys; k++) {
        of_key[k] = codes[k];
        for (size_t i = 0; i < n; i++)
            codes[k][i] = code[key[k]][cells->code[(from + i) * nkeys + k]];
    }
    cell_set_find(&whole->cells, of_key, n, at);
    for (size_t i = 0; i < n; i++)
        for (size_t m = 0; m < nm; m++) {
            const union cell *own = &cells->value[(from + i) * nm + m];
            union cell more = *own;
            if (key[nkeys + m] != NO_CODING)
                more.i = code[key[nkeys + m]][more.i];
            *over |=
                !measure_add(&whole->measure[m], &whole->cells.value[at[i] * nm + m], own, more);
        }
    return n;
}

/* Other slices number other texts: a row stands for as many of them as there can be, one that was
 * set aside too. */
static uint64_t code_apart(const struct added *a, uint64_t code)
{
    return code & PARTED ? PARTED | a->parted[code & ~PARTED] : a->rows_before + code;
}

/* Adds what a slice has for a rollup. False if a sum leaves 64 bits. */
static bool add_slice(struct arena *mem, struct folding *whole, const size_t *key,
                      const struct slice_cells *cells, const struct added *a)
{
    uint32_t *place = NEW_ARRAY(mem, cells->n + 1, uint32_t);
    bool over = false;
    for (size_t from = 0; from < cells->n;)
        from += add_some(whole, cells, from, a->code, key, place, &over);
    for (size_t i = 0; i < cells->napart; i++) {
        uint64_t apart = cells->apart[i].code;
        PUSH(whole->mem, &whole->apart,
             ((struct apart){code_apart(a, apart), place[cells->apart[i].cell]}));
    }
    return !over;
}

static void add_slices(struct adding *a, size_t rollup)
{
    const struct folded_rollup *r = &a->all->rollups.at[rollup];
    struct arena *mem = arena_new();
    for (size_t k = 0; k < r->open.nby + r->whole->nmeasures; k++)
        if (r->key[k] != NO_CODING)
            find_codes(a, r->key[k]);
    for (size_t i = 0; i < a->n; i++) {
        const struct slice *s = a->slice[i].s;
        bool none = (str_is_set(r->bound) && str_cmp(s->last, r->bound) < 0) ||
                    (rollup != a->all->dates && folded_is_later(a->all, s));
        if (!none && !add_slice(mem, r->whole, r->key, &s->cells[rollup], &a->slice[i]))
            a->over = true;
        arena_reset(mem);
    }
    arena_free(mem);
}

/* Last what no rollup asks for, but who wants to know what references name. */
static void add_all(void *arg, size_t thread)
{
    struct adding *a = arg;
    size_t nrollups = a->all->rollups.n, ncodings = a->all->codings.n;
    (void)thread;
    for (size_t i; (i = a->next++) < nrollups + ncodings;) {
        if (i < nrollups)
            add_slices(a, i);
        else
            find_codes(a, i - nrollups);
    }
}

static void begin_slice(struct arena *mem, struct folded *all, const struct slice *s,
                        struct added *a)
{
    *a = (struct added){.s = s,
                        .code = NEW_ARRAY(mem, all->codings.n + 1, uint32_t *),
                        .parted = NEW_ARRAY(mem, s->nparted + 1, uint32_t),
                        .rows_before = all->nrows};
    for (size_t i = 0; i < s->nparted; i++)
        a->parted[i] = dictionary_keep(&all->parted_texts, s->parted[i]);
    for (size_t i = 0; i < all->codings.n; i++)
        a->code[i] = NEW_ARRAY(mem, s->values[i].n + 1, uint32_t);
    all->nrows += s->nrows + s->nlost + s->nodd;
    if (str_cmp(s->last, all->last) > 0)
        all->last = arena_str(all->mem, s->last);
}

bool folded_add(struct folded *all, const struct slice *const *s, size_t n, size_t nthreads)
{
    struct arena *mem = arena_new();
    struct adding a = {.all = all,
                       .slice = NEW_ARRAY(mem, n, struct added),
                       .codes = NEW_ARRAY(mem, all->codings.n + 1, struct known_codes)};
    bool ok = true;
    for (; a.n < n && ok; a.n += ok) {
        ok = pass_edges(all, s[a.n]);
        if (ok)
            begin_slice(mem, all, s[a.n], &a.slice[a.n]);
    }
    for (size_t i = 0; i < all->codings.n; i++)
        pthread_mutex_init(&a.codes[i].lock, NULL);
    threads_run(nthreads, add_all, &a);
    for (size_t i = 0; i < all->codings.n; i++)
        pthread_mutex_destroy(&a.codes[i].lock);
    arena_free(mem);
    return ok && !a.over;
}

/* ---- what was asked for ---- */

static int by_cell(const void *a, const void *b)
{
    const struct apart *x = a, *y = b;
    int order = (x->cell > y->cell) - (x->cell < y->cell);
    return order ? order : (x->code > y->code) - (x->code < y->code);
}

/* What was set apart is counted once in each cell that it stands in now; distinct is the last
 * measure. */
static void count_apart(struct folding *f)
{
    struct apart *at = f->apart.at;
    if (f->apart.n)
        qsort(at, f->apart.n, sizeof *at, by_cell);
    for (size_t i = 0; i < f->apart.n; i++)
        if (i == 0 || by_cell(&at[i], &at[i - 1]) != 0)
            f->cells.value[(at[i].cell + 1) * f->nmeasures - 1].i++;
    f->apart.n = 0;
}

size_t folded_ndays(const struct folded *all)
{
    return all->rollups.at[all->dates].whole->cells.n;
}

struct folded_day folded_day(const struct folded *all, size_t i)
{
    const struct folding *dates = all->rollups.at[all->dates].whole;
    const union cell *value = &dates->cells.value[i * dates->nmeasures];
    struct value day = dates->key[0]->dictionary.values.at[dates->cells.code[i]];
    return (struct folded_day){day.kind == VALUE_TEXT ? day.s : (str){0}, (size_t)value[0].i,
                               (uint64_t)value[1].i};
}

size_t folded_rows_seen(const struct folded *all)
{
    size_t n = 0;
    for (size_t i = 0; i < folded_ndays(all); i++) {
        struct folded_day at = folded_day(all, i);
        n += !at.day.n || str_cmp(at.day, all->day) <= 0 ? at.rows : 0;
    }
    return n;
}

str folded_latest(const struct folded *all)
{
    str latest = {0};
    for (size_t i = 0; i < folded_ndays(all); i++) {
        str at = folded_day(all, i).day;
        if (at.n && str_cmp(at, all->day) <= 0 && (!latest.n || str_cmp(at, latest) > 0))
            latest = at;
    }
    return latest;
}

bool folded_cells(const struct folded *all, const struct rollup *r, struct cells *out)
{
    for (size_t i = 0; i < all->rollups.n; i++) {
        const struct folded_rollup *one = &all->rollups.at[i];
        if (!one->of || !one->whole || !same_rollup(one->of, r))
            continue;
        count_apart(one->whole);
        folding_lend(one->whole, out);
        return true;
    }
    return false;
}
