#include "svg.h"

#include <expat.h>
#include <math.h>
#include <string.h>

/* SVG as gnuplot and Graphviz write it, read in one pass. Every element carries its presentation
 * down to its children; what ends as a path or a text becomes a shape in points on the page's own
 * plane. */

/* ---- state ---- */

/* A colour is looked at when a shape uses it: gnuplot also names its own default colours around
 * groups in which nothing is drawn. */
struct colour {
    enum paint paint;
    uint32_t tip; /* 0: none */
    bool hatched;
    str unknown; /* as written, if it stands for nothing */
};
struct style {
    double m[6]; /* x' = m0 x + m2 y + m4, y' = m1 x + m3 y + m5 */
    struct colour fill, stroke, current;
    double stroke_width, fill_opacity, size;
    uint8_t dash[4], ndash;
    bool bold;
    int anchor;
    str href, tip;
};
enum { DEPTH = 32, MAX_HATCHES = 4096 };
struct reader {
    struct arena *mem;
    struct place at;
    struct diags *diags;
    size_t ntips;
    XML_Parser xml;
    bool failed;
    struct style stack[DEPTH];
    size_t depth;
    size_t skipped;              /* elements open within one that is not drawn */
    size_t pattern;              /* number of the hatching whose definition is open, or 0 */
    LIST(struct colour) hatches; /* [number - 1]; gnuplot numbers them from 1 */
    struct buf text;
    double text_x, text_y;
    LIST(struct mark) marks;
    struct outline outline;
    double width, height;
};

static struct style *top(struct reader *r)
{
    return &r->stack[r->depth];
}

static void refuse(struct reader *r, const char *what, const char *value, str remedy)
{
    if (!r->failed)
        diags_add(r->diags, DIAG_SVG_UNKNOWN, r->at, str_of(value), str_of(what), remedy);
    r->failed = true;
    XML_StopParser(r->xml, XML_FALSE);
}

/* ---- numbers, colours, transforms ---- */

/* The number of a pattern or a symbol; what is none is larger than any. */
static size_t index_of(const char *s)
{
    double x = svg_read_decimal(s);
    return x >= 0 && x < 1e6 ? (size_t)x : SIZE_MAX;
}

static uint32_t hex_of(const char *s)
{
    uint32_t rgb = 0;
    for (; *s; s++) {
        char c = *s | 0x20;
        rgb = rgb << 4 | (uint32_t)(c >= 'a' && c <= 'f' ? c - 'a' + 10 : (c - '0') & 15);
    }
    return rgb;
}

static struct colour colour_of_rgb(struct reader *r, uint32_t rgb, const char *written)
{
    struct colour c = {0};
    if (!paint_of_rgb(rgb, &c.paint, &c.tip) || c.tip > r->ntips)
        c = (struct colour){.unknown = arena_str(r->mem, str_of(written))};
    return c;
}

static struct colour colour_of(struct reader *r, const char *s)
{
    if (!strcmp(s, "none") || !strcmp(s, "transparent"))
        return (struct colour){0};
    if (!strcmp(s, "currentColor"))
        return top(r)->current;
    if (!strcmp(s, "black"))
        return (struct colour){.paint = PAINT_ink};
    if (!strcmp(s, "white"))
        return (struct colour){.paint = PAINT_ground};
    if (s[0] == '#' && strlen(s) == 7)
        return colour_of_rgb(r, hex_of(s + 1), s);
    if (!strncmp(s, "rgb(", 4)) {
        const char *p = s + 4;
        double part[3] = {0};
        uint32_t rgb = 0;
        for (size_t i = 0; i < 3; i++)
            if (svg_read_number(&p, &part[i]))
                rgb = rgb << 8 | (uint32_t)fmax(0, fmin(255, part[i]));
        if (*p == ')')
            return colour_of_rgb(r, rgb, s);
    }
    if (!strncmp(s, "url(#gpPat", 10)) {
        size_t n = index_of(s + 10);
        if (n >= 1 && n <= r->hatches.n)
            return r->hatches.at[n - 1];
    }
    return (struct colour){.unknown = arena_str(r->mem, str_of(s))};
}

static double scale_of(const double m[6])
{
    return sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
}

/* ---- shapes ---- */

/* A mark at the point at which its text or its symbol stands, with what its style says of it. */
static struct mark mark_of(const struct style *st, struct shape shape, bool stands)
{
    shape.tip = st->tip;
    shape.href = st->href;
    return (struct mark){
        .shape = shape,
        .tip = st->fill.tip ? st->fill.tip : st->stroke.tip,
        .stands = stands,
        .x = st->m[4],
        .y = st->m[5],
    };
}

