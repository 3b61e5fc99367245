/* The deals of the book "security": from first contact to an order, in four stages. */
#include "book.h"

#include <string.h>

enum {
    NDEALS = 160,
    FIRST_OPENED = 19905, /* 2024-07-01 */
    MAX_STEPS = 8,
    MAX_GATES = 4,
    MAX_PUSHES = 4,
};

enum stage_no { CONTACT, ACCEPTANCE, NEGOTIATION, BREAKTHROUGH, NSTAGES };

/* `least` and `most` days that a deal stands in the stage; percent of deals that are lost from
 * it. */
struct stage {
    const char *key, *name, *probability;
    int least, most, lost_percent;
    struct gate {
        const char *key, *name, *evidence;
    } gates[MAX_GATES];
};

static const struct stage stages[NSTAGES] = {
    {"contact",
     "Contact",
     "0.10",
     30,
     70,
     15,
     {{"c1", "The office in charge is known", "organisation chart"},
      {"c2", "First talk held", "visit record"},
      {"c3", "The need is written down", "note of the talk"}}},
    {"acceptance",
     "Acceptance",
     "0.30",
     35,
     85,
     13,
     {{"a1", "Decision maker met", "visit record"},
      {"a2", "Budget named", "budget line"},
      {"a3", "Test installation accepted", "test report"},
      {"a4", "Specification agreed", "specification, initialled"}}},
    {"negotiation",
     "Negotiation",
     "0.60",
     45,
     95,
     12,
     {{"n1", "Offer handed over", "offer"},
      {"n2", "Competitors known", "comparison sheet"},
      {"n3", "Tender published", "tender notice"},
      {"n4", "Price approved by head office", "approval form"}}},
    {"breakthrough",
     "Breakthrough",
     "0.85",
     25,
     65,
     6,
     {{"b1", "Award notified", "award letter"},
      {"b2", "Contract text agreed", "contract draft"},
      {"b3", "Funds released", "confirmation by the finance office"}}},
};

/* Lines in the order in which a project needs them; share in percent of the amount. */
struct project {
    const char *line, *topic;
    struct part {
        const char *product;
        int percent;
    } parts[4];
};

static const struct project projects[] = {
    {"Firewall",
     "perimeter renewal",
     {{"FW-L", 55}, {"FW-LIC", 25}, {"SRV-INS", 12}, {"SRV-TRN", 8}}},
    {"Detection",
     "intrusion detection",
     {{"IDS-1", 45}, {"IDS-C", 30}, {"IDS-LIC", 17}, {"SRV-INS", 8}}},
    {"Audit", "audit platform", {{"AUD-DB", 40}, {"AUD-OPS", 35}, {"AUD-LIC", 17}, {"SRV-INS", 8}}},
    {"Encryption",
     "encrypted network",
     {{"VPN-G", 50}, {"ENC-M", 25}, {"ENC-D", 17}, {"SRV-INS", 8}}},
    {"Services",
     "managed monitoring",
     {{"SRV-MON", 60}, {"SRV-PEN", 20}, {"SRV-EME", 12}, {"SRV-TRN", 8}}},
};

static const char *const loss_reasons[] = {
    "price", "competitor", "budget withdrawn", "no decision", "specification not met",
};
static const int loss_weights[] = {30, 28, 18, 14, 10};

enum deal_state { OPEN, WON, LOST };
static const char *const state_names[] = {"open", "won", "lost"};

/* A deal whose end is planted: where it stands, since how many days; with WON, on the day it
 * closed. */
struct planted {
    int number; /* D-001 is 1 */
    int customer;
    int thousands;
    enum deal_state state;
    enum stage_no stage;
    int days, pushes;
    int open_gates; /* of its stage, the last ones */
    int closed;     /* days before the end of the history */
};

