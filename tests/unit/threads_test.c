#include "test.h"

enum { NUMBERS = 200, THREADS = 4 };
struct written {
    struct turns *drawing, *writing;
    size_t number[NUMBERS], n, left;
};

/* Numbers are drawn by whoever comes first, as long as there are any, and written in order. */
static void write_numbers(void *arg, size_t i)
{
    struct written *w = arg;
    (void)i;
    for (bool more = true; more;) {
        size_t number = turn_draw(w->drawing);
        more = w->left > 0;
        w->left -= more;
        turn_passes(w->drawing);
        if (!more)
            break;
        turn_await(w->writing, number);
        w->number[w->n++] = number;
        turn_passes(w->writing);
    }
}

TEST(threads_write_in_turn_what_they_drew)
{
    struct written w = {.drawing = turns_new(), .writing = turns_new(), .left = NUMBERS};
    threads_run(THREADS, write_numbers, &w);
    EXPECT_INT(NUMBERS, w.n);
    for (size_t i = 0; i < NUMBERS; i++)
        EXPECT_INT(i, w.number[i]);
    turns_free(w.drawing);
    turns_free(w.writing);
}
