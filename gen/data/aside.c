#include "reading.h"

/* ---- where a cell stands ---- */

struct span {
    size_t from, to;
    int lines, col; /* lines after the record's first; column in characters, from 1 */
};

/* Only for showing a place: what the cells hold, libcsv says. */
static struct span field_span(str raw, char delimiter, size_t nth)
{
    struct span s = {.to = raw.n, .col = 1};
    bool quoted = false;
    for (size_t i = 0; i < raw.n; i++) {
        quoted ^= raw.p[i] == '"';
        if (raw.p[i] != delimiter || quoted)
            continue;
        if (nth-- == 0) {
            s.to = i;
            break;
        }
        s.from = i + 1;
    }
    for (size_t i = 0; i < s.from; i++) {
        bool line_end = raw.p[i] == '\n', starts_char = (raw.p[i] & 0xC0) != 0x80;
        s.lines += line_end;
        s.col = line_end ? 1 : s.col + starts_char;
    }
    return s;
}

struct place field_place(struct place record, str raw, char delimiter, size_t nth)
{
    struct span span = field_span(raw, delimiter, nth);
    return (struct place){record.file, record.line + span.lines, span.col};
}

str row_audience(const struct schema *s)
{
    str audience = s->audience;
    for (size_t i = 0; i < s->nfields && !str_is_set(audience); i++)
        audience = s->field[i].audience;
    return audience;
}

static bool is_open(const struct schema *s, const struct file_text *file, size_t position)
{
    for (size_t i = 0; i < s->nfields; i++)
        if (file->position[i] == (int)position)
            return !str_is_set(s->field[i].audience);
    return false; /* a head that is not known may be that of a restricted column, misspelt */
}

/* The row with "restricted" for each cell that not everybody may see; for the whole of it where
 * cells cannot be told apart. */
static str masked_row(struct arena *mem, const struct schema *s, const struct file_text *file,
                      str raw, bool has_cells)
{
    if (!str_is_set(row_audience(s)))
        return raw;
    if (str_is_set(s->audience) || !has_cells)
        return S("restricted");
    struct buf b = {0};
    for (size_t i = 0;; i++) {
        struct span span = field_span(raw, file->delimiter, i);
        buf_add(&b, is_open(s, file, i) ? str_sub(raw, span.from, span.to) : S("restricted"));
        if (span.to == raw.n)
            break;
        buf_addc(&b, file->delimiter);
    }
    str masked = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return masked;
}

/* ---- diagnostics of rows ---- */

/* The line as it is and as it was meant; only for records of one line that can be read. */
static void add_fix(struct arena *mem, struct diag *d, const struct schema *s,
                    const struct file_text *file, str raw, struct span span, str fixed)
{
    char delimiter = file->delimiter;
    enum { LINE_MOST = 2000 };
    if (!str_is_set(fixed) || raw.n > LINE_MOST || memchr(raw.p, '\n', raw.n) ||
        !utf8_valid(raw, NULL))
        return;
    struct buf b = {0};
    buf_add(&b, str_sub(raw, 0, span.from));
    if (memchr(fixed.p, delimiter, fixed.n) || memchr(fixed.p, '"', fixed.n))
        csv_cell(&b, fixed, false);
    else
        buf_add(&b, fixed);
    buf_add(&b, str_sub(raw, span.to, raw.n));
    d->line_was = arena_str(mem, masked_row(mem, s, file, raw, true));
    d->line_fixed = arena_str(mem, masked_row(mem, s, file, buf_str(&b), true));
    buf_clear(&b);
}

/* Which args of a defect are words of the schema, not data. */
static unsigned open_args(enum diag_id id)
{
    enum { FIRST = 1, SECOND = 2 };
    switch (id) {
    case DIAG_CELL_ENUM:
    case DIAG_DATE_FAR:
        return FIRST;
    case DIAG_CELL_REQUIRED:
    case DIAG_CELL_TYPE:
    case DIAG_CELL_OVERFLOW:
    case DIAG_CELL_PATTERN:
    case DIAG_CELL_SMALL:
    case DIAG_CELL_LARGE:
    case DIAG_REFERENCE:
    case DIAG_REFERENCE_NEAR:
    case DIAG_ROW_KEY_TWICE:
    case DIAG_UNIQUE_TWICE:
        return FIRST | SECOND;
    default:
        return 0;
    }
}

/* Who may see the value of a defect: that of a cell, or of the key that several cells make. What is
 * said of a whole row (its width, its encoding, where its double stands) quotes none. */
static str value_audience(const struct schema *s, const struct defect *defect)
{
    if (str_is_set(defect->audience))
        return defect->audience;
    if (defect->field < 0)
        return (str){0};
    str of_cell = s->field[defect->field].audience;
    return str_is_set(of_cell) ? of_cell : s->audience;
}

struct diags *row_diags(struct loading *l, const struct table *t, size_t source)
{
    if (t->sources.at[source].rows_aside < ASIDE_NOTED)
        return l->diags;
    arena_reset(l->unheard.mem);
    diags_init(&l->unheard, l->unheard.mem);
    return &l->unheard;
}

void note_defect(struct diags *diags, const struct table *t, const struct file_row *row,
                 const struct defect *defect)
{
    const struct schema *s = t->schema;
    const struct file_text *file = &t->columns->files.at[row->source];
    struct place at = {t->sources.at[row->source].path, row->line, 0};
    struct span span = {0};
    int position = defect->field >= 0 ? file->position[defect->field] : -1;
    if (position >= 0) {
        span = field_span(row->raw, file->delimiter, (size_t)position);
        at.line += span.lines;
        at.col = span.col;
    }
    diags_put(diags, defect->id, at, defect->value,
              (const str[4]){defect->args[0], defect->args[1], defect->args[2]});

    struct diag *d = diags_last(diags);
    if (position >= 0)
        add_fix(diags->mem, d, s, file, row->raw, span, defect->fixed);
    d->audience = value_audience(s, defect);
    d->open_args = open_args(defect->id);
}

