#include "tree.h"

static const str graph_names[] = {S("flow"), S("org"), S("mindmap")};
enum { NGRAPHS = sizeof graph_names / sizeof *graph_names };

/* ---- options and query ---- */

/* The text before a line "---" and the text after it; without such a line `after` is unset. */
static str cut_at_dashes(str text, str *after)
{
    str rest = text;
    while (str_is_set(rest)) {
        size_t from = (size_t)(rest.p - text.p);
        str line = str_cut(&rest, '\n');
        if (str_eq(str_trim(line), S("---"))) {
            *after = str_is_set(rest) ? rest : S("");
            return str_sub(text, 0, from);
        }
    }
    *after = (str){0};
    return text;
}

static bool begins_with_word(str text, const char *upper)
{
    str word = str_of(upper);
    text = str_trim(text);
    if (text.n <= word.n)
        return false;
    for (size_t i = 0; i < word.n; i++)
        if ((text.p[i] & ~0x20) != word.p[i])
            return false;
    char next = text.p[word.n];
    return next == ' ' || next == '\n' || next == '\t' || next == '(' || next == '*';
}

static bool is_query(str text)
{
    return begins_with_word(text, "SELECT") || begins_with_word(text, "WITH") ||
           begins_with_word(text, "VALUES");
}

static int lines_between(const char *from, const char *to)
{
    int n = 0;
    for (; from < to; from++)
        n += *from == '\n';
    return n;
}

bool fence_is_block(str info, str text)
{
    str rest = str_trim(info), word = str_cut(&rest, ' '), query;
    if (word.n == 0)
        return false;
    if (str_is_set(text_nearest(word, block_names, BLOCK_COUNT)))
        return true;
    cut_at_dashes(text, &query);
    return is_query(query);
}

/* The words behind the kind: a chart's and a graph's own kind, nothing else. */
static bool read_word(struct arena *mem, struct block *b, str rest, struct diags *diags)
{
    str kind = block_names[b->kind];
    bool wants = b->kind == BLOCK_chart || b->kind == BLOCK_graph;
    b->word = str_trim(rest);
    if (wants && !b->word.n)
        return diags_add(diags, DIAG_BLOCK_WORD_MISSING, b->at, kind);
    if (!wants && b->word.n)
        return diags_add(diags, DIAG_BLOCK_WORD, b->at, b->word, kind);
    if (b->kind == BLOCK_graph && !is_among(b->word, graph_names, NGRAPHS))
        return diags_add(diags, DIAG_GRAPH_KIND, b->at, b->word,
                         proposal(mem, b->word, graph_names, NGRAPHS));
    return true;
}

/* Options above the dashes, the query below; a block of a query alone needs no dashes. */
static bool read_body(struct arena *mem, struct block *b, str text, struct diags *diags)
{
    str query, options = cut_at_dashes(text, &query);
    if (!str_is_set(query) && is_query(options)) {
        query = options;
        options = S("");
    }
    struct yaml *map = yaml_parse(mem, b->at.file, b->at.line + 1, options, diags);
    bool ok = map && options_read(mem, b, map, diags);
    if (ok && b->option[OPTION_mm] && !str_eq(b->word, S("mindmap")))
        ok = diags_add(diags, DIAG_GRAPH_MM, b->option[OPTION_mm]->at, b->word);
    ok = ok && idle_options(mem, b, diags);

    str sql = str_trim(query);
    bool wants = b->kind != BLOCK_include;
    if (wants && !sql.n)
        return diags_add(diags, DIAG_BLOCK_QUERY, b->at, block_names[b->kind]);
    if (!wants && sql.n)
        return diags_add(diags, DIAG_BLOCK_NO_QUERY, b->at, block_names[b->kind]);
    if (wants) {
        b->sql = arena_str(mem, sql);
        b->sql_at = (struct place){b->at.file, b->at.line + 1 + lines_between(text.p, sql.p), 1};
    }
    return ok;
}

struct block *fence_read(struct arena *mem, struct place at, str info, str text,
                         struct diags *diags)
{
    struct block *b = NEW(mem, struct block);
    str rest = str_trim(info), kind = str_cut(&rest, ' ');
    int i = 0;

    while (i < BLOCK_COUNT && !str_eq(kind, block_names[i]))
        i++;
    if (i == BLOCK_COUNT) {
        diags_add(diags, DIAG_BLOCK_KIND, at, kind, proposal(mem, kind, block_names, BLOCK_COUNT));
        return NULL;
    }
    b->kind = (enum block_kind)i;
    b->at = at;
    bool ok = read_word(mem, b, str_is_set(rest) ? rest : S(""), diags);
    return read_body(mem, b, text, diags) && ok ? b : NULL;
}
