#include "sheet.h"

#include <math.h>

/* Texts at the marks. A label at the data saves the reader the way to an axis; one that does not
 * fit is left out, for the tip and the table have it too. */

static str text_at(const struct sheet *s, const struct plotted *p, size_t i)
{
    bool is_level = p->is_signed && p->shade[i] == PAINT_actual;
    return amount_text(s, p->amount[i], p->is_signed && !is_level);
}

static bool is_shown(const struct plotted *p, size_t i)
{
    return p->slot > 0 && isfinite(p->value[i]) && isfinite(p->amount[i]);
}

static double widest(const struct sheet *s)
{
    double most = 0;
    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints; i++)
            if (is_shown(&s->series[k], i))
                most = fmax(most, text_pt(s, text_at(s, &s->series[k], i)));
    return most;
}

/* What lies on each other in a category, together; NaN if nothing is known. */
static double total_at(const struct sheet *s, size_t i)
{
    double total = 0;
    bool any = false;
    for (size_t k = 0; k < s->nseries; k++)
        if (is_shown(&s->series[k], i)) {
            total += s->series[k].amount[i];
            any = true;
        }
    return any ? total : NAN;
}

/* ---- at the ends of bars ---- */

/* Up to where marks reach in a category, at the side of zero that is asked for; `targets`: those of
 * targets too. */
static double reach(const struct sheet *s, size_t i, bool negative, bool targets)
{
    double end = 0;
    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        bool on_axis = p->role != ROLE_total || !sheet_has(s, LAYOUT_share);
        if (!on_axis || !isfinite(p->value[i]) || (p->role == ROLE_target && !targets))
            continue;
        end = negative ? fmin(end, fmin(p->base[i], p->value[i]))
                       : fmax(end, fmax(p->base[i], p->value[i]));
    }
    return end;
}

/* Where the text of a category begins: behind all its marks, so that it touches none; but before
 * that of a target which leaves it room, for beside the target it reads as the target's. */
static double text_from(const struct sheet *s, size_t i, bool negative, str text)
{
    double bars = at_value(s, reach(s, i, negative, false)),
           all = at_value(s, reach(s, i, negative, true));
    double room = s->rows ? text_pt(s, text) + 1.2 * s->size : 1.6 * s->size;
    return fabs(all - bars) >= room ? bars : all;
}

/* The text of mark i of series k; of what is stacked, the total, told once. */
static str end_text(const struct sheet *s, size_t k, size_t i, double *amount)
{
    const struct plotted *p = &s->series[k];
    *amount = s->stacked ? k == 0 ? total_at(s, i) : NAN : is_shown(p, i) ? p->amount[i] : NAN;
    return !isfinite(*amount) ? (str){0}
           : s->stacked       ? amount_text(s, *amount, false)
                              : text_at(s, p, i);
}

bool values_fit(const struct sheet *s)
{
    double pitch = s->width / (double)(s->chart->npoints + 1), most = 0, amount;

    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints; i++)
            most = fmax(most, text_pt(s, end_text(s, k, i, &amount)));
    return !s->percent && (s->rows || (s->nslots == 1 && most + 0.5 * s->size <= pitch));
}

double values_room(const struct sheet *s, bool negative)
{
    double most = 0, amount;

    for (size_t k = 0; k < s->nseries && s->labelled; k++) {
        const struct plotted *p = &s->series[k];
        for (size_t i = 0; i < s->chart->npoints; i++) {
            str text = end_text(s, k, i, &amount);
            /* Beside a bar that hangs there is room down to where the axis begins. */
            bool has_room = negative && fmin(p->base[i], p->value[i]) > s->value.low;
            if (text.n && (amount < 0) == negative && !has_room)
                most = fmax(most, s->rows ? text_pt(s, text) : s->size);
        }
    }
    return most > 0 ? most + 0.6 * s->size : 0;
}

static enum paint text_paint(const struct plotted *p, size_t i)
{
    bool judged = p->shade[i] == PAINT_good || p->shade[i] == PAINT_bad;
    return judged ? p->shade[i] : PAINT_ink;
}

static void put_end(struct sheet *s, size_t k, size_t i, double offset)
{
    const struct plotted *p = &s->series[k];
    double amount;
    str text = end_text(s, k, i, &amount);
    bool negative = amount < 0;

    if (!text.n)
        return;
    double end = s->nslots == 1 ? text_from(s, i, negative, text) : at_value(s, p->value[i]);
    double across = at_category(s, (double)i + offset), away = (negative ? -0.45 : 0.45) * s->size;
    enum paint paint = s->stacked ? PAINT_ink : text_paint(p, i);
    /* A bar that hangs is labelled where it ends, not behind all there is. */
    if (p->role == ROLE_start)
        end = at_value(s, negative ? fmin(p->base[i], p->value[i]) : fmax(p->base[i], p->value[i]));
    if (s->rows)
        put_text(s, end + away, across, text, paint, negative ? ANCHOR_END : ANCHOR_START,
                 s->stacked);
    else
        put_text(s, across, end - 1.4 * away, text, paint, ANCHOR_MIDDLE, s->stacked);
}

