/* base: memory, strings, hashes, dates, numbers as people write them, diagnostics, files, children.
 * Knows nothing of CSV, SQL, pages. The only module that touches the disk, the clock and processes,
 * so that the others can be tested in memory. Prints nothing but by diags_print() and die(). */
#ifndef SALESBOOK_BASE_H
#define SALESBOOK_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "banned.h"

/* ---- str.c: slices of text, and a buffer that grows ---- */

/* n bytes of UTF-8 (checked on the way in), not NUL-ended, owned by whoever made them. p is NULL
 * only in a str that was never set: str_is_set() tells an absent text from an empty one. */
typedef struct {
    const char *p;
    size_t n;
} str;

#define S(literal) ((str){literal, sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

str str_of(const char *nul_ended); /* NULL gives a str that is not set */
bool str_is_set(str s);
bool str_eq(str a, str b);
int str_cmp(str a, str b); /* by bytes: the order of every sorted output */
bool str_starts(str s, str head);
bool str_ends(str s, str tail);
/* Index of the first needle at or after from, or s.n. */
size_t str_find(str s, str needle, size_t from);
str str_sub(str s, size_t from, size_t to); /* clipped to s */
str str_trim(str s);                        /* without blanks at both ends */
str str_without_line_end(str s);            /* without \n and \r at its end */
/* Cuts s at the first sep: returns the part before it and leaves the rest (or an unset str) in
 * *s. */
str str_cut(str *s, char sep);

/* Grows on the heap; never NULL-checked by callers, for want of memory ends the program. p is
 * always NUL-ended for the libraries' sake. A zeroed buf is empty and ready. */
struct buf {
    char *p;
    size_t n, cap;
};

void buf_reserve(struct buf *b,
                 size_t more); /* so many bytes can be written behind what is there */
/* Both here, for pages are millions of short pieces, most of them of a length known when this is
 * compiled. */
static inline void buf_add(struct buf *b, str s)
{
    if (b->cap - b->n <= s.n)
        buf_reserve(b, s.n);
    if (s.n)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
    b->p[b->n] = '\0';
}
static inline void buf_addc(struct buf *b, char c)
{
    buf_add(b, (str){&c, 1});
}
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* n / 10^decimals (decimals at most 18) in digits; `cut` leaves out zeros at the end of the
 * decimals. Where there are ten thousands of numbers printf takes five times as long. */
void buf_add_decimal(struct buf *b, int64_t n, int decimals, bool cut);
/* A finite x, rounded to so many significant digits, at most 15, as printf's %.*g writes it. */
void buf_add_double(struct buf *b, double x, int digits);
str buf_str(const struct buf *b); /* valid until the next change */
void buf_reset(struct buf *b);    /* empty, memory kept */
void buf_clear(struct buf *b);    /* memory freed */

/* ---- arena.c: memory that dies together ----
 * For a build, a page, a chunk; handed on first as `mem`. What it gives is zeroed and aligned for
 * any type. Pointers stay valid until arena_free or arena_reset. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *mem);
void arena_reset(struct arena *mem); /* as new, first block kept */
/* All that `from` gave belongs to mem; `from` is gone. */
void arena_join(struct arena *mem, struct arena *from);
void *arena_alloc(struct arena *mem, size_t size);
void *arena_array(struct arena *mem, size_t n,
                  size_t size);                  /* n * size, overflow ends the program */