static const struct planted planted[] = {
    /* Won in October 2026, the largest of all. */
    {104, 13, 1260, WON, BREAKTHROUGH, 31, 1, 0, 9},
    /* Pushed three times or more. */
    {88, 43, 740, OPEN, ACCEPTANCE, 24, 3, 0, 0},
    {93, 22, 520, OPEN, NEGOTIATION, 19, 3, 0, 0},
    {97, 85, 910, OPEN, NEGOTIATION, 12, 4, 0, 0},
    /* Stuck in negotiation. */
    {112, 7, 380, OPEN, NEGOTIATION, 148, 1, 0, 0},
    {115, 50, 610, OPEN, NEGOTIATION, 163, 2, 0, 0},
    {117, 64, 290, OPEN, NEGOTIATION, 155, 0, 0, 0},
    {119, 81, 450, OPEN, NEGOTIATION, 139, 1, 0, 0},
    {121, 36, 530, OPEN, NEGOTIATION, 131, 1, 0, 0},
    /* At breakthrough, though its gates are not passed. */
    {124, 15, 820, OPEN, BREAKTHROUGH, 15, 0, 2, 0},
    {127, 71, 460, OPEN, BREAKTHROUGH, 22, 1, 1, 0},
};

/* Who shares a deal with its person, and with it the order if it is won. */
struct shared {
    int number;
    const char *with;
    const char *share, *rest;
};

static const struct shared shared[] = {
    {104, "guo.jing", "0.15", "0.85"}, {88, "he.jun", "0.40", "0.60"},
    {97, "tang.yong", "0.50", "0.50"}, {45, "jose.nunez", "0.40", "0.60"},
    {58, "he.jun", "0.20", "0.80"},
};

struct step {
    enum stage_no stage;
    day entered;
};

struct deal {
    int customer, seat;
    const struct project *project;
    int thousands;
    day opened, closed, expected;
    enum deal_state state;
    const char *reason;
    struct step steps[MAX_STEPS];
    int nsteps;
    int pushes, open_gates;
    int order; /* of a won deal */
};

static enum stage_no stage_now(const struct deal *deal)
{
    return deal->steps[deal->nsteps - 1].stage;
}

/* The day up to which the deal is known. */
static day last_known(const struct deal *deal)
{
    return deal->closed ? deal->closed : LAST_DAY - 1;
}

static const struct planted *find_planted(int number)
{
    for (int i = 0; i < COUNT(planted); i++)
        if (planted[i].number == number)
            return &planted[i];
    return NULL;
}

/* ---- a deal's way ---- */

static void enter(struct deal *deal, enum stage_no stage, day date)
{
    deal->steps[deal->nsteps++] = (struct step){stage, date};
}

/* Few days are drawn longer than the stage's most: so the third quartile lies near it. */
static int days_in(struct book *book, const struct stage *stage)
{
    int drawn = rng_range(&book->rng, stage->least, stage->most * 5 / 4);
    int most = stage->most - rng_range(&book->rng, 0, 4);
    return drawn < most ? drawn : most;
}

static void end(struct deal *deal, enum deal_state state, day date)
{
    deal->state = state;
    deal->closed = date;
}

/* Walks the stages until the deal is won, lost, or the history ends. One deal in twenty falls back
 * from negotiation to acceptance once. */
static void walk(struct book *book, struct deal *deal, bool falls_back)
{
    enum stage_no stage = CONTACT;
    day date = deal->opened;

    for (;;) {
        enter(deal, stage, date);
        date = next_working_day(date + days_in(book, &stages[stage]));
        if (date > LAST_DAY)
            return;
        if (rng_chance(&book->rng, stages[stage].lost_percent)) {
            end(deal, LOST, date);
            return;
        }
        if (stage == BREAKTHROUGH) {
            end(deal, WON, date);
            return;
        }
        bool back = falls_back && stage == NEGOTIATION;
        stage = back ? ACCEPTANCE : stage + 1;
        falls_back = falls_back && !back;
    }
}

/* The earlier stages share the time from the opening to the planted last stage. */
static void walk_planted(struct deal *deal, const struct planted *p)
{
    if (p->state == WON)
        end(deal, WON, LAST_DAY - p->closed);
    day arrived = last_known(deal) - p->days;
    for (int stage = CONTACT; stage <= (int)p->stage; stage++) {
        int gone = (arrived - deal->opened) * stage / (int)p->stage;
        enter(deal, stage, next_working_day(deal->opened + gone));
    }
    deal->customer = p->customer;
    deal->project = &projects[(p->number + 1) % COUNT(projects)];
    deal->thousands = p->thousands;
    deal->pushes = p->pushes;
    deal->open_gates = p->open_gates;
}

