#include "html.h"

#include <math.h>

static str part_id(struct html *h, const struct node *node, const char *part)
{
    return arena_printf(h->mem, STR_FMT "_%s", STR_ARG(node->id), part);
}

/* ---- prose ---- */

static void wrapped(struct html *h, const struct node *node, const char *element)
{
    buf_addf(h->out, "<%s>", element);
    html_children(h, node);
    buf_addf(h->out, "</%s>", element);
}

static void node_document(struct html *h, const struct node *node)
{
    html_children(h, node);
}

static void node_section(struct html *h, const struct node *node)
{
    int outer = h->level;

    PUT(h, "<section class=\"grid\"");
    if (node->id.n)
        html_attribute(h->out, "id", node->id);
    PUT(h, ">\n");
    if (node->title.n) {
        h->heading = node->id.n ? part_id(h, node, "name") : (str){0};
        html_heading(h, ++h->level, node->title, h->heading);
    }
    html_children(h, node);
    PUT(h, "</section>\n");
    h->level = outer;
}

/* The page's title is its only h1, and no level is skipped on the way down. */
static void node_heading(struct html *h, const struct node *node)
{
    int level = node->level < 2 ? 2 : node->level;

    h->level = level > h->level + 1 ? h->level + 1 : level;
    h->heading = node->id;
    buf_addf(h->out, "<h%d", h->level);
    if (node->id.n)
        html_attribute(h->out, "id", node->id);
    PUT(h, ">");
    html_children(h, node);
    buf_addf(h->out, "</h%d>\n", h->level);
}

static void node_paragraph(struct html *h, const struct node *node)
{
    wrapped(h, node, "p");
    PUT(h, "\n");
}

static void node_text(struct html *h, const struct node *node)
{
    html_text(h->out, node->text);
}

static void node_emphasis(struct html *h, const struct node *node)
{
    wrapped(h, node, "em");
}

static void node_strong(struct html *h, const struct node *node)
{
    wrapped(h, node, "strong");
}

static void node_code(struct html *h, const struct node *node)
{
    PUT(h, "<code>");
    html_text(h->out, node->text);
    PUT(h, "</code>");
}

static void node_link(struct html *h, const struct node *node)
{
    bool leads = html_link(h, node->link.href, node->link.outside);
    if (leads)
        PUT(h, ">");
    html_children(h, node);
    if (leads)
        PUT(h, "</a>");
}

static void node_break(struct html *h, const struct node *node)
{
    (void)node;
    PUT(h, "<br>\n");
}

static void node_stale(struct html *h, const struct node *node)
{
    PUT(h, " <small class=\"stale\" data-tip");
    html_attribute(h->out, "title", node->note);
    PUT(h, ">");
    html_text(h->out, node->title);
    PUT(h, "</small>");
}

static void node_item(struct html *h, const struct node *node)
{
    wrapped(h, node, "li");
    PUT(h, "\n");
}

/* The paragraphs of a tight list are lines, not paragraphs. */
static void node_tight_item(struct html *h, const struct node *item)
{
    PUT(h, "<li>");
    for (const struct node *n = item->first; n; n = n->next) {
        struct node bare = *n;
        bare.next = NULL;
        html_children(h, n->kind == NODE_paragraph ? n : &(struct node){.first = &bare});
    }
    PUT(h, "</li>\n");
}

static void node_list(struct html *h, const struct node *node)
{
    buf_addf(h->out, node->list.ordered ? "<ol" : "<ul");
    if (node->list.ordered && node->list.start != 1)
        buf_addf(h->out, " start=\"%d\"", node->list.start);
    PUT(h, ">\n");
    for (const struct node *item = node->first; item; item = item->next)
        (node->list.tight ? node_tight_item : node_item)(h, item);
    buf_addf(h->out, node->list.ordered ? "</ol>\n" : "</ul>\n");
}

static void node_quote(struct html *h, const struct node *node)
{
    wrapped(h, node, "blockquote");
    PUT(h, "\n");
}

static void node_code_block(struct html *h, const struct node *node)
{
    PUT(h, "<pre><code>");
    html_text(h->out, node->text);
    PUT(h, "</code></pre>\n");
}

static void node_rule(struct html *h, const struct node *node)
{
    (void)node;
    PUT(h, "<hr>\n");
}

/* ---- the frame of a block ---- */

static const char *width_class(enum width w)
{
    switch (w) {
    case WIDTH_HALF:
        return "half";
    case WIDTH_THIRD:
        return "third";
    case WIDTH_TWO_THIRDS:
        return "two-thirds";
    case WIDTH_QUARTER:
        return "quarter";
    case WIDTH_FULL:
        break;
    }
    return "full";
}

