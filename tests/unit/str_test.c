#include "test.h"

TEST(str_an_unset_text_is_not_an_empty_one)
{
    EXPECT(!str_is_set((str){0}));
    EXPECT(str_is_set(S("")));
    EXPECT(str_eq((str){0}, S("")));
    EXPECT(!str_is_set(str_of(NULL)));
}

TEST(str_orders_by_bytes_and_a_head_before_the_whole)
{
    EXPECT(str_cmp(S("a"), S("ab")) < 0);
    EXPECT(str_cmp(S("b"), S("ab")) > 0);
    EXPECT_INT(0, str_cmp(S(""), (str){0}));
    EXPECT(str_cmp(S("z"), S("é")) < 0);
}

TEST(str_find_gives_the_length_where_there_is_none)
{
    EXPECT_INT(3, str_find(S("abc"), S("x"), 0));
    EXPECT_INT(1, str_find(S("abcb"), S("b"), 0));
    EXPECT_INT(3, str_find(S("abcb"), S("b"), 2));
    EXPECT_INT(0, str_find(S(""), S("a"), 0));
}

TEST(str_cut_tells_an_empty_rest_from_no_rest)
{
    str rest = S("a,,b,");
    EXPECT_STR(S("a"), str_cut(&rest, ','));
    EXPECT_STR(S(""), str_cut(&rest, ','));
    EXPECT_STR(S("b"), str_cut(&rest, ','));
    EXPECT(str_is_set(rest));
    EXPECT_STR(S(""), str_cut(&rest, ','));
    EXPECT(!str_is_set(rest));
}

TEST(str_sub_is_clipped)
{
    EXPECT_STR(S("bc"), str_sub(S("abc"), 1, 99));
    EXPECT_STR(S(""), str_sub(S("abc"), 5, 9));
    EXPECT_STR(S("b"), str_trim(S(" \t b\r\n")));
}

TEST(buf_grows_and_stays_nul_ended)
{
    struct buf b = {0};
    for (int i = 0; i < 1000; i++)
        buf_addf(&b, "%d,", i);
    EXPECT_INT(3890, b.n); /* 10 × 2 + 90 × 3 + 900 × 4 */
    EXPECT_INT(0, b.p[b.n]);
    buf_reset(&b);
    EXPECT_STR(S(""), buf_str(&b));
    buf_clear(&b);
    EXPECT_STR(S(""), buf_str(&b));
}

static void expect_decimal(const char *expected, int64_t n, int decimals, bool cut)
{
    struct buf b = {0};
    buf_add_decimal(&b, n, decimals, cut);
    EXPECT_STR(str_of(expected), buf_str(&b));
    buf_clear(&b);
}

TEST(a_decimal_is_cut_between_its_digits)
{
    expect_decimal("123.45", 12345, 2, false);
    expect_decimal("-0.05", -5, 2, false);
    expect_decimal("12.00", 1200, 2, false);
    expect_decimal("12", 1200, 2, true);
    expect_decimal("12.3", 1230, 2, true);
    expect_decimal("0", 0, 2, true);
    expect_decimal("100", 100, 0, true);
    expect_decimal("-9223372036854775808", INT64_MIN, 0, false);
    expect_decimal("-9.223372036854775808", INT64_MIN, 18, false);
}

/* printf itself beside it. */
TEST(a_double_is_written_as_by_printf)
{
    const double sample[] = {0,
                             1,
                             -1,
                             0.1,
                             123.456,
                             2.0 / 3,
                             9999999999.0,
                             1e15,
                             0.12345,
                             99999.99996,
                             123456789,
                             1234567890.12,
                             -0.5,
                             0.099,
                             1.5e-7,
                             3.7e20,
                             0.99999999996,
                             7.25,
                             21.6667};
    for (int digits = 6; digits <= 15; digits++)
        for (size_t i = 0; i < sizeof sample / sizeof *sample; i++) {
            struct buf b = {0};
            char expected[64];
            snprintf(expected, sizeof expected, "%.*g", digits, sample[i]);
            buf_add_double(&b, sample[i], digits);
            EXPECT_STR(str_of(expected), buf_str(&b));
            buf_clear(&b);
        }
}

/* printf itself beside it; the room at hand ends before, within and behind what is written. */
#define EXPECT_PRINTED(format, ...)                                                                \
    do {                                                                                           \
        char expected[600];                                                                        \
        snprintf(expected, sizeof expected, format, __VA_ARGS__);                                  \
        for (size_t before = 0; before < 600; before += 7) {                                       \
            struct buf b = {0};                                                                    \
            while (b.n < before)                                                                   \
                buf_addc(&b, '-');                                                                 \
            buf_addf(&b, format, __VA_ARGS__);                                                     \
            EXPECT_STR(str_of(expected), str_sub(buf_str(&b), before, b.n));                       \
            EXPECT_INT(0, b.p[b.n]);                                                               \
            buf_clear(&b);                                                                         \
        }                                                                                          \
        struct arena *mem = arena_new();                                                           \
        str said = arena_printf(mem, format, __VA_ARGS__);                                         \
        EXPECT_STR(str_of(expected), said);                                                        \
        EXPECT_INT(0, said.p[said.n]);                                                             \
        arena_free(mem);                                                                           \
    } while (0)

