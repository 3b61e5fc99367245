#include "context.h"

#include <math.h>

/* Below so many cases a rate says little without them. */
enum { FEW = 20 };

/* Wilson's score interval at 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): for few cases and
 * rates near 0 or 1 it stays between both, where p ± 1.96 × standard error does not. */
static void wilson(double p, double n, double *low, double *high)
{
    const double z = 1.959964;
    double center = p + z * z / (2 * n), width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    *low = fmax(0, (center - width) / (1 + z * z / n));
    *high = fmin(1, (center + width) / (1 + z * z / n));
}

str few_cases(struct context *c, struct value rate, enum type type, struct value cases)
{
    double p = value_number(rate), n = value_number(cases), low, high;
    if (isnan(p) || isnan(n) || n < 1 || n >= FEW)
        return (str){0};
    str count = shown(c, cases, TYPE_integer, (str){0});
    if (type != TYPE_rate || p < 0 || p > 1)
        return arena_printf(c->mem, "n = " STR_FMT, STR_ARG(count));
    wilson(p, n, &low, &high);
    str from =
        shown(c, (struct value){.kind = VALUE_REAL, .r = 100 * low}, TYPE_number, S("integer"));
    str to = shown(c, (struct value){.kind = VALUE_REAL, .r = high}, TYPE_rate, S("percent"));
    return arena_printf(c->mem, "n = " STR_FMT ", " STR_FMT "\u2013" STR_FMT, STR_ARG(count),
                        STR_ARG(from), STR_ARG(to));
}
