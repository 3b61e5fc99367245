#include "tree.h"

#include <cmark.h>

/* A text that nests deeper is not written by people; our recursion must not follow it. */
enum { DEPTH_MAX = 64 };

struct reader {
    struct arena *mem;
    str file;
    int first_line; /* of the file on which the text begins */
    str *line;      /* of the text, for pipe tables */
    size_t nlines;
    str definitions;    /* its lines that say where [links] lead, for cells of tables */
    struct place fixed; /* where all stands if the text is a cell of a table: line 0 else */
    struct diags *diags;
};

static struct place place_of(const struct reader *r, cmark_node *node)
{
    if (r->fixed.line)
        return r->fixed;
    return (struct place){r->file, r->first_line + cmark_node_get_start_line(node) - 1,
                          cmark_node_get_start_column(node)};
}

static struct piece *new_piece(const struct reader *r, enum node_kind kind, cmark_node *node)
{
    struct piece *p = NEW(r->mem, struct piece);
    p->kind = kind;
    p->at = place_of(r, node);
    return p;
}

static str literal(const struct reader *r, cmark_node *node)
{
    return arena_str(r->mem, str_of(cmark_node_get_literal(node)));
}

static struct piece **append(struct piece **end, struct piece *p)
{
    *end = p;
    while (*end)
        end = &(*end)->next;
    return end;
}

static struct piece *pieces_below(const struct reader *r, cmark_node *node, int depth);

/* ---- blocks ---- */

static struct piece *list_piece(const struct reader *r, cmark_node *node)
{
    struct piece *p = new_piece(r, NODE_list, node);
    p->list.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    p->list.tight = cmark_node_get_list_tight(node);
    p->list.start = cmark_node_get_list_start(node);
    return p;
}

/* A fence that is left open takes all below it, up to the end of the text or of what it stands in,
 * for its own: its last line is no fence, or there is one that opens inside of it. */
static bool is_closed(const struct reader *r, cmark_node *node, str text)
{
    size_t last = (size_t)cmark_node_get_end_line(node), n = 0;
    if (r->fixed.line || last > r->nlines)
        return true;
    if (str_find(text, S("\n```"), 0) < text.n)
        return false;
    str line = str_trim(r->line[last - 1]);
    while (line.n && strchr("> ", line.p[0])) /* of a quote around it */
        line = str_sub(line, 1, line.n);
    while (n < line.n && line.p[n] == line.p[0] && strchr("`~", line.p[n]))
        n++;
    return n >= 3 && n == line.n && last > (size_t)cmark_node_get_start_line(node);
}

static struct piece *code_block_piece(const struct reader *r, cmark_node *node)
{
    struct piece *p = new_piece(r, NODE_code_block, node);
    str info = str_of(cmark_node_get_fence_info(node));
    p->text = literal(r, node);
    if (!fence_is_block(info, p->text))
        return p;
    if (!is_closed(r, node, p->text)) {
        diags_add(r->diags, DIAG_BLOCK_OPEN, p->at, arena_str(r->mem, info));
        return NULL;
    }
    p->block = fence_read(r->mem, p->at, arena_str(r->mem, info), p->text, r->diags);
    return p->block ? p : NULL;
}

/* Raw HTML is no part of our pages: it is shown as the text that it is. */
static struct piece *html_piece(const struct reader *r, cmark_node *node)
{
    struct piece *p = new_piece(r, NODE_paragraph, node);
    p->first = new_piece(r, NODE_text, node);
    p->first->text = str_trim(literal(r, node));
    return p;
}

/* ---- pipe tables ---- */

/* The source lines of a paragraph, without the marks of the quotes and lists that it stands in. */
static size_t paragraph_lines(const struct reader *r, cmark_node *node, str **lines)
{
    size_t from = (size_t)cmark_node_get_start_line(node),
           to = (size_t)cmark_node_get_end_line(node);
    size_t n = 0, nquotes = 0;

    for (cmark_node *up = cmark_node_parent(node); up; up = cmark_node_parent(up))
        nquotes += cmark_node_get_type(up) == CMARK_NODE_BLOCK_QUOTE;
    *lines = NEW_ARRAY(r->mem, to - from + 1, str);
    for (size_t i = from; i <= to && i <= r->nlines; i++) {
        str line = r->line[i - 1];
        if (i == from)
            line = str_sub(line, (size_t)cmark_node_get_start_column(node) - 1, line.n);
        for (size_t q = 0; i > from && q < nquotes && str_starts(str_trim(line), S(">")); q++)
            line = str_sub(str_trim(line), 1, line.n);
        (*lines)[n++] = line;
    }
    return n;
}

