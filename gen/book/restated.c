#include "closed.h"

#include <math.h>
#include <string.h>

/* A figure of a closed month that is other than it was published. First the prints of rows are
 * compared: where all are as they were, no figure can be other, and the reports are not made again.
 */

/* ---- one month ---- */

struct comparison {
    struct arena *mem;
    const struct opened *o;
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

/* The figure that a closed month has, as one of this type. */
static struct value value_of(const struct opened *o, str text, enum type type)
{
    double x = 0;
    parse_number(text, &x);
    if (type == TYPE_money)
        x = round(x * (double)money_unit(&o->book->lang));
    return (struct value){.kind = VALUE_REAL, .r = x};
}

/* Sums of real numbers in another order may differ in their last digits. */
static bool is_same(struct value a, struct value b)
{
    double x = value_number(a), y = value_number(b);
    return fabs(x - y) <= 1e-9 * fmax(fabs(x), fabs(y));
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

/* ---- what a worker tells of a month: its figures, text by text ---- */

enum { NTEXTS = 11 };

static void texts_of(struct restated_figure *f, str **text)
{
    str *all[] = {&f->page, &f->report, &f->of,   &f->block, &f->title,
                  &f->key,  &f->kind,   &f->name, &f->label, &f->tables};
    memcpy(text, all, sizeof all);
}

/* With its length before it; an unset one has none. */
static void put_text(struct buf *out, str text)
{
    if (str_is_set(text))
        buf_addf(out, "%zu", text.n);
    buf_addf(out, ":" STR_FMT, STR_ARG(text));
}

static str take_text(struct arena *mem, str *rest)
{
    int64_t n = 0;
    bool is_set = parse_integer(str_cut(rest, ':'), &n);
    str text = is_set ? arena_str(mem, str_sub(*rest, 0, (size_t)n)) : (str){0};
    *rest = str_sub(*rest, (size_t)n, rest->n);
    return text;
}

static void put_value(struct buf *out, struct arena *mem, struct value v)
{
    put_text(out, v.kind == VALUE_NULL ? (str){0} : fmt_exact(mem, value_number(v)));
}

static struct value take_value(struct arena *mem, str *rest)
{
    double x = 0;
    str text = take_text(mem, rest);
    parse_number(text, &x);
    return str_is_set(text) ? (struct value){.kind = VALUE_REAL, .r = x} : (struct value){0};
}

static void put_figure(struct buf *out, struct arena *mem, struct restated_figure *f)
{
    str *text[NTEXTS] = {0};
    texts_of(f, text);
    put_text(out, month_iso(mem, f->month));
    put_text(out, type_name(f->type));
    put_value(out, mem, f->was);
    put_value(out, mem, f->now);
    for (size_t i = 0; text[i]; i++)
        put_text(out, *text[i]);
}

static struct restated_figure take_figure(struct arena *mem, str *rest)
{
    struct restated_figure f = {0};
    str *text[NTEXTS] = {0};
    texts_of(&f, text);
    f.month = month_parse(take_text(mem, rest));
    type_of_name(take_text(mem, rest), &f.type);
    f.was = take_value(mem, rest);
    f.now = take_value(mem, rest);
    for (size_t i = 0; text[i]; i++)
        *text[i] = take_text(mem, rest);
    return f;
}

/* ---- all months ---- */

struct months {
    const struct opened *o;
    LIST(const struct closed *) changed;
    struct restated *restated;
};

static bool compare_month(void *arg, void *state, size_t unit, struct diags *diags,
                          struct buf *told)
{
    const struct months *m = arg;
    struct restated found = {0};
    struct comparison c = {
        .mem = diags->mem, .o = m->o, .then = m->changed.at[unit], .restated = &found};
    struct diags unheard; /* what is wrong with templates the build says anyway */

    (void)state;
    diags_init(&unheard, c.mem);
    if (figures_of(c.mem, c.o, c.then->month, &c.now, &unheard))
        compare(&c);
    for (size_t i = 0; i < found.figures.n; i++)
        put_figure(told, c.mem, &found.figures.at[i]);
    return true;
}

static void take_month(void *arg, str told)
{
    const struct months *m = arg;
    struct arena *mem = m->o->mem;
    while (told.n)
        PUSH(mem, &m->restated->figures, take_figure(mem, &told));
}

/* The year up to the as-of date: what is older no page speaks of. */
static bool is_shown(const struct opened *o, int month)
{
    day as_of = o->data->as_of;
    return as_of != DAY_NONE && month_last(month) <= as_of && month >= month_of(as_of) - 12;
}

bool note_restated(struct opened *o, int jobs, struct diags *diags)
{
    closed_list list = {0};
    struct months m = {.o = o, .restated = NEW(o->mem, struct restated)};
    struct work work = {
        .arg = &m, .unit = compare_month, .tell = take_month, .nworkers = jobs > 1 ? jobs : 1};
    bool ok = closed_read(o->mem, o->book, &list, diags);

    store_restated(o->store, m.restated);
    struct rows_known *known = list.n ? rows_known(o->mem, o->data) : NULL;
    /* Rows that an engine has leave no prints: only the figures tell whether they are as they were. */
    for (size_t i = 0; i < list.n; i++)
        if (is_shown(o, list.at[i].month) &&
            (rows_changed(known, o->mem, &list.at[i], m.restated) || o->data->engines))
            PUSH(o->mem, &m.changed, (const struct closed *)&list.at[i]);
    work.nunits = m.changed.n;
    return (!work.nunits || work_run(&work, diags)) && ok;
}
