#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct room {
    struct arena *mem;
    struct diags diags;
    char dir[32];
};

static str room_enter(struct room *r)
{
    r->mem = arena_new();
    diags_init(&r->diags, r->mem);
    snprintf(r->dir, sizeof r->dir, "/tmp/salesbook.XXXXXX");
    EXPECT(mkdtemp(r->dir) != NULL);
    return str_of(r->dir);
}

static void room_leave(struct room *r)
{
    EXPECT(tree_remove(str_of(r->dir)));
    arena_free(r->mem);
}

TEST(file_has_its_rights_whatever_the_umask)
{
    struct room r;
    struct stat st;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S("a/b/c.txt")), text;
    mode_t before = umask(077);
    EXPECT(file_write(path, S("text"), &r.diags));
    umask(before);
    EXPECT(stat(path.p, &st) == 0);
    EXPECT_INT(0644, st.st_mode & 0777);
    EXPECT(file_read(r.mem, path, &text, &r.diags));
    EXPECT_STR(S("text"), text);
    room_leave(&r);
}

TEST(file_that_is_not_there_is_a_diagnostic)
{
    struct room r;
    str dir = room_enter(&r), text;
    EXPECT(!file_read(r.mem, path_join(r.mem, dir, S("none")), &text, &r.diags));
    EXPECT(!file_read(r.mem, dir, &text, &r.diags)); /* a folder */
    EXPECT_INT(2, r.diags.nerrors);
    room_leave(&r);
}

TEST(path_that_is_too_long_is_a_diagnostic_and_not_the_end)
{
    struct room r;
    str dir = room_enter(&r), text;
    char name[10000];
    memset(name, 'n', sizeof name);
    str path = path_join(r.mem, dir, (str){name, sizeof name});
    EXPECT(!file_exists(path));
    EXPECT(!file_read(r.mem, path, &text, &r.diags));
    EXPECT(!file_write(path, S("text"), &r.diags));
    EXPECT_INT(2, r.diags.nerrors);
    room_leave(&r);
}

TEST(pipe_is_a_diagnostic_and_nothing_to_wait_for)
{
    struct room r;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S("people.csv")), text;
    size_t size;
    EXPECT(mkfifo(path.p, 0600) == 0);
    EXPECT(!file_exists(path));
    EXPECT(name_taken(path));
    EXPECT(!file_read(r.mem, path, &text, &r.diags));
    EXPECT(!pieces_open(r.mem, path, &size));
    EXPECT_INT(1, r.diags.nerrors);
    room_leave(&r);
}

TEST(tree_takes_the_place_of_another_whole)
{
    struct room r;
    str dir = room_enter(&r), text;
    str site = path_join(r.mem, dir, S("site")), staging = path_join(r.mem, dir, S("site.staging"));
    EXPECT(file_write(path_join(r.mem, staging, S("new")), S("1"), &r.diags));
    EXPECT(tree_publish(staging, site, &r.diags)); /* the first time: there is none yet */
    EXPECT(file_write(path_join(r.mem, staging, S("newer")), S("2"), &r.diags));
    EXPECT(tree_publish(staging, site, &r.diags));
    EXPECT(!file_exists(path_join(r.mem, site, S("new"))));
    EXPECT(file_read(r.mem, path_join(r.mem, site, S("newer")), &text, &r.diags));
    EXPECT(!dir_exists(staging));
    EXPECT_INT(0, r.diags.nerrors);
    room_leave(&r);
}

TEST(dir_lists_are_sorted_and_leave_dotted_names_out)
{
    struct room r;
    str dir = room_enter(&r), *names;
    static const char *const files[] = {"b", "a/z", "a/.hidden", "B", ".x/y"};
    for (size_t i = 0; i < 5; i++)
        file_write(path_join(r.mem, dir, str_of(files[i])), S(""), &r.diags);
    EXPECT_INT(3, dir_list(r.mem, dir, &names));
    EXPECT_STR(S("B"), names[0]);
    EXPECT_INT(3, dir_walk(r.mem, dir, &names));
    EXPECT_STR(S("a/z"), names[1]);
    EXPECT_INT(0, dir_list(r.mem, S("/nowhere/at/all"), &names));
    room_leave(&r);
}

/* /tmp may be small, and TMPDIR is where there is room. */
TEST(temporary_file_lies_in_tmpdir_and_has_no_name)
{
    struct room r;
    str dir = room_enter(&r), *names;
    char link[64], place[256] = "";
    const char *before = getenv("TMPDIR");
    setenv("TMPDIR", dir.p, 1);
    FILE *file = file_temporary();
    EXPECT(file != NULL && fputs("text", file) >= 0 && fflush(file) == 0);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fileno(file));
    EXPECT(readlink(link, place, sizeof place - 1) > 0);
    EXPECT(str_starts(str_of(place), dir));
    EXPECT_INT(0, dir_list(r.mem, dir, &names));
    fclose(file);
    setenv("TMPDIR", "/nowhere/at/all", 1);
    EXPECT(file_temporary() == NULL);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    room_leave(&r);
}

TEST(lock_is_held_once)
{
    struct room r;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S(".lock"));
    int first = file_lock(path, &r.diags);
    EXPECT(first >= 0);
    EXPECT_INT(-1, file_lock(path, &r.diags));
    EXPECT_INT(1, r.diags.nerrors);
    close(first);
    int again = file_lock(path, &r.diags);
    EXPECT(again >= 0);
    close(again);
    room_leave(&r);
}

