#include "closed.h"

/* Whether the month is over by the day up to which the book is seen. */
static bool is_over(const struct opened *o, int month, struct diags *diags)
{
    day as_of = o->data->as_of;
    if (as_of != DAY_NONE && as_of >= month_last(month))
        return true;
    str latest = as_of == DAY_NONE ? S("none") : day_iso(o->mem, as_of);
    return diags_add(diags, DIAG_CLOSED_OPEN, (struct place){.file = o->book->dir},
                     month_iso(o->mem, month), latest);
}

static bool keep(struct arena *mem, struct opened *o, struct closed *c, struct diags *diags)
{
    figure_list figures = {0};
    str month = month_iso(mem, c->month);

    if (!figures_of(mem, o, c->month, &figures, NULL, diags))
        return diags_add(diags, DIAG_CLOSED_BROKEN, (struct place){.file = o->book->dir}, month);
    if (!figures.n)
        return diags_add(diags, DIAG_CLOSED_NOTHING, (struct place){.file = o->book->dir}, month);
    for (size_t i = 0; i < figures.n; i++)
        PUSH(mem, &c->figures, figures.at[i].row);
    rows_keep(rows_known(mem, o->data), mem, &figures, c);
    return closed_write(mem, c, diags);
}

bool close_month(struct arena *mem, const struct book *book, int month, day as_of, bool force,
                 int jobs, struct closing *closing, struct diags *diags)
{
    struct closed c = {.month = month, .path = closed_path(mem, book, month)};
    struct open_options options = {.as_of = as_of, .rows_only = true, .fold = true, .jobs = jobs};
    struct opened o;
    str name = month_iso(mem, month);

    if (file_exists(c.path) && !force)
        return diags_add(diags, DIAG_CLOSED_THERE, (struct place){.file = c.path}, c.path, name);
    bool ok = open_book(mem, book, &options, &o, diags);
    if (diags->nerrors)
        ok = diags_add(diags, DIAG_CLOSED_BROKEN, (struct place){.file = book->dir}, name);
    ok = ok && is_over(&o, month, diags) && keep(mem, &o, &c, diags);
    *closing = (struct closing){c.path, c.figures.n, c.rows.n};
    opened_close(&o);
    return ok;
}
