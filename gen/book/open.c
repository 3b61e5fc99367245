#include "closed.h"
#include "mail.h"
#include "publish.h"

/* ---- models ---- */

static bool read_models(struct opened *o, struct diags *diags)
{
    struct arena *mem = o->mem;
    bool ok = true;

    o->models = NEW_ARRAY(mem, o->model.systems.n, struct model_file);
    for (size_t s = 0; s < o->model.systems.n; s++) {
        str name = o->model.systems.at[s].name;
        struct overlay_file *files;
        size_t nfiles = overlay_list(mem, o->book, path_join(mem, S("systems"), name), &files);
        for (size_t f = 0; f < nfiles; f++) {
            struct model_file m = {.system = name, .path = files[f].path};
            if (!str_eq(files[f].name, S("model.sql")))
                continue;
            if (file_read(mem, m.path, &m.text, diags))
                o->models[o->nmodels++] = m;
            else
                ok = false;
        }
    }
    return ok;
}

/* ---- pages ---- */

typedef LIST(struct page *) page_list;

static bool read_page(struct opened *o, page_list *pages, const struct overlay_file *file,
                      enum page_role role, str name, str system_name, struct diags *diags)
{
    str text;
    if (!file_read(o->mem, file->path, &text, diags))
        return false;
    struct page *page = page_read(o->mem, file->path, text, role, name, system_name, diags);
    if (page)
        PUSH(o->mem, pages, page);
    return page != NULL;
}

static str stem_of_markdown(str file)
{
    return str_ends(file, S(".md")) ? str_sub(file, 0, file.n - 3) : (str){0};
}

static bool read_folder(struct opened *o, page_list *pages, str folder, enum page_role role,
                        struct diags *diags)
{
    struct overlay_file *files;
    size_t n = overlay_list(o->mem, o->book, folder, &files);
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        str stem = stem_of_markdown(files[i].name);
        if (str_is_set(stem))
            ok &= read_page(o, pages, &files[i], role, stem, (str){0}, diags);
    }
    return ok;
}

/* page.md is the system's page, report.md its part of reports, any other its part of that page. */
static bool read_system(struct opened *o, page_list *pages, str name, struct diags *diags)
{
    struct overlay_file *files;
    size_t n = overlay_list(o->mem, o->book, path_join(o->mem, S("systems"), name), &files);
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        str stem = stem_of_markdown(files[i].name);
        if (!str_is_set(stem))
            continue;
        if (str_eq(stem, S("page")))
            ok &= read_page(o, pages, &files[i], PAGE_SITE, name, name, diags);
        else if (str_eq(stem, S("report")))
            ok &= read_page(o, pages, &files[i], PAGE_REPORT_PART, stem, name, diags);
        else
            ok &= read_page(o, pages, &files[i], PAGE_PART, stem, name, diags);
    }
    return ok;
}

static const struct page *report_of(const page_list *all, str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i]->role == PAGE_REPORT && str_eq(all->at[i]->name, name))
            return all->at[i];
    return NULL;
}

static bool check_report(struct opened *o, const page_list *all, str given, enum diag_id id,
                         struct place at, struct diags *diags)
{
    size_t nnames = 0;
    if (report_of(all, given))
        return true;
    str *name = NEW_ARRAY(o->mem, all->n, str);
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i]->role == PAGE_REPORT)
            name[nnames++] = all->at[i]->name;
    str near = text_nearest(given, name, nnames);
    str remedy = near.n
                     ? arena_printf(o->mem, "did you mean " STR_FMT "?", STR_ARG(near))
                     : S("name a file of templates/reports or of the book's reports/, without .md");
    return diags_add(diags, id, at, given, remedy);
}

/* A report that book.yaml names and that goes with a system which the book lacks. */
static void note_left_out(const struct opened *o, const struct page *page, struct diags *diags)
{
    const struct book *book = o->book;
    for (size_t i = 0; i < book->nreports && !model_has_system(&o->model, page->of); i++)
        if (page->role == PAGE_REPORT && str_eq(book->reports[i], page->name))
            diags_add(diags, DIAG_REPORT_LEFT_OUT, book->reports_at, page->name, page->of);
}

