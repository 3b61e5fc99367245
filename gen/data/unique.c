#include "folded.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Keys that do not rise over the rows: no two rows may have the same one all the same. A slice
 * gives 64 bits of each key, in buckets by their upper bits, which lie in a file until all slices
 * are known; then one bucket of all slices after the other is looked through: a 64th of the keys is
 * in memory at a time. Where two hashes are the same, two keys may be: then the rows have to say.
 * Of 50 million keys that differ, two have the same hash in one table of fifteen thousand (n² /
 * 2⁶⁵). */

enum { BUCKETS = 64, BUCKET_SHIFT = 58 };

/* BUCKETS + 1 places at which buckets begin, then the hashes. */
static const size_t HEAD = (BUCKETS + 1) * sizeof(uint32_t);

/* ---- whether some differ ---- */

/* Hashes, and where each was met: open hash. */
struct hashes {
    uint64_t *hash, *slot;
    size_t n, cap, nslots;
};

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool are_different(struct hashes *b)
{
    if (!b->n)
        return true;
    if (b->nslots < b->n * 2) {
        free(b->slot);
        for (b->nslots = 1024; b->nslots < b->n * 2;)
            b->nslots *= 2;
        b->slot = malloc(b->nslots * sizeof *b->slot);
        if (!b->slot)
            die("out of memory for %zu keys", b->nslots);
    }
    memset(b->slot, 0, b->nslots * sizeof *b->slot);
    for (size_t i = 0; i < b->n; i++) {
        uint64_t hash = b->hash[i] ? b->hash[i] : 1; /* 0: nothing stands there */
        size_t at = hash & (b->nslots - 1);
        while (b->slot[at] && b->slot[at] != hash)
            at = (at + 1) & (b->nslots - 1);
        if (b->slot[at])
            return false;
        b->slot[at] = hash;
    }
    return true;
}

/* ---- of a slice ---- */

static str in_buckets(struct arena *mem, const uint64_t *hash, size_t n)
{
    uint32_t start[BUCKETS + 1] = {0}, at[BUCKETS];
    char *bytes = arena_alloc(mem, HEAD + n * sizeof *hash);
    for (size_t i = 0; i < n; i++)
        start[(hash[i] >> BUCKET_SHIFT) + 1]++;
    for (size_t b = 1; b <= BUCKETS; b++)
        start[b] += start[b - 1];
    memcpy(at, start, sizeof at);
    memcpy(bytes, start, HEAD);
    for (size_t i = 0; i < n; i++)
        memcpy(bytes + HEAD + at[hash[i] >> BUCKET_SHIFT]++ * sizeof *hash, &hash[i], sizeof *hash);
    return (str){bytes, HEAD + n * sizeof *hash};
}

uint64_t unique_hash_of(str text)
{
    return hash_mixed(hash_str(text));
}

/* By number; of NULL, which is number 0, there is none. */
static uint64_t *hashes_of_texts(struct arena *mem, const struct column *c)
{
    uint64_t *hash = NEW_ARRAY(mem, c->ntexts, uint64_t);
    for (size_t i = 1; i < c->ntexts; i++)
        hash[i] = unique_hash_of(text_at(c, (int64_t)i));
    return hash;
}

/* Adds what one column says to the hash of each row. False if a row has nothing there. */
static bool add_column(struct arena *mem, const struct columns *columns, const struct column *c,
                       uint64_t *hash)
{
    const uint64_t *text = c->packing == PACKED_TEXT ? hashes_of_texts(mem, c) : NULL;
    bool whole = c->packing != PACKED_REAL;
    union cell cells[CHUNK_ROWS];
    for (size_t row = 0; row < columns->nrows && whole; row++) {
        union cell *cell = &cells[row & (CHUNK_ROWS - 1)];
        if ((row & (CHUNK_ROWS - 1)) == 0)
            column_cells(c, row >> CHUNK_LOG, cells);
        whole = !cell_is_null(c, *cell);
        hash[row] = hash_mixed(hash[row] ^ (text ? text[cell->i] : (uint64_t)cell->i));
    }
    return whole;
}

static bool has_field(const struct rising *r, int field)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->field[i] == field)
            return true;
    return false;
}

