/* Where a page stands in its site: the navigation, and the way to the page from the start. */
#include "html.h"

static void nav_item(struct html *h, str address, str title)
{
    PUT(h, "<li>");
    html_link(h, address, false);
    if (str_eq(address, h->d->address))
        PUT(h, " aria-current=\"page\"");
    PUT(h, ">");
    html_text(h->out, title);
    PUT(h, "</a></li>\n");
}

/* The page that stands for a whole group of the navigation, or NULL. */
static const struct nav_entry *head_of(const struct html *h, str group)
{
    for (size_t i = 0; i < h->site->nnav; i++)
        if (h->site->nav[i].heads_group && str_eq(h->site->nav[i].group, group))
            return &h->site->nav[i];
    return NULL;
}

static void group_name(struct html *h, str group)
{
    const struct nav_entry *head = head_of(h, group);
    if (!head) {
        html_text(h->out, group);
        return;
    }
    html_link(h, head->address, false);
    if (str_eq(head->address, h->d->address))
        PUT(h, " aria-current=\"page\"");
    PUT(h, ">");
    html_text(h->out, group);
    PUT(h, "</a>");
}

static void nav_group(struct html *h, str group)
{
    if (!group.n) {
        PUT(h, "<li><ul>\n");
        return;
    }
    PUT(h, "<li><span class=\"group\">");
    group_name(h, group);
    PUT(h, "</span><ul>\n");
}

void html_navigation(struct html *h)
{
    const struct site *s = h->site;

    if (!s->nnav)
        return;
    PUT(h, "<nav class=\"side\" id=\"menu\" aria-label=\"Pages\">\n"
           "<a class=\"close\" href=\"#content\">Close menu</a>\n<ul>\n");
    for (size_t i = 0; i < s->nnav; i++) {
        const struct nav_entry *n = &s->nav[i];
        if (i == 0 || !str_eq(n->group, n[-1].group)) {
            if (i)
                PUT(h, "</ul></li>\n");
            nav_group(h, n->group);
        }
        if (!n->heads_group)
            nav_item(h, n->address, n->title);
    }
    PUT(h, "</ul></li>\n");
    if (s->nreports) {
        nav_group(h, S("On paper"));
        nav_item(h, S("reports.html"), S("Reports"));
        PUT(h, "</ul></li>\n");
    }
    PUT(h, "</ul>\n</nav>\n");
}

static const struct nav_entry *entry_of(const struct html *h, str kind)
{
    for (size_t i = 0; i < h->site->nnav; i++)
        if (str_eq(h->site->nav[i].kind, kind))
            return &h->site->nav[i];
    return NULL;
}

/* The page in the navigation under which all pages of this one's kind stand, or NULL: that which
 * lists it, else the list person.html is found before person/li-wei.html. */
static const struct nav_entry *parent_of(const struct html *h)
{
    const struct page *page = h->d->page;
    for (size_t i = 0; page && i < page->nlisted; i++) {
        const struct nav_entry *list = entry_of(h, page->listed[i]);
        if (list)
            return list;
    }
    for (size_t i = 0; i < h->site->nnav; i++) {
        const struct nav_entry *n = &h->site->nav[i];
        str folder = str_sub(n->address, 0, str_find(n->address, S(".html"), 0));
        if (folder.n < h->d->address.n && str_starts(h->d->address, folder) &&
            h->d->address.p[folder.n] == '/')
            return n;
    }
    return NULL;
}

void html_breadcrumbs(struct html *h)
{
    if (!h->site->nnav || str_eq(h->d->address, S("index.html")))
        return;
    const struct nav_entry *parent = parent_of(h);
    str group = parent ? parent->group : h->d->group;

    PUT(h, "<nav class=\"crumbs\" aria-label=\"Where this page stands\"><ol>\n<li>");
    html_link_to(h, S("index.html"), S("Start"));
    PUT(h, "</li>\n");
    if (group.n && !str_eq(group, h->d->title)) {
        PUT(h, "<li>");
        group_name(h, group);
        PUT(h, "</li>\n");
    }
    if (parent) {
        PUT(h, "<li>");
        html_link_to(h, parent->address, parent->title);
        PUT(h, "</li>\n");
    }
    PUT(h, "<li aria-current=\"page\">");
    html_text(h->out, h->d->title);
    PUT(h, "</li>\n</ol></nav>\n");
}
