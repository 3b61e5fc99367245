#include "schema.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- helpers for every part of tables.yaml ---- */

bool schema_is_name(str s)
{
    if (s.n == 0 || s.n > 64 || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    return true;
}

bool schema_check_name(struct schema_reader *r, const struct yaml *node)
{
    return schema_is_name(node->key) ||
           diags_add(r->diags, DIAG_SCHEMA_NAME, node->key_at, node->key);
}

bool schema_expect_map(struct schema_reader *r, const struct yaml *node)
{
    if (node->kind == YAML_MAP)
        return true;
    return diags_add(r->diags, DIAG_SCHEMA_KIND, node->at, node->key, S("a map of names"));
}

str schema_scalar(struct schema_reader *r, const struct yaml *map, str key)
{
    const struct yaml *node = yaml_get(map, key);
    if (node && node->kind != YAML_SCALAR && node->kind != YAML_NULL)
        diags_add(r->diags, DIAG_SCHEMA_KIND, node->at, key, S("one value"));
    return yaml_text(node, (str){0});
}

size_t schema_names(struct schema_reader *r, const struct yaml *map, str key, str **names)
{
    const struct yaml *node = yaml_get(map, key);
    if (node && node->kind == YAML_MAP)
        diags_add(r->diags, DIAG_SCHEMA_KIND, node->at, key, S("a name or a list of names"));
    return yaml_texts(r->mem, node, names);
}

/* ---- fields ---- */

struct value schema_value(struct schema_reader *r, const struct field *f, str raw, str key,
                          struct place at)
{
    static const struct form plain = {.decimal = '.'};
    struct value v = {0};
    str text;
    bool ok = false;

    if (type_is_text(f->type)) {
        ok = parse_text(r->mem, f->type, raw, &plain, &text);
        v = (struct value){.kind = VALUE_TEXT, .s = ok ? text : raw};
    } else if (type_is_real(f->type) || f->type == TYPE_money) {
        v.kind = VALUE_REAL;
        ok = parse_real(raw, &plain, f->type == TYPE_rate, &v.r) == PARSED_OK;
    } else {
        v.kind = VALUE_INT;
        ok = f->type == TYPE_boolean ? parse_boolean(raw, &v.i)
                                     : parse_whole(raw, &plain, &v.i) == PARSED_OK;
    }
    if (ok)
        return v;
    diags_add(r->diags, DIAG_SCHEMA_VALUE, at, raw, key, type_in_words(r->mem, f->type, &plain));
    return (struct value){0};
}

/* A value of `default:`, `before:`, `minimum:` or `maximum:`. */
static struct value value_of(struct schema_reader *r, const struct field *f,
                             const struct yaml *node)
{
    if (!node || node->kind == YAML_NULL)
        return (struct value){0};
    return schema_value(r, f, yaml_text(node, S("")), node->key, node->at);
}

static void read_type(struct schema_reader *r, struct field *f, const struct yaml *node)
{
    str word = yaml_text(node, S("string"));
    if (node && node->kind != YAML_SCALAR && node->kind != YAML_NULL)
        diags_add(r->diags, DIAG_SCHEMA_KIND, node->at, node->key, S("one type"));
    if (type_of_name(word, &f->type))
        return;
    str known[] = {
#define X(name) S(#name),
        TYPES(X)
#undef X
    };
    diags_add(r->diags, DIAG_SCHEMA_TYPE, node->at, word,
              did_you_mean(r->mem, word, known, COUNT(known)));
}

static void read_pattern(struct schema_reader *r, struct field *f, const struct yaml *node)
{
    regex_t compiled;
    if (!node)
        return;
    str text = yaml_text(node, S(""));
    f->pattern = arena_printf(r->mem, "^(" STR_FMT ")$", STR_ARG(text));
    int status = regcomp(&compiled, f->pattern.p, REG_EXTENDED | REG_NOSUB);
    if (status) {
        char why[200];
        regerror(status, &compiled, why, sizeof why);
        diags_add(r->diags, DIAG_SCHEMA_PATTERN, node->at, text, str_of(why));
        f->pattern = (str){0};
    } else {
        regfree(&compiled);
    }
}

/* Unset if everybody may read it. */
static str read_audience(struct schema_reader *r, const struct yaml *node)
{
    str audience = schema_scalar(r, node, S("audience"));
    return str_eq(audience, S("everyone")) ? (str){0} : audience;
}

static void is_idle(struct schema_reader *r, const struct yaml *map, str key, str why)
{
    const struct yaml *node = yaml_get(map, key);
    if (node && node->kind != YAML_NULL)
        diags_add(r->diags, DIAG_SCHEMA_IDLE, node->key_at, key, why);
}

/* What is said of a field and can never hold or fail. */
static void check_field(struct schema_reader *r, const struct field *f, const struct yaml *node)
{
    bool number = f->type == TYPE_money || f->type == TYPE_integer || f->type == TYPE_number ||
                  f->type == TYPE_rate || f->type == TYPE_boolean;
    str type = arena_printf(r->mem, "for a column of type " STR_FMT, STR_ARG(type_name(f->type)));
    if (number) {
        is_idle(r, node, S("enum"), type);
        is_idle(r, node, S("pattern"), type);
    }
    if (!str_is_set(f->known_from))
        is_idle(r, node, S("before"), S("without known_from"));
}

static void read_field(struct schema_reader *r, struct field *f, const struct yaml *node)
{
    static const str keys[] = {S("type"),   S("required"),   S("unique"),   S("default"),
                               S("enum"),   S("pattern"),    S("minimum"),  S("maximum"),
                               S("before"), S("known_from"), S("audience"), S("also"),
                               S("text")};
    schema_check_name(r, node);
    *f = (struct field){.name = node->key, .at = node->key_at};
    if (node->kind != YAML_MAP) { /* `person: string`, or nothing: a string */
        read_type(r, f, node);
        return;
    }
    yaml_check_keys(node, keys, COUNT(keys), r->diags);
    read_type(r, f, yaml_get(node, S("type")));
    f->required = yaml_bool(yaml_get(node, S("required")), false, r->diags);
    f->unique = yaml_bool(yaml_get(node, S("unique")), false, r->diags);
    f->nallowed = schema_names(r, node, S("enum"), &f->allowed);
    read_pattern(r, f, yaml_get(node, S("pattern")));
    f->missing = value_of(r, f, yaml_get(node, S("default")));
    f->minimum = value_of(r, f, yaml_get(node, S("minimum")));
    f->maximum = value_of(r, f, yaml_get(node, S("maximum")));
    f->has_minimum = f->minimum.kind != VALUE_NULL;
    f->has_maximum = f->maximum.kind != VALUE_NULL;
    f->known_from = schema_scalar(r, node, S("known_from"));
    f->before = value_of(r, f, yaml_get(node, S("before")));
    f->audience = read_audience(r, node);
    f->nalso = schema_names(r, node, S("also"), &f->also);
    f->text = schema_scalar(r, node, S("text"));
    check_field(r, f, node);
}

static void read_fields(struct schema_reader *r, struct schema *s, const struct yaml *fields)
{
    if (!fields || !schema_expect_map(r, fields))
        return;
    s->field = NEW_ARRAY(r->mem, fields->n, struct field);
    for (const struct yaml *y = fields->first; y; y = y->next)
        read_field(r, &s->field[s->nfields++], y);
}

/* ---- tables ---- */

int schema_field(const struct schema *s, str column)
{
    for (size_t i = 0; i < s->nfields; i++)
        if (str_eq(s->field[i].name, column))
            return (int)i;
    return -1;
}

const struct foreign_key *schema_reference(const struct schema *s, str column)
{
    for (size_t i = 0; i < s->nforeign; i++)
        if (str_eq(s->foreign[i].column, column))
            return &s->foreign[i];
    return NULL;
}

static size_t schema_field_names(struct arena *mem, const struct schema *s, str **names)
{
    *names = NEW_ARRAY(mem, s->nfields, str);
    for (size_t i = 0; i < s->nfields; i++)
        (*names)[i] = s->field[i].name;
    return s->nfields;
}

int schema_column(struct schema_reader *r, const struct schema *s, str column, struct place at)
{
    int found = schema_field(s, column);
    if (found < 0) {
        str *names;
        size_t n = schema_field_names(r->mem, s, &names);
        diags_add(r->diags, DIAG_SCHEMA_COLUMN, at, column, s->name,
                  did_you_mean(r->mem, column, names, n));
    }
    return found;
}

const struct schema *schema_table(struct schema_reader *r, str name, struct place at)
{
    const struct schema *found = model_schema(r->model, name);
    size_t n = r->model->schemas.n;
    if (found)
        return found;
    str *names = NEW_ARRAY(r->mem, n, str);
    for (size_t i = 0; i < n; i++)
        names[i] = r->model->schemas.at[i].name;
    diags_add(r->diags, DIAG_SCHEMA_TABLE, at, name, did_you_mean(r->mem, name, names, n));
    return NULL;
}

static void read_primary_key(struct schema_reader *r, struct schema *s, const struct yaml *node)
{
    str *names;
    size_t n = yaml_texts(r->mem, node, &names);
    s->primary_key = NEW_ARRAY(r->mem, n + 1, int);
    for (size_t i = 0; i < n; i++) {
        int field = schema_column(r, s, names[i], node->at);
        if (field >= 0)
            s->primary_key[s->nprimary_key++] = field;
    }
    /* A row is known by it, so there has to be one; parts of a longer key may be missing. */
    if (s->nprimary_key == 1)
        s->field[s->primary_key[0]].required = true;
}

static void read_foreign_keys(struct schema_reader *r, struct schema *s, const struct yaml *map)
{
    if (!map || !schema_expect_map(r, map))
        return;
    s->foreign = NEW_ARRAY(r->mem, map->n, struct foreign_key);
    for (const struct yaml *y = map->first; y; y = y->next)
        if (schema_column(r, s, y->key, y->key_at) >= 0)
            s->foreign[s->nforeign++] =
                (struct foreign_key){.column = y->key, .table = yaml_text(y, S("")), .at = y->at};
}

/* Types that say on which day something was. */
static bool has_day(enum type type)
{
    return type == TYPE_date || type == TYPE_datetime;
}

static void read_fact(struct schema_reader *r, struct schema *s, const struct yaml *node)
{
    s->fact = -1;
    if (!node)
        return;
    int field = schema_column(r, s, yaml_text(node, S("")), node->at);
    if (field >= 0 && !has_day(s->field[field].type))
        diags_add(r->diags, DIAG_SCHEMA_FACT, node->at, s->field[field].name);
    else
        s->fact = field;
}

static void find_known_from(struct schema_reader *r, struct schema *s)
{
    for (size_t i = 0; i < s->nfields; i++) {
        struct field *f = &s->field[i];
        f->known_at = str_is_set(f->known_from) ? schema_column(r, s, f->known_from, f->at) : -1;
        if (f->known_at >= 0 && !has_day(s->field[f->known_at].type))
            diags_add(r->diags, DIAG_SCHEMA_FACT, f->at, f->known_from);
    }
}

const str limit_in_words = S("a share like 0.1% or a count of rows");

bool limit_read(str text, struct limit *limit)
{
    static const struct form plain = {.decimal = '.'};
    *limit = (struct limit){.is_set = true, .is_share = str_ends(text, S("%"))};
    return parse_real(text, &plain, true, &limit->most) == PARSED_OK && limit->most >= 0;
}

static struct limit read_limit(struct schema_reader *r, const struct yaml *node,
                               struct limit otherwise)
{
    struct limit limit;
    str text = yaml_text(node, S(""));
    if (!node)
        return otherwise;
    if (limit_read(text, &limit))
        return limit;
    diags_add(r->diags, DIAG_SCHEMA_VALUE, node->at, text, node->key, limit_in_words);
    return otherwise;
}

static void read_expect(struct schema_reader *r, struct schema *s, const struct yaml *node)
{
    static const str known[] = {S("daily"), S("weekly"), S("monthly")};
    s->expect = yaml_text(node, (str){0});
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(s->expect, known[i]))
            return;
    if (node)
        diags_add(r->diags, DIAG_SCHEMA_VALUE, node->at, s->expect, node->key,
                  S("daily, weekly or monthly"));
    s->expect = (str){0};
}

