import FinstagePostgres
import FinstageStore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageQueue

/// A machine that a test is: its clock, and processes that end when the test says so.
private final class TestHost: TaskHost {
  private(set) var capacity: Int
  var hasRoom = true
  var clock = 100.0
  /// How long the machine has slept, seconds.
  var slept = 0.0
  var bootClock: Double { clock + slept }
  /// What the next starts give instead of a process.
  var obstacles: [StartOutcome] = []
  var ballast = true
  private(set) var processes: [pid_t: ClaimedTask] = [:]
  private(set) var signals: [(process: pid_t, request: TaskSignal)] = []
  private var ended: [EndedAttempt] = []
  private var said: [(process: pid_t, report: ProgressReader.Report)] = []
  private var lastProcess: pid_t = 1000

  init(_ capacity: Int) { self.capacity = capacity }

  var taken: Int { processes.count }

  func start(_ task: ClaimedTask) -> StartOutcome {
    if !obstacles.isEmpty { return obstacles.removeFirst() }
    lastProcess += 1
    processes[lastProcess] = task
    return .started(process: lastProcess, slot: processes.count - 1)
  }

  func collect() -> [EndedAttempt] {
    defer { ended = [] }
    return ended
  }

  func reports() -> [(process: pid_t, report: ProgressReader.Report)] {
    defer { said = [] }
    return said
  }

  func signal(_ process: pid_t, _ request: TaskSignal) { signals.append((process, request)) }
  func resize(to slots: Int) { capacity = slots }
  func trim() -> Int { 0 }
  func startTime(of process: pid_t) -> Int64 { Int64(process) }
  func dropBallast() -> Bool {
    defer { ballast = false }
    return ballast
  }
  func wait(seconds: Double) { clock += seconds }

  /// The process of a task; nil if it does not run.
  func process(_ name: String) -> pid_t? { processes.first { $0.value.arguments == [name] }?.key }

  func end(_ name: String, _ end: AttemptOutcome.End = .exited(0)) {
    guard let process = process(name), let task = processes.removeValue(forKey: process) else { return }
    ended.append(
      EndedAttempt(process: process, outcome: AttemptOutcome(id: task.id, attempt: task.attempt, end: end)))
  }

  func say(_ name: String, _ report: ProgressReader.Report) {
    if let process = process(name) { said.append((process, report)) }
  }
}

/// An account that answers at once, from a queue in memory.
private final class TestAccount: WorkerAccount {
  let queue: any TaskQueue
  /// What the next turns fail with.
  var failures: [any Error] = []
  private var answer: LedgerAnswer?

  init(_ queue: any TaskQueue) { self.queue = queue }

  var isBusy: Bool { answer != nil }

  func submit(_ request: LedgerRequest) {
    var answer = LedgerAnswer()
    if failures.isEmpty {
      do { answer.orders = try queue.turn("w", request.turn) } catch { answer.failure = error }
    } else {
      answer.failure = failures.removeFirst()
    }
    self.answer = answer
  }

  func take() -> LedgerAnswer? {
    defer { answer = nil }
    return answer
  }
}

/// What a worker decides, with a machine and a clock of the test's own: nothing here takes time.
@Suite struct WorkerTests {
  private let clock = TestClock()
  private let queue: MemoryTaskQueue
  private let host = TestHost(2)
  private let account: TestAccount
  private let warnings = Warnings()

  private final class Warnings { var all: [String] = [] }

