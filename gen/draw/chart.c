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

double at_value(const struct sheet *s, double value)
{
    double share = (value - s->value.low) / (s->value.high - s->value.low);
    return s->rows ? s->left + share * plot_width(s) : s->height - s->bottom - share * plot_height(s);
}

double at_category(const struct sheet *s, double i)
{
    double share = (i + 0.5) / (double)s->chart->npoints;
    return s->rows ? s->top + share * plot_height(s) : s->left + share * plot_width(s);
}

double text_pt(const struct sheet *s, str text)
{
    return text_em(text) * s->size;
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
                      "from(k) = column(3 * k)\nto(k) = column(3 * k + 1)\n"
                      "shade(k) = column(3 * k + 2)\ncol_x = 3 * nseries + 3\n");
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

/* Tips are numbered from 1: those of whole points, then those of each series. */
static uint32_t tip_number(const struct sheet *s, size_t k, size_t i)
{
    return (uint32_t)(k * s->chart->npoints + i + 1);
}

/* The colour of one mark: its paint, its opacity and the number of its tip. */
static uint32_t mark_rgb(const struct sheet *s, size_t k, size_t i)
{
    const struct plotted *p = &s->series[k];
    double opacity = p->opacity ? p->opacity[i] : 1;
    return (uint32_t)round((1 - opacity) * 255) << 24 | (paint_rgb(p->shade[i]) + tip_number(s, k + 1, i));
}

static void put_data(struct sheet *s)
{
    buf_add(&s->out, S("$data << END\n"));
    for (size_t i = 0; i < s->chart->npoints; i++) {
        buf_addf(&s->out, "%zu %u", i + 1, tip_number(s, 0, i));
        for (size_t k = 0; k < s->nseries; k++) {
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->series[k].base[i]);
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->series[k].value[i]);
            buf_addf(&s->out, " %u", mark_rgb(s, k, i));
        }
        if (sheet_has(s, LAYOUT_plane)) {
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->chart->x_value[i] / s->x_scale);
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
             s->left / s->width, s->rows ? 1 : 1 - s->right / s->width, s->bottom / s->height,
             1 - s->top / s->height);
    if (s->rows) {
        /* Up to the right margin: the panel beside the plot is drawn on the same axis. */
        double wider = (s->width - s->left) / plot_width(s);
        put_range(s, "x", s->value.low, s->value.low + wider * (s->value.high - s->value.low));
        put_range(s, "y", n + 0.5, 0.5);
    } else if (sheet_has(s, LAYOUT_plane)) {
        put_range(s, "x", s->cross.low, s->cross.high);
        put_range(s, "y", s->value.low, s->value.high);
    } else {
        put_range(s, "x", 0.5, n + 0.5);
        put_range(s, "y", s->value.low, s->value.high);
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
    put_labels(s);
    buf_add(&s->out, S("load "));
    gnuplot_text(&s->out, s->kind->absolute);
    buf_addc(&s->out, '\n');
}

/* ---- tips ---- */

static void add_amount(struct buf *b, const struct sheet *s, const struct plotted *p, size_t i)
{
    str label = p->role == ROLE_start ? (str){0} : p->from->label;
    str amount = p->text && p->text[i].n ? p->text[i] : amount_text(s, p->amount[i], p->is_signed);
    buf_addf(b, "\n" STR_FMT "%s" STR_FMT, STR_ARG(label), label.n ? ": " : "", STR_ARG(amount));
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
            uint32_t number = tip_number(s, k, i) - 1;
            buf_reset(&b);
            buf_add(&b, c->category[i]);
            for (size_t j = k ? k - 1 : 0; j < (k ? k : s->nseries); j++)
                if (k || isfinite(s->series[j].amount[i]))
                    add_amount(&b, s, &s->series[j], i);
            t.tip[number] = arena_str(s->mem, buf_str(&b));
            if (t.href)
                t.href[number] = c->href[i];
        }
    buf_clear(&b);
    return t;
}

/* ---- drawing ---- */

static void unknown_kind(const struct gnuplot *g, struct arena *mem, str kind, struct place at,
                         struct diags *diags)
{
    str *known;
    size_t nknown = gnuplot_kinds(g, mem, &known);
    str nearest = text_nearest(kind, known, nknown);
    diags_add(diags, DIAG_CHART_KIND, at, kind,
              nearest.n ? arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest))
                        : S("the kinds are the scripts in templates/charts"));
}

static bool runs_down(const struct sheet *s)
{
    if (sheet_has(s, LAYOUT_rows) || sheet_has(s, LAYOUT_calendar))
        return true;
    if (!sheet_has(s, LAYOUT_turning) || sheet_flag(s, S("vertical")))
        return false;
    return sheet_flag(s, S("horizontal")) || s->chart->x_type == TYPE_string;
}

/* Slopes are near 45° where a chart is about two and a half times as wide as high; what is wider than
 * half a page grows less in height, or it would fill the screen. */
static double natural_height(const struct sheet *s)
{
    const struct chart *c = s->chart;
    double half = s->medium == MEDIUM_PRINT ? 232 : 352, most = 660;
    double share = s->kind->height > 0 ? s->kind->height : 0.42;
    double row = s->kind->row_height > 0 ? s->kind->row_height : 18;

    if (c->height > 0)
        return c->height * s->width;
    if (s->rows || sheet_has(s, LAYOUT_grid)) {
        double n = s->rows ? (double)c->npoints * fmax(1, 0.62 * (double)s->nslots)
                           : (double)s->nseries;
        return fmin(most, row * s->size / 8.5 * n + 3.4 * s->size);
    }
    return share * fmin(s->width, half) + 0.25 * fmax(0, s->width - half);
}

