#include "engine.h"

/* What a rollup means, said in the SQL of an engine. Keys come back as texts, and nothing as an
 * empty text, so that the answer does not depend on how a program writes NULL, a date or a boolean
 * into CSV.
 *
 * Most dialects get one GROUP BY over the rows with their references joined. ClickHouse gets two:
 * rows are folded by the references themselves, which each shard of a cluster does with its own
 * rows, and only these cells are joined and folded again. So tables that are referred to need to be
 * nowhere but where the question arrives, and versions without more than one JOIN a SELECT can
 * answer. */

/* ---- what a rollup is made of ---- */

struct part {
    struct key_part key;
    const struct foreign_key *via; /* the reference that is followed, or NULL */
    const struct schema *schema;   /* of the table that the column stands in */
    int field;
    str name; /* of its column in an inner SELECT */
};

struct parts {
    struct part at[2];
    size_t n;
};

static struct parts parts_of(const struct asking *a, const struct schema *s, str by, size_t nth)
{
    struct key_part key[2];
    struct parts parts = {.n = rollup_key(by, key)};
    for (size_t i = 0; i < parts.n; i++) {
        struct part *p = &parts.at[i];
        p->key = key[i];
        p->via = str_is_set(key[i].follow) ? schema_reference(s, key[i].column) : NULL;
        p->schema = p->via ? model_schema(a->model, p->via->table) : s;
        p->field = schema_field(p->schema, p->via ? key[i].follow : key[i].column);
        p->name = sql_quoted(a, arena_printf(a->mem, "_k%zu_%zu", nth + 1, i + 1));
    }
    return parts;
}

/* A column of the table that a reference leads to: without a partner there is no default either. */
static str followed_column(const struct asking *a, const struct part *p, const char *of)
{
    str x = sql_column(a, of, p->schema, p->field), key = sql_quoted(a, p->via->to);
    const struct field *f = &p->schema->field[p->field];
    if (f->missing.kind == VALUE_NULL && f->known_at < 0)
        return x;
    return arena_printf(a->mem, "CASE WHEN %s." STR_FMT " IS NOT NULL THEN " STR_FMT " END", of,
                        STR_ARG(key), STR_ARG(x));
}

/* A part of a key as a text that is never NULL; `of` as for sql_column(). */
static str part_text(const struct asking *a, const struct part *p, const char *of)
{
    str x = p->via && of ? followed_column(a, p, of) : sql_column(a, of, p->schema, p->field);
    if (str_is_set(p->key.function))
        return sql_filled(a, sql_applied(a, p->key.function, sql_date(a, x)));
    return sql_filled(a, sql_text_of(a, p->schema->field[p->field].type, x));
}

static str key_text(const struct asking *a, const str *part, size_t n)
{
    if (n == 1)
        return part[0];
    str first = sql_unless_empty(a, TYPE_string, part[0]);
    return arena_printf(a->mem, "coalesce(" STR_FMT ", " STR_FMT ")", STR_ARG(first),
                        STR_ARG(part[1]));
}

/* A list with commas between, one item a call. */
static void add_item(struct buf *b, str x, str name)
{
    buf_add(b, b->n ? S(", ") : S(""));
    buf_add(b, x);
    if (str_is_set(name)) {
        buf_add(b, S(" AS "));
        buf_add(b, name);
    }
}

/* ---- aggregates ---- */

enum aggregate {
    AGGREGATE_sum,
    AGGREGATE_min,
    AGGREGATE_max,
    AGGREGATE_first,
    AGGREGATE_last,
    AGGREGATE_count,
    AGGREGATE_distinct
};

struct measure {
    enum aggregate kind;
    str column, result;
    str name; /* of its column in an inner SELECT */
    enum type type;
};
typedef LIST(struct measure) measure_list;

static void add_measures(const struct asking *a, const struct schema *s, measure_list *list,
                         enum aggregate kind, const str *columns, size_t n, const char *head)
{
    for (size_t i = 0; i < n; i++) {
        struct measure m = {.kind = kind, .column = columns[i]};
        m.result = sql_quoted(a, arena_printf(a->mem, "%s" STR_FMT, head, STR_ARG(columns[i])));
        m.name = sql_quoted(a, arena_printf(a->mem, "_a%zu", list->n + 1));
        m.type = s->field[schema_field(s, columns[i])].type;
        PUSH(a->mem, list, m);
    }
}

