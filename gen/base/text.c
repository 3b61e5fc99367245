#include "base.h"

#include <string.h>

#include <utf8proc.h>

bool utf8_valid(str s, size_t *bad_at)
{
    size_t i = 0;
    while (i < s.n) {
        /* Eight ASCII bytes at a time: nearly all of a CSV file. */
        uint64_t eight;
        if (s.n - i >= 8 && (memcpy(&eight, s.p + i, 8), !(eight & 0x8080808080808080u))) {
            i += 8;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
        if (n <= 0) {
            if (bad_at)
                *bad_at = i;
            return false;
        }
        i += (size_t)n;
    }
    return true;
}

/* The code point at *i, which moves on; U+FFFD for a byte that belongs to none. */
static utf8proc_int32_t next_char(str s, size_t *i)
{
    if ((unsigned char)s.p[*i] < 0x80)
        return s.p[(*i)++];
    utf8proc_int32_t c;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.p + *i, (utf8proc_ssize_t)(s.n - *i), &c);
    *i += n > 0 ? (size_t)n : 1;
    return n > 0 ? c : 0xFFFD;
}

int text_width(str s)
{
    int width = 0;
    for (size_t i = 0; i < s.n;) {
        utf8proc_int32_t c = next_char(s, &i);
        width += c >= ' ' && c < 0x7F ? 1 : utf8proc_charwidth(c);
    }
    return width;
}

/* In small letters, in mem; unset if not all of it is ASCII. */
static str ascii_folded(struct arena *mem, str s)
{
    char *p = arena_alloc(mem, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c & 0x80)
            return (str){0};
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return (str){p, s.n};
}

/* s under a utf8proc mapping that folds case, in mem; s itself if it is no valid UTF-8. */
static str mapped(struct arena *mem, str s, utf8proc_option_t options)
{
    str plain = ascii_folded(mem, s);
    if (plain.p)
        return plain;
    utf8proc_uint8_t *p = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)(s.p ? s.p : ""),
                                      (utf8proc_ssize_t)s.n, &p, options);
    if (n < 0)
        return s;
    str copy = arena_str(mem, (str){(const char *)p, (size_t)n});
    free(p);
    return copy;
}

str text_fold(struct arena *mem, str s)
{
    str folded = mapped(mem, str_trim(s), UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    char *out = arena_alloc(mem, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        bool blank = folded.p[i] == ' ' || folded.p[i] == '\t' || folded.p[i] == '\n';
        if (!blank || (n && out[n - 1] != ' '))
            out[n++] = blank ? ' ' : folded.p[i];
    }
    n -= n && out[n - 1] == ' '; /* of a no-break one, which is a blank only now */
    return (str){out, n};
}

static bool is_letter_or_digit(utf8proc_int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           category == UTF8PROC_CATEGORY_ND;
}

static bool is_letter(utf8proc_int32_t c)
{
    return is_letter_or_digit(c) && utf8proc_category(c) != UTF8PROC_CATEGORY_ND && c != 0xAA &&
           c != 0xBA; /* ª and º stand behind numbers */
}

/* Of a character beyond ASCII that is no letter, between its neighbours. */
static size_t oddity_of_sign(utf8proc_int32_t before, utf8proc_int32_t c, utf8proc_int32_t after)
{
    enum { APOSTROPHE = 0x2019, SOFT_HYPHEN = 0xAD, MIDDLE_DOT = 0xB7 };
    utf8proc_category_t category = utf8proc_category(c);
    bool pairs = category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
    if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CN ||
        category == UTF8PROC_CATEGORY_CO)
        return 3;
    if (c == APOSTROPHE || c == SOFT_HYPHEN || c == MIDDLE_DOT)
        return 0;
    if (is_letter(before) && is_letter(after))
        return 2;
    return !pairs && (is_letter(before) || is_letter(after));
}

/* A word so far: how many of its letters are ASCII, other Latin, and of scripts with capitals that
 * are not Latin. */
struct word {
    size_t nascii, nlatin, nother;
};

static size_t oddity_of_word(const struct word *w)
{
    size_t odd = (w->nascii || w->nlatin) && w->nother ? 2 : 0;
    return odd + (!w->nascii && w->nlatin > 1 ? 2 : 0);
}

static void add_letter(struct word *w, utf8proc_int32_t c)
{
    enum { LATIN_ENDS = 0x250 };
    w->nascii += c < 0x80;
    w->nlatin += c >= 0x80 && c < LATIN_ENDS;
    w->nother += c >= LATIN_ENDS;
}

size_t text_oddities(str s)
{
    size_t odd = 0;
    utf8proc_int32_t before = ' ', c = ' ';
    struct word word = {0};

    for (size_t i = 0; i < s.n || c != ' ';) {
        utf8proc_int32_t after = i < s.n ? next_char(s, &i) : ' ';
        if (is_letter(c)) {
            add_letter(&word, c);
            odd += c >= 0x80 && utf8proc_category(c) == UTF8PROC_CATEGORY_LU &&
                           utf8proc_category(before) == UTF8PROC_CATEGORY_LL
                       ? 2
                       : 0;
        } else {
            odd += c >= 0x80 ? oddity_of_sign(before, c, after) : 0;
            odd += oddity_of_word(&word);
            word = (struct word){0};
        }
        before = c;
        c = after;
    }
    return odd + oddity_of_word(&word);
}

