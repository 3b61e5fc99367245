#include "parts.h"

/* Marks as gnuplot drew them become the shapes of a drawing: with their tips, and at the place and
 * in the size of the plot that they are for. */

bool mark_shows(const struct mark *m)
{
    return m->shape.fill != PAINT_none || m->shape.stroke != PAINT_none || m->shape.tip.n || m->tip;
}

static void give_tip(struct shape *shape, uint32_t number, const struct tips *tips)
{
    if (!number)
        return;
    shape->tip = tips->tip[number - 1];
    if (tips->href)
        shape->href = tips->href[number - 1];
}

/* All points are moved; those of a mark that stands keep their distances from where it stands. */
static void stretch_mark(struct arena *mem, const struct mark *m, const struct stretch *to,
                         struct shape *shape)
{
    const double *from = m->shape.xy;
    double x_scale = m->stands ? to->size : to->x_scale;
    double y_scale = m->stands ? to->size : to->y_scale;
    double x = m->stands ? m->x : 0, y = m->stands ? m->y : 0;

    shape->xy = NEW_ARRAY(mem, 2 * shape->nxy, double);
    for (size_t i = 0; i < 2 * shape->nxy; i += 2) {
        shape->xy[i] = to->x + x * to->x_scale + (from[i] - x) * x_scale;
        shape->xy[i + 1] = to->y + y * to->y_scale + (from[i + 1] - y) * y_scale;
    }
    if (!m->stands)
        return;
    shape->stroke_width *= to->size;
    shape->size *= to->size;
}

struct drawing *marks_drawing(struct arena *mem, const struct marks *marks, const struct tips *tips,
                              const struct stretch *stretch)
{
    struct drawing *d = NEW(mem, struct drawing);

    *d = (struct drawing){.width = marks->width, .height = marks->height};
    d->shape = NEW_ARRAY(mem, marks->n, struct shape);
    for (size_t i = 0; i < marks->n; i++) {
        const struct mark *m = &marks->at[i];
        struct shape *shape = &d->shape[d->nshapes];
        *shape = m->shape;
        give_tip(shape, m->tip, tips);
        if (stretch)
            stretch_mark(mem, m, stretch, shape);
        d->nshapes += shape->fill != PAINT_none || shape->stroke != PAINT_none || shape->tip.n;
    }
    return d;
}
