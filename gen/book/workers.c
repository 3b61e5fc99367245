#include "book.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each worker is a fork of the process that opened the book: it reads the same store, copy on
 * write, takes the next unit from a shared counter, and writes what it found to a file of its own.
 * The parent reads these when all have ended and puts the diagnostics in the order of the units. */

struct shared {
    _Atomic size_t next, done;
};

/* ---- what a worker tells: a record a unit ---- */

struct record {
    size_t unit;
    double ms;
    bool ok;
    struct diags diags;
    str told;
};

static void put(struct buf *b, const void *p, size_t n)
{
    buf_add(b, (str){p, n});
}

static void put_str(struct buf *b, str s)
{
    put(b, &s.n, sizeof s.n);
    buf_addc(b, (char)str_is_set(s));
    buf_add(b, s);
}

static void put_diag(struct buf *b, const struct diag *d)
{
    int head[] = {d->id, d->severity, d->at.line, d->at.col};
    put(b, head, sizeof head);
    const str texts[] = {d->at.file, d->value,    d->args[0],    d->args[1],
                         d->args[2], d->line_was, d->line_fixed, d->audience};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_str(b, texts[i]);
}

static void put_record(struct buf *b, const struct record *r)
{
    put(b, &r->unit, sizeof r->unit);
    put(b, &r->ms, sizeof r->ms);
    put(b, &r->ok, sizeof r->ok);
    put(b, &r->diags.list.n, sizeof r->diags.list.n);
    for (size_t i = 0; i < r->diags.list.n; i++)
        put_diag(b, &r->diags.list.at[i]);
    put_str(b, r->told);
}

/* Takes n bytes from the head of *s; they are there, for a worker wrote its file whole or died. */
static void take(str *s, void *p, size_t n)
{
    if (s->n < n)
        die("a worker's report is cut off");
    if (n)
        memcpy(p, s->p, n);
    *s = str_sub(*s, n, s->n);
}

static str take_str(str *s)
{
    size_t n;
    char is_set;
    take(s, &n, sizeof n);
    take(s, &is_set, 1);
    str text = is_set ? str_sub(*s, 0, n) : (str){0};
    *s = str_sub(*s, n, s->n);
    return text;
}

static void take_diag(str *s, struct diags *into)
{
    int head[4];
    take(s, head, sizeof head);
    struct diag d = {.id = (enum diag_id)head[0], .severity = (enum severity)head[1]};
    d.at = (struct place){take_str(s), head[2], head[3]};
    d.value = take_str(s);
    for (int i = 0; i < 3; i++)
        d.args[i] = take_str(s);
    d.line_was = take_str(s);
    d.line_fixed = take_str(s);
    d.audience = take_str(s);
    struct diags one = {.list = {&d, 1, 1}};
    diags_merge(into, &one);
}

static struct record take_record(struct arena *mem, str *s)
{
    struct record r;
    size_t ndiags;
    take(s, &r.unit, sizeof r.unit);
    take(s, &r.ms, sizeof r.ms);
    take(s, &r.ok, sizeof r.ok);
    take(s, &ndiags, sizeof ndiags);
    diags_init(&r.diags, mem);
    while (ndiags--)
        take_diag(s, &r.diags);
    r.told = arena_str(mem, take_str(s));
    return r;
}

/* ---- a worker ---- */

static void one_unit(const struct work *work, void *state, size_t unit, struct buf *report)
{
    struct arena *mem = arena_new();
    struct record r = {.unit = unit};
    struct buf told = {0};
    double start = clock_ms();

    diags_init(&r.diags, mem);
    r.ok = work->unit(work->arg, state, unit, &r.diags, &told);
    r.ms = clock_ms() - start;
    r.told = buf_str(&told);
    put_record(report, &r);
    buf_clear(&told);
    arena_free(mem);
}

/* A worker that cannot start takes one unit, so that its diagnostic is told with that. */
static void no_unit(struct shared *shared, const struct diags *diags, struct buf *report)
{
    struct record r = {.unit = atomic_fetch_add(&shared->next, 1), .diags = *diags};
    put_record(report, &r);
}

/* The status of a worker that could not write what it has to tell. */
enum { NO_REPORT = 4 };

static int worker(const struct work *work, struct shared *shared, FILE *out)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct buf report = {0};
    size_t unit;

    diags_init(&diags, mem);
    void *state = work->start ? work->start(work->arg, &diags) : work->arg;
    if (!state)
        no_unit(shared, &diags, &report);
    while (state && (unit = atomic_fetch_add(&shared->next, 1)) < work->nunits) {
        one_unit(work, state, unit, &report);
        atomic_fetch_add(&shared->done, 1);
    }
    if (state && work->stop)
        work->stop(state);
    bool ok = fwrite(report.p ? report.p : "", 1, report.n, out) == report.n && fflush(out) == 0;
    buf_clear(&report);
    arena_free(mem);
    /* What is cut off cannot be read. */
    return ok ? 0 : ftruncate(fileno(out), 0) == 0 ? NO_REPORT : 3;
}

