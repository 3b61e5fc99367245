#include "context.h"

#include <math.h>

/* ---- the series as people read them ---- */

static bool is_kind(const struct plot *p, const char *kind)
{
    return str_eq(p->b->word, str_of(kind));
}

/* A step of a waterfall is one figure: a level or a change, for the better or for the worse. */
static struct series merged_steps(struct plot *p)
{
    const struct chart *chart = p->chart;
    struct series merged = {
        .name = p->y[0].look.name,
        .label = p->y[0].look.label,
        .role = ROLE_actual,
        .value = NEW_ARRAY(p->c->mem, chart->npoints, double),
        .text = NEW_ARRAY(p->c->mem, chart->npoints, str),
    };
    for (size_t i = 0; i < chart->npoints; i++) {
        merged.value[i] = NAN;
        merged.text[i] = S("\u2013");
        for (size_t k = 0; k < chart->nseries; k++) {
            const struct series *s = &chart->series[k];
            bool is_bound = s->role == ROLE_start || s->role == ROLE_end;
            if (!is_bound && !isnan(s->value[i])) {
                merged.value[i] = s->value[i];
                merged.text[i] = s->text[i];
            }
        }
    }
    return merged;
}

size_t plot_told(struct plot *p, struct series **told)
{
    const struct chart *chart = p->chart;
    size_t n = 0;
    *told = NEW_ARRAY(p->c->mem, chart->nseries, struct series);
    if (is_kind(p, "waterfall")) {
        (*told)[n++] = merged_steps(p);
        return n;
    }
    /* What says whether a Gantt bar is good or bad is no figure. */
    for (size_t i = 0; i < chart->nseries; i++)
        if (p->type != TYPE_date || chart->series[i].role == ROLE_start ||
            chart->series[i].role == ROLE_end)
            (*told)[n++] = chart->series[i];
    return n;
}

/* ---- columns ---- */

static struct cell *cell_at(struct table_node *t, size_t row, size_t col)
{
    return &t->cell[row * t->ncols + col];
}

/* What programs read of a place: of a month or a day itself, not its name. */
static str place_value(const struct plot *p, size_t point, enum type type)
{
    if (type == TYPE_month)
        return month_iso(p->c->mem, p->first + (int)point);
    if (type == TYPE_date)
        return day_iso(p->c->mem, (day)(p->first + (int)point));
    return p->chart->category[point];
}

static void name_column(struct plot *p, struct table_node *t)
{
    const struct chart *chart = p->chart;
    struct look look = look_of(p->c, p->b, p->r, p->places);
    bool is_time = chart->x_type == TYPE_month || chart->x_type == TYPE_date;
    enum type type = is_time && !is_kind(p, "gantt") ? chart->x_type : TYPE_string;
    t->column[0] = (struct table_column){
        .name = look.name, .label = look.label, .explain = look.explain, .type = type};
    for (size_t i = 0; i < chart->npoints; i++)
        *cell_at(t, i, 0) = (struct cell){
            .text = chart->category[i],
            .value = {.kind = VALUE_TEXT, .s = place_value(p, i, type)},
            .type = type,
            .href = chart->href ? chart->href[i] : (str){0},
            .bar = NAN,
        };
}

/* A column of the result where each row is a place: x of a scatter, the state of a Gantt bar. */
static void result_column_at(struct plot *p, struct table_node *t, size_t at, size_t col)
{
    struct look look = look_of(p->c, p->b, p->r, col);
    enum type type = p->r->column[col].type;
    t->column[at] = (struct table_column){
        .name = look.name,
        .label = look.label,
        .unit = unit_beside(p->c, look.label, look.unit),
        .explain = look.explain,
        .type = type,
        .align = type == TYPE_string ? ALIGN_LEFT : ALIGN_RIGHT,
    };
    for (size_t row = 0; row < p->chart->npoints; row++) {
        struct value v = result_cell(p->r, row, col);
        *cell_at(t, row, at) = (struct cell){
            .text = shown(p->c, v, type, look.format),
            .value = v,
            .type = type,
            .href = at == 0 && p->chart->href ? p->chart->href[row] : (str){0},
            .bar = NAN,
        };
    }
}

static struct value exact_value(double x, enum type type, struct arena *mem)
{
    if (isnan(x))
        return (struct value){0};
    if (type == TYPE_date)
        return (struct value){.kind = VALUE_TEXT, .s = day_iso(mem, (day)x)};
    if (x == floor(x) && fabs(x) < 9e15)
        return (struct value){.kind = VALUE_INT, .i = (int64_t)x};
    return (struct value){.kind = VALUE_REAL, .r = x};
}

/* Of a column that is a series; of those that one column was parted into, the same. */
static str unit_of_series(const struct plot *p, const struct series *s)
{
    for (size_t i = 0; i < p->ny; i++)
        if (str_eq(p->y[i].look.name, s->name))
            return p->y[i].look.unit;
    return p->y[0].look.unit;
}

static void series_column(struct plot *p, struct table_node *t, size_t at, const struct series *s)
{
    bool is_share = is_kind(p, "pareto") && s->role == ROLE_total;
    enum type type = is_share ? TYPE_rate : p->type;
    t->column[at] = (struct table_column){
        .name = s->name,
        .label = s->label,
        .unit = is_share ? (str){0} : unit_beside(p->c, s->label, unit_of_series(p, s)),
        .type = type,
        .align = type == TYPE_date ? ALIGN_LEFT : ALIGN_RIGHT,
    };
    for (size_t i = 0; i < p->chart->npoints; i++)
        *cell_at(t, i, at) = (struct cell){.text = s->text[i],
                                           .value = exact_value(s->value[i], type, p->c->mem),
                                           .type = type,
                                           .bar = NAN};
}

/* ---- the whole ---- */

struct table_node *plot_table(struct plot *p)
{
    struct arena *mem = p->c->mem;
    struct table_node *t = NEW(mem, struct table_node);
    struct series *told;
    size_t n = plot_told(p, &told), at = 1;
    bool has_x = p->chart->x_value && p->label >= 0;
    int state = is_kind(p, "gantt") ? result_column(p->r, S("state")) : -1;

    t->ncols = 1 + has_x + n + (state >= 0);
    t->nrows = t->fold = p->chart->npoints;
    t->column = NEW_ARRAY(mem, t->ncols, struct table_column);
    t->cell = NEW_ARRAY(mem, t->ncols * t->nrows, struct cell);
    if (p->chart->x_value && !has_x)
        result_column_at(p, t, 0, (size_t)p->x); /* points without names: x is their number */
    else
        name_column(p, t);
    if (has_x)
        result_column_at(p, t, at++, (size_t)p->x);
    for (size_t i = 0; i < n; i++)
        series_column(p, t, at++, &told[i]);
    if (state >= 0)
        result_column_at(p, t, at, (size_t)state);
    return t;
}