/* Of n rows those of orders that are parted come first; how many they are. */
static size_t keep_parted(const struct column *order, const bool *parted, size_t n, uint64_t *hash)
{
    union cell cells[CHUNK_ROWS];
    size_t kept = 0;
    for (size_t row = 0; row < n && parted; row++) {
        if ((row & (CHUNK_ROWS - 1)) == 0)
            column_cells(order, row >> CHUNK_LOG, cells);
        hash[kept] = hash[row];
        kept += parted[cells[row & (CHUNK_ROWS - 1)].i];
    }
    return kept;
}

/* Of an order that is whole in one slice, its lines are too: of a key that holds its number only
 * those of the slice can be the same. */
static bool keys_of_rows(struct arena *mem, const struct folded *all, const struct rising *r,
                         const struct table *part, str *keys)
{
    const struct columns *columns = part->columns;
    struct hashes rows = {.hash = NEW_ARRAY(mem, columns->nrows + 1, uint64_t),
                          .n = columns->nrows};
    bool here = has_field(r, all->whole_field), ok = true;
    for (size_t k = 0; k < r->n && ok; k++)
        ok = add_column(mem, columns, &columns->at[r->field[k]], rows.hash);
    ok = ok && (!here || are_different(&rows));
    free(rows.slot);
    if (here)
        rows.n = keep_parted(&columns->at[all->whole_field], parted_texts(mem, all, part), rows.n,
                             rows.hash);
    *keys = in_buckets(mem, rows.hash, rows.n);
    return ok;
}

bool unique_keys(struct arena *mem, const struct folded *all, const struct table *part, str *keys)
{
    const struct columns *columns = part->columns;
    bool ok = true;
    for (size_t i = 0; i < all->rising.n && ok; i++) {
        const struct rising *r = &all->rising.at[i];
        const struct column *c = &columns->at[r->field[0]];
        if (r->texts)
            keys[i] = in_buckets(mem, hashes_of_texts(mem, c) + 1, c->ntexts - 1);
        else
            ok = keys_of_rows(mem, all, r, part, &keys[i]);
    }
    return ok;
}

bool unique_is_well(str keys)
{
    uint32_t start[BUCKETS + 1];
    if (keys.n < HEAD)
        return false;
    memcpy(start, keys.p, HEAD);
    bool well = start[0] == 0 && start[BUCKETS] == (keys.n - HEAD) / sizeof(uint64_t) &&
                (keys.n - HEAD) % sizeof(uint64_t) == 0;
    for (size_t b = 0; b < BUCKETS && well; b++)
        well = start[b] <= start[b + 1];
    return well;
}

size_t unique_count(str keys)
{
    return (keys.n - HEAD) / sizeof(uint64_t);
}

uint64_t unique_hash(str keys, size_t i)
{
    uint64_t hash;
    memcpy(&hash, keys.p + HEAD + i * sizeof hash, sizeof hash);
    return hash;
}

/* ---- of all slices ---- */

struct slice_keys {
    str *keys; /* for each of rising */
    bool kept; /* they lie in the file of slices; else in ours, from `at` on */
    size_t at;
};

struct unique {
    LIST(struct slice_keys) list;
    const struct blobs *slices;
    FILE *file;
    size_t size;
};

static bool write_keys(struct unique *u, const struct folded *all, const str *keys)
{
    if (!u->file)
        u->file = tmpfile();
    bool ok = u->file != NULL;
    for (size_t i = 0; i < all->rising.n && ok; i++) {
        ok = fwrite(keys[i].p, 1, keys[i].n, u->file) == keys[i].n;
        u->size += keys[i].n;
    }
    return ok;
}

bool unique_add(struct folded *all, const struct blobs *slices, const str *keys, bool kept)
{
    if (!all->unique)
        all->unique = NEW(all->mem, struct unique);
    struct unique *u = all->unique;
    struct slice_keys s = {NEW_ARRAY(all->mem, all->rising.n + 1, str), kept, u->size};
    u->slices = slices;
    memcpy(s.keys, keys, all->rising.n * sizeof *keys);
    PUSH(all->mem, &u->list, s);
    return kept || write_keys(u, all, keys);
}

