#define _GNU_SOURCE
#include "terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#endif

extern char **environ;

pid_t ct_start(int *descriptor, const char *folder, char *const argv[], char *const envp[]) {
  struct winsize size = {200, 200, 0, 0};
  pid_t process = forkpty(descriptor, NULL, NULL, &size);
  if (process == 0) {
    if (chdir(folder) == 0) {
      environ = (char **)envp;
      execvp(argv[0], argv);
    }
    _exit(127);
  }
  return process;
}
