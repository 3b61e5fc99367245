#include "changes.h"

bool side_read(struct arena *mem, str dir, str templates, struct side *side, struct diags *diags)
{
    struct book *book = NEW(mem, struct book);

    *side = (struct side){.dir = dir};
    if (is_build(dir))
        return true;
    if (!is_book(mem, dir))
        return diags_add(diags, DIAG_SNAPSHOT_FOLDER, ((struct place){.file = dir}), dir);
    side->book = book;
    return book_read(mem, dir, templates, book, diags);
}

/* ---- one side ---- */

static bool read_build(struct arena *mem, str dir, str audience, struct snapshot *state,
                       struct diags *diags)
{
    str file, text;
    if (!snapshot_find(mem, dir, audience, &file, diags) || !file_read(mem, file, &text, diags) ||
        !snapshot_read(state, mem, file, text, diags))
        return false;
    if (audience.n && !str_eq(state->audience, audience))
        return diags_add(diags, DIAG_SNAPSHOT_AUDIENCE, ((struct place){.file = file}), dir,
                         audience);
    return true;
}

bool build_of(struct arena *mem, str dir, str audience, str *book, struct diags *diags)
{
    struct snapshot state;
    bool ok = read_build(mem, dir, audience, &state, diags);
    *book = ok ? state.book : (str){0};
    return ok;
}

struct opened_side {
    const struct side *side;
    struct opened opened;
    struct snapshot state;
};

static bool take_book(struct arena *mem, struct opened_side *o, str audience,
                      const struct open_options *options, struct diags *diags)
{
    const struct book *book = o->side->book;
    if (audience.n && !book_has_audience(book, audience))
        return diags_add(diags, DIAG_AUDIENCE_UNKNOWN, ((struct place){.file = o->side->dir}),
                         audience, S("name one of `audiences:` in book.yaml"));
    return open_book(mem, book, options, &o->opened, diags) &&
           snapshot_take(&o->state, mem, &o->opened, audience, diags);
}

static bool take_side(struct arena *mem, struct opened_side *o, str audience,
                      const struct open_options *options, struct diags *diags)
{
    return o->side->book ? take_book(mem, o, audience, options, diags)
                         : read_build(mem, o->side->dir, audience, &o->state, diags);
}

/* An open book as a build would publish it: only so can it be compared with one. */
static bool publish_snapshot(struct arena *mem, struct opened_side *o, struct diags *diags)
{
    struct buf out = {0};
    if (!o->side->book)
        return true;
    snapshot_write(&out, &o->state);
    bool ok = snapshot_read(&o->state, mem, o->side->dir, arena_str(mem, buf_str(&out)), diags);
    buf_clear(&out);
    return ok;
}

/* ---- both ---- */

static str of_book(struct arena *mem, const struct snapshot *s)
{
    return arena_printf(mem, STR_FMT " in " STR_FMT, STR_ARG(s->book), STR_ARG(s->lang.currency));
}

/* Two books are compared whatever they are called: who names two folders knows which. */
static bool check_alike(struct arena *mem, const struct opened_side *before,
                        const struct opened_side *now, struct diags *diags)
{
    const struct snapshot *was = &before->state, *is = &now->state;
    struct place at = {.file = before->side->book ? now->side->dir : before->side->dir};
    str books[] = {of_book(mem, was), of_book(mem, is)};

    if (!str_eq(books[0], books[1]) || was->lang.money_decimals != is->lang.money_decimals)
        return diags_add(diags, DIAG_SNAPSHOT_BOOK, at, at.file, books[0], books[1]);
    if (!str_eq(was->audience, is->audience))
        return diags_add(diags, DIAG_SNAPSHOT_READERS, at, before->side->dir, was->audience,
                         is->audience);
    if (!str_eq(was->templates, is->templates))
        diags_add(diags, DIAG_SNAPSHOT_TEMPLATES, at, at.file);
    return true;
}

/* A build has one day, its own. */
static bool check_day(struct arena *mem, const struct opened_side *o, day as_of,
                      struct diags *diags)
{
    if (as_of == DAY_NONE || as_of == o->state.as_of)
        return true;
    str own = o->state.as_of == DAY_NONE ? S("no day") : day_iso(mem, o->state.as_of);
    return diags_add(diags, DIAG_SNAPSHOT_DAY, ((struct place){.file = o->side->dir}), o->side->dir,
                     own);
}

static bool compare_taken(struct changes *c, struct opened_side *before, struct opened_side *now,
                          day as_of, struct diags *diags)
{
    if (!before->side->book && !now->side->book &&
        (!check_day(c->mem, before, as_of, diags) || !check_day(c->mem, now, as_of, diags)))
        return false;
    bool has_build = !before->side->book || !now->side->book;
    if (has_build &&
        (!publish_snapshot(c->mem, before, diags) || !publish_snapshot(c->mem, now, diags) ||
         !check_alike(c->mem, before, now, diags)))
        return false;
    c->as_of_before = before->state.as_of;
    c->as_of_now = now->state.as_of;
    compare_tables(c, &before->state, &now->state);
    compare_figures(c, &before->state, &now->state);
    return true;
}

bool compare_sides(struct changes *c, const struct side *before, const struct side *now,
                   str audience, const struct open_options *options, struct diags *diags)
{
    struct opened_side was = {.side = before}, is = {.side = now};
    struct diags quiet;
    diags_init(&quiet, c->mem);
    /* What is wrong with rows, check says; what keeps a state from being read is said here. */
    bool ok = take_side(c->mem, &was, audience, options, &quiet) &&
              take_side(c->mem, &is, audience, options, &quiet) &&
              compare_taken(c, &was, &is, options->as_of, diags);
    if (!ok)
        diags_merge(diags, &quiet);
    opened_close(&was.opened);
    opened_close(&is.opened);
    return ok;
}
