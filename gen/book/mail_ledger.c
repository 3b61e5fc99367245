#include "mail.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static const str state_name[] = {
#define X(name) {#name, sizeof #name - 1},
    LEDGER_STATES(X)
#undef X
};
static const str column_name[] = {
#define X(name) {#name, sizeof #name - 1},
    LEDGER_COLUMNS(X)
#undef X
};
enum {
    NSTATES = sizeof state_name / sizeof *state_name,
    NCOLUMNS = sizeof column_name / sizeof *column_name,
};
enum { COLUMN_message, COLUMN_state };

/* ---- reading ---- */

struct reading {
    struct ledger *l;
    struct diags *diags;
    bool ok;
};

static struct place line_place(const struct ledger *l, int line)
{
    return (struct place){.file = l->path, .line = line};
}

/* "message,state,noted …" */
static str head_line(struct arena *mem)
{
    struct buf b = {0};
    for (size_t i = 0; i < NCOLUMNS; i++)
        buf_addf(&b, "%s" STR_FMT, i ? "," : "", STR_ARG(column_name[i]));
    str line = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return line;
}

static void read_head(struct reading *r, const struct csv_record *record)
{
    struct ledger *l = r->l;
    bool there[NCOLUMNS] = {false};

    l->ncolumns = record->nfields;
    l->column = NEW_ARRAY(l->mem, l->ncolumns, int);
    for (size_t f = 0; f < l->ncolumns; f++) {
        l->column[f] = -1;
        for (size_t i = 0; i < NCOLUMNS; i++)
            if (str_eq(record->field[f], column_name[i])) {
                l->column[f] = (int)i;
                there[i] = true;
            }
    }
    for (size_t i = 0; i < NCOLUMNS; i++)
        if (!there[i])
            r->ok = diags_add(r->diags, DIAG_LEDGER_FORM, line_place(l, 1), column_name[i],
                              head_line(l->mem));
}

/* What csv_cell put before a text that a spreadsheet would compute is no part of it. */
static str without_apostrophe(str text)
{
    bool added = text.n > 1 && text.p[0] == '\'' && strchr("=+-@\t\r", text.p[1]);
    return added ? str_sub(text, 1, text.n) : text;
}

static bool read_state(struct reading *r, str word, int line, enum ledger_state *state)
{
    for (size_t i = 0; i < NSTATES; i++)
        if (str_eq(word, state_name[i])) {
            *state = (enum ledger_state)i;
            return true;
        }
    str near = text_nearest(word, state_name, NSTATES);
    r->ok = diags_add(r->diags, DIAG_LEDGER_STATE, line_place(r->l, line), word,
                      near.n ? arena_printf(r->l->mem, "did you mean " STR_FMT "?", STR_ARG(near))
                             : S("write sending, sent, due, refused, uncertain or over"));
    return false;
}

static bool read_record(void *arg, const struct csv_record *record)
{
    struct reading *r = arg;
    struct ledger *l = r->l;
    struct ledger_row row = {.line = record->line};
    str text[NCOLUMNS] = {0};

    if (!l->column) {
        read_head(r, record);
        return r->ok;
    }
    if (record->nfields != l->ncolumns) {
        r->ok = diags_add(r->diags, DIAG_LEDGER_CUT, line_place(l, record->line), record->raw);
        return true;
    }
    for (size_t f = 0; f < l->ncolumns; f++)
        if (l->column[f] >= 0)
            text[l->column[f]] = without_apostrophe(arena_str(l->mem, record->field[f]));
    if (!read_state(r, text[COLUMN_state], record->line, &row.state))
        return true;
    size_t i = 0;
    str *const to[] = {&row.message, NULL,       &row.noted,   &row.report,  &row.pages,
                       &row.person,  &row.email, &row.subject, &row.content, &row.reply};
    for (; i < NCOLUMNS; i++)
        if (to[i])
            *to[i] = text[i];
    PUSH(l->mem, &l->row, row);
    return true;
}

