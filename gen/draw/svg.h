/* What svg.c reads with: outlines in SVG's notations (outline.c), and a text without what says
 * nothing (svg_lean.c); private to these three. */
#ifndef SALESBOOK_DRAW_SVG_H
#define SALESBOOK_DRAW_SVG_H

#include "parts.h"

/* The path under way, in points on the page's own plane. `m` is the transform that holds now:
 * x' = m0 x + m2 y + m4, y' = m1 x + m3 y + m5. */
struct outline {
    struct arena *mem;
    const double *m;
    LIST(uint8_t) ops;
    LIST(double) points;
};

/* Reads one number and the blanks and commas around it. False if there is none. */
bool svg_read_number(const char **p, double *x);
double svg_read_decimal(const char *s); /* 0 if it is none */
/* "translate(3,4) rotate(-90) scale(2)" after m. False if it is anything else; m may have changed
 * then. */
bool svg_transform(double m[6], const char *s);

void outline_point(struct outline *o, double x, double y);
/* Each adds a part to the path; false if what is written cannot be read. */
bool outline_path(struct outline *o, const char *data); /* M L H V C Q Z and their relative forms */
bool outline_polygon(struct outline *o, const char *points, bool closed);
void outline_rect(struct outline *o, double x, double y, double w, double h);
void outline_ellipse(struct outline *o, double cx, double cy, double rx, double ry);
/* gnuplot's symbol of that number as its SVG's head defines it, and whether it is filled. */
bool outline_symbol(struct outline *o, size_t number, bool *filled);

/* Adds the SVG to out, but for gnuplot's definitions of symbols and groups with nothing in them. */
void svg_leave_out_idle(struct buf *out, str svg);

#endif
