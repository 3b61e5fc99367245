#include "small_book.h"

#include <stdlib.h>
#include <string.h>

static const char *const tables =
    "title: Shop\n"
    "group: Control\n"
    "needs: [people]\n"
    "tables:\n"
    "  people:\n"
    "    primaryKey: [person]\n"
    "    fields:\n"
    "      person: {type: string, required: yes, text: Key of the person}\n"
    "      name: {type: string, text: Full name}\n"
    "      pay: {type: money, audience: managers}\n"
    "  turnover:\n"
    "    fields:\n"
    "      month: {type: month, required: yes}\n"
    "      person: {type: string, required: yes, text: Who sold}\n"
    "      revenue: {type: money}\n"
    "      orders: {type: integer}\n"
    "  facts:\n"
    "    optional: yes\n"
    "    fields:\n"
    "      date: {type: date, required: yes}\n"
    "    fact: date\n"
    "  counts:\n"
    "    fact: date\n"
    "    expect: weekly\n"
    "    fields:\n"
    "      date: {type: date, required: yes}\n"
    "      visits: {type: integer}\n"
    "  events:\n"
    "    fields:\n"
    "      date: {type: date, required: yes}\n"
    "      text: {type: string}\n"
    "columns:\n"
    "  revenue: {label: Revenue, type: money, better: up, text: Net amount of orders}\n"
    "  target: {label: Target, type: money}\n"
    "  cost: {label: Cost, type: money, better: down}\n"
    "  attainment: {label: Attainment, type: rate, better: up, text: Actual over target}\n"
    "  visits: {label: Visits, type: integer, unit: visits, better: up}\n"
    "  pushes: {label: Pushed, type: integer, unit: time|times, better: down}\n"
    "  change: {label: Change, type: rate, better: up}\n";

static const char *const absent_tables = "title: Funnel\n"
                                         "group: Control\n"
                                         "needs: [deals]\n"
                                         "tables:\n"
                                         "  deals:\n"
                                         "    primaryKey: [deal]\n"
                                         "    fields:\n"
                                         "      deal: {type: string, required: yes}\n";

static const struct {
    const char *path, *text;
} files[] = {
    {"templates/systems/funnel/tables.yaml", absent_tables},
    {"book/people.csv", "person,name,pay\n"
                        "li.wei,Li Wei,10\n"
                        "li-wei,Li Wei,20\n"
                        "zoe,Zoë <b>Müller</b>,30\n"},
    {"book/turnover.csv", "month,person,revenue,orders\n"
                          "2026-01,li.wei,1000.00,3\n"
                          "2026-02,li.wei,2500.50,4\n"
                          "2026-04,li.wei,1500.00,5\n"
                          "2026-04,zoe,20000.00,7\n"},
    {"book/facts.csv", "date\n2026-04-30\n"},
    {"book/counts.csv", "date,visits\n2026-04-15,8\n"},
    {"book/events.csv", "date,text\n2026-03-15,Fair\n2026-03-20,Strike\n2031-01-01,Far away\n"},
    {"book/notes/2026-04.md", "A **good** month: `sql SELECT count(*) FROM people` people.\n"},
};

static void write_file(struct small_book *b, const char *path, const char *text)
{
    file_write(path_join(b->mem, b->dir, str_of(path)), str_of(text), &b->diags);
}

void small_book_open(struct small_book *b)
{
    small_book_open_without(b, "");
}

void small_book_open_without(struct small_book *b, const char *absent)
{
    static struct language lang;
    lang = language_of(S("en"), S("CNY"), -1);
    *b = (struct small_book){.mem = arena_new()};
    diags_init(&b->diags, b->mem);
    char dir[] = "/tmp/small_book_XXXXXX";
    b->dir = arena_str(b->mem, str_of(mkdtemp(dir)));
    write_file(b, "templates/systems/shop/tables.yaml", tables);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (str_find(str_of(absent), path_base(str_of(files[i].path)), 0) == strlen(absent))
            write_file(b, files[i].path, files[i].text);

    str templates = path_join(b->mem, b->dir, S("templates")),
        book = path_join(b->mem, b->dir, S("book"));
    model_read(b->mem, templates, book, &b->model, &b->diags);
    struct load_options options = {
        .book = book, .shown = book, .lang = lang, .fiscal_year_start = 1, .as_of = DAY_NONE};
    b->data = data_load(b->mem, &b->model, &options, &b->diags);
    b->store = store_new(b->mem, b->data, &lang, 1, &b->diags);
    store_load(b->store, NULL, 0, &S("person"), 1, &b->diags);
    b->plan.mem = b->mem;
}

void small_book_close(struct small_book *b)
{
    store_free(b->store);
    tree_remove(b->dir);
    arena_free(b->mem);
}

struct page *small_book_page(struct small_book *b, enum page_role role, const char *name,
                             const char *system, const char *text)
{
    str path = arena_printf(b->mem, "%s.md", name);
    struct page *page = page_read(b->mem, path, arena_str(b->mem, str_of(text)), role, str_of(name),
                                  str_of(system), &b->diags);
    if (page)
        PUSH(b->mem, &b->pages, page);
    return page;
}

bool small_book_plan(struct small_book *b, const char *audience)
{
    return plan_pages(&b->plan, b->store, b->pages.at, b->pages.n, str_of(audience), &b->diags);
}

struct document *small_book_evaluate(struct small_book *b, size_t i, const char *audience)
{
    const struct planned *p = &b->plan.list.at[i];
    struct evaluation e = {
        .store = b->store,
        .pages = b->pages.at,
        .npages = b->pages.n,
        .plan = &b->plan,
        .audience = str_of(audience),
        .report = p->page->role == PAGE_REPORT,
        .book = path_join(b->mem, b->dir, S("book")),
    };
    return evaluate(b->mem, &e, p, &b->diags);
}

struct document *small_book_show(struct small_book *b, const char *text)
{
    if (!small_book_page(b, PAGE_SITE, "index", NULL, text) || !small_book_plan(b, "everyone"))
        return NULL;
    for (size_t i = 0; i < b->plan.list.n; i++)
        if (str_eq(b->plan.list.at[i].kind, S("index")))
            return small_book_evaluate(b, i, "everyone");
    return NULL;
}

struct node *first_of_kind(struct node *below, enum node_kind kind)
{
    for (struct node *n = below->first; n; n = n->next) {
        struct node *found = n->kind == kind ? n : first_of_kind(n, kind);
        if (found)
            return found;
    }
    return NULL;
}

str codes_of(struct small_book *b)
{
    str codes = S("");
    for (size_t i = 0; i < b->diags.list.n; i++)
        codes = arena_printf(b->mem, STR_FMT "%s%s", STR_ARG(codes), i ? " " : "",
                             diag_code(&b->diags.list.at[i]));
    return codes;
}

static void add_text(struct buf *out, const struct node *node)
{
    for (; node; node = node->next) {
        if (node->kind == NODE_text || node->kind == NODE_code || node->kind == NODE_notice)
            buf_add(out, node->text);
        add_text(out, node->first);
    }
}

str text_of(struct arena *mem, const struct node *below)
{
    struct buf b = {0};
    add_text(&b, below->first);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}
