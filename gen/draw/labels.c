#include "sheet.h"

#include <math.h>

/* The texts of a chart. gnuplot's own keys and tics know neither how wide a text is nor what else
 * stands there; so every text is placed here, in points, and gnuplot only sets it. */

static const double LINE = 1.25; /* of the text's size */

static uint32_t rgb(enum paint paint)
{
    return paint_rgb(paint);
}

void put_text(struct sheet *s, double x, double y, str text, enum paint paint, int anchor, bool bold)
{
    static const char *const anchors[] = {"left", "center", "right"};

    buf_add(&s->out, S("set label "));
    gnuplot_text(&s->out, text);
    buf_addf(&s->out, " at screen %.6g, screen %.6g %s font 'Sans%s,%g' tc rgb %u front\n",
             x / s->width, 1 - y / s->height, anchors[anchor], bold ? ":Bold" : "", s->size,
             rgb(paint));
}

void put_line(struct sheet *s, double x0, double y0, double x1, double y1, enum paint paint,
              double width)
{
    buf_addf(&s->out,
             "set arrow from screen %.6g, screen %.6g to screen %.6g, screen %.6g nohead lw %g lc rgb "
             "%u back\n",
             x0 / s->width, 1 - y0 / s->height, x1 / s->width, 1 - y1 / s->height, width, rgb(paint));
}

/* ---- categories ---- */

/* "Oct 2026" is written "Oct" with the year below it, where the year changes. */
static void split_year(str category, str *main, str *year)
{
    *main = category;
    *year = (str){0};
    if (category.n < 6 || category.p[category.n - 5] != ' ')
        return;
    for (size_t i = category.n - 4; i < category.n; i++)
        if (category.p[i] < '0' || category.p[i] > '9')
            return;
    *main = str_sub(category, 0, category.n - 5);
    *year = str_sub(category, category.n - 4, category.n);
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
    str *first, *second;    /* npoints; unset where none is shown */
    bool two_lines;
};

static void thin_out(const struct sheet *s, struct under *u, const str *main, const str *year)
{
    static const size_t steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 365, 1000, 10000};
    const struct chart *c = s->chart;
    size_t anchor = 0, step = 1, nstarts = 0;

    for (size_t i = 0; i < c->npoints; i++)
        nstarts += c->x_type == TYPE_date && is_month_start(main[i]);
    bool months = nstarts >= 2;
    for (size_t i = 1; i < c->npoints && !anchor; i++)
        if (year[i].n && !str_eq(year[i], year[i - 1]))
            anchor = i;
    size_t ncandidates = months ? nstarts : c->npoints;
    double room = plot_width(s) / (double)ncandidates;
    double need = months ? 2.2 * s->size : widest(s, main, c->npoints) + 0.6 * s->size;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && (double)step * room < need; i++)
        step = steps[i];

    str before = {0};
    for (size_t i = 0, n = 0; i < c->npoints; i++) {
        if (months && !is_month_start(main[i]))
            continue;
        size_t away = months ? n++ : (i + step * c->npoints - anchor);
        if (away % step)
            continue;
        u->first[i] = months ? str_sub(main[i], str_find(main[i], S(" "), 0) + 1, main[i].n) : main[i];
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
    struct under u = {NEW_ARRAY(s->mem, c->npoints, str), NEW_ARRAY(s->mem, c->npoints, str), false};
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
    double y = s->height - s->bottom + 0.9 * s->size;

    for (size_t i = 0; i < s->chart->npoints; i++) {
        double x = sheet_x(s, (double)i + 1, 0.5, (double)s->chart->npoints + 0.5);
        if (u.first[i].n)
            put_text(s, x, y, u.first[i], PAINT_muted, ANCHOR_MIDDLE, false);
        if (u.second[i].n)
            put_text(s, x, y + LINE * s->size, u.second[i], PAINT_muted, ANCHOR_MIDDLE, false);
    }
}

static void put_beside(struct sheet *s, size_t n, str (*name)(const struct sheet *, size_t))
{
    double room = s->left - 0.7 * s->size;
    for (size_t i = 0; i < n; i++)
        put_text(s, room, sheet_y(s, (double)i + 1, (double)n + 0.5, 0.5),
                 text_fit(s->mem, name(s, i), room / s->size), PAINT_ink, ANCHOR_END, false);
}

