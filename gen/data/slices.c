#include "folded.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* A slice ends behind the first line of at least so many bytes whose text says so, if the next row
 * may begin another one: so that it ends there whatever stands before it, and a line more or less
 * in a file changes one slice or two. */

enum { SLICE = 8 << 20, WINDOW = 1 << 17, ENDS_ONE_IN = 32 };

struct cut_part {
    struct part part;
    struct hash128 key;
    str kept;           /* what was folded of it another time … */
    struct buf made;    /* … or now */
    struct arena *mem;  /* of the slice */
    struct slice slice; /* that is what either says */
    struct lost lost;
    struct suspects suspects;
    bool known;  /* it is kept already, and read for its rows */
    bool by_day; /* it is, or is to be, kept for this day alone */
    uint64_t
        *followed; /* what its references lead to now, where that had to be looked up; or NULL */
    bool failed;
    struct refusal refusal;
    bool tells;      /* it is the first of its file, of whose head is told with it */
    char *own;       /* its text, where that has to wait; or NULL */
    const char *raw; /* where its bytes stand; its text stands elsewhere once it is converted */
    size_t nbeyond_ascii; /* if the bytes are UTF-8, characters that are none of ASCII; else
                             SIZE_MAX */
};

/* Slices that were looked up wait for each other: when as many of them have to be read as there are
 * threads, they are, and all are taken in their order. */
enum { WAITING_MOST = 2 * PARTS_MOST };

struct slicing {
    struct file_reader *r;
    struct folded *all;
    str head;
    struct hash128 key; /* of what a slice says besides its text */
    size_t least;       /* bytes of a slice */
    int position;       /* of the column that keeps rows together, in the file; or -1 */
    int lines;          /* before the next slice */
    size_t nthreads, naside, nnameless;
    str encoding;         /* of the file, if it is not UTF-8 */
    size_t nbeyond_ascii; /* in all slices, as long as they could as well be UTF-8; or SIZE_MAX */
    bool begun;
    struct cut_part cut[WAITING_MOST];
    size_t n, nwaiting; /* those that were cut; of these the first were looked up before */
    struct cut_part *reading[PARTS_MOST]; /* those of them that have to be read */
    size_t nreading;
    struct folder *folder[PARTS_MOST]; /* one for each that is read at a time; or NULL */
    struct staying *staying[PARTS_MOST];
};

/* ---- where a slice ends ---- */

static str cell_at(str line, char delimiter, int position)
{
    size_t from = 0;
    for (int i = 0; i < position && from < line.n; i++)
        from = str_find(line, (str){&delimiter, 1}, from) + 1;
    return from < line.n ? str_sub(line, from, str_find(line, (str){&delimiter, 1}, from))
                         : (str){0};
}

/* Rows that belong together stand one behind the other; where a quote hides that, what was cut is
 * found to be cut. */
static bool may_end(const struct slicing *s, str line, str next)
{
    if (s->position < 0)
        return true;
    str a = cell_at(line, s->r->delimiter, s->position),
        b = cell_at(next, s->r->delimiter, s->position);
    return !str_eq(a, b);
}

/* The end of a slice that begins at `from`; 0: not within what is in memory. */
static size_t slice_end(const struct slicing *s, str text, size_t from, bool ends)
{
    size_t at = from + s->least;
    if (text.n - from < s->least + WINDOW)
        return ends ? text.n : 0;
    bool quoted = count_byte(str_sub(text, from, at), '"') % 2;
    at = line_end_outside(text, at, quoted);
    for (size_t next; at < text.n; at = next) {
        next = line_end_outside(text, at, false);
        size_t after = line_end_outside(text, next, false);
        if (after == text.n && !ends)
            return 0;
        str line = str_sub(text, at, next);
        bool late = next - from > s->least + WINDOW / 2;
        if ((late || hash_str(line) % ENDS_ONE_IN == 0) &&
            may_end(s, line, str_sub(text, next, after)))
            return next;
    }
    return ends ? text.n : 0;
}

static size_t cut(struct slicing *s, str text, bool ends)
{
    size_t from = 0, to;
    for (; s->n < s->nwaiting + s->nthreads && from < text.n; from = to) {
        to = slice_end(s, text, from, ends);
        if (!to)
            break;
        s->cut[s->n++] = (struct cut_part){.part = {.text = str_sub(text, from, to)},
                                           .refusal.beyond = DAY_NONE};
    }
    return from;
}

