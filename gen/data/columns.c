#include "reading.h"

#include <math.h>

/* ---- texts ---- */

static struct arena *mem_of_texts(const struct columns *all, const struct column *c)
{
    return c->stays ? all->staying->mem : all->mem;
}

static char *room_for(struct columns *all, struct column *c, size_t n)
{
    enum { FIRST_ROOM = 512, ROOM = 8 * 1024 };
    if (n > FIRST_ROOM)
        return arena_alloc(mem_of_texts(all, c), n);
    if (n > c->nroom) {
        c->nroom = c->room ? ROOM : FIRST_ROOM;
        c->room = arena_alloc(mem_of_texts(all, c), c->nroom);
    }
    char *p = c->room;
    c->room += n;
    c->nroom -= n;
    return p;
}

static struct text *next_text(struct columns *all, struct column *c)
{
    struct spot s = spot_of(c->ntexts);
    if (c->ntexts >= UINT32_MAX)
        die("more texts in one column than can be counted");
    if (!c->texts.at[s.block])
        c->texts.at[s.block] =
            NEW_ARRAY(mem_of_texts(all, c), (size_t)BLOCK_FIRST << s.block, struct text);
    return &((struct text *)c->texts.at[s.block])[s.within];
}

int64_t column_text(struct columns *all, struct column *c, str text)
{
    struct text *t = next_text(all, c);
    char *p = room_for(all, c, text.n);
    memcpy(p, text.p, text.n);
    *t = (struct text){p, (uint32_t)text.n};
    return (int64_t)c->ntexts++;
}

static struct arena *mem_of_memo(const struct columns *all, const struct column *c)
{
    return c->stays ? all->staying->mem : all->scratch;
}

void column_remember(struct columns *all, struct column *c, str raw, int64_t text)
{
    memo_add(&c->memo, mem_of_memo(all, c), raw, text);
}

/* ---- texts that stay ---- */

/* What is found out of each text takes a few numbers more, and some of it is walked over in each
 * part. */
enum { STAYING_MOST = 64 * 1024 };

struct staying *staying_new(struct arena *mem, const bool *stays, size_t nfields)
{
    struct staying *s = NEW(mem, struct staying);
    *s = (struct staying){.mem = arena_new(), .stays = stays, .nfields = nfields};
    s->column = NEW_ARRAY(mem, nfields + 1, struct column);
    return s;
}

void staying_free(struct staying *s)
{
    arena_free(s->mem);
}

static bool are_too_many(const struct staying *s)
{
    bool many = false;
    for (size_t i = 0; i < s->nfields; i++)
        many |= s->column[i].ntexts > STAYING_MOST || s->column[i].memo.off;
    return many;
}

void columns_take_texts(struct columns *all, struct staying *s)
{
    if (are_too_many(s)) {
        arena_reset(s->mem);
        memset(s->column, 0, s->nfields * sizeof *s->column);
        s->nforgotten++;
    }
    all->staying = s;
    for (size_t i = 0; i < all->n; i++) {
        struct column *c = &all->at[i];
        if (!s->stays[i] || c->packing != PACKED_TEXT)
            continue;
        *c = s->column[i];
        c->packing = PACKED_TEXT;
        c->stays = true;
        if (!c->ntexts) {
            next_text(all, c);
            c->ntexts = 1;
            memo_init(&c->memo, s->mem);
        }
    }
}

void columns_leave_texts(struct columns *all)
{
    struct staying *s = all->staying;
    for (size_t i = 0; i < all->n; i++) {
        if (!all->at[i].stays)
            continue;
        s->column[i] = all->at[i];
        s->column[i].stage = NULL;
        s->column[i].chunks.at = NULL;
        s->column[i].chunks.n = s->column[i].chunks.cap = 0;
    }
}

/* ---- adding rows ---- */

static enum packing packing_of(enum type type)
{
    return type_is_text(type) ? PACKED_TEXT : type_is_real(type) ? PACKED_REAL : PACKED_INT;
}

struct columns *columns_new(struct arena *mem, struct arena *scratch, const struct schema *schema)
{
    struct columns *all = NEW(mem, struct columns);
    *all = (struct columns){.mem = mem, .scratch = scratch, .n = schema->nfields};
    all->at = NEW_ARRAY(mem, all->n + 1, struct column);
    for (size_t i = 0; i < all->n; i++) {
        all->at[i].packing = packing_of(schema->field[i].type);
        if (all->at[i].packing == PACKED_TEXT) {
            next_text(all, &all->at[i]);
            all->at[i].ntexts = 1;
        }
    }
    all->at[all->n].packing = PACKED_INT;
    return all;
}

void columns_open(struct columns *all)
{
    for (size_t i = 0; i <= all->n && !all->at[i].stage; i++)
        all->at[i].stage = NEW_ARRAY(all->scratch, CHUNK_ROWS, union cell);
}

