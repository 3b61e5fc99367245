/* book: one department while it is being made up, and the tables that all departments share.
 *
 * A book is made in this order: its static tables; its customers (customer_add); the plan and what
 * will be sold of it (book_plan); orders (sale_add, then book_trade for the rest); sales_number;
 * and then the tables are written. To add a table, write a function that writes it and call it
 * there. */
#ifndef BOOKS_BOOK_H
#define BOOKS_BOOK_H

#include "kit.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

enum {
    MAX_SEATS = 20,
};

/* ---- static tables of a book ---- */

struct region {
    const char *key, *name, *level, *parent;
    int population;
    int gdp_100m; /* yuan, in 100 millions, as statistics yearbooks print it; 0 not known */
    int gdp_rank;
};

struct person {
    const char *key, *name, *role, *region, *team, *manager;
    int seat; /* index into seats, or NO_SEAT: sells nothing */
    const char *hired, *left;
};

enum { NO_SEAT = -1 };

/* A place in the department with customers and a plan. Persons follow each other in it. Seats of an
 * area stand together. */
struct seat {
    const char *area;  /* region of its customers; the level at which targets stand */
    int plan[3];       /* revenue of 2024, 2025, 2026, in thousands */
    int new_customers; /* planned, a year */
    int visits;        /* planned, a month; 0: not counted in this book */
};

/* The industry in which a person should specialise; a book that says none has no such column. */
struct speciality {
    const char *person, *industry;
};

struct product {
    char key[16], name[48];
    const char *line, *brand, *category, *unit;
    int price; /* list price in units */
    bool key_brand;
    const char *launched;
};

/* A seat that brings more or less than planned: per mille of its plan, over some months. */
struct bend {
    int seat;
    month from, to;
    int per_mille;
};

/* A planted mistake: an area's own target is higher than its persons' together. */
struct gap {
    const char *area;
    month from, to;
    int thousands; /* in each of the months */
};

/* ---- what is made up ---- */

struct customer {
    char key[16];
    char name[120];
    const char *kind, *status, *region, *industry;
    const char *business_circle, *category, *sales_status;
    const char *source, *country, *channel;
    char tier[2];
    int seat; /* or NO_SEAT: nobody's */
    day since,
        until; /* orders lie between them; until 0: still buys; since 0: has not bought yet */
    int credit_thousands, payment_days;
    int weight[2]; /* how often it buys, in the first and in the last month */
    month last_order;
};

/* An order line. `order` is its order's number in the sequence of making. */
struct sale {
    day date;
    int order, line;
    int person, customer, product;
    const char *channel;
    int quantity;
    int64_t amount; /* cents */
};

/* What a customer wanted of a product on a day, and what came: of supply.c. */
struct order {
    day date;
    int customer, product, wanted, supplied;
};

struct book {
    const char *name, *mail_domain;
    char dir[400];
    struct rng rng;

    const struct region *regions;
    const struct person *people;
    const struct speciality *specialities;
    const struct product *products;
    const struct seat *seats;
    const struct bend *bends;
    const struct gap *gaps;
    int nregions, npeople, nspecialities, nproducts, nseats, nbends, ngaps;

    const int *season; /* 12 weights, January first */
    const int *mood;   /* NMONTHS, per mille of the plan that the department sells */
    int noise;         /* ± per mille, of a seat's month */
    bool collects;     /* has targets of collections */

    struct customer *customers;
    int ncustomers;
    struct sale *sales;
    int nsales, norders;
    int *order_number;     /* by order, after sales_number */
    struct deal *deals;    /* of deals.c; NULL where the department has none */
    struct order *ordered; /* by date, after write_supply */
    int nordered;

    int64_t wanted[MAX_SEATS][NMONTHS]; /* cents */
    int64_t sold[MAX_SEATS][NMONTHS];
    int visits[MAX_SEATS][NMONTHS]; /* as counted by the management, after write_results */

    /* When a customer orders within a month, and what: given by each book. */
    day (*order_day)(struct book *book, int customer, month m);
    void (*order)(struct book *book, int customer, day date);
};

/* ---- people and holidays: book.c ---- */

/* The person of a seat in a month: who is employed on its first day. −1: nobody. */
int holder(const struct book *book, int seat, month m);

bool is_holiday(day date);
bool is_working_day(day date);
day next_working_day(day date); /* date itself if it is one */

/* A working day of the month, each equally likely. */
day any_working_day(struct book *book, month m);

/* The region's ancestor, or itself, that is one of the seats' areas; NULL if none is. */
const char *area_of(const struct book *book, const char *region);

/* The product of that key, which there must be. */
int product_index(const struct book *book, const char *key);

