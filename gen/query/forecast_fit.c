/* Weights of the smoothing methods by least squares: a coarse grid, so that a valley is not taken
 * for the lowest, and from its best point a simplex that walks downhill. */
#include "forecast.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MAX_WEIGHTS = 3, MAX_ROUNDS = 150 };

/* An error beyond all measure counts as the worst there is, not as the best. */
static double bounded(double sum)
{
    return sum < DBL_MAX ? sum : DBL_MAX;
}

double smoothing_run(struct smoothing *m, const double *y, int n)
{
    double sum = 0;
    int i = smoothing_start(m, y, n);
    for (; i < n; i++) {
        double e = y[i] - smoothing_ahead(m, 1);
        sum += e * e;
        smoothing_step(m, y[i]);
    }
    return bounded(sum);
}

/* A series, and the weights of m that are looked for; `start` is m as it begins. */
struct search {
    const double *y;
    int n, nweights, first;
    struct smoothing start;
};

static void set_weights(struct smoothing *m, const double *w, int nweights)
{
    m->alpha = fmin(fmax(w[0], 0), 1);
    if (nweights > 1)
        m->beta = fmin(fmax(w[1], 0), 1);
    if (nweights > 2)
        m->gamma = fmin(fmax(w[2], 0), 1);
}

/* As smoothing_step() has it, with what does not change within a series taken out of the loop:
 * nearly all time of a forecast goes by here. */
static double seasonal_error(const struct search *s, const double *w)
{
    struct smoothing m = s->start;
    set_weights(&m, w, s->nweights);
    bool additive = m.method == FORECAST_holt_winters_additive;
    double level = m.level, trend = m.trend, sum = 0;
    for (int i = s->first, at = m.at; i < s->n; i++) {
        double y = s->y[i], index = m.seasonal[at], before = level;
        double e = y - (additive ? level + trend + index : (level + trend) * index);
        sum += e * e;
        level = m.alpha * (additive ? y - index : y / index) + (1 - m.alpha) * (level + trend);
        trend = m.beta * (level - before) + (1 - m.beta) * trend;
        m.seasonal[at] = m.gamma * (additive ? y - level : y / level) + (1 - m.gamma) * index;
        at = at + 1 == m.season ? 0 : at + 1;
    }
    return bounded(sum);
}

static double plain_error(const struct search *s, const double *w)
{
    struct smoothing m = s->start;
    set_weights(&m, w, s->nweights);
    double level = m.level, trend = m.trend, sum = 0;
    for (int i = s->first; i < s->n; i++) {
        double e = s->y[i] - level - trend, before = level;
        sum += e * e;
        level += trend + m.alpha * e;
        trend = m.beta * (level - before) + (1 - m.beta) * trend;
    }
    return bounded(sum);
}

static double error_of(const struct search *s, const double *w)
{
    bool plain = s->start.method == FORECAST_holt || s->start.method == FORECAST_simple_smoothing;
    return plain ? plain_error(s, w) : seasonal_error(s, w);
}

/* ---- the grid ---- */

static double best_of_grid(const struct search *s, double *best)
{
    static const double alphas[] = {0.05, 0.2, 0.4, 0.7, 0.95}, betas[] = {0.02, 0.15, 0.5},
                        gammas[] = {0.1, 0.4, 0.8};
    int nbetas = s->nweights > 1 ? 3 : 1, ngammas = s->nweights > 2 ? 3 : 1;
    double least = INFINITY;
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < nbetas; b++)
            for (int c = 0; c < ngammas; c++) {
                double w[MAX_WEIGHTS] = {alphas[a], betas[b], gammas[c]};
                double sum = error_of(s, w);
                if (sum < least) {
                    least = sum;
                    memcpy(best, w, sizeof w);
                }
            }
    return least;
}

/* ---- the simplex: Nelder & Mead, Computer Journal 7, 1965 ---- */

struct corner {
    double at[MAX_WEIGHTS], error;
};

static struct corner corner_at(const struct search *s, const double *w)
{
    struct corner c = {.error = 0};
    for (int k = 0; k < s->nweights; k++)
        c.at[k] = fmin(fmax(w[k], 0), 1);
    c.error = error_of(s, c.at);
    return c;
}

static void sort_corners(struct corner *c, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && c[k].error < c[k - 1].error; k--) {
            struct corner other = c[k];
            c[k] = c[k - 1];
            c[k - 1] = other;
        }
}

/* The point that lies `far` times the way from the worst corner through the middle of the
 * others. */
