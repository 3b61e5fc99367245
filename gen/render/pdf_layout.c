/* Pieces get pages. One pass from the top: pieces that stick together go where all of them fit. */
#include "pdf_private.h"

#include <math.h>

static const struct look look_furniture = {WEIGHT_REGULAR, 7.5f, RGB_MUTED};

/* ---- flows ---- */

struct piece *flow_add(struct flow *f, double height, double gap,
                       void (*draw)(struct canvas *, const struct piece *, double, double),
                       void *of)
{
    struct piece *p = NEW(f->pdf->mem, struct piece);
    *p = (struct piece){.x = f->x,
                        .height = height,
                        .gap = fmax(gap, f->gap),
                        .stick = f->keep,
                        .bar = f->bar,
                        .draw = draw,
                        .of = of,
                        .tag = f->tag};
    f->keep = false;
    f->gap = 0;
    PUSH(f->pdf->mem, &f->piece, p);
    return p;
}

struct mark *flow_mark(struct flow *f, struct piece *p, str id, str title, int level)
{
    struct mark *m = NEW(f->pdf->mem, struct mark);
    *m = (struct mark){.id = id, .title = title, .level = level, .piece = p, .next = p->mark};
    p->mark = m;
    return m;
}

double flow_height(const struct flow *f)
{
    double height = 0;
    for (size_t i = 0; i < f->piece.n; i++)
        height += f->piece.at[i]->height + (i ? f->piece.at[i]->gap : 0);
    return height;
}

static void draw_bar(struct canvas *c, const struct piece *p, double top, double bottom)
{
    canvas_tag(c, NULL);
    canvas_rect(c, MARGIN_PT + p->x - 12, top, 1.5, bottom - top, RGB_RULE);
}

void flow_draw(struct canvas *c, const struct flow *f, double x, double y)
{
    for (size_t i = 0; i < f->piece.n; i++) {
        const struct piece *p = f->piece.at[i];
        y += i ? p->gap : 0;
        if (p->draw)
            p->draw(c, p, x + p->x, y);
        y += p->height;
    }
}

/* ---- pages ---- */

struct paging {
    struct pdf *pdf;
    size_t page;
    double y;
    bool top, turned;
};

static double bottom_of(bool turned)
{
    return (turned ? PAGE_SHORT_PT : PAGE_LONG_PT) - MARGIN_PT;
}

static void new_page(struct paging *g, bool turned)
{
    struct layout *l = g->pdf->layout;
    l->turned[++g->page] = turned;
    g->y = MARGIN_PT;
    g->top = true;
    g->turned = turned;
}

/* How high n pieces stand together, at the top of a page or below others. */
static double height_of(struct piece *const *p, size_t n, bool top)
{
    double height = top && p[0]->head ? p[0]->head->height : 0;
    for (size_t i = 0; i < n; i++)
        height += p[i]->height + (i || !top ? p[i]->gap : 0);
    return height;
}

static void place(struct paging *g, struct piece *p)
{
    if (!g->top && g->y + p->gap + p->height > bottom_of(g->turned) + 0.01)
        new_page(g, g->turned);
    if (g->top && p->head)
        g->y += p->head->height;
    else if (!g->top)
        g->y += p->gap;
    p->page = g->page;
    p->y = g->y;
    g->y += p->height;
    g->top = false;
}

static bool is_turned(struct piece *const *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i]->turned)
            return true;
    return false;
}

void layout_pages(struct pdf *pdf)
{
    struct layout *l = pdf->layout;
    struct paging g = {.pdf = pdf, .y = MARGIN_PT, .top = true};

    /* Each piece begins at most one page. */
    l->turned = NEW_ARRAY(pdf->mem, l->piece.n + 2, bool);
    l->mark.n = 0;
    for (size_t i = 0, n; i < l->piece.n; i += n) {
        struct piece **p = &l->piece.at[i];
        for (n = 1; i + n < l->piece.n && p[n]->stick; n++)
            continue;
        bool turned = is_turned(p, n);
        double end = g.y + height_of(p, n, g.top);
        if (g.top)
            l->turned[g.page] = g.turned = turned;
        else if (turned != g.turned || end > bottom_of(g.turned) + 0.01)
            new_page(&g, turned);
        for (size_t k = 0; k < n; k++) {
            place(&g, p[k]);
            for (struct mark *m = p[k]->mark; m; m = m->next)
                PUSH(pdf->mem, &l->mark, m);
        }
    }
    l->npages = g.page + 1;
}

HPDF_Array layout_destination(struct pdf *pdf, const struct mark *m)
{
    const struct layout *l = pdf->layout;
    const struct piece *p = m->piece;
    double height = l->turned[p->page] ? PAGE_SHORT_PT : PAGE_LONG_PT;
    HPDF_Array a = HPDF_Array_New(pdf->doc->mmgr);

    HPDF_Array_Add(a, l->page[p->page]);
    HPDF_Array_AddName(a, "XYZ");
    HPDF_Array_AddReal(a, (HPDF_REAL)(MARGIN_PT + p->x));
    HPDF_Array_AddReal(a, (HPDF_REAL)(height - p->y + 6));
    HPDF_Array_Add(a, HPDF_Null_New(pdf->doc->mmgr));
    return a;
}

