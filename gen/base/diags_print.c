#include "base.h"

/* GitHub drops a step summary of more than 1 MiB whole. */
enum { ALIKE_SHOWN = 20, GITHUB_SHOWN = 10, SUMMARY_BYTES = 1000 * 1000 };

static const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

static bool is_alike(const struct diag *a, const struct diag *b)
{
    return a->id == b->id && a->severity == b->severity && str_eq(a->at.file, b->at.file);
}

/* The diagnostics in the order in which they are shown: those alike stand together, at the place of
 * the first of them. Quadratic in causes, not in diagnostics: `group` holds the first of each. */
struct group {
    const struct diag *first;
    LIST(const struct diag *) all;
};
struct groups {
    LIST(struct group) list;
};

static struct groups groups_of(struct arena *mem, const struct diags *d)
{
    struct groups groups = {0};
    for (size_t i = 0; i < d->list.n; i++) {
        const struct diag *diag = &d->list.at[i];
        size_t g = 0;
        while (g < groups.list.n && !is_alike(groups.list.at[g].first, diag))
            g++;
        if (g == groups.list.n)
            PUSH(mem, &groups.list, (struct group){.first = diag});
        PUSH(mem, &groups.list.at[g].all, diag);
    }
    return groups;
}

static struct diag seen(const struct diag *d, bool reveal)
{
    return reveal ? *d : diag_hidden(d);
}

/* ---- text: as compilers write it, so that editors jump there ---- */

static void print_place(FILE *out, struct place at)
{
    if (!at.file.n)
        return;
    fprintf(out, STR_FMT ":", STR_ARG(at.file));
    if (at.line)
        fprintf(out, "%d:", at.line);
    if (at.line && at.col)
        fprintf(out, "%d:", at.col);
    fputc(' ', out);
}

static void print_text(struct arena *mem, const struct diag *d, FILE *out, bool colour)
{
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
    str message = diag_message(mem, d), remedy = diag_remedy(mem, d);

    print_place(out, d->at);
    fprintf(out, "%s%s:%s " STR_FMT " [%s]\n", colour ? colours[d->severity] : "",
            severity_name(d->severity), colour ? "\033[0m" : "", STR_ARG(message), diag_code(d));
    if (remedy.n)
        fprintf(out, "    " STR_FMT "\n", STR_ARG(remedy));
    if (!str_is_set(d->line_fixed))
        return;
    struct buf b = {0};
    buf_add(&b, S("    - "));
    diag_plain(&b, d->line_was, d->line_was.n);
    buf_add(&b, S("\n    + "));
    diag_plain(&b, d->line_fixed, d->line_fixed.n);
    fprintf(out, STR_FMT "\n", STR_ARG(buf_str(&b)));
    buf_clear(&b);
}

static void print_all_text(struct arena *mem, const struct groups *groups, FILE *out, bool colour,
                           bool reveal)
{
    for (size_t g = 0; g < groups->list.n; g++) {
        const struct group *group = &groups->list.at[g];
        for (size_t i = 0; i < group->all.n && i < ALIKE_SHOWN; i++) {
            struct diag d = seen(group->all.at[i], reveal);
            print_text(mem, &d, out, colour);
        }
        if (group->all.n > ALIKE_SHOWN)
            fprintf(out, STR_FMT ": %s: %zu more like this [%s]\n", STR_ARG(group->first->at.file),
                    severity_name(group->first->severity), group->all.n - ALIKE_SHOWN,
                    diag_code(group->first));
    }
}

/* ---- JSON and SARIF ---- */

static void json_member(struct buf *b, const char *name, str text)
{
    buf_addf(b, "\"%s\":", name);
    json_text(b, text);
}

static void json_diag(struct buf *b, struct arena *mem, const struct diag *d)
{
    buf_addc(b, '{');
    json_member(b, "file", d->at.file);
    buf_addf(b, ",\"line\":%d,\"column\":%d,\"severity\":\"%s\",\"code\":\"%s\",", d->at.line,
             d->at.col, severity_name(d->severity), diag_code(d));
    json_member(b, "value", d->value);
    buf_addc(b, ',');
    json_member(b, "message", diag_message(mem, d));
    buf_addc(b, ',');
    json_member(b, "remedy", diag_remedy(mem, d));
    if (str_is_set(d->line_fixed)) {
        buf_addc(b, ',');
        json_member(b, "line_was", d->line_was);
        buf_addc(b, ',');
        json_member(b, "line_fixed", d->line_fixed);
    }
    buf_addc(b, '}');
}

/* A path as a URI reference (RFC 3986): relative to where we run, else file:. Only what is
 * unreserved stands as it is; a ':' in a first segment would begin a scheme. */
