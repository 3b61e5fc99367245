#include "changes.h"

#include <math.h>

/* ---- what may be told ---- */

static bool may_read(str reader, str audience)
{
    return !audience.n || str_eq(audience, reader);
}

enum { SHOWN_MOST = 60 }; /* characters of one value */

static str shown(const struct changes *c, const struct opened *o, const struct field *f,
                 struct value v)
{
    struct buf plain = {0};
    if (!may_read(c->audience, f->audience))
        return S("restricted");
    diag_plain(&plain, format_value(c->mem, o->store, v, f->type, (str){0}), SHOWN_MOST);
    str text = arena_str(c->mem, buf_str(&plain));
    buf_clear(&plain);
    return text;
}

/* ---- two tables side by side ---- */

/* The rows of one state that are seen, by key: of equal keys the first that is not taken yet. */
struct rows {
    const struct opened *o;
    const struct table *t;
    size_t *row, n;
    size_t *next; /* by index: the following row of the same key + 1 */
    bool *taken;
    struct map by_key; /* → index + 1 of its first row */
};

struct pairing {
    struct changes *c;
    const struct schema *schema;
    struct rows before, now;
    int *field_before; /* of the schema now: where the state before has it, or -1 */
    struct buf key;
    struct hash128 hash;
};

static void put_value(struct buf *key, struct value v)
{
    buf_addc(key, (char)('0' + v.kind));
    if (v.kind == VALUE_TEXT)
        buf_addf(key, "%zu:" STR_FMT, v.s.n, STR_ARG(v.s));
    else if (v.kind != VALUE_NULL)
        buf_addf(key, "%llx", (unsigned long long)v.i);
}

static struct value cell(const struct pairing *p, const struct rows *r, size_t f, size_t i)
{
    int at = r == &p->before ? p->field_before[f] : (int)f;
    return at < 0 ? (struct value){.kind = VALUE_NULL}
                  : table_value_as_of(r->t, (size_t)at, r->row[i]);
}

/* By the primary key, or by all that stands in the row: its hash, for keys of large tables are
 * many. Valid until the next call. */
static str key_of(struct pairing *p, const struct rows *r, size_t i, bool whole)
{
    const struct schema *s = p->schema;
    size_t n = whole ? s->nfields : s->nprimary_key;
    buf_reset(&p->key);
    for (size_t k = 0; k < n; k++)
        put_value(&p->key, cell(p, r, whole ? k : (size_t)s->primary_key[k], i));
    p->hash = hash128_of(buf_str(&p->key));
    return (str){(const char *)&p->hash, sizeof p->hash};
}

static void fill_rows(struct pairing *p, struct rows *r, const struct opened *o,
                      const struct table *t)
{
    struct arena *mem = p->c->mem;
    *r = (struct rows){.o = o, .t = t};
    map_init(&r->by_key, mem);
    size_t nrows = t ? t->nrows : 0;
    r->row = NEW_ARRAY(mem, nrows + 1, size_t);
    r->next = NEW_ARRAY(mem, nrows + 1, size_t);
    r->taken = NEW_ARRAY(mem, nrows + 1, bool);
    for (size_t i = 0; i < nrows; i++)
        if (table_seen(t, i))
            r->row[r->n++] = i;
}

/* Backwards, so that the first row of a key heads its chain. */
static void index_rows(struct pairing *p, struct rows *r, bool whole)
{
    map_init(&r->by_key, p->c->mem);
    for (size_t i = r->n; i-- > 0;) {
        if (r->taken[i])
            continue;
        void **slot = map_put(&r->by_key, key_of(p, r, i, whole));
        r->next[i] = (size_t)(uintptr_t)*slot;
        *slot = (void *)(uintptr_t)(i + 1);
    }
}

/* The first row of that key before that is not taken, or its number of rows. */
static size_t find_before(struct pairing *p, str key)
{
    size_t i = (size_t)(uintptr_t)map_get(&p->before.by_key, key);
    while (i && p->before.taken[i - 1])
        i = p->before.next[i - 1];
    return i ? i - 1 : p->before.n;
}

/* ---- one changed row in words ---- */

