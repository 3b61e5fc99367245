/* Times a command as a whole: build_bench COMMAND ARGUMENT… runs it five times and prints the median
 * wall time and the peak memory of its largest process. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 5 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double run(char **argv, long *peak_kb)
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
    return now_ms() - start;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    double ms[RUNS];
    long peak_kb = 0;
    if (argc < 2)
        return 2;
    for (int i = 0; i < RUNS; i++)
        ms[i] = run(argv + 1, &peak_kb);
    qsort(ms, RUNS, sizeof *ms, by_size);
    printf("%.0f ms (%.0f to %.0f), %.0f MB\n", ms[RUNS / 2], ms[0], ms[RUNS - 1], (double)peak_kb / 1024);
    return 0;
}
