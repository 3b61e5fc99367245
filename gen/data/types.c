#include "reading.h"

#include <math.h>

/* ---- names ---- */

static const char *const names[] = {
#define X(name) #name,
    TYPES(X)
#undef X
};
static const size_t ntypes = sizeof names / sizeof *names;

str type_name(enum type t)
{
    return str_of(names[t]);
}

bool type_of_name(str name, enum type *t)
{
    for (size_t i = 0; i < ntypes; i++)
        if (str_eq(name, str_of(names[i]))) {
            *t = (enum type)i;
            return true;
        }
    return false;
}

bool type_is_real(enum type type)
{
    return type == TYPE_number || type == TYPE_rate;
}

bool type_is_text(enum type type)
{
    return !type_is_real(type) && type != TYPE_integer && type != TYPE_money &&
           type != TYPE_boolean;
}

double value_number(struct value v)
{
    return v.kind == VALUE_INT ? (double)v.i : v.kind == VALUE_REAL ? v.r : NAN;
}

void hasher_add_value(struct hasher *h, struct value v)
{
    int64_t number[] = {v.kind, v.kind == VALUE_NULL || v.kind == VALUE_TEXT ? 0 : v.i};
    hasher_add(h, (str){(const char *)number, sizeof number});
    if (v.kind == VALUE_TEXT)
        hasher_add(h, v.s);
}

bool value_same(struct value a, struct value b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case VALUE_INT:
        return a.i == b.i;
    case VALUE_REAL:
        return a.r == b.r;
    case VALUE_TEXT:
        return str_eq(a.s, b.s);
    case VALUE_NULL:
        break;
    }
    return true;
}

str type_in_words(struct arena *mem, enum type type, const struct form *form)
{
    switch (type) {
    case TYPE_integer:
        return S("a whole number like 1200");
    case TYPE_number:
        return arena_printf(mem, "a number like 12%c5", form->decimal);
    case TYPE_money:
        return form->money_decimals ? arena_printf(mem, "an amount like 1234%c50", form->decimal)
                                    : S("an amount like 1234");
    case TYPE_rate:
        return arena_printf(mem, "a rate like 0%c15 or 15%%", form->decimal);
    case TYPE_date:
        return str_is_set(form->dates)
                   ? arena_printf(mem, "a date of the form " STR_FMT, STR_ARG(form->dates))
                   : S("a date like 2026-10-30");
    case TYPE_datetime:
        return S("a time like 2026-10-30 09:15");
    case TYPE_time:
        return S("a time of day like 09:15");
    case TYPE_month:
        return S("a month like 2026-10");
    case TYPE_period:
        return S("a period like 2026, 2026-Q4, 2026-10 or 2026-W44");
    case TYPE_boolean:
        return S("yes or no");
    case TYPE_list:
        return S("a list like a;b");
    case TYPE_string:
        break;
    }
    return S("a text");
}

/* ---- numbers ---- */

/* ±mantissa / 10^scale. Digits past the eighteenth, and past the eighteenth decimal, are dropped
 * behind the point (they cannot matter for money); before it the number is too large. */
struct decimal {
    uint64_t mantissa;
    int scale;
    bool negative, too_large, dropped, percent;
};

static const uint64_t power_of_ten[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};
#define MANTISSA_FULL 1000000000000000000u /* one digit more still fits */
enum { SCALE_MOST = sizeof power_of_ten / sizeof *power_of_ten - 1 };

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *d, char c, bool behind_point)
{
    if (d->mantissa >= MANTISSA_FULL || d->scale == SCALE_MOST) {
        d->dropped |= c != '0' || !behind_point;
        d->too_large |= !behind_point;
        return;
    }
    d->mantissa = d->mantissa * 10 + (uint64_t)(c - '0');
    d->scale += behind_point;
}

size_t thousands_at(const char *p, const char *end, char thousands)
{
    static const str blanks[] = {S("\u00a0"), S("\u202f"), S("\u2009")}, curved = S("\u2019");
    str s = {p, (size_t)(end - p)};
    if (!thousands || !s.n)
        return 0;
    if (*p == thousands)
        return 1;
    for (size_t i = 0; thousands == ' ' && i < sizeof blanks / sizeof *blanks; i++)
        if (str_starts(s, blanks[i]))
            return blanks[i].n;
    return thousands == '\'' && str_starts(s, curved) ? curved.n : 0;
}

