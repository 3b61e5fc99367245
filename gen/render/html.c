#include "html.h"

void html_link_to(struct html *h, str address, str text)
{
    html_link(h, address, false);
    PUT(h, ">");
    html_text(h->out, text);
    PUT(h, "</a>");
}

void html_heading(struct html *h, int level, str title, str id)
{
    level = level < 6 ? level : 6;
    buf_addf(h->out, "<h%d", level);
    if (id.n)
        html_attribute(h->out, "id", id);
    PUT(h, ">");
    html_text(h->out, title);
    buf_addf(h->out, "</h%d>\n", level);
}

str state_sign(enum state state)
{
    switch (state) {
    case STATE_GOOD:
        return S("▲");
    case STATE_BAD:
        return S("▼");
    case STATE_WARN:
        return S("!");
    case STATE_NONE:
        break;
    }
    return (str){0};
}

/* ---- the slots of the layout ---- */

/* A page.html of the theme holds these in braces, and nothing else in braces. */
#define SLOTS(X)                                                                                   \
    X(language)                                                                                    \
    X(root)                                                                                        \
    X(preview)                                                                                     \
    X(policy)                                                                                      \
    X(feed)                                                                                        \
    X(title)                                                                                       \
    X(book)                                                                                        \
    X(name)                                                                                        \
    X(as_of)                                                                                       \
    X(audience)                                                                                    \
    X(menu)                                                                                        \
    X(search) X(hatches) X(navigation) X(breadcrumbs) X(subtitle) X(pager) X(content) X(data)

/* Sites that have reports have a feed of them. */
static void slot_feed(struct html *h)
{
    if (!h->site->nreports)
        return;
    PUT(h, "<link rel=\"alternate\" type=\"application/atom+xml\"");
    html_attribute(h->out, "title", h->site->title);
    PUT(h, " href=\"");
    html_text(h->out, h->root);
    PUT(h, "feed.xml\">\n");
}

static void slot_language(struct html *h)
{
    html_text(h->out, h->site->lang->tag);
}

static void slot_root(struct html *h)
{
    html_text(h->out, h->root);
}

static void slot_preview(struct html *h)
{
    if (h->site->preview)
        PUT(h, " data-preview");
}

/* Everything a page shows lies beside it. Style attributes and scripts in the page do nothing, so
 * that a text that slipped through could not act either. A page opened as a file has no origin of
 * its own: Chromium takes 'self' for all files, other browsers for none, and need file:, which over
 * HTTP allows nothing, for there no browser loads files. */
static void slot_policy(struct html *h)
{
    PUT(h, "default-src 'none'; style-src 'self' file:; script-src 'self' file:; "
           "img-src 'self' file:; base-uri 'none'; form-action 'none'");
    if (h->site->preview)
        PUT(h, "; connect-src 'self'");
}

static void slot_title(struct html *h)
{
    html_text(h->out, h->d->title);
    if (!str_eq(h->d->title, h->site->title)) {
        PUT(h, " – ");
        html_text(h->out, h->site->title);
    }
}

static void slot_book(struct html *h)
{
    html_text(h->out, h->site->title);
}

static void slot_name(struct html *h)
{
    html_text(h->out, h->d->title);
}

static void as_of_line(struct html *h, day as_of)
{
    if (as_of == DAY_NONE)
        return;
    PUT(h, "<p class=\"as-of\">as of <time");
    html_attribute(h->out, "datetime", day_iso(h->mem, as_of));
    PUT(h, ">");
    html_text(h->out, fmt_date(h->mem, h->site->lang, as_of));
    PUT(h, "</time></p>");
}

static void slot_as_of(struct html *h)
{
    as_of_line(h, h->site->as_of);
}

static void slot_audience(struct html *h)
{
    if (!h->site->audience.n || str_eq(h->site->audience, S("everyone")))
        return;
    PUT(h, "<p class=\"audience\">for ");
    html_text(h->out, h->site->audience);
    PUT(h, "</p>");
}

/* On a phone the navigation is one step away. */
static void slot_menu(struct html *h)
{
    if (h->site->nnav)
        PUT(h, "<a class=\"open-menu\" href=\"#menu\">Menu</a>\n");
}

