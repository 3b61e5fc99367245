/* Forms: what is asked on the left, the place for the answer on the right. For a pen the place is
 * lines and squares; in a file that is filled in on a screen it is a box with a field in it
 * (pdf_field.c). */
#include "pdf_private.h"

#include <math.h>

static const struct look look_unit = {WEIGHT_REGULAR, 8.5f, RGB_MUTED};
static const double line_pen = 24;    /* what a hand needs, 8.5 mm */
static const double line_screen = 14; /* of text of look_body */
static const double box_pad = 3, square = 11, label_gap = 14, row_pad = 9;
enum { LINES_TOGETHER = 6, HINT_LEADING = 10 };

struct asked {
    const struct form_field *field;
    struct text *label, *hint;
    struct tag *label_tag, *hint_tag, *answer;
    struct text **choice;
    struct tag **square_tag, **choice_tag;
    double at, width; /* of the place for the answer */
};
/* Some lines of a field: all, but of one that a page may have to cut. */
struct lines {
    struct asked *asked;
    size_t n;
    bool first;
};

/* ---- the place for the answer ---- */

static void put_square(struct canvas *c, double x, double y)
{
    const double side[4][4] = {{x, y, x + square, y},
                               {x + square, y, x + square, y + square},
                               {x + square, y + square, x, y + square},
                               {x, y + square, x, y}};
    for (int i = 0; i < 4; i++)
        canvas_line(c, side[i][0], side[i][1], side[i][2], side[i][3], 0.75, RGB_TEXT);
}

static void put_box(struct canvas *c, double x, double y, double width, double height)
{
    canvas_line(c, x, y, x + width, y, 0.5, RGB_RULE);
    canvas_line(c, x, y + height, x + width, y + height, 0.5, RGB_RULE);
    canvas_line(c, x, y, x, y + height, 0.5, RGB_RULE);
    canvas_line(c, x + width, y, x + width, y + height, 0.5, RGB_RULE);
}

/* How much of the line an answer of one line takes: numbers and days are short. */
static double answer_width(const struct asked *a)
{
    switch (a->field->type) {
    case FIELD_number:
    case FIELD_money:
    case FIELD_date:
    case FIELD_time:
        return a->field->lines > 1 ? a->width : fmin(a->width, 150);
    case FIELD_signature:
        return fmin(a->width, 240);
    case FIELD_text:
    case FIELD_check:
    case FIELD_choice:
        break;
    }
    return a->width;
}

/* Day, month and year, hour and minute are written above their names. */
static void put_parts(struct canvas *c, const struct asked *a, double x, double y)
{
    static const enum own_word day[] = {WORD_day, WORD_month, WORD_year},
                               hour[] = {WORD_hour, WORD_minute};
    bool is_day = a->field->type == FIELD_date;
    const enum own_word *part = is_day ? day : hour;
    size_t n = is_day ? 3 : 2;

    for (size_t i = 0; i < n; i++) {
        double width = part[i] == WORD_year ? 52 : 38;
        canvas_line(c, x, y, x + width, y, 0.5, RGB_MUTED);
        canvas_text(c, own_word(part[i]), look_note, x, y + 9);
        x += width + 8;
    }
}

static void put_lines(struct canvas *c, const struct asked *a, size_t n, double x, double y)
{
    for (size_t i = 0; i < n; i++) {
        double width = n > 1 || a->field->lines > 1 ? a->width : answer_width(a);
        y += line_pen;
        canvas_line(c, x, y - 3, x + width, y - 3, 0.5, RGB_MUTED);
        if (i == 0 && a->field->unit.n)
            canvas_text(c, a->field->unit, look_unit,
                        x + width - text_width_pt(c->pdf, a->field->unit, look_unit), y - 6);
    }
}

static void put_choices(struct canvas *c, const struct asked *a, double x, double y)
{
    double pen = 0;
    y += 5;
    for (size_t i = 0; i < a->field->nchoices; i++) {
        struct text *t = a->choice[i];
        double width = square + 5 + t->line.at[0].width;
        if (pen > 0 && pen + width > a->width) {
            pen = 0;
            y += line_pen;
        }
        canvas_tag(c, a->square_tag[i]);
        put_square(c, x + pen, y);
        for (size_t k = 0; k < t->line.n; k++)
            text_draw(c, t, k, a->choice_tag[i], x + pen + square + 5,
                      y + 9 + (double)k * LEADING_BODY);
        y += (double)(t->line.n - 1) * LEADING_BODY;
        pen += width + 16;
    }
}

static double choices_height(const struct asked *a)
{
    double pen = 0, height = line_pen;
    for (size_t i = 0; i < a->field->nchoices; i++) {
        const struct text *t = a->choice[i];
        double width = square + 5 + t->line.at[0].width;
        if (pen > 0 && pen + width > a->width) {
            pen = 0;
            height += line_pen;
        }
        height += (double)(t->line.n - 1) * LEADING_BODY;
        pen += width + 16;
    }
    return height;
}

static bool has_parts(const struct form_field *field)
{
    return field->lines == 1 && (field->type == FIELD_date || field->type == FIELD_time);
}

static void draw_for_pen(struct canvas *c, const struct lines *l, double x, double y)
{
    const struct asked *a = l->asked;
    if (a->field->type == FIELD_choice) {
        put_choices(c, a, x, y);
        return;
    }
    canvas_tag(c, a->answer);
    if (a->field->type == FIELD_check)
        put_square(c, x, y + 5);
    else if (has_parts(a->field))
        put_parts(c, a, x, y + line_pen - 3);
    else
        put_lines(c, a, l->n, x, y);
}

static double screen_height(const struct asked *a)
{
    return (double)a->field->lines * line_screen + 2 * box_pad;
}

