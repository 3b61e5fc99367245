#include "changes.h"

#include <math.h>

/* ---- key figures of one state ---- */

/* One figure of one state, before it is paired with itself in the other. */
struct figure {
    str key; /* scope, of, system and name */
    str system, name, scope, of, page, page_key;
    struct value value;
};
typedef LIST(struct figure) figure_list;

static str text_of(const struct result *r, size_t row, const char *column)
{
    int col = result_column(r, str_of(column));
    struct value v =
        col < 0 ? (struct value){.kind = VALUE_NULL} : result_cell(r, row, (size_t)col);
    return v.kind == VALUE_TEXT ? v.s : S("");
}

static bool read_figures(struct changes *c, const struct opened *o, const char *sql,
                         figure_list *figures, struct diags *diags)
{
    struct query q = {
        .sql = str_of(sql), .at = {.file = S("figures"), .line = 1}, .audience = c->audience};
    struct result *r = query_run(o->store, c->mem, &q, diags);
    if (!r)
        return false;
    int value = result_column(r, S("value"));
    for (size_t i = 0; i < r->nrows; i++) {
        struct figure f = {
            .system = text_of(r, i, "system"),
            .name = text_of(r, i, "name"),
            .scope = text_of(r, i, "scope"),
            .of = text_of(r, i, "of"),
            .page = text_of(r, i, "page"),
            .page_key = text_of(r, i, "key"),
            .value = result_cell(r, i, (size_t)value),
        };
        f.key = arena_printf(c->mem, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                             STR_ARG(f.scope), STR_ARG(f.of), STR_ARG(f.system), STR_ARG(f.name));
        PUSH(c->mem, figures, f);
    }
    return true;
}

static bool all_figures(struct changes *c, const struct opened *o, figure_list *figures,
                        struct diags *diags)
{
    return read_figures(c, o,
                        "SELECT 'company' AS scope, '' AS of, system, name, value, page, key "
                        "FROM figures ORDER BY rank, system, name",
                        figures, diags) &&
           read_figures(c, o,
                        "SELECT scope, of, system, name, value, scope AS page, of AS key "
                        "FROM scope_figures WHERE scope <> 'company' "
                        "ORDER BY rank, system, name, scope, of",
                        figures, diags);
}

/* ---- one that moved ---- */

static str written(struct changes *c, const struct opened *o, struct value v,
                   const struct meaning *m, bool sign)
{
    enum type type = m ? m->type : v.kind == VALUE_REAL ? TYPE_number : TYPE_integer;
    str format = type == TYPE_money ? S("whole") : m ? m->format : (str){0};
    if (sign && type == TYPE_rate)
        format = S("points");
    if (sign)
        format = arena_printf(c->mem, "+" STR_FMT, STR_ARG(format));
    str text = format_value(c->mem, o->store, v, type, format);
    str unit = type == TYPE_money       ? store_language(o->store)->currency
               : m && type != TYPE_rate ? m->unit
                                        : (str){0};
    if (sign || !unit.n || v.kind == VALUE_NULL)
        return text;
    return arena_printf(c->mem, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(unit));
}

static str difference_of(struct changes *c, const struct opened *o, double before, double now,
                         const struct meaning *m)
{
    if (isnan(before) || isnan(now))
        return S("–");
    struct value v = {.kind = VALUE_REAL, .r = now - before};
    if (m && (m->type == TYPE_money || m->type == TYPE_integer))
        v = (struct value){.kind = VALUE_INT, .i = (int64_t)llround(now - before)};
    str text = written(c, o, v, m, true);
    if (before == 0 || (m && m->type == TYPE_rate))
        return text;
    str share = fmt_percent(c->mem, store_language(o->store), fabs((now - before) / before), 1);
    return arena_printf(c->mem, STR_FMT " (%s" STR_FMT ")", STR_ARG(text), now < before ? "−" : "+",
                        STR_ARG(share));
}

static double size_of(double before, double now)
{
    if (isnan(before) || isnan(now))
        return 1;
    double most = fmax(fabs(before), fabs(now));
    return most > 0 ? fabs(now - before) / most : 0;
}

/* ---- the rows that did it ---- */

/* Tables under a system's figures; an empty result if it has none. */
static const struct result *sources_of(struct changes *c, const struct opened *o, str system,
                                       bool company, struct map *known)
{
    str view = arena_printf(c->mem, STR_FMT "%s", STR_ARG(system),
                            company ? "_figures" : "_scope_figures");
    struct diags ignored;
    void **slot = map_put(known, view);
    if (*slot)
        return *slot;
    diags_init(&ignored, c->mem);
    /* A system's name is a folder's, checked when it was read; a query that fails has no sources.
     */
    struct query q = {
        .sql = arena_printf(c->mem, "SELECT name FROM \"" STR_FMT "\"", STR_ARG(view)),
        .at = {.file = view, .line = 1},
        .audience = c->audience,
    };
    struct result *r = query_run(o->store, c->mem, &q, &ignored);
    *slot = r ? r : NEW(c->mem, struct result);
    return *slot;
}

static bool reads(const struct result *sources, str table)
{
    for (size_t i = 0; i < sources->nsources; i++)
        if (str_eq(sources->source[i].table, table))
            return true;
    return false;
}

static bool concerns(const struct changed_row *row, const struct changed_figure *f)
{
    if (str_eq(f->scope, S("company")))
        return true;
    for (size_t i = 0; i < row->nvalues; i++)
        if (str_eq(row->value[i], f->of))
            return true;
    return false;
}

