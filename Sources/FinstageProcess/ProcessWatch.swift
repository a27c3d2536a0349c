import CPlatform
import FinstageSystem

/// Descriptors that tell at once when other processes of this machine end, however that happens.
package final class ProcessWatch {
  package struct Identity: Sendable, Equatable {
    package var name: String
    package var pid: Int32
    /// When it started, in ticks since boot.
    package var start: Int64

    package init(name: String, pid: Int32, start: Int64) {
      self.name = name
      self.pid = pid
      self.start = start
    }
  }

  private let loop: EventLoop
  private let onEnd: () -> Void
  private var watched: [String: Int32] = [:]

  private static let most = 200

  /// - Parameter onEnd: called when a watched process has ended.
  package init(_ loop: EventLoop, onEnd: @escaping () -> Void) {
    self.loop = loop
    self.onEnd = onEnd
  }

  deinit { for descriptor in watched.values { close(descriptor) } }

  /// Watches these processes and no others. Returns false if one of them cannot be watched, or has ended.
  package func watch(_ processes: [Identity]) -> Bool {
    for (name, descriptor) in watched where !processes.contains(where: { $0.name == name }) { forget(name, descriptor) }
    for process in processes where watched[process.name] == nil && watched.count < ProcessWatch.most {
      // Another process may have taken its number.
      guard ProcessTable.isAlive(process.pid, start: process.start) else { continue }
      let descriptor = fs_process_descriptor(process.pid)
      guard descriptor >= 0 else { continue }
      watched[process.name] = descriptor
      loop.add("process \(process.name)", descriptor) { [unowned self] in
        forget(process.name, descriptor)
        onEnd()
      }
    }
    return processes.allSatisfy { watched[$0.name] != nil }
  }

  private func forget(_ name: String, _ descriptor: Int32) {
    watched[name] = nil
    loop.remove(descriptor)
    close(descriptor)
  }
}
