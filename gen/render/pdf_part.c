/* Parts of tables that are too wide for any page. */
#include "pdf_private.h"

struct table_node *table_part(struct arena *mem, const struct table_node *t, size_t from, size_t to)
{
    struct table_node *part = NEW(mem, struct table_node);
    size_t n = 1 + to - from;
    *part = *t;
    part->ncols = n;
    part->column = NEW_ARRAY(mem, n, struct table_column);
    part->cell = NEW_ARRAY(mem, n * t->nrows, struct cell);
    part->total = t->total ? NEW_ARRAY(mem, n, struct cell) : NULL;
    part->others = t->others ? NEW_ARRAY(mem, n, struct cell) : NULL;
    for (size_t k = 0; k < n; k++) {
        size_t at = k ? from + k - 1 : 0;
        part->column[k] = t->column[at];
        for (size_t i = 0; i < t->nrows; i++)
            part->cell[i * n + k] = t->cell[i * t->ncols + at];
        if (t->total)
            part->total[k] = t->total[at];
        if (t->others)
            part->others[k] = t->others[at];
    }
    return part;
}