/* Part of the keys of a slice, from a byte on. */
static bool read_keys(const struct unique *u, const struct slice_keys *s, size_t rising,
                      size_t from, void *to, size_t n)
{
    size_t at = s->at + from;
    if (s->kept) {
        memcpy(to, s->keys[rising].p + from, n);
        blobs_passed(u->slices, s->keys[rising]);
        return true;
    }
    for (size_t i = 0; i < rising; i++)
        at += s->keys[i].n;
    return pread(fileno(u->file), to, n, (off_t)at) == (ssize_t)n;
}

static void more_room(struct hashes *b, size_t n)
{
    if (n <= b->cap)
        return;
    b->cap = n * 2;
    b->hash = realloc(b->hash, b->cap * sizeof *b->hash);
    if (!b->hash)
        die("out of memory for %zu keys", b->cap);
}

static bool read_bucket(const struct unique *u, size_t rising, size_t number, struct hashes *b)
{
    bool ok = true;
    b->n = 0;
    for (size_t i = 0; i < u->list.n && ok; i++) {
        const struct slice_keys *s = &u->list.at[i];
        uint32_t edge[2];
        ok = read_keys(u, s, rising, number * sizeof *edge, edge, sizeof edge);
        size_t n = ok ? edge[1] - edge[0] : 0;
        more_room(b, b->n + n);
        ok = ok && (!n || read_keys(u, s, rising, HEAD + edge[0] * sizeof *b->hash, b->hash + b->n,
                                    n * sizeof *b->hash));
        b->n += n;
    }
    return ok;
}

struct checking {
    const struct folded *all;
    size_t nthreads;
    bool ok[PARTS_MOST];              /* one a thread … */
    struct hashes parted[PARTS_MOST]; /* … and so: orders that are met again, and are not known */
};

/* Those that stand there twice, but for those that are known to. */
static void find_parted(const struct parted *known, struct hashes *b, struct hashes *parted)
{
    qsort(b->hash, b->n, sizeof *b->hash, by_hash);
    for (size_t i = 1; i < b->n; i++) {
        bool again = b->hash[i] == b->hash[i - 1] && (i == 1 || b->hash[i] != b->hash[i - 2]);
        if (!again || parted_has(known, b->hash[i]))
            continue;
        more_room(parted, parted->n + 1);
        parted->hash[parted->n++] = b->hash[i];
    }
}

static bool check_bucket(struct checking *c, size_t thread, size_t rising, size_t number,
                         struct hashes *b)
{
    const struct folded *all = c->all;
    if (!read_bucket(all->unique, rising, number, b))
        return false;
    if (are_different(b))
        return true;
    if (all->rising.at[rising].texts)
        find_parted(&all->parted, b, &c->parted[thread]);
    return all->rising.at[rising].texts;
}

static void check_buckets(void *arg, size_t thread)
{
    struct checking *c = arg;
    struct hashes b = {0};
    for (size_t number = thread; number < BUCKETS; number += c->nthreads)
        for (size_t i = 0; i < c->all->rising.n && c->ok[thread]; i++)
            c->ok[thread] = check_bucket(c, thread, i, number, &b);
    free(b.hash);
    free(b.slot);
}

bool unique_all(struct folded *all, bool *more)
{
    struct checking c = {.all = all, .nthreads = all->nthreads};
    bool ok = true;
    *more = false;
    if (!all->unique)
        return true;
    if (all->unique->file)
        fflush(all->unique->file);
    for (size_t i = 0; i < c.nthreads; i++)
        c.ok[i] = true;
    threads_run(c.nthreads, check_buckets, &c);
    for (size_t i = 0; i < c.nthreads; i++)
        ok &= c.ok[i];
    for (size_t i = 0; i < c.nthreads; i++) {
        *more |= c.parted[i].n > 0;
        ok = ok && (!c.parted[i].n ||
                    parted_more(all->mem, &all->parted, c.parted[i].hash, c.parted[i].n));
        free(c.parted[i].hash);
    }
    return ok;
}

void unique_free(struct folded *all)
{
    if (all->unique && all->unique->file)
        fclose(all->unique->file);
    all->unique = NULL;
}
