#include "test.h"

static struct test *first, **last = &first;
static int nfailures;

void test_register(struct test *t)
{
    *last = t;
    last = &t->next;
}

void test_fail(const char *file, int line, const char *format, ...)
{
    nfailures++;
    printf("FAIL %s:%d: ", file, line);
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

static bool is_wanted(const struct test *t, int nwords, char **word)
{
    for (int i = 0; i < nwords; i++)
        if (strstr(t->name, word[i]))
            return true;
    return nwords == 0;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;

    for (struct test *t = first; t; t = t->next) {
        if (!is_wanted(t, argc - 1, argv + 1))
            continue;
        int before = nfailures;
        t->run();
        if (nfailures == before) {
            passed++;
        } else {
            failed++;
            printf("FAIL %s: %s\n    alone: gen/build/unit %s\n", t->file, t->name, t->name);
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
