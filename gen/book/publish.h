/* Private to book: keys, stamps and the change over. Order of calls: inputs_find, is_current, then
 * the staging folders are filled, then publish. */
#ifndef SALESBOOK_BOOK_PUBLISH_H
#define SALESBOOK_BOOK_PUBLISH_H

#include "book.h"

/* What a published tree says of itself, a line each; bytes: of all files it was made from. */
struct stamp {
    str key, title, as_of, figure, bytes;
};

/* inputs.c: all that a build depends on: the book, the templates, the program, the options, the
 * versions of engines. Small files are hashed at once. */
struct inputs;
struct inputs *inputs_find(struct arena *mem, const struct book *book,
                           const struct build_options *o);
/* Whether nothing else is; not where an engine says no version. */
bool inputs_are_known(const struct inputs *in);
str inputs_bytes(const struct inputs *in);
/* The hash of all as text. Large files that `data` has read have the hash of what was read, others
 * are hashed; `data` may be NULL. */
str inputs_key(struct inputs *in, const struct dataset *data);
/* Whether both targets were built from all that there is now. Large files are read for it only
 * where there are as many bytes. */
bool inputs_are_published(struct inputs *in);
/* Hash of what all documents of a book depend on besides its data: the program, the templates, the
 * book's own settings and templates. Its notes are data. */
struct hash128 documents_key(struct arena *mem, const struct book *book);
/* Hash of what gives figures their meaning: the program's sources, the templates, the book's
 * own. */
struct hash128 templates_key(struct arena *mem, const struct book *book);
/* output/.cache/BOOK.KIND: what may be deleted at any time. */
str cache_path(struct arena *mem, const struct build_options *o, const char *kind);
/* Deletes what these options say was kept of other runs. */
void cache_forget(struct arena *mem, const struct open_options *o);
/* The drawings of earlier builds, beside the output under its name: so many as any book needs. By
 * force they are forgotten first. */
struct blobs *drawings_open(struct arena *mem, const struct build_options *o);
/* Hash of the scripts in the folders of chart kinds. */
struct hash128 charts_hash(struct arena *mem, const str *folder, size_t n);
/* navigation.c: fills in the navigation of a site, by group and order. */
void site_navigation(struct arena *mem, const struct plan *plan, struct site *site);
/* navigation.c: of what pages show of their site: all but what stands in files of its own. */
struct hash128 site_hash(struct arena *mem, const struct site *site);
/* times.c: the longest first; and the times of tables, rollups and views, with what else is counted
 * of them. */
void times_fall(struct build_time *time, size_t n);
void model_times(struct arena *mem, const struct store *store, struct build_stats *stats);
/* search.c: what the search of an audience's site finds, pages first. False with a diagnostic. */
bool search_entries(struct arena *mem, const struct opened *opened, const struct plan *plan,
                    str audience, struct search_entry **entry, size_t *n, struct diags *diags);
/* calendar.c: output/calendar/all.ics and one for each owner of events. False with a diagnostic. */
bool write_calendars(struct arena *mem, const struct book *book, struct store *store, str output,
                     struct diags *diags);
/* start_page.c: the first of the key figures, in words: "Revenue this month 11.0 m CNY, +3.1 %
 * against plan". */
str first_figure(struct arena *mem, const struct opened *o);
bool stamp_read(struct arena *mem, str dir, struct stamp *stamp); /* false if there is none */
/* Whether both targets have this key, and were made from so many bytes; what is unset is not asked.
 */
bool is_current(struct arena *mem, const struct build_options *o, const struct stamp *now);
/* Locks both targets, for two builds may have one site and two folders of reports. False with a
 * diagnostic, and nothing locked, where another build holds one, or one is neither absent, nor
 * empty, nor a tree of ours: to publish removes what it holds. */
struct target_locks {
    int fd[2]; /* or -1 */
};
bool targets_take(struct arena *mem, const struct build_options *o, struct target_locks *locks,
                  struct diags *diags);
void targets_leave(const struct target_locks *locks);
str staging_of(struct arena *mem, str target);
/* write.c: one that is a person's own is handed to that person: no site has it. */
bool report_is_private(const struct page *page);
/* Whether a report may lie where that audience reads. */
bool report_may_be_in(const struct page *page, str audience);
/* Below the output: what one audience alone may see. */
str private_folder(struct arena *mem, str audience);
/* reports.c: which listed reports have a workbook beside them, in the staging tree or the one
 * before. */
void find_workbooks(struct arena *mem, struct site *site, str staging, str published);
/* reports.c: feed.xml in dir, of the newest reports. */
bool write_feed(struct arena *mem, const struct site *site, str dir, str published,
                struct diags *diags);
/* Where a file of a folder goes on, below the other, by its name; unset: nowhere. */
struct carried {
    str (*to)(struct arena *mem, const void *arg, str file);
    const void *arg;
};
/* Links every file below `from` that is not there yet into its place below `to`: as `carried` says,
 * the same if it is NULL. */
bool carry_over(struct arena *mem, str from, str to, const struct carried *carried,
                struct diags *diags);
/* reports.c: adds to the list of a site's reports those of other periods that stand in the
 * published site and that it may still have. */
void list_reports_before(struct arena *mem, const struct opened *opened, const struct plan *plan,
                         struct site *site, str published);
/* Carries over the reports of other periods into the staging trees; one that is for an audience
 * alone by now, to where that one reads. */
bool carry_reports(struct arena *mem, const struct opened *opened, const struct plan *plan,
                   const struct build_options *o, struct diags *diags);
/* Stamps the staging trees and puts them in the places of the targets: output first, then site, so
 * that a site never leads to a report that is not there. */
bool publish(struct arena *mem, const struct build_options *o, const struct stamp *stamp,
             struct diags *diags);

#endif
