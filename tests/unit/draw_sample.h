/* Charts of every kind, in plausible shape and always the same: for tests and for measuring. */
#ifndef SALESBOOK_DRAW_SAMPLE_H
#define SALESBOOK_DRAW_SAMPLE_H

#include <math.h>

#include "../../gen/draw/parts.h"

#define SAMPLE_KINDS(X)                                                                            \
    X(lines)                                                                                       \
    X(area)                                                                                        \
    X(bars) X(bullet) X(funnel) X(waterfall) X(pareto) X(heatmap) X(scatter) X(gantt) X(sparkline)
enum sample_kind {
#define X(name) SAMPLE_##name,
    SAMPLE_KINDS(X)
#undef X
        SAMPLE_COUNT
};

static inline str sample_name(enum sample_kind kind)
{
    static const str name[] = {
#define X(name) {#name, sizeof #name - 1},
        SAMPLE_KINDS(X)
#undef X
    };
    return name[kind];
}

static inline str *sample_months(struct arena *mem, size_t n)
{
    struct language lang = language_of(S("en"), S("CNY"), 2);
    str *month = NEW_ARRAY(mem, n, str);
    for (size_t i = 0; i < n; i++)
        month[i] = fmt_month(mem, &lang, month_parse(S("2024-11")) + (int)i);
    return month;
}

static inline str *sample_people(struct arena *mem, size_t n)
{
    static const char *const name[] = {"Zhang Wei", "Renée Müller", "李娜", "O'Brien", "Kowalski"};
    str *people = NEW_ARRAY(mem, n, str);
    for (size_t i = 0; i < n; i++)
        people[i] = i < 5 ? str_of(name[i]) : arena_printf(mem, "Person %zu", i);
    return people;
}

static inline struct series sample_series(struct arena *mem, const char *label, enum role role,
                                          size_t n, double from, double step)
{
    struct series s = {.name = str_of(label),
                       .label = str_of(label),
                       .role = role,
                       .value = NEW_ARRAY(mem, n, double)};
    for (size_t i = 0; i < n; i++)
        s.value[i] = from + step * (double)i + 0.2 * fabs(from) * sin((double)i * 1.1 + role);
    return s;
}

/* A chart of npoints categories; its series by kind. */
static inline struct chart *sample_chart(struct arena *mem, enum sample_kind kind, size_t npoints)
{
    struct chart *c = NEW(mem, struct chart);
    struct series *s = NEW_ARRAY(mem, 6, struct series);
    bool time = kind == SAMPLE_lines || kind == SAMPLE_area || kind == SAMPLE_bars ||
                kind == SAMPLE_heatmap;

    *c =
        (struct chart){.kind = sample_name(kind),
                       .x_type = time ? TYPE_month : TYPE_string,
                       .y_type = TYPE_money,
                       .y_scale = 100000,
                       .y_label = S("thousand CNY"),
                       .npoints = npoints,
                       .category = time ? sample_months(mem, npoints) : sample_people(mem, npoints),
                       .series = s};
    double money = 4.2e8;
    switch (kind) {
    case SAMPLE_area:
    case SAMPLE_heatmap:
        for (size_t k = 0; k < 4; k++)
            s[c->nseries++] = sample_series(mem, k % 2 ? "North" : "East",
                                            kind == SAMPLE_area ? ROLE_series1 + k : ROLE_actual,
                                            npoints, money + 3e7 * (double)k, 1e6);
        break;
    case SAMPLE_waterfall:
    case SAMPLE_gantt:
        s[c->nseries++] = sample_series(mem, "From", ROLE_start, npoints, 20500, 22);
        s[c->nseries++] = sample_series(mem, "To", ROLE_end, npoints, 20560, 22);
        s[c->nseries++] = sample_series(mem, "Good", ROLE_good, npoints, 1, 0);
        c->y_scale = 1;
        break;
    case SAMPLE_pareto:
        s[c->nseries++] = sample_series(mem, "Revenue", ROLE_actual, npoints, money, 0);
        s[c->nseries++] = sample_series(mem, "Share", ROLE_total, npoints, 0, 0);
        for (size_t i = 0; i < npoints; i++)
            s[1].value[i] = (double)(i + 1) / (double)npoints;
        break;
    case SAMPLE_scatter:
        s[c->nseries++] = sample_series(mem, "Attainment", ROLE_actual, npoints, money, 0);
        c->x_type = TYPE_number;
        c->x_label = S("Visits");
        c->x_value = sample_series(mem, "", ROLE_series3, npoints, 20, 3).value;
        c->point_label = c->category;
        break;
    case SAMPLE_funnel:
        s[c->nseries++] = sample_series(mem, "Deals", ROLE_actual, npoints, money, 0);
        break;
    default:
        s[c->nseries++] = sample_series(mem, "Revenue", ROLE_actual, npoints, money, 1e6);
        s[c->nseries++] = sample_series(mem, "Target", ROLE_target, npoints, money, 2e6);
        s[c->nseries++] = sample_series(mem, "Last year", ROLE_before, npoints, 3.9e8, 1e6);
        break;
    }
    return c;
}

#endif
