#include "svg.h"

#include <math.h>
#include <string.h>

/* ---- numbers ---- */

static void skip_blanks(const char **p)
{
    while (**p == ' ' || **p == ',' || **p == '\n' || **p == '\t')
        (*p)++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "e-05" behind a number: the power of ten, with the text moved behind it. */
static double power_of(const char **p)
{
    const char *s = *p;
    if (*s != 'e' || (s[1] != '-' && s[1] != '+') || !is_digit(s[2]))
        return 1;
    int power = 0;
    for (s += 2; is_digit(*s) && power < 100; s++)
        power = power * 10 + (*s - '0');
    power = (*p)[1] == '-' ? -power : power;
    *p = s;
    return pow(10, power);
}

/* The numbers of gnuplot and Graphviz are short decimals; a general conversion would be slow. */
bool svg_read_number(const char **p, double *x)
{
    skip_blanks(p);
    const char *s = *p;
    bool negative = *s == '-';
    s += *s == '-' || *s == '+';
    const char *first = s;
    double value = 0, unit = 1;
    for (; is_digit(*s); s++)
        value = value * 10 + (*s - '0');
    if (*s == '.')
        for (s++; is_digit(*s); s++)
            value = value * 10 + (*s - '0'), unit *= 10;
    if (s == first)
        return false;
    value = value / unit * power_of(&s);
    skip_blanks(&s);
    *x = negative ? -value : value;
    *p = s;
    return isfinite(value);
}

double svg_read_decimal(const char *s)
{
    double x = 0;
    return svg_read_number(&s, &x) ? x : 0;
}

/* ---- transforms ---- */

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

bool svg_transform(double m[6], const char *s)
{
    while (*s) {
        const char *open = strchr(s, '(');
        double x = 0, y = 0;
        if (!open)
            return false;
        const char *q = open + 1;
        svg_read_number(&q, &x);
        bool two = svg_read_number(&q, &y);
        if (*q != ')')
            return false;
        if (!strncmp(s, "translate", 9)) {
            multiply(m, (double[6]){1, 0, 0, 1, x, y});
        } else if (!strncmp(s, "scale", 5)) {
            multiply(m, (double[6]){x, 0, 0, two ? y : x, 0, 0});
        } else if (!strncmp(s, "rotate", 6)) {
            double a = x * M_PI / 180;
            multiply(m, (double[6]){cos(a), sin(a), -sin(a), cos(a), 0, 0});
        } else {
            return false;
        }
        for (s = q + 1; *s == ' ';)
            s++;
    }
    return true;
}

/* ---- parts of paths ---- */

void outline_point(struct outline *o, double x, double y)
{
    const double *m = o->m;
    PUSH(o->mem, &o->points, m[0] * x + m[2] * y + m[4]);
    PUSH(o->mem, &o->points, m[1] * x + m[3] * y + m[5]);
}

static void add_op(struct outline *o, enum path_op op)
{
    PUSH(o->mem, &o->ops, (uint8_t)op);
}

static void line_to(struct outline *o, double x, double y)
{
    add_op(o, PATH_LINE);
    outline_point(o, x, y);
}

static void curve_to(struct outline *o, double x1, double y1, double x2, double y2, double x,
                     double y)
{
    add_op(o, PATH_CURVE);
    outline_point(o, x1, y1);
    outline_point(o, x2, y2);
    outline_point(o, x, y);
}

/* Where path data have come to: the last point, and the one to which a close goes back. */
struct pen {
    double x, y, x0, y0;
};

/* How many numbers a command takes; -1 if there is none of that name. */
static int nnumbers(char command)
{
    switch (command & ~0x20) {
    case 'Z':
        return 0;
    case 'H':
    case 'V':
        return 1;
    case 'M':
    case 'L':
        return 2;
    case 'Q':
        return 4;
    case 'C':
        return 6;
    default:
        return -1;
    }
}

/* One command with its numbers, which are absolute already. */
static void draw(struct outline *o, struct pen *pen, char command, const double *a)
{
    double x = pen->x, y = pen->y;

    switch (command) {
    case 'Z':
        add_op(o, PATH_CLOSE);
        pen->x = pen->x0;
        pen->y = pen->y0;
        return;
    case 'M':
        add_op(o, PATH_MOVE);
        outline_point(o, a[0], a[1]);
        pen->x0 = pen->x = a[0];
        pen->y0 = pen->y = a[1];
        return;
    case 'H':
        line_to(o, pen->x = a[0], y);
        return;
    case 'V':
        line_to(o, x, pen->y = a[0]);
        return;
    case 'L':
        line_to(o, pen->x = a[0], pen->y = a[1]);
        return;
    case 'Q': /* a third of the way from the control point is the cubic's */
        curve_to(o, x + (a[0] - x) * 2 / 3, y + (a[1] - y) * 2 / 3, a[2] + (a[0] - a[2]) * 2 / 3,
                 a[3] + (a[1] - a[3]) * 2 / 3, pen->x = a[2], pen->y = a[3]);
        return;
    case 'C':
        curve_to(o, a[0], a[1], a[2], a[3], pen->x = a[4], pen->y = a[5]);
        return;
    }
}

bool outline_path(struct outline *o, const char *data)
{
    struct pen pen = {0};
    char command = 0;
    double a[6];

    for (skip_blanks(&data); *data; skip_blanks(&data)) {
        if ((*data | 0x20) >= 'a' && (*data | 0x20) <= 'z')
            command = *data++;
        int n = nnumbers(command);
        bool relative = command >= 'a';
        for (int i = 0; i < n; i++) {
            if (!svg_read_number(&data, &a[i]))
                return false;
            bool is_y = n == 1 ? (command & ~0x20) == 'V' : i % 2;
            a[i] += !relative ? 0 : is_y ? pen.y : pen.x;
        }
        if (n < 0)
            return false;
        draw(o, &pen, (char)(command & ~0x20), a);
        /* Further pairs behind a move are lines; behind a close there has to be a command. */
        if (command == 'M' || command == 'm')
            command = command == 'M' ? 'L' : 'l';
        else if (n == 0)
            command = 0;
    }
    return true;
}

bool outline_polygon(struct outline *o, const char *points, bool closed)
{
    double x, y;
    for (size_t n = 0; svg_read_number(&points, &x) && svg_read_number(&points, &y); n++) {
        add_op(o, n ? PATH_LINE : PATH_MOVE);
        outline_point(o, x, y);
    }
    if (closed)
        add_op(o, PATH_CLOSE);
    return !*points;
}

void outline_rect(struct outline *o, double x, double y, double w, double h)
{
    add_op(o, PATH_MOVE);
    outline_point(o, x, y);
    line_to(o, x + w, y);
    line_to(o, x + w, y + h);
    line_to(o, x, y + h);
    add_op(o, PATH_CLOSE);
}

void outline_ellipse(struct outline *o, double cx, double cy, double rx, double ry)
{
    /* Four cubic arcs; with this constant they leave the ellipse by at most 0.03 %. */
    const double k = 0.5522847498;
    const double cosine[5] = {1, 0, -1, 0, 1}, sine[5] = {0, 1, 0, -1, 0};

    add_op(o, PATH_MOVE);
    outline_point(o, cx + rx, cy);
    for (int i = 0; i < 4; i++) {
        double c0 = cosine[i], s0 = sine[i], c1 = cosine[i + 1], s1 = sine[i + 1];
        curve_to(o, cx + rx * (c0 - k * s0), cy + ry * (s0 + k * c0), cx + rx * (c1 + k * s1),
                 cy + ry * (s1 - k * c1), cx + rx * c1, cy + ry * s1);
    }
    add_op(o, PATH_CLOSE);
}

bool outline_symbol(struct outline *o, size_t number, bool *filled)
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
    if (number >= sizeof symbols / sizeof *symbols)
        return false;
    *filled = symbols[number].filled;
    if (symbols[number].path)
        return outline_path(o, symbols[number].path);
    outline_ellipse(o, 0, 0, 1, 1);
    return true;
}
