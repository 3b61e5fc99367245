/* Inside book: months that are closed, and what has changed in them since. Not for other modules.
 *
 * input/<book>/closed/2026-09.csv says what was published of September, to be kept under version
 * control: page, block, key, name, value. Of a figure: the report's file without its ending, the
 * block's id, the texts that name its row, the measure or column, and the figure as JSON writes it.
 * On the page "(rows)" stand the rows that were there: block a table, key a group of its rows
 * (data.h, prints.c), name the group's print, value how many there are. What only some may see is
 * in neither. */
#ifndef SALESBOOK_BOOK_CLOSED_H
#define SALESBOOK_BOOK_CLOSED_H

#include "book.h"

struct closed_row {
    str page, block, key, name, value;
};
struct closed {
    int month;
    str path;
    struct hash128 print; /* of its file, where that was read */
    LIST(struct closed_row) figures, rows;
};
typedef LIST(struct closed) closed_list;
/* Those of a book, and what is wrong with their files. */
struct closed_months {
    closed_list list;
    struct diags diags;
    bool ok;
};

/* ---- closed.c: the files ---- */
str closed_path(struct arena *mem, const struct book *book, int month);
/* The closed months of a book, in order. False with diagnostics if a file is damaged. */
bool closed_read(struct arena *mem, const struct book *book, closed_list *list,
                 struct diags *diags);
/* Writes the file of c, sorted, beside it and then in its place. */
bool closed_write(struct arena *mem, const struct closed *c, struct diags *diags);

/* ---- figures.c: what the reports that are closed say at the end of a month ---- */
struct figure {
    struct closed_row row; /* its value as text */
    str report, of;        /* the report's template, and the key of its page */
    str title, label;      /* of its block, and of the measure or column */
    str kind;   /* the column whose text names its row, if one alone does: person, region … */
    str tables; /* those that its block reads, each between two ';' */
    struct value value;
    enum type type;
};
typedef LIST(struct figure) figure_list;
/* In the order of pages and blocks. False with diagnostics if a report cannot be made. *by_rows,
 * unless NULL: the rows that are seen then, templates and settings alone say what they are. */
bool figures_of(struct arena *mem, const struct opened *o, int month, figure_list *figures,
                bool *by_rows, struct diags *diags);

/* ---- changed.c: which rows are other than they were ---- */
struct rows_known; /* the prints of all tables */
struct rows_known *rows_known(struct arena *mem, const struct dataset *d);
/* What a closed month says of its rows: of the tables that a figure is made from, one without rows
 * as well. */
void rows_keep(struct rows_known *k, struct arena *mem, const figure_list *figures,
               struct closed *c);
/* Adds the groups that are other now, of tables that the closed month knows, to `restated`; their
 * number. Where they stand only if the table's rows are here. */
size_t rows_changed(struct rows_known *k, struct arena *mem, const struct closed *c,
                    struct restated *restated);

/* ---- restated_text.c: figures as a text ---- */
void restated_put(struct buf *out, struct arena *mem, struct restated *restated);
/* Adds those of a text to `restated`. False, and then some may have been added, if it is broken or
 * tells of another month (-1: of any will do). */
bool restated_take(struct arena *mem, str text, int month, struct restated *restated);

/* ---- restated.c ---- */
/* Compares the closed months of the last year with what is known now, so many at a time as the
 * options have jobs, and while the store is loaded, which waits for it; or sets o->lacks_rows. What
 * comes of months with other rows is kept in the file that the options name, and taken from there.
 * False with diagnostics if a file of a closed month is damaged. */
bool note_restated(struct opened *o, const struct open_options *options, struct diags *diags);

#endif
