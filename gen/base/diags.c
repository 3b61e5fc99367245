#include "base.h"

static const struct {
    enum severity severity;
    const char *code, *message, *remedy;
} table[] = {
#define X(id, severity, code, message, remedy) {SEVERITY_##severity, code, message, remedy},
    DIAGNOSTICS(X)
#undef X
};

void diags_init(struct diags *d, struct arena *mem)
{
    *d = (struct diags){.mem = mem};
}

static void count(struct diags *d, enum severity severity)
{
    d->nerrors += severity == SEVERITY_ERROR;
    d->nwarnings += severity == SEVERITY_WARNING;
}

bool diags_put(struct diags *d, enum diag_id id, struct place at, str value, const str args[4])
{
    struct diag diag = {
        .id = id,
        .severity = table[id].severity,
        .at = {arena_str(d->mem, at.file), at.line, at.col},
        .value = arena_str(d->mem, value),
    };
    for (int i = 0; i < 3; i++)
        diag.args[i] = arena_str(d->mem, args[i]);
    PUSH(d->mem, &d->list, diag);
    count(d, diag.severity);
    return false;
}

struct diag *diags_last(struct diags *d)
{
    return &d->list.at[d->list.n - 1];
}

static bool is_same(const struct diag *a, const struct diag *b)
{
    return a->id == b->id && a->at.line == b->at.line && a->at.col == b->at.col &&
           str_eq(a->at.file, b->at.file) && str_eq(a->value, b->value) &&
           str_eq(a->args[0], b->args[0]) && str_eq(a->args[1], b->args[1]) &&
           str_eq(a->args[2], b->args[2]);
}

static bool is_there(const struct diags *d, const struct diag *diag)
{
    for (size_t i = 0; i < d->list.n; i++)
        if (is_same(&d->list.at[i], diag))
            return true;
    return false;
}

static void put_copy(struct diags *into, const struct diag *d)
{
    diags_put(into, d->id, d->at, d->value, (const str[4]){d->args[0], d->args[1], d->args[2]});
    struct diag *copy = diags_last(into);
    into->nerrors -= copy->severity == SEVERITY_ERROR;
    into->nwarnings -= copy->severity == SEVERITY_WARNING;
    count(into, d->severity);
    copy->severity = d->severity;
    copy->line_was = arena_str(into->mem, d->line_was);
    copy->line_fixed = arena_str(into->mem, d->line_fixed);
    copy->audience = arena_str(into->mem, d->audience);
    copy->open_args = d->open_args;
}

void diags_append(struct diags *into, const struct diags *from)
{
    for (size_t i = 0; i < from->list.n; i++)
        put_copy(into, &from->list.at[i]);
}

void diags_undo(struct diags *d, const struct diags *before)
{
    d->list.n = before->list.n;
    d->nerrors = before->nerrors;
    d->nwarnings = before->nwarnings;
}

void diags_merge(struct diags *into, const struct diags *from)
{
    for (size_t i = 0; i < from->list.n; i++)
        if (!is_there(into, &from->list.at[i]))
            put_copy(into, &from->list.at[i]);
}

/* How many bytes at p would move a terminal's cursor, change its colours or turn the direction of
 * the text: control characters but a tab, and Unicode's embeddings and isolates. */
static size_t control_at(const char *p, size_t left)
{
    const unsigned char *c = (const unsigned char *)p;
    if ((c[0] < 0x20 && c[0] != '\t') || c[0] == 0x7F)
        return 1;
    if (left >= 2 && c[0] == 0xC2 && c[1] >= 0x80 && c[1] <= 0x9F)
        return 2;
    bool embeds = left >= 3 && c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0xAA && c[2] <= 0xAE;
    bool isolates = left >= 3 && c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9;
    return embeds || isolates ? 3 : 0;
}

void diag_plain(struct buf *out, str text, size_t most)
{
    size_t end = text_head(text, most).n;
    for (size_t i = 0, n; i < end; i += n) {
        n = control_at(text.p + i, text.n - i);
        buf_add(out, n ? S("\uFFFD") : str_sub(text, i, i + 1));
        n = n ? n : 1;
    }
    if (end < text.n)
        buf_addf(out, "… (%zu bytes)", text.n);
}

/* {value}, {1}, {2}, {3} of pattern filled in, and {1:row|rows} by whether {1} is 1. A value is one
 * line, and no longer than is read. */
static str filled(struct arena *mem, const char *pattern, const struct diag *d)
{
    enum { VALUE_SHOWN = 200, ARGUMENT_SHOWN = 2000 };
    struct buf b = {0};
    str rest = str_of(pattern);
    while (str_is_set(rest)) {
        buf_add(&b, str_cut(&rest, '{'));
        if (!str_is_set(rest))
            break;
        str words = str_cut(&rest, '}'), name = str_cut(&words, ':');
        bool is_number = name.n == 1 && name.p[0] >= '1' && name.p[0] <= '3';
        str value = is_number ? d->args[name.p[0] - '1'] : d->value;
        if (words.n)
            buf_add(&b, text_plural(words, str_eq(value, S("1"))));
        else
            diag_plain(&b, value, is_number ? ARGUMENT_SHOWN : VALUE_SHOWN);
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

str diag_message(struct arena *mem, const struct diag *d)
{
    return filled(mem, table[d->id].message, d);
}

str diag_remedy(struct arena *mem, const struct diag *d)
{
    return filled(mem, table[d->id].remedy, d);
}

const char *diag_code(const struct diag *d)
{
    return table[d->id].code;
}

struct diag diag_hidden(const struct diag *d)
{
    struct diag copy = *d;
    if (!str_is_set(d->audience))
        return copy;
    copy.value = S("restricted");
    copy.line_was = copy.line_fixed = (str){0};
    for (int i = 0; i < 3; i++)
        if (copy.args[i].n && !(d->open_args >> i & 1))
            copy.args[i] = S("restricted");
    /* A hint of what was meant tells nearly the value. */
    if (d->id == DIAG_REFERENCE_NEAR)
        copy.id = DIAG_REFERENCE;
    if (d->id == DIAG_CELL_TYPE)
        copy.args[2] = S("");
    if (d->id == DIAG_CELL_ENUM)
        copy.args[1] = S("write one of the words under `enum:` of this column in tables.yaml");
    return copy;
}

void diag_rule(const char *code, enum severity *severity, str *message, str *remedy)
{
    size_t i = 0;
    while (strcmp(table[i].code, code) != 0)
        i++;
    *severity = table[i].severity;
    *message = str_of(table[i].message);
    *remedy = str_of(table[i].remedy);
}
