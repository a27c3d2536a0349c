import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells when a file has been touched, as something that can be polled; without inotify there is nothing to poll.
final class WakeAlarm {
  let descriptor: Int32

  init(_ path: String) {
    // It must be there to be watched.
    let file = systemOpen(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
    #if os(Linux)
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      if descriptor >= 0 { inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) }
    #else
      descriptor = -1
    #endif
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Forgets what has happened so far.
  func clear() {
    guard descriptor >= 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 4096)
    while bytes.withUnsafeMutableBytes({ systemRead(descriptor, $0.baseAddress!, 4096) }) > 0 {}
  }
}
