/* Notes of the market and prices of competitors, of the books "furniture" and "tobacco"
 * (market_notes.csv, competitor_prices.csv: October 2025 to October 2026).
 *
 * Planted, furniture: Senlin Home cuts all its prices in October 2026, by 7 to 11 %; a suggestion
 * of Li Wei (Zhejiang) of 2026-07-14 is open at the end of October, 109 days. Tobacco: a suggestion
 * of Qin Yu of 2026-07-22 is open, 100 days; street prices of the neighbouring county stand 3 to
 * 6 % below the list. All other suggestions of before August 2026 have been decided. */
#include "book.h"

#include <string.h>

enum {
    FIRST_NOTE = MONTH(2025, 10),
    LAST_NOTE_DAY = 20755, /* 2026-10-29: no book has an earlier last day of sales */
    OPEN_FROM = 20672,     /* 2026-08-07 */
};

struct topic {
    const char *kind, *subject, *texts[3];
};

struct rival {
    const char *name;
    int level; /* per mille of our list price */
    month cut; /* from this month on cheaper by `by` per mille, or 0 */
    int by;
};

struct market {
    const struct topic *topics, *ideas;
    int ntopics, nideas;
    const struct rival *rivals;
    int nrivals;
    int every;                                       /* of so many products a price is seen */
    int notes, percent;                              /* a month; so many of 100 are suggestions */
    const char *who, *on, *subject, *product, *text; /* the suggestion that waits */
};

static const struct topic furniture_topics[] = {
    {"competitor",
     "Senlin Home",
     {"opened a second shop in the mall", "gives free delivery and fitting",
      "trains shop staff of our dealers"}},
    {"competitor",
     "Linden & Co.",
     {"shows a new collection", "looks for dealers in the county towns",
      "sofas delivered late again"}},
    {"competitor",
     "Meijia Living",
     {"sells the display pieces at half price", "left the ground floor of the mall",
      "advertises on local television"}},
    {"price",
     "timber",
     {"oak boards are dearer by a tenth", "dealers expect a rise in spring",
      "plywood is cheaper again"}},
    {"policy",
     "trade-in subsidy",
     {"the city pays for old sofas until December", "dealers ask for the form",
      "money for the year is nearly used up"}},
    {"policy",
     "formaldehyde limits",
     {"buyers ask for the test report", "inspectors were in two shops", "new labels wanted"}},
    {"trend",
     "small flats",
     {"buyers want beds with drawers", "folding tables sell first",
      "corner sofas do not fit through the door"}},
    {"trend",
     "whole-house sets",
     {"developers furnish flats before sale", "designers bring three of ten buyers",
      "buyers compare sets, not pieces"}},
};

static const struct topic furniture_ideas[] = {
    {"product suggestion",
     "covers",
     {"washable covers for two-seat sofas", "a darker grey", "covers sold as spare parts"}},
    {"product suggestion",
     "packing",
     {"flat packs for the bookcase", "stronger corners for export",
      "a picture of the piece on the box"}},
    {"product suggestion",
     "sizes",
     {"a desk of 100 cm", "a bed of 135 cm", "a wardrobe of two doors only"}},
};

static const struct rival furniture_rivals[] = {
    {"Senlin Home", 960, MONTH(2026, 10), 90},
    {"Linden & Co.", 1080, 0, 0},
    {"Meijia Living", 870, 0, 0},
};

static const struct topic tobacco_topics[] = {
    {"competitor",
     "neighbouring county",
     {"cartons from there are offered at the bus station", "retailers near the border buy there",
      "a van was seen on market day"}},
    {"price",
     "street price",
     {"Haitang is sold above the list", "slim cigarettes are sold below the list",
      "restaurants ask two yuan a packet more"}},
    {"policy",
     "licence checks",
     {"two shops sold without a licence", "retailers ask about the new form",
      "checks before the festival"}},
    {"policy",
     "schools",
     {"no sale within 50 m of a school", "a shop near the school has to move",
      "signs were put up"}},
    {"trend",
     "slim cigarettes",
     {"young smokers ask for slim ones", "women buy mint", "slim ones run out on Fridays"}},
    {"trend",
     "gifts",
     {"gift packs are asked for earlier than last year", "weddings in October",
      "fewer cartons as gifts, more liquor"}},
};

static const struct topic tobacco_ideas[] = {
    {"product suggestion",
     "display",
     {"a smaller shelf for kiosks", "price tags that can be read from the street",
      "lights for the shelf"}},
    {"product suggestion",
     "supply",
     {"deliver on Thursdays before festivals", "half cartons for villages",
      "tell a day ahead what is short"}},
};

static const struct rival tobacco_rivals[] = {
    {"Neighbouring county, street", 955, 0, 0},
    {"Own county, street", 1015, 0, 0},
};

/* ---- notes ---- */

static bool works(const struct person *p, const char *iso)
{
    return p->seat != NO_SEAT && strcmp(p->hired, iso) <= 0 &&
           (!*p->left || strcmp(p->left, iso) > 0);
}

static const char *anybody(const struct book *book, struct rng *rng, const char *iso)
{
    int i;
    do
        i = rng_below(rng, book->npeople);
    while (!works(&book->people[i], iso));
    return book->people[i].key;
}

