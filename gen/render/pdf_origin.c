/* What a PDF says of what it was made of, so that anybody who has the book can tell whether it
 * gives this file: properties of our own in its metadata, which lies in the file uncompressed. The
 * last of them is a digest of the whole file, in which its own digits count as zeros. */
#include "pdf_private.h"

#ifndef SALESBOOK_SOURCES
#define SALESBOOK_SOURCES                                                                          \
    "0000000000000000" /* by whoever compiles this file alone, to check it                         \
                        */
#endif

#define NO_DIGEST "00000000000000000000000000000000"
enum { DIGITS = sizeof NO_DIGEST - 1 };

/* Each property, and what the metadata has to say about it, for PDF/A knows none of them. */
#define PROPERTIES(X)                                                                              \
    X(book, "Folder of the book")                                                                  \
    X(report, "Name of the report or page")                                                        \
    X(address, "Place of the file among those of its book")                                        \
    X(audience, "Whom it was made for")                                                            \
    X(as_of, "Day as of which the book was seen")                                                  \
    X(rows, "Hashes of the rows that its queries read, by place")                                  \
    X(templates, "Hash of its templates")                                                          \
    X(settings, "Hash of what the book says of itself")                                            \
    X(generator, "Hash of the program's sources")                                                  \
    X(key, "Hash of all these")                                                                    \
    X(digest, "Hash of the whole file")

str program_sources(void)
{
    return S(SALESBOOK_SOURCES);
}

static str hex_of(struct arena *mem, struct hasher *h)
{
    return hash128_hex(mem, hasher_end(h));
}

/* "templates/reports/monthly.md 12:1f0c… 20:…; templates/systems/…": eight digits a query. */
static str rows_text(struct pdf *pdf)
{
    const struct document *d = pdf->document;
    struct buf out = {0};
    for (size_t i = 0; i < d->readings.n; i++) {
        const struct made_of *r = &d->readings.at[i];
        if (!i || !str_eq(r->path, d->readings.at[i - 1].path)) {
            buf_add(&out, i ? S("; ") : S(""));
            for (size_t k = 0; k < r->path.n; k++)
                buf_addc(&out, strchr("; \n", r->path.p[k]) ? '_' : r->path.p[k]);
        }
        buf_addf(&out, " %d:%08x", r->line, (unsigned)(r->rows.high >> 32));
    }
    str text = arena_str(pdf->mem, buf_str(&out));
    buf_clear(&out);
    return text;
}

static str templates_text(struct pdf *pdf)
{
    struct hasher *h = hasher_new(pdf->mem);
    struct hash128 part[] = {pdf->document->templates, pdf->site->charts};
    hasher_add(h, (str){(const char *)part, sizeof part});
    return hex_of(pdf->mem, h);
}

static str settings_text(struct pdf *pdf)
{
    const struct language *lang = pdf->site->lang;
    const str said[] = {pdf->site->title, lang->tag, lang->currency, lang->thousands,
                        lang->decimal};
    struct hasher *h = hasher_new(pdf->mem);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        hasher_add(h, said[i]);
    hasher_add(h, arena_printf(pdf->mem, "%d", lang->money_decimals));
    return hex_of(pdf->mem, h);
}

static str key_of(struct pdf *pdf, const struct pdf_origin *o)
{
    struct hasher *h = hasher_new(pdf->mem);
    const struct document *d = pdf->document;
    const str said[] = {o->report,    o->address,  o->audience, o->as_of,
                        o->templates, o->settings, o->generator};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        hasher_add(h, said[i]);
    for (size_t i = 0; i < d->readings.n; i++)
        hasher_add(h, (str){(const char *)&d->readings.at[i].rows, sizeof d->readings.at[i].rows});
    return hex_of(pdf->mem, h);
}

static struct pdf_origin origin_of(struct pdf *pdf)
{
    const struct document *d = pdf->document;
    struct pdf_origin o = {
        .book = pdf->site->book,
        .report = d->kind,
        .address = d->address,
        .audience = d->audience,
        .as_of = day_iso(pdf->mem, pdf->site->as_of),
        .rows = rows_text(pdf),
        .templates = templates_text(pdf),
        .settings = settings_text(pdf),
        .generator = program_sources(),
        .digest = S(NO_DIGEST),
    };
    o.key = key_of(pdf, &o);
    return o;
}

