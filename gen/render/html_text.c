#include "html.h"

/* What comes from data enters HTML here only. */

/* U+0080 … U+009F, the marks that turn the direction of writing (a name could turn round what
 * stands beside it) and the code points that are no characters. */
bool char_unwanted(uint32_t c)
{
    return (c >= 0x80 && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

size_t char_decode(str s, size_t i, uint32_t *c)
{
    unsigned char lead = (unsigned char)s.p[i];
    size_t n = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    *c = lead & (0xffu >> (n + 1));
    for (size_t k = 1; k < n && i + k < s.n; k++)
        *c = *c << 6 | ((unsigned char)s.p[i + k] & 0x3f);
    return n;
}

static str escaped(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return (str){0};
    }
}

/* Of ASCII, a bit each: what does not go out as it is. */
static bool is_marked(unsigned char c)
{
    static const uint64_t marked[2] = {
        (0xffffffff & ~(1ull << '\n' | 1ull << '\t')) | 1ull << '&' | 1ull << '<' | 1ull << '>' |
            1ull << '"' | 1ull << '\'',
        1ull << (0x7f - 64),
    };
    return marked[c / 64] >> c % 64 & 1;
}

void html_text(struct buf *out, str text)
{
    size_t kept = 0, i = 0; /* text[kept … i) goes out as it is */

    while (i < text.n) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x80 && !is_marked(c)) {
            i++;
            continue;
        }
        uint32_t wide = 0;
        size_t n = c < 0x80 ? 1 : char_decode(text, i, &wide);
        str entity = escaped(text.p[i]);
        bool dropped = c < 0x80 ? !entity.n : char_unwanted(wide);
        if (dropped || entity.n) {
            buf_add(out, str_sub(text, kept, i));
            buf_add(out, entity);
            kept = i + n;
        }
        i += n;
    }
    buf_add(out, str_sub(text, kept, text.n));
}

void html_open_attribute(struct buf *out, const char *name)
{
    buf_addc(out, ' ');
    buf_add(out, str_of(name));
    buf_add(out, S("=\""));
}

void html_attribute(struct buf *out, const char *name, str text)
{
    html_open_attribute(out, name);
    html_text(out, text);
    buf_addc(out, '"');
}

bool html_may_lead(str address)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_starts(address, str_of(schemes[i])))
            return true;
    return false;
}

bool html_link(struct html *h, str address, bool outside)
{
    if (outside && !html_may_lead(address))
        return false;
    PUT(h, "<a href=\"");
    /* A colon in the first part of an address of ours would make a scheme of it. */
    if (!outside)
        buf_add(h->out, h->root.n || str_find(address, S(":"), 0) == address.n ? h->root : S("./"));
    html_text(h->out, address);
    PUT(h, "\"");
    if (outside)
        PUT(h, " rel=\"noreferrer\"");
    return true;
}
