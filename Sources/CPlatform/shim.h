// Calls that Swift cannot make (variadic ones), or that the C library shows to GNU sources only.
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include "start.h"

// glibc 2.29, musl 1.1.24 and macOS 10.15 have it, but their headers show it to GNU sources only.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

static inline int fs_spawn_chdir(posix_spawn_file_actions_t *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}

#include <errno.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int fallocate(int descriptor, int mode, off_t offset, off_t length);
#endif

// Orphans of children become children of this process, which can then wait for them.
static inline int fs_become_subreaper(void) {
#ifdef __linux__
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#else
  return 0;
#endif
}

// A descriptor that can be polled for the end of a process; -1 where there is no such thing.
static inline int fs_process_descriptor(pid_t process) {
#if defined(__linux__) && defined(SYS_pidfd_open)
  return (int)syscall(SYS_pidfd_open, process, 0);
#else
  (void)process;
  return -1;
#endif
}

// Sends a signal to the very process that a descriptor is of. -1 with errno where that cannot be done.
static inline int fs_signal_process(int process_descriptor, int number) {
#if defined(__linux__) && defined(SYS_pidfd_send_signal)
  return (int)syscall(SYS_pidfd_send_signal, process_descriptor, number, NULL, 0);
#else
  (void)process_descriptor, (void)number;
  errno = ENOSYS;
  return -1;
#endif
}

// A child that has ended and is still to be collected, so that its number is still its own; 0 if there is none, -1 on an error.
#include <sys/wait.h>
static inline pid_t fs_ended_child(void) {
  siginfo_t info;
  info.si_pid = 0;
  if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return -1;
  return info.si_pid;
}

static inline pid_t fs_siginfo_pid(const siginfo_t *info) { return info->si_pid; }

// Lets no program that is started from now on inherit what this process was started with, beyond standard input, output and error.
#include <fcntl.h>
static inline void fs_inherit_nothing(int most) {
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
  for (int descriptor = 3; descriptor < most; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

// Gives the blocks of a part of a file back to the disk; its size stays. -1 where that cannot be done.
static inline int fs_punch_hole(int descriptor, off_t offset, off_t length) {
#ifdef __linux__
  return fallocate(descriptor, 0x01 | 0x02 /* FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE */, offset, length);
#else
  (void)descriptor, (void)offset, (void)length;
  return -1;
#endif
}

// Locks on single bytes of a file that belong to an open file, not to a process. Returns 0, or -1 with errno.
#include <fcntl.h>
#ifndef F_OFD_SETLK
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#endif

static inline int fs_byte_lock(int descriptor, long long byte, int locks, int waits) {
  struct flock range = {.l_type = locks ? F_WRLCK : F_UNLCK, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};
  return fcntl(descriptor, waits ? F_OFD_SETLKW : F_OFD_SETLK, &range);
}

// Waits for a lock on a whole file, at most so many milliseconds. Returns 0, or -1 with errno: ETIMEDOUT, EINTR (a signal came), ...
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

static inline long long fs_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static inline void fs_ignore_alarm(int number) { (void)number; }

static inline int fs_lock_within(int descriptor, int milliseconds) {
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return 0;
  if (errno != EWOULDBLOCK) return -1;
  long long end = fs_milliseconds() + milliseconds;
#ifdef __linux__
  // A timer interrupts this thread, so that the kernel's queue of waiters is kept: whoever asks again and again has no place in it.
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  action.sa_handler = fs_ignore_alarm;
  sigaction(SIGALRM, &action, &before);
  sigset_t alarm_only, mask;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &alarm_only, &mask);
  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = 4 /* SIGEV_THREAD_ID */;
  event.sigev_signo = SIGALRM;
  event._sigev_un._tid = (int)syscall(SYS_gettid);
  int timer = -1, result = -1, code = EAGAIN;
  // It fires again, in case that it fires before this thread waits.
  struct itimerspec times = {{0, 50 * 1000000}, {milliseconds / 1000, milliseconds % 1000 * 1000000 + 1}};
  if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0) {
    syscall(SYS_timer_settime, timer, 0, &times, NULL);
    result = flock(descriptor, LOCK_EX);
    code = errno;
    syscall(SYS_timer_delete, timer);
  }
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  if (result == 0) return 0;
  errno = code == EINTR && fs_milliseconds() >= end ? ETIMEDOUT : code;
  return -1;
#else
  struct timespec pause = {0, 2000000};
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return -1;
    if (fs_milliseconds() >= end) {
      errno = ETIMEDOUT;
      return -1;
    }
    if (nanosleep(&pause, NULL) != 0) return -1;
  }
  return 0;
