/* What the files html*.c and assets.c share, and, of texts and values, those of other media:
 * json.c, table_out.c, workbook.c, svg_out.c, mindmap.c and, through mail.h, mail_*.c. */
#ifndef SALESBOOK_HTML_H
#define SALESBOOK_HTML_H

#include "render.h"

/* One page on its way out. */
struct html {
    struct buf *out;
    const struct site *site;
    const struct document *d;
    struct arena *mem; /* dies with the page */
    str root;          /* from this page to the site's root: "", "../" … */
    int level;   /* of the heading under which we stand; a title is one deeper, none is skipped */
    str heading; /* the id of that heading: it names a table that has no title */
    str content; /* of the page, ready */
};

/* A literal of our own, never text from data. */
#define PUT(h, literal) buf_add((h)->out, S(literal))

/* ---- html_text.c: text and addresses ---- */

/* The character at byte i, which is none of ASCII; its length in bytes. s is valid UTF-8. */
size_t char_decode(str s, size_t i, uint32_t *c);
/* Whether a character above ASCII goes into no file of ours. */
bool char_unwanted(uint32_t c);

/* Whether a link may lead to this address outside: one of the web, a mailbox, a telephone. */
bool html_may_lead(str address);
/* ' name="': what follows is digits or escaped, and the quote that ends it. */
void html_open_attribute(struct buf *out, const char *name);
/* ' name="text"', escaped. */
void html_attribute(struct buf *out, const char *name, str text);
/* '<a href="…"' without its '>', for an address from the site's root, or one outside. Nothing, and
 * false, if the one outside is none that a browser may follow (javascript: and its like). */
bool html_link(struct html *h, str address, bool outside);
/* The whole link, within the site. */
void html_link_to(struct html *h, str address, str text);

/* ---- workbook_whole.c ---- */

/* Whether this archive has an end, and each part of it too. */
bool workbook_is_whole(str zip);

/* ---- pages and what stands on them ---- */

/* The number of cases of a rate of few, small; nothing for an unset text. */
void html_few(struct html *h, str few, bool narrow); /* in two lines, if that is narrower */
void html_heading(struct html *h, int level, str title, str id);

/* A number as SVG wants it: at most two decimals, the same in every locale. */
void svg_number(struct buf *out, double x);
/* Full precision, for programs: money in whole currency, numbers with '.', texts as they are. */
void exact_value(struct buf *out, struct arena *mem, struct value v, enum type type,
                 const struct language *lang);
/* The same as JSON; null for nothing and what is no number. */
void json_value(struct buf *out, struct arena *mem, struct value v, enum type type,
                const struct language *lang);
bool type_is_number(enum type t);

/* False with a diagnostic for each slot of the layout that we do not know. */
bool layout_check(str layout, str path, struct diags *diags);

/* The groups of the site and their pages; nothing where there is none. */
void html_navigation(struct html *h);
/* The way from the start to a page: its group, the page that lists it, itself. Nothing at the
 * start. */
void html_breadcrumbs(struct html *h);
/* All children of node, in order. */
void html_children(struct html *h, const struct node *node);
/* The hatches that the drawings of a document ask for, defined once for the page. */
void html_hatches(struct html *h, const struct node *root);
/* A table in its scrolling frame; `id` and `title` are those of its block. */
void html_table(struct html *h, const struct table_node *t, str title, str id);

#endif
