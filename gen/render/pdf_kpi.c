/* Key figures: six in a row at most, each a name, a value, what it is held against, a sparkline. */
#include "pdf_private.h"

#include <math.h>

static const struct look look_label = {WEIGHT_REGULAR, 7.5f, RGB_MUTED};
static const struct look look_value = {WEIGHT_BOLD, 15, RGB_TEXT};
enum { AT_MOST = 6, LABEL_LEADING = 10, VALUE_HEIGHT = 21, LINE_HEIGHT = 10, SPARK_HEIGHT = 20 };
static const double column_gap = 12;

struct cards {
    const struct kpi *at;
    size_t n;
    struct text **label;
    size_t label_lines;
    double width; /* of one */
    struct tag **tag;
};

/* "▲ +3.2 % target". */
static double draw_difference(struct canvas *c, str difference, enum state state, enum own_word to,
                              double x, double y, double width)
{
    struct pdf *pdf = c->pdf;
    struct look look = {WEIGHT_REGULAR, 7.5f, state_rgb(state)};
    if (!difference.n)
        return y;
    double end = canvas_text(c, pdf_signed(pdf, state, difference), look, x, y + 7.5);
    str rest = arena_printf(pdf->mem, " " STR_FMT, STR_ARG(own_word(to)));
    if (end + text_width_pt(pdf, rest, look_label) <= x + width)
        canvas_text(c, rest, look_label, end, y + 7.5);
    return y + LINE_HEIGHT;
}

static void draw_card(struct canvas *c, const struct cards *s, size_t i, double x, double y)
{
    const struct kpi *k = &s->at[i];
    struct tag *tag = s->tag[i];
    struct look look = look_value;
    str unit = k->unit.n ? arena_printf(c->pdf->mem, " " STR_FMT, STR_ARG(k->unit)) : (str){0};
    double width = text_width_pt(c->pdf, k->value, look);
    double room = s->width - text_width_pt(c->pdf, unit, look_label);

    if (width > room)
        look.size = fmaxf(7, look.size * (float)(room / width));
    canvas_tag(c, NULL);
    canvas_line(c, x, y, x + s->width, y, 0.75, RGB_TEXT);
    for (size_t l = 0; l < s->label[i]->line.n && l < s->label_lines; l++)
        text_draw(c, s->label[i], l, tag, x, y + 12 + (double)l * LABEL_LEADING);
    y += 5 + (double)s->label_lines * LABEL_LEADING;
    canvas_tag(c, tag);
    double end = canvas_text(c, k->value, look, x, y + 16);
    canvas_text(c, unit, look_label, end, y + 16);
    y += VALUE_HEIGHT;
    double below =
        draw_difference(c, k->target_diff, k->target_state, WORD_to_target, x, y, s->width);
    draw_difference(c, k->before_diff, k->before_state, WORD_to_before, x, below, s->width);
    y += 2 * LINE_HEIGHT;
    const struct drawing *g = k->spark_drawing;
    if (!g || !(g->width > 0 && g->height > 0))
        return;
    canvas_tag(c, NULL);
    double scale = fmin(s->width / g->width, (SPARK_HEIGHT - 4) / g->height);
    canvas_drawing(c, g, x, y + 4, g->width * scale);
}

static void draw_cards(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct cards *s = p->of;
    for (size_t i = 0; i < s->n; i++)
        draw_card(c, s, i, x + (double)i * (s->width + column_gap), y);
}

/* "Won deals (n = 12, 32–86 %)¹" */
static struct text *label_of(struct pdf *pdf, const struct kpi *k, struct notes *notes)
{
    str few = k->few.n ? arena_printf(pdf->mem, " (" STR_FMT ")", STR_ARG(k->few)) : S("");
    str mark = note_add(pdf, notes, k->label, k->explain);
    struct span *span = NEW_ARRAY(pdf->mem, 2, struct span);
    span[0] = (struct span){
        .text = arena_printf(pdf->mem, STR_FMT STR_FMT, STR_ARG(k->label), STR_ARG(few)),
        .look = look_label};
    span[1] = (struct span){.text = mark, .look = note_mark(look_label)};
    return text_new(pdf, span, mark.n ? 2 : 1);
}

/* The cards of one row; `slots` of them would fill the measure. */
static void add_row(struct flow *f, const struct kpi *k, size_t n, size_t slots, struct tag *list)
{
    struct pdf *pdf = f->pdf;
    struct cards *s = NEW(pdf->mem, struct cards);
    struct notes notes = {.width = COLUMN_PT};
    bool sparks = false;

    *s = (struct cards){.at = k, .n = n};
    s->width = (f->width + column_gap) / (double)slots - column_gap;
    s->label = NEW_ARRAY(pdf->mem, n, struct text *);
    s->tag = NEW_ARRAY(pdf->mem, n, struct tag *);
    for (size_t i = 0; i < n; i++) {
        s->label[i] = label_of(pdf, &k[i], &notes);
        text_break(pdf, s->label[i], s->width);
        s->label_lines =
            s->label[i]->line.n > s->label_lines ? s->label[i]->line.n : s->label_lines;
        s->tag[i] =
            tag_new(pdf->tags, tag_new(pdf->tags, list, TAG_LI, (str){0}), TAG_LBody, (str){0});
        sparks |= k[i].spark_drawing != NULL;
    }
    s->label_lines = s->label_lines > 3 ? 3 : s->label_lines;
    double height = 5 + (double)s->label_lines * LABEL_LEADING + VALUE_HEIGHT + 2 * LINE_HEIGHT +
                    (sparks ? SPARK_HEIGHT : 0);
    flow_add(f, height, 12, draw_cards, s)->notes = notes;
    notes_tag(pdf, &notes, f->tag);
}

void flow_kpis(struct flow *f, const struct node *n)
{
    size_t fit = (size_t)fmax(1, floor((f->width + column_gap) / 82));
    size_t most = fit < AT_MOST ? fit : AT_MOST;
    size_t nrows = (n->kpis.n + most - 1) / most;
    size_t slots = nrows ? (n->kpis.n + nrows - 1) / nrows : 0;

    if (!nrows)
        return;
    flow_block_title(f, n->title, tag_new(f->pdf->tags, f->tag, TAG_P, (str){0}));
    struct tag *list = tag_new(f->pdf->tags, f->tag, TAG_L, (str){0});
    for (size_t i = 0; i < n->kpis.n; i += slots)
        add_row(f, n->kpis.at + i, n->kpis.n - i < slots ? n->kpis.n - i : slots, slots, list);
    flow_block_note(f, n->note);
    f->gap = 15;
}
