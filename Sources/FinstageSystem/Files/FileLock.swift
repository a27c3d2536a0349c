import CPlatform

/// A lock between processes (`flock` on a file of its own). The kernel releases the lock when its holder dies, and
/// waiting does not poll. Children do not inherit the lock.
package final class FileLock: @unchecked Sendable {
  /// What became of waiting for a lock.
  package enum Outcome: Equatable, Sendable {
    case held
    /// Another process kept it too long.
    case late
    /// A signal has asked to stop.
    case interrupted
    /// The system's error number.
    case failed(Int32)
  }

  // One descriptor, never reassigned; the kernel serialises the operations on it.
  private let descriptor: Int32
  private let path: String
  /// The byte that is locked; nil for the whole file.
  private let byte: Int64?

  /// Nil if the file cannot be opened or created; `errno` says why.
  /// - Parameter byte: lock only this byte of the file, so that one file serves many locks; such a lock is never waited for.
  package init?(path: String, byte: Int64? = nil) {
    self.byte = byte
    self.path = path
    descriptor = systemOpen(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the lock: nobody waits for ever for a process that was stopped.
  package func acquire(within seconds: Double) -> Outcome {
    let end = SystemClock.monotonic + seconds
    while true {
      let left = max(0, end - SystemClock.monotonic)
      if fs_lock_within(descriptor, Int32(left * 1000) + 1) == 0 { return .held }
      let code = errno
      switch code {
      case ETIMEDOUT: return .late
      case EINTR:
        if Interruption.signal != 0 { return .interrupted }
      default: return .failed(code)
      }
    }
  }

  /// Takes the lock if it is free; does not wait.
  package func tryAcquire() -> Bool {
    (byte.map { fs_byte_lock(descriptor, $0, 1, 0) } ?? flock(descriptor, LOCK_EX | LOCK_NB)) == 0
  }

  package func release() { _ = byte.map { fs_byte_lock(descriptor, $0, 0, 0) } ?? flock(descriptor, LOCK_UN) }

  /// Whether a process holds the lock at a path; false if the file does not exist or cannot be opened.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  /// Who holds the lock, in words: `process 4711 (fs-queue, stopped)`; nil where the system does not tell.
  package var holder: String? { FileLock.holder(ofFile: descriptor) }

  /// Who holds the lock of an open file, in words.
  package static func holder(ofFile descriptor: Int32) -> String? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let locks = FileContent.bytes("/proc/locks", limit: 1 << 20) else {
      return nil
    }
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1234567 0 EOF
    for line in String(decoding: locks, as: UTF8.self).split(separator: "\n") where line.contains("FLOCK") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[5].split(separator: ":").last == "\(status.st_ino)", let process = pid_t(words[4]),
        process > 0
      else { continue }
      let facts =
        FileContent.bytes("/proc/\(process)/stat", limit: 4096).map { String(decoding: $0, as: UTF8.self) } ?? ""
      var facets = facts.split(separator: "(").dropFirst().first?.split(separator: ")").first.map { [String($0)] } ?? []
      let state = facts.split(separator: ")").last?.split(separator: " ").first
      if state == "T" || state == "t" { facets.append("stopped") }
      return "process \(process)" + (facets.isEmpty ? "" : " (\(facets.joined(separator: ", ")))")
    }
    return nil
  }
}
