/* Demand of retailers as reported before the month, May to November 2026; predictions of the
 * account managers, April to November 2026; answers of retailers who were asked how it works,
 * November 2025 to October 2026. Half a year of reports, for they are as many rows as the orders.
 *
 * Reported is what was wanted of each product (orders.csv), give or take a seventh by the retailer
 * themselves, a quarter and in fives by the manager. Predicted is what the customers of a manager
 * wanted in the month, give or take a quarter for each product.
 *
 * Planted:
 * - li.wei.2 predicts about a fifth too much, each month and brand.
 * - Retailers of bai.xue know how it works in half of the answers, those of the others in four of
 *   five.
 * - For the retailers of lu.bin at the scenic spot only he reports; elsewhere most do it
 *   themselves. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_REPORTED = MONTH(2026, 5),
    FIRST_PREDICTED = MONTH(2026, 4),
    FIRST_ASKED = MONTH(2025, 11),
    NEXT = LAST_MONTH + 1,
    ASKED = 15, /* retailers, a month and manager */
    MAX_PRODUCTS = 64,
};

static const char *const questions[] = {"agreed total", "reporting demand", "key brands",
                                        "ordering channel", "price"};

struct demand {
    struct book *book;
    struct rng rng;
};

static const char *person_of(const struct demand *d, int seat, month m)
{
    int person = holder(d->book, seat, m < LAST_MONTH ? m : LAST_MONTH);
    return d->book->people[person].key;
}

/* ---- reported ---- */

static bool reports_alone(struct demand *d, const struct customer *c)
{
    const char *person = person_of(d, c->seat, LAST_MONTH);
    if (strcmp(person, "lu.bin") == 0 && strcmp(c->business_circle, "scenic spot") == 0)
        return false;
    int percent = strcmp(person, "bai.xue") == 0 ? 58 : strcmp(person, "du.peng") == 0 ? 66 : 82;
    return rng_chance(&d->rng, percent);
}

static int reported_of(struct demand *d, int wanted, bool self)
{
    if (self)
        return (wanted * rng_range(&d->rng, 86, 118) + 50) / 100;
    int about = (wanted * rng_range(&d->rng, 90, 140) + 50) / 100;
    return (about + 4) / 5 * 5;
}

static int compare_wanted(const void *left, const void *right)
{
    const struct order *a = left;
    const struct order *b = right;
    int months = month_of(a->date) - month_of(b->date);
    if (months != 0)
        return months;
    return a->customer != b->customer ? a->customer - b->customer : a->product - b->product;
}

/* Orders of the months that are reported, summed by month, customer and product. */
static int sum_wanted(const struct demand *d, struct order *sums)
{
    int n = 0;
    int rows = 0;
    for (int i = 0; i < d->book->nordered; i++)
        if (month_of(d->book->ordered[i].date) >= FIRST_REPORTED)
            sums[rows++] = d->book->ordered[i];
    qsort(sums, (size_t)rows, sizeof *sums, compare_wanted);
    for (int i = 0; i < rows; i++) {
        if (n > 0 && compare_wanted(&sums[n - 1], &sums[i]) == 0)
            sums[n - 1].wanted += sums[i].wanted;
        else
            sums[n++] = sums[i];
    }
    return n;
}

static void demand_row(struct csv *csv, const struct demand *d, month m, const struct order *o,
                       int reported, bool self)
{
    csv_text(csv, month_iso(m).text);
    csv_text(csv, d->book->customers[o->customer].key);
    csv_text(csv, d->book->products[o->product].key);
    csv_whole(csv, reported);
    csv_text(csv, self ? "self" : "manager");
    csv_end(csv);
}

/* November is reported before it comes: about what October was. */
static void write_reported(struct demand *d)
{
    struct csv csv =
        csv_open(d->book->dir, "demand", "month,customer,product,reported,reported_by");
    struct order *sums = items_resize(NULL, (size_t)d->book->nordered + 1, sizeof *sums);
    int n = sum_wanted(d, sums);
    int customer = -1;
    bool self = false;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < n; i++) {
            month m = month_of(sums[i].date);
            if (pass == 1 && m != LAST_MONTH)
                continue;
            if (sums[i].customer != customer)
                self = reports_alone(d, &d->book->customers[sums[i].customer]);
            customer = sums[i].customer;
            int reported = reported_of(d, sums[i].wanted, self);
            demand_row(&csv, d, m + pass, &sums[i], reported, self);
        }
    free(sums);
    csv_close(&csv);
}

