/* The expected numbers are R's (4.2.2, packages stats and forecast 8.20); the command that gave
 * them stands beside each. R is not needed to run these tests. */
#include "../../gen/query/forecast.h"
#include "forecast_series.h"
#include "query_kit.h"
#include "test.h"

#include <math.h>

#define LENGTH(a) (int)(sizeof(a) / sizeof *(a))
#define REQUEST(series, name)                                                                      \
    {                                                                                              \
        .y = series, .n = LENGTH(series), .season = 12, .horizon = 12, .method = name,             \
        .alpha = NAN, .beta = NAN, .gamma = NAN                                                    \
    }

/* To three digits and better: a ten-thousandth of the value. */
#define EXPECT_DIGITS(expected, got) EXPECT_NEAR(expected, got, 1e-4 * fabs(expected))

static void expect_steps(struct forecast_request q, const double *expected, int n)
{
    static struct forecast f;
    EXPECT(forecast_make(&q, &f));
    EXPECT_INT(q.method, f.method);
    for (int h = 0; h < n; h++)
        EXPECT_DIGITS(expected[h], f.step[h].value);
}

static struct forecast_request weighted(struct forecast_request q, double a, double b, double g)
{
    q.alpha = a;
    q.beta = b;
    q.gamma = g;
    return q;
}

/* ---- the smoothing methods with given weights ---- */

TEST(holt_winters_multiplicative_with_given_weights_is_that_of_r)
{
    /* predict(HoltWinters(AirPassengers, .3, .1, .2, seasonal = "mult"), 12) */
    static const double r[] = {455.6061851, 448.9072902, 519.9360317, 517.9364294,
                               520.3332852, 593.4821029, 660.2402575, 650.1822796,
                               557.4922473, 492.2472549, 430.1042740, 484.9937442};
    struct forecast_request q = REQUEST(AirPassengers, FORECAST_holt_winters_multiplicative);
    expect_steps(weighted(q, 0.3, 0.1, 0.2), r, 12);
}

TEST(holt_winters_additive_with_given_weights_is_that_of_r)
{
    /* predict(HoltWinters(nottem, .3, .1, .2), 12) */
    static const double r[] = {39.47388055, 39.25873496, 42.36319977, 46.52732885,
                               52.61130573, 58.80146139, 61.95284531, 61.49229150,
                               56.99078282, 48.94561470, 43.32971674, 38.40669061};
    struct forecast_request q = REQUEST(nottem, FORECAST_holt_winters_additive);
    expect_steps(weighted(q, 0.3, 0.1, 0.2), r, 12);
}

TEST(holt_with_given_weights_is_that_of_r)
{
    /* predict(HoltWinters(uspop, .8, .3, gamma = FALSE), 2) */
    static const double r[] = {221.4503675, 241.4967266};
    struct forecast_request q = REQUEST(uspop, FORECAST_holt);
    expect_steps(weighted(q, 0.8, 0.3, NAN), r, 2);
}

/* ---- weights that are found ---- */

TEST(the_weights_found_for_air_passengers_are_those_of_r)
{
    /* m <- HoltWinters(AirPassengers, seasonal = "mult"); predict(m, 12); m$alpha …; m$SSE */
    static const double r[] = {447.0559313, 419.7122799, 464.8671311, 496.0839376,
                               507.5326375, 575.4508960, 666.5922934, 657.9137183,
                               550.3087664, 492.9853092, 420.2072796, 465.6345009};
    struct forecast_request q = REQUEST(AirPassengers, FORECAST_holt_winters_multiplicative);
    expect_steps(q, r, 12);
    struct smoothing m = {.method = q.method, .season = 12};
    EXPECT_NEAR(16570.77787, smoothing_fit(&m, q.y, q.n), 0.01);
    EXPECT_NEAR(0.27559247, m.alpha, 0.0005);
    EXPECT_NEAR(0.03269295, m.beta, 0.0005);
    EXPECT_NEAR(0.87072923, m.gamma, 0.0005);
}

