#include "pdf_kit.h"

#include <unistd.h>

#include <linebreak.h>

struct bench *bench_new(void)
{
    struct arena *mem = arena_new();
    struct bench *b = NEW(mem, struct bench);
    b->mem = mem;
    diags_init(&b->diags, mem);
    init_linebreak();
    b->pdf = (struct pdf){.mem = mem,
                          .site = sample_site(mem),
                          .language = "en",
                          .document = sample_document(mem, S("Report"))};
    b->pdf.fonts = pdf_fonts_new(mem, &b->diags);
    b->pdf.use = font_use_new(mem, b->pdf.fonts);
    b->pdf.tags = tags_new(&b->pdf);
    b->pdf.layout = NEW(mem, struct layout);
    return b;
}

void bench_free(struct bench *b)
{
    pdf_fonts_free(b->pdf.fonts);
    arena_free(b->mem);
}

struct flow flow_of(struct bench *b)
{
    return (struct flow){.pdf = &b->pdf,
                         .width = COLUMN_PT,
                         .level = 1,
                         .tag = tag_new(b->pdf.tags, NULL, TAG_Document, (str){0})};
}

void paginate(struct bench *b, const struct flow *f)
{
    b->pdf.layout->piece.n = 0;
    for (size_t i = 0; i < f->piece.n; i++)
        PUSH(b->mem, &b->pdf.layout->piece, f->piece.at[i]);
    layout_pages(&b->pdf);
}

void fill(struct flow *f, double height)
{
    flow_add(f, height, 0, NULL, NULL);
}

str written(struct arena *mem, struct pdf_fonts *fonts, const struct document *d,
            struct diags *diags)
{
    char path[] = "/tmp/salesbook-XXXXXX";
    int fd = mkstemp(path);
    struct buf out = {0};
    if (fd < 0)
        die("no temporary file");
    close(fd);
    EXPECT(render_pdf(&out, fonts, sample_site(mem), d, diags));
    EXPECT(file_write(str_of(path), buf_str(&out), diags));
    buf_clear(&out);
    return arena_str(mem, str_of(path));
}

void expect_sound(struct arena *mem, str path, struct diags *diags)
{
    const char *const argv[] = {"python3", "tests/pdf/check.py", path.p, NULL};
    str output = {0};
    if (child_run(mem, argv, S(""), &output, 120000, diags) != 0)
        test_fail(__FILE__, __LINE__, STR_FMT, STR_ARG(output));
}

str extracted_pages(struct arena *mem, str path, int from, int to, struct diags *diags)
{
    const char *const argv[] = {"pdftotext",
                                "-f",
                                arena_printf(mem, "%d", from).p,
                                "-l",
                                arena_printf(mem, "%d", to).p,
                                path.p,
                                "-",
                                NULL};
    str output = {0};
    EXPECT_INT(0, child_run(mem, argv, S(""), &output, 60000, diags));
    return output;
}

str extracted(struct arena *mem, str path, struct diags *diags)
{
    return extracted_pages(mem, path, 1, 9999, diags);
}
