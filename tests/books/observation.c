/* Observations of the books "security" and "tobacco", January to October 2026: who is here is
 * talked with by their manager every 5 to 14 days; once in two months each team has an event. A
 * follow-up is done within three weeks.
 *
 * Planted: Luo Dan (security) was not talked with since 2026-08-28, Lü Bin (tobacco) not since
 * 2026-08-26; a follow-up about José Núñez of 2026-09-08 and one about Bai Xue of 2026-09-10 are
 * open. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST = MONTH(2026, 1),
    LAST_FACT = LAST_DAY - 1, /* 2026-10-30, the last working day */
};

struct remark {
    const char *kind, *note, *follow_up;
};

static const struct remark remarks[] = {
    {"mood", "calm, says the month goes well", ""},
    {"mood", "tired after two weeks of travelling", "plan fewer trips next week"},
    {"mood", "proud of the last order", ""},
    {"mood", "annoyed about late answers from the office", "speak with operations"},
    {"mood", "quiet in the morning meeting", "ask again in a week"},
    {"method", "prepares visits in writing now", ""},
    {"method", "explains the product before asking about the need", "practise opening questions"},
    {"method", "skips the note after the visit", "show how to write it in five minutes"},
    {"method", "plans the week by customer, not by town", "go through the route together"},
    {"method", "uses the price list well, gives no discount", ""},
    {"debrief", "went through the last three visits", ""},
    {"debrief", "customer asks for what we do not offer, no next step agreed",
     "agree on a next step"},
    {"debrief", "the decision maker was not in the room", "find out who decides"},
    {"debrief", "good visit, the customer named a date", ""},
    {"debrief", "went through the customers of the week", ""},
};

static const char *const events[] = {"dinner of the group", "walk in the hills", "table tennis",
                                     "evening of singing", "birthday"};

/* A person who is not talked with after a day. */
struct silence {
    const char *book, *person, *since;
};

static const struct silence silences[] = {
    {"security", "luo.dan", "2026-08-28"},
    {"tobacco", "lu.bin", "2026-08-26"},
};

/* A follow-up that nobody has done. */
struct open_end {
    const char *book, *person, *date, *kind, *note, *follow_up;
};

static const struct open_end open_ends[] = {
    {"security", "jose.nunez", "2026-09-08", "debrief",
     "three customers have not been visited since July", "visit all three together"},
    {"tobacco", "bai.xue", "2026-09-10", "mood", "has lost heart over the figures",
     "agree on a goal that can be reached"},
};

struct observation {
    day date;
    int person, number;
    const char *kind, *note, *follow_up;
    day done;
};

struct observations {
    struct observation *at;
    int n;
};

static void add(struct observations *all, struct observation o)
{
    all->at = items_resize(all->at, (size_t)all->n + 1, sizeof *all->at);
    o.number = all->n;
    all->at[all->n++] = o;
}

static bool is_here(const struct person *p, day date)
{
    return strcmp(p->hired, day_iso(date).text) <= 0 &&
           (!*p->left || strcmp(p->left, day_iso(date).text) > 0);
}

static day silent_since(const struct book *book, const char *person)
{
    for (int i = 0; i < COUNT(silences); i++)
        if (strcmp(silences[i].book, book->name) == 0 && strcmp(silences[i].person, person) == 0)
            return day_parse(silences[i].since);
    return LAST_FACT;
}

/* What was to be done is done some days later, unless that day is still to come. */
static day done_on(struct rng *rng, day date)
{
    day done = next_working_day(date + rng_range(rng, 2, 12));
    return done <= LAST_FACT ? done : 0;
}

static void talk(struct rng *rng, struct observations *all, int person, day date)
{
    const struct remark *r = &remarks[rng_below(rng, COUNT(remarks))];
    day done = done_on(rng, date);
    add(all, (struct observation){.date = date,
                                  .person = person,
                                  .kind = r->kind,
                                  .note = r->note,
                                  .follow_up = r->follow_up,
                                  .done = *r->follow_up ? done : 0});
}

static void add_talks(const struct book *book, struct rng *rng, struct observations *all)
{
    for (int i = 0; i < book->npeople; i++) {
        const struct person *p = &book->people[i];
        if (!*p->manager)
            continue;
        day last = silent_since(book, p->key);
        day date = month_first(FIRST) + rng_range(rng, 1, 14);
        for (date = next_working_day(date); date < last;
             date = next_working_day(date + rng_range(rng, 5, 14)))
            if (is_here(p, date))
                talk(rng, all, i, date);
        if (last < LAST_FACT)
            talk(rng, all, i, last);
    }
}

static void add_events(const struct book *book, struct rng *rng, struct observations *all)
{
    for (month m = FIRST; m <= LAST_MONTH; m += 2) {
        int first = rng_below(rng, COUNT(events));
        for (int i = 0; i < book->npeople; i++) {
            const struct person *p = &book->people[i];
            day date = next_working_day(month_first(m) + 12 + (int)strlen(p->team) % 9);
            if (*p->manager && is_here(p, date))
                add(all, (struct observation){
                             .date = date,
                             .person = i,
                             .kind = "event",
                             .note = events[(first + (int)strlen(p->team)) % COUNT(events)],
                             .follow_up = ""});
        }
    }
}

static int person_index(const struct book *book, const char *key)
{
    int i = 0;
    while (strcmp(book->people[i].key, key) != 0)
        i++;
    return i;
}

static void add_open_ends(const struct book *book, struct observations *all)
{
    for (int i = 0; i < COUNT(open_ends); i++) {
        const struct open_end *o = &open_ends[i];
        if (strcmp(o->book, book->name) == 0)
            add(all, (struct observation){.date = day_parse(o->date),
                                          .person = person_index(book, o->person),
                                          .kind = o->kind,
                                          .note = o->note,
                                          .follow_up = o->follow_up});
    }
}

static int by_date(const void *a, const void *b)
{
    const struct observation *x = a, *y = b;
    return x->date != y->date ? x->date - y->date : x->number - y->number;
}

void write_observation(const struct book *book)
{
    struct rng rng = rng_of(book->name, "observations");
    struct observations all = {0};
    add_talks(book, &rng, &all);
    add_events(book, &rng, &all);
    add_open_ends(book, &all);
    qsort(all.at, (size_t)all.n, sizeof *all.at, by_date);

    struct csv csv = csv_open(book->dir, "observations", "date,person,by,kind,note,follow_up,done");
    for (int i = 0; i < all.n; i++) {
        const struct observation *o = &all.at[i];
        csv_day(&csv, o->date);
        csv_text(&csv, book->people[o->person].key);
        csv_text(&csv, book->people[o->person].manager);
        csv_text(&csv, o->kind);
        csv_text(&csv, o->note);
        csv_text(&csv, o->follow_up);
        csv_day(&csv, o->done);
        csv_end(&csv);
    }
    csv_close(&csv);
    free(all.at);
}
