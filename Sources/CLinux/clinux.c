#ifdef __linux__
#define _GNU_SOURCE 1
#include "clinux.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

const uint32_t CLINUX_EPOLLIN = EPOLLIN;
const uint32_t CLINUX_EPOLLOUT = EPOLLOUT;
const uint32_t CLINUX_EPOLLRDHUP = EPOLLRDHUP;
const uint32_t CLINUX_EPOLLHUP = EPOLLHUP;
const uint32_t CLINUX_EPOLLERR = EPOLLERR;

static inline int clinux_result(long result) {
    return result < 0 ? -errno : (int)result;
}

// Epoll.

int clinux_epoll_create(void) {
    return clinux_result(epoll_create1(EPOLL_CLOEXEC));
}

int clinux_epoll_add(int set, int fd, uint32_t mask, uint64_t token) {
    struct epoll_event event = {.events = mask, .data = {.u64 = token}};
    return clinux_result(epoll_ctl(set, EPOLL_CTL_ADD, fd, &event));
}

int clinux_epoll_modify(int set, int fd, uint32_t mask, uint64_t token) {
    struct epoll_event event = {.events = mask, .data = {.u64 = token}};
    return clinux_result(epoll_ctl(set, EPOLL_CTL_MOD, fd, &event));
}

int clinux_epoll_remove(int set, int fd) {
    struct epoll_event event = {.events = 0};
    return clinux_result(epoll_ctl(set, EPOLL_CTL_DEL, fd, &event));
}

clinux_events *clinux_events_create(int capacity) {
    return calloc((size_t)capacity, sizeof(struct epoll_event));
}

void clinux_events_destroy(clinux_events *events) { free(events); }

int clinux_epoll_poll(int set, clinux_events *events, int capacity) {
    int count;
    do { count = epoll_wait(set, (struct epoll_event *)events, capacity, 0); } while (count < 0 && errno == EINTR);
    return clinux_result(count);
}

uint32_t clinux_event_mask(const clinux_events *events, int index) {
    return ((const struct epoll_event *)events)[index].events;
}

uint64_t clinux_event_token(const clinux_events *events, int index) {
    return ((const struct epoll_event *)events)[index].data.u64;
}

// Clocks and the timer descriptor.

static inline int64_t clinux_clock_nanoseconds(int clock) {
    struct timespec now;
    clock_gettime((clockid_t)clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
int64_t clinux_monotonic_nanoseconds(void) { return clinux_clock_nanoseconds(CLOCK_MONOTONIC); }
int64_t clinux_wall_nanoseconds(void) { return clinux_clock_nanoseconds(CLOCK_REALTIME); }

void clinux_sleep(int64_t nanoseconds) {
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    (void)nanosleep(&time, NULL);
}

int clinux_timer_create(void) {
    return clinux_result(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
}

int clinux_timer_arm(int fd, int64_t nanoseconds) {
    struct itimerspec when = {{0, 0}, {nanoseconds / 1000000000, nanoseconds % 1000000000}};
    return clinux_result(timerfd_settime(fd, TFD_TIMER_ABSTIME, &when, NULL));
}

void clinux_timer_drain(int fd) {
    uint64_t expirations;
    (void)!read(fd, &expirations, sizeof expirations);
}

// Sockets.

int clinux_socket(int family) {
    return clinux_result(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

int clinux_accept(int fd) {
    int accepted;
    do { accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); } while (accepted < 0 && errno == EINTR);
    return clinux_result(accepted);
}

int clinux_bind(int fd, const void *address, size_t length) {
    return clinux_result(bind(fd, (const struct sockaddr *)address, (socklen_t)length));
}

int clinux_connect(int fd, const void *address, size_t length) {
    return clinux_result(connect(fd, (const struct sockaddr *)address, (socklen_t)length));
}

int clinux_local_address(int fd, void *address, size_t capacity) {
    socklen_t length = (socklen_t)capacity;
    int result = getsockname(fd, (struct sockaddr *)address, &length);
    return result < 0 ? -errno : (int)length;
}

int clinux_set_option(int fd, int level, int name, int value) {
    return clinux_result(setsockopt(fd, level, name, &value, sizeof value));
}

int clinux_take_error(int fd) {
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &value, &length) < 0 ? -errno : value;
}

long clinux_receive(int fd, void *buffer, size_t count) {
    ssize_t result;
    do { result = recv(fd, buffer, count, MSG_DONTWAIT); } while (result < 0 && errno == EINTR);
    return result < 0 ? -(long)errno : (long)result;
}

long clinux_send(int fd, const void *bytes, size_t count) {
    ssize_t result;
    // Not by the library's send(): that is a point where a thread may be cancelled, which in a process of several threads
    // costs 30 ns more each time, and nobody is cancelled here.
    do {
        result = syscall(SYS_sendto, fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0);
    } while (result < 0 && errno == EINTR);
    return result < 0 ? -(long)errno : (long)result;
}

// writev cannot refuse SIGPIPE; sendmsg can.
long clinux_send_pieces(int fd, const void *pieces, size_t count) {
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = (struct iovec *)pieces;
    message.msg_iovlen = count;
    ssize_t result;
    do { result = sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL); } while (result < 0 && errno == EINTR);
    return result < 0 ? -(long)errno : (long)result;
}

void clinux_return_free_memory(void) { malloc_trim(0); }

int clinux_forbid_core_files(void) {
    struct rlimit none = {0, 0};
    return clinux_result(setrlimit(RLIMIT_CORE, &none));
}

int clinux_open_reserve(void) {
    return clinux_result(open("/dev/null", O_RDONLY | O_CLOEXEC));
}

int64_t clinux_raise_descriptor_limit(uint64_t wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    rlim_t target = wanted < limit.rlim_max ? (rlim_t)wanted : limit.rlim_max;
    if (target > limit.rlim_cur) {
        limit.rlim_cur = target;
        if (setrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    }
    return limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}
#endif
