#include "publish.h"

#include <unistd.h>

/* Every published tree carries this file: what it was built from, and what the start page says. */
static const str STAMP = S(".salesbook");

static void add_files(struct arena *mem, struct hasher *h, str folder, int jobs)
{
    str *files;
    size_t n = dir_walk_linked(mem, folder, &files);

    for (size_t i = 0; i < n; i++) {
        hasher_add(h, files[i]);
        hasher_add_file(h, path_join(mem, folder, files[i]), jobs);
    }
}

str cache_path(struct arena *mem, const struct build_options *o, const char *kind)
{
    str name = arena_printf(mem, ".cache/" STR_FMT ".%s", STR_ARG(path_base(o->output)), kind);
    return path_join(mem, path_dir(o->output), name);
}

void cache_forget(struct arena *mem, const struct open_options *o)
{
    const str file[] = {o->answers, o->slices, o->sums, o->image, o->restated};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        if (file[i].n)
            unlink(arena_str(mem, file[i]).p);
}

struct blobs *drawings_open(struct arena *mem, const struct build_options *o)
{
    enum { MOST = 64 << 20 };
    str path = cache_path(mem, o, "drawings");
    if (o->force)
        unlink(path.p);
    return blobs_open(mem, path, draw_version(mem), MOST);
}

struct hash128 charts_hash(struct arena *mem, const str *folder, size_t n)
{
    struct hasher *h = hasher_new(mem);
    for (size_t i = 0; i < n; i++)
        add_files(mem, h, folder[i], 1);
    return hasher_end(h);
}

struct hash128 documents_key(struct arena *mem, const struct book *book)
{
    static const char *const own[] = {"systems", "pages", "reports", "charts", "theme"};
    struct hasher *h = hasher_new(mem);
    hasher_add_file(h, S("/proc/self/exe"), 1);
    add_files(mem, h, book->templates, 1);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        add_files(mem, h, path_join(mem, book->dir, str_of(own[i])), 1);
    hasher_add_file(h, path_join(mem, book->dir, S("book.yaml")), 1);
    return hasher_end(h);
}

struct hash128 templates_key(struct arena *mem, const struct book *book)
{
    struct hasher *h = hasher_new(mem);

    hasher_add(h, program_sources());
    add_files(mem, h, path_join(mem, book->templates, S("systems")), 1);
    add_files(mem, h, path_join(mem, book->dir, S("systems")), 1);
    return hasher_end(h);
}

static bool stamp_write(str dir, const struct stamp *stamp, struct diags *diags)
{
    struct buf b = {0};
    const str values[] = {stamp->key, stamp->title, stamp->as_of, stamp->figure, stamp->bytes};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (size_t c = 0; c < values[i].n; c++)
            buf_addc(&b, values[i].p[c] == '\n' ? ' ' : values[i].p[c]);
        buf_addc(&b, '\n');
    }
    struct arena *mem = arena_new();
    bool ok = file_write(path_join(mem, dir, STAMP), buf_str(&b), diags);
    arena_free(mem);
    buf_clear(&b);
    return ok;
}

bool stamp_read(struct arena *mem, str dir, struct stamp *stamp)
{
    struct diags ignored;
    str text, path = path_join(mem, dir, STAMP);

    diags_init(&ignored, mem);
    if (!file_exists(path) || !file_read(mem, path, &text, &ignored))
        return false;
    stamp->key = str_cut(&text, '\n');
    stamp->title = str_cut(&text, '\n');
    stamp->as_of = str_cut(&text, '\n');
    stamp->figure = str_cut(&text, '\n');
    stamp->bytes = str_cut(&text, '\n');
    return true;
}

static bool is_or_unset(str then, str now)
{
    return !str_is_set(now) || str_eq(then, now);
}

static bool has_stamp(struct arena *mem, str dir, const struct stamp *now)
{
    struct stamp then;
    return stamp_read(mem, dir, &then) && is_or_unset(then.key, now->key) &&
           is_or_unset(then.bytes, now->bytes);
}

bool is_current(struct arena *mem, const struct build_options *o, const struct stamp *now)
{
    return has_stamp(mem, o->output, now) && (!o->site.n || has_stamp(mem, o->site, now));
}

/* A tree of ours has a stamp. It may have been copied without it, and mail writes below `private`
 * before anything is built. */
