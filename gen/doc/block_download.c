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

struct node *block_download(struct context *c, const struct block *b, const struct result *r)
{
    struct node *node = node_new(c->mem, NODE_download, b->at);
    str file = option_filled(c, b, OPTION_file, true);

    if (!str_is_set(file)) {
        diags_add(c->diags, DIAG_OPTION_MISSING, b->at, S("file"), S("download"));
        return NULL;
    }
    node->download.file = safe_name(c->mem, file);
    node->download.label = option_filled(c, b, OPTION_caption, false);
    node->download.table = table_of_all(c, b, r);
    return node;
}
