#include "tree.h"

/* ---- front matter ---- */

/* The keys, and the roles in which one says something. */
#define IN(role) (1u << PAGE_##role)
enum {
    WHOLE = IN(SITE) | IN(REPORT),
    PARTS = IN(PART) | IN(REPORT_PART),
    ANYWHERE = WHOLE | PARTS,
    TOLD = 1u << 8, /* with a remedy of its own, by who reads it */
};
static const struct {
    str name;
    unsigned in;
} front_keys[] = {
    {S("title"), ANYWHERE},
    {S("subtitle"), WHOLE},
    {S("menu"), WHOLE},
    {S("nav"), IN(SITE)},
    {S("order"), PARTS},
    {S("audience"), ANYWHERE},
    {S("each"), WHOLE},
    {S("slug"), WHOLE},
    {S("for"), IN(REPORT_PART)},
    {S("pdf"), IN(SITE)},
    {S("own"), IN(REPORT) | TOLD},
    {S("asked"), IN(REPORT)},
    {S("folder"), IN(REPORT) | TOLD},
    {S("fillable"), IN(REPORT) | TOLD},
    {S("footnotes"), WHOLE},
    {S("xlsx"), WHOLE},
    {S("closed"), IN(REPORT) | TOLD},
    {S("mail"), IN(REPORT) | TOLD},
    {S("system"), WHOLE | TOLD},
    {S("listed"), IN(SITE)},
};
static const str nav_keys[] = {S("group"), S("order"), S("head")};
enum {
    NFRONT = sizeof front_keys / sizeof *front_keys,
    NNAV = sizeof nav_keys / sizeof *nav_keys,
};

static bool is_dashes(str line)
{
    return str_starts(line, S("---")) && str_trim(line).n == 3;
}

/* Parts the YAML between two lines "---" from the Markdown below; *body_line is its first line. A
 * text that does not begin with "---" has no front matter: an unset str. False if it never ends. */
static bool cut_front(str text, str *front, str *body, int *body_line)
{
    str rest = text;
    *front = (str){0};
    *body = text;
    *body_line = 1;
    if (!is_dashes(str_cut(&rest, '\n')))
        return true;
    for (int line = 2; str_is_set(rest); line++) {
        const char *from = rest.p;
        if (is_dashes(str_cut(&rest, '\n'))) {
            size_t first = str_find(text, S("\n"), 0) + 1;
            *front = str_sub(text, first, (size_t)(from - text.p));
            *body = str_is_set(rest) ? rest : S("");
            *body_line = line + 1;
            return true;
        }
    }
    return false;
}

/* A key that a page of this role has no use for. */
static bool check_role(struct arena *mem, const struct page *page, const struct yaml *key,
                       struct diags *diags)
{
    static const str called[] = {[PAGE_SITE] = S("a page"),
                                 [PAGE_PART] = S("a part of a page or report"),
                                 [PAGE_REPORT] = S("a report"),
                                 [PAGE_REPORT_PART] = S("a part of reports")};
    str known[NFRONT];
    size_t n = 0, at = 0;
    for (size_t i = 0; i < NFRONT; i++) {
        if (front_keys[i].in >> page->role & 1)
            known[n++] = front_keys[i].name;
        at = str_eq(key->key, front_keys[i].name) ? i : at;
    }
    if (front_keys[at].in & (TOLD | 1u << page->role))
        return true;
    bool of_nav = page->role == PAGE_SITE && str_eq(key->key, S("order"));
    return diags_add(diags, DIAG_FRONT_ROLE, key->key_at, key->key, called[page->role],
                     of_nav ? S("write it below nav: {group: Sales, order: 10}")
                            : proposal(mem, (str){0}, known, n));
}

static bool check_front(struct arena *mem, const struct page *page, struct diags *diags)
{
    str known[NFRONT];
    bool ok = true;
    for (size_t i = 0; i < NFRONT; i++)
        known[i] = front_keys[i].name;
    if (!yaml_check_keys(page->front, known, NFRONT, diags))
        return false;
    for (const struct yaml *y = page->front->first; y; y = y->next)
        ok &= check_role(mem, page, y, diags);
    return ok;
}

static str front_text(const struct yaml *front, str key, struct diags *diags, bool *ok)
{
    const struct yaml *y = yaml_get(front, key);
    if (!y || y->kind == YAML_NULL)
        return (str){0};
    if (y->kind != YAML_SCALAR)
        *ok = diags_add(diags, DIAG_OPTION_TEXT, y->at, key);
    return yaml_text(y, (str){0});
}

/* ---- a page ---- */

