#include "closed.h"

#include <math.h>

/* What the reports that are closed say, number by number. They are evaluated as everybody sees
 * them. */

struct gathering {
    struct arena *mem;
    const struct opened *o;
    const struct planned *page;
    str file; /* of the report, without period and ending */
    figure_list *figures;
    struct map taken; /* page, block, key, name → how often */
};

/* ---- one figure ---- */

static bool is_figure(struct value v, enum type type)
{
    bool counts =
        type == TYPE_integer || type == TYPE_number || type == TYPE_money || type == TYPE_rate;
    return counts && (v.kind == VALUE_INT || (v.kind == VALUE_REAL && isfinite(v.r)));
}

/* As JSON writes it: money in units of the currency. */
static str value_text(struct arena *mem, const struct language *lang, struct value v,
                      enum type type)
{
    struct buf b = {0};
    if (v.kind == VALUE_REAL)
        buf_add(&b, fmt_exact(mem, type == TYPE_money ? v.r / (double)money_unit(lang) : v.r));
    else
        buf_add_decimal(&b, v.i, type == TYPE_money ? lang->money_decimals : 0, false);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

/* Two rows of one name are told apart by their order. */
static str own_key(struct gathering *g, str block, str key, str name)
{
    str all =
        arena_printf(g->mem, "%zu:" STR_FMT "%zu:" STR_FMT "%zu:" STR_FMT STR_FMT, g->file.n,
                     STR_ARG(g->file), block.n, STR_ARG(block), key.n, STR_ARG(key), STR_ARG(name));
    uintptr_t *nth = (uintptr_t *)map_put(&g->taken, all);
    return ++*nth > 1 ? arena_printf(g->mem, STR_FMT " #%zu", STR_ARG(key), (size_t)*nth) : key;
}

static void add_figure(struct gathering *g, const struct node *node, struct figure f)
{
    f.row.page = g->file;
    f.row.block = node->id;
    f.row.key = own_key(g, node->id, f.row.key, f.row.name);
    f.row.value = value_text(g->mem, &g->o->book->lang, f.value, f.type);
    f.report = g->page->page->name;
    f.of = g->page->key;
    f.title = node->title;
    struct buf tables = {0};
    buf_addc(&tables, ';');
    for (size_t i = 0; node->from && i < node->from->nsources; i++)
        buf_addf(&tables, STR_FMT ";", STR_ARG(node->from->source[i].table));
    f.tables = arena_str(g->mem, buf_str(&tables));
    buf_clear(&tables);
    PUSH(g->mem, g->figures, f);
}

/* ---- blocks ---- */

static void add_kpis(struct gathering *g, const struct node *node)
{
    for (size_t i = 0; i < node->kpis.n; i++) {
        const struct kpi *k = &node->kpis.at[i];
        if (is_figure(k->exact, k->type))
            add_figure(
                g, node,
                (struct figure){.row = {.key = S(""), .name = k->name.n ? k->name : k->label},
                                .label = k->label,
                                .value = k->exact,
                                .type = k->type});
    }
}

/* The texts of a row in its columns before `end`. */
static str key_of(struct arena *mem, const struct table_node *t, size_t row, size_t end)
{
    struct buf key = {0};
    for (size_t c = 0; c < end; c++) {
        const struct cell *cell = &t->cell[row * t->ncols + c];
        if (cell->value.kind == VALUE_TEXT && !t->column[c].spark)
            buf_addf(&key, "%s" STR_FMT, key.n ? " / " : "", STR_ARG(cell->value.s));
    }
    str text = arena_str(mem, buf_str(&key));
    buf_clear(&key);
    return text;
}

static bool tells_apart(const struct table_node *t, size_t end)
{
    struct arena *mem = arena_new();
    struct map keys;
    bool apart = true;
    map_init(&keys, mem);
    for (size_t row = 0; row < t->nrows && apart; row++) {
        void **slot = map_put(&keys, key_of(mem, t, row, end));
        apart = !*slot;
        *slot = &keys;
    }
    arena_free(mem);
    return apart;
}

/* Behind the columns whose texts name a row: as few from the left as tell all rows apart, for the
 * others hold states and days that change while the row stays the same. */
static size_t naming_end(const struct table_node *t)
{
    size_t end = 1;
    while (end < t->ncols && !tells_apart(t, end))
        end++;
    return end;
}

static void add_table(struct gathering *g, const struct node *node)
{
    const struct table_node *t = node->table;
    size_t end = naming_end(t);
    str kind = end == 1 ? t->column[0].name : (str){0};
    for (size_t row = 0; row < t->nrows; row++) {
        str key = key_of(g->mem, t, row, end);
        for (size_t c = 0; c < t->ncols; c++) {
            const struct cell *cell = &t->cell[row * t->ncols + c];
            if (is_figure(cell->value, cell->type))
                add_figure(g, node,
                           (struct figure){.row = {.key = key, .name = t->column[c].name},
                                           .label = t->column[c].label,
                                           .kind = kind,
                                           .value = cell->value,
                                           .type = cell->type});
        }
    }
}

static void gather(struct gathering *g, const struct node *node)
{
    for (; node; node = node->next) {
        if (node->kind == NODE_kpis)
            add_kpis(g, node);
        else if (node->kind == NODE_table && !node->table->plain)
            add_table(g, node);
        gather(g, node->first);
    }
}

/* ---- reports ---- */

static bool is_kept(const struct page *page)
{
    return page->role == PAGE_REPORT && page->closed &&
           (!page->audience.n || str_eq(page->audience, S("everyone")));
}

static bool add_report(struct gathering *g, const struct plan *plan, struct diags *diags)
{
    struct evaluation e = {
        .store = g->o->store,
        .pages = g->o->page,
        .npages = g->o->npages,
        .plan = plan,
        .audience = S("everyone"),
        .report = true,
        .figures = true,
        .book = g->o->book->dir,
        .name = g->o->book->name,
        .templates = g->o->book->templates,
    };
    str file = path_base(g->page->address);
    const struct document *d = evaluate(g->mem, &e, g->page, diags);
    g->file = str_sub(file, 0, file.n - 4);
    if (d)
        gather(g, d->root);
    return d != NULL;
}

bool figures_of(struct arena *mem, const struct opened *from, int month, figure_list *figures,
                bool *by_rows, struct diags *diags)
{
    struct opened o;
    struct plan plan = {.mem = mem};
    struct gathering g = {.mem = mem, .o = &o, .figures = figures};
    struct page **kept = NEW_ARRAY(mem, from->npages, struct page *);
    size_t n = 0;

    map_init(&g.taken, mem);
    for (size_t i = 0; i < from->npages; i++)
        if (is_kept(from->page[i]))
            kept[n++] = from->page[i];
    bool ok = open_again(mem, from, month_last(month), &o, diags) &&
              plan_pages(&plan, o.store, kept, n, S("everyone"), diags);
    for (size_t i = 0; ok && i < plan.list.n; i++) {
        g.page = &plan.list.at[i];
        ok = add_report(&g, &plan, diags);
    }
    if (by_rows)
        *by_rows = o.store && !store_read_files(o.store);
    opened_close(&o);
    return ok;
}
