/* Preloaded into the program under test: lets the NTH call of one function fail, as a full disk, a
 * table of processes that is full, or a signal would. FAIL_CALL names the function, FAIL_NTH says
 * which call of a process it is, from 1 on; a child goes on from its parent's count. REFUSE names
 * what a file system does not do at all: exchange, as NFS; link, as for files of somebody else;
 * staging, to put a new tree where none is; flock, as some network drives. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fails(const char *name, int reason)
{
    static long calls;
    const char *call = getenv("FAIL_CALL"), *nth = getenv("FAIL_NTH");
    if (!call || !nth || strcmp(call, name) != 0 || ++calls != strtol(nth, NULL, 10))
        return false;
    errno = reason;
    return true;
}

static bool refuses(const char *what, int reason)
{
    const char *refused = getenv("REFUSE");
    if (!refused || !strstr(refused, what))
        return false;
    errno = reason;
    return true;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))(uintptr_t)dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *p, size_t n)
{
    /* A pipe is no disk; a write that is cut short is one that goes on. */
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && fails("write", ENOSPC))
        return -1;
    return REAL(ssize_t, "write", int, const void *, size_t)(fd, p, n);
}

int mkdir(const char *path, mode_t mode)
{
    return fails("mkdir", ENOSPC) ? -1 : REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

int rename(const char *from, const char *to)
{
    bool staging = strstr(from, ".staging") && access(to, F_OK) != 0;
    if (fails("rename", EIO) || (staging && refuses("staging", EIO)))
        return -1;
    return REAL(int, "rename", const char *, const char *)(from, to);
}

int renameat2(int fd, const char *from, int at, const char *to, unsigned flags)
{
    if (fails("renameat2", EIO) || refuses("exchange", EINVAL))
        return -1;
    return REAL(int, "renameat2", int, const char *, int, const char *, unsigned)(fd, from, at, to,
                                                                                  flags);
}

int link(const char *from, const char *to)
{
    return refuses("link", EPERM) ? -1 : REAL(int, "link", const char *, const char *)(from, to);
}

int flock(int fd, int how)
{
    return refuses("flock", ENOLCK) ? -1 : REAL(int, "flock", int, int)(fd, how);
}

int pipe2(int pair[2], int flags)
{
    return fails("pipe2", EMFILE) ? -1 : REAL(int, "pipe2", int *, int)(pair, flags);
}

pid_t fork(void)
{
    return fails("fork", EAGAIN) ? -1 : REAL(pid_t, "fork", void)();
}
