#include "context.h"

#include <math.h>

/* One shown column: where it stands in the result and how it is shown. */
struct shown_column {
    size_t col;
    struct look look;
    int link;         /* column with its address, or -1 */
    int cases;        /* of a rate or a mean: column with their number, or -1 */
    str money_format; /* for its cells of money, or unset */
    bool signal, bar, spark, total;
    str name;     /* of the column in the table */
    size_t under; /* index + 1 of the value of option across, 0: it is of the whole row */
};

struct table_builder {
    struct context *c;
    const struct block *b;
    const struct result *r;
    const struct across *across; /* or NULL */
    struct shown_column *column;
    size_t ncols;
    int page, key; /* columns that make `text`, `name` or the first column a link, or -1 */
    size_t linked; /* index of that column */
    bool ok;
};

static bool is_quantity(enum type t)
{
    return t == TYPE_money || t == TYPE_integer || t == TYPE_number || t == TYPE_rate;
}

/* ---- which columns ---- */

static int helper_of(struct table_builder *t, str name, const char *suffix)
{
    return result_column(t->r, arena_printf(t->c->mem, STR_FMT "%s", STR_ARG(name), suffix));
}

static int cases_column(struct table_builder *t, size_t col)
{
    enum type type = t->r->column[col].type;
    return type == TYPE_rate || type == TYPE_number ? helper_of(t, t->r->column[col].name, "_n")
                                                    : -1;
}

/* Page and key, if there are both. */
static void find_link(struct table_builder *t)
{
    t->page = result_column(t->r, S("page"));
    t->key = result_column(t->r, S("key"));
    if (t->page < 0 || t->key < 0)
        t->page = t->key = -1;
}

/* Columns that serve another: X_link of X, X_n of a rate or mean X, page and key. */
static bool is_helper(struct table_builder *t, size_t col)
{
    str name = t->r->column[col].name;
    if (str_ends(name, S("_link")))
        return result_column(t->r, str_sub(name, 0, name.n - 5)) >= 0;
    if (str_ends(name, S("_n"))) {
        int rate = result_column(t->r, str_sub(name, 0, name.n - 2));
        return rate >= 0 && cases_column(t, (size_t)rate) == (int)col;
    }
    return t->page >= 0 && ((int)col == t->page || (int)col == t->key);
}

bool table_shows(struct context *c, const struct block *b, const struct result *r, str column)
{
    struct table_builder t = {.c = c, .b = b, .r = r};
    int col = result_column(r, column);
    find_link(&t);
    return col >= 0 && !option_names(b, OPTION_hide, column) && !is_helper(&t, (size_t)col);
}

/* A number that is known of none of several rows, such as a plan where nobody has one, says nothing
 * in a column. Of texts and days the dashes may be what the table is about: nobody, never. Under
 * values that stand beside one another it may be known of others. */
static bool says_nothing(const struct table_builder *t, size_t col)
{
    if (col == 0 || t->r->nrows < 2 || !is_quantity(t->r->column[col].type) ||
        t->b->option[OPTION_across])
        return false;
    for (size_t row = 0; row < t->r->nrows; row++)
        if (result_cell(t->r, row, col).kind != VALUE_NULL)
            return false;
    return true;
}

static void choose_columns(struct table_builder *t)
{
    const struct block *b = t->b;
    find_link(t);
    t->column = NEW_ARRAY(t->c->mem, t->r->ncols, struct shown_column);
    for (size_t i = 0; i < t->r->ncols; i++) {
        str name = t->r->column[i].name;
        if (option_names(b, OPTION_hide, name) || is_helper(t, i) || says_nothing(t, i))
            continue;
        t->column[t->ncols++] = (struct shown_column){
            .name = name,
            .col = i,
            .look = look_of(t->c, b, t->r, i),
            .link = helper_of(t, name, "_link"),
            .cases = cases_column(t, i),
            .signal = option_names(b, OPTION_signal, name),
            .bar = option_names(b, OPTION_bar, name),
            .spark = option_names(b, OPTION_spark, name),
            .total = option_names(b, OPTION_total, name),
        };
    }
}

