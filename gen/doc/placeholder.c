#include "context.h"

str value_text(struct arena *mem, struct value v)
{
    switch (v.kind) {
    case VALUE_INT:
        return arena_integer(mem, v.i);
    case VALUE_REAL:
        return fmt_exact(mem, v.r);
    case VALUE_TEXT:
        return v.s;
    case VALUE_NULL:
        break;
    }
    return S("");
}

static bool is_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i && c >= '0' && c <= '9'))
            return false;
    }
    return s.n > 0;
}

size_t param_index(const struct planned *row, str name)
{
    size_t i = 0;
    while (i < row->nparams && !str_eq(row->param[i].name, name))
        i++;
    return i;
}

static bool add_value(struct arena *mem, const struct store *store, const struct planned *row,
                      str name, bool raw, struct place at, struct diags *diags, struct buf *out)
{
    size_t i = param_index(row, name);
    if (i == row->nparams) {
        str *known = NEW_ARRAY(mem, row->nparams + 1, str);
        for (size_t k = 0; k < row->nparams; k++)
            known[k] = row->param[k].name;
        return diags_add(diags, DIAG_PLACEHOLDER, at, name,
                         proposal(mem, name, known, row->nparams));
    }
    struct value v = row->param[i].value;
    bool plain = raw || v.kind == VALUE_NULL; /* what is not there leaves no dash in a title */
    buf_add(out, plain ? value_text(mem, v) : format_value(mem, store, v, row->type[i], (str){0}));
    return true;
}

bool placeholders_fill(struct arena *mem, const struct store *store, const struct planned *row,
                       str text, bool raw, struct place at, struct diags *diags, str *out)
{
    struct buf b = {0};
    bool ok = true;

    for (size_t i = 0; i < text.n;) {
        size_t end = text.p[i] == '{' ? str_find(text, S("}"), i) : text.n;
        str name = end < text.n ? str_sub(text, i + 1, end) : (str){0};
        if (is_name(name)) {
            ok &= add_value(mem, store, row, name, raw, at, diags, &b);
            i = end + 1;
        } else {
            buf_addc(&b, text.p[i++]);
        }
    }
    *out = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return ok;
}
