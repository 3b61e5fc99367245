#include "print.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
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

static locale_t plain;

static void open_plain(void)
{
    plain = newlocale(LC_ALL_MASK, "C", NULL);
    if (!plain)
        die("the C locale is missing");
}

bool parse_number(str s, double *x)
{
    static pthread_once_t opened = PTHREAD_ONCE_INIT;
    char digits[512];

    if (!is_decimal(s) || s.n >= sizeof digits)
        return false;
    pthread_once(&opened, open_plain); /* by several threads that read a file */
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

/* How numbers are written, by the first part of a tag. */
static const struct {
    const char *tag, *thousands, *decimal;
} languages[] = {
    {"de", ".", ","},      {"en", ",", "."},      {"es", ".", ","},      {"fr", "\u202f", ","},
    {"it", ".", ","},      {"nl", ".", ","},      {"pl", "\u202f", ","}, {"pt", ".", ","},
    {"ru", "\u202f", ","}, {"sv", "\u202f", ","}, {"zh", ",", "."},
};
enum { NLANGUAGES = sizeof languages / sizeof *languages };

static bool is_language(str tag, const char *primary)
{
    return str_eq(str_sub(tag, 0, str_find(tag, S("-"), 0)), str_of(primary));
}

bool language_is_tag(str tag)
{
    size_t n = 0, part = 0; /* bytes of the part at hand, and which it is */
    for (size_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        bool lower = c >= 'a' && c <= 'z';
        bool later = lower || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '-' && n >= (part ? 1 : 2)) {
            n = 0;
            part++;
        } else if (++n > (part ? 8 : 3) || !(part ? later : lower)) {
            return false;
        }
    }
    return n >= (part ? 1 : 2);
}

bool language_is_known(str tag)
{
    for (size_t i = 0; i < NLANGUAGES; i++)
        if (is_language(tag, languages[i].tag))
            return true;
    return false;
}

str languages_known(struct arena *mem)
{
    str all = str_of(languages[0].tag);
    for (size_t i = 1; i < NLANGUAGES; i++)
        all = arena_printf(mem, STR_FMT ", %s", STR_ARG(all), languages[i].tag);
    return all;
}

struct language language_of(str tag, str currency, int money_decimals)
{
    struct language lang = {
        .tag = tag,
        .thousands = S(","),
        .decimal = S("."),
        .currency = currency,
        .money_decimals = money_decimals < 0 ? currency_decimals(currency) : money_decimals,
    };
    for (size_t i = 0; i < NLANGUAGES; i++)
        if (is_language(tag, languages[i].tag)) {
            lang.thousands = str_of(languages[i].thousands);
            lang.decimal = str_of(languages[i].decimal);
        }
    return lang;
}

/* ---- writing ---- */

static char *put(char *at, str s)
{
    if (s.n)
        memcpy(at, s.p, s.n);
    return at + s.n;
}

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
    size_t ngroups = whole.n ? (whole.n - 1) / 3 : 0;
    size_t n = (negative ? MINUS.n : 0) + whole.n + ngroups * lang->thousands.n +
               (decimals.n ? lang->decimal.n + decimals.n : 0);
    char *text = arena_alloc(mem, n + 1), *at = text;

    if (negative)
        at = put(at, MINUS);
    for (size_t i = 0; i < whole.n; i++) {
        if (i && (whole.n - i) % 3 == 0)
            at = put(at, lang->thousands);
        *at++ = whole.p[i];
    }
    if (decimals.n)
        at = put(put(at, lang->decimal), decimals);
    *at = '\0';
    return (str){text, n};
}

/* The same of n / 10^decimals. */
static str grouped_decimal(struct arena *mem, const struct language *lang, int64_t n, int decimals)
{
    struct buf b = {0};
    buf_add_decimal(&b, n, decimals, false);
    str text = grouped(mem, lang, buf_str(&b));
    buf_clear(&b);
    return text;
}

str fmt_integer(struct arena *mem, const struct language *lang, int64_t n)
{
    return grouped_decimal(mem, lang, n, 0);
}

str fmt_number(struct arena *mem, const struct language *lang, double x, int decimals)
{
    if (isnan(x))
        return UNKNOWN;
    /* Half away from zero, as people round: the product is exact enough for the digits shown, and
     * the nudge lets 1.005 and 2.675, which no double holds, round as they are written. */
    double scaled = fabs(x) * pow(10, decimals);
    if (scaled < 1e15) {
        int64_t rounded = (int64_t)floor(scaled * (1 + 4e-16) + 0.5);
        return grouped_decimal(mem, lang, x < 0 ? -rounded : rounded, decimals);
    }
    return grouped(mem, lang, arena_printf(mem, "%.*f", decimals, x));
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
    return grouped_decimal(mem, lang, units, lang->money_decimals);
}

str fmt_money_whole(struct arena *mem, const struct language *lang, int64_t units)
{
    int64_t unit = money_unit(lang), rest = units % unit;
    int64_t further = unit - (rest < 0 ? -rest : rest); /* to the next whole one away from zero */
    int64_t whole = units / unit;
    if (unit > 1 && unit - further >= further)
        whole += units < 0 ? -1 : 1;
    return grouped_decimal(mem, lang, whole, 0);
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
    return is_language(lang->tag, "zh");
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
        return arena_integer(mem, (int64_t)x);
    if (fabs(x) >= 1e-4 && fabs(x) < 1e9) {
        double power = 10;
        for (int decimals = 1; decimals <= 6; decimals++, power *= 10) {
            /* A quotient of two whole numbers is rounded as a decimal that is read. */
            double whole = x * power;
            char digits[DIGITS_ROOM];
            if (whole == floor(whole) && whole / power == x)
                return arena_str(mem, digits_of(digits, (int64_t)whole, decimals, true));
        }
    }
    for (int digits = 15; digits < 17; digits++) {
        double again;
        str text = arena_printf(mem, "%.*g", digits, x);
        if (parse_number(text, &again) && again == x)
            return text;
    }
    return arena_printf(mem, "%.17g", x);
}
