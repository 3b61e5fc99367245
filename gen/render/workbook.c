/* Tables as an Excel workbook; the one file that knows libxlsxwriter. Numbers and days are real
 * ones, texts are never formulas, and the bytes do not depend on clock, zone or locale: the date
 * within is the as-of date, and the library stamps the parts of the archive with one day for
 * all. */
#include "html.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    NAME_MOST = 31,      /* units of UTF-16 in the name of a sheet */
    TEXT_MOST = 32767,   /* units of UTF-16 in a cell */
    PROPERTY_MOST = 200, /* bytes of what the file says of itself */
    DIGITS_EXACT = 15,   /* of a number, in a spreadsheet */
    LINKS_MOST = 10000,  /* a sheet; the format allows 65,530 */
    WIDTH_MOST = 48,     /* of a column, in characters */
    ROWS_MOST = 1048575, /* below the head */
};

/* ---- texts ---- */

/* As XML and the format allow it: controls and what is no character as U+FFFD, and "_x0041_", which
 * would be read as an escape, with its first character escaped. */
static str cell_text(struct arena *mem, str text)
{
    struct buf out = {0};
    size_t units = 0;
    for (size_t i = 0, n; i < text.n; i += n) {
        unsigned char b = (unsigned char)text.p[i];
        uint32_t c = b;
        n = b < 0x80 ? 1 : char_decode(text, i, &c);
        str written = str_sub(text, i, i + n);
        if (text.n - i > 6 && b == '_' && text.p[i + 1] == 'x' && text.p[i + 6] == '_')
            written = S("_x005F_");
        else if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f ||
                 (b >= 0x80 && char_unwanted(c)))
            written = S("\uFFFD");
        units += c > 0xFFFF ? 2 : b == '_' ? written.n : 1;
        if (units > TEXT_MOST)
            break;
        buf_add(&out, written);
    }
    str plain = arena_str(mem, buf_str(&out));
    buf_clear(&out);
    return plain;
}

/* The part of a name that fits beside `room` units: whole characters, those that no name may have
 * as blanks. */
static str name_part(struct arena *mem, str title, size_t room)
{
    struct buf out = {0};
    size_t units = 0;
    for (size_t i = 0, n; i < title.n; i += n) {
        unsigned char b = (unsigned char)title.p[i];
        uint32_t c = b;
        n = b < 0x80 ? 1 : char_decode(title, i, &c);
        bool blank = c <= ' ' || c == 0x7f || (b < 0x80 && strchr("[]:*?/\\'", b)) ||
                     (b >= 0x80 && char_unwanted(c));
        if (blank && (!out.n || out.p[out.n - 1] == ' '))
            continue;
        units += c > 0xFFFF ? 2 : 1;
        if (units > room)
            break;
        buf_add(&out, blank ? S(" ") : str_sub(title, i, i + n));
    }
    str part = arena_str(mem, str_trim(buf_str(&out)));
    buf_clear(&out);
    return part;
}

/* A name that no sheet has yet, whatever the case; "History" is Excel's own. */
static str sheet_name(struct arena *mem, struct map *names, str title)
{
    str whole = name_part(mem, title, NAME_MOST);
    if (!whole.n)
        whole = S("Table");
    for (size_t number = 1;; number++) {
        str tail = number > 1 ? arena_printf(mem, " (%zu)", number) : S("");
        str head = number > 1 ? name_part(mem, whole, NAME_MOST - tail.n) : whole;
        str name = arena_printf(mem, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(tail));
        str folded = text_fold(mem, name);
        if (map_get(names, folded) || str_eq(folded, S("history")))
            continue;
        *map_put(names, folded) = names;
        return name;
    }
}

/* ---- one workbook on its way out ---- */

struct book_out {
    struct arena *mem;
    const struct site *site;
    const struct workbook *w;
    lxw_workbook *out;
    lxw_format *head, *title, *link;
    lxw_format *of_type[TYPE_list + 1]; /* made when it is first needed */
    lxw_error error;                    /* the first that the library told */
};

static bool went_well(struct book_out *b, lxw_error error)
{
    if (b->error == LXW_NO_ERROR)
        b->error = error;
    return error == LXW_NO_ERROR;
}

