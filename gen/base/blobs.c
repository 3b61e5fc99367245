#include "base.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file: a line that says what it is and of which version, then records, the newest last.
 * Records are only ever added, each batch by one write to a file that is open for appending, so
 * that several processes can add at once. Whatever is wrong with the file costs time, never a wrong
 * answer: a text is checked when it is asked for, and a tail that is no record is cut off. Only its
 * owner may read it, for what is in it is not for everybody. */

struct record {
    struct hash128 key;
    uint64_t n, check; /* of the text that follows */
};

enum { BATCH = 1 << 18 };

struct blobs {
    int fd;
    str file;      /* mapped; of records that were there at the beginning */
    struct map at; /* bytes of a key → struct record */
    struct buf added;
};

static str key_bytes(const struct hash128 *key)
{
    return (str){(const char *)key, sizeof *key};
}

static uint64_t check_of(str text)
{
    return hash_str(text);
}

/* Whether the text of a record is whole within the file. */
static bool read_record(str file, size_t at, struct record *r)
{
    if (at > file.n || file.n - at < sizeof *r)
        return false;
    memcpy(r, file.p + at, sizeof *r);
    return r->n <= file.n - at - sizeof *r;
}

/* Where the records that are as they should be end; the place of the first of them is `at`. */
static size_t index_records(struct blobs *b, struct arena *mem, size_t at)
{
    for (struct record r; read_record(b->file, at, &r); at += sizeof r + r.n) {
        str key = arena_str(mem, key_bytes(&r.key));
        *map_put(&b->at, key) = (void *)(b->file.p + at);
    }
    return at;
}

static bool write_whole(int fd, str text)
{
    return write(fd, text.p ? text.p : "", text.n) == (ssize_t)text.n;
}

/* The newest records of a file that has become too large, half as many bytes as it may have. */
static str newest(str file, size_t at, size_t most)
{
    struct record r;
    while (file.n - at > most / 2 && read_record(file, at, &r))
        at += sizeof r + r.n;
    return str_sub(file, at, file.n);
}

static str map_file(int fd)
{
    struct stat st;
    if (fstat(fd, &st) < 0 || st.st_size <= 0)
        return (str){0};
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    return p == MAP_FAILED ? (str){0} : (str){p, (size_t)st.st_size};
}

static void unmap(str file)
{
    if (file.n)
        munmap((void *)(uintptr_t)file.p, file.n);
}

/* Files that are written beside path are called PATH.new-XXXXXX, and locked by whoever writes them:
 * one without a lock was left by somebody who was killed. */
static void remove_left_over(struct arena *mem, str path)
{
    str *name, folder = path_dir(path),
               begin = arena_printf(mem, STR_FMT ".new-", STR_ARG(path_base(path)));
    size_t n = dir_list(mem, folder, &name);
    for (size_t i = 0; i < n; i++) {
        if (!str_starts(name[i], begin))
            continue;
        str left = path_join(mem, folder, name[i]);
        int fd = open(left.p, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            continue;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            unlink(left.p);
        close(fd);
    }
}

/* Puts a file of that head and those records in the place of the one at path. Its descriptor, which
 * has the lock, or -1: also where somebody took the new file for one left over, before it had its
 * lock. */
static int replace(struct arena *mem, str path, str head, str records)
{
    remove_left_over(mem, path);
    str fresh = arena_printf(mem, STR_FMT ".new-XXXXXX", STR_ARG(path));
    int fd = mkostemp((char *)(uintptr_t)fresh.p, O_APPEND | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX) == 0 && write_whole(fd, head) && write_whole(fd, records) &&
        rename(fresh.p, path.p) == 0)
        return fd;
    unlink(fresh.p);
    close(fd);
    return -1;
}

/* Maps the file, or one that takes its place. */
static void open_file(struct blobs *b, struct arena *mem, str path, str head, size_t most)
{
    b->fd = open(path.p, O_RDWR | O_APPEND | O_CLOEXEC);
    if (b->fd >= 0)
        flock(b->fd, LOCK_EX);
    b->file = b->fd < 0 ? (str){0} : map_file(b->fd);
    bool known = str_starts(b->file, head);
    if (known && b->file.n <= most)
        return;
    str kept = known ? newest(b->file, head.n, most) : S("");
    int fd = replace(mem, path, head, kept);
    unmap(b->file);
    if (b->fd >= 0)
        close(b->fd);
    b->fd = fd;
    b->file = fd < 0 ? (str){0} : map_file(fd);
}

