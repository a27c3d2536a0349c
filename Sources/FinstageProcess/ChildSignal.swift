import FinstageSystem

/// Makes the end of a child something that can be waited for.
package enum ChildSignal {
  /// A pipe that the handler of SIGCHLD writes to.
  private nonisolated(unsafe) static var ends: (read: Int32, write: Int32) = (-1, -1)

  /// What to wait for; readable when a child has ended.
  package static var descriptor: Int32 { ends.read }

  /// Installs the handler; call this once.
  package static func install() {
    guard let pair = systemPipe(nonblocking: true) else { return }
    _ = fcntl(pair.write, F_SETFL, O_NONBLOCK)
    ends = pair
    handleSignal(SIGCHLD, flags: SA_RESTART | SA_NOCLDSTOP) { _ in
      // A signal handler must not allocate; passing a string as a pointer would.
      let code = errno
      var byte: UInt8 = 1
      _ = write(ChildSignal.ends.write, &byte, 1)
      errno = code
    }
  }

  /// Forgets the ends that have been told.
  package static func clear() { EventLoop.drain(descriptor) }
}
