#include "sheet.h"

#include <math.h>

/* A chart becomes a script: everything that is text or place stands in a preamble written here, what
 * is drawn between stands in the kind's own script. The names that a script may use are listed in
 * templates/charts/README.md. */

/* ---- what a chart asks for ---- */

bool sheet_has(const struct sheet *s, enum layout_word word)
{
    return s->kind->words >> word & 1;
}

bool sheet_flag(const struct sheet *s, str flag)
{
    for (size_t i = 0; i < s->chart->nflags; i++)
        if (str_eq(s->chart->flag[i], flag))
            return true;
    return false;
}

double plot_width(const struct sheet *s)
{
    return s->width - s->left - s->right;
}

double plot_height(const struct sheet *s)
{
    return s->height - s->top - s->bottom;
}

double sheet_x(const struct sheet *s, double x, double low, double high)
{
    return s->left + (x - low) / (high - low) * plot_width(s);
}

double sheet_y(const struct sheet *s, double y, double low, double high)
{
    return s->height - s->bottom - (y - low) / (high - low) * plot_height(s);
}

double text_pt(const struct sheet *s, str text)
{
    return text_em(text) * s->size;
}

bool is_interval(enum role role)
{
    return role == ROLE_low80 || role == ROLE_high80 || role == ROLE_low95 || role == ROLE_high95;
}

static enum paint paint_of_role(enum role role)
{
    static const enum paint paint[] = {
        [ROLE_actual] = PAINT_actual,   [ROLE_target] = PAINT_target,
        [ROLE_before] = PAINT_before,   [ROLE_forecast] = PAINT_forecast,
        [ROLE_low80] = PAINT_band80,    [ROLE_high80] = PAINT_band80,
        [ROLE_low95] = PAINT_band95,    [ROLE_high95] = PAINT_band95,
        [ROLE_good] = PAINT_good,       [ROLE_bad] = PAINT_bad,
        [ROLE_series1] = PAINT_c1,      [ROLE_series2] = PAINT_c2,
        [ROLE_series3] = PAINT_c3,      [ROLE_series4] = PAINT_c4,
        [ROLE_series5] = PAINT_c5,      [ROLE_series6] = PAINT_c6,
        [ROLE_size] = PAINT_none,       [ROLE_total] = PAINT_actual,
        [ROLE_start] = PAINT_actual,    [ROLE_end] = PAINT_actual,
        [ROLE_mark] = PAINT_muted,
    };
    return paint[role];
}

/* Bars of these stand side by side; the others lie behind, across or around them. */
static bool has_slot(enum role role)
{
    return role == ROLE_actual || role == ROLE_forecast || role == ROLE_good || role == ROLE_bad ||
           (role >= ROLE_series1 && role <= ROLE_series6);
}

/* ---- series ---- */

static bool any_known(const struct series *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isfinite(s->value[i]))
            return true;
    return false;
}

static double scale_of(const struct chart *c)
{
    return c->y_scale > 0 ? c->y_scale : 1;
}

/* Actual and forecast follow each other in one place, unless a point has both. */
static bool overlap(const struct plotted *a, const struct plotted *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isfinite(a->value[i]) && isfinite(b->value[i]))
            return true;
    return false;
}

static void give_slots(struct sheet *s)
{
    struct plotted *actual = NULL;

    for (size_t k = 0; k < s->nseries; k++) {
        struct plotted *p = &s->series[k];
        if (!has_slot(p->role))
            continue;
        if (p->role == ROLE_actual && !actual)
            actual = p;
        bool shares = p->role == ROLE_forecast && actual && !overlap(actual, p, s->chart->npoints);
        p->slot = s->stacked ? 1 : shares ? actual->slot : s->nslots + 1;
        if (p->slot > s->nslots)
            s->nslots = p->slot;
    }
}

static void collect_series(struct sheet *s)
{
    const struct chart *c = s->chart;
    double scale = s->percent ? 1 : scale_of(c);

    s->series = NEW_ARRAY(s->mem, c->nseries, struct plotted);
    for (size_t k = 0; k < c->nseries; k++) {
        if (!any_known(&c->series[k], c->npoints))
            continue;
        struct plotted *p = &s->series[s->nseries++];
        *p = (struct plotted){
            .from = &c->series[k],
            .index = k,
            .role = c->series[k].role,
            .paint = paint_of_role(c->series[k].role),
            .base = NEW_ARRAY(s->mem, c->npoints, double),
            .value = NEW_ARRAY(s->mem, c->npoints, double),
        };
        for (size_t i = 0; i < c->npoints; i++)
            p->value[i] = c->series[k].value[i] / scale;
    }
    /* One series alone is what actually happened. */
    if (s->nseries == 1 && s->series[0].role == ROLE_series1)
        s->series[0].paint = PAINT_actual;
    give_slots(s);
}

