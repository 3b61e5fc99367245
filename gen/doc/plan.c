#include "context.h"

/* ---- slugs ---- */

/* Not the page that web servers show for a folder. */
static str safe_stem(struct arena *mem, str name)
{
    str stem = path_stem(mem, name);
    return str_eq(stem, S("index")) ? S("x-index") : stem;
}

/* ---- addresses ---- */

const struct planned *plan_at(const struct plan *plan, str audience, str address)
{
    const struct map *site = plan->by_audience.n ? map_get(&plan->by_audience, audience) : NULL;
    size_t index = site && site->n ? (uintptr_t)map_get(site, address) : 0;
    return index ? &plan->list.at[index - 1] : NULL;
}

/* What is planned of one kind. */
struct kind_keys {
    struct map keys;
    bool any; /* that is not empty: one whose query gives an empty key stands alone */
};

bool plan_has(const struct plan *plan, str kind, str key)
{
    const struct kind_keys *k = map_get(&plan->kinds, kind);
    return k && map_get(&k->keys, key);
}

bool plan_has_keys(const struct plan *plan, str kind)
{
    const struct kind_keys *k = map_get(&plan->kinds, kind);
    return k && k->any;
}

/* Neighbours, as index + 1, by what a page shows of them. */
static bool same_neighbour(const struct plan *plan, size_t a, size_t b)
{
    if (!a || !b)
        return a == b;
    const struct planned *x = &plan->list.at[a - 1], *y = &plan->list.at[b - 1];
    return str_eq(x->address, y->address) && str_eq(x->title, y->title);
}

bool plan_alike(const struct plan *plan, const struct planned *a, const struct planned *b)
{
    if (a->page != b->page || a->nparams != b->nparams || !str_eq(a->address, b->address) ||
        !str_eq(a->key, b->key) || !str_eq(a->title, b->title) ||
        !str_eq(a->subtitle, b->subtitle) || !str_eq(a->group, b->group) ||
        !same_neighbour(plan, a->previous, b->previous) ||
        !same_neighbour(plan, a->following, b->following))
        return false;
    for (size_t i = 0; i < a->nparams; i++)
        if (!str_eq(a->param[i].name, b->param[i].name) || a->type[i] != b->type[i] ||
            !value_same(a->param[i].value, b->param[i].value))
            return false;
    return true;
}

/* The addresses of one audience's site, by which plan_at() finds a page. */
static struct map *site_of(struct plan *plan, str audience)
{
    if (!plan->by_audience.mem)
        map_init(&plan->by_audience, plan->mem);
    void **site = map_put(&plan->by_audience, audience);
    if (!*site)
        map_init(*site = NEW(plan->mem, struct map), plan->mem);
    return *site;
}

/* ---- one template ---- */

struct planner {
    struct plan *plan;
    struct store *store;
    struct diags *diags;
    str audience;
    struct map *site;  /* address → index + 1 of its page */
    struct map *taken; /* addresses of pages and reports, as disks compare them */
    struct map *next;  /* of those that several rows want: the number that the next one tries */
    const struct page *page;
    bool alone; /* beside the start page: it has no `each`, or one row whose key is empty, so
                 * that a query decides whether there is such a page */
    struct place title_at; /* for what is wrong with a placeholder */
};

static bool is_report(const struct planner *p)
{
    return p->page->role == PAGE_REPORT;
}

static bool in_folder(const struct planner *p)
{
    return str_is_set(p->page->folder);
}

static struct value text_value(str s)
{
    return (struct value){.kind = VALUE_TEXT, .s = s};
}

static struct value param_value(const struct planned *row, str name)
{
    size_t i = param_index(row, name);
    return i < row->nparams ? row->param[i].value : (struct value){0};
}

