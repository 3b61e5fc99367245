/* What a block says in vain: an option that its kind does not look at, a column that is not shown,
 * a format that suits nothing. Without a word its writer would look for the mistake in the data. */
#include "context.h"

/* ---- by kind, as a block is read ---- */

/* What chart kinds of ours take beside x, y, labels, height and what all blocks take. Kinds of a
 * book's own may draw anything. */
enum { SERIES = 1, LABEL = 2, FLAGS = 4, MARKS = 8, ROLES_SAID = 16, BESIDE_LABEL = 32 };
enum { STACKED = 1, PERCENT = 2, HORIZONTAL = 4, VERTICAL = 8 };
static const struct {
    str name;
    unsigned takes, flags;
} charts[] = {
    {S("lines"), SERIES | FLAGS | MARKS | ROLES_SAID, STACKED | PERCENT},
    {S("area"), SERIES | FLAGS | MARKS | ROLES_SAID, STACKED | PERCENT},
    {S("bars"), SERIES | FLAGS | MARKS | ROLES_SAID, STACKED | PERCENT | HORIZONTAL | VERTICAL},
    {S("bullet"), ROLES_SAID, 0},
    {S("funnel"), LABEL | ROLES_SAID, 0},
    {S("waterfall"), FLAGS | MARKS, HORIZONTAL | VERTICAL},
    {S("pareto"), 0, 0},
    {S("heatmap"), SERIES, 0},
    {S("scatter"), LABEL | ROLES_SAID, 0},
    {S("gantt"), LABEL | ROLES_SAID | BESIDE_LABEL, 0},
};
enum { NCHARTS = sizeof charts / sizeof *charts };

static const struct {
    str name;
    unsigned bit;
} flags[] = {{S("stacked"), STACKED},
             {S("percent"), PERCENT},
             {S("horizontal"), HORIZONTAL},
             {S("vertical"), VERTICAL}};
enum { NFLAGS = sizeof flags / sizeof *flags };

struct idle {
    struct arena *mem;
    const struct block *b;
    unsigned takes, flags;
    struct diags *diags;
};

/* "chart waterfall", "chart bars with the flag horizontal" */
static str block_called(const struct idle *i, const char *more)
{
    return arena_printf(i->mem, "chart " STR_FMT "%s", STR_ARG(i->b->word), more);
}

static unsigned bit_of(enum option option)
{
    return option == OPTION_series  ? SERIES
           : option == OPTION_label ? LABEL
           : option == OPTION_flags ? FLAGS
           : option == OPTION_marks ? MARKS
                                    : 0;
}

static bool takes_not(const struct idle *i, enum option option, const char *more)
{
    str known[OPTION_COUNT];
    size_t n = 0;
    const struct yaml *y = i->b->option[option];
    for (enum option o = 0; o < OPTION_COUNT; o++) {
        unsigned bit = bit_of(o);
        if (o != option && option_is_of(o, i->b->kind) && (!bit || i->takes & bit))
            known[n++] = option_called(o);
    }
    return diags_add(i->diags, DIAG_OPTION_UNKNOWN, y->key_at, y->key, block_called(i, more),
                     proposal(i->mem, (str){0}, known, n));
}

static unsigned flag_bit(str word)
{
    for (size_t f = 0; f < NFLAGS; f++)
        if (str_eq(word, flags[f].name))
            return flags[f].bit;
    return 0;
}

static bool check_flags(const struct idle *i)
{
    const struct yaml *y = i->b->option[OPTION_flags];
    const struct yaml *item = y && y->kind == YAML_LIST ? y->first : y;
    str known[NFLAGS];
    size_t n = 0;
    unsigned given = 0;
    for (size_t f = 0; f < NFLAGS; f++)
        if (i->flags & flags[f].bit)
            known[n++] = flags[f].name;
    for (; item; item = y->kind == YAML_LIST ? item->next : NULL) {
        unsigned bit = flag_bit(item->text);
        if (!(i->flags & bit))
            return diags_add(i->diags, DIAG_OPTION_WORD, item->at, item->text,
                             arena_printf(i->mem, "flags of chart " STR_FMT, STR_ARG(i->b->word)),
                             proposal(i->mem, item->text, known, n));
        given |= bit;
    }
    if ((given & HORIZONTAL) && (given & VERTICAL))
        return diags_add(i->diags, DIAG_OPTION_WORD, y->at, S("both horizontal and vertical"),
                         S("flags"), S("keep one of the two"));
    if ((given & HORIZONTAL) && i->b->option[OPTION_marks])
        return takes_not(i, OPTION_marks, " with the flag horizontal");
    return true;
}

