#include "parts.h"

#include <stdlib.h>

/* Kinds of charts: scripts of a few lines, read once. Their lines go into the script of each chart
 * themselves, so that those which would plot nothing can be left out: a plot without points costs
 * gnuplot as much as one with ten, and comes back as a group without marks. */

/* ---- what a script asks for and mentions ---- */

static bool layout_word(struct kind *k, str word, struct place at, struct diags *diags)
{
    static const str words[] = {
#define X(name) {#name, sizeof #name - 1},
        LAYOUT_WORDS(X)
#undef X
    };
    enum { NWORDS = sizeof words / sizeof *words };

    for (size_t i = 0; i < NWORDS; i++)
        if (str_eq(word, words[i])) {
            k->words |= 1u << i;
            return true;
        }
    str nearest = text_nearest(word, words, NWORDS);
    return diags_add(diags, DIAG_LAYOUT_WORD, at, word,
                     nearest.n
                         ? arena_printf(diags->mem, "did you mean " STR_FMT "?", STR_ARG(nearest))
                         : S("see templates/charts/README.md"));
}

/* "# layout: columns zero height 0.42 row 18" */
static bool layout_line(struct kind *k, str line, struct place at, struct diags *diags)
{
    bool ok = true;
    double *number = NULL; /* the one that has to come next */
    str word = {0};

    while (str_is_set(line)) {
        word = str_cut(&line, ' ');
        if (!word.n)
            continue;
        if (number) {
            if (!parse_number(word, number))
                break;
            number = NULL;
        } else if (str_eq(word, S("height"))) {
            number = &k->height;
        } else if (str_eq(word, S("row"))) {
            number = &k->row_height;
        } else {
            ok &= layout_word(k, word, at, diags);
        }
    }
    if (number)
        return diags_add(diags, DIAG_LAYOUT_WORD, at, word,
                         S("write a number behind height and row"));
    return ok;
}

static bool read_layout(struct kind *k, struct diags *diags)
{
    const str head = S("# layout:");

    str text = k->text;
    for (int line = 1; str_is_set(text); line++) {
        str s = str_cut(&text, '\n');
        if (str_starts(s, head))
            return layout_line(k, str_sub(s, head.n, s.n), (struct place){k->path, line, 0}, diags);
    }
    return diags_add(diags, DIAG_LAYOUT_LINE, ((struct place){k->path, 1, 0}), k->name);
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(str text, str name)
{
    for (size_t at = 0; (at = str_find(text, name, at)) < text.n; at++)
        if (at + name.n == text.n || !is_name_char(text.p[at + name.n]))
            return true;
    return false;
}

static uint32_t mentioned(str text, const str *name, size_t n)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < n; i++)
        if (mentions(text, name[i]))
            bits |= 1u << i;
    return bits;
}

static const str blocks[] = {
#define X(name) {"$" #name, sizeof "$" #name - 1},
    BLOCKS(X)
#undef X
};
enum { NBLOCKS = sizeof blocks / sizeof *blocks };

str block_name(enum block b)
{
    return blocks[b];
}

static void read_mentions(struct kind *k)
{
    static const str names[] = {
#define X(name) {#name, sizeof #name - 1},
        NAMES(X)
#undef X
    };
    static const str colours[] = {
#define X(name) {"c_" #name, sizeof "c_" #name - 1},
        PAINTS(X)
#undef X
    };
    k->names = mentioned(k->text, names, sizeof names / sizeof *names);
    k->colours = mentioned(k->text, colours, sizeof colours / sizeof *colours);
    k->blocks = mentioned(k->text, blocks, NBLOCKS);
}

/* ---- lines ---- */

/* The block with whose name a line of a plot begins: one bit, or none. */
static uint32_t begins_with(str line)
{
    for (size_t b = 0; b < NBLOCKS; b++)
        if (str_starts(line, blocks[b]) &&
            (line.n == blocks[b].n || !is_name_char(line.p[blocks[b].n])))
            return 1u << b;
    return 0;
}

/* From the first line that says something on. What the script says of a block anywhere but at the
 * beginning of a line makes it one that has to be there. */
static void read_lines(struct arena *mem, struct kind *k)
{
    str text = k->text;
    bool begun = false, goes_on = false;
    uint32_t plots = 0;

    for (int number = 1; str_is_set(text); number++) {
        str line = str_cut(&text, '\n'), said = str_trim(line);
        if (!begun && (!said.n || said.p[0] == '#'))
            continue;
        if (!begun)
            k->first_line = number;
        begun = true;
        uint32_t first = begins_with(said);
        if (first || !goes_on)
            plots = first;
        str rest = first ? str_sub(said, 1, said.n) : said;
        k->needed |= mentioned(rest, blocks, NBLOCKS);
        goes_on = str_ends(said, S("\\"));
        PUSH(mem, &k->lines, ((struct kind_line){line, plots, goes_on}));
    }
}

/* ---- folders ---- */

const struct kind *kind_find(const kind_list *kinds, str name)
{
    for (size_t i = 0; i < kinds->n; i++)
        if (str_eq(kinds->at[i].name, name))
            return &kinds->at[i];
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const struct kind *x = a, *y = b;
    return str_cmp(x->name, y->name);
}

bool kinds_read(struct arena *mem, str folder, kind_list *kinds, struct diags *diags)
{
    const str end = S(".gp");
    str *file;
    size_t nfiles = dir_list(mem, folder, &file);
    bool ok = true;

    for (size_t i = 0; i < nfiles; i++) {
        str name = str_sub(file[i], 0, file[i].n - (file[i].n < end.n ? 0 : end.n));
        if (!str_ends(file[i], end) || kind_find(kinds, name))
            continue;
        struct kind k = {.name = name, .path = path_join(mem, folder, file[i])};
        if (!file_read(mem, k.path, &k.text, diags) || !read_layout(&k, diags)) {
            ok = false;
            continue;
        }
        read_mentions(&k);
        read_lines(mem, &k);
        PUSH(mem, kinds, k);
    }
    if (kinds->n)
        qsort(kinds->at, kinds->n, sizeof *kinds->at, by_name);
    return ok;
}
