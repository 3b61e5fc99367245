#include "closed.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const str HEAD[] = {S("page"), S("block"), S("key"), S("name"), S("value")};
enum { NCOLUMNS = sizeof HEAD / sizeof *HEAD };
static const str ROWS = S("(rows)");

str closed_path(struct arena *mem, const struct book *book, int month)
{
    str name = arena_printf(mem, "closed/" STR_FMT ".csv", STR_ARG(month_iso(mem, month)));
    return path_join(mem, book->dir, name);
}

/* ---- reading ---- */

struct closed_reader {
    struct arena *mem;
    struct closed *closed;
    struct map known; /* page, block, key, name → line */
    bool has_head, ok;
    struct diags *diags;
};

/* The column, in characters, at which a cell of a record begins. */
static int column_of(str raw, size_t cell)
{
    bool quoted = false;
    int col = 1;
    for (size_t i = 0; i < raw.n && cell; i++) {
        quoted ^= raw.p[i] == '"';
        cell -= raw.p[i] == ',' && !quoted;
        col += ((unsigned char)raw.p[i] & 0xC0) != 0x80;
    }
    return col;
}

static struct place place_of(const struct closed_reader *r, const struct csv_record *record,
                             size_t cell)
{
    return (struct place){r->closed->path, record->line, column_of(record->raw, cell)};
}

static void wrong_cell(struct closed_reader *r, const struct csv_record *record, size_t cell,
                       str wanted)
{
    str value = record->field[cell].n ? record->field[cell] : S("nothing");
    r->ok =
        diags_add(r->diags, DIAG_CLOSED_ROW, place_of(r, record, cell), value, HEAD[cell], wanted);
}

static bool read_head(struct closed_reader *r, const struct csv_record *record)
{
    size_t cell = 0;
    while (cell < NCOLUMNS && cell < record->nfields && str_eq(record->field[cell], HEAD[cell]))
        cell++;
    r->has_head = true;
    if (cell == NCOLUMNS && record->nfields == NCOLUMNS)
        return true;
    r->ok = diags_add(r->diags, DIAG_CLOSED_HEAD, place_of(r, record, cell), record->raw);
    return false;
}

static bool is_print(str text)
{
    bool hex = text.n == 16;
    for (size_t i = 0; i < text.n && hex; i++)
        hex = isxdigit((unsigned char)text.p[i]);
    return hex;
}

/* What stands twice could be read as either. */
static bool is_new(struct closed_reader *r, const struct csv_record *record, bool is_rows)
{
    struct buf key = {0};
    for (size_t i = 0; i < NCOLUMNS - (is_rows ? 2 : 1); i++)
        buf_addf(&key, "%zu:" STR_FMT, record->field[i].n, STR_ARG(record->field[i]));
    void **slot = map_put(&r->known, buf_str(&key));
    buf_clear(&key);
    if (*slot) {
        str line = arena_printf(r->mem, "%d", (int)(uintptr_t)*slot);
        r->ok = diags_add(r->diags, DIAG_CLOSED_TWICE, place_of(r, record, 0), record->raw, line);
        return false;
    }
    *slot = (void *)(uintptr_t)record->line;
    return true;
}

static bool read_row(void *arg, const struct csv_record *record)
{
    struct closed_reader *r = arg;
    const str *f = record->field;
    double number;
    int64_t count;

    if (!r->has_head)
        return read_head(r, record);
    if (record->nfields != NCOLUMNS) {
        r->ok = diags_add(r->diags, DIAG_CLOSED_ROW, place_of(r, record, 0), record->raw, S("row"),
                          S("five cells"));
        return true;
    }
    bool is_rows = str_eq(f[0], ROWS);
    if (!f[0].n)
        wrong_cell(r, record, 0, S("a report or (rows)"));
    else if (is_rows && !is_print(f[3]))
        wrong_cell(r, record, 3, S("a print of 16 digits"));
    else if (is_rows && (!parse_integer(f[4], &count) || count < 0))
        wrong_cell(r, record, 4, S("a number of rows"));
    else if (!is_rows && !parse_number(f[4], &number))
        wrong_cell(r, record, 4, S("a number"));
    else if (is_new(r, record, is_rows)) {
        struct closed_row row = {arena_str(r->mem, f[0]), arena_str(r->mem, f[1]),
                                 arena_str(r->mem, f[2]), arena_str(r->mem, f[3]),
                                 arena_str(r->mem, f[4])};
        if (is_rows)
            PUSH(r->mem, &r->closed->rows, row);
        else
            PUSH(r->mem, &r->closed->figures, row);
    }
    return true;
}

