/* What of each face a document uses is subset by HarfBuzz; libharu only writes the result. Its own
 * way with fonts costs tens of milliseconds a document, knows no CFF and loses the parts of
 * composite glyphs. */
#include "pdf_font.h"

#include <string.h>

#include <hb-subset.h>

/* ---- the glyphs of one document ---- */

/* A code of a TrueType face is a number of our own, so that one glyph can stand for two characters
 * (a dash and a minus) and still be read as what it is; 0 stays that of the glyph for what a face
 * lacks, which PDF/A and PDF/UA forbid. The CFF face is keyed by CID: its glyphs' own numbers are
 * the codes. */
struct code {
    struct glyph glyph;
    float advance;
    uint16_t next; /* code + 1 of the next with the same glyph */
};
struct used {
    LIST(struct code) code;
    uint16_t *first[256]; /* by glyph, in rows of 256, for a face may have 65,535: its number in the
                             list + 1 */
};
struct word_slot {
    const struct shaped *word;
    const struct coded *coded;
};
struct font_use {
    struct arena *mem;
    struct pdf_fonts *fonts;
    struct used face[FACE_COUNT];
    /* Most words of a document come again: an open hash by where they are kept. */
    struct word_slot *slot;
    size_t nslots, nwords;
};

struct font_use *font_use_new(struct arena *mem, struct pdf_fonts *fonts)
{
    struct font_use *use = NEW(mem, struct font_use);
    use->mem = mem;
    use->fonts = fonts;
    return use;
}

/* Readers put what runs from right to left into order again, but do not turn its brackets. */
static str text_seen(const struct glyph *g)
{
    static const char pairs[] = "()[]{}<>";
    if (!g->mirrored)
        return g->text;
    size_t i = (size_t)(strchr(pairs, g->text.p[0]) - pairs);
    return (str){&pairs[i ^ 1], 1};
}

static struct code *code_for(struct font_use *use, const struct glyph *g)
{
    str text = text_seen(g);
    struct used *u = &use->face[g->face];
    const struct loaded *l = &use->fonts->face[g->face];

    uint16_t **row = &u->first[g->id >> 8];
    if (!*row)
        *row = NEW_ARRAY(use->mem, 256, uint16_t);
    uint16_t *first = &(*row)[g->id & 255];
    for (size_t i = *first; i; i = u->code.at[i - 1].next)
        if (l->cff || str_eq(u->code.at[i - 1].glyph.text, text))
            return &u->code.at[i - 1];

    float advance = (float)hb_font_get_glyph_h_advance(l->font, g->id) * l->unit;
    struct code c = {.glyph = *g, .advance = advance, .next = *first};
    c.glyph.text = arena_str(use->mem, text);
    PUSH(use->mem, &u->code, c);
    *first = (uint16_t)u->code.n;
    return &u->code.at[u->code.n - 1];
}

static const struct coded *code_word(struct font_use *use, const struct shaped *word)
{
    struct coded *coded = NEW_ARRAY(use->mem, word->n, struct coded);
    for (size_t i = 0; i < word->n; i++) {
        const struct glyph *g = &word->glyph[i];
        const struct code *c = code_for(use, g);
        coded[i].advance = c->advance;
        coded[i].code =
            use->fonts->face[g->face].cff ? g->id : (uint16_t)(c - use->face[g->face].code.at + 1);
    }
    return coded;
}

/* The slot of a word: its own, or the first free one. */
static struct word_slot *slot_of(const struct font_use *use, const struct shaped *word)
{
    size_t i = (uintptr_t)word / sizeof(max_align_t) * 0x9e3779b1u & (use->nslots - 1);
    while (use->slot[i].word && use->slot[i].word != word)
        i = (i + 1) & (use->nslots - 1);
    return &use->slot[i];
}

