/* Promotions of the furniture maker and their materials. Sales are not made for them: where one has
 * worked, or not, its days were chosen so that the order lines of the book are as if it had.
 *
 * Planted:
 * - zj-26, everything in Zhejiang, 13 to 22 September 2026, only moved sales forward: more than
 * usual on its days, far less in the two weeks after.
 * - sofa-26, sofas at home in September 2026, went 37 % over budget and brought next to nothing.
 * - bed-26, beds in the west in August 2026, has a clear uplift and no dip after it.
 * - d11-26 runs since 24 October 2026, and of its display stands 8 of 120 are displayed.
 * - d11-24 is so early that nothing is known of the weeks before it. */
#include "book.h"

#include <string.h>

struct promotion {
    const char *key, *name, *starts, *ends, *region, *product;
    int budget, spent, goal; /* thousands; spent 0: not begun */
};

static const struct promotion promotions[] = {
    {"d11-24", "Double Eleven 2024", "2024-11-01", "2024-11-11", "", "", 320, 311, 900},
    {"year-25", "New Year weeks, East", "2025-01-06", "2025-01-19", "east", "", 90, 84, 250},
    {"spring-25", "Spring sofas", "2025-03-08", "2025-03-23", "cn", "SO-07", 160, 166, 500},
    {"garden-25", "Out into the garden 2025", "2025-04-12", "2025-05-11", "cn", "OU-07", 60, 58,
     150},
    {"bed-25", "Good nights, South", "2025-06-09", "2025-06-22", "south", "BE-04", 45, 41, 100},
    {"office-25", "Offices of Guangdong", "2025-08-18", "2025-09-07", "guangdong", "OF-07", 35, 33,
     90},
    {"stock-25", "Stock up for October 2025", "2025-09-08", "2025-09-21", "cn", "", 240, 228, 800},
    {"d11-25", "Double Eleven 2025", "2025-10-27", "2025-11-11", "cn", "", 340, 352, 950},
    {"year-26", "New Year weeks, Jiangsu", "2026-01-05", "2026-01-18", "jiangsu", "", 55, 52, 150},
    {"wardrobe-26", "Room for everything", "2026-03-07", "2026-03-22", "cn", "WA-07", 80, 76, 220},
    {"garden-26", "Out into the garden 2026", "2026-04-11", "2026-05-10", "cn", "OU-10", 65, 63,
     200},
    {"may-26", "Sofas for May, East", "2026-04-13", "2026-04-26", "east", "SO-10", 70, 73, 220},
    {"wuhan-26", "Opening weeks, Wuhan", "2026-05-16", "2026-05-29", "wuhan", "", 60, 61, 200},
    {"summer-26", "Summer sofas, Fujian", "2026-07-11", "2026-07-26", "fujian", "SO-06", 30, 28,
     80},
    {"bed-26", "Good nights, West", "2026-08-06", "2026-08-15", "west", "BE-07", 70, 68, 180},
    {"sofa-26", "Sofas for National Day", "2026-09-07", "2026-09-27", "cn", "SO-07", 180, 246, 500},
    {"zj-26", "Shop festival, Zhejiang", "2026-09-13", "2026-09-22", "zhejiang", "", 75, 79, 200},
    {"d11-26", "Double Eleven 2026", "2026-10-24", "2026-11-11", "cn", "", 360, 142, 1000},
    {"export-26", "Winter catalogue", "2026-12-01", "2026-12-20", "export", "", 50, 0, 200},
    {"year-27", "New Year weeks, Sichuan", "2027-01-04", "2027-01-17", "sichuan", "", 55, 0, 160},
};

struct material {
    const char *name;
    int a_thousand; /* pieces for each thousand of the budget, in tenths */
};

static const struct material materials[] = {
    {"poster", 20}, {"leaflet", 400}, {"display stand", 3}, {"banner", 5}, {"price tags, set", 8},
};

/* Of pieces made some are never sent, and of those sent some never put up. */
static void write_material(struct csv *csv, struct rng *rng, const struct promotion *p, int nth)
{
    int planned = p->budget * materials[nth].a_thousand / 10;
    int made = planned * rng_range(rng, 97, 102) / 100;
    int sent = made * rng_range(rng, 92, 99) / 100;
    int displayed = sent * rng_range(rng, 84, 97) / 100;
    bool begun = day_parse(p->starts) <= LAST_DAY;
    bool planted = strcmp(p->key, "d11-26") == 0 && nth == 2;
    csv_text(csv, p->key);
    csv_text(csv, materials[nth].name);
    csv_whole(csv, planted ? 120 : planned);
    csv_whole(csv, planted ? 120 : begun ? made : 0);
    csv_whole(csv, planted ? 96 : begun ? sent : 0);
    csv_whole(csv, planted ? 8 : begun ? displayed : 0);
    csv_end(csv);
}

static void write_materials(const struct book *book)
{
    struct rng rng = rng_of(book->name, "promotion");
    struct csv csv =
        csv_open(book->dir, "materials", "promotion,material,planned,made,sent,displayed");
    for (int i = 0; i < COUNT(promotions); i++) {
        int from = rng_below(&rng, 2);
        int to = promotions[i].budget < 60 ? 3 : COUNT(materials);
        for (int nth = from; nth < to; nth++)
            write_material(&csv, &rng, &promotions[i], nth);
    }
    csv_close(&csv);
}

static void write_promotions(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "promotions",
                              "promotion,name,starts,ends,region,product,budget,spent,goal");
    for (int i = 0; i < COUNT(promotions); i++) {
        const struct promotion *p = &promotions[i];
        csv_text(&csv, p->key);
        csv_text(&csv, p->name);
        csv_text(&csv, p->starts);
        csv_text(&csv, p->ends);
        csv_text(&csv, p->region);
        csv_text(&csv, p->product);
        csv_money(&csv, p->budget * INT64_C(100000));
        if (p->spent)
            csv_money(&csv, p->spent * INT64_C(100000));
        else
            csv_text(&csv, "");
        csv_money(&csv, p->goal * INT64_C(100000));
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_promotion(const struct book *book)
{
    write_promotions(book);
    write_materials(book);
}