/* Each on the end of the one before it; what is negative grows downwards on its own. */
static void stack_series(struct sheet *s)
{
    for (size_t i = 0; i < s->chart->npoints; i++) {
        double up = 0, down = 0, total = 0;
        for (size_t k = 0; k < s->nseries; k++)
            if (s->series[k].slot && isfinite(s->series[k].value[i]))
                total += fabs(s->series[k].value[i]);
        for (size_t k = 0; k < s->nseries; k++) {
            struct plotted *p = &s->series[k];
            if (!p->slot || !isfinite(p->value[i]))
                continue;
            double x = s->percent ? (total > 0 ? p->value[i] / total : 0) : p->value[i];
            double *end = x < 0 ? &down : &up;
            p->base[i] = *end;
            p->value[i] = *end += x;
        }
    }
}

/* ---- ranges ---- */

static void span(const double *x, size_t n, double *low, double *high)
{
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i])) {
            *low = fmin(*low, x[i]);
            *high = fmax(*high, x[i]);
        }
}

static void value_range(struct sheet *s)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t k = 0; k < s->nseries; k++)
        if (s->series[k].role != ROLE_size)
            span(s->series[k].value, s->chart->npoints, &low, &high);
    if (!(low <= high))
        low = 0, high = 1;
    /* A line may leave zero out where that shows more than it hides: if all lies in the upper third. */
    bool zero = sheet_has(s, LAYOUT_zero) || s->stacked || (low > 0 && low < 0.6 * high) ||
                (high < 0 && high > 0.6 * low);
    if (zero) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    s->value = (struct axis){.low = low, .high = high, .type = s->percent ? TYPE_rate : s->chart->y_type};
    if (s->value.type == TYPE_integer && scale_of(s->chart) != 1)
        s->value.type = TYPE_number;
    if (sheet_has(s, LAYOUT_blank))
        return;
    double extent = s->rows ? s->width / (6 * s->size) : s->height / (3.4 * s->size);
    axis_ticks(&s->value, s->mem, s->lang, (size_t)fmin(7, fmax(3, extent)));
    /* Without an axis beside them bars reach as far as the longest. */
    if (s->rows && sheet_has(s, LAYOUT_values) && !s->stacked) {
        s->value.low = low;
        s->value.high = high > low ? high : low + 1;
    }
}

/* ---- the script ---- */

static void put_names(struct sheet *s)
{
    for (enum paint p = PAINT_none; p <= PAINT_heat; p++)
        buf_addf(&s->out, "c_%s = %u\n", paint_name(p), paint_rgb(p));
    buf_addf(&s->out, "text = %g\nnpoints = %zu\nnseries = %zu\nnslots = %zu\n", s->size,
             s->chart->npoints, s->nseries, s->nslots);
    buf_addf(&s->out, "rows = %d\nstacked = %d\n", s->rows, s->stacked);
    buf_addf(&s->out, "tip(k, i) = k * npoints + i\n"
                      "from(k) = column(2 * k)\nto(k) = column(2 * k + 1)\n");
}

/* "array slot[3] = [1, 1, 2]"; gnuplot has no empty array, so one without members holds a 1. */
static void put_array(struct sheet *s, const char *name, const uint32_t *x, size_t n)
{
    const uint32_t one = 1;
    if (!n)
        x = &one;
    buf_addf(&s->out, "n_%s = %zu\narray %s[%zu] = [", name, n, name, n ? n : 1);
    for (size_t i = 0; i < (n ? n : 1); i++)
        buf_addf(&s->out, "%s%u", i ? ", " : "", x[i]);
    buf_add(&s->out, S("]\n"));
}

static void put_series_lists(struct sheet *s)
{
    static const char *const role_name[] = {
#define X(name) #name,
        ROLES(X)
#undef X
    };
    uint32_t *x = NEW_ARRAY(s->mem, s->nseries, uint32_t);
    size_t n;

    for (enum role role = 0; role <= ROLE_mark; role++) {
        n = 0;
        for (size_t k = 0; k < s->nseries; k++)
            if (s->series[k].role == role)
                x[n++] = (uint32_t)k + 1;
        if (role < ROLE_series1 || role > ROLE_series6)
            put_array(s, role_name[role], x, n);
    }
    n = 0;
    for (size_t k = 0; k < s->nseries; k++)
        if (s->series[k].role >= ROLE_series1 && s->series[k].role <= ROLE_series6)
            x[n++] = (uint32_t)k + 1;
    put_array(s, "series", x, n);
    n = 0;
    for (size_t k = 0; k < s->nseries; k++)
        if (s->series[k].slot && s->series[k].role != ROLE_forecast)
            x[n++] = (uint32_t)k + 1;
    put_array(s, "solid", x, n);
    for (size_t k = 0; k < s->nseries; k++)
        x[k] = paint_rgb(s->series[k].paint);
    put_array(s, "colour", x, s->nseries);
    for (size_t k = 0; k < s->nseries; k++)
        x[k] = (uint32_t)s->series[k].slot;
    put_array(s, "slot", x, s->nseries);
}

