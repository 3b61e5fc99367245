#include "reading.h"

#include <math.h>

/* What is asked of a field's cells, in the form in which it is checked fastest. */
struct rule {
    const struct field *field;
    enum packing packing;
    bool required, has_pattern;
    int64_t least, most;
    double least_real, most_real;
    regex_t pattern;
};

struct file_reader {
    struct loading *l;
    struct table *t;
    struct columns *columns;
    const struct mapping *mapping; /* or NULL */
    size_t source;
    struct form form;
    char delimiter;
    bool broken;          /* the text holds bytes that are no UTF-8 */
    struct rule *rule;    /* one a field */
    int *target;          /* for each column of the file its field, or -1 */
    size_t ntargets;
    bool has_head;
    size_t unusable;      /* number + 1 of the diagnostic for which no row can be used */
    struct diags *diags;  /* of the present row */
    union cell *row, *empty;
    size_t nrounded;
    struct place first_rounded;
    str first_rounded_value;
};

static struct source *source_of(struct file_reader *r)
{
    return &r->t->sources.at[r->source];
}

/* ---- rules ---- */

static union cell keep_value(struct columns *columns, struct column *c, struct value v)
{
    if (v.kind == VALUE_NULL)
        return cell_null(c);
    if (v.kind == VALUE_TEXT)
        return (union cell){.text = column_text(columns, c, arena_str(columns->mem, v.s))};
    return v.kind == VALUE_INT ? (union cell){.i = v.i} : (union cell){.r = v.r};
}

static void make_rules(struct file_reader *r)
{
    const struct schema *s = r->t->schema;
    r->rule = NEW_ARRAY(r->l->scratch, s->nfields, struct rule);
    r->row = NEW_ARRAY(r->l->scratch, s->nfields, union cell);
    r->empty = NEW_ARRAY(r->l->scratch, s->nfields, union cell);
    for (size_t i = 0; i < s->nfields; i++) {
        const struct field *f = &s->field[i];
        struct column *c = &r->columns->at[i];
        struct rule *rule = &r->rule[i];
        *rule = (struct rule){
            .field = f,
            .packing = c->packing,
            .required = f->required && f->missing.kind == VALUE_NULL,
            .least = f->minimum.kind == VALUE_INT ? f->minimum.i : INT64_MIN,
            .most = f->maximum.kind == VALUE_INT ? f->maximum.i : INT64_MAX,
            .least_real = f->minimum.kind == VALUE_REAL ? f->minimum.r : -INFINITY,
            .most_real = f->maximum.kind == VALUE_REAL ? f->maximum.r : INFINITY,
        };
        if (str_is_set(f->pattern))
            rule->has_pattern = !regcomp(&rule->pattern, f->pattern.p, REG_EXTENDED | REG_NOSUB);
        r->empty[i] = keep_value(r->columns, c, f->missing);
    }
}

static void free_rules(struct file_reader *r)
{
    for (size_t i = 0; i < r->t->schema->nfields; i++)
        if (r->rule[i].has_pattern)
            regfree(&r->rule[i].pattern);
}

/* ---- the head ---- */

/* The field that a head of this file names: by the mapping, else by its own name. -1 for none. */
static int field_of_head(const struct file_reader *r, str head)
{
    const struct schema *s = r->t->schema;
    head = str_trim(head);
    for (size_t i = 0; r->mapping && i < r->mapping->columns.n; i++)
        if (str_eq(r->mapping->columns.at[i].head, head))
            return schema_field(s, r->mapping->columns.at[i].column);
    return schema_field(s, head);
}

static struct place head_place(const struct csv_record *head, str file, size_t column, char delimiter)
{
    struct place at = {file, head->line, 1};
    bool quoted = false;
    for (size_t i = 0; i < head->raw.n && column; i++) {
        char c = head->raw.p[i];
        quoted ^= c == '"';
        column -= c == delimiter && !quoted;
        at.col += (c & 0xC0) != 0x80;
    }
    return at;
}

static void note_unknown_column(struct file_reader *r, str head, struct place at)
{
    const struct schema *s = r->t->schema;
    str *names = NEW_ARRAY(r->l->scratch, s->nfields, str);
    for (size_t i = 0; i < s->nfields; i++)
        names[i] = s->field[i].name;
    str nearest = nearest_name(r->l->scratch, head, names, s->nfields);
    if (str_is_set(nearest))
        diags_add(r->l->diags, DIAG_COLUMN_NEAR, at, head, s->name, nearest);
    else
        diags_add(r->l->diags, DIAG_COLUMN_UNKNOWN, at, head, s->name);
}

