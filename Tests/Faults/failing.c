// Loaded before the C library (LD_PRELOAD): lets the n-th write or sync of the database's files fail with EIO.
//
// FAILING_CALL is "write" or "sync", FAILING_AT is n, counted from 1 over the whole process. FAILING_LOG gets one character a call:
// w and s for those that went through, W and S for the one that failed. Built by test_calls.py.
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

// Whether this call is the one that fails.
static int fails(int file, char kind) {
    const char *wanted = getenv("FAILING_CALL"), *at = getenv("FAILING_AT"), *log = getenv("FAILING_LOG");
    if (!wanted || !at || !log) return 0;
    int kept = errno;
    if (!is_database(file)) {
        errno = kept;
        return 0;
    }
    int failing = wanted[0] == kind && atomic_fetch_add(&calls, 1) + 1 == atol(at);
    char mark = failing ? kind - 'a' + 'A' : kind;
    int out = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    // Not by write(), which is replaced here.
    if (out >= 0) {
        syscall(SYS_write, out, &mark, 1);
        close(out);
    }
    errno = failing ? EIO : kept;
    return failing;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return fails(file, 'w') ? -1 : REAL(pwrite64)(file, bytes, count, at);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return fails(file, 'w') ? -1 : REAL(pwrite)(file, bytes, count, at);
}
ssize_t write(int file, const void *bytes, size_t count) {
    return fails(file, 'w') ? -1 : REAL(write)(file, bytes, count);
}
int ftruncate64(int file, off64_t size) { return fails(file, 'w') ? -1 : REAL(ftruncate64)(file, size); }
int fsync(int file) { return fails(file, 's') ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fails(file, 's') ? -1 : REAL(fdatasync)(file); }
