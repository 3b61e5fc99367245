#include "engine.h"

#include <string.h>

/* What engines say is checked like rows of a file, but nothing of it is set aside: a cell is many
 * rows, and a figure without some of them would be wrong. So a mistake is an error, and the trees
 * before stay. */

enum { MOST_ERRORS = 20 };

/* One column that an answer must have. */
struct expected {
    str name;
    enum type type;
    bool is_key, required;
    const struct field *field; /* of a key that is a plain column; else NULL */
    int position;              /* in the answer, or -1 */
};

struct answer_reader {
    struct arena *mem, *scratch;
    const struct answer *answer;
    struct diags *diags;
    struct form form;
    struct expected *column;
    size_t ncolumns, nkeys, width;
    size_t nheads;        /* of the answer */
    bool has_head, exact; /* exact: it may have no other columns */
    size_t nerrors;       /* in diags when the reading began */
    LIST(struct value *) rows;
    struct map seen; /* bytes of a key → line */
    size_t nrounded;
    int rounded_line;
    str rounded_value;
};

static struct place place_of(const struct answer_reader *r, int line, int col)
{
    return (struct place){r->answer->shown, line, col};
}

static bool is_full(const struct answer_reader *r)
{
    return r->diags->nerrors - r->nerrors >= MOST_ERRORS;
}

/* What a restricted column says in an answer is for its audience alone. */
static void restrict_last(const struct answer_reader *r, const struct expected *e)
{
    const struct schema *s = r->answer->schema;
    diags_last(r->diags)->audience = s->audience.n ? s->audience
                                     : e->field    ? e->field->audience
                                                   : (str){0};
    diags_last(r->diags)->open_args = 7;
}

/* ---- the head ---- */

static struct expected *expected_of(struct answer_reader *r, str head)
{
    for (size_t i = 0; i < r->ncolumns; i++)
        if (str_eq(r->column[i].name, head))
            return &r->column[i];
    return NULL;
}

static str nearest_column(struct answer_reader *r, str head)
{
    str *names = NEW_ARRAY(r->scratch, r->ncolumns, str);
    for (size_t i = 0; i < r->ncolumns; i++)
        names[i] = r->column[i].name;
    return did_you_mean(r->scratch, head, names, r->ncolumns);
}

static bool read_answer_head(struct answer_reader *r, const struct csv_record *rec)
{
    const struct answer *a = r->answer;
    r->has_head = true;
    r->nheads = rec->nfields;
    for (size_t i = 0; i < rec->nfields; i++) {
        struct expected *e = expected_of(r, rec->field[i]);
        struct place at = field_place(place_of(r, rec->line, 0), rec->raw, ',', i);
        if (e && e->position < 0)
            e->position = (int)i;
        else if (e)
            diags_add(r->diags, DIAG_ENGINE_COLUMN_TWICE, at, e->name, a->engine->name);
        else if (r->exact)
            diags_add(r->diags, DIAG_ENGINE_COLUMN, at, rec->field[i], a->engine->name, a->what,
                      nearest_column(r, rec->field[i]));
    }
    for (size_t i = 0; i < r->ncolumns; i++)
        if (r->column[i].position < 0 && r->column[i].required)
            diags_add(r->diags, DIAG_ENGINE_COLUMN_MISSING, place_of(r, rec->line, 0),
                      r->column[i].name, a->engine->name, a->what);
    return r->diags->nerrors == r->nerrors;
}

/* ---- one cell ---- */

static bool is_nothing(const struct expected *e, str raw)
{
    /* Clients write NULL in their own way; in a column of numbers or dates it can be nothing
     * else. */
    bool word = !sql_is_text(e->type) && (str_eq(raw, S("NULL")) || str_eq(raw, S("null")));
    return !raw.n || str_eq(raw, S("\\N")) || word;
}

static bool is_tenday(str s)
{
    return s.n == 9 && s.p[7] == '-' && month_parse(str_sub(s, 0, 7)) >= 0 && s.p[8] >= '1' &&
           s.p[8] <= '3';
}

static void note_rounded(struct answer_reader *r, str raw, int line)
{
    if (r->nrounded++)
        return;
    r->rounded_line = line;
    r->rounded_value = arena_str(r->scratch, raw);
}

