#include "context.h"

struct node *node_new(struct arena *mem, enum node_kind kind, struct place at)
{
    struct node *node = NEW(mem, struct node);
    node->kind = kind;
    node->at = at;
    return node;
}

struct node **node_append(struct node **end, struct node *node)
{
    *end = node;
    while (*end)
        end = &(*end)->next;
    return end;
}

/* ASCII, for every medium takes it; begins with a letter. Unset if nothing is left of title. */
static str plain_id(struct arena *mem, str title)
{
    str slug = path_slug(mem, title);
    char *out = arena_alloc(mem, slug.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < slug.n; i++) {
        char c = slug.p[i];
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (!letter && n == 0)
            continue;
        if (letter || digit || (c == '-' && out[n - 1] != '-'))
            out[n++] = c;
    }
    while (n && out[n - 1] == '-')
        n--;
    return n ? (str){out, n} : (str){0};
}

str document_id(struct context *c, str title, str otherwise)
{
    str stem = str_is_set(title) ? plain_id(c->mem, title) : (str){0}, id;
    if (!str_is_set(stem))
        stem = otherwise;
    /* Of each that is taken, the number to try next: all below it are taken. */
    size_t i = (uintptr_t)map_get(&c->ids, stem);
    for (id = stem; map_get(&c->ids, id); i++)
        id = arena_printf(c->mem, STR_FMT "-%zu", STR_ARG(stem), i);
    *map_put(&c->ids, stem) = (void *)(i ? i : 2);
    *map_put(&c->ids, id) = (void *)(uintptr_t)2;
    return id;
}
