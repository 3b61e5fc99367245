#include "../../gen/data/folded.h"
#include "data_kit.h"
#include "folded_kit.h"
#include "test.h"

/* Rows of large tables are folded slice by slice and not kept; the same with all rows in memory is
 * the oracle: cells, groups, prints, dimensions made of references, the as-of date, counts,
 * rejected rows and diagnostics. */

enum { ROWS = 24000, SLICE_BYTES = 64 << 10 };

enum kind {
    PLAIN,
    OVER_DAYS,    /* an order whose lines are of two days, of two months */
    SOME_BAD,     /* rows that cannot be used, and money with too many decimals */
    SET_ASIDE,    /* rows that cannot be used alone */
    NULS,         /* rows with a NUL byte, some of them of two lines */
    QUOTED,       /* newlines and delimiters in quotes */
    RETURNS,      /* lines end with CR LF */
    EARLIER_LAST, /* the last row is not of the latest day */
    GIANT,        /* an order of 21,500 lines, more than is in memory at a time */
    SEVERAL,      /* two files */
    NO_CUSTOMERS, /* a dimension that rollups follow, and that has to be made */
    NOT_RISING,   /* numbers of orders in any order */
    SWAPPED,      /* two files, the first of later orders */
    SHARED,       /* orders of several people */
    SHARED_ANY,   /* such orders, in any order */
    UNKNOWN,      /* customers and people whom nobody knows, some in one row */
    MINGLED,      /* no key, and rows of orders between those of the next */
    SPLIT,        /* orders whose lines stand apart */
    SPLIT_SHARED, /* such orders, some of several people */
    LATIN,        /* notes in windows-1252 */
    CHINESE,      /* notes in GB18030 */
    TITLED,       /* two lines stand above the head */
    ACCENTS,      /* notes in UTF-8 that are not all ASCII */
    MERGED,       /* customers and people whose keys were given up for others */
    TWICE,        /* a key in two slices */
    OVERLAP,      /* many keys in two slices, and in one; some with other amounts, some thrice */
    /* What follows wants the rows. */
    FAR,        /* a date a year after all others */
    LARGE_SUMS, /* money near 64 bits */
    BROKEN,     /* a quote that is never closed */
};

static const char TABLES[] =
    "tables:\n"
    "  people:\n"
    "    dimension: yes\n"
    "    primaryKey: person\n"
    "    fields: {person: string, region: string}\n"
    "  customers:\n"
    "    dimension: yes\n"
    "    primaryKey: customer\n"
    "    fields: {customer: string, region: string, owner: string}\n"
    "  products:\n"
    "    dimension: yes\n"
    "    primaryKey: product\n"
    "    fields: {product: string, name: string}\n"
    "  sales:\n"
    "    fact: date\n"
    "    big: yes\n"
    "    primaryKey: [order_id, line]\n"
    "    error_if: 100%\n"
    "    foreignKeys: {person: people, customer: customers, product: products}\n"
    "    fields:\n"
    "      date: date\n"
    "      order_id: {type: string}\n"
    "      line: {type: integer}\n"
    "      person: {type: string}\n"
    "      customer: {type: string}\n"
    "      product: {type: string}\n"
    "      quantity: {type: number}\n"
    "      amount: {type: money}\n"
    "      note: {type: string}\n"
    "  aliases:\n"
    "    optional: yes\n"
    "    primaryKey: [table, old]\n"
    "    fields: {table: string, old: string, new: string}\n"
    "  credits:\n"
    "    optional: yes\n"
    "    foreignKeys: {person: people}\n"
    "    fields: {order_id: string, person: string, share: rate}\n"
    "rollups:\n"
    "  shared_days: {of: sales, by: [date, person], sum: [amount], split: credits, since: "
    "month(-1)}\n"
    "  shared: {of: sales, by: [month(date), to_date(date), person], sum: [amount, quantity], "
    "count: lines,\n"
    "           min: [quantity], distinct: {orders: order_id}, split: credits}\n"
    "  shared_regions: {of: sales, by: [customer.region or person.region], sum: [amount], count: "
    "lines, "
    "split: credits}\n"
    "  by_day: {of: sales, by: [date], sum: [amount], count: lines}\n"
    "  by_region: {of: sales, by: [month(date), to_date(date), customer.region or person.region],\n"
    "              sum: [amount, quantity], count: lines, distinct: {orders: order_id}}\n"
    "  by_month: {of: sales, by: [month(date)], distinct: {orders: order_id}}\n"
    "  to_dates: {of: sales, by: [to_date(date)], distinct: {orders: order_id}}\n"
    "  lately: {of: sales, by: [customer, customer.owner or person], sum: [amount], min: [date], "
    "max: [date, quantity],\n"
    "           distinct: {orders: order_id}, since: month(-1)}\n"
    "  again: {of: sales, by: [customer, customer.owner or person], sum: [amount], min: [date], "
    "max: [date, quantity],\n"
    "          distinct: {orders: order_id}, since: month(-1)}\n"
    "  firsts: {of: sales, by: [customer], min: [date, amount], max: [note]}\n"
    "  bought: {of: sales, by: [customer], min: [date], max: [date], distinct: {orders: order_id}, "
    "where: amount > 60}\n"
    "  bought_lately: {of: sales, by: [month(date), person], count: lines, split: credits, since: "
    "month(-1), where: [amount > 20, product != a1]}\n"
    "  weeks: {of: sales, by: [week(date), product], sum: [quantity], since: month(-2)}\n"
    "  all_of_it: {of: sales, sum: [amount], count: lines}\n"
    "  edges: {of: sales, by: [customer], first: [quantity, product, amount, date], last: [person, "
    "quantity, note]}\n"
    "  edges_dated: {of: sales, by: [month(date), to_date(date), person.region], first: [customer, "
    "line],\n"
    "                last: [order_id, amount, quantity], count: lines, distinct: {orders: "
    "order_id}, since: month(-2)}\n"
    "  edges_whole: {of: sales, first: [order_id, note], last: [customer, line]}\n"
    "  edges_first: {of: sales, first: [customer], last: [customer, line]}\n"
    "  edges_last: {of: sales, first: [customer], last: [line, customer]}\n"
    "rows:\n"
    "  this_month: {of: sales, since: month(0)}\n"
    "  some: {of: sales, last: 2, by: person, since: month(-1)}\n";

