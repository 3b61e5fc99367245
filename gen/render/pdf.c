/* The document: first page, contents, outline. */
#include "pdf_font.h"
#include "pdf_private.h"

#include <math.h>
#include <string.h>

#include <linebreak.h>

static const struct look look_name = {WEIGHT_BOLD, 22, RGB_TEXT};
static const struct look look_book = {WEIGHT_REGULAR, 9.5f, RGB_MUTED};
static const struct look look_period = {WEIGHT_REGULAR, 13, RGB_TEXT};

str own_word(enum own_word w)
{
    static const str english[] = {
#define X(name, text) {text, sizeof text - 1},
        WORDS(X)
#undef X
    };
    return english[w];
}

str pdf_signed(struct pdf *pdf, enum state state, str text)
{
    str sign = state_sign(state);
    if (!sign.n || !text.n)
        return text;
    return arena_printf(pdf->mem, STR_FMT "\u202f" STR_FMT, STR_ARG(sign), STR_ARG(text));
}

/* ---- objects ---- */

HPDF_Array pdf_numbers(struct pdf *pdf, size_t n, const double *number)
{
    HPDF_Array a = HPDF_Array_New(pdf->doc->mmgr);
    for (size_t i = 0; i < n; i++)
        HPDF_Array_AddReal(a, (HPDF_REAL)number[i]);
    return a;
}

HPDF_Binary pdf_bytes(struct pdf *pdf, str bytes)
{
    return HPDF_Binary_New(pdf->doc->mmgr, (HPDF_BYTE *)(bytes.n ? bytes.p : ""),
                           (HPDF_UINT)bytes.n);
}

void pdf_put_number(struct buf *out, size_t n)
{
    char digits[24], *p = digits + sizeof digits;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    buf_add(out, (str){p, (size_t)(digits + sizeof digits - p)});
}

static void add_utf16(struct buf *out, str text)
{
    for (size_t i = 0, n; i < text.n; i += n) {
        utf8proc_int32_t c = font_char_at(text, i, &n);
        unsigned unit = c > 0xFFFF ? 0xDC00u + (c & 0x3FFu) : (unsigned)c;
        if (c > 0xFFFF) {
            unsigned high = 0xD7C0u + ((unsigned)c >> 10);
            buf_addc(out, (char)(high >> 8));
            buf_addc(out, (char)high);
        }
        buf_addc(out, (char)(unit >> 8));
        buf_addc(out, (char)unit);
    }
}

void pdf_put_hex(struct buf *out, uint16_t n)
{
    static const char digit[] = "0123456789ABCDEF";
    buf_add(out, (str){(const char[]){digit[n >> 12], digit[n >> 8 & 15], digit[n >> 4 & 15],
                                      digit[n & 15]},
                       4});
}

void pdf_put_utf16(struct buf *out, str text)
{
    struct buf bytes = {0};
    add_utf16(&bytes, text);
    for (size_t i = 0; i + 1 < bytes.n; i += 2)
        pdf_put_hex(out,
                    (uint16_t)((unsigned char)bytes.p[i] << 8 | (unsigned char)bytes.p[i + 1]));
    buf_clear(&bytes);
}

HPDF_Binary pdf_text(struct pdf *pdf, str text)
{
    struct buf bytes = {0};
    buf_add(&bytes, S("\xFE\xFF"));
    add_utf16(&bytes, text_head(text, PDF_TITLE_MOST));
    HPDF_Binary b = pdf_bytes(pdf, buf_str(&bytes));
    buf_clear(&bytes);
    return b;
}

/* ---- the first page ---- */

