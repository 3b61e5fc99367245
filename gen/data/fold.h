/* Inside of data, for the files of folding only: rows, CHUNK_ROWS at a time, become cells. */
#ifndef SALESBOOK_DATA_FOLD_H
#define SALESBOOK_DATA_FOLD_H

#include "reading.h"

/* ---- pairs.c: pairs of small numbers, numbered ---- */

struct pair {
    uint32_t a, b;
};
/* Numbers from 0 on, in the order in which pairs come. */
struct pairs {
    struct pair *pair; /* by number */
    size_t n, cap;
    struct pair_place *place;
    size_t room, width; /* of places: for so many a, so many each; a power of two */
    uint32_t *slot;     /* open hash: number + 1 of pairs without a place */
    size_t nslots, nslotted;
};
struct pair_place {
    uint32_t b, number;
};
void pairs_init(struct pairs *p);
void pairs_free(struct pairs *p);
/* For each of n rows the number of its pair, which is a new one for a new pair; each a is less than
 * na, which never gets less. `number` may be `a`. Expected O(1) a row, for most with no hash. */
void pairs_find(struct pairs *p, const uint32_t *a, size_t na, const uint32_t *b, size_t n,
                uint32_t *number);

/* ---- cells.c: cells, found by their keys' codes ---- */

/* What codes stand for. A value has one code, wherever it comes from; 0 is NULL. */
struct dictionary {
    struct arena *mem;
    LIST(struct value) values;
    uint32_t *slot; /* open hash: codes */
    size_t nslots;
    uint32_t *rank; /* of the first so many codes the places of their values, in order */
    size_t nranked;
};
void dictionary_init(struct dictionary *d, struct arena *mem);
uint32_t dictionary_code(struct dictionary *d, struct value v);
uint32_t dictionary_keep(struct dictionary *d,
                         struct value v); /* the same; a text that is new is copied */
uint32_t *dictionary_order(struct arena *mem,
                           const struct dictionary *d); /* codes by their values */
/* For each code the place of its value among all that there are; until there is another one. */
const uint32_t *dictionary_ranks(struct dictionary *d);

/* As SQLite orders values: NULL, numbers, texts by their bytes. */
int value_compare(struct value a, struct value b);

enum measuring {
    MEASURE_SUM,
    MEASURE_MIN,
    MEASURE_MAX,
    MEASURE_FIRST, /* behind each of these two stands … */
    MEASURE_LAST,
    MEASURE_COUNT, /* from here on nothing is 0 */
    MEASURE_DISTINCT,
    MEASURE_PRINT,
    MEASURE_DAY, /* … the day of its value, which is never shown */
};

/* What a cell holds besides its keys. */
struct measure {
    enum measuring measuring;
    enum packing packing;          /* of min, max, first, last: PACKED_TEXT are codes */
    struct dictionary *dictionary; /* … in this one */
};

/* Grows while rows are added. */
struct cell_set {
    size_t nkeys, nmeasures, n, cap;
    struct pairs *pairs; /* one a key: of the number of the keys before it and its own code. The
                            numbers of the last are the cells */
    uint32_t *code;      /* nkeys a cell */
    union cell *value;   /* nmeasures a cell */
    const struct measure *measure;
};
void cell_set_init(struct cell_set *set, size_t nkeys, const struct measure *measure,
                   size_t nmeasures);
void cell_set_free(struct cell_set *set);
/* As many cells as the other has, with the same keys and values of its own. */
void cell_set_follow(struct cell_set *set, const struct cell_set *other);
/* For each of n ≤ CHUNK_ROWS rows, of which key k has code[k][row], its cell. */
void cell_set_find(struct cell_set *set, const uint32_t *const *code, size_t n, uint32_t *cell);

/* In which cells a code was met. Most are met in one only, which stands in an array; others too in
 * a set. */
struct met_codes {
    uint32_t *first; /* by code: the first cell + 1 */
    size_t nfirst;
    uint64_t *slot; /* open hash: cell + 1 and code */
    size_t n, nslots;
};
void met_codes_free(struct met_codes *met);
bool met_codes_add(struct met_codes *met, uint32_t cell,
                   uint32_t code); /* whether it is new there */

/* ---- fold_key.c: columns of rows as codes ---- */

/* One column of a table, through a reference or a function if a key says so, as it reads at the
 * as-of date; or two such, the second where the first is NULL. */
