/* Private to book: a state of a book, as far as two can be compared: its tables and its key
 * figures, as one audience may see them. A state is taken from a book that is open, or read from
 * the file that a build publishes of it, so either can be compared with either. Order of calls:
 * snapshot_take or snapshot_read, then compare_states of changes.h. */
#ifndef SALESBOOK_BOOK_SNAPSHOT_H
#define SALESBOOK_BOOK_SNAPSHOT_H

#include "book.h"

enum column_role {
    COLUMN_key,   /* of its primary key; of a table in groups, what they are grouped by */
    COLUMN_cell,  /* of a table in groups, a sum */
    COLUMN_rows,  /* how many rows a group has */
    COLUMN_print, /* of all cells of a group, to be compared and not to be shown */
};
struct snapshot_column {
    str name;
    enum type type;
    enum column_role role;
    bool restricted; /* the audience may not see it */
};
struct snapshot_table {
    str name, text;
    struct snapshot_column *column;
    size_t ncolumns;
    size_t rows; /* that are seen */
    size_t n;    /* what is told one by one: the rows, or groups of them */
    bool grouped, restricted;
    bool asked; /* an engine has its rows: how many they are is all that is known */
    /* Of a book that is open: its table, and the numbers of the rows that are seen. */
    const struct table *table;
    size_t *row;
    /* Of a file: cell[i * ncolumns + column]. */
    struct value *cell;
    struct place *at;
};
struct value snapshot_cell(const struct snapshot_table *t, size_t column, size_t i);
struct place snapshot_place(const struct snapshot_table *t, size_t i);
int snapshot_column(const struct snapshot_table *t, str name); /* index, or -1 */

struct snapshot_figure {
    str key; /* scope, of, system and name */
    str scope, of, of_name, system, name;
    str label, unit, format, page, page_key;
    enum type type;
    struct value value;
};
struct snapshot {
    struct arena *mem;
    str book, audience, templates; /* templates: hash of what gives figures their meaning */
    day as_of;
    struct language lang;
    const struct opened *opened; /* or NULL */
    LIST(struct snapshot_table) tables;
    LIST(struct snapshot_figure) figures;
    struct map
        sources; /* "system company" or "system scope" → str_list, the tables under its figures */
};
typedef LIST(str) str_list;
struct snapshot_table *snapshot_table(struct snapshot *s, str name); /* NULL if there is none */
/* Tables under a system's figures of the company, or of a scope. */
const str_list *snapshot_sources(const struct snapshot *s, str system, bool company);

/* Of an open book. Its tables are not copied: it has to stay open. False with diagnostics. */
bool snapshot_take(struct snapshot *s, struct arena *mem, const struct opened *o, str audience,
                   struct diags *diags);

/* ---- snapshot_file.c: site/BOOK/AUDIENCE/snapshot.csv, as CSV ----
 * Nothing of it is hidden from that audience: tables and columns that are restricted are not in it,
 * and a table that pages see through rollups alone is in it by groups of rows. Its last line is a
 * digest of what stands above. */
void snapshot_write(struct buf *out, const struct snapshot *s);
/* False with a diagnostic for a text that no build wrote as it is. */
bool snapshot_read(struct snapshot *s, struct arena *mem, str file, str text, struct diags *diags);
/* What an audience may see of an open book, into its part of the staging tree of the site. */
bool write_snapshot(const struct opened *o, str audience, str site_dir, struct diags *diags);
/* Where the state is that audience (unset: everyone) may see of a build's site in folder `dir`,
 * which may also be that audience's own part; unset with a diagnostic. */
bool snapshot_find(struct arena *mem, str dir, str audience, str *file, struct diags *diags);
/* Whether a folder is a build: its whole site, one audience's part of it, or its output. */
bool is_build(str dir);

/* ---- snapshot_group.c: two tables in groups ----
 * Whether both can be compared group by group; then with the same columns to group by and the same
 * times, the later state's. */
bool snapshot_align(struct arena *mem, struct snapshot_table *a, struct snapshot_table *b,
                    day later);

#endif
