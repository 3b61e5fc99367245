#include "parts.h"

#include <expat.h>
#include <math.h>
#include <string.h>

/* SVG as gnuplot and Graphviz write it, read in one pass. Every element carries its presentation down
 * to its children; what ends as a path or a text becomes a shape in points on the page's own plane. */

/* ---- state ---- */

/* A colour is looked at when a shape uses it: gnuplot also names its own default colours around
 * groups in which nothing is drawn. */
struct colour {
    enum paint paint;
    uint32_t tip;   /* 0: none */
    bool hatched;
    str unknown;    /* as written, if it stands for nothing */
};
struct style {
    double m[6];    /* x' = m0 x + m2 y + m4, y' = m1 x + m3 y + m5 */
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
    const struct tips *tips;
    XML_Parser xml;
    bool failed;
    struct style stack[DEPTH];
    size_t depth;
    size_t skipped;          /* elements open within one that is not drawn */
    size_t pattern;          /* number of the hatching whose definition is open, or 0 */
    LIST(struct colour) hatches; /* [number - 1]; gnuplot numbers them from 1 */
    struct buf text;
    double text_x, text_y;
    LIST(struct shape) shapes;
    LIST(uint8_t) ops;
    LIST(double) points;
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

/* Reads one number and the blanks and commas around it. False if there is none. gnuplot's and
 * Graphviz's numbers are short decimals, so no general conversion is needed (and it would be slow). */
static bool number(const char **p, double *x)
{
    const char *s = *p;
    while (*s == ' ' || *s == ',' || *s == '\n' || *s == '\t')
        s++;
    bool negative = *s == '-';
    s += *s == '-' || *s == '+';
    const char *first = s;
    double value = 0, unit = 1;
    for (; *s >= '0' && *s <= '9'; s++)
        value = value * 10 + (*s - '0');
    if (*s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++)
            value = value * 10 + (*s - '0'), unit *= 10;
    if (s == first)
        return false;
    if (*s == 'e' && (s[1] == '-' || s[1] == '+') && s[2] >= '0' && s[2] <= '9') {
        int power = s[2] - '0';
        if (s[3] >= '0' && s[3] <= '9')
            power = power * 10 + s[3] - '0';
        unit *= pow(10, s[1] == '-' ? power : -power);
        s += s[3] >= '0' && s[3] <= '9' ? 4 : 3;
    }
    while (*s == ' ' || *s == ',' || *s == '\n' || *s == '\t')
        s++;
    *x = (negative ? -value : value) / unit;
    *p = s;
    return true;
}

static double number_of(const char *s)
{
    double x = 0;
    return number(&s, &x) ? x : 0;
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
    if (!paint_of_rgb(rgb, &c.paint, &c.tip) || c.tip > (r->tips ? r->tips->n : 0))
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
        if (number(&p, &part[0]) && number(&p, &part[1]) && number(&p, &part[2]))
            return colour_of_rgb(
                r, (uint32_t)part[0] << 16 | (uint32_t)part[1] << 8 | (uint32_t)part[2], s);
    }
    if (!strncmp(s, "url(#gpPat", 10)) {
        size_t n = (size_t)number_of(s + 10);
        if (n >= 1 && n <= r->hatches.n)
            return r->hatches.at[n - 1];
    }
    return (struct colour){.unknown = arena_str(r->mem, str_of(s))};
}

static void multiply(double m[6], const double by[6])
{
    double a[6];
    memcpy(a, m, sizeof a);
    m[0] = a[0] * by[0] + a[2] * by[1];
    m[1] = a[1] * by[0] + a[3] * by[1];
    m[2] = a[0] * by[2] + a[2] * by[3];
    m[3] = a[1] * by[2] + a[3] * by[3];
    m[4] = a[0] * by[4] + a[2] * by[5] + a[4];
    m[5] = a[1] * by[4] + a[3] * by[5] + a[5];
}

