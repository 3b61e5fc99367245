/* What the files of query share; nobody else includes it. */
#ifndef SALESBOOK_QUERY_STORE_H
#define SALESBOOK_QUERY_STORE_H

#include <sqlite3.h>
#include <string.h>

#include "query.h"

/* ---- tokens.c: SQL as words and signs ----
 * Enough of a lexer to cut a model into statements, to find `/` between whole numbers and to follow
 * money through an expression; SQLite alone decides what is valid. Blanks and comments are
 * dropped. */
enum token_kind { TOKEN_WORD, TOKEN_QUOTED, TOKEN_NUMBER, TOKEN_STRING, TOKEN_PARAM, TOKEN_SIGN };
struct token {
    enum token_kind kind;
    str text;  /* as it stands, with its quotes */
    size_t at; /* offset in the SQL */
};
struct tokens {
    LIST(struct token) list;
};
struct tokens sql_tokens(struct arena *mem, str sql);
bool token_same(const struct token *t, const char *word, size_t n);
/* Whether it is this bare word or sign, in any case. Nearly all are told apart by length and first
 * letter. */
static inline bool token_is(const struct token *t, const char *word)
{
    size_t n = strlen(word);
    return t->text.n == n && !((t->text.p[0] ^ word[0]) & ~0x20) && token_same(t, word, n);
}
str token_name(struct arena *mem, const struct token *t); /* an identifier without its quotes */
/* Index of the bracket that closes the one at `open`; n if there is none. */
size_t token_closing(const struct tokens *t, size_t open);
/* The first `/` whose operands cannot be told to be real: its index in t, or n. */
size_t whole_division(const struct tokens *t);
/* Where offset `at` of an SQL text stands that begins at `start`. */
struct place place_within(struct place start, str sql, size_t at);
/* The only way for a name into SQL: in double quotes, with those inside doubled. */
void sql_name(struct buf *out, str name);
/* The only way for a text into SQL. */
void sql_text(struct buf *out, str text);
str sql_lower(struct arena *mem, str s); /* ASCII only, as SQLite folds names */
/* Cuts all up to the end of its next word off a text that may be no SQL; unset behind the last. */
str sql_next_word(str *text);

/* ---- relations: whatever a query can read ---- */

enum relation_kind {
    RELATION_TABLE,
    RELATION_ROLLUP,
    RELATION_ROWS,
    RELATION_VIEW,
    RELATION_UNION
};

/* How money has come into a value. */
enum flow {
    FLOW_NONE,  /* no money in it */
    FLOW_ZERO,  /* NULL or 0: agrees with anything */
    FLOW_MONEY, /* money, in smallest units */
    FLOW_LOST,  /* reckoned from money, no longer known to be money */
};

struct relation_column {
    str name;
    str audience;   /* unset: everyone */
    enum type type; /* if typed */
    bool typed;
    enum flow flow;
};

struct relation {
    enum relation_kind kind;
    str name, system;
    str audience;  /* restricted whole; unset: everyone */
    bool hidden;   /* a big table: only rollups read it … */
    bool inside;   /* … and while those are made by SQL, its rows are in SQLite */
    bool unwanted; /* it, or what it is made from, has no rows, for nobody was found to read it */
    bool by_audience; /* its rows differ from one audience to the other */
    struct relation_column *column;
    size_t ncols;
    LIST(struct relation *) base; /* the tables under it, by name; of a table itself */
    size_t rows;
    size_t number; /* in the order of relations */
    bool taken;    /* from the image of the build before: there is nothing to make */
    bool same;     /* its rows are those of that image, taken or made again */
    bool read;     /* is in the store's list of what queries have read */
    str stale;     /* of a table whose rows stay away: its latest day, else unset */
    double load_ms;
};

/* What a statement reads, each once, in the order in which SQLite met them. */
struct column_read {
    const struct relation *relation;
    const struct relation_column *column;
};
struct reads {
    LIST(struct relation *) relations;
    LIST(struct column_read) columns;
    bool as_of; /* the as-of date itself */
};

/* ---- authorizer.c ---- */

enum authority {
    AUTHORITY_OURS,  /* SQL that this module made itself: everything */
    AUTHORITY_MODEL, /* a view: reads all, and what it reads restricts it */
    AUTHORITY_PAGE,  /* a page: reads what its audience may see */
};
enum refusal { REFUSED_NOTHING, REFUSED_RELATION, REFUSED_BIG, REFUSED_FUNCTION, REFUSED_ACTION };

