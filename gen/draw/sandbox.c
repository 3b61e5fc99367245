#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* gnuplot and Graphviz read numbers of the data alone, but a book may bring scripts of charts, and
 * gnuplot can run programs: the process that reads them can start nothing, reach nobody, write
 * nothing but to its two pipes, and take no more memory than the largest drawing needs. */

enum {
    MAX_FILES = 64,
    PROGRAM_FD = MAX_FILES + 1,
    ASIDE_FD = 2 * MAX_FILES,
    PIPE_BYTES = 1 << 20,
    MEMORY_BYTES = 1 << 29
};

/* Calls that a program which only reads scripts and writes to pipes never needs. */
static const int forbidden[] = {
    SCMP_SYS(execve),    SCMP_SYS(fork),           SCMP_SYS(vfork),
    SCMP_SYS(clone),     SCMP_SYS(clone3),         SCMP_SYS(socket),
    SCMP_SYS(ptrace),    SCMP_SYS(kill),           SCMP_SYS(tkill),
    SCMP_SYS(creat),     SCMP_SYS(rename),         SCMP_SYS(renameat),
    SCMP_SYS(renameat2), SCMP_SYS(unlink),         SCMP_SYS(unlinkat),
    SCMP_SYS(rmdir),     SCMP_SYS(mkdir),          SCMP_SYS(mkdirat),
    SCMP_SYS(link),      SCMP_SYS(linkat),         SCMP_SYS(symlink),
    SCMP_SYS(symlinkat), SCMP_SYS(chmod),          SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),  SCMP_SYS(chown),          SCMP_SYS(fchownat),
    SCMP_SYS(truncate),  SCMP_SYS(mknod),          SCMP_SYS(mknodat),
    SCMP_SYS(openat2),   SCMP_SYS(io_uring_setup), SCMP_SYS(process_vm_writev),
};

/* The program is started through a descriptor that only exists until it runs: execveat is allowed
 * for that number alone, and a program limited to MAX_FILES can never have it again. */
static bool forbid(void)
{
    const uint32_t no = SCMP_ACT_ERRNO(EPERM);
    const scmp_datum_t writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter != NULL;

    for (size_t i = 0; ok && i < sizeof forbidden / sizeof *forbidden; i++)
        ok = seccomp_rule_add(filter, no, forbidden[i], 0) == 0;
    ok = ok && seccomp_rule_add(filter, no, SCMP_SYS(execveat), 1,
                                SCMP_A0(SCMP_CMP_NE, PROGRAM_FD, 0)) == 0;
    for (scmp_datum_t bit = 1; ok && bit <= writes; bit <<= 1)
        if (writes & bit)
            ok = seccomp_rule_add(filter, no, SCMP_SYS(openat), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, bit, bit)) == 0 &&
                 seccomp_rule_add(filter, no, SCMP_SYS(open), 1,
                                  SCMP_A1(SCMP_CMP_MASKED_EQ, bit, bit)) == 0;
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

/* A folder that is removed as soon as it is the current one: nothing lies in it, nothing can be put
 * there, and nothing has to be cleared away afterwards. */
static bool enter_empty_folder(void)
{
    char path[] = "/tmp/salesbook-XXXXXX";
    return mkdtemp(path) && chdir(path) == 0 && rmdir(path) == 0;
}

/* Gives the program these descriptors as its 0, 1, 2 … They are moved aside first, for one of them
 * may have the number that another is to get. */
static bool hand_over(const int *fd, int n)
{
    int aside[3 + SANDBOX_FILES];
    for (int i = 0; i < n; i++)
        if ((aside[i] = fcntl(fd[i], F_DUPFD_CLOEXEC, ASIDE_FD)) < 0)
            return false;
    for (int i = 0; i < n; i++)
        if (dup2(aside[i], i) < 0)
            return false;
    return true;
}

static _Noreturn void become(int program, const char *const *argv, const int *fd, int nfds,
                             int report)
{
    const char *const environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};
    const struct rlimit files = {MAX_FILES, MAX_FILES}, memory = {MEMORY_BYTES, MEMORY_BYTES};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    report = fcntl(report, F_DUPFD_CLOEXEC, ASIDE_FD);
    program = fcntl(program, F_DUPFD_CLOEXEC, ASIDE_FD);
    if (enter_empty_folder() && hand_over(fd, nfds) &&
        dup3(program, PROGRAM_FD, O_CLOEXEC) == PROGRAM_FD &&
        setrlimit(RLIMIT_NOFILE, &files) == 0 && forbid() &&
        setrlimit(RLIMIT_DATA, &memory) == 0) /* last: till here our memory is ours and its */
        execveat(PROGRAM_FD, "", (char *const *)(uintptr_t)argv,
                 (char *const *)(uintptr_t)environment, AT_EMPTY_PATH);
    int reason = errno;
    if (write(report, &reason, sizeof reason) < 0)
        _exit(126);
    _exit(127);
}

