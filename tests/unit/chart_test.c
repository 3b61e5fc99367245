/* Charts go through gnuplot and come back as drawings. */
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "draw_sample.h"
#include "test.h"

static const struct place here = {{"page.md", 7}, 12, 3};

/* ---- a gnuplot for a test ---- */

struct studio {
    struct arena *mem;
    struct diags diags;
    struct gnuplot *g;
    str folder; /* with kinds of the test's own, or unset */
};

static struct studio open_studio(void)
{
    struct studio s = {.mem = arena_new()};
    const str charts = S("templates/charts");
    diags_init(&s.diags, s.mem);
    s.g = gnuplot_new(s.mem, &charts, 1, &s.diags);
    EXPECT(s.g != NULL);
    return s;
}

/* With one kind more, called "own". */
static struct studio open_studio_with(const char *script)
{
    struct studio s = {.mem = arena_new()};
    char path[] = "/tmp/salesbook-test-XXXXXX";

    diags_init(&s.diags, s.mem);
    s.folder = arena_str(s.mem, str_of(mkdtemp(path)));
    file_write(path_join(s.mem, s.folder, S("own.gp")), str_of(script), &s.diags);
    const str charts[] = {s.folder, S("templates/charts")};
    s.g = gnuplot_new(s.mem, charts, 2, &s.diags);
    return s;
}

static void close_studio(struct studio *s)
{
    gnuplot_free(s->g);
    if (s->folder.n)
        tree_remove(s->folder);
    arena_free(s->mem);
}

static struct drawing *draw(struct studio *s, const struct chart *c, double width_pt)
{
    return s->g ? chart_draw(s->g, s->mem, c, MEDIUM_SCREEN, width_pt, 0, here, &s->diags) : NULL;
}

/* ---- what a drawing holds ---- */

static const struct shape *find_text(const struct drawing *d, str text)
{
    for (size_t i = 0; d && i < d->nshapes; i++)
        if (d->shape[i].kind == SHAPE_TEXT && str_eq(d->shape[i].text, text))
            return &d->shape[i];
    return NULL;
}

static size_t count_fill(const struct drawing *d, enum paint paint, bool hatched)
{
    size_t n = 0;
    for (size_t i = 0; d && i < d->nshapes; i++)
        n += d->shape[i].kind == SHAPE_PATH && d->shape[i].fill == paint &&
             d->shape[i].hatched == hatched && d->shape[i].tip.n;
    return n;
}

static size_t count_stroke(const struct drawing *d, enum paint paint)
{
    size_t n = 0;
    for (size_t i = 0; d && i < d->nshapes; i++)
        n += d->shape[i].kind == SHAPE_PATH && d->shape[i].stroke == paint;
    return n;
}

struct extent {
    double x0, x1, y0, y1;
};

/* Of the first mark whose tip begins so. */
static struct extent mark_extent(const struct drawing *d, enum paint paint, str tip)
{
    struct extent e = {0};
    for (size_t i = 0; d && i < d->nshapes; i++) {
        const struct shape *s = &d->shape[i];
        if (s->kind != SHAPE_PATH || s->fill != paint || !str_starts(s->tip, tip))
            continue;
        e = (struct extent){s->xy[0], s->xy[0], s->xy[1], s->xy[1]};
        for (size_t k = 1; k < s->nxy; k++) {
            e.x0 = fmin(e.x0, s->xy[2 * k]);
            e.x1 = fmax(e.x1, s->xy[2 * k]);
            e.y0 = fmin(e.y0, s->xy[2 * k + 1]);
            e.y1 = fmax(e.y1, s->xy[2 * k + 1]);
        }
        return e;
    }
    return e;
}

static bool same_drawing(const struct drawing *a, const struct drawing *b)
{
    if (!a || !b || a->nshapes != b->nshapes || a->width != b->width || a->height != b->height)
        return false;
    for (size_t i = 0; i < a->nshapes; i++) {
        const struct shape *x = &a->shape[i], *y = &b->shape[i];
        if (x->kind != y->kind || x->nxy != y->nxy || x->fill != y->fill ||
            x->stroke != y->stroke || !str_eq(x->text, y->text) || !str_eq(x->tip, y->tip) ||
            memcmp(x->xy, y->xy, 2 * x->nxy * sizeof *x->xy) != 0)
            return false;
    }
    return true;
}

/* A chart of one series over these categories. */
static struct chart *one_series(struct arena *mem, const char *kind, enum type x_type,
                                const str *category, const double *value, size_t n)
{
    struct chart *c = NEW(mem, struct chart);
    struct series *s = NEW(mem, struct series);

    *s = (struct series){
        .label = S("Revenue"), .role = ROLE_actual, .value = NEW_ARRAY(mem, n, double)};
    *c = (struct chart){.kind = str_of(kind),
                        .x_type = x_type,
                        .y_type = TYPE_number,
                        .y_scale = 1,
                        .npoints = n,
                        .nseries = 1,
                        .category = NEW_ARRAY(mem, n, str),
                        .series = s};
    for (size_t i = 0; i < n; i++) {
        s->value[i] = value[i];
        c->category[i] = category[i];
    }
    return c;
}

/* ---- every kind ---- */

static void expect_readable(const struct drawing *d, double least_pt)
{
    for (size_t i = 0; d && i < d->nshapes; i++) {
        const struct shape *s = &d->shape[i];
        if (s->kind != SHAPE_TEXT)
            continue;
        double width = text_em(s->text) * s->size;
        double x0 = s->xy[0] - (s->anchor == ANCHOR_END      ? width
                                : s->anchor == ANCHOR_MIDDLE ? width / 2
                                                             : 0);
        EXPECT(s->size >= least_pt);
        if (x0 < -6 || x0 + width > d->width + 6 || s->xy[1] < 0 || s->xy[1] > d->height + 1)
            test_fail(__FILE__, __LINE__, "\"" STR_FMT "\" stands out of the drawing at %g, %g",
                      STR_ARG(s->text), s->xy[0], s->xy[1]);
    }
}

