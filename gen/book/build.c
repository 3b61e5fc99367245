#include "publish.h"

#include <unistd.h>

/* A report, or a page for each audience whose site has it. */
struct unit {
    const struct planned **made;
    size_t n;
};

/* One build on its way: what the units of work share. */
struct build {
    struct arena *mem;
    const struct book *book;
    const struct build_options *options;
    struct opened opened;
    struct plan plan;
    struct site *site;      /* one an audience */
    str site_dir, output_dir; /* staging folders */
    str *charts;            /* folders of chart kinds */
    size_t ncharts;
    struct unit *unit;
    size_t nunits;
    struct buf told;        /* by the workers, of what the packages describe */
};

/* ---- what a worker keeps ---- */
struct tools {
    struct arena *mem;
    struct gnuplot *gnuplot;
    struct pdf_fonts *fonts;
};

static void tools_stop(void *state)
{
    struct tools *t = state;
    if (t->gnuplot)
        gnuplot_free(t->gnuplot);
    if (t->fonts)
        pdf_fonts_free(t->fonts);
    arena_free(t->mem);
}

static void *tools_start(void *arg, struct diags *diags)
{
    struct build *b = arg;
    struct arena *mem = arena_new();
    struct tools *t = NEW(mem, struct tools);
    t->mem = mem;
    if (b->options->check) {
        t->gnuplot = gnuplot_idle(mem, b->charts, b->ncharts, diags);
        return t->gnuplot ? t : NULL;
    }
    t->gnuplot = gnuplot_new(mem, b->charts, b->ncharts, diags);
    t->fonts = t->gnuplot ? pdf_fonts_new(mem, diags) : NULL;
    if (t->gnuplot && t->fonts) {
        gnuplot_speak(t->gnuplot, &b->book->lang);
        return t;
    }
    tools_stop(t);
    return NULL;
}

/* ---- one page or report ---- */

static const struct site *site_of(const struct build *b, str audience)
{
    for (size_t i = 0; i < b->book->naudiences; i++)
        if (str_eq(b->site[i].audience, audience))
            return &b->site[i];
    return &b->site[0];
}

/* The mind maps below `parent` that are files too: beside their page, so that a site is whole by itself,
 * and those of everybody's pages in output/mindmaps/ as well, to be handed on. */
static bool write_mindmaps(struct arena *mem, const struct build *b, const struct site *site,
                           const struct document *d, const struct node *parent, struct diags *diags)
{
    str folder = path_dir(d->address), everybody = path_join(mem, b->output_dir, S("mindmaps"));
    bool ok = true;

    for (const struct node *n = parent->first; n && ok; n = n->next) {
        ok = write_mindmaps(mem, b, site, d, n, diags);
        if (!ok || n->kind != NODE_graph || !n->graph.mm.n || n->only_report)
            continue;
        struct buf out = {0};
        str file = path_join(mem, folder, n->graph.mm);
        str own = path_join(mem, b->site_dir, path_join(mem, site->audience, file));
        render_mindmap(&out, n->graph.graph, n->title.n ? n->title : d->title);
        ok = file_write(own, buf_str(&out), diags) &&
             (site != &b->site[0] ||
              file_write(path_join(mem, everybody, file), buf_str(&out), diags));
        buf_clear(&out);
    }
    return ok;
}

/* What a page says, in the two forms in which it is published. */
struct published {
    struct buf content, json;
    struct buf pdf; /* empty where the page is not to be had on paper */
    str workbook;   /* in the first of its sites; unset where it has none */
};

static bool write_page(struct arena *mem, const struct build *b, const struct site *site,
                       const struct document *d, const struct published *p, struct buf *told,
                       struct diags *diags)
{
    bool everybody = site == &b->site[0];
    str proposals = everybody ? path_join(mem, b->output_dir, S("proposals")) : S("");
    str dir = path_join(mem, b->site_dir, site->audience);
    str html = path_join(mem, dir, d->address);
    str stem = str_sub(html, 0, html.n - 5);
    str json = arena_printf(mem, STR_FMT ".json", STR_ARG(stem));
    str pdf = arena_printf(mem, STR_FMT ".pdf", STR_ARG(stem));
    struct buf out = {0};

