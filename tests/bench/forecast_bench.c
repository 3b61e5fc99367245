/* 10,000 monthly series of 60 values, each forecast 6 months ahead by the best of all methods, on
 * as many processes as there are cores, against one pass of Holt-Winters over the same series.
 * gen/build/forecast_bench [FOLDER [SERIES]] */
#include "../../gen/query/forecast.h"

#include <math.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NVALUES = 60 };

/* A level, a season and noise; every eighth series is intermittent. */
static void fill(double *y, int k)
{
    unsigned long long state = (unsigned long long)k;
    for (int i = 0; i < NVALUES; i++) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        double noise = (double)(state >> 40) / (1 << 24);
        double level = 100 + k % 50 + i * (k % 7 - 3) * 0.2;
        y[i] = level * (1 + 0.3 * sin(i * 0.5235987755982988)) + 40 * noise;
        if (k % 8 == 0)
            y[i] = noise < 0.7 ? 0 : floor(10 * noise);
    }
}

static double forecast_part(int from, int to)
{
    static struct forecast f;
    double y[NVALUES], sum = 0;
    for (int k = from; k < to; k++) {
        fill(y, k);
        struct forecast_request q = {.y = y,
                                     .n = NVALUES,
                                     .season = 12,
                                     .horizon = 6,
                                     .method = FORECAST_CHOOSE,
                                     .alpha = NAN,
                                     .beta = NAN,
                                     .gamma = NAN};
        sum += forecast_make(&q, &f) ? f.step[0].value : 0;
    }
    return sum;
}

static double one_pass_ms(int n)
{
    double y[NVALUES], sum = 0, start = clock_ms();
    for (int k = 0; k < n; k++) {
        fill(y, k);
        struct smoothing m = {.method = FORECAST_holt_winters_additive,
                              .season = 12,
                              .alpha = 0.3,
                              .beta = 0.1,
                              .gamma = 0.1};
        sum += smoothing_run(&m, y, NVALUES);
    }
    return isfinite(sum) ? clock_ms() - start : NAN;
}

static double shared_out_ms(int n, int ncores)
{
    double start = clock_ms();
    for (int i = 0; i < ncores; i++)
        if (fork() == 0)
            _exit(isfinite(forecast_part(n * i / ncores, n * (i + 1) / ncores)) ? 0 : 1);
    bool ok = true;
    for (int status; wait(&status) > 0;)
        ok = ok && status == 0;
    return ok ? clock_ms() - start : NAN;
}

int main(int argc, char **argv)
{
    int64_t wanted = 10000;
    if (argc > 2)
        parse_integer(str_of(argv[2]), &wanted);
    int n = (int)wanted, ncores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    double all = shared_out_ms(n, ncores), pass = one_pass_ms(n);
    printf("forecast: %d series of %d values, all methods, on %d cores in %.2f s (to be below 10): "
           "%.0f times one pass of Holt-Winters\n",
           n, NVALUES, ncores, all / 1000, all / pass);
    return all < 10000 ? 0 : 1;
}
