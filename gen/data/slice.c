#include "folded.h"

/* ---- one slice ---- */

static struct value value_of(const struct column *c, union cell cell)
{
    if (cell_is_null(c, cell))
        return (struct value){0};
    return c->packing == PACKED_TEXT  ? (struct value){VALUE_TEXT, .s = text_at(c, cell.i)}
           : c->packing == PACKED_INT ? (struct value){VALUE_INT, .i = cell.i}
                                      : (struct value){VALUE_REAL, .r = cell.r};
}

static struct value *row_values(struct arena *mem, const struct columns *columns,
                                const struct rising *r, size_t row)
{
    struct value *v = NEW_ARRAY(mem, r->n, struct value);
    for (size_t i = 0; i < r->n; i++) {
        const struct column *c = &columns->at[r->field[i]];
        v[i] = value_of(c, column_cell(c, row));
    }
    return v;
}

int folded_compare(const struct value *a, const struct value *b, size_t n)
{
    int order = 0;
    for (size_t i = 0; i < n && !order; i++) {
        bool texts = a[i].kind == VALUE_TEXT && b[i].kind == VALUE_TEXT;
        order = texts && a[i].s.n != b[i].s.n ? (a[i].s.n > b[i].s.n) - (a[i].s.n < b[i].s.n)
                                              : value_compare(a[i], b[i]);
    }
    return order;
}

static bool has_null(const struct value *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].kind == VALUE_NULL)
            return true;
    return false;
}

/* The first and the last text of a column whose texts rise, whatever rows they stand in; false if
 * there is none. */
static bool text_edges(struct arena *mem, const struct column *c, struct value **low,
                       struct value **high)
{
    if (c->ntexts < 2)
        return false;
    *low = NEW(mem, struct value);
    *high = NEW(mem, struct value);
    **low = value_of(c, (union cell){.i = 1});
    **high = value_of(c, (union cell){.i = (int64_t)c->ntexts - 1});
    return true;
}

/* What slices of other rows must not hold too: the first and the last of what rises. */
static bool find_edges(struct arena *mem, const struct folded *all, struct folder *folder,
                       const struct table *part, struct slice *s)
{
    const struct columns *columns = part->columns;
    s->low = NEW_ARRAY(mem, all->rising.n + 1, struct value *);
    s->high = NEW_ARRAY(mem, all->rising.n + 1, struct value *);
    for (size_t i = 0; i < all->rising.n && part->nrows && !all->hashed; i++) {
        const struct rising *r = &all->rising.at[i];
        if (r->texts) {
            if (text_edges(mem, &columns->at[r->field[0]], &s->low[i], &s->high[i]) &&
                !folder_texts_rise(folder, part, r->field[0]))
                return false;
            continue;
        }
        s->low[i] = row_values(mem, columns, r, 0);
        s->high[i] = row_values(mem, columns, r, part->nrows - 1);
        if (!keys_rise(mem, columns, r->field, r->n) || has_null(s->low[i], r->n))
            return false;
    }
    return true;
}

/* Which texts of a column stand in rows of more than one day. */
static void find_apart(struct arena *mem, const struct table *part, int field, bool *apart)
{
    const struct column *date = &part->columns->at[part->schema->fact],
                        *text = &part->columns->at[field];
    int64_t *day_of = NEW_ARRAY(mem, text->ntexts, int64_t);
    union cell days[CHUNK_ROWS], texts[CHUNK_ROWS];
    for (size_t row = 0; row < part->nrows; row++) {
        size_t within = row & (CHUNK_ROWS - 1);
        if (within == 0) {
            column_cells(date, row >> CHUNK_LOG, days);
            column_cells(text, row >> CHUNK_LOG, texts);
        }
        int64_t *known = &day_of[texts[within].i], now = days[within].i + 1;
        apart[texts[within].i] |= *known && *known != now;
        *known = now;
    }
}

