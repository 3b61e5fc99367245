#include "record.h"

#include <math.h>

struct source *source_of(struct file_reader *r)
{
    return &r->t->sources.at[r->source];
}

/* ---- rules ---- */

static union cell keep_value(struct columns *columns, struct column *c, struct value v)
{
    if (v.kind == VALUE_NULL)
        return cell_null(c);
    if (v.kind == VALUE_TEXT)
        return (union cell){.i = column_text(columns, c, v.s)};
    return v.kind == VALUE_INT ? (union cell){.i = v.i} : (union cell){.r = v.r};
}

static struct rule rule_of(struct file_reader *r, const struct field *f, struct column *c)
{
    const struct map *aliases = aliases_for(r->l, r->t->schema, f->name);
    struct rule rule = {
        .field = f,
        .column = c,
        .packing = c->packing,
        .required = f->required && f->missing.kind == VALUE_NULL,
        .any_text = f->type == TYPE_string && !f->nallowed && !str_is_set(f->pattern) &&
                    !f->has_minimum && !f->has_maximum && !aliases,
        .aliases = aliases,
        .least = f->minimum.kind == VALUE_INT ? f->minimum.i : INT64_MIN,
        .most = f->maximum.kind == VALUE_INT ? f->maximum.i : INT64_MAX,
        .least_real = f->minimum.kind == VALUE_REAL ? f->minimum.r : -INFINITY,
        .most_real = f->maximum.kind == VALUE_REAL ? f->maximum.r : INFINITY,
        .absent = keep_value(r->columns, c, f->missing),
    };
    if (str_is_set(f->pattern)) {
        rule.pattern = NEW(r->l->scratch, regex_t);
        if (regcomp(rule.pattern, f->pattern.p, REG_EXTENDED | REG_NOSUB))
            die("pattern " STR_FMT " no longer compiles", STR_ARG(f->pattern));
    }
    return rule;
}

void make_rules(struct file_reader *r)
{
    const struct schema *s = r->t->schema;
    r->rule = NEW_ARRAY(r->l->scratch, s->nfields, struct rule);
    for (size_t i = 0; i < s->nfields; i++)
        r->rule[i] = rule_of(r, &s->field[i], &r->columns->at[i]);
}

void free_rules(struct file_reader *r)
{
    for (size_t i = 0; i < r->t->schema->nfields; i++)
        if (r->rule[i].pattern)
            regfree(r->rule[i].pattern);
}

/* ---- the head ---- */

/* The field that a head of this file names: by the mapping, else by its own name. -1 for none. */
int field_of_head(const struct file_reader *r, str head)
{
    const struct schema *s = r->t->schema;
    head = str_trim(head);
    for (size_t i = 0; r->mapping && i < r->mapping->columns.n; i++)
        if (str_eq(r->mapping->columns.at[i].head, head))
            return schema_field(s, r->mapping->columns.at[i].column);
    return schema_field(s, head);
}

/* Whether a head stands in this file. */
static bool has_head(const struct csv_record *head, str name)
{
    for (size_t i = 0; name.n && i < head->nfields; i++)
        if (str_eq(str_trim(head->field[i]), name))
            return true;
    return false;
}

/* The head of this file that the mapping names for a field; unset if there is none. */
static str head_named(const struct file_reader *r, const struct csv_record *head, int field)
{
    for (size_t i = 0; r->mapping && i < r->mapping->columns.n; i++) {
        const struct rename *named = &r->mapping->columns.at[i];
        if (schema_field(r->t->schema, named->column) == field && has_head(head, named->head))
            return named->head;
    }
    return (str){0};
}

/* A column by its own name stands for one that the mapping names and the file lacks, as in files
 * of which some are the program's and some by hand: that it does is told. Of several files one may
 * lack what is not required. */
