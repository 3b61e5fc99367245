#include "mail.h"
#include "publish.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* A unit of work is a message. Many recipients get the same pages, so each worker keeps the pages
 * that it used last; the messages are sorted by their pages so that these come one after the
 * other. */

enum { PARTS_KEPT = 8 };

/* What a worker tells of a message, where the parent can read it. */
struct told {
    char content[33], key[33];
};

struct making {
    struct mailing *m;
    const struct ledger *ledger;
    str staging;
    size_t *order;     /* of units: indexes of the list */
    struct told *told; /* one a message, shared by all workers */
};

/* ---- what a worker keeps ---- */

struct kept_part {
    const struct planned *page;
    struct arena *mem;
    const struct mail_part *part;
    size_t used; /* when last, counted in uses */
};
struct tools {
    struct arena *mem;
    struct gnuplot *gnuplot;
    struct pdf_fonts *fonts;
    struct mail_pictures *pictures;
    struct hash128 charts; /* of the scripts that draw charts */
    str workbook;          /* a file of this worker's own, through which workbooks go */
    struct kept_part kept[PARTS_KEPT];
    size_t nused;
};

static void tools_stop(void *state)
{
    struct tools *t = state;
    gnuplot_free(t->gnuplot);
    pdf_fonts_free(t->fonts);
    for (size_t i = 0; i < PARTS_KEPT; i++)
        if (t->kept[i].mem)
            arena_free(t->kept[i].mem);
    arena_free(t->mem);
}

static void *tools_start(void *arg, struct diags *diags)
{
    const struct making *making = arg;
    const struct book *book = making->m->book;
    struct arena *mem = arena_new();
    struct tools *t = NEW(mem, struct tools);
    const str charts[] = {path_join(mem, book->dir, S("charts")),
                          path_join(mem, book->templates, S("charts"))};
    t->mem = mem;
    t->gnuplot = gnuplot_new(mem, charts, 2, diags);
    t->fonts = t->gnuplot ? pdf_fonts_new(mem, diags) : NULL;
    if (t->fonts) {
        gnuplot_speak(t->gnuplot, &book->lang);
        t->pictures = mail_pictures_new(mem, t->fonts);
        t->charts = charts_hash(mem, charts, 2);
        if (making->m->workbook)
            t->workbook =
                path_join(mem, making->staging, arena_printf(mem, ".%d.xlsx", (int)getpid()));
        return t;
    }
    tools_stop(t);
    return NULL;
}

/* ---- one page ---- */

/* A person's own report is made with the eyes of those who may see it, but links to what they see
 * would lead the person nowhere. */
static str links_of(struct arena *mem, const struct mailing *m, const struct planned *p)
{
    if (!str_is_set(m->settings->site) || str_is_set(p->page->own))
        return (str){0};
    return arena_printf(mem, STR_FMT STR_FMT "/", STR_ARG(m->settings->site), STR_ARG(p->audience));
}

static const struct mail_part *make_part(struct arena *mem, struct tools *t,
                                         const struct mailing *m, const struct planned *p,
                                         struct diags *diags)
{
    struct evaluation e = {
        .store = m->opened.store,
        .pages = m->opened.page,
        .npages = m->opened.npages,
        .plan = &m->plan,
        .audience = p->audience,
        .report = true,
        .book = m->book->dir,
        .name = m->book->name,
        .templates = m->book->templates,
    };
    struct site site = {
        .title = m->book->title,
        .book = m->book->name,
        .charts = t->charts,
        .audience = p->audience,
        .lang = &m->book->lang,
        .as_of = store_as_of(m->opened.store),
    };
    struct document *d = evaluate(mem, &e, p, diags);
    if (!d)
        return NULL;
    d->draw_print = d->draw_mail = true;
    return draw_document(t->gnuplot, mem, d, diags)
               ? render_mail(mem, t->pictures, &site, d, links_of(mem, m, p), t->workbook, diags)
               : NULL;
}

