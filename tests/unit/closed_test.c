#include "../../gen/book/closed.h"
#include "test.h"

#include <stdlib.h>

/* A book with a large table whose rows are folded as long as those of closed months are as they
 * were: order lines of May to October 2026, and shops. */

enum { LINES = 70000, LINES_A_DAY = 400 };

static const char TABLES[] = "title: Shop\n"
                             "tables:\n"
                             "  sales:\n"
                             "    fact: date\n"
                             "    big: yes\n"
                             "    primaryKey: [order_id]\n"
                             "    fields:\n"
                             "      date: date\n"
                             "      order_id: {type: string}\n"
                             "      amount: {type: money}\n"
                             "      note: {type: string}\n"
                             "  shops:\n"
                             "    fields: {shop: string}\n"
                             "rollups:\n"
                             "  by_month: {of: sales, by: [month(date)], sum: [amount]}\n";

struct shop {
    struct arena *mem;
    struct diags diags;
    char dir[32];
    struct book book;
};

static void put(struct shop *s, const char *file, str text)
{
    EXPECT(file_write(path_join(s->mem, str_of(s->dir), str_of(file)), text, &s->diags));
}

/* Two hundred bytes a line, more than 16 MB do; the one numbered `changed` has another amount. */
static void put_sales(struct shop *s, size_t lines, size_t changed)
{
    struct buf b = {0};
    char note[240];
    memset(note, 'n', sizeof note);
    buf_add(&b, S("date,order_id,amount,note\n"));
    for (size_t i = 0; i < lines; i++) {
        struct arena *mem = arena_new();
        buf_add(&b, day_iso(mem, day_parse(S("2026-05-01")) + (day)(i / LINES_A_DAY)));
        buf_addf(&b, ",%07zu,%s,", i, i == changed ? "2.50" : "1.00");
        buf_add(&b, (str){note, sizeof note});
        buf_addc(&b, '\n');
        arena_free(mem);
    }
    put(s, "book/sales.csv", buf_str(&b));
    buf_clear(&b);
}

static void enter(struct shop *s)
{
    s->mem = arena_new();
    diags_init(&s->diags, s->mem);
    snprintf(s->dir, sizeof s->dir, "/tmp/salesbook.XXXXXX");
    EXPECT(mkdtemp(s->dir) != NULL);
    put(s, "templates/systems/shop/tables.yaml", str_of(TABLES));
    put(s, "book/shops.csv", S("shop\nnorth\nsouth\n"));
    put(s, "book/others.csv", S("a\n1\n"));
    put_sales(s, LINES, LINES);
    EXPECT(book_read(s->mem, path_join(s->mem, str_of(s->dir), S("book")),
                     path_join(s->mem, str_of(s->dir), S("templates")), &s->book, &s->diags));
}

static void leave(struct shop *s)
{
    EXPECT(tree_remove(str_of(s->dir)));
    arena_free(s->mem);
}

/* As `salesbook close` does, of a report that reads both tables. */
static void close_as_of(struct shop *s, const char *month)
{
    struct arena *mem = arena_new();
    struct open_options options = {.as_of = DAY_NONE, .rows_only = true};
    struct closed c = {.month = month_parse(str_of(month))};
    struct figure figure = {.tables = S(";sales;shops;")};
    figure_list figures = {0};
    struct opened o;

    PUSH(mem, &figures, figure);
    c.path = closed_path(mem, &s->book, c.month);
    EXPECT(open_book(mem, &s->book, &options, &o, &s->diags));
    EXPECT(!data_is_folded(o.data));
    rows_keep(rows_known(mem, o.data), mem, &figures, &c);
    EXPECT(closed_write(mem, &c, &s->diags));
    opened_close(&o);
    arena_free(mem);
}

/* Whether it is folded; of the file that nobody reads it is told once, though all may be read
 * twice. */
static bool is_folded(struct shop *s)
{
    struct arena *mem = arena_new();
    struct open_options options = {.as_of = DAY_NONE, .fold = true, .jobs = 2};
    struct diags diags;
    struct opened o;

    diags_init(&diags, mem);
    EXPECT(open_book(mem, &s->book, &options, &o, &diags));
    bool folded = data_is_folded(o.data);
    EXPECT_INT(!folded, dataset_table(o.data, S("sales"))->nrows > 0);
    EXPECT_INT(1, (long long)diags.list.n);
    opened_close(&o);
    arena_free(mem);
    return folded;
}

TEST(large_tables_are_folded_while_rows_of_closed_months_are_as_they_were)
{
    struct shop s;
    enter(&s);
    EXPECT(is_folded(&s));
    close_as_of(&s, "2026-09");
    close_as_of(&s, "2026-07");
    EXPECT(is_folded(&s));
    put_sales(&s, LINES + LINES_A_DAY, LINES - 1); /* of October */
    EXPECT(is_folded(&s));
    put_sales(&s, LINES, 125 * LINES_A_DAY); /* of September, the day of which is known */
    EXPECT(!is_folded(&s));
    put_sales(&s, LINES, 1); /* of May, long before */
    EXPECT(!is_folded(&s));
    put_sales(&s, LINES, LINES);
    EXPECT(is_folded(&s));
    leave(&s);
}

TEST(rows_of_a_small_table_that_changed_ask_for_none_of_the_large_ones)
{
    struct shop s;
    enter(&s);
    close_as_of(&s, "2026-09");
    put(&s, "book/shops.csv", S("shop\nnorth\nwest\n"));
    EXPECT(is_folded(&s));
    put(&s, "book/shops.csv", S("shop\nsouth\nnorth\n"));
    EXPECT(is_folded(&s));
    leave(&s);
}

TEST(a_month_that_no_page_speaks_of_any_more_asks_for_no_rows)
{
    struct shop s;
    enter(&s);
    close_as_of(&s, "2026-05");
    put_sales(&s, LINES, 1);
    EXPECT(!is_folded(&s));
    put_sales(&s, LINES + 230 * LINES_A_DAY, 1); /* to June 2027 */
    EXPECT(is_folded(&s));
    leave(&s);
}