/* A row that cannot be read could be the one that says "sent". */
static bool bad_record(void *arg, const struct csv_record *record)
{
    struct reading *r = arg;
    r->ok = diags_add(r->diags, DIAG_LEDGER_CUT, line_place(r->l, record->line), record->raw);
    return true;
}

/* Two runs at once would send everything twice. */
static bool lock(struct ledger *l, struct diags *diags)
{
    l->lock = open(l->path.p, O_RDWR | O_APPEND | O_CLOEXEC);
    if (l->lock < 0)
        return diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = l->path}), l->path,
                         str_of(strerror(errno)));
    if (flock(l->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK)
        return diags_add(diags, DIAG_LOCK_FAILED, ((struct place){.file = l->path}), l->path,
                         str_of(strerror(errno)));
    return diags_add(diags, DIAG_LEDGER_LOCKED, ((struct place){.file = l->path}), l->path);
}

struct ledger *ledger_read(struct arena *mem, str path, bool to_add, struct diags *diags)
{
    struct ledger *l = NEW(mem, struct ledger);
    struct reading r = {.l = l, .diags = diags, .ok = true};
    struct diags said;
    str text;

    *l = (struct ledger){.mem = mem, .path = arena_str(mem, path), .lock = -1};
    map_init(&l->last, mem);
    diags_init(&said, mem); /* libcsv's words for a broken row; bad_record says more */
    if ((to_add && !lock(l, diags)) || !file_read(mem, path, &text, diags))
        goto failed;
    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_sub(text, 3, text.n);
    for (size_t i = 0; i < text.n; i++)
        l->nlines += text.p[i] == '\n' || i + 1 == text.n;
    l->ends_open = text.n && text.p[text.n - 1] != '\n';
    csv_read(path, text, ',', read_record, &r, bad_record, &said);
    if (!l->column)
        diags_add(diags, DIAG_LEDGER_FORM, line_place(l, 1), column_name[0], head_line(mem));
    if (!l->column || !r.ok)
        goto failed;
    for (size_t i = 0; i < l->row.n; i++)
        *map_put(&l->last, l->row.at[i].message) = &l->row.at[i];
    return l;
failed:
    ledger_close(l);
    return NULL;
}

void ledger_close(struct ledger *l)
{
    if (l->lock >= 0)
        close(l->lock);
    l->lock = -1;
}

/* ---- asking ---- */

const struct ledger_row *ledger_last(const struct ledger *l, str key)
{
    return l->last.n ? map_get(&l->last, key) : NULL;
}

const struct ledger_row *ledger_about(const struct ledger *l, str report, const struct mail *mail,
                                      size_t *nover)
{
    const struct ledger_row *last = NULL;
    *nover = 0;
    for (size_t i = 0; i < l->row.n; i++) {
        const struct ledger_row *row = &l->row.at[i];
        if (!str_eq(row->report, report) || !str_eq(row->email, mail->to.address) ||
            !str_eq(row->person, mail->person))
            continue;
        last = row;
        *nover += row->state == LEDGER_over;
    }
    return last;
}

/* ---- adding ---- */

static void add_cells(struct ledger *l, const struct ledger_row *row, struct buf *line)
{
    const str cell[] = {
        row->message, state_name[row->state], row->noted,   row->report, row->pages, row->person,
        row->email,   row->subject,           row->content, row->reply};
    for (size_t f = 0; f < l->ncolumns; f++) {
        if (f)
            buf_addc(line, ',');
        /* One record, one line: so that a cut one is seen. */
        if (l->column[f] >= 0)
            csv_cell(line, mail_line(l->mem, cell[l->column[f]]), true);
    }
    buf_addc(line, '\n');
}

bool ledger_add(struct ledger *l, const struct ledger_row *row, struct diags *diags)
{
    struct buf line = {0};
    if (l->ends_open)
        buf_addc(&line, '\n');
    add_cells(l, row, &line);
    bool ok = write(l->lock, line.p, line.n) == (ssize_t)line.n && fdatasync(l->lock) == 0;
    str reason = str_of(strerror(errno));
    l->ends_open = false;
    l->nlines++;
    buf_clear(&line);
    return ok ||
           diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = l->path}), l->path, reason);
}
