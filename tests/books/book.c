#include "book.h"

#include <stdlib.h>
#include <string.h>

/* ---- holidays: the State Council's calendar; 2027 as it may be expected ---- */

struct holiday {
    const char *from, *to, *name;
    bool working; /* a make-up working day */
};

static const struct holiday holidays[] = {
    {"2024-01-01", "2024-01-01", "New Year", false},
    {"2024-02-04", "2024-02-04", "Spring Festival (make-up day)", true},
    {"2024-02-10", "2024-02-17", "Spring Festival", false},
    {"2024-02-18", "2024-02-18", "Spring Festival (make-up day)", true},
    {"2024-04-04", "2024-04-06", "Qingming", false},
    {"2024-04-07", "2024-04-07", "Qingming (make-up day)", true},
    {"2024-04-28", "2024-04-28", "Labour Day (make-up day)", true},
    {"2024-05-01", "2024-05-05", "Labour Day", false},
    {"2024-05-11", "2024-05-11", "Labour Day (make-up day)", true},
    {"2024-06-10", "2024-06-10", "Dragon Boat Festival", false},
    {"2024-09-14", "2024-09-14", "Mid-Autumn Festival (make-up day)", true},
    {"2024-09-15", "2024-09-17", "Mid-Autumn Festival", false},
    {"2024-09-29", "2024-09-29", "National Day (make-up day)", true},
    {"2024-10-01", "2024-10-07", "National Day", false},
    {"2024-10-12", "2024-10-12", "National Day (make-up day)", true},
    {"2025-01-01", "2025-01-01", "New Year", false},
    {"2025-01-26", "2025-01-26", "Spring Festival (make-up day)", true},
    {"2025-01-28", "2025-02-04", "Spring Festival", false},
    {"2025-02-08", "2025-02-08", "Spring Festival (make-up day)", true},
    {"2025-04-04", "2025-04-06", "Qingming", false},
    {"2025-04-27", "2025-04-27", "Labour Day (make-up day)", true},
    {"2025-05-01", "2025-05-05", "Labour Day", false},
    {"2025-05-31", "2025-06-02", "Dragon Boat Festival", false},
    {"2025-09-28", "2025-09-28", "National Day (make-up day)", true},
    {"2025-10-01", "2025-10-08", "National Day and Mid-Autumn Festival", false},
    {"2025-10-11", "2025-10-11", "National Day (make-up day)", true},
    {"2026-01-01", "2026-01-03", "New Year", false},
    {"2026-01-04", "2026-01-04", "New Year (make-up day)", true},
    {"2026-02-14", "2026-02-14", "Spring Festival (make-up day)", true},
    {"2026-02-15", "2026-02-23", "Spring Festival", false},
    {"2026-02-28", "2026-02-28", "Spring Festival (make-up day)", true},
    {"2026-04-04", "2026-04-06", "Qingming", false},
    {"2026-05-01", "2026-05-05", "Labour Day", false},
    {"2026-05-09", "2026-05-09", "Labour Day (make-up day)", true},
    {"2026-06-19", "2026-06-21", "Dragon Boat Festival", false},
    {"2026-09-20", "2026-09-20", "National Day (make-up day)", true},
    {"2026-09-25", "2026-09-27", "Mid-Autumn Festival", false},
    {"2026-10-01", "2026-10-07", "National Day", false},
    {"2026-10-10", "2026-10-10", "National Day (make-up day)", true},
    {"2027-01-01", "2027-01-03", "New Year", false},
    {"2027-02-05", "2027-02-11", "Spring Festival", false},
    {"2027-02-20", "2027-02-20", "Spring Festival (make-up day)", true},
    {"2027-04-03", "2027-04-05", "Qingming", false},
    {"2027-05-01", "2027-05-05", "Labour Day", false},
    {"2027-05-08", "2027-05-08", "Labour Day (make-up day)", true},
    {"2027-06-09", "2027-06-09", "Dragon Boat Festival", false},
    {"2027-09-15", "2027-09-15", "Mid-Autumn Festival", false},
    {"2027-09-26", "2027-09-26", "National Day (make-up day)", true},
    {"2027-10-01", "2027-10-07", "National Day", false},
    {"2027-10-09", "2027-10-09", "National Day (make-up day)", true},
};

