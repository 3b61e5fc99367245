/* A page's content stream. Text reaches a page only as codes of glyphs, so nothing that stands in a
 * text can end a string or start an operator. */
#include "pdf_private.h"

#include <math.h>

#define NO_COLOUR UINT32_MAX

/* A number with at most two decimals: a hundredth of a point is finer than any printer. */
static void put_centi(struct buf *out, long centi)
{
    unsigned long n = centi < 0 ? 0UL - (unsigned long)centi : (unsigned long)centi;
    char digits[24], *p = digits + sizeof digits;

    if (n % 100) {
        if (n % 10)
            *--p = (char)('0' + n % 10);
        *--p = (char)('0' + n / 10 % 10);
        *--p = '.';
    }
    n /= 100;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    if (centi < 0)
        *--p = '-';
    buf_add(out, (str){p, (size_t)(digits + sizeof digits - p)});
}

static long centi(double x)
{
    return lround(x * 100);
}

void canvas_number(struct canvas *c, double x)
{
    put_centi(&c->out, centi(x));
    buf_addc(&c->out, ' ');
}

void canvas_point(struct canvas *c, double x, double y)
{
    canvas_number(c, x);
    canvas_number(c, c->height - y);
}

static void put(struct canvas *c, str operators)
{
    buf_add(&c->out, operators);
}

