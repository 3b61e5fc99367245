#include "cmd.h"

#include "../book/changes.h"

/* One state of a book: where its files lie, and what it is called. */
struct book_state {
    str dir, name;
};

struct comparison {
    struct arena *mem;
    const struct arguments *args;
    struct open_options options;
    str audience, templates, folder; /* folder: of revisions, to be removed */
    bool markdown;
    size_t nfolders;
};

/* The state at a revision, in a folder of its own called as the book is, or the folder itself.
 * *there: whether the revision has that book. */
static bool state_of(struct comparison *d, str book, str word, struct book_state *state,
                     bool *there, struct diags *diags)
{
    *there = true;
    *state = (struct book_state){.dir = book, .name = word.n ? word : S("now")};
    if (!word.n || dir_exists(word))
        return true;
    str below = arena_printf(d->mem, STR_FMT "/%zu", STR_ARG(d->folder), d->nfolders++);
    state->dir = path_join(d->mem, below, path_base(book));
    return book_at(d->mem, book, word, state->dir, there, diags);
}

static bool compare(struct comparison *d, str name, const struct book_state *before,
                    const struct book_state *now, struct diags *diags)
{
    struct changes c = {.mem = d->mem, .audience = d->audience};
    struct book was, is;
    struct buf out = {0};

    if (!book_read(d->mem, before->dir, d->templates, &was, diags) ||
        !book_read(d->mem, now->dir, d->templates, &is, diags))
        return false;
    if (d->audience.n && !book_has_audience(&is, d->audience))
        return diags_add(diags, DIAG_AUDIENCE_UNKNOWN, ((struct place){.file = now->dir}),
                         d->audience, S("name one of `audiences:` in book.yaml"));
    if (!compare_books(&c, &was, &is, &d->options, diags))
        return false;
    if (d->markdown)
        changes_markdown(&out, &c, name, before->name, now->name);
    else {
        buf_addf(&out, STR_FMT ": ", STR_ARG(name));
        changes_text(&out, &c, before->name, now->name);
    }
    fwrite(out.p, 1, out.n, stdout);
    buf_clear(&out);
    return true;
}

static bool compare_book(struct comparison *d, str book, str from, str to, struct diags *diags)
{
    struct book_state before, now;
    bool was, is;
    if (!state_of(d, book, from, &before, &was, diags) || !state_of(d, book, to, &now, &is, diags))
        return false;
    if (was && is)
        return compare(d, book, &before, &now, diags);
    printf("%s" STR_FMT ": %s\n", d->markdown ? "### " : "", STR_ARG(book),
           is    ? "a new book"
           : was ? "is gone"
                 : "in neither of the two");
    return true;
}

/* OLD and NEW are two folders; or NEW is the folder of a book and OLD a revision; or both are
 * revisions of the books that follow, else of all. */
static bool compare_all(struct comparison *d, struct diags *diags)
{
    const struct arguments *args = d->args;
    str from = str_of(args->word[0]), to = args->nwords > 1 ? str_of(args->word[1]) : S("");
    struct arguments rest = *args;
    bool ok = true;
    str *book;

    if (args->nwords == 2 && dir_exists(from) && dir_exists(to))
        return compare(d, to, &(struct book_state){from, from}, &(struct book_state){to, to},
                       diags);
    if (args->nwords == 2 && dir_exists(to))
        return compare_book(d, to, from, S(""), diags);
    rest.word += args->nwords > 1 ? 2 : 1;
    rest.nwords -= args->nwords > 1 ? 2 : 1;
    size_t n = find_books(d->mem, &rest, &book);
    for (size_t i = 0; i < n; i++)
        ok &= compare_book(d, book[i], from, to, diags);
    return ok;
}

static enum exit_status diff(struct arena *mem, const struct arguments *args, struct diags *diags)
{
    str form = args->value[OPTION_format] ? str_of(args->value[OPTION_format]) : S("text");
    struct comparison d = {
        .mem = mem,
        .args = args,
        .audience = str_of(args->value[OPTION_audience]),
        .markdown = str_eq(form, S("markdown")),
    };
    if (!d.markdown && !str_eq(form, S("text")))
        return wrong_usage("--format=" STR_FMT ": write text or markdown", STR_ARG(form));
    if (!read_as_of(args, &d.options.as_of))
        return EXIT_USAGE;
    d.templates = find_templates(mem, args);
    d.folder = dir_temporary(mem, diags);
    bool ok = str_is_set(d.folder) && compare_all(&d, diags);
    if (str_is_set(d.folder))
        tree_remove(d.folder);
    return status_of(ok, diags);
}

static enum exit_status run_diff(const struct arguments *args)
{
    if (args->nwords < 1)
        return wrong_usage("diff wants two states: revisions of git, or folders of a book");
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    enum exit_status status = diff(mem, args, &diags);
    if (diags.list.n)
        print_diags(args, &diags);
    arena_free(mem);
    return status;
}

static const enum option_id diff_options[] = {OPTION_format, OPTION_as_of, OPTION_audience,
                                              OPTION_templates, OPTION_diagnostics};

const struct command command_diff = {
    .name = "diff",
    .words = "OLD [NEW] [BOOK…]",
    .summary = "Tell what changed between two states of a book",
    .help = "Which tables changed by how many rows, which key figures moved from what to\n"
            "what, the largest first, and the rows under them. OLD and NEW are revisions of\n"
            "git or folders of a book; without NEW, the files as they are now. --format is\n"
            "text or markdown. What only an audience may see is \"restricted\".\n\n"
            "  salesbook diff HEAD                      what is not committed yet\n"
            "  salesbook diff HEAD~1 HEAD input/acme\n"
            "  salesbook diff backup/acme input/acme\n"
            "  salesbook diff --format=markdown origin/main HEAD\n",
    .options = diff_options,
    .noptions = sizeof diff_options / sizeof *diff_options,
    .run = run_diff,
};
