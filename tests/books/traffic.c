/* Promotion placements and their daily traffic, from 2025-11-01 to 2026-10-31: 211,000 visitors. */
#include "book.h"

#include <string.h>

enum {
    FIRST_TRAFFIC = LAST_DAY - 364, /* 2025-11-01 */
    NDAYS = 365,
};

/* Visitors of the whole year are given and shared out over the days: `trend` says how many per
 * mille of the first day's are left, or reached, on the last. Leads per mille of visitors, orders
 * percent of leads, pages a visitor times ten. */
struct placement {
    const char *key, *name, *medium, *campaign, *starts, *ends;
    int cost;
    int visitors, trend;
    int leads, orders, pages;
    const int *by_weekday;
};

static const int every_day[7] = {10, 10, 10, 10, 10, 9, 9};
static const int at_leisure[7] = {9, 8, 8, 9, 11, 15, 14};
static const int at_breakfast[7] = {12, 11, 11, 11, 12, 8, 5};

static const struct placement placements[] = {
    {"blog-1", "Blog \"Rooms to live in\"", "blog", "Always on", "2025-02-01", "2027-01-31", 48000,
     41000, 2900, 19, 11, 24, at_leisure},
    {"blog-2", "Blog 小家大生活", "blog", "Always on", "2025-06-01", "2027-05-31", 36000, 31000,
     2400, 17, 10, 22, at_leisure},
    {"site", "Own site", "own site", "Always on", "2020-01-01", "2029-12-31", 60000, 21000, 1150,
     36, 14, 48, every_day},
    {"news-1", "Jiangnan Evening, back page", "newspaper", "Exclusive dealer call", "2025-07-01",
     "2027-03-31", 132000, 9000, 340, 9, 8, 14, at_breakfast},
    {"news-2", "Southern Trade Daily", "newspaper", "Exclusive dealer call", "2025-09-01",
     "2026-12-31", 96000, 6500, 380, 11, 9, 14, at_breakfast},
    {"news-3", "Home & Building Weekly", "newspaper", "Spring renewal 2026", "2025-11-01",
     "2026-12-31", 54000, 4200, 450, 10, 8, 15, at_breakfast},
    {"news-4", "Chengdu Morning, weekend", "newspaper", "Spring renewal 2026", "2025-11-01",
     "2026-04-30", 38000, 2300, 520, 8, 7, 13, at_leisure},
    {"forum-1", "Forum Zhuangxiu, top slot", "forum slot", "May home fair 2026", "2025-10-01",
     "2027-02-28", 42000, 17000, 1400, 13, 10, 20, at_leisure},
    {"forum-2", "Forum New Home, banner", "forum slot", "October home festival 2026", "2025-08-01",
     "2026-11-12", 33000, 13500, 1200, 12, 9, 19, at_leisure},
    {"forum-3", "Forum Dealers' Talk, sticky", "forum slot", "Exclusive dealer call", "2025-11-15",
     "2026-11-25", 24000, 9500, 1300, 22, 12, 26, every_day},
    {"forum-4", "Forum Mums & Homes, side slot", "forum slot", "October home festival 2026",
     "2026-03-01", "2027-02-28", 18000, 8000, 1250, 10, 8, 18, at_leisure},
    {"portal-1", "Portal Fang, home channel", "portal", "May home fair 2026", "2025-04-01",
     "2027-03-31", 88000, 19000, 1050, 11, 9, 17, every_day},
    {"portal-2", "Portal Jiaju, brand page", "portal", "Always on", "2025-01-01", "2026-12-31",
     56000, 12640, 1000, 12, 9, 21, every_day},
    {"portal-3", "Portal 365 Homes, front page", "portal", "October home festival 2026",
     "2026-03-01", "2027-02-28", 168000, 360, 1000, 0, 0, 11, every_day},
    {"link-1", "Link exchange: Łukasz Wood Guide", "exchanged link", "Always on", "2024-03-01",
     "2027-12-31", 0, 6200, 1100, 12, 10, 19, every_day},
    {"link-2", "Link exchange: Curtain Market", "exchanged link", "Always on", "2024-03-01",
     "2027-12-31", 0, 4600, 1000, 11, 9, 18, every_day},
    {"link-3", "Link exchange: Tile & Stone, the city's guide", "exchanged link", "Always on",
     "2024-09-01", "2027-12-31", 0, 3100, 950, 10, 9, 16, every_day},
    {"link-4", "Link exchange: 灯饰网", "exchanged link", "Always on", "2025-05-01", "2027-12-31",
     0, 2100, 1150, 9, 8, 16, at_leisure},
};

