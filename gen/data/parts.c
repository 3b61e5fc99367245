#include "record.h"

/* A large text is cut at ends of lines that stand outside of quotes, and each part read by a thread into columns of
 * its own, which are put together in order. That a cut lies between two records is sure only if no record before it
 * was broken; if one was, all that was read is forgotten, and the text is read from beginning to end. */

enum { PART_LEAST = 4 << 20, PARTS_MOST = 64 };

struct part {
    str text;
    size_t nlines;
    bool odd; /* a carriage return ends lines in it, which are not counted here */
    int lines_before;
    struct loading l;
    struct diags diags;
    struct table table;
    struct file_reader reader;
};

struct parts {
    struct file_reader *whole;
    str head; /* the first record, with its line end */
    struct part part[PARTS_MOST];
    size_t n;
};

/* ---- cutting ---- */

/* In blocks, whose sums fit into bytes: so compilers make them sixteen and more at a time. */
static size_t count_byte(str s, char c)
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

/* The end of the first line at or behind `from` that ends outside of quotes, where `quoted` says whether `from` is
 * inside. */
static size_t line_end_outside(str text, size_t from, bool quoted)
{
    for (size_t i = from; i < text.n; i++) {
        quoted ^= text.p[i] == '"';
        if (text.p[i] == '\n' && !quoted)
            return i + 1;
    }
    return text.n;
}

/* Parts of about the same size, the last one to the end; false if there would be one only. */
static bool cut(struct parts *p, str text, size_t most)
{
    size_t size = (text.n - p->head.n) / most + 1, from = p->head.n;
    while (from < text.n) {
        size_t to = from + size < text.n ? from + size : text.n;
        bool quoted = to < text.n && count_byte(str_sub(text, from, to), '"') % 2;
        to = to < text.n ? line_end_outside(text, to, quoted) : to;
        p->part[p->n++].text = str_sub(text, from, to);
        from = to;
    }
    return p->n > 1;
}

static bool has_lone_return(str s)
{
    const char *end = s.p + s.n, *at = s.p;
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL)
        if (++at == end || *at != '\n')
            return true;
    return false;
}

static void count_lines(void *arg, size_t i)
{
    struct part *part = &((struct parts *)arg)->part[i];
    part->nlines = count_byte(part->text, '\n');
    part->odd = has_lone_return(part->text);
}

/* ---- reading ---- */

/* The end of the first record is what is wanted of it. */
static bool on_first(void *arg, const struct csv_record *rec)
{
    *(str *)arg = rec->raw;
    return false;
}

static str head_of(const struct file_reader *r, str text)
{
    str raw = {0};
    struct diags unheard;
    diags_init(&unheard, r->l->scratch);
    csv_read(source_of((struct file_reader *)r)->path, text, r->delimiter, on_first, &raw, on_first, &unheard);
    if (!str_is_set(raw) || unheard.list.n)
        return (str){0};
    return str_sub(text, 0, line_end_outside(text, (size_t)(raw.p - text.p) + raw.n, false));
}

static bool on_broken(void *arg, const struct csv_record *rec)
{
    (void)rec;
    ((struct file_reader *)arg)->spoilt = true;
    return false;
}

static void begin_part(struct parts *p, struct part *part)
{
    const struct file_reader *whole = p->whole;
    struct arena *mem = arena_new(), *scratch = arena_new();
    part->l = *whole->l;
    part->l.mem = mem;
    part->l.scratch = scratch;
    part->l.diags = &part->diags;
    part->l.unheard = (struct diags){.mem = arena_new()};
    diags_init(&part->diags, scratch);
    part->table = (struct table){.schema = whole->t->schema};
    part->table.columns = columns_new(mem, scratch, whole->t->schema);
    map_init(&part->table.columns->set_aside, scratch);
    part->reader = (struct file_reader){
        .l = &part->l,
        .t = &part->table,
        .columns = part->table.columns,
        .mapping = whole->mapping,
        .form = whole->form,
        .delimiter = whole->delimiter,
        .broken = whole->broken,
    };
    add_source(&part->reader, source_of(p->whole)->path);
    source_of(&part->reader)->encoding = source_of(p->whole)->encoding;
    begin_text(&part->reader, part->text);
}

