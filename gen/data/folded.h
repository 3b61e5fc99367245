/* Inside of data: large tables whose rows are folded as they are read, and not kept. A file is cut
 * into slices by what stands in it. What is folded of a slice depends on its text and on folded.key
 * alone, so that it can be kept; it is added to the cells of the whole as of the day. */
#ifndef SALESBOOK_DATA_FOLDED_H
#define SALESBOOK_DATA_FOLDED_H

#include "fold.h"

struct lost;
struct part;
struct slice;

/* What a key says in a slice, and what that means as of the day. */
struct folded_coding {
    str by;
    struct coding *open, *whole;
    enum { AS_IT_IS, TO_DATE, GROUP } today;
};
struct folded_rollup {
    const struct rollup *of; /* of the model; NULL: one of our own */
    struct rollup open; /* as it is folded in slices: to_date() by day of month, which is the same
                           every day */
    struct folding *whole;
    size_t *key; /* by key and then by measure: the number of its coding, or NO_CODING */
    str bound;   /* the first day that counts, if not all do */
};
#define NO_CODING SIZE_MAX

/* Columns whose values must rise from row to row, or from text to text: then none stands in two
 * slices. */
struct rising {
    int *field;
    size_t n;
    bool texts;         /* the same text may stand in several rows of a slice */
    struct value *last; /* of all slices so far */
    bool begun;
};

/* A reference of the table to one that has files. */
struct followed {
    size_t coding;          /* of its texts */
    const struct map *keys; /* that are known: number + 1 */
    uint64_t *print;        /* by number: of the key and the fields that are followed from it */
};

/* A cell whose reference leads nowhere, and the row that is set aside for it. */
struct lost_cell {
    struct file_row row; /* its bytes only with the first such cell of a row, which … */
    bool begins;         /* … this is */
    int field;
    str value;
    enum diag_id twice; /* its key stands `first`; or 0 */
    str first;
};

struct hash_set {
    uint64_t *hash, *slot; /* slot: open hash of them */
    size_t n, nslots;
    uint64_t print; /* of all */
};
/* An order of which rows stand in several slices is set apart by its text: this, and its number
 * among such texts. */
#define PARTED (UINT64_C(1) << 63)

/* A row that is one too many: the slice it stands in, and its line there; and of the row before it
 * that has the same key. */
struct twice_line {
    struct hash128 slice, first_slice;
    uint64_t line, first_line, rising; /* rising: which key */
};
/* Where slices stand. */
struct slice_place {
    struct hash128 slice;
    size_t source;
    int lines_before;
};
/* A row whose key may be that of another. */
struct suspect {
    struct hash128 slice;
    uint64_t line;
    size_t rising;
    str key;
};
struct suspects {
    LIST(struct suspect) list;
};

struct pending_slice {
    struct hash128 chain; /* of the slices up to this one */
    str text;
};

struct folded {
    struct arena *mem;
    struct table *t;
    struct folder *folder;
    day as_of;              /* as which it is folded … */
    bool guessed;           /* … and data_load begins anew if it turns out to be another */
    bool hashed;            /* keys need not rise: unique.c tells them apart */
    bool unordered;         /* they would have to, and do not */
    struct unique *unique;  /* those of all slices so far; or NULL */
    struct hash_set parted; /* orders of several slices; only where keys need not rise */
    struct dictionary parted_texts;  /* of all slices so far */
    LIST(struct twice_line) twice;   /* by slice and line */
    LIST(struct slice_place) places; /* in the order of the files */
    struct hash_set suspects;        /* hashes of keys that are to be looked at … */
    struct suspects met;             /* … and the rows that have them */
    bool twins; /* two slices are the same, so that nobody knows which one is meant */
    bool stale; /* what `twice` says is no longer so */
    str day;    /* as_of as text */
    LIST(struct folded_rollup) rollups;
    LIST(struct folded_coding) codings;
    LIST(struct rising) rising;
    size_t *foreign; /* for each reference of the schema the number of its coding */
    LIST(struct followed) followed;
    const struct shares *shares; /* of orders; or NULL: none is shared */
    uint64_t *share_print;       /* of an order's shares, and of what their persons lead to */
    int shared_field;            /* the number of an order, where some are … */
    int shared_person;           /* … and whose the row is */
    size_t nfollowed;         /* both together, and two more for those that are parted, or twice */
    uint64_t *followed_whole; /* for each the sum of all prints */
    size_t dates, groups; /* our own rollups: number and print of rows by day, and what row_groups
                             tells */
    str rows_from;   /* the first day of single rows that `rows:` asks for, which are kept; or unset
                      */
    int whole_field; /* rows that have the same here stand in one slice; or -1 */
    bool by_day; /* a rollup counts it once by to_date(): what is of several days is set apart */
    LIST(struct lost_cell) lost; /* in the order of the rows */
    size_t nrows;
    str last;           /* the latest day */
    struct hash128 key; /* of what slices depend on besides their files */

