#include "reading.h"

/* ---- names ---- */

/* Lower case, without what people put between words. */
static str bare_name(struct arena *mem, str s)
{
    str folded = text_fold(mem, s);
    char *bare = arena_alloc(mem, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (!strchr(" _-.", folded.p[i]))
            bare[n++] = folded.p[i];
    return (str){bare, n};
}

str nearest_name(struct arena *mem, str word, const str *known, size_t n)
{
    str *bare = NEW_ARRAY(mem, n + 1, str), bare_word = bare_name(mem, word);
    for (size_t i = 0; i < n; i++) {
        bare[i] = bare_name(mem, known[i]);
        if (bare_word.n && str_eq(bare[i], bare_word))
            return known[i];
    }
    str nearest = text_nearest(bare_word, bare, n);
    for (size_t i = 0; i < n && str_is_set(nearest); i++)
        if (bare[i].p == nearest.p)
            return known[i];
    return (str){0};
}

str did_you_mean(struct arena *mem, str word, const str *known, size_t n)
{
    enum { SHOWN = 8 };
    str nearest = nearest_name(mem, word, known, n);
    if (str_is_set(nearest))
        return arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest));
    if (!n)
        return S("none is known here");
    struct buf b = {0};
    buf_add(&b, S("known are "));
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        buf_add(&b, i ? S(", ") : S(""));
        buf_add(&b, known[i]);
    }
    if (n > SHOWN)
        buf_add(&b, S(" …"));
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

/* ---- days ---- */

/* A run of digits in a text. */
struct run {
    int number;
    size_t ndigits;
};

/* The runs of digits of s; more than most of them are none at all. */
static size_t digit_runs(str s, struct run *run, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            continue;
        if (n == most)
            return 0;
        run[n] = (struct run){0};
        for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, run[n].ndigits++)
            run[n].number = run[n].ndigits < 8 ? run[n].number * 10 + s.p[i] - '0' : 0;
        n++;
    }
    return n;
}

/* The day of two numbers of which only one can be the month; equal ones are no question. */
static day day_of_either(int year, int a, int b)
{
    day month_first = day_of(year, a, b), month_last = day_of(year, b, a);
    if (month_first != DAY_NONE && month_last != DAY_NONE && a != b)
        return DAY_NONE;
    return month_first != DAY_NONE ? month_first : month_last;
}

/* The only day that the numbers in raw can mean, else DAY_NONE. */
static day plain_day(str raw)
{
    struct run run[3];
    if (digit_runs(raw, run, 3) != 3)
        return DAY_NONE;
    bool year_first = run[0].ndigits == 4, year_last = run[2].ndigits == 4;
    if (year_first == year_last || run[1].ndigits > 2 || run[year_first ? 2 : 0].ndigits > 2)
        return DAY_NONE;
    /* Nobody writes year, day, month: with the year first, month and day are swapped only if the
     * day is no month. */
    if (year_first) {
        day d = day_of(run[0].number, run[1].number, run[2].number);
        return d != DAY_NONE ? d : day_of(run[0].number, run[2].number, run[1].number);
    }
    return day_of_either(run[2].number, run[0].number, run[1].number);
}

