#include "folded.h"

/* A walk over whole columns: each row finds its group by the numbers of its texts, so that no text
 * is looked at twice. O(cells). */

struct grouping {
    struct arena *mem, *scratch;
    const struct table *t;
    str audience;
    int time;         /* the field whose texts are a group's time, or -1 */
    int64_t *time_of; /* of each text there: the number of its time in `times`; -1: not seen */
    LIST(str) times;
    struct row_prints *prints;
    int64_t *
        *same; /* of the keys but the time: the first number of each text, which may have several */
    struct map of; /* the numbers of a key → its place in the list + 1 */
    struct row_groups *out;
};

/* ---- time ---- */

str group_time(str at, int month)
{
    day d = day_parse(str_sub(at, 0, 10));
    int m = d == DAY_NONE ? month_parse(at) : month_of(d);
    if (m < 0 || month < 0)
        return at;
    size_t n = m >= month - 1 ? 10 : m >= month - 13 ? 7 : 4;
    return str_sub(at, 0, n);
}

static bool may_read(const struct grouping *g, const struct field *f)
{
    return !f->audience.n || str_eq(f->audience, g->audience);
}

/* Of a fact its date, else a month or period. */
static int time_field(const struct grouping *g)
{
    const struct schema *s = g->t->schema;
    if (s->fact >= 0)
        return s->fact;
    for (size_t f = 0; f < s->nfields; f++) {
        const struct field *field = &s->field[f];
        bool fits = field->type == TYPE_month || field->type == TYPE_period;
        if (fits && may_read(g, field) && field->known_at < 0)
            return (int)f;
    }
    return -1;
}

static bool is_seen(const struct table *t, str at)
{
    return t->schema->fact < 0 || t->as_of == DAY_NONE || !at.n ||
           day_parse(str_sub(at, 0, 10)) <= t->as_of;
}

static void find_times(struct grouping *g)
{
    const struct column *c = &g->t->columns->at[g->time];
    int month = g->t->as_of == DAY_NONE ? -1 : month_of(g->t->as_of);
    bool told = may_read(g, &g->t->schema->field[g->time]);
    struct map known;

    map_init(&known, g->scratch);
    g->time_of = NEW_ARRAY(g->scratch, c->ntexts + 1, int64_t);
    for (size_t i = 0; i < c->ntexts; i++) {
        str at = i ? text_at(c, (int64_t)i) : S("");
        if (!is_seen(g->t, at)) {
            g->time_of[i] = -1;
            continue;
        }
        str time = told ? arena_str(g->mem, group_time(at, month)) : S("");
        void **slot = map_put(&known, time);
        if (!*slot) {
            PUSH(g->mem, &g->times, time);
            *slot = (void *)(uintptr_t)g->times.n;
        }
        g->time_of[i] = (int64_t)(uintptr_t)*slot - 1;
    }
}

/* ---- prints ---- */

struct row_prints {
    struct arena *mem;
    const struct table *t;
    str audience;
    struct folder *folder; /* whose cells these are; or NULL */
    uint64_t **text; /* a field each: what its texts add, by number, where it is known already */
    uint64_t *print; /* of the rows of the chunk that was asked for last; or NULL */
    size_t chunk;
};

struct row_prints *row_prints_new(struct arena *mem, const struct table *t, str audience)
{
    struct row_prints *p = NEW(mem, struct row_prints);
    *p = (struct row_prints){.mem = mem, .t = t, .audience = audience};
    p->text = NEW_ARRAY(mem, t->schema->nfields + 1, uint64_t *);
    return p;
}

struct row_prints *folder_prints(struct folder *f, const struct table *t)
{
    void **slot = map_put(&f->prints, t->schema->name);
    if (!*slot) {
        struct row_prints *p = row_prints_new(folder_part_mem(f), t, S("everyone"));
        p->folder = f;
        *slot = p;
    }
    return *slot;
}

static uint64_t print_of_text(const struct column *c, uint64_t *known, uint64_t salt, int64_t text)
{
    if (text && !known[text])
        known[text] = hash_mixed(salt ^ hash_str(text_at(c, text)));
    return known[text];
}

