#include "book.h"

#include <string.h>

/* ---- the plan ---- */

/* Of n things planned in a year, those of one month: spread evenly, each seat beginning
 * elsewhere. */
static int spread(int n, int seat, month m)
{
    int at = m % 12 + seat * 5;
    return (at + 1) * n / 12 - at * n / 12;
}

int64_t plan_revenue(const struct book *book, int seat, month m)
{
    int64_t weight[12];
    int64_t part[12];
    for (int i = 0; i < 12; i++)
        weight[i] = book->season[i];
    share_out(book->seats[seat].plan[m / 12 - 2024], weight, 12, part);
    return part[m % 12] * 100000;
}

static int64_t plan_new_customers(const struct book *book, int seat, month m)
{
    return spread(book->seats[seat].new_customers, seat, m);
}

static int64_t plan_visits(const struct book *book, int seat, month m)
{
    (void)m;
    return book->seats[seat].visits;
}

/* What was planned to be sold three months before: so long it takes to be invoiced and paid. */
static int64_t plan_collections(const struct book *book, int seat, month m)
{
    enum { MONTHS_TO_PAY = 3 };
    return plan_revenue(book, seat, m - MONTHS_TO_PAY);
}

static int bent(const struct book *book, int seat, month m)
{
    for (int i = 0; i < book->nbends; i++) {
        const struct bend *bend = &book->bends[i];
        if (bend->seat == seat && bend->from <= m && m <= bend->to)
            return bend->per_mille;
    }
    return 1000;
}

void book_plan(struct book *book)
{
    for (int seat = 0; seat < book->nseats; seat++) {
        for (month m = FIRST_MONTH; m <= LAST_MONTH; m++) {
            int64_t wanted = plan_revenue(book, seat, m) * book->mood[m - FIRST_MONTH] / 1000;
            wanted = wanted * bent(book, seat, m) / 1000;
            int noise = rng_range(&book->rng, -book->noise, book->noise);
            book->wanted[seat][m - FIRST_MONTH] = wanted * (1000 + noise) / 1000;
        }
    }
}

/* ---- targets ---- */

struct goal {
    const char *kind;
    bool is_money;
    int64_t (*plan)(const struct book *book, int seat, month m);
};

static const struct goal goals[] = {
    {"revenue", true, plan_revenue},
    {"new_customers", false, plan_new_customers},
    {"visits", false, plan_visits},
};

enum { VISITS = 2 };

static const struct goal collections = {"collections", true, plan_collections};

enum level { COMPANY, AREA, TEAM, PERSON };
static const char *const level_names[] = {"company", "region", "team", "person"};

/* Whose target: an area, team or person by its key; the company has none. */
struct scope {
    enum level level;
    const char *key;
};

static bool in_scope(const struct person *person, struct scope scope)
{
    const char *key[] = {[COMPANY] = scope.key,
                         [AREA] = person->region,
                         [TEAM] = person->team,
                         [PERSON] = person->key};
    return strcmp(key[scope.level], scope.key) == 0;
}

/* What a planted gap adds to the area's target and to the company's. */
static int64_t gap_of(const struct book *book, struct scope scope, month m)
{
    int64_t cents = 0;
    for (int i = 0; i < book->ngaps; i++) {
        const struct gap *gap = &book->gaps[i];
        bool above =
            scope.level == COMPANY || (scope.level == AREA && strcmp(scope.key, gap->area) == 0);
        if (above && gap->from <= m && m <= gap->to)
            cents += gap->thousands * INT64_C(100000);
    }
    return cents;
}

static int64_t target(const struct book *book, const struct goal *goal, struct scope scope, month m)
{
    int64_t sum = goal->plan == plan_revenue ? gap_of(book, scope, m) : 0;
    for (int seat = 0; seat < book->nseats; seat++) {
        int person = holder(book, seat, m);
        if (person >= 0 && in_scope(&book->people[person], scope))
            sum += goal->plan(book, seat, m);
    }
    return sum;
}

static void target_row(struct csv *csv, const char *period, struct scope scope,
                       const struct goal *goal, int64_t amount, const char *state)
{
    csv_text(csv, period);
    csv_text(csv, level_names[scope.level]);
    csv_text(csv, scope.key);
    csv_text(csv, goal->kind);
    if (goal->is_money)
        csv_money(csv, amount);
    else
        csv_whole(csv, amount);
    csv_text(csv, state);
    csv_end(csv);
}

/* A person has a target only while employed. */
static bool has_target(const struct book *book, struct scope scope, month from, int n)
{
    for (int seat = 0; seat < book->nseats; seat++) {
        for (month m = from; m < from + n; m++) {
            int person = holder(book, seat, m);
            if (person >= 0 && in_scope(&book->people[person], scope))
                return true;
        }
    }
    return false;
}

