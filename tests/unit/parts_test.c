#include "data_kit.h"
#include "test.h"

/* A large file is read in parts by threads, and a larger one in stretches of parts; reading it from
 * beginning to end is the oracle: the same rows on the same lines, the same counts, rejected rows
 * and diagnostics in the same order. */

enum { PARTS_BYTES = 9 << 20, SMALL_BYTES = 9 << 10 }; /* two parts, and one */

enum kind {
    PLAIN,       /* quotes and newlines inside of them, but no defect */
    SOME_BAD,    /* a row in 1,000 that cannot be used, and money with too many decimals */
    NULS,        /* a row in 1,000 with a NUL byte */
    BROKEN,      /* a quote that is never closed, in the middle */
    RETURNS,     /* lines end with CR LF */
    LONE_RETURN, /* once by a CR alone */
    NAMELESS,    /* something under a column without a name, near both ends */
    BAD_HEAD,    /* no column that is wanted */
    MARKED,  /* a byte order mark, a line that says the delimiter, and no end of the last line */
    NO_UTF8, /* a byte that is none, near the end */
    TWICE,   /* a key that stands in the first and in the last stretch */
};

static const char *note_of(enum kind kind, size_t row)
{
    if (kind == BROKEN && row == 100000)
        return "\"open";
    if (kind == NO_UTF8 && row == 150000)
        return "caf\xE9";
    if (kind == NO_UTF8 && row % 100 == 3)
        return "café";
    if (row % 7 == 0)
        return "\"said \"\"yes\"\",\nand went\"";
    return row % 5 ? "short" : "\"a, b\"";
}

static void add_row(struct buf *b, enum kind kind, size_t row)
{
    const char *end = kind == RETURNS ? "\r\n" : kind == LONE_RETURN && row == 90000 ? "\r" : "\n";
    const char *amount = kind == SOME_BAD && row % 1000 == 7   ? "much"
                         : kind == SOME_BAD && row % 1000 == 9 ? "1.005"
                                                               : "12.50";
    const char *extra = kind == NAMELESS && (row == 10 || row == 150000) ? "x" : "";
    buf_addf(b, "2026-%02zu-%02zu,SO-%zu,%zu,p%zu,%s,%s,%s%s", row / 28 % 9 + 1, row % 28 + 1,
             row / 3, row % 3 + 1, row % 11, amount, note_of(kind, row), extra, end);
    if (kind == NULS && row % 1000 == 7)
        b->p[b->n - 4] = '\0';
}

static str text_of(struct buf *b, enum kind kind, size_t first, size_t size)
{
    buf_reset(b);
    buf_add(b, kind == MARKED ? S("\xEF\xBB\xBFsep=,\n") : S(""));
    buf_add(b,
            kind == BAD_HEAD ? S("a,b,c,d,e,f,\n") : S("date,order_id,line,person,amount,note,\n"));
    for (size_t row = first; b->n < size; row++)
        add_row(b, kind, row);
    b->n -= kind == MARKED;
    return buf_str(b);
}

static void open_kit(struct data_kit *k, enum kind kind, int jobs, size_t stretch)
{
    struct buf text = {0};
    data_kit_init(k);
    k->options.jobs = jobs;
    k->options.stretch = stretch;
    data_kit_file(k, "systems/shop/tables.yaml",
                  "tables:\n"
                  "  sales:\n"
                  "    fact: date\n"
                  "    primaryKey: [order_id, line]\n"
                  "    error_if: 100%\n"
                  "    fields:\n"
                  "      date: {type: date, required: yes}\n"
                  "      order_id: {type: string}\n"
                  "      line: {type: integer}\n"
                  "      person: {type: string}\n"
                  "      amount: {type: money, minimum: 0}\n"
                  "      note: {type: string}\n");
    data_kit_bytes(k, "book/sales.csv", text_of(&text, kind, 0, PARTS_BYTES));
    data_kit_bytes(k, "book/sales-b.csv",
                   text_of(&text, PLAIN, 1000000, kind == PLAIN ? PARTS_BYTES : SMALL_BYTES));
    buf_clear(&text);
    data_kit_load(k);
}

/* All that may differ, in words. */
static str outcome(struct data_kit *k)
{
    const struct table *t = dataset_table(k->data, S("sales"));
    struct buf b = {0};
    buf_addf(&b, "%zu rows ", t->nrows);
    buf_add(&b, hash128_hex(k->mem, table_hash(k->mem, t)));
    for (size_t i = 0; i < t->sources.n; i++)
        buf_addf(&b, " %zu-%zu", t->sources.at[i].rows_read, t->sources.at[i].rows_aside);
    for (size_t row = 0; row < t->nrows; row += 997)
        buf_addf(&b, " %d", table_place(t, row).line);
    buf_add(&b, rejects_csv(k->mem, t, true));
    for (size_t i = 0; i < k->diags.list.n; i++) {
        const struct diag *d = &k->diags.list.at[i];
        buf_addf(&b, "%d %d ", d->at.line, d->at.col);
        buf_add(&b, diag_message(k->mem, d));
    }
    str words = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return words;
}

static void compare_reading(enum kind kind)
{
    struct data_kit whole, parts, stretches;
    open_kit(&whole, kind, 1, 0);
    open_kit(&parts, kind, 3, 0);
    open_kit(&stretches, kind, 2, 1 << 20);
    EXPECT(dataset_table(parts.data, S("sales"))->nrows > (kind == BAD_HEAD ? 100 : 100000));
    EXPECT(str_eq(outcome(&whole), outcome(&parts)));
    EXPECT(str_eq(outcome(&whole), outcome(&stretches)));
    data_kit_clear(&whole);
    data_kit_clear(&parts);
    data_kit_clear(&stretches);
}

TEST(a_file_in_parts_has_the_rows_of_the_whole)
{
    compare_reading(PLAIN);
}

TEST(a_file_in_parts_has_the_rejected_rows_of_the_whole)
{
    compare_reading(SOME_BAD);
    compare_reading(NULS);
}

TEST(a_quote_that_never_closes_is_met_as_in_the_whole)
{
    compare_reading(BROKEN);
}

TEST(lines_are_counted_over_parts_whatever_ends_them)
{
    compare_reading(RETURNS);
    compare_reading(LONE_RETURN);
}

TEST(what_is_told_once_for_a_file_is_told_once_of_its_parts)
{
    compare_reading(NAMELESS);
    compare_reading(BAD_HEAD);
}

TEST(a_file_in_stretches_is_told_by_its_first_bytes_and_checked_to_its_last)
{
    compare_reading(MARKED);
    compare_reading(NO_UTF8);
}

TEST(a_key_that_stands_twice_is_found_over_stretches)
{
    compare_reading(TWICE);
}
