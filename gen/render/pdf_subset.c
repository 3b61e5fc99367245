/* The part of a face that a document embeds. To make one costs as much as to lay out a page, and
 * most documents of a book use much the same letters. So parts are kept, packed, by their glyphs,
 * and the faces of most text get all letters and digits at once: one in six has to be made. */
#include "pdf_font.h"

#include <libdeflate.h>
#include <hb-subset.h>

enum { PARTS_KEPT = 256 }; /* of 10 to 20 KB */

/* What most documents have of the faces of most text: in heads, and besides in other text. */
static const char common[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 %(),-./:–\u202f";
static const char common_in_text[] = "'+;=·×÷−⁰¹²³⁴⁵⁶⁷⁸⁹";

static void add_glyphs(hb_set_t *set, const struct loaded *l, str characters)
{
    for (size_t i = 0, n; i < characters.n; i += n) {
        hb_codepoint_t c = (hb_codepoint_t)font_char_at(characters, i, &n), id;
        if (hb_font_get_nominal_glyph(l->font, c, &id))
            hb_set_add(set, id);
    }
}

static hb_set_t *glyphs_of(const struct loaded *l, enum face face, const hb_set_t *used)
{
    hb_set_t *all = hb_set_create();
    hb_set_set(all, used);
    if (face == FACE_regular || face == FACE_bold)
        add_glyphs(all, l, S(common));
    if (face == FACE_regular)
        add_glyphs(all, l, S(common_in_text));
    return all;
}

/* The number of the face and those of the glyphs. */
static void put_key(struct buf *key, enum face face, const hb_set_t *glyphs)
{
    buf_addc(key, (char)face);
    for (hb_codepoint_t id = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &id);) {
        buf_addc(key, (char)(id >> 8));
        buf_addc(key, (char)id);
    }
}

/* The face with nothing but these glyphs; the plan, also to be destroyed, tells their new numbers.
 * NULL if it cannot be. */
static hb_face_t *subset(const struct loaded *l, const hb_set_t *glyphs, hb_subset_plan_t **plan)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_union(hb_subset_input_glyph_set(input), glyphs);
    /* Subroutines cost more to find out about, in a face of 65,535 glyphs, than they save. */
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                         HB_SUBSET_FLAGS_DESUBROUTINIZE);
    *plan = hb_subset_plan_create_or_fail(l->bare, input);
    hb_face_t *face = *plan ? hb_subset_plan_execute_or_fail(*plan) : NULL;
    hb_subset_input_destroy(input);
    return face;
}

static str pack(struct pdf_fonts *f, hb_blob_t *blob, size_t *length)
{
    unsigned n;
    const char *bytes = hb_blob_get_data(blob, &n);
    struct buf packed = {0};

    pdf_pack(f->compressor, (str){bytes, n}, &packed);
    *length = n;
    str kept = arena_str(f->parts, buf_str(&packed));
    buf_clear(&packed);
    hb_blob_destroy(blob);
    return kept;
}

static struct font_part *make_part(struct pdf_fonts *f, const struct loaded *l,
                                   const hb_set_t *glyphs)
{
    hb_subset_plan_t *plan = NULL;
    hb_face_t *face = subset(l, glyphs, &plan);
    struct font_part *part = NULL;

    if (face) {
        part = NEW(f->parts, struct font_part);
        part->packed = pack(f,
                            l->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                                   : hb_face_reference_blob(face),
                            &part->length);
        part->renumbered =
            hb_map_reference((hb_map_t *)(uintptr_t)hb_subset_plan_old_to_new_glyph_mapping(plan));
    }
    hb_face_destroy(face);
    hb_subset_plan_destroy(plan);
    return part;
}

const struct font_part *font_part(struct pdf_fonts *f, enum face face, const hb_set_t *used)
{
    const struct loaded *l = &f->face[face];
    hb_set_t *glyphs = glyphs_of(l, face, used);
    struct buf key = {0};

    put_key(&key, face, glyphs);
    struct font_part *part = map_get(&f->part, buf_str(&key));
    if (!part && (part = make_part(f, l, glyphs)))
        *map_put(&f->part, buf_str(&key)) = part;
    buf_clear(&key);
    hb_set_destroy(glyphs);
    return part;
}

void font_parts_forget(struct pdf_fonts *f, bool all)
{
    if (!all && f->part.n <= PARTS_KEPT)
        return;
    for (size_t i = 0; i < f->part.n; i++)
        hb_map_destroy(((struct font_part *)f->part.at[i].value)->renumbered);
    arena_reset(f->parts);
    map_init(&f->part, f->parts);
}
