/* Paragraphs: where lines may end is libunibreak's to say, how wide words are HarfBuzz's. Ragged
 * right, never justified: tables and figures stand in narrow measures where justified text has
 * holes. */
#include "html.h"
#include "pdf_font.h"
#include "pdf_private.h"

#include <string.h>

#include <linebreak.h>
#include <utf8proc.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static float width_of(const struct shaped *s, struct look look)
{
    return s->width * look.size / 1000;
}

/* How many bytes of the character at i have no place on paper: control characters, marks that turn
 * the direction of what stands behind them, and what is no character, as on the site. U+FFFF is
 * also libunibreak's sign for the end of a text. */
static size_t unwanted(str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    if ((c < ' ' && !is_blank((char)c)) || c == 0x7F)
        return 1;
    bool may_be = c == 0xC2 || c == 0xE2 || c == 0xEF || c >= 0xF0; /* what begins so */
    uint32_t wide;
    size_t n = may_be ? char_decode(s, i, &wide) : 0;
    return may_be && char_unwanted(wide) ? n : 0;
}

/* Text from outside without what is unwanted; what blanks mean is kept. */
static str cleaned(struct arena *mem, str s)
{
    char *copy = NULL;
    size_t n = 0;
    for (size_t i = 0, skip; i < s.n; i += skip ? skip : 1) {
        skip = unwanted(s, i);
        if (skip && !copy) {
            copy = arena_alloc(mem, s.n + 1);
            memcpy(copy, s.p, n = i);
        }
        if (!skip && copy)
            copy[n++] = s.p[i];
    }
    return copy ? (str){copy, n} : s;
}

static void word_add(struct pdf *pdf, struct text *t, size_t span, str text, bool blank, int after)
{
    struct look look = t->span[span].look;
    struct word w = {.text = text, .span = span, .after = after};
    w.shaped = font_shape(pdf->fonts, look.weight, text);
    w.width = width_of(w.shaped, look);
    if (blank)
        w.space = width_of(font_shape(pdf->fonts, look.weight, S(" ")), look);
    PUSH(pdf->mem, &t->word, w);
}

/* How much of a text without a blank is shaped as one: what does not fit into a line is shaped
 * again for each of the lines that it takes, so more of it would cost its square in time and
 * memory. Whole characters, with the marks that belong to the last. */
static str word_part(str text)
{
    enum { MOST = 256, MARKS_MOST = 64 };
    size_t i = 0, n;
    while (i < text.n) {
        utf8proc_category_t k = utf8proc_category(font_char_at(text, i, &n));
        bool is_mark = k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC ||
                       k == UTF8PROC_CATEGORY_ME || k == UTF8PROC_CATEGORY_CF;
        if (i + n > (is_mark ? MOST + MARKS_MOST : MOST))
            break;
        i += n;
    }
    return str_sub(text, 0, i);
}

/* The words of one span. `opportunity` are libunibreak's marks for its bytes. */
static void words_of(struct pdf *pdf, struct text *t, size_t span, str text,
                     const char *opportunity, bool last)
{
    for (size_t from = 0, i = 0; i < text.n; i++) {
        bool end = i + 1 == text.n;
        bool breaks =
            opportunity[i] == LINEBREAK_ALLOWBREAK || opportunity[i] == LINEBREAK_MUSTBREAK;
        if (!breaks && !end)
            continue;
        int after = !breaks || (end && last)                ? BREAK_NONE
                    : opportunity[i] == LINEBREAK_MUSTBREAK ? BREAK_MUST
                                                            : BREAK_MAY;
        size_t to = i + 1;
        while (to > from && is_blank(text.p[to - 1]))
            to--;
        /* Blanks in a row are one, though a query without an answer stood between them. */
        struct word *before = t->word.n ? &t->word.at[t->word.n - 1] : NULL;
        if (to == from && before && before->space > 0) {
            before->after = after;
        } else {
            str rest = str_sub(text, from, to), part;
            for (; (part = word_part(rest)).n < rest.n; rest = str_sub(rest, part.n, rest.n))
                word_add(pdf, t, span, part, false, BREAK_NONE);
            word_add(pdf, t, span, rest, to <= i, after);
        }
        from = i + 1;
    }
}

static void measure(struct text *t)
{
    double line = 0, group = 0;
    for (size_t i = 0; i < t->word.n; i++) {
        const struct word *w = &t->word.at[i];
        line += w->width;
        group += w->width;
        if (line > t->widest)
            t->widest = line;
        if (group > t->narrowest)
            t->narrowest = group;
        line = w->after == BREAK_MUST ? 0 : line + w->space;
        group = w->after ? 0 : group + w->space;
    }
}

