/* Courses and who took part: one or two with an exam a month, case sharing, self-study, contests,
 * and an induction for who joins. From October 2024 on, with what is planned for November 2026. Who
 * is strong in sales (book->bends) is a little stronger in exams.
 *
 * Planted:
 * - A month without an exam: security August 2026, furniture October 2026, tobacco June 2026; and
 *   three exams in tobacco's March 2026.
 * - Fails repeatedly: security jose.nunez the last 4 exams, furniture an.qi 3, tobacco bai.xue 5;
 * nobody else fails three in a row.
 * - wang.fang joined security on 2025-12-01 and has had no induction; yi.shan of furniture had hers
 *   after 52 days; lin.na and cui.ying in time. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    PASS_MARK = 60,
    MAX_PEOPLE = 40,
};

struct topic {
    const char *name;
    int easy; /* points more than usual */
};

struct plant {
    const char *book;
    const char *roles; /* who takes part */
    month gap, more;   /* without, and with three exams */
    const char *fails;
    int times; /* the last ones */
    const char *no_induction, *late_induction;
    struct topic topics[6];
};

static const struct plant plants[] = {
    {"security",
     "operations, sales, regional manager",
     MONTH(2026, 8),
     0,
     "jose.nunez",
     4,
     "wang.fang",
     "",
     {{"Firewall products", 4},
      {"Bid documents", -2},
      {"Classified networks", -9},
      {"Negotiation", 3},
      {"Competitors", 0},
      {"Contract law", -5}}},
    {"furniture",
     "sales, export sales",
     MONTH(2026, 10),
     0,
     "an.qi",
     3,
     "",
     "yi.shan",
     {{"New models", 5},
      {"Display in the shop", 3},
      {"Exclusive contracts", -8},
      {"Materials and care", 0},
      {"Complaints", 2},
      {"Dealer accounts", -4}}},
    {"tobacco",
     "account manager",
     MONTH(2026, 6),
     MONTH(2026, 3),
     "bai.xue",
     5,
     "",
     "",
     {{"Key brands", 4},
      {"Licence rules", -6},
      {"Supply and agreed totals", -2},
      {"Visiting a retailer", 5},
      {"Counterfeits", 0},
      {"Forecasting demand", -8}}},
};

struct training {
    struct book *book;
    struct rng rng;
    const struct plant *plant;
    int ability[MAX_PEOPLE];
    int failed[MAX_PEOPLE]; /* in a row */
    int to_fail;            /* exams left for who fails at the end */
    int nth;                /* of the year, for keys */
    struct csv courses, rows;
    char key[24];
    day date;
};

static bool takes_part(const struct training *t, int person, day date)
{
    const struct person *p = &t->book->people[person];
    const char *found = strstr(t->plant->roles, p->role);
    bool whole = found && (found == t->plant->roles || found[-1] == ' ');
    return whole && day_parse(p->hired) <= date && (!*p->left || day_parse(p->left) >= date);
}

static void draw_abilities(struct training *t)
{
    for (int i = 0; i < t->book->npeople; i++) {
        t->ability[i] = 76 + rng_range(&t->rng, -7, 7);
        for (int b = 0; b < t->book->nbends; b++)
            if (t->book->bends[b].seat == t->book->people[i].seat)
                t->ability[i] += (t->book->bends[b].per_mille - 1000) / 20;
    }
}

static void write_course(struct training *t, const char *kind, const char *topic, day date,
                         int minutes, const char *trainer, bool exam)
{
    int year = (month_of(date) / 12) % 100;
    snprintf(t->key, sizeof t->key, "T%02d-%03d", year, ++t->nth);
    t->date = date;
    csv_text(&t->courses, t->key);
    csv_text(&t->courses, kind);
    csv_text(&t->courses, topic);
    csv_day(&t->courses, date);
    csv_whole(&t->courses, minutes);
    csv_text(&t->courses, trainer);
    csv_known(&t->courses, exam ? PASS_MARK : 0);
    csv_end(&t->courses);
}

static void write_row(struct training *t, int person, bool attended, int score, int before)
{
    csv_text(&t->rows, t->key);
    csv_text(&t->rows, t->book->people[person].key);
    csv_bool(&t->rows, attended);
    csv_known(&t->rows, score);
    csv_known(&t->rows, before);
    csv_end(&t->rows);
}

static int bounded(int points)
{
    return points < 15 ? 15 : points > 100 ? 100 : points;
}

/* Nobody fails three times in a row but who is planted to, at the end. */
static int draw_score(struct training *t, int person, int easy)
{
    int chance = rng_range(&t->rng, -13, 13);
    int score = bounded(t->ability[person] + easy + chance);
    bool planted = strcmp(t->book->people[person].key, t->plant->fails) == 0;
    if (planted && t->to_fail <= t->plant->times)
        return 38 + (score + chance) % 20;
    if ((t->failed[person] == 2 || (planted && t->to_fail == t->plant->times + 1)) &&
        score < PASS_MARK)
        return PASS_MARK + chance % 7 * (chance > 0);
    return score;
}

