#include "html.h"

#include <math.h>

static const char *const paint_name[] = {
#define X(name) #name,
    PAINTS(X)
#undef X
};

void svg_number(struct buf *out, double x)
{
    buf_add_decimal(out, isfinite(x) && fabs(x) < 1e12 ? llround(x * 100) : 0, 2, true);
}

static void number_attribute(struct buf *out, const char *name, double x)
{
    html_open_attribute(out, name);
    svg_number(out, x);
    buf_addc(out, '"');
}

static void paint_attribute(struct buf *out, const char *name, enum paint paint)
{
    html_open_attribute(out, name);
    if (paint == PAINT_none) {
        buf_add(out, S("none\""));
        return;
    }
    buf_add(out, S("var(--"));
    buf_add(out, str_of(paint_name[paint]));
    buf_add(out, S(")\""));
}

static void path_data(struct buf *out, const struct shape *s)
{
    static const struct {
        char letter;
        size_t npoints;
    } step[] = {[PATH_MOVE] = {'M', 1},
                [PATH_LINE] = {'L', 1},
                [PATH_CURVE] = {'C', 3},
                [PATH_CLOSE] = {'Z', 0}};
    size_t at = 0;

    buf_add(out, S(" d=\""));
    for (size_t i = 0; i < s->nops; i++) {
        buf_addc(out, step[s->op[i]].letter);
        for (size_t k = 0; k < 2 * step[s->op[i]].npoints; k++, at++) {
            if (k)
                buf_addc(out, ' ');
            svg_number(out, s->xy[at]);
        }
    }
    buf_addc(out, '"');
}

static void stroke(struct buf *out, const struct shape *s)
{
    paint_attribute(out, "stroke", s->stroke);
    number_attribute(out, "stroke-width", s->stroke_width);
    if (!s->ndash)
        return;
    buf_add(out, S(" stroke-dasharray=\""));
    for (size_t i = 0; i < s->ndash; i++)
        buf_addf(out, i ? " %d" : "%d", s->dash[i]);
    buf_addc(out, '"');
}

/* The tip is read from <title> by the script, which then shows it in its own place. */
static void tip_and_close(struct buf *out, const struct shape *s, const char *element)
{
    if (!s->tip.n) {
        buf_add(out, S("/>"));
        return;
    }
    buf_add(out, S(" data-tip><title>"));
    html_text(out, s->tip);
    buf_addf(out, "</title></%s>", element);
}

static void path(struct buf *out, const struct shape *s)
{
    buf_add(out, S("<path"));
    path_data(out, s);
    if (s->hatched)
        buf_addf(out, " fill=\"url(#hatch_%s)\"", paint_name[s->fill]);
    else
        paint_attribute(out, "fill", s->fill);
    if (s->fill != PAINT_none && s->fill_opacity < 1)
        number_attribute(out, "fill-opacity", s->fill_opacity);
    if (s->stroke != PAINT_none)
        stroke(out, s);
    tip_and_close(out, s, "path");
}

static void text(struct buf *out, const struct shape *s)
{
    static const char *const anchor[] = {
        [ANCHOR_START] = "start", [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"};

    buf_add(out, S("<text"));
    number_attribute(out, "x", s->xy[0]);
    number_attribute(out, "y", s->xy[1]);
    number_attribute(out, "font-size", s->size);
    paint_attribute(out, "fill", s->fill);
    if (s->anchor != ANCHOR_START)
        buf_addf(out, " text-anchor=\"%s\"", anchor[s->anchor]);
    if (s->bold)
        buf_add(out, S(" font-weight=\"600\""));
    if (s->angle != 0) {
        buf_add(out, S(" transform=\"rotate("));
        svg_number(out, -s->angle);
        buf_addc(out, ' ');
        svg_number(out, s->xy[0]);
        buf_addc(out, ' ');
        svg_number(out, s->xy[1]);
        buf_add(out, S(")\""));
    }
    buf_addc(out, '>');
    html_text(out, s->text);
    buf_add(out, S("</text>"));
}

static void shape(struct buf *out, const struct shape *s, str root)
{
    if (s->href.n) {
        buf_add(out, S("<a href=\""));
        html_text(out, root.n ? root : S("./"));
        html_text(out, s->href);
        buf_addc(out, '"');
        if (s->tip.n)
            html_attribute(out, "aria-label", s->tip);
        buf_addc(out, '>');
    }
    if (s->kind == SHAPE_PATH)
        path(out, s);
    else
        text(out, s);
    buf_add(out, s->href.n ? S("</a>\n") : S("\n"));
}

/* What is inside an image is hidden from those who listen: one with links is a group instead. */
static const char *role_of(const struct drawing *g)
{
    for (size_t i = 0; i < g->nshapes; i++)
        if (g->shape[i].href.n)
            return "group";
    return "img";
}

static void names(struct buf *out, const struct drawing *g, str id)
{
    buf_addf(out, " role=\"%s\" aria-labelledby=\"" STR_FMT "_name\"", role_of(g), STR_ARG(id));
    if (g->description.n)
        buf_addf(out, " aria-describedby=\"" STR_FMT "_text\"", STR_ARG(id));
    buf_addf(out, ">\n<title id=\"" STR_FMT "_name\">", STR_ARG(id));
    html_text(out, g->title);
    buf_add(out, S("</title>\n"));
    if (g->description.n) {
        buf_addf(out, "<desc id=\"" STR_FMT "_text\">", STR_ARG(id));
        html_text(out, g->description);
        buf_add(out, S("</desc>\n"));
    }
}

void render_svg(struct buf *out, const struct drawing *g, str id_prefix, str root)
{
    buf_add(out, S("<svg viewBox=\"0 0 "));
    svg_number(out, g->width);
    buf_addc(out, ' ');
    svg_number(out, g->height);
    buf_addc(out, '"');
    number_attribute(out, "width", g->width * 4 / 3); /* points to CSS pixels */
    number_attribute(out, "height", g->height * 4 / 3);
    if (g->title.n)
        names(out, g, id_prefix);
    else
        buf_add(out, S(" aria-hidden=\"true\">\n"));
    for (size_t i = 0; i < g->nshapes; i++)
        shape(out, &g->shape[i], root);
    buf_add(out, S("</svg>\n"));
}
