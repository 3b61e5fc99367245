/* Pieces get pages. One pass from the top: pieces that stick together go where all of them fit. */
#include "pdf_private.h"

#include <math.h>
#include <string.h>

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
    struct notes notes; /* of the page: how many lines, not which */
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
    g->notes = (struct notes){0};
    g->top = true;
    g->turned = turned;
}

static double gap_of(const struct layout *l, const struct piece *p)
{
    return p->gap * l->tight;
}

/* Where a piece begins at the top of a page, or below what ends at y. Text and rows of tables stand
 * on a grid of half lines, so that lines beside each other, and those on the other side of the
 * leaf, are level; but not where gaps are narrowed. */
static double top_of(const struct layout *l, const struct piece *p, double y, bool top)
{
    const double first = MARGIN_PT + BASELINE_PT, step = LEADING_BODY / 2.0;
    const double slack = 0.15; /* of a step, by which a gap may be less than it is */
    if (!top)
        y += gap_of(l, p);
    else if (p->head)
        y += p->head->height;
    if (!(p->baseline > 0) || l->tight < 1)
        return y;
    return first + ceil((y + p->baseline - first) / step - slack) * step - p->baseline;
}

/* How far down n pieces reach that stand together, at the top of a page or below what ends at y. */
static double end_of(const struct layout *l, struct piece *const *p, size_t n, double y, bool top)
{
    for (size_t i = 0; i < n; i++)
        y = top_of(l, p[i], y, top && i == 0) + p[i]->height;
    return y;
}

/* Whether a page that is filled down to y has room for its notes, those of n pieces more among
 * them. */
static bool is_above_notes(const struct paging *g, struct piece *const *p, size_t n, double y)
{
    struct notes notes = g->notes;
    for (size_t i = 0; i < n; i++)
        notes = notes_with(notes, &p[i]->notes);
    return y + notes_height(&notes) <= bottom_of(g->turned) + 0.01;
}

static void place(struct paging *g, struct piece *p)
{
    const struct layout *l = g->pdf->layout;
    if (!g->top && !is_above_notes(g, &p, 1, end_of(l, &p, 1, g->y, false)))
        new_page(g, g->turned);
    p->page = g->page;
    p->y = top_of(l, p, g->y, g->top);
    g->y = p->y + p->height;
    g->notes = notes_with(g->notes, &p->notes);
    g->top = false;
    for (struct mark *m = p->mark; m; m = m->next)
        PUSH(g->pdf->mem, &g->pdf->layout->mark, m);
}

static bool is_turned(struct piece *const *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i]->turned)
            return true;
    return false;
}

/* Pieces from p on that stand together; `left` are there. */
static size_t group_of(struct piece *const *p, size_t left)
{
    size_t n = 1;
    while (n < left && p[n]->stick)
        n++;
    return n;
}

static bool has_room(const struct paging *g, struct piece *const *p, size_t n)
{
    return is_above_notes(g, p, n, end_of(g->pdf->layout, p, n, g->y, g->top));
}

/* Where the n pieces of a figure have no room: how many of the pieces behind them are a table that
 * has. 0 if there is none. */
static size_t filling(const struct paging *g, struct piece *const *p, size_t n, size_t left)
{
    if (!p[0]->floats || p[0]->block != n || n == left)
        return 0;
    struct piece *const *next = &p[n];
    size_t size = next[0]->block;
    bool whole = size > 0 && (n + size == left || !next[size]->stick);
    bool fits = whole && !next[0]->floats && !is_turned(next, size) && has_room(g, next, size);
    return fits ? size : 0;
}

/* The first n pieces change places with the `size` behind them. */
static void exchange(struct arena *mem, struct piece **p, size_t n, size_t size)
{
    struct piece **figure = NEW_ARRAY(mem, n, struct piece *);
    memcpy(figure, p, n * sizeof *p);
    memmove(p, p + n, size * sizeof *p);
    memcpy(p + size, figure, n * sizeof *p);
}

