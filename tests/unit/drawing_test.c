/* SVG as gnuplot and Graphviz write it becomes shapes; colours carry paints and tips. */
#include <math.h>
#include <string.h>

#include "../../gen/draw/parts.h"
#include "test.h"

struct bench {
    struct arena *mem;
    struct diags diags;
};

static struct bench set_up(void)
{
    struct bench b = {.mem = arena_new()};
    diags_init(&b.diags, b.mem);
    return b;
}

static void tear_down(struct bench *b)
{
    arena_free(b->mem);
}

static struct drawing *read_body(struct bench *b, const char *body, const struct tips *tips)
{
    str svg = arena_printf(b->mem,
                           "<?xml version=\"1.0\"?><svg width=\"100\" height=\"50pt\" "
                           "xmlns:xlink=\"http://www.w3.org/1999/xlink\">%s</svg>",
                           body);
    diags_init(&b->diags, b->mem);
    return svg_read(b->mem, svg, tips, (struct place){S("page.md"), 7, 1}, &b->diags);
}

/* The only shape of a drawing; the test fails if there is not exactly one. */
static struct shape only(struct bench *b, const char *body)
{
    struct drawing *d = read_body(b, body, NULL);
    EXPECT(d && d->nshapes == 1);
    return d && d->nshapes == 1 ? d->shape[0] : (struct shape){0};
}

static void expect_points(const struct shape *s, size_t n, const double *xy)
{
    EXPECT_INT((long long)n, (long long)s->nxy);
    for (size_t i = 0; i < 2 * n && n == s->nxy; i++)
        EXPECT_NEAR(xy[i], s->xy[i], 1e-9);
}

static void expect_refused(const char *body, const char *value)
{
    struct bench b = set_up();
    EXPECT(!read_body(&b, body, NULL));
    EXPECT_INT(1, (long long)b.diags.list.n);
    if (b.diags.list.n == 1) {
        EXPECT_INT(DIAG_SVG_UNKNOWN, b.diags.list.at[0].id);
        EXPECT_STR(str_of(value), b.diags.list.at[0].value);
        EXPECT_INT(7, b.diags.list.at[0].at.line);
    }
    tear_down(&b);
}

/* ---- colours ---- */

TEST(each_paint_comes_back_from_its_colour_with_its_tip)
{
    for (enum paint p = PAINT_ink; p <= PAINT_heat; p++) {
        enum paint back;
        uint32_t tip;
        EXPECT(paint_of_rgb(paint_rgb(p) | 4711, &back, &tip));
        EXPECT_INT(p, back);
        EXPECT_INT(4711, tip);
    }
}

TEST(black_is_ink_and_white_is_ground)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<rect width='3' height='2' fill='black' stroke='#ffffff'/>");
    EXPECT_INT(PAINT_ink, s.fill);
    EXPECT_INT(PAINT_ground, s.stroke);
    s = only(&b,
             "<rect width='3' height='2' fill='rgb(255, 255, 255)' stroke='rgb(  0,   0,   0)'/>");
    EXPECT_INT(PAINT_ground, s.fill);
    EXPECT_INT(PAINT_ink, s.stroke);
    tear_down(&b);
}

TEST(a_colour_that_no_paint_has_is_refused)
{
    expect_refused("<rect width='1' height='1' fill='#ff0000'/>", "#ff0000");
    expect_refused("<rect width='1' height='1' fill='red'/>", "red");
    expect_refused("<text fill='rgb(86,180,233)'>x</text>", "rgb(86,180,233)");
}

TEST(a_colour_around_a_group_that_draws_nothing_is_not_asked_for)
{
    struct bench b = set_up();
    struct drawing *d =
        read_body(&b, "<g stroke='rgb(86,180,233)' fill='red'><title>x</title></g>", NULL);
    EXPECT(d && d->nshapes == 0);
    tear_down(&b);
}