static void open_block(struct html *h, const struct node *node, const char *element,
                       const char *class)
{
    buf_addf(h->out, "<%s class=\"block %s %s\"", element, class, width_class(node->width));
    if (node->id.n)
        html_attribute(h->out, "id", node->id);
    PUT(h, ">\n");
}

static void block_title(struct html *h, const struct node *node)
{
    if (node->title.n)
        html_heading(h, h->level + 1, node->title, (str){0});
    if (node->note.n) {
        PUT(h, "<p class=\"note\">");
        html_text(h->out, node->note);
        PUT(h, "</p>\n");
    }
}

static const str COUNT_HEAD = S("<span data-rows=\"");

static void count_text(struct buf *out, struct arena *mem, const struct language *lang, size_t rows)
{
    html_text(out, fmt_integer(mem, lang, (int64_t)rows));
    buf_add(out, rows == 1 ? S(" row") : S(" rows"));
}

static void source_list(struct html *h, const struct provenance *from)
{
    if (!from->nsources)
        return;
    PUT(h, "<dt>Read</dt><dd>");
    for (size_t i = 0; i < from->nsources; i++) {
        const struct source_rows *s = &from->source[i];
        html_text(h->out, s->table);
        PUT(h, " (");
        buf_add(h->out, COUNT_HEAD);
        html_text(h->out, s->table);
        PUT(h, "\">");
        count_text(h->out, h->mem, h->site->lang, s->rows);
        PUT(h, "</span>)");
        if (i + 1 < from->nsources)
            PUT(h, ", ");
    }
    PUT(h, "</dd>\n");
}

static const struct row_count *count_of(const struct row_count *count, size_t n, str table)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(count[i].table, table))
            return &count[i];
    return NULL;
}

void render_counts(struct buf *out, struct arena *mem, const struct language *lang, str page,
                   const struct row_count *count, size_t n)
{
    const str end = S("</span>");
    size_t from = 0;

    for (size_t at; (at = str_find(page, COUNT_HEAD, from)) < page.n;) {
        size_t name = at + COUNT_HEAD.n, name_end = str_find(page, S("\">"), name);
        const struct row_count *c = count_of(count, n, str_sub(page, name, name_end));
        size_t text = name_end + 2, text_end = str_find(page, end, text);
        buf_add(out, str_sub(page, from, text));
        if (c)
            count_text(out, mem, lang, c->rows);
        else
            buf_add(out, str_sub(page, text, text_end));
        from = text_end;
    }
    buf_add(out, str_sub(page, from, page.n));
}

static void param_list(struct html *h, const struct provenance *from)
{
    for (size_t i = 0; i < from->nparams; i++) {
        PUT(h, "<dt>:");
        html_text(h->out, from->param[i].name);
        PUT(h, "</dt><dd>");
        struct buf value = {0};
        exact_value(&value, h->mem, from->param[i].value, TYPE_string, h->site->lang);
        html_text(h->out, buf_str(&value));
        buf_clear(&value);
        PUT(h, "</dd>\n");
    }
}

static void explained_words(struct html *h, const struct table_node *t)
{
    for (size_t i = 0; t && i < t->ncols; i++) {
        if (!t->column[i].explain.n)
            continue;
        PUT(h, "<dt>");
        html_text(h->out, t->column[i].label);
        PUT(h, "</dt><dd>");
        html_text(h->out, t->column[i].explain);
        PUT(h, "</dd>\n");
    }
}

/* Behind a small link: what the words mean, what was read, which query, and where it stands. */
static void where_from(struct html *h, const struct node *node, const struct table_node *words)
{
    const struct provenance *from = node->from;

    if (!from)
        return;
    PUT(h, "<details class=\"from\"><summary>where from</summary>\n<dl>\n");
    explained_words(h, words);
    source_list(h, from);
    param_list(h, from);
    PUT(h, "<dt>Written in</dt><dd>");
    html_text(h->out, from->page_path);
    if (from->line)
        buf_addf(h->out, ":%d", from->line);
    PUT(h, "</dd>\n</dl>\n");
    if (from->sql.n) {
        PUT(h, "<pre><code>");
        html_text(h->out, from->sql);
        PUT(h, "</code></pre>\n");
    }
    PUT(h, "</details>\n");
}

/* ---- blocks ---- */

static void difference(struct html *h, str diff, enum state state, const char *against, str text)
{
    static const char *const class[] = {[STATE_NONE] = "diff",
                                        [STATE_GOOD] = "diff good",
                                        [STATE_BAD] = "diff bad",
                                        [STATE_WARN] = "diff warn"};

    if (!diff.n && !text.n)
        return;
    buf_addf(h->out, "<p class=\"%s\">", class[state]);
    if (state_sign(state).n) {
        PUT(h, "<span class=\"sign\">");
        buf_add(h->out, state_sign(state));
        PUT(h, "</span> ");
    }
    html_text(h->out, diff);
    if (text.n) {
        buf_addf(h->out, " <span class=\"against\">%s ", against);
        html_text(h->out, text);
        PUT(h, "</span>");
    }
    PUT(h, "</p>\n");
}