TEST(formats_are_those_of_printf)
{
    const str name = S("Müller"), zero = {"a\0b", 3};
    char wide[400];
    memset(wide, 'x', sizeof wide);

    EXPECT_PRINTED("%s", "");
    EXPECT_PRINTED("<%s|%s>", "a", "bc");
    EXPECT_PRINTED("100 %% of " STR_FMT ", %c", STR_ARG(name), '!');
    EXPECT_PRINTED(STR_FMT ".", STR_ARG(zero));
    EXPECT_PRINTED(STR_FMT "|", STR_ARG((str){0}));
    EXPECT_PRINTED("%.*s|", (int)sizeof wide, wide);
    EXPECT_PRINTED("%.*s|", -1, "whole");
    EXPECT_PRINTED("%d %d %d", 0, INT32_MAX, INT32_MIN);
    EXPECT_PRINTED("%u %zu %llu", UINT32_MAX, SIZE_MAX, (unsigned long long)UINT64_MAX);
    EXPECT_PRINTED("%lld %lld", (long long)INT64_MIN, (long long)INT64_MAX);
    EXPECT_PRINTED("%04d-%02d-%02d %02d", 2026, 3, 12345, -7);
    EXPECT_PRINTED("%04zu %02lld", (size_t)12, -1LL);
    EXPECT_PRINTED("%g %.6g %.10g %.17g %.0g", 1e-9, 2.0 / 3, 1234567.125, 0.1, 3.0);
    EXPECT_PRINTED("%g %g %g", -0.0, 1e300, 0.5);
    EXPECT_PRINTED("%x %X %04x %02X %02x", 0, 0xBEEF, 0x1f, 0x7, 0xabc);
    EXPECT_PRINTED("%08llx %llX", 0x12345ull, (unsigned long long)UINT64_MAX);
    EXPECT_PRINTED("%d %x %s %5.1f|%-4s|%ld", 1, 255, "then", 2.25, "l", 9L);
    EXPECT_PRINTED("%.2s|%+d|% d|%5d|%#x", "cut", 1, 2, 3, 4);
}

TEST(arena_gives_zeroed_memory_also_after_a_reset)
{
    struct arena *mem = arena_new();
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 100000; size *= 3) {
            unsigned char *p = arena_alloc(mem, size);
            EXPECT_INT(0, (uintptr_t)p % _Alignof(max_align_t));
            EXPECT_INT(0, p[0] | p[size / 2] | p[size - 1]);
            memset(p, 0xff, size);
        }
        arena_reset(mem);
    }
    arena_free(mem);
}

TEST(list_keeps_its_items_while_it_grows)
{
    struct arena *mem = arena_new();
    LIST(int) list = {0};
    for (int i = 0; i < 1000; i++)
        PUSH(mem, &list, i);
    EXPECT_INT(1000, list.n);
    EXPECT_INT(0, list.at[0]);
    EXPECT_INT(999, list.at[999]);
    arena_free(mem);
}

TEST(map_walks_in_the_order_of_the_calls)
{
    struct arena *mem = arena_new();
    struct map m;
    int one = 1;
    map_init(&m, mem);
    EXPECT(map_get(&m, S("a")) == NULL);
    for (int i = 999; i >= 0; i--)
        *map_put(&m, arena_printf(mem, "k%d", i)) = &one;
    *map_put(&m, S("k999")) = &m; /* there already: no new entry */
    EXPECT_INT(1000, m.n);
    EXPECT_STR(S("k999"), m.at[0].key);
    EXPECT_STR(S("k0"), m.at[999].key);
    EXPECT(map_get(&m, S("k999")) == &m);
    EXPECT(map_get(&m, S("k1000")) == NULL);
    arena_free(mem);
}

TEST(hash_of_fields_tells_where_one_ends)
{
    struct arena *mem = arena_new();
    struct hasher *a = hasher_new(mem), *b = hasher_new(mem);
    hasher_add(a, S("ab"));
    hasher_add(a, S("c"));
    hasher_add(b, S("a"));
    hasher_add(b, S("bc"));
    str x = hash128_hex(mem, hasher_end(a)), y = hash128_hex(mem, hasher_end(b));
    EXPECT_INT(32, x.n);
    EXPECT(!str_eq(x, y));
    arena_free(mem);
}