/* What a column adds to the prints of the n rows of a chunk, as its cells read at the as-of
 * date. */
static void add_prints(struct row_prints *p, size_t field, size_t chunk, size_t n, uint64_t *row)
{
    const struct field *f = &p->t->schema->field[field];
    const struct column *c = &p->t->columns->at[field];
    bool texts = c->packing == PACKED_TEXT && f->known_at < 0;
    uint64_t salt = hash_str(f->name);
    union cell own[CHUNK_ROWS];
    const union cell *cells = own;

    if (p->folder)
        cells = folder_cells(p->folder, p->t, (int)field, chunk);
    else
        column_cells(c, chunk, own);
    if (texts && !p->text[field])
        p->text[field] = NEW_ARRAY(p->mem, c->ntexts + 1, uint64_t);
    for (size_t i = 0; i < n && texts; i++)
        row[i] += print_of_text(c, p->text[field], salt, cells[i].i);
    for (size_t i = 0; i < n && !texts; i++) {
        size_t at = chunk * CHUNK_ROWS + i;
        if (f->known_at >= 0) {
            struct value v = table_value_as_of(p->t, field, at);
            if (v.kind != VALUE_NULL)
                row[i] += hash_mixed(salt ^ (v.kind == VALUE_TEXT ? hash_str(v.s) : (uint64_t)v.i));
        } else if (!cell_is_null(c, cells[i]))
            row[i] += hash_mixed(salt ^ (uint64_t)cells[i].i);
    }
}

const uint64_t *row_prints_of(struct row_prints *p, size_t chunk)
{
    size_t left = p->t->nrows - chunk * CHUNK_ROWS, n = left < CHUNK_ROWS ? left : CHUNK_ROWS;
    if (p->print && p->chunk == chunk)
        return p->print;
    if (!p->print)
        p->print = NEW_ARRAY(p->mem, CHUNK_ROWS, uint64_t);
    p->chunk = chunk;
    memset(p->print, 0, n * sizeof *p->print);
    for (size_t f = 0; f < p->t->schema->nfields; f++) {
        str audience = p->t->schema->field[f].audience;
        if (!audience.n || str_eq(audience, p->audience))
            add_prints(p, f, chunk, n, p->print);
    }
    for (size_t i = 0; i < n; i++)
        p->print[i] = hash_mixed(p->print[i]);
    return p->print;
}

/* ---- groups ---- */

static void add_field(struct arena *mem, int **list, size_t *n, size_t field, size_t most)
{
    if (!*list)
        *list = NEW_ARRAY(mem, most, int);
    (*list)[(*n)++] = (int)field;
}

/* What reads otherwise before a day names no group, and has no sum: it is in the print. */
static void choose_fields(struct grouping *g, const str *by, size_t nby)
{
    const struct schema *s = g->t->schema;
    struct row_groups *out = g->out;

    if (g->time >= 0)
        add_field(g->mem, &out->key, &out->nkeys, (size_t)g->time, s->nfields);
    for (size_t f = 0; f < s->nfields; f++) {
        const struct field *field = &s->field[f];
        bool is_by = false;
        if ((int)f == g->time || !may_read(g, field) || field->known_at >= 0)
            continue;
        for (size_t i = 0; i < nby; i++)
            is_by |= str_eq(by[i], field->name);
        if (is_by && g->t->columns->at[f].packing == PACKED_TEXT)
            add_field(g->mem, &out->key, &out->nkeys, f, s->nfields);
        else if (field->type == TYPE_money || field->type == TYPE_integer)
            add_field(g->mem, &out->sum, &out->nsums, f, s->nfields);
    }
}

/* A text has another number in each file, and in one of many texts too. */
static void find_same(struct grouping *g)
{
    const struct row_groups *out = g->out;
    g->same = NEW_ARRAY(g->scratch, out->nkeys + 1, int64_t *);
    for (size_t k = g->time >= 0 ? 1 : 0; k < out->nkeys; k++) {
        const struct column *c = &g->t->columns->at[out->key[k]];
        struct map first;
        map_init(&first, g->scratch);
        g->same[k] = NEW_ARRAY(g->scratch, c->ntexts + 1, int64_t);
        for (size_t i = 1; i < c->ntexts; i++) {
            void **slot = map_put(&first, text_at(c, (int64_t)i));
            if (!*slot)
                *slot = (void *)(uintptr_t)i;
            g->same[k][i] = (int64_t)(uintptr_t)*slot;
        }
    }
}

