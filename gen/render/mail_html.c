/* The document as HTML for mail programs. Some of them drop style sheets: what must hold (which
 * number stands under which head, what is bad) is said by elements and their old attributes, the
 * rest by classes. */
#include "mail.h"

#include <math.h>

/* A literal of our own, never text from data. */
#undef PUT
#define PUT(b, literal) buf_add((b)->out, S(literal))

/* ---- around the documents ---- */

/* Colours are those of the site on light ground. "!important" is the only way past an attribute of
 * style that stands in the element for programs without style sheets. */
static const char style[] =
    "body{margin:0;padding:0;background:#fff}\n"
    "h1{font-size:24px;line-height:1.25;margin:0}\n"
    "h2{font-size:19px;line-height:1.3;margin:32px 0 8px}\n"
    "h3,h4,h5,h6{font-size:15px;line-height:1.35;margin:24px 0 6px}\n"
    "p{margin:0 0 12px}\n"
    "a{color:#1a5a96}\n"
    ".u,.f{color:#5a636e;font-weight:normal;font-size:11px}\n"
    ".g{color:#00776a}.x{color:#c03a0b}.w{color:#8a5a00}\n"
    ".d{font-size:13px;line-height:1.35}\n"
    ".d td,.d th{border-bottom:1px solid #dde1e6}\n"
    ".d th{border-bottom:1px solid #1b1f24;font-size:12px}\n"
    ".d .n{text-align:right;white-space:nowrap}\n"
    ".m{font-size:11px}.m th{font-size:11px}.m td,.m th{padding:3px}\n"
    ".d th.n{white-space:normal}\n"
    ".d .t td{border-top:1px solid #1b1f24;font-weight:bold}\n"
    ".k td{border-top:1px solid #1b1f24}\n"
    ".b{display:inline-block;height:8px;background:#40566c}\n"
    ".s{overflow-x:auto}\n"
    "@media (max-width:480px){\n"
    ".o{padding:12px 12px 24px !important}\n"
    ".c{max-width:100% !important}\n"
    ".c img{max-width:100% !important}\n"
    ".d{font-size:12px}.m{font-size:11px}.d td,.d th{padding:3px !important}\n"
    ".v{font-size:17px !important}\n"
    "}\n";

void mail_html_head(struct buf *out, str language, str title)
{
    buf_add(out, S("<!DOCTYPE html>\n<html"));
    html_attribute(out, "lang", language);
    buf_add(out,
            S(">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light\">\n<title>"));
    html_text(out, title);
    buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body bgcolor=\"#ffffff\">\n", style);
    buf_add(out,
            S("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
              "border=\"0\"><tr><td align=\"center\">\n"
              "<table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\" "
              "border=\"0\" style=\"width:100%;max-width:640px;table-layout:fixed\">\n<tr><td "
              "class=\"o\" "
              "align=\"left\" style=\"padding:24px 16px;font-family:'Segoe UI',Helvetica,Arial,"
              "'Noto Sans','PingFang SC','Microsoft YaHei',sans-serif;font-size:14px;"
              "line-height:1.5;color:#1b1f24\">\n"));
}

void mail_html_foot(struct buf *out, str notice)
{
    buf_add(out, S("<p style=\"margin:32px 0 0;padding-top:8px;border-top:1px solid #dde1e6;"
                   "font-size:12px;color:#5a636e\">"));
    html_text(out, notice);
    buf_add(out, S("</p>\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n"));
}

/* ---- small parts ---- */

static void children(struct mail_body *b, const struct node *node);

static void put_text(struct mail_body *b, str text)
{
    html_text(b->out, text);
}

/* '<a href="…">' for an address from the root of the audience's site, or one outside. False if
 * there is nowhere to lead to. */
static bool open_link(struct mail_body *b, str address, bool outside)
{
    bool safe =
        outside ? html_may_lead(address) : str_is_set(b->links) && !str_starts(address, S("#"));
    if (!address.n || !safe)
        return false;
    PUT(b, "<a href=\"");
    put_text(b, outside ? S("") : b->links);
    put_text(b, address);
    PUT(b, "\">");
    return true;
}

static void linked(struct mail_body *b, str text, str address, bool outside)
{
    bool leads = open_link(b, address, outside);
    put_text(b, text);
    if (leads)
        PUT(b, "</a>");
}

static const char *state_class(enum state state)
{
    static const char *const class[] = {
        [STATE_NONE] = NULL, [STATE_GOOD] = "g", [STATE_BAD] = "x", [STATE_WARN] = "w"};
    return class[state];
}

