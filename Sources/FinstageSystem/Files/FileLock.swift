import CPlatform

/// A lock between processes (`flock` on a file of its own). The kernel releases the lock when its holder dies, and
/// waiting does not poll. Children do not inherit the lock.
package final class FileLock: @unchecked Sendable {
  // One descriptor, never reassigned; the kernel serialises the operations on it.
  private let descriptor: Int32
  /// The byte that is locked; nil for the whole file.
  private let byte: Int64?

  /// Nil if the file cannot be opened or created; `errno` says why.
  /// - Parameter byte: lock only this byte of the file, so that one file serves many locks.
  package init?(path: String, byte: Int64? = nil) {
    self.byte = byte
    descriptor = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the lock; false on an error, or when a signal has asked to stop.
  package func acquire() -> Bool {
    while (byte.map { fs_byte_lock(descriptor, $0, 1, 1) } ?? flock(descriptor, LOCK_EX)) != 0 {
      if errno != EINTR || Interruption.signal != 0 { return false }
    }
    return true
  }

  /// Takes the lock if it is free; does not wait.
  package func tryAcquire() -> Bool {
    (byte.map { fs_byte_lock(descriptor, $0, 1, 0) } ?? flock(descriptor, LOCK_EX | LOCK_NB)) == 0
  }

  package func release() { _ = byte.map { fs_byte_lock(descriptor, $0, 0, 0) } ?? flock(descriptor, LOCK_UN) }

  /// Whether a process holds the lock at a path; false if the file does not exist or cannot be opened.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}
