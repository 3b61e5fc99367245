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
