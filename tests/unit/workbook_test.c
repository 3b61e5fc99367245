#include "test.h"

#include "../../gen/render/render.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { ROWS = 20000 };

/* One column of as many numbers: in the archive a sheet of more than 600,000 bytes, which packs to
 * less than 200,000. */
static struct table_node *numbers(struct arena *mem)
{
    struct table_node *t = NEW(mem, struct table_node);
    *t = (struct table_node){
        .ncols = 1,
        .nrows = ROWS,
        .column = NEW_ARRAY(mem, 1, struct table_column),
        .cell = NEW_ARRAY(mem, ROWS, struct cell),
    };
    t->column[0] =
        (struct table_column){.name = S("n"), .label = S("Number"), .type = TYPE_integer};
    for (size_t i = 0; i < ROWS; i++)
        t->cell[i] =
            (struct cell){.value = {.kind = VALUE_INT, .i = (int64_t)i}, .type = TYPE_integer};
    return t;
}

static bool write_numbers(struct arena *mem, str path, struct diags *diags)
{
    static const struct language lang = {.tag = S("en"), .currency = S("EUR"), .money_decimals = 2};
    struct sheet sheet = {.title = S("Numbers"), .table = numbers(mem)};
    struct workbook w = {.title = S("Numbers"), .sheet = &sheet, .nsheets = 1};
    struct site site = {.title = S("Acme"), .lang = &lang, .as_of = day_of(2026, 10, 31)};
    return render_workbook(path, &site, &w, diags);
}

/* The library writes each part of the archive into a file of its own first, and does not look
 * whether that had room: here no file has more than 300,000 bytes. */
TEST(workbook_that_was_cut_off_on_its_way_is_no_workbook)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct rlimit before, narrow;
    char dir[] = "/tmp/salesbook.XXXXXX";
    diags_init(&diags, mem);
    EXPECT(mkdtemp(dir) != NULL);
    str path = path_join(mem, str_of(dir), S("numbers.xlsx"));

    EXPECT(write_numbers(mem, path, &diags));
    EXPECT(file_exists(path));
    EXPECT_INT(0, diags.nerrors);

    EXPECT(getrlimit(RLIMIT_FSIZE, &before) == 0);
    narrow = before;
    narrow.rlim_cur = 300000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    EXPECT(setrlimit(RLIMIT_FSIZE, &narrow) == 0);
    bool ok = write_numbers(mem, path, &diags);
    EXPECT(setrlimit(RLIMIT_FSIZE, &before) == 0);
    signal(SIGXFSZ, handler);

    EXPECT(!ok);
    EXPECT(diags.nerrors == 1 && diags_last(&diags)->id == DIAG_FILE_WRITE);
    EXPECT(!file_exists(path));
    EXPECT(tree_remove(str_of(dir)));
    arena_free(mem);
}