str arena_str(struct arena *mem, str s);         /* a copy, NUL-ended for libraries' sake */
str arena_integer(struct arena *mem, int64_t n); /* its digits */
str arena_printf(struct arena *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define NEW(mem, type) ((type *)arena_alloc(mem, sizeof(type)))
#define NEW_ARRAY(mem, n, type) ((type *)arena_array(mem, n, sizeof(type)))

/* An array in an arena that grows by doubling: PUSH(mem, list, item) for any
 * struct { TYPE *at; size_t n, cap; }. */
#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }
#define PUSH(mem, list, item)                                                                      \
    ((list)->at = list_room(mem, (list)->at, (list)->n, &(list)->cap, sizeof *(list)->at),         \
     (list)->at[(list)->n++] = (item))
void *list_room(struct arena *mem, void *at, size_t n, size_t *cap, size_t size);

/* No memory, or a promise of ours is broken: a message on standard error, exit status 3. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- threads.c ---- */

/* Runs run(arg, 0) … run(arg, n - 1), each in a thread of its own, the first in the caller's;
 * returns when all have returned. They may not touch what another one writes: no arena, no
 * diagnostics in common. */
void threads_run(size_t n, void (*run)(void *arg, size_t i), void *arg);
/* What threads do one after the other, in the order of their numbers: 0, 1 … */
struct turns;
struct turns *turns_new(void);
void turns_free(struct turns *t);
void turn_await(struct turns *t, size_t number);
void turn_passes(struct turns *t); /* to the next number */
/* What threads make in any order, and what is then taken in the order of numbers, one item at a
 * time, by the thread that puts the next one. Some need one of a few rooms while they are made and
 * until they are taken; at most `most` wait. */
struct in_order;
struct in_order *in_order_new(size_t nrooms, size_t most, void (*take)(void *arg, void *item),
                              void *arg);
void in_order_free(struct in_order *q);
size_t in_order_enter(struct in_order *q, size_t number); /* a room, once there is one */
#define NO_ROOM SIZE_MAX
void in_order_put(struct in_order *q, size_t number, void *item, size_t room);

/* ---- shares.c: largest remainder ---- */

/* Hamilton's method: each gets the whole part of its quota, and what is left goes one by one to
 * those with the largest remainders, of equal ones to the first. The n parts add up to the total
 * exactly. Without any weight all share alike; a negative total is shared out as if it were
 * positive, so that a return undoes its sale. */
void share_out(int64_t total, const int64_t *weight, size_t n, int64_t *part);
/* A weight as a whole number, so that quotas are exact: with as many decimals as leave the largest
 * fifteen digits. So 25 and 75 % stay one to three, and of two equal remainders the first wins. */
int64_t share_weight(double weight, double largest);

/* ---- hash.c: XXH3, and a map from text to pointer ---- */

uint64_t hash_str(str s);
/* Each bit of a number over all 64. Finalizer of splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static inline uint64_t hash_mixed(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* 128 bits: the name of a content. Built up field by field; each str is preceded by its length, so
 * that "ab","c" and "a","bc" differ. */
struct hash128 {
    uint64_t high, low;
};
struct hash128 hash128_of(str s);
bool hash128_eq(struct hash128 a, struct hash128 b);
struct hasher;
struct hasher *hasher_new(struct arena *mem);
void hasher_add(struct hasher *h, str s);
struct hash128 hasher_end(struct hasher *h);
struct hash128 hash128_of_now(void); /* of this moment and process: nobody else has it */
str hash128_hex(struct arena *mem, struct hash128 h); /* 32 digits */

/* Open hash in an arena; keys are copied. Walk it in order of insertion with at[i] (i < n): the
 * order is that of the calls, so it is the same at every run. */
struct map_entry {
    str key;
    void *value;
};
struct map_slot {
    uint32_t entry; /* its number + 1; 0: none */
    uint32_t hash;  /* the upper half of its key's */
};
struct map {
    struct arena *mem;
    struct map_entry *at;
    size_t n, cap;
    struct map_slot *slot;
    size_t nslots;
};
void map_init(struct map *m, struct arena *mem);
void *map_get(const struct map *m, str key); /* NULL if there is none */
void **map_put(struct map *m, str key);      /* the value's place; NULL in it if new */

/* ---- blobs.c: texts by their key, kept in a file from one run to the next ----
 * A cache: what is broken, of another version or cannot be read is as if it were not there, and
 * what cannot be written is not kept; nobody is told. */
struct blobs;
/* `version`: a word; a file of another one is thrown away. Of one larger than `most` bytes the
 * newest half is kept. NULL, which the others take, if there can be none. Lives in mem until
 * blobs_close. */
struct blobs *blobs_open(struct arena *mem, str path, str version, size_t most);
/* Of what was there when it was opened; unset if there is none. */
str blobs_get(const struct blobs *b, struct hash128 key);
/* Whoever got this text has done with it: its pages are given back, and read again if it is got
 * once more. */
void blobs_passed(const struct blobs *b, str text);
/* Forked processes may add at the same time, each ending with blobs_flush. */
void blobs_put(struct blobs *b, struct hash128 key, str text);
void blobs_flush(struct blobs *b);
void blobs_close(struct blobs *b);
/* One text alone in a file: a cache like the other. */
struct kept_text {
    str text; /* unset where there is none of this version; until kept_close */
    str file; /* mapped; unset where the text lies elsewhere */
};
struct kept_text kept_open(struct arena *mem, str path, str version);
void kept_close(struct kept_text *b);
void kept_passed(const struct kept_text *b); /* as blobs_passed */
void kept_write(struct arena *mem, str path, str version, str text);

/* ---- text.c: Unicode ---- */

bool utf8_valid(str s, size_t *bad_at); /* bad_at may be NULL: offset of the first bad byte */
/* Columns in a terminal: 2 for Chinese, 0 for marks. */
int text_width(str s);
/* NFKC, case folded, blanks collapsed: for comparing names as people do. */
str text_fold(struct arena *mem, str s);
/* Letters and digits alone, without case, accents and ways of writing: for finding what was written
 * twice. Empty for text without any. */
str text_bare(struct arena *mem, str s);
/* How little a text reads like words, by its characters beyond ASCII: signs inside of words,
 * capitals behind small letters, scripts that are mixed. 0 for any text that is as it should be. */
size_t text_oddities(str s);
/* Lower case ASCII letters, digits and '-' for a file name; Latin loses its accents, Chinese and
 * all else stays as UTF-8 letters; "x" for text without a letter. Never empty, never a dot, '/' or
 * blank. */
str path_slug(struct arena *mem, str s);
/* The same for a file named by data: not what Windows keeps for devices, whatever the ending, so
 * that a tree can be copied there. */
str path_stem(struct arena *mem, str s);
/* The candidate nearest to word by edit distance (at most a third of its length), or an unset
 * str. */
str text_nearest(str word, const str *candidates, size_t n);

/* At most so many bytes of a text, of whole characters. */
str text_head(str text, size_t most);
/* "day|days": the first for one, the second for any other number; "sheep" for both. */
str text_plural(str words, bool one);

/* The only way for text into JSON: quoted, controls and what is no UTF-8 escaped; '<' too, so that
 * it may stand in a script element. */
void json_text(struct buf *out, str text);

/* ---- day.c: days, months, weeks of the proleptic Gregorian calendar ---- */

typedef int32_t day; /* days since 1970-01-01 */
#define DAY_NONE INT32_MIN

day day_of(int year, int month, int dom);               /* DAY_NONE if there is no such day */
day day_parse(str iso);                                 /* YYYY-MM-DD, else DAY_NONE */
void day_split(day d, int *year, int *month, int *dom); /* month and day of month from 1 */
int day_weekday(day d);                                 /* 1 Monday … 7 Sunday */
void day_iso_week(day d, int *year, int *week);
str day_iso(struct arena *mem, day d);       /* YYYY-MM-DD */
int month_parse(str iso);                    /* YYYY-MM as year * 12 + month - 1, else -1 */
str month_iso(struct arena *mem, int month); /* back again */
int month_of(day d);
day month_first(int month);
day month_last(int month);

/* ---- fmt.c: numbers and dates as the book's language writes them ----
 * The same in HTML, PDF, charts and mail. Not the C locale's. */
struct language {
    str tag;            /* "en", "zh" */
    str thousands;      /* "," or U+2009 */
    str decimal;        /* "." */
    str currency;       /* ISO code or sign shown beside money: "CNY" */
    int money_decimals; /* 0–6: how many digits of the smallest unit stand behind the point */
};
struct language language_of(str tag, str currency, int money_decimals); /* -1: the currency's own */
/* Whether a text has the form of a tag: a language of two or three letters, then script, region …
 * behind a '-' each (BCP 47): "de", "fr-CH", "zh-Hans". */
bool language_is_tag(str tag);
/* Whether it is known how numbers are written in a language; else language_of() writes them as in
 * English. */
bool language_is_known(str tag);
str languages_known(struct arena *mem); /* "de, en, es …" */
int currency_decimals(str iso_code);    /* 2 for a code it does not know */

/* How many smallest units make one of the currency: 100 for two decimals. */
int64_t money_unit(const struct language *lang);

/* A decimal number with '.' and no blanks, as C and JSON write it, rounded correctly whatever the
 * locale. False if s is anything else, infinity included. */
bool parse_number(str s, double *x);
/* A whole number with an optional sign. False if s is anything else or leaves int64. */
bool parse_integer(str s, int64_t *n);

/* Each returns text in mem; a minus is U+2212, a missing value (NaN, DAY_NONE) "–". */
str fmt_integer(struct arena *mem, const struct language *lang, int64_t n);
str fmt_number(struct arena *mem, const struct language *lang, double x, int decimals);
str fmt_percent(struct arena *mem, const struct language *lang, double rate, int decimals);
str fmt_money(struct arena *mem, const struct language *lang, int64_t units);       /* 1,234.50 */
str fmt_money_whole(struct arena *mem, const struct language *lang, int64_t units); /* 1,235 */
str fmt_short(struct arena *mem, const struct language *lang, double x);  /* 1.23 m, 340 k */
str fmt_date(struct arena *mem, const struct language *lang, day d);      /* 30 Oct 2026 */
str fmt_month(struct arena *mem, const struct language *lang, int month); /* Oct 2026 */
/* "1234.5" exactly, for data that a program reads again: shortest form that gives the same
 * double. */
str fmt_exact(struct arena *mem, double x);

/* ---- diags.c: what a user can mend ----
 * Every diagnostic is a line of diagnostics.h: a code, a severity, the message and the remedy, with
 * {value} and {1} {2} {3} for what was found. Passed down as `diags`; workers own theirs, merged in
 * the order of the work. */
#include "diagnostics.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
enum diag_id {
#define X(id, severity, code, message, remedy) DIAG_##id,
    DIAGNOSTICS(X)
#undef X
        DIAG_COUNT
};

/* Where something stands: lines and columns from 1, columns in characters; 0 if it has none. */
struct place {
    str file;
    int line, col;
};

struct diag {
    enum diag_id id;
    enum severity severity;
    struct place at;
    str value;
    str args[3];
    str line_was, line_fixed; /* the corrected line as a diff, where it is plain what was meant */
    str audience;             /* set if only this audience may see value, args and lines */
    unsigned open_args; /* bit i: args[i] is no data (a column, a type) and everybody sees it */
};

struct diags {
    struct arena *mem;
    LIST(struct diag) list;
    size_t nerrors, nwarnings;
};

enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_SARIF, DIAG_GITHUB };