/* A new page takes the place of the one that was not used for longest: that is none of the message
 * for which it is made, for no message has more pages than are kept. */
static const struct mail_part *part_of(struct tools *t, const struct mailing *m,
                                       const struct planned *p, struct diags *diags)
{
    struct kept_part *oldest = t->kept;
    for (size_t i = 0; i < PARTS_KEPT; i++) {
        struct kept_part *k = &t->kept[i];
        if (k->page == p) {
            k->used = ++t->nused;
            return k->part;
        }
        oldest = k->used < oldest->used ? k : oldest;
    }
    if (oldest->mem)
        arena_free(oldest->mem);
    *oldest = (struct kept_part){.mem = arena_new(), .used = ++t->nused};
    oldest->part = make_part(oldest->mem, t, m, p, diags);
    oldest->page = oldest->part ? p : NULL;
    return oldest->part;
}

/* ---- one message ---- */

static str ascii_label(struct arena *mem, str name)
{
    struct buf b = {0};
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            buf_addc(&b, c);
        else if (b.n && b.p[b.n - 1] != '-' && (unsigned char)c < 0x80)
            buf_addc(&b, '-');
    }
    while (b.n && b.p[b.n - 1] == '-')
        b.n--;
    str label = b.n ? arena_str(mem, (str){b.p, b.n})
                    : arena_printf(mem, "x%.8s", hash128_hex(mem, hash128_of(name)).p);
    buf_clear(&b);
    return label;
}

static str content_of(struct arena *mem, const struct mail *mail,
                      const struct mail_part *const *part)
{
    struct hasher *h = hasher_new(mem);
    hasher_add(h, mail->subject);
    for (size_t i = 0; i < mail->npages; i++)
        hasher_add(h, part[i]->said);
    return hash128_hex(mem, hasher_end(h));
}

/* The same content for the same address is the same message. Of a report with `send_if:` it is the
 * rows of that query, so that it goes once until they change; if they were gone in between, it is a
 * new one. */
static str key_of(struct arena *mem, const struct making *making, const struct mail *mail,
                  str content)
{
    struct hasher *h = hasher_new(mem);
    size_t nover = 0;

    hasher_add(h, mail->to.address);
    hasher_add(h, making->m->report->name);
    hasher_add(h, mail->waits ? S("if") : S("content"));
    hasher_add(h, mail->waits ? mail->condition : content);
    if (mail->waits && making->ledger)
        ledger_about(making->ledger, making->m->report->name, mail, &nover);
    if (mail->waits) {
        hasher_add(h, mail->person);
        hasher_add(h, arena_printf(mem, "%zu", nover));
    }
    return hash128_hex(mem, hasher_end(h));
}

static struct message message_of(struct arena *mem, const struct making *making,
                                 const struct mail *mail, str key)
{
    const struct mailing *m = making->m;
    const struct mail_settings *s = m->settings;
    str domain = mail_domain(s->from.address), report = m->report->name;
    str owner = s->reply_to.address.n ? s->reply_to.address : s->from.address;
    return (struct message){
        .from = s->from,
        .to = mail->to,
        .reply_to = s->reply_to,
        .id = arena_printf(mem, STR_FMT "@" STR_FMT, STR_ARG(key), STR_ARG(domain)),
        .subject = mail->subject,
        .language = m->book->lang.tag,
        .date = store_as_of(m->opened.store),
        .list_id =
            arena_printf(mem, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(ascii_label(mem, report)),
                         STR_ARG(ascii_label(mem, m->book->name)), STR_ARG(domain)),
        .list_name =
            arena_printf(mem, STR_FMT ": " STR_FMT, STR_ARG(m->book->title), STR_ARG(report)),
        .notice = arena_printf(mem, STR_FMT " · to get this report no longer, write to " STR_FMT,
                               STR_ARG(m->book->title), STR_ARG(owner)),
    };
}

