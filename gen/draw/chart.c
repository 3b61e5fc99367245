#include "sheet.h"

#include <math.h>

/* A chart becomes a sheet (series with their places, axes, space for texts), the sheet a script,
 * what gnuplot makes of it a drawing. */

/* ---- what a chart asks for ---- */

bool sheet_has(const struct sheet *s, enum layout_word word)
{
    return s->kind->words >> word & 1;
}

static bool has_flag(const struct sheet *s, str flag)
{
    for (size_t i = 0; i < s->chart->nflags; i++)
        if (str_eq(s->chart->flag[i], flag))
            return true;
    return false;
}

double plot_width(const struct sheet *s)
{
    return s->width - s->left - s->right;
}

double plot_height(const struct sheet *s)
{
    return s->height - s->top - s->bottom;
}

double at_value(const struct sheet *s, double value)
{
    double share = (value - s->value.low) / (s->value.high - s->value.low);
    return s->rows ? s->left + share * plot_width(s)
                   : s->height - s->bottom - share * plot_height(s);
}

double at_category(const struct sheet *s, double i)
{
    double share = (i + 0.5) / (double)s->chart->npoints;
    return s->rows ? s->top + share * plot_height(s) : s->left + share * plot_width(s);
}

double text_pt(const struct sheet *s, str text)
{
    return text_em(text) * s->size;
}

/* ---- tips ---- */

static void add_amount(struct buf *b, const struct sheet *s, const struct plotted *p, size_t i)
{
    str label = p->role == ROLE_start ? (str){0} : p->from->label;
    str amount = p->text && p->text[i].n ? p->text[i] : amount_text(s, p->amount[i], p->is_signed);
    buf_addf(b, "\n" STR_FMT "%s" STR_FMT, STR_ARG(label), label.n ? ": " : "", STR_ARG(amount));
}

uint32_t tip_number(const struct sheet *s, size_t k, size_t i)
{
    return (uint32_t)(k * s->chart->npoints + i + 1);
}

static struct tips make_tips(struct sheet *s)
{
    const struct chart *c = s->chart;
    struct tips t = {.n = (s->nseries + 1) * c->npoints};
    struct buf b = {0};

    t.tip = NEW_ARRAY(s->mem, t.n, str);
    t.href = c->href ? NEW_ARRAY(s->mem, t.n, str) : NULL;
    for (size_t k = 0; k <= s->nseries; k++)
        for (size_t i = 0; i < c->npoints; i++) {
            uint32_t number = tip_number(s, k, i) - 1;
            buf_reset(&b);
            buf_add(&b, c->category[i]);
            for (size_t j = k ? k - 1 : 0; j < (k ? k : s->nseries); j++)
                if (k || isfinite(s->series[j].amount[i]))
                    add_amount(&b, s, &s->series[j], i);
            t.tip[number] = arena_str(s->mem, buf_str(&b));
            if (t.href)
                t.href[number] = c->href[i];
        }
    buf_clear(&b);
    return t;
}

/* ---- drawing ---- */

bool kind_check(const struct gnuplot *g, struct arena *mem, str kind, struct place at,
                struct diags *diags)
{
    str *known;
    if (gnuplot_has_kind(g, kind))
        return true;
    size_t nknown = gnuplot_kinds(g, mem, &known);
    str nearest = text_nearest(kind, known, nknown);
    return diags_add(
        diags, DIAG_CHART_KIND, at, kind,
        nearest.n ? arena_printf(mem, "did you mean " STR_FMT "?", STR_ARG(nearest))
                  : S("the kinds are the scripts in templates/charts and the book's charts"));
}

/* ---- what a kind draws ---- */

/* The roles that stand in a block, as its script finds them. Bars that hang between a start and an
 * end, and their states, are those of $solid. */
