#include "tree.h"

#include <math.h>

static const struct {
    const char *name;
    enum option_type type;
    unsigned on; /* a bit a kind of block */
} table[OPTION_COUNT] = {
#define X(id, name, type, on) {name, OPTION_TYPE_##type, on},
    OPTIONS(X)
#undef X
};

const str block_names[] = {
#define X(name) S(#name),
    BLOCK_KINDS(X)
#undef X
};
static const str role_names[] = {
#define X(name) S(#name),
    ROLES(X)
#undef X
};
/* In the order of enum width. */
static const str width_names[] = {S("full"), S("half"), S("third"), S("two-thirds"), S("quarter")};
static const str medium_names[] = {S("site"), S("report")};
static const str flag_names[] = {S("stacked"), S("horizontal"), S("vertical"), S("percent")};
static const str format_names[] = {
    S("money"),   S("whole"),   S("short"),   S("short_money"), S("integer"),  S("number"),
    S("number1"), S("number2"), S("percent"), S("percent1"),    S("percent2"), S("points"),
    S("ratio"),   S("days"),    S("date"),    S("month"),       S("text")};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static size_t index_of(str word, const str *known, size_t n)
{
    size_t i = 0;
    while (i < n && !str_eq(word, known[i]))
        i++;
    return i;
}

bool is_among(str word, const str *known, size_t n)
{
    return index_of(word, known, n) < n;
}

static str joined(struct arena *mem, const str *word, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, i ? S(", ") : S(""));
        buf_add(&b, word[i]);
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

str proposal(struct arena *mem, str word, const str *known, size_t n)
{
    str nearest = text_nearest(word, known, n), all;
    if (str_is_set(nearest))
        return arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest));
    if (n == 0)
        return S("there is none");
    all = joined(mem, known, n);
    return arena_printf(mem, "there are: " STR_FMT, STR_ARG(all));
}

str column_proposal(struct arena *mem, str word, const struct result *r)
{
    str *known = NEW_ARRAY(mem, r->ncols, str);
    for (size_t c = 0; c < r->ncols; c++)
        known[c] = r->column[c].name;
    return proposal(mem, word, known, r->ncols);
}

