#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

/* As posix_spawnp: 0 or an errno. Memory is not copied for it, as fork would do page table by page table:
 * a worker has some hundred megabytes. */
static int spawn(pid_t *pid, const char *const *argv, const char *cwd, int in, int out)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t usual;

    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    if (cwd)
        posix_spawn_file_actions_addchdir_np(&files, cwd);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
    int reason = posix_spawnp(pid, argv[0], &files, &how, (char *const *)(uintptr_t)argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return reason;
}

bool child_start(struct child *c, const char *const *argv, const char *cwd, struct diags *diags)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1};

    *c = (struct child){.in = -1, .out = -1};
    int reason = pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0
                     ? errno
                     : spawn(&c->pid, argv, cwd, in[0], out[1]);
    if (reason) {
        close_pair(in);
        close_pair(out);
        return diags_add(diags, DIAG_CHILD_START, (struct place){0}, str_of(argv[0]),
                         str_of(strerror(reason)));
    }
    close(in[0]);
    close(out[1]);
    c->in = in[1];
    c->out = out[0];
    return true;
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
