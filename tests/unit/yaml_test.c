#include "../../gen/data/data.h"
#include "test.h"

static struct arena *mem;
static struct diags diags;

static struct yaml *parsed(const char *text)
{
    mem = arena_new();
    diags_init(&diags, mem);
    return yaml_parse(mem, S("a.yaml"), 1, str_of(text), &diags);
}

static void expect_complaint(const char *text, int line, int col, const char *code)
{
    const struct yaml *y = parsed(text);
    EXPECT(y == NULL);
    EXPECT_INT(1, diags.list.n);
    if (diags.list.n) {
        const struct diag *d = diags_last(&diags);
        EXPECT_INT(line, d->at.line);
        EXPECT_INT(col, d->at.col);
        EXPECT_STR(str_of(code), str_of(diag_code(d)));
    }
    arena_free(mem);
}

TEST(an_empty_text_is_a_null_node)
{
    const struct yaml *y = parsed("");
    EXPECT(y && y->kind == YAML_NULL);
    EXPECT(yaml_get(y, S("a")) == NULL);
    arena_free(mem);
    y = parsed("# only a comment\n");
    EXPECT(y && y->kind == YAML_NULL);
    arena_free(mem);
}

TEST(every_node_knows_its_line_and_column_in_characters)
{
    const struct yaml *y = parsed("a: 1\nb:\n  \"é, 中\": [x, {c: d}]\n");
    const struct yaml *b = yaml_get(y, S("b")), *key = b ? b->first : NULL;
    EXPECT(key != NULL);
    EXPECT_STR(S("é, 中"), key->key);
    EXPECT_INT(3, key->key_at.line);
    EXPECT_INT(3, key->key_at.col);
    EXPECT_INT(11, key->at.col);
    EXPECT_INT(2, key->n);
    EXPECT_STR(S("d"), yaml_text(yaml_get(key->first->next, S("c")), S("")));
    EXPECT_INT(19, yaml_get(key->first->next, S("c"))->at.col);
    arena_free(mem);
}

TEST(lines_are_counted_from_the_given_one)
{
    struct arena *own = arena_new();
    diags_init(&diags, own);
    const struct yaml *y = yaml_parse(own, S("page.md"), 12, S("a: 1\nb: 2"), &diags);
    EXPECT_INT(13, yaml_get(y, S("b"))->at.line);
    arena_free(own);
}

TEST(a_quoted_null_or_number_is_a_text)
{
    const struct yaml *y = parsed("a: \"null\"\nb: null\nc: \"1\"\nd: 1\ne: ~\nf:\ng: ''\n");
    double x;
    EXPECT(yaml_get(y, S("a"))->kind == YAML_SCALAR);
    EXPECT(yaml_get(y, S("b"))->kind == YAML_NULL);
    EXPECT(!yaml_number(yaml_get(y, S("c")), &x));
    EXPECT(yaml_number(yaml_get(y, S("d")), &x) && x == 1);
    EXPECT(yaml_get(y, S("e"))->kind == YAML_NULL);
    EXPECT(yaml_get(y, S("f"))->kind == YAML_NULL);
    EXPECT(yaml_get(y, S("g"))->kind == YAML_SCALAR);
    arena_free(mem);
}

TEST(a_scalar_and_a_list_are_both_texts)
{
    const struct yaml *y = parsed("a: one\nb: [one, two]\nc: []\nd: {e: f}\n");
    str *texts;
    EXPECT_INT(1, yaml_texts(mem, yaml_get(y, S("a")), &texts));
    EXPECT_INT(2, yaml_texts(mem, yaml_get(y, S("b")), &texts));
    EXPECT_STR(S("two"), texts[1]);
    EXPECT_INT(0, yaml_texts(mem, yaml_get(y, S("c")), &texts));
    EXPECT(texts != NULL);
    EXPECT_INT(0, yaml_texts(mem, yaml_get(y, S("d")), &texts));
    EXPECT_INT(0, yaml_texts(mem, NULL, &texts));
    EXPECT(texts == NULL);
    arena_free(mem);
}

TEST(a_key_that_stands_twice_is_named_where_it_stands_again)
{
    expect_complaint("a: 1\nb: 2\na: 3\n", 3, 1, "yaml");
}

TEST(anchors_aliases_tags_and_second_documents_are_refused)
{
    expect_complaint("a: &x [1, 2]\n", 1, 7, "yaml");
    expect_complaint("a: !!int 3\n", 1, 10, "yaml");
    expect_complaint("a: *x\n", 1, 4, "yaml");
    expect_complaint("a: 1\n---\nb: 2\n", 2, 1, "yaml");
    expect_complaint("? [a, b]\n: c\n", 1, 3, "yaml");
}

TEST(broken_yaml_is_a_diagnostic_with_its_line)
{
    expect_complaint("a:\n\t- b\n", 2, 1, "yaml");
    expect_complaint("a: \xFF\n", 1, 0, "yaml");
}

TEST(a_deep_nest_does_not_end_the_program)
{
    struct buf b = {0};
    for (int i = 0; i < 300000; i++)
        buf_add(&b, S("["));
    EXPECT(parsed(b.p) == NULL);
    EXPECT_INT(1, diags.nerrors);
    buf_clear(&b);
    arena_free(mem);
}

TEST(yes_and_no_are_read_and_all_else_is_named)
{
    const struct yaml *y = parsed("a: yes\nb: false\nc: maybe\nd:\n");
    EXPECT(yaml_bool(yaml_get(y, S("a")), false, &diags));
    EXPECT(!yaml_bool(yaml_get(y, S("b")), true, &diags));
    EXPECT(yaml_bool(yaml_get(y, S("d")), true, &diags));
    EXPECT_INT(0, diags.nerrors);
    EXPECT(yaml_bool(yaml_get(y, S("c")), true, &diags));
    EXPECT_INT(1, diags.nerrors);
    arena_free(mem);
}

TEST(a_misspelt_key_gets_the_nearest_known_one)
{
    static const str known[] = {S("title"), S("width")};
    const struct yaml *y = parsed("titel: x\nwidth: half\n");
    EXPECT(!yaml_check_keys(y, known, 2, &diags));
    EXPECT_INT(1, diags.nerrors);
    EXPECT_STR(S("did you mean title?"), diag_remedy(mem, diags_last(&diags)));
    arena_free(mem);
}

TEST(a_text_with_a_comma_that_wants_quotes_is_explained)
{
    static const str known[] = {S("text")};
    const struct yaml *y = parsed("{text: Key of it, as others write it}");
    EXPECT(!yaml_check_keys(y, known, 1, &diags));
    EXPECT_STR(S("put a text that holds a comma or ': ' in quotes"),
               diag_remedy(mem, diags_last(&diags)));
    arena_free(mem);
}
