/* The only ways for bytes and text into a message. Whatever a value holds, it cannot end its line,
 * begin another header or part, or make a line longer than mail allows. */
#include "mail.h"

enum { LINE_MOST = 76 }; /* RFC 2045 and 2047; 78 is what RFC 5322 asks of other lines */

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* ---- bodies ---- */

static size_t encode64(char *to, const unsigned char *p, size_t n)
{
    char *at = to;
    for (; n > 2; n -= 3, p += 3) {
        unsigned bits = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
        *at++ = digits64[bits >> 18];
        *at++ = digits64[bits >> 12 & 63];
        *at++ = digits64[bits >> 6 & 63];
        *at++ = digits64[bits & 63];
    }
    if (n) {
        unsigned bits = (unsigned)p[0] << 16 | (n == 2 ? (unsigned)p[1] << 8 : 0);
        *at++ = digits64[bits >> 18];
        *at++ = digits64[bits >> 12 & 63];
        *at++ = n == 2 ? digits64[bits >> 6 & 63] : '=';
        *at++ = '=';
    }
    return (size_t)(at - to);
}

void mail_base64(struct buf *out, str bytes)
{
    enum { BYTES = LINE_MOST / 4 * 3 };
    char line[LINE_MOST + 2];
    for (size_t i = 0; i < bytes.n; i += BYTES) {
        str part = str_sub(bytes, i, i + BYTES);
        size_t n = encode64(line, (const unsigned char *)part.p, part.n);
        line[n] = '\r';
        line[n + 1] = '\n';
        buf_add(out, (str){line, n + 2});
    }
}

/* One line without its end. What programs on the way might change is written as digits: blanks at
 * the end, a dot or "From " at the beginning. */
static void quoted_line(struct buf *out, str line)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t column = 0;
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        bool last = i + 1 == line.n;
        bool plain = (c > 32 && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !last);
        if (i == 0 && (c == '.' || str_starts(line, S("From "))))
            plain = false;
        size_t wide = plain ? 1 : 3;
        if (column + wide > (last ? LINE_MOST : LINE_MOST - 1)) {
            buf_add(out, S("=\r\n"));
            column = 0;
        }
        if (plain)
            buf_addc(out, (char)c);
        else
            buf_add(out, (str){(char[]){'=', hex[c >> 4], hex[c & 15]}, 3});
        column += wide;
    }
}

void mail_quoted_printable(struct buf *out, str text)
{
    while (text.n) {
        str line = str_cut(&text, '\n');
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        quoted_line(out, line);
        buf_add(out, S("\r\n"));
    }
}

/* ---- headers ---- */

str mail_line(struct arena *mem, str text)
{
    struct buf b = {0};
    size_t n;
    for (size_t i = 0; i < text.n; i += n) {
        unsigned char c = (unsigned char)text.p[i];
        uint32_t wide = c;
        n = c < 0x80 ? 1 : char_decode(text, i, &wide);
        if (c < 0x20 || c == 0x7f)
            buf_addc(&b, ' ');
        else if (c < 0x80 || !char_unwanted(wide))
            buf_add(&b, str_sub(text, i, i + n));
    }
    str line = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return line;
}

/* Whether it can stand as it is: ASCII that nobody takes for encoded words, in words that can be
 * folded. */
static bool is_plain(str line, size_t longest)
{
    size_t word = 0;
    for (size_t i = 0; i < line.n; i++) {
        if ((unsigned char)line.p[i] >= 0x7f)
            return false;
        word = line.p[i] == ' ' ? 0 : word + 1;
        if (word > longest)
            return false;
    }
    return str_find(line, S("=?"), 0) == line.n;
}

/* Encoded words (RFC 2047), cut between characters, on lines of at most 76; returns the column
 * behind. */
static size_t encoded_words(struct buf *out, str line, size_t column)
{
    enum { AROUND = 12 }; /* =?UTF-8?B? and ?= */
    char word[LINE_MOST];
    for (size_t i = 0; i < line.n;) {
        size_t room = column + AROUND + 8 > LINE_MOST ? 0 : (LINE_MOST - column - AROUND) / 4 * 3;
        size_t end = i + room < line.n ? i + room : line.n;
        while (end > i && end < line.n && ((unsigned char)line.p[end] & 0xc0) == 0x80)
            end--;
        if (end > i) {
            size_t n = encode64(word, (const unsigned char *)line.p + i, end - i);
            buf_addf(out, "=?UTF-8?B?%.*s?=", (int)n, word);
            column += AROUND + n;
            i = end;
        }
        if (i < line.n) {
            buf_add(out, S("\r\n "));
            column = 1;
        }
    }
    return column;
}

/* Words of ASCII, folded at blanks. */
static size_t plain_words(struct buf *out, str line, size_t column)
{
    bool first = true;
    while (str_is_set(line)) {
        str word = str_cut(&line, ' ');
        if (!word.n)
            continue;
        if (!first && column + 1 + word.n > LINE_MOST) {
            buf_add(out, S("\r\n "));
            column = 1;
        } else if (!first) {
            buf_addc(out, ' ');
            column++;
        }
        buf_add(out, word);
        column += word.n;
        first = false;
    }
    return column;
}