TEST(a_colour_brings_the_tip_and_the_address_of_its_number)
{
    struct bench b = set_up();
    str tip[] = {S("one"), S("two")}, href[] = {S("a.html"), S("b.html")};
    struct tips tips = {tip, href, 2};
    str body = arena_printf(b.mem, "<rect width='1' height='1' fill='#%06x'/>",
                            paint_rgb(PAINT_actual) | 2);
    struct drawing *d = read_body(&b, body.p, &tips);
    EXPECT(d && d->nshapes == 1);
    if (d && d->nshapes == 1) {
        EXPECT_INT(PAINT_actual, d->shape[0].fill);
        EXPECT_STR(S("two"), d->shape[0].tip);
        EXPECT_STR(S("b.html"), d->shape[0].href);
    }
    tear_down(&b);
}

TEST(a_tip_without_a_colour_is_a_place_to_point_at)
{
    struct bench b = set_up();
    str tip[] = {S("October")};
    struct tips tips = {tip, NULL, 1};
    struct drawing *d =
        read_body(&b, "<rect width='9' height='9' fill='#000001' stroke='none'/>", &tips);
    EXPECT(d && d->nshapes == 1);
    if (d && d->nshapes == 1) {
        EXPECT_INT(PAINT_none, d->shape[0].fill);
        EXPECT_STR(S("October"), d->shape[0].tip);
    }
    tear_down(&b);
}

TEST(the_number_of_a_tip_that_does_not_exist_is_refused)
{
    expect_refused("<rect width='1' height='1' fill='#280003'/>", "#280003");
}

/* ---- paths ---- */

TEST(path_data_of_both_programs_become_moves_lines_and_curves)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<path stroke='black' fill='none' "
                              "d='M1.50,2 L3,4 C5,6 7,8 9,10 Z  M0,0 h2 v-3 l1,1 z'/>");
    const uint8_t op[] = {PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE, PATH_MOVE,
                          PATH_LINE, PATH_LINE, PATH_LINE,  PATH_CLOSE};
    const double xy[] = {1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 2, 0, 2, -3, 3, -2};
    EXPECT_INT(9, (long long)s.nops);
    EXPECT(s.nops == 9 && memcmp(s.op, op, 9) == 0);
    expect_points(&s, 9, xy);
    EXPECT_INT(PAINT_none, s.fill);
    tear_down(&b);
}

TEST(a_quadratic_curve_is_drawn_as_a_cubic_one)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<path stroke='black' d='M0,0 Q3,0 3,3'/>");
    const double xy[] = {0, 0, 2, 0, 3, 1, 3, 3};
    expect_points(&s, 4, xy);
    tear_down(&b);
}

TEST(transforms_nest_from_the_outside_in)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<g transform='translate(10,20)'><g transform='scale(2) rotate(90)'>"
                              "<polyline stroke='black' points='1,0 0,1'/></g></g>");
    const double xy[] = {10, 22, 8, 20};
    expect_points(&s, 2, xy);
    EXPECT_NEAR(2, s.stroke_width, 1e-9);
    tear_down(&b);
}

TEST(what_a_group_says_ends_with_the_group)
{
    struct bench b = set_up();
    struct drawing *d = read_body(&b,
                                  "<g fill='#280000'><rect width='1' height='1'/></g>"
                                  "<rect width='1' height='1'/>",
                                  NULL);
    EXPECT(d && d->nshapes == 2);
    if (d && d->nshapes == 2) {
        EXPECT_INT(PAINT_actual, d->shape[0].fill);
        EXPECT_INT(PAINT_ink, d->shape[1].fill);
    }
    tear_down(&b);
}

TEST(what_nobody_can_see_or_point_at_is_left_out)
{
    struct bench b = set_up();
    struct drawing *d =
        read_body(&b,
                  "<rect width='5' height='5' fill='none'/><path stroke='black' d=''/>"
                  "<rect width='5' height='5' fill='black' fill-opacity='0.00'/>"
                  "<text>  </text>",
                  NULL);
    EXPECT(d && d->nshapes == 0);
    tear_down(&b);
}

TEST(dashes_are_whole_points)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<path stroke='black' stroke-dasharray='3.6,0.2' d='M0,0 L1,1'/>");
    EXPECT_INT(2, s.ndash);
    EXPECT_INT(4, s.dash[0]);
    EXPECT_INT(1, s.dash[1]);
    tear_down(&b);
}

