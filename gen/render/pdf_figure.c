/* Drawings: vectors and real text. */
#include "pdf_private.h"

#include <math.h>

/* Print weight: black on white, the same meanings as on screen. */
enum {
    PRINT_none = 0xffffff,
    PRINT_ink = RGB_TEXT,
    PRINT_muted = RGB_MUTED,
    PRINT_grid = RGB_FAINT,
    PRINT_ground = 0xffffff,
    PRINT_actual = 0x22303c,
    PRINT_before = 0x8a949e,
    PRINT_target = 0x000000,
    PRINT_forecast = 0x22303c,
    PRINT_band80 = 0xbccbdb,
    PRINT_band95 = 0xdfe7ef,
    PRINT_good = RGB_GOOD,
    PRINT_bad = RGB_BAD,
    PRINT_c1 = 0x153a5c,
    PRINT_c2 = 0xad3f2a,
    PRINT_c3 = 0x4c9362,
    PRINT_c4 = 0x925ba8,
    PRINT_c5 = 0xb07d12,
    PRINT_c6 = 0x596c77,
    PRINT_heat = 0x1f4e79,
};
static const uint32_t paint_rgb[] = {
#define X(name) [PAINT_##name] = PRINT_##name,
    PAINTS(X)
#undef X
};

/* Paper is white: a colour of less than full strength is mixed with it, and needs no
 * transparency. */
uint32_t paper_rgb(enum paint paint, double opacity)
{
    uint32_t rgb = paint_rgb[paint], out = 0;
    double share = fmin(fmax(opacity, 0), 1);
    for (int shift = 0; shift <= 16; shift += 8) {
        double channel = (double)(rgb >> shift & 255);
        out |= (uint32_t)lround(255 - (255 - channel) * share) << shift;
    }
    return out;
}

struct placed {
    struct canvas *c;
    double x, y, scale;
};

static void put_point(const struct placed *at, const double *xy)
{
    canvas_point(at->c, at->x + xy[0] * at->scale, at->y + xy[1] * at->scale);
}

static void put_path(const struct placed *at, const struct shape *s)
{
    static const int points[] = {
        [PATH_MOVE] = 1, [PATH_LINE] = 1, [PATH_CURVE] = 3, [PATH_CLOSE] = 0};
    static const char *const operator[] = {
        [PATH_MOVE] = "m ", [PATH_LINE] = "l ", [PATH_CURVE] = "c ", [PATH_CLOSE] = "h "};
    const double *xy = s->xy;
    for (size_t i = 0; i < s->nops; i++) {
        for (int k = 0; k < points[s->op[i]]; k++, xy += 2)
            put_point(at, xy);
        buf_add(&at->c->out, str_of(operator[s->op[i]]));
    }
}

/* Lines at 45° over the box of a path, which clips them: libharu has no patterns. */
static void put_hatching(const struct placed *at, const struct shape *s)
{
    const double step = 3.2;
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    struct buf *out = &at->c->out;

    for (size_t i = 0; i < s->nxy; i++) {
        left = fmin(left, at->x + s->xy[2 * i] * at->scale);
        right = fmax(right, at->x + s->xy[2 * i] * at->scale);
        top = fmin(top, at->y + s->xy[2 * i + 1] * at->scale);
        bottom = fmax(bottom, at->y + s->xy[2 * i + 1] * at->scale);
    }
    if (!(right >= left && bottom >= top))
        return;
    canvas_stroke(at->c, paper_rgb(s->fill, s->fill_opacity), 0.5);
    buf_add(out, S("q "));
    put_path(at, s);
    buf_add(out, S("W n\n"));
    double height = bottom - top;
    /* Counted from the page's corner, so that the lines of neighbours meet. */
    for (double x = ceil((left - height + top) / step) * step - top; x < right; x += step) {
        canvas_point(at->c, x, bottom);
        buf_add(out, S("m "));
        canvas_point(at->c, x + height, top);
        buf_add(out, S("l "));
    }
    buf_add(out, S("S Q\n"));
}

static void set_dash(struct canvas *c, const struct shape *s, double scale)
{
    buf_addc(&c->out, '[');
    for (size_t i = 0; i < s->ndash; i++)
        canvas_number(c, s->dash[i] * scale);
    buf_add(&c->out, S("] 0 d\n"));
}

