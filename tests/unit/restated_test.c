/* Figures of closed months as a text, which may come from a file. */
#include "../../gen/book/closed.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

static const int SEPTEMBER = 2026 * 12 + 8;

static struct restated_figure figure(void)
{
    return (struct restated_figure){
        .month = SEPTEMBER,
        .page = S("monthly-company"),
        .report = S("monthly"),
        .of = S(""),
        .block = S("kpi"),
        .title = S("12:a, b\n3:"),
        .key = S("蔡"),
        .name = S("revenue_month"),
        .label = S("Revenue"),
        .tables = S(";sales;"),
        .was = {.kind = VALUE_REAL, .r = 0.1 + 0.2},
        .type = TYPE_money,
    };
}

static str text_of(struct arena *mem, struct restated *r)
{
    struct buf b = {0};
    restated_put(&b, mem, r);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

/* Of that text of September; read from a copy that ends where it ends. */
static bool is_taken(str text, size_t *n)
{
    struct arena *mem = arena_new();
    struct restated r = {0};
    char *copy = malloc(text.n + 1);
    memcpy(copy, text.p, text.n);
    bool ok = restated_take(mem, (str){copy, text.n}, SEPTEMBER, &r);
    *n = r.figures.n;
    free(copy);
    arena_free(mem);
    return ok;
}

TEST(a_restated_figure_is_read_as_it_was_written)
{
    struct arena *mem = arena_new();
    struct restated r = {0}, read = {0};
    struct restated_figure f = figure();
    PUSH(mem, &r.figures, f);
    f.now = (struct value){.kind = VALUE_REAL, .r = -3};
    f.was = (struct value){.kind = VALUE_REAL, .r = INFINITY};
    f.kind = S("person");
    PUSH(mem, &r.figures, f);
    str text = text_of(mem, &r);
    EXPECT(restated_take(mem, text, SEPTEMBER, &read));
    EXPECT_INT(2, read.figures.n);
    EXPECT_STR(text, text_of(mem, &read));
    const struct restated_figure *first = &read.figures.at[0], *second = &read.figures.at[1];
    EXPECT(first->was.r == 0.1 + 0.2 && first->now.kind == VALUE_NULL);
    EXPECT(str_is_set(first->of) && !str_is_set(first->kind));
    EXPECT_STR(S("12:a, b\n3:"), first->title);
    EXPECT_STR(S("蔡"), first->key);
    EXPECT(second->was.kind == VALUE_NULL && second->now.r == -3);
    EXPECT(!restated_take(mem, text, SEPTEMBER + 1, &read));
    EXPECT(restated_take(mem, text, -1, &read));
    arena_free(mem);
}

TEST(restated_figures_cut_off_anywhere_are_none)
{
    struct arena *mem = arena_new();
    struct restated r = {0};
    size_t n;
    PUSH(mem, &r.figures, figure());
    str text = text_of(mem, &r);
    EXPECT(is_taken(S(""), &n) && !n);
    for (size_t end = 1; end < text.n; end++)
        EXPECT(!is_taken(str_sub(text, 0, end), &n) && !n);
    EXPECT(is_taken(text, &n) && n == 1);
    arena_free(mem);
}

TEST(restated_figures_of_bad_lengths_and_values_are_none)
{
    static const char *const bad[] = {
        "99:2026-09",
        "-1:",
        "9223372036854775807:x",
        "99999999999999999999:x",
        "x:",
        ":::::::::::::::",
        "7:2026-095:money3:one:::::::::::",
        "7:2026-094:fame:::::::::::::",
        "7:2026-135:money::::::::::::",
    };
    size_t n;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        EXPECT(!is_taken(str_of(bad[i]), &n) && !n);
    EXPECT(is_taken(S("7:2026-095:money::::::::::::"), &n) && n == 1);
}
