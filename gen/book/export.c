#include "start.h"

#include <ctype.h>

/* An export of another program is a CSV file in some encoding, with heads and forms of its own. */
struct sample {
    struct arena *mem;
    int head_line; /* records above it are titles */
    str *head;
    size_t nheads;
    LIST(str *) rows; /* each nheads cells */
};

enum { SAMPLE_ROWS = 1000 };

static bool take_row(void *arg, const struct csv_record *r)
{
    struct sample *s = arg;
    if (r->line < s->head_line)
        return true;
    if (!s->head) {
        s->nheads = r->nfields;
        s->head = NEW_ARRAY(s->mem, r->nfields, str);
        for (size_t i = 0; i < r->nfields; i++)
            s->head[i] = arena_str(s->mem, str_trim(r->field[i]));
        return true;
    }
    str *row = NEW_ARRAY(s->mem, s->nheads, str);
    for (size_t i = 0; i < s->nheads && i < r->nfields; i++)
        row[i] = arena_str(s->mem, str_trim(r->field[i]));
    PUSH(s->mem, &s->rows, row);
    return s->rows.n < SAMPLE_ROWS;
}

/* ---- heads ---- */

/* Letters and digits alone, folded: "Order ID", "order_id" and "ORDER-ID" are one. */
static str bare(struct arena *mem, str text)
{
    str slug = path_slug(mem, text);
    char *out = arena_alloc(mem, slug.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < slug.n; i++)
        if (slug.p[i] != '-')
            out[n++] = slug.p[i];
    return (str){out, n};
}

static bool means(struct arena *mem, const struct field *f, str head)
{
    str word = bare(mem, head);
    if (str_eq(word, bare(mem, f->name)))
        return true;
    for (size_t i = 0; i < f->nalso; i++)
        if (str_eq(word, bare(mem, f->also[i])))
            return true;
    return false;
}

/* The code of the currency that a word is the sign or code of; unset if it is none. */
static str currency_named(struct arena *mem, str word)
{
    str amount, code, one = arena_printf(mem, "1 " STR_FMT, STR_ARG(word));
    return currency_split(one, (str){0}, &amount, &code) == CURRENCY_NONE ? (str){0} : code;
}

/* "Amount (USD)", "Umsatz in EUR", "Net_CHF" without their currency, which is *code; unset where
 * the head ends in none. */
static str without_currency(struct arena *mem, str head, str *code)
{
    size_t end = head.n, at;
    while (end && strchr(" )]", head.p[end - 1]))
        end--;
    for (at = end; at && !strchr(" ([_/,-", head.p[at - 1]);)
        at--;
    *code = at ? currency_named(mem, str_sub(head, at, end)) : (str){0};
    if (!str_is_set(*code))
        return (str){0};
    while (at && strchr(" ([_/,-", head.p[at - 1]))
        at--;
    str left = str_sub(head, 0, at);
    return str_ends(left, S(" in")) ? str_sub(left, 0, left.n - 3) : left;
}

/* Heads that split off a line at a delimiter, and how many of them some column is called. */
static size_t known_heads(struct arena *mem, const struct schema *schema, str line, char delimiter,
                          size_t *nheads)
{
    size_t known = 0;
    *nheads = 0;
    for (str heads = line; str_is_set(heads);) {
        str code, head = str_trim(str_cut(&heads, delimiter));
        *nheads += 1;
        if (head.n > 1 && head.p[0] == '"' && head.p[head.n - 1] == '"')
            head = str_sub(head, 1, head.n - 1);
        str amount = without_currency(mem, head, &code);
        for (size_t f = 0; f < schema->nfields; f++)
            known += means(mem, &schema->field[f], head) ||
                     (str_is_set(amount) && means(mem, &schema->field[f], amount));
    }
    return known;
}

/* The line and the delimiter at which the head splits into most names that we know; then into most
 * names at all. Above it an export may have titles, of which a word or two may be one of ours. */
