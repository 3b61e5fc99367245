#include "snapshot.h"

#include <string.h>

/* The groups of two states can be told apart only where both are grouped alike. The earlier state
 * has days where the later one has months, so its groups are joined; what only one of the two is
 * grouped by is given up. */

static bool is_time(const struct snapshot_table *t, size_t column)
{
    enum type type = t->column[column].type;
    return column == 0 && (type == TYPE_date || type == TYPE_datetime || type == TYPE_month ||
                           type == TYPE_period);
}

/* Columns that both have, in a's order. */
static size_t shared_columns(const struct snapshot_table *a, const struct snapshot_table *b,
                             size_t *of_a)
{
    size_t n = 0;
    for (size_t c = 0; c < a->ncolumns; c++) {
        int other = snapshot_column(b, a->column[c].name);
        if (other >= 0 && b->column[other].role == a->column[c].role &&
            (a->column[c].role != COLUMN_key || is_time(a, c) == is_time(b, (size_t)other)))
            of_a[n++] = c;
    }
    return n;
}

static struct value joined(enum column_role role, struct value a, struct value b)
{
    if (role == COLUMN_key || a.kind == VALUE_NULL)
        return role == COLUMN_key ? a : b;
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        a.i = (int64_t)((uint64_t)a.i + (uint64_t)b.i);
    return a;
}

static void put_key(struct buf *key, struct value v)
{
    str text = v.kind == VALUE_TEXT ? v.s : S("");
    buf_addf(key, "%zu:" STR_FMT, text.n, STR_ARG(text));
}

/* The same groups with those columns alone, seen from that month. */
static void join_groups(struct arena *mem, struct snapshot_table *t, const size_t *from, size_t n,
                        int month)
{
    struct snapshot_table out = *t;
    struct value *row = NEW_ARRAY(mem, n + 1, struct value);
    struct buf key = {0};
    struct map of;

    map_init(&of, mem);
    out.ncolumns = n;
    out.n = 0;
    out.column = NEW_ARRAY(mem, n + 1, struct snapshot_column);
    out.cell = NEW_ARRAY(mem, t->n * n + 1, struct value);
    for (size_t c = 0; c < n; c++)
        out.column[c] = t->column[from[c]];
    for (size_t i = 0; i < t->n; i++) {
        buf_reset(&key);
        for (size_t c = 0; c < n; c++) {
            row[c] = snapshot_cell(t, from[c], i);
            if (is_time(t, from[c]) && row[c].kind == VALUE_TEXT)
                row[c].s = group_time(row[c].s, month);
            if (out.column[c].role == COLUMN_key)
                put_key(&key, row[c]);
        }
        void **slot = map_put(&of, buf_str(&key));
        if (!*slot) {
            memcpy(&out.cell[n * out.n++], row, n * sizeof *row);
            *slot = (void *)(uintptr_t)out.n;
            continue;
        }
        struct value *sum = &out.cell[n * ((uintptr_t)*slot - 1)];
        for (size_t c = 0; c < n; c++)
            sum[c] = joined(out.column[c].role, sum[c], row[c]);
    }
    out.at = NEW_ARRAY(mem, out.n + 1, struct place);
    buf_clear(&key);
    *t = out;
}

bool snapshot_align(struct arena *mem, struct snapshot_table *a, struct snapshot_table *b,
                    day later)
{
    int month = later == DAY_NONE ? -1 : month_of(later);
    size_t *of_a = NEW_ARRAY(mem, a->ncolumns + 1, size_t);
    size_t *of_b = NEW_ARRAY(mem, a->ncolumns + 1, size_t);
    size_t n = shared_columns(a, b, of_a);

    for (size_t c = 0; c < n; c++)
        of_b[c] = (size_t)snapshot_column(b, a->column[of_a[c]].name);
    if (!a->grouped || !b->grouped || !n)
        return false;
    join_groups(mem, a, of_a, n, month);
    join_groups(mem, b, of_b, n, month);
    return true;
}
