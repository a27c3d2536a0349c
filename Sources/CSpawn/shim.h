#include <spawn.h>

// glibc 2.29, musl 1.1.24 and macOS 10.15 have it, but their headers show it to GNU sources only.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

static inline int fs_spawn_chdir(posix_spawn_file_actions_t *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}

#ifdef __linux__
#include <sys/prctl.h>
#endif

// Orphans of children become children of this process, which can then wait for them; prctl is variadic, which Swift cannot call.
static inline int fs_become_subreaper(void) {
#ifdef __linux__
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#else
  return 0;
#endif
}
