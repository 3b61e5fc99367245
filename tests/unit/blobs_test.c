/* Texts kept in a file from one run to the next. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

struct cache {
    struct arena *mem;
    str folder, path;
};

static struct cache open_cache(void)
{
    char path[] = "/tmp/salesbook-test-XXXXXX";
    struct cache c = {.mem = arena_new()};
    c.folder = arena_str(c.mem, str_of(mkdtemp(path)));
    c.path = path_join(c.mem, c.folder, S("a/b.drawings"));
    return c;
}

static void close_cache(struct cache *c)
{
    tree_remove(c->folder);
    arena_free(c->mem);
}

static struct hash128 key(uint64_t n)
{
    return (struct hash128){n, ~n};
}

static void put(const struct cache *c, const char *version, uint64_t from, uint64_t to, size_t most)
{
    struct blobs *b = blobs_open(c->mem, c->path, str_of(version), most);
    EXPECT(b != NULL);
    for (uint64_t i = from; i < to; i++)
        blobs_put(b, key(i), arena_printf(c->mem, "text %llu", (unsigned long long)i));
    blobs_close(b);
}

/* How many of the texts 0 … n − 1 are there, as they were put. */
static size_t count(const struct cache *c, const char *version, uint64_t n)
{
    struct blobs *b = blobs_open(c->mem, c->path, str_of(version), 1 << 20);
    size_t found = 0;
    for (uint64_t i = 0; i < n; i++) {
        str text = blobs_get(b, key(i));
        if (str_is_set(text)) {
            EXPECT_STR(arena_printf(c->mem, "text %llu", (unsigned long long)i), text);
            found++;
        }
    }
    blobs_close(b);
    return found;
}

static size_t size_of(const struct cache *c)
{
    struct stat st;
    return stat(c->path.p, &st) == 0 ? (size_t)st.st_size : 0;
}

TEST(texts_are_found_in_the_next_run)
{
    struct cache c = open_cache();
    put(&c, "v1", 0, 100, 1 << 20);
    put(&c, "v1", 100, 150, 1 << 20);
    EXPECT_INT(150, count(&c, "v1", 200));
    close_cache(&c);
}

TEST(texts_of_another_version_are_thrown_away)
{
    struct cache c = open_cache();
    put(&c, "v1", 0, 10, 1 << 20);
    EXPECT_INT(0, count(&c, "v2", 10));
    EXPECT_INT(0, count(&c, "v1", 10));
    close_cache(&c);
}

