#include "test.h"

/* What diags_print writes in one form. */
static str printed(struct arena *mem, const struct diags *d, enum diag_format format, bool reveal)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    diags_print(d, format, out, false, reveal);
    fclose(out);
    str copy = arena_str(mem, (str){text, n});
    free(text);
    return copy;
}

static const struct place PLACE = {{"a.csv", 5}, 3, 7};

TEST(diag_text_is_what_editors_jump_to)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    EXPECT(!diags_add(&d, DIAG_FILE_READ, PLACE, S("x"), S("no such file")));
    EXPECT_INT(1, d.nerrors);
    EXPECT_STR(S("a.csv:3:7: error: cannot read x: no such file [file-read]\n"
                 "    check the path and its rights\n"),
               printed(mem, &d, DIAG_TEXT, false));
    arena_free(mem);
}

TEST(one_row_is_not_called_rows)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_ASIDE_SOME, PLACE, S("1"), S("12"), S("visits"));
    diags_add(&d, DIAG_TABLE_MADE, PLACE, S("shops"), S("1"));
    EXPECT_STR(S("1 of 12 rows of visits is set aside, the others are used"),
               diag_message(mem, &d.list.at[0]));
    EXPECT_STR(S("shops is not in this book: made with 1 row from what refers to it"),
               diag_message(mem, &d.list.at[1]));
    EXPECT(str_find(printed(mem, &d, DIAG_SARIF, false), S("made with … rows from"), 0) <
           printed(mem, &d, DIAG_SARIF, false).n);
    arena_free(mem);
}

TEST(diag_of_an_audience_hides_what_it_found)
{
    struct arena *mem = arena_new();
    struct diags d, merged;
    diags_init(&d, mem);
    diags_init(&merged, mem);
    diags_add(&d, DIAG_FILE_READ, PLACE, S("secret"), S("why"));
    diags_last(&d)->audience = S("managers");
    diags_last(&d)->line_was = S("secret line");
    diags_last(&d)->line_fixed = S("better line");
    diags_merge(&merged, &d);
    for (int format = DIAG_TEXT; format <= DIAG_GITHUB; format++) {
        str hidden = printed(mem, &merged, (enum diag_format)format, false);
        EXPECT_INT(hidden.n, str_find(hidden, S("secret"), 0));
        EXPECT(str_find(hidden, S("restricted"), 0) < hidden.n);
    }
    str open = printed(mem, &merged, DIAG_TEXT, true);
    EXPECT(str_find(open, S("    - secret line\n    + better line\n"), 0) < open.n);
    arena_free(mem);
}

TEST(diag_text_shows_twenty_alike_and_counts_the_rest)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    for (int i = 0; i < 23; i++)
        diags_add(&d, DIAG_FILE_READ, PLACE, S("x"), S("y"));
    str text = printed(mem, &d, DIAG_TEXT, false);
    size_t shown = 0;
    for (size_t at = 0; (at = str_find(text, S("cannot read"), at)) < text.n; at++)
        shown++;
    EXPECT_INT(20, shown);
    EXPECT(str_find(text, S("a.csv: error: 3 more like this [file-read]\n"), 0) < text.n);
    arena_free(mem);
}

TEST(diag_for_github_cannot_be_broken_by_data)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_FILE_READ, ((struct place){S("a,b:c.csv"), 1, 0}), S("x\n::error::y"),
              S("100%"));
    EXPECT_STR(
        S("::error title=file-read,file=a%2Cb%3Ac.csv,line=1::cannot read x\uFFFD::error::y: "
          "100%25%0Acheck the path and its rights\n"),
        printed(mem, &d, DIAG_GITHUB, false));
    arena_free(mem);
}

TEST(diag_for_github_gives_ten_causes_worst_first)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    for (int i = 0; i < 12; i++)
        diags_add(&d, DIAG_FILE_READ, ((struct place){arena_printf(mem, "f%d", i), 1, 1}), S("x"),
                  S("y"));
    str text = printed(mem, &d, DIAG_GITHUB, false);
    EXPECT(str_find(text, S("file=f9,"), 0) < text.n);
    EXPECT_INT(text.n, str_find(text, S("file=f10,"), 0));
    EXPECT(str_find(text, S("2 more of severity error"), 0) < text.n);
    arena_free(mem);
}