/* All rows of a file without its required columns are set aside for the same reason. */
static void check_required_columns(struct file_reader *r, const struct csv_record *head)
{
    const struct schema *s = r->t->schema;
    const struct file_text *file = &r->columns->files.at[r->source];
    for (size_t i = 0; i < s->nfields; i++) {
        if (file->position[i] >= 0 || !r->rule[i].required)
            continue;
        str heads = did_you_mean(r->l->scratch, s->field[i].name, head->field, head->nfields);
        diags_add(r->l->diags, DIAG_COLUMN_MISSING,
                  ((struct place){source_of(r)->path, head->line, 0}), s->field[i].name, s->name,
                  heads);
        r->unusable = r->l->diags->list.n;
    }
}

static bool read_head(struct file_reader *r, const struct csv_record *head)
{
    struct file_text *file = &r->columns->files.at[r->source];
    r->has_head = true;
    r->target = NEW_ARRAY(r->l->scratch, head->nfields, int);
    r->ntargets = head->nfields;
    for (size_t i = 0; i < head->nfields; i++) {
        int field = field_of_head(r, head->field[i]);
        struct place at = head_place(head, source_of(r)->path, i, r->delimiter);
        if (field >= 0 && file->position[field] >= 0) {
            diags_add(r->l->diags, DIAG_COLUMN_TWICE, at, head->field[i]);
            field = -1;
        } else if (field < 0 && str_trim(head->field[i]).n) {
            note_unknown_column(r, head->field[i], at);
        }
        r->target[i] = field;
        if (field >= 0)
            file->position[field] = (int)i;
    }
    check_required_columns(r, head);
    return true;
}

/* ---- cells ---- */

static bool note_cell(struct file_reader *r, const struct csv_record *rec, int field,
                      enum diag_id id, str value, str arg1, str arg2, str fixed)
{
    struct file_row row = {r->source, rec->line, rec->raw};
    struct defect defect = {id, field, value, {r->rule[field].field->name, arg1, arg2}, fixed};
    note_defect(r->diags, r->t, &row, &defect);
    return false;
}

static bool note_not_typed(struct file_reader *r, const struct csv_record *rec, int field, str raw)
{
    struct arena *mem = r->l->scratch;
    enum type type = r->rule[field].field->type;
    str fixed = guess_value(mem, type, raw, &r->form);
    return note_cell(r, rec, field, DIAG_CELL_TYPE, raw, type_in_words(mem, type, &r->form),
                     (str){0}, fixed);
}

static str number_text(struct file_reader *r, const struct field *f, struct value limit)
{
    if (limit.kind == VALUE_TEXT)
        return limit.s;
    double x = value_number(limit);
    if (f->type == TYPE_money)
        x /= pow(10, r->form.money_decimals);
    return fmt_exact(r->l->scratch, x);
}

static bool note_limit(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                       bool too_small)
{
    const struct field *f = r->rule[field].field;
    return note_cell(r, rec, field, too_small ? DIAG_CELL_SMALL : DIAG_CELL_LARGE, raw,
                     number_text(r, f, too_small ? f->minimum : f->maximum), (str){0}, (str){0});
}

static void note_rounded(struct file_reader *r, const struct csv_record *rec, str raw)
{
    if (r->nrounded++ == 0) {
        r->first_rounded = (struct place){source_of(r)->path, rec->line, 0};
        r->first_rounded_value = arena_str(r->l->scratch, raw);
    }
}

static bool read_int(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                     union cell *cell)
{
    const struct rule *rule = &r->rule[field];
    enum parsed parsed;
    if (rule->field->type == TYPE_money)
        parsed = parse_money(raw, &r->form, &cell->i);
    else if (rule->field->type == TYPE_integer)
        parsed = parse_whole(raw, &r->form, &cell->i);
    else
        parsed = parse_boolean(raw, &cell->i) ? PARSED_OK : PARSED_BAD;

    if (parsed == PARSED_BAD)
        return note_not_typed(r, rec, field, raw);
    if (parsed == PARSED_TOO_LARGE)
        return note_cell(r, rec, field, DIAG_CELL_OVERFLOW, raw, (str){0}, (str){0}, (str){0});
    if (parsed == PARSED_ROUNDED)
        note_rounded(r, rec, raw);
    if (cell->i < rule->least || cell->i > rule->most)
        return note_limit(r, rec, field, raw, cell->i < rule->least);
    return true;
}

static bool read_real(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                      union cell *cell)
{
    const struct rule *rule = &r->rule[field];
    if (parse_real(raw, &r->form, rule->field->type == TYPE_rate, &cell->r) != PARSED_OK)
        return note_not_typed(r, rec, field, raw);
    if (cell->r < rule->least_real || cell->r > rule->most_real)
        return note_limit(r, rec, field, raw, cell->r < rule->least_real);
    return true;
}

