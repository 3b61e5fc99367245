#include "cmd.h"

/* ---- what is told ---- */

static void tell_part(struct arena *mem, const char *part, str then, str now)
{
    if (str_eq(then, now))
        printf("  %s: the same\n", part);
    else
        printf("  %s: other (" STR_FMT " then, " STR_FMT " now)\n", part,
               STR_ARG(terminal_text(mem, then)), STR_ARG(now));
}

static void tell_rows(struct arena *mem, const struct verification *v)
{
    enum { SHOWN = 20 };
    if (!v->ndiffers) {
        puts("  data: the same");
        return;
    }
    printf("  data: %zu of %zu queries give other rows\n", v->ndiffers, v->nqueries);
    for (size_t i = 0; i < v->ndiffers && i < SHOWN; i++)
        printf("    " STR_FMT "\n", STR_ARG(terminal_text(mem, v->differs[i])));
    if (v->ndiffers > SHOWN)
        printf("    … and %zu more\n", v->ndiffers - SHOWN);
}

static void tell_differences(struct arena *mem, const struct verification *v)
{
    tell_part(mem, "as of", v->then.as_of, v->now.as_of);
    tell_rows(mem, v);
    tell_part(mem, "templates", v->then.templates, v->now.templates);
    tell_part(mem, "book.yaml", v->then.settings, v->now.settings);
    tell_part(mem, "generator", v->then.generator, v->now.generator);
    if (str_eq(v->then.key, v->now.key))
        puts("  what it was made of is the same: gnuplot, Graphviz, a library or a font is of "
             "another\n"
             "  version here, or the file was made up");
}

static enum exit_status tell_verdict(struct arena *mem, const char *file, const struct book *book,
                                     enum verdict verdict, const struct verification *v,
                                     const struct diags *diags)
{
    switch (verdict) {
    case VERDICT_same:
        printf("%s: the same as " STR_FMT " gives, as of " STR_FMT ", key " STR_FMT "\n", file,
               STR_ARG(book->dir), STR_ARG(terminal_text(mem, v->then.as_of)),
               STR_ARG(terminal_text(mem, v->then.key)));
        return EXIT_FINE;
    case VERDICT_other:
        printf("%s: not the same as " STR_FMT " gives\n", file, STR_ARG(book->dir));
        tell_differences(mem, v);
        return EXIT_DATA;
    case VERDICT_none:
        printf("%s: not the same: " STR_FMT " gives no " STR_FMT " as of " STR_FMT "\n", file,
               STR_ARG(book->dir), STR_ARG(terminal_text(mem, v->then.address)),
               STR_ARG(terminal_text(mem, v->then.as_of)));
        return EXIT_DATA;
    case VERDICT_broken_book:
        break;
    }
    printf("%s: " STR_FMT " cannot be built, so it does not give this file\n", file,
           STR_ARG(book->dir));
    return status_of(false, diags);
}

/* ---- the command ---- */

/* The book named, else the one in input/ that the file says it is of; unset if it says none. */
static str book_of(struct arena *mem, const struct arguments *args, const struct pdf_origin *o)
{
    if (args->nwords == 2)
        return str_of(args->word[1]);
    bool is_name = o->book.n && o->book.p[0] != '.' && str_find(o->book, S("/"), 0) == o->book.n;
    return is_name ? path_join(mem, S("input"), o->book) : (str){0};
}

static enum exit_status verify(struct arena *mem, const struct arguments *args, struct diags *diags)
{
    const char *name = args->word[0];
    struct verification v = {0};
    struct book book;
    day as_of;
    long jobs = processors();
    str file;

    if (!read_as_of(args, &as_of) || !read_number(args, OPTION_jobs, 1, 64, &jobs))
        return EXIT_USAGE;
    if (!file_read(mem, str_of(name), &file, diags))
        return EXIT_MACHINE;
    if (!pdf_origin_read(mem, file, &v.then)) {
        printf("%s: not a salesbook report\n", name);
        return EXIT_FOREIGN;
    }
    if (!v.then.whole) {
        printf("%s: damaged, or edited after it was made\n", name);
        return EXIT_DAMAGED;
    }
    str dir = book_of(mem, args, &v.then);
    if (!dir_exists(dir))
        return wrong_usage("%s is of the book '" STR_FMT
                           "', which is not in input/; name its folder",
                           name, STR_ARG(terminal_text(mem, v.then.book)));
    if (!book_read(mem, dir, find_templates(mem, args), &book, diags))
        return EXIT_DATA;
    book.name = v.then.book; /* a copy in another folder is the same book */
    enum verdict verdict = verify_file(mem, &book, file, as_of, (int)jobs, &v, diags);
    enum exit_status status = tell_verdict(mem, name, &book, verdict, &v, diags);
    if (verdict != VERDICT_broken_book)
        diags->list.n = 0; /* what is wrong with rows of the book, check says */
    return status;
}

static enum exit_status run_verify(const struct arguments *args)
{
    if (args->nwords < 1 || args->nwords > 2)
        return wrong_usage(
            "verify wants a PDF file, and the folder of its book if that is not in input/");
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    enum exit_status status = verify(mem, args, &diags);
    if (diags.list.n)
        print_diags(args, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id verify_options[] = {OPTION_as_of, OPTION_templates, OPTION_jobs,
                                                OPTION_diagnostics};

const struct command command_verify = {
    .name = "verify",
    .words = "FILE.pdf [BOOK]",
    .summary = "Tell whether a book gives this PDF",
    .help = "Makes the report again, as of its own day, and compares every byte; if they\n"
            "differ, tells what it was made of that differs: data (by query), templates,\n"
            "book.yaml, generator. Exit status 0: the same; 1: not the same; 4: damaged or\n"
            "edited after it was made; 5: not a salesbook report.\n\n"
            "  salesbook verify monthly-company.pdf\n"
            "  salesbook verify monthly-company.pdf input/acme\n",
    .options = verify_options,
    .noptions = sizeof verify_options / sizeof *verify_options,
    .run = run_verify,
};