TEST(every_kind_is_drawn_on_screen_and_paper_at_every_width)
{
    struct studio s = open_studio();
    const double width[] = {720, 475, 352, 230, 168, 482, 232, 107};

    for (enum sample_kind kind = 0; s.g && kind < SAMPLE_COUNT; kind++)
        for (size_t w = 0; w < sizeof width / sizeof *width; w++) {
            enum medium medium = w < 5 ? MEDIUM_SCREEN : MEDIUM_PRINT;
            struct chart *c = sample_chart(s.mem, kind, 12);
            struct drawing *d = chart_draw(s.g, s.mem, c, medium, width[w], 0, here, &s.diags);
            EXPECT(d != NULL);
            EXPECT(d && d->nshapes > 1 && d->width == width[w] && d->height > 20);
            expect_readable(d, 7);
        }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(every_kind_stands_one_point_and_none_known)
{
    struct studio s = open_studio();

    for (enum sample_kind kind = 0; s.g && kind < SAMPLE_COUNT; kind++) {
        struct drawing *d = draw(&s, sample_chart(s.mem, kind, 1), 352);
        EXPECT(d && d->nshapes > 0);
        struct chart *c = sample_chart(s.mem, kind, 3);
        for (size_t k = 0; k < c->nseries; k++)
            for (size_t i = 0; i < 3; i++)
                c->series[k].value[i] = NAN;
        d = draw(&s, c, 352);
        EXPECT(find_text(d, S("\u2013")) != NULL);
        d = draw(&s, sample_chart(s.mem, kind, 0), 352);
        EXPECT(find_text(d, S("\u2013")) != NULL);
    }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(every_kind_stands_values_of_zero_and_below)
{
    struct studio s = open_studio();

    for (enum sample_kind kind = 0; s.g && kind < SAMPLE_COUNT; kind++)
        for (double value = 0; value >= -3; value -= 3) {
            struct chart *c = sample_chart(s.mem, kind, 4);
            for (size_t k = 0; k < c->nseries; k++)
                for (size_t i = 0; i < 4; i++)
                    c->series[k].value[i] = value;
            EXPECT(draw(&s, c, 352) != NULL);
        }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(every_mark_has_a_tip_that_names_its_point)
{
    struct studio s = open_studio();

    for (enum sample_kind kind = 0; s.g && kind < SAMPLE_sparkline; kind++) {
        struct chart *c = sample_chart(s.mem, kind, 5);
        struct drawing *d = draw(&s, c, 352);
        for (size_t i = 0; i < 5; i++) {
            bool found = false;
            for (size_t k = 0; d && k < d->nshapes; k++)
                found |= str_starts(d->shape[k].tip, c->category[i]);
            if (!found)
                test_fail(__FILE__, __LINE__, STR_FMT ": no tip for " STR_FMT, STR_ARG(c->kind),
                          STR_ARG(c->category[i]));
        }
    }
    close_studio(&s);
}

TEST(a_chart_is_the_same_whatever_was_drawn_before_it)
{
    struct studio s = open_studio(), fresh = open_studio();

    for (enum sample_kind kind = 0; s.g && fresh.g && kind < SAMPLE_COUNT; kind++) {
        struct drawing *first = draw(&s, sample_chart(s.mem, kind, 9), 352);
        draw(&s, sample_chart(s.mem, (enum sample_kind)((kind + 5) % SAMPLE_COUNT), 4), 230);
        EXPECT(same_drawing(first, draw(&s, sample_chart(s.mem, kind, 9), 352)));
        EXPECT(same_drawing(first, draw(&fresh, sample_chart(fresh.mem, kind, 9), 352)));
    }
    close_studio(&s);
    close_studio(&fresh);
}

/* ---- hostile text ---- */

static const char *const hostile[] = {
    "`id`",
    "$(id)",
    "@label",
    "{/Symbol a}",
    "a_b^c",
    "O'Brien",
    "''",
    "\"x\"",
    "\\n",
    "%s %g",
    "END",
    "$data << END",
    "system(\"id\")",
    "<b>&amp;</b>",
    "'; print 'x",
    "#",
    "</svg>",
    "!id",
};
enum { NHOSTILE = sizeof hostile / sizeof *hostile };

TEST(hostile_names_are_drawn_as_they_stand)
{
    struct studio s = open_studio();
    str name[NHOSTILE];
    double value[NHOSTILE];

    for (size_t i = 0; i < NHOSTILE; i++) {
        name[i] = str_of(hostile[i]);
        value[i] = (double)(i + 1);
    }
    struct drawing *d =
        draw(&s, one_series(s.mem, "bars", TYPE_string, name, value, NHOSTILE), 720);
    EXPECT(d != NULL);
    for (size_t i = 0; i < NHOSTILE; i++) {
        if (!find_text(d, name[i]))
            test_fail(__FILE__, __LINE__, "not drawn: %s", hostile[i]);
        EXPECT(mark_extent(d, PAINT_actual, name[i]).x1 > 0);
    }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(hostile_labels_units_and_marks_are_drawn_as_they_stand)
{
    struct studio s = open_studio();

    for (size_t i = 0; s.g && i < NHOSTILE; i++) {
        struct chart *c = sample_chart(s.mem, SAMPLE_lines, 12);
        str text = str_of(hostile[i]);
        c->series[1].label = c->y_label = text;
        c->nmarks = 1;
        c->mark = arena_alloc(s.mem, sizeof *c->mark);
        c->mark[0].point = 2;
        c->mark[0].text = arena_printf(s.mem, "%s.", hostile[i]);
        struct drawing *d = draw(&s, c, 352);
        size_t n = 0;
        for (size_t k = 0; d && k < d->nshapes; k++)
            n += str_eq(d->shape[k].text, text);
        EXPECT_INT(2, (long long)n);
        EXPECT(find_text(d, c->mark[0].text) != NULL);
    }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(line_ends_become_blanks_and_control_characters_go)
{
    struct studio s = open_studio();
    const str name[] = {S("one\ntwo"), S("three\r\t\x01"
                                         "four\x7f")};
    const double value[] = {1, 2};
    struct drawing *d = draw(&s, one_series(s.mem, "bars", TYPE_string, name, value, 2), 352);
    EXPECT(find_text(d, S("one two")) != NULL);
    EXPECT(find_text(d, S("three four")) != NULL);
    close_studio(&s);
}

TEST(numbers_are_written_as_gnuplot_reads_them)
{
    struct buf b = {0};
    gnuplot_number(&b, INFINITY);
    gnuplot_number(&b, -0.1);
    EXPECT_STR(S("NaN-0.1"), buf_str(&b));
    buf_clear(&b);
}

/* ---- notation ---- */

TEST(bars_start_at_zero_and_are_as_long_as_their_values)
{
    struct studio s = open_studio();
    const str name[] = {S("Ada"), S("Bob"), S("Cy")};
    const double value[] = {4000, 2000, -1000};
    struct drawing *d = draw(&s, one_series(s.mem, "bars", TYPE_string, name, value, 3), 352);
    struct extent ada = mark_extent(d, PAINT_actual, S("Ada")),
                  bob = mark_extent(d, PAINT_actual, S("Bob")),
                  cy = mark_extent(d, PAINT_actual, S("Cy"));
    EXPECT(ada.x1 - ada.x0 > 100);
    EXPECT_NEAR(ada.x0, bob.x0, 0.02);
    EXPECT_NEAR(ada.x0, cy.x1, 0.02);
    EXPECT_NEAR(0.5, (bob.x1 - bob.x0) / (ada.x1 - ada.x0), 1e-3);
    EXPECT_NEAR(0.25, (cy.x1 - cy.x0) / (ada.x1 - ada.x0), 1e-3);
    EXPECT(ada.y0 < bob.y0 && bob.y0 < cy.y0);
    close_studio(&s);
}

TEST(months_are_columns_and_names_are_rows_unless_a_flag_says_otherwise)
{
    struct studio s = open_studio();
    const str name[] = {S("Jan 2026"), S("Feb 2026")};
    const double value[] = {3, 1};
    struct chart *c = one_series(s.mem, "bars", TYPE_month, name, value, 2);
    str flag[] = {S("horizontal")};

    struct extent e = mark_extent(draw(&s, c, 352), PAINT_actual, S("Jan"));
    EXPECT(e.y1 - e.y0 > 60 && e.x1 < 200);
    c->flag = flag;
    c->nflags = 1;
    e = mark_extent(draw(&s, c, 352), PAINT_actual, S("Jan"));
    EXPECT(e.x1 - e.x0 > 200 && e.y1 - e.y0 < 30);
    c->x_type = TYPE_string;
    flag[0] = S("vertical");
    e = mark_extent(draw(&s, c, 352), PAINT_actual, S("Jan"));
    EXPECT(e.y1 - e.y0 > 60);
    close_studio(&s);
}

TEST(actual_before_target_and_forecast_are_drawn_as_the_notation_says)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 12);
    c->series[3] = sample_series(s.mem, "Forecast", ROLE_forecast, 12, 4e8, 0);
    c->nseries = 4;
    for (size_t i = 0; i < 12; i++)
        c->series[i < 9 ? 3 : 0].value[i] = NAN;
    struct drawing *d = draw(&s, c, 352);
    EXPECT_INT(9, (long long)count_fill(d, PAINT_actual, false));
    EXPECT_INT(3, (long long)count_fill(d, PAINT_forecast, true));
    EXPECT_INT(12, (long long)count_fill(d, PAINT_before, false));
    EXPECT(count_stroke(d, PAINT_target) >= 1);
    struct extent actual = mark_extent(d, PAINT_actual, c->category[0]),
                  before = mark_extent(d, PAINT_before, c->category[0]);
    EXPECT(before.x0 < actual.x0 && actual.x0 < before.x1 && before.x1 < actual.x1);
    EXPECT(find_text(d, S("Forecast")) != NULL);
    close_studio(&s);
}

TEST(a_forecast_line_is_dashed_and_begins_where_the_actual_one_ends)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_lines, 6);
    c->series[1] = sample_series(s.mem, "Forecast", ROLE_forecast, 6, 5e8, 0);
    c->nseries = 2;
    for (size_t i = 0; i < 6; i++)
        c->series[i < 4 ? 1 : 0].value[i] = NAN;
    struct drawing *d = draw(&s, c, 352);
    const struct shape *actual = NULL, *forecast = NULL;
    for (size_t i = 0; d && i < d->nshapes; i++) {
        const struct shape *x = &d->shape[i];
        if (x->nxy > 2 && x->stroke == PAINT_actual)
            actual = x;
        if (x->nxy > 2 && x->stroke == PAINT_forecast)
            forecast = x;
    }
    EXPECT(actual && forecast && forecast->ndash == 2 && actual->ndash == 0);
    if (actual && forecast) {
        EXPECT_NEAR(actual->xy[2 * actual->nxy - 2], forecast->xy[0], 0.02);
        EXPECT_NEAR(actual->xy[2 * actual->nxy - 1], forecast->xy[1], 0.02);
    }
    close_studio(&s);
}

TEST(lines_are_named_at_their_ends_without_touching)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_lines, 12);
    const char *const label[] = {"Revenue", "Target", "Last year"};
    double y[3];

    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 12; i++)
            c->series[k].value[i] = 4e8; /* all end at one place */
    struct drawing *d = draw(&s, c, 352);
    for (size_t k = 0; k < 3; k++) {
        const struct shape *text = find_text(d, str_of(label[k]));
        y[k] = text ? text->xy[1] : 0;
        EXPECT(text && text->xy[0] > 250);
    }
    EXPECT(fabs(y[0] - y[1]) > 8.5 && fabs(y[1] - y[2]) > 8.5 && fabs(y[0] - y[2]) > 8.5);
    close_studio(&s);
}

