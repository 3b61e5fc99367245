/* What keys are called, and the pages about them. */
#include "store.h"

struct page_entry {
    str audience, address, title;
};

/* What a key stands for: a person, a customer … */
struct thing {
    LIST(struct page_entry) pages; /* one an audience */
    bool differs;                  /* not all of the same address and title */
    bool named;
    str name, named_for; /* for want of a title, and who may read it */
};

struct kind {
    struct map things; /* by key */
    bool has_pages;
};

str everyone_unset(str audience)
{
    return str_eq(audience, S("everyone")) ? (str){0} : audience;
}

static struct thing *thing_of(const struct store *s, str kind, str key)
{
    const struct kind *k = map_get(&s->kinds, kind);
    return k ? map_get(&k->things, key) : NULL;
}

static struct kind *kind_put(struct store *s, str name)
{
    struct kind **kind = (struct kind **)map_put(&s->kinds, name);
    if (!*kind) {
        *kind = NEW(s->mem, struct kind);
        map_init(&(*kind)->things, s->mem);
    }
    return *kind;
}

static struct thing *thing_put(struct store *s, struct kind *kind, str key)
{
    struct thing **thing = (struct thing **)map_put(&kind->things, key);
    if (!*thing)
        *thing = NEW(s->mem, struct thing);
    return *thing;
}

static struct page_entry *page_for(const struct thing *t, str audience)
{
    for (size_t i = 0; i < t->pages.n; i++)
        if (str_eq(t->pages.at[i].audience, audience))
            return &t->pages.at[i];
    return NULL;
}

void store_pages_add(struct store *s, str audience, str kind, str key, str address, str title)
{
    struct kind *k = kind_put(s, kind);
    struct thing *t = thing_put(s, k, key);
    struct page_entry e = {arena_str(s->mem, everyone_unset(audience)), arena_str(s->mem, address),
                           arena_str(s->mem, title)};
    struct page_entry *before = page_for(t, e.audience);
    t->differs = t->differs || (t->pages.n && (!str_eq(t->pages.at[0].address, address) ||
                                               !str_eq(t->pages.at[0].title, title)));
    if (before)
        *before = e;
    else
        PUSH(s->mem, &t->pages, e);
    k->has_pages = true;
    *map_put(&s->audiences, e.audience) = s;
}

void store_names_add(struct store *s, str audience, str kind, str key, str name)
{
    struct thing *t = name.n ? thing_put(s, kind_put(s, kind), key) : NULL;
    if (!t || t->named)
        return;
    t->named = true;
    t->name = arena_str(s->mem, name);
    t->named_for = audience;
}

/* Whether every audience has a page about it, or none, and by the same name and address. */
static bool is_shared(const struct store *s, const struct thing *t)
{
    return !t->pages.n || (!t->differs && t->pages.n == s->audiences.n);
}

bool store_told_apart(struct store *s)
{
    bool told = s->told_apart;
    s->told_apart = false;
    return told;
}

str store_name_of(struct store *s, str audience, str kind, str key, str *address)
{
    const struct thing *t = thing_of(s, kind, key);
    if (address)
        *address = (str){0};
    if (!t)
        return (str){0};
    audience = everyone_unset(audience);
    const struct page_entry *page = page_for(t, audience);
    s->told_apart = s->told_apart || !is_shared(s, t);
    if (address && page)
        *address = page->address;
    if (page && page->title.n)
        return page->title;
    s->told_apart = s->told_apart || (t->named && t->named_for.n);
    return t->named && audience_sees(audience, t->named_for) ? t->name : (str){0};
}

bool store_is_kind(const struct store *s, str column)
{
    const struct kind *k = map_get(&s->kinds, column);
    return k && k->has_pages;
}