/* The target of n months that begin with `from`. */
static void write_period(struct csv *csv, const struct book *book, const struct goal *goal,
                         struct scope scope, const char *period, month from, int n)
{
    if (!has_target(book, scope, from, n))
        return;
    int64_t sum = 0;
    for (month m = from; m < from + n; m++)
        sum += target(book, goal, scope, m);
    target_row(csv, period, scope, goal, sum, "agreed");
}

static void write_year(struct csv *csv, const struct book *book, const struct goal *goal,
                       struct scope scope, int year)
{
    char period[16];
    snprintf(period, sizeof period, "%d", year);
    write_period(csv, book, goal, scope, period, MONTH(year, 1), 12);
    for (int quarter = 0; quarter < 4; quarter++) {
        snprintf(period, sizeof period, "%d-Q%d", year, quarter + 1);
        write_period(csv, book, goal, scope, period, MONTH(year, 3 * quarter + 1), 3);
    }
    for (month m = MONTH(year, 1); m <= MONTH(year, 12); m++)
        write_period(csv, book, goal, scope, month_iso(m).text, m, 1);
}

static void write_proposed(struct csv *csv, const struct book *book, struct scope scope)
{
    int64_t sum = 0;
    for (month m = MONTH(2026, 1); m <= MONTH(2026, 12); m++)
        sum += target(book, &goals[0], scope, m);
    target_row(csv, "2027", scope, &goals[0], sum / 1000000 * 1100000, "proposed");
}

/* True for the first seat of its area, or for the first person of a team. */
static bool is_first_seat(const struct book *book, int seat)
{
    for (int i = 0; i < seat; i++)
        if (strcmp(book->seats[i].area, book->seats[seat].area) == 0)
            return false;
    return true;
}

static bool is_first_seller(const struct book *book, int person)
{
    for (int i = 0; i < person; i++)
        if (book->people[i].seat != NO_SEAT &&
            strcmp(book->people[i].team, book->people[person].team) == 0)
            return false;
    return book->people[person].seat != NO_SEAT;
}

static void write_scopes(struct csv *csv, const struct book *book, const struct goal *goal,
                         int year, bool teams)
{
    write_year(csv, book, goal, (struct scope){COMPANY, ""}, year);
    for (int seat = 0; seat < book->nseats; seat++)
        if (is_first_seat(book, seat))
            write_year(csv, book, goal, (struct scope){AREA, book->seats[seat].area}, year);
    for (int i = 0; teams && i < book->npeople; i++)
        if (is_first_seller(book, i))
            write_year(csv, book, goal, (struct scope){TEAM, book->people[i].team}, year);
    for (int i = 0; i < book->npeople; i++)
        if (book->people[i].seat != NO_SEAT)
            write_year(csv, book, goal, (struct scope){PERSON, book->people[i].key}, year);
}

static bool has_goal(const struct book *book, const struct goal *goal)
{
    for (int seat = 0; seat < book->nseats; seat++)
        for (month m = MONTH(2026, 1); m <= MONTH(2026, 12); m++)
            if (goal->plan(book, seat, m))
                return true;
    return false;
}

void write_targets(const struct book *book, bool teams, bool proposed)
{
    struct csv csv = csv_open(book->dir, "targets", "period,scope,of,kind,amount,state");
    for (int year = 2025; year <= 2026; year++)
        for (int i = 0; i < COUNT(goals); i++)
            if (has_goal(book, &goals[i]))
                write_scopes(&csv, book, &goals[i], year, teams);
    if (proposed) {
        write_proposed(&csv, book, (struct scope){COMPANY, ""});
        for (int seat = 0; seat < book->nseats; seat++)
            if (is_first_seat(book, seat))
                write_proposed(&csv, book, (struct scope){AREA, book->seats[seat].area});
    }
    for (int year = 2025; year <= 2026 && book->collects; year++)
        write_scopes(&csv, book, &collections, year, teams);
    csv_close(&csv);
}

/* ---- results ---- */

void write_results(struct book *book)
{
    struct csv csv = csv_open(book->dir, "results", "month,person,kind,value");
    for (month m = FIRST_MONTH; m <= LAST_MONTH; m++) {
        for (int seat = 0; seat < book->nseats; seat++) {
            int planned = (int)goals[VISITS].plan(book, seat, m);
            csv_text(&csv, month_iso(m).text);
            csv_text(&csv, book->people[holder(book, seat, m)].key);
            csv_text(&csv, goals[VISITS].kind);
            int counted = planned * rng_range(&book->rng, 850, 1120) / 1000;
            book->visits[seat][m - FIRST_MONTH] = counted;
            csv_whole(&csv, counted);
            csv_end(&csv);
        }
    }
    csv_close(&csv);
}
