#include "snapshot.h"

#include <math.h>
#include <string.h>

/* A line of CSV for each thing, its kind in the first cell: the state, the tables under figures,
 * the figures, then each table with its columns and its rows, at last the digest. Rows name their
 * file where it is another than in the row before. */
static const str FILE_NAME = S("snapshot.csv");
static const str MARK = S("salesbook snapshot");
enum { FORMAT = 1 };

static const char *const role_names[] = {
    [COLUMN_key] = "key", [COLUMN_cell] = "cell", [COLUMN_rows] = "rows", [COLUMN_print] = "print"};

/* ---- writing ---- */

static void put_cell(struct buf *out, str text)
{
    buf_addc(out, ',');
    csv_cell(out, text, false);
}

static void put_value(struct arena *scratch, struct buf *out, struct value v)
{
    if (v.kind == VALUE_TEXT)
        put_cell(out, v.s);
    else
        buf_addc(out, ',');
    if (v.kind == VALUE_INT)
        buf_add_decimal(out, v.i, 0, false);
    if (v.kind == VALUE_REAL && isfinite(v.r))
        buf_add(out, fmt_exact(scratch, v.r));
}

static void put_cells(struct buf *out, str kind, const str *cell, size_t n)
{
    buf_add(out, kind);
    for (size_t i = 0; i < n; i++)
        put_cell(out, cell[i]);
    buf_addc(out, '\n');
}

static void write_head(struct arena *scratch, struct buf *out, const struct snapshot *s)
{
    const str cells[] = {
        arena_integer(scratch, FORMAT),
        s->book,
        s->audience,
        s->as_of == DAY_NONE ? S("") : day_iso(scratch, s->as_of),
        s->lang.tag,
        s->lang.currency,
        arena_integer(scratch, s->lang.money_decimals),
        s->templates,
    };
    put_cells(out, MARK, cells, sizeof cells / sizeof *cells);
}

static void write_sources(struct buf *out, const struct snapshot *s)
{
    for (size_t i = 0; i < s->sources.n; i++) {
        const str_list *tables = s->sources.at[i].value;
        for (size_t k = 0; k < tables->n; k++) {
            const str cells[] = {s->sources.at[i].key, tables->at[k]};
            put_cells(out, S("source"), cells, 2);
        }
    }
}

static void write_figures(struct arena *scratch, struct buf *out, const struct snapshot *s)
{
    for (size_t i = 0; i < s->figures.n; i++) {
        const struct snapshot_figure *f = &s->figures.at[i];
        const str cells[] = {f->scope, f->of,       f->of_name,        f->system,
                             f->name,  f->label,    f->unit,           f->format,
                             f->page,  f->page_key, type_name(f->type)};
        buf_add(out, S("figure"));
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
            put_cell(out, cells[k]);
        put_value(scratch, out, f->value);
        buf_addc(out, '\n');
    }
}

static void write_table(struct arena *scratch, struct buf *out, const struct snapshot_table *t,
                        bool grouped)
{
    const str cells[] = {t->name, t->text, arena_printf(scratch, "%zu", t->rows),
                         t->asked  ? S("asked")
                         : grouped ? S("groups")
                                   : S("rows")};
    put_cells(out, S("table"), cells, 4);
}

static void write_column(struct buf *out, str name, enum type type, enum column_role role)
{
    const str cells[] = {name, type_name(type), str_of(role_names[role])};
    put_cells(out, S("column"), cells, 3);
}

static void write_rows(struct buf *out, const struct snapshot_table *t)
{
    struct arena *scratch = arena_new();
    str file = {0};

    for (size_t c = 0; c < t->ncolumns; c++)
        if (!t->column[c].restricted)
            write_column(out, t->column[c].name, t->column[c].type, t->column[c].role);
    for (size_t i = 0; i < t->n; i++) {
        struct place at = snapshot_place(t, i);
        str name = path_base(at.file);
        buf_add(out, S("row"));
        put_cell(out, str_eq(name, file) ? S("") : name);
        buf_addc(out, ',');
        buf_add_decimal(out, at.line, 0, false);
        for (size_t c = 0; c < t->ncolumns; c++)
            if (!t->column[c].restricted)
                put_value(scratch, out, snapshot_cell(t, c, i));
        buf_addc(out, '\n');
        file = name;
        arena_reset(scratch);
    }
    arena_free(scratch);
}

/* The words by which people and regions are told in figures: a table's columns of these names part
 * its groups. */
static size_t scopes_of(struct arena *mem, const struct snapshot *s, str **scope)
{
    str_list list = {0};
    struct map known;
    map_init(&known, mem);
    for (size_t i = 0; i < s->figures.n; i++) {
        void **slot = map_put(&known, s->figures.at[i].scope);
        if (!*slot)
            PUSH(mem, &list, s->figures.at[i].scope);
        *slot = &known;
    }
    *scope = list.at;
    return list.n;
}

