/* query: tables become views, and queries become results (SQLite in memory).
 * Knows base and data. Must not know pages, drawing, files of the site. */
#ifndef SALESBOOK_QUERY_H
#define SALESBOOK_QUERY_H

#include "../data/data.h"

/* ---- store.c: the database of one book ----
 * Order of calls: store_new, store_load, then store_pages_add as pages become known, and query_run.
 * After store_load nothing in the database changes, and it is all in memory: a forked worker may go
 * on with it. */
struct store;

/* An empty database with all functions; NULL if SQLite cannot start (diagnostic). `lang` and
 * `dataset` must outlive it. */
struct store *store_new(struct arena *mem, const struct dataset *dataset,
                        const struct language *lang, int fiscal_year_start, struct diags *diags);
void store_free(struct store *s);

/* What changed since another state of the book, for table data_changes: the only one whose rows are
 * no matter of the book itself. kind: since, table, figure, row; of: the seq of the figure or table
 * of a row, or NULL. */
struct change_fact {
    const char *kind, *what; /* what: added, removed, edited; of a figure: company or its scope */
    int64_t seq, of, number; /* number: rows; -1: unknown */
    str tbl, text, before, after, difference, page, key, file;
    int64_t line;
};
/* Call it before store_load. */
void store_changes(struct store *s, const struct change_fact *fact, size_t n);

/* ---- restated.c: figures of closed months that are other than they were published ----
 * For the tables data_restated and data_restated_rows: said before store_load, and empty unless
 * said. It must outlive the store. */
struct restated_figure {
    int month;
    str page, report, of;        /* the report's file, its template, the key of its page */
    str block, title, key, kind; /* kind: of the key, where it is one: person, region …; or unset */
    str name, label, tables;
    struct value was, now;
    enum type type;
};
struct restated_rows {
    int month;
    str table, group; /* a day, month, year or period; empty for all rows */
    size_t then, now; /* how many they were, and are */
    str files, lines; /* where they stand now */
};
struct restated {
    LIST(struct restated_figure) figures;
    LIST(struct restated_rows) rows;
};
/* What is restated when `await` has returned, which store_load calls once, as late as it can. False
 * with diagnostics. */
typedef bool await_fn(void *arg, struct diags *diags);
void store_restated(struct store *s, const struct restated *restated, await_fn *await, void *arg);

/* ---- wanted.c: what somebody can come to read ----
 * Views, rollups and kept rows of systems that the book lacks need rows only where a page, a text
 * or a view of what is there names them. */
struct model_file {
    str system, path, text; /* a model.sql of one system */
};
struct wanted;
/* Present systems, and all that their views name. Which they are has to stand in the model, which
 * has to stay, as have the files. */
struct wanted *wanted_new(struct arena *mem, const struct model *model,
                          const struct model_file *models, size_t nmodels);
/* False where a query names absent systems only: if it reads any of them, query_reads_absent says
 * that it is not asked. */
bool wanted_asks(const struct wanted *w, str sql);
/* Whatever this text names is wanted, too. */
void wanted_text(const struct wanted *w, str text);
bool wanted_is(const struct wanted *w, str name); /* what is unknown is */
/* Marks the rollups and kept rows that are not. */
void wanted_mark(const struct wanted *w, struct model *model);
/* Call it before store_load: views that are not wanted are made without rows, as are rollups and
 * kept rows that are so marked. They are compiled, so that what SQLite says of their SQL is told.
 * Whoever asks for what is made from them gets the diagnostic QUERY_UNWANTED. w has to stay. */
void store_wanted(struct store *s, const struct wanted *w);

/* Views are to be evaluated when a query first reads them, not all at loading: for a single
 * question. Then their checks too are only those that it reads, and name_of() knows no names. */
void store_as_asked(struct store *s);

/* ---- image.c: the database, kept from one build to the next ----
 * Tables and rollups of the same rows, and views of which all that they read is the same, need not
 * be made again. key: of all besides rows that views depend on, and the store does not know:
 * templates, settings, program. before: what store_image gave for another store of the book, or
 * unset; it must stay until store_load has returned. id: of all that this store is made from, by
 * which others know the image that it leaves; or 0. Call it before store_load. */
void store_keep_image(struct store *s, struct hash128 key, struct kept_text before,
                      struct hash128 id);
/* The id of the image that the store has taken from, and of the one that the next store can: none
 * is 0. */
struct hash128 store_image_before(const struct store *s);
struct hash128 store_image_next(const struct store *s);
/* What queries have read since this was asked last, as store_reads_as_before takes it. */
str store_was_read(struct store *s, struct arena *mem);
/* Whether all of that, and what keys are called, is as in the image, for every audience. */
bool store_reads_as_before(const struct store *s, str read);
/* After store_load. Unset where the one before would do as well, or there is no memory for it. */
str store_image(struct store *s);
void store_image_free(str image);

