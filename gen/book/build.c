#include "changes.h"
#include "made.h"
#include "mail.h"

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
    struct inputs *inputs;
    struct opened opened;
    struct plan plan;
    struct site *site;        /* one an audience */
    str site_dir, output_dir; /* staging folders */
    str *charts;              /* folders of chart kinds */
    size_t ncharts;
    struct unit *unit;
    size_t nunits;
    struct made *made; /* what stands in the published trees; NULL: nothing that we know of */
    struct counted counted;
    struct hash128 base;    /* of what all documents depend on */
    struct hash128 *shown;  /* of each site: what its pages show of it */
    str whole;              /* of all that documents show besides rows */
    struct buf list, why;   /* of the documents in the trees; why those asked for were made */
    struct blobs *drawings; /* of earlier builds and this one */
    struct buf package;     /* what the packages of proposals describe, a line each */
    size_t nkept, nmade;    /* documents that are as before, and others */
    size_t nunread;         /* that are as before, as was known without evaluating them */
};

/* ---- what a worker keeps ---- */
struct tools {
    struct arena *mem;
    struct gnuplot *gnuplot;
    struct pdf_fonts *fonts;
    struct blobs *drawings;
};

static void tools_stop(void *state)
{
    struct tools *t = state;
    blobs_flush(t->drawings);
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
        gnuplot_keep(t->gnuplot, b->drawings);
        t->drawings = b->drawings;
        return t;
    }
    tools_stop(t);
    return NULL;
}

/* ---- one page or report ---- */

static struct making begin_making(const struct build *b, const struct planned *p,
                                  struct diags *diags)
{
    return (struct making){
        .mem = diags->mem,
        .diags = diags,
        .site_dir = b->site_dir,
        .output_dir = b->output_dir,
        .site = b->site,
        .nsites = b->book->naudiences,
        .address = p->address,
    };
}

static void set_document(const struct build *b, struct making *m, struct document *d,
                         const struct planned *const *made, size_t n)
{
    m->document = d;
    m->naudiences = n;
    m->audience = NEW_ARRAY(m->mem, n, str);
    for (size_t i = 0; i < n; i++)
        m->audience[i] = made[i]->audience;
    making_key(m, b->base, b->shown);
}

/* What the parent reads of a unit: lines of the list, behind "why" what is told to who asked. */
static void tell_why(const struct build *b, const struct making *m, struct buf *told)
{
    str asked = b->options->why, address = m->address;
    bool is_asked = str_eq(asked, address) || (str_ends(address, S(".html")) &&
                                               str_eq(asked, str_sub(address, 0, address.n - 5)));
    if (asked.n && is_asked)
        buf_addf(told, "why " STR_FMT " (" STR_FMT "): " STR_FMT "\n", STR_ARG(address),
                 STR_ARG(m->audiences), STR_ARG(made_why(b->made, m)));
}

static void tell_made(const struct making *m, str how, struct buf *told)
{
    buf_addf(told, STR_FMT "\n", STR_ARG(how));
    for (str data = buf_str(&m->data); data.n;) {
        str line = str_cut(&data, '\n');
        buf_addf(told, "package " STR_FMT "\n", STR_ARG(line));
    }
}

/* Draws and writes a document, unless what the published trees have of it is the same. One of which
 * there was something to complain is made again, so that it is told again. */
static bool finish_document(struct build *b, struct tools *tools, struct making *m,
                            struct buf *told)
{
    struct document *d = m->document;
    size_t before = m->diags->list.n;
    bool report = d->page->role == PAGE_REPORT;

    d->draw_print = report || d->page->pdf;
    d->draw_screen = !report;
    tell_why(b, m, told);
    bool kept = made_again(b->made, m, b->options, told), ok = kept;
    if (!kept) {
        ok = draw_document(tools->gnuplot, m->mem, d, m->diags) &&
             (report ? write_report(m, tools->fonts) : write_pages(m, tools->fonts));
        if (ok && m->diags->list.n == before)
            making_note(m, told);
    }
    tell_made(m, kept ? S("kept") : S("made"), told);
    return ok;
}