static str foreign_in(struct arena *mem, str target)
{
    static const str known[] = {S("calendar"),   S("everyone"), S("forms"),
                                S("index.html"), S("mindmaps"), S("private"),
                                S("proposals"),  S("rejected"), S("reports")};
    if (!name_taken(target) || file_exists(path_join(mem, target, STAMP)) ||
        file_exists(path_join(mem, target, S("everyone/snapshot.csv"))))
        return (str){0};
    return dir_exists(target) ? dir_first_but(mem, target, known, sizeof known / sizeof *known)
                              : S("it is no folder");
}

static bool is_ours(struct arena *mem, str target, struct diags *diags)
{
    str foreign = foreign_in(mem, target);
    return !foreign.n ||
           diags_add(diags, DIAG_TARGET_FOREIGN, ((struct place){.file = target}), target, foreign);
}

/* Publishing one of two that lie in each other would remove the other. */
static bool are_apart(struct arena *mem, const struct build_options *o, struct diags *diags)
{
    if (!o->site.n)
        return true;
    str site = arena_printf(mem, STR_FMT "/", STR_ARG(path_whole(mem, o->site)));
    str output = arena_printf(mem, STR_FMT "/", STR_ARG(path_whole(mem, o->output)));
    return (!str_starts(site, output) && !str_starts(output, site)) ||
           diags_add(diags, DIAG_TARGETS_NESTED, ((struct place){.file = o->output}), o->site,
                     o->output);
}

static int lock_of(struct arena *mem, str target, struct diags *diags)
{
    str name = arena_printf(mem, "." STR_FMT ".lock", STR_ARG(path_base(target)));
    return file_lock(path_join(mem, path_dir(target), name), diags);
}

bool targets_take(struct arena *mem, const struct build_options *o, struct target_locks *locks,
                  struct diags *diags)
{
    const str target[] = {o->output, o->site};
    bool ok = are_apart(mem, o, diags);
    for (size_t i = 0; i < 2; i++)
        ok &= !target[i].n || is_ours(mem, target[i], diags);
    for (size_t i = 0; i < 2; i++)
        locks->fd[i] = ok && target[i].n ? lock_of(mem, target[i], diags) : -1;
    ok = ok && locks->fd[0] >= 0 && (locks->fd[1] >= 0 || !target[1].n);
    for (size_t i = 0; i < 2 && ok; i++)
        if (target[i].n)
            tree_recover(target[i]);
    if (!ok)
        targets_leave(locks);
    return ok;
}

void targets_leave(const struct target_locks *locks)
{
    for (size_t i = 0; i < 2; i++)
        if (locks->fd[i] >= 0)
            close(locks->fd[i]);
}

str staging_of(struct arena *mem, str target)
{
    return arena_printf(mem, STR_FMT ".staging", STR_ARG(target));
}

/* A workbook goes with its PDF: where that was made afresh without one, the one before is of no
 * use. */
static bool is_left_behind(struct arena *mem, str file)
{
    str stem = str_sub(file, 0, file.n - 5);
    return str_ends(file, S(".xlsx")) &&
           file_exists(arena_printf(mem, STR_FMT ".pdf", STR_ARG(stem)));
}

/* Linked, as it does not change; copied where links are refused: the file is another user's, or has
 * as many links as it can. */
static bool carry(str old, str new, struct diags *diags)
{
    if (link(old.p, new.p) == 0)
        return true;
    struct arena *mem = arena_new();
    str text;
    bool ok = file_read(mem, old, &text, diags) && file_write(new, text, diags);
    arena_free(mem);
    return ok;
}

bool carry_over(struct arena *mem, str from, str to, const struct carried *carried,
                struct diags *diags)
{
    str *files;
    size_t n = dir_walk(mem, from, &files);
    /* From the end: a workbook before its PDF, so that one that is there is of this build. */
    for (size_t i = n; i-- > 0;) {
        str below = carried ? carried->to(mem, carried->arg, files[i]) : files[i];
        str old = path_join(mem, from, files[i]), new = path_join(mem, to, below);
        if (!below.n || file_exists(new) || is_left_behind(mem, new))
            continue;
        if (!dir_make(path_dir(new), diags) || !carry(old, new, diags))
            return false;
    }
    return true;
}

bool publish(struct arena *mem, const struct build_options *o, const struct stamp *stamp,
             struct diags *diags)
{
    str output = staging_of(mem, o->output);
    str site = o->site.n ? staging_of(mem, o->site) : S("");

    if (!stamp_write(output, stamp, diags) || (site.n && !stamp_write(site, stamp, diags)))
        return false;
    return tree_publish(output, o->output, diags) &&
           (!site.n || tree_publish(site, o->site, diags));
}