/* Gives the pieces, which may change their order, their places; returns how far down the last page
 * they reach. */
static double fill_pages(struct pdf *pdf)
{
    struct layout *l = pdf->layout;
    struct paging g = {.pdf = pdf, .y = MARGIN_PT, .top = true};

    l->mark.n = 0;
    for (size_t i = 0, n; i < l->piece.n; i += n) {
        struct piece **p = &l->piece.at[i];
        size_t left = l->piece.n - i;
        n = group_of(p, left);
        bool turned = is_turned(p, n);
        if (g.top) {
            l->turned[g.page] = g.turned = turned;
        } else if (turned != g.turned) {
            new_page(&g, turned);
        } else if (!has_room(&g, p, n)) {
            size_t size = filling(&g, p, n, left);
            if (size) {
                exchange(pdf->mem, p, n, size);
                n = size;
            } else {
                new_page(&g, turned);
            }
        }
        for (size_t k = 0; k < n; k++)
            place(&g, p[k]);
    }
    l->npages = g.page + 1;
    return g.y;
}

/* A few lines that would stand alone on a last page are pulled in, if narrower gaps can do it. */
void layout_pages(struct pdf *pdf)
{
    const double few = PAGE_LONG_PT / 4, tight = 0.75;
    struct layout *l = pdf->layout;
    size_t size = l->piece.n * sizeof *l->piece.at, npages = 0;
    struct piece **order = arena_alloc(pdf->mem, size + 1);

    if (size)
        memcpy(order, l->piece.at, size);
    /* Each piece begins at most one page. */
    l->turned = NEW_ARRAY(pdf->mem, l->piece.n + 2, bool);
    l->tight = 1;
    double end = fill_pages(pdf);
    npages = l->npages;
    for (int i = 0; i < 2 && npages > 1 && end < few; i++) {
        /* The second time as it was, because it did not help. */
        l->tight = i ? 1 : tight;
        if (size)
            memcpy(l->piece.at, order, size);
        fill_pages(pdf);
        if (l->npages < npages)
            break;
    }
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
        if (section.n && !str_eq(section, pdf->document->title))
            draw_right(c, fitting(pdf, section, half), right, head);
    }
    str as_of = arena_printf(pdf->mem, STR_FMT " " STR_FMT, STR_ARG(own_word(WORD_as_of)),
                             STR_ARG(fmt_date(pdf->mem, pdf->site->lang, pdf->site->as_of)));
    if (!pdf->is_form)
        canvas_text(c, as_of, look_furniture, MARGIN_PT, foot);
    str who = open ? own_word(WORD_internal) : own_word(WORD_restricted);
    canvas_text(c, who, look_furniture, (c->width - text_width_pt(pdf, who, look_furniture)) / 2,
                foot);
    str page = arena_printf(pdf->mem, STR_FMT " %zu " STR_FMT " %zu", STR_ARG(own_word(WORD_page)),
                            c->number + 1, STR_ARG(own_word(WORD_of)), l->npages);
    draw_right(c, page, right, foot);
}

/* `above` is the piece before it on the same page, or NULL. */
static void draw_piece(struct canvas *c, const struct piece *p, const struct piece *above)
{
    double x = MARGIN_PT + p->x;
    if (!above && p->head)
        p->head->draw(c, p->head, x, p->y - p->head->height);
    if (p->bar)
        draw_bar(c, p, above && above->bar == p->bar ? above->y + above->height : p->y,
                 p->y + p->height);
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
        struct notes notes = {0};
        for (; i < l->piece.n && l->piece.at[i]->page == number; above = l->piece.at[i++]) {
            draw_piece(c, l->piece.at[i], above);
            notes_join(pdf, &notes, &l->piece.at[i]->notes);
        }
        notes_draw(c, &notes);
        canvas_end(c);
    }
}
