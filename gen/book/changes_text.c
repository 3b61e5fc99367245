#include "changes.h"

enum { ROWS_SHOWN = 10, SCOPED_SHOWN = 20 };

static const char *const change_sign[] = {
    [ROW_added] = "+", [ROW_removed] = "−", [ROW_edited] = "~"};
static const char *const change_name[] = {
#define X(name) [ROW_##name] = #name,
    ROW_CHANGES(X)
#undef X
};

static void put_count(struct buf *out, const char *before, size_t n, const char *after)
{
    if (n)
        buf_addf(out, "%s%s%zu%s", out->n && out->p[out->n - 1] != ' ' ? ", " : "", before, n,
                 after);
}

/* "12 added, 1 removed, 2 edited" */
static str counts_of(struct arena *mem, const struct changed_table *t)
{
    struct buf out = {0};
    if (t->restricted)
        return S("restricted");
    put_count(&out, "", t->added, " added");
    put_count(&out, "", t->removed, " removed");
    put_count(&out, "", t->edited,
              !t->grouped      ? " edited"
              : t->edited == 1 ? " group of rows edited"
                               : " groups of rows edited");
    str text = arena_str(mem, buf_str(&out));
    buf_clear(&out);
    return text;
}

static bool is_company(const struct changed_figure *f)
{
    return str_eq(f->scope, S("company"));
}

static size_t company_figures(const struct changes *c)
{
    size_t n = 0;
    while (n < c->figure.n && is_company(&c->figure.at[n]))
        n++;
    return n;
}

/* "Revenue this month, East" */
static str name_of(struct arena *mem, const struct changed_figure *f)
{
    if (is_company(f))
        return f->label;
    return arena_printf(mem, STR_FMT ", " STR_FMT, STR_ARG(f->label), STR_ARG(f->of_name));
}

/* A group of rows stands in no one place. */
static str place_of(struct arena *mem, const struct changed_row *row)
{
    if (!row->at.file.n)
        return row->table;
    return arena_printf(mem, STR_FMT ":%d", STR_ARG(path_base(row->at.file)), row->at.line);
}

static str state_of_book(struct arena *mem, str name, day as_of)
{
    if (as_of == DAY_NONE)
        return name;
    return arena_printf(mem, STR_FMT " (as of " STR_FMT ")", STR_ARG(name),
                        STR_ARG(day_iso(mem, as_of)));
}

/* ---- for a terminal ---- */

static void pad_to(struct buf *out, str text, int width)
{
    buf_add(out, text);
    for (int i = text_width(text); i < width; i++)
        buf_addc(out, ' ');
}

static void text_row(struct arena *mem, struct buf *out, const struct changed_row *row)
{
    buf_addf(out, "      %s " STR_FMT "  " STR_FMT "\n", change_sign[row->what],
             STR_ARG(place_of(mem, row)), STR_ARG(row->text));
}

static void text_table(struct arena *mem, struct buf *out, const struct changes *c,
                       const struct changed_table *t)
{
    size_t n = t->nrows;
    buf_add(out, S("  "));
    pad_to(out, t->name, 24);
    buf_addf(out, STR_FMT "\n", STR_ARG(counts_of(mem, t)));
    for (size_t i = 0; i < n && i < ROWS_SHOWN; i++)
        text_row(mem, out, &c->row.at[t->first_row + i]);
    if (n > ROWS_SHOWN)
        buf_addf(out, "      … and %zu more\n", n - ROWS_SHOWN);
}

static void text_figure(struct arena *mem, struct buf *out, const struct changes *c,
                        const struct changed_figure *f)
{
    buf_add(out, S("  "));
    pad_to(out, name_of(mem, f), 40);
    buf_addf(out, STR_FMT " → " STR_FMT "  " STR_FMT "\n", STR_ARG(f->before), STR_ARG(f->now),
             STR_ARG(f->difference));
    for (size_t i = 0; i < f->nrows; i++)
        text_row(mem, out, &c->row.at[f->row[i]]);
    if (f->more)
        buf_addf(out, "      … and %zu more row%s\n", f->more, f->more == 1 ? "" : "s");
}

