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
    chart->npoints = nplaced ? (size_t)((int64_t)last - first + 1) : 0;
    if (chart->npoints > POINTS_MAX) {
        plot_note_drawn(p, "last", POINTS_MAX, chart->npoints,
                        type == TYPE_month ? " months" : " days");
        chart->npoints = POINTS_MAX;
        first = last - (POINTS_MAX - 1);
    }
    p->first = first;
    size_t zero = (size_t)((int64_t)first - INT32_MIN);
    for (size_t row = 0; row < p->r->nrows; row++)
        if (p->point[row] != NO_POINT)
            p->point[row] = p->point[row] < zero ? NO_POINT : p->point[row] - zero;
    chart->category = NEW_ARRAY(p->c->mem, chart->npoints, str);
    for (size_t i = 0; i < chart->npoints; i++)
        chart->category[i] = time_text(p, type, first + (int)i);
    if (chart->npoints)
        p->period = period_text(p, chart->category[0], chart->category[chart->npoints - 1]);
    return true;
}

/* Bars run downwards, each with its name beside it, unless a flag says otherwise. */
static size_t most_places(const struct plot *p, enum type type)
{
    bool is_bars = str_eq(p->b->word, S("bars"));
    if (str_eq(p->b->word, S("bullet")) || str_eq(p->b->word, S("funnel")))
        return ROWS_MAX;
    if (!is_bars || plot_has_flag(p, S("vertical")))
        return POINTS_MAX;
    return type == TYPE_string || plot_has_flag(p, S("horizontal")) ? ROWS_MAX : POINTS_MAX;
}

static void add_place(struct plot *p, enum type type, const struct look *look, struct value v)
{
    struct chart *chart = p->chart;
    size_t i = chart->npoints++;
    chart->category[i] = shown(p->c, v, type, look->format);
    if (type == TYPE_string && v.kind == VALUE_TEXT)
        chart->category[i] = shown_key(p->c, look->name, v.s, &chart->href[i]);
}

/* The steps of a waterfall make its total, so none of them may be left out. */
static bool name_axis(struct plot *p, enum type type)
{
    struct chart *chart = p->chart;
    struct context *c = p->c;
    struct map places;
    struct look look = look_of(c, p->b, p->r, (size_t)p->x);
    size_t most = most_places(p, type);

    map_init(&places, c->mem);
    chart->category = NEW_ARRAY(c->mem, p->r->nrows, str);
    chart->href = NEW_ARRAY(c->mem, p->r->nrows, str);
    for (size_t row = 0; row < p->r->nrows; row++) {
        struct value v = result_cell(p->r, row, (size_t)p->x);
        void **place = map_put(&places, value_text(c->mem, v));
        if (!*place) {
            *place = (void *)(uintptr_t)places.n;
            if (places.n <= most)
                add_place(p, type, &look, v);
        }
        p->point[row] = (uintptr_t)*place <= most ? (uintptr_t)*place - 1 : NO_POINT;
    }
    chart->x_label = look.label;
    if (places.n > most && str_eq(p->b->word, S("waterfall")))
        return diags_add(c->diags, DIAG_CHART_POINTS, p->b->sql_at,
                         arena_printf(c->mem, "%zu", places.n));
    if (places.n > most)
        plot_note_drawn(p, "first", most, places.n, "");
    return true;
}

bool plot_axis(struct plot *p)
{
    enum type type = p->r->column[p->x].type;
    p->chart->x_type = type;
    p->places = (size_t)p->x;
    return is_time(type) ? time_axis(p, type) : name_axis(p, type);
}