static struct schema read_table(struct schema_reader *r, const struct yaml *node)
{
    static const str keys[] = {S("text"),    S("fact"),        S("optional"), S("dimension"),
                               S("big"),     S("audience"),    S("expect"),   S("primaryKey"),
                               S("warn_if"), S("foreignKeys"), S("error_if"), S("fields")};
    struct schema s = {.name = node->key, .system = r->system, .at = node->key_at, .fact = -1};
    schema_check_name(r, node);
    if (!schema_expect_map(r, node))
        return s;
    yaml_check_keys(node, keys, COUNT(keys), r->diags);
    read_fields(r, &s, yaml_get(node, S("fields")));
    if (!s.nfields)
        diags_add(r->diags, DIAG_SCHEMA_EMPTY, s.at, s.name);
    s.text = schema_scalar(r, node, S("text"));
    s.audience = read_audience(r, node);
    s.optional = yaml_bool(yaml_get(node, S("optional")), false, r->diags);
    s.dimension = yaml_bool(yaml_get(node, S("dimension")), false, r->diags);
    s.big = yaml_bool(yaml_get(node, S("big")), false, r->diags);
    s.warn_if = read_limit(r, yaml_get(node, S("warn_if")), (struct limit){0});
    s.error_if = read_limit(r, yaml_get(node, S("error_if")),
                            (struct limit){.is_set = true, .is_share = true, .most = 0.5});
    read_expect(r, &s, yaml_get(node, S("expect")));
    read_primary_key(r, &s, yaml_get(node, S("primaryKey")));
    read_foreign_keys(r, &s, yaml_get(node, S("foreignKeys")));
    read_fact(r, &s, yaml_get(node, S("fact")));
    find_known_from(r, &s);
    if (str_is_set(s.expect) && !yaml_get(node, S("fact")))
        is_idle(r, node, S("expect"), S("without fact: no day says how fresh the table is"));
    return s;
}