/* The sign tells what the colour tells. */
static void open_state(struct mail_body *b, enum state state)
{
    static const char *const colour[] = {[STATE_NONE] = "",
                                         [STATE_GOOD] = "#00776a",
                                         [STATE_BAD] = "#c03a0b",
                                         [STATE_WARN] = "#8a5a00"};
    if (!state_class(state))
        return;
    buf_addf(b->out, "<font color=\"%s\" class=\"%s\">", colour[state], state_class(state));
    buf_add(b->out, state_sign(state));
    PUT(b, "\u00a0");
}

static void close_state(struct mail_body *b, enum state state)
{
    if (state_class(state))
        PUT(b, "</font>");
}

static void small(struct mail_body *b, const char *class, str text)
{
    if (!text.n)
        return;
    buf_addf(b->out, " <span class=\"%s\">", class);
    put_text(b, text);
    PUT(b, "</span>");
}

/* ---- prose ---- */

static void wrapped(struct mail_body *b, const struct node *node, const char *element)
{
    buf_addf(b->out, "<%s>", element);
    children(b, node);
    buf_addf(b->out, "</%s>", element);
}

static void heading(struct mail_body *b, int level, str title)
{
    buf_addf(b->out, "<h%d>", level > 6 ? 6 : level);
    put_text(b, title);
    buf_addf(b->out, "</h%d>\n", level > 6 ? 6 : level);
}

static void node_document(struct mail_body *b, const struct node *node)
{
    children(b, node);
}

static void node_section(struct mail_body *b, const struct node *node)
{
    int outer = b->level;
    if (node->title.n)
        heading(b, ++b->level, node->title);
    children(b, node);
    b->level = outer;
}

/* The title of the document is its only h1, and no level is skipped on the way down. */
static void node_heading(struct mail_body *b, const struct node *node)
{
    int level = node->level < 2 ? 2 : node->level;
    b->level = level > b->level + 1 ? b->level + 1 : level;
    buf_addf(b->out, "<h%d>", b->level);
    children(b, node);
    buf_addf(b->out, "</h%d>\n", b->level);
}

static void node_paragraph(struct mail_body *b, const struct node *node)
{
    wrapped(b, node, "p");
    PUT(b, "\n");
}

static void node_text(struct mail_body *b, const struct node *node)
{
    put_text(b, node->text);
}

static void node_emphasis(struct mail_body *b, const struct node *node)
{
    wrapped(b, node, "em");
}

static void node_strong(struct mail_body *b, const struct node *node)
{
    wrapped(b, node, "strong");
}

static void node_code(struct mail_body *b, const struct node *node)
{
    PUT(b, "<code>");
    put_text(b, node->text);
    PUT(b, "</code>");
}

static void node_link(struct mail_body *b, const struct node *node)
{
    bool leads = open_link(b, node->link.href, node->link.outside);
    children(b, node);
    if (leads)
        PUT(b, "</a>");
}

static void node_break(struct mail_body *b, const struct node *node)
{
    (void)node;
    PUT(b, "<br>\n");
}

static void node_stale(struct mail_body *b, const struct node *node)
{
    small(b, "f", str_trim(node->text));
}

static void node_item(struct mail_body *b, const struct node *node)
{
    PUT(b, "<li>");
    for (const struct node *n = node->first; n; n = n->next) {
        struct node bare = *n;
        bare.next = NULL;
        /* A paragraph alone in its item is a line. */
        children(b, n->kind == NODE_paragraph && !n->next ? n : &(struct node){.first = &bare});
    }
    PUT(b, "</li>\n");
}

static void node_list(struct mail_body *b, const struct node *node)
{
    buf_addf(b->out, node->list.ordered ? "<ol start=\"%d\">\n" : "<ul>\n",
             node->list.ordered ? node->list.start : 0);
    children(b, node);
    buf_addf(b->out, node->list.ordered ? "</ol>\n" : "</ul>\n");
}

static void node_quote(struct mail_body *b, const struct node *node)
{
    wrapped(b, node, "blockquote");
    PUT(b, "\n");
}

static void node_code_block(struct mail_body *b, const struct node *node)
{
    PUT(b, "<pre>");
    put_text(b, node->text);
    PUT(b, "</pre>\n");
}

static void node_rule(struct mail_body *b, const struct node *node)
{
    (void)node;
    PUT(b, "<hr>\n");
}

