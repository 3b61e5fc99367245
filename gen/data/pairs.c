#include "fold.h"

/* A pair (a, b) has its place at a × width + b mod width. Where there may be as many places as
 * there are values of a times those of b, no two pairs want the same one. Else the width is less,
 * the first of several pairs has the place, and the others are found by their hash: of customers
 * and their owners, of whom a customer seldom has two, nearly all have a place with a width of
 * 1. */

/* The b of a place that is free: no code is so large. */
#define NO_PAIR UINT32_MAX
/* So many places may always be; of many pairs so many for each. */
enum { PLACES_FEW = 16 * 1024, PLACES_A_PAIR = 2 };

static void *resized(void *at, size_t n, size_t size)
{
    void *p = realloc(at, n * size);
    if (!p)
        die("out of memory for %zu pairs", n);
    return p;
}

void pairs_free(struct pairs *p)
{
    free(p->pair);
    free(p->place);
    free(p->slot);
}

static inline struct pair_place *place_of(const struct pairs *p, uint32_t a, uint32_t b)
{
    return &p->place[a * p->width + (b & (p->width - 1))];
}

/* Where the number + 1 of a pair without a place stands, or is to stand. */
static uint32_t *slot_of(const struct pairs *p, struct pair pair)
{
    size_t i = hash_mixed((uint64_t)pair.a << 32 | pair.b) & (p->nslots - 1);
    for (; p->slot[i]; i = (i + 1) & (p->nslots - 1)) {
        struct pair at = p->pair[p->slot[i] - 1];
        if (at.a == pair.a && at.b == pair.b)
            break;
    }
    return &p->slot[i];
}

static void more_slots(struct pairs *p)
{
    uint32_t *old = p->slot;
    size_t n = p->nslots;
    p->nslots = n ? n * 4 : 64;
    p->slot = resized(NULL, p->nslots, sizeof *p->slot);
    memset(p->slot, 0, p->nslots * sizeof *p->slot);
    for (size_t i = 0; i < n; i++)
        if (old[i])
            *slot_of(p, p->pair[old[i] - 1]) = old[i];
    free(old);
}

static void put(struct pairs *p, uint32_t number)
{
    struct pair pair = p->pair[number];
    struct pair_place *place = place_of(p, pair.a, pair.b);
    if (place->b == NO_PAIR) {
        *place = (struct pair_place){pair.b, number};
        return;
    }
    if (++p->nslotted * 2 > p->nslots)
        more_slots(p);
    *slot_of(p, pair) = number + 1;
}

static bool may_be_wide(const struct pairs *p, size_t width)
{
    size_t few = PLACES_FEW, many = p->n * PLACES_A_PAIR;
    return p->room * width <= (many > few ? many : few);
}

/* Finds all pairs their places anew, with a width for b if that may be. */
static void spread(struct pairs *p, uint32_t b)
{
    while (p->width > 1 && !may_be_wide(p, p->width))
        p->width /= 2;
    while (b >= p->width && may_be_wide(p, p->width * 2))
        p->width *= 2;
    size_t nplaces = p->room * p->width;
    free(p->place);
    p->place = resized(NULL, nplaces, sizeof *p->place);
    memset(p->place, 0xFF, nplaces * sizeof *p->place);
    if (p->nslots)
        memset(p->slot, 0, p->nslots * sizeof *p->slot);
    p->nslotted = 0;
    for (size_t i = 0; i < p->n; i++)
        put(p, (uint32_t)i);
}

static uint32_t add(struct pairs *p, struct pair pair)
{
    if (p->n == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 64;
        p->pair = resized(p->pair, p->cap, sizeof *p->pair);
    }
    p->pair[p->n] = pair;
    uint32_t number = (uint32_t)p->n++;
    if (pair.b >= p->width && may_be_wide(p, p->width * 2))
        spread(p, pair.b);
    else
        put(p, number);
    return number;
}

/* The number of a pair that is not at its place. */
static uint32_t number_elsewhere(struct pairs *p, struct pair pair)
{
    bool slotted = p->nslotted && place_of(p, pair.a, pair.b)->b != NO_PAIR;
    uint32_t number = slotted ? *slot_of(p, pair) : 0;
    return number ? number - 1 : add(p, pair);
}

void pairs_init(struct pairs *p)
{
    *p = (struct pairs){.width = 1};
}

void pairs_find(struct pairs *p, const uint32_t *a, size_t na, const uint32_t *b, size_t n,
                uint32_t *number)
{
    if (na > p->room) {
        p->room = p->room * 2 > na ? p->room * 2 : na;
        spread(p, 0);
    }
    struct pair_place *place = p->place;
    size_t width = p->width, mask = width - 1;
    for (size_t i = 0; i < n; i++) {
        const struct pair_place *at = &place[a[i] * width + (b[i] & mask)];
        if (at->b == b[i]) {
            number[i] = at->number;
            continue;
        }
        number[i] = number_elsewhere(p, (struct pair){a[i], b[i]});
        place = p->place;
        width = p->width;
        mask = width - 1;
    }
}
