#include "context.h"

/* What a document for paper was made of is noted while it is made, for the PDF carries it and
 * whoever checks one against its book wants to know what differs. Pages for the screen alone note
 * nothing. */

static void add_number(struct hasher *h, int64_t n)
{
    hasher_add(h, (str){(const char *)&n, sizeof n});
}

static void add_value(struct hasher *h, struct value v)
{
    add_number(h, v.kind);
    if (v.kind == VALUE_TEXT)
        hasher_add(h, v.s);
    else if (v.kind != VALUE_NULL)
        add_number(h, v.i); /* of a real: its bits */
}

static struct hash128 rows_hash(struct arena *mem, const struct result *r)
{
    struct hasher *h = hasher_new(mem);
    for (size_t i = 0; i < r->ncols; i++)
        hasher_add(h, r->column[i].name);
    add_number(h, (int64_t)r->nrows);
    for (size_t i = 0; i < r->nrows * r->ncols; i++)
        add_value(h, r->cell[i]);
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
        hasher_add(h, m->unit);
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

struct result *ask(struct context *c, const struct query *q)
{
    struct result *r = query_run(c->e->store, c->mem, q, c->diags);
    if (r && c->doc->draw_print) {
        note(c, q->at, rows_hash(c->mem, r));
        add_meanings(c->origin, r);
    }
    return r;
}

void origin_page(struct context *c, const struct page *page)
{
    if (!c->doc->draw_print)
        return;
    /* A file that the book includes, a note, is the book's like its rows. */
    if (c->included)
        note(c, (struct place){.file = page->path}, page->hash);
    else
        hasher_add(c->origin, (str){(const char *)&page->hash, sizeof page->hash});
}

void origin_name(struct context *c, str name)
{
    if (c->doc->draw_print)
        hasher_add(c->names, name);
}

void origin_begin(struct context *c)
{
    c->origin = hasher_new(c->mem);
    c->names = hasher_new(c->mem);
    origin_page(c, c->page);
    for (size_t i = 0; i < c->planned->nparams; i++)
        add_value(c->names, c->planned->param[i].value);
    hasher_add(c->names, c->planned->title);
    hasher_add(c->names, c->planned->subtitle);
}

void origin_end(struct context *c)
{
    if (!c->doc->draw_print)
        return;
    note(c, (struct place){.file = c->doc->page->path}, hasher_end(c->names));
    c->doc->templates = hasher_end(c->origin);
}
