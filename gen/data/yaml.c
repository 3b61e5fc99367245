#include "reading.h"

#include <libfyaml.h>

/* The tree is made from libfyaml's events, so that anchors, tags and second documents are met, and
 * refused, before anything is expanded. libfyaml does not bound the depth: we do, for our stack's
 * sake. */
enum { MOST_DEPTH = 100 };

struct builder {
    struct arena *mem;
    struct fy_parser *parser;
    str file;
    int first_line;
    int depth;
    struct diags *diags;
};

/* Where an event begins. libfyaml's mark of a quoted text or an alias stands behind its first
 * sign. */
static struct place place_of(const struct builder *b, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (!mark)
        return (struct place){b->file, b->first_line, 1};
    enum fy_node_style style = fy_event_get_node_style(event);
    bool behind = style == FYNS_SINGLE_QUOTED || style == FYNS_DOUBLE_QUOTED || style == FYNS_ALIAS;
    return (struct place){b->file, b->first_line + mark->line, mark->column + !behind};
}

static str token_text(struct builder *b, struct fy_token *token)
{
    size_t n = 0;
    const char *p = token ? fy_token_get_text(token, &n) : NULL;
    return p ? arena_str(b->mem, (str){p, n}) : S("");
}

static bool is_null_word(str s)
{
    return s.n == 0 || str_eq(s, S("~")) || str_eq(s, S("null"));
}

static struct yaml *scalar_node(struct builder *b, struct fy_event *event)
{
    struct yaml *node = NEW(b->mem, struct yaml);
    struct fy_token *token = event->scalar.value;
    node->text = token_text(b, token);
    node->quoted = token && fy_token_scalar_style(token) != FYSS_PLAIN;
    node->kind = !node->quoted && is_null_word(node->text) ? YAML_NULL : YAML_SCALAR;
    return node;
}

static struct yaml *node_of(struct builder *b, struct fy_event *event);

static struct yaml *list_node(struct builder *b)
{
    struct yaml *list = NEW(b->mem, struct yaml), **end = &list->first;
    list->kind = YAML_LIST;
    for (;;) {
        struct fy_event *event = fy_parser_parse(b->parser);
        if (!event)
            return NULL;
        if (event->type == FYET_SEQUENCE_END) {
            fy_parser_event_free(b->parser, event);
            return list;
        }
        if (!(*end = node_of(b, event)))
            return NULL;
        end = &(*end)->next;
        list->n++;
    }
}

/* The key of the next pair; at the end of the map an unset str; false if it is no plain word or
 * stands twice. */
static bool next_key(struct builder *b, struct map *seen, str *key, struct place *at)
{
    struct fy_event *event = fy_parser_parse(b->parser);
    *key = (str){0};
    if (!event)
        return false;
    bool ok = event->type == FYET_MAPPING_END;
    *at = place_of(b, event);
    if (event->type == FYET_SCALAR) {
        *key = token_text(b, event->scalar.value);
        void **first = map_put(seen, *key);
        ok = !*first || diags_add(b->diags, DIAG_YAML_KEY_TWICE, *at, *key);
        *first = seen;
    } else if (!ok) {
        diags_add(b->diags, DIAG_YAML_KEY, *at, (str){0});
    }
    fy_parser_event_free(b->parser, event);
    return ok;
}

static struct yaml *map_node(struct builder *b)
{
    struct yaml *map = NEW(b->mem, struct yaml), **end = &map->first;
    struct map seen;
    map_init(&seen, b->mem);
    map->kind = YAML_MAP;
    for (;;) {
        str key;
        struct place key_at;
        if (!next_key(b, &seen, &key, &key_at))
            return NULL;
        if (!str_is_set(key))
            return map;
        struct fy_event *event = fy_parser_parse(b->parser);
        if (!event || !(*end = node_of(b, event)))
            return NULL;
        (*end)->key = key;
        (*end)->key_at = key_at;
        if ((*end)->kind == YAML_NULL && !(*end)->text.n)
            (*end)->at = key_at; /* nothing stands there that had a place */
        end = &(*end)->next;
        map->n++;
    }
}

static bool is_foreign(struct fy_event *event)
{
    return event->type == FYET_ALIAS || fy_event_get_anchor_token(event) ||
           fy_event_get_tag_token(event);
}

/* The node that begins with event, which is freed; NULL with a diagnostic, or if libfyaml
 * stopped. */
static struct yaml *node_of(struct builder *b, struct fy_event *event)
{
    struct place at = place_of(b, event);
    enum fy_event_type type = event->type;
    struct yaml *node = NULL;

    if (is_foreign(event)) {
        diags_add(b->diags, DIAG_YAML_ANCHOR, at, (str){0});
        type = FYET_ALIAS;
    }
    if (type == FYET_SCALAR)
        node = scalar_node(b, event);
    fy_parser_event_free(b->parser, event);
    if (b->depth == MOST_DEPTH) {
        diags_add(b->diags, DIAG_YAML_DEEP, at, (str){0});
        return NULL;
    }
    b->depth++;
    if (type == FYET_SEQUENCE_START)
        node = list_node(b);
    else if (type == FYET_MAPPING_START)
        node = map_node(b);
    b->depth--;
    if (node)
        node->at = at;
    return node;
}

static struct yaml *null_node(struct builder *b)
{
    struct yaml *node = NEW(b->mem, struct yaml);
    node->at = (struct place){b->file, b->first_line, 1};
    return node;
}

/* The one document of the stream. */
static struct yaml *document_node(struct builder *b)
{
    struct yaml *root = NULL;
    struct fy_event *event;

