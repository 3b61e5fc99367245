#include "cmd.h"

#include <unistd.h>

/* ---- what is told on the way ---- */

static void show_progress(size_t done, size_t all)
{
    fprintf(stderr, "\r%zu of %zu\033[K", done, all);
    if (done == all)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

static void tell_slowest(struct buf *out, const struct build_time *time, size_t n)
{
    enum { SHOWN = 10 };
    for (size_t i = 0; i < n && i < SHOWN; i++)
        buf_addf(out, "  %8.1f ms  " STR_FMT "\n", time[i].ms, STR_ARG(time[i].what));
}

static void tell_timings(struct buf *out, const struct build_stats *s)
{
    buf_addf(out,
             "  read and checked %8.1f ms\n  models           %8.1f ms\n"
             "  pages, reports   %8.1f ms\n  all              %8.1f ms\n"
             "  cells of all rollups: %zu\n  %zu of %zu tables and views as before\n"
             "  %zu of %zu documents not evaluated, for what they read is as before\n",
             s->read_ms, s->model_ms, s->pages_ms, s->total_ms, s->cells, s->ntaken, s->nmodels,
             s->unread, s->made + s->kept);
    if (s->nchanged)
        buf_addf(out, "  %zu of %zu closed months with other rows as before\n", s->nchanged_taken,
                 s->nchanged);
    if (s->lost_ms > 0)
        buf_addf(out, "  %.1f ms of it in vain: something reads what nothing was found to read\n",
                 s->lost_ms);
    buf_add(out, S("slowest tables and views\n"));
    tell_slowest(out, s->models, s->nmodels);
    buf_add(out, S("slowest pages and reports\n"));
    tell_slowest(out, s->slowest, s->nslowest);
}

static void tell_outcome(struct buf *out, str dir, enum outcome outcome,
                         const struct build_stats *stats)
{
    buf_add(out, dir);
    if (outcome == BUILD_CURRENT)
        buf_add(out, S(": nothing has changed\n"));
    else if (outcome == BUILD_DONE)
        buf_addf(out, ": %zu page%s, %zu report%s", stats->pages, stats->pages == 1 ? "" : "s",
                 stats->reports, stats->reports == 1 ? "" : "s");
    else
        buf_add(out, S(": not published\n"));
    if (outcome == BUILD_DONE && stats->kept)
        buf_addf(out, ", %zu of %zu documents as before\n", stats->kept, stats->kept + stats->made);
    else if (outcome == BUILD_DONE)
        buf_addc(out, '\n');
}

static void print_told(void *arg, str told)
{
    (void)arg;
    fwrite(told.p ? told.p : "", 1, told.n, stdout);
}

/* Programs read JSON and SARIF from standard output: what is told goes aside there. */
static void print_told_aside(void *arg, str told)
{
    (void)arg;
    fwrite(told.p ? told.p : "", 1, told.n, stderr);
}

/* ---- one book ---- */

static enum outcome run_build(struct arena *mem, const struct arguments *args, str dir,
                              struct build_options *options, struct build_stats *stats,
                              struct diags *diags)
{
    struct book book;
    if (!book_read(mem, dir, find_templates(mem, args), &book, diags))
        return BUILD_FAILED;
    struct targets t = targets_of(mem, args, book.name);
    options->open.answers = answers_path(mem, options->output.n ? options->output : t.output);
    if (!options->check && !options->output.n) {
        /* A report alone leaves the site as it is. */
        if (args->value[OPTION_report] && args->value[OPTION_site])
            fputs("salesbook: with --report no site is made; --site does nothing\n", stderr);
        options->site = args->value[OPTION_report] ? S("") : t.site;
        options->output = t.output;
    }
    return build_book(mem, &book, options, stats, diags);
}

enum outcome build_one(struct arena *mem, const struct arguments *args, str dir, str site,
                       str output, bool preview, struct diags *diags)
{
    struct build_stats stats;
    struct build_options options = {
        .site = site, .output = output, .preview = preview, .jobs = processors()};
    options.open.jobs = options.jobs;
    if (!read_as_of(args, &options.open.as_of))
        return BUILD_FAILED;
    return run_build(mem, args, dir, &options, &stats, diags);
}

/* ---- the commands ---- */

/* What the units of work share: a unit is a book. */
struct books {
    const struct arguments *args;
    struct build_options common;
    str *dir;
};

static bool asks_for_more(const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.at[i].id == DIAG_QUERY_UNWANTED)
            return true;
    return false;
}

/* Of systems that the book lacks only what is found to be asked for is made with rows; where more
 * was asked for, all is, and the build begins again. */
static enum outcome run_build_twice(struct arena *mem, const struct arguments *args, str dir,
                                    struct build_options *options, struct build_stats *stats,
                                    struct diags *diags)
{
    const struct diags before = *diags;
    options->open.asked_only = true;
    enum outcome outcome = run_build(mem, args, dir, options, stats, diags);
    if (!asks_for_more(diags))
        return outcome;
    diags_undo(diags, &before);
    options->open.asked_only = false;
    double lost_ms = stats->total_ms;
    outcome = run_build(mem, args, dir, options, stats, diags);
    stats->lost_ms = lost_ms;
    stats->total_ms += lost_ms;
    return outcome;
}