/* ---- blocks ---- */

static void block_title(struct mail_body *b, const struct node *node)
{
    if (node->title.n)
        heading(b, b->level < 2 ? 3 : b->level + 1, node->title);
}

static void block_note(struct mail_body *b, const struct node *node)
{
    if (!node->note.n)
        return;
    PUT(b, "<p class=\"u\">");
    put_text(b, node->note);
    PUT(b, "</p>\n");
}

static void difference(struct mail_body *b, str diff, enum state state, const char *against,
                       str text)
{
    if (!diff.n && !text.n)
        return;
    PUT(b, "<br><span style=\"font-size:12px\">");
    open_state(b, state);
    put_text(b, diff);
    close_state(b, state);
    buf_addf(b->out, " <span class=\"u\">%s ", against);
    put_text(b, text);
    PUT(b, "</span></span>");
}

static void key_figure(struct mail_body *b, const struct kpi *k)
{
    PUT(b, "<td width=\"33%\" valign=\"top\"><span class=\"u\" style=\"font-size:12px\">");
    linked(b, k->label, k->href, false);
    PUT(b, "</span><br><b class=\"v\" style=\"font-size:20px;line-height:1.4\">");
    put_text(b, k->value);
    PUT(b, "</b>");
    small(b, "u", k->unit);
    small(b, "f", k->few);
    difference(b, k->target_diff, k->target_state, "target", k->target_text);
    difference(b, k->before_diff, k->before_state, "last year", k->before_text);
    PUT(b, "</td>\n");
}

static void node_kpis(struct mail_body *b, const struct node *node)
{
    enum { A_ROW = 3 };
    block_title(b, node);
    PUT(b, "<table class=\"k\" role=\"presentation\" width=\"100%\" cellpadding=\"4\" "
           "cellspacing=\"6\" border=\"0\">\n");
    for (size_t i = 0; i < node->kpis.n; i += A_ROW) {
        PUT(b, "<tr>\n");
        for (size_t k = i; k < i + A_ROW; k++) {
            if (k < node->kpis.n)
                key_figure(b, &node->kpis.at[k]);
            else
                PUT(b, "<td width=\"33%\" style=\"border:0\"></td>\n");
        }
        PUT(b, "</tr>\n");
    }
    PUT(b, "</table>\n");
    block_note(b, node);
}

/* ---- tables ---- */

static bool is_right(const struct table_column *c)
{
    return c->align == ALIGN_RIGHT || c->align == ALIGN_DECIMAL;
}

static void open_cell(struct mail_body *b, const char *element, const struct table_column *c)
{
    buf_addf(b->out, "<%s", element);
    if (is_right(c))
        PUT(b, " align=right class=n");
    else if (c->align == ALIGN_CENTER)
        PUT(b, " align=center");
    else if (element[1] == 'h')
        PUT(b, " align=left");
}

static void column_head(struct mail_body *b, const struct table_column *c)
{
    open_cell(b, "th", c);
    PUT(b, " valign=bottom scope=col>");
    put_text(b, c->label);
    if (c->unit.n) {
        PUT(b, "<br><span class=u>");
        put_text(b, c->unit);
        PUT(b, "</span>");
    }
    PUT(b, "</th>");
}

/* A bar is seen where a program draws boxes in a line; its number is there anyway. */
static void cell_bar(struct mail_body *b, double share)
{
    int width = isfinite(share) ? (int)lround(fabs(share) * 48) : 0;
    if (width > 0)
        buf_addf(b->out, "<span class=b style=\"width:%dpx\"></span> ", width);
}

static void table_cell(struct mail_body *b, const struct table_column *col, const struct cell *c)
{
    open_cell(b, "td", col);
    PUT(b, ">");
    if (col->bar)
        cell_bar(b, c->bar);
    open_state(b, c->state);
    if (c->inlines)
        children(b, &(struct node){.first = c->inlines});
    else
        linked(b, c->text, c->href, c->outside);
    close_state(b, c->state);
    small(b, "f", c->few);
    PUT(b, "</td>");
}

static void table_row(struct mail_body *b, const struct table_node *t, const struct cell *cells,
                      const char *class)
{
    buf_addf(b->out, "<tr%s%s valign=top>", class ? " class=" : "", class ? class : "");
    for (size_t c = 0; c < t->ncols; c++)
        table_cell(b, &t->column[c], &cells[c]);
    PUT(b, "</tr>\n");
}