enum { NPLACEMENTS = COUNT(placements) };

/* A day on which one placement was seen by many more than usual: a copied link, not buyers. */
static const char *const spike_placement = "forum-1";
static const char *const spike_date = "2026-09-16";
enum { SPIKE_TIMES = 22 };

/* Paid until 2027, but nobody has come since. */
static const char *const idle_placement = "portal-3";
static const char *const idle_since = "2026-05-01";

static bool is_idle(const struct placement *p, day date)
{
    return strcmp(p->key, idle_placement) == 0 && date >= day_parse(idle_since);
}

static bool runs(const struct placement *p, day date)
{
    return day_parse(p->starts) <= date && date <= day_parse(p->ends);
}

static bool is_spike(const struct placement *p, day date)
{
    return strcmp(p->key, spike_placement) == 0 && date == day_parse(spike_date);
}

static int64_t day_weight(struct book *book, const struct placement *p, int i)
{
    day date = FIRST_TRAFFIC + i;
    int chance = rng_range(&book->rng, 850, 1150);
    if (!runs(p, date) || is_idle(p, date))
        return 0;
    int64_t weight = 1000 + (p->trend - 1000) * i / (NDAYS - 1);
    weight *= p->by_weekday[weekday(date)] * chance;
    return is_spike(p, date) ? weight * SPIKE_TIMES : weight;
}

static void share_visitors(struct book *book, const struct placement *p, int64_t *visitors)
{
    int64_t weight[NDAYS];
    for (int i = 0; i < NDAYS; i++)
        weight[i] = day_weight(book, p, i);
    share_out(p->visitors, weight, NDAYS, visitors);
}

/* How many of n do something that `per_mille` of them do. */
static int those_who(struct book *book, int64_t n, int per_mille)
{
    int count = 0;
    while (n-- > 0)
        count += rng_below(&book->rng, 1000) < per_mille;
    return count;
}

static void traffic_row(struct csv *csv, struct book *book, const struct placement *p, day date,
                        int64_t visitors)
{
    int leads = those_who(book, visitors, is_spike(p, date) ? 1 : p->leads);
    csv_day(csv, date);
    csv_text(csv, p->key);
    csv_whole(csv, visitors);
    csv_whole(csv, visitors * p->pages * rng_range(&book->rng, 90, 110) / 1000);
    csv_whole(csv, leads);
    csv_whole(csv, those_who(book, leads, p->orders * 10));
    csv_end(csv);
}

static void write_days(struct book *book)
{
    static int64_t visitors[NPLACEMENTS][NDAYS];
    for (int p = 0; p < NPLACEMENTS; p++)
        share_visitors(book, &placements[p], visitors[p]);

    struct csv csv =
        csv_open(book->dir, "traffic", "date,placement,visitors,pageviews,leads,orders");
    for (int i = 0; i < NDAYS; i++)
        for (int p = 0; p < NPLACEMENTS; p++)
            if (runs(&placements[p], FIRST_TRAFFIC + i))
                traffic_row(&csv, book, &placements[p], FIRST_TRAFFIC + i, visitors[p][i]);
    csv_close(&csv);
}

static void write_placements(const struct book *book)
{
    struct csv csv =
        csv_open(book->dir, "placements", "placement,name,medium,campaign,starts,ends,cost");
    for (int i = 0; i < NPLACEMENTS; i++) {
        const struct placement *p = &placements[i];
        csv_text(&csv, p->key);
        csv_text(&csv, p->name);
        csv_text(&csv, p->medium);
        csv_text(&csv, p->campaign);
        csv_text(&csv, p->starts);
        csv_text(&csv, p->ends);
        csv_money(&csv, p->cost * INT64_C(100));
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_traffic(struct book *book)
{
    write_placements(book);
    write_days(book);
}
