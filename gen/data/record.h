/* Inside of data, for the files that read records, whole or in parts and slices: how those of one
 * file become rows. */
#ifndef SALESBOOK_DATA_RECORD_H
#define SALESBOOK_DATA_RECORD_H

#include "reading.h"

/* ---- reading.c ---- */

/* What is asked of a field's cells, in the form in which it is checked fastest. */
struct rule {
    const struct field *field;
    struct column *column;
    enum packing packing;
    bool required;
    bool any_text;             /* a string without enum, pattern or limits, nor aliases */
    const struct map *aliases; /* of the keys that it refers to; or NULL */
    int64_t least, most;
    double least_real, most_real;
    regex_t *pattern;  /* or NULL */
    union cell absent; /* what an empty cell reads as */
};

struct file_reader {
    struct loading *l;
    struct table *t;
    struct columns *columns;
    const struct mapping *mapping; /* or NULL */
    size_t source;
    struct form form;
    char delimiter;
    bool broken;          /* the text holds bytes that are no UTF-8 */
    struct rule *rule;    /* one a field */
    struct rule **target; /* for each column of the file that of its field, or NULL */
    size_t ntargets;
    struct rule **lacking; /* fields that the file has no column for */
    size_t nlacking;
    bool has_head;
    str head;            /* its bytes: it may stand again where files were put together */
    size_t *nameless;    /* columns of the file whose head is empty … */
    size_t nnameless;    /* … until one has been told of */
    size_t unusable;     /* number + 1 of the diagnostic for which no row can be used */
    struct diags *diags; /* of the present row, NULL while it has no defect … */
    size_t first_defect; /* … and the number of its first there */
    size_t nrounded;
    struct place first_rounded;
    str first_rounded_value, first_rounded_audience;
    bool told_nameless;
    bool spoilt; /* of a part of a file: it has to be read as a whole */
};

struct source *source_of(struct file_reader *r);
void make_rules(struct file_reader *r);
void free_rules(struct file_reader *r);
/* The field that a head of this file names: by the mapping, else by its own name. -1 for none. */
int field_of_head(const struct file_reader *r, str head);
/* csv_fn's; arg is the file_reader. */
bool on_record(void *arg, const struct csv_record *rec);
bool on_bad(void *arg, const struct csv_record *rec);

/* ---- file.c ---- */

struct file_reader file_reader_of(struct loading *l, struct table *t,
                                  const struct mapping *mapping);
/* Gives the table a source for the file, of which no row is read yet. */
void add_source(struct file_reader *r, str path);
/* Finds how the columns of text are parted; a line that says so is left out of it. */
void choose_delimiter(struct file_reader *r, str *text);
/* Ready for the first record of text. */
void begin_text(struct file_reader *r, str text);

/* Tells what is told once of a file. */
void end_file(struct file_reader *r);

/* ---- parts.c ---- */

/* Reads a large text in as many parts as there are threads, with the same rows and diagnostics in
 * the same order. False, and nothing is done, if it is not large or has to be read from beginning
 * to end: a broken quote swallows what comes after it. */
bool read_parts(struct file_reader *r, str text);
/* The same for a file of UTF-8 that is larger than what should be in memory at a time. */
bool read_large(struct file_reader *r, str path);

/* What both, and slices.c, are made of. */

enum { PARTS_MOST = 64 };
struct part {
    str text;
    size_t nlines;
    bool
        odd; /* a carriage return ends lines in it, which are not counted here; or it is no UTF-8 */
    int lines_before;
    struct loading l;
    struct diags diags;
    struct table table;
    struct file_reader reader;
    struct staying *staying; /* or NULL: none stay */
};
void part_count_lines(struct part *part, bool checks_utf8);
/* Reads its records, with that head before them, into a table of its own; reader.spoilt says that
 * they cannot be read by themselves. `tells`: of the head is told too. */
void part_read(struct part *part, const struct file_reader *into, str head, bool tells);
/* The same for a part of which only some records are read, each by part_more with the lines before
 * it. */
void part_begin(struct part *part, const struct file_reader *into, str head, bool tells);
void part_more(struct part *part, str text, int lines_before);
/* Takes all that is known of a part that was read but its rows. */
void part_take(struct file_reader *into, const struct part *part);
void part_end(struct part *part);

size_t threads_of(const struct file_reader *r); /* that may read a file */
/* The encoding that book.yaml names for a file that is read in parts, if it is not UTF-8; or
 * unset. */
str encoding_of_parts(const struct file_reader *r);
str whole_lines(str text); /* up to the last line end */
size_t count_byte(str s, char c);
/* The end of the first line at or behind `from` that ends outside of quotes, where `quoted` says
 * whether `from` is inside. */
size_t line_end_outside(str text, size_t from, bool quoted);
/* Whether a record before the head is none: a title, or another line that the mapping passes
 * over. */
bool is_above_head(const struct file_reader *r, const struct csv_record *rec);
/* The text up to its head, that with its line end; or unset. */
str head_of(const struct file_reader *r, str text);

/* ---- slices.c ---- */

size_t slice_bytes(const struct loading *l); /* that a slice has at least */
/* Folds the rows of one of l->later, whose table is ready for it. False if they have to be kept, or
 * it is to be tried anew. */
bool fold_file(struct loading *l, const struct later_file *file);

/* ---- guess_day.c ---- */

/* The column of the file that a field stands in; -1: none. */
int position_in_head(const struct file_reader *r, str head, int field);
/* The day that is asked for; else the latest of the facts that were read, and of the last rows of
 * files that wait. */
day guess_day(struct loading *l);

/* What is in memory of a file: the rest of the stretch before, and what was read behind it. */
struct stretch {
    const struct pieces *pieces;
    size_t at, size; /* of the file: what was read, and all of it */
    char *p;
    size_t n, cap, nparts, part;
    bool failed[PARTS_MOST];
};
/* Reads the first stretch up to its head, which is taken off. False if it has to be read
 * otherwise. */
bool stretch_begin(struct stretch *s, struct file_reader *r, str *head);

#endif
