#include "data.h"

#include <csv.h>

/* libcsv is fed one line of the file at a time: so we know on which line a record begins and what its
 * bytes are, and after a defect we can go on at a line of our choice.
 *
 * In a line without a quote the cells stand as they are, one delimiter between them: then only their
 * lengths are asked of libcsv, and the cells handed on are slices of the text. Where the lengths do not
 * add up to the line (libcsv drops blanks around a cell), it is read again with copies. */

#define FIELD_MOST (1024 * 1024)

struct reader {
    struct csv_parser parser;
    str file, text;
    char delimiter;
    csv_fn *row, *bad;
    void *arg;
    struct diags *diags;
    size_t nfields;      /* of the head; 0 before it */
    bool has_nul, has_lone_cr, has_quote, stop;

    size_t at;           /* where the next line begins */
    int line;            /* its number */
    size_t record_from;  /* where the record being read begins, its line … */
    int record_line;
    str now;             /* … and the line being read */
    bool trial;          /* a line is only tried: nothing is handed on */
    size_t trial_fields, trial_rows;
    bool sliced;         /* cells of this line are slices; `end` is where the next one begins */
    const char *end;

    char *bytes;         /* of the record's fields so far */
    size_t nbytes, cap;
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
    r->nbytes = r->nfield = 0;
}

/* Room for all fields that the next n bytes can give, so that they need not move one by one, and 16
 * bytes behind the last. */