/* Shown by the script that makes it work. A site of one page has nothing to search. */
static void slot_search(struct html *h)
{
    if (!h->site->nnav)
        return;
    PUT(h, "<div class=\"search\" data-search hidden>\n"
           "<label class=\"unseen\" for=\"search_field\">Find a page, a name, a figure</label>\n"
           "<input id=\"search_field\" type=\"search\" placeholder=\"Find a page or name\" "
           "autocomplete=\"off\" spellcheck=\"false\">\n</div>\n");
}

static void slot_hatches(struct html *h)
{
    if (h->d->root)
        html_hatches(h, h->d->root);
}

static void slot_navigation(struct html *h)
{
    html_navigation(h);
}

static void slot_breadcrumbs(struct html *h)
{
    html_breadcrumbs(h);
}

/* The same page as PDF lies beside it. */
static void link_to_pdf(struct html *h)
{
    str html = path_base(h->d->address);
    str pdf = arena_printf(h->mem, STR_FMT ".pdf", STR_ARG(str_sub(html, 0, html.n - 5)));
    PUT(h, "<p class=\"paper\"><a href=\"");
    html_text(h->out, pdf);
    PUT(h, "\" type=\"application/pdf\">This page as PDF</a></p>\n");
}

/* And so do its tables. */
static void link_to_workbook(struct html *h)
{
    str html = path_base(h->d->address);
    PUT(h, "<p class=\"paper\"><a href=\"");
    html_text(h->out, str_sub(html, 0, html.n - 5));
    PUT(h, ".xlsx\" download>Its tables for Excel</a></p>\n");
}

static void slot_subtitle(struct html *h)
{
    if (h->d->subtitle.n) {
        PUT(h, "<p class=\"subtitle\">");
        html_text(h->out, h->d->subtitle);
        PUT(h, "</p>");
    }
    if (h->d->page && h->d->page->pdf)
        link_to_pdf(h);
    if (h->d->has_workbook)
        link_to_workbook(h);
}

static void pager_link(struct html *h, str address, str title, bool forward)
{
    if (!address.n)
        return;
    html_link(h, address, false);
    buf_addf(h->out, " rel=\"%s\"><span class=\"unseen\">%s: </span>", forward ? "next" : "prev",
             forward ? "Next" : "Before");
    if (!forward)
        PUT(h, "‹ ");
    html_text(h->out, title);
    if (forward)
        PUT(h, " ›");
    PUT(h, "</a>\n");
}

static void slot_pager(struct html *h)
{
    const struct document *d = h->d;
    if (!d->previous.address.n && !d->following.address.n)
        return;
    PUT(h, "<nav class=\"pager\" aria-label=\"Neighbours\">\n");
    pager_link(h, d->previous.address, d->previous.title, false);
    pager_link(h, d->following.address, d->following.title, true);
    PUT(h, "</nav>\n");
}

static void slot_content(struct html *h)
{
    buf_add(h->out, h->content);
}

/* page.json lies beside page.html. */
static void slot_data(struct html *h)
{
    if (!h->d->page)
        return;
    str address = str_sub(h->d->address, 0, str_find(h->d->address, S(".html"), 0));
    PUT(h, " · ");
    html_link_to(h, arena_printf(h->mem, STR_FMT ".json", STR_ARG(address)),
                 S("this page as data"));
    PUT(h, " · ");
    html_link_to(h,
                 arena_printf(h->mem, STR_FMT ".xlsx", STR_ARG(path_slug(h->mem, h->site->book))),
                 S("this book for Excel"));
}

static const struct slot {
    str name;
    void (*fill)(struct html *h);
} slots[] = {
#define X(name) {{#name, sizeof #name - 1}, slot_##name},
    SLOTS(X)
#undef X
};

static const struct slot *slot_named(str name)
{
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (str_eq(slots[i].name, name))
            return &slots[i];
    return NULL;
}

/* Cuts the text before the next slot off *rest, and the slot's name after it. False at the end. */
static bool next_slot(str *rest, str *text, str *name)
{
    size_t open = str_find(*rest, S("{"), 0), close = str_find(*rest, S("}"), open);
    bool found = close < rest->n;
    *text = str_sub(*rest, 0, found ? open : rest->n);
    *name = str_sub(*rest, open + 1, close);
    *rest = str_sub(*rest, close + 1, rest->n);
    return found;
}

static int line_of(str all, const char *at)
{
    int line = 1;
    for (const char *p = all.p; p < at; p++)
        line += *p == '\n';
    return line;
}

