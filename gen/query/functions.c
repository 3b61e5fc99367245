/* SQL functions: what there is, what may be called, and those that make text. */
#include "store.h"

#include <math.h>
#include <string.h>

/* Every function that a model or page may call: its name, and the type of what it gives, or ANY
 * where that follows from its arguments. What is not here is refused: whatever reads the clock,
 * gives chance, loads code or makes texts of any length. */
/* clang-format off */
#define FUNCTIONS(X)                                                                               \
    /* ours */                                                                                     \
    X("add_days", date) X("add_months", month) X("as_of", date) X("as_of_month", month)            \
    X("bare", string) X("concat", string) X("date_text", string) X("days_between", integer)                          \
    X("fiscal_quarter", period) X("fiscal_year", period) X("format", string)                       \
    X("is_working_day", boolean) X("link", string) X("median", ANY) X("money", string)             \
    X("month", month) X("month_first", date) X("month_last", date) X("month_text", string)         \
    X("months_between", integer) X("name_of", string) X("number", string) X("percent", string)     \
    X("period_first", date) X("period_kind", string) X("period_last", date) X("quantile", ANY)     \
    X("quarter", period) X("ratio", number) X("regr_intercept", ANY) X("regr_r2", number)          \
    X("regr_slope", ANY) X("series", string) X("share_out", string) X("short", string)             \
    X("short_money", string) X("smallest_units", money) X("t", string) X("tenday", string)         \
    X("week", period) X("weekday", integer) X("working_days", integer) X("year", period)           \
    /* SQLite's */                                                                                 \
    X("->", ANY) X("->>", ANY) X("abs", ANY) X("acos", number) X("asin", number)                   \
    X("atan", number) X("atan2", number) X("avg", ANY) X("ceil", ANY) X("ceiling", ANY)            \
    X("char", string) X("coalesce", ANY) X("cos", number) X("count", integer)                      \
    X("cume_dist", number) X("degrees", number) X("dense_rank", integer) X("exp", number)          \
    X("first_value", ANY) X("floor", ANY) X("glob", boolean) X("group_concat", string)             \
    X("hex", string) X("ifnull", ANY) X("iif", ANY) X("instr", integer) X("json", string)          \
    X("json_array", string) X("json_array_length", integer) X("json_extract", ANY)                 \
    X("json_group_array", string) X("json_group_object", string) X("json_object", string)          \
    X("json_quote", string) X("json_type", string) X("json_valid", boolean) X("lag", ANY)          \
    X("last_value", ANY) X("lead", ANY) X("length", integer) X("like", boolean)                    \
    X("likelihood", ANY) X("likely", ANY) X("ln", number) X("log", number) X("log10", number)      \
    X("log2", number) X("lower", string) X("ltrim", string) X("max", ANY) X("min", ANY)            \
    X("mod", ANY) X("nth_value", ANY) X("ntile", integer) X("nullif", ANY)                         \
    X("percent_rank", number) X("pi", number) X("pow", number) X("power", number)                  \
    X("radians", number) X("rank", integer) X("replace", string) X("round", ANY)                   \
    X("row_number", integer) X("rtrim", string) X("sign", integer) X("sin", number)                \
    X("sqrt", number) X("substr", string) X("substring", string) X("sum", ANY) X("tan", number)    \
    X("total", ANY) X("trim", string) X("trunc", ANY) X("typeof", string) X("unicode", integer)    \
    X("unlikely", ANY) X("upper", string)
/* clang-format on */

enum { TYPE_ANY = -1 };

static const struct {
    const char *name;
    int type;
} functions[] = {
#define X(name, type) {name, TYPE_##type},
    FUNCTIONS(X)
#undef X
};
enum { NFUNCTIONS = sizeof functions / sizeof *functions };

static int function_index(str name)
{
    for (int i = 0; i < NFUNCTIONS; i++)
        if (strlen(functions[i].name) == name.n &&
            sqlite3_strnicmp(functions[i].name, name.p, (int)name.n) == 0)
            return i;
    return -1;
}

bool function_type(str name, enum type *type)
{
    int i = function_index(name);
    if (i < 0 || functions[i].type == TYPE_ANY)
        return false;
    *type = (enum type)functions[i].type;
    return true;
}

/* Models are evaluated before it is known which pages there will be. */
bool function_allowed(str name, bool in_page)
{
    if (!in_page && (str_eq(name, S("link")) || str_eq(name, S("name_of"))))
        return false;
    return function_index(name) >= 0;
}

