#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes the end of a child something that can be polled for.
enum ChildSignal {
  /// A pipe that the handler of SIGCHLD writes to.
  private nonisolated(unsafe) static var ends: (read: Int32, write: Int32) = (-1, -1)

  /// What to poll for.
  static var descriptor: Int32 { ends.read }

  /// Installs the handler; once.
  static func `catch`() {
    var pair: [Int32] = [0, 0]
    guard pipe(&pair) == 0 else { return }
    for end in pair {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    ends = (pair[0], pair[1])
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART | SA_NOCLDSTOP
    let handler: @convention(c) (Int32) -> Void = { _ in
      // Nothing here may allocate: a text as a pointer would.
      let code = errno
      var byte: UInt8 = 1
      _ = write(ChildSignal.ends.write, &byte, 1)
      errno = code
    }
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #elseif canImport(Musl)
      action.__sa_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    sigaction(SIGCHLD, &action, nil)
  }
}
