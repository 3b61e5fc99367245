#include "folded.h"
#include "record.h"

/* Large files wait until all other tables were read and checked: then their rows are folded as they
 * are read, where they can be. */

/* Bytes of what is kept at the most: of slices twice as much as their files have, which is several
 * times what a build needs, but at least so much; and of some sums. */
enum { SLICES_LEAST = 64 << 20, SUMS_MOST = 64 << 20 };

bool may_be_folded(const struct loading *l, const struct table *t, const struct mapping *mapping)
{
    str encoding = mapping ? mapping->encoding : (str){0};
    return l->options->fold && !l->rows && !l->options->nengines && !l->options->strict &&
           t->schema->big &&
           (!str_is_set(encoding) || encoding_is_utf8_name(encoding) ||
            encoding_is_cut_safely(encoding));
}

/* Bytes of the files of one table, or of all, from `first` on. */
static size_t bytes_of(const struct loading *l, size_t first, const struct table *t)
{
    struct arena *mem = arena_new();
    size_t size = 0;
    for (size_t i = first; i < l->later.n; i++) {
        size_t n = 0;
        bool counts = !t || l->later.at[i].table == t;
        struct pieces *pieces = counts ? pieces_open(mem, l->later.at[i].path, &n) : NULL;
        if (pieces)
            pieces_close(pieces);
        size += n;
    }
    arena_free(mem);
    return size;
}

bool are_large(const struct loading *l, size_t first)
{
    return bytes_of(l, first, NULL) > 2 * slice_bytes(l);
}

static bool fold_later(struct loading *l, const struct later_file *file)
{
    struct table *t = file->table;
    if (!t->folded) {
        t->folded = folded_new(l, t, l->guess);
        if (t->folded)
            sums_begin(t->folded, bytes_of(l, 0, t) / slice_bytes(l));
    }
    /* Without a key, the same row in two files is one too many. */
    return t->folded && !(t->sources.n && !t->schema->nprimary_key) && fold_file(l, file);
}

static bool is_last_file(const struct loading *l, size_t file)
{
    return file + 1 == l->later.n || l->later.at[file + 1].table != l->later.at[file].table;
}

static void *kept_copy(struct arena *mem, const void *at, size_t bytes)
{
    char *copy = arena_alloc(mem, bytes + 1);
    return bytes ? memcpy(copy, at, bytes) : copy;
}

static struct found_of found_of(const struct loading *l, str table, const struct same_hashes *same)
{
    return (struct found_of){table, kept_copy(l->mem, same->hash, same->n * sizeof *same->hash),
                             same->n};
}

/* What is found to be the same is told to the next attempt: orders that are parted, keys that have
 * to be looked at, and rows that are one too many. */
static bool are_unique(struct loading *l, struct folded *all)
{
    enum { SEARCHES = 3 };
    str name = all->t->schema->name;
    struct found *next = &l->next;
    struct same_hashes parted, keys;
    if (!unique_all(all, &parted, &keys))
        return false;
    bool searches = keys.n > 0, resolves = all->suspects.n > 0;
    if ((searches && next->nsearches++ == SEARCHES) || ((searches || resolves) && all->twins) ||
        !hash_set_add(all->mem, &all->parted, parted.hash, parted.n))
        return false;
    if (parted.n)
        PUSH(l->mem, &next->parted, found_of(l, name, &parted));
    if (searches)
        PUSH(l->mem, &next->suspects, found_of(l, name, &keys));
    if (resolves)
        twice_resolve(all);
    if (all->stale)
        all->twice.n = 0;
    if (resolves || all->stale) {
        const void *lines = kept_copy(l->mem, all->twice.at, all->twice.n * sizeof *all->twice.at);
        PUSH(l->mem, &next->twice, ((struct twice_of){name, lines, all->twice.n}));
    }
    l->unordered |= parted.n || searches || resolves || all->stale;
    return true;
}

static bool fold_all(struct loading *l)
{
    bool ok = true;
    for (size_t i = 0; i < l->later.n && ok; i++)
        ok = fold_later(l, &l->later.at[i]);
    for (size_t i = 0; i < l->later.n && ok; i++)
        ok = sums_flush(l->later.at[i].table->folded, l->slices, l->sums);
    for (size_t i = 0; i < l->later.n && ok; i++)
        if (is_last_file(l, i))
            ok = are_unique(l, l->later.at[i].table->folded);
    for (size_t i = 0; i < l->later.n && ok; i++)
        if (is_last_file(l, i))
            folded_unordered(l->later.at[i].table->folded, l->slices);
    ok = ok && !l->unordered;
    for (size_t i = 0; i < l->later.n; i++) {
        struct folded *all = l->later.at[i].table->folded;
        l->unordered |= all && all->unordered;
        if (all)
            unique_free(all);
    }
    for (size_t i = 0; i < l->later.n && ok; i++)
        if (is_last_file(l, i))
            lost_tell(l, l->later.at[i].table);
    return ok;
}

static void judge(const struct loading *l)
{
    if (!l->options->judge)
        return;
    mark_systems(l->model, l->dataset, true);
    l->options->judge(l->options->judge_arg);
}

void fold_tables(struct loading *l)
{
    const struct load_options *o = l->options;
    for (size_t i = 0; i < l->dataset->tables.n; i++)
        l->dataset->tables.at[i]->nrows = l->dataset->tables.at[i]->columns->nrows;
    if (!l->later.n)
        return;
    judge(l);
    if (l->guess == DAY_NONE)
        l->guess = guess_day(l);
    size_t most = 2 * bytes_of(l, 0, NULL);
    if (o->slices.n)
        l->slices = blobs_open(l->scratch, o->slices, o->version,
                               most > SLICES_LEAST ? most : SLICES_LEAST);
    if (o->sums.n)
        l->sums = blobs_open(l->scratch, o->sums, o->version, SUMS_MOST);
    l->again = !fold_all(l);
    blobs_close(l->slices);
    blobs_close(l->sums);
    l->slices = l->sums = NULL;
}
