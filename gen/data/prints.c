#include "folded.h"

#include <assert.h>

/* A row's print is a sum over its cells, a group's a sum over its rows: neither the order of rows
 * and columns nor the file in which a row stands matters, and a column that is empty throughout is
 * as if it were not there. What not everybody may see is in no print: it could be tried out by
 * guessing. */

struct prints {
    struct arena *mem;
    const struct table *t;
    int by;        /* the column whose texts part the rows: the date of the fact, else a month or
                    * period; -1 for none. Of a table that is folded the days that it knows */
    bool dated;    /* it is the date of the fact */
    bool by_day;   /* some column reads otherwise before a day: reckoned for each month anew */
    int month;     /* reckoned for it, where by_day; -1 before */
    uint64_t *sum; /* by the number of the text in column `by`, or of the day; without one all in
                    * the first */
    size_t *rows, n;
};

/* ---- what is printed ---- */

static bool is_public(str audience)
{
    return !audience.n || str_eq(audience, S("everyone"));
}

bool prints_known(const struct table *t)
{
    bool waits = t->present && !t->sources.n;
    return !t->made && !t->engine && !waits && is_public(t->schema->audience);
}

static int column_by(const struct schema *s, bool *dated)
{
    *dated = s->fact >= 0;
    if (*dated)
        return s->fact;
    for (size_t f = 0; f < s->nfields; f++)
        if ((s->field[f].type == TYPE_month || s->field[f].type == TYPE_period) &&
            is_public(s->field[f].audience))
            return (int)f;
    return -1;
}

struct prints *prints_new(struct arena *mem, const struct table *t)
{
    const struct schema *s = t->schema;
    struct prints *p = NEW(mem, struct prints);
    *p = (struct prints){.mem = mem, .t = t, .month = -1};
    p->by = column_by(s, &p->dated);
    p->n = t->folded ? folded_ndays(t->folded) : p->by < 0 ? 1 : t->columns->at[p->by].ntexts;
    for (size_t f = 0; f < s->nfields; f++)
        p->by_day |= s->field[f].known_at >= 0;
    return p;
}

/* ---- sums of prints ---- */

static void add_chunk(struct prints *p, struct row_prints *prints, size_t chunk)
{
    size_t from = chunk * CHUNK_ROWS;
    size_t n = p->t->nrows - from < CHUNK_ROWS ? p->t->nrows - from : CHUNK_ROWS;
    const uint64_t *print = row_prints_of(prints, chunk);
    union cell by[CHUNK_ROWS] = {{0}};

    if (p->by >= 0)
        column_cells(&p->t->columns->at[p->by], chunk, by);
    for (size_t i = 0; i < n; i++) {
        p->sum[by[i].i] += print[i];
        p->rows[by[i].i]++;
    }
}

static void add_rows(struct prints *p, int month)
{
    struct arena *scratch = arena_new();
    struct table seen = *p->t;
    seen.as_of = month_last(month);
    struct row_prints *prints = row_prints_new(scratch, &seen, S("everyone"));
    for (size_t chunk = 0; chunk * CHUNK_ROWS < p->t->nrows; chunk++)
        add_chunk(p, prints, chunk);
    arena_free(scratch);
}

/* Of a table that is folded nothing reads otherwise before a day. */
static void add_days(struct prints *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct folded_day at = folded_day(p->t->folded, i);
        p->sum[i] = at.print;
        p->rows[i] = at.rows;
    }
}

static void reckon(struct prints *p, int month)
{
    if (p->month >= 0 && (!p->by_day || p->month == month))
        return;
    p->month = month;
    p->sum = NEW_ARRAY(p->mem, p->n, uint64_t);
    p->rows = NEW_ARRAY(p->mem, p->n, size_t);
    if (p->t->folded)
        add_days(p);
    else
        add_rows(p, month);
}

/* ---- groups ---- */

/* A year, quarter or week is later if its year is: where a fiscal year begins does not matter
 * then. */
static bool is_later(str period, str month)
{
    bool is_month = month_parse(period) >= 0;
    return str_cmp(str_sub(period, 0, is_month ? 7 : 4), str_sub(month, 0, is_month ? 7 : 4)) > 0;
}

static str text_of(const struct prints *p, size_t text)
{
    return p->t->folded ? folded_day(p->t->folded, text).day
           : p->by < 0  ? (str){0}
                        : text_at(&p->t->columns->at[p->by], (int64_t)text);
}

/* The group of the rows with this text: of a fact the day in the month, the month in the year
 * before, else the year; else the period. Unset: they are not seen at the end of the month. */
static str group_of(const struct prints *p, struct arena *mem, size_t text, int month)
{
    str at = text_of(p, text);
    if (!at.n)
        return S("");
    if (!p->dated)
        return is_later(at, month_iso(mem, month)) ? (str){0} : at;
    day d = day_parse(str_sub(at, 0, 10));
    if (d == DAY_NONE || d > month_last(month))
        return (str){0};
    size_t n = month_of(d) == month ? 10 : month_of(d) >= month - 12 ? 7 : 4;
    return str_sub(at, 0, n);
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct row_group *)a)->key, ((const struct row_group *)b)->key);
}

size_t prints_groups(struct prints *p, struct arena *mem, int month, struct row_group **groups)
{
    struct map of;
    LIST(struct row_group) list = {0};

    map_init(&of, mem);
    reckon(p, month);
    for (size_t text = 0; text < p->n; text++) {
        str key = p->rows[text] ? group_of(p, mem, text, month) : (str){0};
        if (!str_is_set(key))
            continue;
        void **slot = map_put(&of, key);
        if (!*slot) {
            PUSH(mem, &list, ((struct row_group){.key = key}));
            *slot = (void *)(uintptr_t)list.n;
        }
        struct row_group *g = &list.at[(uintptr_t)*slot - 1];
        g->rows += p->rows[text];
        g->print += p->sum[text];
    }
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_key);
    *groups = list.at;
    return list.n;
}

void prints_rows(const struct prints *p, int month, str key, void (*found)(void *arg, size_t row),
                 void *arg)
{
    assert(!p->t->folded);
    struct arena *mem = arena_new();
    bool *wanted = NEW_ARRAY(mem, p->n, bool);

    for (size_t text = 0; text < p->n; text++) {
        str group = group_of(p, mem, text, month);
        wanted[text] = str_is_set(group) && str_eq(group, key);
    }
    for (size_t row = 0; row < p->t->nrows; row++)
        if (wanted[p->by < 0 ? 0 : column_cell(&p->t->columns->at[p->by], row).i])
            found(arg, row);
    arena_free(mem);
}
