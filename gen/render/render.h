/* render: one document, several media.
 * Knows all above it. Must not run queries or read the book: what is drawn stands in the
 * document. */
#ifndef SALESBOOK_RENDER_H
#define SALESBOOK_RENDER_H

#include "../draw/draw.h"

/* What all pages of one site share. */
struct nav_entry {
    str group, title, address;
    int64_t order;
    bool heads_group; /* the group's name leads there; no line of its own */
    str kind;         /* of the page: deals, person */
};
struct report_entry {
    str period, title, address; /* of the PDF from the site's root */
    bool workbook;              /* one lies beside it */
    day as_of;                  /* DAY_NONE: not known */
};
struct site {
    str title;             /* of the book */
    str book;              /* its folder's name */
    struct hash128 charts; /* of the scripts that draw charts */
    str audience;
    const struct language *lang;
    day as_of;
    struct nav_entry *nav;
    size_t nnav; /* sorted by group order, order, title */
    struct report_entry *report;
    size_t nreports; /* newest period first, then as they are listed */
    const str *theme;
    size_t nthemes; /* folders of theme files: the first that has a file wins */
    str layout;     /* the theme's page.html, by theme_read() */
    bool preview;   /* pages of `serve` reload themselves: they ask for root + ".version"
                     * each second and reload when its text changes */
};

/* ---- assets.c: the theme ---- */
/* Reads the theme's page.html into site->layout, in mem. False with a diagnostic if it is missing
 * or has a slot that we do not know. Call it once before the first page. */
bool theme_read(struct arena *mem, struct site *site, struct diags *diags);
/* Writes the files that all pages of a site ask for (CSS, script, favicon) below dir. */
bool render_assets(const struct site *site, str dir, struct diags *diags);

/* ---- html_text.c ---- */

/* The only way for text into HTML: escapes & < > " ' and drops control characters, those that turn
 * the direction of writing, and what is no character. */
void html_text(struct buf *out, str text);

/* ---- html.c: a page ----
 * The layout is HTML with slots, {title}, {navigation} …; the slots are in html.c's list. */
/* What stands between the head and the foot of a page: the same in every site whose readers have
 * the same document. */
void render_content(struct buf *out, const struct site *site, const struct document *d);
/* The whole page of one site around that content. */
void render_html(struct buf *out, const struct site *site, const struct document *d, str content);
/* A page as it was written, with the numbers of rows behind its figures as they are now: all that
 * may be another in a page of the same document. Tables that are not among the n keep theirs. */
struct row_count {
    str table;
    size_t rows;
};
void render_counts(struct buf *out, struct arena *mem, const struct language *lang, str page,
                   const struct row_count *count, size_t n);
/* reports.html: the PDFs of all periods. Only where site->nreports > 0: navigation leads there. */
void render_reports(struct buf *out, const struct site *site);
/* The start page over the books, site/index.html; its assets lie beside it. Of site it reads lang,
 * title, layout, preview. */
struct book_entry {
    str title, address, figure;
    day as_of;
}; /* figure: one line, "12.4 m CNY, 3 % behind plan" */
void render_books(struct buf *out, const struct site *site, const struct book_entry *entry,
                  size_t n);

/* ---- html_node.c, html_table.c: what stands in a page; svg_out.c: drawings ---- */
/* Inline SVG, colours as CSS variables. id_prefix makes its ids unique in the page; root is the way
 * from the page to the site's root, put before every address. Without a title it is hidden from
 * listeners. */
void render_svg(struct buf *out, const struct drawing *g, str id_prefix, str root);
/* What stands for a state beside its colour: "▲", "▼", "!", or nothing. The same on paper. */
str state_sign(enum state state);

/* ---- calendar.c: iCalendar ---- */
struct calendar_event {
    str uid, title, category;
    str starts, ends; /* days, the last included, or "2026-10-30 08:30", as calendar_knows them */
};
/* Whether a calendar can say it: a day, or a day and a time without a zone. Of seconds the whole
 * ones count. */
bool calendar_knows(str iso);
/* stamp: the day that events are said to be as of; DAY_NONE: each of its own first day. An event
 * without a day is left out. */
void render_calendar(struct buf *out, str name, day stamp, const struct calendar_event *event,
                     size_t n);

/* ---- feed.c: the reports of a site as an Atom feed ---- */
/* Newest first; each has its as-of date. */
void render_feed(struct buf *out, const struct site *site, const struct report_entry *entry,
                 size_t n);

/* ---- json.c: page.json, typed, and search index ---- */
/* Money in whole currency, exactly: 1234.50 is a number of that text. */
void render_json(struct buf *out, const struct site *site, const struct document *d);
/* search.js, found by site.js: `text` is what else a page is found by (a key, another spelling). */
struct search_entry {
    str title, kind, address, text;
};
void render_search(struct buf *out, const struct search_entry *entry, size_t n);