static void make_sheet(struct sheet *s)
{
    s->rows = runs_down(s);
    s->percent = sheet_flag(s, S("percent"));
    s->stacked = sheet_has(s, LAYOUT_stack) || sheet_flag(s, S("stacked")) || s->percent;
    sheet_series(s);
    s->ends = sheet_has(s, LAYOUT_ends) && s->nseries > 1;
    s->legend = (sheet_has(s, LAYOUT_legend) || sheet_has(s, LAYOUT_ends)) && s->nseries > 1;
    if (s->height <= 0)
        s->height = natural_height(s);
    s->labelled = sheet_has(s, LAYOUT_values) && values_fit(s);
    sheet_axes(s);
    measure_labels(s);
    if (sheet_has(s, LAYOUT_share))
        share_series(s);
}

/* A chart of which nothing is known says so. */
static struct drawing *nothing(const struct sheet *s)
{
    struct drawing *d = NEW(s->mem, struct drawing);
    struct shape *dash = NEW(s->mem, struct shape);
    double *at = NEW_ARRAY(s->mem, 2, double);

    at[0] = s->width / 2;
    at[1] = 2 * s->size;
    *dash = (struct shape){.kind = SHAPE_TEXT, .fill = PAINT_muted, .fill_opacity = 1, .xy = at,
                           .nxy = 1, .text = S("\u2013"), .size = s->size, .anchor = ANCHOR_MIDDLE};
    *d = (struct drawing){.width = s->width, .height = 3 * s->size, .shape = dash, .nshapes = 1};
    return d;
}

struct chart_job {
    struct sheet sheet;
    struct tips tips;
    struct place at;
    struct drawing *done;   /* if nothing had to be sent */
};

/* Lays the chart out and writes its script. False with a diagnostic. */
static bool prepare(struct sheet *s, struct gnuplot *g, struct arena *mem, const struct chart *chart,
                    enum medium medium, double width_pt, double height_pt, struct place at,
                    struct diags *diags)
{
    *s = (struct sheet){
        .mem = mem,
        .chart = chart,
        .kind = gnuplot_kind(g, chart->kind),
        .lang = gnuplot_language(g),
        .medium = medium,
        .width = width_pt,
        .height = height_pt,
        .size = medium == MEDIUM_PRINT ? 7.5 : 8.5,
    };
    if (!s->kind) {
        unknown_kind(g, mem, chart->kind, at, diags);
        return false;
    }
    if ((chart->nseries + 1) * (chart->npoints + 1) > TIP_MAX)
        return diags_add(diags, DIAG_CHART_LARGE, at, arena_printf(mem, "%zu", chart->npoints));
    make_sheet(s);
    if (s->nseries)
        write_script(s);
    return true;
}

struct chart_job *chart_begin(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                              enum medium medium, double width_pt, double height_pt, struct place at,
                              struct diags *diags)
{
    struct chart_job *job = NEW(mem, struct chart_job);
    struct sheet *s = &job->sheet;

    job->at = at;
    if (!prepare(s, g, mem, chart, medium, width_pt, height_pt, at, diags))
        return NULL;
    if (!s->nseries) {
        job->done = nothing(s);
        return job;
    }
    gnuplot_send(g, buf_str(&s->out));
    buf_clear(&s->out);
    job->tips = make_tips(s);
    return job;
}

str chart_script(struct gnuplot *g, struct arena *mem, const struct chart *chart, enum medium medium,
                 double width_pt, struct diags *diags)
{
    struct sheet s;
    str script = {0};

    if (prepare(&s, g, mem, chart, medium, width_pt, 0, (struct place){0}, diags))
        script = arena_str(mem, buf_str(&s.out));
    buf_clear(&s.out);
    return script;
}

struct drawing *chart_end(struct gnuplot *g, struct chart_job *job, struct diags *diags)
{
    const struct sheet *s = &job->sheet;
    str svg, complaint;

    if (job->done)
        return job->done;
    if (gnuplot_take(g, s->mem, &svg, &complaint))
        return svg_read(s->mem, svg, &job->tips, job->at, diags);
    diags_add(diags, DIAG_CHART_FAILED, job->at, complaint, s->kind->name);
    return NULL;
}

struct drawing *chart_draw(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                           enum medium medium, double width_pt, double height_pt, struct place at,
                           struct diags *diags)
{
    struct chart_job *job = chart_begin(g, mem, chart, medium, width_pt, height_pt, at, diags);
    return job ? chart_end(g, job, diags) : NULL;
}

struct chart_job *spark_begin(struct gnuplot *g, struct arena *mem, const double *value, size_t n,
                              double target, double width_pt, double height_pt, struct diags *diags)
{
    struct chart *chart = NEW(mem, struct chart);
    struct series *series = NEW_ARRAY(mem, 2, struct series);

    series[0] = (struct series){.role = ROLE_actual, .value = NEW_ARRAY(mem, n, double)};
    series[1] = (struct series){.role = ROLE_target, .value = NEW_ARRAY(mem, n, double)};
    for (size_t i = 0; i < n; i++) {
        series[0].value[i] = value[i];
        series[1].value[i] = target;
    }
    *chart = (struct chart){.kind = S("sparkline"),
                            .npoints = n,
                            .nseries = 2,
                            .category = NEW_ARRAY(mem, n, str),
                            .series = series};
    return chart_begin(g, mem, chart, MEDIUM_SCREEN, width_pt, height_pt, (struct place){0}, diags);
}

struct drawing *spark_draw(struct gnuplot *g, struct arena *mem, const double *value, size_t n,
                           double target, double width_pt, double height_pt, struct diags *diags)
{
    struct chart_job *job = spark_begin(g, mem, value, n, target, width_pt, height_pt, diags);
    return job ? chart_end(g, job, diags) : NULL;
}
