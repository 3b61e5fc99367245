/* Inside doc: what evaluating one document needs. Not for other modules. */
#ifndef SALESBOOK_DOC_CONTEXT_H
#define SALESBOOK_DOC_CONTEXT_H

#include "tree.h"

/* A link to a place of the same page, checked when all ids are known. */
struct anchor {
    str id;
    struct place at;
};

/* Tables that are not up to date, each once. */
struct stale_tables {
    LIST(struct source_rows) list;
};

struct context {
    struct arena *mem;
    const struct evaluation *e;
    const struct planned *planned;
    struct document *doc;
    struct diags *diags;
    const struct page *page; /* whose blocks run: the page itself or a part of it */
    struct map ids;          /* those given away, each with the number to try next */
    LIST(struct anchor) anchors;
    bool included; /* inside a file of the book */
    bool parts_placed;
    size_t nmaps;              /* mind maps that are files too */
    struct stale_tables stale; /* under this document */
    struct stale_tables said;  /* under the queries of the paragraph, heading or cell at hand */
    /* Of the templates used so far, of the names shown, and of what else is, as addresses. */
    struct hasher *origin, *names, *shown;
    bool ok;
};

/* ---- placeholder.c ---- */

/* Fills {column} in text. Values are written as people read them, or with `raw` as they stand in
 * the data, for paths. A column that is not there is a diagnostic at `at`, and false. */
bool placeholders_fill(struct arena *mem, const struct store *store, const struct planned *row,
                       str text, bool raw, struct place at, struct diags *diags, str *out);
/* Where a page has a parameter of this name; nparams if it has none. */
size_t param_index(const struct planned *row, str name);
str value_text(struct arena *mem, struct value v); /* as it stands in the data; empty for NULL */

/* ---- document.c ---- */

struct node *node_new(struct arena *mem, enum node_kind kind, struct place at);
/* Appends node and its followers to the list that ends at *end; returns the new end. */
struct node **node_append(struct node **end, struct node *node);
/* An id for title that this document does not have yet; `otherwise` names a node without title. */
str document_id(struct context *c, str title, str otherwise);

/* ---- look.c: how a column of a result is shown ---- */

struct look {
    str label, unit, explain, format; /* format: unset if by type */
    str legend;                       /* what the legend of a chart calls it */
    bool defined;                     /* explain is what columns: says */
    enum better better;
    str name; /* of the column: what its keys are keys of */
};
struct look look_of(struct context *c, const struct block *b, const struct result *r, size_t col);
/* Whether the format of a whole block is meant for values of this type too. */
bool format_suits(str format, enum type type);
/* A value as text; "–" for unknown. */
str shown(struct context *c, struct value v, enum type type, str format);
/* Text of a key of this column (a person's name for a person), and where it leads, or unset. */
str shown_key(struct context *c, str column, str key, str *href);
/* The format with its sign always shown: "+whole"; "+" is by type. */
str signed_format(struct context *c, str format);
/* Of a difference and how it is written, if it is: one that is shown as zero is neither good nor
 * bad. */
enum state state_of(double difference, str written, enum better better);
/* The unit of values of a type: the currency for money, else what the meaning says. */
str unit_of(struct context *c, enum type type, const struct meaning *meaning);
/* The unit as it stands beside a label; unset where the label, or the values with it, say it
 * already: "Visits", visits. */
str unit_beside(struct context *c, str label, str unit);
/* "others (1,880)". */
str others_text(struct context *c, size_t n);
/* Reads what series() gives, NaN for null; nothing if fewer than two values are known, for one
 * point is no line. False if it is something else. */
bool series_read(struct arena *mem, str json, const double **value, size_t *n);
/* An address that may stand in a page: of this site, or https:, http:, mailto:. */
bool address_is_safe(struct context *c, str address);
bool address_is_outside(str address);

/* ---- few.c: rates of few cases ---- */

/* "n = 12, 32–86 %": the number of cases and the 95 % interval of a rate of fewer than 20; unset
 * for more, and where either is unknown. What is no share, a mean or a rate below 0 or above 1, has
 * no interval. */
str few_cases(struct context *c, struct value rate, enum type type, struct value cases);

/* ---- links.c: links of the prose ---- */

/* The address that a link of a page leads to; unset with a diagnostic. */
str link_resolve(struct context *c, str href, struct place at);
void links_check_anchors(struct context *c);

/* ---- origin.c: what a document was made of ---- */

/* Runs a query of this document, and notes its rows. NULL with diagnostics. */
struct result *ask(struct context *c, const struct query *q);
/* A page, a part or an included file begins; a name is shown in place of its key; something leads
 * to an address, or, if that is unset, nowhere. */
void origin_page(struct context *c, const struct page *page);
void origin_name(struct context *c, str name);
void origin_address(struct context *c, str address);
void origin_begin(struct context *c);
void origin_end(struct context *c);

/* ---- block_*.c: one block over its result, which has at least one row ----
 * Each returns a node of its kind, or NULL with diagnostics. Title, note, width and provenance are
 * set by evaluate.c. */
struct node *block_kpi(struct context *c, const struct block *b, const struct result *r);
struct node *block_table(struct context *c, const struct block *b, const struct result *r);
struct node *block_chart(struct context *c, const struct block *b, const struct result *r);
struct node *block_graph(struct context *c, const struct block *b, const struct result *r);
struct node *block_form(struct context *c, const struct block *b, const struct result *r);
struct node *block_download(struct context *c, const struct block *b, const struct result *r);
/* What stands where there is nothing to show; NULL if that is nothing. */
struct node *block_empty(struct context *c, const struct block *b);
/* graph_table.c: a graph in words: each node of a tree and what it stands below, each way of a
 * flow. */