static str category_name(const struct sheet *s, size_t i)
{
    return s->chart->category[i];
}

static str series_name(const struct sheet *s, size_t i)
{
    return s->series[i].from->label;
}

/* ---- names of the series ---- */

static str label_of(const struct plotted *p)
{
    return p->from->label.n ? p->from->label : p->from->name;
}

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

/* The sample before a name: as wide as the text is high, drawn as the series is. */
static void put_sample(struct sheet *s, const struct plotted *p, double x, double y)
{
    double half = 0.45 * s->size;
    bool line = sheet_has(s, LAYOUT_ends) && !is_interval(p->role);

    if (p->role == ROLE_target || line) {
        buf_addf(&s->out,
                 "set arrow from screen %.6g, screen %.6g to screen %.6g, screen %.6g nohead lw %g%s "
                 "lc rgb %u front\n",
                 x / s->width, 1 - y / s->height, (x + 2 * half) / s->width, 1 - y / s->height,
                 p->role == ROLE_target ? 2.0 : 2.2, p->role == ROLE_forecast ? " dt (3,2)" : "",
                 rgb(p->paint));
        return;
    }
    buf_addf(&s->out,
             "set object rect from screen %.6g, screen %.6g to screen %.6g, screen %.6g fc rgb %u fs "
             "%s noborder front\n",
             x / s->width, 1 - (y + half) / s->height, (x + 2 * half) / s->width,
             1 - (y - half) / s->height, rgb(p->paint),
             p->role == ROLE_forecast ? "pattern 4" : "solid");
}

/* Lays the line above the plot out: what is measured, then the names. Draws if `draw`; returns its
 * height. */