/* Orders have three lines. Quantities are quarters, whose sums are exact in any order. */
static void add_row(struct buf *b, enum kind kind, size_t row, size_t nrows)
{
    size_t order = row / 3, at = row * 200 / nrows, last = nrows - 1;
    if (kind == NOT_RISING || kind == SHARED_ANY)
        order = order * 7919 % 65536;
    bool split = kind == SPLIT || kind == SPLIT_SHARED;
    if (split)
        order = row % (nrows / 3);
    if (kind == OVER_DAYS && row % 3 == 2)
        at = at > 40 ? at - row % 40 : at;
    if (kind == EARLIER_LAST && row == last)
        at = 150;
    day date = day_parse(S("2026-04-01")) + (int)at + (kind == FAR && row == nrows / 2 ? 800 : 0);
    struct arena *mem = arena_new();
    size_t line = split ? row * 3 / nrows + 1 : row % 3 + 1;
    if (kind == TWICE && row == nrows / 2)
        order = 5, line = 1;
    if (kind == OVERLAP && row >= nrows / 2 && row % 50 < 7) {
        size_t other = row % 3 ? row - 5000 : row - 4;
        order = other / 3, line = other % 3 + 1;
    }
    if (kind == MINGLED) /* 0 1 0 1 0 1 2 3 2 3 …: a slice may end between rows of one order */
        order = row / 6 * 2 + row % 2;
    if (kind == GIANT && row >= 1998 && row < 23500)
        order = 666, line = row - 1997;
    const char *amount = (kind == SOME_BAD || kind == SET_ASIDE) && row % 500 == 7 ? "much"
                         : kind == SOME_BAD && row % 500 == 9                      ? "1.005"
                         : kind == LARGE_SUMS ? "70000000000000000"
                                              : "12.50";
    bool nul = kind == NULS && row % 1500 < 2;
    const char *note = nul && row % 1500                    ? "\"two\nlines\""
                       : kind == QUOTED && row % 7 == 0     ? "\"said \"\"yes\"\",\nand went\""
                       : kind == BROKEN && row == nrows / 2 ? "\"open"
                       : kind == LATIN && row % 70 == 0     ? "\"Gr\xFC\xDF"
                                                              "e\""
                       : kind == ACCENTS && row == 99       ? "caf\xC3\xA9"
                       : kind == CHINESE && row % 70 == 0   ? "\xD6\xD0\xCE\xC4\x81\x30\x84\x36"
                                                            : "plain";
    if (row % 1000 != 13)
        buf_add(b, day_iso(mem, date));
    buf_addf(b, ",SO-%zu,%zu,", order, line);
    if (kind == UNKNOWN && row % 3554 == 5)
        buf_add(b, S("nobody"));
    else if (row % 11)
        buf_addf(b, "p%zu", row % 11);
    buf_addf(b, ",%s%zu,", kind == UNKNOWN && row % 1777 == 5 ? "x" : "c", row / 3 * 31 % 97);
    buf_addf(b, "a%zu,%zu.%s,%s,%s%s", row % 13, row % 9, row % 2 ? "25" : "50", amount, note,
             kind == RETURNS ? "\r\n" : "\n");
    if (nul)
        b->p[b->n - 4] = '\0';
    arena_free(mem);
}

static str sales_of(struct buf *b, enum kind kind, size_t from, size_t to)
{
    buf_reset(b);
    if (kind == TITLED)
        buf_add(b, S("Sales\n\"printed, by ann\",,,\n"));
    buf_add(b, S("date,order_id,line,person,customer,product,quantity,amount,note"));
    buf_add(b, kind == RETURNS ? S("\r\n") : S("\n"));
    for (size_t row = from; row < to; row++)
        add_row(b, kind, row, ROWS);
    return buf_str(b);
}

static void customers_of(struct buf *b)
{
    buf_reset(b);
    buf_add(b, S("customer,region,owner\n"));
    for (int i = 0; i < 97; i++)
        buf_addf(b, i % 5 ? "c%d,r%d,p%d\n" : "c%d,,\n", i, i % 4, i % 10 + 1);
}

static void write_dimensions(struct data_kit *k, enum kind kind)
{
    struct buf b = {0};
    buf_add(&b, S("person,region\n"));
    for (int i = 0; i < 11; i++)
        buf_addf(&b, "p%d,r%d\n", i, i % 3);
    data_kit_bytes(k, "book/people.csv", buf_str(&b));
    customers_of(&b);
    if (kind != NO_CUSTOMERS)
        data_kit_bytes(k, "book/customers.csv", buf_str(&b));
    buf_clear(&b);
}