/* ---- prints.c ---- */
/* All that a store of this dataset, which need not be, has from the tables of the book: which of
 * them there are, the rows that are seen on its day, and at which places; of folded tables only
 * what they say, at the end of a month. O(cells). False where an engine has the rows. */
bool rows_print(struct arena *mem, const struct dataset *d, struct hash128 *print);

/* Tables (as seen at the as-of date), rollups, kept rows, then every CREATE VIEW of `models`: each
 * is evaluated once, in the order of what reads what, and kept as a table, indexed by every column
 * named in `kinds` (names of page kinds), "owner", "of" or "place"; then the unions (exceptions,
 * measures …) of present systems. What is made from a restricted table or column is restricted
 * whole; an audience that sees restricted rows in a union has a database of its own. False if a
 * model is broken: a diagnostic names file, line and SQLite's message, and the other views are
 * there. Rows of `…_checks` become diagnostics of their severity at the row's file and line, also
 * of those that are called `<system>_…_checks` and stand in no union. */
bool store_load(struct store *s, const struct model_file *models, size_t nmodels, const str *kinds,
                size_t nkinds, struct diags *diags);
/* One page of an audience's site, for link(): address is relative to the site's root. */
void store_pages_add(struct store *s, str audience, str kind, str key, str address, str title);
/* Whether anything that was answered since this was asked last, by a query or a name, may be
 * another for another audience. */
bool store_told_apart(struct store *s);
/* Whether any query so far reads what is known of the files of the book (data_files, data_rejects):
 * that may be other while all rows that are seen are as they were. */
bool store_read_files(const struct store *s);
/* The name a key is shown by: the title of its page, else the row (kind, key, name) of view
 * `names`, else an unset str. address (may be NULL) is unset if this audience has no such page.
 * O(1). */
str store_name_of(struct store *s, str audience, str kind, str key, str *address);
/* Whether a page kind of this name has pages: then a result column so named is shown as links. */
bool store_is_kind(const struct store *s, str column);
/* One row of load statistics a table and rollup, for the data-quality page and `--timings`. */
struct store_stat {
    str name;
    size_t rows;
    double load_ms;
    bool is_rollup, is_rows;
    bool taken; /* from the image */
};
size_t store_stats(const struct store *s, struct arena *mem, struct store_stat **stats);

/* ---- result of a query ---- */
struct result_column {
    str name;
    enum type type; /* from the meaning of its name, the field it comes from, or its values */
    const struct meaning *meaning; /* or NULL */
};
/* A table read, its rows seen, and its latest day if rows that should have come since have not;
 * else unset. */
struct source_rows {
    str table;
    size_t rows;
    str stale;
};
struct result {
    struct result_column *column;
    size_t ncols, nrows;
    struct value *cell;         /* cell[row * ncols + column] */
    enum type *cell_type;       /* NULL, or as cell: where `type: {by: …}` types each cell */
    struct source_rows *source; /* sorted by name */
    size_t nsources;
    double ms;
};
struct value result_cell(const struct result *r, size_t row, size_t col);
enum type result_type(const struct result *r, size_t row, size_t col);
int result_column(const struct result *r, str name); /* index, or -1 */

struct param {
    str name;
    struct value value;
};

/* What a query may see and where it stands. */
struct query {
    str sql;
    struct place at; /* of its first line */
    str audience;    /* unset: everyone */
    const struct param *param;
    size_t nparams;
};
/* Runs one SELECT under the authorizer; 10 s at most, 1 m rows at most. NULL with a diagnostic:
 * broken SQL (SQLite's message, nearest column or table), a parameter without a value, a restricted
 * table, `/` between whole numbers, money without a type. The result lives in mem. */
struct result *query_run(struct store *s, struct arena *mem, const struct query *q,
                         struct diags *diags);
/* Compiles the query, so that those who run it in forks of this process need not do so each. What
 * is wrong with it is told to them. */
void query_prepare(struct store *s, const struct query *q);
/* Whether the query reads tables only of systems that are absent from this book. No diagnostic. */
bool query_reads_absent(struct store *s, const struct query *q, str *system);

/* ---- authorizer.c: deny by default; functions.c: SQL functions; format.c ----
 * One value as text in the book's language. `format` unset: by type. Formats: money, whole, short,
 * short_money, integer, number, number1, number2, percent, percent1, percent2, points (difference
 * of rates), ratio (1.25 ×), days, date, month, text, each with an optional '+' before it, which
 * shows the sign of what is above zero. */
str format_value(struct arena *mem, const struct store *s, struct value v, enum type type,
                 str format);
str format_in(struct arena *mem, const struct language *lang, struct value v, enum type type,
              str format);
bool format_known(str format);
/* Whether each format that `columns:` gives is known; else diagnostics. */
bool formats_check(struct arena *mem, const struct model *model, struct diags *diags);
day store_as_of(const struct store *s);
/* The month in which fiscal years begin, 1 to 12. */
int store_fiscal_start(const struct store *s);
const struct language *store_language(const struct store *s);
const struct model *store_model(const struct store *s);

#endif
