/* What is wanted of the systems that a book lacks. Their views exist in every book, but rows they
 * need only where somebody comes to read them: where words that can be asked name them, directly or
 * by views between. A word may mean something else; then more is made than is read. */
#include "store.h"

#include <strings.h>

struct named {
    str name, sql; /* sql: of a view */
    bool shared;   /* by all systems */
    bool absent;   /* its system is */
    bool wanted;
};

struct known_model {
    const struct model_file *file;
    struct view_texts views;
    bool ok;
};

struct wanted {
    struct arena *mem;
    const struct model *model;
    struct map by_name; /* lower case name → struct named */
    bool unfound;       /* some have names that are not found in a text */
    LIST(struct known_model) models;
};

/* ---- what there is ---- */

static void add_named(struct wanted *w, str name, str system, str sql)
{
    void **slot = map_put(&w->by_name, sql_lower(w->mem, name));
    if (*slot)
        return;
    struct named *s = NEW(w->mem, struct named);
    *s = (struct named){.name = name,
                        .sql = sql,
                        .shared = !system.n || str_eq(system, S("shared")),
                        .absent = !model_has_system(w->model, system)};
    *slot = s;
}

const struct view_texts *wanted_views(const struct wanted *w, const struct model_file *file)
{
    for (size_t i = 0; i < w->models.n; i++)
        if (w->models.at[i].file == file && w->models.at[i].ok)
            return &w->models.at[i].views;
    return NULL;
}

/* ---- who names what ---- */

enum { LONGEST = 64 }; /* of the names that are looked for */

/* What is called otherwise than by one word is not found. */
static bool is_word(str name)
{
    str rest = name;
    return name.n <= LONGEST && str_eq(sql_next_word(&rest), name);
}

static struct named *find_named(const struct wanted *w, str word)
{
    char lower[LONGEST];
    if (word.n > LONGEST)
        return NULL;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] | 0x20 : word.p[i];
    return map_get(&w->by_name, (str){lower, word.n});
}

static void want_named(const struct wanted *w, str text);

static void want(const struct wanted *w, struct named *s)
{
    if (s->wanted)
        return;
    s->wanted = true;
    want_named(w, s->sql);
}

static void want_named(const struct wanted *w, str text)
{
    for (str word; (word = sql_next_word(&text)).n;) {
        struct named *s = find_named(w, word);
        if (s)
            want(w, s);
    }
}

/* All that is there, and what is not found. */
static void want_present(struct wanted *w)
{
    for (size_t i = 0; i < w->by_name.n; i++) {
        struct named *s = w->by_name.at[i].value;
        w->unfound |= !is_word(s->name);
        if (!s->absent || !is_word(s->name))
            want(w, s);
    }
}

struct wanted *wanted_new(struct arena *mem, const struct model *model,
                          const struct model_file *models, size_t nmodels)
{
    struct wanted *w = NEW(mem, struct wanted);
    struct diags unheard; /* store_load says what is wrong */
    diags_init(&unheard, mem);
    *w = (struct wanted){.mem = mem, .model = model};
    map_init(&w->by_name, mem);
    for (size_t i = 0; i < model->schemas.n; i++)
        add_named(w, model->schemas.at[i].name, model->schemas.at[i].system, S(""));
    for (size_t i = 0; i < model->rollups.n; i++)
        add_named(w, model->rollups.at[i].name, system_of(model->rollups.at[i].at), S(""));
    for (size_t i = 0; i < model->kept.n; i++)
        add_named(w, model->kept.at[i].name, system_of(model->kept.at[i].at), S(""));
    for (size_t i = 0; i < nmodels; i++) {
        struct known_model m = {.file = &models[i]};
        m.ok = view_texts_read(mem, m.file, &m.views, &unheard);
        for (size_t k = 0; k < m.views.list.n; k++)
            add_named(w, m.views.list.at[k].name, m.file->system,
                      m.views.list.at[k].text.query.sql);
        PUSH(mem, &w->models, m);
    }
    want_present(w);
    return w;
}

/* Tables of what is known of the data, data_files and others, are there in every book. */
static bool is_of_data(str word)
{
    return word.n > 5 && strncasecmp(word.p, "data_", 5) == 0;
}

bool wanted_asks(const struct wanted *w, str sql)
{
    bool absent = false, present = w->unfound;
    for (str word; !present && (word = sql_next_word(&sql)).n;) {
        const struct named *s = find_named(w, word);
        absent |= s && s->absent;
        present = s ? !s->absent && !s->shared : is_of_data(word);
    }
    return present || !absent;
}

void wanted_text(const struct wanted *w, str text)
{
    want_named(w, text);
}

bool wanted_is(const struct wanted *w, str name)
{
    const struct named *s = find_named(w, name);
    return !s || s->wanted;
}

void wanted_mark(const struct wanted *w, struct model *model)
{
    for (size_t i = 0; i < model->rollups.n; i++)
        model->rollups.at[i].unwanted = !wanted_is(w, model->rollups.at[i].name);
    for (size_t i = 0; i < model->kept.n; i++)
        model->kept.at[i].unwanted = !wanted_is(w, model->kept.at[i].name);
}