/* as_of and month are there on every page, unless its row has columns of these names. */
static void add_days(const struct planner *p, struct planned *row)
{
    struct arena *mem = p->plan->mem;
    day as_of = store_as_of(p->store);
    bool is_known = as_of != DAY_NONE; /* a book without facts has none */
    const struct {
        str name;
        struct value value;
        enum type type;
    } more[] = {
        {S("as_of"), is_known ? text_value(day_iso(mem, as_of)) : (struct value){0}, TYPE_date},
        {S("month"), is_known ? text_value(month_iso(mem, month_of(as_of))) : (struct value){0},
         TYPE_month},
    };
    for (size_t i = 0; i < 2; i++) {
        if (param_index(row, more[i].name) < row->nparams)
            continue;
        row->param[row->nparams] = (struct param){more[i].name, more[i].value};
        row->type[row->nparams++] = more[i].type;
    }
}

static struct planned new_row(const struct planner *p, size_t ncolumns)
{
    struct arena *mem = p->plan->mem;
    return (struct planned){
        .page = p->page,
        .audience = p->audience,
        .kind = p->page->name,
        .param = NEW_ARRAY(mem, ncolumns + 2, struct param),
        .type = NEW_ARRAY(mem, ncolumns + 2, enum type),
    };
}

static struct planned row_of_result(const struct planner *p, const struct result *r, size_t row)
{
    struct planned planned = new_row(p, r->ncols);
    for (size_t i = 0; i < r->ncols; i++) {
        planned.param[i] = (struct param){r->column[i].name, result_cell(r, row, i)};
        planned.type[i] = result_type(r, row, i);
    }
    planned.nparams = r->ncols;
    planned.key = value_text(p->plan->mem, result_cell(r, row, 0));
    add_days(p, &planned);
    return planned;
}

static bool fill(const struct planner *p, const struct planned *row, str text, bool raw, str *out)
{
    *out = (str){0};
    return !str_is_set(text) ||
           placeholders_fill(p->plan->mem, p->store, row, text, raw, p->title_at, p->diags, out);
}

/* The period of two dates, in a file's name: 2026, 2026-Q4, 2026-10, 2026-W44, 2026-10-30. A
 * quarter is called as pages and targets call it, by the fiscal year; a year that is none of the
 * calendar 2026-2027. */
static str period_name(struct arena *mem, int fiscal_start, day from, day to)
{
    int year, month, dom, week_year, week;
    day_split(from, &year, &month, &dom);
    int first = month_of(from), last = month_of(to), fiscal = first - (fiscal_start - 1);
    bool starts_month = from == month_first(first);

    if (from == to && !(starts_month && to == month_last(last)))
        return day_iso(mem, from);
    if (day_weekday(from) == 1 && (to - from == 6 || (to - from < 6 && !starts_month))) {
        day_iso_week(from, &week_year, &week);
        return arena_printf(mem, "%d-W%02d", week_year, week);
    }
    if (starts_month && last - first == 11 && to == month_last(last))
        return month == 1 ? arena_printf(mem, "%d", year)
                          : arena_printf(mem, "%d-%d", year, year + 1);
    if (starts_month && last - first == 2 && fiscal % 3 == 0 && to == month_last(last))
        return arena_printf(mem, "%d-Q%d", fiscal / 12, fiscal % 12 / 3 + 1);
    return month_iso(mem, last);
}

/* The folder of a report: by its row's dates, else the as-of month. */
static str report_period(const struct planner *p, const struct planned *row)
{
    struct value from = param_value(row, S("from")), to = param_value(row, S("to"));
    day first = from.kind == VALUE_TEXT ? day_parse(from.s) : DAY_NONE;
    day last = to.kind == VALUE_TEXT ? day_parse(to.s) : DAY_NONE, as_of = store_as_of(p->store);
    if (first != DAY_NONE && last != DAY_NONE)
        return period_name(p->plan->mem, store_fiscal_start(p->store), first, last);
    return as_of != DAY_NONE ? month_iso(p->plan->mem, month_of(as_of)) : S("undated");
}

