/* Nodes become pieces: prose here, tables, figures and key figures in files of their own. */
#include "pdf_private.h"

#include <math.h>

const struct look look_body = {WEIGHT_REGULAR, 9.5f, RGB_TEXT};
const struct look look_strong = {WEIGHT_BOLD, 9.5f, RGB_TEXT};
const struct look look_note = {WEIGHT_REGULAR, 7.5f, RGB_MUTED};
const struct look look_title = {WEIGHT_BOLD, 9.5f, RGB_TEXT};

static const double gap_block = 15, gap_paragraph = 6.5, column_gap = 18;

/* ---- text ---- */

/* A line's baseline lies where its capitals stand in the middle of the leading. */
struct lines {
    struct text *text;
    double leading;
};

static void draw_line(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct lines *l = p->of;
    float size = l->text->nspans ? l->text->span[0].look.size : look_body.size;
    text_draw(c, l->text, p->part, p->tag, x, y + (l->leading + 0.71 * size) / 2);
}

void flow_text(struct flow *f, struct text *t, double leading, double gap, struct tag *tag)
{
    struct lines *l = NEW(f->pdf->mem, struct lines);
    *l = (struct lines){t, leading};
    text_break(f->pdf, t, f->width);
    size_t n = t->line.n;
    for (size_t i = 0; i < n; i++) {
        /* Neither the first nor the last line of a paragraph stands alone. */
        if (i == 1 || (i && i + 1 == n))
            f->keep = true;
        struct piece *p = flow_add(f, leading, i ? 0 : gap, draw_line, l);
        p->part = i;
        p->tag = tag;
        if (leading == LEADING_BODY)
            p->baseline = BASELINE_PT;
    }
}

typedef LIST(struct span) spans;

static void add_span(struct pdf *pdf, spans *out, str text, struct look look, str href)
{
    struct span s = {.text = text, .look = look, .href = href};
    PUSH(pdf->mem, out, s);
}

static void collect(struct pdf *pdf, spans *out, const struct node *n, struct look look, str href)
{
    for (; n; n = n->next) {
        struct look inner = look;
        str to = href;
        switch (n->kind) {
        case NODE_text:
        case NODE_code:
            add_span(pdf, out, n->text, look, href);
            break;
        case NODE_break:
            add_span(pdf, out, S("\n"), look, href);
            break;
        case NODE_stale:
            add_span(pdf, out, S(" "), look, href);
            add_span(pdf, out, str_trim(n->text), look_note, href);
            break;
        case NODE_emphasis:
            inner.weight = look.weight == WEIGHT_BOLD ? WEIGHT_BOLD : WEIGHT_ITALIC;
            collect(pdf, out, n->first, inner, to);
            break;
        case NODE_strong:
            inner.weight = WEIGHT_BOLD;
            collect(pdf, out, n->first, inner, to);
            break;
        case NODE_link:
            /* Addresses within the site lead nowhere from a file that is mailed or printed. */
            if (n->link.outside || str_starts(n->link.href, S("#"))) {
                inner.rgb = RGB_LINK;
                to = n->link.href;
            }
            collect(pdf, out, n->first, inner, to);
            break;
        default:
            collect(pdf, out, n->first, look, href);
        }
    }
}

struct text *flow_inlines(struct pdf *pdf, const struct node *first, struct look look)
{
    spans s = {0};
    collect(pdf, &s, first, look, (str){0});
    if (!s.n)
        add_span(pdf, &s, S(""), look, (str){0});
    return text_new(pdf, s.at, s.n);
}

/* ---- headings ---- */

struct heading_look {
    struct look look;
    double leading, above, below;
};

static const struct heading_look heading_look[] = {
    [2] = {{WEIGHT_BOLD, 15, RGB_TEXT}, 19, 28, 7},
    [3] = {{WEIGHT_BOLD, 11.5f, RGB_TEXT}, 15, 20, 4},
    [4] = {{WEIGHT_BOLD, 9.5f, RGB_TEXT}, 13, 14, 2},
};

