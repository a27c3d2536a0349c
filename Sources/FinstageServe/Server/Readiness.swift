import CPlatform
import FinstageSystem

/// Which of many descriptors are ready: epoll or kqueue. One thread uses it.
package final class Readiness {
  private let poller = fs_ready_make()
  private let descriptors = UnsafeMutablePointer<Int32>.allocate(capacity: 256)
  private let bits = UnsafeMutablePointer<Int32>.allocate(capacity: 256)

  package init() {}

  deinit {
    close(poller)
    descriptors.deallocate()
    bits.deallocate()
  }

  /// - Returns: false if the descriptor is one that is always ready: a regular file.
  package func add(_ descriptor: Int32, reads: Bool, writes: Bool) -> Bool {
    fs_ready_set(poller, descriptor, (reads ? 1 : 0) | (writes ? 2 : 0), 1) == 0
  }

  package func change(_ descriptor: Int32, reads: Bool, writes: Bool) {
    _ = fs_ready_set(poller, descriptor, (reads ? 1 : 0) | (writes ? 2 : 0), 0)
  }

  package func remove(_ descriptor: Int32) { fs_ready_remove(poller, descriptor) }

  /// Waits, and calls `body` with each descriptor that is ready and for what.
  package func wait(milliseconds: Int32, _ body: (_ descriptor: Int32, _ reads: Bool, _ writes: Bool) -> Void) {
    let count = fs_ready_wait(poller, descriptors, bits, 256, milliseconds)
    for i in 0..<max(0, Int(count)) { body(descriptors[i], bits[i] & 1 != 0, bits[i] & 2 != 0) }
  }
}
