#include "folded.h"

/* A row's keys become small whole numbers, a cell is found by them in tables, and sums are added as
 * the rows come: no row is sorted, as GROUP BY over texts has to, and a text is looked at once. */

/* ---- what a rollup asks for ---- */

static bool plan_measure(struct folding *f, enum measuring measuring, str column)
{
    struct source_column *source = &f->source[f->nmeasures];
    struct measure *m = &f->measure[f->nmeasures++];
    *m = (struct measure){.measuring = measuring, .packing = PACKED_INT};
    bool of_rows = measuring == MEASURE_COUNT || measuring == MEASURE_PRINT;
    source->field = of_rows ? -1 : schema_field(f->table->schema, column);
    f->shown[f->nshown++] = f->nmeasures - 1;
    if (source->field < 0)
        return of_rows;
    m->packing = f->table->columns->at[source->field].packing;
    source->dated =
        f->table->schema->field[source->field].known_at >= 0 && f->table->as_of != DAY_NONE;
    if (m->packing == PACKED_TEXT && measuring == MEASURE_SUM)
        return false;
    if (m->packing != PACKED_TEXT && measuring != MEASURE_DISTINCT)
        return true;
    source->numbered =
        measuring == MEASURE_DISTINCT && m->packing == PACKED_TEXT && !source->dated &&
        (f->folder->texts_differ || folder_texts_rise(f->folder, f->table, source->field));
    if (source->numbered)
        return true;
    source->coding = folder_coding(f->folder, f->table, column);
    m->dictionary = source->coding ? &source->coding->dictionary : NULL;
    return source->coding != NULL;
}

static bool plan_measures(struct folding *f, enum measuring measuring, const str *column, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = plan_measure(f, measuring, column[i]);
    return ok;
}

/* First and last: each with the day of its value behind it. */
static bool plan_dated(struct folding *f, enum measuring measuring, const str *column, size_t n)
{
    const struct schema *s = f->table->schema;
    bool ok = !n || (s->fact >= 0 && s->field[s->fact].known_at < 0);
    for (size_t i = 0; i < n && ok; i++) {
        ok = plan_measure(f, measuring, column[i]);
        f->source[f->nmeasures].field = -1;
        f->measure[f->nmeasures++] =
            (struct measure){.measuring = MEASURE_DAY, .packing = PACKED_INT};
    }
    if (n && !f->day)
        f->day = NEW_ARRAY(f->mem, CHUNK_ROWS, int64_t);
    return ok;
}

static bool plan(struct folding *f)
{
    const struct rollup *r = f->rollup;
    size_t most = r->nsum + r->nmin + r->nmax + 2 * (r->nfirst + r->nlast) + 3;
    if (r->print)
        f->prints = folder_prints(f->folder, f->table);
    bool ok = true;
    f->key = NEW_ARRAY(f->mem, r->nby + 1, struct coding *);
    f->measure = NEW_ARRAY(f->mem, most, struct measure);
    f->source = NEW_ARRAY(f->mem, most, struct source_column);
    f->shown = NEW_ARRAY(f->mem, most, size_t);
    for (size_t i = 0; i < r->nby && ok; i++) {
        f->key[i] = folder_coding(f->folder, f->table, r->by[i]);
        ok = f->key[i] != NULL;
    }
    return ok && plan_measures(f, MEASURE_SUM, r->sum, r->nsum) &&
           plan_measures(f, MEASURE_MIN, r->min, r->nmin) &&
           plan_measures(f, MEASURE_MAX, r->max, r->nmax) &&
           plan_dated(f, MEASURE_FIRST, r->first, r->nfirst) &&
           plan_dated(f, MEASURE_LAST, r->last, r->nlast) &&
           plan_measures(f, MEASURE_COUNT, &r->count, str_is_set(r->count)) &&
           plan_measures(f, MEASURE_DISTINCT, &r->distinct, str_is_set(r->distinct)) &&
           plan_measures(f, MEASURE_PRINT, &r->distinct, r->print);
}

/* ---- rows ---- */

/* Whether the rows are the first of their chunk, each once: mostly they are all of it. */
static bool are_first(const struct folding *f)
{
    return !f->shared && (!f->n || f->row[f->n - 1] == f->n - 1);
}

/* Codes of the rows that count, one behind the other; in `room` if not all do. */
static const uint32_t *gather(const struct folding *f, const uint32_t *of_row, uint32_t *room)
{
    if (are_first(f))
        return of_row;
    for (size_t i = 0; i < f->n; i++)
        room[i] = of_row[f->row[i]];
    return room;
}

