import FinstageSystem

/// Something that rings, and that can be waited for.
package protocol Alarm: AnyObject {
  /// Readable once it has rung; -1 where there is nothing to wait for.
  var descriptor: Int32 { get }
  /// Discards the events so far.
  func clear()
}

extension Alarm {
  package func clear() {
    if descriptor >= 0 { EventLoop.drain(descriptor) }
  }

  /// Waits until it rings, but no longer than this; without a descriptor a twentieth of a second at most.
  package func wait(seconds: Double) {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let limit = descriptor >= 0 ? seconds : min(seconds, 0.05)
    if poll(&ready, 1, Int32((max(0, min(limit, 3600)) * 1000).rounded(.up))) > 0 { clear() }
  }
}

/// Rings when a file is touched, by whatever process; without inotify there is nothing to wait for.
package final class FileAlarm: Alarm {
  package let descriptor: Int32

  package init(_ path: String) {
    // The file must be there to be watched.
    let file = systemOpen(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
    #if os(Linux)
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      if descriptor >= 0 { inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) }
    #else
      descriptor = -1
    #endif
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// Rings when somebody of this process says so.
package final class PipeAlarm: Alarm {
  private let ends: (read: Int32, write: Int32)?

  package init() { ends = systemPipe(nonblocking: true) }

  deinit {
    guard let ends else { return }
    close(ends.read)
    close(ends.write)
  }

  package var descriptor: Int32 { ends?.read ?? -1 }
  package func ring() { if let ends { _ = systemWrite(ends.write, "!", 1) } }
}
