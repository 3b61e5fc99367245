#include "closed.h"
#include "publish.h"

#include <math.h>
#include <string.h>

/* A figure of a closed month that is other than it was published. First the prints of rows are
 * compared: where all are as they were, no figure can be other, and the reports are not made
 * again. */

/* ---- one month ---- */

struct comparison {
    struct arena *mem;
    const struct opened *o;
    int jobs;
    const struct closed *then;
    figure_list now;
    struct map was; /* page, block, key, name → struct closed_row, NULL once it has been met */
    struct map then_known, now_known; /* page, block, name */
    struct restated *restated;
};

static str name_of(struct arena *mem, const struct closed_row *r, bool with_key)
{
    str key = with_key ? r->key : S("");
    return arena_printf(mem, "%zu:" STR_FMT "%zu:" STR_FMT "%zu:" STR_FMT STR_FMT, r->page.n,
                        STR_ARG(r->page), r->block.n, STR_ARG(r->block), key.n, STR_ARG(key),
                        STR_ARG(r->name));
}

/* The figure that a closed month has, as one of this type. Money is of whole smallest units, but
 * for a mean. */
static struct value value_of(const struct opened *o, str text, enum type type)
{
    double x = 0;
    parse_number(text, &x);
    if (type == TYPE_money) {
        double units = x * (double)money_unit(&o->book->lang);
        double slack = fmax(1e-6, 4e-16 * fabs(units)); /* of the product of two doubles */
        x = fabs(units - round(units)) < slack ? round(units) : units;
    }
    return (struct value){.kind = VALUE_REAL, .r = x};
}

/* Sums of real numbers in another order may differ in their last digits; whole numbers do not. */
static bool is_same(struct value was, struct value now)
{
    double x = value_number(was), y = value_number(now);
    double slack = now.kind == VALUE_INT ? 1e-15 : 1e-9;
    return fabs(x - y) <= slack * fmax(fabs(x), fabs(y));
}

static void add(struct comparison *c, const struct figure *f, struct value was, struct value now)
{
    struct restated_figure r = {
        .month = c->then->month,
        .page = f->row.page,
        .report = f->report,
        .of = f->of,
        .block = f->row.block,
        .title = f->title,
        .key = f->row.key,
        .kind = f->kind,
        .name = f->row.name,
        .label = f->label,
        .tables = f->tables,
        .was = was,
        .now = now,
        .type = f->type,
    };
    PUSH(c->mem, &c->restated->figures, r);
}

/* The figures of now, against those of then. A column that only one of them has is no figure
 * restated: the template is another. */
static void compare_now(struct comparison *c)
{
    for (size_t i = 0; i < c->now.n; i++) {
        const struct figure *f = &c->now.at[i];
        if (!map_get(&c->then_known, name_of(c->mem, &f->row, false)))
            continue;
        void **slot = map_put(&c->was, name_of(c->mem, &f->row, true));
        const struct closed_row *row = *slot;
        struct value was = row ? value_of(c->o, row->value, f->type) : (struct value){0};
        *slot = NULL;
        if (!row || !is_same(was, f->value))
            add(c, f, was, f->value);
    }
}

/* Rows that are gone: they are told by a figure of the same column. */
static void compare_then(struct comparison *c)
{
    for (size_t i = 0; i < c->then->figures.n; i++) {
        const struct closed_row *row = &c->then->figures.at[i];
        const struct figure *like = map_get(&c->now_known, name_of(c->mem, row, false));
        if (!like || !map_get(&c->was, name_of(c->mem, row, true)))
            continue;
        struct figure f = *like;
        f.row = *row;
        add(c, &f, value_of(c->o, row->value, f.type), (struct value){0});
    }
}

static void compare(struct comparison *c)
{
    map_init(&c->was, c->mem);
    map_init(&c->then_known, c->mem);
    map_init(&c->now_known, c->mem);
    for (size_t i = 0; i < c->then->figures.n; i++) {
        struct closed_row *row = &c->then->figures.at[i];
        *map_put(&c->was, name_of(c->mem, row, true)) = row;
        *map_put(&c->then_known, name_of(c->mem, row, false)) = row;
    }
    for (size_t i = 0; i < c->now.n; i++)
        *map_put(&c->now_known, name_of(c->mem, &c->now.at[i].row, false)) = &c->now.at[i];
    compare_now(c);
    compare_then(c);
}

/* ---- what is kept of a month ----
 * What a worker told of it, under the hash of all that it was made of: templates, settings,
 * program, the file of the closed month, and the rows of all tables as they are seen at its end.
 * Blobs are checked by a hash when they are got, which is enough against accidents; and a text that
 * is none of figures of the month is as if there were none. */

struct months {
    struct opened *o;
    LIST(const struct closed *) changed;
    struct restated *restated;
    struct blobs *kept; /* or NULL */
    struct hash128 key; /* of what all months depend on */
    int jobs;           /* of the work of one month; 0 is 1 */
    size_t ntaken;
    struct running *running; /* or NULL */
};

enum { KEPT_MOST = 8 << 20 };

