#include "pdf_sample.h"
#include "test.h"

#include "../../gen/render/pdf_private.h"

#include <unistd.h>

#include <linebreak.h>

/* A document in the making, without a file. */
struct making {
    struct arena *mem;
    struct diags diags;
    struct pdf pdf;
    struct flow flow;
    struct node root;
};

static struct making *making_new(void)
{
    struct arena *mem = arena_new();
    struct making *m = NEW(mem, struct making);
    m->mem = mem;
    diags_init(&m->diags, mem);
    init_linebreak();
    m->pdf = (struct pdf){.mem = mem,
                          .site = sample_site(mem),
                          .language = "en",
                          .document = sample_document(mem, S("Report"))};
    m->pdf.fonts = pdf_fonts_new(mem, &m->diags);
    m->pdf.use = font_use_new(mem, m->pdf.fonts);
    m->pdf.tags = tags_new(&m->pdf);
    m->pdf.layout = NEW(mem, struct layout);
    m->flow = (struct flow){.pdf = &m->pdf,
                            .width = COLUMN_PT,
                            .level = 1,
                            .tag = tag_new(m->pdf.tags, NULL, TAG_Document, (str){0})};
    return m;
}

static void making_free(struct making *m)
{
    pdf_fonts_free(m->pdf.fonts);
    arena_free(m->mem);
}

/* A table whose columns from `first` on are explained, differently in each table of another number.
 */
static struct node *explained(struct arena *mem, struct node *parent, size_t nrows, size_t first,
                              int number)
{
    struct node *n = sample_table(mem, parent, nrows);
    for (size_t i = first; i < n->table->ncols; i++) {
        struct table_column *c = &n->table->column[i];
        c->defined = true;
        c->explain = arena_printf(mem,
                                  "What is said of " STR_FMT " in table %d, in words enough for "
                                  "two lines of a column",
                                  STR_ARG(c->label), number);
    }
    return n;
}

static size_t count(str text, str part)
{
    size_t n = 0;
    for (size_t i = 0; (i = str_find(text, part, i)) < text.n; i += part.n)
        n++;
    return n;
}

TEST(no_page_is_so_full_that_its_notes_have_no_room)
{
    struct making *m = making_new();
    for (int i = 0; i < 30; i++)
        flow_table(&m->flow, explained(m->mem, &m->root, 1 + (size_t)i % 9, 2, i));
    for (size_t i = 0; i < m->flow.piece.n; i++)
        PUSH(m->mem, &m->pdf.layout->piece, m->flow.piece.at[i]);
    layout_pages(&m->pdf);
    EXPECT(m->pdf.layout->npages > 4);
    size_t lines = 0, noted = 0;
    for (size_t page = 0; page < m->pdf.layout->npages; page++) {
        struct notes notes = {0};
        double end = 0;
        for (size_t i = 0; i < m->flow.piece.n; i++) {
            const struct piece *p = m->flow.piece.at[i];
            if (p->page != page)
                continue;
            notes_join(&m->pdf, &notes, &p->notes);
            end = p->y + p->height;
        }
        lines += notes.lines;
        noted += notes.note.n;
        EXPECT(end + notes_height(&notes) <= PAGE_LONG_PT - MARGIN_PT + 0.1);
    }
    EXPECT_INT(30 * 5, (long long)noted);
    EXPECT_INT(30 * 5, (long long)m->pdf.told.n);
    EXPECT(lines > noted);
    making_free(m);
}

TEST(a_table_with_more_to_say_than_a_foot_can_hold_says_what_it_can)
{
    struct making *m = making_new();
    struct node *n = explained(m->mem, &m->root, 3, 0, 0);
    struct buf text = {0};
    for (int i = 0; i < 600; i++)
        buf_add(&text, S("word "));
    n->table->column[1].explain = buf_str(&text);
    flow_table(&m->flow, n);
    EXPECT_INT((long long)n->table->ncols - 1, (long long)m->pdf.told.n);
    buf_clear(&text);
    making_free(m);
}

TEST(what_was_tried_side_by_side_and_had_no_room_is_not_taken_for_told)
{
    struct making *m = making_new();
    for (int i = 0; i < 2; i++)
        explained(m->mem, &m->root, 80, 5, i)->width = WIDTH_HALF;
    flow_nodes(&m->flow, m->root.first);
    size_t noted = 0;
    for (size_t i = 0; i < m->flow.piece.n; i++)
        noted += m->flow.piece.at[i]->notes.note.n;
    EXPECT_INT(4, (long long)noted);
    EXPECT_INT(4, (long long)m->pdf.told.n);
    making_free(m);
}

/* The text of one page of the document, or of all for page 0. */
static str page_text(struct making *m, str path, int page)
{
    const char *from = arena_printf(m->mem, "%d", page ? page : 1).p;
    const char *to = arena_printf(m->mem, "%d", page ? page : 999).p;
    const char *const argv[] = {"pdftotext", "-f", from, "-l", to, path.p, "-", NULL};
    str output = {0};
    EXPECT_INT(0, child_run(m->mem, argv, S(""), &output, 60000, &m->diags));
    return output;
}

TEST(a_word_is_told_once_at_the_foot_of_the_page_that_first_has_it)
{
    struct making *m = making_new();
    struct document *d = sample_document(m->mem, S("Report"));
    char path[] = "/tmp/salesbook-XXXXXX";
    int fd = mkstemp(path);
    struct buf out = {0};

    if (fd < 0)
        die("no temporary file");
    close(fd);
    explained(m->mem, d->root, 60, 6, 0);
    explained(m->mem, d->root, 3, 6, 0);
    explained(m->mem, d->root, 3, 6, 1);
    EXPECT(render_pdf(&out, m->pdf.fonts, sample_site(m->mem), d, &m->diags));
    EXPECT(file_write(str_of(path), buf_str(&out), &m->diags));
    str first = page_text(m, str_of(path), 1), all = page_text(m, str_of(path), 0);
    EXPECT_INT(1, (long long)count(first, S("said of Trend in table 0")));
    EXPECT_INT(2, (long long)count(first, S("¹"))); /* behind the word, and before the note */
    EXPECT_INT(1, (long long)count(all, S("said of Trend in table 0")));
    EXPECT_INT(1, (long long)count(all, S("said of Trend in table 1")));
    EXPECT_INT(2, (long long)count(all, S("¹"))); /* not where the head stands again */
    EXPECT_INT(2, (long long)count(all, S("²")));
    unlink(path);
    buf_clear(&out);
    making_free(m);
}

TEST(a_report_without_footnotes_has_none)
{
    struct making *m = making_new();
    struct page page = {.plain_words = true};
    struct document *d = sample_document(m->mem, S("Report"));
    d->page = &page;
    m->pdf.document = d;
    flow_table(&m->flow, explained(m->mem, &m->root, 3, 0, 0));
    EXPECT_INT(0, (long long)m->pdf.told.n);
    making_free(m);
}
