#include "fold.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Orders that several people share: a rollup with `split:` takes each of their rows once a person,
 * with that person in the place of the row's own, and of what is summed the person's part. What it
 * means is the SELECT of rollup_sql.c. */

static const str ORDER = S("order_id"), PERSON = S("person"), SHARE = S("share"),
                 STARTS = S("starts");

/* ---- the table of shares ---- */

static bool is_text(const struct table *t, int field)
{
    return field >= 0 && t->columns->at[field].packing == PACKED_TEXT &&
           t->schema->field[field].known_at < 0;
}

/* The shares of an order that start on a day: they take the place of those that start before. */
static size_t order_of(struct shares *s, str order, int64_t starts)
{
    void **slot = map_put(&s->of, order);
    size_t later = 0, at = (uintptr_t)*slot;
    while (at && s->orders.at[at - 1].starts > starts) {
        later = at;
        at = s->orders.at[at - 1].earlier;
    }
    if (at && s->orders.at[at - 1].starts == starts)
        return at - 1;
    PUSH(s->mem, &s->orders,
         ((struct order_shares){.order = order, .starts = starts, .earlier = at}));
    if (later)
        s->orders.at[later - 1].earlier = s->orders.n;
    else
        *slot = (void *)(uintptr_t)s->orders.n;
    return s->orders.n - 1;
}

/* Ties between shares go by the row's number as text, as keys of share_out() do. */
static int by_row_text(const void *a, const void *b)
{
    const struct share *x = a, *y = b;
    char left[24], right[24];
    snprintf(left, sizeof left, "%zu", x->row);
    snprintf(right, sizeof right, "%zu", y->row);
    return strcmp(left, right);
}

static void finish_order(struct arena *mem, struct order_shares *o)
{
    struct hasher *h = hasher_new(mem);
    double largest = 0;
    for (size_t i = 0; i < o->list.n; i++) {
        largest = fmax(largest, o->list.at[i].share);
        o->sum += o->list.at[i].share;
    }
    qsort(o->list.at, o->list.n, sizeof *o->list.at, by_row_text);
    hasher_add(h, o->order);
    hasher_add(h, (str){(const char *)&o->starts, sizeof o->starts});
    for (size_t i = 0; i < o->list.n; i++) {
        struct share *one = &o->list.at[i];
        one->weight = share_weight(one->share, largest);
        hasher_add_value(h, one->person);
        hasher_add(h, (str){(const char *)&one->share, sizeof one->share});
    }
    o->print = hasher_end(h).low;
    o->hash = hash_mixed(hash_str(o->order));
}

static void read_shares(struct shares *s, const struct table *t)
{
    int order = schema_field(t->schema, ORDER), person = schema_field(t->schema, PERSON);
    int share = schema_field(t->schema, SHARE), starts = schema_field(t->schema, STARTS);
    if (starts >= 0 && t->schema->field[starts].type != TYPE_date)
        starts = -1;
    s->known = is_text(t, order) && is_text(t, person) && share >= 0;
    for (size_t row = 0; row < t->nrows && s->known; row++) {
        struct value of = table_value_as_of(t, (size_t)order, row);
        double part = value_number(table_value_as_of(t, (size_t)share, row));
        if (of.kind != VALUE_TEXT || !(part > 0) || !table_seen(t, row))
            continue;
        struct share one = {row + 1, table_value_as_of(t, (size_t)person, row), part, 0};
        struct value from = {0};
        if (starts >= 0)
            from = table_value_as_of(t, (size_t)starts, row);
        int64_t day = from.kind == VALUE_TEXT ? day_number(TYPE_date, from.s) : 0;
        size_t number = order_of(s, of.s, day);
        s->dated |= day != 0;
        PUSH(s->mem, &s->orders.at[number].list, one);
    }
    for (size_t i = 0; i < s->orders.n; i++) {
        finish_order(s->mem, &s->orders.at[i]);
        size_t n = s->orders.at[i].list.n;
        s->most = n > s->most ? n : s->most;
        s->known &= n <= CHUNK_ROWS;
    }
}

static const struct shares *folder_shares(struct folder *f, str table)
{
    const struct table *t = dataset_table(f->dataset, table);
    struct shares *s = map_get(&f->shares, table);
    if (s)
        return s;
    *map_put(&f->shares, table) = s = NEW(f->mem, struct shares);
    s->mem = f->mem;
    map_init(&s->of, f->mem);
    if (t)
        read_shares(s, t);
    return s;
}

