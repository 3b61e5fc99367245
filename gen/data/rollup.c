#include "schema.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Functions of a date that may be a key; the result is called like the function. */
static const str functions[] = {S("week"),    S("tenday"), S("month"),
                                S("quarter"), S("year"),   S("to_date")};

static bool split_part(str text, struct key_part *p)
{
    *p = (struct key_part){0};
    size_t open = str_find(text, S("("), 0), dot = str_find(text, S("."), 0);
    if (open < text.n) {
        p->function = str_sub(text, 0, open);
        p->column = str_trim(str_sub(text, open + 1, text.n - 1));
        return str_ends(text, S(")")) && schema_is_name(p->column);
    }
    p->column = str_sub(text, 0, dot);
    if (dot < text.n)
        p->follow = str_sub(text, dot + 1, text.n);
    return schema_is_name(p->column) && (!str_is_set(p->follow) || schema_is_name(p->follow));
}

size_t rollup_key(str by, struct key_part part[2])
{
    static const str or = S(" or ");
    size_t at = str_find(by, or, 0);
    if (at == by.n)
        return split_part(str_trim(by), &part[0]) ? 1 : 0;
    bool both = split_part(str_trim(str_sub(by, 0, at)), &part[0]) &&
                split_part(str_trim(str_sub(by, at + or.n, by.n)), &part[1]);
    return both ? 2 : 0;
}

static str result_name(const struct key_part *p)
{
    return str_is_set(p->function) ? p->function : str_is_set(p->follow) ? p->follow : p->column;
}

/* Names of the key columns; a key that is none has an unset name, and rollups_check says so. */
static void name_keys(struct schema_reader *r, struct rollup *roll)
{
    roll->key = NEW_ARRAY(r->mem, roll->nby + 1, str);
    for (size_t i = 0; i < roll->nby; i++) {
        struct key_part part[2];
        if (rollup_key(roll->by[i], part))
            roll->key[i] = result_name(&part[0]);
    }
}

static void read_distinct(struct schema_reader *r, struct rollup *roll, const struct yaml *node)
{
    if (!node || !schema_expect_map(r, node))
        return;
    if (node->n != 1)
        diags_add(r->diags, DIAG_SCHEMA_KIND, node->at, node->key, S("one name: column"));
    if (node->first) {
        roll->distinct_name = node->first->key;
        roll->distinct = yaml_text(node->first, S(""));
    }
}

/* `since: month(-25)`: that many months before the month of the as-of date. */
static str read_since(struct schema_reader *r, const struct yaml *map)
{
    const struct yaml *node = yaml_get(map, S("since"));
    str text = schema_scalar(r, map, S("since"));
    int64_t months;
    if (!str_is_set(text))
        return text;
    bool ok = str_starts(text, S("month(")) && str_ends(text, S(")")) &&
              parse_integer(str_sub(text, 6, text.n - 1), &months) && months <= 0 && months > -1200;
    if (!ok)
        diags_add(r->diags, DIAG_SCHEMA_VALUE, node->at, text, S("since"),
                  S("a month like month(-13)"));
    return ok ? text : (str){0};
}

/* ---- `where:` ---- */

enum { LESS = 1, EQUAL = 2, MORE = 4 };

/* Of two that begin alike the longer one first. */
static const struct {
    str written, way;
    unsigned signs;
} comparisons[] = {
    {S("<="), S("<="), LESS | EQUAL}, {S(">="), S(">="), MORE | EQUAL},
    {S("!="), S("<>"), LESS | MORE},  {S("<"), S("<"), LESS},
    {S(">"), S(">"), MORE},           {S("="), S("="), EQUAL},
};

/* The first that stands in the text parts it: a value may hold others. */
static bool read_condition(str text, struct condition *c)
{
    size_t first = text.n;
    for (size_t i = 0; i < COUNT(comparisons); i++) {
        size_t at = str_find(text, comparisons[i].written, 0);
        if (at >= first)
            continue;
        first = at;
        *c = (struct condition){.column = str_trim(str_sub(text, 0, at)),
                                .way = comparisons[i].way,
                                .signs = comparisons[i].signs,
                                .text =
                                    str_trim(str_sub(text, at + comparisons[i].written.n, text.n))};
    }
    return first < text.n && schema_is_name(c->column) && c->text.n > 0;
}

static void read_where(struct schema_reader *r, const struct yaml *map, struct rollup *roll)
{
    str *text;
    size_t n = schema_names(r, map, S("where"), &text);
    roll->where = NEW_ARRAY(r->mem, n + 1, struct condition);
    for (size_t i = 0; i < n; i++)
        if (read_condition(text[i], &roll->where[roll->nwhere]))
            roll->nwhere++;
        else
            diags_add(r->diags, DIAG_SCHEMA_WHERE, yaml_get(map, S("where"))->at, text[i]);
}

