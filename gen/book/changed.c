#include "closed.h"

/* Which rows are other than when a month was closed: by the prints of their groups. */

struct rows_known {
    const struct dataset *data;
    struct prints **prints; /* by data->tables; NULL for one without */
};

/* Whether a table is one of those that a figure is made from. */
static bool reads_table(str tables, str table)
{
    for (size_t at = 0; (at = str_find(tables, table, at)) < tables.n; at++)
        if (tables.p[at - 1] == ';' && tables.p[at + table.n] == ';')
            return true;
    return false;
}

struct rows_known *rows_known(struct arena *mem, const struct dataset *d)
{
    struct rows_known *k = NEW(mem, struct rows_known);
    *k = (struct rows_known){d, NEW_ARRAY(mem, d->tables.n, struct prints *)};
    for (size_t i = 0; i < d->tables.n; i++)
        if (prints_known(d->tables.at[i]))
            k->prints[i] = prints_new(mem, d->tables.at[i]);
    return k;
}

static str print_text(struct arena *mem, uint64_t print)
{
    return arena_printf(mem, "%016llx", (unsigned long long)print);
}

static bool is_read(const figure_list *figures, str table)
{
    for (size_t i = 0; i < figures->n; i++)
        if (reads_table(figures->at[i].tables, table))
            return true;
    return false;
}

static void keep_table(struct rows_known *k, struct arena *mem, size_t table, struct closed *c)
{
    static const struct row_group none = {.key = S("")};
    const struct row_group *keep = &none;
    struct row_group *group;
    size_t n = prints_groups(k->prints[table], mem, c->month, &group);

    if (n)
        keep = group;
    for (size_t g = 0; g < (n ? n : 1); g++) {
        struct closed_row row = {S("(rows)"), k->data->tables.at[table]->schema->name, keep[g].key,
                                 print_text(mem, keep[g].print),
                                 arena_printf(mem, "%zu", keep[g].rows)};
        PUSH(mem, &c->rows, row);
    }
}

void rows_keep(struct rows_known *k, struct arena *mem, const figure_list *figures,
               struct closed *c)
{
    for (size_t i = 0; i < k->data->tables.n; i++)
        if (k->prints[i] && is_read(figures, k->data->tables.at[i]->schema->name))
            keep_table(k, mem, i, c);
}

/* ---- where the rows stand now ---- */

/* The files of some rows, and their lines as runs: "sales.csv 12–14, 20". */
struct whereabouts {
    const struct table *t;
    struct arena *mem;
    struct buf files, lines;
    str file; /* of the run that is being read, from first to last */
    int first, last;
    size_t nruns;
};
enum { RUNS_SHOWN = 8 };

static void end_run(struct whereabouts *w)
{
    if (w->first && ++w->nruns <= RUNS_SHOWN) {
        buf_addf(&w->lines, w->last > w->first ? "%s%d–%d" : "%s%d",
                 w->lines.n && w->lines.p[w->lines.n - 1] != ' ' ? ", " : "", w->first, w->last);
    } else if (w->first && w->nruns == RUNS_SHOWN + 1) {
        buf_add(&w->lines, S(" …"));
    }
    w->first = 0;
}

static void note_row(void *arg, size_t row)
{
    struct whereabouts *w = arg;
    struct place at = table_place(w->t, row);
    bool same_file = w->file.n && str_eq(at.file, w->file);

    if (same_file && w->first && at.line == w->last + 1) {
        w->last = at.line;
        return;
    }
    end_run(w);
    if (!same_file) {
        str name = path_base(at.file);
        buf_addf(&w->files, "%s" STR_FMT, w->files.n ? ", " : "", STR_ARG(name));
        if (w->nruns < RUNS_SHOWN)
            buf_addf(&w->lines, "%s" STR_FMT " ", w->lines.n ? "; " : "", STR_ARG(name));
        w->file = at.file;
    }
    w->first = w->last = at.line;
}

static void find_rows(struct rows_known *k, struct arena *mem, size_t table, int month,
                      struct restated_rows *found)
{
    struct whereabouts w = {.t = k->data->tables.at[table], .mem = mem};
    if (w.t->folded)
        return;
    prints_rows(k->prints[table], month, found->group, note_row, &w);
    end_run(&w);
    found->files = arena_str(mem, buf_str(&w.files));
    found->lines = arena_str(mem, buf_str(&w.lines));
    buf_clear(&w.files);
    buf_clear(&w.lines);
}

/* ---- what has changed ---- */

/* The groups of one table that a closed month knows, by key; each is NULL once it has been met. */
static void then_of(const struct closed *c, str table, struct map *then)
{
    for (size_t i = 0; i < c->rows.n; i++)
        if (str_eq(c->rows.at[i].block, table))
            *map_put(then, c->rows.at[i].key) = &c->rows.at[i];
}

static size_t count_of(const struct closed_row *row)
{
    int64_t n = 0;
    return row && parse_integer(row->value, &n) ? (size_t)n : 0;
}

static size_t changed_in(struct rows_known *k, struct arena *mem, size_t table,
                         const struct closed *c, struct restated *restated)
{
    str name = k->data->tables.at[table]->schema->name;
    struct row_group *group;
    struct map then;
    size_t before = restated->rows.n;

    map_init(&then, mem);
    then_of(c, name, &then);
    size_t n = then.n ? prints_groups(k->prints[table], mem, c->month, &group) : 0;
    for (size_t g = 0; g < n; g++) {
        const struct closed_row *row = map_get(&then, group[g].key);
        if (row)
            *map_put(&then, group[g].key) = NULL;
        if (row && str_eq(row->name, print_text(mem, group[g].print)))
            continue;
        struct restated_rows changed = {.month = c->month,
                                        .table = name,
                                        .group = group[g].key,
                                        .then = count_of(row),
                                        .now = group[g].rows};
        find_rows(k, mem, table, c->month, &changed);
        PUSH(mem, &restated->rows, changed);
    }
    for (size_t i = 0; i < then.n; i++)
        if (count_of(then.at[i].value))
            PUSH(mem, &restated->rows,
                 ((struct restated_rows){.month = c->month,
                                         .table = name,
                                         .group = then.at[i].key,
                                         .then = count_of(then.at[i].value)}));
    return restated->rows.n - before;
}

size_t rows_changed(struct rows_known *k, struct arena *mem, const struct closed *c,
                    struct restated *restated)
{
    size_t n = 0;
    for (size_t i = 0; i < k->data->tables.n; i++)
        if (k->prints[i])
            n += changed_in(k, mem, i, c, restated);
    return n;
}