static void find_cells(struct folding *f, size_t chunk)
{
    if (f->of_cells) {
        cell_set_follow(&f->cells, &f->of_cells->cells);
        memcpy(f->cell, f->of_cells->cell, f->n * sizeof *f->cell);
        return;
    }
    uint32_t room[MOST_KEYS * CHUNK_ROWS];
    const uint32_t *code[MOST_KEYS];
    for (size_t k = 0; k < f->rollup->nby; k++) {
        code[k] = room + k * CHUNK_ROWS;
        if (f->shared)
            coding_shared(f->key[k], chunk, f->split, f->row, f->n, room + k * CHUNK_ROWS);
        else
            code[k] = gather(f, coding_rows(f->key[k], chunk), room + k * CHUNK_ROWS);
    }
    cell_set_find(&f->cells, code, f->n, f->cell);
}

static union cell number_as_of(const struct folding *f, size_t field, size_t row)
{
    const struct column *c = &f->table->columns->at[field];
    struct value v = table_value_as_of(f->table, field, row);
    return v.kind == VALUE_NULL        ? cell_null(c)
           : c->packing == PACKED_REAL ? (union cell){.r = value_number(v)}
                                       : (union cell){.i = v.i};
}

/* The numbers of a column, as they read at the as-of date, of the rows that count; in `room` if not
 * all do. */
static const union cell *read_numbers(const struct folding *f, const struct source_column *source,
                                      size_t chunk, union cell *room)
{
    const union cell *cells =
        source->dated ? NULL : folder_cells(f->folder, f->table, source->field, chunk);
    if (cells && are_first(f))
        return cells;
    for (size_t i = 0; i < f->n; i++)
        room[i] = cells ? cells[f->row[i]]
                        : number_as_of(f, (size_t)source->field, chunk * CHUNK_ROWS + f->row[i]);
    return room;
}

static inline union cell *value_at(const struct folding *f, size_t measure, size_t i)
{
    return &f->cells.value[f->cell[i] * f->nmeasures + measure];
}

static inline bool is_nothing(const struct measure *m, union cell x)
{
    return m->packing == PACKED_TEXT   ? x.i == 0
           : m->packing == PACKED_REAL ? x.r != x.r
                                       : x.i == CELL_NULL_INT;
}

/* Whether a value is further than another in the direction of the measure. */
static inline bool is_further(const struct measure *m, union cell x, union cell than)
{
    const struct value *texts = m->packing == PACKED_TEXT ? m->dictionary->values.at : NULL;
    bool down = m->measuring == MEASURE_MIN || m->measuring == MEASURE_FIRST;
    union cell a = down ? than : x, b = down ? x : than;
    return texts                       ? a.i != b.i && value_compare(texts[a.i], texts[b.i]) > 0
           : m->packing == PACKED_REAL ? a.r > b.r
                                       : a.i > b.i;
}

/* Of first and last: the day counts, and on one day the value, so that it does not matter which
 * came before. */
static inline void keep_dated(const struct measure *m, union cell *to, union cell more, int64_t day)
{
    bool down = m->measuring == MEASURE_FIRST;
    if (is_nothing(m, more))
        return;
    bool further = day == to[1].i ? is_further(m, more, *to) : down ? day < to[1].i : day > to[1].i;
    if (!further && !is_nothing(m, *to))
        return;
    to[0] = more;
    to[1].i = day;
}

bool measure_add(const struct measure *m, union cell *to, const union cell *from, union cell more)
{
    bool dated = m->measuring == MEASURE_FIRST || m->measuring == MEASURE_LAST;
    if (dated)
        keep_dated(m, to, more, from[1].i);
    if (dated || m->measuring == MEASURE_DAY)
        return true;
    if (m->measuring >= MEASURE_COUNT) {
        to->i = (int64_t)((uint64_t)to->i + (uint64_t)more.i);
        return true;
    }
    if (is_nothing(m, more))
        return true;
    bool none = is_nothing(m, *to);
    if (m->measuring == MEASURE_SUM && m->packing == PACKED_REAL)
        to->r = none ? more.r : to->r + more.r;
    else if (m->measuring == MEASURE_SUM)
        return !__builtin_add_overflow(none ? 0 : to->i, more.i, &to->i);
    else if (none || is_further(m, more, *to))
        *to = more;
    return true;
}

/* As SQL's sum(): NULL of nothing. False if it leaves the whole numbers. */
static bool add_numbers(const struct folding *f, size_t measure, const union cell *number)
{
    bool real = f->measure[measure].packing == PACKED_REAL, over = false;
    for (size_t i = 0; i < f->n; i++) {
        union cell *sum = value_at(f, measure, i);
        if (real && number[i].r == number[i].r)
            sum->r = sum->r == sum->r ? sum->r + number[i].r : number[i].r;
        else if (!real && number[i].i != CELL_NULL_INT)
            over |=
                __builtin_add_overflow(sum->i == CELL_NULL_INT ? 0 : sum->i, number[i].i, &sum->i);
    }
    return !over;
}

