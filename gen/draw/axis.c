#include "sheet.h"

#include <math.h>

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

/* What is written at the data has three digits that count, in every label as many decimals. */
static int label_decimals(const struct axis *a)
{
    double most = fmax(fabs(a->low), fabs(a->high)) * (a->type == TYPE_rate ? 100 : 1);
    if (a->type == TYPE_integer)
        return 0;
    return most >= 100 || most == 0 ? 0 : most >= 10 ? 1 : most >= 1 ? 2 : 3;
}

str axis_text(const struct axis *a, struct arena *mem, const struct language *lang, double x,
              int decimals)
{
    if (fabs(x) < 1e-12 * fmax(fabs(a->low), fabs(a->high)))
        x = 0; /* what is left of 0.3 - 3 * 0.1 */
    return a->type == TYPE_rate ? fmt_percent(mem, lang, x, decimals)
                                : fmt_number(mem, lang, x, decimals);
}

str axis_signed(const struct axis *a, struct arena *mem, const struct language *lang, double x)
{
    str text = axis_text(a, mem, lang, x, a->decimals);
    return x > 0 ? arena_printf(mem, "+" STR_FMT, STR_ARG(text)) : text;
}

void axis_ticks(struct axis *a, struct arena *mem, const struct language *lang, size_t max_ticks)
{
    if (!(a->high > a->low)) {
        a->high = a->low + (a->low != 0 ? fabs(a->low) : 1);
        if (a->low > 0)
            a->low = 0;
    }
    double step = round_step((a->high - a->low) / (double)(max_ticks > 2 ? max_ticks - 1 : 1));
    if (a->type == TYPE_integer && step < 1)
        step = 1;
    double first = floor(a->low / step + 1e-9), last = ceil(a->high / step - 1e-9);
    int decimals = decimals_of(a->type == TYPE_rate ? step * 100 : step);

    a->low = first * step;
    a->high = last * step;
    a->nticks = (size_t)(last - first) + 1;
    a->tick = NEW_ARRAY(mem, a->nticks, struct tick);
    for (size_t i = 0; i < a->nticks; i++) {
        double at = (first + (double)i) * step;
        a->tick[i] = (struct tick){at, axis_text(a, mem, lang, at, decimals)};
    }
    a->decimals = label_decimals(a);
}

void axis_days(struct axis *a, struct arena *mem, const struct language *lang, size_t max_ticks)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200};
    int first = month_of((day)a->low), last = month_of((day)a->high), step = 1;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        step = steps[i];
        if ((size_t)((last - first) / step) < max_ticks)
            break;
    }
    LIST(struct tick) ticks = {0};
    for (int m = (first + step - 1) / step * step; m <= last; m += step)
        if (month_first(m) >= a->low) {
            struct tick t = {month_first(m), fmt_month(mem, lang, m)};
            PUSH(mem, &ticks, t);
        }
    a->tick = ticks.at;
    a->nticks = ticks.n;
}
