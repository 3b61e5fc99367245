/* The document as plain text, for those who read mail without HTML, and by ear. */
#include "mail.h"

#include <utf8proc.h>

enum { LINE = 76, TABLE_MOST = 100, GAP = 2 };

/* ---- lines ---- */

static str one_line(struct mail_body *b, str text)
{
    return mail_line(b->mem, text);
}

static void repeat(struct buf *out, char c, int n)
{
    for (int i = 0; i < n; i++)
        buf_addc(out, c);
}

/* One empty line between what was said and what follows. */
static void paragraph_gap(struct mail_body *b)
{
    if (b->out->n && !str_ends(buf_str(b->out), S("\n\n")))
        buf_add(b->out, str_ends(buf_str(b->out), S("\n")) ? S("\n") : S("\n\n"));
}

/* Words on lines of at most LINE columns, the second and later ones behind `indent` blanks. A word
 * that is longer, as all Chinese is, is cut between characters of full width, or stands out. */
static void put_wrapped(struct mail_body *b, str text, int column, int indent)
{
    bool first = true;
    while (str_is_set(text)) {
        str word = str_cut(&text, ' ');
        if (!word.n)
            continue;
        int width = text_width(word);
        if (!first && column + 1 + width > LINE && (width <= LINE / 2 || column > LINE - 8)) {
            buf_addc(b->out, '\n');
            repeat(b->out, ' ', indent);
            column = indent;
        } else if (!first) {
            buf_addc(b->out, ' ');
            column++;
        }
        first = false;
        for (size_t i = 0; i < word.n;) {
            utf8proc_int32_t c;
            utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)word.p + i,
                                                  (utf8proc_ssize_t)(word.n - i), &c);
            int wide = n > 0 ? utf8proc_charwidth(c) : 1;
            n = n > 0 ? n : 1;
            if (wide == 2 && column + 2 > LINE) {
                buf_addc(b->out, '\n');
                repeat(b->out, ' ', indent);
                column = indent;
            }
            buf_add(b->out, str_sub(word, i, i + (size_t)n));
            column += wide;
            i += (size_t)n;
        }
    }
    buf_addc(b->out, '\n');
}

static void put_heading(struct mail_body *b, str title, int level)
{
    int width = text_width(title);
    paragraph_gap(b);
    if (level < 4)
        buf_addc(b->out, '\n');
    buf_add(b->out, title);
    buf_addc(b->out, '\n');
    if (level < 4)
        repeat(b->out, level < 2 ? '=' : '-', width < LINE ? width : LINE);
    buf_add(b->out, level < 4 ? S("\n\n") : S(""));
}

/* ---- prose ---- */

static void collect(struct mail_body *b, struct buf *out, const struct node *first)
{
    for (const struct node *n = first; n; n = n->next) {
        if (n->kind == NODE_text || n->kind == NODE_code || n->kind == NODE_stale)
            buf_add(out, n->text);
        else if (n->kind == NODE_break)
            buf_addc(out, ' ');
        collect(b, out, n->first);
        if (n->kind == NODE_link && n->link.outside && html_may_lead(n->link.href))
            buf_addf(out, " <" STR_FMT ">", STR_ARG(n->link.href));
    }
}

static str inline_text(struct mail_body *b, const struct node *first)
{
    struct buf out = {0};
    collect(b, &out, first);
    str line = one_line(b, buf_str(&out));
    buf_clear(&out);
    return line;
}

static void nodes(struct mail_body *b, const struct node *first, int indent);

static void list(struct mail_body *b, const struct node *node, int indent)
{
    int number = node->list.start;
    paragraph_gap(b);
    for (const struct node *item = node->first; item; item = item->next, number++) {
        char label[16];
        int n = node->list.ordered ? snprintf(label, sizeof label, "%d. ", number)
                                   : snprintf(label, sizeof label, "- ");
        const struct node *first = item->first;
        bool led = first && first->kind == NODE_paragraph;
        repeat(b->out, ' ', indent);
        buf_add(b->out, (str){label, (size_t)n});
        put_wrapped(b, led ? inline_text(b, first->first) : S(""), indent + n, indent + n);
        nodes(b, led ? first->next : first, indent + n);
    }
}

