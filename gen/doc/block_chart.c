#include "context.h"

#include <math.h>

/* How a kind is made where it is not values over places. Other kinds, also a book's own, are. */
static const struct {
    str name;
    bool (*make)(struct plot *p);
    bool single; /* draws one column of y, beside size, start and end */
    bool without_x;
    bool own_axis; /* makes its own places */
} special[] = {
    {S("scatter"), plot_scatter, true, false, true},
    {S("gantt"), plot_gantt, false, true, true},
    {S("waterfall"), plot_waterfall, true, false, false},
    {S("pareto"), plot_pareto, true, false, true},
    {S("heatmap"), NULL, true, false, false},
    {S("funnel"), NULL, true, false, false},
};
enum { NSPECIAL = sizeof special / sizeof *special };

static size_t special_of(const struct plot *p)
{
    size_t i = 0;
    while (i < NSPECIAL && !str_eq(p->b->word, special[i].name))
        i++;
    return i;
}

/* ---- columns ---- */

static int column_of(const struct plot *p, enum option option)
{
    str name = option_text(p->b, option);
    return str_is_set(name) ? result_column(p->r, name) : -1;
}

/* The role of the i-th of n columns: what `y` says; else one is actual, several have colours. */
static enum role role_of(const struct plot *p, str column, size_t i, size_t n)
{
    enum role role;
    str said = option_for(p->b, OPTION_y, column);
    if (str_is_set(said) && role_of_name(said, &role))
        return role;
    return n == 1 ? ROLE_actual : (enum role)(ROLE_series1 + (i < 6 ? i : 5));
}

static bool read_columns(struct plot *p)
{
    str *name;
    struct context *c = p->c;
    size_t n = option_columns(c->mem, p->b, OPTION_y, &name), kind = special_of(p);
    bool without_x = kind < NSPECIAL && special[kind].without_x;

    p->x = column_of(p, OPTION_x);
    p->series = column_of(p, OPTION_series);
    p->label = column_of(p, OPTION_label);
    if (p->x < 0 && !(without_x && p->label >= 0))
        return diags_add(c->diags, DIAG_OPTION_MISSING, p->b->at, without_x ? S("label") : S("x"),
                         S("chart"));
    if (n == 0)
        return diags_add(c->diags, DIAG_OPTION_MISSING, p->b->at, S("y"), S("chart"));
    if (n > 6 && p->b->option[OPTION_y]->kind != YAML_MAP)
        return diags_add(c->diags, DIAG_CHART_SERIES, p->b->at, (str){0});
    p->y = NEW_ARRAY(c->mem, n, struct plot_column);
    for (p->ny = 0; p->ny < n; p->ny++) {
        size_t col = (size_t)result_column(p->r, name[p->ny]);
        p->y[p->ny] = (struct plot_column){col, role_of(p, name[p->ny], p->ny, n),
                                           look_of(c, p->b, p->r, col)};
    }
    return true;
}

/* ---- units ---- */

static enum type type_at(const struct plot *p, size_t col)
{
    for (size_t row = 0; row < p->r->nrows; row++)
        if (result_cell(p->r, row, col).kind != VALUE_NULL)
            return result_type(p->r, row, col);
    return p->r->column[col].type;
}

/* Counts and other numbers may share an axis; money and rates only with their like. */
static bool same_unit(enum type a, enum type b)
{
    bool plain_a = a == TYPE_integer || a == TYPE_number,
         plain_b = b == TYPE_integer || b == TYPE_number;
    return a == b || (plain_a && plain_b);
}

static bool is_measured(enum role role)
{
    return role != ROLE_size && role != ROLE_start && role != ROLE_end;
}

static bool check_units(struct plot *p)
{
    const struct plot_column *first = NULL;
    size_t nmeasured = 0, kind = special_of(p);
    for (size_t i = 0; i < p->ny; i++) {
        const struct plot_column *y = &p->y[i];
        if (!is_measured(y->role))
            continue;
        nmeasured++;
        if (!first) {
            first = y;
            p->type = type_at(p, y->col);
        }
        for (size_t row = 0; row < p->r->nrows; row++)
            if (result_cell(p->r, row, y->col).kind != VALUE_NULL &&
                !same_unit(result_type(p->r, row, y->col), p->type))
                return diags_add(p->c->diags, DIAG_CHART_UNITS, p->b->sql_at, first->look.name,
                                 y->look.name);
    }
    bool one = (kind < NSPECIAL && special[kind].single) || p->series >= 0;
    if (one && nmeasured != 1)
        return diags_add(p->c->diags, DIAG_CHART_ONE, p->b->at, p->b->word);
    if (first)
        p->format = first->look.format;
    if (!p->format.n && p->type == TYPE_money)
        p->format = S("whole");
    return true;
}