/* A report that is asked for by name has figures too. */
static void months_kept(struct months *m, str path)
{
    const struct opened *o = m->o;
    struct hasher *h = hasher_new(o->mem);
    struct hash128 documents = documents_key(o->mem, o->book);
    hasher_add(h, (str){(const char *)&documents, sizeof documents});
    for (size_t i = 0; i < o->npages; i++)
        hasher_add(h, o->page[i]->name);
    m->key = hasher_end(h);
    m->kept = blobs_open(o->mem, path, program_sources(), KEPT_MOST);
}

/* False where nothing can be kept of a month. */
static bool key_of(const struct months *m, struct arena *mem, const struct closed *c,
                   struct hash128 *key)
{
    struct hash128 rows;
    if (!m->kept || !rows_print(mem, dataset_as_of(mem, m->o->data, month_last(c->month)), &rows))
        return false;
    const struct hash128 of[] = {m->key, c->print, rows};
    *key = hash128_of((str){(const char *)of, sizeof of});
    return true;
}

/* ---- all months ---- */

/* What a worker tells of a month: one of these, and its figures as text. */
static const char TAKEN = '=', COMPARED = '+';

/* Whether what is told is a matter of what is in the key alone. */
static bool tell_compared(struct comparison *c, struct buf *told)
{
    struct diags unheard; /* what is wrong with templates the build says anyway */
    struct opened from = *c->o;
    bool by_rows = false;

    diags_init(&unheard, c->mem);
    from.load.jobs = c->jobs;
    bool ok = figures_of(c->mem, &from, c->then->month, &c->now, &by_rows, &unheard);
    if (ok)
        compare(c);
    restated_put(told, c->mem, c->restated);
    return ok && by_rows && !unheard.nerrors;
}

static bool compare_month(void *arg, void *state, size_t unit, struct diags *diags,
                          struct buf *told)
{
    const struct months *m = arg;
    struct restated found = {0};
    struct comparison c = {.mem = diags->mem,
                           .o = m->o,
                           .jobs = m->jobs,
                           .then = m->changed.at[unit],
                           .restated = &found};
    struct hash128 key;

    (void)state;
    bool has_key = key_of(m, c.mem, c.then, &key);
    str kept = has_key ? blobs_get(m->kept, key) : (str){0};
    if (str_is_set(kept) && restated_take(c.mem, kept, c.then->month, &found)) {
        buf_addc(told, TAKEN);
        buf_add(told, kept);
        return true;
    }
    found = (struct restated){0};
    buf_addc(told, COMPARED);
    if (tell_compared(&c, told) && has_key) {
        blobs_put(m->kept, key, str_sub(buf_str(told), 1, told->n));
        blobs_flush(m->kept);
    }
    return true;
}

static void take_month(void *arg, str told)
{
    struct months *m = arg;
    m->ntaken += told.n && told.p[0] == TAKEN;
    restated_take(m->o->mem, str_sub(told, 1, told.n), -1, m->restated);
}

/* The year up to the as-of date: what is older no page speaks of. */
static bool is_shown(day as_of, int month)
{
    return as_of != DAY_NONE && month_last(month) <= as_of && month >= month_of(as_of) - 12;
}

static void start_comparing(struct months *m, const struct open_options *options)
{
    struct work work = {.arg = m,
                        .unit = compare_month,
                        .tell = take_month,
                        .nunits = m->changed.n,
                        .nworkers = options->jobs > 1 ? options->jobs : 1};
    if (!work.nunits)
        return;
    m->jobs = work.nworkers / (int)work.nunits;
    if (options->restated.n && !m->o->data->engines)
        months_kept(m, options->restated);
    m->running = work_start(&work);
}

/* Waits for what is compared. False with diagnostics. */
static bool await_months(void *arg, struct diags *diags)
{
    struct months *m = arg;
    bool ok = !m->running || work_finish(m->running, diags);
    m->running = NULL;
    blobs_close(m->kept);
    m->kept = NULL;
    m->o->nchanged_taken = m->ntaken;
    return ok;
}

/* Whether rows of a folded table are other than they were: in which lines they stand, only rows
 * say. */
static bool any_is_folded(const struct dataset *d, const struct restated *restated)
{
    for (size_t i = 0; i < restated->rows.n; i++)
        if (dataset_table(d, restated->rows.at[i].table)->folded)
            return true;
    return false;
}

bool note_restated(struct opened *o, const struct open_options *options, struct diags *diags)
{
    const closed_list list = o->closed->list;
    struct months *m = NEW(o->mem, struct months);
    *m = (struct months){.o = o, .restated = NEW(o->mem, struct restated)};

    diags_append(diags, &o->closed->diags);
    store_restated(o->store, m->restated, await_months, m);
    struct rows_known *known = list.n ? rows_known(o->mem, o->data) : NULL;
    /* Rows that an engine has leave no prints: only the figures tell whether they are as they
     * were. */
    for (size_t i = 0; i < list.n; i++)
        if (is_shown(o->data->as_of, list.at[i].month) &&
            (rows_changed(known, o->mem, &list.at[i], m->restated) || o->data->engines))
            PUSH(o->mem, &m->changed, (const struct closed *)&list.at[i]);
    o->lacks_rows = any_is_folded(o->data, m->restated);
    if (o->lacks_rows)
        return true;
    o->nchanged = m->changed.n;
    start_comparing(m, options);
    /* One process at a time is what a single job means. */
    bool ok = options->jobs > 1 || await_months(m, diags);
    return ok && o->closed->ok;
}
