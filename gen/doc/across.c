#include "context.h"

/* The places of the values of one column, in the order in which they will stand. */
struct places {
    struct context *c;
    const struct result *r;
    size_t col, n;
    struct value *value; /* n of them */
    size_t *of;          /* of each row */
};

/* Months stand in their order and without gaps, if all are months and no more than can stand beside
 * one another; false if not, and then as the rows have them. */
static bool place_months(struct places *p)
{
    int first = 0, last = 0;
    if (p->r->column[p->col].type != TYPE_month)
        return false;
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, p->col);
        int month = v.kind == VALUE_TEXT ? month_parse(v.s) : -1;
        if (month < 0)
            return false;
        first = row == 0 || month < first ? month : first;
        last = row == 0 || month > last ? month : last;
        p->of[row] = (size_t)month;
    }
    if (last - first >= ACROSS_MAX)
        return false;
    p->n = (size_t)(last - first) + 1;
    p->value = NEW_ARRAY(p->c->mem, p->n, struct value);
    for (size_t i = 0; i < p->n; i++)
        p->value[i] = (struct value){.kind = VALUE_TEXT, .s = month_iso(p->c->mem, first + (int)i)};
    for (size_t row = 0; row < p->r->nrows; row++)
        p->of[row] -= (size_t)first;
    return true;
}

static void place_names(struct places *p)
{
    struct map seen;
    map_init(&seen, p->c->mem);
    p->value = NEW_ARRAY(p->c->mem, p->r->nrows, struct value);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, p->col);
        void **place = map_put(&seen, value_text(p->c->mem, v));
        if (!*place) {
            *place = &p->value[p->n];
            p->value[p->n++] = v;
        }
        p->of[row] = (size_t)((struct value *)*place - p->value);
    }
}

/* What the columns before the one that is spread say of a row. */
static str key_before(struct arena *mem, const struct result *r, size_t row, size_t end)
{
    struct buf key = {0};
    for (size_t col = 0; col < end; col++) {
        str text = value_text(mem, result_cell(r, row, col));
        buf_addf(&key, "%zu:" STR_FMT, text.n, STR_ARG(text));
    }
    str all = arena_str(mem, buf_str(&key));
    buf_clear(&key);
    return all;
}

static void copy_cells(struct result *wide, size_t to_row, size_t to, const struct result *r,
                       size_t row)
{
    for (size_t col = 0; col < r->ncols; col++) {
        size_t at = to_row * wide->ncols + to + col;
        wide->cell[at] = result_cell(r, row, col);
        if (wide->cell_type)
            wide->cell_type[at] = result_type(r, row, col);
    }
}

/* An empty result of so many rows, with the columns of `r` once for the row and once a value. */
static struct result *wide_result(struct arena *mem, const struct result *r, size_t nrows,
                                  size_t nvalues)
{
    struct result *wide = NEW(mem, struct result);
    *wide = *r;
    wide->nrows = nrows;
    wide->ncols = r->ncols * (1 + nvalues);
    wide->column = NEW_ARRAY(mem, wide->ncols, struct result_column);
    wide->cell = NEW_ARRAY(mem, nrows * wide->ncols, struct value);
    wide->cell_type = r->cell_type ? NEW_ARRAY(mem, nrows * wide->ncols, enum type) : NULL;
    for (size_t i = 0; i < wide->ncols; i++)
        wide->column[i] = r->column[i % r->ncols];
    for (size_t i = 0; wide->cell_type && i < nrows * wide->ncols; i++)
        wide->cell_type[i] = wide->column[i % wide->ncols].type;
    return wide;
}

static str place_label(struct context *c, const struct block *b, const struct places *p, size_t i)
{
    struct look look = look_of(c, b, p->r, p->col);
    struct value v = p->value[i];
    enum type type = p->r->column[p->col].type;
    if (type == TYPE_string && v.kind == VALUE_TEXT)
        return shown_key(c, look.name, v.s, NULL);
    return shown(c, v, type, look.format);
}

/* Puts each row into its own, to[row], under its value; two at one place are a diagnostic. */
static bool fill(struct context *c, const struct block *b, const struct places *p, const size_t *to,
                 struct across *a)
{
    bool *begun = NEW_ARRAY(c->mem, a->wide->nrows, bool);
    for (size_t row = 0; row < p->r->nrows; row++) {
        bool *filled = &a->filled[to[row] * p->n + p->of[row]];
        if (*filled)
            return diags_add(c->diags, DIAG_ACROSS_TWICE, b->sql_at, a->label[p->of[row]]);
        *filled = true;
        if (!begun[to[row]])
            copy_cells(a->wide, to[row], 0, p->r, row);
        begun[to[row]] = true;
        copy_cells(a->wide, to[row], p->r->ncols * (1 + p->of[row]), p->r, row);
    }
    return true;
}

/* Which rows are one row, in the order of the first of each; their number. */
static size_t group_rows(struct arena *mem, const struct places *p, size_t *to)
{
    struct map rows;
    size_t *first = NEW_ARRAY(mem, p->r->nrows, size_t), n = 0;
    map_init(&rows, mem);
    for (size_t row = 0; row < p->r->nrows; row++) {
        void **place = map_put(&rows, key_before(mem, p->r, row, p->col));
        if (!*place)
            *place = &first[n++];
        to[row] = (size_t)((size_t *)*place - first);
    }
    return n;
}

struct across *across_of(struct context *c, const struct block *b, const struct result *r)
{
    struct across *a = NEW(c->mem, struct across);
    size_t *to = NEW_ARRAY(c->mem, r->nrows, size_t);
    struct places p = {.c = c, .r = r, .of = NEW_ARRAY(c->mem, r->nrows, size_t)};

    p.col = a->col = (size_t)result_column(r, option_text(b, OPTION_across));
    if (!place_months(&p))
        place_names(&p);
    if (p.n > ACROSS_MAX) {
        diags_add(c->diags, DIAG_ACROSS_MANY, b->option[OPTION_across]->at,
                  arena_printf(c->mem, "%zu", p.n), r->column[a->col].name);
        return NULL;
    }
    size_t nrows = group_rows(c->mem, &p, to);
    a->wide = wide_result(c->mem, r, nrows, p.n);
    a->nvalues = p.n;
    a->filled = NEW_ARRAY(c->mem, nrows * p.n, bool);
    a->value = NEW_ARRAY(c->mem, p.n, str);
    a->label = NEW_ARRAY(c->mem, p.n, str);
    for (size_t i = 0; i < p.n; i++) {
        a->value[i] = value_text(c->mem, p.value[i]);
        a->label[i] = place_label(c, b, &p, i);
    }
    return fill(c, b, &p, to, a) ? a : NULL;
}
