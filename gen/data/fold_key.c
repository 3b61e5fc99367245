#include "folded.h"

/* ---- functions of a key ---- */

typedef struct value function(struct arena *mem, const struct folder *f, str text);

static struct value text(str s)
{
    return (struct value){.kind = VALUE_TEXT, .s = s};
}

static struct value month(struct arena *mem, const struct folder *f, str s)
{
    (void)mem, (void)f;
    return text(str_sub(s, 0, 7));
}

static struct value year(struct arena *mem, const struct folder *f, str s)
{
    (void)mem, (void)f;
    return text(str_sub(s, 0, 4));
}

static struct value quarter(struct arena *mem, const struct folder *f, str s)
{
    int month = month_parse(str_sub(s, 0, 7));
    (void)f;
    return month < 0 ? (struct value){0}
                     : text(arena_printf(mem, "%04d-Q%d", month / 12, month % 12 / 3 + 1));
}

static struct value week(struct arena *mem, const struct folder *f, str s)
{
    day d = day_parse(str_sub(s, 0, 10));
    int year, week;
    (void)f;
    if (d == DAY_NONE)
        return (struct value){0};
    day_iso_week(d, &year, &week);
    return text(arena_printf(mem, "%04d-W%02d", year, week));
}

/* The third of the month of a date: 2026-10-1, -2, -3. */
static struct value tenday(struct arena *mem, const struct folder *f, str s)
{
    str dom = str_sub(s, 8, 10);
    int third = str_cmp(dom, S("10")) <= 0 ? 1 : str_cmp(dom, S("20")) <= 0 ? 2 : 3;
    (void)f;
    return text(arena_printf(mem, STR_FMT "-%d", STR_ARG(str_sub(s, 0, 7)), third));
}

static struct value to_date(struct arena *mem, const struct folder *f, str s)
{
    (void)mem;
    return (struct value){VALUE_INT, .i = str_cmp(str_sub(s, 8, 10), f->day_of_month) <= 0};
}

/* What to_date() is made of when the as-of date is known. */
static struct value day_of_month(struct arena *mem, const struct folder *f, str s)
{
    (void)mem, (void)f;
    return text(str_sub(s, 8, 10));
}

static struct value group(struct arena *mem, const struct folder *f, str s)
{
    (void)mem;
    return text(group_time(s, f->month));
}

/* The text as it stands in the row, without those that come from a table of shares. */
static struct value reference(struct arena *mem, const struct folder *f, str s)
{
    (void)mem, (void)f;
    return text(s);
}

static bool find_function(str name, function **run)
{
    static const struct {
        str name;
        function *run;
    } known[] = {{S("month"), month},
                 {S("year"), year},
                 {S("quarter"), quarter},
                 {S("week"), week},
                 {S("tenday"), tenday},
                 {S("to_date"), to_date},
                 {S("day of month"), day_of_month},
                 {S("group"), group},
                 {S("reference"), reference}};
    *run = NULL;
    if (!str_is_set(name))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(known[i].name, name))
            *run = known[i].run;
    return *run != NULL;
}

/* ---- chunks, unpacked ---- */

struct arena *folder_part_mem(const struct folder *f)
{
    return f->part_mem ? f->part_mem : f->mem;
}

static void unpack_of(struct folder *f, const struct table *t)
{
    size_t n = t->schema->nfields;
    struct arena *mem = folder_part_mem(f);
    f->unpacked = (struct unpacked){t, NEW_ARRAY(mem, n, union cell *), NEW_ARRAY(mem, n, size_t)};
}

const union cell *folder_cells(struct folder *f, const struct table *t, int field, size_t chunk)
{
    if (f->unpacked.table != t)
        unpack_of(f, t);
    union cell **cells = &f->unpacked.cells[field];
    if (f->unpacked.chunk[field] == chunk + 1)
        return *cells;
    if (!*cells)
        *cells = NEW_ARRAY(folder_part_mem(f), CHUNK_ROWS, union cell);
    column_cells(&t->columns->at[field], chunk, *cells);
    f->unpacked.chunk[field] = chunk + 1;
    return *cells;
}

/* ---- codings ---- */

