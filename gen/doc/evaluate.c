#include "context.h"

#include <math.h>

bool audience_may(str reader, str audience)
{
    return !audience.n || str_eq(audience, S("everyone")) || str_eq(audience, reader);
}

bool reader_may(struct context *c, str audience)
{
    if (audience.n && !str_eq(audience, S("everyone")))
        c->doc->by_audience = true;
    return audience_may(c->e->audience, audience);
}

struct query query_of(const struct context *c, str sql, struct place at)
{
    return (struct query){
        .sql = sql,
        .at = at,
        .audience = c->e->audience,
        .param = c->planned->param,
        .nparams = c->planned->nparams,
    };
}

str option_filled(struct context *c, const struct block *b, enum option option, bool raw)
{
    str text = option_text(b, option), filled = {0};
    if (str_is_set(text) && !placeholders_fill(c->mem, c->e->store, c->planned, text, raw,
                                               b->option[option]->at, c->diags, &filled))
        c->ok = false;
    return filled;
}

/* ---- where a figure comes from ---- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(struct arena *mem, str sql, str param)
{
    str name = arena_printf(mem, ":" STR_FMT, STR_ARG(param));
    for (size_t i = 0; (i = str_find(sql, name, i)) < sql.n; i++)
        if (i + name.n == sql.n || !is_name_char(sql.p[i + name.n]))
            return true;
    return false;
}

str shown_path(const struct context *c, str file)
{
    const struct {
        str folder, name;
    } roots[] = {{c->e->book, c->e->name.n ? c->e->name : path_base(c->e->book)},
                 {c->e->templates, S("templates")}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        size_t n = roots[i].folder.n;
        if (n && str_starts(file, roots[i].folder) && file.n > n && file.p[n] == '/')
            return path_join(c->mem, roots[i].name, str_sub(file, n + 1, file.n));
    }
    return file;
}

static struct provenance *provenance_of(struct context *c, str sql, struct place at,
                                        const struct result *r)
{
    struct provenance *from = NEW(c->mem, struct provenance);
    *from = (struct provenance){
        .sql = sql,
        .page_path = shown_path(c, at.file),
        .line = at.line,
        .source = r->source,
        .nsources = r->nsources,
        .param = NEW_ARRAY(c->mem, c->planned->nparams, struct param),
    };
    for (size_t i = 0; i < c->planned->nparams; i++)
        if (mentions(c->mem, sql, c->planned->param[i].name))
            from->param[from->nparams++] = c->planned->param[i];
    return from;
}

/* ---- freshness ---- */

static void add_stale(struct context *c, struct stale_tables *to, const struct source_rows *table)
{
    for (size_t i = 0; i < to->list.n; i++)
        if (str_eq(to->list.at[i].table, table->table))
            return;
    PUSH(c->mem, &to->list, *table);
}

static void note_stale(struct context *c, struct stale_tables *to, const struct result *r)
{
    for (size_t i = 0; i < r->nsources; i++)
        if (r->source[i].stale.n)
            add_stale(c, to, &r->source[i]);
}

/* "sales ends on 12 Oct 2026, visits ends on …"; unset if all is up to date. */
static str stale_ends(struct context *c, const struct source_rows *source, size_t n)
{
    str text = {0};
    for (size_t i = 0; i < n; i++) {
        if (!source[i].stale.n)
            continue;
        struct value day = {.kind = VALUE_TEXT, .s = source[i].stale};
        str ends = shown(c, day, TYPE_date, (str){0});
        text = arena_printf(c->mem, STR_FMT "%s" STR_FMT " ends on " STR_FMT, STR_ARG(text),
                            text.n ? ", " : "", STR_ARG(source[i].table), STR_ARG(ends));
    }
    return text;
}

/* "Not up to date: sales ends on 12 Oct 2026."; unset if all is. */
static str stale_text(struct context *c, const struct source_rows *source, size_t n)
{
    str ends = stale_ends(c, source, n);
    return ends.n ? arena_printf(c->mem, "Not up to date: " STR_FMT ".", STR_ARG(ends)) : ends;
}

