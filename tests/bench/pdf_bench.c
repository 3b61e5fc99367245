/* Pages a second: embedded fonts, text, a table and two charts on each; one core. */
#include "../unit/pdf_sample.c"

static size_t pages_of(const struct buf *file)
{
    size_t n = 0;
    for (size_t i = 0; (i = str_find(buf_str(file), S("/Type /Page\n"), i)) < file->n; i++)
        n++;
    return n;
}

/* One line: what was made, and how many pages a second that is. */
static bool measure(struct pdf_fonts *fonts, size_t npages, size_t ndocuments, struct diags *diags)
{
    struct arena *mem = arena_new();
    const struct site *site = sample_site(mem);
    const struct document *d = sample_long(mem, npages);
    struct buf file = {0};
    size_t pages = 0, bytes = 0;
    bool ok = true;

    double start = clock_ms();
    for (size_t i = 0; i < ndocuments && ok; i++) {
        buf_reset(&file);
        ok = render_pdf(&file, fonts, site, d, diags);
        pages += ok ? pages_of(&file) : 0;
        bytes += file.n;
    }
    double ms = clock_ms() - start;
    printf("pdf: %zu documents, %zu pages, %.1f KB a page, %.1f ms: %.0f pages a second\n",
           ndocuments, pages, pages ? (double)bytes / 1024 / (double)pages : 0, ms,
           (double)pages * 1000 / ms);
    buf_clear(&file);
    arena_free(mem);
    return ok;
}

int main(void)
{
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);

    struct pdf_fonts *fonts = pdf_fonts_new(mem, &diags);
    bool ok = fonts && measure(fonts, 8, 60, &diags) && measure(fonts, 100, 5, &diags);
    pdf_fonts_free(fonts);
    diags_print(&diags, DIAG_TEXT, stderr, false, true);
    arena_free(mem);
    return ok ? 0 : 1;
}
