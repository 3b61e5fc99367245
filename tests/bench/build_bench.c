/* Times a command as a whole: build_bench RUNS COMMAND ARGUMENT… runs it so often and prints the
 * median wall time, the processor time of that run with all its children, and the peak memory of
 * the largest process. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 99 };

struct cost {
    double wall_ms, cpu_ms;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static struct cost run(char **argv, long *peak_kb)
{
    struct rusage usage;
    int status;
    double start = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "%s failed\n", argv[0]);
        exit(1);
    }
    if (usage.ru_maxrss > *peak_kb)
        *peak_kb = usage.ru_maxrss;
    return (struct cost){now_ms() - start, ms_of(usage.ru_utime) + ms_of(usage.ru_stime)};
}

static int by_wall(const void *a, const void *b)
{
    double x = ((const struct cost *)a)->wall_ms, y = ((const struct cost *)b)->wall_ms;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct cost cost[MOST_RUNS];
    long peak_kb = 0, runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MOST_RUNS) {
        fputs("build_bench RUNS COMMAND ARGUMENT…\n", stderr);
        return 2;
    }
    for (long i = 0; i < runs; i++)
        cost[i] = run(argv + 2, &peak_kb);
    qsort(cost, (size_t)runs, sizeof *cost, by_wall);
    printf("%.0f ms (%.0f to %.0f), CPU %.0f ms, %.0f MB\n", cost[runs / 2].wall_ms,
           cost[0].wall_ms, cost[runs - 1].wall_ms, cost[runs / 2].cpu_ms, (double)peak_kb / 1024);
    return 0;
}
