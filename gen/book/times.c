#include "publish.h"

/* What --timings tells. */

static int by_time(const void *a, const void *b)
{
    const struct build_time *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? 1 : -1;
    return str_cmp(x->what, y->what);
}

void times_fall(struct build_time *time, size_t n)
{
    if (n)
        qsort(time, n, sizeof *time, by_time);
}

void model_times(struct arena *mem, const struct store *store, struct build_stats *stats)
{
    struct store_stat *stat;
    stats->nmodels = store_stats(store, mem, &stat);
    stats->models = NEW_ARRAY(mem, stats->nmodels, struct build_time);
    for (size_t i = 0; i < stats->nmodels; i++) {
        stats->models[i] = (struct build_time){stat[i].name, stat[i].load_ms};
        stats->cells += stat[i].is_rollup ? stat[i].rows : 0;
        stats->ntaken += stat[i].taken;
    }
    times_fall(stats->models, stats->nmodels);
}