/* A shown column under one value, which is its head: the title of the table says what it is. */
static struct shown_column under_value(struct table_builder *t, struct shown_column of, size_t i,
                                       bool alone)
{
    const struct across *a = t->across;
    size_t first = (1 + i) * t->r->ncols;
    str label = a->label[i];

    of.name = arena_printf(t->c->mem, STR_FMT " " STR_FMT, STR_ARG(of.name), STR_ARG(a->value[i]));
    of.col += first;
    of.link += of.link < 0 ? 0 : (int)first;
    of.cases += of.cases < 0 ? 0 : (int)first;
    of.under = i + 1;
    of.look.label = alone ? label
                          : arena_printf(t->c->mem, STR_FMT ", " STR_FMT, STR_ARG(label),
                                         STR_ARG(of.look.label));
    of.look.unit = of.look.explain = (str){0};
    return of;
}

/* The columns behind that of option across stand once under each of its values. */
static bool spread_columns(struct table_builder *t)
{
    const struct across *a = t->across = across_of(t->c, t->b, t->r);
    size_t nbefore = 0, n = 0;
    if (!a)
        return false;
    while (nbefore < t->ncols && t->column[nbefore].col < a->col)
        nbefore++;
    size_t behind = nbefore + (nbefore < t->ncols && t->column[nbefore].col == a->col);
    struct shown_column *column =
        NEW_ARRAY(t->c->mem, nbefore + (t->ncols - behind) * a->nvalues, struct shown_column);
    for (; n < nbefore; n++)
        column[n] = t->column[n];
    for (size_t i = 0; i < a->nvalues; i++)
        for (size_t k = behind; k < t->ncols; k++)
            column[n++] = under_value(t, t->column[k], i, t->ncols - behind == 1);
    t->column = column;
    t->ncols = n;
    t->r = a->wide;
    return true;
}

static void choose_linked(struct table_builder *t)
{
    for (size_t i = t->ncols; i-- > 0;)
        if (str_eq(t->column[i].look.name, S("name")) || str_eq(t->column[i].look.name, S("text")))
            t->linked = i;
}

/* ---- cells ---- */

static void set_spark(struct table_builder *t, const struct shown_column *col, struct cell *cell)
{
    if (cell->value.kind != VALUE_TEXT)
        return;
    if (!series_read(t->c->mem, cell->value.s, &cell->spark, &cell->nspark)) {
        if (t->ok) /* the other rows are alike */
            t->ok = diags_add(t->c->diags, DIAG_SERIES_FORM, t->b->sql_at, cell->value.s);
        return;
    }
    cell->text = S("\u2013");
    if (!cell->nspark)
        return;
    const struct meaning *m = t->r->column[col->col].meaning;
    enum type type = m && m->typed ? m->type : TYPE_number;
    struct value first = {.kind = VALUE_REAL, .r = cell->spark[0]};
    struct value last = {.kind = VALUE_REAL, .r = cell->spark[cell->nspark - 1]};
    str from = shown(t->c, first, type, col->look.format);
    str to = shown(t->c, last, type, col->look.format);
    cell->text = arena_printf(t->c->mem, STR_FMT " \u2192 " STR_FMT, STR_ARG(from), STR_ARG(to));
}

static void set_link(struct table_builder *t, const struct shown_column *col, size_t row,
                     struct cell *cell)
{
    if (col->link < 0)
        return;
    struct value v = result_cell(t->r, row, (size_t)col->link);
    str address = v.kind == VALUE_TEXT ? v.s : (str){0};
    if (!address.n)
        return;
    if (address_is_safe(t->c, address)) {
        cell->href = address;
        cell->outside = address_is_outside(address);
    } else {
        diags_add(t->c->diags, DIAG_LINK_UNSAFE, t->b->sql_at, address);
    }
}

/* The format that a column was given, for a cell of this type: points are of rates alone, also
 * where the rows of a column are of several types. */
static str given_format(const struct shown_column *col, enum type type)
{
    str format = col->look.format;
    bool is_signed = str_starts(format, S("+"));
    bool points = str_eq(is_signed ? str_sub(format, 1, format.n) : format, S("points"));
    return !points || type == TYPE_rate ? format : is_signed ? S("+") : (str){0};
}

/* Cents are noise beside ten thousands: a column of money that nobody gave a format is written
 * whole where its largest value is that large, or where all are zero. Small prices keep them. */
static void choose_money_format(struct table_builder *t, struct shown_column *col)
{
    str given = given_format(col, TYPE_money);
    if (str_is_set(given) && str_eq(given, col->look.format))
        return;
    const struct language *lang = store_language(t->c->e->store);
    double most = 0;
    for (size_t row = 0; row < t->r->nrows; row++)
        if (result_type(t->r, row, col->col) == TYPE_money)
            most = fmax(most, fabs(value_number(result_cell(t->r, row, col->col))));
    if (most >= 1e4 * pow(10, lang->money_decimals) || most == 0)
        col->money_format = str_is_set(given) ? S("+whole") : S("whole");
}

