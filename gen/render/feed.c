#include "render.h"

#include <string.h>

/* Atom, RFC 4287. Nothing in it is of the clock: a report is of its as-of date. Addresses are from
 * the feed's own, for a site does not know where it will stand; identifiers are tag: URIs (RFC
 * 4151) that stay the same wherever that is, and when a report of a month that is not over is made
 * again. */

static void put_escaped(struct buf *out, str path)
{
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c && memchr("-_.~/", c, 5));
        if (plain)
            buf_addc(out, (char)c);
        else
            buf_addf(out, "%%%02X", c);
    }
}

static void put_element(struct buf *out, str name, str text)
{
    buf_addf(out, "<" STR_FMT ">", STR_ARG(name));
    html_text(out, text);
    buf_addf(out, "</" STR_FMT ">\n", STR_ARG(name));
}

static void put_id(struct buf *out, str book, str of)
{
    buf_add(out, S("<id>tag:salesbook.invalid,2026:"));
    put_escaped(out, book);
    buf_addc(out, '/');
    put_escaped(out, of);
    buf_add(out, S("</id>\n"));
}

static void put_updated(struct buf *out, day d)
{
    int year, month, dom;
    day_split(d, &year, &month, &dom);
    buf_addf(out, "<updated>%04d-%02d-%02dT00:00:00Z</updated>\n", year, month, dom);
}

static void put_link(struct buf *out, const char *rel, const char *type, str address,
                     const char *ending)
{
    buf_addf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    put_escaped(out, address);
    buf_addf(out, "%s\"/>\n", ending);
}

static void put_entry(struct buf *out, const struct site *site, const struct report_entry *r)
{
    struct arena *mem = arena_new();
    int month = month_parse(r->period);
    str period = month < 0 ? r->period : fmt_month(mem, site->lang, month);

    buf_add(out, S("<entry>\n"));
    put_id(out, site->book, r->address);
    put_element(out, S("title"), r->title);
    put_updated(out, r->as_of);
    put_element(out, S("summary"),
                arena_printf(mem, STR_FMT ", " STR_FMT, STR_ARG(period),
                             STR_ARG(fmt_date(mem, site->lang, r->as_of))));
    put_link(out, "alternate", "application/pdf", r->address, "");
    if (r->workbook)
        put_link(out, "enclosure",
                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 str_sub(r->address, 0, r->address.n - 4), ".xlsx");
    buf_add(out, S("</entry>\n"));
    arena_free(mem);
}

void render_feed(struct buf *out, const struct site *site, const struct report_entry *entry,
                 size_t n)
{
    day updated = site->as_of == DAY_NONE ? 0 : site->as_of;
    for (size_t i = 0; i < n; i++)
        updated = i && entry[i].as_of <= updated ? updated : entry[i].as_of;
    buf_add(out, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
    html_text(out, site->lang->tag);
    buf_add(out, S("\">\n"));
    put_id(out, site->book, site->audience);
    put_element(out, S("title"), site->title);
    put_updated(out, updated);
    buf_add(out, S("<author>"));
    put_element(out, S("name"), site->title);
    buf_add(out, S("</author>\n<generator>salesbook</generator>\n"));
    put_link(out, "self", "application/atom+xml", S("feed.xml"), "");
    put_link(out, "alternate", "text/html", S("reports.html"), "");
    for (size_t i = 0; i < n; i++)
        put_entry(out, site, &entry[i]);
    buf_add(out, S("</feed>\n"));
}