static measure_list measures_of(const struct asking *a, const struct rollup *r,
                                const struct schema *s)
{
    measure_list list = {0};
    add_measures(a, s, &list, AGGREGATE_sum, r->sum, r->nsum, "");
    add_measures(a, s, &list, AGGREGATE_min, r->min, r->nmin, "min_");
    add_measures(a, s, &list, AGGREGATE_max, r->max, r->nmax, "max_");
    add_measures(a, s, &list, AGGREGATE_first, r->first, r->nfirst, "first_");
    add_measures(a, s, &list, AGGREGATE_last, r->last, r->nlast, "last_");
    if (str_is_set(r->count)) {
        struct measure m = {.kind = AGGREGATE_count, .result = sql_quoted(a, r->count)};
        m.name = sql_quoted(a, S("_n"));
        PUSH(a->mem, &list, m);
    }
    if (str_is_set(r->distinct)) {
        add_measures(a, s, &list, AGGREGATE_distinct, &r->distinct, 1, "");
        list.at[list.n - 1].result = sql_quoted(a, r->distinct_name);
    }
    return list;
}

static bool is_dated(const struct measure *m)
{
    return m->kind == AGGREGATE_first || m->kind == AGGREGATE_last;
}

/* What is folded of a row. An engine may keep nothing as an empty text, which would be the
 * smallest; it is never the greatest. */
static str value_of(const struct asking *a, const char *of, const struct schema *s,
                    const struct measure *m)
{
    str x = sql_column(a, of, s, schema_field(s, m->column));
    return m->kind == AGGREGATE_max ? x : sql_unless_empty(a, m->type, x);
}

static str fact_day(const struct asking *a, const char *of, const struct schema *s)
{
    str x = sql_column(a, of, s, s->fact);
    return s->field[s->fact].type == TYPE_date ? sql_date(a, x) : x;
}

/* The value of the first or last day: of several rows of that day the smallest or the greatest, so
 * day and value are compared as one; ClickHouse has folded them as one already. Rows that lack
 * either are passed over, and NULL comes of nothing. */
static str folded_dated(const struct asking *a, const struct measure *m, const char *collate)
{
    bool first = m->kind == AGGREGATE_first;
    str x = m->name, day = sql_quoted(a, S("_day"));
    if (sql_is_click(a))
        return arena_printf(
            a->mem, "tupleElement(%sIf(" STR_FMT ", tupleElement(" STR_FMT ", 2) IS NOT NULL), 2)",
            first ? "min" : "max", STR_ARG(x), STR_ARG(x));
    str both =
        arena_printf(a->mem, "FILTER (WHERE " STR_FMT " IS NOT NULL AND " STR_FMT " IS NOT NULL)",
                     STR_ARG(x), STR_ARG(day));
    const char *way = first ? "" : " DESC";
    if (a->engine->dialect == DIALECT_postgres)
        return arena_printf(a->mem,
                            "(array_agg(" STR_FMT " ORDER BY " STR_FMT "%s, " STR_FMT
                            "%s%s) " STR_FMT ")[1]",
                            STR_ARG(x), STR_ARG(day), way, STR_ARG(x), collate, way, STR_ARG(both));
    return arena_printf(a->mem, "arg_%s(" STR_FMT ", (" STR_FMT ", " STR_FMT ")) " STR_FMT,
                        first ? "min" : "max", STR_ARG(x), STR_ARG(day), STR_ARG(x), STR_ARG(both));
}

/* The last fold of a measure, over a column of an inner SELECT. */
static str folded(const struct asking *a, const struct measure *m)
{
    const char *collate =
        a->engine->dialect == DIALECT_postgres && sql_is_text(m->type) ? " COLLATE \"C\"" : "";
    str x = {0};
    switch (m->kind) {
    case AGGREGATE_sum:
        return arena_printf(a->mem, "sum(" STR_FMT ")", STR_ARG(m->name));
    case AGGREGATE_count:
        return sql_is_click(a) ? arena_printf(a->mem, "sum(" STR_FMT ")", STR_ARG(m->name))
                               : S("count(*)");
    case AGGREGATE_distinct:
        return sql_is_click(a)
                   ? arena_printf(a->mem, "uniqExactMerge(" STR_FMT ")", STR_ARG(m->name))
                   : arena_printf(a->mem, "count(DISTINCT " STR_FMT ")", STR_ARG(m->name));
    case AGGREGATE_min:
    case AGGREGATE_max:
        x = arena_printf(a->mem, "%s(" STR_FMT "%s)", m->kind == AGGREGATE_min ? "min" : "max",
                         STR_ARG(m->name), collate);
        break;
    case AGGREGATE_first:
    case AGGREGATE_last:
        x = folded_dated(a, m, collate);
        break;
    }
    return type_is_text(m->type) ? sql_filled(a, sql_text_of(a, m->type, x)) : x;
}