/* The weightiest of the rows under a figure: an insertion into a short list, for there are
 * thousands of rows and few are shown. */
static void find_rows(struct changes *c, struct changed_figure *f, const struct result *sources)
{
    enum { SHOWN = 5 };
    f->row = NEW_ARRAY(c->mem, SHOWN, size_t);
    for (size_t i = 0; i < c->row.n; i++) {
        const struct changed_row *row = &c->row.at[i];
        if (!reads(sources, row->table) || !concerns(row, f))
            continue;
        size_t at = f->nrows;
        while (at && c->row.at[f->row[at - 1]].weight < row->weight)
            at--;
        if (at == SHOWN) {
            f->more++;
            continue;
        }
        if (f->nrows == SHOWN)
            f->more++;
        else
            f->nrows++;
        for (size_t k = f->nrows - 1; k > at; k--)
            f->row[k] = f->row[k - 1];
        f->row[at] = i;
    }
}

/* ---- the whole ---- */

/* Whether another system has the same figure of the same values. */
static bool is_told(struct changes *c, struct map *told, const struct figure *f,
                    const struct changed_figure *moved)
{
    str key =
        arena_printf(c->mem, "told\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                     STR_ARG(f->scope), STR_ARG(f->of), STR_ARG(f->name), STR_ARG(moved->before),
                     STR_ARG(moved->now));
    void **slot = map_put(told, key);
    bool before = *slot != NULL;
    *slot = c;
    return before;
}

static void compare_figure(struct changes *c, const struct opened *before, const struct opened *now,
                           const struct figure *was, const struct figure *is, struct map *told)
{
    const struct figure *f = is ? is : was;
    const struct opened *o = is ? now : before;
    const struct meaning *m = model_meaning(&o->model, f->name);
    double x = was ? value_number(was->value) : NAN, y = is ? value_number(is->value) : NAN;
    struct value none = {.kind = VALUE_NULL};
    if ((isnan(x) && isnan(y)) || size_of(x, y) < 1e-9) {
        c->nsteady++;
        return;
    }
    struct changed_figure moved = {
        .label = m && m->label.n ? m->label : f->name,
        .scope = f->scope,
        .of = f->of,
        .before = written(c, before, was ? was->value : none, m, false),
        .now = written(c, now, is ? is->value : none, m, false),
        .difference = difference_of(c, now, x, y, m),
        .size = size_of(x, y),
        .page = f->page,
        .key = f->page_key,
        .nth = c->figure.n,
    };
    /* What nobody sees move has not moved; what two systems count is one figure. */
    if (str_eq(moved.before, moved.now) || is_told(c, told, f, &moved)) {
        c->nsteady++;
        return;
    }
    moved.of_name = store_name_of(o->store, c->audience, f->scope, f->of, NULL);
    if (!moved.of_name.n)
        moved.of_name = f->of;
    find_rows(c, &moved, sources_of(c, o, f->system, str_eq(f->scope, S("company")), told));
    PUSH(c->mem, &c->figure, moved);
}

static bool is_company(const struct changed_figure *f)
{
    return str_eq(f->scope, S("company"));
}

/* Those of the start page first; then by size, then as they are ranked. */
static int by_size(const void *a, const void *b)
{
    const struct changed_figure *x = a, *y = b;
    if (is_company(x) != is_company(y))
        return is_company(x) ? -1 : 1;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->nth > y->nth) - (x->nth < y->nth);
}

bool compare_figures(struct changes *c, const struct opened *before, const struct opened *now,
                     struct diags *diags)
{
    figure_list was = {0}, is = {0};
    struct map known, told; /* told: also the sources of each system, by its view */
    if (!all_figures(c, before, &was, diags) || !all_figures(c, now, &is, diags))
        return false;
    map_init(&known, c->mem);
    map_init(&told, c->mem);
    for (size_t i = 0; i < was.n; i++)
        *map_put(&known, was.at[i].key) = &was.at[i];
    for (size_t i = 0; i < is.n; i++) {
        const struct figure *other = map_get(&known, is.at[i].key);
        compare_figure(c, before, now, other, &is.at[i], &told);
        *map_put(&known, is.at[i].key) = c; /* told */
    }
    for (size_t i = 0; i < was.n; i++)
        if (map_get(&known, was.at[i].key) == &was.at[i])
            compare_figure(c, before, now, &was.at[i], NULL, &told);
    if (c->figure.n)
        qsort(c->figure.at, c->figure.n, sizeof *c->figure.at, by_size);
    return true;
}

bool compare_books(struct changes *c, const struct book *before, const struct book *now,
                   const struct open_options *options, struct diags *diags)
{
    struct opened was = {0}, is = {0};
    struct diags quiet;
    diags_init(&quiet, c->mem);
    /* What is wrong with rows, check says; what keeps a book from being opened is said here. */
    bool ok = open_book(c->mem, before, options, &was, &quiet) &&
              open_book(c->mem, now, options, &is, &quiet);
    if (ok) {
        c->as_of_before = store_as_of(was.store);
        c->as_of_now = store_as_of(is.store);
        compare_tables(c, &was, &is);
        ok = compare_figures(c, &was, &is, &quiet);
    }
    if (!ok)
        diags_merge(diags, &quiet);
    opened_close(&was);
    opened_close(&is);
    return ok;
}