static struct document *evaluate_planned(struct build *b, const struct planned *p,
                                         struct diags *diags)
{
    struct evaluation e = {
        .store = b->opened.store,
        .pages = b->opened.page,
        .npages = b->opened.npages,
        .plan = &b->plan,
        .audience = p->audience,
        .report = p->page->role == PAGE_REPORT,
        .book = b->book->dir,
        .name = b->book->name,
        .templates = b->book->templates,
    };
    return evaluate(diags->mem, &e, p, diags);
}

/* Evaluates the first of n, which may be the document of those behind it too: how many it is of is
 * left in *alike. */
static bool evaluate_document(struct build *b, struct making *m, const struct planned *const *made,
                              size_t n, size_t *alike)
{
    size_t before = m->diags->list.n;
    store_was_read(b->opened.store, m->mem); /* by others */
    struct document *d = evaluate_planned(b, made[0], m->diags);
    *alike = 1;
    while (d && !d->by_audience && *alike < n && plan_alike(&b->plan, made[0], made[*alike]))
        ++*alike;
    if (d)
        set_document(b, m, d, made, *alike);
    if (d && !d->includes && m->diags->list.n == before) /* what was told has to be told again */
        m->read = store_was_read(b->opened.store, m->mem);
    return d;
}

/* Makes the first of n, and those behind it that are the same for their audiences too: how many is
 * left in *alike. */
static bool make_document(struct build *b, struct tools *tools, const struct planned *const *made,
                          size_t n, size_t *alike, struct diags *diags, struct buf *told)
{
    struct making m = begin_making(b, made[0], diags);
    bool ok = true;
    if (!b->options->check &&
        made_unread(b->made, &m, b->options, b->opened.store, made, n, alike, told)) {
        tell_why(b, &m, told);
        tell_made(&m, S("unread"), told);
    } else {
        ok = evaluate_document(b, &m, made, n, alike);
        if (ok)
            ok = b->options->check ? draw_check(tools->gnuplot, m.document, diags)
                                   : finish_document(b, tools, &m, told);
    }
    making_free(&m);
    return ok;
}

/* Of the whole book, one a site. */
static size_t nworkbooks_of(const struct build *b)
{
    return b->site_dir.n ? b->book->naudiences : 0;
}

/* The database, for the next build: the first unit, for it takes as much memory again as the
 * database, and a worker that has drawn has more. */
static size_t nimages_of(const struct build *b)
{
    return b->options->open.image.n ? 1 : 0;
}

static bool keep_image(struct build *b, struct arena *mem)
{
    str image = store_image(b->opened.store);
    if (image.n)
        kept_write(mem, b->options->open.image, program_sources(), image);
    store_image_free(image);
    return true;
}

static bool make_unit(void *arg, void *state, size_t unit, struct diags *diags, struct buf *told)
{
    struct build *b = arg;
    if (unit < nimages_of(b))
        return keep_image(b, diags->mem);
    unit -= nimages_of(b);
    if (unit >= b->nunits)
        return write_book_data(diags->mem, &b->opened, &b->site[unit - b->nunits], b->site_dir,
                               diags);
    const struct unit *u = &b->unit[unit];
    bool ok = true;
    for (size_t i = 0, alike; i < u->n; i += alike)
        ok = make_document(b, state, &u->made[i], u->n - i, &alike, diags, told) && ok;
    return ok;
}

/* ---- what all pages of a site share ---- */

static bool audience_may_see(const struct planned *p, str audience)
{
    return str_eq(p->audience, S("everyone")) || str_eq(p->audience, audience);
}

