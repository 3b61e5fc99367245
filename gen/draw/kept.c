#include "parts.h"

str kept_find(const struct kept *k, struct hash128 key)
{
    for (size_t i = 0; i < KEPT; i++)
        if (k->at[i].text.n && hash128_eq(k->at[i].key, key))
            return buf_str(&k->at[i].text);
    return blobs_get(k->blobs, key);
}

void kept_add(struct kept *k, struct hash128 key, str text)
{
    size_t i = k->next++ % KEPT;
    k->at[i].key = key;
    buf_reset(&k->at[i].text);
    buf_add(&k->at[i].text, text);
    blobs_put(k->blobs, key, text);
}

void kept_clear(struct kept *k)
{
    for (size_t i = 0; i < KEPT; i++)
        buf_clear(&k->at[i].text);
}