static lxw_format *new_format(struct book_out *b)
{
    lxw_format *format = workbook_add_format(b->out);
    if (!format) /* the library has no other reason */
        die("out of memory for a workbook");
    return format;
}

static const char *number_form(struct book_out *b, enum type type)
{
    switch (type) {
    case TYPE_money:
        return b->site->lang->money_decimals
                   ? arena_printf(b->mem, "#,##0.%.*s", b->site->lang->money_decimals, "000000").p
                   : "#,##0";
    case TYPE_integer:
        return "#,##0";
    case TYPE_number:
        return "#,##0.00";
    case TYPE_rate:
        return "0.0%";
    case TYPE_date:
        return "yyyy-mm-dd";
    case TYPE_datetime:
        return "yyyy-mm-dd hh:mm";
    case TYPE_time:
        return "hh:mm";
    case TYPE_month:
        return "yyyy-mm";
    default:
        return NULL;
    }
}

static lxw_format *form_of(struct book_out *b, enum type type)
{
    const char *form = number_form(b, type);
    if (form && !b->of_type[type]) {
        b->of_type[type] = new_format(b);
        format_set_num_format(b->of_type[type], form);
    }
    return form ? b->of_type[type] : NULL;
}

/* Days since 1899-12-30, as spreadsheets count. Before March 1900 they count wrong: NAN. */
static double serial_of(enum type type, str text)
{
    day d = DAY_NONE;
    double part = 0;
    if (type == TYPE_month && month_parse(text) >= 0)
        d = month_first(month_parse(text));
    else if (type == TYPE_date || type == TYPE_datetime)
        d = day_parse(str_sub(text, 0, 10));
    str clock = type == TYPE_time ? text : str_sub(text, 11, text.n);
    int64_t hour = 0, minute = 0;
    bool has_clock = (type == TYPE_time || type == TYPE_datetime) && clock.n >= 5 &&
                     parse_integer(str_sub(clock, 0, 2), &hour) &&
                     parse_integer(str_sub(clock, 3, 5), &minute);
    if (has_clock)
        part = (double)(hour * 60 + minute) / 1440;
    if (type == TYPE_time)
        return has_clock ? part : NAN;
    return d == DAY_NONE || d < day_of(1900, 3, 1) ? NAN : d - day_of(1899, 12, 30) + part;
}

static void write_text(struct book_out *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                       str text, lxw_format *form)
{
    went_well(b, worksheet_write_string(sheet, row, col, cell_text(b->mem, text).p, form));
}

/* Where a cell leads, as the workbook that lies beside its page sees it; unset if nowhere. */
static str target_of(struct book_out *b, const struct cell *cell)
{
    if (!b->w->links || !cell->href.n || cell->href.n > 1000)
        return (str){0};
    if (!cell->outside)
        return arena_printf(b->mem, "external:" STR_FMT STR_FMT, STR_ARG(b->w->root),
                            STR_ARG(cell->href));
    return str_starts(cell->href, S("https:")) || str_starts(cell->href, S("http:")) ? cell->href
                                                                                     : (str){0};
}

static void write_real(struct book_out *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                       double x, enum type type)
{
    went_well(b, worksheet_write_number(sheet, row, col, x, form_of(b, type)));
}

static void write_number(struct book_out *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                         const struct cell *cell)
{
    struct value v = cell->value;
    double x = value_number(v);
    if (cell->type == TYPE_boolean && v.kind == VALUE_INT)
        went_well(b, worksheet_write_boolean(sheet, row, col, v.i != 0, NULL));
    else if (v.kind == VALUE_INT && cell->type != TYPE_money && fabs(x) >= pow(10, DIGITS_EXACT))
        /* A key, not a quantity. */
        write_text(b, sheet, row, col, arena_printf(b->mem, "%lld", (long long)v.i), NULL);
    else if (isfinite(x))
        write_real(b, sheet, row, col,
                   cell->type == TYPE_money ? x / (double)money_unit(b->site->lang) : x,
                   cell->type);
}

