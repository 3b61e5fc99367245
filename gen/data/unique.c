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

enum { BUCKETS = 64, BUCKET_SHIFT = 58, PASSED = 8 };

/* BUCKETS + 1 places at which buckets begin, then the hashes. */
static const size_t HEAD = (BUCKETS + 1) * sizeof(uint32_t);

/* ---- whether some differ ---- */

/* Hashes, and where each was met: open hash. */
struct hashes {
    uint64_t *hash, *slot;
    size_t n, cap, nslots;
};

int unique_by_hash(const void *a, const void *b)
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

uint64_t *unique_hashes(struct arena *mem, const struct rising *r, const struct columns *columns)
{
    uint64_t *hash = NEW_ARRAY(mem, columns->nrows + 1, uint64_t);
    bool whole = true;
    for (size_t k = 0; k < r->n && whole; k++)
        whole = add_column(mem, columns, &columns->at[r->field[k]], hash);
    return whole ? hash : NULL;
}

/* Without those of rows that are twice; how many are left. */
static size_t without(const uint8_t *twice, size_t n, uint64_t *hash)
{
    size_t kept = 0;
    for (size_t row = 0; row < n; row++) {
        hash[kept] = hash[row];
        kept += !(twice[row / 8] >> (row % 8) & 1);
    }
    return kept;
}

/* Of those that stand there several times, all; how many they are. */
static size_t keep_repeated(uint64_t *hash, size_t n)
{
    size_t kept = 0;
    qsort(hash, n, sizeof *hash, unique_by_hash);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && hash[end] == hash[i];)
            end++;
        for (size_t k = i; k < end && end > i + 1; k++)
            hash[kept++] = hash[k];
    }
    return kept;
}

/* Of n rows those of orders that are parted, without those that are twice. */
static size_t keep_parted(const struct column *order, const bool *parted, const uint8_t *twice,
                          size_t n, uint64_t *hash)
{
    union cell cells[CHUNK_ROWS];
    size_t kept = 0;
    for (size_t row = 0; row < n && parted; row++) {
        if ((row & (CHUNK_ROWS - 1)) == 0)
            column_cells(order, row >> CHUNK_LOG, cells);
        hash[kept] = hash[row];
        kept +=
            parted[cells[row & (CHUNK_ROWS - 1)].i] && !(twice && twice[row / 8] >> (row % 8) & 1);
    }
    return kept;
}

/* Of an order that is whole in one slice, its lines are too: of a key that holds its number only
 * those of orders that are parted can be those of other slices, and those that stand in this one
 * twice. */
static bool keys_of_rows(struct arena *mem, const struct folded *all, const struct rising *r,
                         const struct table *part, const struct lost *lost, str *keys)
{
    size_t n = part->columns->nrows;
    uint64_t *hash = unique_hashes(mem, r, part->columns);
    if (!hash)
        return false;
    struct hashes rows = {.hash = NEW_ARRAY(mem, n * 2 + 1, uint64_t), .n = n};
    memcpy(rows.hash, hash, n * sizeof *hash);
    if (lost->twice)
        rows.n = without(lost->twice, n, rows.hash);
    if (has_field(r, all->whole_field)) {
        rows.n = are_different(&rows) ? 0 : keep_repeated(rows.hash, rows.n);
        n = keep_parted(&part->columns->at[all->whole_field], parted_texts(mem, all, part),
                        lost->twice, n, hash);
        memcpy(rows.hash + rows.n, hash, n * sizeof *hash);
        rows.n += n;
    }
    free(rows.slot);
    *keys = in_buckets(mem, rows.hash, rows.n);
    return true;
}

