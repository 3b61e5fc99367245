#include "sheet.h"

#include <math.h>

/* The texts of a chart, and the lines that they belong to. gnuplot's own keys and tics know neither
 * how wide a text is nor what else stands there, and each costs it as much as ten marks; so they
 * are drawn here, and no text of the data is ever read by gnuplot. */

static const double LINE = 1.25; /* of the text's size */

void put_text(struct sheet *s, double x, double y, str text, enum paint paint, int anchor,
              bool bold)
{
    struct shape shape = shape_text(s->mem, x, y, text, s->size, paint, anchor);
    shape.bold = bold;
    PUSH(s->mem, &s->before, shape);
}

void put_line(struct sheet *s, double x0, double y0, double x1, double y1, enum paint paint,
              double width)
{
    struct shape shape = shape_path(s->mem, 2, (const double[4]){x0, y0, x1, y1}, false);
    shape.stroke = paint;
    shape.stroke_width = width;
    PUSH(s->mem, &s->behind, shape);
}

static str label_of(const struct plotted *p)
{
    return p->from->label.n ? p->from->label : p->from->name;
}

/* ---- categories ---- */

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* "Oct 2026" is written "Oct" with the year below it, where the year changes; so is "2026-W44". */
static void split_year(str category, str *main, str *year)
{
    str first = str_sub(category, 0, 4);
    str last = str_sub(category, category.n < 4 ? 0 : category.n - 4, category.n);

    *main = category;
    *year = (str){0};
    if (category.n < 6)
        return;
    if (category.p[category.n - 5] == ' ' && is_number(last)) {
        *main = str_sub(category, 0, category.n - 5);
        *year = last;
    } else if (category.p[4] == '-' && is_number(first)) {
        *main = str_sub(category, 5, category.n);
        *year = first;
    }
}

static bool is_time(const struct chart *c)
{
    return c->x_type == TYPE_month || c->x_type == TYPE_date || c->x_type == TYPE_period ||
           c->x_type == TYPE_datetime || c->x_type == TYPE_time;
}

/* Of days, those on which a month begins: "1 Oct 2026" is shown as "Oct". */
static bool is_month_start(str main)
{
    return str_starts(main, S("1 ")) || str_starts(main, S("01 "));
}

static double widest(const struct sheet *s, const str *text, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, text_pt(s, text[i]));
    return most;
}

/* Texts under columns: which are shown, and what stands in their two lines. */
struct under {
    str *first, *second; /* npoints; unset where none is shown */
    bool two_lines;
};

static void thin_out(const struct sheet *s, struct under *u, const str *main, const str *year)
{
    static const size_t by_month[] = {1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000};
    static const size_t by_day[] = {1, 2, 7, 14, 28, 56, 91, 182, 365, 3650};
    enum { NSTEPS = sizeof by_month / sizeof *by_month };
    const struct chart *c = s->chart;
    const size_t *steps = by_month;
    size_t anchor = 0, step = 1, nstarts = 0;

    for (size_t i = 0; i < c->npoints; i++)
        nstarts += c->x_type == TYPE_date && is_month_start(main[i]);
    bool months = nstarts >= 3;
    if (c->x_type == TYPE_date && !months)
        steps = by_day;
    for (size_t i = 1; i < c->npoints && !anchor; i++)
        if (year[i].n && !str_eq(year[i], year[i - 1]))
            anchor = i;
    size_t ncandidates = months ? nstarts : c->npoints;
    double room = plot_width(s) / (double)ncandidates;
    double need = months ? 2.2 * s->size : widest(s, main, c->npoints) + 0.6 * s->size;
    for (size_t i = 0; i < NSTEPS && (double)step * room < need; i++)
        step = steps[i];

    str before = {0};
    for (size_t i = 0, n = 0; i < c->npoints; i++) {
        if (months && !is_month_start(main[i]))
            continue;
        size_t away = months ? n++ : (i + step * c->npoints - anchor);
        if (away % step)
            continue;
        u->first[i] =
            months ? str_sub(main[i], str_find(main[i], S(" "), 0) + 1, main[i].n) : main[i];
        if (year[i].n && !str_eq(year[i], before)) {
            u->second[i] = before = year[i];
            u->two_lines = true;
        }
    }
}

/* A name too wide for its column goes into two lines at the blank nearest its middle. */
static void wrap(const struct sheet *s, struct under *u, size_t i, double room)
{
    str text = s->chart->category[i];
    size_t best = text.n;

    u->first[i] = text;
    if (text_pt(s, text) <= room)
        return;
    for (size_t at = 0; (at = str_find(text, S(" "), at)) < text.n; at++)
        if (best == text.n || llabs((long long)at * 2 - (long long)text.n) <
                                  llabs((long long)best * 2 - (long long)text.n))
            best = at;
    u->first[i] = text_fit(s->mem, str_sub(text, 0, best), room / s->size);
    if (best < text.n) {
        u->second[i] = text_fit(s->mem, str_sub(text, best + 1, text.n), room / s->size);
        u->two_lines = true;
    }
}