/* psql writes booleans as t and f. */
static bool parse_yes(str raw, int64_t *yes)
{
    bool letter = str_eq(raw, S("t")) || str_eq(raw, S("f"));
    *yes = letter && raw.p[0] == 't';
    return letter || parse_boolean(raw, yes);
}

/* A whole number, also with decimals that are all zero: sums are decimals in some engines. */
static enum parsed parse_count(str raw, const struct form *form, int64_t *n)
{
    enum parsed parsed = parse_whole(raw, form, n);
    size_t point = str_find(raw, S("."), 0), end = raw.n;
    while (end > point + 1 && raw.p[end - 1] == '0')
        end--;
    return parsed == PARSED_BAD && point < raw.n && end == point + 1
               ? parse_whole(str_sub(raw, 0, point), form, n)
               : parsed;
}

static enum parsed parse_cell(struct answer_reader *r, const struct expected *e, str raw, int line,
                              struct value *v)
{
    enum parsed parsed = PARSED_OK;
    str text;
    *v = (struct value){.kind = VALUE_INT};
    switch (e->type) {
    case TYPE_integer:
        return parse_count(raw, &r->form, &v->i);
    case TYPE_boolean:
        return parse_yes(raw, &v->i) ? PARSED_OK : PARSED_BAD;
    case TYPE_money:
        parsed = parse_money(raw, &r->form, &v->i);
        if (parsed == PARSED_ROUNDED)
            note_rounded(r, raw, line);
        return parsed == PARSED_ROUNDED ? PARSED_OK : parsed;
    case TYPE_number:
    case TYPE_rate:
        v->kind = VALUE_REAL;
        return parse_real(raw, &r->form, e->type == TYPE_rate, &v->r);
    default:
        break;
    }
    v->kind = VALUE_TEXT;
    if (!parse_text(r->scratch, e->type, raw, &r->form, &text) ||
        (str_eq(e->name, S("tenday")) && !e->field && !is_tenday(raw)))
        return PARSED_BAD;
    v->s = arena_str(r->mem, text);
    return PARSED_OK;
}

static bool is_allowed(const struct field *f, struct value v)
{
    for (size_t i = 0; i < f->nallowed; i++)
        if (v.kind == VALUE_TEXT && str_eq(f->allowed[i], v.s))
            return true;
    return !f->nallowed;
}

static bool bad_cell(struct answer_reader *r, const struct expected *e,
                     const struct csv_record *rec, str value, str wanted)
{
    struct place at = field_place(place_of(r, rec->line, 0), rec->raw, ',', (size_t)e->position);
    diags_add(r->diags, DIAG_ENGINE_CELL, at, value, e->name, wanted, r->answer->engine->name);
    restrict_last(r, e);
    return false;
}

static bool read_cell(struct answer_reader *r, const struct expected *e,
                      const struct csv_record *rec, struct value *v)
{
    str raw = e->position < 0 ? S("") : rec->field[e->position];
    *v = (struct value){0};
    if (is_nothing(e, raw)) {
        bool must = e->is_key ? e->field && e->field->required
                              : e->required && e->type == TYPE_integer && !e->field;
        return !must || e->position < 0 ||
               bad_cell(r, e, rec, S("nothing"), type_in_words(r->scratch, e->type, &r->form));
    }
    if (!utf8_valid(raw, NULL))
        return bad_cell(r, e, rec, S("this"), S("UTF-8"));
    switch (parse_cell(r, e, raw, rec->line, v)) {
    case PARSED_OK:
    case PARSED_ROUNDED:
        break;
    case PARSED_TOO_LARGE:
        return bad_cell(r, e, rec, raw, S("a number that can be counted in 64 bits"));
    case PARSED_CURRENCY:
    case PARSED_BAD:
        return bad_cell(r, e, rec, raw,
                        str_eq(e->name, S("tenday"))
                            ? S("a third of a month like 2026-10-3")
                            : type_in_words(r->scratch, e->type, &r->form));
    }
    return !e->field || is_allowed(e->field, *v) ||
           bad_cell(r, e, rec, raw, S("one of the words that tables.yaml allows"));
}

/* ---- rows ---- */

