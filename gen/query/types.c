/* What the columns of a SELECT are: the type of the field that one comes from, of the function that
 * makes it, and whether money has come through whole.
 *
 * SQLite tells where a bare column comes from, but not what sum(amount) is made of; so the select
 * list is followed word by word. Money stays money through what keeps its unit (sum, min, max,
 * coalesce, plus and minus among money …); through anything else it is lost, and query.c asks for a
 * meaning. A name stands for one thing in a whole query here: where it stands for two kinds, it is
 * lost too. */
#include "store.h"

struct known {
    bool typed;
    enum type type;
    enum flow flow;
};

struct scope {
    struct store *s;
    struct arena *mem;
    const struct tokens *t;
    struct map names;   /* lower case column or alias → struct known */
    struct map aliases; /* lower case alias or name of a relation → struct relation */
};

static const struct known NOTHING = {false, TYPE_string, FLOW_NONE};
static const struct known ZERO = {false, TYPE_string, FLOW_ZERO};

/* Two values that stand in one column, or are added. */
static struct known merged(struct known a, struct known b)
{
    if (a.flow == FLOW_ZERO)
        return b;
    if (b.flow == FLOW_ZERO)
        return a;
    return (struct known){
        .typed = a.typed && b.typed && a.type == b.type,
        .type = a.type,
        .flow = a.flow == b.flow ? a.flow : FLOW_LOST,
    };
}

static struct known of_range(struct scope *c, size_t from, size_t to);

/* ---- the select list ---- */

struct item {
    size_t from, to; /* the expression */
    str name;        /* lower case; unset if it has none */
};
struct items {
    LIST(struct item) list;
};

static bool ends_list(const struct token *t)
{
    static const char *const words[] = {"from",  "where", "group",  "having",    "window", "order",
                                        "limit", "union", "except", "intersect", NULL};
    for (size_t i = 0; words[i]; i++)
        if (token_is(t, words[i]))
            return true;
    return false;
}

static bool is_identifier(const struct token *t)
{
    return t->kind == TOKEN_WORD || t->kind == TOKEN_QUOTED;
}

static str lower_name(struct scope *c, size_t i)
{
    return sql_lower(c->mem, token_name(c->mem, &c->t->list.at[i]));
}

/* `expression AS name`, `expression name`, or a bare column, whose name is its own. */
static struct item item_of(struct scope *c, size_t from, size_t to)
{
    const struct token *at = c->t->list.at;
    struct item item = {from, to, {0}};
    if (to == from || !is_identifier(&at[to - 1]) || token_is(&at[to - 1], "end"))
        return item;
    item.name = lower_name(c, to - 1);
    if (to - from >= 3 && token_is(&at[to - 2], "as"))
        item.to = to - 2;
    else if (to - from >= 2 && (token_is(&at[to - 2], ")") || is_identifier(&at[to - 2])))
        item.to = to - 1;
    return item;
}

/* The items of the SELECT at `select`. */
static struct items select_items(struct scope *c, size_t select)
{
    const struct token *at = c->t->list.at;
    struct items items = {0};
    size_t i = select + 1, n = c->t->list.n;
    if (i < n && (token_is(&at[i], "distinct") || token_is(&at[i], "all")))
        i++;
    int depth = 0;
    for (size_t from = i; i <= n; i++) {
        bool ends = i == n || (depth == 0 && (token_is(&at[i], ")") || ends_list(&at[i])));
        if (ends || (depth == 0 && token_is(&at[i], ","))) {
            struct item item = item_of(c, from, i);
            PUSH(c->mem, &items.list, item);
            from = i + 1;
        }
        if (ends)
            break;
        depth += token_is(&at[i], "(");
        depth -= token_is(&at[i], ")");
    }
    return items;
}

/* ---- names ---- */

static struct known of_column(const struct relation_column *column)
{
    return (struct known){column->typed, column->type, column->flow};
}

static void note_name(struct scope *c, struct map *names, str name, struct known k)
{
    struct known **slot = (struct known **)map_put(names, name);
    if (!*slot) {
        *slot = NEW(c->mem, struct known);
        **slot = k;
    } else {
        **slot = merged(**slot, k);
    }
}

static void note_reads(struct scope *c, struct map *names, const struct reads *reads)
{
    for (size_t i = 0; i < reads->columns.n; i++) {
        const struct relation_column *column = reads->columns.at[i].column;
        note_name(c, names, sql_lower(c->mem, column->name), of_column(column));
    }
}

