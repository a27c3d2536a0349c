import FinstageSystem

/// Moves items from the calling thread to a few threads of its own, and gives them back for reuse.
///
/// Each item goes through two steps: `prepare`, which may run for several items at once, and `emit`, which runs for one item
/// at a time, in the order in which items were sent. At most `depth` items exist: memory stays bounded, and a slow consumer
/// slows the producer down. The first item is kept back until a second one comes, and threads are started only then: short
/// inputs never pay for them.
package final class Conveyor<Item: AnyObject & Sendable>: @unchecked Sendable {
  // `state` is touched with `mutex` held only; everything else is fixed before the threads start.
  private struct State {
    var waiting: [Item] = []
    var free: [Item] = []
    var made = 0
    /// Items taken from `waiting` so far, and items emitted so far: an item's turn is the number it was taken with.
    var taken = 0
    var emitted = 0
    var isClosed = false
    var failure: (any Error)?
  }

  private var state = State()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let depth: Int
  private let make: () -> Item
  private let prepare: (Item) -> Void
  private let emit: (Item) throws -> Void
  private var threads: [WorkerThread] = []

  private static var threadCount: Int { max(1, min(3, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// - Parameters:
  ///   - make: a new item; called by the producer.
  ///   - prepare: called on any thread, for several items at once.
  ///   - emit: called for one item after the other. After it throws, further items are dropped and the producer is told.
  package init(
    make: @escaping () -> Item, prepare: @escaping (Item) -> Void,
    emit: @escaping (Item) throws -> Void
  ) {
    depth = Conveyor.threadCount + 2
    self.make = make
    self.prepare = prepare
    self.emit = emit
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// An item that nobody uses; waits until there is one.
  package func take() throws -> Item {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let failure = state.failure { throw failure }
      if let item = state.free.popLast() { return item }
      if state.made < depth {
        state.made += 1
        return make()
      }
      pthread_cond_wait(changed, mutex)
    }
  }

  /// Hands an item over.
  package func send(_ item: Item) throws {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if let failure = state.failure { throw failure }
    state.waiting.append(item)
    if threads.isEmpty && state.waiting.count > 1 {
      for _ in 0..<Conveyor.threadCount {
        if let thread = WorkerThread({ [self] in consume() }) { threads.append(thread) }
      }
      if threads.isEmpty {
        try drain()
        return
      }
    }
    pthread_cond_broadcast(changed)
  }

  /// Waits until everything that was sent has been emitted, or has failed to be.
  package func finish() throws {
    pthread_mutex_lock(mutex)
    state.isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
    for thread in threads { thread.join() }
    if threads.isEmpty { try drain() }
    threads = []
    if let failure = state.failure { throw failure }
  }

  /// Works on what is waiting, on the caller's thread; for inputs too short for a second one.
  private func drain() throws {
    for item in state.waiting {
      prepare(item)
      try emit(item)
      state.free.append(item)
    }
    state.waiting.removeAll()
  }

  private func consume() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      while state.waiting.isEmpty && !state.isClosed { pthread_cond_wait(changed, mutex) }
      if state.waiting.isEmpty { return }
      let item = state.waiting.removeFirst()
      let turn = state.taken
      state.taken += 1
      pthread_mutex_unlock(mutex)
      prepare(item)
      pthread_mutex_lock(mutex)
      while state.emitted != turn { pthread_cond_wait(changed, mutex) }
      if state.failure == nil {
        pthread_mutex_unlock(mutex)
        var failure: (any Error)?
        do { try emit(item) } catch { failure = error }
        pthread_mutex_lock(mutex)
        state.failure = failure
      }
      state.emitted += 1
      state.free.append(item)
      pthread_cond_broadcast(changed)
    }
  }
}