static void put_data(struct sheet *s)
{
    buf_add(&s->out, S("$data << END\n"));
    for (size_t i = 0; i < s->chart->npoints; i++) {
        buf_addf(&s->out, "%zu", i + 1);
        for (size_t k = 0; k < s->nseries; k++) {
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->series[k].base[i]);
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->series[k].value[i]);
        }
        if (s->chart->x_value) {
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->chart->x_value[i]);
        }
        buf_addc(&s->out, '\n');
    }
    buf_add(&s->out, S("END\n"));
}

/* Points that a line alone does not show: the last of what happened, and those without a neighbour. */
static void put_dots(struct sheet *s)
{
    size_t npoints = s->chart->npoints, n = 0;

    buf_add(&s->out, S("$dots << END\n"));
    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        bool last = p->role == ROLE_actual;
        for (size_t i = npoints; i-- > 0 && p->slot;) {
            if (!isfinite(p->value[i]))
                continue;
            bool alone = (i == 0 || !isfinite(p->value[i - 1])) &&
                         (i + 1 == npoints || !isfinite(p->value[i + 1]));
            if (last || alone) {
                buf_addf(&s->out, "%zu %.10g %u\n", i + 1, p->value[i], paint_rgb(p->paint));
                n++;
            }
            last = false;
        }
    }
    if (!n) /* gnuplot reads a block even where a plot's iteration is empty, and wants it filled */
        buf_addf(&s->out, "1 %.10g 0\n", s->value.low);
    buf_addf(&s->out, "END\nn_dots = %d\n", n > 0);
}

static void put_range(struct sheet *s, const char *axis, double low, double high)
{
    buf_addf(&s->out, "set %srange [%.10g:%.10g]\n", axis, low, high);
    buf_addf(&s->out, "%s_low = %.10g\n%s_high = %.10g\n%s_middle = %.10g\n", axis, low, axis, high,
             axis, (low + high) / 2);
}

static void put_frame(struct sheet *s)
{
    double n = (double)s->chart->npoints;

    buf_addf(&s->out,
             "unset key\nunset border\nset errorbars 0\nunset xtics\nunset ytics\n"
             "set lmargin at screen %.6g\nset rmargin at screen %.6g\n"
             "set bmargin at screen %.6g\nset tmargin at screen %.6g\n"
             "set style fill solid noborder\n",
             s->left / s->width, 1 - s->right / s->width, s->bottom / s->height,
             1 - s->top / s->height);
    if (s->rows) {
        put_range(s, "x", s->value.low, s->value.high);
        put_range(s, "y", n + 0.5, 0.5);
    } else {
        put_range(s, "x", 0.5, n + 0.5);
        put_range(s, "y", s->value.low, s->value.high);
    }
}

static void put_grid(struct sheet *s)
{
    const struct axis *a = &s->value;

    if (sheet_has(s, LAYOUT_blank) || (s->rows && sheet_has(s, LAYOUT_values) && !s->stacked))
        return;
    for (size_t i = 0; i < a->nticks; i++) {
        enum paint paint = a->tick[i].at == 0 ? PAINT_muted : PAINT_grid;
        if (s->rows) {
            double x = sheet_x(s, a->tick[i].at, a->low, a->high);
            put_line(s, x, s->top, x, s->height - s->bottom, paint, 0.6);
        } else {
            double y = sheet_y(s, a->tick[i].at, a->low, a->high);
            put_line(s, s->left, y, s->width - s->right, y, paint, 0.6);
        }
    }
}

static void write_script(struct sheet *s)
{
    buf_addf(&s->out,
             "reset session\nset encoding utf8\n"
             "set terminal svg size %g,%g fixed noenhanced font 'Sans,%g'\n",
             s->width, s->height, s->size);
    put_names(s);
    put_series_lists(s);
    put_data(s);
    put_dots(s);
    put_frame(s);
    put_grid(s);
    put_labels(s);
    buf_add(&s->out, S("load "));
    gnuplot_text(&s->out, s->kind->absolute);
    buf_addc(&s->out, '\n');
}

/* ---- tips ---- */

static str value_shown(const struct sheet *s, const struct series *series, size_t i)
{
    if (series->text && series->text[i].n)
        return series->text[i];
    return axis_text(&s->value, s->mem, s->lang, series->value[i] / scale_of(s->chart),
                     s->value.decimals);
}