static void write_groups(struct arena *scratch, struct buf *out, const struct snapshot *s,
                         const struct snapshot_table *t)
{
    const struct field *field = t->table->schema->field;
    struct row_groups g = {0};
    str *scope;
    size_t nscopes = scopes_of(scratch, s, &scope);

    if (t->table->present)
        row_groups(scratch, t->table, s->audience, scope, nscopes, &g);
    for (size_t k = 0; k < g.nkeys; k++)
        write_column(out, field[g.key[k]].name, field[g.key[k]].type, COLUMN_key);
    write_column(out, S("rows"), TYPE_integer, COLUMN_rows);
    for (size_t k = 0; k < g.nsums; k++)
        write_column(out, field[g.sum[k]].name, field[g.sum[k]].type, COLUMN_cell);
    write_column(out, S("print"), TYPE_integer, COLUMN_print);
    for (size_t i = 0; i < g.list.n; i++) {
        const struct row_group_sum *sum = &g.list.at[i];
        buf_add(out, S("group"));
        for (size_t k = 0; k < g.nkeys; k++)
            put_cell(out, sum->key[k]);
        buf_addf(out, ",%zu", sum->rows);
        for (size_t k = 0; k < g.nsums; k++)
            buf_addf(out, ",%lld", (long long)sum->sum[k]);
        buf_addf(out, ",%lld\n", (long long)sum->print);
    }
}

void snapshot_write(struct buf *out, const struct snapshot *s)
{
    struct arena *scratch = arena_new();
    size_t from = out->n;

    write_head(scratch, out, s);
    write_sources(out, s);
    write_figures(scratch, out, s);
    for (size_t i = 0; i < s->tables.n; i++) {
        const struct snapshot_table *t = &s->tables.at[i];
        if (t->restricted || !t->table->present || t->table->made)
            continue;
        write_table(scratch, out, t, t->table->schema->big);
        if (t->table->schema->big)
            write_groups(scratch, out, s, t);
        else
            write_rows(out, t);
    }
    str digest = hash128_hex(scratch, hash128_of(str_sub(buf_str(out), from, out->n)));
    put_cells(out, S("end"), &digest, 1);
    arena_free(scratch);
}

bool write_snapshot(const struct opened *o, str audience, str site_dir, struct diags *diags)
{
    struct arena *mem = arena_new();
    struct snapshot s;
    struct buf out = {0};
    bool ok = snapshot_take(&s, mem, o, audience, diags);
    if (ok) {
        snapshot_write(&out, &s);
        ok = file_write(path_join(mem, path_join(mem, site_dir, audience), FILE_NAME),
                        buf_str(&out), diags);
    }
    buf_clear(&out);
    arena_free(mem);
    return ok;
}

/* ---- reading ---- */

struct snapshot_reader {
    struct snapshot *s;
    struct arena *mem;
    str file;
    LIST(struct snapshot_column) columns; /* of the last table */
    LIST(struct value) cells;
    LIST(struct place) places;
    str row_file;
    bool has_head, ok;
    struct diags *diags;
};

static bool wrong(struct snapshot_reader *r, const struct csv_record *record, const char *what)
{
    struct place at = {r->file, record->line, 1};
    r->ok = false;
    return diags_add(r->diags, DIAG_SNAPSHOT_LINE, at, record->raw, str_of(what));
}

/* A number or a text, by its type; an empty cell is nothing. */
static bool read_value(struct snapshot_reader *r, str text, enum type type, struct value *v)
{
    bool is_number = type == TYPE_integer || type == TYPE_number || type == TYPE_money ||
                     type == TYPE_rate || type == TYPE_boolean;
    *v = (struct value){.kind = VALUE_NULL};
    if (!text.n)
        return true;
    if (!is_number) {
        *v = (struct value){.kind = VALUE_TEXT, .s = arena_str(r->mem, text)};
        return true;
    }
    v->kind = VALUE_INT;
    if (parse_integer(text, &v->i))
        return true;
    v->kind = VALUE_REAL;
    return parse_number(text, &v->r);
}

