#include "book.h"

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct overlay_file *)a)->name, ((const struct overlay_file *)b)->name);
}

/* "zh", "zh-Hans"; the middle of "north.plan.md" is none. */
static bool is_language(str tag)
{
    return tag.n >= 2 && tag.p[0] >= 'a' && tag.p[0] <= 'z' && tag.p[1] >= 'a' && tag.p[1] <= 'z' &&
           (tag.n == 2 || tag.p[2] == '-');
}

/* page.zh.md is page.md in the book's language: it takes the place of page.md, and the files of
 * other languages are not there at all. */
static bool in_language(const struct book *book, str file, str *plain, struct arena *mem)
{
    str rest = file, stem = str_cut(&rest, '.'), tag = str_cut(&rest, '.');
    *plain = file;
    if (!str_is_set(rest) || !is_language(tag))
        return true;
    *plain = arena_printf(mem, STR_FMT "." STR_FMT, STR_ARG(stem), STR_ARG(rest));
    return str_eq(tag, book->lang.tag);
}

size_t overlay_list(struct arena *mem, const struct book *book, str below,
                    struct overlay_file **files)
{
    const str roots[] = {book->templates, book->dir};
    struct map by_plain_name;
    LIST(struct overlay_file) list = {0};
    map_init(&by_plain_name, mem);

    /* Later ones win: templates, then the book; plain, then in the book's language. */
    for (size_t r = 0; r < 2; r++)
        for (int tagged = 0; tagged < 2; tagged++) {
            str *names, plain, folder = path_join(mem, roots[r], below);
            size_t n = dir_list(mem, folder, &names);
            for (size_t i = 0; i < n; i++) {
                if (!in_language(book, names[i], &plain, mem) || tagged == str_eq(plain, names[i]))
                    continue;
                str *path = NEW(mem, str);
                *path = path_join(mem, folder, names[i]);
                if (!dir_exists(*path)) /* a link that leads nowhere is told when it is read */
                    *map_put(&by_plain_name, plain) = path;
            }
        }
    for (size_t i = 0; i < by_plain_name.n; i++) {
        struct overlay_file file = {by_plain_name.at[i].key, *(str *)by_plain_name.at[i].value};
        PUSH(mem, &list, file);
    }
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_name);
    *files = list.at;
    return list.n;
}