static void table(struct mail_body *b, const struct table_node *t)
{
    enum { MANY = 6 };
    buf_addf(b->out,
             "<div class=\"s\"><table class=\"d%s\" width=\"100%%\" cellpadding=\"4\" "
             "cellspacing=\"0\" border=\"0\">\n<tr>",
             t->ncols > MANY ? " m" : "");
    for (size_t c = 0; c < t->ncols; c++)
        column_head(b, &t->column[c]);
    PUT(b, "</tr>\n");
    for (size_t r = 0; r < mail_rows(t); r++)
        table_row(b, t, &t->cell[r * t->ncols], NULL);
    if (mail_has_others(t))
        table_row(b, t, t->others, "u");
    if (t->total)
        table_row(b, t, t->total, "t");
    PUT(b, "</table></div>\n");
}

static void node_table(struct mail_body *b, const struct node *node)
{
    if (!node->table->ncols)
        return;
    block_title(b, node);
    table(b, node->table);
    block_note(b, node);
}

/* What a form asks; it is filled in in the attached PDF. */
static void node_form(struct mail_body *b, const struct node *node)
{
    block_title(b, node);
    table(b, node->form.table);
    block_note(b, node);
}

/* There is nothing to press in a mail. */
static void node_download(struct mail_body *b, const struct node *node)
{
    (void)b;
    (void)node;
}

/* ---- charts ---- */

static bool is_half(const struct node *node)
{
    return node->kind == NODE_figure && node->width != WIDTH_FULL &&
           node->width != WIDTH_TWO_THIRDS;
}

static void picture(struct mail_body *b, const struct node *node, const struct drawing *g)
{
    const struct mail_picture *p = mail_picture(b->pictures, g, b->diags);
    if (!p) {
        b->ok = false;
        return;
    }
    bool there = false;
    for (size_t i = 0; i < b->shown.n; i++)
        there |= b->shown.at[i] == p;
    if (!there)
        PUSH(b->mem, &b->shown, p);
    int width = node->kind == NODE_graph ? 608 : is_half(node) ? 272 : 400;
    buf_addf(b->out, "<img src=\"cid:" STR_FMT "\" width=\"%d\"", STR_ARG(p->id), width);
    html_attribute(b->out, "alt", mail_description(node));
    buf_addf(b->out,
             " border=\"0\" style=\"display:block;width:100%%;max-width:%dpx;height:auto;"
             "font-size:13px;color:#5a636e\">",
             width);
}

/* Two of half a width stand beside each other where there is room. */
static void drawn(struct mail_body *b, const struct node *node)
{
    const struct drawing *g = mail_drawing(node);

    if (is_half(node))
        PUT(b, "<div class=\"c\" style=\"display:inline-block;width:100%;max-width:272px;"
               "vertical-align:top\">\n");
    else
        PUT(b, "<div class=\"c\">\n");
    block_title(b, node);
    if (g)
        picture(b, node, g);
    block_note(b, node);
    PUT(b, "</div>\n");
}

static void node_figure(struct mail_body *b, const struct node *node)
{
    drawn(b, node);
}

static void node_graph(struct mail_body *b, const struct node *node)
{
    drawn(b, node);
}

static void node_notice(struct mail_body *b, const struct node *node)
{
    block_title(b, node);
    PUT(b, "<p>");
    put_text(b, node->text);
    children(b, node);
    PUT(b, "</p>\n");
    block_note(b, node);
}

/* ---- the walk ---- */

static void children(struct mail_body *b, const struct node *node)
{
    static void (*const write[])(struct mail_body *, const struct node *) = {
#define X(name) [NODE_##name] = node_##name,
        NODE_KINDS(X)
#undef X
    };
    for (const struct node *n = node->first; n; n = n->next)
        if (!n->only_site)
            write[n->kind](b, n);
}

void mail_html(struct mail_body *b, const struct document *d)
{
    PUT(b, "<p class=\"u\" style=\"margin:0\">");
    put_text(b, b->site->title);
    PUT(b, "</p>\n");
    b->level = 1;
    heading(b, 1, d->title);
    PUT(b, "<p class=\"u\" style=\"font-size:13px\">");
    put_text(b, d->subtitle);
    put_text(b, d->subtitle.n ? S(" · as of ") : S("As of "));
    put_text(b, fmt_date(b->mem, b->site->lang, b->site->as_of));
    PUT(b, "</p>\n");
    children(b, d->root);
}