/* ---- predicted ---- */

static void sum_products(const struct demand *d, int seat, month m, int *wanted)
{
    memset(wanted, 0, MAX_PRODUCTS * sizeof *wanted);
    for (int i = 0; i < d->book->nordered; i++) {
        const struct order *o = &d->book->ordered[i];
        if (month_of(o->date) == m && d->book->customers[o->customer].seat == seat)
            wanted[o->product] += o->wanted;
    }
}

static void predict(struct csv *csv, struct demand *d, int seat, month m)
{
    int wanted[MAX_PRODUCTS];
    const char *person = person_of(d, seat, m);
    sum_products(d, seat, m < LAST_MONTH ? m : LAST_MONTH, wanted);
    for (int product = 0; product < d->book->nproducts; product++) {
        int percent = rng_range(&d->rng, 76, 124) + (strcmp(person, "li.wei.2") == 0 ? 20 : 0);
        int predicted = (wanted[product] * percent + 50) / 100;
        if (predicted == 0)
            continue;
        csv_text(csv, month_iso(m).text);
        csv_text(csv, person);
        csv_text(csv, d->book->products[product].key);
        csv_whole(csv, predicted);
        csv_end(csv);
    }
}

static void write_predictions(struct demand *d)
{
    struct csv csv = csv_open(d->book->dir, "predictions", "month,person,product,quantity");
    for (month m = FIRST_PREDICTED; m <= NEXT; m++)
        for (int seat = 0; seat < d->book->nseats; seat++)
            predict(&csv, d, seat, m);
    csv_close(&csv);
}

/* ---- asked ---- */

/* One of the seat's retailers, each with the same chance. */
static int any_retailer(struct demand *d, int seat, day date)
{
    int chosen = -1;
    int n = 0;
    for (int i = 0; i < d->book->ncustomers; i++)
        if (d->book->customers[i].seat == seat && customer_buys(&d->book->customers[i], date) &&
            rng_below(&d->rng, ++n) == 0)
            chosen = i;
    return chosen;
}

static const char *answer(struct demand *d, const char *person, month m)
{
    bool is_lost = strcmp(person, "bai.xue") == 0;
    int percent = is_lost ? 48 : 74 + (m - FIRST_ASKED) * 3 / 4;
    if (rng_chance(&d->rng, percent))
        return "knows";
    return rng_chance(&d->rng, 60) ? "confuses" : "does not know";
}

static day working_day(struct demand *d, month m)
{
    day date;
    do
        date = rng_range(&d->rng, month_first(m), month_last(m));
    while (!is_working_day(date));
    return date;
}

/* Each retailer is asked two questions on a day; nobody twice in a month. */
static void ask(struct csv *csv, struct demand *d, int seat, month m, bool *asked)
{
    const char *person = person_of(d, seat, m);
    for (int i = 0; i < ASKED;) {
        day date = working_day(d, m);
        int customer = any_retailer(d, seat, date);
        if (customer < 0 || asked[customer])
            continue;
        asked[customer] = true;
        i++;
        for (int k = 0; k < 2; k++) {
            csv_day(csv, date);
            csv_text(csv, d->book->customers[customer].key);
            csv_text(csv, person);
            csv_text(csv, questions[(m + i + 2 * k) % COUNT(questions)]);
            csv_text(csv, answer(d, person, m));
            csv_end(csv);
        }
    }
}

static void write_surveys(struct demand *d)
{
    struct csv csv = csv_open(d->book->dir, "surveys", "date,customer,person,question,answered");
    size_t n = (size_t)d->book->ncustomers;
    bool *asked = items_resize(NULL, n, sizeof *asked);
    for (month m = FIRST_ASKED; m <= LAST_MONTH; m++) {
        memset(asked, 0, n * sizeof *asked);
        for (int seat = 0; seat < d->book->nseats; seat++)
            ask(&csv, d, seat, m, asked);
    }
    free(asked);
    csv_close(&csv);
}

void write_demand(struct book *book)
{
    struct demand d = {.book = book, .rng = rng_of(book->name, "demand")};
    write_reported(&d);
    write_predictions(&d);
    write_surveys(&d);
}
