#include "record.h"

/* ---- the delimiter ---- */

/* The head is looked for in so many bytes, or if no line ends there in as many as a head may
 * have. */
#define HEAD_USUAL 4096
#define HEAD_MOST (64 * 1024)

struct head_trial {
    const struct file_reader *reader;
    size_t nknown, nfields;
};

static bool on_trial(void *arg, const struct csv_record *rec)
{
    struct head_trial *trial = arg;
    if (is_above_head(trial->reader, rec))
        return true;
    trial->nfields = rec->nfields;
    for (size_t i = 0; i < rec->nfields; i++)
        trial->nknown += field_of_head(trial->reader, rec->field[i]) >= 0;
    return false;
}

/* The delimiter at which the head splits into most known names; a comma if none does. */
static char find_delimiter(const struct file_reader *r, str text)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t most = 0;
    str begin = str_sub(text, 0, HEAD_USUAL);
    if (begin.n && !memchr(begin.p, '\n', begin.n))
        begin = str_sub(text, 0, HEAD_MOST);
    for (size_t i = 0; i < sizeof candidates; i++) {
        struct head_trial trial = {.reader = r};
        struct diags unheard;
        diags_init(&unheard, r->l->scratch);
        csv_read(S("head"), begin, candidates[i], on_trial, &trial, NULL, &unheard);
        if (trial.nknown > most) {
            most = trial.nknown;
            best = candidates[i];
        }
    }
    return best;
}

/* ---- the file ---- */

void add_source(struct file_reader *r, str path)
{
    struct arena *mem = r->l->mem;
    size_t nfields = r->t->schema->nfields;
    struct file_text file = {.position = NEW_ARRAY(r->l->scratch, nfields, int)};
    for (size_t i = 0; i < nfields; i++)
        file.position[i] = -1;
    r->source = r->t->sources.n;
    PUSH(mem, &r->t->sources, ((struct source){.path = path}));
    PUSH(mem, &r->columns->starts, r->columns->nrows);
    PUSH(mem, &r->columns->files, file);
}

void end_file(struct file_reader *r)
{
    source_of(r)->rows_used = source_of(r)->rows_read - source_of(r)->rows_aside;
    struct arena *mem = r->l->scratch;
    struct place at = {.file = source_of(r)->path};
    if (!r->has_head && r->mapping && r->mapping->head > 1)
        diags_add(r->l->diags, DIAG_HEAD_BEYOND, at, arena_printf(mem, "%d", r->mapping->head));
    else if (!r->has_head)
        diags_add(r->l->diags, DIAG_HEAD_MISSING, at, r->t->schema->name);
    if (!r->nrounded)
        return;
    diags_add(r->l->diags, DIAG_MONEY_ROUNDED, r->first_rounded, r->first_rounded_value,
              arena_printf(mem, "%zu", r->nrounded),
              arena_printf(mem, "%d", r->form.money_decimals));
    diags_last(r->l->diags)->audience = r->first_rounded_audience;
    diags_last(r->l->diags)->open_args = 1 | 2; /* counts */
}

void choose_delimiter(struct file_reader *r, str *text)
{
    char said = csv_separator_line(text);
    r->delimiter = r->mapping && r->mapping->delimiter ? r->mapping->delimiter
                   : said                              ? said
                                                       : find_delimiter(r, *text);
}

void begin_text(struct file_reader *r, str text)
{
    struct file_text *file = &r->columns->files.at[r->source];
    file->text = text;
    file->form = r->form;
    file->delimiter = source_of(r)->delimiter = r->delimiter;
    make_rules(r);
    columns_open(r->columns);
    columns_next_file(r->columns);
}

static void read_text_of_file(struct file_reader *r, str text)
{
    choose_delimiter(r, &text);
    begin_text(r, text);
    if (!read_parts(r, text))
        csv_read(source_of(r)->path, text, r->delimiter, on_record, r, on_bad, r->l->diags);
    free_rules(r);
}

/* False with a diagnostic if it cannot be read at all. */
static bool read_decoded(struct file_reader *r, str path)
{
    struct loading *l = r->l;
    str bytes, encoding = r->mapping ? r->mapping->encoding : (str){0};
    struct decoded decoded;
    if (!file_read(l->scratch, path, &bytes, l->diags) ||
        !encoding_to_utf8(l->scratch, source_of(r)->path, bytes, encoding, l->options->lang.tag,
                          &decoded, l->diags))
        return false;
    source_of(r)->encoding = arena_str(l->mem, decoded.encoding);
    r->broken = decoded.broken;
    read_text_of_file(r, decoded.text);
    return true;
}

str text_again(struct loading *l, const struct file_text *file)
{
    str text = file->text;
    if (str_is_set(text) || !str_is_set(file->path) ||
        !file_read(l->scratch, file->path, &text, l->diags))
        return text;
    encoding_begins_utf8(&text);
    csv_separator_line(&text);
    return text;
}

struct file_reader file_reader_of(struct loading *l, struct table *t, const struct mapping *mapping)
{
    struct file_reader r = {.l = l, .t = t, .columns = t->columns, .mapping = mapping};
    r.form = (struct form){
        .decimal = mapping && mapping->decimal ? mapping->decimal : '.',
        .thousands = mapping ? mapping->thousands : 0,
        .dates = mapping ? mapping->dates : (str){0},
        .money_decimals = l->options->lang.money_decimals,
        .currency = l->options->lang.currency,
    };
    return r;
}

void read_file(struct loading *l, struct table *t, str path, str shown,
               const struct mapping *mapping)
{
    struct file_reader r = file_reader_of(l, t, mapping);
    bool plain = !mapping || !str_is_set(mapping->encoding);
    add_source(&r, shown);
    if ((plain && read_large(&r, path)) || read_decoded(&r, path))
        end_file(&r);
}
