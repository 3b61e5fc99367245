#include "context.h"

#include <math.h>

/* Six colours can be told apart; a heatmap of a thousand rows is still drawn. */
enum { SERIES_MAX = 6, NAMES_MAX = 1000 };

bool plot_number(struct plot *p, size_t row, size_t col, double *x)
{
    struct value v = result_cell(p->r, row, col);
    *x = value_number(v);
    if (v.kind == VALUE_TEXT)
        return diags_add(p->c->diags, DIAG_CHART_NUMBER, p->b->sql_at, v.s, p->r->column[col].name);
    return true;
}

struct series *plot_add_series(struct plot *p, str name, str label, enum role role)
{
    struct chart *chart = p->chart;
    struct series *grown = NEW_ARRAY(p->c->mem, chart->nseries + 1, struct series);
    for (size_t i = 0; i < chart->nseries; i++)
        grown[i] = chart->series[i];
    chart->series = grown;
    struct series *s = &chart->series[chart->nseries++];
    *s = (struct series){
        .name = name,
        .label = label,
        .legend = label,
        .role = role,
        .value = NEW_ARRAY(p->c->mem, chart->npoints, double),
        .text = NEW_ARRAY(p->c->mem, chart->npoints, str),
    };
    for (size_t i = 0; i < chart->npoints; i++)
        s->value[i] = NAN;
    return s;
}

struct series *plot_add_column(struct plot *p, const struct plot_column *y, enum role role)
{
    struct series *s = plot_add_series(p, y->look.name, y->look.label, role);
    s->legend = y->look.legend;
    return s;
}

void plot_write_texts(struct plot *p, struct series *s, enum type type, str format)
{
    for (size_t i = 0; i < p->chart->npoints; i++) {
        double x = s->value[i];
        bool whole = x == floor(x) && fabs(x) < 9e15;
        struct value v = whole ? (struct value){.kind = VALUE_INT, .i = (int64_t)x}
                               : (struct value){.kind = VALUE_REAL, .r = x};
        s->text[i] = shown(p->c, v, type, format);
    }
}

/* Two rows at one place would be drawn as one of them. */
static bool put_value(struct plot *p, struct series *s, bool *taken, size_t row, size_t col)
{
    size_t point = p->point[row];
    if (point == NO_POINT)
        return true;
    if (taken[point])
        return diags_add(p->c->diags, DIAG_CHART_TWICE, p->b->sql_at, p->chart->category[point]);
    taken[point] = true;
    return plot_number(p, row, col, &s->value[point]);
}

static void point_labels(struct plot *p)
{
    if (p->label < 0)
        return;
    struct look look = look_of(p->c, p->b, p->r, (size_t)p->label);
    p->chart->point_label = NEW_ARRAY(p->c->mem, p->chart->npoints, str);
    for (size_t row = 0; row < p->r->nrows; row++)
        if (p->point[row] != NO_POINT)
            p->chart->point_label[p->point[row]] =
                shown(p->c, result_cell(p->r, row, (size_t)p->label),
                      result_type(p->r, row, (size_t)p->label), look.format);
}

bool plot_columns(struct plot *p)
{
    for (size_t i = 0; i < p->ny; i++) {
        const struct plot_column *y = &p->y[i];
        struct series *s = plot_add_column(p, y, y->role);
        bool *taken = NEW_ARRAY(p->c->mem, p->chart->npoints, bool);
        for (size_t row = 0; row < p->r->nrows; row++)
            if (!put_value(p, s, taken, row, y->col))
                return false;
        str format = y->look.format.n ? y->look.format : p->format;
        plot_write_texts(p, s, p->type, format);
    }
    point_labels(p);
    return true;
}

/* ---- long form: a row for each place and name ---- */

struct named {
    str name, label;
    double *value; /* npoints */
    bool *taken;
    double total;  /* of absolute values */
    bool is_small; /* goes into the others */
};
typedef LIST(struct named) named_list;

