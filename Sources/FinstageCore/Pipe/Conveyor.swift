#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Moves items from the calling thread to a thread of its own, which works on them in order and gives them back for reuse.
///
/// At most `depth` items exist: memory stays bounded, and a slow consumer slows the producer down. The first item is kept
/// back until a second one comes, and the thread is started only then: short inputs never pay for it.
public final class Conveyor<Item: AnyObject & Sendable>: @unchecked Sendable {
  // `state` is touched with `mutex` held only; `work` is called by one thread at a time.
  private struct State {
    var waiting: [Item] = []
    var free: [Item] = []
    var made = 0
    var isClosed = false
    var failure: OutputError?
  }

  private var state = State()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let depth: Int
  private let make: () -> Item
  private let work: (Item) throws(OutputError) -> Void
  private var thread: WorkerThread?

  /// - Parameters:
  ///   - make: a new item; called by the producer.
  ///   - work: what to do with each item. After it throws, further items are dropped and the producer is told.
  public init(depth: Int, make: @escaping () -> Item, work: @escaping (Item) throws(OutputError) -> Void) {
    self.depth = depth
    self.make = make
    self.work = work
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
  public func take() throws(OutputError) -> Item {
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
  public func send(_ item: Item) throws(OutputError) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if let failure = state.failure { throw failure }
    state.waiting.append(item)
    if thread == nil && state.waiting.count > 1 {
      thread = WorkerThread { [self] in consume() }
      if thread == nil {
        try drain()
        return
      }
    }
    pthread_cond_broadcast(changed)
  }

  /// Waits until everything that was sent has been worked on.
  public func finish() throws(OutputError) {
    pthread_mutex_lock(mutex)
    state.isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
    if let thread {
      thread.join()
    } else {
      try drain()
    }
    if let failure = state.failure { throw failure }
  }

  /// Works on what is waiting, on the caller's thread; for inputs too short for a second one.
  private func drain() throws(OutputError) {
    for item in state.waiting {
      try work(item)
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
      if state.failure == nil {
        pthread_mutex_unlock(mutex)
        var failure: OutputError?
        do throws(OutputError) { try work(item) } catch { failure = error }
        pthread_mutex_lock(mutex)
        state.failure = failure
      }
      state.free.append(item)
      pthread_cond_broadcast(changed)
    }
  }
}
