/* The message: multipart/mixed holds what is read (related: the two forms and the pictures that one
 * of them shows) and the attachments. Boundaries hold "=_", which no encoded line can (RFC
 * 2045, 6.7). */
#include "mail.h"

static void open_part(struct buf *out, const char *boundary, str id)
{
    buf_addf(out, "--=_%s_" STR_FMT "\r\n", boundary, STR_ARG(id));
}

static void close_parts(struct buf *out, const char *boundary, str id)
{
    buf_addf(out, "--=_%s_" STR_FMT "--\r\n", boundary, STR_ARG(id));
}

static void multipart(struct buf *out, const char *kind, str id, const char *more)
{
    buf_addf(out, "Content-Type: multipart/%s;\r\n boundary=\"=_%s_" STR_FMT "\"%s\r\n", kind, kind,
             STR_ARG(id), more);
}

/* ---- headers ---- */

/* RFC 5322, 3.3: "Fri, 30 Oct 2026 00:00:00 +0000". The day is the one as of which the report is:
 * the same report is the same message whenever it is made, and servers note when they got it. */
static void date_header(struct buf *out, day date)
{
    static const char *const weekday[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const name[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, dom;
    day_split(date, &year, &month, &dom);
    buf_addf(out, "Date: %s, %d %s %04d 00:00:00 +0000\r\n", weekday[day_weekday(date) - 1], dom,
             name[month - 1], year);
}

/* RFC 2919 and 2369: so that programs can sort it, and tell how to get it no longer. RFC 3834: so
 * that nobody's "out of office" answers it. */
static void list_headers(struct buf *out, const struct message *m)
{
    const struct mailbox list = {m->list_name, m->list_id};
    str owner = m->reply_to.address.n ? m->reply_to.address : m->from.address;

    mail_header_address(out, "List-Id", &list);
    buf_addf(out, "List-Owner: <mailto:" STR_FMT ">\r\n", STR_ARG(owner));
    buf_addf(out, "List-Unsubscribe: <mailto:" STR_FMT "?subject=unsubscribe>\r\n", STR_ARG(owner));
    buf_add(out, S("List-Post: NO\r\nAuto-Submitted: auto-generated\r\n"));
}

static void headers(struct buf *out, const struct message *m)
{
    date_header(out, m->date);
    mail_header_address(out, "From", &m->from);
    if (m->reply_to.address.n)
        mail_header_address(out, "Reply-To", &m->reply_to);
    mail_header_address(out, "To", &m->to);
    mail_header(out, "Subject", m->subject);
    buf_addf(out, "Message-ID: <" STR_FMT ">\r\n", STR_ARG(m->id));
    list_headers(out, m);
    buf_add(out, S("MIME-Version: 1.0\r\n"));
}

/* ---- what is read ---- */

static void text_form(struct buf *out, const struct message *m)
{
    buf_add(out, S("Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
    for (size_t i = 0; i < m->nparts; i++) {
        buf_add(out, i ? S("\r\n\r\n") : S(""));
        buf_add(out, m->part[i]->text);
    }
    buf_add(out, S("\r\n--=20\r\n"));
    mail_quoted_printable(out, m->notice);
}

static void html_form(struct buf *out, const struct message *m)
{
    struct buf frame = {0};
    buf_add(out, S("Content-Type: text/html; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
    mail_html_head(&frame, m->language, m->subject);
    mail_quoted_printable(out, buf_str(&frame));
    for (size_t i = 0; i < m->nparts; i++)
        buf_add(out, m->part[i]->html);
    buf_reset(&frame);
    mail_html_foot(&frame, m->notice);
    mail_quoted_printable(out, buf_str(&frame));
    buf_clear(&frame);
}

static void alternative(struct buf *out, const struct message *m, str id)
{
    multipart(out, "alternative", id, "");
    buf_add(out, S("\r\n"));
    open_part(out, "alternative", id);
    text_form(out, m);
    buf_add(out, S("\r\n"));
    open_part(out, "alternative", id);
    html_form(out, m);
    buf_add(out, S("\r\n"));
    close_parts(out, "alternative", id);
}

/* ---- files ---- */

static void picture(struct buf *out, const struct mail_picture *p, size_t number)
{
    buf_add(out, S("Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"));
    buf_addf(out, "Content-ID: <" STR_FMT ">\r\n", STR_ARG(p->id));
    buf_addf(out, "Content-Disposition: inline; filename=\"chart-%zu.png\"\r\n\r\n", number);
    buf_add(out, p->base64);
}

static void attachment(struct buf *out, const struct mail_file *file)
{
    buf_addf(out, strlen(file->type) > 60 ? "Content-Type:\r\n %s" : "Content-Type: %s",
             file->type);
    mail_parameter(out, "name", file->name);
    buf_add(out, S("\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment"));
    mail_parameter(out, "filename", file->name);
    buf_add(out, S("\r\n\r\n"));
    buf_add(out, file->base64);
}

/* Documents of one message may show the same chart: it goes once. */
static bool is_new(const struct message *m, size_t part, const struct mail_picture *p)
{
    for (size_t k = 0; k < part; k++)
        for (size_t i = 0; i < m->part[k]->npictures; i++)
            if (str_eq(m->part[k]->picture[i]->id, p->id))
                return false;
    return true;
}

static void related(struct buf *out, const struct message *m, str id)
{
    size_t number = 0;
    multipart(out, "related", id, ";\r\n type=\"multipart/alternative\"");
    buf_add(out, S("\r\n"));
    open_part(out, "related", id);
    alternative(out, m, id);
    for (size_t k = 0; k < m->nparts; k++)
        for (size_t i = 0; i < m->part[k]->npictures; i++) {
            const struct mail_picture *p = m->part[k]->picture[i];
            if (!is_new(m, k, p))
                continue;
            buf_add(out, S("\r\n"));
            open_part(out, "related", id);
            picture(out, p, ++number);
        }
    buf_add(out, S("\r\n"));
    close_parts(out, "related", id);
}

void render_message(struct buf *out, const struct message *m)
{
    str id = str_sub(m->id, 0, str_find(m->id, S("@"), 0));

    headers(out, m);
    multipart(out, "mixed", id, "");
    buf_add(out, S("\r\n"));
    open_part(out, "mixed", id);
    related(out, m, id);
    for (size_t k = 0; k < m->nparts; k++)
        for (size_t i = 0; i < m->part[k]->nfiles; i++) {
            buf_add(out, S("\r\n"));
            open_part(out, "mixed", id);
            attachment(out, &m->part[k]->file[i]);
        }
    buf_add(out, S("\r\n"));
    close_parts(out, "mixed", id);
}
