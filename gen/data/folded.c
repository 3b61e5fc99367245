#include "folded.h"

/* ---- whether a table can be folded ---- */

/* A dimension of so few rows parts the groups that are told of a table. */
enum { FEW_ROWS = 1000 };

static bool is_plain(const struct schema *s)
{
    for (size_t i = 0; i < s->nfields; i++)
        if (s->field[i].audience.n || s->field[i].known_at >= 0)
            return false;
    return true;
}

/* Its rows are what a reference or the last of each key asks for. */
static bool rows_are_wanted(const struct dataset *d, str table)
{
    const struct model *m = d->model;
    for (size_t i = 0; i < m->kept.n; i++)
        if (str_eq(m->kept.at[i].of, table) && !str_is_set(m->kept.at[i].since) &&
            !m->kept.at[i].unwanted)
            return true;
    for (size_t i = 0; i < m->schemas.n; i++)
        for (size_t k = 0; k < m->schemas.at[i].nforeign; k++)
            if (str_eq(m->schemas.at[i].foreign[k].table, table))
                return true;
    return false;
}

/* Of a table that the book lacks rows may be made, which have a key and a name, and nothing
 * else. */
static bool is_told_by_made(const struct schema *to, str field)
{
    return str_eq(field, S("name")) || schema_field(to, field) == to->primary_key[0];
}

/* What a key is looked up in must be the same on any day. */
static bool can_follow(const struct dataset *d, const struct schema *s, const struct key_part *p)
{
    if (!str_is_set(p->follow))
        return true;
    for (size_t i = 0; i < s->nforeign; i++) {
        const struct table *to = dataset_table(d, s->foreign[i].table);
        if (str_eq(s->foreign[i].column, p->column))
            return to && to->schema->fact < 0 && is_plain(to->schema) && !to->folded &&
                   to->schema->nprimary_key == 1 &&
                   (to->sources.n || !is_told_by_made(to->schema, p->follow));
    }
    return false;
}

static bool keys_are_plain(const struct dataset *d, const struct schema *s, const struct rollup *r)
{
    for (size_t i = 0; i < r->nby; i++) {
        struct key_part part[2];
        size_t n = rollup_key(r->by[i], part);
        for (size_t k = 0; k < n; k++)
            if (!can_follow(d, s, &part[k]))
                return false;
    }
    return true;
}

static bool can_fold(const struct dataset *d, const struct table *t)
{
    const struct schema *s = t->schema;
    if (!s->big || !is_plain(s) || s->fact < 0 || s->field[s->fact].type != TYPE_date ||
        rows_are_wanted(d, s->name))
        return false;
    for (size_t i = 0; i < s->nforeign; i++)
        if (t->columns->at[schema_field(s, s->foreign[i].column)].packing != PACKED_TEXT)
            return false;
    for (size_t i = 0; i < d->model->rollups.n; i++)
        if (str_eq(d->model->rollups.at[i].of, s->name) &&
            !keys_are_plain(d, s, &d->model->rollups.at[i]))
            return false;
    return true;
}

/* ---- what is folded ---- */

static const str day_of_month = S("day of month("), group = S("group(");

static size_t coding_number(struct folded *all, str by, struct coding *whole)
{
    struct coding *open = folder_coding(all->folder, all->t, by);
    for (size_t i = 0; i < all->codings.n; i++)
        if (all->codings.at[i].open == open)
            return i;
    /* Its values in memory of their own: codings are added to by several threads. */
    dictionary_init(&whole->dictionary, arena_new());
    struct folded_coding c = {by, open, whole,
                              str_starts(by, day_of_month) ? TO_DATE
                              : str_starts(by, group)      ? GROUP
                                                           : AS_IT_IS};
    PUSH(all->mem, &all->codings, c);
    return all->codings.n - 1;
}

/* Of several tables of shares none is. */
static bool note_split(struct folded *all, const struct folding *f)
{
    const struct shares *before = all->shares;
    if (!f->split)
        return true;
    all->shares = f->split->shares;
    all->shared_field = f->split->order;
    all->shared_person = f->split->person;
    return !before || before == all->shares;
}

