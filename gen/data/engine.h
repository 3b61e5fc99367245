/* Inside of data, for its own files only: what engines are asked, and how their answers are
 * read. */
#ifndef SALESBOOK_DATA_ENGINE_H
#define SALESBOOK_DATA_ENGINE_H

#include "reading.h"

/* ---- engine_sql.c: expressions in the dialect of an engine ---- */

/* What a statement is written for. */
struct asking {
    struct arena *mem;
    const struct engine *engine;
    const struct model *model;
    day as_of; /* DAY_NONE: nothing is cut off */
    day since; /* of the rollup that is written; DAY_NONE: all time */
};
bool engine_serves(const struct engine *e, str name);
bool sql_is_click(const struct asking *a);
/* The only way for a name into a statement. */
str sql_quoted(const struct asking *a, str name);
/* A column as it reads at the as-of date; `of` is the name of its table here, or NULL. */
str sql_column(const struct asking *a, const char *of, const struct schema *s, int field);
bool sql_is_text(enum type type); /* a type that engines keep as text, too */
str sql_date(const struct asking *a, str x);
str sql_text_of(const struct asking *a, enum type type, str x);
str sql_filled(const struct asking *a, str x);                       /* '' for NULL */
str sql_unless_empty(const struct asking *a, enum type type, str x); /* NULL for '' */
/* month(), week() … of a date, as text. Weeks have no word in ansi: those of a bounded fact are
 * listed. */
bool sql_can_apply(const struct asking *a, str function, bool is_fact);
str sql_applied(const struct asking *a, str function, str date);
/* The engine's own query: `:as_of` and `:since` in it are dates in quotes, wherever they are no
 * part of a text. */
str sql_own(const struct asking *a, day since);
str sql_from(const struct asking *a, str table);
/* The first day that counts, or DAY_NONE. */
day sql_since(const struct asking *a, str since);
/* Rows up to the as-of date, from the bound on; what has no date is seen, but in no time. Of those
 * the ones that meet the conditions of a rollup, or NULL. */
str sql_where(const struct asking *a, const char *of, const struct schema *s, str since,
              const struct rollup *conditions);
/* What was written, for as long as the statement; the buffer is empty then. */
str sql_take(const struct asking *a, struct buf *b);

/* ---- engine_select.c: whole statements ---- */

/* The statement of a rollup. Unset, with what is in the way in *why and *remedy, if this dialect
 * cannot say it. */
str rollup_statement(const struct asking *a, const struct rollup *r, str *why, str *remedy);
/* Of kept rows: all columns of their table. */
str rows_statement(const struct asking *a, const struct kept_rows *k);
/* All rows of a table, in the order of their key. */
str table_statement(const struct asking *a, const struct schema *s);
/* How many rows of a table are seen, and the latest day among them: columns n, latest. */
str known_statement(const struct asking *a, const struct schema *s);

/* ---- engine_read.c: an answer, checked ---- */

struct answer {
    const struct engine *engine;
    str what; /* table, rollup or kept rows */
    str text;
    str shown; /* the name of a file, in diagnostics */
    const struct load_options *options;
    const struct dataset *dataset;
    const struct schema *schema; /* of the table that it is about */
};
bool read_cells(const struct answer *a, const struct rollup *r, struct cells *out,
                struct diags *diags);
bool read_kept(const struct answer *a, const struct kept_rows *k, struct cells *out,
               struct diags *diags);
bool read_known(struct arena *mem, const struct answer *a, size_t *rows, str *latest,
                struct diags *diags);

/* ---- engine.c: while tables are read ---- */

/* Checks what engines are for; they are asked from then on. */
void engines_begin(struct loading *l);
/* The engine that has the rows of a table: they are read, or, of a big one, left where they are.
 * NULL: the book has them. */
const struct engine *engines_read(struct loading *l, struct table *t,
                                  const struct mapping *mapping);
/* The latest day of any fact whose rows engines have, or DAY_NONE. */
day engines_latest(struct loading *l);

#endif