/* A report that is one person's own: only where there is one a row can it be theirs alone. */
static bool read_own(struct page *page, struct diags *diags)
{
    const struct yaml *y = yaml_get(page->front, S("own"));
    bool ok = true;
    page->own = front_text(page->front, S("own"), diags, &ok);
    page->own_at = y ? y->at : (struct place){0};
    if (y && (page->role != PAGE_REPORT || !str_is_set(page->each)))
        ok = diags_add(diags, DIAG_OWN_PAGE, y->at, page->own);
    return ok;
}

/* Folders of the output that have another use. */
static const str kept_folders[] = {S("reports"),  S("private"),  S("rejected"),
                                   S("mindmaps"), S("calendar"), S("proposals")};
enum { NKEPT = sizeof kept_folders / sizeof *kept_folders };

/* A report without a period has a place of its own, and its name is that of a folder on every
 * disk. */
static bool read_folder(struct arena *mem, struct page *page, struct diags *diags)
{
    const struct yaml *y = yaml_get(page->front, S("folder"));
    bool ok = true;
    page->folder = front_text(page->front, S("folder"), diags, &ok);
    if (!str_is_set(page->folder))
        return ok;
    str slug = path_slug(mem, page->folder);
    if (page->role != PAGE_REPORT || str_is_set(page->own))
        ok = diags_add(diags, DIAG_FOLDER_PAGE, y->at, page->folder);
    else if (!str_eq(slug, page->folder))
        ok = diags_add(diags, DIAG_FOLDER_NAME, y->at, page->folder,
                       arena_printf(mem, "write " STR_FMT, STR_ARG(slug)));
    else if (is_among(slug, kept_folders, NKEPT))
        ok = diags_add(diags, DIAG_FOLDER_NAME, y->at, page->folder,
                       S("it has another use: choose another name"));
    return ok;
}

static bool read_fillable(struct page *page, struct diags *diags)
{
    const struct yaml *y = yaml_get(page->front, S("fillable"));
    page->fillable = yaml_bool(y, false, diags);
    return !page->fillable || page->role == PAGE_REPORT ||
           diags_add(diags, DIAG_FILLABLE_PAGE, y->at, (str){0});
}

/* What is kept of a closed month lies where everybody looks: never a person's own report. */
static bool read_closed(struct page *page, struct diags *diags)
{
    const struct yaml *y = yaml_get(page->front, S("closed"));
    page->closed = yaml_bool(y, false, diags);
    return !page->closed || (page->role == PAGE_REPORT && !str_is_set(page->own)) ||
           diags_add(diags, DIAG_CLOSED_PAGE, y->at, (str){0});
}

/* A part goes with the system in whose folder it lies, and an included file with its page. */
static bool read_system(struct page *page, struct diags *diags)
{
    const struct yaml *y = yaml_get(page->front, S("system"));
    bool ok = true;
    page->of = front_text(page->front, S("system"), diags, &ok);
    page->of_at = y ? y->at : (struct place){0};
    bool is_part = page->role != PAGE_SITE && page->role != PAGE_REPORT;
    return y && is_part ? diags_add(diags, DIAG_PART_SYSTEM, y->at, page->of) : ok;
}

static bool read_front(struct arena *mem, struct page *page, struct diags *diags)
{
    const struct yaml *front = page->front, *nav = yaml_get(front, S("nav"));
    size_t before = diags->nerrors;
    bool ok = true;

    if (front->kind != YAML_MAP && front->kind != YAML_NULL)
        return diags_add(diags, DIAG_FRONT_FORM, front->at, (str){0});
    if (nav && nav->kind != YAML_MAP && nav->kind != YAML_NULL)
        ok = diags_add(diags, DIAG_OPTION_VALUE, nav->at, yaml_text(nav, S("this")), S("nav"),
                       S("a map, {group: Sales, order: 10}"));
    ok &= check_front(mem, page, diags);
    ok &= yaml_check_keys(nav, nav_keys, NNAV, diags);
    page->title = front_text(front, S("title"), diags, &ok);
    page->subtitle = front_text(front, S("subtitle"), diags, &ok);
    page->menu = front_text(front, S("menu"), diags, &ok);
    page->slug = front_text(front, S("slug"), diags, &ok);
    page->audience = front_text(front, S("audience"), diags, &ok);
    page->each = front_text(front, S("each"), diags, &ok);
    page->each_at = yaml_text_at(yaml_get(front, S("each")));
    page->group = front_text(nav, S("group"), diags, &ok);
    page->heads_group = yaml_bool(yaml_get(nav, S("head")), false, diags);
    page->order = yaml_integer(yaml_get(nav ? nav : front, S("order")), 1000, diags);
    page->nfor = yaml_texts(mem, yaml_get(front, S("for")), &page->for_reports);
    const struct yaml *listed = yaml_get(front, S("listed"));
    page->nlisted = yaml_texts(mem, listed, &page->listed);
    page->listed_at = listed ? listed->at : (struct place){0};
    page->pdf = yaml_bool(yaml_get(front, S("pdf")), false, diags);
    page->plain_words = !yaml_bool(yaml_get(front, S("footnotes")), true, diags);
    page->xlsx = yaml_bool(yaml_get(front, S("xlsx")), page->role == PAGE_REPORT, diags);
    page->asked = yaml_bool(yaml_get(front, S("asked")), false, diags);

    ok &= read_own(page, diags);
    ok &= read_system(page, diags);
    ok &= read_folder(mem, page, diags);
    ok &= read_fillable(page, diags);
    ok &= read_closed(page, diags);
    const struct yaml *mail = yaml_get(front, S("mail"));
    if (mail && page->role != PAGE_REPORT)
        ok = diags_add(diags, DIAG_MAIL_PAGE, mail->key_at, page->name);
    bool is_whole = page->role == PAGE_SITE || page->role == PAGE_REPORT;
    if (page->role == PAGE_REPORT_PART && !page->nfor)
        ok = diags_add(diags, DIAG_PART_FOR, ((struct place){page->path, 1, 1}), (str){0});
    if (!str_is_set(page->title) && is_whole)
        page->title = pretty_name(mem, page->name);
    return ok && diags->nerrors == before;
}

