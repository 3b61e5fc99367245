#include "html.h"

/* The theme's files that pages ask for. The layout is not among them: it is in every page. */
static const char *const assets[] = {"site.css", "site.js", "favicon.svg"};

/* The file in the first folder of the theme that has it. False with a diagnostic if none does. */
static bool read_theme_file(struct arena *mem, const struct site *site, str name, str *path,
                            str *text, struct diags *diags)
{
    for (size_t i = 0; i < site->nthemes; i++) {
        *path = path_join(mem, site->theme[i], name);
        if (name_taken(*path))
            return file_read(mem, *path, text, diags);
    }
    str last = site->nthemes ? site->theme[site->nthemes - 1] : S("theme");
    return diags_add(diags, DIAG_THEME_FILE, ((struct place){last, 0, 0}), name);
}

bool theme_read(struct arena *mem, struct site *site, struct diags *diags)
{
    str path;
    return read_theme_file(mem, site, S("page.html"), &path, &site->layout, diags) &&
           layout_check(site->layout, path, diags);
}

bool render_assets(const struct site *site, str dir, struct diags *diags)
{
    struct arena *mem = arena_new();
    bool fine = true;

    for (size_t i = 0; fine && i < sizeof assets / sizeof *assets; i++) {
        str path, text;
        fine = read_theme_file(mem, site, str_of(assets[i]), &path, &text, diags) &&
               file_write(path_join(mem, dir, str_of(assets[i])), text, diags);
    }
    arena_free(mem);
    return fine;
}
