/* Tables for other programs: CSV by RFC 4180, and as Data Resources of the Frictionless Data
 * Package standard, which tells their types (Table Schema). */
#include "html.h"

void render_csv(struct buf *out, const struct site *site, const struct table_node *t)
{
    struct arena *mem = arena_new();
    for (size_t c = 0; c < t->ncols; c++) {
        if (c)
            buf_addc(out, ',');
        csv_cell(out, t->column[c].name, true);
    }
    buf_add(out, S("\r\n"));
    for (size_t i = 0; i < t->nrows * t->ncols; i++) {
        const struct cell *cell = &t->cell[i];
        struct buf value = {0};
        exact_value(&value, mem, cell->value, cell->type, site->lang);
        csv_cell(out, buf_str(&value), cell->value.kind == VALUE_TEXT);
        buf_clear(&value);
        buf_add(out, (i + 1) % t->ncols ? S(",") : S("\r\n"));
    }
    arena_free(mem);
}

/* ---- Table Schema ---- */

static void member(struct buf *out, const char *name, str text)
{
    if (!text.n)
        return;
    buf_addf(out, ",\"%s\":", name);
    json_text(out, text);
}

static const char *type_of_schema(enum type type)
{
    switch (type) {
    case TYPE_integer:
        return "integer";
    case TYPE_number:
    case TYPE_money:
    case TYPE_rate:
        return "number";
    case TYPE_date:
        return "date";
    case TYPE_month:
        return "yearmonth";
    case TYPE_boolean:
        return "boolean";
    default: /* a datetime and a time lack the seconds that the standard wants */
        return "string";
    }
}

/* Cells of one column may be typed by row; then it is of the type that holds them all. */
static enum type column_type(const struct table_node *t, size_t col)
{
    enum type type = t->column[col].type;
    for (size_t r = 0; r < t->nrows; r++) {
        const struct cell *cell = &t->cell[r * t->ncols + col];
        bool number = cell->value.kind == VALUE_INT || cell->value.kind == VALUE_REAL;
        if (cell->value.kind == VALUE_TEXT && type_is_number(type))
            return TYPE_string;
        if (number && !type_is_number(type))
            type = TYPE_number;
        if (number && (type == TYPE_integer || type == TYPE_boolean) &&
            (cell->value.kind == VALUE_REAL || cell->type == TYPE_money))
            type = TYPE_number;
    }
    return type;
}

static void put_schema(struct buf *out, const struct site *site, const struct table_node *t)
{
    buf_add(out, S("\"schema\":{\"fields\":["));
    for (size_t c = 0; c < t->ncols; c++) {
        const struct table_column *col = &t->column[c];
        enum type type = column_type(t, c);
        buf_add(out, c ? S(",\n {\"name\":") : S("\n {\"name\":"));
        json_text(out, col->name);
        member(out, "type", str_of(type_of_schema(type)));
        member(out, "title", col->label);
        member(out, "description", col->explain);
        member(out, "unit", type == TYPE_money && !col->unit.n ? site->lang->currency : col->unit);
        if (type == TYPE_boolean)
            buf_add(out, S(",\"trueValues\":[\"1\",\"true\"],\"falseValues\":[\"0\",\"false\"]"));
        buf_addc(out, '}');
    }
    buf_add(out, S("],\n\"missingValues\":[\"\"]}"));
}

/* ---- Data Resources ---- */

/* Only what the standard allows in a name; what it had to change is told apart by a hash. */
static void put_name(struct buf *out, str path)
{
    bool changed = false;
    buf_add(out, S("\"name\":\""));
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                    (c == '.' && i);
        changed |= !fits && c != '/';
        buf_addc(out, fits ? c : c == '/' ? '.' : '-');
    }
    if (changed)
        buf_addf(out, "-%08x", (unsigned)hash_str(path));
    buf_addc(out, '"');
}

static void put_sources(struct buf *out, const struct provenance *from)
{
    if (!from || !from->nsources)
        return;
    buf_add(out, S(",\"sources\":["));
    for (size_t i = 0; i < from->nsources; i++) {
        buf_add(out, i ? S(",{\"title\":") : S("{\"title\":"));
        json_text(out, from->source[i].table);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void put_rows(struct buf *out, const struct site *site, const struct table_node *t)
{
    struct arena *mem = arena_new();
    buf_add(out, S(",\n\"data\":["));
    for (size_t i = 0; i < t->nrows * t->ncols; i++) {
        size_t col = i % t->ncols;
        if (!col)
            buf_add(out, i ? S(",\n {") : S("\n {"));
        json_text(out, t->column[col].name);
        buf_addc(out, ':');
        json_value(out, mem, t->cell[i].value, t->cell[i].type, site->lang);
        buf_addc(out, col + 1 < t->ncols ? ',' : '}');
    }
    buf_add(out, S("]"));
    arena_free(mem);
}

void render_resource(struct buf *out, const struct site *site, const struct node *n, str path,
                     bool inline_rows)
{
    const struct table_node *t = n->download.table;
    buf_addc(out, '{');
    put_name(out, str_ends(path, S(".csv")) ? str_sub(path, 0, path.n - 4) : path);
    member(out, "title", n->download.label.n ? n->download.label : n->title);
    member(out, "description", n->note);
    buf_add(out, S(",\"profile\":\"tabular-data-resource\""));
    if (!inline_rows) {
        member(out, "path", path);
        buf_add(out, S(",\"format\":\"csv\",\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\""));
    }
    put_sources(out, n->from);
    buf_add(out, S(",\n"));
    put_schema(out, site, t);
    if (inline_rows)
        put_rows(out, site, t);
    buf_addc(out, '}');
}

void render_package(struct buf *out, const struct site *site, const str *resource, size_t n)
{
    struct arena *mem = arena_new();
    buf_addc(out, '{');
    put_name(out, site->book);
    buf_add(out, S(",\"profile\":\"tabular-data-package\""));
    member(out, "title", site->title);
    if (site->as_of != DAY_NONE)
        member(out, "created",
               arena_printf(mem, STR_FMT "T00:00:00Z", STR_ARG(day_iso(mem, site->as_of))));
    buf_add(out, S(",\n\"resources\":["));
    for (size_t i = 0; i < n; i++) {
        buf_add(out, i ? S(",\n") : S("\n"));
        buf_add(out, resource[i]);
    }
    buf_add(out, S("\n]}\n"));
    arena_free(mem);
}
