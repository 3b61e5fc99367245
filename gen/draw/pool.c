#include "parts.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* One gnuplot for many charts: starting it costs 11 ms, a chart in it 0.2 to 0.3 ms.
 *
 * gnuplot reads its standard input byte by byte, a call of the system each, so a script lies in
 * memory that it can open as a file, its descriptors 3, 4 …, and its standard input only says to
 * load it and then what ends a job, as briefly as can be: l'3'. Drawings come from its standard
 * output. Whatever comes on standard error before a job's end is a complaint about that job. A
 * process that has complained, died or taken too long is not trusted again: the jobs still waiting
 * are given to a new one. One that has taken too long several times is not started again: what
 * hangs a hundred charts would hold the build for a quarter of an hour.
 *
 * The same script draws the same: the latest drawings are kept, for a page is made for each
 * audience, one after the other, and most of its charts are alike. */

enum { WAIT_MS = 10000, MOST_HUNG = 2, FETCH_MS = 5 };

struct job {
    int file; /* the script, in memory that gnuplot sees as descriptor 3 + its index */
    uint32_t number;
    struct hash128 key; /* of the script */
    bool known;         /* its drawing was kept, and is in `answer`: nothing is sent */
    struct buf answer;
};
struct gnuplot {
    struct arena *mem;
    struct diags *diags; /* for a process that cannot be started again */
    kind_list kinds;     /* sorted by name */
    struct language lang;
    struct sandboxed child; /* pid -1: none runs */
    struct job job[GNUPLOT_AHEAD];
    int end;             /* the script that ends a job */
    size_t first, njobs; /* a ring: job[(first + i) % GNUPLOT_AHEAD] */
    size_t nwritten;     /* of them, those that `input` has told the process to load */
    uint32_t last;       /* number of the job sent last */
    unsigned nhung;      /* jobs that took too long */
    struct buf input;    /* not yet written to the process */
    size_t input_at;
    struct buf output, complaint;
    struct buf taken; /* the drawing handed out last */
    struct kept kept;
    struct graphviz graphviz;
};

/* ---- kinds ---- */

const struct kind *gnuplot_kind(const struct gnuplot *g, str name)
{
    return kind_find(&g->kinds, name);
}

bool gnuplot_has_kind(const struct gnuplot *g, str kind)
{
    return gnuplot_kind(g, kind) != NULL;
}

size_t gnuplot_kinds(const struct gnuplot *g, struct arena *mem, str **kinds)
{
    *kinds = NEW_ARRAY(mem, g->kinds.n, str);
    for (size_t i = 0; i < g->kinds.n; i++)
        (*kinds)[i] = g->kinds.at[i].name;
    return g->kinds.n;
}

/* ---- the process ---- */

static bool process_start(struct gnuplot *g, struct diags *diags)
{
    static const char *const argv[] = {"gnuplot", "-d", NULL};
    int files[GNUPLOT_AHEAD + 1];

    for (size_t i = 0; i < GNUPLOT_AHEAD; i++)
        files[i] = g->job[i].file;
    files[GNUPLOT_AHEAD] = g->end;
    buf_add(&g->input, S("cd '/dev/fd'\n"));
    return sandbox_start(&g->child, argv, files, GNUPLOT_AHEAD + 1, (struct place){0}, diags);
}

static void process_end(struct gnuplot *g)
{
    sandbox_end(&g->child);
    g->nwritten = 0;
    g->input_at = 0;
    buf_reset(&g->input);
    buf_reset(&g->output);
    buf_reset(&g->complaint);
}

static struct job *job_at(struct gnuplot *g, size_t i)
{
    return &g->job[(g->first + i) % GNUPLOT_AHEAD];
}

/* Tells the process to load the script of a job, unless its drawing is known, and then what ends it
 * with a line on both outputs: one parts the drawings, the other wakes us. */
static void write_job(struct gnuplot *g, const struct job *job)
{
    g->nwritten++;
    if (job->known)
        return;
    if (g->input_at == g->input.n) {
        buf_reset(&g->input);
        g->input_at = 0;
    }
    buf_addf(&g->input, "l'%d'\nl'%d'\n", 3 + (int)(job - g->job), 3 + GNUPLOT_AHEAD);
}

static const str END =
    S("set print '-'\nprint \"\\nEND \".JOB\nset print\nprint \"\\nEND \".JOB\n");

