#include "mail.h"

/* ---- where a recipient stands in the data ---- */

static int field_named(const struct table *t, str name)
{
    for (size_t f = 0; f < t->schema->nfields; f++)
        if (str_eq(t->schema->field[f].name, name))
            return (int)f;
    return -1;
}

/* The row of a table with a column `email` that holds this address, or whose key is this person:
 * what is wrong with an address is best said where it stands. `otherwise` where there is none. */
static struct place place_in_data(const struct dataset *d, str email, str person,
                                  struct place otherwise)
{
    for (size_t i = 0; i < d->tables.n; i++) {
        const struct table *t = d->tables.at[i];
        int at = field_named(t, S("email")),
            key = t->schema->nprimary_key ? t->schema->primary_key[0] : -1;
        for (size_t r = 0; at >= 0 && r < t->nrows; r++) {
            struct value v = table_value(t, (size_t)at, r);
            struct value k = key >= 0 ? table_value(t, (size_t)key, r) : (struct value){0};
            bool is_address = email.n && v.kind == VALUE_TEXT && str_eq(v.s, email);
            bool is_person = !email.n && person.n && k.kind == VALUE_TEXT && str_eq(k.s, person);
            if (is_address || is_person)
                return table_place(t, r);
        }
    }
    return otherwise;
}

/* ---- queries ---- */

static struct value text_value(str s)
{
    return (struct value){.kind = str_is_set(s) ? VALUE_TEXT : VALUE_NULL, .s = s};
}

static str text_of(struct arena *mem, struct value v)
{
    return v.kind == VALUE_TEXT  ? v.s
           : v.kind == VALUE_INT ? arena_printf(mem, "%lld", (long long)v.i)
                                 : (str){0};
}

static struct result *run(struct mailing *m, const struct mail_query *q, str audience,
                          const struct param *param, size_t nparams, struct diags *diags)
{
    struct query query = {
        .sql = q->sql, .at = q->at, .audience = audience, .param = param, .nparams = nparams};
    return query_run(m->opened.store, m->mem, &query, diags);
}

/* as_of and month, as every page has them. */
static size_t day_params(struct mailing *m, struct param *param)
{
    day as_of = store_as_of(m->opened.store);
    bool known = as_of != DAY_NONE;
    param[0] =
        (struct param){S("as_of"), known ? text_value(day_iso(m->mem, as_of)) : (struct value){0}};
    param[1] = (struct param){S("month"), known ? text_value(month_iso(m->mem, month_of(as_of)))
                                                : (struct value){0}};
    return 2;
}

/* ---- audiences ---- */

/* person → audience; the first that book.yaml names counts. */
static bool find_audiences(struct mailing *m, struct map *of, struct diags *diags)
{
    bool ok = true;
    map_init(of, m->mem);
    for (size_t i = 0; i < m->settings->naudiences; i++) {
        struct param param[2];
        size_t nparams = day_params(m, param);
        const struct mail_query *who = &m->settings->audience[i].who;
        struct result *r = run(m, who, m->settings->audience[i].audience, param, nparams, diags);
        int person = r ? result_column(r, S("person")) : -1;
        if (r && person < 0)
            ok = diags_add(diags, DIAG_MAIL_COLUMN, who->at, S("person"));
        ok = ok && r;
        for (size_t row = 0; ok && row < r->nrows; row++) {
            str key = text_of(m->mem, result_cell(r, row, (size_t)person));
            void **place = key.n ? map_put(of, key) : NULL;
            if (place && !*place)
                *place = &m->settings->audience[i].audience;
        }
    }
    return ok;
}

static str audience_of(const struct map *of, str person)
{
    const str *audience = person.n && of->n ? map_get(of, person) : NULL;
    return audience ? *audience : S("everyone");
}

/* ---- the rows of `to` ---- */

