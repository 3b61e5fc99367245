#include "folded_kit.h"

#include <stdlib.h>

static void add_value(struct buf *b, struct value v)
{
    if (v.kind == VALUE_TEXT)
        buf_add(b, v.s);
    else
        buf_addf(b,
                 v.kind == VALUE_NULL   ? "-"
                 : v.kind == VALUE_REAL ? "%.12g"
                                        : "%.0f",
                 value_number(v));
    buf_addc(b, ' ');
}

static void add_rollups(struct buf *b, struct data_kit *k)
{
    struct folder *folder = folder_new(k->data);
    for (size_t i = 0; i < k->model.rollups.n; i++) {
        struct cells c;
        if (!rollup_fold(folder, &k->model.rollups.at[i], &c)) {
            buf_addf(b, STR_FMT " not folded\n", STR_ARG(k->model.rollups.at[i].name));
            continue;
        }
        buf_addf(b, STR_FMT " %zu:\n", STR_ARG(k->model.rollups.at[i].name), c.n);
        for (size_t cell = 0; cell < c.n; cell++) {
            for (size_t column = 0; column < c.width; column++)
                add_value(b, cells_value(&c, cell, column));
            buf_addc(b, '\n');
        }
        cells_free(&c);
    }
    folder_free(folder);
}

static void add_rows(struct buf *b, struct data_kit *k)
{
    struct folder *folder = folder_new(k->data);
    for (size_t i = 0; i < k->model.kept.n; i++) {
        struct cells c;
        if (!rows_kept(folder, &k->model.kept.at[i], &c))
            buf_add(b, S("not kept"));
        buf_addf(b, STR_FMT " %zu rows:\n", STR_ARG(k->model.kept.at[i].name), c.n);
        for (size_t cell = 0; cell < c.n; cell++) {
            for (size_t column = 0; column + 1 < c.width; column++)
                add_value(b, cells_value(&c, cell, column));
            struct place at =
                table_place(c.rows_of, (size_t)cells_value(&c, cell, c.width - 1).i - 1);
            buf_addf(b, STR_FMT ":%d\n", STR_ARG(at.file), at.line);
        }
        cells_free(&c);
    }
    folder_free(folder);
}

static void add_table(struct buf *b, struct data_kit *k, const struct table *t)
{
    static const str by[] = {S("person"), S("customer")};
    struct row_groups g;
    row_groups(k->mem, t, S("everyone"), by, 2, &g);
    buf_addf(b, STR_FMT ": %zu groups of %zu rows:\n", STR_ARG(t->schema->name), g.list.n, g.rows);
    for (size_t i = 0; i < g.list.n; i++) {
        const struct row_group_sum *sum = &g.list.at[i];
        for (size_t key = 0; key < g.nkeys; key++)
            buf_addf(b, "%d=" STR_FMT " ", g.key[key], STR_ARG(sum->key[key]));
        for (size_t s = 0; s < g.nsums; s++)
            buf_addf(b, "%d=%lld ", g.sum[s], (long long)sum->sum[s]);
        buf_addf(b, "%zu %llx\n", sum->rows, (unsigned long long)sum->print);
    }
    struct prints *p = prints_new(k->mem, t);
    for (int month = month_parse(S("2026-03")); month <= month_parse(S("2027-11")); month++) {
        struct row_group *at;
        size_t n = prints_groups(p, k->mem, month, &at);
        buf_addf(b, STR_FMT " has %zu prints:", STR_ARG(month_iso(k->mem, month)), n);
        for (size_t i = 0; i < n; i++)
            buf_addf(b, " " STR_FMT "=%zu %llx", STR_ARG(at[i].key), at[i].rows,
                     (unsigned long long)at[i].print);
        buf_addc(b, '\n');
    }
    buf_addf(b, "latest " STR_FMT ", %zu rows\n", STR_ARG(table_latest(t)), table_rows_seen(t));
    for (size_t i = 0; i < t->sources.n; i++)
        buf_addf(b, "%zu-%zu-%zu ", t->sources.at[i].rows_read, t->sources.at[i].rows_used,
                 t->sources.at[i].rows_aside);
    buf_add(b, rejects_csv(k->mem, t, true));
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct map_entry *)a)->key, ((const struct map_entry *)b)->key);
}

/* File by file: those of a folded table come behind those of all others. */
static void add_diags(struct buf *b, struct data_kit *k)
{
    struct map files;
    map_init(&files, k->mem);
    for (size_t i = 0; i < k->diags.list.n; i++)
        map_put(&files, k->diags.list.at[i].at.file);
    if (files.n)
        qsort(files.at, files.n, sizeof *files.at, by_name);
    for (size_t f = 0; f < files.n; f++)
        for (size_t i = 0; i < k->diags.list.n; i++) {
            const struct diag *d = &k->diags.list.at[i];
            if (!str_eq(d->at.file, files.at[f].key))
                continue;
            buf_addf(b, STR_FMT " %d %d ", STR_ARG(d->at.file), d->at.line, d->at.col);
            buf_add(b, diag_message(k->mem, d));
            buf_addc(b, '\n');
        }
}

str folded_outcome(struct data_kit *k, bool fold, bool *folded)
{
    struct buf b = {0};
    diags_init(&k->diags, k->mem);
    k->options.fold = fold;
    data_kit_load(k);
    *folded = dataset_table(k->data, S("sales"))->folded != NULL;
    buf_addf(&b, "as of " STR_FMT "\n", STR_ARG(day_iso(k->mem, k->data->as_of)));
    add_rollups(&b, k);
    add_rows(&b, k);
    for (size_t i = 0; i < k->data->tables.n; i++) {
        const struct table *t = k->data->tables.at[i];
        if (t->schema->big)
            add_table(&b, k, t);
        else
            buf_addf(&b, STR_FMT ": " STR_FMT "\n", STR_ARG(t->schema->name),
                     STR_ARG(data_kit_rows(k, arena_str(k->mem, t->schema->name).p)));
    }
    add_diags(&b, k);
    data_free(k->data);
    str words = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return words;
}
