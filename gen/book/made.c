#include "made.h"

#include <unistd.h>

/* The list, kept with a checksum: "trees KEY" of what it is the list of, "counts HASH" of the
 * numbers of rows that its pages show, "whole HASH" of all else that they show but rows, "image
 * HASH" of the database that they were made from, then, a line each: "document KEY ADDRESS", "for
 * AUDIENCES", "of PART HASH…" for each part that its key is made of, "read NUMBERS" of the tables
 * and views that it reads, "site PATH" or "output PATH" for each file, "data …" for what a package
 * says of each proposal; "end" is the last. */
static const str VERSION = S("documents-3"); /* of the list's form */

/* ---- the key of a document ---- */

static void add_hash(struct hasher *h, struct hash128 hash)
{
    hasher_add(h, (str){(const char *)&hash, sizeof hash});
}

/* "of templates/pages/person.md 12:1f0c… 20:…": sixteen digits a query. */
static void put_readings(struct buf *out, struct hasher *key, const struct document *d)
{
    for (size_t i = 0; i < d->readings.n; i++) {
        const struct made_of *r = &d->readings.at[i];
        if (!i || !str_eq(r->path, r[-1].path)) {
            buf_addf(out, "%sof " STR_FMT, i ? "\n" : "", STR_ARG(r->path));
            hasher_add(key, r->path);
        }
        buf_addf(out, " %d:%016llx", r->line, (unsigned long long)r->rows.high);
        add_hash(key, r->rows);
    }
    buf_addc(out, '\n');
}

static const struct hash128 *shown_of(const struct making *m, const struct hash128 *shown,
                                      str audience)
{
    for (size_t i = 0; i < m->nsites; i++)
        if (str_eq(m->site[i].audience, audience))
            return &shown[i];
    return shown;
}

void making_key(struct making *m, struct hash128 base, const struct hash128 *shown)
{
    struct hasher *key = hasher_new(m->mem), *sites = hasher_new(m->mem);
    struct buf parts = {0}, audiences = {0};

    for (size_t i = 0; i < m->naudiences; i++) {
        add_hash(sites, *shown_of(m, shown, m->audience[i]));
        buf_addf(&audiences, "%s" STR_FMT, i ? " " : "", STR_ARG(m->audience[i]));
    }
    m->audiences = arena_str(m->mem, buf_str(&audiences));
    hasher_add(key, m->audiences);
    const struct {
        const char *name;
        struct hash128 hash;
    } part[] = {{"program", base},
                {"templates", m->document->templates},
                {"links", m->document->shown},
                {"sites", hasher_end(sites)}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        add_hash(key, part[i].hash);
        buf_addf(&parts, "of %s 0:%016llx\n", part[i].name, (unsigned long long)part[i].hash.high);
    }
    put_readings(&parts, key, m->document);
    m->key = hash128_hex(m->mem, hasher_end(key));
    m->parts = arena_str(m->mem, buf_str(&parts));
    buf_clear(&parts);
    buf_clear(&audiences);
}

/* ---- files ---- */

static void note_file(struct making *m, bool in_site, str below)
{
    buf_addf(&m->files, "%s " STR_FMT "\n", in_site ? "site" : "output", STR_ARG(below));
}

static str tree_of(const struct making *m, bool in_site)
{
    return in_site ? m->site_dir : m->output_dir;
}

str making_path(struct making *m, bool in_site, str below)
{
    note_file(m, in_site, below);
    return path_join(m->mem, tree_of(m, in_site), below);
}

bool making_file(struct making *m, bool in_site, str below, str text)
{
    return file_write(making_path(m, in_site, below), text, m->diags);
}

void making_note(const struct making *m, struct buf *list)
{
    buf_addf(list, "document " STR_FMT " " STR_FMT "\nfor " STR_FMT "\n", STR_ARG(m->key),
             STR_ARG(m->address), STR_ARG(m->audiences));
    buf_add(list, m->parts);
    if (str_is_set(m->read))
        buf_addf(list, "read " STR_FMT "\n", STR_ARG(m->read));
    buf_add(list, buf_str(&m->files));
    for (str data = buf_str(&m->data); data.n;) {
        str line = str_cut(&data, '\n');
        buf_addf(list, "data " STR_FMT "\n", STR_ARG(line));
    }
}