struct reading {
    struct mailing *m;
    struct mail_rule rule;
    struct map audience; /* person → audience */
    struct map known;    /* person and address → index + 1 in the list */
    struct map files;    /* taken */
    const struct result *r;
    int of, email, name, person; /* columns, or -1 */
    struct diags *diags;
};

static bool find_columns(struct reading *to)
{
    static const str known[] = {S("of"), S("email"), S("name"), S("person")};
    int *const column[] = {&to->of, &to->email, &to->name, &to->person};
    bool ok = true;

    for (size_t i = 0; i < 4; i++)
        *column[i] = result_column(to->r, known[i]);
    for (size_t c = 0; c < to->r->ncols; c++) {
        str name = to->r->column[c].name, near = text_nearest(name, known, 4);
        bool is_known = false;
        for (size_t i = 0; i < 4; i++)
            is_known |= str_eq(name, known[i]);
        if (!is_known)
            ok = diags_add(to->diags, DIAG_MAIL_COLUMN_UNKNOWN, to->rule.to.at, name,
                           near.n ? near : S("of, email, name, person"));
    }
    if (to->email < 0)
        ok = diags_add(to->diags, DIAG_MAIL_COLUMN, to->rule.to.at, S("email"));
    return ok;
}

static str cell(const struct reading *to, size_t row, int column)
{
    return column < 0 ? (str){0} : text_of(to->m->mem, result_cell(to->r, row, (size_t)column));
}

/* The audience for whose eyes a report is made when it goes to a person: theirs, or, if it is one
 * person's own, that of the report. False with a diagnostic if they may not have it. */
static bool may_have(struct reading *to, const struct planned *p, str person, str audience,
                     struct place at)
{
    const struct page *page = to->m->report;
    if (!str_is_set(page->own))
        return !page->audience.n || str_eq(page->audience, S("everyone")) ||
               str_eq(page->audience, audience) ||
               diags_add(to->diags, DIAG_MAIL_AUDIENCE, at, person, page->name, page->audience);
    for (size_t i = 0; i < p->nparams; i++)
        if (str_eq(p->param[i].name, page->own) && p->param[i].value.kind == VALUE_TEXT &&
            str_eq(p->param[i].value.s, person))
            return true;
    return diags_add(to->diags, DIAG_MAIL_OWN, at, person, page->name, p->key);
}

/* The row of the report with this key, as an audience sees it; without a key the only one there
 * is. */
static const struct planned *page_of(const struct mailing *m, str audience, str of)
{
    const struct planned *only = NULL;
    size_t n = 0;
    for (size_t i = 0; i < m->plan.list.n; i++) {
        const struct planned *p = &m->plan.list.at[i];
        if (p->page != m->report || !str_eq(p->audience, audience))
            continue;
        if (str_is_set(of) && str_eq(p->key, of))
            return p;
        only = p;
        n++;
    }
    return !str_is_set(of) && n == 1 ? only : NULL;
}

static str file_of(struct reading *to, str person, str email)
{
    struct arena *mem = to->m->mem;
    str stem = path_stem(mem, person.n ? person : str_sub(email, 0, str_find(email, S("@"), 0)));
    str name = stem;
    for (int n = 2; map_get(&to->files, name); n++)
        name = arena_printf(mem, STR_FMT "-%d", STR_ARG(stem), n);
    *map_put(&to->files, name) = to;
    return arena_printf(mem, STR_FMT ".eml", STR_ARG(name));
}

/* The message for this person at this address; made if it is the first row. */
static struct mail *message_for(struct reading *to, str person, str email, str name, str audience)
{
    struct mailing *m = to->m;
    str key = arena_printf(m->mem, STR_FMT "\n" STR_FMT, STR_ARG(person), STR_ARG(email));
    void **place = map_put(&to->known, key);
    if (!*place) {
        struct mail mail = {.to = {name, email},
                            .person = person,
                            .audience = audience,
                            .file = file_of(to, person, email)};
        PUSH(m->mem, &m->list, mail);
        *place = (void *)(uintptr_t)m->list.n;
    }
    return &m->list.at[(uintptr_t)*place - 1];
}