/* The child runs in our memory until it becomes the program, and we wait for that: a worker has
 * some hundred megabytes, of which fork would copy the tables, and each page written to afterwards
 * would fault. All that become() does is the child's own but memory, which it leaves as it was. */
static pid_t start(int program, const char *const *argv, const int *fd, int nfds, int report)
{
    pid_t pid = vfork();
    if (pid == 0)
        become(program, argv, fd, nfds, report);
    return pid;
}

/* A descriptor of the program as PATH finds it, or -1. */
static int find_program(const char *program)
{
    str path = str_of(getenv("PATH") ? getenv("PATH") : "/usr/local/bin:/usr/bin:/bin");
    struct buf b = {0};
    int fd = -1;

    while (fd < 0 && str_is_set(path)) {
        str dir = str_cut(&path, ':');
        buf_reset(&b);
        buf_addf(&b, STR_FMT "/%s", STR_ARG(dir), program);
        if (dir.n && access(b.p, X_OK) == 0)
            fd = open(b.p, O_PATH | O_CLOEXEC);
    }
    buf_clear(&b);
    if (fd < 0)
        errno = ENOENT;
    return fd;
}

static void close_all(int *fd, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fd[i] >= 0)
            close(fd[i]);
}

/* Larger than usual, so that there are fewer turns between the processes. */
static void prepare_pipes(const struct sandboxed *c)
{
    const int pipes[] = {c->in, c->out, c->err};
    for (size_t i = 0; i < 3; i++) {
        fcntl(pipes[i], F_SETFL, O_NONBLOCK);
        fcntl(pipes[i], F_SETPIPE_SZ, PIPE_BYTES);
    }
}

bool sandbox_start(struct sandboxed *child, const char *const *argv, const int *files, int nfiles,
                   struct place at, struct diags *diags)
{
    /* Pairs: its input, output, error, and the report of a start that failed. */
    int fd[8] = {-1, -1, -1, -1, -1, -1, -1, -1}, reason = 0, file = find_program(argv[0]);

    *child = (struct sandboxed){.pid = -1, .in = -1, .out = -1, .err = -1};
    for (size_t i = 0; i < 4 && file >= 0; i++)
        if (pipe2(&fd[2 * i], O_CLOEXEC) < 0)
            break;
    int given[3 + SANDBOX_FILES] = {fd[0], fd[3], fd[5]};
    for (int i = 0; i < nfiles; i++)
        given[3 + i] = files[i];
    if (file < 0 || fd[7] < 0 || (child->pid = start(file, argv, given, 3 + nfiles, fd[7])) < 0) {
        reason = errno;
        close_all(fd, 8);
        close_all(&file, 1);
        goto out;
    }
    close_all((int[5]){fd[0], fd[3], fd[5], fd[7], file}, 5);
    if (read(fd[6], &reason, sizeof reason) <= 0)
        reason = 0;
    close(fd[6]);
    child->in = fd[1];
    child->out = fd[2];
    child->err = fd[4];
    if (reason)
        sandbox_end(child);
    else
        prepare_pipes(child);
out:
    return !reason ||
           diags_add(diags, DIAG_CHILD_START, at, str_of(argv[0]), str_of(strerror(reason)));
}

void sandbox_end(struct sandboxed *child)
{
    if (child->pid <= 0) /* 0 and -1 mean many processes to kill() */
        return;
    kill(child->pid, SIGKILL);
    close_all((int[3]){child->in, child->out, child->err}, 3);
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    child->pid = -1;
}

bool pipe_drain(int fd, struct buf *into)
{
    char chunk[65536];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n > 0)
            buf_add(into, (str){chunk, (size_t)n});
        else if (n == 0 || (errno != EINTR && errno != EAGAIN))
            return false;
        else if (errno == EAGAIN)
            return true;
        if (n > 0 && (size_t)n < sizeof chunk)
            return true;
    }
}
