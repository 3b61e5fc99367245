#include "changes.h"

/* A book as it stood at a revision: git is asked for the names and contents of its files, not for
 * an archive or a checkout, so that neither attributes nor hooks nor filters of a repository play a
 * part. */

enum { WAIT_MS = 120000 };

static bool ask_git(struct arena *mem, str dir, const char *const *words, str input, str *output,
                    str rev, struct diags *diags)
{
    const char *argv[12] = {"git", "-C", arena_str(mem, dir).p};
    size_t n = 3;
    while (*words)
        argv[n++] = *words++;
    int status = child_run(mem, argv, input, output, WAIT_MS, diags);
    if (status > 0) {
        str said = str_trim(*output);
        if (!said.n) /* so rev-parse says no */
            said = S("there is no such revision, and no such folder");
        diags_add(diags, DIAG_GIT, ((struct place){.file = dir}), rev,
                  str_sub(said, 0, str_find(said, S("\n"), 0)));
    }
    return status == 0;
}

/* A path of a tree object that stays below its folder, whoever made the object. */
static bool stays_below(str path)
{
    if (!path.n || path.p[0] == '/')
        return false;
    for (str rest = path; str_is_set(rest);) {
        str part = str_cut(&rest, '/');
        if (!part.n || str_eq(part, S("..")) || str_eq(part, S(".")) || str_eq(part, S(".git")))
            return false;
    }
    return true;
}

struct blob {
    str id, path;
};
typedef LIST(struct blob) blob_list;

/* Ordinary files of "mode type id\tpath\0…"; links and submodules are no data. */
static void read_names(struct arena *mem, str listing, blob_list *blobs)
{
    while (listing.n) {
        str line = str_cut(&listing, '\0'), head = str_cut(&line, '\t');
        str mode = str_cut(&head, ' '), type = str_cut(&head, ' ');
        if (str_eq(type, S("blob")) && str_starts(mode, S("100")) && stays_below(line))
            PUSH(mem, blobs, ((struct blob){head, line}));
    }
}

/* "id blob size\n", the bytes, a newline: one after the other, in the order asked. */
static bool write_contents(struct arena *mem, str contents, const blob_list *blobs, str to,
                           struct diags *diags)
{
    for (size_t i = 0; i < blobs->n; i++) {
        str head = str_cut(&contents, '\n');
        str id = str_cut(&head, ' '), type = str_cut(&head, ' ');
        int64_t size;
        if (!str_eq(id, blobs->at[i].id) || !str_eq(type, S("blob")) ||
            !parse_integer(head, &size) || size < 0 || (size_t)size > contents.n)
            return diags_add(diags, DIAG_GIT, (struct place){0}, blobs->at[i].path,
                             S("its contents did not come"));
        if (!file_write(path_join(mem, to, blobs->at[i].path), str_sub(contents, 0, (size_t)size),
                        diags))
            return false;
        contents = str_sub(contents, (size_t)size + 1, contents.n);
    }
    return true;
}

bool book_at(struct arena *mem, str dir, str rev, str to, bool *there, struct diags *diags)
{
    str listing, contents, id;
    blob_list blobs = {0};
    struct buf ids = {0};
    const char *verify[] = {"rev-parse",
                            "--verify",
                            "--quiet",
                            "--end-of-options",
                            arena_printf(mem, STR_FMT "^{commit}", STR_ARG(rev)).p,
                            NULL};

    if (str_starts(rev, S("-")))
        return diags_add(diags, DIAG_GIT, ((struct place){.file = dir}), rev,
                         S("this is an option"));
    if (!ask_git(mem, dir, verify, S(""), &id, rev, diags))
        return false;
    const char *list[] = {"ls-tree", "-r", "-z", arena_str(mem, str_trim(id)).p, "--", ".", NULL};
    const char *cat[] = {"cat-file", "--batch", NULL};
    if (!ask_git(mem, dir, list, S(""), &listing, rev, diags))
        return false;
    read_names(mem, listing, &blobs);
    *there = blobs.n > 0;
    for (size_t i = 0; i < blobs.n; i++)
        buf_addf(&ids, STR_FMT "\n", STR_ARG(blobs.at[i].id));
    bool ok = dir_make(to, diags) && ask_git(mem, dir, cat, buf_str(&ids), &contents, rev, diags) &&
              write_contents(mem, contents, &blobs, to, diags);
    buf_clear(&ids);
    return ok;
}
