#include "reading.h"

/* ---- names ---- */

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

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

/* Whether a becomes b by one slip of the keyboard in its letters: two neighbours swapped, or, in a
 * name that is long enough to tell, one letter more, less or other. */
static bool is_one_slip(str a, str b)
{
    enum { SWAPPED_LEAST = 4, CHANGED_LEAST = 6 };
    if (a.n < b.n) {
        str shorter = a;
        a = b;
        b = shorter;
    }
    size_t same = 0;
    while (same < b.n && a.p[same] == b.p[same])
        same++;
    str rest_a = str_sub(a, same, a.n), rest_b = str_sub(b, same, b.n);
    if (a.n - b.n > 1 || rest_a.n == 0)
        return false;
    bool swapped = rest_a.n > 1 && rest_a.n == rest_b.n && rest_a.p[0] == rest_b.p[1] &&
                   rest_a.p[1] == rest_b.p[0] && is_letter(rest_a.p[0]) && is_letter(rest_a.p[1]);
    if (swapped && a.n >= SWAPPED_LEAST &&
        str_eq(str_sub(rest_a, 2, rest_a.n), str_sub(rest_b, 2, rest_b.n)))
        return true;
    bool letters = is_letter(rest_a.p[0]) && (a.n > b.n || is_letter(rest_b.p[0]));
    return letters && b.n >= CHANGED_LEAST &&
           str_eq(str_sub(rest_a, 1, rest_a.n), str_sub(rest_b, a.n == b.n, rest_b.n));
}

str meant_name(struct arena *mem, str word, const str *known, size_t n)
{
    str bare = bare_name(mem, word), same = {0}, near = {0};
    size_t nsame = 0, nnear = 0;
    for (size_t i = 0; i < n; i++) {
        str other = bare_name(mem, known[i]);
        if (bare.n && str_eq(other, bare)) {
            nsame += !str_eq(same, known[i]); /* a key may stand twice in its table */
            same = known[i];
        } else if (is_one_slip(bare, other)) {
            nnear += !str_eq(near, known[i]);
            near = known[i];
        }
    }
    if (nsame)
        return nsame == 1 ? same : (str){0};
    return nnear == 1 ? near : (str){0};
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

/* Takes the digits at the beginning of s. */
static bool take_run(str *s, struct run *run)
{
    *run = (struct run){0};
    size_t n = 0;
    for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        run->number = n < 8 ? run->number * 10 + s->p[n] - '0' : 0;
    run->ndigits = n;
    *s = str_sub(*s, n, s->n);
    return n > 0;
}

static bool take_text(str *s, str text)
{
    if (!str_starts(*s, text))
        return false;
    *s = str_sub(*s, text.n, s->n);
    return true;
}

/* A day has no time; exports write midnight behind it. */
static bool is_midnight(str s)
{
    static const str forms[] = {S("00:00"), S("00:00:00"), S("0:00"), S("0:00:00"),
                                S("00:00:00.000")};
    if (!take_text(&s, S("T")) && !take_text(&s, S(" ")))
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_eq(s, forms[i]))
            return true;
    return false;
}

/* The numbers of a text that is two or three of them with the same mark between, and nothing else:
 * 30/10/2026, 30. 10. 2026, 2026年10月30日. How many; 0 if it is anything else. */
static size_t dated_runs(str s, struct run *run)
{
    static const str marks[] = {S("/"), S("-"), S(". "), S(".")};
    str chinese[] = {S("年"), S("月"), S("日")}, mark = {0};
    if (!take_run(&s, &run[0]))
        return 0;
    bool is_chinese = str_starts(s, chinese[0]);
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark.n; i++)
        if (str_starts(s, marks[i]))
            mark = marks[i];
    size_t n = 1;
    while (n < 3 && take_text(&s, is_chinese ? chinese[n - 1] : mark) && take_run(&s, &run[n]))
        n++;
    if (is_chinese)
        take_text(&s, chinese[n - 1]);
    return n >= 2 && (s.n == 0 || (n == 3 && is_midnight(s))) ? n : 0;
}