static void draw_path(const struct placed *at, const struct shape *s)
{
    struct canvas *c = at->c;
    bool fill = s->fill != PAINT_none && !s->hatched, stroke = s->stroke != PAINT_none;

    canvas_begin_path(c);
    if (s->hatched && s->fill != PAINT_none)
        put_hatching(at, s);
    if (!fill && !stroke)
        return;
    if (fill)
        canvas_fill(c, paper_rgb(s->fill, s->fill_opacity));
    if (stroke)
        canvas_stroke(c, paint_rgb[s->stroke], s->stroke_width * at->scale);
    if (stroke && s->ndash)
        set_dash(c, s, at->scale);
    put_path(at, s);
    buf_add(&c->out, fill && stroke ? S("B\n") : fill ? S("f\n") : S("S\n"));
    if (stroke && s->ndash)
        buf_add(&c->out, S("[] 0 d\n"));
}

static void draw_text(const struct placed *at, const struct shape *s)
{
    struct look look = {s->bold ? WEIGHT_BOLD : WEIGHT_REGULAR, (float)(s->size * at->scale),
                        paint_rgb[s->fill == PAINT_none ? PAINT_ink : s->fill]};
    double width = text_width_pt(at->c->pdf, s->text, look);
    double shift = s->anchor == ANCHOR_END ? -width : s->anchor == ANCHOR_MIDDLE ? -width / 2 : 0;
    double x = at->x + s->xy[0] * at->scale, y = at->y + s->xy[1] * at->scale;

    if (s->angle == 0) {
        canvas_text(at->c, s->text, look, x + shift, y);
        return;
    }
    double turn = s->angle * M_PI / 180;
    canvas_begin_path(at->c);
    canvas_turn(at->c, x, y, turn);
    canvas_text(at->c, s->text, look, shift, at->c->height);
    canvas_turn_back(at->c);
}

void canvas_drawing(struct canvas *c, const struct drawing *g, double x, double y, double width)
{
    struct placed at = {c, x, y, g->width > 0 ? width / g->width : 1};
    for (size_t i = 0; i < g->nshapes; i++) {
        if (g->shape[i].kind == SHAPE_PATH)
            draw_path(&at, &g->shape[i]);
        else
            draw_text(&at, &g->shape[i]);
    }
}

/* ---- the block ---- */

struct figure {
    const struct drawing *drawing;
    double width;
};

static void draw_figure(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct figure *g = p->of;
    canvas_tag(c, p->tag);
    canvas_drawing(c, g->drawing, x, y, g->width);
}

static str description(struct pdf *pdf, const struct node *n, const struct drawing *g, str text)
{
    str about = text.n ? text : g->description;
    if (!about.n)
        return n->title.n ? n->title : g->title.n ? g->title : own_word(WORD_chart);
    if (!n->title.n)
        return about;
    return arena_printf(pdf->mem, STR_FMT ". " STR_FMT, STR_ARG(n->title), STR_ARG(about));
}

void flow_figure(struct flow *f, const struct node *n)
{
    const struct drawing *g = n->kind == NODE_figure ? n->figure.print : n->graph.print;
    str text = n->kind == NODE_figure ? n->figure.description : n->graph.description;
    const double highest = PAGE_LONG_PT - 2 * MARGIN_PT - 80;

    if (!g || !(g->width > 0))
        return;
    size_t first = f->piece.n;
    flow_block_title(f, n->title, tag_new(f->pdf->tags, f->tag, TAG_P, (str){0}));
    struct figure *figure = NEW(f->pdf->mem, struct figure);
    figure->drawing = g;
    figure->width = fmin(fmin(g->width, f->width), highest * g->width / g->height);
    struct piece *p = flow_add(f, g->height * figure->width / g->width, f->piece.n > first ? 3 : 15,
                               draw_figure, figure);
    p->tag = tag_new(f->pdf->tags, f->tag, TAG_Figure, description(f->pdf, n, g, text));
    flow_block_note(f, n->note);
    f->piece.at[first]->block = f->piece.n - first;
    f->piece.at[first]->floats = true;
    if (n->id.n)
        flow_mark(f, f->piece.at[first], n->id, n->title, 0);
    f->gap = 15;
}
