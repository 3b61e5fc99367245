#include <csv.h>
#include <stdlib.h>

#include "../../gen/data/data.h"
#include "test.h"

/* Records as "line:a|b" parted by "; ", lines that were set aside as "!line:raw". */
struct log {
    struct buf text;
    int most; /* stop after so many records; 0: never */
    int nrecords;
};

static bool log_record(struct log *log, const struct csv_record *r, bool bad)
{
    buf_add(&log->text, log->text.n ? S("; ") : S(""));
    buf_addf(&log->text, "%s%d:", bad ? "!" : "", r->line);
    if (bad)
        buf_add(&log->text, r->raw);
    for (size_t i = 0; i < r->nfields; i++) {
        buf_add(&log->text, i ? S("|") : S(""));
        buf_add(&log->text, r->field[i]);
    }
    return ++log->nrecords != log->most;
}

static bool on_row(void *arg, const struct csv_record *r)
{
    return log_record(arg, r, false);
}

static bool on_bad(void *arg, const struct csv_record *r)
{
    return log_record(arg, r, true);
}

/* What is read of text, and behind " / " what is told of it. */
static str read_log(struct arena *mem, str text, char delimiter, bool scans)
{
    struct diags diags;
    struct log log = {0};
    diags_init(&diags, mem);
    csv_read_from((struct csv_start){.scans = scans}, S("a.csv"), text, delimiter, on_row, &log,
                  on_bad, &diags);
    buf_add(&log.text, S(" / "));
    for (size_t i = 0; i < diags.list.n; i++)
        buf_addf(&log.text, "%s%d %s", i ? "; " : "", diags.list.at[i].at.line,
                 diag_code(&diags.list.at[i]));
    str read = arena_str(mem, buf_str(&log.text));
    buf_clear(&log.text);
    return read;
}

static void expect_records(str expected, str text, char delimiter, const char *codes)
{
    struct arena *mem = arena_new();
    struct buf all = {0};
    buf_add(&all, expected);
    buf_addf(&all, " / %s", codes);
    EXPECT_STR(buf_str(&all), read_log(mem, text, delimiter, false));
    EXPECT_STR(buf_str(&all), read_log(mem, text, delimiter, true));
    buf_clear(&all);
    arena_free(mem);
}

TEST(a_file_without_a_byte_or_without_a_record_has_no_records)
{
    expect_records(S(""), S(""), ',', "");
    expect_records(S(""), S("\n\r\n   \n"), ',', "");
}

TEST(the_last_line_needs_no_line_end)
{
    expect_records(S("1:a|b; 2:1|2"), S("a,b\n1,2"), ',', "");
    expect_records(S("1:a|b; 2:1|"), S("a,b\n1,"), ',', "");
    expect_records(S("1:a|b; 2:1|x y"), S("a,b\n1,\"x y\""), ',', "");
}

TEST(empty_lines_are_no_records_but_count_as_lines)
{
    expect_records(S("2:a|b; 5:1|2; 7:3|4"), S("\na,b\n\n\n1,2\n\n3,4\n"), ',', "");
    expect_records(S("2:a|b; 4:1|2"), S("\r\na,b\r\n\r\n1,2\r\n"), ',', "");
    expect_records(S("1:a; 3:bc"), S("a\n  \nbc\n"), ',', "");
    expect_records(S("1:a|b; 4:\"|2"), S("a,b\n  \n\n\"\"\"\",2\n"), ',', "");
    expect_records(S("1:a|b; 4:\"|2"), S("a,b\n\n\n\"\"\"\",2\n"), ',', "");
    expect_records(S("1:a|b; 3:A|B"), S("a,b\n   \nA,B\n"), ',', "");
}