TEST(the_weights_found_for_additive_seasons_are_those_of_r)
{
    /* predict(HoltWinters(AirPassengers), 12) */
    static const double air[] = {453.4977218, 429.3905693, 467.0360521, 503.2574067,
                                 512.3395202, 571.8879657, 652.6095350, 637.4622569,
                                 539.7547689, 490.7249861, 424.4592653, 469.5315188};
    /* predict(HoltWinters(nottem), 12) */
    static const double temperature[] = {39.76184228, 39.64753153, 42.56206708, 46.56909524,
                                         52.42822864, 58.60223152, 61.58065308, 61.56231992,
                                         57.36939619, 49.22868283, 44.22343934, 38.88466353};
    /* predict(HoltWinters(co2), 12) */
    static const double carbon[] = {365.1078949, 365.9663913, 366.7343295, 368.1364018,
                                    368.6673515, 367.9507855, 366.5317736, 364.3799313,
                                    362.4730803, 362.7520454, 364.2203205, 365.6741243};
    expect_steps((struct forecast_request)REQUEST(AirPassengers, FORECAST_holt_winters_additive),
                 air, 12);
    expect_steps((struct forecast_request)REQUEST(nottem, FORECAST_holt_winters_additive),
                 temperature, 12);
    expect_steps((struct forecast_request)REQUEST(co2, FORECAST_holt_winters_additive), carbon, 12);
}

TEST(the_weights_found_for_levels_and_trends_are_those_of_r)
{
    /* predict(HoltWinters(Nile, gamma = FALSE, beta = FALSE), 1) */
    static const double flow[] = {805.0388577};
    /* predict(HoltWinters(LakeHuron, gamma = FALSE), 2) and the same of uspop */
    static const double lake[] = {580.1900602, 580.4201203}, people[] = {227.4904357, 251.7808714};
    expect_steps((struct forecast_request)REQUEST(Nile, FORECAST_simple_smoothing), flow, 1);
    expect_steps((struct forecast_request)REQUEST(LakeHuron, FORECAST_holt), lake, 2);
    expect_steps((struct forecast_request)REQUEST(uspop, FORECAST_holt), people, 2);
}

TEST(a_valley_beside_the_lowest_is_not_taken)
{
    /* HoltWinters(tr, seasonal = "mult") stops at an SSE of 20768.38; with optim.start = c(.2, .02,
     * .8) it finds 13287.04. tr <- window(AirPassengers, end = c(1959, 12)) */
    struct smoothing m = {.method = FORECAST_holt_winters_multiplicative, .season = 12};
    EXPECT(smoothing_fit(&m, AirPassengers, 132) < 13287.5);
}

/* ---- the plain methods ---- */

TEST(plain_methods_are_those_of_r)
{
    /* snaive(nottem)$mean, naive(nottem)$mean, and mean(tail(nottem, 3)) */
    static const double season[] = {39.4, 40.9, 42.4, 47.8, 52.4, 58.0,
                                    60.7, 61.8, 58.2, 46.7, 46.6, 37.8};
    static const double last[] = {37.8, 37.8}, mean[] = {43.7, 43.7};
    /* predict(lm(y ~ t), data.frame(t = 101)) of t = 1:100, y = Nile; and t = 106 */
    static struct forecast f;
    struct forecast_request q = REQUEST(Nile, FORECAST_linear_trend);
    expect_steps((struct forecast_request)REQUEST(nottem, FORECAST_seasonal_naive), season, 12);
    expect_steps((struct forecast_request)REQUEST(nottem, FORECAST_naive), last, 2);
    expect_steps((struct forecast_request)REQUEST(nottem, FORECAST_moving_average), mean, 2);
    EXPECT(forecast_make(&q, &f));
    EXPECT_DIGITS(782.27758, f.step[0].value);
    EXPECT_DIGITS(768.70605, f.step[5].value);
}

/* A part now and then: 7 demands in 24 months. */
static const double parts[] = {0, 0, 5, 0, 0, 0, 3, 0, 0, 4, 0, 0,
                               0, 0, 6, 0, 0, 2, 0, 0, 0, 5, 0, 0};

TEST(croston_is_that_of_r_less_the_bias)
{
    /* croston(x, h = 2, alpha = 0.1)$mean is 1.3844411; SBA: × (1 − 0.1 ÷ 2). */
    static const double r[] = {0.95 * 1.3844411, 0.95 * 1.3844411};
    struct forecast_request q = REQUEST(parts, FORECAST_croston);
    expect_steps(weighted(q, 0.1, NAN, NAN), r, 2);
}

/* ---- backtest, choice, intervals ---- */

