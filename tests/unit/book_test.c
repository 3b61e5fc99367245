#include "test.h"

#include "../../gen/book/start.h"

#include <sys/wait.h>
#include <unistd.h>

/* ---- workers ---- */

static bool odd_units_fail(void *arg, void *state, size_t unit, struct diags *diags,
                           struct buf *told)
{
    (void)arg, (void)state;
    buf_addf(told, "%zu ", unit);
    if (unit % 2)
        return diags_add(diags, DIAG_FILE_READ, ((struct place){S("f"), (int)unit, 0}), S("x"),
                         S("y"));
    return true;
}

static struct buf heard;

static void hear(void *arg, str told)
{
    (void)arg;
    buf_add(&heard, told);
}

TEST(workers_tell_in_the_order_of_units_whatever_their_number)
{
    for (int nworkers = 1; nworkers <= 5; nworkers += 2) {
        struct arena *mem = arena_new();
        struct diags diags;
        struct work work = {
            .unit = odd_units_fail, .tell = hear, .nunits = 9, .nworkers = nworkers, .arg = mem};
        diags_init(&diags, mem);
        buf_reset(&heard);
        EXPECT(!work_run(&work, &diags));
        EXPECT_STR(S("0 1 2 3 4 5 6 7 8 "), buf_str(&heard));
        EXPECT_INT(4, diags.nerrors);
        for (size_t i = 0; i < diags.list.n; i++)
            EXPECT_INT(2 * i + 1, diags.list.at[i].at.line);
        arena_free(mem);
    }
    buf_clear(&heard);
}

static bool third_unit_dies(void *arg, void *state, size_t unit, struct diags *diags,
                            struct buf *told)
{
    (void)arg, (void)state, (void)diags, (void)told;
    if (unit == 2)
        _exit(9);
    return true;
}

TEST(worker_that_dies_fails_the_work)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct work work = {.unit = third_unit_dies, .nunits = 4, .nworkers = 2, .arg = mem};
    diags_init(&diags, mem);
    EXPECT(!work_run(&work, &diags));
    EXPECT_INT(DIAG_WORKER_DIED, diags_last(&diags)->id);
    arena_free(mem);
}

/* A shell that becomes the program by exec leaves it what it started before. */
TEST(children_that_are_no_workers_are_left_alone)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct work work = {.unit = odd_units_fail, .nunits = 1, .nworkers = 1, .arg = mem};
    int status = 0;
    pid_t other = fork();
    if (other == 0)
        _exit(3);
    diags_init(&diags, mem);
    waitid(P_PID, (id_t)other, &(siginfo_t){0}, WEXITED | WNOWAIT);
    EXPECT(work_run(&work, &diags));
    EXPECT_INT(0, diags.list.n);
    EXPECT_INT(other, waitpid(other, &status, 0));
    EXPECT_INT(3, WEXITSTATUS(status));
    arena_free(mem);
}

static void *never_starts(void *arg, struct diags *diags)
{
    (void)arg;
    diags_add(diags, DIAG_CHILD_START, (struct place){0}, S("gnuplot"), S("not there"));
    return NULL;
}

TEST(worker_that_cannot_start_says_why)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct work work = {.start = never_starts, .unit = third_unit_dies, .nunits = 4, .nworkers = 2};
    diags_init(&diags, mem);
    EXPECT(!work_run(&work, &diags));
    EXPECT(diags.nerrors >= 1);
    EXPECT_INT(DIAG_CHILD_START, diags.list.at[0].id);
    arena_free(mem);
}

/* ---- book.yaml ---- */

struct room {
    struct arena *mem;
    struct diags diags;
    char dir[32];
    struct book book;
};

static void enter(struct room *r)
{
    r->mem = arena_new();
    diags_init(&r->diags, r->mem);
    snprintf(r->dir, sizeof r->dir, "/tmp/salesbook.XXXXXX");
    EXPECT(mkdtemp(r->dir) != NULL);
}

