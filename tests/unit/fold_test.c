#include "../../gen/book/book.h"
#include "../../gen/query/store.h"
#include "query_kit.h"
#include "test.h"

/* A rollup is folded from the rows; the SELECT that it means is the oracle: the same rows in the
 * same order, whatever the rows are. */

static void compare_rows(str rollup, const struct result *a, const struct result *b)
{
    if (!a || !b || a->nrows != b->nrows || a->ncols != b->ncols) {
        test_fail(__FILE__, __LINE__, STR_FMT ": folded %zu rows, by SQL %zu", STR_ARG(rollup),
                  a ? a->nrows : 0, b ? b->nrows : 0);
        return;
    }
    for (size_t i = 0; i < a->nrows * a->ncols; i++) {
        struct value x = a->cell[i], y = b->cell[i];
        bool same = x.kind == y.kind && (x.kind == VALUE_TEXT   ? str_eq(x.s, y.s)
                                         : x.kind == VALUE_NULL ? true
                                                                : x.i == y.i);
        if (!same)
            test_fail(__FILE__, __LINE__, STR_FMT " row %zu, column " STR_FMT " differs",
                      STR_ARG(rollup), i / a->ncols + 1, STR_ARG(a->column[i % a->ncols].name));
        if (!same)
            return;
    }
}

/* Every rollup of the store, and all kept rows, against the same evaluated by SQL; their number. */
static size_t compare_rollups(struct arena *mem, struct store *folded, const struct language *lang,
                              struct diags *diags)
{
    struct store *by_sql = store_new(mem, store_dataset(folded), lang, 1, diags);
    struct store_stat *stat;
    size_t n = store_stats(folded, mem, &stat), compared = 0;

    store_rollups_by_sql(by_sql);
    store_load(by_sql, NULL, 0, NULL, 0, diags);
    for (size_t i = 0; i < n; i++) {
        if (!stat[i].is_rollup && !stat[i].is_rows)
            continue;
        struct query q = {.sql =
                              arena_printf(mem, "SELECT * FROM " STR_FMT, STR_ARG(stat[i].name))};
        q.audience = S("managers");
        compare_rows(stat[i].name, query_run(folded, mem, &q, diags),
                     query_run(by_sql, mem, &q, diags));
        compared++;
    }
    store_free(by_sql);
    return compared;
}

TEST(folding_gives_what_the_select_gives_on_the_example_books)
{
    static const str books[] = {S("input/security"), S("input/furniture"), S("input/tobacco")};
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        struct arena *mem = arena_new();
        struct diags diags;
        struct book book;
        struct opened o;
        struct open_options options = {.as_of = day_parse(S("2026-10-20")), .as_asked = true};
        diags_init(&diags, mem);
        EXPECT(book_read(mem, books[i], S("templates"), &book, &diags));
        EXPECT(open_book(mem, &book, &options, &o, &diags));
        size_t n = compare_rollups(mem, o.store, &book.lang, &diags);
        if (n < 10)
            test_fail(__FILE__, __LINE__, "only %zu rollups were compared", n);
        opened_close(&o);
        arena_free(mem);
    }
}

static void compare_cells(const struct rollup *r, const struct cells *a, const struct cells *b)
{
    bool same = a->n == b->n && a->width == b->width;
    for (size_t i = 0; i < a->n && same; i++)
        for (size_t k = 0; k < a->width && same; k++) {
            struct value x = cells_value(a, i, k), y = cells_value(b, i, k);
            same = x.kind == y.kind && (x.kind == VALUE_TEXT ? str_eq(x.s, y.s) : x.i == y.i);
        }
    if (!same)
        test_fail(__FILE__, __LINE__, STR_FMT " differs when it is folded ahead", STR_ARG(r->name));
}

