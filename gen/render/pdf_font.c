/* HarfBuzz shapes and measures words. Each run of a word is set in the first face that has its
 * characters; a book may hold any name. */
#include "pdf_font.h"

#include <math.h>
#include <string.h>

#include <libdeflate.h>
#include <hb-ot.h>

enum { WORDS_KEPT = 20000 };

/* A file is 1.3 % longer than at the level usual with libdeflate, and compressed in half the
 * time. */
enum { PACKING = 1 };

static const char *const folder[] = {
    "/usr/share/fonts/truetype/noto/", "/usr/share/fonts/opentype/noto/",
    "/usr/share/fonts/noto/",          "/usr/share/fonts/noto-cjk/",
    "/usr/share/fonts/google-noto/",   "/usr/share/fonts/google-noto-cjk/",
};
/* `family` is looked for in a collection. */
static const struct font_file {
    const char *file, *family, *package;
} font_file[FACE_COUNT] = {
    [FACE_regular] = {"NotoSans-Regular.ttf", "Noto Sans", "fonts-noto-core"},
    [FACE_bold] = {"NotoSans-Bold.ttf", "Noto Sans", "fonts-noto-core"},
    [FACE_italic] = {"NotoSans-Italic.ttf", "Noto Sans", "fonts-noto-core"},
    [FACE_symbols] = {"NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2", "fonts-noto-core"},
    [FACE_han] = {"NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"},
    [FACE_han_bold] = {"NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"},
    [FACE_arabic] = {"NotoSansArabic-Regular.ttf", "Noto Sans Arabic", "fonts-noto-core"},
    [FACE_hebrew] = {"NotoSansHebrew-Regular.ttf", "Noto Sans Hebrew", "fonts-noto-core"},
    [FACE_thai] = {"NotoSansThai-Regular.ttf", "Noto Sans Thai", "fonts-noto-core"},
    [FACE_devanagari] = {"NotoSansDevanagari-Regular.ttf", "Noto Sans Devanagari",
                         "fonts-noto-core"},
    [FACE_math] = {"NotoSansMath-Regular.ttf", "Noto Sans Math", "fonts-noto-core"},
};
/* Which faces are asked for a character, in this order, and then all others. */
static const enum face wanted[][3] = {
    [WEIGHT_REGULAR] = {FACE_regular, FACE_symbols, FACE_han},
    [WEIGHT_BOLD] = {FACE_bold, FACE_symbols, FACE_han_bold},
    [WEIGHT_ITALIC] = {FACE_italic, FACE_symbols, FACE_han},
};

const char *font_file_name(enum face face)
{
    return font_file[face].file;
}

/* ---- loading ---- */

static hb_blob_t *open_file(const char *file)
{
    for (size_t i = 0; i < sizeof folder / sizeof *folder; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s%s", folder[i], file);
        hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
        if (blob)
            return blob;
    }
    return NULL;
}

/* The face of this family in a file that may hold several. */
static hb_face_t *face_of_family(hb_blob_t *blob, const char *family)
{
    unsigned n = hb_face_count(blob);
    for (unsigned i = 0; i < n; i++) {
        hb_face_t *face = hb_face_create(blob, i);
        char name[64] = "";
        unsigned size = sizeof name;
        hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, HB_LANGUAGE_INVALID, &size, name);
        if (n == 1 || strcmp(name, family) == 0)
            return face;
        hb_face_destroy(face);
    }
    return NULL;
}

static hb_face_t *bare_face(hb_face_t *face)
{
    static const char needed[][5] = {"head", "hhea", "hmtx", "maxp", "glyf", "loca", "CFF "};
    hb_face_t *bare = hb_face_builder_create();
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        hb_tag_t tag = hb_tag_from_string(needed[i], 4);
        hb_blob_t *table = hb_face_reference_table(face, tag);
        if (hb_blob_get_length(table))
            hb_face_builder_add_table(bare, tag, table);
        hb_blob_destroy(table);
    }
    return bare;
}

