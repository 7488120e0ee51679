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
#include <sys/un.h>
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

// Local sockets and descriptors that go over them. These wait, so they are not for a worker's thread.

static int clinux_local(const char *name, int (*join)(int, const struct sockaddr *, socklen_t)) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
    // A name that begins with a zero byte is abstract.
    memcpy(address.sun_path + 1, name, length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (join(fd, (const struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length)) < 0) {
        int code = errno;
        close(fd);
        return -code;
    }
    return fd;
}

int clinux_local_listen(const char *name) {
    int fd = clinux_local(name, bind);
    if (fd < 0) return fd;
    if (listen(fd, 4) < 0) {
        int code = errno;
        close(fd);
        return -code;
    }
    return fd;
}

int clinux_local_accept(int fd) {
    int accepted;
    do { accepted = accept4(fd, NULL, NULL, SOCK_CLOEXEC); } while (accepted < 0 && errno == EINTR);
    return clinux_result(accepted);
}

int clinux_local_connect(const char *name) { return clinux_local(name, connect); }

int64_t clinux_peer_user(int fd) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0 ? -(int64_t)errno : (int64_t)peer.uid;
}

static int clinux_patience(int fd, int option, int seconds) {
    struct timeval limit = {seconds, 0};
    return setsockopt(fd, SOL_SOCKET, option, &limit, sizeof limit) < 0 ? -errno : 0;
}

enum { CLINUX_DESCRIPTORS = 253 };
union clinux_control {
    char bytes[CMSG_SPACE(sizeof(int) * CLINUX_DESCRIPTORS)];
    struct cmsghdr aligned;
};

int clinux_send_descriptors(int fd, const int *descriptors, size_t count, int seconds) {
    if (count > CLINUX_DESCRIPTORS) return -EINVAL;
    int result = clinux_patience(fd, SO_SNDTIMEO, seconds);
    if (result < 0) return result;
    union clinux_control control;
    memset(&control, 0, sizeof control);
    char byte = 1;
    struct iovec piece = {&byte, 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(head), descriptors, sizeof(int) * count);
    }
    ssize_t sent;
    do { sent = sendmsg(fd, &message, MSG_NOSIGNAL); } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : (int)count;
}

int clinux_receive_descriptors(int fd, int *descriptors, size_t capacity, int seconds) {
    int result = clinux_patience(fd, SO_RCVTIMEO, seconds);
    if (result < 0) return result;
    union clinux_control control;
    char byte;
    struct iovec piece = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t received;
    do { received = recvmsg(fd, &message, MSG_CMSG_CLOEXEC); } while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    if (received == 0) return -ECONNRESET;
    size_t taken = 0;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head != NULL; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < count; index++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(head) + index * sizeof(int), sizeof descriptor);
            if (taken < capacity) descriptors[taken++] = descriptor;
            else close(descriptor);
        }
    }
    return (int)taken;
}

int clinux_send_byte(int fd) {
    char byte = 1;
    ssize_t sent;
    do { sent = send(fd, &byte, 1, MSG_NOSIGNAL); } while (sent < 0 && errno == EINTR);
    return clinux_result(sent);
}

int clinux_receive_byte(int fd, int seconds) {
    int result = clinux_patience(fd, SO_RCVTIMEO, seconds);
    if (result < 0) return result;
    char byte;
    ssize_t received;
    do { received = recv(fd, &byte, 1, 0); } while (received < 0 && errno == EINTR);
    return clinux_result(received);
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