str pretty_name(struct arena *mem, str name)
{
    char *out = arena_alloc(mem, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        out[i] = name.p[i] == '_' ? ' ' : name.p[i];
    if (name.n && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    return (str){out, name.n};
}

bool role_of_name(str name, enum role *role)
{
    size_t i = index_of(name, role_names, COUNT(role_names));
    *role = (enum role)i;
    return i < COUNT(role_names);
}

enum width width_of_name(str name)
{
    size_t i = index_of(name, width_names, COUNT(width_names));
    return i < COUNT(width_names) ? (enum width)i : WIDTH_FULL;
}

/* ---- reading ---- */

/* A word of a list, or a diagnostic at the scalar that is none. */
static bool check_word(struct arena *mem, const struct yaml *at, str name, str word,
                       const str *known, size_t n, struct diags *diags)
{
    if (is_among(word, known, n))
        return true;
    return diags_add(diags, DIAG_OPTION_WORD, at->at, word, name, proposal(mem, word, known, n));
}

static bool check_format(struct arena *mem, const struct yaml *y, str name, struct diags *diags)
{
    str word = yaml_text(y, S(""));
    if (format_known(word))
        return true;
    return check_word(mem, y, name, word, format_names, COUNT(format_names), diags);
}

static bool is_wrong(const struct yaml *y, str name, str wanted, struct diags *diags)
{
    return diags_add(diags, DIAG_OPTION_VALUE, y->at, yaml_text(y, S("this")), name, wanted);
}

static bool is_text(const struct yaml *y, str name, struct diags *diags)
{
    return y->kind == YAML_SCALAR || diags_add(diags, DIAG_OPTION_TEXT, y->at, name);
}

static bool check_number(const struct yaml *y, str name, double least, double most, bool whole,
                         str wanted, struct diags *diags)
{
    double x;
    if (yaml_number(y, &x) && x >= least && x <= most && (!whole || x == floor(x)))
        return true;
    return is_wrong(y, name, wanted, diags);
}

/* Each scalar of a list, or the one that stands alone. */
static bool check_texts(const struct yaml *y, str name, struct diags *diags)
{
    if (y->kind != YAML_LIST)
        return is_text(y, name, diags);
    bool ok = true;
    for (const struct yaml *item = y->first; item; item = item->next)
        ok &= is_text(item, name, diags);
    return ok;
}

static bool check_flags(struct arena *mem, const struct yaml *y, str name, struct diags *diags)
{
    bool ok = check_texts(y, name, diags);
    const struct yaml *item = y->kind == YAML_LIST ? y->first : y;
    for (; ok && item; item = y->kind == YAML_LIST ? item->next : NULL)
        ok = check_word(mem, item, name, item->text, flag_names, COUNT(flag_names), diags);
    return ok;
}

typedef bool check_fn(struct arena *mem, const struct yaml *y, str name, struct diags *diags);

static bool check_label(struct arena *mem, const struct yaml *y, str name, struct diags *diags)
{
    (void)mem;
    return is_text(y, name, diags);
}

static bool check_role(struct arena *mem, const struct yaml *y, str name, struct diags *diags)
{
    return check_word(mem, y, name, yaml_text(y, S("")), role_names, COUNT(role_names), diags);
}

static bool check_map(struct arena *mem, const struct yaml *y, str name, check_fn *check,
                      struct diags *diags)
{
    if (y->kind != YAML_MAP)
        return is_wrong(y, name, S("a map, {column: …}"), diags);
    bool ok = true;
    for (const struct yaml *item = y->first; item; item = item->next)
        ok &= check(mem, item, name, diags);
    return ok;
}

static bool check_value(struct arena *mem, enum option_type type, const struct yaml *y, str name,
                        struct diags *diags)
{
    str word = yaml_text(y, S(""));
    switch (type) {
    case OPTION_TYPE_text:
    case OPTION_TYPE_column:
        return is_text(y, name, diags);
    case OPTION_TYPE_width:
        return check_word(mem, y, name, word, width_names, COUNT(width_names), diags);
    case OPTION_TYPE_medium:
        return check_word(mem, y, name, word, medium_names, COUNT(medium_names), diags);
    case OPTION_TYPE_format:
        return check_format(mem, y, name, diags);
    case OPTION_TYPE_count:
        return check_number(y, name, 1, 1e6, true, S("a whole number from 1"), diags);
    case OPTION_TYPE_share:
        return check_number(y, name, 0.05, 3, false, S("a share of the width, 0.05 to 3"), diags);
    case OPTION_TYPE_yesno: {
        size_t before = diags->list.n;
        yaml_bool(y, false, diags);
        return diags->list.n == before;
    }
    case OPTION_TYPE_columns:
    case OPTION_TYPE_sort:
        return check_texts(y, name, diags);
    case OPTION_TYPE_flags:
        return check_flags(mem, y, name, diags);
    case OPTION_TYPE_texts:
        return check_map(mem, y, name, check_label, diags);
    case OPTION_TYPE_formats:
        return check_map(mem, y, name, check_format, diags);
    case OPTION_TYPE_roles:
        return y->kind == YAML_MAP ? check_map(mem, y, name, check_role, diags)
                                   : check_texts(y, name, diags);
    }
    return false;
}

/* The option of this name that the block has, or OPTION_COUNT. */
static size_t option_of(const struct block *block, str name)
{
    size_t i = 0;
    while (i < OPTION_COUNT &&
           !((table[i].on & 1u << block->kind) && str_eq(name, str_of(table[i].name))))
        i++;
    return i;
}

static bool unknown_option(struct arena *mem, const struct block *block, const struct yaml *y,
                           struct diags *diags)
{
    str known[OPTION_COUNT];
    size_t n = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (table[i].on & 1u << block->kind)
            known[n++] = str_of(table[i].name);
    return diags_add(diags, DIAG_OPTION_UNKNOWN, y->key_at, y->key, block_names[block->kind],
                     proposal(mem, y->key, known, n));
}

bool options_read(struct arena *mem, struct block *block, const struct yaml *map,
                  struct diags *diags)
{
    bool ok = true;
    if (map->kind == YAML_NULL)
        return true;
    if (map->kind != YAML_MAP)
        return diags_add(diags, DIAG_OPTIONS_FORM, map->at, block_names[block->kind]);
    for (const struct yaml *y = map->first; y; y = y->next) {
        size_t i = option_of(block, y->key);
        if (i == OPTION_COUNT)
            ok = unknown_option(mem, block, y, diags);
        else if (check_value(mem, table[i].type, y, y->key, diags))
            block->option[i] = y;
        else
            ok = false;
    }
    return ok;
}

/* ---- columns ---- */

str column_said(str column)
{
    return str_starts(column, S("-")) ? str_sub(column, 1, column.n) : column;
}

static bool match_column(struct arena *mem, const struct yaml *at, str option, str column,
                         const struct result *r, struct diags *diags)
{
    if (result_column(r, column) >= 0)
        return true;
    return diags_add(diags, DIAG_OPTION_COLUMN, at->at, column, option,
                     column_proposal(mem, column, r));
}

bool options_match(struct arena *mem, const struct block *block, const struct result *r,
                   struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct yaml *y = block->option[i];
        enum option_type type = table[i].type;
        str name = str_of(table[i].name);
        bool names_columns = type == OPTION_TYPE_column || type == OPTION_TYPE_columns ||
                             type == OPTION_TYPE_sort || type == OPTION_TYPE_texts ||
                             type == OPTION_TYPE_formats || type == OPTION_TYPE_roles;
        if (!y || !names_columns)
            continue;
        if (y->kind == YAML_SCALAR)
            ok &= match_column(mem, y, name, column_said(y->text), r, diags);
        for (const struct yaml *item = y->first; item; item = item->next) {
            str column = y->kind == YAML_MAP ? item->key : column_said(item->text);
            ok &= match_column(mem, item, name, column, r, diags);
        }
    }
    return ok;
}

/* ---- asking ---- */

str option_called(enum option option)
{
    return str_of(table[option].name);
}

bool option_is_of(enum option option, enum block_kind kind)
{
    return table[option].on & 1u << kind;
}

str option_text(const struct block *block, enum option option)
{
    return yaml_text(block->option[option], (str){0});
}

bool option_yes(const struct block *block, enum option option)
{
    /* Checked when it was read, so there is nothing left to report. */
    str word = option_text(block, option);
    return str_eq(word, S("yes")) || str_eq(word, S("true"));
}

int64_t option_count(const struct block *block, enum option option)
{
    return (int64_t)option_share(block, option);
}

double option_share(const struct block *block, enum option option)
{
    double x;
    return yaml_number(block->option[option], &x) ? x : 0;
}

size_t option_columns(struct arena *mem, const struct block *block, enum option option,
                      str **columns)
{
    const struct yaml *y = block->option[option];
    size_t n = 0;
    if (y && y->kind == YAML_MAP) {
        *columns = NEW_ARRAY(mem, y->n + 1, str);
        for (const struct yaml *item = y->first; item; item = item->next)
            (*columns)[n++] = item->key;
        return n;
    }
    n = yaml_texts(mem, y, columns);
    for (size_t i = 0; i < n; i++)
        (*columns)[i] = column_said((*columns)[i]);
    return n;
}

bool option_names(const struct block *block, enum option option, str column)
{
    const struct yaml *y = block->option[option];
    if (!y)
        return false;
    if (y->kind == YAML_SCALAR)
        return str_eq(y->text, column);
    for (const struct yaml *item = y->first; item; item = item->next)
        if (str_eq(y->kind == YAML_MAP ? item->key : item->text, column))
            return true;
    return false;
}

str option_for(const struct block *block, enum option option, str column)
{
    return yaml_text(yaml_get(block->option[option], column), (str){0});
}
