/* Inside of data, for fold.c, fold_key.c, kept.c and cells.c only: rows, CHUNK_ROWS at a time, become cells. */
#ifndef SALESBOOK_DATA_FOLD_H
#define SALESBOOK_DATA_FOLD_H

#include "reading.h"

/* ---- cells.c: cells, found by their keys' codes ---- */

/* What codes stand for. A value has one code, wherever it comes from; 0 is NULL. */
struct dictionary {
    struct arena *mem;
    LIST(struct value) values;
    uint32_t *slot; /* open hash: codes */
    size_t nslots;
};
void dictionary_init(struct dictionary *d, struct arena *mem);
uint32_t dictionary_code(struct dictionary *d, struct value v);
uint32_t *dictionary_order(struct arena *mem, const struct dictionary *d); /* codes by their values */

/* As SQLite orders values: NULL, numbers, texts by their bytes. */
int value_compare(struct value a, struct value b);

enum measuring { MEASURE_SUM, MEASURE_MIN, MEASURE_MAX, MEASURE_COUNT, MEASURE_DISTINCT };

/* What a cell holds besides its keys. */
struct measure {
    enum measuring measuring;
    enum packing packing;          /* of min and max: PACKED_TEXT are codes */
    struct dictionary *dictionary; /* … in this one */
};

/* Grows while rows are added. */
struct cell_set {
    size_t nkeys, nmeasures, n, cap;
    uint32_t *slot; /* open hash: number + 1 of a cell */
    size_t nslots;
    uint32_t *code;    /* nkeys a cell */
    union cell *value; /* nmeasures a cell */
    const struct measure *measure;
};
void cell_set_init(struct cell_set *set, size_t nkeys, const struct measure *measure, size_t nmeasures);
void cell_set_free(struct cell_set *set);
/* For each of n rows, of which key k has code[k * CHUNK_ROWS + row], its cell. */
void cell_set_find(struct cell_set *set, const uint32_t *code, size_t n, uint32_t *cell);

/* In which cells a code was met. Most are met in one only, which stands in an array; others too in a set. */
struct met_codes {
    uint32_t *first; /* by code: the first cell + 1 */
    size_t nfirst;
    uint64_t *slot; /* open hash: cell + 1 and code */
    size_t n, nslots;
};
void met_codes_free(struct met_codes *met);
bool met_codes_add(struct met_codes *met, uint32_t cell, uint32_t code); /* whether it is new there */

/* ---- fold_key.c: columns of rows as codes ---- */

/* One column of a table, through a reference or a function if a key says so, as it reads at the as-of date; or
 * two such, the second where the first is NULL. */
struct coding {
    struct dictionary dictionary; /* of its codes */
    struct coding_part *part[2];
};
/* What the rollups of one dataset share: most ask for the same keys. */
struct folder {
    struct arena *mem;
    const struct dataset *dataset;
    struct map references; /* table name → map from key to row + 1 */
    struct map codings;    /* table name and key as it is written → struct coding */
    struct map rising;     /* table name and field: whether its texts rise */
    struct folding_ahead *ahead; /* or NULL */
    str day_of_month;      /* of the as-of date: "31" */
};
/* `by` is a key of `by:`, or a column's name. NULL if only SQL knows it. */
struct coding *folder_coding(struct folder *f, const struct table *t, str by);
/* Of a column of texts that are in order, as numbers of orders mostly are: each is another one, and needs no
 * dictionary to tell. */
bool folder_texts_rise(struct folder *f, const struct table *t, int field);
/* Codes of the first n rows of a chunk. */
void coding_rows(struct coding *k, size_t chunk, size_t n, uint32_t *code);

/* Which rows of a table are folded: seen at the as-of date, and not before `since`. */
struct counting;
struct counting *counting_new(struct arena *mem, day as_of, const struct table *t, str since);
/* The numbers within the chunk of those that are; their count. */
size_t counting_rows(struct counting *c, size_t chunk, uint16_t *row);

/* ---- fold_ahead.c ---- */

struct folding_ahead;
/* Whether a rollup was folded ahead; then it is given away, with what rollup_fold returned. */
bool folded_ahead(struct folder *f, const struct rollup *r, struct cells *out, bool *folded);
void folding_ahead_free(struct folding_ahead *a);

#endif
