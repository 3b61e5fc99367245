#include "engine.h"
#include "folded.h"

/* The as-of date, and the dates that cannot be right: a year mistyped as 2062 would put the whole
 * book into the future. */

/* A day on which some fact of the book happened, and how many rows say so. */
struct fact_day {
    day date;
    size_t nrows, row; /* row and table of the first of them */
    struct table *table;
};
struct fact_days {
    LIST(struct fact_day) list;
};

/* The dates of a `fact:` column are texts, few and often repeated: each is parsed once. A
 * datetime's first ten characters are its date. */
static day *days_of_texts(struct arena *mem, const struct column *c)
{
    day *days = NEW_ARRAY(mem, c->ntexts, day);
    days[0] = DAY_NONE;
    for (size_t text = 1; text < c->ntexts; text++)
        days[text] = day_parse(str_sub(text_at(c, (int64_t)text), 0, 10));
    return days;
}

static void add_fact_days(struct arena *mem, struct fact_days *all, struct table *t)
{
    const struct column *c = &t->columns->at[t->schema->fact];
    const day *days = days_of_texts(mem, c);
    struct fact_day *of_text = NEW_ARRAY(mem, c->ntexts, struct fact_day);
    union cell *cells = NEW_ARRAY(mem, CHUNK_ROWS, union cell);
    for (size_t row = 0; row < t->columns->nrows; row++) {
        if ((row & (CHUNK_ROWS - 1)) == 0)
            column_cells(c, row >> CHUNK_LOG, cells);
        int64_t text = cells[row & (CHUNK_ROWS - 1)].i;
        if (of_text[text].nrows++ == 0)
            of_text[text] = (struct fact_day){days[text], 1, row, t};
    }
    for (size_t text = 1; text < c->ntexts; text++)
        if (of_text[text].nrows)
            PUSH(mem, &all->list, of_text[text]);
}

static int by_date(const void *a, const void *b)
{
    const struct fact_day *x = a, *y = b;
    return (x->date > y->date) - (x->date < y->date);
}

static void add_folded_days(struct arena *mem, struct fact_days *all, struct table *t)
{
    for (size_t i = 0; i < folded_ndays(t->folded); i++) {
        struct folded_day at = folded_day(t->folded, i);
        struct fact_day of = {.date = day_parse(at.day), .nrows = at.rows, .table = t};
        if (str_is_set(at.day))
            PUSH(mem, &all->list, of);
    }
}

static struct fact_days fact_days_of(struct loading *l)
{
    struct fact_days all = {0};
    for (size_t i = 0; i < l->dataset->tables.n; i++) {
        struct table *t = l->dataset->tables.at[i];
        if (t->folded)
            add_folded_days(l->scratch, &all, t);
        else if (t->schema->fact >= 0)
            add_fact_days(l->scratch, &all, t);
    }
    if (all.list.n)
        qsort(all.list.at, all.list.n, sizeof *all.list.at, by_date);
    return all;
}

/* How many days the latest date may lie after all others: 31, or where the book is sparser twice
 * the longest pause that it has. */
static int longest_leap(const struct fact_days *all, size_t n)
{
    int pause = 0;
    for (size_t i = 1; i < n; i++) {
        int gap = all->list.at[i].date - all->list.at[i - 1].date;
        pause = gap > pause ? gap : pause;
    }
    return 2 * pause > 31 ? 2 * pause : 31;
}

static void set_far_row_aside(struct loading *l, const struct fact_day *far, int days_after)
{
    struct late_defects late = {0};
    const struct schema *s = far->table->schema;
    struct late_defect found = {
        .row = far->row,
        .defect = {.id = DIAG_DATE_FAR,
                   .field = s->fact,
                   .value = day_iso(l->scratch, far->date),
                   .args = {s->field[s->fact].name, arena_printf(l->scratch, "%d", days_after)}},
    };
    PUSH(l->scratch, &late.list, found);
    set_aside_late(l, far->table, &late);
}

/* One row alone may be mistyped; several on one day, or a book that has only one other day, may not
 * be doubted. Repeated, for there may be two such rows. */
static void set_far_dates_aside(struct loading *l, struct fact_days *all)
{
    while (all->list.n > 2 && !l->stop) {
        const struct fact_day *last = &all->list.at[all->list.n - 1];
        int days_after = last->date - last[-1].date;
        if (last->nrows > 1 || days_after <= longest_leap(all, all->list.n - 1))
            return;
        l->again |= last->table->folded != NULL;
        if (l->again)
            return;
        set_far_row_aside(l, last, days_after);
        *all = fact_days_of(l); /* row numbers have moved */
    }
}

day latest_fact(struct loading *l)
{
    struct fact_days all = fact_days_of(l);
    return all.list.n ? all.list.at[all.list.n - 1].date : DAY_NONE;
}

void set_as_of(struct loading *l)
{
    struct dataset *d = l->dataset;
    struct fact_days all = fact_days_of(l);
    d->as_of = l->options->as_of;
    if (d->as_of == DAY_NONE) {
        set_far_dates_aside(l, &all);
        d->as_of = all.list.n ? all.list.at[all.list.n - 1].date : DAY_NONE;
        day asked = engines_latest(l);
        d->as_of = asked > d->as_of ? asked : d->as_of; /* DAY_NONE is before every day */
    }
    for (size_t i = 0; i < d->tables.n; i++)
        d->tables.at[i]->as_of = d->as_of;
}

static bool has_days(const struct table *t)
{
    for (size_t i = 0; i < t->schema->nfields; i++) {
        enum type type = t->schema->field[i].type;
        if (type == TYPE_date || type == TYPE_datetime || type == TYPE_month || type == TYPE_period)
            return true;
    }
    return false;
}

/* Templates of which no table has a `fact:` ask for no day. */
static bool any_fact(const struct dataset *d)
{
    for (size_t i = 0; i < d->tables.n; i++)
        if (d->tables.at[i]->schema->fact >= 0)
            return true;
    return false;
}

void tell_no_day(struct loading *l)
{
    struct dataset *d = l->dataset;
    if (d->as_of != DAY_NONE || !any_fact(d))
        return;
    for (size_t i = 0; i < d->tables.n; i++) {
        const struct table *t = d->tables.at[i];
        if (t->schema->dimension || t->columns->nrows == 0 || !has_days(t))
            continue;
        diags_add(l->diags, DIAG_DATE_NONE, ((struct place){.file = l->options->shown}),
                  t->schema->name);
        return;
    }
}
