#include "test.h"

#include "../../gen/book/book.h"
#include "pdf_sample.h"
#include "small_book.h"

/* ---- what a PDF says of what it was made of ---- */

struct made {
    struct arena *mem;
    struct diags diags;
    struct pdf_fonts *fonts;
    struct buf file;
    struct pdf_origin origin;
};

static struct made made_of(struct site *site, struct document *d, struct arena *mem)
{
    struct made m = {.mem = mem};
    diags_init(&m.diags, m.mem);
    m.fonts = pdf_fonts_new(m.mem, &m.diags);
    EXPECT(render_pdf(&m.file, m.fonts, site, d, &m.diags));
    EXPECT(pdf_origin_read(m.mem, buf_str(&m.file), &m.origin));
    return m;
}

static void made_end(struct made *m)
{
    pdf_fonts_free(m->fonts);
    buf_clear(&m->file);
}

static struct document *small_report(struct arena *mem)
{
    struct document *d = sample_document(mem, S("Report"));
    d->kind = S("monthly");
    d->address = S("2026-10/monthly-east.pdf");
    d->audience = S("everyone");
    PUSH(mem, &d->readings, ((struct made_of){S("templates/a b;c.md"), 7, {1ULL << 32, 2}}));
    PUSH(mem, &d->readings, ((struct made_of){S("templates/a b;c.md"), 9, {3ULL << 32, 4}}));
    PUSH(mem, &d->readings, ((struct made_of){S("book/notes.md"), 0, {5ULL << 32, 6}}));
    return d;
}

TEST(a_pdf_says_what_it_was_made_of)
{
    struct arena *mem = arena_new();
    struct site *site = sample_site(mem);
    site->book = S("<a&b>");
    struct made m = made_of(site, small_report(mem), mem);
    EXPECT(m.origin.whole);
    EXPECT_STR(S("<a&b>"), m.origin.book);
    EXPECT_STR(S("monthly"), m.origin.report);
    EXPECT_STR(S("2026-10/monthly-east.pdf"), m.origin.address);
    EXPECT_STR(S("everyone"), m.origin.audience);
    EXPECT_STR(day_iso(mem, site->as_of), m.origin.as_of);
    EXPECT_STR(S("templates/a_b_c.md 7:00000001 9:00000003; book/notes.md 0:00000005"),
               m.origin.rows);
    EXPECT_INT(32, m.origin.key.n);
    made_end(&m);
    arena_free(mem);
}

TEST(a_pdf_of_a_book_that_knows_no_day_has_a_date_that_is_one)
{
    struct arena *mem = arena_new();
    struct site *site = sample_site(mem);
    site->as_of = DAY_NONE;
    struct made m = made_of(site, small_report(mem), mem);
    str file = buf_str(&m.file);
    EXPECT(str_find(file, S("/CreationDate (D:19700101000000"), 0) < file.n);
    EXPECT(str_find(file, S("<xmp:CreateDate>1970-01-01T00:00:00Z<"), 0) < file.n);
    EXPECT_STR(S(""), m.origin.as_of);
    made_end(&m);
    arena_free(mem);
}

TEST(each_part_of_an_origin_is_in_its_key)
{
    struct arena *mem = arena_new();
    struct site *site = sample_site(mem), *dollars = sample_site(mem), *charts = sample_site(mem);
    struct language lang = *dollars->lang;
    struct document *rows = small_report(mem), *templates = small_report(mem);
    lang.currency = S("XTS");
    dollars->lang = &lang;
    charts->charts.low = 9;
    rows->readings.at[1].rows.low = 9;
    templates->templates.high = 9;
    struct made m[] = {made_of(site, small_report(mem), mem), made_of(site, rows, mem),
                       made_of(site, templates, mem), made_of(dollars, small_report(mem), mem),
                       made_of(charts, small_report(mem), mem)};
    enum { N = sizeof m / sizeof *m };
    for (size_t i = 1; i < N; i++)
        EXPECT(!str_eq(m[0].origin.key, m[i].origin.key));
    EXPECT_STR(m[0].origin.templates, m[1].origin.templates);
    EXPECT(!str_eq(m[0].origin.templates, m[2].origin.templates));
    EXPECT(!str_eq(m[0].origin.settings, m[3].origin.settings));
    EXPECT(!str_eq(m[0].origin.templates, m[4].origin.templates));
    for (size_t i = 0; i < N; i++)
        made_end(&m[i]);
    arena_free(mem);
}