/* ---- table_out.c: tables for other programs ---- */
/* CSV by RFC 4180: names of columns, values in full precision; texts that a spreadsheet would take
 * for a formula get an apostrophe. */
void render_csv(struct buf *out, const struct site *site, const struct table_node *t);
/* A download as a Data Resource (Frictionless) with its Table Schema: its rows in it, or in the CSV
 * at `path`. */
void render_resource(struct buf *out, const struct site *site, const struct node *n, str path,
                     bool inline_rows);
/* datapackage.json over the resources. */
void render_package(struct buf *out, const struct site *site, const str *resource, size_t n);

/* ---- workbook.c: tables as an Excel workbook ---- */
struct sheet {
    str title, note;
    const struct table_node *table;
}; /* without a table: only told of */
struct workbook {
    str title, subtitle, audience;
    struct sheet *sheet;
    size_t nsheets;
    bool links; /* cells lead to pages of the site in which it lies … */
    str root;   /* … the way from it to whose root is this: "", "../" */
};
/* The tables of a document, charts and key figures included, each a sheet; none only for the other
 * medium. */
size_t document_sheets(struct arena *mem, const struct document *d, bool report,
                       struct sheet **sheet);
/* Writes the file, making its folder: a sheet of contents, then one a table. Names of sheets are
 * made safe and unique. The same bytes for the same tables. False with a diagnostic. */
bool render_workbook(str path, const struct site *site, const struct workbook *w,
                     struct diags *diags);

/* ---- mindmap.c: a tree as a file for FreeMind and Freeplane ---- */
/* Map version 1.0.1. Trees of several roots hang below one called `title`. Pure ASCII: FreeMind
 * reads the bytes of a file in the encoding of its machine. */
void render_mindmap(struct buf *out, const struct graph *graph, str title);

/* ---- pdf ---- */
struct pdf_fonts; /* loaded once, shared by all documents of a process */
struct pdf_fonts *pdf_fonts_new(struct arena *mem, struct diags *diags);
void pdf_fonts_free(struct pdf_fonts *f);
/* The document as PDF bytes; the same for the same document. False with a diagnostic. */
bool render_pdf(struct buf *out, struct pdf_fonts *fonts, const struct site *site,
                const struct document *d, struct diags *diags);
/* What a PDF says of what it was made of: hashes as hexadecimal digits, rows by the place of the
 * query in its template. */
struct pdf_origin {
    str book, report, address, audience, as_of, key, rows, templates, settings, generator, digest;
    bool whole; /* every byte is as it was written */
};
str program_sources(void); /* hash of them: of what is made by other code */
/* False if the file is none of ours. Unset texts and not `whole`: something of it is lost. */
bool pdf_origin_read(struct arena *mem, str file, struct pdf_origin *origin);

/* ---- mail*.c: documents as a message ----
 * A document is rendered once, by render_mail; the message around it once for each who gets it. */
struct mailbox {
    str name, address;
}; /* name may be unset */
/* "Name <address>" or an address alone. False if the address is none that every server takes:
 * letters, digits and the marks of RFC 5322's dot-atom, '@', a domain in ASCII. */
bool mailbox_read(struct arena *mem, str text, struct mailbox *box);
bool mail_address_valid(str address);
/* One line of text: a blank for each break and control character, nothing for what turns the
 * direction of writing. */
str mail_line(struct arena *mem, str text);
str mail_domain(str address);

struct mail_pictures; /* of one process: charts as PNG, each drawn once */
struct mail_pictures *mail_pictures_new(struct arena *mem, struct pdf_fonts *fonts);
struct mail_part {  /* one document, ready for any message */
    str said;       /* what it says, without its form: its text and its figures at full precision */
    str html, text; /* quoted-printable */
    struct mail_file {
        str name;
        const char *type;
        str base64;
    } file[2];
    size_t nfiles; /* PDF, workbook */
    const struct mail_picture *const *picture;
    size_t npictures;
};
/* `links`: the address of the site that links lead to, with '/' at its end; unset: no links.
 * `workbook`: a file that may be written and is removed again; unset: no workbook. The document was
 * drawn with draw_mail and draw_print. NULL with a diagnostic. */
struct mail_part *render_mail(struct arena *mem, struct mail_pictures *pictures,
                              const struct site *site, const struct document *d, str links,
                              str workbook, struct diags *diags);
struct message {
    struct mailbox from, to, reply_to;
    str id; /* of its Message-ID, without its angles */
    str subject, language;
    day date;
    str list_id, list_name; /* monthly.acme.example; "Acme: monthly" */
    str notice;             /* at its foot: why the reader gets this */
    const struct mail_part *const *part;
    size_t nparts;
};
/* The bytes of the message: what is written as .eml and what is sent. */
void render_message(struct buf *out, const struct message *m);

#endif
