/* What pdf_font.c and pdf_embed.c share: the faces. */
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
    struct arena *words; /* of the kept words */
    struct map word;
    struct libdeflate_compressor *compressor; /* of pdf_deflate.c, as a state of it is costly */
    utf8proc_int32_t missing;
};

/* "NotoSans-Bold.ttf" */
const char *font_file_name(enum face face);
/* The character at i, and of how many bytes it is; U+FFFD for a byte that belongs to none. */
utf8proc_int32_t font_char_at(str s, size_t i, size_t *n);

#endif