/* "translate(3,4) rotate(-90) scale(2)" */
static void transform(struct reader *r, double m[6], const char *s)
{
    for (const char *p = s; *p;) {
        const char *open = strchr(p, '(');
        double x = 0, y = 0;
        if (!open)
            break;
        const char *q = open + 1;
        number(&q, &x);
        bool two = number(&q, &y);
        if (*q != ')')
            break;
        if (!strncmp(p, "translate", 9)) {
            multiply(m, (double[6]){1, 0, 0, 1, x, y});
        } else if (!strncmp(p, "scale", 5)) {
            multiply(m, (double[6]){x, 0, 0, two ? y : x, 0, 0});
        } else if (!strncmp(p, "rotate", 6)) {
            double a = x * M_PI / 180;
            multiply(m, (double[6]){cos(a), sin(a), -sin(a), cos(a), 0, 0});
        } else {
            break;
        }
        for (p = q + 1; *p == ' ';)
            p++;
        if (!*p)
            return;
    }
    if (*s)
        refuse(r, "transform", s, S("use translate, scale and rotate"));
}

static double scale_of(const double m[6])
{
    return sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
}

/* ---- paths ---- */

static void add_point(struct reader *r, double x, double y)
{
    const double *m = top(r)->m;
    PUSH(r->mem, &r->points, m[0] * x + m[2] * y + m[4]);
    PUSH(r->mem, &r->points, m[1] * x + m[3] * y + m[5]);
}

static void add_op(struct reader *r, enum path_op op)
{
    PUSH(r->mem, &r->ops, (uint8_t)op);
}

/* Path data: M L H V C Q Z and their relative forms. */
static bool path_data(struct reader *r, const char *s)
{
    double x = 0, y = 0, x0 = 0, y0 = 0, a[6];
    char command = 0;

    for (;;) {
        while (*s == ' ' || *s == ',' || *s == '\n' || *s == '\t')
            s++;
        if ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z')
            command = *s++;
        else if (!*s)
            return true;
        bool relative = command >= 'a';
        double dx = relative ? x : 0, dy = relative ? y : 0;
        size_t nargs = 0, want = 0;
        switch (command & ~0x20) {
        case 'Z': want = 0; break;
        case 'H': case 'V': want = 1; break;
        case 'M': case 'L': want = 2; break;
        case 'Q': want = 4; break;
        case 'C': want = 6; break;
        default: return false;
        }
        while (nargs < want && number(&s, &a[nargs]))
            nargs++;
        if (nargs < want)
            return false;
        switch (command & ~0x20) {
        case 'Z':
            add_op(r, PATH_CLOSE);
            x = x0, y = y0;
            command = 0;
            break;
        case 'H': x = a[0] + dx; add_op(r, PATH_LINE); add_point(r, x, y); break;
        case 'V': y = a[0] + dy; add_op(r, PATH_LINE); add_point(r, x, y); break;
        case 'M':
            x0 = x = a[0] + dx, y0 = y = a[1] + dy;
            add_op(r, PATH_MOVE);
            add_point(r, x, y);
            command = relative ? 'l' : 'L';
            break;
        case 'L':
            x = a[0] + dx, y = a[1] + dy;
            add_op(r, PATH_LINE);
            add_point(r, x, y);
            break;
        case 'Q':
            add_op(r, PATH_CURVE);
            add_point(r, x + (a[0] + dx - x) * 2 / 3, y + (a[1] + dy - y) * 2 / 3);
            x = a[2] + dx, y = a[3] + dy;
            add_point(r, x + (a[0] + dx - x) * 2 / 3, y + (a[1] + dy - y) * 2 / 3);
            add_point(r, x, y);
            break;
        case 'C':
            add_op(r, PATH_CURVE);
            add_point(r, a[0] + dx, a[1] + dy);
            add_point(r, a[2] + dx, a[3] + dy);
            x = a[4] + dx, y = a[5] + dy;
            add_point(r, x, y);
            break;
        }
    }
}

static bool polygon(struct reader *r, const char *s, bool closed)
{
    double x, y;
    for (size_t n = 0; number(&s, &x) && number(&s, &y); n++) {
        add_op(r, n ? PATH_LINE : PATH_MOVE);
        add_point(r, x, y);
    }
    if (closed)
        add_op(r, PATH_CLOSE);
    return !*s;
}

