import FinstageProcess
import FinstageSystem
import Synchronization

/// What a worker tells the queue and hears from it: one request at a time, answered later.
protocol WorkerAccount: AnyObject {
  /// Whether the worker has not taken the answer to its last request.
  var isBusy: Bool { get }
  func submit(_ request: LedgerRequest)
  /// Takes the answer to the last request; nil if there is none.
  func take() -> LedgerAnswer?
  /// When the queue was last asked something that it has answered since, besides the requests: by the clock that goes on while the machine sleeps. Nil if
  /// it never was.
  var heardAt: Double? { get }
}

extension WorkerAccount {
  var heardAt: Double? { nil }
}

struct LedgerRequest: Sendable {
  var turn: WorkerTurn
  /// Whether to look for tasks of dead workers.
  var reaps: Bool
}

struct LedgerAnswer: Sendable {
  var orders = WorkerOrders()
  /// Why the turn failed; nil if it succeeded. A failed turn has no effect.
  var failure: (any Error)?
  /// What the reaper found; nil if the request did not ask for it.
  var finding: Reaper.Finding?
}

/// The thread of a worker that speaks with the queue, so that tasks go on being started while a transaction reaches the disk.
///
/// One request at a time: the worker gathers what happens in the meantime. The queue belongs to this thread once it has begun.
final class Ledger: WorkerAccount, @unchecked Sendable {
  // `isBusy` is the worker's own; the mailboxes are for both threads; everything else is this thread's.
  private enum Request: Sendable {
    case work(LedgerRequest)
    case end
  }

  private let requests: Mailbox<Request>
  private let answers: Mailbox<LedgerAnswer>
  private let queue: any TaskQueue
  private let worker: String
  private let reaper: Reaper
  private var retention: Retention
  private(set) var isBusy = false
  private var thread: WorkerThread?
  private let heard = Mutex<Double?>(nil)
  var heardAt: Double? { heard.withLock { $0 } }

  /// Nil if a thread cannot be started; `errno` says why.
  init?(_ queue: any TaskQueue, _ spool: LocalSpool, worker: String, _ retention: Retention, _ loop: EventLoop) {
    guard let requests = Mailbox<Request>(), let answers = Mailbox<LedgerAnswer>() else { return nil }
    self.requests = requests
    self.answers = answers
    self.queue = queue
    self.worker = worker
    reaper = Reaper(queue, spool, worker: worker)
    self.retention = retention
    queue.onBeat { [unowned self] time in heard.withLock { $0 = time } }
    guard let thread = WorkerThread({ [self] in serve() }) else { return nil }
    self.thread = thread
    loop.add("ledger", answers.descriptor) {}
  }

  func submit(_ request: LedgerRequest) {
    isBusy = true
    requests.post(.work(request))
  }

  func take() -> LedgerAnswer? {
    guard isBusy, let answer = answers.take().last else { return nil }
    isBusy = false
    return answer
  }

  /// Ends the thread; after that, the caller may use the queue again.
  func end() {
    requests.post(.end)
    thread?.join()
    thread = nil
  }

  private func serve() {
    while true {
      for request in requests.waitAndTake() {
        switch request {
        case .work(let request): answers.post(answer(request))
        case .end: return
        }
      }
    }
  }

  private func answer(_ request: LedgerRequest) -> LedgerAnswer {
    var answer = LedgerAnswer()
    do {
      if request.reaps { answer.finding = try reaper.look() }
      answer.orders = try queue.turn(worker, request.turn)
      // Remove old tasks only if no task is waiting to be started.
      if request.reaps, answer.orders.claimed.isEmpty { try retention.keep(queue) }
    } catch {
      answer.failure = error
    }
    return answer
  }
}
