/* mail: what the files mail*.c share; the rest of it stands in render.h. */
#ifndef SALESBOOK_MAIL_H
#define SALESBOOK_MAIL_H

#include "html.h"

/* ---- mail_png.c: a drawing as a picture ---- */

/* The drawing in the colours of paper as a PNG `width` pixels wide, or less where it would be
 * higher than a picture can be. False with a diagnostic. */
bool mail_png(struct buf *out, struct pdf_fonts *fonts, const struct drawing *g, int width,
              struct diags *diags);

/* ---- mail_part.c: pictures, each drawn once; what mail shows of a node ---- */

struct mail_picture {
    str id;     /* of its Content-ID: named by what it shows, so that equal ones are one */
    str base64; /* its bytes, in lines */
};
/* The picture of a drawing; kept for the next document that has the same. NULL with a
 * diagnostic. */
const struct mail_picture *mail_picture(struct mail_pictures *p, const struct drawing *g,
                                        struct diags *diags);
/* The drawing that mail shows of a figure or graph, or NULL. */
const struct drawing *mail_drawing(const struct node *n);
/* What is said of it where it is not seen, below its title. */
str mail_description(const struct node *n);
/* The rows that are shown, as on paper: the folded ones are one row of their sums. */
size_t mail_rows(const struct table_node *t);
bool mail_has_others(const struct table_node *t);

/* ---- mail_html.c, mail_text.c: the same document in two forms ---- */

struct mail_body {
    struct buf *out;
    struct arena *mem;
    const struct site *site;
    str links; /* address that those of the site stand below, with '/' at its end; unset: no links
                */
    struct mail_pictures *pictures;
    LIST(const struct mail_picture *) shown; /* filled by mail_html: each once, in order */
    struct diags *diags;
    bool ok;
    int level; /* of the heading under which we stand */
};
/* The document as HTML that mail programs keep: tables and their old attributes, for those that
 * drop style sheets; no script; nothing that would be fetched. */
void mail_html(struct mail_body *b, const struct document *d);
/* The document as plain text, lines ended by "\n". */
void mail_text(struct mail_body *b, const struct document *d);
/* What stands around the HTML of the documents; `notice` tells why the reader gets this. */
void mail_html_head(struct buf *out, str language, str title);
void mail_html_foot(struct buf *out, str notice);

/* ---- mail_encode.c: RFC 2045, 2047, 2231, 5322 ---- */

/* Lines of at most 76 characters, each ended by CRLF. Those of the text end in "\n". */
void mail_quoted_printable(struct buf *out, str text);
void mail_base64(struct buf *out, str bytes);
/* One header, folded. The value may be any text: it cannot end its line or begin another. */
void mail_header(struct buf *out, const char *name, str value);
void mail_header_address(struct buf *out, const char *name, const struct mailbox *box);
/* ';' and a parameter name="…" of a header, or as RFC 2231 says where the text is not plain. */
void mail_parameter(struct buf *out, const char *name, str text);

#endif