str function_nearest(str name)
{
    str names[NFUNCTIONS];
    for (int i = 0; i < NFUNCTIONS; i++)
        names[i] = str_of(functions[i].name);
    return text_nearest(name, names, NFUNCTIONS);
}

/* ---- values in and out ---- */

struct store *fn_store(sqlite3_context *c)
{
    return sqlite3_user_data(c);
}

bool fn_is_null(sqlite3_value *v)
{
    return sqlite3_value_type(v) == SQLITE_NULL;
}

str fn_text(sqlite3_value *v)
{
    const char *p = (const char *)sqlite3_value_text(v);
    return p ? (str){p, (size_t)sqlite3_value_bytes(v)} : (str){0};
}

struct value fn_value(sqlite3_value *v)
{
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER:
        return (struct value){VALUE_INT, .i = sqlite3_value_int64(v)};
    case SQLITE_FLOAT:
        return (struct value){VALUE_REAL, .r = sqlite3_value_double(v)};
    case SQLITE_NULL:
        return (struct value){.kind = VALUE_NULL};
    default:
        return (struct value){VALUE_TEXT, .s = fn_text(v)};
    }
}

void fn_give(sqlite3_context *c, str text)
{
    if (str_is_set(text))
        sqlite3_result_text(c, text.p, (int)text.n, SQLITE_TRANSIENT);
    else
        sqlite3_result_null(c);
}

void fn_fail(sqlite3_context *c, const char *what, str value)
{
    struct buf b = {0};
    buf_addf(&b, "'" STR_FMT "' %s", STR_ARG(str_sub(value, 0, 60)), what);
    sqlite3_result_error(c, b.p, (int)b.n);
    buf_clear(&b);
}

/* ---- numbers ---- */

static void ratio(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_is_null(v[0]) || fn_is_null(v[1]))
        return;
    double below = sqlite3_value_double(v[1]);
    if (below != 0)
        sqlite3_result_double(c, sqlite3_value_double(v[0]) / below);
}

/* An amount in units of the book's currency as money; half a smallest unit goes away from zero. */
static void smallest_units(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_is_null(v[0]))
        return;
    double units = sqlite3_value_double(v[0]) * pow(10, fn_store(c)->lang->money_decimals);
    if (fabs(units) < 9e18)
        sqlite3_result_int64(c, llround(units));
    else
        fn_fail(c, "is more money than can be counted", fn_text(v[0]));
}

/* ---- text ---- */

static void concat(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct buf b = {0};
    for (int i = 0; i < n; i++)
        if (!fn_is_null(v[i]))
            buf_add(&b, fn_text(v[i]));
    fn_give(c, buf_str(&b));
    buf_clear(&b);
}

/* What two ways to write a name or a number have in common; unknown where nothing is left. */
static void bare(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct store *s = fn_store(c);
    (void)n;
    if (fn_is_null(v[0]))
        return;
    arena_reset(s->scratch);
    str text = text_bare(s->scratch, fn_text(v[0]));
    if (text.n)
        fn_give(c, text);
}

/* A sentence in the book's language. The only door for translations of what SQL says: a catalogue
 * would be looked up here by the template. */
static str sentence(const struct store *s, str pattern)
{
    (void)s;
    return pattern;
}

/* A whole number stands in a sentence as people write it; unknown is a dash. */
static str phrase(struct store *s, sqlite3_value *v)
{
    struct value value = fn_value(v);
    enum type type = value.kind == VALUE_INT    ? TYPE_integer
                     : value.kind == VALUE_REAL ? TYPE_number
                                                : TYPE_string;
    return format_value(s->scratch, s, value, type, (str){0});
}

/* A place in a sentence: {1}, the first value, or {1:day|days}, the word that goes with it. */
struct sentence_place {
    int number; /* 0: there is none */
    str words;  /* unset: the value itself */
    size_t n;   /* characters */
};

static struct sentence_place place_at(str s, size_t at)
{
    if (at + 2 >= s.n || s.p[at] != '{' || s.p[at + 1] < '1' || s.p[at + 1] > '9')
        return (struct sentence_place){0};
    struct sentence_place place = {.number = s.p[at + 1] - '0', .n = 3};
    size_t end = str_find(s, S("}"), at);
    if (s.p[at + 2] == ':' && end < s.n) {
        place.words = str_sub(s, at + 3, end);
        place.n = end + 1 - at;
    }
    return s.p[at + 2] == '}' || str_is_set(place.words) ? place : (struct sentence_place){0};
}

