/* Invoices, payments and promises of the book "security": an invoice an order, some days after it;
 * due after the customer's payment_days; paid as the customer's habit is. Amounts are those of the
 * orders: without VAT. A credit note is an invoice below zero; to set it off against an invoice is
 * a payment of that invoice and one below zero of the credit note, on one day.
 *
 * Planted: what C0001 was invoiced from January to April 2026 is unpaid; C0071 promised its largest
 * invoice for 2026-10-16 and did not pay; D-104 brings C0014 over its credit limit; the customers
 * of Łukasz Wójcik pay 40 to 90 days late; a credit note of C0050 stands open, one of C0029 was set
 * off. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    LAST_FACT = LAST_DAY - 1, /* 2026-10-30, the last working day */
    MAX_PARTS = 3,
};

static const char *const late_person = "lukasz.wojcik";
static const char *const silent_customer = "C0001";
static const char *const silent_from = "2026-01-01";
static const char *const silent_to = "2026-04-30";

/* The customer's largest invoice that is due then: promised, and not paid. */
struct broken {
    const char *customer, *promised_on, *date;
};

static const struct broken brokens[] = {{"C0071", "2026-09-28", "2026-10-16"}};

struct credit_note {
    const char *customer, *date;
    int amount;
    bool set_off;
};

static const struct credit_note credit_notes[] = {
    {"C0050", "2026-08-11", 48000, false},
    {"C0029", "2026-06-09", 22500, true},
};

struct invoice {
    int order; /* −1: a credit note */
    day date, due;
    int customer, person, number;
    int64_t amount;
    struct part {
        day date;
        int64_t amount;
    } parts[MAX_PARTS];
    int nparts;
    day promised_on, promised;
};

struct payment {
    day date;
    int number;
    int64_t amount;
};

/* All that is made up here, sorted by day. */
struct ledger {
    const struct book *book;
    struct rng rng;
    struct invoice *invoices;
    int ninvoices;
    int *habit; /* by customer */
};

/* ---- invoices of orders ---- */

static day working_day_before(day date)
{
    while (!is_working_day(date))
        date--;
    return date;
}

static struct invoice *invoice_add(struct ledger *l, int customer, day date, int days)
{
    size_t n = (size_t)l->ninvoices++;
    l->invoices = items_resize(l->invoices, n + 1, sizeof *l->invoices);
    l->invoices[n] =
        (struct invoice){.order = -1, .date = date, .due = date + days, .customer = customer};
    return &l->invoices[n];
}

/* Lines of an order stand together. */
static void invoice_orders(struct ledger *l)
{
    const struct book *book = l->book;
    for (int i = 0; i < book->nsales;) {
        const struct sale *sale = &book->sales[i];
        int64_t amount = 0;
        for (int order = sale->order; i < book->nsales && book->sales[i].order == order; i++)
            amount += book->sales[i].amount;
        day date = next_working_day(sale->date + rng_range(&l->rng, 1, 6));
        if (date > LAST_FACT)
            continue;
        int days = book->customers[sale->customer].payment_days;
        struct invoice *invoice = invoice_add(l, sale->customer, date, days);
        invoice->order = sale->order;
        invoice->person = sale->person;
        invoice->amount = amount;
    }
}

/* ---- who pays when ---- */

enum habit { PROMPT, SLOW, LATE, NHABITS };

static void draw_habits(struct ledger *l)
{
    static const int weights[NHABITS] = {62, 28, 10};
    l->habit = items_resize(NULL, (size_t)l->book->ncustomers, sizeof *l->habit);
    for (int i = 0; i < l->book->ncustomers; i++)
        l->habit[i] = rng_weighted(&l->rng, weights, NHABITS);
}

static bool is_person(const struct ledger *l, const struct invoice *invoice, const char *key)
{
    return strcmp(l->book->people[invoice->person].key, key) == 0;
}

static bool is_customer(const struct ledger *l, const struct invoice *invoice, const char *key)
{
    return strcmp(l->book->customers[invoice->customer].key, key) == 0;
}

static int days_late(struct ledger *l, const struct invoice *invoice)
{
    static const struct {
        int least, most;
    } span[NHABITS] = {{-12, 5}, {2, 26}, {14, 58}};
    enum habit habit = l->habit[invoice->customer];
    int late = rng_range(&l->rng, span[habit].least, span[habit].most);
    int quarrel = rng_range(&l->rng, 45, 120);
    if (rng_chance(&l->rng, 3))
        late += quarrel;
    int planted = rng_range(&l->rng, 40, 90);
    return is_person(l, invoice, late_person) ? planted : late;
}