void diags_init(struct diags *d, struct arena *mem);
/* Notes one diagnostic; everything is copied. Returns false, so that a failing function can say
 * `return diags_add(…)`. Usage: diags_add(diags, DIAG_X, at, value [, arg1 [, arg2 [, arg3]]]). */
#define diags_add(d, id, at, value, ...) diags_put(d, id, at, value, (const str[4]){__VA_ARGS__})
bool diags_put(struct diags *d, enum diag_id id, struct place at, str value, const str args[4]);
struct diag *diags_last(struct diags *d); /* to give the one just added a fix or an audience */
/* Adds all of them, in their order. */
void diags_append(struct diags *into, const struct diags *from);
/* Forgets those that were added since `before`, a copy of it. */
void diags_undo(struct diags *d, const struct diags *before);
/* Adds those that are not there already: a broken block of person.md is told once, not for each
 * person. */
void diags_merge(struct diags *into, const struct diags *from);
/* A text from data as a terminal or a log may show it: control characters and marks of direction as
 * U+FFFD, and of most bytes at most. */
void diag_plain(struct buf *out, str text, size_t most);
/* Message and remedy with the values filled in. */
str diag_message(struct arena *mem, const struct diag *d);
str diag_remedy(struct arena *mem, const struct diag *d);
const char *diag_code(const struct diag *d);
/* As a reader outside the audience sees it: "restricted" stands for the values. */
struct diag diag_hidden(const struct diag *d);
/* Severity and message of the first line of the table with that code, the values as they stand
 * there. */
