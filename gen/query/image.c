/* The database of one build, kept for the next. With it goes table "=kept": of each relation, in
 * the order in which they were made, a print of what it was made from. A table whose rows have the
 * same print is taken as it is, and so is a rollup or a view of the same SQL if all that it reads
 * is the same, a rollup also if its cells are. What is made again is compared with what there was,
 * so that what reads it need not be made again too.
 *
 * A view depends on its SQL, on what it reads, and on what functions know: language, working days,
 * as-of date. All but what it reads is in the key of the image; another key, and it is as if there
 * were none. The as-of date is read like rows: by a view that asks for it, and by tables, of which
 * other rows are seen on another day. */
#include "store.h"

#include <string.h>

struct known {
    struct print print;
    size_t rows;
};

struct noted {
    str name;
    struct known known;
};

struct image {
    struct hash128 id, before_id; /* of now, and of the image that was taken from; 0: none */
    struct hash128 key;
    struct kept_text kept; /* of the build before; or unset */
    sqlite3 *before;       /* these as a database, to be read only; NULL: there is none */
    struct map known; /* name of a relation → struct known, in the order in which they were made */
    LIST(struct noted) noted; /* the same of now */
    bool same_day;            /* its as-of date is that of now */
    bool differs;             /* something was made again */
};

void store_keep_image(struct store *s, struct hash128 key, struct kept_text before,
                      struct hash128 id)
{
    s->image = NEW(s->mem, struct image);
    *s->image = (struct image){.key = key, .kept = before, .id = id};
    map_init(&s->image->known, s->mem);
}

/* All that views depend on besides rows, but for what the caller knows. */
static struct hash128 whole_key(struct store *s, const struct map *indexed)
{
    struct hasher *h = hasher_new(s->mem);
    hasher_add(h, (str){(const char *)&s->image->key, sizeof s->image->key});
    hasher_add(h, str_of(sqlite3_sourceid()));
    print_surroundings(h, s->model, &s->holidays);
    for (size_t i = 0; i < indexed->n; i++)
        hasher_add(h, indexed->at[i].key);
    return hasher_end(h);
}

/* ---- opening ---- */

static struct print print_at(sqlite3_stmt *stmt, int i)
{
    struct print print = {0};
    if (sqlite3_column_bytes(stmt, i) == sizeof print)
        memcpy(&print, sqlite3_column_blob(stmt, i), sizeof print);
    return print;
}

/* Whether its first line has the key; then the others are what is known. In it the size is the
 * as-of date. */
static bool read_known(struct store *s, sqlite3 *db, struct hash128 key)
{
    sqlite3_stmt *stmt = NULL;
    static const char sql[] = "SELECT name, print, size FROM \"=kept\" ORDER BY rowid";
    bool ok = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
              sqlite3_step(stmt) == SQLITE_ROW && hash128_eq(print_at(stmt, 1).sql, key);
    if (ok) {
        s->image->same_day = sqlite3_column_int64(stmt, 2) == s->dataset->as_of;
        s->image->before_id = print_at(stmt, 1).rows;
    }
    while (ok && sqlite3_step(stmt) == SQLITE_ROW) {
        struct known *k = NEW(s->mem, struct known);
        *k = (struct known){print_at(stmt, 1), (size_t)sqlite3_column_int64(stmt, 2)};
        *map_put(&s->image->known, str_of((const char *)sqlite3_column_text(stmt, 0))) = k;
    }
    sqlite3_finalize(stmt);
    return ok;
}

bool database_copy(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup)
        sqlite3_backup_step(backup, -1);
    return backup && sqlite3_backup_finish(backup) == SQLITE_OK;
}

/* The image as a database of its own, of which pages are read where they lie; NULL if it is none.
 * One thread alone reads it: a lock at each cell took a twentieth of a build after a line more. */
static sqlite3 *open_bytes(str bytes)
{
    sqlite3 *db = NULL;
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    unsigned char *p = (unsigned char *)(uintptr_t)bytes.p; /* read only, as it is told */
    if (!bytes.n || sqlite3_open_v2(":memory:", &db, flags, NULL) != SQLITE_OK ||
        sqlite3_deserialize(db, "main", p, (sqlite3_int64)bytes.n, (sqlite3_int64)bytes.n,
                            SQLITE_DESERIALIZE_READONLY) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA mmap_size = 2000000000", NULL, NULL, NULL) != SQLITE_OK) {
        sqlite3_close(db);
        return NULL;
    }
    return db;
}

static void note(struct store *s, str name, struct print print, size_t rows)
{
    struct noted n = {name, {print, rows}};
    PUSH(s->mem, &s->image->noted, n);
}

