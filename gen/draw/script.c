#include "sheet.h"

#include <math.h>

/* The one way into gnuplot, for numbers alone: texts are set by us. What a kind's script does not
 * mention is not written: each name costs gnuplot two microseconds, and reading a block some more.
 */

void gnuplot_number(struct buf *out, double x)
{
    if (isfinite(x))
        buf_add_double(out, x, 10);
    else
        buf_add(out, S("NaN"));
}

/* ---- names ---- */

static bool says(const struct sheet *s, enum kind_name name)
{
    return s->kind->names >> name & 1;
}

static void put_number(struct sheet *s, str name, double x)
{
    buf_add(&s->out, name);
    buf_add(&s->out, S(" = "));
    gnuplot_number(&s->out, x);
    buf_addc(&s->out, '\n');
}

static void put_names(struct sheet *s)
{
    static const str colour[] = {
#define X(name) {"c_" #name, sizeof "c_" #name - 1},
        PAINTS(X)
#undef X
    };
    bool sized = false;

    for (size_t k = 0; k < s->nseries; k++)
        sized |= s->series[k].role == ROLE_size;
    for (enum paint p = PAINT_none; p <= PAINT_heat; p++)
        if (s->kind->colours >> p & 1)
            put_number(s, colour[p], paint_rgb(p));
    const struct {
        enum kind_name name;
        str text;
        double x;
    } numbers[] = {
        {NAME_rows, S("rows"), s->rows},
        {NAME_sized, S("sized"), sized},
        {NAME_npoints, S("npoints"), (double)s->chart->npoints},
        {NAME_low, S("low"), s->value.low},
        {NAME_high, S("high"), s->value.high},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (says(s, numbers[i].name))
            put_number(s, numbers[i].text, numbers[i].x);
}

/* ---- data ----
 * A block a role. Its columns: 1 place · 2 from · 3 to · 4 colour of the mark · 5 colour of the
 * series · 6 and 7 where its bar begins and ends across · 8 x · 9 size; of a target 8 its length
 * across · 9 nothing, as gnuplot is slow where it has to compute a column. */

/* Where the bar of a series stands across, about the middle of its category. A bar of the year
 * before stands a little behind, a target goes a little beyond a group of bars. */
static void across(const struct sheet *s, const struct plotted *p, double *first, double *last)
{
    const double half = GROUP / 2;
    double thin = half / (double)(s->nslots ? s->nslots : 1), behind = 0;

    for (size_t k = 0; k < s->nseries && s->nslots == 1; k++)
        if (s->series[k].role == ROLE_before)
            behind = 0.07;
    double middle = (2 * (double)p->slot - 1 - (double)s->nslots) * thin + behind;
    *first = middle - 0.94 * thin;
    *last = middle + 0.94 * thin;
    if (p->role == ROLE_before) {
        *first = -half - behind;
        *last = half - 3 * behind;
    } else if (!p->slot) {
        *last = half + (sheet_has(s, LAYOUT_turning) ? 0.04 : -0.04);
        *first = -*last;
    }
}

static uint32_t mark_rgb(const struct sheet *s, const struct plotted *p, size_t i)
{
    double opacity = p->opacity ? p->opacity[i] : 1;
    uint32_t tip = tip_number(s, (size_t)(p - s->series) + 1, i);
    return (uint32_t)round((1 - opacity) * 255) << 24 | paint_rgb(p->shade[i]) | tip;
}

static double size_at(const struct sheet *s, size_t i)
{
    for (size_t k = 0; k < s->nseries; k++)
        if (s->series[k].role == ROLE_size)
            return s->series[k].value[i];
    return NAN;
}

/* The next columns of a row; a blank at its beginning or end is none. */
static void put_numbers(struct sheet *s, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        gnuplot_number(&s->out, x[i]);
        buf_addc(&s->out, ' ');
    }
}