static void put_part(struct buf *text, str name, str before, str now)
{
    buf_addf(text, "%s" STR_FMT " ", text->n ? ", " : "", STR_ARG(name));
    if (str_is_set(before))
        buf_addf(text, STR_FMT " → ", STR_ARG(before));
    buf_add(text, now);
}

static double money_in(const struct pairing *p, const struct field *f, struct value v)
{
    double x = value_number(v);
    if (f->type != TYPE_money || isnan(x) || !may_read(p->c->audience, f->audience))
        return 0;
    return x / (double)money_unit(store_language(p->now.o->store));
}

static bool is_key(const struct schema *s, size_t f)
{
    for (size_t k = 0; k < s->nprimary_key; k++)
        if (s->primary_key[k] == (int)f)
            return true;
    return false;
}

/* The key of a row that was edited, and what of it is another; of others, what stands in it. */
static str row_text(struct pairing *p, const struct rows *r, size_t i, size_t other, double *weight)
{
    const struct schema *s = p->schema;
    bool edited = other < p->before.n && r == &p->now;
    struct buf text = {0};
    *weight = 0;
    for (size_t f = 0; f < s->nfields; f++) {
        struct value v = cell(p, r, f, i), was = {.kind = VALUE_NULL};
        if (edited)
            was = cell(p, &p->before, f, other);
        double before = money_in(p, &s->field[f], was), now = money_in(p, &s->field[f], v);
        *weight += fabs(now - before);
        bool differs = !edited || !value_same(v, was);
        if (edited && differs)
            put_part(&text, s->field[f].name, shown(p->c, p->before.o, &s->field[f], was),
                     shown(p->c, r->o, &s->field[f], v));
        else if (v.kind != VALUE_NULL && (!edited || is_key(s, f)))
            put_part(&text, s->field[f].name, (str){0}, shown(p->c, r->o, &s->field[f], v));
    }
    str told = arena_str(p->c->mem, buf_str(&text));
    buf_clear(&text);
    return told;
}

static void add_values(struct pairing *p, const struct rows *r, size_t i, struct changed_row *row)
{
    for (size_t f = 0; f < p->schema->nfields; f++) {
        struct value v = cell(p, r, f, i);
        if (v.kind == VALUE_TEXT && may_read(p->c->audience, p->schema->field[f].audience))
            row->value[row->nvalues++] = v.s;
    }
}

static void add_row(struct pairing *p, enum row_change what, size_t before, size_t now)
{
    struct changes *c = p->c;
    const struct rows *r = what == ROW_removed ? &p->before : &p->now;
    size_t i = what == ROW_removed ? before : now;
    struct changed_row row = {.table = p->schema->name, .what = what};
    row.at = table_place(r->t, r->row[i]);
    row.text = row_text(p, r, i, what == ROW_edited ? before : p->before.n, &row.weight);
    row.value = NEW_ARRAY(c->mem, 2 * p->schema->nfields, str);
    if (what != ROW_added)
        add_values(p, &p->before, before, &row);
    if (what != ROW_removed)
        add_values(p, &p->now, now, &row);
    PUSH(c->mem, &c->row, row);
}

static int by_weight(const void *a, const void *b)
{
    const struct changed_row *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    int order = str_cmp(x->at.file, y->at.file);
    if (order)
        return order;
    return x->at.line != y->at.line ? (x->at.line > y->at.line) - (x->at.line < y->at.line)
                                    : (int)x->what - (int)y->what;
}

/* ---- a table ---- */

/* Whole rows that stand in both states are the same, wherever they stand. */
static void take_equal(struct pairing *p)
{
    index_rows(p, &p->before, true);
    for (size_t i = 0; i < p->now.n; i++) {
        size_t other = find_before(p, key_of(p, &p->now, i, true));
        if (other < p->before.n)
            p->before.taken[other] = p->now.taken[i] = true;
    }
}

