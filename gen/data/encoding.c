#include "reading.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

/* A byte that no UTF-8 text holds stands for what could not be converted: so the row it is in can
 * be set aside, and the others be read. */
#define BROKEN '\xFF'

bool encoding_convert(struct arena *mem, str bytes, str encoding, str *text, size_t *nbroken)
{
    str name = arena_str(mem, encoding); /* NUL-ended for iconv */
    iconv_t converter = iconv_open("UTF-8", name.p);
    if (converter == (iconv_t)-1)
        return false;
    struct buf out = {0};
    char *in = (char *)bytes.p, piece[16 * 1024];
    size_t left = bytes.n, step = str_starts(encoding, S("UTF-16")) ? 2 : 1;
    *nbroken = 0;
    /* Behind the last byte once more, for what some encodings keep back: a letter that an accent
     * may follow. */
    for (bool ended = false; !ended;) {
        char *to = piece;
        size_t room = sizeof piece;
        ended = !left;
        size_t status = iconv(converter, ended ? NULL : &in, &left, &to, &room);
        int why = status == (size_t)-1 ? errno : 0;
        buf_add(&out, (str){piece, sizeof piece - room});
        if (why == EILSEQ || why == EINVAL) {
            size_t skipped = left < step ? left : step;
            buf_addc(&out, BROKEN);
            in += skipped;
            left -= skipped;
            ++*nbroken;
        }
    }
    iconv_close(converter);
    *text = arena_str(mem, buf_str(&out));
    buf_clear(&out);
    return true;
}

static str without_bom(str text)
{
    return str_starts(text, S("\xEF\xBB\xBF")) ? str_sub(text, 3, text.n) : text;
}

bool encoding_is_utf8_name(str encoding)
{
    return (encoding.n == 5 && strncasecmp(encoding.p, "utf-8", 5) == 0) ||
           (encoding.n == 4 && strncasecmp(encoding.p, "utf8", 4) == 0);
}

/* What the first bytes say: a byte order mark, or every second byte NUL. */
static str unicode_of(str bytes)
{
    size_t head = bytes.n < 4096 ? bytes.n & ~(size_t)1 : 4096, even = 0, odd = 0;
    if (str_starts(bytes, S("\xFF\xFE")))
        return S("UTF-16LE");
    if (str_starts(bytes, S("\xFE\xFF")))
        return S("UTF-16BE");
    for (size_t i = 0; i + 1 < head; i += 2) {
        even += bytes.p[i] == 0;
        odd += bytes.p[i + 1] == 0;
    }
    /* Few characters have a NUL for their other byte: 一. */
    if (odd * 4 > head && even * 8 <= odd)
        return S("UTF-16LE");
    if (even * 4 > head && odd * 8 <= even)
        return S("UTF-16BE");
    return (str){0};
}

/* A text with some broken bytes is still UTF-8 if most of what is not ASCII makes whole
 * characters. */
static bool is_mostly_utf8(str bytes)
{
    size_t broken = 0, beyond_ascii = 0, bad;
    for (size_t i = 0; i < bytes.n; i++)
        beyond_ascii += (unsigned char)bytes.p[i] >= 0x80;
    for (str rest = bytes; !utf8_valid(rest, &bad); rest = str_sub(rest, bad + 1, rest.n))
        if (++broken * 4 > beyond_ascii)
            return false;
    return true;
}

static bool guess_encoding(struct arena *mem, str file, str bytes, str language,
                           struct decoded *out, struct diags *diags)
{
    struct place at = {.file = file};
    size_t nbroken;
    str name = encoding_guess(mem, bytes, language);
    if (!str_is_set(name) || !encoding_convert(mem, bytes, name, &out->text, &nbroken) || nbroken)
        return diags_add(diags, DIAG_ENCODING_NONE, at, (str){0});
    out->encoding = name;
    diags_add(diags, DIAG_ENCODING_GUESSED, at, name);
    return true;
}

/* ---- an encoding that book.yaml names ---- */

static bool name_begins(str name, const char *with)
{
    size_t n = strlen(with);
    return name.n >= n && strncasecmp(name.p, with, n) == 0;
}

