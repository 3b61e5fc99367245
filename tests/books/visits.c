/* Visits and calls, and how often each tier is to be visited. Security and tobacco have as many
 * visits a person and month as results.csv counts; calls come on top. Security from October 2024,
 * furniture from November 2025, tobacco from May 2026 on: its 1,100 visits a month over the whole
 * history would be more than all other tables of the book together, and nobody looks at a visit to
 * a corner shop after half a year.
 *
 * Whom a person visits is whoever waited longest for the wanted time of their tier, with chance.
 * A next step is done with the next contact, but for the last one of each customer.
 *
 * Planted:
 * - security: jose.nunez makes as many visits as planned, but none to customers of tier A since
 *   15 August 2026. Potential customers who came by tenders have never been visited.
 *   lukasz.wojcik lets next steps go by. tang.yong has not been on a visit with his people since
 *   July 2026. Customer C0110 called five times in September and October 2026, and nobody went
 *   there after August.
 * - furniture: deng.kai makes a third of his visits since August 2026. kasia.zak only calls
 *   customers of tiers C and D. luo.min lets next steps go by.
 * - tobacco: li.wei has not visited retailers of tier D since June 2026. du.peng lets next steps go
 *   by. he.siyuan is never accompanied by her manager. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum { CALLER = 109 }; /* C0110 of security */

enum kind { FIRST, RETURN, JOINT, PHONE };
static const char *const kinds[] = {"first", "return", "joint", "phone"};

/* How a department visits: wanted days by tier, percents of contacts. */
struct habits {
    const char *book;
    month from;
    int visits; /* a month and person, where results.csv has none */
    int cadence[4];
    int calls, joint, steps;
    const char *late_person; /* lets next steps go by */
    int late;                /* percent of them */
    const char *results[8], *next[6];
};

static const struct habits habits[] = {
    {"security",
     FIRST_MONTH,
     0,
     {7, 14, 30, 60},
     25,
     9,
     40,
     "lukasz.wojcik",
     100,
     {"need explained", "offer discussed", "decision maker met", "test installation agreed",
      "budget still open", "a competitor was there before", "renewal discussed",
      "asked for a reference"},
     {"send the offer", "bring the engineer", "ask for the budget line",
      "have the test report signed", "meet the office in charge", "call about the date"}},
    {"furniture",
     MONTH(2025, 11),
     12,
     {21, 35, 60, 90},
     30,
     16,
     35,
     "luo.min",
     60,
     {"display checked", "order taken", "new models shown", "wants a promotion", "stock too high",
      "price list explained", "complaint about a delivery", "exclusive contract discussed"},
     {"send samples", "bring the catalogue", "settle the complaint", "agree the display",
      "make an offer for the exhibition", "call about the order"}},
    {"tobacco",
     MONTH(2026, 5),
     0,
     {20, 35, 60, 90},
     8,
     2,
     10,
     "du.peng",
     12,
     {"order advised", "display put in order", "price tags checked", "new brand explained",
      "stock too low", "stock too high", "demand form filled in", "complaint taken down"},
     {"bring price tags", "explain the agreed total", "check the display again",
      "answer the complaint", "show the order form", "call about the delivery"}},
};

struct visit {
    day date, next_date;
    int seq, person, customer, deal;
    enum kind kind;
    bool in; /* they came or called */
    const char *with, *result, *next;
};

/* What is known of a customer while visits are made up. */
struct seen {
    day last; /* last visit, before the first month a made-up one */
    bool visited;
    int unanswered; /* their contacts since we were there */
};

struct visits {
    struct book *book;
    const struct habits *h;
    struct rng rng;
    struct seen *seen;
    struct visit *list;
    int n;
};

static const struct habits *habits_of(const char *book)
{
    for (int i = 0; i < COUNT(habits); i++)
        if (strcmp(habits[i].book, book) == 0)
            return &habits[i];
    return NULL;
}

static bool is_person(const struct visits *v, int person, const char *book, const char *key)
{
    return strcmp(v->h->book, book) == 0 && strcmp(v->book->people[person].key, key) == 0;
}

static int cadence_of(const struct visits *v, int customer)
{
    return v->h->cadence[v->book->customers[customer].tier[0] - 'A'];
}

static bool is_potential(const struct customer *c)
{
    return strcmp(c->status, "potential") == 0;
}

/* ---- whom ---- */

/* Known to us: some weeks before they become customers; lost ones are given up. */
static bool is_known(const struct visits *v, int customer, day date)
{
    const struct customer *c = &v->book->customers[customer];
    if (c->since && date < c->since - 45)
        return false;
    return !(strcmp(c->status, "lost") == 0 && date > c->until);
}

