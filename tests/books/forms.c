/* forms: what the people of each department hand in, and when.
 *
 * Planted:
 * - security: Łukasz Wójcik hands in every weekly report late, by some hours or a day; nobody hands
 *   in the competitor sheet, which is asked for since April 2026.
 * - furniture: Wu Xiaoyu hands in every weekly report late; Deng Kai has handed in none since the
 *   week of 14 September 2026; nobody hands in the display check, asked for since June 2026.
 * - tobacco: Lü Bin hands in every weekly report late; Bai Xue has handed in no visit log since
 *   28 September 2026; nobody hands in the awareness sheet, asked for since July 2026. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum every { EACH_DAY, EACH_WEEK, EACH_MONTH };

struct form {
    const char *book, *key, *name, *who;
    enum every every;
    const char *due;
    int weekday; /* of a week: 0 Monday … */
    int after;   /* of a month: the n-th working day after it */
    int hour;    /* by which it is due */
    const char *starts;
    bool unused;
};

static const char *const every_name[] = {"day", "week", "month"};

static const struct form forms[] = {
    {"security", "daily", "Daily work record", "sales", EACH_DAY, "18:30", 0, 0, 18, "2026-05-06",
     false},
    {"security", "weekly", "Weekly report", "sales;regional manager", EACH_WEEK, "Friday 18:00", 4,
     0, 18, "2025-09-29", false},
    {"security", "monthly", "Monthly summary and plan", "sales;regional manager", EACH_MONTH,
     "2 12:00", 0, 2, 12, "2025-09-01", false},
    {"security", "competitors", "Competitor sheet", "sales", EACH_MONTH, "3", 0, 3, 0, "2026-04-01",
     true},
    {"furniture", "weekly", "Weekly report", "sales;export sales;regional manager", EACH_WEEK,
     "Friday 18:00", 4, 0, 18, "2025-09-29", false},
    {"furniture", "monthly", "Monthly report", "regional manager;export sales", EACH_MONTH, "3", 0,
     3, 0, "2025-09-01", false},
    {"furniture", "display", "Display check at dealers", "sales", EACH_MONTH, "3", 0, 3, 0,
     "2026-06-01", true},
    {"tobacco", "visits", "Visit log", "account manager", EACH_DAY, "18:00", 0, 0, 18, "2026-03-02",
     false},
    {"tobacco", "weekly", "Weekly report", "account manager;deputy", EACH_WEEK, "Friday 17:30", 4,
     0, 17, "2025-09-29", false},
    {"tobacco", "monthly", "Monthly report", "account manager;deputy", EACH_MONTH, "2 12:00", 0, 2,
     12, "2025-09-01", false},
    {"tobacco", "awareness", "Awareness sheet", "account manager", EACH_MONTH, "3", 0, 3, 0,
     "2026-07-01", true},
};

struct field {
    const char *book, *form, *field, *type, *hint;
    int lines;
};

static const struct field fields[] = {
    {"security", "daily", "Date", "date", "", 1},
    {"security", "daily", "Customers visited or called", "text", "Name, whom, what came of it", 6},
    {"security", "daily", "Deals moved", "text", "Deal, from which stage to which", 3},
    {"security", "daily", "Tomorrow", "text", "The three most important things", 3},
    {"security", "weekly", "Week", "text", "As 2026-W44", 1},
    {"security", "weekly", "Visits", "number", "Of which first visits", 1},
    {"security", "weekly", "Deals: what moved, what stands", "text",
     "With the next step and its day", 8},
    {"security", "weekly", "Money that came in", "money", "", 1},
    {"security", "weekly", "Help needed", "text", "From whom, until when", 3},
    {"security", "weekly", "Signature", "signature", "", 1},
    {"security", "monthly", "Month", "text", "As 2026-10", 1},
    {"security", "monthly", "Revenue against target", "money", "With the reason for the difference",
     3},
    {"security", "monthly", "Won and lost, and why", "text", "", 6},
    {"security", "monthly", "Plan for next month", "text", "By customer", 8},
    {"security", "monthly", "Signature", "signature", "", 1},
    {"security", "competitors", "Competitor", "text", "", 1},
    {"security", "competitors", "Product and price offered", "text", "As seen, with source", 4},
    {"security", "competitors", "At which customer", "text", "", 2},
    {"furniture", "weekly", "Week", "text", "As 2026-W44", 1},
    {"furniture", "weekly", "Dealers contacted", "number", "Of which for the first time", 1},
    {"furniture", "weekly", "Orders and enquiries", "text", "Dealer, product line, quantity", 6},
    {"furniture", "weekly", "Competitors and prices", "text", "", 3},
    {"furniture", "weekly", "Next week", "text", "Visits, with day", 4},
    {"furniture", "monthly", "Month", "text", "As 2026-10", 1},
    {"furniture", "monthly", "Share of exclusive sales", "number", "In percent", 1},
    {"furniture", "monthly", "Dealers won and lost", "text", "", 4},
    {"furniture", "monthly", "Promotion: planned, done, effect", "text", "", 6},
    {"furniture", "display", "Dealer", "text", "", 1},
    {"furniture", "display", "Display quality", "choice", "good; fair; poor", 1},
    {"furniture", "display", "Photo taken", "check", "", 1},
    {"tobacco", "visits", "Date", "date", "", 1},
    {"tobacco", "visits", "Retailers visited", "number", "", 1},
    {"tobacco", "visits", "Stock and display", "text", "Only what is out of the ordinary", 4},
    {"tobacco", "visits", "Asked for and not to be had", "text", "Brand, cartons", 4},
    {"tobacco", "visits", "Signature", "signature", "", 1},
    {"tobacco", "weekly", "Week", "text", "As 2026-W44", 1},
    {"tobacco", "weekly", "Key brands: cartons and shops", "text", "", 4},
    {"tobacco", "weekly", "Price per carton as seen", "money", "Lowest and highest", 2},
    {"tobacco", "weekly", "What retailers say", "text", "", 6},
    {"tobacco", "monthly", "Month", "text", "As 2026-10", 1},
    {"tobacco", "monthly", "Agreed against ordered", "number", "In cartons", 1},
    {"tobacco", "monthly", "Prediction for next month", "text", "By brand", 8},
    {"tobacco", "awareness", "Retailer", "text", "", 1},
    {"tobacco", "awareness", "Knows the key brands", "choice", "knows; confuses; does not know", 1},
};

