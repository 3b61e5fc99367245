#include "render.h"

#include <string.h>

/* iCalendar, RFC 5545. Times are of no zone ("floating"): a meeting at nine is at nine wherever the
 * calendar is opened, and the data name no zone. */

enum { LINE_MAX_BYTES = 75 };

/* A content line, folded behind at most 75 bytes and never within a character (RFC 5545, 3.1). */
static void put_line(struct buf *out, str line)
{
    size_t room = LINE_MAX_BYTES;
    while (line.n > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line.p[cut] & 0xc0) == 0x80)
            cut--;
        buf_add(out, str_sub(line, 0, cut));
        buf_add(out, S("\r\n "));
        line = str_sub(line, cut, line.n);
        room = LINE_MAX_BYTES - 1; /* the blank counts */
    }
    buf_add(out, line);
    buf_add(out, S("\r\n"));
}

/* A value of type TEXT (RFC 5545, 3.3.11). Other controls than the end of a line are dropped, for
 * no line of data may become one of ours. */
static void put_text(struct buf *out, str name, str text)
{
    struct buf line = {0};
    buf_add(&line, name);
    buf_addc(&line, ':');
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\\' || c == ';' || c == ',')
            buf_addc(&line, '\\');
        if (c == '\n')
            buf_add(&line, S("\\n"));
        else if ((unsigned char)c >= ' ' && c != 0x7f)
            buf_addc(&line, c);
    }
    put_line(out, buf_str(&line));
    buf_clear(&line);
}

/* ---- days and times ---- */

enum { DAY = sizeof "2026-10-30" - 1, MINUTE = sizeof "2026-10-30 08:30" - 1, SECOND = MINUTE + 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether two digits below `most` stand there. */
static bool is_part(str iso, size_t at, int most)
{
    return at + 2 <= iso.n && is_digit(iso.p[at]) && is_digit(iso.p[at + 1]) &&
           (iso.p[at] - '0') * 10 + iso.p[at + 1] - '0' < most;
}

/* ":30", or ":30.25": a calendar has no parts of a second. Nothing else: what a zone says would be
 * lost. */
static bool is_seconds(str iso)
{
    if (iso.n == MINUTE)
        return true;
    if (iso.p[MINUTE] != ':' || !is_part(iso, MINUTE + 1, 60))
        return false;
    size_t i = SECOND + (iso.n > SECOND + 1 && (iso.p[SECOND] == '.' || iso.p[SECOND] == ','));
    while (i > SECOND && i < iso.n && is_digit(iso.p[i]))
        i++;
    return i == iso.n;
}

static bool is_timed(str iso)
{
    return iso.n >= MINUTE;
}

bool calendar_knows(str iso)
{
    if (day_parse(str_sub(iso, 0, DAY)) == DAY_NONE)
        return false;
    if (iso.n == DAY)
        return true;
    return is_timed(iso) && (iso.p[DAY] == ' ' || iso.p[DAY] == 'T') && is_part(iso, DAY + 1, 24) &&
           iso.p[DAY + 3] == ':' && is_part(iso, DAY + 4, 60) && is_seconds(iso);
}

/* "2026-10-30 08:30" as 20261030T083000. */
static void put_time(struct buf *out, const char *name, str iso)
{
    struct buf line = {0};
    buf_addf(&line, "%s:", name);
    for (size_t i = 0; i < iso.n && i < SECOND; i++)
        if (is_digit(iso.p[i]))
            buf_addc(&line, iso.p[i]);
        else if (i == DAY)
            buf_addc(&line, 'T');
    buf_add(&line, iso.n == MINUTE ? S("00") : S(""));
    put_line(out, buf_str(&line));
    buf_clear(&line);
}

static void put_day(struct buf *out, const char *name, day d)
{
    int year, month, dom;
    day_split(d, &year, &month, &dom);
    buf_addf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, dom);
}

/* ---- events ---- */

static void put_event(struct buf *out, const struct calendar_event *e, day stamp)
{
    int year, month, dom;
    day first = day_parse(str_sub(e->starts, 0, DAY)), last = day_parse(str_sub(e->ends, 0, DAY));
    if (first == DAY_NONE)
        return;
    last = last < first ? first : last;
    day_split(stamp == DAY_NONE ? first : stamp, &year, &month, &dom);
    put_line(out, S("BEGIN:VEVENT"));
    put_text(out, S("UID"), e->uid);
    buf_addf(out, "DTSTAMP:%04d%02d%02dT000000Z\r\n", year, month, dom);
    if (is_timed(e->starts)) {
        put_time(out, "DTSTART", e->starts);
        if (is_timed(e->ends) && str_cmp(e->ends, e->starts) > 0)
            put_time(out, "DTEND", e->ends);
    } else {
        put_day(out, "DTSTART", first);
        /* The day behind the last; behind 9999-12-31, "for ever", there is none to write. */
        const day farthest = day_of(9999, 12, 31);
        if (first < farthest)
            put_day(out, "DTEND", last < farthest ? last + 1 : farthest);
        put_line(out, S("TRANSP:TRANSPARENT"));
    }
    put_text(out, S("SUMMARY"), e->title);
    put_text(out, S("CATEGORIES"), e->category);
    put_line(out, S("END:VEVENT"));
}

void render_calendar(struct buf *out, str name, day stamp, const struct calendar_event *event,
                     size_t n)
{
    put_line(out, S("BEGIN:VCALENDAR"));
    put_line(out, S("VERSION:2.0"));
    put_line(out, S("PRODID:-//salesbook//salesbook//EN"));
    put_line(out, S("CALSCALE:GREGORIAN"));
    put_line(out, S("METHOD:PUBLISH"));
    put_text(out, S("X-WR-CALNAME"), name);
    for (size_t i = 0; i < n; i++)
        put_event(out, &event[i], stamp);
    put_line(out, S("END:VCALENDAR"));
}