static void *copied(struct arena *mem, const void *from, size_t n, size_t size)
{
    void *to = arena_array(mem, n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

static void check_colour(struct reader *r, struct colour c)
{
    if (str_is_set(c.unknown))
        refuse(r, "colour", c.unknown.p,
               S("draw with c_ink, c_actual …, or with the colours in columns 4 and 5"));
}

/* Ends the path in r->outline.ops. One that nobody can see or point at is left out. */
static void end_path(struct reader *r, bool stands)
{
    const struct style *st = top(r);
    struct shape shape = {
        .kind = SHAPE_PATH,
        .fill = st->fill.paint,
        .hatched = st->fill.hatched,
        .stroke = st->stroke_width > 0 ? st->stroke.paint : PAINT_none,
        .fill_opacity = st->fill_opacity,
        .stroke_width = st->stroke_width * scale_of(st->m),
        .ndash = st->ndash,
    };
    memcpy(shape.dash, st->dash, sizeof shape.dash);
    if (r->outline.points.n) {
        check_colour(r, st->fill);
        check_colour(r, st->stroke);
    }
    if (shape.fill_opacity <= 0)
        shape.fill = PAINT_none;
    struct mark mark = mark_of(st, shape, stands);
    if (r->outline.points.n && mark_shows(&mark)) {
        struct shape *to = &mark.shape;
        to->nops = r->outline.ops.n;
        to->op = copied(r->mem, r->outline.ops.at, to->nops, sizeof *to->op);
        to->nxy = r->outline.points.n / 2;
        to->xy = copied(r->mem, r->outline.points.at, r->outline.points.n, sizeof *to->xy);
        PUSH(r->mem, &r->marks, mark);
    }
    r->outline.ops.n = r->outline.points.n = 0;
}

static void end_text(struct reader *r)
{
    const struct style *st = top(r);
    const double *m = st->m;
    struct shape shape = {
        .kind = SHAPE_TEXT,
        .fill = st->fill.paint,
        .fill_opacity = 1,
        .text = arena_str(r->mem, buf_str(&r->text)),
        .size = st->size * scale_of(m),
        .angle = atan2(-m[1], m[0]) * 180 / M_PI,
        .bold = st->bold,
        .nxy = 1,
    };
    shape.anchor = st->anchor;
    check_colour(r, st->fill);
    outline_point(&r->outline, r->text_x, r->text_y);
    shape.xy = copied(r->mem, r->outline.points.at, 2, sizeof *r->outline.points.at);
    r->outline.points.n = 0;
    struct mark mark = mark_of(st, shape, true);
    mark.x = shape.xy[0];
    mark.y = shape.xy[1];
    if (str_trim(shape.text).n)
        PUSH(r->mem, &r->marks, mark);
}

/* A symbol of gnuplot, drawn in its current colour: filled, or as a thin line. */
static bool symbol(struct reader *r, const char *href)
{
    struct style *st = top(r);
    bool filled = true;

    if (!strcmp(href, "#gpDot"))
        outline_ellipse(&r->outline, 0, 0, 0.5, 0.5);
    else if (strncmp(href, "#gpPt", 5) || !outline_symbol(&r->outline, index_of(href + 5), &filled))
        return false;
    st->fill = filled ? st->current : (struct colour){.tip = st->current.tip};
    st->stroke = filled ? (struct colour){0} : st->current;
    st->stroke_width = 0.296;
    return true;
}

/* ---- attributes ---- */

/* What describes a shape's place, to be used when all attributes are read. */
struct geometry {
    const char *d, *points, *href;
    double x, y, width, height, cx, cy, rx, ry;
};

/* Most names are told from each other by their first letter. */
static bool is(const char *name, const char *other)
{
    return name[0] == other[0] && !strcmp(name, other);
}

static void dashes(struct reader *r, struct style *st, const char *s)
{
    double length;
    st->ndash = 0;
    if (!strcmp(s, "none"))
        return;
    const char *p = s;
    while (st->ndash < 4 && svg_read_number(&p, &length))
        st->dash[st->ndash++] = (uint8_t)fmax(1, fmin(255, round(length)));
    if (*p)
        refuse(r, "dash", s, S("use at most four lengths"));
    if (st->ndash % 2) /* an odd list is drawn twice over */
        st->dash[st->ndash] = st->dash[0], st->ndash++;
}

/* Attributes that say nothing which a drawing keeps. */
static bool is_idle(const char *name)
{
    static const char *const idle[] = {
        "id",
        "class",
        "xmlns",
        "xmlns:xlink",
        "viewBox",
        "shape-rendering",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "xlink:title",
        "xml:space",
        "version",
        "target",
        "font-style",
        "text-decoration",
        "patternUnits",
    };
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (is(name, idle[i]))
            return true;
    return false;
}

static bool geometry_attribute(struct geometry *g, const char *name, const char *value)
{
    const struct {
        const char *name;
        double *to;
    } plain[] = {
        {"x", &g->x},   {"y", &g->y},   {"width", &g->width}, {"height", &g->height},
        {"cx", &g->cx}, {"cy", &g->cy}, {"rx", &g->rx},       {"ry", &g->ry},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (is(name, plain[i].name)) {
            *plain[i].to = svg_read_decimal(value);
            return true;
        }
    if (is(name, "r"))
        g->rx = g->ry = svg_read_decimal(value);
    else if (is(name, "d"))
        g->d = value;
    else if (is(name, "points"))
        g->points = value;
    else if (is(name, "xlink:href"))
        g->href = value;
    else
        return false;
    return true;
}

static bool style_attribute(struct reader *r, struct style *st, const char *name, const char *value)
{
    if (is(name, "color"))
        st->current = colour_of(r, value);
    else if (is(name, "fill"))
        st->fill = colour_of(r, value);
    else if (is(name, "stroke"))
        st->stroke = colour_of(r, value);
    else if (is(name, "stroke-width"))
        st->stroke_width = svg_read_decimal(value);
    else if (is(name, "stroke-dasharray"))
        dashes(r, st, value);
    else if (is(name, "fill-opacity") || is(name, "opacity"))
        st->fill_opacity = svg_read_decimal(value);
    else if (is(name, "font-size"))
        st->size = svg_read_decimal(value);
    else if (is(name, "font-family"))
        st->bold = strstr(value, "Bold") != NULL;
    else if (is(name, "font-weight"))
        st->bold = !strcmp(value, "bold");
    else if (is(name, "text-anchor"))
        st->anchor = !strcmp(value, "end")      ? ANCHOR_END
                     : !strcmp(value, "middle") ? ANCHOR_MIDDLE
                                                : ANCHOR_START;
    else
        return false;
    return true;
}

/* currentColor depends on color, wherever that stands among the attributes: so it goes first. */
static void read_attributes(struct reader *r, const char **attribute, struct geometry *g)
{
    struct style *st = top(r);
    for (const char **a = attribute; *a; a += 2)
        if (is(a[0], "color"))
            st->current = colour_of(r, a[1]);
    for (const char **a = attribute; *a && !r->failed; a += 2)
        if (is(a[0], "transform")) {
            if (!svg_transform(st->m, a[1]))
                refuse(r, "transform", a[1], S("use translate, scale and rotate"));
        } else if (!style_attribute(r, st, a[0], a[1]) && !geometry_attribute(g, a[0], a[1]) &&
                   !is_idle(a[0])) {
            refuse(r, "attribute", a[0], S("draw without it"));
        }
}

/* ---- elements ---- */

static void open_svg(struct reader *r, const struct geometry *g)
{
    r->width = g->width;
    r->height = g->height;
}

static void draw_path(struct reader *r, const struct geometry *g)
{
    if (!g->d || !outline_path(&r->outline, g->d))
        refuse(r, "path", g->d ? g->d : "", S("use M, L, H, V, C, Q and Z"));
    end_path(r, false);
}

static void draw_polygon(struct reader *r, const struct geometry *g)
{
    if (!g->points || !outline_polygon(&r->outline, g->points, true))
        refuse(r, "polygon", g->points ? g->points : "", S("give pairs of numbers"));
    end_path(r, false);
}

static void draw_polyline(struct reader *r, const struct geometry *g)
{
    if (!g->points || !outline_polygon(&r->outline, g->points, false))
        refuse(r, "polyline", g->points ? g->points : "", S("give pairs of numbers"));
    end_path(r, false);
}

static void draw_rect(struct reader *r, const struct geometry *g)
{
    outline_rect(&r->outline, g->x, g->y, g->width, g->height);
    end_path(r, false);
}

static void draw_ellipse(struct reader *r, const struct geometry *g)
{
    outline_ellipse(&r->outline, g->cx, g->cy, g->rx, g->ry);
    end_path(r, false);
}

static void draw_use(struct reader *r, const struct geometry *g)
{
    if (!g->href || !symbol(r, g->href))
        refuse(r, "symbol", g->href ? g->href : "", S("use point types 1 to 15"));
    end_path(r, true);
}

static void open_text(struct reader *r, const struct geometry *g)
{
    r->text_x = g->x;
    r->text_y = g->y;
    buf_reset(&r->text);
}

static void open_link(struct reader *r, const struct geometry *g)
{
    if (g->href)
        top(r)->href = arena_str(r->mem, str_of(g->href));
}

static void open_group(struct reader *r, const struct geometry *g)
{
    (void)r;
    (void)g;
}

/* What is drawn, and what is passed over with all that is in it. */
static const struct element {
    const char *name;
    void (*open)(struct reader *r, const struct geometry *g); /* NULL: passed over */
} elements[] = {
    {"g", open_group},
    {"path", draw_path},
    {"use", draw_use},
    {"text", open_text},
    {"polygon", draw_polygon},
    {"rect", draw_rect},
    {"ellipse", draw_ellipse},
    {"circle", draw_ellipse},
    {"polyline", draw_polyline},
    {"tspan", open_group},
    {"a", open_link},
    {"svg", open_svg},
    {"title", NULL},
    {"desc", NULL},
};

/* Inside <defs> only hatchings matter: gnuplot makes one for each colour of a hatched box. */
static void open_definition(struct reader *r, const char *name, const char **attribute)
{
    for (const char **a = attribute; *a; a += 2) {
        if (!strcmp(name, "pattern") && !strcmp(a[0], "id") && !strncmp(a[1], "gpPat", 5))
            r->pattern = index_of(a[1] + 5);
        if (r->pattern && !strcmp(name, "path") && !strcmp(a[0], "style")) {
            const char *stroke = strstr(a[1], "stroke:");
            struct colour c =
                stroke ? colour_of(r, stroke + strlen("stroke:")) : (struct colour){0};
            c.hatched = true;
            while (r->pattern <= MAX_HATCHES && r->hatches.n < r->pattern)
                PUSH(r->mem, &r->hatches, c);
        }
    }
}

static void on_start(void *arg, const char *name, const char **attribute)
{
    struct reader *r = arg;

    if (r->skipped) {
        r->skipped++;
        open_definition(r, name, attribute);
        return;
    }
    if (is(name, "defs")) {
        r->skipped = 1;
        r->pattern = 0;
        return;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!is(name, elements[i].name))
            continue;
        if (!elements[i].open) {
            r->skipped = 1;
            return;
        }
        if (r->depth + 1 == DEPTH)
            break;
        struct geometry g = {0};
        r->stack[r->depth + 1] = r->stack[r->depth];
        r->depth++;
        r->outline.m = top(r)->m;
        read_attributes(r, attribute, &g);
        if (!r->failed)
            elements[i].open(r, &g);
        return;
    }
    refuse(r, "element", name, S("draw with lines, boxes, points and labels"));
}

static void on_end(void *arg, const char *name)
{
    struct reader *r = arg;

    /* expat still ends the element at which it was stopped, and that was never put on the stack. */
    if (r->failed)
        return;
    if (r->skipped) {
        r->skipped--;
        return;
    }
    if (is(name, "text"))
        end_text(r);
    r->depth--;
    r->outline.m = top(r)->m;
}

static void on_text(void *arg, const char *s, int n)
{
    struct reader *r = arg;
    if (!r->skipped)
        buf_add(&r->text, (str){s, (size_t)n});
}

static bool parse(XML_Parser xml, str svg)
{
    struct buf lean = {0};

    svg_leave_out_idle(&lean, svg);
    str text = buf_str(&lean);
    bool ok = XML_Parse(xml, text.p, (int)text.n, 1) == XML_STATUS_OK;
    buf_clear(&lean);
    return ok;
}

bool svg_marks(struct arena *mem, str svg, size_t ntips, struct place at, struct diags *diags,
               struct marks *marks)
{
    struct reader *r = NEW(mem, struct reader);
    *r = (struct reader){.mem = mem, .at = at, .diags = diags, .ntips = ntips};
    /* The initial values of SVG's properties. */
    r->outline = (struct outline){.mem = mem, .m = r->stack[0].m};
    r->stack[0] = (struct style){
        .m = {1, 0, 0, 1, 0, 0},
        .fill = {.paint = PAINT_ink},
        .current = {.paint = PAINT_ink},
        .stroke_width = 1,
        .fill_opacity = 1,
        .size = 10,
    };
    r->xml = XML_ParserCreate("UTF-8");
    if (!r->xml)
        die("out of memory for the SVG reader");
    XML_SetUserData(r->xml, r);
    XML_SetElementHandler(r->xml, on_start, on_end);
    XML_SetCharacterDataHandler(r->xml, on_text);
    if (svg.n > INT32_MAX || !parse(r->xml, svg))
        if (!r->failed) {
            r->failed = true;
            diags_add(diags, DIAG_SVG_SYNTAX, at,
                      str_of(XML_ErrorString(XML_GetErrorCode(r->xml))));
        }
    XML_ParserFree(r->xml);
    buf_clear(&r->text);
    *marks = (struct marks){r->width, r->height, r->marks.at, r->marks.n};
    return !r->failed;
}

struct drawing *svg_read(struct arena *mem, str svg, const struct tips *tips, struct place at,
                         struct diags *diags)
{
    struct marks marks;
    if (!svg_marks(mem, svg, tips ? tips->n : 0, at, diags, &marks))
        return NULL;
    return marks_drawing(mem, &marks, tips, NULL);
}

struct drawing *drawing_read_svg(struct arena *mem, str svg, struct place at, struct diags *diags)
{
    return svg_read(mem, svg, NULL, at, diags);
}
