/* Tables: widths from what stands in the columns, rows that break over pages, the head repeated. */
#include "pdf_private.h"

#include <math.h>

/* How tightly a table is set. `pad` is half of what parts two columns. */
struct setting {
    float size, head_size;
    double leading, head_leading, pad, bar, spark;
    bool on_grid; /* its rows stand on the grid of the text */
};
static const struct setting roomy = {8.5f, 7.5f, 11, 10, 6, 44, 46, true};
static const struct setting dense = {7.5f, 7, 9.5, 9, 4, 34, 38, false};
static const double row_pad = 2, head_pad = 4;
enum { LINES_A_PIECE = 12, LINES_A_ROW = 3 };

static double row_baseline(const struct setting *set)
{
    return (set->leading + row_pad + 0.71 * set->size) / 2;
}

struct column {
    double x, width;          /* of its text; bars and sparklines stand right of it */
    double fraction;          /* what stands right of the decimal point, at most */
    double lane;              /* of bars or sparklines */
    double cells;             /* the widest of its cells on one line */
    double widest, narrowest; /* with its head */
    enum align align;
    struct text *head, *head_again; /* the second without the number of a note */
};
struct row {
    struct cell *cell;
    struct text **text;
    struct tag **cell_tag, **spark_tag;
    size_t nlines;
    bool total;
};
struct grid {
    struct pdf *pdf;
    const struct table_node *node;
    const struct setting *set;
    const str *mark; /* a column: the number of its note, or unset */
    struct column *column;
    LIST(struct row) row;
    double width;
    double bar_from;                     /* -1 if any bar is negative, else 0 */
    size_t head_lines, row_lines, lines; /* row_lines: of the highest; lines: of all rows */
    struct tag *head_tag, **head_cell_tag;
    struct text *continued;
};

/* ---- what stands in the cells ---- */

uint32_t state_rgb(enum state s)
{
    static const uint32_t rgb[] = {[STATE_NONE] = RGB_TEXT,
                                   [STATE_GOOD] = RGB_GOOD,
                                   [STATE_BAD] = RGB_BAD,
                                   [STATE_WARN] = RGB_WARN};
    return rgb[s];
}

/* A sign says what the colour says. A sparkline's text is for those who cannot see it. */
static struct text *cell_text(struct pdf *pdf, const struct cell *c, struct look look)
{
    if (c->spark_drawing)
        return text_plain(pdf, S(""), look);
    if (c->inlines)
        return flow_inlines(pdf, c->inlines, look);
    if (c->few.n) {
        struct span *span = NEW_ARRAY(pdf->mem, 2, struct span);
        span[0] = (struct span){.text = pdf_signed(pdf, c->state, c->text), .look = look};
        span[1] = (struct span){.text = arena_printf(pdf->mem, "\n" STR_FMT, STR_ARG(c->few)),
                                .look = {WEIGHT_REGULAR, 7, RGB_MUTED}};
        if (c->state != STATE_NONE)
            span[0].look.rgb = state_rgb(c->state);
        return text_new(pdf, span, 2);
    }
    if (c->state == STATE_NONE)
        return text_plain(pdf, c->text, look);
    look.rgb = state_rgb(c->state);
    return text_plain(pdf, pdf_signed(pdf, c->state, c->text), look);
}

/* The width of what stands behind the decimal point, the point included. */
static double fraction_of(struct pdf *pdf, str text, struct look look)
{
    str point = pdf->site->lang->decimal;
    size_t at = str_find(text, point, 0);
    if (at >= text.n) {
        /* A unit behind a whole number stands behind the point too. */
        for (at = text.n; at > 0 && !(text.p[at - 1] >= '0' && text.p[at - 1] <= '9'); at--)
            continue;
        if (at == 0)
            return 0;
    }
    return text_width_pt(pdf, str_sub(text, at, text.n), look);
}