    while ((event = fy_parser_parse(b->parser))) {
        enum fy_event_type type = event->type;
        if (type == FYET_SCALAR || type == FYET_SEQUENCE_START || type == FYET_MAPPING_START ||
            type == FYET_ALIAS) {
            if (!(root = node_of(b, event)))
                return NULL;
            continue;
        }
        bool second = type == FYET_DOCUMENT_START && root;
        if (second)
            diags_add(b->diags, DIAG_YAML_SECOND, place_of(b, event), (str){0});
        fy_parser_event_free(b->parser, event);
        if (second)
            return NULL;
    }
    if (fy_parser_get_stream_error(b->parser))
        return NULL;
    return root ? root : null_node(b);
}

/* What libfyaml said, at its place. */
static void note_syntax(struct builder *b, struct fy_diag *said)
{
    void *walk = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(said, &walk);
    struct place at = {b->file, b->first_line, 1};
    if (error && error->line > 0)
        at = (struct place){b->file, b->first_line + error->line - 1, error->column};
    diags_add(b->diags, DIAG_YAML_SYNTAX, at, str_of(error && error->msg ? error->msg : "no YAML"));
}

struct yaml *yaml_parse(struct arena *mem, str file, int first_line, str text, struct diags *diags)
{
    struct builder b = {mem, NULL, file, first_line, 0, diags};
    struct yaml *root = NULL;
    size_t bad_at, before = diags->list.n;

    if (!utf8_valid(text, &bad_at)) {
        int line = first_line;
        for (size_t i = 0; i < bad_at; i++)
            line += text.p[i] == '\n';
        diags_add(diags, DIAG_YAML_UTF8, ((struct place){file, line, 0}), (str){0});
        return NULL;
    }
    struct fy_diag_cfg said_cfg;
    fy_diag_cfg_default(&said_cfg);
    said_cfg.fp = NULL;
    struct fy_diag *said = fy_diag_create(&said_cfg);
    if (!said)
        die("out of memory for YAML");
    fy_diag_set_collect_errors(said, true);
    struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE,
                               .diag = said};
    b.parser = fy_parser_create(&cfg);
    if (!b.parser)
        die("out of memory for YAML");
    if (text.n == 0)
        root = null_node(&b);
    else if (fy_parser_set_string(b.parser, text.p, text.n) == 0)
        root = document_node(&b);
    if (!root && diags->list.n == before)
        note_syntax(&b, said);
    fy_parser_destroy(b.parser);
    fy_diag_destroy(said);
    return root;
}

/* ---- reading a tree ---- */

const struct yaml *yaml_get(const struct yaml *map, str key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (const struct yaml *y = map->first; y; y = y->next)
        if (str_eq(y->key, key))
            return y;
    return NULL;
}

str yaml_text(const struct yaml *node, str otherwise)
{
    return node && node->kind == YAML_SCALAR ? node->text : otherwise;
}

static bool is_one_of(str s, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

bool yaml_bool(const struct yaml *node, bool otherwise, struct diags *diags)
{
    static const str yes[] = {S("yes"), S("true")}, no[] = {S("no"), S("false")};
    if (!node || node->kind == YAML_NULL)
        return otherwise;
    str text = yaml_text(node, S(""));
    if (is_one_of(text, yes, 2))
        return true;
    if (is_one_of(text, no, 2))
        return false;
    diags_add(diags, DIAG_YAML_BOOL, node->at, text, node->key);
    return otherwise;
}

int64_t yaml_integer(const struct yaml *node, int64_t otherwise, struct diags *diags)
{
    int64_t n;
    if (!node || node->kind == YAML_NULL)
        return otherwise;
    if (node->kind == YAML_SCALAR && parse_integer(node->text, &n))
        return n;
    diags_add(diags, DIAG_YAML_INTEGER, node->at, yaml_text(node, S("")), node->key);
    return otherwise;
}

bool yaml_number(const struct yaml *node, double *value)
{
    return node && node->kind == YAML_SCALAR && !node->quoted && parse_number(node->text, value);
}

size_t yaml_texts(struct arena *mem, const struct yaml *node, str **texts)
{
    size_t n = 0;
    *texts = NULL;
    if (!node || node->kind == YAML_NULL || node->kind == YAML_MAP)
        return 0;
    *texts = NEW_ARRAY(mem, node->kind == YAML_LIST ? node->n + 1 : 1, str);
    if (node->kind == YAML_SCALAR)
        (*texts)[n++] = node->text;
    for (const struct yaml *y = node->first; y; y = y->next)
        if (y->kind == YAML_SCALAR)
            (*texts)[n++] = y->text;
    return n;
}

/* `{text: One, two}`: what stands behind the comma is a key without a value. */
static bool is_cut_off(const struct yaml *y, const struct yaml *before)
{
    return y->kind == YAML_NULL && before && before->key_at.line == y->key_at.line;
}

struct place yaml_text_at(const struct yaml *node)
{
    if (!node)
        return (struct place){0};
    struct place at = node->at;
    if (node->quoted && at.line == node->key_at.line &&
        str_find(node->text, S("\n"), 0) < node->text.n)
        at = (struct place){at.file, at.line + 1, 0};
    return at;
}

bool yaml_check_keys(const struct yaml *map, const str *known, size_t n, struct diags *diags)
{
    bool ok = true;
    if (!map || map->kind != YAML_MAP)
        return true;
    const struct yaml *before = NULL;
    for (const struct yaml *y = map->first; y; before = y, y = y->next) {
        if (is_one_of(y->key, known, n))
            continue;
        ok = is_cut_off(y, before) ? diags_add(diags, DIAG_YAML_COMMA, y->key_at, y->key)
                                   : diags_add(diags, DIAG_YAML_KEY_UNKNOWN, y->key_at, y->key,
                                               did_you_mean(diags->mem, y->key, known, n));
    }
    return ok;
}
