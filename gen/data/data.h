/* data: the CSV of a book becomes typed, checked tables.
 * Knows base. Must not know SQLite, pages, drawing; prints nothing: what is wrong goes to diags.
 *
 * What is wrong with a row: it is **set aside** (not in the table, kept in its rejects) with a
 * warning for each of its defects, and the rest is built. It becomes an error, which stops a build,
 * where more rows of a table are set aside than its error_if allows (by default more than half),
 * with --strict at the first. What is wrong with a whole file (no head, a missing required column,
 * an unknown encoding), the mapping or tables.yaml is an error. So `diags.nerrors` says it all. */
#ifndef SALESBOOK_DATA_H
#define SALESBOOK_DATA_H

#include "../base/base.h"

/* ---- yaml.c: YAML with places (libfyaml) ----
 * A document becomes a tree in mem; every node knows its line and column. Anchors, tags and merge
 * keys are not part of our YAML. */
enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP };
struct yaml {
    enum yaml_kind kind;
    struct place at;
    str text;    /* of a scalar */
    bool quoted; /* a scalar in quotes: never null, never a number */
    str key;     /* if this node is a map's value */
    struct place key_at;
    struct yaml *first; /* of a list or map */
    struct yaml *next;
    size_t n; /* children */
};

/* NULL with a diagnostic at file:line:col if the text is no YAML or a key stands twice.
 * `first_line` is the line of the file on which the text begins. An empty text is a YAML_NULL
 * node. */
struct yaml *yaml_parse(struct arena *mem, str file, int first_line, str text, struct diags *diags);
const struct yaml *yaml_get(const struct yaml *map, str key); /* NULL if absent or no map */
str yaml_text(const struct yaml *node, str otherwise);        /* of a scalar */
/* Where the text of a scalar begins: under `key: |` on the line below. */
struct place yaml_text_at(const struct yaml *node);
/* True/yes, false/no. Anything else is a diagnostic, and otherwise. */
bool yaml_bool(const struct yaml *node, bool otherwise, struct diags *diags);
/* A whole number; else a diagnostic, and otherwise. */
int64_t yaml_integer(const struct yaml *node, int64_t otherwise, struct diags *diags);
bool yaml_number(const struct yaml *node, double *value); /* false if it is no number */
/* A scalar or a list of scalars as an array of texts in mem. */
size_t yaml_texts(struct arena *mem, const struct yaml *node, str **texts);
/* A diagnostic with the nearest known key for each key of map that is not in known. */
bool yaml_check_keys(const struct yaml *map, const str *known, size_t n, struct diags *diags);

/* ---- types ----
 * A value is a whole number (integer, money in smallest units, boolean 0/1), a real (number, rate)
 * or a text (string, date YYYY-MM-DD, datetime, time HH:MM, month YYYY-MM, period, list with
 * ';'). */
#define TYPES(X)                                                                                   \
    X(string)                                                                                      \
    X(integer)                                                                                     \
    X(number) X(money) X(rate) X(date) X(datetime) X(time) X(month) X(period) X(boolean) X(list)
enum type {
#define X(name) TYPE_##name,
    TYPES(X)
#undef X
};
str type_name(enum type t);
bool type_of_name(str name, enum type *t);

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT };
struct value {
    enum value_kind kind;
    union {
        int64_t i;
        double r;
        str s;
    };
};
double value_number(struct value v);             /* NaN if it is no number */
bool value_same(struct value a, struct value b); /* of one kind and equal; nothing is nothing */
void hasher_add_value(struct hasher *h, struct value v); /* of a real: its bits */

/* How many bytes of a thousands mark stand at p, 0 for none. A blank is any of those that programs
 * put there (no-break, narrow, thin), an apostrophe the straight or the curved one. */
size_t thousands_at(const char *p, const char *end, char thousands);

/* ---- currency.c: signs and codes of currencies ---- */

enum currency_found { CURRENCY_NONE, CURRENCY_OWN, CURRENCY_OTHER };
/* Splits the sign or ISO code of a currency off an amount: what is left, and the code. `own` is
 * that of the book; a sign that it shares with others is its. */
enum currency_found currency_split(str raw, str own, str *amount, str *code);

/* ---- schema.c: tables.yaml ----
 * The schemas of templates/systems, then those of the book's own systems/ over them by table
 * name. */