const struct mark *layout_mark(const struct pdf *pdf, str id)
{
    for (size_t i = 0; i < pdf->layout->mark.n; i++)
        if (str_eq(pdf->layout->mark.at[i]->id, id))
            return pdf->layout->mark.at[i];
    return NULL;
}

/* ---- drawing ---- */

/* The section that is in force at the top of a page: the one that begins with its first piece, else
 * the last before it. */
static str section_at(const struct layout *l, const struct piece *first)
{
    str title = {0};
    for (size_t i = 0; i < l->mark.n; i++) {
        const struct mark *m = l->mark.at[i];
        if (m->piece->page > first->page || (m->piece->page == first->page && m->piece != first))
            break;
        if (m->level && m->level <= 2)
            title = m->title;
    }
    return title;
}

static void draw_right(struct canvas *c, str text, double right, double y)
{
    canvas_text(c, text, look_furniture, right - text_width_pt(c->pdf, text, look_furniture), y);
}

/* Cut to what fits; an ellipsis says so. */
static str fitting(struct pdf *pdf, str text, double width)
{
    struct text *t = text_plain(pdf, text, look_furniture);
    text_break(pdf, t, width);
    if (t->line.n < 2)
        return text;
    struct buf cut = {0};
    for (size_t i = 0; i < t->line.at[0].to; i++) {
        buf_add(&cut, t->word.at[i].text);
        if (i + 1 < t->line.at[0].to && t->word.at[i].space > 0)
            buf_addc(&cut, ' ');
    }
    buf_add(&cut, S("…"));
    str s = arena_str(pdf->mem, buf_str(&cut));
    buf_clear(&cut);
    return s;
}

static void draw_furniture(struct canvas *c, const struct piece *first)
{
    struct pdf *pdf = c->pdf;
    struct layout *l = pdf->layout;
    double right = c->width - MARGIN_PT, foot = c->height - 34, head = 36;
    double half = (c->width - 2 * MARGIN_PT) / 2 - 10;
    bool open = !pdf->document->audience.n || str_eq(pdf->document->audience, S("everyone"));

    canvas_tag(c, NULL);
    if (c->number > 0) {
        canvas_text(c, fitting(pdf, pdf->document->title, half), look_furniture, MARGIN_PT, head);
        str section = section_at(l, first);
        if (section.n)
            draw_right(c, fitting(pdf, section, half), right, head);
    }
    str as_of = arena_printf(pdf->mem, STR_FMT " " STR_FMT, STR_ARG(own_word(pdf, WORD_as_of)),
                             STR_ARG(fmt_date(pdf->mem, pdf->site->lang, pdf->site->as_of)));
    canvas_text(c, as_of, look_furniture, MARGIN_PT, foot);
    str who = open ? own_word(pdf, WORD_internal) : own_word(pdf, WORD_restricted);
    canvas_text(c, who, look_furniture, (c->width - text_width_pt(pdf, who, look_furniture)) / 2,
                foot);
    str page =
        arena_printf(pdf->mem, STR_FMT " %zu " STR_FMT " %zu", STR_ARG(own_word(pdf, WORD_page)),
                     c->number + 1, STR_ARG(own_word(pdf, WORD_of)), l->npages);
    draw_right(c, page, right, foot);
}

/* `above` is the piece before it on the same page, or NULL. */
static void draw_piece(struct canvas *c, const struct piece *p, const struct piece *above)
{
    double x = MARGIN_PT + p->x;
    if (!above && p->head)
        p->head->draw(c, p->head, x, p->y - p->head->height);
    if (p->bar)
        draw_bar(c, p, above && above->bar == p->bar ? p->y - p->gap : p->y, p->y + p->height);
    if (p->draw)
        p->draw(c, p, x, p->y);
}

void layout_draw(struct pdf *pdf)
{
    struct layout *l = pdf->layout;

    l->page = NEW_ARRAY(pdf->mem, l->npages, HPDF_Page);
    for (size_t i = 0; i < l->npages; i++)
        l->page[i] = HPDF_AddPage(pdf->doc);
    for (size_t number = 0, i = 0; number < l->npages; number++) {
        bool turned = l->turned[number];
        struct canvas *c = canvas_new(pdf, number, turned ? PAGE_LONG_PT : PAGE_SHORT_PT,
                                      turned ? PAGE_SHORT_PT : PAGE_LONG_PT);
        if (i < l->piece.n)
            draw_furniture(c, l->piece.at[i]);
        const struct piece *above = NULL;
        for (; i < l->piece.n && l->piece.at[i]->page == number; above = l->piece.at[i++])
            draw_piece(c, l->piece.at[i], above);
        canvas_end(c);
    }
}
