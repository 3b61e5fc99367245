/* doc: Markdown pages become evaluated documents.
 * Knows base, data, query. Must not know gnuplot, HTML, PDF: a chart here is its data. */
#ifndef SALESBOOK_DOC_H
#define SALESBOOK_DOC_H

#include "../query/query.h"

/* ---- page.c: a Markdown file, read ---- */

#define BLOCK_KINDS(X) X(kpi) X(table) X(chart) X(graph) X(form) X(download) X(include)
enum block_kind {
#define X(name) BLOCK_##name,
    BLOCK_KINDS(X)
#undef X
};

/* A template as it stands in its file, before any query has run. */
struct page {
    str path;   /* as shown in diagnostics */
    str name;   /* person, index, targets, monthly: file name, or system for page.md */
    str system; /* folder it belongs to, or unset */
    str of;     /* system that its front matter names: without it there is no such page; or unset */
    struct place of_at;
    enum page_role { PAGE_SITE, PAGE_PART, PAGE_REPORT, PAGE_REPORT_PART } role;
    str title, subtitle, slug, audience, each; /* these, group and menu may hold {column} */
    str group, menu;  /* of the navigation (unset: not in it); menu: short title there */
    bool heads_group; /* the group's name leads here, and no line of its own stands below */
    int64_t order;    /* place among its group, or among parts */
    str *for_reports;
    size_t nfor; /* for: of a report part */
    str *listed; /* pages and systems whose page lists this one: the first that there is */
    size_t nlisted;
    struct place listed_at;
    bool pdf;
    bool plain_words; /* no footnotes on paper */
    bool xlsx;        /* its tables as a workbook beside it; of a report unless it says no */
    str folder;       /* of a report without a period: it lies there, by its slug alone; or unset */
    bool fillable;    /* of a report: its forms can be filled in on a screen */
    bool closed;      /* of a report: its figures are kept when its month is closed */
    bool asked;       /* of a report: made only where book.yaml or --report names it */
    struct place each_at;
    str own; /* of a report: the column of `each` with the person whom it is about and for */
    struct place own_at;
    struct hash128 hash; /* of its text */
    struct yaml *front;
    struct block_tree *body; /* page.c's own */
};

/* Reads one Markdown file. NULL with diagnostics if its front matter or a block is broken (misspelt
 * options and kinds name the nearest right one); all defects of the file are reported. */
struct page *page_read(struct arena *mem, str path, str text, enum page_role role, str name,
                       str system, struct diags *diags);

/* Calls found() for the audience of the page and of each of its blocks that has one. */
void page_audiences(const struct page *page, void (*found)(void *arg, str name, struct place at),
                    void *arg);

/* A text of a page by which something is read: a value of its front matter, which may be a query;
 * a query in prose; that of a block, which is not asked where it reads absent systems only; or the
 * `file:` of an include, as it is written. */
enum page_text { TEXT_FRONT, TEXT_PROSE, TEXT_BLOCK, TEXT_INCLUDE };
typedef void text_fn(void *arg, enum page_text kind, str text);
void page_texts(const struct page *page, text_fn *found, void *arg); /* calls found() for each */

/* Compiles the queries of blocks and prose, as those run them who may see them: once for all
 * workers that will evaluate these pages. */
void pages_prepare(struct page *const *pages, size_t npages, struct store *store);

/* ---- document.c: what a renderer draws ---- */

#define NODE_KINDS(X)                                                                              \
    X(document)                                                                                    \
    X(section)                                                                                     \
    X(heading)                                                                                     \
    X(paragraph)                                                                                   \
    X(text)                                                                                        \
    X(emphasis)                                                                                    \
    X(strong)                                                                                      \
    X(code)                                                                                        \
    X(link)                                                                                        \
    X(break)                                                                                       \
    X(list)                                                                                        \
    X(item)                                                                                        \
    X(quote)                                                                                       \
    X(code_block)                                                                                  \
    X(rule) X(kpis) X(table) X(figure) X(graph) X(form) X(download) X(notice) X(stale)
enum node_kind {
#define X(name) NODE_##name,
    NODE_KINDS(X)
#undef X
};

enum state { STATE_NONE, STATE_GOOD, STATE_BAD, STATE_WARN }; /* always drawn with a sign too */
enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER, ALIGN_DECIMAL };