/* Beside the mark of a target that lies far off, the text of a bar would read as the target's. */
TEST(a_bar_is_labelled_before_a_target_that_leaves_room)
{
    struct studio s = open_studio();
    const str name[] = {S("Far"), S("Near")};
    const double value[] = {144, 600};
    struct chart *c = one_series(s.mem, "bars", TYPE_string, name, value, 2);
    struct series *both = NEW_ARRAY(s.mem, 2, struct series);
    both[0] = c->series[0];
    both[1] = sample_series(s.mem, "Target", ROLE_target, 2, 700, 0);
    both[1].value[0] = 700;
    both[1].value[1] = 610;
    c->series = both;
    c->nseries = 2;
    struct drawing *d = draw(&s, c, 352);
    const struct shape *far = find_text(d, S("144")), *near = find_text(d, S("600"));
    struct extent low = mark_extent(d, PAINT_actual, name[0]),
                  high = mark_extent(d, PAINT_actual, name[1]);
    EXPECT(far && far->xy[0] > low.x1 && far->xy[0] < low.x1 + 8);
    EXPECT(near && near->xy[0] > high.x1 + 8);
    close_studio(&s);
}

/* A text of 8.5 pt and its distance from the column want 13.6 pt: of the 91.7 pt of 700, 130
 * are 17.0 and 90 are 11.8. */
TEST(a_column_is_labelled_below_a_target_that_leaves_room)
{
    struct studio s = open_studio();
    const str name[] = {S("Jan 2026"), S("Feb 2026")};
    const double value[] = {570, 610};
    struct chart *c = one_series(s.mem, "bars", TYPE_month, name, value, 2);
    struct series *both = NEW_ARRAY(s.mem, 2, struct series);
    both[0] = c->series[0];
    both[1] = sample_series(s.mem, "Target", ROLE_target, 2, 700, 0);
    both[1].value[0] = 700;
    both[1].value[1] = 700;
    c->series = both;
    c->nseries = 2;
    struct drawing *d = draw(&s, c, 352);
    const struct shape *far = find_text(d, S("570")), *near = find_text(d, S("610"));
    struct extent low = mark_extent(d, PAINT_actual, name[0]),
                  high = mark_extent(d, PAINT_actual, name[1]);
    EXPECT_NEAR(low.y1 - low.y0, 91.7 * 570 / 700, 0.1);
    EXPECT(far && far->xy[1] < low.y0 && far->xy[1] > low.y0 - 8.5);
    EXPECT(near && near->xy[1] < high.y0 - 11.8);
    close_studio(&s);
}

/* The bound's column is called "80 % up to"; what is drawn is all that lies between both. */
TEST(a_legend_may_call_a_series_otherwise_than_its_label)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_lines, 12);
    c->series[1].role = ROLE_low80;
    c->series[2].role = ROLE_high80;
    c->series[2].label = S("80 % up to");
    c->series[2].legend = S("in vier von fünf Fällen");
    struct drawing *d = draw(&s, c, 352);
    EXPECT(find_text(d, S("in vier von fünf Fällen")) != NULL);
    EXPECT(find_text(d, S("80 % up to")) == NULL);
    close_studio(&s);
}

TEST(a_line_with_a_gap_is_two_lines_and_a_lone_point_a_dot)
{
    struct studio s = open_studio();
    const str name[] = {S("Jan 2026"), S("Feb 2026"), S("Mar 2026"), S("Apr 2026"), S("May 2026")};
    const double value[] = {3, NAN, 4, 5, 6};
    struct drawing *d = draw(&s, one_series(s.mem, "lines", TYPE_month, name, value, 5), 352);
    size_t ndots = 0, nlines = 0;
    for (size_t i = 0; d && i < d->nshapes; i++) {
        const struct shape *x = &d->shape[i];
        ndots += x->fill == PAINT_actual && x->kind == SHAPE_PATH;
        for (size_t k = 0; x->stroke == PAINT_actual && k < x->nops; k++)
            nlines += x->op[k] == PATH_LINE;
    }
    EXPECT_INT(2, (long long)ndots);
    EXPECT_INT(2, (long long)nlines);
    close_studio(&s);
}