/* `sales AS s`, `sales s` and `sales` itself. */
static void note_aliases(struct scope *c)
{
    const struct token *at = c->t->list.at;
    for (size_t i = 1; i < c->t->list.n; i++) {
        bool is_source = token_is(&at[i - 1], "from") || token_is(&at[i - 1], "join") ||
                         token_is(&at[i - 1], ",");
        struct relation *r = is_source && is_identifier(&at[i])
                                 ? relation_get(c->s, token_name(c->mem, &at[i]))
                                 : NULL;
        if (!r)
            continue;
        *map_put(&c->aliases, lower_name(c, i)) = r;
        size_t alias = i + 1 < c->t->list.n && token_is(&at[i + 1], "as") ? i + 2 : i + 1;
        if (alias < c->t->list.n && is_identifier(&at[alias]))
            *map_put(&c->aliases, lower_name(c, alias)) = r;
    }
}

static struct known of_name(struct scope *c, size_t from, size_t to)
{
    str name = lower_name(c, to - 1);
    if (to - from == 3) {
        const struct relation *r = map_get(&c->aliases, lower_name(c, from));
        const struct relation_column *column = r ? relation_column(r, name) : NULL;
        if (column)
            return of_column(column);
    }
    const struct known *k = map_get(&c->names, name);
    return k ? *k : ZERO; /* an alias that a later round will know */
}

static bool same_names(const struct map *a, const struct map *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct known *x = a->at[i].value, *y = map_get(b, a->at[i].key);
        if (!y || x->typed != y->typed || x->type != y->type || x->flow != y->flow)
            return false;
    }
    return true;
}

/* The names of what is read, and the aliases of all SELECTs by what names are known as so far. */
static struct map known_names(struct scope *c, const struct reads *reads)
{
    struct map names;
    map_init(&names, c->mem);
    note_reads(c, &names, reads);
    for (size_t i = 0; i < c->t->list.n; i++) {
        if (!token_is(&c->t->list.at[i], "select"))
            continue;
        struct items items = select_items(c, i);
        for (size_t k = 0; k < items.list.n; k++) {
            const struct item *item = &items.list.at[k];
            if (str_is_set(item->name))
                note_name(c, &names, item->name, of_range(c, item->from, item->to));
        }
    }
    return names;
}

/* Subqueries stand behind what reads them, CTEs before: so it is gone over until nothing changes,
 * and what is not known yet agrees with anything. */
static void note_selects(struct scope *c, const struct reads *reads)
{
    enum { DEEPEST = 8 };
    note_reads(c, &c->names, reads);
    for (int pass = 0; pass < DEEPEST; pass++) {
        struct map names = known_names(c, reads);
        bool settled = same_names(&names, &c->names);
        c->names = names;
        if (settled)
            return;
    }
}

/* ---- expressions ---- */

/* The next index at which one of `signs` stands outside of brackets and CASE, or `to`. */
static size_t find_outside(const struct scope *c, size_t from, size_t to, const char *const *signs)
{
    int depth = 0;
    for (size_t i = from; i < to; i++) {
        const struct token *t = &c->t->list.at[i];
        for (size_t k = 0; depth == 0 && signs[k]; k++)
            if (token_is(t, signs[k]))
                return i;
        depth += token_is(t, "(") || token_is(t, "case");
        depth -= token_is(t, ")") || token_is(t, "end");
    }
    return to;
}

static const char *const COMMA[] = {",", NULL};
static const char *const END[] = {"end", NULL};

/* All arguments from the first-th on, as if in one column. */
static struct known of_arguments(struct scope *c, size_t open, size_t close, int first)
{
    struct known k = ZERO;
    size_t from = open + 1;
    for (int i = 0; from < close; i++) {
        size_t end = find_outside(c, from, close, COMMA);
        if (i >= first)
            k = merged(k, of_range(c, from, end));
        from = end + 1;
    }
    return k;
}

static struct known of_first_argument(struct scope *c, size_t open, size_t close)
{
    return of_range(c, open + 1, find_outside(c, open + 1, close, COMMA));
}

/* Money and rates stay what they are when averaged; whole numbers do not stay whole. */
static struct known averaged(struct known k)
{
    if (k.typed && k.type == TYPE_integer)
        k.typed = false;
    return k;
}

static bool is_in(str name, const char *const *words)
{
    for (; *words; words++)
        if (str_eq(name, str_of(*words)))
            return true;
    return false;
}