static void draw_for_screen(struct canvas *c, const struct lines *l, double x, double y)
{
    const struct asked *a = l->asked;
    const struct form_field *field = a->field;
    double width = answer_width(a), height = screen_height(a);

    canvas_tag(c, NULL);
    if (field->type == FIELD_signature) { /* by hand, on what is printed */
        canvas_tag(c, a->answer);
        put_lines(c, a, 1, x, y);
        return;
    }
    if (field->type == FIELD_check)
        width = height = square + 2;
    double inside = field->type == FIELD_check ? 0 : 2; /* room beside what is typed */
    put_box(c, x, y + 3, width, height);
    field_add(c, a->answer, field, x + inside, y + 3, width - 2 * inside, height);
    if (field->unit.n) {
        canvas_tag(c, a->hint_tag);
        canvas_text(c, field->unit, look_unit, x + width + 5, y + 15);
    }
}

/* ---- a field ---- */

static void draw_field(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct lines *l = p->of;
    const struct asked *a = l->asked;
    double below = y + 14;

    for (size_t i = 0; l->first && i < a->label->line.n; i++, below += LEADING_BODY)
        text_draw(c, a->label, i, a->label_tag, x, below);
    for (size_t i = 0; l->first && a->hint && i < a->hint->line.n; i++, below += HINT_LEADING)
        text_draw(c, a->hint, i, a->hint_tag, x, below);
    (c->pdf->fields ? draw_for_screen : draw_for_pen)(c, l, x + a->at, y);
}

static double label_height(const struct asked *a)
{
    return 7 + (double)a->label->line.n * LEADING_BODY +
           (a->hint ? (double)a->hint->line.n * HINT_LEADING : 0);
}

static double answer_height(const struct pdf *pdf, const struct asked *a, size_t lines)
{
    if (pdf->fields)
        return screen_height(a) + 3;
    if (a->field->type == FIELD_choice)
        return choices_height(a);
    return (double)lines * line_pen + (has_parts(a->field) ? HINT_LEADING : 0);
}

/* Those who cannot see the place hear what it is for. */
static struct tag *answer_tag(struct pdf *pdf, struct tag *parent, const struct form_field *field,
                              str says)
{
    struct tag *tag = tag_new(pdf->tags, parent, TAG_Form, says);
    if (!pdf->fields || field->type == FIELD_signature)
        tag_print_field(tag, field->type == FIELD_check    ? PRINT_FIELD_check
                             : field->type == FIELD_choice ? PRINT_FIELD_choice
                                                           : PRINT_FIELD_text);
    return tag;
}

static void add_choices(struct flow *f, struct asked *a)
{
    const struct form_field *field = a->field;
    struct pdf *pdf = f->pdf;

    a->choice = NEW_ARRAY(pdf->mem, field->nchoices, struct text *);
    a->square_tag = NEW_ARRAY(pdf->mem, field->nchoices, struct tag *);
    a->choice_tag = NEW_ARRAY(pdf->mem, field->nchoices, struct tag *);
    for (size_t i = 0; i < field->nchoices; i++) {
        str says = arena_printf(pdf->mem, STR_FMT ": " STR_FMT, STR_ARG(field->label),
                                STR_ARG(field->choice[i]));
        a->choice[i] = text_plain(pdf, field->choice[i], look_body);
        text_break(pdf, a->choice[i], a->width - square - 5);
        a->square_tag[i] = answer_tag(pdf, f->tag, field, says);
        a->choice_tag[i] = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
    }
}

static struct asked *asked_new(struct flow *f, const struct form_field *field)
{
    struct pdf *pdf = f->pdf;
    struct asked *a = NEW(pdf->mem, struct asked);
    double label = fmin(150, f->width * 0.3);

    *a = (struct asked){
        .field = field, .at = label + label_gap, .width = f->width - label - label_gap};
    a->label = text_plain(pdf, field->label, look_strong);
    text_break(pdf, a->label, label);
    a->label_tag = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
    if (field->hint.n) {
        a->hint = text_plain(pdf, field->hint, look_note);
        text_break(pdf, a->hint, label);
    }
    if (field->hint.n || field->unit.n)
        a->hint_tag = tag_new(pdf->tags, f->tag, TAG_P, (str){0});
    if (field->type == FIELD_choice && !pdf->fields)
        add_choices(f, a);
    else
        a->answer = answer_tag(pdf, f->tag, field, field->label);
    return a;
}

static bool is_cut(const struct pdf *pdf, const struct form_field *field)
{
    return !pdf->fields && field->type != FIELD_choice && field->type != FIELD_check &&
           field->type != FIELD_signature;
}

static void flow_field(struct flow *f, const struct form_field *field)
{
    struct asked *a = asked_new(f, field);
    bool cut = is_cut(f->pdf, field);
    size_t all = cut ? field->lines : 1;

    for (size_t from = 0; from < all; from += LINES_TOGETHER) {
        struct lines *l = NEW(f->pdf->mem, struct lines);
        *l =
            (struct lines){a, all - from < LINES_TOGETHER ? all - from : LINES_TOGETHER, from == 0};
        double height = answer_height(f->pdf, a, l->n);
        if (from == 0)
            height = fmax(height, label_height(a));
        flow_add(f, height, from ? 0 : row_pad, draw_field, l);
    }
}

void flow_form(struct flow *f, const struct node *n)
{
    size_t first = f->piece.n;

    flow_block_title(f, n->title, tag_new(f->pdf->tags, f->tag, TAG_P, (str){0}));
    for (size_t i = 0; i < n->form.n; i++)
        flow_field(f, &n->form.at[i]);
    flow_block_note(f, n->note);
    if (n->id.n && f->piece.n > first)
        flow_mark(f, f->piece.at[first], n->id, n->title, 0);
    f->gap = 15;
}
