#include "reading.h"

#include <uchardet.h>

/* What the bytes of a file that is neither UTF-8 nor UTF-16 may be. libuchardet counts letters, and
 * of three lines there are too few: "Peña" alone is Latvian to it. So where little is beyond ASCII
 * each encoding that people's programs write is tried, and the one is taken in which the text reads
 * most like words; of equals that of the book's language, then what libuchardet takes it for if
 * there is something to count, then Western. */

enum { MANY = 64, SOME = 4 }; /* bytes beyond ASCII */

static const struct {
    const char *encoding, *languages;
} known[] = {
    {"WINDOWS-1252", ""},
    {"WINDOWS-1250", "pl cs sk hu sl hr ro bs"},
    {"ISO-8859-2", ""},
    {"WINDOWS-1251", "ru uk be bg mk sr"},
    {"KOI8-U", ""},
    {"WINDOWS-1253", "el"},
    {"WINDOWS-1254", "tr az"},
    {"WINDOWS-1257", "lt lv et"},
    {"IBM850", ""},
    {"MACINTOSH", ""},
    {"BIG5", "zh-TW zh-HK zh-Hant"},
    {"GB18030", "zh"},
    {"CP932", "ja"},
    {"CP949", "ko"},
};
enum { KNOWN = sizeof known / sizeof *known, FIRST_FOR_ITS_LANGUAGE_ONLY = 10 };

static str head_of(str bytes)
{
    enum { HEAD = 1024 * 1024 };
    return str_sub(bytes, 0, bytes.n < HEAD ? bytes.n : HEAD);
}

/* As iconv calls it; unset if libuchardet cannot tell. */
str encoding_looks_like(struct arena *mem, str bytes)
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        die("out of memory for an encoding");
    uchardet_handle_data(detector, bytes.p, head_of(bytes).n);
    uchardet_data_end(detector);
    str name = arena_str(mem, str_of(uchardet_get_charset(detector)));
    uchardet_delete(detector);
    if (str_eq(name, S("ISO-8859-1"))) /* the same but for € “ ” –, as browsers take it too */
        name = S("WINDOWS-1252");
    return name.n && !str_eq(name, S("ASCII")) && !encoding_is_utf8_name(name) ? name : (str){0};
}

static bool is_beyond(char c)
{
    return (unsigned char)c >= 0x80;
}

static bool is_within(char c, unsigned from, unsigned to)
{
    return (unsigned char)c >= from && (unsigned char)c <= to;
}

static size_t count_beyond(str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.n; i++)
        n += is_beyond(bytes.p[i]);
    return n;
}

/* The lines with bytes beyond ASCII. */
static str lines_beyond(struct arena *mem, str bytes)
{
    struct buf b = {0};
    for (str rest = bytes; str_is_set(rest);) {
        str line = str_cut(&rest, '\n');
        if (count_beyond(line)) {
            buf_add(&b, line);
            buf_addc(&b, '\n');
        }
    }
    str lines = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return lines;
}

/* Whether all that is beyond ASCII are pairs of bytes that GB2312 has for signs and for the 3,755
 * commonest Chinese characters. Words of other scripts are capitals and small letters, which lie
 * from C0 on, so something has to lie below. */
static bool is_common_chinese(str bytes)
{
    bool below = false;
    for (size_t i = 0; i < bytes.n; i++) {
        if (!is_beyond(bytes.p[i]))
            continue;
        char second = i + 1 < bytes.n ? bytes.p[i + 1] : 0;
        bool sign = is_within(bytes.p[i], 0xA1, 0xA3);
        if (!(sign || is_within(bytes.p[i], 0xB0, 0xD7)) || !is_within(second, 0xA1, 0xFE))
            return false;
        below |= !sign && (is_within(bytes.p[i], 0xB0, 0xBF) || is_within(second, 0xA1, 0xBF));
        i++;
    }
    return below;
}

static bool speaks(const char *languages, str language)
{
    for (str rest = str_of(languages); str_is_set(rest) && language.n;) {
        str one = str_cut(&rest, ' ');
        if (one.n && str_starts(language, one) && (language.n == one.n || language.p[one.n] == '-'))
            return true;
    }
    return false;
}

/* The encoding of Windows in place of that of the standard, which has signs where it has more
 * letters. */
static str as_windows_has_it(str encoding)
{
    return str_eq(encoding, S("ISO-8859-2"))   ? S("WINDOWS-1250")
           : str_eq(encoding, S("ISO-8859-7")) ? S("WINDOWS-1253")
           : str_eq(encoding, S("ISO-8859-9")) ? S("WINDOWS-1254")
                                               : (str){0};
}

struct guess {
    str encoding;
    size_t odd; /* how little its text reads like words */
};

static void consider(struct arena *mem, struct guess *best, str lines, str encoding)
{
    str text;
    size_t nbroken;
    if (!encoding.n || !encoding_convert(mem, lines, encoding, &text, &nbroken) || nbroken)
        return;
    size_t odd = text_oddities(text);
    if (!str_is_set(best->encoding) || odd < best->odd)
        *best = (struct guess){encoding, odd};
}

static str guess_few(struct arena *mem, str bytes, str counted, str language)
{
    str lines = lines_beyond(mem, bytes);
    struct guess best = {0};
    for (size_t i = 0; i < KNOWN; i++)
        if (speaks(known[i].languages, language))
            consider(mem, &best, lines, str_of(known[i].encoding));
    if (!best.encoding.n && !encoding_is_double(counted) && is_common_chinese(lines))
        return S("GB18030");
    if (encoding_is_double(counted) || count_beyond(lines) >= SOME) {
        consider(mem, &best, lines, counted);
        consider(mem, &best, lines, as_windows_has_it(counted));
    }
    for (size_t i = 0; i < FIRST_FOR_ITS_LANGUAGE_ONLY; i++)
        consider(mem, &best, lines, str_of(known[i].encoding));
    /* Some encodings have a character for each byte. */
    bool noise = best.odd && (!counted.n || best.odd * 2 > count_beyond(lines));
    return noise ? (str){0} : best.encoding;
}

str encoding_guess(struct arena *mem, str bytes, str language)
{
    str head = head_of(bytes), counted = encoding_looks_like(mem, bytes);
    bool noise = memchr(head.p, 0, head.n) != NULL;
    if (noise || count_beyond(head) >= MANY)
        return counted;
    return guess_few(mem, head, counted, language);
}