static void add_row(struct grid *t, struct cell *cell, enum weight weight, uint32_t rgb, bool total)
{
    const struct table_node *n = t->node;
    const struct look look = {weight, t->set->size, rgb};
    struct row r = {.cell = cell, .total = total};
    r.text = NEW_ARRAY(t->pdf->mem, n->ncols, struct text *);
    for (size_t k = 0; k < n->ncols; k++) {
        struct column *col = &t->column[k];
        r.text[k] = cell_text(t->pdf, &cell[k], look);
        col->cells = fmax(col->cells, r.text[k]->widest);
        col->narrowest = fmax(col->narrowest, r.text[k]->narrowest);
        if (col->align == ALIGN_DECIMAL)
            col->fraction = fmax(col->fraction, fraction_of(t->pdf, cell[k].text, look));
        if (n->column[k].bar && cell[k].bar < 0)
            t->bar_from = -1;
    }
    PUSH(t->pdf->mem, &t->row, r);
}

static void add_rows(struct grid *t)
{
    const struct table_node *n = t->node;
    bool folded = n->others && n->fold && n->fold < n->nrows;
    size_t nrows = folded ? n->fold : n->nrows;

    for (size_t i = 0; i < nrows; i++)
        add_row(t, &n->cell[i * n->ncols], WEIGHT_REGULAR, RGB_TEXT, false);
    if (folded)
        add_row(t, n->others, WEIGHT_REGULAR, RGB_MUTED, false);
    if (n->total)
        add_row(t, n->total, WEIGHT_BOLD, RGB_TEXT, true);
}

/* "Pace¹", and its unit below. */
static struct text *head_text(struct grid *t, const struct table_column *c, str mark)
{
    const struct look head = {WEIGHT_BOLD, t->set->head_size, RGB_TEXT};
    const struct look unit = {WEIGHT_REGULAR, t->set->head_size, RGB_MUTED};
    struct arena *mem = t->pdf->mem;
    if (!mark.n && !c->unit.n)
        return text_plain(t->pdf, c->label, head);
    struct span *span = NEW_ARRAY(mem, 3, struct span);
    size_t n = 0;
    span[n++] = (struct span){.text = c->label, .look = head};
    if (mark.n)
        span[n++] = (struct span){.text = mark, .look = note_mark(unit)};
    if (c->unit.n)
        span[n++] =
            (struct span){.text = arena_printf(mem, "\n" STR_FMT, STR_ARG(c->unit)), .look = unit};
    return text_new(t->pdf, span, n);
}

static void add_heads(struct grid *t)
{
    const struct table_node *n = t->node;
    t->column = NEW_ARRAY(t->pdf->mem, n->ncols, struct column);
    for (size_t k = 0; k < n->ncols; k++) {
        struct column *col = &t->column[k];
        const struct table_column *c = &n->column[k];
        col->head = head_text(t, c, t->mark[k]);
        col->head_again = t->mark[k].n ? head_text(t, c, (str){0}) : col->head;
        col->align = c->align;
        col->lane = c->bar ? t->set->bar : c->spark ? t->set->spark : 0;
    }
}

/* ---- widths ---- */

/* The lane and what parts it from the text before it. */
static double lane_of(const struct grid *t, const struct column *c)
{
    return c->lane > 0 ? c->lane + (c->cells > 0 ? t->set->pad : 0) : 0;
}

/* The decimal parts stand below each other, which may take more than the widest cell. */
static void measure_decimals(struct grid *t, size_t k)
{
    struct column *col = &t->column[k];
    double whole = 0;
    for (size_t i = 0; i < t->row.n; i++) {
        const struct text *text = t->row.at[i].text[k];
        double part = fraction_of(t->pdf, t->row.at[i].cell[k].text, text->span[0].look);
        whole = fmax(whole, text->widest - part);
    }
    col->cells = fmax(col->cells, whole + col->fraction);
}

/* Numbers do not break; heads break between words, into three lines or so. */
static void measure(struct grid *t)
{
    const double head_most = 64;
    for (size_t k = 0; k < t->node->ncols; k++) {
        struct column *col = &t->column[k];
        if (col->align == ALIGN_DECIMAL)
            measure_decimals(t, k);
        if (col->align != ALIGN_LEFT)
            col->narrowest = col->cells;
        double head = fmax(col->head->narrowest, fmin(col->head->widest, head_most));
        col->widest = fmax(col->cells, head - lane_of(t, col));
        col->narrowest = fmax(col->narrowest, col->head->narrowest - lane_of(t, col));
    }
}

