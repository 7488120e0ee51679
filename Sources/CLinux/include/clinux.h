// The Linux calls that the Glibc module map leaves out or that Swift cannot call as they are (macros, unions,
// variadic functions).
//
// One convention for all of them: a negative result is -errno, so that no Swift code has to read errno in the
// right moment, and EINTR is retried here. No system header is named: the same header seen by two modules with
// different feature macros is a compile error in Swift.
#pragma once
#ifdef __linux__
#include <stddef.h>
#include <stdint.h>

// Epoll. The kernel's event is packed on some machines and ends in a union; Swift sees the mask and the token.
extern const uint32_t CLINUX_EPOLLIN;
extern const uint32_t CLINUX_EPOLLOUT;
extern const uint32_t CLINUX_EPOLLRDHUP;
extern const uint32_t CLINUX_EPOLLHUP;
extern const uint32_t CLINUX_EPOLLERR;

typedef struct clinux_events clinux_events;

clinux_events *clinux_events_create(int capacity);
void clinux_events_destroy(clinux_events *events);
uint32_t clinux_event_mask(const clinux_events *events, int index);
uint64_t clinux_event_token(const clinux_events *events, int index);

int clinux_epoll_create(void);
int clinux_epoll_add(int set, int fd, uint32_t mask, uint64_t token);
int clinux_epoll_modify(int set, int fd, uint32_t mask, uint64_t token);
int clinux_epoll_remove(int set, int fd);
int clinux_epoll_poll(int set, clinux_events *events, int capacity);

// Clocks, and the timer descriptor: it fires once at the monotonic time given; 0 disarms.
int64_t clinux_monotonic_nanoseconds(void);
int64_t clinux_wall_nanoseconds(void);
void clinux_return_free_memory(void);
void clinux_sleep(int64_t nanoseconds);
int clinux_timer_create(void);
int clinux_timer_arm(int fd, int64_t nanoseconds);
void clinux_timer_drain(int fd);

// Sockets. Addresses are bytes (a Swift array holds them); pieces are struct iovec.
int clinux_socket(int family);
int clinux_accept(int fd);
int clinux_bind(int fd, const void *address, size_t length);
int clinux_connect(int fd, const void *address, size_t length);
int clinux_local_address(int fd, void *address, size_t capacity);
int clinux_set_option(int fd, int level, int name, int value);
long clinux_receive(int fd, void *buffer, size_t count);
long clinux_send(int fd, const void *bytes, size_t count);
long clinux_send_pieces(int fd, const void *pieces, size_t count);

// The connection's pending error as an errno value, taken (a second call gives 0); negative: the call failed.
int clinux_take_error(int fd);

// Local sockets under an abstract name (unix(7)): no file is left behind, and the kernel says whose process is at the other end.
int clinux_local_listen(const char *name);
int clinux_local_accept(int fd);
int clinux_local_connect(const char *name);
int64_t clinux_peer_user(int fd);

// Copies of descriptors go along with one byte, at most 253 (SCM_MAX_FD). Both wait for at most `seconds`; how many came.
int clinux_send_descriptors(int fd, const int *descriptors, size_t count, int seconds);
int clinux_receive_descriptors(int fd, int *descriptors, size_t capacity, int seconds);
// One byte; 1 when it went or came, 0 at the end of the stream.
int clinux_send_byte(int fd);
int clinux_receive_byte(int fd, int seconds);

// From here on a crash leaves no core file, whatever limit the process was started with.
int clinux_forbid_core_files(void);

// A descriptor held back for the day when there are no more.
int clinux_open_reserve(void);

// The soft limit on open descriptors, raised to at most `wanted` (and to the hard limit); what it is afterwards.
int64_t clinux_raise_descriptor_limit(uint64_t wanted);
#endif
