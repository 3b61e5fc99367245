#include "book.h"

/* `engines:` of book.yaml. */

enum { WAIT_S = 300, MOST_WAIT_S = 86400 };

static const str KEYS[] = {S("command"), S("dialect"), S("for"),
                           S("query"),   S("version"), S("timeout")};

static const str DIALECT_NAMES[] = {
#define X(name) S(#name),
    DIALECTS(X)
#undef X
};

/* The dialect of a well-known client, where none is said. */
static enum dialect dialect_of_program(str program)
{
    str name = path_base(program);
    if (str_eq(name, S("psql")))
        return DIALECT_postgres;
    if (str_starts(name, S("clickhouse")))
        return DIALECT_clickhouse;
    return str_eq(name, S("duckdb")) ? DIALECT_duckdb : DIALECT_ansi;
}

static enum dialect read_dialect(const struct yaml *map, str program, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("dialect"));
    str text = yaml_text(node, S(""));
    for (size_t i = 0; i < sizeof DIALECT_NAMES / sizeof *DIALECT_NAMES; i++)
        if (str_eq(text, DIALECT_NAMES[i]))
            return (enum dialect)i;
    if (node)
        diags_add(diags, DIAG_SETTING_VALUE, node->at, text, S("dialect"),
                  S("postgres, clickhouse, duckdb or ansi"));
    return dialect_of_program(program);
}

static int read_wait(const struct yaml *map, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("timeout"));
    double seconds = WAIT_S;
    if (node && (!yaml_number(node, &seconds) || !(seconds > 0) || seconds > MOST_WAIT_S)) {
        diags_add(diags, DIAG_SETTING_VALUE, node->at, yaml_text(node, S("")), S("timeout"),
                  S("a number of seconds, at most 86400"));
        seconds = WAIT_S;
    }
    return (int)(seconds * 1000) > 0 ? (int)(seconds * 1000) : 1;
}

static str read_query(struct arena *mem, const struct yaml *map, str book, struct diags *diags)
{
    const struct yaml *node = yaml_get(map, S("query"));
    str name = yaml_text(node, (str){0}), text = {0};
    if (!node)
        return text;
    if (!name.n || name.p[0] == '/' || str_starts(name, S("../")) ||
        str_find(name, S("/../"), 0) < name.n) {
        diags_add(diags, DIAG_ENGINE_QUERY_PATH, node->at, name);
        return text;
    }
    file_read(mem, path_join(mem, book, name), &text, diags);
    return text;
}

static struct engine read_engine(struct arena *mem, const struct yaml *node, str book,
                                 struct diags *diags)
{
    struct engine e = {.name = node->key, .at = node->key_at, .serves_at = node->key_at};
    const struct yaml *serves = yaml_get(node, S("for"));
    yaml_check_keys(node, KEYS, sizeof KEYS / sizeof *KEYS, diags);
    e.ncommand = yaml_texts(mem, yaml_get(node, S("command")), &e.command);
    if (!e.ncommand || !e.command[0].n)
        diags_add(diags, DIAG_ENGINE_COMMAND, e.at, e.name);
    e.dialect = read_dialect(node, e.ncommand ? e.command[0] : S(""), diags);
    e.nserves = yaml_texts(mem, serves, &e.serves);
    if (serves)
        e.serves_at = serves->at;
    if (!e.nserves) {
        e.serves = NEW(mem, str);
        e.serves[e.nserves++] = e.name;
    }
    e.query = read_query(mem, node, book, diags);
    if (str_is_set(e.query) && e.nserves > 1)
        diags_add(diags, DIAG_ENGINE_QUERY, e.at, e.name, arena_printf(mem, "%zu", e.nserves));
    e.version = yaml_text(yaml_get(node, S("version")), (str){0});
    e.wait_ms = read_wait(node, diags);
    e.state = NEW(mem, struct engine_state);
    return e;
}

void engines_settings(struct arena *mem, const struct yaml *node, struct book *book,
                      struct diags *diags)
{
    if (!node)
        return;
    book->engine = NEW_ARRAY(mem, node->n, struct engine);
    for (const struct yaml *y = node->first; y; y = y->next)
        book->engine[book->nengines++] = read_engine(mem, y, book->dir, diags);
}

str answers_path(struct arena *mem, str output)
{
    str base = path_base(output);
    return path_join(mem, path_dir(output),
                     arena_printf(mem, ".cache/" STR_FMT ".answers", STR_ARG(base)));
}