enum better { BETTER_NONE, BETTER_UP, BETTER_DOWN };

/* What a result name means wherever a query returns it (decisions 3). */
struct meaning {
    str name;
    enum type type;
    str type_by;     /* the column whose value names the measure that types this cell, or unset */
    bool typed;      /* false: type follows from the query */
    str unit;        /* "visits", "days"; empty for none */
    str unit_of_one; /* "visit": behind a single 1 */
    str label;       /* head of a column, name of an axis */
    str legend;      /* what the legend of a chart calls it; unset: its label */
    enum better better;
    str text;   /* one line that explains the word */
    str format; /* how it is shown if not by type: "percent1", "short", … */
    str system; /* whose tables.yaml says it; unset where several do */
    struct place at;
};

struct field {
    str name;
    enum type type;
    struct value missing; /* `default:`; what an empty cell reads as */
    bool required, unique;
    str *allowed; /* enum: */
    size_t nallowed;
    str pattern; /* POSIX extended, anchored */
    bool has_minimum, has_maximum;
    struct value minimum, maximum;
    str known_from;      /* a date column of this table; before that date the cell reads … */
    int known_at;        /* its index, or -1 */
    struct value before; /* … as this, or NULL */
    str audience;        /* who may read it; unset: everybody */
    str *also;           /* other heads under which exports bring it: `new --from` knows them */
    size_t nalso;
    str text; /* one line that explains it */
    struct place at;
};

struct foreign_key {
    str column, table, to; /* `to` is the key of table */
    struct place at;
};

/* `amount > 0`: a row without a value in the column does not meet it. */
struct condition {
    str column, way;    /* way: as SQL writes it, = <> < <= > >= */
    unsigned signs;     /* the signs of a comparison that meet it: 1 for less, 2 for equal, 4 */
    str text;           /* what is compared with, as it is written … */
    struct value value; /* … and as the column has it; money as in struct field */
};

/* One aggregate over the rows of a table; what it means is the SELECT of query/rollup_sql.c. */
struct rollup {
    str name, of;
    str *by;  /* "date", "month(date)", "to_date(date)", "customer.region", or two of
               * them with " or " between: the second where the first is NULL */
    str *key; /* the column names they get: date, month, to_date, region */
    size_t nby;
    str *sum, *min, *max; /* columns; results are called as they are, min_X, max_X */
    size_t nsum, nmin, nmax;
    str *first, *last; /* columns; first_X and last_X are what stands in the row of the earliest and
                        * of the latest `fact:` date. Rows without a value, or without a date, are
                        * passed over; of those of one date `first` takes the smallest value, `last`
                        * the greatest, so that the order of rows never shows */
    size_t nfirst, nlast;
    str count;                   /* name of the count of rows, or unset */
    str distinct_name, distinct; /* name and column of an exact distinct count, or unset */
    str split; /* a table (order_id, person, share …) that shares each row out, or unset */
    str since; /* "month(-13)", or unset */
    struct condition *where; /* the rows that count meet all of them, before they are shared out */
    size_t nwhere;
    bool print;    /* data's own: what the rows say, as one number */
    bool unwanted; /* nobody reads it: it need not be folded ahead */
    struct place at;
};

/* Single rows, few and bounded, kept beside the rollups: rows: in tables.yaml. */
struct kept_rows {
    str name, of, by, since;
    int64_t last;  /* 0: no bound by number */
    bool unwanted; /* nobody reads them: there need not be any */
    struct place at;
};

/* How many rows set aside are too many: a share of those read ("0.1%") or a count. */
struct limit {
    bool is_set, is_share;
    double most; /* a share as a fraction */
};

struct schema {
    str name, system; /* table, and the folder of the system it stands in */
    str text;         /* one line: what a row is */
    struct field *field;
    size_t nfields;
    int *primary_key; /* indexes of fields */
    size_t nprimary_key;
    struct foreign_key *foreign;
    size_t nforeign;
    int fact;              /* index of the date field of `fact:`, or -1 */
    bool dimension;        /* made from references if the book lacks it */
    bool big;              /* pages and models may read its rollups only */
    struct limit warn_if;  /* passed: a warning for the table */
    struct limit error_if; /* passed: an error that stops the build; by default more than half. A
                            * share stops only from 10 rows on, or where more than half are aside */
    str audience;
    str expect;    /* daily, weekly, monthly, or unset */
    bool optional; /* its absence does not leave the system out */
    struct place at;
};

