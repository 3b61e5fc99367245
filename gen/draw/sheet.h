/* A chart while it is laid out: private to chart.c, axis.c, labels.c and places.c. */
#ifndef SALESBOOK_DRAW_SHEET_H
#define SALESBOOK_DRAW_SHEET_H

#include "parts.h"

/* ---- axis.c ---- */
struct tick {
    double at;
    str text;
};
struct axis {
    double low, high;       /* what the plot shows, in the scale of the axis */
    struct tick *tick;
    size_t nticks;
    int decimals;           /* of values written at the data */
    enum type type;
};
/* Widens low..high to at most max_ticks round steps and writes them. */
void axis_ticks(struct axis *a, struct arena *mem, const struct language *lang, size_t max_ticks);
/* Ticks on the first day of months, quarters or years between two days. */
void axis_days(struct axis *a, struct arena *mem, const struct language *lang, size_t max_ticks);
str axis_text(const struct axis *a, struct arena *mem, const struct language *lang, double x,
              int decimals);
/* The same number with its sign, for differences. */
str axis_signed(const struct axis *a, struct arena *mem, const struct language *lang, double x);

/* ---- sheet ---- */

/* One series as it is drawn: where each of its marks begins and ends. */
struct plotted {
    const struct series *from;
    size_t index;           /* in chart->series */
    enum role role;
    enum paint paint;
    size_t slot;            /* place in its group of bars, from 1; 0: it has none of its own */
    double *base, *value;   /* npoints, in the scale of the axis; NaN where unknown */
};
struct sheet {
    struct arena *mem;
    const struct chart *chart;
    const struct kind *kind;
    const struct language *lang;
    double width, height, size; /* points; size of text */
    bool rows;              /* categories run downwards */
    bool stacked, percent;
    bool legend, ends;      /* whether the series are named above, or at their ends */
    struct plotted *series;
    size_t nseries, nslots;
    double *share;          /* npoints: cumulated share of layout `share`, or NULL */
    double left, right, top, bottom; /* points around the plot */
    struct axis value, cross; /* cross: x of layouts plane and calendar */
    struct buf out;         /* the script */
};
bool sheet_has(const struct sheet *s, enum layout_word word);
bool sheet_flag(const struct sheet *s, str flag);
bool is_interval(enum role role);
/* Where a point stands on the sheet, in points from its left or from its top. */
double sheet_x(const struct sheet *s, double x, double low, double high);
double sheet_y(const struct sheet *s, double y, double low, double high);
double plot_width(const struct sheet *s);
double plot_height(const struct sheet *s);
/* Width of a text at the sheet's size, in points. */
double text_pt(const struct sheet *s, str text);

/* ---- labels.c: texts around and in the plot, each as a `set label` ---- */
/* Text on the sheet: x and y in points from the left and from the top, y at half its height. */
void put_text(struct sheet *s, double x, double y, str text, enum paint paint, int anchor, bool bold);
void put_line(struct sheet *s, double x0, double y0, double x1, double y1, enum paint paint, double width);
/* Space that these labels need; called before the plot's place is settled. */
void measure_labels(struct sheet *s);
/* Writes them; called when it is. */
void put_labels(struct sheet *s);

#endif
