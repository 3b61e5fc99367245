#include "mail.h"

static const str KEYS[] = {
    S("title"),   S("language"),  S("currency"), S("money_decimals"), S("fiscal_year_start"),
    S("as_of"),   S("audiences"), S("reports"),  S("tables"),         S("mail"),
    S("engines"),
};

static const str TABLE_KEYS[] = {
    S("file"), S("encoding"), S("dates"),   S("delimiter"), S("decimal"), S("thousands"),
    S("head"), S("empty"),    S("columns"), S("expect"),    S("warn_if"), S("error_if"),
};

/* What stands where something of another kind is wanted would be as good as not written. */
static const str kind_words[] = {
    [YAML_NULL] = S("nothing"),
    [YAML_SCALAR] = S("one value"),
    [YAML_LIST] = S("a list, [a, b]"),
    [YAML_MAP] = S("a map, `key: value`"),
};

static void check_kind(const struct yaml *node, str name, enum yaml_kind wanted,
                       struct diags *diags)
{
    if (!node || node->kind == YAML_NULL || node->kind == wanted)
        return;
    /* A list of one may be written without brackets. */
    if (wanted == YAML_LIST && node->kind == YAML_SCALAR)
        return;
    diags_add(diags, DIAG_SETTING_VALUE, node->at,
              node->kind == YAML_SCALAR ? node->text : kind_words[node->kind], name,
              kind_words[wanted]);
}

static const struct yaml *map_or_none(const struct yaml *node)
{
    return node && node->kind == YAML_MAP ? node : NULL;
}

static void check_kinds(const struct yaml *y, struct diags *diags)
{
    static const str values[] = {S("title"),          S("language"),          S("currency"),
                                 S("money_decimals"), S("fiscal_year_start"), S("as_of")},
                     lists[] = {S("audiences"), S("reports")},
                     maps[] = {S("tables"), S("mail"), S("engines")};
    check_kind(y, S("book.yaml"), YAML_MAP, diags);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        check_kind(yaml_get(y, values[i]), values[i], YAML_SCALAR, diags);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct yaml *list = yaml_get(y, lists[i]);
        check_kind(list, lists[i], YAML_LIST, diags);
        for (const struct yaml *e = list && list->kind == YAML_LIST ? list->first : NULL; e;
             e = e->next)
            check_kind(e, lists[i], YAML_SCALAR, diags);
    }
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        check_kind(yaml_get(y, maps[i]), maps[i], YAML_MAP, diags);
}

/* How many decimals money has; below zero for those that the currency has. */
static int money_decimals(const struct yaml *node, struct diags *diags)
{
    enum { MOST = 6 };
    int64_t n = yaml_integer(node, -1, diags);
    bool given = node && node->kind == YAML_SCALAR;
    if (n > MOST || (n < 0 && given && node->text.n && node->text.p[0] == '-'))
        diags_add(diags, DIAG_SETTING_VALUE, node->at, node->text, S("money_decimals"),
                  S("a whole number from 0 to 6"));
    return n > MOST ? -1 : (int)n;
}

static str currency_code(const struct yaml *node, struct diags *diags)
{
    str code = yaml_text(node, S(""));
    bool plain = code.n == 3;
    for (size_t i = 0; i < code.n; i++)
        plain = plain && code.p[i] >= 'A' && code.p[i] <= 'Z';
    if (code.n && !plain)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, code, S("currency"),
                  S("a code of three capitals: EUR, USD, CNY"));
    return code;
}

static str language_tag(struct arena *mem, const struct yaml *node, struct diags *diags)
{
    str tag = yaml_text(node, S(""));
    if (!tag.n)
        return S("en");
    if (!language_is_tag(tag))
        diags_add(diags, DIAG_LANGUAGE_TAG, node->at, tag, languages_known(mem));
    else if (!language_is_known(tag))
        diags_add(diags, DIAG_LANGUAGE_UNKNOWN, node->at, tag, languages_known(mem));
    return tag;
}

/* A month as 4 or as 2026-04. */
static int fiscal_month(const struct yaml *node, struct diags *diags)
{
    str text = yaml_text(node, S("1"));
    int month = month_parse(text);
    int64_t n = 0;
    if (month >= 0)
        return month % 12 + 1;
    if (parse_integer(text, &n) && n >= 1 && n <= 12)
        return (int)n;
    diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("fiscal_year_start"),
              S("a month: 4 or 2026-04"));
    return 1;
}

static day as_of_day(const struct yaml *node, struct diags *diags)
{
    str text = yaml_text(node, S(""));
    day d = text.n ? day_parse(text) : DAY_NONE;
    if (text.n && d == DAY_NONE)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("as_of"), S("a date: 2026-10-31"));
    return d;
}

