/* Stock of the book "furniture" (stock.csv: 60 products, November 2025 to October 2026) and commits
 * of the book "security" (commits.csv: each seller, each month from November 2025 on).
 *
 * Furniture: shipped is what was sold in the month; each month opens with what the one before left;
 * about one and a half months are kept in stock. Planted: SO-06, the sofa that sells best, has not
 * been made since August 2026 and runs out; of OF-06 far too much lies there. That OU-06, a garden
 * product, has a strong season lies in the order lines already; so does, in security, that IDS-C
 * and ENC-M sell now and then.
 *
 * Security: words lie about what came, some above, some below. Planted: José Núñez always promises
 * 20 to 45 % more than comes; Li Wei is within 5 %. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_STOCK = MONTH(2025, 11),
    FIRST_WORD = MONTH(2025, 11),
};

static const char *const not_made = "SO-06";
static const char *const too_much = "OF-06";
static const char *const boaster = "jose.nunez";
static const char *const reliable = "li.wei";

/* ---- furniture: stock ---- */

static int64_t pieces_of(const struct book *book, int product, month m)
{
    int64_t sum = 0;
    for (int i = 0; i < book->nsales; i++)
        if (book->sales[i].product == product && month_of(book->sales[i].date) == m)
            sum += book->sales[i].quantity;
    return sum;
}

/* What is made in a month: as much as leaves about one and a half of its sales behind, in tens. */
static int64_t made_of(struct rng *rng, const struct product *p, int64_t opening, int64_t shipped,
                       month m)
{
    int kept = rng_range(rng, 130, 190);
    int64_t wanted = shipped * (100 + kept) / 100 - opening;
    /* The last lot lasts just through October. */
    if (strcmp(p->key, not_made) == 0 && m >= MONTH(2026, 8))
        wanted = m == MONTH(2026, 8) ? shipped + 380 - opening : 0;
    if (strcmp(p->key, too_much) == 0 && m > MONTH(2026, 6))
        wanted += 250;
    return wanted > 0 ? (wanted + 9) / 10 * 10 : 0;
}

static void write_stock(const struct book *book, struct rng *rng)
{
    struct csv csv = csv_open(book->dir, "stock", "month,product,opening,produced,shipped");
    int64_t *left = items_resize(NULL, (size_t)book->nproducts, sizeof *left);
    for (int i = 0; i < book->nproducts; i++)
        left[i] = pieces_of(book, i, FIRST_STOCK - 1) * 3 / 2;
    for (month m = FIRST_STOCK; m <= LAST_MONTH; m++)
        for (int i = 0; i < book->nproducts; i++) {
            int64_t shipped = pieces_of(book, i, m);
            int64_t produced = made_of(rng, &book->products[i], left[i], shipped, m);
            csv_text(&csv, month_iso(m).text);
            csv_text(&csv, book->products[i].key);
            csv_whole(&csv, left[i]);
            csv_whole(&csv, produced);
            csv_whole(&csv, shipped);
            csv_end(&csv);
            left[i] += produced - shipped;
        }
    free(left);
    csv_close(&csv);
}

/* ---- security: commits ---- */

/* Per mille of what will come. */
static int word_of(struct rng *rng, const char *person)
{
    if (strcmp(person, boaster) == 0)
        return rng_range(rng, 1200, 1450);
    return strcmp(person, reliable) == 0 ? rng_range(rng, 955, 1045) : rng_range(rng, 850, 1150);
}

static void write_word(struct csv *csv, day date, const char *person, month m, const char *category,
                       int64_t cents)
{
    csv_day(csv, date);
    csv_text(csv, person);
    csv_text(csv, month_iso(m).text);
    csv_text(csv, category);
    csv_money(csv, cents / 1000000 * 1000000); /* people speak in ten thousands */
    csv_text(csv, "");
    csv_end(csv);
}

static void write_commits(const struct book *book, struct rng *rng)
{
    struct csv csv = csv_open(book->dir, "commits", "date,person,period,category,amount,note");
    for (month m = FIRST_WORD; m <= LAST_MONTH + 1; m++)
        for (int seat = 0; seat < book->nseats; seat++) {
            int who = holder(book, seat, m < LAST_MONTH ? m : LAST_MONTH);
            if (who < 0)
                continue;
            const char *person = book->people[who].key;
            /* Of the month to come nobody knows more than of this one. */
            int64_t comes = book->sold[seat][(m < LAST_MONTH ? m : LAST_MONTH) - FIRST_MONTH];
            int64_t word = comes * word_of(rng, person) / 1000;
            day date = month_first(m) - rng_range(rng, 2, 6);
            write_word(&csv, date, person, m, "commit", word);
            write_word(&csv, date, person, m, "best case",
                       word * rng_range(rng, 1150, 1350) / 1000);
        }
    csv_close(&csv);
}

void write_forecast(const struct book *book)
{
    struct rng rng = rng_of(book->name, "forecast");
    if (strcmp(book->name, "furniture") == 0)
        write_stock(book, &rng);
    else
        write_commits(book, &rng);
}