TEST(quoted_cells_hold_delimiters_quotes_and_line_ends)
{
    expect_records(S("1:a|b; 2:x,y|say \"hi\"; 3:two\nlines|2; 5:3|4"),
                   S("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",2\n3,4\n"), ',', "");
}

TEST(blanks_around_cells_are_dropped_but_not_in_quotes)
{
    expect_records(S("1:a|b; 2:1|2; 3: 3 |4 4"), S("a,b\n 1 ,2\t\n\" 3 \", 4 4\n"), ',', "");
    expect_records(S("1:a|b; 2:|2"), S("a\tb\n\t2\n"), '\t', "");
}

TEST(carriage_returns_alone_end_records_as_old_macs_wrote_them)
{
    expect_records(S("1:a|b; 2:1|2; 3:3|4"), S("a,b\r1,2\r3,4"), ',', "");
    expect_records(S("1:a|b; 2:1|2; 3:3|4"), S("a,b\n1,2\r3,4\n"), ',', "");
}

TEST(a_quote_inside_a_cell_sets_aside_its_row_only)
{
    expect_records(S("1:a|b; !2:1,5\" pipe; 3:3|4"), S("a,b\n1,5\" pipe\n3,4\n"), ',',
                   "2 csv-quote");
    expect_records(S("1:a|b; !2:1,\"x\"y; 3:3|4"), S("a,b\n1,\"x\"y\n3,4\n"), ',', "2 csv-quote");
}

TEST(a_quote_never_closed_sets_aside_one_row)
{
    expect_records(S("1:a|b; !2:1,\"x; 3:3|4; 4:5|6"), S("a,b\n1,\"x\n3,4\n5,6\n"), ',',
                   "2 csv-quote");
    expect_records(S("1:a|b; !2:1,\"x"), S("a,b\n1,\"x"), ',', "2 csv-quote");
}

TEST(after_a_broken_row_reading_goes_on_at_the_next_whole_one)
{
    /* The quote of line 2 ends at that of line 4: 3 is whole by itself, 4 is not, 5 is again. */
    expect_records(S("1:a|b; !2:1,\"x; 3:3|4; !4:y\"z,6; 5:7|8"),
                   S("a,b\n1,\"x\n3,4\ny\"z,6\n7,8\n"), ',', "2 csv-quote; 4 csv-quote");
    /* Line 3 has too few cells to be trusted. */
    expect_records(S("1:a|b; !2:1,\"x; !3:three; 4:5|6"), S("a,b\n1,\"x\nthree\n5,6\n"), ',',
                   "2 csv-quote; 3 csv-quote");
}

TEST(a_NUL_byte_sets_aside_its_row)
{
    static const char text[] = "a,b\n1,\0\n3,4\n";
    expect_records((str){"1:a|b; !2:1,\0; 3:3|4", 20}, (str){text, sizeof text - 1}, ',',
                   "2 csv-nul");
}

TEST(a_cell_over_one_mebibyte_sets_aside_its_row)
{
    struct buf text = {0};
    struct log log = {0};
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    buf_add(&text, S("a,b\n1,"));
    for (int i = 0; i < 1100; i++)
        for (int k = 0; k < 64; k++)
            buf_add(&text, S("0123456789abcdef"));
    buf_add(&text, S("\n3,4\n"));
    csv_read(S("a.csv"), buf_str(&text), ',', on_row, &log, NULL, &diags);
    EXPECT_STR(S("1:a|b; 3:3|4"), buf_str(&log.text));
    EXPECT_INT(1, diags.nwarnings);
    EXPECT_STR(S("csv-long"), str_of(diag_code(diags_last(&diags))));
    buf_clear(&text);
    buf_clear(&log.text);
    arena_free(mem);
}

TEST(a_callback_that_says_no_is_not_called_again)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct log log = {.most = 2};
    diags_init(&diags, mem);
    EXPECT(!csv_read(S("a.csv"), S("a\nb\nc\nd\n"), ',', on_row, &log, NULL, &diags));
    EXPECT_STR(S("1:a; 2:b"), buf_str(&log.text));
    buf_clear(&log.text);
    arena_free(mem);
}

/* ---- the same records as libcsv gives when it is fed the text whole ---- */

struct whole {
    struct buf text;
    bool in_row;
    str file; /* for on_plain, which counts its lines */
};

static void whole_field(void *bytes, size_t n, void *arg)
{
    struct whole *w = arg;
    buf_add(&w->text, w->in_row ? S("|") : w->text.n ? S("; ") : S(""));
    buf_add(&w->text, (str){bytes, n});
    w->in_row = true;
}

static void whole_row(int terminator, void *arg)
{
    (void)terminator;
    ((struct whole *)arg)->in_row = false;
}

/* False if libcsv finds an error in the text. */
static bool read_whole(str text, struct whole *w)
{
    struct csv_parser p;
    csv_init(&p, CSV_STRICT | CSV_STRICT_FINI);
    bool ok = csv_parse(&p, text.p, text.n, whole_field, whole_row, w) == text.n &&
              csv_fini(&p, whole_field, whole_row, w) == 0;
    csv_free(&p);
    return ok;
}

static int line_of(str file, const char *at)
{
    int line = 1;
    for (const char *p = file.p; p < at; p++)
        line += *p == '\n' || (*p == '\r' && p[1] != '\n');
    return line;
}

static bool on_plain(void *arg, const struct csv_record *r)
{
    struct whole *w = arg;
    EXPECT_INT(line_of(w->file, r->raw.p), r->line);
    for (size_t i = 0; i < r->nfields; i++)
        whole_field((void *)r->field[i].p, r->field[i].n, w);
    whole_row(0, w);
    return true;
}

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* Of some letters of an alphabet, the first more often than the last; its length. */
static size_t random_text(uint32_t *seed, char *text, size_t most, const char *alphabet,
                          size_t nletters)
{
    size_t n = next_random(seed, (uint32_t)most);
    for (size_t i = 0; i < n; i++)
        text[i] = alphabet[next_random(seed, (uint32_t)nletters)];
    return n;
}

static void expect_as_whole(str text, const struct whole *expected, bool scans)
{
    struct arena *mem = arena_new();
    struct whole got = {.file = text};
    struct diags diags;
    diags_init(&diags, mem);
    csv_read_from((struct csv_start){.scans = scans}, S("a.csv"), text, ',', on_plain, &got, NULL,
                  &diags);
    EXPECT_INT(0, diags.list.n);
    EXPECT_STR(expected->text.n ? buf_str(&expected->text) : S(""),
               got.text.n ? buf_str(&got.text) : S(""));
    buf_clear(&got.text);
    arena_free(mem);
}

TEST(hostile_texts_give_the_same_records_as_libcsv_fed_whole)
{
    static const char alphabet[] = "ab,,,  \t\n\n\r\"\";x";
    uint32_t seed = 7;
    int ncompared = 0;
    for (int round = 0; round < 20000; round++) {
        char text[48];
        size_t nletters = sizeof alphabet - (round % 2 ? 5 : 1); /* every other without quotes */
        str all = {text, random_text(&seed, text, sizeof text, alphabet, nletters)};
        struct whole expected = {0};
        if (read_whole(all, &expected)) {
            expect_as_whole(all, &expected, false);
            expect_as_whole(all, &expected, true);
            ncompared++;
        }
        buf_clear(&expected.text);
    }
    EXPECT(ncompared > 10000);
}

/* Bytes of several blocks of a scan, most of them plain; NULs and broken quotes among them. */
TEST(hostile_texts_are_read_and_told_of_by_scan_as_by_libcsv)
{
    static const char alphabet[] = "aaabbbxyz0123456789....,,,,,,\n\n\r \t;\"\0";
    static const char delimiters[] = ",;\t.";
    struct arena *mem = arena_new();
    uint32_t seed = 11;
    for (int round = 0; round < 20000; round++) {
        char text[400], delimiter = delimiters[next_random(&seed, 4)];
        size_t nletters = sizeof alphabet - 1 - next_random(&seed, 8);
        str all = {text, random_text(&seed, text, sizeof text, alphabet, nletters)};
        EXPECT_STR(read_log(mem, all, delimiter, false), read_log(mem, all, delimiter, true));
        arena_reset(mem);
    }
    arena_free(mem);
}

TEST(a_scan_stops_where_its_callback_says_so)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct log log = {.most = 2};
    diags_init(&diags, mem);
    EXPECT(!csv_read_from((struct csv_start){.scans = true}, S("a.csv"), S("a\nb\nc\nd\n"), ',',
                          on_row, &log, NULL, &diags));
    EXPECT_STR(S("1:a; 2:b"), buf_str(&log.text));
    buf_clear(&log.text);
    arena_free(mem);
}

TEST(cells_are_quoted_only_where_needed)
{
    struct buf b = {0};
    csv_cell(&b, S("plain"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("a,b"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("say \"hi\""), true);
    buf_addc(&b, '/');
    csv_cell(&b, S(" blank"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S(""), true);
    EXPECT_STR(S("plain/\"a,b\"/\"say \"\"hi\"\"\"/\" blank\"/"), buf_str(&b));
    buf_clear(&b);
}

TEST(formulas_are_defused_but_negative_numbers_are_not)
{
    struct buf b = {0};
    csv_cell(&b, S("=1+1"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("@SUM(A1)"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("-12.50"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("-2+cmd|' /C calc'!A0"), true);
    buf_addc(&b, '/');
    csv_cell(&b, S("=1+1"), false);
    EXPECT_STR(S("\"'=1+1\"/\"'@SUM(A1)\"/-12.50/\"'-2+cmd|' /C calc'!A0\"/=1+1"), buf_str(&b));
    buf_clear(&b);
}