void diag_rule(const char *code, enum severity *severity, str *message, str *remedy);
/* diags_print.c: writes all of them, as text at most 20 alike for a file and then a count; for
 * GitHub, which drops what is more, at most ten errors and ten warnings, a line a cause, worst
 * first, and all of them as Markdown to the file GITHUB_STEP_SUMMARY names. Text is coloured if
 * colour is set. Values of an audience are written as "restricted" unless reveal is set. */
void diags_print(const struct diags *d, enum diag_format format, FILE *out, bool colour,
                 bool reveal);

/* ---- files.c: the disk ----
 * Written files have mode 0644 and folders 0755, whatever the umask. Paths are NUL-ended by
 * arena. */
bool file_exists(str path);
/* Whether anything stands under this name, also a link that leads nowhere. */
bool name_taken(str path);
bool dir_exists(str path);
/* The whole file, NUL-ended. False with a diagnostic naming path and reason. */
bool file_read(struct arena *mem, str path, str *text, struct diags *diags);
/* A file that is read in pieces, by several threads too. NULL if it is none that can be read:
 * file_read says why. */
struct pieces;
struct pieces *pieces_open(struct arena *mem, str path, size_t *size);
/* Up to n bytes from offset `at` on into `to`; how many, fewer only where the file ends or
 * fails. */