static void rectangle(struct reader *r, double x, double y, double w, double h)
{
    const double corner[4][2] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    for (size_t i = 0; i < 4; i++) {
        add_op(r, i ? PATH_LINE : PATH_MOVE);
        add_point(r, corner[i][0], corner[i][1]);
    }
    add_op(r, PATH_CLOSE);
}

static void ellipse(struct reader *r, double cx, double cy, double rx, double ry)
{
    /* Four cubic arcs; the constant makes them leave the circle by at most 0.03 %. */
    const double k = 0.5522847498;
    const double cosine[4] = {1, 0, -1, 0}, sine[4] = {0, 1, 0, -1};

    add_op(r, PATH_MOVE);
    add_point(r, cx + rx, cy);
    for (int i = 0; i < 4; i++) {
        double c0 = cosine[i], s0 = sine[i], c1 = cosine[(i + 1) % 4], s1 = sine[(i + 1) % 4];
        add_op(r, PATH_CURVE);
        add_point(r, cx + rx * (c0 - k * s0), cy + ry * (s0 + k * c0));
        add_point(r, cx + rx * (c1 + k * s1), cy + ry * (s1 - k * c1));
        add_point(r, cx + rx * c1, cy + ry * s1);
    }
    add_op(r, PATH_CLOSE);
}

/* ---- shapes ---- */

static void give_tip(struct reader *r, struct shape *shape, const struct style *st)
{
    uint32_t n = st->fill.tip ? st->fill.tip : st->stroke.tip;

    shape->tip = st->tip;
    shape->href = st->href;
    if (!n)
        return;
    shape->tip = r->tips->tip[n - 1];
    if (r->tips->href)
        shape->href = r->tips->href[n - 1];
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

/* Ends the path in r->ops. One that nobody can see or point at is left out. */
static void end_path(struct reader *r)
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
    if (r->points.n) {
        check_colour(r, st->fill);
        check_colour(r, st->stroke);
    }
    give_tip(r, &shape, st);
    if (shape.fill_opacity <= 0)
        shape.fill = PAINT_none;
    if (r->points.n && (shape.fill != PAINT_none || shape.stroke != PAINT_none || shape.tip.n)) {
        shape.nops = r->ops.n;
        shape.op = copied(r->mem, r->ops.at, r->ops.n, sizeof *r->ops.at);
        shape.nxy = r->points.n / 2;
        shape.xy = copied(r->mem, r->points.at, r->points.n, sizeof *r->points.at);
        PUSH(r->mem, &r->shapes, shape);
    }
    r->ops.n = r->points.n = 0;
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
    give_tip(r, &shape, st);
    add_point(r, r->text_x, r->text_y);
    shape.xy = copied(r->mem, r->points.at, 2, sizeof *r->points.at);
    r->points.n = 0;
    if (str_trim(shape.text).n)
        PUSH(r->mem, &r->shapes, shape);
}

/* gnuplot's symbols, by their number, as the head of its SVG defines them. */
static bool symbol(struct reader *r, const char *href)
{
    static const struct {
        const char *path; /* NULL: a circle */
        bool filled;
    } symbols[] = {
        {"M-1,0 h2 M0,-1 v2", false},
        {"M-1,-1 L1,1 M1,-1 L-1,1", false},
        {"M-1,0 L1,0 M0,-1 L0,1 M-1,-1 L1,1 M-1,1 L1,-1", false},
        {"M-1,-1 h2 v2 h-2 z", false},
        {"M-1,-1 h2 v2 h-2 z", true},
        {NULL, false},
        {NULL, true},
        {"M0,-1.33 L-1.33,0.67 L1.33,0.67 z", false},
        {"M0,-1.33 L-1.33,0.67 L1.33,0.67 z", true},
        {"M0,1.33 L1.33,-0.67 L-1.33,-0.67 z", false},
        {"M0,1.33 L1.33,-0.67 L-1.33,-0.67 z", true},
        {"M0,-1.414 L1.414,0 L0,1.414 L-1.414,0 z", false},
        {"M0,-1.414 L1.414,0 L0,1.414 L-1.414,0 z", true},
        {"M0,1.330 L1.265,0.411 L0.782,-1.067 L-0.782,-1.076 L-1.265,0.411 z", false},
        {"M0,1.330 L1.265,0.411 L0.782,-1.067 L-0.782,-1.076 L-1.265,0.411 z", true},
    };
    struct style *st = top(r);

    if (!strcmp(href, "#gpDot")) {
        ellipse(r, 0, 0, 0.5, 0.5);
        st->fill = st->current;
        st->stroke = (struct colour){0};
        return true;
    }
    size_t n = strncmp(href, "#gpPt", 5) ? sizeof symbols : (size_t)number_of(href + 5);
    if (n >= sizeof symbols / sizeof *symbols)
        return false;
    bool filled = symbols[n].filled;
    st->fill = filled ? st->current : (struct colour){.tip = st->current.tip};
    st->stroke = filled ? (struct colour){0} : st->current;
    st->stroke_width = 0.296;
    if (symbols[n].path)
        return path_data(r, symbols[n].path);
    ellipse(r, 0, 0, 1, 1);
    return true;
}