static struct under texts_under(const struct sheet *s)
{
    const struct chart *c = s->chart;
    struct under u = {NEW_ARRAY(s->mem, c->npoints, str), NEW_ARRAY(s->mem, c->npoints, str),
                      false};
    double room = plot_width(s) / (double)c->npoints;

    if (!is_time(c) && room > 3 * s->size) {
        for (size_t i = 0; i < c->npoints; i++)
            wrap(s, &u, i, room - 0.5 * s->size);
        return u;
    }
    str *main = NEW_ARRAY(s->mem, c->npoints, str), *year = NEW_ARRAY(s->mem, c->npoints, str);
    for (size_t i = 0; i < c->npoints; i++)
        split_year(c->category[i], &main[i], &year[i]);
    thin_out(s, &u, main, year);
    return u;
}

static void put_under(struct sheet *s)
{
    struct under u = texts_under(s);
    double below = s->labelled ? values_room(s, true) : 0;
    double y = s->height - s->bottom + below + 0.9 * s->size;

    for (size_t i = 0; i < s->chart->npoints; i++) {
        double x = at_category(s, (double)i);
        if (u.first[i].n)
            put_text(s, x, y, u.first[i], PAINT_muted, ANCHOR_MIDDLE, false);
        if (u.second[i].n)
            put_text(s, x, y + LINE * s->size, u.second[i], PAINT_muted, ANCHOR_MIDDLE, false);
    }
}

/* Names at the left of rows: of the categories, or of the series where those are the rows of a
 * map. */
static str row_name(const struct sheet *s, size_t i)
{
    return sheet_has(s, LAYOUT_grid) ? label_of(&s->series[i]) : s->chart->category[i];
}

static size_t nrows(const struct sheet *s)
{
    return sheet_has(s, LAYOUT_grid) ? s->nseries : s->rows ? s->chart->npoints : 0;
}

static void put_beside(struct sheet *s)
{
    size_t n = nrows(s), step = 1;
    double x = s->name_width, room = x / s->size;
    double middle = sheet_has(s, LAYOUT_centre) ? FUNNEL_MIDDLE : 0.5;

    while (plot_height(s) / (double)n * (double)step < 0.95 * s->size)
        step++;
    for (size_t i = 0; i < n; i += step)
        put_text(s, x, s->top + ((double)i + middle) * plot_height(s) / (double)n,
                 text_fit(s->mem, row_name(s, i), room), PAINT_ink, ANCHOR_END, false);
}

/* ---- names of the series ---- */

static enum paint text_paint(const struct plotted *p)
{
    bool too_light = p->role == ROLE_before || p->role == ROLE_forecast;
    return too_light ? PAINT_muted : p->role == ROLE_target ? PAINT_ink : p->paint;
}

static bool is_named(const struct plotted *p)
{
    return p->role != ROLE_low80 && p->role != ROLE_low95 && p->role != ROLE_size &&
           p->role != ROLE_start && p->role != ROLE_end && p->role != ROLE_total;
}

static str legend_of(const struct plotted *p)
{
    return p->from->legend.n ? p->from->legend : label_of(p);
}

/* The sample before a name: as wide as the text is high, drawn as the series is. */
static void put_sample(struct sheet *s, const struct plotted *p, double x, double y)
{
    double half = 0.45 * s->size;
    bool line = sheet_has(s, LAYOUT_ends) && !is_interval(p->role);

    if (p->role == ROLE_target || line) {
        put_line(s, x, y, x + 2 * half, y, p->paint, p->role == ROLE_target ? 2 : 2.2);
        if (p->role == ROLE_forecast) {
            struct shape *sample = &s->behind.at[s->behind.n - 1];
            sample->ndash = 2;
            sample->dash[0] = 3;
            sample->dash[1] = 2;
        }
        return;
    }
    const double corner[8] = {x,        y - half, x + 2 * half, y - half, x + 2 * half,
                              y + half, x,        y + half};
    struct shape sample = shape_path(s->mem, 4, corner, true);
    sample.fill = p->paint;
    sample.hatched = p->role == ROLE_forecast;
    PUSH(s->mem, &s->behind, sample);
}

/* Lays the line above the plot out: what is measured, then the names. Draws if `draw`; returns its
 * height. */