struct coding_part {
    struct folder *folder;
    str name; /* of its codes, among the numbers of texts */
    struct dictionary *dictionary;
    const struct table *table; /* whose rows they are */
    int field;
    function *run;          /* or NULL */
    const struct map *rows; /* of a reference: those of the table that it leads to, by its key */
    const struct table *to; /* … which is this one, and of it … */
    int to_field;           /* … this field */
    uint32_t *of_text;     /* code + 1 of a text of the column; NULL where a row's day counts too */
    uint32_t *row_of_text; /* of a reference: row + 2 that a text leads to, 1 if none; all that
                              follow it share this */
    uint32_t *of_row;      /* code + 1 of a row there */
};
enum { NAMES_ROW = -1 }; /* to_field of a key that is what names the row */
#define NO_CHUNK SIZE_MAX

struct folder *folder_new(const struct dataset *d)
{
    struct arena *mem = arena_new();
    struct folder *f = NEW(mem, struct folder);
    *f = (struct folder){.mem = mem, .dataset = d};
    folder_as_of(f, d->as_of);
    map_init(&f->references, mem);
    map_init(&f->codings, mem);
    map_init(&f->rising, mem);
    map_init(&f->prints, mem);
    map_init(&f->followed, mem);
    map_init(&f->staying, mem);
    map_init(&f->shares, mem);
    return f;
}

void folder_as_of(struct folder *f, day as_of)
{
    bool known = as_of != DAY_NONE;
    f->day_of_month = known ? str_sub(day_iso(f->mem, as_of), 8, 10) : S("31");
    f->month = known ? month_of(as_of) : -1;
}

struct folder *folder_of_parts(const struct folder *whole, bool texts_differ)
{
    struct folder *f = folder_new(whole->dataset);
    f->references = whole->references;
    f->shares = whole->shares;
    f->day_of_month = whole->day_of_month;
    f->month = whole->month;
    f->part_mem = arena_new();
    f->texts_differ = texts_differ;
    return f;
}

void folder_free(struct folder *f)
{
    if (f->ahead)
        folding_ahead_free(f->ahead);
    if (f->part_mem)
        arena_free(f->part_mem);
    arena_free(f->mem);
}

const struct map *folder_rows(struct folder *f, const struct table *t, int field)
{
    struct map *rows = map_get(&f->references, t->schema->name);
    if (rows)
        return rows;
    *map_put(&f->references, t->schema->name) = rows = NEW(f->mem, struct map);
    map_init(rows, f->mem);
    for (size_t r = 0; r < t->nrows; r++) {
        struct value key = table_value_as_of(t, (size_t)field, r);
        if (key.kind == VALUE_TEXT && table_seen(t, r))
            *map_put(rows, key.s) = (void *)(uintptr_t)(r + 1);
    }
    return rows;
}

/* Finds the table that a reference leads to. Of parts of a table a key that only names a row is
 * looked up there too: of many parts it gets its code once. */
static bool follow(struct coding_part *p, const struct key_part *key)
{
    const struct schema *s = p->table->schema;
    bool names = !str_is_set(key->follow);
    if (names && (!p->folder->part_mem || p->run))
        return true;
    const struct foreign_key *foreign = schema_reference(s, key->column);
    p->to = foreign ? dataset_table(p->folder->dataset, foreign->table) : NULL;
    if (!p->to)
        return names;
    int to = schema_field(p->to->schema, foreign->to);
    p->to_field = names ? NAMES_ROW : schema_field(p->to->schema, key->follow);
    if (to >= 0)
        p->rows = folder_rows(p->folder, p->to, to);
    return names || (to >= 0 && p->to_field >= 0);
}

/* As many as there are texts; those that stay have the numbers of the parts before. */
struct numbers {
    uint32_t *at;
    size_t room;
};

static uint32_t *more_numbers(struct folder *f, struct numbers *of, size_t ntexts)
{
    if (ntexts > of->room) {
        uint32_t *more = NEW_ARRAY(f->mem, ntexts * 2, uint32_t);
        if (of->room)
            memcpy(more, of->at, of->room * sizeof *more);
        *of = (struct numbers){more, ntexts * 2};
    }
    return of->at;
}

uint32_t *folder_texts(struct folder *f, const struct table *t, int field, str purpose)
{
    const struct column *c = &t->columns->at[field];
    struct map *all = c->stays ? &f->staying : &f->followed;
    struct arena *mem = c->stays ? f->mem : folder_part_mem(f);
    str name = arena_printf(mem, STR_FMT " %d " STR_FMT, STR_ARG(t->schema->name), field,
                            STR_ARG(purpose));
    struct numbers **slot = (struct numbers **)map_put(all, name);
    if (!*slot) {
        *slot = NEW(mem, struct numbers);
        **slot = (struct numbers){0};
    }
    if (c->stays)
        return more_numbers(f, *slot, c->ntexts);
    if (!(*slot)->at)
        (*slot)->at = NEW_ARRAY(mem, c->ntexts, uint32_t);
    return (*slot)->at;
}

