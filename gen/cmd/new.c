#include "cmd.h"

#include "../book/start.h"

/* ---- a book from templates/book ---- */

/* {title}, {dir} and {currency} of a template filled in. */
static str filled(struct arena *mem, str text, str dir, str currency)
{
    struct buf b = {0};
    const struct {
        str slot, value;
    } slots[] = {{S("{title}"), book_name(mem, dir)},
                 {S("{dir}"), dir},
                 {S("{currency}"), str_is_set(currency) ? currency : S("EUR")}};
    const size_t n = sizeof slots / sizeof *slots;
    for (size_t i = 0; i < text.n;) {
        size_t s = 0;
        while (s < n && !str_starts(str_sub(text, i, text.n), slots[s].slot))
            s++;
        buf_add(&b, s < n ? slots[s].value : str_sub(text, i, i + 1));
        i += s < n ? slots[s].slot.n : 1;
    }
    str out = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return out;
}

/* Puts a new file into the book; one that is there already stays, and is an error. */
static bool put_file(struct arena *mem, str dir, str name, str text, struct diags *diags)
{
    str path = path_join(mem, dir, name);
    if (file_exists(path))
        return diags_add(diags, DIAG_FILE_THERE, ((struct place){.file = path}), path);
    if (!file_write(path, text, diags))
        return false;
    printf("wrote " STR_FMT "\n", STR_ARG(path));
    return true;
}

/* All files of templates/book but those that the book has; `settings` stands for its tables:
 * lines. */
static bool start_book(struct arena *mem, str templates, str dir, str currency, str settings,
                       struct diags *diags)
{
    str *files, from = path_join(mem, templates, S("book"));
    size_t n = dir_walk(mem, from, &files);
    for (size_t i = 0; i < n; i++) {
        str text;
        if (!file_read(mem, path_join(mem, from, files[i]), &text, diags))
            return false;
        text = filled(mem, text, dir, currency);
        if (settings.n && str_eq(files[i], S("book.yaml"))) {
            size_t comment = str_find(text, S("# Where a table comes from"), 0);
            text = arena_printf(mem, STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, comment)),
                                STR_ARG(settings));
        }
        if (!put_file(mem, dir, files[i], text, diags))
            return false;
    }
    return true;
}

/* ---- from an export ---- */

static const struct schema *find_table(const struct model *model, struct arena *mem, str name,
                                       struct diags *diags)
{
    const struct schema *schema = model_schema(model, name);
    if (schema)
        return schema;
    str *names = NEW_ARRAY(mem, model->schemas.n, str);
    for (size_t i = 0; i < model->schemas.n; i++)
        names[i] = model->schemas.at[i].name;
    str nearest = text_nearest(name, names, model->schemas.n);
    diags_add(diags, DIAG_TABLE_UNKNOWN, (struct place){0}, name, nearest.n ? nearest : S("sales"));
    return NULL;
}

static void tell_guess(struct arena *mem, const struct guess *g, str dir)
{
    const struct mapping *m = &g->mapping;
    if (str_is_set(m->encoding))
        printf("  the file is read as " STR_FMT "\n", STR_ARG(m->encoding));
    if (str_is_set(g->currency))
        printf("  amounts are in " STR_FMT "\n", STR_ARG(g->currency));
    if (str_is_set(m->dates))
        printf("  dates are read as " STR_FMT "%s\n", STR_ARG(m->dates),
               g->month_unsure ? ": look whether that is right, for no date tells day from month"
                               : "");
    if (m->head)
        printf("  the head is line %d; what stands above it is not read\n", m->head);
    for (size_t i = 0; i < m->columns.n; i++)
        printf("  " STR_FMT " is read from \"" STR_FMT "\"\n", STR_ARG(m->columns.at[i].column),
               STR_ARG(terminal_text(mem, m->columns.at[i].head)));
    for (size_t i = 0; i < g->nunused; i++)
        printf("  \"" STR_FMT "\" is not used\n", STR_ARG(terminal_text(mem, g->unused[i])));
    for (size_t i = 0; i < m->nempty; i++)
        printf("  a cell of \"" STR_FMT "\" is read as empty\n",
               STR_ARG(terminal_text(mem, m->empty[i])));
    for (size_t i = 0; i < g->gaps.n; i++)
        printf("  \"" STR_FMT "\" is empty in %zu of %zu rows, which then have no " STR_FMT
               ": where cells were merged, fill them down before you export\n",
               STR_ARG(terminal_text(mem, g->gaps.at[i].head)), g->gaps.at[i].empty,
               g->gaps.at[i].rows, STR_ARG(g->gaps.at[i].column));
    for (size_t i = 0; i < g->nmissing; i++)
        printf("  " STR_FMT " was not found: say under `columns:` in " STR_FMT
               "/book.yaml which head it has\n",
               STR_ARG(g->missing[i]), STR_ARG(dir));
}

