/* What the files of draw share among themselves; nobody outside includes it. */
#ifndef SALESBOOK_DRAW_PARTS_H
#define SALESBOOK_DRAW_PARTS_H

#include "draw.h"

/* ---- drawing.c: colours that carry a meaning ----
 * gnuplot and Graphviz know colours only. So each paint has one fixed colour, and what is left of
 * the 24 bits carries the number of a tip: colour = paint << 19 | tip. Any style that takes a
 * colour for each point thus gives each point its tip, and nothing has to be matched by order or
 * place. */
#define TIP_BITS 19
#define TIP_MAX ((1u << TIP_BITS) - 1)
uint32_t paint_rgb(enum paint paint);
/* False if rgb stands for no paint. Black is ink and white is ground, as gnuplot and Graphviz draw
 * what nobody has coloured. */
bool paint_of_rgb(uint32_t rgb, enum paint *paint, uint32_t *tip);

/* Width of a text in em, estimated for the sans serif faces of screens and of our PDF: margins are
 * made of it, so it is rather too wide than too narrow. */
double text_em(str text);
/* As much of text as fits into `em`, with "…" if something had to go. */
str text_fit(struct arena *mem, str text, double em);

/* Shapes that no other program draws: a text whose middle is at y, without control characters, and
 * a path through n points, back to the first if closed, still without paint. */
struct shape shape_text(struct arena *mem, double x, double y, str text, double size,
                        enum paint paint, int anchor);
struct shape shape_path(struct arena *mem, size_t n, const double *xy, bool closed);

/* ---- svg.c ---- */
/* Tips and addresses by number: what the colours of a chart's marks refer to. */
struct tips {
    str *tip, *href; /* n each; href may be NULL */
    size_t n;
};
/* A shape as it is read: its tip is a number still, from 1; 0: none. A text and a symbol stand at a
 * point and keep their form, however the plane is stretched. */
struct mark {
    struct shape shape;
    uint32_t tip;
    bool stands;
    double x, y; /* where it stands */
};
struct marks {
    double width, height;
    struct mark *at;
    size_t n;
};
/* False with a diagnostic; one for a number beyond ntips, too. */
bool svg_marks(struct arena *mem, str svg, size_t ntips, struct place at, struct diags *diags,
               struct marks *marks);
/* Reads gnuplot's or Graphviz's SVG. An element, attribute or colour that it does not know is a
 * diagnostic at `at`, and NULL. */
struct drawing *drawing_read_svg(struct arena *mem, str svg, struct place at, struct diags *diags);
/* The same, with the tips that colours refer to. */
struct drawing *svg_read(struct arena *mem, str svg, const struct tips *tips, struct place at,
                         struct diags *diags);

/* ---- marks.c ---- */
/* Whether anybody sees it or can point at it. */
bool mark_shows(const struct mark *m);
/* Where the plane of marks comes to lie: its corner at x, y. `size`: of what stands, and of its
 * lines. */
struct stretch {
    double x, y, x_scale, y_scale, size;
};
/* With the tips to which marks refer; NULL: they refer to none. Stretched, or, with NULL, as they
 * are. */
struct drawing *marks_drawing(struct arena *mem, const struct marks *marks, const struct tips *tips,
                              const struct stretch *stretch);

/* ---- kind.c: the scripts in templates/charts ---- */

/* What the line `# layout:` in a kind's script asks of us; see templates/charts/README.md. */
#define LAYOUT_WORDS(X)                                                                            \
    X(columns)                                                                                     \
    X(rows)                                                                                        \
    X(turning)                                                                                     \
    X(plane)                                                                                       \
    X(grid)                                                                                        \
    X(calendar)                                                                                    \
    X(blank) X(zero) X(stack) X(share) X(centre) X(ends) X(values) X(legend) X(spaces) X(stretch)
enum layout_word {
#define X(name) LAYOUT_##name,
    LAYOUT_WORDS(X)
#undef X
};
/* The blocks of data that it finds, and the other names. */
#define BLOCKS(X)                                                                                  \
    X(solid)                                                                                       \
    X(actual)                                                                                      \
    X(series) X(forecast) X(before) X(target) X(total) X(band80) X(band95) X(dots) X(spaces)
enum block {
#define X(name) BLOCK_##name,
    BLOCKS(X)
#undef X
};
#define NAMES(X) X(rows) X(sized) X(npoints) X(low) X(high) X(colour)
enum kind_name {
#define X(name) NAME_##name,
    NAMES(X)
#undef X
};
str block_name(enum block b); /* "$solid" */
/* A line of a script, as it stands. `plots`: the block that this part of a plot draws, as a bit; 0
 * if it begins with none. */
struct kind_line {
    str text;
    uint32_t plots;
    bool goes_on; /* it ends in a backslash */
};
struct kind {
    str name, path;
    str text;
    uint32_t words;                  /* 1 << LAYOUT_… */
    uint32_t blocks, names, colours; /* mentioned: 1 << BLOCK_…, NAME_…, PAINT_… */
    uint32_t needed;                 /* blocks that have to be there, even without a row */
    double height;                   /* of the width; 0: by rows */
    double row_height;               /* points for each row, where things run downwards */
    LIST(struct kind_line) lines;
    int first_line; /* number of lines.at[0] in its file */
};
typedef LIST(struct kind) kind_list;
/* Adds the kinds of a folder whose names are not there yet, and sorts all by name. False with
 * diagnostics for those that cannot be read, and these are left out. */
bool kinds_read(struct arena *mem, str folder, kind_list *kinds, struct diags *diags);
const struct kind *kind_find(const kind_list *kinds, str name); /* NULL if there is none */

/* ---- pool.c ---- */
const struct kind *gnuplot_kind(const struct gnuplot *g, str name); /* NULL if there is none */
const struct language *gnuplot_language(const struct gnuplot *g);