struct table_node *graph_table(struct arena *mem, const struct graph *graph);
/* All columns as a table without tools: what stands behind a graph. */
struct table_node *table_of_all(struct context *c, const struct block *b, const struct result *r);

/* Whether a table has this column of its result: it is not hidden, and serves no other. */
bool table_shows(struct context *c, const struct block *b, const struct result *r, str column);

/* ---- idle.c: what a block says in vain ---- */

/* Warns of columns that a block does not show, of what suits no value, and of columns that it does
 * not read. */
void idle_columns(struct context *c, const struct block *b, const struct result *r);

/* ---- across.c: the values of one column of a table beside one another ---- */

/* The rows that are alike in the columns before `col` as one row. The columns of `wide` are those
 * of the result, from the first of these rows, and then all of them again under each value. */
struct across {
    struct result *wide;
    size_t col, nvalues;
    str *value, *label; /* as in the data, as shown */
    bool *filled;       /* filled[row * nvalues + value]: there is such a row */
};
enum { ACROSS_MAX = 60 };
/* Of a block with option across, over at least one row. NULL with a diagnostic. */
struct across *across_of(struct context *c, const struct block *b, const struct result *r);

/* ---- block_chart.c and its helpers: what a chart's data are made of ---- */

struct plot_column {
    size_t col;
    enum role role;
    struct look look;
};
/* One chart block on its way to a struct chart. */
struct plot {
    struct context *c;
    const struct block *b;
    const struct result *r;
    struct chart *chart;
    int x, series, label; /* columns of these options, or -1 */
    size_t places;        /* the column that names the places */
    int first;            /* month or day of the first place on a time axis */
    struct plot_column *y;
    size_t ny;
    enum type type;   /* of what the y axis measures */
    str format;       /* how its values are written */
    size_t *point;    /* of each row: its place on the axis, or NO_POINT */
    str scale, unit;  /* "thousand", and what is counted; unset where there is none … */
    str period, note; /* … nor these, for the title */
};
#define NO_POINT ((size_t)-1)
/* A day axis of ten years, or the points of as many people: more than anybody reads. So are these
 * rows, where each has its name beside it. */
enum { POINTS_MAX = 4000, ROWS_MAX = 40 };

/* chart_axis.c: the places along x: gaps of months and days filled, others as the rows come. False
 * with diagnostics. */
bool plot_axis(struct plot *p);
/* chart_series.c: the values at these places, a column or a name of option series each. */
bool plot_columns(struct plot *p);
bool plot_long(struct plot *p, bool limited);
/* The number in a cell; NaN for NULL. False with a diagnostic for a text. */
bool plot_number(struct plot *p, size_t row, size_t col, double *x);
/* A series without values, all unknown, added to the chart. */
struct series *plot_add_series(struct plot *p, str name, str label, enum role role);
/* The same of a column of y, called as it is. */
struct series *plot_add_column(struct plot *p, const struct plot_column *y, enum role role);
/* Writes the texts of a series by its values. */
void plot_write_texts(struct plot *p, struct series *s, enum type type, str format);
/* chart_kinds.c: the kinds that are more than values over places. */
bool plot_scatter(struct plot *p);
bool plot_gantt(struct plot *p);
bool plot_waterfall(struct plot *p);
bool plot_pareto(struct plot *p);

/* ---- chart_text.c: what is said about a chart ---- */

/* Data grow, and then a chart shows a part of them and says which: the `which` (first, last,
 * largest) so many of all; `what` they are begins with a space, or is empty. */
void plot_note_drawn(struct plot *p, const char *which, size_t drawn, size_t of, const char *what);
/* Whether option `flags` has that word. */
bool plot_has_flag(const struct plot *p, str flag);

/* Chooses y_scale, y_label and the unit by what the series hold. */
void plot_scale(struct plot *p);
/* "Revenue, thousand CNY, Jan–Oct 2026": unit and period stand behind a title that lacks them. */
str plot_title(struct plot *p, str title);
/* What stands beside the title, by arithmetic: first, last, highest, lowest of each series. */
str plot_description(struct plot *p);

/* ---- chart_table.c: the numbers behind a chart ---- */

/* The series that say something to a reader, as a copy; their number. */
size_t plot_told(struct plot *p, struct series **told);
struct table_node *plot_table(struct plot *p);

/* ---- parts.c: include, and the parts of systems ---- */

struct node *parts_nodes(struct context *c);
struct node *include_nodes(struct context *c, const struct block *b);

/* ---- evaluate.c ---- */

/* A file of the book or of templates by the name of that folder: a page says the same wherever it
 * was built. */
str shown_path(const struct context *c, str file);
/* The nodes of a list of pieces: prose as it stands, blocks and queries evaluated. */
struct node *evaluate_pieces(struct context *c, const struct piece *first);
/* audience_may() of this document's reader; that it was asked is noted. */
bool reader_may(struct context *c, str audience);
struct query query_of(const struct context *c, str sql, struct place at);
/* A text of an option with its placeholders filled; unset if not given. */
str option_filled(struct context *c, const struct block *b, enum option option, bool raw);
/* Whether who reads this document may see what is for `audience` (unset: everybody). */
bool audience_may(str reader, str audience);

#endif
