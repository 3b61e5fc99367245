#include "closed.h"

#include <math.h>
#include <string.h>

/* The figures of closed months that are other than published, text by text: so a worker tells them,
 * and so they are kept from one build to the next. */

enum { NTEXTS = 11 };

static void texts_of(struct restated_figure *f, str **text)
{
    str *all[] = {&f->page, &f->report, &f->of,   &f->block, &f->title,
                  &f->key,  &f->kind,   &f->name, &f->label, &f->tables};
    memcpy(text, all, sizeof all);
}

/* With its length before it; an unset one has none. */
static void put_text(struct buf *out, str text)
{
    if (str_is_set(text))
        buf_addf(out, "%zu", text.n);
    buf_addf(out, ":" STR_FMT, STR_ARG(text));
}

static void put_value(struct buf *out, struct arena *mem, struct value v)
{
    double x = value_number(v); /* of money in a file, not finite where it was near the largest */
    put_text(out, isfinite(x) ? fmt_exact(mem, x) : (str){0});
}

static void put_figure(struct buf *out, struct arena *mem, struct restated_figure *f)
{
    str *text[NTEXTS] = {0};
    texts_of(f, text);
    put_text(out, month_iso(mem, f->month));
    put_text(out, type_name(f->type));
    put_value(out, mem, f->was);
    put_value(out, mem, f->now);
    for (size_t i = 0; text[i]; i++)
        put_text(out, *text[i]);
}

/* It may come from a file: what is broken ends it. */
struct taking {
    struct arena *mem;
    str rest;
    bool broken;
};

static str broken(struct taking *t)
{
    t->broken = true;
    t->rest = (str){0};
    return (str){0};
}

static str take_text(struct taking *t)
{
    str digits = str_cut(&t->rest, ':');
    int64_t n = 0;
    if (!str_is_set(t->rest) || (digits.n && !parse_integer(digits, &n)) || n < 0 ||
        (uint64_t)n > t->rest.n)
        return broken(t);
    str text = digits.n ? arena_str(t->mem, str_sub(t->rest, 0, (size_t)n)) : (str){0};
    t->rest = str_sub(t->rest, (size_t)n, t->rest.n);
    return text;
}

static struct value take_value(struct taking *t)
{
    double x = 0;
    str text = take_text(t);
    if (str_is_set(text) && !parse_number(text, &x))
        broken(t);
    return str_is_set(text) ? (struct value){.kind = VALUE_REAL, .r = x} : (struct value){0};
}

static struct restated_figure take_figure(struct taking *t)
{
    struct restated_figure f = {0};
    str *text[NTEXTS] = {0};
    texts_of(&f, text);
    f.month = month_parse(take_text(t));
    if (!type_of_name(take_text(t), &f.type))
        broken(t);
    f.was = take_value(t);
    f.now = take_value(t);
    for (size_t i = 0; text[i]; i++)
        *text[i] = take_text(t);
    return f;
}

void restated_put(struct buf *out, struct arena *mem, struct restated *restated)
{
    for (size_t i = 0; i < restated->figures.n; i++)
        put_figure(out, mem, &restated->figures.at[i]);
}

bool restated_take(struct arena *mem, str text, int month, struct restated *restated)
{
    struct taking t = {.mem = mem, .rest = text};
    while (t.rest.n) {
        struct restated_figure f = take_figure(&t);
        if (t.broken || f.month < 0 || (month >= 0 && f.month != month))
            return false;
        PUSH(mem, &restated->figures, f);
    }
    return true;
}