/* A line to write on with a pen: here it is a cell to fill in. */
static bool is_ruled(str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] == '_')
        n++;
    return n == text.n && n >= 3;
}

static void write_cell(struct book_out *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                       const struct cell *cell, size_t *links)
{
    double serial = NAN;
    if (cell->value.kind == VALUE_NULL ||
        (cell->value.kind == VALUE_TEXT && is_ruled(cell->value.s)))
        return;
    if (cell->value.kind != VALUE_TEXT) {
        write_number(b, sheet, row, col, cell);
        return;
    }
    if (number_form(b, cell->type))
        serial = serial_of(cell->type, cell->value.s);
    str text = cell->type == TYPE_string && cell->text.n ? cell->text : cell->value.s;
    str target = target_of(b, cell);
    if (!isnan(serial))
        write_real(b, sheet, row, col, serial, cell->type);
    else if (target.n && *links < LINKS_MOST &&
             worksheet_write_url_opt(sheet, row, col, target.p, b->link, cell_text(b->mem, text).p,
                                     NULL) == LXW_NO_ERROR)
        ++*links;
    else
        write_text(b, sheet, row, col, text, NULL);
}

/* ---- a sheet ---- */

static str head_of(struct book_out *b, const struct table_column *col)
{
    str unit = col->type == TYPE_money && !col->unit.n ? b->site->lang->currency : col->unit;
    if (!unit.n)
        return col->label;
    return arena_printf(b->mem, STR_FMT " (" STR_FMT ")", STR_ARG(col->label), STR_ARG(unit));
}

static int width_of(const struct table_node *t, size_t col, str head)
{
    enum { LOOKED_AT = 100 };
    int most = text_width(head) / 2 + 4, one;
    for (size_t row = 0; row < t->nrows && row < LOOKED_AT; row++) {
        one = text_width(t->cell[row * t->ncols + col].text) + 2;
        most = one > most ? one : most;
    }
    return most < 8 ? 8 : most > WIDTH_MOST ? WIDTH_MOST : most;
}

static void write_sheet(struct book_out *b, lxw_worksheet *sheet, const struct table_node *t)
{
    size_t links = 0, rows = t->nrows < ROWS_MOST ? t->nrows : ROWS_MOST, filled = 0;

    for (size_t c = 0; c < t->ncols; c++) {
        if (t->column[c].spark) /* a line in a cell */
            continue;
        lxw_col_t at = (lxw_col_t)filled++;
        str head = head_of(b, &t->column[c]);
        write_text(b, sheet, 0, at, head, b->head);
        went_well(b, worksheet_set_column(sheet, at, at, width_of(t, c, head), NULL));
        for (size_t r = 0; r < rows; r++)
            write_cell(b, sheet, (lxw_row_t)(r + 1), at, &t->cell[r * t->ncols + c], &links);
    }
    worksheet_freeze_panes(sheet, 1, filled > 1 ? 1 : 0);
    went_well(b, worksheet_repeat_rows(sheet, 0, 0));
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    if (filled)
        went_well(b, worksheet_autofilter(sheet, 0, 0, (lxw_row_t)rows, (lxw_col_t)(filled - 1)));
}

/* ---- the contents ---- */

static void contents_line(struct book_out *b, lxw_worksheet *sheet, lxw_row_t row, str name,
                          const struct sheet *of)
{
    str title = cell_text(b->mem, of->title.n ? of->title : name), note = of->note;
    if (of->table && of->table->nrows > ROWS_MOST)
        note = arena_printf(b->mem, STR_FMT "%sA sheet holds no more: the first %d rows are here.",
                            STR_ARG(note), note.n ? " " : "", ROWS_MOST);
    write_text(b, sheet, row, 2, note, NULL);
    if (!of->table) {
        went_well(b, worksheet_write_string(sheet, row, 0, title.p, NULL));
        return;
    }
    str target = arena_printf(b->mem, "internal:'" STR_FMT "'!A1", STR_ARG(name));
    went_well(b, worksheet_write_url_opt(sheet, row, 0, target.p, b->link, title.p, NULL));
    write_real(b, sheet, row, 1, (double)of->table->nrows, TYPE_integer);
}