TEST(folding_ahead_gives_the_same_cells)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct book book;
    struct opened o;
    struct open_options options = {.as_of = DAY_NONE, .jobs = 3};
    diags_init(&diags, mem);
    EXPECT(book_read(mem, S("input/tobacco"), S("templates"), &book, &diags));
    EXPECT(open_book(mem, &book, &options, &o, &diags));
    struct folder *plain = folder_new(o.data), *ahead = folder_new(o.data);
    folder_fold_ahead(ahead, o.model.rollups.at, o.model.rollups.n, 0);
    for (size_t i = 0; i < o.model.rollups.n; i++) {
        const struct rollup *r = &o.model.rollups.at[i];
        struct cells a, b;
        EXPECT(rollup_fold(plain, r, &a) == rollup_fold(ahead, r, &b));
        compare_cells(r, &a, &b);
        cells_free(&a);
        cells_free(&b);
    }
    folder_free(plain);
    folder_free(ahead);
    opened_close(&o);
    arena_free(mem);
}

/* Empty keys, references that lead nowhere, dates that are missing or later, values not yet known,
 * sums of nothing and of reals, extremes of texts, equal keys of two kinds, thirds of months. */
TEST(folding_gives_what_the_select_gives_on_hostile_rows)
{
    struct query_kit k;
    kit_init(&k);
    k.as_of = "2026-10-15";
    kit_file(&k, "systems/shared/tables.yaml",
             "tables:\n"
             "  shops:\n"
             "    primaryKey: [shop]\n"
             "    fields:\n"
             "      shop: {type: string, required: yes}\n"
             "      region: {type: string}\n"
             "      opened: {type: date}\n"
             "      state: {type: string, known_from: opened, before: planned}\n"
             "  visits:\n"
             "    fact: date\n"
             "    foreignKeys: {shop: shops}\n"
             "    fields:\n"
             "      date: {type: date}\n"
             "      shop: {type: string}\n"
             "      note: {type: string}\n"
             "      hours: {type: number}\n"
             "      cost: {type: money}\n"
             "      done: {type: date}\n"
             "      result: {type: string, known_from: done}\n"
             "rollups:\n"
             "  plain: {of: visits, by: [shop], sum: [hours, cost], count: visits_made, min: "
             "[note, date],\n"
             "          max: [note, hours], distinct: {notes: note}}\n"
             "  thirds: {of: visits, by: [tenday(date), year(date)], count: visits_made}\n"
             "  places: {of: visits, by: [shop.region or note, to_date(date)], sum: [cost], count: "
             "visits_made}\n"
             "  states: {of: visits, by: [shop.state], count: visits_made, distinct: {shops_seen: "
             "shop}}\n"
             "  results: {of: visits, by: [result], count: visits_made}\n"
             "  bounded: {of: visits, by: [month(date), shop], sum: [hours], since: month(-1)}\n"
             "  quarters: {of: visits, by: [quarter(date)], count: visits_made}\n"
             "  whole: {of: visits, sum: [hours, cost], count: visits_made}\n"
             "  weeks: {of: visits, by: [week(date)], count: visits_made}\n"
             "  edges: {of: visits, by: [shop], first: [note, hours, cost, date], last: [note, "
             "result, done, cost]}\n"
             "  edges_dated: {of: visits, by: [month(date), to_date(date), shop.region], sum: "
             "[cost], min: [note],\n"
             "                first: [result, cost], last: [hours], count: visits_made,\n"
             "                distinct: {notes: note}, since: month(-1)}\n"
             "  edges_whole: {of: visits, first: [hours, result], last: [shop, note, hours]}\n"
             "  paid: {of: visits, by: [shop], sum: [cost], count: visits_made, where: cost > 0}\n"
             "  unpaid: {of: visits, by: [shop], count: visits_made, distinct: {notes: note},\n"
             "           where: [cost <= 2, hours >= 0.2], since: month(-32)}\n"
             "  not_z: {of: visits, count: visits_made, where: note != z}\n"
             "  good: {of: visits, by: [shop], max: [date], where: result = good}\n"
             "  late: {of: visits, by: [shop.region], count: visits_made, where: date >= "
             "2026-10-01}\n"
             "  none: {of: visits, by: [shop], sum: [cost], where: cost < -1}\n"
             "rows:\n"
             "  last_two: {of: visits, last: 2, by: shop}\n"
             "  last_three: {of: visits, last: 3}\n"
             "  recent: {of: visits, since: month(-1)}\n"
             "  recent_result: {of: visits, last: 1, by: result, since: month(-2)}\n");
    kit_file(&k, "book/shops.csv",
             "shop,region,opened,state\nA,north,2020-01-01,open\nB,,2026-12-01,open\n\"C,\"\"x\","
             "south,,\n");
    kit_file(&k, "book/visits.csv",
             "date,shop,note,hours,cost,done,result\n"
             "2026-10-10,A,z,0.1,1.00,2026-10-12,good\n"
             "2026-10-11,A,a,0.2,-1.00,2026-10-20,bad\n"
             "2026-09-21,B,,0.3,,,\n"
             "2026-09-20,B,é,,5.00,2026-09-20,good\n"
             "2026-08-31,\"C,\"\"x\",z,1e3,0.01,,\n"
             ",A,undated,7,7.00,,\n"
             "2026-10-15,,,,,,\n"
             "2026-10-16,A,later,9,9.00,,\n"
             "2024-02-29,A,2026-10,2,2.00,,\n");
    EXPECT(kit_load(&k));
    EXPECT_INT(22, compare_rollups(k.mem, k.store, &k.lang, &k.diags));
    EXPECT_STR(
        S("2024-02-3|1 2026-08-3|1 2026-09-2|1 2026-09-3|1 2026-10-1|1 2026-10-2|2"),
        kit_ask(&k,
                "SELECT tenday, visits_made FROM thirds WHERE tenday IS NOT NULL ORDER BY tenday"));
    /* By hand: A 1.00, 7.00 (undated, seen) and 2.00; B 5.00; C 0.01. The one of 9.00 is not seen
     * yet. */
    EXPECT_STR(S("A|1000|3 B|500|1 C,\"x|1|1"),
               kit_ask(&k, "SELECT shop, cost, visits_made FROM paid ORDER BY shop"));
    /* A: 11 October, -1.00 and 0.2 hours; the 29 February of 2024, 2.00 and 2. C: 0.01 and 1000. */
    EXPECT_STR(S("A|2|2 C,\"x|1|1"),
               kit_ask(&k, "SELECT shop, visits_made, notes FROM unpaid ORDER BY shop"));
    /* Of eight that are seen two say z, two nothing. */
    EXPECT_STR(S("4"), kit_ask(&k, "SELECT visits_made FROM not_z"));
    /* What was not known on 15 October is not good yet: B's on 20 September is, A's on 10 October
     * is. */
    EXPECT_STR(S("A|2026-10-10 B|2026-09-20"), kit_ask(&k, "SELECT shop, max_date FROM good"));
    EXPECT_STR(S("-|1 north|2"), kit_ask(&k, "SELECT region, visits_made FROM late ORDER BY 1"));
    EXPECT_STR(S(""), kit_ask(&k, "SELECT shop FROM none"));
    kit_clear(&k);
}

