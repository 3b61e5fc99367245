#include "print.h"

#include <string.h>

/* Blocks in a chain, newest first. A request larger than a block gets a block of its own, put
 * behind the newest so that the rest of that one is still used. Test builds set ARENA_BLOCK to
 * 256. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK (64 * 1024)
#endif

struct block {
    struct block *older;
    size_t used, size;
    max_align_t data[];
};

struct arena {
    struct block *newest;
};

static struct block *block_of(struct block *b, size_t size)
{
    if (!b)
        die("out of memory for %zu bytes", size);
    b->older = NULL;
    b->used = 0;
    b->size = size;
    return b;
}

/* Not zeroed: many an arena lives for a few hundred bytes only. */
static struct block *block_new(void)
{
    return block_of(malloc(sizeof(struct block) + ARENA_BLOCK), ARENA_BLOCK);
}

/* Zeroed by hand: fresh memory that is read before it is written, as that of calloc, costs the
 * system two faults a page, and the second one stops all other threads. */
static struct block *block_zeroed(size_t size)
{
    struct block *b = block_of(malloc(sizeof(struct block) + size), size);
    memset(b->data, 0, size);
    return b;
}

struct arena *arena_new(void)
{
    struct arena *mem = calloc(1, sizeof *mem);
    if (!mem)
        die("out of memory");
    mem->newest = block_new();
    return mem;
}

void arena_free(struct arena *mem)
{
    if (!mem)
        return;
    for (struct block *b = mem->newest; b;) {
        struct block *older = b->older;
        free(b);
        b = older;
    }
    free(mem);
}

void arena_reset(struct arena *mem)
{
    struct block *kept = NULL;
    for (struct block *b = mem->newest; b;) {
        struct block *older = b->older;
        if (!kept && b->size == ARENA_BLOCK)
            kept = b;
        else
            free(b);
        b = older;
    }
    kept->used = 0;
    kept->older = NULL;
    mem->newest = kept;
}

void arena_join(struct arena *mem, struct arena *from)
{
    struct block *oldest = from->newest;
    while (oldest->older)
        oldest = oldest->older;
    oldest->older = mem->newest->older;
    mem->newest->older = from->newest;
    free(from);
}

void *arena_alloc(struct arena *mem, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        die("out of memory for %zu bytes", size);
    size = (size + align - 1) / align * align;

    struct block *b = mem->newest;
    if (size > ARENA_BLOCK / 4) {
        struct block *own = block_zeroed(size);
        own->used = size;
        own->older = b->older;
        b->older = own;
        return own->data;
    }
    if (b->used + size > b->size) {
        b = block_new();
        b->older = mem->newest;
        mem->newest = b;
    }
    void *p = (char *)b->data + b->used;
    b->used += size;
    return memset(p, 0, size);
}

void *arena_array(struct arena *mem, size_t n, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(n, size, &total))
        die("out of memory for %zu items of %zu bytes", n, size);
    return arena_alloc(mem, total);
}

str arena_str(struct arena *mem, str s)
{
    if (!s.p)
        return s;
    char *p = arena_alloc(mem, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (str){p, s.n};
}

str arena_integer(struct arena *mem, int64_t n)
{
    char digits[DIGITS_ROOM];
    return arena_str(mem, digits_of(digits, n, 0, false));
}

str arena_printf(struct arena *mem, const char *format, ...)
{
    char most[256]; /* a second run only for what is longer */
    va_list args;
    va_start(args, format);
    size_t n = print_to(most, sizeof most, format, args);
    char *p = arena_alloc(mem, n + 1);
    if (n < sizeof most)
        memcpy(p, most, n + 1);
    else
        print_to(p, n + 1, format, args);
    va_end(args);
    return (str){p, n};
}

void *list_room(struct arena *mem, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    size_t more = *cap ? *cap * 2 : 8;
    void *grown = arena_array(mem, more, size);
    if (n)
        memcpy(grown, at, n * size);
    *cap = more;
    return grown;
}