static double head_line(struct sheet *s, bool draw)
{
    double line = LINE * s->size, x = 0, y = 0.6 * s->size;
    bool any = s->chart->y_label.n > 0;

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
        str text = text_fit(s->mem, label_of(p), s->width / s->size - 2);
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
        struct end e = {p, sheet_y(s, middle, s->value.low, s->value.high)};
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

/* ---- values at the ends of bars ---- */

static str value_text(const struct sheet *s, const struct plotted *p, size_t i)
{
    double x = p->value[i] - p->base[i];
    return axis_text(&s->value, s->mem, s->lang, x, s->value.decimals);
}

static bool shows_values(const struct sheet *s, const struct plotted *p)
{
    return p->slot > 0 && sheet_has(s, LAYOUT_values) && s->rows;
}

/* The longest end of what stands in row i: labels go behind it, so that they touch no mark. */
static double row_end(const struct sheet *s, size_t i, bool negative)
{
    double end = 0;
    for (size_t k = 0; k < s->nseries; k++)
        if (isfinite(s->series[k].value[i]))
            end = negative ? fmin(end, s->series[k].value[i]) : fmax(end, s->series[k].value[i]);
    return end;
}

static void put_values(struct sheet *s)
{
    double n = (double)s->chart->npoints, band = plot_height(s) / n;

    for (size_t k = 0; k < s->nseries; k++) {
        const struct plotted *p = &s->series[k];
        double slots = (double)s->nslots;
        bool fits = s->nslots == 1 || 0.78 * band / slots >= 0.95 * s->size;
        if (!shows_values(s, p) || s->stacked || (!fits && p->slot != 1))
            continue;
        for (size_t i = 0; i < s->chart->npoints; i++) {
            if (!isfinite(p->value[i]))
                continue;
            bool negative = p->value[i] < 0;
            double end = s->nslots == 1 ? row_end(s, i, negative) : p->value[i];
            double x = sheet_x(s, end, s->value.low, s->value.high);
            double offset = fits ? ((double)p->slot - (slots + 1) / 2) * 0.78 / slots : 0;
            double y = sheet_y(s, (double)i + 1 + offset, n + 0.5, 0.5);
            put_text(s, x + (negative ? -0.45 : 0.45) * s->size, y, value_text(s, p, i), PAINT_ink,
                     negative ? ANCHOR_END : ANCHOR_START, false);
        }
    }
}

static double values_width(const struct sheet *s, bool negative)
{
    double most = 0;
    for (size_t k = 0; k < s->nseries; k++)
        for (size_t i = 0; i < s->chart->npoints && shows_values(s, &s->series[k]); i++)
            if (isfinite(s->series[k].value[i]) && (s->series[k].value[i] < 0) == negative)
                most = fmax(most, text_pt(s, value_text(s, &s->series[k], i)));
    return most > 0 ? most + 0.6 * s->size : 0;
}

/* ---- events on time axes ---- */

static void put_marks(struct sheet *s)
{
    double free_from[3] = {0};

    for (size_t i = 0; i < s->chart->nmarks && !s->rows; i++) {
        double x = sheet_x(s, (double)s->chart->mark[i].point + 1, 0.5,
                           (double)s->chart->npoints + 0.5);
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

/* ---- all of them ---- */

/* Whether the value axis is written: not where each bar carries its value. */
static bool has_value_axis(const struct sheet *s)
{
    return !(s->rows && sheet_has(s, LAYOUT_values) && !s->stacked) && !sheet_has(s, LAYOUT_grid) &&
           !sheet_has(s, LAYOUT_calendar);
}

static double tick_width(const struct sheet *s, const struct axis *a)
{
    double most = 0;
    for (size_t i = 0; i < a->nticks; i++)
        most = fmax(most, text_pt(s, a->tick[i].text));
    return most;
}

void measure_labels(struct sheet *s)
{
    const struct chart *c = s->chart;

    s->top = head_line(s, false);
    if (sheet_has(s, LAYOUT_blank)) {
        s->left = s->right = s->top = s->bottom = 2;
        return;
    }
    if (s->rows || sheet_has(s, LAYOUT_grid)) {
        double most = 0;
        size_t n = sheet_has(s, LAYOUT_grid) ? s->nseries : c->npoints;
        for (size_t i = 0; i < n; i++)
            most = fmax(most, text_pt(s, sheet_has(s, LAYOUT_grid) ? series_name(s, i)
                                                                   : category_name(s, i)));
        s->left = fmin(most, 0.36 * s->width) + 0.8 * s->size + values_width(s, true);
        s->right = fmax(values_width(s, false), 0.5 * s->size);
        s->bottom = has_value_axis(s) || sheet_has(s, LAYOUT_calendar) ? 1.9 * s->size
                                                                       : 0.4 * s->size;
        if (sheet_has(s, LAYOUT_grid))
            s->bottom = texts_under(s).two_lines ? 3.1 * s->size : 1.9 * s->size;
        return;
    }
    s->left = tick_width(s, &s->value) + 0.8 * s->size;
    s->right = 0.8 * s->size;
    if (s->ends)
        s->right = fmin(ends_width(s), 0.3 * s->width) + 0.8 * s->size;
    s->bottom = sheet_has(s, LAYOUT_plane)    ? 3.3 * s->size
                : texts_under(s).two_lines ? 3.2 * s->size
                                              : 1.9 * s->size;
}

static void put_value_ticks(struct sheet *s)
{
    const struct axis *a = &s->value;
    for (size_t i = 0; i < a->nticks; i++) {
        if (s->rows)
            put_text(s, sheet_x(s, a->tick[i].at, a->low, a->high),
                     s->height - s->bottom + 0.9 * s->size, a->tick[i].text, PAINT_muted,
                     ANCHOR_MIDDLE, false);
        else
            put_text(s, s->left - 0.5 * s->size, sheet_y(s, a->tick[i].at, a->low, a->high),
                     a->tick[i].text, PAINT_muted, ANCHOR_END, false);
    }
}

void put_labels(struct sheet *s)
{
    head_line(s, true);
    if (sheet_has(s, LAYOUT_blank))
        return;
    if (has_value_axis(s))
        put_value_ticks(s);
    if (s->rows)
        put_beside(s, s->chart->npoints, category_name);
    else if (sheet_has(s, LAYOUT_grid))
        put_beside(s, s->nseries, series_name);
    if (!s->rows && !sheet_has(s, LAYOUT_plane))
        put_under(s);
    if (s->ends)
        put_ends(s);
    if (sheet_has(s, LAYOUT_values))
        put_values(s);
    put_marks(s);
}
