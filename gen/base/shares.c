#include "base.h"

#include <math.h>
#include <stdlib.h>

struct remainder {
    __int128 size;
    size_t index;
};

static int by_remainder(const void *a, const void *b)
{
    const struct remainder *x = a, *y = b;
    int order = (y->size > x->size) - (y->size < x->size);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

int64_t share_weight(double weight, double largest)
{
    double digits = largest > 0 ? fmin(14 - floor(log10(largest)), 300) : 0;
    return llround(weight * pow(10, digits));
}

void share_out(int64_t total, const int64_t *weight, size_t n, int64_t *part)
{
    __int128 sum = 0, size = total < 0 ? -(__int128)total : total, left = size;
    struct remainder *rest = malloc(n * sizeof *rest + 1); /* aligned for 128 bits */
    if (!rest)
        die("no memory to share out over %zu keys", n);
    for (size_t i = 0; i < n; i++)
        sum += weight[i];
    for (size_t i = 0; i < n; i++) {
        __int128 own = sum ? weight[i] : 1, all = sum ? sum : (__int128)n, whole = size * own / all;
        rest[i] = (struct remainder){size * own - whole * all, i};
        part[i] = (int64_t)whole;
        left -= whole;
    }
    qsort(rest, n, sizeof *rest, by_remainder);
    for (size_t i = 0; i < n && left > 0; i++, left--)
        part[rest[i].index]++;
    for (size_t i = 0; total < 0 && i < n; i++)
        part[i] = -part[i];
    free(rest);
}