static bool add_row(struct reading *to, size_t row)
{
    struct mailing *m = to->m;
    str of = cell(to, row, to->of), email = cell(to, row, to->email);
    str person = cell(to, row, to->person), name = cell(to, row, to->name);
    str whom = person.n ? person : name.n ? name : of;
    struct place at = to->rule.to.at;

    if (!email.n || !mail_address_valid(email)) {
        at = place_in_data(m->opened.data, email, person, at);
        return email.n ? diags_add(to->diags, DIAG_MAIL_ADDRESS, at, email)
                       : diags_add(to->diags, DIAG_MAIL_NO_ADDRESS, at, whom.n ? whom : S("a row"));
    }
    bool own = str_is_set(m->report->own);
    str theirs = audience_of(&to->audience, person);
    str audience = own ? (m->report->audience.n ? m->report->audience : S("everyone")) : theirs;
    const struct planned *p = page_of(m, audience, of);
    if (!p && !own && m->report->audience.n && !str_eq(m->report->audience, audience))
        return may_have(to, NULL, whom.n ? whom : email, audience, at);
    if (!p)
        return diags_add(to->diags, DIAG_MAIL_OF, at, str_is_set(of) ? of : S("(no key)"),
                         m->report->name);
    if (!may_have(to, p, person.n ? person : email, audience, at))
        return false;
    struct mail *mail = message_for(to, person, email, name, audience);
    for (size_t i = 0; i < mail->npages; i++)
        if (mail->page[i] == p)
            return true;
    mail->page = list_room(m->mem, mail->page, mail->npages, &mail->most_pages, sizeof *mail->page);
    mail->page[mail->npages++] = p;
    return true;
}

/* ---- when ---- */

/* Leaves the pages for which `send_if` gives a row; the rows of all as a hash. */
static bool hold_against(struct mailing *m, const struct mail_rule *rule, struct mail *mail,
                         struct diags *diags)
{
    struct hasher *h = hasher_new(m->mem);
    size_t kept = 0;

    mail->waits = true;
    for (size_t i = 0; i < mail->npages; i++) {
        const struct planned *p = mail->page[i];
        struct param *param = NEW_ARRAY(m->mem, p->nparams + 1, struct param);
        for (size_t k = 0; k < p->nparams; k++)
            param[k] = p->param[k];
        param[p->nparams] = (struct param){S("recipient"), text_value(mail->person)};
        struct result *r = run(m, &rule->send_if, mail->audience, param, p->nparams + 1, diags);
        if (!r)
            return false;
        if (!r->nrows)
            continue;
        mail->page[kept++] = p;
        hasher_add(h, p->key);
        for (size_t c = 0; c < r->nrows * r->ncols; c++) {
            struct buf exact = {0};
            struct value v = result_cell(r, c / r->ncols, c % r->ncols);
            if (v.kind == VALUE_REAL)
                buf_add(&exact, fmt_exact(m->mem, v.r));
            hasher_add(h, v.kind == VALUE_REAL ? buf_str(&exact) : text_of(m->mem, v));
            buf_clear(&exact);
        }
    }
    mail->npages = kept;
    if (kept)
        mail->condition = hash128_hex(m->mem, hasher_end(h));
    return true;
}

/* ---- what it is called ---- */

static void name_mail(struct mailing *m, struct mail *mail)
{
    struct buf subject = {0}, pages = {0};
    for (size_t i = 0; i < mail->npages; i++) {
        buf_add(&pages, i ? S(";") : S(""));
        buf_add(&pages, mail->page[i]->key);
    }
    if (mail->npages) {
        const struct planned *first = mail->page[0];
        buf_add(&subject, first->title);
        if (mail->npages > 1)
            buf_addf(&subject, " and %zu more", mail->npages - 1);
        if (first->subtitle.n)
            buf_addf(&subject, " – " STR_FMT, STR_ARG(first->subtitle));
    }
    mail->subject = arena_str(m->mem, buf_str(&subject));
    mail->pages = arena_str(m->mem, buf_str(&pages));
    buf_clear(&subject);
    buf_clear(&pages);
}

