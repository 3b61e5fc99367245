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

static void tell_slowest(const struct build_time *time, size_t n)
{
    enum { SHOWN = 10 };
    for (size_t i = 0; i < n && i < SHOWN; i++)
        fprintf(stderr, "  %8.1f ms  " STR_FMT "\n", time[i].ms, STR_ARG(time[i].what));
}

static void tell_timings(const struct build_stats *s)
{
    fprintf(stderr, "  read and checked %8.1f ms\n  models           %8.1f ms\n"
                    "  pages, reports   %8.1f ms\n  all              %8.1f ms\n",
            s->read_ms, s->model_ms, s->pages_ms, s->total_ms);
    fprintf(stderr, "  cells of all rollups: %zu\nslowest tables and views\n", s->cells);
    tell_slowest(s->models, s->nmodels);
    fputs("slowest pages and reports\n", stderr);
    tell_slowest(s->slowest, s->nslowest);
}

static void tell(const struct arguments *args, str dir, enum outcome outcome,
                 const struct build_stats *stats)
{
    enum diag_format format;
    diagnostics_form(args, &format);
    FILE *out = format == DIAG_TEXT ? stdout : stderr;
    if (outcome == BUILD_CURRENT)
        fprintf(out, STR_FMT ": nothing has changed\n", STR_ARG(dir));
    else if (outcome == BUILD_DONE)
        fprintf(out, STR_FMT ": %zu pages, %zu reports\n", STR_ARG(dir), stats->pages,
                stats->reports);
    else
        fprintf(out, STR_FMT ": not published\n", STR_ARG(dir));
    if (args->value[OPTION_timings])
        tell_timings(stats);
}

/* ---- one book ---- */

struct targets {
    str site, output;
};

/* With one book named, --site and --output are that book's own trees; else their parents. */
static struct targets targets_of(struct arena *mem, const struct arguments *args, str name)
{
    str site = str_of(args->value[OPTION_site]), output = str_of(args->value[OPTION_output]);
    bool own = args->nwords == 1;
    struct targets t = {
        own && site.n ? site : path_join(mem, site.n ? site : S("site"), name),
        own && output.n ? output : path_join(mem, output.n ? output : S("output"), name),
    };
    /* A report alone leaves the site as it is. */
    if (args->value[OPTION_report])
        t.site = S("");
    return t;
}

static enum outcome run_build(struct arena *mem, const struct arguments *args, str dir,
                              struct build_options *options, struct build_stats *stats,
                              struct diags *diags)
{
    struct book book;
    if (!book_read(mem, dir, find_templates(mem, args), &book, diags))
        return BUILD_FAILED;
    if (!options->check && !options->output.n) {
        struct targets t = targets_of(mem, args, book.name);
        options->site = t.site;
        options->output = t.output;
    }
    return build_book(mem, &book, options, stats, diags);
}

enum outcome build_one(struct arena *mem, const struct arguments *args, str dir, str site, str output,
                       bool preview, struct diags *diags)
{
    struct build_stats stats;
    struct build_options options = {
        .site = site, .output = output, .preview = preview, .jobs = processors()};
    if (!read_as_of(args, &options.open.as_of))
        return BUILD_FAILED;
    return run_build(mem, args, dir, &options, &stats, diags);
}

/* ---- the commands ---- */

static enum exit_status run_all(const struct arguments *args, bool check)
{
    struct build_options common = {.check = check, .report = str_of(args->value[OPTION_report])};
    enum diag_format format;
    long jobs = processors();
    str *dirs;
    bool failed = false, has_errors = false;
    struct arena *mem = arena_new();
    struct diags all;

    diags_init(&all, mem);
    if (!diagnostics_form(args, &format) || !read_as_of(args, &common.open.as_of) ||
        !read_number(args, OPTION_jobs, 1, 64, &jobs)) {
        arena_free(mem);
        return EXIT_USAGE;
    }
    common.jobs = (int)jobs;
    common.open.strict = args->value[OPTION_strict] != NULL;
    common.force = args->value[OPTION_force] != NULL;
    common.progress = isatty(STDERR_FILENO) ? show_progress : NULL;
    size_t n = find_books(mem, args, &dirs);
    if (!n) {
        arena_free(mem);
        return wrong_usage("there is no book in input/; name one");
    }
    for (size_t i = 0; i < n; i++) {
        struct arena *one = arena_new();
        struct build_options options = common;
        struct build_stats stats = {0};
        struct diags diags;
        diags_init(&diags, one);
        enum outcome outcome = run_build(one, args, dirs[i], &options, &stats, &diags);
        failed |= outcome == BUILD_FAILED;
        has_errors |= diags.nerrors > 0;
        if (format == DIAG_TEXT)
            print_diags(args, &diags);
        else
            diags_merge(&all, &diags);
        if (!check)
            tell(args, dirs[i], outcome, &stats);
        else if (args->value[OPTION_timings])
            tell_timings(&stats);
        if (check && outcome == BUILD_DONE && format == DIAG_TEXT)
            printf(STR_FMT ": %zu errors, %zu warnings\n", STR_ARG(dirs[i]), diags.nerrors,
                   diags.nwarnings);
        arena_free(one);
    }
    if (!check && !args->value[OPTION_report] && !(args->nwords == 1 && args->value[OPTION_site])) {
        str site = args->value[OPTION_site] ? str_of(args->value[OPTION_site]) : S("site");
        failed |= !build_start_page(mem, site, find_templates(mem, args), &all);
    }
    if (format != DIAG_TEXT || all.list.n)
        print_diags(args, &all);
    arena_free(mem);
    return failed || has_errors ? EXIT_DATA : EXIT_FINE;
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
    OPTION_site,  OPTION_output, OPTION_templates, OPTION_as_of,       OPTION_report, OPTION_strict,
    OPTION_jobs,  OPTION_force,  OPTION_timings,   OPTION_diagnostics,
};

const struct command command_build = {
    .name = "build",
    .words = "[BOOK…]",
    .summary = "Build books into the site and the reports",
    .help = "A build that fails leaves what was published before as it is; readers see the old or\n"
            "the new site whole. Nothing is done where nothing has changed.\n\n"
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
    .help = "Reads every table, runs every query, and tells what is wrong with file, line and remedy.\n\n"
            "  salesbook check input/acme\n"
            "  salesbook check --diagnostics=github\n",
    .options = check_options,
    .noptions = sizeof check_options / sizeof *check_options,
    .run = run_check_command,
};