static struct rollup read_rollup(struct schema_reader *r, const struct yaml *node)
{
    static const str keys[] = {S("of"),       S("by"),    S("sum"),   S("min"),
                               S("max"),      S("first"), S("last"),  S("count"),
                               S("distinct"), S("split"), S("since"), S("where")};
    struct rollup roll = {.name = node->key, .at = node->key_at};
    schema_check_name(r, node);
    if (!schema_expect_map(r, node))
        return roll;
    yaml_check_keys(node, keys, COUNT(keys), r->diags);
    roll.of = schema_scalar(r, node, S("of"));
    roll.nby = schema_names(r, node, S("by"), &roll.by);
    roll.nsum = schema_names(r, node, S("sum"), &roll.sum);
    roll.nmin = schema_names(r, node, S("min"), &roll.min);
    roll.nmax = schema_names(r, node, S("max"), &roll.max);
    roll.nfirst = schema_names(r, node, S("first"), &roll.first);
    roll.nlast = schema_names(r, node, S("last"), &roll.last);
    roll.count = schema_scalar(r, node, S("count"));
    roll.split = schema_scalar(r, node, S("split"));
    roll.since = read_since(r, node);
    read_where(r, node, &roll);
    read_distinct(r, &roll, yaml_get(node, S("distinct")));
    name_keys(r, &roll);
    return roll;
}

static struct kept_rows read_kept(struct schema_reader *r, const struct yaml *node)
{
    static const str keys[] = {S("of"), S("last"), S("by"), S("since")};
    struct kept_rows kept = {.name = node->key, .at = node->key_at};
    schema_check_name(r, node);
    if (!schema_expect_map(r, node))
        return kept;
    yaml_check_keys(node, keys, COUNT(keys), r->diags);
    kept.of = schema_scalar(r, node, S("of"));
    kept.by = schema_scalar(r, node, S("by"));
    kept.last = yaml_integer(yaml_get(node, S("last")), 0, r->diags);
    kept.since = read_since(r, node);
    if (kept.last < 0 || (!kept.last && !str_is_set(kept.since)))
        diags_add(r->diags, DIAG_SCHEMA_UNBOUNDED, kept.at, kept.name);
    return kept;
}

/* What has this name already, as a place: a name may stand once among rollups and rows. That it is
 * none of a table the store tells. */
static const struct place *taken(const struct model *m, str name)
{
    for (size_t i = 0; i < m->rollups.n; i++)
        if (str_eq(m->rollups.at[i].name, name))
            return &m->rollups.at[i].at;
    for (size_t i = 0; i < m->kept.n; i++)
        if (str_eq(m->kept.at[i].name, name))
            return &m->kept.at[i].at;
    return NULL;
}

static bool is_free(struct schema_reader *r, str name, struct place at)
{
    const struct place *same = taken(r->model, name);
    return !same || diags_add(r->diags, DIAG_SCHEMA_TWICE, at, name, S("rollup"), same->file);
}

void rollups_read(struct schema_reader *r, const struct yaml *rollups, const struct yaml *rows)
{
    if (rollups && schema_expect_map(r, rollups))
        for (const struct yaml *y = rollups->first; y; y = y->next) {
            struct rollup roll = read_rollup(r, y);
            if (is_free(r, roll.name, roll.at))
                PUSH(r->mem, &r->model->rollups, roll);
        }
    if (rows && schema_expect_map(r, rows))
        for (const struct yaml *y = rows->first; y; y = y->next) {
            struct kept_rows kept = read_kept(r, y);
            if (is_free(r, kept.name, kept.at))
                PUSH(r->mem, &r->model->kept, kept);
        }
}

/* ---- checks, once all tables are known ---- */

static void check_function(struct schema_reader *r, const struct schema *s,
                           const struct key_part *p, struct place at)
{
    for (size_t i = 0; i < COUNT(functions); i++)
        if (str_eq(p->function, functions[i])) {
            int field = schema_column(r, s, p->column, at);
            if (field >= 0 && s->field[field].type != TYPE_date)
                diags_add(r->diags, DIAG_SCHEMA_FACT, at, p->column);
            return;
        }
    diags_add(r->diags, DIAG_SCHEMA_FUNCTION, at, p->function,
              did_you_mean(r->mem, p->function, functions, COUNT(functions)));
}

static void check_follow(struct schema_reader *r, const struct schema *s, const struct key_part *p,
                         struct place at)
{
    const struct foreign_key *foreign = schema_reference(s, p->column);
    if (!foreign) {
        diags_add(r->diags, DIAG_SCHEMA_FOLLOW, at, p->column, s->name);
        return;
    }
    const struct schema *to = model_schema(r->model, foreign->table);
    if (to)
        schema_column(r, to, p->follow, at);
}

