#include "sheet.h"

#include <math.h>

/* Axes are written here and not by gnuplot: in round steps, and as the book's language writes
 * numbers. */

/* Round steps: 1, 2, 2.5 and 5 times a power of ten, as people count. */
static double round_step(double at_least)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(at_least)));

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= at_least * (1 - 1e-9))
            return steps[i] * power;
    return 10 * power;
}

/* Decimals that a multiple of step needs: 0 for 20, 1 for 2.5, 2 for 0.25. */
static int decimals_of(double step)
{
    int n = 0;
    for (; n < 9 && fabs(step - round(step)) > 1e-6 * step; n++)
        step *= 10;
    return n;
}

static str axis_text(const struct axis *a, struct arena *mem, const struct language *lang, double x,
                     int decimals)
{
    if (fabs(x) < 1e-12 * fmax(fabs(a->low), fabs(a->high)))
        x = 0; /* what is left of 0.3 - 3 * 0.1 */
    return a->type == TYPE_rate ? fmt_percent(mem, lang, x, decimals)
                                : fmt_number(mem, lang, x, decimals);
}

str amount_text(const struct sheet *s, double x, bool with_sign)
{
    str text = axis_text(&s->value, s->mem, s->lang, x, s->decimals);
    return with_sign && x > 0 ? arena_printf(s->mem, "+" STR_FMT, STR_ARG(text)) : text;
}

/* Widens low..high to at most max_ticks round steps and writes them. */
static void round_axis(struct axis *a, const struct sheet *s, double max_ticks)
{
    if (!(a->high > a->low)) {
        a->high = fmax(a->high, 0);
        a->low = fmin(a->low, 0);
    }
    if (!(a->high > a->low))
        a->high = 1;
    double step = round_step((a->high - a->low) / (max_ticks > 2 ? max_ticks - 1 : 1));
    if (a->type == TYPE_integer && step < 1)
        step = 1;
    double first = floor(a->low / step + 1e-9), last = ceil(a->high / step - 1e-9);
    int decimals = decimals_of(a->type == TYPE_rate ? step * 100 : step);

    a->low = first * step;
    a->high = last * step;
    a->nticks = (size_t)(last - first) + 1;
    a->tick = NEW_ARRAY(s->mem, a->nticks, struct tick);
    for (size_t i = 0; i < a->nticks; i++) {
        double at = (first + (double)i) * step;
        a->tick[i] = (struct tick){at, axis_text(a, s->mem, s->lang, at, decimals)};
    }
}

/* Ticks on the first day of months, quarters, years. */
static void day_axis(struct axis *a, const struct sheet *s, double max_ticks)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200};
    int first = month_of((day)a->low), last = month_of((day)a->high), step = 1;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        step = steps[i];
        if ((last - first) / step < max_ticks)
            break;
    }
    LIST(struct tick) ticks = {0};
    for (int m = (first + step - 1) / step * step; m <= last; m += step)
        if (month_first(m) >= a->low) {
            struct tick t = {month_first(m), fmt_month(s->mem, s->lang, m)};
            PUSH(s->mem, &ticks, t);
        }
    a->tick = ticks.at;
    a->nticks = ticks.n;
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

static bool is_on_axis(const struct sheet *s, enum role role)
{
    return role != ROLE_size && !(role == ROLE_total && sheet_has(s, LAYOUT_share));
}

/* A line may leave zero out where that shows more than it hides: if all lies in its upper part. */
static bool wants_zero(const struct sheet *s, double low, double high)
{
    return sheet_has(s, LAYOUT_zero) || s->stacked || (low > 0 && low < 0.6 * high) ||
           (high < 0 && high > 0.6 * low);
}

/* What is written at marks has three digits that count, and in every text as many decimals. */
static int amount_decimals(const struct sheet *s)
{
    double most = 0;
    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints && is_on_axis(s, s->series[k].role); i++)
            if (isfinite(s->series[k].amount[i]))
                most = fmax(most, fabs(s->series[k].amount[i]));
    if (s->value.type == TYPE_integer)
        return 0;
    most *= s->value.type == TYPE_rate ? 100 : 1;
    return s->percent || most >= 100 || most == 0 ? 0 : most >= 10 ? 1 : most >= 1 ? 2 : 3;
}