/* A row that depends on its number alone. Few days, so that most rows share theirs with others; a
 * value that lacks in one row of four. */
static void add_random_row(struct buf *b, struct arena *mem, uint64_t row)
{
    uint64_t x = hash_str((str){(const char *)&row, sizeof row});
    static const char *const words[] = {"a", "A", "ä", "ab", "a b", "李", "Z", "-1"};
    if (x % 50)
        buf_add(b, day_iso(mem, day_parse(S("2026-09-01")) + (int)(x % 60)));
    buf_addf(b, ",s%d,", (int)(x / 64 % 7));
    if (x / 512 % 4)
        buf_add(b, str_of(words[x / 4096 % 8]));
    buf_addc(b, ',');
    if (x >> 16 & 3)
        buf_addf(b, "%d.%d", (int)(x >> 20 & 15) - 8, (int)(x >> 24 & 1) * 5);
    buf_addc(b, ',');
    if (x >> 26 & 3)
        buf_addf(b, "%d.25", (int)(x >> 30 & 7) - 3);
    buf_addc(b, '\n');
}

static str random_visits(struct buf *b, uint64_t from, uint64_t n, uint64_t step)
{
    struct arena *mem = arena_new();
    buf_reset(b);
    buf_add(b, S("date,shop,note,hours,cost\n"));
    for (uint64_t i = 0; i < n; i++)
        add_random_row(b, mem, (from + i * step) % n);
    buf_addc(b, '\0');
    arena_free(mem);
    return buf_str(b);
}

