#include "pdf_kit.h"
#include "../../gen/render/pdf_font.h"

#include <math.h>
#include <unistd.h>

#include <linebreak.h>

static struct text *broken(struct bench *b, str s, double width)
{
    struct text *t = text_plain(&b->pdf, s, look_body);
    text_break(&b->pdf, t, width);
    return t;
}

static str line_text(struct bench *b, const struct text *t, size_t i)
{
    struct buf out = {0};
    for (size_t k = t->line.at[i].from; k < t->line.at[i].to; k++) {
        buf_add(&out, t->word.at[k].text);
        if (t->word.at[k].space > 0 && k + 1 < t->line.at[i].to)
            buf_addc(&out, ' ');
    }
    str s = arena_str(b->mem, buf_str(&out));
    buf_clear(&out);
    return s;
}

/* ---- lines ---- */

TEST(an_empty_text_has_one_empty_line)
{
    struct bench *b = bench_new();
    struct text *t = broken(b, S(""), 100);
    EXPECT_INT(1, (long long)t->line.n);
    EXPECT_NEAR(0, t->line.at[0].width, 0);
    t = broken(b, S("  \n"), 100);
    EXPECT_INT(1, (long long)t->line.n);
    bench_free(b);
}

TEST(a_newline_ends_a_line_and_blanks_at_its_end_have_no_width)
{
    struct bench *b = bench_new();
    struct text *t = broken(b, S("one \ntwo"), 400);
    EXPECT_INT(2, (long long)t->line.n);
    EXPECT_STR(S("one"), line_text(b, t, 0));
    EXPECT_STR(S("two"), line_text(b, t, 1));
    EXPECT_NEAR(text_width_pt(&b->pdf, S("one"), look_body), t->line.at[0].width, 0.001);
    bench_free(b);
}

TEST(no_line_is_wider_than_its_measure)
{
    struct bench *b = bench_new();
    str s = S("East is 12 % behind plan, a third of it one dealer; "
              "华东地区落后计划百分之十二，其中三分之一来自一家经销商。");
    for (double width = 12; width < 300; width += 17) {
        struct text *t = broken(b, s, width);
        for (size_t i = 0; i < t->line.n; i++)
            EXPECT(t->line.at[i].width <= width + 0.02);
    }
    bench_free(b);
}

TEST(chinese_breaks_between_characters_but_not_before_a_comma_or_after_an_opening_bracket)
{
    struct bench *b = bench_new();
    double one = text_width_pt(&b->pdf, S("华"), look_body);
    struct text *t = broken(b, S("华东地，区落（后计"), 3 * one + 0.1);
    EXPECT_STR(S("华东"), line_text(b, t, 0));
    EXPECT_STR(S("地，区"), line_text(b, t, 1));
    EXPECT_STR(S("落（后"), line_text(b, t, 2));
    bench_free(b);
}

TEST(a_word_too_long_for_its_line_is_cut_between_characters_and_nothing_is_lost)
{
    struct bench *b = bench_new();
    str word = S("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen");
    struct text *t = broken(b, word, 60);
    struct buf all = {0};
    EXPECT(t->line.n > 3);
    for (size_t i = 0; i < t->line.n; i++) {
        str line = line_text(b, t, i);
        EXPECT(utf8_valid(line, NULL));
        EXPECT(t->line.at[i].width <= 60.02);
        buf_add(&all, line);
    }
    EXPECT_STR(word, buf_str(&all));
    buf_clear(&all);
    /* Narrower than any character: one a line, and an end. */
    t = broken(b, S("äbc"), 0.5);
    EXPECT_INT(3, (long long)t->line.n);
    bench_free(b);
}

/* Each of some hundred lines shapes what is left of the word: were that all of it, 2 MB of texts
 * would be kept. At most 256 + 64 bytes are, some 40 lines of them on average: n × 40 ÷ 2. */
