#include "base.h"

#include <pthread.h>
#include <stdlib.h>

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

struct turns {
    pthread_mutex_t lock;
    pthread_cond_t passed;
    size_t at;
};

struct turns *turns_new(void)
{
    struct turns *t = calloc(1, sizeof *t);
    if (!t || pthread_mutex_init(&t->lock, NULL) != 0 || pthread_cond_init(&t->passed, NULL) != 0)
        die("out of memory for threads");
    return t;
}

void turns_free(struct turns *t)
{
    pthread_cond_destroy(&t->passed);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

void turn_await(struct turns *t, size_t number)
{
    pthread_mutex_lock(&t->lock);
    while (t->at != number)
        pthread_cond_wait(&t->passed, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

void turn_passes(struct turns *t)
{
    pthread_mutex_lock(&t->lock);
    t->at++;
    pthread_cond_broadcast(&t->passed);
    pthread_mutex_unlock(&t->lock);
}
