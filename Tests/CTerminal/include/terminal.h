#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <sys/types.h>

/// Starts a program in a terminal of its own, of 200 by 200 characters. Returns its process and the other end of the terminal; -1 on an
/// error.
pid_t ct_start(int *descriptor, const char *folder, char *const argv[], char *const envp[]);

#endif
