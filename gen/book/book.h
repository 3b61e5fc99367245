/* book: one book from its folder to its published trees.
 * Knows all modules but cmd. Must not know options, help, standard output. */
#ifndef SALESBOOK_BOOK_H
#define SALESBOOK_BOOK_H

#include "../render/render.h"

/* ---- settings.c: book.yaml ---- */
struct book {
    str name;      /* of its folder: security */
    str dir;       /* input/security, as the user wrote it */
    str templates; /* folder of systems/, pages/, reports/, charts/, theme/ */
    str title;
    struct language lang;
    int fiscal_year_start; /* month 1–12 */
    day as_of;             /* given in book.yaml, or DAY_NONE */
    str *audiences;        /* "everyone" first */
    size_t naudiences;
    str *reports; /* names of reports to build; NULL: all that do not want to be asked */
    size_t nreports;
    struct place reports_at;
    struct mapping *mapping;
    size_t nmappings;
    struct engine *engine; /* whom rollups are asked for */
    size_t nengines;
    struct mail_settings *mail; /* mail.h; or NULL */
};

/* Reads dir/book.yaml; without one, all is by default. False with diagnostics. */
bool book_read(struct arena *mem, str dir, str templates, struct book *book, struct diags *diags);

/* What a book in this folder is called: as the folder, also where that is written `.` or with a '/'
 * behind. */
str book_name(struct arena *mem, str dir);

/* Whether a folder is a book: it holds a book.yaml or a CSV file. */
bool is_book(struct arena *mem, str dir);

/* ---- engines.c: `engines:` of book.yaml ---- */
/* Fills in the engines of a book whose dir is set. */
void engines_settings(struct arena *mem, const struct yaml *node, struct book *book,
                      struct diags *diags);
/* Where answers of engines are kept, beside the output tree of their book. */
str answers_path(struct arena *mem, str output);

/* ---- overlay.c: a book's own files lie over those of templates, file by file ---- */
struct overlay_file {
    str name, path;
};
/* The files of folder `below` ("pages", "systems/targets") in both, the book's first; sorted by
 * name. */
size_t overlay_list(struct arena *mem, const struct book *book, str below,
                    struct overlay_file **files);

/* ---- unread.c ---- */
/* Warns of what lies in a book where files are read, or beside that, under a name that is not. */
void unread_check(struct arena *mem, const struct book *book, struct diags *diags);

/* ---- open.c: data, models and pages of a book, ready for queries ---- */
struct open_options {
    day as_of; /* DAY_NONE: book.yaml's, else the latest fact */
    bool strict;
    str report;     /* asked for by name, whether or not book.yaml names it; or unset */
    int jobs;       /* closed months that are compared at a time; 0: one */
    bool rows_only; /* nothing can be asked: for open_again() */
    str answers;    /* file in which answers of engines are kept; or unset */
    bool fold; /* nobody asks for single rows of large tables: they need not be kept, unless rows of
                * a closed month are other than they were */
    str slices, sums; /* files in which what is folded of them is kept; or unset */
    str image;        /* file with the database of the build before; or unset */
    str restated;     /* file with what came of closed months that have other rows; or unset */
    struct hash128 image_id; /* of all that this build depends on, if that is known: for the one
                                that it leaves */
    bool as_asked;   /* views are evaluated when a query reads them: for a single question */
    bool asked_only; /* of systems that the book lacks only what is found to be asked for has rows;
                      * whatever else is asked for gives the diagnostic QUERY_UNWANTED */
    const struct change_fact *change; /* what data_changes says */
    size_t nchanges;
};
struct opened {
    struct arena *mem;
    const struct book *book;
    struct model model;
    struct dataset *data;
    struct load_options load; /* how it was read */
    bool again;               /* data is another's, on another day */
    struct store *store;
    struct page **page; /* of present systems */
    size_t npages;
    struct model_file *models;
    size_t nmodels;
    str *kinds; /* names of pages of which there is one for each row */
    size_t nkinds;
    size_t nchanged,
        nchanged_taken; /* closed months that have other rows; of which so many as before */
    double read_ms, model_ms;
    struct closed_months *closed; /* closed.h; NULL: nobody asks */
    bool lacks_rows; /* of folded tables, of which some are other than they were when a month was
                      * closed: it has to be opened again with all rows; open_book does */
};
/* Reads the tables, evaluates the models, reads the pages. False if nothing can be asked of the
 * book; what is wrong stands in diags either way. opened_close frees the store. */
bool open_book(struct arena *mem, const struct book *book, const struct open_options *options,
               struct opened *opened, struct diags *diags);
void opened_close(struct opened *opened);
/* The same templates and pages on another day, and the same rows, which are read again only where
 * they were folded: views are evaluated when a query reads them. To be closed before `from`. */
bool open_again(struct arena *mem, const struct opened *from, day as_of, struct opened *opened,
                struct diags *diags);
/* Plans the pages of every audience. */
bool plan_book(struct opened *opened, struct plan *plan, struct diags *diags);

