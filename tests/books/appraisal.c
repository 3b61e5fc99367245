/* Scorecards, pay and commissions of October 2026; what is planted:
 *   security   sun.lei has the best scorecard of the salespeople and luo.dan the worst; West has
 * its own row of visits (roads are long there); order S26-00560 is shared, so that it stands in two
 * statements; one line of an order of September comes back in October and is taken back from the
 * pay of sun.lei, who delivers another piece for it under a new order
 *   furniture  li.wei has the best scorecard and yi.shan, who follows tan.rui, the worst; in the
 * west new customers weigh more, and elsewhere they count since July; li.wei has a raise in October
 *   tobacco    qin.yu has the best scorecard and li.wei.2 the worst; in the hills of Heshan fewer
 * visits are full; nobody has a commission
 * Nothing is drawn: these are rules and agreements. */
#include "book.h"

#include <string.h>

struct rule {
    const char *role, *region, *measure, *starts, *weight, *floor, *full, *cap;
};

struct wage {
    const char *role;
    int base, bonus; /* yuan a month */
};

struct raise {
    const char *person, *starts;
    int more; /* yuan a month, from then on */
};

struct rate {
    const char *person, *role, *line, *from, *rate;
};

static const struct rule security_rules[] = {
    {"sales", "", "attainment", "", "50", "0.70", "1.00", "1.20"},
    {"sales", "", "won_value", "", "20", "0", "150000", "300000"},
    {"sales", "", "visits", "", "20", "12", "22", "26"},
    {"sales", "", "new_deals", "", "10", "0", "1", "2"},
    {"sales", "west", "visits", "", "20", "8", "18", "22"},
    {"regional manager", "", "attainment", "", "70", "0.80", "1.00", "1.15"},
    {"regional manager", "", "visits", "", "20", "8", "15", "18"},
    {"regional manager", "", "lost_deals", "", "10", "2", "0", ""},
};
static const struct wage security_wages[] = {
    {"head", 42000, 0},
    {"operations", 11500, 0},
    {"regional manager", 21000, 9000},
    {"sales", 12000, 6000},
};
static const struct rate security_rates[] = {
    {"", "sales", "", "0", "0.01"},
    {"", "sales", "", "400000", "0.0125"},
    {"", "sales", "Services", "0", "0.02"},
    {"", "regional manager", "", "0", "0.0075"},
    {"li.wei.2", "", "Detection", "0", "0.018"},
};

static const struct rule furniture_rules[] = {
    {"sales", "", "attainment", "", "100", "0.70", "1.00", "1.20"},
    {"sales", "", "attainment", "2026-07", "80", "0.70", "1.00", "1.20"},
    {"sales", "", "new_customers", "2026-07", "20", "0", "1", "2"},
    {"sales", "west", "attainment", "", "70", "0.60", "1.00", "1.20"},
    {"sales", "west", "new_customers", "", "30", "0", "1", "2"},
    {"export sales", "", "attainment", "", "100", "0.75", "1.00", "1.25"},
};
static const struct wage furniture_wages[] = {
    {"head", 38000, 0},
    {"regional manager", 22000, 0},
    {"sales", 9000, 4500},
    {"export sales", 13000, 5000},
};
static const struct raise furniture_raise = {"li.wei", "2026-10", 800};
static const struct rate furniture_rates[] = {
    {"", "sales", "", "0", "0.006"},
    {"", "sales", "", "600000", "0.0085"},
    {"", "sales", "Outdoor", "0", "0.012"},
    {"", "export sales", "", "0", "0.004"},
};

static const struct rule tobacco_rules[] = {
    {"account manager", "", "attainment", "", "60", "0.80", "1.00", "1.15"},
    {"account manager", "", "visits", "", "40", "80", "130", "150"},
    {"account manager", "heshan", "visits", "", "40", "60", "110", "130"},
};
static const struct wage tobacco_wages[] = {
    {"head", 16000, 0},
    {"deputy", 13000, 0},
    {"account manager", 7200, 2400},
};

/* ---- the tables ---- */

static bool is_dated(const struct rule *rule, int nrules)
{
    int i = 0;
    while (i < nrules && !rule[i].starts[0])
        i++;
    return i < nrules;
}