    render_html(&out, site, d, buf_str(&p->content));
    bool ok = file_write(html, buf_str(&out), diags) &&
              file_write(json, buf_str(&p->json), diags) &&
              (!p->pdf.n || file_write(pdf, buf_str(&p->pdf), diags)) &&
              copy_workbook(mem, p->workbook, html, diags) &&
              write_proposals(mem, site, d, d->root, dir, proposals, told, diags) &&
              write_mindmaps(mem, b, site, d, d->root, diags);
    buf_clear(&out);
    return ok;
}

/* One document in the sites of n audiences that are all shown the same. */
static bool write_pages(struct arena *mem, struct tools *tools, const struct build *b,
                        struct document *d, const struct planned *const *made, size_t n,
                        struct buf *told, struct diags *diags)
{
    const struct site *first = site_of(b, d->audience);
    str beside = path_join(mem, path_join(mem, b->site_dir, first->audience), d->address);
    struct published p = {0};
    bool ok = (!d->page->pdf || render_pdf(&p.pdf, tools->fonts, first, d, diags)) &&
              write_workbook(mem, first, d, false, beside, &p.workbook, diags);
    d->has_workbook = str_is_set(p.workbook);
    render_content(&p.content, site_of(b, d->audience), d);
    render_json(&p.json, site_of(b, d->audience), d);
    for (size_t i = 0; i < n && ok; i++)
        ok = write_page(mem, b, site_of(b, made[i]->audience), d, &p, told, diags);
    buf_clear(&p.content);
    buf_clear(&p.json);
    buf_clear(&p.pdf);
    return ok;
}

/* A report that is a person's own is handed to that person: no site has it. */
static bool is_private(const struct page *page)
{
    return str_is_set(page->own);
}

/* Where a report lies below the folder of a tree. */
static str report_below(struct arena *mem, const struct page *page, str address)
{
    if (str_is_set(page->folder))
        return address;
    return path_join(mem, is_private(page) ? S("private") : S("reports"), address);
}

/* A report goes to output/, and beside the pages of every site that may lead to it. */
static bool write_report(struct arena *mem, struct tools *tools, const struct build *b,
                         const struct document *d, struct diags *diags)
{
    const struct site *site = site_of(b, d->audience);
    bool own = is_private(d->page);
    str below = report_below(mem, d->page, d->address);
    str pdf = path_join(mem, b->output_dir, below), workbook;
    struct buf out = {0};
    bool ok = render_pdf(&out, tools->fonts, site, d, diags) &&
              file_write(pdf, buf_str(&out), diags) &&
              write_workbook(mem, site, d, true, pdf, &workbook, diags);
    for (size_t i = 0; ok && !own && b->site_dir.n && i < b->book->naudiences; i++) {
        if (site != &b->site[0] && site != &b->site[i])
            continue;
        pdf = path_join(mem, path_join(mem, b->site_dir, b->site[i].audience), below);
        ok = file_write(pdf, buf_str(&out), diags) && copy_workbook(mem, workbook, pdf, diags);
    }
    buf_clear(&out);
    return ok;
}

/* Makes the first of n, and those behind it that are the same for their audiences too: how many is left in
 * *alike. */
static bool make_document(struct build *b, struct tools *tools, const struct planned *const *made,
                          size_t n, size_t *alike, struct buf *told, struct diags *diags)
{
    struct arena *mem = diags->mem;
    const struct planned *p = made[0];
    bool report = p->page->role == PAGE_REPORT;
    struct evaluation e = {
        .store = b->opened.store,
        .pages = b->opened.page,
        .npages = b->opened.npages,
        .plan = &b->plan,
        .audience = p->audience,
        .report = report,
        .book = b->book->dir,
        .name = b->book->name,
        .templates = b->book->templates,
    };
    struct document *d = evaluate(mem, &e, p, diags);
    *alike = 1;
    while (d && !d->by_audience && *alike < n && plan_alike(&b->plan, p, made[*alike]))
        ++*alike;
    if (!d || b->options->check)
        return d && draw_check(tools->gnuplot, d, diags);
    d->draw_print = report || p->page->pdf;
    d->draw_screen = !report;
    return draw_document(tools->gnuplot, mem, d, diags) &&
           (report ? write_report(mem, tools, b, d, diags)
                   : write_pages(mem, tools, b, d, made, *alike, told, diags));
}

