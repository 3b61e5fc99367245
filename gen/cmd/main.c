#include "cmd.h"

#include <getopt.h>
#include <signal.h>
#include <unistd.h>

const struct command *const commands[] = {
#define X(name) &command_##name,
    COMMANDS(X)
#undef X
};
const size_t ncommands = sizeof commands / sizeof *commands;

static const struct {
    const char *name;
    int letter;
    const char *argument, *help;
} options[] = {
#define X(name, letter, argument, help) {#name, letter, argument, help},
    OPTIONS(X)
#undef X
};

const char *option_name(enum option_id id)
{
    static char names[OPTION_COUNT][16];
    char *name = names[id];
    size_t n = strlen(options[id].name);
    for (size_t i = 0; i <= n; i++)
        name[i] = options[id].name[i] == '_' ? '-' : options[id].name[i];
    return name;
}

/* ---- help ---- */

static void print_option(enum option_id id)
{
    char left[40];
    const char *argument = options[id].argument;
    snprintf(left, sizeof left, "--%s%s%s", option_name(id), argument ? "=" : "",
             argument ? argument : "");
    if (options[id].letter)
        printf("  -%c, %-20s %s\n", options[id].letter, left, options[id].help);
    else
        printf("      %-20s %s\n", left, options[id].help);
}

static void print_help(void)
{
    puts("Usage: salesbook COMMAND [OPTION…] [BOOK…]\n\n"
         "Compiles a sales department's CSV and Markdown into a dashboard site, PDF\n"
         "reports and charts. A book is a folder, such as input/security; without BOOK,\n"
         "every book in input/ is meant.\n\nCommands:");
    for (size_t i = 0; i < ncommands; i++)
        printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
    puts("\nExamples:\n"
         "  salesbook new input/acme --from export.csv   from another program's export\n"
         "  salesbook check input/acme                   is the data sound?\n"
         "  salesbook build                              all books into site/ and output/\n"
         "  salesbook serve input/acme                   preview, rebuilt at every change\n\n"
         "`salesbook COMMAND --help` tells more. Exit status: 0 fine, 1 the data or a\n"
         "template has errors, 2 wrong usage, 3 the machine lacks something or failed.");
}

static void print_command_help(const struct command *c)
{
    printf("Usage: salesbook %s [OPTION…] %s\n\n%s.\n\n%s\nOptions:\n", c->name, c->words,
           c->summary, c->help);
    for (size_t i = 0; i < c->noptions; i++)
        print_option(c->options[i]);
    print_option(OPTION_help);
}

/* ---- reading the command line ---- */

static bool takes(const struct command *c, enum option_id id)
{
    for (size_t i = 0; i < c->noptions; i++)
        if (c->options[i] == id)
            return true;
    return id == OPTION_help || id == OPTION_version;
}

static bool read_arguments(const struct command *c, int argc, char **argv, struct arguments *args)
{
    struct option longs[OPTION_COUNT + 1] = {{0}};
    char letters[2 * OPTION_COUNT + 1];
    size_t n = 0, nletters = 0;

    for (int id = 0; id < OPTION_COUNT; id++) {
        if (!takes(c, id))
            continue;
        int has = options[id].argument ? required_argument : no_argument;
        longs[n++] = (struct option){option_name(id), has, NULL, 256 + id};
        if (options[id].letter) {
            letters[nletters++] = (char)options[id].letter;
            if (options[id].argument)
                letters[nletters++] = ':';
        }
    }
    letters[nletters] = '\0';
    for (int got; (got = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        int id = got - 256;
        if (got == '?')
            return false;
        for (int i = 0; got < 256 && i < OPTION_COUNT; i++)
            if (options[i].letter == got)
                id = i;
        const char *value = optarg ? optarg : "";
        /* Who calls us by a script of theirs adds an option to say something else. */
        if (args->value[id] && strcmp(args->value[id], value) != 0)
            fprintf(stderr, "salesbook: --%s is given twice; the last counts: %s\n",
                    option_name((enum option_id)id), value);
        args->value[id] = value;
    }
    args->word = argv + optind;
    args->nwords = argc - optind;
    return true;
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < ncommands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static enum exit_status unknown_command(const char *name)
{
    str names[sizeof commands / sizeof *commands];
    for (size_t i = 0; i < ncommands; i++)
        names[i] = str_of(commands[i]->name);
    str nearest = text_nearest(str_of(name), names, sizeof names / sizeof *names);
    return nearest.n ? wrong_usage("there is no command '%s'; do you mean '" STR_FMT "'?", name,
                                   STR_ARG(nearest))
                     : wrong_usage("there is no command '%s'", name);
}

/* The tables of a build are walked at random, and with pages of 4 KB a fifth of the time goes into
 * finding them; so memory comes in pages of 2 MB. glibc asks for them only where the environment of
 * a program says so when it starts, so this one starts once more. What it starts itself (gnuplot,
 * dot, engines) is too small for them. Who preloads a library, as valgrind does, may have another
 * allocator, and is not to lose us. */
static void use_large_pages(char **argv)
{
    static const char tunables[] = "GLIBC_TUNABLES", ours[] = "glibc.malloc.hugetlb=1";
    str said = str_of(getenv(tunables));
    if (str_eq(said, str_of(ours))) {
        unsetenv(tunables);
    } else if (!said.n && !getenv("LD_PRELOAD")) {
        setenv(tunables, ours, true);
        execv("/proc/self/exe", argv);
        unsetenv(tunables);
    }
}

int main(int argc, char **argv)
{
    struct arguments args = {0};

    signal(SIGPIPE, SIG_IGN); /* a gnuplot that ends is a diagnostic, not our end */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow any more */
    signal(SIGCHLD, SIG_DFL); /* who started us may ignore it: then no child has a status */
    if (argc < 2)
        return wrong_usage("name a command");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return print_help(), EXIT_FINE;
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
        return puts("salesbook " SALESBOOK_VERSION), EXIT_FINE;
    use_large_pages(argv);
    const struct command *c = find_command(argv[1]);
    if (!c)
        return unknown_command(argv[1]);
    argv[1] = argv[0]; /* as getopt names the program in what it says of a wrong option */
    if (!read_arguments(c, argc - 1, argv + 1, &args))
        return EXIT_USAGE;
    if (args.value[OPTION_help])
        return print_command_help(c), EXIT_FINE;
    if (args.value[OPTION_version])
        return puts("salesbook " SALESBOOK_VERSION), EXIT_FINE;
    enum exit_status status = c->run(&args);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == EXIT_FINE)
        return EXIT_MACHINE;
    return status;
}
