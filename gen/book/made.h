/* Private to book: what the published trees were made of, so that a build makes only what is
 * another now.
 *
 * A list of the documents in both trees is kept in output/.cache: for each its key, what that was
 * made of, and its files. A document of the same key is not drawn again: its files are linked into
 * the new trees. The list names pages of all audiences, so it lies in none of the trees. */
#ifndef SALESBOOK_BOOK_MADE_H
#define SALESBOOK_BOOK_MADE_H

#include "publish.h"

/* One document of some audiences' sites, or one report, on its way out. */
struct making {
    struct arena *mem;
    struct diags *diags;
    str site_dir, output_dir; /* staging trees; site_dir unset: none is made */
    const struct site *site;
    size_t nsites;             /* of all audiences, everybody's first */
    struct document *document; /* NULL: it was not evaluated */
    str address;
    str *audience;
    size_t naudiences; /* that it is made for */
    str audiences;     /* the same with blanks between */
    str key;           /* of all that it is made of, in hex */
    str parts;         /* what these were, as lines */
    str read;          /* store_was_read() of its queries; unset where that does not say all */
    struct buf files;  /* those written so far, as lines */
    struct buf data;   /* of each proposal: what a package says of it, as lines */
    str workbook;      /* where one was written, or unset */
};

/* Fills in audiences, key and parts. `base`: of what all documents depend on; `shown`: of each
 * site, what its pages show of it. */
void making_key(struct making *m, struct hash128 base, const struct hash128 *shown);
/* Writes a file of the document below the staging tree of the site, or of the output. */
bool making_file(struct making *m, bool in_site, str below, str text);
/* Where one is to be that somebody else writes. */
str making_path(struct making *m, bool in_site, str below);
/* The line of the list for a document that is made. */
void making_note(const struct making *m, struct buf *list);
void making_free(struct making *m);

/* ---- write.c ---- */
/* A page in the sites of its audiences: HTML, JSON, and what else it is to be had as. */
bool write_pages(struct making *m, struct pdf_fonts *fonts);
/* A report goes to output/, and beside the pages of every site that may lead to it. */
bool write_report(struct making *m, struct pdf_fonts *fonts);

/* ---- tables.c ---- */
/* The tables of a document as a workbook beside its file `below`, if its page wants one and there
 * are any. */
bool write_workbook(struct making *m, const struct site *site, bool in_site, str below);
/* The same beside another of its files; nothing if there is none. */
bool copy_workbook(struct making *m, bool in_site, str below);
/* The downloads below `parent` as CSV and JSON in the folder of their page; everybody's in
 * output/proposals/ too. */
bool write_proposals(struct making *m, const struct site *site, const struct node *parent);
/* datapackage.json in folder, of what was told for this site; no file if that is nothing. */
bool write_package(struct arena *mem, const struct site *site, str told, str folder,
                   struct diags *diags);
/* Key figures and the tables of the book, as the site's audience may see them, at the root of its
 * site below site_dir: as a workbook for people, and as the snapshot by which `salesbook diff`
 * compares two builds. */
bool write_book_data(struct arena *mem, const struct opened *o, const struct site *site,
                     str site_dir, struct diags *diags);

/* ---- made.c ---- */
/* The rows of all tables as this build sees them. */
struct counted {
    const struct language *lang;
    struct row_count *count;
    size_t n;
};
struct counted counted_now(struct arena *mem, const struct store *store);

/* whole.c: of what documents show besides rows and files that they include: the plan, sites, and
 * `base`. */
str whole_key(struct arena *mem, const struct opened *o, const struct plan *plan,
              struct hash128 base, const struct hash128 *shown);

struct made;
/* The list of what is published; NULL if there is none, or it was damaged, or is of other trees.
 * `whole`: as whole_key; image: that the store has taken from. */
struct made *made_read(struct arena *mem, const struct build_options *o, const struct counted *now,
                       str whole, struct hash128 image);
/* Whether documents may be as before without being evaluated. */
bool made_as_before(const struct made *made);
/* Takes the document of made[0], for as many of the n audiences as it was made for, as made_again,
 * if all that it read is as before; how many in *alike. */
bool made_unread(const struct made *made, struct making *m, const struct build_options *o,
                 const struct store *store, const struct planned *const *planned, size_t n,
                 size_t *alike, struct buf *list);
/* Takes the files of a document whose key is the same as before over into the staging trees, and
 * notes it: linked, or, if other numbers of rows are to be shown, as pages with these. False if it
 * has to be made: nothing of it is in the staging trees then. */
bool made_again(const struct made *made, struct making *m, const struct build_options *o,
                struct buf *list);
/* Why a document is made again, or is not, in a line of words. */
str made_why(const struct made *made, const struct making *m);
/* Keeps the list of trees that are to be published with this key. Where it cannot be kept, the next
 * build makes all. */
void made_write(struct arena *mem, const struct build_options *o, str key,
                const struct counted *now, str whole, struct hash128 image, str list);

#endif
