/* draw: charts and graphs become drawings (gnuplot, Graphviz, expat).
 * Knows base, data, query, doc. Must not know HTML or PDF: both draw a drawing. */
#ifndef SALESBOOK_DRAW_H
#define SALESBOOK_DRAW_H

#include "../doc/doc.h"

/* ---- drawing.c: vectors and texts on a plane, y down, in points of 1/72 inch ---- */

/* Colours by meaning: CSS variables on the site, ink on paper. Order is the fixed index colour that
 * scripts in templates/charts draw with. */
#define PAINTS(X)                                                                                  \
    X(none)                                                                                        \
    X(ink)                                                                                         \
    X(muted)                                                                                       \
    X(grid)                                                                                        \
    X(ground)                                                                                      \
    X(actual)                                                                                      \
    X(before)                                                                                      \
    X(target)                                                                                      \
    X(forecast) X(band80) X(band95) X(good) X(bad) X(c1) X(c2) X(c3) X(c4) X(c5) X(c6) X(heat)
enum paint {
#define X(name) PAINT_##name,
    PAINTS(X)
#undef X
};
enum shape_kind { SHAPE_PATH, SHAPE_TEXT };
enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE }; /* points used: 1, 1, 3, 0 */
struct shape {
    enum shape_kind kind;
    enum paint fill, stroke;
    double fill_opacity, stroke_width; /* heat: opacity is the share of full colour */
    uint8_t dash[4];
    uint8_t ndash; /* whole points */
    bool hatched;  /* fill is drawn as lines at 45°, clipped to the path */
    uint8_t *op;
    size_t nops;
    double *xy;
    size_t nxy;         /* pairs */
    str text;           /* of SHAPE_TEXT, at xy[0], xy[1] on the baseline */
    double size, angle; /* points; degrees, counter-clockwise */
    enum { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END } anchor;
    bool bold;
    str tip, href; /* or unset. A shape with a tip and no paint is a place to point
                    * at: invisible on screen, left out on paper */
};
struct drawing {
    double width, height;
    str title, description;
    struct shape *shape;
    size_t nshapes;
};

/* ---- pool.c: long-lived gnuplot processes ---- */
struct gnuplot;
/* One process with its own empty folder, sandboxed; started anew if it dies or complains. NULL with
 * a diagnostic. `charts`: folders with kinds, the first that has KIND.gp wins; mem and diags must
 * outlive it. */
struct gnuplot *gnuplot_new(struct arena *mem, const str *charts, size_t ncharts,
                            struct diags *diags);
/* The same without a process: it knows the kinds, for draw_check, and draws nothing. */
struct gnuplot *gnuplot_idle(struct arena *mem, const str *charts, size_t ncharts,
                             struct diags *diags);
void gnuplot_free(struct gnuplot *g);
/* Numbers on axes are written in this language from now on (English until then). */
void gnuplot_speak(struct gnuplot *g, const struct language *lang);
/* Drawings are looked for there before they are drawn, and put there: whoever drew them before, the
 * same script draws the same. */
void gnuplot_keep(struct gnuplot *g, struct blobs *kept);
/* The programs that draw, as far as their drawings may differ by them: a word. */
str draw_version(struct arena *mem);
bool gnuplot_has_kind(const struct gnuplot *g, str kind);
size_t gnuplot_kinds(const struct gnuplot *g, struct arena *mem, str **kinds);

/* Narrow: a screen on which a chart has the width of a phone; it is higher for its width, for texts
 * and legends need as much room as on a wide one. */
enum medium { MEDIUM_SCREEN, MEDIUM_NARROW, MEDIUM_PRINT };
/* Organization charts and mind maps by dot, flow charts with swim lanes by neato. As wide as it is,
 * in print at least width_pt. Their processes stay with `g`, which may be idle. */
struct drawing *graph_draw(struct gnuplot *g, struct arena *mem, const struct graph *graph,
                           enum medium medium, double width_pt, struct place at,
                           struct diags *diags);
/* Draws every figure, graph and sparkline of a document for the media that it asks for. False if
 * one could not be drawn. */
bool draw_document(struct gnuplot *g, struct arena *mem, struct document *d, struct diags *diags);

/* Whether every figure of a document is of a kind that there is; a diagnostic for each other. */
bool draw_check(const struct gnuplot *g, const struct document *d, struct diags *diags);

#endif