void changes_text(struct buf *out, const struct changes *c, str from, str to)
{
    struct arena *mem = arena_new();
    size_t company = company_figures(c), end = company + SCOPED_SHOWN;
    str before = state_of_book(mem, from, c->as_of_before),
        now = state_of_book(mem, to, c->as_of_now);

    buf_addf(out, STR_FMT " → " STR_FMT "\n", STR_ARG(before), STR_ARG(now));
    if (!c->table.n && !c->figure.n)
        buf_add(out, S("Nothing has changed.\n"));
    if (c->table.n)
        buf_add(out, S("Tables\n"));
    for (size_t i = 0; i < c->table.n; i++)
        text_table(mem, out, c, &c->table.at[i]);
    if (c->figure.n)
        buf_add(out, S("Key figures\n"));
    for (size_t i = 0; i < c->figure.n && i < end; i++)
        text_figure(mem, out, c, &c->figure.at[i]);
    if (c->figure.n > end)
        buf_addf(out, "  … and %zu more of regions and people\n", c->figure.n - end);
    if (c->figure.n)
        buf_addf(out, "  %zu other%s did not move\n", c->nsteady, c->nsteady == 1 ? "" : "s");
    arena_free(mem);
}

/* ---- Markdown ---- */

/* Text of the data in a cell of a pipe table: no markup, no HTML, no mention that calls somebody,
 * one line. */
static void put_markdown(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        if (ch == '<')
            buf_add(out, S("&lt;"));
        else if (ch == '&')
            buf_add(out, S("&amp;"));
        else if (ch == '@' || ch == '#' ||
                 ch == '!') /* @team, #12, !7 mean somebody or something */
            buf_addf(out, "&#%d;", ch);
        else if (ch == ':' || ch == '.') { /* an address becomes no link */
            buf_addc(out, ch);
            if (str_starts(str_sub(text, i, text.n), S("://")) ||
                (i >= 3 && str_eq(str_sub(text, i - 3, i), S("www"))))
                buf_add(out, S("&#8203;"));
        } else if (strchr("\\`*_{}[]>|~$", ch) && ch)
            buf_addf(out, "\\%c", ch);
        else
            buf_addc(out, (unsigned char)ch < ' ' ? ' ' : ch);
    }
}

static void markdown_cell(struct buf *out, str text)
{
    buf_add(out, S("| "));
    put_markdown(out, text);
    buf_addc(out, ' ');
}

static void markdown_row(struct arena *mem, struct buf *out, const struct changed_row *row)
{
    markdown_cell(out, place_of(mem, row));
    markdown_cell(out, str_of(change_name[row->what]));
    markdown_cell(out, row->text);
    buf_add(out, S("|\n"));
}

static void markdown_figures(struct arena *mem, struct buf *out, const struct changes *c,
                             size_t from, size_t to)
{
    buf_add(out, S("| Figure | Before | Now | Difference |\n| --- | ---: | ---: | ---: |\n"));
    for (size_t i = from; i < to && i < c->figure.n; i++) {
        const struct changed_figure *f = &c->figure.at[i];
        markdown_cell(out, name_of(mem, f));
        markdown_cell(out, f->before);
        markdown_cell(out, f->now);
        markdown_cell(out, f->difference);
        buf_add(out, S("|\n"));
    }
    buf_addc(out, '\n');
}

static void markdown_tables(struct arena *mem, struct buf *out, const struct changes *c)
{
    buf_add(out, S("| Table | Rows before | Rows now | Changed |\n| --- | ---: | ---: | --- |\n"));
    for (size_t i = 0; i < c->table.n; i++) {
        const struct changed_table *t = &c->table.at[i];
        markdown_cell(out, t->name);
        markdown_cell(out, t->restricted ? S("–") : arena_printf(mem, "%zu", t->before));
        markdown_cell(out, t->restricted ? S("–") : arena_printf(mem, "%zu", t->now));
        markdown_cell(out, counts_of(mem, t));
        buf_add(out, S("|\n"));
    }
    buf_addc(out, '\n');
}

static void markdown_rows(struct arena *mem, struct buf *out, const struct changes *c)
{
    for (size_t i = 0; i < c->table.n; i++) {
        const struct changed_table *t = &c->table.at[i];
        size_t n = t->nrows;
        if (!n)
            continue;
        buf_add(out, S("<details><summary>Rows of "));
        put_markdown(out, t->name);
        buf_addf(out, " (%zu)</summary>\n\n| Where | What | Row |\n| --- | --- | --- |\n", n);
        for (size_t k = 0; k < n && k < ROWS_SHOWN; k++)
            markdown_row(mem, out, &c->row.at[t->first_row + k]);
        if (n > ROWS_SHOWN)
            buf_addf(out, "\n… and %zu more\n", n - ROWS_SHOWN);
        buf_add(out, S("\n</details>\n\n"));
    }
}

