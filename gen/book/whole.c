#include "made.h"

/* What documents show besides rows and files of the book: where all of it is as before, one that
 * reads only tables that are, and includes no file, is as before, and need not be evaluated to know
 * it. */

static void add_planned(struct hasher *h, const struct planned *p)
{
    const str texts[] = {p->audience, p->kind,     p->key,  p->address,
                         p->title,    p->subtitle, p->menu, p->group};
    const size_t around[] = {p->previous, p->following};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hasher_add(h, texts[i]);
    hasher_add(h, (str){(const char *)around, sizeof around});
    for (size_t i = 0; i < p->nparams; i++) {
        hasher_add(h, p->param[i].name);
        hasher_add(h, (str){(const char *)&p->type[i], sizeof p->type[i]});
        hasher_add_value(h, p->param[i].value);
    }
}

str whole_key(struct arena *mem, const struct opened *o, const struct plan *plan,
              struct hash128 base, const struct hash128 *shown)
{
    struct hasher *h = hasher_new(mem);
    hasher_add(h, (str){(const char *)&base, sizeof base});
    hasher_add(h, (str){(const char *)shown, o->book->naudiences * sizeof *shown});
    for (size_t i = 0; i < plan->list.n; i++)
        add_planned(h, &plan->list.at[i]);
    return hash128_hex(mem, hasher_end(h));
}
