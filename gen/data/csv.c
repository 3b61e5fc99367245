#include "data.h"

#include <endian.h>
#include <strings.h>

#include <csv.h>

/* Text is read in three ways.
 *
 * By lines: libcsv is fed one line of the file at a time, so that we know on which line a record
 * begins and what its bytes are, and can go on after a defect at a line of our choice. Cells are
 * copies.
 *
 * In bulk, where no quote stands: then cells stand in the text as they are, one delimiter or line
 * end behind each, and only their lengths are asked of libcsv. Cells are slices of the text. Where
 * a cell is not followed as it should be, or begins with a blank (libcsv drops blanks around a
 * cell, and lines of blanks), that line is read by lines.
 *
 * By scan, where a large table is read in parts: as in bulk, but delimiters and line ends are found
 * sixty-four bytes at a time, which takes a fifth of the time. All ways give the same records;
 * csv_test.c compares them. */

#define FIELD_MOST (1024 * 1024)
#define BULK_MOST (64 * 1024) /* bytes a call: they are read again where a line of it is odd */

struct reader {
    struct csv_parser parser;
    str file, text;
    char delimiter;
    bool is_blank[256]; /* what libcsv drops around cells */
    bool scans;         /* instead of in bulk */
    csv_fn *row, *bad;
    void *arg;
    struct diags *diags;
    size_t nfields; /* of the head; 0 before it */
    bool stop;

    size_t at;          /* where the next line begins */
    int line;           /* its number */
    size_t line_end;    /* behind the next newline, if that is after `at` */
    size_t record_from; /* where the record being read begins, its line … */
    int record_line;
    str now;    /* … and the line being read */
    bool trial; /* a line is only tried: nothing is handed on */
    size_t trial_fields, trial_rows;

    const char *record; /* in bulk: where the record being read begins, and the end of the call */
    const char *bulk_end;
    uint32_t *length; /* of its cells, nfield so far */
    bool odd;         /* a record is not as it should be: the rest of the call is not looked at */
    size_t nlines, patience; /* lines to read by lines before bulk is tried again */

    char *bytes; /* of the record's fields so far */
    size_t nbytes, cap;
    size_t nfed; /* bytes of the file that this record has taken so far */
    str *field;
    size_t nfield, field_cap;
};

/* Memory for one field is bounded: libcsv then stops with CSV_ENOMEM. */
static void *bounded_realloc(void *p, size_t size)
{
    if (size > FIELD_MOST + 1024)
        return NULL;
    void *grown = realloc(p, size);
    if (!grown)
        die("out of memory for a field of %zu bytes", size);
    return grown;
}

static void parser_start(struct reader *r)
{
    if (csv_init(&r->parser, CSV_STRICT))
        die("libcsv does not start");
    csv_set_delim(&r->parser, (unsigned char)r->delimiter);
    csv_set_realloc_func(&r->parser, bounded_realloc);
}

static void parser_restart(struct reader *r)
{
    csv_free(&r->parser);
    parser_start(r);
    r->nbytes = r->nfield = r->nfed = 0;
}

/* Room for all fields of a record of n bytes, so that they need not move one by one, and 16 bytes
 * behind the last. */
static void make_room(struct reader *r, size_t n)
{
    if (n + 16 <= r->cap)
        return;
    r->cap = (n + 16) * 2;
    char *grown = malloc(r->cap);
    if (!grown)
        die("out of memory for a record of %zu bytes", r->cap);
    if (r->nbytes)
        memcpy(grown, r->bytes, r->nbytes);
    for (size_t i = 0; i < r->nfield; i++)
        r->field[i].p = grown + (r->field[i].p - r->bytes);
    free(r->bytes);
    r->bytes = grown;
}

static void more_fields(struct reader *r)
{
    r->field_cap = r->field_cap ? r->field_cap * 2 : 32;
    r->field = realloc(r->field, r->field_cap * sizeof *r->field);
    if (!r->field)
        die("out of memory for a record of %zu fields", r->field_cap);
}

