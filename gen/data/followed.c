#include "folded.h"

#include <stdlib.h>

/* Keys of rollups follow references: customer.region. So what is folded of a slice depends on other
 * tables too, but only on the rows that its texts lead to, and there on the fields that are
 * followed: a customer more, or another price, changes no slice. Each key that a reference can name
 * has a print, and a slice says the sum of those it led to; and so with the shares of its
 * orders. */

/* The fields of `to` that keys follow from that column; their number. */
static size_t fields_of(const struct folded *all, str column, const struct table *to, int *field)
{
    size_t n = 0;
    for (size_t i = 0; i < all->codings.n; i++) {
        struct key_part part[2];
        size_t nparts = rollup_key(all->codings.at[i].by, part);
        for (size_t k = 0; k < nparts; k++) {
            bool follows = str_is_set(part[k].follow) && str_eq(part[k].column, column);
            int f = follows ? schema_field(to->schema, part[k].follow) : -1;
            for (size_t at = 0; at < n && follows; at++)
                follows = field[at] != f;
            if (follows)
                field[n++] = f;
        }
    }
    return n;
}

static uint64_t print_of(struct buf *room, const struct table *to, size_t row, str key,
                         const int *field, size_t n)
{
    buf_reset(room);
    buf_add(room, key);
    for (size_t i = 0; i < n; i++) {
        struct value v = table_value_as_of(to, (size_t)field[i], row);
        bool is_text = v.kind == VALUE_TEXT;
        const size_t what[] = {(size_t)field[i], v.kind, is_text ? v.s.n : 0};
        buf_add(room, (str){(const char *)what, sizeof what});
        buf_add(room, is_text ? v.s : (str){(const char *)&v.i, sizeof v.i});
    }
    return hash_str(buf_str(room));
}

/* Of a key of a row that was set aside nothing is known but that it is one. */
static uint64_t print_of_key(const struct map *rows, const struct table *to, str key,
                             struct buf *room, const int *field, size_t n)
{
    uintptr_t row = (uintptr_t)map_get(rows, key);
    return row ? print_of(room, to, row - 1, key, field, n) : ~hash_str(key);
}

static void add_followed(struct folded *all, size_t coding, const struct table *to,
                         const struct map *rows, const struct map *known, const int *field,
                         size_t n)
{
    struct followed f = {coding, known, NEW_ARRAY(all->mem, known->n + 1, uint64_t)};
    struct buf room = {0};
    uint64_t sum = 0;
    for (size_t i = 0; i < known->n; i++) {
        f.print[i] = print_of_key(rows, to, known->at[i].key, &room, field, n);
        sum += f.print[i];
    }
    buf_clear(&room);
    PUSH(all->mem, &all->followed, f);
    all->followed_whole[all->nfollowed++] = sum;
}

static const struct map *all_keys(struct folded *all, const struct map *of)
{
    struct map *keys = NEW(all->mem, struct map);
    map_init(keys, all->mem);
    for (size_t i = 0; i < of->n; i++)
        *map_put(keys, of->at[i].key) = (void *)(uintptr_t)(i + 1);
    return keys;
}

/* What is followed from the people of the table; NULL: nothing. */
static const struct followed *followed_people(const struct folded *all)
{
    const struct schema *s = all->t->schema;
    for (size_t i = 0; i < s->nforeign; i++)
        for (size_t k = 0; k < all->followed.n; k++)
            if (schema_field(s, s->foreign[i].column) == all->shared_person &&
                all->followed.at[k].coding == all->foreign[i])
                return &all->followed.at[k];
    return NULL;
}

static uint64_t print_of_text(const struct followed *f, struct value v)
{
    void *key = v.kind == VALUE_TEXT ? map_get(f->keys, v.s) : NULL;
    return key ? f->print[(uintptr_t)key - 1] : 0;
}

/* The sum of all: an order's shares, with what is followed from their people. */
static uint64_t follow_shares(struct folded *all)
{
    const struct shares *shares = all->shares;
    const struct followed *people = followed_people(all);
    uint64_t sum = 0;
    all->share_print = NEW_ARRAY(all->mem, shares->orders.n + 1, uint64_t);
    for (size_t i = 0; i < shares->orders.n; i++) {
        const struct order_shares *o = &shares->orders.at[i];
        uint64_t print = o->print;
        for (size_t k = 0; k < o->list.n && people; k++)
            print = hash_mixed(print ^ print_of_text(people, o->list.at[k].person));
        all->share_print[i] = print;
        sum += print;
    }
    return sum;
}

