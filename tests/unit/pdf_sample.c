#include "pdf_sample.h"

#include <math.h>

struct site *sample_site(struct arena *mem)
{
    struct site *s = NEW(mem, struct site);
    struct language *l = NEW(mem, struct language);
    *l = language_of(S("en"), S("CNY"), -1);
    *s = (struct site){.title = S("Hejia Furniture, sales"),
                       .audience = S("everyone"),
                       .lang = l,
                       .as_of = day_of(2026, 10, 30)};
    return s;
}

struct node *sample_node(struct arena *mem, struct node *parent, enum node_kind kind)
{
    struct node *n = NEW(mem, struct node), **end = &parent->first;
    n->kind = kind;
    while (*end)
        end = &(*end)->next;
    return *end = n;
}

struct node *sample_text(struct arena *mem, struct node *parent, enum node_kind kind, str text)
{
    struct node *n = sample_node(mem, parent, kind);
    sample_node(mem, n, NODE_text)->text = text;
    return n;
}

struct node *sample_heading(struct arena *mem, struct node *parent, int level, str text, str id)
{
    struct node *n = sample_text(mem, parent, NODE_heading, text);
    n->level = level;
    n->id = id;
    return n;
}

struct document *sample_document(struct arena *mem, str title)
{
    struct document *d = NEW(mem, struct document);
    *d = (struct document){.title = title,
                           .subtitle = S("October 2026"),
                           .audience = S("everyone"),
                           .address = S("2026-10/monthly-company.pdf"),
                           .kind = S("monthly"),
                           .key = S("company")};
    d->root = NEW(mem, struct node);
    d->root->kind = NODE_document;
    return d;
}

/* ---- drawings ---- */

static struct shape *add_shape(struct arena *mem, struct drawing *g, enum shape_kind kind)
{
    struct shape *old = g->shape;
    g->shape = NEW_ARRAY(mem, g->nshapes + 1, struct shape);
    if (g->nshapes)
        memcpy(g->shape, old, g->nshapes * sizeof *old);
    struct shape *s = &g->shape[g->nshapes++];
    *s = (struct shape){.kind = kind, .fill_opacity = 1, .stroke_width = 0.75};
    return s;
}

static void add_line(struct arena *mem, struct drawing *g, const double *xy, size_t n,
                     enum paint stroke, double width, int dash)
{
    struct shape *s = add_shape(mem, g, SHAPE_PATH);
    s->stroke = stroke;
    s->stroke_width = width;
    s->ndash = dash ? 2 : 0;
    s->dash[0] = s->dash[1] = (uint8_t)dash;
    s->nops = s->nxy = n;
    s->op = NEW_ARRAY(mem, n, uint8_t);
    s->xy = NEW_ARRAY(mem, 2 * n, double);
    memcpy(s->xy, xy, 2 * n * sizeof *xy);
    for (size_t i = 0; i < n; i++)
        s->op[i] = i ? PATH_LINE : PATH_MOVE;
}