static bool make_unit(void *arg, void *state, size_t unit, struct diags *diags, struct buf *told)
{
    struct build *b = arg;
    const struct unit *u = &b->unit[unit];
    bool ok = true;
    for (size_t i = 0, alike; i < u->n; i += alike)
        ok = make_document(b, state, &u->made[i], u->n - i, &alike, told, diags) && ok;
    return ok;
}

/* ---- what all pages of a site share ---- */

static int by_order(const void *a, const void *b)
{
    const struct nav_entry *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return str_cmp(x->title, y->title);
}

/* A group stands where the first of its pages would. */
static struct nav_entry *grouped(struct arena *mem, const struct nav_entry *sorted, size_t n)
{
    struct nav_entry *all = NEW_ARRAY(mem, n, struct nav_entry);
    bool *taken = NEW_ARRAY(mem, n, bool);
    size_t filled = 0;
    for (size_t first = 0; first < n; first++)
        for (size_t i = first; i < n; i++)
            if (!taken[i] && str_eq(sorted[i].group, sorted[first].group)) {
                taken[i] = true;
                all[filled++] = sorted[i];
            }
    return all;
}

static void fill_navigation(struct build *b, struct site *site)
{
    struct nav_entry *entry = NEW_ARRAY(b->mem, b->plan.list.n, struct nav_entry);
    size_t n = 0;
    for (size_t i = 0; i < b->plan.list.n; i++) {
        const struct planned *p = &b->plan.list.at[i];
        if (p->page->role != PAGE_SITE || !p->group.n || !str_eq(p->audience, site->audience))
            continue;
        entry[n++] = (struct nav_entry){
            .group = p->group,
            .title = p->menu.n ? p->menu : p->title,
            .address = p->address,
            .order = p->page->order,
            .heads_group = p->page->heads_group,
        };
    }
    if (n)
        qsort(entry, n, sizeof *entry, by_order);
    site->nav = grouped(b->mem, entry, n);
    site->nnav = n;
}

static bool audience_may_see(const struct planned *p, str audience)
{
    return str_eq(p->audience, S("everyone")) || str_eq(p->audience, audience);
}

static void fill_reports(struct build *b, struct site *site)
{
    site->report = NEW_ARRAY(b->mem, b->nunits, struct report_entry);
    for (size_t i = 0; i < b->nunits; i++) {
        const struct planned *p = b->unit[i].made[0];
        if (p->page->role == PAGE_REPORT && !is_private(p->page) && !p->page->folder.n &&
            audience_may_see(p, site->audience))
            site->report[site->nreports++] = (struct report_entry){
                .period = path_dir(p->address),
                .title = p->title,
                .address = path_join(b->mem, S("reports"), p->address),
                .as_of = site->as_of,
            };
    }
}

static bool fill_sites(struct build *b, struct diags *diags)
{
    str *theme = NEW_ARRAY(b->mem, 2, str);
    theme[0] = path_join(b->mem, b->book->dir, S("theme"));
    theme[1] = path_join(b->mem, b->book->templates, S("theme"));
    b->site = NEW_ARRAY(b->mem, b->book->naudiences, struct site);
    for (size_t a = 0; a < b->book->naudiences; a++) {
        struct site *site = &b->site[a];
        *site = (struct site){
            .title = b->book->title,
            .book = b->book->name,
            .charts = charts_hash(b->mem, b->charts, b->ncharts),
            .audience = b->book->audiences[a],
            .lang = &b->book->lang,
            .as_of = store_as_of(b->opened.store),
            .theme = theme,
            .nthemes = 2,
            .preview = b->options->preview,
        };
        if (!theme_read(b->mem, site, diags))
            return false;
        fill_navigation(b, site);
        fill_reports(b, site);
        list_reports_before(b->mem, site, b->options->site);
    }
    return true;
}

