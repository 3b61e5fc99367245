#include "cmd.h"

static enum exit_status close_one(struct arena *mem, const struct arguments *args, int month,
                                  day as_of, struct diags *diags)
{
    bool force = args->value[OPTION_force] != NULL;
    struct closing closing;
    struct book book;

    if (!book_read(mem, str_of(args->word[0]), find_templates(mem, args), &book, diags))
        return EXIT_DATA;
    if (!close_month(mem, &book, month, as_of, force, processors(), &closing, diags))
        return status_of(false, diags);
    printf("wrote " STR_FMT ": %zu figure%s, %zu group%s of rows\n"
           "Next: look at it, then put it under version control\n",
           STR_ARG(closing.path), closing.figures, closing.figures == 1 ? "" : "s", closing.rows,
           closing.rows == 1 ? "" : "s");
    return EXIT_FINE;
}

static enum exit_status run_close(const struct arguments *args)
{
    struct diags diags;
    day as_of;
    int month = args->nwords == 2 ? month_parse(str_of(args->word[1])) : -1;

    if (args->nwords != 2)
        return wrong_usage("close wants a book and a month, such as 2026-09");
    if (month < 0)
        return wrong_usage("'%s' is no month: write it like 2026-09", args->word[1]);
    if (!read_as_of(args, &as_of))
        return EXIT_USAGE;
    struct arena *mem = arena_new();
    diags_init(&diags, mem);
    enum exit_status status = close_one(mem, args, month, as_of, &diags);
    if (diags.list.n)
        print_diags(args, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id close_options[] = {OPTION_force, OPTION_as_of, OPTION_templates,
                                               OPTION_diagnostics};

const struct command command_close = {
    .name = "close",
    .words = "BOOK MONTH",
    .summary = "Keep the figures of a month as they are published",
    .help = "Writes BOOK/closed/MONTH.csv, to be put under version control. If a later edit\n"
            "of the data makes one of these figures another, the pages say so: what was\n"
            "published, what it is now, and which rows did it. With --force, the figures of\n"
            "today take the place of those published.\n\n"
            "  salesbook close input/acme 2026-09\n"
            "  salesbook close input/acme 2026-10 --as-of=today\n",
    .options = close_options,
    .noptions = sizeof close_options / sizeof *close_options,
    .run = run_close,
};
