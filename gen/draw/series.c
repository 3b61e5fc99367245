#include "sheet.h"

#include <math.h>

bool is_interval(enum role role)
{
    return role == ROLE_low80 || role == ROLE_high80 || role == ROLE_low95 || role == ROLE_high95;
}

static enum paint paint_of_role(enum role role)
{
    static const enum paint paint[] = {
        [ROLE_actual] = PAINT_actual, [ROLE_target] = PAINT_target,
        [ROLE_before] = PAINT_before, [ROLE_forecast] = PAINT_forecast,
        [ROLE_low80] = PAINT_band80,  [ROLE_high80] = PAINT_band80,
        [ROLE_low95] = PAINT_band95,  [ROLE_high95] = PAINT_band95,
        [ROLE_good] = PAINT_good,     [ROLE_bad] = PAINT_bad,
        [ROLE_series1] = PAINT_c1,    [ROLE_series2] = PAINT_c2,
        [ROLE_series3] = PAINT_c3,    [ROLE_series4] = PAINT_c4,
        [ROLE_series5] = PAINT_c5,    [ROLE_series6] = PAINT_c6,
        [ROLE_size] = PAINT_none,     [ROLE_total] = PAINT_muted,
        [ROLE_start] = PAINT_actual,  [ROLE_end] = PAINT_actual,
    };
    return paint[role];
}

/* Bars of these stand side by side; the others lie behind, across or around them. */
static bool has_slot(enum role role)
{
    return role == ROLE_actual || role == ROLE_forecast || role == ROLE_good || role == ROLE_bad ||
           (role >= ROLE_series1 && role <= ROLE_series6);
}

static bool any_known(const struct series *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isfinite(s->value[i]))
            return true;
    return false;
}

static const struct series *series_with(const struct chart *c, enum role role)
{
    for (size_t k = 0; k < c->nseries; k++)
        if (c->series[k].role == role)
            return &c->series[k];
    return NULL;
}

static struct plotted *add_series(struct sheet *s, const struct series *from)
{
    size_t n = s->chart->npoints;
    struct plotted *p = &s->series[s->nseries++];

    *p = (struct plotted){
        .from = from,
        .role = from->role,
        .paint = paint_of_role(from->role),
        .base = NEW_ARRAY(s->mem, n, double),
        .value = NEW_ARRAY(s->mem, n, double),
        .amount = NEW_ARRAY(s->mem, n, double),
        .shade = NEW_ARRAY(s->mem, n, enum paint),
        .text = from->text,
    };
    for (size_t i = 0; i < n; i++)
        p->shade[i] = p->paint;
    return p;
}

/* ---- one mark a value ---- */

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

static void plain_series(struct sheet *s)
{
    const struct chart *c = s->chart;
    double scale = c->y_scale > 0 ? c->y_scale : 1;

    for (size_t k = 0; k < c->nseries; k++) {
        if (!any_known(&c->series[k], c->npoints))
            continue;
        struct plotted *p = add_series(s, &c->series[k]);
        bool is_share = p->role == ROLE_total && sheet_has(s, LAYOUT_share);
        for (size_t i = 0; i < c->npoints; i++)
            p->value[i] = p->amount[i] = p->from->value[i] / (is_share ? 1 : scale);
    }
    /* One series alone is what actually happened. */
    if (s->nseries == 1 && s->series[0].role == ROLE_series1) {
        s->series[0].paint = PAINT_actual;
        for (size_t i = 0; i < c->npoints; i++)
            s->series[0].shade[i] = PAINT_actual;
    }
    give_slots(s);
}

/* A forecast and its intervals begin where the actual line ends. */
static void join_forecast(struct sheet *s)
{
    const struct plotted *actual = NULL;
    for (size_t k = 0; k < s->nseries && !actual; k++)
        if (s->series[k].role == ROLE_actual)
            actual = &s->series[k];
    for (size_t k = 0; k < s->nseries && actual; k++) {
        struct plotted *p = &s->series[k];
        if (p->role != ROLE_forecast && !is_interval(p->role))
            continue;
        for (size_t i = 1; i < s->chart->npoints; i++)
            if (isfinite(p->value[i])) {
                if (!isfinite(p->value[i - 1]))
                    p->value[i - 1] = actual->value[i - 1];
                break;
            }
    }
}

/* Each on the end of the one before it; what is negative grows downwards on its own. Areas have no
 * gaps: what is not known is as thin as nothing. */
static void stack_series(struct sheet *s)
{
    bool no_gaps = sheet_has(s, LAYOUT_stack);

    for (size_t i = 0; i < s->chart->npoints; i++) {
        double up = 0, down = 0, total = 0;
        for (size_t k = 0; k < s->nseries; k++)
            if (s->series[k].slot && isfinite(s->series[k].value[i]))
                total += fabs(s->series[k].value[i]);
        for (size_t k = 0; k < s->nseries; k++) {
            struct plotted *p = &s->series[k];
            if (!p->slot || (!isfinite(p->value[i]) && !no_gaps))
                continue;
            double x = isfinite(p->value[i]) ? p->value[i] : 0;
            if (s->percent)
                x = p->amount[i] = total > 0 ? x / total : 0;
            double *end = x < 0 ? &down : &up;
            p->base[i] = *end;
            p->value[i] = *end += x;
        }
    }
}

/* ---- bars that hang between a start and an end: waterfall, gantt ---- */