struct text *text_new(struct pdf *pdf, struct span *span, size_t nspans)
{
    struct text *t = NEW(pdf->mem, struct text);
    struct buf whole = {0};

    t->span = span;
    t->nspans = nspans;
    for (size_t i = 0; i < nspans; i++) {
        span[i].text = cleaned(pdf->mem, span[i].text);
        buf_add(&whole, span[i].text);
    }
    char *opportunity = arena_alloc(pdf->mem, whole.n + 1);
    set_linebreaks_utf8((const utf8_t *)(whole.n ? whole.p : ""), whole.n, pdf->language,
                        opportunity);
    for (size_t i = 0, at = 0; i < nspans; at += span[i++].text.n)
        words_of(pdf, t, i, span[i].text, opportunity + at, at + span[i].text.n == whole.n);
    buf_clear(&whole);
    measure(t);
    return t;
}

/* What does not depend on the document nor on the size: the words of a text, still without their
 * widths. */
struct known {
    str text; /* cleaned */
    struct word *word;
    size_t nwords;
    const struct shaped *blank;
};

static struct known *know(struct pdf *pdf, struct arena *mem, const struct text *t)
{
    struct known *k = NEW(mem, struct known);
    const struct span *span = t->span;

    k->text = arena_str(mem, span->text);
    k->word = NEW_ARRAY(mem, t->word.n, struct word);
    k->nwords = t->word.n;
    k->blank = font_shape(pdf->fonts, span->look.weight, S(" "));
    for (size_t i = 0; i < k->nwords; i++) {
        k->word[i] = t->word.at[i];
        k->word[i].text.p = k->text.p + (t->word.at[i].text.p - span->text.p);
    }
    return k;
}

/* Cells, heads and notes are much the same in many documents, and a table is tried in several
 * sizes. */
struct text *text_plain(struct pdf *pdf, str text, struct look look)
{
    struct span *span = NEW(pdf->mem, struct span);
    struct arena *mem;
    void **place = font_text(pdf->fonts, look.weight, pdf->language, text, &mem);
    const struct known *k = *place;

    *span = (struct span){.text = text, .look = look};
    if (!k) {
        struct text *t = text_new(pdf, span, 1);
        *place = know(pdf, mem, t);
        return t;
    }
    span->text = k->text;
    struct text *t = NEW(pdf->mem, struct text);
    *t = (struct text){.span = span, .nspans = 1};
    t->word.at = NEW_ARRAY(pdf->mem, k->nwords, struct word);
    t->word.n = t->word.cap = k->nwords;
    for (size_t i = 0; i < k->nwords; i++) {
        struct word *w = &t->word.at[i];
        *w = k->word[i];
        w->width = width_of(w->shaped, look);
        w->space = w->space > 0 ? width_of(k->blank, look) : 0;
    }
    measure(t);
    return t;
}

/* ---- lines ---- */

/* The words of a text laid out anew: t->word is replaced, for a long word becomes several. */
struct breaking {
    struct pdf *pdf;
    struct text *t;
    LIST(struct word) word;
    size_t from; /* first word of the line at hand */
    double width, pen;
};

static void end_line(struct breaking *b)
{
    size_t to = b->word.n;
    struct line line = {.from = b->from, .to = to};
    double width = b->pen;
    if (to > b->from)
        width -= b->word.at[to - 1].space;
    line.width = (float)width;
    PUSH(b->pdf->mem, &b->t->line, line);
    b->from = to;
    b->pen = 0;
}

static void put(struct breaking *b, struct word w)
{
    PUSH(b->pdf->mem, &b->word, w);
    b->pen += w.width + w.space;
    if (w.after == BREAK_MUST)
        end_line(b);
}

/* How many bytes of a word fit into width: at least one character, and cut only before a glyph that
 * is no mark. */
static size_t bytes_that_fit(const struct word *w, struct look look, double width)
{
    double pen = 0;
    size_t fits = 0;
    for (size_t i = 0; i < w->shaped->n; i++) {
        const struct glyph *g = &w->shaped->glyph[w->shaped->rtl ? w->shaped->n - 1 - i : i];
        if (i && g->text.n && g->advance > 0 && (pen <= width || !fits))
            fits = (size_t)(g->text.p - w->shaped->text.p);
        pen += g->advance * look.size / 1000;
        if (pen > width && fits)
            return fits;
    }
    return w->text.n;
}