/* A page that is of a system names one that there is. */
static bool check_systems(const struct opened *o, const page_list *all, struct diags *diags)
{
    size_t n = o->model.systems.n;
    str *name = NEW_ARRAY(o->mem, n + 1, str);
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        name[i] = o->model.systems.at[i].name;
    for (size_t i = 0; i < all->n; i++) {
        const struct page *page = all->at[i];
        if (!str_is_set(page->of))
            continue;
        if (model_system(&o->model, page->of)) {
            note_left_out(o, page, diags);
            continue;
        }
        str near = text_nearest(page->of, name, n);
        str remedy = near.n ? arena_printf(o->mem, "did you mean " STR_FMT "?", STR_ARG(near))
                            : S("name a folder of systems/");
        ok = diags_add(diags, DIAG_PAGE_SYSTEM, page->of_at, page->of, remedy);
    }
    return ok;
}

static bool is_one_of(str given, const str *name, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(name[i], given))
            return true;
    return false;
}

/* What lists a page is a page, also of a system that the book lacks. */
static bool check_listed(const struct opened *o, const page_list *all, struct diags *diags)
{
    str *name = NEW_ARRAY(o->mem, all->n + o->model.systems.n + 1, str);
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i]->role == PAGE_SITE)
            name[n++] = all->at[i]->name;
    for (size_t i = 0; i < o->model.systems.n; i++)
        name[n++] = o->model.systems.at[i].name;
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < all->at[i]->nlisted; k++) {
            str given = all->at[i]->listed[k];
            if (is_one_of(given, name, n))
                continue;
            str near = text_nearest(given, name, n);
            str remedy = near.n ? arena_printf(o->mem, "did you mean " STR_FMT "?", STR_ARG(near))
                                : S("name a system, or a file of pages/ without .md");
            ok = diags_add(diags, DIAG_PAGE_LISTED, all->at[i]->listed_at, given, remedy);
        }
    return ok;
}

/* Each name in `reports` of book.yaml, and of its `mail`, is that of a report, and so is the one
 * that is asked for. */
static bool check_reports(struct opened *o, const page_list *all, str asked, struct diags *diags)
{
    const struct book *book = o->book;
    bool ok =
        !asked.n || check_report(o, all, asked, DIAG_REPORT_MISSING, (struct place){0}, diags);
    for (size_t i = 0; i < book->nreports; i++)
        ok &= check_report(o, all, book->reports[i], DIAG_REPORT_UNKNOWN, book->reports_at, diags);
    for (size_t i = 0; book->mail && i < book->mail->nrules; i++)
        if (str_is_set(book->mail->rule[i].report))
            ok &= check_report(o, all, book->mail->rule[i].report, DIAG_REPORT_UNKNOWN,
                               book->mail->rule[i].at, diags);
    return ok;
}

/* A report is made if book.yaml or the command names it; where book.yaml has no `reports`, all are
 * but those that want to be asked for. */
static bool is_wanted_report(const struct book *book, const struct page *report, str asked)
{
    if (str_eq(report->name, asked))
        return true;
    for (size_t i = 0; i < book->nreports; i++)
        if (str_eq(book->reports[i], report->name))
            return true;
    return !book->reports && !report->asked;
}

/* A system's part of a report that the book leaves out goes with it. */
static bool is_wanted_page(const struct opened *o, const page_list *all, const struct page *page,
                           str asked)
{
    const struct page *report = page->role == PAGE_REPORT ? page
                                : page->role == PAGE_PART ? report_of(all, page->name)
                                                          : NULL;
    return !report || is_wanted_report(o->book, report, asked);
}