struct page *page_read(struct arena *mem, str path, str text, enum page_role role, str name,
                       str system, struct diags *diags)
{
    struct page *page = NEW(mem, struct page);
    size_t before = diags->nerrors, bad_at;
    str front, body;
    int body_line;

    *page = (struct page){
        .path = path, .name = name, .system = system, .role = role, .hash = hash128_of(text)};
    if (!utf8_valid(text, &bad_at)) {
        struct place at = {path, 1, 0};
        for (size_t i = 0; i < bad_at; i++)
            at.line += text.p[i] == '\n';
        diags_add(diags, DIAG_PAGE_UTF8, at, arena_printf(mem, "%zu", bad_at + 1));
        return NULL;
    }
    if (!cut_front(text, &front, &body, &body_line)) {
        diags_add(diags, DIAG_FRONT_END, ((struct place){path, 1, 1}), (str){0});
        return NULL;
    }
    page->front = yaml_parse(mem, path, 2, str_is_set(front) ? front : S(""), diags);
    bool ok = page->front && read_front(mem, page, diags);
    page->body = NEW(mem, struct block_tree);
    page->body->first = markdown_read(mem, path, body_line, body, diags);
    return ok && diags->nerrors == before ? page : NULL;
}

static void block_audiences(const struct piece *first,
                            void (*found)(void *arg, str name, struct place at), void *arg)
{
    for (const struct piece *p = first; p; p = p->next) {
        if (p->block && p->block->option[OPTION_audience])
            found(arg, option_text(p->block, OPTION_audience),
                  p->block->option[OPTION_audience]->at);
        block_audiences(p->first, found, arg);
    }
}

void page_audiences(const struct page *page, void (*found)(void *arg, str name, struct place at),
                    void *arg)
{
    const struct yaml *audience = yaml_get(page->front, S("audience"));
    if (audience)
        found(arg, page->audience, audience->at);
    block_audiences(page->body->first, found, arg);
}

static void front_texts(const struct yaml *y, text_fn *found, void *arg)
{
    if (y->kind == YAML_SCALAR)
        found(arg, TEXT_FRONT, y->text);
    for (const struct yaml *child = y->first; child; child = child->next)
        front_texts(child, found, arg);
}

static void piece_texts(const struct piece *p, text_fn *found, void *arg)
{
    for (; p; p = p->next) {
        if (p->block && p->block->kind == BLOCK_include)
            found(arg, TEXT_INCLUDE, option_text(p->block, OPTION_file));
        else if (p->block)
            found(arg, TEXT_BLOCK, p->block->sql);
        else if (p->is_query)
            found(arg, TEXT_PROSE, p->text);
        piece_texts(p->first, found, arg);
    }
}

void page_texts(const struct page *page, text_fn *found, void *arg)
{
    front_texts(page->front, found, arg);
    piece_texts(page->body->first, found, arg);
}

static void prepare_block(const struct block *b, str audience, struct store *store)
{
    str only_for = option_text(b, OPTION_audience);
    if (b->sql.n)
        query_prepare(store, &(struct query){.sql = b->sql,
                                             .at = b->sql_at,
                                             .audience = only_for.n ? only_for : audience});
}

static void prepare(const struct piece *p, str audience, struct store *store)
{
    for (; p; p = p->next) {
        if (p->block)
            prepare_block(p->block, audience, store);
        else if (p->is_query)
            query_prepare(store,
                          &(struct query){.sql = p->text, .at = p->at, .audience = audience});
        prepare(p->first, audience, store);
    }
}

void pages_prepare(struct page *const *pages, size_t npages, struct store *store)
{
    for (size_t i = 0; i < npages; i++)
        prepare(pages[i]->body->first, pages[i]->audience, store);
}
