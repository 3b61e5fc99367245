/* A chart while it is laid out: private to chart.c, series.c, axis.c, labels.c, values.c, script.c
 * and spark.c. */
#ifndef SALESBOOK_DRAW_SHEET_H
#define SALESBOOK_DRAW_SHEET_H

#include "parts.h"

struct tick {
    double at;
    str text;
};
struct axis {
    double low, high; /* what the plot shows, in the scale of the axis */
    double least,
        most; /* what the values span, and zero if it belongs to them: the same at all sizes */
    struct tick *tick;
    size_t nticks;
    enum type type;
};

/* One series as it is drawn. All arrays have npoints members; NaN where nothing is known. */
struct plotted {
    const struct series *from;
    enum role role;
    enum paint paint;
    size_t slot;          /* place in its group of bars, from 1; 0: it has none of its own */
    double *base, *value; /* where its marks begin and end, in the scale of the axis */
    double *amount;       /* what a text at a mark says, in the scale of the axis */
    enum paint *shade;    /* of each mark */
    double *opacity;      /* of each mark, or NULL: full */
    const str *text;      /* what a tip says, or NULL: the amount */
    bool is_signed;       /* its amounts are differences, written with their sign */
};

struct sheet {
    struct arena *mem;
    const struct chart *chart;
    const struct kind *kind;
    const struct language *lang;
    enum medium medium;
    double width, height, size; /* points; size of text */
    bool rows;                  /* categories run downwards */
    bool stacked, percent;
    bool legend, ends; /* whether the series are named above, or at their ends */
    bool labelled;     /* each bar carries its value, so the value axis is not written */
    struct plotted *series;
    size_t nseries, nslots;
    double left, right, top, bottom; /* points around the plot */
    struct axis value, cross;        /* cross: x of layout plane */
    int decimals;                    /* of amounts */
    str x_label;                     /* of layout plane, with its scale */
    double x_scale;
    double name_width;                 /* points of the names beside rows */
    double panel;                      /* points at the right of the plot, for layout share */
    LIST(struct shape) behind, before; /* what we draw ourselves, under and over the marks */
    uint32_t blocks;                   /* those that the script has: 1 << BLOCK_… */
    int line;       /* to be added to a line of the script for that of the kind's file */
    struct buf out; /* the script */
};

/* How much of a category's space its bars take. */
#define GROUP 0.76
/* The middle of a funnel's bar in its row; templates/charts/funnel.gp draws it there. */
#define FUNNEL_MIDDLE 0.36
/* The plot of a kind of layout stretch is drawn with this width and height, and symbols as for text
 * of this size: one drawing for all sizes of a chart. Around it is an edge, for a line on the edge
 * of all that gnuplot draws may be lost. */
#define PLANE 1000.0
#define PLANE_EDGE 10.0
#define PLANE_TEXT 8.5
enum { PANEL_EDGE = 3 }; /* points that the panel leaves free at its right, for its last dot */

/* ---- chart.c ---- */
bool sheet_has(const struct sheet *s, enum layout_word word);
double plot_width(const struct sheet *s);
double plot_height(const struct sheet *s);
/* Where a value of the value axis, and the middle of a category (from 0; parts of one count),
 * stand: in points from the left of the sheet, or from its top if rows decides so. */
double at_value(const struct sheet *s, double value);
double at_category(const struct sheet *s, double i);
double text_pt(const struct sheet *s, str text); /* its width, in points */
/* Tips are numbered from 1: those that tell all of a point (k 0), then those of each series (k -
 * 1). */
uint32_t tip_number(const struct sheet *s, size_t k, size_t i);

/* ---- script.c ---- */
/* Writes what the kind's script finds (templates/charts/README.md), and its lines but those that
 * would plot nothing. */
void sheet_script(struct sheet *s);
/* Where a plane that is stretched comes to lie on the sheet. */
struct stretch sheet_stretch(const struct sheet *s);
/* What gnuplot says of the script, with file and line of the kind where it names a line. */
str sheet_complaint(const struct sheet *s, str complaint);

/* ---- series.c ---- */
/* Chooses the series that are known at any point, and says where their marks begin and end. */
void sheet_series(struct sheet *s);
/* Brings cumulated shares into the panel beside the plot, once the value axis is settled. */
void share_series(struct sheet *s);
bool is_interval(enum role role);

/* ---- axis.c ---- */
/* Ranges, ticks, and whether the bars carry their values instead of an axis. */
void sheet_axes(struct sheet *s);
/* An amount as the book's language writes it, with the decimals of all amounts of the sheet. */
str amount_text(const struct sheet *s, double x, bool with_sign);

/* ---- labels.c: texts and lines around the plot ---- */
/* Text on the sheet: x and y in points from the left and from the top, y at half its height. */
void put_text(struct sheet *s, double x, double y, str text, enum paint paint, int anchor,
              bool bold);
void put_line(struct sheet *s, double x0, double y0, double x1, double y1, enum paint paint,
              double width);
/* Finds how much space they need around the plot. */
void measure_labels(struct sheet *s);
void put_labels(struct sheet *s);

/* ---- values.c: texts at the marks ---- */
/* Whether there is room for all values at the ends of their bars. */
bool values_fit(const struct sheet *s);
/* Points that they need beyond the longest bar, on its upper or its negative side. */
double values_room(const struct sheet *s, bool negative);
void put_values(struct sheet *s);

#endif