static void forget_numbers(struct folder *f)
{
    for (size_t i = 0; i < f->staying.n; i++) {
        struct numbers *of = f->staying.at[i].value;
        memset(of->at, 0, of->room * sizeof *of->at);
    }
}

/* No text of the column has a code yet. */
static void begin_texts(struct coding_part *p, const struct table *t)
{
    const struct column *column = &t->columns->at[p->field];
    bool dated = t->schema->field[p->field].known_at >= 0 && t->as_of != DAY_NONE;
    p->table = t;
    if (column->packing == PACKED_TEXT && !dated)
        p->of_text = folder_texts(p->folder, t, p->field, p->name);
    if (p->rows && p->of_text)
        p->row_of_text = folder_texts(p->folder, t, p->field, S(""));
}

static struct coding_part *part_new(struct folder *f, const struct table *t,
                                    const struct key_part *key, str name,
                                    struct dictionary *dictionary)
{
    struct coding_part *p = NEW(f->mem, struct coding_part);
    *p = (struct coding_part){.folder = f, .name = name, .dictionary = dictionary, .table = t};
    p->field = schema_field(t->schema, key->column);
    if (p->field < 0 || !find_function(key->function, &p->run) || !follow(p, key))
        return NULL;
    begin_texts(p, t);
    if (p->row_of_text)
        p->of_row = NEW_ARRAY(f->mem, p->to->nrows + 1, uint32_t);
    return p;
}

void folder_next_part(struct folder *f, const struct table *t)
{
    const struct staying *staying = t->columns->staying;
    arena_reset(f->part_mem);
    map_init(&f->followed, f->part_mem);
    if (staying && f->nforgotten != staying->nforgotten)
        forget_numbers(f);
    f->nforgotten = staying ? staying->nforgotten : 0;
    map_init(&f->rising, f->part_mem);
    map_init(&f->prints, f->part_mem);
    f->unpacked.table = NULL;
    for (size_t i = 0; i < f->codings.n; i++) {
        struct coding *k = f->codings.at[i].value;
        for (size_t part = 0; k && part < 2 && k->part[part]; part++)
            begin_texts(k->part[part], t);
        if (k)
            k->chunk = NO_CHUNK;
    }
}

struct coding *folder_coding(struct folder *f, const struct table *t, str by)
{
    str name = arena_printf(f->mem, STR_FMT " " STR_FMT, STR_ARG(t->schema->name), STR_ARG(by));
    struct coding **slot = (struct coding **)map_put(&f->codings, name);
    struct key_part key[2];
    if (*slot)
        return *slot;
    struct coding *k = NEW(f->mem, struct coding);
    dictionary_init(&k->dictionary, f->mem);
    size_t n = rollup_key(by, key);
    for (size_t i = 0; i < n; i++) {
        str part = arena_printf(f->mem, "%zu " STR_FMT, i, STR_ARG(by));
        k->part[i] = part_new(f, t, &key[i], part, &k->dictionary);
        if (!k->part[i])
            return NULL;
    }
    return n ? *slot = k : NULL;
}

/* Shorter ones first, as SO-9 comes before SO-10. */
static bool texts_rise(const struct column *c)
{
    for (size_t i = 2; i < c->ntexts; i++) {
        str before = text_at(c, (int64_t)i - 1), text = text_at(c, (int64_t)i);
        if (text.n < before.n || (text.n == before.n && memcmp(before.p, text.p, text.n) >= 0))
            return false;
    }
    return true;
}

bool folder_texts_rise(struct folder *f, const struct table *t, int field)
{
    str name = arena_printf(folder_part_mem(f), STR_FMT " %d", STR_ARG(t->schema->name), field);
    static char yes, no;
    void **known = map_put(&f->rising, name);
    if (!*known)
        *known = texts_rise(&t->columns->at[field]) ? &yes : &no;
    return *known == &yes;
}

/* Row + 1 that a reference leads to, or 0. */
static size_t row_of(const struct coding_part *p, struct value v)
{
    return v.kind == VALUE_TEXT ? (size_t)(uintptr_t)map_get(p->rows, v.s) : 0;
}