TEST(paths_join_and_part)
{
    struct arena *mem = arena_new();
    EXPECT_STR(S("a/b"), path_join(mem, S("a/"), S("b")));
    EXPECT_STR(S("/b"), path_join(mem, S("a"), S("/b")));
    EXPECT_STR(S("b"), path_join(mem, S(""), S("b")));
    EXPECT_STR(S("a"), path_dir(S("a/b")));
    EXPECT_STR(S(""), path_dir(S("b")));
    EXPECT_STR(S("/"), path_dir(S("/b")));
    EXPECT_STR(S("b"), path_base(S("a/b")));
    arena_free(mem);
}

TEST(child_s_input_and_output_go_without_a_shell)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct buf big = {0};
    str out;
    diags_init(&diags, mem);
    const char *const cat[] = {"cat", NULL};
    for (int i = 0; i < 100000; i++)
        buf_addf(&big, "%d\n", i);
    EXPECT_INT(0, child_run(mem, cat, buf_str(&big), &out, 10000, &diags));
    EXPECT(str_eq(out, buf_str(&big)));
    buf_clear(&big);
    const char *const echo[] = {"echo", "$HOME", "`id`", NULL};
    EXPECT_INT(0, child_run(mem, echo, S(""), &out, 10000, &diags));
    EXPECT_STR(S("$HOME `id`\n"), out);
    arena_free(mem);
}

TEST(child_that_hangs_or_is_not_there_is_told)
{
    struct arena *mem = arena_new();
    struct diags diags;
    str out;
    diags_init(&diags, mem);
    const char *const sleeper[] = {"sleep", "100", NULL}, *const none[] = {"no-such-program", NULL};
    EXPECT_INT(128 + 9, child_run(mem, sleeper, S(""), &out, 50, &diags));
    EXPECT_INT(-1, child_run(mem, none, S(""), &out, 1000, &diags));
    EXPECT_INT(1, diags.nerrors);
    arena_free(mem);
}

TEST(a_folder_in_memory_is_not_taken_where_tmpdir_says_another)
{
    struct arena *mem = arena_new();
    str kept = arena_str(mem, str_of(getenv("TMPDIR")));

    unsetenv("TMPDIR");
    const char *folder = dir_in_memory();
    EXPECT(!folder || dir_exists(str_of(folder)));
    setenv("TMPDIR", "/tmp", 1);
    EXPECT(dir_in_memory() == NULL);
    if (str_is_set(kept))
        setenv("TMPDIR", kept.p, 1);
    else
        unsetenv("TMPDIR");
    arena_free(mem);
}

/* 40 MB: many blocks for each of the threads. */
TEST(a_large_file_has_one_hash_whoever_reads_it)
{
    struct room r;
    size_t n = 40 << 20;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S("large"));
    char *text = calloc(n, 1);
    EXPECT(file_write(path, (str){text, n}, &r.diags));
    struct hash128 hash = file_hash(path, 1);
    EXPECT(hash128_eq(hash, file_hash(path, 2)));
    EXPECT(hash128_eq(hash, file_hash(path, 16)));
    for (size_t at = 1; at < n; at += n / 5) {
        text[at] = 1;
        EXPECT(file_write(path, (str){text, n}, &r.diags));
        EXPECT(!hash128_eq(hash, file_hash(path, 2)));
        text[at] = 0;
    }
    EXPECT(file_write(path, (str){text, n - 1}, &r.diags));
    EXPECT(!hash128_eq(hash, file_hash(path, 2)));
    free(text);
    room_leave(&r);
}

/* Blocks have 131,072 bytes: the first slice begins three, of which the last stands in the second
 * slice too; what is added first does not matter. */
TEST(a_file_that_is_read_in_slices_has_the_hash_of_the_file)
{
    enum { SIZE = 400000, FIRST = 300000 };
    struct room r;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S("sliced"));
    char *text = arena_alloc(r.mem, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)(i % 251);
    EXPECT(file_write(path, (str){text, SIZE}, &r.diags));
    struct block_hashes *b = block_hashes_new(r.mem, SIZE);
    EXPECT_INT(3 * 131072, block_hashes_reach(b, FIRST));
    EXPECT_INT(SIZE, block_hashes_reach(b, SIZE));
    block_hashes_add(b, FIRST, SIZE, 200000, (str){text + 200000, SIZE - 200000});
    EXPECT(!hash128_eq(file_hash(path, 1), block_hashes_end(b)));
    block_hashes_add(b, 0, FIRST, 0, (str){text, 3 * 131072});
    EXPECT(hash128_eq(file_hash(path, 1), block_hashes_end(b)));
    room_leave(&r);
}

TEST(what_cannot_be_read_has_the_hash_of_an_empty_file)
{
    struct room r;
    str dir = room_enter(&r), path = path_join(r.mem, dir, S("empty"));
    EXPECT(file_write(path, S(""), &r.diags));
    EXPECT(hash128_eq(file_hash(path, 2), file_hash(path_join(r.mem, dir, S("none")), 1)));
    struct file_mark mark;
    EXPECT(file_mark(path, &mark) && mark.size == 0 && mark.changed > 0);
    EXPECT(!file_mark(path_join(r.mem, dir, S("none")), &mark));
    room_leave(&r);
}
