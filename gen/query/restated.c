#include "store.h"

/* What differs from what was published, as tables like those of quality.c. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

void store_restated(struct store *s, const struct restated *restated, await_fn *await, void *arg)
{
    s->restated = restated;
    s->await = await;
    s->await_arg = arg;
}

/* Figures of several types in one column: money in smallest units; `type` tells what a row's
 * are. */
static struct value number(struct value v)
{
    return v.kind == VALUE_INT ? (struct value){.kind = VALUE_REAL, .r = (double)v.i} : v;
}

static bool load_figures(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"month", TYPE_month},     {"report", TYPE_string}, {"of", TYPE_string},
        {"page", TYPE_string},     {"seq", TYPE_integer},   {"block", TYPE_string},
        {"title", TYPE_string},    {"key", TYPE_string},    {"kind", TYPE_string},
        {"name", TYPE_string},     {"label", TYPE_string},  {"published", TYPE_number},
        {"restated", TYPE_number}, {"type", TYPE_string},   {"tables", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_restated", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; s->restated && i < s->restated->figures.n; i++) {
        const struct restated_figure *f = &s->restated->figures.at[i];
        const struct value row[] = {
            fact_text(month_iso(s->mem, f->month)),
            fact_text(f->report),
            fact_text(f->of),
            fact_text(f->page),
            fact_whole((int64_t)i + 1),
            fact_text(f->block),
            fact_text(f->title),
            fact_text(f->key),
            fact_text(f->kind),
            fact_text(f->name),
            fact_text(f->label),
            number(f->was),
            number(f->now),
            fact_text(type_name(f->type)),
            fact_text(f->tables),
        };
        fact_row(&t, row);
    }
    fact_end(&t);
    return true;
}

static bool load_rows(struct store *s, struct diags *diags)
{
    static const struct fact_column columns[] = {
        {"month", TYPE_month},       {"tbl", TYPE_string},       {"day", TYPE_string},
        {"rows_then", TYPE_integer}, {"rows_now", TYPE_integer}, {"file_names", TYPE_string},
        {"file_lines", TYPE_string},
    };
    struct fact_table t;
    if (!fact_begin(s, &t, "data_restated_rows", columns, COUNT(columns), diags))
        return false;
    for (size_t i = 0; s->restated && i < s->restated->rows.n; i++) {
        const struct restated_rows *r = &s->restated->rows.at[i];
        const struct value row[] = {
            fact_text(month_iso(s->mem, r->month)),
            fact_text(r->table),
            fact_text(r->group.n ? r->group : (str){0}),
            fact_whole((int64_t)r->then),
            fact_whole((int64_t)r->now),
            fact_text(r->files.n ? r->files : (str){0}),
            fact_text(r->lines.n ? r->lines : (str){0}),
        };
        fact_row(&t, row);
    }
    fact_end(&t);
    return true;
}

static bool names_restated(struct arena *scratch, const struct tokens *t)
{
    for (size_t i = 0; i < t->list.n; i++) {
        const struct token *at = &t->list.at[i];
        if (at->kind != TOKEN_WORD && at->kind != TOKEN_QUOTED)
            continue;
        str name = sql_lower(scratch, token_name(scratch, at));
        if (str_eq(name, S("data_restated")) || str_eq(name, S("data_restated_rows")))
            return true;
    }
    return false;
}

bool await_restated(struct store *s, struct diags *diags)
{
    await_fn *await = s->await;
    s->await = NULL;
    return !await || await(s->await_arg, diags);
}

bool load_restated(struct store *s, const struct tokens *t, struct diags *diags)
{
    arena_reset(s->scratch);
    if (s->restated_loaded || (t && !names_restated(s->scratch, t)))
        return true;
    s->restated_loaded = true;
    bool ok = await_restated(s, diags);
    return load_figures(s, diags) && load_rows(s, diags) && ok;
}