/* How somebody deviates from the usual: late or missing in so many of 100 cases, from a day on. */
struct habit {
    const char *book, *person, *form;
    int late, missing;
    const char *from;
};

static const struct habit habits[] = {
    {"security", "lukasz.wojcik", "weekly", 100, 0, "2025-01-01"},
    {"furniture", "wu.xiaoyu", "weekly", 100, 0, "2025-01-01"},
    {"furniture", "deng.kai", "weekly", 0, 100, "2026-09-14"},
    {"tobacco", "lu.bin", "weekly", 100, 0, "2025-01-01"},
    {"tobacco", "bai.xue", "visits", 0, 100, "2026-09-28"},
};

struct submission {
    const char *form, *person;
    char period[16];
    day date;
    int minute;
};

struct tray {
    const struct book *book;
    struct rng rng;
    struct submission *list;
    int n;
};

/* The last day that the book knows. */
static day last_day(const struct book *book)
{
    return book->sales[book->nsales - 1].date;
}

static bool here(const struct person *person, day from, day to)
{
    return day_parse(person->hired) <= from && (!*person->left || to <= day_parse(person->left));
}

static bool hands_in(const struct form *form, const struct person *person)
{
    const char *at = strstr(form->who, person->role);
    size_t n = strlen(person->role);
    while (at && ((at != form->who && at[-1] != ';') || (at[n] && at[n] != ';')))
        at = strstr(at + 1, person->role);
    return at != NULL;
}

static day add_working_days(day date, int n)
{
    while (n-- > 0)
        date = next_working_day(date + 1);
    return date;
}

static void late_and_missing(struct tray *tray, const struct form *form,
                             const struct person *person, day date, int *late, int *missing)
{
    *late = 3 + (int)(strlen(person->name) % 4) * 2;
    *missing = form->every == EACH_MONTH ? 1 : 2;
    for (int i = 0; i < COUNT(habits); i++) {
        const struct habit *h = &habits[i];
        if (strcmp(h->book, tray->book->name) == 0 && strcmp(h->person, person->key) == 0 &&
            strcmp(h->form, form->key) == 0 && day_parse(h->from) <= date) {
            *late = h->late;
            *missing = h->missing;
        }
    }
}

/* In time: in the three hours before. Late: the same evening, or in the morning of the next working
 * day or the one after. */
static void draw_moment(struct tray *tray, const struct form *form, day due, bool late,
                        struct submission *s)
{
    int hour = form->hour ? form->hour : 17;
    int minute = rng_below(&tray->rng, 180);
    int days = rng_range(&tray->rng, 0, 2);
    s->date = due;
    s->minute = hour * 60 - minute;
    if (late && days == 0 && form->hour) {
        s->minute = hour * 60 + 45 + minute;
    } else if (late) {
        s->date = add_working_days(due, days ? days : 1);
        s->minute = 8 * 60 + minute;
    }
}

