/* Agreed totals of retailers and their orders, from October 2025 to October 2026, with the totals
 * agreed for November 2026. Twenty-five months would be more than all other tables of the book
 * together; thirteen hold the same month of the year before.
 *
 * Orders are the lines of sales.csv by day, retailer and product: supplied is what was sold, wanted
 * is as much or more. What a retailer wanted and did not get at all stands there with 0 supplied.
 * Cartons.
 *
 * Planted:
 * - he.siyuan always agrees to about twice what her retailers take; everybody else to a fifth more.
 * - Six retailers of lu.bin have had all of their total by the 20th of October 2026 and get nothing
 *   of what they order from the 26th on; what is agreed for November is too small again.
 * - Haitang, launched in March 2026, is short: of what is wanted a good third is not supplied.
 * - Three retailers of wang.fang were supplied 3 cartons over their totals in September 2026.
 * Not planted, but there: after Spring Festival, in February 2026, supply came at the month's end,
 * most of all du.peng's. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_AGREED = MONTH(2025, 10),
    NEXT = LAST_MONTH + 1, /* agreed already, not supplied yet */
    NAGREED = NEXT - FIRST_AGREED + 1,
    MAX_PLANTED = 6,
};

/* What a retailer had, wanted and agreed to, by month. */
struct retailer {
    int wanted[NAGREED], supplied[NAGREED], agreed[NAGREED];
    bool late; /* bought after the 20th of October 2026 */
};

struct supply {
    struct book *book;
    struct rng rng;
    struct order *orders;
    int norders;
    struct retailer *retailers;
    int short_of[MAX_PLANTED], nshort; /* those who run out */
    int over[3], nover;
};

static const char *person_of(const struct supply *s, int customer, month m)
{
    const struct book *book = s->book;
    return book->people[holder(book, book->customers[customer].seat, m)].key;
}

static bool looked_after_by(const struct supply *s, int customer, const char *person)
{
    return strcmp(person_of(s, customer, LAST_MONTH), person) == 0;
}

/* ---- orders ---- */

static int compare_orders(const void *left, const void *right)
{
    const struct order *a = left;
    const struct order *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->customer != b->customer)
        return a->customer < b->customer ? -1 : 1;
    return a->product - b->product;
}

/* Lines of the same day, retailer and product are one order here. */
static void merge_orders(struct supply *s)
{
    int n = 0;
    qsort(s->orders, (size_t)s->norders, sizeof *s->orders, compare_orders);
    for (int i = 0; i < s->norders; i++) {
        if (n > 0 && compare_orders(&s->orders[n - 1], &s->orders[i]) == 0)
            s->orders[n - 1].supplied += s->orders[i].supplied;
        else
            s->orders[n++] = s->orders[i];
    }
    s->norders = n;
}

static void take_sales(struct supply *s)
{
    const struct book *book = s->book;
    s->orders = items_resize(NULL, (size_t)book->nsales + MAX_PLANTED, sizeof *s->orders);
    for (int i = 0; i < book->nsales; i++) {
        const struct sale *sale = &book->sales[i];
        if (month_of(sale->date) >= FIRST_AGREED)
            s->orders[s->norders++] = (struct order){.date = sale->date,
                                                     .customer = sale->customer,
                                                     .product = sale->product,
                                                     .supplied = sale->quantity};
    }
    merge_orders(s);
}

static int wanted_of(struct supply *s, const struct order *o)
{
    bool is_scarce = strcmp(s->book->products[o->product].brand, "Haitang") == 0;
    if (is_scarce)
        return o->supplied + o->supplied * rng_range(&s->rng, 40, 90) / 100 + 1;
    if (rng_chance(&s->rng, 6))
        return o->supplied + rng_range(&s->rng, 1, o->supplied / 3 + 1);
    return o->supplied;
}

