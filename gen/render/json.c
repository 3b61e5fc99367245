#include "html.h"

#include <math.h>

/* ---- values ---- */

/* One page on its way out. */
struct json {
    struct buf *out;
    struct arena *mem;
    const struct language *lang;
    bool has_block; /* one stands already: the next needs a comma */
};

void json_value(struct buf *out, struct arena *mem, struct value v, enum type type,
                const struct language *lang)
{
    if (v.kind == VALUE_NULL || (v.kind == VALUE_REAL && !isfinite(v.r)))
        buf_add(out, S("null"));
    else if (v.kind == VALUE_TEXT)
        json_text(out, v.s);
    else if (type == TYPE_boolean && v.kind == VALUE_INT)
        buf_add(out, v.i ? S("true") : S("false"));
    else
        exact_value(out, mem, v, type, lang);
}

static void put_value(struct json *j, struct value v, enum type type)
{
    json_value(j->out, j->mem, v, type, j->lang);
}

static void member(struct buf *out, const char *name, str text)
{
    if (!text.n)
        return;
    buf_addf(out, ",\"%s\":", name);
    json_text(out, text);
}

/* ---- blocks ---- */

static void open_block(struct json *j, const struct node *node, const char *kind)
{
    buf_addf(j->out, "%s\n{\"kind\":\"%s\"", j->has_block ? "," : "", kind);
    j->has_block = true;
    member(j->out, "id", node->id);
    member(j->out, "title", node->title);
    member(j->out, "note", node->note);
}

static void columns(struct json *j, const struct table_node *t)
{
    buf_add(j->out, S(",\n\"columns\":["));
    for (size_t c = 0; c < t->ncols; c++) {
        const struct table_column *col = &t->column[c];
        buf_add(j->out, c ? S(",\n{\"name\":") : S("\n{\"name\":"));
        json_text(j->out, col->name);
        member(j->out, "type", col->spark ? S("series") : type_name(col->type));
        member(j->out, "label", col->label);
        member(j->out, "unit", col->unit);
        buf_addc(j->out, '}');
    }
    buf_add(j->out, S("]"));
}

static void series(struct json *j, const double *value, size_t n, enum type type)
{
    buf_addc(j->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_addc(j->out, ',');
        put_value(j, (struct value){.kind = VALUE_REAL, .r = value[i]}, type);
    }
    buf_addc(j->out, ']');
}

static void row(struct json *j, const struct cell *cell, size_t n)
{
    for (size_t c = 0; c < n; c++) {
        if (c)
            buf_addc(j->out, ',');
        if (cell[c].spark)
            series(j, cell[c].spark, cell[c].nspark, cell[c].type);
        else
            put_value(j, cell[c].value, cell[c].type);
    }
}

static void table(struct json *j, const struct table_node *t)
{
    if (!t)
        return;
    columns(j, t);
    buf_add(j->out, S(",\n\"rows\":["));
    for (size_t r = 0; r < t->nrows; r++) {
        buf_add(j->out, r ? S(",\n[") : S("\n["));
        row(j, &t->cell[r * t->ncols], t->ncols);
        buf_addc(j->out, ']');
    }
    buf_add(j->out, S("]"));
}

static void key_figure(struct json *j, const struct kpi *k)
{
    buf_add(j->out, S("{\"label\":"));
    json_text(j->out, k->label);
    member(j->out, "type", type_name(k->type));
    buf_add(j->out, S(",\"value\":"));
    put_value(j, k->exact, k->type);
    buf_add(j->out, S(",\"target\":"));
    put_value(j, k->target, k->type);
    buf_add(j->out, S(",\"before\":"));
    put_value(j, k->before, k->type);
    if (k->spark) {
        buf_add(j->out, S(",\"series\":"));
        series(j, k->spark, k->nspark, k->type);
    }
    buf_addc(j->out, '}');
}

static void block(struct json *j, const struct node *n)
{
    switch (n->kind) {
    case NODE_kpis:
        open_block(j, n, "kpi");
        buf_add(j->out, S(",\n\"figures\":["));
        for (size_t i = 0; i < n->kpis.n; i++) {
            buf_add(j->out, i ? S(",\n") : S("\n"));
            key_figure(j, &n->kpis.at[i]);
        }
        buf_add(j->out, S("]"));
        break;
    case NODE_table:
        open_block(j, n, "table");
        table(j, n->table);
        break;
    case NODE_figure:
        open_block(j, n, "chart");
        table(j, n->figure.table);
        break;
    case NODE_graph:
        open_block(j, n, "graph");
        member(j->out, "file", n->graph.mm);
        table(j, n->graph.table);
        break;
    case NODE_form:
        open_block(j, n, "form");
        table(j, n->form.table);
        break;
    case NODE_download:
        open_block(j, n, "download");
        member(j->out, "file", n->download.file);
        table(j, n->download.table);
        break;
    default:
        return;
    }
    buf_addc(j->out, '}');
}

static void blocks(struct json *j, const struct node *parent)
{
    for (const struct node *n = parent->first; n; n = n->next) {
        if (n->only_report)
            continue;
        if (n->kind != NODE_table || !n->table->plain)
            block(j, n);
        blocks(j, n);
    }
}

void render_json(struct buf *out, const struct site *site, const struct document *d)
{
    struct json j = {.out = out, .mem = arena_new(), .lang = site->lang};

    buf_add(out, S("{\"title\":"));
    json_text(out, d->title);
    member(out, "subtitle", d->subtitle);
    member(out, "kind", d->kind);
    member(out, "key", d->key);
    member(out, "address", d->address);
    if (site->as_of != DAY_NONE)
        member(out, "as_of", day_iso(j.mem, site->as_of));
    member(out, "currency", site->lang->currency);
    buf_add(out, S(",\n\"blocks\":["));
    if (d->root)
        blocks(&j, d->root);
    buf_add(out, S("]}\n"));
    arena_free(j.mem);
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