TEST(a_word_without_end_costs_as_much_as_it_is_long)
{
    enum { LETTERS = 4000 };
    struct bench *b = bench_new();
    struct buf word = {0}, all = {0};
    size_t kept = 0;
    for (int i = 0; i < LETTERS; i++) /* "é" as a letter and a mark */
        buf_add(&word, i % 7 ? (str){(const char[]){(char)('a' + i * i % 23)}, 1} : S("e\u0301"));
    struct text *t = broken(b, buf_str(&word), 40);
    for (size_t i = 0; i < t->word.n; i++) {
        EXPECT(t->word.at[i].text.p[0] != S("\u0301").p[0]);
        buf_add(&all, t->word.at[i].text);
    }
    for (size_t i = 0; i < b->pdf.fonts->word.n; i++)
        kept += b->pdf.fonts->word.at[i].key.n;
    EXPECT_STR(buf_str(&word), buf_str(&all));
    EXPECT(t->line.n > LETTERS / 20);
    EXPECT(kept < 60 * word.n);
    buf_clear(&word);
    buf_clear(&all);
    bench_free(b);
}

TEST(a_mark_stays_with_its_letter_where_a_word_is_cut)
{
    struct bench *b = bench_new();
    struct text *t = broken(b, S("q\u0323q\u0323q\u0323"), 0.5);
    EXPECT_INT(3, (long long)t->line.n);
    for (size_t i = 0; i < t->line.n; i++)
        EXPECT_STR(S("q\u0323"), line_text(b, t, i));
    bench_free(b);
}

TEST(control_characters_are_dropped_from_text)
{
    struct bench *b = bench_new();
    struct text *t = broken(b, S("a\x01z\x7f!"), 100);
    EXPECT_STR(S("az!"), line_text(b, t, 0));
    t = broken(b,
               S("a\xc2\x85"
                 "b\u202ec\ufdd0d\uffffe\U0010fffff"),
               100);
    EXPECT_STR(S("abcdef"), line_text(b, t, 0));
    t = broken(b, S("\uffff"), 100);
    EXPECT_INT(0, (long long)t->word.n);
    bench_free(b);
}

/* ---- fonts ---- */

TEST(each_character_comes_from_the_first_face_that_has_it)
{
    static const struct {
        const char *text;
        enum face face;
    } want[] = {{"A", FACE_bold},      {"é", FACE_bold},     {"€", FACE_bold},
                {"¥", FACE_bold},      {"−", FACE_bold},     {"▲", FACE_symbols},
                {"李", FACE_han_bold}, {"，", FACE_han_bold}};
    struct bench *b = bench_new();
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct shaped *s = font_shape(b->pdf.fonts, WEIGHT_BOLD, str_of(want[i].text));
        EXPECT_INT(1, (long long)s->n);
        EXPECT_INT(want[i].face, s->glyph[0].face);
        EXPECT(s->glyph[0].id != 0);
    }
    EXPECT(!fonts_missing(b->pdf.fonts, b->mem).n);
    bench_free(b);
}

TEST(figures_are_equally_wide_whatever_they_are)
{
    struct bench *b = bench_new();
    double width = text_width_pt(&b->pdf, S("8,888.8 %"), look_body);
    EXPECT_NEAR(width, text_width_pt(&b->pdf, S("1,111.1 %"), look_body), 0.001);
    EXPECT_NEAR(width, text_width_pt(&b->pdf, S("4,170.9 %"), look_body), 0.001);
    bench_free(b);
}