/* Where the kind, or `series`, gives the roles, only actual may be said: it says nothing else. In a
 * Gantt chart days have two. */
static bool check_roles(const struct idle *i)
{
    const struct yaml *y = i->b->option[OPTION_y];
    bool by_series = i->b->option[OPTION_series] != NULL, days = i->takes & BESIDE_LABEL;
    bool ok = true;
    if (!y || y->kind != YAML_MAP || ((i->takes & ROLES_SAID) && !by_series && !days))
        return true;
    for (const struct yaml *item = y->first; item; item = item->next) {
        bool fits = days ? str_eq(item->text, S("start")) || str_eq(item->text, S("end"))
                         : str_eq(item->text, S("actual"));
        if (!fits)
            ok = diags_add(
                i->diags, DIAG_ROLE_IDLE, item->at, item->text,
                block_called(i, by_series && (i->takes & ROLES_SAID) ? " with series" : ""),
                days ? S("its roles are start and end") : S("name the column alone, y: [column]"));
    }
    return ok;
}

static bool check_chart(struct arena *mem, const struct block *b, struct diags *diags)
{
    size_t kind = 0;
    while (kind < NCHARTS && !str_eq(b->word, charts[kind].name))
        kind++;
    if (kind == NCHARTS)
        return true;
    struct idle i = {mem, b, charts[kind].takes, charts[kind].flags, diags};
    bool ok = true;
    for (enum option o = 0; o < OPTION_COUNT; o++)
        if (b->option[o] && bit_of(o) && !(i.takes & bit_of(o)))
            ok = takes_not(&i, o, "");
    if ((i.takes & BESIDE_LABEL) && b->option[OPTION_label] && b->option[OPTION_x])
        ok = takes_not(&i, OPTION_x, " with a label");
    return ok && check_flags(&i) && check_roles(&i);
}

/* An include brings parts, or a file. */
static bool check_include(const struct block *b, struct diags *diags)
{
    static const enum option of_file[] = {OPTION_file, OPTION_optional};
    for (size_t k = 0; k < 2; k++) {
        const struct yaml *y = b->option[of_file[k]];
        if (y && option_yes(b, OPTION_parts))
            return diags_add(diags, DIAG_OPTION_UNKNOWN, y->key_at, y->key,
                             S("include with parts: yes"),
                             S("write a block of its own for the file"));
    }
    return true;
}

bool idle_options(struct arena *mem, const struct block *b, struct diags *diags)
{
    return b->kind == BLOCK_chart     ? check_chart(mem, b, diags)
           : b->kind == BLOCK_include ? check_include(b, diags)
                                      : true;
}

/* ---- by the result, as a block is evaluated ---- */

/* What the cells of a column are, of those that are known. */
static void look_at(const struct result *r, size_t col, size_t *numbers, size_t *texts)
{
    *numbers = *texts = 0;
    for (size_t row = 0; row < r->nrows; row++) {
        enum value_kind kind = result_cell(r, row, col).kind;
        *numbers += kind == VALUE_INT || kind == VALUE_REAL;
        *texts += kind == VALUE_TEXT;
    }
}

static void told(struct context *c, enum diag_id id, const struct yaml *at, str column,
                 enum option option)
{
    diags_add(c->diags, id, at->at, column, option_called(option));
}

/* The columns that an option names, with the place of each. */
typedef void column_fn(struct context *c, const struct block *b, const struct result *r,
                       enum option option, const struct yaml *at, str column);

static void for_columns(struct context *c, const struct block *b, const struct result *r,
                        enum option option, column_fn *check)
{
    const struct yaml *y = b->option[option];
    if (y && y->kind == YAML_SCALAR)
        check(c, b, r, option, y, column_said(y->text));
    for (const struct yaml *item = y ? y->first : NULL; item; item = item->next)
        check(c, b, r, option, item, y->kind == YAML_MAP ? item->key : column_said(item->text));
}

static bool is_shown(struct context *c, const struct block *b, const struct result *r, str column)
{
    if (b->kind == BLOCK_table)
        return table_shows(c, b, r, column);
    bool is_state = str_eq(column, S("state")) && str_eq(b->word, S("gantt"));
    return is_state || b->kind != BLOCK_chart || option_names(b, OPTION_x, column) ||
           option_names(b, OPTION_y, column) || option_names(b, OPTION_series, column) ||
           option_names(b, OPTION_label, column);
}

static void check_shown(struct context *c, const struct block *b, const struct result *r,
                        enum option option, const struct yaml *at, str column)
{
    if (!is_shown(c, b, r, column))
        told(c, DIAG_COLUMN_HIDDEN, at, column, option);
}

