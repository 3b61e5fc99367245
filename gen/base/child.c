#include "base.h"

#include <errno.h>
#include <fcntl.h>
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

/* As posix_spawnp: 0 or an errno. Memory is not copied for it, as fork would do page table by page
 * table: a worker has some hundred megabytes. */
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

double clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