static int by_table(const void *a, const void *b)
{
    return str_cmp(((const struct source_rows *)a)->table, ((const struct source_rows *)b)->table);
}

static void sort_stale(struct stale_tables *tables)
{
    qsort(tables->list.at, tables->list.n, sizeof *tables->list.at, by_table);
}

/* What stands at the head of a page; each block and each paragraph says its own besides. */
static struct node *stale_notice(struct context *c)
{
    if (!c->stale.list.n)
        return NULL;
    sort_stale(&c->stale);
    struct node *node = node_new(c->mem, NODE_notice, (struct place){c->page->path, 1, 1});
    node->text = stale_text(c, c->stale.list.at, c->stale.list.n);
    node->id = document_id(c, S("not up to date"), S("notice"));
    return node;
}

/* What stands at the end of a paragraph, heading or cell for all its queries: one mark however many
 * they are. NULL if all is up to date. */
static struct node *stale_mark(struct context *c, struct place at)
{
    if (!c->said.list.n)
        return NULL;
    sort_stale(&c->said);
    struct node *node = node_new(c->mem, NODE_stale, at);
    node->title = S("not up to date");
    node->note = stale_ends(c, c->said.list.at, c->said.list.n);
    node->text = arena_printf(c->mem, " (" STR_FMT ": " STR_FMT ")", STR_ARG(node->title),
                              STR_ARG(node->note));
    return node;
}

/* ---- blocks ---- */

static struct node *evaluate_result(struct context *c, const struct block *b,
                                    const struct result *r)
{
    switch (b->kind) {
    case BLOCK_kpi:
        return block_kpi(c, b, r);
    case BLOCK_table:
        return block_table(c, b, r);
    case BLOCK_chart:
        return block_chart(c, b, r);
    case BLOCK_graph:
        return block_graph(c, b, r);
    case BLOCK_form:
        return block_form(c, b, r);
    case BLOCK_download:
        return block_download(c, b, r);
    case BLOCK_include: /* has no query */
        break;
    }
    return NULL;
}

struct node *block_empty(struct context *c, const struct block *b)
{
    str text = option_filled(c, b, OPTION_empty, false);
    struct node *node = node_new(c->mem, NODE_notice, b->at);
    node->text = str_is_set(text) ? text : S("Nothing to show.");
    return node->text.n ? node : NULL;
}

/* Whether a block has figures that are kept when a month is closed, or brings parts that may have
 * some. */
static bool has_figures(const struct block *b)
{
    if (b->kind == BLOCK_include)
        return option_yes(b, OPTION_parts);
    return (b->kind == BLOCK_kpi || b->kind == BLOCK_table) &&
           (!b->option[OPTION_closed] || option_yes(b, OPTION_closed));
}

static bool is_wanted(struct context *c, const struct block *b)
{
    str only = option_text(b, OPTION_only);
    bool on_paper = c->e->report || c->doc->page->pdf;
    if ((str_eq(only, S("site")) && c->e->report) || (c->e->figures && !has_figures(b)))
        return false;
    if (str_eq(only, S("report")) && !on_paper)
        return false;
    return reader_may(c, option_text(b, OPTION_audience));
}

static str joined(struct context *c, str a, str b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    return arena_printf(c->mem, STR_FMT " " STR_FMT, STR_ARG(a), STR_ARG(b));
}

/* What all blocks have in common. A title that the block made itself, a chart's with unit and
 * period, stays. */
static void dress(struct context *c, const struct block *b, struct node *node)
{
    str note = option_filled(c, b, OPTION_note, false), only = option_text(b, OPTION_only);
    if (!str_is_set(node->title))
        node->title = option_filled(c, b, OPTION_title, false);
    if (str_is_set(note))
        node->note = joined(c, note, node->note);
    if (node->from)
        node->note = joined(c, stale_text(c, node->from->source, node->from->nsources), node->note);
    node->width = width_of_name(option_text(b, OPTION_width));
    node->only_site = str_eq(only, S("site"));
    node->only_report = str_eq(only, S("report"));
    /* By the title as it stands in the template: other months and rows must not move an id. */
    node->id = document_id(c, option_text(b, OPTION_title), block_names[b->kind]);
}