static void put_series(struct sheet *s, const struct plotted *p)
{
    double first, last;

    across(s, p, &first, &last);
    for (size_t i = 0; i < s->chart->npoints; i++) {
        double place = (double)i + 1;
        const double number[] = {
            place,         p->base[i],   p->value[i], mark_rgb(s, p, i), paint_rgb(p->paint),
            place + first, place + last,
        };
        put_numbers(s, number, sizeof number / sizeof *number);
        if (sheet_has(s, LAYOUT_plane))
            put_numbers(s, (double[]){s->chart->x_value[i] / s->x_scale, size_at(s, i)}, 2);
        else if (p->role == ROLE_target)
            put_numbers(s, (double[]){last - first, 0}, 2);
        buf_addc(&s->out, '\n');
    }
    buf_add(&s->out, S("\n\n"));
}

static bool is_colourful(enum role role)
{
    return role >= ROLE_series1 && role <= ROLE_series6;
}

static bool in_solid(const struct plotted *p)
{
    return p->slot && p->role != ROLE_forecast;
}

static bool in_actual(const struct plotted *p)
{
    return p->role == ROLE_actual;
}

static bool in_series(const struct plotted *p)
{
    return is_colourful(p->role) || p->role == ROLE_good || p->role == ROLE_bad;
}

static bool in_forecast(const struct plotted *p)
{
    return p->role == ROLE_forecast;
}

static bool in_before(const struct plotted *p)
{
    return p->role == ROLE_before;
}

static bool in_target(const struct plotted *p)
{
    return p->role == ROLE_target;
}

static bool in_total(const struct plotted *p)
{
    return p->role == ROLE_total;
}

static bool put_all(struct sheet *s, bool (*holds)(const struct plotted *p))
{
    bool filled = false;
    for (size_t k = 0; k < s->nseries; k++)
        if (holds(&s->series[k])) {
            put_series(s, &s->series[k]);
            filled = true;
        }
    return filled;
}

/* The lower and the upper bound of an interval: 1 place, 2 from, 3 to. */
static bool put_band(struct sheet *s, enum role low_role, enum role high_role)
{
    const struct plotted *low = NULL, *high = NULL;
    size_t i = 0;

    for (size_t k = 0; k < s->nseries; k++) {
        low = s->series[k].role == low_role ? &s->series[k] : low;
        high = s->series[k].role == high_role ? &s->series[k] : high;
    }
    for (; i < s->chart->npoints && low && high; i++) {
        put_numbers(s, (double[]){(double)i + 1, low->value[i], high->value[i]}, 3);
        buf_addc(&s->out, '\n');
    }
    return i > 0;
}

/* Points that a line alone does not show: the last of what happened, and those without a
 * neighbour. */
static bool put_dots(struct sheet *s)
{
    size_t npoints = s->chart->npoints, n = 0;

    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        bool last = p->role == ROLE_actual;
        for (size_t i = npoints; i-- > 0 && p->slot;) {
            if (!isfinite(p->value[i]))
                continue;
            bool alone = (i == 0 || !isfinite(p->value[i - 1])) &&
                         (i + 1 == npoints || !isfinite(p->value[i + 1]));
            if (last || alone) {
                const double row[] = {(double)i + 1, 0, p->value[i], paint_rgb(p->paint)};
                put_numbers(s, row, 4);
                buf_addc(&s->out, '\n');
                n++;
            }
            last = false;
        }
    }
    return n > 0;
}

/* The space of each category, to be pointed at: it has a tip and no colour. */
static bool put_spaces(struct sheet *s)
{
    for (size_t i = 0; i < s->chart->npoints; i++) {
        const double place = (double)i + 1;
        const double row[] = {place, s->value.low, s->value.high, tip_number(s, 0, i),
                              0,     place - 0.5,  place + 0.5};
        put_numbers(s, row, sizeof row / sizeof *row);
        buf_addc(&s->out, '\n');
    }
    return s->chart->npoints > 0;
}

