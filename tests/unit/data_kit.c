#include "data_kit.h"

#include <stdlib.h>

void data_kit_init(struct data_kit *k)
{
    *k = (struct data_kit){.mem = arena_new()};
    diags_init(&k->diags, k->mem);
    char dir[] = "/tmp/data_kit_XXXXXX";
    k->dir = arena_str(k->mem, str_of(mkdtemp(dir)));
    dir_make(path_join(k->mem, k->dir, S("book")), &k->diags);
    k->options = (struct load_options){
        .book = path_join(k->mem, k->dir, S("book")),
        .shown = S("book"),
        .lang = language_of(S("en"), S("CNY"), -1),
        .fiscal_year_start = 1,
        .as_of = DAY_NONE,
    };
}

void data_kit_clear(struct data_kit *k)
{
    tree_remove(k->dir);
    arena_free(k->mem);
}

void data_kit_bytes(struct data_kit *k, const char *path, str bytes)
{
    file_write(path_join(k->mem, k->dir, str_of(path)), bytes, &k->diags);
}

void data_kit_file(struct data_kit *k, const char *path, const char *text)
{
    data_kit_bytes(k, path, str_of(text));
}

bool data_kit_model(struct data_kit *k)
{
    return model_read(k->mem, k->dir, k->options.book, &k->model, &k->diags);
}

void data_kit_load(struct data_kit *k)
{
    data_kit_model(k);
    k->options.mapping = k->mappings.at;
    k->options.nmappings = k->mappings.n;
    k->data = data_load(k->mem, &k->model, &k->options, &k->diags);
}

static void add_value(struct buf *b, struct value v)
{
    switch (v.kind) {
    case VALUE_NULL:
        buf_addc(b, '-');
        break;
    case VALUE_INT:
        buf_addf(b, "%lld", (long long)v.i);
        break;
    case VALUE_REAL:
        buf_addf(b, "%g", v.r);
        break;
    case VALUE_TEXT:
        buf_add(b, v.s);
        break;
    }
}

static str kept(struct data_kit *k, struct buf *b)
{
    str text = arena_str(k->mem, b->n ? buf_str(b) : S(""));
    buf_clear(b);
    return text;
}

str data_kit_rows(struct data_kit *k, const char *table)
{
    const struct table *t = dataset_table(k->data, str_of(table));
    struct buf b = {0};
    for (size_t row = 0; row < t->nrows; row++)
        for (size_t f = 0; f < t->schema->nfields; f++) {
            buf_add(&b, f ? S("|") : row ? S(" ") : S(""));
            add_value(&b, table_value(t, f, row));
        }
    return kept(k, &b);
}

str data_kit_complaints(struct data_kit *k)
{
    struct buf b = {0};
    for (size_t i = 0; i < k->diags.list.n; i++) {
        const struct diag *d = &k->diags.list.at[i];
        if (d->severity == SEVERITY_NOTE)
            continue;
        buf_add(&b, b.n ? S("; ") : S(""));
        buf_add(&b, path_base(d->at.file));
        buf_addf(&b, ":%d:%d %s", d->at.line, d->at.col, diag_code(d));
    }
    return kept(k, &b);
}

static const struct diag *first_of(struct data_kit *k, const char *code)
{
    static const struct diag none = {.value = {"(none)", 6}};
    for (size_t i = 0; i < k->diags.list.n; i++)
        if (str_eq(str_of(diag_code(&k->diags.list.at[i])), str_of(code)))
            return &k->diags.list.at[i];
    return &none;
}

str data_kit_message(struct data_kit *k, const char *code)
{
    return diag_message(k->mem, first_of(k, code));
}

str data_kit_remedy(struct data_kit *k, const char *code)
{
    return diag_remedy(k->mem, first_of(k, code));
}

str data_kit_fix(struct data_kit *k, const char *code)
{
    str fixed = first_of(k, code)->line_fixed;
    return str_is_set(fixed) ? fixed : S("(none)");
}
