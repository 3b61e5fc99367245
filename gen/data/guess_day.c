#include "record.h"

/* As of which day large tables are folded before their rows are known: if it is another, they are
 * folded anew. */

enum { PEEK = 1 << 16 };

struct looked_for {
    const struct file_reader *r;
    int field, position;
};

static bool on_head(void *arg, const struct csv_record *rec)
{
    struct looked_for *f = arg;
    if (is_above_head(f->r, rec))
        return true;
    for (size_t i = 0; i < rec->nfields; i++)
        if (field_of_head(f->r, rec->field[i]) == f->field)
            f->position = (int)i;
    return false;
}

int position_in_head(const struct file_reader *r, str head, int field)
{
    struct looked_for f = {r, field, -1};
    struct diags unheard;
    diags_init(&unheard, r->l->scratch);
    csv_read(S("head"), head, r->delimiter, on_head, &f, on_head, &unheard);
    return field < 0 ? -1 : f.position;
}

struct last_rows {
    struct file_reader *r;
    int position;
    str before; /* the cell of the row before */
    day latest;
};

/* Most rows are of the same day as the one before. */
static bool on_last_row(void *arg, const struct csv_record *rec)
{
    struct last_rows *rows = arg;
    str cell = {0}, iso;
    if (rows->position >= 0 && (size_t)rows->position < rec->nfields)
        cell = rec->field[rows->position];
    if (!cell.n || (rows->before.n && str_eq(cell, rows->before)))
        return true;
    struct arena *mem = rows->r->l->scratch;
    rows->before = arena_str(mem, cell);
    day at = parse_text(mem, TYPE_date, cell, &rows->r->form, &iso) ? day_parse(iso) : DAY_NONE;
    if (at != DAY_NONE && (rows->latest == DAY_NONE || at > rows->latest))
        rows->latest = at;
    return true;
}

/* Each line by itself, for the first may begin inside of quotes. */
static void read_lines(struct last_rows *rows, str text)
{
    struct diags unheard;
    diags_init(&unheard, rows->r->l->scratch);
    for (size_t from = 0, end; from < text.n; from = end + 1) {
        end = str_find(text, S("\n"), from);
        csv_read(S("end"), str_sub(text, from, end), rows->r->delimiter, on_last_row, rows, NULL,
                 &unheard);
    }
}

/* Most files grow at their end: the latest day of the last rows, for the very last may be a late
 * one. */
static day day_of_last_rows(struct loading *l, const struct later_file *file)
{
    struct file_reader r = file_reader_of(l, file->table, file->mapping);
    struct arena *mem = l->scratch;
    size_t size;
    char *bytes = arena_alloc(mem, PEEK);
    struct pieces *pieces = pieces_open(mem, file->path, &size);
    if (!pieces)
        return DAY_NONE;
    str text = {bytes, pieces_read(pieces, 0, bytes, PEEK)};
    encoding_begins_utf8(&text);
    if (str_is_set(encoding_of_parts(&r)))
        encoding_convert_part(mem, whole_lines(text), encoding_of_parts(&r), &text);
    choose_delimiter(&r, &text);
    str head = arena_str(mem, head_of(&r, text));
    int fact = file->table->schema->fact;
    struct last_rows rows = {&r, position_in_head(&r, head, fact), {0}, DAY_NONE};
    bool whole = size <= PEEK;
    text = (str){bytes, pieces_read(pieces, whole ? 0 : size - PEEK, bytes, PEEK)};
    pieces_close(pieces);
    if (fact >= 0)
        read_lines(&rows, whole ? text : str_sub(text, str_find(text, S("\n"), 0), text.n));
    return rows.latest;
}

day guess_day(struct loading *l)
{
    if (l->options->as_of != DAY_NONE)
        return l->options->as_of;
    day latest = latest_fact(l);
    for (size_t i = 0; i < l->later.n; i++) {
        day last = day_of_last_rows(l, &l->later.at[i]);
        latest = last > latest ? last : latest;
    }
    return latest;
}
