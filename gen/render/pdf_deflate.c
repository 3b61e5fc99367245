#include "pdf_font.h"

#include <string.h>

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

/* ---- bytes of ours as a stream of libharu, which copies its own byte by byte ---- */

struct reading {
    str bytes;
    size_t at;
};

static HPDF_STATUS read_bytes(HPDF_Stream stream, HPDF_BYTE *to, HPDF_UINT *size)
{
    struct reading *r = stream->attr;
    size_t left = r->bytes.n - r->at, n = left < *size ? left : *size;

    if (n)
        memcpy(to, r->bytes.p + r->at, n);
    r->at += n;
    *size = (HPDF_UINT)n;
    return r->at == r->bytes.n ? HPDF_STREAM_EOF : HPDF_OK;
}

/* libharu goes back to the begin, nowhere else. */
static HPDF_STATUS rewind_bytes(HPDF_Stream stream, HPDF_INT position, HPDF_WhenceMode mode)
{
    (void)position, (void)mode;
    ((struct reading *)stream->attr)->at = 0;
    return HPDF_OK;
}

static HPDF_INT32 told_bytes(HPDF_Stream stream)
{
    return (HPDF_INT32)((struct reading *)stream->attr)->at;
}

static HPDF_UINT32 size_of_bytes(HPDF_Stream stream)
{
    return (HPDF_UINT32)((struct reading *)stream->attr)->bytes.n;
}

/* libharu takes the filter's name away from what it does not compress itself, so that is written
 * by our own hand. */
void pdf_is_packed(HPDF_Dict dict, struct arena *mem, str bytes)
{
    struct reading *r = NEW(mem, struct reading);
    r->bytes = bytes;
    HPDF_Stream_Free(dict->stream);
    dict->stream =
        HPDF_CallbackReader_New(dict->mmgr, read_bytes, rewind_bytes, told_bytes, size_of_bytes, r);
    dict->filter = HPDF_STREAM_FILTER_NONE;
    dict->write_fn = name_filter;
}

static void compress(HPDF_Dict dict, struct pdf *pdf, struct buf *plain, struct buf *packed)
{
    gather(dict->stream, plain);
    pdf_pack(pdf->fonts->compressor, buf_str(plain), packed);
    pdf_is_packed(dict, pdf->mem, arena_str(pdf->mem, buf_str(packed)));
}

void pdf_deflate(struct pdf *pdf)
{
    struct buf plain = {0}, packed = {0};
    HPDF_List entries = pdf->doc->xref->entries;

    for (HPDF_UINT i = 0; i < entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_List_ItemAt(entries, i);
        const HPDF_Obj_Header *head = entry->obj;
        HPDF_Dict dict = entry->obj;
        bool is_dict = head && (head->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT;
        if (is_dict && dict->stream && dict->filter == HPDF_STREAM_FILTER_FLATE_DECODE &&
            dict->stream->size)
            compress(dict, pdf, &plain, &packed);
    }
    buf_clear(&plain);
    buf_clear(&packed);
}