/* What the workbook is, as of which day, for whom, and what is in it. */
static void write_contents(struct book_out *b, lxw_worksheet *sheet, const str *name)
{
    const struct workbook *w = b->w;
    lxw_row_t row = 0;
    write_text(b, sheet, row++, 0, w->title, b->title);
    if (w->subtitle.n)
        write_text(b, sheet, row++, 0, w->subtitle, NULL);
    write_text(b, sheet, row++, 0, b->site->title, NULL);
    if (b->site->as_of != DAY_NONE) {
        write_text(b, sheet, row, 0, S("As of"), NULL);
        write_real(b, sheet, row++, 1, b->site->as_of - day_of(1899, 12, 30), TYPE_date);
    }
    if (w->audience.n && !str_eq(w->audience, S("everyone")))
        write_text(b, sheet, row++, 0,
                   arena_printf(b->mem, "Restricted: for " STR_FMT, STR_ARG(w->audience)), NULL);
    row++;
    write_text(b, sheet, row, 0, S("Table"), b->head);
    write_text(b, sheet, row, 1, S("Rows"), b->head);
    write_text(b, sheet, row++, 2, S("Note"), b->head);
    for (size_t i = 0; i < w->nsheets; i++)
        contents_line(b, sheet, row++, name[i], &w->sheet[i]);
    went_well(b, worksheet_set_column(sheet, 0, 0, WIDTH_MOST, NULL));
    went_well(b, worksheet_set_column(sheet, 1, 1, 12, NULL));
    went_well(b, worksheet_set_column(sheet, 2, 2, 100, NULL));
}

static str property(struct book_out *b, str text)
{
    return cell_text(b->mem, text_head(text, PROPERTY_MOST));
}

static void describe(struct book_out *b)
{
    lxw_doc_properties properties = {
        .title = (char *)(uintptr_t)property(b, b->w->title).p,
        .author = (char *)(uintptr_t)property(b, b->site->title).p,
        .created = b->site->as_of == DAY_NONE ? 86400 : (time_t)b->site->as_of * 86400,
    };
    went_well(b, workbook_set_properties(b->out, &properties));
}

static void add_formats(struct book_out *b)
{
    b->head = new_format(b);
    format_set_bold(b->head);
    format_set_text_wrap(b->head);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    format_set_align(b->head, LXW_ALIGN_VERTICAL_TOP);
    b->title = new_format(b);
    format_set_bold(b->title);
    format_set_font_size(b->title, 14);
    b->link = new_format(b);
    format_set_font_color(b->link, 0x1f4e79);
    format_set_underline(b->link, LXW_UNDERLINE_SINGLE);
}

static lxw_worksheet *new_sheet(struct book_out *b, str name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(b->out, name.p);
    if (!sheet) /* its name is one that a sheet can have, and has no other */
        die("out of memory for a workbook");
    return sheet;
}

static void write_sheets(struct book_out *b)
{
    const struct workbook *w = b->w;
    str *name = NEW_ARRAY(b->mem, w->nsheets + 1, str);
    struct map names;

    map_init(&names, b->mem);
    lxw_worksheet *contents = new_sheet(b, sheet_name(b->mem, &names, S("Contents")));
    for (size_t i = 0; i < w->nsheets; i++) {
        if (!w->sheet[i].table)
            continue;
        name[i] = sheet_name(b->mem, &names, w->sheet[i].title);
        write_sheet(b, new_sheet(b, name[i]), w->sheet[i].table);
    }
    write_contents(b, contents, name);
}

/* Whether what the library left at `path` is what it was to write. */
static bool is_written(struct book_out *b, str path, struct diags *diags)
{
    str zip, reason = S("a part of it is cut off, there was no room for temporary files (TMPDIR)");
    if (b->error != LXW_NO_ERROR)
        reason = str_of(lxw_strerror(b->error));
    else if (!file_read(b->mem, path, &zip, diags))
        return false;
    else if (workbook_is_whole(zip))
        return true;
    return diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = path}), path, reason);
}