/* ---- events on a time axis ---- */

static size_t mark_point(const struct plot *p, str date)
{
    day d = day_parse(date);
    if (d == DAY_NONE)
        return NO_POINT;
    int64_t point = (int64_t)(p->chart->x_type == TYPE_month ? month_of(d) : d) - p->first;
    return point >= 0 && point < (int64_t)p->chart->npoints ? (size_t)point : NO_POINT;
}

static void add_mark(struct plot *p, size_t point, str text)
{
    struct chart *chart = p->chart;
    for (size_t i = 0; i < chart->nmarks; i++)
        if (chart->mark[i].point == point) {
            chart->mark[i].text = arena_printf(p->c->mem, STR_FMT "; " STR_FMT,
                                               STR_ARG(chart->mark[i].text), STR_ARG(text));
            return;
        }
    chart->mark[chart->nmarks].point = point;
    chart->mark[chart->nmarks++].text = text;
}

/* The book's events.csv, where its axis has a place for them. */
static bool add_marks(struct plot *p)
{
    struct context *c = p->c;
    bool is_time = p->chart->x_type == TYPE_month || p->chart->x_type == TYPE_date;
    if (!option_yes(p->b, OPTION_marks))
        return true;
    if (!is_time) {
        diags_add(c->diags, DIAG_MARKS_IDLE, p->b->option[OPTION_marks]->at,
                  option_text(p->b, OPTION_x));
        return true;
    }
    struct query q = query_of(c, S("SELECT date, text FROM events ORDER BY date, text"), p->b->at);
    struct result *r = ask(c, &q);
    if (!r)
        return false;
    p->chart->mark = arena_array(c->mem, r->nrows + 1, sizeof *p->chart->mark);
    for (size_t row = 0; row < r->nrows; row++) {
        struct value date = result_cell(r, row, 0), text = result_cell(r, row, 1);
        size_t point = date.kind == VALUE_TEXT ? mark_point(p, date.s) : NO_POINT;
        if (point != NO_POINT && text.kind == VALUE_TEXT)
            add_mark(p, point, text.s);
    }
    return true;
}

/* ---- the whole ---- */

static bool fill(struct plot *p)
{
    size_t kind = special_of(p);
    bool is_heatmap = str_eq(p->b->word, S("heatmap"));

    if (!(kind < NSPECIAL && special[kind].own_axis) && !plot_axis(p))
        return false;
    if (kind < NSPECIAL && special[kind].make)
        return special[kind].make(p);
    return p->series >= 0 ? plot_long(p, !is_heatmap) : plot_columns(p);
}

/* Rows may come without a single value, as of a month in which nothing is known yet. */
static bool has_values(const struct chart *chart)
{
    for (size_t i = 0; i < chart->nseries; i++)
        for (size_t k = 0; k < chart->npoints; k++)
            if (!isnan(chart->series[i].value[k]))
                return true;
    return false;
}

struct node *block_chart(struct context *c, const struct block *b, const struct result *r)
{
    struct plot plot = {.c = c, .b = b, .r = r, .chart = NEW(c->mem, struct chart)};
    struct node *node = node_new(c->mem, NODE_figure, b->at);
    struct chart *chart = node->figure.chart = plot.chart;

    chart->kind = b->word;
    chart->height = option_share(b, OPTION_height);
    chart->nflags = yaml_texts(c->mem, b->option[OPTION_flags], &chart->flag);
    plot.point = NEW_ARRAY(c->mem, r->nrows, size_t);
    if (!read_columns(&plot) || !check_units(&plot) || !fill(&plot) || !add_marks(&plot))
        return NULL;
    if (!has_values(chart))
        return block_empty(c, b);
    plot_scale(&plot);
    node->title = plot_title(&plot, option_filled(c, b, OPTION_title, false));
    node->note = plot.note;
    node->figure.table = plot_table(&plot);
    node->figure.description = plot_description(&plot);
    return node;
}