static void sarif_uri(struct buf *b, str path)
{
    buf_add(b, S("\"artifactLocation\":{\"uri\":\""));
    buf_add(b, str_starts(path, S("/")) ? S("file://") : S(""));
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || (c && strchr("-._~/", c)))
            buf_addc(b, c);
        else
            buf_addf(b, "%%%02X", (unsigned char)c);
    }
    buf_add(b, S("\"}"));
}

static void sarif_location(struct buf *b, struct place at)
{
    buf_add(b, S("\"locations\":[{\"physicalLocation\":{"));
    sarif_uri(b, at.file);
    if (at.line)
        buf_addf(b, ",\"region\":{\"startLine\":%d", at.line);
    if (at.line && at.col)
        buf_addf(b, ",\"startColumn\":%d", at.col);
    buf_add(b, at.line ? S("}}}]") : S("}}]"));
}

static void sarif_fix(struct buf *b, const struct diag *d)
{
    buf_add(b, S(",\"fixes\":[{\"artifactChanges\":[{"));
    sarif_uri(b, d->at.file);
    buf_addf(b,
             ",\"replacements\":[{\"deletedRegion\":{\"startLine\":%d,\"endLine\":%d},"
             "\"insertedContent\":{",
             d->at.line, d->at.line);
    json_member(b, "text", d->line_fixed);
    buf_add(b, S("}}]}]}]"));
}

/* The codes that occur, each a rule of the driver, in the order in which they come. */
typedef LIST(const char *) codes;

static size_t rule_index(struct arena *mem, codes *rules, const char *code)
{
    size_t i = 0;
    while (i < rules->n && strcmp(rules->at[i], code) != 0)
        i++;
    if (i == rules->n)
        PUSH(mem, rules, code);
    return i;
}

/* A pattern of the table with "…" where a value stands, and words for many. */
static str pattern_text(struct arena *mem, str pattern)
{
    struct buf b = {0};
    while (str_is_set(pattern)) {
        buf_add(&b, str_cut(&pattern, '{'));
        if (!str_is_set(pattern))
            break;
        str words = str_cut(&pattern, '}');
        str_cut(&words, ':');
        buf_add(&b, words.n ? text_plural(words, false) : S("…"));
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text;
}

static void sarif_rule(struct buf *b, struct arena *mem, const char *code)
{
    enum severity severity;
    str message, remedy;
    diag_rule(code, &severity, &message, &remedy);
    buf_addf(b, "{\"id\":\"%s\",\"shortDescription\":{", code);
    json_member(b, "text", pattern_text(mem, message));
    buf_add(b, S("},\"help\":{"));
    json_member(b, "text", pattern_text(mem, remedy));
    buf_addf(b, "},\"defaultConfiguration\":{\"level\":\"%s\"}}", severity_name(severity));
}

static void sarif_head(struct buf *b, struct arena *mem, const struct diags *diags, codes *rules)
{
    for (size_t i = 0; i < diags->list.n; i++)
        rule_index(mem, rules, diag_code(&diags->list.at[i]));
    buf_add(b, S("{\"version\":\"2.1.0\",\"$schema\":"
                 "\"https://json.schemastore.org/sarif-2.1.0.json\",\"runs\":[{"
                 "\"columnKind\":\"unicodeCodePoints\",\"tool\":"
                 "{\"driver\":{\"name\":\"salesbook\",\"rules\":["));
    for (size_t i = 0; i < rules->n; i++) {
        buf_add(b, i ? S(",\n") : S("\n"));
        sarif_rule(b, mem, rules->at[i]);
    }
    buf_add(b, S("]}},\"results\":["));
}

static void sarif_result(struct buf *b, struct arena *mem, const struct diag *d, codes *rules)
{
    str message = diag_message(mem, d), remedy = diag_remedy(mem, d);
    buf_addf(b, "{\"ruleId\":\"%s\",\"ruleIndex\":%zu,\"level\":\"%s\",\"message\":{", diag_code(d),
             rule_index(mem, rules, diag_code(d)), severity_name(d->severity));
    json_member(b, "text",
                remedy.n
                    ? arena_printf(mem, STR_FMT ": " STR_FMT, STR_ARG(message), STR_ARG(remedy))
                    : message);
    buf_addc(b, '}');
    if (d->at.file.n) {
        buf_addc(b, ',');
        sarif_location(b, d->at);
    }
    if (str_is_set(d->line_fixed) && d->at.file.n)
        sarif_fix(b, d);
    buf_addc(b, '}');
}

static void print_all_json(struct arena *mem, const struct diags *diags, enum diag_format format,
                           FILE *out, bool reveal)
{
    struct buf b = {0};
    bool sarif = format == DIAG_SARIF;
    codes rules = {0};
    if (sarif)
        sarif_head(&b, mem, diags, &rules);
    else
        buf_addc(&b, '[');
    for (size_t i = 0; i < diags->list.n; i++) {
        struct diag d = seen(&diags->list.at[i], reveal);
        buf_add(&b, i ? S(",\n") : S("\n"));
        if (sarif)
            sarif_result(&b, mem, &d, &rules);
        else
            json_diag(&b, mem, &d);
    }
    buf_add(&b, sarif ? S("\n]}]}\n") : S("\n]\n"));
    fwrite(b.p, 1, b.n, out);
    buf_clear(&b);
}

/* ---- GitHub's workflow commands ---- */

static void github_text(struct buf *b, str text, bool property)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            buf_addf(b, "%%%02X", (unsigned char)c);
        else
            buf_addc(b, c);
    }
}