TEST(a_pattern_is_read_as_hatching_in_its_colour)
{
    struct bench b = set_up();
    struct shape s =
        only(&b, "<defs><pattern id='gpPat1' patternUnits='userSpaceOnUse' width='8'>"
                 "<path style='fill:none; stroke:rgb(64,0,0)' d='M-4,0 L8,12'/></pattern></defs>"
                 "<polygon  fill = 'url(#gpPat1)' points = '0,0 1,0 1,1 '/>");
    EXPECT(s.hatched);
    EXPECT_INT(PAINT_forecast, s.fill);
    EXPECT_INT(4, (long long)s.nops);
    tear_down(&b);
}

TEST(a_pattern_that_is_not_defined_is_refused)
{
    expect_refused("<polygon fill='url(#gpPat9)' points='0,0 1,0 1,1'/>", "url(#gpPat9)");
}

TEST(symbols_of_gnuplot_are_drawn_at_their_scale)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<use xlink:href='#gpPt6' transform='translate(10,20) scale(3)' "
                              "color='#280000'/>");
    EXPECT_INT(PAINT_actual, s.fill);
    EXPECT_INT(PAINT_none, s.stroke);
    EXPECT_NEAR(13, s.xy[0], 1e-9);
    EXPECT_NEAR(20, s.xy[1], 1e-9);
    tear_down(&b);
    expect_refused("<use xlink:href='#gpPt99'/>", "#gpPt99");
    expect_refused("<use xlink:href='http://example.org/x'/>", "http://example.org/x");
}

/* gnuplot's groups are passed over before the SVG is read, but only those in which nothing
 * stands. */
TEST(an_empty_group_of_gnuplot_takes_nothing_with_it)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<g fill=\"none\" color=\"#280000\" stroke=\"currentColor\">\n"
                              "<g fill=\"none\" color=\"nobody knows\" stroke-width=\"9\">\n</g>\n"
                              "<g stroke-width=\"3\">\n</g>\n"
                              "<path d='M1,2 L3,4'/></g>\n"
                              "<g fill=\"none\" color=\"black\">\n</g>\n");
    EXPECT_INT(PAINT_actual, s.stroke);
    EXPECT_NEAR(1, s.stroke_width, 1e-9);
    s = only(
        &b, "<g fill=\"none\" color=\"black\"><text fill='black' x='1' y='2'>a \">\n</text></g>\n");
    EXPECT_STR(S("a \">\n"), s.text);
    tear_down(&b);
    expect_refused("<g fill=\"none\" color=\"black\">\n</g>\n<image x=\"1\">\n</image>\n", "image");
}

/* ---- texts ---- */

TEST(texts_keep_their_place_size_weight_and_turn)
{
    struct bench b = set_up();
    struct shape s =
        only(&b, "<g transform='translate(5,6) rotate(-90)' fill='black' font-family='Sans:Bold' "
                 "font-size='9.00'  text-anchor='end'><text>a &lt;b&gt; &amp;amp; 李</text></g>");
    EXPECT_INT(SHAPE_TEXT, s.kind);
    EXPECT_STR(S("a <b> &amp; 李"), s.text);
    EXPECT_NEAR(5, s.xy[0], 1e-9);
    EXPECT_NEAR(6, s.xy[1], 1e-9);
    EXPECT_NEAR(90, s.angle, 1e-9);
    EXPECT_NEAR(9, s.size, 1e-9);
    EXPECT_INT(ANCHOR_END, s.anchor);
    EXPECT(s.bold);
    tear_down(&b);
}

TEST(a_link_of_graphviz_leads_where_it_says)
{
    struct bench b = set_up();
    struct shape s = only(&b, "<g><a xlink:href='person/li-wei.html' xlink:title='x'>"
                              "<text x='1' y='2'>Li Wei</text></a></g>");
    EXPECT_STR(S("person/li-wei.html"), s.href);
    tear_down(&b);
}

/* ---- what is not read ---- */

TEST(an_unknown_element_is_refused)
{
    expect_refused("<image width='1' height='1'/>", "image");
    expect_refused("<script>alert(1)</script>", "script");
    expect_refused("<foreignObject/>", "foreignObject");
}