/* Closes are pushed only where time has passed for it. */
static void draw_pushes(struct book *book, struct deal *deal)
{
    static const int weights[] = {60, 28, 12};
    deal->pushes = rng_weighted(&book->rng, weights, COUNT(weights));
    while (last_known(deal) - deal->opened < 60 * (deal->pushes + 1) && deal->pushes > 0)
        deal->pushes--;
}

static void expect(struct book *book, struct deal *deal, int number)
{
    if (deal->closed)
        deal->expected = deal->closed + rng_range(&book->rng, -10, 18);
    else if (number % 15 == 3)
        deal->expected = LAST_DAY - rng_range(&book->rng, 6, 18);
    else
        deal->expected =
            LAST_DAY + 12 + rng_range(&book->rng, 0, 60) * (1 + BREAKTHROUGH - stage_now(deal));
    deal->expected = next_working_day(deal->expected);
}

static void open_deal(struct book *book, struct deal *deal, int number)
{
    int gone = (number - 1) * (LAST_DAY - 12 - FIRST_OPENED) / (NDEALS - 1);
    deal->opened = next_working_day(FIRST_OPENED + gone + rng_range(&book->rng, 0, 3));
    deal->customer = rng_below(&book->rng, book->ncustomers);
    deal->project = &projects[rng_below(&book->rng, COUNT(projects))];
    deal->thousands = 5 * rng_range(&book->rng, 24, 110);

    const struct planted *p = find_planted(number);
    if (p)
        walk_planted(deal, p);
    else {
        walk(book, deal, number % 20 == 7);
        draw_pushes(book, deal);
    }
    expect(book, deal, number);
    if (deal->state == LOST)
        deal->reason = loss_reasons[rng_weighted(&book->rng, loss_weights, COUNT(loss_reasons))];
}

/* ---- won deals are orders ---- */

/* Moves on to a customer who buys on the day the deal is won. */
static void find_buyer(const struct book *book, struct deal *deal)
{
    day date = last_known(deal);
    while (!customer_buys(&book->customers[deal->customer], date) ||
           book->customers[deal->customer].since > deal->opened)
        deal->customer = (deal->customer + 1) % book->ncustomers;
}

/* What the area may still take in that month, so that projects leave room for the daily trade. */
static int64_t room(const struct book *book, const char *area, month m)
{
    int64_t cents = 0;
    for (int seat = 0; seat < book->nseats; seat++)
        if (strcmp(book->seats[seat].area, area) == 0)
            cents +=
                book->wanted[seat][m - FIRST_MONTH] * 6 / 10 - book->sold[seat][m - FIRST_MONTH];
    return cents;
}

static void fit(const struct book *book, struct deal *deal)
{
    enum { LEAST = 60 };
    const char *area = book->seats[book->customers[deal->customer].seat].area;
    int64_t thousands = room(book, area, month_of(deal->closed)) / 100000 / 5 * 5;
    if (thousands < deal->thousands)
        deal->thousands = thousands > LEAST ? (int)thousands : LEAST;
}

static void order_project(struct book *book, struct deal *deal)
{
    deal->order = order_start(book);
    for (int i = 0; i < COUNT(deal->project->parts); i++) {
        const struct part *part = &deal->project->parts[i];
        int product = product_index(book, part->product);
        int64_t cents = deal->thousands * INT64_C(1000) * part->percent;
        int64_t pieces = cents / (book->products[product].price * INT64_C(100));
        sale_add(book, (struct sale){.date = deal->closed,
                                     .order = deal->order,
                                     .line = i + 1,
                                     .customer = deal->customer,
                                     .product = product,
                                     .channel = book->customers[deal->customer].channel,
                                     .quantity = pieces ? (int)pieces : 1,
                                     .amount = cents});
    }
}