static bool stands_in(enum role role, enum block b)
{
    bool colourful = role >= ROLE_series1 && role <= ROLE_series6;
    switch (b) {
    case BLOCK_solid:
        return role == ROLE_actual || role == ROLE_good || role == ROLE_bad || colourful ||
               role == ROLE_start || role == ROLE_end;
    case BLOCK_series:
        return role == ROLE_good || role == ROLE_bad || colourful;
    case BLOCK_actual:
        return role == ROLE_actual;
    case BLOCK_forecast:
        return role == ROLE_forecast;
    case BLOCK_before:
        return role == ROLE_before;
    case BLOCK_target:
        return role == ROLE_target;
    case BLOCK_total:
        return role == ROLE_total;
    case BLOCK_band80:
        return role == ROLE_low80 || role == ROLE_high80;
    case BLOCK_band95:
        return role == ROLE_low95 || role == ROLE_high95;
    case BLOCK_dots:
    case BLOCK_spaces:
        break;
    }
    return false;
}

static bool kind_draws(const struct kind *k, enum role role)
{
    if (role == ROLE_size)
        return k->names >> NAME_sized & 1;
    for (enum block b = BLOCK_solid; b <= BLOCK_spaces; b++)
        if (k->blocks >> b & 1 && stands_in(role, b))
            return true;
    return false;
}

static const str role_names[] = {
#define X(name) {#name, sizeof #name - 1},
    ROLES(X)
#undef X
};
enum { NROLES = sizeof role_names / sizeof *role_names };

/* The role without which this one draws nothing: an interval has two bounds, what lasts two days.
 * Itself where it needs none. */
static enum role other_end(enum role role)
{
    static const enum role pairs[][2] = {
        {ROLE_low80, ROLE_high80}, {ROLE_low95, ROLE_high95}, {ROLE_start, ROLE_end}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (size_t k = 0; k < 2; k++)
            if (pairs[i][k] == role)
                return pairs[i][1 - k];
    return role;
}

static bool has_role(const struct chart *c, enum role role)
{
    for (size_t i = 0; i < c->nseries; i++)
        if (c->series[i].role == role)
            return true;
    return false;
}

/* "it draws actual, before, target" */
static str roles_drawn(struct arena *mem, const struct kind *k)
{
    str text = S("it draws");
    for (size_t i = 0; i < NROLES; i++)
        if (kind_draws(k, (enum role)i))
            text = arena_printf(mem, STR_FMT "%s " STR_FMT, STR_ARG(text),
                                str_eq(text, S("it draws")) ? "" : ",", STR_ARG(role_names[i]));
    return text;
}

bool chart_check(const struct gnuplot *g, struct arena *mem, const struct chart *chart,
                 struct place at, struct diags *diags)
{
    if (!kind_check(g, mem, chart->kind, at, diags))
        return false;
    const struct kind *k = gnuplot_kind(g, chart->kind);
    bool ok = true, hangs = has_role(chart, ROLE_start) && has_role(chart, ROLE_end);
    for (size_t i = 0; i < chart->nseries; i++) {
        const struct series *s = &chart->series[i];
        enum role other = other_end(s->role);
        bool draws = kind_draws(k, s->role), paired = other == s->role || has_role(chart, other);
        if ((draws && paired) || (hangs && s->role == ROLE_total))
            continue;
        str remedy = draws
                         ? arena_printf(mem, "give it its other end, a column in the role " STR_FMT,
                                        STR_ARG(role_names[other]))
                         : roles_drawn(mem, k);
        ok = diags_add(diags, DIAG_ROLE_UNDRAWN, at, role_names[s->role], k->name, s->name, remedy);
    }
    return ok;
}

static bool runs_down(const struct sheet *s)
{
    if (sheet_has(s, LAYOUT_rows) || sheet_has(s, LAYOUT_calendar))
        return true;
    if (!sheet_has(s, LAYOUT_turning) || has_flag(s, S("vertical")))
        return false;
    return has_flag(s, S("horizontal")) || s->chart->x_type == TYPE_string;
}

/* Slopes are near 45° where a chart is about two and a half times as wide as high; what is wider
 * than half a page grows less in height, or it would fill the screen. */
static double natural_height(const struct sheet *s)
{
    const struct chart *c = s->chart;
    double half = s->medium == MEDIUM_PRINT ? 232 : 352, most = 660;
    double share = s->kind->height > 0 ? s->kind->height : 0.42;
    double row = s->kind->row_height > 0 ? s->kind->row_height : 18;
    double taller = s->medium == MEDIUM_NARROW && !s->rows ? 1.3 : 1;

    if (c->height > 0)
        return taller * c->height * s->width;
    if (s->rows || sheet_has(s, LAYOUT_grid)) {
        double n =
            s->rows ? (double)c->npoints * fmax(1, 0.62 * (double)s->nslots) : (double)s->nseries;
        return fmin(most, row * s->size / 8.5 * n + 3.4 * s->size);
    }
    return fmax(11 * s->size,
                taller * share * fmin(s->width, half) + 0.25 * fmax(0, s->width - half));
}

static void make_sheet(struct sheet *s)
{
    s->rows = runs_down(s);
    s->percent = has_flag(s, S("percent"));
    s->stacked = sheet_has(s, LAYOUT_stack) || has_flag(s, S("stacked")) || s->percent;
    sheet_series(s);
    s->ends = sheet_has(s, LAYOUT_ends) && s->nseries > 1;
    s->legend = (sheet_has(s, LAYOUT_legend) || sheet_has(s, LAYOUT_ends)) && s->nseries > 1;
    if (s->height <= 0)
        s->height = natural_height(s);
    sheet_axes(s);
    measure_labels(s);
    /* However low it is to be, its texts leave some room for marks. */
    s->height = fmax(s->height, s->top + s->bottom + 2 * s->size);
    if (sheet_has(s, LAYOUT_share))
        share_series(s);
}

/* A chart of which nothing is known says so. */
static struct drawing *nothing(const struct sheet *s)
{
    struct drawing *d = NEW(s->mem, struct drawing);
    struct shape *dash = NEW(s->mem, struct shape);