static const struct holiday *holiday_at(day date)
{
    struct iso iso = day_iso(date);
    for (int i = 0; i < COUNT(holidays); i++)
        if (strcmp(holidays[i].from, iso.text) <= 0 && strcmp(iso.text, holidays[i].to) <= 0)
            return &holidays[i];
    return NULL;
}

bool is_holiday(day date)
{
    const struct holiday *holiday = holiday_at(date);
    return holiday && !holiday->working;
}

bool is_working_day(day date)
{
    const struct holiday *holiday = holiday_at(date);
    return holiday ? holiday->working : weekday(date) < 5;
}

day next_working_day(day date)
{
    while (!is_working_day(date))
        date++;
    return date;
}

day any_working_day(struct book *book, month m)
{
    day date;
    do
        date = rng_range(&book->rng, month_first(m), month_last(m));
    while (!is_working_day(date));
    return date;
}

/* ---- people, regions, products, customers ---- */

static bool employed(const struct person *person, const char *date)
{
    return strcmp(person->hired, date) <= 0 && (!*person->left || strcmp(date, person->left) <= 0);
}

int holder(const struct book *book, int seat, month m)
{
    struct iso first = day_iso(month_first(m));
    for (int i = 0; i < book->npeople; i++)
        if (book->people[i].seat == seat && employed(&book->people[i], first.text))
            return i;
    return -1;
}

static const struct region *region_find(const struct book *book, const char *key)
{
    for (int i = 0; i < book->nregions; i++)
        if (strcmp(book->regions[i].key, key) == 0)
            return &book->regions[i];
    return NULL;
}

static bool is_area(const struct book *book, const char *region)
{
    for (int i = 0; i < book->nseats; i++)
        if (strcmp(book->seats[i].area, region) == 0)
            return true;
    return false;
}

const char *area_of(const struct book *book, const char *region)
{
    const struct region *r = region_find(book, region);
    while (r && !is_area(book, r->key))
        r = region_find(book, r->parent);
    return r ? r->key : NULL;
}

int product_index(const struct book *book, const char *key)
{
    int i = 0;
    while (strcmp(book->products[i].key, key) != 0)
        i++;
    return i;
}

struct customer *customer_add(struct book *book, const char *prefix)
{
    int n = book->ncustomers++;
    book->customers = items_resize(book->customers, (size_t)n + 1, sizeof *book->customers);
    struct customer *customer = &book->customers[n];
    *customer = (struct customer){.status = "active",
                                  .business_circle = "",
                                  .category = "",
                                  .sales_status = "",
                                  .country = "CN",
                                  .tier = "C",
                                  .last_order = FIRST_MONTH - 1};
    snprintf(customer->key, sizeof customer->key, "%s%04d", prefix, n + 1);
    return customer;
}

bool customer_buys(const struct customer *customer, day date)
{
    return customer->since && customer->since <= date &&
           (!customer->until || date <= customer->until);
}

/* ---- shared tables ---- */

static void write_holidays(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "holidays", "date,name,working");
    for (int i = 0; i < COUNT(holidays); i++) {
        for (day d = day_parse(holidays[i].from); d <= day_parse(holidays[i].to); d++) {
            csv_day(&csv, d);
            csv_text(&csv, holidays[i].name);
            csv_bool(&csv, holidays[i].working);
            csv_end(&csv);
        }
    }
    csv_close(&csv);
}