void html_few(struct html *h, str few, bool narrow)
{
    size_t comma = narrow ? str_find(few, S(", "), 0) : few.n;
    if (!few.n)
        return;
    PUT(h, " <small class=\"few\">");
    html_text(h->out, str_sub(few, 0, comma));
    if (comma < few.n) {
        PUT(h, ",<br>");
        html_text(h->out, str_sub(few, comma + 2, few.n));
    }
    PUT(h, "</small>");
}

static void kpi_label(struct html *h, const struct kpi *k)
{
    PUT(h, "<p class=\"label\"");
    if (k->explain.n) {
        PUT(h, " data-tip");
        html_attribute(h->out, "title", k->explain);
    }
    PUT(h, ">");
    if (k->href.n) {
        html_link(h, k->href, false);
        PUT(h, ">");
    }
    html_text(h->out, k->label);
    if (k->href.n)
        PUT(h, "</a>");
    PUT(h, "</p>\n");
}

static void key_figure(struct html *h, const struct kpi *k, str id)
{
    PUT(h, "<li class=\"kpi\">\n");
    kpi_label(h, k);
    PUT(h, "<p class=\"value\">");
    html_text(h->out, k->value);
    if (k->unit.n) {
        PUT(h, " <span class=\"unit\">");
        html_text(h->out, k->unit);
        PUT(h, "</span>");
    }
    html_few(h, k->few, false);
    PUT(h, "</p>\n");
    difference(h, k->target_diff, k->target_state, "target", k->target_text);
    difference(h, k->before_diff, k->before_state, "last year", k->before_text);
    if (k->spark_drawing)
        render_svg(h->out, k->spark_drawing, id, h->root);
    PUT(h, "</li>\n");
}

static void node_kpis(struct html *h, const struct node *node)
{
    open_block(h, node, "div", "figures");
    block_title(h, node);
    PUT(h, "<ul class=\"kpis\">\n");
    for (size_t i = 0; i < node->kpis.n; i++)
        key_figure(h, &node->kpis.at[i],
                   arena_printf(h->mem, STR_FMT "_%zu", STR_ARG(node->id), i + 1));
    PUT(h, "</ul>\n");
    where_from(h, node, NULL);
    PUT(h, "</div>\n");
}

static void node_table(struct html *h, const struct node *node)
{
    if (node->table->plain) {
        html_table(h, node->table, (str){0}, node->id);
        return;
    }
    open_block(h, node, "div", "table");
    block_title(h, node);
    html_table(h, node->table, node->title, node->id);
    PUT(h, "<div class=\"behind\">\n");
    where_from(h, node, node->table);
    PUT(h, "</div>\n</div>\n");
}

static void put_drawing(struct html *h, const struct node *node, const struct drawing *drawing,
                        const char *part, str description)
{
    struct drawing named = *drawing;
    named.title = node->title.n ? node->title : drawing->title;
    named.description = description.n ? description : drawing->description;
    render_svg(h->out, &named, part_id(h, node, part), h->root);
}

/* A drawing with its numbers behind it; `numbers` may be NULL. Where there is a narrow one too, the
 * style sheet shows the one whose texts can be read in the width that there is. */
static void drawn_block(struct html *h, const struct node *node, const char *class,
                        const struct drawing *drawing, const struct drawing *narrow,
                        const struct table_node *numbers, str description)
{
    open_block(h, node, "figure", class);
    if (node->title.n || node->note.n) {
        PUT(h, "<figcaption>\n");
        block_title(h, node);
        PUT(h, "</figcaption>\n");
    }
    if (drawing) {
        PUT(h, "<div class=\"drawing\">\n");
        put_drawing(h, node, drawing, "svg", description);
        if (narrow)
            put_drawing(h, node, narrow, "narrow", description);
        PUT(h, "</div>\n");
    }
    PUT(h, "<div class=\"behind\">\n");
    if (numbers) {
        PUT(h, "<details class=\"numbers\"><summary>the numbers</summary>\n");
        html_table(h, numbers, node->title, part_id(h, node, "numbers"));
        PUT(h, "</details>\n");
    }
    where_from(h, node, numbers);
    PUT(h, "</div>\n</figure>\n");
}

static void node_figure(struct html *h, const struct node *node)
{
    drawn_block(h, node, "chart", node->figure.screen, node->figure.narrow, node->figure.table,
                node->figure.description);
}