static bool is_neglected(const struct visits *v, int person, int customer, day date)
{
    const struct customer *c = &v->book->customers[customer];
    bool is_security = strcmp(v->h->book, "security") == 0;
    if (is_security && customer == CALLER)
        return date > day_of(2026, 8, 31);
    if (is_security && is_potential(c) && strcmp(c->source, "tender") == 0)
        return true;
    if (is_person(v, person, "security", "jose.nunez"))
        return c->tier[0] == 'A' && date >= day_of(2026, 8, 15);
    if (is_person(v, person, "furniture", "kasia.zak"))
        return c->tier[0] >= 'C';
    if (is_person(v, person, "tobacco", "li.wei"))
        return c->tier[0] == 'D' && date >= day_of(2026, 6, 1);
    return false;
}

/* Who has waited longest, in hundredths of the wanted time, give or take a third of it. */
static int pick_for_visit(struct visits *v, int seat, int person, day date)
{
    int best = -1;
    int most = 0;
    for (int i = 0; i < v->book->ncustomers; i++) {
        if (v->book->customers[i].seat != seat || !is_known(v, i, date) ||
            is_neglected(v, person, i, date))
            continue;
        int waited = (date - v->seen[i].last) * 100 / cadence_of(v, i);
        int score = waited + rng_range(&v->rng, 0, 35);
        if (v->seen[i].last < date && (best < 0 || score > most)) {
            best = i;
            most = score;
        }
    }
    return best;
}

static int pick_for_call(struct visits *v, int seat, day date)
{
    int chosen = -1;
    int n = 0;
    for (int i = 0; i < v->book->ncustomers; i++)
        if (v->book->customers[i].seat == seat && is_known(v, i, date) &&
            !(strcmp(v->h->book, "security") == 0 && i == CALLER) && rng_below(&v->rng, ++n) == 0)
            chosen = i;
    return chosen;
}

/* ---- contacts ---- */

static const char *manager_along(struct visits *v, int person, day date)
{
    const char *manager = v->book->people[person].manager;
    bool alone = (strcmp(manager, "tang.yong") == 0 && date >= day_of(2026, 7, 1)) ||
                 is_person(v, person, "tobacco", "he.siyuan");
    return rng_chance(&v->rng, v->h->joint) && !alone ? manager : "";
}

static struct visit *add(struct visits *v, int person, int customer, day date)
{
    v->list = items_resize(v->list, (size_t)v->n + 1, sizeof *v->list);
    struct visit *visit = &v->list[v->n++];
    *visit = (struct visit){
        .date = date, .seq = v->n, .person = person, .customer = customer, .with = ""};
    visit->result = v->h->results[rng_below(&v->rng, COUNT(v->h->results))];
    visit->deal = v->book->deals ? deal_open(v->book, customer, date) : 0;
    return visit;
}

static void add_visit(struct visits *v, int seat, int person, day date)
{
    int customer = pick_for_visit(v, seat, person, date);
    if (customer < 0)
        abort(); /* the month would have fewer visits than are counted */
    struct seen *seen = &v->seen[customer];
    struct visit *visit = add(v, person, customer, date);
    visit->with = manager_along(v, person, date);
    visit->kind = !seen->visited ? FIRST : *visit->with ? JOINT : RETURN;
    if (visit->kind == FIRST)
        visit->with = "";
    visit->in = visit->kind == RETURN && rng_chance(&v->rng, 4) && seen->unanswered < 2;
    seen->unanswered = visit->in ? seen->unanswered + 1 : 0;
    seen->visited = true;
    seen->last = date;
}

static void add_call(struct visits *v, int seat, int person, day date)
{
    int customer = pick_for_call(v, seat, date);
    if (customer < 0)
        return;
    struct visit *visit = add(v, person, customer, date);
    visit->kind = PHONE;
    visit->in = rng_chance(&v->rng, 45) && v->seen[customer].unanswered < 2;
    v->seen[customer].unanswered += visit->in;
}

static int working_days_of(month m, day *days)
{
    int n = 0;
    for (day date = month_first(m); date <= month_last(m); date++)
        if (is_working_day(date))
            days[n++] = date;
    return n;
}

/* How many on each day, all working days equally likely, but none with many more than another. */
static void spread(struct visits *v, int n, int ndays, int *on_day)
{
    memset(on_day, 0, (size_t)ndays * sizeof *on_day);
    for (int i = 0; i < n;) {
        int on = rng_below(&v->rng, ndays);
        if (on_day[on] < n / ndays + 2) {
            on_day[on]++;
            i++;
        }
    }
}

static int visits_of(struct visits *v, int seat, int person, month m)
{
    if (v->h->visits == 0)
        return v->book->visits[seat][m - FIRST_MONTH];
    int n = v->h->visits + rng_range(&v->rng, -2, 2);
    bool slack = is_person(v, person, "furniture", "deng.kai") && m >= MONTH(2026, 8);
    return slack ? n / 3 : n;
}