static void put(struct room *r, const char *file, str text)
{
    file_write(path_join(r->mem, str_of(r->dir), str_of(file)), text, &r->diags);
}

static void leave(struct room *r)
{
    EXPECT(tree_remove(str_of(r->dir)));
    arena_free(r->mem);
}

TEST(book_without_settings_is_all_by_default)
{
    struct room r;
    enter(&r);
    EXPECT(book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
    EXPECT_STR(path_base(str_of(r.dir)), r.book.title);
    EXPECT_INT(1, r.book.fiscal_year_start);
    EXPECT_INT(DAY_NONE, r.book.as_of);
    EXPECT_INT(1, r.book.naudiences);
    EXPECT_STR(S("everyone"), r.book.audiences[0]);
    leave(&r);
}

TEST(book_settings_are_read)
{
    struct room r;
    enter(&r);
    put(&r, "book.yaml",
        S("title: Acme\ncurrency: JPY\nfiscal_year_start: 2026-04\nas_of: 2026-09-30\n"
          "audiences: [managers, Everyone, Managers]\n"
          "tables:\n  sales: {file: \"./e-*.csv\", delimiter: tab, decimal: \",\",\n"
          "          columns: {amount: Net total}}\n"));
    EXPECT(book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
    EXPECT_INT(0, r.book.lang.money_decimals);
    EXPECT_INT(4, r.book.fiscal_year_start);
    EXPECT_INT(day_of(2026, 9, 30), r.book.as_of);
    EXPECT_INT(2, r.book.naudiences);
    EXPECT_STR(S("managers"), r.book.audiences[1]);
    EXPECT_INT(1, r.book.nmappings);
    EXPECT_STR(S("e-*.csv"), r.book.mapping[0].file);
    EXPECT_INT('\t', r.book.mapping[0].delimiter);
    EXPECT_STR(S("Net total"), r.book.mapping[0].columns.at[0].head);
    leave(&r);
}

TEST(book_settings_that_cannot_be_are_all_told)
{
    struct room r;
    enter(&r);
    put(&r, "book.yaml",
        S("tilte: Acme\nfiscal_year_start: 13\nas_of: yesterday\nmoney_decimals: 7\n"));
    EXPECT(!book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
    EXPECT_INT(4, r.diags.list.n);
    leave(&r);
}

/* ---- files of the book over those of templates ---- */

TEST(overlay_takes_the_book_s_file_and_its_language)
{
    struct room r;
    struct overlay_file *files;
    enter(&r);
    put(&r, "t/pages/a.md", S("a"));
    put(&r, "t/pages/b.md", S("b"));
    put(&r, "t/pages/b.zh.md", S("b in Chinese"));
    put(&r, "t/pages/c.de.md", S("c in German"));
    put(&r, "t/pages/north.plan.md", S("no language"));
    put(&r, "book/pages/a.md", S("the book's a"));
    struct book book = {.dir = path_join(r.mem, str_of(r.dir), S("book")),
                        .templates = path_join(r.mem, str_of(r.dir), S("t")),
                        .lang = language_of(S("zh"), S("CNY"), -1)};
    EXPECT_INT(3, overlay_list(r.mem, &book, S("pages"), &files));
    EXPECT_STR(S("north.plan.md"), files[2].name);
    EXPECT_STR(S("a.md"), files[0].name);
    EXPECT(str_ends(files[0].path, S("book/pages/a.md")));
    EXPECT_STR(S("b.md"), files[1].name);
    EXPECT(str_ends(files[1].path, S("t/pages/b.zh.md")));
    leave(&r);
}

TEST(thousands_may_be_parted_by_the_blanks_and_apostrophes_of_other_programs)
{
    static const struct {
        const char *yaml;
        char mark;
    } cases[] = {{"\"\u00a0\"", ' '}, {"\u202f", ' '}, {"\" \"", ' '}, {"space", ' '},
                 {"\u2019", '\''},    {"\"'\"", '\''}, {"\",\"", ','}, {"\".\"", '.'}};
    struct room r;
    enter(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(&r, "book.yaml",
            arena_printf(r.mem, "tables: {sales: {thousands: %s}}\n", cases[i].yaml));
        EXPECT(book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
        EXPECT_INT(cases[i].mark, r.book.mapping[0].thousands);
        EXPECT_INT(cases[i].mark == '.' ? ',' : 0, r.book.mapping[0].decimal);
    }
    put(&r, "book.yaml", S("tables: {sales: {thousands: \u00b7}}\n"));
    EXPECT(!book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
    leave(&r);
}

TEST(marks_that_cannot_be_told_apart_are_refused)
{
    static const char *const marks[] = {"decimal: \"5\"",
                                        "decimal: \" \"",
                                        "delimiter: x",
                                        "delimiter: '\"'",
                                        "thousands: \"-\"",
                                        "decimal: \",\", thousands: \",\"",
                                        "decimal: \".\", thousands: \".\""};
    struct room r;
    enter(&r);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        put(&r, "book.yaml", arena_printf(r.mem, "tables: {sales: {%s}}\n", marks[i]));
        EXPECT(!book_read(r.mem, str_of(r.dir), S("t"), &r.book, &r.diags));
    }
    leave(&r);
}

/* ---- exports ---- */

static struct field fields[] = {
    {.name = {"date", 4}, .type = TYPE_date, .required = true},
    {.name = {"order_id", 8}, .type = TYPE_string},
    {.name = {"amount", 6}, .type = TYPE_money, .required = true},
};

static struct guess guessed(struct room *r, str bytes)
{
    static str also[] = {{"Net total", 9}};
    struct schema schema = {.name = S("sales"), .field = fields, .nfields = 3};
    struct guess guess;
    fields[2].also = also;
    fields[2].nalso = 1;
    EXPECT(guess_mapping(r->mem, &schema, S("x/export.csv"), bytes, &guess, &r->diags));
    return guess;
}

TEST(export_with_semicolons_and_commas_is_understood)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("Date;Order ID;Net total;Remark\n31.10.2026;7;1.234,50;a\n"
                                   "01.10.2026;8;99,90;b\n"));
    EXPECT_INT(';', g.mapping.delimiter);
    EXPECT_INT(',', g.mapping.decimal);
    EXPECT_INT('.', g.mapping.thousands);
    EXPECT_STR(S("%d.%m.%Y"), g.mapping.dates);
    EXPECT_INT(3, g.mapping.columns.n);
    EXPECT_INT(1, g.nunused);
    EXPECT_STR(S("Remark"), g.unused[0]);
    EXPECT_INT(0, g.nmissing);
    leave(&r);
}

TEST(export_s_head_may_stand_below_titles)
{
    static const struct {
        const char *text;
        int head;
        char delimiter;
    } cases[] = {
        {"date;order_id;amount\n2026-10-31;7;12.00\n", 0, ';'},
        {"Sales of October\nprinted 2026-11-02, by ann\ndate;order_id;amount\n2026-10-31;7;12.00\n",
         3, ';'},
        {"Report,,\n\nDate,Order ID,Net total\n2026-10-31,7,12.00\n", 3, ','},
        {"Order ID,,\nDate,Order ID,Net total\n2026-10-31,7,12.00\n", 2, ','},
        {"sep=;\ndate;order_id;amount\n2026-10-31;7;12.00\n", 0, ';'},
        {"\n\ndate;order_id;amount\n2026-10-31;7;12.00\n", 0, ';'},
        {"Day|No|Sum\n2026-10-31|date|amount\n", 2, '|'}, /* looks like one */
        {"Day|No|Sum\n2026-10-31|date|1.00\n", 0, '|'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct room r;
        enter(&r);
        struct guess g = guessed(&r, str_of(cases[i].text));
        EXPECT_INT(cases[i].head, g.mapping.head);
        EXPECT_INT(cases[i].delimiter, g.mapping.delimiter);
        leave(&r);
    }
}

TEST(export_s_amounts_may_have_their_currency_in_the_head)
{
    static const struct {
        const char *head, *currency;
    } cases[] = {
        {"Net total (CHF)", "CHF"},  {"Net total in USD", "USD"}, {"net_total_eur", "EUR"},
        {"Net total [€]", "EUR"},    {"Net total, EUR", "EUR"},   {"Net total gross", NULL},
        {"Net total (gross)", NULL}, {"Gross USD", NULL},         {"CHF", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct room r;
        enter(&r);
        struct guess g =
            guessed(&r, arena_printf(r.mem, "date;%s\n2026-10-31;12.00\n", cases[i].head));
        EXPECT_INT(cases[i].currency ? 0 : 1, g.nmissing);
        EXPECT_STR(str_of(cases[i].currency ? cases[i].currency : ""),
                   str_is_set(g.currency) ? g.currency : S(""));
        leave(&r);
    }
}

TEST(export_s_currency_is_found_beside_its_amounts)
{
    static const struct {
        const char *cells, *currency;
        char decimal, thousands;
    } cases[] = {{"2026-10-31;$1,234.50\n2026-10-30;$99.00\n", "USD", 0, ','},
                 {"2026-10-31;99\n2026-10-30;($1,234.50)\n", "USD", 0, ','},
                 {"2026-10-31;1\u202f234,50\u00a0€\n2026-10-30;99,00 €\n", "EUR", ',', ' '},
                 {"2026-10-31;1\u00a0234,50\n", "", ',', ' '},
                 {"2026-10-31;CHF 1\u2019234.50\n", "CHF", 0, '\''},
                 {"2026-10-31;-CNY 100\n", "CNY", 0, 0},
                 {"2026-10-31;100 pieces\n", "", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct room r;
        enter(&r);
        struct guess g = guessed(&r, arena_printf(r.mem, "date;amount\n%s", cases[i].cells));
        EXPECT_STR(str_of(cases[i].currency), str_is_set(g.currency) ? g.currency : S(""));
        EXPECT_INT(cases[i].decimal, g.mapping.decimal);
        EXPECT_INT(cases[i].thousands, g.mapping.thousands);
        leave(&r);
    }
}

TEST(export_in_plain_form_needs_no_mapping)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("date,order_id,amount\n2026-10-31,7,\"1,234.50\"\n"));
    EXPECT_INT(',', g.mapping.delimiter);
    EXPECT_INT(0, g.mapping.decimal);
    EXPECT_INT(',', g.mapping.thousands);
    EXPECT(!str_is_set(g.mapping.dates));
    EXPECT_INT(0, g.mapping.columns.n);
    leave(&r);
}

TEST(export_s_months_may_stand_first_and_columns_be_missing)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("Date|Weight\n10/31/2026|3\n"));
    EXPECT_INT('|', g.mapping.delimiter);
    EXPECT_STR(S("%m/%d/%Y"), g.mapping.dates);
    EXPECT_INT(1, g.nmissing);
    EXPECT_STR(S("amount"), g.missing[0]);
    leave(&r);
}

/* The form of dates that is found in a column of these cells. */
static str dates_of(struct room *r, const char *lines)
{
    return guessed(r, arena_printf(r->mem, "date,amount\n%s", lines)).mapping.dates;
}

TEST(export_s_dates_are_told_by_all_their_cells)
{
    struct room r;
    enter(&r);
    EXPECT_STR(S("%d.%m.%y"), dates_of(&r, "31.10.26,1\n1.9.26,2\n"));
    EXPECT_STR(S("%m/%d/%y"), dates_of(&r, "1/2/26,1\n10/31/26,2\n"));
    EXPECT_STR(S("%d/%m/%Y %H:%M"), dates_of(&r, "31/10/2026 14:05,1\n"));
    EXPECT_STR(S("%Y-%m-%d %H:%M:%S"), dates_of(&r, "2026-10-31 14:05:09,1\n"));
    EXPECT_STR(S("%Y/%m/%d"), dates_of(&r, "2026/10/31,1\n2026/9/30,2\n"));
    EXPECT_STR(S("%d.%m.%Y"), dates_of(&r, "unknown,1\n31.10.2026,2\n30.10.2026,3\n"));
    EXPECT_STR(S("%Y-%m-%d"), dates_of(&r, "2026-10-31,1\n2026-11-2,2\n"));
    EXPECT_STR(S("%Y-%m-%d"), dates_of(&r, "2026-9-30,1\n2026-10-31,2\n"));
    EXPECT_STR(S("%Y年%m月%d日"), dates_of(&r, "2026年10月31日,1\n2026年9月3日,2\n"));
    EXPECT(!str_is_set(dates_of(&r, "2026年10月,1\n")));
    EXPECT(!str_is_set(dates_of(&r, "2026-10-31,1\n")));
    EXPECT(!str_is_set(dates_of(&r, "030-1234-567,1\n")));
    EXPECT(!str_is_set(dates_of(&r, ",1\n")));
    leave(&r);
}

TEST(export_s_months_are_unsure_where_no_date_tells_and_stand_first_beside_dollars)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("date,amount\n1/2/2026,1\n3/2/2026,2\n"));
    EXPECT(g.month_unsure);
    EXPECT_STR(S("%d/%m/%Y"), g.mapping.dates);
    g = guessed(&r, S("date,amount\n1/2/2026,$1\n3/2/2026,$2\n"));
    EXPECT(g.month_unsure);
    EXPECT_STR(S("%m/%d/%Y"), g.mapping.dates);
    g = guessed(&r, S("date,amount\n1/2/2026,$1\n31/2/2026,$2\n"));
    EXPECT(!g.month_unsure);
    EXPECT_STR(S("%d/%m/%Y"), g.mapping.dates);
    g = guessed(&r, S("date,amount\n2026/1/2,$1\n"));
    EXPECT(!g.month_unsure);
    leave(&r);
}