bool image_begin(struct store *s, const struct map *indexed, struct diags *diags)
{
    struct image *image = s->image;
    struct database *d = &s->databases.at[0];
    if (!image)
        return true;
    struct hash128 key = whole_key(s, indexed);
    image->before = open_bytes(image->kept.text);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    bool known =
        image->before && read_known(s, image->before, key) && database_copy(image->before, d->db);
    if (known)
        kept_passed(&image->kept); /* few of its pages are looked at again */
    else {
        map_init(&image->known, s->mem);
        image->same_day = false;
    }
    if (!image->same_day) {
        image->before_id = (struct hash128){0}; /* what pages say of the day is another */
        image->differs = true;
    }
    note(s, S(""), (struct print){.sql = key, .rows = image->id},
         (size_t)(int64_t)s->dataset->as_of);
    return store_exec(s, d,
                      known ? S("DELETE FROM \"=kept\"")
                            : S("CREATE TABLE \"=kept\" (name TEXT, print BLOB, size INTEGER)"),
                      (struct place){0}, diags);
}

static void write_notes(struct store *s)
{
    struct database *d = &s->databases.at[0];
    sqlite3_stmt *stmt = NULL;
    sqlite3_prepare_v2(d->db, "INSERT INTO \"=kept\" VALUES (?, ?, ?)", -1, &stmt, NULL);
    for (size_t i = 0; i < s->image->noted.n; i++) {
        const struct noted *n = &s->image->noted.at[i];
        sqlite3_bind_text(stmt, 1, n->name.p, (int)n->name.n, SQLITE_STATIC);
        sqlite3_bind_blob(stmt, 2, &n->known.print, sizeof n->known.print, SQLITE_STATIC);
        sqlite3_bind_int64(stmt, 3, (sqlite3_int64)n->known.rows);
        if (sqlite3_step(stmt) != SQLITE_DONE)
            die("=kept: %s", sqlite3_errmsg(d->db));
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
}

bool image_end(struct store *s, struct diags *diags)
{
    struct place none = {0};
    if (!s->image)
        return true;
    sqlite3_close(s->image->before);
    s->image->before = NULL;
    if (!s->image->differs)
        return true;
    bool ok = store_exec(s, &s->databases.at[0], S("BEGIN"), none, diags);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    write_notes(s);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    return store_exec(s, &s->databases.at[0], S("COMMIT"), none, diags) && ok;
}

/* ---- one relation ---- */

static const struct known *known_of(const struct store *s, str name)
{
    return s->image ? map_get(&s->image->known, name) : NULL;
}

size_t image_order(const struct store *s, struct arena *mem, str **names)
{
    size_t n = s->image ? s->image->known.n : 0;
    *names = NEW_ARRAY(mem, n, str);
    for (size_t i = 0; i < n; i++)
        (*names)[i] = s->image->known.at[i].key;
    return n;
}

static bool all_same(const struct store *s, const struct reads *reads)
{
    if (reads->as_of && !s->image->same_day)
        return false;
    for (size_t i = 0; i < reads->relations.n; i++)
        if (!reads->relations.at[i]->same)
            return false;
    return true;
}

bool image_gives(struct store *s, struct relation *r, struct print print, const struct reads *reads)
{
    const struct known *k = known_of(s, r->name);
    r->taken = k && hash128_eq(k->print.sql, print.sql) &&
               (reads ? all_same(s, reads) : hash128_eq(k->print.rows, print.rows));
    if (!r->taken)
        return false;
    r->same = true;
    r->rows = k->rows;
    note(s, r->name, k->print, r->rows);
    return true;
}

bool image_drop(struct store *s, const struct relation *r)
{
    struct database *d = &s->databases.at[0];
    static const char *const drop[] = {"DROP TABLE ", "DROP VIEW "};
    bool ok = !known_of(s, r->name);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    for (size_t i = 0; i < 2 && !ok; i++) {
        struct buf sql = {0};
        buf_add(&sql, str_of(drop[i]));
        sql_name(&sql, r->name);
        ok = sqlite3_exec(d->db, arena_str(s->mem, buf_str(&sql)).p, NULL, NULL, NULL) == SQLITE_OK;
        buf_clear(&sql);
    }
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    d->last_root = 0; /* what is made next may have the place of what was dropped */
    return ok;
}

/* ---- comparing ---- */

static bool is_same_value(sqlite3_stmt *a, sqlite3_stmt *b, int i)
{
    int type = sqlite3_column_type(a, i);
    if (type != sqlite3_column_type(b, i))
        return false;
    switch (type) {
    case SQLITE_INTEGER:
        return sqlite3_column_int64(a, i) == sqlite3_column_int64(b, i);
    case SQLITE_FLOAT: {
        double x = sqlite3_column_double(a, i), y = sqlite3_column_double(b, i);
        return memcmp(&x, &y, sizeof x) == 0;
    }
    case SQLITE_NULL:
        return true;
    default: {
        const void *p = sqlite3_column_blob(a, i), *q = sqlite3_column_blob(b, i);
        int n = sqlite3_column_bytes(a, i);
        return n == sqlite3_column_bytes(b, i) && (!n || memcmp(p, q, (size_t)n) == 0);
    }
    }
}

static bool are_same_rows(sqlite3_stmt *a, sqlite3_stmt *b)
{
    int n = sqlite3_column_count(a);
    if (n != sqlite3_column_count(b))
        return false;
    for (;;) {
        int there = sqlite3_step(a);
        if (there != sqlite3_step(b))
            return false;
        if (there != SQLITE_ROW)
            return there == SQLITE_DONE;
        for (int i = 0; i < n; i++)
            if (!is_same_value(a, b, i))
                return false;
    }
}

/* All of its rows, in the order in which they were made; NULL if it is not there. */
static sqlite3_stmt *rows_of(sqlite3 *db, const struct relation *r)
{
    struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    buf_add(&sql, S("SELECT * FROM "));
    sql_name(&sql, r->name);
    buf_add(&sql, S(" ORDER BY rowid")); /* an index must not be read in its place */
    sqlite3_prepare_v2(db, sql.p, (int)sql.n, &stmt, NULL);
    buf_clear(&sql);
    return stmt;
}

static bool is_as_before(struct store *s, const struct relation *r)
{
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    sqlite3_stmt *now = rows_of(s->databases.at[0].db, r), *before = rows_of(s->image->before, r);
    bool same = now && before && are_same_rows(now, before);
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    sqlite3_finalize(now);
    sqlite3_finalize(before);
    return same;
}

void image_made(struct store *s, struct relation *r, struct print print, bool has_rows)
{
    const struct known *k = known_of(s, r->name);
    if (!s->image)
        return;
    r->same = k && k->rows == r->rows && has_rows && is_as_before(s, r);
    s->image->differs |= !r->same || !hash128_eq(k->print.sql, print.sql);
    note(s, r->name, print, r->rows);
}

/* ---- cells that differ in few rows ---- */

static bool is_value(sqlite3_stmt *stmt, int i, struct value v)
{
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_INTEGER:
        return v.kind == VALUE_INT && v.i == sqlite3_column_int64(stmt, i);
    case SQLITE_FLOAT:
        return v.kind == VALUE_REAL && v.r == sqlite3_column_double(stmt, i);
    case SQLITE_NULL:
        return v.kind == VALUE_NULL;
    default:
        return v.kind == VALUE_TEXT && str_eq(v.s, (str){(const char *)sqlite3_column_blob(stmt, i),
                                                         (size_t)sqlite3_column_bytes(stmt, i)});
    }
}

