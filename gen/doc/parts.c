#include "context.h"

/* ---- parts of systems ---- */

static bool is_page(const struct context *c, str name)
{
    for (size_t i = 0; i < c->e->npages; i++)
        if (c->e->pages[i]->role == PAGE_SITE && str_eq(c->e->pages[i]->name, name))
            return true;
    return false;
}

/* A part of a page's name belongs to that page, and to a report only where there is no such
 * page. */
static bool belongs(const struct context *c, const struct page *part, const struct page *whole)
{
    if (part->role == PAGE_PART)
        return str_eq(part->name, whole->name) &&
               (whole->role == PAGE_SITE || !is_page(c, whole->name));
    if (part->role != PAGE_REPORT_PART || whole->role != PAGE_REPORT)
        return false;
    for (size_t i = 0; i < part->nfor; i++)
        if (str_eq(part->for_reports[i], whole->name))
            return true;
    return false;
}

static bool is_part(struct context *c, const struct page *part)
{
    return belongs(c, part, c->doc->page) &&
           model_has_system(store_model(c->e->store), part->system) &&
           reader_may(c, part->audience);
}

static int by_order(const void *a, const void *b)
{
    const struct page *x = *(const struct page *const *)a, *y = *(const struct page *const *)b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    int order = str_cmp(x->system, y->system);
    return order ? order : str_cmp(x->path, y->path);
}

static struct node *part_node(struct context *c, const struct page *part)
{
    const struct page *before = c->page;
    struct node *section = node_new(c->mem, NODE_section, (struct place){part->path, 1, 1});
    const struct yaml *title = yaml_get(part->front, S("title"));

    c->page = part;
    origin_page(c, part);
    if (str_is_set(part->title) && !placeholders_fill(c->mem, c->e->store, c->planned, part->title,
                                                      false, title->at, c->diags, &section->title))
        c->ok = false;
    section->id = document_id(c, part->title, part->system);
    section->first = evaluate_pieces(c, part->body->first);
    c->page = before;
    return section->first ? section : NULL;
}

struct node *parts_nodes(struct context *c)
{
    LIST(const struct page *) parts = {0};
    struct node *first = NULL, **end = &first;

    c->parts_placed = true;
    for (size_t i = 0; i < c->e->npages; i++)
        if (is_part(c, c->e->pages[i]))
            PUSH(c->mem, &parts, (const struct page *)c->e->pages[i]);
    if (parts.n)
        qsort(parts.at, parts.n, sizeof *parts.at, by_order);
    for (size_t i = 0; i < parts.n; i++)
        end = node_append(end, part_node(c, parts.at[i]));
    return first;
}

/* ---- files of the book ---- */

static bool is_below_book(str path)
{
    if (!path.n || path.p[0] == '/' || str_find(path, S("\\"), 0) < path.n)
        return false;
    for (str rest = path; str_is_set(rest);)
        if (str_eq(str_cut(&rest, '/'), S("..")))
            return false;
    return true;
}

static struct node *file_nodes(struct context *c, const struct block *b, str file)
{
    const struct page *before = c->page;
    str path = path_join(c->mem, c->e->book, file), text;

    c->doc->includes = true;
    if (option_yes(b, OPTION_optional) && !name_taken(path))
        return NULL;
    struct page *page = NULL;
    if (file_read(c->mem, path, &text, c->diags))
        page = page_read(c->mem, path, text, PAGE_PART, before->name, before->system, c->diags);
    if (!page) {
        c->ok = false;
        return NULL;
    }
    c->page = page;
    c->included = true;
    origin_page(c, page);
    struct node *first = evaluate_pieces(c, page->body->first);
    c->included = false;
    c->page = before;
    return first;
}

struct node *include_nodes(struct context *c, const struct block *b)
{
    str file = option_filled(c, b, OPTION_file, true);
    if (c->included) {
        c->ok =
            diags_add(c->diags, DIAG_INCLUDE_NESTED, b->at, str_is_set(file) ? file : S("parts"));
        return NULL;
    }
    if (option_yes(b, OPTION_parts))
        return parts_nodes(c);
    if (!str_is_set(file)) {
        c->ok = diags_add(c->diags, DIAG_INCLUDE_WHAT, b->at, (str){0});
        return NULL;
    }
    /* A name out of data, a region called "Nord\Süd", may be one that no file can have: there is no
     * such file then, and nothing that a user could mend. */
    bool from_data = !str_eq(file, option_text(b, OPTION_file));
    if (!is_below_book(file) && from_data && option_yes(b, OPTION_optional))
        return NULL;
    if (!is_below_book(file)) {
        c->ok = diags_add(c->diags, DIAG_INCLUDE_PATH, b->at, file);
        return NULL;
    }
    return file_nodes(c, b, file);
}
