#include "reading.h"

#include <strings.h>

/* Signs as people write them before or behind an amount. Where several currencies share one, the
 * book's own is meant, else the first here is named. */
static const struct {
    const char *code, *signs; /* parted by blanks */
} signs[] = {
    {"EUR", "€"},           {"USD", "US$ $"},    {"GBP", "£"},      {"CNY", "CN¥ RMB ¥ ￥ 元"},
    {"JPY", "JP¥ ¥ ￥ 円"}, {"CHF", "SFr. Fr."}, {"INR", "₹ Rs."},  {"RUB", "₽ руб. руб"},
    {"PLN", "zł"},          {"CZK", "Kč"},       {"SEK", "kr. kr"}, {"NOK", "kr. kr"},
    {"DKK", "kr. kr"},      {"TRY", "₺"},        {"UAH", "₴"},      {"ILS", "₪"},
    {"KRW", "₩ 원"},        {"VND", "₫"},        {"BRL", "R$"},     {"HUF", "Ft"},
    {"CAD", "CA$ C$ $"},    {"AUD", "AU$ A$ $"}, {"NZD", "NZ$ $"},  {"HKD", "HK$ $"},
    {"SGD", "S$ $"},        {"TWD", "NT$ $ 元"}, {"MXN", "MX$ $"},  {"CLP", "$"},
    {"COP", "$"},           {"ARS", "$"},        {"THB", "฿"},      {"PHP", "₱"},
};
static const size_t nsigns = sizeof signs / sizeof *signs;

static const char codes[] = "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD "
                            "HUF IDR ILS INR ISK JPY KES "
                            "KRW KWD KZT MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD "
                            "RUB SAR SEK SGD THB TND TRY "
                            "TWD UAH USD UYU VND ZAR";

static bool same_code(str a, str b)
{
    return a.n && a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* Takes mark off the beginning or the end of s, whatever its case. */
static bool take_mark(str *s, str mark, bool behind)
{
    if (!mark.n || s->n <= mark.n ||
        !same_code(behind ? str_sub(*s, s->n - mark.n, s->n) : str_sub(*s, 0, mark.n), mark))
        return false;
    *s = trim_blanks(behind ? str_sub(*s, 0, s->n - mark.n) : str_sub(*s, mark.n, s->n));
    return true;
}

static bool take_any(str *s, const char *marks, bool behind)
{
    for (str rest = str_of(marks); str_is_set(rest);)
        if (take_mark(s, str_cut(&rest, ' '), behind))
            return true;
    return false;
}

static bool take_own(str *s, str own, bool behind)
{
    if (take_mark(s, own, behind))
        return true;
    for (size_t i = 0; i < nsigns; i++)
        if (same_code(own, str_of(signs[i].code)))
            return take_any(s, signs[i].signs, behind);
    return false;
}

static bool take_other(str *s, str *code, bool behind)
{
    for (str rest = str_of(codes); str_is_set(rest);)
        if (take_mark(s, *code = str_cut(&rest, ' '), behind))
            return true;
    for (size_t i = 0; i < nsigns; i++) {
        *code = str_of(signs[i].code);
        if (take_any(s, signs[i].signs, behind))
            return true;
    }
    return false;
}

static bool is_amount_like(str s)
{
    return s.n && strchr("0123456789-+.,(", s.p[0]) && strchr("0123456789-+.,)", s.p[s.n - 1]);
}

enum currency_found currency_split(str raw, str own, str *amount, str *code)
{
    for (int behind = 0; behind < 2; behind++) {
        *amount = trim_blanks(raw);
        *code = own;
        if (take_own(amount, own, behind) && is_amount_like(*amount))
            return CURRENCY_OWN;
    }
    for (int behind = 0; behind < 2; behind++) {
        *amount = trim_blanks(raw);
        if (take_other(amount, code, behind) && is_amount_like(*amount))
            return CURRENCY_OTHER;
    }
    *amount = trim_blanks(raw);
    *code = (str){0};
    return CURRENCY_NONE;
}
