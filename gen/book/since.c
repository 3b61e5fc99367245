#include "changes.h"

/* A state that could not be built then must not keep one from being built now: of what is wrong
 * with it the first error is told, as a warning. */
static void tell_broken(struct arena *mem, str dir, str since, const struct diags *wrong,
                        struct diags *diags)
{
    str why = S("its data are broken");
    for (size_t i = wrong->list.n; i-- > 0;)
        if (wrong->list.at[i].severity == SEVERITY_ERROR) {
            struct diag hidden = diag_hidden(&wrong->list.at[i]);
            why = diag_message(mem, &hidden);
        }
    diags_add(diags, DIAG_SINCE_BROKEN, ((struct place){.file = dir}), since, why);
}

/* What the page calls a folder: its last name, for where it lies on the machine of who builds is
 * nobody else's. */
static str name_of_folder(str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path_base(path);
}

static void compare_with(struct arena *mem, const struct book *book, str dir, str since,
                         const struct open_options *options, struct change_fact **fact, size_t *n,
                         struct diags *diags)
{
    struct changes c = {.mem = mem};
    struct side before, now = {.dir = book->dir, .book = book};
    struct diags quiet;

    diags_init(&quiet, mem);
    if (!side_read(mem, dir, book->templates, &before, &quiet) ||
        !compare_sides(&c, &before, &now, S(""), options, &quiet)) {
        tell_broken(mem, book->dir, since, &quiet, diags);
        return;
    }
    diags_merge(diags, &quiet);
    *n = changes_facts(&c, dir_exists(since) ? name_of_folder(since) : since, fact);
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