/* One character, or a name for those that are hard to see. */
static char one_character(const struct yaml *map, str key, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, key);
    str text = yaml_text(node, S(""));
    if (!node)
        return 0;
    if (str_eq(text, S("tab")) || str_eq(text, S("\\t")))
        return '\t';
    if (str_eq(text, S("space")))
        return ' ';
    if (text.n == 1)
        return text.p[0];
    diags_add(diags, DIAG_SETTING_VALUE, node->at, text, key, S("one character, `tab` or `space`"));
    return 0;
}

/* The mark between thousands. Those that are beyond ASCII stand for their plain ones, which mean
 * any of their kind. */
static char thousands_mark(const struct yaml *map, struct diags *diags)
{
    static const str blanks[] = {S("\u00a0"), S("\u202f"), S("\u2009")};
    str text = yaml_text(yaml_get(map, S("thousands")), S(""));
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (str_eq(text, blanks[i]))
            return ' ';
    return str_eq(text, S("\u2019")) ? '\'' : one_character(map, S("thousands"), diags);
}

/* The line of a file that names its columns; those above it are titles. */
static int head_line(const struct yaml *map, struct diags *diags)
{
    enum { MOST = 1000 };
    const struct yaml *node = yaml_get(map, S("head"));
    int64_t n = 0;
    bool sound = node && parse_integer(yaml_text(node, S("")), &n) && n >= 1 && n <= MOST;
    if (node && !sound)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, yaml_text(node, S("")), S("head"),
                  S("the number of the line that names the columns: 3"));
    return sound ? (int)n : 0;
}

/* How often new rows come. */
static str rhythm(const struct yaml *map, struct diags *diags)
{
    static const str known[] = {S("daily"), S("weekly"), S("monthly"), S("never")};
    const struct yaml *node = yaml_get(map, S("expect"));
    str text = yaml_text(node, (str){0});
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(text, known[i]))
            return known[i];
    if (node)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("expect"),
                  S("daily, weekly, monthly or never"));
    return (str){0};
}

/* How many rows set aside are too many for this book. */
static struct limit aside_limit(const struct yaml *map, str key, struct diags *diags)
{
    struct limit limit;
    const struct yaml *node = yaml_get(map, key);
    str text = yaml_text(node, (str){0});
    if (node && limit_read(text, &limit))
        return limit;
    if (node && node->kind == YAML_SCALAR)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, key, limit_in_words);
    return (struct limit){0};
}

static void refuse_mark(const struct yaml *node, const char *key, char mark, str wanted,
                        struct diags *diags)
{
    str value = {&mark, 1};
    diags_add(diags, DIAG_SETTING_VALUE, yaml_get(node, str_of(key))->at, value, str_of(key),
              wanted);
}

/* Marks that could not be told from digits, quotes or each other. */
static void check_marks(const struct yaml *node, const struct mapping *m, struct diags *diags)
{
    char d = m->delimiter, decimal = m->decimal ? m->decimal : '.';
    bool word = (d >= '0' && d <= '9') || (d >= 'a' && d <= 'z') || (d >= 'A' && d <= 'Z');
    if (d && (word || strchr("\"\r\n.-", d)))
        refuse_mark(node, "delimiter", d, S("a mark between cells: `,`, `;`, `|` or `tab`"), diags);
    if (!strchr(".,", decimal))
        refuse_mark(node, "decimal", decimal, S("`.` or `,`"), diags);
    if (m->thousands && (!strchr(".,' _", m->thousands) || m->thousands == decimal))
        refuse_mark(node, "thousands", m->thousands,
                    S("`.`, `,`, `'`, `_` or a blank, and not the mark of `decimal:`"), diags);
}

/* As files of the book are listed: ./2026/export.csv is 2026/export.csv. */
static str listed_name(str file)
{
    while (str_starts(file, S("./")))
        file = str_sub(file, 2, file.n);
    return file;
}

static struct mapping mapping_of(struct arena *mem, const struct yaml *node, struct diags *diags)
{
    struct mapping m = {.table = node->key, .at = node->key_at};

    yaml_check_keys(node, TABLE_KEYS, sizeof TABLE_KEYS / sizeof *TABLE_KEYS, diags);
    check_kind(node, node->key, YAML_MAP, diags);
    for (const struct yaml *y = node->first; y && node->kind == YAML_MAP; y = y->next)
        check_kind(y, y->key,
                   str_eq(y->key, S("columns")) ? YAML_MAP
                   : str_eq(y->key, S("empty")) ? YAML_LIST
                                                : YAML_SCALAR,
                   diags);
    m.file = listed_name(yaml_text(yaml_get(node, S("file")), (str){0}));
    m.encoding = yaml_text(yaml_get(node, S("encoding")), (str){0});
    m.dates = yaml_text(yaml_get(node, S("dates")), (str){0});
    m.delimiter = one_character(node, S("delimiter"), diags);
    m.decimal = one_character(node, S("decimal"), diags);
    m.thousands = thousands_mark(node, diags);
    m.head = head_line(node, diags);
    m.nempty = yaml_texts(mem, yaml_get(node, S("empty")), &m.empty);
    m.expect = rhythm(node, diags);
    m.warn_if = aside_limit(node, S("warn_if"), diags);
    m.error_if = aside_limit(node, S("error_if"), diags);
    if (m.thousands == '.' && !m.decimal)
        m.decimal = ','; /* where points part thousands, commas part decimals */
    check_marks(node, &m, diags);
    const struct yaml *columns = yaml_get(node, S("columns"));
    for (const struct yaml *c = columns ? columns->first : NULL; c; c = c->next) {
        struct rename rename = {.column = c->key, .head = yaml_text(c, S(""))};
        if (rename.head.n) /* `date: ""` is still to be filled in; it is no column without a name */
            PUSH(mem, &m.columns, rename);
    }
    return m;
}