static void keep_numbers(const struct folding *f, size_t measure, const union cell *number,
                         int sign)
{
    bool real = f->measure[measure].packing == PACKED_REAL;
    for (size_t i = 0; i < f->n; i++) {
        union cell *kept = value_at(f, measure, i), x = number[i];
        if (real ? x.r != x.r : x.i == CELL_NULL_INT)
            continue;
        bool first = real ? kept->r != kept->r : kept->i == CELL_NULL_INT;
        bool further = real       ? sign * x.r > sign * kept->r
                       : sign > 0 ? x.i > kept->i
                                  : x.i < kept->i;
        if (first || further)
            *kept = x;
    }
}

static void add_prints(const struct folding *f, size_t measure, size_t chunk)
{
    const uint64_t *print = row_prints_of(f->prints, chunk);
    for (size_t i = 0; i < f->n; i++) {
        union cell *sum = value_at(f, measure, i);
        sum->i = (int64_t)((uint64_t)sum->i + print[f->row[i]]);
    }
}

static void keep_texts(const struct folding *f, size_t measure, const uint32_t *code, int sign)
{
    const struct value *texts = f->measure[measure].dictionary->values.at;
    for (size_t i = 0; i < f->n; i++) {
        union cell *kept = value_at(f, measure, i);
        if (!code[i] || kept->i == code[i])
            continue;
        if (!kept->i || sign * value_compare(texts[code[i]], texts[kept->i]) > 0)
            kept->i = code[i];
    }
}

static void keep_values(const struct folding *f, size_t measure, const union cell *value)
{
    const struct measure *m = &f->measure[measure];
    for (size_t i = 0; i < f->n; i++)
        if (f->day[i])
            keep_dated(m, value_at(f, measure, i), value[i], f->day[i]);
}

static void count_once(struct folding *f, size_t measure, const uint32_t *code)
{
    for (size_t i = 0; i < f->n; i++) {
        if (!code[i] || !met_codes_add(&f->met, f->cell[i], code[i]))
            continue;
        if (f->is_apart && f->is_apart[code[i]])
            PUSH(f->mem, &f->apart, ((struct apart){code[i], f->cell[i]}));
        else
            value_at(f, measure, i)->i++;
    }
}

/* A row that two people share is one row, also in a cell that is both's. */
static void count_rows(const struct folding *f, size_t measure)
{
    for (size_t i = 0; i < f->n; i++) {
        bool counted = false;
        for (size_t k = i; f->shared && k-- > 0 && f->row[k] == f->row[i] && !counted;)
            counted = f->cell[k] == f->cell[i];
        value_at(f, measure, i)->i += !counted;
    }
}

static bool fold_measure(struct folding *f, size_t measure, size_t chunk)
{
    struct source_column *source = &f->source[measure];
    enum measuring measuring = f->measure[measure].measuring;
    union cell numbers[CHUNK_ROWS];
    uint32_t codes[CHUNK_ROWS];
    const union cell *number = numbers;
    const uint32_t *code = codes;
    bool dated = measuring == MEASURE_FIRST || measuring == MEASURE_LAST, ok = true;

    if (source->coding) {
        code = gather(f, coding_rows(source->coding, chunk), codes);
    } else if (source->field >= 0) {
        number = read_numbers(f, source, chunk, numbers);
        if (f->shared && measuring == MEASURE_SUM)
            splitting_parts(f->split, &f->table->columns->at[source->field], f->n, numbers);
    }
    for (size_t i = 0; i < f->n && source->numbered; i++)
        codes[i] = (uint32_t)number[i].i;
    for (size_t i = 0; i < f->n && dated && source->coding; i++)
        numbers[i].i = code[i];
    if (dated)
        keep_values(f, measure, number);
    else if (measuring == MEASURE_SUM)
        ok = add_numbers(f, measure, number);
    else if (measuring == MEASURE_COUNT)
        count_rows(f, measure);
    else if (measuring == MEASURE_PRINT)
        add_prints(f, measure, chunk);
    else if (measuring == MEASURE_DISTINCT)
        count_once(f, measure, code);
    else if (source->coding)
        keep_texts(f, measure, code, measuring == MEASURE_MAX ? 1 : -1);
    else if (measuring != MEASURE_DAY)
        keep_numbers(f, measure, number, measuring == MEASURE_MAX ? 1 : -1);
    return ok;
}

