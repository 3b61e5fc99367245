#include "record.h"

/* A large text is cut at ends of lines that stand outside of quotes, and each part read by a thread
 * into columns of its own, which are put together in order. That a cut lies between two records is
 * sure only if no record before it was broken; if one was, all that was read is forgotten, and the
 * text is read from beginning to end.
 *
 * A file larger still is read in stretches of as many parts as there are threads, so that its text
 * is never in memory as a whole. */

enum { PART_LEAST = 4 << 20, STRETCH_PART = 16 << 20 };

struct parts {
    struct file_reader *into; /* what takes the parts */
    str head;                 /* the first record, with its line end */
    bool checks_utf8;         /* nobody has looked at the whole */
    bool begun;               /* not the first stretch: of the head is told already */
    int lines;                /* before the parts */
    size_t naside, nnameless;
    size_t most; /* threads */
    struct part part[PARTS_MOST];
    size_t n;
};

/* ---- cutting ---- */

/* In blocks, whose sums fit into bytes: so compilers make them sixteen and more at a time. */
size_t count_byte(str s, char c)
{
    enum { BLOCK = 128 };
    size_t n = 0, i = 0;
    for (; i + BLOCK <= s.n; i += BLOCK) {
        uint8_t block = 0;
        for (size_t k = 0; k < BLOCK; k++)
            block += s.p[i + k] == c;
        n += block;
    }
    for (; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

size_t line_end_outside(str text, size_t from, bool quoted)
{
    for (size_t i = from; i < text.n; i++) {
        quoted ^= text.p[i] == '"';
        if (text.p[i] == '\n' && !quoted)
            return i + 1;
    }
    return text.n;
}

/* Parts of about the same size, the last one to the end. */
static void cut(struct parts *p, str text)
{
    size_t size = text.n / p->most + 1;
    p->n = 0;
    for (size_t from = 0, to; from < text.n; from = to) {
        to = from + size < text.n ? from + size : text.n;
        bool quoted = to < text.n && count_byte(str_sub(text, from, to), '"') % 2;
        to = to < text.n ? line_end_outside(text, to, quoted) : to;
        p->part[p->n++] = (struct part){.text = str_sub(text, from, to)};
    }
}

static bool has_lone_return(str s)
{
    const char *end = s.p + s.n, *at = s.p;
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL)
        if (++at == end || *at != '\n')
            return true;
    return false;
}

/* Takes lines off a text, as many as a processor has at hand. */
static str cut_lines(str *text)
{
    enum { AT_HAND = 1 << 15 };
    size_t end = text->n > AT_HAND ? line_end_outside(*text, AT_HAND, false) : text->n;
    str lines = str_sub(*text, 0, end);
    *text = str_sub(*text, end, text->n);
    return lines;
}

void part_count_lines(struct part *part, bool checks_utf8)
{
    for (str text = part->text; text.n;) {
        str lines = cut_lines(&text);
        part->nlines += count_byte(lines, '\n');
        part->odd |= has_lone_return(lines) || (checks_utf8 && !utf8_valid(lines, NULL));
    }
}

static void count_lines(void *arg, size_t i)
{
    struct parts *p = arg;
    part_count_lines(&p->part[i], p->checks_utf8);
}

/* ---- reading ---- */

struct looked_for {
    const struct file_reader *r;
    str raw;
};

/* The end of the head is what is wanted of it. */
static bool on_first(void *arg, const struct csv_record *rec)
{
    struct looked_for *head = arg;
    if (is_above_head(head->r, rec))
        return true;
    head->raw = rec->raw;
    return false;
}

str head_of(const struct file_reader *r, str text)
{
    struct looked_for head = {.r = r};
    struct diags unheard;
    diags_init(&unheard, r->l->scratch);
    csv_read(S("head"), text, r->delimiter, on_first, &head, on_first, &unheard);
    if (!str_is_set(head.raw) || unheard.list.n)
        return (str){0};
    size_t end = (size_t)(head.raw.p - text.p) + head.raw.n;
    return str_sub(text, 0, line_end_outside(text, end, false));
}

/* A row with a NUL byte is whole, and set aside like any other. Of a quote that stands wrong nobody
 * can say within a part where it leads. */
static bool on_broken(void *arg, const struct csv_record *rec)
{
    struct file_reader *r = arg;
    if (r->has_head && diags_last(r->l->diags)->id == DIAG_CSV_NUL)
        return on_bad(arg, rec);
    r->spoilt = true;
    return false;
}

/* A reader that has read nothing, with rows, diagnostics and memory of its own. */
static void begin_part(const struct file_reader *into, struct part *part)
{
    struct arena *mem = arena_new(), *scratch = arena_new();
    part->l = *into->l;
    part->l.mem = mem;
    part->l.scratch = scratch;
    part->l.diags = &part->diags;
    part->l.unheard = (struct diags){.mem = arena_new()};
    diags_init(&part->diags, scratch);
    part->table = (struct table){.schema = into->t->schema};
    part->table.columns = columns_new(mem, scratch, into->t->schema);
    map_init(&part->table.columns->set_aside, scratch);
    if (part->staying)
        columns_take_texts(part->table.columns, part->staying);
    part->reader = (struct file_reader){
        .l = &part->l,
        .t = &part->table,
        .columns = part->table.columns,
        .mapping = into->mapping,
        .form = into->form,
        .delimiter = into->delimiter,
        .broken = into->broken,
    };
    const struct source *source = &into->t->sources.at[into->source];
    add_source(&part->reader, source->path);
    source_of(&part->reader)->encoding = source->encoding;
    begin_text(&part->reader, part->text);
}

void part_end(struct part *part)
{
    free_rules(&part->reader);
    arena_free(part->l.unheard.mem);
    arena_free(part->l.mem);
    arena_free(part->l.scratch);
}

/* The head is read in each part, for it says what its columns are, and told of once. */
void part_begin(struct part *part, const struct file_reader *into, str head, bool tells)
{
    struct file_reader *r = &part->reader;
    begin_part(into, part);
    csv_read(source_of(r)->path, head, r->delimiter, on_record, r, on_broken, &part->diags);
    if (!tells)
        diags_init(&part->diags, part->l.scratch);
    r->spoilt |= !r->has_head || r->unusable;
}

void part_more(struct part *part, str text, int lines_before)
{
    struct file_reader *r = &part->reader;
    if (!r->spoilt)
        csv_read_from((struct csv_start){lines_before, r->ntargets, true}, source_of(r)->path, text,
                      r->delimiter, on_record, r, on_broken, &part->diags);
}

void part_read(struct part *part, const struct file_reader *into, str head, bool tells)
{
    part_begin(part, into, head, tells);
    part_more(part, part->text, part->lines_before);
}

static void read_part(void *arg, size_t i)
{
    struct parts *p = arg;
    part_read(&p->part[i], p->into, p->head, i == 0 && !p->begun);
}

/* Whether the parts say together what the whole would: some things are told once for a file, or so
 * many times. */
static bool are_whole(struct parts *p)
{
    bool whole = true;
    for (size_t i = 0; i < p->n; i++) {
        const struct file_reader *r = &p->part[i].reader;
        whole &= !r->spoilt;
        p->naside += r->t->sources.at[0].rows_aside;
        p->nnameless += r->told_nameless;
    }
    return whole && p->naside <= ASIDE_NOTED && p->nnameless < 2;
}

/* ---- putting together ---- */

static void take_rounded(struct file_reader *whole, const struct file_reader *part)
{
    if (part->nrounded && !whole->nrounded) {
        whole->first_rounded = part->first_rounded;
        whole->first_rounded_value = arena_str(whole->l->scratch, part->first_rounded_value);
        whole->first_rounded_audience = part->first_rounded_audience;
    }
    whole->nrounded += part->nrounded;
}

static void take_reject(struct arena *mem, struct table *t, struct reject reject)
{
    reject.raw = arena_str(mem, reject.raw);
    reject.reason = arena_str(mem, reject.reason);
    reject.full_raw = arena_str(mem, reject.full_raw);
    reject.full_reason = arena_str(mem, reject.full_reason);
    reject.file = t->sources.at[t->sources.n - 1].path;
    PUSH(mem, &t->rejects, reject);
}

void part_take(struct file_reader *into, const struct part *part)
{
    struct loading *l = into->l;
    const struct source *source = &part->table.sources.at[0];
    const struct map *set_aside = &part->table.columns->set_aside;
    source_of(into)->rows_read += source->rows_read;
    source_of(into)->rows_aside += source->rows_aside;
    for (size_t i = 0; i < part->table.rejects.n; i++)
        take_reject(l->mem, into->t, part->table.rejects.at[i]);
    for (size_t i = 0; i < set_aside->n; i++)
        *map_put(&into->columns->set_aside, set_aside->at[i].key) = into->t;
    memcpy(into->columns->files.at[into->source].position,
           part->table.columns->files.at[0].position, into->t->schema->nfields * sizeof(int));
    take_rounded(into, &part->reader);
    diags_append(l->diags, &part->diags);
    into->has_head = true;
}

/* ---- a text, and a file in stretches ---- */

static bool lines_are_plain(struct parts *p)
{
    bool plain = true;
    threads_run(p->n, count_lines, p);
    for (size_t i = 0; i < p->n; i++) {
        p->part[i].lines_before = p->lines;
        p->lines += (int)p->part[i].nlines;
        plain &= !p->part[i].odd;
    }
    return plain;
}

/* Reads what stands behind the head. False, and nothing has been taken, if it has to be read
 * otherwise. */
static bool read_stretch(struct parts *p, str text)
{
    cut(p, text);
    if (!lines_are_plain(p))
        return false;
    threads_run(p->n, read_part, p);
    bool whole = are_whole(p);
    for (size_t i = 0; i < p->n; i++) {
        if (whole) {
            part_take(p->into, &p->part[i]);
            columns_append(p->into->columns, p->part[i].table.columns, p->most);
        }
        part_end(&p->part[i]);
    }
    p->begun = true;
    return whole;
}

size_t threads_of(const struct file_reader *r)
{
    const struct load_options *o = r->l->options;
    size_t n = o->jobs > 1 && !o->strict ? (size_t)o->jobs : 1;
    return n < PARTS_MOST ? n : PARTS_MOST;
}

static bool set_head(struct parts *p, str text)
{
    p->head = arena_str(p->into->l->scratch, head_of(p->into, text));
    p->lines = (int)count_byte(p->head, '\n');
    return p->head.n && !has_lone_return(p->head);
}

bool read_parts(struct file_reader *r, str text)
{
    size_t most = threads_of(r);
    if (most > text.n / PART_LEAST)
        most = text.n / PART_LEAST;
    if (most < 2)
        return false;
    struct parts *p = NEW(r->l->scratch, struct parts);
    p->into = r;
    p->most = most;
    return set_head(p, text) && read_stretch(p, str_sub(text, p->head.n, text.n));
}

static void read_piece(void *arg, size_t i)
{
    struct stretch *s = arg;
    size_t from = i * s->part, left = s->size - s->at;
    size_t n = left > from ? left - from : 0;
    n = n < s->part ? n : s->part;
    if (pieces_read(s->pieces, s->at + from, s->p + s->n + from, n) != n)
        s->failed[i] = true;
}

/* False if the file cannot be read. */
static bool stretch_more(struct stretch *s)
{
    size_t left = s->size - s->at, n = s->nparts * s->part < left ? s->nparts * s->part : left;
    bool failed = false;
    if (s->n + n > s->cap) {
        s->cap = s->n + n;
        s->p = realloc(s->p, s->cap);
        if (!s->p)
            die("out of memory for %zu bytes of a file", s->cap);
    }
    threads_run(s->nparts, read_piece, s);
    s->at += n;
    s->n += n;
    for (size_t i = 0; i < s->nparts; i++)
        failed |= s->failed[i];
    return !failed;
}

/* The whole records among what is in memory; all of it where the file ends. */
static str whole_records(const struct stretch *s)
{
    str text = {s->p, s->n};
    bool quoted = count_byte(text, '"') % 2;
    size_t end = s->n;
    if (s->at == s->size)
        return text;
    for (; end && (quoted || text.p[end - 1] != '\n'); end--)
        quoted ^= text.p[end - 1] == '"';
    return str_sub(text, 0, end);
}

static void stretch_keep_rest(struct stretch *s, size_t taken)
{
    memmove(s->p, s->p + taken, s->n - taken);
    s->n -= taken;
}

str encoding_of_parts(const struct file_reader *r)
{
    str encoding = r->mapping ? r->mapping->encoding : (str){0};
    return str_is_set(encoding) && !encoding_is_utf8_name(encoding) ? encoding : (str){0};
}

str whole_lines(str text)
{
    const char *last = memrchr(text.p, '\n', text.n);
    return last ? str_sub(text, 0, (size_t)(last - text.p) + 1) : text;
}

/* How columns are parted, by what the first lines say; a line that says so goes off the text. */
static bool begin_with(struct file_reader *r, str *text)
{
    enum { FIRST_LINES = 1 << 16 };
    str encoding = encoding_of_parts(r), begin = whole_lines(str_sub(*text, 0, FIRST_LINES)), lines;
    struct arena *mem = r->l->scratch;
    if (!str_is_set(encoding)) {
        source_of(r)->encoding = S("UTF-8");
        bool utf8 = encoding_begins_utf8(text);
        choose_delimiter(r, text);
        return utf8;
    }
    source_of(r)->encoding = arena_str(r->l->mem, encoding);
    if (!encoding_may_be(mem, *text, encoding) ||
        !encoding_convert_part(mem, begin, encoding, &lines))
        return false;
    size_t n = lines.n;
    choose_delimiter(r, &lines);
    *text = str_sub(*text, n - lines.n, text->n);
    return true;
}

bool stretch_begin(struct stretch *s, struct file_reader *r, str *head)
{
    if (!stretch_more(s))
        return false;
    str text = {s->p, s->n};
    if (!begin_with(r, &text))
        return false;
    str first = head_of(r, text);
    if (!first.n || has_lone_return(first))
        return false;
    bool read = !str_is_set(encoding_of_parts(r)) ||
                encoding_convert_part(r->l->scratch, first, encoding_of_parts(r), head);
    if (!str_is_set(encoding_of_parts(r)))
        *head = first;
    *head = arena_str(r->l->scratch, *head);
    stretch_keep_rest(s, (size_t)(text.p - s->p) + first.n);
    begin_text(r, (str){0});
    return read;
}

static bool read_stretches(struct parts *p, struct stretch *s)
{
    if (!stretch_begin(s, p->into, &p->head))
        return false;
    p->lines = (int)count_byte(p->head, '\n');
    bool ok = true;
    while (ok && s->n) {
        str text = whole_records(s);
        ok = text.n && read_stretch(p, text);
        stretch_keep_rest(s, text.n);
        ok = ok && (s->at == s->size || stretch_more(s));
    }
    free_rules(p->into);
    return ok;
}

/* How it was before a file was begun. */
struct before {
    size_t nrows, nrejects;
    struct diags diags;
};

static struct before before_of(const struct file_reader *r)
{
    return (struct before){r->columns->nrows, r->t->rejects.n, *r->l->diags};
}

/* Keys of rows that were set aside stay: they will be again. */
static void undo(struct file_reader *r, const struct before *b)
{
    struct source *source = source_of(r);
    columns_cut(r->columns, b->nrows);
    r->t->rejects.n = b->nrejects;
    diags_undo(r->l->diags, &b->diags);
    source->rows_read = source->rows_aside = 0;
    source->encoding = (str){0};
    r->nrounded = 0;
    r->has_head = false;
    for (size_t i = 0; i < r->t->schema->nfields; i++)
        r->columns->files.at[r->source].position[i] = -1;
}

static bool read_pieces(struct file_reader *r, struct stretch *s)
{
    struct parts *p = NEW(r->l->scratch, struct parts);
    struct before before = before_of(r);
    p->into = r;
    p->most = s->nparts;
    p->checks_utf8 = true;
    bool read = read_stretches(p, s);
    if (!read)
        undo(r, &before);
    free(s->p);
    return read;
}

bool read_large(struct file_reader *r, str path)
{
    size_t stretch = r->l->options->stretch;
    struct stretch s = {.nparts = threads_of(r), .part = stretch ? stretch : STRETCH_PART};
    struct pieces *pieces = s.nparts > 1 ? pieces_open(r->l->scratch, path, &s.size) : NULL;
    if (!pieces)
        return false;
    s.pieces = pieces;
    bool read = s.size > s.nparts * s.part && read_pieces(r, &s);
    if (read)
        r->columns->files.at[r->source].path = arena_str(r->l->scratch, path);
    pieces_close(pieces);
    return read;
}
