/* HarfBuzz shapes, measures and subsets; libharu only writes the result. Its own way with fonts
 * costs tens of milliseconds a document, knows no CFF and loses the parts of composite glyphs. */
#include "pdf_private.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <utf8proc.h>

enum { WORDS_KEPT = 20000 };

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
};
/* Which faces are asked for a character, in this order. */
static const enum face wanted[][3] = {
    [WEIGHT_REGULAR] = {FACE_regular, FACE_symbols, FACE_han},
    [WEIGHT_BOLD] = {FACE_bold, FACE_symbols, FACE_han_bold},
    [WEIGHT_ITALIC] = {FACE_italic, FACE_symbols, FACE_han},
};

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
    utf8proc_int32_t missing;
};

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
    f->words = arena_new();
    map_init(&f->word, f->words);
    if (ok)
        return f;
    pdf_fonts_free(f);
    return NULL;
}

void pdf_fonts_free(struct pdf_fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < FACE_COUNT; i++) {
        hb_font_destroy(f->face[i].font);
        hb_face_destroy(f->face[i].bare);
        hb_face_destroy(f->face[i].face);
    }
    hb_buffer_destroy(f->buffer);
    arena_free(f->words);
}

void fonts_forget(struct pdf_fonts *f)
{
    f->missing = 0;
    if (f->word.n < WORDS_KEPT)
        return;
    arena_reset(f->words);
    map_init(&f->word, f->words);
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

static utf8proc_int32_t char_at(str s, size_t i, size_t *n)
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
    if (!f->missing)
        f->missing = c;
    return wanted[weight][0];
}

static void shape_run(struct pdf_fonts *f, glyphs *out, enum face face, str word, size_t from,
                      size_t to)
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
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_language(b, l->cff ? f->han : f->latin);
    hb_buffer_guess_segment_properties(b);
    hb_shape(l->font, b, plain, 1);

    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    for (unsigned i = 0; i < n; i++) {
        size_t start = info[i].cluster, end = to;
        for (unsigned k = i + 1; k < n; k++)
            if (info[k].cluster != start) {
                end = info[k].cluster;
                break;
            }
        if (i && info[i - 1].cluster == start)
            end = start;
        struct glyph g = {.id = (uint16_t)info[i].codepoint,
                          .face = face,
                          .advance = (float)at[i].x_advance * l->unit,
                          .dx = (float)at[i].x_offset * l->unit,
                          .dy = (float)at[i].y_offset * l->unit,
                          .text = {word.p + start, end - start}};
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
        utf8proc_int32_t c = char_at(word, i, &n);
        if (figures ? !is_figure(c)
                    : c == 0x2212 || (!goes_with_last(c) && face_for(f, weight, c) != face))
            break;
        i += n;
    }
    return i;
}

static void shape_word(struct pdf_fonts *f, glyphs *out, enum weight weight, str word)
{
    for (size_t i = 0; i < word.n;) {
        size_t n, end;
        utf8proc_int32_t c = char_at(word, i, &n);
        if (c == 0x2212) {
            shape_minus(f, out, wanted[weight][0], str_sub(word, i, end = i + n));
        } else if (is_figure(c)) {
            end = run_end(f, weight, 0, word, i + n, true);
            shape_figures(f, out, wanted[weight][0], str_sub(word, i, end));
        } else {
            enum face face = face_for(f, weight, c);
            end = run_end(f, weight, face, word, i + n, false);
            shape_run(f, out, face, word, i, end);
        }
        i = end;
    }
}

