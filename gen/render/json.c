#include "html.h"

#include <math.h>

/* ---- values ---- */

static void json_value(struct buf *out, struct value v, enum type type, const struct language *lang)
{
    if (v.kind == VALUE_NULL || (v.kind == VALUE_REAL && !isfinite(v.r)))
        buf_add(out, S("null"));
    else if (v.kind == VALUE_TEXT)
        json_text(out, v.s);
    else if (type == TYPE_boolean && v.kind == VALUE_INT)
        buf_add(out, v.i ? S("true") : S("false"));
    else
        exact_value(out, v, type, lang);
}

static void member(struct buf *out, const char *name, str text)
{
    if (!text.n)
        return;
    buf_addf(out, ",\"%s\":", name);
    json_text(out, text);
}

/* ---- blocks ---- */

static void open_block(struct buf *out, const struct node *node, const char *kind, bool *first)
{
    buf_addf(out, "%s\n{\"kind\":\"%s\"", *first ? "" : ",", kind);
    *first = false;
    member(out, "id", node->id);
    member(out, "title", node->title);
    member(out, "note", node->note);
}

static void columns(struct buf *out, const struct table_node *t)
{
    buf_add(out, S(",\n\"columns\":["));
    for (size_t c = 0; c < t->ncols; c++) {
        const struct table_column *col = &t->column[c];
        buf_add(out, c ? S(",\n{\"name\":") : S("\n{\"name\":"));
        json_text(out, col->name);
        member(out, "type", col->spark ? S("series") : type_name(col->type));
        member(out, "label", col->label);
        member(out, "unit", col->unit);
        buf_addc(out, '}');
    }
    buf_add(out, S("]"));
}

static void series(struct buf *out, const double *value, size_t n, enum type type,
                   const struct language *lang)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_addc(out, ',');
        json_value(out, (struct value){.kind = VALUE_REAL, .r = value[i]}, type, lang);
    }
    buf_addc(out, ']');
}

static void rows(struct buf *out, const struct table_node *t, const struct language *lang)
{
    buf_add(out, S(",\n\"rows\":["));
    for (size_t r = 0; r < t->nrows; r++) {
        buf_add(out, r ? S(",\n[") : S("\n["));
        for (size_t c = 0; c < t->ncols; c++) {
            const struct cell *cell = &t->cell[r * t->ncols + c];
            if (c)
                buf_addc(out, ',');
            if (cell->spark)
                series(out, cell->spark, cell->nspark, cell->type, lang);
            else
                json_value(out, cell->value, cell->type, lang);
        }
        buf_addc(out, ']');
    }
    buf_add(out, S("]"));
}

static void table(struct buf *out, const struct table_node *t, const struct language *lang)
{
    if (!t)
        return;
    columns(out, t);
    rows(out, t, lang);
}

static void key_figures(struct buf *out, const struct node *node, const struct language *lang)
{
    buf_add(out, S(",\n\"figures\":["));
    for (size_t i = 0; i < node->kpis.n; i++) {
        const struct kpi *k = &node->kpis.at[i];
        buf_add(out, i ? S(",\n{\"label\":") : S("\n{\"label\":"));
        json_text(out, k->label);
        member(out, "type", type_name(k->type));
        buf_add(out, S(",\"value\":"));
        json_value(out, k->exact, k->type, lang);
        buf_add(out, S(",\"target\":"));
        json_value(out, k->target, k->type, lang);
        buf_add(out, S(",\"before\":"));
        json_value(out, k->before, k->type, lang);
        if (k->spark) {
            buf_add(out, S(",\"series\":"));
            series(out, k->spark, k->nspark, k->type, lang);
        }
        buf_addc(out, '}');
    }
    buf_add(out, S("]"));
}

static void blocks(struct buf *out, const struct node *parent, const struct language *lang,
                   bool *first)
{
    for (const struct node *n = parent->first; n; n = n->next) {
        if (n->only_report)
            continue;
        if (n->kind == NODE_kpis) {
            open_block(out, n, "kpi", first);
            key_figures(out, n, lang);
        } else if (n->kind == NODE_table && !n->table->plain) {
            open_block(out, n, "table", first);
            table(out, n->table, lang);
        } else if (n->kind == NODE_figure) {
            open_block(out, n, "chart", first);
            table(out, n->figure.table, lang);
        } else if (n->kind == NODE_graph) {
            open_block(out, n, "graph", first);
            table(out, n->graph.table, lang);
        } else if (n->kind == NODE_download) {
            open_block(out, n, "download", first);
            member(out, "file", n->download.file);
            table(out, n->download.table, lang);
        } else {
            blocks(out, n, lang, first);
            continue;
        }
        buf_addc(out, '}');
    }
}

void render_json(struct buf *out, const struct site *site, const struct document *d)
{
    struct arena *mem = arena_new();
    bool first = true;

    buf_add(out, S("{\"title\":"));
    json_text(out, d->title);
    member(out, "subtitle", d->subtitle);
    member(out, "kind", d->kind);
    member(out, "key", d->key);
    member(out, "address", d->address);
    if (site->as_of != DAY_NONE)
        member(out, "as_of", day_iso(mem, site->as_of));
    member(out, "currency", site->lang->currency);
    buf_add(out, S(",\n\"blocks\":["));
    if (d->root)
        blocks(out, d->root, site->lang, &first);
    buf_add(out, S("]}\n"));
    arena_free(mem);
}

/* ---- the index of the search ---- */

void render_search(struct buf *out, const struct search_entry *entry, size_t n)
{
    buf_add(out, S("var searchIndex = [\n"));
    for (size_t i = 0; i < n; i++) {
        const str field[] = {entry[i].title, entry[i].kind, entry[i].address, entry[i].text};
        for (size_t f = 0; f < 4; f++) {
            buf_addc(out, f ? ',' : '[');
            json_text(out, field[f]);
        }
        buf_add(out, i + 1 < n ? S("],\n") : S("]\n"));
    }
    buf_add(out, S("];\n"));
}
