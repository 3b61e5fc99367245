/* A PDF in the making, and a look at those that are made: for tests of text, layout and files. */
#ifndef SALESBOOK_PDF_KIT_H
#define SALESBOOK_PDF_KIT_H

#include "pdf_sample.h"
#include "test.h"

#include "../../gen/render/pdf_private.h"

/* One document in the making, without a file: for text and layout. */
struct bench {
    struct arena *mem;
    struct diags diags;
    struct pdf pdf;
};
struct bench *bench_new(void);
void bench_free(struct bench *b);
struct flow flow_of(struct bench *b);
/* Adds nothing that is so high. */
void fill(struct flow *f, double height);
/* Gives the pieces of a flow their pages. */
void paginate(struct bench *b, const struct flow *f);

/* Of an upright page, between the margins. */
#define PAGE_HEIGHT (PAGE_LONG_PT - 2 * MARGIN_PT)

/* Writes the document into a file of its own; its path, to be removed. */
str written(struct arena *mem, struct pdf_fonts *fonts, const struct document *d,
            struct diags *diags);
/* Fails with what tests/pdf/check.py has found. */
void expect_sound(struct arena *mem, str path, struct diags *diags);
/* The text of a file, from page `from` to page `to`. */
str extracted_pages(struct arena *mem, str path, int from, int to, struct diags *diags);
str extracted(struct arena *mem, str path, struct diags *diags);

#endif
