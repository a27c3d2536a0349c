// Starts a program as posix_spawn does, but with a tenth of its system calls: the C library allocates a stack, asks for limits, and sets all 64 signals
// for each start. Linux; elsewhere posix_spawn is used.
#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t vfork(void);
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old);

// The signals of this process that are not at their default: only those have to be set in a child.
static inline int fs_changed_signals(int *numbers, int most) {
  int count = 0;
  for (int number = 1; number < 65 && count < most; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL) numbers[count++] = number;
  }
  return count;
}

// Starts a program in a session of its own. Returns 0 and the number of the process, or the code of the error.
//
// The child shares the memory of this process until it is the program, and this thread waits so long: it calls nothing but the system, and no signal reaches it
// before its handlers are gone. What is open from a number on is closed first.
__attribute__((noinline)) static int fs_spawn(
    pid_t *child, const char *file, char *const *arguments, char *const *environment, const char *folder, const int *from,
    const int *to, int count, int first_own, const int *signals, int signal_count) {
  sigset_t all, before, none;
  volatile int error = 0;
  sigfillset(&all);
  sigemptyset(&none);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pid_t process = vfork();
  if (process == 0) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    if (setsid() < 0) goto failed;
    for (int i = 0; i < count; i++) {
      if (from[i] == to[i]) {
        if (fcntl(from[i], F_SETFD, 0) < 0) goto failed;
      } else if (dup2(from[i], to[i]) < 0) {
        goto failed;
      }
    }
#ifdef SYS_close_range
    // Where the kernel has no such call (before 5.9), they are closed by exec, a little later.
    syscall(SYS_close_range, first_own, ~0U, 0);
#endif
    if (chdir(folder) < 0) goto failed;
    for (int i = 0; i < signal_count; i++) sigaction(signals[i], &standard, NULL);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    execve(file, arguments, environment);
  failed:
    error = errno;
    _exit(127);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (process < 0) return errno;
  if (error != 0) {
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
    return error;
  }
  *child = process;
  return 0;
}
#endif