/* Noted on the first page of a template only: the others are alike. */
static void note_absent(struct context *c, const struct block *b, str system)
{
    if (c->planned->previous == 0)
        diags_add(c->diags, DIAG_ABSENT_SYSTEM, b->at, system);
}

static struct node *query_block(struct context *c, const struct block *b)
{
    struct query q = query_of(c, b->sql, b->sql_at);
    str absent;
    if (query_reads_absent(c->e->store, &q, &absent)) {
        note_absent(c, b, absent);
        return NULL;
    }
    struct result *r = ask(c, &q);
    if (!r || !options_match(c->mem, b, r, c->diags)) {
        c->ok = false;
        return NULL;
    }
    size_t errors = c->diags->nerrors;
    if (r->nrows)
        idle_columns(c, b, r);
    struct node *node = r->nrows ? evaluate_result(c, b, r) : block_empty(c, b);
    if (c->diags->nerrors > errors)
        c->ok = false;
    if (node) {
        node->from = provenance_of(c, b->sql, b->sql_at, r);
        note_stale(c, &c->stale, r);
    }
    return node;
}

/* What an include brings stands on the page as if it were written there; a title makes it a
 * section. */
static struct node *include_block(struct context *c, const struct block *b)
{
    struct node *nodes = include_nodes(c, b);
    if (!nodes || !b->option[OPTION_title])
        return nodes;
    struct node *section = node_new(c->mem, NODE_section, b->at);
    section->first = nodes;
    dress(c, b, section);
    return section;
}

static struct node *block_nodes(struct context *c, const struct block *b)
{
    if (!is_wanted(c, b))
        return NULL;
    if (b->kind == BLOCK_include)
        return include_block(c, b);
    struct node *node = query_block(c, b);
    if (node)
        dress(c, b, node);
    return node;
}

/* ---- prose ---- */

static struct node *value_node(struct context *c, struct place at, const struct result *r,
                               size_t row)
{
    struct node *node = node_new(c->mem, NODE_text, at);
    const struct meaning *m = r->column[0].meaning;
    node->text = shown(c, result_cell(r, row, 0), result_type(r, row, 0), m ? m->format : (str){0});
    return node;
}

/* Whether a row of the query is a value and the page that it leads to. */
static bool has_pages(const struct result *r)
{
    return r->ncols == 3 && str_eq(r->column[1].name, S("page")) &&
           str_eq(r->column[2].name, S("key"));
}

/* The rows stand one behind the other; one without a page, or whose page this reader lacks, is its
 * text. */
static struct node *linked_values(struct context *c, const struct piece *p, const struct result *r)
{
    struct node *list = NULL, **end = &list;
    for (size_t row = 0; row < r->nrows; row++) {
        struct node *text = value_node(c, p->at, r, row), *node = text;
        struct value page = result_cell(r, row, 1);
        str href = {0};
        if (page.kind == VALUE_TEXT)
            shown_key(c, page.s, value_text(c->mem, result_cell(r, row, 2)), &href);
        if (str_is_set(href)) {
            node = node_new(c->mem, NODE_link, p->at);
            node->link.href = href;
            node->first = text;
        }
        end = node_append(end, node);
    }
    return list;
}

/* One value of a query in the prose: no row is nothing, NULL is unknown. With page and key, as many
 * as there are rows. */
static struct node *inline_query(struct context *c, const struct piece *p)
{
    struct node *node = node_new(c->mem, NODE_text, p->at);
    struct query q = query_of(c, p->text, p->at);
    struct result *r = ask(c, &q);

