#include "engine.h"

#include <string.h>

/* Expressions in the dialects of engines. */

bool sql_is_click(const struct asking *a)
{
    return a->engine->dialect == DIALECT_clickhouse;
}

/* ---- names and literals ---- */

static str escaped(struct arena *mem, str text, char quote, bool backslash)
{
    struct buf b = {0};
    buf_addc(&b, quote);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == quote || (backslash && c == '\\'))
            buf_addc(&b, backslash ? '\\' : c);
        buf_addc(&b, c);
    }
    buf_addc(&b, quote);
    str s = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return s;
}

str sql_quoted(const struct asking *a, str name)
{
    return sql_is_click(a) ? escaped(a->mem, name, '`', true) : escaped(a->mem, name, '"', false);
}

/* The only way for a text into a statement. */
static str literal(const struct asking *a, str text)
{
    return escaped(a->mem, text, '\'', sql_is_click(a));
}

static str day_literal(const struct asking *a, day d)
{
    str iso = day_iso(a->mem, d);
    return arena_printf(a->mem, sql_is_click(a) ? "toDate('" STR_FMT "')" : "DATE '" STR_FMT "'",
                        STR_ARG(iso));
}

static str value_literal(const struct asking *a, enum type type, struct value v)
{
    struct buf b = {0};
    if (v.kind == VALUE_TEXT && type == TYPE_date)
        return day_literal(a, day_parse(v.s));
    if (v.kind == VALUE_TEXT)
        return literal(a, v.s);
    if (v.kind == VALUE_NULL)
        return S("NULL");
    if (v.kind == VALUE_REAL)
        return fmt_exact(a->mem, v.r);
    if (type == TYPE_boolean && !sql_is_click(a))
        return v.i ? S("TRUE") : S("FALSE");
    buf_add_decimal(&b, v.i, type == TYPE_money ? a->model->money_decimals : 0, false);
    str s = arena_str(a->mem, buf_str(&b));
    buf_clear(&b);
    return s;
}

/* ---- expressions ---- */

bool sql_is_text(enum type type)
{
    return type_is_text(type) && type != TYPE_date && type != TYPE_datetime && type != TYPE_time;
}

str sql_date(const struct asking *a, str x)
{
    return arena_printf(
        a->mem, sql_is_click(a) ? "toDate(" STR_FMT ")" : "CAST(" STR_FMT " AS DATE)", STR_ARG(x));
}

str sql_text_of(const struct asking *a, enum type type, str x)
{
    if (sql_is_text(type))
        return x;
    if (type == TYPE_date)
        x = sql_date(a, x);
    if (sql_is_click(a))
        return arena_printf(a->mem, "toString(" STR_FMT ")", STR_ARG(x));
    if (type == TYPE_date && a->engine->dialect == DIALECT_postgres) /* DateStyle may be another */
        return arena_printf(a->mem, "to_char(" STR_FMT ", 'YYYY-MM-DD')", STR_ARG(x));
    return arena_printf(a->mem, "CAST(" STR_FMT " AS VARCHAR(%d))", STR_ARG(x),
                        type == TYPE_date ? 10 : 100);
}

str sql_filled(const struct asking *a, str x)
{
    return arena_printf(a->mem, "coalesce(" STR_FMT ", '')", STR_ARG(x));
}

str sql_unless_empty(const struct asking *a, enum type type, str x)
{
    return sql_is_text(type) ? arena_printf(a->mem,
                                            sql_is_click(a) ? "nullIf(" STR_FMT ", '')"
                                                            : "nullif(" STR_FMT ", '')",
                                            STR_ARG(x))
                             : x;
}

