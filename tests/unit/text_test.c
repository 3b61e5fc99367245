#include "test.h"

TEST(utf8_names_the_first_bad_byte)
{
    size_t at = 0;
    EXPECT(utf8_valid(S("12345678 Zoë 王芳"), NULL));
    EXPECT(!utf8_valid(S("abcdefgh\xff"), &at));
    EXPECT_INT(8, at);
    EXPECT(!utf8_valid(S("\xed\xa0\x80"), NULL)); /* a surrogate */
    EXPECT(!utf8_valid(S("\xc0\xaf"), NULL));     /* '/' written too long */
}

TEST(text_width_counts_columns)
{
    EXPECT_INT(3, text_width(S("Zoë")));
    EXPECT_INT(4, text_width(S("王芳")));
    EXPECT_INT(1, text_width(S("e\xcc\x81"))); /* e and a combining accent */
}

TEST(slug_is_safe_for_any_name)
{
    static const struct {
        const char *name, *slug;
    } cases[] = {
        {"Zoë Müller", "zoe-muller"},
        {"Łukasz", "lukasz"},
        {"Straße", "strasse"},
        {"王芳", "王芳"},
        {"../../etc/passwd", "etc-passwd"},
        {"", "x"},
        {"...", "x"},
        {"-- a  b --", "a-b"},
        {"li.wei.2", "li-wei-2"},
        {"a\nb\tc", "a-b-c"},
    };
    struct arena *mem = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        EXPECT_STR(str_of(cases[i].slug), path_slug(mem, str_of(cases[i].name)));
    arena_free(mem);
}

TEST(no_file_is_called_as_a_device)
{
    struct arena *mem = arena_new();
    EXPECT_STR(S("x-aux"), path_stem(mem, S("AUX")));
    EXPECT_STR(S("x-com1"), path_stem(mem, S(".com1.")));
    EXPECT_STR(S("con-1"), path_stem(mem, S("con.1")));
    arena_free(mem);
}

TEST(slug_of_a_long_name_is_short_and_its_own)
{
    struct arena *mem = arena_new();
    char name[600];
    memset(name, 'a', sizeof name);
    str one = path_slug(mem, (str){name, 599}), two = path_slug(mem, (str){name, 600});
    EXPECT(one.n < 100);
    EXPECT(!str_eq(one, two));
    /* Eighty letters, a mark where the name is cut, and what tells the two apart. */
    name[80] = ' ';
    one = path_slug(mem, (str){name, 82});
    name[81] = 'b';
    two = path_slug(mem, (str){name, 82});
    EXPECT(!str_eq(one, two));
    arena_free(mem);
}

TEST(nearest_looks_past_case_and_marks)
{
    static const str names[] = {S("order_id"), S("customer"), S("amount")};
    EXPECT_STR(S("order_id"), text_nearest(S("Order ID"), names, 3));
    EXPECT_STR(S("amount"), text_nearest(S("amonut"), names, 3));
    static const str months[] = {S("money"), S("month")};
    EXPECT_STR(S("month"), text_nearest(S("monht"), months, 2)); /* one swap, not two changes */
    EXPECT(!str_is_set(text_nearest(S("weather"), names, 3)));
    EXPECT(!str_is_set(text_nearest(S("x"), names, 0)));
}

TEST(fold_compares_as_people_do)
{
    struct arena *mem = arena_new();
    EXPECT_STR(text_fold(mem, S("ACME  Ltd")), text_fold(mem, S(" acme ltd ")));
    EXPECT_STR(S("acme ltd"), text_fold(mem, S("\u00a0ACME\u00a0Ltd\u00a0\u3000")));
    EXPECT_STR(text_fold(mem, S("ﬁn")), text_fold(mem, S("FIN")));
    arena_free(mem);
}

TEST(json_text_may_stand_in_a_script)
{
    struct buf b = {0};
    json_text(&b, S("</script>\"\\\n\x01é"));
    EXPECT_STR(S("\"\\u003c/script>\\\"\\\\\\n\\u0001é\""), buf_str(&b));
    buf_clear(&b);
}

TEST(json_text_steers_no_terminal)
{
    struct buf b = {0};
    json_text(&b, S("\xc2\x9b"
                    "31m \u202e \u2066 \u200e"));
    EXPECT_STR(S("\"\\u009b31m \\u202e \\u2066 \u200e\""), buf_str(&b));
    buf_clear(&b);
}

TEST(bare_text_is_what_two_ways_of_writing_have_in_common)
{
    static const struct {
        const char *text, *bare;
    } cases[] = {
        {"Möbelhaus Grünwald & Söhne", "mobelhausgrunwaldsohne"},
        {"MOEBEL-HAUS, (Nord)", "moebelhausnord"},
        {"＋８６ 138-0013-8000", "8613800138000"},
        {"鸿运家居 (Hangzhou)", "鸿运家居hangzhou"},
        {"Straße Łódź ﬁn", "strasselodzfin"},
        {" -- … ", ""},
        {"", ""},
    };
    struct arena *mem = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        EXPECT_STR(str_of(cases[i].bare), text_bare(mem, str_of(cases[i].text)));
    arena_free(mem);
}

/* é has two bytes, 中 three. */
TEST(the_head_of_a_text_is_of_whole_characters)
{
    EXPECT_STR(S("a"), text_head(S("aé中"), 2));
    EXPECT_STR(S("aé"), text_head(S("aé中"), 5));
    EXPECT_STR(S("aé中"), text_head(S("aé中"), 6));
    EXPECT_STR(S(""), text_head(S("é"), 1));
    EXPECT_STR(S(""), text_head(S(""), 0));
}
