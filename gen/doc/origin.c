#include "context.h"

/* What a document was made of is noted while it is made: the PDF carries it, whoever checks one
 * against its book wants to know what differs, and a build that finds the same again need not draw
 * the page once more. All that a page can take from the data comes through this file. */

static void add_number(struct hasher *h, int64_t n)
{
    hasher_add(h, (str){(const char *)&n, sizeof n});
}

static struct hash128 rows_hash(struct arena *mem, const struct result *r)
{
    struct hasher *h = hasher_new(mem);
    for (size_t i = 0; i < r->ncols; i++)
        hasher_add(h, r->column[i].name);
    add_number(h, (int64_t)r->nrows);
    for (size_t i = 0; i < r->nrows * r->ncols; i++)
        hasher_add_value(h, r->cell[i]);
    return hasher_end(h);
}

/* How tables.yaml says that these columns are to be shown. */
static void add_meanings(struct hasher *h, const struct result *r)
{
    for (size_t i = 0; i < r->ncols; i++) {
        const struct meaning *m = r->column[i].meaning;
        add_number(h, (int64_t)r->column[i].type);
        if (!m)
            continue;
        hasher_add(h, m->label);
        hasher_add(h, m->legend);
        hasher_add(h, m->unit);
        hasher_add(h, m->unit_of_one);
        hasher_add(h, m->text);
        hasher_add(h, m->format);
        add_number(h, (int64_t)m->better);
    }
}

static void note(struct context *c, struct place at, struct hash128 rows)
{
    struct made_of reading = {shown_path(c, at.file), at.line, rows};
    PUSH(c->mem, &c->doc->readings, reading);
}

/* The numbers of their rows are left out: where they alone are others, a page is not made again. */
static void add_sources(struct hasher *h, const struct result *r)
{
    for (size_t i = 0; i < r->nsources; i++) {
        hasher_add(h, r->source[i].table);
        hasher_add(h, r->source[i].stale);
    }
    for (size_t i = 0; r->cell_type && i < r->nrows * r->ncols; i++)
        add_number(h, (int64_t)r->cell_type[i]);
}

struct result *ask(struct context *c, const struct query *q)
{
    struct result *r = query_run(c->e->store, c->mem, q, c->diags);
    if (r) {
        note(c, q->at, rows_hash(c->mem, r));
        add_meanings(c->origin, r);
        add_sources(c->shown, r);
    }
    return r;
}

void origin_page(struct context *c, const struct page *page)
{
    /* A file that the book includes, a note, is the book's like its rows. */
    if (c->included)
        note(c, (struct place){.file = page->path}, page->hash);
    else
        hasher_add(c->origin, (str){(const char *)&page->hash, sizeof page->hash});
}

void origin_name(struct context *c, str name)
{
    hasher_add(c->names, name);
}

void origin_address(struct context *c, str address)
{
    hasher_add(c->shown, address);
}

void origin_begin(struct context *c)
{
    const struct document *d = c->doc;
    const str around[] = {d->group, d->previous.address, d->previous.title, d->following.address,
                          d->following.title};

    c->origin = hasher_new(c->mem);
    c->names = hasher_new(c->mem);
    c->shown = hasher_new(c->mem);
    origin_page(c, c->page);
    for (size_t i = 0; i < c->planned->nparams; i++)
        hasher_add_value(c->names, c->planned->param[i].value);
    hasher_add(c->names, c->planned->title);
    hasher_add(c->names, c->planned->subtitle);
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        hasher_add(c->shown, around[i]);
}

void origin_end(struct context *c)
{
    note(c, (struct place){.file = c->doc->page->path}, hasher_end(c->names));
    c->doc->templates = hasher_end(c->origin);
    c->doc->shown = hasher_end(c->shown);
}