static void check_key(struct schema_reader *r, const struct schema *s, str key, struct place at)
{
    struct key_part part[2];
    size_t n = rollup_key(key, part);
    if (!n)
        diags_add(r->diags, DIAG_SCHEMA_KEY, at, key);
    for (size_t i = 0; i < n; i++) {
        if (str_is_set(part[i].function))
            check_function(r, s, &part[i], at);
        else if (str_is_set(part[i].follow))
            check_follow(r, s, &part[i], at);
        else
            schema_column(r, s, part[i].column, at);
    }
}

static void check_columns(struct schema_reader *r, const struct schema *s, const str *names,
                          size_t n, struct place at)
{
    for (size_t i = 0; i < n; i++)
        schema_column(r, s, names[i], at);
}

/* Which row is the first or the last, only a date tells. */
static void check_dated(struct schema_reader *r, const struct schema *s, const struct rollup *roll)
{
    check_columns(r, s, roll->first, roll->nfirst, roll->at);
    check_columns(r, s, roll->last, roll->nlast, roll->at);
    if ((roll->nfirst || roll->nlast) && s->fact < 0)
        diags_add(r->diags, DIAG_SCHEMA_DATED, roll->at, roll->name,
                  roll->nfirst ? S("first") : S("last"), s->name);
}

/* One name of the columns of its result; two of one name could not be told apart. */
static void check_name(struct schema_reader *r, const struct rollup *roll, struct map *names,
                       const char *before, str name, const char *what)
{
    if (!str_is_set(name))
        return;
    str whole = arena_printf(r->mem, "%s" STR_FMT, before, STR_ARG(name));
    void **known = map_put(names, whole);
    if (*known)
        diags_add(r->diags, DIAG_SCHEMA_TWICE, roll->at, whole, str_of(what), roll->at.file);
    *known = names;
}

static void check_names(struct schema_reader *r, const struct rollup *roll)
{
    const struct {
        const str *column;
        size_t n;
        const char *before;
    } measures[] = {
        {roll->sum, roll->nsum, ""},        {roll->min, roll->nmin, "min_"},
        {roll->max, roll->nmax, "max_"},    {roll->first, roll->nfirst, "first_"},
        {roll->last, roll->nlast, "last_"}, {&roll->count, 1, ""},
        {&roll->distinct_name, 1, ""},
    };
    struct map names;
    map_init(&names, r->mem);
    for (size_t i = 0; i < roll->nby; i++)
        check_name(r, roll, &names, "", roll->key[i], "key");
    for (size_t m = 0; m < COUNT(measures); m++)
        for (size_t i = 0; i < measures[m].n; i++)
            check_name(r, roll, &names, measures[m].before, measures[m].column[i], "column");
}

/* Texts have no order that all engines agree on; dates and months, which are written by size,
 * have. */
static bool has_order(enum type type)
{
    return type != TYPE_string && type != TYPE_list;
}

/* Types what a column is compared with. */
static void check_condition(struct schema_reader *r, const struct schema *s, struct condition *c,
                            struct place at)
{
    int field = schema_column(r, s, c->column, at);
    if (field < 0)
        return;
    const struct field *f = &s->field[field];
    if (!has_order(f->type) && c->signs != EQUAL && c->signs != (LESS | MORE))
        diags_add(r->diags, DIAG_SCHEMA_UNORDERED, at, c->column, s->name);
    c->value = schema_value(r, f, c->text, S("where"), at);
}

static void check_rollup(struct schema_reader *r, const struct rollup *roll)
{
    const struct schema *s = schema_table(r, roll->of, roll->at);
    if (!s)
        return;
    for (size_t i = 0; i < roll->nby; i++)
        check_key(r, s, roll->by[i], roll->at);
    check_names(r, roll);
    check_columns(r, s, roll->sum, roll->nsum, roll->at);
    check_columns(r, s, roll->min, roll->nmin, roll->at);
    check_columns(r, s, roll->max, roll->nmax, roll->at);
    check_dated(r, s, roll);
    if (str_is_set(roll->distinct))
        schema_column(r, s, roll->distinct, roll->at);
    if (str_is_set(roll->split))
        schema_table(r, roll->split, roll->at);
    for (size_t i = 0; i < roll->nwhere; i++)
        check_condition(r, s, &roll->where[i], roll->at);
    if (str_is_set(roll->since) && s->fact < 0)
        diags_add(r->diags, DIAG_SCHEMA_SINCE, roll->at, roll->name, s->name);
}

static void check_kept(struct schema_reader *r, const struct kept_rows *kept)
{
    const struct schema *s = schema_table(r, kept->of, kept->at);
    if (!s)
        return;
    if (str_is_set(kept->by))
        schema_column(r, s, kept->by, kept->at);
    if (s->fact < 0)
        diags_add(r->diags, DIAG_SCHEMA_SINCE, kept->at, kept->name, s->name);
}

void rollups_check(struct schema_reader *r)
{
    for (size_t i = 0; i < r->model->rollups.n; i++)
        check_rollup(r, &r->model->rollups.at[i]);
    for (size_t i = 0; i < r->model->kept.n; i++)
        check_kept(r, &r->model->kept.at[i]);
}