struct cell {
    str text; /* as shown; "–" for unknown. A signal and a difference carry + or −; what
               * stands for its state beside them is the renderer's. Of a sparkline: its first
               * and last value, for those who cannot see it */
    str few;  /* of a rate of few cases: their number and its interval, drawn small; or unset */
    struct node
        *inlines; /* of a plain table: the text with its markup, children in order; else NULL */
    struct value value; /* full precision; for sorting, JSON, CSV, workbook */
    enum type type;
    str href;     /* address from the site's root, or unset */
    bool outside; /* href leads to another site or a mailbox: it stands as it is */
    enum state state;
    double bar;          /* -1 … 1 of the column's widest, NaN for none */
    const double *spark; /* or NULL; NaN where unknown */
    size_t nspark;
    struct drawing *spark_drawing; /* filled by draw */
};
struct table_column {
    str name, label, unit, explain; /* explain: one line that tells the word, or unset */
    bool defined; /* explain is what columns: says, not what a field of a table holds */
    enum type type;
    enum align align;
    enum better better;
    bool bar, spark;
    bool across; /* one of many beside one another, under values of another column */
    int sorted;  /* -1 falling, 1 rising, 0 not */
};
struct table_node {
    struct table_column *column;
    size_t ncols, nrows;
    struct cell *cell;   /* cell[row * ncols + column] */
    struct cell *total;  /* ncols cells, or NULL */
    size_t fold;         /* rows shown at first on the site; on paper the rest is one row */
    struct cell *others; /* ncols cells: "others (1,880)" with sums, for paper; or NULL */
    bool plain;          /* a pipe table of the prose: no tools, no data */
};

/* A key figure. Texts are formatted; unset where not known. */
struct kpi {
    str name;                              /* of the measure; unset where it has none */
    str label, value, unit, explain, href; /* unit: "CNY", drawn small behind the value, or unset */
    str few;                               /* of a rate of few cases, as a cell's; or unset */
    str target_text, target_diff, before_text, before_diff; /* "+3.2 %" … with sign */
    enum state target_state, before_state;
    struct value exact, target, before;
    enum type type;
    const double *spark;
    size_t nspark;
    double spark_target; /* NaN for none */
    struct drawing *spark_drawing;
};

/* What a series means, drawn alike everywhere (look.md, notation). */
#define ROLES(X)                                                                                   \
    X(actual)                                                                                      \
    X(target)                                                                                      \
    X(before)                                                                                      \
    X(forecast)                                                                                    \
    X(low80)                                                                                       \
    X(high80)                                                                                      \
    X(low95)                                                                                       \
    X(high95)                                                                                      \
    X(good)                                                                                        \
    X(bad)                                                                                         \
    X(series1)                                                                                     \
    X(series2) X(series3) X(series4) X(series5) X(series6) X(size) X(total) X(start) X(end)
enum role {
#define X(name) ROLE_##name,
    ROLES(X)
#undef X
};
struct series {
    str name, label; /* label as shown at the data */
    str legend;      /* and what the legend calls it */
    enum role role;
    double *value; /* npoints, NaN where unknown */
    str *text;     /* as shown in tips; formatted */
};
/* Data of a chart: categories along x, series of numbers over them. Times are categories in order,
 * with the gaps filled; scatter has x values in x_value. What the kinds carry in their series:
 * - waterfall: start and end, the levels between which a bar stands; then total, good, bad: the
 *   value of the step in the one that it is (a level, a change for the better, for the worse), else
 *   NaN
 * - pareto: actual, falling; total: the cumulated share, 0 … 1, on an axis of its own
 * - heatmap: a series a row of the map, all of role actual, as many as there are
 * - gantt: a point a bar, its name in category; start and end: days since 1970-01-01; good, bad: 1
 *   where column `state` says so, else NaN
 * - scatter: x_value, actual; size if asked for; point_label
 * - funnel: actual; point_label: what stands at a stage, if asked for */
struct chart_mark {
    size_t point;
    str text;
};
struct chart {
    str kind;             /* file name in charts/: lines, bars, … */
    str x_label, y_label; /* y with its unit */
    enum type x_type, y_type;
    double y_scale; /* axis shows value / y_scale ("thousand CNY": 100000 from cents) */
    size_t npoints, nseries;
    str *category;    /* npoints, as shown */
    double *x_value;  /* or NULL */
    str *point_label; /* or NULL: what option label says of a point */
    str *href;        /* or NULL */
    struct series *series;
    struct chart_mark *mark; /* events on time axes */
    size_t nmarks;
    str *flag;
    size_t nflags; /* further words of the options: stacked, horizontal, percent, … */
    double height; /* of width, 0: the kind's own */
};
/* A field of a form that people fill in. */
#define FIELD_TYPES(X) X(text) X(number) X(money) X(date) X(time) X(check) X(choice) X(signature)
enum field_type {
#define X(name) FIELD_##name,
    FIELD_TYPES(X)
#undef X
};
enum { FIELD_LINES_MAX = 40 };
struct form_field {
    str label, hint; /* hint: how to fill it in, or unset */
    enum field_type type;
    size_t lines; /* from 1, on paper */
    str unit;     /* of money: the currency; else unset */
    str *choice;
    size_t nchoices;
};

struct graph_node {
    str id, label, lane, shape, page, key, href, parent;
};
struct graph_edge {
    str from, to, label;
};
struct graph {
    enum graph_kind { GRAPH_FLOW, GRAPH_ORG, GRAPH_MINDMAP } kind;
    struct graph_node *node;
    size_t nnodes;
    struct graph_edge *edge;
    size_t nedges;
};

/* Where a figure comes from: behind the small link under its block. */
struct provenance {
    str sql, page_path;
    int line;
    struct source_rows *source;
    size_t nsources;
    struct param *param;
    size_t nparams;
};

