#include "sheet.h"

#include <math.h>

/* Sparklines are many and small, and most of what a chart costs is its beginning and its end. So
 * those of one size are drawn together, as strips of one tall sheet, and what comes back is cut
 * into strips again. */

static const double EDGE = 2; /* points free around the line, for its dot */

struct spark_job {
    struct sheet sheet;
    const struct spark *spark;
    size_t n;
};

/* Where a value stands on the sheet's axis, on which each strip is 1 high, the first at the top. */
struct strip {
    double low, high, foot, pad;
};

static double in_strip(const struct strip *s, double x)
{
    double share = s->high > s->low ? (x - s->low) / (s->high - s->low) : 0.5;
    return s->foot + s->pad + share * (1 - 2 * s->pad);
}

static struct strip strip_of(const struct spark *spark, size_t foot, double height_pt)
{
    struct strip s = {INFINITY, -INFINITY, (double)foot, EDGE / height_pt};
    for (size_t i = 0; i <= spark->n; i++) {
        double x = i < spark->n ? spark->value[i] : spark->target;
        if (isfinite(x)) {
            s.low = fmin(s.low, x);
            s.high = fmax(s.high, x);
        }
    }
    return s;
}

static void add_line(struct sheet *s, enum role role, enum paint paint, size_t n)
{
    struct plotted *p = &s->series[s->nseries++];
    *p = (struct plotted){
        .role = role,
        .paint = paint,
        .slot = role == ROLE_actual,
        .base = NEW_ARRAY(s->mem, n, double),
        .value = NEW_ARRAY(s->mem, n, double),
        .shade = NEW_ARRAY(s->mem, n, enum paint),
    };
}

static void add_spark(struct sheet *s, const struct spark *spark, size_t foot, double height_pt)
{
    struct strip strip = strip_of(spark, foot, height_pt);

    add_line(s, ROLE_actual, PAINT_actual, spark->n);
    for (size_t i = 0; i < spark->n; i++)
        s->series[s->nseries - 1].value[i] =
            isfinite(spark->value[i]) ? in_strip(&strip, spark->value[i]) : NAN;
    if (!isfinite(spark->target))
        return;
    add_line(s, ROLE_target, PAINT_target, spark->n);
    for (size_t i = 0; i < spark->n; i++)
        s->series[s->nseries - 1].value[i] = in_strip(&strip, spark->target);
}

struct spark_job *sparks_begin(struct gnuplot *g, struct arena *mem, const struct spark *spark,
                               size_t n, double width_pt, double height_pt, struct diags *diags)
{
    struct spark_job *job = NEW(mem, struct spark_job);
    struct chart *chart = NEW(mem, struct chart);

    if (!kind_check(g, mem, S("sparkline"), (struct place){0}, diags))
        return NULL;
    *chart = (struct chart){.kind = S("sparkline"), .npoints = spark->n};
    *job = (struct spark_job){.spark = spark, .n = n};
    job->sheet = (struct sheet){
        .mem = mem,
        .chart = chart,
        .kind = gnuplot_kind(g, S("sparkline")),
        .width = width_pt,
        .height = (double)n * height_pt,
        .size = 8,
        .nslots = 1,
        .left = EDGE,
        .right = EDGE,
        .value = {.low = 0, .high = (double)n},
        .series = NEW_ARRAY(mem, 2 * n, struct plotted),
    };
    for (size_t i = 0; i < n; i++)
        add_spark(&job->sheet, &spark[i], n - 1 - i, height_pt);
    sheet_script(&job->sheet);
    gnuplot_send(g, buf_str(&job->sheet.out));
    buf_clear(&job->sheet.out);
    return job;
}

/* ---- cutting ---- */

static size_t npoints_of(enum path_op op)
{
    return op == PATH_CURVE ? 3 : op == PATH_CLOSE ? 0 : 1;
}

/* Adds to `to` the parts of a path that lie in a strip: parts begin where the pen is set down. */
static void cut_path(struct arena *mem, const struct shape *from, double top, double height,
                     struct drawing *to)
{
    struct shape part = *from;
    bool inside = false;

    part.op = NEW_ARRAY(mem, from->nops, uint8_t);
    part.xy = NEW_ARRAY(mem, 2 * from->nxy, double);
    part.nops = part.nxy = 0;
    for (size_t i = 0, at = 0; i < from->nops; i++) {
        const double *xy = &from->xy[2 * at];
        if (from->op[i] == PATH_MOVE)
            inside = xy[1] >= top && xy[1] < top + height;
        size_t n = npoints_of(from->op[i]);
        at += n;
        if (!inside)
            continue;
        part.op[part.nops++] = from->op[i];
        for (size_t k = 0; k < n; k++, part.nxy++) {
            part.xy[2 * part.nxy] = xy[2 * k];
            part.xy[2 * part.nxy + 1] = xy[2 * k + 1] - top;
        }
    }
    if (part.nops)
        to->shape[to->nshapes++] = part;
}

static struct drawing *cut_strip(struct arena *mem, const struct drawing *all, size_t i,
                                 double height)
{
    struct drawing *d = NEW(mem, struct drawing);
    *d = (struct drawing){.width = all->width, .height = height};
    d->shape = NEW_ARRAY(mem, all->nshapes, struct shape);
    for (size_t k = 0; k < all->nshapes; k++)
        if (all->shape[k].kind == SHAPE_PATH)
            cut_path(mem, &all->shape[k], (double)i * height, height, d);
    return d;
}

bool sparks_end(struct gnuplot *g, struct spark_job *job, struct diags *diags)
{
    const struct sheet *s = &job->sheet;
    str svg, complaint;

    if (!gnuplot_take(g, s->mem, &svg, &complaint))
        return diags_add(diags, DIAG_CHART_FAILED, ((struct place){0}),
                         sheet_complaint(s, complaint), s->kind->name);
    const struct drawing *all = svg_read(s->mem, svg, NULL, (struct place){0}, diags);
    for (size_t i = 0; i < job->n && all; i++)
        *job->spark[i].to = cut_strip(s->mem, all, i, s->height / (double)job->n);
    return all != NULL;
}

struct drawing *spark_draw(struct gnuplot *g, struct arena *mem, const double *value, size_t n,
                           double target, double width_pt, double height_pt, struct diags *diags)
{
    struct drawing *d = NULL;
    const struct spark spark = {value, n, target, &d, 0};
    struct spark_job *job = sparks_begin(g, mem, &spark, 1, width_pt, height_pt, diags);
    if (job)
        sparks_end(g, job, diags);
    return d;
}
