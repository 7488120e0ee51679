// Loaded before the C library (LD_PRELOAD): lets the n-th write or sync of the database's files go wrong, once.
//
// FAILING_CALL says how, FAILING_AT is n, counted from 1 over the whole process:
//     write   nothing is written, EIO          torn    half is written, EIO
//     full    nothing is written, ENOSPC       short   half is written, and that is what the caller is told
//     sync    nothing is synced, EIO
// Truncating counts as a write. FAILING_LOG gets one character a call: w and s for those that went through, W and
// S for the one that did not. Built by conftest.py.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

static int is_database(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    long length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, "/samskap.sqlite") != NULL;
}

// What is to become of a call: 0 if it goes through, otherwise the first letter of FAILING_CALL, as `errno` then says.
static char fate(int file, char kind) {
    const char *wanted = getenv("FAILING_CALL"), *at = getenv("FAILING_AT"), *log = getenv("FAILING_LOG");
    if (!wanted || !at || !log) return 0;
    int kept = errno;
    if (!is_database(file)) {
        errno = kept;
        return 0;
    }
    int counts = (strcmp(wanted, "sync") == 0) == (kind == 's');
    int failing = counts && atomic_fetch_add(&calls, 1) + 1 == atol(at);
    char mark = failing ? kind - 'a' + 'A' : kind;
    int out = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    // Not by write(), which is replaced here.
    if (out >= 0) {
        syscall(SYS_write, out, &mark, 1);
        close(out);
    }
    errno = !failing ? kept : wanted[0] == 'f' ? ENOSPC : EIO;
    return !failing ? 0 : strcmp(wanted, "short") == 0 ? 'h' : wanted[0];
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// A write that may be cut in the middle; `half` and `whole` are the real call with either length.
#define WRITTEN(half, whole)                     \
    switch (fate(file, 'w')) {                   \
    case 0: return whole;                        \
    case 'h': return half;                       \
    case 't': {                                  \
        int reason = errno;                      \
        if (half < 0) return -1;                 \
        errno = reason;                          \
        return -1;                               \
    }                                            \
    default: return -1;                          \
    }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    WRITTEN(REAL(pwrite64)(file, bytes, count / 2, at), REAL(pwrite64)(file, bytes, count, at))
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    WRITTEN(REAL(pwrite)(file, bytes, count / 2, at), REAL(pwrite)(file, bytes, count, at))
}
ssize_t write(int file, const void *bytes, size_t count) {
    WRITTEN(REAL(write)(file, bytes, count / 2), REAL(write)(file, bytes, count))
}
// Done or not done; there is no half of it.
int ftruncate64(int file, off64_t size) {
    char what = fate(file, 'w');
    return what && what != 'h' ? -1 : REAL(ftruncate64)(file, size);
}
int fsync(int file) { return fate(file, 's') ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fate(file, 's') ? -1 : REAL(fdatasync)(file); }