/* ---- a GROUP BY over joined rows ---- */

static void add_joins(const struct asking *a, struct buf *from, const struct rollup *r,
                      const struct schema *s)
{
    struct map joined;
    map_init(&joined, a->mem);
    for (size_t i = 0; i < r->nby; i++) {
        struct parts parts = parts_of(a, s, r->by[i], i);
        for (size_t k = 0; k < parts.n; k++) {
            const struct part *p = &parts.at[k];
            if (!p->via || map_get(&joined, p->via->column))
                continue;
            *map_put(&joined, p->via->column) = &joined;
            str table = sql_quoted(a, p->via->table), key = sql_quoted(a, p->via->to);
            str as = sql_quoted(a, arena_printf(a->mem, "_" STR_FMT, STR_ARG(p->via->column)));
            str own = sql_quoted(a, p->via->column);
            buf_addf(from,
                     "\nLEFT JOIN " STR_FMT " AS " STR_FMT " ON " STR_FMT "." STR_FMT
                     " = t." STR_FMT,
                     STR_ARG(table), STR_ARG(as), STR_ARG(as), STR_ARG(key), STR_ARG(own));
        }
    }
}

static str plain_key(const struct asking *a, const struct parts *parts)
{
    str text[2];
    for (size_t i = 0; i < parts->n; i++) {
        const struct part *p = &parts->at[i];
        str as = p->via ? sql_quoted(a, arena_printf(a->mem, "_" STR_FMT, STR_ARG(p->via->column)))
                        : S("t");
        text[i] = part_text(a, p, as.p);
    }
    return key_text(a, text, parts->n);
}

static void add_values(const struct asking *a, struct buf *inner, const measure_list *measures,
                       const struct schema *s)
{
    bool dated = false;
    for (size_t i = 0; i < measures->n; i++) {
        const struct measure *m = &measures->at[i];
        if (m->kind == AGGREGATE_count)
            continue;
        add_item(inner, value_of(a, "t", s, m), m->name);
        dated |= is_dated(m);
    }
    if (dated)
        add_item(inner, fact_day(a, "t", s), sql_quoted(a, S("_day")));
    if (!inner->n)
        add_item(inner, S("1"), sql_quoted(a, S("_row")));
}

static str plain_rollup(const struct asking *a, const struct rollup *r, const struct schema *s)
{
    struct buf inner = {0}, outer = {0}, group = {0}, from = {0};
    measure_list measures = measures_of(a, r, s);
    for (size_t i = 0; i < r->nby; i++) {
        struct parts parts = parts_of(a, s, r->by[i], i);
        add_item(&inner, plain_key(a, &parts), parts.at[0].name);
        add_item(&outer, parts.at[0].name, sql_quoted(a, r->key[i]));
        add_item(&group, parts.at[0].name, (str){0});
    }
    if (!r->nby)
        add_item(&outer, S("1"), sql_quoted(a, S("all")));
    for (size_t i = 0; i < measures.n; i++)
        add_item(&outer, folded(a, &measures.at[i]), measures.at[i].result);
    add_values(a, &inner, &measures, s);
    add_joins(a, &from, r, s);
    str table = sql_from(a, s->name), joins = sql_take(a, &from), by = sql_take(a, &group);
    str where = sql_where(a, "t", s, r->since, r), select = sql_take(a, &outer),
        rows = sql_take(a, &inner);
    return arena_printf(a->mem,
                        "SELECT " STR_FMT "\nFROM (SELECT " STR_FMT "\nFROM " STR_FMT
                        " AS t" STR_FMT STR_FMT ") AS r%s" STR_FMT,
                        STR_ARG(select), STR_ARG(rows), STR_ARG(table), STR_ARG(joins),
                        STR_ARG(where), by.n ? "\nGROUP BY " : "", STR_ARG(by));
}

/* ---- ClickHouse: fold, join, fold ---- */

/* Day and value as one, which is compared as one: min and max of that need no state of their
 * own. */