/* Every hundredth order is shared by two people, who may be of one region. */
static void write_credits(struct data_kit *k, const char *more)
{
    struct buf b = {0};
    buf_add(&b, S("order_id,person,share\n"));
    for (int order = 0; order < ROWS / 3; order += 100)
        buf_addf(&b, "SO-%d,p%d,0.%d\nSO-%d,p%d,0.%d\n", order, order / 100 % 5,
                 order % 200 ? 25 : 75, order, order / 100 % 7 + 1, order % 200 ? 75 : 25);
    buf_add(&b, str_of(more));
    data_kit_bytes(k, "book/credits.csv", buf_str(&b));
    buf_clear(&b);
}

/* c7 leads over c8 to c9; x1 is a customer whom only the sales of others know. */
static void write_aliases(struct data_kit *k)
{
    data_kit_bytes(k, "book/aliases.csv",
                   S("table,old,new\ncustomers,c7,c8\ncustomers,c8,c9\ncustomers,c31,c3\n"
                     "people,p4,p5\ncustomers,x1,c1\n"));
}

static void write_tables(struct buf *b, enum kind kind)
{
    str tables = str_of(TABLES), key = S("    primaryKey: [order_id, line]\n");
    size_t at = str_find(tables, key, 0);
    buf_add(b, str_sub(tables, 0, at));
    buf_add(b, str_sub(tables, kind == MINGLED ? at + key.n : at, tables.n));
}

static void open_kit(struct data_kit *k, enum kind kind)
{
    struct buf b = {0};
    data_kit_init(k);
    k->options.jobs = 2;
    k->options.slice = SLICE_BYTES;
    write_tables(&b, kind);
    data_kit_bytes(k, "systems/shop/tables.yaml", buf_str(&b));
    write_dimensions(k, kind);
    if (kind == SHARED || kind == SHARED_ANY || kind == SPLIT_SHARED)
        write_credits(k, "");
    if (kind == MERGED)
        write_aliases(k);
    if (kind == SEVERAL)
        data_kit_bytes(k, "book/sales-old.csv", sales_of(&b, kind, 0, ROWS / 2));
    if (kind == SWAPPED)
        data_kit_bytes(k, "book/sales-old.csv", sales_of(&b, kind, ROWS / 2, ROWS));
    data_kit_bytes(
        k, "book/sales.csv",
        sales_of(&b, kind, kind == SEVERAL ? ROWS / 2 : 0, kind == SWAPPED ? ROWS / 2 : ROWS));
    buf_clear(&b);
}

static void expect_same(str a, str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        i++;
    if (i < a.n || i < b.n)
        test_fail(__FILE__, __LINE__, "differs at byte %zu: " STR_FMT "\nand: " STR_FMT, i,
                  STR_ARG(str_sub(a, i > 60 ? i - 60 : 0, i + 60)),
                  STR_ARG(str_sub(b, i > 60 ? i - 60 : 0, i + 60)));
}

static void name_encoding(struct data_kit *k, const char *encoding)
{
    PUSH(k->mem, &k->mappings,
         ((struct mapping){.table = S("sales"), .encoding = str_of(encoding)}));
}

static void compare(enum kind kind, bool may_fold, const char *as_of)
{
    struct data_kit k;
    bool folded;
    open_kit(&k, kind);
    if (kind == LATIN || kind == CHINESE)
        name_encoding(&k, kind == LATIN ? "windows-1252" : "GB18030");
    if (kind == TITLED)
        PUSH(k.mem, &k.mappings, ((struct mapping){.table = S("sales"), .head = 3}));
    k.options.as_of = day_parse(str_of(as_of));
    str rows = folded_outcome(&k, false, &folded);
    EXPECT(!folded);
    str folds = folded_outcome(&k, true, &folded);
    expect_same(rows, folds);
    if (folded != may_fold)
        test_fail(__FILE__, __LINE__, "kind %d: folded %d", kind, folded);
    data_kit_clear(&k);
}

TEST(rows_that_are_folded_as_they_are_read_give_what_rows_in_memory_give)
{
    compare(PLAIN, true, "");
    compare(OVER_DAYS, true, "");
    compare(SOME_BAD, true, "");
    compare(SET_ASIDE, true, "");
    compare(NULS, true, "");
    compare(NULS, true, "2026-06-30");
    compare(QUOTED, true, "");
    compare(EARLIER_LAST, true, "");
    compare(GIANT, true, "");
    compare(SEVERAL, true, "");
    compare(NO_CUSTOMERS, true, "");
    compare(NOT_RISING, true, "");
    compare(NOT_RISING, true, "2026-07-07");
    compare(SWAPPED, true, "");
    compare(SHARED, true, "");
    compare(SHARED, true, "2026-08-05");
    compare(SHARED_ANY, true, "");
    compare(UNKNOWN, true, "");
    compare(UNKNOWN, true, "2026-06-30");
    compare(MINGLED, true, "");
    compare(MINGLED, true, "2026-07-07");
    compare(SPLIT, true, "");
    compare(SPLIT, true, "2026-06-30");
    compare(SPLIT_SHARED, true, "");
    compare(TWICE, true, "");
    compare(TWICE, true, "2026-06-30");
    compare(OVERLAP, true, "");
    compare(LATIN, true, "");
    compare(CHINESE, true, "");
    compare(TITLED, true, "");
    compare(MERGED, true, "");
    compare(MERGED, true, "2026-06-30");
    compare(ACCENTS, true, "");
    compare(PLAIN, true, "2026-11-05");
    compare(PLAIN, true, "2026-08-05");
    compare(OVER_DAYS, true, "2026-08-31");
    compare(SOME_BAD, true, "2026-04-01");
    compare(PLAIN, true, "2026-03-01");
    compare(NO_CUSTOMERS, true, "2026-05-20");
}

