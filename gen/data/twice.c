#include "folded.h"
#include "record.h"

#include <stdlib.h>

/* Rows whose key stands in an earlier row too, as where exports overlap: they are set aside, and
 * nobody sees that from within one slice. Where hashes of keys are the same (unique.c), all rows
 * with such a hash are asked for in a second attempt; they say which keys are the same, and which
 * row comes first. From then on the slice of a row that is one too many knows it by its line, as
 * long as the slice of the first row is there: else all is found anew. */

/* ---- what is known ---- */

static int by_slice(const void *a, const void *b)
{
    const struct twice_line *x = a, *y = b;
    int order = memcmp(&x->slice, &y->slice, sizeof x->slice);
    if (order)
        return order;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
                              : (x->rising > y->rising) - (x->rising < y->rising);
}

static uint64_t print_of(const struct twice_line *t)
{
    return hash_str((str){(const char *)t, sizeof *t});
}

static void sort_lines(struct folded *all)
{
    if (all->twice.n)
        qsort(all->twice.at, all->twice.n, sizeof *all->twice.at, by_slice);
}

void twice_add(struct folded *all, const struct twice_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].rising < all->rising.n)
            PUSH(all->mem, &all->twice, lines[i]);
    sort_lines(all);
}

/* The first line of a slice that is known; their number. */
static const struct twice_line *lines_of(const struct folded *all, struct hash128 slice, size_t *n)
{
    size_t low = 0, high = all->twice.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memcmp(&all->twice.at[middle].slice, &slice, sizeof slice) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < all->twice.n && hash128_eq(all->twice.at[low + *n].slice, slice);)
        ++*n;
    return all->twice.at + low;
}

uint64_t twice_sum(const struct folded *all, struct hash128 slice)
{
    size_t n;
    uint64_t sum = 0;
    const struct twice_line *lines = lines_of(all, slice, &n);
    for (size_t i = 0; i < n; i++)
        sum += print_of(&lines[i]);
    return sum;
}

uint64_t twice_sum_of_all(const struct folded *all)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < all->twice.n; i++)
        sum += print_of(&all->twice.at[i]);
    return sum;
}

/* ---- rows of a slice ---- */

static str key_of_row(struct arena *mem, const struct folded *all, const struct table *t,
                      size_t rising, size_t row)
{
    const struct rising *r = &all->rising.at[rising];
    return row_key_text(mem, t->columns, r->field, r->n, row);
}

static enum diag_id told_as(const struct folded *all, size_t rising)
{
    const struct schema *s = all->t->schema;
    const struct rising *r = &all->rising.at[rising];
    bool primary =
        r->n == s->nprimary_key && memcmp(r->field, s->primary_key, r->n * sizeof *r->field) == 0;
    return primary ? DIAG_ROW_KEY_TWICE : DIAG_UNIQUE_TWICE;
}

void twice_rows(const struct folded *all, struct hash128 slice, struct part *p,
                struct late_defects *late)
{
    size_t n, next = 0;
    const struct table *t = &p->table;
    const struct twice_line *lines = lines_of(all, slice, &n);
    for (size_t row = 0; row < t->columns->nrows && next < n; row++) {
        uint64_t line = (uint64_t)(columns_line(t->columns, row) - p->lines_before) - 1;
        for (; next < n && lines[next].line <= line; next++) {
            size_t rising = lines[next].rising;
            if (lines[next].line != line)
                continue;
            int field = all->rising.at[rising].field[0];
            struct defect defect = {.id = told_as(all, rising),
                                    .field = field,
                                    .value = key_of_row(p->l.scratch, all, t, rising, row),
                                    .args = {t->schema->field[field].name}};
            PUSH(p->l.scratch, &late->list, ((struct late_defect){row, defect}));
        }
    }
}