union cell cell_null(const struct column *c)
{
    return c->packing == PACKED_TEXT   ? (union cell){.i = 0}
           : c->packing == PACKED_REAL ? (union cell){.r = NAN}
                                       : (union cell){.i = CELL_NULL_INT};
}

/* The least and the greatest of n cells. */
static void range_of(const union cell *cell, size_t n, int64_t *least, int64_t *most)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        low = cell[i].i < low ? cell[i].i : low;
        high = cell[i].i > high ? cell[i].i : high;
    }
    *least = low;
    *most = high;
}

/* The least cell that is not null, where some are. */
static int64_t least_but_null(const union cell *cell, size_t n)
{
    int64_t low = INT64_MAX;
    for (size_t i = 0; i < n; i++)
        if (cell[i].i != CELL_NULL_INT && cell[i].i < low)
            low = cell[i].i;
    return low;
}

#define ENCODE(type)                                                                               \
    do {                                                                                           \
        type *codes = NEW_ARRAY(mem, n, type);                                                     \
        for (size_t i = 0; i < n; i++)                                                             \
            codes[i] = (type)((uint64_t)cell[i].i - before);                                       \
        for (size_t i = 0; i < n && has_null; i++)                                                 \
            if (cell[i].i == CELL_NULL_INT)                                                        \
                codes[i] = 0;                                                                      \
        k.codes = codes;                                                                           \
        k.width = sizeof(type);                                                                    \
    } while (0)

/* The first n staged cells, packed. */
static struct chunk pack(struct arena *mem, const struct column *c, size_t n)
{
    struct chunk k = {.n = (uint16_t)n};
    const union cell *cell = c->stage;
    int64_t most;
    range_of(cell, n, &k.base, &most);
    bool has_null = k.base == CELL_NULL_INT;
    if (has_null)
        k.base = least_but_null(cell, n);
    uint64_t before = (uint64_t)k.base - 1, range = (uint64_t)most - (uint64_t)k.base;
    if (c->packing == PACKED_REAL || range >= UINT32_MAX) {
        union cell *cells = NEW_ARRAY(mem, n, union cell);
        k = (struct chunk){memcpy(cells, cell, n * sizeof *cells), 0, (uint16_t)n, sizeof *cells};
    } else if (range < UINT8_MAX) {
        ENCODE(uint8_t);
    } else if (range < UINT16_MAX) {
        ENCODE(uint16_t);
    } else {
        ENCODE(uint32_t);
    }
    return k;
}

static void pack_all(struct columns *all)
{
    for (size_t i = 0; i <= all->n; i++) {
        struct chunk k = pack(all->mem, &all->at[i], all->nstaged);
        PUSH(all->mem, &all->at[i].chunks, k);
    }
    all->nstaged = 0;
}

void columns_add_row(struct columns *all, int line)
{
    all->at[all->n].stage[all->nstaged++].i = line;
    all->nrows++;
    if (all->nstaged == CHUNK_ROWS)
        pack_all(all);
}

void columns_seal(struct columns *all)
{
    if (all->nstaged)
        pack_all(all);
    for (size_t i = 0; i <= all->n; i++) {
        all->at[i].stage = NULL;
        all->at[i].memo = (struct memo){0};
    }
    all->scratch = NULL;
}

/* ---- walking a column ---- */

#define DECODE(type)                                                                               \
    for (size_t i = 0; i < k->n; i++) {                                                            \
        uint64_t code = ((const type *)k->codes)[i];                                               \
        cells[i].i = code ? (int64_t)(before + code) : CELL_NULL_INT;                              \
    }                                                                                              \
    break

void column_cells(const struct column *c, size_t chunk, union cell *cells)
{
    if (chunk == c->chunks.n) {
        memcpy(cells, c->stage, CHUNK_ROWS * sizeof *cells);
        return;
    }
    const struct chunk *k = &c->chunks.at[chunk];
    uint64_t before = (uint64_t)k->base - 1;
    switch (k->width) {
    case 1:
        DECODE(uint8_t);
    case 2:
        DECODE(uint16_t);
    case 4:
        DECODE(uint32_t);
    case 8:
        memcpy(cells, k->codes, k->n * sizeof *cells);
    }
}

/* ---- putting two together ---- */

/* For each text of the part its number among all; those that are remembered keep the one that they
 * have. */
static uint32_t *append_texts(struct columns *all, struct column *c, const struct column *part)
{
    uint32_t *number = NEW_ARRAY(all->scratch, part->ntexts, uint32_t);
    for (size_t i = 1; i < part->ntexts; i++) {
        str text = text_at(part, (int64_t)i);
        int64_t known;
        if (!text.n || !memo_find(&c->memo, text, false, &known)) {
            known = column_text(all, c, text);
            if (text.n)
                column_remember(all, c, text, known);
        }
        number[i] = (uint32_t)known;
    }
    return number;
}