static struct shape *add_box(struct arena *mem, struct drawing *g, double x, double y, double w,
                             double h, enum paint fill)
{
    const double xy[] = {x, y, x + w, y, x + w, y + h, x, y + h};
    add_line(mem, g, xy, 4, PAINT_none, 1, 0);
    struct shape *s = &g->shape[g->nshapes - 1];
    s->fill = fill;
    s->nops = 5;
    s->op = NEW_ARRAY(mem, 5, uint8_t);
    const uint8_t ops[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    memcpy(s->op, ops, 5);
    return s;
}

static void add_text(struct arena *mem, struct drawing *g, double x, double y, str text, int anchor,
                     double angle)
{
    struct shape *s = add_shape(mem, g, SHAPE_TEXT);
    s->fill = PAINT_muted;
    s->text = text;
    s->size = 7.5;
    s->angle = angle;
    s->anchor = anchor;
    s->nxy = 1;
    s->xy = NEW_ARRAY(mem, 2, double);
    s->xy[0] = x;
    s->xy[1] = y;
}

static struct drawing *columns(struct arena *mem, double width)
{
    static const char *const month[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct drawing *g = NEW(mem, struct drawing);
    double height = width * 0.5, left = 36, bottom = height - 16, step = (width - left) / 12;
    *g = (struct drawing){.width = width,
                          .height = height,
                          .title = S("Revenue against target"),
                          .description = S("Twelve months; October is 12 % behind target.")};
    for (int i = 0; i <= 4; i++) {
        double y = bottom - i * (bottom - 10) / 4;
        const double xy[] = {left, y, width, y};
        add_line(mem, g, xy, 2, PAINT_grid, 0.5, 0);
        add_text(mem, g, left - 4, y + 2.5, arena_printf(mem, "%d", i * 400), ANCHOR_END, 0);
    }
    for (int i = 0; i < 12; i++) {
        double x = left + i * step, h = (bottom - 20) * (0.55 + 0.3 * sin(i * 0.9));
        add_box(mem, g, x + step * 0.3, bottom - h * 0.9, step * 0.55, h * 0.9, PAINT_before);
        struct shape *s =
            add_box(mem, g, x + step * 0.12, bottom - h, step * 0.55, h, PAINT_actual);
        s->hatched = i >= 10;
        const double target[] = {x + 1, bottom - h * 1.1, x + step - 1, bottom - h * 1.1};
        add_line(mem, g, target, 2, PAINT_target, 1.5, 0);
        add_text(mem, g, x + step / 2, height - 5, str_of(month[i]), ANCHOR_MIDDLE, 0);
    }
    add_text(mem, g, 8, height / 2, S("thousand CNY"), ANCHOR_MIDDLE, 90);
    return g;
}

static struct drawing *spark(struct arena *mem, size_t seed)
{
    struct drawing *g = NEW(mem, struct drawing);
    double xy[24];
    *g = (struct drawing){.width = 72, .height = 16, .title = S("trend")};
    for (size_t i = 0; i < 12; i++) {
        xy[2 * i] = 1 + (double)i * 70 / 11;
        xy[2 * i + 1] = 8 - 6 * sin((double)(i * (seed % 5 + 1)) * 0.5 + (double)seed);
    }
    const double target[] = {1, 6, 71, 6};
    add_line(mem, g, target, 2, PAINT_before, 0.5, 0);
    add_line(mem, g, xy, 12, PAINT_actual, 1, 0);
    return g;
}

/* ---- blocks ---- */

struct node *sample_kpis(struct arena *mem, struct node *parent, size_t n)
{
    static const struct kpi some[] = {
        {.label = {"Revenue", 7},
         .value = {"CNY 12.4 m", 10},
         .target_diff = {"−8.2 %", 8},
         .target_state = STATE_BAD,
         .before_diff = {"+3.1 %", 6},
         .before_state = STATE_GOOD},
        {.label = {"Attainment of target", 20},
         .value = {"91.8 %", 6},
         .target_diff = {"−8.2 points", 13},
         .target_state = STATE_BAD},
        {.label = {"Pipeline, weighted", 18},
         .value = {"CNY 34,200,000", 14},
         .target_diff = {"+12 %", 5},
         .target_state = STATE_GOOD,
         .before_diff = {"+22 %", 5},
         .before_state = STATE_GOOD},
        {.label = {"Deals won", 9},
         .value = {"17", 2},
         .before_diff = {"−2", 4},
         .before_state = STATE_BAD},
        {.label = {"Visits to own site and four slots", 33},
         .value = {"21,304", 6},
         .before_diff = {"+0.4 %", 6},
         .before_state = STATE_NONE},
        {.label = {"Invoices overdue", 16},
         .value = {"12", 2},
         .target_diff = {"+4", 2},
         .target_state = STATE_BAD},
    };
    struct node *node = sample_node(mem, parent, NODE_kpis);
    node->kpis.n = n;
    node->kpis.at = NEW_ARRAY(mem, n, struct kpi);
    for (size_t i = 0; i < n; i++) {
        node->kpis.at[i] = some[i % (sizeof some / sizeof *some)];
        node->kpis.at[i].spark_drawing = spark(mem, i);
    }
    return node;
}

static struct cell cell_of(str text, double x)
{
    return (struct cell){.text = text, .value = {.kind = VALUE_REAL, .r = x}, .bar = NAN};
}

struct node *sample_table(struct arena *mem, struct node *parent, size_t nrows)
{
    static const char *const name[] = {"Li Wei 李伟", "Chloé Lefèvre", "José Ñúñez",    "王小明",
                                       "Jürgen Groß", "Marta Åkesson", "Zhang San 张三"};
    static const char *const region[] = {"East", "North, with the three provinces beyond the river",
                                         "South", "西南"};
    static const struct table_column column[] = {
        {.name = {"person", 6}, .label = {"Person", 6}, .type = TYPE_string},
        {.name = {"region", 6}, .label = {"Region", 6}, .type = TYPE_string},
        {.name = {"revenue", 7},
         .label = {"Revenue", 7},
         .unit = {"CNY", 3},
         .type = TYPE_money,
         .align = ALIGN_DECIMAL},
        {.name = {"target", 6},
         .label = {"Target", 6},
         .unit = {"CNY", 3},
         .type = TYPE_money,
         .align = ALIGN_DECIMAL},
        {.name = {"attainment", 10},
         .label = {"Attainment", 10},
         .type = TYPE_rate,
         .align = ALIGN_DECIMAL,
         .bar = true},
        {.name = {"change", 6},
         .label = {"Against last year", 17},
         .type = TYPE_rate,
         .align = ALIGN_DECIMAL},
        {.name = {"trend", 5}, .label = {"Trend", 5}, .type = TYPE_string, .spark = true},
    };
    enum { NCOLS = sizeof column / sizeof *column };
    struct language lang = language_of(S("en"), S("CNY"), -1);
    struct node *node = sample_node(mem, parent, NODE_table);
    struct table_node *t = NEW(mem, struct table_node);

    *t = (struct table_node){.ncols = NCOLS, .nrows = nrows};
    t->column = NEW_ARRAY(mem, NCOLS, struct table_column);
    memcpy(t->column, column, sizeof column);
    t->cell = NEW_ARRAY(mem, nrows * NCOLS + NCOLS, struct cell);
    t->total = NEW_ARRAY(mem, NCOLS, struct cell);
    node->table = t;
    double revenues = 0, targets = 0;
    for (size_t i = 0; i < nrows; i++) {
        struct cell *c = &t->cell[i * NCOLS];
        double target = 100000 + (double)(i * 7919 % 400000),
               rate = 0.6 + (double)(i * 31 % 70) / 100;
        double revenue = floor(target * rate), change = (double)(i * 17 % 60) / 100 - 0.25;
        revenues += revenue;
        targets += target;
        c[0] = cell_of(str_of(name[i % 7]), NAN);
        c[1] = cell_of(str_of(region[i % 4]), NAN);
        c[2] = cell_of(fmt_integer(mem, &lang, (int64_t)revenue), revenue);
        c[3] = cell_of(i % 9 == 8 ? S("–") : fmt_integer(mem, &lang, (int64_t)target), target);
        c[4] = cell_of(fmt_percent(mem, &lang, rate, 1), rate);
        c[4].bar = rate / 1.3;
        c[5] = cell_of(fmt_percent(mem, &lang, change, i % 3 == 0), change);
        c[5].state = change < 0 ? STATE_BAD : change > 0.1 ? STATE_GOOD : STATE_NONE;
        c[6] = cell_of(S("60 %, then 91 %"), NAN);
        c[6].spark_drawing = spark(mem, i);
    }
    for (size_t k = 0; k < NCOLS; k++)
        t->total[k] = cell_of(S(""), NAN);
    t->total[0].text = S("Total");
    t->total[2].text = fmt_integer(mem, &lang, (int64_t)revenues);
    t->total[3].text = fmt_integer(mem, &lang, (int64_t)targets);
    t->total[5].text = fmt_percent(mem, &lang, -0.034, 1);
    t->total[4].text = fmt_percent(mem, &lang, targets > 0 ? revenues / targets : NAN, 1);
    node->title = S("Revenue against target by person, October 2026");
    return node;
}

struct node *sample_chart(struct arena *mem, struct node *parent, enum width width)
{
    struct node *n = sample_node(mem, parent, NODE_figure);
    n->title = S("Revenue against target, thousand CNY, Jan–Oct 2026");
    n->width = width;
    n->figure.print = columns(mem, width == WIDTH_FULL ? 481 : 231);
    n->figure.description = S("Columns for twelve months with the target as a mark.");
    return n;
}

static const str prose = {
    "East is 12 % behind plan, a third of it one dealer. The campaign in the second half of "
    "September "
    "brought visits but few enquiries: the cost of one is €41.20 against ¥180 the year before. "
    "华东地区落后计划百分之十二，其中三分之一来自一家经销商；九月下半月的活动带来了访问量，但询盘很"
    "少。"
    "In the north, where two people left in August, the pipeline has been taken over without loss, "
    "and "
    "Chloé Lefèvre has closed the first of the three hotels.",
    505};

struct document *sample_report(struct arena *mem)
{
    struct document *d = sample_document(mem, S("Monthly report: the whole company"));
    struct node *root = d->root;
    str text = str_sub(prose, 0, strlen(prose.p));

    sample_text(mem, root, NODE_paragraph, text);
    sample_kpis(mem, root, 6);
    struct node *s = sample_node(mem, root, NODE_section);
    s->title = S("Targets");
    s->id = S("targets");
    struct node *p = sample_text(mem, s, NODE_paragraph, S("What is sold against what was "));
    sample_text(mem, p, NODE_strong, S("planned"));
    sample_node(mem, p, NODE_text)->text = S(", and by ");
    sample_text(mem, p, NODE_emphasis, S("whom"));
    sample_node(mem, p, NODE_text)->text = S(". The rules stand in the ");
    struct node *link = sample_text(mem, p, NODE_link, S("handbook of the department"));
    link->link.href = S("https://example.org/handbook?a=1&b=(2)");
    link->link.outside = true;
    sample_node(mem, p, NODE_text)->text = S("; see also ");
    sample_text(mem, p, NODE_link, S("the funnel"))->link.href = S("#funnel");
    sample_node(mem, p, NODE_text)->text = S(".");
    sample_chart(mem, s, WIDTH_FULL)->note =
        S("Source: sales.csv, targets.csv. Hatched: forecast.");
    sample_table(mem, s, 45)->id = S("people");
    sample_heading(mem, s, 3, S("By region"), S("region"));
    sample_chart(mem, s, WIDTH_HALF);
    sample_chart(mem, s, WIDTH_HALF);
    s = sample_node(mem, root, NODE_section);
    s->title = S("Funnel");
    s->id = S("funnel");
    for (int i = 0; i < 3; i++)
        sample_text(mem, s, NODE_paragraph, text);
    sample_heading(mem, s, 3, S("What stalls"), S("stalls"));
    struct node *list = sample_node(mem, s, NODE_list);
    for (int i = 0; i < 3; i++)
        sample_text(mem, sample_node(mem, list, NODE_item), NODE_paragraph,
                    i == 1 ? text : S("Hotel at the lake: no contact for 23 days."));
    list->list.tight = true;
    list = sample_node(mem, s, NODE_list);
    list->list.ordered = true;
    list->list.start = 9;
    for (int i = 0; i < 3; i++)
        sample_text(mem, sample_node(mem, list, NODE_item), NODE_paragraph,
                    S("Call the dealer in 成都."));
    struct node *quote = sample_node(mem, s, NODE_quote);
    sample_text(mem, quote, NODE_paragraph, text);
    sample_text(mem, quote, NODE_paragraph, S("The second paragraph of a note."));
    sample_node(mem, s, NODE_rule);
    sample_node(mem, s, NODE_code_block)->text = S("SELECT sum(amount)\n  FROM sales\n");
    sample_node(mem, s, NODE_notice)->text = S("No deal was lost in October.");
    sample_heading(mem, s, 3, S("Everybody"), S("everybody"));
    sample_table(mem, s, 200);
    sample_text(mem, s, NODE_paragraph,
                S("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
                  "sangehörigenversammlungsprotokollführerinnenstellvertretung"));
    return d;
}

struct document *sample_long(struct arena *mem, size_t npages)
{
    struct document *d = sample_document(mem, S("Monthly report"));
    str text = str_sub(prose, 0, strlen(prose.p));
    for (size_t i = 0; i < npages; i++) {
        str id = arena_printf(mem, "part-%zu", i);
        sample_heading(mem, d->root, 2, arena_printf(mem, "Part %zu", i + 1), id);
        sample_text(mem, d->root, NODE_paragraph, text);
        sample_text(mem, d->root, NODE_paragraph, text);
        sample_chart(mem, d->root, WIDTH_HALF);
        sample_chart(mem, d->root, WIDTH_HALF);
        sample_table(mem, d->root, 16);
    }
    return d;
}
