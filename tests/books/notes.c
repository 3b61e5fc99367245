/* deal_notes.csv of the book "security": what was learned of each deal since 2026, by five factors.
 *
 * Planted: of D-097, the largest deal in negotiation, nothing is known of the competitors; on D-112
 * nobody has noted anything since August 2026; a note on D-124 holds what XML, HTML and FreeMind
 * must survive. */
#include "book.h"

#include <stdlib.h>

enum {
    NFACTORS = 5,
    NTOPICS = 3,
    NTEXTS = 3,
    BLIND_DEAL = 97,
    SILENT_DEAL = 112,
};

struct topic {
    const char *name;
    const char *text[NTEXTS];
};

static const struct factor {
    const char *key;
    struct topic topic[NTOPICS];
} factors[NFACTORS] = {
    {"people",
     {{"decision maker",
       {"Deputy director decides, after a talk in the bureau",
        "Director leaves the choice to the technical office", "局长亲自过问，要求先试用"}},
      {"consultant",
       {"The design institute writes the specification",
        "An expert of the provincial centre advises", "Adviser prefers a domestic product"}},
      {"executor",
       {"Information centre will run it, two engineers", "Operations are with a service company",
        "Engineer asked for training first"}}}},
    {"money",
     {{"budget",
       {"In the budget of this year, sum not yet named", "Budget cut by a tenth",
        "Budget line confirmed by the finance office"}},
      {"source of funds",
       {"Half comes from the province", "Paid from the special fund for security",
        "Own funds of the bureau"}},
      {"terms of payment",
       {"30 % on delivery, 60 % on acceptance, 10 % after a year",
        "Wants to pay after acceptance only", "Payment in two parts agreed by word"}}}},
    {"time",
     {{"tender",
       {"Tender is to be published next month", "Tender put off until the audit is over",
        "Wants an offer before the tender"}},
      {"start of work",
       {"Has to run before the inspection", "Installation possible at weekends only",
        "New building is ready a month later"}},
      {"end of the year",
       {"Money lapses at the end of the year", "Contract has to be signed in December",
        "No hurry: funds are carried over"}}}},
    {"arrangement",
     {{"way of buying",
       {"Public tender, three bidders at least", "Framework contract of the province",
        "Single source, if the expert group agrees"}},
      {"trial",
       {"Trial of four weeks agreed", "Trial passed, report is being written",
        "Trial without our console so far"}},
      {"specification",
       {"Draft asks for throughput we have", "Draft still names a rival's feature",
        "Specification initialled by both sides"}}}},
    {"competitors",
     {{"rival offer",
       {"A rival offers a fifth below us", "Two rivals have handed over offers",
        "Rival offers licences for three years"}},
      {"rival's people",
       {"Rival knows the deputy director well", "Rival's engineer left the project",
        "竞争对手上周来做了演示"}},
      {"strength",
       {"Rival is installed in the neighbour city", "Rival failed the trial",
        "Rival cannot supply before spring"}}}},
};

struct note {
    int deal, factor, topic, text;
    day date;
};

/* In the order of days, as a manager writes them down. */
static int by_date(const void *a, const void *b)
{
    const struct note *x = a, *y = b;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->deal != y->deal)
        return x->deal < y->deal ? -1 : 1;
    return x->factor - y->factor;
}

/* Of young deals not all factors are known yet; late ones are told whole, but for the planted
 * one. */
static bool is_known(struct rng *rng, const struct deal_life *deal, int number, int factor)
{
    static const int unknown[4][NFACTORS] = {{0, 40, 35, 50, 60}, {0, 10, 5, 10, 25}};
    bool drawn = rng_chance(rng, unknown[deal->stage][factor]);
    if (number == BLIND_DEAL && factor == NFACTORS - 1)
        return false;
    return !drawn;
}

/* Backwards from the last note: seven in ten factors of an open deal had news within 28 days. */
static int draw_notes(struct rng *rng, const struct deal_life *deal, int number, int factor,
                      struct note *notes)
{
    int n = 0, age = rng_chance(rng, 70) ? rng_range(rng, 1, 28) : rng_range(rng, 30, 55);
    if (number == SILENT_DEAL)
        age += 62;
    for (day date = deal->known - age; n < NTEXTS && date >= day_of(2026, 1, 5);) {
        if (date <= deal->opened)
            date = deal->opened;
        notes[n].deal = number;
        notes[n].factor = factor;
        notes[n].topic = rng_below(rng, NTOPICS);
        notes[n].text = (number + n) % NTEXTS;
        notes[n++].date = next_working_day(date) < deal->known ? next_working_day(date) : date;
        if (date == deal->opened)
            break;
        date -= rng_range(rng, 40, 95);
    }
    return n;
}

static void note_row(struct csv *csv, const char *deal, day date, const char *factor,
                     const char *topic, const char *text)
{
    csv_text(csv, deal);
    csv_day(csv, date);
    csv_text(csv, factor);
    csv_text(csv, topic);
    csv_text(csv, text);
    csv_end(csv);
}

static void write_note(struct csv *csv, const struct book *book, const struct note *n)
{
    struct deal_life deal;
    deal_life(book, n->deal, &deal);
    const struct topic *topic = &factors[n->factor].topic[n->topic];
    note_row(csv, deal.key, n->date, factors[n->factor].key, topic->name, topic->text[n->text]);
}

void write_deal_notes(const struct book *book)
{
    struct rng rng = rng_of(book->name, "deal_notes");
    struct deal_life deal;
    struct note *notes = NULL;
    size_t n = 0;

    for (int number = 1; deal_life(book, number, &deal); number++) {
        notes = items_resize(notes, n + NFACTORS * NTEXTS, sizeof *notes);
        for (int factor = 0; factor < NFACTORS; factor++)
            if (is_known(&rng, &deal, number, factor))
                n += (size_t)draw_notes(&rng, &deal, number, factor, notes + n);
    }
    qsort(notes, n, sizeof *notes, by_date);

    struct csv csv = csv_open(book->dir, "deal_notes", "deal,date,factor,topic,note");
    for (size_t i = 0; i < n; i++)
        write_note(&csv, book, &notes[i]);
    note_row(&csv, "D-124", day_of(2026, 10, 29), "people", "R&D \"office\"",
             "Said: price < 800,000 & 'no <b>discount</b>' ]]> 罗丹 was there");
    csv_close(&csv);
    free(notes);
}
