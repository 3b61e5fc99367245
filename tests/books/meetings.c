/* meetings: those of the vendor, who came, and what was decided. Morning meetings stand in the list
 * since September 2026.
 *
 * Planted: José Núñez misses the weekly meeting since July 2026 but for every fifth; an action
 * of Tang Yong, decided on 2026-05-25, was due on 2026-06-12 and is still open. */
#include "book.h"

#include <string.h>

static const char *const texts[] = {
    "Call the customers whose invoices are overdue",
    "Send the revised offer",
    "Ask for a date for the test installation",
    "Name the decision maker of each open deal",
    "Write down what the competitor offered",
    "Agree the visits of next week with the regional manager",
    "Check the stock of the appliance before the tender",
    "Prepare the training on the new release",
};

struct minutes {
    const struct book *book;
    struct rng rng;
    struct csv meetings, attendance, actions;
    int nactions;
    day today;
};

static bool here(const struct person *person, day date)
{
    return day_parse(person->hired) <= date && (!*person->left || date <= day_parse(person->left));
}

static void write_invited(struct minutes *m, const char *meeting, const char *kind, day date)
{
    for (int i = 0; i < m->book->npeople; i++) {
        const struct person *person = &m->book->people[i];
        if (!here(person, date))
            continue;
        bool came = !rng_chance(&m->rng, 6);
        if (strcmp(person->key, "jose.nunez") == 0 && strcmp(kind, "weekly") == 0 &&
            date >= day_of(2026, 7, 1))
            came = date / 7 % 5 == 0;
        csv_text(&m->attendance, meeting);
        csv_text(&m->attendance, person->key);
        csv_text(&m->attendance, date > m->today ? "" : came ? "yes" : "no");
        csv_end(&m->attendance);
    }
}

static void write_action(struct minutes *m, const char *meeting, const char *owner,
                         const char *text, day due, day done)
{
    char key[24];
    snprintf(key, sizeof key, "A-%03d", m->nactions++);
    csv_text(&m->actions, key);
    csv_text(&m->actions, meeting);
    csv_text(&m->actions, owner);
    csv_text(&m->actions, text);
    csv_day(&m->actions, due);
    csv_day(&m->actions, done <= m->today ? done : 0);
    csv_end(&m->actions);
}

/* One of the people who are here now, so that no old action is left behind. */
static const struct person *draw_owner(struct minutes *m)
{
    const struct person *person;
    do
        person = &m->book->people[rng_below(&m->rng, m->book->npeople)];
    while (!here(person, m->today) || !here(person, m->today - 400));
    return person;
}

static void decide(struct minutes *m, const char *meeting, day date)
{
    int n = rng_below(&m->rng, 3);
    for (int i = 0; i < n && date <= m->today; i++) {
        const struct person *owner = draw_owner(m);
        const char *text = texts[rng_below(&m->rng, COUNT(texts))];
        day due = next_working_day(date + rng_range(&m->rng, 7, 18));
        bool late = rng_chance(&m->rng, 18);
        int days = rng_range(&m->rng, 1, 6);
        write_action(m, meeting, owner->key, text, due, late ? due + days + 2 : due - days);
    }
}

static void hold(struct minutes *m, const char *kind, day date, const char *start, int minutes,
                 const char *place)
{
    char key[48];
    snprintf(key, sizeof key, "%s-%s", kind, day_iso(date).text);
    csv_text(&m->meetings, key);
    csv_text(&m->meetings, kind);
    csv_day(&m->meetings, date);
    csv_text(&m->meetings, start);
    csv_whole(&m->meetings, minutes);
    csv_text(&m->meetings, "chen.guohua");
    csv_text(&m->meetings, place);
    csv_end(&m->meetings);
    write_invited(m, key, kind, date);
    if (strcmp(kind, "morning") == 0)
        return;
    if (strcmp(kind, "weekly") == 0 && date == day_of(2026, 5, 25))
        write_action(m, key, "tang.yong",
                     "Win back the renewal of the Jinsha Data Bureau: plan with names and days",
                     day_of(2026, 6, 12), m->today + 1);
    decide(m, key, date);
}

void write_meetings(const struct book *book)
{
    struct minutes m = {
        .book = book,
        .rng = rng_of(book->name, "meetings"),
        .meetings = csv_open(book->dir, "meetings", "meeting,kind,date,start,minutes,chair,place"),
        .attendance = csv_open(book->dir, "attendance", "meeting,person,attended"),
        .actions = csv_open(book->dir, "actions", "action,meeting,owner,text,due,done"),
        .today = book->sales[book->nsales - 1].date};
    for (day d = day_of(2025, 10, 1); d <= day_of(2026, 11, 30); d++) {
        if (!is_working_day(d))
            continue;
        if (d >= day_of(2026, 9, 1))
            hold(&m, "morning", d, "08:30", 15, "By telephone");
        /* On the first working day of a week, and on the second of a month. */
        if (d == next_working_day(d - weekday(d)))
            hold(&m, "weekly", d, "09:00", 60, "Room 301");
        if (d == next_working_day(next_working_day(month_first(month_of(d))) + 1))
            hold(&m, "monthly", d, "14:00", 120, "Room 301");
    }
    csv_close(&m.meetings);
    csv_close(&m.attendance);
    csv_close(&m.actions);
}