static void put_ends(struct sheet *s)
{
    double slots = (double)s->nslots;
    double band = (s->rows ? plot_height(s) : plot_width(s)) / (double)s->chart->npoints;
    bool fits = s->nslots == 1 || GROUP * band / slots >= 0.95 * s->size;

    for (size_t k = 0; k < s->nseries; k++) {
        double slot = s->stacked ? 1 : (double)s->series[k].slot;
        for (size_t i = 0; i < s->chart->npoints && fits; i++)
            put_end(s, k, i, (slot - (slots + 1) / 2) * GROUP / slots);
    }
}

/* ---- inside bars and cells ---- */

/* Text on a filled mark: light on dark and on strong colours. */
static void put_inside(struct sheet *s, double x, double y, str text, bool on_dark)
{
    put_text(s, x, y, text, on_dark ? PAINT_ground : PAINT_ink, ANCHOR_MIDDLE, false);
}

static bool part_fits(const struct sheet *s, const struct plotted *p, size_t i)
{
    double band = (s->rows ? plot_height(s) : plot_width(s)) / (double)s->chart->npoints;
    double along = fabs(at_value(s, p->value[i]) - at_value(s, p->base[i])), across = 0.7 * band;
    double width = text_pt(s, text_at(s, p, i)) + 0.4 * s->size;
    return s->rows ? along >= width && across >= s->size
                   : across >= width && along >= 1.2 * s->size;
}

/* What is 0 is no part of anything. */
static bool is_part(const struct plotted *p, size_t i)
{
    return is_shown(p, i) && p->value[i] != p->base[i];
}

/* A series is told in its parts if three in four can hold their value: here and there one tells
 * nothing. */
static void put_parts(struct sheet *s)
{
    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        size_t nknown = 0, nfit = 0;
        for (size_t i = 0; i < s->chart->npoints; i++)
            if (is_part(p, i)) {
                nknown++;
                nfit += part_fits(s, p, i);
            }
        for (size_t i = 0; i < s->chart->npoints && 4 * nfit >= 3 * nknown; i++) {
            if (!is_part(p, i) || !part_fits(s, p, i))
                continue;
            double along = (at_value(s, p->base[i]) + at_value(s, p->value[i])) / 2;
            double across = at_category(s, (double)i);
            put_inside(s, s->rows ? along : across, s->rows ? across : along, text_at(s, p, i),
                       true);
        }
    }
}

static void put_cells(struct sheet *s)
{
    double pitch = plot_width(s) / (double)s->chart->npoints;
    double band = plot_height(s) / (double)s->nseries;

    if (widest(s) + 0.4 * s->size > pitch || band < 1.1 * s->size)
        return;
    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints; i++)
            if (is_shown(&s->series[k], i))
                put_inside(s, at_category(s, (double)i), s->top + ((double)k + 0.5) * band,
                           text_at(s, &s->series[k], i), s->series[k].opacity[i] > 0.68);
}

/* ---- stages of a funnel ---- */

/* The value in its bar or beside it, and between two bars the share that goes on. */
static void put_stages(struct sheet *s)
{
    double band = plot_height(s) / (double)s->chart->npoints;
    const struct plotted *p = &s->series[0];

    for (size_t i = 0; i < s->chart->npoints; i++) {
        if (!is_shown(p, i))
            continue;
        const str *label = s->chart->point_label;
        str text = label && label[i].n ? label[i] : text_at(s, p, i);
        double from = at_value(s, p->base[i]), to = at_value(s, p->value[i]);
        double y = at_category(s, (double)i + FUNNEL_MIDDLE - 0.5);
        if (to - from > text_pt(s, text) + s->size)
            put_inside(s, (from + to) / 2, y, text, true);
        else
            put_text(s, to + 0.45 * s->size, y, text, PAINT_ink, ANCHOR_START, false);
        if (i && isfinite(p->amount[i - 1]) && p->amount[i - 1] > 0)
            put_text(s, (at_value(s, p->base[i]) + at_value(s, p->value[i])) / 2, y - 0.5 * band,
                     fmt_percent(s->mem, s->lang, p->amount[i] / p->amount[i - 1], 0), PAINT_muted,
                     ANCHOR_MIDDLE, false);
    }
}

/* ---- states of what lasts ---- */

/* Good and bad are never told by colour alone: a sign stands in the bar, or behind a short one. */
static void put_states(struct sheet *s)
{
    const struct plotted *p = &s->series[0];

    for (size_t i = 0; i < s->chart->npoints; i++) {
        str sign = p->shade[i] == PAINT_good  ? S("\u25b2")
                   : p->shade[i] == PAINT_bad ? S("\u25bc")
                                              : S("");
        if (!sign.n || !is_shown(p, i))
            continue;
        double from = at_value(s, p->base[i]), to = at_value(s, p->value[i]);
        bool fits = to - from > 1.6 * s->size;
        put_text(s, fits ? from + 0.8 * s->size : to + 0.7 * s->size, at_category(s, (double)i),
                 sign, fits ? PAINT_ground : p->shade[i], ANCHOR_MIDDLE, false);
    }
}

