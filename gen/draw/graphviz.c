#include "parts.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* One dot and one neato for many graphs: starting either costs 4.5 ms, most of them for libraries
 * that set texts, which ours never need; a graph in it costs 0.9 ms. They read one graph after the
 * other from standard input, and each drawing comes when the bracket that closes its graph has been
 * read.
 *
 * They are two, for a dot that was made to take places as they are (layout=nop2) draws no edges in
 * the graphs that follow. */

enum { WAIT_MS = 20000 };

static const char *const command[GRAPHVIZ_PROGRAMS][5] = {
    [GRAPHVIZ_DOT] = {"dot", "-q", "-Tsvg"},
    [GRAPHVIZ_NEATO] = {"neato", "-q", "-Tsvg", "-n2"},
};

enum outcome { DRAWN, FAILED, HUNG };

/* Moves what can be moved, waiting for the process to say something. False if it is gone. */
static bool pump(const struct sandboxed *c, str *source, struct buf *svg, struct buf *complaint,
                 int wait_ms)
{
    struct pollfd fds[3] = {{c->out, POLLIN, 0}, {c->err, POLLIN, 0}, {c->in, POLLOUT, 0}};

    if (poll(fds, source->n ? 3 : 2, wait_ms) < 0)
        return errno == EINTR;
    if (source->n && fds[2].revents) {
        ssize_t n = write(c->in, source->p, source->n);
        if (n > 0)
            *source = str_sub(*source, (size_t)n, source->n);
        else if (n < 0 && errno != EINTR && errno != EAGAIN)
            *source = (str){0}; /* it no longer reads: what it said is still to be read */
    }
    /* In this order: it complains of a graph before it has drawn it. */
    bool alive = pipe_drain(c->out, svg);
    return pipe_drain(c->err, complaint) && alive;
}

static enum outcome exchange(struct sandboxed *c, str source, struct buf *svg,
                             struct buf *complaint)
{
    double until = clock_ms() + WAIT_MS;
    buf_reset(svg);
    buf_reset(complaint);
    for (bool alive = true;;) {
        if (str_find(buf_str(complaint), S("\n"), 0) < complaint->n)
            return FAILED;
        if (!complaint->n && str_ends(buf_str(svg), S("</svg>\n")))
            return DRAWN;
        if (!alive)
            return FAILED;
        double left = until - clock_ms();
        if (left <= 0)
            return HUNG;
        alive = pump(c, &source, svg, complaint, (int)left + 1);
    }
}

/* A process that failed is not trusted again. If others were drawn in it before, the graph gets a
 * new one: so whether a graph can be drawn never hangs on what was drawn before it. */
static bool draw(struct graphviz *v, enum graphviz_program program, str source,
                 struct buf *complaint, struct place at, struct diags *diags)
{
    const char *const *argv = command[program];
    struct sandboxed *c = &v->child[program];
    enum outcome outcome;
    bool is_new;

    do {
        is_new = c->pid < 0;
        if (is_new && !sandbox_start(c, argv, NULL, 0, at, diags))
            return false;
        outcome = exchange(c, source, &v->svg, complaint);
        if (outcome == DRAWN)
            return true;
        sandbox_end(c);
    } while (outcome == FAILED && !is_new);
    str said = str_trim(buf_str(complaint)), why = str_cut(&said, '\n');
    str otherwise = outcome == HUNG ? S("it took longer than 20 seconds") : S("it gave up");
    return diags_add(diags, DIAG_GRAPH_FAILED, at, why.n ? why : otherwise);
}

bool graphviz_draw(struct graphviz *v, struct arena *mem, enum graphviz_program program, str source,
                   str *svg, struct place at, struct diags *diags)
{
    struct hash128 key =
        hash128_of(arena_printf(mem, "%d\n" STR_FMT, (int)program, STR_ARG(source)));
    struct buf complaint = {0};

    assert(
        str_ends(source, S("}\n"))); /* it reads line by line, and waits for the end of the last */
    *svg = kept_find(&v->kept, key);
    if (svg->n)
        return true;
    bool ok = draw(v, program, source, &complaint, at, diags);
    if (ok) {
        *svg = buf_str(&v->svg);
        kept_add(&v->kept, key, *svg);
    }
    buf_clear(&complaint);
    return ok;
}

void graphviz_init(struct graphviz *v)
{
    *v = (struct graphviz){0};
    for (size_t i = 0; i < GRAPHVIZ_PROGRAMS; i++)
        v->child[i].pid = -1;
}

void graphviz_clear(struct graphviz *v)
{
    for (size_t i = 0; i < GRAPHVIZ_PROGRAMS; i++)
        sandbox_end(&v->child[i]);
    kept_clear(&v->kept);
    buf_clear(&v->svg);
}