static void github_command(struct buf *b, struct arena *mem, const struct diag *d, size_t more)
{
    buf_addf(b, "::%s title=%s",
             d->severity == SEVERITY_NOTE ? "notice" : severity_name(d->severity), diag_code(d));
    if (d->at.file.n) {
        buf_add(b, S(",file="));
        github_text(b, d->at.file, true);
    }
    if (d->at.file.n && d->at.line)
        buf_addf(b, ",line=%d", d->at.line);
    if (d->at.file.n && d->at.line && d->at.col)
        buf_addf(b, ",col=%d", d->at.col);
    buf_add(b, S("::"));
    github_text(b, diag_message(mem, d), false);
    buf_add(b, S("%0A"));
    github_text(b, diag_remedy(mem, d), false);
    if (more)
        buf_addf(b, "%%0Aand %zu more like this", more);
    buf_addc(b, '\n');
}

/* A table cell of Markdown: no pipe, no newline, no markup from data. */
static void markdown_cell(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n' || c == '\r')
            buf_addc(b, ' ');
        else if (strchr("|\\`*_[]<>&", c) && c)
            buf_addf(b, "&#%d;", c);
        else
            buf_addc(b, c);
    }
}

static void summary_row(struct buf *b, struct arena *mem, struct diag d)
{
    buf_add(b, S("| "));
    markdown_cell(b, d.at.file);
    if (d.at.line)
        buf_addf(b, ":%d", d.at.line);
    buf_addf(b, " | %s | ", severity_name(d.severity));
    markdown_cell(b, diag_message(mem, &d));
    buf_add(b, S(" | "));
    markdown_cell(b, diag_remedy(mem, &d));
    buf_add(b, S(" |\n"));
}

/* The worst first. */
static void print_summary(struct arena *mem, const struct diags *diags, bool reveal)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    FILE *out = path && diags->list.n ? fopen(path, "a") : NULL;
    if (!out)
        return;
    struct buf b = {0};
    buf_add(&b, S("| where | severity | what | remedy |\n| --- | --- | --- | --- |\n"));
    size_t left = 0;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
        for (size_t i = 0; i < diags->list.n; i++) {
            const struct diag *diag = &diags->list.at[i];
            if ((int)diag->severity == severity && b.n < SUMMARY_BYTES)
                summary_row(&b, mem, seen(diag, reveal));
            else
                left += (int)diag->severity == severity;
        }
    if (left)
        buf_addf(&b, "\n%zu more; `--diagnostics=json` gives all.\n", left);
    fwrite(b.p, 1, b.n, out);
    buf_clear(&b);
    fclose(out);
}

static int most_first(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->all.n != y->all.n)
        return x->all.n < y->all.n ? 1 : -1;
    return (x->first > y->first) - (x->first < y->first);
}

static void print_all_github(struct arena *mem, const struct diags *diags, struct groups *groups,
                             FILE *out, bool reveal)
{
    struct buf b = {0};
    if (groups->list.n)
        qsort(groups->list.at, groups->list.n, sizeof *groups->list.at, most_first);
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
        size_t shown = 0, left = 0;
        for (size_t g = 0; g < groups->list.n; g++) {
            const struct group *group = &groups->list.at[g];
            if ((int)group->first->severity != severity)
                continue;
            struct diag d = seen(group->first, reveal);
            if (shown++ < GITHUB_SHOWN)
                github_command(&b, mem, &d, group->all.n - 1);
            else
                left += group->all.n;
        }
        if (left)
            buf_addf(&b, "%zu more of severity %s stand in the step summary\n", left,
                     severity_name((enum severity)severity));
    }
    fwrite(b.p ? b.p : "", 1, b.n, out);
    buf_clear(&b);
    print_summary(mem, diags, reveal);
}

void diags_print(const struct diags *d, enum diag_format format, FILE *out, bool colour,
                 bool reveal)
{
    struct arena *mem = arena_new();
    struct groups groups = groups_of(mem, d);

    switch (format) {
    case DIAG_TEXT:
        print_all_text(mem, &groups, out, colour, reveal);
        break;
    case DIAG_JSON:
    case DIAG_SARIF:
        print_all_json(mem, d, format, out, reveal);
        break;
    case DIAG_GITHUB:
        print_all_github(mem, d, &groups, out, reveal);
        break;
    }
    arena_free(mem);
}
