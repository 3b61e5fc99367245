#include "html.h"

#include <math.h>

/* ---- values for programs ---- */

bool type_is_number(enum type t)
{
    return t == TYPE_integer || t == TYPE_number || t == TYPE_money || t == TYPE_rate ||
           t == TYPE_boolean;
}

void exact_value(struct buf *out, struct arena *mem, struct value v, enum type type,
                 const struct language *lang)
{
    switch (v.kind) {
    case VALUE_NULL:
        break;
    case VALUE_INT:
        /* Money is cut between digits, not divided, so that it stays exact. */
        buf_add_decimal(out, v.i, type == TYPE_money ? lang->money_decimals : 0, false);
        break;
    case VALUE_REAL:
        if (type == TYPE_money) /* that was averaged, still in smallest units */
            v.r /= pow(10, lang->money_decimals);
        buf_add(out, isfinite(v.r) ? fmt_exact(mem, v.r) : S(""));
        break;
    case VALUE_TEXT:
        buf_add(out, v.s);
        break;
    }
}

/* ---- cells ---- */

/* Digits behind the decimal sign, −1 if there is none: "1,234.50 %" has two. */
static int decimals_of(str text, str sign)
{
    size_t at = text.n, next;
    for (size_t from = 0; (next = str_find(text, sign, from)) < text.n; from = next + sign.n)
        at = next;
    int n = 0;
    for (size_t i = at + sign.n; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        n++;
    return at < text.n && n ? n : -1;
}

static int most_decimals(const struct table_node *t, size_t column, str sign)
{
    int most = -1;
    for (size_t r = 0; r < t->nrows; r++) {
        int n = decimals_of(t->cell[r * t->ncols + column].text, sign);
        most = n > most ? n : most;
    }
    return most;
}

/* Blanks as wide as the decimals that this number lacks: so the points stand below each other. */
static void pad_decimals(struct buf *out, str text, int most, str sign)
{
    int missing = most - decimals_of(text, sign);

    if (most < 0 || missing == 0 || !text.n || text.p[text.n - 1] < '0' || text.p[text.n - 1] > '9')
        return;
    if (missing == most + 1) {
        buf_add(out, S("\u2008")); /* as wide as a point */
        missing--;
    }
    while (missing--)
        buf_add(out, S("\u2007")); /* as wide as a digit */
}

/* A bar from zero; where the column has numbers below zero, zero stands in the middle. */
static void cell_bar(struct buf *out, double share, bool both_sides, enum state state)
{
    const double width = 72, height = 10, zero = both_sides ? width / 2 : 0;
    double length = fabs(share) * (width - zero);

    if (!isfinite(share))
        return;
    buf_addf(out, "<svg class=\"bar%s\" width=\"72\" height=\"10\" aria-hidden=\"true\"><rect x=\"",
             state == STATE_BAD    ? " bad"
             : state == STATE_GOOD ? " good"
                                   : "");
    svg_number(out, share < 0 ? zero - length : zero);
    buf_add(out, S("\" width=\""));
    svg_number(out, length > 0.5 ? length : share != 0 ? 0.5 : 0);
    buf_add(out, S("\" height=\""));
    svg_number(out, height);
    buf_add(out, S("\"/></svg>"));
}

/* What only all cells of a column tell. */
struct column_look {
    bool both_sides; /* of zero: for its bars */
    bool long_text;  /* is kept wide where there is little room */
    bool broad;      /* a name that on a phone would be broken into too many lines */
    bool narrow;     /* one of many: what stands below a number takes two lines */
    int decimals;
};

/* Opens <td> or <th> with its classes: n number, c centred, t long text, b broad, a one of
 * many beside one another, and what is drawn. */
static void open_cell(struct html *h, const char *element, const struct table_column *c,
                      const struct column_look *look, enum state state)
{
    static const char *const state_class[] = {
        [STATE_NONE] = "", [STATE_GOOD] = "good", [STATE_BAD] = "bad", [STATE_WARN] = "warn"};
    const str class[] = {
        c->align == ALIGN_RIGHT || c->align == ALIGN_DECIMAL ? S("n") : S(""),
        c->align == ALIGN_CENTER ? S("c") : S(""),
        look->long_text ? S("t")
        : look->broad   ? S("b")
                        : S(""),
        c->bar ? S("with-bar") : S(""),
        c->spark ? S("spark") : S(""),
        c->across ? S("a") : S(""),
        str_of(state_class[state]),
    };
    bool any = false;

    buf_addc(h->out, '<');
    buf_add(h->out, str_of(element));
    for (size_t i = 0; i < sizeof class / sizeof *class; i++) {
        if (!class[i].n)
            continue;
        buf_add(h->out, any ? S(" ") : S(" class=\""));
        buf_add(h->out, class[i]);
        any = true;
    }
    if (any)
        buf_addc(h->out, '"');
}

/* What sorting and saving read where it is not the text itself. */
static void data_value(struct html *h, const struct cell *c)
{
    bool is_text = c->value.kind == VALUE_TEXT && (c->type == TYPE_string || c->type == TYPE_list);
    size_t before = h->out->n, from;

    if (is_text)
        return;
    if (c->value.kind == VALUE_TEXT) {
        if (!str_eq(c->value.s, c->text))
            html_attribute(h->out, "data-value", c->value.s);
        return;
    }
    html_open_attribute(h->out, "data-value");
    from = h->out->n;
    exact_value(h->out, h->mem, c->value, c->type, h->site->lang); /* digits */
    if (str_eq(str_sub(buf_str(h->out), from, h->out->n), c->text))
        h->out->n = before;
    else
        buf_addc(h->out, '"');
}

/* How many bytes of blanks a text begins with: the depth of a row in a tree. */
static size_t indent_of(str text)
{
    size_t n = 0;
    for (;;) {
        str rest = str_sub(text, n, text.n);
        if (str_starts(rest, S(" ")))
            n += 1;
        else if (str_starts(rest, S("\u00a0")))
            n += 2;
        else if (str_starts(rest, S("\u2002")) || str_starts(rest, S("\u2003")))
            n += 3;
        else
            return n;
    }
}

static void cell_text(struct html *h, const struct cell *c, const struct column_look *look)
{
    size_t indent = indent_of(c->text);

    if (c->state != STATE_NONE) {
        PUT(h, "<span class=\"sign\">");
        buf_add(h->out, state_sign(c->state));
        PUT(h, "</span>\u00a0");
    }
    html_text(h->out, str_sub(c->text, 0, c->inlines ? 0 : indent)); /* not underlined */
    bool leads = c->href.n && html_link(h, c->href, c->outside);
    if (leads)
        PUT(h, ">");
    if (c->inlines)
        html_children(h, &(struct node){.first = c->inlines});
    else
        html_text(h->out, str_sub(c->text, indent, c->text.n));
    if (leads)
        PUT(h, "</a>");
    pad_decimals(h->out, c->text, look->decimals, h->site->lang->decimal);
    html_few(h, c->few, look->narrow);
}

/* One cell; the first of a row is its head. */
static void table_cell(struct html *h, const struct table_node *t, const struct cell *c,
                       size_t column, const struct column_look *look, str row_id)
{
    const struct table_column *col = &t->column[column];
    const char *element = column == 0 && !t->plain ? "th" : "td";

    open_cell(h, element, col, look, c->state);
    if (element[1] == 'h')
        PUT(h, " scope=\"row\"");
    if (!t->plain)
        data_value(h, c);
    PUT(h, ">");
    if (col->bar)
        cell_bar(h->out, c->bar, look->both_sides, c->state);
    if (c->spark_drawing) {
        struct drawing named = *c->spark_drawing;
        named.title = c->text.n ? c->text : named.title;
        str id = arena_printf(h->mem, STR_FMT "_%zu", STR_ARG(row_id), column + 1);
        render_svg(h->out, &named, id, h->root);
    } else {
        cell_text(h, c, look);
    }
    PUT(h, "</");
    buf_add(h->out, str_of(element));
    PUT(h, ">");
}

/* ---- rows ---- */

static void column_head(struct html *h, const struct table_node *t, size_t i,
                        const struct column_look *look)
{
    const struct table_column *c = &t->column[i];

    open_cell(h, "th", c, look, STATE_NONE);
    PUT(h, " scope=\"col\"");
    if (!t->plain) {
        html_attribute(h->out, "data-name", c->name);
        if (c->spark)
            PUT(h, " data-spark");
        else if (type_is_number(c->type))
            PUT(h, " data-number");
    }
    if (c->sorted)
        buf_addf(h->out, " aria-sort=\"%s\"", c->sorted < 0 ? "descending" : "ascending");
    PUT(h, "><span");
    if (c->explain.n) {
        PUT(h, " data-tip");
        html_attribute(h->out, "title", c->explain);
    }
    PUT(h, ">");
    html_text(h->out, c->label);
    PUT(h, "</span>");
    if (c->unit.n) {
        PUT(h, " <span class=\"unit\">");
        html_text(h->out, c->unit);
        PUT(h, "</span>");
    }
    PUT(h, "</th>\n");
}

static void table_row(struct html *h, const struct table_node *t, const struct cell *cells,
                      const struct column_look *look, str id)
{
    for (size_t c = 0; c < t->ncols; c++)
        table_cell(h, t, &cells[c], c, &look[c], id);
    PUT(h, "</tr>\n");
}

/* Looks over all rows once. */
static struct column_look *looks_of(struct html *h, const struct table_node *t)
{
    const int long_width = 28, broad_width = 13;
    struct column_look *look = NEW_ARRAY(h->mem, t->ncols, struct column_look);

    for (size_t c = 0; c < t->ncols; c++) {
        look[c].decimals = -1;
        look[c].narrow = t->column[c].across;
        if (t->column[c].align == ALIGN_DECIMAL)
            look[c].decimals = most_decimals(t, c, h->site->lang->decimal);
    }
    for (size_t i = 0; i < t->nrows * t->ncols; i++) {
        struct column_look *l = &look[i % t->ncols];
        l->both_sides |= t->cell[i].bar < 0;
        int width = text_width(t->cell[i].text);
        l->long_text = l->long_text || width > long_width;
        l->broad = l->broad || (i % t->ncols == 0 && width > broad_width);
    }
    return look;
}

static void table_head(struct html *h, const struct table_node *t, const struct column_look *look)
{
    PUT(h, "<thead><tr>\n");
    for (size_t c = 0; c < t->ncols; c++)
        column_head(h, t, c, &look[c]);
    PUT(h, "</tr></thead>\n");
}

static void table_body(struct html *h, const struct table_node *t, const struct column_look *look,
                       str id)
{
    PUT(h, "<tbody>\n");
    for (size_t r = 0; r < t->nrows; r++) {
        bool folded = t->fold && r >= t->fold;
        buf_addf(h->out, folded ? "<tr class=\"more\">" : "<tr>");
        table_row(h, t, &t->cell[r * t->ncols], look,
                  arena_printf(h->mem, STR_FMT "_r%zu", STR_ARG(id), r + 1));
    }
    PUT(h, "</tbody>\n");
}

void html_table(struct html *h, const struct table_node *t, str title, str id)
{
    struct column_look *look = looks_of(h, t);
    str name = title.n || h->heading.n ? title : h->d->title;

    if (!t->ncols)
        return;
    PUT(h, "<div class=\"scroll\">\n");
    PUT(h, "<table");
    if (!t->plain)
        PUT(h, " data-table");
    if (!name.n)
        html_attribute(h->out, "aria-labelledby", h->heading);
    PUT(h, ">\n");
    if (name.n) {
        PUT(h, "<caption class=\"unseen\">");
        html_text(h->out, name);
        PUT(h, "</caption>\n");
    }
    table_head(h, t, look);
    table_body(h, t, look, id);
    if (t->total) {
        PUT(h, "<tfoot><tr>");
        table_row(h, t, t->total, look, arena_printf(h->mem, STR_FMT "_total", STR_ARG(id)));
        PUT(h, "</tfoot>\n");
    }
    PUT(h, "</table>\n</div>\n");
}
