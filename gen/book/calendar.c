#include "publish.h"

/* The dates that all systems know, from view events_all, as calendars to subscribe to: one of all,
 * and one for each owner. Everybody may have them, so they hold what everybody may see. */

static struct calendar_event event_of(struct arena *mem, const struct result *r, size_t row,
                                      str book)
{
    str uid = result_cell(r, row, 1).s;
    struct calendar_event e = {
        .uid = arena_printf(mem, STR_FMT "@" STR_FMT ".salesbook", STR_ARG(uid), STR_ARG(book)),
        .starts = result_cell(r, row, 2).s,
        .title = result_cell(r, row, 4).s,
        .category = result_cell(r, row, 0).s,
    };
    struct value ends = result_cell(r, row, 3);
    e.ends = ends.kind == VALUE_TEXT ? ends.s : e.starts;
    return e;
}

/* An event of which a calendar cannot say when it is, is told instead. */
static bool has_time(const struct book *book, const struct calendar_event *e, struct diags *diags)
{
    bool starts = calendar_knows(e->starts);
    if (starts && calendar_knows(e->ends))
        return true;
    return diags_add(diags, DIAG_EVENT_TIME, (struct place){.file = book->dir},
                     starts ? e->ends : e->starts, e->title, e->category);
}

static bool write_calendar(str path, str name, day as_of, const struct calendar_event *event,
                           size_t n, struct diags *diags)
{
    struct buf out = {0};
    render_calendar(&out, name, as_of, event, n);
    bool ok = file_write(path, buf_str(&out), diags);
    buf_clear(&out);
    return ok;
}

/* A file name that no other owner has: the stem, or the stem and a number. */
static str file_of(struct arena *mem, struct map *taken, str owner)
{
    str stem = path_stem(mem, owner), name = stem;
    for (int n = 2; map_get(taken, name); n++)
        name = arena_printf(mem, STR_FMT "-%d", STR_ARG(stem), n);
    *map_put(taken, name) = taken;
    return arena_printf(mem, STR_FMT ".ics", STR_ARG(name));
}

bool write_calendars(struct arena *mem, const struct book *book, struct store *store, str output,
                     struct diags *diags)
{
    struct query q = {
        .sql = S("SELECT system, CAST(uid AS TEXT), CAST(starts AS TEXT), CAST(ends AS TEXT), "
                 "CAST(title AS TEXT), owner FROM events_all "
                 "WHERE starts IS NOT NULL AND uid IS NOT NULL AND title IS NOT NULL "
                 "ORDER BY owner, starts, uid"),
    };
    struct result *r = query_run(store, mem, &q, diags);
    if (!r)
        return false;
    if (!r->nrows)
        return true;
    struct calendar_event *event = NEW_ARRAY(mem, r->nrows, struct calendar_event);
    str dir = path_join(mem, output, S("calendar")), slug = path_slug(mem, book->name);
    size_t *row = NEW_ARRAY(mem, r->nrows, size_t), n = 0;
    for (size_t i = 0; i < r->nrows; i++) {
        event[n] = event_of(mem, r, i, slug);
        row[n] = i;
        n += has_time(book, &event[n], diags);
    }

    struct map taken;
    map_init(&taken, mem);
    str all = path_join(mem, dir, file_of(mem, &taken, S("all")));
    day as_of = store_as_of(store);
    bool ok = write_calendar(all, book->title, as_of, event, n, diags);
    for (size_t i = 0, end; ok && i < n; i = end) {
        struct value owner = result_cell(r, row[i], 5);
        for (end = i + 1; end < n && value_same(owner, result_cell(r, row[end], 5));)
            end++;
        if (owner.kind != VALUE_TEXT)
            continue;
        str name = store_name_of(store, (str){0}, S("person"), owner.s, NULL);
        str path = path_join(mem, dir, file_of(mem, &taken, owner.s));
        ok = write_calendar(path, name.n ? name : owner.s, as_of, &event[i], end - i, diags);
    }
    return ok;
}