static void write_regions(const struct book *book)
{
    struct csv csv =
        csv_open(book->dir, "regions", "region,name,level,parent,population,gdp,gdp_rank");
    for (int i = 0; i < book->nregions; i++) {
        const struct region *r = &book->regions[i];
        csv_text(&csv, r->key);
        csv_text(&csv, r->name);
        csv_text(&csv, r->level);
        csv_text(&csv, r->parent);
        csv_known(&csv, r->population);
        csv_known(&csv, r->gdp_100m * INT64_C(100000000));
        csv_known(&csv, r->gdp_rank);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static const char *speciality_of(const struct book *book, const char *person)
{
    for (int i = 0; i < book->nspecialities; i++)
        if (strcmp(book->specialities[i].person, person) == 0)
            return book->specialities[i].industry;
    return "";
}

static void write_people(const struct book *book)
{
    char heads[120] = "person,name,role,region,team,manager,email,hired,left";
    if (book->nspecialities > 0)
        strncat(heads, ",speciality", sizeof heads - strlen(heads) - 1);
    struct csv csv = csv_open(book->dir, "people", heads);
    for (int i = 0; i < book->npeople; i++) {
        const struct person *p = &book->people[i];
        char email[80];
        snprintf(email, sizeof email, "%s@%s", p->key, book->mail_domain);
        csv_text(&csv, p->key);
        csv_text(&csv, p->name);
        csv_text(&csv, p->role);
        csv_text(&csv, p->region);
        csv_text(&csv, p->team);
        csv_text(&csv, p->manager);
        csv_text(&csv, email);
        csv_text(&csv, p->hired);
        csv_text(&csv, p->left);
        if (book->nspecialities > 0)
            csv_text(&csv, speciality_of(book, p->key));
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_products(const struct book *book)
{
    struct csv csv =
        csv_open(book->dir, "products",
                 "product,name,line,brand,category,unit,list_price,key_brand,launched");
    for (int i = 0; i < book->nproducts; i++) {
        const struct product *p = &book->products[i];
        csv_text(&csv, p->key);
        csv_text(&csv, p->name);
        csv_text(&csv, p->line);
        csv_text(&csv, p->brand);
        csv_text(&csv, p->category);
        csv_text(&csv, p->unit);
        csv_money(&csv, p->price * INT64_C(100));
        csv_bool(&csv, p->key_brand);
        csv_text(&csv, p->launched);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static const char *owner_key(const struct book *book, int seat)
{
    return seat == NO_SEAT ? "" : book->people[holder(book, seat, LAST_MONTH)].key;
}

static void write_customers(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "customers",
                              "customer,name,kind,tier,status,region,industry,business_circle,"
                              "category,sales_status,owner,source,since,credit_limit,"
                              "payment_days,country");
    for (int i = 0; i < book->ncustomers; i++) {
        const struct customer *c = &book->customers[i];
        csv_text(&csv, c->key);
        csv_text(&csv, c->name);
        csv_text(&csv, c->kind);
        csv_text(&csv, c->tier);
        csv_text(&csv, c->status);
        csv_text(&csv, c->region);
        csv_text(&csv, c->industry);
        csv_text(&csv, c->business_circle);
        csv_text(&csv, c->category);
        csv_text(&csv, c->sales_status);
        csv_text(&csv, owner_key(book, c->seat));
        csv_text(&csv, c->source);
        csv_day(&csv, c->since);
        csv_money(&csv, c->credit_thousands * INT64_C(100000));
        csv_whole(&csv, c->payment_days);
        csv_text(&csv, c->country);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_sales(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "sales",
                              "date,order_id,line,person,customer,product,channel,quantity,amount");
    for (int i = 0; i < book->nsales; i++) {
        const struct sale *s = &book->sales[i];
        csv_day(&csv, s->date);
        csv_text(&csv, order_id(book, s->order, s->date).text);
        csv_whole(&csv, s->line);
        csv_text(&csv, book->people[s->person].key);
        csv_text(&csv, book->customers[s->customer].key);
        csv_text(&csv, book->products[s->product].key);
        csv_text(&csv, s->channel);
        csv_whole(&csv, s->quantity);
        csv_money(&csv, s->amount);
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_shared(const struct book *book)
{
    write_holidays(book);
    write_regions(book);
    write_people(book);
    write_products(book);
    write_customers(book);
    write_sales(book);
}

void book_clear(struct book *book)
{
    free(book->customers);
    free(book->sales);
    free(book->ordered);
    free(book->order_number);
    free(book->deals);
}
