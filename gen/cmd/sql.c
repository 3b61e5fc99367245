#include "cmd.h"

#include <math.h>

/* ---- the three forms ---- */

/* A cell as data: money in units of the currency, dates as they stand; empty for NULL and for what
 * is no number, as 1e308 * 10. */
static str plain_text(struct arena *mem, const struct language *lang, struct value v,
                      enum type type)
{
    if (v.kind == VALUE_NULL || (v.kind == VALUE_REAL && !isfinite(v.r)))
        return S("");
    if (v.kind == VALUE_TEXT)
        return v.s;
    if (v.kind == VALUE_REAL && type == TYPE_money)
        return fmt_exact(mem, v.r / (double)money_unit(lang));
    if (v.kind == VALUE_REAL)
        return fmt_exact(mem, v.r);
    struct buf b = {0};
    buf_add_decimal(&b, v.i, type == TYPE_money ? lang->money_decimals : 0, false);
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static str cell_text(struct arena *mem, const struct language *lang, const struct result *r,
                     size_t row, size_t col)
{
    return plain_text(mem, lang, result_cell(r, row, col), result_type(r, row, col));
}

static void print_csv(struct arena *mem, const struct language *lang, const struct result *r,
                      struct buf *out)
{
    for (size_t c = 0; c < r->ncols; c++) {
        buf_add(out, c ? S(",") : S(""));
        csv_cell(out, r->column[c].name, false);
    }
    buf_add(out, S("\n"));
    for (size_t row = 0; row < r->nrows; row++) {
        for (size_t c = 0; c < r->ncols; c++) {
            buf_add(out, c ? S(",") : S(""));
            csv_cell(out, cell_text(mem, lang, r, row, c), false);
        }
        buf_add(out, S("\n"));
    }
}

static void print_json(struct arena *mem, const struct language *lang, const struct result *r,
                       struct buf *out)
{
    buf_add(out, S("["));
    for (size_t row = 0; row < r->nrows; row++) {
        buf_add(out, row ? S(",\n {") : S("\n {"));
        for (size_t c = 0; c < r->ncols; c++) {
            str text = cell_text(mem, lang, r, row, c);
            buf_add(out, c ? S(", ") : S(""));
            json_text(out, r->column[c].name);
            buf_add(out, S(": "));
            if (result_cell(r, row, c).kind == VALUE_TEXT)
                json_text(out, text);
            else
                buf_add(out, text.n ? text : S("null"));
        }
        buf_add(out, S("}"));
    }
    buf_add(out, S("\n]\n"));
}

/* Pads text to width columns of a terminal, numbers to the right. */
static void pad(struct buf *out, str text, int width, bool right)
{
    int blanks = width - text_width(text);
    if (!right)
        buf_add(out, text);
    for (int i = 0; i < blanks; i++)
        buf_addc(out, ' ');
    if (right)
        buf_add(out, text);
}

static void print_table(struct arena *mem, struct store *store, const struct result *r,
                        struct buf *out)
{
    str *text = NEW_ARRAY(mem, r->nrows * r->ncols, str);
    int *width = NEW_ARRAY(mem, r->ncols, int);

