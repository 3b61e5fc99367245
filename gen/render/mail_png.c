/* A drawing as PNG. Cairo fills and strokes; texts are outlines of the faces that the PDF is set
 * in, so that a picture is the same on any machine. At most 256 colours are kept: a chart has few,
 * and a palette makes it a third as large. */
#include "mail.h"
#include "pdf_font.h"

#include <math.h>

#include <cairo.h>
#include <libdeflate.h>

/* ---- the file ---- */

static void put_u32(struct buf *out, uint32_t x)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_addc(out, (char)(x >> shift));
}

static void put_chunk(struct buf *out, const char *type, str data)
{
    put_u32(out, (uint32_t)data.n);
    size_t from = out->n;
    buf_add(out, (str){type, 4});
    buf_add(out, data);
    put_u32(out, libdeflate_crc32(0, out->p + from, out->n - from));
}

/* Open hash of the colours met, each with its place in the palette. */
struct palette {
    uint32_t colour[256];
    uint32_t slot[1024]; /* colour with the high byte set where taken */
    uint8_t place[1024];
    size_t n;
};

/* The place of a colour, or -1 where a new one has no room. */
static int place_of(struct palette *p, uint32_t rgb)
{
    uint32_t key = rgb | 0xff000000u;
    size_t at = (rgb * 2654435761u) >> 22;
    while (p->slot[at] && p->slot[at] != key)
        at = (at + 1) % 1024;
    if (p->slot[at])
        return p->place[at];
    if (p->n == 256)
        return -1;
    p->slot[at] = key;
    p->colour[p->n] = rgb;
    p->place[at] = (uint8_t)p->n;
    return (int)p->n++;
}

/* The pixels as places in a palette, each line with the byte before it that says "no filter". False
 * if there are more than 256 colours when the channels keep what `mask` has. */
static bool index_pixels(uint8_t *to, cairo_surface_t *s, uint32_t mask, struct palette *palette)
{
    int width = cairo_image_surface_get_width(s), height = cairo_image_surface_get_height(s);
    const unsigned char *from = cairo_image_surface_get_data(s);
    size_t stride = (size_t)cairo_image_surface_get_stride(s);
    uint32_t last = 0;
    int place = -1;

    *palette = (struct palette){0};
    for (int y = 0; y < height; y++, from += stride) {
        const uint32_t *line = (const uint32_t *)(const void *)from;
        *to++ = 0;
        for (int x = 0; x < width; x++) {
            uint32_t rgb = line[x] & 0xffffff;
            rgb = (rgb & mask) | (~mask & (rgb >> 4 & 0x0f0f0f) & 0xffffff); /* white stays white */
            if (place < 0 || rgb != last)
                place = place_of(palette, rgb);
            if (place < 0)
                return false;
            last = rgb;
            *to++ = (uint8_t)place;
        }
    }
    return true;
}

static void put_palette(struct buf *out, const struct palette *p)
{
    char rgb[256 * 3];
    for (size_t i = 0; i < p->n; i++)
        for (int k = 0; k < 3; k++)
            rgb[3 * i + (size_t)k] = (char)(p->colour[i] >> (16 - 8 * k));
    put_chunk(out, "PLTE", (str){rgb, 3 * p->n});
}

/* False if there is no memory for it. */
static bool put_png(struct buf *out, cairo_surface_t *s, struct libdeflate_compressor *by)
{
    static const uint32_t masks[] = {0xffffff, 0xfcfcfc, 0xf8f8f8, 0xf0f0f0, 0xe0e0e0};
    int width = cairo_image_surface_get_width(s), height = cairo_image_surface_get_height(s);
    size_t n = ((size_t)width + 1) * (size_t)height, most = libdeflate_zlib_compress_bound(by, n);
    uint8_t *pixel = malloc(n), *packed = malloc(most);
    struct palette palette;
    size_t mask = 0, size = 0;
    bool ok = pixel && packed;

    while (ok && !index_pixels(pixel, s, masks[mask], &palette))
        ok = ++mask < sizeof masks / sizeof *masks;
    size = ok ? libdeflate_zlib_compress(by, pixel, n, packed, most) : 0;
    if (size) {
        struct buf head = {0};
        put_u32(&head, (uint32_t)width);
        put_u32(&head, (uint32_t)height);
        buf_add(&head, S("\x08\x03\0\0\0")); /* 8 bits, palette, deflate, no interlace */
        buf_add(out, S("\x89PNG\r\n\x1a\n"));
        put_chunk(out, "IHDR", buf_str(&head));
        put_palette(out, &palette);
        put_chunk(out, "IDAT", (str){(const char *)packed, size});
        put_chunk(out, "IEND", S(""));
        buf_clear(&head);
    }
    free(pixel);
    free(packed);
    return size > 0;
}