/* What is known of a text comes from the first that had it, whatever became of that one. */
TEST(a_text_met_again_is_as_if_it_were_new)
{
    const str text = S("A name\u202e of sixteen-and-more letters, 12.5\u00a0%, 观澜市 ");
    struct bench *b = bench_new();
    const struct look small = {WEIGHT_REGULAR, 6, RGB_MUTED};
    struct span span = {.text = text, .look = small};
    text_break(&b->pdf, text_plain(&b->pdf, text, look_body), 20);
    struct text *again = text_plain(&b->pdf, text, small), *new = text_new(&b->pdf, &span, 1);

    EXPECT_INT(new->word.n, again->word.n);
    EXPECT_STR(new->span->text, again->span->text);
    EXPECT(new->widest == again->widest &&new->narrowest == again->narrowest);
    for (size_t i = 0; i < new->word.n &&i < again->word.n; i++) {
        const struct word *x = &new->word.at[i], *y = &again->word.at[i];
        EXPECT_STR(x->text, y->text);
        EXPECT(x->shaped == y->shaped && x->width == y->width && x->space == y->space &&
               x->after == y->after);
    }
    EXPECT_INT(0, text_plain(&b->pdf, (str){0}, small)->word.n);
    EXPECT_INT(0, text_plain(&b->pdf, S(""), small)->word.n);
    bench_free(b);
}

/* Between two sentences stood a query that had no answer. */
TEST(blanks_around_nothing_are_one_blank)
{
    struct bench *b = bench_new();
    struct span span[] = {{.text = S("One."), .look = look_body},
                          {.text = S(" "), .look = look_body},
                          {.text = S(""), .look = look_body},
                          {.text = S(" "), .look = look_body},
                          {.text = S("Two."), .look = look_body}};
    struct text *t = text_new(&b->pdf, span, 5);

    EXPECT_NEAR(text_width_pt(&b->pdf, S("One. Two."), look_body), t->widest, 0.001);
    text_break(&b->pdf, t, 200);
    EXPECT_INT(1, t->line.n);
    EXPECT_STR(S("One. Two."), line_text(b, t, 0));
    text_break(&b->pdf, t, 30);
    EXPECT_INT(2, t->line.n);
    bench_free(b);
}

TEST(a_minus_and_a_dash_are_one_glyph_with_two_codes)
{
    struct bench *b = bench_new();
    const struct shaped *minus = font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("−"));
    const struct shaped *dash = font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("–"));
    EXPECT_INT(dash->glyph->id, minus->glyph->id);
    struct coded first = *font_codes(b->pdf.use, dash);
    EXPECT(first.code != font_codes(b->pdf.use, minus)->code);
    EXPECT_NEAR(dash->glyph->advance, first.advance, 0.001);
    /* Also when many others have come between. */
    for (int i = 0; i < 2000; i++)
        font_codes(b->pdf.use,
                   font_shape(b->pdf.fonts, WEIGHT_REGULAR, arena_printf(b->mem, "%d–", i)));
    EXPECT_INT(first.code, font_codes(b->pdf.use, dash)->code);
    EXPECT_INT(first.code,
               font_codes(b->pdf.use, font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("77–")))[2].code);
    bench_free(b);
}

TEST(a_character_that_no_face_has_is_named)
{
    struct bench *b = bench_new();
    const struct shaped *s = font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("a\u1200b"));
    EXPECT_INT(3, (long long)s->n);
    EXPECT(s->glyph[1].id != 0);
    EXPECT_STR(S("\u1200"), s->glyph[1].text);
    EXPECT(font_codes(b->pdf.use, s)[1].code != 0);
    EXPECT_STR(S("\u1200"), fonts_missing(b->pdf.fonts, b->mem));
    bench_free(b);
}

/* ---- pages ---- */

/* Space at the top of the page, so that what follows meets the page's end at each height. */
TEST(no_line_of_a_paragraph_stands_alone_at_a_page_s_end_or_begin)
{
    struct bench *b = bench_new();
    str s = S("one\ntwo\nthree\nfour\nfive");
    for (size_t n = 2; n <= 5; n++) {
        for (double space = PAGE_HEIGHT - 100; space < PAGE_HEIGHT; space += 5) {
            struct flow f = flow_of(b);
            fill(&f, space);
            str text = str_sub(s, 0, n == 2 ? 7 : n == 3 ? 13 : n == 4 ? 18 : s.n);
            flow_text(&f, text_plain(&b->pdf, text, look_body), LEADING_BODY, 0, f.tag);
            paginate(b, &f);
            EXPECT_INT((long long)n + 1, (long long)f.piece.n);
            size_t first = 0;
            for (size_t i = 1; i < f.piece.n; i++)
                first += f.piece.at[i]->page == 0;
            EXPECT(first != 1);
            EXPECT(n - first != 1);
        }
    }
    bench_free(b);
}

