#include "context.h"

#include <math.h>

/* Six colours can be told apart. */
enum { SERIES_MAX = 6 };

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
    double total;  /* of absolute values */
    size_t row;    /* the first that has it */
    bool is_small; /* not drawn by itself */
};
struct names {
    LIST(struct named) list;
    size_t *of_row; /* the name in each row */
};

static str named_label(struct plot *p, size_t row)
{
    struct context *c = p->c;
    struct value v = result_cell(p->r, row, (size_t)p->series);
    struct look look = look_of(c, p->b, p->r, (size_t)p->series);
    enum type type = result_type(p->r, row, (size_t)p->series);
    str href;
    return type == TYPE_string && v.kind == VALUE_TEXT ? shown_key(c, look.name, v.s, &href)
                                                       : shown(c, v, type, look.format);
}

static size_t name_of_row(struct plot *p, struct names *names, struct map *by_name, size_t row)
{
    str name = value_text(p->c->mem, result_cell(p->r, row, (size_t)p->series));
    void **index = map_put(by_name, name);
    if (!*index) {
        PUSH(p->c->mem, &names->list, ((struct named){.name = name, .row = row}));
        *index = (void *)(uintptr_t)names->list.n;
    }
    return (uintptr_t)*index - 1;
}

/* The names and what each sums up to: which are drawn is known before any has values, so that many
 * names on many places take no memory for each pair. */
static bool read_names(struct plot *p, struct names *names)
{
    struct map by_name, pairs;
    map_init(&by_name, p->c->mem);
    map_init(&pairs, p->c->mem);
    names->of_row = NEW_ARRAY(p->c->mem, p->r->nrows, size_t);
    for (size_t row = 0; row < p->r->nrows; row++) {
        double x;
        if (p->point[row] == NO_POINT)
            continue;
        size_t i = names->of_row[row] = name_of_row(p, names, &by_name, row);
        void **pair = map_put(&pairs, arena_printf(p->c->mem, "%zu %zu", i, p->point[row]));
        if (*pair)
            return diags_add(p->c->diags, DIAG_CHART_TWICE, p->b->sql_at,
                             arena_printf(p->c->mem, STR_FMT ", " STR_FMT,
                                          STR_ARG(named_label(p, row)),
                                          STR_ARG(p->chart->category[p->point[row]])));
        *pair = p;
        if (!plot_number(p, row, p->y[0].col, &x))
            return false;
        if (!isnan(x))
            names->list.at[i].total += fabs(x);
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

/* Leaves the `keep` largest, by what they sum up to; the number of the others. */
static size_t mark_small(struct plot *p, struct names *names, size_t keep)
{
    size_t n = names->list.n;
    struct named **sorted = NEW_ARRAY(p->c->mem, n, struct named *);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &names->list.at[i];
    qsort(sorted, n, sizeof *sorted, by_total_falling);
    for (size_t i = keep; i < n; i++)
        sorted[i]->is_small = true;
    return n - keep;
}

static void add_names(struct plot *p, struct names *names, bool limited)
{
    for (size_t i = 0, shade = 0; i < names->list.n; i++) {
        struct named *n = &names->list.at[i];
        if (n->is_small)
            continue;
        enum role role = limited ? (enum role)(ROLE_series1 + shade++) : ROLE_actual;
        n->value = plot_add_series(p, n->name, named_label(p, n->row), role)->value;
    }
}

/* Each value goes to its name; that of a small one is summed up among the others, if they are. */
static bool put_values(struct plot *p, const struct names *names, double *others)
{
    for (size_t row = 0; row < p->r->nrows; row++) {
        double x;
        if (p->point[row] == NO_POINT)
            continue;
        if (!plot_number(p, row, p->y[0].col, &x))
            return false;
        const struct named *n = &names->list.at[names->of_row[row]];
        double *value = n->is_small ? others : n->value;
        if (!value || isnan(x))
            continue;
        double *at = &value[p->point[row]];
        *at = (isnan(*at) ? 0 : *at) + x;
    }
    return true;
}

bool plot_long(struct plot *p, bool limited)
{
    struct names names = {0};
    size_t max = limited ? SERIES_MAX : ROWS_MAX, nsmall = 0;

    if (!read_names(p, &names))
        return false;
    if (names.list.n > max)
        nsmall = mark_small(p, &names, limited ? max - 1 : max);
    add_names(p, &names, limited);
    /* The sum of rates is no rate, and rows of a heatmap are beside each other. */
    bool with_others = nsmall && limited && p->type != TYPE_rate;
    double *others = NULL;
    if (with_others)
        others = plot_add_series(p, S("others"), others_text(p->c, nsmall), ROLE_series6)->value;
    else if (nsmall && limited)
        p->note = arena_printf(p->c->mem, "%zu smaller ones are not drawn.", nsmall);
    else if (nsmall)
        plot_note_drawn(p, "largest", max, names.list.n, "");
    if (!put_values(p, &names, others))
        return false;
    for (size_t i = 0; i < p->chart->nseries; i++)
        plot_write_texts(p, &p->chart->series[i], p->type, p->format);
    return true;
}