/* ---- slices ---- */

/* What the references of a slice that is kept lead to, as the file of slices knows it, or as it is
 * looked up. */
static const uint64_t *followed_now(const struct slicing *s, struct cut_part *c)
{
    size_t n = s->all->nfollowed;
    const struct blobs *slices = s->r->l->slices;
    str known = blobs_get(slices, followed_key(c->key, s->all->followed_whole, n));
    struct slice values;
    uint64_t *sum = NEW_ARRAY(c->mem, n + 1, uint64_t);
    if (known.n == n * sizeof *sum)
        return memcpy(sum, known.p, known.n);
    if (!slice_parse_values(c->mem, c->kept, s->all, &values))
        return NULL;
    values.key = c->key;
    followed_sums(s->all, &values, sum);
    return c->followed = sum;
}

static bool leads_to_the_same(const struct slicing *s, struct cut_part *c)
{
    const struct slice *kept = &c->slice;
    size_t n = s->all->nfollowed, bytes = n * sizeof *kept->whole;
    if (kept->nfollowed != n)
        return false;
    if (!n || memcmp(kept->whole, s->all->followed_whole, bytes) == 0)
        return true;
    const uint64_t *now = followed_now(s, c);
    return now && memcmp(kept->followed, now, bytes) == 0;
}

/* What is told of a slice as of an earlier day is kept beside what is told as of the latest, which
 * most builds ask for. */
static struct hash128 key_of_day(const struct slicing *s, struct hash128 key)
{
    const uint64_t as_of = (uint64_t)s->all->as_of;
    return followed_key(key, &as_of, 1);
}

static bool keys_are_well(const struct slicing *s, const struct cut_part *c)
{
    bool well = c->slice.nkeys == (s->all->hashed ? s->all->rising.n : 0);
    for (size_t i = 0; i < c->slice.nkeys && well; i++)
        well = unique_is_well(c->slice.keys[i]);
    return well;
}

static void read_lost(struct part *p, const struct slicing *s, const struct cut_part *c,
                      struct lost *lost)
{
    const struct slice *slice = &c->slice;
    for (size_t i = 0; i < slice->nlost; i++)
        part_more(p, str_sub(p->text, slice->lost[i].at, slice->lost[i].at + slice->lost[i].n),
                  p->lines_before + (int)slice->lost[i].line);
    lost_find(p, s->r->l, s->all, c->key, lost);
}

/* Whether the bytes of a slice are text, which they are made then. */
static bool convert(const struct slicing *s, struct cut_part *c)
{
    return !str_is_set(s->encoding) || c->part.text.p != c->raw ||
           encoding_convert_part(c->mem, c->part.text, s->encoding, &c->part.text);
}

/* Where a reference of a row that was set aside leads somewhere now, the row is one again. */
static bool are_still_lost(const struct slicing *s, struct cut_part *c)
{
    struct lost lost;
    if (!c->slice.nlost)
        return true;
    if (!convert(s, c))
        return false;
    struct part p = {.text = c->part.text};
    part_begin(&p, s->r, s->head, false);
    read_lost(&p, s, c, &lost);
    bool still = lost.records.list.n == c->slice.nlost;
    part_end(&p);
    return still;
}

/* What is kept under a key, if it serves. */
static bool look_under(const struct slicing *s, struct cut_part *c, struct hash128 key)
{
    c->kept = blobs_get(s->r->l->slices, key);
    bool known = c->kept.n && slice_parse_head(c->mem, c->kept, &c->slice) && keys_are_well(s, c) &&
                 folded_serves(s->all, &c->slice) && leads_to_the_same(s, c) &&
                 are_still_lost(s, c) && !twice_is_suspect(s->all, &c->slice);
    blobs_passed(s->r->l->slices, c->kept); /* its cells may not be asked for */
    return known;
}