static void code_block(struct mail_body *b, str text)
{
    paragraph_gap(b);
    while (text.n) {
        buf_add(b->out, S("    "));
        buf_add(b->out, one_line(b, str_cut(&text, '\n')));
        buf_addc(b->out, '\n');
    }
}

static void paragraph(struct mail_body *b, str text, int indent)
{
    if (!str_trim(text).n)
        return;
    paragraph_gap(b);
    repeat(b->out, ' ', indent);
    put_wrapped(b, text, indent, indent);
}

static void block_title(struct mail_body *b, const struct node *n)
{
    if (n->title.n)
        put_heading(b, one_line(b, n->title), b->level < 2 ? 3 : b->level + 1);
}

/* ---- tables ---- */

/* Rows of texts on their way to columns. */
struct grid {
    size_t ncols, nrows;
    str *text;
    int *width;
    bool *right;
};

static struct grid grid_new(struct mail_body *b, size_t ncols, size_t nrows)
{
    return (struct grid){.ncols = ncols,
                         .nrows = nrows,
                         .text = NEW_ARRAY(b->mem, ncols * nrows, str),
                         .width = NEW_ARRAY(b->mem, ncols, int),
                         .right = NEW_ARRAY(b->mem, ncols, bool)};
}

static void grid_put(struct grid *g, size_t row, size_t col, str text)
{
    int width = text_width(text);
    g->text[row * g->ncols + col] = text;
    g->width[col] = width > g->width[col] ? width : g->width[col];
}

static void grid_line(struct mail_body *b, const struct grid *g, size_t row)
{
    int blanks = 0; /* owed: none stand at the end of a line */
    for (size_t c = 0; c < g->ncols; c++) {
        str text = g->text[row * g->ncols + c];
        int missing = g->width[c] - text_width(text);
        if (text.n)
            repeat(b->out, ' ', blanks + (g->right[c] ? missing : 0));
        blanks = text.n ? 0 : blanks + (g->right[c] ? missing : 0);
        buf_add(b->out, text);
        blanks += (g->right[c] ? 0 : missing) + GAP;
    }
    buf_addc(b->out, '\n');
}

static void grid_rule(struct mail_body *b, const struct grid *g)
{
    for (size_t c = 0; c < g->ncols; c++) {
        repeat(b->out, '-', g->width[c]);
        if (c + 1 < g->ncols)
            repeat(b->out, ' ', GAP);
    }
    buf_addc(b->out, '\n');
}

static str signed_text(struct mail_body *b, enum state state, str text)
{
    str sign = state_sign(state);
    return sign.n ? arena_printf(b->mem, STR_FMT " " STR_FMT, STR_ARG(sign), STR_ARG(text)) : text;
}

static str cell_text(struct mail_body *b, const struct cell *c)
{
    str text = c->inlines ? inline_text(b, c->inlines) : one_line(b, c->text);
    text = signed_text(b, c->state, text);
    return c->few.n ? arena_printf(b->mem, STR_FMT " (" STR_FMT ")", STR_ARG(text), STR_ARG(c->few))
                    : text;
}

/* The words of a head on lines no wider than its cells, or than its longest word; their number.
 * With a `line`, the text of that one goes to *out. */
static size_t head_lines(struct mail_body *b, str head, int width, size_t line, str *out)
{
    struct buf now = {0};
    size_t n = 0;
    for (str rest = head; str_is_set(rest);) {
        str word = str_cut(&rest, ' ');
        if (now.n && text_width(buf_str(&now)) + 1 + text_width(word) > width) {
            if (n++ == line)
                *out = arena_str(b->mem, buf_str(&now));
            buf_reset(&now);
        }
        buf_addf(&now, "%s" STR_FMT, now.n ? " " : "", STR_ARG(word));
    }
    if (n++ == line)
        *out = arena_str(b->mem, buf_str(&now));
    buf_clear(&now);
    return n;
}

