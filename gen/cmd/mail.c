#include "../book/mail.h"
#include "cmd.h"

/* ---- what is told ---- */

static const char *const state_word[] = {
    [MAIL_due] = "due",          [MAIL_quiet] = "not now",   [MAIL_same] = "as above",
    [MAIL_sent] = "sent before", [MAIL_refused] = "refused", [MAIL_uncertain] = "uncertain",
};

static void tell_plain(str text, int width)
{
    struct buf out = {0};
    diag_plain(&out, text, 200);
    printf(STR_FMT, STR_ARG(buf_str(&out)));
    for (int n = text_width(buf_str(&out)); n < width; n++)
        putchar(' ');
    buf_clear(&out);
}

static void tell_list(const struct mailing *m)
{
    int address = 0, pages = 0;
    for (size_t i = 0; i < m->list.n; i++) {
        int a = text_width(m->list.at[i].to.address), p = text_width(m->list.at[i].pages);
        address = a > address ? a : address;
        pages = p > pages && p <= 40 ? p : pages;
    }
    for (size_t i = 0; i < m->list.n; i++) {
        const struct mail *mail = &m->list.at[i];
        printf("  %-12s", state_word[mail->state]);
        tell_plain(mail->to.address, address + 2);
        tell_plain(mail->pages, mail->npages ? pages + 2 : 0);
        if (mail->npages)
            tell_plain(path_join(m->mem, m->folder, mail->file), 0);
        putchar('\n');
    }
}

static void tell_tally(const struct mailing *m, const struct mail_tally *t, bool sent)
{
    size_t n[MAIL_uncertain + 1] = {0};
    for (size_t i = 0; i < m->list.n; i++)
        n[m->list.at[i].state]++;
    printf(STR_FMT ": " STR_FMT ", ", STR_ARG(m->book->dir), STR_ARG(m->report->name));
    if (sent)
        printf("%zu sent now, %zu to be tried again, %zu refused, %zu uncertain, ", t->sent,
               t->later, t->refused, t->uncertain);
    else
        printf("%zu due, ", n[MAIL_due]);
    printf("%zu sent before\n", n[MAIL_sent]);
    if (!m->list.n)
        puts("nobody gets it: `to:` of its mail gives no row; say whom below `mail: reports:` in "
             "book.yaml");
    if (!sent && n[MAIL_due])
        puts("nothing was sent; --send sends what is due");
}

/* ---- the command ---- */

static str from_environment(const char *name, str otherwise)
{
    const char *value = getenv(name);
    return value && *value ? str_of(value) : otherwise;
}

static struct smtp_server server_of(const struct mail_settings *s)
{
    return (struct smtp_server){
        .url = from_environment("SALESBOOK_SMTP", s->server),
        .user = from_environment("SALESBOOK_SMTP_USER", (str){0}),
        .password = from_environment("SALESBOOK_SMTP_PASSWORD", S("")),
        .ca_file = from_environment("SSL_CERT_FILE", (str){0}),
        .tls_offered = s->tls_offered,
    };
}

/* The ledger of the book, or the one named. Without one a dry run says that all is due; sending
 * needs one. False with a diagnostic. */
static bool open_ledger(struct mailing *m, const struct arguments *args, struct ledger **ledger,
                        struct diags *diags)
{
    str path = str_of(args->value[OPTION_ledger]);
    bool send = args->value[OPTION_send], named = str_is_set(path);

    *ledger = NULL;
    if (!named)
        path = path_join(m->mem, m->book->dir, S("sent.csv"));
    if (!file_exists(path))
        return (!send && !named) || diags_add(diags, DIAG_LEDGER_MISSING,
                                              ((struct place){.file = path}), path, m->book->dir);
    *ledger = ledger_read(m->mem, path, send, diags);
    return *ledger != NULL;
}

/* A password in an address would be told with it, and could go out in the open. */
static bool is_server(str url)
{
    return (str_starts(url, S("smtp://")) || str_starts(url, S("smtps://"))) &&
           str_find(url, S("@"), 0) == url.n;
}

static enum exit_status mail_book(struct arena *mem, const struct arguments *args,
                                  struct mail_options *options, struct diags *diags)
{
    struct book book;
    struct mailing m = {0};
    struct mail_tally tally = {0};
    struct ledger *ledger = NULL;
    bool send = args->value[OPTION_send];

    if (!book_read(mem, str_of(args->word[0]), find_templates(mem, args), &book, diags))
        return EXIT_DATA;
    options->output = targets_of(mem, args, book.name).output;
    options->open.answers = answers_path(mem, options->output);
    bool ok = mail_prepare(mem, &book, options, &m, diags);

    ok = ok && open_ledger(&m, args, &ledger, diags) && mail_make(&m, ledger, diags);
    if (ok) {
        mail_judge(&m, ledger, diags);
        if (send) {
            struct smtp_server server = server_of(m.settings);
            ok = mail_send(&m, ledger, &server, today(), &tally, diags);
        } else {
            tell_list(&m);
        }
        tell_tally(&m, &tally, send);
    } else
        printf(STR_FMT ": no mail was made\n", STR_ARG(book.dir));
    if (ledger)
        ledger_close(ledger);
    mailing_close(&m);
    return status_of(ok, diags);
}

static enum exit_status run_mail(const struct arguments *args)
{
    struct mail_options options = {.report = str_of(args->value[OPTION_report])};
    enum diag_format format;
    long jobs = processors();

    if (args->nwords != 1)
        return wrong_usage("mail wants one book");
    str server = from_environment("SALESBOOK_SMTP", (str){0});
    if (str_is_set(server) && !is_server(server))
        return wrong_usage(
            "SALESBOOK_SMTP: write smtp://mail.acme.example:587 or smtps://…, and user and "
            "password into SALESBOOK_SMTP_USER and SALESBOOK_SMTP_PASSWORD");
    if (!options.report.n)
        return wrong_usage("say which report is to be mailed: --report=monthly");
    if (!diagnostics_form(args, &format) || !read_as_of(args, &options.open.as_of) ||
        !read_number(args, OPTION_jobs, 1, 64, &jobs))
        return EXIT_USAGE;
    options.open.report = options.report;
    options.open.strict = args->value[OPTION_strict] != NULL;
    options.jobs = (int)jobs;
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    enum exit_status status = mail_book(mem, args, &options, &diags);
    print_diags(args, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id mail_options[] = {
    OPTION_report, OPTION_send,   OPTION_ledger, OPTION_output,      OPTION_templates,
    OPTION_as_of,  OPTION_strict, OPTION_jobs,   OPTION_diagnostics,
};

const struct command command_mail = {
    .name = "mail",
    .words = "BOOK",
    .summary = "Write a report as mail to those who get it; send it",
    .help = "Writes a message for each who gets the report, by `mail:` in book.yaml, and\n"
            "tells which are due. With --send they go to the server of book.yaml or\n"
            "SALESBOOK_SMTP; the ledger keeps what went to whom, and nothing goes twice.\n\n"
            "  salesbook mail input/acme --report=monthly\n"
            "  salesbook mail input/acme --report=monthly --send\n"
            "  salesbook new input/acme --table=sent            begins the ledger\n",
    .options = mail_options,
    .noptions = sizeof mail_options / sizeof *mail_options,
    .run = run_mail,
};
