/* Forecasts of one series of numbers. Knows base alone: no SQL, no store. All is reckoned in the
 * order of the series, without chance or clock, so that the same series gives the same forecast. */
#ifndef SALESBOOK_FORECAST_H
#define SALESBOOK_FORECAST_H

#include "../base/base.h"

/* From plain to elaborate: where two are equally good, the plainer one is taken. */
#define FORECAST_METHODS(X)                                                                        \
    X(naive)                                                                                       \
    X(seasonal_naive)                                                                              \
    X(moving_average)                                                                              \
    X(linear_trend)                                                                                \
    X(simple_smoothing)                                                                            \
    X(holt)                                                                                        \
    X(holt_winters_additive)                                                                       \
    X(holt_winters_multiplicative)                                                                 \
    X(croston)

enum forecast_method {
#define X(name) FORECAST_##name,
    FORECAST_METHODS(X)
#undef X
        FORECAST_NMETHODS,
    FORECAST_CHOOSE = FORECAST_NMETHODS, /* whichever is best */
};
const char *forecast_name(enum forecast_method m);
enum forecast_method forecast_named(str name); /* FORECAST_NMETHODS if there is none */

enum {
    FORECAST_MAX_SEASON = 53,
    FORECAST_MAX_HORIZON = 120,
    FORECAST_MAX_VALUES = 10000,
    FORECAST_ORIGINS = 12, /* from at most so many of the last values methods are tried */
};

/* ---- forecast_method.c: methods that go on value by value ----
 * smoothing_start() takes what a method begins with from the head of the series, smoothing_step()
 * each further value, smoothing_ahead() tells what is expected h values on. Constant time and no
 * memory of their own. */
struct smoothing {
    enum forecast_method method;
    int season;                /* values in a season; of a moving average, its window */
    double alpha, beta, gamma; /* weights of the newest level, trend, season: 0 … 1 */
    double level, trend;
    int at;                                 /* the value that comes next in `seasonal` */
    double seasonal[FORECAST_MAX_SEASON];   /* indices of a season, or the last values */
    double n, sum_x, sum_y, sum_xx, sum_xy; /* of a linear trend; n counts values of all methods */
    double size, interval, since; /* Croston's: of a demand, between two, since the last */
};

/* How many values a method needs before it can be tried; its start takes no more. */
int smoothing_needs(enum forecast_method m, int season);
/* Begins with y; m has its method, season and weights set. Returns how many values the start has
 * taken: the next step is y[that]. */
int smoothing_start(struct smoothing *m, const double *y, int n);
void smoothing_step(struct smoothing *m, double y);
double smoothing_ahead(const struct smoothing *m, int h);

/* ---- forecast_fit.c: weights by least squares ----
 * Sets the weights of m (whose method and season are set) to those with the smallest sum of squared
 * errors one step ahead over y. Returns that sum. Leaves m as after the last value of y. */
double smoothing_fit(struct smoothing *m, const double *y, int n);
/* The same with the weights that m has. */
double smoothing_run(struct smoothing *m, const double *y, int n);

/* ---- forecast.c: trying them, choosing one, and how far off it may be ---- */

struct forecast_request {
    const double *y; /* n values, oldest first */
    int n, season, horizon;
    enum forecast_method method; /* or FORECAST_CHOOSE */
    double alpha, beta, gamma;   /* NaN: found by smoothing_fit() */
};
struct forecast_step {
    double value, low80, high80, low95, high95; /* NaN: cannot be said */
};
struct forecast {
    enum forecast_method method;
    int origins;                    /* of the backtest; 0: too few values for one */
    double mase[FORECAST_NMETHODS]; /* NaN: not tried, or no scale */
    struct forecast_step step[FORECAST_MAX_HORIZON];
};
/* False if there is no value, or the method that is asked for cannot be used on this series. */
bool forecast_make(const struct forecast_request *q, struct forecast *f);

#endif