static double fixed_width(const struct grid *t)
{
    double width = 2 * t->set->pad * ((double)t->node->ncols - 1);
    for (size_t k = 0; k < t->node->ncols; k++)
        width += lane_of(t, &t->column[k]);
    return width;
}

/* One word does not make a column wider than a third of the page: it is broken instead. */
static double least(const struct column *c, double available)
{
    return fmin(c->narrowest, available / 3);
}

static double wish(const struct column *c, bool for_heads)
{
    return for_heads ? c->widest : c->cells;
}

/* What is left is shared out evenly among the columns that would like more, none getting more than
 * that: only the widest have to break their lines. Returns what nobody wants. */
static double pour(struct grid *t, double left, bool for_heads)
{
    for (size_t round = 0; round < t->node->ncols && left > 0.01; round++) {
        size_t nthirsty = 0;
        for (size_t k = 0; k < t->node->ncols; k++)
            nthirsty += t->column[k].width < wish(&t->column[k], for_heads);
        double share = nthirsty ? left / (double)nthirsty : 0;
        for (size_t k = 0; k < t->node->ncols; k++) {
            struct column *c = &t->column[k];
            double drink = fmin(share, fmax(wish(c, for_heads) - c->width, 0));
            c->width += drink;
            left -= drink;
        }
    }
    return left;
}

/* Shares `available` out. If there is enough, all get what they like and some more, so that the
 * table fills the measure unless it is small. Else each gets its longest word first, then what its
 * cells like, then what its head likes; if even the words are too much, all shrink. */
static void share_width(struct grid *t, double available)
{
    const size_t n = t->node->ncols;
    double like = 0, must = 0, space = available - fixed_width(t);

    for (size_t k = 0; k < n; k++) {
        like += t->column[k].widest;
        must += least(&t->column[k], space);
    }
    double target = like < 0.45 * space ? like * 1.25 : space;
    for (size_t k = 0; k < n; k++) {
        struct column *c = &t->column[k];
        if (like <= target)
            c->width = like > 0 ? c->widest * target / like : space / (double)n;
        else
            c->width = fmax(least(c, space) * fmin(1, space / must), 1);
    }
    if (like > target && must < space)
        pour(t, pour(t, space - must, false), true);
    double x = 0;
    for (size_t k = 0; k < n; k++) {
        struct column *c = &t->column[k];
        c->x = x;
        x += c->width + lane_of(t, c) + 2 * t->set->pad;
    }
    t->width = x - 2 * t->set->pad;
}

static bool fits(const struct grid *t, double available)
{
    double must = fixed_width(t), space = available - must;
    for (size_t k = 0; k < t->node->ncols; k++)
        must += least(&t->column[k], space);
    return must <= available;
}

static void break_cells(struct grid *t)
{
    for (size_t k = 0; k < t->node->ncols; k++) {
        struct column *c = &t->column[k];
        text_break(t->pdf, c->head_again, c->width + lane_of(t, c));
        text_break(t->pdf, c->head, c->width + lane_of(t, c));
        t->head_lines = c->head->line.n > t->head_lines ? c->head->line.n : t->head_lines;
    }
    for (size_t i = 0; i < t->row.n; i++) {
        struct row *r = &t->row.at[i];
        r->nlines = 1;
        for (size_t k = 0; k < t->node->ncols; k++) {
            text_break(t->pdf, r->text[k], t->column[k].width);
            r->nlines = r->text[k]->line.n > r->nlines ? r->text[k]->line.n : r->nlines;
        }
        t->row_lines = r->nlines > t->row_lines ? r->nlines : t->row_lines;
        t->lines += r->nlines;
    }
}

/* ---- drawing ---- */

static double line_x(const struct grid *t, const struct row *r, size_t k, size_t line)
{
    const struct column *c = &t->column[k];
    const struct text *text = r->text[k];
    double width = text->line.at[line].width;

    switch (c->align) {
    case ALIGN_LEFT:
        return c->x;
    case ALIGN_CENTER:
        return c->x + (c->width - width) / 2;
    case ALIGN_RIGHT:
        return c->x + c->width - width;
    case ALIGN_DECIMAL:
        break;
    }
    if (text->line.n > 1)
        return c->x + c->width - width;
    double part = fraction_of(t->pdf, r->cell[k].text, text->span[0].look);
    return fmax(c->x, c->x + c->width - c->fraction - (width - part));
}