/* How often needle stands in text. */
static size_t occurrences(str text, str needle)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, needle, at)) < text.n; at++)
        n++;
    return n;
}

TEST(diag_for_github_counts_what_is_alike_and_needs_no_file)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_LOCK_HELD, ((struct place){0}), S("x"));
    for (int i = 0; i < 3; i++)
        diags_add(&d, DIAG_FILE_READ, ((struct place){S("f"), i + 1, 1}), S("x"), S("y"));
    str text = printed(mem, &d, DIAG_GITHUB, false);
    EXPECT(str_starts(text, S("::error title=file-read,file=f,line=1,col=1::")));
    EXPECT(str_find(text, S("%0Aand 2 more like this\n::error title=lock-held::another"), 0) <
           text.n);
    EXPECT_INT(2, occurrences(text, S("::error ")));
    arena_free(mem);
}

TEST(diag_sarif_encodes_paths_and_names_its_rules)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_FILE_READ, ((struct place){S("a b/50%:ü#?.csv"), 1, 0}), S("x"), S("y"));
    diags_add(&d, DIAG_FILE_WRITE, ((struct place){S("/srv/x"), 0, 0}), S("x"), S("y"));
    diags_add(&d, DIAG_FILE_READ, ((struct place){S("b"), 1, 0}), S("x"), S("y"));
    str text = printed(mem, &d, DIAG_SARIF, false);
    EXPECT(str_find(text, S("\"uri\":\"a%20b/50%25%3A%C3%BC%23%3F.csv\""), 0) < text.n);
    EXPECT(str_find(text, S("\"uri\":\"file:///srv/x\""), 0) < text.n);
    EXPECT(str_find(text,
                    S("{\"id\":\"file-read\",\"shortDescription\":{\"text\":\"cannot read …: …\"}"),
                    0) < text.n);
    EXPECT_INT(2, occurrences(text, S("\"id\":")));
    EXPECT_INT(2, occurrences(text, S("\"ruleId\":\"file-read\",\"ruleIndex\":0,")));
    EXPECT_INT(1, occurrences(text, S("\"ruleId\":\"file-write\",\"ruleIndex\":1,")));
    arena_free(mem);
}

TEST(diag_of_an_audience_names_its_column_but_no_hint)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_REFERENCE_NEAR, PLACE, S("secret"), S("base"), S("pay"), S("secret2"));
    diags_last(&d)->audience = S("managers");
    diags_last(&d)->open_args = 1 | 2;
    EXPECT_STR(S("a.csv:3:7: warning: base: restricted is not in pay [reference]\n"
                 "    add it to pay, or mend it here\n"),
               printed(mem, &d, DIAG_TEXT, false));
    arena_free(mem);
}

TEST(diag_message_leaves_braces_of_the_value_alone)
{
    struct arena *mem = arena_new();
    struct diags d;
    diags_init(&d, mem);
    diags_add(&d, DIAG_FILE_READ, PLACE, S("{1}{value}"), S("{2}"));
    EXPECT_STR(S("cannot read {1}{value}: {2}"), diag_message(mem, diags_last(&d)));
    arena_free(mem);
}

TEST(a_value_cannot_move_the_cursor_of_a_terminal_nor_fill_it)
{
    struct arena *mem = arena_new();
    struct diags d;
    struct buf long_value = {0};
    diags_init(&d, mem);
    diags_add(&d, DIAG_CELL_OVERFLOW, ((struct place){.file = S("a.csv")}),
              S("\x1b[31m9\na.csv:1: error\u202e\xC2\x85\u2066 é"), S("x"));
    EXPECT_STR(
        S("x: \uFFFD[31m9\uFFFDa.csv:1: error\uFFFD\uFFFD\uFFFD é is larger than can be counted"),
        diag_message(mem, diags_last(&d)));
    for (int i = 0; i < 3000; i++)
        buf_add(&long_value, S("é"));
    diags_add(&d, DIAG_CELL_OVERFLOW, ((struct place){.file = S("a.csv")}), buf_str(&long_value),
              S("x"));
    str message = diag_message(mem, diags_last(&d));
    EXPECT(message.n < 300 && utf8_valid(message, NULL));
    EXPECT(str_find(message, S("é… (6000 bytes)"), 0) < message.n);
    buf_clear(&long_value);
    arena_free(mem);
}
