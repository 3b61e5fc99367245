#include "small_book.h"
#include "test.h"

/* Reads a page that stands alone: no store, no data. */
struct reading {
    struct arena *mem;
    struct diags diags;
    struct page *page;
};

static struct reading read_page(const char *text)
{
    struct reading r = {.mem = arena_new()};
    diags_init(&r.diags, r.mem);
    r.page =
        page_read(r.mem, S("person.md"), str_of(text), PAGE_SITE, S("person"), (str){0}, &r.diags);
    return r;
}

static str message(struct reading *r, size_t i)
{
    return i < r->diags.list.n ? diag_message(r->mem, &r->diags.list.at[i]) : S("(none)");
}

static str remedy(struct reading *r, size_t i)
{
    return i < r->diags.list.n ? diag_remedy(r->mem, &r->diags.list.at[i]) : S("(none)");
}

TEST(a_page_without_front_matter_is_called_by_its_file)
{
    struct reading r = read_page("Hello\n");
    EXPECT(r.page);
    EXPECT_STR(S("Person"), r.page->title);
    EXPECT(!str_is_set(r.page->each));
    EXPECT_INT(0, r.diags.list.n);
    arena_free(r.mem);
}

TEST(an_empty_page_is_a_page)
{
    struct reading r = read_page("");
    EXPECT(r.page);
    EXPECT_INT(0, r.diags.list.n);
    arena_free(r.mem);
}

TEST(front_matter_says_what_a_page_is)
{
    struct reading r =
        read_page("---\ntitle: \"{name}\"\nsubtitle: S\nmenu: M\nnav: {group: People, order: 3}\n"
                  "audience: managers\neach: |\n  SELECT person\n  FROM people\nslug: s\n"
                  "pdf: yes\n---\nBody\n");
    EXPECT(r.page);
    EXPECT_STR(S("{name}"), r.page->title);
    EXPECT_STR(S("People"), r.page->group);
    EXPECT_STR(S("managers"), r.page->audience);
    EXPECT_INT(3, r.page->order);
    EXPECT_INT(8, r.page->each_at.line);
    EXPECT(r.page->pdf);
    arena_free(r.mem);
}

TEST(windows_line_ends_are_line_ends)
{
    struct reading r =
        read_page("---\r\ntitle: T\r\n---\r\n```kpi\r\ntitle: K\r\n---\r\nSELECT 1\r\n```\r\n");
    EXPECT(r.page);
    EXPECT_STR(S("T"), r.page->title);
    EXPECT_INT(0, r.diags.list.n);
    arena_free(r.mem);
}

TEST(front_matter_without_an_end_is_named)
{
    struct reading r = read_page("---\ntitle: T\n\nText\n");
    EXPECT(!r.page);
    EXPECT_STR(S("the front matter has no end"), message(&r, 0));
    arena_free(r.mem);
}

TEST(a_misspelt_key_of_the_front_matter_is_named_with_line_and_column)
{
    struct reading r = read_page("---\ntitle: T\naudiense: managers\n---\n");
    EXPECT(!r.page);
    EXPECT_INT(1, r.diags.list.n);
    EXPECT_INT(3, r.diags.list.at[0].at.line);
    EXPECT_INT(1, r.diags.list.at[0].at.col);
    arena_free(r.mem);
}

TEST(text_that_is_no_utf8_is_refused)
{
    struct reading r = read_page("Caf\xe9\n");
    EXPECT(!r.page);
    EXPECT_STR(S("the text is no UTF-8 from byte 4 on"), message(&r, 0));
    arena_free(r.mem);
}

TEST(a_misspelt_block_names_the_nearest)
{
    struct reading r = read_page("Text\n\n```tabel\n---\nSELECT 1\n```\n");
    EXPECT(!r.page);
    EXPECT_STR(S("there is no block tabel"), message(&r, 0));
    EXPECT_STR(S("did you mean table?"), remedy(&r, 0));
    EXPECT_INT(3, r.diags.list.at[0].at.line);
    arena_free(r.mem);
}

