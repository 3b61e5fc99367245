/* Which parts of a line run from right to left, and in which order the parts stand: UAX 9, as
 * FriBidi reckons it, in a line that runs from left to right as pages do. */
#include "pdf_font.h"

#include <string.h>

#include <fribidi.h>
#include <utf8proc.h>

typedef LIST(struct bidi_run) bidi_runs_list;

/* Hebrew, the first script that runs from right to left, begins at U+0590: bytes D6 90. */
static bool may_turn(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0xD6)
            return true;
    return false;
}

/* Marks that turn the direction have no effect: a name could turn round what stands behind it. */
static void types_of(const FriBidiChar *c, FriBidiStrIndex n, FriBidiCharType *type)
{
    fribidi_get_bidi_types(c, n, type);
    for (FriBidiStrIndex i = 0; i < n; i++)
        if (FRIBIDI_IS_EXPLICIT(type[i]) || FRIBIDI_IS_ISOLATE(type[i]))
            type[i] = FRIBIDI_TYPE_BN;
}

/* The level of each character; false if none runs from right to left. */
static bool levels_of(struct arena *mem, const FriBidiChar *c, size_t n, FriBidiLevel *level)
{
    FriBidiCharType *type = NEW_ARRAY(mem, n, FriBidiCharType);
    FriBidiBracketType *bracket = NEW_ARRAY(mem, n, FriBidiBracketType);
    FriBidiParType direction = FRIBIDI_PAR_LTR;
    FriBidiStrIndex length = (FriBidiStrIndex)n;

    types_of(c, length, type);
    fribidi_get_bracket_types(c, length, type, bracket);
    return fribidi_get_par_embedding_levels_ex(type, bracket, length, &direction, level) > 1;
}

/* Rule L2: from the highest level down, what stands at that level or above is reversed. */
static void reorder(struct bidi_run *run, size_t n)
{
    int highest = 0;
    for (size_t i = 0; i < n; i++)
        highest = run[i].level > highest ? run[i].level : highest;
    for (int level = highest; level > 0; level--)
        for (size_t i = 0, end; i < n; i = end + 1) {
            for (end = i; end < n && run[end].level >= level; end++)
                continue;
            for (size_t a = i, b = end; a + 1 < b; a++) {
                struct bidi_run held = run[a];
                run[a] = run[--b];
                run[b] = held;
            }
        }
}

size_t bidi_runs(struct arena *mem, str text, struct bidi_run **run)
{
    bidi_runs_list list = {0};
    size_t n = 0, length;

    if (!may_turn(text))
        return 0;
    FriBidiChar *c = NEW_ARRAY(mem, text.n, FriBidiChar);
    FriBidiLevel *level = NEW_ARRAY(mem, text.n, FriBidiLevel);
    for (size_t i = 0; i < text.n; i += length)
        c[n++] = (FriBidiChar)font_char_at(text, i, &length);
    if (!levels_of(mem, c, n, level))
        return 0;
    for (size_t i = 0, k = 0; i < text.n; i += length, k++) {
        font_char_at(text, i, &length);
        if (!k || level[k] != level[k - 1]) {
            struct bidi_run r = {.from = i, .level = level[k]};
            PUSH(mem, &list, r);
        }
        list.at[list.n - 1].to = i + length;
    }
    reorder(list.at, list.n);
    *run = list.at;
    return list.n;
}