/* Each key once: two cells of one key would be counted twice, or half. */
static bool is_first(struct answer_reader *r, const struct csv_record *rec, const struct value *row)
{
    struct buf key = {0};
    for (size_t i = 0; i < r->nkeys; i++) {
        str text =
            row[i].kind == VALUE_TEXT ? row[i].s : (str){(const char *)&row[i].i, sizeof row[i].i};
        buf_addf(&key, "%d:%zu:", (int)row[i].kind, text.n);
        if (row[i].kind != VALUE_NULL)
            buf_add(&key, text);
    }
    void **slot = map_put(&r->seen, buf_str(&key));
    uintptr_t before = (uintptr_t)*slot;
    *slot = (void *)(uintptr_t)rec->line;
    buf_clear(&key);
    if (!before)
        return true;
    diags_add(r->diags, DIAG_ENGINE_CELL_TWICE, place_of(r, rec->line, 1), str_trim(rec->raw),
              r->answer->engine->name, r->answer->what,
              arena_printf(r->scratch, "%zu", (size_t)before));
    diags_last(r->diags)->audience = row_audience(r->answer->schema);
    diags_last(r->diags)->open_args = 7;
    return false;
}

static bool on_row(void *arg, const struct csv_record *rec)
{
    struct answer_reader *r = arg;
    if (!r->has_head)
        return read_answer_head(r, rec);
    if (rec->nfields != r->nheads) {
        diags_add(r->diags, DIAG_ENGINE_WIDTH, place_of(r, rec->line, 1),
                  arena_printf(r->scratch, "%zu", rec->nfields),
                  arena_printf(r->scratch, "%zu", r->nheads));
        return !is_full(r);
    }
    struct value *row = NEW_ARRAY(r->mem, r->width, struct value);
    bool ok = true;
    for (size_t i = 0; i < r->ncolumns; i++)
        ok &= read_cell(r, &r->column[i], rec, &row[i]);
    if (ok && (!r->nkeys || is_first(r, rec, row)))
        PUSH(r->mem, &r->rows, row);
    return !is_full(r);
}

static bool on_broken_line(void *arg, const struct csv_record *rec)
{
    struct answer_reader *r = arg;
    diags_add(r->diags, DIAG_ENGINE_CSV, place_of(r, rec->line, 0), r->answer->engine->name,
              r->answer->what);
    return !is_full(r);
}

/* ---- order ---- */

/* As SQLite orders values: NULL, numbers, texts by their bytes. */
static int value_order(struct value a, struct value b)
{
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL || a.kind != b.kind)
        return (a.kind > b.kind) - (a.kind < b.kind);
    if (a.kind == VALUE_TEXT)
        return str_cmp(a.s, b.s);
    return a.kind == VALUE_INT ? (a.i > b.i) - (a.i < b.i) : (a.r > b.r) - (a.r < b.r);
}

/* The column that counts most, then so many from the left. */
struct order {
    size_t first, n;
};

static int by_columns(const void *a, const void *b, void *arg)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    const struct order *o = arg;
    int order = o->n ? value_order(x[o->first], y[o->first]) : 0;
    for (size_t i = 0; i < o->n && !order; i++)
        order = value_order(x[i], y[i]);
    return order;
}

/* By key, and of each the latest first: the number of a row is its last column. */
struct latest_first {
    int key; /* a column, or -1 */
    size_t number;
};

static int by_key_latest_first(const void *a, const void *b, void *arg)
{
    const struct value *x = *(struct value *const *)a, *y = *(struct value *const *)b;
    const struct latest_first *l = arg;
    int order = l->key >= 0 ? value_order(x[l->key], y[l->key]) : 0;
    return order ? order : value_order(y[l->number], x[l->number]);
}

/* ---- whole answers ---- */

static bool is_rest_empty(str text)
{
    return !str_trim(text).n;
}

static void tell_rounded(struct answer_reader *r)
{
    if (!r->nrounded)
        return;
    diags_add(r->diags, DIAG_ENGINE_ROUNDED, place_of(r, r->rounded_line, 0), r->rounded_value,
              arena_printf(r->scratch, "%zu", r->nrounded), r->answer->engine->name,
              arena_printf(r->scratch, "%d", r->form.money_decimals));
    diags_last(r->diags)->audience = row_audience(r->answer->schema);
    diags_last(r->diags)->open_args = 7;
}