static void draw_lane(struct canvas *c, const struct grid *t, const struct row *r, size_t k,
                      double x, double y)
{
    const struct column *col = &t->column[k];
    const struct cell *cell = &r->cell[k];
    double left = x + col->x + col->width + lane_of(t, col) - col->lane;

    double row = t->set->leading + row_pad;
    canvas_tag(c, NULL);
    if (t->node->column[k].bar && !isnan(cell->bar) && !r->total) {
        double unit = t->set->bar / (1 - t->bar_from), zero = left - t->bar_from * unit;
        double length = cell->bar * unit;
        canvas_rect(c, fmin(zero, zero + length), y + 3.5, fabs(length), row - 5.5,
                    cell->bar < 0 ? RGB_BAD : RGB_LINK);
        if (t->bar_from < 0)
            canvas_line(c, zero, y, zero, y + row, 0.4, RGB_MUTED);
    }
    const struct drawing *g = cell->spark_drawing;
    if (g && g->width > 0 && g->height > 0) {
        canvas_tag(c, r->spark_tag[k]);
        double scale = fmin(t->set->spark / g->width, (row - 2) / g->height);
        canvas_drawing(c, g, left, y + 1 + (row - 2 - g->height * scale) / 2, g->width * scale);
    }
}

/* Some lines of a row: all, but in a row that is higher than a page could hold. */
struct part {
    struct grid *table;
    size_t row, from, nlines;
};

static void draw_row(struct canvas *c, const struct piece *p, double x, double y)
{
    const struct part *part = p->of;
    struct grid *t = part->table;
    struct row *r = &t->row.at[part->row];
    bool end = part->from + part->nlines >= r->nlines;
    /* Capitals stand in the middle of a row of one line. */
    double first = row_baseline(t->set);

    canvas_tag(c, NULL);
    if (r->total)
        canvas_line(c, x, y, x + t->width, y, 0.75, RGB_TEXT);
    for (size_t k = 0; k < t->node->ncols; k++) {
        struct text *text = r->text[k];
        for (size_t i = 0; i < part->nlines && part->from + i < text->line.n; i++)
            text_draw(c, text, part->from + i, r->cell_tag[k], x + line_x(t, r, k, part->from + i),
                      y + first + (double)i * t->set->leading);
        if (t->column[k].lane > 0 && part->from == 0)
            draw_lane(c, t, r, k, x, y);
    }
    canvas_tag(c, NULL);
    if (end && !r->total)
        canvas_line(c, x, y + p->height, x + t->width, y + p->height, 0.25, RGB_FAINT);
}

static double head_height(const struct grid *t)
{
    return (double)t->head_lines * t->set->head_leading + head_pad;
}

static void draw_head(struct canvas *c, struct grid *t, bool again, double x, double y)
{
    double bottom = y + head_height(t);
    for (size_t k = 0; k < t->node->ncols; k++) {
        const struct column *col = &t->column[k];
        struct text *head = again ? col->head_again : col->head;
        double room = col->width + (col->align == ALIGN_LEFT ? lane_of(t, col) : 0);
        for (size_t i = 0; i < head->line.n; i++) {
            double from_bottom = (double)(head->line.n - 1 - i) * t->set->head_leading;
            double free = room - head->line.at[i].width;
            double shift = free < 0 || col->align == ALIGN_LEFT ? 0
                           : col->align == ALIGN_CENTER         ? free / 2
                                                                : free;
            text_draw(c, head, i, again ? NULL : t->head_cell_tag[k], x + col->x + shift,
                      bottom - 5 - from_bottom);
        }
    }
    canvas_tag(c, NULL);
    canvas_line(c, x, bottom, x + t->width, bottom, 0.75, RGB_TEXT);
}

static void draw_first_head(struct canvas *c, const struct piece *p, double x, double y)
{
    draw_head(c, p->of, false, x, y);
}

