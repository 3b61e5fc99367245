#include "reading.h"

/* A form is read directive by directive, as strptime would, but without a locale and without the
 * directives that no export writes. */

/* Takes at least one and at most most digits off s; -1 if none stands there. */
static int take_number(str *s, size_t most)
{
    int number = 0;
    size_t n = 0;
    while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
        number = number * 10 + s->p[n++] - '0';
    *s = str_sub(*s, n, s->n);
    return n ? number : -1;
}

struct moment {
    int year, month, dom, hour, minute, second; /* −1: not in the form */
};

/* Reads one directive of the form off s. */
static bool take_directive(char directive, str *s, struct moment *m)
{
    switch (directive) {
    case 'Y':
        return s->n >= 4 && (m->year = take_number(s, 4)) > 0;
    case 'y':
        return s->n >= 2 && (m->year = take_number(s, 2)) >= 0 && (m->year += 2000);
    case 'm':
        return (m->month = take_number(s, 2)) >= 0;
    case 'd':
        return (m->dom = take_number(s, 2)) >= 0;
    case 'H':
        return (m->hour = take_number(s, 2)) >= 0 && m->hour < 24;
    case 'M':
        return (m->minute = take_number(s, 2)) >= 0 && m->minute < 60;
    case 'S':
        return (m->second = take_number(s, 2)) >= 0 && m->second < 60;
    }
    return false;
}

static bool read_by_form(str s, str form, struct moment *m)
{
    *m = (struct moment){-1, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < form.n; i++) {
        if (form.p[i] == '%' && i + 1 < form.n) {
            if (!take_directive(form.p[++i], &s, m))
                return false;
        } else if (s.n && s.p[0] == form.p[i]) {
            s = str_sub(s, 1, s.n);
        } else {
            return false;
        }
    }
    return s.n == 0;
}

bool dates_form_valid(str form)
{
    unsigned seen = 0;
    for (size_t i = 0; i < form.n; i++) {
        if (form.p[i] != '%')
            continue;
        static const char directives[] = "YmdyHMS";
        const char *found = i + 1 < form.n ? memchr(directives, form.p[++i], 7) : NULL;
        if (!found)
            return false;
        seen |= 1u << (found - directives);
    }
    bool year = (seen & 1) != 0, short_year = (seen & 8) != 0;
    return (seen & 6) == 6 && year != short_year;
}

bool parse_date(struct arena *mem, str raw, const struct form *form, str *text)
{
    if (!str_is_set(form->dates)) {
        *text = raw;
        return day_parse(raw) != DAY_NONE;
    }
    struct moment m;
    if (!read_by_form(raw, form->dates, &m))
        return false;
    day d = day_of(m.year, m.month, m.dom);
    if (d == DAY_NONE)
        return false;
    *text = day_iso(mem, d);
    return true;
}

/* H:MM, HH:MM or HH:MM:SS. */
static bool read_time(str s, struct moment *m)
{
    return read_by_form(s, S("%H:%M:%S"), m) || read_by_form(s, S("%H:%M"), m);
}

static str time_text(struct arena *mem, const struct moment *m)
{
    return m->second > 0 ? arena_printf(mem, "%02d:%02d:%02d", m->hour, m->minute, m->second)
                         : arena_printf(mem, "%02d:%02d", m->hour, m->minute);
}

bool parse_time(struct arena *mem, str raw, str *text)
{
    struct moment m;
    if (!read_time(raw, &m))
        return false;
    *text = time_text(mem, &m);
    return true;
}

bool parse_datetime(struct arena *mem, str raw, const struct form *form, str *text)
{
    const struct moment midnight = {.second = -1};
    struct moment m;
    day d;
    if (str_is_set(form->dates) && read_by_form(raw, form->dates, &m)) {
        d = day_of(m.year, m.month, m.dom);
        m.hour = m.hour < 0 ? 0 : m.hour;
        m.minute = m.minute < 0 ? 0 : m.minute;
    } else {
        m = midnight;
        d = day_parse(str_sub(raw, 0, 10));
        bool timed = raw.n > 11 && (raw.p[10] == ' ' || raw.p[10] == 'T');
        if (raw.n != 10 && !(timed && read_time(str_sub(raw, 11, raw.n), &m)))
            return false;
    }
    if (d == DAY_NONE)
        return false;
    str date = day_iso(mem, d), time = time_text(mem, &m);
    *text = arena_printf(mem, STR_FMT " " STR_FMT, STR_ARG(date), STR_ARG(time));
    return true;
}
