#include "made.h"
#include "snapshot.h"

/* What is published of a book as data: workbooks beside pages and reports, proposals as CSV and
 * JSON with the package that describes them, and the workbook of the whole book. */

static str with_ending(struct arena *mem, str path, const char *ending)
{
    size_t dot = path.n;
    while (dot && path.p[dot - 1] != '.' && path.p[dot - 1] != '/')
        dot--;
    str stem = dot && path.p[dot - 1] == '.' ? str_sub(path, 0, dot - 1) : path;
    return arena_printf(mem, STR_FMT "%s", STR_ARG(stem), ending);
}

/* The way from a file to the root of its site. */
static str way_up(struct arena *mem, str address)
{
    str root = S("");
    for (size_t i = 0; i < address.n; i++)
        if (address.p[i] == '/')
            root = arena_printf(mem, STR_FMT "../", STR_ARG(root));
    return root;
}

bool write_workbook(struct making *m, const struct site *site, bool in_site, str below)
{
    const struct document *d = m->document;
    bool report = d->page->role == PAGE_REPORT;
    struct workbook w = {
        .title = d->title,
        .subtitle = d->subtitle,
        .audience = d->audience,
        .links = !report, /* a report is handed on, away from the site */
        .root = way_up(m->mem, d->address),
    };
    m->workbook = (str){0};
    if (!d->page->xlsx)
        return true;
    w.nsheets = document_sheets(m->mem, d, report, &w.sheet);
    if (!w.nsheets)
        return true;
    m->workbook = making_path(m, in_site, with_ending(m->mem, below, ".xlsx"));
    return render_workbook(m->workbook, site, &w, m->diags);
}

bool copy_workbook(struct making *m, bool in_site, str below)
{
    str beside = with_ending(m->mem, below, ".xlsx"), text;
    str to = path_join(m->mem, in_site ? m->site_dir : m->output_dir, beside);
    return !str_is_set(m->workbook) || str_eq(m->workbook, to) ||
           (file_read(m->mem, m->workbook, &text, m->diags) &&
            making_file(m, in_site, beside, text));
}

/* ---- proposals ---- */

static bool write_proposal(struct making *m, const struct site *site, const struct node *n,
                           str path)
{
    str in_site = path_join(m->mem, site->audience, path);
    str public = path_join(m->mem, S("proposals"), path);
    str json_in_site = with_ending(m->mem, in_site, ".json");
    str json_public = with_ending(m->mem, public, ".json");
    bool everybody = site == m->site;
    struct buf csv = {0}, json = {0};

    render_csv(&csv, site, n->download.table);
    render_resource(&json, site, n, path, true);
    buf_addc(&json, '\n');
    bool ok = making_file(m, true, in_site, buf_str(&csv)) &&
              making_file(m, true, json_in_site, buf_str(&json)) &&
              (!everybody || (making_file(m, false, public, buf_str(&csv)) &&
                              making_file(m, false, json_public, buf_str(&json))));
    buf_clear(&csv);
    buf_clear(&json);
    return ok;
}

/* A line for the parent, which writes the package: whose site, then the resource. */
static void tell_resource(struct making *m, const struct site *site, const struct node *n, str path)
{
    struct buf json = {0};
    render_resource(&json, site, n, path, false);
    buf_addf(&m->data, STR_FMT "\t", STR_ARG(site->audience));
    for (str rest = buf_str(&json); str_is_set(rest);)
        buf_add(&m->data, str_cut(&rest, '\n')); /* between members a line's end is a blank */
    buf_addc(&m->data, '\n');
    buf_clear(&json);
}

bool write_proposals(struct making *m, const struct site *site, const struct node *parent)
{
    bool ok = true;
    for (const struct node *n = parent->first; n && ok; n = n->next) {
        ok = write_proposals(m, site, n);
        if (!ok || n->kind != NODE_download || n->only_report)
            continue;
        str folder = with_ending(m->mem, m->document->address, "");
        str path = path_join(m->mem, folder, n->download.file);
        tell_resource(m, site, n, path);
        ok = write_proposal(m, site, n, path);
    }
    return ok;
}

bool write_package(struct arena *mem, const struct site *site, str told, str folder,
                   struct diags *diags)
{
    LIST(str) resources = {0};
    struct buf out = {0};
    for (str rest = told; str_is_set(rest);) {
        str line = str_cut(&rest, '\n'), audience = str_cut(&line, '\t');
        if (str_is_set(line) && str_eq(audience, site->audience))
            PUSH(mem, &resources, line);
    }
    if (!resources.n)
        return true;
    render_package(&out, site, resources.at, resources.n);
    bool ok = file_write(path_join(mem, folder, S("datapackage.json")), buf_str(&out), diags);
    buf_clear(&out);
    return ok;
}

/* ---- the workbook of a book ---- */

enum { ROWS_SHOWN = 1000 };

static bool may_read(str reader, str audience)
{
    return !audience.n || str_eq(audience, reader);
}

static struct table_column column_of(const struct opened *o, const struct field *f)
{
    const struct meaning *m = model_meaning(&o->model, f->name);
    return (struct table_column){
        .name = f->name,
        .label = f->name, /* as in the file: who looks here knows the tables */
        .unit = m ? m->unit : (str){0},
        .type = f->type,
    };
}