/* Encodings of two or four bytes a character. */
static bool is_wide(str encoding)
{
    return name_begins(encoding, "UTF-16") || name_begins(encoding, "UTF16") ||
           name_begins(encoding, "UTF-32") || name_begins(encoding, "UTF32") ||
           name_begins(encoding, "UCS");
}

/* Whether both name an order of bytes (UTF-16LE, UCS-2BE), and not the same. */
static bool other_order(str encoding, str unicode)
{
    char a = encoding.p[encoding.n - 2], b = unicode.p[unicode.n - 2];
    return str_ends(encoding, S("E")) && (a == 'L' || a == 'B') && a != b;
}

/* What the bytes must be instead of `encoding`; unset if they may be that. */
static str contradiction(struct arena *mem, str bytes, str encoding)
{
    str unicode = unicode_of(bytes);
    bool marked = str_starts(bytes, S("\xEF\xBB\xBF")), wide = is_wide(encoding);
    if (marked && !encoding_is_utf8_name(encoding))
        return S("UTF-8");
    if (unicode.n)
        return !wide || other_order(encoding, unicode) ? unicode : (str){0};
    if (!wide || !bytes.n || memchr(bytes.p, 0, bytes.n))
        return (str){0};
    return utf8_valid(bytes, NULL) ? S("UTF-8") : encoding_looks_like(mem, bytes);
}

size_t encoding_count_beyond_ascii(str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.n; i++)
        n += ((unsigned char)bytes.p[i] & 0xC0) == 0xC0;
    return n;
}

bool encoding_is_double(str encoding)
{
    static const char *const doubles[] = {"GB",   "BIG", "EUC",   "SHIFT",
                                          "SJIS", "CP9", "JOHAB", "UHC"};
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (name_begins(encoding, doubles[i]))
            return true;
    return false;
}

/* In encodings of two bytes a few characters may look like UTF-8 by chance. */
bool encoding_is_surely_utf8(size_t nchars, str encoding)
{
    return nchars >= (encoding_is_double(encoding) ? 4 : 1);
}

static bool surely_utf8(str bytes, str encoding)
{
    return encoding_is_surely_utf8(encoding_count_beyond_ascii(bytes), encoding) &&
           utf8_valid(bytes, NULL);
}

/* Says so where the file does not look like what book.yaml says, but may be that. */
static void note_doubt(struct arena *mem, str file, str bytes, const struct decoded *d,
                       struct diags *diags)
{
    str seen = {0};
    if (!encoding_is_utf8_name(d->encoding) && surely_utf8(bytes, d->encoding))
        seen = S("UTF-8");
    else if (d->broken && !(encoding_is_utf8_name(d->encoding) && is_mostly_utf8(bytes)))
        seen = encoding_looks_like(mem, bytes);
    if (str_is_set(seen) && !(seen.n == d->encoding.n && name_begins(seen, d->encoding.p)))
        diags_add(diags, DIAG_ENCODING_DOUBT, ((struct place){.file = file}), seen, d->encoding);
}

static bool named_encoding(struct arena *mem, str file, str bytes, str encoding,
                           struct decoded *out, struct diags *diags)
{
    struct place at = {.file = file};
    size_t nbroken;
    str unicode = unicode_of(bytes);
    bool unordered = encoding.n == 6 && name_begins(encoding, "UTF-16") && unicode.n;
    if (!encoding_convert(mem, bytes, unordered ? unicode : encoding, &out->text, &nbroken))
        return diags_add(diags, DIAG_ENCODING_UNKNOWN, at, encoding);
    out->text = without_bom(out->text);
    out->encoding = encoding;
    out->broken = nbroken > 0;
    return true;
}