static void hand_in(struct tray *tray, const struct form *form, const struct person *person,
                    const char *period, day last_working, day due)
{
    int late, missing;
    late_and_missing(tray, form, person, last_working, &late, &missing);
    bool lacks = rng_chance(&tray->rng, missing);
    bool is_late = rng_chance(&tray->rng, late);
    struct submission s = {.form = form->key, .person = person->key};
    draw_moment(tray, form, due, is_late, &s);
    bool owed = hands_in(form, person) && here(person, last_working, due);
    if (form->unused || lacks || !owed || s.date > last_day(tray->book))
        return;
    snprintf(s.period, sizeof s.period, "%s", period);
    tray->list = items_resize(tray->list, (size_t)tray->n + 1, sizeof *tray->list);
    tray->list[tray->n++] = s;
}

static void hand_in_all(struct tray *tray, const struct form *form, const char *period,
                        day last_working, day due)
{
    for (int i = 0; i < tray->book->npeople; i++)
        hand_in(tray, form, &tray->book->people[i], period, last_working, due);
}

static day last_working_day(day first, day last)
{
    while (last >= first && !is_working_day(last))
        last--;
    return last;
}

static void fill_days(struct tray *tray, const struct form *form)
{
    for (day d = day_parse(form->starts); d <= LAST_DAY; d++)
        if (is_working_day(d))
            hand_in_all(tray, form, day_iso(d).text, d, d);
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static struct iso week_iso(day monday)
{
    struct iso iso;
    int year = month_of(monday + 3) / 12;
    int week = (monday + 3 - day_of(year, 1, 1)) / 7 + 1;
    snprintf(iso.text, sizeof iso.text, "%04d-W%02d", year, week);
    return iso;
}

static void fill_weeks(struct tray *tray, const struct form *form)
{
    for (day monday = day_parse(form->starts); monday <= LAST_DAY; monday += 7) {
        day last = last_working_day(monday, monday + 6);
        if (last >= monday)
            hand_in_all(tray, form, week_iso(monday).text, last,
                        next_working_day(monday + form->weekday));
    }
}

static void fill_months(struct tray *tray, const struct form *form)
{
    for (month m = month_of(day_parse(form->starts)); m < LAST_MONTH; m++) {
        day last = last_working_day(month_first(m), month_last(m));
        hand_in_all(tray, form, month_iso(m).text, last,
                    add_working_days(month_last(m), form->after));
    }
}

static int compare_submissions(const void *left, const void *right)
{
    const struct submission *a = left;
    const struct submission *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute - b->minute;
    int forms = strcmp(a->form, b->form);
    return forms ? forms : strcmp(a->person, b->person);
}

static void write_submissions(struct tray *tray)
{
    qsort(tray->list, (size_t)tray->n, sizeof *tray->list, compare_submissions);
    struct csv csv = csv_open(tray->book->dir, "submissions", "form,person,period,submitted_at");
    for (int i = 0; i < tray->n; i++) {
        const struct submission *s = &tray->list[i];
        char at[64];
        snprintf(at, sizeof at, "%s %02d:%02d", day_iso(s->date).text, s->minute / 60,
                 s->minute % 60);
        csv_text(&csv, s->form);
        csv_text(&csv, s->person);
        csv_text(&csv, s->period);
        csv_text(&csv, at);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_definitions(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "forms", "form,name,who,every,due,starts");
    for (int i = 0; i < COUNT(forms); i++) {
        if (strcmp(forms[i].book, book->name) != 0)
            continue;
        csv_text(&csv, forms[i].key);
        csv_text(&csv, forms[i].name);
        csv_text(&csv, forms[i].who);
        csv_text(&csv, every_name[forms[i].every]);
        csv_text(&csv, forms[i].due);
        csv_text(&csv, forms[i].starts);
        csv_end(&csv);
    }
    csv_close(&csv);
}

static void write_fields(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "form_fields", "form,field,type,hint,lines");
    for (int i = 0; i < COUNT(fields); i++) {
        if (strcmp(fields[i].book, book->name) != 0)
            continue;
        csv_text(&csv, fields[i].form);
        csv_text(&csv, fields[i].field);
        csv_text(&csv, fields[i].type);
        csv_text(&csv, fields[i].hint);
        csv_whole(&csv, fields[i].lines);
        csv_end(&csv);
    }
    csv_close(&csv);
}

void write_forms(const struct book *book)
{
    static void (*const fill[])(struct tray *, const struct form *) = {fill_days, fill_weeks,
                                                                       fill_months};
    struct tray tray = {.book = book, .rng = rng_of(book->name, "forms")};
    for (int i = 0; i < COUNT(forms); i++)
        if (strcmp(forms[i].book, book->name) == 0)
            fill[forms[i].every](&tray, &forms[i]);
    write_definitions(book);
    write_fields(book);
    write_submissions(&tray);
    free(tray.list);
}