static bool add_rollup(struct folded *all, const struct rollup *of, struct rollup open)
{
    struct folded_rollup r = {.of = of, .open = open};
    struct rollup *own = NEW(all->mem, struct rollup);
    struct arena *mem = arena_new(); /* its own: rollups are added to by several threads */
    *own = open;
    r.whole = folding_new(mem, all->folder, of ? of : own, all->t);
    if (!r.whole || !note_split(all, r.whole)) {
        if (r.whole)
            folding_free(r.whole);
        arena_free(mem);
        return false;
    }
    size_t nkeys = open.nby, nmeasures = r.whole->nmeasures;
    r.key = NEW_ARRAY(all->mem, nkeys + nmeasures + 1, size_t);
    for (size_t k = 0; k < nkeys; k++)
        r.key[k] = coding_number(all, open.by[k], r.whole->key[k]);
    for (size_t m = 0; m < nmeasures; m++) {
        const struct source_column *source = &r.whole->source[m];
        bool is_text = r.whole->measure[m].packing == PACKED_TEXT &&
                       r.whole->measure[m].measuring <= MEASURE_LAST;
        r.key[nkeys + m] =
            is_text ? coding_number(all, all->t->schema->field[source->field].name, source->coding)
                    : NO_CODING;
    }
    if (str_is_set(open.since))
        r.bound = since_bound(all->mem, all->as_of, open.since);
    PUSH(all->mem, &all->rollups, r);
    return true;
}

/* to_date() is another every day: the day of the month is not. */
static bool open_keys(struct arena *mem, struct rollup *r)
{
    static const str to_date = S("to_date(");
    bool any = false;
    str *by = NEW_ARRAY(mem, r->nby + 1, str);
    for (size_t i = 0; i < r->nby; i++) {
        bool is_to_date = str_starts(r->by[i], to_date);
        by[i] = is_to_date ? arena_printf(mem, STR_FMT STR_FMT, STR_ARG(day_of_month),
                                          STR_ARG(str_sub(r->by[i], to_date.n, r->by[i].n)))
                           : r->by[i];
        any |= is_to_date;
    }
    r->by = by;
    return any;
}

static void add_rising(struct folded *all, const int *field, size_t n, bool texts)
{
    struct rising r = {NEW_ARRAY(all->mem, n, int), n, texts, NULL, false};
    memcpy(r.field, field, n * sizeof *field);
    PUSH(all->mem, &all->rising, r);
}

/* Who shares an order is looked up by its number, so slices have to say which orders are theirs.
 * What a share is must be the same on any day. */
static bool can_split(const struct folded *all, const struct dataset *d, const struct model *m)
{
    bool plain = true;
    for (size_t i = 0; i < m->rollups.n && all->shares; i++) {
        const struct rollup *r = &m->rollups.at[i];
        const struct table *t = str_eq(r->of, all->t->schema->name) && rollup_is_split(d, r)
                                    ? dataset_table(d, r->split)
                                    : NULL;
        plain &= !t || (t->schema->fact < 0 && is_plain(t->schema));
    }
    return !all->shares || (plain && all->shared_field == all->whole_field);
}

/* The first distinct column says where no slice may end; rows of another are not told apart. */
static bool add_distinct(struct folded *all, const struct rollup *r, bool by_day)
{
    int field = schema_field(all->t->schema, r->distinct);
    if (!str_is_set(r->distinct))
        return true;
    if (all->whole_field < 0 && all->t->columns->at[field].packing == PACKED_TEXT) {
        all->whole_field = field;
        add_rising(all, &field, 1, true);
    }
    all->by_day |= by_day;
    return field == all->whole_field;
}

static bool add_model_rollups(struct folded *all, const struct model *m)
{
    for (size_t i = 0; i < m->rollups.n; i++) {
        const struct rollup *r = &m->rollups.at[i];
        bool known = !str_eq(r->of, all->t->schema->name);
        for (size_t k = 0; k < all->rollups.n && !known; k++)
            known = same_rollup(all->rollups.at[k].of, r);
        struct rollup open = *r;
        if (!known &&
            !(add_distinct(all, r, open_keys(all->mem, &open)) && add_rollup(all, r, open)))
            return false;
    }
    return true;
}

static bool is_few(const struct dataset *d, str table)
{
    const struct table *t = dataset_table(d, table);
    return t && t->columns->nrows <= FEW_ROWS;
}