static void note_lost_heads(struct file_reader *r, const struct csv_record *head)
{
    const struct file_text *file = &r->columns->files.at[r->source];
    struct place at = {source_of(r)->path, head->line, 0};
    for (size_t i = 0; r->mapping && i < r->mapping->columns.n; i++) {
        const struct rename *named = &r->mapping->columns.at[i];
        int field = schema_field(r->t->schema, named->column);
        bool lost = field >= 0 && named->head.n && !has_head(head, named->head);
        bool replaced = lost && file->position[field] >= 0;
        if (replaced || (lost && r->columns->files.n == 1))
            diags_add(r->l->diags, DIAG_MAPPING_HEAD, at, named->head, named->column,
                      replaced ? S("the one of that name is read instead") : S("it is empty"));
    }
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

static bool has_known_column(const struct file_reader *r)
{
    for (size_t i = 0; i < r->t->schema->nfields; i++)
        if (r->columns->files.at[r->source].position[i] >= 0)
            return true;
    return false;
}

/* All rows of a file without a required column are set aside for the same reason. */
static void note_missing_column(struct file_reader *r, const struct csv_record *head, str column)
{
    struct place at = {source_of(r)->path, head->line, 0};
    str *names = NEW_ARRAY(r->l->scratch, head->nfields, str);
    size_t n = 0;
    for (size_t i = 0; i < head->nfields; i++)
        if (str_trim(head->field[i]).n)
            names[n++] = head->field[i];
    str meant = did_you_mean(r->l->scratch, column, names, n);
    if (!has_known_column(r))
        meant = arena_printf(r->l->scratch,
                             STR_FMT "; where titles stand above the head, say on which line it "
                                     "is: `head: 3`",
                             STR_ARG(meant));
    diags_add(r->l->diags, DIAG_COLUMN_MISSING, at, column, r->t->schema->name, meant);
    r->unusable = r->l->diags->list.n;
}

static void list_lacking(struct file_reader *r, const struct csv_record *head)
{
    const struct schema *s = r->t->schema;
    const struct file_text *file = &r->columns->files.at[r->source];
    r->lacking = NEW_ARRAY(r->l->scratch, s->nfields, struct rule *);
    for (size_t i = 0; i < s->nfields; i++) {
        if (file->position[i] >= 0)
            continue;
        r->lacking[r->nlacking++] = &r->rule[i];
        if (r->rule[i].required)
            note_missing_column(r, head, s->field[i].name);
    }
}

bool is_above_head(const struct file_reader *r, const struct csv_record *rec)
{
    return r->mapping && rec->line < r->mapping->head;
}

static bool read_head(struct file_reader *r, const struct csv_record *head)
{
    struct file_text *file = &r->columns->files.at[r->source];
    r->has_head = true;
    r->head = arena_str(r->l->scratch, head->raw);
    r->target = NEW_ARRAY(r->l->scratch, head->nfields, struct rule *);
    r->nameless = NEW_ARRAY(r->l->scratch, head->nfields, size_t);
    r->ntargets = head->nfields;
    for (size_t i = 0; i < head->nfields; i++) {
        int field = field_of_head(r, head->field[i]);
        struct place at = field_place((struct place){source_of(r)->path, head->line, 0}, head->raw,
                                      r->delimiter, i);
        str named = field >= 0 ? head_named(r, head, field) : (str){0};
        if (str_is_set(named) && !str_eq(named, str_trim(head->field[i]))) {
            diags_add(r->l->diags, DIAG_COLUMN_OTHER, at, head->field[i], named);
            field = -1;
        } else if (field >= 0 && file->position[field] >= 0) {
            diags_add(r->l->diags, DIAG_COLUMN_TWICE, at, head->field[i]);
            field = -1;
        } else if (field < 0 && str_trim(head->field[i]).n) {
            note_unknown_column(r, head->field[i], at);
        } else if (field < 0) {
            r->nameless[r->nnameless++] = i;
        }
        if (field >= 0) {
            r->target[i] = &r->rule[field];
            file->position[field] = (int)i;
        }
    }
    note_lost_heads(r, head);
    list_lacking(r, head);
    return true;
}

/* ---- cells ---- */

/* Where defects of the present row are noted. */
static struct diags *defects_of_row(struct file_reader *r)
{
    if (!r->diags) {
        r->diags = row_diags(r->l, r->t, r->source);
        r->first_defect = r->diags->list.n;
    }
    return r->diags;
}

static bool note_cell(struct file_reader *r, const struct csv_record *rec, const struct rule *rule,
                      enum diag_id id, str value, str arg1, str arg2, str fixed)
{
    struct file_row row = {r->source, rec->line, rec->raw};
    int field = (int)(rule - r->rule);
    struct defect defect = {
        .id = id,
        .field = field,
        .value = value,
        .args = {rule->field->name, arg1, arg2},
        .fixed = fixed,
    };
    note_defect(defects_of_row(r), r->t, &row, &defect);
    return false;
}

static bool note_not_typed(struct file_reader *r, const struct csv_record *rec,
                           const struct rule *rule, str raw)
{
    struct arena *mem = r->l->scratch;
    enum type type = rule->field->type;
    str fixed = guess_value(mem, type, raw, &r->form);
    return note_cell(r, rec, rule, DIAG_CELL_TYPE, raw, type_in_words(mem, type, &r->form),
                     form_hint(mem, type, raw, &r->form), fixed);
}

/* An amount in another currency than the book's. */
static bool note_currency(struct file_reader *r, const struct csv_record *rec,
                          const struct rule *rule, str raw)
{
    str amount, code, own = r->form.currency;
    bool is_signed = raw.p[0] == '-' || raw.p[0] == '+';
    currency_split(is_signed ? str_sub(raw, 1, raw.n) : raw, own, &amount, &code);
    return note_cell(r, rec, rule, DIAG_CELL_CURRENCY, raw, code,
                     str_is_set(own) ? own : S("a currency that it does not name"), (str){0});
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

static bool note_limit(struct file_reader *r, const struct csv_record *rec, const struct rule *rule,
                       str raw, bool too_small)
{
    const struct field *f = rule->field;
    return note_cell(r, rec, rule, too_small ? DIAG_CELL_SMALL : DIAG_CELL_LARGE, raw,
                     number_text(r, f, too_small ? f->minimum : f->maximum), (str){0}, (str){0});
}

static void note_rounded(struct file_reader *r, const struct csv_record *rec, const struct field *f,
                         str raw)
{
    if (r->nrounded++ == 0) {
        r->first_rounded = (struct place){source_of(r)->path, rec->line, 0};
        r->first_rounded_value = arena_str(r->l->scratch, raw);
        r->first_rounded_audience = str_is_set(f->audience) ? f->audience : r->t->schema->audience;
    }
}

static bool read_int(struct file_reader *r, const struct csv_record *rec, const struct rule *rule,
                     str raw, int64_t *n)
{
    enum parsed parsed;
    if (rule->field->type == TYPE_money)
        parsed = parse_money(raw, &r->form, n);
    else if (rule->field->type == TYPE_integer)
        parsed = parse_whole(raw, &r->form, n);
    else
        parsed = parse_boolean(raw, n) ? PARSED_OK : PARSED_BAD;

    if (parsed == PARSED_BAD)
        return note_not_typed(r, rec, rule, raw);
    if (parsed == PARSED_TOO_LARGE)
        return note_cell(r, rec, rule, DIAG_CELL_OVERFLOW, raw, (str){0}, (str){0}, (str){0});
    if (parsed == PARSED_CURRENCY)
        return note_currency(r, rec, rule, raw);
    if (parsed == PARSED_ROUNDED)
        note_rounded(r, rec, rule->field, raw);
    if (*n < rule->least || *n > rule->most)
        return note_limit(r, rec, rule, raw, *n < rule->least);
    return true;
}

static bool read_real(struct file_reader *r, const struct csv_record *rec, const struct rule *rule,
                      str raw, double *x)
{
    if (parse_real(raw, &r->form, rule->field->type == TYPE_rate, x) != PARSED_OK)
        return note_not_typed(r, rec, rule, raw);
    if (*x < rule->least_real || *x > rule->most_real)
        return note_limit(r, rec, rule, raw, *x < rule->least_real);
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
static bool check_text(struct file_reader *r, const struct csv_record *rec, const struct rule *rule,
                       str raw, str text)
{
    const struct field *f = rule->field;
    struct arena *mem = r->l->scratch;
    if (!is_allowed(f, text))
        return note_cell(r, rec, rule, DIAG_CELL_ENUM, raw,
                         did_you_mean(mem, text, f->allowed, f->nallowed), (str){0},
                         meant_name(mem, text, f->allowed, f->nallowed));
    if (rule->pattern && regexec(rule->pattern, arena_str(mem, text).p, 0, NULL, 0))
        return note_cell(r, rec, rule, DIAG_CELL_PATTERN, raw,
                         str_sub(f->pattern, 2, f->pattern.n - 2), (str){0}, (str){0});
    if (f->has_minimum && str_cmp(text, f->minimum.s) < 0)
        return note_limit(r, rec, rule, raw, true);
    if (f->has_maximum && str_cmp(text, f->maximum.s) > 0)
        return note_limit(r, rec, rule, raw, false);
    return true;
}

/* Types a spelling that is new in this file, and keeps it. */
static bool read_new_text(struct file_reader *r, const struct csv_record *rec,
                          const struct rule *rule, str raw, int64_t *text)
{
    if (rule->any_text) {
        *text = column_text(r->columns, rule->column, raw);
        column_remember(r->columns, rule->column, raw, *text);
        return true;
    }
    struct arena *mem = r->l->scratch;
    enum type type = rule->field->type;
    str typed, plain = type == TYPE_string ? raw : str_trim(raw);
    if (!parse_text(mem, type, plain, &r->form, &typed))
        return note_not_typed(r, rec, rule, raw);
    if (!check_text(r, rec, rule, raw, typed))
        return false;
    if (rule->aliases)
        typed = alias_for(rule->aliases, typed);
    *text = column_text(r->columns, rule->column, typed);
    column_remember(r->columns, rule->column, raw, *text);
    return true;
}

/* ---- rows ---- */

static inline bool has_blank_end(str s)
{
    return s.p[0] == ' ' || s.p[s.n - 1] == ' ';
}

static inline bool read_cell(struct file_reader *r, const struct csv_record *rec,
                             const struct rule *rule, str raw, union cell *cell)
{
    if (rule->packing == PACKED_TEXT)
        return memo_find(&rule->column->memo, raw, rec->roomy, &cell->i) ||
               read_new_text(r, rec, rule, raw, &cell->i);
    if (has_blank_end(raw))
        raw = str_trim(raw);
    return rule->packing == PACKED_INT ? read_int(r, rec, rule, raw, &cell->i)
                                       : read_real(r, rec, rule, raw, &cell->r);
}

/* Whether what stands in a cell says that there is nothing, by book.yaml. */
static bool is_nothing(const struct mapping *m, str cell)
{
    cell = str_trim(cell);
    for (size_t i = 0; i < m->nempty; i++)
        if (str_eq(m->empty[i], cell))
            return true;
    return false;
}

static bool read_cells(struct file_reader *r, const struct csv_record *rec)
{
    bool ok = true, has_marks = r->mapping && r->mapping->nempty;
    size_t row = r->columns->nstaged;
    for (size_t i = 0; i < r->ntargets; i++) {
        const struct rule *rule = r->target[i];
        if (!rule)
            continue;
        if (rec->field[i].n && !(has_marks && is_nothing(r->mapping, rec->field[i])))
            ok &= read_cell(r, rec, rule, rec->field[i], &rule->column->stage[row]);
        else if (!rule->required)
            rule->column->stage[row] = rule->absent;
        else
            ok =
                note_cell(r, rec, rule, DIAG_CELL_REQUIRED, (str){0}, (str){0}, (str){0}, (str){0});
    }
    for (size_t i = 0; i < r->nlacking; i++)
        r->lacking[i]->column->stage[row] = r->lacking[i]->absent;
    return ok;
}

/* A column without a name is what spreadsheets leave behind, unless something stands in it. */
static void check_nameless(struct file_reader *r, const struct csv_record *rec)
{
    for (size_t i = 0; i < r->nnameless; i++) {
        size_t column = r->nameless[i];
        if (column >= rec->nfields || !str_trim(rec->field[column]).n)
            continue;
        diags_add(r->l->diags, DIAG_COLUMN_NAMELESS,
                  ((struct place){source_of(r)->path, rec->line, 0}), rec->field[column],
                  arena_printf(r->l->scratch, "%zu", column + 1));
        struct diag *d = diags_last(r->l->diags);
        d->audience = row_audience(r->t->schema);
        r->nnameless = 0;
        r->told_nameless = true;
    }
}

/* A line of nothing but delimiters, as spreadsheets leave them behind, is no row. */
static bool is_blank(const struct csv_record *rec)
{
    for (size_t i = 0; i < rec->nfields; i++)
        if (rec->field[i].n)
            return false;
    return true;
}

static bool note_record(struct file_reader *r, const struct csv_record *rec, enum diag_id id,
                        str value, str arg)
{
    struct place at = {source_of(r)->path, rec->line, 0};
    return diags_add(defects_of_row(r), id, at, value, arg);
}

/* Defects of the record as a whole. */
static bool check_record(struct file_reader *r, const struct csv_record *rec)
{
    struct arena *mem = r->l->scratch;
    if (str_eq(rec->raw, r->head))
        return note_record(r, rec, DIAG_HEAD_AGAIN, (str){0}, (str){0});
    if (rec->nfields != r->ntargets)
        return note_record(r, rec, DIAG_ROW_WIDTH, arena_printf(mem, "%zu", rec->nfields),
                           arena_printf(mem, "%zu", r->ntargets));
    if (r->broken && !utf8_valid(rec->raw, NULL))
        return note_record(r, rec, DIAG_CSV_UTF8, source_of(r)->encoding, (str){0});
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

bool on_record(void *arg, const struct csv_record *rec)
{
    struct file_reader *r = arg;
    if (!r->has_head)
        return is_above_head(r, rec) || read_head(r, rec);
    if (!rec->field[0].n && is_blank(rec))
        return true;

    source_of(r)->rows_read++;
    r->diags = NULL;
    if (r->nnameless)
        check_nameless(r, rec);
    if (!r->unusable && check_record(r, rec) && read_cells(r, rec)) {
        columns_add_row(r->columns, rec->line);
        return true;
    }
    remember_key(r, rec);
    struct file_row row = {r->source, rec->line, rec->raw};
    if (r->unusable)
        set_aside(r->l, r->t, &row, r->l->diags, r->unusable - 1);
    else
        set_aside(r->l, r->t, &row, r->diags, r->first_defect);
    return !r->l->stop;
}

/* What follows a head that cannot be read is no head: all rows are set aside for it. */
static bool refuse_head(struct file_reader *r, const struct csv_record *rec)
{
    r->has_head = true;
    diags_add(r->l->diags, DIAG_HEAD_BROKEN, ((struct place){source_of(r)->path, rec->line, 0}),
              (str){0});
    r->unusable = r->l->diags->list.n;
    return true;
}

/* A line that libcsv could not read; the diagnostic of the defect is the last one. */
bool on_bad(void *arg, const struct csv_record *rec)
{
    struct file_reader *r = arg;
    if (!r->has_head)
        return is_above_head(r, rec) || refuse_head(r, rec);
    source_of(r)->rows_read++;
    set_aside(r->l, r->t, &(struct file_row){r->source, rec->line, rec->raw}, r->l->diags,
              r->l->diags->list.n - 1);
    return !r->l->stop;
}