    *dash = shape_text(s->mem, s->width / 2, 1.5 * s->size, S("\u2013"), s->size, PAINT_muted,
                       ANCHOR_MIDDLE);
    *d = (struct drawing){.width = s->width, .height = 3 * s->size, .shape = dash, .nshapes = 1};
    return d;
}

struct chart_job {
    struct sheet sheet;
    struct tips tips;
    struct place at;
    struct hash128 script;
    const struct chart_job *before; /* of the same chart at another size */
    const struct chart_job *like;   /* whose marks are ours, too: nothing was sent */
    struct marks marks;             /* once it has ended; none if it failed */
    struct drawing *done;           /* if there is nothing to draw */
};

/* Lays the chart out and writes its script. False with a diagnostic. */
static bool prepare(struct sheet *s, struct gnuplot *g, struct arena *mem,
                    const struct chart *chart, enum medium medium, double width_pt,
                    double height_pt, struct place at, struct diags *diags)
{
    *s = (struct sheet){
        .mem = mem,
        .chart = chart,
        .kind = gnuplot_kind(g, chart->kind),
        .lang = gnuplot_language(g),
        .medium = medium,
        .width = width_pt,
        .height = height_pt,
        .size = medium == MEDIUM_PRINT ? 7.5 : 8.5,
    };
    if (!kind_check(g, mem, chart->kind, at, diags))
        return false;
    if ((chart->nseries + 1) * (chart->npoints + 1) > TIP_MAX)
        return diags_add(diags, DIAG_CHART_LARGE, at, arena_printf(mem, "%zu", chart->npoints));
    make_sheet(s);
    if (s->nseries) {
        sheet_script(s);
        put_labels(s);
    }
    return true;
}

struct chart_job *chart_begin(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                              enum medium medium, double width_pt, double height_pt,
                              const struct chart_job *before, struct place at, struct diags *diags)
{
    struct chart_job *job = NEW(mem, struct chart_job);
    struct sheet *s = &job->sheet;

    job->at = at;
    if (!prepare(s, g, mem, chart, medium, width_pt, height_pt, at, diags))
        return NULL;
    if (!s->nseries) {
        job->done = nothing(s);
        return job;
    }
    job->script = hash128_of(buf_str(&s->out));
    job->before = before;
    for (; before && !job->like; before = before->before)
        job->like = hash128_eq(before->script, job->script) ? before : NULL;
    if (!job->like)
        gnuplot_send(g, buf_str(&s->out));
    buf_clear(&s->out);
    job->tips = make_tips(s);
    return job;
}

str chart_script(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                 enum medium medium, double width_pt, struct diags *diags)
{
    struct sheet s;
    str script = {0};

    if (prepare(&s, g, mem, chart, medium, width_pt, 0, (struct place){0}, diags))
        script = arena_str(mem, buf_str(&s.out));
    buf_clear(&s.out);
    return script;
}

/* The space of a category, to be pointed at: it has no colour. */
static struct shape space(const struct sheet *s, const struct tips *tips, size_t i)
{
    double x0 = at_category(s, (double)i - 0.5), x1 = at_category(s, (double)i + 0.5);
    double y0 = s->height - s->bottom, y1 = s->top;
    struct shape shape = shape_path(s->mem, 4, (double[]){x0, y0, x1, y0, x1, y1, x0, y1}, true);
    size_t number = tip_number(s, 0, i) - 1;