/* ---- attributes ---- */

/* What describes a shape's place, to be used when all attributes are read. */
struct geometry {
    const char *d, *points, *href;
    double x, y, width, height, cx, cy, rx, ry;
};

static void dashes(struct reader *r, struct style *st, const char *s)
{
    double length;
    st->ndash = 0;
    if (!strcmp(s, "none"))
        return;
    const char *p = s;
    while (st->ndash < 4 && number(&p, &length))
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
        "id", "class", "xmlns", "xmlns:xlink", "viewBox", "shape-rendering", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "xlink:title", "xml:space", "version", "target",
        "font-style", "text-decoration", "patternUnits",
    };
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (!strcmp(name, idle[i]))
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
        if (!strcmp(name, plain[i].name)) {
            *plain[i].to = number_of(value);
            return true;
        }
    if (!strcmp(name, "r"))
        g->rx = g->ry = number_of(value);
    else if (!strcmp(name, "d"))
        g->d = value;
    else if (!strcmp(name, "points"))
        g->points = value;
    else if (!strcmp(name, "xlink:href"))
        g->href = value;
    else
        return false;
    return true;
}

static bool style_attribute(struct reader *r, struct style *st, const char *name, const char *value)
{
    if (!strcmp(name, "color"))
        st->current = colour_of(r, value);
    else if (!strcmp(name, "fill"))
        st->fill = colour_of(r, value);
    else if (!strcmp(name, "stroke"))
        st->stroke = colour_of(r, value);
    else if (!strcmp(name, "stroke-width"))
        st->stroke_width = number_of(value);
    else if (!strcmp(name, "stroke-dasharray"))
        dashes(r, st, value);
    else if (!strcmp(name, "fill-opacity") || !strcmp(name, "opacity"))
        st->fill_opacity = number_of(value);
    else if (!strcmp(name, "font-size"))
        st->size = number_of(value);
    else if (!strcmp(name, "font-family"))
        st->bold = strstr(value, "Bold") != NULL;
    else if (!strcmp(name, "font-weight"))
        st->bold = !strcmp(value, "bold");
    else if (!strcmp(name, "text-anchor"))
        st->anchor = !strcmp(value, "end")      ? ANCHOR_END
                     : !strcmp(value, "middle") ? ANCHOR_MIDDLE
                                                : ANCHOR_START;
    else if (!strcmp(name, "transform"))
        transform(r, st->m, value);
    else
        return false;
    return true;
}

/* currentColor depends on color, wherever that stands among the attributes: so it goes first. */
static void read_attributes(struct reader *r, const char **attribute, struct geometry *g)
{
    struct style *st = top(r);
    for (const char **a = attribute; *a; a += 2)
        if (!strcmp(a[0], "color"))
            st->current = colour_of(r, a[1]);
    for (const char **a = attribute; *a && !r->failed; a += 2)
        if (!style_attribute(r, st, a[0], a[1]) && !geometry_attribute(g, a[0], a[1]) &&
            !is_idle(a[0]))
            refuse(r, "attribute", a[0], S("draw without it"));
}

/* ---- elements ---- */

static void open_svg(struct reader *r, const struct geometry *g)
{
    r->width = g->width;
    r->height = g->height;
}