/* As named_encoding, for one that book.yaml names: it may be wrong. */
static bool said_encoding(struct arena *mem, str file, str bytes, str encoding, struct decoded *out,
                          struct diags *diags)
{
    encoding = arena_str(mem, encoding);
    out->encoding = encoding;
    if (encoding_is_utf8_name(encoding))
        out->broken = !utf8_valid(out->text, NULL);
    else if (!named_encoding(mem, file, bytes, encoding, out, diags))
        return false;
    str seen = contradiction(mem, bytes, encoding);
    if (str_is_set(seen))
        return diags_add(diags, DIAG_ENCODING_WRONG, ((struct place){.file = file}), seen,
                         encoding);
    note_doubt(mem, file, bytes, out, diags);
    if (encoding_is_utf8_name(encoding))
        out->encoding = S("UTF-8");
    return true;
}

/* Excel's and Calc's own files: a zip archive, or a compound file of old Excel. */
static bool is_workbook(str bytes)
{
    return str_starts(bytes, S("PK\003\004")) || str_starts(bytes, S("\xD0\xCF\x11\xE0"));
}

bool encoding_to_utf8(struct arena *mem, str file, str bytes, str encoding, str language,
                      struct decoded *out, struct diags *diags)
{
    *out = (struct decoded){.text = without_bom(bytes), .encoding = S("UTF-8")};
    if (is_workbook(bytes))
        return diags_add(diags, DIAG_FILE_WORKBOOK, ((struct place){.file = file}), (str){0});
    if (str_is_set(encoding))
        return said_encoding(mem, file, bytes, encoding, out, diags);
    str unicode = unicode_of(bytes);
    if (str_is_set(unicode))
        return named_encoding(mem, file, bytes, unicode, out, diags);
    if (utf8_valid(out->text, NULL))
        return true;
    out->broken = is_mostly_utf8(out->text);
    return out->broken || guess_encoding(mem, file, bytes, language, out, diags);
}

/* ---- parts of a text ---- */

/* How many bytes become one character: of n ≤ 2 the first, or both; 0 if they are none, or only
 * begin one. What it is goes to c, as UTF-8. */
static size_t convert_char(iconv_t converter, const unsigned char *bytes, size_t n, char c[8])
{
    char *in = (char *)bytes, *to = c;
    size_t room = 8;
    iconv(converter, NULL, NULL, NULL, NULL);
    for (size_t taken = 1; taken <= n; taken++) {
        size_t left = taken;
        in = (char *)bytes;
        if (iconv(converter, &in, &left, &to, &room) != (size_t)-1 && left == 0 && to > c)
            return taken;
    }
    return 0;
}

static bool keeps_ascii(iconv_t converter)
{
    for (unsigned char byte = 1; byte < 128; byte++) {
        char c[8];
        if (convert_char(converter, &byte, 1, c) != 1 || c[0] != (char)byte)
            return false;
    }
    return true;
}

/* Whether a line end or a quote behind some byte is never the rest of a character. */
static bool keeps_ends(iconv_t converter)
{
    for (unsigned byte = 128; byte < 256; byte++)
        for (const char *end = "\n\r\""; *end; end++) {
            const unsigned char both[] = {(unsigned char)byte, (unsigned char)*end};
            char c[8];
            if (convert_char(converter, both, 2, c) == 2)
                return false;
        }
    return true;
}

bool encoding_is_cut_safely(str encoding)
{
    struct arena *mem = arena_new();
    iconv_t converter = iconv_open("UTF-8", arena_str(mem, encoding).p);
    bool known = converter != (iconv_t)-1,
         safe = known && keeps_ascii(converter) && keeps_ends(converter);
    if (known)
        iconv_close(converter);
    arena_free(mem);
    return safe;
}

bool encoding_may_be(struct arena *mem, str begin, str encoding)
{
    return !str_is_set(contradiction(mem, begin, encoding));
}

bool encoding_convert_part(struct arena *mem, str bytes, str encoding, str *text)
{
    size_t nbroken = 0, beyond = 0;
    for (size_t i = 0; i < bytes.n; i++)
        beyond += (unsigned char)bytes.p[i] >> 7;
    *text = bytes;
    return !beyond || (encoding_convert(mem, bytes, encoding, text, &nbroken) && !nbroken);
}

bool encoding_begins_utf8(str *text)
{
    if (unicode_of(*text).n)
        return false;
    *text = without_bom(*text);
    return true;
}
