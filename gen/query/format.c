/* One value as text in the book's language: base's fmt_ functions, chosen by name or type. */
#include "store.h"

#include <math.h>

/* clang-format off */
#define FORMATS(X)                                                                                 \
    X(money) X(whole) X(short) X(short_money) X(integer) X(number) X(number1) X(number2)           \
    X(percent) X(percent1) X(percent2) X(points) X(ratio) X(days) X(date) X(month) X(text)
/* clang-format on */
enum format_id {
#define X(name) FORMAT_##name,
    FORMATS(X)
#undef X
        FORMAT_COUNT
};

static const char *const format_names[] = {
#define X(name) #name,
    FORMATS(X)
#undef X
};

static enum format_id format_of_name(str name)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (str_eq(name, str_of(format_names[i])))
            return (enum format_id)i;
    return FORMAT_COUNT;
}

static enum format_id format_of_type(enum type t)
{
    switch (t) {
    case TYPE_integer:
        return FORMAT_integer;
    case TYPE_number:
        return FORMAT_number;
    case TYPE_money:
        return FORMAT_money;
    case TYPE_rate:
        return FORMAT_percent1;
    case TYPE_date:
        return FORMAT_date;
    case TYPE_month:
        return FORMAT_month;
    case TYPE_string:
    case TYPE_datetime:
    case TYPE_time:
    case TYPE_period:
    case TYPE_boolean:
    case TYPE_list:
        break;
    }
    return FORMAT_text;
}

bool format_known(str format)
{
    bool is_signed = str_starts(format, S("+"));
    return format_of_name(str_sub(format, is_signed, format.n)) != FORMAT_COUNT;
}

/* "did you mean percent1?", or all there are. */
static str format_proposal(struct arena *mem, str word)
{
    str known[FORMAT_COUNT], text = S("there are:");
    for (int i = 0; i < FORMAT_COUNT; i++)
        known[i] = str_of(format_names[i]);
    str nearest = text_nearest(word, known, FORMAT_COUNT);
    if (nearest.n)
        return arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest));
    for (int i = 0; i < FORMAT_COUNT; i++)
        text = arena_printf(mem, STR_FMT "%s " STR_FMT, STR_ARG(text), i ? "," : "",
                            STR_ARG(known[i]));
    return text;
}

bool formats_check(struct arena *mem, const struct model *model, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < model->meanings.n; i++) {
        const struct meaning *m = model->meanings.at[i];
        if (m->format.n && !format_known(m->format))
            ok = diags_add(diags, DIAG_OPTION_WORD, m->at, m->format,
                           arena_printf(mem, "format of column " STR_FMT, STR_ARG(m->name)),
                           format_proposal(mem, m->format));
    }
    return ok;
}

/* ---- texts by type ---- */

/* 2026-Q4 is "Q4 2026", 2026-W44 "W44 2026", 2026-10 a month, 2026 itself. */
static str period_text(struct arena *mem, const struct language *lang, str s)
{
    int month = month_parse(s);
    if (month >= 0)
        return fmt_month(mem, lang, month);
    bool has_part = s.n >= 7 && s.p[4] == '-' && (s.p[5] == 'Q' || s.p[5] == 'W');
    if (!has_part)
        return arena_str(mem, s);
    str part = str_sub(s, 5, s.n);
    return arena_printf(mem, STR_FMT " %.4s", STR_ARG(part), s.p);
}

static str date_text(struct arena *mem, const struct language *lang, str s)
{
    day d = day_parse(str_sub(s, 0, 10));
    if (d == DAY_NONE)
        return month_parse(s) >= 0 ? fmt_month(mem, lang, month_parse(s)) : arena_str(mem, s);
    str date = fmt_date(mem, lang, d);
    if (s.n < 16)
        return date;
    return arena_printf(mem, STR_FMT " %.5s", STR_ARG(date), s.p + 11);
}

static str month_text(struct arena *mem, const struct language *lang, str s)
{
    int month = month_parse(str_sub(s, 0, 7));
    return month >= 0 ? fmt_month(mem, lang, month) : arena_str(mem, s);
}