static str date_as_written(struct arena *mem, day d, const struct form *form)
{
    int year, month, dom;
    struct buf b = {0};
    if (!str_is_set(form->dates))
        return day_iso(mem, d);
    day_split(d, &year, &month, &dom);
    for (size_t i = 0; i < form->dates.n; i++) {
        char c = form->dates.p[i];
        char directive = c == '%' && i + 1 < form->dates.n ? form->dates.p[++i] : 0;
        switch (directive) {
        case 'Y':
            buf_addf(&b, "%04d", year);
            break;
        case 'y':
            buf_addf(&b, "%02d", year % 100);
            break;
        case 'm':
            buf_addf(&b, "%02d", month);
            break;
        case 'd':
            buf_addf(&b, "%02d", dom);
            break;
        case 0:
            buf_addc(&b, c);
            break;
        default:
            buf_add(&b, S("00"));
            break;
        }
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static str guess_date(struct arena *mem, str raw, const struct form *form)
{
    day d = plain_day(raw);
    return d == DAY_NONE ? (str){0} : date_as_written(mem, d, form);
}

/* 10/2026, 2026/10 and any whole date name a month. */
static str guess_month(struct arena *mem, str raw)
{
    struct run run[3];
    size_t n = digit_runs(raw, run, 3);
    if (n == 3) {
        day d = plain_day(raw);
        return d == DAY_NONE ? (str){0} : month_iso(mem, month_of(d));
    }
    if (n != 2)
        return (str){0};
    bool year_first = run[0].ndigits == 4;
    struct run year = run[year_first ? 0 : 1], month = run[year_first ? 1 : 0];
    bool plain = year.ndigits == 4 && month.ndigits <= 2 && month.number >= 1 && month.number <= 12;
    return plain ? arena_printf(mem, "%04d-%02d", year.number, month.number) : (str){0};
}

/* ---- numbers ---- */

/* Which of '.' and ',' is the decimal point of raw, 0 if it has none, '?' if that is not plain. */
static char decimal_point(str raw)
{
    size_t ndots = 0, ncommas = 0, behind = 0;
    char last = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        ndots += c == '.';
        ncommas += c == ',';
        if (c == '.' || c == ',') {
            last = c;
            behind = 0;
        } else {
            behind += c >= '0' && c <= '9';
        }
    }
    size_t nlast = last == '.' ? ndots : ncommas;
    if (!last)
        return 0;
    if (ndots && ncommas)
        return nlast == 1 ? last : '?';
    if (nlast > 1)
        return 0; /* 1.234.567: points between groups */
    return behind == 3 ? '?' : last;
}

/* Digits, sign and point of raw without currency, blanks and separators, in the file's form. */
static str guess_number(struct arena *mem, enum type type, str raw, const struct form *form)
{
    char point = decimal_point(raw);
    struct buf b = {0};
    size_t ndigits = 0;
    bool stray = point == '?';
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        bool digit = c >= '0' && c <= '9';
        ndigits += digit;
        if (digit || (c == '-' && b.n == 0) || (c == '%' && type == TYPE_rate))
            buf_addc(&b, c);
        else if (point && c == point)
            buf_addc(&b, form->decimal);
        else if ((c >= 'a' && c <= 'z') || c == '-' || c == '/' || c == ':')
            stray = true;
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    int64_t n;
    double x;
    bool reads = type == TYPE_integer ? parse_whole(text, form, &n) == PARSED_OK
                 : type == TYPE_money ? parse_money(text, form, &n) == PARSED_OK
                                      : parse_real(text, form, type == TYPE_rate, &x) == PARSED_OK;
    return !stray && ndigits && reads && !str_eq(text, raw) ? text : (str){0};
}

str form_hint(enum type type, str raw, const struct form *form)
{
    struct run run[3];
    bool dated = type == TYPE_date && !str_is_set(form->dates);
    bool numeric = type == TYPE_money || type == TYPE_number || type == TYPE_rate;
    if (dated && digit_runs(raw, run, 3) == 3)
        return S("; if all dates of the file are written so, say `dates:` in book.yaml");
    if (numeric && form->decimal == '.' && decimal_point(raw) == ',')
        return S("; if all numbers of the file are written so, say `decimal:` in book.yaml");
    return (str){0};
}

str guess_value(struct arena *mem, enum type type, str raw, const struct form *form)
{
    switch (type) {
    case TYPE_date:
        return guess_date(mem, raw, form);
    case TYPE_month:
        return guess_month(mem, raw);
    case TYPE_integer:
    case TYPE_number:
    case TYPE_money:
    case TYPE_rate:
        return guess_number(mem, type, raw, form);
    default:
        return (str){0};
    }
}