TEST(mase_of_the_backtest_is_reckoned_as_in_r)
{
    /* n <- as.numeric(AirPassengers); sc <- mean(abs(diff(n[1:132]))); e <- c()
     * for (o in 132:143) for (h in 1:12) if (o + h <= 144) e <- c(e, abs(n[o + h] - P))
     * mean(e) / sc, with P = n[o] (naive), n[o + h - 12] (seasonal naive), and, for Holt-Winters,
     * predict(HoltWinters(ts(n[1:o], start = 1949, frequency = 12), a, b, g, seasonal = "mult"),
     * 12)[h] with the weights found on the first 132. */
    static struct forecast f;
    struct forecast_request q = REQUEST(AirPassengers, FORECAST_CHOOSE);
    EXPECT(forecast_make(&q, &f));
    EXPECT_DIGITS(3.6144906, f.mase[FORECAST_naive]);
    EXPECT_DIGITS(1.896676, f.mase[FORECAST_seasonal_naive]);
    EXPECT_NEAR(0.4144971, f.mase[FORECAST_holt_winters_multiplicative], 0.0005);
    EXPECT_INT(FORECAST_holt_winters_multiplicative, f.method);
    EXPECT_INT(12, f.origins);
}

TEST(each_kind_of_series_gets_its_method)
{
    static struct forecast f;
    static const double spares[] = {0, 0, 0, 0, 0, 0, 8, 0, 4, 0, 8, 0, 0, 5, 5, 0, 8, 4,
                                    8, 4, 0, 5, 0, 5, 5, 0, 0, 5, 0, 0, 6, 0, 0, 6, 0, 0};
    struct forecast_request q = REQUEST(spares, FORECAST_CHOOSE);
    q.horizon = 6;
    EXPECT(forecast_make(&q, &f));
    EXPECT_INT(FORECAST_croston, f.method);
    EXPECT(f.step[0].value > 1 && f.step[0].value < 3); /* 86 in 36 */
    EXPECT(isnan(f.mase[FORECAST_holt_winters_multiplicative]));

    double line[30], level[30];
    for (int i = 0; i < 30; i++) {
        line[i] = 100 + 7 * i + (i % 3 - 1); /* ±1 about a line */
        level[i] = 100 + (i * 7 % 11 - 5);   /* about 100, without order */
    }
    q.y = line;
    q.n = 30;
    EXPECT(forecast_make(&q, &f));
    EXPECT_INT(FORECAST_linear_trend, f.method);
    EXPECT_NEAR(310, f.step[0].value, 1);
    q.y = level;
    EXPECT(forecast_make(&q, &f));
    EXPECT(f.method != FORECAST_naive && f.method != FORECAST_seasonal_naive);
    EXPECT_NEAR(100, f.step[5].value, 3);
}

TEST(what_sells_in_one_month_of_the_year_is_forecast_for_that_month)
{
    static struct forecast f;
    double y[48] = {0};
    for (int i = 11; i < 48; i += 12)
        y[i] = 40 + i % 5;
    struct forecast_request q = {.y = y,
                                 .n = 48,
                                 .season = 12,
                                 .horizon = 12,
                                 .method = FORECAST_CHOOSE,
                                 .alpha = NAN,
                                 .beta = NAN,
                                 .gamma = NAN};
    EXPECT(forecast_make(&q, &f));
    EXPECT_NEAR(42, f.step[11].value, 2);
    for (int h = 0; h < 11; h++)
        EXPECT_NEAR(0, f.step[h].value, 1);
}

TEST(two_years_of_months_are_enough_for_a_season)
{
    /* 24 months, each 100 × an index that repeats: 16 are fitted on, 8 tried. */
    static const double index[] = {0.5, 0.6, 0.9, 1.0, 1.1, 1.4, 1.9, 1.6, 1.2, 0.8, 0.6, 0.4};
    double y[24];
    static struct forecast f;
    for (int i = 0; i < 24; i++)
        y[i] = 100 * index[i % 12] + (i % 2 ? 3 : -3);
    struct forecast_request q = {.y = y,
                                 .n = 24,
                                 .season = 12,
                                 .horizon = 6,
                                 .method = FORECAST_CHOOSE,
                                 .alpha = NAN,
                                 .beta = NAN,
                                 .gamma = NAN};
    EXPECT(forecast_make(&q, &f));
    EXPECT_INT(8, f.origins);
    EXPECT_NEAR(0, f.mase[FORECAST_seasonal_naive], 1e-12);
    EXPECT_INT(FORECAST_seasonal_naive, f.method);
    EXPECT(f.mase[FORECAST_holt_winters_additive] < 0.2);
    EXPECT_NEAR(50, f.step[0].value, 3.5);
}

/* Uniform numbers of a linear congruential generator: the same on every machine. */
static double noise(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*state >> 40) / (1 << 24) - 0.5;
}