/* Planted deals first: they take what they want, the others what is left. */
static void win(struct book *book, bool is_planted)
{
    for (int i = 0; i < NDEALS; i++) {
        struct deal *deal = &book->deals[i];
        if (deal->state != WON || (find_planted(i + 1) != NULL) != is_planted)
            continue;
        if (!is_planted) {
            find_buyer(book, deal);
            fit(book, deal);
        }
        order_project(book, deal);
    }
}

void deals_make(struct book *book)
{
    book->deals = items_resize(NULL, NDEALS, sizeof *book->deals);
    memset(book->deals, 0, NDEALS * sizeof *book->deals);
    for (int i = 0; i < NDEALS; i++)
        open_deal(book, &book->deals[i], i + 1);
    win(book, true);
    win(book, false);
}

/* ---- tables ---- */

struct deal_key {
    char text[24];
};

static struct deal_key deal_key(int i)
{
    struct deal_key key;
    snprintf(key.text, sizeof key.text, "D-%03d", i + 1);
    return key;
}

bool deal_life(const struct book *book, int number, struct deal_life *life)
{
    if (number > NDEALS)
        return false;
    const struct deal *deal = &book->deals[number - 1];
    *life = (struct deal_life){.opened = deal->opened,
                               .known = last_known(deal),
                               .open = deal->state == OPEN,
                               .stage = (int)stage_now(deal)};
    snprintf(life->key, sizeof life->key, "%s", deal_key(number - 1).text);
    return true;
}

static const char *deal_person(const struct book *book, const struct deal *deal)
{
    int seat = book->customers[deal->customer].seat;
    return book->people[holder(book, seat, month_of(last_known(deal)))].key;
}

static void write_stages(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "stages", "stage,seq,name,probability");
    for (int i = 0; i < NSTAGES; i++) {
        csv_text(&csv, stages[i].key);
        csv_whole(&csv, i + 1);
        csv_text(&csv, stages[i].name);
        csv_text(&csv, stages[i].probability);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_gates(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "gates", "stage,gate,name");
    for (int i = 0; i < NSTAGES; i++) {
        for (int j = 0; j < MAX_GATES && stages[i].gates[j].key; j++) {
            csv_text(&csv, stages[i].key);
            csv_text(&csv, stages[i].gates[j].key);
            csv_text(&csv, stages[i].gates[j].name);
            csv_end(&csv);
        }
    }
    csv_close(&csv);
}

static void write_deal(struct csv *csv, const struct book *book, int i)
{
    const struct deal *deal = &book->deals[i];
    const struct customer *customer = &book->customers[deal->customer];
    char name[160];
    snprintf(name, sizeof name, "%s, %s", customer->name, deal->project->topic);

    csv_text(csv, deal_key(i).text);
    csv_text(csv, name);
    csv_text(csv, customer->key);
    csv_text(csv, deal_person(book, deal));
    csv_text(csv, deal->project->line);
    csv_money(csv, deal->thousands * INT64_C(100000));
    csv_day(csv, deal->opened);
    csv_day(csv, deal->expected);
    csv_text(csv, stages[stage_now(deal)].key);
    csv_text(csv, state_names[deal->state]);
    csv_day(csv, deal->closed);
    csv_text(csv, deal->reason ? deal->reason : "");
    csv_end(csv);
}

static void write_deal_list(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "deals",
                              "deal,name,customer,person,product_line,amount,opened,"
                              "expected_close,stage,state,closed,reason");
    for (int i = 0; i < NDEALS; i++)
        write_deal(&csv, book, i);
    csv_close(&csv);
}

static void write_deal_stages(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "deal_stages", "deal,stage,entered");
    for (int i = 0; i < NDEALS; i++) {
        for (int j = 0; j < book->deals[i].nsteps; j++) {
            csv_text(&csv, deal_key(i).text);
            csv_text(&csv, stages[book->deals[i].steps[j].stage].key);
            csv_day(&csv, book->deals[i].steps[j].entered);
            csv_end(&csv);
        }
    }
    csv_close(&csv);
}

static int ngates(const struct stage *stage)
{
    int n = 0;
    while (n < MAX_GATES && stage->gates[n].key)
        n++;
    return n;
}

