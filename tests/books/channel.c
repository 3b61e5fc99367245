/* Dealers of the furniture maker and their contracts, a part of furniture.
 *
 * A dealer is a customer who sells on: a row of dealers.csv is one contract, which the next one of
 * the same dealer follows. Customers of kind dealer sold bulk until their exclusive contract; it
 * begins before the history of sales, so that their order lines, all of channel exclusive, agree
 * with it. Contracts run two or three years; with the next one a dealer may rise or fall. Wholesale
 * and stores have no term and are not exclusive. One dealer in three sits in a county of its city.
 *
 * Planted:
 * - F0016 has a bulk contract, and sells all as exclusive.
 * - F0005's contract ends on 20 November 2026, in 20 days, and no other follows. All others that
 *   end within 30 days are followed by one that is signed.
 * - Shandong, third by gross product, has no dealer, nor has Hebei beside it.
 * - F0074 rose from city to provincial agent on 1 September
 * 2026. */
#include "book.h"

#include <string.h>

enum { BULK, SHOP, CITY, PROVINCIAL, GENERAL };

static const char *const levels[] = {"bulk", "shop", "city", "provincial",
                                     "regional general agent"};
static const char *const forms[] = {"family shop", "self-employed", "collective", "group"};

struct contract {
    int level, form;
    bool exclusive;
    day since, until; /* until 0: no term */
    int quality, shops;
};

struct channel {
    const struct book *book;
    struct rng rng;
    struct csv csv;
    int ndealers;
};

static void write_contract(struct channel *c, const struct customer *customer, const char *region,
                           const struct contract *contract)
{
    char key[16];
    snprintf(key, sizeof key, "DL%03d", c->ndealers);
    csv_text(&c->csv, key);
    csv_text(&c->csv, customer->key);
    csv_text(&c->csv, customer->name);
    csv_text(&c->csv, forms[contract->form]);
    csv_text(&c->csv, levels[contract->level]);
    csv_bool(&c->csv, contract->exclusive);
    csv_text(&c->csv, region);
    csv_day(&c->csv, contract->since);
    csv_day(&c->csv, contract->until);
    csv_whole(&c->csv, contract->quality);
    csv_whole(&c->csv, contract->shops);
    csv_end(&c->csv);
}

/* ---- who and where ---- */

static bool sells_on(const struct customer *customer)
{
    return customer->since && strcmp(customer->kind, "online") != 0;
}

static bool is_key(const struct customer *customer, const char *key)
{
    return strcmp(customer->key, key) == 0;
}

/* The customer's city, or in one case of three a county within it. */
static const char *draw_region(struct channel *c, const struct customer *customer)
{
    const struct book *book = c->book;
    int n = 0, counties[40];
    for (int i = 0; i < book->nregions; i++)
        if (n < COUNT(counties) && strcmp(book->regions[i].parent, customer->region) == 0)
            counties[n++] = i;
    if (!rng_chance(&c->rng, 35) || n == 0)
        return customer->region;
    return book->regions[counties[rng_below(&c->rng, n)]].key;
}

static int draw_form(struct channel *c, const struct customer *customer)
{
    static const int of_dealer[] = {42, 30, 8, 20}, of_other[] = {22, 38, 24, 16};
    bool is_dealer = strcmp(customer->kind, "dealer") == 0;
    return rng_weighted(&c->rng, is_dealer ? of_dealer : of_other, COUNT(forms));
}

/* ---- contracts ---- */

static int draw_shops(struct channel *c, int level)
{
    static const int least[] = {1, 1, 2, 5, 12};
    int more = rng_range(&c->rng, 0, level);
    return least[level] + more;
}

/* Whoever no longer buys shows little. */
static int draw_quality(struct channel *c, const struct customer *customer)
{
    static const int weights[] = {4, 12, 30, 36, 18}, silent[] = {40, 40, 20, 0, 0};
    return 1 + rng_weighted(&c->rng, customer->until ? silent : weights, 5);
}

/* The same day some years on, less one. */
static day years_on(day since, int years)
{
    month m = month_of(since);
    return month_first(m + 12 * years) + (since - month_first(m)) - 1;
}

static int next_level(struct channel *c, int level)
{
    int chance = rng_below(&c->rng, 100);
    if (chance < 27 && level < PROVINCIAL)
        return level + 1;
    if (chance < 33 && level > SHOP)
        return level - 1;
    return level;
}

