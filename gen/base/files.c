#include "base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Library calls want NUL-ended paths: a copy on the stack's scale, for the length of one call. One
 * that is too long, as a name out of data may be, becomes one that the system finds too long as
 * well (ENAMETOOLONG): it is told like any other that cannot be opened. */
struct path {
    char p[4096];
};

static struct path path_of(str s)
{
    struct path path;
    if (s.n >= sizeof path.p) {
        memset(path.p, 'x', sizeof path.p);
        s.n = sizeof path.p - 1;
    } else if (s.n) {
        memcpy(path.p, s.p, s.n);
    }
    path.p[s.n] = '\0';
    return path;
}

static bool failed(struct diags *diags, enum diag_id id, str path)
{
    return diags_add(diags, id, ((struct place){.file = path}), path, str_of(strerror(errno)));
}

/* Without O_NONBLOCK, to open a pipe would wait for somebody who writes into it. */
enum { READING = O_RDONLY | O_CLOEXEC | O_NONBLOCK };

bool name_taken(str path)
{
    struct stat st;
    return lstat(path_of(path).p, &st) == 0;
}

bool file_exists(str path)
{
    struct stat st;
    return stat(path_of(path).p, &st) == 0 && S_ISREG(st.st_mode);
}

bool dir_exists(str path)
{
    struct stat st;
    return stat(path_of(path).p, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_read(struct arena *mem, str path, str *text, struct diags *diags)
{
    int fd = open(path_of(path).p, READING);
    struct stat st;
    str why = {0};
    bool ok = false;

    if (fd < 0 || fstat(fd, &st) < 0)
        goto out;
    if (!S_ISREG(st.st_mode)) {
        errno = EISDIR;
        if (!S_ISDIR(st.st_mode))
            why = S("it is a pipe or a device");
        goto out;
    }
    size_t size = (size_t)st.st_size, n = 0;
    char *p = arena_alloc(mem, size + 1);
    while (n < size) {
        ssize_t got = read(fd, p + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            goto out;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *text = (str){p, n};
    ok = true;
out:
    if (!ok)
        diags_add(diags, DIAG_FILE_READ, ((struct place){.file = path}), path,
                  why.n ? why : str_of(strerror(errno)));
    if (fd >= 0)
        close(fd);
    return ok;
}

struct pieces {
    int fd;
};

struct pieces *pieces_open(struct arena *mem, str path, size_t *size)
{
    struct stat st;
    int fd = open(path_of(path).p, READING);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return NULL;
    }
    struct pieces *p = NEW(mem, struct pieces);
    p->fd = fd;
    *size = (size_t)st.st_size;
    return p;
}

size_t pieces_read(const struct pieces *p, size_t at, char *to, size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t more = pread(p->fd, to + got, n - got, (off_t)(at + got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            break;
        got += (size_t)more;
    }
    return got;
}

void pieces_close(struct pieces *p)
{
    close(p->fd);
}

/* A file is hashed in blocks of one size, whoever hashes them. */
enum { BLOCK = 1 << 17 };

struct block_hashes {
    size_t size, n;
    struct hash128 *of;
};

struct block_hashes *block_hashes_new(struct arena *mem, size_t size)
{
    struct block_hashes *b = NEW(mem, struct block_hashes);
    *b = (struct block_hashes){.size = size, .n = (size + BLOCK - 1) / BLOCK};
    b->of = NEW_ARRAY(mem, b->n + 1, struct hash128);
    return b;
}

size_t block_hashes_reach(const struct block_hashes *b, size_t to)
{
    size_t end = (to + BLOCK - 1) / BLOCK * BLOCK;
    return end < b->size ? end : b->size;
}

void block_hashes_add(struct block_hashes *b, size_t from, size_t to, size_t at, str bytes)
{
    for (size_t i = (from + BLOCK - 1) / BLOCK; i * BLOCK < to; i++)
        b->of[i] = hash128_of(str_sub(bytes, i * BLOCK - at, (i + 1) * BLOCK - at));
}

struct hash128 block_hashes_end(const struct block_hashes *b)
{
    return b->n == 1 ? b->of[0] : hash128_of((str){(const char *)b->of, b->n * sizeof *b->of});
}

struct hashed_file {
    const struct pieces *p;
    struct block_hashes *hashes;
    size_t nthreads;
};

/* Every nthreads-th block from i on. */
static void hash_blocks(void *arg, size_t i)
{
    const struct hashed_file *f = arg;
    struct arena *mem = arena_new();
    size_t size = f->hashes->size;
    char *room = arena_alloc(mem, size < BLOCK ? size + 1 : BLOCK); /* most have a few kilobytes */
    for (size_t at = i * BLOCK; at < size; at += f->nthreads * BLOCK) {
        size_t n = pieces_read(f->p, at, room, size - at < BLOCK ? size - at : BLOCK);
        block_hashes_add(f->hashes, at, at + n, at, (str){room, n});
    }
    arena_free(mem);
}

struct hash128 file_hash(str path, int jobs)
{
    struct arena *mem = arena_new();
    size_t size, most = jobs < 1 ? 1 : (size_t)jobs;
    struct pieces *p = pieces_open(mem, path, &size);
    struct block_hashes *hashes = block_hashes_new(mem, p ? size : 0);
    struct hashed_file file = {p, hashes, most < hashes->n ? most : hashes->n};
    threads_run(file.nthreads, hash_blocks, &file);
    if (p)
        pieces_close(p);
    struct hash128 hash = block_hashes_end(hashes);
    arena_free(mem);
    return hash;
}

void hasher_add_file(struct hasher *h, str path, int jobs)
{
    struct hash128 hash = file_hash(path, jobs);
    hasher_add(h, (str){(const char *)&hash, sizeof hash});
}

bool file_mark(str path, struct file_mark *mark)
{
    struct stat st;
    if (stat(path_of(path).p, &st) < 0)
        return false;
    *mark = (struct file_mark){(size_t)st.st_size,
                               (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec};
    return true;
}

static bool write_all(int fd, str text)
{
    while (text.n) {
        ssize_t n = write(fd, text.p, text.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text = str_sub(text, (size_t)n, text.n);
    }
    return true;
}

bool file_write(str path, str text, struct diags *diags)
{
    str folder = path_dir(path);
    if (folder.n && !dir_make(folder, diags))
        return false;
    int fd = open(path_of(path).p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool ok = fd >= 0 && fchmod(fd, 0644) == 0 && write_all(fd, text);
    if (!ok)
        failed(diags, DIAG_FILE_WRITE, path);
    if (fd >= 0 && close(fd) < 0 && ok)
        ok = failed(diags, DIAG_FILE_WRITE, path);
    return ok;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

typedef LIST(str) str_list;

static str_list names_in(struct arena *mem, str path, bool hidden)
{
    str_list names = {0};
    DIR *dir = opendir(path.n ? path_of(path).p : ".");
    if (!dir)
        return names;
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.' || (hidden && strcmp(e->d_name, ".") && strcmp(e->d_name, "..")))
            PUSH(mem, &names, arena_str(mem, str_of(e->d_name)));
    closedir(dir);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_bytes);
    return names;
}

size_t dir_list(struct arena *mem, str path, str **names)
{
    str_list list = names_in(mem, path, false);
    *names = list.at;
    return list.n;
}

str dir_first_but(struct arena *mem, str path, const str *known, size_t n)
{
    str_list list = names_in(mem, path, true);
    for (size_t i = 0, k; i < list.n; i++) {
        for (k = 0; k < n && !str_eq(list.at[i], known[k]);)
            k++;
        if (k == n)
            return list.at[i];
    }
    return (str){0};
}

/* The folders that a walk is in, from its root on: what is linked may lead back to one. */
struct within {
    const struct within *outer;
    dev_t dev;
    ino_t ino;
};

static bool is_within(const struct within *w, const struct stat *st)
{
    while (w && !(w->dev == st->st_dev && w->ino == st->st_ino))
        w = w->outer;
    return w;
}

/* `outer`: NULL where linked folders are left out. */
static void walk(struct arena *mem, str root, str below, const struct within *outer,
                 str_list *files)
{
    str folder = path_join(mem, root, below);
    str_list names = names_in(mem, folder, false);
    for (size_t i = 0; i < names.n; i++) {
        struct stat st;
        str path = path_join(mem, folder, names.at[i]);
        str relative = path_join(mem, below, names.at[i]);
        bool there = (outer ? stat(path_of(path).p, &st) : lstat(path_of(path).p, &st)) == 0;
        struct within here = {outer, there ? st.st_dev : 0, there ? st.st_ino : 0};
        if (there && S_ISDIR(st.st_mode) && !is_within(outer, &st))
            walk(mem, root, relative, outer ? &here : NULL, files);
        else if (outer ? !there || !S_ISDIR(st.st_mode) : there && file_exists(path))
            PUSH(mem, files, relative);
    }
}

static size_t walk_all(struct arena *mem, str path, const struct within *outer, str **files)
{
    str_list list = {0};
    walk(mem, path, S(""), outer, &list);
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_bytes);
    *files = list.at;
    return list.n;
}

size_t dir_walk(struct arena *mem, str path, str **files)
{
    return walk_all(mem, path, NULL, files);
}

size_t dir_walk_linked(struct arena *mem, str path, str **files)
{
    struct stat st = {0};
    bool there = stat(path_of(path).p, &st) == 0;
    struct within root = {NULL, there ? st.st_dev : 0, there ? st.st_ino : 0};
    return walk_all(mem, path, &root, files);
}

bool dir_make(str path, struct diags *diags)
{
    if (dir_exists(path))
        return true;
    str parent = path_dir(path);
    if (parent.n && parent.n < path.n && !dir_make(parent, diags))
        return false;
    struct path p = path_of(path);
    if (mkdir(p.p, 0755) < 0)
        return errno == EEXIST || failed(diags, DIAG_FILE_WRITE, path);
    return chmod(p.p, 0755) == 0 || failed(diags, DIAG_FILE_WRITE, path);
}

/* A name to be filled in, where temporary files lie. */
static struct path temporary_path(void)
{
    const char *below = getenv("TMPDIR");
    struct path path;
    int n =
        snprintf(path.p, sizeof path.p, "%s/salesbook-XXXXXX", below && *below ? below : "/tmp");
    return n < (int)sizeof path.p ? path : path_of(S(""));
}

str dir_temporary(struct arena *mem, struct diags *diags)
{
    struct path path = temporary_path();
    if (mkdtemp(path.p))
        return arena_str(mem, str_of(path.p));
    failed(diags, DIAG_FILE_WRITE, str_of(path.p));
    return (str){0};
}

FILE *file_temporary(void)
{
    struct path path = temporary_path();
    int fd = mkostemp(path.p, O_CLOEXEC);
    if (fd < 0)
        return NULL;
    unlink(path.p);
    FILE *file = fdopen(fd, "w+b");
    if (!file)
        close(fd);
    return file;
}

const char *dir_in_memory(void)
{
    enum { ROOM = 256 << 20 };
    static const char shared[] = "/dev/shm";
    struct statvfs fs;
    const char *asked = getenv("TMPDIR");

    if ((asked && *asked) || access(shared, W_OK) < 0 || statvfs(shared, &fs) < 0)
        return NULL;
    return (uint64_t)fs.f_bavail * fs.f_frsize >= ROOM ? shared : NULL;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

bool tree_remove(str path)
{
    struct stat st;
    struct path p = path_of(path);
    if (lstat(p.p, &st) < 0)
        return errno == ENOENT;
    return nftw(p.p, remove_entry, 32, FTW_DEPTH | FTW_PHYS) == 0;
}

/* Where a tree steps aside to. */
static struct path aside_of(str target)
{
    struct path path = path_of(target);
    size_t n = strlen(path.p);
    static const char ending[] = ".before";
    if (n + sizeof ending <= sizeof path.p)
        memcpy(path.p + n, ending, sizeof ending);
    return path;
}

/* In two steps, between which there is no tree; with the old one in its place again if the second
 * cannot be done. */
static bool step_in(const struct path *from, const struct path *to, const struct path *aside)
{
    if (rename(to->p, aside->p) < 0)
        return false;
    if (rename(from->p, to->p) == 0)
        return true;
    int why = errno;
    rename(aside->p, to->p);
    errno = why;
    return false;
}

void tree_recover(str target)
{
    struct path path = path_of(target), aside = aside_of(target);
    struct stat st;
    if (lstat(aside.p, &st) < 0)
        return;
    if (lstat(path.p, &st) < 0 && errno == ENOENT)
        rename(aside.p, path.p);
    else
        tree_remove(str_of(aside.p));
}

bool tree_publish(str staging, str target, struct diags *diags)
{
    struct path from = path_of(staging), to = path_of(target), aside = aside_of(target);
    str parent = path_dir(target);

    if (parent.n && !dir_make(parent, diags))
        return false;
    if (renameat2(AT_FDCWD, from.p, AT_FDCWD, to.p, RENAME_EXCHANGE) == 0) {
        tree_remove(staging); /* now the old tree; what is left of it the next build removes */
        return true;
    }
    bool knows_exchange = errno != EINVAL && errno != ENOSYS;
    if (knows_exchange && errno != ENOENT)
        return failed(diags, DIAG_FILE_WRITE, target);
    if (rename(from.p, to.p) == 0)
        return true;
    if (knows_exchange || !step_in(&from, &to, &aside))
        return failed(diags, DIAG_FILE_WRITE, target);
    tree_remove(str_of(aside.p));
    return true;
}

int file_lock(str path, struct diags *diags)
{
    str folder = path_dir(path);
    if (folder.n && !dir_make(folder, diags))
        return -1;
    int fd = open(path_of(path).p, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        failed(diags, DIAG_FILE_WRITE, path);
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno == EWOULDBLOCK)
            diags_add(diags, DIAG_LOCK_HELD, ((struct place){.file = path}),
                      folder.n ? folder : S("here"));
        else
            failed(diags, DIAG_LOCK_FAILED, path);
        close(fd);
        return -1;
    }
    return fd;
}

str path_join(struct arena *mem, str a, str b)
{
    if (!a.n || (b.n && b.p[0] == '/'))
        return arena_str(mem, b);
    if (!b.n)
        return arena_str(mem, a);
    const char *between = a.p[a.n - 1] == '/' ? "" : "/";
    return arena_printf(mem, STR_FMT "%s" STR_FMT, STR_ARG(a), between, STR_ARG(b));
}

str path_dir(str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    while (n > 1 && path.p[n - 1] == '/')
        n--;
    return str_sub(path, 0, n);
}

str path_base(str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return str_sub(path, n, path.n);
}

str path_bare(str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

str path_whole(struct arena *mem, str path)
{
    char real[4096];
    if (realpath(path_of(path).p, real))
        return arena_str(mem, str_of(real));
    path = path_bare(path);
    if (str_eq(path, S(".")) || str_eq(path, S("/")))
        return path; /* where we are is no longer there */
    str base = path_base(path), dir = path_dir(path);
    str above = path_whole(mem, dir.n ? dir : S("."));
    return str_eq(base, S(".."))  ? path_dir(above)
           : str_eq(base, S(".")) ? above
                                  : path_join(mem, above, base);
}

str path_of_folder(struct arena *mem, str path)
{
    struct stat st;
    bool linked = lstat(path_of(path).p, &st) == 0 && S_ISLNK(st.st_mode) && dir_exists(path);
    return linked ? path_whole(mem, path) : path;
}

#ifndef SALESBOOK_PREFIX
#define SALESBOOK_PREFIX "/usr/local"
#endif

/* A folder as a person here would write it: without "..", and relative to where we are if it is
 * below. */
static str shortest_path(struct arena *mem, str path)
{
    char real[4096], here[4096];
    if (!realpath(path_of(path).p, real) || !getcwd(here, sizeof here))
        return path;
    str whole = str_of(real), folder = path_join(mem, str_of(here), S(""));
    if (str_starts(whole, folder) && whole.n > folder.n && whole.p[folder.n] == '/')
        whole = str_sub(whole, folder.n + 1, whole.n);
    return arena_str(mem, whole);
}

str templates_dir(struct arena *mem)
{
    char program[4096];
    str given = str_of(getenv("SALESBOOK_TEMPLATES"));
    if (given.n)
        return given;

    /* gen/build/salesbook stands beside ../../templates; an installed one below PREFIX/share. */
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);
    str folder = path_dir((str){program, n > 0 ? (size_t)n : 0});
    const str candidates[] = {
        path_join(mem, folder, S("../../templates")),
        path_join(mem, folder, S("../share/salesbook/templates")),
        S(SALESBOOK_PREFIX "/share/salesbook/templates"),
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (dir_exists(path_join(mem, candidates[i], S("systems"))))
            return shortest_path(mem, candidates[i]);
    return (str){0};
}