TEST(what_cannot_be_told_of_slices_is_told_of_rows)
{
    compare(RETURNS, true, "");
    compare(FAR, false, "");
    compare(LARGE_SUMS, false, "");
    compare(BROKEN, false, "");
}

static void expect_rows_wanted(enum kind kind, const char *encoding)
{
    struct data_kit k;
    bool folded;
    open_kit(&k, kind);
    name_encoding(&k, encoding);
    str rows = folded_outcome(&k, false, &folded);
    expect_same(rows, folded_outcome(&k, true, &folded));
    EXPECT(!folded);
    data_kit_clear(&k);
}

/* Bytes that are none of the encoding, an encoding that is no other than UTF-8 may be, and some
 * that cannot be cut. */
TEST(files_that_are_not_in_the_encoding_that_is_named_are_read_whole)
{
    expect_rows_wanted(CHINESE, "windows-1252");
    expect_rows_wanted(ACCENTS, "windows-1252");
    expect_rows_wanted(PLAIN, "UTF-16LE");
    expect_rows_wanted(PLAIN, "ISO-2022-JP");
    expect_rows_wanted(PLAIN, "nonsense");
}

/* A slice that ends 0 1 0 and one that begins 1: the first and the last rows rise, the orders do
 * not. */
TEST(an_order_that_goes_on_behind_another_is_counted_once)
{
    struct data_kit k;
    bool folded;
    open_kit(&k, MINGLED);
    str rows = folded_outcome(&k, false, &folded);
    for (size_t slice = 400 << 10; slice < 640 << 10; slice += 20 << 10) {
        k.options.slice = slice;
        expect_same(rows, folded_outcome(&k, true, &folded));
    }
    data_kit_clear(&k);
}

/* More customers than a thread remembers from slice to slice, each of them in two slices. */
TEST(customers_beyond_those_that_stay_are_found_again)
{
    enum { MANY = 80000 };
    struct data_kit k;
    bool folded;
    struct buf b = {0};
    open_kit(&k, PLAIN);
    k.options.jobs = 1;
    k.options.slice = 1 << 20;
    buf_add(&b, S("customer,region,owner\n"));
    for (int i = 0; i < MANY; i++)
        buf_addf(&b, "c%d,r%d,p%d\n", i, i % 7, i % 11);
    data_kit_bytes(&k, "book/customers.csv", buf_str(&b));
    buf_reset(&b);
    buf_add(&b, S("date,order_id,line,person,customer,product,quantity,amount,note\n"));
    for (int i = 0; i < 2 * MANY; i++)
        buf_addf(&b, "2026-%02d-%02d,SO-%d,1,p%d,c%d,a1,1,1.00,\n", 1 + i * 9 / (2 * MANY),
                 1 + i % 28, i, i % 10, i % MANY);
    data_kit_bytes(&k, "book/sales.csv", buf_str(&b));
    buf_clear(&b);
    /* Groups are not told by so many customers where they are folded. */
    str rows = folded_outcome(&k, false, &folded), folds = folded_outcome(&k, true, &folded);
    size_t n = str_find(rows, S("\npeople:"), 0);
    EXPECT(folded && n > 1000000);
    expect_same(str_sub(rows, 0, n), str_sub(folds, 0, n));
    data_kit_clear(&k);
}

/* ---- what is kept from one run to the next ---- */

static str kept_path(struct data_kit *k)
{
    return path_join(k->mem, k->dir, S("slices"));
}

static str outcome_kept(struct data_kit *k, size_t *size)
{
    bool folded;
    str bytes;
    k->options.slices = kept_path(k);
    k->options.sums = path_join(k->mem, k->dir, S("sums"));
    k->options.version = S("test");
    str words = folded_outcome(k, true, &folded);
    EXPECT(folded);
    k->options.slices = k->options.sums = (str){0};
    *size = file_read(k->mem, kept_path(k), &bytes, &k->diags) ? bytes.n : 0;
    return words;
}

/* The sales with something else in the place of the nth `what`, if there is one, and something at
 * the end. */
static void change_sales(struct data_kit *k, enum kind kind, const char *what, size_t nth,
                         const char *with, const char *end)
{
    struct buf sales = {0}, changed = {0};
    str text = sales_of(&sales, kind, 0, ROWS);
    size_t at = 0;
    for (size_t i = 0; i < nth; i++)
        at = str_find(text, str_of(what), at + 1);
    buf_add(&changed, str_sub(text, 0, at));
    buf_add(&changed, str_of(with));
    buf_add(&changed, str_sub(text, nth ? at + strlen(what) : 0, text.n));
    buf_add(&changed, str_of(end));
    data_kit_bytes(k, "book/sales.csv", buf_str(&changed));
    buf_clear(&sales);
    buf_clear(&changed);
}

/* Bytes that a change of the file adds to what is kept; what comes out is what comes out of its
 * rows. */