static void add_heading(struct flow *f, struct text *t, str title, str id, int level)
{
    /* The title of the document is the only one of level 1; no level is skipped on the way down. */
    level = level < 2 ? 2 : level > f->level + 1 ? f->level + 1 : level;
    const struct heading_look *h = &heading_look[level > 4 ? 4 : level];
    enum tag_kind kind = (enum tag_kind)(TAG_H1 + (level > 6 ? 6 : level) - 1);
    struct tag *tag = tag_new(f->pdf->tags, f->tag, kind, (str){0});
    size_t first = f->piece.n;

    flow_text(f, t, h->leading, h->above, tag);
    for (size_t i = first + 1; i < f->piece.n; i++)
        f->piece.at[i]->stick = true;
    flow_mark(f, f->piece.at[first], id, title, level);
    f->level = level;
    f->keep = true;
    f->gap = h->below;
}

void flow_heading(struct flow *f, str title, str id, int level)
{
    const struct heading_look *h = &heading_look[level < 2 ? 2 : level > 4 ? 4 : level];
    add_heading(f, text_plain(f->pdf, title, h->look), title, id, level);
}

static str plain_text(struct pdf *pdf, const struct text *t)
{
    struct buf b = {0};
    for (size_t i = 0; i < t->nspans; i++)
        buf_add(&b, t->span[i].text);
    str s = arena_str(pdf->mem, str_trim(buf_str(&b)));
    buf_clear(&b);
    return s;
}

static void flow_heading_node(struct flow *f, const struct node *n)
{
    int level = n->level < 2 ? 2 : n->level;
    struct text *t = flow_inlines(f->pdf, n->first, heading_look[level > 4 ? 4 : level].look);
    add_heading(f, t, plain_text(f->pdf, t), n->id, level);
}

/* ---- blocks ---- */

void flow_block_title(struct flow *f, str title, struct tag *tag)
{
    if (!title.n)
        return;
    size_t first = f->piece.n;
    flow_text(f, text_plain(f->pdf, title, look_title), LEADING_BODY, gap_block, tag);
    if (first == 0)
        f->title_lines = f->piece.n;
    f->keep = true;
    f->gap = 3;
}

void flow_block_note(struct flow *f, str note)
{
    if (!note.n)
        return;
    struct tag *tag = tag_new(f->pdf->tags, f->tag, TAG_P, (str){0});
    f->keep = true;
    flow_text(f, text_plain(f->pdf, note, look_note), 10, 4, tag);
}

static void draw_rule(struct canvas *c, const struct piece *p, double x, double y)
{
    const double *width = p->of;
    canvas_tag(c, NULL);
    canvas_line(c, x, y, x + *width, y, 0.5, RGB_RULE);
}

static void flow_rule(struct flow *f)
{
    double *width = NEW(f->pdf->mem, double);
    *width = f->width;
    flow_add(f, 0.5, 13, draw_rule, width);
    f->gap = 13;
}

static struct flow inset(const struct flow *f, double by, struct tag *tag)
{
    const double narrowest = 80;
    struct flow inner = *f;
    by = f->width - by < narrowest ? 0 : by;
    inner.x += by;
    inner.width -= by;
    inner.tag = tag;
    return inner;
}

/* Takes over what an inset flow, which began with the pieces of f, has become. */
static void outset(struct flow *f, const struct flow *inner)
{
    f->piece.at = inner->piece.at;
    f->piece.n = inner->piece.n;
    f->piece.cap = inner->piece.cap;
    f->keep = inner->keep;
    f->gap = inner->gap;
    f->level = inner->level;
}

static void flow_inset(struct flow *f, const struct node *first, double by, bool barred,
                       struct tag *tag)
{
    struct flow inner = inset(f, by, tag);
    if (barred)
        inner.bar = tag;
    flow_nodes(&inner, first);
    outset(f, &inner);
}

static void draw_bullet(struct canvas *c, const struct piece *p, double x, double y)
{
    const str *label = p->of;
    canvas_tag(c, p->tag);
    canvas_text(c, *label, look_body, x, y + (LEADING_BODY + 0.71 * look_body.size) / 2);
}

