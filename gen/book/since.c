#include "changes.h"

/* A state that could not be built then must not keep one from being built now. */
static void compare_with(struct arena *mem, const struct book *book, str dir, str since,
                         const struct open_options *options, struct change_fact **fact, size_t *n,
                         struct diags *diags)
{
    struct changes c = {.mem = mem};
    struct book before;
    struct diags quiet;

    diags_init(&quiet, mem);
    if (book_read(mem, dir, book->templates, &before, &quiet) &&
        compare_books(&c, &before, book, options, &quiet))
        *n = changes_facts(&c, since, fact);
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
        compare_with(mem, book, since, since, options, fact, n, diags);
        return true;
    }
    str folder = dir_temporary(mem, diags), dir = path_join(mem, folder, book->name);
    if (!str_is_set(folder))
        return false;
    bool ok = book_at(mem, book->dir, since, dir, &there, diags);
    if (ok && there)
        compare_with(mem, book, dir, since, options, fact, n, diags);
    tree_remove(folder);
    return ok;
}