static struct known of_call(struct scope *c, size_t from, size_t open, size_t close)
{
    static const char *const handing_on[] = {
        "sum",       "abs",    "round",    "nullif",      "lag",         "lead",
        "floor",     "ceil",   "ceiling",  "trunc",       "first_value", "last_value",
        "nth_value", "likely", "unlikely", "first_dated", "last_dated",  NULL};
    static const char *const averaging[] = {"avg", "median", "quantile", "total", NULL};
    static const char *const choosing[] = {"coalesce", "ifnull", "min", "max", NULL};
    static const char *const as[] = {"as", NULL};
    str name = lower_name(c, from);
    struct known k = NOTHING;
    if (is_in(name, handing_on))
        return of_first_argument(c, open, close);
    if (is_in(name, averaging))
        return averaged(of_first_argument(c, open, close));
    if (is_in(name, choosing))
        return of_arguments(c, open, close, 0);
    if (str_eq(name, S("iif")))
        return of_arguments(c, open, close, 1);
    if (str_eq(name, S("cast"))) {
        k = of_range(c, open + 1, find_outside(c, open + 1, close, as));
        k.typed = k.typed && k.flow == FLOW_MONEY;
        return k;
    }
    k.typed = function_type(name, &k.type);
    if (!k.typed && of_arguments(c, open, close, 0).flow >= FLOW_MONEY)
        k.flow = FLOW_LOST;
    return k;
}

/* CASE … END: what stands behind each THEN and ELSE. */
static struct known of_case(struct scope *c, size_t from, size_t to)
{
    static const char *const begins[] = {"then", "else", NULL};
    static const char *const ends[] = {"when", "else", NULL};
    struct known k = ZERO;
    size_t end = to - 1;
    for (size_t i = find_outside(c, from + 1, end, begins); i < end;) {
        size_t part_end = find_outside(c, i + 1, end, ends);
        k = merged(k, of_range(c, i + 1, part_end));
        bool is_else = part_end < end && token_is(&c->t->list.at[part_end], "else");
        i = is_else ? part_end : find_outside(c, part_end, end, begins);
    }
    return k;
}

/* Factors: money ÷ money is a ratio; money times anything else has to be named. */
static struct known of_product(struct scope *c, size_t from, size_t to)
{
    static const char *const signs[] = {"*", "/", "%", NULL};
    int degree = 0;
    bool any = false, lost = false, over = false;
    for (size_t i = from; i < to;) {
        size_t end = find_outside(c, i, to, signs);
        enum flow flow = of_range(c, i, end).flow;
        any = any || flow == FLOW_MONEY;
        lost = lost || flow == FLOW_LOST;
        degree += flow != FLOW_MONEY ? 0 : over ? -1 : 1;
        over = end < to && token_is(&c->t->list.at[end], "/");
        i = end + 1;
    }
    struct known k = NOTHING;
    if (lost || (any && degree != 0))
        k.flow = FLOW_LOST;
    return k;
}

static struct known of_sum(struct scope *c, size_t from, size_t to)
{
    static const char *const signs[] = {"+", "-", NULL};
    struct known k = ZERO;
    for (size_t i = from; i < to;) {
        size_t end = find_outside(c, i, to, signs);
        if (end > i)
            k = merged(k, of_range(c, i, end));
        i = end + 1;
    }
    /* A date plus a number is neither. */
    k.typed = k.typed && (k.flow == FLOW_MONEY || k.type == TYPE_integer || k.type == TYPE_rate);
    return k;
}

/* share_out(total, …) ->> key is a part of the total. */
static struct known of_taken(struct scope *c, size_t from, size_t sign)
{
    bool shared = from + 1 < sign && token_is(&c->t->list.at[from], "share_out");
    size_t close = shared ? token_closing(c->t, from + 1) : sign;
    return close < sign ? of_first_argument(c, from + 1, close) : NOTHING;
}

static struct known of_operators(struct scope *c, size_t from, size_t to)
{
    static const char *const truths[] = {"=",   "==",   "<>",      "!=", "<",  ">",
                                         "<=",  ">=",   "is",      "in", "or", "and",
                                         "not", "like", "between", "||", NULL};
    static const char *const sums[] = {"+", "-", NULL};
    static const char *const products[] = {"*", "/", "%", NULL};
    static const char *const takes[] = {"->>", "->", NULL};
    if (find_outside(c, from, to, truths) < to)
        return NOTHING;
    if (find_outside(c, from, to, sums) < to)
        return of_sum(c, from, to);
    if (find_outside(c, from, to, products) < to)
        return of_product(c, from, to);
    size_t take = find_outside(c, from, to, takes);
    return take < to ? of_taken(c, from, take) : NOTHING;
}