/* A new customer, zeroed but for its key (prefix and running number). Valid until the next call. */
struct customer *customer_add(struct book *book, const char *prefix);
bool customer_buys(const struct customer *customer, day date);

/* ---- the plan and its targets: plan.c ---- */

/* Planned revenue of a seat in cents; months of 2024 to 2026. Whole thousands. */
int64_t plan_revenue(const struct book *book, int seat, month m);

/* Fills `wanted` from plan, mood, bends and noise. */
void book_plan(struct book *book);

/* Company, area, team (if asked) and person by year, quarter and month, of 2025 and 2026;
 * with `proposed` also 2027 for company and areas, a tenth above 2026. Targets of collections come
 * last. */
void write_targets(const struct book *book, bool teams, bool proposed);

/* Visits as counted by the management: about as many as planned. */
void write_results(struct book *book);

/* ---- trade: trade.c ---- */

/* Starts an order: its number in the sequence of making. */
int order_start(struct book *book);

/* One line; order, line, date, customer, product, channel, quantity and amount are given, the
 * person is the customer's seat's holder. Counts as sold. */
void sale_add(struct book *book, struct sale sale);

/* First orders of new customers, then in each month and area orders until it has sold what it
 * wants. */
void book_trade(struct book *book);

/* Puts sales in order of date and numbers orders; none may be added after. */
void sales_number(struct book *book);

struct order_id {
    char text[24];
};

/* "S26-00017", after sales_number; date is the order's. */
struct order_id order_id(const struct book *book, int order, day date);

/* ---- shared tables: book.c ---- */

void write_shared(const struct book *book);

/* Gives back what the book has made up. */
void book_clear(struct book *book);

/* ---- the three books; each writes its tables to dir ---- */

void make_security(const char *dir);
void make_furniture(const char *dir);
void make_tobacco(const char *dir);

/* Promotion placements and their daily traffic: traffic.c, a part of furniture. */
void write_traffic(struct book *book);

/* Agreed totals and the orders of retailers: supply.c, a part of tobacco. */
void write_supply(struct book *book);

/* Deals, their history, gates, dates and shared credit: deals.c, a part of security.
 * deals_make before book_trade: won deals are orders. */
void deals_make(struct book *book);
void write_deals(struct book *book);

/* What other tables may know of a deal, by its number (D-001 is 1): from `opened` to `known`, when
 * it was decided or the history ends; its stage from 0, of four. False past the last. */
struct deal_life {
    char key[24];
    day opened, known;
    bool open;
    int stage;
};
bool deal_life(const struct book *book, int number, struct deal_life *life);

/* What was learned of the deals, by five factors: notes.c, a part of security. */
void write_deal_notes(const struct book *book);

/* A deal of the customer that was open on that day: its number, from 1; 0: none. */
int deal_open(const struct book *book, int customer, day date);

/* Processes as they are written down: processes.c, a part of security. */
void write_processes(const struct book *book);

/* Planned positions and duties: staffing.c, a part of security and furniture. */
void write_staffing(const struct book *book);

/* Scorecards, pay, commission, what was paid, and in security an order that comes back:
 * appraisal.c. */
/* Scorecards, pay, commission, what was paid, and in security an order that comes back:
 * appraisal.c. */
void write_appraisal(struct book *book);

/* Invoices of the orders, their payments and promises: receivables.c, a part of security. */
void write_receivables(const struct book *book);
void write_forecast(const struct book *book); /* stock.csv or commits.csv */

/* Dealers and their contracts: channel.c, a part of furniture. */
void write_channel(const struct book *book);

/* Reported demand, predictions and surveys: demand.c, a part of tobacco. After write_supply. */
void write_demand(struct book *book);

/* Visits and calls of all persons who look after customers, and how often a tier is to be visited:
 * visits.c. After write_results, if the book has results. */
void write_visits(struct book *book);

/* The contact list: contacts.c, a part of furniture. */
void write_contacts(const struct book *book);

/* Forms, their fields, and what people hand in: forms.c. */
void write_forms(const struct book *book);
/* Territories and potential: market.c, a part of security. */
void write_market(const struct book *book);

/* Notes of the market and prices of competitors: research.c, a part of furniture and of tobacco. */
void write_research(const struct book *book);

/* Courses, who took part, and their exams: training.c. */
void write_training(struct book *book);

/* Promotions and their materials: promotion.c, a part of furniture. */
void write_promotion(const struct book *book);

/* Meetings, who came, what was decided: meetings.c, a part of security. */
void write_meetings(const struct book *book);

/* Talks with people, follow-ups and team events: observation.c, a part of security and tobacco. */
void write_observation(const struct book *book);

/* Candidates and the profiles of positions: recruiting.c, a part of security. */
void write_recruiting(const struct book *book);

#endif