struct permit {
    enum authority authority;
    str audience;
    struct reads *reads;
    enum refusal refused; /* the first thing that was refused, and its name */
    str name, only_for;
};
struct store;
struct database;
/* SQLite's callback; arg is the store, whose `permit` says what holds. Anything that is not named
 * in it is denied. */
int authorize(void *arg, int action, const char *a, const char *b, const char *database,
              const char *inner);
/* Adds to what the permit says what a prepared statement opens or joins by without SQLite asking
 * leave. False if it may not; then the permit says what. */
bool authorize_opened(struct store *s, struct database *d, str sql, const struct tokens *t);
/* Whether audience may see what is restricted to `only_for`. */
bool audience_sees(str audience, str only_for);
/* Restricted to both: unset, one of them, or a name that no audience has. */
str audience_join(struct arena *mem, str a, str b);

/* ---- the store ---- */

/* What one audience sees. The others share the first database until a union differs for them. */
struct database {
    str audience; /* unset: everyone */
    sqlite3 *db;
    struct map statements; /* audience and SQL → struct statement, kept for the next page */
    LIST(struct relation *) roots; /* by the root page of a table or index: whose rows it holds */
    int64_t last_root;             /* the row of sqlite_schema up to which roots is filled */
};

struct holidays {
    day *off, *extra; /* weekdays that are free, weekend days that are worked; sorted */
    size_t noff, nextra;
};

struct models;
struct store {
    struct arena *mem, *scratch; /* scratch: of one SQL function's call */
    const struct dataset *dataset;
    const struct model *model;
    const struct language *lang;
    int fiscal_start;
    str as_of, month;
    struct holidays holidays;

    LIST(struct database) databases;
    LIST(struct relation *) relations;
    struct map relation_of;       /* lower case name → struct relation */
    LIST(struct relation *) read; /* by queries since it was asked last what was */
    struct map modules;           /* names of virtual tables that queries must not use */

    struct permit permit;
    str audience;       /* of the query that runs, for link() */
    double deadline_ms; /* 0: none */
    double wait_ms;     /* how long a query may run */
    size_t max_rows, max_bytes;
    const struct change_fact *change;
    size_t nchanges;
    bool rollups_by_sql;
    const struct restated *restated; /* or NULL */
    await_fn *await;                 /* before it is looked at; or NULL: it has been */
    void *await_arg;
    bool restated_loaded;
    bool as_asked;               /* views are evaluated when a query reads them first */
    const struct wanted *wanted; /* or NULL: all is */
    struct models *models;       /* those that wait for that; else NULL */
    struct image *image;         /* or NULL */

    struct map kinds;     /* names.c: what keys of each are called, and their pages */
    struct map audiences; /* that have pages */
    bool told_apart;      /* an answer since store_told_apart() was asked depends on the reader */
};

sqlite3 *store_open(struct store *s); /* one more database with all that guards it, or NULL */
/* The audience, unset where that is everyone. */
str everyone_unset(str audience);
/* names.c: what a key is called that has no page; the first that is given counts. */
void store_names_add(struct store *s, str audience, str kind, str key, str name);

struct relation *relation_get(const struct store *s, str name); /* in any case; NULL */
/* A new one, or NULL if there is one of that name. */
struct relation *relation_add(struct store *s, enum relation_kind kind, str name, str system);
const struct relation_column *relation_column(const struct relation *r, str name);
struct database *store_database(struct store *s, str audience);

/* Runs SQL of our own. False with a diagnostic at `at`. */
bool store_exec(struct store *s, struct database *d, str sql, struct place at, struct diags *diags);
/* Prepares one SELECT of others, whose tokens are t, under `authority`, noting what it reads. NULL
 * with a diagnostic. */
sqlite3_stmt *store_prepare(struct store *s, struct database *d, const struct query *q,
                            const struct tokens *t, enum authority authority, struct reads *reads,
                            struct diags *diags);
void statement_free(void *statement); /* one of a database's `statements` */
/* A diagnostic for what SQLite has just refused or failed at. Always false. */
bool store_failed(struct store *s, struct database *d, const struct query *q, struct diags *diags);
/* Of a statement that failed while it ran: what SQLite says of it may quote a value that only this
 * audience may see. How long it was let run, and what it is called, are none. */
