#include "cmd.h"

#include "../book/changes.h"

/* One of the two words: what it means for a book. */
struct book_state {
    struct side side;
    str name; /* what it is called */
    bool there;
};

struct comparison {
    struct arena *mem;
    const struct arguments *args;
    struct open_options options;
    str audience, templates, folder; /* folder: of revisions, to be removed */
    bool markdown;
    size_t nfolders;
};

/* The state at a revision, in a folder of its own called as the book is. */
static bool revision_of(struct comparison *d, str book, str rev, struct book_state *state,
                        struct diags *diags)
{
    str below = arena_printf(d->mem, STR_FMT "/%zu", STR_ARG(d->folder), d->nfolders++);
    str dir = path_join(d->mem, below, book_name(d->mem, book));
    struct book *then = NEW(d->mem, struct book);
    if (!book_at(d->mem, book, rev, dir, &state->there, diags))
        return false;
    state->side = (struct side){dir, then};
    return !state->there || book_read(d->mem, dir, d->templates, then, diags);
}

/* A word is a folder, of a book or a build, or a revision of this book; no word, the book as it
 * is. */
static bool state_of(struct comparison *d, str book, str word, struct book_state *state,
                     struct diags *diags)
{
    *state = (struct book_state){.name = word.n ? word : S("now"), .there = true};
    if (word.n && !dir_exists(word))
        return revision_of(d, book, word, state, diags);
    return side_read(d->mem, word.n ? word : book, d->templates, &state->side, diags);
}

static bool compare(struct comparison *d, str name, const struct book_state *before,
                    const struct book_state *now, struct diags *diags)
{
    struct changes c = {.mem = d->mem};
    struct buf out = {0};

    if (!compare_sides(&c, &before->side, &now->side, d->audience, &d->options, diags))
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
    if (!state_of(d, book, from, &before, diags) || !state_of(d, book, to, &now, diags))
        return false;
    if (before.there && now.there)
        return compare(d, book, &before, &now, diags);
    printf("%s" STR_FMT ": %s\n", d->markdown ? "### " : "", STR_ARG(book),
           now.there      ? "a new book"
           : before.there ? "is gone"
                          : "in neither of the two");
    return true;
}

/* A build is of one book: among all those there are, the one that is called as it is. */
static bool compare_build(struct comparison *d, str build, const struct arguments *rest, str from,
                          str to, struct diags *diags)
{
    str *book, name;
    size_t n = find_books(d->mem, rest, &book);

    if (!build_of(d->mem, build, d->audience, &name, diags))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rest->nwords == 1 || str_eq(book_name(d->mem, book[i]), name))
            return compare_book(d, book[i], from, to, diags);
    return diags_add(diags, DIAG_SNAPSHOT_NO_BOOK, ((struct place){.file = build}), build, name);
}

/* OLD and NEW are two folders, of books or builds; or NEW is the folder of a book and OLD a
 * revision; or they are revisions of the books that follow, else of all. */
static bool compare_all(struct comparison *d, struct diags *diags)
{
    const struct arguments *args = d->args;
    str from = str_of(args->word[0]), to = args->nwords > 1 ? str_of(args->word[1]) : S("");
    bool from_dir = dir_exists(from), to_dir = to.n && dir_exists(to);
    struct arguments rest = *args;
    bool ok = true;
    str *book;

    if (args->nwords == 2 && to_dir && (from_dir || !is_build(to)))
        return compare_book(d, to, from, from_dir ? to : S(""), diags);
    rest.word += args->nwords > 1 ? 2 : 1;
    rest.nwords -= args->nwords > 1 ? 2 : 1;
    if (from_dir && is_build(from))
        return compare_build(d, from, &rest, from, to, diags);
    if (to_dir && is_build(to))
        return compare_build(d, to, &rest, from, to, diags);
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
        return wrong_usage(
            "diff wants two states: revisions of git, folders of a book, or builds of it");
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
            "git, folders of a book, or builds of it (the site of a book, site/acme); without\n"
            "NEW, the files as they are now. --format is text or markdown. What only an\n"
            "audience may see is \"restricted\"; in builds it is not there.\n\n"
            "  salesbook diff HEAD                      what is not committed yet\n"
            "  salesbook diff HEAD~1 HEAD input/acme\n"
            "  salesbook diff backup/acme input/acme\n"
            "  salesbook diff kept/site/acme site/acme  two builds\n"
            "  salesbook diff --format=markdown origin/main HEAD\n",
    .options = diff_options,
    .noptions = sizeof diff_options / sizeof *diff_options,
    .run = run_diff,
};
