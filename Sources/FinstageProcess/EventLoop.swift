import CPlatform
import FinstageSystem

/// Waits for many descriptors at once and calls the action of each that is readable. One thread uses it. epoll on Linux, so that a
/// wait costs no more with many sources than with few; poll elsewhere.
package final class EventLoop {
  private struct Source {
    let name: String
    let action: () -> Void
  }

  private var sources: [Int32: Source] = [:]
  #if os(Linux)
    private let poller = fs_poller()
  #endif

  package init() {}

  deinit {
    #if os(Linux)
      close(poller)
    #endif
  }

  /// The names of its sources, for messages and tests.
  package var names: [String] { sources.values.map(\.name).sorted() }

  /// Watches a descriptor, which stays its owner's to close, after `remove`.
  package func add(_ name: String, _ descriptor: Int32, _ action: @escaping () -> Void) {
    guard descriptor >= 0 else { return }
    let isNew = sources[descriptor] == nil
    sources[descriptor] = Source(name: name, action: action)
    #if os(Linux)
      if isNew { fs_poller_add(poller, descriptor) }
    #else
      _ = isNew
    #endif
  }

  package func remove(_ descriptor: Int32) {
    guard sources.removeValue(forKey: descriptor) != nil else { return }
    #if os(Linux)
      fs_poller_remove(poller, descriptor)
    #endif
  }

  /// Waits until a source is readable or `seconds` have passed, and calls the actions of all sources that are readable.
  package func wait(seconds: Double) {
    let milliseconds = Int32((max(0, min(seconds, 3600)) * 1000).rounded(.up))
    var ready: [Int32] = []
    #if os(Linux)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 64) { descriptors in
        let count = fs_poller_wait(poller, descriptors.baseAddress!, milliseconds)
        ready.append(contentsOf: descriptors.prefix(max(0, Int(count))))
      }
    #else
      var descriptors = sources.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      if poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 {
        ready = descriptors.filter { $0.revents != 0 }.map(\.fd)
      }
    #endif
    // An action may remove other sources.
    for descriptor in ready { sources[descriptor]?.action() }
  }

  /// Reads away what a descriptor that does not block has to give.
  package static func drain(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while systemRead(descriptor, buffer.baseAddress!, buffer.count) == buffer.count {}
    }
  }
}
