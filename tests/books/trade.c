#include "book.h"

#include <stdlib.h>
#include <string.h>

int order_start(struct book *book)
{
    return book->norders++;
}

void sale_add(struct book *book, struct sale sale)
{
    /* Grown at powers of two, so that adding stays cheap. */
    size_t n = (size_t)book->nsales;
    if ((n & (n - 1)) == 0)
        book->sales = items_resize(book->sales, n ? 2 * n : 1, sizeof *book->sales);

    int seat = book->customers[sale.customer].seat;
    month m = month_of(sale.date);
    sale.person = holder(book, seat, m);
    if (m > book->customers[sale.customer].last_order)
        book->customers[sale.customer].last_order = m;
    book->sales[book->nsales++] = sale;
    book->sold[seat][m - FIRST_MONTH] += sale.amount;
}

/* ---- who orders ---- */

/* On the line from the first to the last weight, and more the longer the customer has not ordered:
 * so orders come at steady distances. */
static int weight_in(const struct customer *customer, month m)
{
    int gone = m - FIRST_MONTH;
    int weight = (customer->weight[0] * (NMONTHS - 1 - gone) + customer->weight[1] * gone) * 10 /
                 (NMONTHS - 1);
    int waited = m - customer->last_order;
    if (waited <= 0)
        return weight;
    return waited < 9 ? weight * (1 + waited) * (1 + waited) : weight * 100;
}

static bool could_buy(const struct customer *customer, int seat, month m)
{
    return customer->seat == seat && customer_buys(customer, month_last(m)) &&
           (!customer->until || month_last(m) <= customer->until);
}

/* −1 when the seat has nobody who buys. */
static int pick_customer(struct book *book, int seat, month m)
{
    int *weight = items_resize(NULL, (size_t)book->ncustomers, sizeof *weight);
    for (int i = 0; i < book->ncustomers; i++) {
        bool could = could_buy(&book->customers[i], seat, m);
        weight[i] = could ? weight_in(&book->customers[i], m) : 0;
    }
    int picked = rng_weighted(&book->rng, weight, book->ncustomers);
    free(weight);
    return picked;
}

static void sell_to_anyone(struct book *book, int seat, month m)
{
    int customer = pick_customer(book, seat, m);
    day date = book->order_day(book, customer, m);
    while (!customer_buys(&book->customers[customer], date))
        date = next_working_day(date + 1);
    book->order(book, customer, date);
}

/* ---- how much ---- */

static int64_t lacking(const struct book *book, int seat, month m)
{
    return book->wanted[seat][m - FIRST_MONTH] - book->sold[seat][m - FIRST_MONTH];
}

/* The seat of the area that lacks most. */
static int hungriest(const struct book *book, const char *area, month m)
{
    int found = NO_SEAT;
    for (int seat = 0; seat < book->nseats; seat++)
        if (strcmp(book->seats[seat].area, area) == 0 &&
            (found == NO_SEAT || lacking(book, seat, m) > lacking(book, found, m)))
            found = seat;
    return found;
}

static int64_t area_lacking(const struct book *book, const char *area, month m)
{
    int64_t sum = 0;
    for (int seat = 0; seat < book->nseats; seat++)
        if (strcmp(book->seats[seat].area, area) == 0)
            sum += lacking(book, seat, m);
    return sum;
}

static void sell_month(struct book *book, const char *area, month m)
{
    while (area_lacking(book, area, m) > 0)
        sell_to_anyone(book, hungriest(book, area, m), m);
}

/* A new customer is one from the day of its first order. */
static void sell_to_new(struct book *book)
{
    for (int i = 0; i < book->ncustomers; i++)
        if (book->customers[i].since >= month_first(FIRST_MONTH))
            book->order(book, i, book->customers[i].since);
}

void book_trade(struct book *book)
{
    sell_to_new(book);
    for (month m = FIRST_MONTH; m <= LAST_MONTH; m++) {
        for (int seat = 0; seat < book->nseats; seat++) {
            const char *area = book->seats[seat].area;
            if (seat == 0 || strcmp(book->seats[seat - 1].area, area) != 0)
                sell_month(book, area, m);
        }
    }
}

/* ---- numbers ---- */

static int compare_sales(const void *left, const void *right)
{
    const struct sale *a = left;
    const struct sale *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return a->line - b->line;
}

void sales_number(struct book *book)
{
    qsort(book->sales, (size_t)book->nsales, sizeof *book->sales, compare_sales);
    book->order_number = items_resize(NULL, (size_t)book->norders, sizeof *book->order_number);

    int year = 0;
    int number = 0;
    for (int i = 0; i < book->nsales; i++) {
        const struct sale *sale = &book->sales[i];
        if (month_of(sale->date) / 12 != year) {
            year = month_of(sale->date) / 12;
            number = 0;
        }
        if (sale->line == 1)
            book->order_number[sale->order] = ++number;
    }
}

struct order_id order_id(const struct book *book, int order, day date)
{
    struct order_id id;
    snprintf(id.text, sizeof id.text, "S%02d-%05d", month_of(date) / 12 % 100,
             book->order_number[order]);
    return id;
}
