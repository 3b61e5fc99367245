#include "closed.h"

#include <math.h>
#include <stdlib.h>

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

/* ---- all months ---- */

static void compare_month(struct opened *o, const struct closed *closed, struct restated *restated)
{
    struct comparison c = {.mem = o->mem, .o = o, .then = closed, .restated = restated};
    struct diags unheard; /* what is wrong with templates the build says anyway */

    diags_init(&unheard, o->mem);
    if (figures_of(o->mem, o, closed->month, &c.now, &unheard))
        compare(&c);
}

bool note_restated(struct opened *o, struct diags *diags)
{
    closed_list list = {0};
    struct restated *restated = NEW(o->mem, struct restated);
    bool ok = closed_read(o->mem, o->book, &list, diags);

    store_restated(o->store, restated);
    if (!list.n || o->data->as_of == DAY_NONE)
        return ok;
    struct rows_known *known = rows_known(o->mem, o->data);
    for (size_t i = 0; i < list.n; i++) {
        bool is_over = month_last(list.at[i].month) <= o->data->as_of;
        if (is_over && rows_changed(known, o->mem, &list.at[i], restated))
            compare_month(o, &list.at[i], restated);
    }
    return ok;
}
