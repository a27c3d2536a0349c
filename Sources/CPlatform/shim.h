// Calls that Swift cannot make (variadic ones), or that the C library shows to GNU sources only.
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

// glibc 2.29, musl 1.1.24 and macOS 10.15 have it, but their headers show it to GNU sources only.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

static inline int fs_spawn_chdir(posix_spawn_file_actions_t *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}

#ifdef __linux__
#include <errno.h>
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