struct system {
    str name, title, group; /* folder name; `title:`, `group:` of tables.yaml */
    int64_t order;
    str dir;    /* the folder that won */
    str parts;  /* names of its Markdown files, parted by blanks: "page person report" */
    str *needs; /* tables without which the system is left out */
    size_t nneeds;
    bool present; /* set by data_load */
};

struct model {
    struct arena *mem;
    LIST(struct system) systems;
    LIST(struct schema) schemas;
    LIST(struct rollup) rollups;
    LIST(struct kept_rows) kept;
    LIST(struct meaning *) meanings;
    struct map meaning_of; /* name → struct meaning: each column of each result asks */
    int money_decimals; /* of the money values in fields; -1: they are whole units still, as read */
};

/* Reads every tables.yaml below templates/systems and book/systems (file over file). False if any
 * has an error; all errors are reported. */
bool model_read(struct arena *mem, str templates, str book, struct model *model,
                struct diags *diags);
const struct schema *model_schema(const struct model *m, str table);
const struct meaning *model_meaning(const struct model *m, str name);
const struct system *model_system(const struct model *m, str name); /* NULL if there is none */
/* Whether it is present; or its name is none of a system. */
bool model_has_system(const struct model *m, str name);
int schema_field(const struct schema *s, str column); /* index, or -1 */
/* What this column refers to, or NULL. */
const struct foreign_key *schema_reference(const struct schema *s, str column);
/* A limit as tables.yaml and book.yaml write it: `0.1%` is a share, `5` a count. False if it is
 * neither. */
bool limit_read(str text, struct limit *limit);
extern const str limit_in_words; /* how to write one */

/* ---- csv.c: records of one CSV text (libcsv) ----
 * Strict. A quote that never closes or a stray one sets the rows up to the next line that parses
 * with the right number of fields aside; a NUL byte and a field over 1 MiB are errors of their
 * row. */
struct csv_record {
    str *field;
    size_t nfields;
    int line;   /* on which it begins, from 1 */
    str raw;    /* its bytes without the line end, for rejected/ */
    bool roomy; /* 16 bytes from the beginning of each field may be read, however short it is */
};
/* Called for each record, head first; the record is gone when it returns. Returning false stops. */
typedef bool csv_fn(void *arg, const struct csv_record *r);
/* Reads text (UTF-8, no BOM). The head says how many fields a record must have to resynchronise.
 * Each line that cannot be read is a diagnostic in diags, and after it handed to bad (may be NULL)
 * with no fields. False if a callback stopped it. */
bool csv_read(str file, str text, char delimiter, csv_fn *row, void *arg, csv_fn *bad,
              struct diags *diags);
/* As csv_read, of a text that begins behind so many lines and a head of so many fields. `scans`:
 * cells are found by a scan of our own, and libcsv reads what has quotes or is odd. */
struct csv_start {
    int lines;
    size_t nfields;
    bool scans;
};
bool csv_read_from(struct csv_start start, str file, str text, char delimiter, csv_fn *row,
                   void *arg, csv_fn *bad, struct diags *diags);
/* The delimiter that a first line `sep=;` says, as Excel writes it; 0 if there is none. Of that
 * line only its end is left, so that the numbers of lines stay. */
char csv_separator_line(str *text);
/* One cell as RFC 4180 wants it, quoted where needed; with `harmless`, a cell that a spreadsheet
 * would take for a formula gets a leading apostrophe. */
void csv_cell(struct buf *out, str text, bool harmless);

/* ---- encoding.c ---- */
struct decoded {
    str text;     /* UTF-8 without BOM */
    str encoding; /* what it was read as, as iconv calls it */
    bool broken;  /* some bytes are no characters: their rows are to be set aside */
};
/* The text of a file. `encoding` unset: by its BOM, else UTF-8; a file that is neither is read as
 * what it looks like, by what people write who speak `language` (may be empty), with a warning that
 * says so, never in silence. `encoding` set: that; a warning if it looks like another. False with a
 * diagnostic if it looks like nothing, cannot be what `encoding` says, or iconv does not know the
 * encoding. */
