#include "book.h"

/* A block for an audience that does not exist is seen by nobody, and nobody would know. But
 * templates serve many books: what they keep for managers may have no reader in a book without
 * them. So in the book's own files each audience must be one of book.yaml; in templates only what
 * is nearly one is wrong. */
struct audience_check {
    const struct opened *o;
    struct diags *diags;
    bool ok;
};

static bool is_own_file(const struct book *book, str file)
{
    return str_starts(file, book->dir) && file.n > book->dir.n && file.p[book->dir.n] == '/';
}

static void check_audience(void *arg, str name, struct place at)
{
    struct audience_check *c = arg;
    const struct book *book = c->o->book;
    struct arena *mem = c->o->mem;

    if (!name.n || book_has_audience(book, name))
        return;
    str nearest = text_nearest(name, book->audiences, book->naudiences);
    str slug = path_slug(mem, name);
    if (book_has_audience(book, slug))
        nearest = slug;
    if (!str_is_set(nearest) && !is_own_file(book, at.file))
        return;
    str remedy = str_is_set(nearest)
                     ? arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest))
                     : arena_printf(mem, "add it to `audiences:` in " STR_FMT "/book.yaml",
                                    STR_ARG(book->dir));
    c->ok = diags_add(c->diags, DIAG_AUDIENCE_UNKNOWN, at, name, remedy);
}

bool book_has_audience(const struct book *book, str name)
{
    for (size_t i = 0; i < book->naudiences; i++)
        if (str_eq(book->audiences[i], name))
            return true;
    return false;
}

bool audiences_check(const struct opened *o, struct diags *diags)
{
    struct audience_check c = {o, diags, true};
    for (size_t i = 0; i < o->model.schemas.n; i++) {
        const struct schema *s = &o->model.schemas.at[i];
        check_audience(&c, s->audience, s->at);
        for (size_t f = 0; f < s->nfields; f++)
            check_audience(&c, s->field[f].audience, s->field[f].at);
    }
    for (size_t i = 0; i < o->npages; i++)
        page_audiences(o->page[i], check_audience, &c);
    return c.ok;
}
