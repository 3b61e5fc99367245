/* What somebody can come to read of the systems that a book lacks: by its pages, by mail, by files
 * that pages include, and by a question. What is overlooked costs time only: build_book() begins
 * again with all. */
#include "book.h"

static void add_query(void *arg, str text, bool is_block)
{
    const struct wanted *w = arg;
    if (!is_block || wanted_asks(w, text))
        wanted_text(w, text);
}

static bool is_page(const struct opened *o, str path)
{
    for (size_t i = 0; i < o->npages; i++)
        if (str_eq(o->page[i]->path, path))
            return true;
    return false;
}

static void add_file(const struct wanted *w, str path)
{
    struct arena *mem = arena_new();
    struct diags unheard;
    str text;
    diags_init(&unheard, mem);
    if (file_read(mem, path, &text, &unheard))
        wanted_text(w, text);
    arena_free(mem);
}

/* All that a page may include, and book.yaml: files as large as people write them, but for tables.
 * Pages are looked at one query after the other. */
static void add_texts(struct arena *mem, const struct wanted *w, const struct opened *o)
{
    enum { LARGE = 1 << 20 };
    str *file;
    size_t n = dir_walk_linked(mem, o->book->dir, &file);
    for (size_t i = 0; i < n; i++) {
        str path = path_join(mem, o->book->dir, file[i]);
        struct file_mark mark;
        if (!str_ends(file[i], S(".csv")) && !is_page(o, path) && file_mark(path, &mark) &&
            mark.size <= LARGE)
            add_file(w, path);
    }
}

struct wanted *wanted_of(struct arena *mem, const struct opened *o)
{
    struct wanted *w = wanted_new(mem, &o->model, o->models, o->nmodels);
    for (size_t i = 0; i < o->npages; i++)
        if (model_has_system(&o->model, o->page[i]->of))
            page_queries(o->page[i], add_query, w);
    add_texts(mem, w, o);
    return w;
}
