/* What a build of a large file cannot go below: floors_bench FILE PAGES reads it in pieces, reads
 * and hashes it, reads it and hands it to libcsv with empty callbacks, each on one core, and writes
 * as many pages with libharu alone. */
#include <csv.h>
#include <hpdf.h>

#include "../../gen/base/base.h"

static void no_field(void *bytes, size_t n, void *arg)
{
    (void)bytes;
    (void)n;
    (void)arg;
}

static void no_row(int terminator, void *arg)
{
    (void)terminator;
    (void)arg;
}

/* What is done with each piece of the file, as it is read. */
typedef void piece_fn(void *arg, str piece);

static void only_read(void *arg, str piece)
{
    (void)arg;
    (void)piece;
}

static void hash_piece(void *arg, str piece)
{
    hasher_add(arg, piece);
}

static void parse_piece(void *arg, str piece)
{
    csv_parse(arg, piece.p, piece.n, no_field, no_row, NULL);
}

/* The milliseconds that it takes to go through the file. */
static double go_through(str path, piece_fn *piece, void *arg)
{
    enum { PIECE = 1 << 16 };
    static char bytes[PIECE];
    struct arena *mem = arena_new();
    size_t size, at = 0, n;
    double start = clock_ms();
    struct pieces *file = pieces_open(mem, path, &size);
    if (!file)
        die("cannot read " STR_FMT, STR_ARG(path));
    for (; (n = pieces_read(file, at, bytes, PIECE)) > 0; at += n)
        piece(arg, (str){bytes, n});
    pieces_close(file);
    arena_free(mem);
    return clock_ms() - start;
}

static double parse(str path)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT))
        die("libcsv does not start");
    double ms = go_through(path, parse_piece, &parser);
    csv_fini(&parser, no_field, no_row, NULL);
    csv_free(&parser);
    return ms;
}

/* Forty lines of a standard font each. */
static void write_pages(int64_t n)
{
    HPDF_Doc pdf = HPDF_New(NULL, NULL);
    if (!pdf)
        die("libharu does not start");
    HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
    for (int64_t i = 0; i < n; i++) {
        HPDF_Page page = HPDF_AddPage(pdf);
        HPDF_Page_BeginText(page);
        HPDF_Page_SetFontAndSize(page, HPDF_GetFont(pdf, "Helvetica", NULL), 10);
        HPDF_Page_MoveTextPos(page, 50, 800);
        for (int line = 0; line < 40; line++) {
            HPDF_Page_MoveTextPos(page, 0, -18);
            HPDF_Page_ShowText(page, "Revenue of the month, target, attainment, last year, change");
        }
        HPDF_Page_EndText(page);
    }
    HPDF_SaveToStream(pdf);
    HPDF_Free(pdf);
}

int main(int argc, char **argv)
{
    int64_t npages;
    if (argc != 3 || !parse_integer(str_of(argv[2]), &npages))
        die("usage: floors_bench FILE PAGES");
    struct arena *mem = arena_new();
    struct hasher *hasher = hasher_new(mem);
    str path = str_of(argv[1]);
    double read = go_through(path, only_read, NULL), hash = go_through(path, hash_piece, hasher),
           libcsv = parse(path), start = clock_ms();
    write_pages(npages);
    printf("floors: read %.0f ms, hash %.0f ms (" STR_FMT
           "), libcsv %.0f ms, libharu %.0f ms for %lld pages\n",
           read, hash, STR_ARG(hash128_hex(mem, hasher_end(hasher))), libcsv, clock_ms() - start,
           (long long)npages);
    arena_free(mem);
    return 0;
}
