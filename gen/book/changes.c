#include "changes.h"

#include <math.h>

enum { SHOWN_MOST = 60 }; /* characters of one value */

static str shown(struct arena *mem, const struct snapshot *s, const struct snapshot_column *column,
                 struct value v)
{
    struct buf plain = {0};
    if (column->restricted)
        return S("restricted");
    diag_plain(&plain, format_in(mem, &s->lang, v, column->type, (str){0}), SHOWN_MOST);
    str text = arena_str(mem, buf_str(&plain));
    buf_clear(&plain);
    return text;
}

/* ---- two tables side by side ---- */

/* The rows of one state, or its groups of rows, by key: of equal keys the first that is not taken
 * yet. */
struct rows {
    const struct snapshot *s;
    const struct snapshot_table *t;
    size_t n;
    size_t *next; /* by index: the following row of the same key + 1 */
    bool *taken;
    struct map by_key; /* → index + 1 of its first row */
};

struct pairing {
    struct changes *c;
    const struct snapshot_table
        *as; /* the table whose columns are those of both: now's, if there is one */
    size_t nkey;
    struct rows before, now;
    int *column_before, *column_now; /* where each column stands in either, or -1 */
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

static struct value cell(const struct pairing *p, const struct rows *r, size_t column, size_t i)
{
    int at = (r == &p->before ? p->column_before : p->column_now)[column];
    return at < 0 ? (struct value){.kind = VALUE_NULL} : snapshot_cell(r->t, (size_t)at, i);
}

/* By its key, or by all that stands in the row: its hash, for keys of large tables are many. Valid
 * until the next call. */
static str key_of(struct pairing *p, const struct rows *r, size_t i, bool whole)
{
    buf_reset(&p->key);
    for (size_t k = 0; k < p->as->ncolumns; k++)
        if (whole || p->as->column[k].role == COLUMN_key)
            put_value(&p->key, cell(p, r, k, i));
    p->hash = hash128_of(buf_str(&p->key));
    return (str){(const char *)&p->hash, sizeof p->hash};
}

static void fill_rows(struct pairing *p, struct rows *r, const struct snapshot *s,
                      const struct snapshot_table *t)
{
    struct arena *mem = p->c->mem;
    *r = (struct rows){.s = s, .t = t, .n = t ? t->n : 0};
    map_init(&r->by_key, mem);
    r->next = NEW_ARRAY(mem, r->n + 1, size_t);
    r->taken = NEW_ARRAY(mem, r->n + 1, bool);
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

/* The first row of that key before that is not taken, or its number of rows. Those that are taken
 * are passed over once: a table may have a line ten thousand times. */
static size_t find_before(struct pairing *p, str key)
{
    size_t first = (size_t)(uintptr_t)map_get(&p->before.by_key, key), i = first;
    while (i && p->before.taken[i - 1])
        i = p->before.next[i - 1];
    if (i != first)
        p->before.next[first - 1] = i;
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

static double money_in(const struct rows *r, const struct snapshot_column *column, struct value v)
{
    double x = value_number(v);
    if (column->type != TYPE_money || isnan(x) || column->restricted)
        return 0;
    return x / (double)money_unit(&r->s->lang);
}

/* The key of a row that was edited, and what of it is another; of others, what stands in it. */
static str row_text(struct pairing *p, const struct rows *r, size_t i, size_t other, double *weight)
{
    bool edited = other < p->before.n && r == &p->now;
    size_t nparts = 0;
    struct buf text = {0};
    *weight = 0;
    for (size_t f = 0; f < p->as->ncolumns; f++) {
        const struct snapshot_column *column = &p->as->column[f];
        struct value v = cell(p, r, f, i), was = {.kind = VALUE_NULL};
        if (column->role == COLUMN_print)
            continue;
        if (edited)
            was = cell(p, &p->before, f, other);
        *weight += fabs(money_in(r, column, v) - money_in(&p->before, column, was));
        bool differs = !edited || !value_same(v, was);
        if (edited && differs) {
            put_part(&text, column->name, shown(p->c->mem, p->before.s, column, was),
                     shown(p->c->mem, r->s, column, v));
            nparts++;
        } else if (v.kind != VALUE_NULL && (!edited || column->role == COLUMN_key))
            put_part(&text, column->name, (str){0}, shown(p->c->mem, r->s, column, v));
    }
    if (edited && !nparts)
        buf_addf(&text, "%sother rows", text.n ? ", " : "");
    str told = arena_str(p->c->mem, buf_str(&text));
    buf_clear(&text);
    return told;
}

static void add_values(struct pairing *p, const struct rows *r, size_t i, struct changed_row *row)
{
    for (size_t f = 0; f < p->as->ncolumns; f++) {
        struct value v = cell(p, r, f, i);
        if (v.kind == VALUE_TEXT && !p->as->column[f].restricted)
            row->value[row->nvalues++] = v.s;
    }
}

/* A group that has as many rows as before has at least one that is another. */
static void count_change(struct pairing *p, struct changed_table *t, enum row_change what,
                         size_t before, size_t now)
{
    int rows = -1;
    for (size_t f = 0; f < p->as->ncolumns && rows < 0; f++)
        if (p->as->column[f].role == COLUMN_rows)
            rows = (int)f;
    if (rows < 0) {
        *(what == ROW_added ? &t->added : what == ROW_removed ? &t->removed : &t->edited) += 1;
        return;
    }
    int64_t was = what == ROW_added ? 0 : cell(p, &p->before, (size_t)rows, before).i;
    int64_t is = what == ROW_removed ? 0 : cell(p, &p->now, (size_t)rows, now).i;
    t->added += is > was ? (size_t)(is - was) : 0;
    t->removed += was > is ? (size_t)(was - is) : 0;
    t->edited += was == is;
}

static void add_row(struct pairing *p, struct changed_table *t, enum row_change what, size_t before,
                    size_t now)
{
    struct changes *c = p->c;
    const struct rows *r = what == ROW_removed ? &p->before : &p->now;
    size_t i = what == ROW_removed ? before : now;
    struct changed_row row = {.table = t->name, .what = what, .at = snapshot_place(r->t, i)};
    row.text = row_text(p, r, i, what == ROW_edited ? before : p->before.n, &row.weight);
    row.value = NEW_ARRAY(c->mem, 2 * p->as->ncolumns + 1, str);
    if (what != ROW_added)
        add_values(p, &p->before, before, &row);
    if (what != ROW_removed)
        add_values(p, &p->now, now, &row);
    count_change(p, t, what, before, now);
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
    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    return x->what != y->what ? (int)x->what - (int)y->what : str_cmp(x->text, y->text);
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
    if (!p->nkey)
        return;
    index_rows(p, &p->before, false);
    for (size_t i = 0; i < p->now.n; i++) {
        if (p->now.taken[i])
            continue;
        size_t other = find_before(p, key_of(p, &p->now, i, false));
        if (other == p->before.n)
            continue;
        p->before.taken[other] = p->now.taken[i] = true;
        add_row(p, t, ROW_edited, other, i);
    }
}

/* In a table without a key the same line with one other cell is that row, edited. */
static size_t cells_alike(const struct pairing *p, size_t before, size_t now)
{
    size_t n = 0;
    for (size_t f = 0; f < p->as->ncolumns; f++)
        n += value_same(cell(p, &p->before, f, before), cell(p, &p->now, f, now));
    return n;
}

static void take_nearly_equal(struct pairing *p, struct changed_table *t)
{
    for (size_t i = 0, from = 0; i < p->now.n && !p->nkey; i++) {
        while (from < p->before.n && p->before.taken[from])
            from++;
        enum { LOOKED_AT = 50 };
        for (size_t k = from; !p->now.taken[i] && k < p->before.n && k < from + LOOKED_AT; k++) {
            if (p->before.taken[k] || cells_alike(p, k, i) + 1 < p->as->ncolumns)
                continue;
            p->before.taken[k] = p->now.taken[i] = true;
            add_row(p, t, ROW_edited, k, i);
        }
    }
}

static void take_others(struct pairing *p, struct changed_table *t)
{
    for (size_t i = 0; i < p->before.n; i++)
        if (!p->before.taken[i])
            add_row(p, t, ROW_removed, i, 0);
    for (size_t i = 0; i < p->now.n; i++)
        if (!p->now.taken[i])
            add_row(p, t, ROW_added, 0, i);
}

/* Most tables are the same, and a hash tells so without pairing their rows. */
static bool is_same(const struct changes *c, const struct snapshot_table *was,
                    const struct snapshot_table *is)
{
    return was && is && was->table && is->table && was->table->made == is->table->made &&
           c->as_of_before == c->as_of_now &&
           hash128_eq(table_hash(c->mem, was->table), table_hash(c->mem, is->table));
}

static void pair_rows(struct changes *c, struct changed_table *t, const struct snapshot *before,
                      const struct snapshot_table *was, const struct snapshot *now,
                      const struct snapshot_table *is)
{
    const struct snapshot_table *as = is ? is : was;
    struct pairing p = {.c = c,
                        .as = as,
                        .column_before = NEW_ARRAY(c->mem, as->ncolumns + 1, int),
                        .column_now = NEW_ARRAY(c->mem, as->ncolumns + 1, int)};
    for (size_t f = 0; f < as->ncolumns; f++) {
        p.column_before[f] = was ? snapshot_column(was, as->column[f].name) : -1;
        p.column_now[f] = is ? (int)f : -1;
        p.nkey += as->column[f].role == COLUMN_key;
    }
    fill_rows(&p, &p.before, before, was);
    fill_rows(&p, &p.now, now, is);
    take_equal(&p);
    take_edited(&p, t);
    take_nearly_equal(&p, t);
    take_others(&p, t);
    buf_clear(&p.key);
}

/* One that is told by rows in one state and by groups in the other, or whose rows an engine has:
 * only how many rows there are. */
static void compare_sizes(struct changed_table *t)
{
    t->added = t->now > t->before ? t->now - t->before : 0;
    t->removed = t->before > t->now ? t->before - t->now : 0;
}

static void compare_table(struct changes *c, const struct snapshot *before,
                          struct snapshot_table *was, const struct snapshot *now,
                          struct snapshot_table *is)
{
    const struct snapshot_table *as = is ? is : was;
    struct changed_table t = {.name = as->name,
                              .text = as->text,
                              .before = was ? was->rows : 0,
                              .now = is ? is->rows : 0,
                              .grouped = as->grouped,
                              .restricted = as->restricted,
                              .first_row = c->row.n};
    day later = c->as_of_now > c->as_of_before ? c->as_of_now : c->as_of_before;

    bool asked = (was && was->asked) || (is && is->asked);
    if (!asked && is_same(c, was, is))
        return;
    bool by_groups = was && is && (was->grouped || is->grouped);
    if (asked || (by_groups && !snapshot_align(c->mem, was, is, later)))
        compare_sizes(&t);
    else
        pair_rows(c, &t, before, was, now, is);
    t.nrows = c->row.n - t.first_row;
    if (!t.added && !t.removed && !t.edited)
        return;
    if (t.restricted) { /* that it changed is all that others learn */
        c->row.n = t.first_row;
        t.nrows = 0;
    } else if (t.nrows)
        qsort(&c->row.at[t.first_row], t.nrows, sizeof *c->row.at, by_weight);
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

void compare_tables(struct changes *c, struct snapshot *before, struct snapshot *now)
{
    for (size_t i = 0; i < now->tables.n; i++) {
        struct snapshot_table *is = &now->tables.at[i];
        compare_table(c, before, snapshot_table(before, is->name), now, is);
    }
    for (size_t i = 0; i < before->tables.n; i++)
        if (!snapshot_table(now, before->tables.at[i].name))
            compare_table(c, before, &before->tables.at[i], now, NULL);
    if (c->table.n)
        qsort(c->table.at, c->table.n, sizeof *c->table.at, by_size);
}