static void want(struct supply *s)
{
    for (int i = 0; i < s->norders; i++) {
        struct order *o = &s->orders[i];
        o->wanted = wanted_of(s, o);
        struct retailer *r = &s->retailers[o->customer];
        r->wanted[month_of(o->date) - FIRST_AGREED] += o->wanted;
        r->supplied[month_of(o->date) - FIRST_AGREED] += o->supplied;
        r->late |= o->date > day_of(2026, 10, 20);
    }
}

/* ---- what is planted ---- */

static int months_with(const struct retailer *r)
{
    int n = 0;
    for (int m = 1; m < NAGREED - 1; m++)
        n += r->supplied[m] > 0;
    return n;
}

static bool can_run_out(const struct supply *s, int customer)
{
    const struct retailer *r = &s->retailers[customer];
    return looked_after_by(s, customer, "lu.bin") && !r->late && months_with(r) >= 4 &&
           r->supplied[LAST_MONTH - FIRST_AGREED] >= 12;
}

static bool can_go_over(const struct supply *s, int customer)
{
    return looked_after_by(s, customer, "wang.fang") &&
           s->retailers[customer].supplied[MONTH(2026, 9) - FIRST_AGREED] >= 20;
}

static int last_product(const struct supply *s, int customer)
{
    int product = 0;
    for (int i = 0; i < s->norders; i++)
        if (s->orders[i].customer == customer)
            product = s->orders[i].product;
    return product;
}

static void turn_away(struct supply *s, int customer)
{
    int n = s->nshort++;
    int cartons = rng_range(&s->rng, 6, 12);
    s->short_of[n] = customer;
    s->retailers[customer].wanted[LAST_MONTH - FIRST_AGREED] += cartons;
    s->orders[s->norders++] = (struct order){.date = day_of(2026, 10, 26 + n % 5),
                                             .customer = customer,
                                             .product = last_product(s, customer),
                                             .wanted = cartons};
}

static void plant(struct supply *s)
{
    for (int i = 0; i < s->book->ncustomers; i++) {
        if (s->nshort < MAX_PLANTED && can_run_out(s, i))
            turn_away(s, i);
        else if (s->nover < COUNT(s->over) && can_go_over(s, i))
            s->over[s->nover++] = i;
    }
    qsort(s->orders, (size_t)s->norders, sizeof *s->orders, compare_orders);
}

static bool among(const int *list, int n, int customer)
{
    for (int i = 0; i < n; i++)
        if (list[i] == customer)
            return true;
    return false;
}

/* ---- agreed totals ---- */

/* A part of 100 of what is needed, rounded up: never less than a carton more for over 100. */
static int part_of(int cartons, int percent)
{
    return (cartons * percent + 99) / 100;
}

/* A month that is known: what was taken is in the total, as people agree on what they know. */
static int agree_known(struct supply *s, int customer, int m)
{
    const struct customer *c = &s->book->customers[customer];
    const struct retailer *r = &s->retailers[customer];
    bool generous = looked_after_by(s, customer, "he.siyuan");
    if (r->supplied[m] == 0) {
        bool could = customer_buys(c, month_first(FIRST_AGREED + m)) && rng_chance(&s->rng, 6);
        int cartons = rng_range(&s->rng, 3, 10);
        return could ? cartons * (generous ? 2 : 1) : 0;
    }
    int percent = generous                 ? rng_range(&s->rng, 190, 260)
                  : rng_chance(&s->rng, 5) ? rng_range(&s->rng, 170, 220)
                                           : rng_range(&s->rng, 104, 138);
    if (m == LAST_MONTH - FIRST_AGREED && among(s->short_of, s->nshort, customer))
        return r->supplied[m];
    if (m == MONTH(2026, 9) - FIRST_AGREED && among(s->over, s->nover, customer))
        return r->supplied[m] - 3;
    return part_of(r->supplied[m], percent);
}

/* What was wanted in a month with an agreed total, in the middle; rounded up. */
static int usual_of(const struct retailer *r)
{
    int months = 0;
    int wanted = 0;
    for (int m = 1; m < NAGREED - 1; m++) {
        months += r->agreed[m] > 0;
        wanted += r->agreed[m] > 0 ? r->wanted[m] : 0;
    }
    return months ? (wanted + months - 1) / months : 0;
}

