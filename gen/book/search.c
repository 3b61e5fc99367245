#include "publish.h"

/* What the search of a site finds: its pages; what stands on a page without having one of its own
 * (view `finds`), under the page's name; and the key figures. All as this audience sees it. */

typedef LIST(struct search_entry) entry_list;
struct search {
    struct arena *mem;
    const struct opened *opened;
    const struct plan *plan;
    str audience;
    struct diags *diags;
    entry_list entries;
};

static str text_of(const struct result *r, size_t row, size_t col)
{
    struct value v = result_cell(r, row, col);
    return v.kind == VALUE_TEXT ? v.s : S("");
}

static struct result *ask(struct search *s, str sql)
{
    struct query q = {.sql = sql, .audience = s->audience};
    return query_run(s->opened->store, s->mem, &q, s->diags);
}

/* The address of a page, or unset; its title in *title. */
static str page_of(const struct search *s, str kind, str key, str *title)
{
    str address;
    str name = store_name_of(s->opened->store, s->audience, kind, key, &address);
    *title = arena_str(s->mem, name);
    return address;
}

static void add_pages(struct search *s)
{
    for (size_t i = 0; i < s->plan->list.n; i++) {
        const struct planned *p = &s->plan->list.at[i];
        struct search_entry entry = {p->title, p->kind, p->address, p->key};
        if (p->page->role == PAGE_SITE && str_eq(p->audience, s->audience))
            PUSH(s->mem, &s->entries, entry);
    }
}

/* "customer, Li Wei" tells where it leads. */
static bool add_finds(struct search *s)
{
    struct result *r =
        ask(s, S("SELECT kind, CAST(id AS TEXT), CAST(name AS TEXT), page, CAST(key AS TEXT) "
                 "FROM finds ORDER BY kind, name, id, page, key"));
    for (size_t i = 0; r && i < r->nrows; i++) {
        str kind = text_of(r, i, 0), id = text_of(r, i, 1), title;
        if (str_is_set(page_of(s, kind, id, &title)))
            continue;
        str address = page_of(s, text_of(r, i, 3), text_of(r, i, 4), &title);
        str what = arena_printf(s->mem, STR_FMT ", " STR_FMT, STR_ARG(kind), STR_ARG(title));
        struct search_entry entry = {text_of(r, i, 2), what, address, id};
        if (str_is_set(address))
            PUSH(s->mem, &s->entries, entry);
    }
    return r;
}

static bool add_figures(struct search *s)
{
    struct result *r = ask(s, S("SELECT name, min(page) AS page, min(key) AS key FROM figures "
                                "WHERE value IS NOT NULL GROUP BY name ORDER BY name"));
    for (size_t i = 0; r && i < r->nrows; i++) {
        const struct meaning *m = model_meaning(&s->opened->model, text_of(r, i, 0));
        str title, address = page_of(s, text_of(r, i, 1), text_of(r, i, 2), &title);
        if (!str_is_set(address))
            address = page_of(s, S("index"), S(""), &title);
        str what = arena_printf(s->mem, "figure, " STR_FMT, STR_ARG(title));
        struct search_entry entry = {m ? m->label : text_of(r, i, 0), what, address, S("")};
        if (str_is_set(address))
            PUSH(s->mem, &s->entries, entry);
    }
    return r;
}

bool search_entries(struct arena *mem, const struct opened *opened, const struct plan *plan,
                    str audience, struct search_entry **entry, size_t *n, struct diags *diags)
{
    struct search s = {
        .mem = mem, .opened = opened, .plan = plan, .audience = audience, .diags = diags};

    add_pages(&s);
    bool ok = add_finds(&s) && add_figures(&s);
    *entry = s.entries.at;
    *n = s.entries.n;
    return ok;
}