static bool put_rows(struct sheet *s, enum block b)
{
    static bool (*const holds[])(const struct plotted *p) = {
        [BLOCK_solid] = in_solid,       [BLOCK_actual] = in_actual, [BLOCK_series] = in_series,
        [BLOCK_forecast] = in_forecast, [BLOCK_before] = in_before, [BLOCK_target] = in_target,
        [BLOCK_total] = in_total,
    };
    switch (b) {
    case BLOCK_band80:
        return put_band(s, ROLE_low80, ROLE_high80);
    case BLOCK_band95:
        return put_band(s, ROLE_low95, ROLE_high95);
    case BLOCK_dots:
        return put_dots(s);
    case BLOCK_spaces:
        return put_spaces(s);
    default:
        return put_all(s, holds[b]);
    }
}

/* gnuplot complains of a block without rows: one that has to be there gets a row that lies outside
 * of all that is shown. */
static void put_block(struct sheet *s, enum block b, bool needed)
{
    size_t from = s->out.n;

    buf_add(&s->out, block_name(b));
    buf_add(&s->out, S(" << END\n"));
    bool filled = put_rows(s, b);
    if (!filled && !needed) {
        s->out.n = from;
        return;
    }
    s->blocks |= 1u << b;
    buf_add(&s->out, filled ? S("END\n") : S("-1000 0 0 0 0 -1000 -1000 -1000 0\nEND\n"));
}

/* Of a chart that has nothing for any of its blocks they all have to be there, for a plot of
 * nothing is a mistake. */
static void put_blocks(struct sheet *s)
{
    for (enum block b = BLOCK_solid; b <= BLOCK_spaces; b++)
        if (s->kind->blocks >> b & 1)
            put_block(s, b, s->kind->needed >> b & 1);
    for (enum block b = BLOCK_solid; b <= BLOCK_spaces && !s->blocks; b++)
        if (s->kind->blocks >> b & 1)
            put_block(s, b, true);
}

/* Colours of the sets in $solid, for styles that cannot take them from a column. */
static void put_colours(struct sheet *s)
{
    size_t n = 0;

    if (!says(s, NAME_colour))
        return;
    for (size_t k = 0; k < s->nseries; k++)
        n += in_solid(&s->series[k]);
    buf_addf(&s->out, "nsets = %zu\narray colour[%zu]\n", n, n ? n : 1);
    n = 0;
    for (size_t k = 0; k < s->nseries; k++)
        if (in_solid(&s->series[k]))
            buf_addf(&s->out, "colour[%zu] = %u\n", ++n, paint_rgb(s->series[k].paint));
}

/* ---- frame ---- */

static void put_range(struct sheet *s, char axis, double low, double high)
{
    buf_addf(&s->out, "set %crange [%.10g:%.10g]\n", axis, low, high);
}

/* What gnuplot draws on, in points, and where on it the plot lies. */
struct plane {
    double width, height, left, right, top, bottom, text;
};

static struct plane plane_of(const struct sheet *s)
{
    const double all = PLANE + 2 * PLANE_EDGE, edge = PLANE_EDGE;

    if (sheet_has(s, LAYOUT_stretch))
        return (struct plane){all, all, edge, edge, edge, edge, PLANE_TEXT};
    return (struct plane){s->width, s->height, s->left, s->rows ? 0 : s->right,
                          s->top,   s->bottom, s->size};
}

/* Whether gnuplot may be shown the span of the values instead of the axis, which is rounded to the
 * steps that there is room for: so that it draws the same at all sizes. */
static bool spans_values(const struct sheet *s)
{
    return sheet_has(s, LAYOUT_stretch) && !sheet_has(s, LAYOUT_grid) &&
           !sheet_has(s, LAYOUT_share) && !says(s, NAME_low) && !says(s, NAME_high) &&
           !(s->kind->blocks >> BLOCK_spaces & 1) && s->value.most > s->value.least;
}

/* What of the value axis gnuplot draws. Where things run downwards it goes on to the right edge,
 * for the panel beside the plot is drawn on the same axis. */