TEST(stacked_series_lie_on_each_other_and_percent_fills_the_whole)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_area, 2);
    str flag[] = {S("stacked")};

    c->kind = S("bars");
    c->flag = flag;
    c->nflags = 1;
    c->nseries = 2;
    for (size_t i = 0; i < 2; i++) {
        c->series[0].value[i] = 3e5;
        c->series[1].value[i] = 1e5;
    }
    struct drawing *d = draw(&s, c, 352);
    struct extent low = mark_extent(d, PAINT_c1, c->category[0]),
                  top = mark_extent(d, PAINT_c2, c->category[0]);
    EXPECT_NEAR(low.y0, top.y1, 0.02);
    EXPECT_NEAR(3, (low.y1 - low.y0) / (top.y1 - top.y0), 0.02);
    flag[0] = S("percent");
    d = draw(&s, c, 352);
    EXPECT(find_text(d, S("100\u202f%")) != NULL);
    EXPECT(find_text(d, S("75\u202f%")) != NULL);
    EXPECT(find_text(d, c->y_label) == NULL);
    close_studio(&s);
}

/* Two in five are 0: of what is there, each part has room for its value. */
TEST(a_part_of_0_takes_no_other_its_value)
{
    struct studio s = open_studio();
    const str name[] = {S("A"), S("B"), S("C"), S("D"), S("E")}, flags[] = {S("stacked")};
    const double low[] = {0, 7, 0, 6, 8}, top[] = {16, 10, 14, 12, 11};
    struct chart *c = one_series(s.mem, "bars", TYPE_string, name, low, 5),
                 *above = one_series(s.mem, "bars", TYPE_string, name, top, 5);
    struct series series[] = {c->series[0], above->series[0]};
    series[0].role = ROLE_series1;
    series[1].role = ROLE_series2;
    c->series = series;
    c->nseries = 2;
    c->y_type = TYPE_integer;
    c->flag = (str *)(uintptr_t)flags;
    c->nflags = 1;
    struct drawing *d = draw(&s, c, 352);
    EXPECT(find_text(d, S("7")) && find_text(d, S("6")) && find_text(d, S("8")));
    close_studio(&s);
}

TEST(a_waterfall_hangs_its_steps_and_signs_them)
{
    struct studio s = open_studio();
    double from[] = {0, 50, 0}, to[] = {50, 40, 40}, total[] = {50, NAN, 40},
           bad[] = {NAN, -10, NAN};
    str name[] = {S("Before"), S("Lost"), S("Now")};
    struct series series[] = {{.role = ROLE_start, .value = from},
                              {.role = ROLE_end, .value = to},
                              {.role = ROLE_total, .value = total},
                              {.role = ROLE_bad, .value = bad}};
    struct chart c = {.kind = S("waterfall"),
                      .x_type = TYPE_string,
                      .y_type = TYPE_integer,
                      .y_scale = 1,
                      .npoints = 3,
                      .nseries = 4,
                      .category = name,
                      .series = series};
    struct drawing *d = draw(&s, &c, 352);
    struct extent before = mark_extent(d, PAINT_actual, S("Before")),
                  lost = mark_extent(d, PAINT_bad, S("Lost")),
                  now = mark_extent(d, PAINT_actual, S("Now"));
    EXPECT_NEAR(before.x1, lost.x1, 0.02);
    EXPECT_NEAR(now.x1, lost.x0, 0.02);
    EXPECT(find_text(d, S("\u221210")) && find_text(d, S("50")) && find_text(d, S("40")));
    close_studio(&s);
}

TEST(a_heatmap_is_fuller_where_there_is_more_and_empty_where_nothing_is_known)
{
    struct studio s = open_studio();
    const str name[] = {S("Mon"), S("Tue"), S("Wed")};
    const double value[] = {1, 10, NAN};
    struct drawing *d = draw(&s, one_series(s.mem, "heatmap", TYPE_string, name, value, 3), 352);
    double opacity[2] = {0};
    size_t n = 0;
    for (size_t i = 0; d && i < d->nshapes; i++)
        if (d->shape[i].fill == PAINT_heat && n < 2)
            opacity[n++] = d->shape[i].fill_opacity;
    EXPECT_INT(2, (long long)n);
    EXPECT(opacity[0] < 0.2 && opacity[1] > 0.98);
    close_studio(&s);
}

TEST(rows_of_a_heatmap_may_have_any_role)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_heatmap, 4);
    c->series[0].role = ROLE_start;
    c->series[1].role = ROLE_end;
    struct drawing *d = draw(&s, c, 352);
    EXPECT(count_fill(d, PAINT_heat, false) > 0);
    close_studio(&s);
}

/* One bar of 18 points, and six lines of legend above it. */
TEST(a_long_legend_leaves_room_for_a_single_bar)
{
    struct studio s = open_studio();
    const str name[] = {S("All")}, flags[] = {S("stacked"), S("horizontal")};
    const double value[] = {10};
    struct chart *c = one_series(s.mem, "bars", TYPE_string, name, value, 1);
    struct series series[6];
    for (size_t k = 0; k < 6; k++) {
        series[k] = c->series[0];
        series[k].role = (enum role)(ROLE_series1 + k);
        series[k].label = arena_printf(s.mem, "A name of a series that is long %zu", k);
    }
    c->series = series;
    c->nseries = 6;
    c->flag = (str *)(uintptr_t)flags;
    c->nflags = 2;
    struct drawing *d = draw(&s, c, 168);
    struct extent bar = mark_extent(d, PAINT_c1, S("All"));
    EXPECT(bar.y1 - bar.y0 > 8);
    EXPECT(find_text(d, S("All")) != NULL);
    close_studio(&s);
}

TEST(a_funnel_says_what_share_goes_on)
{
    struct studio s = open_studio();
    const str name[] = {S("Visits"), S("Leads"), S("Customers")};
    const double value[] = {200, 50, 0};
    struct drawing *d = draw(&s, one_series(s.mem, "funnel", TYPE_string, name, value, 3), 352);
    EXPECT(find_text(d, S("200")) && find_text(d, S("50")));
    EXPECT(find_text(d, S("25\u202f%")) && find_text(d, S("0\u202f%")));
    struct extent visits = mark_extent(d, PAINT_actual, S("Visits")),
                  leads = mark_extent(d, PAINT_actual, S("Leads"));
    EXPECT_NEAR(visits.x0 + visits.x1, leads.x0 + leads.x1, 0.05);
    close_studio(&s);
}

TEST(what_makes_up_four_fifths_is_dark_in_a_pareto)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_pareto, 5);
    const double share[] = {0.5, 0.8, 0.9, 0.95, 1};
    memcpy(c->series[1].value, share, sizeof share);
    struct drawing *d = draw(&s, c, 352);
    EXPECT(mark_extent(d, PAINT_actual, c->category[1]).x1 > 0);
    EXPECT(mark_extent(d, PAINT_before, c->category[2]).x1 > 0);
    EXPECT(find_text(d, S("80\u202f%")) != NULL);
    close_studio(&s);
}