static void make_slots(struct font_use *use)
{
    struct word_slot *old = use->slot;
    size_t nold = use->nslots;

    use->nslots = nold ? nold * 2 : 512;
    use->slot = NEW_ARRAY(use->mem, use->nslots, struct word_slot);
    for (size_t i = 0; i < nold; i++)
        if (old[i].word)
            *slot_of(use, old[i].word) = old[i];
}

const struct coded *font_codes(struct font_use *use, const struct shaped *word)
{
    if ((use->nwords + 1) * 2 > use->nslots)
        make_slots(use);
    struct word_slot *slot = slot_of(use, word);
    if (!slot->word) {
        *slot = (struct word_slot){word, code_word(use, word)};
        use->nwords++;
    }
    return slot->coded;
}

/* ---- embedding ---- */

static int by_glyph(const void *a, const void *b)
{
    const struct code *x = a, *y = b;
    return (x->glyph.id > y->glyph.id) - (x->glyph.id < y->glyph.id);
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
    return l->cff ? u->code.at[i].glyph.id : (unsigned)i + 1;
}

/* What a glyph stands for. PDF/UA forbids that it is a byte order mark, and wants something for
 * each: one that only goes with the glyph before it, which has the text of both, is read as
 * nothing. */
static void put_stands_for(struct buf *out, str text)
{
    for (size_t i = 0, n; i < text.n; i += n) {
        utf8proc_int32_t c = font_char_at(text, i, &n);
        if (c && c != 0xFEFF && c != 0xFFFE)
            pdf_put_utf16(out, str_sub(text, i, i + n));
    }
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
    size_t n = u->code.n;
    for (size_t i = 0; i < n; i++) {
        if (i % BLOCK == 0)
            buf_addf(&out, "%zu beginbfchar\n", n - i < BLOCK ? n - i : BLOCK);
        buf_addc(&out, '<');
        pdf_put_hex(&out, (uint16_t)code_number(l, u, i));
        buf_add(&out, S("> <"));
        put_stands_for(&out, u->code.at[i].glyph.text);
        buf_add(&out, S(">\n"));
        if ((i + 1) % BLOCK == 0 || i + 1 == n)
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
    buf_add(&out, S("\0\0"));
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
static void base_name(enum face face, const struct used *u, char *name, size_t size)
{
    struct buf ids = {0};
    for (size_t i = 0; i < u->code.n; i++)
        buf_addf(&ids, "%x ", u->code.at[i].glyph.id);
    uint64_t hash = hash_str(buf_str(&ids));
    buf_clear(&ids);

    char tag[7] = "";
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    const char *file = font_file_name(face);
    snprintf(name, size, "%s+%.*s", tag, (int)strcspn(file, "."), file);
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

static const struct font_part *part_of(struct pdf_fonts *fonts, enum face face,
                                       const struct used *u)
{
    hb_set_t *glyphs = hb_set_create();
    for (size_t i = 0; i < u->code.n; i++)
        hb_set_add(glyphs, u->code.at[i].glyph.id);
    const struct font_part *part = font_part(fonts, face, glyphs);
    hb_set_destroy(glyphs);
    return part;
}

static HPDF_Dict embed(struct font_use *use, HPDF_Doc doc, enum face face)
{
    struct pdf_fonts *fonts = use->fonts;
    struct used *u = &use->face[face];
    const struct loaded *l = &fonts->face[face];
    char name[64];

    if (l->cff)
        qsort(u->code.at, u->code.n, sizeof *u->code.at, by_glyph);
    const struct font_part *part = part_of(fonts, face, u);
    if (!part)
        return NULL;

    base_name(face, u, name, sizeof name);
    HPDF_Dict about = descriptor(doc, l, face, name);
    HPDF_Dict program = HPDF_DictStream_New(doc->mmgr, doc->xref);
    pdf_is_packed(program, use->mem, part->packed);
    if (l->cff)
        HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
    else
        HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)part->length);
    HPDF_Dict_Add(about, l->cff ? "FontFile3" : "FontFile2", program);
    HPDF_Dict font = indirect_dict(doc, "Font");
    HPDF_Array descendants = HPDF_Array_New(doc->mmgr);
    HPDF_Array_Add(descendants, descendant(doc, l, u, part->renumbered, name, about));
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", to_unicode(doc, l, u));
    return font;
}

bool fonts_embed(struct font_use *use, HPDF_Doc doc, HPDF_Dict dict)
{
    for (size_t i = 0; i < FACE_COUNT; i++) {
        if (!use->face[i].code.n)
            continue;
        HPDF_Dict font = embed(use, doc, (enum face)i);
        if (!font)
            return false;
        char name[8];
        snprintf(name, sizeof name, "F%zu", i);
        HPDF_Dict_Add(dict, name, font);
    }
    return true;
}

/* ---- a face to type in ---- */

/* WinAnsiEncoding: Latin-1 but for these; 0 where it has nothing. */
static hb_codepoint_t windows_character(unsigned code)
{
    static const uint16_t upper[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return code == 0x7F ? 0 : code >= 0x80 && code < 0xA0 ? upper[code - 0x80] : code;
}

enum { FIRST_TYPED = 0x20, LAST_TYPED = 0xFF };

/* By characters, not glyphs: a reader of the file finds the letters of what is typed in its
 * cmap. */
static hb_face_t *subset_for_typing(const struct loaded *l)
{
    static const char dropped[][5] = {"GSUB", "GPOS", "GDEF", "kern", "name"};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    for (unsigned code = FIRST_TYPED; code <= LAST_TYPED; code++)
        if (windows_character(code))
            hb_set_add(hb_subset_input_unicode_set(input), windows_character(code));
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        hb_set_add(drop, hb_tag_from_string(dropped[i], 4));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *face = hb_subset_or_fail(l->face, input);
    hb_subset_input_destroy(input);
    return face;
}

static HPDF_Array widths_for_typing(HPDF_Doc doc, const struct loaded *l)
{
    HPDF_Array w = HPDF_Array_New(doc->mmgr);
    for (unsigned code = FIRST_TYPED; code <= LAST_TYPED; code++) {
        hb_codepoint_t c = windows_character(code), glyph;
        bool there = c && hb_font_get_nominal_glyph(l->font, c, &glyph);
        HPDF_Array_AddReal(w, there ? (float)hb_font_get_glyph_h_advance(l->font, glyph) * l->unit
                                    : 0);
    }
    return w;
}

HPDF_Dict font_embed_for_typing(struct pdf_fonts *fonts, HPDF_Doc doc)
{
    const struct loaded *l = &fonts->face[FACE_regular];
    hb_face_t *part = subset_for_typing(l);
    const char *file = font_file_name(FACE_regular);
    char name[64];
    if (!part)
        return NULL;

    snprintf(name, sizeof name, "TYPING+%.*s", (int)strcspn(file, "."), file);
    hb_blob_t *blob = hb_face_reference_blob(part);
    unsigned length = hb_blob_get_length(blob);
    HPDF_Dict program = stream_of_blob(doc, blob), about = descriptor(doc, l, FACE_regular, name);
    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)length);
    HPDF_Dict_Add(about, "FontFile2", program);
    HPDF_Dict_AddNumber(about, "Flags", 32); /* letters have their usual codes */
    HPDF_Dict font = indirect_dict(doc, "Font");
    HPDF_Dict_AddName(font, "Subtype", "TrueType");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "WinAnsiEncoding");
    HPDF_Dict_AddNumber(font, "FirstChar", FIRST_TYPED);
    HPDF_Dict_AddNumber(font, "LastChar", LAST_TYPED);
    HPDF_Dict_Add(font, "Widths", widths_for_typing(doc, l));
    HPDF_Dict_Add(font, "FontDescriptor", about);
    hb_face_destroy(part);
    return font;
}
