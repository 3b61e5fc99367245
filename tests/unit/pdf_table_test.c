#include "pdf_kit.h"

#include <math.h>
#include <unistd.h>

/* How many pieces with a repeated head, that is rows of a table, stand on each page. */
static void count_rows(const struct flow *f, size_t *npages, size_t *rows, size_t max)
{
    for (size_t i = 0; i < f->piece.n; i++) {
        const struct piece *p = f->piece.at[i];
        if (p->head && p->page < max) {
            rows[p->page]++;
            *npages = p->page + 1;
        }
    }
}

TEST(at_least_three_rows_of_a_table_stand_together_and_the_total_with_the_last)
{
    struct bench *b = bench_new();
    for (size_t nrows = 1; nrows < 60; nrows += 6) {
        for (double space = PAGE_HEIGHT - 190; space < PAGE_HEIGHT; space += 9) {
            struct flow f = flow_of(b);
            size_t npages = 0, rows[9] = {0};
            fill(&f, space);
            struct node root = {0};
            struct node *n = sample_table(b->mem, &root, nrows);
            flow_table(&f, n);
            paginate(b, &f);
            count_rows(&f, &npages, rows, 9);
            size_t all = 0;
            for (size_t i = 0; i < npages; i++) {
                size_t total = i + 1 == npages;
                EXPECT(!rows[i] || rows[i] - total >= (nrows < 3 ? nrows : 3));
                all += rows[i];
            }
            EXPECT_INT((long long)nrows + 1, (long long)all);
        }
    }
    bench_free(b);
}

TEST(a_row_higher_than_a_page_is_carried_over)
{
    struct bench *b = bench_new();
    struct flow f = flow_of(b);
    struct node root = {0};
    struct node *n = sample_table(b->mem, &root, 2);
    struct buf text = {0};
    for (int i = 0; i < 3000; i++)
        buf_add(&text, S("word "));
    n->table->cell[1].text = buf_str(&text);
    flow_table(&f, n);
    paginate(b, &f);
    EXPECT(b->pdf.layout->npages > 1);
    for (size_t i = 0; i < f.piece.n; i++)
        EXPECT(f.piece.at[i]->y + f.piece.at[i]->height <= PAGE_LONG_PT - MARGIN_PT + 0.1);
    buf_clear(&text);
    bench_free(b);
}

TEST(a_table_too_wide_for_an_upright_page_turns_it_and_only_it)
{
    struct bench *b = bench_new();
    struct flow f = flow_of(b);
    enum { NCOLS = 14 };
    struct table_column column[NCOLS] = {0};
    struct cell cell[NCOLS * 3] = {0};
    struct table_node t = {.column = column, .cell = cell, .ncols = NCOLS, .nrows = 3};
    struct node n = {.kind = NODE_table, .table = &t, .title = S("Wide")};
    for (size_t i = 0; i < NCOLS; i++)
        column[i].label = S("Revenue");
    for (size_t i = 0; i < NCOLS * 3; i++)
        cell[i] = (struct cell){.text = S("1,234,567"), .bar = NAN};
    fill(&f, 50);
    flow_heading(&f, S("All months"), S("all"), 2);
    flow_table(&f, &n);
    flow_text(&f, text_plain(&b->pdf, S("after"), look_body), LEADING_BODY, 0, f.tag);
    paginate(b, &f);
    EXPECT_INT(3, (long long)b->pdf.layout->npages);
    EXPECT(!b->pdf.layout->turned[0]);
    EXPECT(b->pdf.layout->turned[1]);
    EXPECT(!b->pdf.layout->turned[2]);
    EXPECT_INT(1, (long long)f.piece.at[1]->page); /* the heading goes with its table */
    bench_free(b);
}

TEST(a_table_too_wide_for_any_page_is_parted_and_its_numbers_are_whole)
{
    struct bench *b = bench_new();
    enum { NCOLS = 30, NROWS = 3 };
    struct table_column column[NCOLS] = {0};
    struct cell cell[NCOLS * NROWS] = {0}, total[NCOLS] = {0};
    struct table_node t = {
        .column = column, .cell = cell, .total = total, .ncols = NCOLS, .nrows = NROWS};
    struct node n = {.kind = NODE_table, .table = &t, .title = S("Wide")};
    for (size_t i = 0; i < NCOLS; i++) {
        column[i] =
            (struct table_column){.label = S("Revenue"), .align = i ? ALIGN_DECIMAL : ALIGN_LEFT};
        total[i] = (struct cell){.text = S("71,234,567"), .bar = NAN};
    }
    for (size_t i = 0; i < NCOLS * NROWS; i++)
        cell[i] = (struct cell){.text = i % NCOLS ? S("1,234,567") : S("East"), .bar = NAN};
    struct document *d = sample_document(b->mem, S("Report"));
    *sample_node(b->mem, d->root, NODE_table) = n;
    str path = written(b->mem, b->pdf.fonts, d, &b->diags);
    str text = extracted(b->mem, path, &b->diags);
    size_t whole = 0, sums = 0, names = 0;
    for (size_t i = 0; (i = str_find(text, S("1,234,567"), i)) < text.n; i++)
        whole++;
    for (size_t i = 0; (i = str_find(text, S("71,234,567"), i)) < text.n; i++)
        sums++;
    for (size_t i = 0; (i = str_find(text, S("East"), i)) < text.n; i++)
        names++;
    EXPECT(str_find(text, S("Wide (1 of "), 0) < text.n);
    EXPECT_INT(NCOLS,
               (long long)sums - (long long)names / NROWS + 1); /* the first column's again */
    EXPECT_INT((NCOLS - 1) * NROWS, (long long)(whole - sums));
    EXPECT(names > NROWS && names % NROWS == 0);
    expect_sound(b->mem, path, &b->diags);
    unlink(path.p);
    bench_free(b);
}

TEST(a_half_that_is_too_narrow_for_its_table_becomes_a_whole)
{
    struct bench *b = bench_new();
    for (size_t ncols = 3; ncols <= 9; ncols += 6) {
        struct flow f = flow_of(b);
        struct node root = {0};
        for (int i = 0; i < 2; i++) {
            struct node *n = sample_table(b->mem, &root, 3);
            n->width = WIDTH_HALF;
            n->table->ncols = ncols;
            n->table->nrows = 1;
            n->table->total = NULL;
            n->table->column = NEW_ARRAY(b->mem, ncols, struct table_column);
            n->table->cell = NEW_ARRAY(b->mem, ncols, struct cell);
            for (size_t k = 0; k < ncols; k++) {
                n->table->column[k] =
                    (struct table_column){.label = S("Revenue"), .align = ALIGN_DECIMAL};
                n->table->cell[k] = (struct cell){.text = S("1,234,567"), .bar = NAN};
            }
        }
        flow_nodes(&f, root.first);
        EXPECT((f.piece.n == 1) == (ncols == 3)); /* one piece holds both */
    }
    bench_free(b);
}

TEST(a_table_without_rows_or_columns_does_no_harm)
{
    struct bench *b = bench_new();
    struct flow f = flow_of(b);
    struct table_node none = {0};
    struct node n = {.kind = NODE_table, .table = &none};
    flow_table(&f, &n);
    EXPECT_INT(0, (long long)f.piece.n);
    struct node root = {0};
    flow_table(&f, sample_table(b->mem, &root, 0));
    EXPECT(f.piece.n > 0);
    bench_free(b);
}