static str list_text(struct arena *mem, str s)
{
    struct buf b = {0};
    while (str_is_set(s)) {
        str part = str_trim(str_cut(&s, ';'));
        if (b.n && part.n)
            buf_add(&b, S(", "));
        buf_add(&b, part);
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static str text_value(struct arena *mem, const struct language *lang, str s, enum type type,
                      enum format_id format)
{
    if (format == FORMAT_date || type == TYPE_datetime)
        return date_text(mem, lang, s);
    if (format == FORMAT_month)
        return month_text(mem, lang, s);
    if (type == TYPE_period)
        return period_text(mem, lang, s);
    if (type == TYPE_list)
        return list_text(mem, s);
    return arena_str(mem, s);
}

/* ---- numbers by format ---- */

static int64_t to_units(double x)
{
    return fabs(x) < 9e18 ? llround(x) : x < 0 ? INT64_MIN + 1 : INT64_MAX;
}

static double in_currency(const struct language *lang, double units)
{
    return units / pow(10, lang->money_decimals);
}

static str number_value(struct arena *mem, const struct language *lang, struct value v,
                        enum type type, enum format_id format)
{
    double x = value_number(v);
    int64_t whole = v.kind == VALUE_INT ? v.i : to_units(x);
    switch (format) {
    case FORMAT_money:
        return fmt_money(mem, lang, whole);
    case FORMAT_whole:
        /* A count stands among sums of money where a column is typed by its row. */
        return type == TYPE_integer || type == TYPE_number ? fmt_number(mem, lang, x, 0)
                                                           : fmt_money_whole(mem, lang, whole);
    case FORMAT_short:
        return fmt_short(mem, lang, type == TYPE_money ? in_currency(lang, x) : x);
    case FORMAT_short_money:
        return fmt_short(mem, lang, in_currency(lang, x));
    case FORMAT_integer:
        return v.kind == VALUE_INT ? fmt_integer(mem, lang, v.i) : fmt_number(mem, lang, x, 0);
    case FORMAT_number:
        return x == floor(x) ? fmt_number(mem, lang, x, 0) : fmt_number(mem, lang, x, 2);
    case FORMAT_number1:
        return fmt_number(mem, lang, x, 1);
    case FORMAT_number2:
        return fmt_number(mem, lang, x, 2);
    case FORMAT_percent:
        return fmt_percent(mem, lang, x, 0);
    case FORMAT_percent1:
        return fmt_percent(mem, lang, x, 1);
    case FORMAT_percent2:
        return fmt_percent(mem, lang, x, 2);
    case FORMAT_points: {
        str points = fmt_number(mem, lang, x * 100, 1);
        return arena_printf(mem, STR_FMT "\u202fpp", STR_ARG(points));
    }
    case FORMAT_ratio: {
        str times = fmt_number(mem, lang, x, 2);
        return arena_printf(mem, STR_FMT "\u202f\u00d7", STR_ARG(times));
    }
    case FORMAT_days: {
        str days = x == floor(x) ? fmt_number(mem, lang, x, 0) : fmt_number(mem, lang, x, 1);
        return arena_printf(mem, STR_FMT "\u00a0%s", STR_ARG(days), fabs(x) == 1 ? "day" : "days");
    }
    case FORMAT_date:
    case FORMAT_month:
    case FORMAT_text:
    case FORMAT_COUNT:
        break;
    }
    if (type == TYPE_boolean)
        return x != 0 ? S("yes") : S("no");
    /* A number in a text column is a name, not a quantity: without thousands marks. */
    return v.kind == VALUE_INT ? arena_integer(mem, v.i) : fmt_exact(mem, x);
}

/* A plus before what is above zero after rounding: "0.0 %" has none. */
static str with_sign(struct arena *mem, str text, double x)
{
    bool shows_digit = false;
    for (size_t i = 0; i < text.n; i++)
        shows_digit = shows_digit || (text.p[i] >= '1' && text.p[i] <= '9');
    return x > 0 && shows_digit ? arena_printf(mem, "+" STR_FMT, STR_ARG(text)) : text;
}

str format_value(struct arena *mem, const struct store *s, struct value v, enum type type,
                 str format)
{
    return format_in(mem, s->lang, v, type, format);
}

str format_in(struct arena *mem, const struct language *lang, struct value v, enum type type,
              str format)
{
    bool is_signed = str_starts(format, S("+"));
    str name = str_sub(format, is_signed, format.n);
    enum format_id id = name.n ? format_of_name(name) : format_of_type(type);

    if (v.kind == VALUE_NULL || (v.kind == VALUE_REAL && !isfinite(v.r)))
        return S("\u2013");
    if (v.kind == VALUE_TEXT)
        return text_value(mem, lang, v.s, type, id);
    str text = number_value(mem, lang, v, type, id);
    return is_signed ? with_sign(mem, text, value_number(v)) : text;
}