static void write_script(struct job *job, str script)
{
    char head[64];
    int n = snprintf(head, sizeof head, "reset session\nJOB = %u\n", job->number);
    struct iovec part[] = {{head, (size_t)n}, {(void *)(uintptr_t)script.p, script.n}};
    ssize_t size = n + (ssize_t)script.n;
    /* In this order the memory of the last script is used again. */
    if (pwritev(job->file, part, 2, 0) != size || ftruncate(job->file, size) < 0)
        die("no memory for a chart's script: %s", strerror(errno));
}

/* Moves what can be moved, waiting for the process to say something. False if it is gone.
 *
 * It writes its drawings line by line; to be woken for each would cost more than to read them. So
 * they gather in the pipe, and are fetched when a drawing has ended or some time has gone by. */
static bool pump(struct gnuplot *g, int wait_ms)
{
    struct sandboxed *c = &g->child;
    struct pollfd fds[2] = {{c->err, POLLIN, 0}, {c->in, POLLOUT, 0}};
    bool writing = g->input_at < g->input.n, ok = true;

    if (poll(fds, writing ? 2 : 1, wait_ms) < 0)
        return errno == EINTR;
    if (writing && fds[1].revents) {
        ssize_t n = write(c->in, g->input.p + g->input_at, g->input.n - g->input_at);
        if (n > 0)
            g->input_at += (size_t)n;
        else if (n < 0 && errno != EINTR && errno != EAGAIN)
            return false;
    }
    if (fds[0].revents)
        ok = pipe_drain(c->err, &g->complaint);
    return pipe_drain(c->out, &g->output) && ok;
}

/* What stands in `from` before the line that ends a job goes to `to`, with the line it is taken
 * away. False if that line has not come yet. */
static bool take_until_end(struct buf *from, uint32_t number, struct buf *to)
{
    char line[32];
    size_t n = (size_t)snprintf(line, sizeof line, "\nEND %u\n", number);
    size_t end = str_find(buf_str(from), (str){line, n}, 0);

    if (end == from->n)
        return false;
    buf_reset(to);
    buf_add(to, str_sub(buf_str(from), 0, end));
    from->n -= end + n;
    memmove(from->p, from->p + end + n, from->n + 1);
    return true;
}

/* Waits for the drawing of the oldest job. False with what went wrong in *why. */
static bool await(struct gnuplot *g, struct buf *said, str *why)
{
    const struct job *job = job_at(g, 0);
    double until = clock_ms() + WAIT_MS;

    for (bool alive = true; !take_until_end(&g->complaint, job->number, said);) {
        *why = alive ? S("it took longer than 10 seconds") : S("the program ended");
        if (!alive || clock_ms() >= until) {
            g->nhung += alive;
            buf_reset(said);
            buf_add(said, buf_str(&g->complaint));
            return false;
        }
        alive = pump(g, FETCH_MS);
    }
    /* Both lines are written by now, this one first. */
    *why = S("the drawing is half written");
    pipe_drain(g->child.out, &g->output);
    return take_until_end(&g->output, job->number, &g->taken) && !said->n;
}

/* ---- jobs ---- */

void gnuplot_send(struct gnuplot *g, str script)
{
    if (g->njobs == GNUPLOT_AHEAD)
        die("gnuplot_send: more than %d scripts wait", GNUPLOT_AHEAD);
    struct job *job = job_at(g, g->njobs++);
    job->key = hash128_of(script);
    str kept = kept_find(&g->kept, job->key);
    job->known = kept.n;
    if (kept.n) {
        buf_reset(&job->answer);
        buf_add(&job->answer, kept);
    }
    job->number = ++g->last;
    if (!job->known)
        write_script(job, script);
    if (g->child.pid >= 0) {
        write_job(g, job);
        pump(g, 0);
    }
}

/* What gnuplot says in one line, without the picture of the place that it draws above, nor the
 * blanks with which it makes room for one. */
static str said(struct arena *mem, str complaint, str otherwise)
{
    str last = {0};
    while (str_is_set(complaint)) {
        str line = str_trim(str_cut(&complaint, '\n'));
        if (line.n > 1 && (str_find(line, S("line "), 0) < line.n || !last.n))
            last = line;
    }
    struct buf b = {0};
    for (bool first = true; str_is_set(last);) {
        str part = str_cut(&last, ' ');
        if (!part.n)
            continue;
        buf_addf(&b, "%s" STR_FMT, first ? "" : " ", STR_ARG(part));
        first = false;
    }
    str text = arena_str(mem, b.n ? buf_str(&b) : otherwise);
    buf_clear(&b);
    return text;
}

static void end_job(struct gnuplot *g)
{
    g->first = (g->first + 1) % GNUPLOT_AHEAD;
    g->njobs--;
    g->nwritten -= g->nwritten > 0;
}