bool unique_keys(struct arena *mem, const struct folded *all, const struct table *part,
                 const struct lost *lost, str *keys)
{
    bool ok = true;
    for (size_t i = 0; i < all->rising.n && ok; i++) {
        const struct rising *r = &all->rising.at[i];
        const struct column *c = &part->columns->at[r->field[0]];
        if (r->texts)
            keys[i] = in_buckets(mem, hashes_of_texts(mem, c) + 1, c->ntexts - 1);
        else
            ok = keys_of_rows(mem, all, r, part, lost, &keys[i]);
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
        u->file = file_temporary();
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

/* Buckets that lie in the file of slices are not wanted again. Several at a time: to give back
 * memory costs more than to look through a bucket. */
static void pass_buckets(const struct unique *u, size_t rising, size_t first, size_t end)
{
    for (size_t i = 0; i < u->list.n; i++) {
        const struct slice_keys *s = &u->list.at[i];
        uint32_t start[BUCKETS + 1];
        if (!s->kept)
            continue;
        memcpy(start, s->keys[rising].p, HEAD);
        blobs_passed(u->slices, str_sub(s->keys[rising], HEAD + start[first] * sizeof(uint64_t),
                                        HEAD + start[end] * sizeof(uint64_t)));
    }
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
    bool ok[PARTS_MOST];                                /* one a thread … */
    struct hashes parted[PARTS_MOST], keys[PARTS_MOST]; /* … and so: what is the same */
};

/* Those that stand there several times, but for those that are known to. */
static void find_same(const struct hash_set *known, struct hashes *b, struct hashes *same)
{
    qsort(b->hash, b->n, sizeof *b->hash, unique_by_hash);
    for (size_t i = 1; i < b->n; i++) {
        bool again = b->hash[i] == b->hash[i - 1] && (i == 1 || b->hash[i] != b->hash[i - 2]);
        if (!again || hash_set_has(known, b->hash[i]))
            continue;
        more_room(same, same->n + 1);
        same->hash[same->n++] = b->hash[i];
    }
}

static void check_buckets(void *arg, size_t thread)
{
    struct checking *c = arg;
    const struct folded *all = c->all;
    struct hashes b = {0};
    size_t end = BUCKETS * (thread + 1) / c->nthreads;
    for (size_t number = BUCKETS * thread / c->nthreads; number < end; number++)
        for (size_t i = 0; i < all->rising.n && c->ok[thread]; i++) {
            bool orders = all->rising.at[i].texts;
            c->ok[thread] = read_bucket(all->unique, i, number, &b);
            if (c->ok[thread] && !are_different(&b))
                find_same(orders ? &all->parted : &all->suspects, &b,
                          orders ? &c->parted[thread] : &c->keys[thread]);
            if ((number + 1) % PASSED == 0)
                pass_buckets(all->unique, i, number + 1 - PASSED, number + 1);
        }
    free(b.hash);
    free(b.slot);
}

static void add_same(struct arena *mem, const struct hashes *of, size_t n, struct same_hashes *to)
{
    size_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += of[i].n;
    *to = (struct same_hashes){NEW_ARRAY(mem, all + 1, uint64_t), 0};
    for (size_t i = 0; i < n; i++) {
        if (of[i].n)
            memcpy(to->hash + to->n, of[i].hash, of[i].n * sizeof *to->hash);
        to->n += of[i].n;
        free(of[i].hash);
    }
}

bool unique_all(struct folded *all, struct same_hashes *parted, struct same_hashes *keys)
{
    struct checking c = {.all = all, .nthreads = all->nthreads};
    bool ok = true;
    if (all->unique && all->unique->file)
        fflush(all->unique->file);
    for (size_t i = 0; i < c.nthreads; i++)
        c.ok[i] = true;
    if (all->unique)
        threads_run(c.nthreads, check_buckets, &c);
    for (size_t i = 0; i < c.nthreads; i++)
        ok &= c.ok[i];
    add_same(all->mem, c.parted, c.nthreads, parted);
    add_same(all->mem, c.keys, c.nthreads, keys);
    return ok;
}

void unique_free(struct folded *all)
{
    if (all->unique && all->unique->file)
        fclose(all->unique->file);
    all->unique = NULL;
}
