/* Territories and potential of the book "security": each city and industry has the owner who sells
 * most there, with few exceptions; in 2025 Ma Chao held what Lin Na has held since. Potential is
 * what the part of the market bought in the last 12 months, divided by what can be had of it.
 *
 * Planted: nobody owns the military of Shuangqiao, which could buy 7,400,000 a year; both Li Wei
 * and Sun Lei own the legal bodies of Baisha; Zoë Müller sells two thirds outside what she owns;
 * Łukasz Wójcik should specialise in public security and sells most to government. */
#include "book.h"

#include <string.h>

enum {
    MOST_OWNERS = 2,
    CITIES = 14,
};

static const char *const industries[] = {"public security", "government", "legal", "military",
                                         "integration"};

/* The owners of the city's industries, in that order; NULL: there is no such customer, or
 * nobody. */
struct city_owners {
    const char *city;
    const char *owner[COUNT(industries)][MOST_OWNERS];
};

static const struct city_owners owners[CITIES] = {
    {"xijiao", {{"li.wei"}, {"guo.jing"}, {"sun.lei"}, {"li.wei"}}},
    {"linhe", {{"sun.lei"}, {"li.wei"}, {"li.wei"}, {"sun.lei"}}},
    {"baisha", {{"guo.jing"}, {"li.wei"}, {"li.wei", "sun.lei"}, {"sun.lei"}, {"sun.lei"}}},
    {"guanlan", {{"li.wei"}, {"guo.jing"}, {"guo.jing"}, {"li.wei"}}},
    {"dongtan", {{"li.wei.2"}, {"xu.hong"}, {"xu.hong"}, {"li.wei.2"}, {"zoe.mueller"}}},
    {"linjiang", {{"zoe.mueller"}, {"xu.hong"}, {"xu.hong"}, {"zoe.mueller"}, {"li.wei.2"}}},
    {"jinghu", {{"xu.hong"}, {"li.wei.2"}, {"li.wei.2"}, {"xu.hong"}}},
    {"yuyao-xin", {{"li.wei.2"}, {"xu.hong"}, {"xu.hong"}, {"li.wei.2"}}},
    {"nanwan", {{"lin.na"}, {"he.jun"}, {"he.jun"}, {"lin.na"}, {"he.jun"}}},
    {"meizhou-bei", {{"he.jun"}, {"jose.nunez"}, {"lin.na"}, {"he.jun"}}},
    {"liuhe", {{"jose.nunez"}, {"he.jun"}, {"lin.na"}, {"jose.nunez"}}},
    {"jinsha", {{"lukasz.wojcik"}, {"luo.dan"}, {"luo.dan"}, {"tang.yong"}}},
    {"weinan-xi", {{"tang.yong"}, {"lukasz.wojcik"}, {"luo.dan"}, {"tang.yong"}}},
    {"shuangqiao", {{"luo.dan"}, {"tang.yong"}, {"lukasz.wojcik"}, {NULL}}},
};

static const char *const untended_city = "shuangqiao", *const untended_industry = "military";
static const int untended_potential = 7400000;

static void territory(struct csv *csv, const char *city, const char *industry, const char *person,
                      const char *starts, const char *ends)
{
    csv_text(csv, city);
    csv_text(csv, industry);
    csv_text(csv, "");
    csv_text(csv, person);
    csv_text(csv, starts);
    csv_text(csv, ends);
    csv_end(csv);
}

static void write_territories(const struct book *book)
{
    struct csv csv =
        csv_open(book->dir, "territories", "region,industry,product_line,person,starts,ends");
    for (int i = 0; i < CITIES; i++) {
        for (int j = 0; j < COUNT(industries); j++) {
            for (int k = 0; k < MOST_OWNERS && owners[i].owner[j][k]; k++) {
                const char *person = owners[i].owner[j][k];
                bool second = strcmp(person, "lin.na") == 0;
                if (second)
                    territory(&csv, owners[i].city, industries[j], "ma.chao", "2025-01-01",
                              "2025-06-30");
                territory(&csv, owners[i].city, industries[j], person,
                          second ? "2025-07-01" : "2025-01-01", "");
            }
        }
    }
    csv_close(&csv);
}

/* What the city's bodies of that industry bought in the last 12 months, in cents. */
static int64_t bought(const struct book *book, const char *city, const char *industry)
{
    int64_t sum = 0;
    for (int i = 0; i < book->nsales; i++) {
        const struct customer *c = &book->customers[book->sales[i].customer];
        if (month_of(book->sales[i].date) > LAST_MONTH - 12 && strcmp(c->region, city) == 0 &&
            strcmp(c->industry, industry) == 0)
            sum += book->sales[i].amount;
    }
    return sum;
}

static bool has_customer(const struct book *book, const char *city, const char *industry)
{
    for (int i = 0; i < book->ncustomers; i++)
        if (strcmp(book->customers[i].region, city) == 0 &&
            strcmp(book->customers[i].industry, industry) == 0)
            return true;
    return false;
}

/* Of each part 30 to 75 % have been sold; rounded up to 50,000, at least 300,000. */
static int64_t potential_of(const struct book *book, struct rng *rng, const char *city,
                            const char *industry)
{
    int percent = rng_range(rng, 30, 75);
    if (strcmp(city, untended_city) == 0 && strcmp(industry, untended_industry) == 0)
        return untended_potential;
    int64_t whole = bought(book, city, industry) / percent;
    return (whole / 50000 + 1) * 50000 + 250000;
}

static void write_potential(const struct book *book)
{
    struct rng rng = rng_of(book->name, "potential");
    struct csv csv = csv_open(book->dir, "potential", "region,industry,product_line,amount");
    for (int i = 0; i < CITIES; i++) {
        for (int j = 0; j < COUNT(industries); j++) {
            if (!has_customer(book, owners[i].city, industries[j]))
                continue;
            csv_text(&csv, owners[i].city);
            csv_text(&csv, industries[j]);
            csv_text(&csv, "");
            csv_money(&csv, potential_of(book, &rng, owners[i].city, industries[j]) * INT64_C(100));
            csv_end(&csv);
        }
    }
    csv_close(&csv);
}

void write_market(const struct book *book)
{
    write_territories(book);
    write_potential(book);
}