/* NULL where a reference is empty or leads nowhere: a row without a partner counts too. */
static uint32_t code_of_value(struct coding_part *p, struct value v)
{
    struct folder *f = p->folder;
    if (p->rows && p->to_field != NAMES_ROW) {
        size_t found = row_of(p, v);
        v = found ? table_value_as_of(p->to, (size_t)p->to_field, found - 1) : (struct value){0};
    }
    if (p->run && v.kind == VALUE_TEXT)
        v = p->run(folder_part_mem(f), f, v.s);
    return f->part_mem ? dictionary_keep(p->dictionary, v) : dictionary_code(p->dictionary, v);
}

static uint32_t code_of_reference(struct coding_part *p, struct value v, int64_t number)
{
    if (!p->row_of_text[number])
        p->row_of_text[number] = 1 + (uint32_t)row_of(p, v);
    size_t found = p->row_of_text[number] - 1;
    if (!found && p->to_field == NAMES_ROW)
        return 1 + code_of_value(p, v);
    if (!p->of_row[found])
        p->of_row[found] = 1 + code_of_value(p, v);
    return p->of_row[found];
}

static uint32_t new_code_of_text(struct coding_part *p, int64_t number)
{
    const struct column *c = &p->table->columns->at[p->field];
    struct value v = number ? text(text_at(c, number)) : (struct value){0};
    p->of_text[number] = p->of_row ? code_of_reference(p, v, number) : 1 + code_of_value(p, v);
    return p->of_text[number] - 1;
}

static inline uint32_t code_of_text(struct coding_part *p, int64_t number)
{
    uint32_t known = p->of_text[number];
    return known ? known - 1 : new_code_of_text(p, number);
}

/* Codes of the rows that have none yet. */
static void part_rows(struct coding_part *p, size_t chunk, size_t n, uint32_t *code)
{
    size_t first = chunk * CHUNK_ROWS;
    const union cell *cells =
        p->of_text ? folder_cells(p->folder, p->table, p->field, chunk) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (code[i])
            continue;
        code[i] = cells
                      ? code_of_text(p, cells[i].i)
                      : code_of_value(p, table_value_as_of(p->table, (size_t)p->field, first + i));
    }
}

const uint32_t *coding_rows(struct coding *k, size_t chunk)
{
    const struct table *t = k->part[0]->table;
    size_t left = t->nrows - chunk * CHUNK_ROWS, n = left < CHUNK_ROWS ? left : CHUNK_ROWS;
    if (k->code && k->chunk == chunk)
        return k->code;
    if (!k->code)
        k->code = NEW_ARRAY(k->part[0]->folder->mem, CHUNK_ROWS, uint32_t);
    memset(k->code, 0, n * sizeof *k->code);
    for (size_t i = 0; i < 2 && k->part[i]; i++)
        part_rows(k->part[i], chunk, n, k->code);
    k->chunk = chunk;
    return k->code;
}

void coding_shared(struct coding *k, size_t chunk, const struct splitting *s, const uint16_t *row,
                   size_t n, uint32_t *code)
{
    memset(code, 0, n * sizeof *code);
    for (size_t part = 0; part < 2 && k->part[part]; part++) {
        struct coding_part *p = k->part[part];
        const union cell *cells =
            p->of_text ? folder_cells(p->folder, p->table, p->field, chunk) : NULL;
        for (size_t i = 0; i < n; i++) {
            size_t at = chunk * CHUNK_ROWS + row[i];
            if (code[i])
                continue;
            code[i] = p->field == s->person ? code_of_value(p, splitting_person(s, i))
                      : cells               ? code_of_text(p, cells[row[i]].i)
                              : code_of_value(p, table_value_as_of(p->table, (size_t)p->field, at));
        }
    }
}

void coding_make_notes(struct coding *k)
{
    struct arena *mem = k->part[0]->folder->mem;
    size_t n = k->dictionary.values.n * 2;
    if (k->dictionary.values.n <= k->nnotes)
        return;
    uint32_t *whole = NEW_ARRAY(mem, n, uint32_t);
    uint64_t *print = NEW_ARRAY(mem, n, uint64_t);
    if (k->nnotes) {
        memcpy(whole, k->whole, k->nnotes * sizeof *whole);
        memcpy(print, k->print, k->nnotes * sizeof *print);
    }
    k->whole = whole;
    k->print = print;
    k->nnotes = n;
}