/* Numbers of the cells that are other than the rows of the image, into row[most]; how many, or
 * SIZE_MAX if there are more, or rows without a cell. */
static size_t other_cells(struct store *s, const struct relation *r, const struct cells *cells,
                          size_t *row, size_t most)
{
    sqlite3_stmt *stmt = rows_of(s->image->before, r);
    size_t n = 0, other = 0;
    for (; other != SIZE_MAX && n < cells->n && sqlite3_step(stmt) == SQLITE_ROW; n++) {
        size_t i = 0;
        while (i < cells->width && is_value(stmt, (int)i, cells_value(cells, n, i)))
            i++;
        if (i < cells->width && other == most)
            other = SIZE_MAX;
        else if (i < cells->width)
            row[other++] = n;
    }
    sqlite3_finalize(stmt);
    return n == cells->n ? other : SIZE_MAX;
}

static bool write_cells(struct store *s, const struct relation *r, const struct cells *cells,
                        const size_t *row, size_t n)
{
    struct buf sql = {0};
    sqlite3_stmt *stmt = NULL;
    buf_add(&sql, S("UPDATE "));
    sql_name(&sql, r->name);
    for (size_t i = 0; i < cells->width; i++) {
        buf_add(&sql, i ? S(", ") : S(" SET "));
        sql_name(&sql, r->column[i].name);
        buf_add(&sql, S(" = ?"));
    }
    buf_addf(&sql, " WHERE rowid = ?%zu", cells->width + 1);
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    bool ok =
        sqlite3_prepare_v2(s->databases.at[0].db, sql.p, (int)sql.n, &stmt, NULL) == SQLITE_OK;
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    for (size_t k = 0; k < n && ok; k++) {
        for (size_t i = 0; i < cells->width; i++)
            bind_value(stmt, (int)i + 1, TYPE_string, cells_value(cells, row[k], i));
        sqlite3_bind_int64(stmt, (int)cells->width + 1, (sqlite3_int64)row[k] + 1);
        ok = sqlite3_step(stmt) == SQLITE_DONE;
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    buf_clear(&sql);
    return ok;
}

/* The rows of a rollup are made in the order of its cells: the first has rowid 1. */
bool image_patch(struct store *s, struct relation *r, const struct cells *cells, struct print print)
{
    enum { MOST = 256 };
    const struct known *k = known_of(s, r->name);
    size_t row[MOST];
    if (!k || k->rows != cells->n || r->ncols != cells->width)
        return false;
    size_t n = other_cells(s, r, cells, row, MOST);
    if (n == SIZE_MAX || !write_cells(s, r, cells, row, n))
        return false;
    r->taken = true;
    r->rows = k->rows;
    image_made(s, r, print, false);
    return true;
}

/* ---- the next image ---- */

/* What is larger than half a gigabyte would cost more to keep than it saves. */
enum { MOST_PAGES = 1 << 17 };

static int64_t pages_of(sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = 0;
    if (sqlite3_prepare_v2(db, "PRAGMA page_count", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

str store_image(struct store *s)
{
    sqlite3_int64 n = 0;
    if (!s->image || !s->image->differs)
        return (str){0};
    s->permit = (struct permit){.authority = AUTHORITY_OURS};
    bool fits = pages_of(s->databases.at[0].db) <= MOST_PAGES;
    unsigned char *p = fits ? sqlite3_serialize(s->databases.at[0].db, "main", &n, 0) : NULL;
    s->permit = (struct permit){.authority = AUTHORITY_PAGE};
    return p ? (str){(const char *)p, (size_t)n} : (str){0};
}

void store_image_free(str image)
{
    sqlite3_free((void *)(uintptr_t)image.p);
}

/* ---- what was read ---- */

struct hash128 store_image_before(const struct store *s)
{
    return s->image ? s->image->before_id : (struct hash128){0};
}

struct hash128 store_image_next(const struct store *s)
{
    struct hash128 none = {0};
    return !s->image ? none : s->image->differs ? s->image->id : s->image->before_id;
}

static void add_word(struct buf *b, str word)
{
    if (b->n)
        buf_addc(b, ' ');
    buf_add(b, word);
}

static int by_number(const void *a, const void *b)
{
    const struct relation *x = *(struct relation *const *)a, *y = *(struct relation *const *)b;
    return (x->number > y->number) - (x->number < y->number);
}

/* "12 17 3@ 5@2026-10-02": numbers of what was read, then of the tables below it, with the latest
 * day of one that is stale: pages show it. */
str store_was_read(struct store *s, struct arena *mem)
{
    struct buf b = {0};
    LIST(struct relation *) below = {0};
    bool *is_below = NEW_ARRAY(mem, s->relations.n + 1, bool);
    if (s->read.n)
        qsort(s->read.at, s->read.n, sizeof *s->read.at, by_number);
    for (size_t i = 0; i < s->read.n; i++) {
        struct relation *r = s->read.at[i];
        r->read = false;
        add_word(&b, arena_printf(mem, "%zu", r->number));
        for (size_t k = 0; k < r->base.n; k++) {
            struct relation *base = r->base.at[k];
            if (!is_below[base->number])
                PUSH(mem, &below, base);
            is_below[base->number] = true;
        }
    }
    s->read.n = 0;
    if (below.n)
        qsort(below.at, below.n, sizeof *below.at, by_number);
    for (size_t i = 0; i < below.n; i++)
        add_word(&b, arena_printf(mem, "%zu@" STR_FMT, below.at[i]->number,
                                  STR_ARG(below.at[i]->stale)));
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static bool is_word_as_before(const struct store *s, str word)
{
    bool is_table = str_find(word, S("@"), 0) < word.n;
    int64_t n = -1;
    if (!parse_integer(str_cut(&word, '@'), &n) || n < 0 || (size_t)n >= s->relations.n)
        return false;
    const struct relation *r = s->relations.at[n];
    return is_table ? str_eq(r->stale, word) : r->same;
}

bool store_reads_as_before(const struct store *s, str read)
{
    const struct relation *names = relation_get(s, S("names"));
    bool same = !names || names->same;
    while (same && read.n)
        same = is_word_as_before(s, str_cut(&read, ' '));
    return same;
}