void making_free(struct making *m)
{
    buf_clear(&m->files);
    buf_clear(&m->data);
}

/* ---- the list of the published trees ---- */

struct entry {
    str key, audiences;
    str read;               /* or unset */
    str parts, files, data; /* as lines */
};
struct made {
    struct arena *mem;
    struct map at; /* first audience and address → struct entry */
    const struct counted *now;
    bool recount;   /* its pages show other numbers of rows than now */
    bool as_before; /* all that they show besides rows is as it is now, and the image is that of
                       then */
};

struct counted counted_now(struct arena *mem, const struct store *store)
{
    struct store_stat *stat;
    size_t n = store_stats(store, mem, &stat);
    struct counted c = {
        .lang = store_language(store), .count = NEW_ARRAY(mem, n, struct row_count), .n = n};
    for (size_t i = 0; i < n; i++)
        c.count[i] = (struct row_count){stat[i].name, stat[i].rows};
    return c;
}

static str counted_key(struct arena *mem, const struct counted *c)
{
    struct hasher *h = hasher_new(mem);
    for (size_t i = 0; i < c->n; i++) {
        hasher_add(h, c->count[i].table);
        hasher_add(h, (str){(const char *)&c->count[i].rows, sizeof c->count[i].rows});
    }
    return hash128_hex(mem, hasher_end(h));
}

static str entry_name(struct arena *mem, str audiences, str address)
{
    str first = str_cut(&audiences, ' ');
    return arena_printf(mem, STR_FMT " " STR_FMT, STR_ARG(first), STR_ARG(address));
}

/* Takes the lines from the head of *text that begin with one of two words. */
static str take_lines(str *text, str word, str other)
{
    str all = *text;
    while (str_starts(*text, word) || str_starts(*text, other))
        str_cut(text, '\n');
    return str_sub(all, 0, all.n - text->n);
}

/* What stands behind the word of the next line; unset if it has another. */
static str take_word(str *text, str word)
{
    str line = str_cut(text, '\n');
    return str_starts(line, word) ? str_sub(line, word.n, line.n) : (str){0};
}

static bool take_entry(struct made *made, str *text)
{
    str line = str_cut(text, '\n'), word = str_cut(&line, ' ');
    struct entry *e = NEW(made->mem, struct entry);
    e->key = str_cut(&line, ' ');
    str audiences = str_cut(text, '\n');
    if (!str_eq(word, S("document")) || !str_is_set(line) || !str_starts(audiences, S("for ")))
        return false;
    e->audiences = str_sub(audiences, 4, audiences.n);
    e->parts = take_lines(text, S("of "), S("of "));
    if (str_starts(*text, S("read ")))
        e->read = take_word(text, S("read "));
    e->files = take_lines(text, S("site "), S("output "));
    e->data = take_lines(text, S("data "), S("data "));
    *map_put(&made->at, entry_name(made->mem, e->audiences, line)) = e;
    return true;
}

struct made *made_read(struct arena *mem, const struct build_options *o, const struct counted *now,
                       str whole, struct hash128 image)
{
    struct made *made = NEW(mem, struct made);
    struct kept_text kept = kept_open(mem, cache_path(mem, o, "documents"), VERSION);
    str text = arena_str(mem, kept.text);

    kept_close(&kept);
    *made = (struct made){.mem = mem, .now = now};
    map_init(&made->at, mem);
    struct stamp trees = {.key = take_word(&text, S("trees "))};
    if (!str_is_set(trees.key) || !is_current(mem, o, &trees))
        return NULL;
    made->recount = !str_eq(take_word(&text, S("counts ")), counted_key(mem, now));
    bool same_whole = str_eq(take_word(&text, S("whole ")), whole);
    bool same_image = str_eq(take_word(&text, S("image ")), hash128_hex(mem, image));
    made->as_before = same_whole && same_image && !hash128_eq(image, (struct hash128){0});
    while (!str_starts(text, S("end\n")))
        if (!text.n || !take_entry(made, &text))
            return NULL;
    return made;
}