static double head_line(struct sheet *s, bool draw)
{
    double line = LINE * s->size, x = 0, y = 0.6 * s->size;
    bool any = s->chart->y_label.n > 0 && !s->percent; /* shares have no unit */

    if (any) {
        str text = text_fit(s->mem, s->chart->y_label, s->width / s->size);
        if (draw)
            put_text(s, 0, y, text, PAINT_muted, ANCHOR_START, false);
        x = text_pt(s, text) + 1.6 * s->size;
    }
    for (size_t k = 0; k < s->nseries && s->legend; k++) {
        const struct plotted *p = &s->series[k];
        if (!is_named(p) || (sheet_has(s, LAYOUT_ends) && s->ends && !is_interval(p->role)))
            continue;
        str text = text_fit(s->mem, legend_of(p), s->width / s->size - 2);
        double width = 1.3 * s->size + text_pt(s, text);
        if (x > 0 && x + width > s->width) {
            x = 0;
            y += line;
        }
        if (draw) {
            put_sample(s, p, x, y);
            put_text(s, x + 1.3 * s->size, y, text, PAINT_muted, ANCHOR_START, false);
        }
        x += width + 1.3 * s->size;
        any = true;
    }
    return any ? y + 1.3 * s->size : 0.5 * s->size;
}

/* ---- names at the ends of lines ---- */

struct end {
    const struct plotted *p;
    double y; /* points from the top */
};

static bool last_known(const struct plotted *p, size_t n, size_t *at)
{
    for (size_t i = n; i-- > 0;)
        if (isfinite(p->value[i])) {
            *at = i;
            return true;
        }
    return false;
}

static size_t ends_of(const struct sheet *s, struct end *end)
{
    size_t n = 0, at;
    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        if (!is_named(p) || is_interval(p->role) || !last_known(p, s->chart->npoints, &at))
            continue;
        double middle = s->stacked ? (p->base[at] + p->value[at]) / 2 : p->value[at];
        struct end e = {p, at_value(s, middle)};
        size_t i = n++;
        for (; i > 0 && end[i - 1].y > e.y; i--)
            end[i] = end[i - 1];
        end[i] = e;
    }
    return n;
}

/* Pushes ends apart until each has a line of its own: groups that touch share their middle. */
static void part_ends(const struct sheet *s, struct end *end, size_t n)
{
    double gap = 1.15 * s->size;
    double bottom = s->height - s->bottom;

    for (int turn = 0; turn < 50; turn++) {
        bool moved = false;
        for (size_t i = 1; i < n; i++) {
            double lack = gap - (end[i].y - end[i - 1].y);
            if (lack > 1e-3) {
                end[i - 1].y -= lack / 2;
                end[i].y += lack / 2;
                moved = true;
            }
        }
        if (!moved)
            break;
    }
    for (size_t i = n; i-- > 0;) /* none below the plot … */
        end[i].y = fmin(end[i].y, bottom - (double)(n - 1 - i) * gap);
    for (size_t i = 0; i < n; i++) /* … and none above it */
        end[i].y = fmax(end[i].y, s->top + (double)i * gap);
}

static void put_ends(struct sheet *s)
{
    struct end *end = NEW_ARRAY(s->mem, s->nseries, struct end);
    size_t n = ends_of(s, end);
    double x = s->width - s->right + 0.5 * s->size, room = (s->width - x) / s->size;

    part_ends(s, end, n);
    for (size_t i = 0; i < n; i++)
        put_text(s, x, end[i].y, text_fit(s->mem, label_of(end[i].p), room), text_paint(end[i].p),
                 ANCHOR_START, end[i].p->role == ROLE_actual);
}

static double ends_width(const struct sheet *s)
{
    double most = 0;
    for (size_t k = 0; k < s->nseries; k++)
        if (is_named(&s->series[k]) && !is_interval(s->series[k].role))
            most = fmax(most, text_pt(s, label_of(&s->series[k])));
    return most;
}

/* ---- events on time axes ---- */

static void put_marks(struct sheet *s)
{
    double free_from[3] = {0};

    for (size_t i = 0; i < s->chart->nmarks && !s->rows; i++) {
        double x = at_category(s, (double)s->chart->mark[i].point);
        str text = s->chart->mark[i].text;
        double width = text_pt(s, text), from = x + 0.3 * s->size;
        int line = 0;
        if (from + width > s->width)
            from = x - 0.3 * s->size - width;
        while (line < 2 && from < free_from[line])
            line++;
        put_line(s, x, s->top, x, s->height - s->bottom, PAINT_muted, 0.5);
        put_text(s, from, s->top + (0.5 + line * LINE) * s->size, text, PAINT_muted, ANCHOR_START,
                 false);
        free_from[line] = from + width + s->size;
    }
}

/* ---- axes ---- */

static bool has_value_axis(const struct sheet *s)
{
    return !s->labelled && !sheet_has(s, LAYOUT_grid) && !sheet_has(s, LAYOUT_centre);
}