str sql_column(const struct asking *a, const char *of, const struct schema *s, int field)
{
    const struct field *f = &s->field[field];
    str name = sql_quoted(a, f->name);
    str x = of ? arena_printf(a->mem, "%s." STR_FMT, of, STR_ARG(name)) : name;
    if (f->missing.kind != VALUE_NULL) {
        str given = sql_unless_empty(a, f->type, x),
            missing = value_literal(a, f->type, f->missing);
        x = arena_printf(a->mem, "coalesce(" STR_FMT ", " STR_FMT ")", STR_ARG(given),
                         STR_ARG(missing));
    }
    if (f->known_at < 0 || a->as_of == DAY_NONE)
        return x;
    str known = sql_column(a, of, s, f->known_at), later = day_literal(a, a->as_of + 1);
    str before = value_literal(a, f->type, f->before);
    return arena_printf(
        a->mem, "CASE WHEN " STR_FMT " >= " STR_FMT " THEN " STR_FMT " ELSE " STR_FMT " END",
        STR_ARG(known), STR_ARG(later), STR_ARG(before), STR_ARG(x));
}

/* ---- functions of a date ---- */

/* Every dialect has its own way to a part of a date; {d} is the date. NULL: it has none. */
#define X(name) +1
enum { NDIALECTS = 0 DIALECTS(X) };
#undef X
struct date_function {
    str name;
    const char *in[NDIALECTS];
};
#define ANSI_TEXT "CAST({d} AS VARCHAR(10))"
#define ANSI_PART(n) "SUBSTRING(" ANSI_TEXT " FROM 1 FOR " #n ")"
#define ANSI_THIRD                                                                                 \
    "CASE WHEN EXTRACT(DAY FROM {d}) <= 10 THEN '-1' WHEN EXTRACT(DAY FROM {d}) <= 20 THEN '-2' "  \
    "ELSE '-3' END"
#define ANSI_QUARTER                                                                               \
    "CASE WHEN EXTRACT(MONTH FROM {d}) <= 3 THEN '-Q1' WHEN EXTRACT(MONTH FROM {d}) <= 6 THEN "    \
    "'-Q2' WHEN EXTRACT(MONTH FROM {d}) <= 9 THEN '-Q3' ELSE '-Q4' END"
#define ANSI_TO_DATE                                                                               \
    "CASE WHEN EXTRACT(DAY FROM {d}) <= {n} THEN '1' "                                             \
    "WHEN {d} IS NOT NULL THEN '0' END"

static const struct date_function functions[] = {
    {S("month"),
     {[DIALECT_ansi] = ANSI_PART(7),
      [DIALECT_postgres] = "to_char({d}, 'YYYY-MM')",
      [DIALECT_clickhouse] = "substring(toString({d}), 1, 7)",
      [DIALECT_duckdb] = "strftime({d}, '%Y-%m')"}},
    {S("year"),
     {[DIALECT_ansi] = ANSI_PART(4),
      [DIALECT_postgres] = "to_char({d}, 'YYYY')",
      [DIALECT_clickhouse] = "substring(toString({d}), 1, 4)",
      [DIALECT_duckdb] = "strftime({d}, '%Y')"}},
    {S("quarter"),
     {[DIALECT_ansi] = ANSI_PART(4) " || " ANSI_QUARTER,
      [DIALECT_postgres] = "to_char({d}, 'YYYY\"-Q\"Q')",
      [DIALECT_clickhouse] =
          "concat(substring(toString({d}), 1, 4), '-Q', toString(toQuarter({d})))",
      [DIALECT_duckdb] = "strftime({d}, '%Y') || '-Q' || CAST(quarter({d}) AS VARCHAR)"}},
    {S("week"),
     {[DIALECT_postgres] = "to_char({d}, 'IYYY\"-W\"IW')",
      [DIALECT_clickhouse] = "concat(toString(toISOYear({d})), '-W', "
                             "substring(concat('0', toString(toISOWeek({d}))), -2))",
      [DIALECT_duckdb] = "strftime({d}, '%G-W%V')"}},
    {S("tenday"),
     {[DIALECT_ansi] = ANSI_PART(7) " || " ANSI_THIRD,
      [DIALECT_postgres] = "to_char({d}, 'YYYY-MM') || " ANSI_THIRD,
      [DIALECT_clickhouse] =
          "concat(substring(toString({d}), 1, 7), multiIf(toDayOfMonth({d}) <= 10, "
          "'-1', toDayOfMonth({d}) <= 20, '-2', '-3'))",
      [DIALECT_duckdb] = "strftime({d}, '%Y-%m') || " ANSI_THIRD}},
    {S("to_date"),
     {[DIALECT_ansi] = ANSI_TO_DATE,
      [DIALECT_postgres] = ANSI_TO_DATE,
      [DIALECT_clickhouse] = "toString(toDayOfMonth({d}) <= {n})",
      [DIALECT_duckdb] = ANSI_TO_DATE}},
};