void made_write(struct arena *mem, const struct build_options *o, str key,
                const struct counted *now, str whole, struct hash128 image, str list)
{
    const str head[] = {key, counted_key(mem, now), whole, hash128_hex(mem, image)};
    str text = arena_printf(mem,
                            "trees " STR_FMT "\ncounts " STR_FMT "\nwhole " STR_FMT
                            "\nimage " STR_FMT "\n" STR_FMT "end\n",
                            STR_ARG(head[0]), STR_ARG(head[1]), STR_ARG(head[2]), STR_ARG(head[3]),
                            STR_ARG(list));
    kept_write(mem, cache_path(mem, o, "documents"), VERSION, text);
}

static const struct entry *entry_of(const struct made *made, const struct making *m)
{
    return made ? map_get(&made->at, entry_name(m->mem, m->audiences, m->address)) : NULL;
}

/* ---- making again ---- */

/* A file of the list lies in one of our trees, wherever the list came from. */
static bool is_below(str path)
{
    for (str rest = path; str_is_set(rest);)
        if (str_eq(str_cut(&rest, '/'), S("..")))
            return false;
    return path.n && path.p[0] != '/';
}

static bool link_file(str from, str to, struct diags *diags)
{
    return dir_make(path_dir(to), diags) && link(from.p, to.p) == 0;
}

/* Most pages show no table of which there are more rows or fewer. */
static bool recount(const struct made *made, str from, str to, struct diags *diags)
{
    struct arena *mem = arena_new();
    struct buf page = {0};
    str text;
    bool ok = file_read(mem, from, &text, diags);
    if (ok) {
        render_counts(&page, mem, made->now->lang, text, made->now->count, made->now->n);
        ok = str_eq(buf_str(&page), text) ? link_file(from, to, diags)
                                          : file_write(to, buf_str(&page), diags);
    }
    buf_clear(&page);
    arena_free(mem);
    return ok;
}

static bool carry(const struct made *made, struct making *m, const struct build_options *o,
                  str file)
{
    struct diags ignored;
    str tree = str_cut(&file, ' ');
    bool in_site = str_eq(tree, S("site"));
    str published = in_site ? o->site : o->output, staging = tree_of(m, in_site);
    if (!published.n || !is_below(file))
        return false;
    str from = path_join(m->mem, published, file), to = path_join(m->mem, staging, file);
    diags_init(&ignored, m->mem);
    bool ok = made->recount && str_ends(file, S(".html")) ? recount(made, from, to, &ignored)
                                                          : link_file(from, to, &ignored);
    if (ok)
        note_file(m, in_site, file);
    return ok;
}

/* A link must not stay: to write to it would change the published file. */
static void uncarry(struct making *m)
{
    for (str files = buf_str(&m->files); files.n;) {
        str file = str_cut(&files, '\n'), tree = str_cut(&file, ' ');
        unlink(path_join(m->mem, tree_of(m, str_eq(tree, S("site"))), file).p);
    }
    buf_reset(&m->files);
}

static bool carry_all(const struct made *made, const struct entry *e, struct making *m,
                      const struct build_options *o, struct buf *list)
{
    for (str files = e->files; files.n;)
        if (!carry(made, m, o, str_cut(&files, '\n'))) {
            uncarry(m);
            return false;
        }
    for (str data = e->data; data.n;) {
        str line = str_cut(&data, '\n');
        buf_addf(&m->data, STR_FMT "\n", STR_ARG(str_sub(line, 5, line.n)));
    }
    making_note(m, list);
    return true;
}

bool made_again(const struct made *made, struct making *m, const struct build_options *o,
                struct buf *list)
{
    const struct entry *e = entry_of(made, m);
    return e && str_eq(e->key, m->key) && str_eq(e->audiences, m->audiences) &&
           carry_all(made, e, m, o, list);
}

bool made_as_before(const struct made *made)
{
    return made && made->as_before;
}