/* ---- the whole ---- */

static const struct page *report_named(const struct opened *o, str name)
{
    for (size_t i = 0; i < o->npages; i++)
        if (o->page[i]->role == PAGE_REPORT && str_eq(o->page[i]->name, name))
            return o->page[i];
    return NULL;
}

static bool find_recipients(struct mailing *m, struct diags *diags)
{
    struct reading to = {
        .m = m, .rule = mail_rule_of(m->settings, m->report, diags), .diags = diags};
    struct param param[2];
    size_t nparams = day_params(m, param);

    m->workbook = yaml_bool(to.rule.workbook, false, diags);
    if (!str_is_set(to.rule.to.sql))
        return diags_add(diags, DIAG_MAIL_NOBODY, m->settings->at, m->report->name);
    if (!model_has_system(&m->opened.model, m->report->of))
        return true; /* nor is there any page of it */
    map_init(&to.known, m->mem);
    map_init(&to.files, m->mem);
    to.r = find_audiences(m, &to.audience, diags)
               ? run(m, &to.rule.to, m->report->audience, param, nparams, diags)
               : NULL;
    if (!to.r || !find_columns(&to))
        return false;
    for (size_t row = 0; row < to.r->nrows; row++)
        add_row(&to, row);
    for (size_t i = 0; i < m->list.n; i++) {
        struct mail *mail = &m->list.at[i];
        if (str_is_set(to.rule.send_if.sql) && !hold_against(m, &to.rule, mail, diags))
            return false;
        name_mail(m, mail);
    }
    return true;
}

bool mail_prepare(struct arena *mem, const struct book *book, const struct mail_options *options,
                  struct mailing *m, struct diags *diags)
{
    *m = (struct mailing){.mem = mem, .book = book, .settings = book->mail, .options = options};
    if (!book->mail)
        return diags_add(diags, DIAG_MAIL_FROM,
                         ((struct place){.file = path_join(mem, book->dir, S("book.yaml"))}),
                         book->name);
    if (!open_book(mem, book, &options->open, &m->opened, diags) ||
        !plan_book(&m->opened, &m->plan, diags))
        return false;
    if (diags->nerrors) /* no such report; or a figure that is wrong could not be called back */
        return false;
    m->report = report_named(&m->opened, options->report);
    if (store_as_of(m->opened.store) == DAY_NONE)
        return diags_add(diags, DIAG_MAIL_UNDATED, (struct place){0}, book->name);
    str below = path_join(mem, S("private/mail"), path_slug(mem, m->report->name));
    m->folder = path_join(mem, options->output, below);
    return find_recipients(m, diags);
}

bool mail_check(const struct opened *opened, const struct plan *plan, struct diags *diags)
{
    static const struct mail_settings none = {0};
    const struct mail_settings *s = opened->book->mail;
    struct diags found; /* what two reports have in common is told once */

    diags_init(&found, diags->mem);
    for (size_t i = 0; i < opened->npages; i++)
        if (opened->page[i]->role == PAGE_REPORT)
            mail_rule_of(&none, opened->page[i], &found);
    for (size_t i = 0; s && i < s->nrules; i++) {
        struct mailing m = {.mem = opened->mem,
                            .book = opened->book,
                            .settings = s,
                            .opened = *opened,
                            .plan = *plan,
                            .report = report_named(opened, s->rule[i].report)};
        if (m.report)
            find_recipients(&m, &found);
    }
    diags_merge(diags, &found);
    return !found.nerrors;
}

void mailing_close(struct mailing *m)
{
    opened_close(&m->opened);
}
