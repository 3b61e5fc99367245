#include "context.h"

#include <string.h>

/* The name under which a browser saves the file: no folder, no leading dot, nothing that a disk or
 * a spreadsheet minds; it ends in .csv. */
static str safe_name(struct arena *mem, str file)
{
    str stem = path_base(file);
    if (str_ends(stem, S(".csv")))
        stem = str_sub(stem, 0, stem.n - 4);
    char *plain = arena_alloc(mem, stem.n + 1);
    for (size_t i = 0; i < stem.n; i++) {
        unsigned char c = (unsigned char)stem.p[i];
        bool minds = c < ' ' || c == 0x7f || strchr("\\:*?\"<>|", c) || (c == '.' && i == 0);
        plain[i] = minds ? '-' : stem.p[i];
    }
    str name = stem.n ? (str){plain, stem.n} : S("table");
    return arena_printf(mem, STR_FMT ".csv", STR_ARG(name));
}

/* Two of one name on a page would lie in one place. Its ids have no colon, so they share the
 * map. */
static str unique_name(struct context *c, str name)
{
    str stem = str_sub(name, 0, name.n - 4), file = name;
    for (size_t i = 2;; i++) {
        str key = arena_printf(c->mem, "file:" STR_FMT, STR_ARG(text_fold(c->mem, file)));
        if (!map_get(&c->ids, key)) {
            *map_put(&c->ids, key) = c;
            return file;
        }
        file = arena_printf(c->mem, STR_FMT "-%zu.csv", STR_ARG(stem), i);
    }
}

struct node *block_download(struct context *c, const struct block *b, const struct result *r)
{
    struct node *node = node_new(c->mem, NODE_download, b->at);
    str file = option_filled(c, b, OPTION_file, true);

    if (!str_is_set(file)) {
        diags_add(c->diags, DIAG_OPTION_MISSING, b->at, S("file"), S("download"));
        return NULL;
    }
    node->download.file = unique_name(c, safe_name(c->mem, file));
    node->download.label = option_filled(c, b, OPTION_caption, false);
    node->download.table = table_of_all(c, b, r);
    return node;
}