static void on_field(void *bytes, size_t n, void *arg)
{
    struct reader *r = arg;
    char *to = r->bytes + r->nbytes;
    memcpy(to, bytes, n);
    r->nbytes += n;
    if (r->nfield == r->field_cap)
        more_fields(r);
    r->field[r->nfield++] = (str){to, n};
}

/* The bytes of the record that ends with the present line. */
static str raw_record(const struct reader *r)
{
    return str_without_line_end(str_sub(r->text, r->record_from, r->at));
}

static void hand_bad(struct reader *r, str raw, int line)
{
    struct csv_record record = {.line = line, .raw = raw};
    if (r->bad && !r->bad(r->arg, &record))
        r->stop = true;
}

static void hand_row(struct reader *r, const struct csv_record *record)
{
    if (r->stop)
        return;
    if (!r->nfields)
        r->nfields = record->nfields;
    r->stop = !r->row(r->arg, record);
}

static void on_row(int terminator, void *arg)
{
    struct reader *r = arg;
    struct csv_record record = {r->field, r->nfield, r->record_line, raw_record(r), true};
    (void)terminator;
    if (r->trial) {
        r->trial_rows++;
        r->trial_fields = r->nfield;
    } else if (memchr(record.raw.p, 0, record.raw.n)) {
        diags_add(r->diags, DIAG_CSV_NUL, ((struct place){r->file, record.line, 0}), (str){0});
        hand_bad(r, record.raw, record.line);
    } else {
        hand_row(r, &record);
    }
    r->nbytes = r->nfield = r->nfed = 0;
}

/* Length of line up to and with its first carriage return that no newline follows, or all of it:
 * such a one ends a record as well, for old Macs wrote so. */
static size_t before_lone_cr(str line)
{
    const char *cr = memchr(line.p, '\r', line.n);
    bool lone = cr && (cr + 1 == line.p + line.n || cr[1] != '\n');
    return lone ? (size_t)(cr - line.p) + 1 : line.n;
}

/* Where in the text c stands first, in [from, to); to if nowhere. */
static size_t find_byte(const struct reader *r, char c, size_t from, size_t to)
{
    const char *found = memchr(r->text.p + from, c, to - from);
    return found ? (size_t)(found - r->text.p) : to;
}

/* Moves to the next line; false at the end of the text. */
static bool next_line(struct reader *r)
{
    if (r->at >= r->text.n)
        return false;
    if (r->line_end <= r->at) {
        r->line_end = find_byte(r, '\n', r->at, r->text.n);
        r->line_end += r->line_end < r->text.n;
    }
    r->now = str_sub(r->text, r->at, r->line_end);
    r->now.n = before_lone_cr(r->now);
    r->at += r->now.n;
    r->line++;
    return true;
}

static bool between_records(const struct reader *r)
{
    return r->parser.pstate == 0;
}

/* Feeds the present line; the last one gets the line end that it may lack. False if libcsv
 * stopped. */
static bool feed(struct reader *r)
{
    r->nfed += r->now.n;
    make_room(r, r->nfed + 1);
    if (csv_parse(&r->parser, r->now.p, r->now.n, on_field, on_row, r) != r->now.n)
        return false;
    return r->at < r->text.n || between_records(r) ||
           (csv_parse(&r->parser, "\n", 1, on_field, on_row, r) == 1 && between_records(r));
}

/* Whether the present line alone is a whole record of the right number of fields. */
static bool parses_alone(struct reader *r)
{
    parser_restart(r);
    r->trial = true;
    r->trial_rows = 0;
    bool fed = feed(r);
    r->trial = false;
    return fed && between_records(r) && r->trial_rows == 1 && r->trial_fields == r->nfields;
}

/* Says what is wrong with the record that libcsv stopped in. */
static void note_defect(struct reader *r)
{
    struct place at = {r->file, r->record_line, 0};
    int error = csv_error(&r->parser);
    if (error == CSV_ENOMEM || error == CSV_ETOOBIG)
        diags_add(r->diags, DIAG_CSV_FIELD, at, (str){0});
    else if (error == CSV_EPARSE && r->line == r->record_line)
        diags_add(r->diags, DIAG_CSV_QUOTE, at, (str){0});
    else
        diags_add(r->diags, DIAG_CSV_QUOTE_OPEN, at, (str){0});
}