static void look_up(void *arg, size_t i)
{
    struct slicing *s = arg;
    struct cut_part *c = &s->cut[s->nwaiting + i];
    c->mem = arena_new();
    c->raw = c->part.text.p;
    struct hasher *h = hasher_new(c->mem);
    hasher_add(h, (str){(const char *)&s->key, sizeof s->key});
    hasher_add(h, c->part.text);
    c->key = hasher_end(h);
    if (str_is_set(s->encoding))
        c->nbeyond_ascii =
            utf8_valid(c->part.text, NULL) ? encoding_count_beyond_ascii(c->part.text) : SIZE_MAX;
    c->known = look_under(s, c, c->key);
    c->by_day = c->kept.n && !c->known && (day)c->slice.as_of > s->all->as_of;
    if (!c->known && (c->by_day || !s->all->guessed))
        c->known = look_under(s, c, key_of_day(s, c->key));
    if (!c->known || folded_wants_rows(s->all, &c->slice))
        c->kept = (str){0};
    if (c->kept.n)
        c->part.nlines = c->slice.nlines;
    else
        part_count_lines(&c->part, !str_is_set(s->encoding));
}

/* What was set aside of a slice that is kept is set aside again. */
static void read_odd(struct slicing *s, struct cut_part *c)
{
    part_begin(&c->part, s->r, s->head, c->tells);
    for (size_t i = 0; i < c->slice.nodd; i++) {
        const struct odd_record *odd = &c->slice.odd[i];
        part_more(&c->part, str_sub(c->part.text, odd->at, odd->at + odd->n),
                  c->part.lines_before + (int)odd->line);
    }
    c->failed = c->part.reader.spoilt || c->part.table.rejects.n != c->slice.nodd;
    read_lost(&c->part, s, c, &c->lost);
    c->part.table.sources.at[0].rows_read = c->slice.nrows + c->slice.nodd + c->slice.nlost;
    c->failed |=
        c->part.table.rejects.n != c->slice.nodd || c->lost.records.list.n != c->slice.nlost;
}

/* Whether what is told of it is told of the records that were set aside, each of which tells it
 * again. */
static bool tells_of_odd(const struct part *p)
{
    size_t reject = 0;
    for (size_t i = 0; i < p->diags.list.n; i++) {
        while (reject < p->table.rejects.n &&
               p->table.rejects.at[reject].line < p->diags.list.at[i].at.line)
            reject++;
        if (reject == p->table.rejects.n ||
            p->table.rejects.at[reject].line != p->diags.list.at[i].at.line)
            return false;
    }
    return !p->reader.nrounded && !p->reader.told_nameless;
}

static void read_slice(void *arg, size_t i)
{
    struct slicing *s = arg;
    struct cut_part *c = s->reading[i];
    struct table *t = &c->part.table;
    struct odd_records odd = {0};
    if (!convert(s, c)) {
        c->failed = true;
        return;
    }
    if (c->kept.n) {
        read_odd(s, c);
        return;
    }
    c->part.staying = s->staying[i];
    part_read(&c->part, s->r, s->head, c->tells);
    t->as_of = DAY_NONE;
    t->nrows = t->columns->nrows;
    odd_find(&c->part, &odd);
    lost_find(&c->part, s->r->l, s->all, c->key, &c->lost);
    twice_suspects(s->all, c->mem, &c->part, &c->suspects);
    if (!s->folder[i])
        s->folder[i] = folder_of_parts(s->all->folder, s->all->hashed);
    c->failed = c->part.reader.spoilt ||
                !folded_slice(c->mem, s->all, c->key, s->folder[i], t, c->part.nlines, &odd,
                              &c->lost, &c->slice, &c->made, &c->refusal);
    columns_leave_texts(t->columns);
}

/* Rows from that day on. */
static void take_rows(const struct slicing *s, struct part *p)
{
    struct columns *columns = p->table.columns;
    const struct column *date = &columns->at[p->table.schema->fact];
    uint8_t *dead = NEW_ARRAY(p->l.scratch, columns->nrows / 8 + 1, uint8_t);
    for (size_t row = 0; row < columns->nrows; row++) {
        union cell cell = column_cell(date, row);
        if (!cell.i || str_cmp(text_at(date, cell.i), s->all->rows_from) < 0)
            dead[row / 8] |= (uint8_t)(1 << row % 8);
    }
    columns_drop(columns, dead);
    columns_append(s->r->columns, columns, s->nthreads);
}

static bool was_read(const struct cut_part *c)
{
    return c->part.l.mem != NULL;
}