static int longest_word(str text)
{
    int longest = 0;
    while (str_is_set(text)) {
        int width = text_width(str_cut(&text, ' '));
        longest = width > longest ? width : longest;
    }
    return longest;
}

static str head_text(struct mail_body *b, const struct table_column *c)
{
    str label = one_line(b, c->label);
    return c->unit.n
               ? arena_printf(b->mem, STR_FMT " [" STR_FMT "]", STR_ARG(label), STR_ARG(c->unit))
               : label;
}

/* The rows that are shown; of them `nabove` stand above a total. */
static struct grid grid_of(struct mail_body *b, const struct table_node *t, size_t *nabove)
{
    size_t rows = mail_rows(t), row = 0;
    struct grid g = grid_new(b, t->ncols, rows + 2);

    for (size_t c = 0; c < t->ncols; c++) {
        enum align align = t->column[c].align;
        g.right[c] = align == ALIGN_RIGHT || align == ALIGN_DECIMAL;
        g.width[c] = longest_word(head_text(b, &t->column[c]));
    }
    for (; row < rows; row++)
        for (size_t c = 0; c < t->ncols; c++)
            grid_put(&g, row, c, cell_text(b, &t->cell[row * t->ncols + c]));
    for (size_t c = 0; mail_has_others(t) && c < t->ncols; c++)
        grid_put(&g, row, c, cell_text(b, &t->others[c]));
    row += mail_has_others(t);
    *nabove = row;
    for (size_t c = 0; t->total && c < t->ncols; c++)
        grid_put(&g, row, c, cell_text(b, &t->total[c]));
    g.nrows = row + (t->total != NULL);
    return g;
}

/* The heads stand on the line above the rule, the words before it above that. */
static void put_heads(struct mail_body *b, const struct table_node *t, const struct grid *g)
{
    size_t nlines = 1;
    str none;
    for (size_t c = 0; c < t->ncols; c++) {
        size_t n = head_lines(b, head_text(b, &t->column[c]), g->width[c], (size_t)-1, &none);
        nlines = n > nlines ? n : nlines;
    }
    struct grid head = *g;
    head.text = NEW_ARRAY(b->mem, t->ncols * nlines, str);
    for (size_t c = 0; c < t->ncols; c++) {
        str text = head_text(b, &t->column[c]);
        size_t n = head_lines(b, text, g->width[c], (size_t)-1, &none);
        for (size_t i = 0; i < n; i++)
            head_lines(b, text, g->width[c], i, &head.text[(nlines - n + i) * t->ncols + c]);
    }
    for (size_t i = 0; i < nlines; i++)
        grid_line(b, &head, i);
    grid_rule(b, g);
}

/* A table that is too wide for a line: each row in words. */
static void put_rows(struct mail_body *b, const struct table_node *t, const struct grid *g)
{
    for (size_t r = 0; r < g->nrows; r++) {
        struct buf line = {0};
        for (size_t c = 0; c < g->ncols; c++) {
            str text = str_trim(g->text[r * g->ncols + c]);
            if (!text.n || str_eq(text, S("–")))
                continue;
            if (line.n)
                buf_addf(&line, " · " STR_FMT ": ", STR_ARG(head_text(b, &t->column[c])));
            buf_add(&line, text);
        }
        buf_add(b->out, S("* "));
        put_wrapped(b, buf_str(&line), 2, 2);
        buf_clear(&line);
    }
}

static void put_table(struct mail_body *b, const struct table_node *t)
{
    size_t nabove;
    struct grid g = grid_of(b, t, &nabove);
    int width = 0;

    for (size_t c = 0; c < g.ncols; c++)
        width += g.width[c] + (c ? GAP : 0);
    paragraph_gap(b);
    if (width > TABLE_MOST) {
        put_rows(b, t, &g);
        return;
    }
    put_heads(b, t, &g);
    for (size_t r = 0; r < g.nrows; r++) {
        if (r == nabove)
            grid_rule(b, &g);
        grid_line(b, &g, r);
    }
}

/* ---- key figures ---- */