static const char *way_of(const struct asking *a, str function)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (str_eq(functions[i].name, function))
            return functions[i].in[a->engine->dialect];
    return NULL;
}

bool sql_can_apply(const struct asking *a, str function, bool is_fact)
{
    bool is_bounded = is_fact && a->since != DAY_NONE && a->as_of != DAY_NONE;
    return way_of(a, function) || (is_bounded && str_eq(function, S("week")));
}

/* Every week from the one of the as-of date back to the first that counts. */
static str listed_weeks(const struct asking *a, str date)
{
    struct buf b = {0};
    buf_add(&b, S("CASE"));
    for (day monday = a->as_of - day_weekday(a->as_of) + 1; monday > a->since - 7; monday -= 7) {
        int year, week;
        str first = day_literal(a, monday);
        day_iso_week(monday, &year, &week);
        buf_addf(&b, " WHEN " STR_FMT " >= " STR_FMT " THEN '%04d-W%02d'", STR_ARG(date),
                 STR_ARG(first), year, week);
    }
    buf_add(&b, S(" END"));
    return sql_take(a, &b);
}

str sql_applied(const struct asking *a, str function, str date)
{
    str way = str_of(way_of(a, function));
    struct buf b = {0};
    int year, month, dom = 31;
    if (!str_is_set(way))
        return listed_weeks(a, date);
    if (a->as_of != DAY_NONE)
        day_split(a->as_of, &year, &month, &dom);
    for (size_t i = 0; i < way.n; i++) {
        bool is_day = str_starts(str_sub(way, i, way.n), S("{d}"));
        bool is_last = str_starts(str_sub(way, i, way.n), S("{n}"));
        if (is_day)
            buf_add(&b, date);
        else if (is_last)
            buf_addf(&b, "%d", dom);
        else
            buf_addc(&b, way.p[i]);
        i += is_day || is_last ? 2 : 0;
    }
    return sql_take(a, &b);
}

/* ---- FROM and WHERE ---- */

/* The date that a word at the head of a query stands for, in quotes: how many bytes the word
 * has. */
static size_t add_day(const struct asking *a, struct buf *out, str rest, day since)
{
    const struct {
        str word;
        day d;
        str otherwise;
    } known[] = {{S(":as_of"), a->as_of, S("9999-12-31")}, {S(":since"), since, S("0001-01-01")}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(rest, known[i].word)) {
            str iso = known[i].d == DAY_NONE ? known[i].otherwise : day_iso(a->mem, known[i].d);
            buf_add(out, literal(a, iso));
            return known[i].word.n;
        }
    return 0;
}

/* How many bytes at the head of a query are a text, a name in quotes or a comment; 0: neither. */
static size_t quoted_length(str rest)
{
    char c = rest.p[0];
    if (str_starts(rest, S("--")))
        return str_find(rest, S("\n"), 0);
    if (str_starts(rest, S("/*"))) {
        size_t close = str_find(rest, S("*/"), 2);
        return close < rest.n ? close + 2 : rest.n;
    }
    if (c != '\'' && c != '"' && c != '`')
        return 0;
    size_t end = str_find(rest, (str){&c, 1}, 1);
    return end < rest.n ? end + 1 : rest.n;
}

