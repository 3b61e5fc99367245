/* What a build of a large file cannot go below: floors_bench FILE PAGES reads it, hashes it, hands
 * it to libcsv with empty callbacks, each on one core, and writes as many pages with libharu
 * alone. */
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

static void parse(str text)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT))
        die("libcsv does not start");
    csv_parse(&parser, text.p, text.n, no_field, no_row, NULL);
    csv_fini(&parser, no_field, no_row, NULL);
    csv_free(&parser);
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
    struct arena *mem = arena_new();
    struct diags diags;
    str text;
    int64_t npages;
    if (argc != 3 || !parse_integer(str_of(argv[2]), &npages))
        die("usage: floors_bench FILE PAGES");
    diags_init(&diags, mem);
    double start = clock_ms();
    if (!file_read(mem, str_of(argv[1]), &text, &diags))
        die("cannot read %s", argv[1]);
    double read = clock_ms();
    struct hash128 hash = hash128_of(text);
    double hashed = clock_ms();
    parse(text);
    double parsed = clock_ms();
    write_pages(npages);
    double written = clock_ms();
    printf("floors: read %.0f ms, hash %.0f ms (" STR_FMT
           "), libcsv %.0f ms, libharu %.0f ms for %lld pages\n",
           read - start, hashed - read, STR_ARG(hash128_hex(mem, hash)), parsed - hashed,
           written - parsed, (long long)npages);
    arena_free(mem);
    return 0;
}