bool encoding_to_utf8(struct arena *mem, str file, str bytes, str encoding, str language,
                      struct decoded *out, struct diags *diags);

/* ---- table.c: typed rows in memory, by column ---- */

struct source { /* one CSV file of a table */
    str path;   /* as the user wrote it: input/security/sales.csv */
    size_t rows_read, rows_used, rows_aside;
    str encoding; /* what it was read as */
    char delimiter;
};

struct reject { /* a row set aside */
    str file;
    int line;
    str raw;                   /* "restricted" for each cell that not everybody may see */
    str reason;                /* the message of its first diagnostic, likewise */
    str full_raw, full_reason; /* as they stand, for the audience alone */
    str audience;              /* the table's, or that of its first restricted column */
};

struct table {
    const struct schema *schema;
    bool present; /* the book has a file for it, or it was made from references */
    bool made;    /* made from references */
    day as_of;    /* as dataset's; rows dated after it are here but not seen */
    size_t nrows;
    struct columns *columns; /* table.c's own packed form: read by table_value */
    LIST(struct source) sources;
    LIST(struct reject) rejects;
    str *absent; /* columns that are not required and not in the file */
    size_t nabsent;
    str expect; /* how often new rows should come, by book.yaml, else by the schema */
    struct limit warn_if, error_if; /* as expect; of all its files together */
    struct folded *folded;          /* its rows, which are not here; NULL: they are */
    const struct engine *engine;    /* who has its rows, which are not here; NULL: the book */
    size_t asked_rows; /* then how many of them are seen, and the latest day among them: */
    str asked_latest;  /* known after engines_ask */
};

struct rename {
    str column, head; /* the file's head for a column of ours */
};

/* How a book's files differ from the plain form: `tables:` of book.yaml. All unset: the default. */
struct mapping {
    str table, file;                    /* a pattern with '*': export-*.csv */
    str encoding, dates;                /* iconv name; "%d/%m/%Y" */
    str expect;                         /* daily, weekly, monthly, never */
    struct limit warn_if, error_if;     /* in place of those of the schema */
    char delimiter, decimal, thousands; /* 0: found from the head; '.'; none. thousands ' ' is any
                                         * blank, also a no-break or narrow one */
    int head;                           /* the line that names the columns; 0: the first */
    str *empty;                         /* cells that stand for nothing: "-", "n/a" */
    size_t nempty;
    LIST(struct rename) columns;
    struct place at;
};

struct dataset {
    struct arena *mem;
    const struct model *model;
    LIST(struct table *) tables; /* one for each schema, in model's order */
    int jobs;                    /* of the options of data_load */
    day as_of;                   /* given, or the latest date in a fact: column */
    struct engines *engines;     /* NULL: nobody is asked for anything */
    struct map hashes; /* of large files, as they were read: path → struct hash128, as of
                          file_hash() */
};

struct load_options {
    str book;  /* folder: input/security */
    str shown; /* how that folder is written in diagnostics */
    const struct mapping *mapping;
    size_t nmappings;
    struct language lang;  /* money decimals, fiscal year below */
    int fiscal_year_start; /* month 1–12 */
    day as_of;             /* DAY_NONE: from the facts */
    bool strict;           /* stop at the first row that is set aside */
    int jobs;              /* threads that read a large file; 0 is 1 */
    size_t stretch;        /* bytes of a large file in memory for each of them; 0 is 16 MB */
    bool fold;             /* rows of large files may be folded as they are read, and not kept */
    size_t slice;          /* then so many bytes at a time; 0 is 8 MB */
    str slices,
        sums;    /* files in which what was folded of slices is kept, and sums of many; or unset */
    str version; /* of the program, for these */
    struct hash128 model_key;    /* of all that the model was read from, for these */
    const struct engine *engine; /* `engines:` of book.yaml */
    size_t nengines;
    str answers; /* file in which answers of engines are kept, or unset */
    /* Called before rows are folded, where any are; or NULL. Systems are marked present then that
     * will be, and those that will be if a dimension is made for them. Rollups and kept rows may be
     * marked unwanted here. */
    void (*judge)(void *arg);
    void *judge_arg;
};

/* Reads all tables of a book: types, constraints, keys, references, missing dimensions, as-of date;
 * marks the systems that are present, and turns money in the model's fields into smallest units.
 * Files of a table: those that its mappings name, or NAME.csv and NAME-*.csv, in order of their
 * names. Always returns a dataset. */
