#include "context.h"

#include <math.h>

/* ---- columns ---- */

/* The line that explains a field of this name in the tables that the query hangs on. Nothing where
 * two of them mean two things by it, or where there are so many that the column is made of them
 * all: no word is better than that of another table. */
static str field_text(struct context *c, const struct result *r, str column)
{
    enum { MANY_SOURCES = 12 };
    const struct model *model = store_model(c->e->store);
    str text = {0};
    bool found = false;
    for (size_t s = 0; s < r->nsources && r->nsources <= MANY_SOURCES; s++) {
        const struct schema *schema = model_schema(model, r->source[s].table);
        int f = schema ? schema_field(schema, column) : -1;
        if (f < 0)
            continue;
        if (found && !str_eq(text, schema->field[f].text))
            return (str){0};
        text = schema->field[f].text;
        found = true;
    }
    return text;
}

bool format_suits(str format, enum type type)
{
    str name = str_starts(format, S("+")) ? str_sub(format, 1, format.n) : format;
    switch (type) {
    case TYPE_money:
        return str_eq(name, S("money")) || str_eq(name, S("whole")) || str_eq(name, S("short")) ||
               str_eq(name, S("short_money"));
    case TYPE_integer:
    case TYPE_number:
        return str_eq(name, S("short")) || str_eq(name, S("integer")) || str_eq(name, S("ratio")) ||
               str_eq(name, S("days")) || str_starts(name, S("number"));
    case TYPE_rate:
        return str_starts(name, S("percent")) || str_eq(name, S("points")) ||
               str_eq(name, S("ratio"));
    case TYPE_date:
    case TYPE_datetime:
        return str_eq(name, S("date")) || str_eq(name, S("month"));
    case TYPE_month:
    case TYPE_period:
        return str_eq(name, S("month"));
    case TYPE_string:
    case TYPE_time:
    case TYPE_boolean:
    case TYPE_list:
        break;
    }
    return false;
}

str unit_of(struct context *c, enum type type, const struct meaning *meaning)
{
    if (type == TYPE_money)
        return store_language(c->e->store)->currency;
    return meaning && meaning->unit.n ? meaning->unit : (str){0};
}

str unit_beside(struct context *c, str label, str unit)
{
    str folded = text_fold(c->mem, label);
    bool said = unit.n && str_find(folded, text_fold(c->mem, unit), 0) < folded.n;
    return said ? (str){0} : unit;
}

str others_text(struct context *c, size_t n)
{
    str count = fmt_integer(c->mem, store_language(c->e->store), (int64_t)n);
    return arena_printf(c->mem, "others (" STR_FMT ")", STR_ARG(count));
}

struct look look_of(struct context *c, const struct block *b, const struct result *r, size_t col)
{
    const struct result_column *column = &r->column[col];
    const struct meaning *m = column->meaning;
    str block_format = option_text(b, OPTION_format);
    struct look look = {
        .name = column->name,
        .label = option_for(b, OPTION_labels, column->name),
        .explain = m && m->text.n ? m->text : field_text(c, r, column->name),
        .defined = m && m->text.n && !store_is_kind(c->e->store, column->name),
        .unit = unit_of(c, column->type, m),
        .format = option_for(b, OPTION_formats, column->name),
        .better = m ? m->better : BETTER_NONE,
    };
    if (!str_is_set(look.label))
        look.legend = m ? m->legend : (str){0}; /* a label of the block's own is for both */
    if (!str_is_set(look.label))
        look.label = m && m->label.n ? m->label : pretty_name(c->mem, column->name);
    if (!look.legend.n)
        look.legend = look.label;
    if (!str_is_set(look.format) && format_suits(block_format, column->type))
        look.format = block_format;
    if (!str_is_set(look.format) && m && m->format.n)
        look.format = m->format;
    if (str_eq(look.format, S("days"))) /* "14 days" */
        look.unit = (str){0};
    return look;
}

/* ---- values ---- */

str shown(struct context *c, struct value v, enum type type, str format)
{
    return format_value(c->mem, c->e->store, v, type, format);
}

str shown_key(struct context *c, str column, str key, str *href)
{
    str address, name = store_name_of(c->e->store, c->e->audience, column, key, &address);
    origin_address(c, address);
    if (href)
        *href = address;
    if (!str_is_set(name))
        return key;
    origin_name(c, name);
    return name;
}

str signed_format(struct context *c, str format)
{
    if (str_starts(format, S("+")))
        return format;
    return arena_printf(c->mem, "+" STR_FMT, STR_ARG(format));
}

/* Whether any digit of a number as written is not zero: "+0.0 %" says that nothing differs. */
static bool differs(str written)
{
    for (size_t i = 0; i < written.n; i++)
        if (written.p[i] >= '1' && written.p[i] <= '9')
            return true;
    return false;
}

enum state state_of(double difference, str written, enum better better)
{
    if (better == BETTER_NONE || isnan(difference) || difference == 0 ||
        (str_is_set(written) && !differs(written)))
        return STATE_NONE;
    return (difference > 0) == (better == BETTER_UP) ? STATE_GOOD : STATE_BAD;
}

/* ---- series ---- */

bool series_read(struct arena *mem, str json, const double **value, size_t *n)
{
    LIST(double) list = {0};
    size_t nknown = 0;
    str rest = str_trim(json);

    *value = NULL;
    *n = 0;
    if (!str_starts(rest, S("[")) || !str_ends(rest, S("]")))
        return false;
    rest = str_trim(str_sub(rest, 1, rest.n - 1));
    if (rest.n == 0)
        return true;
    while (str_is_set(rest)) {
        str item = str_trim(str_cut(&rest, ','));
        double x = NAN;
        if (!str_eq(item, S("null")) && !parse_number(item, &x))
            return false;
        nknown += !isnan(x);
        PUSH(mem, &list, x);
    }
    *value = nknown > 1 ? list.at : NULL;
    *n = nknown > 1 ? list.n : 0;
    return true;
}

/* ---- addresses ---- */

bool address_is_outside(str address)
{
    return str_starts(address, S("https://")) || str_starts(address, S("http://")) ||
           str_starts(address, S("mailto:"));
}

static bool has_control_or_blank(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f || s.p[i] == '"' || s.p[i] == '<')
            return true;
    return false;
}

bool address_is_safe(struct context *c, str address)
{
    if (address_is_outside(address))
        return !has_control_or_blank(address);
    str page = str_sub(address, 0, str_find(address, S("#"), 0));
    const struct map *sites = &c->e->plan->by_audience;
    bool is_here = plan_at(c->e->plan, c->e->audience, page) != NULL;
    for (size_t i = 0; i < sites->n; i++)
        if ((plan_at(c->e->plan, sites->at[i].key, page) != NULL) != is_here)
            c->doc->by_audience = true;
    origin_address(c, is_here ? page : (str){0});
    return is_here;
}
