#include "reading.h"

/* ---- spellings ---- */

static inline uint64_t eight_bytes(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

/* The first n bytes of a word that was read from memory, n ≤ 8. */
static inline uint64_t keep_bytes(uint64_t word, size_t n)
{
    static const unsigned char mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    return word & eight_bytes((const char *)mask + 8 - n);
}

/* Without branches on its length, which nobody can predict. */
static inline struct spelling spelling_of(str raw, bool roomy)
{
    char copy[16] = {0};
    const char *p = raw.p;
    uint32_t n = (uint32_t)raw.n;
    if (n > 16)
        return (struct spelling){hash_str(raw), (uintptr_t)p, n, 0};
    if (!roomy)
        p = memcpy(copy, p, n);
    return (struct spelling){keep_bytes(eight_bytes(p), n < 8 ? n : 8),
                             keep_bytes(eight_bytes(p + 8), n < 8 ? 0 : n - 8), n, 0};
}

static inline bool same_spelling(const struct spelling *a, const struct spelling *b)
{
    if (a->low != b->low || a->n != b->n)
        return false;
    if (a->n <= 16)
        return a->high == b->high;
    return memcmp((const void *)(uintptr_t)a->high, (const void *)(uintptr_t)b->high, a->n) == 0;
}

/* A multiplication to 128 bits, folded; a long spelling is a hash already. */
static inline size_t slot_number(const struct spelling *key, size_t nslots)
{
    uint64_t high = key->n <= 16 ? key->high : 0;
    __uint128_t product = (__uint128_t)(key->low ^ 0x9E3779B97F4A7C15u) *
                          (high ^ 0xC2B2AE3D27D4EB4Fu ^ key->n);
    return ((uint64_t)product ^ (uint64_t)(product >> 64)) & (nslots - 1);
}

/* ---- the memo ---- */

/* The slot of key, or the free one where it would stand. Linear probing. */
static inline struct spelling *slot_of(const struct memo *m, const struct spelling *key)
{
    for (size_t i = slot_number(key, m->nslots);; i = (i + 1) & (m->nslots - 1))
        if (!m->slot[i].n || same_spelling(&m->slot[i], key))
            return &m->slot[i];
}

bool memo_find(struct memo *m, str raw, bool roomy, uint32_t *text)
{
    struct spelling key = spelling_of(raw, roomy);
    m->asked++;
    if (!same_spelling(&m->last, &key)) {
        const struct spelling *found = m->n && !m->off ? slot_of(m, &key) : NULL;
        if (!found || !found->n)
            return false;
        m->last = *found;
    }
    *text = m->last.text;
    return true;
}

static void grow(struct memo *m, struct arena *scratch)
{
    struct memo old = *m;
    m->nslots = old.nslots ? old.nslots * 2 : 64;
    m->slot = NEW_ARRAY(scratch, m->nslots, struct spelling);
    for (size_t i = 0; i < old.nslots; i++)
        if (old.slot[i].n)
            *slot_of(m, &old.slot[i]) = old.slot[i];
}

void memo_add(struct memo *m, struct arena *scratch, str raw, uint32_t text)
{
    m->last = spelling_of(raw.n > 16 ? arena_str(scratch, raw) : raw, false);
    m->last.text = text;
    if (m->off)
        return;
    if ((m->n + 1) * 2 > m->nslots)
        grow(m, scratch);
    *slot_of(m, &m->last) = m->last;
    m->n++;
    /* Looking for what is never found again costs more than keeping it twice. */
    m->off = m->n >= 4096 && m->n * 2 > m->asked;
}
