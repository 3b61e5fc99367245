#include "context.h"

#include <math.h>

/* The columns of a kpi's query, by name; -1 where it has none. */
struct columns {
    int name, value, target, before, series, page, key, label, format, cases;
};

static struct columns columns_of(const struct result *r)
{
    return (struct columns){
        .name = result_column(r, S("name")),
        .value = result_column(r, S("value")),
        .target = result_column(r, S("target")),
        .before = result_column(r, S("before")),
        .series = result_column(r, S("series")),
        .page = result_column(r, S("page")),
        .key = result_column(r, S("key")),
        .label = result_column(r, S("label")),
        .format = result_column(r, S("format")),
        .cases = result_column(r, S("n")),
    };
}

static struct value value_at(const struct result *r, size_t row, int col)
{
    return col < 0 ? (struct value){0} : result_cell(r, row, (size_t)col);
}

static str text_at(const struct result *r, size_t row, int col)
{
    struct value v = value_at(r, row, col);
    return v.kind == VALUE_TEXT ? v.s : (str){0};
}

/* "+3.2 %" of the other value; for a rate the difference in points. Unset if it means nothing. */
static str difference_text(struct context *c, enum type type, double value, double other)
{
    bool is_rate = type == TYPE_rate;
    double difference = is_rate ? value - other : (value - other) / fabs(other);
    if (!isfinite(difference))
        return (str){0};
    struct value v = {.kind = VALUE_REAL, .r = difference};
    return shown(c, v, TYPE_rate, is_rate ? S("+points") : S("+percent1"));
}

static bool name_is_known(struct context *c, const struct block *b, str name)
{
    const struct model *model = store_model(c->e->store);
    if (model_meaning(model, name))
        return true;
    str *known = NEW_ARRAY(c->mem, model->meanings.n + 1, str);
    for (size_t i = 0; i < model->meanings.n; i++)
        known[i] = model->meanings.at[i]->name;
    str nearest = text_nearest(name, known, model->meanings.n);
    str remedy =
        str_is_set(nearest)
            ? arena_printf(c->mem,
                           "did you mean " STR_FMT "? if not, describe it under columns: in "
                           "tables.yaml",
                           STR_ARG(nearest))
            : S("describe it under columns: in tables.yaml, or give a column label");
    return diags_add(c->diags, DIAG_KPI_NAME, b->sql_at, name, remedy);
}

/* How the figure is written: by the row, the block, the measure; money without its cents. */
static str format_of(const struct block *b, const struct result *r, size_t row,
                     const struct columns *at, const struct meaning *m, enum type type)
{
    str format = text_at(r, row, at->format);
    if (!format.n)
        format = option_text(b, OPTION_format);
    if (!format.n && m)
        format = m->format;
    if (!format.n && type == TYPE_money)
        format = S("short");
    return format;
}

/* The line of the target is drawn only where the series measures what the figure does: where its
 * last value is the figure. A year's total has no place among months. */
static double spark_target(const struct kpi *k, double value, double target)
{
    double last = k->nspark ? k->spark[k->nspark - 1] : NAN;
    return fabs(last - value) <= 1e-9 * fabs(value) ? target : NAN;
}

static void set_comparisons(struct context *c, struct kpi *k, enum better better, str format)
{
    double value = value_number(k->exact), target = value_number(k->target),
           before = value_number(k->before);
    if (!isnan(target)) {
        k->target_text = shown(c, k->target, k->type, format);
        k->target_diff = difference_text(c, k->type, value, target);
        k->target_state = state_of(value - target, k->target_diff, better);
    }
    if (!isnan(before)) {
        k->before_text = shown(c, k->before, k->type, format);
        k->before_diff = difference_text(c, k->type, value, before);
        k->before_state = state_of(value - before, k->before_diff, better);
    }
    k->spark_target = spark_target(k, value, target);
}

static bool read_kpi(struct context *c, const struct block *b, const struct result *r, size_t row,
                     const struct columns *at, struct kpi *k)
{
    str name = text_at(r, row, at->name), label = text_at(r, row, at->label);
    str page = text_at(r, row, at->page), series = text_at(r, row, at->series);
    const struct meaning *m = model_meaning(store_model(c->e->store), name);
    if (!label.n && !name_is_known(c, b, name))
        return false;

    k->name = name;
    k->type = m && m->typed ? m->type : result_type(r, row, (size_t)at->value);
    k->exact = value_at(r, row, at->value);
    k->target = value_at(r, row, at->target);
    k->before = value_at(r, row, at->before);
    str format = format_of(b, r, row, at, m, k->type);
    k->label = label.n ? label : m->label.n ? m->label : pretty_name(c->mem, name);
    k->explain = m ? m->text : (str){0};
    k->few = few_cases(c, k->exact, k->type, value_at(r, row, at->cases));
    k->value = shown(c, k->exact, k->type, format);
    if (k->exact.kind != VALUE_NULL && !str_eq(format, S("days")))
        k->unit = unit_beside(c, k->label, unit_of(c, k->type, m));
    if (k->unit.n && k->type != TYPE_money && str_eq(k->value, S("1")))
        k->unit = m->unit_of_one;
    if (series.n && !series_read(c->mem, series, &k->spark, &k->nspark))
        return diags_add(c->diags, DIAG_SERIES_FORM, b->sql_at, series);
    set_comparisons(c, k, m ? m->better : BETTER_NONE, format);
    if (page.n)
        shown_key(c, page, value_text(c->mem, value_at(r, row, at->key)), &k->href);
    return true;
}

static bool check_columns(struct context *c, const struct block *b, const struct result *r,
                          const struct columns *at)
{
    bool ok = true;
    if (at->name < 0 && at->label < 0)
        ok = diags_add(c->diags, DIAG_KPI_COLUMN, b->sql_at, S("name"),
                       column_proposal(c->mem, S("name"), r));
    if (at->value < 0)
        ok = diags_add(c->diags, DIAG_KPI_COLUMN, b->sql_at, S("value"),
                       column_proposal(c->mem, S("value"), r));
    return ok;
}

struct node *block_kpi(struct context *c, const struct block *b, const struct result *r)
{
    struct columns at = columns_of(r);
    size_t most = (size_t)option_count(b, OPTION_rows);
    size_t n = most && most < r->nrows ? most : r->nrows;
    bool ok = check_columns(c, b, r, &at);
    if (!ok)
        return NULL;

    struct node *node = node_new(c->mem, NODE_kpis, b->at);
    node->kpis.at = NEW_ARRAY(c->mem, n, struct kpi);
    node->kpis.n = n;
    for (size_t i = 0; i < n; i++)
        ok &= read_kpi(c, b, r, i, &at, &node->kpis.at[i]);
    return ok ? node : NULL;
}