static void fill_reports(struct build *b, struct site *site)
{
    site->report = NEW_ARRAY(b->mem, b->nunits, struct report_entry);
    for (size_t i = 0; i < b->nunits; i++) {
        const struct planned *p = b->unit[i].made[0];
        if (p->page->role == PAGE_REPORT && !report_is_private(p->page) && !p->page->folder.n &&
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
    b->shown = NEW_ARRAY(b->mem, b->book->naudiences, struct hash128);
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
        site_navigation(b->mem, &b->plan, site);
        fill_reports(b, site);
        list_reports_before(b->mem, &b->opened, &b->plan, site, b->options->site);
        b->shown[a] = site_hash(b->mem, site);
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
    bool ok = write_package(b->mem, site, buf_str(&b->package), dir, diags) &&
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
        str own = path_join(b->mem, private_folder(b->mem, t->rejects.at[0].audience), name);
        if (!file_write(path_join(b->mem, b->output_dir, name), rejects_csv(b->mem, t, false),
                        diags))
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

/* The page at one address in all sites: alike but for what only some may see, so that one worker
 * mostly evaluates and draws it once. */
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
    /* Reports first: they take longest, and the short pages fill what is left of the workers'
     * time. */
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
        return diags_add(diags, DIAG_REPORT_EMPTY, (struct place){0}, b->options->report);
    return true;
}

static void fill_times(const struct build *b, const double *ms, struct build_stats *stats)
{
    stats->nslowest = b->nunits;
    stats->slowest = NEW_ARRAY(b->mem, b->nunits, struct build_time);
    for (size_t i = 0; i < b->nunits; i++)
        stats->slowest[i] = (struct build_time){b->unit[i].made[0]->address, ms[i]};
    times_fall(stats->slowest, stats->nslowest);
}

static void hear_line(struct buf *out, str line, str word)
{
    buf_add(out, str_sub(line, word.n, line.n));
    buf_addc(out, '\n');
}

/* Lines of a unit: why a document was made, whether one was, what the package of proposals is to
 * describe, and else of the list. */
static void hear_unit(void *arg, str told)
{
    const str why = S("why "), package = S("package ");
    struct build *b = arg;
    while (told.n) {
        str line = str_cut(&told, '\n');
        if (str_eq(line, S("made")))
            b->nmade++;
        else if (str_eq(line, S("kept")))
            b->nkept++;
        else if (str_eq(line, S("unread")))
            b->nunread++;
        else if (str_starts(line, why))
            hear_line(&b->why, line, why);
        else if (str_starts(line, package))
            hear_line(&b->package, line, package);
        else
            hear_line(&b->list, line, S(""));
    }
}

/* A build of one report or page leaves no list: the next one makes all again. */
static bool makes_all(const struct build *b)
{
    return !b->options->report.n && !b->options->address.n;
}

static bool make_units(struct build *b, struct build_stats *stats, struct diags *diags)
{
    size_t nunits = nimages_of(b) + b->nunits + nworkbooks_of(b);
    struct work work = {
        .arg = b,
        .start = tools_start,
        .stop = tools_stop,
        .unit = make_unit,
        .tell = hear_unit,
        .nunits = nunits,
        .nworkers = b->options->jobs,
        .progress = b->options->progress,
        .ms = NEW_ARRAY(b->mem, nunits, double),
    };
    double start = clock_ms();
    if (work.nworkers > 1 && makes_all(b) && !made_as_before(b->made))
        pages_prepare(b->opened.page, b->opened.npages, b->opened.store);
    bool ok = work_run(&work, diags);
    stats->pages_ms = clock_ms() - start;
    stats->made = b->nmade;
    stats->kept = b->nkept + b->nunread;
    stats->unread = b->nunread;
    stats->why = arena_str(b->mem, buf_str(&b->why));
    fill_times(b, work.ms + nimages_of(b), stats);
    return ok;
}

static bool stage(struct build *b, struct build_stats *stats, struct diags *diags)
{
    b->base = documents_key(b->mem, b->book);
    b->counted = counted_now(b->mem, b->opened.store);
    b->drawings = drawings_open(b->mem, b->options);
    if (!dir_make(b->output_dir, diags) || !fill_sites(b, diags))
        return false;
    b->whole = whole_key(b->mem, &b->opened, &b->plan, b->base, b->shown);
    if (makes_all(b) && !b->options->force)
        b->made = made_read(b->mem, b->options, &b->counted, b->whole,
                            store_image_before(b->opened.store));
    if (!make_units(b, stats, diags) || !write_rejected(b, diags) ||
        !write_package(b->mem, &b->site[0], buf_str(&b->package),
                       path_join(b->mem, b->output_dir, S("proposals")), diags) ||
        !write_calendars(b->mem, b->book, b->opened.store, b->output_dir, diags))
        return false;
    for (size_t a = 0; b->site_dir.n && a < b->book->naudiences; a++) {
        find_workbooks(b->mem, &b->site[a], b->site_dir, b->options->site);
        if (!write_shared(b, &b->site[a], diags))
            return false;
    }
    return carry_reports(b->mem, &b->opened, &b->plan, b->options, diags);
}

static bool build(struct build *b, struct build_stats *stats, struct diags *diags)
{
    bool ok = open_book(b->mem, b->book, &b->options->open, &b->opened, diags) &&
              plan_book(&b->opened, &b->plan, diags) && choose_units(b, stats, diags);
    /* More rows set aside than error_if allows, a table without its columns: the trees before stay.
     * A preview shows what there is, on its data page too. */
    bool sound = !diags->nerrors || b->options->check || b->options->preview;
    stats->read_ms = b->opened.read_ms;
    stats->model_ms = b->opened.model_ms;
    stats->nchanged = b->opened.nchanged;
    stats->nchanged_taken = b->opened.nchanged_taken;
    if (b->opened.store)
        model_times(b->mem, b->opened.store, stats);
    if (ok && b->options->check) {
        ok = fill_sites(b, diags) && make_units(b, stats, diags);
        ok = mail_check(&b->opened, &b->plan, diags) && ok;
    } else if (ok && sound) {
        ok = stage(b, stats, diags);
        struct stamp stamp = {
            .key = inputs_key(b->inputs, b->opened.data),
            .bytes = inputs_bytes(b->inputs),
            .title = b->book->title,
            .as_of = day_iso(b->mem, store_as_of(b->opened.store)),
            .figure = first_figure(b->mem, &b->opened),
        };
        if (ok && makes_all(b))
            made_write(b->mem, b->options, stamp.key, &b->counted, b->whole,
                       store_image_next(b->opened.store), buf_str(&b->list));
        ok = ok && publish(b->mem, b->options, &stamp, diags);
    }
    buf_clear(&b->package);
    blobs_close(b->drawings);
    opened_close(&b->opened);
    buf_clear(&b->list);
    buf_clear(&b->why);
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
    struct target_locks lock = {{-1, -1}};

    *stats = (struct build_stats){0};
    struct build_options here = *options;
    if (options->since.n &&
        !changes_since(mem, book, options->since, &options->open,
                       (struct change_fact **)&here.open.change, &here.open.nchanges, diags))
        return BUILD_FAILED;
    here.open.fold = true;
    if (!options->check) {
        here.open.slices = cache_path(mem, options, "slices");
        here.open.sums = cache_path(mem, options, "sums");
        here.open.image = cache_path(mem, options, "models");
        here.open.restated = cache_path(mem, options, "restated");
    }
    b.options = options = &here;
    if (options->force)
        cache_forget(mem, &options->open);
    b.inputs = inputs_find(mem, book, options);
    bool known = inputs_are_known(b.inputs);
    if (known)
        here.open.image_id = hash128_of_now();
    if (!options->check) {
        if (!targets_take(mem, options, &lock, diags))
            return BUILD_FAILED;
        b.output_dir = staging_of(mem, options->output);
        b.site_dir = options->site.n ? staging_of(mem, options->site) : S("");
        remove_staging(&b); /* what a killed build has left */
        if (!options->force && known && inputs_are_published(b.inputs))
            outcome = BUILD_CURRENT;
    }
    if (outcome != BUILD_CURRENT && build(&b, stats, diags))
        outcome = BUILD_DONE;
    if (outcome == BUILD_FAILED)
        remove_staging(&b);
    targets_leave(&lock);
    stats->total_ms = clock_ms() - start;
    return outcome;
}