int64_t day_number(enum type type, str text)
{
    int64_t number = 0;
    int most = type == TYPE_date ? 8 : 14, n = 0;
    for (size_t i = 0; i < text.n && n < most; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9') {
            number = number * 10 + (text.p[i] - '0');
            n++;
        }
    for (; n < most; n++)
        number *= 10;
    return number;
}

static void number_days(struct folding *f)
{
    const struct schema *s = f->table->schema;
    const struct column *date = &f->table->columns->at[s->fact];
    f->day_of_text = NEW_ARRAY(f->mem, date->ntexts, int64_t);
    for (size_t i = 1; i < date->ntexts; i++)
        f->day_of_text[i] = day_number(s->field[s->fact].type, text_at(date, (int64_t)i));
}

static void read_days(struct folding *f, size_t chunk)
{
    const union cell *cells = folder_cells(f->folder, f->table, f->table->schema->fact, chunk);
    for (size_t i = 0; i < f->n; i++)
        f->day[i] = f->day_of_text[cells[f->row[i]].i];
}

void folding_begin(struct folding *f, day as_of)
{
    f->counting = counting_new(f->mem, as_of, f->table, f->rollup->since);
    f->where = where_new(f->mem, f->folder, f->table, f->rollup);
    if (f->day)
        number_days(f);
}

bool folding_is_like(const struct folding *f, const struct folding *other)
{
    bool like = f->rollup->nby == other->rollup->nby && f->rollup->nby && !f->split &&
                !other->split && counting_same(f->counting, other->counting) &&
                ((!f->where && !other->where) || same_conditions(f->rollup, other->rollup));
    for (size_t k = 0; k < f->rollup->nby && like; k++)
        like = f->key[k] == other->key[k];
    return like;
}

void folding_take_cells(struct folding *f, const struct folding *of)
{
    f->of_cells = of;
}

/* Adds the rows that were chosen of a chunk. */
static bool fold_chosen(struct folding *f, size_t chunk)
{
    bool ok = true;
    if (!f->n)
        return true;
    find_cells(f, chunk);
    if (f->day)
        read_days(f, chunk);
    for (size_t m = 0; m < f->nmeasures && ok; m++)
        ok = fold_measure(f, m, chunk);
    return ok;
}

bool folding_chunk(struct folding *f, size_t chunk)
{
    f->n = counting_rows(f->counting, chunk, f->row);
    if (f->where)
        f->n = where_rows(f->where, chunk, f->row, f->n);
    if (f->split && f->n)
        f->n = splitting_part(f->split, chunk, f->row, f->n);
    else if (!f->n)
        return true;
    bool ok = fold_chosen(f, chunk);
    f->shared = true;
    while (f->split && ok && (f->n = splitting_more(f->split, f->row)) > 0)
        ok = fold_chosen(f, chunk);
    f->shared = false;
    return ok;
}

/* Adds all rows of its table. */
static bool folding_rows(struct folding *f, day as_of)
{
    bool ok = true;
    folding_begin(f, as_of);
    for (size_t chunk = 0; chunk * CHUNK_ROWS < f->table->nrows && ok; chunk++)
        ok = folding_chunk(f, chunk);
    return ok;
}

/* ---- the order of the cells ---- */

/* Cells by the last key, then in place by the one before it, to the first: a key is counted, not
 * compared. */
static void sort_by(struct arena *mem, const struct cell_set *set, size_t key, struct dictionary *d,
                    uint32_t *order, uint32_t *room)
{
    const uint32_t *rank = dictionary_ranks(d);
    uint32_t *start = NEW_ARRAY(mem, d->values.n + 1, uint32_t);
    for (size_t i = 0; i < set->n; i++)
        start[rank[set->code[i * set->nkeys + key]] + 1]++;
    for (size_t i = 1; i <= d->values.n; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < set->n; i++)
        room[start[rank[set->code[order[i] * set->nkeys + key]]]++] = order[i];
    memcpy(order, room, set->n * sizeof *order);
}

static uint32_t *order_of(struct arena *mem, const struct folding *f)
{
    size_t n = f->cells.n;
    uint32_t *order = NEW_ARRAY(mem, n + 1, uint32_t), *room = NEW_ARRAY(mem, n + 1, uint32_t);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    for (size_t k = f->rollup->nby; k-- > 0 && n;)
        sort_by(mem, &f->cells, k, &f->key[k]->dictionary, order, room);
    return order;
}

/* ---- the whole ---- */