static void check_numbers(struct context *c, const struct block *b, const struct result *r,
                          enum option option, const struct yaml *at, str column)
{
    size_t numbers, texts;
    (void)b;
    look_at(r, (size_t)result_column(r, column), &numbers, &texts);
    if (texts && !numbers)
        told(c, DIAG_COLUMN_TEXTS, at, column, option);
}

static void check_spark(struct context *c, const struct block *b, const struct result *r,
                        enum option option, const struct yaml *at, str column)
{
    size_t numbers, texts;
    (void)b;
    look_at(r, (size_t)result_column(r, column), &numbers, &texts);
    if (numbers)
        told(c, DIAG_COLUMN_NO_SERIES, at, column, option);
}

/* Days and months are texts that a format writes. */
static bool writes_texts(str format)
{
    return str_eq(format, S("date")) || str_eq(format, S("month")) || str_eq(format, S("text"));
}

static void check_format_of(struct context *c, const struct block *b, const struct result *r,
                            enum option option, const struct yaml *at, str column)
{
    if (!writes_texts(at->text))
        check_numbers(c, b, r, option, at, column);
}

/* The format of a whole block is for the columns that it suits: there ought to be one. Of columns
 * that are typed by their rows other rows may come. */
static void check_format(struct context *c, const struct block *b, const struct result *r)
{
    const struct yaml *y = b->option[OPTION_format];
    if (!y || b->kind == BLOCK_kpi || r->cell_type)
        return;
    for (size_t col = 0; col < r->ncols; col++)
        if (format_suits(y->text, r->column[col].type))
            return;
    diags_add(c->diags, DIAG_FORMAT_IDLE, y->at, y->text);
}

/* ---- columns of a query that a block does not know ---- */

static const str kpi_columns[] = {S("name"), S("value"), S("target"), S("before"), S("series"),
                                  S("page"), S("key"),   S("label"),  S("format"), S("n")};
static const str form_columns[] = {S("field"), S("type"), S("lines"), S("hint"), S("choices")};
static const str flow_columns[] = {S("id"),   S("label"),     S("lane"), S("kind"),
                                   S("next"), S("condition"), S("page"), S("key")};
static const str tree_columns[] = {S("id"), S("parent"), S("label"), S("page"), S("key")};

static size_t known_columns(const struct block *b, const str **known)
{
    bool flow = str_eq(b->word, S("flow"));
    *known = b->kind == BLOCK_kpi    ? kpi_columns
             : b->kind == BLOCK_form ? form_columns
             : flow                  ? flow_columns
                                     : tree_columns;
    return b->kind == BLOCK_kpi    ? sizeof kpi_columns / sizeof *kpi_columns
           : b->kind == BLOCK_form ? sizeof form_columns / sizeof *form_columns
           : flow                  ? sizeof flow_columns / sizeof *flow_columns
                                   : sizeof tree_columns / sizeof *tree_columns;
}

/* Without these there is no block, which is told by itself. */
static bool is_needed(str name)
{
    static const str needed[] = {S("name"), S("value"),  S("field"),
                                 S("id"),   S("parent"), S("next")};
    return is_among(name, needed, sizeof needed / sizeof *needed);
}

/* Queries have columns for themselves, to sort by. One that is called almost like one that the
 * block reads, and lacks, was meant to be that. */
static void check_read(struct context *c, const struct block *b, const struct result *r)
{
    const str *known;
    size_t n = known_columns(b, &known);
    for (size_t col = 0; col < r->ncols; col++) {
        str name = r->column[col].name, nearest = text_nearest(name, known, n);
        if (str_is_set(nearest) && result_column(r, nearest) < 0 && !is_needed(nearest))
            diags_add(c->diags, DIAG_COLUMN_UNREAD, b->sql_at, name, block_names[b->kind], nearest);
    }
}

void idle_columns(struct context *c, const struct block *b, const struct result *r)
{
    static const enum option shown[] = {OPTION_labels, OPTION_formats, OPTION_bar, OPTION_spark,
                                        OPTION_total,  OPTION_signal,  OPTION_sort};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        for_columns(c, b, r, shown[i], check_shown);
    for_columns(c, b, r, OPTION_bar, check_numbers);
    for_columns(c, b, r, OPTION_signal, check_numbers);
    for_columns(c, b, r, OPTION_spark, check_spark);
    for_columns(c, b, r, OPTION_formats, check_format_of);
    check_format(c, b, r);
    if (b->kind == BLOCK_kpi || b->kind == BLOCK_form || b->kind == BLOCK_graph)
        check_read(c, b, r);
}
