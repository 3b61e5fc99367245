/* What changed between two states of a book. */
#ifndef SALESBOOK_BOOK_CHANGES_H
#define SALESBOOK_BOOK_CHANGES_H

#include "snapshot.h"

/* ---- revision.c ---- */
/* Writes the files that the book in folder dir had at a git revision below `to`; *there: whether it
 * had any. False with a diagnostic. */
bool book_at(struct arena *mem, str dir, str rev, str to, bool *there, struct diags *diags);

/* ---- changes.c: which rows of which tables ---- */
#define ROW_CHANGES(X) X(added) X(removed) X(edited)
enum row_change {
#define X(name) ROW_##name,
    ROW_CHANGES(X)
#undef X
};
/* A row, or a group of rows, in words that the audience of both states may read. */
struct changed_row {
    str table, text;
    enum row_change what;
    struct place at; /* of the new row; of one that is gone, the old; of a group nowhere */
    double weight;   /* money that it moves, in units; else 0 */
    str *value;      /* its texts, old and new: to find whom it concerns */
    size_t nvalues;
};
struct changed_table {
    str name, text;
    size_t before, now, added, removed, edited; /* rows; of a table in groups by how many these grew
                                                 * and shrank, and how many are of other rows */
    bool grouped, restricted;                   /* restricted: not even the numbers may be told */
    size_t first_row, nrows; /* among changes.row, the weightiest first: rows, or groups of them */
};
/* A key figure as people read it. */
struct changed_figure {
    str label, scope, of, of_name; /* scope "company" for those of the start page */
    str before, now, difference;   /* "–" where unknown */
    double size;                   /* |now − before| ÷ the larger; 1 where one is unknown */
    str page, key;
    size_t *row, nrows; /* rows that it is made from, the weightiest first … */
    size_t more;        /* … and how many others there are */
    size_t nth;         /* as they are ranked */
};
struct changes {
    struct arena *mem;
    day as_of_before, as_of_now;
    LIST(struct changed_table) table;
    LIST(struct changed_row) row;
    LIST(struct changed_figure) figure;
    size_t nsteady; /* figures that did not move */
};
void compare_tables(struct changes *c, struct snapshot *before, struct snapshot *now);

/* ---- changes_figures.c: which key figures ---- */
void compare_figures(struct changes *c, const struct snapshot *before, const struct snapshot *now);

/* ---- compared.c: the whole ---- */
/* One of the two: a book, or the site of a build. */
struct side {
    str dir;                 /* as the user wrote it */
    const struct book *book; /* NULL: a build */
};
/* Reads what stands in folder dir: a book, unless it is a build. False with diagnostics. */
bool side_read(struct arena *mem, str dir, str templates, struct side *side, struct diags *diags);
/* The name of the book of which folder dir is a build. False with a diagnostic. */
bool build_of(struct arena *mem, str dir, str audience, str *book, struct diags *diags);
/* Compares both as `audience` may see them (unset: everyone), each book as of its own day or that
 * of `options`. False with diagnostics. */
bool compare_sides(struct changes *c, const struct side *before, const struct side *now,
                   str audience, const struct open_options *options, struct diags *diags);

/* ---- changes_text.c ---- */
void changes_text(struct buf *out, const struct changes *c, str from, str to);
/* For a comment on a pull request: GitHub's and GitLab's dialect. */
void changes_markdown(struct buf *out, const struct changes *c, str book, str from, str to);
/* As rows of table data_changes; `from` is what the state before is called. */
size_t changes_facts(const struct changes *c, str from, struct change_fact **fact);

/* ---- since.c ---- */
/* What changed since `since`, a folder, a build or a revision, as everybody may see it. False with
 * diagnostics. */
bool changes_since(struct arena *mem, const struct book *book, str since,
                   const struct open_options *options, struct change_fact **fact, size_t *n,
                   struct diags *diags);

#endif