static void put_value_axis(struct sheet *s)
{
    const struct axis *a = &s->value;
    double bottom = s->height - s->bottom, free_from = 0;

    for (size_t i = 0; i < a->nticks; i++) {
        double at = at_value(s, a->tick[i].at);
        enum paint paint =
            a->tick[i].at == 0 && !sheet_has(s, LAYOUT_calendar) ? PAINT_muted : PAINT_grid;
        if (!s->rows) {
            put_line(s, s->left, at, s->width - s->right, at, paint, 0.6);
            put_text(s, s->left - 0.5 * s->size, at, a->tick[i].text, PAINT_muted, ANCHOR_END,
                     false);
            continue;
        }
        put_line(s, at, s->top, at, bottom, paint, 0.6);
        double half = text_pt(s, a->tick[i].text) / 2;
        if (at - half < free_from || at + half > s->width)
            continue;
        put_text(s, at, bottom + 0.9 * s->size, a->tick[i].text, PAINT_muted, ANCHOR_MIDDLE, false);
        free_from = at + half + 0.6 * s->size;
    }
}

static void put_cross_axis(struct sheet *s)
{
    const struct axis *a = &s->cross;
    double bottom = s->height - s->bottom;

    for (size_t i = 0; i < a->nticks; i++) {
        double x = s->left + (a->tick[i].at - a->low) / (a->high - a->low) * plot_width(s);
        put_line(s, x, s->top, x, bottom, a->tick[i].at == 0 ? PAINT_muted : PAINT_grid, 0.6);
        put_text(s, x, bottom + 0.9 * s->size, a->tick[i].text, PAINT_muted, ANCHOR_MIDDLE, false);
    }
    put_text(s, s->width - s->right, bottom + (0.9 + LINE) * s->size,
             text_fit(s->mem, s->x_label, plot_width(s) / s->size), PAINT_muted, ANCHOR_END, false);
}

/* Where bars begin, when no axis says so. */
static void put_zero(struct sheet *s)
{
    double at = at_value(s, 0);
    if (s->rows)
        put_line(s, at, s->top, at, s->height - s->bottom, PAINT_muted, 0.6);
    else
        put_line(s, s->left, at, s->width - s->right, at, PAINT_muted, 0.6);
}

/* ---- all of them ---- */

static void measure_rows(struct sheet *s)
{
    double most = 0;

    for (size_t i = 0; i < nrows(s); i++)
        most = fmax(most, text_pt(s, row_name(s, i)));
    s->name_width = fmin(most, 0.36 * s->width);
    s->left = s->name_width + 0.7 * s->size + values_room(s, true);
    if (sheet_has(s, LAYOUT_share))
        s->panel = 0.3 * s->width;
    s->right = fmax(values_room(s, false), 0.5 * s->size) + s->panel;
    s->bottom = has_value_axis(s) ? 1.9 * s->size : 0.4 * s->size;
    if (sheet_has(s, LAYOUT_grid))
        s->bottom = texts_under(s).two_lines ? 3.1 * s->size : 1.9 * s->size;
}

void measure_labels(struct sheet *s)
{
    if (sheet_has(s, LAYOUT_blank)) {
        s->left = s->right = s->top = s->bottom = 2;
        return;
    }
    s->top = head_line(s, false) + (s->rows || !s->labelled ? 0 : values_room(s, false));
    if (nrows(s)) {
        measure_rows(s);
        return;
    }
    double most = 0;
    for (size_t i = 0; i < s->value.nticks && has_value_axis(s); i++)
        most = fmax(most, text_pt(s, s->value.tick[i].text));
    s->left = most + 0.6 * s->size;
    s->right = s->ends ? fmin(ends_width(s), 0.3 * s->width) + 0.8 * s->size : 0.8 * s->size;
    if (sheet_has(s, LAYOUT_plane)) /* the last number below may stand out by half */
        s->right = fmax(s->right, 0.6 * text_pt(s, s->cross.tick[s->cross.nticks - 1].text));
    s->bottom = sheet_has(s, LAYOUT_plane) ? 3.2 * s->size
                : texts_under(s).two_lines ? 3.1 * s->size
                                           : 1.9 * s->size;
    if (s->labelled)
        s->bottom += values_room(s, true);
}

void put_labels(struct sheet *s)
{
    if (sheet_has(s, LAYOUT_blank))
        return;
    head_line(s, true);
    if (has_value_axis(s))
        put_value_axis(s);
    else if (!sheet_has(s, LAYOUT_grid) && !sheet_has(s, LAYOUT_centre))
        put_zero(s);
    if (sheet_has(s, LAYOUT_plane))
        put_cross_axis(s);
    if (nrows(s))
        put_beside(s);
    if (!s->rows && !sheet_has(s, LAYOUT_plane))
        put_under(s);
    if (s->ends)
        put_ends(s);
    if (!s->rows && !sheet_has(s, LAYOUT_plane) && !sheet_has(s, LAYOUT_grid))
        put_marks(s);
    put_values(s);
}