static bool read_answer(struct answer_reader *r, struct order order, struct cells *out)
{
    const struct answer *a = r->answer;
    struct diags lines; /* of libcsv: what is wrong with them we say as what it is, an answer */

    diags_init(&lines, r->scratch);
    r->nerrors = r->diags->nerrors;
    r->form = (struct form){.decimal = '.',
                            .money_decimals = a->options->lang.money_decimals,
                            .currency = a->options->lang.currency};
    map_init(&r->seen, r->scratch);
    for (size_t i = 0; i < r->ncolumns; i++)
        r->column[i].position = -1;
    if (is_rest_empty(a->text))
        return diags_add(r->diags, DIAG_ENGINE_EMPTY, a->engine->at, a->what, a->engine->name);
    csv_read(a->shown, a->text, ',', on_row, r, on_broken_line, &lines);
    tell_rounded(r);
    if (r->diags->nerrors > r->nerrors)
        return false;
    if (r->rows.n)
        qsort_r(r->rows.at, r->rows.n, sizeof *r->rows.at, by_columns, &order);
    *out = (struct cells){.n = r->rows.n, .width = r->width, .mem = r->mem, .given = r->rows.at};
    return true;
}

/* ---- the columns of a rollup ---- */

static enum type type_of_function(str name)
{
    return str_eq(name, S("month"))     ? TYPE_month
           : str_eq(name, S("to_date")) ? TYPE_boolean
           : str_eq(name, S("tenday"))  ? TYPE_string
                                        : TYPE_period;
}

static struct expected key_of(const struct answer *a, const struct rollup *r, size_t i)
{
    struct key_part part[2];
    size_t n = rollup_key(r->by[i], part);
    const struct schema *s = a->schema;
    struct expected e = {.name = r->key[i], .is_key = true, .required = true};
    const struct foreign_key *via = part[0].follow.n ? schema_reference(s, part[0].column) : NULL;
    const struct schema *of = via ? model_schema(a->dataset->model, via->table) : s;
    const struct field *f = &of->field[schema_field(of, via ? part[0].follow : part[0].column)];
    e.type = part[0].function.n ? type_of_function(part[0].function) : f->type;
    e.field = n == 1 && !via && !part[0].function.n ? f : NULL;
    return e;
}

static void add_measures(struct answer_reader *r, const str *names, size_t n, const char *head)
{
    const struct schema *s = r->answer->schema;
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &s->field[schema_field(s, names[i])];
        r->column[r->ncolumns++] = (struct expected){
            .name = arena_printf(r->scratch, "%s" STR_FMT, head, STR_ARG(names[i])),
            .type = f->type,
            .required = true,
            .field = f,
        };
    }
}

static void add_count(struct answer_reader *r, str name)
{
    if (str_is_set(name))
        r->column[r->ncolumns++] =
            (struct expected){.name = name, .type = TYPE_integer, .required = true};
}

static void expect_rollup(struct answer_reader *r, const struct rollup *roll)
{
    size_t most = roll->nby + roll->nsum + roll->nmin + roll->nmax + roll->nfirst + roll->nlast + 3;
    r->column = NEW_ARRAY(r->scratch, most, struct expected);
    for (size_t i = 0; i < roll->nby; i++)
        r->column[r->ncolumns++] = key_of(r->answer, roll, i);
    if (!roll->nby)
        add_count(r, S("all"));
    r->nkeys = r->ncolumns;
    add_measures(r, roll->sum, roll->nsum, "");
    add_measures(r, roll->min, roll->nmin, "min_");
    add_measures(r, roll->max, roll->nmax, "max_");
    add_measures(r, roll->first, roll->nfirst, "first_");
    add_measures(r, roll->last, roll->nlast, "last_");
    add_count(r, roll->count);
    add_count(r, roll->distinct.n ? roll->distinct_name : (str){0});
    r->width = r->ncolumns;
    r->exact = true;
}

/* Keys that lead nowhere: their cells count, but what hangs on the reference does not know them. */
static void check_references(struct answer_reader *r, const struct cells *cells)
{
    const struct answer *a = r->answer;
    for (size_t i = 0; i < r->nkeys; i++) {
        const struct field *f = r->column[i].field;
        const struct foreign_key *key = f ? schema_reference(a->schema, f->name) : NULL;
        const struct table *to = key ? dataset_table(a->dataset, key->table) : NULL;
        if (!to || !to->present || to->made || to->engine)
            continue;
        struct map known, missing;
        size_t field = (size_t)schema_field(to->schema, key->to);
        map_init(&known, r->scratch);
        map_init(&missing, r->scratch);
        for (size_t row = 0; row < to->nrows; row++)
            *map_put(&known, table_value(to, field, row).s) = &known;
        for (size_t c = 0; c < cells->n; c++)
            if (cells->given[c][i].kind == VALUE_TEXT && !map_get(&known, cells->given[c][i].s))
                map_put(&missing, cells->given[c][i].s);
        if (!missing.n)
            continue;
        diags_add(r->diags, DIAG_ENGINE_REFERENCE, ((struct place){.file = a->shown}),
                  missing.at[0].key, f->name, arena_printf(r->scratch, "%zu", missing.n),
                  key->table);
        restrict_last(r, &r->column[i]);
    }
}