/* A table of the book's own systems takes the place of the one that templates have. */
static void read_tables(struct schema_reader *r, const struct yaml *map)
{
    if (!map || !schema_expect_map(r, map))
        return;
    for (const struct yaml *y = map->first; y; y = y->next) {
        struct schema s = read_table(r, y);
        struct schema *same = (struct schema *)model_schema(r->model, s.name);
        if (!same)
            PUSH(r->mem, &r->model->schemas, s);
        else if (r->from_book)
            *same = s;
        else
            diags_add(r->diags, DIAG_SCHEMA_TWICE, s.at, s.name, S("table"), same->at.file);
    }
}

/* ---- columns: what result names mean ---- */

static enum better read_better(struct schema_reader *r, const struct yaml *node)
{
    str word = yaml_text(node, S(""));
    if (str_eq(word, S("up")))
        return BETTER_UP;
    if (str_eq(word, S("down")))
        return BETTER_DOWN;
    if (node && !str_eq(word, S("none")))
        diags_add(r->diags, DIAG_SCHEMA_VALUE, node->at, word, node->key, S("up, down or none"));
    return BETTER_NONE;
}

static struct meaning read_meaning(struct schema_reader *r, const struct yaml *node)
{
    static const str keys[] = {S("type"),   S("unit"), S("label"), S("legend"),
                               S("better"), S("text"), S("format")};
    static const str by[] = {S("by")};
    struct meaning m = {.name = node->key, .system = r->system, .at = node->key_at};
    schema_check_name(r, node);
    if (!schema_expect_map(r, node))
        return m;
    yaml_check_keys(node, keys, COUNT(keys), r->diags);
    const struct yaml *type = yaml_get(node, S("type"));
    if (type && type->kind == YAML_MAP) {
        yaml_check_keys(type, by, COUNT(by), r->diags);
        m.type_by = schema_scalar(r, type, S("by"));
    } else if (type) {
        struct field f = {0};
        read_type(r, &f, type);
        m.type = f.type;
        m.typed = true;
    }
    m.unit = schema_scalar(r, node, S("unit"));
    m.unit_of_one = text_plural(m.unit, true);
    m.unit = text_plural(m.unit, false);
    m.label = schema_scalar(r, node, S("label"));
    m.legend = schema_scalar(r, node, S("legend"));
    m.text = schema_scalar(r, node, S("text"));
    m.format = schema_scalar(r, node, S("format"));
    m.better = read_better(r, yaml_get(node, S("better")));
    return m;
}