/* How many of these documents, from the first on, are those of an entry; 0 if it is for others. */
static size_t covered(const struct entry *e, const struct planned *const *planned, size_t n)
{
    size_t i = 0;
    for (str rest = e->audiences; rest.n; i++)
        if (i == n || !str_eq(str_cut(&rest, ' '), planned[i]->audience))
            return 0;
    return i;
}

bool made_unread(const struct made *made, struct making *m, const struct build_options *o,
                 const struct store *store, const struct planned *const *planned, size_t n,
                 size_t *alike, struct buf *list)
{
    if (!made_as_before(made))
        return false;
    m->audiences = planned[0]->audience;
    const struct entry *e = entry_of(made, m);
    if (!e || !str_is_set(e->read) || !(*alike = covered(e, planned, n)) ||
        !store_reads_as_before(store, e->read))
        return false;
    m->audiences = e->audiences;
    m->key = e->key;
    m->parts = e->parts;
    m->read = e->read;
    if (carry_all(made, e, m, o, list))
        return true;
    m->read = (str){0};
    return false;
}

/* ---- why ---- */

/* The place and the hash of the next query of parts: "of PATH LINE:HASH LINE:HASH". */
struct cursor {
    str lines, line, path;
};

static bool next_part(struct cursor *c, str *path, str *line, str *hash)
{
    while (!c->line.n) {
        if (!c->lines.n)
            return false;
        c->line = str_cut(&c->lines, '\n');
        str_cut(&c->line, ' ');
        c->path = str_cut(&c->line, ' ');
    }
    *hash = str_cut(&c->line, ' ');
    *line = str_cut(hash, ':');
    *path = c->path;
    return true;
}

static void say_part(struct buf *out, str path, str line)
{
    static const struct {
        const char *name, *words;
    } known[] = {
        {"program", "the program, templates or settings of the book"},
        {"templates", "its templates"},
        {"links", "its neighbours, or where its links lead"},
        {"sites", "what all pages of the site show: date, navigation, layout"},
    };
    buf_add(out, out->n ? S("; ") : S(""));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(path, str_of(known[i].name))) {
            buf_add(out, str_of(known[i].words));
            return;
        }
    if (str_eq(line, S("0")))
        buf_addf(out, STR_FMT ": text, names or parameters", STR_ARG(path));
    else
        buf_addf(out, "rows of " STR_FMT ":" STR_FMT, STR_ARG(path), STR_ARG(line));
}

static str differences(struct arena *mem, str before, str now)
{
    struct cursor was = {.lines = before}, is = {.lines = now};
    struct buf out = {0};
    for (str path[2], line[2], hash[2]; next_part(&is, &path[1], &line[1], &hash[1]);) {
        if (!next_part(&was, &path[0], &line[0], &hash[0]) || !str_eq(path[0], path[1]) ||
            !str_eq(line[0], line[1])) {
            bool is_file = str_eq(line[1], S("0"));
            buf_addf(&out, "%sother queries or files from " STR_FMT "%s" STR_FMT " on",
                     out.n ? "; " : "", STR_ARG(path[1]), is_file ? "" : ":",
                     STR_ARG(is_file ? S("") : line[1]));
            break;
        }
        if (!str_eq(hash[0], hash[1]))
            say_part(&out, path[1], line[1]);
    }
    str text = arena_str(mem, out.n ? buf_str(&out) : S("fewer queries"));
    buf_clear(&out);
    return text;
}

str made_why(const struct made *made, const struct making *m)
{
    const struct entry *e = entry_of(made, m);
    if (!made)
        return S("made: there is no list of what was made before");
    if (!e)
        return S("made: it is new");
    if (!str_eq(e->audiences, m->audiences))
        return arena_printf(m->mem, "made: it was for " STR_FMT " and is for " STR_FMT,
                            STR_ARG(e->audiences), STR_ARG(m->audiences));
    if (str_eq(e->key, m->key))
        return S("as before: nothing that it shows has changed");
    return arena_printf(m->mem, "made again, for these changed: " STR_FMT,
                        STR_ARG(differences(m->mem, e->parts, m->parts)));
}