static str first_dated(const struct asking *a, const struct schema *s, const struct measure *m,
                       str x)
{
    str day = fact_day(a, NULL, s);
    return arena_printf(a->mem,
                        "%sIf(tuple(toNullable(" STR_FMT "), toNullable(" STR_FMT ")), " STR_FMT
                        " IS NOT NULL AND " STR_FMT " IS NOT NULL)",
                        m->kind == AGGREGATE_first ? "min" : "max", STR_ARG(day), STR_ARG(x),
                        STR_ARG(day), STR_ARG(x));
}

/* `whole`: of all rows, which may be none. ClickHouse would say 0 and 0000-00-00 then, unless they
 * could be NULL. */
static str first_fold(const struct asking *a, const struct schema *s, const struct measure *m,
                      bool whole)
{
    str x = m->kind == AGGREGATE_count ? S("") : value_of(a, NULL, s, m);
    if (is_dated(m))
        return first_dated(a, s, m, x);
    if (whole)
        x = arena_printf(a->mem, "toNullable(" STR_FMT ")", STR_ARG(x));
    switch (m->kind) {
    case AGGREGATE_sum:
        return arena_printf(a->mem, "sum(" STR_FMT ")", STR_ARG(x));
    case AGGREGATE_min:
        return arena_printf(a->mem, "min(" STR_FMT ")", STR_ARG(x));
    case AGGREGATE_max:
        return arena_printf(a->mem, "max(" STR_FMT ")", STR_ARG(x));
    case AGGREGATE_count:
        return S("count()");
    case AGGREGATE_first:
    case AGGREGATE_last:
    case AGGREGATE_distinct:
        break;
    }
    return arena_printf(a->mem, "uniqExactState(" STR_FMT ")", STR_ARG(x));
}

/* What is grouped by within: parts of keys that stand in the table itself, and references. */
struct click {
    const struct asking *a;
    const struct schema *schema;
    struct buf names;      /* columns that the present SELECT gives */
    struct buf select, by; /* of the innermost */
    str from;              /* the SELECT so far */
    struct map references; /* column → struct buf *, what the table it leads to gives */
};

static void add_reference(struct click *c, const struct part *p)
{
    const struct asking *a = c->a;
    void **slot = map_put(&c->references, p->via->column);
    str own = sql_quoted(a, arena_printf(a->mem, "_r_" STR_FMT, STR_ARG(p->via->column)));
    if (!*slot) {
        struct buf *columns = *slot = NEW(a->mem, struct buf);
        int from = schema_field(c->schema, p->via->column),
            to = schema_field(p->schema, p->via->to);
        add_item(columns, part_text(a, &(struct part){.schema = p->schema, .field = to}, NULL),
                 own);
        add_item(&c->select, part_text(a, &(struct part){.schema = c->schema, .field = from}, NULL),
                 own);
        add_item(&c->by, own, (str){0});
        add_item(&c->names, own, (str){0});
    }
    add_item(*slot, part_text(a, p, NULL), p->name);
}

static void add_part(struct click *c, const struct part *p)
{
    if (p->via) {
        add_reference(c, p);
        return;
    }
    add_item(&c->select, part_text(c->a, p, NULL), p->name);
    add_item(&c->by, p->name, (str){0});
    add_item(&c->names, p->name, (str){0});
}

/* One more SELECT around, in which a reference is followed: a row without a partner gets empty
 * texts. */
static void join_reference(struct click *c, str reference, struct buf *columns,
                           const struct rollup *r)
{
    const struct asking *a = c->a;
    const struct foreign_key *via = schema_reference(c->schema, reference);
    str table = sql_quoted(a, via->table), gives = sql_take(a, columns);
    str key = sql_quoted(a, arena_printf(a->mem, "_r_" STR_FMT, STR_ARG(reference)));
    for (size_t i = 0; i < r->nby; i++) {
        struct parts parts = parts_of(a, c->schema, r->by[i], i);
        for (size_t k = 0; k < parts.n; k++)
            if (parts.at[k].via == via)
                add_item(&c->names, parts.at[k].name, (str){0});
    }
    c->from = arena_printf(a->mem,
                           "SELECT " STR_FMT "\nFROM (" STR_FMT ")\nANY LEFT JOIN (SELECT " STR_FMT
                           " FROM " STR_FMT ") USING " STR_FMT,
                           STR_ARG(buf_str(&c->names)), STR_ARG(c->from), STR_ARG(gives),
                           STR_ARG(table), STR_ARG(key));
}

