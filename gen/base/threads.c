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

static void init(pthread_mutex_t *lock, pthread_cond_t *cond)
{
    if (pthread_mutex_init(lock, NULL) != 0 || pthread_cond_init(cond, NULL) != 0)
        die("out of memory for threads");
}

struct turns *turns_new(void)
{
    struct turns *t = calloc(1, sizeof *t);
    if (!t)
        die("out of memory for threads");
    init(&t->lock, &t->passed);
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

struct waiting {
    void *item;
    size_t room;
};

struct in_order {
    pthread_mutex_t lock;
    pthread_cond_t taken;
    void (*take)(void *arg, void *item);
    void *arg;
    size_t next;             /* to be taken … */
    bool taking;             /* … by some thread, which goes on as long as it can */
    struct waiting *waiting; /* by number modulo most */
    size_t most, nrooms, nfree;
    bool *used;
};

struct in_order *in_order_new(size_t nrooms, size_t most, void (*take)(void *arg, void *item),
                              void *arg)
{
    struct in_order *q = calloc(1, sizeof *q);
    struct waiting *waiting = calloc(most, sizeof *waiting);
    bool *used = calloc(nrooms, sizeof *used);
    if (!q || !waiting || !used)
        die("out of memory for threads");
    *q = (struct in_order){.take = take,
                           .arg = arg,
                           .waiting = waiting,
                           .most = most,
                           .nrooms = nrooms,
                           .nfree = nrooms,
                           .used = used};
    init(&q->lock, &q->taken);
    return q;
}

void in_order_free(struct in_order *q)
{
    pthread_cond_destroy(&q->taken);
    pthread_mutex_destroy(&q->lock);
    free(q->waiting);
    free(q->used);
    free(q);
}

/* The last room is for the item that all others wait for. */
static bool may_enter(const struct in_order *q, size_t number)
{
    return q->nfree > 1 || (q->nfree == 1 && number == q->next);
}

size_t in_order_enter(struct in_order *q, size_t number)
{
    size_t room = 0;
    pthread_mutex_lock(&q->lock);
    while (!may_enter(q, number))
        pthread_cond_wait(&q->taken, &q->lock);
    while (q->used[room])
        room++;
    q->used[room] = true;
    q->nfree--;
    pthread_mutex_unlock(&q->lock);
    return room;
}

/* The lock is held, but not while an item is taken. */
static void take_next(struct in_order *q)
{
    struct waiting *next = &q->waiting[q->next % q->most];
    void *item = next->item;
    next->item = NULL;
    pthread_mutex_unlock(&q->lock);
    q->take(q->arg, item);
    pthread_mutex_lock(&q->lock);
    if (next->room != NO_ROOM) {
        q->used[next->room] = false;
        q->nfree++;
    }
    q->next++;
    pthread_cond_broadcast(&q->taken);
}

void in_order_put(struct in_order *q, size_t number, void *item, size_t room)
{
    pthread_mutex_lock(&q->lock);
    while (number - q->next >= q->most)
        pthread_cond_wait(&q->taken, &q->lock);
    q->waiting[number % q->most] = (struct waiting){item, room};
    if (!q->taking) {
        q->taking = true;
        while (q->waiting[q->next % q->most].item)
            take_next(q);
        q->taking = false;
    }
    pthread_mutex_unlock(&q->lock);
}