static bool is_readable(str path, const char *file, struct diags *diags)
{
    return chmod(file, 0644) == 0 ||
           diags_add(diags, DIAG_FILE_WRITE, ((struct place){.file = path}), path,
                     str_of(strerror(errno)));
}

bool render_workbook(str path, const struct site *site, const struct workbook *w,
                     struct diags *diags)
{
    struct book_out b = {.mem = arena_new(), .site = site, .w = w};
    str file = arena_str(b.mem, path);
    bool ok = dir_make(path_dir(path), diags);

    if (ok) {
        /* It writes each part of the archive into a file of its own before it packs them. */
        lxw_workbook_options options = {.tmpdir = (char *)(uintptr_t)dir_in_memory()};
        b.out = workbook_new_opt(file.p, &options);
        if (!b.out)
            die("out of memory for a workbook");
        add_formats(&b);
        describe(&b);
        write_sheets(&b);
        went_well(&b, workbook_close(b.out));
        ok = is_written(&b, path, diags) && is_readable(path, file.p, diags);
        if (!ok) /* half a workbook is none */
            unlink(file.p);
    }
    arena_free(b.mem);
    return ok;
}

/* ---- the tables of a document ---- */

static struct cell kpi_cell(struct value v, enum type type, str text, str href)
{
    return (struct cell){.value = v, .type = type, .text = text, .href = href, .bar = NAN};
}

/* Key figures as a table: a row each. */
static struct table_node *kpi_table(struct arena *mem, const struct node *n)
{
    static const str label[] = {S("Figure"), S("Value"), S("Target"), S("Before")};
    enum { COLUMNS = sizeof label / sizeof *label };
    struct table_node *t = NEW(mem, struct table_node);
    *t = (struct table_node){
        .ncols = COLUMNS,
        .nrows = n->kpis.n,
        .column = NEW_ARRAY(mem, COLUMNS, struct table_column),
        .cell = NEW_ARRAY(mem, n->kpis.n * COLUMNS, struct cell),
    };
    for (size_t c = 0; c < COLUMNS; c++)
        t->column[c] =
            (struct table_column){.name = label[c], .label = label[c], .type = TYPE_string};
    for (size_t r = 0; r < n->kpis.n; r++) {
        const struct kpi *k = &n->kpis.at[r];
        struct cell *cell = &t->cell[r * COLUMNS];
        cell[0] =
            kpi_cell((struct value){VALUE_TEXT, .s = k->label}, TYPE_string, k->label, k->href);
        cell[1] = kpi_cell(k->exact, k->type, k->value, (str){0});
        cell[2] = kpi_cell(k->target, k->type, k->target_text, (str){0});
        cell[3] = kpi_cell(k->before, k->type, k->before_text, (str){0});
    }
    return t;
}

static const struct table_node *table_behind(struct arena *mem, const struct node *n)
{
    switch (n->kind) {
    case NODE_kpis:
        return kpi_table(mem, n);
    case NODE_table:
        return n->table->plain ? NULL : n->table;
    case NODE_figure:
        return n->figure.table;
    case NODE_graph:
        return n->graph.words;
    case NODE_download:
        return n->download.table;
    default:
        return NULL;
    }
}

typedef LIST(struct sheet) sheet_list;

static void collect(struct arena *mem, const struct node *parent, str section, bool report,
                    sheet_list *sheets)
{
    for (const struct node *n = parent->first; n; n = n->next) {
        if (report ? n->only_site : n->only_report)
            continue;
        if ((n->kind == NODE_section || n->kind == NODE_heading) && n->title.n)
            section = n->title;
        const struct table_node *t = table_behind(mem, n);
        if (t && t->ncols)
            PUSH(mem, sheets,
                 ((struct sheet){.title = n->title.n             ? n->title
                                          : n->kind == NODE_kpis ? S("Key figures")
                                                                 : section,
                                 .note = n->note,
                                 .table = t}));
        collect(mem, n, section, report, sheets);
    }
}

size_t document_sheets(struct arena *mem, const struct document *d, bool report,
                       struct sheet **sheet)
{
    sheet_list sheets = {0};
    if (d->root)
        collect(mem, d->root, d->title, report, &sheets);
    *sheet = sheets.at;
    return sheets.n;
}