TEST(no_byte_of_a_pdf_can_be_changed_unseen)
{
    struct arena *mem = arena_new();
    struct made m = made_of(sample_site(mem), small_report(mem), mem);
    for (size_t i = 0; i < m.file.n; i += 97) {
        struct pdf_origin o;
        m.file.p[i] ^= 1;
        bool ours = pdf_origin_read(mem, buf_str(&m.file), &o);
        EXPECT(!ours || !o.whole);
        m.file.p[i] ^= 1;
    }
    struct pdf_origin o;
    for (size_t n = 5; n < m.file.n; n += 997)
        EXPECT(!pdf_origin_read(mem, str_sub(buf_str(&m.file), 0, n), &o) || !o.whole);
    buf_addc(&m.file, ' ');
    EXPECT(pdf_origin_read(mem, buf_str(&m.file), &o) && !o.whole);
    made_end(&m);
    arena_free(mem);
}

TEST(files_of_others_have_no_origin)
{
    static const str files[] = {S(""), S("%PDF-"), S("%PDF-1.4\n<salesbook:digest>"),
                                S("salesbook"),
                                S("%PDF-1.7 <salesbook:digest>00000000000000000000000000000000")};
    struct arena *mem = arena_new();
    struct pdf_origin o;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        EXPECT(!pdf_origin_read(mem, files[i], &o) && !o.whole);
    arena_free(mem);
}

/* ---- what is noted while a document is made ---- */

static struct document *show(struct small_book *b, enum page_role role, const char *text)
{
    small_book_page(b, role, "index", NULL, text);
    EXPECT(small_book_plan(b, "everyone"));
    return small_book_evaluate(b, 0, "everyone");
}

TEST(a_document_notes_its_queries)
{
    struct small_book b;
    small_book_open(&b);
    struct document *d = show(&b, PAGE_SITE,
                              "---\ntitle: All\n---\n\n`sql SELECT 1` and\n\n```table\n---\n"
                              "SELECT person FROM people ORDER BY person\n```\n");
    /* Two queries, and the names that were shown. */
    EXPECT_INT(3, d ? d->readings.n : 99);
    if (d) {
        EXPECT_INT(5, d->readings.at[0].line);
        EXPECT_INT(9, d->readings.at[1].line);
        EXPECT_INT(0, d->readings.at[2].line);
    }
    small_book_close(&b);
}

TEST(templates_and_rows_are_told_apart)
{
    static const char *const texts[] = {
        "---\ntitle: All\npdf: yes\n---\n\n`sql SELECT 1`\n",
        "---\ntitle: All\npdf: yes\n---\n\n`sql SELECT 1` more\n",
        "---\ntitle: All\npdf: yes\n---\n\n`sql SELECT 2`\n",
    };
    struct hash128 templates[3], rows[3];
    for (size_t i = 0; i < 3; i++) {
        struct small_book b;
        small_book_open(&b);
        struct document *d = show(&b, PAGE_SITE, texts[i]);
        templates[i] = d->templates;
        rows[i] = d->readings.at[0].rows;
        small_book_close(&b);
    }
    EXPECT(!hash128_eq(templates[0], templates[1]));
    EXPECT(hash128_eq(rows[0], rows[1]));
    EXPECT(!hash128_eq(rows[0], rows[2]));
}