static void flow_list(struct flow *f, const struct node *list)
{
    const double indent = list->list.ordered ? 18 : 12;
    struct tag *l = tag_new(f->pdf->tags, f->tag, TAG_L, (str){0});
    int number = list->list.start;

    f->gap = fmax(f->gap, gap_paragraph);
    for (const struct node *item = list->first; item; item = item->next, number++) {
        struct tag *li = tag_new(f->pdf->tags, l, TAG_LI, (str){0});
        str *label = NEW(f->pdf->mem, str);
        *label = list->list.ordered ? arena_printf(f->pdf->mem, "%d.", number) : S("•");
        /* The label has no height of its own: it stands beside the first line. */
        struct piece *p = flow_add(
            f, 0, item == list->first || list->list.tight ? 2 : gap_paragraph, draw_bullet, label);
        p->baseline = BASELINE_PT;
        p->tag = tag_new(f->pdf->tags, li, TAG_Lbl, (str){0});
        size_t first = f->piece.n;
        flow_inset(f, item->first, indent, false, tag_new(f->pdf->tags, li, TAG_LBody, (str){0}));
        if (first < f->piece.n) {
            f->piece.at[first]->stick = true;
            f->piece.at[first]->gap = 0;
        }
        f->gap = 0;
    }
    f->gap = gap_paragraph;
}

static void flow_paragraph(struct flow *f, const struct node *inlines)
{
    struct tag *tag = tag_new(f->pdf->tags, f->tag, TAG_P, (str){0});
    flow_text(f, flow_inlines(f->pdf, inlines, look_body), LEADING_BODY, gap_paragraph, tag);
}

static void flow_code(struct flow *f, const struct node *n)
{
    const struct look look = {WEIGHT_REGULAR, 8.5f, RGB_TEXT};
    struct tag *tag = tag_new(f->pdf->tags, f->tag, TAG_Code, (str){0});
    struct flow inner = inset(f, 14, tag);
    inner.bar = tag;
    flow_text(&inner, text_plain(f->pdf, str_trim(n->text), look), 12, gap_paragraph, tag);
    outset(f, &inner);
}

static void flow_notice(struct flow *f, const struct node *n)
{
    const struct look look = {WEIGHT_REGULAR, 9.5f, RGB_MUTED};
    struct tag *tag = f->tag;
    flow_block_title(f, n->title, tag_new(f->pdf->tags, tag, TAG_P, (str){0}));
    tag = tag_new(f->pdf->tags, tag, TAG_P, (str){0});
    flow_text(f,
              n->first ? flow_inlines(f->pdf, n->first, look) : text_plain(f->pdf, n->text, look),
              LEADING_BODY, gap_paragraph, tag);
}

static void flow_section(struct flow *f, const struct node *n)
{
    struct tag *outer = f->tag;
    int level = f->level;
    f->tag = tag_new(f->pdf->tags, outer, TAG_Sect, (str){0});
    if (n->title.n)
        flow_heading(f, n->title, n->id, level + 1);
    flow_nodes(f, n->first);
    f->tag = outer;
    f->level = level;
}

static void flow_node(struct flow *f, const struct node *n)
{
    switch (n->kind) {
    case NODE_document:
        flow_nodes(f, n->first);
        break;
    case NODE_section:
        flow_section(f, n);
        break;
    case NODE_heading:
        flow_heading_node(f, n);
        break;
    case NODE_list:
        flow_list(f, n);
        break;
    case NODE_quote:
        flow_inset(f, n->first, 14, true, tag_new(f->pdf->tags, f->tag, TAG_BlockQuote, (str){0}));
        break;
    case NODE_code_block:
        flow_code(f, n);
        break;
    case NODE_rule:
        flow_rule(f);
        break;
    case NODE_kpis:
        flow_kpis(f, n);
        break;
    case NODE_table:
        flow_table(f, n);
        break;
    case NODE_figure:
    case NODE_graph:
        flow_figure(f, n);
        break;
    case NODE_notice:
        flow_notice(f, n);
        break;
    case NODE_form:
        flow_form(f, n);
        break;
    case NODE_download: /* nothing to press on paper */
        break;
    case NODE_paragraph:
    case NODE_item:
        flow_paragraph(f, n->first);
        break;
    case NODE_text:
    case NODE_emphasis:
    case NODE_strong:
    case NODE_code:
    case NODE_link:
    case NODE_stale:
    case NODE_break: /* these stand within paragraphs: flow_inlines */
        break;
    }
}

/* ---- blocks side by side ---- */

static double share_of(enum width w)
{
    static const double share[] = {[WIDTH_FULL] = 1,
                                   [WIDTH_HALF] = 1 / 2.0,
                                   [WIDTH_THIRD] = 1 / 3.0,
                                   [WIDTH_TWO_THIRDS] = 2 / 3.0,
                                   [WIDTH_QUARTER] = 1 / 4.0};
    return share[w];
}