struct coding {
    struct dictionary dictionary; /* of its codes */
    struct coding_part *part[2];
    uint32_t *code; /* of the rows of the chunk that was asked for last */
    size_t chunk;
    /* Of parts, by code, as far as they were asked for: */
    uint32_t *whole; /* its code among those of all parts + 1 */
    uint64_t *print; /* as followed.c has it; or 0 */
    size_t nnotes;   /* room in both */
};
/* The cells of a chunk of each column that was asked for, unpacked. */
struct unpacked {
    const struct table *table;
    union cell **cells;
    size_t *chunk; /* + 1 */
};
/* What the rollups of one dataset share: most ask for the same keys. */
struct folder {
    struct arena *mem;
    struct arena *part_mem; /* of the present part; NULL: the table is whole */
    bool texts_differ; /* of that part, in columns that are counted once: none has two numbers */
    const struct dataset *dataset;
    struct map references;       /* table name → map from key to row + 1 */
    struct map codings;          /* table name and key as it is written → struct coding */
    struct map followed;         /* table name, field and purpose → numbers of its texts … */
    struct map staying;          /* … and of those that stay from part to part */
    size_t nforgotten;           /* as struct staying has it */
    struct map rising;           /* table name and field: whether its texts rise */
    struct map prints;           /* table name → struct row_prints */
    struct map shares;           /* table name → struct shares */
    struct unpacked unpacked;    /* of the table that was asked for last */
    struct folding_ahead *ahead; /* or NULL */
    str day_of_month;            /* of the as-of date: "31" */
    int month;                   /* of the as-of date, or -1 */
};
/* Sets the as-of date that keys are told by. */
void folder_as_of(struct folder *f, day as_of);
/* Memory for what is known of the rows themselves. */
struct arena *folder_part_mem(const struct folder *f);
/* All cells of one chunk, until another chunk of that column or another table is asked for. */
const union cell *folder_cells(struct folder *f, const struct table *t, int field, size_t chunk);
/* Rows + 1 of a table by that field, as far as they are seen. */
const struct map *folder_rows(struct folder *f, const struct table *t, int field);
/* A folder for parts of the same table, one after the other, that looks references up where `whole`
 * has found them. A value has the same code in all of its parts. */
struct folder *folder_of_parts(const struct folder *whole, bool texts_differ);
void folder_next_part(struct folder *f,
                      const struct table *part); /* before each; the one before may be gone */
/* `by` is a key of `by:`, or a column's name. NULL if only SQL knows it. */
struct coding *folder_coding(struct folder *f, const struct table *t, str by);
/* Of a column of texts that are in order, as numbers of orders mostly are: each is another one, and
 * needs no dictionary to tell. */
bool folder_texts_rise(struct folder *f, const struct table *t, int field);
/* A number for each text of a column, 0 at first, for one purpose: whoever asks for it gets the
 * same. */
uint32_t *folder_texts(struct folder *f, const struct table *t, int field, str purpose);
/* Codes of the rows of a chunk, as long as no other chunk is asked for: rollups share them if all
 * are asked for chunk by chunk. */
const uint32_t *coding_rows(struct coding *k, size_t chunk);
struct splitting;
/* Codes of n rows of a chunk that are shared, with their people instead of the rows' own. */
void coding_shared(struct coding *k, size_t chunk, const struct splitting *s, const uint16_t *row,
                   size_t n, uint32_t *code);
/* Makes room in k->whole and k->print for all codes that there are. */
void coding_make_notes(struct coding *k);
/* The codes of all texts that rows have in a plain column of texts; their number. */
size_t coding_texts(struct coding *k, struct arena *mem, uint32_t **code);

/* The first day that `since:` lets count, or an unset str. */
str since_bound(struct arena *mem, day as_of, str since);
/* Which rows of a table are folded: seen at the as-of date, and not before `since`. */
struct counting;
struct counting *counting_new(struct arena *mem, day as_of, const struct table *t, str since);
bool counting_same(const struct counting *a, const struct counting *b); /* both count all rows */
/* The numbers within the chunk of those that are; their count. */
size_t counting_rows(struct counting *c, size_t chunk, uint16_t *row);

/* ---- where.c: rows that meet the conditions of a rollup ---- */

struct where;
/* NULL if all rows of the table meet them. */
struct where *where_new(struct arena *mem, struct folder *f, const struct table *t,
                        const struct rollup *r);
/* Of n rows of a chunk those that meet all of them stay; their count. */
size_t where_rows(const struct where *w, size_t chunk, uint16_t *row, size_t n);
bool same_conditions(const struct rollup *a, const struct rollup *b);

/* ---- split.c: rows that several people share ---- */

struct share {
    size_t row; /* + 1 */
    struct value person;
    double share;
    int64_t weight;
};
struct order_shares {
    str order;
    int64_t starts;          /* day_number() of the day from which they hold; 0: always */
    size_t earlier;          /* the number + 1 of those that held until then, or 0 */
    LIST(struct share) list; /* in the order in which ties are settled */
    double sum;
    uint64_t hash, print; /* of the order; of all of it */
};
/* What a table of shares says, as it is seen. */
struct shares {
    struct arena *mem;
    bool known;    /* it can be read so */
    bool dated;    /* some hold from a day on */
    struct map of; /* order → the number + 1 in orders of those that start last */
    LIST(struct order_shares) orders;
    size_t most; /* shares of one order */
};