/* Bytes that are no UTF-8 become U+FFFD, so that the list of rejected rows can be read. */
static str clean_text(struct arena *mem, str raw)
{
    struct buf b = {0};
    size_t bad;
    while (!utf8_valid(raw, &bad)) {
        buf_add(&b, str_sub(raw, 0, bad));
        buf_add(&b, S("\xEF\xBF\xBD"));
        raw = str_sub(raw, bad + 1, raw.n);
    }
    buf_add(&b, raw);
    str clean = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return clean;
}

/* Whether the cells of a row are where its head says. */
static bool has_cells(enum diag_id id)
{
    switch (id) {
    case DIAG_CSV_QUOTE:
    case DIAG_CSV_QUOTE_OPEN:
    case DIAG_CSV_BETWEEN:
    case DIAG_CSV_FIELD:
    case DIAG_CSV_NUL:
    case DIAG_CSV_UTF8:
    case DIAG_ROW_WIDTH:
        return false;
    default:
        return true;
    }
}

void set_aside(struct loading *l, struct table *t, const struct file_row *row, struct diags *diags,
               size_t diag)
{
    struct diag *d = &diags->list.at[diag], hidden = diag_hidden(d);
    const struct file_text *file = &t->columns->files.at[row->source];
    str raw = clean_text(l->mem, row->raw);
    struct reject reject = {
        .file = t->sources.at[row->source].path,
        .line = row->line,
        .raw = masked_row(l->mem, t->schema, file, raw, has_cells(d->id)),
        .reason = diag_message(l->mem, &hidden),
        .full_raw = raw,
        .full_reason = diag_message(l->mem, d),
        .audience = row_audience(t->schema),
    };
    PUSH(l->mem, &t->rejects, reject);
    t->sources.at[row->source].rows_aside++;
    if (l->options->strict && d->severity == SEVERITY_WARNING) {
        d->severity = SEVERITY_ERROR;
        diags->nwarnings--;
        diags->nerrors++;
    }
    l->stop |= l->options->strict;
}

/* ---- rows that are in the table already ---- */

/* Walks a file again, for the bytes of the rows that are to be set aside. */
struct second_look {
    struct loading *l;
    struct table *t;
    size_t source;
    const struct late_defect *at, *end;
};

static bool on_second_look(void *arg, const struct csv_record *r)
{
    struct second_look *look = arg;
    struct columns *columns = look->t->columns;
    struct file_row row = {look->source, r->line, r->raw};

    if (look->at == look->end || look->l->stop)
        return false;
    size_t wanted = look->at->row;
    if (columns_line(columns, wanted) != r->line)
        return true;
    struct diags *diags = row_diags(look->l, look->t, look->source);
    size_t diag = diags->list.n;
    for (; look->at < look->end && look->at->row == wanted; look->at++)
        note_defect(diags, look->t, &row, &look->at->defect);
    set_aside(look->l, look->t, &row, diags, diag);
    return true;
}

static bool skip_bad(void *arg, const struct csv_record *r)
{
    (void)arg;
    (void)r;
    return true;
}

static int by_row(const void *a, const void *b)
{
    const struct late_defect *x = a, *y = b;
    return x->row != y->row ? (x->row < y->row ? -1 : 1) : x->defect.field - y->defect.field;
}

void late_defects_sort(struct late_defects *late)
{
    if (late->list.n)
        qsort(late->list.at, late->list.n, sizeof *late->list.at, by_row);
}

void set_aside_late(struct loading *l, struct table *t, struct late_defects *late)
{
    struct columns *columns = t->columns;
    size_t n = late->list.n;
    if (!n)
        return;
    late_defects_sort(late);
    uint8_t *dead = NEW_ARRAY(l->scratch, columns->nrows / 8 + 1, uint8_t);
    for (size_t i = 0, end; i < n; i = end) {
        size_t source = columns_source(columns, late->list.at[i].row);
        for (end = i; end < n && columns_source(columns, late->list.at[end].row) == source; end++) {
            size_t row = late->list.at[end].row;
            dead[row / 8] |= (uint8_t)(1 << row % 8);
        }
        struct diags said_before;
        diags_init(&said_before, l->scratch);
        struct second_look look = {l, t, source, &late->list.at[i], &late->list.at[end]};
        const struct file_text *file = &columns->files.at[source];
        csv_read(t->sources.at[source].path, text_again(l, file), file->delimiter, on_second_look,
                 &look, skip_bad, &said_before);
    }
    columns_drop(columns, dead);
    *late = (struct late_defects){0};
}

/* ---- rejected/<table>.csv ---- */

str rejects_csv(struct arena *mem, const struct table *t, bool full)
{
    struct buf b = {0};
    if (!t->rejects.n)
        return (str){0};
    buf_add(&b, S("file,line,reason,row\n"));
    for (size_t i = 0; i < t->rejects.n; i++) {
        const struct reject *r = &t->rejects.at[i];
        csv_cell(&b, r->file, true);
        buf_addf(&b, ",%d,", r->line);
        csv_cell(&b, full ? r->full_reason : r->reason, true);
        buf_addc(&b, ',');
        csv_cell(&b, full ? r->full_raw : r->raw, true);
        buf_addc(&b, '\n');
    }
    str csv = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return csv;
}