/* ---- the parent ---- */

static int by_unit(const void *a, const void *b)
{
    size_t x = ((const struct record *)a)->unit, y = ((const struct record *)b)->unit;
    return (x > y) - (x < y);
}

typedef LIST(struct record) record_list;

static void read_report(struct arena *mem, FILE *in, record_list *records)
{
    struct buf b = {0};
    char chunk[65536];
    rewind(in);
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0;)
        buf_add(&b, (str){chunk, n});
    str rest = buf_str(&b);
    while (rest.n)
        PUSH(mem, records, take_record(mem, &rest));
    buf_clear(&b);
}

static bool merge(const struct work *work, record_list *records, struct diags *diags)
{
    bool ok = true;
    if (records->n)
        qsort(records->at, records->n, sizeof *records->at, by_unit);
    for (size_t i = 0; i < records->n; i++) {
        const struct record *r = &records->at[i];
        ok &= r->ok;
        diags_merge(diags, &r->diags);
        if (work->tell)
            work->tell(work->arg, r->told);
        if (work->ms && r->unit < work->nunits)
            work->ms[r->unit] = r->ms;
    }
    return ok;
}

/* Waits for one worker, telling progress meanwhile: its status. Not for any child that there is:
 * who started us may have left us some. */
static int await(const struct work *work, struct shared *shared, pid_t pid)
{
    int status = 0;
    for (pid_t ended = 0; ended != pid;) {
        ended = waitpid(pid, &status, work->progress ? WNOHANG : 0);
        if (ended < 0 && errno != EINTR)
            die("a worker is not ours to wait for: %s", strerror(errno));
        if (ended != 0)
            continue;
        work->progress(atomic_load(&shared->done), work->nunits);
        usleep(20000);
    }
    return status;
}

static bool wait_all(const struct work *work, struct shared *shared, const pid_t *pid, int n,
                     struct arena *mem, struct diags *diags)
{
    bool ok = true;
    for (int i = 0; i < n; i++) {
        int status = await(work, shared, pid[i]);
        if (WIFEXITED(status) && WEXITSTATUS(status) == NO_REPORT)
            ok = diags_add(diags, DIAG_FILE_WRITE, (struct place){0}, S("a temporary file"),
                           S("no room, or files may not grow so large"));
        else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            ok = diags_add(
                diags, DIAG_WORKER_DIED, (struct place){0},
                arena_printf(mem, "%d",
                             WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)));
    }
    return ok;
}

enum { WORKERS_MOST = 64 };

struct running {
    struct work work;
    struct arena *mem;
    struct shared *shared;
    FILE *report[WORKERS_MOST];
    pid_t pid[WORKERS_MOST];
    int n;
};

/* What a killed build has begun ends with it: else its workers would hold the lock of the next. */
static void end_with(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it has ended in between */
        _exit(3);
}

/* As many as can be started: where the machine has room for no more processes, those that there are
 * do all. */
static void start_workers(struct running *r, int most)
{
    pid_t parent = getpid();
    while (r->n < most && (r->report[r->n] = file_temporary()) != NULL) {
        r->pid[r->n] = fork();
        if (r->pid[r->n] == 0) {
            end_with(parent);
            _exit(worker(&r->work, r->shared, r->report[r->n]));
        }
        if (r->pid[r->n] < 0)
            break;
        r->n++;
    }
    if (!r->n)
        die("cannot start a worker with its temporary file (TMPDIR): %s", strerror(errno));
    if (r->n < most && r->report[r->n])
        fclose(r->report[r->n]);
}

struct running *work_start(const struct work *work)
{
    struct arena *mem = arena_new();
    struct running *r = NEW(mem, struct running);
    int n = work->nworkers < 1 ? 1 : work->nworkers > WORKERS_MOST ? WORKERS_MOST : work->nworkers;
    if ((size_t)n > work->nunits)
        n = work->nunits ? (int)work->nunits : 1;
    r->work = *work;
    r->mem = mem;
    r->shared =
        mmap(NULL, sizeof *r->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (r->shared == MAP_FAILED)
        die("no shared memory: %s", strerror(errno));
    fflush(NULL); /* else what stands in our buffers would be written once more by each worker */
    start_workers(r, n);
    return r;
}

bool work_finish(struct running *r, struct diags *diags)
{
    struct arena *mem = r->mem;
    record_list records = {0};
    bool ok = wait_all(&r->work, r->shared, r->pid, r->n, mem, diags);
    for (int i = 0; i < r->n; i++) {
        read_report(mem, r->report[i], &records);
        fclose(r->report[i]);
    }
    ok &= merge(&r->work, &records, diags);
    munmap(r->shared, sizeof *r->shared);
    arena_free(mem);
    return ok;
}

bool work_run(const struct work *work, struct diags *diags)
{
    return work_finish(work_start(work), diags);
}