static bool same_meaning(const struct meaning *a, const struct meaning *b)
{
    return a->type == b->type && a->typed == b->typed && a->better == b->better &&
           str_eq(a->type_by, b->type_by) && str_eq(a->unit, b->unit) &&
           str_eq(a->unit_of_one, b->unit_of_one) && str_eq(a->label, b->label) &&
           str_eq(a->legend, b->legend) && str_eq(a->text, b->text) && str_eq(a->format, b->format);
}

static void add_meaning(struct schema_reader *r, const struct meaning *m)
{
    struct model *model = r->model;
    struct meaning *added = NEW(r->mem, struct meaning);
    *added = *m;
    PUSH(r->mem, &model->meanings, added);
    if (!model->meaning_of.mem)
        map_init(&model->meaning_of, r->mem);
    *map_put(&model->meaning_of, m->name) = added;
}

/* A word means one thing in the whole book; saying it twice alike is fine. */
static void read_meanings(struct schema_reader *r, const struct yaml *map)
{
    if (!map || !schema_expect_map(r, map))
        return;
    for (const struct yaml *y = map->first; y; y = y->next) {
        struct meaning m = read_meaning(r, y);
        struct meaning *same = map_get(&r->model->meaning_of, m.name);
        if (!same)
            add_meaning(r, &m);
        else if (r->from_book)
            *same = m;
        else if (same_meaning(same, &m))
            same->system = (str){0};
        else
            diags_add(r->diags, DIAG_SCHEMA_TWICE, m.at, m.name, S("column"), same->at.file);
    }
}

