/* Inside of data, for its own files only: how a table grows while its files are read. */
#ifndef SALESBOOK_DATA_READING_H
#define SALESBOOK_DATA_READING_H

#include <regex.h>

#include "data.h"

/* ---- types.c: what a cell's text means ---- */

/* How one file writes its values. */
struct form {
    char decimal, thousands; /* thousands: 0 for none; see thousands_at */
    str dates;               /* "%d/%m/%Y", or unset: ISO 8601 */
    int money_decimals;
    str currency; /* ISO code of the book's, or unset */
};

enum parsed { PARSED_BAD, PARSED_OK, PARSED_ROUNDED, PARSED_TOO_LARGE, PARSED_CURRENCY };

/* Without blanks of any of these kinds at both ends. */
str trim_blanks(str s);

enum parsed parse_whole(str raw, const struct form *form, int64_t *n);
/* Smallest units; PARSED_ROUNDED if raw has more decimals than money has, half away from zero. The
 * sign or code of the book's currency may stand before or behind it; PARSED_CURRENCY if it is
 * another's. */
enum parsed parse_money(str raw, const struct form *form, int64_t *units);
/* A rate may be written as a percentage: 15% is 0.15. */
enum parsed parse_real(str raw, const struct form *form, bool rate, double *x);
bool parse_boolean(str raw, int64_t *yes);
/* The one way in which we write a text of this type: raw itself if it is written so, else made in
 * mem. False if raw is no such text. Only for types that are kept as text. */
bool parse_text(struct arena *mem, enum type type, str raw, const struct form *form, str *text);
bool type_is_text(enum type type);
bool type_is_real(enum type type);
/* The type in words, with an example in the file's form: "a date like 2026-10-30". */
str type_in_words(struct arena *mem, enum type type, const struct form *form);

/* ---- moments.c: days and times as a file's form has them ---- */

/* Each as parse_text, whose form they are of. */
bool parse_date(struct arena *mem, str raw, const struct form *form, str *text);
bool parse_time(struct arena *mem, str raw, str *text);
/* By the form if that has a time of day, else ISO 8601 with a blank or T; a bare date is
 * midnight. */
bool parse_datetime(struct arena *mem, str raw, const struct form *form, str *text);
/* Whether a date form has a day, a month and a year, and nothing that we do not know. */
bool dates_form_valid(str form);

/* ---- guess.c: what was plainly meant ---- */

/* What raw, which is no value of this type, was plainly meant to be, written in the file's form;
 * unset if it is not plain: 30/10/2026 is, 05/10/2026 is not. */
str guess_value(struct arena *mem, enum type type, str raw, const struct form *form);
/* For the remedy: what the mapping would say if the whole file wrote its dates or numbers as raw is
 * written; unset if raw looks like neither. */
str form_hint(struct arena *mem, enum type type, str raw, const struct form *form);
/* "did you mean X?", or the first of the known words, for a remedy. */
str did_you_mean(struct arena *mem, str word, const str *known, size_t n);
/* As text_nearest, but case, blanks, '_' and '-' do not count: "Order ID" is order_id. */
str nearest_name(struct arena *mem, str word, const str *known, size_t n);
/* The known name that word plainly misspells, for a corrected line; unset if there is none, or two,
 * or one that differs in a digit: D-13 is not D-12. */
str meant_name(struct arena *mem, str word, const str *known, size_t n);

/* ---- memo.c: spellings of the present file ---- */

/* What a spelling was read as, so that the work for equal cells is done once. One of up to 8 bytes
 * stands in the slot itself, so that most comparisons read no other memory. */
