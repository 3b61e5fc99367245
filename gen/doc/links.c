#include "context.h"

/* Links of the prose lead to the Markdown of a page, as they do for a reader of the repository:
 *     [targets](../systems/targets/page.md)   [Li Wei](person.md?person=li.wei)   [below](#aging)
 * What matters is the name of the file, for a book's own pages lie over those of templates. */

struct target {
    str path, query, fragment; /* of "path?query#fragment"; the last two may be unset */
};

static struct target target_of(str href)
{
    struct target t = {0};
    str rest = href;
    str before = str_cut(&rest, '#');
    t.fragment = rest;
    t.path = str_cut(&before, '?');
    t.query = before;
    return t;
}

/* A scheme ends before all else (RFC 3986, 3.1): in what stands behind ? and # a colon, or a
 * backslash, is one of a key: deal.md?deal=crm:17. */
static bool has_scheme(str href)
{
    str path = target_of(href).path;
    size_t colon = str_find(path, S(":"), 0), slash = str_find(path, S("/"), 0);
    return (colon < path.n && colon < slash) || str_starts(path, S("//")) ||
           str_find(path, S("\\"), 0) < path.n;
}

/* The kind of page that a Markdown file makes; unset if the path is not one of Markdown. */
static str kind_of_path(const struct context *c, str path)
{
    str file = path_base(path);
    if (!str_ends(file, S(".md")))
        return (str){0};
    str stem = str_sub(file, 0, file.n - 3), dir = path_dir(path);
    if (!str_eq(stem, S("page")))
        return stem;
    return dir.n ? path_base(dir) : c->page->system;
}

static const struct page *page_of_kind(const struct context *c, str kind)
{
    for (size_t i = 0; i < c->e->npages; i++)
        if (c->e->pages[i]->role == PAGE_SITE && str_eq(c->e->pages[i]->name, kind))
            return c->e->pages[i];
    return NULL;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* "li%20wei" is "li wei". */
static str percent_decoded(struct arena *mem, str s)
{
    char *out = arena_alloc(mem, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool escaped = s.p[i] == '%' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 &&
                       hex_digit(s.p[i + 2]) >= 0;
        out[n++] = escaped ? (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2])) : s.p[i];
        i += escaped ? 2 : 0;
    }
    return (str){out, n};
}

static str no_page(struct context *c, str path, struct place at)
{
    str *known = NEW_ARRAY(c->mem, c->e->npages + 1, str);
    size_t n = 0;
    for (size_t i = 0; i < c->e->npages; i++)
        if (c->e->pages[i]->role == PAGE_SITE)
            known[n++] = arena_printf(c->mem, STR_FMT ".md", STR_ARG(c->e->pages[i]->name));
    c->ok =
        diags_add(c->diags, DIAG_LINK_PAGE, at, path, proposal(c->mem, path_base(path), known, n));
    return (str){0};
}

/* The key that "?person=li.wei" names; of a page that stands alone the empty one. */
static bool key_of_target(struct context *c, const struct page *page, const struct target *t,
                          struct place at, str *key)
{
    *key = S("");
    if (!str_is_set(page->each) && str_is_set(t->query))
        return c->ok = diags_add(c->diags, DIAG_LINK_ONE, at, t->path, t->query);
    if (!str_is_set(page->each) ||
        (!str_is_set(t->query) && !plan_has_keys(c->e->plan, page->name)))
        return true;
    str rest = t->query, name = str_cut(&rest, '=');
    if (!str_is_set(rest)) {
        c->ok = diags_add(c->diags, DIAG_LINK_MANY, at, t->path, name.n ? name : page->name);
        return false;
    }
    *key = percent_decoded(c->mem, rest);
    if (plan_has(c->e->plan, page->name, *key))
        return true;
    c->ok = diags_add(c->diags, DIAG_LINK_KEY, at, *key, t->path);
    return false;
}

/* The address of a page; unset without a diagnostic if another audience has it and this one not. */
static str page_address(struct context *c, const struct target *t, struct place at)
{
    str kind = kind_of_path(c, t->path), key, address = {0};
    const struct page *page = str_is_set(kind) ? page_of_kind(c, kind) : NULL;
    /* A system that this book lacks has no page, and that is nobody's mistake. */
    const struct model *model = store_model(c->e->store);
    if (str_is_set(kind) && !model_has_system(model, page ? page->of : kind))
        return (str){0};
    if (!page)
        return no_page(c, t->path, at);
    if (!key_of_target(c, page, t, at, &key))
        return (str){0};
    store_name_of(c->e->store, c->e->audience, kind, key, &address);
    origin_address(c, address);
    return address;
}

static str with_fragment(struct context *c, str address, str fragment)
{
    if (!str_is_set(address) || !fragment.n)
        return address;
    return arena_printf(c->mem, STR_FMT "#" STR_FMT, STR_ARG(address), STR_ARG(fragment));
}

str link_resolve(struct context *c, str href, struct place at)
{
    if (has_scheme(href)) {
        if (address_is_safe(c, href))
            return href;
        c->ok = diags_add(c->diags, DIAG_LINK_SCHEME, at, href);
        return (str){0};
    }
    struct target t = target_of(href);
    if (t.path.n == 0) {
        struct anchor anchor = {t.fragment, at};
        if (!t.fragment.n)
            return no_page(c, href, at);
        PUSH(c->mem, &c->anchors, anchor);
        return with_fragment(c, c->doc->address, t.fragment);
    }
    return with_fragment(c, page_address(c, &t, at), t.fragment);
}

void links_check_anchors(struct context *c)
{
    str *known = NEW_ARRAY(c->mem, c->ids.n + 1, str);
    for (size_t i = 0; i < c->ids.n; i++)
        known[i] = c->ids.at[i].key;
    for (size_t i = 0; i < c->anchors.n; i++) {
        const struct anchor *a = &c->anchors.at[i];
        if (!map_get(&c->ids, a->id))
            c->ok = diags_add(c->diags, DIAG_LINK_ANCHOR, a->at, a->id,
                              proposal(c->mem, a->id, known, c->ids.n));
    }
}
