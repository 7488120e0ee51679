// Preloaded into the server under test: counts what it asks of the allocator and of the kernel's sockets, in a file
// that the test maps. Build: cc -O2 -shared -fPIC -o counters.so counters.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { ALLOCATIONS, SENDS, BYTES_SENT, RECEIVES, POLLS, SYNCS, COUNT };

static _Atomic uint64_t nowhere[COUNT];
static _Atomic uint64_t *counters = nowhere;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("COUNTERS_FILE");
    int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
    if (file < 0 || ftruncate(file, sizeof nowhere) < 0) return;
    void *mapped = mmap(0, sizeof nowhere, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) counters = mapped;
    close(file);
}

static void count(int what, uint64_t by) { atomic_fetch_add_explicit(&counters[what], by, memory_order_relaxed); }

// glibc's own names, so that no lookup has to allocate before there is an allocator.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) { count(ALLOCATIONS, 1); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count(ALLOCATIONS, 1); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { count(ALLOCATIONS, 1); return __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { count(ALLOCATIONS, 1); return __libc_memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
    count(ALLOCATIONS, 1);
    *result = __libc_memalign(alignment, size);
    return *result ? 0 : 12;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// The server sends by syscall(SYS_sendto, …), see Sources/CLinux.
long syscall(long number, ...) {
    static long (*next)(long, ...);
    if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    va_list rest;
    va_start(rest, number);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long), d = va_arg(rest, long), e = va_arg(rest, long),
         f = va_arg(rest, long);
    va_end(rest);
    long result = next(number, a, b, c, d, e, f);
    if (number == SYS_sendto) {
        count(SENDS, 1);
        if (result > 0) count(BYTES_SENT, result);
    }
    return result;
}

ssize_t recv(int socket, void *bytes, size_t size, int flags) {
    static __typeof__(&recv) next;
    if (!next) next = NEXT(recv);
    count(RECEIVES, 1);
    return next(socket, bytes, size, flags);
}

int epoll_wait(int set, struct epoll_event *events, int most, int timeout) {
    static __typeof__(&epoll_wait) next;
    if (!next) next = NEXT(epoll_wait);
    count(POLLS, 1);
    return next(set, events, most, timeout);
}

int fdatasync(int file) {
    static __typeof__(&fdatasync) next;
    if (!next) next = NEXT(fdatasync);
    count(SYNCS, 1);
    return next(file);
}