/* Of the rows of a slice the first and the last day. */
static void find_days(struct arena *mem, const struct table *part, struct slice *s)
{
    const struct column *date = &part->columns->at[part->schema->fact];
    bool *used = NEW_ARRAY(mem, date->ntexts, bool);
    union cell days[CHUNK_ROWS];
    for (size_t row = 0; row < part->nrows; row++) {
        if ((row & (CHUNK_ROWS - 1)) == 0)
            column_cells(date, row >> CHUNK_LOG, days);
        used[days[row & (CHUNK_ROWS - 1)].i] = true;
    }
    for (size_t i = 1; i < date->ntexts; i++) {
        str at = text_at(date, (int64_t)i);
        if (used[i] && (!s->first.n || str_cmp(at, s->first) < 0))
            s->first = at;
        if (used[i] && (!s->last.n || str_cmp(at, s->last) > 0))
            s->last = at;
    }
    s->undated = used[0];
}

/* Orders that are parted are told by their text. */
static void number_parted(struct arena *mem, const struct column *order, const bool *parted,
                          size_t nrollups, struct slice *s)
{
    uint32_t *number = NEW_ARRAY(mem, order->ntexts, uint32_t);
    LIST(struct value) texts = {0};
    for (size_t i = 0; i < nrollups; i++)
        for (size_t k = 0; k < s->cells[i].napart; k++) {
            uint64_t *code = &s->cells[i].apart[k].code;
            if (!parted[*code])
                continue;
            if (!number[*code]) {
                PUSH(mem, &texts, value_of(order, (union cell){.i = (int64_t)*code}));
                number[*code] = (uint32_t)texts.n;
            }
            *code = PARTED | (number[*code] - 1);
        }
    s->parted = texts.at;
    s->nparted = texts.n;
}

static bool fold_all(struct arena *mem, const struct folded *all, struct folder *folder,
                     const struct table *part, struct slice *s)
{
    struct folding **folding = s->folding = NEW_ARRAY(mem, all->rollups.n + 1, struct folding *);
    const bool *parted = parted_texts(mem, all, part);
    bool *apart = NULL;
    if (all->by_day || parted) {
        size_t n = part->columns->at[all->whole_field].ntexts;
        apart = NEW_ARRAY(mem, n, bool);
        if (parted)
            memcpy(apart, parted, n * sizeof *apart);
        if (all->by_day)
            find_apart(mem, part, all->whole_field, apart);
    }
    for (size_t i = 0; i < all->rollups.n; i++) {
        folding[i] = folding_new(mem, folder, &all->rollups.at[i].open, part);
        if (!folding[i])
            return false;
        s->nfoldings++;
        folding[i]->is_apart = apart;
        folding_begin(folding[i], i == all->dates ? DAY_NONE : all->as_of);
    }
    for (size_t i = 1; i < all->rollups.n; i++)
        for (size_t k = 0; k < i && !folding[i]->of_cells; k++)
            if (!folding[k]->of_cells && folding_is_like(folding[i], folding[k]))
                folding_take_cells(folding[i], folding[k]);
    /* Chunk by chunk, so that rollups share what their keys say of its rows. */
    bool ok = true;
    for (size_t chunk = 0; chunk * CHUNK_ROWS < part->nrows; chunk++)
        for (size_t i = 0; i < all->rollups.n && ok; i++)
            ok = folding_chunk(folding[i], chunk);
    s->cells = NEW_ARRAY(mem, all->rollups.n + 1, struct slice_cells);
    for (size_t i = 0; i < all->rollups.n; i++) {
        const struct folding *f = folding[i];
        uint32_t *code = f->of_cells ? f->of_cells->cells.code : f->cells.code;
        s->cells[i] =
            (struct slice_cells){f->cells.n, f->apart.n, code, f->cells.value, f->apart.at};
    }
    if (parted && ok)
        number_parted(mem, &part->columns->at[all->whole_field], parted, all->rollups.n, s);
    return ok;
}

/* A coding has codes of other slices too: those of this one are numbered anew, in the order in
 * which cells, and then references, have them. */
struct numbering {
    uint32_t *number;     /* of a code; 0: none yet, and NULL is 0 anyway */
    LIST(uint32_t) codes; /* by number */
};

