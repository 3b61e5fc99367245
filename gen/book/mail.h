/* Private to book and cmd/mail: reports as mail. Order of calls: mail_prepare finds who gets what,
 * mail_make writes the messages as files, ledger_read and mail_judge tell which of them are due,
 * mail_send sends those. */
#ifndef SALESBOOK_BOOK_MAIL_H
#define SALESBOOK_BOOK_MAIL_H

#include "book.h"

/* ---- mail_settings.c: `mail:` of book.yaml and of a report's front matter ---- */
struct mail_query {
    str sql; /* unset: none */
    struct place at;
};
/* Who gets a report, and when. What book.yaml says counts before what the report itself says. */
struct mail_rule {
    str report;
    struct place at;
    struct mail_query to;      /* of, email, name, person: a row for each page that somebody gets */
    struct mail_query send_if; /* the page is due only while this gives a row */
    const struct yaml *workbook; /* yes: the tables as a workbook too; or NULL */
};
struct mail_audience {
    str audience;
    struct mail_query who;
};
struct mail_settings {
    struct place at;
    struct mailbox from, reply_to;
    str server; /* smtp://host:port or smtps://host:port */
    struct place server_at;
    bool tls_offered; /* encryption only where the server offers it; else it is required */
    str site;         /* address that the trees of the audiences stand below; links lead there */
    struct mail_audience *audience; /* column person: who belongs to it */
    size_t naudiences;
    struct mail_rule *rule;
    size_t nrules;
};
/* Reads `mail:`, NULL without one. What is wrong goes to diags. */
struct mail_settings *mail_settings_read(struct arena *mem, const struct yaml *node,
                                         const struct book *book, struct diags *diags);
/* The rule of a report: that of book.yaml over that of its page. */
struct mail_rule mail_rule_of(const struct mail_settings *settings, const struct page *report,
                              struct diags *diags);

/* ---- mail_who.c: who gets what ---- */
/* What is so of a message. Those that are not due are not sent; same: it goes to this address
 * already, for somebody else. */
#define MAIL_STATES(X) X(due) X(quiet) X(same) X(sent) X(refused) X(uncertain)
enum mail_state {
#define X(name) MAIL_##name,
    MAIL_STATES(X)
#undef X
};
struct mail {
    struct mailbox to;
    str person;   /* or unset */
    str audience; /* whose eyes the pages are made for */
    const struct planned *
        *page; /* the rows of the report that go into it, in the order of the query */
    size_t npages, most_pages; /* the second: for how many there is room */
    str pages, subject, file;  /* keys parted by ';'; li-wei.eml */
    bool waits;                /* the report has `send_if:` … */
    str condition;             /* … and its rows as a hash; unset: it gave none */
    str content, key;          /* hashes, by mail_make: what it says; what makes it this message */
    enum mail_state state;
    const struct ledger_row *last; /* of this message, or NULL */
};
struct mail_options {
    str report, output; /* output: of this book */
    struct open_options open;
    int jobs;
};
struct mailing {
    struct arena *mem;
    const struct book *book;
    const struct mail_settings *settings;
    const struct mail_options *options;
    struct opened opened;
    struct plan plan;
    const struct page *report;
    bool workbook; /* goes with the PDF */
    LIST(struct mail) list;
    str folder; /* where the files lie */
};
/* Opens the book, plans its pages and finds who gets what of the report. False if it cannot be
 * said; a recipient without a right address is a diagnostic, and left out. mailing_close frees the
 * store. */
bool mail_prepare(struct arena *mem, const struct book *book, const struct mail_options *options,
                  struct mailing *m, struct diags *diags);
void mailing_close(struct mailing *m);
/* Whether `mail:` of each report is in form, and the reports that book.yaml's names have right
 * recipients; of those that the book makes. */
bool mail_check(const struct opened *opened, const struct plan *plan, struct diags *diags);

/* ---- mail_make.c ---- */
/* The messages as files in output/private/mail/<report>/, in the place of those of the run before;
 * fills content and key. `ledger` may be NULL. False with diagnostics: then the files before are
 * there. */
struct ledger;
bool mail_make(struct mailing *m, const struct ledger *ledger, struct diags *diags);

/* ---- mail_ledger.c: what went to whom ----
 * A CSV file to which rows are only added, each on the disk before we go on: `sending` before the
 * server gets a message, then what became of it. The last row of a message counts; one that ends in
 * `sending` was cut off between, and nobody knows. */
#define LEDGER_STATES(X) X(sending) X(sent) X(due) X(refused) X(uncertain) X(over)
enum ledger_state {
#define X(name) LEDGER_##name,
    LEDGER_STATES(X)
#undef X
};
#define LEDGER_COLUMNS(X)                                                                          \
    X(message)                                                                                     \
    X(state) X(noted) X(report) X(pages) X(person) X(email) X(subject) X(content) X(reply)
struct ledger_row {
    str message; /* its key */
    enum ledger_state state;
    str noted; /* the day, by the clock */
    str report, pages, person, email, subject, content, reply;
    int line;
};
struct ledger {
    struct arena *mem;
    str path;
    int lock;
    int nlines;
    int *column; /* of the file: which of ours it is, or -1 */
    size_t ncolumns;
    bool ends_open; /* the last line has no end */
    LIST(struct ledger_row) row;
    struct map last; /* key → struct ledger_row */
};
/* Reads it, and locks it if rows are to be added. NULL with diagnostics if it is not there, is
 * none, or a line is cut off. */
struct ledger *ledger_read(struct arena *mem, str path, bool to_add, struct diags *diags);
void ledger_close(struct ledger *l);
/* The last row of a message, or NULL. */
const struct ledger_row *ledger_last(const struct ledger *l, str key);
/* The last row about a report for this recipient, and how often its condition was over. */
const struct ledger_row *ledger_about(const struct ledger *l, str report, const struct mail *mail,
                                      size_t *nover);
/* Adds a row and waits until it is on the disk. False with a diagnostic. */
bool ledger_add(struct ledger *l, const struct ledger_row *row, struct diags *diags);

/* ---- mail_send.c ---- */
/* Sets the state of each message by the ledger (NULL: all are due). What was refused and what is
 * uncertain is an error, each time, until somebody has mended it. */
void mail_judge(struct mailing *m, const struct ledger *l, struct diags *diags);
struct mail_tally {
    size_t sent, later, refused, uncertain;
};
/* Sends what is due, each once; each outcome goes into the ledger. False if one could not be
 * delivered. */
bool mail_send(struct mailing *m, struct ledger *l, const struct smtp_server *server, day today,
               struct mail_tally *tally, struct diags *diags);

#endif
