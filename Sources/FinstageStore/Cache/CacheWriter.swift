import FinstageCore
import FinstageSystem
import Synchronization

/// Writes values to the shared cache on its own thread and its own connection, so that the caller does not wait for
/// packing and writing. The first value starts the thread. A lock that comes with a value is released once the value is
/// stored.
package final class CacheWriter: Sendable {
  private struct Item: Sendable {
    var key: String
    var entry: CacheEntry
    var cache: CacheName
    var lock: FileLock?
  }

  private struct State {
    var items: [Item] = []
    var isClosed = false
    var failure: (any Error)?
  }

  private let path: String
  private let state = Mutex(State())
  /// Posted once for each wake-up that the thread may need.
  nonisolated(unsafe) private let signal = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private let thread = Mutex<WorkerThread?>(nil)

  private static let itemsAtOnce = 32

  package init(path: String) {
    self.path = path
    sem_init(signal, 0, 0)
  }

  deinit {
    sem_destroy(signal)
    signal.deallocate()
  }

  /// Queues a value for writing.
  package func put(_ key: String, _ entry: CacheEntry, in cache: CacheName, lock: FileLock?) {
    state.withLock { $0.items.append(Item(key: key, entry: entry, cache: cache, lock: lock)) }
    thread.withLock { thread in
      if thread == nil { thread = WorkerThread { [self] in run() } }
    }
    sem_post(signal)
  }

  /// Waits until every value is stored; returns the failure, if any.
  package func finish() -> (any Error)? {
    state.withLock { $0.isClosed = true }
    sem_post(signal)
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
    return state.withLock { state in
      for item in state.items { item.lock?.release() }
      state.items = []
      return state.failure
    }
  }

  private func run() {
    do {
      let shared = try SharedCache(path: path)
      while let items = next() {
        for cache in Set(items.map(\.cache)) {
          try shared.set(items.filter { $0.cache == cache }.map { ($0.key, $0.entry) }, in: cache)
        }
        for item in items { item.lock?.release() }
      }
      try shared.flushCounts()
    } catch {
      state.withLock { $0.failure = error }
      while let items = next() { for item in items { item.lock?.release() } }
    }
  }

  /// The next values; nil once the queue is closed and empty.
  private func next() -> [Item]? {
    while true {
      let (items, isClosed) = state.withLock { state in
        let items = Array(state.items.prefix(CacheWriter.itemsAtOnce))
        state.items.removeFirst(items.count)
        return (items, state.isClosed)
      }
      if !items.isEmpty { return items }
      if isClosed { return nil }
      while sem_wait(signal) != 0 && errno == EINTR {}
    }
  }
}