static uint32_t number_of(struct arena *mem, struct numbering *n, uint32_t code)
{
    if (!code || n->number[code])
        return n->number[code];
    PUSH(mem, &n->codes, code);
    return n->number[code] = (uint32_t)n->codes.n - 1;
}

/* Keys that are those of another rollup are numbered with it. */
static void number_cells(struct arena *mem, const struct folded_rollup *r, struct numbering *of,
                         const struct slice_cells *cells, bool has_keys)
{
    size_t nkeys = r->open.nby, nmeasures = r->whole->nmeasures;
    for (size_t i = 0; i < cells->n; i++) {
        uint32_t *code = &cells->code[i * nkeys];
        union cell *value = &cells->value[i * nmeasures];
        for (size_t k = 0; k < nkeys && has_keys; k++)
            code[k] = number_of(mem, &of[r->key[k]], code[k]);
        for (size_t m = 0; m < nmeasures; m++)
            if (r->key[nkeys + m] != NO_CODING)
                value[m].i = number_of(mem, &of[r->key[nkeys + m]], (uint32_t)value[m].i);
    }
}

/* The codes of the columns that references name; also those that no rollup asks for. */
struct named {
    uint32_t *code;
    size_t n;
};

static struct named *find_named(struct arena *mem, const struct folded *all, struct folder *folder,
                                const struct table *part)
{
    struct named *named = NEW_ARRAY(mem, part->schema->nforeign + 1, struct named);
    for (size_t i = 0; i < part->schema->nforeign; i++) {
        str by = all->codings.at[all->foreign[i]].by;
        named[i].n = coding_texts(folder_coding(folder, part, by), mem, &named[i].code);
    }
    return named;
}

/* The values of numbered codes: all in one go, for they stand far from each other, and then memory
 * gets several at a time. */
static struct slice_values values_of(struct arena *mem, struct coding *k, const struct numbering *n)
{
    struct value *at = NEW_ARRAY(mem, n->codes.n, struct value);
    for (size_t i = 0; i < n->codes.n; i++)
        at[i] = k->dictionary.values.at[n->codes.at[i]];
    return (struct slice_values){at, n->codes.n, k, n->codes.at};
}

/* The values of each coding. */
static void find_values(struct arena *mem, const struct folded *all, struct folder *folder,
                        const struct table *part, struct slice *s)
{
    const struct named *named = find_named(mem, all, folder, part);
    size_t n = all->codings.n;
    struct numbering *of = NEW_ARRAY(mem, n + 1, struct numbering);
    struct coding **coding = NEW_ARRAY(mem, n + 1, struct coding *);
    for (size_t i = 0; i < n; i++) {
        coding[i] = folder_coding(folder, part, all->codings.at[i].by);
        of[i].number = NEW_ARRAY(mem, coding[i]->dictionary.values.n, uint32_t);
        PUSH(mem, &of[i].codes, 0);
    }
    for (size_t i = 0; i < all->rollups.n; i++)
        number_cells(mem, &all->rollups.at[i], of, &s->cells[i], !s->folding[i]->of_cells);
    for (size_t i = 0; i < part->schema->nforeign; i++)
        for (size_t k = 0; k < named[i].n; k++)
            number_of(mem, &of[all->foreign[i]], named[i].code[k]);
    s->values = NEW_ARRAY(mem, n + 1, struct slice_values);
    for (size_t i = 0; i < n; i++) {
        coding_make_notes(coding[i]);
        s->values[i] = values_of(mem, coding[i], &of[i]);
    }
}

static bool find_keys(struct arena *mem, const struct folded *all, const struct table *part,
                      const struct lost *lost, struct slice *s)
{
    if (!all->hashed)
        return true;
    s->nkeys = all->rising.n;
    s->keys = NEW_ARRAY(mem, s->nkeys + 1, str);
    return unique_keys(mem, all, part, lost, s->keys);
}

/* Rows that are lost count for what must differ, as other rows that are set aside when all is
 * read. */
static void drop_lost(struct table *part, const struct lost *lost)
{
    if (lost->dead)
        columns_drop(part->columns, lost->dead);
    part->nrows = part->columns->nrows;
}