TEST(a_gantt_has_months_below_it_and_signs_for_its_states)
{
    struct studio s = open_studio();
    double from[] = {day_of(2026, 1, 10)}, to[] = {day_of(2026, 4, 20)}, bad[] = {1};
    str name[] = {S("Fair")};
    struct series series[] = {{.role = ROLE_start, .value = from},
                              {.role = ROLE_end, .value = to},
                              {.role = ROLE_bad, .value = bad}};
    struct chart c = {.kind = S("gantt"),
                      .x_type = TYPE_string,
                      .y_type = TYPE_date,
                      .npoints = 1,
                      .nseries = 3,
                      .category = name,
                      .series = series};
    struct drawing *d = draw(&s, &c, 475);
    EXPECT(find_text(d, S("Feb 2026")) && find_text(d, S("Apr 2026")) &&
           !find_text(d, S("Jan 2026")));
    EXPECT(find_text(d, S("\u25bc")) && count_fill(d, PAINT_bad, false) == 1);
    close_studio(&s);
}

/* ---- axes ---- */

TEST(the_year_stands_below_the_first_month_and_where_it_changes)
{
    struct studio s = open_studio();
    struct drawing *d = draw(&s, sample_chart(s.mem, SAMPLE_lines, 12), 720);
    size_t nyears = 0;
    for (size_t i = 0; d && i < d->nshapes; i++)
        nyears += str_eq(d->shape[i].text, S("2024")) || str_eq(d->shape[i].text, S("2025"));
    EXPECT_INT(2, (long long)nyears);
    EXPECT(find_text(d, S("Nov")) && find_text(d, S("Jan")) && find_text(d, S("Oct")));
    close_studio(&s);
}

TEST(weeks_have_their_year_below_and_days_of_one_month_are_dates)
{
    struct studio s = open_studio();
    const str week[] = {S("2025-W52"), S("2026-W01"), S("2026-W02")};
    const double value[31] = {1, 2, 3};
    struct drawing *d = draw(&s, one_series(s.mem, "bars", TYPE_period, week, value, 3), 352);
    EXPECT(find_text(d, S("W52")) && find_text(d, S("W01")) && find_text(d, S("W02")));
    EXPECT(find_text(d, S("2025")) && find_text(d, S("2026")));

    struct language lang = language_of(S("en"), S("CNY"), 2);
    str date[31];
    for (int i = 0; i < 31; i++)
        date[i] = fmt_date(s.mem, &lang, day_of(2026, 10, 1) + i);
    d = draw(&s, one_series(s.mem, "lines", TYPE_date, date, value, 31), 352);
    EXPECT(find_text(d, S("1 Oct")) && find_text(d, S("8 Oct")) && find_text(d, S("29 Oct")));
    close_studio(&s);
}

TEST(ticks_are_round_and_written_in_the_language_of_the_book)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_lines, 12);
    struct language german = language_of(S("de"), S("EUR"), -1);
    struct drawing *d = draw(&s, c, 352);
    EXPECT(find_text(d, S("5,000")) != NULL);
    gnuplot_speak(s.g, &german);
    d = draw(&s, c, 352);
    EXPECT(find_text(d, S("5.000")) != NULL);
    EXPECT(find_text(d, S("5,000")) == NULL);
    close_studio(&s);
}

TEST(counts_have_no_parts_on_their_axis)
{
    struct studio s = open_studio();
    const str name[] = {S("Jan 2026"), S("Feb 2026")};
    const double value[] = {0, 2};
    struct chart *c = one_series(s.mem, "lines", TYPE_month, name, value, 2);
    c->y_type = TYPE_integer;
    struct drawing *d = draw(&s, c, 352);
    EXPECT(find_text(d, S("0")) && find_text(d, S("1")) && find_text(d, S("2")));
    EXPECT(!find_text(d, S("0.5")) && !find_text(d, S("1.5")));
    close_studio(&s);
}

TEST(rates_are_percent_on_their_axis_and_at_their_marks)
{
    struct studio s = open_studio();
    struct language lang = language_of(S("en"), S("CNY"), 2);
    const str name[] = {S("East"), S("West")};
    const double value[] = {0.431, 0.8};
    struct chart *c = one_series(s.mem, "bars", TYPE_string, name, value, 2);
    c->y_type = TYPE_rate;
    struct drawing *d = draw(&s, c, 352);
    EXPECT(find_text(d, fmt_percent(s.mem, &lang, 0.431, 1)) != NULL);
    EXPECT(!find_text(d, S("0.431")) && !find_text(d, S("0.8")));
    c = one_series(s.mem, "lines", TYPE_string, name, value, 2);
    c->y_type = TYPE_rate;
    d = draw(&s, c, 352);
    EXPECT(find_text(d, fmt_percent(s.mem, &lang, 0.8, 0)) != NULL && !find_text(d, S("0.8")));
    close_studio(&s);
}

TEST(a_chart_that_is_to_be_as_low_as_can_be_has_room_for_its_head)
{
    struct studio s = open_studio();
    const str name[] = {S("East"), S("West"), S("North")};
    const double value[] = {3, 2, 1};
    for (enum sample_kind kind = 0; kind < SAMPLE_COUNT; kind++) {
        struct chart *c = one_series(s.mem, "bars", TYPE_string, name, value, 3);
        if (kind != SAMPLE_bars)
            c = sample_chart(s.mem, kind, 12);
        c->height = 0.05;
        struct drawing *d = draw(&s, c, 230);
        EXPECT(d && d->width == 230 && d->height > 0);
    }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(a_sparkline_has_no_text_and_ends_in_a_dot)
{
    struct studio s = open_studio();
    const double value[] = {1, 3, NAN, 2, 4};
    struct drawing *d = s.g ? spark_draw(s.g, s.mem, value, 5, 3, 60, 14, &s.diags) : NULL;
    EXPECT(d && d->width == 60 && d->height == 14);
    size_t ndots = 0;
    for (size_t i = 0; d && i < d->nshapes; i++) {
        EXPECT_INT(SHAPE_PATH, d->shape[i].kind);
        ndots += d->shape[i].fill == PAINT_actual;
    }
    EXPECT_INT(1, (long long)ndots);
    EXPECT_INT(1, (long long)count_stroke(d, PAINT_target));
    close_studio(&s);
}

/* ---- kinds and their scripts ---- */

TEST(an_unknown_kind_names_the_nearest)
{
    struct studio s = open_studio();
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 3);
    c->kind = S("barrs");
    EXPECT(!draw(&s, c, 352));
    EXPECT_INT(1, (long long)s.diags.list.n);
    EXPECT_INT(DIAG_CHART_KIND, s.diags.list.at[0].id);
    EXPECT_STR(S("did you mean bars?"), s.diags.list.at[0].args[0]);
    EXPECT_INT(12, s.diags.list.at[0].at.line);
    close_studio(&s);
}

TEST(a_document_is_checked_without_a_process)
{
    struct studio s = {.mem = arena_new()};
    const str charts = S("templates/charts");
    struct chart known = {.kind = S("bars")}, unknown = {.kind = S("pie")};
    struct node figure[] = {{.kind = NODE_figure, .figure.chart = &known},
                            {.kind = NODE_figure, .figure.chart = &unknown, .at = here}};
    struct node root = {.kind = NODE_document, .first = figure};
    struct document d = {.root = &root};

    diags_init(&s.diags, s.mem);
    s.g = gnuplot_idle(s.mem, &charts, 1, &s.diags);
    EXPECT(s.g && draw_check(s.g, &d, &s.diags));
    figure[0].next = &figure[1];
    EXPECT(s.g && !draw_check(s.g, &d, &s.diags));
    EXPECT(s.diags.list.n == 1 && str_eq(s.diags.list.at[0].value, S("pie")));
    close_studio(&s);
}