str trim_blanks(str s)
{
    size_t n;
    s = str_trim(s);
    while (s.n && (n = thousands_at(s.p, s.p + s.n, ' ')))
        s = str_sub(s, n, s.n);
    for (size_t back = 1; back <= 3 && back <= s.n; back++)
        if (thousands_at(s.p + s.n - back, s.p + s.n, ' ') == back) {
            s.n -= back;
            back = 0;
        }
    return s;
}

/* The digits before the point, with separators between groups of three. Where they end, or NULL. */
static const char *scan_whole(const char *p, const char *end, char thousands, struct decimal *d)
{
    int group = 0;
    bool grouped = false;
    for (size_t mark; p < end;) {
        if (is_digit(*p)) {
            add_digit(d, *p++, false);
            group++;
        } else if ((mark = thousands_at(p, end, thousands))) {
            if (group == 0 || group > 3 || (grouped && group != 3))
                return NULL;
            grouped = true;
            group = 0;
            p += mark;
        } else {
            break;
        }
    }
    return grouped && group != 3 ? NULL : p;
}

static bool scan_decimal(str s, const struct form *form, struct decimal *d)
{
    const char *p = s.p, *end = s.p + s.n;
    *d = (struct decimal){0};
    if (p < end && (*p == '-' || *p == '+'))
        d->negative = *p++ == '-';
    const char *digits = p;
    if (!(p = scan_whole(p, end, form->thousands, d)))
        return false;
    size_t ndigits = (size_t)(p - digits);
    if (p < end && *p == form->decimal)
        for (p++; p < end && is_digit(*p); p++, ndigits++)
            add_digit(d, *p, true);
    if (p < end && *p == '%') {
        d->percent = true;
        p++;
    }
    return p == end && ndigits > 0;
}

/* ±magnitude as int64, or PARSED_TOO_LARGE. INT64_MIN stands for NULL, so it is too large as
 * well. */
static enum parsed signed_whole(uint64_t magnitude, bool negative, int64_t *n)
{
    if (magnitude > INT64_MAX)
        return PARSED_TOO_LARGE;
    *n = negative ? -(int64_t)magnitude : (int64_t)magnitude;
    return PARSED_OK;
}

/* The digits at the beginning of s as a number; their count. At most 18 of them: what is longer is
 * left to scan_decimal, like all that is not the usual form. */
static inline size_t leading_digits(str s, int64_t *n)
{
    size_t i = 0, most = s.n < 18 ? s.n : 18;
    int64_t number = 0;
    for (; i < most; i++) {
        unsigned digit = (unsigned char)s.p[i] - '0';
        if (digit > 9)
            break;
        number = number * 10 + (int64_t)digit;
    }
    *n = number;
    return i;
}

/* 1234.5 or 1234.50 where money has two decimals: most amounts are written so. */
static inline bool parse_usual_money(str raw, const struct form *form, int64_t *units)
{
    int64_t whole, parts = 0;
    size_t ndigits = leading_digits(raw, &whole), nparts = 0;
    if (ndigits < raw.n && raw.p[ndigits] == form->decimal) {
        str behind = {raw.p + ndigits + 1, raw.n - ndigits - 1};
        nparts = leading_digits(behind, &parts);
        if (nparts < behind.n)
            return false;
    } else if (ndigits < raw.n) {
        return false;
    }
    if (!ndigits || nparts > (size_t)form->money_decimals || ndigits > 12)
        return false;
    int64_t units_of_whole = (int64_t)power_of_ten[form->money_decimals];
    *units = whole * units_of_whole +
             parts * (int64_t)power_of_ten[(size_t)form->money_decimals - nparts];
    return true;
}

/* 2.0 and 2.00 pieces, as CRMs export them, are two; 2.000 may be two thousand. */
static bool take_decimals_of_nothing(struct decimal *d)
{
    uint64_t parts = d->scale <= 2 ? power_of_ten[d->scale] : 0;
    if (!parts || d->mantissa % parts)
        return false;
    d->mantissa /= parts;
    return true;
}