static void draw_head_again(struct canvas *c, const struct piece *p, double x, double y)
{
    struct grid *t = p->of;
    text_draw(c, t->continued, 0, NULL, x, y + 9);
    draw_head(c, t, true, x, y + LEADING_BODY);
}

/* ---- pieces ---- */

static void add_tags(struct grid *t, struct tag *table)
{
    struct tags *tags = t->pdf->tags;
    size_t n = t->node->ncols;

    t->head_tag = tag_new(tags, table, TAG_TR, (str){0});
    t->head_cell_tag = NEW_ARRAY(t->pdf->mem, n, struct tag *);
    for (size_t k = 0; k < n; k++)
        t->head_cell_tag[k] = tag_new(tags, t->head_tag, TAG_TH, (str){0});
    for (size_t i = 0; i < t->row.n; i++) {
        struct row *r = &t->row.at[i];
        struct tag *tr = tag_new(tags, table, TAG_TR, (str){0});
        r->cell_tag = NEW_ARRAY(t->pdf->mem, n, struct tag *);
        r->spark_tag = NEW_ARRAY(t->pdf->mem, n, struct tag *);
        for (size_t k = 0; k < n; k++) {
            bool head = k == 0 && t->column[0].align == ALIGN_LEFT;
            r->cell_tag[k] = tag_new(tags, tr, head ? TAG_TH : TAG_TD, (str){0});
            if (r->cell[k].spark_drawing)
                r->spark_tag[k] =
                    tag_new(tags, r->cell_tag[k], TAG_Figure,
                            r->cell[k].text.n ? r->cell[k].text : t->node->column[k].label);
            if (head)
                tag_row_head(r->cell_tag[k]);
        }
    }
}

static struct piece *repeated_head(struct flow *f, struct grid *t, str title)
{
    struct piece *p = NEW(f->pdf->mem, struct piece);
    str text = arena_printf(f->pdf->mem, title.n ? STR_FMT " (" STR_FMT ")" : STR_FMT STR_FMT,
                            STR_ARG(title), STR_ARG(own_word(WORD_continued)));
    t->continued = text_plain(f->pdf, text, look_note);
    text_break(f->pdf, t->continued, f->width);
    *p = (struct piece){
        .x = f->x, .draw = draw_head_again, .of = t, .height = LEADING_BODY + head_height(t)};
    return p;
}

static void add_row_pieces(struct flow *f, struct grid *t, size_t row, const struct piece *head)
{
    const struct row *r = &t->row.at[row];
    for (size_t from = 0; from < r->nlines; from += LINES_A_PIECE) {
        struct part *part = NEW(f->pdf->mem, struct part);
        size_t left = r->nlines - from;
        *part = (struct part){t, row, from, left < LINES_A_PIECE ? left : LINES_A_PIECE};
        bool end = from + part->nlines == r->nlines;
        /* Three rows at least stand together at the begin and at the end, the total not counted. */
        size_t nrows = t->row.n - (t->node->total != NULL);
        bool few = row < 3 || row + 2 >= nrows;
        f->keep |= from == 0 && few;
        double height = (double)part->nlines * t->set->leading + (end ? row_pad : 0);
        if (t->set->on_grid && from == 0 && end)
            height = ceil(height / (LEADING_BODY / 2.0) - 0.01) * LEADING_BODY / 2.0;
        struct piece *p = flow_add(f, height, 0, draw_row, part);
        p->head = head;
        if (t->set->on_grid && from == 0)
            p->baseline = row_baseline(t->set);
    }
}

static struct grid *grid_new(struct pdf *pdf, const struct table_node *node,
                             const struct setting *set, const str *mark, double available)
{
    struct grid *t = NEW(pdf->mem, struct grid);
    *t = (struct grid){.pdf = pdf, .node = node, .set = set, .mark = mark};
    add_heads(t);
    add_rows(t);
    measure(t);
    share_width(t, available);
    break_cells(t);
    return t;
}

/* Set densely if words would have to be cut or rows become high, or if this saves a quarter of the
 * lines; if it does not help, the page is turned. */