static void pay(struct invoice *invoice, day date, int64_t amount)
{
    if (amount && date <= LAST_FACT)
        invoice->parts[invoice->nparts++] = (struct part){date, amount};
}

/* Of a project a tenth is kept back until it has run for two months. */
static void pay_invoice(struct ledger *l, struct invoice *invoice, day date)
{
    enum { PROJECT = 15000000, HELD_DAYS = 60 };
    bool holds = rng_chance(&l->rng, 35) && invoice->amount >= PROJECT;
    int64_t held = holds ? invoice->amount / 10 : 0;
    pay(invoice, date, invoice->amount - held);
    pay(invoice, next_working_day(date + HELD_DAYS), held);
}

static bool is_silent(const struct ledger *l, const struct invoice *invoice)
{
    return is_customer(l, invoice, silent_customer) && invoice->date >= day_parse(silent_from) &&
           invoice->date <= day_parse(silent_to);
}

/* When an invoice is three weeks late, some customers give their word; most keep it. */
static day draw_promise(struct ledger *l, struct invoice *invoice, day date)
{
    day asked = next_working_day(invoice->due + rng_range(&l->rng, 18, 27));
    day word = next_working_day(asked + rng_range(&l->rng, 8, 24));
    bool gives = rng_chance(&l->rng, 45);
    bool keeps = rng_chance(&l->rng, 75);
    if (date <= asked || asked > LAST_FACT || !gives || is_silent(l, invoice))
        return date;
    invoice->promised_on = asked;
    invoice->promised = word;
    return keeps && date > word ? working_day_before(word) : date;
}

static void draw_payments(struct ledger *l)
{
    for (int i = 0; i < l->ninvoices; i++) {
        struct invoice *invoice = &l->invoices[i];
        day date = next_working_day(invoice->due + days_late(l, invoice));
        date = draw_promise(l, invoice, date);
        if (date <= invoice->date)
            date = next_working_day(invoice->date + 1);
        if (!is_silent(l, invoice))
            pay_invoice(l, invoice, date);
    }
}

/* ---- what is planted ---- */

static struct invoice *largest_due(struct ledger *l, const char *customer, day from, day to)
{
    struct invoice *largest = NULL;
    for (int i = 0; i < l->ninvoices; i++) {
        struct invoice *invoice = &l->invoices[i];
        if (is_customer(l, invoice, customer) && from <= invoice->due && invoice->due <= to &&
            (!largest || invoice->amount > largest->amount))
            largest = invoice;
    }
    return largest;
}

static void plant_broken(struct ledger *l, const struct broken *broken)
{
    day promised_on = day_parse(broken->promised_on);
    struct invoice *invoice = largest_due(l, broken->customer, promised_on - 60, promised_on);
    invoice->nparts = 0;
    invoice->promised_on = promised_on;
    invoice->promised = day_parse(broken->date);
}

static int customer_index(const struct book *book, const char *key)
{
    int i = 0;
    while (strcmp(book->customers[i].key, key) != 0)
        i++;
    return i;
}

/* Set off against what is to be paid later: the invoice's first payment becomes less by it. */
static void set_off(struct ledger *l, struct invoice *note, const char *customer)
{
    for (int i = 0; i < l->ninvoices; i++) {
        struct invoice *invoice = &l->invoices[i];
        if (!is_customer(l, invoice, customer) || invoice->nparts != 1 ||
            invoice->date > note->date || invoice->parts[0].date <= note->date ||
            invoice->amount <= -note->amount)
            continue;
        invoice->parts[0].amount += note->amount;
        pay(invoice, note->date, -note->amount);
        pay(note, note->date, note->amount);
        return;
    }
}

static void plant_credit_note(struct ledger *l, const struct credit_note *planted)
{
    int customer = customer_index(l->book, planted->customer);
    struct invoice *note = invoice_add(l, customer, day_parse(planted->date), 0);
    note->person = holder(l->book, l->book->customers[customer].seat, month_of(note->date));
    note->amount = planted->amount * INT64_C(-100);
    if (planted->set_off)
        set_off(l, note, planted->customer);
}

/* ---- tables ---- */