static size_t growth_after(enum kind kind, const char *what, size_t nth, const char *with,
                           const char *end)
{
    struct data_kit k;
    size_t before, after;
    bool folded;
    open_kit(&k, kind);
    outcome_kept(&k, &before);
    change_sales(&k, kind, what, nth, with, end);
    str kept = outcome_kept(&k, &after);
    expect_same(folded_outcome(&k, false, &folded), kept);
    EXPECT(!folded && after >= before);
    size_t percent = (after - before) * 100 / before;
    data_kit_clear(&k);
    return percent;
}

/* Some twenty slices of 64 KB: one is 5 percent of them, the last is up to three times as large. */
TEST(a_line_changed_anywhere_folds_a_slice_or_two)
{
    EXPECT_INT(0, (long long)growth_after(PLAIN, "12.50", 1, "12.50", ""));
    EXPECT(growth_after(PLAIN, "12.50", 1, "13.75", "") < 15);
    EXPECT(growth_after(PLAIN, "12.50", ROWS / 2, "113.75", "") < 15);
    EXPECT(growth_after(PLAIN, ",SO-2666,", 1, "2026-06-06,SO-2665,4,,,,,1.00,\n,SO-2666,", "") <
           15);
    EXPECT(growth_after(PLAIN, "12.50", 0, "", "2026-10-17,SO-90000,1,p1,c1,a1,1,1.00,more\n") <
           25);
}

TEST(a_key_that_is_given_up_changes_what_is_kept)
{
    struct data_kit k;
    size_t size;
    bool folded;
    open_kit(&k, PLAIN);
    str before = outcome_kept(&k, &size);
    write_aliases(&k);
    str kept = outcome_kept(&k, &size);
    EXPECT(!str_eq(before, kept));
    expect_same(folded_outcome(&k, false, &folded), kept);
    data_kit_clear(&k);
}

/* That their numbers do not rise is known the second time. */
TEST(orders_in_any_order_are_kept_too)
{
    struct data_kit k;
    size_t first, size;
    bool folded;
    open_kit(&k, NOT_RISING);
    str words = outcome_kept(&k, &first);
    expect_same(folded_outcome(&k, false, &folded), words);
    expect_same(words, outcome_kept(&k, &size));
    EXPECT_INT((long long)first, (long long)size);
    EXPECT(growth_after(NOT_RISING, "12.50", ROWS / 2, "113.75", "") < 15);
    EXPECT(growth_after(NOT_RISING, "12.50", 0, "",
                        "2026-10-17,SO-90000,1,p1,c1,a1,1,1.00,more\n") < 25);
    data_kit_clear(&k);
}

/* A later delivery: the slice of the order's first lines and the last one are folded anew, for the
 * order is set apart there from now on. */
TEST(an_order_that_a_line_more_parts_folds_the_slices_that_have_it)
{
    EXPECT(growth_after(NOT_RISING, "12.50", 0, "", "2026-10-17,SO-0,4,p1,c1,a1,1,1.00,more\n") <
           40);
    EXPECT(growth_after(SPLIT, "12.50", 1, "13.75", "") < 15);
    EXPECT(growth_after(SPLIT, "12.50", 0, "",
                        "2026-10-17,SO-0,4,p1,c1,a1,1,1.00,more\n"
                        "2026-10-17,SO-90000,1,p1,c1,a1,1,1.00,more\n") < 25);
}

/* The same line of an order in an early slice and again at the end; then another before both, so
 * that the first is one too many; then that is gone again. */
TEST(a_line_twice_is_set_aside_whatever_is_kept)
{
    struct data_kit k;
    size_t size;
    bool folded;
    static const char *const changes[][3] = {
        {"", "", "2026-10-17,SO-7919,1,p1,c1,a1,1,1.00,more\n"},
        {",SO-0,1,", ",SO-7919,1,", "2026-10-17,SO-7919,1,p1,c1,a1,1,1.00,more\n"},
        {",SO-0,2,", ",SO-0,5,", "2026-10-17,SO-7919,1,p1,c1,a1,1,1.00,more\n"},
        {"", "", ""},
        {"", "", "2026-10-17,SO-7919,1,p1,c1,a1,1,1.00,more\n2026-10-17,SO-0,1,p1,c1,a1,1,1.00,\n"},
    };
    open_kit(&k, NOT_RISING);
    outcome_kept(&k, &size);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        change_sales(&k, NOT_RISING, changes[i][0], changes[i][0][0] != 0, changes[i][1],
                     changes[i][2]);
        str kept = outcome_kept(&k, &size);
        expect_same(folded_outcome(&k, false, &folded), kept);
    }
    data_kit_clear(&k);
}

TEST(keys_that_are_twice_are_known_the_second_time)
{
    EXPECT_INT(0, (long long)growth_after(OVERLAP, "12.50", 1, "12.50", ""));
    EXPECT(growth_after(OVERLAP, "12.50", 1, "13.75", "") < 15);
    EXPECT(growth_after(OVERLAP, "12.50", 0, "", "2026-10-17,SO-90000,1,p1,c1,a1,1,1.00,more\n") <
           25);
}

TEST(rows_set_aside_are_told_again_of_slices_that_are_kept)
{
    EXPECT_INT(0, (long long)growth_after(SET_ASIDE, "12.50", 1, "12.50", ""));
    EXPECT(growth_after(SET_ASIDE, "much", 20, "many", "") < 15);
    EXPECT(growth_after(SET_ASIDE, "12.50", ROWS / 2, "\"1\n2\"", "") < 15);
    EXPECT(growth_after(SET_ASIDE, "note", 1, "remark", "") > 50);
    EXPECT_INT(0, (long long)growth_after(SOME_BAD, "12.50", 1, "12.50", ""));
    EXPECT_INT(0, (long long)growth_after(NULS, "12.50", 1, "12.50", ""));
    EXPECT(growth_after(NULS, "12.50", ROWS / 2, "113.75", "") < 15);
}