const struct shaped *font_shape(struct pdf_fonts *f, enum weight weight, str word)
{
    char small[64];
    str key = {small, word.n + 1};
    struct buf long_key = {0};

    small[0] = (char)('0' + weight);
    if (key.n <= sizeof small) {
        if (word.n)
            memcpy(small + 1, word.p, word.n);
    } else {
        buf_addc(&long_key, small[0]);
        buf_add(&long_key, word);
        key = buf_str(&long_key);
    }
    void **kept = map_put(&f->word, key);
    if (!*kept) {
        struct shaped *s = NEW(f->words, struct shaped);
        glyphs list = {0};
        /* The texts of glyphs lie in the map's copy of the key. */
        key = f->word.at[f->word.n - 1].key;
        s->text = str_sub(key, 1, key.n);
        shape_word(f, &list, weight, s->text);
        s->glyph = list.at;
        s->n = list.n;
        for (size_t i = 0; i < s->n; i++)
            s->width += s->glyph[i].advance;
        *kept = s;
    }
    buf_clear(&long_key);
    return *kept;
}

/* ---- the glyphs of one document ---- */

/* A code of a TrueType face is a number of our own, so that one glyph can stand for two characters
 * (a dash and a minus) and still be read as what it is. The CFF face is keyed by CID: its glyphs'
 * own numbers are the codes. */
struct code {
    struct glyph glyph;
    float advance;
    uint16_t next; /* code + 1 of the next with the same glyph */
};
struct used {
    LIST(struct code) code;
    uint16_t *first; /* by glyph: its number in the list + 1 */
};
struct font_use {
    struct arena *mem;
    struct pdf_fonts *fonts;
    struct used face[FACE_COUNT];
};

struct font_use *font_use_new(struct arena *mem, struct pdf_fonts *fonts)
{
    struct font_use *use = NEW(mem, struct font_use);
    use->mem = mem;
    use->fonts = fonts;
    return use;
}

static struct code *code_for(struct font_use *use, const struct glyph *g)
{
    struct used *u = &use->face[g->face];
    const struct loaded *l = &use->fonts->face[g->face];

    if (!u->first)
        u->first = NEW_ARRAY(use->mem, hb_face_get_glyph_count(l->face), uint16_t);
    for (size_t i = u->first[g->id]; i; i = u->code.at[i - 1].next)
        if (l->cff || str_eq(u->code.at[i - 1].glyph.text, g->text))
            return &u->code.at[i - 1];

    float advance = (float)hb_font_get_glyph_h_advance(l->font, g->id) * l->unit;
    struct code c = {.glyph = *g, .advance = advance, .next = u->first[g->id]};
    c.glyph.text = arena_str(use->mem, g->text);
    PUSH(use->mem, &u->code, c);
    u->first[g->id] = (uint16_t)u->code.n;
    return &u->code.at[u->code.n - 1];
}

uint16_t font_code(struct font_use *use, const struct glyph *g)
{
    const struct code *c = code_for(use, g);
    return use->fonts->face[g->face].cff ? g->id : (uint16_t)(c - use->face[g->face].code.at);
}

float font_advance(struct font_use *use, const struct glyph *g)
{
    return code_for(use, g)->advance;
}

/* ---- embedding ---- */

static int by_glyph(const void *a, const void *b)
{
    const struct code *x = a, *y = b;
    return (x->glyph.id > y->glyph.id) - (x->glyph.id < y->glyph.id);
}

/* The face with nothing but the used glyphs; the plan, also to be destroyed, tells their new
 * numbers. NULL if it cannot be. */
static hb_face_t *subset(const struct loaded *l, const struct used *u, hb_subset_plan_t **plan)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    for (size_t i = 0; i < u->code.n; i++)
        hb_set_add(hb_subset_input_glyph_set(input), u->code.at[i].glyph.id);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    *plan = hb_subset_plan_create_or_fail(l->bare, input);
    hb_face_t *face = *plan ? hb_subset_plan_execute_or_fail(*plan) : NULL;
    hb_subset_input_destroy(input);
    return face;
}

static HPDF_Dict stream_of(HPDF_Doc doc, const void *bytes, size_t n)
{
    HPDF_Dict stream = HPDF_DictStream_New(doc->mmgr, doc->xref);
    if (!stream)
        return NULL;
    HPDF_Stream_Write(stream->stream, bytes, (HPDF_UINT)n);
    stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    return stream;
}