/* Cells of one column, packed anew, for the rows of all chunks but the last are as many as
 * before. */
static void append_cells(struct columns *all, struct column *c, const struct column *part,
                         size_t nrows, const uint32_t *number)
{
    size_t nstaged = all->nstaged;
    union cell cells[CHUNK_ROWS];
    for (size_t row = 0; row < nrows; row++) {
        size_t within = row & (CHUNK_ROWS - 1);
        if (within == 0)
            column_cells(part, row >> CHUNK_LOG, cells);
        c->stage[nstaged] = number ? (union cell){.i = number[cells[within].i]} : cells[within];
        if (++nstaged == CHUNK_ROWS) {
            struct chunk k = pack(all->mem, c, nstaged);
            PUSH(all->mem, &c->chunks, k);
            nstaged = 0;
        }
    }
}

struct appending {
    struct columns *all;
    const struct columns *part;
    size_t nthreads;
    struct arena **mem, **scratch; /* one a thread */
};

static void append_columns(void *arg, size_t thread)
{
    const struct appending *a = arg;
    struct columns own = *a->all; /* with memory of its own */
    own.mem = a->mem[thread];
    own.scratch = a->scratch[thread];
    for (size_t i = thread; i <= own.n; i += a->nthreads) {
        struct column *c = &own.at[i];
        const struct column *part = &a->part->at[i];
        const uint32_t *number = c->packing == PACKED_TEXT ? append_texts(&own, c, part) : NULL;
        append_cells(&own, c, part, a->part->nrows, number);
    }
}

void columns_append(struct columns *all, const struct columns *part, size_t nthreads)
{
    struct appending a = {all, part, nthreads, NEW_ARRAY(all->scratch, nthreads, struct arena *),
                          NEW_ARRAY(all->scratch, nthreads, struct arena *)};
    for (size_t i = 0; i < nthreads; i++) {
        a.mem[i] = arena_new();
        a.scratch[i] = arena_new();
    }
    threads_run(nthreads, append_columns, &a);
    for (size_t i = 0; i < nthreads; i++) {
        arena_join(all->mem, a.mem[i]);
        arena_join(all->scratch, a.scratch[i]);
    }
    all->nrows += part->nrows;
    all->nstaged = (all->nstaged + part->nrows) % CHUNK_ROWS;
}

/* ---- removing rows ---- */

/* All rows of one column but the dead ones, as new chunks. */
static void drop_cells(struct columns *all, struct column *c, const uint8_t *dead)
{
    struct column old = *c;
    size_t kept = 0;
    c->chunks.at = NULL;
    c->chunks.n = c->chunks.cap = 0;
    c->stage = NEW_ARRAY(all->scratch, CHUNK_ROWS, union cell);
    for (size_t row = 0; row < all->nrows; row++) {
        if (dead[row / 8] >> (row % 8) & 1)
            continue;
        c->stage[kept++] = column_cell(&old, row);
        if (kept == CHUNK_ROWS) {
            struct chunk k = pack(all->mem, c, kept);
            PUSH(all->mem, &c->chunks, k);
            kept = 0;
        }
    }
}

void columns_drop(struct columns *all, const uint8_t *dead)
{
    size_t kept = 0, source = 0;
    for (size_t i = 0; i <= all->n; i++)
        drop_cells(all, &all->at[i], dead);
    for (size_t row = 0; row < all->nrows; row++) {
        while (source < all->starts.n && all->starts.at[source] == row)
            all->starts.at[source++] = kept;
        kept += !(dead[row / 8] >> (row % 8) & 1);
    }
    while (source < all->starts.n)
        all->starts.at[source++] = kept;
    all->nrows = kept;
    all->nstaged = kept % CHUNK_ROWS;
}

void columns_cut(struct columns *all, size_t nrows)
{
    size_t nchunks = nrows >> CHUNK_LOG;
    for (size_t i = 0; i <= all->n && all->nrows > nrows; i++) {
        struct column *c = &all->at[i];
        if (nchunks < c->chunks.n)
            column_cells(c, nchunks, c->stage);
        c->chunks.n = nchunks;
    }
    all->nrows = nrows;
    all->nstaged = nrows & (CHUNK_ROWS - 1);
}

void columns_next_file(struct columns *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].packing == PACKED_TEXT && !all->at[i].stays)
            memo_init(&all->at[i].memo, all->scratch);
}

/* ---- where a row stands ---- */

int columns_line(const struct columns *all, size_t row)
{
    return (int)column_cell(&all->at[all->n], row).i;
}

size_t columns_source(const struct columns *all, size_t row)
{
    size_t low = 0, high = all->starts.n; /* the last source that begins at or before row */
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (all->starts.at[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}
