#include "engine.h"
#include "folded.h"

#include <math.h>
#include <strings.h>

/* ---- the files of a book ---- */

struct file_names {
    LIST(str) list; /* paths from the book's folder, sorted */
};

static bool is_below_book(str path)
{
    bool climbs = str_eq(path, S("..")) || str_starts(path, S("../")) ||
                  str_find(path, S("/../"), 0) < path.n;
    return path.n && path.p[0] != '/' && !climbs;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* Files of the book's folder, and of the folders that a mapping names. */
static struct file_names list_files(struct loading *l)
{
    struct file_names files = {0};
    struct map folders;
    map_init(&folders, l->scratch);
    map_put(&folders, S(""));
    for (size_t i = 0; i < l->options->nmappings; i++)
        if (is_below_book(l->options->mapping[i].file))
            map_put(&folders, path_dir(l->options->mapping[i].file));
    for (size_t i = 0; i < folders.n; i++) {
        str *names, folder = folders.at[i].key;
        str path = folder.n ? path_join(l->scratch, l->options->book, folder) : l->options->book;
        size_t n = dir_list(l->scratch, path, &names);
        for (size_t k = 0; k < n; k++)
            PUSH(l->scratch, &files.list,
                 folder.n ? path_join(l->scratch, folder, names[k]) : names[k]);
    }
    if (files.list.n)
        qsort(files.list.at, files.list.n, sizeof *files.list.at, by_bytes);
    return files;
}

/* ---- which file is which table's ---- */

/* Whether name fits a pattern in which '*' stands for any run of characters but '/'. */
static bool fits(str pattern, str name)
{
    size_t star = str_find(pattern, S("*"), 0);
    if (star == pattern.n)
        return str_eq(pattern, name);
    if (!str_starts(name, str_sub(pattern, 0, star)))
        return false;
    str rest = str_sub(pattern, star + 1, pattern.n);
    for (size_t i = star; i <= name.n; i++) {
        if (fits(rest, str_sub(name, i, name.n)))
            return true;
        if (i < name.n && name.p[i] == '/')
            return false;
    }
    return false;
}

/* sales.csv and sales-2026-10.csv are files of table sales. */
static bool is_own_name(str table, str name)
{
    if (!str_starts(name, table) || !str_ends(name, S(".csv")) || name.n < table.n + 4)
        return false;
    str between = str_sub(name, table.n, name.n - 4);
    return between.n == 0 || between.p[0] == '-';
}

/* The mapping that names this file as one of the table's. */
static const struct mapping *mapping_of(const struct loading *l, str table, str name)
{
    for (size_t i = 0; i < l->options->nmappings; i++) {
        const struct mapping *m = &l->options->mapping[i];
        if (str_eq(m->table, table) && str_is_set(m->file) && fits(m->file, name))
            return m;
    }
    return NULL;
}

/* The mapping of a table whose files have the table's name, and whether another names files. */
static const struct mapping *plain_mapping(const struct loading *l, str table, bool *has_pattern)
{
    const struct mapping *plain = NULL;
    *has_pattern = false;
    for (size_t i = 0; i < l->options->nmappings; i++) {
        const struct mapping *m = &l->options->mapping[i];
        if (!str_eq(m->table, table))
            continue;
        if (str_is_set(m->file))
            *has_pattern = true;
        else
            plain = m;
    }
    return plain;
}

/* Of files that may be folded later the small ones are read as all others, and so are they where
 * some have to be. */
static void read_small(struct loading *l, size_t first)
{
    const struct table *t = first < l->later.n ? l->later.at[first].table : NULL;
    if (!t || (are_large(l, first) && !t->sources.n))
        return;
    for (size_t i = first; i < l->later.n && !l->stop; i++)
        read_file(l, l->later.at[i].table, l->later.at[i].path, l->later.at[i].shown,
                  l->later.at[i].mapping);
    l->later.n = first;
}

static void read_table(struct loading *l, struct table *t, const struct file_names *files,
                       bool *claimed)
{
    str table = t->schema->name;
    bool has_pattern;
    const struct mapping *plain = plain_mapping(l, table, &has_pattern);
    const struct engine *asked = engines_read(l, t, plain);
    size_t first_later = l->later.n;
    for (size_t i = 0; i < files->list.n && !l->stop; i++) {
        str name = files->list.at[i];
        const struct mapping *m = mapping_of(l, table, name);
        if (!m && (has_pattern || !is_own_name(table, name)))
            continue;
        claimed[i] = true;
        m = m ? m : plain;
        str path = path_join(l->scratch, l->options->book, name),
            shown = path_join(l->mem, l->options->shown, name);
        if (asked)
            diags_add(l->diags, DIAG_ENGINE_FILES, ((struct place){.file = shown}), name,
                      asked->name, table);
        else if (may_be_folded(l, t, m))
            PUSH(l->scratch, &l->later, ((struct later_file){t, path, shown, m}));
        else
            read_file(l, t, path, shown, m);
    }
    read_small(l, first_later);
    t->present = t->sources.n > 0 || t->engine || l->later.n > first_later;
}

/* ---- mistakes in the mapping, and files that nobody reads ---- */

static size_t table_names(struct loading *l, str **names)
{
    const struct model *m = l->dataset->model;
    *names = NEW_ARRAY(l->scratch, m->schemas.n, str);
    for (size_t i = 0; i < m->schemas.n; i++)
        (*names)[i] = m->schemas.at[i].name;
    return m->schemas.n;
}

static void check_renames(struct loading *l, const struct mapping *m, const struct schema *s)
{
    str *names = NEW_ARRAY(l->scratch, s->nfields, str);
    for (size_t i = 0; i < s->nfields; i++)
        names[i] = s->field[i].name;
    for (size_t i = 0; i < m->columns.n; i++) {
        str column = m->columns.at[i].column;
        if (schema_field(s, column) < 0)
            diags_add(l->diags, DIAG_MAPPING_COLUMN, m->at, column, s->name,
                      did_you_mean(l->scratch, column, names, s->nfields));
    }
}

static bool check_mapping(struct loading *l, const struct mapping *m)
{
    size_t errors = l->diags->nerrors;
    const struct schema *s = model_schema(l->dataset->model, m->table);
    if (!s) {
        str *names;
        size_t n = table_names(l, &names);
        return diags_add(l->diags, DIAG_MAPPING_TABLE, m->at, m->table,
                         did_you_mean(l->scratch, m->table, names, n));
    }
    check_renames(l, m, s);
    if (str_is_set(m->dates) && !dates_form_valid(m->dates))
        diags_add(l->diags, DIAG_MAPPING_DATES, m->at, m->dates);
    if (str_is_set(m->file) && !is_below_book(m->file))
        diags_add(l->diags, DIAG_MAPPING_PATH, m->at, m->file);
    return l->diags->nerrors == errors;
}

static void check_pattern(struct loading *l, const struct mapping *m,
                          const struct file_names *files)
{
    if (!str_is_set(m->file))
        return;
    for (size_t i = 0; i < files->list.n; i++)
        if (fits(m->file, files->list.at[i]))
            return;
    diags_add(l->diags, DIAG_MAPPING_FILE, m->at, m->file, m->table);
}

/* Other systems write SALES.CSV; such a file is named, for its name is not that of a table. */
static bool is_csv(str name)
{
    return name.n >= 4 && strncasecmp(name.p + name.n - 4, ".csv", 4) == 0;
}

/* The table that a file of another form is called like: people.xlsx, people.tsv. Others may lie in
 * a book. */
static str table_in_other_form(struct loading *l, str name, const str *tables, size_t n)
{
    static const str ends[] = {S(".xlsx"), S(".xlsm"), S(".xls"), S(".ods"), S(".tsv"), S(".txt")};
    str folded = text_fold(l->scratch, name);
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
        for (size_t t = 0; t < n && str_ends(folded, ends[e]); t++)
            if (str_eq(str_sub(folded, 0, folded.n - ends[e].n), tables[t]))
                return tables[t];
    return (str){0};
}

static void note_unclaimed(struct loading *l, const struct file_names *files, const bool *claimed)
{
    str *names;
    size_t n = table_names(l, &names);
    for (size_t i = 0; i < files->list.n; i++) {
        str name = files->list.at[i];
        struct place at = {.file = path_join(l->scratch, l->options->shown, name)};
        str table = table_in_other_form(l, name, names, n);
        if (!claimed[i] && str_is_set(table))
            diags_add(l->diags, DIAG_CSV_UNCLAIMED, at, name,
                      arena_printf(l->scratch, "save it as CSV (UTF-8), " STR_FMT ".csv",
                                   STR_ARG(table)));
        if (claimed[i] || !is_csv(name) || str_find(name, S("/"), 0) < name.n)
            continue;
        str nearest = nearest_name(l->scratch, str_sub(name, 0, name.n - 4), names, n);
        str remedy =
            str_is_set(nearest)
                ? arena_printf(l->scratch, "did you mean " STR_FMT ".csv?", STR_ARG(nearest))
                : S("say under `tables:` in book.yaml which table it is, or move it away");
        diags_add(l->diags, DIAG_CSV_UNCLAIMED, at, name, remedy);
    }
}

/* Some names of tables to begin with: the large ones, then what systems need. */
static str first_tables(struct loading *l)
{
    enum { NAMED = 4 };
    const struct model *m = l->dataset->model;
    struct map named;
    map_init(&named, l->scratch);
    for (size_t i = 0; i < m->schemas.n; i++)
        if (m->schemas.at[i].big)
            map_put(&named, m->schemas.at[i].name);
    for (size_t i = 0; i < m->systems.n; i++)
        for (size_t k = 0; k < m->systems.at[i].nneeds; k++)
            map_put(&named, m->systems.at[i].needs[k]);
    for (size_t i = 0; i < m->schemas.n; i++)
        map_put(&named, m->schemas.at[i].name);

    struct buf b = {0};
    for (size_t i = 0; i < named.n && i < NAMED; i++)
        buf_addf(&b, "%s" STR_FMT ".csv", i ? ", " : "", STR_ARG(named.at[i].key));
    if (named.n > NAMED)
        buf_add(&b, S(" …"));
    str names = arena_str(l->scratch, buf_str(&b));
    buf_clear(&b);
    return names;
}

/* A folder without any table is no book: most often a misspelt path. */
static void check_any_table(struct loading *l, const struct file_names *files)
{
    size_t ncsv = 0;
    for (size_t i = 0; i < l->dataset->tables.n; i++)
        if (l->dataset->tables.at[i]->present)
            return;
    for (size_t i = 0; i < files->list.n; i++)
        ncsv += is_csv(files->list.at[i]);
    diags_add(l->diags, DIAG_TABLES_NONE, ((struct place){.file = l->options->shown}), (str){0},
              ncsv ? S("none of its CSV files is one") : S("no CSV file"), first_tables(l));
}

/* ---- money in fields ---- */

static void to_units(struct value *v, int decimals)
{
    if (v->kind == VALUE_REAL)
        *v = (struct value){.kind = VALUE_INT, .i = llround(v->r * pow(10, decimals))};
}

static bool is_money(const struct model *m, const struct rollup *r, str column)
{
    const struct schema *s = model_schema(m, r->of);
    int field = s ? schema_field(s, column) : -1;
    return field >= 0 && s->field[field].type == TYPE_money;
}

static void money_to_units(struct model *m, int decimals)
{
    if (m->money_decimals >= 0)
        return;
    for (size_t i = 0; i < m->schemas.n; i++)
        for (size_t f = 0; f < m->schemas.at[i].nfields; f++) {
            struct field *field = &m->schemas.at[i].field[f];
            if (field->type != TYPE_money)
                continue;
            to_units(&field->missing, decimals);
            to_units(&field->before, decimals);
            to_units(&field->minimum, decimals);
            to_units(&field->maximum, decimals);
        }
    for (size_t i = 0; i < m->rollups.n; i++)
        for (size_t k = 0; k < m->rollups.at[i].nwhere; k++)
            if (is_money(m, &m->rollups.at[i], m->rollups.at[i].where[k].column))
                to_units(&m->rollups.at[i].where[k].value, decimals);
    m->money_decimals = decimals;
}

/* ---- how many rows are set aside ---- */

static bool passes(const struct limit *limit, size_t aside, size_t read)
{
    double most = limit->is_share ? limit->most * (double)read : limit->most;
    return limit->is_set && (double)aside > most;
}

/* A share says little of few rows: one bad row of three is 33%. So a share stops a build only from
 * STOPS_LEAST rows set aside on, or where they are more than half of the table. A count is as it is
 * said. */
static bool stops(const struct limit *limit, size_t aside, size_t read)
{
    enum { STOPS_LEAST = 10 };
    return passes(limit, aside, read) &&
           (!limit->is_share || aside >= STOPS_LEAST || aside * 2 > read);
}

static void judge_table(struct loading *l, const struct table *t)
{
    size_t read = 0, aside = 0, first = t->sources.n;
    for (size_t i = t->sources.n; i-- > 0;) {
        read += t->sources.at[i].rows_read;
        aside += t->sources.at[i].rows_aside;
        if (t->sources.at[i].rows_aside)
            first = i;
    }
    if (!aside)
        return;
    enum diag_id id = stops(&t->error_if, aside, read)   ? DIAG_ASIDE_TOO_MANY
                      : passes(&t->warn_if, aside, read) ? DIAG_ASIDE_MANY
                                                         : DIAG_ASIDE_SOME;
    diags_add(l->diags, id, ((struct place){.file = t->sources.at[first].path}),
              arena_printf(l->scratch, "%zu", aside), arena_printf(l->scratch, "%zu", read),
              t->schema->name);
}

/* ---- the whole ---- */

static void finish_table(struct table *t)
{
    t->nrows = t->columns->nrows;
    for (size_t i = 0; i < t->sources.n; i++) {
        struct source *s = &t->sources.at[i];
        s->rows_used = s->rows_read - s->rows_aside;
    }
    /* What lies in the scratch memory goes with it. */
    t->columns->files.n = 0;
    t->columns->set_aside.n = 0;
    columns_seal(t->columns);
}

/* Columns that no file of the table has. */
static void list_absent(struct loading *l, struct table *t)
{
    const struct schema *s = t->schema;
    t->absent = NEW_ARRAY(l->mem, s->nfields, str);
    for (size_t f = 0; f < s->nfields; f++) {
        bool there = false;
        for (size_t i = 0; i < t->columns->files.n; i++)
            there |= t->columns->files.at[i].position[f] >= 0;
        if (!there && t->sources.n)
            t->absent[t->nabsent++] = s->field[f].name;
    }
}

static bool is_there(const struct table *t, bool early)
{
    return t && (t->present || (early && t->schema->dimension));
}

void mark_systems(struct model *m, const struct dataset *d, bool early)
{
    for (size_t i = 0; i < m->systems.n; i++) {
        struct system *s = &m->systems.at[i];
        s->present = true;
        for (size_t n = 0; n < s->nneeds; n++)
            s->present &= is_there(dataset_table(d, s->needs[n]), early);
    }
}

/* What a table is held to: by the book, else by its schema. */
static void judge_by(const struct loading *l, struct table *t)
{
    t->expect = t->schema->expect;
    t->warn_if = t->schema->warn_if;
    t->error_if = t->schema->error_if;
    for (size_t i = 0; i < l->options->nmappings; i++) {
        const struct mapping *m = &l->options->mapping[i];
        if (!str_eq(m->table, t->schema->name))
            continue;
        if (m->expect.n)
            t->expect = str_eq(m->expect, S("never")) ? (str){0} : m->expect;
        if (m->warn_if.is_set)
            t->warn_if = m->warn_if;
        if (m->error_if.is_set)
            t->error_if = m->error_if;
    }
}

static struct table *table_new(struct loading *l, const struct schema *schema)
{
    struct table *t = NEW(l->mem, struct table);
    t->schema = schema;
    t->as_of = DAY_NONE;
    judge_by(l, t);
    t->columns = columns_new(l->mem, l->scratch, schema);
    map_init(&t->columns->set_aside, l->scratch);
    return t;
}

static void read_tables(struct loading *l)
{
    const struct load_options *o = l->options;
    size_t nerrors = l->diags->nerrors;
    bool mapped = true;
    for (size_t i = 0; i < o->nmappings; i++)
        mapped &= check_mapping(l, &o->mapping[i]);
    struct file_names files = list_files(l);
    bool *claimed = NEW_ARRAY(l->scratch, files.list.n + 1, bool);
    for (size_t i = 0; i < o->nmappings && mapped; i++)
        check_pattern(l, &o->mapping[i], &files);
    /* What others are to be read by comes first. */
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; i < l->dataset->tables.n && mapped; i++) {
            struct table *t = l->dataset->tables.at[i];
            bool aliases = str_eq(t->schema->name, S("aliases"));
            if (aliases == others)
                continue;
            read_table(l, t, &files, claimed);
            if (aliases)
                aliases_read(l, t);
        }
    if (mapped && !l->stop) {
        note_unclaimed(l, &files, claimed);
        if (l->diags->nerrors == nerrors)
            check_any_table(l, &files);
    }
}