/* Sets a line that was tried in vain aside: for a broken quote of its own, else because of the one
 * before it. */
static void hand_between(struct reader *r, str line)
{
    struct place at = {r->file, r->line, 0};
    bool inside = csv_error(&r->parser) == CSV_EPARSE, open = !between_records(r);
    diags_add(r->diags,
              inside ? DIAG_CSV_QUOTE
              : open ? DIAG_CSV_QUOTE_OPEN
                     : DIAG_CSV_BETWEEN,
              at, (str){0});
    hand_bad(r, line, r->line);
}

/* Sets the line on which the broken record began aside, and those after it up to the next one that
 * is a whole record again; reading goes on there. */
static void resynchronise(struct reader *r)
{
    note_defect(r);
    r->at = r->line_end = r->record_from;
    r->line = r->record_line - 1;
    next_line(r);
    hand_bad(r, str_without_line_end(r->now), r->line);
    while (!r->stop && next_line(r)) {
        str alone = str_without_line_end(r->now);
        if (parses_alone(r)) {
            r->at -= r->now.n;
            r->line--;
            break;
        }
        if (alone.n)
            hand_between(r, alone);
    }
    parser_restart(r);
}

/* One line, from between two records or inside one. */
static void read_line(struct reader *r)
{
    size_t from = r->at;
    if (!next_line(r))
        return;
    if (between_records(r)) {
        r->record_from = from;
        r->record_line = r->line;
    }
    if (!feed(r))
        resynchronise(r);
}

/* ---- in bulk ---- */

/* Called for every cell of the file: notes no more than its length. A call reads BULK_MOST bytes,
 * so it cannot have more cells than that. */
static void on_length(void *bytes, size_t n, void *arg)
{
    struct reader *r = arg;
    (void)bytes;
    r->length[r->nfield++] = (uint32_t)n;
}

/* The cells of the record that begins at r->record, by their lengths. The end of the last one, or
 * NULL if they do not stand there so: each but the last has the delimiter behind it, and none
 * begins with a blank (libcsv drops blanks around cells, and lines of nothing else). */
static const char *slice_record(struct reader *r)
{
    const char *cell = r->record;
    size_t nodd = 0, n = r->nfield;
    while (n > r->field_cap)
        more_fields(r);
    for (size_t i = 0; i < n; i++) {
        const char *end = cell + r->length[i];
        r->field[i] = (str){cell, r->length[i]};
        nodd += r->is_blank[(unsigned char)*cell] + (*end != r->delimiter);
        cell = end + 1;
    }
    const char *end = cell - 1;
    return nodd == 1 && (*end == '\n' || *end == '\r') ? end : NULL;
}

static void hand_slices(struct reader *r, const char *end)
{
    struct csv_record record = {r->field,
                                r->nfield,
                                r->line + 1,
                                {r->record, (size_t)(end - r->record)},
                                r->text.p + r->text.n - end >= 16};
    hand_row(r, &record);
    r->nfield = 0;
}

/* Where the next record of this call begins: libcsv skips empty lines. */
static const char *skip_empty_lines(struct reader *r, const char *p)
{
    for (; p < r->bulk_end && (*p == '\n' || *p == '\r'); p++)
        r->line += *p == '\n';
    return p;
}

static void on_bulk_row(int terminator, void *arg)
{
    struct reader *r = arg;
    const char *end = r->odd || r->stop ? NULL : slice_record(r);
    (void)terminator;
    if (!end) {
        r->odd = true;
        r->nfield = 0;
        return;
    }
    hand_slices(r, end);
    r->record = skip_empty_lines(r, end); /* its own line end too */
}

