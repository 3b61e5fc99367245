#include "fold.h"

/* Rollups of large tables are folded by all threads before the first is asked for. A thread has a
 * folder of its own, so that none waits for another; what two of them ask of a column is then
 * looked up twice, which is little beside the rows. */

struct ahead {
    const struct rollup *rollup;
    bool folded;
    struct cells cells;
};

struct folding_ahead {
    struct folder **own; /* one a thread */
    size_t nthreads;
    LIST(struct ahead) list;
};

static bool same_names(const str *a, size_t na, const str *b, size_t nb)
{
    bool same = na == nb;
    for (size_t i = 0; i < na && same; i++)
        same = str_eq(a[i], b[i]);
    return same;
}

bool same_rollup(const struct rollup *a, const struct rollup *b)
{
    return str_eq(a->of, b->of) && same_names(a->by, a->nby, b->by, b->nby) &&
           same_names(a->sum, a->nsum, b->sum, b->nsum) &&
           same_names(a->min, a->nmin, b->min, b->nmin) &&
           same_names(a->max, a->nmax, b->max, b->nmax) &&
           same_names(a->first, a->nfirst, b->first, b->nfirst) &&
           same_names(a->last, a->nlast, b->last, b->nlast) && str_eq(a->count, b->count) &&
           str_eq(a->distinct, b->distinct) && str_eq(a->since, b->since) &&
           str_eq(a->split, b->split) && same_conditions(a, b);
}

static bool is_listed(const struct folding_ahead *a, const struct rollup *r)
{
    for (size_t i = 0; i < a->list.n; i++)
        if (same_rollup(a->list.at[i].rollup, r))
            return true;
    return false;
}

static void fold_some(void *arg, size_t thread)
{
    const struct folding_ahead *a = arg;
    for (size_t i = thread; i < a->list.n; i += a->nthreads) {
        struct ahead *one = &a->list.at[i];
        one->folded = rollup_fold(a->own[thread], one->rollup, &one->cells);
    }
}

void folder_fold_ahead(struct folder *f, const struct rollup *rollup, size_t n, size_t rows)
{
    struct folding_ahead *a = NEW(f->mem, struct folding_ahead);
    for (size_t i = 0; i < n; i++) {
        const struct rollup *r = &rollup[i];
        const struct table *t = dataset_table(f->dataset, r->of);
        bool is_large = t && t->nrows >= rows && !t->folded && !r->unwanted &&
                        !engine_of(f->dataset, r->of, r->name);
        if (is_large && !is_listed(a, r))
            PUSH(f->mem, &a->list, ((struct ahead){.rollup = r}));
    }
    size_t jobs = f->dataset->jobs > 1 ? (size_t)f->dataset->jobs : 1;
    a->nthreads = jobs < a->list.n ? jobs : a->list.n;
    if (a->nthreads < 2)
        return;
    a->own = NEW_ARRAY(f->mem, a->nthreads, struct folder *);
    for (size_t i = 0; i < a->nthreads; i++)
        a->own[i] = folder_new(f->dataset);
    threads_run(a->nthreads, fold_some, a);
    f->ahead = a;
}

bool folded_ahead(struct folder *f, const struct rollup *r, struct cells *out, bool *folded)
{
    for (size_t i = 0; f->ahead && i < f->ahead->list.n; i++) {
        struct ahead *one = &f->ahead->list.at[i];
        if (one->rollup != r)
            continue;
        *out = one->cells;
        *folded = one->folded;
        *one = (struct ahead){0};
        return true;
    }
    return false;
}

void folding_ahead_free(struct folding_ahead *a)
{
    for (size_t i = 0; i < a->list.n; i++)
        cells_free(&a->list.at[i].cells);
    for (size_t i = 0; i < a->nthreads; i++)
        folder_free(a->own[i]);
}