static bool read_head(struct snapshot_reader *r, const struct csv_record *record)
{
    const str *f = record->field;
    struct snapshot *s = r->s;
    int64_t decimals;

    r->has_head = true;
    if (record->nfields < 2 || !str_eq(f[0], MARK))
        return wrong(r, record, "the first line of a snapshot");
    if (!str_eq(f[1], arena_integer(r->mem, FORMAT))) {
        r->ok = false;
        return diags_add(r->diags, DIAG_SNAPSHOT_VERSION, ((struct place){r->file, 1, 1}), f[1]);
    }
    if (record->nfields != 9 || !parse_integer(f[7], &decimals) || decimals < 0 || decimals > 6)
        return wrong(r, record, "the first line of a snapshot");
    s->book = arena_str(r->mem, f[2]);
    s->audience = arena_str(r->mem, f[3]);
    s->as_of = day_parse(f[4]);
    s->lang = language_of(arena_str(r->mem, f[5]), arena_str(r->mem, f[6]), (int)decimals);
    s->templates = arena_str(r->mem, f[8]);
    return true;
}

static bool read_source(struct snapshot_reader *r, const struct csv_record *record)
{
    if (record->nfields != 3)
        return wrong(r, record, "a table under figures");
    void **slot = map_put(&r->s->sources, record->field[1]);
    if (!*slot)
        *slot = NEW(r->mem, str_list);
    str_list *tables = *slot;
    PUSH(r->mem, tables, arena_str(r->mem, record->field[2]));
    return true;
}

static bool read_figure(struct snapshot_reader *r, const struct csv_record *record)
{
    struct snapshot_figure f = {0};
    str *const text[] = {&f.scope, &f.of,   &f.of_name, &f.system, &f.name,
                         &f.label, &f.unit, &f.format,  &f.page,   &f.page_key};
    enum { NTEXTS = sizeof text / sizeof *text };

    if (record->nfields != NTEXTS + 3 || !type_of_name(record->field[NTEXTS + 1], &f.type) ||
        !read_value(r, record->field[NTEXTS + 2], f.type, &f.value))
        return wrong(r, record, "a figure");
    for (size_t i = 0; i < NTEXTS; i++)
        *text[i] = arena_str(r->mem, record->field[i + 1]);
    f.key = arena_printf(r->mem, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(f.scope),
                         STR_ARG(f.of), STR_ARG(f.system), STR_ARG(f.name));
    PUSH(r->mem, &r->s->figures, f);
    return true;
}

/* What was read of the last table becomes that table's. */
static void end_table(struct snapshot_reader *r)
{
    if (!r->s->tables.n)
        return;
    struct snapshot_table *t = &r->s->tables.at[r->s->tables.n - 1];
    t->column = r->columns.at;
    t->ncolumns = r->columns.n;
    t->cell = r->cells.at;
    t->at = r->places.at;
    t->n = r->places.n;
    r->columns.at = NULL, r->columns.n = r->columns.cap = 0;
    r->cells.at = NULL, r->cells.n = r->cells.cap = 0;
    r->places.at = NULL, r->places.n = r->places.cap = 0;
    r->row_file = S("");
}

static bool read_table(struct snapshot_reader *r, const struct csv_record *record)
{
    struct snapshot_table t = {0};
    int64_t rows;

    end_table(r);
    if (record->nfields != 5 || !parse_integer(record->field[3], &rows) || rows < 0 ||
        snapshot_table(r->s, record->field[1]))
        return wrong(r, record, "a table");
    t.name = arena_str(r->mem, record->field[1]);
    t.text = arena_str(r->mem, record->field[2]);
    t.rows = (size_t)rows;
    t.grouped = str_eq(record->field[4], S("groups"));
    t.asked = str_eq(record->field[4], S("asked"));
    PUSH(r->mem, &r->s->tables, t);
    return true;
}

static bool read_column(struct snapshot_reader *r, const struct csv_record *record)
{
    struct snapshot_column c = {0};
    size_t role = 0;

    if (record->nfields != 4 || !r->s->tables.n || r->places.n ||
        !type_of_name(record->field[2], &c.type))
        return wrong(r, record, "a column of a table");
    while (role <= COLUMN_print && !str_eq(record->field[3], str_of(role_names[role])))
        role++;
    bool counts = role == COLUMN_rows || role == COLUMN_print;
    if (role > COLUMN_print || (counts && c.type != TYPE_integer))
        return wrong(r, record, "a column of a table");
    c.name = arena_str(r->mem, record->field[1]);
    c.role = (enum column_role)role;
    PUSH(r->mem, &r->columns, c);
    return true;
}

/* A row has its file and line in front, a group has not. */
static bool read_row(struct snapshot_reader *r, const struct csv_record *record, size_t front)
{
    struct place at = {0};
    int64_t line;
    struct value v;

    if (!r->s->tables.n || record->nfields != 1 + front + r->columns.n)
        return wrong(r, record, "a row of the table above");
    if (front) {
        if (!parse_integer(record->field[2], &line) || line < 0 || line > INT32_MAX)
            return wrong(r, record, "a row of the table above");
        if (record->field[1].n)
            r->row_file = arena_str(r->mem, record->field[1]);
        at = (struct place){r->row_file, (int)line, 0};
    }
    for (size_t c = 0; c < r->columns.n; c++) {
        if (!read_value(r, record->field[1 + front + c], r->columns.at[c].type, &v) ||
            (r->columns.at[c].role == COLUMN_rows && v.kind != VALUE_INT))
            return wrong(r, record, "a row of the table above");
        PUSH(r->mem, &r->cells, v);
    }
    PUSH(r->mem, &r->places, at);
    return true;
}