TEST(the_kinds_are_the_scripts_in_the_folders)
{
    struct studio s = open_studio_with("# layout: columns\nplot 1\n");
    str *kinds;
    size_t n = s.g ? gnuplot_kinds(s.g, s.mem, &kinds) : 0;
    EXPECT_INT(SAMPLE_COUNT + 1, (long long)n);
    for (size_t i = 1; i < n; i++)
        EXPECT(str_cmp(kinds[i - 1], kinds[i]) < 0);
    EXPECT(s.g && gnuplot_has_kind(s.g, S("own")) && !gnuplot_has_kind(s.g, S("README")));
    close_studio(&s);
}

TEST(a_kind_with_a_misspelt_layout_is_refused)
{
    struct studio s = open_studio_with("# Own.\n# layout: colums zero\nplot 1\n");
    EXPECT(!s.g);
    EXPECT_INT(1, (long long)s.diags.list.n);
    EXPECT_INT(DIAG_LAYOUT_WORD, s.diags.list.at[0].id);
    EXPECT_INT(2, s.diags.list.at[0].at.line);
    close_studio(&s);
    s = open_studio_with("plot 1\n");
    EXPECT(!s.g && s.diags.list.n == 1 && s.diags.list.at[0].id == DIAG_LAYOUT_LINE);
    close_studio(&s);
    s = open_studio_with("# layout: rows height much\nplot 1\n");
    EXPECT(!s.g && s.diags.list.n == 1 && s.diags.list.at[0].id == DIAG_LAYOUT_WORD);
    close_studio(&s);
}

/* A kind that goes wrong is told at its block, and the next chart is drawn by a sound process. */
static void expect_failure(const char *script, const char *said)
{
    struct buf text = {0};
    buf_addf(&text, "# layout: columns\n%s\n", script);
    struct studio s = open_studio_with(text.p);
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 4),
                 *sound = sample_chart(s.mem, SAMPLE_bars, 4);

    c->kind = S("own");
    EXPECT(!draw(&s, c, 352));
    EXPECT_INT(1, (long long)s.diags.list.n);
    if (s.diags.list.n) {
        const struct diag *diag = &s.diags.list.at[0];
        EXPECT_INT(12, diag->at.line);
        EXPECT_STR(S("page.md"), diag->at.file);
        if (str_find(diag->value, str_of(said), 0) == diag->value.n)
            test_fail(__FILE__, __LINE__, "%s: \"%s\" is not in \"" STR_FMT "\"", script, said,
                      STR_ARG(diag->value));
    }
    EXPECT(draw(&s, sound, 352) != NULL);
    buf_clear(&text);
    close_studio(&s);
}

/* A kind that draws by the clock shows whether gnuplot was asked again. */
TEST(the_latest_drawings_are_kept)
{
    struct studio s = open_studio_with(
        "# layout: columns\n"
        "t = time(0.0) - floor(time(0.0))\na = t*1009 - floor(t*1009)\n"
        "set arrow 1 from graph a, graph 0 to graph a, graph 1 nohead lc rgb c_ink\n"
        "plot $solid using 1:3 with lines lc rgb c_ink\n");
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 4);
    c->kind = S("own");
    struct drawing *first = draw(&s, c, 352);
    EXPECT(first && same_drawing(first, draw(&s, c, 352)));
    for (int i = 0; i < 512; i++)
        EXPECT(draw(&s, c, 400 + i));
    EXPECT(!same_drawing(first, draw(&s, c, 352)));
    close_studio(&s);
}

/* ---- one drawing for all sizes ---- */

/* The kinds of the templates, but drawn anew for each size. */
static struct studio open_studio_of_each_size(void)
{
    struct studio s = {.mem = arena_new()};
    char path[] = "/tmp/salesbook-test-XXXXXX";
    const str templates = S("templates/charts"), word = S(" stretch ");
    str *file;

    diags_init(&s.diags, s.mem);
    s.folder = arena_str(s.mem, str_of(mkdtemp(path)));
    size_t n = dir_list(s.mem, templates, &file);
    for (size_t i = 0; i < n; i++) {
        str text = {0};
        EXPECT(file_read(s.mem, path_join(s.mem, templates, file[i]), &text, &s.diags));
        size_t at = str_find(text, word, 0);
        if (at < text.n)
            text = arena_printf(s.mem, STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, at)),
                                STR_ARG(str_sub(text, at + word.n - 1, text.n)));
        file_write(path_join(s.mem, s.folder, file[i]), text, &s.diags);
    }
    s.g = gnuplot_new(s.mem, &s.folder, 1, &s.diags);
    return s;
}

static void expect_near(const struct drawing *a, const struct drawing *b, enum sample_kind kind)
{
    const double most = 0.06; /* points; gnuplot writes a symbol's size with two digits */

    EXPECT(a && b && a->nshapes == b->nshapes);
    for (size_t i = 0; a && b && i < a->nshapes && i < b->nshapes; i++) {
        const struct shape *x = &a->shape[i], *y = &b->shape[i];
        EXPECT(x->nxy == y->nxy && x->fill == y->fill && x->stroke == y->stroke &&
               x->hatched == y->hatched && x->fill_opacity == y->fill_opacity);
        EXPECT(str_eq(x->tip, y->tip) && str_eq(x->href, y->href) && str_eq(x->text, y->text));
        EXPECT(fabs(x->stroke_width - y->stroke_width) < 0.01);
        for (size_t k = 0; k < 2 * x->nxy && k < 2 * y->nxy; k++)
            if (fabs(x->xy[k] - y->xy[k]) > most) {
                test_fail(__FILE__, __LINE__, "kind %d: shape %zu has %g, drawn at its size %g",
                          (int)kind, i, x->xy[k], y->xy[k]);
                return;
            }
    }
}

TEST(what_is_stretched_is_as_if_drawn_at_its_size)
{
    struct studio one = open_studio(), each = open_studio_of_each_size();
    const double width[] = {720, 475, 248, 168, 482, 107};

    for (enum sample_kind kind = 0; one.g && each.g && kind < SAMPLE_COUNT; kind++)
        for (size_t w = 0; w < sizeof width / sizeof *width; w++) {
            enum medium medium = w < 4 ? MEDIUM_SCREEN : MEDIUM_PRINT;
            struct chart *c = sample_chart(one.mem, kind, 12);
            expect_near(chart_draw(one.g, one.mem, c, medium, width[w], 0, here, &one.diags),
                        chart_draw(each.g, one.mem, c, medium, width[w], 0, here, &each.diags),
                        kind);
        }
    EXPECT_INT(0, (long long)(one.diags.list.n + each.diags.list.n));
    close_studio(&one);
    close_studio(&each);
}

/* The places to point at, which have no colour. */
static size_t spaces_of(const struct drawing *d, const struct shape **space, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; d && i < d->nshapes && n < most; i++)
        if (d->shape[i].tip.n && d->shape[i].fill == PAINT_none && d->shape[i].stroke == PAINT_none)
            space[n++] = &d->shape[i];
    return n;
}

