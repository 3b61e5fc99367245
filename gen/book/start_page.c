#include "publish.h"

#include <stdio.h>

/* The books that stand below dir, each with the stamp of its last build, sorted by folder name. */
static size_t read_books(struct arena *mem, str dir, struct book_entry **entries)
{
    str *names;
    size_t n = dir_list(mem, dir, &names), nbooks = 0;
    *entries = NEW_ARRAY(mem, n, struct book_entry);
    for (size_t i = 0; i < n; i++) {
        struct stamp stamp;
        if (str_ends(names[i], S(".staging")) ||
            !stamp_read(mem, path_join(mem, dir, names[i]), &stamp))
            continue;
        (*entries)[nbooks++] = (struct book_entry){
            .title = stamp.title,
            .address = arena_printf(mem, STR_FMT "/everyone/index.html", STR_ARG(names[i])),
            .figure = stamp.figure,
            .as_of = day_parse(stamp.as_of),
        };
    }
    return nbooks;
}

/* Moves the files of the staging folder beside their like in dir, each in one step; one that is the
 * same as before is left alone. */
static bool replace_files(struct arena *mem, str staging, str dir, struct diags *diags)
{
    str *names;
    size_t n = dir_list(mem, staging, &names);
    for (size_t i = 0; i < n; i++) {
        str made = path_join(mem, staging, names[i]), target = path_join(mem, dir, names[i]);
        str text, before;
        if (!file_read(mem, made, &text, diags))
            return false;
        if (file_exists(target) && file_read(mem, target, &before, diags) && str_eq(text, before))
            continue;
        if (rename(made.p, target.p) != 0)
            return diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = target}), target,
                             S("it cannot be put in its place"));
    }
    return true;
}

bool build_start_page(struct arena *mem, str dir, str templates, struct diags *diags)
{
    str theme = path_join(mem, templates, S("theme"));
    str staging = path_join(mem, dir, S(".start.staging"));
    struct language lang = language_of(S("en"), S(""), 2);
    struct site site = {
        .title = S("Sales books"),
        .audience = S("everyone"),
        .lang = &lang,
        .as_of = DAY_NONE,
        .theme = &theme,
        .nthemes = 1,
    };
    struct book_entry *entry;
    size_t n = read_books(mem, dir, &entry);
    struct buf out = {0};

    tree_remove(staging);
    if (!theme_read(mem, &site, diags))
        return false;
    render_books(&out, &site, entry, n);
    bool ok = render_assets(&site, staging, diags) &&
              file_write(path_join(mem, staging, S("index.html")), buf_str(&out), diags) &&
              replace_files(mem, staging, dir, diags);
    tree_remove(staging);
    buf_clear(&out);
    return ok;
}

str first_figure(struct arena *mem, const struct opened *o)
{
    struct diags ignored;
    struct query q = {
        .sql = S("SELECT value, CAST(name AS TEXT) AS name, ratio(value, target) - 1 AS against "
                 "FROM figures WHERE value IS NOT NULL ORDER BY rank, system, name LIMIT 1"),
    };
    diags_init(&ignored, mem);
    struct result *r = query_run(o->store, mem, &q, &ignored);
    if (!r || !r->nrows)
        return S("");
    const struct meaning *m = model_meaning(&o->model, result_cell(r, 0, 1).s);
    enum type type = m ? m->type : result_type(r, 0, 0);
    str value = format_value(mem, o->store, result_cell(r, 0, 0), type,
                             type == TYPE_money ? S("short") : S(""));
    struct value against = result_cell(r, 0, 2);
    struct buf text = {0};
    if (m)
        buf_addf(&text, STR_FMT " ", STR_ARG(m->label));
    buf_add(&text, value);
    if (type == TYPE_money)
        buf_addf(&text, " " STR_FMT, STR_ARG(o->book->lang.currency));
    if (against.kind != VALUE_NULL) {
        str share = format_value(mem, o->store, against, TYPE_rate, S("+percent1"));
        buf_addf(&text, ", " STR_FMT " against plan", STR_ARG(share));
    }
    str figure = arena_str(mem, buf_str(&text));
    buf_clear(&text);
    return figure;
}