static bool build_unit(void *arg, void *state, size_t unit, struct diags *diags, struct buf *told)
{
    struct books *books = arg;
    struct build_options options = books->common;
    struct build_stats stats = {0};
    (void)state;

    enum outcome outcome =
        run_build_twice(diags->mem, books->args, books->dir[unit], &options, &stats, diags);
    if (!options.check)
        tell_outcome(told, books->dir[unit], outcome, &stats);
    else if (outcome == BUILD_DONE)
        buf_addf(told, STR_FMT ": %zu error%s, %zu warning%s\n", STR_ARG(books->dir[unit]),
                 diags->nerrors, diags->nerrors == 1 ? "" : "s", diags->nwarnings,
                 diags->nwarnings == 1 ? "" : "s");
    if (outcome == BUILD_DONE && options.why.n && !stats.why.n)
        buf_addf(told, STR_FMT ": no page or report of this build has that address\n",
                 STR_ARG(options.why));
    buf_add(told, stats.why);
    if (books->args->value[OPTION_timings])
        tell_timings(told, &stats);
    return outcome != BUILD_FAILED;
}

/* Books are built side by side, for one core alone reads the tables and evaluates the models of a
 * book; the pages of each are shared out over as many workers again, which take turns. One book
 * more than there are cores, unless --jobs says how many: else the models of the last one would be
 * evaluated while the other cores have nothing to do. */
static bool build_books(struct books *books, size_t n, bool aside, struct diags *diags)
{
    struct work work = {
        .arg = books,
        .unit = build_unit,
        .tell = aside ? print_told_aside : print_told,
        .nunits = n,
        .nworkers = books->common.jobs + (books->args->value[OPTION_jobs] ? 0 : 1),
    };
    if (n > 1)
        return work_run(&work, diags);
    struct buf told = {0};
    books->common.progress = isatty(STDERR_FILENO) ? show_progress : NULL;
    bool ok = build_unit(books, books, 0, diags, &told);
    work.tell(books, buf_str(&told));
    buf_clear(&told);
    return ok;
}

static bool wants_start_page(const struct arguments *args)
{
    return !args->value[OPTION_report] && !(args->nwords == 1 && args->value[OPTION_site]);
}

/* Books are told apart by their names: two of one name would be published in one place. */
static bool have_own_names(struct arena *mem, const str *dir, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(book_name(mem, dir[i]), book_name(mem, dir[k]))) {
                wrong_usage(STR_FMT
                            " and " STR_FMT " are both called " STR_FMT
                            ": build them one by one, each with its own --site and --output",
                            STR_ARG(dir[k]), STR_ARG(dir[i]), STR_ARG(book_name(mem, dir[i])));
                return false;
            }
    return true;
}

static enum exit_status run_books(struct arena *mem, const struct arguments *args, bool check)
{
    struct books books = {.args = args};
    enum diag_format format;
    struct diags diags;
    long jobs = processors();

    diags_init(&diags, mem);
    if (!diagnostics_form(args, &format) || !read_as_of(args, &books.common.open.as_of) ||
        !read_number(args, OPTION_jobs, 1, 64, &jobs))
        return EXIT_USAGE;
    books.common.check = check;
    books.common.report = str_of(args->value[OPTION_report]);
    books.common.open.report = books.common.report;
    books.common.why = str_of(args->value[OPTION_why]);
    books.common.since = str_of(args->value[OPTION_since]);
    books.common.jobs = (int)jobs;
    books.common.open.as_asked = false;
    books.common.open.jobs = (int)jobs;
    books.common.open.strict = args->value[OPTION_strict] != NULL;
    books.common.force = args->value[OPTION_force] != NULL;
    size_t n = find_books(mem, args, &books.dir);
    if (!n)
        return wrong_usage("there is no book in input/; name one");
    if (!check && !have_own_names(mem, books.dir, n))
        return EXIT_USAGE;
    bool ok = build_books(&books, n, format != DIAG_TEXT, &diags);
    if (!check && wants_start_page(args)) {
        str site = args->value[OPTION_site] ? str_of(args->value[OPTION_site]) : S("site");
        ok &= build_start_page(mem, site, find_templates(mem, args), &diags);
    }
    print_diags(args, &diags);
    return status_of(ok, &diags);
}

static enum exit_status run_all(const struct arguments *args, bool check)
{
    struct arena *mem = arena_new();
    enum exit_status status = run_books(mem, args, check);
    arena_free(mem);
    return status;
}

static enum exit_status run_build_command(const struct arguments *args)
{
    return run_all(args, false);
}

static enum exit_status run_check_command(const struct arguments *args)
{
    return run_all(args, true);
}

static const enum option_id build_options[] = {
    OPTION_site,   OPTION_output,  OPTION_templates, OPTION_as_of,
    OPTION_report, OPTION_since,   OPTION_strict,    OPTION_jobs,
    OPTION_force,  OPTION_timings, OPTION_why,       OPTION_diagnostics,
};

const struct command command_build = {
    .name = "build",
    .words = "[BOOK…]",
    .summary = "Build books into the site and the reports",
    .help = "A build that fails leaves what was published before as it is; readers see the\n"
            "old or the new site whole. Nothing is done where nothing has changed.\n\n"
            "  salesbook build\n"
            "  salesbook build input/acme --site=/srv/www/sales --output=/srv/reports\n"
            "  salesbook build input/acme --as-of=2026-09-30 --report=monthly\n",
    .options = build_options,
    .noptions = sizeof build_options / sizeof *build_options,
    .run = run_build_command,
};

static const enum option_id check_options[] = {
    OPTION_templates, OPTION_as_of, OPTION_strict, OPTION_jobs, OPTION_timings, OPTION_diagnostics,
};

const struct command command_check = {
    .name = "check",
    .words = "[BOOK…]",
    .summary = "Check data and templates; write nothing",
    .help = "Reads every table, runs every query, and tells what is wrong with file, line\n"
            "and remedy.\n\n"
            "  salesbook check input/acme\n"
            "  salesbook check --diagnostics=github\n",
    .options = check_options,
    .noptions = sizeof check_options / sizeof *check_options,
    .run = run_check_command,
};