/* The day of two numbers of which only one can be the month; equal ones are no question. */
static day day_of_either(int year, int a, int b)
{
    day month_first = day_of(year, a, b), month_last = day_of(year, b, a);
    if (month_first != DAY_NONE && month_last != DAY_NONE && a != b)
        return DAY_NONE;
    return month_first != DAY_NONE ? month_first : month_last;
}

/* The only day that raw can mean, else DAY_NONE. */
static day plain_day(str raw)
{
    struct run run[3];
    if (dated_runs(trim_blanks(raw), run) != 3)
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
    size_t n = dated_runs(trim_blanks(raw), run);
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

/* A number as people write it. */
struct figure {
    bool negative, percent;
    str body;   /* digits and marks between them */
    char point; /* the mark before its decimals, 0 if it has none, '?' if that is not plain … */
    char thousands; /* … and the one between groups of three, 0 if there is none */
};

/* Takes a sign off: before the number, behind it (12.00-, as SAP does), or an accountant's
 * brackets. False if that is the second one. */
static bool take_sign(struct figure *f, bool *has_sign)
{
    static const str signs[] = {S("-"), S("+"), S("\u2212")};
    str s = trim_blanks(f->body);
    bool found = s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')', negative = found;
    if (found)
        s = str_sub(s, 1, s.n - 1);
    for (size_t i = 0; i < sizeof signs / sizeof *signs && !found; i++) {
        found = take_text(&s, signs[i]);
        if (!found && i != 1 && str_ends(s, signs[i])) {
            s.n -= signs[i].n;
            found = true;
        }
        negative = found && i != 1;
    }
    f->body = trim_blanks(s);
    f->negative |= negative;
    bool second = found && *has_sign;
    *has_sign |= found;
    return !second;
}

/* The mark that stands at p, as a mapping would name it, and its length; 0 for anything else. */
static char mark_at(const char *p, const char *end, size_t *n)
{
    static const char marks[] = {'.', ',', ' ', '\''};
    for (size_t i = 0; i < sizeof marks; i++)
        if ((*n = thousands_at(p, end, marks[i])))
            return marks[i];
    return 0;
}

/* Tells what a single mark of one kind is, with nfirst digits before it and nlast behind. */
static bool judge_single(struct figure *f, char mark, size_t nfirst, size_t nlast)
{
    bool group = nlast == 3 && nfirst >= 1 && nfirst <= 3 && f->body.p[0] != '0';
    if (mark == ' ' || mark == '\'')
        f->thousands = mark;
    else
        f->point = group ? '?' : mark;
    return nlast > 0 && (group || f->point);
}

/* Finds point and thousands mark of the body: groups of three, one mark before the decimals, and
 * nothing but digits else. */
static bool read_body(struct figure *f)
{
    const char *p = f->body.p, *end = p + f->body.n;
    size_t ndigits = 0, nfirst = 0, nmarks = 0, n;
    char first = 0;
    for (; p < end; p += n) {
        if (*p >= '0' && *p <= '9') {
            ndigits++;
            n = 1;
            continue;
        }
        char mark = mark_at(p, end, &n);
        bool groups = ndigits == 3 && nfirst >= 1 && nfirst <= 3 && f->body.p[0] != '0';
        if (!mark || f->point || (nmarks && !groups))
            return false;
        if (nmarks && mark != first) {
            f->point = mark;
            f->thousands = first;
        }
        if (!nmarks++) {
            first = mark;
            nfirst = ndigits;
        }
        ndigits = 0;
    }
    if (f->point)
        return ndigits > 0 && (f->point == '.' || f->point == ',');
    if (nmarks == 1)
        return judge_single(f, first, nfirst, ndigits);
    f->thousands = first;
    return nmarks ? ndigits == 3 : ndigits > 0;
}

/* What raw is as a number; false if anything in it, a letter or an operator, belongs to none. */
static bool read_figure(enum type type, str raw, const struct form *form, struct figure *f)
{
    bool has_sign = false;
    str code, amount;
    *f = (struct figure){.body = raw};
    if (!take_sign(f, &has_sign))
        return false;
    if (type == TYPE_money && currency_split(f->body, form->currency, &amount, &code)) {
        f->body = amount;
        if (!take_sign(f, &has_sign))
            return false;
    }
    f->percent = type == TYPE_rate && str_ends(f->body, S("%"));
    if (f->percent)
        f->body = trim_blanks(str_sub(f->body, 0, f->body.n - 1));
    return read_body(f);
}

/* The figure in the file's form, without currency and thousands marks. */
static str figure_as_written(struct arena *mem, const struct figure *f, const struct form *form)
{
    struct buf b = {0};
    if (f->negative)
        buf_addc(&b, '-');
    for (size_t i = 0; i < f->body.n; i++) {
        char c = f->body.p[i];
        if (c >= '0' && c <= '9')
            buf_addc(&b, c);
        else if (c == f->point)
            buf_addc(&b, form->decimal);
    }
    if (f->percent)
        buf_addc(&b, '%');
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static str guess_number(struct arena *mem, enum type type, str raw, const struct form *form)
{
    struct figure f;
    str amount, code;
    int64_t n;
    double x;
    bool foreign =
        type == TYPE_money && currency_split(raw, form->currency, &amount, &code) == CURRENCY_OTHER;
    if (foreign || !read_figure(type, raw, form, &f) || f.point == '?')
        return (str){0};
    str text = figure_as_written(mem, &f, form);
    bool reads = type == TYPE_integer ? parse_whole(text, form, &n) == PARSED_OK
                 : type == TYPE_money ? parse_money(text, form, &n) == PARSED_OK
                                      : parse_real(text, form, type == TYPE_rate, &x) == PARSED_OK;
    return reads && !str_eq(text, raw) ? text : (str){0};
}

/* ---- what a mapping could say ---- */

static str date_hint(str raw, const struct form *form)
{
    struct run run[3];
    str rest = raw;
    if (str_is_set(form->dates))
        return (str){0};
    if (take_run(&rest, run) && !rest.n && run->ndigits == 8)
        return S("; if all dates of the file are written so, say `dates: \"%Y%m%d\"` in book.yaml");
    if (dated_runs(raw, run) == 3)
        return S("; if all dates of the file are written so, say `dates:` in book.yaml");
    return (str){0};
}

static str said(struct arena *mem, const char *key, char mark)
{
    return arena_printf(mem, "`%s: \"%c\"`", key, mark);
}

static str number_hint(struct arena *mem, enum type type, str raw, const struct form *form)
{
    struct figure f;
    if (!read_figure(type, raw, form, &f))
        return (str){0};
    if (f.point == '?') {
        char mark = memchr(f.body.p, ',', f.body.n) ? ',' : '.';
        str thousands = said(mem, "thousands", mark), decimal = said(mem, "decimal", mark);
        return mark == form->decimal
                   ? arena_printf(mem, "; if it parts thousands, say " STR_FMT " in book.yaml",
                                  STR_ARG(thousands))
                   : arena_printf(mem,
                                  "; say " STR_FMT " in book.yaml, or " STR_FMT
                                  " if it parts the decimals",
                                  STR_ARG(thousands), STR_ARG(decimal));
    }
    bool decimal = f.point && f.point != form->decimal;
    bool thousands = f.thousands && f.thousands != form->thousands;
    if (!decimal && !thousands)
        return (str){0};
    str said_decimal = decimal ? said(mem, "decimal", f.point) : S("");
    str said_thousands = thousands ? said(mem, "thousands", f.thousands) : S("");
    return arena_printf(
        mem,
        "; if all numbers of the file are written so, say " STR_FMT "%s" STR_FMT " in book.yaml",
        STR_ARG(said_decimal), decimal && thousands ? " and " : "", STR_ARG(said_thousands));
}

str form_hint(struct arena *mem, enum type type, str raw, const struct form *form)
{
    switch (type) {
    case TYPE_date:
        return date_hint(trim_blanks(raw), form);
    case TYPE_integer:
    case TYPE_number:
    case TYPE_money:
    case TYPE_rate:
        return number_hint(mem, type, raw, form);
    default:
        return (str){0};
    }
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
