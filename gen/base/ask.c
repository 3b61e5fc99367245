#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Programs that get a text and give one, several at a time. One that hangs, or has started others
 * that do, is ended with its whole process group, so nothing outlives the time that was given to
 * it. */

enum { IN, OUT, ERR, STREAMS, MOST_ERROR = 1 << 16, AT_ONCE = 16 };

struct asking {
    struct question *q;
    pid_t pid;
    int fd[STREAMS];
    str input; /* what is left of it */
    struct buf output, error;
    double until;
};

/* ---- a signal that ends us ends them too: they are in groups of their own, where no terminal
 * reaches them ---- */

static volatile sig_atomic_t
    asked[AT_ONCE]; /* process groups, 0 for none: a handler gets nothing handed to it */
static const int endings[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof endings / sizeof *endings };

static void end_all(int number)
{
    for (size_t i = 0; i < AT_ONCE; i++)
        if (asked[i])
            kill(-asked[i], SIGKILL);
    signal(number, SIG_DFL);
    raise(number);
}

static void note_group(pid_t was, pid_t is)
{
    size_t i = 0;
    while (i < AT_ONCE && asked[i] != was)
        i++;
    if (i < AT_ONCE)
        asked[i] = is;
}

/* Where somebody listens already, or nobody is to, it stays so. */
static void listen_for_endings(struct sigaction before[ENDINGS])
{
    struct sigaction ours = {.sa_handler = end_all};
    for (size_t i = 0; i < ENDINGS; i++)
        if (sigaction(endings[i], NULL, &before[i]) == 0 && before[i].sa_handler == SIG_DFL)
            sigaction(endings[i], &ours, NULL);
}

static void listen_no_more(const struct sigaction before[ENDINGS])
{
    for (size_t i = 0; i < ENDINGS; i++)
        sigaction(endings[i], &before[i], NULL);
}

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* ---- starting ---- */

static int spawn(pid_t *pid, const struct question *q, const int fd[STREAMS])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t usual;

    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    if (q->cwd)
        posix_spawn_file_actions_addchdir_np(&files, q->cwd);
    for (int i = 0; i < STREAMS; i++)
        posix_spawn_file_actions_adddup2(&files, fd[i], i);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    int reason =
        posix_spawnp(pid, q->argv[0], &files, &how, (char *const *)(uintptr_t)q->argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return reason;
}

/* The child's ends of three pipes in theirs, ours in ours: we write to the first and read the
 * others. */
static int make_pipes(int ours[STREAMS], int theirs[STREAMS])
{
    int reason = 0;
    for (int i = 0; i < STREAMS; i++) {
        int pair[2] = {-1, -1};
        if (!reason && pipe2(pair, O_CLOEXEC) < 0)
            reason = errno;
        ours[i] = pair[i == IN ? 1 : 0];
        theirs[i] = pair[i == IN ? 0 : 1];
    }
    if (!reason && fcntl(ours[IN], F_SETFL, O_NONBLOCK) < 0)
        reason = errno;
    return reason;
}

static bool start(struct asking *a, struct question *q)
{
    int theirs[STREAMS];
    *a = (struct asking){.q = q, .input = q->input, .until = clock_ms() + q->wait_ms};
    int reason = make_pipes(a->fd, theirs);
    if (!reason)
        reason = spawn(&a->pid, q, theirs);
    for (int i = 0; i < STREAMS; i++) {
        shut(&theirs[i]);
        if (reason)
            shut(&a->fd[i]);
    }
    if (!reason) {
        note_group(0, a->pid);
        return true;
    }
    q->end = QUESTION_NOT_STARTED;
    q->status = reason;
    return false;
}

/* ---- while it runs ---- */

static void feed(struct asking *a)
{
    ssize_t n = write(a->fd[IN], a->input.p, a->input.n);
    if (n > 0)
        a->input = str_sub(a->input, (size_t)n, a->input.n);
    if (!a->input.n || (n < 0 && errno != EINTR && errno != EAGAIN))
        shut(&a->fd[IN]);
}

/* Of what comes beyond `most` nothing is kept. */
static void drain(struct asking *a, int stream, struct buf *into, size_t most)
{
    char bytes[65536];
    ssize_t n = read(a->fd[stream], bytes, sizeof bytes);
    if (n > 0 && into->n < most)
        buf_add(into, (str){bytes, (size_t)n < most - into->n ? (size_t)n : most - into->n});
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        shut(&a->fd[stream]);
}

