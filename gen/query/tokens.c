#include "store.h"

/* ---- cutting ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char char_at(str sql, size_t i)
{
    return i < sql.n ? sql.p[i] : '\0';
}

/* The end of a comment or run of blanks at i, or i. */
static size_t skip_space(str sql, size_t i)
{
    for (;;) {
        char c = char_at(sql, i);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            i++;
        } else if (c == '-' && char_at(sql, i + 1) == '-') {
            i = str_find(sql, S("\n"), i);
        } else if (c == '/' && char_at(sql, i + 1) == '*') {
            i = str_find(sql, S("*/"), i + 2);
            i = i < sql.n ? i + 2 : i;
        } else {
            return i;
        }
    }
}

/* The end of a text that begins with a quote at i; a doubled quote stands for itself. */
static size_t skip_quoted(str sql, size_t i)
{
    char close = sql.p[i] == '[' ? ']' : sql.p[i];
    for (i++; i < sql.n; i++) {
        if (sql.p[i] != close)
            continue;
        if (close == ']' || char_at(sql, i + 1) != close)
            return i + 1;
        i++;
    }
    return sql.n;
}

static size_t skip_number(str sql, size_t i)
{
    while (is_word(char_at(sql, i)) || char_at(sql, i) == '.') {
        char c = sql.p[i++];
        bool exponent = (c == 'e' || c == 'E') && !is_word(char_at(sql, i)) &&
                        (char_at(sql, i) == '+' || char_at(sql, i) == '-');
        i += exponent;
    }
    return i;
}

static size_t skip_sign(str sql, size_t i)
{
    static const char long_signs[][4] = {
        "->>", "->", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>"};
    for (size_t k = 0; k < sizeof long_signs / sizeof *long_signs; k++) {
        const char *sign = long_signs[k];
        if (sign[0] == sql.p[i] && sign[1] == char_at(sql, i + 1) &&
            (!sign[2] || sign[2] == char_at(sql, i + 2)))
            return i + (sign[2] ? 3 : 2);
    }
    return i + 1;
}

static enum token_kind kind_at(str sql, size_t i)
{
    char c = sql.p[i];
    if (c == '\'')
        return TOKEN_STRING;
    if (c == '"' || c == '`' || c == '[')
        return TOKEN_QUOTED;
    if (is_digit(c) || (c == '.' && is_digit(char_at(sql, i + 1))))
        return TOKEN_NUMBER;
    if (c == ':' || c == '@' || c == '?' || c == '$')
        return TOKEN_PARAM;
    return is_word(c) ? TOKEN_WORD : TOKEN_SIGN;
}

static size_t token_end(str sql, size_t i, enum token_kind kind)
{
    switch (kind) {
    case TOKEN_STRING:
    case TOKEN_QUOTED:
        return skip_quoted(sql, i);
    case TOKEN_NUMBER:
        return skip_number(sql, i);
    case TOKEN_SIGN:
        return skip_sign(sql, i);
    case TOKEN_PARAM:
    case TOKEN_WORD:
        break;
    }
    for (i++; is_word(char_at(sql, i));)
        i++;
    return i;
}

struct tokens sql_tokens(struct arena *mem, str sql)
{
    enum { CHARS = 4 }; /* fewer than a token and the blanks behind it have in most models */
    struct tokens t = {{NEW_ARRAY(mem, sql.n / CHARS + 1, struct token), 0, sql.n / CHARS + 1}};
    for (size_t i = skip_space(sql, 0); i < sql.n;) {
        enum token_kind kind = kind_at(sql, i);
        size_t end = token_end(sql, i, kind);
        struct token token = {kind, str_sub(sql, i, end), i};
        PUSH(mem, &t.list, token);
        i = skip_space(sql, end);
    }
    return t;
}

/* ---- asking ---- */

bool token_same(const struct token *t, const char *word, size_t n)
{
    return (t->kind == TOKEN_WORD || t->kind == TOKEN_SIGN) &&
           sqlite3_strnicmp(t->text.p, word, (int)n) == 0;
}

str token_name(struct arena *mem, const struct token *t)
{
    if (t->kind != TOKEN_QUOTED || t->text.n < 2)
        return t->text;
    char quote = t->text.p[0];
    struct buf b = {0};
    for (size_t i = 1; i + 1 < t->text.n; i++) {
        buf_addc(&b, t->text.p[i]);
        i += t->text.p[i] == quote; /* the second of two */
    }
    str name = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return name;
}

size_t token_closing(const struct tokens *t, size_t open)
{
    int depth = 0;
    for (size_t i = open; i < t->list.n; i++) {
        depth += token_is(&t->list.at[i], "(");
        depth -= token_is(&t->list.at[i], ")");
        if (depth == 0)
            return i;
    }
    return t->list.n;
}

/* Index of the bracket that opens the one at `close`; n if there is none. */
static size_t token_opening(const struct tokens *t, size_t close)
{
    int depth = 0;
    for (size_t i = close + 1; i-- > 0;) {
        depth += token_is(&t->list.at[i], ")");
        depth -= token_is(&t->list.at[i], "(");
        if (depth == 0)
            return i;
    }
    return t->list.n;
}

/* ---- division of whole numbers ----
 * SQLite gives 1 / 2 = 0 without a word. Types of columns are not known here, so a division is
 * taken for one of whole numbers unless an operand of its chain of * and / is plainly real: a
 * number with a point, CAST(… AS REAL), a function that always gives a real, a function that hands
 * on its real first argument, or a bracket of such. */

static bool is_real_number(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool hex = i == 1 && (s.p[i] == 'x' || s.p[i] == 'X');
        if (hex)
            return false;
        if (s.p[i] == '.' || s.p[i] == 'e' || s.p[i] == 'E')
            return true;
    }
    return false;
}

