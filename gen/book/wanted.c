/* What somebody can come to read of the systems that a book lacks: by its pages, by mail, by files
 * that pages include, and by a question. */
#include "book.h"

static void add_query(void *arg, str text, bool is_block)
{
    const struct wanted *w = arg;
    if (!is_block || wanted_asks(w, text, false))
        wanted_text(w, text);
}

/* There is no page for each row of what the book has no table of. */
static bool is_left_out(const struct wanted *w, const struct page *page)
{
    return str_is_set(page->each) && !wanted_asks(w, page->each, true);
}

static void add_file(struct arena *mem, const struct wanted *w, str path)
{
    struct diags unheard;
    str text;
    diags_init(&unheard, mem);
    if (file_read(mem, path, &text, &unheard))
        wanted_text(w, text);
}

/* All that a page may include, and book.yaml; pages are looked at one query after the other. */
static void add_texts(struct arena *mem, const struct wanted *w, const struct book *book)
{
    static const str of_pages[] = {S("pages/"), S("reports/"), S("systems/")};
    str *file;
    size_t n = dir_walk_linked(mem, book->dir, &file);
    for (size_t i = 0; i < n; i++) {
        bool is_text = !str_ends(file[i], S(".csv"));
        for (size_t k = 0; k < sizeof of_pages / sizeof *of_pages; k++)
            is_text &= !str_starts(file[i], of_pages[k]);
        if (is_text)
            add_file(mem, w, path_join(mem, book->dir, file[i]));
    }
}

struct wanted *wanted_of(struct arena *mem, const struct opened *o, str question)
{
    struct wanted *w = wanted_new(mem, &o->model, o->models, o->nmodels);
    for (size_t i = 0; i < o->npages; i++)
        if (!is_left_out(w, o->page[i]))
            page_queries(o->page[i], add_query, w);
    add_texts(mem, w, o->book);
    wanted_text(w, question);
    return w;
}