static void put_in_parts(struct breaking *b, struct word w)
{
    struct look look = b->t->span[w.span].look;
    while (b->pen + w.width > b->width) {
        size_t n = bytes_that_fit(&w, look, b->width - b->pen);
        if (n >= w.text.n)
            break;
        struct word part = {.text = str_sub(w.text, 0, n), .span = w.span};
        part.shaped = font_shape(b->pdf->fonts, look.weight, part.text);
        part.width = width_of(part.shaped, look);
        put(b, part);
        end_line(b);
        w.text = str_sub(w.text, n, w.text.n);
        w.shaped = font_shape(b->pdf->fonts, look.weight, w.text);
        w.width = width_of(w.shaped, look);
    }
    put(b, w);
}

void text_break(struct pdf *pdf, struct text *t, double width)
{
    const double slack = 0.01; /* of rounding */
    struct breaking b = {.pdf = pdf, .t = t, .width = width + slack};

    t->line.n = 0;
    for (size_t i = 0, end; i < t->word.n; i = end) {
        double group = 0;
        for (end = i; end < t->word.n; end++) {
            group += t->word.at[end].width;
            if (t->word.at[end].after || end + 1 == t->word.n) {
                end++;
                break;
            }
            group += t->word.at[end].space;
        }
        if (b.word.n > b.from && b.pen + group > b.width)
            end_line(&b);
        for (size_t k = i; k < end; k++) {
            if (group > b.width)
                put_in_parts(&b, t->word.at[k]);
            else
                put(&b, t->word.at[k]);
        }
    }
    if (b.word.n > b.from || !t->line.n)
        end_line(&b);
    t->word.at = b.word.at;
    t->word.n = b.word.n;
    t->word.cap = b.word.cap;
}

/* ---- drawing ---- */

static struct tag *tag_of(struct canvas *c, struct span *s, struct tag *tag)
{
    if (!tag || !str_is_set(s->href) || !canvas_leads(c, s->href))
        return tag;
    if (!s->link)
        s->link = tag_new(c->pdf->tags, tag, TAG_Link, (str){0});
    return s->link;
}

static void draw_blank(struct canvas *c, const struct word *w, struct look look, double *x,
                       double y)
{
    if (w->space > 0)
        canvas_text(c, S(" "), look, *x, y);
    *x += w->space;
}

/* Words of which some run from right to left are ordered as one line. Returns its width. */
static double draw_both_ways(struct canvas *c, const struct text *t, size_t from, size_t to,
                             struct look look, double x, double y)
{
    struct buf line = {0};
    for (size_t k = from; k < to; k++) {
        buf_add(&line, t->word.at[k].text);
        if (k + 1 < to && t->word.at[k].space > 0)
            buf_addc(&line, ' ');
    }
    double width = canvas_text(c, buf_str(&line), look, x, y) - x;
    buf_clear(&line);
    return width;
}

/* Words from … to - 1, which are of one span; returns where they end without the last blank. */
static double draw_words(struct canvas *c, const struct text *t, size_t from, size_t to, double *x,
                         double y)
{
    struct look look = t->span[t->word.at[from].span].look;
    bool rtl = false;
    for (size_t k = from; k < to; k++)
        rtl |= t->word.at[k].shaped->rtl;
    double end = *x;
    if (rtl)
        end = *x += draw_both_ways(c, t, from, to, look, *x, y);
    for (size_t k = from; k < to; k++) {
        if (!rtl) {
            canvas_word(c, t->word.at[k].shaped, look, *x, y);
            end = *x += t->word.at[k].width;
        }
        if (!rtl || k + 1 == to)
            draw_blank(c, &t->word.at[k], look, x, y);
    }
    return end;
}

void text_draw(struct canvas *c, struct text *t, size_t i, struct tag *tag, double x, double y)
{
    const struct line *line = &t->line.at[i];

    for (size_t k = line->from, next; k < line->to; k = next) {
        struct span *s = &t->span[t->word.at[k].span];
        for (next = k + 1; next < line->to && &t->span[t->word.at[next].span] == s;)
            next++;
        canvas_tag(c, tag_of(c, s, tag));
        double start = x, end = draw_words(c, t, k, next, &x, y);
        if (s->link)
            canvas_link(c, s->link, start, y - s->look.size, end - start, s->look.size * 1.3,
                        s->href, s->text);
    }
}
