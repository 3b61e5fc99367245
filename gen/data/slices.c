#include "folded.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* A slice ends behind the first line of at least so many bytes whose text says so, if the next row
 * may begin another one: so that it ends there whatever stands before it, and a line more or less
 * in a file changes one slice or two. */

enum { SLICE = 8 << 20, WINDOW = 1 << 17, ENDS_ONE_IN = 32, WAITING_MOST = 64 };

struct cut_part {
    struct arena *mem; /* of all that is known of it; it lives there itself */
    size_t nth;
    struct part part;
    struct hash128 key;
    str kept;           /* what was folded of it another time … */
    struct buf made;    /* … or now */
    struct slice slice; /* that is what either says */
    struct lost lost;
    struct suspects suspects;
    bool known;  /* it is kept already, and read for its rows */
    bool by_day; /* it is, or is to be, kept for this day alone */
    uint64_t
        *followed; /* what its references lead to now, where that had to be looked up; or NULL */
    bool failed;
    struct refusal refusal;
    bool tells;       /* it is the first of its file, of whose head is told with it */
    struct buf bytes; /* of the file, from `at` on: its text stands there … */
    size_t at;
    bool converted;       /* … or not, for it was in another encoding */
    size_t nbeyond_ascii; /* if the bytes are UTF-8, characters that are none of ASCII; else
                             SIZE_MAX */
};

/* Each thread cuts the next slice off the file, and finds out what is in it; they are taken in the
 * order of the file. So that none waits for another that has more to do, one slice more than there
 * are threads may be in memory as it was read. */
