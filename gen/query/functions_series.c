/* SQL aggregates that give JSON: series(key, value) and share_out(total, weight, key), and ->> to
 * take one value out by any key. */
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_SUBTYPE = 'J' }; /* by which SQLite's JSON functions know each other's results */

/* ---- keyed values ---- */

struct entry {
    char *key; /* sqlite3_malloc'd */
    size_t nkey;
    struct value value; /* NULL, INT, REAL */
    int64_t order;      /* of arrival */
    int64_t share;
};

/* The window's rows: those before `head` have left it. */
struct entries {
    struct entry *at;
    int64_t head, n, cap;
    struct value total;
    bool ready; /* `json` is that of the present rows */
    struct buf json;
};

static str entry_key(const struct entry *e)
{
    return (str){e->key, e->nkey};
}

static bool entries_add(sqlite3_context *c, struct entries *list, str key, struct value value)
{
    if (list->n == list->cap) {
        int64_t cap = list->cap ? list->cap * 2 : 32;
        struct entry *at = sqlite3_realloc64(list->at, (sqlite3_uint64)cap * sizeof *at);
        if (!at) {
            sqlite3_result_error_nomem(c);
            return false;
        }
        list->at = at;
        list->cap = cap;
    }
    char *copy = sqlite3_malloc64(key.n + 1);
    if (!copy) {
        sqlite3_result_error_nomem(c);
        return false;
    }
    memcpy(copy, key.p, key.n);
    list->at[list->n] = (struct entry){copy, key.n, value, list->n, 0};
    list->n++;
    list->ready = false;
    return true;
}

static void entries_clear(struct entries *list)
{
    for (int64_t i = list->head; i < list->n; i++)
        sqlite3_free(list->at[i].key);
    sqlite3_free(list->at);
    buf_clear(&list->json);
}

static int by_key(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = str_cmp(entry_key(x), entry_key(y));
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void json_string(struct buf *out, str s)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", c);
        else if (c < 0x20)
            buf_addf(out, "\\u%04x", c);
        else
            buf_addc(out, (char)c);
    }
    buf_addc(out, '"');
}

/* ---- series ---- */

static void series_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    struct entries *list = sqlite3_aggregate_context(c, sizeof *list);
    struct value value = fn_value(v[1]);
    if (!list || fn_is_null(v[0]))
        return;
    if (value.kind == VALUE_TEXT)
        fn_fail(c, "is no number for series()", value.s);
    else
        entries_add(c, list, fn_text(v[0]), value);
}

static int64_t month_number(str s)
{
    return month_parse(s);
}

static int64_t day_number(str s)
{
    day d = day_parse(s);
    return d == DAY_NONE ? -1 : (int64_t)d + 1000000; /* above zero for every year from 1 */
}

/* Whether all keys are months, or all are days: then they can be counted, and gaps be seen. */
static bool all_are(const struct entries *list, int64_t (*number)(str))
{
    for (int64_t i = 0; i < list->n; i++)
        if (number(entry_key(&list->at[i])) < 0)
            return false;
    return true;
}

static void add_number(struct store *s, struct buf *out, struct value v)
{
    arena_reset(s->scratch);
    if (v.kind == VALUE_INT)
        buf_addf(out, "%lld", (long long)v.i);
    else if (v.kind == VALUE_REAL && isfinite(v.r))
        buf_add(out, fmt_exact(s->scratch, v.r));
    else
        buf_add(out, S("null"));
}

enum { MAX_GAP = 4000 }; /* days: ten years of nothing between two keys is a mistyped date */

static bool series_json(sqlite3_context *c, const struct entries *list, struct buf *out)
{
    int64_t (*number)(str) = all_are(list, month_number) ? month_number
                             : all_are(list, day_number) ? day_number
                                                         : NULL;
    buf_addc(out, '[');
    for (int64_t i = 0; i < list->n; i++) {
        const struct entry *e = &list->at[i];
        int64_t gap = number && i ? number(entry_key(e)) - number(entry_key(e - 1)) : 1;
        if (gap == 0 || gap > MAX_GAP) {
            fn_fail(c,
                    gap ? "lies too far from the other keys of series()"
                        : "stands twice among the keys of series()",
                    entry_key(e));
            return false;
        }
        while (--gap > 0)
            buf_add(out, S("null,"));
        add_number(fn_store(c), out, e->value);
        if (i + 1 < list->n)
            buf_addc(out, ',');
    }
    buf_addc(out, ']');
    return true;
}