enum width { WIDTH_FULL, WIDTH_HALF, WIDTH_THIRD, WIDTH_TWO_THIRDS, WIDTH_QUARTER };

struct node {
    enum node_kind kind;
    struct node *first, *next;
    struct place at;
    str text; /* of text, code, code_block, notice; of stale: that what stands before it in its
               * paragraph, heading or cell is not up to date, and why. Its title is the mark
               * alone, its note the reason, for media in which one can point at it */
    str title, note,
        id; /* of a block, section or heading. id: unique in its document, a letter, then
             * letters, digits and '-' in lower case: one with '_' is free for a renderer */
    enum width width;
    bool only_site, only_report;
    union {
        int level; /* heading, 1–6 */
        struct {
            bool ordered, tight;
            int start;
        } list;
        struct {
            str href;
            bool outside;
        } link; /* href from the site's root if not outside */
        struct {
            struct kpi *at;
            size_t n;
        } kpis;
        struct table_node *table;
        struct {
            struct chart *chart;
            struct table_node *table;
            str description;
            struct drawing *screen, *narrow, *print;
        } figure; /* drawings filled by draw; narrow: for
                   * a phone, or NULL where `screen` is as narrow */
        struct {
            struct graph *graph;
            struct table_node *table, *words;
            str description; /* words: for people */
            str mm;          /* name of its file for FreeMind, beside the page, or unset */
            struct drawing *screen, *print;
        } graph;
        struct {
            struct form_field *at;
            size_t n;
            struct table_node *table;
        } form;
        struct {
            str file;
            struct table_node *table;
            str label;
        } download;
    };
    struct provenance *from; /* or NULL */
};

/* What one query of a document gave, or what was taken from a file of the book (line 0): for the
 * PDF to say what it was made of. */
struct made_of {
    str path;
    int line;
    struct hash128 rows;
};

struct document {
    struct node *root;
    str title, subtitle; /* subtitle: period, scope … or unset */
    str audience;
    str address;   /* person/li-wei.html, from the site's root; reports: 2026-10/monthly-east.pdf,
                    * or of a folder: forms/weekly.pdf */
    str kind, key; /* person, li.wei */
    struct page *page;
    str group; /* of the navigation */
    struct {
        str address, title;
    } previous, following; /* in the order of its `each`, or unset */
    bool draw_screen, draw_print;
    LIST(struct made_of) readings; /* in its order */
    struct hash128 templates;      /* of the pages and words that it was made by */
    struct hash128 shown; /* of what else it shows: its neighbours, where links lead; not how many
                           * rows its sources have */
    bool has_workbook;    /* one lies beside it; set by who writes it */
    bool draw_mail;       /* figures are drawn `narrow`, whatever their width */
    bool
        by_audience; /* something on it depends on who reads: others need a document of their own */
    bool includes;   /* it shows files of the book, or would if they were there */
};

/* ---- plan.c: which pages there will be ---- */
struct planned {
    const struct page *page;
    str audience, kind, key, address;
    str title, subtitle, menu, group; /* placeholders filled; all but title may be unset */
    struct param *param;
    size_t nparams;             /* the columns of its `each` row, then as_of and month */
    enum type *type;            /* nparams: how {name} is written in texts */
    size_t previous, following; /* index + 1 among the plan, 0: none */
};
struct plan {
    struct arena *mem;
    LIST(struct planned) list;
    struct map by_audience; /* plan.c's own: the addresses of each site … */
    struct map kinds;       /* … and each kind's keys, those of all sites */
};
/* Whether some site has such a page; whether pages of a kind have keys. O(1). */
bool plan_has(const struct plan *plan, str kind, str key);
bool plan_has_keys(const struct plan *plan, str kind);
/* The page of that audience's site at an address, or NULL. O(1). */
const struct planned *plan_at(const struct plan *plan, str audience, str address);
/* Whether two audiences' pages at one address have the same row, names and neighbours, so that a
 * document of one that is not `by_audience` is the other's too. */
bool plan_alike(const struct plan *plan, const struct planned *a, const struct planned *b);
/* Runs all `each` queries of `pages` for `audience` and adds its pages to plan and store. Slugs are
 * made from the key, unique in their folder. False if any query is broken. */
bool plan_pages(struct plan *plan, struct store *store, struct page *const *pages, size_t npages,
                str audience, struct diags *diags);

/* ---- evaluate.c: blocks run their queries ---- */
struct evaluation {
    struct store *store;
    struct page *const *pages;
    size_t npages; /* for parts */
    const struct plan *plan;
    str audience;
    bool report;   /* else site */
    bool figures;  /* of a report: only the blocks whose figures are kept when a month is closed */
    str book;      /* folder for include: files */
    str name;      /* what it is called in addresses of its files; unset: as that folder */
    str templates; /* folder of templates; both are shown by name only, wherever they lie */
};
/* The document of one planned page or report, with the parts of all present systems in their
 * places. NULL with diagnostics; a broken block does not hide the defects of the others. Lives in
 * mem. */
struct document *evaluate(struct arena *mem, const struct evaluation *e, const struct planned *p,
                          struct diags *diags);

#endif