/* Books in which nothing has changed have no column for it. */
static void write_scorecard(const struct book *book, const struct rule *rule, int nrules)
{
    bool dated = is_dated(rule, nrules);
    struct csv csv = csv_open(book->dir, "scorecard",
                              dated ? "role,region,measure,starts,weight,floor,full,cap"
                                    : "role,region,measure,weight,floor,full,cap");
    for (int i = 0; i < nrules; i++) {
        const struct rule *r = &rule[i];
        const char *const cells[] = {r->role,   r->region, r->measure, r->starts,
                                     r->weight, r->floor,  r->full,    r->cap};
        for (int c = 0; c < COUNT(cells); c++)
            if (dated || c != 3)
                csv_text(&csv, cells[c]);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static const struct wage *wage_of(const struct person *p, const struct wage *wage, int nwages)
{
    int i = 0;
    while (i < nwages - 1 && strcmp(wage[i].role, p->role) != 0)
        i++;
    return &wage[i];
}

/* Those with longer service have two per cent more a year, in whole fifties, up to ten years. */
static int64_t base_of(const struct person *p, const struct wage *wage)
{
    int years = (LAST_DAY - day_parse(p->hired)) / 365;
    int more = wage->base * (years < 10 ? years : 10) * 2 / 100;
    return (int64_t)(wage->base + more / 50 * 50) * 100;
}

static void pay_row(struct csv *csv, const char *person, const char *starts, int64_t base,
                    const struct wage *w)
{
    csv_text(csv, person);
    if (starts)
        csv_text(csv, starts);
    csv_money(csv, base);
    csv_money(csv, (int64_t)w->bonus * 100);
    csv_end(csv);
}

/* raise: NULL where nobody has one, and there is no column for it. */
static void write_pay(const struct book *book, const struct wage *wage, int nwages,
                      const struct raise *raise)
{
    struct csv csv = csv_open(
        book->dir, "pay", raise ? "person,starts,base,bonus_at_full" : "person,base,bonus_at_full");
    for (int i = 0; i < book->npeople; i++) {
        const struct person *p = &book->people[i];
        const struct wage *w = wage_of(p, wage, nwages);
        int64_t base = base_of(p, w);
        bool raised = raise && strcmp(p->key, raise->person) == 0;
        pay_row(&csv, p->key, raise ? "" : NULL, raised ? base - raise->more * 100 : base, w);
        if (raised)
            pay_row(&csv, p->key, raise->starts, base, w);
    }
    csv_close(&csv);
}

static void write_commission(const struct book *book, const struct rate *rate, int nrates)
{
    struct csv csv = csv_open(book->dir, "commission", "person,role,product_line,from_amount,rate");
    for (int i = 0; i < nrates; i++) {
        const char *const cells[] = {rate[i].person, rate[i].role, rate[i].line, rate[i].from,
                                     rate[i].rate};
        for (int c = 0; c < COUNT(cells); c++)
            csv_text(&csv, cells[c]);
        csv_end(&csv);
    }
    csv_close(&csv);
}

/* The base of October went out on the 28th; bonus and commission come with the statement. */
static void write_paid(const struct book *book, const struct wage *wage, int nwages)
{
    struct csv csv = csv_open(book->dir, "paid", "person,period,amount");
    for (int i = 0; i < book->npeople; i++) {
        const struct person *p = &book->people[i];
        if (p->left[0])
            continue;
        csv_text(&csv, p->key);
        csv_text(&csv, month_iso(LAST_MONTH).text);
        csv_money(&csv, base_of(p, wage_of(p, wage, nwages)));
        csv_end(&csv);
    }
    csv_close(&csv);
}

/* ---- the piece that comes back ---- */

static int person_index(const struct book *book, const char *key)
{
    int i = 0;
    while (strcmp(book->people[i].key, key) != 0)
        i++;
    return i;
}

/* The person's largest line of a month. */
static const struct sale *largest_line(const struct book *book, int person, month m)
{
    const struct sale *best = NULL;
    for (int i = 0; i < book->nsales; i++) {
        const struct sale *s = &book->sales[i];
        if (s->person == person && month_of(s->date) == m && (!best || s->amount > best->amount))
            best = s;
    }
    return best;
}

static void sale_row(struct csv *csv, const struct book *book, const struct sale *s, day date,
                     const char *order, const char *line, int sign)
{
    char amount[32];
    snprintf(amount, sizeof amount, "%s%lld.%02d", sign < 0 ? "-" : "",
             (long long)(s->amount / 100), (int)(s->amount % 100));
    csv_day(csv, date);
    csv_text(csv, order);
    csv_text(csv, line);
    csv_text(csv, book->people[s->person].key);
    csv_text(csv, book->customers[s->customer].key);
    csv_text(csv, book->products[s->product].key);
    csv_text(csv, s->channel);
    csv_whole(csv, sign * s->quantity);
    csv_text(csv, amount);
    csv_end(csv);
}

/* A file of its own beside sales.csv. What comes back and what is delivered for it are worth the
 * same, so that no month's revenue changes. */
static void write_returns(const struct book *book, const char *person)
{
    const struct sale *sold = largest_line(book, person_index(book, person), LAST_MONTH - 1);
    struct csv csv = csv_open(book->dir, "sales-returns",
                              "date,order_id,line,person,customer,product,channel,quantity,amount");
    struct order_id order = order_id(book, sold->order, sold->date);
    char exchange[32];
    snprintf(exchange, sizeof exchange, "%s-X", order.text);
    day date = day_of(2026, 10, 20);
    sale_row(&csv, book, sold, date, order.text, "R1", -1);
    sale_row(&csv, book, sold, date, exchange, "1", 1);
    csv_close(&csv);
}

void write_appraisal(struct book *book)
{
    if (strcmp(book->name, "security") == 0) {
        write_scorecard(book, security_rules, COUNT(security_rules));
        write_pay(book, security_wages, COUNT(security_wages), NULL);
        write_commission(book, security_rates, COUNT(security_rates));
        write_paid(book, security_wages, COUNT(security_wages));
        write_returns(book, "sun.lei");
    } else if (strcmp(book->name, "furniture") == 0) {
        write_scorecard(book, furniture_rules, COUNT(furniture_rules));
        write_pay(book, furniture_wages, COUNT(furniture_wages), &furniture_raise);
        write_commission(book, furniture_rates, COUNT(furniture_rates));
        write_paid(book, furniture_wages, COUNT(furniture_wages));
    } else {
        write_scorecard(book, tobacco_rules, COUNT(tobacco_rules));
        write_pay(book, tobacco_wages, COUNT(tobacco_wages), NULL);
        write_paid(book, tobacco_wages, COUNT(tobacco_wages));
    }
}