/* The file's name without its ending: a slug by template or key. */
static bool stem_of(const struct planner *p, const struct planned *row, str *stem)
{
    struct arena *mem = p->plan->mem;
    bool many = !p->alone;
    str slug;
    if (!fill(p, row, p->page->slug, true, &slug))
        return false;
    if (str_is_set(slug))
        *stem = safe_stem(mem, slug);
    else if (!many)
        *stem = p->page->name; /* index.md is index.html */
    else
        *stem = safe_stem(mem, row->key);
    if (is_report(p) && many && !in_folder(p) && !str_is_set(slug))
        *stem = arena_printf(mem, STR_FMT "-" STR_FMT, STR_ARG(p->page->name), STR_ARG(*stem));
    return true;
}

static str address_of(const struct planner *p, const struct planned *row, str stem)
{
    struct arena *mem = p->plan->mem;
    if (in_folder(p))
        return arena_printf(mem, STR_FMT "/" STR_FMT ".pdf", STR_ARG(p->page->folder),
                            STR_ARG(stem));
    if (is_report(p)) {
        str period = report_period(p, row);
        return arena_printf(mem, STR_FMT "/" STR_FMT ".pdf", STR_ARG(period), STR_ARG(stem));
    }
    if (p->alone)
        return arena_printf(mem, STR_FMT ".html", STR_ARG(stem));
    return arena_printf(mem, STR_FMT "/" STR_FMT ".html", STR_ARG(p->page->name), STR_ARG(stem));
}

/* What an address is compared by: some disks do not tell capitals, or composed letters, apart. A
 * page may have a PDF beside it. */
static str disk_name(const struct planner *p, str address)
{
    str folded = text_fold(p->plan->mem, address);
    if (in_folder(p))
        return arena_printf(p->plan->mem, STR_FMT ".html",
                            STR_ARG(str_sub(folded, 0, folded.n - 4)));
    str folder = str_is_set(p->page->own) ? S("private") : S("reports");
    return is_report(p) ? path_join(p->plan->mem, folder, folded) : folded;
}

/* The template that has taken an address, or NULL. */
static const struct page *taker_of(const struct planner *p, str address)
{
    return map_get(p->taken, disk_name(p, address));
}

/* All numbers below the next one are taken. */
static str numbered(const struct planner *p, const struct planned *row, str stem, str address)
{
    void **next = map_put(p->next, disk_name(p, address));
    size_t i = *next ? (uintptr_t)*next : 2;
    do
        address =
            address_of(p, row, arena_printf(p->plan->mem, STR_FMT "-%zu", STR_ARG(stem), i++));
    while (taker_of(p, address));
    *next = (void *)i;
    return address;
}

/* A page that stands alone has the name its author gave it; of many rows the later ones are
 * numbered. */
static bool address_row(const struct planner *p, struct planned *row)
{
    str stem, address;
    if (!stem_of(p, row, &stem))
        return false;
    address = address_of(p, row, stem);
    const struct page *taker = taker_of(p, address);
    if (taker && p->alone)
        return diags_add(p->diags, DIAG_ADDRESS_TWICE, p->title_at, address, taker->path);
    row->address = taker ? numbered(p, row, stem, address) : address;
    return true;
}

static bool title_row(const struct planner *p, struct planned *row)
{
    bool ok = fill(p, row, p->page->title, false, &row->title);
    ok = fill(p, row, p->page->subtitle, false, &row->subtitle) && ok;
    ok = fill(p, row, p->page->menu, false, &row->menu) && ok;
    ok = fill(p, row, p->page->group, false, &row->group) && ok;
    if (ok && str_trim(row->title).n == 0)
        row->title = row->key.n ? row->key : row->kind;
    return ok;
}

/* ---- a person's own report ---- */