struct canvas *canvas_new(struct pdf *pdf, size_t number, double width, double height)
{
    struct canvas *c = NEW(pdf->mem, struct canvas);
    *c = (struct canvas){.pdf = pdf,
                         .number = number,
                         .width = width,
                         .height = height,
                         .fill = NO_COLOUR,
                         .stroke = NO_COLOUR};
    c->page = pdf->layout->page[number];
    HPDF_Page_SetWidth(c->page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(c->page, (HPDF_REAL)height);
    HPDF_Dict_Add(c->page, "Resources", pdf->resources);
    HPDF_Dict_AddNumber(c->page, "StructParents", (HPDF_INT32)number);
    HPDF_Dict_AddName(c->page, "Tabs", "S");
    return c;
}

/* ---- state ---- */

static void leave_string(struct canvas *c)
{
    if (c->in_string)
        put(c, S(")"));
    c->in_string = false;
}

static void leave_array(struct canvas *c)
{
    leave_string(c);
    if (c->in_array)
        put(c, S("]TJ\n"));
    c->in_array = false;
}

static void leave_text(struct canvas *c)
{
    leave_array(c);
    if (c->in_text)
        put(c, S("ET\n"));
    c->in_text = false;
}

static void unmark(struct canvas *c)
{
    leave_text(c);
    if (c->marked)
        put(c, S("EMC\n"));
    c->marked = false;
}

void canvas_tag(struct canvas *c, struct tag *tag)
{
    if (c->marked && c->tag == tag)
        return;
    unmark(c);
    c->tag = tag;
}

/* Before anything is drawn: opens the marked content that it belongs to. */
static void mark(struct canvas *c)
{
    if (c->marked)
        return;
    if (c->tag) {
        buf_addc(&c->out, '/');
        put(c, str_of(tag_name(c->tag)));
        put(c, S(" <</MCID "));
        pdf_put_number(&c->out, (size_t)tag_mark(c->pdf->tags, c->tag, c->number));
        put(c, S(">> BDC\n"));
    } else {
        put(c, S("/Artifact BMC\n"));
    }
    c->marked = true;
}

void canvas_begin_path(struct canvas *c)
{
    leave_text(c);
    mark(c);
}

static void put_rgb(struct canvas *c, uint32_t rgb, bool stroke)
{
    unsigned r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;
    canvas_number(c, r / 255.0);
    if (r == g && g == b) {
        put(c, stroke ? S("G\n") : S("g\n"));
        return;
    }
    canvas_number(c, g / 255.0);
    canvas_number(c, b / 255.0);
    put(c, stroke ? S("RG\n") : S("rg\n"));
}

void canvas_fill(struct canvas *c, uint32_t rgb)
{
    if (c->fill == rgb)
        return;
    leave_array(c);
    put_rgb(c, rgb, false);
    c->fill = rgb;
}

void canvas_stroke(struct canvas *c, uint32_t rgb, double width)
{
    if (c->stroke != rgb)
        put_rgb(c, rgb, true);
    if (c->line_width != width) {
        canvas_number(c, width);
        put(c, S("w\n"));
    }
    c->stroke = rgb;
    c->line_width = width;
}

/* ---- text ---- */

static void move_to(struct canvas *c, double x, double y)
{
    long cx = centi(x), cy = centi(c->height - y);
    leave_array(c);
    put_centi(&c->out, cx - c->text_x);
    buf_addc(&c->out, ' ');
    put_centi(&c->out, cy - c->text_y);
    put(c, S(" Td "));
    c->text_x = cx;
    c->text_y = cy;
    c->pen_x = cx / 100.0;
    c->pen_y = y;
}

static void enter_text(struct canvas *c)
{
    if (c->in_text)
        return;
    mark(c);
    put(c, S("BT\n"));
    c->in_text = true;
    c->text_x = c->text_y = 0;
    c->pen_x = c->pen_y = -1e9;
}

static void set_font(struct canvas *c, int face, float size)
{
    if (c->font == face + 1 && c->size == size)
        return;
    leave_array(c);
    put(c, S("/F"));
    pdf_put_number(&c->out, (size_t)face);
    buf_addc(&c->out, ' ');
    canvas_number(c, size);
    put(c, S("Tf "));
    c->font = face + 1;
    c->size = size;
}

static void put_code(struct canvas *c, uint16_t code)
{
    const char bytes[2] = {(char)(code >> 8), (char)code};
    char most[6], *p = most;

    if (!c->in_array)
        *p++ = '[';
    if (!c->in_string)
        *p++ = '(';
    c->in_array = c->in_string = true;
    for (int i = 0; i < 2; i++) {
        bool turned = bytes[i] == '\r';
        if (turned || bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            *p++ = '\\';
        *p++ = turned ? 'r' : bytes[i];
    }
    buf_add(&c->out, (str){most, (size_t)(p - most)});
}

/* Brings the pen to x on its line: by a number between the codes if it is near, else by a new start
 * of line. */
static void go_to(struct canvas *c, double x, double y)
{
    double thousandths = (c->pen_x - x) * 1000 / c->size;
    if (y != c->pen_y || fabs(thousandths) > 5000) {
        move_to(c, x, y);
        return;
    }
    if (fabs(thousandths) < 0.5)
        return;
    long step = lround(thousandths);
    leave_string(c);
    if (!c->in_array)
        put(c, S("["));
    c->in_array = true;
    put_centi(&c->out, step * 100);
    c->pen_x -= (double)step * c->size / 1000;
}

double canvas_word(struct canvas *c, const struct shaped *word, struct look look, double x,
                   double y)
{
    double em = look.size / 1000.0;
    if (!word->n)
        return x;
    const struct coded *coded = font_codes(c->pdf->use, word);
    enter_text(c);
    canvas_fill(c, look.rgb);
    for (size_t i = 0; i < word->n; i++) {
        const struct glyph *g = &word->glyph[i];
        set_font(c, g->face, look.size);
        go_to(c, x + g->dx * em, y - g->dy * em);
        put_code(c, coded[i].code);
        c->pen_x += coded[i].advance * em;
        x += g->advance * em;
    }
    return x;
}

double canvas_text(struct canvas *c, str text, struct look look, double x, double y)
{
    return canvas_word(c, font_shape(c->pdf->fonts, look.weight, text), look, x, y);
}

double text_width_pt(struct pdf *pdf, str text, struct look look)
{
    return font_shape(pdf->fonts, look.weight, text)->width * look.size / 1000;
}

void canvas_turn(struct canvas *c, double x, double y, double angle)
{
    leave_text(c);
    buf_add(&c->out, S("q "));
    /* A hundredth is too coarse for a direction. */
    buf_addf(&c->out, "%.5f %.5f %.5f %.5f ", cos(angle), sin(angle), -sin(angle), cos(angle));
    canvas_point(c, x, y);
    put(c, S("cm\n"));
}

void canvas_turn_back(struct canvas *c)
{
    leave_text(c);
    put(c, S("Q\n"));
    /* What was set within is forgotten. */
    c->font = 0;
    c->fill = c->stroke = NO_COLOUR;
    c->line_width = -1;
}

/* ---- lines, boxes, links ---- */

void canvas_rect(struct canvas *c, double x, double y, double width, double height, uint32_t rgb)
{
    canvas_begin_path(c);
    canvas_fill(c, rgb);
    canvas_point(c, x, y + height);
    canvas_number(c, width);
    canvas_number(c, height);
    put(c, S("re f\n"));
}

void canvas_line(struct canvas *c, double x1, double y1, double x2, double y2, double width,
                 uint32_t rgb)
{
    canvas_begin_path(c);
    canvas_stroke(c, rgb, width);
    canvas_point(c, x1, y1);
    put(c, S("m "));
    canvas_point(c, x2, y2);
    put(c, S("l S\n"));
}

HPDF_Array canvas_box(struct canvas *c, double x, double y, double width, double height)
{
    const double side[4] = {x, c->height - y - height, x + width, c->height - y};
    HPDF_Array box = HPDF_Array_New(c->pdf->doc->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddReal(box, (HPDF_REAL)(centi(side[i]) / 100.0));
    return box;
}

bool canvas_leads(struct canvas *c, str target)
{
    enum { LONGEST = 2000 }; /* what browsers take */
    if (str_starts(target, S("#")))
        return layout_mark(c->pdf, str_sub(target, 1, target.n)) != NULL;
    return target.n <= LONGEST &&
           (str_starts(target, S("https://")) || str_starts(target, S("http://")) ||
            str_starts(target, S("mailto:")));
}

/* Addresses in a PDF are ASCII. */
static HPDF_Binary ascii_address(struct pdf *pdf, str address)
{
    struct buf b = {0};
    for (size_t i = 0; i < address.n; i++) {
        unsigned char byte = (unsigned char)address.p[i];
        if (byte > ' ' && byte < 0x7F)
            buf_addc(&b, (char)byte);
        else
            buf_addf(&b, "%%%02X", byte);
    }
    HPDF_Binary bytes = pdf_bytes(pdf, buf_str(&b));
    buf_clear(&b);
    return bytes;
}

static HPDF_Dict action_to(struct pdf *pdf, str target)
{
    HPDF_Dict action = HPDF_Dict_New(pdf->doc->mmgr);
    if (str_starts(target, S("#"))) {
        const struct mark *m = layout_mark(pdf, str_sub(target, 1, target.n));
        HPDF_Dict_AddName(action, "S", "GoTo");
        HPDF_Dict_Add(action, "D", layout_destination(pdf, m));
    } else {
        HPDF_Dict_AddName(action, "S", "URI");
        HPDF_Dict_Add(action, "URI", ascii_address(pdf, target));
    }
    return action;
}

void canvas_annotate(struct canvas *c, struct tag *tag, HPDF_Dict annotation)
{
    HPDF_Array all = HPDF_Dict_GetItem(c->page, "Annots", HPDF_OCLASS_ARRAY);
    if (!all) {
        all = HPDF_Array_New(c->pdf->doc->mmgr);
        HPDF_Dict_Add(c->page, "Annots", all);
    }
    HPDF_Array_Add(all, annotation);
    tag_annotation(c->pdf->tags, tag, c->number, annotation);
}

void canvas_link(struct canvas *c, struct tag *tag, double x, double y, double width, double height,
                 str target, str says)
{
    HPDF_MMgr mem = c->pdf->doc->mmgr;
    HPDF_Dict a = HPDF_Dict_New(mem);
    HPDF_Xref_Add(c->pdf->doc->xref, a);
    HPDF_Dict_AddName(a, "Type", "Annot");
    HPDF_Dict_AddName(a, "Subtype", "Link");
    HPDF_Dict_Add(a, "Rect", canvas_box(c, x, y, width, height));
    HPDF_Dict_Add(a, "Border", pdf_numbers(c->pdf, 3, (const double[]){0, 0, 0}));
    HPDF_Dict_AddNumber(a, "F", 4); /* printed */
    HPDF_Dict_Add(a, "A", action_to(c->pdf, target));
    HPDF_Dict_Add(a, "Contents", pdf_text(c->pdf, says.n ? says : target));
    canvas_annotate(c, tag, a);
}

void canvas_end(struct canvas *c)
{
    unmark(c);
    HPDF_PageAttr attr = c->page->attr;
    HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)c->out.p, (HPDF_UINT)c->out.n);
    buf_clear(&c->out);
}
