import FinstageCore
import FinstageStore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The thread of a worker that speaks with the database, so that tasks go on being started while a transaction reaches the disk.
///
/// One request at a time: the worker gathers what happens in the meantime. The queue belongs to this thread once it has begun.
final class Ledger: @unchecked Sendable {
  struct Request: Sendable {
    var turn: WorkerTurn
    /// Look for what lost workers left.
    var reaps: Bool
  }

  struct Answer: Sendable {
    var orders = WorkerOrders()
    /// What could not be done; the turn counts for nothing then.
    var error: DatabaseError?
    /// What became of other workers; nil if nobody asked.
    var finding: Reaper.Finding?
  }

  private struct State: Sendable {
    var request: Request?
    var answer: Answer?
    var isBusy = false
    var ends = false
  }

  private let state = Mutex(State())
  private let queue: any TaskQueue
  private let worker: String
  private let reaper: Reaper
  private var retention: Retention
  /// The worker's end: a byte for each answer.
  let signal: Int32
  private let answerEnd: Int32
  private let requests: (read: Int32, write: Int32)
  private var thread: WorkerThread?

  init?(_ queue: any TaskQueue, worker: String, _ retention: Retention) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (signal, answerEnd) = (ends[0], ends[1])
    guard pipe(&ends) == 0 else { return nil }
    requests = (ends[0], ends[1])
    for end in [signal, answerEnd, requests.read, requests.write] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(signal, F_SETFL, O_NONBLOCK)
    self.queue = queue
    self.worker = worker
    reaper = Reaper(queue, worker: worker)
    self.retention = retention
    guard let thread = WorkerThread({ [self] in serve() }) else { return nil }
    self.thread = thread
  }

  /// Whether a request has not been answered yet.
  var isBusy: Bool { state.withLock { $0.isBusy } }

  func submit(_ request: Request) {
    state.withLock {
      $0.request = request
      $0.isBusy = true
    }
    _ = systemWrite(requests.write, "r", 1)
  }

  /// The answer to the last request, once.
  func take() -> Answer? {
    state.withLock { state in
      guard let answer = state.answer else { return nil }
      state.answer = nil
      state.isBusy = false
      return answer
    }
  }

  /// Lets the thread end; the queue may be used by the caller again.
  func end() {
    state.withLock { $0.ends = true }
    _ = systemWrite(requests.write, "e", 1)
    thread?.join()
    thread = nil
  }

  private func serve() {
    var byte: UInt8 = 0
    while true {
      let count = systemRead(requests.read, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      let (request, ends) = state.withLock { state in
        defer { state.request = nil }
        return (state.request, state.ends)
      }
      if let request {
        let answer = answer(request)
        state.withLock { $0.answer = answer }
        _ = systemWrite(answerEnd, "a", 1)
      }
      if ends || count <= 0 { return }
    }
  }

  private func answer(_ request: Request) -> Answer {
    var answer = Answer()
    do throws(DatabaseError) {
      if request.reaps {
        answer.finding = try reaper.look()
      }
      answer.orders = try queue.turn(worker, request.turn)
      // When there is nothing better to do.
      if request.reaps, answer.orders.claimed.isEmpty { try retention.keep(queue) }
    } catch {
      answer.error = error
    }
    return answer
  }
}