/* Several chunks of rows, in an order and in another: what comes first by date is the same. */
TEST(folding_first_and_last_gives_what_the_select_gives_in_whatever_order_rows_come)
{
    enum { ROWS = 4999 };
    static const uint64_t steps[] = {1, 7, ROWS - 1};
    str before = {0};
    struct arena *mem = arena_new();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct query_kit k;
        struct buf csv = {0};
        kit_init(&k);
        k.as_of = "2026-10-20";
        kit_file(
            &k, "systems/shared/tables.yaml",
            "tables:\n"
            "  visits:\n"
            "    fact: date\n"
            "    fields: {date: date, shop: string, note: string, hours: number, cost: "
            "money}\n"
            "rollups:\n"
            "  shops: {of: visits, by: [shop], first: [note, hours, cost], last: [note, hours, "
            "cost]}\n"
            "  days: {of: visits, by: [date, shop], first: [note, cost], last: [hours, "
            "note]}\n"
            "  months: {of: visits, by: [month(date), to_date(date)], sum: [cost], first: "
            "[note],\n"
            "           last: [note, cost], distinct: {notes: note}, since: month(0)}\n");
        kit_file(&k, "book/visits.csv", random_visits(&csv, 11, ROWS, steps[i]).p);
        EXPECT(kit_load(&k));
        EXPECT_INT(3, compare_rollups(k.mem, k.store, &k.lang, &k.diags));
        str shops = kit_ask(&k, "SELECT * FROM shops ORDER BY shop");
        EXPECT(shops.n > 100);
        if (i)
            EXPECT_STR(before, shops);
        before = arena_str(mem, shops);
        buf_clear(&csv);
        kit_clear(&k);
    }
    arena_free(mem);
}

/* ---- shares ---- */

static str random_lines(struct buf *b, size_t n)
{
    struct arena *mem = arena_new();
    buf_add(b, S("date,order_id,person,customer,quantity,pieces,amount,note\n"));
    for (uint64_t row = 0; row < n; row++) {
        uint64_t x = hash_str((str){(const char *)&row, sizeof row});
        buf_add(b, day_iso(mem, day_parse(S("2026-09-01")) + (int)(x % 60)));
        buf_add(b, S(","));
        if (x >> 8 & 7)
            buf_addf(b, "S%d", (int)(x >> 11 & 31));
        buf_addf(b, ",p%d,c%d,", (int)(x >> 16 & 3), (int)(x >> 20 & 3));
        if (x >> 24 & 3)
            buf_addf(b, "%d.5", (int)(x >> 26 & 15));
        buf_addf(b, ",%d,", (int)(x >> 32 & 15) - 4);
        if (x >> 30 & 3)
            buf_addf(b, "%d.%02d", (int)(x >> 36 & 255) - 100, (int)(x >> 44 & 63));
        buf_addf(b, ",n%d\n", (int)(x >> 50 & 7));
    }
    buf_addc(b, '\0');
    arena_free(mem);
    return buf_str(b);
}

/* Of 32 orders some are shared, by up to twelve people: rows 9 and 10 of credits.csv, of which 10
 * sorts first; the same person twice; people of one region; shares of nothing, and of a
 * customer's; shares that start within the days of an order's rows, after all of them, and three
 * times, not in the order of their days. */