TEST(intervals_hold_what_they_promise)
{
    /* 400 series of 48 values with a season and noise; how many of the next 6 fall inside. Noise of
     * 12 uniform numbers is nearly normal. */
    static struct forecast f;
    unsigned long long state = 7;
    int inside80 = 0, inside95 = 0, all = 0;
    for (int k = 0; k < 400; k++) {
        double y[54];
        for (int i = 0; i < 54; i++) {
            y[i] = 200 + 50 * sin(i * 3.14159265358979 / 6);
            for (int u = 0; u < 12; u++)
                y[i] += 10 * noise(&state);
        }
        struct forecast_request q = {.y = y,
                                     .n = 48,
                                     .season = 12,
                                     .horizon = 6,
                                     .method = FORECAST_CHOOSE,
                                     .alpha = NAN,
                                     .beta = NAN,
                                     .gamma = NAN};
        EXPECT(forecast_make(&q, &f));
        for (int h = 0; h < 6; h++, all++) {
            inside80 += y[48 + h] >= f.step[h].low80 && y[48 + h] <= f.step[h].high80;
            inside95 += y[48 + h] >= f.step[h].low95 && y[48 + h] <= f.step[h].high95;
        }
    }
    EXPECT_NEAR(0.80, (double)inside80 / all, 0.07);
    EXPECT_NEAR(0.95, (double)inside95 / all, 0.05);
}

TEST(intervals_do_not_narrow_further_ahead)
{
    static struct forecast f;
    struct forecast_request q = REQUEST(LakeHuron, FORECAST_CHOOSE);
    q.horizon = 24; /* twice as far as there are origins */
    EXPECT(forecast_make(&q, &f));
    for (int h = 1; h < 24; h++)
        EXPECT(f.step[h].high95 - f.step[h].low95 >= f.step[h - 1].high95 - f.step[h - 1].low95);
    for (int h = 0; h < 24; h++)
        EXPECT(f.step[h].low95 < f.step[h].low80 && f.step[h].high80 < f.step[h].high95);
}

/* ---- short, empty, constant, below zero ---- */

static bool made(struct forecast *f, const double *y, int n)
{
    struct forecast_request q = {.y = y,
                                 .n = n,
                                 .season = 12,
                                 .horizon = 3,
                                 .method = FORECAST_CHOOSE,
                                 .alpha = NAN,
                                 .beta = NAN,
                                 .gamma = NAN};
    return forecast_make(&q, f);
}

TEST(series_too_short_for_a_trial_get_the_mean_of_their_last_three_without_interval)
{
    static struct forecast f;
    static const double y[] = {10, 20, 30, 40, 80, 60, 70, 50, 90};
    EXPECT(!made(&f, y, 0));
    EXPECT(made(&f, y, 1));
    EXPECT_NEAR(10, f.step[2].value, 1e-9);
    EXPECT(made(&f, y, 8));
    EXPECT_INT(FORECAST_moving_average, f.method);
    EXPECT_INT(0, f.origins);
    EXPECT_NEAR(60, f.step[0].value, 1e-9); /* (60 + 70 + 50) ÷ 3 */
    EXPECT(isnan(f.step[0].low80) && isnan(f.step[0].high95) && isnan(f.mase[f.method]));
    EXPECT(made(&f, y, 9));
    EXPECT_INT(3, f.origins);
    EXPECT(f.step[0].low80 < f.step[0].value && f.step[0].value < f.step[0].high80);
}

TEST(a_series_that_never_changes_goes_on)
{
    static struct forecast f;
    static const double zeros[30], seven[] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    EXPECT(made(&f, zeros, 30));
    EXPECT_INT(FORECAST_naive, f.method);
    EXPECT_NEAR(0, f.step[0].value, 0);
    EXPECT_NEAR(0, f.step[2].high95, 0);
    EXPECT(isnan(f.mase[f.method])); /* no step to measure by */
    EXPECT(made(&f, seven, LENGTH(seven)));
    EXPECT_NEAR(7, f.step[2].value, 1e-9);
    EXPECT_NEAR(7, f.step[2].low95, 1e-9);
}

TEST(what_was_never_below_zero_is_not_forecast_to_be)
{
    static struct forecast f;
    double falling[20], below[20];
    for (int i = 0; i < 20; i++) {
        falling[i] = 190 - 10 * i + i % 2;
        below[i] = falling[i] - 100;
    }
    EXPECT(made(&f, falling, 20));
    EXPECT(f.step[2].value >= 0 && f.step[2].low95 >= 0);
    EXPECT(made(&f, below, 20));
    EXPECT_NEAR(-130, f.step[2].value, 5);
    EXPECT(f.step[2].low95 < f.step[2].value);
}

