/* Inside doc: a page as it was read, before any query has run. Not for other modules. */
#ifndef SALESBOOK_DOC_TREE_H
#define SALESBOOK_DOC_TREE_H

#include "doc.h"

/* ---- options.c: the options of each kind of block ---- */

/* What an option may hold. Texts may hold {column}; names of columns are checked against the
 * result. */
#define OPTION_TYPES(X)                                                                            \
    X(text)                                                                                        \
    X(width)                                                                                       \
    X(medium)                                                                                      \
    X(format)                                                                                      \
    X(count) X(share) X(yesno) X(column) X(columns) X(sort) X(texts) X(formats) X(roles) X(flags)
enum option_type {
#define X(name) OPTION_TYPE_##name,
    OPTION_TYPES(X)
#undef X
};

#define ON(kind) (1u << BLOCK_##kind)
#define ON_ALL (~0u)
#define ON_QUERY (~ON(include))
/* id, as written, what it may hold, the blocks that have it */
#define OPTIONS(X)                                                                                 \
    X(title, "title", text, ON_ALL)                                                                \
    X(note, "note", text, ON_QUERY)                                                                \
    X(width, "width", width, ON_QUERY)                                                             \
    X(format, "format", format, ON(kpi) | ON(table) | ON(chart) | ON(download))                    \
    X(empty, "empty", text, ON_QUERY)                                                              \
    X(only, "only", medium, ON_ALL)                                                                \
    X(audience, "audience", text, ON_ALL)                                                          \
    X(closed, "closed", yesno, ON(kpi) | ON(table))                                                \
    X(rows, "rows", count, ON(kpi) | ON(table))                                                    \
    X(labels, "labels", texts, ON(table) | ON(chart) | ON(download))                               \
    X(formats, "formats", formats, ON(table))                                                      \
    X(hide, "hide", columns, ON(table))                                                            \
    X(bar, "bar", columns, ON(table))                                                              \
    X(spark, "spark", columns, ON(table))                                                          \
    X(total, "total", columns, ON(table))                                                          \
    X(signal, "signal", columns, ON(table))                                                        \
    X(across, "across", column, ON(table))                                                         \
    X(sort, "sort", sort, ON(table))                                                               \
    X(x, "x", column, ON(chart))                                                                   \
    X(y, "y", roles, ON(chart))                                                                    \
    X(series, "series", column, ON(chart))                                                         \
    X(label, "label", column, ON(chart))                                                           \
    X(flags, "flags", flags, ON(chart))                                                            \
    X(height, "height", share, ON(chart))                                                          \
    X(marks, "marks", yesno, ON(chart))                                                            \
    X(mm, "mm", yesno, ON(graph))                                                                  \
    X(file, "file", text, ON(download) | ON(include))                                              \
    X(caption, "label", text, ON(download))                                                        \
    X(optional, "optional", yesno, ON(include))                                                    \
    X(parts, "parts", yesno, ON(include))
enum option {
#define X(id, name, type, on) OPTION_##id,
    OPTIONS(X)
#undef X
        OPTION_COUNT
};

extern const str block_names[]; /* by enum block_kind */
enum {
    BLOCK_COUNT = 0
#define X(name) +1
    BLOCK_KINDS(X)
#undef X
};

struct block {
    enum block_kind kind;
    str word; /* of a chart or graph: its own kind */
    struct place at;
    const struct yaml *option[OPTION_COUNT]; /* NULL where not given */
    str sql;                                 /* unset for include */
    struct place sql_at;
};

/* Puts the options of map into block; a misspelt one and a wrong value are diagnostics. */
bool options_read(struct arena *mem, struct block *block, const struct yaml *map,
                  struct diags *diags);
/* Whether every column that an option names is one of the result; else diagnostics. */
bool options_match(struct arena *mem, const struct block *block, const struct result *r,
                   struct diags *diags);
str option_called(enum option option);
bool option_is_of(enum option option, enum block_kind kind);
/* A column as sort names it, without its '-'. */
str column_said(str column);
str option_text(const struct block *block, enum option option); /* unset if not given */
bool option_yes(const struct block *block, enum option option);
int64_t option_count(const struct block *block, enum option option); /* 0 if not given */
double option_share(const struct block *block, enum option option);  /* 0 if not given */
/* The columns that an option names, in its order, without the '-' of sort. */
size_t option_columns(struct arena *mem, const struct block *block, enum option option,
                      str **columns);
bool option_names(const struct block *block, enum option option, str column);
/* What a map of columns says for one of them, or an unset str. */
str option_for(const struct block *block, enum option option, str column);

bool role_of_name(str name, enum role *role);
enum width width_of_name(str name);
/* "did you mean region?", or all there are: what a diagnostic proposes for a misspelt word. */
str proposal(struct arena *mem, str word, const str *known, size_t n);
str column_proposal(struct arena *mem, str word, const struct result *r);
bool is_among(str word, const str *known, size_t n);

/* What stands where nobody gave a label: "cost_per_lead" is "Cost per lead". */
str pretty_name(struct arena *mem, str name);

/* ---- idle.c: what a block says in vain ---- */

/* Whether the kind of this block looks at each of its options; else diagnostics. */
bool idle_options(struct arena *mem, const struct block *b, struct diags *diags);

/* ---- markdown.c: cmark's tree, with pipe tables and blocks, in an arena ---- */

/* One piece of Markdown: what kind of node it becomes, or a block, or an inline query. */
struct piece {
    enum node_kind kind;
    struct piece *first, *next;
    struct place at;
    str text;            /* of text, code, code_block */
    bool is_query;       /* inline code that begins with "sql ": text is the query */
    struct block *block; /* a fenced block of ours, or NULL */
    union {
        int level;
        struct {
            bool ordered, tight;
            int start;
        } list;
        str href;
        /* Children are the cells, row after row, the head first. */
        struct {
            size_t ncols, nrows;
            enum align *align;
        } table;
    };
};

struct block_tree {
    struct piece *first;
};

/* The pieces of a Markdown text that begins on first_line of file. A broken block is left out with
 * its diagnostics. */
struct piece *markdown_read(struct arena *mem, str file, int first_line, str text,
                            struct diags *diags);

/* ---- fence.c: a fenced block of ours ---- */

/* Whether a fence with this info string is a block of ours or a misspelt one. */
bool fence_is_block(str info, str text);
/* Its kind, options and query. NULL with diagnostics. */
struct block *fence_read(struct arena *mem, struct place at, str info, str text,
                         struct diags *diags);

/* ---- pipe_table.c ---- */

/* Where in the lines of a paragraph a pipe table begins: the index of its head row, or n. */
size_t pipe_table_find(const str *line, size_t n);
/* The alignment of each column by a delimiter row ("|:--|--:|"); 0 if it is none. */
size_t pipe_table_aligns(struct arena *mem, str line, enum align **align);
/* The cells of a row, trimmed, "\|" turned into "|". */
size_t pipe_table_cells(struct arena *mem, str line, str **cells);

#endif