static struct answer_reader reader_of(const struct answer *a, struct diags *diags)
{
    return (struct answer_reader){
        .mem = arena_new(), .scratch = arena_new(), .answer = a, .diags = diags};
}

/* What was read lives with its cells. */
static bool end_reading(struct answer_reader *r, bool ok, struct cells *out)
{
    arena_free(r->scratch);
    if (ok)
        return true;
    arena_free(r->mem);
    *out = (struct cells){0};
    return false;
}

bool read_cells(const struct answer *a, const struct rollup *roll, struct cells *out,
                struct diags *diags)
{
    struct answer_reader r = reader_of(a, diags);
    expect_rollup(&r, roll);
    bool ok = read_answer(&r, (struct order){0, r.nkeys}, out);
    if (ok)
        check_references(&r, out);
    return end_reading(&r, ok, out);
}

static void expect_table(struct answer_reader *r, const struct schema *s)
{
    r->column = NEW_ARRAY(r->scratch, s->nfields, struct expected);
    for (size_t i = 0; i < s->nfields; i++)
        r->column[r->ncolumns++] = (struct expected){.name = s->field[i].name,
                                                     .type = s->field[i].type,
                                                     .required = s->field[i].required,
                                                     .is_key = true,
                                                     .field = &s->field[i]};
    r->width = s->nfields + 1;
}

/* A row as a file of the book would give it, seen at the as-of date. */
static void see_as_of(const struct answer *a, struct value *row)
{
    const struct schema *s = a->schema;
    for (size_t i = 0; i < s->nfields; i++)
        if (row[i].kind == VALUE_NULL)
            row[i] = s->field[i].missing;
    for (size_t i = 0; i < s->nfields; i++) {
        int at = s->field[i].known_at;
        if (at >= 0 && row[at].kind == VALUE_TEXT && a->dataset->as_of != DAY_NONE &&
            day_parse(str_sub(row[at].s, 0, 10)) > a->dataset->as_of)
            row[i] = s->field[i].before;
    }
}

bool read_kept(const struct answer *a, const struct kept_rows *k, struct cells *out,
               struct diags *diags)
{
    const struct schema *s = a->schema;
    struct answer_reader r = reader_of(a, diags);
    struct latest_first order = {str_is_set(k->by) ? schema_field(s, k->by) : -1, s->nfields};
    expect_table(&r, s);
    bool ok = read_answer(&r, (struct order){(size_t)s->fact, s->nfields}, out);
    for (size_t i = 0; i < out->n; i++)
        see_as_of(a, r.rows.at[i]);
    for (size_t i = 0; i < out->n; i++)
        r.rows.at[i][s->nfields] = (struct value){VALUE_INT, .i = (int64_t)i + 1};
    if (out->n)
        qsort_r(r.rows.at, out->n, sizeof *r.rows.at, by_key_latest_first, &order);
    return end_reading(&r, ok, out);
}

bool read_known(struct arena *mem, const struct answer *a, size_t *rows, str *latest,
                struct diags *diags)
{
    struct expected columns[] = {{.name = S("n"), .type = TYPE_integer, .required = true},
                                 {.name = S("latest"), .type = TYPE_date, .required = true}};
    struct answer_reader r = reader_of(a, diags);
    struct cells cells = {0};
    r.column = columns;
    r.ncolumns = r.width = 2;
    r.exact = true;
    bool ok = read_answer(&r, (struct order){0, 0}, &cells);
    const struct value *row = ok && cells.n == 1 ? cells.given[0] : NULL;
    *rows = row && row[0].i > 0 ? (size_t)row[0].i : 0;
    *latest = *rows && row[1].kind == VALUE_TEXT ? arena_str(mem, row[1].s) : (str){0};
    ok = end_reading(&r, ok, &cells);
    cells_free(&cells);
    return ok;
}
