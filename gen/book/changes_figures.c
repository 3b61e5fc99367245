#include "changes.h"

#include <math.h>

/* ---- one that moved ---- */

static str written(struct changes *c, const struct snapshot *s, struct value v,
                   const struct snapshot_figure *f, bool sign)
{
    str format = f->type == TYPE_money ? S("whole") : f->format;
    if (sign && f->type == TYPE_rate)
        format = S("points");
    if (sign)
        format = arena_printf(c->mem, "+" STR_FMT, STR_ARG(format));
    str text = format_in(c->mem, &s->lang, v, f->type, format);
    str unit = f->type == TYPE_money ? s->lang.currency : f->type != TYPE_rate ? f->unit : (str){0};
    if (sign || !unit.n || v.kind == VALUE_NULL)
        return text;
    return arena_printf(c->mem, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(unit));
}

static str difference_of(struct changes *c, const struct snapshot *s, double before, double now,
                         const struct snapshot_figure *f)
{
    if (isnan(before) || isnan(now))
        return S("–");
    struct value v = {.kind = VALUE_REAL, .r = now - before};
    if (f->type == TYPE_money || f->type == TYPE_integer)
        v = (struct value){.kind = VALUE_INT, .i = (int64_t)llround(now - before)};
    str text = written(c, s, v, f, true);
    if (before == 0 || f->type == TYPE_rate)
        return text;
    str share = fmt_percent(c->mem, &s->lang, fabs((now - before) / before), 1);
    return arena_printf(c->mem, STR_FMT " (%s" STR_FMT ")", STR_ARG(text), now < before ? "−" : "+",
                        STR_ARG(share));
}

static double size_of(double before, double now)
{
    if (isnan(before) || isnan(now))
        return 1;
    double most = fmax(fabs(before), fabs(now));
    return most > 0 ? fabs(now - before) / most : 0;
}

/* ---- the rows that did it ---- */

static bool reads(const str_list *sources, str table)
{
    for (size_t i = 0; i < sources->n; i++)
        if (str_eq(sources->at[i], table))
            return true;
    return false;
}

static bool concerns(const struct changed_row *row, const struct changed_figure *f)
{
    if (str_eq(f->scope, S("company")))
        return true;
    for (size_t i = 0; i < row->nvalues; i++)
        if (str_eq(row->value[i], f->of))
            return true;
    return false;
}

/* The weightiest of the rows under a figure: an insertion into a short list, for there are
 * thousands of rows and few are shown. */
static void find_rows(struct changes *c, struct changed_figure *f, const str_list *sources)
{
    enum { SHOWN = 5 };
    f->row = NEW_ARRAY(c->mem, SHOWN, size_t);
    for (size_t i = 0; i < c->row.n; i++) {
        const struct changed_row *row = &c->row.at[i];
        if (!reads(sources, row->table) || !concerns(row, f))
            continue;
        size_t at = f->nrows;
        while (at && c->row.at[f->row[at - 1]].weight < row->weight)
            at--;
        if (at == SHOWN) {
            f->more++;
            continue;
        }
        if (f->nrows == SHOWN)
            f->more++;
        else
            f->nrows++;
        for (size_t k = f->nrows - 1; k > at; k--)
            f->row[k] = f->row[k - 1];
        f->row[at] = i;
    }
}

/* ---- the whole ---- */

/* Whether another system has the same figure of the same values. */
static bool is_told(struct changes *c, struct map *told, const struct snapshot_figure *f,
                    const struct changed_figure *moved)
{
    str key =
        arena_printf(c->mem, "told\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                     STR_ARG(f->scope), STR_ARG(f->of), STR_ARG(f->name), STR_ARG(moved->before),
                     STR_ARG(moved->now));
    void **slot = map_put(told, key);
    bool before = *slot != NULL;
    *slot = c;
    return before;
}

static void compare_figure(struct changes *c, const struct snapshot *before,
                           const struct snapshot *now, const struct snapshot_figure *was,
                           const struct snapshot_figure *is, struct map *told)
{
    const struct snapshot_figure *f = is ? is : was;
    const struct snapshot *s = is ? now : before;
    double x = was ? value_number(was->value) : NAN, y = is ? value_number(is->value) : NAN;
    struct value none = {.kind = VALUE_NULL};
    if ((isnan(x) && isnan(y)) || size_of(x, y) < 1e-9) {
        c->nsteady++;
        return;
    }
    struct changed_figure moved = {
        .label = f->label,
        .scope = f->scope,
        .of = f->of,
        .of_name = f->of_name,
        .before = written(c, before, was ? was->value : none, f, false),
        .now = written(c, now, is ? is->value : none, f, false),
        .difference = difference_of(c, now, x, y, f),
        .size = size_of(x, y),
        .page = f->page,
        .key = f->page_key,
        .nth = c->figure.n,
    };
    /* What nobody sees move has not moved; what two systems count is one figure. */
    if (str_eq(moved.before, moved.now) || is_told(c, told, f, &moved)) {
        c->nsteady++;
        return;
    }
    find_rows(c, &moved, snapshot_sources(s, f->system, str_eq(f->scope, S("company"))));
    PUSH(c->mem, &c->figure, moved);
}

static bool is_company(const struct changed_figure *f)
{
    return str_eq(f->scope, S("company"));
}

/* Those of the start page first; then by size, then as they are ranked. */
static int by_size(const void *a, const void *b)
{
    const struct changed_figure *x = a, *y = b;
    if (is_company(x) != is_company(y))
        return is_company(x) ? -1 : 1;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->nth > y->nth) - (x->nth < y->nth);
}

void compare_figures(struct changes *c, const struct snapshot *before, const struct snapshot *now)
{
    struct map known, told;
    map_init(&known, c->mem);
    map_init(&told, c->mem);
    for (size_t i = 0; i < before->figures.n; i++)
        *map_put(&known, before->figures.at[i].key) = &before->figures.at[i];
    for (size_t i = 0; i < now->figures.n; i++) {
        const struct snapshot_figure *is = &now->figures.at[i], *was = map_get(&known, is->key);
        compare_figure(c, before, now, was, is, &told);
        *map_put(&known, is->key) = c; /* told */
    }
    for (size_t i = 0; i < before->figures.n; i++) {
        const struct snapshot_figure *was = &before->figures.at[i];
        if (map_get(&known, was->key) == was)
            compare_figure(c, before, now, was, NULL, &told);
    }
    if (c->figure.n)
        qsort(c->figure.at, c->figure.n, sizeof *c->figure.at, by_size);
}