void store_hide_values(str audience, struct diags *diags);
/* Fills out[] for the columns of a prepared SELECT: origin, flow of money, functions. */
void type_columns(struct store *s, sqlite3_stmt *stmt, const struct tokens *t,
                  const struct reads *reads, struct relation_column *out);

/* What a column of this name means wherever it stands, or NULL. */
const struct meaning *column_meaning(const struct store *s, str name);

/* A SELECT that makes a relation. */
struct statement_text {
    struct query query;
    struct tokens tokens; /* of its SQL */
    str *name;            /* what its columns are called, if it says so: CREATE VIEW v(a, b) */
    size_t nnames;
    bool unwanted; /* its rows are */
};

/* model_text.c: the views that a model.sql makes. False with diagnostics if it makes something else
 * besides. */
struct view_text {
    str name;
    struct place at; /* of the name */
    struct statement_text text;
};
struct view_texts {
    LIST(struct view_text) list;
};
bool view_texts_read(struct arena *mem, const struct model_file *file, struct view_texts *views,
                     struct diags *diags);

/* wanted.c: the views of a model file as they were read for that; NULL if it is broken, or none
 * that was given. */
const struct view_texts *wanted_views(const struct wanted *w, const struct model_file *file);
/* rollup_sql.c: the system of a rollup or kept rows: the folder that its tables.yaml stands in. */
str system_of(struct place at);

/* Evaluates a SELECT into the table r->name and fills in r: columns, audience, base, rows. What the
 * query reads must be there. `cells`, if not NULL, are its rows, so that it need not run. */
bool relation_keep(struct store *s, struct database *d, struct relation *r,
                   const struct statement_text *text, const struct cells *cells,
                   enum authority authority, struct diags *diags);
/* Its two steps: what it is, with what it reads in *reads; and making it. */
bool relation_describe(struct store *s, struct database *d, struct relation *r,
                       const struct statement_text *text, enum authority authority,
                       struct reads *reads, struct diags *diags);
bool relation_make(struct store *s, struct database *d, struct relation *r,
                   const struct statement_text *text, const struct cells *cells,
                   enum authority authority, const struct reads *reads, struct diags *diags);
/* An index on each column of r that is one of `names`, narrowed by what pages ask for besides: the
 * kind, the month … But not on its key, which has one; `key` is unset where it has none. */
bool relation_index(struct store *s, struct database *d, const struct relation *r,
                    const struct map *names, str key, struct diags *diags);

/* store.c: how a value of this type is kept, and one value bound to a parameter of a statement. */
const char *type_of_store(enum type type);
int bind_value(sqlite3_stmt *stmt, int i, enum type type, struct value v);

/* quality.c: one table of what is known of the data, while it is filled. */
struct fact_column {
    const char *name;
    enum type type;
};
struct fact_table {
    struct store *store;
    struct relation *relation;
    sqlite3_stmt *insert;
};
bool fact_begin(struct store *s, struct fact_table *t, const char *name,
                const struct fact_column *column, size_t n, struct diags *diags);
/* One row; values in the order of the columns. The types were given with the table: a value that
 * does not fit is a mistake of ours. */
void fact_row(struct fact_table *t, const struct value *values);
void fact_end(struct fact_table *t);
struct value fact_text(str s); /* NULL for an unset one */
struct value fact_whole(int64_t n);
/* restated.c: the tables data_restated and data_restated_rows, once; where t is not NULL, only if
 * it names one of them. */
bool load_restated(struct store *s, const struct tokens *t, struct diags *diags);
bool await_restated(struct store *s, struct diags *diags); /* also where nobody looks at it */
/* quality.c: the tables data_tables, data_files, data_rejects, data_systems, data_words,
 * data_engines, data_changes. */
bool load_quality(struct store *s, struct diags *diags);
/* Puts into `columns` those of `table` that rollups of other tables follow a reference to. */
void rollup_followed(const struct store *s, str table, struct map *columns);
/* Puts the rows of a big table into SQLite until the rollups are made, if they are not there. */
bool store_big_rows(struct store *s, str table, struct diags *diags);
bool load_rollups(struct store *s, const struct map *kinds, struct diags *diags);
bool load_models(struct store *s, const struct model_file *models, size_t nmodels,
                 const struct map *kinds, struct diags *diags);
/* Of a store that evaluates as asked: the views that this SQL reads, and the checks among them.
 * False with diagnostics if one is broken. */