TEST(a_heading_stays_with_the_lines_that_follow_it)
{
    struct bench *b = bench_new();
    for (double space = PAGE_HEIGHT - 160; space < PAGE_HEIGHT; space += 7) {
        struct flow f = flow_of(b);
        fill(&f, space);
        flow_heading(&f, S("Targets"), S("targets"), 2);
        size_t heading = f.piece.n - 1;
        flow_text(&f, text_plain(&b->pdf, S("one\ntwo\nthree"), look_body), LEADING_BODY, 0, f.tag);
        paginate(b, &f);
        for (size_t i = heading; i < f.piece.n; i++)
            EXPECT_INT((long long)f.piece.at[heading]->page, (long long)f.piece.at[i]->page);
    }
    bench_free(b);
}

TEST(two_halves_stand_side_by_side_and_a_third_below)
{
    struct bench *b = bench_new();
    struct flow f = flow_of(b);
    struct node root = {0};
    for (int i = 0; i < 3; i++)
        sample_chart(b->mem, &root, WIDTH_HALF);
    root.first->next->only_site = true;
    sample_chart(b->mem, &root, WIDTH_HALF);
    flow_nodes(&f, root.first);
    paginate(b, &f);
    /* Of three shown: a pair as one piece, then the title and the drawing of the last. */
    EXPECT_INT(3, (long long)f.piece.n);
    EXPECT(f.piece.at[0]->height > 100);
    EXPECT(f.piece.at[1]->y > f.piece.at[0]->y + f.piece.at[0]->height);
    bench_free(b);
}

/* A figure, then a table that has room where it has not. */
static struct flow figure_and_table(struct bench *b, double room, size_t nrows)
{
    struct flow f = flow_of(b);
    struct node root = {0};
    fill(&f, PAGE_HEIGHT - room);
    flow_figure(&f, sample_chart(b->mem, &root, WIDTH_FULL));
    flow_table(&f, sample_table(b->mem, &root, nrows));
    flow_text(&f, text_plain(&b->pdf, S("What follows."), look_body), LEADING_BODY, 0, f.tag);
    paginate(b, &f);
    return f;
}

TEST(a_table_stands_before_a_figure_that_would_leave_a_page_empty_below)
{
    struct bench *b = bench_new();
    struct flow f = figure_and_table(b, 140, 3);
    struct piece *figure = f.piece.at[1], *table = f.piece.at[3];
    EXPECT(figure->floats && !table->floats && table->block > 0);
    EXPECT_INT(0, (long long)table->page);
    EXPECT_INT(1, (long long)figure->page);
    EXPECT_INT(1, (long long)f.piece.at[f.piece.n - 1]->page);
    EXPECT(f.piece.at[f.piece.n - 1]->y > figure->y);
    /* Not if it would have to break, nor where the figure has room. */
    f = figure_and_table(b, 140, 20);
    EXPECT(f.piece.at[1]->page == 1 && f.piece.at[3]->page == 1 &&
           f.piece.at[3]->y > f.piece.at[1]->y);
    f = figure_and_table(b, 600, 3);
    EXPECT(f.piece.at[1]->page == 0 && f.piece.at[3]->page == 0 &&
           f.piece.at[3]->y > f.piece.at[1]->y);
    bench_free(b);
}