/* What is kept of tables whose rows are not. */
static void drop_folded(struct dataset *d)
{
    for (size_t i = 0; i < d->tables.n; i++) {
        struct table *t = d->tables.at[i];
        if (t->folded)
            folded_free(t->folded);
        t->folded = NULL;
    }
}

/* One attempt; l->again says that it was none, and then as of which day or how the next one is. */
static void load(struct loading *l)
{
    struct dataset *d = l->dataset;
    for (size_t i = 0; i < d->model->schemas.n; i++)
        PUSH(l->mem, &d->tables, table_new(l, &d->model->schemas.at[i]));
    engines_begin(l);
    read_tables(l);
    if (!l->stop) {
        check_keys(l);
        aliases_check(l);
    }
    if (!l->stop)
        fold_tables(l);
    if (l->again)
        return;
    set_as_of(l);
    l->again |= l->later.n && d->as_of != l->guess;
    engines_done(d);
    if (!l->stop && !l->again) {
        tell_no_day(l);
        make_dimensions(l);
    }
    for (size_t i = 0; i < d->tables.n && !l->again; i++) {
        list_absent(l, d->tables.at[i]);
        finish_table(d->tables.at[i]);
        if (!l->stop)
            judge_table(l, d->tables.at[i]);
    }
}

/* The day that is tried next: one that was found in the rows; DAY_NONE if there is none, or too
 * many were. */