#endif
}

// Waiting for many descriptors. Swift's view of the C library has no epoll.
#ifdef __linux__
#include <sys/epoll.h>
#ifdef __linux__
#include <malloc.h>
#endif

static inline int fs_poller(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int fs_poller_add(int poller, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = descriptor}};
  return epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
}

static inline int fs_poller_remove(int poller, int descriptor) {
  struct epoll_event event = {.events = 0, .data = {.fd = descriptor}};
  return epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, &event);
}

// The readable descriptors, at most 64 of them.
static inline int fs_poller_wait(int poller, int *descriptors, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(poller, events, 64, milliseconds);
  for (int i = 0; i < count; i++) descriptors[i] = events[i].data.fd;
  return count;
}
#endif

// Memory that is freed stays with the process, up to a bound (glibc; elsewhere nothing happens).
static inline void fs_keep_freed_memory(int mmap_threshold, int trim_threshold) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, mmap_threshold);
  mallopt(M_TRIM_THRESHOLD, trim_threshold);
#else
  (void)mmap_threshold;
  (void)trim_threshold;
#endif
}

// Readiness of many descriptors, with interest in writing: epoll, or kqueue. Interest and readiness are bits: 1 to read, 2 to write.
#if defined(__linux__)
#include <sys/epoll.h>
static inline int fs_ready_make(void) { return epoll_create1(EPOLL_CLOEXEC); }
// Returns -1 with errno; EPERM for a regular file, which is always ready.
static inline int fs_ready_set(int poller, int descriptor, int interest, int is_new) {
  struct epoll_event event;
  memset(&event, 0, sizeof event);
  event.events = ((interest & 1) ? EPOLLIN : 0) | ((interest & 2) ? EPOLLOUT : 0);
  event.data.fd = descriptor;
  return epoll_ctl(poller, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}
static inline void fs_ready_remove(int poller, int descriptor) {
  struct epoll_event event;
  epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, &event);
}
static inline int fs_ready_wait(int poller, int *descriptors, int *bits, int most, int milliseconds) {
  struct epoll_event events[256];
  if (most > 256) most = 256;
  int count = epoll_wait(poller, events, most, milliseconds);
  for (int i = 0; i < count; i++) {
    descriptors[i] = events[i].data.fd;
    bits[i] = ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) ? 1 : 0) | ((events[i].events & EPOLLOUT) ? 2 : 0);
  }
  return count;
}
#else
#include <sys/event.h>
#include <sys/time.h>
static inline int fs_ready_make(void) { return kqueue(); }
static inline int fs_ready_set(int poller, int descriptor, int interest, int is_new) {
  (void)is_new;
  struct kevent changes[2];
  EV_SET(&changes[0], descriptor, EVFILT_READ, (interest & 1) ? EV_ADD : EV_DELETE, 0, 0, NULL);
  EV_SET(&changes[1], descriptor, EVFILT_WRITE, (interest & 2) ? EV_ADD : EV_DELETE, 0, 0, NULL);
  kevent(poller, &changes[1], 1, NULL, 0, NULL);
  return kevent(poller, &changes[0], 1, NULL, 0, NULL) < 0 && (interest & 1) ? -1 : 0;
}
static inline void fs_ready_remove(int poller, int descriptor) { fs_ready_set(poller, descriptor, 0, 0); }
static inline int fs_ready_wait(int poller, int *descriptors, int *bits, int most, int milliseconds) {
  struct kevent events[256];
  struct timespec span = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
  if (most > 256) most = 256;
  int count = kevent(poller, NULL, 0, events, most, milliseconds < 0 ? NULL : &span);
  for (int i = 0; i < count; i++) {
    descriptors[i] = (int)events[i].ident;
    bits[i] = events[i].filter == EVFILT_WRITE ? 2 : 1;
  }
  return count;
}
#endif

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
// Small writes leave at once; a closed peer is an error and not a signal.
static inline void fs_socket_options(int descriptor) {
  int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}
