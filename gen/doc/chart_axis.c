#include "context.h"

static bool is_time(enum type type)
{
    return type == TYPE_month || type == TYPE_date;
}

/* The number of a month or day on its calendar; -1 (months) or DAY_NONE if it is none. */
static int time_index(enum type type, str s)
{
    return type == TYPE_month ? month_parse(str_sub(s, 0, 7)) : day_parse(str_sub(s, 0, 10));
}

static bool is_no_time(enum type type, int index)
{
    return type == TYPE_month ? index < 0 : index == DAY_NONE;
}

static str time_text(const struct plot *p, enum type type, int index)
{
    const struct language *lang = store_language(p->c->e->store);
    return type == TYPE_month ? fmt_month(p->c->mem, lang, index)
                              : fmt_date(p->c->mem, lang, index);
}

/* "Jan–Oct 2026", "Nov 2025–Oct 2026", "1 Oct–30 Oct 2026": what both ends share is said once. */
static str period_text(const struct plot *p, str first, str last)
{
    size_t same = 0;
    if (str_eq(first, last))
        return first;
    while (same < first.n && same < last.n &&
           first.p[first.n - 1 - same] == last.p[last.n - 1 - same])
        same++;
    if (same >= 5 && first.n > 5 && first.p[first.n - 5] == ' ')
        first = str_sub(first, 0, first.n - 5);
    return arena_printf(p->c->mem, STR_FMT "\u2013" STR_FMT, STR_ARG(first), STR_ARG(last));
}

/* The first and last month or day among the rows; notes each row's own in point. Rows without one
 * have no place. */
static bool time_range(struct plot *p, enum type type, int *first, int *last, size_t *nplaced)
{
    size_t nmissing = 0;
    *nplaced = 0;
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, (size_t)p->x);
        p->point[row] = NO_POINT;
        if (v.kind == VALUE_NULL) {
            nmissing++;
            continue;
        }
        str text = value_text(p->c->mem, v);
        int index = time_index(type, text);
        if (is_no_time(type, index))
            return diags_add(p->c->diags, DIAG_CHART_DATE, p->b->sql_at, text, type_name(type),
                             p->r->column[p->x].name);
        *first = *nplaced == 0 || index < *first ? index : *first;
        *last = *nplaced == 0 || index > *last ? index : *last;
        p->point[row] = (size_t)((int64_t)index - INT32_MIN);
        (*nplaced)++;
    }
    if (nmissing)
        diags_add(p->c->diags, DIAG_CHART_NO_PLACE, p->b->sql_at,
                  arena_printf(p->c->mem, "%zu", nmissing), p->r->column[p->x].name);
    return true;
}

static bool time_axis(struct plot *p, enum type type)
{
    struct chart *chart = p->chart;
    int first = 0, last = 0;
    size_t nplaced;

    if (!time_range(p, type, &first, &last, &nplaced))
        return false;
    p->first = first;
    chart->npoints = nplaced ? (size_t)((int64_t)last - first + 1) : 0;
    if (chart->npoints > POINTS_MAX)
        return diags_add(p->c->diags, DIAG_CHART_POINTS, p->b->sql_at,
                         arena_printf(p->c->mem, "%zu", chart->npoints));
    for (size_t row = 0; row < p->r->nrows; row++)
        if (p->point[row] != NO_POINT)
            p->point[row] -= (size_t)((int64_t)first - INT32_MIN);
    chart->category = NEW_ARRAY(p->c->mem, chart->npoints, str);
    for (size_t i = 0; i < chart->npoints; i++)
        chart->category[i] = time_text(p, type, first + (int)i);
    if (chart->npoints)
        p->period = period_text(p, chart->category[0], chart->category[chart->npoints - 1]);
    return true;
}

static bool name_axis(struct plot *p, enum type type)
{
    struct chart *chart = p->chart;
    struct context *c = p->c;
    struct map places;
    struct look look = look_of(c, p->b, p->r, (size_t)p->x);

    map_init(&places, c->mem);
    chart->category = NEW_ARRAY(c->mem, p->r->nrows, str);
    chart->href = NEW_ARRAY(c->mem, p->r->nrows, str);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, (size_t)p->x);
        void **place = map_put(&places, value_text(c->mem, v));
        if (!*place) {
            size_t i = chart->npoints++;
            *place = &chart->category[i];
            chart->category[i] = shown(c, v, type, look.format);
            if (type == TYPE_string && v.kind == VALUE_TEXT)
                chart->category[i] = shown_key(c, look.name, v.s, &chart->href[i]);
        }
        p->point[row] = (size_t)((str *)*place - chart->category);
    }
    chart->x_label = look.label;
    return true;
}

bool plot_axis(struct plot *p)
{
    enum type type = p->r->column[p->x].type;
    p->chart->x_type = type;
    p->places = (size_t)p->x;
    return is_time(type) ? time_axis(p, type) : name_axis(p, type);
}