static bool take_slice(struct slicing *s, struct cut_part *c)
{
    const struct loading *l = s->r->l;
    if (c->failed) {
        s->r->l->beyond = c->refusal.beyond;
        s->r->l->unordered |= c->refusal.unordered;
        return false;
    }
    twice_note_slice(s->all, c->key, s->r->source, c->part.lines_before);
    twice_take(s->all, c->key, &c->suspects);
    if (was_read(c)) {
        s->naside += c->part.table.sources.at[0].rows_aside + c->lost.records.list.n;
        s->nnameless += c->part.reader.told_nameless;
        part_take(s->r, &c->part);
        lost_take(s->all, c->key, s->r->source, &c->part, &c->lost);
    } else
        source_of(s->r)->rows_read += c->slice.nrows;
    if (folded_wants_rows(s->all, &c->slice))
        take_rows(s, &c->part);
    if (!c->known && tells_of_odd(&c->part))
        blobs_put(l->slices,
                  c->by_day || folded_is_partial(&c->slice) ? key_of_day(s, c->key) : c->key,
                  buf_str(&c->made));
    if (c->followed)
        blobs_put(l->slices, followed_key(c->key, s->all->followed_whole, s->all->nfollowed),
                  (str){(const char *)c->followed, s->all->nfollowed * sizeof *c->followed});
    if (s->naside > ASIDE_NOTED || s->nnameless > 1)
        return false;
    if (c->slice.nkeys && !unique_add(s->all, l->slices, c->slice.keys, c->kept.n))
        return false;
    struct hash128 key = followed_key(c->key, c->slice.followed, c->slice.nfollowed);
    if (!c->kept.n)
        return sums_now(s->all, l->slices, l->sums, key, &c->slice);
    sums_later(s->all, key, c->kept);
    return true;
}

/* Those that were looked up before are read and taken; the others move up. */
static bool take_waiting(struct slicing *s, bool ok)
{
    if (ok)
        threads_run(s->nreading, read_slice, s);
    for (size_t i = 0; i < s->nwaiting; i++) {
        struct cut_part *c = &s->cut[i];
        ok = ok && take_slice(s, c);
        if (was_read(c))
            part_end(&c->part);
        slice_free(&c->slice);
        buf_clear(&c->made);
        arena_free(c->mem);
        free(c->own);
    }
    s->n -= s->nwaiting;
    memmove(s->cut, s->cut + s->nwaiting, s->n * sizeof *s->cut);
    s->nwaiting = s->nreading = 0;
    return ok;
}

static bool has_to_be_read(const struct cut_part *c)
{
    return !c->kept.n || c->slice.nodd || c->slice.nlost || c->tells;
}

/* The text of a slice that has to be read later, for the memory that it stands in is needed. */
static void keep_text(struct cut_part *c)
{
    str text = c->part.text;
    if (text.p != c->raw)
        return;
    c->own = malloc(text.n);
    if (!c->own)
        die("out of memory for %zu bytes of a file", text.n);
    c->raw = c->own;
    c->part.text = (str){memcpy(c->own, text.p, text.n), text.n};
}

/* Looks the slices up that were cut, and puts them behind those that wait. */
static bool fold_slices(struct slicing *s)
{
    size_t fresh = s->n - s->nwaiting, nreading = 0;
    bool ok = true;
    threads_run(fresh, look_up, s);
    for (size_t i = s->nwaiting; i < s->n; i++) {
        struct cut_part *c = &s->cut[i];
        c->part.lines_before = s->lines;
        s->lines += (int)c->part.nlines;
        ok &= !c->part.odd;
        bool other = c->nbeyond_ascii == SIZE_MAX || s->nbeyond_ascii == SIZE_MAX;
        s->nbeyond_ascii = other ? SIZE_MAX : s->nbeyond_ascii + c->nbeyond_ascii;
        c->tells = !s->begun;
        s->begun = true;
        nreading += has_to_be_read(c);
    }
    if (ok && s->nreading + nreading > s->nthreads)
        ok = take_waiting(s, true);
    for (; s->nwaiting < s->n; s->nwaiting++)
        if (has_to_be_read(&s->cut[s->nwaiting]))
            s->reading[s->nreading++] = &s->cut[s->nwaiting];
    if (!ok || s->nreading == s->nthreads || s->n + s->nthreads > WAITING_MOST)
        return take_waiting(s, ok);
    for (size_t i = s->n - fresh; i < s->n; i++)
        if (has_to_be_read(&s->cut[i]))
            keep_text(&s->cut[i]);
    return true;
}

/* ---- a file ---- */

