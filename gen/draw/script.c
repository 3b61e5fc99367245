#include "sheet.h"

#include <math.h>

/* The one way for text and numbers into gnuplot. What a kind's script does not mention is not
 * written: each name costs gnuplot two microseconds, and reading a block some more. */

/* Within single quotes gnuplot reads everything as it stands but the quote itself. Two of them
 * stand for one only if they are not the first of the text, so a quote is put between the parts in
 * double quotes. */
void gnuplot_text(struct buf *out, str text)
{
    buf_addc(out, '\'');
    for (size_t i = 0, from = 0; i <= text.n; i++) {
        unsigned char c = i < text.n ? (unsigned char)text.p[i] : 0;
        if (c >= ' ' && c != '\'' && c != 0x7f)
            continue;
        buf_add(out, str_sub(text, from, i));
        if (c == '\'')
            buf_add(out, S("'.\"'\".'"));
        else if (c == '\n' || c == '\t')
            buf_addc(out, ' ');
        from = i + 1;
    }
    buf_addc(out, '\'');
}

void gnuplot_number(struct buf *out, double x)
{
    if (isfinite(x))
        buf_addf(out, "%.10g", x);
    else
        buf_add(out, S("NaN"));
}

/* ---- names ---- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(const struct sheet *s, str name)
{
    str text = s->kind->text;
    for (size_t at = 0; (at = str_find(text, name, at)) < text.n; at++)
        if (at + name.n == text.n || !is_name_char(text.p[at + name.n]))
            return true;
    return false;
}

static void put_number(struct sheet *s, str name, double x)
{
    if (!mentions(s, name))
        return;
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
        put_number(s, colour[p], paint_rgb(p));
    put_number(s, S("rows"), s->rows);
    put_number(s, S("sized"), sized);
    put_number(s, S("npoints"), (double)s->chart->npoints);
    put_number(s, S("low"), s->value.low);
    put_number(s, S("high"), s->value.high);
}

/* ---- data ----
 * A block a role. Its columns: 1 place · 2 from · 3 to · 4 colour of the mark · 5 colour of the
 * series · 6 and 7 where its bar begins and ends across · 8 x · 9 size. */

/* Where the bar of a series stands across, about the middle of its category. A bar of the year
 * before stands a little behind, a target goes a little beyond. */
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
        *first = -half - 0.04;
        *last = half + 0.04;
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

static void put_series(struct sheet *s, const struct plotted *p)
{
    double first, last;

    across(s, p, &first, &last);
    for (size_t i = 0; i < s->chart->npoints; i++) {
        double place = (double)i + 1;
        buf_addf(&s->out, "%zu ", i + 1);
        gnuplot_number(&s->out, p->base[i]);
        buf_addc(&s->out, ' ');
        gnuplot_number(&s->out, p->value[i]);
        buf_addf(&s->out, " %u %u %.6g %.6g", mark_rgb(s, p, i), paint_rgb(p->paint), place + first,
                 place + last);
        if (sheet_has(s, LAYOUT_plane)) {
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, s->chart->x_value[i] / s->x_scale);
            buf_addc(&s->out, ' ');
            gnuplot_number(&s->out, size_at(s, i));
        }
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

/* A row that lies outside of all that is shown: gnuplot complains of a block without rows. */
static void end_block(struct sheet *s, bool filled)
{
    buf_add(&s->out, filled ? S("END\n") : S("-1000 0 0 0 0 -1000 -1000 -1000 0\nEND\n"));
}

static void put_series_blocks(struct sheet *s)
{
    static const struct {
        str name;
        bool (*holds)(const struct plotted *p);
    } blocks[] = {
        {S("$solid"), in_solid},       {S("$actual"), in_actual}, {S("$series"), in_series},
        {S("$forecast"), in_forecast}, {S("$before"), in_before}, {S("$target"), in_target},
        {S("$total"), in_total},
    };
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        bool filled = false;
        if (!mentions(s, blocks[b].name))
            continue;
        buf_addf(&s->out, STR_FMT " << END\n", STR_ARG(blocks[b].name));
        for (size_t k = 0; k < s->nseries; k++)
            if (blocks[b].holds(&s->series[k])) {
                put_series(s, &s->series[k]);
                filled = true;
            }
        end_block(s, filled);
    }
}