/* ---- cumulated shares ---- */

static void put_shares(struct sheet *s)
{
    double left = s->width - s->panel, right = s->width - PANEL_EDGE;

    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        for (size_t i = 0; i < s->chart->npoints && p->role == ROLE_total; i++) {
            double x = left + p->amount[i] * (right - left), y = at_category(s, (double)i);
            str text = fmt_percent(s->mem, s->lang, p->amount[i], 0);
            bool flip = x + 0.6 * s->size + text_pt(s, text) > right;
            put_text(s, x + (flip ? -0.6 : 0.6) * s->size, y, text, PAINT_muted,
                     flip ? ANCHOR_END : ANCHOR_START, false);
        }
    }
    double x = left + 0.8 * (right - left);
    put_line(s, x, s->top, x, s->height - s->bottom, PAINT_grid, 0.6);
}

/* ---- names of points on a plane ---- */

struct box {
    double x0, y0, x1, y1;
};

static bool is_free(const struct box *taken, size_t n, struct box b)
{
    for (size_t i = 0; i < n; i++)
        if (b.x0 < taken[i].x1 && taken[i].x0 < b.x1 && b.y0 < taken[i].y1 && taken[i].y0 < b.y1)
            return false;
    return true;
}

struct spot {
    double x, y, r;
    size_t point;
};

/* The highest first: if there is no room for all, they are asked for most. */
static int by_height(const void *a, const void *b)
{
    const struct spot *p = a, *q = b;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->point < q->point ? -1 : p->point > q->point;
}

static size_t spots_of(const struct sheet *s, struct spot *spot)
{
    const struct plotted *size = NULL;
    const struct axis *a = &s->cross;
    size_t n = 0;

    for (size_t k = 0; k < s->nseries; k++)
        if (s->series[k].role == ROLE_size)
            size = &s->series[k];
    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints && s->series[k].slot; i++) {
            double x = s->chart->x_value[i] / s->x_scale, y = s->series[k].value[i];
            if (isfinite(x) && isfinite(y))
                spot[n++] =
                    (struct spot){s->left + (x - a->low) / (a->high - a->low) * plot_width(s),
                                  at_value(s, y), size ? 3.4 * size->value[i] : 3, i};
        }
    return n;
}

/* Right of its point, else left, above or below it, else nowhere. */
static void put_name(struct sheet *s, const struct spot *p, str name, struct box *taken,
                     size_t *ntaken)
{
    double width = text_pt(s, name), half = 0.5 * s->size, gap = p->r + 0.35 * s->size;
    const struct {
        double x, y;
        int anchor;
    } places[] = {
        {p->x + gap, p->y, ANCHOR_START},
        {p->x - gap, p->y, ANCHOR_END},
        {p->x, p->y - gap - half, ANCHOR_MIDDLE},
        {p->x, p->y + gap + half, ANCHOR_MIDDLE},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double x0 = places[i].x - (places[i].anchor == ANCHOR_END      ? width
                                   : places[i].anchor == ANCHOR_MIDDLE ? width / 2
                                                                       : 0);
        struct box b = {x0, places[i].y - half, x0 + width, places[i].y + half};
        if (b.x0 < 0 || b.x1 > s->width || b.y0 < s->top - s->size ||
            b.y1 > s->height - s->bottom || !is_free(taken, *ntaken, b))
            continue;
        put_text(s, places[i].x, places[i].y, name, PAINT_ink, places[i].anchor, false);
        taken[(*ntaken)++] = b;
        return;
    }
}

static void put_point_names(struct sheet *s)
{
    enum { NAMES_MAX = 400 };
    size_t most = s->nseries * s->chart->npoints;
    struct spot *spot = NEW_ARRAY(s->mem, most, struct spot);
    size_t n = spots_of(s, spot), ntaken = 0;

    if (!s->chart->point_label || n > NAMES_MAX)
        return;
    struct box *taken = NEW_ARRAY(s->mem, 2 * n, struct box);
    for (size_t i = 0; i < n; i++)
        taken[ntaken++] = (struct box){spot[i].x - spot[i].r, spot[i].y - spot[i].r,
                                       spot[i].x + spot[i].r, spot[i].y + spot[i].r};
    qsort(spot, n, sizeof *spot, by_height);
    for (size_t i = 0; i < n; i++)
        if (s->chart->point_label[spot[i].point].n)
            put_name(s, &spot[i], s->chart->point_label[spot[i].point], taken, &ntaken);
}

void put_values(struct sheet *s)
{
    if (s->labelled)
        put_ends(s);
    if (s->stacked && sheet_has(s, LAYOUT_values))
        put_parts(s);
    if (sheet_has(s, LAYOUT_grid))
        put_cells(s);
    if (sheet_has(s, LAYOUT_centre))
        put_stages(s);
    if (sheet_has(s, LAYOUT_share))
        put_shares(s);
    if (sheet_has(s, LAYOUT_calendar))
        put_states(s);
    if (sheet_has(s, LAYOUT_plane))
        put_point_names(s);
}
