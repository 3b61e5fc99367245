/* cmd: the program's commands: options, help, standard output, exit status.
 * Knows book and what lies below; nothing knows it. */
#ifndef SALESBOOK_CMD_H
#define SALESBOOK_CMD_H

#include "../book/book.h"

#define SALESBOOK_VERSION "0.1.0"

enum exit_status {
    EXIT_FINE = 0,
    EXIT_DATA = 1,
    EXIT_USAGE = 2,
    EXIT_MACHINE = 3,
    EXIT_DAMAGED = 4, /* of verify */
    EXIT_FOREIGN = 5,
};

/* Every option a line: name, letter or 0, argument or NULL, help. */
#define OPTIONS(X)                                                                                 \
    X(site, 0, "DIR", "site goes there; for one book, its own tree (site)")                        \
    X(output, 0, "DIR", "put reports and rejected rows there (output)")                            \
    X(templates, 0, "DIR", "systems, pages, reports, charts and theme to use")                     \
    X(as_of, 0, "DATE", "see the book as on that day: 2026-10-31 or today")                        \
    X(report, 0, "NAME", "make only this report")                                                  \
    X(since, 0, "OLD", "tell on a page what changed since this revision")                          \
    X(strict, 0, NULL, "stop at the first row that cannot be used")                                \
    X(jobs, 'j', "N", "worker processes (as many as processors)")                                  \
    X(force, 0, NULL, "make all again, even what is as before")                                    \
    X(timings, 0, NULL, "tell where the time went")                                                \
    X(why, 0, "PAGE", "tell why this page or report was made again")                               \
    X(diagnostics, 0, "FORM", "text, json, sarif or github (text)")                                \
    X(format, 0, "FORM", "table, csv, json of sql; text, markdown of diff")                        \
    X(audience, 0, "NAME", "see what this audience may see (everyone)")                            \
    X(port, 'p', "N", "listen there, on loopback (8080; 0: any free one)")                         \
    X(from, 0, "FILE", "take this export of another program as its data")                          \
    X(table, 0, "NAME", "what the export holds (sales); alone: an empty table")                    \
    X(send, 0, NULL, "send what is due, and note it in the ledger")                                \
    X(ledger, 0, "FILE", "what went to whom (sent.csv of the book)")                               \
    X(help, 'h', NULL, "tell this and end")                                                        \
    X(version, 'V', NULL, "tell the version and end")

enum option_id {
#define X(name, letter, argument, help) OPTION_##name,
    OPTIONS(X)
#undef X
        OPTION_COUNT
};

struct arguments {
    const char *value[OPTION_COUNT]; /* NULL: not given; "" for an option without argument */
    char **word;                     /* what is no option */
    int nwords;
};

struct command {
    const char *name, *words, *summary;
    const char *help; /* paragraphs and examples, after the synopsis */
    const enum option_id *options;
    size_t noptions;
    enum exit_status (*run)(const struct arguments *args);
};

#define COMMANDS(X)                                                                                \
    X(build) X(check) X(new) X(serve) X(mail) X(sql) X(diff) X(close) X(verify) X(completion)
#define X(name) extern const struct command command_##name;
COMMANDS(X)
#undef X

/* ---- main.c ---- */
extern const struct command *const commands[];
extern const size_t ncommands;
const char *option_name(enum option_id id); /* --as-of on the command line, as_of in C */

/* ---- common.c ---- */
/* Templates folder by --templates or beside the program; ends the program with exit 3 if none is
 * there. */
str find_templates(struct arena *mem, const struct arguments *args);
/* The books named, or all folders of input/ that hold a book. */
size_t find_books(struct arena *mem, const struct arguments *args, str **dirs);
/* The day by the clock, or by SOURCE_DATE_EPOCH. */
day today(void);
/* Reads --as-of; false with a message on standard error. */
bool read_as_of(const struct arguments *args, day *as_of);
bool read_number(const struct arguments *args, enum option_id id, long least, long most, long *n);
/* Prints what is wrong in the form of --diagnostics to standard error. False: the form is
 * unknown. */
bool print_diags(const struct arguments *args, const struct diags *diags);
bool diagnostics_form(const struct arguments *args, enum diag_format *format);
/* What to end with: EXIT_MACHINE if something is wrong that no book and no template can mend. */
enum exit_status status_of(bool ok, const struct diags *diags);
int processors(void);
/* Says on standard error what is wrong with the command line. Returns EXIT_USAGE. */
enum exit_status wrong_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text from data or from a file of others in one line of a terminal. Controls would let it steer
 * that, also those beyond ASCII; marks of direction would turn round what stands beside it. */
str terminal_text(struct arena *mem, str text);

/* Where a book's site and reports go: with one book named, --site and --output are that book's own
 * trees; else their parents. */
struct targets {
    str site, output;
};
struct targets targets_of(struct arena *mem, const struct arguments *args, str name);

/* ---- build.c ---- */
/* Builds one book as `build` does, quietly, for `serve`. */
enum outcome build_one(struct arena *mem, const struct arguments *args, str dir, str site,
                       str output, bool preview, struct diags *diags);

#endif