static struct row_group_sum *group_at(struct grouping *g, const int64_t *number)
{
    struct row_groups *out = g->out;
    str bytes = {(const char *)number, out->nkeys * sizeof *number};
    void **slot = map_put(&g->of, bytes);
    if (*slot)
        return &out->list.at[(uintptr_t)*slot - 1];
    struct row_group_sum sum = {.key = NEW_ARRAY(g->mem, out->nkeys + 1, str),
                                .sum = NEW_ARRAY(g->mem, out->nsums + 1, int64_t)};
    for (size_t k = 0; k < out->nkeys; k++) {
        const struct column *c = &g->t->columns->at[out->key[k]];
        sum.key[k] = out->key[k] == g->time ? g->times.at[number[k]]
                     : number[k]            ? text_at(c, number[k])
                                            : S("");
    }
    PUSH(g->mem, &out->list, sum);
    *slot = (void *)(uintptr_t)out->list.n;
    return &out->list.at[out->list.n - 1];
}

/* Adds whole numbers as a clock does where they leave 64 bits: two states differ all the same. */
static void add_whole(int64_t *sum, int64_t n)
{
    *sum = (int64_t)((uint64_t)*sum + (uint64_t)n);
}

static void add_chunk(struct grouping *g, size_t chunk, union cell *key, union cell *sum)
{
    const struct columns *all = g->t->columns;
    struct row_groups *out = g->out;
    size_t from = chunk * CHUNK_ROWS;
    size_t n = g->t->nrows - from < CHUNK_ROWS ? g->t->nrows - from : CHUNK_ROWS;
    const uint64_t *print = row_prints_of(g->prints, chunk);
    int64_t number[64];

    for (size_t k = 0; k < out->nkeys; k++)
        column_cells(&all->at[out->key[k]], chunk, key + k * CHUNK_ROWS);
    for (size_t s = 0; s < out->nsums; s++)
        column_cells(&all->at[out->sum[s]], chunk, sum + s * CHUNK_ROWS);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < out->nkeys; k++)
            number[k] =
                g->same[k] ? g->same[k][key[k * CHUNK_ROWS + i].i] : key[k * CHUNK_ROWS + i].i;
        if (g->time >= 0 && (number[0] = g->time_of[number[0]]) < 0)
            continue;
        struct row_group_sum *group = group_at(g, number);
        group->rows++;
        group->print += print[i];
        for (size_t s = 0; s < out->nsums; s++)
            if (!cell_is_null(&all->at[out->sum[s]], sum[s * CHUNK_ROWS + i]))
                add_whole(&group->sum[s], sum[s * CHUNK_ROWS + i].i);
        out->rows++;
    }
}

static int by_key(const void *a, const void *b, void *nkeys)
{
    const struct row_group_sum *x = a, *y = b;
    int order = 0;
    for (size_t k = 0; k < *(const size_t *)nkeys && !order; k++)
        order = str_cmp(x->key[k], y->key[k]);
    return order;
}

/* ---- of a table whose rows are not here ---- */

/* The keys of the groups that are folded which are asked for: the time, and those of `by`. */
static void choose_keys(struct row_groups *out, struct arena *mem, const struct folding *f,
                        const str *by, size_t nby, size_t *from)
{
    const struct rollup *r = f->rollup;
    const struct schema *s = f->table->schema;
    out->key = NEW_ARRAY(mem, r->nby + 1, int);
    from[out->nkeys] = 0;
    out->key[out->nkeys++] = s->fact;
    for (size_t field = 0; field < s->nfields; field++)
        for (size_t k = 1; k < r->nby; k++)
            for (size_t i = 0; i < nby && str_eq(r->by[k], s->field[field].name); i++)
                if (str_eq(by[i], r->by[k])) {
                    from[out->nkeys] = k;
                    out->key[out->nkeys++] = (int)field;
                    break;
                }
}