static void series_final(sqlite3_context *c)
{
    struct entries *list = sqlite3_aggregate_context(c, 0);
    if (!list || !list->n)
        return;
    struct buf json = {0};
    qsort(list->at, (size_t)list->n, sizeof *list->at, by_key);
    if (series_json(c, list, &json)) {
        fn_give(c, buf_str(&json));
        sqlite3_result_subtype(c, JSON_SUBTYPE);
    }
    buf_clear(&json);
    entries_clear(list);
}

/* ---- share_out: shares.c, ties to the key that sorts first ---- */

static void share_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    struct entries *list = sqlite3_aggregate_context(c, sizeof *list);
    struct value total = fn_value(v[0]), weight = fn_value(v[1]);
    if (!list || fn_is_null(v[2]))
        return;
    if (value_number(weight) < 0) {
        fn_fail(c, "is a weight below zero in share_out()", fn_text(v[1]));
        return;
    }
    if (total.kind == VALUE_REAL && total.r == floor(total.r) && fabs(total.r) < 9e18)
        total = (struct value){VALUE_INT, .i = (int64_t)total.r};
    if (total.kind != VALUE_INT && total.kind != VALUE_NULL) {
        fn_fail(c, "cannot be shared out: it is no whole number", fn_text(v[0]));
        return;
    }
    if (weight.kind == VALUE_TEXT)
        weight.kind = VALUE_NULL;
    list->total = total;
    entries_add(c, list, fn_text(v[2]), weight);
}

static void share_inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    struct entries *list = sqlite3_aggregate_context(c, sizeof *list);
    if (!list || fn_is_null(v[2]) || list->head == list->n)
        return;
    sqlite3_free(list->at[list->head++].key);
    list->ready = false;
}

/* Sets the share of each of n entries, which are sorted by key. */
static void share_total(struct entry *e, size_t n, int64_t total)
{
    int64_t *weight = calloc(2 * n, sizeof *weight), *part = weight + n;
    double largest = 0;
    bool all_whole = true;
    if (!weight)
        die("no memory to share out over %zu keys", n);
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, e[i].value.kind ? value_number(e[i].value) : 0);
        all_whole = all_whole && e[i].value.kind != VALUE_REAL;
    }
    for (size_t i = 0; i < n; i++)
        if (e[i].value.kind != VALUE_NULL)
            weight[i] = all_whole ? e[i].value.i : share_weight(value_number(e[i].value), largest);
    share_out(total, weight, n, part);
    for (size_t i = 0; i < n; i++)
        e[i].share = part[i];
    free(weight);
}

static void share_json(struct entries *list)
{
    int64_t n = list->n - list->head;
    struct entry *sorted = malloc((size_t)n * sizeof *sorted);
    if (!sorted)
        die("no memory to share out over %lld keys", (long long)n);
    /* A copy: the rows themselves must leave the window in the order in which they came. */
    memcpy(sorted, list->at + list->head, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_key);
    share_total(sorted, (size_t)n, list->total.i);
    buf_reset(&list->json);
    buf_addc(&list->json, '{');
    for (int64_t i = 0; i < n; i++) {
        if (i)
            buf_addc(&list->json, ',');
        json_string(&list->json, entry_key(&sorted[i]));
        buf_addf(&list->json, ":%lld", (long long)sorted[i].share);
    }
    buf_addc(&list->json, '}');
    free(sorted);
    list->ready = true;
}

/* A window asks for its value at each row: it is made once for the rows that are in it. */
static void share_value(sqlite3_context *c)
{
    struct entries *list = sqlite3_aggregate_context(c, 0);
    if (!list || list->head == list->n || list->total.kind == VALUE_NULL)
        return;
    if (!list->ready)
        share_json(list);
    fn_give(c, buf_str(&list->json));
    sqlite3_result_subtype(c, JSON_SUBTYPE);
}

static void share_final(sqlite3_context *c)
{
    share_value(c);
    struct entries *list = sqlite3_aggregate_context(c, 0);
    if (list)
        entries_clear(list);
}

/* ---- ->> ----
 * SQLite reads the right side of ->> as a path: 'li.wei' as wei of li, and '2026-10' as a place in
 * an array. Keys here are names of people, customers, months: taken as they are. */

static size_t skip_blank(str s, size_t i)
{
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r'))
        i++;
    return i;
}

static size_t string_end(str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        i += s.p[i] == '\\';
    return i < s.n ? i + 1 : s.n;
}