static bool load(struct loaded *l, const struct font_file *s, struct diags *diags)
{
    hb_blob_t *blob = open_file(s->file);
    l->face = blob ? face_of_family(blob, s->family) : NULL;
    hb_blob_destroy(blob);
    if (!l->face)
        return diags_add(diags, DIAG_FONT_MISSING, (struct place){0}, str_of(s->file),
                         str_of(s->package));

    l->bare = bare_face(l->face);
    l->font = hb_font_create(l->face);
    l->unit = 1000.0f / (float)hb_face_get_upem(l->face);
    for (hb_codepoint_t c = ' '; c < 128; c++) {
        hb_codepoint_t id = 0;
        hb_font_get_nominal_glyph(l->font, c, &id);
        l->ascii[c] = (uint16_t)id;
    }
    hb_blob_t *cff = hb_face_reference_table(l->face, HB_TAG('C', 'F', 'F', ' '));
    l->cff = hb_blob_get_length(cff) > 0;
    hb_blob_destroy(cff);
    return true;
}

struct pdf_fonts *pdf_fonts_new(struct arena *mem, struct diags *diags)
{
    struct pdf_fonts *f = NEW(mem, struct pdf_fonts);
    bool ok = true;
    for (size_t i = 0; i < FACE_COUNT; i++)
        ok &= load(&f->face[i], &font_file[i], diags);
    f->buffer = hb_buffer_create();
    f->latin = hb_language_from_string("en", -1);
    f->han = hb_language_from_string("zh-Hans", -1);
    f->compressor = libdeflate_alloc_compressor(PACKING);
    if (!f->compressor)
        die("out of memory for PDF streams");
    f->words = arena_new();
    map_init(&f->word, f->words);
    map_init(&f->text, f->words);
    f->parts = arena_new();
    map_init(&f->part, f->parts);
    if (ok)
        return f;
    pdf_fonts_free(f);
    return NULL;
}

void pdf_fonts_free(struct pdf_fonts *f)
{
    if (!f)
        return;
    font_parts_forget(f, true);
    arena_free(f->parts);
    for (size_t i = 0; i < FACE_COUNT; i++) {
        hb_font_destroy(f->face[i].font);
        hb_face_destroy(f->face[i].bare);
        hb_face_destroy(f->face[i].face);
    }
    hb_buffer_destroy(f->buffer);
    libdeflate_free_compressor(f->compressor);
    arena_free(f->words);
}

void fonts_forget(struct pdf_fonts *f)
{
    f->missing = 0;
    font_parts_forget(f, false);
    if (f->word.n < WORDS_KEPT && f->text.n < WORDS_KEPT)
        return;
    arena_reset(f->words);
    map_init(&f->word, f->words);
    map_init(&f->text, f->words);
    f->language = (str){0};
}

str fonts_missing(const struct pdf_fonts *f, struct arena *mem)
{
    char text[4];
    if (!f->missing)
        return (str){0};
    utf8proc_ssize_t n = utf8proc_encode_char(f->missing, (utf8proc_uint8_t *)text);
    return arena_str(mem, (str){text, (size_t)n});
}

/* ---- shaping ---- */

typedef LIST(struct glyph) glyphs;

utf8proc_int32_t font_char_at(str s, size_t i, size_t *n)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
    *n = length > 0 ? (size_t)length : 1;
    return length > 0 ? c : 0xFFFD;
}

static bool has(const struct pdf_fonts *f, enum face face, utf8proc_int32_t c)
{
    if (c < 128)
        return f->face[face].ascii[c];
    hb_codepoint_t id;
    return hb_font_get_nominal_glyph(f->face[face].font, (hb_codepoint_t)c, &id);
}

/* Marks and joiners go with the character before them, whoever draws it. */
static bool goes_with_last(utf8proc_int32_t c)
{
    utf8proc_category_t k = utf8proc_category(c);
    return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME || k == UTF8PROC_CATEGORY_MC ||
           k == UTF8PROC_CATEGORY_CF;
}

static enum face face_for(struct pdf_fonts *f, enum weight weight, utf8proc_int32_t c)
{
    for (size_t i = 0; i < 3; i++)
        if (has(f, wanted[weight][i], c))
            return wanted[weight][i];
    for (size_t i = FACE_arabic; i < FACE_COUNT; i++)
        if (has(f, (enum face)i, c))
            return (enum face)i;
    if (!f->missing)
        f->missing = c;
    return wanted[weight][0];
}

/* Where in the word the text of glyph i ends: where the next cluster begins, which in writing from
 * right to left is that of a glyph before it. */