static void add_opening(struct flow *f)
{
    struct pdf *pdf = f->pdf;
    const struct document *d = pdf->document;
    struct tag *tag = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
    bool open = !d->audience.n || str_eq(d->audience, S("everyone"));
    bool own = d->page && str_is_set(d->page->own);
    str whom = own ? own_word(WORD_one_person) : open ? own_word(WORD_everyone) : d->audience;

    flow_text(f, text_plain(pdf, pdf->site->title, look_book), 13, 0, tag);
    f->keep = true;
    tag = tag_new(pdf->tags, f->tag, TAG_H1, (str){0});
    size_t first = f->piece.n;
    flow_text(f, text_plain(pdf, d->title, look_name), 26, 13, tag);
    flow_mark(f, f->piece.at[first], S("_top"), d->title, 1);
    f->level = 1;
    f->keep = true;
    if (d->subtitle.n) {
        tag = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
        flow_text(f, text_plain(pdf, d->subtitle, look_period), 18, 4, tag);
        f->keep = true;
    }
    f->gap = 20;
    if (pdf->is_form)
        return;
    str about = arena_printf(pdf->mem, STR_FMT " " STR_FMT " · " STR_FMT " " STR_FMT,
                             STR_ARG(own_word(WORD_as_of)),
                             STR_ARG(fmt_date(pdf->mem, pdf->site->lang, pdf->site->as_of)),
                             STR_ARG(own_word(WORD_for_whom)), STR_ARG(whom));
    tag = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
    f->gap = 0;
    flow_text(f, text_plain(pdf, about, look_book), 13, 4, tag);
    f->gap = 20;
}

/* ---- contents ---- */

struct entry {
    const struct mark *mark;
    struct text *text;
    struct tag *tag;
    double x, indent, width; /* x: of its column */
};
/* Entries that stand beside each other where there are many. */
enum { COLUMNS_MOST = 3 };
struct entries {
    struct entry *at[COLUMNS_MOST];
};

static const struct look look_entry = {WEIGHT_REGULAR, 8.5f, RGB_TEXT};
static const double contents_gap = 18, number_room = 24, entry_leading = 11.5;

static double entry_height(const struct entry *e)
{
    return (double)e->text->line.n * entry_leading;
}

static void draw_entry(struct canvas *c, const struct entry *e, double x, double y)
{
    struct pdf *pdf = c->pdf;
    size_t last = e->text->line.n - 1;
    double bottom = y + entry_height(e), baseline = bottom - 3;
    double left = x + e->indent;
    struct tag *link = tag_new(pdf->tags, e->tag, TAG_Link, (str){0});
    str number = arena_printf(pdf->mem, "%zu", e->mark->piece->page + 1);
    double width = text_width_pt(pdf, number, look_entry);

    for (size_t i = 0; i <= last; i++)
        text_draw(c, e->text, i, link, left, baseline - (double)(last - i) * entry_leading);
    canvas_tag(c, link);
    canvas_text(c, S(" "), look_entry, left + e->text->line.at[last].width, baseline);
    canvas_text(c, number, look_entry, x + e->width - width, baseline);
    canvas_link(c, link, left, y, e->width - e->indent, bottom - y,
                arena_printf(pdf->mem, "#" STR_FMT, STR_ARG(e->mark->id)), e->mark->title);
    canvas_tag(c, NULL);
    canvas_line(c, left, bottom - 0.5, x + e->width, bottom - 0.5, 0.25, RGB_FAINT);
}

static void draw_entries(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct entries *row = p->of;
    for (int i = 0; i < COLUMNS_MOST; i++)
        if (row->at[i])
            draw_entry(c, row->at[i], x + row->at[i]->x, y);
}

static size_t headings_to(const struct layout *l, int level)
{
    size_t n = 0;
    for (size_t i = 0; i < l->mark.n; i++)
        n += l->mark.at[i]->level > 1 && l->mark.at[i]->level <= level;
    return n;
}

static struct entry *entry_new(struct pdf *pdf, const struct mark *m, struct tag *toc)
{
    struct entry *e = NEW(pdf->mem, struct entry);
    *e = (struct entry){.mark = m, .indent = (m->level - 2) * 14};
    e->tag = tag_new(pdf->tags, toc, TAG_TOCI, (str){0});
    e->text = text_plain(pdf, m->title, look_entry);
    return e;
}

typedef LIST(struct entry *) entries_list;

/* Entries that take more than one line in one of n columns. */
static size_t count_broken(const entries_list *list, double width, size_t n)
{
    double column = (width + contents_gap) / (double)n - contents_gap - number_room;
    size_t broken = 0;
    for (size_t i = 0; i < list->n; i++)
        broken += list->at[i]->text->widest > column - list->at[i]->indent;
    return broken;
}