    node->text = S("");
    if (!r) {
        c->ok = false;
        return node;
    }
    if (!has_pages(r) && (r->ncols != 1 || r->nrows > 1)) {
        str found = arena_printf(c->mem, "%zu column%s of %zu row%s", r->ncols,
                                 r->ncols == 1 ? "" : "s", r->nrows, r->nrows == 1 ? "" : "s");
        c->ok = diags_add(c->diags, DIAG_INLINE_VALUE, p->at, found);
        return node;
    }
    if (r->nrows) {
        node = has_pages(r) ? linked_values(c, p, r) : value_node(c, p->at, r, 0);
        note_stale(c, &c->stale, r);
        note_stale(c, &c->said, r);
    }
    node->from = provenance_of(c, p->text, p->at, r);
    return node;
}

static void add_text(struct buf *b, const struct node *node)
{
    for (; node; node = node->next) {
        if (node->kind == NODE_text || node->kind == NODE_code)
            buf_add(b, node->text);
        else if (node->kind == NODE_break)
            buf_addc(b, ' ');
        add_text(b, node->first);
    }
}

static str text_below(struct arena *mem, const struct node *node)
{
    struct buf b = {0};
    add_text(&b, node);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static void add_written(struct buf *b, const struct piece *p)
{
    for (; p; p = p->next) {
        if ((p->kind == NODE_text || p->kind == NODE_code) && !p->is_query)
            buf_add(b, p->text);
        add_written(b, p->first);
    }
}

/* The text of a heading without what queries put into it. */
static str written_below(struct arena *mem, const struct piece *p)
{
    struct buf b = {0};
    add_written(&b, p);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static bool is_blank(const struct node *node)
{
    for (; node; node = node->next)
        if (node->kind != NODE_text || str_trim(node->text).n)
            return false;
    return true;
}

/* A link that leads nowhere for this reader is its text; one of which a query had nothing to say is
 * none. */
static struct node *link_nodes(struct context *c, const struct piece *p, struct node *children)
{
    str href = link_resolve(c, p->href, p->at);
    if (!str_is_set(href) || is_blank(children))
        return children;
    struct node *node = node_new(c->mem, NODE_link, p->at);
    node->link.href = href;
    node->link.outside = address_is_outside(href);
    node->first = children;
    return node;
}

/* Beside a query that had nothing to say stand the blanks before and behind it: of these one stays,
 * and none at the beginning. A browser leaves them out, paper and plain text do not. */
static void close_gaps(struct node *list)
{
    bool gap = true;
    for (struct node *node = list; node; node = node->next) {
        if (node->kind != NODE_text) {
            gap = node->kind == NODE_break;
            continue;
        }
        while (gap && node->text.n && node->text.p[0] == ' ')
            node->text = str_sub(node->text, 1, node->text.n);
        gap = node->text.n ? node->text.p[node->text.n - 1] == ' ' : gap;
    }
}

/* What stands together in a paragraph, heading or cell, with its mark. */
static struct node *marked_pieces(struct context *c, const struct piece *p)
{
    c->said.list.n = 0;
    struct node *list = evaluate_pieces(c, p->first);
    close_gaps(list);
    if (!is_blank(list))
        node_append(node_append(&list, list), stale_mark(c, p->at));
    return list;
}

static struct node *pipe_table_node(struct context *c, const struct piece *p)
{
    struct node *node = node_new(c->mem, NODE_table, p->at);
    struct table_node *table = node->table = NEW(c->mem, struct table_node);
    const struct piece *cell = p->first;

    *table = (struct table_node){
        .plain = true,
        .ncols = p->table.ncols,
        .nrows = p->table.nrows,
        .fold = p->table.nrows,
        .column = NEW_ARRAY(c->mem, p->table.ncols, struct table_column),
        .cell = NEW_ARRAY(c->mem, p->table.ncols * p->table.nrows, struct cell),
    };
    for (size_t i = 0; i < table->ncols; i++, cell = cell->next) {
        str label = text_below(c->mem, evaluate_pieces(c, cell->first));
        table->column[i] =
            (struct table_column){.name = label, .label = label, .align = p->table.align[i]};
    }
    for (size_t i = 0; cell; i++, cell = cell->next) {
        struct cell *at = &table->cell[i];
        at->inlines = marked_pieces(c, cell);
        at->text = text_below(c->mem, at->inlines);
        at->value = (struct value){.kind = VALUE_TEXT, .s = at->text};
        at->bar = NAN;
    }
    return node;
}

static struct node *prose_node(struct context *c, const struct piece *p)
{
    struct node *node = node_new(c->mem, p->kind, p->at);
    node->text = p->text;
    node->first = p->kind == NODE_paragraph || p->kind == NODE_heading
                      ? marked_pieces(c, p)
                      : evaluate_pieces(c, p->first);
    if (p->kind == NODE_heading) {
        node->level = p->level;
        node->id = document_id(c, written_below(c->mem, p->first), S("heading"));
    }
    if (p->kind == NODE_list) {
        node->list.ordered = p->list.ordered;
        node->list.tight = p->list.tight;
        node->list.start = p->list.start;
    }
    /* A sentence that a query had nothing to say for leaves no gap. */
    return p->kind == NODE_paragraph && is_blank(node->first) ? NULL : node;
}

static struct node *piece_nodes(struct context *c, const struct piece *p)
{
    if (p->block)
        return block_nodes(c, p->block);
    if (c->e->figures) /* prose has none, and its links may lead to pages that are not planned */
        return p->is_query ? NULL : evaluate_pieces(c, p->first);
    if (p->is_query)
        return inline_query(c, p);
    if (p->kind == NODE_table)
        return pipe_table_node(c, p);
    if (p->kind == NODE_link)
        return link_nodes(c, p, evaluate_pieces(c, p->first));
    return prose_node(c, p);
}

struct node *evaluate_pieces(struct context *c, const struct piece *first)
{
    struct node *list = NULL, **end = &list;
    for (const struct piece *p = first; p; p = p->next)
        end = node_append(end, piece_nodes(c, p));
    return list;
}

/* ---- a document ---- */

static struct document *new_document(struct arena *mem, const struct evaluation *e,
                                     const struct planned *p)
{
    struct document *d = NEW(mem, struct document);
    *d = (struct document){
        .root = node_new(mem, NODE_document, (struct place){p->page->path, 1, 1}),
        .title = p->title,
        .subtitle = p->subtitle,
        .audience = e->audience,
        .address = p->address,
        .kind = p->kind,
        .key = p->key,
        .page = (struct page *)p->page,
        .group = p->group,
        .draw_screen = !e->report,
        .draw_print = e->report || p->page->pdf,
    };
    if (p->previous) {
        const struct planned *other = &e->plan->list.at[p->previous - 1];
        d->previous.address = other->address;
        d->previous.title = other->title;
    }
    if (p->following) {
        const struct planned *other = &e->plan->list.at[p->following - 1];
        d->following.address = other->address;
        d->following.title = other->title;
    }
    return d;
}

struct document *evaluate(struct arena *mem, const struct evaluation *e, const struct planned *p,
                          struct diags *diags)
{
    struct context c = {
        .mem = mem,
        .e = e,
        .planned = p,
        .doc = new_document(mem, e, p),
        .diags = diags,
        .page = p->page,
        .ok = true,
    };
    map_init(&c.ids, mem);
    origin_begin(&c);
    store_told_apart(e->store); /* by what came before */
    struct node **end = node_append(&c.doc->root->first, evaluate_pieces(&c, p->page->body->first));
    if (!c.parts_placed)
        node_append(end, parts_nodes(&c));
    struct node *notice = stale_notice(&c);
    if (notice) {
        notice->next = c.doc->root->first;
        c.doc->root->first = notice;
    }
    links_check_anchors(&c);
    origin_end(&c);
    c.doc->by_audience |= store_told_apart(e->store);
    return c.ok ? c.doc : NULL;
}
