#include "query_kit.h"

#include <stdlib.h>

void kit_init(struct query_kit *k)
{
    *k = (struct query_kit){.mem = arena_new(), .lang = language_of(S("en"), S("CNY"), -1)};
    diags_init(&k->diags, k->mem);
    char dir[] = "/tmp/query_kit_XXXXXX";
    k->dir = arena_str(k->mem, str_of(mkdtemp(dir)));
    dir_make(path_join(k->mem, k->dir, S("book")), &k->diags);
}

void kit_file(struct query_kit *k, const char *path, const char *text)
{
    file_write(path_join(k->mem, k->dir, str_of(path)), str_of(text), &k->diags);
}

bool kit_load_from(struct query_kit *k, str image)
{
    str book = path_join(k->mem, k->dir, S("book"));
    struct load_options options = {
        .book = book,
        .shown = S("book"),
        .lang = k->lang,
        .fiscal_year_start = k->fiscal_start ? k->fiscal_start : 1,
        .as_of = k->as_of ? day_parse(str_of(k->as_of)) : DAY_NONE,
    };
    if (!model_read(k->mem, k->dir, book, &k->model, &k->diags))
        return false;
    k->data = data_load(k->mem, &k->model, &options, &k->diags);
    k->store = store_new(k->mem, k->data, &k->lang, options.fiscal_year_start, &k->diags);
    if (k->as_asked)
        store_as_asked(k->store);
    if (k->keeps)
        store_keep_image(k->store, (struct hash128){k->key, 0}, (struct kept_text){.text = image},
                         (struct hash128){0});

    LIST(struct model_file) files = {0};
    for (size_t i = 0; i < k->model.systems.n; i++) {
        const struct system *system = &k->model.systems.at[i];
        struct model_file f = {.system = system->name};
        f.path = arena_printf(k->mem, STR_FMT "/model.sql", STR_ARG(system->name));
        str path = path_join(k->mem, system->dir, S("model.sql"));
        if (file_exists(path) && file_read(k->mem, path, &f.text, &k->diags))
            PUSH(k->mem, &files, f);
    }
    for (size_t i = 0; i < k->model.kept.n && k->unwants; i++)
        k->model.kept.at[i].unwanted = true;
    if (k->asks) {
        struct wanted *w = wanted_new(k->mem, &k->model, files.at, files.n);
        wanted_text(w, str_of(k->asks));
        wanted_mark(w, &k->model);
        store_wanted(k->store, w);
    }
    const str kinds[] = {S("person"), S("region")};
    return store_load(k->store, files.at, files.n, kinds, 2, &k->diags);
}

bool kit_load(struct query_kit *k)
{
    return kit_load_from(k, (str){0});
}

bool kit_again(struct query_kit *k)
{
    str image = store_image(k->store);
    if (image.n)
        k->image = arena_str(k->mem, image); /* else the one before would do as well */
    store_image_free(image);
    store_free(k->store);
    diags_init(&k->diags, k->mem);
    return kit_load_from(k, k->image);
}

void kit_clear(struct query_kit *k)
{
    tree_remove(k->dir);
    store_free(k->store);
    arena_free(k->mem);
}

static void add_value(struct query_kit *k, struct buf *b, struct value v)
{
    switch (v.kind) {
    case VALUE_NULL:
        buf_addc(b, '-');
        break;
    case VALUE_INT:
        buf_addf(b, "%lld", (long long)v.i);
        break;
    case VALUE_REAL:
        buf_add(b, fmt_exact(k->mem, v.r));
        break;
    case VALUE_TEXT:
        buf_add(b, v.s);
        break;
    }
}

static struct result *ask(struct query_kit *k, const char *audience, const char *sql)
{
    static const struct param person = {{"person", 6}, {VALUE_TEXT, {.s = {"li.wei", 6}}}};
    struct query q = {
        .sql = str_of(sql),
        .at = {S("page.md"), 10, 1},
        .audience = audience ? str_of(audience) : (str){0},
        .param = &person,
        .nparams = 1,
    };
    diags_init(&k->diags, k->mem);
    return query_run(k->store, k->mem, &q, &k->diags);
}

str kit_ask_as(struct query_kit *k, const char *audience, const char *sql)
{
    struct buf b = {0};
    struct result *r = ask(k, audience, sql);
    if (!r)
        buf_addf(&b, "!%s", k->diags.list.n ? diag_code(&k->diags.list.at[0]) : "nothing said");
    for (size_t i = 0; r && i < r->nrows * r->ncols; i++) {
        if (i)
            buf_addc(&b, i % r->ncols ? '|' : ' ');
        add_value(k, &b, r->cell[i]);
    }
    str text = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

str kit_ask(struct query_kit *k, const char *sql)
{
    return kit_ask_as(k, NULL, sql);
}

str kit_types(struct query_kit *k, const char *sql)
{
    struct buf b = {0};
    struct result *r = ask(k, NULL, sql);
    for (size_t i = 0; r && i < r->ncols; i++) {
        str type = type_name(r->column[i].type);
        buf_addf(&b, "%s" STR_FMT ":" STR_FMT, i ? " " : "", STR_ARG(r->column[i].name),
                 STR_ARG(type));
    }
    str text = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

str kit_complaint(struct query_kit *k)
{
    if (!k->diags.list.n)
        return S("none");
    const struct diag *d = &k->diags.list.at[0];
    return arena_printf(k->mem, STR_FMT ":%d:%d %s", STR_ARG(path_base(d->at.file)), d->at.line,
                        d->at.col, diag_code(d));
}

str kit_message(struct query_kit *k)
{
    if (!k->diags.list.n)
        return S("none");
    str message = diag_message(k->mem, &k->diags.list.at[0]);
    str remedy = diag_remedy(k->mem, &k->diags.list.at[0]);
    return arena_printf(k->mem, STR_FMT "; " STR_FMT, STR_ARG(message), STR_ARG(remedy));
}
