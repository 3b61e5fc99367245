/* What SQLite refuses or fails at, said in a diagnostic: where, why, and what was meant instead. */
#include "store.h"

/* The word behind the last ':' of SQLite's message, without the table before its dot. */
static str complained_of(str message, str head)
{
    if (!str_starts(message, head))
        return (str){0};
    str word = str_sub(message, head.n, message.n);
    for (size_t dot; (dot = str_find(word, S("."), 0)) < word.n;)
        word = str_sub(word, dot + 1, word.n);
    return word;
}

static str nearest_relation(struct store *s, str word)
{
    str *names = NEW_ARRAY(s->mem, s->relations.n + 1, str);
    for (size_t i = 0; i < s->relations.n; i++)
        names[i] = s->relations.at[i]->name;
    return text_nearest(word, names, s->relations.n);
}

typedef LIST(const struct relation *) relation_list;

/* The tables that a query names. */
static relation_list named_in(struct store *s, str sql)
{
    relation_list list = {0};
    struct tokens t = sql_tokens(s->mem, sql);
    for (size_t i = 0; i < t.list.n; i++) {
        const struct relation *r = relation_get(s, token_name(s->mem, &t.list.at[i]));
        if (r)
            PUSH(s->mem, &list, r);
    }
    return list;
}

static str nearest_column(struct store *s, const relation_list *among, str word)
{
    LIST(str) names = {0};
    for (size_t i = 0; i < among->n; i++)
        for (size_t k = 0; k < among->at[i]->ncols; k++)
            PUSH(s->mem, &names, among->at[i]->column[k].name);
    return text_nearest(word, names.at, names.n);
}

static const struct relation *first_with(const relation_list *among, str column)
{
    for (size_t i = 0; i < among->n; i++)
        if (relation_column(among->at[i], column))
            return among->at[i];
    return NULL;
}

/* "sales, deals and others": relations that have the column; empty if none is known to. */
static str any_with(struct store *s, str column)
{
    enum { NAMED = 3 };
    str of = S("");
    size_t n = 0;
    for (size_t i = 0; i < s->relations.n; i++)
        if (relation_column(s->relations.at[i], column) && ++n <= NAMED)
            of = arena_printf(s->mem, STR_FMT "%s" STR_FMT, STR_ARG(of), n > 1 ? ", " : "",
                              STR_ARG(s->relations.at[i]->name));
    return n > NAMED ? arena_printf(s->mem, STR_FMT " and others", STR_ARG(of)) : of;
}

/* Whether the query writes a word in double quotes, as if it were a text. */
static bool is_quoted(struct store *s, str sql, str word)
{
    struct tokens t = sql_tokens(s->mem, sql);
    for (size_t i = 0; i < t.list.n; i++)
        if (t.list.at[i].kind == TOKEN_QUOTED && str_eq(token_name(s->mem, &t.list.at[i]), word))
            return true;
    return false;
}

static str meant(struct store *s, str near)
{
    return near.n ? arena_printf(s->mem, "did you mean " STR_FMT "?", STR_ARG(near)) : near;
}

static str hint_for_column(struct store *s, str sql, str column)
{
    relation_list among = named_in(s, sql);
    const struct relation *named = first_with(&among, column);
    str near = named ? (str){0} : nearest_column(s, &among, column);
    if (near.n)
        return meant(s, near);
    if (is_quoted(s, sql, column))
        return S("double quotes are for names: write a text in single ones");
    str of = named ? named->name : any_with(s, column);
    return of.n ? arena_printf(s->mem, STR_FMT " is a column of " STR_FMT, STR_ARG(column),
                               STR_ARG(of))
                : of;
}

static str hint(struct store *s, str sql, str message)
{
    str table = complained_of(message, S("no such table: "));
    str column = complained_of(message, S("no such column: "));
    str function = complained_of(message, S("no such function: "));
    str hint = table.n      ? meant(s, nearest_relation(s, table))
               : column.n   ? hint_for_column(s, sql, column)
               : function.n ? meant(s, function_nearest(function))
                            : (str){0};
    return hint.n ? hint : S("correct the SQL");
}

/* ": sales_by_day, sales_month", or nothing. */
static str rollups_of(struct store *s, str table)
{
    str list = S("");
    for (size_t i = 0; i < s->model->rollups.n; i++) {
        const struct rollup *r = &s->model->rollups.at[i];
        if (str_eq(r->of, table))
            list = arena_printf(s->mem, STR_FMT "%s" STR_FMT, STR_ARG(list), list.n ? ", " : ": ",
                                STR_ARG(r->name));
    }
    return list;
}

static str instead_of_function(str name)
{
    static const char *const clocks[] = {"date",         "time",         "datetime",
                                         "julianday",    "unixepoch",    "strftime",
                                         "current_date", "current_time", "current_timestamp"};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        if (str_eq(name, str_of(clocks[i])))
            return S(
                "reckon from as_of() with add_days(), month(), days_between(): a page says the "
                "same on every day");
    if (function_allowed(name, true))
        return S(
            "call it in the page: a model is evaluated before it is known which pages there are");
    return S("DESIGN.md lists the functions that may be called");
}

static bool refused(struct store *s, const struct query *q, struct diags *diags)
{
    const struct permit *p = &s->permit;
    switch (p->refused) {
    case REFUSED_RELATION:
        return diags_add(diags, DIAG_QUERY_RESTRICTED, q->at, p->name, p->only_for);
    case REFUSED_BIG:
        return diags_add(diags, DIAG_QUERY_BIG, q->at, p->name, rollups_of(s, p->name));
    case REFUSED_FUNCTION:
        return diags_add(diags, DIAG_QUERY_FUNCTION, q->at, p->name, instead_of_function(p->name));
    case REFUSED_ACTION:
    case REFUSED_NOTHING:
        break;
    }
    return diags_add(diags, DIAG_QUERY_DENIED, q->at, p->name);
}

bool store_failed(struct store *s, struct database *d, const struct query *q, struct diags *diags)
{
    if (s->permit.refused != REFUSED_NOTHING)
        return refused(s, q, diags);
    int code = sqlite3_errcode(d->db), offset = sqlite3_error_offset(d->db);
    if (code == SQLITE_INTERRUPT)
        return diags_add(diags, DIAG_QUERY_SLOW, q->at,
                         arena_printf(s->mem, "%g", s->wait_ms / 1000));
    str message = arena_str(s->mem, str_of(sqlite3_errmsg(d->db)));
    struct place at = offset >= 0 ? place_within(q->at, q->sql, (size_t)offset) : q->at;
    return diags_add(diags, DIAG_QUERY_BROKEN, at, message, hint(s, q->sql, message));
}

void store_hide_values(str audience, struct diags *diags)
{
    struct diag *last = diags_last(diags);
    if (last->id == DIAG_QUERY_BROKEN)
        last->audience = audience;
}