struct memo_slot {
    union {
        uint64_t word;     /* of a spelling of up to 8 bytes */
        const char *bytes; /* of a longer one */
    };
    uint32_t n; /* 0: the slot is free */
    uint32_t text;
};
/* Up to 16 bytes of a spelling; 0 behind its end. */
struct words {
    uint64_t low, high;
};
static inline uint64_t eight_bytes(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}
/* The first n bytes of a word that was read from memory, n ≤ 8. */
static inline uint64_t keep_bytes(uint64_t word, size_t n)
{
    static const unsigned char mask[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    return word & eight_bytes((const char *)mask + 8 - n);
}
/* n ≤ 16 bytes, of 16 that may be read; without branches on n, which nobody can predict. */
static inline struct words words_of(const char *p, size_t n)
{
    return (struct words){keep_bytes(eight_bytes(p), n < 8 ? n : 8),
                          keep_bytes(eight_bytes(p + 8), n < 8 ? 0 : n - 8)};
}
/* Once most cells differ (order numbers) only the last one is remembered. */
struct memo {
    struct memo_slot *slot;
    size_t mask, n, nfound; /* nfound: how often one was met again, not in the row behind */
    int shift;              /* leaves as many upper bits of a hash as number slots */
    struct words last;      /* the last spelling that had at most 16 bytes … */
    uint32_t last_n;        /* … so many; or 0 */
    uint32_t last_text;
    bool off;
};
void memo_init(struct memo *m, struct arena *scratch);
/* Whether raw, which is not empty, was read before: as *text. `roomy`: 16 bytes from its beginning
 * may be read, whatever its length. */
bool memo_look_up(struct memo *m, str raw, bool roomy, int64_t *text);
static inline bool memo_find(struct memo *m, str raw, bool roomy, int64_t *text)
{
    if (roomy && raw.n <= 16 && raw.n == m->last_n) {
        struct words w = words_of(raw.p, raw.n);
        if (w.low == m->last.low && w.high == m->last.high) {
            *text = m->last_text;
            return true;
        }
    }
    return memo_look_up(m, raw, roomy, text);
}
/* Remembers raw, for which memo_find was asked last; it is copied if need be. */
void memo_add(struct memo *m, struct arena *scratch, str raw, int64_t text);

/* ---- columns.c: rows, packed by column ---- */

/* One cell: a whole number, a real, or (in i) the number of a text in its column's list. NULL is
 * INT64_MIN, NaN or text 0. */
union cell {
    int64_t i;
    double r;
};
#define CELL_NULL_INT INT64_MIN

/* 1024 cells in as many bytes as their range wants: 1, 2, 4 or 8 each. Code 0 is a NULL number,
 * others are base − 1 less than what they stand for; 8 bytes are the cell itself. So an order line
 * takes about 15 bytes, and reading a large file does not wait for the memory that it fills. */
#define CHUNK_LOG 10
#define CHUNK_ROWS ((size_t)1 << CHUNK_LOG)
struct chunk {
    const void *codes;
    int64_t base;
    uint16_t n; /* CHUNK_ROWS, or fewer in the last */
    uint8_t width;
};

/* Blocks of 64, 128, 256 … items: nothing moves when it grows, and a short list stays small. */
#define BLOCK_FIRST 64
struct blocks {
    void *at[40];
};
struct spot {
    size_t block, within;
};
static inline struct spot spot_of(size_t i)
{
    size_t from = i + BLOCK_FIRST;
    int log = 63 - __builtin_clzll(from);
    return (struct spot){(size_t)log - 6, from - ((size_t)1 << log)};
}

enum packing { PACKED_INT, PACKED_REAL, PACKED_TEXT };
struct text {
    const char *p;
    uint32_t n;
};
struct column {
    enum packing packing;
    union cell *stage; /* CHUNK_ROWS cells that are not packed yet */
    LIST(struct chunk) chunks;
    size_t ntexts;
    struct blocks texts; /* of struct text; the first stands for NULL */
    char *room;          /* for the bytes of further texts, one behind the other */
    size_t nroom;
    struct memo memo;
    bool stays;       /* its texts do: see struct staying */
    size_t nresolved; /* so many of its first texts are keys of the table that they name */
};

/* Texts that stay, with their numbers and spellings, from one part of a table to the next that the
 * same thread reads: what was found out of a customer in one part need not be in the others. Once
 * there are very many, all are forgotten. */
struct staying {
    struct arena *mem;
    struct column *column; /* one a field, as the last part left it */
    const bool *stays;     /* which fields' do */
    size_t nfields, nforgotten;
};
struct staying *staying_new(struct arena *mem, const bool *stays, size_t nfields);
void staying_free(struct staying *s); /* its texts; `mem` has the rest */

/* A file of a table, beside its struct source: only while data_load runs. */
struct file_text {
    str text; /* unset where it was read in stretches: then it is at `path` */
    str path;
    struct form form;
    char delimiter;
    int *position; /* for each field the column of the file that it stands in, or -1 */
};
struct columns {
    struct arena *mem, *scratch; /* scratch: until columns_seal */
    struct staying *staying;     /* of a part; or NULL */
    struct column *at;     /* as schema->field, and one more: the line on which a row begins, 0
                            * for a row that was made */
    size_t n;              /* without that one */
    size_t nrows, nstaged; /* all rows, and those of them that are not packed yet */
    LIST(size_t) starts;   /* for each source its first row */
    LIST(struct file_text) files;
    struct map
        set_aside; /* primary keys of rows set aside: a reference to one is no second defect */
};

struct columns *columns_new(struct arena *mem, struct arena *scratch, const struct schema *schema);
union cell cell_null(const struct column *c);
/* Keeps a copy of text; its number in the column. */
int64_t column_text(struct columns *all, struct column *c, str text);
/* Remembers that raw, for which memo_find was asked last, is that text. */
void column_remember(struct columns *all, struct column *c, str raw, int64_t text);
/* Of a part without a row: takes the texts that stay, and gives them back when all rows are
 * there. */
void columns_take_texts(struct columns *all, struct staying *s);
void columns_leave_texts(struct columns *all);
/* Before the first row is added. */
void columns_open(struct columns *all);
/* A row is added by filling stage[nstaged] of each column but the last and calling this. */
void columns_add_row(struct columns *all, int line);
/* Removes rows: those whose bit is set. The order of the others stays. */
void columns_drop(struct columns *all, const uint8_t *dead);
/* Adds the rows of `part`, by so many threads. Both were opened, and none is sealed. */
void columns_append(struct columns *all, const struct columns *part, size_t nthreads);
/* Removes all rows from this one on, which none is that was there before the last
 * columns_next_file. */
void columns_cut(struct columns *all, size_t nrows);
/* Forgets the spellings of the last file. */
void columns_next_file(struct columns *all);
/* Packs the last rows; no more may be added. */
void columns_seal(struct columns *all);

static inline union cell chunk_cell(const struct chunk *k, size_t i)
{
    uint64_t code = 0;
    switch (k->width) {
    case 1:
        code = ((const uint8_t *)k->codes)[i];
        break;
    case 2:
        code = ((const uint16_t *)k->codes)[i];
        break;
    case 4:
        code = ((const uint32_t *)k->codes)[i];
        break;
    case 8:
        return ((const union cell *)k->codes)[i];
    }
    return (union cell){.i = code ? k->base + (int64_t)(code - 1) : CELL_NULL_INT};
}
static inline union cell column_cell(const struct column *c, size_t row)
{
    size_t chunk = row >> CHUNK_LOG, within = row & (CHUNK_ROWS - 1);
    return chunk < c->chunks.n ? chunk_cell(&c->chunks.at[chunk], within) : c->stage[within];
}
static inline str text_at(const struct column *c, int64_t text)
{
    struct spot s = spot_of((size_t)text);
    const struct text *t = &((const struct text *)c->texts.at[s.block])[s.within];
    return (str){t->p, t->n};
}
static inline bool cell_is_null(const struct column *c, union cell cell)
{
    return c->packing == PACKED_TEXT  ? cell.i == 0
           : c->packing == PACKED_INT ? cell.i == CELL_NULL_INT
                                      : cell.r != cell.r;
}
/* All cells of one chunk at once, for walks over whole columns: the rows from chunk * CHUNK_ROWS
 * on. cells has room for CHUNK_ROWS. */
void column_cells(const struct column *c, size_t chunk, union cell *cells);
int columns_line(const struct columns *all, size_t row);
size_t columns_source(const struct columns *all, size_t row); /* index of its source */

/* ---- reading.c, file.c: the records of one file become rows ---- */

/* Takes a byte order mark of UTF-8 off; false if the first bytes say that the text is no UTF-8. */
bool encoding_begins_utf8(str *text);
/* The bytes through iconv. False if it does not know the encoding; *nbroken counts what it could
 * not convert. */
bool encoding_convert(struct arena *mem, str bytes, str encoding, str *text, size_t *nbroken);
bool encoding_is_double(str encoding); /* of characters that take two bytes */
/* encoding_guess.c: what bytes that are no UTF-8 may be; unset if they look like nothing. */
str encoding_guess(struct arena *mem, str bytes, str language);
str encoding_looks_like(struct arena *mem, str bytes); /* by libuchardet alone */
/* Whether a text in that encoding, which is none of UTF-8, may be cut at its line ends and quotes
 * before it is converted: ASCII is part of it, and stands for nothing else. */
bool encoding_is_cut_safely(str encoding);
bool encoding_may_be(struct arena *mem, str begin,
                     str encoding); /* as far as its first bytes say */
/* A part of such a text; false if some of it cannot be converted. ASCII stays where it is. */
bool encoding_convert_part(struct arena *mem, str bytes, str encoding, str *text);
/* Bytes that would begin a character of UTF-8 that is none of ASCII; and whether so many of them,
 * of a text that is UTF-8 throughout, say that it is no other encoding. */
size_t encoding_count_beyond_ascii(str bytes);
bool encoding_is_surely_utf8(size_t nchars, str encoding);
bool encoding_is_utf8_name(str encoding);

/* Hashes of a table's orders that stand in several slices, or of keys that may be twice. */
struct found_of {
    str table;
    const uint64_t *hash;
    size_t n;
};
/* … and rows whose key is. */
struct twice_line;
struct twice_of {
    str table;
    const struct twice_line *line;
    size_t n;
};
/* What slices cannot tell by themselves. */
struct found {
    LIST(struct found_of) parted, suspects;
    LIST(struct twice_of) twice;
    int nsearches; /* for keys that are twice */
};

/* What one call of data_load shares. */
struct loading {
    struct arena *mem;     /* of the dataset */
    struct arena *scratch; /* until the end of data_load: texts of files, spellings */
    const struct load_options *options;
    struct model *model;
    struct dataset *dataset;
    struct diags *diags;
    /* A file with the wrong dates throughout has as many defects as rows: past ASIDE_NOTED of them
     * the rows are set aside and counted as before, but their diagnostics go here and are
     * forgotten. */
    struct diags unheard;
    bool stop;                     /* --strict has met its first row */
    LIST(struct later_file) later; /* files of tables whose rows are folded as they are read */
    struct key_list *keys;         /* keys.c's own, one a table */
    day guess;                     /* the day as of which they are folded … */
    day beyond;                    /* … and one of a row that is later, if there is one */
    bool again; /* they cannot be, or not as of that day: all that was read is forgotten, and read
                   again */
    bool unordered;           /* for keys do not rise: then with hashes of all keys */
    bool hashed;              /* it is so read */
    struct found found, next; /* of the attempts before, and for the next one; in `mem` */
    bool rows;                /* then with all rows */
    int nguesses;
    struct blobs *slices, *sums; /* while they are folded; or NULL */
    struct map aliases;          /* aliases.c: table → struct map: old key → struct alias */
};
struct later_file {
    struct table *table;
    str path, shown;
    const struct mapping *mapping; /* or NULL */
};
#define ASIDE_NOTED 10000

/* ---- aliases.c ---- */

struct alias {
    str key; /* that stands for the old one */
    struct place at;
};
/* Takes what the rows of table `aliases` say; before any other table is read. */
void aliases_read(struct loading *l, const struct table *t);
/* Those of the keys to which a column of a table refers; NULL if there are none. */
const struct map *aliases_for(const struct loading *l, const struct schema *s, str column);
/* The key that stands for this one; itself where it was not given up. */
str alias_for(const struct map *of, str key);
/* All that change what rows of this table say. */
void aliases_hash(struct hasher *h, const struct loading *l, const struct schema *s);
/* Tells of keys that were given up and still stand in their table, and of those for them that do
 * not; after check_keys. */
void aliases_check(struct loading *l);

/* Where the diagnostics of the next row go. */
struct diags *row_diags(struct loading *l, const struct table *t, size_t source);

/* Reads one file into the table, which gets a struct source; `shown` is how diagnostics write path.
 * `mapping` may be NULL. */
void read_file(struct loading *l, struct table *t, str path, str shown,
               const struct mapping *mapping);
/* Whether rows of a table may be folded as they are read; then its files wait in l->later, if they
 * are large. */
bool may_be_folded(const struct loading *l, const struct table *t, const struct mapping *mapping);
bool are_large(const struct loading *l, size_t first); /* of those that wait, from there on */
/* Reads l->later, after all other tables were read and checked. Sets l->again where rows have to be
 * kept. */
void fold_tables(struct loading *l);
/* Marks the systems of which tables are there; early: as if all missing dimensions were made. */
void mark_systems(struct model *m, const struct dataset *d, bool early);
/* The text that the records of a file were read from; from the disk again where it was not kept. */
str text_again(struct loading *l, const struct file_text *file);

/* ---- aside.c: rows set aside ---- */

/* A defect of one cell, or of a whole row if field is -1. */
struct defect {
    enum diag_id id;
    int field;
    str value, args[3];
    str fixed;    /* what was plainly meant instead of the cell, or unset */
    str audience; /* who may see the values, if other cells than its own are among them */
};
/* Where the nth cell of a record begins that begins at `record`. */
struct place field_place(struct place record, str raw, char delimiter, size_t nth);
/* Who may see a whole row: the table's audience, or that of its first restricted column. */
str row_audience(const struct schema *s);
/* A row as it stands in its file. */
struct file_row {
    size_t source;
    int line;
    str raw;
};
/* Notes a defect of a row at the line and column of its cell, with the corrected line and for the
 * audience that may see it. */
void note_defect(struct diags *diags, const struct table *t, const struct file_row *row,
                 const struct defect *defect);
/* Sets a row aside for diagnostic number `diag` of diags, the first of its defects: counted, kept
 * in the table's rejects, and under --strict an error that stops. */
void set_aside(struct loading *l, struct table *t, const struct file_row *row, struct diags *diags,
               size_t diag);

/* A defect that was found when the rows were in the table already. */
struct late_defect {
    size_t row;
    struct defect defect;
};
struct late_defects {
    LIST(struct late_defect) list;
};
void late_defects_sort(struct late_defects *late); /* by row, and then by field */
/* Notes all of them, sets their rows aside and removes them from the table. */
void set_aside_late(struct loading *l, struct table *t, struct late_defects *late);

/* ---- keys.c: keys, references, doubles ---- */

/* Checks all tables once all files are read, and removes what breaks a rule. */
void check_keys(struct loading *l);
/* Whether each row's key is greater than that of the row before; a shorter text comes first, so A9
 * before A10. */
bool keys_rise(struct arena *mem, const struct columns *columns, const int *field, size_t nfields);
/* Of a table that is folded, with the keys that were found then: all of them of a table that is
 * referred to, those of rows set aside too; NULL: none need be. */
const struct map *keys_known(const struct loading *l, str table);
/* The values of a row's key, parted by commas. */
str row_key_text(struct arena *mem, const struct columns *columns, const int *field, size_t n,
                 size_t row);
/* The cells of a part whose reference leads nowhere: their rows, fields and values. Threads may
 * ask. */
void lost_references(const struct loading *l, struct arena *mem, const struct table *part,
                     struct late_defects *late);
/* What is told of such a cell. */
struct defect lost_defect(struct loading *l, const struct schema *s, int field, str value);
/* Fills dimension tables that the book lacks from the values that others refer to. */
void make_dimensions(struct loading *l);

/* ---- asof.c ---- */

day latest_fact(struct loading *l); /* of the rows that were read so far; or DAY_NONE */
/* The as-of date of the dataset and its tables; if it is not given, rows that lie far after all
 * others are set aside first. */
void set_as_of(struct loading *l);
/* Without one all that asks for the day stays empty: warns if any table is told by days. */
void tell_no_day(struct loading *l);

#endif