/* ---- kept.c: what programs drew last, by what they were given ---- */
enum { KEPT = 512 };
struct kept {
    struct {
        struct hash128 key;
        struct buf text; /* empty: none */
    } at[KEPT];          /* a ring */
    size_t next;
    struct blobs *blobs; /* those of earlier builds, or NULL */
};
str kept_find(const struct kept *k,
              struct hash128 key); /* valid until the next kept_add; unset: not kept */
/* To be found among the latest, and in the next build. */
void kept_add(struct kept *k, struct hash128 key, str text);
void kept_clear(struct kept *k);

/* Hands a script over to be drawn; its answer is taken by gnuplot_take in the same order. At most
 * GNUPLOT_AHEAD may wait. gnuplot reads it in a new session, behind GNUPLOT_LINES of our own. */
#define GNUPLOT_AHEAD 4
#define GNUPLOT_LINES 2
void gnuplot_send(struct gnuplot *g, str script);
/* The SVG of the script sent longest ago, valid until the next call. False if gnuplot said
 * anything, took too long or left it half written: `complaint` is what it said, in mem. */
bool gnuplot_take(struct gnuplot *g, struct arena *mem, str *svg, str *complaint);

/* ---- sandbox.c ---- */
struct sandboxed {
    int pid, in, out, err; /* pid -1: none runs */
};
enum { SANDBOX_FILES = GNUPLOT_AHEAD + 1 };
/* Starts argv[0], as PATH finds it, in an empty folder that no longer has a name, with pipes that
 * never block us for its standard input, output and error, and `files` (at most SANDBOX_FILES) as
 * its descriptors 3, 4 … It cannot start programs, open sockets or write files. False with a
 * diagnostic at `at`, and then none runs. */
bool sandbox_start(struct sandboxed *child, const char *const *argv, const int *files, int nfiles,
                   struct place at, struct diags *diags);
/* Kills it, whatever it does; nothing if none runs. */
void sandbox_end(struct sandboxed *child);
/* Adds what the pipe holds. False if it has come to its end. */
bool pipe_drain(int fd, struct buf *into);

/* ---- graphviz.c: long-lived processes of Graphviz ---- */
enum graphviz_program { GRAPHVIZ_DOT, GRAPHVIZ_NEATO, GRAPHVIZ_PROGRAMS };
struct graphviz {
    struct sandboxed child[GRAPHVIZ_PROGRAMS]; /* started when first needed */
    struct kept kept;
    struct buf svg; /* the drawing handed out last */
};
void graphviz_init(struct graphviz *v);
void graphviz_clear(struct graphviz *v);
/* What the program makes of one whole graph without labels, which ends with "}\n", valid until the
 * next call. False with a diagnostic at `at`: it said anything, took too long, ended, or could not
 * be started. */
bool graphviz_draw(struct graphviz *v, struct arena *mem, enum graphviz_program program, str source,
                   str *svg, struct place at, struct diags *diags);
/* Those of one worker's tools. */
struct graphviz *gnuplot_graphviz(struct gnuplot *g);

/* ---- chart.c, spark.c: one drawing, for tests ---- */

/* One chart at one size; height 0: the chart's own, or its kind's. Title and description are the
 * caller's to set. NULL with a diagnostic at `at` if gnuplot said anything or left it half
 * written. */
struct drawing *chart_draw(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                           enum medium medium, double width_pt, double height_pt, struct place at,
                           struct diags *diags);
struct drawing *spark_draw(struct gnuplot *g, struct arena *mem, const double *value, size_t n,
                           double target, double width_pt, double height_pt, struct diags *diags);

/* ---- chart.c ----
 * chart_draw in two halves, so that gnuplot draws while we go on: jobs are ended in the order in
 * which they were begun, and at most GNUPLOT_AHEAD are open. */
struct chart_job;
/* Whether there is such a kind; else a diagnostic that names the nearest. */
bool kind_check(const struct gnuplot *g, struct arena *mem, str kind, struct place at,
                struct diags *diags);
/* The same, and whether the kind's script draws something of each series; else diagnostics. */
bool chart_check(const struct gnuplot *g, struct arena *mem, const struct chart *chart,
                 struct place at, struct diags *diags);
/* NULL with a diagnostic, and then there is nothing to end. `chart` must live until chart_end.
 * `before`: the job begun last for the same chart at another size, or NULL; marks that are the same
 * at another size are taken from there, and what was wrong with them is not told again. */
struct chart_job *chart_begin(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                              enum medium medium, double width_pt, double height_pt,
                              const struct chart_job *before, struct place at, struct diags *diags);
struct drawing *chart_end(struct gnuplot *g, struct chart_job *job, struct diags *diags);
/* What gnuplot is given for a chart at its natural height; for tests and measuring. */
str chart_script(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                 enum medium medium, double width_pt, struct diags *diags);

/* ---- spark.c ----
 * Several sparklines of one size and of equally many points in one go; the halves are as those of a
 * chart. `spark` must live until sparks_end, which puts the drawings where they say. */
enum { SPARKS_MAX = 64 };
struct spark {
    const double *value;
    size_t n;
    double target; /* NaN for none */
    struct drawing **to;
    size_t number; /* its place in the document */
};
struct spark_job;
struct spark_job *sparks_begin(struct gnuplot *g, struct arena *mem, const struct spark *spark,
                               size_t n, double width_pt, double height_pt, struct diags *diags);
bool sparks_end(struct gnuplot *g, struct spark_job *job, struct diags *diags);

/* ---- script.c: the one way for numbers into gnuplot, which gets no texts of the data ---- */
/* Ten digits, or NaN. */
void gnuplot_number(struct buf *out, double x);

#endif
