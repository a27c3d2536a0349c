/// A lock between processes (`flock` on a file of its own). The kernel releases the lock when its holder dies, and
/// waiting does not poll. Children do not inherit the lock.
package final class FileLock: @unchecked Sendable {
  // One descriptor, never reassigned; the kernel serialises the operations on it.
  private let descriptor: Int32

  /// Nil if the file cannot be opened or created; `errno` says why.
  package init?(path: String) {
    descriptor = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the lock; false on an error, or when a signal has asked to stop.
  package func acquire() -> Bool {
    while flock(descriptor, LOCK_EX) != 0 {
      if errno != EINTR || Interruption.signal != 0 { return false }
    }
    return true
  }

  /// Takes the lock if it is free; does not wait.
  package func tryAcquire() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  package func release() { _ = flock(descriptor, LOCK_UN) }

  /// Whether a process holds the lock at a path; false if the file does not exist or cannot be opened.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}