static const char CREDITS[] =
    "order_id,person,share,starts\nS1,p0,0.5,\nS1,p1,0.5,\nS2,p1,0.25,\nS2,p1,0.25,\nS2,p3,0.5,\n"
    "S3,p2,1,\nS4,p0,0,\nS5,p0,0.25,\nS5,p1,0.25,\nS5,p2,0.25,\nS5,p3,0.25,\n,p1,1,\nS99,p2,1,\n"
    "S6,p0,0,\nS6,p1,0.125,\nS6,p2,0.125,\nS7,p0,0.25,2026-09-20\nS7,p1,0.75,2026-09-20\n"
    "S8,p3,1,2026-12-01\nS9,p0,0.5,2026-10-10\nS9,p1,0.5,2026-10-10\nS9,p2,1,\n"
    "S9,p3,0.5,2026-09-10\nS9,p0,0.5,2026-09-10\nS2,p0,1,2026-10-02\n";

TEST(folding_shares_rows_out_as_the_select_does)
{
    struct query_kit k;
    struct buf csv = {0};
    kit_init(&k);
    k.as_of = "2026-10-20";
    kit_file(
        &k, "systems/shared/tables.yaml",
        "tables:\n"
        "  people:\n    primaryKey: person\n    fields: {person: string, region: string}\n"
        "  customers:\n    primaryKey: customer\n    fields: {customer: string, region: string}\n"
        "  credits:\n    fields: {order_id: string, person: string, share: rate, starts: date}\n"
        "  sales:\n"
        "    fact: date\n"
        "    foreignKeys: {person: people, customer: customers}\n"
        "    fields: {date: date, order_id: string, person: string, customer: string, quantity: "
        "number, "
        "pieces: integer,\n"
        "             amount: money, note: string}\n"
        "rollups:\n"
        "  people_months: {of: sales, by: [month(date), to_date(date), person], sum: [amount, "
        "quantity, pieces],\n"
        "                  min: [amount, note], max: [date, quantity], count: lines, distinct: "
        "{orders: order_id}, "
        "split: credits}\n"
        "  regions: {of: sales, by: [person.region], sum: [amount], count: lines, first: [amount, "
        "note],\n"
        "            last: [note, pieces], split: credits}\n"
        "  either: {of: sales, by: [customer.region or person.region, date], sum: [amount, "
        "pieces], count: lines,\n"
        "           split: credits, since: month(0)}\n"
        "  all_of_it: {of: sales, sum: [amount, pieces], count: lines, distinct: {people: "
        "order_id}, split: credits}\n"
        "  over_ten: {of: sales, by: [person], sum: [amount], count: lines, split: credits, where: "
        "amount > 10}\n"
        "  whose: {of: sales, by: [customer], max: [person], distinct: {people: person}, split: "
        "credits}\n");
    kit_file(&k, "book/people.csv", "person,region\np0,north\np1,north\np2,south\np3,\n");
    kit_file(&k, "book/customers.csv", "customer,region\nc0,north\nc1,\nc2,south\nc3,\n");
    kit_file(&k, "book/credits.csv", CREDITS);
    kit_file(&k, "book/sales.csv", random_lines(&csv, 3500).p);
    EXPECT(kit_load(&k));
    EXPECT_INT(6, compare_rollups(k.mem, k.store, &k.lang, &k.diags));
    struct folder *folder = folder_new(store_dataset(k.store));
    for (size_t i = 0; i < 6; i++) {
        struct cells cells;
        const struct rollup *r = &k.model.rollups.at[i];
        /* What a row says of its person is another's where it is shared: that is left to SQL. */
        EXPECT_INT(!str_eq(r->name, S("whose")), rollup_fold(folder, r, &cells));
        cells_free(&cells);
    }
    folder_free(folder);
    buf_clear(&csv);
    kit_clear(&k);
}
