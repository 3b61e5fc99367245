#include "publish.h"

/* The rows of a file by place: "templates/reports/monthly.md:12" → its digits. */
static void rows_by_place(struct arena *mem, str rows, struct map *place)
{
    map_init(place, mem);
    while (rows.n) {
        size_t end = str_find(rows, S("; "), 0);
        str part = str_sub(rows, 0, end), path = str_cut(&part, ' ');
        rows = str_sub(rows, end + 2, rows.n);
        while (str_is_set(part) && part.n) {
            str digits = str_cut(&part, ' '), line = str_cut(&digits, ':');
            str name = str_eq(line, S("0"))
                           ? path
                           : arena_printf(mem, STR_FMT ":" STR_FMT, STR_ARG(path), STR_ARG(line));
            /* A part that stands twice asks twice from one place. */
            void **slot = map_put(place, name);
            str *all = *slot ? *slot : NEW(mem, str);
            *all = arena_printf(mem, STR_FMT " " STR_FMT, STR_ARG(*all), STR_ARG(digits));
            *slot = all;
        }
    }
}

static void compare_rows(struct arena *mem, struct verification *v)
{
    struct map then, now;
    rows_by_place(mem, v->then.rows, &then);
    rows_by_place(mem, v->now.rows, &now);
    v->nqueries = now.n;
    v->differs = NEW_ARRAY(mem, then.n + now.n, str);
    for (size_t i = 0; i < then.n; i++) {
        const str *other = map_get(&now, then.at[i].key);
        if (!other || !str_eq(*other, *(const str *)then.at[i].value))
            v->differs[v->ndiffers++] = then.at[i].key;
    }
    for (size_t i = 0; i < now.n; i++)
        if (!map_get(&then, now.at[i].key))
            v->differs[v->ndiffers++] = now.at[i].key;
    for (size_t i = 0; i < then.n; i++)
        v->nqueries += !map_get(&now, then.at[i].key);
}

/* A page's PDF lies beside the page, a report's by its own address, apart what only a person or an
 * audience may see. */
static str made_path(struct arena *mem, const struct pdf_origin *o, str site, str output)
{
    if (str_ends(o->address, S(".html")))
        return arena_printf(mem, STR_FMT "/" STR_FMT "/" STR_FMT ".pdf", STR_ARG(site),
                            STR_ARG(o->audience),
                            STR_ARG(str_sub(o->address, 0, o->address.n - 5)));
    str apart = private_folder(mem, o->audience);
    const str folder[] = {S("reports"), path_join(mem, apart, S("reports")), S("private"), apart,
                          S("")}; /* the last two for `folder:` */
    str path = (str){0};
    for (size_t i = 0; i < 5 && !(path.n && file_exists(path)); i++)
        path = path_join(mem, path_join(mem, output, folder[i]), o->address);
    return path;
}

static enum verdict make_again(struct arena *mem, const struct book *book, str folder, str file,
                               day as_of, int jobs, struct verification *v, struct diags *diags)
{
    bool is_page = str_ends(v->then.address, S(".html"));
    str output = path_join(mem, folder, S("output")), site = path_join(mem, folder, S("site"));
    struct build_stats stats;
    struct build_options options = {
        .site = is_page ? site : S(""),
        .output = output,
        .report = is_page ? (str){0} : v->then.report,
        .address = v->then.address,
        .open = {.as_of = as_of, .report = is_page ? (str){0} : v->then.report},
        .jobs = jobs,
        .force = true,
    };
    str made;
    if (build_book(mem, book, &options, &stats, diags) == BUILD_FAILED)
        return VERDICT_broken_book;
    /* What a file says of itself anybody can have written: it names no other file than the one
     * made. */
    if (stats.pages + stats.reports == 0 || !book_has_audience(book, v->then.audience))
        return VERDICT_none;
    str path = made_path(mem, &v->then, site, output);
    if (!file_exists(path))
        return VERDICT_none;
    if (!file_read(mem, path, &made, diags) || !pdf_origin_read(mem, made, &v->now))
        return VERDICT_broken_book;
    if (str_eq(made, file))
        return VERDICT_same;
    compare_rows(mem, v);
    return VERDICT_other;
}

enum verdict verify_file(struct arena *mem, const struct book *book, str file, day as_of, int jobs,
                         struct verification *v, struct diags *diags)
{
    str folder = dir_temporary(mem, diags);
    if (!str_is_set(folder))
        return VERDICT_broken_book;
    enum verdict verdict =
        make_again(mem, book, folder, file, as_of == DAY_NONE ? day_parse(v->then.as_of) : as_of,
                   jobs, v, diags);
    tree_remove(folder);
    return verdict;
}
