#include "folded.h"
#include "record.h"

/* What was folded of the slices up to some point, as one: of a file that grows at its end, or
 * changes there, only what comes behind that point is added to it. Slices of which nothing but
 * their cells is wanted wait until it is known whether the sum of them is kept. It holds as of one
 * day alone. */

/* About so many slices are left behind the point, and it stays while the file grows by as many. */
enum { STEP = 4 };

void sums_begin(struct folded *all, size_t nslices)
{
    all->stop = nslices > STEP ? (nslices - 2) / STEP * STEP : 0;
    all->chain = hash128_of((str){(const char *)&all->as_of, sizeof all->as_of});
}

/* Which slices there were, and in which order. */
static struct hash128 chain_on(struct hash128 chain, struct hash128 key)
{
    const struct hash128 both[] = {chain, key};
    return hash128_of((str){(const char *)both, sizeof both});
}

static struct hash128 chain_with(struct folded *all, struct hash128 key)
{
    all->chain = chain_on(all->chain, key);
    return all->chain;
}

/* The cells of all slices so far as those of one. It comes before any other: where its rows begin
 * does not matter. */
static void write_sum(const struct folded *all, struct blobs *sums, struct hash128 chain)
{
    struct arena *mem = arena_new();
    struct buf text = {0};
    struct slice s = {.nrows = all->nrows, .as_of = all->as_of, .last = all->last};
    s.low = s.high = NEW_ARRAY(mem, all->rising.n + 1, struct value *);
    for (size_t i = 0; i < all->rising.n; i++)
        s.high[i] = all->rising.at[i].begun ? all->rising.at[i].last : NULL;
    s.values = NEW_ARRAY(mem, all->codings.n + 1, struct slice_values);
    for (size_t i = 0; i < all->codings.n; i++) {
        const struct dictionary *d = &all->codings.at[i].whole->dictionary;
        s.values[i] = (struct slice_values){.at = d->values.at, .n = d->values.n};
    }
    s.parted = all->parted_texts.values.at;
    s.nparted = all->parted_texts.values.n;
    s.cells = NEW_ARRAY(mem, all->rollups.n + 1, struct slice_cells);
    for (size_t i = 0; i < all->rollups.n; i++) {
        const struct folding *f = all->rollups.at[i].whole;
        s.cells[i] = (struct slice_cells){f->cells.n, f->apart.n, f->cells.code, f->cells.value,
                                          f->apart.at};
    }
    slice_write(&text, all, &s);
    blobs_put(sums, chain, buf_str(&text));
    buf_clear(&text);
    arena_free(mem);
}

/* The chain is that of the last one. */
static bool add(struct folded *all, struct blobs *sums, struct hash128 chain,
                const struct slice *const *s, size_t n, size_t nthreads)
{
    if (!folded_add(all, s, n, nthreads))
        return false;
    all->nadded += n;
    if (all->nadded == all->stop && sums)
        write_sum(all, sums, chain);
    return true;
}

/* Takes the sum of the first of those that wait, if it is kept: then they are added. */
static bool take_sum(struct folded *all, const struct blobs *sums)
{
    struct slice s;
    const struct slice *one = &s;
    if (all->nadded || !all->stop || all->pending.n < all->stop)
        return true;
    str text = blobs_get(sums, all->pending.at[all->stop - 1].chain);
    struct arena *mem = arena_new();
    bool ok = true;
    if (text.n && slice_parse(mem, text, all, &s)) {
        ok = folded_add(all, &one, 1, all->nthreads);
        all->nadded = all->stop;
    }
    arena_free(mem);
    blobs_passed(sums, text);
    return ok;
}

/* Some of those that wait, not too many to be in memory. */
enum { AT_A_TIME = 8 };
struct parsing {
    const struct folded *all;
    const struct pending_slice *waits;
    size_t n, nthreads;
    struct arena *mem[AT_A_TIME];
    struct slice slice[AT_A_TIME];
    bool ok[AT_A_TIME];
};

static void parse(void *arg, size_t thread)
{
    struct parsing *p = arg;
    for (size_t i = thread; i < p->n; i += p->nthreads) {
        p->mem[i] = arena_new();
        p->ok[i] = slice_parse(p->mem[i], p->waits[i].text, p->all, &p->slice[i]);
    }
}

static bool add_some(struct folded *all, size_t first, size_t n, const struct blobs *slices,
                     struct blobs *sums)
{
    struct parsing p = {
        .all = all, .waits = &all->pending.at[first], .n = n, .nthreads = all->nthreads};
    const struct slice *s[AT_A_TIME];
    bool ok = true;
    threads_run(p.nthreads, parse, &p);
    for (size_t i = 0; i < n; i++) {
        s[i] = &p.slice[i];
        ok = ok && p.ok[i];
    }
    ok = ok && add(all, sums, p.waits[n - 1].chain, s, n, all->nthreads);
    for (size_t i = 0; i < n; i++) {
        blobs_passed(slices, p.waits[i].text);
        arena_free(p.mem[i]);
    }
    return ok;
}

/* How many of those that wait from the ith on are added next: the sum that is kept is of none
 * behind the point. */
static size_t next_some(const struct folded *all, size_t i)
{
    size_t n = all->pending.n - i;
    if (all->nadded < all->stop && all->stop - all->nadded < n)
        n = all->stop - all->nadded;
    return n < AT_A_TIME ? n : AT_A_TIME;
}

bool sums_flush(struct folded *all, const struct blobs *slices, struct blobs *sums)
{
    size_t before = all->nadded;
    bool ok = take_sum(all, sums);
    for (size_t i = all->nadded - before, n; i < all->pending.n && ok; i += n) {
        n = next_some(all, i);
        ok = add_some(all, i, n, slices, sums);
    }
    all->pending.n = 0;
    return ok;
}

void sums_later(struct folded *all, struct hash128 key, str text)
{
    struct pending_slice p = {chain_with(all, key), text};
    PUSH(all->mem, &all->pending, p);
}

bool sums_now(struct folded *all, const struct blobs *slices, struct blobs *sums,
              struct hash128 key, const struct slice *s)
{
    /* Other threads fold what comes next. */
    return sums_flush(all, slices, sums) && add(all, sums, chain_with(all, key), &s, 1, 1);
}