/* By day and the keys of small dimensions; the sums, the number and the print of the rows. */
static bool add_groups(struct folded *all, const struct dataset *d)
{
    const struct schema *s = all->t->schema;
    struct rollup r = {.of = s->name, .count = S("rows"), .print = true};
    r.by = NEW_ARRAY(all->mem, s->nfields + 1, str);
    r.sum = NEW_ARRAY(all->mem, s->nfields, str);
    r.by[r.nby++] = arena_printf(all->mem, STR_FMT STR_FMT ")", STR_ARG(group),
                                 STR_ARG(s->field[s->fact].name));
    for (size_t i = 0; i < s->nforeign && r.nby < MOST_KEYS; i++)
        if (is_few(d, s->foreign[i].table))
            r.by[r.nby++] = s->foreign[i].column;
    for (size_t i = 0; i < s->nfields; i++)
        if (s->field[i].type == TYPE_money || s->field[i].type == TYPE_integer)
            r.sum[r.nsum++] = s->field[i].name;
    all->groups = all->rollups.n;
    return add_rollup(all, NULL, r);
}

/* People of shared orders have codes among those of the rows' own, which are asked for by
 * themselves then. */
static str reference_key(const struct folded *all, str column)
{
    bool both = all->shares && schema_field(all->t->schema, column) == all->shared_person;
    return both ? arena_printf(all->mem, "reference(" STR_FMT ")", STR_ARG(column)) : column;
}

/* Rows by day and the print of each day's, groups, and the keys that references name. */
static bool add_own(struct folded *all, const struct loading *l)
{
    const struct dataset *d = l->dataset;
    const struct schema *s = all->t->schema;
    struct rollup dates = {
        .of = s->name, .by = &s->field[s->fact].name, .nby = 1, .count = S("rows"), .print = true};
    all->dates = all->rollups.n;
    bool ok = add_rollup(all, NULL, dates) && add_groups(all, d);
    all->foreign = NEW_ARRAY(all->mem, s->nforeign + 1, size_t);
    for (size_t i = 0; i < s->nforeign && ok; i++) {
        str by = reference_key(all, s->foreign[i].column);
        struct coding *whole = folder_coding(all->folder, all->t, by);
        ok = whole != NULL;
        if (ok)
            all->foreign[i] = coding_number(all, by, whole);
    }
    if (ok)
        folded_follow(all, l);
    return ok;
}

static void find_rows(struct folded *all, const struct model *m)
{
    for (size_t i = 0; i < m->kept.n; i++) {
        if (!str_eq(m->kept.at[i].of, all->t->schema->name) || m->kept.at[i].unwanted)
            continue;
        str bound = since_bound(all->mem, all->as_of, m->kept.at[i].since);
        if (!str_is_set(all->rows_from) || str_cmp(bound, all->rows_from) < 0)
            all->rows_from = bound;
    }
}

static void add_unique(struct folded *all)
{
    const struct schema *s = all->t->schema;
    if (s->nprimary_key)
        add_rising(all, s->primary_key, s->nprimary_key, false);
    for (int i = 0; i < (int)s->nfields; i++)
        if (s->field[i].unique && !(s->nprimary_key == 1 && s->primary_key[0] == i))
            add_rising(all, &i, 1, false);
}

/* ---- what the slices depend on besides their text, and followed.c's rows ---- */

static struct hash128 key_of(const struct folded *all, const struct loading *l)
{
    const struct load_options *o = l->options;
    const struct dataset *d = l->dataset;
    struct arena *mem = arena_new();
    struct hasher *h = hasher_new(mem);
    hasher_add(h, (str){(const char *)&o->model_key, sizeof o->model_key});
    hasher_add(h, all->t->schema->name);
    hasher_add(h, arena_printf(mem, "%d", o->lang.money_decimals));
    hasher_add(h, o->lang.currency);
    for (size_t i = 0; i < all->t->schema->nforeign; i++)
        hasher_add(h, is_few(d, all->t->schema->foreign[i].table) ? S("few") : S("many"));
    aliases_hash(h, l, all->t->schema);
    struct hash128 key = hasher_end(h);
    arena_free(mem);
    return key;
}

/* Where it was found that keys do not rise, and which orders are parted, it is known the next
 * time. */
static struct hash128 unordered_key(struct hash128 key)
{
    const struct hash128 unordered = hash128_of(S("unordered")), both[] = {key, unordered};
    return hash128_of((str){(const char *)both, sizeof both});
}

/* What is remembered: orders that are parted, and rows that are twice. */
struct mark {
    uint64_t unordered, nparted;
};

void folded_unordered(const struct folded *all, struct blobs *slices)
{
    struct mark mark = {1, all->parted.n};
    struct buf text = {0};
    if (!all->hashed)
        return;
    buf_add(&text, (str){(const char *)&mark, sizeof mark});
    buf_add(&text, (str){(const char *)all->parted.hash, all->parted.n * sizeof(uint64_t)});
    buf_add(&text, (str){(const char *)all->twice.at, all->twice.n * sizeof *all->twice.at});
    if (!str_eq(blobs_get(slices, all->key), buf_str(&text)))
        blobs_put(slices, all->key, buf_str(&text));
    buf_clear(&text);
}