    /* sums.c */
    size_t nthreads, nadded, stop; /* slices that were added; behind so many, their sum is kept */
    struct hash128 chain;          /* of the slices so far, and the day */
    LIST(struct pending_slice) pending; /* they are kept, and wait to be added */
};

/* Ready for the first slice; NULL if the rows have to be kept. All other tables were read and
 * checked. */
struct folded *folded_new(const struct loading *l, struct table *t, day as_of);
/* Keeps that its keys do not rise, and which orders are parted. */
void folded_unordered(const struct folded *all, struct blobs *slices);
void folded_done(struct folded *all); /* rollups of the model are asked for no more */
void folded_free(struct folded *all);

/* ---- followed.c: what slices depend on besides their text and folded.key ---- */

/* Fills all->followed; all codings are known. */
void folded_follow(struct folded *all, const struct loading *l);
/* For each that is followed the sum of the prints that a slice with these values, edges and keys
 * leads to. */
void followed_sums(const struct folded *all, const struct slice *s, uint64_t *sum);
/* A slice's key with n such sums. */
struct hash128 followed_key(struct hash128 key, const uint64_t *sum, size_t n);

/* ---- unique.c: keys that do not rise ---- */

/* For each of all->rising the keys of the rows of a part but those that are twice, to be compared
 * with the others. False if a row lacks one. */
bool unique_keys(struct arena *mem, const struct folded *all, const struct table *part,
                 const struct lost *lost, str *keys);
/* The hash of each row's key; NULL if a row lacks it. */
uint64_t *unique_hashes(struct arena *mem, const struct rising *r, const struct columns *columns);
bool unique_is_well(str keys); /* whether they were made so */
size_t unique_count(str keys);
uint64_t unique_hash(str keys, size_t i); /* of a text: that of order_shares */
uint64_t unique_hash_of(str text);
int unique_by_hash(const void *a, const void *b); /* for qsort and bsearch */
/* Adds those of a slice; those that are kept stay in the file of slices, until unique_free. False
 * if they cannot be put aside. */
bool unique_add(struct folded *all, const struct blobs *slices, const str *keys, bool kept);
/* False if they cannot be compared. What is the same: orders that are parted, but for those of
 * all->parted; and keys, but for those of all->suspects. */
struct same_hashes {
    uint64_t *hash;
    size_t n;
};
bool unique_all(struct folded *all, struct same_hashes *parted, struct same_hashes *keys);
void unique_free(struct folded *all);

/* ---- parted.c ---- */

/* Of hashes that may be the same. */
void hash_set_make(struct arena *mem, struct hash_set *p, const uint64_t *hash, size_t n);
bool hash_set_add(struct arena *mem, struct hash_set *p, const uint64_t *hash,
                  size_t n); /* false if they are too many */
bool hash_set_has(const struct hash_set *p, uint64_t hash);
/* Of those of a slice's keys that are in it the sum of the prints. */
uint64_t hash_set_sum(const struct hash_set *p, str keys);
/* By number of an order's text in a part whether it is parted; NULL: none is. */
bool *parted_texts(struct arena *mem, const struct folded *all, const struct table *part);

/* ---- twice.c ---- */

void twice_add(struct folded *all, const struct twice_line *lines, size_t n);
/* Of what is known of a slice, or of all, the sum of the prints. */
uint64_t twice_sum(const struct folded *all, struct hash128 slice);
uint64_t twice_sum_of_all(const struct folded *all);
/* Rows of a part of a slice that are one too many. */
void twice_rows(const struct folded *all, struct hash128 slice, struct part *p,
                struct late_defects *late);
/* A slice that is taken, in the order of the files. */
void twice_note_slice(struct folded *all, struct hash128 slice, size_t source, int lines_before);
/* Where the row stands that has the key before that line of a slice. Sets all->stale if it is
 * there no more. */
str twice_first(struct folded *all, struct hash128 slice, uint64_t line, enum diag_id id);
/* In the attempt that looks for them: whether a slice has such rows; those rows; and what they come
 * to, in all->twice. */
bool twice_is_suspect(const struct folded *all, const struct slice *s);
void twice_suspects(const struct folded *all, struct arena *mem, const struct part *p,
                    struct suspects *found);
void twice_take(struct folded *all, struct hash128 slice, const struct suspects *found);
void twice_resolve(struct folded *all);

/* ---- odd.c ---- */

/* A record that was set aside. */
struct odd_record {
    uint64_t at, n; /* bytes of the slice */
    uint64_t line;  /* lines before it */
};
struct odd_records {
    LIST(struct odd_record) list;
};
void odd_find(const struct part *p, struct odd_records *odd); /* those that reading set aside */
/* Rows with a reference that leads nowhere. */
struct lost {
    struct late_defects late;   /* their cells, by row */
    struct odd_records records; /* a row each */
    uint8_t *dead;              /* a bit each row of the part; NULL: none is lost */
    uint8_t *twice;             /* those of them whose key stands before; or NULL */
};
void lost_find(struct part *p, const struct loading *l, const struct folded *all,
               struct hash128 slice, struct lost *lost);
