#include "test.h"

#include <stdatomic.h>

enum { NUMBERS = 200, THREADS = 4 };
struct written {
    struct turns *turns;
    _Atomic size_t drawn;
    size_t number[NUMBERS], n;
};

/* Each draws the next number, and writes it when those before it are written. */
static void write_numbers(void *arg, size_t i)
{
    struct written *w = arg;
    (void)i;
    for (size_t number; (number = w->drawn++) < NUMBERS;) {
        turn_await(w->turns, number);
        w->number[w->n++] = number;
        turn_passes(w->turns);
    }
}

TEST(threads_write_in_turn_what_they_drew)
{
    struct written w = {.turns = turns_new()};
    threads_run(THREADS, write_numbers, &w);
    EXPECT_INT(NUMBERS, w.n);
    for (size_t i = 0; i < NUMBERS; i++)
        EXPECT_INT(i, w.number[i]);
    turns_free(w.turns);
}
