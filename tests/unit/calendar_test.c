#include "test.h"
#include "../../gen/render/render.h"

static struct buf ics;

static str calendar_of(struct calendar_event e)
{
    buf_reset(&ics);
    render_calendar(&ics, S("Acme"), day_of(2026, 10, 30), &e, 1);
    return buf_str(&ics);
}

static bool holds(str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

/* The day behind the last one ends an event of whole days: RFC 5545, 3.6.1. */
TEST(an_event_of_days_ends_on_the_day_behind_its_last)
{
    str text = calendar_of((struct calendar_event){S("a@acme"), S("Fair"), S("promotion"),
                                                   S("2026-12-30"), S("2026-12-31")});
    EXPECT(str_starts(text, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")));
    EXPECT(holds(text, "UID:a@acme\r\nDTSTAMP:20261030T000000Z\r\nDTSTART;VALUE=DATE:20261230\r\n"
                       "DTEND;VALUE=DATE:20270101\r\n"));
    EXPECT(str_ends(text, S("END:VEVENT\r\nEND:VCALENDAR\r\n")));
}

/* Years have four digits (RFC 5545, 3.3.4): no day can be written behind 9999-12-31, which says
 * that there is no end. An event of a day alone needs none (3.6.1). */
TEST(an_event_without_end_has_no_day_of_five_digits)
{
    str text = calendar_of((struct calendar_event){S("a"), S("Contract"), S("channel"),
                                                   S("2026-12-30"), S("9999-12-31")});
    EXPECT(holds(text, "DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:99991231\r\n"));
    text = calendar_of((struct calendar_event){S("a"), S("Contract ends"), S("channel"),
                                               S("9999-12-31"), S("9999-12-31")});
    EXPECT(holds(text, "DTSTART;VALUE=DATE:99991231\r\nTRANSP:TRANSPARENT\r\n"));
}

TEST(an_event_of_hours_is_at_that_hour_wherever_it_is_read)
{
    str text = calendar_of((struct calendar_event){S("m"), S("Morning"), S("meetings"),
                                                   S("2026-10-30 08:30"), S("2026-10-30 08:45")});
    EXPECT(holds(text, "DTSTART:20261030T083000\r\nDTEND:20261030T084500\r\nSUMMARY:Morning\r\n"));
    text = calendar_of((struct calendar_event){S("m"), S("Due"), S("forms"), S("2026-10-30 18:00"),
                                               S("2026-10-30 18:00")});
    EXPECT(holds(text, "DTSTART:20261030T180000\r\nSUMMARY:Due\r\n"));
}

/* Seconds have two digits (RFC 5545, 3.3.5). */
TEST(parts_of_a_second_are_not_written)
{
    str text = calendar_of((struct calendar_event){S("m"), S("Morning"), S("meetings"),
                                                   S("2026-10-30 08:30:15.250"),
                                                   S("2026-10-30T08:45:00")});
    EXPECT(holds(text, "DTSTART:20261030T083015\r\nDTEND:20261030T084500\r\nSUMMARY:Morning\r\n"));
}

TEST(a_calendar_knows_days_and_times_without_a_zone)
{
    static const char *const known[] = {"2026-10-30", "2026-10-30 08:30", "2026-10-30T23:59",
                                        "2026-10-30 08:30:15", "2026-10-30 08:30:15.25"};
    static const char *const unknown[] = {"",
                                          "2026-02-30",
                                          "2026-10-30 08",
                                          "2026-10-30 24:00",
                                          "2026-10-30 08:60",
                                          "2026-10-30 8:30 h",
                                          "2026-10-30 08:30Z",
                                          "2026-10-30 08:30:15+02:00",
                                          "2026-10-30 08:30:15.",
                                          "2026-10-30 08:30:60",
                                          "20261030",
                                          "2026-10-30x08:30"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        EXPECT(calendar_knows(str_of(known[i])));
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        EXPECT(!calendar_knows(str_of(unknown[i])));
}

TEST(a_text_cannot_become_a_line)
{
    str text = calendar_of((struct calendar_event){S("x"), S("a,b;c\\d\r\nEND:VEVENT"), S("s"),
                                                   S("2026-10-30"), S("2026-10-30")});
    EXPECT(holds(text, "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n"));
}

/* 8 bytes of "SUMMARY:" and 22 characters of 3 bytes are 74: the next would be cut at 75. */
TEST(long_lines_are_folded_between_characters)
{
    struct buf title = {0}, want = {0};
    for (int i = 0; i < 30; i++)
        buf_add(&title, S("数"));
    buf_add(&want, S("SUMMARY:"));
    for (int i = 0; i < 30; i++) {
        buf_add(&want, S("数"));
        buf_add(&want, i == 21 ? S("\r\n ") : S(""));
    }
    str text = calendar_of(
        (struct calendar_event){S("x"), buf_str(&title), S("s"), S("2026-10-30"), S("2026-10-30")});
    EXPECT(holds(text, want.p));
    buf_clear(&title);
    buf_clear(&want);
}

TEST(an_event_without_a_day_is_left_out)
{
    str text = calendar_of((struct calendar_event){S("x"), S("t"), S("s"), S("soon"), S("")});
    EXPECT(!holds(text, "VEVENT"));
}
