#include "../../gen/data/folded.h"
#include "test.h"

static uint32_t number_of(struct pairs *p, uint32_t a, size_t na, uint32_t b)
{
    uint32_t number;
    pairs_find(p, &a, na, &b, 1, &number);
    return number;
}

TEST(pairs_are_numbered_in_the_order_in_which_they_come)
{
    struct pairs p;
    pairs_init(&p);
    uint32_t a[] = {0, 0, 0, 1, 0, 1}, b[] = {5, 0, 5, 5, 70, 5};
    pairs_find(&p, a, 2, b, 6, a);
    static const uint32_t expected[] = {0, 1, 0, 2, 3, 2};
    for (size_t i = 0; i < 6; i++)
        EXPECT_INT(expected[i], a[i]);
    EXPECT_INT(4, p.n);
    pairs_free(&p);
}

/* 4,000 × 50,000 values are too many for each pair to have a place of its own. */
TEST(pairs_that_want_the_same_place_are_told_apart)
{
    struct pairs p;
    pairs_init(&p);
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t a = i * 7919u % (1 + i / 25), b = i * 104729u % 50000, before = (uint32_t)p.n,
                 number = number_of(&p, a, 1 + i / 25, b);
        EXPECT(number <= before && p.pair[number].a == a && p.pair[number].b == b);
    }
    EXPECT(p.nslotted > 0);
    for (uint32_t i = 0; i < p.n; i++)
        EXPECT_INT(i, number_of(&p, p.pair[i].a, 4000, p.pair[i].b));
    pairs_free(&p);
}

/* Each of 100,000 customers has one of 200 owners. */
TEST(pairs_of_which_one_follows_from_the_other_have_places)
{
    struct pairs p;
    pairs_init(&p);
    for (uint32_t twice = 0; twice < 2; twice++)
        for (uint32_t a = 0; a < 100000; a++)
            EXPECT_INT(a, number_of(&p, a, a + 1, a % 200));
    EXPECT_INT(0, p.nslotted);
    EXPECT(p.room * p.width <= 2 * p.n);
    pairs_free(&p);
}