/* ---- wanted.c ---- */
/* What can be read of the systems that the book lacks; o has its pages and models. NULL: all, for
 * that cannot be told. */
struct wanted *wanted_of(struct arena *mem, const struct opened *o);

/* ---- audiences.c ---- */
bool book_has_audience(const struct book *book, str name);
/* Whether each `audience:` of tables, pages and blocks is one that can have readers; else
 * diagnostics that name the nearest. */
bool audiences_check(const struct opened *o, struct diags *diags);

/* ---- workers.c: units of work over processes ---- */
/* One unit: writes its files, notes its diagnostics, and what the parent is to print in `told`;
 * state is what `start` gave. False: failed. */
typedef bool unit_fn(void *arg, void *state, size_t unit, struct diags *diags, struct buf *told);
struct work {
    void *arg;
    void *(*start)(void *arg,
                   struct diags *diags); /* once a worker; NULL with a diagnostic fails all */
    void (*stop)(void *state);           /* both may be NULL: then state is arg */
    unit_fn *unit;
    void (*tell)(void *arg, str told); /* in the parent, in the order of units; or NULL */
    size_t nunits;
    int nworkers;
    void (*progress)(size_t done, size_t all); /* or NULL */
    double *ms;                                /* nunits, filled with the time each took; or NULL */
};
/* Runs all units in nworkers forked processes that share them out as they come free. Diagnostics
 * come in the order of the units, whatever the number of workers. False if a unit failed or a
 * worker died. */
bool work_run(const struct work *work, struct diags *diags);
/* The same, while the caller does something else in between. What `arg` points to has to stay as it
 * is. */
struct running;
struct running *work_start(const struct work *work);
bool work_finish(struct running *r, struct diags *diags);

/* ---- build.c ---- */
enum outcome { BUILD_DONE, BUILD_CURRENT, BUILD_FAILED };
struct build_options {
    str site, output; /* this book's own trees; site unset: reports only */
    str report;       /* only this report, or unset */
    str address;      /* only what has this address, or unset */
    str why;          /* tell why what has this address was made again, or unset */
    str since;        /* a revision or folder: a page tells what changed since; or unset */
    struct open_options open;
    int jobs;
    bool check; /* pages are evaluated, nothing is written */
    bool preview;
    bool force; /* build even if the key says that nothing changed */
    void (*progress)(size_t done, size_t all);
};
struct build_time {
    str what;
    double ms;
};
struct build_stats {
    size_t pages, reports;
    size_t made, kept; /* documents: a page may be one for several audiences */
    size_t unread;     /* of those kept: known to be as before without being evaluated */
    str why;           /* lines, of what options asked for */
    double read_ms, model_ms, pages_ms, total_ms;
    double lost_ms; /* of total_ms, where the build began again, with what was overlooked; 0: it did
                       not */
    struct build_time *slowest; /* pages and reports, falling */
    size_t nslowest;
    struct build_time *models;       /* tables, rollups and views, falling */
    size_t nmodels, ntaken;          /* of which so many were taken from the build before */
    size_t nchanged, nchanged_taken; /* closed months that have other rows, and the same of them */
    size_t cells;                    /* of all rollups */
};
/* Builds one book into staging folders beside its targets and changes over, output first, then
 * site; a failed build leaves the old trees as they are. */
enum outcome build_book(struct arena *mem, const struct book *book,
                        const struct build_options *options, struct build_stats *stats,
                        struct diags *diags);

/* ---- close.c: the figures of a month that is over, kept as they are published ---- */
struct closing {
    str path;
    size_t figures, rows; /* lines of either kind */
};
/* Writes closed/<month>.csv of the book: what its reports with `closed: yes` say at the end of the
 * month. As of `as_of`, by default the latest fact, the month has to be over; one that is closed is
 * not closed again unless `force`. False with diagnostics. */
bool close_month(struct arena *mem, const struct book *book, int month, day as_of, bool force,
                 int jobs, struct closing *closing, struct diags *diags);

/* ---- verify.c: whether a book gives a file ---- */
#define VERDICTS(X) X(same) X(other) X(none) X(broken_book)
enum verdict {
#define X(name) VERDICT_##name,
    VERDICTS(X)
#undef X
};
struct verification {
    struct pdf_origin then,
        now;         /* what the file says of itself, and what is made of the book now */
    size_t nqueries; /* of either */
    str *differs;    /* places of queries that give other rows, and of those that only one has */
    size_t ndiffers;
};
/* Makes what `v->then` says it is again, of this book, as of `as_of` or, if that is DAY_NONE, of
 * its own day, and compares it with `file`. Nothing is written but a temporary folder. */
enum verdict verify_file(struct arena *mem, const struct book *book, str file, day as_of, int jobs,
                         struct verification *v, struct diags *diags);

/* The start page over all books that stand below dir. */
bool build_start_page(struct arena *mem, str dir, str templates, struct diags *diags);

#endif