size_t coding_texts(struct coding *k, struct arena *mem, uint32_t **code)
{
    struct coding_part *p = k->part[0];
    const struct column *c = &p->table->columns->at[p->field];
    bool *met = NEW_ARRAY(mem, c->ntexts, bool);
    size_t n = 0;
    *code = NEW_ARRAY(mem, c->ntexts, uint32_t);
    met[0] = true;
    for (size_t chunk = 0; chunk * CHUNK_ROWS < p->table->nrows; chunk++) {
        const union cell *cells = folder_cells(p->folder, p->table, p->field, chunk);
        size_t left = p->table->nrows - chunk * CHUNK_ROWS;
        for (size_t i = 0; i < CHUNK_ROWS && i < left; i++) {
            if (met[cells[i].i])
                continue;
            met[cells[i].i] = true;
            (*code)[n++] = code_of_text(p, cells[i].i);
        }
    }
    return n;
}

/* ---- which rows count ---- */

struct counting {
    const struct table *table;
    bool *of_text; /* whether rows with this date count; NULL if all do, or … */
    bool none;     /* … none does */
};

str since_bound(struct arena *mem, day as_of, str since)
{
    int64_t back;
    if (!str_is_set(since) || as_of == DAY_NONE ||
        !parse_integer(str_sub(since, 6, since.n - 1), &back))
        return (str){0};
    return day_iso(mem, month_first(month_of(as_of) + (int)back));
}

/* What has no date is seen, but in no time; where a date is required, no row has none. */
struct counting *counting_new(struct arena *mem, day as_of, const struct table *t, str since)
{
    struct counting *c = NEW(mem, struct counting);
    c->table = t;
    if (t->schema->fact < 0)
        return c;
    const struct column *date = &t->columns->at[t->schema->fact];
    str bound = since_bound(mem, as_of, since),
        last = as_of == DAY_NONE ? (str){0} : day_iso(mem, as_of);
    c->of_text = NEW_ARRAY(mem, date->ntexts, bool);
    c->of_text[0] = !str_is_set(bound) || t->schema->field[t->schema->fact].required;
    size_t counted = c->of_text[0];
    for (size_t i = 1; i < date->ntexts; i++) {
        str s = text_at(date, (int64_t)i);
        c->of_text[i] = (!str_is_set(last) || str_cmp(str_sub(s, 0, 10), last) <= 0) &&
                        (!str_is_set(bound) || str_cmp(s, bound) >= 0);
        counted += c->of_text[i];
    }
    c->none = counted == 0;
    if (counted == date->ntexts)
        c->of_text = NULL;
    return c;
}

bool counting_same(const struct counting *a, const struct counting *b)
{
    return !a->of_text && !b->of_text;
}

size_t counting_rows(struct counting *c, size_t chunk, uint16_t *row)
{
    const struct columns *columns = c->table->columns;
    size_t left = columns->nrows - chunk * CHUNK_ROWS, n = left < CHUNK_ROWS ? left : CHUNK_ROWS,
           counted = 0;
    union cell cells[CHUNK_ROWS];
    if (c->none)
        return 0;
    if (!c->of_text) {
        for (uint16_t i = 0; i < CHUNK_ROWS; i++)
            row[i] = i;
        return n;
    }
    column_cells(&columns->at[c->table->schema->fact], chunk, cells);
    for (size_t i = 0; i < n; i++) {
        row[counted] = (uint16_t)i;
        counted += c->of_text[cells[i].i];
    }
    return counted;
}

size_t table_rows_seen(const struct table *t)
{
    if (t->folded)
        return folded_rows_seen(t->folded);
    struct arena *mem = arena_new();
    struct counting *counting = counting_new(mem, t->as_of, t, (str){0});
    uint16_t row[CHUNK_ROWS];
    size_t n = 0;
    for (size_t chunk = 0; chunk * CHUNK_ROWS < t->nrows; chunk++)
        n += counting_rows(counting, chunk, row);
    arena_free(mem);
    return n;
}

str table_latest(const struct table *t)
{
    str latest = {0};
    if (t->engine)
        return t->asked_latest;
    if (t->folded)
        return folded_latest(t->folded);
    for (size_t row = 0; row < t->nrows && t->schema->fact >= 0; row++) {
        struct value v = table_value(t, (size_t)t->schema->fact, row);
        if (v.kind == VALUE_TEXT && (!latest.p || str_cmp(v.s, latest) > 0) && table_seen(t, row))
            latest = v.s;
    }
    return str_sub(latest, 0, 10);
}
