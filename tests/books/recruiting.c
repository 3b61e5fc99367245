/* Candidates of the book "security" and the profiles of its positions. Lin Na and 王芳, who came in
 * 2025, stand among them; Deng Rui has accepted and is still to come.
 *
 * Planted: Pan Hui waits since 2026-09-15, 45 days before the as-of date, without an interview;
 * Shen Lan has an offer, and her personality is scored 2 where the profile wants 4. */
#include "book.h"

struct profile {
    const char *position;
    int wanted[4];
};

static const struct profile profiles[] = {
    {"sales", {3, 3, 4, 3}},
    {"regional manager", {5, 3, 4, 3}},
    {"operations", {3, 2, 3, 3}},
};

/* The four matches times ten, so that halves can stand there; 0: not scored. */
struct candidate {
    const char *name, *position, *source, *applied, *stage, *decided;
    int match[4];
    const char *note, *owner;
};

static const struct candidate candidates[] = {
    {"Zhou Kai",
     "sales",
     "job fair",
     "2025-03-10",
     "refused",
     "2025-04-02",
     {20, 30, 30, 20},
     "reads answers from a sheet",
     "he.jun"},
    {"Lin Na",
     "sales",
     "referral",
     "2025-04-07",
     "hired",
     "2025-05-20",
     {30, 40, 45, 35},
     "sold to schools for two years",
     "he.jun"},
    {"Gu Yue",
     "sales",
     "online",
     "2025-04-14",
     "withdrawn",
     "2025-05-06",
     {35, 30, 40, 15},
     "wants a third more than we pay",
     "he.jun"},
    {"Feng Tao",
     "operations",
     "online",
     "2025-08-25",
     "refused",
     "2025-09-12",
     {0},
     "",
     "chen.guohua"},
    {"王芳",
     "operations",
     "referral",
     "2025-09-22",
     "hired",
     "2025-11-03",
     {40, 30, 40, 35},
     "kept the books of a dealer",
     "chen.guohua"},
    {"Ren Jie",
     "operations",
     "online",
     "2025-10-09",
     "refused",
     "2025-11-05",
     {25, 20, 30, 30},
     "little experience with tenders",
     "chen.guohua"},
    {"Xia Qing",
     "sales",
     "referral",
     "2026-01-12",
     "withdrawn",
     "2026-02-10",
     {40, 35, 40, 20},
     "stays where she is",
     "tang.yong"},
    {"Lu Peng", "sales", "online", "2026-02-02", "refused", "2026-02-13", {0}, "", "tang.yong"},
    {"Jin Hao",
     "sales",
     "job fair",
     "2026-03-16",
     "refused",
     "2026-04-08",
     {15, 30, 30, 30},
     "has never visited a customer alone",
     "tang.yong"},
    {"Song Yi", "sales", "job fair", "2026-03-16", "refused", "2026-03-27", {0}, "", "tang.yong"},
    {"Wei Dong",
     "regional manager",
     "agency",
     "2026-04-20",
     "withdrawn",
     "2026-06-01",
     {45, 30, 40, 20},
     "was offered more elsewhere",
     "chen.guohua"},
    {"Ding Ning",
     "sales",
     "online",
     "2026-05-11",
     "refused",
     "2026-06-03",
     {30, 20, 25, 30},
     "talks more than he asks",
     "li.wei"},
    {"Bao Lin",
     "sales",
     "referral",
     "2026-06-15",
     "refused",
     "2026-07-10",
     {25, 35, 35, 30},
     "",
     "li.wei"},
    {"Deng Rui",
     "sales",
     "referral",
     "2026-08-03",
     "hired",
     "2026-09-25",
     {35, 40, 40, 30},
     "begins on 1 December",
     "tang.yong"},
    {"Yao Fei", "sales", "online", "2026-08-24", "refused", "2026-09-09", {0}, "", "tang.yong"},
    {"Pan Hui",
     "sales",
     "online",
     "2026-09-15",
     "screening",
     "",
     {0},
     "papers are complete, nobody has called",
     "tang.yong"},
    {"Shen Lan",
     "sales",
     "agency",
     "2026-10-05",
     "offer",
     "",
     {45, 40, 20, 30},
     "interrupts, contradicts the customer in the role play",
     "xu.hong"},
    {"Qiao Min",
     "regional manager",
     "agency",
     "2026-10-08",
     "interview",
     "",
     {50, 35, 45, 30},
     "led a group of five",
     "chen.guohua"},
    {"Mao Jun",
     "sales",
     "referral",
     "2026-10-12",
     "interview",
     "",
     {30, 40, 40, 35},
     "",
     "xu.hong"},
    {"Tian Yu", "sales", "job fair", "2026-10-19", "screening", "", {0}, "", "xu.hong"},
    {"Hou Xin", "sales", "online", "2026-10-26", "applied", "", {0}, "", "tang.yong"},
    {"Qin Bo", "sales", "job fair", "2026-10-28", "applied", "", {0}, "", "xu.hong"},
};

static void csv_match(struct csv *csv, int tenths)
{
    char text[16] = "";
    if (tenths % 10)
        snprintf(text, sizeof text, "%d.%d", tenths / 10, tenths % 10);
    else if (tenths)
        snprintf(text, sizeof text, "%d", tenths / 10);
    csv_text(csv, text);
}

static void write_candidates(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "candidates",
                              "candidate,position,source,applied,stage,decided,experience,"
                              "development,personality,expectation,note,owner");
    for (int i = 0; i < COUNT(candidates); i++) {
        const struct candidate *c = &candidates[i];
        csv_text(&csv, c->name);
        csv_text(&csv, c->position);
        csv_text(&csv, c->source);
        csv_text(&csv, c->applied);
        csv_text(&csv, c->stage);
        csv_text(&csv, c->decided);
        for (int j = 0; j < COUNT(c->match); j++)
            csv_match(&csv, c->match[j]);
        csv_text(&csv, c->note);
        csv_text(&csv, c->owner);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_profiles(const struct book *book)
{
    struct csv csv =
        csv_open(book->dir, "profiles", "position,experience,development,personality,expectation");
    for (int i = 0; i < COUNT(profiles); i++) {
        csv_text(&csv, profiles[i].position);
        for (int j = 0; j < COUNT(profiles[i].wanted); j++)
            csv_whole(&csv, profiles[i].wanted[j]);
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_recruiting(const struct book *book)
{
    write_candidates(book);
    write_profiles(book);
}