void folded_follow(struct folded *all, const struct loading *l)
{
    const struct schema *s = all->t->schema;
    all->followed_whole = NEW_ARRAY(all->mem, s->nforeign + 4, uint64_t);
    for (size_t i = 0; i < s->nforeign; i++) {
        const struct foreign_key *foreign = &s->foreign[i];
        const struct table *to = dataset_table(l->dataset, foreign->table);
        int *field = NEW_ARRAY(all->mem, all->codings.n * 2 + 1, int);
        int key = to ? schema_field(to->schema, foreign->to) : -1;
        const struct map *known = keys_known(l, foreign->table);
        /* Also of those that nobody follows: threads look them up there. */
        const struct map *rows = key < 0 ? NULL : folder_rows(all->folder, to, key);
        size_t n = rows ? fields_of(all, foreign->column, to, field) : 0;
        if (rows && known)
            add_followed(all, all->foreign[i], to, rows, all_keys(all, known), field, n);
    }
    if (all->shares)
        all->followed_whole[all->nfollowed++] = follow_shares(all);
}

static uint64_t sum_of_rows(const struct followed *f, const struct slice_values *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < texts->n; i++) {
        uint64_t *known = texts->own ? &texts->coding->print[texts->own[i]] : NULL;
        uint64_t print = known && *known ? *known : print_of_text(f, texts->at[i]);
        if (known)
            *known = print;
        sum += print;
    }
    return sum;
}

/* ---- shared orders ---- */

/* Of orders that do not rise a slice says the hashes. */
static uint64_t sum_of_hashes(const struct folded *all, str keys)
{
    const struct shares *shares = all->shares;
    size_t n = unique_count(keys);
    struct arena *mem = arena_new();
    uint64_t *hash = NEW_ARRAY(mem, n + 1, uint64_t), sum = 0;
    for (size_t i = 0; i < n; i++)
        hash[i] = unique_hash(keys, i);
    qsort(hash, n, sizeof *hash, unique_by_hash);
    for (size_t i = 0; i < shares->orders.n; i++)
        if (bsearch(&shares->orders.at[i].hash, hash, n, sizeof *hash, unique_by_hash))
            sum += all->share_print[i];
    arena_free(mem);
    return sum;
}

/* Of others the first and the last: those between them may be in it. */
static uint64_t sum_between(const struct folded *all, const struct value *low,
                            const struct value *high)
{
    const struct shares *shares = all->shares;
    uint64_t sum = 0;
    for (size_t i = 0; i < shares->orders.n; i++) {
        struct value order = {VALUE_TEXT, .s = shares->orders.at[i].order};
        if (folded_compare(low, &order, 1) <= 0 && folded_compare(&order, high, 1) <= 0)
            sum += all->share_print[i];
    }
    return sum;
}

/* Orders are what should be whole in a slice, else none is shared: their texts are among what
 * rises. */
static size_t number_of_orders(const struct folded *all)
{
    size_t i = 0;
    while (!all->rising.at[i].texts)
        i++;
    return i;
}

static uint64_t sum_of_shares(const struct folded *all, const struct slice *s)
{
    size_t i = number_of_orders(all);
    if (s->keys)
        return sum_of_hashes(all, s->keys[i]);
    return s->low[i] ? sum_between(all, s->low[i], s->high[i]) : 0;
}

void followed_sums(const struct folded *all, const struct slice *s, uint64_t *sum)
{
    for (size_t i = 0; i < all->followed.n; i++)
        sum[i] = hash_str(all->codings.at[all->followed.at[i].coding].by) +
                 sum_of_rows(&all->followed.at[i], &s->values[all->followed.at[i].coding]);
    size_t n = all->followed.n;
    if (all->shares)
        sum[n++] = sum_of_shares(all, s);
    if (all->hashed && all->whole_field >= 0)
        sum[n++] = hash_set_sum(&all->parted, s->keys[number_of_orders(all)]);
    if (all->hashed)
        sum[n] = twice_sum(all, s->key);
}

struct hash128 followed_key(struct hash128 key, const uint64_t *sum, size_t n)
{
    struct arena *mem = arena_new();
    struct hasher *h = hasher_new(mem);
    hasher_add(h, (str){(const char *)&key, sizeof key});
    hasher_add(h, (str){(const char *)sum, n * sizeof *sum});
    struct hash128 both = hasher_end(h);
    arena_free(mem);
    return both;
}