static HPDF_Dict stream_of_blob(HPDF_Doc doc, hb_blob_t *blob)
{
    unsigned n;
    const char *bytes = hb_blob_get_data(blob, &n);
    HPDF_Dict stream = stream_of(doc, bytes, n);
    hb_blob_destroy(blob);
    return stream;
}

static HPDF_Dict indirect_dict(HPDF_Doc doc, const char *type)
{
    HPDF_Dict d = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, d);
    HPDF_Dict_AddName(d, "Type", type);
    return d;
}

static unsigned code_number(const struct loaded *l, const struct used *u, size_t i)
{
    return l->cff ? u->code.at[i].glyph.id : (unsigned)i;
}

/* The map from codes to characters, so that text can be searched and copied. */
static HPDF_Dict to_unicode(HPDF_Doc doc, const struct loaded *l, const struct used *u)
{
    enum { BLOCK = 100 }; /* as many as one bfchar section may hold */
    struct buf out = {0};
    buf_add(&out, S("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    size_t ntexts = 0;
    for (size_t i = 0; i < u->code.n; i++)
        ntexts += u->code.at[i].glyph.text.n > 0;
    for (size_t i = 0, done = 0; i < u->code.n; i++) {
        if (!u->code.at[i].glyph.text.n)
            continue;
        if (done % BLOCK == 0)
            buf_addf(&out, "%zu beginbfchar\n", ntexts - done < BLOCK ? ntexts - done : BLOCK);
        buf_addf(&out, "<%04X> <", code_number(l, u, i));
        pdf_put_utf16(&out, u->code.at[i].glyph.text);
        buf_add(&out, S(">\n"));
        if (++done % BLOCK == 0 || done == ntexts)
            buf_add(&out, S("endbfchar\n"));
    }
    buf_add(&out, S("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"));
    HPDF_Dict stream = stream_of(doc, out.p, out.n);
    buf_clear(&out);
    return stream;
}

static HPDF_Array widths(HPDF_Doc doc, const struct loaded *l, const struct used *u)
{
    HPDF_Array w = HPDF_Array_New(doc->mmgr), run = NULL;
    for (size_t i = 0; i < u->code.n; i++) {
        if (!run || l->cff) {
            run = HPDF_Array_New(doc->mmgr);
            HPDF_Array_AddNumber(w, (HPDF_INT32)code_number(l, u, i));
            HPDF_Array_Add(w, run);
        }
        HPDF_Array_AddReal(run, u->code.at[i].advance);
    }
    return w;
}

static HPDF_Dict code_to_glyph(HPDF_Doc doc, const struct used *u, const hb_map_t *renumbered)
{
    struct buf out = {0};
    for (size_t i = 0; i < u->code.n; i++) {
        unsigned id = hb_map_get(renumbered, u->code.at[i].glyph.id);
        buf_addc(&out, (char)(id >> 8));
        buf_addc(&out, (char)id);
    }
    HPDF_Dict stream = stream_of(doc, out.p, out.n);
    buf_clear(&out);
    return stream;
}

/* ABCDEF+NotoSans-Bold: the letters tell one subset from another. */
static void base_name(const struct font_file *s, const struct used *u, char *name, size_t size)
{
    struct buf ids = {0};
    for (size_t i = 0; i < u->code.n; i++)
        buf_addf(&ids, "%x ", u->code.at[i].glyph.id);
    uint64_t hash = hash_str(buf_str(&ids));
    buf_clear(&ids);

    char tag[7] = "";
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    snprintf(name, size, "%s+%.*s", tag, (int)(strchr(s->file, '.') - s->file), s->file);
}

static int head_number(const unsigned char *head, size_t at)
{
    return (int16_t)(head[at] << 8 | head[at + 1]);
}

static HPDF_Dict descriptor(HPDF_Doc doc, const struct loaded *l, enum face face, const char *name)
{
    HPDF_Dict d = indirect_dict(doc, "FontDescriptor");
    hb_font_extents_t extents = {0};
    hb_font_get_h_extents(l->font, &extents);
    hb_blob_t *head = hb_face_reference_table(l->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(head, &n);
    bool bold = face == FACE_bold || face == FACE_han_bold, italic = face == FACE_italic;

    HPDF_Dict_AddName(d, "FontName", name);
    HPDF_Dict_AddNumber(d, "Flags", 4 | (italic ? 64 : 0));
    HPDF_Array box = HPDF_Array_New(doc->mmgr);
    for (size_t i = 36; i < 44; i += 2) /* xMin yMin xMax yMax */
        HPDF_Array_AddReal(box, n >= 44 ? (float)head_number(bytes, i) * l->unit : 0);
    HPDF_Dict_Add(d, "FontBBox", box);
    HPDF_Dict_AddReal(d, "Ascent", (float)extents.ascender * l->unit);
    HPDF_Dict_AddReal(d, "Descent", (float)extents.descender * l->unit);
    HPDF_Dict_AddNumber(d, "CapHeight", 714);
    HPDF_Dict_AddNumber(d, "ItalicAngle", italic ? -12 : 0);
    HPDF_Dict_AddNumber(d, "StemV", bold ? 140 : 80);
    hb_blob_destroy(head);
    return d;
}

static HPDF_Dict descendant(HPDF_Doc doc, const struct loaded *l, const struct used *u,
                            const hb_map_t *renumbered, const char *name, HPDF_Dict about)
{
    HPDF_Dict d = indirect_dict(doc, "Font");
    HPDF_Dict system = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(doc->mmgr, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(doc->mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);

    HPDF_Dict_AddName(d, "Subtype", l->cff ? "CIDFontType0" : "CIDFontType2");
    HPDF_Dict_AddName(d, "BaseFont", name);
    HPDF_Dict_Add(d, "CIDSystemInfo", system);
    HPDF_Dict_Add(d, "FontDescriptor", about);
    HPDF_Dict_Add(d, "W", widths(doc, l, u));
    if (!l->cff)
        HPDF_Dict_Add(d, "CIDToGIDMap", code_to_glyph(doc, u, renumbered));
    return d;
}

static HPDF_Dict embed(HPDF_Doc doc, struct pdf_fonts *fonts, enum face face, struct used *u)
{
    const struct loaded *l = &fonts->face[face];
    hb_subset_plan_t *plan = NULL;
    HPDF_Dict font = NULL;
    char name[64];

    if (l->cff)
        qsort(u->code.at, u->code.n, sizeof *u->code.at, by_glyph);
    hb_face_t *part = subset(l, u, &plan);
    if (!part)
        goto out;

    base_name(&font_file[face], u, name, sizeof name);
    HPDF_Dict about = descriptor(doc, l, face, name), program;
    if (l->cff) {
        program = stream_of_blob(doc, hb_face_reference_table(part, HB_TAG('C', 'F', 'F', ' ')));
        HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
        HPDF_Dict_Add(about, "FontFile3", program);
    } else {
        hb_blob_t *blob = hb_face_reference_blob(part);
        unsigned length = hb_blob_get_length(blob);
        program = stream_of_blob(doc, blob);
        HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)length);
        HPDF_Dict_Add(about, "FontFile2", program);
    }
    font = indirect_dict(doc, "Font");
    HPDF_Array descendants = HPDF_Array_New(doc->mmgr);
    HPDF_Array_Add(descendants, descendant(doc, l, u, hb_subset_plan_old_to_new_glyph_mapping(plan),
                                           name, about));
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", to_unicode(doc, l, u));
out:
    hb_face_destroy(part);
    hb_subset_plan_destroy(plan);
    return font;
}

bool fonts_embed(struct font_use *use, HPDF_Doc doc, HPDF_Dict dict)
{
    for (size_t i = 0; i < FACE_COUNT; i++) {
        if (!use->face[i].code.n)
            continue;
        HPDF_Dict font = embed(doc, use->fonts, (enum face)i, &use->face[i]);
        if (!font)
            return false;
        char name[8];
        snprintf(name, sizeof name, "F%zu", i);
        HPDF_Dict_Add(dict, name, font);
    }
    return true;
}