/* The n-th gate of a stage that the deal has entered: passed on the way there, the
 * contact's on the first day. Zero where it is planted as open. */
static day gate_passed(const struct deal *deal, int step, int n)
{
    const struct stage *stage = &stages[deal->steps[step].stage];
    int left = ngates(stage) - n;
    if (step == deal->nsteps - 1 && left <= deal->open_gates)
        return 0;
    if (step == 0)
        return deal->opened;
    day before = deal->steps[step - 1].entered;
    return deal->steps[step].entered - (deal->steps[step].entered - before) * (left - 1) / 8;
}

static bool entered_before(const struct deal *deal, int step)
{
    for (int i = 0; i < step; i++)
        if (deal->steps[i].stage == deal->steps[step].stage)
            return true;
    return false;
}

static void write_gates_of(struct csv *csv, const struct book *book, int i, int step)
{
    const struct deal *deal = &book->deals[i];
    const struct stage *stage = &stages[deal->steps[step].stage];
    for (int n = 0; n < ngates(stage); n++) {
        day passed = gate_passed(deal, step, n);
        csv_text(csv, deal_key(i).text);
        csv_text(csv, stage->gates[n].key);
        csv_day(csv, passed);
        csv_text(csv, passed ? stage->gates[n].evidence : "");
        csv_end(csv);
    }
}

/* A deal that came back to a stage keeps the gates that it had passed. */
static void write_deal_gates(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "deal_gates", "deal,gate,passed,evidence");
    for (int i = 0; i < NDEALS; i++)
        for (int step = 0; step < book->deals[i].nsteps; step++)
            if (!entered_before(&book->deals[i], step))
                write_gates_of(&csv, book, i, step);
    csv_close(&csv);
}

/* Noted at even distances since the opening, each time for some weeks later. */
static void write_dates_of(struct csv *csv, const struct book *book, int i)
{
    const struct deal *deal = &book->deals[i];
    int gone = last_known(deal) - deal->opened;
    for (int push = 0; push <= deal->pushes; push++) {
        int weeks = 6 * (deal->pushes - push) - push % 2 * (push < deal->pushes);
        csv_text(csv, deal_key(i).text);
        csv_day(csv, deal->opened + gone * push / (deal->pushes + 1));
        csv_day(csv, deal->expected - 7 * weeks);
        csv_end(csv);
    }
}

static void write_deal_dates(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "deal_dates", "deal,noted,expected_close");
    for (int i = 0; i < NDEALS; i++)
        write_dates_of(&csv, book, i);
    csv_close(&csv);
}

static void credit_row(struct csv *csv, const char *order, const char *deal, const char *person,
                       const char *share, day starts)
{
    csv_text(csv, order);
    csv_text(csv, deal);
    csv_text(csv, person);
    csv_text(csv, share);
    csv_day(csv, starts);
    csv_end(csv);
}

static void write_credits(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "credits", "order_id,deal,person,share,starts");
    for (int i = 0; i < COUNT(shared); i++) {
        const struct deal *deal = &book->deals[shared[i].number - 1];
        const char *key = deal_key(shared[i].number - 1).text;
        const char *person = deal_person(book, deal);
        credit_row(&csv, "", key, person, shared[i].rest, deal->opened);
        credit_row(&csv, "", key, shared[i].with, shared[i].share, deal->opened);
        if (deal->state != WON)
            continue;
        struct order_id order = order_id(book, deal->order, deal->closed);
        credit_row(&csv, order.text, "", person, shared[i].rest, deal->closed);
        credit_row(&csv, order.text, "", shared[i].with, shared[i].share, deal->closed);
    }
    csv_close(&csv);
}

void write_deals(struct book *book)
{
    write_stages(book);
    write_gates(book);
    write_deal_list(book);
    write_deal_stages(book);
    write_deal_gates(book);
    write_deal_dates(book);
    write_credits(book);
}

int deal_open(const struct book *book, int customer, day date)
{
    for (int i = 0; i < NDEALS; i++) {
        const struct deal *deal = &book->deals[i];
        if (deal->customer == customer && deal->opened <= date &&
            (!deal->closed || date <= deal->closed))
            return i + 1;
    }
    return 0;
}
