#include "test.h"
#include "../../gen/render/render.h"

#include <stdlib.h>

/* Two theme folders, a book's over that of templates, each with some files. */
struct themes {
    struct arena *mem;
    struct diags diags;
    char folder[32];
    str theme[2], out;
    struct site site;
};

static void put(struct themes *t, size_t theme, const char *name, const char *text)
{
    EXPECT(file_write(path_join(t->mem, t->theme[theme], str_of(name)), str_of(text), &t->diags));
}

static void open_themes(struct themes *t)
{
    *t = (struct themes){.mem = arena_new(), .folder = "/tmp/salesbook-theme-XXXXXX"};
    diags_init(&t->diags, t->mem);
    EXPECT(mkdtemp(t->folder) != NULL);
    t->theme[0] = path_join(t->mem, str_of(t->folder), S("book"));
    t->theme[1] = path_join(t->mem, str_of(t->folder), S("templates"));
    t->out = path_join(t->mem, str_of(t->folder), S("out"));
    t->site.theme = t->theme;
    t->site.nthemes = 2;
    put(t, 1, "page.html", "<p>{title}</p>");
    put(t, 1, "site.css", "p {}");
    put(t, 1, "site.js", ";");
    put(t, 1, "favicon.svg", "<svg/>");
}

static void close_themes(struct themes *t)
{
    tree_remove(str_of(t->folder));
    arena_free(t->mem);
}

static str written(struct themes *t, const char *name)
{
    str text = {0};
    file_read(t->mem, path_join(t->mem, t->out, str_of(name)), &text, &t->diags);
    return text;
}

TEST(a_theme_is_written_without_its_layout)
{
    struct themes t;
    open_themes(&t);
    EXPECT(theme_read(t.mem, &t.site, &t.diags));
    EXPECT_STR(S("<p>{title}</p>"), t.site.layout);
    EXPECT(render_assets(&t.site, t.out, &t.diags));
    EXPECT_STR(S("p {}"), written(&t, "site.css"));
    EXPECT(!file_exists(path_join(t.mem, t.out, S("page.html"))));
    close_themes(&t);
}

TEST(a_file_of_the_books_theme_lies_over_that_of_templates)
{
    struct themes t;
    open_themes(&t);
    put(&t, 0, "site.css", "p { color: red }");
    EXPECT(render_assets(&t.site, t.out, &t.diags));
    EXPECT_STR(S("p { color: red }"), written(&t, "site.css"));
    EXPECT_STR(S(";"), written(&t, "site.js"));
    close_themes(&t);
}

TEST(a_theme_that_lacks_a_file_is_an_error_that_names_it)
{
    struct themes t;
    open_themes(&t);
    tree_remove(path_join(t.mem, t.theme[1], S("page.html")));
    tree_remove(path_join(t.mem, t.theme[1], S("site.js")));
    EXPECT(!theme_read(t.mem, &t.site, &t.diags));
    EXPECT(!render_assets(&t.site, t.out, &t.diags));
    EXPECT_INT(2, t.diags.nerrors);
    EXPECT_STR(S("page.html"), t.diags.list.at[0].value);
    EXPECT_STR(S("site.js"), t.diags.list.at[1].value);
    close_themes(&t);
}
