/* kit: chance, calendar and CSV for the example books. Knows nothing of sales.
 * All arithmetic is on whole numbers, so that every machine writes the same bytes. */
#ifndef BOOKS_KIT_H
#define BOOKS_KIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* ---- chance ---- */

/* splitmix64 (Steele, Lea & Flood, OOPSLA 2014). Never draw twice in one expression: C leaves open
 * which comes first, and two compilers would write two books. */
struct rng {
    uint64_t state;
};

/* Chance of its own for one table of one book, so that a table that comes or goes leaves the others
 * as they are. */
struct rng rng_of(const char *book, const char *table);

/* 0 … n − 1; n > 0. */
int rng_below(struct rng *rng, int n);

/* lo … hi, both possible. */
int rng_range(struct rng *rng, int lo, int hi);

/* True in `percent` of 100 cases. */
bool rng_chance(struct rng *rng, int percent);

/* A day of the years from … to. */
int rng_day(struct rng *rng, int from, int to);

/* An index of weight[n], each as likely as its weight; −1 when all are zero. */
int rng_weighted(struct rng *rng, const int *weight, int n);

/* Parts of total as weight[n] says, by largest remainder (ties to the first): they sum to total. */
void share_out(int64_t total, const int64_t *weight, int n, int64_t *part);

/* ---- calendar ---- */

typedef int day;   /* days since 1970-01-01, a Thursday */
typedef int month; /* 12 × year + month of the year counted from 0 */

#define MONTH(year, of_year) ((year)*12 + (of_year)-1)

enum {
    FIRST_MONTH = MONTH(2024, 10), /* the books' history: 25 months, all full */
    LAST_MONTH = MONTH(2026, 10),
    NMONTHS = LAST_MONTH - FIRST_MONTH + 1,
    LAST_DAY = 20757, /* 2026-10-31 */
};

day day_of(int year, int of_year, int of_month);
day day_parse(const char *iso);
month month_of(day date);
day month_first(month m);
day month_last(month m);

/* 0 Monday … 6 Sunday. */
int weekday(day date);

/* "2026-10-31" and "2026-10"; the text lives as long as the expression's statement. */
struct iso {
    char text[32];
};
struct iso day_iso(day date);
struct iso month_iso(month m);

/* ---- CSV: RFC 4180 with LF, UTF-8 ---- */

struct csv {
    FILE *file;
    const char *path;
    bool in_row;
};

/* Opens dir/name.csv and writes its header row. A file that cannot be written ends the program. */
struct csv csv_open(const char *dir, const char *name, const char *header);

/* A cell each; csv_end ends the row. */
void csv_text(struct csv *csv, const char *text);
void csv_whole(struct csv *csv, int64_t number);
void csv_known(struct csv *csv, int64_t number); /* empty when zero: not known */
void csv_money(struct csv *csv, int64_t cents);
void csv_day(struct csv *csv, day date); /* empty when zero */
void csv_bool(struct csv *csv, bool yes);
void csv_end(struct csv *csv);

void csv_close(struct csv *csv);

/* ---- memory ---- */

/* As realloc, for n items of `size`; without memory it ends the program. */
void *items_resize(void *items, size_t n, size_t size);

#endif
