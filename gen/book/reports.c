#include "publish.h"

/* Reports of the periods before stay where they were handed out: a build carries them over from the
 * tree that it replaces, and the site's list of reports leads to them. But one that only an
 * audience may see by now, or one person, no longer stands where others read. */

/* ---- who may see a report of another period ---- */

/* A tree that an audience reads, and which report each file is of that this build makes. */
struct reader {
    const struct opened *opened;
    struct map *made; /* file without its end → page */
    str audience;
    str folder;   /* of the reports that are looked at, below the tree */
    bool in_site; /* where nothing lies apart */
};

static str stem_of(str file)
{
    str base = path_base(file);
    size_t end = str_ends(base, S(".xlsx")) ? 5 : str_ends(base, S(".pdf")) ? 4 : 0;
    return str_sub(base, 0, base.n - end);
}

static struct map *made_reports(struct arena *mem, const struct plan *plan)
{
    struct map *made = NEW(mem, struct map);
    map_init(made, mem);
    for (size_t i = 0; i < plan->list.n; i++) {
        const struct planned *p = &plan->list.at[i];
        if (p->page->role == PAGE_REPORT)
            *map_put(made, stem_of(p->address)) = (void *)(uintptr_t)p->page;
    }
    return made;
}

/* The report that a file is of: by the names of its files now, else by its own, the longest that
 * fits: monthly-person-li.wei is none of monthly. NULL if this build makes none such. */
static const struct page *report_of(const struct reader *r, str file)
{
    str stem = stem_of(file);
    const struct page *found = map_get(r->made, stem);
    if (found)
        return found;
    for (size_t i = 0; i < r->opened->npages; i++) {
        const struct page *page = r->opened->page[i];
        bool fits = page->role == PAGE_REPORT && str_starts(stem, page->name) &&
                    (stem.n == page->name.n || stem.p[page->name.n] == '-');
        if (fits && (!found || page->name.n > found->name.n))
            found = page;
    }
    return found;
}

static bool may_have(const struct reader *r, str file)
{
    const struct page *page = report_of(r, file);
    return !page || report_may_be_in(page, r->audience);
}

/* Where a report of another period goes on, below its tree: what this audience may not see by now
 * goes apart, and is on no site of others. */
static str goes_on(struct arena *mem, const void *arg, str file)
{
    const struct reader *r = arg;
    if (may_have(r, file))
        return path_join(mem, r->folder, file);
    if (r->in_site)
        return (str){0};
    const struct page *page = report_of(r, file);
    str apart = report_is_private(page)
                    ? S("private")
                    : path_join(mem, private_folder(mem, page->audience), S("reports"));
    return path_join(mem, apart, file);
}

/* ---- the list ---- */

/* The title of a report of another period: that of the same report now, else its file's name. */
static str title_of(const struct site *site, str stem)
{
    for (size_t i = 0; i < site->nreports; i++) {
        str file = path_base(site->report[i].address);
        if (file.n > 4 && str_eq(str_sub(file, 0, file.n - 4), stem))
            return site->report[i].title;
    }
    return stem;
}

static bool is_listed(const struct site *site, str address)
{
    for (size_t i = 0; i < site->nreports; i++)
        if (str_eq(site->report[i].address, address))
            return true;
    return false;
}

/* Newest period first; within one, the order in which they were listed. */
static int by_period(const void *a, const void *b)
{
    const struct report_entry *x = *(const struct report_entry *const *)a;
    const struct report_entry *y = *(const struct report_entry *const *)b;
    int order = str_cmp(y->period, x->period);
    return order ? order : (x > y) - (x < y);
}

static struct report_entry *sorted_by_period(struct arena *mem, const struct report_entry *listed,
                                             size_t n)
{
    const struct report_entry **order = NEW_ARRAY(mem, n, const struct report_entry *);
    struct report_entry *sorted = NEW_ARRAY(mem, n, struct report_entry);
    for (size_t i = 0; i < n; i++)
        order[i] = &listed[i];
    if (n)
        qsort(order, n, sizeof *order, by_period);
    for (size_t i = 0; i < n; i++)
        sorted[i] = *order[i];
    return sorted;
}

void list_reports_before(struct arena *mem, const struct opened *opened, const struct plan *plan,
                         struct site *site, str published)
{
    struct reader reader = {opened, made_reports(mem, plan), site->audience, {0}, true};
    str *files, folder = path_join(mem, published, path_join(mem, site->audience, S("reports")));
    size_t n = dir_walk(mem, folder, &files), listed = site->nreports;
    struct report_entry *all = NEW_ARRAY(mem, listed + n, struct report_entry);

    for (size_t i = 0; i < listed; i++)
        all[i] = site->report[i];
    for (size_t i = 0; i < n; i++) {
        str address = path_join(mem, S("reports"), files[i]), file = path_base(files[i]);
        if (!str_ends(file, S(".pdf")) || is_listed(site, address) || !may_have(&reader, file))
            continue;
        all[listed++] = (struct report_entry){
            .period = path_dir(files[i]),
            .title = title_of(site, str_sub(file, 0, file.n - 4)),
            .address = address,
            .as_of = DAY_NONE,
        };
    }
    site->report = sorted_by_period(mem, all, listed);
    site->nreports = listed;
}

