#include "base.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static const str MINUS = {"\u2212", 3};
static const str UNKNOWN = {"\u2013", 3};

/* ---- reading ---- */

bool parse_integer(str s, int64_t *n)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    int64_t number = 0;

    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_sub_overflow(number, s.p[i] - '0', &number))
            return false;
    }
    /* Counted downwards, for the smallest number has no positive partner. */
    if (s.p[0] != '-' && number == INT64_MIN)
        return false;
    *n = s.p[0] == '-' ? number : -number;
    return true;
}

static bool is_decimal(str s)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'), ndigits = 0;

    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        ndigits++;
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
            ndigits++;
    if (ndigits && i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
        size_t from = i;
        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
            i++;
        if (i == from)
            return false;
    }
    return ndigits && i == s.n;
}

bool parse_number(str s, double *x)
{
    static locale_t plain;
    char digits[512];

    if (!is_decimal(s) || s.n >= sizeof digits)
        return false;
    if (!plain && !(plain = newlocale(LC_ALL_MASK, "C", NULL)))
        die("the C locale is missing");
    memcpy(digits, s.p, s.n);
    digits[s.n] = '\0';
    *x = strtod_l(digits, NULL, plain);
    return isfinite(*x);
}

/* ---- language ---- */

int currency_decimals(str code)
{
    static const struct {
        const char *codes;
        int decimals;
    } table[] = {
        {"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0},
        {"BHD IQD JOD KWD LYD OMR TND", 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (code.n == 3 && str_find(str_of(table[i].codes), code, 0) < strlen(table[i].codes))
            return table[i].decimals;
    return 2;
}

struct language language_of(str tag, str currency, int money_decimals)
{
    static const struct {
        const char *tag, *thousands, *decimal;
    } table[] = {
        {"de", ".", ","}, {"es", ".", ","},          {"it", ".", ","},          {"nl", ".", ","},
        {"pt", ".", ","}, {"fr", "\u202f", ","},     {"pl", "\u202f", ","},     {"ru", "\u202f", ","},
        {"sv", "\u202f", ","},
    };
    struct language lang = {
        .tag = tag,
        .thousands = S(","),
        .decimal = S("."),
        .currency = currency,
        .money_decimals = money_decimals < 0 ? currency_decimals(currency) : money_decimals,
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_eq(str_sub(tag, 0, 2), str_of(table[i].tag))) {
            lang.thousands = str_of(table[i].thousands);
            lang.decimal = str_of(table[i].decimal);
        }
    return lang;
}

/* ---- writing ---- */

/* Digits in threes, then the decimals: "1234567.5" becomes "1,234,567.5". */
static str grouped(struct arena *mem, const struct language *lang, str number)
{
    bool negative = number.n && number.p[0] == '-';
    str whole = str_sub(number, negative, number.n);
    str decimals = {0};
    size_t point = str_find(whole, S("."), 0);
    if (point < whole.n) {
        decimals = str_sub(whole, point + 1, whole.n);
        whole.n = point;
    }
    struct buf b = {0};
    if (negative)
        buf_add(&b, MINUS);
    for (size_t i = 0; i < whole.n; i++) {
        if (i && (whole.n - i) % 3 == 0)
            buf_add(&b, lang->thousands);
        buf_addc(&b, whole.p[i]);
    }
    if (decimals.n) {
        buf_add(&b, lang->decimal);
        buf_add(&b, decimals);
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

str fmt_integer(struct arena *mem, const struct language *lang, int64_t n)
{
    return grouped(mem, lang, arena_printf(mem, "%lld", (long long)n));
}

str fmt_number(struct arena *mem, const struct language *lang, double x, int decimals)
{
    if (isnan(x))
        return UNKNOWN;
    /* Half away from zero, as people round: the product is exact enough for the digits shown, and the
     * nudge lets 1.005 and 2.675, which no double holds, round as they are written. */
    double scale = pow(10, decimals), scaled = fabs(x) * scale;
    double rounded = scaled < 1e15 ? floor(scaled * (1 + 4e-16) + 0.5) : scaled;
    bool negative = x < 0 && rounded > 0;
    return grouped(mem, lang, arena_printf(mem, "%s%.*f", negative ? "-" : "", decimals,
                                           rounded / scale));
}

str fmt_percent(struct arena *mem, const struct language *lang, double rate, int decimals)
{
    if (isnan(rate))
        return UNKNOWN;
    str number = fmt_number(mem, lang, rate * 100, decimals);
    return arena_printf(mem, STR_FMT "\u202f%%", STR_ARG(number));
}

int64_t money_unit(const struct language *lang)
{
    int64_t unit = 1;
    for (int i = 0; i < lang->money_decimals; i++)
        unit *= 10;
    return unit;
}

str fmt_money(struct arena *mem, const struct language *lang, int64_t units)
{
    uint64_t size = units < 0 ? -(uint64_t)units : (uint64_t)units;
    uint64_t unit = (uint64_t)money_unit(lang);
    const char *sign = units < 0 ? "-" : "";
    if (unit == 1)
        return grouped(mem, lang, arena_printf(mem, "%s%llu", sign, (unsigned long long)size));
    return grouped(mem, lang,
                   arena_printf(mem, "%s%llu.%0*llu", sign, (unsigned long long)(size / unit),
                                lang->money_decimals, (unsigned long long)(size % unit)));
}

str fmt_money_whole(struct arena *mem, const struct language *lang, int64_t units)
{
    uint64_t size = units < 0 ? -(uint64_t)units : (uint64_t)units;
    uint64_t unit = (uint64_t)money_unit(lang);
    uint64_t whole = size / unit + (size % unit >= unit - size % unit && unit > 1);
    return grouped(mem, lang, arena_printf(mem, "%s%llu", units < 0 && whole ? "-" : "",
                                           (unsigned long long)whole));
}

str fmt_short(struct arena *mem, const struct language *lang, double x)
{
    static const struct {
        double size;
        const char *sign;
    } scales[] = {{1e9, "\u202fbn"}, {1e6, "\u202fm"}, {1e3, "\u202fk"}};
    if (isnan(x))
        return UNKNOWN;
    /* 999.6 thousand would be written "1,000 k": the scale is chosen after rounding to 3 digits. */
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        double part = fabs(x) / scales[i].size;
        if (part < 0.9995)
            continue;
        int decimals = part < 9.995 ? 2 : part < 99.95 ? 1 : 0;
        str number = fmt_number(mem, lang, x / scales[i].size, decimals);
        return arena_printf(mem, STR_FMT "%s", STR_ARG(number), scales[i].sign);
    }
    return fmt_number(mem, lang, x, fabs(x) < 10 && x != floor(x) ? 1 : 0);
}

static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static bool is_chinese(const struct language *lang)
{
    return str_starts(lang->tag, S("zh"));
}

str fmt_date(struct arena *mem, const struct language *lang, day d)
{
    int year, month, dom;
    if (d == DAY_NONE)
        return UNKNOWN;
    day_split(d, &year, &month, &dom);
    if (is_chinese(lang))
        return arena_printf(mem, "%d\u5e74%d\u6708%d\u65e5", year, month, dom);
    return arena_printf(mem, "%d %s %d", dom, MONTHS[month - 1], year);
}

str fmt_month(struct arena *mem, const struct language *lang, int month)
{
    if (month < 0)
        return UNKNOWN;
    if (is_chinese(lang))
        return arena_printf(mem, "%d\u5e74%d\u6708", month / 12, month % 12 + 1);
    return arena_printf(mem, "%s %d", MONTHS[month % 12], month / 12);
}

str fmt_exact(struct arena *mem, double x)
{
    if (x == floor(x) && fabs(x) < 1e15)
        return arena_printf(mem, "%.0f", x == 0 ? 0.0 : x);
    for (int digits = 15; digits < 17; digits++) {
        double again;
        str text = arena_printf(mem, "%.*g", digits, x);
        if (parse_number(text, &again) && again == x)
            return text;
    }
    return arena_printf(mem, "%.17g", x);
}