TEST(lines_of_text_and_rows_of_tables_stand_on_one_grid_of_half_lines)
{
    struct bench *b = bench_new();
    struct flow f = flow_of(b);
    struct node root = {0};
    size_t on_grid = 0;
    for (int i = 0; i < 12; i++) {
        flow_heading(&f, S("Targets"), S("targets"), 2 + i % 3);
        flow_text(&f, text_plain(&b->pdf, S("one\ntwo\nthree"), look_body), LEADING_BODY, 6.5,
                  f.tag);
        fill(&f, 31.7 + i);
        flow_table(&f, sample_table(b->mem, &root, 3 + (size_t)i));
        flow_block_note(&f, S("A note in small type."));
    }
    paginate(b, &f);
    EXPECT(b->pdf.layout->npages > 2);
    for (size_t i = 0; i < f.piece.n; i++) {
        const struct piece *p = f.piece.at[i], *above = i ? f.piece.at[i - 1] : NULL;
        EXPECT(p->y + p->height <= PAGE_LONG_PT - MARGIN_PT + 0.1);
        if (above && above->page == p->page)
            EXPECT(p->y >= above->y + above->height + p->gap - 1);
        if (!(p->baseline > 0))
            continue;
        double steps = (p->y + p->baseline - MARGIN_PT - BASELINE_PT) / (LEADING_BODY / 2.0);
        EXPECT(fabs(steps - round(steps)) < 0.01);
        on_grid++;
    }
    EXPECT(on_grid > 60);
    bench_free(b);
}

TEST(a_few_lines_on_a_last_page_are_pulled_in_where_narrower_gaps_can_do_it)
{
    struct bench *b = bench_new();
    for (int n = 34; n <= 50; n += 2) {
        struct flow f = flow_of(b);
        for (int i = 0; i < n; i++)
            flow_text(&f, text_plain(&b->pdf, S("line"), look_body), LEADING_BODY, 6.5, f.tag);
        paginate(b, &f);
        /* n lines and their gaps, narrowed by a quarter where this saves the page. */
        bool wide = n * 19.5 - 6.5 > PAGE_HEIGHT, narrow = n * 17.875 - 4.875 > PAGE_HEIGHT;
        EXPECT_INT(narrow ? 2 : 1, (long long)b->pdf.layout->npages);
        EXPECT(b->pdf.layout->tight == (wide && !narrow ? 0.75 : 1));
    }
    bench_free(b);
}

/* ---- files ---- */

TEST(a_report_of_all_kinds_of_nodes_is_sound)
{
    struct bench *b = bench_new();
    str path = written(b->mem, b->pdf.fonts, sample_report(b->mem), &b->diags);
    expect_sound(b->mem, path, &b->diags);
    unlink(path.p);
    EXPECT_INT(0, (long long)b->diags.list.n);
    bench_free(b);
}

TEST(every_character_is_drawn_and_can_be_copied)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("Characters"));
    str all =
        S("A B g j Q Á Ç É Î Ñ Ö Ø Ş Ž à æ ç é ê ñ ö ø ß ł ő ű ž ђ Ж Ω ∆ € ¥ £ 0 1 2 3 4 5 6 7 8 9 "
          "− – — … • × ÷ ± ‰ § © “ ” « » ¿ ¡ ▲ ▼ ✓ ! ? ; : 李 伟 王 小 明 张 三 华 东 地 区 落 后 "
          "计 划 "
          "百 分 之 十 二 其 中 自 一 家 经 销 商 龍 龜 鬱 麤 ， 。 、 （ ） 《 》 ￥ あ ン 한 글");
    sample_text(b->mem, d->root, NODE_paragraph, all);
    struct node *p = sample_node(b->mem, d->root, NODE_paragraph);
    sample_text(b->mem, p, NODE_strong, all);
    sample_text(b->mem, sample_node(b->mem, d->root, NODE_paragraph), NODE_emphasis,
                S("Chloé Lefèvre €41.20"));
    str path = written(b->mem, b->pdf.fonts, d, &b->diags);
    expect_sound(b->mem, path, &b->diags);
    str text = extracted(b->mem, path, &b->diags);
    for (str rest = all, c; str_is_set(rest);) {
        c = str_cut(&rest, ' ');
        if (str_find(text, c, 0) == text.n)
            test_fail(__FILE__, __LINE__, STR_FMT " cannot be copied", STR_ARG(c));
    }
    unlink(path.p);
    EXPECT_INT(0, (long long)b->diags.list.n);
    bench_free(b);
}