static void value_axis(struct sheet *s)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t k = 0; k < s->nseries; k++)
        if (is_on_axis(s, s->series[k].role)) {
            bool hangs = s->series[k].role == ROLE_start;
            span(s->series[k].value, s->chart->npoints, &low, &high);
            if (s->stacked || hangs || sheet_has(s, LAYOUT_centre))
                span(s->series[k].base, s->chart->npoints, &low, &high);
        }
    if (!(low <= high))
        low = 0, high = 1;
    if (wants_zero(s, low, high)) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    bool is_rate = s->percent || s->chart->y_type == TYPE_rate;
    enum type type = is_rate                                                      ? TYPE_rate
                     : s->chart->y_type == TYPE_integer && s->chart->y_scale == 1 ? TYPE_integer
                                                                                  : TYPE_number;
    s->value = (struct axis){.low = low, .high = high, .least = low, .most = high, .type = type};
    s->decimals = amount_decimals(s);
}

/* "Revenue, CNY" in thousands is "Revenue, thousand CNY". */
static str with_scale(struct arena *mem, str label, const char *word)
{
    size_t comma = label.n;
    for (size_t at = 0; (at = str_find(label, S(", "), at)) < label.n; at++)
        comma = at;
    str name = str_sub(label, 0, comma), unit = str_sub(label, comma + 2, label.n);
    return arena_printf(mem, STR_FMT ", %s%s" STR_FMT, STR_ARG(name), word, unit.n ? " " : "",
                        STR_ARG(unit));
}

/* x of a scatter comes as it is: money in smallest units, rates as fractions. */
static void cross_axis(struct sheet *s)
{
    static const struct {
        double from, scale;
        const char *word;
    } steps[] = {{1e10, 1e9, "billion"}, {1e7, 1e6, "million"}, {1e4, 1e3, "thousand"}};
    const struct chart *c = s->chart;
    double low = INFINITY, high = -INFINITY;
    double one = c->x_type == TYPE_money  ? pow(10, s->lang->money_decimals)
                 : c->x_type == TYPE_rate ? 0.01
                                          : 1;

    s->x_label = c->x_label;
    span(c->x_value, c->npoints, &low, &high);
    if (!(low <= high))
        low = 0, high = 1;
    double most = fmax(fabs(low), fabs(high)) / one;
    for (size_t i = 0; i < 3 && c->x_type != TYPE_rate; i++)
        if (most >= steps[i].from) {
            one *= steps[i].scale;
            s->x_label = with_scale(s->mem, c->x_label, steps[i].word);
            break;
        }
    s->x_scale = one;
    s->cross = (struct axis){.low = low / one, .high = high / one, .type = TYPE_number};
    if (s->cross.low > 0 && s->cross.low < 0.6 * s->cross.high)
        s->cross.low = 0;
    round_axis(&s->cross, s, fmin(8, fmax(3, s->width / (6 * s->size))));
}

static void write_value_axis(struct sheet *s)
{
    double low = s->value.low, high = s->value.high;
    double extent = s->rows ? s->width / (6 * s->size) : s->height / (3.4 * s->size);

    if (sheet_has(s, LAYOUT_calendar)) {
        day_axis(&s->value, s, 0.6 * s->width / (6 * s->size));
        return;
    }
    round_axis(&s->value, s, fmin(7, fmax(3, extent)));
    /* Without an axis beside them bars reach as far as the longest. */
    if (s->labelled && high > low) {
        s->value.low = low;
        s->value.high = high;
    }
}

void sheet_axes(struct sheet *s)
{
    value_axis(s);
    s->labelled = sheet_has(s, LAYOUT_values) && values_fit(s);
    if (sheet_has(s, LAYOUT_grid)) {
        s->value.low = (double)s->nseries + 0.5;
        s->value.high = 0.5;
    } else if (!sheet_has(s, LAYOUT_blank) && !sheet_has(s, LAYOUT_centre)) {
        write_value_axis(s);
    }
    if (s->value.low == s->value.high) {
        s->value.low -= 0.5;
        s->value.high += 0.5;
    }
    if (sheet_has(s, LAYOUT_plane))
        cross_axis(s);
}
