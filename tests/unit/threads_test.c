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

/* ---- taken in order ---- */

enum { ROOMS = 2, MOST = 8 };
struct made_items {
    struct in_order *order;
    _Atomic size_t drawn, made, most_made; /* made: items in rooms */
    size_t item[NUMBERS], taken[NUMBERS], n;
};

static void take_item(void *arg, void *item)
{
    struct made_items *m = arg;
    size_t number = *(size_t *)item;
    m->taken[m->n++] = number;
    if (number % 3 == 0)
        m->made--;
}

/* Every third wants a room. */
static void make_items(void *arg, size_t i)
{
    struct made_items *m = arg;
    (void)i;
    for (size_t number; (number = m->drawn++) < NUMBERS;) {
        size_t room = number % 3 == 0 ? in_order_enter(m->order, number) : NO_ROOM;
        size_t made = room == NO_ROOM ? 0 : ++m->made;
        if (made > m->most_made)
            m->most_made = made;
        m->item[number] = number;
        in_order_put(m->order, number, &m->item[number], room);
    }
}

TEST(threads_make_in_any_order_what_is_taken_in_one)
{
    struct made_items m = {0};
    m.order = in_order_new(ROOMS, MOST, take_item, &m);
    threads_run(THREADS, make_items, &m);
    EXPECT_INT(NUMBERS, m.n);
    for (size_t i = 0; i < NUMBERS; i++)
        EXPECT_INT(i, m.taken[i]);
    EXPECT(m.most_made <= ROOMS);
    in_order_free(m.order);
}