TEST(spaces_tell_all_series_of_their_category)
{
    enum { N = 5 };
    const char *const scripts[] = {
        "# layout: columns spaces\nplot $actual using 1:3 with lines lc rgb c_actual\n",
        "# layout: columns\nplot $actual using 1:3 with lines lc rgb c_actual, \\\n"
        "    $spaces using 1:3:6:7:2:3:4 with boxxyerror lc rgb variable\n",
    };
    double xy[2][N][8];

    for (size_t k = 0; k < 2; k++) {
        struct studio s = open_studio_with(scripts[k]);
        struct chart *c = sample_chart(s.mem, SAMPLE_lines, N);
        const struct shape *space[N + 1];
        c->kind = S("own");
        struct drawing *d = draw(&s, c, 352);
        EXPECT_INT(N, (long long)spaces_of(d, space, N + 1));
        for (size_t i = 0; d && i < N; i++) {
            EXPECT(str_starts(space[i]->tip, c->category[i]));
            EXPECT(str_find(space[i]->tip, c->series[0].label, 0) < space[i]->tip.n);
            EXPECT(space[i]->nxy == 4);
            memcpy(xy[k][i], space[i]->xy, sizeof xy[k][i]);
        }
        close_studio(&s);
    }
    for (size_t i = 0; i < N * 8; i++)
        EXPECT_NEAR(xy[1][i / 8][i % 8], xy[0][i / 8][i % 8], 0.02);
}

/* Where the first line of a colour begins. */
static double line_x(const struct drawing *d, enum paint paint)
{
    for (size_t i = 0; d && i < d->nshapes; i++)
        if (d->shape[i].kind == SHAPE_PATH && d->shape[i].stroke == paint)
            return d->shape[i].xy[0];
    return NAN;
}

/* A kind that draws by the clock shows how often gnuplot was asked. */
TEST(a_chart_that_is_stretched_is_drawn_once_for_all_media)
{
    const char *const script =
        "# layout: columns%s\n"
        "t = time(0.0) - floor(time(0.0))\na = t*1009 - floor(t*1009)\n"
        "set arrow 1 from graph a, graph 0 to graph a, graph 1 nohead lc rgb c_heat\n"
        "set arrow 2 from graph 0, graph 0 to graph 0, graph 1 nohead lc rgb c_c5\n"
        "set arrow 3 from graph 1, graph 0 to graph 1, graph 1 nohead lc rgb c_c6\n"
        "plot $solid using 1:3 with lines lc rgb c_ink\n";

    for (int stretched = 0; stretched < 2; stretched++) {
        char text[512];
        snprintf(text, sizeof text, script, stretched ? " stretch" : "");
        struct studio s = open_studio_with(text);
        struct node figure = {.kind = NODE_figure, .width = WIDTH_FULL};
        struct node root = {.kind = NODE_document, .first = &figure};
        struct document d = {.root = &root, .draw_screen = true, .draw_print = true};

        figure.figure.chart = sample_chart(s.mem, SAMPLE_area, 4);
        figure.figure.chart->kind = S("own");
        EXPECT(s.g && draw_document(s.g, s.mem, &d, &s.diags));
        const struct drawing *drawn[] = {figure.figure.screen, figure.figure.narrow,
                                         figure.figure.print};
        double share[3];
        for (size_t k = 0; k < 3; k++) {
            double low = line_x(drawn[k], PAINT_c5), high = line_x(drawn[k], PAINT_c6);
            share[k] = (line_x(drawn[k], PAINT_heat) - low) / (high - low);
        }
        EXPECT((fabs(share[0] - share[1]) < 0.001) == (bool)stretched);
        EXPECT((fabs(share[0] - share[2]) < 0.001) == (bool)stretched);
        close_studio(&s);
    }
}

TEST(a_script_that_fails_is_told_with_its_line)
{
    expect_failure("plot nosuch(x)", "own.gp line 2: undefined function: nosuch");
    expect_failure("# one\n\nx = 1\nplot nosuch(x)", "own.gp line 5: undefined function: nosuch");
    expect_failure("plot \\\n$forecast using 1:3, \\\n$solid using 1:3\ny = nosuch(1)",
                   "own.gp line 5: undefined function: nosuch");
    expect_failure("plot $nosuch using 1:2", "line 2");
    expect_failure("plot 'nosuch.csv'", "line 2");
}

static bool has(str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

/* The sample has neither a forecast nor a total. */
TEST(a_part_of_a_plot_without_rows_is_left_out)
{
    struct studio s = open_studio_with("# layout: columns\n"
                                       "plot \\\n"
                                       "    $forecast using 1:3 with lines lc rgb c_forecast, \\\n"
                                       "    $actual using 1:3 \\\n"
                                       "        with lines lc rgb c_actual, \\\n"
                                       "    $total using 1:3 \\\n"
                                       "        with lines lc rgb c_muted\n");
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 4);
    c->kind = S("own");
    str script = chart_script(s.g, s.mem, c, MEDIUM_SCREEN, 352, &s.diags);
    EXPECT(has(
        script,
        "plot \\\n\\\n    $actual using 1:3 \\\n        with lines lc rgb c_actual, \\\n\\\n\n"));
    EXPECT(!has(script, "$forecast") && !has(script, "$total"));
    EXPECT(draw(&s, c, 352) != NULL);
    close_studio(&s);
}

TEST(a_block_that_a_script_needs_is_there_without_rows)
{
    struct studio s = open_studio_with("# layout: columns\n"
                                       "plot $forecast using 1:3 with lines lc rgb c_forecast, \\\n"
                                       "     $total using 1:3 with lines lc rgb c_muted\n");
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 4);
    c->kind = S("own");
    str script = chart_script(s.g, s.mem, c, MEDIUM_SCREEN, 352, &s.diags);
    EXPECT(has(script, "$forecast << END\n-1000 "));
    EXPECT(!has(script, "$total <<"));
    EXPECT(draw(&s, c, 352) != NULL);
    close_studio(&s);
}

TEST(a_chart_with_nothing_for_any_part_is_drawn_empty)
{
    struct studio s = open_studio_with("# layout: columns\n"
                                       "plot \\\n"
                                       "    $forecast using 1:3 with lines lc rgb c_forecast\n");
    struct chart *c = sample_chart(s.mem, SAMPLE_bars, 4);
    c->kind = S("own");
    EXPECT(
        has(chart_script(s.g, s.mem, c, MEDIUM_SCREEN, 352, &s.diags), "$forecast << END\n-1000 "));
    EXPECT(draw(&s, c, 352) != NULL);
    close_studio(&s);
}

TEST(a_script_that_draws_nothing_or_half_is_told)
{
    expect_failure("x = 1", "the script drew nothing");
    expect_failure("set multiplot\nplot 1", "half written");
    expect_failure("exit", "the script drew nothing");
    expect_failure("print 'x'", "half written");
}

TEST(what_a_script_draws_twice_is_no_drawing)
{
    expect_failure("plot $solid using 1:3 lc rgb c_ink\nreplot", "");
}

TEST(a_script_cannot_start_programs_or_write_files)
{
    expect_failure("set table '/tmp/salesbook-test-written'\nplot $solid using 1:3", "");
    EXPECT(!file_exists(S("/tmp/salesbook-test-written")));
    expect_failure("system('touch /tmp/salesbook-test-started')\nx = system('id')",
                   "line 3: popen failed");
    EXPECT(!file_exists(S("/tmp/salesbook-test-started")));
    expect_failure("plot '< touch /tmp/salesbook-test-started'", "");
    EXPECT(!file_exists(S("/tmp/salesbook-test-started")));
}

TEST(a_script_cannot_take_all_memory)
{
    expect_failure("x = 'xxxxxxxx'\ndo for [i=1:29] { x = x . x }", "line 3: out of memory");
}