/* A contract that ends within three months is followed by one that is signed; one in four of those
 * with more than 30 days to go is not. */
static bool is_followed(struct channel *c, const struct contract *contract)
{
    return contract->until <= LAST_DAY + 30 ||
           (contract->until <= LAST_DAY + 90 && !rng_chance(&c->rng, 25));
}

static void write_chain(struct channel *c, const struct customer *customer, const char *region,
                        struct contract contract)
{
    bool is_lost = customer->until && strcmp(customer->status, "lost") == 0;
    for (;;) {
        int years = rng_range(&c->rng, 2, 3);
        contract.until = years_on(contract.since, years);
        bool ends = is_lost && contract.until >= customer->until;
        if (ends)
            contract.until = customer->until;
        write_contract(c, customer, region, &contract);
        if (ends || !is_followed(c, &contract))
            return;
        contract.since = contract.until + 1;
        int level = next_level(c, contract.level);
        if (level != contract.level) {
            contract.level = level;
            contract.shops = draw_shops(c, level);
        }
        if (level >= PROVINCIAL)
            contract.form = 3;
        contract.quality = draw_quality(c, customer);
    }
}

/* Bulk until the reform reached them, a day before the history of sales. */
static void write_exclusive(struct channel *c, const struct customer *customer, const char *region,
                            struct contract contract)
{
    day reform = day_of(2022, 3, 1) + rng_below(&c->rng, 900);
    if (customer->since < reform - 60) {
        contract.level = BULK;
        contract.since = customer->since;
        contract.until = reform - 1;
        contract.shops = 1;
        write_contract(c, customer, region, &contract);
        contract.since = reform;
    }
    contract.level = SHOP + (rng_chance(&c->rng, 28) ? 1 : 0);
    contract.exclusive = true;
    contract.shops = draw_shops(c, contract.level);
    write_chain(c, customer, region, contract);
}

static void write_open(struct channel *c, const struct customer *customer, const char *region,
                       struct contract contract)
{
    contract.level = strcmp(customer->kind, "shop") == 0 ? SHOP : BULK;
    contract.shops = draw_shops(c, contract.level);
    contract.until = strcmp(customer->status, "lost") == 0 ? customer->until : 0;
    write_contract(c, customer, region, &contract);
}

/* ---- what is planted ---- */

static void write_false(struct channel *c, const struct customer *customer)
{
    struct contract contract = {BULK, 1, false, customer->since, 0, 4, 2};
    write_contract(c, customer, customer->region, &contract);
}

static void write_ending(struct channel *c, const struct customer *customer)
{
    struct contract contract = {CITY, 0, true, day_of(2023, 11, 21), day_of(2026, 11, 20), 4, 4};
    write_contract(c, customer, customer->region, &contract);
}

static void write_rising(struct channel *c, const struct customer *customer)
{
    struct contract contract = {CITY, 3, true, day_of(2023, 9, 1), day_of(2026, 8, 31), 5, 4};
    write_contract(c, customer, customer->region, &contract);
    contract =
        (struct contract){PROVINCIAL, 3, true, day_of(2026, 9, 1), day_of(2029, 8, 31), 5, 8};
    write_contract(c, customer, customer->region, &contract);
}

static bool write_planted(struct channel *c, const struct customer *customer)
{
    if (is_key(customer, "F0016"))
        write_false(c, customer);
    else if (is_key(customer, "F0005"))
        write_ending(c, customer);
    else if (is_key(customer, "F0074"))
        write_rising(c, customer);
    else
        return false;
    return true;
}

static void write_dealer(struct channel *c, const struct customer *customer)
{
    c->ndealers++;
    if (write_planted(c, customer))
        return;
    const char *region = draw_region(c, customer);
    struct contract contract = {.since = customer->since};
    contract.form = draw_form(c, customer);
    contract.quality = draw_quality(c, customer);
    if (strcmp(customer->kind, "dealer") == 0)
        write_exclusive(c, customer, region, contract);
    else
        write_open(c, customer, region, contract);
}

void write_channel(const struct book *book)
{
    struct channel c = {.book = book, .rng = rng_of(book->name, "channel")};
    c.csv = csv_open(book->dir, "dealers",
                     "dealer,customer,name,form,level,exclusive,region,since,until,"
                     "display_quality,shops");
    for (int i = 0; i < book->ncustomers; i++)
        if (sells_on(&book->customers[i]))
            write_dealer(&c, &book->customers[i]);
    csv_close(&c.csv);
}
