#include "mail.h"

static const str KEYS[] = {
    S("from"), S("reply_to"), S("server"), S("tls"), S("site"), S("audiences"), S("reports"),
};
static const str RULE_KEYS[] = {S("to"), S("send_if"), S("workbook")};

static struct mail_query query_of(const struct yaml *node)
{
    return (struct mail_query){.sql = yaml_text(node, (str){0}), .at = yaml_text_at(node)};
}

static struct mailbox mailbox_of(struct arena *mem, const struct yaml *map, str key,
                                 struct diags *diags)
{
    const struct yaml *node = yaml_get(map, key);
    struct mailbox box = {0};
    str text = yaml_text(node, S(""));
    if (node && !mailbox_read(mem, text, &box)) {
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, key,
                  S("an address: \"Acme Sales <sales@acme.example>\""));
        return (struct mailbox){0};
    }
    return box;
}

/* A password in a file under version control is one that all know who can read it. */
static str server_of(struct arena *mem, const struct yaml *map, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("server"));
    str text = yaml_text(node, (str){0});
    bool known = str_starts(text, S("smtp://")) || str_starts(text, S("smtps://"));
    size_t at = str_find(text, S("@"), 0);
    if (node && (!known || at < text.n))
        diags_add(
            diags, DIAG_SETTING_VALUE, node->at,
            at < text.n ? arena_printf(mem, "…" STR_FMT, STR_ARG(str_sub(text, at, text.n))) : text,
            S("server"),
            S("smtp://mail.acme.example:587 or smtps://…, without user and password: those are in "
              "SALESBOOK_SMTP_USER and SALESBOOK_SMTP_PASSWORD"));
    return text;
}

static bool tls_offered(const struct yaml *map, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("tls"));
    str text = yaml_text(node, S("required"));
    bool offered = str_eq(text, S("offered"));
    if (!offered && !str_eq(text, S("required")))
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("tls"),
                  S("required, or offered: only where the server offers it"));
    return offered;
}

/* With a '/' at its end, or unset. */
static str site_of(struct arena *mem, const struct yaml *map, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("site"));
    str text = yaml_text(node, (str){0});
    if (node && !str_starts(text, S("https://")) && !str_starts(text, S("http://")))
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("site"),
                  S("the address of the book's site: https://intranet.acme.example/sales"));
    if (!str_is_set(text) || str_ends(text, S("/")))
        return text;
    return arena_printf(mem, STR_FMT "/", STR_ARG(text));
}

static void read_audiences(struct arena *mem, const struct yaml *map, const struct book *book,
                           struct mail_settings *s, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("audiences"));
    if (!node)
        return;
    s->audience = arena_array(mem, node->n, sizeof *s->audience);
    for (const struct yaml *a = node->first; a; a = a->next) {
        str name = path_slug(mem, a->key);
        if (!book_has_audience(book, name)) {
            str near = text_nearest(name, book->audiences, book->naudiences);
            diags_add(diags, DIAG_AUDIENCE_UNKNOWN, a->key_at, a->key,
                      near.n ? arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(near))
                             : S("add it to `audiences:`"));
            continue;
        }
        s->audience[s->naudiences].audience = name;
        s->audience[s->naudiences++].who = query_of(a);
    }
}

static struct mail_rule rule_of(const struct yaml *node, struct diags *diags)
{
    struct mail_rule r = {0};
    if (!node)
        return r;
    if (node->kind != YAML_MAP) {
        diags_add(diags, DIAG_SETTING_VALUE, node->at, yaml_text(node, S("")), S("mail"),
                  S("a map: {to: SELECT …, send_if: SELECT …}"));
        return r;
    }
    yaml_check_keys(node, RULE_KEYS, sizeof RULE_KEYS / sizeof *RULE_KEYS, diags);
    r.report = node->key;
    r.at = node->key_at;
    r.to = query_of(yaml_get(node, S("to")));
    r.send_if = query_of(yaml_get(node, S("send_if")));
    r.workbook = yaml_get(node, S("workbook"));
    yaml_bool(r.workbook, false, diags);
    return r;
}

static void read_rules(struct arena *mem, const struct yaml *map, struct mail_settings *s,
                       struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("reports"));
    if (!node)
        return;
    s->rule = NEW_ARRAY(mem, node->n, struct mail_rule);
    for (const struct yaml *r = node->first; r; r = r->next)
        s->rule[s->nrules++] = rule_of(r, diags);
}

struct mail_settings *mail_settings_read(struct arena *mem, const struct yaml *node,
                                         const struct book *book, struct diags *diags)
{
    if (!node)
        return NULL;
    struct mail_settings *s = NEW(mem, struct mail_settings);
    s->at = node->at;
    yaml_check_keys(node, KEYS, sizeof KEYS / sizeof *KEYS, diags);
    s->from = mailbox_of(mem, node, S("from"), diags);
    if (!yaml_get(node, S("from")))
        diags_add(diags, DIAG_MAIL_FROM, node->at, book->name);
    s->reply_to = mailbox_of(mem, node, S("reply_to"), diags);
    s->server = server_of(mem, node, diags);
    s->server_at = str_is_set(s->server) ? yaml_get(node, S("server"))->at : node->at;
    s->tls_offered = tls_offered(node, diags);
    s->site = site_of(mem, node, diags);
    read_audiences(mem, node, book, s, diags);
    read_rules(mem, node, s, diags);
    return s;
}

struct mail_rule mail_rule_of(const struct mail_settings *settings, const struct page *report,
                              struct diags *diags)
{
    struct mail_rule rule = rule_of(yaml_get(report->front, S("mail")), diags);
    for (size_t i = 0; i < settings->nrules; i++) {
        const struct mail_rule *own = &settings->rule[i];
        if (!str_eq(own->report, report->name))
            continue;
        if (str_is_set(own->to.sql))
            rule.to = own->to;
        if (str_is_set(own->send_if.sql))
            rule.send_if = own->send_if;
        if (own->workbook)
            rule.workbook = own->workbook;
    }
    rule.report = report->name;
    return rule;
}