void find_workbooks(struct arena *mem, struct site *site, str staging, str published)
{
    const str tree[] = {path_join(mem, staging, site->audience),
                        path_join(mem, published, site->audience)};
    for (size_t i = 0; i < site->nreports; i++) {
        struct report_entry *r = &site->report[i];
        str stem = str_sub(r->address, 0, r->address.n - 4);
        str file = arena_printf(mem, STR_FMT ".xlsx", STR_ARG(stem));
        /* One that is made afresh has its own or none. */
        bool fresh = file_exists(path_join(mem, tree[0], r->address));
        r->workbook = file_exists(path_join(mem, tree[fresh ? 0 : 1], file));
    }
}

/* The day that a report made before says it is of. */
static day day_of_report(struct arena *mem, const struct site *site, str published, str address)
{
    struct arena *own = arena_new();
    struct pdf_origin origin = {0};
    struct diags ignored;
    str file, path = path_join(mem, path_join(mem, published, site->audience), address);
    diags_init(&ignored, own);
    bool read = file_read(own, path, &file, &ignored) && pdf_origin_read(own, file, &origin);
    day d = read && origin.whole ? day_parse(origin.as_of) : DAY_NONE;
    arena_free(own);
    return d;
}

/* Newest first; of one day, as they are listed. */
static void sort_by_day(struct report_entry *entry, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct report_entry one = entry[i];
        size_t at = i;
        for (; at && entry[at - 1].as_of < one.as_of; at--)
            entry[at] = entry[at - 1];
        entry[at] = one;
    }
}

bool write_feed(struct arena *mem, const struct site *site, str dir, str published,
                struct diags *diags)
{
    enum { MOST = 100 }; /* readers keep what they have seen */
    struct report_entry *entry = NEW_ARRAY(mem, MOST, struct report_entry);
    struct buf out = {0};
    size_t n = 0;
    for (size_t i = 0; i < site->nreports && n < MOST; i++) {
        entry[n] = site->report[i];
        if (entry[n].as_of == DAY_NONE)
            entry[n].as_of = day_of_report(mem, site, published, entry[n].address);
        n += entry[n].as_of != DAY_NONE;
    }
    sort_by_day(entry, n);
    render_feed(&out, site, entry, n);
    bool ok = file_write(path_join(mem, dir, S("feed.xml")), buf_str(&out), diags);
    buf_clear(&out);
    return ok;
}

/* ---- carrying over ---- */

static bool is_audience_folder(struct arena *mem, const struct book *book, str name)
{
    for (size_t i = 0; i < book->naudiences; i++)
        if (str_eq(path_slug(mem, book->audiences[i]), name))
            return true;
    return false;
}

/* Private reports of other periods: the folders of private/ but those of audiences, which hold what
 * this build has set aside. */
static bool carry_private(struct arena *mem, const struct book *book, const struct build_options *o,
                          struct diags *diags)
{
    str *period, from = path_join(mem, o->output, S("private"));
    str to = path_join(mem, staging_of(mem, o->output), S("private"));
    size_t n = dir_exists(from) ? dir_list(mem, from, &period) : 0;
    for (size_t i = 0; i < n; i++)
        if (!is_audience_folder(mem, book, period[i]) &&
            !carry_over(mem, path_join(mem, from, period[i]), path_join(mem, to, period[i]), NULL,
                        diags))
            return false;
    return true;
}

/* Those that lie in a folder of a tree where this audience reads. */
static bool carry_of(struct arena *mem, struct reader r, str audience, str folder, str tree,
                     struct diags *diags)
{
    r.audience = audience;
    r.folder = folder;
    struct carried carried = {goes_on, &r};
    return carry_over(mem, path_join(mem, tree, folder), staging_of(mem, tree), &carried, diags);
}

/* Of a build of one report: the others that lie in folders of their own. */
static bool carry_folders(struct arena *mem, const struct opened *opened,
                          const struct build_options *o, struct diags *diags)
{
    for (size_t i = 0; i < opened->npages; i++) {
        const struct page *page = opened->page[i];
        str folder = page->folder;
        if (folder.n && !report_may_be_in(page, S("everyone")))
            folder = path_join(mem, private_folder(mem, page->audience), folder);
        if (folder.n &&
            !carry_over(mem, path_join(mem, o->output, folder),
                        path_join(mem, staging_of(mem, o->output), folder), NULL, diags))
            return false;
    }
    return true;
}

bool carry_reports(struct arena *mem, const struct opened *opened, const struct plan *plan,
                   const struct build_options *o, struct diags *diags)
{
    const struct book *book = opened->book;
    struct reader output = {.opened = opened, .made = made_reports(mem, plan)}, site = output;
    site.in_site = true;
    /* A build of one report makes no pages, so none of what comes with them either. */
    static const str folder[] = {S("mindmaps"), S("proposals")};
    for (size_t i = 0; o->report.n && i < 2; i++)
        if (!carry_over(mem, path_join(mem, o->output, folder[i]),
                        path_join(mem, staging_of(mem, o->output), folder[i]), NULL, diags))
            return false;
    if (!carry_of(mem, output, S("everyone"), S("reports"), o->output, diags) ||
        (o->report.n && !carry_folders(mem, opened, o, diags)) ||
        !carry_private(mem, book, o, diags))
        return false;
    for (size_t a = 0; a < book->naudiences; a++) {
        str audience = book->audiences[a], in_site = path_join(mem, audience, S("reports"));
        str apart = path_join(mem, private_folder(mem, audience), S("reports"));
        if (!carry_of(mem, output, audience, apart, o->output, diags) ||
            (o->site.n && !carry_of(mem, site, audience, in_site, o->site, diags)))
            return false;
    }
    return true;
}