void origin_put(struct buf *out, struct pdf *pdf)
{
    struct pdf_origin o = origin_of(pdf);
#define X(name, meaning)                                                                           \
    buf_add(out, S("<salesbook:" #name ">"));                                                      \
    pdf_put_xml(out, o.name);                                                                      \
    buf_add(out, S("</salesbook:" #name ">\n"));
    PROPERTIES(X)
#undef X
}

void origin_put_schema(struct buf *out)
{
    buf_add(out, S("<rdf:li rdf:parseType=\"Resource\">\n"
                   "<pdfaSchema:schema>Origin of a salesbook report</pdfaSchema:schema>\n"
                   "<pdfaSchema:namespaceURI>" ORIGIN_NAMESPACE "</pdfaSchema:namespaceURI>\n"
                   "<pdfaSchema:prefix>salesbook</pdfaSchema:prefix>\n"
                   "<pdfaSchema:property><rdf:Seq>\n"));
#define X(name, meaning)                                                                           \
    buf_add(out,                                                                                   \
            S("<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>" #name                       \
              "</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>"          \
              "<pdfaProperty:category>internal</pdfaProperty:category>"                            \
              "<pdfaProperty:description>" meaning "</pdfaProperty:description></rdf:li>\n"));
    PROPERTIES(X)
#undef X
    buf_add(out, S("</rdf:Seq></pdfaSchema:property>\n</rdf:li>"));
}

/* ---- the digest ---- */

static const str digest_begins = S("<salesbook:digest>");

/* Where the digits of the digest stand in a file, or its length. */
static size_t digest_at(str file)
{
    size_t at = str_find(file, digest_begins, 0) + digest_begins.n;
    return at + DIGITS <= file.n ? at : file.n;
}

static str digest_of(struct arena *mem, str file, size_t at)
{
    struct hasher *h = hasher_new(mem);
    hasher_add(h, str_sub(file, 0, at));
    hasher_add(h, S(NO_DIGEST));
    hasher_add(h, str_sub(file, at + DIGITS, file.n));
    return hash128_hex(mem, hasher_end(h));
}

void origin_seal(struct pdf *pdf, char *file, size_t n)
{
    str written = {file, n};
    size_t at = digest_at(written);
    if (at < n)
        memcpy(file + at, digest_of(pdf->mem, written, at).p, DIGITS);
}

/* ---- reading it again ---- */

/* A text as pdf_put_xml has written it. */
static str plain_of(struct arena *mem, str text)
{
    static const struct {
        str written;
        char plain;
    } escape[] = {{S("&amp;"), '&'}, {S("&lt;"), '<'}, {S("&gt;"), '>'}};
    enum { ESCAPES = sizeof escape / sizeof *escape };
    char *out = arena_alloc(mem, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        size_t e = 0;
        while (e < ESCAPES && !str_starts(str_sub(text, i, text.n), escape[e].written))
            e++;
        out[n++] = e < ESCAPES ? escape[e].plain : text.p[i];
        i += e < ESCAPES ? escape[e].written.n : 1;
    }
    return (str){out, n};
}

/* Unset if the file does not say it, or not as UTF-8. */
static str property(struct arena *mem, str file, str begin, str end)
{
    size_t from = str_find(file, begin, 0);
    if (from == file.n)
        return (str){0};
    size_t to = str_find(file, end, from);
    str text = str_sub(file, from + begin.n, to);
    return to < file.n && utf8_valid(text, NULL) ? plain_of(mem, text) : (str){0};
}

bool pdf_origin_read(struct arena *mem, str file, struct pdf_origin *o)
{
    /* "salesbook" as libharu writes the program's name into the information of a file. */
    static const str creator = S("<FEFF00730061006C006500730062006F006F006B");
    *o = (struct pdf_origin){0};
    if (!str_starts(file, S("%PDF-")))
        return false;
    /* Only what stands in the metadata counts. */
    str metadata = str_sub(file, str_find(file, S(ORIGIN_NAMESPACE), 0), file.n);
    bool all = true;
#define X(name, meaning)                                                                           \
    o->name = property(mem, metadata, S("<salesbook:" #name ">"), S("</salesbook:" #name ">"));    \
    all = all && str_is_set(o->name);
    PROPERTIES(X)
#undef X
    size_t at = digest_at(file);
    o->whole = all && at < file.n && str_eq(o->digest, digest_of(mem, file, at));
    return metadata.n || str_find(file, creator, 0) < file.n;
}