static void make_room(struct reader *r, size_t n)
{
    if (r->nbytes + n + 16 <= r->cap)
        return;
    r->cap = (r->nbytes + n + 16) * 2;
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

static void add_field(struct reader *r, str field)
{
    if (r->nfield == r->field_cap)
        more_fields(r);
    r->field[r->nfield++] = field;
}

static void on_field(void *bytes, size_t n, void *arg)
{
    struct reader *r = arg;
    char *to = r->bytes + r->nbytes;
    memcpy(to, bytes, n);
    r->nbytes += n;
    add_field(r, (str){to, n});
}

static void on_slice(void *bytes, size_t n, void *arg)
{
    struct reader *r = arg;
    (void)bytes;
    add_field(r, (str){r->end, n});
    r->end += n + 1;
}

static str without_line_end(str raw)
{
    while (raw.n && (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r'))
        raw.n--;
    return raw;
}

/* The bytes of the record that ends with the present line. */
static str raw_record(const struct reader *r)
{
    return without_line_end(str_sub(r->text, r->record_from, r->at));
}

static void hand_bad(struct reader *r, str raw, int line)
{
    struct csv_record record = {.line = line, .raw = raw};
    if (r->bad && !r->bad(r->arg, &record))
        r->stop = true;
}

static void hand_row(struct reader *r, bool roomy)
{
    struct csv_record record = {r->field, r->nfield, r->record_line, raw_record(r), roomy};
    if (r->has_nul && memchr(record.raw.p, 0, record.raw.n)) {
        diags_add(r->diags, DIAG_CSV_NUL, ((struct place){r->file, record.line, 0}), (str){0});
        hand_bad(r, record.raw, record.line);
    } else if (!r->stop) {
        if (!r->nfields)
            r->nfields = record.nfields;
        if (!r->row(r->arg, &record))
            r->stop = true;
    }
}

static void on_row(int terminator, void *arg)
{
    struct reader *r = arg;
    (void)terminator;
    if (r->sliced)
        return; /* feed_slices hands it on, if the lengths add up */
    if (r->trial) {
        r->trial_rows++;
        r->trial_fields = r->nfield;
    } else {
        hand_row(r, true);
    }
    r->nbytes = r->nfield = 0;
}

/* A carriage return without a newline ends a record as well: old Macs wrote so. */
static bool has_lone_cr(str text)
{
    for (const char *p = text.p, *end = text.p + text.n; p < end; p++) {
        p = memchr(p, '\r', (size_t)(end - p));
        if (!p)
            return false;
        if (p + 1 == end || p[1] != '\n')
            return true;
    }
    return false;
}

/* Length of line up to and with its first lone carriage return, or all of it. */
static size_t before_lone_cr(str line)
{
    const char *cr = memchr(line.p, '\r', line.n);
    bool lone = cr && (cr + 1 == line.p + line.n || cr[1] != '\n');
    return lone ? (size_t)(cr - line.p) + 1 : line.n;
}

/* Moves to the next line; false at the end of the text. */
static bool next_line(struct reader *r)
{
    if (r->at >= r->text.n)
        return false;
    const char *from = r->text.p + r->at;
    const char *end = memchr(from, '\n', r->text.n - r->at);
    r->now = (str){from, end ? (size_t)(end - from) + 1 : r->text.n - r->at};
    if (r->has_lone_cr)
        r->now.n = before_lone_cr(r->now);
    r->at += r->now.n;
    r->line++;
    return true;
}

static bool between_records(const struct reader *r)
{
    return r->parser.pstate == 0;
}

/* Feeds the present line; the last one gets the line end that it may lack. False if libcsv stopped. */
static bool feed_copies(struct reader *r)
{
    make_room(r, r->now.n);
    if (csv_parse(&r->parser, r->now.p, r->now.n, on_field, on_row, r) != r->now.n)
        return false;
    return r->at < r->text.n || between_records(r) ||
           (csv_parse(&r->parser, "\n", 1, on_field, on_row, r) == 1 && between_records(r));
}

/* The same for a line that is a record of its own and holds no quote. */
static bool feed_slices(struct reader *r)
{
    bool has_end = r->now.p[r->now.n - 1] == '\n' || r->now.p[r->now.n - 1] == '\r';
    r->sliced = true;
    r->end = r->now.p;
    bool fed = csv_parse(&r->parser, r->now.p, r->now.n, on_slice, on_row, r) == r->now.n &&
               (has_end || csv_parse(&r->parser, "\n", 1, on_slice, on_row, r) == 1);
    r->sliced = false;
    bool adds_up = r->end == r->now.p + without_line_end(r->now).n + 1;
    if (fed && adds_up && r->nfield)
        hand_row(r, r->text.n - r->at >= 16);
    r->nfield = 0;
    return fed && (adds_up || feed_copies(r));
}

static bool feed(struct reader *r)
{
    if (!between_records(r) || r->trial || (r->has_quote && memchr(r->now.p, '"', r->now.n)))
        return feed_copies(r);
    return feed_slices(r);
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

/* Sets the line on which the broken record began aside, and those after it up to the next one that is
 * a whole record again; reading goes on there. */
static void resynchronise(struct reader *r)
{
    note_defect(r);
    r->at = r->record_from;
    r->line = r->record_line - 1;
    next_line(r);
    hand_bad(r, without_line_end(r->now), r->line);
    while (!r->stop && next_line(r)) {
        str alone = without_line_end(r->now);
        if (parses_alone(r)) {
            r->at -= r->now.n;
            r->line--;
            break;
        }
        if (alone.n)
            hand_bad(r, alone, r->line);
    }
    parser_restart(r);
}

static void read_all(struct reader *r)
{
    while (!r->stop) {
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
}

bool csv_read(str file, str text, char delimiter, csv_fn *row, void *arg, csv_fn *bad,
              struct diags *diags)
{
    struct reader r = {
        .file = file,
        .text = text,
        .delimiter = delimiter,
        .row = row,
        .bad = bad,
        .arg = arg,
        .diags = diags,
        .has_nul = text.n && memchr(text.p, 0, text.n),
        .has_lone_cr = text.n && has_lone_cr(text),
        .has_quote = text.n && memchr(text.p, '"', text.n),
    };
    parser_start(&r);
    read_all(&r);
    csv_free(&r.parser);
    free(r.bytes);
    free(r.field);
    return !r.stop;
}

/* ---- writing ---- */

/* What a spreadsheet would compute when it opens the file: OWASP, "CSV Injection". */
static bool is_formula(str text)
{
    return text.n && memchr("=+-@\t\r", text.p[0], 6);
}

static bool is_plain_number(str text)
{
    double x;
    return parse_number(text, &x);
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