/* Adds them to all->lost, as of the nth file of the table. */
void lost_take(struct folded *all, struct hash128 slice, size_t source, const struct part *p,
               const struct lost *lost);
/* Tells of all of them, and sets their rows aside. */
void lost_tell(struct loading *l, struct table *t);

/* ---- slice.c ---- */

/* Why a part cannot be folded, if it is neither that it wants its rows to be kept. */
struct refusal {
    day beyond;     /* the day of one of them is later than all->as_of; or DAY_NONE */
    bool unordered; /* keys do not rise */
};
/* Makes a slice, and `text` of it, of the rows of a part of the table, which was read with `nlines`
 * lines, by a folder of parts; rows that are lost go out of it. The slice is in `mem`, in the part
 * and in the folder, and to be freed by slice_free. False with a refusal. */
bool folded_slice(struct arena *mem, const struct folded *all, struct hash128 key,
                  struct folder *folder, struct table *part, size_t nlines,
                  const struct odd_records *odd, const struct lost *lost, struct slice *s,
                  struct buf *text, struct refusal *refusal);
/* Orders n values as keys_rise does: a shorter text first. */
int folded_compare(const struct value *a, const struct value *b, size_t n);
/* Whether a slice that was folded as of another day serves as of this one. */
bool folded_serves(const struct folded *all, const struct slice *s);
bool folded_is_later(const struct folded *all, const struct slice *s); /* no row is seen yet */
bool folded_is_partial(const struct slice *s); /* rows of it were not seen when it was folded */
/* Whether rows of a slice are asked for by themselves. */
bool folded_wants_rows(const struct folded *all, const struct slice *s);

/* ---- whole.c ---- */

/* Adds slices behind the others. False if a row of them may be there already, or a sum leaves 64
 * bits. */
bool folded_add(struct folded *all, const struct slice *const *s, size_t n, size_t nthreads);
/* The days of its rows, in no order; unset: none. */
struct folded_day {
    str day; /* lives as long as `all` */
    size_t rows;
    uint64_t print; /* as prints.c adds it up */
};
size_t folded_ndays(const struct folded *all);
struct folded_day folded_day(const struct folded *all, size_t i);
/* Of the rows that are seen: their number, and the latest day. */
size_t folded_rows_seen(const struct folded *all);
str folded_latest(const struct folded *all);
/* As rollup_fold, when all slices are added; the cells live as long as `all`. */
bool folded_cells(const struct folded *all, const struct rollup *r, struct cells *out);

/* ---- slice_text.c: what was folded of a slice, as bytes ---- */

struct slice_values {
    struct value *at; /* by code */
    size_t n;
    struct coding *coding; /* of a slice that was just folded: the folder's coding … */
    const uint32_t *own;   /* … and by code which one it is there */
};
struct slice_cells {
    size_t n, napart;
    uint32_t *code;
    union cell *value;
    struct apart *apart;
};
struct slice {
    struct hash128 key; /* which one it is: not among its bytes */
    uint64_t nrows, nlines;
    int64_t as_of;
    str first, last; /* days of its rows; unset if they have none */
    bool undated;    /* some row has none: it is seen on any day */
    size_t nfollowed;
    uint64_t *followed; /* for each that is followed: the sum of its own prints … */
    uint64_t *whole;    /* … and of all, as they were when it was folded */
    size_t nkeys;
    str *keys; /* for each of `rising` what unique_keys gave; NULL: they rise … */
    struct value **low,
        **high; /* for each of `rising` its first and last values; NULL: there are none */
    struct slice_values *values; /* for each coding */
    struct odd_record *odd, *lost;
    size_t nodd, nlost, nparted;
    struct value *parted;      /* orders that are, by number */
    struct slice_cells *cells; /* for each rollup … */
    struct folding **folding;  /* … which these hold, until slice_free */
    size_t nfoldings;
};
void slice_free(struct slice *s);
void slice_write(struct buf *out, const struct folded *all, const struct slice *s);
/* Texts of s point into `text`. False if it is not what slice_write wrote for such a table. */
bool slice_parse(struct arena *mem, str text, const struct folded *all, struct slice *s);
/* The same without cells. */
bool slice_parse_values(struct arena *mem, str text, const struct folded *all, struct slice *s);
/* The same without values, cells and what rises. */
bool slice_parse_head(struct arena *mem, str text, struct slice *s);

/* ---- sums.c: slices in the order of the file, added to the whole ---- */

/* Before the first of about so many slices. */
void sums_begin(struct folded *all, size_t nslices);
/* A slice that is kept as `text`, which has to stay until sums_flush. */
void sums_later(struct folded *all, struct hash128 key, str text);
/* A slice that was just folded. False as folded_add. */
bool sums_now(struct folded *all, const struct blobs *slices, struct blobs *sums,
              struct hash128 key, const struct slice *s);
/* Adds those that wait. False as folded_add, or where one cannot be read. */
bool sums_flush(struct folded *all, const struct blobs *slices, struct blobs *sums);

#endif
