#include "changes.h"

/* A state that could not be built then must not keep one from being built now. */
static void compare_with(struct arena *mem, const struct book *book, const struct side *before,
                         str since, const struct open_options *options, struct change_fact **fact,
                         size_t *n, struct diags *diags)
{
    struct changes c = {.mem = mem};
    struct side now = {.dir = book->dir, .book = book};
    struct diags quiet;

    diags_init(&quiet, mem);
    if (compare_sides(&c, before, &now, S(""), options, &quiet))
        *n = changes_facts(&c, since, fact);
    else
        diags_add(diags, DIAG_SINCE_BROKEN, ((struct place){.file = book->dir}), since);
}

static void compare_with_folder(struct arena *mem, const struct book *book, str dir, str since,
                                const struct open_options *options, struct change_fact **fact,
                                size_t *n, struct diags *diags)
{
    struct side before;
    struct diags quiet;

    diags_init(&quiet, mem);
    if (side_read(mem, dir, book->templates, &before, &quiet))
        compare_with(mem, book, &before, since, options, fact, n, diags);
    else
        diags_add(diags, DIAG_SINCE_BROKEN, ((struct place){.file = book->dir}), since);
}

bool changes_since(struct arena *mem, const struct book *book, str since,
                   const struct open_options *options, struct change_fact **fact, size_t *n,
                   struct diags *diags)
{
    bool there = true;
    *n = 0;
    if (dir_exists(since)) {
        compare_with_folder(mem, book, since, since, options, fact, n, diags);
        return true;
    }
    str folder = dir_temporary(mem, diags), dir = path_join(mem, folder, book->name);
    if (!str_is_set(folder))
        return false;
    bool ok = book_at(mem, book->dir, since, dir, &there, diags);
    if (ok && there)
        compare_with_folder(mem, book, dir, since, options, fact, n, diags);
    tree_remove(folder);
    return ok;
}
