#include "made.h"

/* The files of one page or report, in the staging trees. */

static const struct site *site_of(const struct making *m, str audience)
{
    for (size_t i = 0; i < m->nsites; i++)
        if (str_eq(m->site[i].audience, audience))
            return &m->site[i];
    return &m->site[0];
}

/* The mind maps below `parent` that are files too: beside their page, so that a site is whole by
 * itself, and those of everybody's pages in output/mindmaps/ as well, to be handed on. */
static bool write_mindmaps(struct making *m, const struct site *site, const struct node *parent)
{
    const struct document *d = m->document;
    str folder = path_dir(d->address);
    bool ok = true;

    for (const struct node *n = parent->first; n && ok; n = n->next) {
        ok = write_mindmaps(m, site, n);
        if (!ok || n->kind != NODE_graph || !n->graph.mm.n || n->only_report)
            continue;
        struct buf out = {0};
        str file = path_join(m->mem, folder, n->graph.mm);
        render_mindmap(&out, n->graph.graph, n->title.n ? n->title : d->title);
        ok = making_file(m, true, path_join(m->mem, site->audience, file), buf_str(&out)) &&
             (site != m->site ||
              making_file(m, false, path_join(m->mem, S("mindmaps"), file), buf_str(&out)));
        buf_clear(&out);
    }
    return ok;
}

/* What a page says, in the forms in which it is published. */
struct published {
    struct buf content, json;
    struct buf pdf; /* empty where the page is not to be had on paper */
};

static bool write_page(struct making *m, const struct site *site, const struct published *p)
{
    const struct document *d = m->document;
    str html = path_join(m->mem, site->audience, d->address);
    str stem = str_sub(html, 0, html.n - 5);
    str json = arena_printf(m->mem, STR_FMT ".json", STR_ARG(stem));
    str pdf = arena_printf(m->mem, STR_FMT ".pdf", STR_ARG(stem));
    struct buf out = {0};

    render_html(&out, site, d, buf_str(&p->content));
    bool ok = making_file(m, true, html, buf_str(&out)) &&
              making_file(m, true, json, buf_str(&p->json)) &&
              (!p->pdf.n || making_file(m, true, pdf, buf_str(&p->pdf))) &&
              copy_workbook(m, true, html) && write_proposals(m, site, d->root) &&
              write_mindmaps(m, site, d->root);
    buf_clear(&out);
    return ok;
}

bool write_pages(struct making *m, struct pdf_fonts *fonts)
{
    struct document *d = m->document;
    const struct site *first = site_of(m, d->audience);
    struct published p = {0};
    bool ok = (!d->page->pdf || render_pdf(&p.pdf, fonts, first, d, m->diags)) &&
              write_workbook(m, first, true, path_join(m->mem, first->audience, d->address));
    d->has_workbook = str_is_set(m->workbook);
    render_content(&p.content, first, d);
    render_json(&p.json, first, d);
    for (size_t i = 0; i < m->naudiences && ok; i++)
        ok = write_page(m, site_of(m, m->audience[i]), &p);
    buf_clear(&p.content);
    buf_clear(&p.json);
    buf_clear(&p.pdf);
    return ok;
}

str private_folder(struct arena *mem, str audience)
{
    return path_join(mem, S("private"), path_slug(mem, audience));
}

bool report_is_private(const struct page *page)
{
    return str_is_set(page->own);
}

bool report_may_be_in(const struct page *page, str audience)
{
    str only = page->audience;
    return !report_is_private(page) &&
           (!only.n || str_eq(only, S("everyone")) || str_eq(only, audience));
}

/* Where a report lies below the folder of an audience's site. */
static str report_in_site(struct arena *mem, const struct page *page, str address)
{
    return str_is_set(page->folder) ? address : path_join(mem, S("reports"), address);
}

/* Where it lies below the output: apart, if not everybody may see it. */
static str report_in_output(struct arena *mem, const struct page *page, str address)
{
    if (report_is_private(page))
        return path_join(mem, S("private"), address);
    str below = report_in_site(mem, page, address);
    return report_may_be_in(page, S("everyone"))
               ? below
               : path_join(mem, private_folder(mem, page->audience), below);
}

bool write_report(struct making *m, struct pdf_fonts *fonts)
{
    const struct document *d = m->document;
    const struct site *site = site_of(m, d->audience);
    bool own = report_is_private(d->page);
    str below = report_in_output(m->mem, d->page, d->address);
    struct buf out = {0};
    bool ok = render_pdf(&out, fonts, site, d, m->diags) &&
              making_file(m, false, below, buf_str(&out)) && write_workbook(m, site, false, below);
    for (size_t i = 0; ok && !own && m->site_dir.n && i < m->nsites; i++) {
        if (site != &m->site[0] && site != &m->site[i])
            continue;
        str in_site =
            path_join(m->mem, m->site[i].audience, report_in_site(m->mem, d->page, d->address));
        ok = making_file(m, true, in_site, buf_str(&out)) && copy_workbook(m, true, in_site);
    }
    buf_clear(&out);
    return ok;
}
