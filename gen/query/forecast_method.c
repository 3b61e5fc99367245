/* The methods of forecast(), each as a state that takes one value after the other. */
#include "forecast.h"

#include <limits.h>

static const char *const names[] = {
#define X(name) #name,
    FORECAST_METHODS(X)
#undef X
};

const char *forecast_name(enum forecast_method m)
{
    return names[m];
}

enum forecast_method forecast_named(str name)
{
    int m = 0;
    while (m < FORECAST_NMETHODS && !str_eq(name, str_of(names[m])))
        m++;
    return (enum forecast_method)m;
}

static bool is_seasonal(enum forecast_method m)
{
    return m == FORECAST_holt_winters_additive || m == FORECAST_holt_winters_multiplicative;
}

/* Holt-Winters: one season, of more than one value, and four more by which its weights can be
 * told. */
int smoothing_needs(enum forecast_method m, int season)
{
    if (is_seasonal(m))
        return season > 1 ? season + 4 : INT_MAX;
    if (m == FORECAST_seasonal_naive)
        return season;
    return m == FORECAST_holt ? 4 : m == FORECAST_linear_trend ? 3 : 1;
}

/* ---- starts of Holt-Winters ---- */

/* The centred moving average of y over one season around i; of an even season the two ends count
 * half. */
static double centred_mean(const double *y, int i, int season)
{
    int half = season / 2;
    double sum = 0;
    for (int k = -half; k <= half; k++)
        sum += (season % 2 == 0 && (k == -half || k == half) ? 0.5 : 1) * y[i + k];
    return sum / season;
}

/* Indices of a season: mean distance (or ratio) to the trend, made to have mean 0 (or 1). */
static void set_indices(struct smoothing *m, const double *sum, const int *count)
{
    bool additive = m->method == FORECAST_holt_winters_additive;
    double mean = 0;
    for (int k = 0; k < m->season; k++) {
        m->seasonal[k] = count[k] ? sum[k] / count[k] : additive ? 0 : 1;
        mean += m->seasonal[k] / m->season;
    }
    for (int k = 0; k < m->season; k++)
        m->seasonal[k] = additive ? m->seasonal[k] - mean : m->seasonal[k] / mean;
}

static double detrended(const struct smoothing *m, double y, double trend)
{
    return m->method == FORECAST_holt_winters_additive ? y - trend : y / trend;
}

/* From two seasons, as HoltWinters() of R (package stats, after Meyer): classical decomposition of
 * the first two, indices from what the centred average leaves, level and trend from a line through
 * that average, its first point counted as 1. The first step is the second season. */
static int start_from_two(struct smoothing *m, const double *y)
{
    int season = m->season, half = season / 2, n = 2 * season - 2 * half;
    double sum[FORECAST_MAX_SEASON] = {0}, sum_t = 0, sum_x = 0, sxx = 0, sxt = 0;
    int count[FORECAST_MAX_SEASON] = {0};
    for (int i = half; i < half + n; i++) {
        double trend = centred_mean(y, i, season), x = i - half + 1;
        sum[i % season] += detrended(m, y[i], trend);
        count[i % season]++;
        sum_t += trend;
        sum_x += x;
    }
    for (int i = half; i < half + n; i++) {
        double x = i - half + 1 - sum_x / n;
        sxx += x * x;
        sxt += x * centred_mean(y, i, season);
    }
    set_indices(m, sum, count);
    m->trend = sxx > 0 ? sxt / sxx : 0;
    m->level = sum_t / n - m->trend * sum_x / n;
    m->at = 0;
    return season;
}

/* From one season (Winters, Management Science 6, 1960, for short histories): its mean, no trend,
 * and each value's distance to the mean. Trend and season cannot be told apart yet, so the trend
 * stays 0, and an index becomes the mean of the two times that it was seen. */
static int start_from_one(struct smoothing *m, const double *y)
{
    double sum[FORECAST_MAX_SEASON], mean = 0;
    int count[FORECAST_MAX_SEASON];
    for (int k = 0; k < m->season; k++)
        mean += y[k] / m->season;
    for (int k = 0; k < m->season; k++) {
        sum[k] = detrended(m, y[k], mean);
        count[k] = 1;
    }
    set_indices(m, sum, count);
    m->level = mean;
    m->trend = m->beta = 0;
    m->gamma = 0.5;
    m->at = 0;
    return m->season;
}

