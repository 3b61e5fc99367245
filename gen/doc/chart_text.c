#include "context.h"

#include <math.h>

/* ---- scale ---- */

/* Series whose values are on the y axis. */
static bool is_on_axis(const struct plot *p, const struct series *s)
{
    bool is_share = str_eq(p->b->word, S("pareto")) && s->role == ROLE_total;
    return s->role != ROLE_size && !is_share && p->type != TYPE_date;
}

static double largest(const struct plot *p)
{
    double most = 0;
    for (size_t i = 0; i < p->chart->nseries; i++)
        for (size_t k = 0; is_on_axis(p, &p->chart->series[i]) && k < p->chart->npoints; k++)
            if (fabs(p->chart->series[i].value[k]) > most)
                most = fabs(p->chart->series[i].value[k]);
    return most;
}

/* A funnel writes each of its few values: its scale leaves two digits of the smallest that is not
 * 0. */
static double largest_to_scale(const struct plot *p)
{
    double most = largest(p);
    if (!str_eq(p->b->word, S("funnel")))
        return most;
    const struct series *s = &p->chart->series[0];
    for (size_t i = 0; i < p->chart->npoints; i++)
        if (s->value[i] > 0 && s->value[i] * 10 < most)
            most = s->value[i] * 10;
    return most;
}

static str joined(struct arena *mem, str a, const char *between, str b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    return arena_printf(mem, STR_FMT "%s" STR_FMT, STR_ARG(a), between, STR_ARG(b));
}

bool plot_has_flag(const struct plot *p, str flag)
{
    for (size_t i = 0; i < p->chart->nflags; i++)
        if (str_eq(p->chart->flag[i], flag))
            return true;
    return false;
}

void plot_note_drawn(struct plot *p, const char *which, size_t drawn, size_t of, const char *what)
{
    struct arena *mem = p->c->mem;
    const struct language *lang = store_language(p->c->e->store);
    str part = fmt_integer(mem, lang, (int64_t)drawn), whole = fmt_integer(mem, lang, (int64_t)of);
    p->note = arena_printf(mem, "The %s " STR_FMT " of " STR_FMT "%s are drawn.", which,
                           STR_ARG(part), STR_ARG(whole), what);
}

/* Whether the numbers on the axis carry their own sign: "85 %", "Oct 2026". */
static bool speaks_for_itself(const struct plot *p)
{
    return plot_has_flag(p, S("percent")) || p->type == TYPE_rate || p->type == TYPE_date;
}

/* What stands behind a text for the values' sake: "thousand CNY"; of "Visitors" not "visitors". */
static str unit_behind(const struct plot *p, str text)
{
    return joined(p->c->mem, p->scale, " ", unit_beside(p->c, text, p->unit));
}

/* What all values are counted in; unset where they differ: leads beside orders. A target or a range
 * without a unit is of the others'. */
static str unit_of_all(const struct plot *p)
{
    str unit = {0};
    for (size_t i = 0; i < p->ny; i++) {
        str other = p->y[i].look.unit;
        bool counted = p->y[i].role == ROLE_actual || p->y[i].role >= ROLE_series1;
        if (other.n ? unit.n && !str_eq(other, unit) : counted)
            return (str){0};
        if (other.n)
            unit = other;
    }
    return unit;
}

/* Axes have at most four digits: 12,000 is 12 thousand. */
void plot_scale(struct plot *p)
{
    static const struct {
        double from, scale;
        str word;
    } steps[] = {{1e10, 1e9, S("billion")}, {1e7, 1e6, S("million")}, {1e4, 1e3, S("thousand")}};
    struct chart *chart = p->chart;
    const struct language *lang = store_language(p->c->e->store);
    double one = p->type == TYPE_money ? pow(10, lang->money_decimals) : 1,
           most = largest_to_scale(p) / one;
    str name = p->ny == 1 && p->series < 0 ? p->y[0].look.label : (str){0};

    chart->y_type = p->type;
    chart->y_scale = one;
    if (!speaks_for_itself(p)) {
        size_t i = 0;
        while (i < 3 && most < steps[i].from)
            i++;
        chart->y_scale = i < 3 ? one * steps[i].scale : one;
        p->scale = i < 3 ? steps[i].word : (str){0};
        p->unit = unit_of_all(p);
    }
    chart->y_label = joined(p->c->mem, name, ", ", unit_behind(p, name));
}