/* The head is read in each part, for it says what its columns are, and told of once. */
static void read_part(void *arg, size_t i)
{
    struct parts *p = arg;
    struct part *part = &p->part[i];
    struct file_reader *r = &part->reader;
    str path = source_of(p->whole)->path;
    begin_part(p, part);
    csv_read(path, p->head, r->delimiter, on_record, r, on_broken, &part->diags);
    if (i > 0)
        diags_init(&part->diags, part->l.scratch);
    r->spoilt |= !r->has_head || r->unusable;
    if (!r->spoilt)
        csv_read_from((struct csv_start){part->lines_before, r->ntargets}, path, part->text, r->delimiter,
                      on_record, r, on_broken, &part->diags);
    free_rules(r);
}

/* Whether the parts say together what the whole would: some things are told once for a file, or so many times. */
static bool are_whole(const struct parts *p)
{
    size_t naside = 0, nnameless = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct file_reader *r = &p->part[i].reader;
        if (r->spoilt || p->part[i].l.stop)
            return false;
        naside += r->t->sources.at[0].rows_aside;
        nnameless += r->told_nameless;
    }
    return naside <= ASIDE_NOTED && nnameless < 2;
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

static void take_part(struct parts *p, struct part *part)
{
    struct file_reader *whole = p->whole;
    struct loading *l = whole->l;
    const struct source *source = source_of(&part->reader);
    const struct map *set_aside = &part->table.columns->set_aside;
    source_of(whole)->rows_read += source->rows_read;
    source_of(whole)->rows_aside += source->rows_aside;
    for (size_t i = 0; i < part->table.rejects.n; i++)
        PUSH(l->mem, &whole->t->rejects, part->table.rejects.at[i]);
    for (size_t i = 0; i < set_aside->n; i++)
        *map_put(&whole->columns->set_aside, set_aside->at[i].key) = whole->t;
    memcpy(whole->columns->files.at[whole->source].position, part->table.columns->files.at[0].position,
           whole->t->schema->nfields * sizeof(int));
    take_rounded(whole, &part->reader);
    diags_append(l->diags, &part->diags);
    columns_append(whole->columns, part->table.columns, p->n);
    whole->has_head = true;
}

static void end_part(const struct file_reader *whole, struct part *part, bool taken)
{
    arena_free(part->l.unheard.mem);
    if (!taken) {
        arena_free(part->l.mem);
        arena_free(part->l.scratch);
        return;
    }
    arena_join(whole->l->mem, part->l.mem);
    arena_join(whole->l->scratch, part->l.scratch);
}

static bool lines_are_plain(struct parts *p)
{
    int lines = (int)count_byte(p->head, '\n');
    bool plain = !has_lone_return(p->head);
    threads_run(p->n, count_lines, p);
    for (size_t i = 0; i < p->n; i++) {
        p->part[i].lines_before = lines;
        lines += (int)p->part[i].nlines;
        plain &= !p->part[i].odd;
    }
    return plain;
}

bool read_parts(struct file_reader *r, str text)
{
    const struct load_options *o = r->l->options;
    size_t most = o->jobs > 1 ? (size_t)o->jobs : 1;
    if (most > PARTS_MOST)
        most = PARTS_MOST;
    if (most > text.n / PART_LEAST)
        most = text.n / PART_LEAST;
    if (most < 2 || o->strict)
        return false;
    struct parts *p = NEW(r->l->scratch, struct parts);
    p->whole = r;
    p->head = head_of(r, text);
    if (!p->head.n || !cut(p, text, most) || !lines_are_plain(p))
        return false;
    threads_run(p->n, read_part, p);
    bool whole = are_whole(p);
    for (size_t i = 0; i < p->n; i++) {
        if (whole)
            take_part(p, &p->part[i]);
        end_part(r, &p->part[i], whole);
    }
    return whole;
}