size_t pieces_read(const struct pieces *p, size_t at, char *to, size_t n);
void pieces_close(struct pieces *p);
/* Of what stands in a file, without having it in memory as a whole; of one that cannot be read that
 * of an empty one. Large files are read by so many threads, which gives the same. */
struct hash128 file_hash(str path, int jobs);
void hasher_add_file(struct hasher *h, str path, int jobs); /* adds it */
/* The same of a file that is read anyway, by whom and in which order ever: of all blocks that begin
 * in from … to, where `bytes` stand from `at` on, which reach as far as is said. */
struct block_hashes;
struct block_hashes *block_hashes_new(struct arena *mem, size_t size);
size_t block_hashes_reach(const struct block_hashes *b, size_t to);
void block_hashes_add(struct block_hashes *b, size_t from, size_t to, size_t at, str bytes);
struct hash128 block_hashes_end(const struct block_hashes *b);
/* What can be told of a file without reading it. False if it is not there. */
struct file_mark {
    size_t size;
    int64_t changed; /* nanoseconds since 1970 */
};
bool file_mark(str path, struct file_mark *mark);
/* Writes the whole file, making its folders. False with a diagnostic. */
bool file_write(str path, str text, struct diags *diags);
/* Names in a folder, sorted by bytes, without "." entries; an absent folder has none. */
size_t dir_list(struct arena *mem, str path, str **names);
/* The first name in a folder, by bytes and with those that begin with ".", that is not among these;
 * unset if there is none. */
str dir_first_but(struct arena *mem, str path, const str *known, size_t n);
/* All files below path as paths relative to it, sorted. Symbolic links are followed to files
 * only. */
size_t dir_walk(struct arena *mem, str path, str **files);
/* The same with what lies in linked folders, but for those that lead back to where the link lies;
 * also what cannot be read, such as a link that leads nowhere. */
size_t dir_walk_linked(struct arena *mem, str path, str **files);
bool dir_make(str path, struct diags *diags); /* with its parents */
/* A new folder of our own where temporary files lie (TMPDIR). Unset with a diagnostic. */
str dir_temporary(struct arena *mem, struct diags *diags);
/* An empty file of our own there, without a name: gone when it is closed. NULL, and errno, if there
 * can be none. */