static str key_of_cell(const struct folding *f, size_t cell, size_t key)
{
    struct value v = f->key[key]->dictionary.values.at[f->cells.code[cell * f->rollup->nby + key]];
    return v.kind == VALUE_TEXT ? v.s : S("");
}

/* Cells that differ in none of the keys that were asked for are one group. */
static void add_cell(struct arena *mem, struct map *known, struct row_groups *out,
                     const struct folding *f, size_t cell, const size_t *from)
{
    const union cell *value = &f->cells.value[cell * f->nmeasures];
    uint32_t code[MOST_KEYS];
    for (size_t k = 0; k < out->nkeys; k++)
        code[k] = f->cells.code[cell * f->rollup->nby + from[k]];
    void **slot = map_put(known, (str){(const char *)code, out->nkeys * sizeof *code});
    if (!*slot) {
        struct row_group_sum group = {NEW_ARRAY(mem, out->nkeys, str), 0,
                                      NEW_ARRAY(mem, out->nsums + 1, int64_t), 0};
        for (size_t k = 0; k < out->nkeys; k++)
            group.key[k] = arena_str(mem, key_of_cell(f, cell, from[k]));
        PUSH(mem, &out->list, group);
        *slot = (void *)(uintptr_t)out->list.n;
    }
    struct row_group_sum *group = &out->list.at[(uintptr_t)*slot - 1];
    for (size_t s = 0; s < out->nsums; s++)
        if (value[s].i != CELL_NULL_INT)
            add_whole(&group->sum[s], value[s].i);
    group->rows += (size_t)value[out->nsums].i;
    group->print += (uint64_t)value[out->nsums + 1].i;
    out->rows += (size_t)value[out->nsums].i;
}

static void groups_folded(struct arena *mem, const struct folded *all, const str *by, size_t nby,
                          struct row_groups *out)
{
    const struct folding *f = all->rollups.at[all->groups].whole;
    struct arena *scratch = arena_new();
    struct map known;
    size_t from[MOST_KEYS + 1];
    map_init(&known, scratch);
    choose_keys(out, mem, f, by, nby, from);
    out->sum = NEW_ARRAY(mem, f->rollup->nsum + 1, int);
    for (size_t i = 0; i < f->rollup->nsum; i++)
        out->sum[out->nsums++] = schema_field(f->table->schema, f->rollup->sum[i]);
    for (size_t i = 0; i < f->cells.n; i++)
        add_cell(mem, &known, out, f, i, from);
    arena_free(scratch);
}

static void groups_of_rows(struct arena *mem, const struct table *t, str audience, const str *by,
                           size_t nby, struct row_groups *out)
{
    enum { MOST_FIELDS = 60 };
    struct grouping g = {
        .mem = mem, .scratch = arena_new(), .t = t, .audience = audience, .out = out};

    map_init(&g.of, g.scratch);
    g.prints = row_prints_new(g.scratch, t, audience);
    g.time = time_field(&g);
    if (g.time >= 0)
        find_times(&g);
    choose_fields(&g, by, nby < MOST_FIELDS ? nby : MOST_FIELDS);
    find_same(&g);
    union cell *key = NEW_ARRAY(g.scratch, (out->nkeys + 1) * CHUNK_ROWS, union cell);
    union cell *sum = NEW_ARRAY(g.scratch, (out->nsums + 1) * CHUNK_ROWS, union cell);
    for (size_t chunk = 0; chunk * CHUNK_ROWS < t->nrows; chunk++)
        add_chunk(&g, chunk, key, sum);
    arena_free(g.scratch);
}

void row_groups(struct arena *mem, const struct table *t, str audience, const str *by, size_t nby,
                struct row_groups *out)
{
    *out = (struct row_groups){0};
    if (t->folded)
        groups_folded(mem, t->folded, by, nby, out);
    else
        groups_of_rows(mem, t, audience, by, nby, out);
    if (out->list.n)
        qsort_r(out->list.at, out->list.n, sizeof *out->list.at, by_key, &out->nkeys);
}