static void slice_by_libcsv(struct reader *r, const char *from)
{
    size_t n = (size_t)(r->bulk_end - from);
    r->record = skip_empty_lines(r, from);
    r->odd |= csv_parse(&r->parser, from, n, on_length, on_bulk_row, r) != n;
}

/* ---- by scan ---- */

enum { SCANNED = 64 };

/* A word of which each byte is c. */
static inline uint64_t eight_of(char c)
{
    return (unsigned char)c * UINT64_C(0x0101010101010101);
}

/* The upper bit of each byte that is the same in both: Warren, Hacker's Delight, 6-1. */
static inline uint64_t same_bytes(uint64_t a, uint64_t b)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t x = a ^ b;
    return ~(((x & low) + low) | x | low);
}

/* The upper bits of eight bytes side by side, that of the first byte in memory lowest. */
static inline uint64_t side_by_side(uint64_t upper)
{
    return (le64toh(upper) >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* A bit for each of SCANNED bytes that ends a cell. */
static inline uint64_t ends_of_cells(const char *p, uint64_t delimiters, uint64_t line_ends)
{
    uint64_t ends = 0;
    for (size_t i = 0; i < SCANNED / 8; i++) {
        uint64_t word;
        memcpy(&word, p + i * 8, 8);
        ends |= side_by_side(same_bytes(word, delimiters) | same_bytes(word, line_ends)) << i * 8;
    }
    return ends;
}

/* A line ends at `at`: hands its record, if it is not empty. */
static void end_scanned(struct reader *r, const char *at)
{
    str *last = &r->field[r->nfield - 1];
    if (last->n && last->p[last->n - 1] == '\r')
        last->n--;
    const char *end = last->p + last->n;
    r->odd |= r->is_blank[(unsigned char)end[-(last->n > 0)]];
    if (r->odd)
        return;
    if (r->nfield > 1 || last->n)
        hand_slices(r, end);
    r->nfield = 0;
    r->line++;
    r->record = at + 1;
}

/* The cell from `from` to `at`; libcsv would drop blanks around it. */
static inline void add_scanned(struct reader *r, const char *from, const char *at)
{
    size_t n = (size_t)(at - from);
    if (r->nfield == r->field_cap)
        more_fields(r);
    r->field[r->nfield++] = (str){from, n};
    r->odd |= r->is_blank[(unsigned char)*from] | r->is_blank[(unsigned char)at[-(n > 0)]];
}

static void slice_by_scan(struct reader *r, const char *from)
{
    uint64_t delimiters = eight_of(r->delimiter), line_ends = eight_of('\n');
    const char *cell = r->record = from;
    for (const char *block = from; block < r->bulk_end; block += SCANNED) {
        char rest[SCANNED] = {0};
        bool whole = r->bulk_end - block >= SCANNED;
        if (!whole)
            memcpy(rest, block, (size_t)(r->bulk_end - block));
        uint64_t ends = ends_of_cells(whole ? block : rest, delimiters, line_ends);
        for (; ends; ends &= ends - 1) {
            const char *at = block + __builtin_ctzll(ends);
            add_scanned(r, cell, at);
            if (*at == '\n')
                end_scanned(r, at);
            if (r->odd || r->stop)
                return;
            cell = at + 1;
        }
    }
}

/* ---- both ---- */

/* The first carriage return in [from, to) that no newline follows there; to if there is none. */
static size_t find_lone_cr(const struct reader *r, size_t from, size_t to)
{
    for (size_t cr = from; (cr = find_byte(r, '\r', cr, to)) < to; cr++)
        if (cr + 1 == to || r->text.p[cr + 1] != '\n')
            return cr;
    return to;
}

/* The end of the last whole line, at most BULK_MOST ahead, before anything that wants to be read by
 * lines: a quote, a NUL, a lone carriage return. r->at if there is none. */
static size_t bulk_end(struct reader *r)
{
    size_t from = r->at, end = r->text.n - from > BULK_MOST ? from + BULK_MOST : r->text.n;
    if (!between_records(r))
        return from;
    if (r->nlines) {
        r->nlines--;
        return from;
    }
    end = find_byte(r, '"', from, end);
    end = find_byte(r, 0, from, end);
    end = find_lone_cr(r, from, end);
    const char *last = memrchr(r->text.p + from, '\n', end - from);
    return last ? (size_t)(last - r->text.p) + 1 : from;
}

/* Reads whole lines up to `end`, or up to the first that has to be read by lines. False if there is
 * such a line. */
static bool read_bulk(struct reader *r, size_t end)
{
    const char *from = r->text.p + r->at;
    r->bulk_end = r->text.p + end;
    r->odd = false;
    if (r->scans)
        slice_by_scan(r, from);
    else
        slice_by_libcsv(r, from);
    /* Lines of blanks at the end are left to be counted by lines. */
    bool whole = !r->odd && r->record == r->bulk_end;
    r->at = (size_t)(r->record - r->text.p);
    if (whole) {
        r->patience = 0;
        return true;
    }
    /* In a file full of odd lines most of each call would be in vain: try less and less often. */
    r->patience = r->patience ? r->patience * 2 : 64;
    r->nlines = r->patience;
    parser_restart(r);
    return false;
}

static void read_all(struct reader *r)
{
    while (!r->stop && r->at < r->text.n) {
        size_t end = bulk_end(r);
        if (end == r->at || !read_bulk(r, end))
            read_line(r);
    }
}

bool csv_read(str file, str text, char delimiter, csv_fn *row, void *arg, csv_fn *bad,
              struct diags *diags)
{
    return csv_read_from((struct csv_start){0}, file, text, delimiter, row, arg, bad, diags);
}

bool csv_read_from(struct csv_start start, str file, str text, char delimiter, csv_fn *row,
                   void *arg, csv_fn *bad, struct diags *diags)
{
    struct reader r = {
        .line = start.lines,
        .nfields = start.nfields,
        .scans = start.scans,
        .file = file,
        .text = text,
        .delimiter = delimiter,
        .is_blank = {[' '] = true, ['\t'] = delimiter != '\t'},
        .row = row,
        .bad = bad,
        .arg = arg,
        .diags = diags,
    };
    if (!text.n)
        return true;
    r.length = malloc((BULK_MOST + 1) * sizeof *r.length);
    if (!r.length)
        die("out of memory for lengths");
    parser_start(&r);
    read_all(&r);
    csv_free(&r.parser);
    free(r.bytes);
    free(r.field);
    free(r.length);
    return !r.stop;
}

/* ---- writing ---- */

/* What a spreadsheet would compute when it opens the file: OWASP, "CSV Injection". */
static bool is_formula(str text)
{
    static const str wide[] = {S("\uFF1D"), S("\uFF0B"), S("\uFF0D"), S("\uFF20")};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (str_starts(text, wide[i])) /* some spreadsheets take them for = + - @ */
            return true;
    return text.n && memchr("=+-@\t\r\n", text.p[0], 7);
}

static bool is_plain_number(str text)
{
    double x;
    return parse_number(text, &x);
}

char csv_separator_line(str *text)
{
    bool said = text->n > 5 && strncasecmp(text->p, "sep=", 4) == 0 &&
                (text->p[5] == '\n' || text->p[5] == '\r') && text->p[4] != '"';
    char delimiter = said ? text->p[4] : 0;
    if (said)
        *text = str_sub(*text, 5, text->n);
    return delimiter;
}

void csv_cell(struct buf *out, str text, bool harmless)
{
    bool defuse = harmless && is_formula(text) && !is_plain_number(text), quote = defuse;
    for (size_t i = 0; i < text.n && !quote; i++)
        quote = memchr(",;\t|\"\r\n", text.p[i], 7) != NULL;
    if (text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '))
        quote = true;
    if (!quote) {
        buf_add(out, text);
        return;
    }
    buf_addc(out, '"');
    if (defuse)
        buf_addc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_addc(out, '"');
        buf_addc(out, text.p[i]);
    }
    buf_addc(out, '"');
}