/* What a site has besides its pages: assets, the search index, the list of reports. */
static bool write_shared(struct build *b, const struct site *site, struct diags *diags)
{
    str dir = path_join(b->mem, b->site_dir, site->audience);
    struct search_entry *entry;
    struct buf out = {0};
    size_t n;

    if (!search_entries(b->mem, &b->opened, &b->plan, site->audience, &entry, &n, diags))
        return false;
    render_search(&out, entry, n);
    str book = arena_printf(b->mem, STR_FMT ".xlsx", STR_ARG(path_slug(b->mem, b->book->name)));
    bool ok = write_package(b->mem, site, buf_str(&b->told), dir, diags) &&
              write_book_workbook(b->mem, &b->opened, site, path_join(b->mem, dir, book), diags) &&
              render_assets(site, dir, diags) &&
              file_write(path_join(b->mem, dir, S("search.js")), buf_str(&out), diags);
    if (ok && site->nreports) {
        buf_reset(&out);
        render_reports(&out, site);
        ok = file_write(path_join(b->mem, dir, S("reports.html")), buf_str(&out), diags) &&
             write_feed(b->mem, site, dir, b->options->site, diags);
    }
    buf_clear(&out);
    return ok;
}

/* Everybody's copy in rejected/; the whole rows of a table of which an audience alone may see some
 * part in private/<audience>/rejected/. */
static bool write_rejected(struct build *b, struct diags *diags)
{
    const struct dataset *data = b->opened.data;
    for (size_t i = 0; i < data->tables.n; i++) {
        const struct table *t = data->tables.at[i];
        if (!t->rejects.n)
            continue;
        str name = arena_printf(b->mem, "rejected/" STR_FMT ".csv", STR_ARG(t->schema->name));
        str audience = path_slug(b->mem, t->rejects.at[0].audience);
        str own = arena_printf(b->mem, "private/" STR_FMT "/" STR_FMT, STR_ARG(audience),
                               STR_ARG(name));
        if (!file_write(path_join(b->mem, b->output_dir, name), rejects_csv(b->mem, t, false), diags))
            return false;
        if (str_is_set(t->rejects.at[0].audience) &&
            !file_write(path_join(b->mem, b->output_dir, own), rejects_csv(b->mem, t, true), diags))
            return false;
    }
    return true;
}

/* ---- the order of work ---- */

/* A report is made once, for the audience that its page names; a page once an audience. */
static bool is_wanted(const struct build *b, const struct planned *p)
{
    const struct build_options *o = b->options;
    if (o->address.n && !str_eq(o->address, p->address))
        return false;
    if (p->page->role != PAGE_REPORT)
        return !o->report.n && (o->site.n || o->check);
    str audience = p->page->audience.n ? p->page->audience : S("everyone");
    return str_eq(p->audience, audience) && (!o->report.n || str_eq(o->report, p->page->name));
}

static struct unit *add_unit(struct build *b, const struct planned *p)
{
    struct unit *u = &b->unit[b->nunits++];
    u->made = NEW_ARRAY(b->mem, b->book->naudiences, const struct planned *);
    u->made[u->n++] = p;
    return u;
}

/* The page at one address in all sites: alike but for what only some may see, so that one worker mostly
 * evaluates and draws it once. */
static size_t add_page(struct build *b, const struct planned *p, bool *taken)
{
    struct unit *u = add_unit(b, p);
    bool behind = false;
    for (size_t a = 0; a < b->book->naudiences; a++) {
        const struct planned *other =
            behind ? plan_at(&b->plan, b->book->audiences[a], p->address) : NULL;
        behind |= str_eq(b->book->audiences[a], p->audience);
        if (!other || !is_wanted(b, other))
            continue;
        u->made[u->n++] = other;
        taken[other - b->plan.list.at] = true;
    }
    return u->n;
}