static void write_exam(struct training *t, const struct topic *topic, bool both)
{
    for (int i = 0; i < t->book->npeople; i++) {
        bool planted = strcmp(t->book->people[i].key, t->plant->fails) == 0;
        bool there = rng_chance(&t->rng, 92) || planted;
        int less = rng_range(&t->rng, 2, 24);
        if (!takes_part(t, i, t->date))
            continue;
        int score = there ? draw_score(t, i, topic->easy) : 0;
        bool failed = there && score < PASS_MARK;
        t->failed[i] = !there ? t->failed[i] : failed ? t->failed[i] + 1 : 0;
        write_row(t, i, there, score, both && there ? bounded(score - less) : 0);
        t->to_fail -= planted;
    }
}

static void write_talk(struct training *t, int percent)
{
    for (int i = 0; i < t->book->npeople; i++) {
        bool there = rng_chance(&t->rng, percent);
        if (takes_part(t, i, t->date))
            write_row(t, i, there, 0, 0);
    }
}

/* ---- the months ---- */

static int exams_in(struct training *t, month m)
{
    int n = rng_chance(&t->rng, 50) ? 2 : 1;
    return m == t->plant->gap ? 0 : m == t->plant->more ? 3 : n;
}

static void count_exams(struct training *t, int *exams)
{
    for (month m = FIRST_MONTH; m <= LAST_MONTH; m++)
        exams[m - FIRST_MONTH] = exams_in(t, m);
    for (int i = 0; i < NMONTHS; i++)
        t->to_fail += exams[i];
}

static void write_exams(struct training *t, month m, int n)
{
    static const char *const kinds[] = {"special", "on the job", "special", "contest"};
    static const char *const trainers[] = {"Academy", "Product management", "Head office"};
    for (int i = 0; i < n; i++) {
        const struct topic *topic = &t->plant->topics[rng_below(&t->rng, COUNT(t->plant->topics))];
        const char *kind = kinds[rng_below(&t->rng, COUNT(kinds))];
        const char *trainer = trainers[rng_below(&t->rng, COUNT(trainers))];
        int half_hours = rng_range(&t->rng, 3, 7);
        int late = rng_below(&t->rng, 5);
        day date = next_working_day(month_first(m) + 8 + 7 * i + late - 3 * (n > 2));
        write_course(t, kind, topic->name, date, 30 * half_hours, trainer, true);
        write_exam(t, topic, strcmp(kind, "special") == 0);
    }
}

static void write_talks(struct training *t, month m)
{
    if (m % 2 == 0) {
        write_course(t, "case sharing", "Won and lost", next_working_day(month_first(m) + 3), 90,
                     "Own people", false);
        write_talk(t, 85);
    }
    if (m % 3 == 1) {
        write_course(t, "self-study", "Reading of the quarter",
                     next_working_day(month_first(m) + 24), 60, "", false);
        write_talk(t, 70);
    }
}

/* Who joined in the month, a week and a day later, has an induction of a day. */
static void write_inductions(struct training *t, month m)
{
    for (int i = 0; i < t->book->npeople; i++) {
        const struct person *p = &t->book->people[i];
        bool late = strcmp(p->key, t->plant->late_induction) == 0;
        day date = next_working_day(day_parse(p->hired) + (late ? 52 : 8));
        bool due = month_of(date) == m && day_parse(p->hired) >= month_first(FIRST_MONTH);
        if (!due || !takes_part(t, i, date) || strcmp(p->key, t->plant->no_induction) == 0)
            continue;
        write_course(t, "induction", "The department", date, 420, "Head office", false);
        write_row(t, i, true, 0, 0);
    }
}

static void write_planned(struct training *t)
{
    month next = LAST_MONTH + 1;
    write_course(t, "special", t->plant->topics[2].name, next_working_day(month_first(next) + 10),
                 180, "Academy", true);
    write_course(t, "case sharing", "Won and lost", next_working_day(month_first(next) + 17), 90,
                 "Own people", false);
}

static const struct plant *plant_of(const struct book *book)
{
    int n = 0;
    while (strcmp(plants[n].book, book->name) != 0)
        n++;
    return &plants[n];
}

void write_training(struct book *book)
{
    struct training t = {
        .book = book, .rng = rng_of(book->name, "training"), .plant = plant_of(book)};
    int exams[NMONTHS];
    draw_abilities(&t);
    count_exams(&t, exams);

    t.courses = csv_open(book->dir, "courses", "course,kind,topic,date,minutes,trainer,pass_mark");
    t.rows = csv_open(book->dir, "training", "course,person,attended,score,score_before");
    for (month m = FIRST_MONTH; m <= LAST_MONTH; m++) {
        t.nth = m % 12 == 0 ? 0 : t.nth;
        write_talks(&t, m);
        write_exams(&t, m, exams[m - FIRST_MONTH]);
        write_inductions(&t, m);
    }
    write_planned(&t);
    csv_close(&t.courses);
    csv_close(&t.rows);
}
