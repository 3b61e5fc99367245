#include "publish.h"

/* The books that stand below dir, each with the stamp of its last build, sorted by folder name. */
static size_t read_books(struct arena *mem, str dir, struct book_entry **entries)
{
    str *names;
    size_t n = dir_list(mem, dir, &names), nbooks = 0;
    *entries = NEW_ARRAY(mem, n, struct book_entry);
    for (size_t i = 0; i < n; i++) {
        struct stamp stamp;
        if (str_ends(names[i], S(".staging")) || !stamp_read(mem, path_join(mem, dir, names[i]), &stamp))
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

bool build_start_page(struct arena *mem, str dir, str templates, struct diags *diags)
{
    str theme = path_join(mem, templates, S("theme"));
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

    if (!theme_read(mem, &site, diags))
        return false;
    render_books(&out, &site, entry, n);
    bool ok = render_assets(&site, dir, diags) &&
              file_write(path_join(mem, dir, S("index.html")), buf_str(&out), diags);
    buf_clear(&out);
    return ok;
}