enum parsed parse_whole(str raw, const struct form *form, int64_t *n)
{
    struct decimal d;
    if (raw.n && leading_digits(raw, n) == raw.n)
        return PARSED_OK;
    if (!scan_decimal(raw, form, &d) || d.dropped > d.too_large || d.percent ||
        !take_decimals_of_nothing(&d))
        return PARSED_BAD;
    return d.too_large ? PARSED_TOO_LARGE : signed_whole(d.mantissa, d.negative, n);
}

static enum parsed parse_amount(str raw, const struct form *form, int64_t *units)
{
    struct decimal d;
    if (!scan_decimal(raw, form, &d) || d.percent)
        return PARSED_BAD;
    if (d.too_large)
        return PARSED_TOO_LARGE;
    uint64_t whole;
    bool rounded = d.dropped;
    if (d.scale <= form->money_decimals) {
        if (__builtin_mul_overflow(d.mantissa, power_of_ten[form->money_decimals - d.scale],
                                   &whole))
            return PARSED_TOO_LARGE;
    } else {
        uint64_t parts = power_of_ten[d.scale - form->money_decimals], rest = d.mantissa % parts;
        rounded |= rest != 0;
        whole = d.mantissa / parts + (rest >= parts / 2); /* half away from zero */
    }
    enum parsed result = signed_whole(whole, d.negative, units);
    return result == PARSED_OK && rounded ? PARSED_ROUNDED : result;
}

/* $12, 12 €, CNY 12, -$12: the sign of the number stands once, before the currency or behind it. */
static enum parsed parse_priced(str raw, const struct form *form, int64_t *units)
{
    bool is_signed = raw.n && (raw.p[0] == '-' || raw.p[0] == '+');
    str amount, code;
    enum currency_found found =
        currency_split(is_signed ? str_sub(raw, 1, raw.n) : raw, form->currency, &amount, &code);
    if (found == CURRENCY_NONE || (is_signed && (amount.p[0] == '-' || amount.p[0] == '+')))
        return PARSED_BAD;
    if (found == CURRENCY_OTHER)
        return PARSED_CURRENCY;
    enum parsed parsed = parse_amount(amount, form, units);
    if (is_signed && raw.p[0] == '-' && (parsed == PARSED_OK || parsed == PARSED_ROUNDED))
        *units = -*units;
    return parsed;
}

static bool take_brackets(str *s)
{
    if (s->n < 3 || s->p[0] != '(' || s->p[s->n - 1] != ')')
        return false;
    *s = trim_blanks(str_sub(*s, 1, s->n - 1));
    return true;
}

/* (12.00), ($12.00) and $(12.00), as accountants write what is below zero: that is the sign, and no
 * other stands within. */
static enum parsed parse_bracketed(str raw, const struct form *form, int64_t *units)
{
    str amount = raw, code;
    if (!take_brackets(&amount) &&
        (currency_split(raw, form->currency, &amount, &code) != CURRENCY_OWN ||
         !take_brackets(&amount)))
        return PARSED_BAD;
    if (memchr(amount.p, '-', amount.n) || memchr(amount.p, '+', amount.n))
        return PARSED_BAD;
    enum parsed parsed = parse_amount(amount, form, units);
    if (parsed == PARSED_BAD && raw.p[0] == '(')
        parsed = parse_priced(amount, form, units);
    if (parsed == PARSED_OK || parsed == PARSED_ROUNDED)
        *units = -*units;
    return parsed;
}

enum parsed parse_money(str raw, const struct form *form, int64_t *units)
{
    if (parse_usual_money(raw, form, units))
        return PARSED_OK;
    enum parsed parsed = parse_amount(raw, form, units);
    if (parsed == PARSED_BAD)
        parsed = parse_priced(raw, form, units);
    return parsed == PARSED_BAD ? parse_bracketed(raw, form, units) : parsed;
}

