/* Fields of a form that is filled in on a screen, made of libharu's objects: it has none of its
 * own. Each is a widget with an appearance, as PDF/A wants it, and a name that is read aloud, as
 * PDF/UA does. What people type is set in a face that the file brings, so that it stays PDF/A when
 * filled. */
#include "pdf_font.h"
#include "pdf_private.h"

struct fields {
    struct pdf *pdf;
    HPDF_Array all;
    struct map name; /* those given away */
};

static const char how_text[] = "/Body 9.5 Tf 0.1 g";
/* Flags of ISO 32000-1, tables 228 and 230. */
enum { MULTILINE = 1 << 12, COMBO = 1 << 17 };

struct fields *fields_new(struct pdf *pdf)
{
    struct fields *f = NEW(pdf->mem, struct fields);
    f->pdf = pdf;
    f->all = HPDF_Array_New(pdf->doc->mmgr);
    map_init(&f->name, pdf->mem);
    return f;
}

/* ---- one field ---- */

/* What others find the field by: "deals-moved", the second of that name "deals-moved-2". A period
 * would part it. */
static str name_of(struct fields *f, str label)
{
    str slug = path_slug(f->pdf->mem, label), name = slug;
    for (int i = 2; map_get(&f->name, name); i++)
        name = arena_printf(f->pdf->mem, STR_FMT "-%d", STR_ARG(slug), i);
    *map_put(&f->name, name) = f;
    return name;
}

/* "Deals moved: Deal, from which stage to which" */
static str tooltip_of(struct pdf *pdf, const struct form_field *field)
{
    if (!field->hint.n)
        return field->label;
    return arena_printf(pdf->mem, STR_FMT ": " STR_FMT, STR_ARG(field->label),
                        STR_ARG(field->hint));
}

/* How a field looks: `content` over a box of this size. */
static HPDF_Dict appearance(struct pdf *pdf, double width, double height, str content)
{
    HPDF_Dict form = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    HPDF_Dict_Add(form, "BBox", pdf_numbers(pdf, 4, (const double[]){0, 0, width, height}));
    HPDF_Dict_Add(form, "Resources", HPDF_Dict_New(pdf->doc->mmgr));
    HPDF_Stream_Write(form->stream, (const HPDF_BYTE *)content.p, (HPDF_UINT)content.n);
    return form;
}

static HPDF_Dict widget_new(struct canvas *c, const struct form_field *field)
{
    struct pdf *pdf = c->pdf;
    HPDF_Dict w = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Xref_Add(pdf->doc->xref, w);
    HPDF_Dict_AddName(w, "Type", "Annot");
    HPDF_Dict_AddName(w, "Subtype", "Widget");
    HPDF_Dict_Add(w, "T", pdf_text(pdf, name_of(pdf->fields, field->label)));
    HPDF_Dict_Add(w, "TU", pdf_text(pdf, tooltip_of(pdf, field)));
    HPDF_Dict_AddNumber(w, "F", 4); /* printed */
    HPDF_Dict_Add(w, "P", c->page);
    return w;
}

/* A cross from corner to corner, drawn: it needs no face. */
static void add_check(struct pdf *pdf, HPDF_Dict w, double width, double height)
{
    HPDF_Dict looks = HPDF_Dict_New(pdf->doc->mmgr), states = HPDF_Dict_New(pdf->doc->mmgr);
    str cross =
        arena_printf(pdf->mem, "q 1.2 w 0.1 G 2.5 2.5 m %.1f %.1f l 2.5 %.1f m %.1f 2.5 l S Q\n",
                     width - 2.5, height - 2.5, height - 2.5, width - 2.5);
    HPDF_Dict_Add(states, "Yes", appearance(pdf, width, height, cross));
    HPDF_Dict_Add(states, "Off", appearance(pdf, width, height, S("")));
    HPDF_Dict_Add(looks, "N", states);
    HPDF_Dict_Add(w, "AP", looks);
    HPDF_Dict_AddName(w, "FT", "Btn");
    HPDF_Dict_AddName(w, "V", "Off");
    HPDF_Dict_AddName(w, "AS", "Off");
}

static void add_text(struct pdf *pdf, HPDF_Dict w, double width, double height, unsigned flags)
{
    HPDF_Dict looks = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Dict_Add(looks, "N", appearance(pdf, width, height, S("/Tx BMC\nEMC\n")));
    HPDF_Dict_Add(w, "AP", looks);
    HPDF_Dict_Add(w, "DA", HPDF_String_New(pdf->doc->mmgr, how_text, NULL));
    if (flags)
        HPDF_Dict_AddNumber(w, "Ff", (HPDF_INT32)flags);
}

static void add_choices(struct pdf *pdf, HPDF_Dict w, const struct form_field *field)
{
    HPDF_Array choices = HPDF_Array_New(pdf->doc->mmgr);
    for (size_t i = 0; i < field->nchoices; i++)
        HPDF_Array_Add(choices, pdf_text(pdf, field->choice[i]));
    HPDF_Dict_Add(w, "Opt", choices);
    HPDF_Dict_AddName(w, "FT", "Ch");
}

void field_add(struct canvas *c, struct tag *tag, const struct form_field *field, double x,
               double y, double width, double height)
{
    struct pdf *pdf = c->pdf;
    HPDF_Dict w = widget_new(c, field);

    HPDF_Dict_Add(w, "Rect", canvas_box(c, x, y, width, height));
    if (field->type == FIELD_check) {
        add_check(pdf, w, width, height);
    } else if (field->type == FIELD_choice) {
        add_text(pdf, w, width, height, COMBO);
        add_choices(pdf, w, field);
    } else {
        add_text(pdf, w, width, height, field->lines > 1 ? MULTILINE : 0);
        HPDF_Dict_AddName(w, "FT", "Tx");
    }
    canvas_annotate(c, tag, w);
    HPDF_Array_Add(pdf->fields->all, w);
}

/* ---- the form ---- */

bool fields_write(struct fields *f)
{
    struct pdf *pdf = f->pdf;
    HPDF_Dict form = HPDF_Dict_New(pdf->doc->mmgr), resources = HPDF_Dict_New(pdf->doc->mmgr),
              fonts = HPDF_Dict_New(pdf->doc->mmgr),
              face = font_embed_for_typing(pdf->fonts, pdf->doc);

    if (!face)
        return false;
    HPDF_Dict_Add(fonts, "Body", face);
    HPDF_Dict_Add(resources, "Font", fonts);
    HPDF_Dict_Add(form, "DR", resources);
    HPDF_Dict_Add(form, "DA", HPDF_String_New(pdf->doc->mmgr, how_text, NULL));
    HPDF_Dict_Add(form, "Fields", f->all);
    HPDF_Dict_Add(pdf->doc->catalog, "AcroForm", form);
    return true;
}