static bool is_one_of(const struct token *t, const char *const *words)
{
    for (; *words; words++)
        if (token_is(t, *words))
            return true;
    return false;
}

static bool is_name(const struct token *t)
{
    static const char *const keywords[] = {"over",  "filter",   "in",   "and",  "or",     "not",
                                           "case",  "when",     "then", "else", "select", "where",
                                           "by",    "on",       "from", "as",   "having", "between",
                                           "limit", "distinct", NULL};
    return t->kind == TOKEN_QUOTED || (t->kind == TOKEN_WORD && !is_one_of(t, keywords));
}

/* The first token of the operand that ends at `last`: a.b.c, f(…), f(…) OVER (…), CASE … END,
 * (…). */
static size_t operand_start(const struct tokens *t, size_t last)
{
    const struct token *at = t->list.at;
    if (token_is(&at[last], ")")) {
        size_t open = token_opening(t, last);
        if (open == t->list.n || open == 0)
            return 0;
        if (token_is(&at[open - 1], "over") && open >= 2)
            return operand_start(t, open - 2);
        if (token_is(&at[open - 1], "filter") && open >= 2)
            return operand_start(t, open - 2);
        return is_name(&at[open - 1]) ? open - 1 : open;
    }
    if (token_is(&at[last], "end")) {
        int depth = 0;
        for (size_t i = last + 1; i-- > 0;) {
            depth += token_is(&at[i], "end");
            depth -= token_is(&at[i], "case");
            if (depth == 0)
                return i;
        }
        return 0;
    }
    while (last >= 2 && token_is(&at[last - 1], "."))
        last -= 2;
    return last;
}

/* One past the last token of the operand that begins at `first`. */
static size_t operand_end(const struct tokens *t, size_t first)
{
    const struct token *at = t->list.at;
    size_t n = t->list.n, i = first;
    while (i < n && (token_is(&at[i], "-") || token_is(&at[i], "+")))
        i++;
    if (i < n && token_is(&at[i], "case")) {
        for (int depth = 0; i < n; i++) {
            depth += token_is(&at[i], "case");
            depth -= token_is(&at[i], "end");
            if (depth == 0)
                return i + 1;
        }
        return n;
    }
    if (i < n && token_is(&at[i], "("))
        return token_closing(t, i) + 1;
    while (i + 2 < n && token_is(&at[i + 1], "."))
        i += 2;
    i++;
    while (i < n && token_is(&at[i], "(")) {
        i = token_closing(t, i) + 1;
        if (i + 1 < n && (token_is(&at[i], "over") || token_is(&at[i], "filter")) &&
            token_is(&at[i + 1], "("))
            i++;
    }
    return i < n ? i : n;
}

static bool is_real(const struct tokens *t, size_t from, size_t to);

/* Whether the sum from, to (exclusive) is real: its signs are all arithmetic, and an operand is
 * real. */