static size_t json_end(str s, size_t i)
{
    int depth = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"') {
            i = string_end(s, i) - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth-- == 0)
                return i;
        } else if (c == ',' && depth == 0) {
            return i;
        }
    }
    return s.n;
}

static void add_code_point(struct buf *out, unsigned code)
{
    if (code < 0x80) {
        buf_addc(out, (char)code);
    } else if (code < 0x800) {
        buf_addc(out, (char)(0xc0 | code >> 6));
        buf_addc(out, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        buf_addc(out, (char)(0xe0 | code >> 12));
        buf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_addc(out, (char)(0x80 | (code & 0x3f)));
    } else {
        buf_addc(out, (char)(0xf0 | code >> 18));
        buf_addc(out, (char)(0x80 | (code >> 12 & 0x3f)));
        buf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_addc(out, (char)(0x80 | (code & 0x3f)));
    }
}

static unsigned hex4(str s, size_t i)
{
    unsigned code = 0;
    for (size_t k = i; k < i + 4; k++) {
        char c = k < s.n ? s.p[k] : '0';
        code = code * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) % 16;
    }
    return code;
}

/* A JSON string, quotes and all, as the text that it means. */
static void add_unquoted(struct buf *out, str quoted)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    for (size_t i = 1; i + 1 < quoted.n; i++) {
        if (quoted.p[i] != '\\') {
            buf_addc(out, quoted.p[i]);
            continue;
        }
        char c = quoted.p[++i];
        const char *plain = memchr(from, c, sizeof from - 1);
        if (c != 'u') {
            buf_addc(out, plain ? to[plain - from] : c);
            continue;
        }
        unsigned code = hex4(quoted, i + 1);
        i += 4;
        bool is_pair = code >= 0xd800 && code < 0xdc00 && i + 6 < quoted.n &&
                       quoted.p[i + 1] == '\\' && quoted.p[i + 2] == 'u';
        if (is_pair) {
            code = 0x10000 + ((code & 0x3ff) << 10) + (hex4(quoted, i + 3) & 0x3ff);
            i += 6;
        }
        add_code_point(out, code);
    }
}

/* The text of the value of `key` in a JSON object, or of element `key` of an array; unset if
 * none. */
static str json_member(str json, str key, int64_t index, struct buf *name)
{
    size_t i = skip_blank(json, 0);
    bool is_object = i < json.n && json.p[i] == '{', is_array = i < json.n && json.p[i] == '[';
    if (!is_object && !is_array)
        return (str){0};
    for (int64_t k = 0; i < json.n && json.p[i] != '}' && json.p[i] != ']'; k++) {
        i = skip_blank(json, i + 1);
        buf_reset(name);
        if (is_object && i < json.n && json.p[i] == '"') {
            size_t end = string_end(json, i);
            add_unquoted(name, str_sub(json, i, end));
            i = skip_blank(json, end) + 1;
        }
        size_t end = json_end(json, i);
        bool found = is_object ? str_eq(buf_str(name), key) : k == index;
        if (found)
            return str_trim(str_sub(json, i, end));
        i = end;
    }
    return (str){0};
}

static void give_json(sqlite3_context *c, str text)
{
    int64_t whole;
    double real;
    if (!text.n || str_eq(text, S("null")))
        return;
    if (text.p[0] == '"') {
        struct buf b = {0};
        add_unquoted(&b, text);
        fn_give(c, buf_str(&b));
        buf_clear(&b);
    } else if (parse_integer(text, &whole)) {
        sqlite3_result_int64(c, whole);
    } else if (parse_number(text, &real)) {
        sqlite3_result_double(c, real);
    } else if (str_eq(text, S("true")) || str_eq(text, S("false"))) {
        sqlite3_result_int(c, text.p[0] == 't');
    } else {
        fn_give(c, text);
    }
}

static void take(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_is_null(v[0]) || fn_is_null(v[1]))
        return;
    struct buf name = {0};
    bool by_index = sqlite3_value_type(v[1]) == SQLITE_INTEGER;
    give_json(c, json_member(fn_text(v[0]), fn_text(v[1]),
                             by_index ? sqlite3_value_int64(v[1]) : -1, &name));
    buf_clear(&name);
}

void functions_add_series(struct store *s, sqlite3 *db)
{
    static const struct sql_function list[] = {{"->>", 2, take}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    functions_add_list(s, db, list, 1);
    sqlite3_create_function(db, "series", 2, flags, s, NULL, series_step, series_final);
    sqlite3_create_window_function(db, "share_out", 3, flags, s, share_step, share_final,
                                   share_value, share_inverse, NULL);
}