void mail_header(struct buf *out, const char *name, str value)
{
    struct arena *mem = arena_new();
    str line = str_trim(mail_line(mem, value));
    buf_addf(out, "%s: ", name);
    size_t column = strlen(name) + 2;
    if (is_plain(line, 60))
        plain_words(out, line, column);
    else
        encoded_words(out, line, column);
    buf_add(out, S("\r\n"));
    arena_free(mem);
}

/* Whether a name is words that need no quotes (atoms of RFC 5322 and blanks). */
static bool is_atoms(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (strchr("()<>[]:;@\\,.\"", name.p[i]))
            return false;
    return true;
}

void mail_header_address(struct buf *out, const char *name, const struct mailbox *box)
{
    struct arena *mem = arena_new();
    str line = str_trim(mail_line(mem, box->name)), address = box->address;
    size_t column = strlen(name) + 2;

    buf_addf(out, "%s: ", name);
    if (line.n && !is_plain(line, 40)) {
        column = encoded_words(out, line, column);
    } else if (line.n && is_atoms(line)) {
        column = plain_words(out, line, column);
    } else if (line.n) {
        struct buf quoted = {0};
        buf_addc(&quoted, '"');
        for (size_t i = 0; i < line.n; i++) {
            if (line.p[i] == '"' || line.p[i] == '\\')
                buf_addc(&quoted, '\\');
            buf_addc(&quoted, line.p[i]);
        }
        buf_addc(&quoted, '"');
        column = plain_words(out, buf_str(&quoted), column);
        buf_clear(&quoted);
    }
    if (line.n && column + address.n + 3 > LINE_MOST)
        buf_add(out, S("\r\n "));
    else if (line.n)
        buf_addc(out, ' ');
    buf_addf(out, "<" STR_FMT ">\r\n", STR_ARG(address));
    arena_free(mem);
}

static bool is_attribute_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-_.~", c));
}

void mail_parameter(struct buf *out, const char *attribute, str name)
{
    enum { PART = 48 };
    struct buf coded = {0};
    bool plain = name.n <= PART;

    for (size_t i = 0; i < name.n; i++)
        plain = plain && is_attribute_char((unsigned char)name.p[i]);
    if (plain) {
        buf_addf(out, ";\r\n %s=\"" STR_FMT "\"", attribute, STR_ARG(name));
        return;
    }
    /* Continuations of RFC 2231, not cut within a percent sign's digits. */
    for (size_t i = 0, number = 0; i < name.n; number++) {
        buf_reset(&coded);
        for (; i < name.n && coded.n < PART; i++) {
            unsigned char c = (unsigned char)name.p[i];
            if (is_attribute_char(c))
                buf_addc(&coded, (char)c);
            else
                buf_addf(&coded, "%%%02X", c);
        }
        if (i == name.n && !number)
            buf_addf(out, ";\r\n %s*=UTF-8''", attribute);
        else
            buf_addf(out, ";\r\n %s*%zu*=%s", attribute, number, number ? "" : "UTF-8''");
        buf_add(out, buf_str(&coded));
    }
    buf_clear(&coded);
}

/* ---- addresses ---- */

static bool is_atom_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && c < 0x7f && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_dot_atom(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.' ? i == 0 || i + 1 == s.n || s.p[i - 1] == '.'
                          : !is_atom_char((unsigned char)s.p[i]))
            return false;
    return s.n > 0 && s.n <= 64;
}

/* Labels of letters, digits and hyphens. */
static bool is_domain(str s)
{
    size_t label = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool edge = i + 1 == s.n || s.p[i + 1] == '.';
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (c == '.' ? label == 0 || i + 1 == s.n : !letter && (c != '-' || label == 0 || edge))
            return false;
        label = c == '.' ? 0 : label + 1;
        if (label > 63)
            return false;
    }
    return s.n > 0 && s.n <= 253;
}

bool mail_address_valid(str address)
{
    size_t at = str_find(address, S("@"), 0);
    return at < address.n && address.n <= 254 && is_dot_atom(str_sub(address, 0, at)) &&
           is_domain(str_sub(address, at + 1, address.n));
}

str mail_domain(str address)
{
    return str_sub(address, str_find(address, S("@"), 0) + 1, address.n);
}

bool mailbox_read(struct arena *mem, str text, struct mailbox *box)
{
    text = str_trim(text);
    size_t open = str_find(text, S("<"), 0);
    if (open == text.n) {
        *box = (struct mailbox){.address = text};
        return mail_address_valid(text);
    }
    str name = str_trim(str_sub(text, 0, open));
    if (name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"')
        name = str_sub(name, 1, name.n - 1);
    *box = (struct mailbox){.name = str_trim(mail_line(mem, name))};
    if (text.p[text.n - 1] == '>')
        box->address = str_sub(text, open + 1, text.n - 1);
    return mail_address_valid(box->address);
}
