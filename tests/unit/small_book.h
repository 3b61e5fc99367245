/* A small book for tests of pages: two systems (one of them absent), some people, a year of
 * figures. Written to a folder of its own, read by the real modules. */
#ifndef SALESBOOK_SMALL_BOOK_H
#define SALESBOOK_SMALL_BOOK_H

#include "../../gen/doc/doc.h"

struct small_book {
    struct arena *mem;
    struct diags diags;
    str dir;
    struct model model;
    struct dataset *data;
    struct store *store;
    LIST(struct page *) pages;
    struct plan plan;
};
void small_book_open(struct small_book *b);
/* The same without the files that are named, parted by blanks. */
void small_book_open_without(struct small_book *b, const char *absent);
void small_book_close(struct small_book *b);
/* A template of the book, or NULL. */
struct page *small_book_page(struct small_book *b, enum page_role role, const char *name,
                             const char *system, const char *text);
bool small_book_plan(struct small_book *b, const char *audience);
/* The document of the i-th planned page. */
struct document *small_book_evaluate(struct small_book *b, size_t i, const char *audience);
/* What becomes of one page "index" with this text; NULL with diagnostics in b. */
struct document *small_book_show(struct small_book *b, const char *text);
/* The first node of this kind, in the order of the document, or NULL. */
struct node *first_of_kind(struct node *below, enum node_kind kind);
/* The codes of all diagnostics, parted by blanks. */
str codes_of(struct small_book *b);
/* All text below a node, as a reader meets it. */
str text_of(struct arena *mem, const struct node *below);

#endif