struct slicing {
    struct file_reader *r;
    struct folded *all;
    str head;
    struct hash128 key; /* of what a slice says besides its text */
    size_t least;       /* bytes of a slice */
    int position;       /* of the column that keeps rows together, in the file; or -1 */
    const struct pieces *pieces;
    size_t size, at;              /* of the file: bytes, and of these before the next slice */
    _Atomic size_t drawn, excess; /* slices, and what those that were cut have beyond the least */
    struct block_hashes *hashes;
    struct turns *cutting, *counting;
    struct in_order *taking;
    _Atomic bool failed;    /* nothing more is taken … */
    struct refusal refusal; /* … for a slice said so */
    int lines;              /* before the next slice */
    size_t nthreads, naside, nnameless;
    str encoding;         /* of the file, if it is not UTF-8 */
    size_t nbeyond_ascii; /* in all slices, as long as they could as well be UTF-8; or SIZE_MAX */
    bool begun;
    struct folder *folder[PARTS_MOST + 1];   /* of the rooms of `taking`: what stays … */
    struct staying *staying[PARTS_MOST + 1]; /* … from one slice that is read there to the next */
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

/* The end of a slice with which the text begins; 0: not within what is in memory. */
static size_t slice_end(const struct slicing *s, str text, bool ends)
{
    size_t at = s->least;
    if (text.n < s->least + WINDOW)
        return ends ? text.n : 0;
    bool quoted = count_byte(str_sub(text, 0, at), '"') % 2;
    at = line_end_outside(text, at, quoted);
    for (size_t next; at < text.n; at = next) {
        next = line_end_outside(text, at, false);
        size_t after = line_end_outside(text, next, false);
        if (after == text.n && !ends)
            return 0;
        str line = str_sub(text, at, next);
        bool late = next > s->least + WINDOW / 2;
        if ((late || hash_str(line) % ENDS_ONE_IN == 0) &&
            may_end(s, line, str_sub(text, next, after)))
            return next;
    }
    return ends ? text.n : 0;
}

/* So many bytes from c->at on, or all that there are. */
static bool hold(const struct slicing *s, struct cut_part *c, size_t n)
{
    size_t left = s->size - c->at, wanted = n < left ? n : left, more = 0;
    if (wanted > c->bytes.n) {
        more = wanted - c->bytes.n;
        buf_reserve(&c->bytes, more);
        more -= pieces_read(s->pieces, c->at + c->bytes.n, c->bytes.p + c->bytes.n, more);
        c->bytes.n = wanted - more;
    }
    return more == 0;
}

/* The bytes of a slice, before it is known where that begins: not before this. */
static void read_ahead(struct slicing *s, struct cut_part *c)
{
    size_t at = c->nth * s->least + s->excess;
    c->at = at < s->size ? at : s->size;
    if (!hold(s, c, s->least + 2 * WINDOW))
        s->failed = true;
}

/* Cuts it off the file. False: there is none, or none can be. */
static bool cut(struct slicing *s, struct cut_part *c)
{
    size_t begin = s->at - c->at, end = 0;
    while (!s->failed && !end) {
        bool ends = c->at + c->bytes.n == s->size;
        end = slice_end(s, str_sub(buf_str(&c->bytes), begin, c->bytes.n), ends);
        if (!end && ends)
            return false;
        if (!end && !hold(s, c, c->bytes.n + WINDOW))
            s->failed = true;
    }
    s->at += end;
    if (s->at > (c->nth + 1) * s->least)
        s->excess = s->at - (c->nth + 1) * s->least;
    c->part.text = str_sub(buf_str(&c->bytes), begin, begin + end);
    return end > 0;
}

/* The next slice, which takes the memory of `bytes`; NULL: there is none. */
static struct cut_part *next_slice(struct slicing *s, struct buf *bytes)
{
    struct arena *mem = arena_new();
    struct cut_part *c = NEW(mem, struct cut_part);
    buf_reset(bytes);
    *c = (struct cut_part){
        .mem = mem, .nth = s->drawn++, .bytes = *bytes, .refusal.beyond = DAY_NONE};
    *bytes = (struct buf){0};
    read_ahead(s, c);
    turn_await(s->cutting, c->nth);
    bool more = cut(s, c);
    turn_passes(s->cutting);
    if (more)
        return c;
    *bytes = c->bytes;
    arena_free(mem);
    return NULL;
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
    if (str_is_set(s->encoding) && !c->converted)
        c->converted = encoding_convert_part(c->mem, c->part.text, s->encoding, &c->part.text);
    return !str_is_set(s->encoding) || c->converted;
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

/* Of the blocks that begin in a slice; the first slice stands behind the head. */
static void hash_blocks(struct slicing *s, struct cut_part *c)
{
    size_t begin = (size_t)(c->part.text.p - c->bytes.p), end = begin + c->part.text.n;
    if (!hold(s, c, block_hashes_reach(s->hashes, c->at + end) - c->at))
        s->failed = true;
    c->part.text = str_sub(buf_str(&c->bytes), begin, end);
    block_hashes_add(s->hashes, c->nth ? c->at + begin : 0, c->at + end, c->at, buf_str(&c->bytes));
}

static void look_up(const struct slicing *s, struct cut_part *c)
{
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
static void read_odd(const struct slicing *s, struct cut_part *c)
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

static void read_slice(struct slicing *s, struct cut_part *c, size_t room)
{
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
    c->part.staying = s->staying[room];
    part_read(&c->part, s->r, s->head, c->tells);
    t->as_of = DAY_NONE;
    t->nrows = t->columns->nrows;
    odd_find(&c->part, &odd);
    lost_find(&c->part, s->r->l, s->all, c->key, &c->lost);
    twice_suspects(s->all, c->mem, &c->part, &c->suspects);
    if (!s->folder[room])
        s->folder[room] = folder_of_parts(s->all->folder, s->all->hashed);
    c->failed = c->part.reader.spoilt ||
                !folded_slice(c->mem, s->all, c->key, s->folder[room], t, c->part.nlines, &odd,
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
        s->refusal = c->refusal;
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

static bool has_to_be_read(const struct cut_part *c)
{
    return !c->kept.n || c->slice.nodd || c->slice.nlost || c->tells;
}

/* What a slice has to know of those before it. */
static void count(struct slicing *s, struct cut_part *c)
{
    bool other = c->nbeyond_ascii == SIZE_MAX || s->nbeyond_ascii == SIZE_MAX;
    s->nbeyond_ascii = other ? SIZE_MAX : s->nbeyond_ascii + c->nbeyond_ascii;
    c->part.lines_before = s->lines;
    s->lines += (int)c->part.nlines;
    c->tells = !s->begun;
    s->begun = true;
    if (c->part.odd)
        s->failed = true;
}

static void end_slice(struct cut_part *c)
{
    if (was_read(c))
        part_end(&c->part);
    slice_free(&c->slice);
    buf_clear(&c->made);
    buf_clear(&c->bytes);
    arena_free(c->mem);
}

static void take(void *arg, void *item)
{
    struct slicing *s = arg;
    if (!s->failed && !take_slice(s, item))
        s->failed = true;
    end_slice(item);
}

/* Whether something is still to be told of the text of a slice. */
static bool is_told_of(const struct cut_part *c)
{
    const struct part *p = &c->part;
    return was_read(c) &&
           (p->diags.list.n || p->table.rejects.n || p->reader.nrounded || c->lost.records.list.n);
}

static void fold_some(void *arg, size_t thread)
{
    struct slicing *s = arg;
    struct buf bytes = {0};
    struct cut_part *c;
    (void)thread;
    while ((c = next_slice(s, &bytes)) != NULL) {
        size_t room = NO_ROOM;
        hash_blocks(s, c);
        look_up(s, c);
        turn_await(s->counting, c->nth);
        count(s, c);
        turn_passes(s->counting);
        if (has_to_be_read(c) && !s->failed) {
            room = in_order_enter(s->taking, c->nth);
            read_slice(s, c, room);
        }
        if (!is_told_of(c)) {
            bytes = c->bytes;
            c->bytes = (struct buf){0};
        }
        in_order_put(s->taking, c->nth, c, room);
    }
    buf_clear(&bytes);
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
    for (size_t i = 0; m && i < m->nempty; i++)
        hasher_add(h, m->empty[i]);
    for (size_t i = 0; m && i < m->columns.n; i++) {
        hasher_add(h, m->columns.at[i].column);
        hasher_add(h, m->columns.at[i].head);
    }
    return hasher_end(h);
}

/* Such a file is told of when it is read whole. */
static bool is_other_than_said(const struct slicing *s)
{
    return str_is_set(s->encoding) && s->nbeyond_ascii != SIZE_MAX &&
           encoding_is_surely_utf8(s->nbeyond_ascii, s->encoding);
}

static bool begin_file(struct slicing *s)
{
    struct stretch stretch = {
        .pieces = s->pieces, .size = s->size, .nparts = 1, .part = 2 * WINDOW};
    bool ok = stretch_begin(&stretch, s->r, &s->head);
    s->at = stretch.at - stretch.n;
    free(stretch.p);
    return ok;
}

static bool fold_slices(struct slicing *s)
{
    if (!begin_file(s))
        return false;
    s->key = key_of_file(s);
    s->position = position_in_head(s->r, s->head, s->all->whole_field);
    s->lines = (int)count_byte(s->head, '\n');
    s->cutting = turns_new();
    s->counting = turns_new();
    s->taking = in_order_new(s->nthreads + 1, WAITING_MOST, take, s);
    threads_run(s->nthreads, fold_some, s);
    turns_free(s->cutting);
    turns_free(s->counting);
    in_order_free(s->taking);
    s->r->l->beyond = s->refusal.beyond;
    s->r->l->unordered |= s->refusal.unordered;
    free_rules(s->r);
    s->r->has_head = true;
    return !s->failed && !is_other_than_said(s);
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

static void note_hash(struct loading *l, str path, const struct block_hashes *hashes)
{
    struct hash128 *of = NEW(l->mem, struct hash128);
    *of = block_hashes_end(hashes);
    *map_put(&l->dataset->hashes, path) = of;
}

bool fold_file(struct loading *l, const struct later_file *file)
{
    struct file_reader r = file_reader_of(l, file->table, file->mapping);
    struct slicing *s = NEW(l->scratch, struct slicing);
    *s = (struct slicing){.r = &r,
                          .all = file->table->folded,
                          .least = slice_bytes(l),
                          .nthreads = threads_of(&r),
                          .refusal.beyond = DAY_NONE};
    s->encoding = encoding_of_parts(&r);
    struct pieces *pieces = pieces_open(l->scratch, file->path, &s->size);
    add_source(&r, file->shown);
    if (!pieces)
        return false;
    s->pieces = pieces;
    s->hashes = block_hashes_new(l->scratch, s->size);
    s->all->nthreads = s->nthreads;
    const bool *stays = fields_that_stay(l->scratch, s->all);
    for (size_t i = 0; i <= s->nthreads; i++)
        s->staying[i] = staying_new(l->scratch, stays, file->table->schema->nfields);
    bool ok = fold_slices(s);
    for (size_t i = 0; i <= s->nthreads; i++) {
        if (s->folder[i])
            folder_free(s->folder[i]);
        staying_free(s->staying[i]);
    }
    pieces_close(pieces);
    if (ok) {
        end_file(&r);
        note_hash(l, file->path, s->hashes);
    }
    return ok;
}