static int agree_next(struct supply *s, int customer)
{
    const struct retailer *r = &s->retailers[customer];
    bool is_short = among(s->short_of, s->nshort, customer);
    bool could = !s->book->customers[customer].until && months_with(r) >= 3;
    if (!could || !(rng_chance(&s->rng, 70) || is_short))
        return 0;
    int chance = rng_below(&s->rng, 100);
    int percent = is_short                                    ? rng_range(&s->rng, 60, 75)
                  : looked_after_by(s, customer, "he.siyuan") ? rng_range(&s->rng, 190, 240)
                  : chance < 6                                ? rng_range(&s->rng, 170, 200)
                  : chance < 9                                ? rng_range(&s->rng, 70, 85)
                                                              : rng_range(&s->rng, 108, 130);
    return part_of(usual_of(r), percent);
}

static void agree(struct supply *s)
{
    for (int i = 0; i < s->book->ncustomers; i++) {
        struct retailer *r = &s->retailers[i];
        for (int m = 0; m < NAGREED - 1; m++)
            r->agreed[m] = agree_known(s, i, m);
        r->agreed[NAGREED - 1] = agree_next(s, i);
    }
}

/* ---- tables ---- */

static void agreement_row(struct csv *csv, const struct supply *s, month m, int customer,
                          int agreed, day agreed_on)
{
    csv_text(csv, month_iso(m).text);
    csv_text(csv, s->book->customers[customer].key);
    csv_whole(csv, agreed);
    csv_day(csv, agreed_on);
    csv_text(csv, person_of(s, customer, m < LAST_MONTH ? m : LAST_MONTH));
    csv_end(csv);
}

/* A few are agreed anew in the middle of the month: what was agreed last holds. */
static void write_agreement(struct csv *csv, struct supply *s, month m, int customer)
{
    int agreed = s->retailers[customer].agreed[m - FIRST_AGREED];
    if (!agreed)
        return;
    int on = rng_range(&s->rng, 23, 27);
    int again = rng_range(&s->rng, 11, 18);
    bool floats = rng_chance(&s->rng, 2) && m < NEXT;
    agreement_row(csv, s, m, customer, floats ? part_of(agreed, 70) : agreed,
                  next_working_day(month_first(m - 1) + on - 1));
    if (floats)
        agreement_row(csv, s, m, customer, agreed, next_working_day(month_first(m) + again - 1));
}

static void write_agreements(struct supply *s)
{
    struct csv csv =
        csv_open(s->book->dir, "agreements", "month,customer,agreed,agreed_on,agreed_by");
    for (month m = FIRST_AGREED; m <= NEXT; m++)
        for (int i = 0; i < s->book->ncustomers; i++)
            write_agreement(&csv, s, m, i);
    csv_close(&csv);
}

static void write_orders(const struct supply *s)
{
    struct csv csv = csv_open(s->book->dir, "orders", "date,customer,product,wanted,supplied");
    for (int i = 0; i < s->norders; i++) {
        const struct order *o = &s->orders[i];
        csv_day(&csv, o->date);
        csv_text(&csv, s->book->customers[o->customer].key);
        csv_text(&csv, s->book->products[o->product].key);
        csv_whole(&csv, o->wanted);
        csv_whole(&csv, o->supplied);
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_supply(struct book *book)
{
    struct supply s = {.book = book, .rng = rng_of(book->name, "supply")};
    size_t n = (size_t)book->ncustomers;
    s.retailers = items_resize(NULL, n, sizeof *s.retailers);
    memset(s.retailers, 0, n * sizeof *s.retailers);

    take_sales(&s);
    want(&s);
    plant(&s);
    agree(&s);
    write_agreements(&s);
    write_orders(&s);

    book->ordered = s.orders;
    book->nordered = s.norders;
    free(s.retailers);
}