static void read_mappings(struct arena *mem, const struct yaml *tables, struct book *book,
                          struct diags *diags)
{
    if (!tables)
        return;
    book->mapping = NEW_ARRAY(mem, tables->n, struct mapping);
    for (const struct yaml *t = tables->first; t; t = t->next)
        book->mapping[book->nmappings++] = mapping_of(mem, t, diags);
}

/* Each once, whatever its case; "everyone" is always there, and first. Who is of two audiences that
 * share a folder would read what is for the other. */
static void read_audiences(struct arena *mem, const struct yaml *list, struct book *book,
                           struct diags *diags)
{
    size_t n = list && list->kind == YAML_LIST ? list->n : 0;
    str *given = NEW_ARRAY(mem, n + 1, str);

    book->audiences = NEW_ARRAY(mem, n + 1, str);
    given[0] = book->audiences[0] = S("everyone");
    book->naudiences = 1;
    for (const struct yaml *y = n ? list->first : NULL; y; y = y->next) {
        str slug = path_slug(mem, y->text);
        size_t i = 0;
        while (i < book->naudiences && !str_eq(book->audiences[i], slug))
            i++;
        if (y->kind == YAML_LIST || y->kind == YAML_MAP)
            continue; /* check_kinds has told of it */
        if (!str_trim(y->text).n) {
            diags_add(diags, DIAG_SETTING_VALUE, y->at, S("an empty text"), S("audiences"),
                      S("a name"));
        } else if (i == book->naudiences) {
            given[i] = y->text;
            book->audiences[book->naudiences++] = slug;
        } else if (!str_eq(text_fold(mem, given[i]), text_fold(mem, y->text))) {
            diags_add(diags, DIAG_AUDIENCE_ALIKE, y->at, y->text, given[i], slug);
        }
    }
}

str book_name(struct arena *mem, str dir)
{
    str name = path_base(path_bare(dir));
    if (name.n && !str_eq(name, S(".")) && !str_eq(name, S("..")))
        return name;
    char *whole = realpath(arena_str(mem, dir).p, NULL);
    if (whole)
        name = arena_str(mem, path_base(str_of(whole)));
    free(whole);
    return name;
}

bool book_read(struct arena *mem, str dir, str templates, struct book *book, struct diags *diags)
{
    size_t nerrors = diags->nerrors;
    dir = path_bare(dir);
    str path = path_join(mem, dir, S("book.yaml")), text = S("");

    if (!dir_exists(dir))
        return diags_add(diags, DIAG_BOOK_MISSING, (struct place){0}, dir);
    if (name_taken(path) && !file_read(mem, path, &text, diags))
        return false;
    const struct yaml *y = yaml_parse(mem, path, 1, text, diags);
    if (!y)
        return false;
    yaml_check_keys(y, KEYS, sizeof KEYS / sizeof *KEYS, diags);
    check_kinds(y, diags);

    *book = (struct book){.name = book_name(mem, dir), .dir = dir, .templates = templates};
    book->title = yaml_text(yaml_get(y, S("title")), book->name);
    book->lang = language_of(language_tag(mem, yaml_get(y, S("language")), diags),
                             currency_code(yaml_get(y, S("currency")), diags),
                             money_decimals(yaml_get(y, S("money_decimals")), diags));
    book->fiscal_year_start = fiscal_month(yaml_get(y, S("fiscal_year_start")), diags);
    book->as_of = as_of_day(yaml_get(y, S("as_of")), diags);
    read_audiences(mem, yaml_get(y, S("audiences")), book, diags);
    book->nreports = yaml_texts(mem, yaml_get(y, S("reports")), &book->reports);
    const struct yaml *reports = yaml_get(y, S("reports"));
    book->reports_at = reports ? reports->at : (struct place){0};
    read_mappings(mem, map_or_none(yaml_get(y, S("tables"))), book, diags);
    engines_settings(mem, map_or_none(yaml_get(y, S("engines"))), book, diags);
    book->mail = mail_settings_read(mem, map_or_none(yaml_get(y, S("mail"))), book, diags);
    return diags->nerrors == nerrors;
}

bool is_book(struct arena *mem, str dir)
{
    str *names;
    size_t n = dir_list(mem, dir, &names);
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], S("book.yaml")) || str_ends(names[i], S(".csv")))
            return true;
    return false;
}
