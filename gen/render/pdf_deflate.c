#include "pdf_font.h"

#include <libdeflate.h>

/* libharu compresses with zlib, a new state of 256 KB for each of a file's dozen streams, which
 * takes longer than to lay the page out. So the streams are compressed before it writes them, as
 * they are complete, and are written as they stand. */

static HPDF_STATUS name_filter(HPDF_Dict dict, HPDF_Stream out)
{
    (void)dict;
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\n");
}

static void gather(HPDF_Stream stream, struct buf *out)
{
    buf_reset(out);
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT n;
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &n);
        buf_add(out, (str){(const char *)bytes, n});
    }
}

void pdf_pack(struct libdeflate_compressor *by, str plain, struct buf *packed)
{
    size_t most = libdeflate_zlib_compress_bound(by, plain.n);
    buf_reset(packed);
    buf_reserve(packed, most);
    packed->n = libdeflate_zlib_compress(by, plain.p, plain.n, packed->p, most);
}

/* libharu takes the filter's name away from what it does not compress itself, so that is written
 * by our own hand. */
void pdf_is_packed(HPDF_Dict stream)
{
    stream->filter = HPDF_STREAM_FILTER_NONE;
    stream->write_fn = name_filter;
}

static void compress(HPDF_Dict dict, struct libdeflate_compressor *by, struct buf *plain,
                     struct buf *packed)
{
    gather(dict->stream, plain);
    pdf_pack(by, buf_str(plain), packed);
    HPDF_MemStream_FreeData(dict->stream);
    HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)packed->p, (HPDF_UINT)packed->n);
    pdf_is_packed(dict);
}

void pdf_deflate(struct pdf *pdf)
{
    struct libdeflate_compressor *by = pdf->fonts->compressor;
    struct buf plain = {0}, packed = {0};
    HPDF_List entries = pdf->doc->xref->entries;

    for (HPDF_UINT i = 0; i < entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_List_ItemAt(entries, i);
        const HPDF_Obj_Header *head = entry->obj;
        HPDF_Dict dict = entry->obj;
        bool is_dict = head && (head->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT;
        if (is_dict && dict->stream && dict->filter == HPDF_STREAM_FILTER_FLATE_DECODE &&
            dict->stream->size)
            compress(dict, by, &plain, &packed);
    }
    buf_clear(&plain);
    buf_clear(&packed);
}