/* The export under its own name; it may lie there already. */
static bool put_export(struct arena *mem, str dir, str export, str bytes, struct diags *diags)
{
    str path = path_join(mem, dir, path_base(export)), there;
    if (file_exists(path) && file_read(mem, path, &there, diags) && str_eq(there, bytes))
        return true;
    return put_file(mem, dir, path_base(export), bytes, diags);
}

/* A book.yaml that is there is its owner's: what it has to say is shown, not written. */
static void show_settings(const struct guess *g, str settings, str dir)
{
    const struct mapping *m = &g->mapping;
    size_t first = str_find(settings, S("\n"), 0) + 1;
    printf("Write into " STR_FMT "/book.yaml, below `tables:`, for table " STR_FMT ":\n" STR_FMT,
           STR_ARG(dir), STR_ARG(m->table), STR_ARG(str_sub(settings, first, settings.n)));
}

static bool new_from_export(struct arena *mem, const struct model *model, str templates, str dir,
                            str table, str export, struct diags *diags)
{
    struct guess guess;
    struct buf settings = {0};
    str bytes;
    const struct schema *schema = find_table(model, mem, table, diags);

    if (!schema || !file_read(mem, export, &bytes, diags) ||
        !guess_mapping(mem, schema, export, bytes, &guess, diags))
        return false;
    guess_yaml(&settings, &guess);
    bool is_there = file_exists(path_join(mem, dir, S("book.yaml")));
    bool ok =
        (is_there || start_book(mem, templates, dir, guess.currency, buf_str(&settings), diags)) &&
        put_export(mem, dir, export, bytes, diags);
    if (ok)
        tell_guess(mem, &guess, dir);
    if (ok && is_there)
        show_settings(&guess, buf_str(&settings), dir);
    buf_clear(&settings);
    return ok;
}

/* ---- an empty table ---- */

static bool new_table(struct arena *mem, const struct model *model, str dir, str table,
                      struct diags *diags)
{
    const struct schema *schema = find_table(model, mem, table, diags);
    struct buf head = {0};
    if (!schema)
        return false;
    for (size_t f = 0; f < schema->nfields; f++) {
        buf_add(&head, f ? S(",") : S(""));
        csv_cell(&head, schema->field[f].name, false);
    }
    buf_addc(&head, '\n');
    bool ok = put_file(mem, dir, arena_printf(mem, STR_FMT ".csv", STR_ARG(table)), buf_str(&head),
                       diags);
    buf_clear(&head);
    return ok;
}

/* ---- the command ---- */

static bool make_new(struct arena *mem, const struct arguments *args, struct diags *diags)
{
    str templates = find_templates(mem, args), dir = str_of(args->word[0]);
    str table = str_of(args->value[OPTION_table]), export = str_of(args->value[OPTION_from]);
    struct model model;

    while (dir.n > 1 && dir.p[dir.n - 1] == '/')
        dir.n--;
    if (!model_read(mem, templates, dir, &model, diags))
        return false;
    if (export.n)
        return new_from_export(mem, &model, templates, dir, table.n ? table : S("sales"), export,
                               diags);
    if (table.n)
        return new_table(mem, &model, dir, table, diags);
    return start_book(mem, templates, dir, (str){0}, S(""), diags);
}

static enum exit_status run_new(const struct arguments *args)
{
    if (args->nwords != 1)
        return wrong_usage("new wants one book: a folder to make, such as input/acme");
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    bool ok = make_new(mem, args, &diags);
    print_diags(args, &diags);
    bool has_table = args->value[OPTION_from] || args->value[OPTION_table];
    if (ok && has_table)
        printf("Next: salesbook check %s\n", args->word[0]);
    else if (ok) /* there is nothing to be checked yet */
        printf("Next: salesbook new %s --from=EXPORT.csv, or --table=sales for an empty table\n",
               args->word[0]);
    enum exit_status status = ok ? EXIT_FINE : status_of(false, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id new_options[] = {
    OPTION_from,
    OPTION_table,
    OPTION_templates,
    OPTION_diagnostics,
};

const struct command command_new = {
    .name = "new",
    .words = "BOOK",
    .summary = "Start a book, from an export of another program if there is one",
    .help = "Nothing that is there already is overwritten.\n\n"
            "  salesbook new input/acme --from=export.csv\n"
            "  salesbook new input/acme --table=targets     an empty table with its heads\n",
    .options = new_options,
    .noptions = sizeof new_options / sizeof *new_options,
    .run = run_new,
};