/* A short list stands in one column; a long one in as many as leave nearly all on one line, but in
 * two at least. */
static size_t count_columns(const entries_list *list, double width)
{
    enum { LONG = 8, FEW = 8 }; /* one of eight may be broken */
    size_t n = list->n > LONG ? COLUMNS_MOST : 1;
    while (n > 2 && count_broken(list, width, n) * FEW > list->n)
        n--;
    return n;
}

/* Gives the entries their columns, down the first one first; returns how many rows there are. */
static size_t set_columns(struct flow *f, entries_list *list)
{
    size_t columns = count_columns(list, f->width);
    size_t rows = (list->n + columns - 1) / columns;
    double width =
        columns > 1 ? (f->width + contents_gap) / (double)columns - contents_gap : f->width * 0.62;
    for (size_t i = 0; i < list->n; i++) {
        struct entry *e = list->at[i];
        e->width = width;
        e->x = (double)(i / rows) * (width + contents_gap);
        text_break(f->pdf, e->text, width - e->indent - number_room);
    }
    return rows;
}

/* The height does not depend on the page numbers. Columns are not cut by the end of a page. */
static void add_contents(struct flow *f, struct tag *toc)
{
    struct pdf *pdf = f->pdf;
    const struct layout *l = pdf->layout;
    int deepest = headings_to(l, 3) <= 20 ? 3 : 2;
    entries_list list = {0};
    struct tag *head = tag_new(pdf->tags, toc, TAG_Caption, (str){0});

    flow_text(f, text_plain(pdf, own_word(WORD_contents), look_title), LEADING_BODY, 20, head);
    for (size_t i = 0; i < l->mark.n; i++)
        if (l->mark.at[i]->level >= 2 && l->mark.at[i]->level <= deepest)
            PUSH(pdf->mem, &list, entry_new(pdf, l->mark.at[i], toc));
    size_t rows = set_columns(f, &list);
    for (size_t i = 0; i < rows; i++) {
        struct entries *row = NEW(pdf->mem, struct entries);
        double height = 0;
        for (size_t k = 0; k < COLUMNS_MOST && i + k * rows < list.n; k++) {
            row->at[k] = list.at[i + k * rows];
            height = fmax(height, entry_height(row->at[k]));
        }
        f->keep = i == 0 || rows < list.n;
        flow_add(f, height, 0, draw_entries, row);
    }
}

/* ---- outline ---- */

static void add_outline(struct pdf *pdf)
{
    HPDF_Outline at[8] = {NULL};
    for (size_t i = 0; i < pdf->layout->mark.n; i++) {
        const struct mark *m = pdf->layout->mark.at[i];
        if (m->level < 1 || m->level > 4)
            continue;
        HPDF_Outline parent = NULL;
        for (int k = m->level - 1; k > 0 && !parent; k--)
            parent = at[k];
        HPDF_Outline o = HPDF_CreateOutline(pdf->doc, parent, "-", NULL);
        HPDF_Dict_Add(o, "Title", pdf_text(pdf, m->title));
        HPDF_Dict_Add(o, "Dest", layout_destination(pdf, m));
        HPDF_Outline_SetOpened(o, m->level < 2);
        at[m->level] = o;
        for (int k = m->level + 1; k < 8; k++)
            at[k] = NULL;
    }
}

/* ---- the file ---- */

static void HPDF_STDCALL ignore_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)error, (void)detail, (void)data; /* asked for at the end: HPDF_GetError */
}

static void *HPDF_STDCALL get_memory(HPDF_UINT size)
{
    void *p = malloc(size);
    if (!p)
        die("no memory for %u bytes", (unsigned)size);
    return p;
}

static void HPDF_STDCALL free_memory(void *p)
{
    free(p);
}

static bool is_heading(const struct node *n)
{
    return n->kind == NODE_heading || n->kind == NODE_section;
}

static bool has_form(const struct node *n)
{
    for (; n; n = n->next)
        if (n->kind == NODE_form || has_form(n->first))
            return true;
    return false;
}

static void append(struct pdf *pdf, const struct flow *f)
{
    for (size_t i = 0; i < f->piece.n; i++)
        PUSH(pdf->mem, &pdf->layout->piece, f->piece.at[i]);
}