static int guess_head(struct arena *mem, const struct schema *schema, str text, char *delimiter)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    enum { LINES = 20, KNOWN_LEAST = 2 };
    size_t best = 0, best_known = 0;
    int head = 0, first = 0;

    *delimiter = ',';
    for (int n = 1; n <= LINES && text.n; n++) {
        str line = str_trim(str_cut(&text, '\n'));
        if (!first && line.n)
            first = head = n;
        for (size_t c = 0; c < sizeof candidates && line.n; c++) {
            size_t nheads, known = known_heads(mem, schema, line, candidates[c], &nheads);
            bool better = n == first ? 100 * known + nheads > best
                                     : known >= KNOWN_LEAST && known > best_known;
            if (!better)
                continue;
            best = 100 * known + nheads;
            best_known = known;
            *delimiter = candidates[c];
            head = n;
        }
    }
    return head == first ? 0 : head;
}

/* ---- forms of numbers and dates ---- */

static size_t count_char(str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* From the first digit of a cell to its last: without signs and currencies. */
static str digits_of(str cell)
{
    while (cell.n && !is_digit(cell.p[0]))
        cell = str_sub(cell, 1, cell.n);
    while (cell.n && !is_digit(cell.p[cell.n - 1]))
        cell.n--;
    return cell;
}

/* The mark between digits that is neither point nor comma: an apostrophe or a blank of any kind, as
 * the plain one, or 0. */
static char other_mark(str cell)
{
    static const char marks[] = {'\'', ' '};
    for (size_t i = 1; i + 1 < cell.n; i++)
        for (size_t m = 0; m < sizeof marks && is_digit(cell.p[i - 1]); m++) {
            size_t n = thousands_at(cell.p + i, cell.p + cell.n, marks[m]);
            if (n && i + n < cell.n && is_digit(cell.p[i + n]))
                return marks[m];
        }
    return 0;
}

/* A comma is the decimal mark where it is the last mark of some number and not always before three
 * digits; then a point parts the thousands, if there is one. An apostrophe or a blank parts nothing
 * else. */
static void guess_number(const struct sample *s, size_t column, struct mapping *m)
{
    size_t comma_last = 0, point_last = 0, comma_three = 0, commas = 0, points = 0;
    char other = 0;
    for (size_t r = 0; r < s->rows.n; r++) {
        str cell = digits_of(s->rows.at[r][column]);
        size_t comma = cell.n, point = cell.n;
        for (size_t i = 0; i < cell.n; i++) {
            comma = cell.p[i] == ',' ? i : comma;
            point = cell.p[i] == '.' ? i : point;
        }
        bool has_comma = comma < cell.n, has_point = point < cell.n;
        other = other ? other : other_mark(cell);
        commas += has_comma;
        points += has_point;
        comma_last += has_comma && (!has_point || comma > point);
        point_last += has_point && (!has_comma || point > comma);
        comma_three += has_comma && !has_point && cell.n - comma == 4 && count_char(cell, ',') >= 1;
    }
    if (comma_last > point_last && comma_last > comma_three) {
        m->decimal = ',';
        if (points)
            m->thousands = '.';
    } else if (commas) {
        m->thousands = ',';
    }
    if (other)
        m->thousands = other;
}

/* What the cells of a column have in common as dates: the largest first and second number tell
 * which of the two is the month. */
struct date_shape {
    char separator;
    int first_most, second_most;
    bool short_years, lone_digits; /* 2026-1-3 */
    int colons;                    /* of a time of day behind the date: 0, 1 or 2 */
    char before_time;              /* ' ' or 'T' */
    bool is_utc;                   /* it ends in Z */
    size_t fits, others;           /* cells that are such dates, and that are not */
};

static str leading_digits(str s)
{
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return str_sub(s, 0, n);
}

/* Whether the second number of a date has one digit. */
static bool is_lone_digit(str cell, char separator)
{
    size_t from = str_find(cell, (str){&separator, 1}, 0) + 1;
    return str_find(cell, (str){&separator, 1}, from) == from + 1;
}

/* Takes one cell in; false if it is no date of three numbers with the column's separator. */
static bool fit_date(struct date_shape *shape, str cell)
{
    int64_t first, second;
    str rest = cell;
    if (!parse_integer(str_cut(&rest, shape->separator), &first) ||
        !parse_integer(str_cut(&rest, shape->separator), &second) || !str_is_set(rest))
        return false;
    str third = leading_digits(rest), tail = str_sub(rest, third.n, rest.n);
    bool year_first = first >= 1000;
    if (first < 1 || (first > 31 && !year_first) || first > 9999 || second < 1 || second > 31)
        return false;
    if (!third.n || third.n > 4 || third.n == 3 || (year_first && third.n > 2))
        return false;
    if (tail.n && tail.p[0] != ' ' && tail.p[0] != 'T')
        return false;
    shape->before_time = tail.n ? tail.p[0] : 0;
    shape->is_utc = str_ends(tail, S("Z"));
    shape->first_most = first > shape->first_most ? (int)first : shape->first_most;
    shape->second_most = second > shape->second_most ? (int)second : shape->second_most;
    shape->short_years |= third.n < 4;
    shape->lone_digits |= third.n == 1 || is_lone_digit(cell, shape->separator);
    shape->colons = (int)count_char(tail, ':');
    return true;
}

static char date_separator(str cell)
{
    for (size_t i = 0; i < cell.n; i++)
        if (strchr("/.-", cell.p[i]) && cell.p[i])
            return cell.p[i];
    return 0;
}

/* 2026年1月3日 */
static void guess_chinese_dates(const struct sample *s, size_t column, struct mapping *m)
{
    size_t fits = 0, others = 0;
    for (size_t r = 0; r < s->rows.n; r++) {
        str cell = s->rows.at[r][column];
        bool is = leading_digits(cell).n == 4 && str_starts(str_sub(cell, 4, cell.n), S("年")) &&
                  str_find(cell, S("月"), 0) < cell.n && str_ends(cell, S("日"));
        fits += is;
        others += cell.n && !is;
    }
    if (fits > others)
        m->dates = S("%Y年%m月%d日");
}

/* The form that most dates of a column have; where day and month may be told apart, they are. Unset
 * for plain ISO dates, which need no form. */
static void guess_dates(struct arena *mem, const struct sample *s, size_t column, struct guess *g)
{
    struct mapping *m = &g->mapping;
    struct date_shape shape = {0};

    for (size_t r = 0; r < s->rows.n; r++) {
        str cell = s->rows.at[r][column];
        if (!shape.separator)
            shape.separator = date_separator(cell);
        bool fits = shape.separator && fit_date(&shape, cell);
        shape.fits += fits;
        shape.others += cell.n && !fits;
    }
    bool year_first = shape.first_most > 31;
    if (shape.fits <= shape.others || shape.colons > 2 ||
        (year_first && shape.separator == '-' && !shape.colons && !shape.lone_digits)) {
        guess_chinese_dates(s, column, m);
        return;
    }
    g->month_unsure = !year_first && shape.first_most <= 12 && shape.second_most <= 12;
    const char *form = year_first               ? "%%Y%c%%m%c%%d%.0s%.*s"
                       : shape.second_most > 12 ? "%%m%c%%d%c%%%s%.*s"
                                                : "%%d%c%%m%c%%%s%.*s";
    str time = {0};
    if (shape.colons)
        time = arena_printf(mem, "%c%%H:%%M%s%s", shape.before_time, shape.colons > 1 ? ":%S" : "",
                            shape.is_utc ? "Z" : "");
    m->dates = arena_printf(mem, form, shape.separator, shape.separator,
                            shape.short_years ? "y" : "Y", STR_ARG(time));
}

/* The currency of the first amount that has one; rows in another will be set aside. */
static str guess_currency(const struct sample *s, size_t column)
{
    for (size_t r = 0; r < s->rows.n; r++) {
        str cell = s->rows.at[r][column], amount, code;
        while (cell.n && strchr("-+( ", cell.p[0]))
            cell = str_sub(cell, 1, cell.n);
        while (cell.n && strchr(") ", cell.p[cell.n - 1]))
            cell.n--;
        if (currency_split(cell, (str){0}, &amount, &code) != CURRENCY_NONE)
            return code;
    }
    return (str){0};
}

static void guess_form(struct arena *mem, const struct sample *s, const struct field *f,
                       size_t column, struct guess *g)
{
    struct mapping *m = &g->mapping;
    if (f->type == TYPE_money && !str_is_set(g->currency))
        g->currency = guess_currency(s, column);
    switch (f->type) {
    case TYPE_money:
    case TYPE_number:
    case TYPE_rate:
        if (!m->decimal && !m->thousands)
            guess_number(s, column, m);
        break;
    case TYPE_date:
        if (!str_is_set(m->dates))
            guess_dates(mem, s, column, g);
        break;
    default:
        break;
    }
}

/* A head that we do not know leaves the form of its dates to be found: the user has to name the
 * head, and should not have to find out why none of its dates is read. */
static void guess_unused_dates(struct arena *mem, const struct sample *s, const bool *taken,
                               struct guess *g)
{
    for (size_t h = 0; h < s->nheads && !str_is_set(g->mapping.dates); h++)
        if (!taken[h])
            guess_dates(mem, s, h, g);
}

/* Whether most cells of a column are numbers with a mark in them: 1'234.50, 99,90 EUR. */
static bool has_amounts(const struct sample *s, size_t column)
{
    size_t fits = 0, others = 0;
    for (size_t r = 0; r < s->rows.n; r++) {
        str cell = s->rows.at[r][column], amount, code;
        currency_split(cell, (str){0}, &amount, &code);
        str digits = digits_of(amount);
        size_t n = 0;
        while (n < digits.n && !strchr(":/-", digits.p[n]) &&
               (is_digit(digits.p[n]) || !isalpha((unsigned char)digits.p[n])))
            n++;
        bool is = n && n == digits.n && n + 2 >= amount.n &&
                  (count_char(digits, '.') == 1 || count_char(digits, ',') == 1);
        fits += is;
        others += cell.n && !is;
    }
    return fits > others;
}

/* The same for the marks of amounts, and their currency. */
static void guess_unused_amounts(const struct sample *s, const bool *taken, struct guess *g)
{
    for (size_t h = 0; h < s->nheads && !g->mapping.decimal && !g->mapping.thousands; h++)
        if (!taken[h] && has_amounts(s, h)) {
            guess_number(s, h, &g->mapping);
            if (!str_is_set(g->currency))
                g->currency = guess_currency(s, h);
        }
}

/* Cells that a spreadsheet had merged: only the first row of each group has what is in them. Rows
 * of which less than half is filled are totals, or none at all. */
static void find_gaps(struct arena *mem, const struct sample *s, const struct field *f,
                      size_t column, struct guess *g)
{
    enum { PART = 5 }; /* a fifth of the rows, at least */
    size_t empty = 0, rows = 0;
    for (size_t r = 0; r < s->rows.n; r++) {
        size_t filled = 0;
        for (size_t c = 0; c < s->nheads; c++)
            filled += s->rows.at[r][c].n > 0;
        bool is_row = filled * 2 >= s->nheads;
        rows += is_row;
        empty += is_row && !s->rows.at[r][column].n;
    }
    if (empty && empty * PART >= rows && s->rows.at[0][column].n)
        PUSH(mem, &g->gaps, ((struct gap){s->head[column], f->name, empty, rows}));
}

/* What programs write where they have nothing, in a column that may be empty and wants a number or
 * a day. What a spreadsheet failed to reckon, #REF!, is no such word. */
static void find_empty_marks(struct arena *mem, const struct sample *s, const struct field *f,
                             size_t column, struct guess *g)
{
    static const str marks[] = {S("-"),    S("--"),   S("–"),    S("—"),   S("n/a"),
                                S("N/A"),  S("n.a."), S("k.A."), S("NA"),  S("NULL"),
                                S("null"), S("None"), S("NaN"),  S("nan"), S("无")};
    enum { MARKS = sizeof marks / sizeof *marks };
    if (f->required || f->type == TYPE_string)
        return;
    if (!g->mapping.empty)
        g->mapping.empty = NEW_ARRAY(mem, MARKS, str);
    for (size_t r = 0; r < s->rows.n; r++)
        for (size_t k = 0; k < MARKS; k++) {
            size_t i = 0;
            while (i < g->mapping.nempty && !str_eq(g->mapping.empty[i], marks[k]))
                i++;
            if (i == g->mapping.nempty && str_eq(s->rows.at[r][column], marks[k]))
                g->mapping.empty[g->mapping.nempty++] = marks[k];
        }
}

/* Where no date tells, those beside dollars are more likely 10/31 than 31/10. */
static void guess_month_first(struct arena *mem, struct guess *g)
{
    str day_first = S("%d/%m/"), dates = g->mapping.dates;
    if (str_starts(dates, day_first) && str_eq(g->currency, S("USD")))
        g->mapping.dates =
            arena_printf(mem, "%%m/%%d/" STR_FMT, STR_ARG(str_sub(dates, day_first.n, dates.n)));
}

/* ---- the whole ---- */

/* Which head a column has, by all that it may be called; amounts, where no head is called so, also
 * with their currency behind it. s->nheads if none. */
static size_t head_of_field(struct arena *mem, const struct field *f, const struct sample *s,
                            const bool *taken, struct guess *g)
{
    size_t h = 0;
    str code = {0};
    while (h < s->nheads && (taken[h] || !means(mem, f, s->head[h])))
        h++;
    if (f->type != TYPE_money)
        return h;
    if (h < s->nheads)
        without_currency(mem, s->head[h], &code);
    for (size_t i = 0; h == s->nheads && i < s->nheads; i++) {
        str plain = without_currency(mem, s->head[i], &code);
        if (!taken[i] && str_is_set(plain) && means(mem, f, plain))
            h = i;
    }
    if (h < s->nheads && !str_is_set(g->currency))
        g->currency = code;
    return h;
}

static void match_heads(struct arena *mem, const struct schema *schema, const struct sample *s,
                        struct guess *g)
{
    bool *taken = NEW_ARRAY(mem, s->nheads, bool), dates_missing = false, amounts_missing = false;
    g->missing = NEW_ARRAY(mem, schema->nfields, str);
    for (size_t f = 0; f < schema->nfields; f++) {
        const struct field *field = &schema->field[f];
        size_t h = head_of_field(mem, field, s, taken, g);
        if (h == s->nheads) {
            if (field->required)
                g->missing[g->nmissing++] = field->name;
            dates_missing |= field->required && field->type == TYPE_date;
            amounts_missing |= field->required && field->type == TYPE_money;
            continue;
        }
        taken[h] = true;
        find_empty_marks(mem, s, field, h, g);
        if (schema_reference(schema, field->name))
            find_gaps(mem, s, field, h, g);
        if (!str_eq(s->head[h], field->name))
            PUSH(mem, &g->mapping.columns, ((struct rename){field->name, s->head[h]}));
        guess_form(mem, s, field, h, g);
    }
    if (dates_missing)
        guess_unused_dates(mem, s, taken, g);
    if (amounts_missing)
        guess_unused_amounts(s, taken, g);
    if (g->month_unsure)
        guess_month_first(mem, g);
    g->unused = NEW_ARRAY(mem, s->nheads, str);
    for (size_t h = 0; h < s->nheads; h++)
        if (!taken[h] && s->head[h].n)
            g->unused[g->nunused++] = s->head[h];
}

/* The encoding is written into book.yaml: nothing is left for the user to do. */
static void drop_encoding_guessed(struct diags *diags, size_t from)
{
    while (diags->list.n > from && diags_last(diags)->id == DIAG_ENCODING_GUESSED) {
        diags->list.n--;
        diags->nwarnings--;
    }
}

bool guess_mapping(struct arena *mem, const struct schema *schema, str file, str bytes,
                   struct guess *guess, struct diags *diags)
{
    struct sample sample = {.mem = mem};
    struct decoded decoded;
    str text;

    *guess = (struct guess){.mapping = {.table = schema->name, .file = path_base(file)}};
    size_t said_before = diags->list.n;
    if (!encoding_to_utf8(mem, file, bytes, (str){0}, S(""), &decoded, diags))
        return false;
    drop_encoding_guessed(diags, said_before);
    text = decoded.text;
    if (!str_eq(decoded.encoding, S("UTF-8")))
        guess->mapping.encoding = decoded.encoding;
    char said = csv_separator_line(&text);
    char delimiter;
    guess->mapping.head = sample.head_line = guess_head(mem, schema, text, &delimiter);
    guess->mapping.delimiter = said ? said : delimiter;
    csv_read(file, text, guess->mapping.delimiter, take_row, &sample, NULL, diags);
    if (!sample.head)
        return diags_add(diags, DIAG_EXPORT_EMPTY, ((struct place){.file = file}), file);
    match_heads(mem, schema, &sample, guess);
    return true;
}

/* ---- as YAML ---- */

static void yaml_quoted(struct buf *out, str text)
{
    json_text(out, text); /* a JSON string is a YAML one in double quotes */
}

static void yaml_character(struct buf *out, const char *key, char c)
{
    if (c == '\t')
        buf_addf(out, "    %s: tab\n", key);
    else if (c)
        buf_addf(out, "    %s: \"%c\"\n", key, c);
}

static void yaml_member(struct buf *out, const char *key, str value)
{
    if (!str_is_set(value))
        return;
    buf_addf(out, "    %s: ", key);
    yaml_quoted(out, value);
    buf_addc(out, '\n');
}

void guess_yaml(struct buf *out, const struct guess *guess)
{
    const struct mapping *m = &guess->mapping;
    buf_addf(out, "tables:\n  " STR_FMT ":\n", STR_ARG(m->table));
    yaml_member(out, "file", m->file);
    yaml_member(out, "encoding", m->encoding);
    if (m->delimiter != ',')
        yaml_character(out, "delimiter", m->delimiter);
    if (m->head)
        buf_addf(out, "    head: %d\n", m->head);
    yaml_character(out, "decimal", m->decimal);
    yaml_character(out, "thousands", m->thousands);
    yaml_member(out, "dates", m->dates);
    for (size_t i = 0; i < m->nempty; i++) {
        buf_add(out, i ? S(", ") : S("    empty: ["));
        yaml_quoted(out, m->empty[i]);
    }
    if (m->nempty)
        buf_add(out, S("]\n"));
    if (m->columns.n + guess->nmissing)
        buf_add(out, S("    columns:\n"));
    for (size_t i = 0; i < guess->nmissing; i++)
        buf_addf(out, "      " STR_FMT ": \"\" # the head of this column in the file\n",
                 STR_ARG(guess->missing[i]));
    for (size_t i = 0; i < m->columns.n; i++) {
        buf_addf(out, "      " STR_FMT ": ", STR_ARG(m->columns.at[i].column));
        yaml_quoted(out, m->columns.at[i].head);
        buf_addc(out, '\n');
    }
}