static struct value field_of_row(const struct table *t, size_t field, size_t row)
{
    if (field == t->schema->nfields)
        return (struct value){VALUE_INT, .i = (int64_t)row + 1};
    struct value v = table_value_as_of(t, field, row);
    bool real = t->columns->at[field].packing == PACKED_REAL && v.kind == VALUE_INT;
    return real ? (struct value){VALUE_REAL, .r = (double)v.i} : v;
}

struct value cells_value(const struct cells *c, size_t i, size_t column)
{
    if (c->given)
        return c->given[i][column];
    if (c->rows_of)
        return field_of_row(c->rows_of, column, c->order[i]);
    const struct folding *f = c->folding;
    size_t cell = c->order[i], nkeys = f->rollup->nby;
    if (!nkeys && column-- == 0)
        return (struct value){VALUE_INT, .i = 1};
    if (column < nkeys)
        return f->key[column]->dictionary.values.at[f->cells.code[cell * nkeys + column]];
    size_t shown = f->shown[column - nkeys];
    const struct measure *m = &f->measure[shown];
    union cell x = f->cells.value[cell * f->nmeasures + shown];
    if (m->measuring >= MEASURE_COUNT)
        return (struct value){VALUE_INT, .i = x.i};
    if (m->packing == PACKED_TEXT)
        return m->dictionary->values.at[x.i];
    if (m->packing == PACKED_REAL)
        return x.r == x.r ? (struct value){VALUE_REAL, .r = x.r} : (struct value){0};
    return x.i == CELL_NULL_INT ? (struct value){0} : (struct value){VALUE_INT, .i = x.i};
}

bool rollup_is_split(const struct dataset *d, const struct rollup *r)
{
    const struct table *shares = str_is_set(r->split) ? dataset_table(d, r->split) : NULL;
    return shares && shares->nrows;
}

/* SQL gives one row of a SELECT without GROUP BY, also of no rows. */
static void add_only_cell(struct folding *f)
{
    uint32_t cell;
    if (!f->rollup->nby)
        cell_set_find(&f->cells, NULL, 1, &cell);
}

/* What a row says of its person is another's where it is shared; SQL can tell. */
static bool measures_person(const struct folding *f)
{
    bool any = false;
    for (size_t m = 0; m < f->nmeasures; m++)
        any |= f->source[m].field == f->split->person;
    return any;
}

static bool plan_split(struct folding *f)
{
    if (!rollup_is_split(f->folder->dataset, f->rollup))
        return true;
    f->split = splitting_new(f->mem, f->folder, f->table, f->rollup->split);
    return f->split && !measures_person(f);
}

struct folding *folding_new(struct arena *mem, struct folder *folder, const struct rollup *r,
                            const struct table *t)
{
    struct folding *f = NEW(mem, struct folding);
    *f = (struct folding){.mem = mem, .folder = folder, .rollup = r, .table = t};
    bool ok = r->nby <= MOST_KEYS && plan(f) && plan_split(f);
    cell_set_init(&f->cells, r->nby, f->measure, f->nmeasures);
    if (ok)
        return f;
    cell_set_free(&f->cells);
    return NULL;
}

void folding_free(struct folding *f)
{
    cell_set_free(&f->cells);
    met_codes_free(&f->met);
}

static struct cells cells_of(struct arena *mem, struct folding *f)
{
    add_only_cell(f);
    return (struct cells){.mem = mem,
                          .folding = f,
                          .order = order_of(mem, f),
                          .n = f->cells.n,
                          .width = (f->rollup->nby ? f->rollup->nby : 1) + f->nshown};
}

/* Gives cells that nobody else holds any more, in their order; `f` lives in an arena that is given
 * too. */
static void folding_give(struct folding *f, struct cells *out)
{
    *out = cells_of(f->mem, f);
}

void folding_lend(struct folding *f, struct cells *out)
{
    *out = cells_of(arena_new(), f);
    out->lent = true;
}

bool rollup_fold(struct folder *folder, const struct rollup *r, struct cells *out)
{
    const struct table *t = dataset_table(folder->dataset, r->of);
    bool folded;
    *out = (struct cells){0};
    if (folded_ahead(folder, r, out, &folded))
        return folded;
    if (t && t->folded)
        return folded_cells(t->folded, r, out);
    struct arena *mem = arena_new();
    struct folding *f = t ? folding_new(mem, folder, r, t) : NULL;
    if (f && folding_rows(f, folder->dataset->as_of)) {
        folding_give(f, out);
        return true;
    }
    if (f)
        folding_free(f);
    arena_free(mem);
    return false;
}

void cells_free(struct cells *c)
{
    if (c->folding && !c->lent)
        folding_free(c->folding);
    if (c->mem)
        arena_free(c->mem);
    *c = (struct cells){0};
}