static bool choose_units(struct build *b, struct build_stats *stats, struct diags *diags)
{
    size_t n = b->plan.list.n;
    bool *taken = NEW_ARRAY(b->mem, n, bool);

    b->unit = NEW_ARRAY(b->mem, n, struct unit);
    /* Reports first: they take longest, and the short pages fill what is left of the workers' time. */
    for (size_t i = 0; i < n; i++)
        if (b->plan.list.at[i].page->role == PAGE_REPORT && is_wanted(b, &b->plan.list.at[i]))
            add_unit(b, &b->plan.list.at[i]);
    stats->reports = b->nunits;
    for (size_t i = 0; i < n; i++) {
        const struct planned *p = &b->plan.list.at[i];
        if (p->page->role != PAGE_REPORT && !taken[i] && is_wanted(b, p))
            stats->pages += add_page(b, p, taken);
    }
    if (b->options->report.n && !b->options->address.n && !b->nunits)
        return diags_add(diags, DIAG_REPORT_MISSING, (struct place){0}, b->options->report);
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct build_time *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? 1 : -1;
    return str_cmp(x->what, y->what);
}

static void fill_times(const struct build *b, const double *ms, struct build_stats *stats)
{
    stats->slowest = NEW_ARRAY(b->mem, b->nunits, struct build_time);
    for (size_t i = 0; i < b->nunits; i++)
        stats->slowest[i] = (struct build_time){b->unit[i].made[0]->address, ms[i]};
    stats->nslowest = b->nunits;
    if (b->nunits)
        qsort(stats->slowest, b->nunits, sizeof *stats->slowest, by_time);
}

static void fill_model_times(const struct build *b, struct build_stats *stats)
{
    struct store_stat *stat;
    size_t n = store_stats(b->opened.store, b->mem, &stat);
    stats->models = NEW_ARRAY(b->mem, n, struct build_time);
    for (size_t i = 0; i < n; i++) {
        stats->models[i] = (struct build_time){stat[i].name, stat[i].load_ms};
        stats->cells += stat[i].is_rollup ? stat[i].rows : 0;
    }
    stats->nmodels = n;
    if (n)
        qsort(stats->models, n, sizeof *stats->models, by_time);
}

static void take_told(void *arg, str told)
{
    struct build *b = arg;
    buf_add(&b->told, told);
}

static bool make_units(struct build *b, struct build_stats *stats, struct diags *diags)
{
    struct work work = {
        .arg = b,
        .start = tools_start,
        .stop = tools_stop,
        .unit = make_unit,
        .take = take_told,
        .nunits = b->nunits,
        .nworkers = b->options->jobs,
        .progress = b->options->progress,
        .ms = NEW_ARRAY(b->mem, b->nunits, double),
    };
    double start = clock_ms();
    bool ok = work_run(&work, diags);
    stats->pages_ms = clock_ms() - start;
    fill_times(b, work.ms, stats);
    return ok;
}

/* The first of the key figures, in words, for the start page over the books:
 * "Revenue this month 11.0 m CNY, +3.1 % against plan". */
static str first_figure(struct build *b)
{
    struct diags ignored;
    struct query q = {
        .sql = S("SELECT value, name, ratio(value, target) - 1 AS against FROM figures "
                 "WHERE value IS NOT NULL ORDER BY rank, system, name LIMIT 1"),
    };
    diags_init(&ignored, b->mem);
    struct result *r = query_run(b->opened.store, b->mem, &q, &ignored);
    if (!r || !r->nrows)
        return S("");
    const struct meaning *m = model_meaning(&b->opened.model, result_cell(r, 0, 1).s);
    enum type type = m ? m->type : result_type(r, 0, 0);
    str value = format_value(b->mem, b->opened.store, result_cell(r, 0, 0), type,
                             type == TYPE_money ? S("short") : S(""));
    struct value against = result_cell(r, 0, 2);
    struct buf text = {0};
    if (m)
        buf_addf(&text, STR_FMT " ", STR_ARG(m->label));
    buf_add(&text, value);
    if (type == TYPE_money)
        buf_addf(&text, " " STR_FMT, STR_ARG(b->book->lang.currency));
    if (against.kind != VALUE_NULL) {
        str share = format_value(b->mem, b->opened.store, against, TYPE_rate, S("+percent1"));
        buf_addf(&text, ", " STR_FMT " against plan", STR_ARG(share));
    }
    str figure = arena_str(b->mem, buf_str(&text));
    buf_clear(&text);
    return figure;
}