TEST(processes_add_at_the_same_time)
{
    struct cache c = open_cache();
    struct blobs *b = blobs_open(c.mem, c.path, S("v1"), 1 << 24);
    for (uint64_t p = 0; p < 4; p++)
        if (fork() == 0) {
            for (uint64_t i = 0; i < 5000; i++)
                blobs_put(b, key(5000 * p + i),
                          arena_printf(c.mem, "text %llu", (unsigned long long)(5000 * p + i)));
            blobs_flush(b);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    blobs_close(b);
    EXPECT_INT(20000, count(&c, "v1", 20000));
    close_cache(&c);
}

TEST(a_tail_that_is_no_record_is_cut_off)
{
    struct cache c = open_cache();
    put(&c, "v1", 0, 10, 1 << 20);
    size_t whole = size_of(&c);
    EXPECT(truncate(c.path.p, (off_t)whole - 3) == 0);
    EXPECT_INT(9, count(&c, "v1", 10));
    put(&c, "v1", 9, 10, 1 << 20);
    EXPECT_INT(10, count(&c, "v1", 10));
    EXPECT_INT(whole, size_of(&c));
    close_cache(&c);
}

TEST(a_text_that_was_changed_is_not_given)
{
    struct cache c = open_cache();
    struct diags diags;
    str file;
    put(&c, "v1", 0, 3, 1 << 20);
    diags_init(&diags, c.mem);
    EXPECT(file_read(c.mem, c.path, &file, &diags));
    ((char *)(uintptr_t)file.p)[file.n - 1] ^= 1;
    EXPECT(file_write(c.path, file, &diags));
    EXPECT_INT(2, count(&c, "v1", 3));
    EXPECT(file_write(c.path, S("something else"), &diags));
    EXPECT_INT(0, count(&c, "v1", 3));
    close_cache(&c);
}

TEST(of_too_many_the_newest_half_is_kept)
{
    struct cache c = open_cache();
    put(&c, "v1", 0, 1000, 1 << 20);
    EXPECT(size_of(&c) > 20000);
    put(&c, "v1", 0, 0, 20000);
    EXPECT(size_of(&c) <= 10100 && size_of(&c) > 9000);
    struct blobs *b = blobs_open(c.mem, c.path, S("v1"), 1 << 20);
    EXPECT(!str_is_set(blobs_get(b, key(0))));
    EXPECT_STR(S("text 999"), blobs_get(b, key(999)));
    blobs_close(b);
    close_cache(&c);
}

TEST(where_nothing_can_be_written_nothing_is_kept)
{
    struct arena *mem = arena_new();
    struct blobs *b = blobs_open(mem, S("/proc/no/such"), S("v1"), 100);
    EXPECT(b == NULL);
    blobs_put(b, key(1), S("text"));
    EXPECT(!str_is_set(blobs_get(b, key(1))));
    blobs_close(b);
    arena_free(mem);
}

static str kept_in(const struct cache *c, const char *version)
{
    struct kept_text kept = kept_open(c->mem, c->path, str_of(version));
    str text = kept.text.n ? arena_str(c->mem, kept.text) : (str){0};
    kept_close(&kept);
    return text;
}

TEST(one_text_is_kept_whole_or_not_at_all)
{
    struct cache c = open_cache();
    struct diags diags;
    str bytes;
    diags_init(&diags, c.mem);
    EXPECT(!str_is_set(kept_in(&c, "one")));
    kept_write(c.mem, c.path, S("one"), S("first\n\0text"));
    kept_write(c.mem, c.path, S("one"), S("second"));
    EXPECT_STR(S("second"), kept_in(&c, "one"));
    EXPECT(!str_is_set(kept_in(&c, "two")));
    struct stat st;
    EXPECT(stat(c.path.p, &st) == 0);
    EXPECT_INT(0600, st.st_mode & 0777);
    EXPECT(file_read(c.mem, c.path, &bytes, &diags));
    for (size_t n = 0; n < bytes.n; n++) {
        EXPECT(file_write(c.path, str_sub(bytes, 0, n), &diags));
        EXPECT(!str_is_set(kept_in(&c, "one")));
    }
    close_cache(&c);
}

/* As somebody else does who writes the same file, or as one who was killed leaves it. */
static int begin_beside(const struct cache *c, const char *ending)
{
    str path = arena_printf(c->mem, STR_FMT "%s", STR_ARG(c->path), ending);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    EXPECT(fd >= 0 && flock(fd, LOCK_EX) == 0);
    return fd;
}

static size_t files_of(const struct cache *c)
{
    str *names;
    return dir_list(c->mem, path_dir(c->path), &names);
}

TEST(two_who_write_one_file_do_not_write_into_each_other)
{
    struct cache c = open_cache();
    kept_write(c.mem, c.path, S("one"), S("first"));
    int other = begin_beside(&c, ".new");
    kept_write(c.mem, c.path, S("one"), S("second"));
    EXPECT(write(other, "third", 5) == 5);
    close(other);
    EXPECT_STR(S("second"), kept_in(&c, "one"));
    close_cache(&c);
}

TEST(many_who_write_one_file_leave_one_of_theirs_whole)
{
    enum { WRITERS = 4, TURNS = 25, SIZE = 1 << 18 };
    struct cache c = open_cache();
    char *text = arena_alloc(c.mem, SIZE);
    for (int w = 0; w < WRITERS; w++)
        if (fork() == 0) {
            memset(text, 'a' + w, SIZE);
            for (int i = 0; i < TURNS; i++)
                kept_write(c.mem, c.path, S("one"), (str){text, SIZE});
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    EXPECT_INT(SIZE, kept_in(&c, "one").n);
    EXPECT_INT(1, files_of(&c));
    close_cache(&c);
}

TEST(what_a_killed_writer_left_is_removed_what_is_being_written_is_not)
{
    struct cache c = open_cache();
    put(&c, "v1", 0, 10, 1 << 20);
    int other = begin_beside(&c, ".new-aaaaaa");
    close(begin_beside(&c, ".new-bbbbbb"));
    close(begin_beside(&c, ".other"));
    EXPECT_INT(4, files_of(&c));
    EXPECT_INT(0, count(&c, "v2", 10)); /* another version: written anew */
    EXPECT_INT(3, files_of(&c));
    close(other);
    EXPECT_INT(0, count(&c, "v1", 10));
    EXPECT_INT(2, files_of(&c));
    close_cache(&c);
}
