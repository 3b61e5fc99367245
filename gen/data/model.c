#include "schema.h"

/* Finds every systems/<name>/tables.yaml, the book's over that of templates, and checks what one
 * table says of another once all are read. */

struct system_file {
    str dir, path, text;
    bool from_book;
};

static bool read_if_there(struct arena *mem, str root, str name, struct system_file *file,
                          struct diags *diags)
{
    if (!str_is_set(root))
        return false;
    str dir = path_join(mem, path_join(mem, root, S("systems")), name);
    str path = path_join(mem, dir, S("tables.yaml"));
    if (!dir_exists(dir))
        return false;
    if (!str_is_set(file->dir))
        file->dir = dir;
    if (!name_taken(path) || !file_read(mem, path, &file->text, diags))
        return false;
    file->dir = dir;
    file->path = path;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct map_entry *)a)->key, ((const struct map_entry *)b)->key);
}

/* Adds the names of the Markdown files of a system's folder to names. */
static void add_parts(struct schema_reader *r, str root, str name, struct map *names)
{
    str *file, dir = path_join(r->mem, path_join(r->mem, root, S("systems")), name);
    size_t n = str_is_set(root) ? dir_list(r->mem, dir, &file) : 0;
    for (size_t i = 0; i < n; i++)
        if (str_ends(file[i], S(".md")))
            *map_put(names, str_sub(file[i], 0, file[i].n - 3)) = names;
}

static str parts_of(struct schema_reader *r, str templates, str book, str name)
{
    struct map names;
    struct buf b = {0};
    map_init(&names, r->mem);
    add_parts(r, templates, name, &names);
    add_parts(r, book, name, &names);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.n; i++)
        buf_addf(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(names.at[i].key));
    str parts = arena_str(r->mem, buf_str(&b));
    buf_clear(&b);
    return parts;
}

static void read_system(struct schema_reader *r, str templates, str book, str name)
{
    struct system_file file = {0};
    file.from_book = read_if_there(r->mem, book, name, &file, r->diags);
    if (!file.from_book)
        read_if_there(r->mem, templates, name, &file, r->diags);

    struct system system = {.name = name, .title = name, .dir = file.dir};
    system.parts = parts_of(r, templates, book, name);
    r->system = name;
    r->from_book = file.from_book;
    if (str_is_set(file.path)) {
        const struct yaml *root = yaml_parse(r->mem, file.path, 1, file.text, r->diags);
        if (root)
            schema_read(r, &system, root);
    }
    PUSH(r->mem, &r->model->systems, system);
}

/* Folders below root/systems, added to names if they are new. */
static void add_systems(struct schema_reader *r, str root, struct map *names)
{
    str *entry, systems = path_join(r->mem, root, S("systems"));
    size_t n = str_is_set(root) ? dir_list(r->mem, systems, &entry) : 0;
    for (size_t i = 0; i < n; i++)
        if (dir_exists(path_join(r->mem, systems, entry[i])))
            *map_put(names, entry[i]) = names;
}

/* A reference leads to the primary key of its table, which is one column. */
static void check_references(struct schema_reader *r, struct schema *s)
{
    for (size_t i = 0; i < s->nforeign; i++) {
        struct foreign_key *key = &s->foreign[i];
        const struct schema *to = schema_table(r, key->table, key->at);
        if (to && to->nprimary_key != 1)
            diags_add(r->diags, DIAG_SCHEMA_REFERENCE, key->at, key->table);
        else if (to)
            key->to = to->field[to->primary_key[0]].name;
    }
}

static void check_needs(struct schema_reader *r, struct system *system)
{
    struct place at = {.file = path_join(r->mem, system->dir, S("tables.yaml"))};
    for (size_t i = 0; i < system->nneeds; i++)
        schema_table(r, system->needs[i], at);
}

/* Where `needs:` is not said, a system needs those of its tables that are neither optional nor
 * made. */
static void default_needs(struct schema_reader *r, struct system *system)
{
    if (system->needs)
        return;
    system->needs = NEW_ARRAY(r->mem, r->model->schemas.n + 1, str);
    for (size_t i = 0; i < r->model->schemas.n; i++) {
        const struct schema *s = &r->model->schemas.at[i];
        if (str_eq(s->system, system->name) && !s->optional && !s->dimension)
            system->needs[system->nneeds++] = s->name;
    }
}

bool model_read(struct arena *mem, str templates, str book, struct model *model,
                struct diags *diags)
{
    struct schema_reader r = {.mem = mem, .model = model, .diags = diags};
    struct map names;
    size_t errors = diags->nerrors;

    *model = (struct model){.mem = mem, .money_decimals = -1};
    map_init(&names, mem);
    add_systems(&r, templates, &names);
    add_systems(&r, book, &names);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    /* Templates first, so that a table of the book's own systems finds the one it replaces. */
    for (int own = 0; own < 2; own++)
        for (size_t i = 0; i < names.n; i++) {
            str dir = path_join(mem, path_join(mem, book, S("systems")), names.at[i].key);
            bool is_own = str_is_set(book) && file_exists(path_join(mem, dir, S("tables.yaml")));
            if (is_own == own)
                read_system(&r, templates, book, names.at[i].key);
        }
    for (size_t i = 0; i < model->schemas.n; i++)
        check_references(&r, &model->schemas.at[i]);
    for (size_t i = 0; i < model->systems.n; i++) {
        check_needs(&r, &model->systems.at[i]);
        default_needs(&r, &model->systems.at[i]);
    }
    rollups_check(&r);
    return diags->nerrors == errors;
}