  init() throws {
    queue = MemoryTaskQueue(clock: clock.clock)
    account = TestAccount(queue)
    try queue.register(WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b"), slots: 2)
  }

  private func worker(drains: Bool = false, grace: Double = 30, fence: Double? = nil) -> Worker {
    var settings = Worker.Settings()
    settings.drains = drains
    settings.grace = grace
    settings.fence = fence
    let warnings = self.warnings
    return Worker(
      host, account, settings, log: WorkerLog(place: "test", warning: { warnings.all.append($0) }, note: { _ in }))
  }

  private func add(_ names: String..., change: (inout NewTask) -> Void = { _ in }) throws -> [Int64] {
    try queue.add(
      names.map { name in
        var task = NewTask(arguments: [name], folder: "/")
        change(&task)
        return task
      })
  }

  /// Lets the worker go on for a while, both clocks with it.
  @discardableResult
  private func go(_ worker: Worker, seconds: Double = 0.1, stops: Bool = false) throws -> Bool {
    let until = host.clock + seconds
    var isGoingOn = true
    repeat {
      isGoingOn = try worker.advance(stops: stops)
      // An answer of the account ends the wait.
      let step = account.isBusy ? 0.001 : max(0.001, min(worker.patience(), until - host.clock))
      host.clock += step
      clock.now += Int64((step * 1000).rounded(.up))
    } while isGoingOn && host.clock < until
    return isGoingOn
  }

  private func state(_ id: Int64) throws -> TaskState? { try queue.task(id)?.state }

  @Test func itRunsAsManyAsThereAreSlotsUntilAllAreDone() throws {
    let ids = try add("a", "b", "c")
    let worker = worker(drains: true)
    #expect(try go(worker))
    #expect(host.process("a") != nil && host.process("b") != nil && host.process("c") == nil)
    #expect(try state(ids[0]) == .running, "what still runs after a moment is recorded")
    host.end("a")
    #expect(try go(worker) && host.process("c") != nil)
    host.end("b", .exited(64))
    host.end("c")
    #expect(try !go(worker))
    #expect(try ids.map { try state($0) } == [.completed, .failed, .completed])
    #expect(worker.completed == 2 && worker.failed == 1)
  }

  @Test func aTaskThatRunsTooLongGetsTermThenKill() throws {
    let id = try add("slow") { $0.timeout = 5000 }[0]
    let worker = worker()
    try go(worker, seconds: 4.9)
    #expect(host.signals.isEmpty)
    try go(worker, seconds: 0.2)
    #expect(host.signals.map(\.request) == [.end])
    try go(worker, seconds: 9.5)
    #expect(host.signals.count == 1, "ten seconds to end by itself")
    try go(worker, seconds: 1)
    #expect(host.signals.map(\.request) == [.end, .kill])
    host.end("slow", .signalled(9))
    try go(worker)
    #expect(try state(id) == .failed && queue.task(id)?.reason == "timeout" && queue.task(id)?.status == 124)
  }

  @Test func aCancelledTaskIsEndedAndOneThatWaitsNeverBegins() throws {
    let ids = try add("a", "b", "c")
    let worker = worker()
    try go(worker)
    #expect(try queue.cancel(ids[0]) == .running && queue.cancel(ids[2]) == .pending)
    worker.look()
    try go(worker)
    #expect(host.signals.map(\.process) == [host.process("a")])
    host.end("a", .signalled(15))
    try go(worker)
    #expect(try state(ids[0]) == .cancelled && state(ids[2]) == .cancelled && host.process("c") == nil)
  }

  @Test func aPausedTaskIsStoppedAndItsTimeWithIt() throws {
    let id = try add("slow") { $0.timeout = 5000 }[0]
    let worker = worker()
    try go(worker, seconds: 2)
    #expect(try queue.pause(id, true) == .running)
    worker.look()
    try go(worker, seconds: 60)
    #expect(host.signals.map(\.request) == [.stop])
    #expect(try queue.pause(id, false) == .running)
    worker.look()
    try go(worker, seconds: 2.9)
    #expect(host.signals.map(\.request) == [.stop, .continue], "two seconds had passed of five")
    try go(worker, seconds: 0.3)
    #expect(host.signals.map(\.request) == [.stop, .continue, .end])
    host.end("slow", .signalled(15))
    try go(worker)
    #expect(try queue.task(id)?.reason == "timeout")
  }

  @Test func slotsOfALivingWorkerChange() throws {
    _ = try add("a", "b", "c", "d")
    let worker = worker()
    try go(worker)
    #expect(host.processes.count == 2)
    #expect(try queue.setSlots(3, worker: "w") && !queue.setSlots(3, worker: "x"))
    worker.look()
    try go(worker)
    #expect(host.processes.count == 3)
    #expect(try queue.setSlots(1, worker: "w"))
    worker.look()
    for name in ["a", "b"] { host.end(name) }
    try go(worker)
    #expect(host.processes.count == 1, "no other begins while there are more than slots")
    host.end("c")
    try go(worker)
    #expect(host.process("d") != nil)
  }

  /// An idle worker is woken; without, it looks every ten seconds.
  @Test func anIdleWorkerSleeps() throws {
    let worker = worker()
    try go(worker, seconds: 30)
    var looks = 0
    let until = host.clock + 60
    while host.clock < until {
      _ = try worker.advance(stops: false)
      host.clock += account.isBusy ? 0.001 : max(0.001, worker.patience())
      looks += 1
    }
    #expect(looks <= 14, "\(looks)")
  }

  @Test func whoIsToStopLetsTasksEndAndGivesTheRestBack() throws {
    let ids = try add("quick", "stubborn", "waiting")
    let worker = worker(grace: 3)
    try go(worker)
    #expect(try go(worker, seconds: 1, stops: true))
    #expect(host.signals.isEmpty)
    host.end("quick")
    #expect(try go(worker, seconds: 2.5, stops: true))
    #expect(host.process("waiting") == nil, "nothing begins any more")
    #expect(host.signals.map(\.request) == [.end])
    try go(worker, seconds: 3.5, stops: true)
    #expect(host.signals.map(\.request) == [.end, .kill])
    host.end("stubborn", .signalled(9))
    #expect(try !go(worker, stops: true))
    #expect(try ids.map { try state($0) } == [.completed, .pending, .pending])
    #expect(try queue.task(ids[1])?.failures == 0, "to be given back is no failure")
  }

  @Test func whatCannotBeStartedFailsOrWaits() throws {
    let ids = try add("none", "later")
    host.obstacles = [.impossible("no such program"), .later("too many processes")]
    let worker = worker()
    try go(worker, seconds: 0.05)
    #expect(try state(ids[0]) == .failed && queue.task(ids[0])?.reason == "no such program")
    #expect(try state(ids[1]) == .pending && queue.task(ids[1])?.attempt == 0, "as if it had not been claimed")
    #expect(warnings.all == ["task \(ids[1]) cannot be started now: too many processes"])
    try go(worker, seconds: 1)
    #expect(host.process("later") != nil)
  }

  @Test func resultsWaitWhileTheQueueIsFull() throws {
    let ids = try add("a", "b", "c")
    let worker = worker(drains: true)
    try go(worker)
    let full = DatabaseError(kind: .full, path: "q", message: "the disk is full")
    account.failures = [full, full, full]
    host.end("a")
    host.end("b")
    try go(worker, seconds: 0.02)
    #expect(!host.ballast, "the reserve is used")
    try go(worker, seconds: 0.9)
    #expect(try state(ids[0]) == .running && host.process("c") == nil)
    try go(worker, seconds: 3)
    #expect(try state(ids[0]) == .completed && state(ids[1]) == .completed && host.process("c") != nil)
    #expect(warnings.all.count == 2, "\(warnings.all)")
    host.end("c")
    #expect(try !go(worker))
  }

  @Test func whatCannotBeMendedEndsIt() throws {
    _ = try add("a")
    account.failures = [DatabaseError(kind: .corrupt, path: "q", message: "damaged")]
    #expect(throws: DatabaseError.self) { try go(worker()) }
  }

  /// Nobody will take note of how they end, so they are not left behind.
  @Test func whatRunsIsEndedBeforeIt() throws {
    _ = try add("a")
    let worker = worker()
    try go(worker)
    account.failures = [DatabaseError(kind: .corrupt, path: "q", message: "damaged")]
    #expect(throws: DatabaseError.self) { try worker.run() }
    #expect(host.signals.map(\.request) == [.end, .kill])
  }

  @Test func whoWasNotHeardOfEndsWhatItRunsEachTime() throws {
    _ = try add("a", "b")
    let worker = worker(fence: 40)
    try go(worker)
    #expect(host.process("a") != nil && host.process("b") != nil)
    let away = PostgresError(.away, "no answer")
    for name in ["a", "b"] {
      account.failures = [PostgresError](repeating: away, count: 200)
      try go(worker, seconds: 45)
      #expect(host.signals.contains { $0.process == host.process(name) && $0.request == .end }, "\(name)")
      host.end(name, .signalled(15))
      account.failures = []
      try go(worker, seconds: 10)
      // Given back, and begun again.
      #expect(host.process(name) != nil)
    }
  }

  /// What was claimed before the machine slept may be others' by now.
  @Test func nothingBeginsThatWasClaimedBeforeASleep() throws {
    let worker = worker(fence: 40)
    try go(worker)
    let id = try add("a")[0]
    worker.look()
    // Asked, but the answer has not been looked at.
    _ = try worker.advance(stops: false)
    #expect(try state(id) == .claimed)
    host.slept += 300
    _ = try worker.advance(stops: false)
    #expect(host.taken == 0)
    try go(worker, seconds: 5)
    #expect(host.process("a") != nil, "claimed anew")
    #expect(try queue.task(id)?.attempt == 1)
  }

  @Test func nothingBeginsOnAFullDisk() throws {
    _ = try add("a")
    host.hasRoom = false
    let worker = worker()
    try go(worker, seconds: 1)
    #expect(host.taken == 0 && warnings.all.count == 1)
    host.hasRoom = true
    worker.look()
    try go(worker, seconds: 1)
    #expect(host.process("a") != nil)
  }

  @Test func whatTasksSayOfThemselvesIsKept() throws {
    let id = try add("a") { $0.retry.retries = 3 }[0]
    let worker = worker()
    try go(worker)
    host.say("a", ProgressReader.Report(share: 0.25, note: "loading", retryAfter: nil))
    try go(worker)
    #expect(try queue.task(id)?.progress == 0.25 && queue.task(id)?.note == "loading")
    host.say("a", ProgressReader.Report(share: nil, note: nil, retryAfter: 90))
    host.end("a", .exited(75))
    try go(worker)
    let task = try #require(try queue.task(id))
    #expect(task.state == .retrying && task.due - clock.now > 85_000 && task.due - clock.now <= 90_000)
  }

  @Test func aTaskIsBegunWhenItIsDue() throws {
    _ = try add("later") { $0.dueIn = 2500 }
    let worker = worker()
    try go(worker, seconds: 2.4)
    #expect(host.taken == 0)
    try go(worker, seconds: 0.2)
    #expect(host.process("later") != nil)
  }
}
