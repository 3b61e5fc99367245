/* What makes a report last and be read aloud (PDF/A-2b, PDF/UA-1): what the file says about itself,
 * in the two places that have to agree; what its colours mean; an identifier. libharu's own writer
 * of such things misspells keys and escapes nothing, so they are made of its objects here. */
#include "pdf_font.h"
#include "pdf_private.h"

/* ---- what the file says about itself ---- */

/* The standards want the same text in the information dictionary and in the metadata. */
struct about {
    str title, author, language, date, producer; /* date: "2026-10-31T00:00:00Z" */
};

void pdf_put_xml(struct buf *out, str text)
{
    for (size_t i = 0, n; i < text.n; i += n) {
        utf8proc_int32_t c = font_char_at(text, i, &n);
        if (c == 0xFFFD)
            buf_add(out, S("\uFFFD"));
        else if (c == '&')
            buf_add(out, S("&amp;"));
        else if (c == '<')
            buf_add(out, S("&lt;"));
        else if (c == '>')
            buf_add(out, S("&gt;"));
        else if ((c >= ' ' && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n')
            buf_add(out, str_sub(text, i, i + n));
    }
}

static void put_element(struct buf *out, str before, str text, str after)
{
    buf_add(out, before);
    pdf_put_xml(out, text);
    buf_add(out, after);
}

/* PDF/A knows no property of PDF/UA and none of ours, so the metadata describes them itself. */
static const char about_pdfua[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 that the file conforms to"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li>\n";

static void put_metadata(struct buf *out, struct pdf *pdf, const struct about *a)
{
    buf_add(out, S("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\"\n"
                   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                   " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                   " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                   " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                   " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
                   " xmlns:salesbook=\"" ORIGIN_NAMESPACE "\"\n"
                   " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                   " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
                   " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                   "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
                   "<pdfuaid:part>1</pdfuaid:part>\n"));
    put_element(out, S("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"), a->title,
                S("</rdf:li></rdf:Alt></dc:title>\n"));
    put_element(out, S("<dc:creator><rdf:Seq><rdf:li>"), a->author,
                S("</rdf:li></rdf:Seq></dc:creator>\n"));
    put_element(out, S("<dc:language><rdf:Bag><rdf:li>"), a->language,
                S("</rdf:li></rdf:Bag></dc:language>\n"));
    put_element(out, S("<xmp:CreateDate>"), a->date, S("</xmp:CreateDate>\n"));
    put_element(out, S("<xmp:ModifyDate>"), a->date, S("</xmp:ModifyDate>\n"));
    put_element(out, S("<xmp:CreatorTool>"), S("salesbook"), S("</xmp:CreatorTool>\n"));
    put_element(out, S("<pdf:Producer>"), a->producer, S("</pdf:Producer>\n"));
    origin_put(out, pdf);
    buf_add(out, str_of(about_pdfua));
    origin_put_schema(out);
    buf_add(out, S("</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n</rdf:RDF>\n</"
                   "x:xmpmeta>\n<?xpacket end=\"r\"?>\n"));
}

/* Not compressed, so that programs that know nothing of PDF find it. */
static void add_metadata(struct pdf *pdf, const struct about *a)
{
    struct buf out = {0};
    HPDF_Dict stream = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);

    put_metadata(&out, pdf, a);
    HPDF_Dict_AddName(stream, "Type", "Metadata");
    HPDF_Dict_AddName(stream, "Subtype", "XML");
    HPDF_Stream_Write(stream->stream, (const HPDF_BYTE *)out.p, (HPDF_UINT)out.n);
    HPDF_Dict_Add(pdf->doc->catalog, "Metadata", stream);
    buf_clear(&out);
}

/* A file has to say when it was made; one of a book that knows no day says the first there is. */
static void made_on(const struct pdf *pdf, int *year, int *month, int *dom)
{
    day as_of = pdf->site->as_of;
    day_split(as_of == DAY_NONE ? 0 : as_of, year, month, dom);
}

static void add_information(struct pdf *pdf, const struct about *a)
{
    HPDF_Doc doc = pdf->doc;
    int year, month, dom;
    made_on(pdf, &year, &month, &dom);
    HPDF_Date date = {.year = year, .month = month, .day = dom, .ind = 'Z'};

    HPDF_SetInfoDateAttr(doc, HPDF_INFO_CREATION_DATE, date);
    HPDF_SetInfoDateAttr(doc, HPDF_INFO_MOD_DATE, date);
    HPDF_Dict_Add(doc->info, "Title", pdf_text(pdf, a->title));
    HPDF_Dict_Add(doc->info, "Author", pdf_text(pdf, a->author));
    HPDF_Dict_Add(doc->info, "Creator", pdf_text(pdf, S("salesbook")));
}

/* ---- what its colours mean ---- */

static void put_u16(struct buf *out, unsigned n)
{
    buf_addc(out, (char)(n >> 8));
    buf_addc(out, (char)n);
}

static void put_u32(struct buf *out, uint32_t n)
{
    put_u16(out, n >> 16);
    put_u16(out, n & 0xFFFF);
}

static void put_u32s(struct buf *out, size_t n, const int32_t *number)
{
    for (size_t i = 0; i < n; i++)
        put_u32(out, (uint32_t)number[i]);
}

/* One text in English. Its 28 bytes of head and the text make a whole number of words if the text
 * has an even number of letters. */
static void put_icc_text(struct buf *out, str text)
{
    buf_add(out, S("mluc\0\0\0\0"));
    put_u32s(out, 2, (const int32_t[]){1, 12});
    buf_add(out, S("enUS"));
    put_u32s(out, 2, (const int32_t[]){(int32_t)text.n * 2, 28});
    for (size_t i = 0; i < text.n; i++)
        put_u16(out, (unsigned char)text.p[i]);
}

static void put_icc_numbers(struct buf *out, str type, size_t n, const int32_t *number)
{
    buf_add(out, type);
    put_u32(out, 0);
    put_u32s(out, n, number);
}

/* What the profile says, in the order of `names`. Numbers are 65536ths: the primaries and the white
 * of IEC 61966-2-1, brought from D65 to D50 by the Bradford transform, and its curve. */
static void put_icc_values(struct buf *out, size_t *at)
{
    static const int32_t white[] = {63190, 65536, 54061}, red[] = {28576, 14581, 912},
                         green[] = {25239, 46983, 6361}, blue[] = {9375, 3972, 46788},
                         to_d50[] = {68674, 1502, -3291, 1939, 64912, -1119, -606, 988, 49262},
                         curve[] = {3 << 16, 157286, 62119, 3417, 5072, 2651};
    *at++ = out->n;
    put_icc_text(out, S("sRGB"));
    *at++ = out->n;
    put_icc_text(out, S("No rights reserved"));
    *at++ = out->n;
    put_icc_numbers(out, S("XYZ "), 3, white);
    *at++ = out->n;
    put_icc_numbers(out, S("sf32"), 9, to_d50);
    *at++ = out->n;
    put_icc_numbers(out, S("XYZ "), 3, red);
    *at++ = out->n;
    put_icc_numbers(out, S("XYZ "), 3, green);
    *at++ = out->n;
    put_icc_numbers(out, S("XYZ "), 3, blue);
    *at++ = out->n;
    put_icc_numbers(out, S("para"), 6, curve);
    *at = out->n;
}

/* sRGB as an ICC profile, version 4.2. The three colours share one curve. */
static void put_icc(struct buf *out)
{
    static const char names[][5] = {"desc", "cprt", "wtpt", "chad", "rXYZ",
                                    "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
    enum { NAMES = sizeof names / sizeof *names, VALUES = 8, HEAD = 128 };
    size_t at[VALUES + 1], start = HEAD + 4 + NAMES * 12;
    struct buf values = {0};

    put_icc_values(&values, at);
    put_u32(out, (uint32_t)(start + values.n));
    put_u32s(out, 2, (const int32_t[]){0, 0x04200000});
    buf_add(out, S("mntrRGB XYZ "));
    for (size_t i = 0; i < 6; i++) /* when it was made */
        put_u16(out, (const unsigned[]){2026, 1, 1, 0, 0, 0}[i]);
    buf_add(out, S("acsp"));
    for (size_t i = 0; i < 7; i++)
        put_u32(out, 0);
    put_u32s(out, 3, (const int32_t[]){63190, 65536, 54061}); /* D50 */
    while (out->n < HEAD)
        buf_addc(out, 0);
    put_u32(out, NAMES);
    for (size_t i = 0; i < NAMES; i++) {
        size_t value = i < VALUES ? i : VALUES - 1;
        buf_add(out, str_of(names[i]));
        put_u32(out, (uint32_t)(start + at[value]));
        put_u32(out, (uint32_t)(at[value + 1] - at[value]));
    }
    buf_add(out, buf_str(&values));
    buf_clear(&values);
}

static void add_output_intent(struct pdf *pdf)
{
    HPDF_Doc doc = pdf->doc;
    HPDF_Dict profile = HPDF_DictStream_New(doc->mmgr, doc->xref), intent;
    HPDF_Array all = HPDF_Array_New(doc->mmgr);
    struct buf out = {0};

    put_icc(&out);
    HPDF_Dict_AddNumber(profile, "N", 3);
    HPDF_Stream_Write(profile->stream, (const HPDF_BYTE *)out.p, (HPDF_UINT)out.n);
    profile->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    buf_clear(&out);
    intent = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add(intent, "OutputConditionIdentifier", HPDF_String_New(doc->mmgr, "sRGB", NULL));
    HPDF_Dict_Add(intent, "DestOutputProfile", profile);
    HPDF_Array_Add(all, intent);
    HPDF_Dict_Add(doc->catalog, "OutputIntents", all);
}

/* ---- the identifier ---- */

/* Of the content of all pages and of what the file says about itself: the same report has the
 * same. */
static void add_identifier(struct pdf *pdf, const struct about *a)
{
    struct hasher *h = hasher_new(pdf->mem);
    for (size_t i = 0; i < pdf->layout->npages; i++) {
        HPDF_Stream content = ((HPDF_PageAttr)pdf->layout->page[i]->attr)->stream;
        for (HPDF_UINT k = 0, n; k < HPDF_MemStream_GetBufCount(content); k++) {
            const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(content, k, &n);
            hasher_add(h, (str){(const char *)part, n});
        }
    }
    hasher_add(h, a->title);
    hasher_add(h, a->author);
    hasher_add(h, a->date);
    hasher_add(h, pdf->document->address);
    struct hash128 hash = hasher_end(h);

    HPDF_Array id = HPDF_Array_New(pdf->doc->mmgr);
    struct buf bytes = {0};
    for (int i = 0; i < 4; i++)
        put_u32(&bytes, (uint32_t)((i < 2 ? hash.high : hash.low) >> (i % 2 ? 0 : 32)));
    for (int i = 0; i < 2; i++) /* of the first version of the file, of this one */
        HPDF_Array_Add(id, pdf_bytes(pdf, buf_str(&bytes)));
    buf_clear(&bytes);
    HPDF_Dict_Add(pdf->doc->trailer, "ID", id);
}

void archive_write(struct pdf *pdf)
{
    HPDF_Doc doc = pdf->doc;
    const struct document *d = pdf->document;
    int year, month, dom;
    made_on(pdf, &year, &month, &dom);
    str title = d->subtitle.n ? arena_printf(pdf->mem, STR_FMT ", " STR_FMT, STR_ARG(d->title),
                                             STR_ARG(d->subtitle))
                              : d->title;
    struct about about = {
        .title = text_head(title, PDF_TITLE_MOST),
        .author = text_head(pdf->site->title, PDF_TITLE_MOST),
        .language = str_of(pdf->language),
        .date = arena_printf(pdf->mem, "%04d-%02d-%02dT00:00:00Z", year, month, dom),
        .producer = str_of(HPDF_GetInfoAttr(doc, HPDF_INFO_PRODUCER)),
    };

    add_information(pdf, &about);
    add_metadata(pdf, &about);
    add_output_intent(pdf);
    add_identifier(pdf, &about);
    HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, pdf->language, NULL));
    HPDF_Dict preferences = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "ViewerPreferences", preferences);
    HPDF_SetPageMode(doc, HPDF_PAGE_MODE_USE_OUTLINE);
}