static str format_of(const struct shown_column *col, enum type type)
{
    return type == TYPE_money && str_is_set(col->money_format) ? col->money_format
                                                               : given_format(col, type);
}

/* Whether nothing stands under the value that is the column's head: not even something unknown. */
static bool is_blank(const struct table_builder *t, const struct shown_column *col, size_t row)
{
    return col->under && !t->across->filled[row * t->across->nvalues + col->under - 1];
}

static struct cell make_cell(struct table_builder *t, const struct shown_column *col, size_t row)
{
    struct cell cell = {
        .value = result_cell(t->r, row, col->col),
        .type = result_type(t->r, row, col->col),
        .bar = NAN,
    };
    if (is_blank(t, col, row)) {
        cell.text = S("");
        return cell;
    }
    str format = format_of(col, cell.type);
    if (col->signal)
        format = signed_format(t->c, format);
    cell.text = shown(t->c, cell.value, cell.type, format);
    if (col->spark)
        set_spark(t, col, &cell);
    else if (cell.type == TYPE_string && cell.value.kind == VALUE_TEXT)
        cell.text = shown_key(t->c, col->look.name, cell.value.s, &cell.href);
    if (col->signal)
        cell.state = state_of(value_number(cell.value), cell.text, col->look.better);
    if (col->cases >= 0)
        cell.few =
            few_cases(t->c, cell.value, cell.type, result_cell(t->r, row, (size_t)col->cases));
    set_link(t, col, row, &cell);
    return cell;
}

static void link_row(struct table_builder *t, size_t row, struct cell *cells)
{
    if (t->page < 0 || t->ncols == 0)
        return;
    struct value page = result_cell(t->r, row, (size_t)t->page);
    struct value key = result_cell(t->r, row, (size_t)t->key);
    str href = {0};
    if (page.kind == VALUE_TEXT)
        shown_key(t->c, page.s, value_text(t->c->mem, key), &href);
    if (str_is_set(href)) {
        cells[t->linked].href = href;
        cells[t->linked].outside = false;
    }
}

static void set_bars(struct table_node *table, size_t col)
{
    double widest = 0;
    for (size_t row = 0; row < table->nrows; row++) {
        double x = value_number(table->cell[row * table->ncols + col].value);
        if (!isnan(x) && fabs(x) > widest)
            widest = fabs(x);
    }
    for (size_t row = 0; row < table->nrows && widest > 0; row++) {
        struct cell *cell = &table->cell[row * table->ncols + col];
        cell->bar = value_number(cell->value) / widest;
    }
}

/* ---- sums ---- */

/* The sum of a column's cells from a row on; false if they cannot be summed. */
static bool sum_cells(struct table_builder *t, const struct table_node *table, size_t col,
                      size_t from, struct cell *sum)
{
    enum type type = table->column[col].type;
    str name = t->column[col].look.name;
    int64_t whole = 0;
    double real = 0;
    bool any_real = false;

    for (size_t row = from; row < table->nrows; row++) {
        const struct cell *cell = &table->cell[row * table->ncols + col];
        if (!is_quantity(cell->type) || cell->type == TYPE_rate || cell->type != type)
            return diags_add(t->c->diags, DIAG_TOTAL_TYPE, t->b->option[OPTION_total]->at, name,
                             type_name(cell->type));
        if (cell->value.kind == VALUE_INT && __builtin_add_overflow(whole, cell->value.i, &whole))
            return diags_add(t->c->diags, DIAG_TOTAL_LARGE, t->b->option[OPTION_total]->at, name);
        if (cell->value.kind == VALUE_REAL) {
            real += cell->value.r;
            any_real = true;
        }
    }
    struct value v = any_real ? (struct value){.kind = VALUE_REAL, .r = real + (double)whole}
                              : (struct value){.kind = VALUE_INT, .i = whole};
    *sum = (struct cell){.value = v, .type = type, .bar = NAN};
    sum->text = shown(t->c, v, type, format_of(&t->column[col], type));
    return true;
}

