#include "tree.h"

/* Pipe tables as GitHub draws them: a head row, a row of dashes that gives the alignments, rows. A
 * backslash takes the meaning of a pipe away, also inside code. */

/* The line without blanks and without the pipes at its ends. */
static str between_outer_pipes(str line)
{
    line = str_trim(line);
    if (str_starts(line, S("|")))
        line = str_sub(line, 1, line.n);
    if (str_ends(line, S("|")) && !str_ends(line, S("\\|")))
        line = str_sub(line, 0, line.n - 1);
    return line;
}

/* Cuts the next cell, as written, from *rest, which is unset after the last. */
static str next_cell(str *rest)
{
    str all = *rest;
    size_t i = 0;
    while (i < all.n && all.p[i] != '|')
        i += all.p[i] == '\\' && i + 1 < all.n ? 2 : 1;
    *rest = i < all.n ? str_sub(all, i + 1, all.n) : (str){0};
    return str_trim(str_sub(all, 0, i));
}

static str with_plain_pipes(struct arena *mem, str cell)
{
    char *out = arena_alloc(mem, cell.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < cell.n; i++)
        if (!(cell.p[i] == '\\' && i + 1 < cell.n && cell.p[i + 1] == '|'))
            out[n++] = cell.p[i];
    return (str){out, n};
}

static size_t count_cells(str line)
{
    size_t n = 0;
    for (str rest = between_outer_pipes(line); str_is_set(rest); n++)
        next_cell(&rest);
    return n;
}

size_t pipe_table_cells(struct arena *mem, str line, str **cells)
{
    size_t n = 0;
    *cells = NEW_ARRAY(mem, count_cells(line), str);
    for (str rest = between_outer_pipes(line); str_is_set(rest);)
        (*cells)[n++] = with_plain_pipes(mem, next_cell(&rest));
    return n;
}

/* "---", ":--", "--:", ":-:". */
static bool read_align(str cell, enum align *align)
{
    bool left = str_starts(cell, S(":")), right = str_ends(cell, S(":"));
    size_t from = left, to = cell.n - (right && cell.n > from);
    *align = left && right ? ALIGN_CENTER : right ? ALIGN_RIGHT : ALIGN_LEFT;
    for (size_t i = from; i < to; i++)
        if (cell.p[i] != '-')
            return false;
    return to > from;
}

size_t pipe_table_aligns(struct arena *mem, str line, enum align **align)
{
    size_t n = 0;
    *align = NULL;
    if (str_find(line, S("|"), 0) == line.n && str_find(line, S(":"), 0) == line.n)
        return 0;
    *align = NEW_ARRAY(mem, count_cells(line), enum align);
    for (str rest = between_outer_pipes(line); str_is_set(rest); n++)
        if (!read_align(next_cell(&rest), &(*align)[n]))
            return 0;
    return n;
}

size_t pipe_table_find(const str *line, size_t n)
{
    struct arena *scratch = arena_new();
    size_t i = 0;
    for (; i + 1 < n; i++) {
        enum align *align;
        size_t ncols = pipe_table_aligns(scratch, line[i + 1], &align);
        if (ncols && ncols == count_cells(line[i]))
            break;
    }
    arena_free(scratch);
    return i + 1 < n ? i : n;
}