bool models_for(struct store *s, struct database *d, str sql, const struct tokens *t,
                struct diags *diags);

/* ---- said.c: what the rows of some views say of the book ---- */

/* Each row of a view of checks, which stands at `at`, is a diagnostic. */
void check_rows(struct store *s, const struct relation *view, struct place at, struct diags *diags);
/* The rows of view `names`. */
void name_rows(struct store *s, const struct relation *view);

/* ---- prints.c ---- */

/* What a relation is made from: its SQL, if it has one, and the rows that come without SQLite;
 * either may be none. */
struct print {
    struct hash128 sql, rows;
};
struct print print_of_sql(const struct store *s, str sql);
/* None of a table whose rows are not there, or too many to be looked through. */
struct print print_of_table(struct store *s, const struct table *t);
struct print print_of_cells(struct store *s, str sql, const struct cells *cells);
bool print_has_rows(struct print print);
/* What functions know of the book's days, and which systems it has. */
void print_surroundings(struct hasher *h, const struct model *m, const struct holidays *days);

/* ---- image.c: the database of the build before ----
 * Without an image, as for most stores, all of these do nothing and give nothing. */

/* All pages of one database into another that has none. */
bool database_copy(sqlite3 *from, sqlite3 *to);
/* Puts what the image has into the database, if it has the key of now. `indexed`: columns that have
 * an index. */
bool image_begin(struct store *s, const struct map *indexed, struct diags *diags);
bool image_end(struct store *s, struct diags *diags);
/* Names of what the image has, in the order in which it was made: what a view reads stands before
 * it. */
size_t image_order(const struct store *s, struct arena *mem, str **names);
/* Whether the database has r already as it is to be: made by the same SQL from relations that are
 * the same, or, with `reads` NULL, from the same rows. Then it is taken, with its rows. */
bool image_gives(struct store *s, struct relation *r, struct print print,
                 const struct reads *reads);
/* Whether r, a rollup of these cells, differs from the image in few rows; then these are
 * written. */
bool image_patch(struct store *s, struct relation *r, const struct cells *cells,
                 struct print print);
/* Before r is made again: drops what the image has of that name. */
bool image_drop(struct store *s, const struct relation *r);
/* r was made; with `has_rows`, it is looked whether they are those of the image. */
void image_made(struct store *s, struct relation *r, struct print print, bool has_rows);

/* ---- functions*.c ---- */

struct sql_function {
    const char *name;
    int nargs; /* -1: any number */
    void (*run)(sqlite3_context *, int, sqlite3_value **);
};
void functions_add(struct store *s, sqlite3 *db);
void functions_add_list(struct store *s, sqlite3 *db, const struct sql_function *f, size_t n);
void functions_add_dates(struct store *s, sqlite3 *db);
void functions_add_statistics(struct store *s, sqlite3 *db);
void functions_add_series(struct store *s, sqlite3 *db);
void functions_add_tables(struct store *s, sqlite3 *db);
void functions_add_forecast(sqlite3 *db);
struct holidays holidays_of(struct arena *mem, const struct dataset *dataset);
/* Both ends included; 0 if `to` lies before `from`. */
int64_t working_days_between(const struct holidays *h, day from, day to);
/* The type of what a function gives; false if that depends on its arguments. */
bool function_type(str name, enum type *type);
/* Whether models, and with in_page pages, may call it. */
bool function_allowed(str name, bool in_page);
/* The allowed function that is spelt most like name, or an unset str. */
str function_nearest(str name);

struct store *fn_store(sqlite3_context *c);
bool fn_is_null(sqlite3_value *v);
str fn_text(sqlite3_value *v); /* valid until v changes */
struct value fn_value(sqlite3_value *v);
void fn_give(sqlite3_context *c, str text); /* copied; an unset str is NULL */
void fn_fail(sqlite3_context *c, const char *what, str value);

/* ---- store.c: for tests ---- */

/* How long a query may run, how many rows it may give, and how much text in these, if not 10 s, a
 * million and 512 MB. */
void store_limits(struct store *s, int wait_ms, size_t max_rows, size_t max_bytes);

/* Rollups are to be evaluated as the SELECT that they mean, not folded: both give the same, and a
 * test says so. */
void store_rollups_by_sql(struct store *s);

const struct dataset *store_dataset(const struct store *s);

#endif