/* The markup of one cell. A full stop before it keeps cmark from taking "# 1" for a heading; it is
 * taken off again. What the text defines for its links holds in cells too. */
static struct piece *cell_piece(const struct reader *r, str cell, struct place at)
{
    struct piece *p = NEW(r->mem, struct piece);
    struct reader inside = *r;
    bool may_link = str_find(cell, S("["), 0) < cell.n;
    str defined = may_link ? r->definitions : (str){0};
    str text = arena_printf(r->mem, "." STR_FMT "\n\n" STR_FMT, STR_ARG(cell), STR_ARG(defined));
    cmark_node *root = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);

    inside.fixed = at;
    inside.nlines = 0;
    p->kind = NODE_item;
    p->at = at;
    p->first =
        pieces_below(&inside, cmark_node_first_child(root), 0); /* the cell's own paragraph */
    p->first->text = str_sub(p->first->text, 1, p->first->text.n);
    if (!p->first->text.n)
        p->first = p->first->next;
    cmark_node_free(root);
    return p;
}

static struct piece **row_pieces(const struct reader *r, struct piece *table, struct piece **end,
                                 str line, struct place at)
{
    str *cell;
    size_t n = pipe_table_cells(r->mem, line, &cell);
    for (size_t c = 0; c < table->table.ncols; c++)
        end = append(end, cell_piece(r, c < n ? cell[c] : S(""), at));
    return end;
}

static struct piece *table_piece(const struct reader *r, const str *line, size_t nlines,
                                 struct place at)
{
    struct piece *p = NEW(r->mem, struct piece), **end = &p->first;
    p->kind = NODE_table;
    p->at = at;
    p->table.ncols = pipe_table_aligns(r->mem, line[1], &p->table.align);
    p->table.nrows = nlines - 2;
    for (size_t i = 0; i < nlines; i++)
        if (i != 1) {
            struct place row_at = {at.file, at.line + (int)i, 0};
            end = row_pieces(r, p, end, line[i], row_at);
        }
    return p;
}

static str join_lines(struct arena *mem, const str *line, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, line[i]);
        buf_addc(&b, '\n');
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

/* A paragraph; or, if a pipe table begins in it, the paragraph before it and the table. */
static struct piece *paragraph_pieces(const struct reader *r, cmark_node *node, int depth)
{
    struct piece *p = new_piece(r, NODE_paragraph, node);
    str *line;
    size_t n = r->nlines ? paragraph_lines(r, node, &line) : 0;
    size_t head = n ? pipe_table_find(line, n) : 0;

    if (head == n) {
        p->first = pieces_below(r, node, depth);
        return p;
    }
    struct place at = p->at;
    at.line += (int)head;
    struct piece *table = table_piece(r, line + head, n - head, at);
    if (head == 0)
        return table;
    /* Its links may be defined anywhere in the text. */
    str text = arena_printf(r->mem, STR_FMT "\n" STR_FMT, STR_ARG(join_lines(r->mem, line, head)),
                            STR_ARG(r->definitions));
    struct piece *before = markdown_read(r->mem, r->file, p->at.line, text, r->diags);
    append(append(&before, before), table);
    return before;
}

/* ---- inlines ---- */

static struct piece *text_piece(const struct reader *r, cmark_node *node, str text)
{
    struct piece *p = new_piece(r, NODE_text, node);
    p->text = text;
    return p;
}

static struct piece *code_piece(const struct reader *r, cmark_node *node)
{
    struct piece *p = new_piece(r, NODE_code, node);
    p->text = literal(r, node);
    p->is_query = str_starts(p->text, S("sql "));
    if (p->is_query)
        p->text = str_trim(str_sub(p->text, 4, p->text.n));
    return p;
}

static struct piece *link_piece(const struct reader *r, cmark_node *node)
{
    struct piece *p = new_piece(r, NODE_link, node);
    p->href = arena_str(r->mem, str_of(cmark_node_get_url(node)));
    return p;
}

