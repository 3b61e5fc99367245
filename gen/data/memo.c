#include "reading.h"

/* ---- spellings ---- */

static struct words copied_words_of(str raw)
{
    char copy[16] = {0};
    memcpy(copy, raw.p, raw.n);
    return words_of(copy, raw.n);
}

/* Knuth's multiplicative hash: TAOCP 3, 6.4. The upper bits are the good ones. */
static inline uint64_t hash_words(struct words w)
{
    return (w.low ^ (w.high << 23 | w.high >> 41)) * 0x9E3779B97F4A7C15u;
}

static uint64_t hash_of(str raw)
{
    return raw.n > 16 ? hash_str(raw) : hash_words(copied_words_of(raw));
}

/* ---- the memo; linear probing ---- */

/* The slot of a spelling of at most 8 bytes, or the free one where it would stand. */
static inline struct memo_slot *short_slot(const struct memo *m, uint64_t word, size_t n,
                                           uint64_t hash)
{
    size_t i = hash >> m->shift;
    while (m->slot[i].n && (m->slot[i].word != word || m->slot[i].n != n))
        i = (i + 1) & m->mask;
    return &m->slot[i];
}

static struct memo_slot *long_slot(const struct memo *m, str raw, uint64_t hash)
{
    size_t i = hash >> m->shift;
    while (m->slot[i].n && (m->slot[i].n != raw.n || memcmp(m->slot[i].bytes, raw.p, raw.n) != 0))
        i = (i + 1) & m->mask;
    return &m->slot[i];
}

static struct memo_slot *slot_of(const struct memo *m, str raw)
{
    uint64_t hash = hash_of(raw);
    return raw.n > 8 ? long_slot(m, raw, hash)
                     : short_slot(m, copied_words_of(raw).low, raw.n, hash);
}

bool memo_look_up(struct memo *m, str raw, bool roomy, int64_t *text)
{
    const struct memo_slot *found;
    if (raw.n > 16) {
        m->last_n = 0;
        found = long_slot(m, raw, hash_str(raw));
    } else {
        struct words w = roomy ? words_of(raw.p, raw.n) : copied_words_of(raw);
        if (w.low == m->last.low && w.high == m->last.high && raw.n == m->last_n) {
            *text = m->last_text;
            return true;
        }
        m->last.low = w.low;
        m->last.high = w.high;
        m->last_n = 0;
        if (m->off)
            return false;
        uint64_t hash = hash_words(w);
        found = raw.n > 8 ? long_slot(m, raw, hash) : short_slot(m, w.low, raw.n, hash);
        m->last_n = found->n;
    }
    m->nfound += found->n != 0;
    *text = m->last_text = found->text;
    return found->n != 0;
}

static str slot_bytes(const struct memo_slot *s)
{
    return (str){s->n > 8 ? s->bytes : (const char *)&s->word, s->n};
}

static void grow(struct memo *m, struct arena *scratch)
{
    struct memo old = *m;
    m->mask = old.mask * 2 + 1;
    m->shift--;
    m->slot = NEW_ARRAY(scratch, m->mask + 1, struct memo_slot);
    for (size_t i = 0; i <= old.mask; i++)
        if (old.slot[i].n)
            *slot_of(m, slot_bytes(&old.slot[i])) = old.slot[i];
}

void memo_init(struct memo *m, struct arena *scratch)
{
    *m = (struct memo){.mask = 63, .shift = 64 - 6};
    m->slot = NEW_ARRAY(scratch, m->mask + 1, struct memo_slot);
}

void memo_add(struct memo *m, struct arena *scratch, str raw, int64_t text)
{
    if (raw.n <= sizeof m->last) {
        m->last_n = (uint32_t)raw.n;
        m->last_text = (uint32_t)text;
    }
    if (m->off)
        return;
    if (++m->n * 2 > m->mask)
        grow(m, scratch);
    struct memo_slot *slot = slot_of(m, raw);
    slot->n = (uint32_t)raw.n;
    slot->text = (uint32_t)text;
    if (raw.n > 8)
        slot->bytes = arena_str(scratch, raw).p;
    else
        memcpy(&slot->word, raw.p, raw.n);
    /* Looking for what is never found again costs more than keeping it twice. Of 8,192 customers
     * out of 250,000 in any order one in sixty-four has come before. */
    m->off = m->n >= 8192 && m->nfound < m->n / 64;
}