static bool read_pages(struct opened *o, str asked, struct diags *diags)
{
    page_list all = {0};
    bool ok = read_folder(o, &all, S("pages"), PAGE_SITE, diags);
    ok &= read_folder(o, &all, S("reports"), PAGE_REPORT, diags);
    unread_check(o->mem, o->book, diags);
    for (size_t s = 0; s < o->model.systems.n; s++)
        if (o->model.systems.at[s].present)
            ok &= read_system(o, &all, o->model.systems.at[s].name, diags);

    o->page = NEW_ARRAY(o->mem, all.n, struct page *);
    ok &= check_reports(o, &all, asked, diags);
    ok &= check_systems(o, &all, diags);
    ok &= check_listed(o, &all, diags);
    for (size_t i = 0; i < all.n; i++)
        if (is_wanted_page(o, &all, all.at[i], asked))
            o->page[o->npages++] = all.at[i];
    return ok;
}

/* Pages of which there is one for each row: their names are the kinds that result columns link
 * to. */
static void page_kinds(struct opened *o)
{
    o->kinds = NEW_ARRAY(o->mem, o->npages, str);
    for (size_t i = 0; i < o->npages; i++)
        if (o->page[i]->role == PAGE_SITE && str_is_set(o->page[i]->each))
            o->kinds[o->nkinds++] = o->page[i]->name;
}

/* What evaluated models depend on besides rows: the model, its views as they were read, settings,
 * and what the store adds itself. */
static struct hash128 image_key(const struct opened *o, struct hash128 model)
{
    struct hasher *h = hasher_new(o->mem);
    hasher_add(h, (str){(const char *)&model, sizeof model});
    for (size_t i = 0; i < o->nmodels; i++) {
        hasher_add(h, o->models[i].system);
        hasher_add(h, o->models[i].text);
    }
    hasher_add_file(h, path_join(o->mem, o->book->dir, S("book.yaml")), 1);
    return hasher_end(h);
}

static bool load_store(struct opened *o, const struct open_options *options, struct hash128 model,
                       struct diags *diags)
{
    struct kept_text before = {0};
    const struct wanted *w = options->asked_only ? wanted_of(o->mem, o) : NULL;
    if (w) {
        wanted_mark(w, &o->model);
        store_wanted(o->store, w);
    }
    if (options->image.n) {
        before = kept_open(o->mem, options->image, program_sources());
        store_keep_image(o->store, image_key(o, model), before, options->image_id);
    }
    bool ok = store_load(o->store, o->models, o->nmodels, o->kinds, o->nkinds, diags);
    kept_close(&before);
    return ok;
}

static struct closed_months *closed_months(struct arena *mem, const struct book *book)
{
    struct closed_months *c = NEW(mem, struct closed_months);
    diags_init(&c->diags, mem);
    c->ok = closed_read(mem, book, &c->list, &c->diags);
    return c;
}

struct judging {
    struct opened *o;
    const struct open_options *options;
};

/* Before rows are folded: which rows beside them nobody can come to read. What is wrong with pages
 * and models is told when they are read for good. */
static void judge(void *arg)
{
    const struct judging *j = arg;
    struct opened early = *j->o;
    struct diags unheard;
    if (!early.model.kept.n)
        return;
    early.mem = arena_new();
    diags_init(&unheard, early.mem);
    read_pages(&early, j->options->report, &unheard);
    read_models(&early, &unheard);
    const struct wanted *w = wanted_of(early.mem, &early);
    if (w)
        wanted_mark(w, &j->o->model);
    arena_free(early.mem);
}

static struct load_options how_to_load(const struct opened *o, const struct open_options *options,
                                       bool fold)
{
    const struct book *book = o->book;
    struct load_options load = {
        .book = book->dir,
        .shown = book->dir,
        .mapping = book->mapping,
        .nmappings = book->nmappings,
        .lang = book->lang,
        .fiscal_year_start = book->fiscal_year_start,
        .as_of = options->as_of != DAY_NONE ? options->as_of : book->as_of,
        .strict = options->strict,
        .jobs = options->jobs,
        .engine = book->engine,
        .nengines = book->nengines,
        .answers = options->answers,
        .fold = fold,
        .slices = options->slices,
        .sums = options->sums,
        .version = program_sources(),
    };
    if (options->slices.n || options->image.n)
        load.model_key = templates_key(o->mem, book);
    return load;
}

