import FinstageSystem
import Synchronization

/// Passes the tags of acquired locks from the threads that waited for them to the transfer loop.
final class LockMailbox: Sendable {
  private struct State {
    var tags: [Int] = []
    var waker: TransferLoop.Waker?
  }

  private let state = Mutex(State())

  func open(_ waker: TransferLoop.Waker) { state.withLock { $0.waker = waker } }

  /// The loop is about to be destroyed: it must not be woken any more.
  func close() { state.withLock { $0.waker = nil } }

  func put(_ tag: Int) {
    state.withLock {
      $0.tags.append(tag)
      $0.waker?.wake()
    }
  }

  func take() -> [Int] {
    state.withLock { state in
      defer { state.tags = [] }
      return state.tags
    }
  }
}