struct dataset *data_load(struct arena *mem, struct model *model,
                          const struct load_options *options, struct diags *diags);
/* No rollup of large tables is asked for any more: their cells need not stay. */
void data_folded(const struct dataset *d);
/* Whether rows of some table were folded as they were read, and are not here: it is seen as of its
 * day only. */
bool data_is_folded(const struct dataset *d);
void data_free(struct dataset *d); /* what does not lie in mem; NULL is fine */
const struct table *dataset_table(const struct dataset *d, str name);
/* The same rows with another day up to which they are seen; d has to stay. */
struct dataset *dataset_as_of(struct arena *mem, const struct dataset *d, day as_of);
/* The cell of field f in row r; a text lives as long as the dataset. O(1). */
struct value table_value(const struct table *t, size_t f, size_t r);
/* The same as it reads at the as-of date: of a column with `known_from:`, its `before:` until that
 * day. */
struct value table_value_as_of(const struct table *t, size_t f, size_t r);
struct place table_place(const struct table *t, size_t r); /* file and line of a row */
size_t table_rows_seen(const struct table *t);             /* how many are seen at the as-of date */
/* The latest date of its fact that is seen, also where its rows are not here; unset if there is
 * none. */
str table_latest(const struct table *t);
/* Whether a row is seen at the as-of date: its `fact:` date is not after it, or empty. data_load
 * leaves the others in the table; whoever reads rows has to ask (store.c does). */
bool table_seen(const struct table *t, size_t r);

/* ---- rollup.c, fold.c, kept.c: rollups, and single rows beside them ---- */

/* `customer.region`: column customer, follow region. `month(date)`: function month, column date. */
struct key_part {
    str function, column, follow;
};
/* The parts of a key of `by:`, two where it has an " or "; 0 if it is no key. */
size_t rollup_key(str by, struct key_part part[2]);

/* The cells of a rollup in the order of their keys, NULL first: keys (1 where it has none), sums,
 * min, max, first, last, count, distinct. */
struct cells {
    size_t n, width;
    struct arena *mem; /* what follows is fold.c's own */
    struct folding *folding;
    bool lent;                   /* that stays */
    const struct table *rows_of; /* of rows_kept: each is a row of this table */
    struct value *const *given;  /* of an engine */
    const uint32_t *order;
};
struct value cells_value(const struct cells *c, size_t cell,
                         size_t column); /* texts live as the cells */
void cells_free(struct cells *c);
/* Where rollups of one dataset, which must stay, share what they ask of it. Lives as long as their
 * cells. */
struct folder;
struct folder *folder_new(const struct dataset *d);
void folder_free(struct folder *f);
/* Folds those of n rollups whose table has at least so many rows now, by as many threads as
 * data_load had; but none that an engine is asked for. */
void folder_fold_ahead(struct folder *f, const struct rollup *rollup, size_t n, size_t rows);
/* Folds the rows that are seen at the as-of date. False where only SQL can (rows to be shared out,
 * functions that are not known here, sums beyond 64 bits): then `out` is empty. O(rows). */
bool rollup_fold(struct folder *f, const struct rollup *r, struct cells *out);
/* The rows that `rows:` asks for as cells: their fields, and their number from 1. By key, the
 * latest first. */
bool rows_kept(struct folder *f, const struct kept_rows *kept, struct cells *out);

/* ---- engine.c, engine_sql.c, engine_read.c: what other programs are asked for ----
 * A program that takes SQL on standard input and gives CSV back has tables, or rollups, that the
 * book has not. Of a `big` table only rollups and kept rows are asked for, each by one SELECT; any
 * other table comes as its rows and is read like a file of the book. */
#define DIALECTS(X) X(ansi) X(postgres) X(clickhouse) X(duckdb)
enum dialect {
#define X(name) DIALECT_##name,
    DIALECTS(X)
#undef X
};
/* An entry of `engines:` in book.yaml. */
struct engine {
    str name;
    str *command; /* program and arguments */
    size_t ncommand;
    enum dialect dialect;
    str *serves; /* names of tables, rollups and kept rows; by default its own name */
    size_t nserves;
    str query;   /* a SELECT that gives the rows of its one table, or its one rollup; or unset */
    str version; /* a SELECT whose answer is another when the data are, or unset */
    int wait_ms;
    struct place at, serves_at;
    struct engine_state *state; /* of this run; room of its maker's */
};
struct engine_state {
    bool asked, known; /* for its version, which is */
    str version;       /* as the answer came */
    bool
        given_up; /* it did not start, hangs, or complains of the same again: it is asked no more */
    uint64_t complaint; /* hash of what it said last when it failed */
};