/* ---- title ---- */

static bool holds(str text, str part)
{
    return !part.n || str_find(text, part, 0) < text.n;
}

/* "Revenue", "Revenue and Target", "Revenue, Target and Before". */
static str names_of(struct plot *p)
{
    struct buf b = {0};
    for (size_t i = 0; i < p->ny; i++) {
        buf_add(&b, i == 0 ? S("") : i + 1 == p->ny ? S(" and ") : S(", "));
        buf_add(&b, p->y[i].look.label);
    }
    str names = arena_str(p->c->mem, buf_str(&b));
    buf_clear(&b);
    return names;
}

str plot_title(struct plot *p, str title)
{
    str year = p->period.n >= 4 ? str_sub(p->period, p->period.n - 4, p->period.n) : (str){0};
    if (!title.n)
        title = names_of(p);
    str unit = unit_behind(p, title);
    if (!holds(text_fold(p->c->mem, title), text_fold(p->c->mem, unit)))
        title = joined(p->c->mem, title, ", ", unit);
    if (p->period.n && !holds(title, p->period) && !holds(title, year))
        title = joined(p->c->mem, title, ", ", p->period);
    return title;
}

/* ---- description ---- */

/* First, last, highest and lowest point with a value; false if there is none. */
struct extremes {
    size_t n, first, last, highest, lowest;
};

static struct extremes extremes_of(const struct chart *chart, const struct series *s)
{
    struct extremes e = {0};
    for (size_t i = 0; i < chart->npoints; i++) {
        if (isnan(s->value[i]))
            continue;
        if (e.n++ == 0)
            e.first = e.highest = e.lowest = i;
        e.last = i;
        if (s->value[i] > s->value[e.highest])
            e.highest = i;
        if (s->value[i] < s->value[e.lowest])
            e.lowest = i;
    }
    return e;
}

static void add_point(struct buf *b, const char *before, const struct chart *chart,
                      const struct series *s, size_t i)
{
    buf_addf(b, "%s " STR_FMT " (" STR_FMT ")", before, STR_ARG(s->text[i]),
             STR_ARG(chart->category[i]));
}

static void describe_series(struct buf *b, const struct chart *chart, const struct series *s)
{
    struct extremes e = extremes_of(chart, s);
    if (e.n == 0)
        return;
    buf_addf(b, " " STR_FMT ":", STR_ARG(s->label));
    if (e.n == 1) {
        add_point(b, "", chart, s, e.first);
    } else {
        add_point(b, " first", chart, s, e.first);
        add_point(b, ", last", chart, s, e.last);
        add_point(b, ", highest", chart, s, e.highest);
        add_point(b, ", lowest", chart, s, e.lowest);
    }
    buf_addc(b, '.');
}

/* The bounds of intervals and the sizes of dots say nothing by themselves. */
static bool is_described(enum role role)
{
    return role != ROLE_low80 && role != ROLE_high80 && role != ROLE_low95 && role != ROLE_high95 &&
           role != ROLE_size;
}

/* The title has the scale of the axis, and values are told whole. */
str plot_description(struct plot *p)
{
    const struct chart *chart = p->chart;
    struct buf b = {0};
    buf_addf(&b, "%zu %s.", chart->npoints, chart->npoints == 1 ? "point" : "points");
    str unit = unit_beside(p->c, (str){0}, p->unit);
    if (p->scale.n)
        buf_addf(&b, " Values in " STR_FMT ".", STR_ARG(unit.n ? unit : S("full")));
    struct series *told;
    size_t n = plot_told(p, &told);
    for (size_t i = 0; i < n; i++)
        if (is_described(told[i].role))
            describe_series(&b, chart, &told[i]);
    str text = arena_str(p->c->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}