/* October has 31 days and November begins: to_date() and since: read otherwise for all rows. */
TEST(a_new_day_or_month_folds_what_a_bound_runs_through)
{
    EXPECT(growth_after(PLAIN, "12.50", 0, "", "2026-10-31,SO-90000,1,p1,c1,a1,1,1.00,more\n") <
           25);
    EXPECT(growth_after(PLAIN, "12.50", 0, "", "2026-11-01,SO-90000,1,p1,c1,a1,1,1.00,more\n") <
           35);
}

/* What is told as of an earlier day is what rows tell, whatever is kept: slices of later days serve
 * where all of their rows count on both, or none on this one. */
TEST(an_earlier_day_takes_what_is_kept_of_later_ones)
{
    static const char *const days[] = {"2026-10-16", "2026-09-30", "2026-09-10", "2026-04-30",
                                       "2026-10-17"};
    struct data_kit k;
    size_t size, before;
    bool folded;
    open_kit(&k, OVER_DAYS);
    outcome_kept(&k, &size);
    outcome_kept(&k, &size); /* the last row is not of the latest day, so two days are asked for */
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        k.options.as_of = day_parse(str_of(days[i]));
        before = size;
        str kept = outcome_kept(&k, &size), again = outcome_kept(&k, &before);
        EXPECT_INT((long long)size, (long long)before);
        str rows = folded_outcome(&k, false, &folded);
        expect_same(rows, kept);
        expect_same(rows, again);
    }
    k.options.as_of = DAY_NONE;
    str kept = outcome_kept(&k, &before);
    expect_same(folded_outcome(&k, false, &folded), kept);
    EXPECT_INT((long long)size, (long long)before);
    data_kit_clear(&k);
}

TEST(a_month_before_reads_few_slices_anew)
{
    struct data_kit k;
    size_t before, after;
    open_kit(&k, PLAIN);
    outcome_kept(&k, &before);
    k.options.as_of = day_parse(S("2026-09-30"));
    outcome_kept(&k, &after);
    /* July and August, which bounds run through, and the slices of the end of September: 7 of
     * 15. */
    size_t percent = (after - before) * 100 / before;
    EXPECT(percent > 20 && percent < 55);
    data_kit_clear(&k);
}

TEST(rows_whose_reference_leads_nowhere_are_told_again_of_slices_that_are_kept)
{
    EXPECT_INT(0, (long long)growth_after(UNKNOWN, "12.50", 1, "12.50", ""));
    EXPECT(growth_after(UNKNOWN, "nobody", 3, "p1", "") < 15);
    EXPECT(growth_after(UNKNOWN, "p2", 1, "p22", "") < 15);
}

/* ---- rows of other tables ---- */

static void add_customers(struct data_kit *k, const char *lines)
{
    struct buf b = {0};
    customers_of(&b);
    buf_add(&b, str_of(lines));
    data_kit_bytes(k, "book/customers.csv", buf_str(&b));
    buf_clear(&b);
}

/* The customers with more lines; bytes by which what is kept grows for it, as percent of what
 * was kept first. What comes out is what comes out of the rows. */
static size_t growth_with(struct data_kit *k, size_t first, const char *line)
{
    size_t before, after;
    str bytes = {0};
    bool folded;
    EXPECT(file_read(k->mem, kept_path(k), &bytes, &k->diags));
    before = bytes.n;
    add_customers(k, line);
    str kept = outcome_kept(k, &after);
    expect_same(folded_outcome(k, false, &folded), kept);
    EXPECT(!folded && after >= before);
    return (after - before) * 100 / first;
}

/* Customer c500 stands in the last slice alone. */
TEST(a_slice_depends_on_the_rows_that_it_leads_to_and_no_others)
{
    struct data_kit k;
    size_t first;
    open_kit(&k, PLAIN);
    add_customers(&k, "c500,r1,p1\n");
    change_sales(&k, PLAIN, "", 0, "", "2026-10-17,SO-90000,1,p1,c500,a1,1,1.00,more\n");
    outcome_kept(&k, &first);
    EXPECT(growth_with(&k, first, "c500,r1,p1\nc501,r1,p1\n") < 3);
    EXPECT_INT(0, (long long)growth_with(&k, first, "c500,r1,p1\nc501,r1,p1\n"));
    size_t last = growth_with(&k, first, "c500,r3,p1\nc501,r1,p1\n");
    EXPECT(last > 3 && last < 25);
    /* As it was: what is known of the slices must not be of the time before. */
    EXPECT(growth_with(&k, first, "c500,r1,p1\nc501,r1,p1\n") < 25);
    EXPECT(growth_with(&k, first, "c500,r1,p2\n") < 25);
    data_kit_clear(&k);
}