static str against(struct mail_body *b, str diff, enum state state, const char *word, str text)
{
    if (!diff.n && !text.n)
        return S("");
    str what = signed_text(b, state, diff);
    return text.n ? arena_printf(b->mem, STR_FMT " %s " STR_FMT, STR_ARG(what), word, STR_ARG(text))
                  : arena_printf(b->mem, STR_FMT " %s", STR_ARG(what), word);
}

static void key_figures(struct mail_body *b, const struct node *n)
{
    struct grid g = grid_new(b, 4, n->kpis.n);

    block_title(b, n);
    paragraph_gap(b);
    g.right[1] = true;
    for (size_t i = 0; i < n->kpis.n; i++) {
        const struct kpi *k = &n->kpis.at[i];
        str value = k->unit.n ? arena_printf(b->mem, STR_FMT " " STR_FMT, STR_ARG(k->value),
                                             STR_ARG(k->unit))
                              : k->value;
        if (k->few.n)
            value = arena_printf(b->mem, STR_FMT " (" STR_FMT ")", STR_ARG(value), STR_ARG(k->few));
        grid_put(&g, i, 0, one_line(b, k->label));
        grid_put(&g, i, 1, value);
        grid_put(&g, i, 2, against(b, k->target_diff, k->target_state, "target", k->target_text));
        grid_put(&g, i, 3,
                 against(b, k->before_diff, k->before_state, "last year", k->before_text));
    }
    for (size_t i = 0; i < n->kpis.n; i++)
        grid_line(b, &g, i);
}

/* ---- the walk ---- */

static void node_section(struct mail_body *b, const struct node *n, int indent)
{
    int outer = b->level;
    if (n->title.n)
        put_heading(b, one_line(b, n->title), ++b->level);
    nodes(b, n->first, indent);
    b->level = outer;
}

static void node(struct mail_body *b, const struct node *n, int indent)
{
    switch (n->kind) {
    case NODE_document:
        nodes(b, n->first, indent);
        return;
    case NODE_section:
        node_section(b, n, indent);
        return;
    case NODE_heading:
        b->level = n->level < 2 ? 2 : n->level > b->level + 1 ? b->level + 1 : n->level;
        put_heading(b, inline_text(b, n->first), b->level);
        return;
    case NODE_list:
        list(b, n, indent);
        return;
    case NODE_quote:
        nodes(b, n->first, indent + 4);
        return;
    case NODE_code_block:
        code_block(b, n->text);
        return;
    case NODE_rule:
        paragraph(b, S("* * *"), indent);
        return;
    case NODE_kpis:
        key_figures(b, n);
        break;
    case NODE_table:
        block_title(b, n);
        put_table(b, n->table);
        break;
    case NODE_form:
        block_title(b, n);
        put_table(b, n->form.table);
        break;
    case NODE_figure:
    case NODE_graph:
        block_title(b, n);
        paragraph(b, one_line(b, mail_description(n)), indent);
        break;
    case NODE_notice:
        block_title(b, n);
        paragraph(b, n->first ? inline_text(b, n->first) : one_line(b, n->text), indent);
        break;
    case NODE_download: /* nothing to press in a mail */
        return;
    default:
        paragraph(b, inline_text(b, n->kind == NODE_paragraph ? n->first : n), indent);
        return;
    }
    paragraph(b, one_line(b, n->note), indent);
}

static void nodes(struct mail_body *b, const struct node *first, int indent)
{
    for (const struct node *n = first; n; n = n->next)
        if (!n->only_site)
            node(b, n, indent);
}

void mail_text(struct mail_body *b, const struct document *d)
{
    str day = fmt_date(b->mem, b->site->lang, b->site->as_of);

    buf_add(b->out, one_line(b, b->site->title));
    buf_addc(b->out, '\n');
    b->level = 1;
    put_heading(b, one_line(b, d->title), 1);
    if (d->subtitle.n)
        buf_addf(b->out, STR_FMT " · as of " STR_FMT "\n", STR_ARG(one_line(b, d->subtitle)),
                 STR_ARG(day));
    else
        buf_addf(b->out, "As of " STR_FMT "\n", STR_ARG(day));
    nodes(b, d->root->first, 0);
}
