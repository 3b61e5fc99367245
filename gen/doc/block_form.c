#include "context.h"

static const str type_names[] = {
#define X(name) S(#name),
    FIELD_TYPES(X)
#undef X
};
enum { NTYPES = sizeof type_names / sizeof *type_names };

/* The columns of a form's query, by name; -1 where it has none. */
struct columns {
    int field, type, lines, hint, choices;
};

static str text_at(struct context *c, const struct result *r, size_t row, int col)
{
    struct value v = col < 0 ? (struct value){0} : result_cell(r, row, (size_t)col);
    return v.kind == VALUE_NULL ? (str){0} : str_trim(value_text(c->mem, v));
}

static bool read_type(struct context *c, const struct block *b, str word, enum field_type *type)
{
    *type = FIELD_text;
    if (!word.n)
        return true;
    for (size_t i = 0; i < NTYPES; i++)
        if (str_eq(word, type_names[i])) {
            *type = (enum field_type)i;
            return true;
        }
    return diags_add(c->diags, DIAG_FORM_TYPE, b->sql_at, word,
                     proposal(c->mem, word, type_names, NTYPES));
}

static bool read_lines(struct context *c, const struct block *b, const struct result *r, size_t row,
                       int col, size_t *lines)
{
    struct value v = col < 0 ? (struct value){0} : result_cell(r, row, (size_t)col);
    *lines = 1;
    if (v.kind == VALUE_NULL)
        return true;
    double n = value_number(v);
    if (!(n >= 1 && n <= FIELD_LINES_MAX) || n != (double)(size_t)n)
        return diags_add(c->diags, DIAG_FORM_LINES, b->sql_at, value_text(c->mem, v));
    *lines = (size_t)n;
    return true;
}

/* What to choose from, parted by semicolons. */
static void read_choices(struct context *c, str text, struct form_field *field)
{
    LIST(str) list = {0};
    for (str rest = text; str_is_set(rest);) {
        str choice = str_trim(str_cut(&rest, ';'));
        if (choice.n)
            PUSH(c->mem, &list, choice);
    }
    field->choice = list.at;
    field->nchoices = list.n;
}

static bool read_field(struct context *c, const struct block *b, const struct result *r, size_t row,
                       const struct columns *at, struct form_field *field)
{
    str label = text_at(c, r, row, at->field);
    *field = (struct form_field){.label = label.n ? label : S("–"),
                                 .hint = text_at(c, r, row, at->hint)};
    bool ok = read_type(c, b, text_at(c, r, row, at->type), &field->type);
    ok &= read_lines(c, b, r, row, at->lines, &field->lines);
    if (field->type == FIELD_money)
        field->unit = store_language(c->e->store)->currency;
    if (field->type == FIELD_choice)
        read_choices(c, text_at(c, r, row, at->choices), field);
    /* With nothing to choose from, what fits is written there. */
    if (field->type == FIELD_choice && !field->nchoices)
        field->type = FIELD_text;
    return ok;
}

struct node *block_form(struct context *c, const struct block *b, const struct result *r)
{
    struct columns at = {
        .field = result_column(r, S("field")),
        .type = result_column(r, S("type")),
        .lines = result_column(r, S("lines")),
        .hint = result_column(r, S("hint")),
        .choices = result_column(r, S("choices")),
    };
    bool ok = true;

    if (at.field < 0) {
        diags_add(c->diags, DIAG_FORM_COLUMN, b->sql_at, S("field"),
                  column_proposal(c->mem, S("field"), r));
        return NULL;
    }
    struct node *node = node_new(c->mem, NODE_form, b->at);
    node->form.at = NEW_ARRAY(c->mem, r->nrows, struct form_field);
    node->form.n = r->nrows;
    for (size_t i = 0; i < r->nrows; i++)
        ok &= read_field(c, b, r, i, &at, &node->form.at[i]);
    node->form.table = table_of_all(c, b, r);
    return ok ? node : NULL;
}