static void note_row(struct csv *csv, const char *iso, const char *person,
                     const struct topic *topic, const char *product, const char *text,
                     const char *state)
{
    csv_text(csv, iso);
    csv_text(csv, person);
    csv_text(csv, topic->kind);
    csv_text(csv, topic->subject);
    csv_text(csv, product);
    csv_text(csv, text);
    csv_text(csv, state);
    csv_end(csv);
}

static void write_note(struct csv *csv, const struct book *book, const struct market *market,
                       struct rng *rng, day date)
{
    static const char *const decided[] = {"accepted", "rejected", "done"};
    static const char *const lately[] = {"open", "open", "accepted"};
    bool idea = rng_chance(rng, market->percent);
    int which = rng_below(rng, idea ? market->nideas : market->ntopics);
    const struct topic *topic = idea ? &market->ideas[which] : &market->topics[which];
    const char *text = topic->texts[rng_below(rng, 3)];
    const char *person = anybody(book, rng, day_iso(date).text);
    int product = rng_below(rng, book->nproducts);
    bool names_product = rng_chance(rng, 40);
    int state = rng_below(rng, 3);

    note_row(csv, day_iso(date).text, person, topic,
             idea && names_product ? book->products[product].key : "", text,
             !idea               ? ""
             : date >= OPEN_FROM ? lately[state]
                                 : decided[state]);
}

static void write_notes(const struct book *book, const struct market *market, struct rng *rng)
{
    struct csv csv =
        csv_open(book->dir, "market_notes", "date,person,kind,subject,product,text,state");
    const struct topic waiting = {"product suggestion", market->subject, {""}};
    bool told = false;
    for (day date = month_first(FIRST_NOTE); date <= LAST_NOTE_DAY; date++) {
        if (!told && date == day_parse(market->on)) {
            note_row(&csv, market->on, market->who, &waiting, market->product, market->text,
                     "open");
            told = true;
        }
        if (is_working_day(date) && rng_below(rng, 22) < market->notes)
            write_note(&csv, book, market, rng, date);
    }
    csv_close(&csv);
}

/* ---- prices ---- */

/* Shelf prices end on a zero, and change at New Year and now and then. */
static int shelf_price(struct rng *rng, const struct product *product, const struct rival *rival,
                       month m)
{
    int wobble = rng_range(rng, -10, 10);
    int cut = rival->cut && m >= rival->cut ? rival->by + rng_range(rng, -20, 20) : 0;
    int level = rival->level + (m >= MONTH(2026, 1) ? 10 : 0) + wobble;
    int64_t price = (int64_t)product->price * level / 1000 * (1000 - cut) / 1000;
    return (int)(price > 200 ? price / 10 * 10 : price);
}

static void write_prices(const struct book *book, const struct market *market, struct rng *rng)
{
    struct csv csv = csv_open(book->dir, "competitor_prices", "date,product,competitor,price");
    for (month m = FIRST_NOTE; m <= LAST_MONTH; m++)
        for (int i = 0; i < market->nrivals; i++)
            for (int p = i; p < book->nproducts; p += market->every) {
                const struct rival *rival = &market->rivals[i];
                day date = next_working_day(month_first(m) + rng_range(rng, 9, 19));
                int price = shelf_price(rng, &book->products[p], rival, m);
                if (strcmp(book->products[p].launched, day_iso(date).text) > 0)
                    continue;
                csv_day(&csv, date);
                csv_text(&csv, book->products[p].key);
                csv_text(&csv, rival->name);
                csv_money(&csv, (int64_t)price * 100);
                csv_end(&csv);
            }
    csv_close(&csv);
}

static const struct market furniture = {
    .topics = furniture_topics,
    .ntopics = COUNT(furniture_topics),
    .ideas = furniture_ideas,
    .nideas = COUNT(furniture_ideas),
    .rivals = furniture_rivals,
    .nrivals = COUNT(furniture_rivals),
    .every = 4,
    .notes = 12,
    .percent = 22,
    .who = "li.wei",
    .on = "2026-07-14",
    .subject = "sizes",
    .product = "SO-01",
    .text = "a two-seat sofa of 140 cm for small flats",
};

static const struct market tobacco = {
    .topics = tobacco_topics,
    .ntopics = COUNT(tobacco_topics),
    .ideas = tobacco_ideas,
    .nideas = COUNT(tobacco_ideas),
    .rivals = tobacco_rivals,
    .nrivals = COUNT(tobacco_rivals),
    .every = 3,
    .notes = 9,
    .percent = 20,
    .who = "qin.yu",
    .on = "2026-07-22",
    .subject = "supply",
    .product = "T39",
    .text = "agree Haitang for two months at once",
};

void write_research(const struct book *book)
{
    const struct market *market = strcmp(book->name, "tobacco") == 0 ? &tobacco : &furniture;
    struct rng notes = rng_of(book->name, "market_notes");
    struct rng prices = rng_of(book->name, "competitor_prices");
    write_notes(book, market, &notes);
    write_prices(book, market, &prices);
}
