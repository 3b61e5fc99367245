#include "print.h"

#include <math.h>
#include <string.h>

/* printf's own machinery costs three times as much as what it writes, and pages are millions of
 * short pieces. So what they are made of is written here: %s %.*s %c %% %d %u %zu %lld %0Nd %x.
 * From the first other conversion on, the rest of the format is printf's. */

struct sink {
    char *p;
    size_t n, room; /* n goes on counting where there is no room */
};

static void put(struct sink *s, const char *p, size_t n)
{
    if (s->n < s->room) {
        size_t fits = s->room - s->n < n ? s->room - s->n : n;
        memcpy(s->p + s->n, p, fits);
    }
    s->n += n;
}

static void put_filled(struct sink *s, char c, size_t n)
{
    while (n-- > 0)
        put(s, &c, 1);
}

/* ---- numbers ---- */

str digits_of(char digits[DIGITS_ROOM], int64_t n, int decimals, bool cut)
{
    char *end = digits + DIGITS_ROOM, *p = end;
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

    for (; decimals > 0; decimals--, left /= 10)
        if (!cut || p < end || left % 10)
            *--p = (char)('0' + left % 10);
    if (p < end)
        *--p = '.';
    do
        *--p = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        *--p = '-';
    return (str){p, (size_t)(end - p)};
}

str digits_of_double(char digits[DIGITS_ROOM], double x, int significant)
{
    static const double power[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    double size = fabs(x);
    int whole = 0; /* digits before the point */

    while (whole < 18 && size >= power[whole])
        whole++;
    if (!isfinite(x) || whole > significant || (size != 0 && size < 0.1)) {
        int n = snprintf(digits, DIGITS_ROOM, "%.*g", significant, x);
        return (str){digits, (size_t)n};
    }
    int decimals = size == floor(size) ? 0 : significant - whole;
    return digits_of(digits, llround(x * power[decimals]), decimals, true);
}

static void put_unsigned(struct sink *s, uint64_t n)
{
    char digits[DIGITS_ROOM], *end = digits + sizeof digits, *p = end;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    put(s, p, (size_t)(end - p));
}

/* With zeros before it, if it is shorter than width. */
static void put_hex(struct sink *s, uint64_t n, const char *digit, size_t width)
{
    char digits[DIGITS_ROOM], *end = digits + sizeof digits, *p = end;
    do
        *--p = digit[n % 16];
    while (n /= 16);
    while ((size_t)(end - p) < width)
        *--p = '0';
    put(s, p, (size_t)(end - p));
}

/* Likewise. */
static void put_signed(struct sink *s, int64_t n, size_t width)
{
    char digits[DIGITS_ROOM];
    str number = digits_of(digits, n, 0, false);
    if (number.n < width) {
        if (n < 0)
            put(s, "-", 1);
        put_filled(s, '0', width - number.n);
        number = str_sub(number, n < 0, number.n);
    }
    put(s, number.p, number.n);
}

/* ---- conversions ---- */

/* What a conversion says between its % and its letter. */
struct spec {
    int width;  /* zeros before a whole number; 0: none asked for */
    bool slice; /* the next argument says how long the text is at most */
    enum { WORD_INT, WORD_SIZE, WORD_LONG_LONG } word;
    char letter;
    size_t length;
};

/* False if it is not one of ours. */
static bool read_spec(const char *p, struct spec *spec)
{
    const char *from = p;

    *spec = (struct spec){0};
    if (p[0] == '0' && p[1] >= '1' && p[1] <= '9') {
        spec->width = p[1] - '0';
        p += 2;
    } else if (p[0] == '.' && p[1] == '*') {
        spec->slice = true;
        p += 2;
    }
    if (p[0] == 'z') {
        spec->word = WORD_SIZE;
        p++;
    } else if (p[0] == 'l' && p[1] == 'l') {
        spec->word = WORD_LONG_LONG;
        p += 2;
    }
    spec->letter = *p;
    spec->length = (size_t)(p - from) + 1;
    switch (spec->letter) {
    case 's':
        return !spec->width && !spec->word;
    case 'd':
        return !spec->slice && spec->word != WORD_SIZE;
    case 'u':
        return !spec->slice && !spec->width;
    case 'x':
    case 'X':
        return !spec->slice && spec->word != WORD_SIZE;
    case 'c':
    case '%':
        return spec->length == 1;
    default:
        return false;
    }
}

/* Texts end at a zero byte, as with printf. */
static void put_slice(struct sink *s, int n, const char *text)
{
    put(s, text, n < 0 ? strlen(text) : strnlen(text, (size_t)n));
}

size_t print_to(char *to, size_t room, const char *format, va_list given)
{
    struct sink s = {to, 0, room};
    struct spec spec;
    va_list args;

    va_copy(args, given);
    for (;;) {
        const char *mark = strchrnul(format, '%');
        put(&s, format, (size_t)(mark - format));
        format = mark;
        if (!*mark || !read_spec(mark + 1, &spec))
            break;
        format += 1 + spec.length;
        if (spec.letter == 's') {
            int n = spec.slice ? va_arg(args, int) : -1;
            put_slice(&s, n, va_arg(args, const char *));
        } else if (spec.letter == 'd') {
            int64_t n = spec.word ? va_arg(args, long long) : va_arg(args, int);
            put_signed(&s, n, (size_t)spec.width);
        } else if (spec.letter == 'u') {
            put_unsigned(&s, spec.word == WORD_SIZE        ? va_arg(args, size_t)
                             : spec.word == WORD_LONG_LONG ? va_arg(args, unsigned long long)
                                                           : va_arg(args, unsigned));
        } else if (spec.letter == 'x' || spec.letter == 'X') {
            uint64_t n = spec.word ? va_arg(args, unsigned long long) : va_arg(args, unsigned);
            put_hex(&s, n, spec.letter == 'x' ? "0123456789abcdef" : "0123456789ABCDEF",
                    (size_t)spec.width);
        } else {
            char c = spec.letter == 'c' ? (char)va_arg(args, int) : '%';
            put(&s, &c, 1);
        }
    }
    if (*format) {
        bool full = s.n >= room;
        int n = vsnprintf(full ? NULL : to + s.n, full ? 0 : room - s.n, format, args);
        s.n += n > 0 ? (size_t)n : 0;
    } else if (room) {
        to[s.n < room ? s.n : room - 1] = '\0';
    }
    va_end(args);
    return s.n;
}