/* A cell; the key of something that has a page in this site leads there. */
static struct cell cell_of(const struct opened *o, const struct table *t, size_t f, size_t row,
                           str audience)
{
    struct cell cell = {.value = table_value_as_of(t, f, row), .type = t->schema->field[f].type};
    if (cell.value.kind != VALUE_TEXT)
        return cell;
    cell.text = cell.value.s;
    if (store_is_kind(o->store, t->schema->field[f].name))
        store_name_of(o->store, audience, t->schema->field[f].name, cell.value.s, &cell.href);
    return cell;
}

static struct table_node *table_of(struct arena *mem, const struct opened *o, const struct table *t,
                                   str audience)
{
    const struct schema *s = t->schema;
    struct table_node *node = NEW(mem, struct table_node);
    size_t *field = NEW_ARRAY(mem, s->nfields, size_t), at = 0;

    node->column = NEW_ARRAY(mem, s->nfields, struct table_column);
    for (size_t f = 0; f < s->nfields; f++)
        if (may_read(audience, s->field[f].audience)) {
            field[node->ncols] = f;
            node->column[node->ncols++] = column_of(o, &s->field[f]);
        }
    node->nrows = t->engine ? t->asked_rows : table_rows_seen(t);
    if (t->engine || t->folded || node->nrows > ROWS_SHOWN || !node->ncols)
        return node;
    node->cell = NEW_ARRAY(mem, node->nrows * node->ncols, struct cell);
    for (size_t r = 0; r < t->nrows; r++)
        for (size_t c = 0; table_seen(t, r) && c < node->ncols; c++)
            node->cell[at++] = cell_of(o, t, field[c], r, audience);
    return node;
}

static struct sheet sheet_of(struct arena *mem, const struct opened *o, const struct table *t,
                             str audience)
{
    struct table_node *node = table_of(mem, o, t, audience);
    struct sheet sheet = {.title = t->schema->name, .note = t->schema->text, .table = node};
    if (node->nrows > ROWS_SHOWN || t->folded)
        sheet.note = arena_printf(mem, STR_FMT ". %zu rows: too many for a workbook",
                                  STR_ARG(sheet.note), node->nrows);
    else if (t->engine)
        sheet.note = arena_printf(mem, STR_FMT ". %zu rows, which engine " STR_FMT " has",
                                  STR_ARG(sheet.note), node->nrows, STR_ARG(t->engine->name));
    if (t->engine || t->folded || node->nrows > ROWS_SHOWN)
        sheet.table = NULL;
    return sheet;
}

/* Key figures as everybody reads them on the start page. */
static bool figures_sheet(struct arena *mem, const struct opened *o, str audience,
                          struct sheet *sheet, struct diags *diags)
{
    static const str label[] = {S("Figure"), S("Value"), S("Target"), S("Before")};
    struct query q = {
        .sql = S("SELECT name, value, target, before, page, key FROM figures ORDER BY rank, "
                 "system, name"),
        .at = {.file = S("figures"), .line = 1},
        .audience = audience,
    };
    struct result *r = query_run(o->store, mem, &q, diags);
    if (!r)
        return false;
    struct table_node *t = NEW(mem, struct table_node);
    *t = (struct table_node){.ncols = 4, .nrows = r->nrows};
    t->column = NEW_ARRAY(mem, 4, struct table_column);
    t->cell = NEW_ARRAY(mem, r->nrows * 4, struct cell);
    for (size_t c = 0; c < 4; c++)
        t->column[c] = (struct table_column){.name = r->column[c].name, .label = label[c]};
    for (size_t row = 0; row < r->nrows; row++) {
        struct value name = result_cell(r, row, 0), page = result_cell(r, row, 4),
                     key = result_cell(r, row, 5);
        const struct meaning *m = name.kind == VALUE_TEXT ? model_meaning(&o->model, name.s) : NULL;
        struct cell *cell = &t->cell[row * 4];
        for (size_t c = 0; c < 4; c++)
            cell[c] = (struct cell){.value = result_cell(r, row, c),
                                    .type = c && m ? m->type : result_type(r, row, c)};
        cell[0].text = m && m->label.n ? m->label : name.kind == VALUE_TEXT ? name.s : S("");
        if (page.kind == VALUE_TEXT)
            store_name_of(o->store, audience, page.s, key.kind == VALUE_TEXT ? key.s : S(""),
                          &cell[0].href);
    }
    *sheet = (struct sheet){.title = S("Key figures"), .table = t};
    return true;
}

static bool write_book_workbook(struct arena *mem, const struct opened *o, const struct site *site,
                                str site_dir, struct diags *diags)
{
    const struct dataset *data = o->data;
    struct workbook w = {
        .title = site->title, .audience = site->audience, .links = true, .root = S("")};
    w.sheet = NEW_ARRAY(mem, data->tables.n + 1, struct sheet);
    if (!figures_sheet(mem, o, site->audience, &w.sheet[0], diags))
        return false;
    w.nsheets = 1;
    for (size_t i = 0; i < data->tables.n; i++) {
        const struct table *t = data->tables.at[i];
        if (t->present && (t->nrows || t->asked_rows || t->folded) &&
            may_read(site->audience, t->schema->audience))
            w.sheet[w.nsheets++] = sheet_of(mem, o, t, site->audience);
    }
    str file = arena_printf(mem, STR_FMT "/" STR_FMT ".xlsx", STR_ARG(site->audience),
                            STR_ARG(path_slug(mem, site->book)));
    return render_workbook(path_join(mem, site_dir, file), site, &w, diags);
}

bool write_book_data(struct arena *mem, const struct opened *o, const struct site *site,
                     str site_dir, struct diags *diags)
{
    return write_book_workbook(mem, o, site, site_dir, diags) &&
           write_snapshot(o, site->audience, site_dir, diags);
}