/* ---- paths ---- */

static void set_rgb(cairo_t *c, uint32_t rgb)
{
    cairo_set_source_rgb(c, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                         (rgb & 255) / 255.0);
}

static void add_path(cairo_t *c, const struct shape *s)
{
    const double *xy = s->xy;
    cairo_new_path(c);
    for (size_t i = 0; i < s->nops; i++) {
        switch ((enum path_op)s->op[i]) {
        case PATH_MOVE:
            cairo_move_to(c, xy[0], xy[1]);
            xy += 2;
            break;
        case PATH_LINE:
            cairo_line_to(c, xy[0], xy[1]);
            xy += 2;
            break;
        case PATH_CURVE:
            cairo_curve_to(c, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]);
            xy += 6;
            break;
        case PATH_CLOSE:
            cairo_close_path(c);
            break;
        }
    }
}

/* Lines at 45° within the path, as on paper. */
static void hatch(cairo_t *c, const struct shape *s)
{
    const double step = 3.2;
    double left, top, right, bottom;

    cairo_save(c);
    add_path(c, s);
    cairo_path_extents(c, &left, &top, &right, &bottom);
    cairo_clip(c);
    double height = bottom - top;
    for (double x = ceil((left - height + top) / step) * step - top; x < right; x += step) {
        cairo_move_to(c, x, bottom);
        cairo_line_to(c, x + height, top);
    }
    set_rgb(c, paper_rgb(s->fill, s->fill_opacity));
    cairo_set_line_width(c, 0.5);
    cairo_stroke(c);
    cairo_restore(c);
}

static void draw_path(cairo_t *c, const struct shape *s)
{
    if (s->hatched && s->fill != PAINT_none)
        hatch(c, s);
    add_path(c, s);
    if (s->fill != PAINT_none && !s->hatched) {
        set_rgb(c, paper_rgb(s->fill, s->fill_opacity));
        cairo_fill_preserve(c);
    }
    if (s->stroke == PAINT_none)
        return;
    double dash[sizeof s->dash];
    for (size_t i = 0; i < s->ndash; i++)
        dash[i] = s->dash[i];
    set_rgb(c, paper_rgb(s->stroke, 1));
    cairo_set_dash(c, dash, s->ndash, 0);
    cairo_set_line_width(c, s->stroke_width);
    cairo_stroke(c);
}

/* ---- texts ---- */

/* Where the outline of a glyph goes: its units, y up, onto the plane. */
struct pen {
    cairo_t *c;
    double x, y, scale;
    double at_x, at_y; /* the current point, for quadratic curves */
};

static void pen_move(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y, void *u)
{
    struct pen *p = data;
    (void)f, (void)st, (void)u;
    p->at_x = p->x + (double)x * p->scale;
    p->at_y = p->y - (double)y * p->scale;
    cairo_move_to(p->c, p->at_x, p->at_y);
}

static void pen_line(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y, void *u)
{
    struct pen *p = data;
    (void)f, (void)st, (void)u;
    p->at_x = p->x + (double)x * p->scale;
    p->at_y = p->y - (double)y * p->scale;
    cairo_line_to(p->c, p->at_x, p->at_y);
}

static void pen_quadratic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float cx, float cy,
                          float x, float y, void *u)
{
    struct pen *p = data;
    double kx = p->x + (double)cx * p->scale, ky = p->y - (double)cy * p->scale;
    double to_x = p->x + (double)x * p->scale, to_y = p->y - (double)y * p->scale;
    (void)f, (void)st, (void)u;
    cairo_curve_to(p->c, p->at_x + (kx - p->at_x) * 2 / 3, p->at_y + (ky - p->at_y) * 2 / 3,
                   to_x + (kx - to_x) * 2 / 3, to_y + (ky - to_y) * 2 / 3, to_x, to_y);
    p->at_x = to_x;
    p->at_y = to_y;
}