static void fold_first(struct click *c, const struct rollup *r, const measure_list *measures)
{
    const struct asking *a = c->a;
    for (size_t i = 0; i < measures->n; i++) {
        add_item(&c->select, first_fold(a, c->schema, &measures->at[i], !r->nby),
                 measures->at[i].name);
        add_item(&c->names, measures->at[i].name, (str){0});
    }
    str table = sql_from(a, c->schema->name), where = sql_where(a, NULL, c->schema, r->since, r);
    str select = sql_take(a, &c->select), by = sql_take(a, &c->by);
    c->from = arena_printf(a->mem, "SELECT " STR_FMT "\nFROM " STR_FMT STR_FMT "%s" STR_FMT,
                           STR_ARG(select), STR_ARG(table), STR_ARG(where),
                           by.n ? "\nGROUP BY " : "", STR_ARG(by));
}

static str click_rollup(const struct asking *a, const struct rollup *r, const struct schema *s)
{
    struct click c = {.a = a, .schema = s};
    struct buf outer = {0}, group = {0};
    measure_list measures = measures_of(a, r, s);
    map_init(&c.references, a->mem);
    for (size_t i = 0; i < r->nby; i++) {
        struct parts parts = parts_of(a, s, r->by[i], i);
        str name[2] = {parts.at[0].name, parts.at[1].name}, key = sql_quoted(a, r->key[i]);
        for (size_t k = 0; k < parts.n; k++)
            add_part(&c, &parts.at[k]);
        add_item(&outer, key_text(a, name, parts.n), key);
        add_item(&group, key, (str){0});
    }
    if (!r->nby)
        add_item(&outer, S("1"), sql_quoted(a, S("all")));
    for (size_t i = 0; i < measures.n; i++)
        add_item(&outer, folded(a, &measures.at[i]), measures.at[i].result);
    fold_first(&c, r, &measures);
    for (size_t i = 0; i < c.references.n; i++)
        join_reference(&c, c.references.at[i].key, c.references.at[i].value, r);
    buf_clear(&c.names);
    str select = sql_take(a, &outer), by = sql_take(a, &group);
    return arena_printf(a->mem, "SELECT " STR_FMT "\nFROM (" STR_FMT ")%s" STR_FMT, STR_ARG(select),
                        STR_ARG(c.from), by.n ? "\nGROUP BY " : "", STR_ARG(by));
}

/* ---- the whole ---- */

static bool can_say(const struct asking *a, const struct rollup *r, const struct schema *s,
                    str *why, str *remedy)
{
    *remedy = S("give this rollup an entry of its own with a `query:` that says it");
    if (a->engine->dialect == DIALECT_ansi && (r->nfirst || r->nlast)) {
        *why = S("`dialect: ansi` has no word for the first or last value by date");
        return false;
    }
    for (size_t i = 0; i < r->nby; i++) {
        struct key_part key[2];
        size_t n = rollup_key(r->by[i], key);
        for (size_t k = 0; k < n; k++)
            if (str_is_set(key[k].function) &&
                !sql_can_apply(a, key[k].function, schema_field(s, key[k].column) == s->fact)) {
                *why = arena_printf(a->mem,
                                    "`dialect: ansi` has no word for " STR_FMT "() of any date",
                                    STR_ARG(key[k].function));
                return false;
            }
    }
    return true;
}

str rollup_statement(const struct asking *a, const struct rollup *r, str *why, str *remedy)
{
    const struct schema *s = model_schema(a->model, r->of);
    if (str_is_set(a->engine->query) && engine_serves(a->engine, r->name))
        return sql_own(a, sql_since(a, r->since));
    struct asking bounded = *a;
    bounded.since = sql_since(a, r->since);
    if (!can_say(&bounded, r, s, why, remedy))
        return (str){0};
    return sql_is_click(a) ? click_rollup(&bounded, r, s) : plain_rollup(&bounded, r, s);
}

/* Columns by which rows have one order: those of the key, or without one all that are required. */
static str order_of(const struct asking *a, const struct schema *s, const char *of, const char *way)
{
    struct buf b = {0};
    for (size_t i = 0; i < s->nfields; i++) {
        const struct field *f = &s->field[i];
        bool wanted = f->required && !s->nprimary_key;
        for (size_t k = 0; k < s->nprimary_key; k++)
            wanted |= s->primary_key[k] == (int)i;
        if (!wanted)
            continue;
        bool collate = a->engine->dialect == DIALECT_postgres && sql_is_text(f->type);
        str name = sql_quoted(a, f->name);
        add_item(&b,
                 arena_printf(a->mem, "%s%s" STR_FMT "%s%s", of ? of : "", of ? "." : "",
                              STR_ARG(name), collate ? " COLLATE \"C\"" : "", way),
                 (str){0});
    }
    return sql_take(a, &b);
}