str sql_own(const struct asking *a, day since)
{
    str text = str_trim(a->engine->query);
    struct buf b = {0};
    while (str_ends(text, S(";")))
        text = str_trim(str_sub(text, 0, text.n - 1));
    for (size_t i = 0, n; i < text.n; i += n) {
        str rest = str_sub(text, i, text.n);
        if ((n = add_day(a, &b, rest, since)))
            continue;
        n = quoted_length(rest);
        n = n ? n : 1;
        buf_add(&b, str_sub(text, i, i + n));
    }
    return sql_take(a, &b);
}

bool engine_serves(const struct engine *e, str name)
{
    for (size_t i = 0; i < e->nserves; i++)
        if (str_eq(e->serves[i], name))
            return true;
    return false;
}

str sql_from(const struct asking *a, str table)
{
    if (str_is_set(a->engine->query) && engine_serves(a->engine, table)) {
        str query = sql_own(a, DAY_NONE);
        return arena_printf(a->mem, "(\n" STR_FMT "\n)", STR_ARG(query));
    }
    return sql_quoted(a, table);
}

day sql_since(const struct asking *a, str since)
{
    int64_t back;
    if (!str_is_set(since) || a->as_of == DAY_NONE ||
        !parse_integer(str_sub(since, 6, since.n - 1), &back))
        return DAY_NONE;
    return month_first(month_of(a->as_of) + (int)back);
}

/* Rows up to the as-of date, from the bound on; what has no date is seen, but in no time. */
static void add_seen(const struct asking *a, struct buf *b, const char *of, const struct schema *s,
                     str since)
{
    day from = sql_since(a, since);
    if (s->fact < 0 || a->as_of == DAY_NONE)
        return;
    const struct field *f = &s->field[s->fact];
    str name = sql_quoted(a, f->name), next = day_literal(a, a->as_of + 1);
    str x = of ? arena_printf(a->mem, "%s." STR_FMT, of, STR_ARG(name)) : name;
    if (from != DAY_NONE) {
        str first = day_literal(a, from);
        buf_addf(b, "\nWHERE " STR_FMT " >= " STR_FMT " AND " STR_FMT " < " STR_FMT, STR_ARG(x),
                 STR_ARG(first), STR_ARG(x), STR_ARG(next));
    } else if (f->required) {
        buf_addf(b, "\nWHERE " STR_FMT " < " STR_FMT, STR_ARG(x), STR_ARG(next));
    } else {
        buf_addf(b, "\nWHERE (" STR_FMT " < " STR_FMT " OR " STR_FMT " IS NULL)", STR_ARG(x),
                 STR_ARG(next), STR_ARG(x));
    }
}

str sql_where(const struct asking *a, const char *of, const struct schema *s, str since,
              const struct rollup *conditions)
{
    struct buf b = {0};
    add_seen(a, &b, of, s, since);
    for (size_t i = 0; conditions && i < conditions->nwhere; i++) {
        const struct condition *c = &conditions->where[i];
        int field = schema_field(s, c->column);
        enum type type = s->field[field].type;
        str x = sql_unless_empty(a, type, sql_column(a, of, s, field));
        str value = value_literal(a, type, c->value);
        /* Its decimals are not compared with 12.5, which it takes for a real number. */
        if (sql_is_click(a) && (type == TYPE_money || type_is_real(type)))
            x = arena_printf(a->mem, "toFloat64(" STR_FMT ")", STR_ARG(x));
        buf_addf(&b, "%s" STR_FMT " " STR_FMT " " STR_FMT, b.n ? " AND " : "\nWHERE ", STR_ARG(x),
                 STR_ARG(c->way), STR_ARG(value));
    }
    return sql_take(a, &b);
}

str sql_take(const struct asking *a, struct buf *b)
{
    str text = arena_str(a->mem, buf_str(b));
    buf_clear(b);
    return text;
}