struct blobs *blobs_open(struct arena *mem, str path, str version, size_t most)
{
    struct blobs *b = NEW(mem, struct blobs);
    struct diags ignored;
    str head = arena_printf(mem, "salesbook blobs 1 " STR_FMT "\n", STR_ARG(version));

    path = arena_str(mem, path);
    diags_init(&ignored, mem);
    map_init(&b->at, mem);
    if (!dir_make(path_dir(path), &ignored))
        return NULL;
    open_file(b, mem, path, head, most);
    if (b->fd < 0)
        return NULL;
    size_t end = index_records(b, mem, head.n);
    if (end < b->file.n && ftruncate(b->fd, (off_t)end) < 0) {
        blobs_close(b);
        return NULL;
    }
    flock(b->fd, LOCK_UN);
    return b;
}

str blobs_get(const struct blobs *b, struct hash128 key)
{
    const char *at = b ? map_get(&b->at, key_bytes(&key)) : NULL;
    struct record r;
    if (!at)
        return (str){0};
    memcpy(&r, at, sizeof r);
    str text = {at + sizeof r, (size_t)r.n};
    return check_of(text) == r.check ? text : (str){0};
}

/* Gives back the pages that lie within a text of a mapped file. */
static void give_back(str text)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)text.p + page - 1) / page * page,
              to = (uintptr_t)(text.p + text.n) / page * page;
    if (from < to)
        madvise((void *)from, to - from, MADV_DONTNEED);
}

void blobs_passed(const struct blobs *b, str text)
{
    if (b && text.n)
        give_back(text);
}

void blobs_put(struct blobs *b, struct hash128 key, str text)
{
    struct record r = {key, text.n, check_of(text)};
    if (!b)
        return;
    buf_add(&b->added, (str){(const char *)&r, sizeof r});
    buf_add(&b->added, text);
    if (b->added.n >= BATCH)
        blobs_flush(b);
}

void blobs_flush(struct blobs *b)
{
    if (!b || !b->added.n)
        return;
    /* What a full disk lets through of it is no record, and is cut off next time; but nobody may
     * cut what is still being written. */
    flock(b->fd, LOCK_EX);
    bool written = write_whole(b->fd, buf_str(&b->added));
    flock(b->fd, LOCK_UN);
    if (!written) {
        close(b->fd);
        b->fd = -1;
    }
    buf_reset(&b->added);
}

void blobs_close(struct blobs *b)
{
    if (!b)
        return;
    blobs_flush(b);
    unmap(b->file);
    if (b->fd >= 0)
        close(b->fd);
    buf_clear(&b->added);
}

/* ---- one text ---- */

static str head_of_one(struct arena *mem, str version, str text)
{
    str check = hash128_hex(mem, hash128_of(text));
    return arena_printf(mem, "salesbook blob 1 " STR_FMT " " STR_FMT "\n", STR_ARG(version),
                        STR_ARG(check));
}

struct kept_text kept_open(struct arena *mem, str path, str version)
{
    struct kept_text b = {0};
    int fd = open(arena_str(mem, path).p, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return b;
    b.file = map_file(fd);
    close(fd);
    str text = b.file;
    str_cut(&text, '\n');
    if (text.n && str_starts(b.file, head_of_one(mem, version, text)))
        b.text = text;
    return b;
}

void kept_passed(const struct kept_text *b)
{
    if (b->file.n)
        give_back(b->file);
}

void kept_close(struct kept_text *b)
{
    unmap(b->file);
    *b = (struct kept_text){0};
}

void kept_write(struct arena *mem, str path, str version, str text)
{
    struct diags ignored;
    str head = head_of_one(mem, version, text);
    diags_init(&ignored, mem);
    int fd =
        dir_make(path_dir(path), &ignored) ? replace(mem, arena_str(mem, path), head, text) : -1;
    if (fd >= 0)
        close(fd);
}
