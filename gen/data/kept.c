#include "fold.h"

/* `rows:`, single rows beside the rollups: those since a month, or the last few of each key by
 * date. Found in one walk over the columns; of each key no more rows are held than are asked
 * for. */

struct last_row {
    str date; /* unset: it has none, and comes behind all that have one */
    uint32_t row;
};
struct last_rows {
    LIST(struct last_row) list; /* the latest first */
};

struct keeping {
    struct arena *mem;
    const struct kept_rows *kept;
    const struct table *table;
    struct coding *by;             /* or NULL */
    LIST(struct last_rows) of_key; /* by code */
};

/* By date, the later row first where two have one. */
static bool is_later(struct last_row a, struct last_row b)
{
    int order = str_is_set(a.date) && str_is_set(b.date) ? str_cmp(a.date, b.date)
                                                         : str_is_set(a.date) - str_is_set(b.date);
    return order ? order > 0 : a.row > b.row;
}

static int later_first(const void *a, const void *b)
{
    const struct last_row *x = a, *y = b;
    return x->row == y->row ? 0 : is_later(*x, *y) ? -1 : 1;
}

static void keep_row(struct keeping *k, uint32_t code, struct last_row row)
{
    while (k->of_key.n <= code)
        PUSH(k->mem, &k->of_key, (struct last_rows){0});
    struct last_rows *rows = &k->of_key.at[code];
    size_t most = k->kept->last > 0 ? (size_t)k->kept->last : SIZE_MAX;
    if (rows->list.n < most) {
        PUSH(k->mem, &rows->list, row);
        if (rows->list.n == most)
            qsort(rows->list.at, most, sizeof row, later_first);
        return;
    }
    if (!is_later(row, rows->list.at[most - 1]))
        return;
    size_t at = most - 1;
    for (; at > 0 && is_later(row, rows->list.at[at - 1]); at--)
        rows->list.at[at] = rows->list.at[at - 1];
    rows->list.at[at] = row;
}

static void keep_rows(struct keeping *k, struct counting *counting)
{
    const struct table *t = k->table;
    uint16_t row[CHUNK_ROWS];
    const uint32_t none[CHUNK_ROWS] = {0};
    for (size_t chunk = 0; chunk * CHUNK_ROWS < t->nrows; chunk++) {
        size_t n = counting_rows(counting, chunk, row);
        const uint32_t *code = k->by ? coding_rows(k->by, chunk) : none;
        for (size_t i = 0; i < n; i++) {
            size_t at = chunk * CHUNK_ROWS + row[i];
            struct value date = t->schema->fact >= 0 ? table_value(t, (size_t)t->schema->fact, at)
                                                     : (struct value){0};
            keep_row(k, code[row[i]],
                     (struct last_row){date.kind == VALUE_TEXT ? date.s : (str){0}, (uint32_t)at});
        }
    }
}

/* Keys in their order, and of each the latest row first. */
static uint32_t *rows_in_order(struct keeping *k, size_t *n)
{
    uint32_t none = 0, *code = k->by ? dictionary_order(k->mem, &k->by->dictionary) : &none;
    size_t nkeys = k->by ? k->by->dictionary.values.n : 1;
    LIST(uint32_t) rows = {0};
    for (size_t i = 0; i < nkeys; i++) {
        struct last_rows *of = code[i] < k->of_key.n ? &k->of_key.at[code[i]] : NULL;
        if (!of || !of->list.n)
            continue;
        qsort(of->list.at, of->list.n, sizeof *of->list.at, later_first);
        for (size_t j = 0; j < of->list.n; j++)
            PUSH(k->mem, &rows, of->list.at[j].row);
    }
    *n = rows.n;
    return rows.at;
}

bool rows_kept(struct folder *folder, const struct kept_rows *kept, struct cells *out)
{
    const struct table *t = dataset_table(folder->dataset, kept->of);
    struct coding *by = t && str_is_set(kept->by) ? folder_coding(folder, t, kept->by) : NULL;
    *out = (struct cells){0};
    if (!t || (!by && str_is_set(kept->by)))
        return false;
    struct arena *mem = arena_new();
    struct keeping k = {.mem = mem, .kept = kept, .table = t, .by = by};
    keep_rows(&k, counting_new(mem, t->as_of, t, kept->since));
    out->order = rows_in_order(&k, &out->n);
    out->width = t->schema->nfields + 1;
    out->rows_of = t;
    out->mem = mem;
    return true;
}