static bool is_allowed(const struct field *f, str text)
{
    for (size_t i = 0; i < f->nallowed; i++)
        if (str_eq(f->allowed[i], text))
            return true;
    return f->nallowed == 0;
}

/* Enum, pattern, limits of a text that is typed already. */
static bool check_text(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                       str text)
{
    const struct rule *rule = &r->rule[field];
    const struct field *f = rule->field;
    struct arena *mem = r->l->scratch;
    if (!is_allowed(f, text))
        return note_cell(r, rec, field, DIAG_CELL_ENUM, raw,
                         did_you_mean(mem, text, f->allowed, f->nallowed), (str){0},
                         nearest_name(mem, text, f->allowed, f->nallowed));
    if (rule->has_pattern && regexec(&rule->pattern, arena_str(mem, text).p, 0, NULL, 0))
        return note_cell(r, rec, field, DIAG_CELL_PATTERN, raw,
                         str_sub(f->pattern, 2, f->pattern.n - 2), (str){0}, (str){0});
    if (f->has_minimum && str_cmp(text, f->minimum.s) < 0)
        return note_limit(r, rec, field, raw, true);
    if (f->has_maximum && str_cmp(text, f->maximum.s) > 0)
        return note_limit(r, rec, field, raw, false);
    return true;
}

/* Types a spelling that is new in this file, and keeps it. */
static bool read_new_text(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                          uint32_t *text)
{
    struct arena *mem = r->l->mem;
    enum type type = r->rule[field].field->type;
    str typed, plain = type == TYPE_string ? raw : str_trim(raw);
    if (!parse_text(mem, type, plain, &r->form, &typed))
        return note_not_typed(r, rec, field, raw);
    if (!check_text(r, rec, field, raw, typed))
        return false;
    if (typed.p == plain.p)
        typed = arena_str(mem, typed);
    *text = column_text(r->columns, &r->columns->at[field], typed);
    return true;
}

static bool read_text(struct file_reader *r, const struct csv_record *rec, int field, str raw,
                      union cell *cell)
{
    struct memo *m = &r->columns->at[field].memo;
    if (memo_find(m, raw, rec->roomy, &cell->text))
        return true;
    if (!read_new_text(r, rec, field, raw, &cell->text))
        return false;
    memo_add(m, r->l->scratch, raw, cell->text);
    return true;
}

/* ---- rows ---- */

static bool read_cell(struct file_reader *r, const struct csv_record *rec, int field, str raw)
{
    const struct rule *rule = &r->rule[field];
    union cell *cell = &r->row[field];
    if (rule->packing == PACKED_TEXT)
        return read_text(r, rec, field, raw, cell);
    raw = str_trim(raw);
    if (rule->packing == PACKED_INT)
        return read_int(r, rec, field, raw, cell);
    return read_real(r, rec, field, raw, cell);
}

/* A line of nothing but delimiters, as spreadsheets leave them behind, is no row. */
static bool is_blank(const struct csv_record *rec)
{
    for (size_t i = 0; i < rec->nfields; i++)
        if (rec->field[i].n)
            return false;
    return true;
}

static bool read_cells(struct file_reader *r, const struct csv_record *rec)
{
    bool ok = true;
    for (size_t i = 0; i < r->ntargets; i++) {
        int field = r->target[i];
        if (field < 0)
            continue;
        if (rec->field[i].n)
            ok &= read_cell(r, rec, field, rec->field[i]);
        else if (r->rule[field].required)
            ok = note_cell(r, rec, field, DIAG_CELL_REQUIRED, (str){0}, (str){0}, (str){0},
                           (str){0});
    }
    return ok;
}

/* Defects of the record as a whole. */
static bool check_record(struct file_reader *r, const struct csv_record *rec)
{
    struct place at = {source_of(r)->path, rec->line, 0};
    if (rec->nfields != r->ntargets) {
        struct arena *mem = r->l->scratch;
        return diags_add(r->diags, DIAG_ROW_WIDTH, at, arena_printf(mem, "%zu", rec->nfields),
                         arena_printf(mem, "%zu", r->ntargets));
    }
    if (r->broken && !utf8_valid(rec->raw, NULL))
        return diags_add(r->diags, DIAG_CSV_UTF8, at, source_of(r)->encoding);
    return true;
}