static void pen_cubic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float ax, float ay,
                      float bx, float by, float x, float y, void *u)
{
    struct pen *p = data;
    (void)f, (void)st, (void)u;
    p->at_x = p->x + (double)x * p->scale;
    p->at_y = p->y - (double)y * p->scale;
    cairo_curve_to(p->c, p->x + (double)ax * p->scale, p->y - (double)ay * p->scale,
                   p->x + (double)bx * p->scale, p->y - (double)by * p->scale, p->at_x, p->at_y);
}

static void pen_close(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, void *u)
{
    (void)f, (void)st, (void)u;
    cairo_close_path(((struct pen *)data)->c);
}

static hb_draw_funcs_t *pen_new(void)
{
    hb_draw_funcs_t *f = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(f, pen_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(f, pen_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(f, pen_quadratic, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(f, pen_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(f, pen_close, NULL, NULL);
    return f;
}

static void draw_text(cairo_t *c, hb_draw_funcs_t *pen, struct pdf_fonts *fonts,
                      const struct shape *s)
{
    const struct shaped *text = font_shape(fonts, s->bold ? WEIGHT_BOLD : WEIGHT_REGULAR, s->text);
    double width = (double)text->width * s->size / 1000;
    double x = s->anchor == ANCHOR_END ? -width : s->anchor == ANCHOR_MIDDLE ? -width / 2 : 0;

    cairo_save(c);
    cairo_translate(c, s->xy[0], s->xy[1]);
    cairo_rotate(c, -s->angle * M_PI / 180);
    cairo_new_path(c);
    for (size_t i = 0; i < text->n; i++) {
        const struct glyph *g = &text->glyph[i];
        const struct loaded *face = &fonts->face[g->face];
        struct pen at = {.c = c,
                         .x = x + (double)g->dx * s->size / 1000,
                         .y = -(double)g->dy * s->size / 1000,
                         .scale = (double)face->unit * s->size / 1000};
        hb_font_get_glyph_shape(face->font, g->id, pen, &at);
        x += (double)g->advance * s->size / 1000;
    }
    set_rgb(c, paper_rgb(s->fill == PAINT_none ? PAINT_ink : s->fill, 1));
    cairo_fill(c);
    cairo_restore(c);
}

/* ---- the picture ---- */

enum { HEIGHT_MOST = 32767 }; /* pixels: what Cairo draws on */

bool mail_png(struct buf *out, struct pdf_fonts *fonts, const struct drawing *g, int width,
              struct diags *diags)
{
    double scale = fmin(width / g->width, HEIGHT_MOST / g->height);
    int height = (int)fmin(ceil(g->height * scale), HEIGHT_MOST);
    width = (int)fmin(ceil(g->width * scale), width);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *c = cairo_create(s);
    hb_draw_funcs_t *pen = pen_new();

    cairo_set_source_rgb(c, 1, 1, 1);
    cairo_paint(c);
    cairo_scale(c, scale, scale);
    cairo_set_antialias(
        c, CAIRO_ANTIALIAS_FAST); /* 16 shades at an edge: half the time, and fewer bytes */
    for (size_t i = 0; i < g->nshapes; i++) {
        if (g->shape[i].kind == SHAPE_PATH)
            draw_path(c, &g->shape[i]);
        else
            draw_text(c, pen, fonts, &g->shape[i]);
    }
    cairo_surface_flush(s);
    bool ok = cairo_status(c) == CAIRO_STATUS_SUCCESS && put_png(out, s, fonts->compressor);
    if (!ok)
        diags_add(diags, DIAG_MAIL_PICTURE, (struct place){0}, g->title,
                  str_of(cairo_status_to_string(cairo_status(c))));
    hb_draw_funcs_destroy(pen);
    cairo_destroy(c);
    cairo_surface_destroy(s);
    return ok;
}