static void take_mark(struct folded *all, str text)
{
    struct mark mark = {0};
    if (text.n >= sizeof mark)
        memcpy(&mark, text.p, sizeof mark);
    str rest = str_sub(text, sizeof mark, text.n);
    if (mark.nparted > rest.n / sizeof(uint64_t))
        return;
    str lines = str_sub(rest, mark.nparted * sizeof(uint64_t), rest.n);
    size_t nlines = lines.n / sizeof(struct twice_line);
    uint64_t *hash = NEW_ARRAY(all->mem, mark.nparted + 1, uint64_t);
    struct twice_line *line = NEW_ARRAY(all->mem, nlines + 1, struct twice_line);
    if (mark.nparted)
        memcpy(hash, rest.p, mark.nparted * sizeof *hash);
    if (nlines)
        memcpy(line, lines.p, nlines * sizeof *line);
    hash_set_add(all->mem, &all->parted, hash, mark.nparted);
    twice_add(all, line, nlines);
}

/* What is known of rows that slices cannot count, or not by themselves: as it is remembered, or as
 * the last attempt found it. */
static void set_known(struct folded *all, const struct loading *l, str mark)
{
    str name = all->t->schema->name;
    hash_set_make(all->mem, &all->parted, NULL, 0);
    take_mark(all, mark);
    for (size_t i = 0; i < l->found.parted.n; i++)
        if (str_eq(l->found.parted.at[i].table, name))
            hash_set_add(all->mem, &all->parted, l->found.parted.at[i].hash,
                         l->found.parted.at[i].n);
    for (size_t i = 0; i < l->found.suspects.n; i++)
        if (str_eq(l->found.suspects.at[i].table, name))
            hash_set_make(all->mem, &all->suspects, l->found.suspects.at[i].hash,
                          l->found.suspects.at[i].n);
    for (size_t i = 0; i < l->found.twice.n; i++)
        if (str_eq(l->found.twice.at[i].table, name)) {
            all->twice.n = 0;
            twice_add(all, l->found.twice.at[i].line, l->found.twice.at[i].n);
        }
    dictionary_init(&all->parted_texts, all->mem);
    if (all->whole_field >= 0)
        all->followed_whole[all->nfollowed++] = all->parted.print;
    all->followed_whole[all->nfollowed++] = twice_sum_of_all(all);
}

struct folded *folded_new(const struct loading *l, struct table *t, day as_of)
{
    const struct dataset *d = l->dataset;
    if (as_of == DAY_NONE || !can_fold(d, t))
        return NULL;
    struct arena *mem = arena_new();
    struct folded *all = NEW(mem, struct folded);
    *all = (struct folded){
        .mem = mem, .t = t, .folder = folder_new(d), .as_of = as_of, .whole_field = -1};
    all->guessed = l->options->as_of == DAY_NONE;
    all->day = day_iso(mem, as_of);
    folder_as_of(all->folder, as_of);
    add_unique(all);
    find_rows(all, d->model);
    if (!add_model_rollups(all, d->model) || !can_split(all, d, d->model) || !add_own(all, l)) {
        folded_free(all);
        return NULL;
    }
    all->key = key_of(all, l);
    struct hash128 key = unordered_key(all->key);
    str mark = blobs_get(l->slices, key);
    all->hashed = l->hashed || mark.n;
    if (all->hashed) {
        all->key = key;
        set_known(all, l, mark);
    }
    return all;
}

static void drop_rollup(struct folded_rollup *r)
{
    if (!r->whole)
        return;
    struct arena *mem = r->whole->mem;
    folding_free(r->whole);
    arena_free(mem);
    r->whole = NULL;
}

void folded_done(struct folded *all)
{
    for (size_t i = 0; i < all->rollups.n; i++)
        if (all->rollups.at[i].of)
            drop_rollup(&all->rollups.at[i]);
}

void folded_free(struct folded *all)
{
    for (size_t i = 0; i < all->rollups.n; i++)
        drop_rollup(&all->rollups.at[i]);
    for (size_t i = 0; i < all->codings.n; i++)
        arena_free(all->codings.at[i].whole->dictionary.mem);
    unique_free(all);
    folder_free(all->folder);
    arena_free(all->mem);
}