static struct grid *best_grid(struct flow *f, const struct table_node *node, const str *mark,
                              bool *turned)
{
    struct grid *t = grid_new(f->pdf, node, &roomy, mark, f->width);
    bool good = fits(t, f->width) && t->row_lines <= LINES_A_ROW;
    if (good && t->lines * 4 <= t->row.n * 5)
        return t;
    struct grid *d = grid_new(f->pdf, node, &dense, mark, f->width);
    if (good && d->lines * 4 > t->lines * 3)
        return t;
    *turned = !fits(d, f->width) && f->x == 0 && f->width == COLUMN_PT && node->ncols > 3;
    f->too_narrow |= !*turned && !fits(d, f->width);
    return *turned ? grid_new(f->pdf, node, &dense, mark, COLUMN_TURNED_PT) : d;
}

/* What `columns:` of a system says of a word, where it is first used. */
static const str *add_notes(struct pdf *pdf, struct notes *notes, const struct table_node *n)
{
    str *mark = NEW_ARRAY(pdf->mem, n->ncols, str);
    for (size_t k = 0; k < n->ncols; k++)
        if (n->column[k].defined)
            mark[k] = note_add(pdf, notes, n->column[k].label, n->column[k].explain);
    return mark;
}

/* ---- tables that are too wide for any page ---- */

/* Up to which column, from one on, a part goes that has the first column too. */
static size_t part_end(const struct grid *t, size_t from, double available)
{
    double left = available - least(&t->column[0], available) - lane_of(t, &t->column[0]);
    size_t k = from;
    for (; k < t->node->ncols; k++) {
        left -= 2 * t->set->pad + least(&t->column[k], available) + lane_of(t, &t->column[k]);
        if (left < 0 && k > from)
            break;
    }
    return k;
}

/* A number that is cut is another number: the columns stand below each other, each part with the
 * first. */
static void flow_parts(struct flow *f, const struct node *n, const struct grid *t)
{
    struct arena *mem = f->pdf->mem;
    size_t ncols = n->table->ncols, nparts = 0, number = 0;
    for (size_t k = 1; k < ncols; k = part_end(t, k, COLUMN_TURNED_PT))
        nparts++;
    for (size_t k = 1, end; k < ncols; k = end) {
        struct node *part = NEW(mem, struct node);
        end = part_end(t, k, COLUMN_TURNED_PT);
        *part = *n;
        part->table = table_part(mem, n->table, k, end);
        part->title = arena_printf(mem, STR_FMT " (%zu " STR_FMT " %zu)", STR_ARG(n->title),
                                   ++number, STR_ARG(own_word(WORD_of)), nparts);
        part->id = number == 1 ? n->id : S("");
        part->note = number == nparts ? n->note : S("");
        flow_table(f, part);
    }
}

void flow_table(struct flow *f, const struct node *n)
{
    size_t first = f->piece.n, ntold = f->pdf->told.n;
    bool turned = false;

    if (!n->table || !n->table->ncols)
        return;
    struct notes notes = {.width = COLUMN_PT};
    struct grid *t = best_grid(f, n->table, add_notes(f->pdf, &notes, n->table), &turned);
    if (turned && !fits(t, COLUMN_TURNED_PT)) {
        f->pdf->told.n = ntold;
        flow_parts(f, n, t);
        return;
    }

    struct tag *table = tag_new(f->pdf->tags, f->tag, TAG_Table, (str){0});
    flow_block_title(f, n->title, tag_new(f->pdf->tags, table, TAG_Caption, (str){0}));
    add_tags(t, table);
    notes_tag(f->pdf, &notes, f->tag);
    struct piece *first_head = flow_add(f, head_height(t), n->title.n ? 3 : 15, draw_first_head, t);
    first_head->notes = notes;
    if (t->set->on_grid)
        first_head->baseline = first_head->height + row_baseline(t->set);
    struct piece *head = repeated_head(f, t, n->title);
    for (size_t i = 0; i < t->row.n; i++)
        add_row_pieces(f, t, i, head);
    flow_block_note(f, n->note);
    for (size_t i = first; i < f->piece.n; i++)
        f->piece.at[i]->turned = turned;
    f->piece.at[first]->block = f->piece.n - first;
    if (n->id.n)
        flow_mark(f, f->piece.at[first], n->id, n->title, 0);
    f->gap = 15;
}