/* A row of sums over the rows from one on, called `name`; NULL if a column cannot be summed. */
static struct cell *sum_row(struct table_builder *t, const struct table_node *table, size_t from,
                            str name)
{
    struct cell *row = NEW_ARRAY(t->c->mem, table->ncols, struct cell);
    bool named = false;
    for (size_t col = 0; col < table->ncols; col++) {
        row[col] = (struct cell){.text = S(""), .type = TYPE_string, .bar = NAN};
        if (t->column[col].total) {
            t->ok &= sum_cells(t, table, col, from, &row[col]);
        } else if (!named) {
            row[col].text = name;
            named = true;
        }
    }
    return row;
}

/* ---- sums of what is shown ---- */

/* The number that a cell shows, in ten thousandths; false if it shows none, or one that is cut. */
static bool shown_number(const struct language *lang, str text, int64_t *number)
{
    int64_t n = 0;
    bool any = false, minus = str_starts(text, S("\u2212"));
    int decimals = -1;
    size_t i = minus ? strlen("\u2212") : str_starts(text, S("+"));
    for (; i < text.n; i++) {
        str rest = str_sub(text, i, text.n);
        if (text.p[i] >= '0' && text.p[i] <= '9') {
            if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, text.p[i] - '0', &n))
                return false;
            any = true;
            decimals += decimals >= 0;
        } else if (decimals < 0 && str_starts(rest, lang->decimal)) {
            decimals = 0;
            i += lang->decimal.n - 1;
        } else if (decimals < 0 && lang->thousands.n && str_starts(rest, lang->thousands)) {
            i += lang->thousands.n - 1;
        } else {
            return false;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 4; decimals++)
        if (__builtin_mul_overflow(n, 10, &n))
            return false;
    *number = minus ? -n : n;
    return any && decimals == 4;
}

/* Whether the numbers of the first rows and of one below them, as they are shown, make another sum
 * than the total shows. */
static bool differs(const struct table_builder *t, const struct table_node *table, size_t col,
                    size_t rows, const struct cell *others)
{
    const struct language *lang = store_language(t->c->e->store);
    int64_t sum = 0, one, total;
    for (size_t row = 0; row < rows + (others != NULL); row++) {
        const struct cell *cell =
            row < rows ? &table->cell[row * table->ncols + col] : &others[col];
        if (cell->value.kind == VALUE_NULL)
            continue;
        if (!shown_number(lang, cell->text, &one) || __builtin_add_overflow(sum, one, &sum))
            return false;
    }
    return shown_number(lang, table->total[col].text, &total) && sum != total;
}

/* A total is the sum of what the cells hold. Where they show it rounded, and so make another sum,
 * it says so. */
static str total_name(const struct table_builder *t, const struct table_node *table)
{
    for (size_t col = 0; col < table->ncols; col++)
        if (t->column[col].total &&
            (differs(t, table, col, table->nrows, NULL) ||
             (table->others && differs(t, table, col, table->fold, table->others))))
            return S("Total before rounding");
    return S("Total");
}

static void add_total(struct table_builder *t, struct table_node *table)
{
    table->total = sum_row(t, table, 0, S("Total"));
    if (!t->ok)
        return;
    for (size_t col = 0; col < table->ncols; col++)
        if (str_eq(table->total[col].text, S("Total")))
            table->total[col].text = total_name(t, table);
}

/* ---- columns ---- */