TEST(an_unknown_attribute_is_refused)
{
    expect_refused("<g onmousemove=\"x('t')\"></g>", "onmousemove");
    expect_refused("<rect width='1' height='1' style='fill:red'/>", "style");
    expect_refused("<rect transform='skewX(3)' width='1' height='1'/>", "skewX(3)");
}

TEST(broken_path_data_are_refused)
{
    expect_refused("<path d='M1,2 A3,4'/>", "M1,2 A3,4");
    expect_refused("<path d='M1'/>", "M1");
    expect_refused("<polygon points='1,2 x'/>", "1,2 x");
}

TEST(half_an_svg_is_a_diagnostic)
{
    struct bench b = set_up();
    EXPECT(
        !drawing_read_svg(b.mem, S("<svg width='1' height='1'><g>"), (struct place){0}, &b.diags));
    EXPECT(!drawing_read_svg(b.mem, S(""), (struct place){0}, &b.diags));
    EXPECT_INT(2, (long long)b.diags.list.n);
    EXPECT_INT(DIAG_SVG_SYNTAX, b.diags.list.at[0].id);
    tear_down(&b);
}

TEST(groups_nested_without_end_are_refused)
{
    struct bench b = set_up();
    struct buf body = {0};
    for (int i = 0; i < 1000; i++)
        buf_add(&body, S("<g>"));
    for (int i = 0; i < 1000; i++)
        buf_add(&body, S("</g>"));
    EXPECT(!read_body(&b, body.p, NULL));
    EXPECT_INT(1, (long long)b.diags.list.n);
    buf_clear(&body);
    tear_down(&b);
}

/* ---- text that has to fit ---- */

TEST(a_text_that_fits_is_left_alone)
{
    struct arena *mem = arena_new();
    EXPECT_STR(S("Li Wei"), text_fit(mem, S("Li Wei"), 10));
    EXPECT_STR(S(""), text_fit(mem, S(""), 0));
    arena_free(mem);
}

TEST(a_text_fits_into_room_that_was_measured_by_it)
{
    struct arena *mem = arena_new();
    static const char *const names[] = {"cleo", "Li Wei", "Müller", "北京", "Zoë"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (double size = 5; size < 14; size += 0.1)
            EXPECT_STR(str_of(names[i]),
                       text_fit(mem, str_of(names[i]), text_em(str_of(names[i])) * size / size));
    arena_free(mem);
}

TEST(a_text_is_cut_between_characters_and_says_so)
{
    struct arena *mem = arena_new();
    EXPECT_STR(S("李娜…"), text_fit(mem, S("李娜李娜"), 3.2));
    str cut = text_fit(mem, S("Müller-Lüdenscheidt"), 5);
    EXPECT(str_ends(cut, S("…")) && utf8_valid(cut, NULL));
    EXPECT(text_em(cut) <= 5);
    EXPECT_STR(S("…"), text_fit(mem, S("Müller"), 0));
    arena_free(mem);
}

TEST(chinese_is_as_wide_as_high_and_digits_are_alike)
{
    EXPECT_NEAR(2, text_em(S("李娜")), 1e-9);
    EXPECT_NEAR(text_em(S("11")), text_em(S("08")), 1e-9);
    EXPECT(text_em(S("WWW")) > text_em(S("iii")));
}

/* ---- what is kept ---- */

TEST(the_latest_texts_are_kept_and_the_oldest_goes_first)
{
    struct kept kept = {0};
    struct arena *mem = arena_new();
    for (int i = 0; i < KEPT; i++) {
        str text = arena_printf(mem, "text %d", i);
        kept_add(&kept, hash128_of(text), text);
    }
    EXPECT_STR(S("text 0"), kept_find(&kept, hash128_of(S("text 0"))));
    EXPECT(!kept_find(&kept, hash128_of(S("text"))).n);
    kept_add(&kept, hash128_of(S("one more")), S("one more"));
    EXPECT(!kept_find(&kept, hash128_of(S("text 0"))).n);
    EXPECT_STR(S("text 1"), kept_find(&kept, hash128_of(S("text 1"))));
    EXPECT_STR(S("one more"), kept_find(&kept, hash128_of(S("one more"))));
    kept_clear(&kept);
    arena_free(mem);
}
