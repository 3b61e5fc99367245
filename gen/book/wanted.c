/* What somebody can come to read of the systems that a book lacks: by its pages, by mail, and by
 * files that pages include. What is overlooked costs time only: the build begins again with all. */
#include "book.h"

struct search {
    struct wanted *wanted;
    bool blind; /* an include may lead to a file that is not looked at: a table, or a hidden one */
};

static void on_text(void *arg, enum page_text kind, str text)
{
    struct search *s = arg;
    if (kind == TEXT_INCLUDE)
        s->blind |= str_ends(text, S(".csv")) || str_starts(text, S(".")) ||
                    str_find(text, S("/."), 0) < text.n;
    else if (kind != TEXT_BLOCK || wanted_asks(s->wanted, text))
        wanted_text(s->wanted, text);
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

/* Views and rollups of the book's own systems: those of present ones are wanted anyway. */
static bool is_model(str file)
{
    str name = path_base(file);
    return str_starts(file, S("systems/")) &&
           (str_eq(name, S("model.sql")) || str_eq(name, S("tables.yaml")));
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
        if (!str_ends(file[i], S(".csv")) && !is_model(file[i]) && !is_page(o, path) &&
            file_mark(path, &mark) && mark.size <= LARGE)
            add_file(w, path);
    }
}

struct wanted *wanted_of(struct arena *mem, const struct opened *o)
{
    struct search s = {.wanted = wanted_new(mem, &o->model, o->models, o->nmodels)};
    for (size_t i = 0; i < o->npages; i++)
        if (model_has_system(&o->model, o->page[i]->of))
            page_texts(o->page[i], on_text, &s);
    if (s.blind)
        return NULL;
    add_texts(mem, s.wanted, o);
    return s.wanted;
}