/* Lays the document out: what comes before its first heading, the contents if it has more than
 * two pages and headings to find in them, the rest. */
static void lay_out(struct pdf *pdf)
{
    struct tag *root = tag_new(pdf->tags, NULL, TAG_Document, (str){0});
    struct flow opening = {.pdf = pdf, .width = COLUMN_PT, .tag = root};
    struct node *rest = pdf->document->root->first, head = {0};

    add_opening(&opening);
    /* The nodes up to the first heading, as a list of their own. */
    struct node *last = &head;
    for (; rest && !is_heading(rest); rest = rest->next) {
        struct node *copy = NEW(pdf->mem, struct node);
        *copy = *rest;
        copy->next = NULL;
        last = last->next = copy;
    }
    flow_nodes(&opening, head.next);
    struct tag *toc = tag_new(pdf->tags, root, TAG_TOC, (str){0});
    struct flow body = {.pdf = pdf, .width = COLUMN_PT, .tag = root, .level = 1};
    flow_nodes(&body, rest);

    pdf->layout = NEW(pdf->mem, struct layout);
    append(pdf, &opening);
    append(pdf, &body);
    layout_pages(pdf);
    if (pdf->layout->npages <= 2 || headings_to(pdf->layout, 3) < 2)
        return;
    struct flow contents = {.pdf = pdf, .width = COLUMN_PT, .tag = root};
    add_contents(&contents, toc);
    pdf->layout->piece.n = 0;
    append(pdf, &opening);
    append(pdf, &contents);
    append(pdf, &body);
    layout_pages(pdf);
}

/* What libharu writes goes straight to its place. */
static HPDF_STATUS take_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    buf_add(stream->attr, (str){(const char *)bytes, n});
    return HPDF_OK;
}

static bool write_file(struct pdf *pdf, struct buf *out)
{
    size_t start = out->n;
    layout_draw(pdf);
    add_outline(pdf);
    tags_write(pdf->tags);
    HPDF_Dict fonts = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Dict_Add(pdf->resources, "Font", fonts);
    if (!fonts_embed(pdf->use, pdf->doc, fonts) || (pdf->fields && !fields_write(pdf->fields)))
        return false;
    archive_write(pdf);
    pdf_deflate(pdf);
    pdf->doc->stream = HPDF_CallbackWriter_New(pdf->doc->mmgr, take_bytes, out);
    HPDF_SaveToStream(pdf->doc);
    if (HPDF_GetError(pdf->doc) != HPDF_OK)
        return false;
    origin_seal(pdf, out->p + start, out->n - start);
    return true;
}

bool render_pdf(struct buf *out, struct pdf_fonts *fonts, const struct site *site,
                const struct document *d, struct diags *diags)
{
    struct arena *mem = arena_new();
    struct pdf *pdf = NEW(mem, struct pdf);
    size_t start = out->n;

    init_linebreak();
    fonts_forget(fonts);
    *pdf = (struct pdf){.mem = mem, .fonts = fonts, .site = site, .document = d};
    pdf->language = arena_str(mem, site->lang->tag).p;
    pdf->use = font_use_new(mem, fonts);
    pdf->doc = HPDF_NewEx(ignore_error, get_memory, free_memory, 0, NULL); /* its pools misalign */
    pdf->doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
    pdf->resources = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Xref_Add(pdf->doc->xref, pdf->resources);
    pdf->tags = tags_new(pdf);
    pdf->is_form = has_form(d->root);
    if (pdf->is_form && d->page && d->page->fillable)
        pdf->fields = fields_new(pdf);

    lay_out(pdf);
    bool ok = write_file(pdf, out);
    if (!ok) {
        out->n = start;
        diags_add(diags, DIAG_PDF_WRITE, (struct place){0}, d->address,
                  arena_printf(mem, "error %lx", (unsigned long)HPDF_GetError(pdf->doc)));
    }
    str missing = fonts_missing(fonts, mem);
    if (missing.n)
        diags_add(diags, DIAG_GLYPH_MISSING, (struct place){.file = d->address}, missing);
    tags_free(pdf->tags);
    HPDF_Free(pdf->doc);
    arena_free(mem);
    return ok;
}