static bool open_once(struct arena *mem, const struct book *book,
                      const struct open_options *options, bool fold, struct opened *o,
                      struct diags *diags)
{
    double start = clock_ms();
    *o = (struct opened){.mem = mem, .book = book};
    if (!model_read(mem, book->templates, book->dir, &o->model, diags))
        return false;

    o->load = how_to_load(o, options, fold);
    if (!options->rows_only)
        o->closed = closed_months(mem, book);
    struct judging judging = {o, options};
    o->load.judge = options->asked_only ? judge : NULL;
    o->load.judge_arg = &judging;
    o->data = data_load(mem, &o->model, &o->load, diags);
    o->load.judge = NULL;
    o->read_ms = clock_ms() - start;

    start = clock_ms();
    bool ok = read_pages(o, options->report, diags);
    ok = formats_check(mem, &o->model, diags) && ok;
    ok = audiences_check(o, diags) && ok;
    ok = read_models(o, diags) && ok;
    page_kinds(o);
    if (options->rows_only)
        return ok;
    o->store = store_new(mem, o->data, &book->lang, book->fiscal_year_start, diags);
    if (o->store)
        store_changes(o->store, options->change, options->nchanges);
    if (o->store && options->as_asked)
        store_as_asked(o->store);
    if (o->store && !note_restated(o, options, diags))
        ok = false;
    if (o->lacks_rows)
        return ok;
    ok = o->store && load_store(o, options, o->load.model_key, diags) && ok;
    o->model_ms = clock_ms() - start;
    return ok;
}

bool open_book(struct arena *mem, const struct book *book, const struct open_options *options,
               struct opened *o, struct diags *diags)
{
    double start = clock_ms();
    const struct diags before = *diags;
    bool ok = open_once(mem, book, options, options->fold, o, diags);
    if (!o->lacks_rows)
        return ok;
    opened_close(o);
    diags_undo(diags, &before);
    double lost_ms = clock_ms() - start;
    ok = open_once(mem, book, options, false, o, diags);
    o->read_ms += lost_ms;
    return ok;
}

/* Of rows that are folded nothing is seen but as of one day: they are read again as of the other.
 * What is wrong with them has been told. */
static struct dataset *data_again(const struct opened *from, day as_of, struct opened *o)
{
    if (o->again)
        return dataset_as_of(o->mem, from->data, as_of);
    struct diags unheard;
    diags_init(&unheard, o->mem);
    o->load.as_of = as_of;
    o->load.sums = (str){0};
    return data_load(o->mem, &o->model, &o->load, &unheard);
}

bool open_again(struct arena *mem, const struct opened *from, day as_of, struct opened *o,
                struct diags *diags)
{
    const struct book *book = from->book;
    *o = *from;
    o->mem = mem;
    o->again = !data_is_folded(from->data);
    o->data = data_again(from, as_of, o);
    o->store = store_new(mem, o->data, &book->lang, book->fiscal_year_start, diags);
    if (!o->store)
        return false;
    store_as_asked(o->store);
    return store_load(o->store, o->models, o->nmodels, o->kinds, o->nkinds, diags);
}

void opened_close(struct opened *o)
{
    if (o->store)
        store_free(o->store);
    o->store = NULL;
    if (!o->again)
        data_free(o->data);
    o->data = NULL;
}

bool plan_book(struct opened *o, struct plan *plan, struct diags *diags)
{
    bool ok = true;
    *plan = (struct plan){.mem = o->mem};
    for (size_t a = 0; a < o->book->naudiences; a++)
        ok &= plan_pages(plan, o->store, o->page, o->npages, o->book->audiences[a], diags);
    return ok;
}
