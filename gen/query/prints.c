/* What tables and rollups hold, as hashes. */
#include "store.h"

static void add_value(struct buf *b, struct value v)
{
    buf_addc(b, (char)v.kind);
    if (v.kind == VALUE_TEXT) {
        buf_add(b, (str){(const char *)&v.s.n, sizeof v.s.n});
        buf_add(b, v.s);
    } else if (v.kind == VALUE_INT) {
        buf_add(b, (str){(const char *)&v.i, sizeof v.i});
    } else if (v.kind == VALUE_REAL) {
        buf_add(b, (str){(const char *)&v.r, sizeof v.r});
    }
}

/* Hands on what has come together: many values are hashed faster in few pieces. */
static void pass_on(struct buf *b, struct hasher *h, size_t most)
{
    if (b->n < most)
        return;
    hasher_add(h, buf_str(b));
    buf_reset(b);
}

enum { PIECE = 1 << 15 };

static struct hash128 end_print(struct buf *b, struct hasher *h)
{
    pass_on(b, h, 0);
    buf_clear(b);
    return hasher_end(h);
}

static struct hash128 print_of_rows(struct arena *mem, const struct table *t)
{
    struct buf b = {0};
    struct hasher *h = hasher_new(mem);
    for (size_t row = 0; row < t->nrows; row++) {
        if (!table_seen(t, row))
            continue;
        buf_add(&b, (str){(const char *)&row, sizeof row});
        for (size_t f = 0; f < t->schema->nfields; f++)
            add_value(&b, table_value_as_of(t, f, row));
        pass_on(&b, h, PIECE);
    }
    return end_print(&b, h);
}

struct print print_of_sql(const struct store *s, str sql)
{
    return (struct print){.sql = s->image ? hash128_of(sql) : (struct hash128){0}};
}

bool print_has_rows(struct print print)
{
    return print.rows.high || print.rows.low;
}

/* The rows of a big table are looked through while that takes less than folding them. */
static bool is_printed(const struct store *s, const struct table *t)
{
    enum { MOST_ROWS = 500000 };
    return s->image && t && !(t->schema->big && (t->folded || t->engine || t->nrows > MOST_ROWS));
}

struct print print_of_table(struct store *s, const struct table *t)
{
    struct print print = {0};
    if (is_printed(s, t))
        print.rows = print_of_rows(s->mem, t);
    return print;
}

struct print print_of_cells(struct store *s, str sql, const struct cells *cells)
{
    struct print print = print_of_sql(s, sql);
    struct buf b = {0};
    if (!s->image)
        return print;
    struct hasher *h = hasher_new(s->mem);
    for (size_t n = 0; n < cells->n; n++) {
        for (size_t i = 0; i < cells->width; i++)
            add_value(&b, cells_value(cells, n, i));
        pass_on(&b, h, PIECE);
    }
    print.rows = end_print(&b, h);
    return print;
}

void print_surroundings(struct hasher *h, const struct model *m, const struct holidays *days)
{
    hasher_add(h, (str){(const char *)days->off, days->noff * sizeof *days->off});
    hasher_add(h, (str){(const char *)days->extra, days->nextra * sizeof *days->extra});
    for (size_t i = 0; i < m->systems.n; i++)
        hasher_add(h, m->systems.at[i].present ? S("present") : S("absent"));
}

/* What the rows of a folded table say that are seen at the end of a month. */
static void add_folded_rows(struct arena *mem, struct hasher *h, const struct table *t, int month)
{
    struct row_group *group;
    size_t n = prints_groups(prints_new(mem, t), mem, month, &group);
    for (size_t i = 0; i < n; i++) {
        const uint64_t rows[] = {group[i].rows, group[i].print};
        hasher_add(h, group[i].key);
        hasher_add(h, (str){(const char *)rows, sizeof rows});
    }
}

bool rows_print(struct arena *mem, const struct dataset *d, struct hash128 *print)
{
    struct hasher *h = hasher_new(mem);
    struct holidays days = holidays_of(mem, d);
    bool here = !d->engines;
    hasher_add(h, (str){(const char *)&d->as_of, sizeof d->as_of});
    print_surroundings(h, d->model, &days);
    for (size_t i = 0; i < d->tables.n && here; i++) {
        const struct table *t = d->tables.at[i];
        here = !t->engine && (!t->folded || month_last(month_of(d->as_of)) == d->as_of);
        hasher_add(h, t->schema->name);
        hasher_add(h, !t->present ? S("absent") : t->made ? S("made") : S("present"));
        struct hash128 rows = here ? print_of_rows(mem, t) : (struct hash128){0};
        hasher_add(h, (str){(const char *)&rows, sizeof rows});
        if (here && t->folded)
            add_folded_rows(mem, h, t, month_of(d->as_of));
    }
    *print = hasher_end(h);
    return here;
}