TEST(names_written_from_right_to_left_stand_so_within_a_line)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("Customers"));
    sample_text(b->mem, d->root, NODE_paragraph,
                S("Customer دار الأثاث (Dar Al Athath) in שלום עולם"));
    sample_table(b->mem, d->root, 1)->table->cell[0].text = S("دار الأثاث");
    str path = written(b->mem, b->pdf.fonts, d, &b->diags);
    expect_sound(b->mem, path, &b->diags);
    str text = extracted(b->mem, path, &b->diags);
    EXPECT(str_find(text, S("דלוע םולש"), 0) == text.n);
    EXPECT(str_find(text, S("שלום עולם"), 0) < text.n);
    EXPECT(str_find(text, S("دار"), 0) < text.n);
    unlink(path.p);
    EXPECT_INT(0, (long long)b->diags.list.n);
    bench_free(b);
}

/* What stands on the line, from left to right. */
static str as_seen(struct bench *b, const char *text)
{
    const struct shaped *s = font_shape(b->pdf.fonts, WEIGHT_REGULAR, str_of(text));
    struct buf out = {0};
    for (size_t i = 0; i < s->n; i++)
        buf_add(&out, s->glyph[i].text);
    str seen = arena_str(b->mem, buf_str(&out));
    buf_clear(&out);
    return seen;
}

TEST(a_line_of_two_directions_is_ordered_as_unicode_says)
{
    struct bench *b = bench_new();
    /* Numbers within go from left to right, and stand where those who read from the right look. */
    EXPECT_STR(S("Hotel ו 12 )הד( גבא"), as_seen(b, "Hotel אבג (דה) 12 ו"));
    EXPECT_STR(S("7 בא, b"), as_seen(b, "אב 7, b"));
    EXPECT_STR(S("١٢٣ د"), as_seen(b, "د ١٢٣"));
    EXPECT_STR(S("x (גבא) y"), as_seen(b, "x (אבג) y"));
    EXPECT_STR(S("plain (1) 2"), as_seen(b, "plain (1) 2"));
    /* A bracket that is read from the right opens to the left. */
    const struct shaped *s = font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("א (ב) ג"));
    const struct shaped *latin = font_shape(b->pdf.fonts, WEIGHT_REGULAR, S("()"));
    EXPECT_STR(S(")"), s->glyph[2].text);
    EXPECT_INT(latin->glyph[0].id, s->glyph[2].id);
    EXPECT(s->rtl && !latin->rtl);
    bench_free(b);
}

TEST(a_long_word_that_runs_from_right_to_left_is_cut_where_it_is_read)
{
    struct bench *b = bench_new();
    str word = S("אבגדהוזחטיכלמנסעפצקרשתאבגדהוזחטיכלמנסעפצקרשת");
    struct text *t = broken(b, word, 60);
    struct buf all = {0};
    EXPECT(t->line.n > 2);
    for (size_t i = 0; i < t->line.n; i++) {
        EXPECT(t->line.at[i].width <= 60.02);
        buf_add(&all, line_text(b, t, i));
    }
    EXPECT_STR(word, buf_str(&all));
    buf_clear(&all);
    bench_free(b);
}

TEST(a_mark_of_direction_turns_nothing_round)
{
    struct bench *b = bench_new();
    EXPECT_STR(S("a\u202Ebc"), as_seen(b, "a\u202Ebc"));
    EXPECT_STR(S("\u2067abc בא"), as_seen(b, "\u2067abc אב"));
    EXPECT_STR(S("ab"), line_text(b, broken(b, S("\u202Ea\u2067\u2069b\u202C"), 400), 0));
    bench_free(b);
}