static void node_graph(struct html *h, const struct node *node)
{
    drawn_block(h, node, "chart graph", node->graph.screen, NULL, node->graph.words,
                node->graph.description);
    if (!node->graph.mm.n)
        return;
    PUT(h, "<p><a class=\"save\"");
    html_attribute(h->out, "href", node->graph.mm);
    html_attribute(h->out, "download", node->graph.mm);
    PUT(h, ">for FreeMind and Freeplane: ");
    html_text(h->out, node->graph.mm);
    PUT(h, "</a></p>\n");
}

static void percent_encoded(struct buf *out, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            (c && memchr("-_.~,", c, 5)))
            buf_addc(out, (char)c);
        else
            buf_addf(out, "%%%02X", c);
    }
}

/* A file up to this size lies in the page itself, to be saved also from a page that was sent to
 * somebody; a larger one only beside it: a browser may refuse so long an address, and whoever opens
 * the page would wait for it. */
enum { DATA_MOST = 200000 };

static void address_of_download(struct html *h, const struct node *node)
{
    struct buf csv = {0};
    render_csv(&csv, h->site, node->download.table);
    if (csv.n <= DATA_MOST) {
        PUT(h, " href=\"data:text/csv;charset=utf-8,");
        percent_encoded(h->out, buf_str(&csv));
        PUT(h, "\"");
    } else {
        str page = path_base(h->d->address);
        str stem = str_ends(page, S(".html")) ? str_sub(page, 0, page.n - 5) : page;
        html_attribute(h->out, "href", path_join(h->mem, stem, node->download.file));
    }
    buf_clear(&csv);
}

/* To be saved without a script and without a server. */
static void node_download(struct html *h, const struct node *node)
{
    const struct table_node *t = node->download.table;

    open_block(h, node, "div", "table");
    block_title(h, node);
    PUT(h, "<p><a class=\"save\"");
    address_of_download(h, node);
    html_attribute(h->out, "download", node->download.file);
    PUT(h, ">");
    html_text(h->out, node->download.label.n ? node->download.label : node->download.file);
    PUT(h, "</a></p>\n");
    html_table(h, t, node->title, node->id);
    PUT(h, "<div class=\"behind\">\n");
    where_from(h, node, t);
    PUT(h, "</div>\n</div>\n");
}

/* What a form asks; it is filled in on paper, or in the file that a report makes of it. */
static void node_form(struct html *h, const struct node *node)
{
    open_block(h, node, "div", "table");
    block_title(h, node);
    html_table(h, node->form.table, node->title, node->id);
    PUT(h, "<div class=\"behind\">\n");
    where_from(h, node, node->form.table);
    PUT(h, "</div>\n</div>\n");
}

static void node_notice(struct html *h, const struct node *node)
{
    open_block(h, node, "div", "notice");
    block_title(h, node);
    PUT(h, "<p>");
    html_text(h->out, node->text);
    PUT(h, "</p>\n");
    where_from(h, node, NULL);
    PUT(h, "</div>\n");
}

/* ---- the walk ---- */

void html_children(struct html *h, const struct node *node)
{
    static void (*const write[])(struct html *, const struct node *) = {
#define X(name) [NODE_##name] = node_##name,
        NODE_KINDS(X)
#undef X
    };
    for (const struct node *n = node->first; n; n = n->next)
        if (!n->only_report)
            write[n->kind](h, n);
}

static uint32_t hatched_paints(const struct node *node)
{
    uint32_t paints = 0;
    for (const struct node *n = node->first; n; n = n->next) {
        const struct drawing *g = n->kind == NODE_figure  ? n->figure.screen
                                  : n->kind == NODE_graph ? n->graph.screen
                                                          : NULL;
        for (size_t i = 0; g && i < g->nshapes; i++)
            if (g->shape[i].hatched)
                paints |= 1u << g->shape[i].fill;
        paints |= hatched_paints(n);
    }
    return paints;
}

void html_hatches(struct html *h, const struct node *root)
{
    static const char *const paint_name[] = {
#define X(name) #name,
        PAINTS(X)
#undef X
    };
    uint32_t paints = hatched_paints(root);

    if (!paints)
        return;
    PUT(h, "<svg class=\"hatches\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n");
    for (size_t i = 0; i < sizeof paint_name / sizeof *paint_name; i++)
        if (paints & 1u << i)
            buf_addf(
                h->out,
                "<pattern id=\"hatch_%s\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" "
                "patternTransform=\"rotate(45)\"><rect width=\"4\" height=\"4\" "
                "fill=\"var(--ground)\"/><rect width=\"1.6\" height=\"4\" "
                "fill=\"var(--%s)\"/></pattern>\n",
                paint_name[i], paint_name[i]);
    PUT(h, "</defs></svg>\n");
}