static bool stage(struct build *b, struct build_stats *stats, struct diags *diags)
{
    if (!dir_make(b->output_dir, diags) || !fill_sites(b, diags) || !make_units(b, stats, diags) ||
        !write_rejected(b, diags) ||
        !write_package(b->mem, &b->site[0], buf_str(&b->told),
                       path_join(b->mem, b->output_dir, S("proposals")), diags) ||
        !write_calendars(b->mem, b->book, b->opened.store, b->output_dir, diags))
        return false;
    for (size_t a = 0; b->site_dir.n && a < b->book->naudiences; a++) {
        find_workbooks(b->mem, &b->site[a], b->site_dir, b->options->site);
        if (!write_shared(b, &b->site[a], diags))
            return false;
    }
    return carry_reports(b->mem, &b->opened, b->options, diags);
}

static bool build(struct build *b, str key, struct build_stats *stats, struct diags *diags)
{
    bool ok = open_book(b->mem, b->book, &b->options->open, &b->opened, diags) &&
              plan_book(&b->opened, &b->plan, diags) && choose_units(b, stats, diags);
    /* More rows set aside than error_if allows, a table without its columns: the trees before stay. A
     * preview shows what there is, on its data page too. */
    bool sound = !diags->nerrors || b->options->check || b->options->preview;
    stats->read_ms = b->opened.read_ms;
    stats->model_ms = b->opened.model_ms;
    if (b->opened.store)
        fill_model_times(b, stats);
    if (ok && b->options->check)
        ok = fill_sites(b, diags) && make_units(b, stats, diags);
    else if (ok && sound) {
        ok = stage(b, stats, diags);
        struct stamp stamp = {
            .key = key,
            .title = b->book->title,
            .as_of = day_iso(b->mem, store_as_of(b->opened.store)),
            .figure = first_figure(b),
        };
        ok = ok && publish(b->mem, b->options, &stamp, diags);
    }
    buf_clear(&b->told);
    opened_close(&b->opened);
    return ok && sound;
}

static void remove_staging(const struct build *b)
{
    if (b->output_dir.n)
        tree_remove(b->output_dir);
    if (b->site_dir.n)
        tree_remove(b->site_dir);
}

enum outcome build_book(struct arena *mem, const struct book *book,
                        const struct build_options *options, struct build_stats *stats,
                        struct diags *diags)
{
    double start = clock_ms();
    str *charts = NEW_ARRAY(mem, 2, str);
    charts[0] = path_join(mem, book->dir, S("charts"));
    charts[1] = path_join(mem, book->templates, S("charts"));
    struct build b = {.mem = mem, .book = book, .options = options, .charts = charts, .ncharts = 2};
    enum outcome outcome = BUILD_FAILED;
    int lock = -1;

    *stats = (struct build_stats){0};
    str key = hash128_hex(mem, build_key(mem, book, options));
    if (!options->check) {
        str parent = path_dir(options->output), name = path_base(options->output);
        lock = file_lock(path_join(mem, parent, arena_printf(mem, "." STR_FMT ".lock", STR_ARG(name))),
                         diags);
        if (lock < 0)
            return BUILD_FAILED;
        b.output_dir = staging_of(mem, options->output);
        b.site_dir = options->site.n ? staging_of(mem, options->site) : S("");
        remove_staging(&b); /* what a killed build has left */
        if (!options->force && is_current(mem, options, key))
            outcome = BUILD_CURRENT;
    }
    if (outcome != BUILD_CURRENT && build(&b, key, stats, diags))
        outcome = BUILD_DONE;
    if (outcome == BUILD_FAILED)
        remove_staging(&b);
    if (lock >= 0)
        close(lock);
    stats->total_ms = clock_ms() - start;
    return outcome;
}
