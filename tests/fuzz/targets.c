#include "fuzz.h"

#include "../../gen/draw/parts.h"
#include "../../gen/render/render.h"

#include <stdlib.h>
#include <string.h>

static void must(bool kept)
{
    if (!kept)
        abort();
}

/* ---- csv ---- */

struct walk {
    str text;
    size_t nfields, nbytes;
};

/* Records lie one after the other in the text; their fields may be read as far as is promised. */
static bool on_record(void *arg, const struct csv_record *r)
{
    struct walk *w = arg;
    must(r->line >= 1);
    must(r->raw.p >= w->text.p && r->raw.p + r->raw.n <= w->text.p + w->text.n);
    for (size_t i = 0; i < r->nfields; i++) {
        size_t n = r->roomy ? 16 : r->field[i].n;
        for (size_t b = 0; b < n; b++)
            w->nbytes += r->field[i].p[b] != 0;
    }
    w->nfields += r->nfields;
    return true;
}

static void fuzz_csv(struct arena *mem, str bytes, struct diags *diags)
{
    static struct field fields[] = {
        {.name = {"date", 4}, .type = TYPE_date, .required = true},
        {.name = {"order_id", 8}, .type = TYPE_string},
        {.name = {"amount", 6}, .type = TYPE_money, .required = true},
    };
    static const char delimiters[] = {',', ';', '\t'};
    struct schema schema = {.name = S("sales"), .field = fields, .nfields = 3};
    struct guess guess;
    struct buf yaml = {0};

    for (size_t i = 0; i < sizeof delimiters; i++) {
        struct walk walk = {.text = bytes}, scanned = {.text = bytes};
        csv_read(S("a.csv"), bytes, delimiters[i], on_record, &walk, on_record, diags);
        csv_read_from((struct csv_start){.scans = true}, S("a.csv"), bytes, delimiters[i],
                      on_record, &scanned, on_record, diags);
        must(walk.nfields == scanned.nfields);
    }
    if (guess_mapping(mem, &schema, S("a.csv"), bytes, &guess, diags)) {
        guess_yaml(&yaml, &guess);
        /* What is proposed for book.yaml can be read back. */
        must(yaml_parse(mem, S("book.yaml"), 1, buf_str(&yaml), diags) != NULL);
    }
    buf_clear(&yaml);
}

/* ---- page, yaml ---- */

static void fuzz_page(struct arena *mem, str bytes, struct diags *diags)
{
    static const enum page_role roles[] = {PAGE_SITE, PAGE_REPORT_PART};
    for (size_t i = 0; i < 2; i++) {
        size_t before = diags->nerrors;
        struct page *page = page_read(mem, S("a.md"), bytes, roles[i], S("a"), (str){0}, diags);
        must(page || diags->nerrors > before);
    }
}

static size_t count_nodes(const struct yaml *y)
{
    size_t n = 1, children = 0;
    for (const struct yaml *c = y->first; c; c = c->next, children++)
        n += count_nodes(c);
    must(children == y->n);
    return n;
}

static void fuzz_yaml(struct arena *mem, str bytes, struct diags *diags)
{
    const struct yaml *y = yaml_parse(mem, S("a.yaml"), 1, bytes, diags);
    must(y || diags->nerrors);
    if (y)
        count_nodes(y);
}

/* ---- svg ---- */

static void fuzz_svg(struct arena *mem, str bytes, struct diags *diags)
{
    struct drawing *d = drawing_read_svg(mem, bytes, (struct place){S("a.md"), 1, 1}, diags);
    must(d || diags->nerrors);
    for (size_t i = 0; d && i < d->nshapes; i++) {
        const struct shape *s = &d->shape[i];
        size_t wanted = 0;
        for (size_t o = 0; o < s->nops; o++)
            wanted += s->op[o] == PATH_CURVE ? 3 : s->op[o] != PATH_CLOSE;
        must(s->kind == SHAPE_TEXT || wanted == s->nxy);
        must(utf8_valid(s->text, NULL) && utf8_valid(s->tip, NULL));
    }
}

/* ---- all ---- */

fuzz_fn *fuzz_target(const char *name)
{
#define X(target)                                                                                  \
    if (strcmp(name, #target) == 0)                                                                \
        return fuzz_##target;
    FUZZ_TARGETS(X)
#undef X
    return NULL;
}

void fuzz_one(fuzz_fn *target, const uint8_t *data, size_t n)
{
    struct arena *mem = arena_new();
    struct diags diags;
    char *copy = malloc(n + 1); /* of its own, so that a byte too far is seen */
    FILE *nowhere = fopen("/dev/null", "w");
    must(copy && nowhere);
    memcpy(copy, data, n);
    copy[n] = '\0';
    diags_init(&diags, mem);
    target(mem, (str){copy, n}, &diags);
    for (int form = DIAG_TEXT; form <= DIAG_GITHUB; form++)
        diags_print(&diags, (enum diag_format)form, nowhere, true, false);
    fclose(nowhere);
    free(copy);
    arena_free(mem);
}
