#include "base.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_str(str s)
{
    return XXH3_64bits(s.p ? s.p : "", s.n);
}

struct hash128 hash128_of(str s)
{
    XXH128_hash_t sum = XXH3_128bits(s.p, s.n);
    return (struct hash128){sum.high64, sum.low64};
}

bool hash128_eq(struct hash128 a, struct hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

struct hasher {
    XXH3_state_t state;
};

struct hasher *hasher_new(struct arena *mem)
{
    /* XXH3 wants its state aligned to 64 bytes, an arena gives 16. */
    char *room = arena_alloc(mem, sizeof(struct hasher) + 64);
    struct hasher *h = (struct hasher *)(room + (64 - (uintptr_t)room % 64));
    XXH3_128bits_reset(&h->state);
    return h;
}

void hasher_add(struct hasher *h, str s)
{
    uint64_t n = s.n;
    XXH3_128bits_update(&h->state, &n, sizeof n);
    if (s.n)
        XXH3_128bits_update(&h->state, s.p, s.n);
}

struct hash128 hasher_end(struct hasher *h)
{
    XXH128_hash_t sum = XXH3_128bits_digest(&h->state);
    return (struct hash128){sum.high64, sum.low64};
}

struct hash128 hash128_of_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    const int64_t now[] = {time.tv_sec, time.tv_nsec, getpid()};
    return hash128_of((str){(const char *)now, sizeof now});
}

str hash128_hex(struct arena *mem, struct hash128 h)
{
    return arena_printf(mem, "%016llx%016llx", (unsigned long long)h.high,
                        (unsigned long long)h.low);
}

void map_init(struct map *m, struct arena *mem)
{
    *m = (struct map){.mem = mem};
}

/* The slot of key: that of its entry, or the first free one. Linear probing; the hash beside the
 * number spares a look at the keys of others. */
static struct map_slot *slot_of(const struct map *m, str key, uint64_t hash)
{
    for (size_t i = hash & (m->nslots - 1);; i = (i + 1) & (m->nslots - 1)) {
        struct map_slot *s = &m->slot[i];
        if (!s->entry ||
            (s->hash == (uint32_t)(hash >> 32) && str_eq(m->at[s->entry - 1].key, key)))
            return s;
    }
}

static void map_grow(struct map *m)
{
    m->nslots = m->nslots ? m->nslots * 2 : 16;
    m->slot = NEW_ARRAY(m->mem, m->nslots, struct map_slot);
    for (size_t i = 0; i < m->n; i++) {
        uint64_t hash = hash_str(m->at[i].key);
        *slot_of(m, m->at[i].key, hash) =
            (struct map_slot){(uint32_t)i + 1, (uint32_t)(hash >> 32)};
    }
}

void *map_get(const struct map *m, str key)
{
    if (!m->n)
        return NULL;
    uint32_t entry = slot_of(m, key, hash_str(key))->entry;
    return entry ? m->at[entry - 1].value : NULL;
}

void **map_put(struct map *m, str key)
{
    if ((m->n + 1) * 2 > m->nslots)
        map_grow(m);
    uint64_t hash = hash_str(key);
    struct map_slot *slot = slot_of(m, key, hash);
    if (!slot->entry) {
        struct map_entry entry = {.key = arena_str(m->mem, key.p ? key : S(""))};
        PUSH(m->mem, m, entry);
        *slot = (struct map_slot){(uint32_t)m->n, (uint32_t)(hash >> 32)};
    }
    return &m->at[slot->entry - 1].value;
}
