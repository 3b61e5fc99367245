#include "pdf_kit.h"

#include <unistd.h>

/* The first page, as it is laid out, of a report with so many headings; all of it lives in mem. */
static str first_page(struct arena *mem, int headings, const char *title)
{
    struct diags diags;
    diags_init(&diags, mem);
    struct document *d = sample_document(mem, S("Report"));
    for (int i = 1; i <= headings; i++) {
        sample_heading(mem, d->root, 2, arena_printf(mem, "%s %d", title, i),
                       arena_printf(mem, "h%d", i));
        for (int k = 0; k < 12; k++)
            sample_text(mem, d->root, NODE_paragraph, S("A line of its own."));
    }
    struct pdf_fonts *fonts = pdf_fonts_new(mem, &diags);
    str path = written(mem, fonts, d, &diags), text = {0};
    const char *const argv[] = {"pdftotext", "-layout", "-l", "1", path.p, "-", NULL};
    EXPECT_INT(0, child_run(mem, argv, S(""), &text, 60000, &diags));
    pdf_fonts_free(fonts);
    unlink(path.p);
    return text;
}

/* How many times `part` stands on the line that has `first`. */
static size_t on_line(str text, str first, str part)
{
    size_t from = str_find(text, first, 0), end = str_find(text, S("\n"), from), n = 0;
    for (size_t i = from; (i = str_find(text, part, i)) < end; i += part.n)
        n++;
    return n;
}

TEST(short_contents_stand_in_one_column)
{
    struct arena *mem = arena_new();
    str text = first_page(mem, 8, "Section");
    EXPECT_INT(1, (long long)on_line(text, S("Section 1 "), S("Section")));
    EXPECT_INT(1, (long long)on_line(text, S("Section 8 "), S("Section")));
    arena_free(mem);
}

TEST(long_contents_stand_in_as_many_columns_as_leave_a_title_on_its_line)
{
    struct arena *mem = arena_new();
    str text = first_page(mem, 20, "Section");
    EXPECT_INT(3, (long long)on_line(text, S("Section 1 "), S("Section")));
    EXPECT_INT(2, (long long)on_line(text, S("Section 7 "), S("Section")));
    text = first_page(mem, 20, "A section with a longer name");
    EXPECT_INT(2, (long long)on_line(text, S("name 1 "), S("name")));
    arena_free(mem);
}