/* The lower and the upper bound of an interval: 1 place, 2 from, 3 to. */
static void put_band(struct sheet *s, str name, enum role low_role, enum role high_role)
{
    const struct plotted *low = NULL, *high = NULL;

    if (!mentions(s, name))
        return;
    for (size_t k = 0; k < s->nseries; k++) {
        low = s->series[k].role == low_role ? &s->series[k] : low;
        high = s->series[k].role == high_role ? &s->series[k] : high;
    }
    buf_addf(&s->out, STR_FMT " << END\n", STR_ARG(name));
    for (size_t i = 0; i < s->chart->npoints && low && high; i++) {
        buf_addf(&s->out, "%zu ", i + 1);
        gnuplot_number(&s->out, low->value[i]);
        buf_addc(&s->out, ' ');
        gnuplot_number(&s->out, high->value[i]);
        buf_addc(&s->out, '\n');
    }
    end_block(s, low && high && s->chart->npoints);
}

/* Points that a line alone does not show: the last of what happened, and those without a neighbour.
 */
static void put_dots(struct sheet *s)
{
    size_t npoints = s->chart->npoints, n = 0;

    if (!mentions(s, S("$dots")))
        return;
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
                buf_addf(&s->out, "%zu 0 %.10g %u\n", i + 1, p->value[i], paint_rgb(p->paint));
                n++;
            }
            last = false;
        }
    }
    end_block(s, n > 0);
}

/* The space of each category, to be pointed at: it has a tip and no colour. */
static void put_spaces(struct sheet *s)
{
    if (!mentions(s, S("$spaces")))
        return;
    buf_add(&s->out, S("$spaces << END\n"));
    for (size_t i = 0; i < s->chart->npoints; i++)
        buf_addf(&s->out, "%zu %.10g %.10g %u 0 %g %g\n", i + 1, s->value.low, s->value.high,
                 tip_number(s, 0, i), (double)i + 0.5, (double)i + 1.5);
    end_block(s, s->chart->npoints > 0);
}

/* Colours of the sets in $solid, for styles that cannot take them from a column. */
static void put_colours(struct sheet *s)
{
    size_t n = 0;

    if (!mentions(s, S("colour")))
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

static void put_frame(struct sheet *s)
{
    double n = (double)(sheet_has(s, LAYOUT_grid) ? s->nseries : s->chart->npoints);

    buf_addf(&s->out,
             "unset key\nunset border\nunset tics\nset style fill solid noborder\n"
             "set lmargin at screen %.6g\nset rmargin at screen %.6g\n"
             "set bmargin at screen %.6g\nset tmargin at screen %.6g\n",
             s->left / s->width, s->rows ? 1 : 1 - s->right / s->width, s->bottom / s->height,
             1 - s->top / s->height);
    if (s->rows) {
        /* Up to the right edge: the panel beside the plot is drawn on the same axis. */
        double wider = (s->width - s->left) / plot_width(s);
        put_range(s, 'x', s->value.low, s->value.low + wider * (s->value.high - s->value.low));
        put_range(s, 'y', n + 0.5, 0.5);
        return;
    }
    if (sheet_has(s, LAYOUT_plane))
        put_range(s, 'x', s->cross.low, s->cross.high);
    else
        put_range(s, 'x', 0.5, (double)s->chart->npoints + 0.5);
    put_range(s, 'y', s->value.low, s->value.high);
}

void sheet_script(struct sheet *s)
{
    buf_addf(&s->out,
             "reset session\nset encoding utf8\n"
             "set terminal svg size %g,%g fixed noenhanced font 'Sans,%g'\nset print '-'\n",
             s->width, s->height, s->size);
    put_names(s);
    put_series_blocks(s);
    put_band(s, S("$band80"), ROLE_low80, ROLE_high80);
    put_band(s, S("$band95"), ROLE_low95, ROLE_high95);
    put_dots(s);
    put_spaces(s);
    put_colours(s);
    put_frame(s);
    buf_add(&s->out, S("load "));
    gnuplot_text(&s->out, s->kind->absolute);
    buf_addc(&s->out, '\n');
}