static double first_known(const struct chart *c, enum role role, size_t i)
{
    const struct series *s = series_with(c, role);
    return s ? s->value[i] : NAN;
}

static const str *texts_of(const struct chart *c, enum role role)
{
    const struct series *s = series_with(c, role);
    return s ? s->text : NULL;
}

static void hanging_series(struct sheet *s)
{
    static const struct {
        enum role role;
        enum paint paint;
    } states[] = {{ROLE_total, PAINT_actual}, {ROLE_good, PAINT_good}, {ROLE_bad, PAINT_bad}};
    const struct chart *c = s->chart;
    const struct series *start = series_with(c, ROLE_start), *end = series_with(c, ROLE_end);
    bool days = sheet_has(s, LAYOUT_calendar);
    double scale = !days && c->y_scale > 0 ? c->y_scale : 1;

    if (!any_known(start, c->npoints) || !any_known(end, c->npoints))
        return;
    struct plotted *p = add_series(s, start);
    str *text = NEW_ARRAY(s->mem, c->npoints, str);

    p->slot = s->nslots = 1;
    p->is_signed = !days;
    p->text = text;
    for (size_t i = 0; i < c->npoints; i++) {
        p->base[i] = start->value[i] / scale;
        p->value[i] = end->value[i] / scale;
        p->amount[i] = p->value[i] - p->base[i];
        for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
            if (!isfinite(first_known(c, states[k].role, i)))
                continue;
            p->shade[i] = states[k].paint;
            if (!days && texts_of(c, states[k].role))
                text[i] = texts_of(c, states[k].role)[i];
        }
        if (days && start->text && end->text)
            text[i] = arena_printf(s->mem, STR_FMT " \u2013 " STR_FMT, STR_ARG(start->text[i]),
                                   STR_ARG(end->text[i]));
    }
}

/* ---- cells of a map ---- */

/* The stronger the value, the fuller the colour, from the smallest to the largest. */
static void map_series(struct sheet *s)
{
    double low = 0, high = 0;

    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints; i++)
            if (isfinite(s->series[k].amount[i])) {
                low = fmin(low, s->series[k].amount[i]);
                high = fmax(high, s->series[k].amount[i]);
            }
    for (size_t k = 0; k < s->nseries; k++) {
        struct plotted *p = &s->series[k];
        p->opacity = NEW_ARRAY(s->mem, s->chart->npoints, double);
        for (size_t i = 0; i < s->chart->npoints; i++) {
            double share = high > low ? (p->amount[i] - low) / (high - low) : 0;
            bool known = isfinite(p->amount[i]);
            p->shade[i] = known ? PAINT_heat : PAINT_none;
            p->opacity[i] = known ? 0.06 + 0.94 * share : 0;
            p->base[i] = p->value[i] = known ? (double)k + 1 : NAN;
        }
    }
}

/* ---- sizes, centres, shares ---- */

/* A point's area shows the size: gnuplot's point sizes, 2.4 for the largest. */
static void size_series(struct plotted *p, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, isfinite(p->amount[i]) ? fabs(p->amount[i]) : 0);
    for (size_t i = 0; i < n; i++)
        p->value[i] = isfinite(p->amount[i]) && most > 0
                          ? fmax(0.4, 2.4 * sqrt(fabs(p->amount[i]) / most))
                          : 0.4;
}

static void centre_series(struct plotted *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        p->base[i] = -p->amount[i] / 2;
        p->value[i] = p->amount[i] / 2;
    }
}

void share_series(struct sheet *s)
{
    double units = (s->value.high - s->value.low) / plot_width(s);
    double from = s->value.high + units * (s->right - s->panel);
    double to = s->value.high + units * (s->right - PANEL_EDGE);

    for (size_t k = 0; k < s->nseries; k++) {
        struct plotted *p = &s->series[k];
        if (p->role != ROLE_total)
            continue;
        for (size_t i = 0; i < s->chart->npoints; i++)
            p->value[i] = from + p->amount[i] * (to - from);
    }
}

/* What makes up the first four fifths is dark, the rest is pale. */
static void shade_by_share(struct sheet *s)
{
    const struct series *share = series_with(s->chart, ROLE_total);
    for (size_t k = 0; share && k < s->nseries; k++)
        for (size_t i = 1; i < s->chart->npoints && s->series[k].slot; i++)
            if (share->value[i - 1] >= 0.8)
                s->series[k].shade[i] = PAINT_before;
}

void sheet_series(struct sheet *s)
{
    const struct chart *c = s->chart;

    s->series = NEW_ARRAY(s->mem, c->nseries + 1, struct plotted);
    /* In a map a series is a row, whatever its role. */
    if (!sheet_has(s, LAYOUT_grid) && series_with(c, ROLE_start) && series_with(c, ROLE_end)) {
        hanging_series(s);
        return;
    }
    plain_series(s);
    if (s->stacked)
        stack_series(s);
    if (sheet_has(s, LAYOUT_ends) && !s->stacked)
        join_forecast(s);
    if (sheet_has(s, LAYOUT_grid))
        map_series(s);
    if (sheet_has(s, LAYOUT_share))
        shade_by_share(s);
    for (size_t k = 0; k < s->nseries; k++) {
        if (s->series[k].role == ROLE_size)
            size_series(&s->series[k], c->npoints);
        else if (sheet_has(s, LAYOUT_centre))
            centre_series(&s->series[k], c->npoints);
    }
}
