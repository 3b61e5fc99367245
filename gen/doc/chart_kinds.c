#include "context.h"

#include <math.h>

/* Places in the order of the rows, called by a column. */
static void row_places(struct plot *p, size_t col)
{
    struct context *c = p->c;
    struct chart *chart = p->chart;
    struct look look = look_of(c, p->b, p->r, col);

    p->places = col;
    chart->npoints = p->r->nrows;
    chart->category = NEW_ARRAY(c->mem, chart->npoints, str);
    chart->href = NEW_ARRAY(c->mem, chart->npoints, str);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, col);
        enum type type = result_type(p->r, row, col);
        p->point[row] = row;
        chart->category[row] = type == TYPE_string && v.kind == VALUE_TEXT
                                   ? shown_key(c, look.name, v.s, &chart->href[row])
                                   : shown(c, v, type, look.format);
    }
}

/* Rows behind the first `most` are not drawn. */
static void keep_rows(struct plot *p, size_t most)
{
    if (p->r->nrows <= most)
        return;
    plot_note_drawn(p, "first", most, p->r->nrows, "");
    struct result *first = NEW(p->c->mem, struct result);
    *first = *p->r;
    first->nrows = most;
    p->r = first;
}

static const struct plot_column *column_with_role(const struct plot *p, enum role role)
{
    for (size_t i = 0; i < p->ny; i++)
        if (p->y[i].role == role)
            return &p->y[i];
    return NULL;
}

/* ---- scatter ---- */

bool plot_scatter(struct plot *p)
{
    struct chart *chart = p->chart;
    struct look x = look_of(p->c, p->b, p->r, (size_t)p->x);

    keep_rows(p, POINTS_MAX);
    row_places(p, p->label >= 0 ? (size_t)p->label : (size_t)p->x);
    chart->point_label = p->label >= 0 ? chart->category : NULL;
    chart->x_type = p->r->column[p->x].type;
    str unit = unit_beside(p->c, x.label, x.unit);
    chart->x_label = x.label;
    if (unit.n)
        chart->x_label =
            arena_printf(p->c->mem, STR_FMT ", " STR_FMT, STR_ARG(x.label), STR_ARG(unit));
    chart->x_value = NEW_ARRAY(p->c->mem, chart->npoints, double);
    for (size_t row = 0; row < p->r->nrows; row++)
        if (!plot_number(p, row, (size_t)p->x, &chart->x_value[row]))
            return false;
    for (size_t i = 0; i < p->ny; i++) {
        const struct plot_column *y = &p->y[i];
        struct series *s = plot_add_column(p, y, y->role);
        for (size_t row = 0; row < p->r->nrows; row++)
            if (!plot_number(p, row, y->col, &s->value[row]))
                return false;
        plot_write_texts(p, s, p->r->column[y->col].type, y->look.format);
    }
    return true;
}

/* ---- gantt ---- */

static bool add_days(struct plot *p, enum role role)
{
    const struct plot_column *y = column_with_role(p, role);
    if (!y)
        return diags_add(p->c->diags, DIAG_CHART_ROLE, p->b->at,
                         role == ROLE_start ? S("start") : S("end"), p->b->word);
    struct series *s = plot_add_column(p, y, role);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, y->col);
        str text = value_text(p->c->mem, v);
        day d = day_parse(str_sub(text, 0, 10));
        if (v.kind != VALUE_NULL && d == DAY_NONE)
            return diags_add(p->c->diags, DIAG_CHART_DATE, p->b->sql_at, text, S("date"),
                             y->look.name);
        s->value[row] = v.kind == VALUE_NULL ? NAN : d;
        s->text[row] = shown(p->c, v, TYPE_date, y->look.format);
    }
    return true;
}

/* Column `state` says good or bad; any other word is neither. */
static void add_states(struct plot *p)
{
    static const struct {
        str word;
        enum role role;
    } states[] = {{S("good"), ROLE_good}, {S("bad"), ROLE_bad}};
    int col = result_column(p->r, S("state"));
    for (size_t i = 0; col >= 0 && i < 2; i++) {
        struct series *s = plot_add_series(p, states[i].word, states[i].word, states[i].role);
        for (size_t row = 0; row < p->r->nrows; row++) {
            struct value v = result_cell(p->r, row, (size_t)col);
            s->text[row] = S("");
            if (v.kind == VALUE_TEXT && str_eq(v.s, states[i].word)) {
                s->value[row] = 1;
                s->text[row] = states[i].word;
            }
        }
    }
}

bool plot_gantt(struct plot *p)
{
    keep_rows(p, ROWS_MAX);
    row_places(p, p->label >= 0 ? (size_t)p->label : (size_t)p->x);
    p->chart->x_type = TYPE_string;
    p->type = TYPE_date;
    if (!add_days(p, ROLE_start) || !add_days(p, ROLE_end))
        return false;
    add_states(p);
    return true;
}

/* ---- waterfall ---- */

enum step { STEP_START, STEP_TOTAL, STEP_CHANGE };

static bool step_of_row(struct plot *p, int kind, size_t row, enum step *step)
{
    static const str names[] = {S("start"), S("total"), S("change")};
    struct value v = kind < 0 ? (struct value){0} : result_cell(p->r, row, (size_t)kind);
    *step = STEP_CHANGE;
    if (v.kind == VALUE_NULL)
        return true;
    for (int i = 0; i < 3; i++)
        if (v.kind == VALUE_TEXT && str_eq(v.s, names[i])) {
            *step = (enum step)i;
            return true;
        }
    return diags_add(p->c->diags, DIAG_CHART_STEP, p->b->sql_at, value_text(p->c->mem, v));
}