static enum align align_of(enum type type)
{
    if (type == TYPE_number)
        return ALIGN_DECIMAL;
    return is_quantity(type) ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* Cells typed by row are numbers of several kinds; a right edge is what they have in common. */
static enum align column_align(struct table_builder *t, const struct shown_column *col)
{
    enum type type = t->r->column[col->col].type;
    enum align align = align_of(type);
    for (size_t row = 0; row < t->r->nrows && align != ALIGN_RIGHT && t->r->cell_type; row++) {
        enum type own = result_type(t->r, row, col->col);
        if (own != type && is_quantity(own))
            align = ALIGN_RIGHT;
    }
    return align;
}

/* How two cells stand to each other: below zero, zero, above; zero where one is unknown. */
static int cell_order(const struct cell *a, const struct cell *b)
{
    if (a->value.kind == VALUE_TEXT && b->value.kind == VALUE_TEXT)
        return str_cmp(a->value.s, b->value.s);
    double x = value_number(a->value), y = value_number(b->value);
    return (x > y) - (x < y);
}

static bool is_sorted(const struct table_node *table, size_t col, int direction)
{
    for (size_t row = 1; row < table->nrows; row++)
        if (cell_order(&table->cell[(row - 1) * table->ncols + col],
                       &table->cell[row * table->ncols + col]) *
                direction >
            0)
            return false;
    return true;
}

static void sort_column(struct table_builder *t, struct table_node *table, str written, bool first)
{
    int direction = str_starts(written, S("-")) ? -1 : 1;
    str name = direction < 0 ? str_sub(written, 1, written.n) : written;
    for (size_t col = 0; col < table->ncols; col++) {
        if (!str_eq(table->column[col].name, name))
            continue;
        table->column[col].sorted = direction;
        /* Names are sorted as people do, not by bytes: only numbers and days are checked. */
        if (first && table->column[col].type != TYPE_string && !is_sorted(table, col, direction))
            diags_add(t->c->diags, DIAG_SORT_UNTRUE, t->b->option[OPTION_sort]->at, written);
    }
}

/* Only the first column of `sort` orders the whole table. */
static void set_sorted(struct table_builder *t, struct table_node *table)
{
    str *written;
    size_t n = yaml_texts(t->c->mem, t->b->option[OPTION_sort], &written);
    for (size_t i = 0; i < n; i++)
        sort_column(t, table, written[i], i == 0);
}

static void set_columns(struct table_builder *t, struct table_node *table)
{
    table->ncols = t->ncols;
    table->column = NEW_ARRAY(t->c->mem, t->ncols, struct table_column);
    for (size_t i = 0; i < t->ncols; i++) {
        const struct shown_column *col = &t->column[i];
        table->column[i] = (struct table_column){
            .name = col->name,
            .label = col->look.label,
            .unit = unit_beside(t->c, col->look.label, col->look.unit),
            .explain = col->look.explain,
            .defined = col->look.defined,
            .type = t->r->column[col->col].type,
            .align = col->spark ? ALIGN_LEFT : column_align(t, col),
            .better = col->look.better,
            .bar = col->bar,
            .spark = col->spark,
            .across = col->under > 0,
        };
    }
}

/* ---- the whole ---- */

static struct table_node *build_table(struct table_builder *t)
{
    struct table_node *table = NEW(t->c->mem, struct table_node);
    set_columns(t, table);
    for (size_t i = 0; i < t->ncols; i++)
        choose_money_format(t, &t->column[i]);
    table->nrows = t->r->nrows;
    table->cell = NEW_ARRAY(t->c->mem, table->nrows * table->ncols, struct cell);
    for (size_t row = 0; row < table->nrows; row++) {
        struct cell *cells = &table->cell[row * table->ncols];
        for (size_t i = 0; i < t->ncols; i++)
            cells[i] = make_cell(t, &t->column[i], row);
        link_row(t, row, cells);
    }
    for (size_t i = 0; i < t->ncols; i++)
        if (t->column[i].bar)
            set_bars(table, i);
    return table;
}

static void fold_rows(struct table_builder *t, struct table_node *table)
{
    size_t fold = (size_t)option_count(t->b, OPTION_rows);
    table->fold = table->nrows;
    if (!fold || fold >= table->nrows)
        return;
    table->fold = fold;
    table->others = sum_row(t, table, fold, others_text(t->c, table->nrows - fold));
}

struct node *block_table(struct context *c, const struct block *b, const struct result *r)
{
    struct table_builder t = {.c = c, .b = b, .r = r, .ok = true};
    struct node *node = node_new(c->mem, NODE_table, b->at);

    choose_columns(&t);
    if (!t.ncols) {
        diags_add(c->diags, DIAG_TABLE_HIDDEN, b->at, (str){0});
        return NULL;
    }
    if (b->option[OPTION_across] && !spread_columns(&t))
        return NULL;
    choose_linked(&t);
    struct table_node *table = node->table = build_table(&t);
    set_sorted(&t, table);
    fold_rows(&t, table);
    if (b->option[OPTION_total])
        add_total(&t, table);
    return t.ok ? node : NULL;
}

struct table_node *table_of_all(struct context *c, const struct block *b, const struct result *r)
{
    struct table_builder t = {.c = c, .b = b, .r = r, .page = -1, .key = -1, .ok = true};
    t.column = NEW_ARRAY(c->mem, r->ncols, struct shown_column);
    for (; t.ncols < r->ncols; t.ncols++)
        t.column[t.ncols] = (struct shown_column){.name = r->column[t.ncols].name,
                                                  .col = t.ncols,
                                                  .look = look_of(c, b, r, t.ncols),
                                                  .link = -1,
                                                  .cases = -1};
    struct table_node *table = build_table(&t);
    table->fold = table->nrows;
    return table;
}