/* A picture is not drawn (the page may not ask another host, and paper has no files beside it):
 * what is written for those who cannot see it stands in its place. */
static struct piece *image_pieces(const struct reader *r, cmark_node *node, int depth)
{
    diags_add(r->diags, DIAG_IMAGE, place_of(r, node), str_of(cmark_node_get_url(node)));
    return pieces_below(r, node, depth);
}

/* ---- the tree ---- */

static struct piece *with_children(const struct reader *r, struct piece *p, cmark_node *node,
                                   int depth)
{
    p->first = pieces_below(r, node, depth);
    return p;
}

static struct piece *pieces_of(const struct reader *r, cmark_node *node, int depth)
{
    struct piece *p;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        return with_children(r, new_piece(r, NODE_quote, node), node, depth);
    case CMARK_NODE_LIST:
        return with_children(r, list_piece(r, node), node, depth);
    case CMARK_NODE_ITEM:
        return with_children(r, new_piece(r, NODE_item, node), node, depth);
    case CMARK_NODE_CODE_BLOCK:
        return code_block_piece(r, node);
    case CMARK_NODE_HTML_BLOCK:
        return html_piece(r, node);
    case CMARK_NODE_PARAGRAPH:
        return paragraph_pieces(r, node, depth);
    case CMARK_NODE_HEADING:
        p = new_piece(r, NODE_heading, node);
        p->level = cmark_node_get_heading_level(node);
        return with_children(r, p, node, depth);
    case CMARK_NODE_THEMATIC_BREAK:
        return new_piece(r, NODE_rule, node);
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
        return text_piece(r, node, literal(r, node));
    case CMARK_NODE_SOFTBREAK:
        return text_piece(r, node, S(" "));
    case CMARK_NODE_LINEBREAK:
        return new_piece(r, NODE_break, node);
    case CMARK_NODE_CODE:
        return code_piece(r, node);
    case CMARK_NODE_EMPH:
        return with_children(r, new_piece(r, NODE_emphasis, node), node, depth);
    case CMARK_NODE_STRONG:
        return with_children(r, new_piece(r, NODE_strong, node), node, depth);
    case CMARK_NODE_LINK:
        return with_children(r, link_piece(r, node), node, depth);
    case CMARK_NODE_IMAGE:
        return image_pieces(r, node, depth);
    default: /* custom nodes, which cmark's parser never makes */
        return NULL;
    }
}

static struct piece *pieces_below(const struct reader *r, cmark_node *node, int depth)
{
    struct piece *first = NULL, **end = &first;
    cmark_node *child = cmark_node_first_child(node);

    if (child && depth == DEPTH_MAX) {
        diags_add(r->diags, DIAG_TOO_DEEP, place_of(r, child), (str){0});
        return NULL;
    }
    for (; child; child = cmark_node_next(child))
        end = append(end, pieces_of(r, child, depth + 1));
    return first;
}

static size_t split_lines(struct arena *mem, str text, str **lines)
{
    LIST(str) list = {0};
    for (str rest = text; str_is_set(rest);) {
        str line = str_cut(&rest, '\n');
        if (str_ends(line, S("\r")))
            line.n--;
        PUSH(mem, &list, line);
    }
    *lines = list.at;
    return list.n;
}

/* Lines such as "[plan]: targets.md". One that stands in a block of code does no harm. */
static str definition_lines(struct arena *mem, const str *line, size_t n)
{
    LIST(str) found = {0};
    for (size_t i = 0; i < n; i++)
        if (str_starts(str_trim(line[i]), S("[")) && str_find(line[i], S("]:"), 0) < line[i].n)
            PUSH(mem, &found, line[i]);
    return join_lines(mem, found.at, found.n);
}

struct piece *markdown_read(struct arena *mem, str file, int first_line, str text,
                            struct diags *diags)
{
    struct reader r = {.mem = mem, .file = file, .first_line = first_line, .diags = diags};
    cmark_node *root = cmark_parse_document(text.p ? text.p : "", text.n, CMARK_OPT_DEFAULT);
    r.nlines = split_lines(mem, text, &r.line);
    r.definitions = definition_lines(mem, r.line, r.nlines);
    struct piece *first = pieces_below(&r, root, 0);
    cmark_node_free(root);
    return first;
}
