/* A test is a function that registers itself; its name is the behaviour. All run in one program:
 * `gen/build/unit [NAME-PART…]` runs those whose name holds one of the words. */
#ifndef SALESBOOK_TEST_H
#define SALESBOOK_TEST_H

#include "../../gen/base/base.h"

struct test {
    const char *file, *name;
    void (*run)(void);
    struct test *next;
};
void test_register(struct test *t);
/* Notes a failure of the running test: what was expected, what came. */
void test_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define TEST(title)                                                                                \
    static void title(void);                                                                       \
    static struct test test_of_##title = {__FILE__, #title, title, NULL};                          \
    __attribute__((constructor)) static void register_##title(void)                                \
    {                                                                                              \
        test_register(&test_of_##title);                                                           \
    }                                                                                              \
    static void title(void)

#define EXPECT(what)                                                                               \
    do {                                                                                           \
        if (!(what))                                                                               \
            test_fail(__FILE__, __LINE__, "expected %s", #what);                                   \
    } while (0)
#define EXPECT_INT(expected, got)                                                                  \
    do {                                                                                           \
        long long want_ = (expected), have_ = (got);                                               \
        if (want_ != have_)                                                                        \
            test_fail(__FILE__, __LINE__, "%s: expected %lld, got %lld", #got, want_, have_);      \
    } while (0)
#define EXPECT_STR(expected, got)                                                                  \
    do {                                                                                           \
        str want_ = (expected), have_ = (got);                                                     \
        if (!str_eq(want_, have_))                                                                 \
            test_fail(__FILE__, __LINE__, "%s: expected \"" STR_FMT "\", got \"" STR_FMT "\"",     \
                      #got, STR_ARG(want_), STR_ARG(have_));                                       \
    } while (0)
#define EXPECT_NEAR(expected, got, within)                                                         \
    do {                                                                                           \
        double want_ = (expected), have_ = (got);                                                  \
        if (!(have_ - want_ <= (within) && want_ - have_ <= (within)))                             \
            test_fail(__FILE__, __LINE__, "%s: expected %.12g, got %.12g", #got, want_, have_);    \
    } while (0)

#endif
