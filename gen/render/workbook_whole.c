/* Whether a workbook is whole. libxlsxwriter writes each part of the archive into a file of its own
 * and packs what it finds there, without a look whether the disk had room for all of it: a part
 * that was cut off is packed like any other. So each part is unpacked again, and has to end as its
 * XML does. */
#include "html.h"

#include <string.h>

#include <libdeflate.h>

/* ---- ZIP (PKWARE, APPNOTE 6.3.10): the directory at the end, and what it names ---- */

enum { END = 22, ENTRY = 46, LOCAL = 30, STORED = 0, DEFLATED = 8 };

struct part {
    str packed;
    size_t size; /* unpacked */
    int method;
};

static uint32_t number_at(str bytes, size_t at, size_t n)
{
    uint32_t x = 0;
    while (n-- > 0)
        x = x << 8 | (unsigned char)bytes.p[at + n];
    return x;
}

static bool begins_with(str bytes, size_t at, const char *sign)
{
    return at + 4 <= bytes.n && memcmp(bytes.p + at, sign, 4) == 0;
}

/* The part whose entry in the directory stands at *at, which goes on to the next. */
static bool read_part(str zip, size_t *at, struct part *part)
{
    if (!begins_with(zip, *at, "PK\1\2") || *at + ENTRY > zip.n)
        return false;
    size_t packed = number_at(zip, *at + 20, 4), local = number_at(zip, *at + 42, 4);
    part->method = (int)number_at(zip, *at + 10, 2);
    part->size = number_at(zip, *at + 24, 4);
    *at += ENTRY + number_at(zip, *at + 28, 2) + number_at(zip, *at + 30, 2) +
           number_at(zip, *at + 32, 2);
    if (!begins_with(zip, local, "PK\3\4") || local + LOCAL > zip.n)
        return false;
    size_t from = local + LOCAL + number_at(zip, local + 26, 2) + number_at(zip, local + 28, 2);
    part->packed = str_sub(zip, from, from + packed);
    return from + packed <= zip.n;
}

/* ---- XML ---- */

static bool is_name_end(char c)
{
    return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r';
}

/* Whether it ends with the end of the element that it begins with. */
static bool xml_is_whole(str xml)
{
    size_t from = str_find(xml, S("?>"), 0), end;
    from = from < xml.n ? str_find(xml, S("<"), from) + 1 : xml.n;
    for (end = from; end < xml.n && !is_name_end(xml.p[end]);)
        end++;
    if (end >= xml.n)
        return false;
    str name = str_sub(xml, from, end), tail = str_trim(str_sub(xml, end, xml.n));
    if (str_ends(tail, S("/>")) && str_find(tail, S("<"), 0) >= tail.n)
        return true;
    return str_ends(tail, S(">")) && str_ends(str_sub(tail, 0, tail.n - 1), name) &&
           str_ends(str_sub(tail, 0, tail.n - 1 - name.n), S("</"));
}

static bool part_is_whole(struct libdeflate_decompressor *by, const struct part *part,
                          struct buf *room)
{
    if (part->method == STORED)
        return xml_is_whole(part->packed);
    buf_reset(room);
    buf_reserve(room, part->size + 1);
    return part->method == DEFLATED &&
           libdeflate_deflate_decompress(by, part->packed.p, part->packed.n, room->p, part->size,
                                         NULL) == LIBDEFLATE_SUCCESS &&
           xml_is_whole((str){room->p, part->size});
}

bool workbook_is_whole(str zip)
{
    struct buf room = {0};
    bool ok = zip.n >= END && begins_with(zip, zip.n - END, "PK\5\6");
    size_t n = ok ? number_at(zip, zip.n - END + 10, 2) : 0,
           at = ok ? number_at(zip, zip.n - END + 16, 4) : 0;
    struct libdeflate_decompressor *by = libdeflate_alloc_decompressor();
    if (!by)
        die("out of memory to look at a workbook");
    for (size_t i = 0; i < n && ok; i++) {
        struct part part;
        ok = read_part(zip, &at, &part) && part_is_whole(by, &part, &room);
    }
    libdeflate_free_decompressor(by);
    buf_clear(&room);
    return ok && n > 0;
}