int smoothing_start(struct smoothing *m, const double *y, int n)
{
    m->level = y[0];
    m->trend = m->n = m->sum_x = m->sum_y = m->sum_xx = m->sum_xy = 0;
    m->size = m->interval = 0;
    m->since = 1;
    m->at = 0;
    if (is_seasonal(m->method))
        return n >= 2 * m->season + 4 ? start_from_two(m, y) : start_from_one(m, y);
    if (m->method == FORECAST_holt) {
        m->level = y[1];
        m->trend = y[1] - y[0];
        return 2;
    }
    if (m->method == FORECAST_simple_smoothing)
        return 1;
    return 0;
}

/* ---- one value more ---- */

/* Winters, Management Science 6, 1960; the season's index against the new level, as R has it. */
static void step_seasonal(struct smoothing *m, double y)
{
    bool additive = m->method == FORECAST_holt_winters_additive;
    double *index = &m->seasonal[m->at], before = m->level;
    double level = additive ? y - *index : y / *index;
    m->level = m->alpha * level + (1 - m->alpha) * (m->level + m->trend);
    m->trend = m->beta * (m->level - before) + (1 - m->beta) * m->trend;
    *index = m->gamma * (additive ? y - m->level : y / m->level) + (1 - m->gamma) * *index;
    m->at = m->at + 1 == m->season ? 0 : m->at + 1;
}

/* Holt, ONR Memorandum 52, 1957 (reprinted Int. J. Forecasting 20, 2004). */
static void step_holt(struct smoothing *m, double y)
{
    double before = m->level;
    m->level = m->alpha * y + (1 - m->alpha) * (m->level + m->trend);
    m->trend = m->beta * (m->level - before) + (1 - m->beta) * m->trend;
}

static void step_linear(struct smoothing *m, double y)
{
    m->sum_x += m->n;
    m->sum_y += y;
    m->sum_xx += m->n * m->n;
    m->sum_xy += m->n * y;
    m->n++;
}

/* Croston, Operational Research Quarterly 23, 1972: the size of a demand and the time between two
 * are smoothed apart, and only when there is one. Both begin with the first demand. */
static void step_croston(struct smoothing *m, double y)
{
    if (y == 0) {
        m->since++;
        return;
    }
    bool first = m->size == 0;
    m->size += (first ? 1 : m->alpha) * (y - m->size);
    m->interval += (first ? 1 : m->alpha) * (m->since - m->interval);
    m->since = 1;
}

/* The last `season` values, for a moving average and for seasonal naive. */
static void step_last_values(struct smoothing *m, double y)
{
    m->seasonal[m->at] = y;
    m->at = m->at + 1 == m->season ? 0 : m->at + 1;
    m->n++;
}

void smoothing_step(struct smoothing *m, double y)
{
    switch (m->method) {
    case FORECAST_seasonal_naive:
    case FORECAST_moving_average:
        step_last_values(m, y);
        break;
    case FORECAST_linear_trend:
        step_linear(m, y);
        break;
    case FORECAST_simple_smoothing:
        m->level += m->alpha * (y - m->level);
        break;
    case FORECAST_holt:
        step_holt(m, y);
        break;
    case FORECAST_holt_winters_additive:
    case FORECAST_holt_winters_multiplicative:
        step_seasonal(m, y);
        break;
    case FORECAST_croston:
        step_croston(m, y);
        break;
    default:
        m->level = y;
    }
}

/* ---- h values on ---- */

static double mean_of_last(const struct smoothing *m)
{
    int n = m->n < m->season ? (int)m->n : m->season;
    double sum = 0;
    for (int k = 0; k < n; k++)
        sum += m->seasonal[k];
    return n ? sum / n : 0;
}

static double on_the_line(const struct smoothing *m, int h)
{
    double sxx = m->n * m->sum_xx - m->sum_x * m->sum_x;
    double slope = sxx > 0 ? (m->n * m->sum_xy - m->sum_x * m->sum_y) / sxx : 0;
    double mean_x = m->sum_x / m->n, mean_y = m->sum_y / m->n;
    return mean_y + slope * (m->n - 1 + h - mean_x);
}

double smoothing_ahead(const struct smoothing *m, int h)
{
    double line = m->level + h * m->trend;
    double index = m->seasonal[(m->at + h - 1) % m->season];
    switch (m->method) {
    case FORECAST_seasonal_naive:
        return index;
    case FORECAST_moving_average:
        return mean_of_last(m);
    case FORECAST_linear_trend:
        return on_the_line(m, h);
    case FORECAST_holt:
        return line;
    case FORECAST_holt_winters_additive:
        return line + index;
    case FORECAST_holt_winters_multiplicative:
        return line * index;
    case FORECAST_croston:
        /* The quotient is too high by about α ÷ 2: Syntetos & Boylan, Int. J. Forecasting 21, 2005
         * (SBA). */
        return m->interval > 0 ? (1 - m->alpha / 2) * m->size / m->interval : 0;
    default:
        return m->level;
    }
}