    for (size_t c = 0; c < r->ncols; c++) {
        width[c] = text_width(r->column[c].name);
        for (size_t row = 0; row < r->nrows; row++) {
            str *t = &text[row * r->ncols + c];
            *t = terminal_text(mem, format_value(mem, store, result_cell(r, row, c),
                                                 result_type(r, row, c), (str){0}));
            width[c] = text_width(*t) > width[c] ? text_width(*t) : width[c];
        }
    }
    for (size_t c = 0; c < r->ncols; c++) {
        buf_add(out, c ? S("  ") : S(""));
        pad(out, r->column[c].name, width[c], false);
    }
    buf_add(out, S("\n"));
    for (size_t row = 0; row < r->nrows; row++) {
        for (size_t c = 0; c < r->ncols; c++) {
            enum value_kind kind = result_cell(r, row, c).kind;
            buf_add(out, c ? S("  ") : S(""));
            pad(out, text[row * r->ncols + c], width[c], kind == VALUE_INT || kind == VALUE_REAL);
        }
        buf_add(out, S("\n"));
    }
    buf_addf(out, "%zu row%s, %.1f ms\n", r->nrows, r->nrows == 1 ? "" : "s", r->ms);
}

/* ---- the command ---- */

/* What is wrong with the book, the first n of diags, would hide a short answer, and check says it:
 * here the number is enough. What is said of the query stays. */
static void tell_book_defects(const struct arguments *args, struct diags *diags, size_t n)
{
    size_t number[3] = {0};
    for (size_t i = 0; i < n; i++)
        number[diags->list.at[i].severity]++;
    size_t errors = number[SEVERITY_ERROR], warnings = number[SEVERITY_WARNING];
    if (errors + warnings)
        fprintf(stderr,
                "salesbook: the book has %zu error%s and %zu warning%s; salesbook check %s\n",
                errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s", args->word[0]);
    diags->list.at += n;
    diags->list.n -= n;
}

/* Whether the answer needs what only some views read together tell: which pages there are, and what
 * is theirs alone whose audience asks. Else the views that the query reads are enough. */
static bool needs_all(const struct arguments *args)
{
    return args->value[OPTION_audience] || strcasestr(args->word[1], "link") ||
           strcasestr(args->word[1], "name_of");
}

static enum exit_status ask(struct arena *mem, const struct arguments *args, str form,
                            struct diags *diags)
{
    struct book book;
    struct opened opened;
    struct plan plan;
    struct open_options options = {0};
    struct buf out = {0};

    if (!read_as_of(args, &options.as_of))
        return EXIT_USAGE;
    options.strict = false;
    options.jobs = processors();
    options.as_asked = !needs_all(args);
    if (!book_read(mem, str_of(args->word[0]), find_templates(mem, args), &book, diags))
        return EXIT_DATA;
    if (args->value[OPTION_audience] &&
        !book_has_audience(&book, str_of(args->value[OPTION_audience]))) {
        str given = str_of(args->value[OPTION_audience]);
        str nearest = text_nearest(given, book.audiences, book.naudiences);
        return wrong_usage("the book has no audience '" STR_FMT "'%s" STR_FMT, STR_ARG(given),
                           nearest.n ? "; do you mean " : "", STR_ARG(nearest));
    }
    options.answers = answers_path(mem, targets_of(mem, args, book.name).output);
    struct query q = {
        .sql = str_of(args->word[1]),
        .at = {.file = S("query"), .line = 1},
        .audience = str_of(args->value[OPTION_audience]),
    };
    struct result *r = NULL;
    bool ready = open_book(mem, &book, &options, &opened, diags) &&
                 (options.as_asked || plan_book(&opened, &plan, diags));
    size_t nbook = diags->list.n;
    if (ready)
        r = query_run(opened.store, mem, &q, diags);
    if (r && str_eq(form, S("csv")))
        print_csv(mem, &book.lang, r, &out);
    else if (r && str_eq(form, S("json")))
        print_json(mem, &book.lang, r, &out);
    else if (r)
        print_table(mem, opened.store, r, &out);
    fwrite(out.p ? out.p : "", 1, out.n, stdout);
    buf_clear(&out);
    opened_close(&opened);
    enum exit_status status = status_of(r != NULL, diags);
    if (r)
        tell_book_defects(args, diags, nbook);
    return status;
}

static enum exit_status run_sql(const struct arguments *args)
{
    str form = args->value[OPTION_format] ? str_of(args->value[OPTION_format]) : S("table");
    if (args->nwords != 2)
        return wrong_usage("sql wants a book and a query");
    if (!str_eq(form, S("table")) && !str_eq(form, S("csv")) && !str_eq(form, S("json")))
        return wrong_usage("--format=" STR_FMT ": write table, csv or json", STR_ARG(form));
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    enum exit_status status = ask(mem, args, form, &diags);
    if (diags.list.n)
        print_diags(args, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id sql_options[] = {
    OPTION_format, OPTION_as_of, OPTION_audience, OPTION_templates, OPTION_diagnostics,
};

const struct command command_sql = {
    .name = "sql",
    .words = "BOOK QUERY",
    .summary = "Ask a book a question in SQL",
    .help = "Reads every table and view of the book as its pages do; money in units of the\n"
            "currency. Views that the query does not read are not evaluated, nor their\n"
            "checks.\n\n"
            "  salesbook sql input/acme 'SELECT month, sum(amount) AS revenue\n"
            "                            FROM sales_by_person_month\n"
            "                            GROUP BY month ORDER BY month' --format=csv\n",
    .options = sql_options,
    .noptions = sizeof sql_options / sizeof *sql_options,
    .run = run_sql,
};