/* A total that is not what the steps before it make is drawn as it is, and said. */
static void check_total(struct plot *p, double level, double total, str name)
{
    if (fabs(level - total) <= 1e-9 * (fabs(level) + fabs(total)) + 0.5 * (p->type == TYPE_money))
        return;
    struct value made = {.kind = VALUE_REAL, .r = level}, said = {.kind = VALUE_REAL, .r = total};
    diags_add(p->c->diags, DIAG_CHART_SUM, p->b->sql_at, shown(p->c, said, p->type, p->format),
              shown(p->c, made, p->type, p->format), name);
}

/* A change is good as its sign and the measure say, unless column `state` knows better: a deal that
 * is won leaves the open ones, and that is no loss. */
static bool is_good_change(const struct plot *p, size_t row, double change)
{
    int col = result_column(p->r, S("state"));
    struct value v = col < 0 ? (struct value){0} : result_cell(p->r, row, (size_t)col);

    if (v.kind == VALUE_TEXT && str_eq(v.s, S("good")))
        return true;
    if (v.kind == VALUE_TEXT && str_eq(v.s, S("bad")))
        return false;
    return (change >= 0) == (p->y[0].look.better != BETTER_DOWN);
}

bool plot_waterfall(struct plot *p)
{
    const struct plot_column *y = &p->y[0];
    int kind = result_column(p->r, S("kind"));
    double level = 0;
    static const enum role roles[] = {ROLE_start, ROLE_end, ROLE_total, ROLE_good, ROLE_bad};
    static const str names[] = {S("from"), S("to"), S("level"), S("better"), S("worse")};

    for (size_t i = 0; i < 5; i++)
        plot_add_series(p, names[i], pretty_name(p->c->mem, names[i]), roles[i]);
    struct series *s = p->chart->series;
    for (size_t row = 0; row < p->r->nrows; row++) {
        size_t at = p->point[row];
        enum step step;
        double x;
        if (!step_of_row(p, kind, row, &step) || !plot_number(p, row, y->col, &x))
            return false;
        if (step == STEP_TOTAL && isnan(x))
            x = level;
        if (step == STEP_TOTAL)
            check_total(p, level, x, p->chart->category[at]);
        bool is_change = step == STEP_CHANGE;
        if (isnan(x))
            continue;
        s[0].value[at] = is_change ? level : 0;
        s[1].value[at] = is_change ? level + x : x;
        s[!is_change ? 2 : is_good_change(p, row, x) ? 3 : 4].value[at] = x;
        level = s[1].value[at];
    }
    for (size_t i = 0; i < 5; i++)
        plot_write_texts(p, &s[i], p->type, i < 3 ? p->format : signed_format(p->c, p->format));
    return true;
}

/* ---- pareto ---- */

/* More bars than these are the tail, drawn as one. */
enum { PARETO_BARS = 20 };

struct bar {
    size_t row;
    double value;
};

static int by_value_falling(const void *a, const void *b)
{
    const struct bar *x = a, *y = b;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void pareto_bar(struct plot *p, const str *name, const str *href, const struct bar *bar,
                       size_t at)
{
    p->chart->category[at] = name[bar->row];
    p->chart->href[at] = href[bar->row];
    p->chart->series[0].value[at] = bar->value;
}

bool plot_pareto(struct plot *p)
{
    struct chart *chart = p->chart;
    struct bar *bar = NEW_ARRAY(p->c->mem, p->r->nrows, struct bar);
    size_t n = 0;
    double sum = 0, so_far = 0;

    for (size_t row = 0; row < p->r->nrows; row++) {
        double x;
        if (!plot_number(p, row, p->y[0].col, &x))
            return false;
        if (!isnan(x))
            bar[n++] = (struct bar){row, x};
        sum += x > 0 ? x : 0;
    }
    if (n)
        qsort(bar, n, sizeof *bar, by_value_falling);

    row_places(p, (size_t)p->x);
    const str *name = chart->category, *href = chart->href;
    struct look x = look_of(p->c, p->b, p->r, (size_t)p->x);
    bool has_tail = n > PARETO_BARS + 1;
    chart->npoints = has_tail ? PARETO_BARS + 1 : n;
    chart->x_label = x.label;
    chart->category = NEW_ARRAY(p->c->mem, chart->npoints, str);
    chart->href = NEW_ARRAY(p->c->mem, chart->npoints, str);
    plot_add_column(p, &p->y[0], ROLE_actual);
    plot_add_series(p, S("cumulated"), S("Cumulated share"), ROLE_total);
    for (size_t i = 0; i < chart->npoints; i++)
        pareto_bar(p, name, href, &bar[i], i);
    if (has_tail) {
        double *tail = &chart->series[0].value[PARETO_BARS];
        for (size_t i = PARETO_BARS + 1; i < n; i++)
            *tail += bar[i].value;
        chart->category[PARETO_BARS] = others_text(p->c, n - PARETO_BARS);
        chart->href[PARETO_BARS] = (str){0};
    }
    for (size_t i = 0; i < chart->npoints; i++) {
        so_far += chart->series[0].value[i];
        chart->series[1].value[i] = sum > 0 ? so_far / sum : NAN;
    }
    plot_write_texts(p, &chart->series[0], p->type, p->format);
    plot_write_texts(p, &chart->series[1], TYPE_rate, S("percent"));
    return true;
}
