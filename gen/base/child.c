#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child between fork and exec: only calls that are safe there. What fails is told to the
 * parent as errno through `report`, which a successful exec closes. */
static _Noreturn void become(const char *const *argv, const char *cwd, int in, int out, int report)
{
    if ((cwd && chdir(cwd) < 0) || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0)
        goto out;
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
out:;
    int reason = errno;
    if (write(report, &reason, sizeof reason) < 0)
        _exit(126);
    _exit(127);
}

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

bool child_start(struct child *c, const char *const *argv, const char *cwd, struct diags *diags)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, report[2] = {-1, -1}, reason = 0;

    *c = (struct child){.in = -1, .out = -1};
    if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(report, O_CLOEXEC) < 0 ||
        (c->pid = fork()) < 0) {
        reason = errno;
        close_pair(in);
        close_pair(out);
        close_pair(report);
        goto out;
    }
    if (c->pid == 0)
        become(argv, cwd, in[0], out[1], report[1]);
    close(in[0]);
    close(out[1]);
    close(report[1]);
    if (read(report[0], &reason, sizeof reason) <= 0)
        reason = 0;
    close(report[0]);
    c->in = in[1];
    c->out = out[0];
    if (reason)
        child_end(c);
out:
    return !reason || diags_add(diags, DIAG_CHILD_START, (struct place){0}, str_of(argv[0]),
                                str_of(strerror(reason)));
}

int child_end(struct child *c)
{
    int status = 0;
    if (c->in >= 0)
        close(c->in);
    if (c->out >= 0)
        close(c->out);
    c->in = c->out = -1;
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Moves what is ready between us and the child; false when its output has ended. */
static bool pump(struct child *c, str *input, struct buf *output, int wait_ms)
{
    char chunk[65536];
    struct pollfd fds[2] = {{c->out, POLLIN, 0}, {c->in, POLLOUT, 0}};

    if (poll(fds, c->in >= 0 ? 2 : 1, wait_ms) < 0)
        return errno == EINTR;
    if (c->in >= 0 && fds[1].revents) {
        ssize_t n = write(c->in, input->p, input->n < 4096 ? input->n : 4096);
        if (n > 0)
            *input = str_sub(*input, (size_t)n, input->n);
        if (!input->n || (n < 0 && errno != EINTR && errno != EAGAIN)) {
            close(c->in);
            c->in = -1;
        }
    }
    if (fds[0].revents) {
        ssize_t n = read(c->out, chunk, sizeof chunk);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        if (n > 0)
            buf_add(output, (str){chunk, (size_t)n});
    }
    return true;
}

int child_run(struct arena *mem, const char *const *argv, str input, str *output, int wait_ms,
              struct diags *diags)
{
    struct child c;
    struct buf b = {0};
    double until = clock_ms() + wait_ms;

    *output = S("");
    if (!child_start(&c, argv, NULL, diags))
        return -1;
    signal(SIGPIPE, SIG_IGN); /* a child that does not read its input to the end is no reason to die */
    if (!input.n) {
        close(c.in);
        c.in = -1;
    }
    for (double left; (left = until - clock_ms()) > 0 && pump(&c, &input, &b, (int)left + 1);)
        ;
    if (clock_ms() >= until)
        kill(c.pid, SIGKILL);
    *output = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return child_end(&c);
}

double clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
