#include "publish.h"

/* What all pages of a site show of it. */

static int by_order(const void *a, const void *b)
{
    const struct nav_entry *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return str_cmp(x->title, y->title);
}

/* A group stands where the first of its pages would. */
static struct nav_entry *grouped(struct arena *mem, const struct nav_entry *sorted, size_t n)
{
    struct nav_entry *all = NEW_ARRAY(mem, n, struct nav_entry);
    bool *taken = NEW_ARRAY(mem, n, bool);
    size_t filled = 0;
    for (size_t first = 0; first < n; first++)
        for (size_t i = first; i < n; i++)
            if (!taken[i] && str_eq(sorted[i].group, sorted[first].group)) {
                taken[i] = true;
                all[filled++] = sorted[i];
            }
    return all;
}

void site_navigation(struct arena *mem, const struct plan *plan, struct site *site)
{
    struct nav_entry *entry = NEW_ARRAY(mem, plan->list.n, struct nav_entry);
    size_t n = 0;
    for (size_t i = 0; i < plan->list.n; i++) {
        const struct planned *p = &plan->list.at[i];
        if (p->page->role != PAGE_SITE || !p->group.n || !str_eq(p->audience, site->audience))
            continue;
        entry[n++] = (struct nav_entry){
            .group = p->group,
            .title = p->menu.n ? p->menu : p->title,
            .address = p->address,
            .order = p->page->order,
            .heads_group = p->page->heads_group,
            .kind = p->kind,
        };
    }
    if (n)
        qsort(entry, n, sizeof *entry, by_order);
    site->nav = grouped(mem, entry, n);
    site->nnav = n;
}

struct hash128 site_hash(struct arena *mem, const struct site *site)
{
    struct hasher *h = hasher_new(mem);
    const str texts[] = {site->title,
                         site->book,
                         site->audience,
                         day_iso(mem, site->as_of),
                         site->layout,
                         site->preview ? S("preview") : S(""),
                         site->nreports ? S("reports") : S("")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hasher_add(h, texts[i]);
    for (size_t i = 0; i < site->nnav; i++) {
        const struct nav_entry *e = &site->nav[i];
        hasher_add(h, e->group);
        hasher_add(h, e->title);
        hasher_add(h, e->address);
        hasher_add(h, e->heads_group ? S("head") : S(""));
        hasher_add(h, e->kind);
    }
    return hasher_end(h);
}
