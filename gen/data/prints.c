#include "reading.h"

/* A row's print is a sum over its cells, a group's a sum over its rows: neither the order of rows
 * and columns nor the file in which a row stands matters, and a column that is empty throughout is
 * as if it were not there. What not everybody may see is in no print: it could be tried out by
 * guessing. */

struct prints {
    struct arena *mem;
    const struct table *t;
    int by;      /* the column whose texts part the rows: the date of the fact, else a month or
                  * period; -1 for none */
    bool dated;  /* it is the date of the fact */
    bool by_day; /* some column reads otherwise before a day: reckoned for each month anew */
    int month;   /* reckoned for it, where by_day; -1 before */
    uint64_t *
        *text;     /* a field each: the prints of its texts by number; NULL where not needed yet */
    uint64_t *sum; /* by the number of the text in column `by`; without one all in the first */
    size_t *rows, n;
};

/* Finalizer of splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static inline uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* ---- what is printed ---- */

static bool is_public(str audience)
{
    return !audience.n || str_eq(audience, S("everyone"));
}

bool prints_known(const struct table *t)
{
    return !t->made && !t->engine && is_public(t->schema->audience);
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
    p->n = p->by < 0 ? 1 : t->columns->at[p->by].ntexts;
    p->text = NEW_ARRAY(mem, s->nfields, uint64_t *);
    for (size_t f = 0; f < s->nfields; f++)
        p->by_day |= s->field[f].known_at >= 0;
    return p;
}

/* ---- prints of cells ---- */

static const uint64_t *prints_of_texts(struct prints *p, size_t field)
{
    const struct column *c = &p->t->columns->at[field];
    if (!p->text[field]) {
        p->text[field] = NEW_ARRAY(p->mem, c->ntexts, uint64_t);
        for (size_t i = 1; i < c->ntexts; i++)
            p->text[field][i] = hash_str(text_at(c, (int64_t)i));
    }
    return p->text[field];
}

static uint64_t print_of_value(struct value v)
{
    union cell cell = {.i = v.i};
    if (v.kind == VALUE_REAL)
        cell.r = v.r;
    return v.kind == VALUE_TEXT ? hash_str(v.s) : (uint64_t)cell.i;
}

/* Adds the cells of one column and chunk to the prints of its n rows. */
static void add_cells(struct prints *p, size_t field, size_t chunk, size_t n, uint64_t *row)
{
    const struct column *c = &p->t->columns->at[field];
    uint64_t salt = hash_str(p->t->schema->field[field].name);
    const uint64_t *text = c->packing == PACKED_TEXT ? prints_of_texts(p, field) : NULL;
    union cell cells[CHUNK_ROWS];

    column_cells(c, chunk, cells);
    for (size_t i = 0; i < n; i++)
        if (!cell_is_null(c, cells[i]))
            row[i] += mixed(salt ^ (text ? text[cells[i].i] : (uint64_t)cells[i].i));
}

/* The same for a column that reads otherwise before a day. */
static void add_cells_known(struct prints *p, size_t field, size_t chunk, size_t n, day as_of,
                            uint64_t *row)
{
    const struct field *f = &p->t->schema->field[field];
    uint64_t salt = hash_str(f->name);
    for (size_t i = 0; i < n; i++) {
        size_t at = chunk * CHUNK_ROWS + i;
        struct value date = table_value(p->t, (size_t)f->known_at, at);
        bool later = date.kind == VALUE_TEXT && day_parse(str_sub(date.s, 0, 10)) > as_of;
        struct value v = later ? f->before : table_value(p->t, field, at);
        if (v.kind != VALUE_NULL)
            row[i] += mixed(salt ^ print_of_value(v));
    }
}

static void add_chunk(struct prints *p, size_t chunk, day as_of)
{
    const struct schema *s = p->t->schema;
    size_t from = chunk * CHUNK_ROWS;
    size_t n = p->t->nrows - from < CHUNK_ROWS ? p->t->nrows - from : CHUNK_ROWS;
    uint64_t row[CHUNK_ROWS] = {0};
    union cell by[CHUNK_ROWS] = {{0}};

    for (size_t f = 0; f < s->nfields; f++) {
        if (!is_public(s->field[f].audience))
            continue;
        if (s->field[f].known_at >= 0)
            add_cells_known(p, f, chunk, n, as_of, row);
        else
            add_cells(p, f, chunk, n, row);
    }
    if (p->by >= 0)
        column_cells(&p->t->columns->at[p->by], chunk, by);
    for (size_t i = 0; i < n; i++) {
        p->sum[by[i].i] += mixed(row[i]);
        p->rows[by[i].i]++;
    }
}

static void reckon(struct prints *p, int month)
{
    if (p->month >= 0 && (!p->by_day || p->month == month))
        return;
    p->month = month;
    p->sum = NEW_ARRAY(p->mem, p->n, uint64_t);
    p->rows = NEW_ARRAY(p->mem, p->n, size_t);
    for (size_t chunk = 0; chunk * CHUNK_ROWS < p->t->nrows; chunk++)
        add_chunk(p, chunk, month_last(month));
}

/* ---- groups ---- */

/* A year, quarter or week is later if its year is: where a fiscal year begins does not matter then.
 */
static bool is_later(str period, str month)
{
    bool is_month = month_parse(period) >= 0;
    return str_cmp(str_sub(period, 0, is_month ? 7 : 4), str_sub(month, 0, is_month ? 7 : 4)) > 0;
}

/* The group of the rows with this text: of a fact the day in the month, the month in the year
 * before, else the year; else the period. Unset: they are not seen at the end of the month. */
static str group_of(const struct prints *p, struct arena *mem, size_t text, int month)
{
    str at = p->by < 0 ? (str){0} : text_at(&p->t->columns->at[p->by], (int64_t)text);
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