    shape.tip = tips->tip[number];
    shape.href = tips->href ? tips->href[number] : (str){0};
    return shape;
}

/* Puts what we draw ourselves under and over the marks. */
static void complete(const struct sheet *s, const struct tips *tips, struct drawing *d)
{
    size_t nspaces = sheet_has(s, LAYOUT_spaces) ? s->chart->npoints : 0;
    size_t n = 0, nall = s->behind.n + d->nshapes + nspaces + s->before.n;
    struct shape *all = NEW_ARRAY(s->mem, nall, struct shape);

    for (size_t i = 0; i < s->behind.n; i++)
        all[n++] = s->behind.at[i];
    for (size_t i = 0; i < d->nshapes; i++)
        all[n++] = d->shape[i];
    for (size_t i = 0; i < nspaces; i++)
        all[n++] = space(s, tips, i);
    for (size_t i = 0; i < s->before.n; i++)
        all[n++] = s->before.at[i];
    d->shape = all;
    d->nshapes = n;
}

static bool take_marks(struct gnuplot *g, struct chart_job *job, struct diags *diags)
{
    const struct sheet *s = &job->sheet;
    str svg, complaint;

    if (!gnuplot_take(g, s->mem, &svg, &complaint))
        return diags_add(diags, DIAG_CHART_FAILED, job->at, sheet_complaint(s, complaint),
                         s->kind->name);
    return svg_marks(s->mem, svg, job->tips.n, job->at, diags, &job->marks);
}

struct drawing *chart_end(struct gnuplot *g, struct chart_job *job, struct diags *diags)
{
    const struct sheet *s = &job->sheet;

    if (job->done)
        return job->done;
    if (job->like)
        job->marks = job->like->marks;
    else if (!take_marks(g, job, diags))
        job->marks = (struct marks){0};
    if (!job->marks.width)
        return NULL;
    bool stretched = sheet_has(s, LAYOUT_stretch);
    struct stretch stretch = sheet_stretch(s);
    struct drawing *d = marks_drawing(s->mem, &job->marks, &job->tips, stretched ? &stretch : NULL);
    d->width = floor(s->width);
    d->height = floor(s->height);
    complete(s, &job->tips, d);
    return d;
}

struct drawing *chart_draw(struct gnuplot *g, struct arena *mem, const struct chart *chart,
                           enum medium medium, double width_pt, double height_pt, struct place at,
                           struct diags *diags)
{
    struct chart_job *job =
        chart_begin(g, mem, chart, medium, width_pt, height_pt, NULL, at, diags);
    return job ? chart_end(g, job, diags) : NULL;
}