void changes_markdown(struct buf *out, const struct changes *c, str book, str from, str to)
{
    struct arena *mem = arena_new();
    size_t company = company_figures(c), end = company + SCOPED_SHOWN;
    buf_add(out, S("### "));
    put_markdown(out, book);
    buf_add(out, S(": "));
    put_markdown(out, state_of_book(mem, from, c->as_of_before));
    buf_add(out, S(" → "));
    put_markdown(out, state_of_book(mem, to, c->as_of_now));
    buf_add(out, S("\n\n"));
    if (!c->table.n && !c->figure.n)
        buf_add(out, S("Nothing has changed.\n\n"));
    if (company)
        markdown_figures(mem, out, c, 0, company);
    if (c->figure.n > company) {
        size_t n = c->figure.n - company;
        buf_addf(out, "<details><summary>%zu of regions and people</summary>\n\n", n);
        markdown_figures(mem, out, c, company, end);
        if (c->figure.n > end)
            buf_addf(out, "… and %zu more\n\n", c->figure.n - end);
        buf_add(out, S("</details>\n\n"));
    }
    if (c->table.n)
        markdown_tables(mem, out, c);
    markdown_rows(mem, out, c);
    arena_free(mem);
}

/* ---- as rows of data_changes ---- */

typedef LIST(struct change_fact) fact_list;

static void add_row_fact(const struct changes *c, fact_list *facts, const struct changed_row *row,
                         int64_t of)
{
    struct change_fact fact = {
        .kind = "row",
        .what = change_name[row->what],
        .seq = (int64_t)facts->n + 1,
        .of = of,
        .number = -1,
        .tbl = row->table,
        .text = row->text,
        .file = path_base(row->at.file),
        .line = row->at.line,
    };
    PUSH(c->mem, facts, fact);
}

static void add_table_fact(const struct changes *c, fact_list *facts, const struct changed_table *t)
{
    size_t n = t->nrows;
    struct change_fact fact = {
        .kind = "table",
        .what = "edited",
        .seq = (int64_t)facts->n + 1,
        .number = t->restricted ? -1 : (int64_t)(t->added + t->removed + t->edited),
        .tbl = t->name,
        .text = t->text,
        .before = t->restricted ? (str){0} : arena_printf(c->mem, "%zu", t->before),
        .after = t->restricted ? (str){0} : arena_printf(c->mem, "%zu", t->now),
        .difference = counts_of(c->mem, t),
    };
    PUSH(c->mem, facts, fact);
    for (size_t i = 0; i < n && i < ROWS_SHOWN; i++)
        add_row_fact(c, facts, &c->row.at[t->first_row + i], fact.seq);
}

static void add_figure_fact(const struct changes *c, fact_list *facts,
                            const struct changed_figure *f)
{
    struct change_fact fact = {
        .kind = "figure",
        .what = arena_str(c->mem, f->scope).p,
        .seq = (int64_t)facts->n + 1,
        .number = -1,
        .text = name_of(c->mem, f),
        .before = f->before,
        .after = f->now,
        .difference = f->difference,
        .page = f->page,
        .key = f->key,
    };
    PUSH(c->mem, facts, fact);
    for (size_t i = 0; i < f->nrows; i++)
        add_row_fact(c, facts, &c->row.at[f->row[i]], fact.seq);
}

size_t changes_facts(const struct changes *c, str from, struct change_fact **fact)
{
    fact_list facts = {0};
    size_t end = company_figures(c) + SCOPED_SHOWN;
    struct change_fact since = {
        .kind = "since",
        .what = "edited",
        .seq = 1,
        .number = -1,
        .text = from,
        .before = c->as_of_before == DAY_NONE ? (str){0} : day_iso(c->mem, c->as_of_before),
        .after = c->as_of_now == DAY_NONE ? (str){0} : day_iso(c->mem, c->as_of_now),
    };
    PUSH(c->mem, &facts, since);
    for (size_t i = 0; i < c->figure.n && i < end; i++)
        add_figure_fact(c, &facts, &c->figure.at[i]);
    for (size_t i = 0; i < c->table.n; i++)
        add_table_fact(c, &facts, &c->table.at[i]);
    *fact = facts.at;
    return facts.n;
}
