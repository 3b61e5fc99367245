#include "cmd.h"

#include <unistd.h>

enum exit_status wrong_usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("salesbook: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\nTry 'salesbook --help'.\n", stderr);
    va_end(args);
    return EXIT_USAGE;
}

str terminal_text(struct arena *mem, str text)
{
    str line = arena_str(mem, text.p ? text : S(""));
    char *p = (char *)(uintptr_t)line.p;
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = ' ';
    struct buf b = {0};
    diag_plain(&b, line, line.n);
    str plain = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return plain;
}

str find_templates(struct arena *mem, const struct arguments *args)
{
    str dir = str_of(args->value[OPTION_templates]);
    if (!str_is_set(dir))
        dir = templates_dir(mem);
    if (!dir_exists(dir))
        die("there is no folder of templates; name it with --templates or SALESBOOK_TEMPLATES");
    return dir;
}

size_t find_books(struct arena *mem, const struct arguments *args, str **dirs)
{
    str *names;
    size_t n = 0;

    if (args->nwords) {
        *dirs = NEW_ARRAY(mem, (size_t)args->nwords, str);
        for (int i = 0; i < args->nwords; i++)
            (*dirs)[n++] = str_of(args->word[i]);
        return n;
    }
    size_t nnames = dir_list(mem, S("input"), &names);
    *dirs = NEW_ARRAY(mem, nnames, str);
    for (size_t i = 0; i < nnames; i++) {
        str dir = path_join(mem, S("input"), names[i]);
        if (is_book(mem, dir))
            (*dirs)[n++] = dir;
    }
    return n;
}

struct targets targets_of(struct arena *mem, const struct arguments *args, str name)
{
    str site = path_bare(str_of(args->value[OPTION_site])),
        output = path_bare(str_of(args->value[OPTION_output]));
    bool own = args->nwords == 1;
    if (!own || !site.n)
        site = path_join(mem, site.n ? site : S("site"), name);
    if (!own || !output.n)
        output = path_join(mem, output.n ? output : S("output"), name);
    /* What is exchanged is the folder: a link in its place would be, and who serves the folder
     * would go on to serve the tree of before. */
    return (struct targets){path_of_folder(mem, site), path_of_folder(mem, output)};
}

/* The one place that asks what day it is: a pipeline that passes --as-of=today wants to know. A
 * build that has to be made again on another day says it by SOURCE_DATE_EPOCH, in seconds of UTC
 * (reproducible-builds.org). */
day today(void)
{
    struct timespec now;
    struct tm local;
    int64_t given;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch && parse_integer(str_of(epoch), &given)) {
        time_t then = (time_t)given;
        if (gmtime_r(&then, &local))
            return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
    }
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

bool read_as_of(const struct arguments *args, day *as_of)
{
    str text = str_of(args->value[OPTION_as_of]);
    *as_of = DAY_NONE;
    if (!str_is_set(text))
        return true;
    *as_of = str_eq(text, S("today")) ? today() : day_parse(text);
    if (*as_of == DAY_NONE)
        wrong_usage("--as-of=" STR_FMT ": write a date, such as 2026-10-31, or today",
                    STR_ARG(text));
    return *as_of != DAY_NONE;
}

bool read_number(const struct arguments *args, enum option_id id, long least, long most, long *n)
{
    int64_t given;
    if (!args->value[id])
        return true;
    if (parse_integer(str_of(args->value[id]), &given) && given >= least && given <= most) {
        *n = (long)given;
        return true;
    }
    wrong_usage("'%s' is not a whole number from %ld to %ld", args->value[id], least, most);
    return false;
}

bool diagnostics_form(const struct arguments *args, enum diag_format *format)
{
    static const str names[] = {S("text"), S("json"), S("sarif"), S("github")};
    str given = str_of(args->value[OPTION_diagnostics]);

    *format = DIAG_TEXT;
    for (int i = 0; str_is_set(given) && i < 4; i++)
        if (str_eq(given, names[i])) {
            *format = (enum diag_format)i;
            return true;
        }
    if (str_is_set(given))
        wrong_usage("--diagnostics=" STR_FMT ": write text, json, sarif or github", STR_ARG(given));
    return !str_is_set(given);
}

bool print_diags(const struct arguments *args, const struct diags *diags)
{
    enum diag_format format;
    if (!diagnostics_form(args, &format))
        return false;
    /* Programs read JSON and SARIF from standard output, GitHub its commands; people read the
     * rest. */
    FILE *out = format == DIAG_TEXT ? stderr : stdout;
    bool colour = format == DIAG_TEXT && isatty(STDERR_FILENO) && !getenv("NO_COLOR");
    diags_print(diags, format, out, colour, false);
    return true;
}

enum exit_status status_of(bool ok, const struct diags *diags)
{
    static const enum diag_id machine[] = {
        DIAG_FILE_WRITE,   DIAG_LOCK_HELD,     DIAG_CHILD_START,  DIAG_WORKER_DIED,
        DIAG_FONT_MISSING, DIAG_PDF_WRITE,     DIAG_QUERY_START,  DIAG_SMTP_LIBRARY,
        DIAG_SMTP_DOWN,    DIAG_LEDGER_LOCKED, DIAG_ENGINE_START, DIAG_ENGINE_SLOW,
        DIAG_LOCK_FAILED,
    };
    for (size_t i = 0; i < diags->list.n; i++)
        for (size_t m = 0; m < sizeof machine / sizeof *machine; m++)
            if (diags->list.at[i].id == machine[m])
                return EXIT_MACHINE;
    return ok && !diags->nerrors ? EXIT_FINE : EXIT_DATA;
}

int processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}