TEST(hostile_text_is_drawn_as_it_stands)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("a) Tj ET <</Type /X>> endstream endobj"));
    str evil = S("x) Tj ET q (y \\) \\\\ %PDF <</S /JavaScript>> stream endstream 1 0 obj >> ]]");
    sample_heading(b->mem, d->root, 2, evil, S("evil"));
    sample_text(b->mem, d->root, NODE_paragraph, evil);
    struct node *link =
        sample_text(b->mem, sample_node(b->mem, d->root, NODE_paragraph), NODE_link, S("click"));
    link->link.href = S("javascript:alert(1)");
    link->link.outside = true;
    sample_table(b->mem, d->root, 2)->table->cell[0].text = evil;
    sample_chart(b->mem, d->root, WIDTH_FULL)->title = evil;
    str path = written(b->mem, b->pdf.fonts, d, &b->diags);
    str text = extracted(b->mem, path, &b->diags), file = {0};
    EXPECT(str_find(text, evil, 0) < text.n);
    EXPECT(file_read(b->mem, path, &file, &b->diags));
    EXPECT_INT((long long)file.n, (long long)str_find(file, S("javascript:"), 0));
    EXPECT_INT((long long)file.n, (long long)str_find(file, S("/URI"), 0));
    const char *const argv[] = {"qpdf", "--check", path.p, NULL};
    str output = {0};
    EXPECT_INT(0, child_run(b->mem, argv, S(""), &output, 60000, &b->diags));
    unlink(path.p);
    bench_free(b);
}

TEST(links_that_lead_nowhere_are_plain_text_and_others_lead_into_columns_too)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("Links"));
    struct node *p = sample_node(b->mem, d->root, NODE_paragraph);
    const str href[] = {S("#nowhere"), S("#second"), S("javascript:x"), S("http://例子.cn/a b")};
    for (size_t i = 0; i < sizeof href / sizeof *href; i++) {
        struct node *link = sample_text(b->mem, p, NODE_link, S("link "));
        link->link.href = href[i];
        link->link.outside = href[i].p[0] != '#';
    }
    sample_chart(b->mem, d->root, WIDTH_HALF)->id = S("first");
    sample_chart(b->mem, d->root, WIDTH_HALF)->id = S("second");
    str path = written(b->mem, b->pdf.fonts, d, &b->diags), file = {0};
    expect_sound(b->mem, path, &b->diags);
    EXPECT(file_read(b->mem, path, &file, &b->diags));
    size_t n = 0;
    for (size_t i = 0; (i = str_find(file, S("/Subtype /Link"), i)) < file.n; i++)
        n++;
    EXPECT_INT(2, (long long)n);
    unlink(path.p);
    bench_free(b);
}

TEST(a_title_without_end_does_no_harm)
{
    struct bench *b = bench_new();
    struct buf title = {0};
    for (int i = 0; i < 30000; i++)
        buf_add(&title, S("长é"));
    struct document *d = sample_document(b->mem, buf_str(&title));
    sample_heading(b->mem, d->root, 2, buf_str(&title), S("long"));
    struct buf out = {0};
    EXPECT(render_pdf(&out, b->pdf.fonts, sample_site(b->mem), d, &b->diags));
    EXPECT(out.n > 0);
    buf_clear(&out);
    buf_clear(&title);
    bench_free(b);
}

/* A string of a PDF/A has at most 32,767 bytes, here two digits each: ISO 19005-2, 6.1.13. */
TEST(a_description_without_end_is_no_longer_than_a_string_may_be)
{
    struct bench *b = bench_new();
    struct buf words = {0}, out = {0};
    for (int i = 0; i < 8000; i++)
        buf_add(&words, S("a word "));
    struct document *d = sample_document(b->mem, S("Report"));
    sample_chart(b->mem, d->root, WIDTH_FULL)->figure.description = buf_str(&words);
    EXPECT(render_pdf(&out, b->pdf.fonts, sample_site(b->mem), d, &b->diags));
    str file = buf_str(&out), mark = S("/Alt <");
    size_t at = str_find(file, mark, 0) + mark.n, end = str_find(file, S(">"), at);
    EXPECT(at < file.n);
    EXPECT(end - at > 2 * 16000);
    EXPECT(end - at <= 2 * 32767);
    buf_clear(&words);
    buf_clear(&out);
    bench_free(b);
}