static struct hash128 key_of_file(const struct slicing *s)
{
    const struct mapping *m = s->r->mapping;
    struct hasher *h = hasher_new(s->r->l->scratch);
    hasher_add(h, (str){(const char *)&s->all->key, sizeof s->all->key});
    hasher_add(h, s->head);
    hasher_add(h, (str){&s->r->delimiter, 1});
    if (m) {
        const char marks[] = {m->decimal, m->thousands};
        hasher_add(h, (str){marks, sizeof marks});
        hasher_add(h, m->dates);
        hasher_add(h, m->encoding);
    }
    for (size_t i = 0; m && i < m->columns.n; i++) {
        hasher_add(h, m->columns.at[i].column);
        hasher_add(h, m->columns.at[i].head);
    }
    return hasher_end(h);
}

/* As many bytes as slices that are read at a time may have; where the first one ends nowhere in
 * these, more. */
static bool read_more(const struct slicing *s, struct stretch *stretch, size_t taken)
{
    size_t wanted = s->nthreads * (s->least + 2 * WINDOW);
    size_t more = stretch->n < wanted ? wanted - stretch->n : 0;
    stretch->part = (more + s->nthreads - 1) / s->nthreads;
    if (!taken && !stretch->part)
        stretch->part = WINDOW;
    return stretch_more(stretch);
}

/* Such a file is told of when it is read whole. */
static bool is_other_than_said(const struct slicing *s)
{
    return str_is_set(s->encoding) && s->nbeyond_ascii != SIZE_MAX &&
           encoding_is_surely_utf8(s->nbeyond_ascii, s->encoding);
}

static bool fold_stretches(struct slicing *s, struct stretch *stretch)
{
    if (!stretch_begin(stretch, s->r, &s->head))
        return false;
    s->key = key_of_file(s);
    s->position = position_in_head(s->r, s->head, s->all->whole_field);
    s->lines = (int)count_byte(s->head, '\n');
    bool ok = true;
    while (ok && stretch->n) {
        bool ends = stretch->at == stretch->size;
        size_t taken = cut(s, (str){stretch->p, stretch->n}, ends);
        ok = (taken > 0 || !ends) && fold_slices(s);
        stretch_keep_rest(stretch, taken);
        ok = ok && (ends || read_more(s, stretch, taken));
    }
    ok = take_waiting(s, ok) && !is_other_than_said(s);
    free_rules(s->r);
    s->r->has_head = true;
    return ok;
}

size_t slice_bytes(const struct loading *l)
{
    return l->options->slice ? l->options->slice : SLICE;
}

/* Of columns that name rows of other tables; but not where the numbers of texts tell them apart
 * within a slice. */
static const bool *fields_that_stay(struct arena *mem, const struct folded *all)
{
    const struct schema *schema = all->t->schema;
    bool *stays = NEW_ARRAY(mem, schema->nfields, bool);
    for (size_t i = 0; i < schema->nforeign; i++)
        stays[schema_field(schema, schema->foreign[i].column)] = true;
    for (size_t i = 0; i < all->rising.n; i++)
        for (size_t k = 0; k < all->rising.at[i].n; k++)
            stays[all->rising.at[i].field[k]] = false;
    if (all->whole_field >= 0)
        stays[all->whole_field] = false;
    return stays;
}

bool fold_file(struct loading *l, const struct later_file *file)
{
    struct file_reader r = file_reader_of(l, file->table, file->mapping);
    struct slicing *s = NEW(l->scratch, struct slicing);
    *s = (struct slicing){
        .r = &r, .all = file->table->folded, .least = slice_bytes(l), .nthreads = threads_of(&r)};
    s->encoding = encoding_of_parts(&r);
    struct stretch stretch = {.nparts = s->nthreads, .part = s->least + 2 * WINDOW};
    struct pieces *pieces = pieces_open(l->scratch, file->path, &stretch.size);
    add_source(&r, file->shown);
    if (!pieces)
        return false;
    stretch.pieces = pieces;
    s->all->nthreads = s->nthreads;
    const bool *stays = fields_that_stay(l->scratch, s->all);
    for (size_t i = 0; i < s->nthreads; i++)
        s->staying[i] = staying_new(l->scratch, stays, file->table->schema->nfields);
    bool ok = fold_stretches(s, &stretch);
    for (size_t i = 0; i < s->nthreads; i++) {
        if (s->folder[i])
            folder_free(s->folder[i]);
        staying_free(s->staying[i]);
    }
    free(stretch.p);
    pieces_close(pieces);
    if (ok)
        end_file(&r);
    return ok;
}