/* Customer x2 of the second row that is set aside turns up, goes, and is set aside itself. */
TEST(a_row_is_one_again_when_its_reference_leads_somewhere)
{
    struct data_kit k;
    size_t first;
    open_kit(&k, UNKNOWN);
    outcome_kept(&k, &first);
    size_t row = 5 + 1777, nth = row / 3 * 31 % 97;
    const char *line = arena_printf(k.mem, "x%zu,r1,p1\n", nth).p;
    size_t one = growth_with(&k, first, line);
    EXPECT(one > 3 && one < 15);
    EXPECT_INT(0, (long long)growth_with(&k, first, line));
    EXPECT(growth_with(&k, first, "") < 15);
    EXPECT(growth_with(&k, first, arena_printf(k.mem, "x%zu,r1\n", nth).p) < 15);
    EXPECT(growth_with(&k, first, "") < 15);
    data_kit_clear(&k);
}

/* Bytes by which what is kept grows for other shares, as percent of what was kept first. */
static size_t growth_by_credits(struct data_kit *k, size_t first, const char *more)
{
    size_t before, after;
    str bytes = {0};
    bool folded;
    EXPECT(file_read(k->mem, kept_path(k), &bytes, &k->diags));
    before = bytes.n;
    write_credits(k, more);
    str kept = outcome_kept(k, &after);
    expect_same(folded_outcome(k, false, &folded), kept);
    return (after - before) * 100 / first;
}

TEST(a_slice_depends_on_the_shares_of_its_orders_and_no_others)
{
    static const enum kind kinds[] = {SHARED, SHARED_ANY};
    for (size_t i = 0; i < 2; i++) {
        struct data_kit k;
        size_t first;
        open_kit(&k, kinds[i]);
        outcome_kept(&k, &first);
        EXPECT(growth_by_credits(&k, first, "SO-99999,p1,1\n") < 3);
        EXPECT_INT(0, (long long)growth_by_credits(&k, first, "SO-99999,p1,1\n"));
        size_t one = growth_by_credits(&k, first, "SO-7919,p1,1\n");
        EXPECT(one > 3 && one < 25);
        EXPECT(growth_by_credits(&k, first, "SO-7919,p2,1\n") < 25);
        EXPECT(growth_by_credits(&k, first, "") < 25);
        data_kit_clear(&k);
    }
}

/* Products without names, but the nth with one; people in their order or from behind. */
static void name_product(struct data_kit *k, int nth, bool from_behind)
{
    struct buf b = {0};
    buf_add(&b, S("product,name\n"));
    for (int i = 0; i < 13; i++)
        buf_addf(&b, "a%d,%s\n", i, i == nth ? "Chair" : "");
    data_kit_bytes(k, "book/products.csv", buf_str(&b));
    buf_reset(&b);
    buf_add(&b, S("person,region\n"));
    for (int i = 0; i < 11; i++)
        buf_addf(&b, "p%d,r%d\n", from_behind ? 10 - i : i, (from_behind ? 10 - i : i) % 3);
    data_kit_bytes(k, "book/people.csv", buf_str(&b));
    buf_clear(&b);
}

TEST(fields_that_no_key_follows_and_the_order_of_rows_change_no_slice)
{
    struct data_kit k;
    size_t first, after;
    bool folded;
    open_kit(&k, PLAIN);
    name_product(&k, 1, false);
    outcome_kept(&k, &first);
    name_product(&k, 2, true);
    str kept = outcome_kept(&k, &after);
    expect_same(folded_outcome(&k, false, &folded), kept);
    EXPECT_INT((long long)first, (long long)after);
    data_kit_clear(&k);
}

TEST(people_who_all_move_fold_all_anew)
{
    struct data_kit k;
    size_t before, after;
    bool folded;
    open_kit(&k, PLAIN);
    outcome_kept(&k, &before);
    data_kit_file(
        &k, "book/people.csv",
        "person,region\np1,r9\np2,r9\np3,r9\np4,r9\np5,r9\np6,r9\np7,r9\np8,r9\np9,r9\np10,r9\n");
    str kept = outcome_kept(&k, &after);
    expect_same(folded_outcome(&k, false, &folded), kept);
    EXPECT(after > before * 3 / 2);
    data_kit_clear(&k);
}

TEST(kept_slices_that_are_cut_or_changed_cost_time_only)
{
    struct data_kit k;
    size_t size;
    str bytes;
    open_kit(&k, PLAIN);
    str right = outcome_kept(&k, &size);
    EXPECT(file_read(k.mem, kept_path(&k), &bytes, &k.diags));
    char *changed = arena_str(k.mem, bytes).p ? (char *)(uintptr_t)arena_str(k.mem, bytes).p : NULL;
    for (size_t i = 1000; i < bytes.n; i += bytes.n / 9)
        changed[i] ^= 0x40;
    data_kit_bytes(&k, "slices", (str){changed, bytes.n});
    expect_same(right, outcome_kept(&k, &size));
    data_kit_bytes(&k, "slices", str_sub(bytes, 0, bytes.n / 2));
    expect_same(right, outcome_kept(&k, &size));
    data_kit_clear(&k);
}

/* The text of the first slice in a file of kept texts: behind a line, a key, a length and a
 * check. */
static str first_slice(struct data_kit *k)
{
    str bytes = {0};
    uint64_t n;
    EXPECT(file_read(k->mem, kept_path(k), &bytes, &k->diags));
    size_t at = str_find(bytes, S("\n"), 0) + 1 + sizeof(struct hash128);
    memcpy(&n, bytes.p + at, sizeof n);
    return str_sub(bytes, at + 16, at + 16 + (size_t)n);
}