static int compare_invoices(const void *left, const void *right)
{
    const struct invoice *a = left;
    const struct invoice *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return a->customer - b->customer;
}

static void number_invoices(struct ledger *l)
{
    qsort(l->invoices, (size_t)l->ninvoices, sizeof *l->invoices, compare_invoices);
    for (int i = 0, year = 0, number = 0; i < l->ninvoices; i++) {
        struct invoice *invoice = &l->invoices[i];
        if (month_of(invoice->date) / 12 != year)
            number = 0;
        year = month_of(invoice->date) / 12;
        invoice->number = year % 100 * 100000 + ++number;
    }
}

/* "R26-00017" */
static void csv_invoice(struct csv *csv, int number)
{
    char key[24];
    snprintf(key, sizeof key, "R%02d-%05d", number / 100000, number % 100000);
    csv_text(csv, key);
}

static void write_invoices(const struct ledger *l)
{
    struct csv csv = csv_open(l->book->dir, "invoices", "invoice,date,due,customer,person,amount");
    for (int i = 0; i < l->ninvoices; i++) {
        const struct invoice *invoice = &l->invoices[i];
        csv_invoice(&csv, invoice->number);
        csv_day(&csv, invoice->date);
        csv_day(&csv, invoice->due);
        csv_text(&csv, l->book->customers[invoice->customer].key);
        csv_text(&csv, l->book->people[invoice->person].key);
        csv_money(&csv, invoice->amount);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static int compare_payments(const void *left, const void *right)
{
    const struct payment *a = left;
    const struct payment *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    return a->number - b->number;
}

static int list_payments(const struct ledger *l, struct payment *payments)
{
    int n = 0;
    for (int i = 0; i < l->ninvoices; i++) {
        const struct invoice *invoice = &l->invoices[i];
        for (int j = 0; j < invoice->nparts; j++)
            payments[n++] =
                (struct payment){invoice->parts[j].date, invoice->number, invoice->parts[j].amount};
    }
    qsort(payments, (size_t)n, sizeof *payments, compare_payments);
    return n;
}

static void write_payments(const struct ledger *l)
{
    struct payment *payments =
        items_resize(NULL, (size_t)l->ninvoices * MAX_PARTS, sizeof *payments);
    int n = list_payments(l, payments);
    struct csv csv = csv_open(l->book->dir, "payments", "date,invoice,amount");
    for (int i = 0; i < n; i++) {
        csv_day(&csv, payments[i].date);
        csv_invoice(&csv, payments[i].number);
        csv_money(&csv, payments[i].amount);
        csv_end(&csv);
    }
    csv_close(&csv);
    free(payments);
}

static int compare_promises(const void *left, const void *right)
{
    const struct invoice *const *a = left;
    const struct invoice *const *b = right;
    if ((*a)->promised_on != (*b)->promised_on)
        return (*a)->promised_on < (*b)->promised_on ? -1 : 1;
    return (*a)->number - (*b)->number;
}

static void write_promise(struct csv *csv, const struct invoice *invoice)
{
    csv_invoice(csv, invoice->number);
    csv_day(csv, invoice->promised_on);
    csv_day(csv, invoice->promised);
    csv_text(csv, ""); /* all that is open */
    csv_end(csv);
}

static void write_promises(const struct ledger *l)
{
    const struct invoice **list = items_resize(NULL, (size_t)l->ninvoices, sizeof(void *));
    int n = 0;
    for (int i = 0; i < l->ninvoices; i++)
        if (l->invoices[i].promised_on)
            list[n++] = &l->invoices[i];
    qsort(list, (size_t)n, sizeof *list, compare_promises);

    struct csv csv = csv_open(l->book->dir, "promises", "invoice,promised_on,date,amount");
    for (int i = 0; i < n; i++)
        write_promise(&csv, list[i]);
    csv_close(&csv);
    free(list);
}

void write_receivables(const struct book *book)
{
    struct ledger l = {.book = book, .rng = rng_of(book->name, "receivables")};
    draw_habits(&l);
    invoice_orders(&l);
    draw_payments(&l);
    for (int i = 0; i < COUNT(brokens); i++)
        plant_broken(&l, &brokens[i]);
    for (int i = 0; i < COUNT(credit_notes); i++)
        plant_credit_note(&l, &credit_notes[i]);
    number_invoices(&l);
    write_invoices(&l);
    write_payments(&l);
    write_promises(&l);
    free(l.invoices);
    free(l.habit);
}