/* One past a call's brackets and its FILTER (…) and OVER (…) or OVER name. */
static size_t call_end(const struct scope *c, size_t close, size_t to)
{
    const struct token *at = c->t->list.at;
    size_t i = close + 1;
    while (i + 1 < to && (token_is(&at[i], "filter") || token_is(&at[i], "over")))
        i = token_is(&at[i + 1], "(") ? token_closing(c->t, i + 1) + 1 : i + 2;
    return i;
}

static struct known of_single(const struct token *t)
{
    bool is_zero = token_is(t, "null") || (t->kind == TOKEN_NUMBER && str_eq(t->text, S("0")));
    return is_zero ? ZERO : NOTHING;
}

/* The expression of the tokens from … to (exclusive). */
static struct known of_range(struct scope *c, size_t from, size_t to)
{
    const struct token *at = c->t->list.at;
    while (from < to && (token_is(&at[from], "-") || token_is(&at[from], "+")))
        from++;
    if (from >= to)
        return NOTHING;
    if (token_is(&at[from], "(") && token_closing(c->t, from) == to - 1) {
        if (!token_is(&at[from + 1], "select"))
            return of_range(c, from + 1, to - 1);
        struct items items = select_items(c, from + 1);
        return of_range(c, items.list.at[0].from, items.list.at[0].to);
    }
    if (token_is(&at[from], "case") && find_outside(c, from + 1, to, END) == to - 1)
        return of_case(c, from, to);
    if (to - from == 1 && (!is_identifier(&at[from]) || token_is(&at[from], "null")))
        return of_single(&at[from]);
    if (to - from == 1 || (to - from == 3 && token_is(&at[from + 1], ".")))
        return of_name(c, from, to);
    if (is_identifier(&at[from]) && token_is(&at[from + 1], "(")) {
        size_t close = token_closing(c->t, from + 1);
        if (close < to && call_end(c, close, to) == to)
            return of_call(c, from, from + 1, close);
    }
    return of_operators(c, from, to);
}

/* ---- columns ---- */

/* The type of a column of a table function, which is no relation of ours. */
static struct known of_table_function(str table)
{
    if (str_eq(table, S("months")))
        return (struct known){true, TYPE_month, FLOW_NONE};
    if (str_eq(table, S("days")))
        return (struct known){true, TYPE_date, FLOW_NONE};
    return NOTHING;
}

static bool of_origin(struct store *s, sqlite3_stmt *stmt, int i, struct known *k)
{
    str table = str_of(sqlite3_column_table_name(stmt, i));
    str name = str_of(sqlite3_column_origin_name(stmt, i));
    if (!str_is_set(table) || !str_is_set(name))
        return false;
    const struct relation *r = relation_get(s, table);
    const struct relation_column *column = r ? relation_column(r, name) : NULL;
    *k = column ? of_column(column) : r ? NOTHING : of_table_function(table);
    return true;
}

/* What the select lists of the whole statement make of each column; a UNION has several. Returns
 * how many there are. */
static int of_select_lists(struct scope *c, struct known *k, int ncols)
{
    int depth = 0, nlists = 0;
    for (int i = 0; i < ncols; i++)
        k[i] = ZERO;
    for (size_t i = 0; i < c->t->list.n; i++) {
        depth += token_is(&c->t->list.at[i], "(");
        depth -= token_is(&c->t->list.at[i], ")");
        if (depth || !token_is(&c->t->list.at[i], "select"))
            continue;
        struct items items = select_items(c, i);
        nlists++;
        for (int col = 0; (int)items.list.n == ncols && col < ncols; col++) {
            const struct item *item = &items.list.at[col];
            k[col] = merged(k[col], of_range(c, item->from, item->to));
        }
    }
    return nlists;
}

void type_columns(struct store *s, sqlite3_stmt *stmt, const struct tokens *t,
                  const struct reads *reads, struct relation_column *out)
{
    struct arena *mem = arena_new();
    struct scope c = {.s = s, .mem = mem, .t = t};
    int ncols = sqlite3_column_count(stmt);
    struct known *k = NEW_ARRAY(mem, (size_t)ncols + 1, struct known);
    map_init(&c.names, mem);
    map_init(&c.aliases, mem);
    note_aliases(&c);
    note_selects(&c, reads);

    int nlists = of_select_lists(&c, k, ncols);
    for (int i = 0; i < ncols; i++) {
        struct known origin;
        /* SQLite tells the origin in the first SELECT of a UNION only. */
        if (nlists == 1 && of_origin(s, stmt, i, &origin))
            k[i] = origin;
        out[i].name = arena_str(s->mem, str_of(sqlite3_column_name(stmt, i)));
        out[i].typed = k[i].typed;
        out[i].type = k[i].type;
        out[i].flow = k[i].flow;
    }
    arena_free(mem);
}