TEST(a_method_that_does_not_fit_the_series_gives_nothing)
{
    static struct forecast f;
    struct forecast_request q = REQUEST(parts, FORECAST_holt_winters_multiplicative);
    EXPECT(!forecast_make(&q, &f)); /* ratios to zeros */
    q.method = FORECAST_holt_winters_additive;
    q.n = 15; /* a season and four more are needed */
    EXPECT(!forecast_make(&q, &f));
    q.n = 24;
    q.season = 1;
    EXPECT(!forecast_make(&q, &f));
}

TEST(numbers_beyond_measure_do_not_end_in_nonsense)
{
    static struct forecast f;
    double y[30];
    for (int i = 0; i < 30; i++)
        y[i] = (i % 5 + 1) * 1e100;
    EXPECT(made(&f, y, 30));
    EXPECT(isfinite(f.step[0].value) && isfinite(f.step[0].high95));
}

/* ---- in SQL ---- */

static void open_kit(struct query_kit *k)
{
    kit_init(k);
    k->as_of = "2026-10-30";
    kit_file(
        k, "systems/shop/tables.yaml",
        "tables:\n  sold:\n    fields:\n      month: {type: month}\n      n: {type: integer}\n");
    kit_file(k, "book/sold.csv", "month,n\n2026-03,30\n2026-01,10\n2026-06,60\n");
    EXPECT(kit_load(k));
}

#define ASK(expected, sql) EXPECT_STR(S(expected), kit_ask(&k, "SELECT " sql))

TEST(forecast_is_a_table_of_steps)
{
    struct query_kit k;
    open_kit(&k);
    ASK("1|9|moving_average|0|-|-|- 2|9|moving_average|0|-|-|-",
        "step, value, method, origins, low80, mase, gain FROM forecast('[3, 8, 9, 10]', 2)");
    ASK("12|118", "step, value FROM forecast((SELECT '[' || group_concat(value * 2) || ']' FROM "
                  "json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,"
                  "26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47]')), 12) "
                  "ORDER BY step DESC LIMIT 1");
    /* A line is met exactly; the value a season before lies 12 steps of 1 below. */
    ASK("linear_trend|0|12|1|12",
        "method, round(mase, 6), round(mase_seasonal, 6), round(gain, 6), origins FROM "
        "forecast('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,"
        "30,31,32,33,34,35,36,37,38,39,40]', 1)");
    ASK("0", "count(*) FROM forecast(NULL, 3)");
    ASK("0", "count(*) FROM forecast('[]', 3)");
    ASK("0", "count(*) FROM forecast('[null]', 3)");
    kit_clear(&k);
}

TEST(gaps_lie_between_their_neighbours_or_are_zero)
{
    struct query_kit k;
    open_kit(&k);
    /* 10, (20), 30, (40, 50), 60: the mean of the last three is 50, with zeros 20. */
    ASK("50", "value FROM (SELECT series(month, n) AS y FROM sold) AS s JOIN forecast(s.y, 1)");
    ASK("20", "value FROM (SELECT series(month, n) AS y FROM sold) AS s "
              "JOIN forecast(s.y, 1, 12, 'gaps=zero')");
    ASK("5", "value FROM forecast('[null, 4, 5, null]', 1, 12, 'method=naive')");
    ASK("0", "value FROM forecast('[null, 4, 5, null]', 1, 12, 'method=naive gaps=zero')");
    kit_clear(&k);
}

TEST(arguments_of_forecast_that_make_no_sense_are_errors)
{
    struct query_kit k;
    open_kit(&k);
    ASK("!query-broken", "value FROM forecast('[1, x]', 3)");
    ASK("!query-broken", "value FROM forecast('1, 2', 3)");
    ASK("!query-broken", "value FROM forecast('[1, 2]', 0)");
    ASK("!query-broken", "value FROM forecast('[1, 2]', 121)");
    ASK("!query-broken", "value FROM forecast('[1, 2]', 3, 54)");
    ASK("!query-broken", "value FROM forecast('[1, 2]', 3, 12, 'method=arima')");
    ASK("!query-broken", "value FROM forecast('[1, 2]', 3, 12, 'alpha=2')");
    ASK("!query-broken", "value FROM forecast('[1e200]', 3)");
    kit_clear(&k);
}