/* Whether it goes on: it has ended once it closes both its outputs. */
static bool goes_on(struct asking *a)
{
    bool open = a->fd[OUT] >= 0 || a->fd[ERR] >= 0;
    a->q->end = a->output.n > a->q->most         ? QUESTION_TOO_LARGE
                : open && clock_ms() >= a->until ? QUESTION_TOO_LONG
                                                 : QUESTION_ANSWERED;
    return open && a->q->end == QUESTION_ANSWERED;
}

/* One that has closed its outputs and does not end has no more time than one that speaks. */
static int end_of(struct asking *a)
{
    int status = 0;
    bool ended = false;
    while (a->q->end == QUESTION_ANSWERED &&
           !(ended = waitpid(a->pid, &status, WNOHANG) == a->pid)) {
        if (clock_ms() >= a->until)
            a->q->end = QUESTION_TOO_LONG;
        else
            poll(NULL, 0, 1);
    }
    kill(-a->pid, SIGKILL);
    while (!ended && waitpid(a->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void finish(struct arena *mem, struct asking *a)
{
    for (int i = 0; i < STREAMS; i++)
        shut(&a->fd[i]);
    a->q->status = end_of(a);
    note_group(a->pid, 0);
    a->q->output = a->q->end == QUESTION_TOO_LARGE ? S("") : arena_str(mem, buf_str(&a->output));
    a->q->error = arena_str(mem, buf_str(&a->error));
    buf_clear(&a->output);
    buf_clear(&a->error);
}

static void attend(struct asking *a, const struct pollfd *fds)
{
    if (a->fd[IN] >= 0 && fds[IN].revents)
        feed(a);
    if (a->fd[OUT] >= 0 && fds[OUT].revents)
        drain(a, OUT, &a->output, a->q->most + 1);
    if (a->fd[ERR] >= 0 && fds[ERR].revents)
        drain(a, ERR, &a->error, MOST_ERROR);
}

/* Waits until one of them wants something, or the time of one is over. */
static void wait_for_any(struct asking *running, size_t n)
{
    struct pollfd fds[AT_ONCE * STREAMS];
    double until = running[0].until;
    for (size_t i = 0; i < n; i++) {
        until = running[i].until < until ? running[i].until : until;
        for (int k = 0; k < STREAMS; k++)
            fds[i * STREAMS + k] = (struct pollfd){running[i].fd[k], k == IN ? POLLOUT : POLLIN, 0};
    }
    double left = until - clock_ms();
    if (poll(fds, n * STREAMS, left > 0 ? (int)left + 1 : 0) <= 0)
        return;
    for (size_t i = 0; i < n; i++)
        attend(&running[i], &fds[i * STREAMS]);
}

void children_ask(struct arena *mem, struct question *q, size_t n, size_t at_a_time)
{
    struct asking running[AT_ONCE];
    struct sigaction before[ENDINGS];
    size_t nrunning = 0, next = 0, most = at_a_time < AT_ONCE ? at_a_time : AT_ONCE;

    signal(SIGPIPE, SIG_IGN); /* one that does not read its input to the end is no reason to die */
    listen_for_endings(before);
    while (next < n || nrunning) {
        while (next < n && nrunning < most)
            nrunning += start(&running[nrunning], &q[next++]);
        if (nrunning)
            wait_for_any(running, nrunning);
        for (size_t i = nrunning; i-- > 0;)
            if (!goes_on(&running[i])) {
                finish(mem, &running[i]);
                running[i] = running[--nrunning];
            }
    }
    listen_no_more(before);
}

int child_run(struct arena *mem, const char *const *argv, str input, str *output, int wait_ms,
              struct diags *diags)
{
    struct question q = {.argv = argv, .input = input, .wait_ms = wait_ms, .most = SIZE_MAX / 2};
    children_ask(mem, &q, 1, 1);
    *output = q.end == QUESTION_NOT_STARTED ? S("") : q.output;
    if (q.end == QUESTION_NOT_STARTED) {
        diags_add(diags, DIAG_CHILD_START, (struct place){0}, str_of(argv[0]),
                  str_of(strerror(q.status)));
        return -1;
    }
    if (q.status && q.error.n)
        *output = q.error;
    return q.status;
}

double clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