TEST(a_colour_outside_of_the_palette_is_told)
{
    expect_failure("plot $solid using 1:3 with lines lc rgb 'red'", "rgb(255,   0,   0)");
}

TEST(without_gnuplot_a_diagnostic_names_it)
{
    struct studio s = {.mem = arena_new()};
    const str charts = S("templates/charts");
    str path = arena_str(s.mem, str_of(getenv("PATH")));

    diags_init(&s.diags, s.mem);
    setenv("PATH", "/nonexistent", 1);
    EXPECT(!gnuplot_new(s.mem, &charts, 1, &s.diags));
    setenv("PATH", path.p, 1);
    EXPECT(s.diags.list.n == 1 && s.diags.list.at[0].id == DIAG_CHILD_START);
    EXPECT(s.diags.list.n == 1 && str_eq(s.diags.list.at[0].value, S("gnuplot")));
    close_studio(&s);
}

/* ---- a whole document ---- */

static struct node *figures(struct arena *mem, size_t n)
{
    struct node *figure = NEW_ARRAY(mem, n, struct node);
    for (size_t i = 0; i < n; i++) {
        figure[i].kind = NODE_figure;
        figure[i].width = WIDTH_HALF;
        figure[i].at = (struct place){S("page.md"), (int)i + 1, 1};
        figure[i].title = arena_printf(mem, "Figure %zu", i);
        figure[i].figure.description = S("Revenue by month.");
        figure[i].figure.chart = sample_chart(mem, (enum sample_kind)(i % SAMPLE_sparkline), i + 2);
        figure[i].next = i + 1 < n ? &figure[i + 1] : NULL;
    }
    return figure;
}

TEST(every_figure_of_a_document_gets_its_own_drawing_for_each_medium)
{
    enum { N = 13 };
    struct studio s = open_studio();
    struct node *figure = figures(s.mem, N), root = {.kind = NODE_document, .first = figure};
    struct document d = {.root = &root, .draw_screen = true, .draw_print = true};

    figure[3].only_site = true;
    figure[4].only_report = true;
    figure[5].width = WIDTH_THIRD;
    EXPECT(s.g && draw_document(s.g, s.mem, &d, &s.diags));
    for (size_t i = 0; i < N; i++) {
        const struct drawing *screen = figure[i].figure.screen, *print = figure[i].figure.print;
        const struct drawing *narrow = figure[i].figure.narrow;
        double width = figure[i].width == WIDTH_THIRD ? 230 : 352;
        EXPECT((screen != NULL) == (i != 4) && (print != NULL) == (i != 3));
        EXPECT((narrow != NULL) == (i != 4 && figure[i].width != WIDTH_THIRD));
        if (screen) {
            EXPECT_STR(figure[i].title, screen->title);
            EXPECT_STR(S("Revenue by month."), screen->description);
            EXPECT(same_drawing(screen, draw(&s, figure[i].figure.chart, width)));
        }
        /* On a phone a frame is 350 px wide: then text of 8.5 pt has at least 11 px. */
        EXPECT(!narrow || (8.5 * 350 / narrow->width >= 11 && narrow->height < narrow->width));
        EXPECT(!print || print->width == (width == 230 ? 149 : 232));
    }
    close_studio(&s);
}

TEST(a_figure_that_fails_among_others_is_the_only_one_without_drawing)
{
    enum { N = 9 };
    struct studio s = open_studio_with("# layout: columns\nplot nosuch(x)\n");
    struct node *figure = figures(s.mem, N), root = {.kind = NODE_document, .first = figure};
    struct document d = {.root = &root, .draw_screen = true};

    figure[4].figure.chart->kind = S("own");
    figure[6].figure.chart->kind = S("nosuch");
    EXPECT(s.g && !draw_document(s.g, s.mem, &d, &s.diags));
    for (size_t i = 0; i < N; i++)
        EXPECT((figure[i].figure.screen != NULL) == (i != 4 && i != 6));
    EXPECT_INT(2, (long long)s.diags.list.n);
    int lines = 0;
    for (size_t i = 0; i < s.diags.list.n; i++)
        lines += s.diags.list.at[i].at.line;
    EXPECT_INT(5 + 7, lines);
    close_studio(&s);
}

/* All points in their order: gnuplot parts long paths where it likes. */
static void expect_same_points(const struct drawing *a, const struct drawing *b)
{
    size_t shape = 0, at = 0;

    EXPECT(a && b);
    for (size_t i = 0; a && b && i < a->nshapes; i++)
        for (size_t k = 0; k < 2 * a->shape[i].nxy; k++) {
            while (shape < b->nshapes && at == 2 * b->shape[shape].nxy)
                shape++, at = 0;
            EXPECT(shape < b->nshapes);
            if (shape < b->nshapes)
                EXPECT_NEAR(a->shape[i].xy[k], b->shape[shape].xy[at++], 0.02);
        }
    EXPECT(!b || shape + 1 >= b->nshapes);
}

TEST(sparklines_drawn_together_are_what_each_is_alone)
{
    enum { N = 150 };
    struct studio s = open_studio();
    struct cell *cell = NEW_ARRAY(s.mem, N, struct cell);
    struct table_node table = {.ncols = 1, .nrows = N, .cell = cell};
    struct node node = {.kind = NODE_table, .table = &table};
    struct node root = {.kind = NODE_document, .first = &node};
    struct document d = {.root = &root, .draw_screen = true};

    for (size_t i = 0; i < N; i++) {
        size_t n = 1 + i % 3 * 6;
        double *value = NEW_ARRAY(s.mem, n, double);
        for (size_t k = 0; k < n; k++)
            value[k] = i == 7 || (i + k) % 5 == 4 ? NAN : i == 8 ? 3 : sin((double)(i * k));
        cell[i].spark = value;
        cell[i].nspark = n;
    }
    EXPECT(s.g && draw_document(s.g, s.mem, &d, &s.diags));
    for (size_t i = 0; s.g && i < N; i++) {
        const struct drawing *alone =
            spark_draw(s.g, s.mem, cell[i].spark, cell[i].nspark, NAN, 60, 14, &s.diags);
        expect_same_points(alone, cell[i].spark_drawing);
    }
    EXPECT_INT(0, (long long)s.diags.list.n);
    close_studio(&s);
}

TEST(key_figures_and_cells_get_their_sparklines)
{
    struct studio s = open_studio();
    const double value[] = {1, 2, 3};
    struct kpi kpi[] = {{.spark = value, .nspark = 3, .spark_target = NAN}, {.spark_target = NAN}};
    struct cell cell[] = {{.spark = value, .nspark = 3}, {.nspark = 0}};
    struct table_node table = {.ncols = 1, .nrows = 2, .cell = cell};
    struct node nodes[] = {{.kind = NODE_kpis, .kpis = {kpi, 2}},
                           {.kind = NODE_table, .table = &table}};
    struct node root = {.kind = NODE_document, .first = nodes};
    struct document d = {.root = &root, .draw_screen = true};

    nodes[0].next = &nodes[1];
    EXPECT(s.g && draw_document(s.g, s.mem, &d, &s.diags));
    EXPECT(kpi[0].spark_drawing && !kpi[1].spark_drawing);
    EXPECT(cell[0].spark_drawing && !cell[1].spark_drawing);
    close_studio(&s);
}