/* Letters that Unicode does not decompose, though readers take them for these. */
static const char *latin_of(utf8proc_int32_t c)
{
    switch (c) {
    case 0x00DF:
        return "ss";
    case 0x00E6:
        return "ae";
    case 0x00F0:
        return "d";
    case 0x00F8:
        return "o";
    case 0x00FE:
        return "th";
    case 0x0111:
        return "d";
    case 0x0131:
        return "i";
    case 0x0142:
        return "l";
    case 0x0153:
        return "oe";
    }
    return NULL;
}

str text_bare(struct arena *mem, str s)
{
    str plain = mapped(
        mem, s, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    struct buf b = {0};
    for (size_t i = 0; i < plain.n;) {
        size_t from = i;
        utf8proc_int32_t c = next_char(plain, &i);
        const char *latin = latin_of(c);
        if (latin)
            buf_add(&b, str_of(latin));
        else if (is_letter_or_digit(c))
            buf_add(&b, str_sub(plain, from, i));
    }
    str bare = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return bare;
}

/* A file name has at most 255 bytes; what is longer is cut at a character and told apart by
 * hash. */
enum { SLUG_MAX = 80 };

str path_slug(struct arena *mem, str s)
{
    str plain = mapped(
        mem, s, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    struct buf b = {0};
    for (size_t i = 0; i < plain.n;) {
        size_t from = i;
        utf8proc_int32_t c = next_char(plain, &i);
        const char *latin = latin_of(c);
        if (latin)
            buf_add(&b, str_of(latin));
        else if (is_letter_or_digit(c))
            buf_add(&b, str_sub(plain, from, i));
        else if (b.n && b.p[b.n - 1] != '-')
            buf_addc(&b, '-');
        if (b.n > SLUG_MAX)
            break;
    }
    bool is_cut = b.n > SLUG_MAX;
    while (b.n && b.p[b.n - 1] == '-')
        b.n--;
    str slug = b.n == 0 ? S("x")
               : is_cut ? arena_printf(mem, STR_FMT "-%08llx", STR_ARG(buf_str(&b)),
                                       (unsigned long long)(hash_str(s) >> 32))
                        : arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return slug;
}

str path_stem(struct arena *mem, str s)
{
    static const str devices[] = {
        S("con"),  S("prn"),  S("aux"),  S("nul"),  S("com1"), S("com2"), S("com3"), S("com4"),
        S("com5"), S("com6"), S("com7"), S("com8"), S("com9"), S("lpt1"), S("lpt2"), S("lpt3"),
        S("lpt4"), S("lpt5"), S("lpt6"), S("lpt7"), S("lpt8"), S("lpt9"),
    };
    str slug = path_slug(mem, s);
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (str_eq(slug, devices[i]))
            return arena_printf(mem, "x-" STR_FMT, STR_ARG(slug));
    return slug;
}

/* Levenshtein's distance over bytes, with two neighbours swapped as one step (optimal string
 * alignment); `most` + 1 if it is more than most. */
static size_t edit_distance(str a, str b, size_t most)
{
    enum { LONGEST = 64 };
    size_t earlier[LONGEST + 1] = {0}, before[LONGEST + 1], row[LONGEST + 1];

    if (a.n > LONGEST || b.n > LONGEST || (a.n > b.n ? a.n - b.n : b.n - a.n) > most)
        return most + 1;
    for (size_t j = 0; j <= b.n; j++)
        before[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (before[j] + 1 < best)
                best = before[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            row[j] = best;
        }
        memcpy(earlier, before, (b.n + 1) * sizeof *row);
        memcpy(before, row, (b.n + 1) * sizeof *row);
    }
    return before[b.n];
}

/* "Order ID" and "order_id" are near whatever their length: letters and digits alone, lower
 * case. */
static size_t bare_name(str s, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < size; i++) {
        char c = s.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80))
            out[n++] = c;
    }
    return n;
}

str text_nearest(str word, const str *candidates, size_t n)
{
    char bare[128], other[128];
    str nearest = {0};
    str a = {bare, bare_name(word, bare, sizeof bare)};
    size_t best = (a.n + 2) / 3;

    for (size_t i = 0; i < n; i++) {
        str b = {other, bare_name(candidates[i], other, sizeof other)};
        size_t distance = edit_distance(a, b, best);
        if (distance < best || (distance == best && !nearest.p)) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

/* What goes into JSON by its number: controls, marks that turn the direction of writing, what could
 * end a script or a line of it, and what stands for a byte that is no character. */
static bool is_numbered(utf8proc_int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == '<' || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFFFD;
}

void json_text(struct buf *out, str text)
{
    size_t kept = 0; /* text[kept … at) goes out as it is */

    buf_addc(out, '"');
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        utf8proc_int32_t c = next_char(text, &i);
        bool marked = c == '"' || c == '\\';
        if (!marked && !is_numbered(c))
            continue;
        buf_add(out, str_sub(text, kept, at));
        kept = i;
        if (marked)
            buf_addf(out, "\\%c", (char)c);
        else if (c == '\n')
            buf_add(out, S("\\n"));
        else
            buf_addf(out, "\\u%04x", (unsigned)c);
    }
    buf_add(out, str_sub(text, kept, text.n));
    buf_addc(out, '"');
}

str text_head(str text, size_t most)
{
    size_t end = text.n;
    if (end > most)
        for (end = most; end > 0 && ((unsigned char)text.p[end] & 0xC0) == 0x80;)
            end--;
    return str_sub(text, 0, end);
}

str text_plural(str words, bool one)
{
    str rest = words, first = str_cut(&rest, '|');
    return one || !rest.p ? first : rest;
}