TEST(export_s_dates_are_found_under_a_head_that_is_not_known)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("Phone,Jour,amount\n030-1234-567,31/10/26,1\n"));
    EXPECT_STR(S("%d/%m/%y"), g.mapping.dates);
    EXPECT_INT(1, g.nmissing);
    struct buf yaml = {0};
    guess_yaml(&yaml, &g);
    EXPECT(str_find(buf_str(&yaml), S("      date: \"\" #"), 0) < yaml.n);
    buf_clear(&yaml);
    leave(&r);
}

TEST(export_s_thousands_may_be_parted_by_an_apostrophe_or_a_blank)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("date,amount\n2026-10-31,1'234.50\n"));
    EXPECT_INT('\'', g.mapping.thousands);
    EXPECT_INT(0, g.mapping.decimal);
    g = guessed(&r, S("date;amount\n2026-10-31;1 234,50\n"));
    EXPECT_INT(' ', g.mapping.thousands);
    EXPECT_INT(',', g.mapping.decimal);
    leave(&r);
}

TEST(export_s_encoding_is_written_down_and_not_warned_of)
{
    struct room r;
    enter(&r);
    struct guess g = guessed(&r, S("date,amount,Verk\xe4ufer\n2026-10-31,1,M\xfcller\n"
                                   "2026-10-30,2,Sch\xe4"
                                   "fer\n"));
    EXPECT(str_is_set(g.mapping.encoding));
    EXPECT_INT(0, r.diags.list.n);
    EXPECT_INT(0, r.diags.nwarnings);
    leave(&r);
}