static void draw_path(struct reader *r, const struct geometry *g)
{
    if (!g->d || !path_data(r, g->d))
        refuse(r, "path", g->d ? g->d : "", S("use M, L, H, V, C, Q and Z"));
    end_path(r);
}

static void draw_polygon(struct reader *r, const struct geometry *g)
{
    if (!g->points || !polygon(r, g->points, true))
        refuse(r, "polygon", g->points ? g->points : "", S("give pairs of numbers"));
    end_path(r);
}

static void draw_polyline(struct reader *r, const struct geometry *g)
{
    if (!g->points || !polygon(r, g->points, false))
        refuse(r, "polyline", g->points ? g->points : "", S("give pairs of numbers"));
    end_path(r);
}

static void draw_rect(struct reader *r, const struct geometry *g)
{
    rectangle(r, g->x, g->y, g->width, g->height);
    end_path(r);
}

static void draw_ellipse(struct reader *r, const struct geometry *g)
{
    ellipse(r, g->cx, g->cy, g->rx, g->ry);
    end_path(r);
}

static void draw_use(struct reader *r, const struct geometry *g)
{
    if (!g->href || !symbol(r, g->href))
        refuse(r, "symbol", g->href ? g->href : "", S("use point types 1 to 15"));
    end_path(r);
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
    {"g", open_group},         {"path", draw_path},         {"use", draw_use},
    {"text", open_text},       {"polygon", draw_polygon},   {"rect", draw_rect},
    {"ellipse", draw_ellipse}, {"circle", draw_ellipse},    {"polyline", draw_polyline},
    {"tspan", open_group},     {"a", open_link},            {"svg", open_svg},
    {"title", NULL},           {"desc", NULL},              {"circle", draw_ellipse},
    {"filter", NULL},
};

/* Inside <defs> only hatchings matter: gnuplot makes one for each colour of a hatched box. */
static void open_definition(struct reader *r, const char *name, const char **attribute)
{
    for (const char **a = attribute; *a; a += 2) {
        if (!strcmp(name, "pattern") && !strcmp(a[0], "id") && !strncmp(a[1], "gpPat", 5))
            r->pattern = (size_t)number_of(a[1] + 5);
        if (r->pattern && !strcmp(name, "path") && !strcmp(a[0], "style")) {
            const char *stroke = strstr(a[1], "stroke:");
            struct colour c = stroke ? colour_of(r, stroke + strlen("stroke:")) : (struct colour){0};
            c.hatched = true;
            while (r->hatches.n < r->pattern && r->pattern <= MAX_HATCHES)
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
    if (!strcmp(name, "defs")) {
        r->skipped = 1;
        r->pattern = 0;
        return;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (strcmp(name, elements[i].name))
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

    if (r->skipped) {
        r->skipped--;
        return;
    }
    if (!strcmp(name, "text"))
        end_text(r);
    r->depth--;
}

static void on_text(void *arg, const char *s, int n)
{
    struct reader *r = arg;
    if (!r->skipped)
        buf_add(&r->text, (str){s, (size_t)n});
}

struct drawing *svg_read(struct arena *mem, str svg, const struct tips *tips, struct place at,
                         struct diags *diags)
{
    struct reader *r = NEW(mem, struct reader);
    *r = (struct reader){.mem = mem, .at = at, .diags = diags, .tips = tips};
    /* The initial values of SVG's properties. */
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
    if (svg.n > INT32_MAX || XML_Parse(r->xml, svg.p, (int)svg.n, 1) != XML_STATUS_OK)
        if (!r->failed) {
            r->failed = true;
            diags_add(diags, DIAG_SVG_SYNTAX, at,
                      str_of(XML_ErrorString(XML_GetErrorCode(r->xml))));
        }
    XML_ParserFree(r->xml);
    buf_clear(&r->text);
    if (r->failed)
        return NULL;

    struct drawing *d = NEW(mem, struct drawing);
    *d = (struct drawing){
        .width = r->width, .height = r->height, .shape = r->shapes.at, .nshapes = r->shapes.n};
    return d;
}

struct drawing *drawing_read_svg(struct arena *mem, str svg, struct place at, struct diags *diags)
{
    return svg_read(mem, svg, NULL, at, diags);
}