/* Whom each row from one on is about stands in the column that `own` names. */
static bool check_owners(const struct planner *p, size_t from)
{
    str own = p->page->own;
    for (size_t i = from; str_is_set(own) && i < p->plan->list.n; i++) {
        const struct planned *row = &p->plan->list.at[i];
        size_t at = param_index(row, own);
        if (at == row->nparams) {
            str *name = NEW_ARRAY(p->plan->mem, row->nparams, str);
            for (size_t k = 0; k < row->nparams; k++)
                name[k] = row->param[k].name;
            return diags_add(p->diags, DIAG_OWN_COLUMN, p->page->own_at, own,
                             proposal(p->plan->mem, own, name, row->nparams));
        }
        if (row->param[at].value.kind == VALUE_NULL)
            return diags_add(p->diags, DIAG_OWN_MISSING, p->page->own_at, own);
    }
    return true;
}

/* ---- all rows of a template ---- */

static int by_key(const void *a, const void *b)
{
    const struct planned *x = *(struct planned *const *)a, *y = *(struct planned *const *)b;
    return str_cmp(x->key, y->key);
}

/* Names the rows from one on, in the order of their keys: what the query sorts by, and a name that
 * comes before, must not move an address. Two equal keys are an error: link() could not choose. */
static bool name_rows(const struct planner *p, size_t from)
{
    struct planned *all = p->plan->list.at;
    size_t n = p->plan->list.n - from;
    struct planned **row = NEW_ARRAY(p->plan->mem, n, struct planned *);

    for (size_t i = 0; i < n; i++)
        row[i] = &all[from + i];
    if (n)
        qsort(row, n, sizeof *row, by_key);
    for (size_t i = 0; i < n; i++) {
        if (i && str_eq(row[i]->key, row[i - 1]->key))
            return diags_add(p->diags, DIAG_KEY_TWICE, p->page->each_at, row[i]->key,
                             p->page->name);
        if (!title_row(p, row[i]) || !address_row(p, row[i]))
            return false;
        *map_put(p->taken, disk_name(p, row[i]->address)) = (struct page *)p->page;
    }
    for (size_t i = from; i < from + n; i++) {
        all[i].previous = i > from ? i : 0;
        all[i].following = i + 1 < from + n ? i + 2 : 0;
    }
    return true;
}

static bool add_rows(const struct planner *p)
{
    struct planned days = new_row(p, 0);
    add_days(p, &days);
    struct query q = {
        .sql = p->page->each,
        .at = p->page->each_at,
        .audience = p->audience,
        .param = days.param,
        .nparams = days.nparams,
    };
    struct result *r = query_run(p->store, p->plan->mem, &q, p->diags);
    if (!r)
        return false;
    for (size_t i = 0; i < r->nrows; i++) {
        if (result_cell(r, i, 0).kind == VALUE_NULL)
            return diags_add(p->diags, DIAG_KEY_MISSING, p->page->each_at, r->column[0].name);
        PUSH(p->plan->mem, &p->plan->list, row_of_result(p, r, i));
    }
    return true;
}

/* Lets plan_has() find a page. */
static void note_key(struct plan *plan, const struct planned *row)
{
    if (!plan->kinds.mem)
        map_init(&plan->kinds, plan->mem);
    void **kind = map_put(&plan->kinds, row->kind);
    if (!*kind) {
        struct kind_keys *fresh = NEW(plan->mem, struct kind_keys);
        map_init(&fresh->keys, plan->mem);
        *kind = fresh;
    }
    struct kind_keys *k = *kind;
    *map_put(&k->keys, row->key) = k;
    k->any |= row->key.n > 0;
}

/* Lets link() and plan_at() find a page. */
static void announce(const struct planner *p, size_t index)
{
    const struct planned *row = &p->plan->list.at[index];
    str title = str_is_set(row->menu) ? row->menu : row->title;
    store_pages_add(p->store, p->audience, row->kind, row->key, row->address, title);
    *map_put(p->site, row->address) = (void *)(uintptr_t)(index + 1);
}

