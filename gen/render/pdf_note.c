/* Footnotes: what a word means stands at the foot of the page on which it is first used, below a
 * raised number. Words are told apart by what is said of them. */
#include "pdf_private.h"

static const struct look look_foot = {WEIGHT_REGULAR, 7, RGB_MUTED};
static const double leading_foot = 8.5, above_foot = 14, mark_width = 12, column_gap = 18;
enum { MOST_LINES = 40 }; /* of one block: a quarter of a page */

static double column_width(double measure)
{
    return (measure - column_gap) / 2;
}

struct note {
    str mark;
    struct text *text;
    struct tag *mark_tag, *text_tag;
    size_t number;
};

/* The number in raised figures, which are characters of their own: what is copied says so too. */
static str raised(struct arena *mem, size_t number)
{
    static const char *const figure[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    struct buf b = {0};
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    for (const char *d = digits; *d; d++)
        buf_add(&b, str_of(figure[*d - '0']));
    str s = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return s;
}

static bool is_told(const struct pdf *pdf, str meaning)
{
    for (size_t i = 0; i < pdf->told.n; i++)
        if (str_eq(pdf->told.at[i], meaning))
            return true;
    return false;
}

struct look note_mark(struct look look)
{
    return (struct look){WEIGHT_REGULAR, look.size * 1.25f, RGB_TEXT};
}

static struct notes with_lines(struct notes notes, size_t lines, size_t longest)
{
    notes.lines += lines;
    notes.longest = longest > notes.longest ? longest : notes.longest;
    return notes;
}

struct notes notes_with(struct notes notes, const struct notes *more)
{
    return with_lines(notes, more->lines, more->longest);
}

str note_add(struct pdf *pdf, struct notes *notes, str word, str meaning)
{
    const struct page *page = pdf->document->page;
    if (!meaning.n || (page && page->plain_words) || is_told(pdf, meaning))
        return (str){0};
    struct note *n = NEW(pdf->mem, struct note);
    n->text = text_plain(
        pdf, arena_printf(pdf->mem, STR_FMT ": " STR_FMT, STR_ARG(word), STR_ARG(meaning)),
        look_foot);
    text_break(pdf, n->text, column_width(notes->width) - mark_width);
    if (notes->lines + n->text->line.n > MOST_LINES)
        return (str){0};
    PUSH(pdf->mem, &pdf->told, meaning);
    n->number = pdf->told.n;
    n->mark = raised(pdf->mem, n->number);
    PUSH(pdf->mem, &notes->note, n);
    *notes = with_lines(*notes, n->text->line.n, n->text->line.n);
    return n->mark;
}

void notes_tag(struct pdf *pdf, const struct notes *notes, struct tag *parent)
{
    for (size_t i = 0; i < notes->note.n; i++) {
        struct note *n = notes->note.at[i];
        /* Of four digits, so that they are sorted as texts too. */
        str id = arena_printf(pdf->mem, "note-%04zu", n->number);
        struct tag *tag = tag_new(pdf->tags, parent, TAG_Note, id);
        n->mark_tag = tag_new(pdf->tags, tag, TAG_Lbl, (str){0});
        n->text_tag = tag_new(pdf->tags, tag, TAG_P, (str){0});
    }
}

void notes_join(struct pdf *pdf, struct notes *notes, const struct notes *more)
{
    for (size_t i = 0; i < more->note.n; i++)
        PUSH(pdf->mem, &notes->note, more->note.at[i]);
    *notes = notes_with(*notes, more);
}

/* The left column ends with the note that reaches half of the lines. */
static double columns_height(const struct notes *notes)
{
    size_t half = (notes->lines + 1) / 2;
    return (double)(half + notes->longest - 1) * leading_foot;
}

double notes_height(const struct notes *notes)
{
    return notes->lines ? columns_height(notes) + above_foot : 0;
}

void notes_draw(struct canvas *c, const struct notes *notes)
{
    if (!notes->lines)
        return;
    double top = c->height - MARGIN_PT - columns_height(notes), x = MARGIN_PT;
    size_t line = 0, half = (notes->lines + 1) / 2;

    canvas_tag(c, NULL);
    canvas_line(c, x, top - 3, x + 60, top - 3, 0.5, RGB_RULE);
    for (size_t i = 0; i < notes->note.n; i++) {
        const struct note *n = notes->note.at[i];
        if (line >= half && x == MARGIN_PT) {
            x += column_width(c->width - 2 * MARGIN_PT) + column_gap;
            line = 0;
        }
        double y = top + (double)line * leading_foot + look_foot.size;
        canvas_tag(c, n->mark_tag);
        canvas_text(c, n->mark, note_mark(look_foot), x, y + 1);
        for (size_t k = 0; k < n->text->line.n; k++, line++)
            text_draw(c, n->text, k, n->text_tag, x + mark_width, y + (double)k * leading_foot);
    }
}