static void add_value(struct buf *b, const struct sheet *s, const struct plotted *p, size_t i)
{
    str label = p->from->label;
    str value = value_shown(s, p->from, i);
    buf_addf(b, "\n" STR_FMT "%s" STR_FMT, STR_ARG(label), label.n ? ": " : "", STR_ARG(value));
}

/* tip(0, i) tells all of point i, tip(k, i) its series k. */
static struct tips make_tips(struct sheet *s)
{
    const struct chart *c = s->chart;
    struct tips t = {.n = (s->nseries + 1) * c->npoints};
    struct buf b = {0};

    t.tip = NEW_ARRAY(s->mem, t.n, str);
    t.href = c->href ? NEW_ARRAY(s->mem, t.n, str) : NULL;
    for (size_t k = 0; k <= s->nseries; k++)
        for (size_t i = 0; i < c->npoints; i++) {
            buf_reset(&b);
            buf_add(&b, c->point_label && c->point_label[i].n ? c->point_label[i] : c->category[i]);
            for (size_t j = k ? k - 1 : 0; j < (k ? k : s->nseries); j++)
                if (k || isfinite(s->series[j].value[i]))
                    add_value(&b, s, &s->series[j], i);
            t.tip[k * c->npoints + i] = arena_str(s->mem, buf_str(&b));
            if (t.href)
                t.href[k * c->npoints + i] = c->href[i];
        }
    buf_clear(&b);
    return t;
}

/* ---- drawing ---- */

static bool runs_down(const struct sheet *s)
{
    if (sheet_has(s, LAYOUT_rows) || sheet_has(s, LAYOUT_calendar))
        return true;
    if (!sheet_has(s, LAYOUT_turning) || sheet_flag(s, S("vertical")))
        return false;
    return sheet_flag(s, S("horizontal")) || s->chart->x_type == TYPE_string;
}

static bool make_sheet(struct sheet *s)
{
    const struct chart *c = s->chart;

    s->size = s->size ? s->size : 8.5;
    s->rows = runs_down(s);
    s->percent = sheet_flag(s, S("percent"));
    s->stacked = sheet_has(s, LAYOUT_stack) || sheet_flag(s, S("stacked")) || s->percent;
    collect_series(s);
    if (s->stacked)
        stack_series(s);
    s->ends = sheet_has(s, LAYOUT_ends) && s->nseries > 1;
    s->legend = (sheet_has(s, LAYOUT_legend) || sheet_has(s, LAYOUT_ends)) && s->nseries > 1;
    if (s->height <= 0) {
        double rows = s->kind->row_height > 0 ? s->kind->row_height : 18;
        s->height = c->height > 0 ? c->height * s->width
                    : s->rows     ? rows * (double)c->npoints + 3 * s->size
                                  : (s->kind->height > 0 ? s->kind->height : 0.45) * s->width;
    }
    value_range(s);
    measure_labels(s);
    return s->nseries > 0 && c->npoints > 0;
}

static struct drawing *take(struct gnuplot *g, struct sheet *s, const struct tips *tips,
                            struct place at, struct diags *diags)
{
    str svg, complaint;
    if (!gnuplot_take(g, s->mem, &svg, &complaint)) {
        diags_add(diags, DIAG_CHART_FAILED, at, complaint, s->kind->name);
        return NULL;
    }
    return svg_read(s->mem, svg, tips, at, diags);
}

struct drawing *chart_draw(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                           enum medium medium, double width_pt, double height_pt, struct place at,
                           struct diags *diags)
{
    struct sheet *s = NEW(mem, struct sheet);
    *s = (struct sheet){
        .mem = mem,
        .chart = chart,
        .kind = gnuplot_kind(g, chart->kind),
        .lang = gnuplot_language(g),
        .width = width_pt,
        .height = height_pt,
        .size = medium == MEDIUM_PRINT ? 7.5 : 8.5,
    };
    make_sheet(s);
    write_script(s);
    gnuplot_send(g, buf_str(&s->out));
    buf_clear(&s->out);
    struct tips tips = make_tips(s);
    return take(g, s, &tips, at, diags);
}

struct drawing *spark_draw(struct gnuplot *g, struct arena *mem, const double *value, size_t n,
                           double target, double width_pt, double height_pt, struct diags *diags)
{
    struct series series[2] = {{.role = ROLE_actual, .value = NEW_ARRAY(mem, n, double)},
                               {.role = ROLE_target, .value = NEW_ARRAY(mem, n, double)}};
    const struct chart chart = {.kind = S("sparkline"),
                                .npoints = n,
                                .nseries = 2,
                                .category = NEW_ARRAY(mem, n, str),
                                .series = series};
    for (size_t i = 0; i < n; i++) {
        series[0].value[i] = value[i];
        series[1].value[i] = target;
    }
    return chart_draw(g, mem, &chart, MEDIUM_SCREEN, width_pt, height_pt, (struct place){0}, diags);
}
