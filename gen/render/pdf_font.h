/* What the files pdf*.c that set text or compress share, and mail_png.c: the faces. */
#ifndef SALESBOOK_PDF_FONT_H
#define SALESBOOK_PDF_FONT_H

#include "pdf_private.h"

#include <hb.h>
#include <utf8proc.h>

struct loaded {
    hb_face_t *face;
    hb_face_t *bare; /* only the tables that a PDF needs: subset 20 times as fast */
    hb_font_t *font;
    bool cff;
    float unit;          /* thousandths of the size of type in one unit of the face */
    uint16_t ascii[128]; /* glyphs, 0 for none */
};

struct pdf_fonts {
    struct loaded face[FACE_COUNT];
    hb_buffer_t *buffer;
    hb_language_t latin, han;
    struct arena *words; /* of the kept words and texts */
    struct map word, text;
    str language;        /* of the texts */
    struct arena *parts; /* of what is embedded of the faces */
    struct map part;
    struct libdeflate_compressor *compressor; /* of pdf_deflate.c, as a state of it is costly */
    utf8proc_int32_t missing;
};

/* ---- pdf_subset.c: what is embedded of a face ---- */
struct font_part {
    str packed;
    size_t length;        /* before it was packed */
    hb_map_t *renumbered; /* glyphs of the face → those of the part */
};
/* A part of the face that has at least these glyphs; NULL if it cannot be made. Valid until
 * font_parts_forget, which drops them if they have become many, or all. */
const struct font_part *font_part(struct pdf_fonts *f, enum face face, const hb_set_t *used);
void font_parts_forget(struct pdf_fonts *f, bool all);

/* ---- pdf_font.c ---- */
/* "NotoSans-Bold.ttf" */
const char *font_file_name(enum face face);
/* The character at i, and of how many bytes it is; U+FFFD for a byte that belongs to none. */
utf8proc_int32_t font_char_at(str s, size_t i, size_t *n);

#endif