struct side_by_side {
    struct flow *column;
    size_t n;
};

static void draw_side_by_side(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct side_by_side *s = p->of;
    for (size_t i = 0; i < s->n; i++)
        flow_draw(c, &s->column[i], x - p->x, y);
}

/* What stands below the titles begins at one height, however many lines they have. */
static void align_titles(struct side_by_side *s)
{
    size_t most = 0;
    for (size_t i = 0; i < s->n; i++)
        most = s->column[i].title_lines > most ? s->column[i].title_lines : most;
    for (size_t i = 0; i < s->n; i++) {
        struct flow *column = &s->column[i];
        if (column->title_lines && column->title_lines < column->piece.n)
            column->piece.at[column->title_lines]->gap +=
                (double)(most - column->title_lines) * LEADING_BODY;
    }
}

static const struct node *next_shown(const struct node *n)
{
    while (n && (n->only_site || n->kind == NODE_download))
        n = n->next;
    return n;
}

/* How many blocks from n on share a line. */
static size_t count_beside(const struct node *n)
{
    double sum = 0;
    size_t count = 0;
    for (; n && n->width != WIDTH_FULL; n = next_shown(n->next), count++) {
        sum += share_of(n->width);
        if (sum > 1.01)
            break;
    }
    return count;
}

/* Notes of what stands in the column stand at the foot of its page. */
static void take_notes(struct piece *p, const struct flow *column)
{
    for (size_t i = 0; i < column->piece.n; i++)
        notes_join(column->pdf, &p->notes, &column->piece.at[i]->notes);
}

/* Places within the column begin with the piece that holds it. */
static void take_marks(struct piece *p, const struct flow *column)
{
    for (size_t i = 0; i < column->piece.n; i++)
        for (struct mark *m = column->piece.at[i]->mark, *next; m; m = next) {
            next = m->next;
            m->piece = p;
            m->next = p->mark;
            p->mark = m;
        }
}

static bool are_figures(const struct node *n, size_t count)
{
    bool all = true;
    for (; all && count--; n = next_shown(n->next))
        all = n->kind == NODE_figure || n->kind == NODE_graph;
    return all;
}

/* Lays out `count` blocks from n in columns. False if they are too high for one page to hold, or if
 * a table needs more than its column. */
static bool flow_beside(struct flow *f, const struct node *n, size_t count)
{
    struct side_by_side *s = NEW(f->pdf->mem, struct side_by_side);
    double x = f->x, height = 0;
    bool figures = are_figures(n, count);

    s->column = NEW_ARRAY(f->pdf->mem, count, struct flow);
    for (; s->n < count; n = next_shown(n->next), s->n++) {
        double width = (f->width + column_gap) * share_of(n->width) - column_gap;
        struct flow *column = &s->column[s->n];
        *column =
            (struct flow){.pdf = f->pdf, .x = x, .width = width, .tag = f->tag, .level = f->level};
        flow_node(column, n);
        x += width + column_gap;
    }
    align_titles(s);
    bool cut = false;
    for (size_t i = 0; i < s->n; i++) {
        height = fmax(height, flow_height(&s->column[i]));
        cut |= s->column[i].too_narrow;
    }
    if (cut || height > PAGE_LONG_PT - 2 * MARGIN_PT)
        return false;
    struct piece *p = flow_add(f, height, gap_block, draw_side_by_side, s);
    p->baseline = s->column[0].piece.n ? s->column[0].piece.at[0]->baseline : 0;
    p->block = 1;
    p->floats = figures;
    for (size_t i = 0; i < s->n; i++) {
        take_marks(p, &s->column[i]);
        take_notes(p, &s->column[i]);
    }
    return true;
}

void flow_nodes(struct flow *f, const struct node *first)
{
    for (const struct node *n = next_shown(first); n;) {
        size_t count = count_beside(n);
        size_t kids = count > 1 ? tag_count(f->tag) : 0, ntold = f->pdf->told.n;
        if (count > 1 && flow_beside(f, n, count)) {
            while (count--)
                n = next_shown(n->next);
            continue;
        }
        if (count > 1) {
            tag_cut(f->tag, kids);
            f->pdf->told.n = ntold;
        }
        flow_node(f, n);
        n = next_shown(n->next);
    }
}
