#include "changes.h"

static bool compare_with(struct arena *mem, const struct book *book, str dir, str since,
                         const struct open_options *options, struct change_fact **fact, size_t *n,
                         struct diags *diags)
{
    struct changes c = {.mem = mem};
    struct book before;
    if (!book_read(mem, dir, book->templates, &before, diags) ||
        !compare_books(&c, &before, book, options, diags))
        return false;
    *n = changes_facts(&c, since, fact);
    return true;
}

bool changes_since(struct arena *mem, const struct book *book, str since,
                   const struct open_options *options, struct change_fact **fact, size_t *n,
                   struct diags *diags)
{
    bool there = true, ok;
    *n = 0;
    if (dir_exists(since))
        return compare_with(mem, book, since, since, options, fact, n, diags);
    str folder = dir_temporary(mem, diags), dir = path_join(mem, folder, book->name);
    if (!str_is_set(folder))
        return false;
    ok = book_at(mem, book->dir, since, dir, &there, diags) &&
         (!there || compare_with(mem, book, dir, since, options, fact, n, diags));
    tree_remove(folder);
    return ok;
}