FILE *file_temporary(void);
/* A folder in memory for files that live for a moment; NULL if TMPDIR says where they are to lie,
 * or there is none with room enough. */
const char *dir_in_memory(void);
bool tree_remove(str path); /* a file or folder with all below it; fine if absent */
/* Puts the finished tree `staging` in the place of `target` in one step (renameat2 EXCHANGE, or a
 * rename if target is new) and removes the old one. Readers see the old or the new tree whole.
 * Where the file system knows no such step, as NFS, the old one steps aside to `target`.before
 * first: there is none for a moment. */
bool tree_publish(str staging, str target, struct diags *diags);
/* Puts back what a build that was killed in that moment has left aside. */
void tree_recover(str target);
/* An exclusive lock on path (made if absent): a descriptor to close when done, or -1 with a
 * diagnostic if another process holds it. */
int file_lock(str path, struct diags *diags);
str path_join(struct arena *mem, str a, str b);
str path_dir(str path); /* "" for a bare name */
str path_base(str path);
str path_bare(str path); /* without '/' at its end, but for the root itself */
/* From the root, without links; what is not there yet, as it would be. */
str path_whole(struct arena *mem, str path);
/* Of a link to a folder, that folder, whole; else the path. */
str path_of_folder(struct arena *mem, str path);
/* The folder of installed or neighbouring templates: SALESBOOK_TEMPLATES, beside the program, or
 * PREFIX/share/salesbook/templates; unset if none is there. */
str templates_dir(struct arena *mem);

/* ---- ask.c: other programs, without a shell: they get a text and give one ---- */
/* Steady milliseconds for --timings and timeouts: never in an output file. */
double clock_ms(void);

/* One program that is asked something: what it is given, and what came of it. */
enum question_end {
    QUESTION_ANSWERED,
    QUESTION_NOT_STARTED,
    QUESTION_TOO_LONG,
    QUESTION_TOO_LARGE
};
struct question {
    const char *const *argv; /* argv[0] is looked up in PATH */
    const char *cwd;         /* NULL: here */
    str input;               /* its standard input */
    int wait_ms;             /* then it is killed, with all that it has started */
    size_t most;             /* bytes of an answer; at more it is killed too */
    enum question_end end;
    int status;        /* of one that answered: its exit status, or 128 + signal; else an errno */
    str output, error; /* its standard output, unless it was too large; the beginning of its
                          standard error */
};
/* Asks n programs, so many at a time, each in a process group of its own. Returns when all have
 * ended; texts live in mem. */
void children_ask(struct arena *mem, struct question *q, size_t n, size_t at_a_time);
/* Asks one. Its exit status, or -1 with a diagnostic; killed after wait_ms (then 128 + SIGKILL).
 * *output is what it gave or, if it failed and said something on standard error, that. */
int child_run(struct arena *mem, const char *const *argv, str input, str *output, int wait_ms,
              struct diags *diags);

/* ---- smtp.c: mail to a server (libcurl) ---- */
struct smtp_server {
    str url;            /* smtp://host:port (STARTTLS) or smtps://host:port */
    str user, password; /* unset: none */
    str ca_file;        /* certificates to trust; unset: those of the machine */
    bool tls_offered; /* encryption only where it is offered; else it is required, but for loopback
                       */
};
struct smtp;
/* Connects, encrypts, authenticates. NULL with a diagnostic. */
struct smtp *smtp_open(struct arena *mem, const struct smtp_server *server, struct diags *diags);
enum smtp_answer {
    SMTP_ACCEPTED, /* the server has it */
    SMTP_LATER,    /* 4xx, or the connection broke before the message was whole: it was not taken */
    SMTP_NEVER,    /* 5xx: this message or recipient is refused */
    SMTP_UNCERTAIN, /* the connection broke behind the last byte, before the answer */
    SMTP_DOWN,      /* the server takes nothing: no connection, no encryption, not authenticated */
};
/* One try. *reply, in mem, is what the server said last, or why there was no answer. */
enum smtp_answer smtp_send(struct smtp *s, str from, str to, str message, str *reply);
void smtp_close(struct smtp *s);

#endif
