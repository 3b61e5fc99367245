/* The pages of SQLite's databases, and of what its queries put aside. All live in memory: a page is
 * kept until SQLite drops it, so that a cache is an array of pages by number, not a hash that has
 * to find what it may give up.
 *
 * What SQLite notes of a page stands apart from it. It writes there whenever it reads the page, and
 * a worker, which shares the memory of the process that made the database, would copy all that it
 * reads. Pages come in slabs that go with their cache: a database is closed without a look at its
 * pages. */
#include "cache.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

struct kept_page {
    sqlite3_pcache_page shown; /* the first: this is what SQLite knows */
    unsigned number;
    struct kept_page *next; /* of those unused, or far */
};

struct slab {
    struct slab *next;
    char *memory; /* of its pages; what is noted of them follows this */
};

struct cache {
    size_t page_size, extra_size;
    struct kept_page **at; /* by number, size of them */
    unsigned size, npages, nslabs;
    struct kept_page *far; /* with numbers from size on */
    struct kept_page *unused;
    struct slab *slab;
};

static int start(void *arg)
{
    (void)arg;
    return SQLITE_OK;
}

static void stop(void *arg)
{
    (void)arg;
}

static sqlite3_pcache *create(int page_size, int extra_size, int purgeable)
{
    (void)purgeable;
    struct cache *c = sqlite3_malloc(sizeof *c);
    if (c)
        *c = (struct cache){.page_size = (size_t)page_size,
                            .extra_size = ((size_t)extra_size + 7) / 8 * 8};
    return (sqlite3_pcache *)c;
}

static void limit(sqlite3_pcache *cache, int npages)
{
    (void)cache, (void)npages;
}

static void shrink(sqlite3_pcache *cache)
{
    (void)cache;
}

static int count(sqlite3_pcache *cache)
{
    return (int)((struct cache *)cache)->npages;
}

/* Most caches are those of a query that puts a few rows aside. */
static size_t pages_of_slab(const struct cache *c)
{
    return c->nslabs == 0 ? 3 : c->nslabs == 1 ? 12 : 60;
}

static bool add_slab(struct cache *c)
{
    size_t n = pages_of_slab(c), noted = sizeof(struct kept_page) + c->extra_size;
    struct slab *slab = sqlite3_malloc64(sizeof *slab + n * noted);
    char *memory = slab ? sqlite3_malloc64(n * c->page_size) : NULL;
    if (!memory) {
        sqlite3_free(slab);
        return false;
    }
    *slab = (struct slab){c->slab, memory};
    c->slab = slab;
    c->nslabs++;
    for (size_t i = n; i-- > 0;) {
        struct kept_page *p = (struct kept_page *)((char *)(slab + 1) + i * noted);
        *p = (struct kept_page){.shown = {memory + i * c->page_size, p + 1}, .next = c->unused};
        c->unused = p;
    }
    return true;
}

/* Where the page of this number is, or would be put. */
static struct kept_page **place_of(struct cache *c, unsigned number)
{
    if (number < c->size)
        return &c->at[number];
    struct kept_page **far = &c->far;
    while (*far && (*far)->number != number)
        far = &(*far)->next;
    return far;
}

static void put(struct cache *c, struct kept_page *p, unsigned number)
{
    struct kept_page **place = place_of(c, number);
    p->number = number;
    p->next = NULL;
    *place = p;
}

static void take_out(struct cache *c, struct kept_page *p)
{
    struct kept_page **place = place_of(c, p->number);
    *place = p->number < c->size ? NULL : p->next;
}

/* Numbers rise one by one. Far from the others is only the one that SQLite gives to a page while
 * two change places, and what it makes at once is not many. */
static bool make_room(struct cache *c, unsigned number)
{
    unsigned size = c->size ? c->size * 2 : 16;
    if (number < c->size || number >= size)
        return true;
    struct kept_page **at = sqlite3_realloc64(c->at, size * sizeof *at), *far = c->far;
    if (!at)
        return false;
    memset(at + c->size, 0, (size - c->size) * sizeof *at);
    c->at = at;
    c->size = size;
    c->far = NULL;
    while (far) {
        struct kept_page *next = far->next;
        put(c, far, far->number);
        far = next;
    }
    return true;
}

static sqlite3_pcache_page *fetch(sqlite3_pcache *cache, unsigned number, int wanted)
{
    struct cache *c = (struct cache *)cache;
    struct kept_page *p = *place_of(c, number);
    if (p)
        return &p->shown;
    if (!wanted || !make_room(c, number) || (!c->unused && !add_slab(c)))
        return NULL;
    p = c->unused;
    c->unused = p->next;
    put(c, p, number);
    memset(p->shown.pExtra, 0, c->extra_size);
    c->npages++;
    return &p->shown;
}

static void drop(struct cache *c, struct kept_page *p)
{
    take_out(c, p);
    c->npages--;
    p->next = c->unused;
    c->unused = p;
}

static void unpin(sqlite3_pcache *cache, sqlite3_pcache_page *page, int discard)
{
    if (discard)
        drop((struct cache *)cache, (struct kept_page *)page);
}

static void rekey(sqlite3_pcache *cache, sqlite3_pcache_page *page, unsigned old, unsigned number)
{
    struct cache *c = (struct cache *)cache;
    struct kept_page *p = (struct kept_page *)page, *other = *place_of(c, number);
    (void)old;
    if (other)
        drop(c, other);
    take_out(c, p);
    put(c, p, number);
}

static void truncate_from(sqlite3_pcache *cache, unsigned number)
{
    struct cache *c = (struct cache *)cache;
    struct kept_page *far = c->far;
    c->far = NULL;
    while (far) {
        struct kept_page *p = far;
        far = far->next;
        put(c, p, p->number);
        if (p->number >= number)
            drop(c, p);
    }
    for (unsigned i = number; i < c->size; i++)
        if (c->at[i])
            drop(c, c->at[i]);
}

static void destroy(sqlite3_pcache *cache)
{
    struct cache *c = (struct cache *)cache;
    for (struct slab *slab = c->slab; slab;) {
        struct slab *next = slab->next;
        sqlite3_free(slab->memory);
        sqlite3_free(slab);
        slab = next;
    }
    sqlite3_free(c->at);
    sqlite3_free(c);
}

const sqlite3_pcache_methods2 *cache_methods(void)
{
    static const sqlite3_pcache_methods2 methods = {
        .iVersion = 1,
        .xInit = start,
        .xShutdown = stop,
        .xCreate = create,
        .xCachesize = limit,
        .xPagecount = count,
        .xFetch = fetch,
        .xUnpin = unpin,
        .xRekey = rekey,
        .xTruncate = truncate_from,
        .xDestroy = destroy,
        .xShrink = shrink,
    };
    return &methods;
}

void cache_in_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_PCACHE2, cache_methods());
}
