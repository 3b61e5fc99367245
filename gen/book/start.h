/* Private to book and cmd/new: a new book's files. */
#ifndef SALESBOOK_BOOK_START_H
#define SALESBOOK_BOOK_START_H

#include "book.h"

/* A column with the names of people, customers or others that many rows lack. */
struct gap {
    str head, column;
    size_t empty, rows; /* of the first rows */
};

/* What an export looks like, guessed from its head and first rows. */
struct guess {
    struct mapping mapping;
    str currency;      /* whose sign or code stands at its amounts, or unset */
    bool month_unsure; /* no date tells whether its first or second number is the month */
    str *unused;       /* heads that no column was found for */
    size_t nunused;
    str *missing; /* required columns that no head was found for */
    size_t nmissing;
    LIST(struct gap) gaps;
};

/* Guesses how the export `file` (as bytes) gives the rows of a table: encoding, delimiter, which
 * head is which column (its name, or one of `also:` in tables.yaml), decimal and thousands marks,
 * currency, the form of dates. False with a diagnostic if it cannot be read at all. */
bool guess_mapping(struct arena *mem, const struct schema *schema, str file, str bytes,
                   struct guess *guess, struct diags *diags);
/* The guess as the `tables:` of a book.yaml. */
void guess_yaml(struct buf *out, const struct guess *guess);

#endif