/* ---- rows that are shared ---- */

struct splitting *splitting_new(struct arena *mem, struct folder *f, const struct table *t,
                                str table)
{
    const struct shares *shares = folder_shares(f, table);
    int order = schema_field(t->schema, ORDER), person = schema_field(t->schema, PERSON);
    if (!shares->known || !is_text(t, order) || !is_text(t, person))
        return NULL;
    if (shares->dated && !is_text(t, t->schema->fact))
        return NULL;
    struct splitting *s = NEW(mem, struct splitting);
    *s = (struct splitting){
        .shares = shares, .folder = f, .table = t, .order = order, .person = person, .mem = mem};
    s->of_text = folder_texts(f, t, order, table);
    return s;
}

/* The number + 1 of the order's shares, or 0. */
static uint32_t shares_of(const struct splitting *s, int64_t text)
{
    uint32_t *known = &s->of_text[text];
    if (!*known) {
        const struct column *c = &s->table->columns->at[s->order];
        void *of = text ? map_get(&s->shares->of, text_at(c, text)) : NULL;
        *known = 1 + (uint32_t)(uintptr_t)of;
    }
    return *known - 1;
}

static void number_days(struct splitting *s)
{
    const struct column *date = &s->table->columns->at[s->table->schema->fact];
    s->day_of_text = NEW_ARRAY(s->mem, date->ntexts + 1, int64_t);
    for (size_t i = 1; i < date->ntexts; i++)
        s->day_of_text[i] = day_number(TYPE_date, text_at(date, (int64_t)i));
}

/* Of an order's shares those that hold on the day of a row: their number + 1, or 0. */
static uint32_t held_on(const struct splitting *s, uint32_t number, int64_t day)
{
    while (number && s->shares->orders.at[number - 1].starts > day)
        number = (uint32_t)s->shares->orders.at[number - 1].earlier;
    return number;
}

size_t splitting_part(struct splitting *s, size_t chunk, uint16_t *row, size_t n)
{
    const union cell *order = folder_cells(s->folder, s->table, s->order, chunk), *date = NULL;
    if (s->shares->dated)
        date = folder_cells(s->folder, s->table, s->table->schema->fact, chunk);
    if (date && !s->day_of_text)
        number_days(s);
    size_t kept = 0;
    s->nrows = s->next = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t number = shares_of(s, order[row[i]].i);
        if (number && date)
            number = held_on(s, number, s->day_of_text[date[row[i]].i]);
        if (!number) {
            row[kept++] = row[i];
            continue;
        }
        s->of[s->nrows] = number - 1;
        s->row[s->nrows++] = row[i];
    }
    return kept;
}

size_t splitting_more(struct splitting *s, uint16_t *row)
{
    size_t n = 0;
    for (; s->next < s->nrows; s->next++) {
        const struct order_shares *o = &s->shares->orders.at[s->of[s->next]];
        if (n + o->list.n > CHUNK_ROWS)
            break;
        for (size_t i = 0; i < o->list.n; i++) {
            s->share[n] = (struct shared_row){o, i};
            row[n++] = s->row[s->next];
        }
    }
    return n;
}

struct value splitting_person(const struct splitting *s, size_t i)
{
    return s->share[i].of->list.at[s->share[i].nth].person;
}

/* ---- parts of what is summed ---- */

static int64_t part_of_whole(struct arena *mem, const struct shared_row *r, int64_t total)
{
    size_t n = r->of->list.n;
    int64_t *weight = NEW_ARRAY(mem, 2 * n, int64_t), *part = weight + n;
    for (size_t i = 0; i < n; i++)
        weight[i] = r->of->list.at[i].weight;
    share_out(total, weight, n, part);
    return part[r->nth];
}

void splitting_parts(const struct splitting *s, const struct column *c, size_t n,
                     union cell *number)
{
    struct arena *mem = arena_new();
    for (size_t i = 0; i < n; i++) {
        const struct shared_row *r = &s->share[i];
        if (cell_is_null(c, number[i]))
            continue;
        if (c->packing == PACKED_REAL)
            number[i].r = number[i].r * r->of->list.at[r->nth].share / r->of->sum;
        else
            number[i].i = part_of_whole(mem, r, number[i].i);
        arena_reset(mem);
    }
    arena_free(mem);
}
