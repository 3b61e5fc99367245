#include "test.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MUCH = 1 << 20 };

static struct question asked_of_shell(const char *const *argv, str input)
{
    return (struct question){.argv = argv, .input = input, .wait_ms = 20000, .most = MUCH};
}

TEST(programs_are_asked_several_at_a_time_and_each_keeps_its_own_answer)
{
    enum { N = 40 };
    struct arena *mem = arena_new();
    const char *const argv[] = {"sh", "-c", "read x; echo \"got $x\"; echo \"no $x\" >&2; exit $x",
                                NULL};
    struct question q[N];
    for (int i = 0; i < N; i++)
        q[i] = asked_of_shell(argv, arena_printf(mem, "%d\n", i));
    children_ask(mem, q, N, 7);
    for (int i = 0; i < N; i++) {
        EXPECT_INT(QUESTION_ANSWERED, q[i].end);
        EXPECT_INT(i, q[i].status);
        EXPECT_STR(arena_printf(mem, "got %d\n", i), q[i].output);
        EXPECT_STR(arena_printf(mem, "no %d\n", i), q[i].error);
    }
    arena_free(mem);
}

/* Gone, or dead and not asked after yet; signals take a moment. */
static bool is_over(struct arena *mem, int64_t pid)
{
    for (double until = clock_ms() + 5000; clock_ms() < until; usleep(1000)) {
        FILE *f = fopen(arena_printf(mem, "/proc/%lld/stat", (long long)pid).p, "r");
        char text[200] = "";
        if (f && !fgets(text, sizeof text, f))
            *text = 0;
        if (f)
            fclose(f);
        if (!f || strstr(text, ") Z "))
            return true;
    }
    return false;
}

TEST(a_program_that_hangs_is_ended_with_all_that_it_started)
{
    struct arena *mem = arena_new();
    /* The second sleep holds the pipe open, whatever becomes of the shell. */
    const char *const argv[] = {"sh", "-c", "sleep 1000 & echo $!; sleep 1000", NULL};
    struct question q = asked_of_shell(argv, S(""));
    double start = clock_ms();
    int64_t pid = 0;
    q.wait_ms = 200;
    children_ask(mem, &q, 1, 1);
    EXPECT_INT(QUESTION_TOO_LONG, q.end);
    EXPECT(clock_ms() - start < 10000);
    EXPECT(parse_integer(str_trim(q.output), &pid) && pid > 1);
    EXPECT(is_over(mem, pid));
    arena_free(mem);
}

TEST(a_program_that_closes_its_outputs_and_stays_has_no_more_time)
{
    struct arena *mem = arena_new();
    const char *const argv[] = {"sh", "-c", "exec >&- 2>&-; exec sleep 1000", NULL};
    struct question q = asked_of_shell(argv, S(""));
    q.wait_ms = 200;
    children_ask(mem, &q, 1, 1);
    EXPECT_INT(QUESTION_TOO_LONG, q.end);
    arena_free(mem);
}

TEST(an_answer_that_does_not_end_is_cut_off)
{
    struct arena *mem = arena_new();
    const char *const argv[] = {"sh", "-c", "while :; do echo xxxxxxxxxxxxxxxx; done", NULL};
    struct question q = asked_of_shell(argv, S(""));
    q.most = 1000;
    children_ask(mem, &q, 1, 1);
    EXPECT_INT(QUESTION_TOO_LARGE, q.end);
    EXPECT_STR(S(""), q.output);
    q.most = 5;
    const char *const exactly[] = {"printf", "12345", NULL};
    q.argv = exactly;
    children_ask(mem, &q, 1, 1);
    EXPECT_INT(QUESTION_ANSWERED, q.end);
    arena_free(mem);
}

TEST(a_program_that_is_not_there_or_takes_no_input_harms_no_other)
{
    struct arena *mem = arena_new();
    const char *const none[] = {"no-such-program", NULL}, *const deaf[] = {"true", NULL},
                      *const folder[] = {"pwd", NULL};
    char *large = arena_alloc(mem, MUCH);
    for (int i = 0; i < MUCH; i++)
        large[i] = 'x';
    struct question q[] = {asked_of_shell(none, S("")), asked_of_shell(deaf, (str){large, MUCH}),
                           asked_of_shell(folder, S(""))};
    q[2].cwd = "/";
    children_ask(mem, q, 3, 3);
    EXPECT_INT(QUESTION_NOT_STARTED, q[0].end);
    EXPECT_INT(ENOENT, q[0].status);
    EXPECT_INT(QUESTION_ANSWERED, q[1].end);
    EXPECT_INT(0, q[1].status);
    EXPECT_STR(S("/\n"), q[2].output);
    arena_free(mem);
}
