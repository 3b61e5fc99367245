#include "folded.h"

#include <stdlib.h>

/* Orders of which rows stand in several slices, as those of a later delivery or of a return do: a
 * slice cannot count them, for another may have counted them in the same cell. They are found when
 * all keys are compared (unique.c), and remembered. From then on slices set them apart by their
 * text, and the whole counts them; where a line more parts another order, only the slices that have
 * it are folded anew. That an order is among them though it is whole costs a little time, and
 * nothing else. */

/* Beyond so many the rows are kept instead. */
enum { PARTED_MOST = 1 << 20 };

/* Of a hash 0, where nothing stands. */
static uint64_t slot_value(uint64_t hash)
{
    return hash ? hash : 1;
}

static size_t slot_of(const struct hash_set *p, uint64_t value)
{
    size_t i = value & (p->nslots - 1);
    while (p->slot[i] && p->slot[i] != value)
        i = (i + 1) & (p->nslots - 1);
    return i;
}

bool hash_set_has(const struct hash_set *p, uint64_t hash)
{
    return p->n && p->slot[slot_of(p, slot_value(hash))];
}

static uint64_t print_of(uint64_t hash)
{
    return hash_mixed(slot_value(hash) + 1);
}

void hash_set_make(struct arena *mem, struct hash_set *p, const uint64_t *hash, size_t n)
{
    *p = (struct hash_set){.nslots = 64, .hash = NEW_ARRAY(mem, n + 1, uint64_t)};
    while (p->nslots < n * 2)
        p->nslots *= 2;
    p->slot = NEW_ARRAY(mem, p->nslots, uint64_t);
    for (size_t i = 0; i < n; i++) {
        uint64_t *slot = &p->slot[slot_of(p, slot_value(hash[i]))];
        if (*slot)
            continue;
        *slot = slot_value(hash[i]);
        p->hash[p->n++] = hash[i];
        p->print += print_of(hash[i]);
    }
}

uint64_t hash_set_sum(const struct hash_set *p, str keys)
{
    uint64_t sum = 0;
    for (size_t i = 0; p->n && i < unique_count(keys); i++) {
        uint64_t hash = unique_hash(keys, i);
        sum += hash_set_has(p, hash) ? print_of(hash) : 0;
    }
    return sum;
}

bool *parted_texts(struct arena *mem, const struct folded *all, const struct table *part)
{
    if (!all->parted.n)
        return NULL;
    const struct column *c = &part->columns->at[all->whole_field];
    bool *is = NEW_ARRAY(mem, c->ntexts, bool);
    for (size_t i = 1; i < c->ntexts; i++)
        is[i] = hash_set_has(&all->parted, unique_hash_of(text_at(c, (int64_t)i)));
    return is;
}

bool hash_set_add(struct arena *mem, struct hash_set *p, const uint64_t *hash, size_t n)
{
    if (p->n + n > PARTED_MOST)
        return false;
    uint64_t *both = NEW_ARRAY(mem, p->n + n + 1, uint64_t);
    if (p->n)
        memcpy(both, p->hash, p->n * sizeof *both);
    if (n)
        memcpy(both + p->n, hash, n * sizeof *both);
    hash_set_make(mem, p, both, p->n + n);
    return true;
}
