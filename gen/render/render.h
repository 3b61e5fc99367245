/* render: one document, several media.
 * Knows all above it. Must not run queries or read the book: what is drawn stands in the document. */
#ifndef SALESBOOK_RENDER_H
#define SALESBOOK_RENDER_H

#include "../draw/draw.h"

/* What all pages of one site share. */
struct nav_entry { str group, title, address; int64_t order; };
struct site {
    str title;                 /* of the book */
    str audience;
    const struct language *lang;
    day as_of;
    struct nav_entry *nav; size_t nnav;      /* sorted by group order, order, title */
    struct { str period, title, address; } *report; size_t nreports;
    str theme;                 /* folder of theme files */
    bool preview;              /* pages of `serve` reload themselves */
};

/* ---- html.c ---- */
/* The only way for text into HTML: escapes & < > " ' and drops control characters. */
void html_text(struct buf *out, str text);
void render_html(struct buf *out, const struct site *site, const struct document *d);
/* Inline SVG, colours as CSS variables; id_prefix makes its ids unique in the page. */
void render_svg(struct buf *out, const struct drawing *g, str id_prefix);
/* ---- json.c: page.json, typed, and search index ---- */
void render_json(struct buf *out, const struct document *d);
struct search_entry { str title, kind, address, text; };
void render_search(struct buf *out, const struct search_entry *entry, size_t n);
/* Writes the files that all pages of a site ask for (CSS, script, favicon) below dir. */
bool render_assets(const struct site *site, str dir, struct diags *diags);

/* ---- pdf ---- */
struct pdf_fonts;   /* loaded once, shared by all documents of a process */
struct pdf_fonts *pdf_fonts_new(struct arena *mem, struct diags *diags);
void pdf_fonts_free(struct pdf_fonts *f);
/* The document as PDF bytes; the same for the same document. False with a diagnostic. */
bool render_pdf(struct buf *out, struct pdf_fonts *fonts, const struct site *site,
                const struct document *d, struct diags *diags);

#endif
