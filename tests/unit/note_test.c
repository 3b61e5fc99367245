#include "pdf_kit.h"

#include <unistd.h>

/* A table whose columns from `first` on are explained, differently in each table of another
 * number. */
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
    struct bench *m = bench_new();
    struct flow flow = flow_of(m);
    struct node root = {0};
    for (int i = 0; i < 30; i++)
        flow_table(&flow, explained(m->mem, &root, 1 + (size_t)i % 9, 2, i));
    for (size_t i = 0; i < flow.piece.n; i++)
        PUSH(m->mem, &m->pdf.layout->piece, flow.piece.at[i]);
    layout_pages(&m->pdf);
    EXPECT(m->pdf.layout->npages > 4);
    size_t lines = 0, noted = 0;
    for (size_t page = 0; page < m->pdf.layout->npages; page++) {
        struct notes notes = {0};
        double end = 0;
        for (size_t i = 0; i < flow.piece.n; i++) {
            const struct piece *p = flow.piece.at[i];
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
    bench_free(m);
}

TEST(a_table_with_more_to_say_than_a_foot_can_hold_says_what_it_can)
{
    struct bench *m = bench_new();
    struct flow flow = flow_of(m);
    struct node root = {0};
    struct node *n = explained(m->mem, &root, 3, 0, 0);
    struct buf text = {0};
    for (int i = 0; i < 600; i++)
        buf_add(&text, S("word "));
    n->table->column[1].explain = buf_str(&text);
    flow_table(&flow, n);
    EXPECT_INT((long long)n->table->ncols - 1, (long long)m->pdf.told.n);
    buf_clear(&text);
    bench_free(m);
}

TEST(what_was_tried_side_by_side_and_had_no_room_is_not_taken_for_told)
{
    struct bench *m = bench_new();
    struct flow flow = flow_of(m);
    struct node root = {0};
    for (int i = 0; i < 2; i++)
        explained(m->mem, &root, 80, 5, i)->width = WIDTH_HALF;
    flow_nodes(&flow, root.first);
    size_t noted = 0;
    for (size_t i = 0; i < flow.piece.n; i++)
        noted += flow.piece.at[i]->notes.note.n;
    EXPECT_INT(4, (long long)noted);
    EXPECT_INT(4, (long long)m->pdf.told.n);
    bench_free(m);
}

TEST(a_word_is_told_once_at_the_foot_of_the_page_that_first_has_it)
{
    struct bench *m = bench_new();
    struct document *d = sample_document(m->mem, S("Report"));

    explained(m->mem, d->root, 60, 6, 0);
    explained(m->mem, d->root, 3, 6, 0);
    explained(m->mem, d->root, 3, 6, 1);
    str path = written(m->mem, m->pdf.fonts, d, &m->diags);
    str first = extracted_pages(m->mem, path, 1, 1, &m->diags);
    str all = extracted(m->mem, path, &m->diags);
    EXPECT_INT(1, (long long)count(first, S("said of Trend in table 0")));
    EXPECT_INT(2, (long long)count(first, S("¹"))); /* behind the word, and before the note */
    EXPECT_INT(1, (long long)count(all, S("said of Trend in table 0")));
    EXPECT_INT(1, (long long)count(all, S("said of Trend in table 1")));
    EXPECT_INT(2, (long long)count(all, S("¹"))); /* not where the head stands again */
    EXPECT_INT(2, (long long)count(all, S("²")));
    unlink(path.p);
    bench_free(m);
}

TEST(a_report_without_footnotes_has_none)
{
    struct bench *m = bench_new();
    struct flow flow = flow_of(m);
    struct node root = {0};
    struct page page = {.plain_words = true};
    struct document *d = sample_document(m->mem, S("Report"));
    d->page = &page;
    m->pdf.document = d;
    flow_table(&flow, explained(m->mem, &root, 3, 0, 0));
    EXPECT_INT(0, (long long)m->pdf.told.n);
    bench_free(m);
}