str table_statement(const struct asking *a, const struct schema *s)
{
    const char *of = sql_is_click(a) ? NULL : "t";
    str table = sql_from(a, s->name), order = order_of(a, s, of, "");
    return arena_printf(a->mem, "SELECT *\nFROM " STR_FMT "%s%s" STR_FMT, STR_ARG(table),
                        sql_is_click(a) ? "" : " AS t", order.n ? "\nORDER BY " : "",
                        STR_ARG(order));
}

/* The last rows of each key by date, the one with the greater key being the later of a day. */
static str last_rows(const struct asking *a, const struct kept_rows *k, const struct schema *s)
{
    const char *of = sql_is_click(a) ? NULL : "t";
    str table = sql_from(a, s->name), where = sql_where(a, of, s, k->since, NULL);
    str date = sql_quoted(a, s->field[s->fact].name), order = order_of(a, s, of, " DESC");
    str by = str_is_set(k->by) ? sql_quoted(a, k->by) : S("");
    if (sql_is_click(a))
        return arena_printf(a->mem,
                            "SELECT *\nFROM " STR_FMT STR_FMT "\nORDER BY " STR_FMT
                            " DESC%s" STR_FMT "\nLIMIT %lld%s" STR_FMT,
                            STR_ARG(table), STR_ARG(where), STR_ARG(date), order.n ? ", " : "",
                            STR_ARG(order), (long long)k->last, by.n ? " BY " : "", STR_ARG(by));
    return arena_printf(
        a->mem,
        "SELECT *\nFROM (SELECT t.*, row_number() OVER (%s%s" STR_FMT "%sORDER BY t." STR_FMT
        " DESC%s" STR_FMT ") AS place_from_the_end\nFROM " STR_FMT " AS t" STR_FMT
        ") AS r\nWHERE place_from_the_end <= %lld",
        by.n ? "PARTITION BY " : "", by.n ? "t." : "", STR_ARG(by), by.n ? " " : "", STR_ARG(date),
        order.n ? ", " : "", STR_ARG(order), STR_ARG(table), STR_ARG(where), (long long)k->last);
}

str rows_statement(const struct asking *a, const struct kept_rows *k)
{
    const struct schema *s = model_schema(a->model, k->of);
    const char *of = sql_is_click(a) ? NULL : "t";
    if (str_is_set(a->engine->query) && engine_serves(a->engine, k->name))
        return sql_own(a, sql_since(a, k->since));
    if (k->last)
        return last_rows(a, k, s);
    str table = sql_from(a, s->name), where = sql_where(a, of, s, k->since, NULL);
    return arena_printf(a->mem, "SELECT *\nFROM " STR_FMT "%s" STR_FMT, STR_ARG(table),
                        sql_is_click(a) ? "" : " AS t", STR_ARG(where));
}

str known_statement(const struct asking *a, const struct schema *s)
{
    const char *of = sql_is_click(a) ? NULL : "t";
    str table = sql_from(a, s->name), where = sql_where(a, of, s, (str){0}, NULL), latest = S("''");
    if (s->fact >= 0) {
        /* ClickHouse has a default for the greatest of nothing, unless it could be NULL. */
        str x = sql_column(a, of, s, s->fact);
        if (sql_is_click(a))
            x = arena_printf(a->mem, "toNullable(" STR_FMT ")", STR_ARG(x));
        latest = sql_filled(
            a, sql_text_of(a, TYPE_date, arena_printf(a->mem, "max(" STR_FMT ")", STR_ARG(x))));
    }
    return arena_printf(
        a->mem,
        "SELECT count(*) AS " STR_FMT ", " STR_FMT " AS " STR_FMT "\nFROM " STR_FMT "%s" STR_FMT,
        STR_ARG(sql_quoted(a, S("n"))), STR_ARG(latest), STR_ARG(sql_quoted(a, S("latest"))),
        STR_ARG(table), sql_is_click(a) ? "" : " AS t", STR_ARG(where));
}