static bool plan_page(struct planner *p)
{
    size_t from = p->plan->list.n;
    if (!model_has_system(store_model(p->store), p->page->of))
        return true;
    if (str_is_set(p->page->each)) {
        if (!add_rows(p))
            return false;
    } else {
        struct planned row = new_row(p, 0);
        row.key = S("");
        add_days(p, &row);
        PUSH(p->plan->mem, &p->plan->list, row);
    }
    const struct planned *first = p->plan->list.n > from ? &p->plan->list.at[from] : NULL;
    p->alone = first && p->plan->list.n == from + 1 && !first->key.n;
    if (!check_owners(p, from) || !name_rows(p, from)) {
        p->plan->list.n = from;
        return false;
    }
    for (size_t i = from; i < p->plan->list.n; i++) {
        note_key(p->plan, &p->plan->list.at[i]);
        if (!is_report(p) || in_folder(p))
            announce(p, i);
    }
    return true;
}

/* ---- parts that belong to no page ---- */

static size_t names_of_role(struct arena *mem, struct page *const *pages, size_t npages,
                            enum page_role role, str **names)
{
    size_t n = 0;
    *names = NEW_ARRAY(mem, npages, str);
    for (size_t i = 0; i < npages; i++)
        if (pages[i]->role == role)
            (*names)[n++] = pages[i]->name;
    return n;
}

/* A part of a page or report that is not there would never be seen. A report may be left out by the
 * book, so of what `for` names only what looks like another report's name is told; parts that have
 * its name have gone with it. */
static void check_parts(struct plan *plan, struct page *const *pages, size_t npages,
                        struct diags *diags)
{
    str *page, *report;
    size_t nsite = names_of_role(plan->mem, pages, npages, PAGE_SITE, &page);
    size_t nreports = names_of_role(plan->mem, pages, npages, PAGE_REPORT, &report);

    for (size_t i = 0; i < npages; i++) {
        const struct page *part = pages[i];
        struct place at = {part->path, 1, 1};
        if (part->role == PAGE_PART && !is_among(part->name, page, nsite) &&
            !is_among(part->name, report, nreports))
            diags_add(diags, DIAG_PART_OF_NOTHING, at, part->name,
                      proposal(plan->mem, part->name, page, nsite));
        for (size_t k = 0; part->role == PAGE_REPORT_PART && k < part->nfor; k++) {
            str name = part->for_reports[k], near = text_nearest(name, report, nreports);
            if (str_is_set(near) && !str_eq(name, near) && !is_among(name, report, nreports))
                diags_add(diags, DIAG_PART_OF_NOTHING, yaml_get(part->front, S("for"))->at, name,
                          proposal(plan->mem, name, report, nreports));
        }
    }
}

/* Where a title with a wrong placeholder stands. */
static struct place title_place(const struct page *page)
{
    const struct yaml *title = yaml_get(page->front, S("title"));
    return title ? title->at : (struct place){page->path, 1, 1};
}

bool plan_pages(struct plan *plan, struct store *store, struct page *const *pages, size_t npages,
                str audience, struct diags *diags)
{
    bool ok = true;
    struct map taken, next;
    struct planner p = {
        .plan = plan,
        .store = store,
        .diags = diags,
        .audience = audience,
        .site = site_of(plan, audience),
        .taken = &taken,
        .next = &next,
    };

    map_init(&taken, plan->mem);
    map_init(&next, plan->mem);
    if (!plan->list.n) /* once, not for each audience */
        check_parts(plan, pages, npages, diags);
    for (size_t i = 0; i < npages; i++) {
        bool is_whole = pages[i]->role == PAGE_SITE || pages[i]->role == PAGE_REPORT;
        if (!is_whole || !audience_may(audience, pages[i]->audience))
            continue;
        p.page = pages[i];
        p.title_at = title_place(pages[i]);
        ok &= plan_page(&p);
    }
    return ok;
}