static day next_guess(const struct loading *l)
{
    enum { GUESSES = 5 };
    day found = l->beyond != DAY_NONE ? l->beyond : l->dataset->as_of;
    bool other = l->options->as_of == DAY_NONE && found != l->guess && l->nguesses < GUESSES;
    return other ? found : DAY_NONE;
}

/* One attempt. Its diagnostics are kept only if it was the last. */
static struct dataset *load_once(struct loading *l)
{
    struct diags *told = l->diags, here;
    struct dataset *d = l->dataset = NEW(l->mem, struct dataset);
    *d = (struct dataset){
        .mem = l->mem, .model = l->model, .jobs = l->options->jobs, .as_of = DAY_NONE};
    map_init(&d->hashes, l->mem);
    diags_init(&here, l->mem);
    l->diags = &here;
    l->next = l->found;
    l->next.suspects.n = 0;
    l->scratch = arena_new();
    l->unheard = (struct diags){.mem = arena_new()};
    load(l);
    if (l->again)
        drop_folded(d);
    else
        diags_append(told, &here);
    arena_free(l->unheard.mem);
    arena_free(l->scratch);
    return d;
}

struct dataset *data_load(struct arena *mem, struct model *model,
                          const struct load_options *options, struct diags *diags)
{
    struct loading l = {.mem = mem,
                        .options = options,
                        .model = model,
                        .diags = diags,
                        .guess = DAY_NONE,
                        .beyond = DAY_NONE};
    money_to_units(model, options->lang.money_decimals);
    struct dataset *d = load_once(&l);
    while (l.again) {
        bool hashed = l.hashed || l.unordered;
        day guess = l.unordered ? l.guess : next_guess(&l);
        struct loading before = l;
        l = (struct loading){.mem = mem,
                             .options = options,
                             .model = model,
                             .diags = diags,
                             .guess = guess,
                             .beyond = DAY_NONE,
                             .hashed = hashed,
                             .rows = guess == DAY_NONE,
                             .nguesses = before.nguesses + !before.unordered};
        l.found = before.next;
        d = load_once(&l);
    }
    mark_systems(model, d, false);
    return d;
}

void data_folded(const struct dataset *d)
{
    for (size_t i = 0; i < d->tables.n; i++)
        if (d->tables.at[i]->folded)
            folded_done(d->tables.at[i]->folded);
}

bool data_is_folded(const struct dataset *d)
{
    for (size_t i = 0; i < d->tables.n; i++)
        if (d->tables.at[i]->folded)
            return true;
    return false;
}

void data_free(struct dataset *d)
{
    if (d)
        drop_folded(d);
}
