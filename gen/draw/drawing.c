#include "parts.h"

#include <string.h>

/* ---- colours ---- */

uint32_t paint_rgb(enum paint paint)
{
    return (uint32_t)paint << TIP_BITS;
}

bool paint_of_rgb(uint32_t rgb, enum paint *paint, uint32_t *tip)
{
    *tip = rgb & TIP_MAX;
    *paint = (enum paint)(rgb >> TIP_BITS);
    if (rgb == 0)
        *paint = PAINT_ink;
    if (rgb == 0xffffff)
        *paint = PAINT_ground, *tip = 0;
    return *paint <= PAINT_heat;
}

/* ---- text ---- */

/* Hundredths of an em for the printable ASCII characters, averaged over Noto Sans, Segoe UI, Arial
 * and Helvetica and rounded up. */
static const uint8_t ascii_width[95] = {
    28, 30, 41, 64, 57, 85, 72, 24, 34, 34, 54, 58, 28, 34, 28, 38, /* blank to / */
    58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 28, 28, 58, 58, 58, 46, /* 0 to ? */
    94, 66, 66, 66, 73, 58, 55, 74, 75, 31, 40, 65, 55, 91, 76, 78, /* @ to O */
    62, 78, 65, 58, 59, 74, 63, 93, 62, 60, 58, 34, 38, 34, 58, 48, /* P to _ */
    36, 57, 62, 49, 62, 57, 36, 62, 62, 27, 28, 55, 27, 93, 62, 61, /* ` to o */
    62, 62, 42, 49, 37, 62, 53, 78, 54, 53, 49, 38, 40, 38, 58,     /* p to ~ */
};

/* The bytes of the character at s.p; bad bytes count as one each. */
static size_t char_bytes(str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    return n < s.n ? n : s.n;
}

static double char_em(str character)
{
    unsigned char c = (unsigned char)character.p[0];
    if (c >= ' ' && c < 0x7f)
        return ascii_width[c - ' '] / 100.0;
    if (character.n >= 3 && text_width(character) == 2)
        return 1;
    return text_width(character) * 0.6;
}

double text_em(str text)
{
    double em = 0;
    while (text.n) {
        size_t n = char_bytes(text);
        em += char_em(str_sub(text, 0, n));
        text = str_sub(text, n, text.n);
    }
    return em;
}

str text_fit(struct arena *mem, str text, double em)
{
    const double dots = 1;
    em += 1e-6; /* room that was measured by this very text, in points and back, may be less by a
                   bit */

    if (text_em(text) <= em)
        return text;
    size_t kept = 0;
    for (double used = dots; kept < text.n;) {
        size_t n = char_bytes(str_sub(text, kept, text.n));
        used += char_em(str_sub(text, kept, kept + n));
        if (used > em)
            break;
        kept += n;
    }
    return arena_printf(mem, STR_FMT "\u2026", STR_ARG(str_trim(str_sub(text, 0, kept))));
}

/* ---- shapes of our own ---- */

/* Without control characters, which neither HTML nor PDF can hold; a line's end becomes a blank. */
static str clean(struct arena *mem, str text)
{
    size_t n = 0;
    text = arena_str(mem, text);
    char *p = (char *)(uintptr_t)text.p;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '\n' || c == '\t')
            p[n++] = ' ';
        else if (c >= ' ' && c != 0x7f)
            p[n++] = (char)c;
    }
    return (str){text.p, n};
}

struct shape shape_text(struct arena *mem, double x, double y, str text, double size,
                        enum paint paint, int anchor)
{
    struct shape s = {.kind = SHAPE_TEXT, .fill = paint, .fill_opacity = 1, .nxy = 1, .size = size};
    s.anchor = anchor;
    s.text = clean(mem, text);
    s.xy = NEW_ARRAY(mem, 2, double);
    s.xy[0] = x;
    /* The middle of digits and of most letters is 0.35 em above the line they stand on. */
    s.xy[1] = y + 0.35 * size;
    return s;
}

struct shape shape_path(struct arena *mem, size_t n, const double *xy, bool closed)
{
    struct shape s = {.kind = SHAPE_PATH, .fill_opacity = 1, .nops = n + closed, .nxy = n};
    s.op = NEW_ARRAY(mem, n + 1, uint8_t);
    s.xy = NEW_ARRAY(mem, 2 * n, double);
    for (size_t i = 0; i < n; i++)
        s.op[i] = i ? PATH_LINE : PATH_MOVE;
    s.op[n] = PATH_CLOSE;
    memcpy(s.xy, xy, 2 * n * sizeof *xy);
    return s;
}