void twice_note_slice(struct folded *all, struct hash128 slice, size_t source, int lines_before)
{
    for (size_t i = 0; i < all->places.n; i++)
        all->twins |= hash128_eq(all->places.at[i].slice, slice);
    PUSH(all->mem, &all->places, ((struct slice_place){slice, source, lines_before}));
}

str twice_first(struct folded *all, struct hash128 slice, uint64_t line, enum diag_id id)
{
    size_t n;
    const struct twice_line *lines = lines_of(all, slice, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all->places.n && lines[i].line == line; k++) {
            const struct slice_place *first = &all->places.at[k];
            if (hash128_eq(first->slice, lines[i].first_slice) &&
                told_as(all, lines[i].rising) == id)
                return arena_printf(all->mem, STR_FMT ":%d",
                                    STR_ARG(all->t->sources.at[first->source].path),
                                    first->lines_before + (int)lines[i].first_line + 1);
        }
    all->stale = true;
    return S("");
}

/* ---- which they are ---- */

bool twice_is_suspect(const struct folded *all, const struct slice *s)
{
    for (size_t i = 0; i < s->nkeys && all->suspects.n; i++)
        if (!all->rising.at[i].texts && hash_set_sum(&all->suspects, s->keys[i]))
            return true;
    return false;
}

void twice_suspects(const struct folded *all, struct arena *mem, const struct part *p,
                    struct suspects *found)
{
    const struct table *t = &p->table;
    struct arena *room = arena_new();
    for (size_t i = 0; i < all->rising.n && all->suspects.n; i++) {
        const uint64_t *hash =
            all->rising.at[i].texts ? NULL : unique_hashes(room, &all->rising.at[i], t->columns);
        for (size_t row = 0; hash && row < t->columns->nrows; row++) {
            if (!hash_set_has(&all->suspects, hash[row]))
                continue;
            uint64_t line = (uint64_t)(columns_line(t->columns, row) - p->lines_before) - 1;
            PUSH(mem, &found->list,
                 ((struct suspect){
                     .line = line, .rising = i, .key = key_of_row(mem, all, t, i, row)}));
        }
        arena_reset(room);
    }
    arena_free(room);
}

void twice_take(struct folded *all, struct hash128 slice, const struct suspects *found)
{
    for (size_t i = 0; i < found->list.n; i++) {
        struct suspect s = found->list.at[i];
        s.slice = slice;
        s.key = arena_str(all->mem, s.key);
        PUSH(all->mem, &all->met.list, s);
    }
}

static bool is_there(const struct folded *all, struct hash128 slice)
{
    for (size_t i = 0; i < all->places.n; i++)
        if (hash128_eq(all->places.at[i].slice, slice))
            return true;
    return false;
}

/* Lines of slices that are no longer are of no use. */
static void drop_old(struct folded *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->twice.n; i++)
        if (is_there(all, all->twice.at[i].slice))
            all->twice.at[kept++] = all->twice.at[i];
    all->twice.n = kept;
}

static void drop_line(struct folded *all, const struct twice_line *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->twice.n; i++)
        if (by_slice(&all->twice.at[i], t) != 0)
            all->twice.at[kept++] = all->twice.at[i];
    all->twice.n = kept;
}

void twice_resolve(struct folded *all)
{
    struct map first;
    LIST(struct twice_line) lines = {0};
    map_init(&first, all->mem);
    for (size_t i = 0; i < all->met.list.n; i++) {
        const struct suspect *s = &all->met.list.at[i];
        str name = arena_printf(all->mem, "%zu " STR_FMT, s->rising, STR_ARG(s->key));
        void **slot = map_put(&first, name);
        const struct suspect *before = *slot;
        if (!before) {
            *slot = (void *)s;
            continue;
        }
        PUSH(all->mem, &lines,
             ((struct twice_line){s->slice, before->slice, s->line, before->line, s->rising}));
    }
    drop_old(all);
    for (size_t i = 0; i < lines.n; i++)
        drop_line(all, &lines.at[i]);
    twice_add(all, lines.at, lines.n);
}