static struct corner beyond(const struct search *s, const struct corner *c, double far)
{
    double w[MAX_WEIGHTS] = {0};
    int n = s->nweights;
    for (int k = 0; k < n; k++) {
        double middle = 0;
        for (int i = 0; i < n; i++)
            middle += c[i].at[k] / n;
        w[k] = middle + far * (middle - c[n].at[k]);
    }
    return corner_at(s, w);
}

static void shrink(const struct search *s, struct corner *c)
{
    for (int i = 1; i <= s->nweights; i++) {
        double w[MAX_WEIGHTS];
        for (int k = 0; k < s->nweights; k++)
            w[k] = (c[0].at[k] + c[i].at[k]) / 2;
        c[i] = corner_at(s, w);
    }
}

static bool is_small(const struct corner *c, int n)
{
    double widest = 0;
    for (int i = 1; i <= n; i++)
        for (int k = 0; k < n; k++)
            widest = fmax(widest, fabs(c[i].at[k] - c[0].at[k]));
    return widest < 1e-5 || c[n].error - c[0].error <= 1e-10 * c[0].error;
}

static void simplex_round(const struct search *s, struct corner *c)
{
    int n = s->nweights;
    struct corner mirrored = beyond(s, c, 1);
    if (mirrored.error < c[0].error) {
        struct corner further = beyond(s, c, 2);
        c[n] = further.error < mirrored.error ? further : mirrored;
    } else if (mirrored.error < c[n - 1].error) {
        c[n] = mirrored;
    } else {
        struct corner nearer = beyond(s, c, mirrored.error < c[n].error ? 0.5 : -0.5);
        if (nearer.error < fmin(mirrored.error, c[n].error))
            c[n] = nearer;
        else
            shrink(s, c);
    }
}

static void walk_downhill(const struct search *s, double *best)
{
    struct corner c[MAX_WEIGHTS + 1];
    int n = s->nweights;
    c[0] = corner_at(s, best);
    for (int i = 0; i < n; i++) {
        double w[MAX_WEIGHTS];
        memcpy(w, best, sizeof w);
        w[i] += w[i] < 0.5 ? 0.1 : -0.1;
        c[i + 1] = corner_at(s, w);
    }
    sort_corners(c, n + 1);
    for (int round = 0; round < MAX_ROUNDS && !is_small(c, n); round++) {
        simplex_round(s, c);
        sort_corners(c, n + 1);
    }
    memcpy(best, c[0].at, sizeof c[0].at);
}

/* ---- fit ---- */

/* The window of a moving average that erred least one step ahead: a quarter, half a year or a year
 * of months; no longer than half the series. */
static double fit_window(struct smoothing *m, const double *y, int n)
{
    static const int windows[] = {3, 6, 12};
    double least = INFINITY;
    int best = 3;
    for (int i = 0; i < 3 && (i == 0 || windows[i] <= n / 2); i++) {
        m->season = windows[i];
        double sum = smoothing_run(m, y, n);
        if (sum < least) {
            least = sum;
            best = windows[i];
        }
    }
    m->season = best;
    return smoothing_run(m, y, n);
}

/* The weight by which Croston's method errs least one step ahead, of those in use (Syntetos &
 * Boylan, Int. J. Forecasting 21, 2005, try 0.05 to 0.2; Croston 0.1 to 0.3). */
static double fit_croston(struct smoothing *m, const double *y, int n)
{
    static const double weights[] = {0.1, 0.2, 0.3};
    double least = INFINITY, best = 0.1;
    for (int i = 0; i < 3; i++) {
        m->alpha = weights[i];
        double sum = smoothing_run(m, y, n);
        if (sum < least) {
            least = sum;
            best = weights[i];
        }
    }
    m->alpha = best;
    return smoothing_run(m, y, n);
}

static int count_weights(const struct smoothing *m, int n)
{
    switch (m->method) {
    case FORECAST_simple_smoothing:
        return 1;
    case FORECAST_holt:
        return 2;
    case FORECAST_holt_winters_additive:
    case FORECAST_holt_winters_multiplicative:
        return n >= 2 * m->season + 4 ? 3 : 1;
    default:
        return 0;
    }
}

double smoothing_fit(struct smoothing *m, const double *y, int n)
{
    m->alpha = m->beta = m->gamma = 0;
    if (m->method == FORECAST_moving_average)
        return fit_window(m, y, n);
    if (m->method == FORECAST_croston)
        return fit_croston(m, y, n);
    struct search s = {.y = y, .n = n, .nweights = count_weights(m, n)};
    if (s.nweights) {
        double best[MAX_WEIGHTS] = {0};
        s.first = smoothing_start(m, y, n);
        s.start = *m;
        best_of_grid(&s, best);
        walk_downhill(&s, best);
        set_weights(m, best, s.nweights);
    }
    return smoothing_run(m, y, n);
}