/* ---- a whole tables.yaml ---- */

void schema_read(struct schema_reader *r, struct system *system, const struct yaml *root)
{
    static const str keys[] = {S("title"),  S("group"),   S("order"), S("needs"),
                               S("tables"), S("rollups"), S("rows"),  S("columns")};
    if (root->kind == YAML_NULL || !schema_expect_map(r, root))
        return;
    yaml_check_keys(root, keys, COUNT(keys), r->diags);
    str title = schema_scalar(r, root, S("title"));
    system->title = str_is_set(title) ? title : system->title;
    system->group = schema_scalar(r, root, S("group"));
    system->order = yaml_integer(yaml_get(root, S("order")), 0, r->diags);
    system->nneeds = schema_names(r, root, S("needs"), &system->needs);
    read_tables(r, yaml_get(root, S("tables")));
    rollups_read(r, yaml_get(root, S("rollups")), yaml_get(root, S("rows")));
    read_meanings(r, yaml_get(root, S("columns")));
}

/* ---- looking up ---- */

const struct schema *model_schema(const struct model *m, str table)
{
    for (size_t i = 0; i < m->schemas.n; i++)
        if (str_eq(m->schemas.at[i].name, table))
            return &m->schemas.at[i];
    return NULL;
}

const struct meaning *model_meaning(const struct model *m, str name)
{
    return map_get(&m->meaning_of, name);
}

const struct system *model_system(const struct model *m, str name)
{
    for (size_t i = 0; i < m->systems.n; i++)
        if (str_eq(m->systems.at[i].name, name))
            return &m->systems.at[i];
    return NULL;
}

bool model_has_system(const struct model *m, str name)
{
    const struct system *s = model_system(m, name);
    return !s || s->present;
}