static bool read_record(void *arg, const struct csv_record *record)
{
    struct snapshot_reader *r = arg;
    str kind = record->field[0];

    if (!r->has_head)
        return read_head(r, record);
    if (str_eq(kind, S("row")))
        return read_row(r, record, 2);
    if (str_eq(kind, S("group")))
        return read_row(r, record, 0);
    if (str_eq(kind, S("figure")))
        return read_figure(r, record);
    if (str_eq(kind, S("column")))
        return read_column(r, record);
    if (str_eq(kind, S("table")))
        return read_table(r, record);
    if (str_eq(kind, S("source")))
        return read_source(r, record);
    return wrong(r, record, "anything of a snapshot");
}

static bool read_bad(void *arg, const struct csv_record *record)
{
    return wrong(arg, record, "a line of CSV");
}

/* The text above the last line, if that says that it is whole. */
static bool check_digest(struct arena *mem, str file, str *text, struct diags *diags)
{
    const str mark = S("end,");
    struct place at = {.file = file};
    size_t last = text->n ? text->n - 1 : 0;

    while (last && text->p[last - 1] != '\n')
        last--;
    str line = str_sub(*text, last, text->n);
    if (!str_starts(line, mark) || !str_ends(line, S("\n")))
        return diags_add(diags, DIAG_SNAPSHOT_CUT, at, file);
    *text = str_sub(*text, 0, last);
    str digest = hash128_hex(mem, hash128_of(*text));
    if (!str_eq(str_sub(line, mark.n, line.n - 1), digest))
        return diags_add(diags, DIAG_SNAPSHOT_EDITED, at, file);
    return true;
}

/* What another version wrote may end otherwise. */
static bool is_other_version(str text)
{
    str first = str_cut(&text, '\n'), mark = str_cut(&first, ','), format = str_cut(&first, ',');
    int64_t n;
    return str_eq(mark, MARK) && parse_integer(format, &n) && n != FORMAT;
}

bool snapshot_read(struct snapshot *s, struct arena *mem, str file, str text, struct diags *diags)
{
    struct snapshot_reader r = {
        .s = s, .mem = mem, .file = file, .ok = true, .row_file = S(""), .diags = diags};

    *s = (struct snapshot){.mem = mem};
    map_init(&s->sources, mem);
    if (!utf8_valid(text, NULL))
        return diags_add(diags, DIAG_SNAPSHOT_EDITED, ((struct place){.file = file}), file);
    if (!is_other_version(text) && !check_digest(mem, file, &text, diags))
        return false;
    csv_read(file, text, ',', read_record, &r, read_bad, diags);
    end_table(&r);
    if (!r.has_head)
        return diags_add(diags, DIAG_SNAPSHOT_CUT, ((struct place){.file = file}), file);
    return r.ok;
}

/* ---- where it lies ---- */

static str snapshot_in(struct arena *mem, str dir, str audience)
{
    return path_join(mem, path_join(mem, dir, audience), FILE_NAME);
}

/* A table of a book may be called state too. */
static bool is_snapshot(struct arena *mem, str file)
{
    struct diags ignored;
    str text;
    diags_init(&ignored, mem);
    return file_exists(file) && file_read(mem, file, &text, &ignored) && str_starts(text, MARK);
}

bool is_build(str dir)
{
    struct arena *mem = arena_new();
    bool is = file_exists(path_join(mem, dir, S(".salesbook"))) ||
              file_exists(snapshot_in(mem, dir, S("everyone"))) ||
              is_snapshot(mem, path_join(mem, dir, FILE_NAME));
    arena_free(mem);
    return is;
}

bool snapshot_find(struct arena *mem, str dir, str audience, str *file, struct diags *diags)
{
    struct place at = {.file = dir};
    str asked = audience.n ? audience : S("everyone");

    *file = path_join(mem, dir, FILE_NAME);
    if (file_exists(*file))
        return true;
    *file = snapshot_in(mem, dir, asked);
    if (file_exists(*file))
        return true;
    if (file_exists(snapshot_in(mem, dir, S("everyone"))))
        return diags_add(diags, DIAG_SNAPSHOT_AUDIENCE, at, dir, asked);
    return diags_add(diags, DIAG_SNAPSHOT_MISSING, at, dir);
}