static bool make_message(void *arg, void *state, size_t unit, struct diags *diags, struct buf *told)
{
    const struct making *making = arg;
    struct arena *mem = diags->mem;
    size_t nth = making->order[unit];
    const struct mail *mail = &making->m->list.at[nth];
    const struct mail_part **part = NEW_ARRAY(mem, mail->npages, const struct mail_part *);
    (void)told;

    for (size_t i = 0; i < mail->npages; i++)
        if (!(part[i] = part_of(state, making->m, mail->page[i], diags)))
            return false;
    str content = content_of(mem, mail, part), key = key_of(mem, making, mail, content);
    struct message message = message_of(mem, making, mail, key);
    message.part = part;
    message.nparts = mail->npages;
    memcpy(making->told[nth].content, content.p, content.n);
    memcpy(making->told[nth].key, key.p, key.n);

    struct buf out = {0};
    render_message(&out, &message);
    bool ok = file_write(path_join(mem, making->staging, mail->file), buf_str(&out), diags);
    buf_clear(&out);
    return ok;
}

/* ---- all of them ---- */

static int by_pages(const void *a, const void *b, void *list)
{
    const struct mail *x = &((const struct mail *)list)[*(const size_t *)a];
    const struct mail *y = &((const struct mail *)list)[*(const size_t *)b];
    for (size_t i = 0; i < x->npages && i < y->npages; i++)
        if (x->page[i] != y->page[i])
            return x->page[i] < y->page[i] ? -1 : 1;
    if (x->npages != y->npages)
        return x->npages < y->npages ? -1 : 1;
    return (x > y) - (x < y);
}

/* A worker makes at most PARTS_KEPT pages for one message. */
static bool is_small_enough(const struct mailing *m, struct diags *diags)
{
    for (size_t i = 0; i < m->list.n; i++)
        if (m->list.at[i].npages > PARTS_KEPT)
            return diags_add(diags, DIAG_MAIL_LARGE, m->settings->at, m->list.at[i].to.address,
                             arena_printf(m->mem, "%zu", m->list.at[i].npages));
    return true;
}

static bool run_workers(struct making *making, struct diags *diags)
{
    struct mailing *m = making->m;
    size_t n = 0, size = (m->list.n + 1) * sizeof *making->told;

    making->order = NEW_ARRAY(m->mem, m->list.n, size_t);
    for (size_t i = 0; i < m->list.n; i++)
        if (m->list.at[i].npages)
            making->order[n++] = i;
    if (n)
        qsort_r(making->order, n, sizeof *making->order, by_pages, m->list.at);
    making->told = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (making->told == MAP_FAILED)
        die("no shared memory: %s", strerror(errno));
    struct work work = {.arg = making,
                        .start = tools_start,
                        .stop = tools_stop,
                        .unit = make_message,
                        .nunits = n,
                        .nworkers = m->options->jobs};
    bool ok = !n || work_run(&work, diags);
    for (size_t i = 0; i < n; i++) {
        struct mail *mail = &m->list.at[making->order[i]];
        mail->content = arena_str(m->mem, str_of(making->told[making->order[i]].content));
        mail->key = arena_str(m->mem, str_of(making->told[making->order[i]].key));
    }
    munmap(making->told, size);
    return ok;
}

bool mail_make(struct mailing *m, const struct ledger *ledger, struct diags *diags)
{
    struct making making = {.m = m, .ledger = ledger};
    str parent = path_dir(m->options->output), name = path_base(m->options->output);

    making.staging = arena_printf(m->mem, STR_FMT ".staging", STR_ARG(m->folder));
    if (!is_small_enough(m, diags))
        return false;
    /* The same lock as a build's: it would exchange the tree in which we write. */
    int lock = file_lock(
        path_join(m->mem, parent, arena_printf(m->mem, "." STR_FMT ".lock", STR_ARG(name))), diags);
    if (lock < 0)
        return false;
    tree_remove(making.staging);
    bool ok = dir_make(making.staging, diags) && run_workers(&making, diags) &&
              tree_publish(making.staging, m->folder, diags);
    if (!ok)
        tree_remove(making.staging);
    close(lock);
    return ok;
}
