#include "reading.h"

#include <math.h>

static size_t block_size(size_t block)
{
    return (size_t)BLOCK_FIRST << block;
}

/* The place of item i, whose block is made if it is the first in it. */
static void *block_item(struct arena *mem, struct blocks *b, size_t i, size_t size)
{
    struct spot s = spot_of(i);
    if (!b->at[s.block])
        b->at[s.block] = arena_array(mem, block_size(s.block), size);
    return (char *)b->at[s.block] + s.within * size;
}

static size_t cell_size(const struct column *c)
{
    return c->packing == PACKED_TEXT ? sizeof(uint32_t) : sizeof(int64_t);
}

struct columns *columns_new(struct arena *mem, const struct schema *schema)
{
    struct columns *all = NEW(mem, struct columns);
    *all = (struct columns){.mem = mem, .n = schema->nfields};
    all->at = NEW_ARRAY(mem, all->n, struct column);
    for (size_t i = 0; i < all->n; i++) {
        enum type type = schema->field[i].type;
        all->at[i].packing = type_is_text(type)   ? PACKED_TEXT
                             : type_is_real(type) ? PACKED_REAL
                                                  : PACKED_INT;
        if (type_is_text(type))
            column_text(all, &all->at[i], (str){0});
    }
    return all;
}

union cell cell_null(const struct column *c)
{
    return c->packing == PACKED_TEXT   ? (union cell){.text = 0}
           : c->packing == PACKED_REAL ? (union cell){.r = NAN}
                                       : (union cell){.i = CELL_NULL_INT};
}

uint32_t column_text(struct columns *all, struct column *c, str kept)
{
    if (c->ntexts >= UINT32_MAX)
        die("more than 4,294,967,295 different texts in one column");
    struct text *t = block_item(all->mem, &c->texts, c->ntexts, sizeof *t);
    *t = (struct text){kept.p, (uint32_t)kept.n};
    return (uint32_t)c->ntexts++;
}

void columns_append(struct columns *all, const union cell *row, int line)
{
    struct spot s = spot_of(all->nrows);
    *(int32_t *)block_item(all->mem, &all->lines, all->nrows, sizeof(int32_t)) = line;
    for (size_t i = 0; i < all->n; i++) {
        struct column *c = &all->at[i];
        if (!c->cells.at[s.block])
            c->cells.at[s.block] = arena_array(all->mem, block_size(s.block), cell_size(c));
        if (c->packing == PACKED_TEXT)
            ((uint32_t *)c->cells.at[s.block])[s.within] = row[i].text;
        else
            ((int64_t *)c->cells.at[s.block])[s.within] = row[i].i;
    }
    all->nrows++;
}

static void move_row(struct columns *all, size_t from, size_t to)
{
    *(int32_t *)block_item(all->mem, &all->lines, to, sizeof(int32_t)) = columns_line(all, from);
    for (size_t i = 0; i < all->n; i++) {
        struct column *c = &all->at[i];
        union cell cell = column_cell(c, from);
        if (c->packing == PACKED_TEXT)
            *(uint32_t *)block_item(all->mem, &c->cells, to, sizeof(uint32_t)) = cell.text;
        else
            *(int64_t *)block_item(all->mem, &c->cells, to, sizeof(int64_t)) = cell.i;
    }
}

void columns_drop(struct columns *all, const uint8_t *dead)
{
    size_t kept = 0, source = 0;
    for (size_t row = 0; row < all->nrows; row++) {
        while (source < all->starts.n && all->starts.at[source] == row)
            all->starts.at[source++] = kept;
        if (dead[row / 8] >> (row % 8) & 1)
            continue;
        if (kept != row)
            move_row(all, row, kept);
        kept++;
    }
    while (source < all->starts.n)
        all->starts.at[source++] = kept;
    all->nrows = kept;
}

void columns_next_file(struct columns *all)
{
    for (size_t i = 0; i < all->n; i++)
        all->at[i].memo = (struct memo){0};
}

int columns_line(const struct columns *all, size_t row)
{
    struct spot s = spot_of(row);
    return ((const int32_t *)all->lines.at[s.block])[s.within];
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
