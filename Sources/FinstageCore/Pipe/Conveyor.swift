import FinstageSystem

/// Moves items from the calling thread to a few threads of its own, and gives them back for reuse.
///
/// Each item goes through two steps: `prepare`, which may run for several items at once, and `emit`, which runs for one
/// item at a time, in the order in which items were sent. At most `depth` items exist, so memory stays bounded and a
/// slow consumer slows the producer down. The first item is held back until a second one arrives, and threads start
/// only then, so that short inputs never pay for threads.
package final class Conveyor<Item: AnyObject & Sendable>: @unchecked Sendable {
  // While threads run, `state` is accessed only with `mutex` held; everything else is fixed before they start.
  private struct State {
    var waiting: [Item] = []
    var free: [Item] = []
    var made = 0
    /// The numbers of items taken from `waiting` and of items emitted. An item's turn is the value of `taken` when it
    /// was taken.
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
  ///   - emit: called for one item at a time. After it throws, further items are dropped, and the producer's next call
  ///     throws the same error.
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

  /// Returns a free item; waits until one is available.
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

  /// Passes an item to the threads.
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

  /// Waits until every item that was sent has been emitted, or until emitting has failed.
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

  /// Processes the waiting items on the caller's thread, for inputs too short to need threads, or if no thread can
  /// start.
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
