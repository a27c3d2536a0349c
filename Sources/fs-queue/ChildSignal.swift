import FinstageCore

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
    handleSignal(SIGCHLD, flags: SA_RESTART | SA_NOCLDSTOP) { _ in
      // Nothing here may allocate: a text as a pointer would.
      let code = errno
      var byte: UInt8 = 1
      _ = write(ChildSignal.ends.write, &byte, 1)
      errno = code
    }
  }
}