bool layout_check(str layout, str path, struct diags *diags)
{
    str names[sizeof slots / sizeof *slots], rest = layout, text, name;
    bool fine = true;

    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        names[i] = slots[i].name;
    while (next_slot(&rest, &text, &name)) {
        if (slot_named(name))
            continue;
        struct place at = {path, line_of(layout, name.p), 0};
        str nearest = text_nearest(name, names, sizeof names / sizeof *names);
        fine = diags_add(diags, DIAG_THEME_SLOT, at, name, nearest.n ? nearest : S("content"));
    }
    return fine;
}

static void fill_layout(struct html *h)
{
    str rest = h->site->layout, text, name;
    bool more;
    do {
        more = next_slot(&rest, &text, &name);
        buf_add(h->out, text);
        const struct slot *slot = more ? slot_named(name) : NULL;
        if (slot)
            slot->fill(h);
    } while (more);
}

/* ---- pages ---- */

static str way_to_root(struct arena *mem, str address)
{
    struct buf b = {0};
    for (size_t i = 0; i < address.n; i++)
        if (address.p[i] == '/')
            buf_add(&b, S("../"));
    str root = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return root;
}

void render_content(struct buf *out, const struct site *site, const struct document *d)
{
    struct html h = {.out = out, .site = site, .d = d, .mem = arena_new(), .level = 1};
    h.root = way_to_root(h.mem, d->address);
    html_children(&h, d->root);
    arena_free(h.mem);
}

void render_html(struct buf *out, const struct site *site, const struct document *d, str content)
{
    struct html h = {.out = out, .site = site, .d = d, .mem = arena_new(), .content = content};
    h.root = way_to_root(h.mem, d->address);
    fill_layout(&h);
    arena_free(h.mem);
}

static void report_line(struct html *h, const struct report_entry *r, bool first_of_period)
{
    if (first_of_period) {
        int month = month_parse(r->period);
        PUT(h, "<div class=\"block third reports\">\n");
        html_heading(h, 2, month < 0 ? r->period : fmt_month(h->mem, h->site->lang, month),
                     (str){0});
        PUT(h, "<ul>\n");
    }
    PUT(h, "<li>");
    html_link_to(h, r->address, r->title);
    PUT(h, " <span class=\"kind\">PDF</span>");
    if (r->workbook) {
        PUT(h, " ");
        str stem = str_sub(r->address, 0, r->address.n - 4);
        html_link_to(h, arena_printf(h->mem, STR_FMT ".xlsx", STR_ARG(stem)), S("Excel"));
    }
    PUT(h, "</li>\n");
}

void render_reports(struct buf *out, const struct site *site)
{
    struct document d = {
        .title = S("Reports"), .address = S("reports.html"), .group = S("On paper")};
    struct buf made = {0};
    struct html h = {.out = &made, .site = site, .d = &d, .mem = arena_new(), .root = S("")};

    for (size_t i = 0; i < site->nreports; i++) {
        const struct report_entry *r = &site->report[i];
        report_line(&h, r, i == 0 || !str_eq(r->period, r[-1].period));
        if (i + 1 == site->nreports || !str_eq(r->period, r[1].period))
            PUT(&h, "</ul></div>\n");
    }
    render_html(out, site, &d, buf_str(&made));
    buf_clear(&made);
    arena_free(h.mem);
}

static void book_line(struct html *h, const struct book_entry *b)
{
    PUT(h, "<div class=\"block third book\"><h2>");
    html_link_to(h, b->address, b->title);
    PUT(h, "</h2>\n");
    if (b->figure.n) {
        PUT(h, "<p class=\"figure-line\">");
        html_text(h->out, b->figure);
        PUT(h, "</p>\n");
    }
    as_of_line(h, b->as_of);
    PUT(h, "</div>\n");
}

void render_books(struct buf *out, const struct site *site, const struct book_entry *entry,
                  size_t n)
{
    struct document d = {.title = site->title, .address = S("index.html")};
    struct buf made = {0};
    struct html h = {.out = &made, .site = site, .d = &d, .mem = arena_new(), .root = S("")};

    for (size_t i = 0; i < n; i++)
        book_line(&h, &entry[i]);
    render_html(out, site, &d, buf_str(&made));
    buf_clear(&made);
    arena_free(h.mem);
}