static void take_edited(struct pairing *p, struct changed_table *t)
{
    if (!p->schema->nprimary_key)
        return;
    index_rows(p, &p->before, false);
    for (size_t i = 0; i < p->now.n; i++) {
        if (p->now.taken[i])
            continue;
        size_t other = find_before(p, key_of(p, &p->now, i, false));
        if (other == p->before.n)
            continue;
        p->before.taken[other] = p->now.taken[i] = true;
        add_row(p, ROW_edited, other, i);
        t->edited++;
    }
}

/* In a table without a key the same line with one other cell is that row, edited. */
static size_t cells_alike(const struct pairing *p, size_t before, size_t now)
{
    size_t n = 0;
    for (size_t f = 0; f < p->schema->nfields; f++)
        n += value_same(cell(p, &p->before, f, before), cell(p, &p->now, f, now));
    return n;
}

static void take_nearly_equal(struct pairing *p, struct changed_table *t)
{
    for (size_t i = 0, from = 0; i < p->now.n && !p->schema->nprimary_key; i++) {
        while (from < p->before.n && p->before.taken[from])
            from++;
        enum { LOOKED_AT = 50 };
        for (size_t k = from; !p->now.taken[i] && k < p->before.n && k < from + LOOKED_AT; k++) {
            if (p->before.taken[k] || cells_alike(p, k, i) + 1 < p->schema->nfields)
                continue;
            p->before.taken[k] = p->now.taken[i] = true;
            add_row(p, ROW_edited, k, i);
            t->edited++;
        }
    }
}

/* Most tables are the same, and a hash tells so without pairing their rows. */
static bool is_same(const struct changes *c, const struct table *was, const struct table *is)
{
    return was && is && was->made == is->made && c->as_of_before == c->as_of_now &&
           hash128_eq(table_hash(c->mem, was), table_hash(c->mem, is));
}

static void compare_table(struct changes *c, const struct schema *s, const struct opened *before,
                          const struct opened *now)
{
    const struct table *was = dataset_table(before->data, s->name);
    const struct table *is = dataset_table(now->data, s->name);
    if (is_same(c, was, is))
        return;
    struct pairing p = {.c = c, .schema = s, .field_before = NEW_ARRAY(c->mem, s->nfields, int)};
    struct changed_table t = {.name = s->name, .text = s->text, .first_row = c->row.n};

    for (size_t f = 0; f < s->nfields; f++)
        p.field_before[f] = was ? schema_field(was->schema, s->field[f].name) : -1;
    fill_rows(&p, &p.before, before, was && was->present && !was->made ? was : NULL);
    fill_rows(&p, &p.now, now, is && is->present && !is->made ? is : NULL);
    t.before = p.before.n;
    t.now = p.now.n;
    t.restricted = !may_read(c->audience, s->audience);
    take_equal(&p);
    take_edited(&p, &t);
    take_nearly_equal(&p, &t);
    for (size_t i = 0; i < p.before.n; i++)
        if (!p.before.taken[i]) {
            add_row(&p, ROW_removed, i, 0);
            t.removed++;
        }
    for (size_t i = 0; i < p.now.n; i++)
        if (!p.now.taken[i]) {
            add_row(&p, ROW_added, 0, i);
            t.added++;
        }
    buf_clear(&p.key);
    size_t n = c->row.n - t.first_row;
    if (!n)
        return;
    if (t.restricted) /* that it changed is all that others learn */
        c->row.n = t.first_row;
    else
        qsort(&c->row.at[t.first_row], n, sizeof *c->row.at, by_weight);
    PUSH(c->mem, &c->table, t);
}

static size_t size_of(const struct changed_table *t)
{
    return t->restricted ? 0 : t->added + t->removed + t->edited;
}

static int by_size(const void *a, const void *b)
{
    const struct changed_table *x = a, *y = b;
    if (size_of(x) != size_of(y))
        return size_of(x) < size_of(y) ? 1 : -1;
    return str_cmp(x->name, y->name);
}

void compare_tables(struct changes *c, const struct opened *before, const struct opened *now)
{
    for (size_t i = 0; i < now->model.schemas.n; i++)
        compare_table(c, &now->model.schemas.at[i], before, now);
    if (c->table.n)
        qsort(c->table.at, c->table.n, sizeof *c->table.at, by_size);
}