static void add_month(struct visits *v, int seat, month m)
{
    day days[31];
    int visits_on[31], calls_on[31];
    int ndays = working_days_of(m, days);
    int person = holder(v->book, seat, m);
    int n = visits_of(v, seat, person, m);
    spread(v, n, ndays, visits_on);
    spread(v, n * v->h->calls / 100, ndays, calls_on);
    for (int i = 0; i < ndays; i++) {
        for (int k = 0; k < visits_on[i]; k++)
            add_visit(v, seat, person, days[i]);
        for (int k = 0; k < calls_on[i]; k++)
            add_call(v, seat, person, days[i]);
    }
}

static void add_planted_calls(struct visits *v)
{
    static const char *const calls[] = {"2026-09-08", "2026-09-22", "2026-10-13", "2026-10-21",
                                        "2026-10-27"};
    int person = holder(v->book, v->book->customers[CALLER].seat, LAST_MONTH);
    for (int i = 0; i < COUNT(calls); i++) {
        struct visit *visit = add(v, person, CALLER, day_parse(calls[i]));
        visit->kind = PHONE;
        visit->in = true;
        visit->result = "asks when somebody will come";
    }
}

/* ---- next steps ---- */

static int compare_visits(const void *left, const void *right)
{
    const struct visit *a = left;
    const struct visit *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    return a->customer != b->customer ? a->customer - b->customer : a->seq - b->seq;
}

/* Backwards, so that the next contact with each customer is known. */
static void add_next_steps(struct visits *v)
{
    day *next = items_resize(NULL, (size_t)v->book->ncustomers, sizeof *next);
    memset(next, 0, (size_t)v->book->ncustomers * sizeof *next);
    for (int i = v->n - 1; i >= 0; i--) {
        struct visit *visit = &v->list[i];
        int wait = rng_range(&v->rng, 1, 4);
        int ahead = rng_range(&v->rng, 2, 20);
        bool late = rng_chance(&v->rng, v->h->late) && !next[visit->customer] &&
                    visit->date + wait < LAST_DAY &&
                    is_person(v, visit->person, v->h->book, v->h->late_person);
        if (rng_chance(&v->rng, v->h->steps) || late) {
            visit->next = v->h->next[rng_below(&v->rng, COUNT(v->h->next))];
            visit->next_date = late                    ? visit->date + wait
                               : next[visit->customer] ? next[visit->customer]
                                                       : LAST_DAY + ahead;
        }
        next[visit->customer] = visit->date;
    }
    free(next);
}

/* ---- tables ---- */

static void write_list(const struct visits *v)
{
    struct csv csv =
        csv_open(v->book->dir, "visits",
                 "date,person,customer,deal,kind,direction,with,result,next_step,next_date");
    for (int i = 0; i < v->n; i++) {
        const struct visit *visit = &v->list[i];
        char deal[16] = "";
        if (visit->deal)
            snprintf(deal, sizeof deal, "D-%03d", visit->deal);
        csv_day(&csv, visit->date);
        csv_text(&csv, v->book->people[visit->person].key);
        csv_text(&csv, v->book->customers[visit->customer].key);
        csv_text(&csv, deal);
        csv_text(&csv, kinds[visit->kind]);
        csv_text(&csv, visit->in ? "in" : "out");
        csv_text(&csv, visit->with);
        csv_text(&csv, visit->result);
        csv_text(&csv, visit->next ? visit->next : "");
        csv_day(&csv, visit->next_date);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_cadence(const struct visits *v)
{
    struct csv csv = csv_open(v->book->dir, "cadence", "tier,days");
    for (int tier = 0; tier < COUNT(v->h->cadence); tier++) {
        char name[2] = {(char)('A' + tier)};
        csv_text(&csv, name);
        csv_whole(&csv, v->h->cadence[tier]);
        csv_end(&csv);
    }
    csv_close(&csv);
}

/* Whoever was a customer when the records begin had been visited before. */
static void begin(struct visits *v)
{
    day first = month_first(v->h->from);
    for (int i = 0; i < v->book->ncustomers; i++) {
        const struct customer *c = &v->book->customers[i];
        v->seen[i].last = first - 1 - rng_below(&v->rng, cadence_of(v, i));
        v->seen[i].visited = c->since && c->since < first;
    }
}

void write_visits(struct book *book)
{
    struct visits v = {
        .book = book, .h = habits_of(book->name), .rng = rng_of(book->name, "visits")};
    v.seen = items_resize(NULL, (size_t)book->ncustomers, sizeof *v.seen);
    memset(v.seen, 0, (size_t)book->ncustomers * sizeof *v.seen);

    begin(&v);
    for (month m = v.h->from; m <= LAST_MONTH; m++)
        for (int seat = 0; seat < book->nseats; seat++)
            add_month(&v, seat, m);
    if (strcmp(book->name, "security") == 0)
        add_planted_calls(&v);
    qsort(v.list, (size_t)v.n, sizeof *v.list, compare_visits);
    add_next_steps(&v);
    write_list(&v);
    write_cadence(&v);

    free(v.seen);
    free(v.list);
}