static void shown(const struct sheet *s, double *low, double *high)
{
    *low = s->value.low;
    *high = s->value.high;
    if (s->rows)
        *high += (*high - *low) * s->right / plot_width(s);
    if (spans_values(s)) {
        /* gnuplot leaves out what lies on the very edge and has no extent: at zero, where the axis
         * ends too, but not the smallest of several marks that add up. */
        double more = 0.01 * (s->value.most - s->value.least);
        *low = s->value.least - (s->value.least != 0 ? more : 0);
        *high = s->value.most + (s->value.most != 0 ? more : 0);
    }
}

struct stretch sheet_stretch(const struct sheet *s)
{
    double low, high, x = s->left, y = s->top, width = plot_width(s), height = plot_height(s);

    shown(s, &low, &high);
    if (s->rows) {
        x = at_value(s, low);
        width = at_value(s, high) - x;
    } else {
        y = at_value(s, high);
        height = at_value(s, low) - y;
    }
    return (struct stretch){
        .x = x - PLANE_EDGE * width / PLANE,
        .y = y - PLANE_EDGE * height / PLANE,
        .x_scale = width / PLANE,
        .y_scale = height / PLANE,
        .size = s->size / PLANE_TEXT,
    };
}

static void put_frame(struct sheet *s)
{
    double n = (double)(sheet_has(s, LAYOUT_grid) ? s->nseries : s->chart->npoints);
    struct plane p = plane_of(s);
    double low, high;

    shown(s, &low, &high);
    buf_addf(&s->out,
             "unset key\nunset border\nunset tics\nset style fill solid noborder\n"
             "set lmargin at screen %.6g\nset rmargin at screen %.6g\n"
             "set bmargin at screen %.6g\nset tmargin at screen %.6g\n",
             p.left / p.width, 1 - p.right / p.width, p.bottom / p.height, 1 - p.top / p.height);
    if (s->rows) {
        put_range(s, 'x', low, high);
        put_range(s, 'y', n + 0.5, 0.5);
        return;
    }
    if (sheet_has(s, LAYOUT_plane))
        put_range(s, 'x', s->cross.low, s->cross.high);
    else
        put_range(s, 'x', 0.5, (double)s->chart->npoints + 0.5);
    put_range(s, 'y', low, high);
}

/* The lines of the kind, each on a line of its own: what gnuplot says of one tells which it is. */
static void put_lines(struct sheet *s)
{
    const struct kind *k = s->kind;

    s->line = k->first_line - 1 - GNUPLOT_LINES;
    for (str before = buf_str(&s->out); before.n; str_cut(&before, '\n'))
        s->line--;
    for (size_t i = 0; i < k->lines.n; i++) {
        const struct kind_line *line = &k->lines.at[i];
        if (!line->plots || line->plots & s->blocks)
            buf_add(&s->out, line->text);
        else if (line->goes_on)
            buf_addc(&s->out, '\\');
        buf_addc(&s->out, '\n');
    }
}

void sheet_script(struct sheet *s)
{
    struct plane p = plane_of(s);

    buf_addf(&s->out,
             "set encoding utf8\n"
             "set terminal svg size %g,%g fixed noenhanced font 'Sans,%g'\nset print '-'\n",
             p.width, p.height, p.text);
    put_names(s);
    put_blocks(s);
    put_colours(s);
    put_frame(s);
    put_lines(s);
}

/* "4" line 61: … */
str sheet_complaint(const struct sheet *s, str complaint)
{
    const str between = S("\" line ");
    size_t from = str_find(complaint, between, 0), to, at = from - (from >= 2 ? 2 : from);
    int64_t line;

    from += between.n;
    to = from < complaint.n ? str_find(complaint, S(":"), from) : complaint.n;
    if (to >= complaint.n || !parse_integer(str_sub(complaint, from, to), &line))
        return complaint;
    return arena_printf(s->mem, STR_FMT STR_FMT " line %d" STR_FMT,
                        STR_ARG(str_sub(complaint, 0, at)), STR_ARG(s->kind->path),
                        (int)line + s->line, STR_ARG(str_sub(complaint, to, complaint.n)));
}
