#include "mail.h"

/* ---- what is due ---- */

static struct place row_place(const struct ledger *l, const struct ledger_row *row)
{
    return (struct place){.file = l->path, .line = row->line};
}

static enum mail_state state_of(const struct ledger_row *last)
{
    if (!last)
        return MAIL_due;
    switch (last->state) {
    case LEDGER_sent:
    case LEDGER_over:
        return MAIL_sent;
    case LEDGER_refused:
        return MAIL_refused;
    case LEDGER_sending: /* cut off between the server's answer and our note of it */
    case LEDGER_uncertain:
        return MAIL_uncertain;
    case LEDGER_due:
        break;
    }
    return MAIL_due;
}

/* "<key@domain>" without its angles. */
static str message_id(struct arena *mem, const struct mailing *m, str key)
{
    return arena_printf(mem, STR_FMT "@" STR_FMT, STR_ARG(key),
                        STR_ARG(mail_domain(m->settings->from.address)));
}

void mail_judge(struct mailing *m, const struct ledger *l, struct diags *diags)
{
    struct map seen;
    map_init(&seen, m->mem);
    for (size_t i = 0; i < m->list.n; i++) {
        struct mail *mail = &m->list.at[i];
        mail->last = l && mail->npages ? ledger_last(l, mail->key) : NULL;
        mail->state = mail->npages ? state_of(mail->last) : MAIL_quiet;
        void **before = mail->npages ? map_put(&seen, mail->key) : NULL;
        if (before && *before && mail->state == MAIL_due)
            mail->state = MAIL_same;
        if (before)
            *before = mail;
        if (mail->state == MAIL_refused)
            diags_add(diags, DIAG_MAIL_REFUSED, row_place(l, mail->last), mail->to.address,
                      mail->last->reply, arena_printf(m->mem, "%d", mail->last->line));
    }
    /* Nobody's mail is lost from sight because its content has changed since. */
    for (size_t i = 0; l && i < l->row.n; i++) {
        const struct ledger_row *row = &l->row.at[i];
        if (str_eq(row->report, m->report->name) && ledger_last(l, row->message) == row &&
            state_of(row) == MAIL_uncertain)
            diags_add(diags, DIAG_MAIL_UNCERTAIN, row_place(l, row), row->email,
                      message_id(m->mem, m, row->message));
    }
}

/* ---- sending ---- */

struct sending {
    struct mailing *m;
    struct ledger *l;
    struct smtp *smtp;
    str noted;
    struct mail_tally *tally;
    struct diags *diags;
};

static bool note(struct sending *s, const struct mail *mail, enum ledger_state state, str reply)
{
    struct ledger_row row = {
        .message = mail->key,
        .state = state,
        .noted = s->noted,
        .report = s->m->report->name,
        .pages = mail->pages,
        .person = mail->person,
        .email = mail->to.address,
        .subject = mail->subject,
        .content = mail->content,
        .reply = reply,
    };
    return ledger_add(s->l, &row, s->diags);
}

/* The condition of a report with `send_if:` has gone: if it comes again, that is news. */
static bool note_over(struct sending *s, const struct mail *mail)
{
    size_t nover;
    const struct ledger_row *last = ledger_about(s->l, s->m->report->name, mail, &nover);
    if (!last || last->state == LEDGER_over)
        return true;
    struct mail gone = *mail;
    gone.key = last->message;
    gone.pages = last->pages;
    gone.subject = last->subject;
    gone.content = last->content;
    return note(s, &gone, LEDGER_over, S(""));
}

static struct place line_now(const struct sending *s)
{
    return (struct place){.file = s->l->path, .line = s->l->nlines};
}

/* False if the run cannot go on. */
static bool record(struct sending *s, const struct mail *mail, enum smtp_answer answer, str reply)
{
    str address = mail->to.address;
    switch (answer) {
    case SMTP_ACCEPTED:
        s->tally->sent++;
        return note(s, mail, LEDGER_sent, reply);
    case SMTP_LATER:
        s->tally->later++;
        if (!note(s, mail, LEDGER_due, reply))
            return false;
        diags_add(s->diags, DIAG_MAIL_LATER, line_now(s), address, reply);
        return true;
    case SMTP_NEVER:
        s->tally->refused++;
        if (!note(s, mail, LEDGER_refused, reply))
            return false;
        diags_add(s->diags, DIAG_MAIL_REFUSED, line_now(s), address, reply,
                  arena_printf(s->m->mem, "%d", s->l->nlines));
        return true;
    case SMTP_UNCERTAIN:
        s->tally->uncertain++;
        if (!note(s, mail, LEDGER_uncertain, reply))
            return false;
        diags_add(s->diags, DIAG_MAIL_UNCERTAIN, line_now(s), address,
                  message_id(s->m->mem, s->m, mail->key));
        return true;
    case SMTP_DOWN:
        break;
    }
    if (note(s, mail, LEDGER_due, reply))
        diags_add(s->diags, DIAG_SMTP_DOWN, (struct place){0}, S("the server"), reply);
    return false;
}

/* What is sent is the file: its bytes are the message. */
static bool send_one(struct sending *s, const struct mail *mail)
{
    struct arena *mem = arena_new();
    str message, reply = S("");
    bool ok = file_read(mem, path_join(mem, s->m->folder, mail->file), &message, s->diags) &&
              note(s, mail, LEDGER_sending, S(""));
    if (ok) {
        enum smtp_answer answer =
            smtp_send(s->smtp, s->m->settings->from.address, mail->to.address, message, &reply);
        ok = record(s, mail, answer, reply);
    }
    arena_free(mem);
    return ok;
}

static size_t count_due(const struct mailing *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->list.n; i++)
        n += m->list.at[i].state == MAIL_due;
    return n;
}

bool mail_send(struct mailing *m, struct ledger *l, const struct smtp_server *server, day today,
               struct mail_tally *tally, struct diags *diags)
{
    struct sending s = {
        .m = m, .l = l, .noted = day_iso(m->mem, today), .tally = tally, .diags = diags};
    size_t before = diags->nerrors;
    bool ok = true;

    for (size_t i = 0; ok && i < m->list.n; i++)
        if (m->list.at[i].state == MAIL_quiet)
            ok = note_over(&s, &m->list.at[i]);
    if (!ok || !count_due(m))
        return ok;
    if (!str_is_set(server->url))
        return diags_add(diags, DIAG_SMTP_SERVER, m->settings->at, S("mail"));
    s.smtp = smtp_open(m->mem, server, diags);
    if (!s.smtp)
        return false;
    for (size_t i = 0; ok && i < m->list.n; i++)
        if (m->list.at[i].state == MAIL_due)
            ok = send_one(&s, &m->list.at[i]);
    smtp_close(s.smtp);
    return ok && diags->nerrors == before;
}