/* Asks for the version of each engine that has a `version:`, and adds the answers to h. False if
 * one has none or did not answer: nobody knows whether its data are as before. */
bool engines_versions(struct arena *mem, const struct engine *engine, size_t n, str book,
                      struct hasher *h);
/* What stands in an answer to `version:`: its first cell below the head. Unset if there is none. */
str engine_version_text(struct arena *mem, const struct engine *e);

/* The engine that is asked for the rollup or kept rows `name` of table `of`; NULL: none is. */
const struct engine *engine_of(const struct dataset *d, str of, str name);
/* Makes ready what engines are to be asked for as of this dataset's day, and asks what is known of
 * the tables whose rows they have. False with diagnostics. */
bool engines_ask(const struct dataset *d, struct diags *diags);
/* After the last answer was read. */
void engines_done(const struct dataset *d);
/* Cells as rollup_fold gives them. False with diagnostics: it could not be asked, failed, or what
 * it says is not what the rollup is. */
bool engine_cells(const struct dataset *d, const struct rollup *r, struct cells *out,
                  struct diags *diags);
/* Single rows as rows_kept gives them, numbered by date. */
bool engine_rows(const struct dataset *d, const struct kept_rows *k, struct cells *out,
                 struct diags *diags);

/* ---- prints.c: which rows there were, in a few numbers ----
 * The rows of a table that are seen at the end of a month, in groups, and of each group its number
 * of rows and a print of what everybody may see in them. Groups of a fact: by day in that month, by
 * month in the twelve before, by year before these; of another table with a month or period: by
 * that, later ones left out; else all in one, whose key is empty. */
struct row_group {
    str key;
    size_t rows;
    uint64_t print;
};
struct prints;
/* Whether a table has prints: not of one that was made, whose rows an engine has, or that only some
 * may see; nor of one that is not read yet. */
bool prints_known(const struct table *t);
/* Reckoned at the first question, O(cells); again for another month only where some column has
 * known_from. */
struct prints *prints_new(struct arena *mem, const struct table *t);
size_t prints_groups(struct prints *p, struct arena *mem, int month,
                     struct row_group **groups); /* by key */
/* Not of a table whose rows were folded as they were read: they are not here. */
void prints_rows(const struct prints *p, int month, str key, void (*found)(void *arg, size_t row),
                 void *arg);

/* ---- groups.c: the rows of a large table in groups, with their sums ----
 * For a table whose rows are too many to be told one by one: grouped by time and by those of the
 * columns `by` that it has. Time is the date of the fact, else a month or period: the day in the
 * month of the as-of date and the one before, the month in the twelve before these, else the year.
 * What `audience` may not read is in nothing of it. */
struct row_group_sum {
    str *key; /* as row_groups.key; empty where a cell is */
    size_t rows;
    int64_t *sum;   /* as row_groups.sum */
    uint64_t print; /* of all cells, whatever the order of rows and files */
};
struct row_groups {
    int *key, *sum; /* indexes of fields; the first key is the time, if there is one */
    size_t nkeys, nsums;
    LIST(struct row_group_sum) list; /* by key */
    size_t rows;                     /* in all groups */
};
/* O(cells). Lives in mem and as long as the table. Of a table whose rows were folded as they were
 * read, only those of `by` group that refer to tables of up to 1,000 rows. */
void row_groups(struct arena *mem, const struct table *t, str audience, const str *by, size_t nby,
                struct row_groups *out);
/* A date, month or period as the time of a group, seen from that month: the later it is, the
 * shorter. */
str group_time(str at, int month);

/* The rejected rows of a table as CSV: file, line, reason, then the row's own text. Empty if
 * none. */
str rejects_csv(struct arena *mem, const struct table *t, bool full);
/* Hash of all rows of a table that are seen at the as-of date, in order. */
struct hash128 table_hash(struct arena *mem, const struct table *t);

#endif
