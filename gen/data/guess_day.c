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

struct last_cell {
    struct arena *mem;
    int position;
    str text;
};

static bool on_last(void *arg, const struct csv_record *rec)
{
    struct last_cell *cell = arg;
    if (cell->position >= 0 && (size_t)cell->position < rec->nfields)
        cell->text = arena_str(cell->mem, rec->field[cell->position]);
    return false;
}

/* The last line of a text, without its end. */
static str last_line(str text)
{
    text = str_without_line_end(text);
    size_t from = text.n;
    while (from && text.p[from - 1] != '\n')
        from--;
    return str_sub(text, from, text.n);
}

/* Most files grow at their end: the day of the last row. */
static day day_of_last_row(struct loading *l, const struct later_file *file)
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
    struct last_cell cell = {.mem = mem, .position = position_in_head(&r, head, fact)};
    text = (str){bytes, pieces_read(pieces, size > PEEK ? size - PEEK : 0, bytes, PEEK)};
    pieces_close(pieces);
    struct diags unheard;
    diags_init(&unheard, mem);
    csv_read(S("end"), last_line(text), r.delimiter, on_last, &cell, on_last, &unheard);
    str iso = {0};
    bool is_day = fact >= 0 && parse_text(mem, TYPE_date, cell.text, &r.form, &iso);
    return is_day ? day_parse(iso) : DAY_NONE;
}

day guess_day(struct loading *l)
{
    if (l->options->as_of != DAY_NONE)
        return l->options->as_of;
    day latest = latest_fact(l);
    for (size_t i = 0; i < l->later.n; i++) {
        day last = day_of_last_row(l, &l->later.at[i]);
        latest = last > latest ? last : latest;
    }
    return latest;
}