static bool bad_row(void *arg, const struct csv_record *record)
{
    struct closed_reader *r = arg;
    r->ok = diags_add(r->diags, DIAG_CLOSED_ROW, ((struct place){r->closed->path, record->line, 1}),
                      record->raw, S("row"), S("a line of CSV"));
    return true;
}

static bool read_closed(struct arena *mem, struct closed *c, struct diags *diags)
{
    struct closed_reader r = {.mem = mem, .closed = c, .ok = true, .diags = diags};
    struct place start = {c->path, 1, 1};
    str text;
    size_t bad;

    map_init(&r.known, mem);
    if (!file_read(mem, c->path, &text, diags))
        return false;
    c->print = hash128_of(text);
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_sub(text, 3, text.n);
    if (!utf8_valid(text, &bad)) {
        for (size_t i = 0; i < bad; i++)
            start.line += text.p[i] == '\n';
        return diags_add(diags, DIAG_CLOSED_ROW, start, path_base(c->path), S("file"), S("UTF-8"));
    }
    csv_read(c->path, text, ',', read_row, &r, bad_row, diags);
    if (!r.has_head)
        return diags_add(diags, DIAG_CLOSED_HEAD, start, S("nothing"));
    return r.ok;
}

bool closed_read(struct arena *mem, const struct book *book, closed_list *list, struct diags *diags)
{
    str *names, folder = path_join(mem, book->dir, S("closed"));
    size_t n = dir_list(mem, folder, &names);
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        struct closed c = {.path = path_join(mem, folder, names[i])};
        if (!str_ends(names[i], S(".csv")))
            continue;
        c.month = month_parse(str_sub(names[i], 0, names[i].n - 4));
        if (c.month < 0) {
            diags_add(diags, DIAG_CLOSED_NAME, ((struct place){.file = c.path}), names[i]);
            continue;
        }
        ok = read_closed(mem, &c, diags) && ok;
        PUSH(mem, list, c);
    }
    return ok;
}

/* ---- writing ---- */

static int by_row(const void *a, const void *b)
{
    const struct closed_row *x = a, *y = b;
    const str left[] = {x->page, x->block, x->key, x->name, x->value};
    const str right[] = {y->page, y->block, y->key, y->name, y->value};
    int order = 0;
    for (int i = 0; i < NCOLUMNS && !order; i++)
        order = str_cmp(left[i], right[i]);
    return order;
}

static void add_row(struct buf *out, const str *cell)
{
    for (int i = 0; i < NCOLUMNS; i++) {
        if (i)
            buf_addc(out, ',');
        csv_cell(out, cell[i], false);
    }
    buf_addc(out, '\n');
}

static void add_rows(struct buf *out, struct closed_row *row, size_t n)
{
    if (n)
        qsort(row, n, sizeof *row, by_row);
    for (size_t i = 0; i < n; i++) {
        const str cells[] = {row[i].page, row[i].block, row[i].key, row[i].name, row[i].value};
        add_row(out, cells);
    }
}

/* A file of our own in the same folder, for two may close a month at once. Unset with a
 * diagnostic. */
static str file_beside(struct arena *mem, str path, struct diags *diags)
{
    str beside = arena_printf(mem, STR_FMT ".new-XXXXXX", STR_ARG(path));
    if (!dir_make(path_dir(path), diags))
        return (str){0};
    int fd = mkostemp((char *)(uintptr_t)beside.p, O_CLOEXEC);
    if (fd < 0) {
        diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = path}), path,
                  str_of(strerror(errno)));
        return (str){0};
    }
    close(fd);
    return beside;
}

bool closed_write(struct arena *mem, const struct closed *c, struct diags *diags)
{
    struct buf out = {0};
    str beside = file_beside(mem, c->path, diags);

    add_row(&out, HEAD);
    add_rows(&out, c->rows.at, c->rows.n);
    add_rows(&out, c->figures.at, c->figures.n);
    bool ok = str_is_set(beside) && file_write(beside, buf_str(&out), diags);
    buf_clear(&out);
    if (ok && rename(beside.p, c->path.p) < 0)
        ok = diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = c->path}), c->path,
                       S("it cannot be put in its place"));
    if (!ok && str_is_set(beside))
        unlink(beside.p);
    return ok;
}