TEST(a_restricted_report_says_so_and_for_whom_it_is)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("Pay"));
    d->audience = S("managers");
    str path = written(b->mem, b->pdf.fonts, d, &b->diags);
    str text = extracted(b->mem, path, &b->diags);
    EXPECT(str_find(text, S("restricted"), 0) < text.n);
    EXPECT(str_find(text, S("managers"), 0) < text.n);
    EXPECT(str_find(text, S("internal"), 0) == text.n);
    unlink(path.p);
    bench_free(b);
}

TEST(the_same_document_is_the_same_bytes_whatever_was_drawn_before)
{
    struct bench *b = bench_new();
    struct document *d = sample_report(b->mem);
    struct site *site = sample_site(b->mem);
    struct buf one = {0}, other = {0}, two = {0};
    EXPECT(render_pdf(&one, b->pdf.fonts, site, d, &b->diags));
    EXPECT(render_pdf(&other, b->pdf.fonts, site, sample_long(b->mem, 2), &b->diags));
    EXPECT(render_pdf(&two, b->pdf.fonts, site, sample_report(b->mem), &b->diags));
    EXPECT(one.n > 10000 && str_eq(buf_str(&one), buf_str(&two)));
    buf_clear(&one);
    buf_clear(&other);
    buf_clear(&two);
    bench_free(b);
}

static const struct font_part *part_with(struct pdf_fonts *fonts, enum face face, str text)
{
    hb_set_t *glyphs = hb_set_create();
    for (size_t i = 0, n; i < text.n; i += n) {
        hb_codepoint_t id = 0;
        hb_font_get_nominal_glyph(fonts->face[face].font, (hb_codepoint_t)font_char_at(text, i, &n),
                                  &id);
        hb_set_add(glyphs, id);
    }
    const struct font_part *part = font_part(fonts, face, glyphs);
    for (hb_codepoint_t id = HB_SET_VALUE_INVALID; part && hb_set_next(glyphs, &id);)
        EXPECT(hb_map_has(part->renumbered, id));
    hb_set_destroy(glyphs);
    EXPECT(part && part->packed.n && part->length > part->packed.n);
    return part;
}

TEST(documents_share_what_they_embed_of_a_face)
{
    struct bench *b = bench_new();
    struct pdf_fonts *f = b->pdf.fonts;

    const struct font_part *abc = part_with(f, FACE_regular, S("abc"));
    EXPECT(part_with(f, FACE_regular, S("xyz 12.5 %")) == abc);
    EXPECT(part_with(f, FACE_regular, S("abc\u00e9")) != abc);
    EXPECT(part_with(f, FACE_bold, S("abc")) != abc);
    const struct font_part *han = part_with(f, FACE_han, S("\u5e7f"));
    EXPECT(part_with(f, FACE_han, S("\u5e7f")) == han);
    EXPECT(part_with(f, FACE_han, S("\u5e7f\u4e1c")) != han);
    bench_free(b);
}

TEST(a_document_without_content_is_one_page)
{
    struct bench *b = bench_new();
    str path = written(b->mem, b->pdf.fonts, sample_document(b->mem, S("Nothing")), &b->diags);
    expect_sound(b->mem, path, &b->diags);
    unlink(path.p);
    bench_free(b);
}

TEST(a_missing_character_is_a_warning_and_the_report_is_made)
{
    struct bench *b = bench_new();
    struct document *d = sample_document(b->mem, S("Report"));
    struct buf out = {0};
    sample_text(b->mem, d->root, NODE_paragraph, S("Addis ሀለ"));
    EXPECT(render_pdf(&out, b->pdf.fonts, sample_site(b->mem), d, &b->diags));
    EXPECT_INT(1, (long long)b->diags.list.n);
    EXPECT_INT(DIAG_GLYPH_MISSING, diags_last(&b->diags)->id);
    EXPECT_STR(S("ሀ"), diags_last(&b->diags)->value);
    buf_clear(&out);
    bench_free(b);
}