static size_t cluster_end(const hb_glyph_info_t *info, unsigned n, unsigned i, bool rtl, size_t to)
{
    unsigned start = info[i].cluster;
    if (rtl) {
        while (i-- > 0)
            if (info[i].cluster != start)
                return info[i].cluster;
        return to;
    }
    while (++i < n)
        if (info[i].cluster != start)
            return info[i].cluster;
    return to;
}

/* What no face has is drawn as U+FFFD: a face's own glyph for it, number 0, may not stand in a file
 * that conforms to PDF/A or PDF/UA. */
static void replace(struct pdf_fonts *f, struct glyph *g)
{
    const struct loaded *l = &f->face[FACE_regular];
    hb_codepoint_t id = 0;
    if (!hb_font_get_nominal_glyph(l->font, 0xFFFD, &id))
        id = l->ascii['?'];
    g->id = (uint16_t)id;
    g->face = FACE_regular;
    g->advance = (float)hb_font_get_glyph_h_advance(l->font, id) * l->unit;
    g->dx = g->dy = 0;
}

static void shape_run(struct pdf_fonts *f, glyphs *out, enum face face, str word, size_t from,
                      size_t to, bool rtl)
{
    static const hb_feature_t plain[] = {
        /* A ligature is one glyph for several letters: it gains a sans nothing, and costs readers
         * of the file the place of each letter. */
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    };
    const struct loaded *l = &f->face[face];
    hb_buffer_t *b = f->buffer;

    hb_buffer_clear_contents(b);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_utf8(b, word.p, (int)word.n, (unsigned)from, (int)(to - from));
    hb_buffer_set_direction(b, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(b, l->cff ? f->han : f->latin);
    hb_buffer_guess_segment_properties(b);
    hb_shape(l->font, b, plain, 1);

    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    for (unsigned i = 0; i < n; i++) {
        size_t start = info[i].cluster, end = start;
        if (!i || info[i - 1].cluster != start)
            end = cluster_end(info, n, i, rtl, to);
        struct glyph g = {.id = (uint16_t)info[i].codepoint,
                          .face = face,
                          .advance = (float)at[i].x_advance * l->unit,
                          .dx = (float)at[i].x_offset * l->unit,
                          .dy = (float)at[i].y_offset * l->unit,
                          .text = {word.p + start, end - start}};
        if (!g.id)
            replace(f, &g);
        g.mirrored = rtl && g.text.n == 1 && strchr("()[]{}<>", g.text.p[0]);
        PUSH(f->words, out, g);
    }
}

/* Noto Sans has no minus: its en dash, at the height of its plus. */
static void shape_minus(struct pdf_fonts *f, glyphs *out, enum face face, str text)
{
    const struct loaded *l = &f->face[face];
    hb_codepoint_t dash = 0;
    hb_glyph_extents_t low = {0}, high = {0};

    hb_font_get_nominal_glyph(l->font, 0x2013, &dash);
    hb_font_get_glyph_extents(l->font, dash, &low);
    hb_font_get_glyph_extents(l->font, l->ascii['+'], &high);
    double lift = (high.y_bearing + high.height / 2.0) - (low.y_bearing + low.height / 2.0);
    struct glyph g = {.id = (uint16_t)dash,
                      .face = face,
                      .text = text,
                      .advance = (float)hb_font_get_glyph_h_advance(l->font, dash) * l->unit,
                      .dy = roundf((float)lift * l->unit)};
    PUSH(f->words, out, g);
}

/* Figures are set without kerning, so that they stand below each other; this also saves the shaping
 * of every number. */
static bool is_figure(utf8proc_int32_t c)
{
    return (c >= '0' && c <= '9') || (c && c < 128 && strchr("+-.,:%/() ", c));
}

static void shape_figures(struct pdf_fonts *f, glyphs *out, enum face face, str figures)
{
    const struct loaded *l = &f->face[face];
    for (size_t i = 0; i < figures.n; i++) {
        uint16_t id = l->ascii[(unsigned char)figures.p[i]];
        struct glyph g = {.id = id,
                          .face = face,
                          .text = {figures.p + i, 1},
                          .advance = (float)hb_font_get_glyph_h_advance(l->font, id) * l->unit};
        PUSH(f->words, out, g);
    }
}

/* Where the run that begins at i ends: all of one face, or all figures. */
static size_t run_end(struct pdf_fonts *f, enum weight weight, enum face face, str word, size_t i,
                      bool figures)
{
    while (i < word.n) {
        size_t n;
        utf8proc_int32_t c = font_char_at(word, i, &n);
        bool goes_on = figures
                           ? is_figure(c)
                           : c != 0x2212 && (goes_with_last(c) || face_for(f, weight, c) == face);
        if (!goes_on)
            break;
        i += n;
    }
    return i;
}

/* The part of `word` from i on, which runs from left to right. */
static void shape_ltr(struct pdf_fonts *f, glyphs *out, enum weight weight, str word, size_t i)
{
    while (i < word.n) {
        size_t n, end;
        utf8proc_int32_t c = font_char_at(word, i, &n);
        if (c == 0x2212) {
            shape_minus(f, out, wanted[weight][0], str_sub(word, i, end = i + n));
        } else if (is_figure(c)) {
            end = run_end(f, weight, 0, word, i + n, true);
            shape_figures(f, out, wanted[weight][0], str_sub(word, i, end));
        } else {
            enum face face = face_for(f, weight, c);
            end = run_end(f, weight, face, word, i + n, false);
            shape_run(f, out, face, word, i, end, false);
        }
        i = end;
    }
}

/* The same from right to left: what comes last stands first. HarfBuzz mirrors brackets. */
static void shape_rtl(struct pdf_fonts *f, glyphs *out, enum weight weight, str word, size_t i)
{
    LIST(size_t) begin = {0};
    size_t n;

    for (size_t k = i; k < word.n;) {
        PUSH(f->words, &begin, k);
        enum face face = face_for(f, weight, font_char_at(word, k, &n));
        k = run_end(f, weight, face, word, k + n, false);
    }
    for (size_t k = begin.n, end = word.n; k-- > 0; end = begin.at[k]) {
        enum face face = face_for(f, weight, font_char_at(word, begin.at[k], &n));
        shape_run(f, out, face, word, begin.at[k], end, true);
    }
}

static void shape_word(struct pdf_fonts *f, glyphs *out, enum weight weight, str word, bool *rtl)
{
    struct bidi_run *run;
    size_t n = bidi_runs(f->words, word, &run);

    *rtl = n > 0;
    if (!n)
        shape_ltr(f, out, weight, word, 0);
    for (size_t i = 0; i < n; i++) {
        str part = str_sub(word, 0, run[i].to);
        (run[i].level % 2 ? shape_rtl : shape_ltr)(f, out, weight, part, run[i].from);
    }
}

/* The place of a text in one weight. */
static void **place_of(struct map *map, enum weight weight, str text)
{
    char small[64];
    str key = {small, text.n + 1};
    struct buf long_key = {0};

    small[0] = (char)('0' + weight);
    if (key.n <= sizeof small) {
        if (text.n)
            memcpy(small + 1, text.p, text.n);
    } else {
        buf_addc(&long_key, small[0]);
        buf_add(&long_key, text);
        key = buf_str(&long_key);
    }
    void **place = map_put(map, key);
    buf_clear(&long_key);
    return place;
}

const struct shaped *font_shape(struct pdf_fonts *f, enum weight weight, str word)
{
    void **kept = place_of(&f->word, weight, word);
    if (!*kept) {
        struct shaped *s = NEW(f->words, struct shaped);
        glyphs list = {0};
        /* The texts of glyphs lie in the map's copy of the key. */
        str key = f->word.at[f->word.n - 1].key;
        s->text = str_sub(key, 1, key.n);
        shape_word(f, &list, weight, s->text, &s->rtl);
        s->glyph = list.at;
        s->n = list.n;
        for (size_t i = 0; i < s->n; i++)
            s->width += s->glyph[i].advance;
        *kept = s;
    }
    return *kept;
}

void **font_text(struct pdf_fonts *f, enum weight weight, const char *language, str text,
                 struct arena **mem)
{
    /* Lines end by other rules in another language: all that is kept is of one. */
    if (!str_eq(f->language, str_of(language))) {
        f->language = arena_str(f->words, str_of(language));
        map_init(&f->text, f->words);
    }
    *mem = f->words;
    return place_of(&f->text, weight, text);
}