bool folded_slice(struct arena *mem, const struct folded *all, struct hash128 key,
                  struct folder *folder, struct table *part, size_t nlines,
                  const struct odd_records *odd, const struct lost *lost, struct slice *s,
                  struct buf *text, struct refusal *refusal)
{
    *s = (struct slice){.key = key, .nlines = nlines, .as_of = all->as_of};
    s->odd = odd->list.at;
    s->nodd = odd->list.n;
    s->lost = lost->records.list.at;
    s->nlost = lost->records.list.n;
    folder_next_part(folder, part);
    bool rise = find_edges(mem, all, folder, part, s),
         whole = rise && find_keys(mem, all, part, lost, s);
    drop_lost(part, lost);
    s->nrows = part->nrows;
    find_days(mem, part, s);
    day last = day_parse(s->last);
    *refusal = (struct refusal){.beyond = last > all->as_of && all->guessed ? last : DAY_NONE};
    refusal->unordered = refusal->beyond == DAY_NONE && !rise;
    if (refusal->beyond != DAY_NONE || !whole || !fold_all(mem, all, folder, part, s))
        return false;
    find_values(mem, all, folder, part, s);
    s->nfollowed = all->nfollowed;
    s->whole = all->followed_whole;
    s->followed = NEW_ARRAY(mem, s->nfollowed + 1, uint64_t);
    followed_sums(all, s, s->followed);
    slice_write(text, all, s);
    return true;
}

void slice_free(struct slice *s)
{
    for (size_t i = 0; i < s->nfoldings; i++)
        folding_free(s->folding[i]);
    s->nfoldings = 0;
}

/* ---- whether a slice of another day serves as of this one ---- */

bool folded_is_later(const struct folded *all, const struct slice *s)
{
    return s->first.n && !s->undated && str_cmp(s->first, all->day) > 0;
}

bool folded_is_partial(const struct slice *s)
{
    struct arena *mem = arena_new();
    bool partial = str_cmp(s->last, day_iso(mem, (day)s->as_of)) > 0;
    arena_free(mem);
    return partial;
}

/* All of its rows count for a rollup on both days, or none does on this one, or those from the same
 * day on. */
static bool serves(struct arena *mem, const struct folded_rollup *r, const struct slice *s)
{
    if (!str_is_set(r->bound))
        return true;
    str then = since_bound(mem, (day)s->as_of, r->open.since);
    return str_eq(then, r->bound) || str_cmp(s->last, r->bound) < 0 ||
           (str_cmp(s->first, r->bound) >= 0 && str_cmp(s->first, then) >= 0);
}

/* Times of groups get coarser as months go by, so what is kept must be as fine as this day asks
 * for. */
static bool groups_serve(const struct folded *all, const struct slice *s)
{
    int then = month_of((day)s->as_of), now = month_of(all->as_of);
    int last = s->last.n ? month_parse(str_sub(s->last, 0, 7)) : -1;
    int month = s->first.n ? month_parse(str_sub(s->first, 0, 7)) : 0;
    bool fine = then <= now || (s->first.n && month >= 0);
    for (; month <= last && then > now && fine; month++) {
        struct arena *mem = arena_new();
        str date = day_iso(mem, month_first(month));
        fine = group_time(date, then).n >= group_time(date, now).n;
        arena_free(mem);
    }
    return fine;
}

bool folded_serves(const struct folded *all, const struct slice *s)
{
    struct arena *mem = arena_new();
    bool same = (day)s->as_of == all->as_of;
    bool ok =
        same || (!folded_is_partial(s) && groups_serve(all, s) && str_cmp(s->last, all->day) <= 0);
    for (size_t i = 0; i < all->rollups.n && ok && !same; i++)
        ok = serves(mem, &all->rollups.at[i], s);
    arena_free(mem);
    return ok || (folded_is_later(all, s) && !folded_is_partial(s));
}

bool folded_wants_rows(const struct folded *all, const struct slice *s)
{
    return str_is_set(all->rows_from) && str_cmp(s->last, all->rows_from) >= 0 &&
           !folded_is_later(all, s);
}