bool gnuplot_take(struct gnuplot *g, struct arena *mem, str *svg, str *complaint)
{
    struct job *job = job_at(g, 0);
    struct buf words = {0};
    bool trusted = g->nhung < MOST_HUNG;
    str why = trusted ? S("it could not be started") : S("it hung before, and is not tried again");

    if (!g->njobs)
        die("gnuplot_take: no script was sent");
    if (job->known) {
        *svg = buf_str(&job->answer);
        end_job(g);
        return true;
    }
    bool ok = trusted && (g->child.pid >= 0 || process_start(g, g->diags));
    for (; ok && g->nwritten < g->njobs;)
        write_job(g, job_at(g, g->nwritten));
    ok = ok && await(g, &words, &why);
    *svg = ok ? str_trim(buf_str(&g->taken)) : (str){0};
    if (ok && !str_ends(*svg, S("</svg>"))) {
        why = svg->n ? S("the drawing is half written") : S("the script drew nothing");
        ok = false;
    }
    if (ok) {
        kept_add(&g->kept, job->key, *svg);
    } else {
        *complaint = said(mem, buf_str(&words), why);
        process_end(g);
    }
    buf_clear(&words);
    end_job(g);
    return ok;
}

/* ---- beginning and end ---- */

static int script_file(str text)
{
    int fd = memfd_create("script", MFD_CLOEXEC);
    if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
        die("no memory for a chart's script: %s", strerror(errno));
    return fd;
}

struct gnuplot *gnuplot_idle(struct arena *mem, const str *charts, size_t ncharts,
                             struct diags *diags)
{
    struct gnuplot *g = NEW(mem, struct gnuplot);
    bool ok = true;

    *g = (struct gnuplot){.mem = mem, .diags = diags, .child.pid = -1};
    g->lang = language_of(S("en"), S(""), 2);
    graphviz_init(&g->graphviz);
    signal(SIGPIPE, SIG_IGN); /* a process that died is a diagnostic */
    for (size_t i = 0; i < GNUPLOT_AHEAD; i++)
        g->job[i].file = script_file(S(""));
    g->end = script_file(END);
    for (size_t i = 0; i < ncharts; i++)
        ok &= kinds_read(mem, charts[i], &g->kinds, diags);
    if (ok)
        return g;
    gnuplot_free(g);
    return NULL;
}

struct gnuplot *gnuplot_new(struct arena *mem, const str *charts, size_t ncharts,
                            struct diags *diags)
{
    struct gnuplot *g = gnuplot_idle(mem, charts, ncharts, diags);

    if (g && process_start(g, diags))
        return g;
    gnuplot_free(g);
    return NULL;
}

void gnuplot_free(struct gnuplot *g)
{
    if (!g)
        return;
    process_end(g);
    close(g->end);
    for (size_t i = 0; i < GNUPLOT_AHEAD; i++) {
        close(g->job[i].file);
        buf_clear(&g->job[i].answer);
    }
    kept_clear(&g->kept);
    graphviz_clear(&g->graphviz);
    buf_clear(&g->input);
    buf_clear(&g->output);
    buf_clear(&g->complaint);
    buf_clear(&g->taken);
}

struct graphviz *gnuplot_graphviz(struct gnuplot *g)
{
    return &g->graphviz;
}

void gnuplot_keep(struct gnuplot *g, struct blobs *kept)
{
    g->kept.blobs = kept;
    g->graphviz.kept.blobs = kept;
}

/* Another release is another file in the same place. */
str draw_version(struct arena *mem)
{
    static const char *const program[] = {"gnuplot", "dot", "neato"};
    struct buf seen = {0};
    const char *path = getenv("PATH");

    for (size_t i = 0; i < sizeof program / sizeof *program; i++)
        for (str rest = str_of(path ? path : ""); str_is_set(rest);) {
            struct stat st;
            str file = path_join(mem, str_cut(&rest, ':'), str_of(program[i]));
            if (stat(file.p, &st) == 0) {
                buf_addf(&seen, STR_FMT " %lld %lld\n", STR_ARG(file), (long long)st.st_size,
                         (long long)st.st_mtime);
                break;
            }
        }
    str version = hash128_hex(mem, hash128_of(buf_str(&seen)));
    buf_clear(&seen);
    return version;
}

void gnuplot_speak(struct gnuplot *g, const struct language *lang)
{
    g->lang = *lang;
}

const struct language *gnuplot_language(const struct gnuplot *g)
{
    return &g->lang;
}