/* The number written for a machine, for those that no exact division gives. */
static bool parse_long_number(str raw, const struct form *form, double *x)
{
    char plain[400];
    size_t n = 0;
    for (size_t i = 0, mark; i < raw.n; i += mark ? mark : 1) {
        char c = raw.p[i];
        if ((mark = thousands_at(raw.p + i, raw.p + raw.n, form->thousands)))
            continue;
        if (n == sizeof plain || c == '%')
            break;
        plain[n++] = c == form->decimal ? '.' : c;
    }
    return parse_number((str){plain, n}, x);
}

enum parsed parse_real(str raw, const struct form *form, bool rate, double *x)
{
    struct decimal d;
    if (!scan_decimal(raw, form, &d))
        return !form->thousands && form->decimal == '.' && parse_number(raw, x) ? PARSED_OK
                                                                                : PARSED_BAD;
    if (d.percent && !rate)
        return PARSED_BAD;
    /* Exact up to 2^53 over 10^22, where both are doubles and the division rounds once. */
    int scale = d.scale + (d.percent ? 2 : 0);
    if (!d.dropped && d.mantissa <= (uint64_t)1 << 53 && scale <= 18)
        *x = (double)d.mantissa / (double)power_of_ten[scale] * (d.negative ? -1 : 1);
    else if (!parse_long_number(raw, form, x))
        return PARSED_BAD;
    else if (d.percent)
        *x /= 100;
    return PARSED_OK;
}

bool parse_boolean(str raw, int64_t *yes)
{
    static const struct {
        str word;
        int64_t yes;
    } words[] = {{S("yes"), 1},  {S("no"), 0},     {S("true"), 1}, {S("false"), 0}, {S("1"), 1},
                 {S("0"), 0},    {S("y"), 1},      {S("n"), 0},    {S("是"), 1},    {S("否"), 0},
                 {S("wahr"), 1}, {S("falsch"), 0}, {S("vrai"), 1}, {S("faux"), 0}, /* of Excel */
                 {S("ja"), 1},   {S("nein"), 0},   {S("oui"), 1},  {S("non"), 0}};
    char lower[8];
    if (raw.n > sizeof lower)
        return false;
    for (size_t i = 0; i < raw.n; i++)
        lower[i] = raw.p[i] >= 'A' && raw.p[i] <= 'Z' ? (char)(raw.p[i] + 32) : raw.p[i];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i].word, (str){lower, raw.n})) {
            *yes = words[i].yes;
            return true;
        }
    return false;
}

/* ---- periods, lists, and all that is kept as text ---- */

static int weeks_of_year(int year)
{
    int same, week;
    day_iso_week(day_of(year, 12, 28), &same, &week); /* always in its last week */
    return week;
}

static bool is_period(str s)
{
    if (s.n == 7 && s.p[4] == '-' && s.p[5] == 'Q')
        return s.p[6] >= '1' && s.p[6] <= '4' && is_period(str_sub(s, 0, 4));
    if (s.n == 7)
        return month_parse(s) >= 0;
    int64_t year, week;
    if (!parse_integer(str_sub(s, 0, 4), &year) || year < 1000)
        return false;
    if (s.n == 4)
        return true;
    return s.n == 8 && s.p[4] == '-' && s.p[5] == 'W' && is_digit(s.p[6]) && is_digit(s.p[7]) &&
           parse_integer(str_sub(s, 6, 8), &week) && week >= 1 && week <= weeks_of_year((int)year);
}

/* Parts trimmed, empty ones left out. */
static str list_text(struct arena *mem, str raw)
{
    struct buf b = {0};
    while (str_is_set(raw)) {
        str part = str_trim(str_cut(&raw, ';'));
        if (part.n && b.n)
            buf_addc(&b, ';');
        buf_add(&b, part);
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

bool parse_text(struct arena *mem, enum type type, str raw, const struct form *form, str *text)
{
    *text = raw;
    switch (type) {
    case TYPE_date:
        return parse_date(mem, raw, form, text);
    case TYPE_datetime:
        return parse_datetime(mem, raw, form, text);
    case TYPE_time:
        return parse_time(mem, raw, text);
    case TYPE_month:
        return month_parse(raw) >= 0;
    case TYPE_period:
        return is_period(raw);
    case TYPE_list:
        *text = list_text(mem, raw);
        return true;
    default:
        return true;
    }
}