/* A row that is set aside is still known by its key. */
static void remember_key(struct file_reader *r, const struct csv_record *rec)
{
    const struct schema *s = r->t->schema;
    if (s->nprimary_key != 1)
        return;
    int position = r->columns->files.at[r->source].position[s->primary_key[0]];
    if (position >= 0 && (size_t)position < rec->nfields)
        *map_put(&r->columns->set_aside, rec->field[position]) = r->t;
}

static bool on_record(void *arg, const struct csv_record *rec)
{
    struct file_reader *r = arg;
    if (!r->has_head)
        return read_head(r, rec);
    if (!rec->field[0].n && is_blank(rec))
        return true;

    source_of(r)->rows_read++;
    r->diags = row_diags(r->l, r->t, r->source);
    size_t diag = r->diags->list.n;
    memcpy(r->row, r->empty, r->columns->n * sizeof *r->row);
    if (!r->unusable && check_record(r, rec) && read_cells(r, rec)) {
        columns_append(r->columns, r->row, rec->line);
        return true;
    }
    remember_key(r, rec);
    struct file_row row = {r->source, rec->line, rec->raw};
    if (r->unusable)
        set_aside(r->l, r->t, &row, r->l->diags, r->unusable - 1);
    else
        set_aside(r->l, r->t, &row, r->diags, diag);
    return !r->l->stop;
}

/* A line that libcsv could not read; the diagnostic of the defect is the last one. */
static bool on_bad(void *arg, const struct csv_record *rec)
{
    struct file_reader *r = arg;
    source_of(r)->rows_read++;
    set_aside(r->l, r->t, &(struct file_row){r->source, rec->line, rec->raw}, r->l->diags,
              r->l->diags->list.n - 1);
    return !r->l->stop;
}

/* ---- the delimiter ---- */

#define HEAD_MOST (64 * 1024)

struct head_trial {
    const struct file_reader *reader;
    size_t nknown, nfields;
};

static bool on_trial(void *arg, const struct csv_record *rec)
{
    struct head_trial *trial = arg;
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
    for (size_t i = 0; i < sizeof candidates; i++) {
        struct head_trial trial = {.reader = r};
        struct diags unheard;
        diags_init(&unheard, r->l->scratch);
        csv_read(S("head"), str_sub(text, 0, HEAD_MOST), candidates[i], on_trial, &trial, NULL,
                 &unheard);
        if (trial.nknown > most) {
            most = trial.nknown;
            best = candidates[i];
        }
    }
    return best;
}

/* ---- the file ---- */

static void add_source(struct file_reader *r, str path)
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

static void note_file(struct file_reader *r)
{
    struct arena *mem = r->l->scratch;
    if (!r->has_head)
        diags_add(r->l->diags, DIAG_HEAD_MISSING, ((struct place){.file = source_of(r)->path}),
                  r->t->schema->name);
    if (r->nrounded)
        diags_add(r->l->diags, DIAG_MONEY_ROUNDED, r->first_rounded, r->first_rounded_value,
                  arena_printf(mem, "%zu", r->nrounded),
                  arena_printf(mem, "%d", r->form.money_decimals));
}

static void read_text_of_file(struct file_reader *r, str text)
{
    struct source *source = source_of(r);
    r->delimiter = r->mapping && r->mapping->delimiter ? r->mapping->delimiter
                                                       : find_delimiter(r, text);
    source->delimiter = r->delimiter;
    struct file_text *file = &r->columns->files.at[r->source];
    file->text = text;
    file->form = r->form;
    file->delimiter = r->delimiter;
    make_rules(r);
    columns_next_file(r->columns);
    csv_read(source->path, text, r->delimiter, on_record, r, on_bad, r->l->diags);
    free_rules(r);
    note_file(r);
    source_of(r)->rows_used = source_of(r)->rows_read - source_of(r)->rows_aside;
}

void read_file(struct loading *l, struct table *t, str path, str shown,
               const struct mapping *mapping)
{
    struct file_reader r = {.l = l, .t = t, .columns = t->columns, .mapping = mapping};
    str bytes;
    struct decoded decoded;
    r.form = (struct form){
        .decimal = mapping && mapping->decimal ? mapping->decimal : '.',
        .thousands = mapping ? mapping->thousands : 0,
        .dates = mapping ? mapping->dates : (str){0},
        .money_decimals = l->options->lang.money_decimals,
    };
    add_source(&r, shown);
    if (!file_read(l->scratch, path, &bytes, l->diags) ||
        !encoding_to_utf8(l->scratch, shown, bytes, mapping ? mapping->encoding : (str){0},
                          &decoded, l->diags))
        return;
    source_of(&r)->encoding = arena_str(l->mem, decoded.encoding);
    r.broken = decoded.broken;
    read_text_of_file(&r, decoded.text);
}
