#include "book.h"

#include <ctype.h>

/* What a book has beside that which is read, under a name that misses its aim: pages that nobody
 * would ever see. Whatever looks like none of ours is somebody's own affair. */

static bool is_meant_as_page(str name)
{
    static const str ends[] = {S(".md"),  S(".markdown"), S(".mdx"), S(".qmd"),
                               S(".rmd"), S(".txt"),      S(".htm"), S(".html")};
    char lower[9]; /* as long as the longest */
    size_t n = name.n < sizeof lower ? name.n : sizeof lower;
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)tolower((unsigned char)name.p[name.n - n + i]);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends((str){lower, n}, ends[i]))
            return true;
    return false;
}

static bool holds_pages(struct arena *mem, str folder)
{
    str *files;
    size_t n = dir_walk(mem, folder, &files);
    for (size_t i = 0; i < n; i++)
        if (is_meant_as_page(files[i]))
            return true;
    return false;
}

static void tell(str path, str name, str remedy, struct diags *diags)
{
    diags_add(diags, DIAG_FILE_UNREAD, (struct place){.file = path}, name, remedy);
}

/* Of a folder whose files NAME.md are read, and none below them. */
static void check_pages(struct arena *mem, str folder, struct diags *diags)
{
    str *names;
    size_t n = dir_list(mem, folder, &names);
    for (size_t i = 0; i < n; i++) {
        str path = path_join(mem, folder, names[i]);
        if (dir_exists(path) && holds_pages(mem, path))
            tell(path, names[i], S("files that are read lie above it: move them there"), diags);
        else if (!dir_exists(path) && !str_ends(names[i], S(".md")) && is_meant_as_page(names[i]))
            tell(path, names[i], S("files that are read are called NAME.md"), diags);
    }
}

/* A table or a view under a name that nobody reads is missed only where it is used. */
static void check_model(struct arena *mem, str folder, struct diags *diags)
{
    str *names;
    size_t n = dir_list(mem, folder, &names);
    for (size_t i = 0; i < n; i++) {
        bool reads = str_eq(names[i], S("tables.yaml")) || str_eq(names[i], S("model.sql"));
        if (!reads && (str_ends(names[i], S(".yaml")) || str_ends(names[i], S(".yml")) ||
                       str_ends(names[i], S(".sql"))))
            diags_add(diags, DIAG_SYSTEM_FILE,
                      (struct place){.file = path_join(mem, folder, names[i])}, names[i]);
    }
}

static void check_systems(struct arena *mem, str folder, struct diags *diags)
{
    str *names;
    size_t n = dir_list(mem, folder, &names);
    for (size_t i = 0; i < n; i++) {
        str path = path_join(mem, folder, names[i]);
        if (dir_exists(path)) {
            check_model(mem, path, diags);
            check_pages(mem, path, diags);
        } else if (is_meant_as_page(names[i]))
            tell(path, names[i], S("a system is a folder: move it into one"), diags);
    }
}

/* What is called nearly as something that would be read. */
static void check_top(struct arena *mem, str dir, struct diags *diags)
{
    static const str file[] = {S("book.yaml")},
                     folder[] = {S("systems"), S("pages"), S("reports"), S("charts"), S("theme")};
    str *names;
    size_t n = dir_list(mem, dir, &names);
    for (size_t i = 0; i < n; i++) {
        str path = path_join(mem, dir, names[i]);
        str near = dir_exists(path) ? text_nearest(names[i], folder, sizeof folder / sizeof *folder)
                                    : text_nearest(names[i], file, 1);
        if (str_is_set(near) && !str_eq(near, names[i]))
            tell(path, names[i], arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(near)),
                 diags);
    }
}

void unread_check(struct arena *mem, const struct book *book, struct diags *diags)
{
    check_top(mem, book->dir, diags);
    check_pages(mem, path_join(mem, book->dir, S("pages")), diags);
    check_pages(mem, path_join(mem, book->dir, S("reports")), diags);
    check_systems(mem, path_join(mem, book->dir, S("systems")), diags);
}