static struct named new_named(struct plot *p, struct value v, size_t row)
{
    struct context *c = p->c;
    struct named n = {.name = value_text(c->mem, v)};
    struct look look = look_of(c, p->b, p->r, (size_t)p->series);
    enum type type = result_type(p->r, row, (size_t)p->series);
    str href;
    n.label = type == TYPE_string && v.kind == VALUE_TEXT ? shown_key(c, look.name, v.s, &href)
                                                          : shown(c, v, type, look.format);
    n.value = NEW_ARRAY(c->mem, p->chart->npoints, double);
    n.taken = NEW_ARRAY(c->mem, p->chart->npoints, bool);
    for (size_t i = 0; i < p->chart->npoints; i++)
        n.value[i] = NAN;
    return n;
}

static bool read_named(struct plot *p, named_list *list)
{
    struct map by_name;
    map_init(&by_name, p->c->mem);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, (size_t)p->series);
        size_t point = p->point[row];
        if (point == NO_POINT)
            continue;
        void **index = map_put(&by_name, value_text(p->c->mem, v));
        if (!*index) {
            if (list->n == NAMES_MAX)
                return diags_add(p->c->diags, DIAG_CHART_NAMES, p->b->sql_at,
                                 p->r->column[p->series].name);
            PUSH(p->c->mem, list, new_named(p, v, row));
            *index = (void *)(uintptr_t)list->n;
        }
        struct named *n = &list->at[(uintptr_t)*index - 1];
        if (n->taken[point])
            return diags_add(p->c->diags, DIAG_CHART_TWICE, p->b->sql_at,
                             arena_printf(p->c->mem, STR_FMT ", " STR_FMT, STR_ARG(n->label),
                                          STR_ARG(p->chart->category[point])));
        n->taken[point] = true;
        if (!plot_number(p, row, p->y[0].col, &n->value[point]))
            return false;
        if (!isnan(n->value[point]))
            n->total += fabs(n->value[point]);
    }
    return true;
}

static int by_total_falling(const void *a, const void *b)
{
    const struct named *x = *(struct named *const *)a, *y = *(struct named *const *)b;
    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    return x < y ? -1 : x > y; /* equal ones by their place in the query */
}

/* Leaves the five largest, by what they sum up to. */
static size_t mark_small(struct plot *p, named_list *list)
{
    struct named **sorted = NEW_ARRAY(p->c->mem, list->n, struct named *);
    for (size_t i = 0; i < list->n; i++)
        sorted[i] = &list->at[i];
    qsort(sorted, list->n, sizeof *sorted, by_total_falling);
    for (size_t i = SERIES_MAX - 1; i < list->n; i++)
        sorted[i]->is_small = true;
    return list->n - (SERIES_MAX - 1);
}

static void add_others(struct plot *p, const named_list *list, size_t nsmall)
{
    struct series *s = plot_add_series(p, S("others"), others_text(p->c, nsmall), ROLE_series6);
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; list->at[i].is_small && k < p->chart->npoints; k++)
            if (!isnan(list->at[i].value[k]))
                s->value[k] = (isnan(s->value[k]) ? 0 : s->value[k]) + list->at[i].value[k];
    plot_write_texts(p, s, p->type, p->format);
}

bool plot_long(struct plot *p, bool limited)
{
    named_list list = {0};
    if (!read_named(p, &list))
        return false;
    size_t nsmall = limited && list.n > SERIES_MAX ? mark_small(p, &list) : 0;
    for (size_t i = 0, shade = 0; i < list.n; i++) {
        if (list.at[i].is_small)
            continue;
        enum role role = limited ? (enum role)(ROLE_series1 + shade++) : ROLE_actual;
        struct series *s = plot_add_series(p, list.at[i].name, list.at[i].label, role);
        s->value = list.at[i].value;
        plot_write_texts(p, s, p->type, p->format);
    }
    /* The sum of rates is no rate. */
    if (nsmall && p->type == TYPE_rate)
        p->note = arena_printf(p->c->mem, "%zu smaller ones are not drawn.", nsmall);
    else if (nsmall)
        add_others(p, &list, nsmall);
    return true;
}