struct shared_row {
    const struct order_shares *of;
    size_t nth;
};
struct splitting {
    const struct shares *shares;
    struct folder *folder;
    const struct table *table;
    int order, person;    /* its fields */
    int64_t *day_of_text; /* by texts of its fact, or NULL: no day is asked yet */
    struct arena *mem;
    uint32_t
        *of_text; /* of an order's text the number of its shares + 2; 1: none; 0: not looked up */
    uint16_t row[CHUNK_ROWS]; /* of the present chunk: those that are shared, and by which shares */
    uint32_t of[CHUNK_ROWS];
    size_t nrows, next;
    struct shared_row share[CHUNK_ROWS]; /* what splitting_more gave last */
};
/* NULL if only SQL can split the rows of that table. */
struct splitting *splitting_new(struct arena *mem, struct folder *f, const struct table *t,
                                str shares);
/* Takes the rows of shared orders out of n rows of a chunk; how many are left. */
size_t splitting_part(struct splitting *s, size_t chunk, uint16_t *row, size_t n);
/* The next of those, each as often as it has shares, up to CHUNK_ROWS; 0: that was all. */
size_t splitting_more(struct splitting *s, uint16_t *row);
/* Whose the ith of them is … */
struct value splitting_person(const struct splitting *s, size_t i);
/* … and what n numbers of a column are in parts. */
void splitting_parts(const struct splitting *s, const struct column *c, size_t n,
                     union cell *number);

/* ---- fold.c ---- */

enum { MOST_KEYS = 16 };

/* Where the values of a measure come from. */
struct source_column {
    int field;             /* -1: none is asked */
    bool dated;            /* how it reads depends on the row's own day */
    bool numbered;         /* the numbers of its texts are codes already */
    struct coding *coding; /* of texts, and of what is counted once */
};

/* What is counted once and stands in several cells that may become one: it is not counted in any of
 * them. */
struct apart {
    uint64_t code;
    uint32_t cell;
};
struct folding {
    struct arena *mem;
    struct folder *folder;
    const struct rollup *rollup;
    const struct table *table;
    struct counting *counting;
    struct where *where; /* or NULL: all that count */
    struct coding **key;
    struct measure *measure;
    struct source_column *source; /* one a measure */
    size_t nmeasures;
    size_t *shown; /* the measures that a cell shows */
    size_t nshown;
    struct cell_set cells;
    const struct folding *of_cells; /* whose cells and keys these are, with values of its own; or
                                       NULL */
    struct met_codes met;           /* of what is counted once */
    struct row_prints *prints;      /* or NULL: no print is asked */
    struct splitting *split;        /* or NULL: no row is shared */
    bool shared;                    /* the present rows are those that are */
    const bool *is_apart;           /* by code of what is counted once; or NULL */
    LIST(struct apart) apart;

    uint16_t row[CHUNK_ROWS]; /* of the present chunk: those that count, and their cells */
    uint32_t cell[CHUNK_ROWS];
    size_t n;
    int64_t *day;         /* their days, or NULL: no first or last is asked … */
    int64_t *day_of_text; /* … by texts of the fact; 0: none */
};
/* A date or datetime as a number that rises with it, whatever slice it stands in: its digits. */
int64_t day_number(enum type type, str text);
/* What a rollup asks of a table, without a row yet. NULL if it cannot be folded. */
struct folding *folding_new(struct arena *mem, struct folder *folder, const struct rollup *r,
                            const struct table *t);
/* Before its chunks are added: the day on which their rows are seen. */
void folding_begin(struct folding *f, day as_of);
/* Adds the rows of a chunk of its table that are seen. False if a sum leaves 64 bits. */
bool folding_chunk(struct folding *f, size_t chunk);
/* Of two that have begun: whether they ask for the same keys of the same rows. Then the second may
 * take the cells of the first, if each chunk is added to that before. */
bool folding_is_like(const struct folding *f, const struct folding *other);
void folding_take_cells(struct folding *f, const struct folding *of);
void folding_free(struct folding *f);
/* Whether another table says how its rows are shared out. */
bool rollup_is_split(const struct dataset *d, const struct rollup *r);
void folding_lend(struct folding *f, struct cells *out); /* its cells, in their order; they stay */
/* Adds a measure of one cell to that of another; `from` is where it stands there, `more` what it is
 * here, where texts have other codes. False if a sum leaves 64 bits. */
bool measure_add(const struct measure *m, union cell *to, const union cell *from, union cell more);

/* ---- groups.c: prints of rows ---- */

struct row_prints;
struct row_prints *row_prints_new(struct arena *mem, const struct table *t, str audience);
/* Of what everybody may see; rollups share them. */
struct row_prints *folder_prints(struct folder *f, const struct table *t);
/* What the rows of a chunk say to that audience as of the table's day, as one number each, as long
 * as no other chunk is asked for. */
const uint64_t *row_prints_of(struct row_prints *p, size_t chunk);

/* ---- fold_ahead.c ---- */

struct folding_ahead;
bool same_rollup(const struct rollup *a, const struct rollup *b); /* whatever they are called */
/* Whether a rollup was folded ahead; then it is given away, with what rollup_fold returned. */
bool folded_ahead(struct folder *f, const struct rollup *r, struct cells *out, bool *folded);
void folding_ahead_free(struct folding_ahead *a);

#endif