TEST(a_slice_that_is_none_is_not_read)
{
    struct data_kit k;
    size_t size, refused = 0;
    open_kit(&k, PLAIN);
    outcome_kept(&k, &size);
    str text = first_slice(&k);
    k.options.fold = true;
    data_kit_load(&k);
    const struct folded *all = dataset_table(k.data, S("sales"))->folded;
    struct slice slice;
    EXPECT(slice_parse(k.mem, text, all, &slice) && slice.nlines > 0 && folded_serves(all, &slice));
    for (size_t n = 0; n < text.n; n += text.n / 300 + 1)
        EXPECT(!slice_parse(k.mem, str_sub(text, 0, n), all, &slice));
    char *changed = arena_alloc(k.mem, text.n);
    for (size_t i = 0; i < text.n; i += text.n / 500 + 1) {
        memcpy(changed, text.p, text.n);
        changed[i] = (char)0xFF;
        refused += !slice_parse(k.mem, (str){changed, text.n}, all, &slice);
    }
    EXPECT(refused > 100);
    data_free(k.data);
    data_kit_clear(&k);
}

/* ---- rows that nobody reads ---- */

static void unwant_rows(void *arg)
{
    struct data_kit *k = arg;
    for (size_t i = 0; i < k->model.kept.n; i++)
        k->model.kept.at[i].unwanted = true;
}

/* Where nobody reads them none are kept, whatever has been; where somebody does, they are there, of
 * slices and sums that are kept without them. */
TEST(rows_are_kept_where_somebody_reads_them)
{
    struct data_kit k;
    size_t size;
    bool folded;
    open_kit(&k, PLAIN);
    k.options.slices = kept_path(&k);
    k.options.sums = path_join(k.mem, k.dir, S("sums"));
    k.options.version = S("test");
    k.options.fold = true;
    k.options.judge = unwant_rows;
    k.options.judge_arg = &k;
    for (int i = 0; i < 2; i++) {
        data_kit_load(&k);
        const struct table *sales = dataset_table(k.data, S("sales"));
        EXPECT(sales->folded && sales->nrows == 0);
        data_free(k.data);
    }
    k.options.judge = NULL;
    str rows = folded_outcome(&k, false, &folded), kept = outcome_kept(&k, &size);
    expect_same(rows, kept);
    data_kit_clear(&k);
}

/* ---- the sum of the first slices ---- */

static const char LINE[] = "2026-10-17,SO-90000,1,p1,c1,a1,1,1.00,more\n";

/* The text of the only record of a file of kept texts, to be changed, and its check. */
static char *only_text(str bytes, uint64_t *n, uint64_t **check)
{
    char *record = (char *)(uintptr_t)bytes.p + str_find(bytes, S("\n"), 0) + 1;
    memcpy(n, record + sizeof(struct hash128), sizeof *n);
    *check = (uint64_t *)(void *)(record + sizeof(struct hash128) + sizeof *n);
    EXPECT_INT((long long)bytes.n, (long long)(record - bytes.p) + 32 + (long long)*n);
    return record + sizeof(struct hash128) + 2 * sizeof *n;
}

TEST(the_sum_of_slices_stands_for_them)
{
    static const enum kind kinds[] = {PLAIN, OVER_DAYS,    SOME_BAD,   SET_ASIDE, QUOTED,
                                      GIANT, NO_CUSTOMERS, NOT_RISING, SHARED,    UNKNOWN};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct data_kit k;
        size_t size;
        bool folded;
        str bytes;
        open_kit(&k, kinds[i]);
        outcome_kept(&k, &size);
        /* An order that is longer than a slice leaves fewer slices than there were to be: no
         * sum. */
        EXPECT(file_read(k.mem, path_join(k.mem, k.dir, S("sums")), &bytes, &k.diags) &&
               (bytes.n > 1000) == (kinds[i] != GIANT));
        change_sales(&k, kinds[i], "", 0, "", LINE);
        str kept = outcome_kept(&k, &size), again = outcome_kept(&k, &size);
        str rows = folded_outcome(&k, false, &folded);
        expect_same(rows, kept);
        expect_same(rows, again);
        data_kit_clear(&k);
    }
}

/* A sum that says of a day that it is in another month is believed if its check is right. */
TEST(a_sum_is_taken_if_its_check_says_that_it_is_whole)
{
    struct data_kit k;
    size_t size;
    str bytes;
    uint64_t n, *check, right;
    open_kit(&k, PLAIN);
    str words = outcome_kept(&k, &size);
    str path = path_join(k.mem, k.dir, S("sums"));
    EXPECT(file_read(k.mem, path, &bytes, &k.diags));
    char *text = only_text(bytes, &n, &check);
    size_t latest = str_find((str){text, (size_t)n}, S("2026-"), 0);
    size_t at = str_find((str){text, (size_t)n}, S("2026-"), latest + 1);
    EXPECT(at < n && text[at + 6] == '4');
    text[at + 6] = '5';
    data_kit_bytes(&k, "sums", bytes);
    expect_same(words, outcome_kept(&k, &size));
    right = hash_str((str){text, (size_t)n});
    memcpy(check, &right, sizeof right);
    data_kit_bytes(&k, "sums", bytes);
    EXPECT(!str_eq(words, outcome_kept(&k, &size)));
    data_kit_clear(&k);
}

TEST(two_files_have_one_sum)
{
    struct data_kit k;
    size_t size;
    bool folded;
    open_kit(&k, SEVERAL);
    str rows = folded_outcome(&k, false, &folded);
    expect_same(rows, outcome_kept(&k, &size));
    expect_same(rows, outcome_kept(&k, &size));
    data_kit_clear(&k);
}
