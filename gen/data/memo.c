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

/* A spelling of at most 16 bytes, made without branches on its length, which nobody can predict. */
static inline struct spelling short_spelling(const char *p, size_t n)
{
    return (struct spelling){keep_bytes(eight_bytes(p), n < 8 ? n : 8),
                             keep_bytes(eight_bytes(p + 8), n < 8 ? 0 : n - 8), (uint32_t)n, 0};
}

static struct spelling spelling_of(str raw)
{
    char copy[16] = {0};
    if (raw.n > 16)
        return (struct spelling){hash_str(raw), (uintptr_t)raw.p, (uint32_t)raw.n, 0};
    memcpy(copy, raw.p, raw.n);
    return short_spelling(copy, raw.n);
}

static inline bool same_words(const struct spelling *a, const struct spelling *b)
{
    return a->low == b->low && a->high == b->high && a->n == b->n;
}

static bool same_spelling(const struct spelling *a, const struct spelling *b)
{
    if (a->n <= 16)
        return same_words(a, b);
    return a->low == b->low && a->n == b->n &&
           memcmp((const void *)(uintptr_t)a->high, (const void *)(uintptr_t)b->high, a->n) == 0;
}

/* ---- the memo ---- */

/* A multiplication to 128 bits, folded; the address of a long spelling does not count. */
static inline size_t home_of(const struct memo *m, const struct spelling *key)
{
    uint64_t high = key->n <= 16 ? key->high : 0;
    __uint128_t product = (__uint128_t)(key->low ^ 0x9E3779B97F4A7C15u) *
                          (high ^ 0xC2B2AE3D27D4EB4Fu ^ key->n);
    return ((uint64_t)product ^ (uint64_t)(product >> 64)) & m->mask;
}

/* The slot of key, or the free one where it would stand. Linear probing. */
static struct spelling *slot_of(const struct memo *m, const struct spelling *key)
{
    size_t i = home_of(m, key);
    while (m->slot[i].n && !same_spelling(&m->slot[i], key))
        i = (i + 1) & m->mask;
    return &m->slot[i];
}

static bool find_any(struct memo *m, str raw, int64_t *text)
{
    struct spelling key = spelling_of(raw);
    const struct spelling *found = m->off ? &m->last : slot_of(m, &key);
    *text = found->text;
    return same_spelling(found, &key);
}

bool memo_find(struct memo *m, str raw, bool roomy, int64_t *text)
{
    m->asked++;
    if (raw.n > 16 || !roomy)
        return find_any(m, raw, text);
    struct spelling key = short_spelling(raw.p, raw.n);
    const struct spelling *at = &m->last;
    if (!same_words(at, &key) && !m->off) {
        size_t i = home_of(m, &key);
        while (m->slot[i].n && !same_words(&m->slot[i], &key))
            i = (i + 1) & m->mask;
        at = &m->slot[i];
    }
    *text = at->text;
    return same_words(at, &key);
}

/* One slot in four is taken at most: memory is cheaper than a second look. */
static void grow(struct memo *m, struct arena *scratch)
{
    struct memo old = *m;
    m->mask = old.mask * 2 + 1;
    m->slot = NEW_ARRAY(scratch, m->mask + 1, struct spelling);
    for (size_t i = 0; i <= old.mask; i++)
        if (old.slot[i].n)
            *slot_of(m, &old.slot[i]) = old.slot[i];
}

void memo_init(struct memo *m, struct arena *scratch)
{
    *m = (struct memo){.mask = 63};
    m->slot = NEW_ARRAY(scratch, m->mask + 1, struct spelling);
}

void memo_add(struct memo *m, struct arena *scratch, str raw, int64_t text)
{
    m->last = spelling_of(raw.n > 16 ? arena_str(scratch, raw) : raw);
    m->last.text = (uint32_t)text;
    if (m->off)
        return;
    if (++m->n * 4 > m->mask)
        grow(m, scratch);
    *slot_of(m, &m->last) = m->last;
    /* Looking for what is never found again costs more than keeping it twice. */
    m->off = m->n >= 4096 && m->n * 2 > m->asked;
}