TEST(a_query_under_an_unknown_word_is_a_block_gone_wrong)
{
    struct reading r = read_page("```histogram\nx: a\n---\nSELECT 1\n```\n");
    EXPECT(!r.page);
    EXPECT_STR(S("there are: kpi, table, chart, graph, form, download, include"), remedy(&r, 0));
    arena_free(r.mem);
}

TEST(other_code_stays_code)
{
    struct reading r =
        read_page("```sh\nmake\n```\n\n```sql\nSELECT 1\n```\n\n    ---\n    SELECT 1\n");
    EXPECT(r.page);
    EXPECT_INT(0, r.diags.list.n);
    arena_free(r.mem);
}

TEST(all_defects_of_a_page_are_reported)
{
    struct reading r = read_page(
        "---\ntitel: T\n---\n```table\nrow: 3\nwidth: halff\nrows: many\n---\nSELECT 1\n```\n\n"
        "```chart\n---\nSELECT 1\n```\n\n```kpi\ntitle: K\n```\n");
    EXPECT(!r.page);
    EXPECT_INT(6, r.diags.list.n);
    EXPECT_STR(S("block table has no option row"), message(&r, 1));
    EXPECT_STR(S("did you mean rows?"), remedy(&r, 1));
    EXPECT_INT(5, r.diags.list.at[1].at.line);
    EXPECT_STR(S("width cannot be halff"), message(&r, 2));
    EXPECT_STR(S("did you mean half?"), remedy(&r, 2));
    EXPECT_STR(S("rows: many is not a whole number from 1"), message(&r, 3));
    EXPECT_STR(S("which chart?"), message(&r, 4));
    EXPECT_STR(S("block kpi has no query"), message(&r, 5));
    arena_free(r.mem);
}

TEST(an_option_of_another_block_is_unknown)
{
    struct reading r = read_page("```kpi\ntotal: revenue\n---\nSELECT 1\n```\n");
    EXPECT_STR(S("block kpi has no option total"), message(&r, 0));
    arena_free(r.mem);
}

TEST(a_misspelt_format_role_or_flag_names_the_nearest)
{
    struct reading r = read_page("```chart bars\nx: a\ny: {b: targt}\nflags: [stackd]\nformat: "
                                 "persent\n---\nSELECT 1\n```\n");
    EXPECT(!r.page);
    EXPECT_INT(3, r.diags.list.n);
    EXPECT_STR(S("did you mean target?"), remedy(&r, 0));
    EXPECT_STR(S("did you mean stacked?"), remedy(&r, 1));
    EXPECT_STR(S("did you mean percent?"), remedy(&r, 2));
    arena_free(r.mem);
}

TEST(a_misspelt_graph_names_the_nearest)
{
    struct reading r = read_page("```graph flaw\n---\nSELECT 1\n```\n");
    EXPECT_STR(S("there is no graph flaw"), message(&r, 0));
    EXPECT_STR(S("did you mean flow?"), remedy(&r, 0));
    arena_free(r.mem);
}

TEST(a_placeholder_that_yaml_takes_for_a_map_says_so)
{
    struct reading r = read_page("```kpi\ntitle: {name}\n---\nSELECT 1\n```\n");
    EXPECT_STR(S("title is not a text"), message(&r, 0));
    arena_free(r.mem);
}

TEST(the_place_in_the_navigation_is_a_map)
{
    struct reading r = read_page("---\nnav: Sales\n---\n");
    EXPECT(!r.page);
    EXPECT_STR(S("nav: Sales is not a map, {group: Sales, order: 10}"), message(&r, 0));
    EXPECT_INT(2, r.diags.list.at[0].at.line);
    arena_free(r.mem);
}

TEST(a_picture_is_a_warning)
{
    struct reading r = read_page("![Logo](logo.png)\n");
    EXPECT(r.page);
    EXPECT_INT(1, r.diags.nwarnings);
    arena_free(r.mem);
}

TEST(what_nests_too_deep_is_refused_and_not_followed)
{
    struct buf b = {0};
    for (int i = 0; i < 20000; i++)
        buf_add(&b, S("> "));
    buf_add(&b, S("deep\n"));
    struct reading r = read_page(b.p);
    EXPECT(!r.page);
    EXPECT_STR(S("quotes and lists are nested too deep"), message(&r, 0));
    buf_clear(&b);
    arena_free(r.mem);
}
