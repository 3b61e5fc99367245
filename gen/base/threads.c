#include "base.h"

#include <pthread.h>

struct task {
    void (*run)(void *arg, size_t i);
    void *arg;
    size_t i;
    pthread_t thread;
};

static void *run_task(void *arg)
{
    const struct task *t = arg;
    t->run(t->arg, t->i);
    return NULL;
}

void threads_run(size_t n, void (*run)(void *arg, size_t i), void *arg)
{
    struct arena *mem = arena_new();
    struct task *task = NEW_ARRAY(mem, n, struct task);
    size_t started = n ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        task[i] = (struct task){.run = run, .arg = arg, .i = i};
    while (started < n &&
           pthread_create(&task[started].thread, NULL, run_task, &task[started]) == 0)
        started++;
    if (n)
        run(arg, 0);
    for (size_t i = 1; i < started; i++)
        pthread_join(task[i].thread, NULL);
    /* Where the machine gives no more threads, the rest is done here. */
    for (size_t i = started; i < n; i++)
        run(arg, i);
    arena_free(mem);
}