static bool is_real_sum(const struct tokens *t, size_t from, size_t to)
{
    static const char *const arithmetic[] = {"+", "-", "*", "/", NULL};
    bool real = false;
    for (size_t i = from; i < to;) {
        size_t end = operand_end(t, i);
        if (end <= i || end > to)
            return false;
        real = real || is_real(t, i, end);
        if (end < to && !is_one_of(&t->list.at[end], arithmetic))
            return false;
        i = end + 1;
    }
    return real;
}

/* The end of the first argument of the call whose bracket opens at `open`. */
static size_t first_argument_end(const struct tokens *t, size_t open)
{
    size_t close = token_closing(t, open);
    int depth = 0;
    for (size_t i = open; i < close; i++) {
        depth += token_is(&t->list.at[i], "(");
        depth -= token_is(&t->list.at[i], ")");
        if (depth == 1 && token_is(&t->list.at[i], ","))
            return i;
    }
    return close;
}

static bool is_real(const struct tokens *t, size_t from, size_t to)
{
    static const char *const real_functions[] = {
        "ratio",   "avg",   "total", "median",       "quantile",  "regr_slope", "regr_intercept",
        "regr_r2", "round", "sqrt",  "power",        "pow",       "exp",        "ln",
        "log",     "log10", "log2",  "percent_rank", "cume_dist", "pi",         NULL};
    static const char *const handing_on[] = {"sum",    "min",      "max",    "abs",
                                             "nullif", "coalesce", "ifnull", NULL};
    const struct token *at = t->list.at;
    while (from < to && (token_is(&at[from], "-") || token_is(&at[from], "+")))
        from++;
    if (from == to)
        return false;
    if (at[from].kind == TOKEN_NUMBER)
        return is_real_number(at[from].text);
    if (token_is(&at[from], "("))
        return is_real_sum(t, from + 1, token_closing(t, from));
    if (from + 1 >= to || !token_is(&at[from + 1], "("))
        return false;
    size_t close = token_closing(t, from + 1);
    if (token_is(&at[from], "cast"))
        return close < to && token_is(&at[close - 1], "real");
    if (is_one_of(&at[from], handing_on))
        return is_real_sum(t, from + 2, first_argument_end(t, from + 1));
    return is_one_of(&at[from], real_functions);
}

size_t whole_division(const struct tokens *t)
{
    const struct token *at = t->list.at;
    for (size_t i = 1; i + 1 < t->list.n; i++) {
        if (!token_is(&at[i], "/") || is_real(t, i + 1, operand_end(t, i + 1)))
            continue;
        bool real = false;
        for (size_t end = i; !real && end > 0;) {
            size_t start = operand_start(t, end - 1);
            real = is_real(t, start, end);
            bool chained =
                start > 0 && (token_is(&at[start - 1], "*") || token_is(&at[start - 1], "/"));
            end = chained ? start - 1 : 0;
        }
        if (!real)
            return i;
    }
    return t->list.n;
}

/* ---- places and names ---- */

struct place place_within(struct place start, str sql, size_t at)
{
    struct place p = start;
    p.col = start.col > 0 ? start.col : 1;
    for (size_t i = 0; i < at && i < sql.n; i++) {
        if (sql.p[i] == '\n') {
            p.line++;
            p.col = 1;
        } else if ((sql.p[i] & 0xc0) != 0x80) {
            p.col++;
        }
    }
    return p;
}

static void sql_quoted(struct buf *out, str s, char quote)
{
    buf_addc(out, quote);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == quote)
            buf_addc(out, quote);
        buf_addc(out, s.p[i]);
    }
    buf_addc(out, quote);
}

void sql_name(struct buf *out, str name)
{
    sql_quoted(out, name, '"');
}

void sql_text(struct buf *out, str text)
{
    sql_quoted(out, text, '\'');
}

str sql_lower(struct arena *mem, str s)
{
    str lower = arena_str(mem, s);
    char *p = (char *)lower.p;
    for (size_t i = 0; i < lower.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] += 'a' - 'A';
    return lower;
}

str sql_next_word(str *text)
{
    size_t from = 0;
    while (from < text->n && !is_word(text->p[from]))
        from++;
    size_t end = from;
    while (end < text->n && is_word(text->p[end]))
        end++;
    str word = end > from ? str_sub(*text, from, end) : (str){0};
    *text = str_sub(*text, end, text->n);
    return word;
}