/* Also of a text: 1 that has been formatted. */
static bool is_one(sqlite3_value *v)
{
    struct value value = fn_value(v);
    return value.kind == VALUE_INT    ? value.i == 1 || value.i == -1
           : value.kind == VALUE_REAL ? fabs(sqlite3_value_double(v)) == 1
                                      : str_eq(fn_text(v), S("1"));
}

static void translate(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct store *s = fn_store(c);
    struct buf b = {0};
    if (n == 0 || fn_is_null(v[0]))
        return;
    arena_reset(s->scratch);
    str rest = sentence(s, fn_text(v[0]));
    for (size_t i = 0; i < rest.n; i++) {
        struct sentence_place place = place_at(rest, i);
        int k = place.number;
        if (k && k < n) {
            buf_add(&b, place.words.n ? text_plural(place.words, is_one(v[k])) : phrase(s, v[k]));
            i += place.n - 1;
        } else if (k) {
            fn_fail(c, "has no value for a place that it names", rest);
            buf_clear(&b);
            return;
        } else {
            buf_addc(&b, rest.p[i]);
        }
    }
    fn_give(c, buf_str(&b));
    buf_clear(&b);
}

static void give_formatted(sqlite3_context *c, sqlite3_value *v, str format)
{
    struct store *s = fn_store(c);
    struct value value = fn_value(v);
    arena_reset(s->scratch);
    fn_give(c, format_value(s->scratch, s, value, TYPE_string, format));
}

static void format(sqlite3_context *c, int n, sqlite3_value **v)
{
    /* Of any number of arguments, so that SQLite's own format() can never be reached. */
    if (n != 2)
        sqlite3_result_error(c, "format() takes a value and the name of a format", -1);
    else if (!format_known(fn_text(v[1])))
        fn_fail(c, "is no format", fn_text(v[1]));
    else
        give_formatted(c, v[0], fn_text(v[1]));
}

#define SHORTHAND(function, name)                                                                  \
    static void function(sqlite3_context *c, int n, sqlite3_value **v)                             \
    {                                                                                              \
        (void)n;                                                                                   \
        give_formatted(c, v[0], S(name));                                                          \
    }
SHORTHAND(money_text, "money")
SHORTHAND(short_text, "short")
SHORTHAND(short_money_text, "short_money")
SHORTHAND(percent_text, "percent")
SHORTHAND(number_text, "number")
SHORTHAND(date_text, "date")
SHORTHAND(month_text, "month")

/* ---- pages ---- */

static void link_to(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct store *s = fn_store(c);
    str address;
    (void)n;
    store_name_of(s, s->audience, fn_text(v[0]), fn_text(v[1]), &address);
    fn_give(c, address);
}

static void name_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    struct store *s = fn_store(c);
    (void)n;
    fn_give(c, store_name_of(s, s->audience, fn_text(v[0]), fn_text(v[1]), NULL));
}

static void functions_add_texts(struct store *s, sqlite3 *db)
{
    static const struct sql_function list[] = {
        {"ratio", 2, ratio},
        {"smallest_units", 1, smallest_units},
        {"concat", -1, concat},
        {"t", -1, translate},
        {"format", -1, format},
        {"money", 1, money_text},
        {"short", 1, short_text},
        {"short_money", 1, short_money_text},
        {"percent", 1, percent_text},
        {"number", 1, number_text},
        {"date_text", 1, date_text},
        {"month_text", 1, month_text},
        {"bare", 1, bare},
    };
    static const struct sql_function of_pages[] = {{"link", 2, link_to}, {"name_of", 2, name_of}};
    functions_add_list(s, db, list, sizeof list / sizeof *list);
    for (size_t i = 0; i < sizeof of_pages / sizeof *of_pages; i++)
        sqlite3_create_function(db, of_pages[i].name, of_pages[i].nargs, SQLITE_UTF8, s,
                                of_pages[i].run, NULL, NULL);
}

/* ---- all of them ---- */

/* Functions whose value depends on nothing but the arguments: SQLite may call them once for a
 * constant. */
void functions_add_list(struct store *s, sqlite3 *db, const struct sql_function *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sqlite3_create_function(db, f[i].name, f[i].nargs, SQLITE_UTF8 | SQLITE_DETERMINISTIC, s,
                                f[i].run, NULL, NULL);
}

void functions_add(struct store *s, sqlite3 *db)
{
    functions_add_dates(s, db);
    functions_add_texts(s, db);
    functions_add_statistics(s, db);
    functions_add_series(s, db);
    functions_add_tables(s, db);
    functions_add_forecast(db);
}
