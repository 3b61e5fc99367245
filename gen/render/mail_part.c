#include "mail.h"

/* ---- pictures ---- */

enum {
    PICTURE_WIDTH = 640
}; /* pixels: more than half again of what it is shown with on a screen */

struct mail_pictures {
    struct arena *mem;
    struct pdf_fonts *fonts;
    struct map by_drawing; /* hash of what is drawn → struct mail_picture */
};

struct mail_pictures *mail_pictures_new(struct arena *mem, struct pdf_fonts *fonts)
{
    struct mail_pictures *p = NEW(mem, struct mail_pictures);
    p->mem = mem;
    p->fonts = fonts;
    map_init(&p->by_drawing, mem);
    return p;
}

static str bytes_of(const void *p, size_t n)
{
    return (str){p, n};
}

/* Two drawings with one hash make the same picture. */
static str drawing_key(struct arena *mem, const struct drawing *g)
{
    struct hasher *h = hasher_new(mem);
    const double size[] = {g->width, g->height};

    hasher_add(h, bytes_of(size, sizeof size));
    for (size_t i = 0; i < g->nshapes; i++) {
        const struct shape *s = &g->shape[i];
        const double measures[] = {s->fill_opacity, s->stroke_width, s->size, s->angle};
        const int kinds[] = {(int)s->kind, (int)s->fill,   (int)s->stroke, s->hatched,
                             s->bold,      (int)s->anchor, s->ndash};
        hasher_add(h, bytes_of(kinds, sizeof kinds));
        hasher_add(h, bytes_of(measures, sizeof measures));
        hasher_add(h, bytes_of(s->dash, sizeof s->dash));
        hasher_add(h, bytes_of(s->op, s->nops));
        hasher_add(h, bytes_of(s->xy, s->nxy * 2 * sizeof *s->xy));
        hasher_add(h, s->text);
    }
    return hash128_hex(mem, hasher_end(h));
}

const struct mail_picture *mail_picture(struct mail_pictures *p, const struct drawing *g,
                                        struct diags *diags)
{
    str key = drawing_key(p->mem, g);
    struct mail_picture *picture = map_get(&p->by_drawing, key);
    struct buf png = {0}, lines = {0};

    if (!picture && mail_png(&png, p->fonts, g, PICTURE_WIDTH, diags)) {
        picture = NEW(p->mem, struct mail_picture);
        mail_base64(&lines, buf_str(&png));
        picture->id = arena_printf(p->mem, STR_FMT "@salesbook", STR_ARG(key));
        picture->base64 = arena_str(p->mem, buf_str(&lines));
        *map_put(&p->by_drawing, key) = picture;
    }
    buf_clear(&png);
    buf_clear(&lines);
    return picture;
}

/* ---- what mail shows of a node ---- */

const struct drawing *mail_drawing(const struct node *n)
{
    const struct drawing *g = n->kind == NODE_figure ? n->figure.narrow : n->graph.print;
    return g && g->width > 0 && g->height > 0 ? g : NULL;
}

str mail_description(const struct node *n)
{
    return n->kind == NODE_figure ? n->figure.description : n->graph.description;
}

bool mail_has_others(const struct table_node *t)
{
    return t->others && t->fold && t->fold < t->nrows;
}

size_t mail_rows(const struct table_node *t)
{
    return mail_has_others(t) ? t->fold : t->nrows;
}

/* ---- one document ---- */

/* "monthly-east.pdf" */
static str file_name(struct arena *mem, const struct document *d, const char *ending)
{
    str file = path_base(d->address);
    str stem = str_sub(file, 0, str_find(file, S("."), 0));
    return arena_printf(mem, STR_FMT ".%s", STR_ARG(stem), ending);
}

static void attach(struct mail_part *part, struct mail_body *b, str name, const char *type,
                   str bytes)
{
    struct buf lines = {0};
    mail_base64(&lines, bytes);
    part->file[part->nfiles++] = (struct mail_file){name, type, arena_str(b->mem, buf_str(&lines))};
    buf_clear(&lines);
}

static bool add_pdf(struct mail_part *part, struct mail_body *b, const struct document *d)
{
    struct buf pdf = {0};
    bool ok = render_pdf(&pdf, b->pictures->fonts, b->site, d, b->diags);
    attach(part, b, file_name(b->mem, d, "pdf"), "application/pdf", buf_str(&pdf));
    buf_clear(&pdf);
    return ok;
}

/* libxlsxwriter writes to a file, so it goes through one. */
static bool add_workbook(struct mail_part *part, struct mail_body *b, const struct document *d,
                         str path)
{
    struct workbook w = {.title = d->title, .subtitle = d->subtitle, .audience = d->audience};
    str bytes;
    w.nsheets = document_sheets(b->mem, d, true, &w.sheet);
    if (!w.nsheets)
        return true;
    bool ok =
        render_workbook(path, b->site, &w, b->diags) && file_read(b->mem, path, &bytes, b->diags);
    if (ok)
        attach(part, b, file_name(b->mem, d, "xlsx"),
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes);
    return tree_remove(path) && ok;
}

static str quoted(struct arena *mem, str text)
{
    struct buf lines = {0};
    mail_quoted_printable(&lines, text);
    str kept = arena_str(mem, buf_str(&lines));
    buf_clear(&lines);
    return kept;
}

struct mail_part *render_mail(struct arena *mem, struct mail_pictures *pictures,
                              const struct site *site, const struct document *d, str links,
                              str workbook, struct diags *diags)
{
    struct mail_part *part = NEW(mem, struct mail_part);
    struct buf out = {0}, said = {0};
    struct mail_body b = {.out = &out,
                          .mem = mem,
                          .site = site,
                          .links = links,
                          .pictures = pictures,
                          .diags = diags,
                          .ok = true};

    mail_html(&b, d);
    part->html = quoted(mem, buf_str(&out));
    part->picture = b.shown.at;
    part->npictures = b.shown.n;
    buf_reset(&out);
    mail_text(&b, d);
    part->text = quoted(mem, buf_str(&out));
    buf_add(&said, buf_str(&out));
    render_json(&said, site, d);
    part->said = arena_str(mem, buf_str(&said));
    bool ok = b.ok && add_pdf(part, &b, d) &&
              (!str_is_set(workbook) || add_workbook(part, &b, d, workbook));
    buf_clear(&out);
    buf_clear(&said);
    return ok ? part : NULL;
}
