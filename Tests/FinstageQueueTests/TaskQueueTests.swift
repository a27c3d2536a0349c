import FinstageQueue
import TestSupport
import Testing

/// What every engine does with tasks, without any process.
@Suite struct TaskQueueTests {
  private let folder = TemporaryFolder()
  private let clock = TestClock()

  private func task(_ words: String..., priority: TaskPriority = .normal) -> NewTask {
    var task = NewTask(arguments: words, folder: "/")
    task.priority = priority
    return task
  }

  private let worker = WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b")

  private func work(_ wanted: Int, _ ended: [AttemptOutcome] = []) -> WorkerTurn {
    var turn = WorkerTurn()
    turn.wanted = wanted
    turn.ended = ended
    return turn
  }

  @Test(arguments: TestEngine.allCases) func theMostUrgentComesFirstThenTheOldest(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    _ = try queue.add([task("c", priority: .low), task("a"), task("b"), task("u", priority: .critical)])
    try queue.register(worker, slots: 4)
    let turn = try queue.turn("w", work(3))
    #expect(turn.claimed.map(\.arguments) == [["u"], ["a"], ["b"]])
    #expect(turn.unfinished == 4 && turn.ready == 1)
    #expect(try queue.figures().counts[.claimed] == 3)
    #expect(
      try queue.turn("other", work(5)).claimed.map(\.arguments) == [["c"]], "never twice")
  }

  @Test(arguments: TestEngine.allCases) func tasksRunWhereTheyMay(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var there = task("there", priority: .critical)
    there.place = "gpu"
    var other = task("other", priority: .high)
    other.place = "disk"
    let ids = try queue.add([there, other, task("anywhere"), task("low", priority: .low)])
    try queue.register(worker, slots: 4)
    try queue.register(WorkerIdentity(id: "g", pid: 2, start: 1, boot: "b", places: ["gpu", "x"]), slots: 4)
    #expect(try queue.turn("w", work(1)).claimed.map(\.arguments) == [["anywhere"]])
    #expect(try queue.turn("g", work(2)).claimed.map(\.arguments) == [["there"], ["low"]], "the most urgent of both")
    #expect(try queue.turn("w", work(5)).claimed.isEmpty && queue.turn("g", work(5)).claimed.isEmpty)
    var place: String?
    let state = try queue.edit(ids[1]) { old in
      place = old.place
      var new = old
      new.place = ""
      return new
    }
    #expect(state == .pending && place == "disk")
    #expect(try queue.turn("w", work(5)).claimed.map(\.id) == [ids[1]])
    #expect(
      try queue.task(ids[0])?.place == "gpu"
        && queue.workers().first { $0.identity.id == "g" }?.identity.places == ["gpu", "x"])
  }

  @Test(arguments: TestEngine.allCases) func pausedTasksWaitForTheirRelease(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var paused = task("a")
    paused.isPaused = true
    let id = try queue.add([paused])[0]
    var child = task("b")
    child.after = [Dependency(.task(id))]
    var late = task("c")
    late.dueIn = 60_000
    let others = try queue.add([child, late, task("d")])
    try queue.register(worker, slots: 4)
    let turn = try queue.turn("w", work(9))
    #expect(turn.claimed.map(\.arguments) == [["d"]])
    #expect(turn.unfinished == 2, "neither the paused one nor its child can be waited for")
    #expect(try queue.task(id)?.state == .paused)
    #expect(try queue.pause(others[1], true) == .scheduled && queue.pause(others[1], false) == .paused)
    #expect(try queue.task(others[1])?.state == .scheduled, "its time has not come")
    #expect(try queue.pause(others[2], true) == .claimed)
    #expect(try queue.turn("w", work(0)).paused == [others[2]])
    #expect(try queue.pause(id, false) == .paused && queue.pause(99, true) == nil)
    #expect(try queue.turn("w", work(9)).claimed.map(\.id) == [id])
    #expect(try queue.cancel(id) == .claimed)
    #expect(try queue.figures().counts[.paused] == 0)
  }

  @Test(arguments: TestEngine.allCases) func waitingTasksCanBeChanged(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var first = task("a")
    first.uniqueKey = "k"
    first.expiresIn = 60_000
    first.input = [1, 2]
    let ids = try queue.add([first, task("b", priority: .low), task("c")])
    var seen: NewTask?
    let state = try queue.edit(ids[0]) { old in
      seen = old
      var new = old
      new.arguments = ["x", "y"]
      new.priority = .low
      new.group = "g"
      new.expiresIn = nil
      return new
    }
    #expect(state == .pending && seen?.uniqueKey == "k" && seen?.expiresIn == 60_000 && seen?.input == [1, 2])
    clock.now += 120_000
    #expect(throws: TaskRefusal.notUnique(key: "k", id: ids[0])) {
      try queue.edit(ids[1]) { old in
        var new = old
        new.uniqueKey = "k"
        return new
      }
    }
    #expect(try queue.edit(99) { $0 } == nil)
    let claimed = try queue.turn("w", work(9)).claimed
    #expect(claimed.map(\.arguments) == [["c"], ["x", "y"], ["b"]] && claimed[1].input == [1, 2])
    #expect(try queue.task(ids[0])?.group == "g" && queue.groups().map(\.name) == ["", "g"])
    #expect(try queue.edit(ids[0]) { _ in throw Unwanted() } == .claimed, "whoever runs is not changed")
    #expect(try queue.history(ids[0]).map(\.note) == [nil, "edited", nil])
  }

  private struct Unwanted: Error {}

  @Test func whatBecomesOfAnAttempt() {
    func verdict(
      _ end: AttemptOutcome.End, failures: Int64 = 0, retries: Int64 = 3, cancelled: Bool = false, chance: Double = 0,
      later: Double? = nil
    ) -> (TaskState, Int64) {
      var outcome = AttemptOutcome(id: 1, attempt: 1, end: end)
      outcome.retryAfter = later
      var policy = TaskRetryPolicy()
      policy.retries = retries
      policy.delay = 1000
      let (state, _, delay) = outcome.verdict(
        failures: failures, policy: policy, isCancelled: cancelled, chance: chance)
      return (state, delay)
    }
    #expect(verdict(.exited(0)) == (.completed, 0))
    #expect(verdict(.exited(0), cancelled: true) == (.completed, 0), "it was quicker")
    #expect(verdict(.exited(1), cancelled: true) == (.cancelled, 0))
    for hopeless: Int32 in [64, 65, 77, 78, 100, 126, 127] { #expect(verdict(.exited(hopeless)) == (.failed, 0)) }
    #expect(verdict(.notStarted("no such program")) == (.failed, 0))
    #expect(verdict(.exited(1), retries: 0) == (.failed, 0) && verdict(.exited(75), failures: 3) == (.failed, 0))
    // Doubled each time, between one half of the first delay and the bound.
    for (failures, most) in [(0, 1000), (1, 2000), (2, 4000)] as [(Int64, Int64)] {
      #expect(verdict(.exited(1), failures: failures) == (.retrying, 500))
      #expect(verdict(.signalled(9), failures: failures, chance: 1) == (.retrying, most))
    }
    #expect(verdict(.timedOut, failures: 60, retries: 100, chance: 1) == (.retrying, 3_600_000), "an hour at most")
    #expect(verdict(.exited(75), later: 30) == (.retrying, 30_000))
    #expect(verdict(.givenBack, failures: 9, retries: 0) == (.pending, 0))
  }

  /// A worker that was given up wakes up and says all that it can say.
  @Test(arguments: TestEngine.allCases) func whateverComesTooLateChangesNothing(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let id = try queue.add([task("a")])[0]
    try queue.register(worker, slots: 1)
    _ = try queue.turn("w", work(1))
    let orphan = try #require(try queue.running().first)
    try queue.giveBack(orphan, LostAttempt(hasBegun: true))
    try queue.register(WorkerIdentity(id: "v", pid: 2, start: 1, boot: "b"), slots: 1)
    #expect(try queue.turn("v", work(1)).claimed.map(\.attempt) == [2])
    func late(_ change: (inout WorkerTurn) -> Void) throws {
      var turn = WorkerTurn()
      change(&turn)
      let orders = try queue.turn("w", turn)
      #expect(orders.claimed.isEmpty && orders.cancelled.isEmpty && orders.paused.isEmpty)
      let now = try #require(try queue.task(id))
      #expect(now.state == .claimed && now.owner == "v" && now.attempt == 2 && now.progress == nil && now.losses == 1)
    }
    try late { $0.started = [.init(id: id, attempt: 1, pid: 7, start: 7, slot: 1, ran: 5)] }
    try late { $0.progress = [.init(id: id, attempt: 1, share: 0.5, note: "half")] }
    for end in [
      AttemptOutcome.End.notBegun, .givenBack, .exited(0), .exited(1), .signalled(9), .timedOut, .notStarted("x"),
    ] {
      try late { $0.ended = [AttemptOutcome(id: id, attempt: 1, end: end)] }
    }
    // The same of the attempt that is current, from the wrong worker.
    try late { $0.ended = [AttemptOutcome(id: id, attempt: 2, end: .exited(0))] }
    try late { $0.started = [.init(id: id, attempt: 2, pid: 7, start: 7, slot: 1, ran: 5)] }
    // Given back a second time, as by a second reaper.
    try queue.giveBack(orphan, LostAttempt(hasBegun: true))
    try late { _ in }
    _ = try queue.turn("v", work(0, [AttemptOutcome(id: id, attempt: 2, end: .exited(0))]))
    #expect(try queue.task(id)?.state == .completed && queue.figures().counts[.completed] == 1)
    #expect(try queue.attempts(id).map(\.number) == [1, 2])
    // And after its end.
    _ = try queue.turn("w", work(0, [AttemptOutcome(id: id, attempt: 1, end: .exited(1))]))
    var wrong = orphan
    (wrong.attempt, wrong.owner) = (2, "v")
    try queue.giveBack(wrong, LostAttempt(hasBegun: true))
    #expect(try queue.task(id)?.state == .completed && queue.figures().counts[.completed] == 1)
  }

  /// Many tasks that are added together are kept as few are.
  @Test(arguments: TestEngine.allCases) func manyAreAddedAsFewAre(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let tasks = (0..<1200).map { number -> NewTask in
      var one = NewTask(arguments: ["x", "\(number)"], folder: "/f")
      switch number % 6 {
      case 0: one.dueIn = 5000
      case 1: one.isPaused = true
      case 2: (one.group, one.input, one.expiresIn) = ("g\(number % 4)", [0, 255], 9000)
      case 3: (one.environment, one.tags, one.timeout) = (["A": "ä"], ["t", "u"], 7)
      case 4: (one.gatherer, one.item, one.retry.retries) = (.added(3), "line", 2)
      default: (one.place, one.priority, one.hasCleanEnvironment) = ("gpu", .high, true)
      }
      return one
    }
    let together = try queue.add(tasks)
    #expect(together == together.sorted() && together.count == 1200)
    var apart: [Int64] = []
    for start in [0, 600] { apart += try queue.add(Array(tasks[start..<start + 600])) }
    func look(_ id: Int64, _ first: Int64) throws -> [String] {
      let record = try #require(try queue.task(id))
      var text = TaskRecord.description.json(record).text
      text = text.replacing("\"task_id\":\(id),", with: "").replacing("\"task_id\":\"\(id)\",", with: "").replacing(
        "\"batch\":\(first + 3)", with: "\"batch\":0")
      return [text, try queue.history(id).map { "\($0.at) \($0.state) \($0.note ?? "")" }.joined()]
    }
    for i in tasks.indices where i < 600 {
      #expect(try look(together[i], together[0]) == look(apart[i], apart[0]), "\(i)")
    }
    let figures = try queue.figures()
    #expect(figures.counts[.pending] == 1600 && figures.counts[.paused] == 400 && figures.counts[.scheduled] == 400)
    #expect(try queue.add([task("next")])[0] > apart.last!)
    #expect(try queue.groups().map(\.name).filter { !$0.isEmpty } == ["g0", "g2"])
    #expect(try queue.health().faults == [] && queue.health().damages == [])
    try queue.register(worker, slots: 2)
    #expect(try queue.turn("w", work(3)).claimed.map(\.id) == [2, 3, 4].map { together[$0] })
  }

  /// What is offered for a worker that is no more counts, unless somebody else has the task by now.
  @Test(arguments: TestEngine.allCases) func resultsOfWorkersThatHaveEndedCount(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let ids = try queue.add([task("a"), task("b")])
    try queue.register(worker, slots: 2)
    _ = try queue.turn("w", work(2))
    try queue.giveBack(try #require(try queue.running().first { $0.id == ids[1] }), LostAttempt(hasBegun: true))
    var outcome = AttemptOutcome(id: ids[0], attempt: 1, end: .exited(0))
    (outcome.output, outcome.outputLength) = ([65], 1)
    try queue.offer([outcome, AttemptOutcome(id: ids[1], attempt: 1, end: .exited(0))], of: "w")
    #expect(try queue.task(ids[0])?.state == .completed && queue.task(ids[1])?.state == .pending)
    #expect(try queue.output(ids[0], attempt: 1, .output, from: 0, limit: 9) == [65])
    #expect(try queue.figures().counts[.completed] == 1)
  }

  @Test(arguments: TestEngine.allCases) func anOutcomeThatComesTooLateChangesNothing(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let id = try queue.add([task("a")])[0]
    try queue.register(worker, slots: 1)
    _ = try queue.turn("w", work(1))
    // Its worker seems dead: the task is given to another.
    let orphan = try #require(try queue.running().first)
    try queue.giveBack(orphan, LostAttempt(hasBegun: true))
    let again = try queue.turn("v", work(1))
    #expect(again.claimed.map(\.attempt) == [2])
    _ = try queue.turn("w", work(0, [AttemptOutcome(id: id, attempt: 1, end: .exited(0))]))
    #expect(try queue.task(id)?.state == .claimed)
    _ = try queue.turn("v", work(0, [AttemptOutcome(id: id, attempt: 2, end: .exited(0))]))
    #expect(try queue.task(id)?.state == .completed)
    #expect(try queue.history(id).map(\.state) == [.pending, .claimed, .pending, .claimed, .running, .completed])
  }

  @Test(arguments: TestEngine.allCases) func aTaskThatKillsItsWorkersIsDeadAfterThree(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let id = try queue.add([task("poison")])[0]
    for round in 1...3 {
      _ = try queue.turn("w\(round)", work(1))
      try queue.giveBack(try #require(try queue.running().first), LostAttempt(hasBegun: true))
    }
    #expect(try queue.task(id)?.state == .dead && queue.task(id)?.reason == "lost")
    // One that had not begun is innocent.
    let other = try queue.add([task("innocent")])[0]
    for round in 4...9 {
      _ = try queue.turn("w\(round)", work(1))
      try queue.giveBack(try #require(try queue.running().first), LostAttempt(hasBegun: false))
    }
    #expect(try queue.task(other)?.state == .pending)
  }

  @Test(arguments: TestEngine.allCases) func uniqueKeys(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var nightly = task("a")
    nightly.uniqueKey = "nightly"
    let first = try queue.add([nightly])[0]
    #expect(throws: TaskRefusal.self) { try queue.add([nightly]) }
    #expect(try queue.add([nightly], policy: .ignore) == [first])
    let second = try queue.add([nightly], policy: .replace)[0]
    #expect(second != first)
    #expect(try queue.task(first)?.state == .cancelled)
    _ = try queue.turn("w", work(1))
    #expect(throws: TaskRefusal.self) { try queue.add([nightly], policy: .replace) }
    _ = try queue.turn("w", work(0, [AttemptOutcome(id: second, attempt: 1, end: .exited(0))]))
    #expect(try queue.add([nightly]).count == 1, "a finished one is no obstacle")
    #expect(throws: TaskRefusal.self) { try queue.retry(second) }
  }

  @Test(arguments: TestEngine.allCases) func dueLaterAndTooLate(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var later = task("later")
    later.dueIn = 3_600_000
    var late = task("late")
    late.expiresIn = 0
    let ids = try queue.add([later, late])
    let turn = try queue.turn("w", work(5))
    #expect(turn.claimed.isEmpty && turn.nextDueIn == 3_600_000)
    #expect(try queue.task(ids[0])?.state == .scheduled)
    #expect(try queue.task(ids[1])?.state == .failed && queue.task(ids[1])?.reason == "expired")
    #expect(try queue.cancel(ids[0]) == .scheduled && queue.task(ids[0])?.state == .cancelled)
    #expect(try queue.retry(ids[1]) == .failed)
    #expect(try queue.turn("w", work(5)).claimed.count == 1)
  }

  @Test(arguments: TestEngine.allCases) func countsAreKept(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    _ = try queue.add((0..<50).map { task("\($0)") })
    try queue.pause(true)
    #expect(try queue.turn("w", work(5)).claimed.isEmpty)
    try queue.pause(false)
    let claimed = try queue.turn("w", work(10)).claimed
    let ended = claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited($0.id % 2 == 0 ? 0 : 64)) }
    _ = try queue.turn("w", work(0, ended))
    let counts = try queue.figures().counts
    #expect(counts[.pending] == 40 && counts[.completed] == 5 && counts[.failed] == 5 && counts[.claimed] == 0)
    #expect(try queue.purge(before: queue.now + 1000, states: [.failed], limit: .max) == 5)
    #expect(try queue.figures().counts[.failed] == 0 && queue.tasks(TaskFilter(), limit: 100).count == 45)
  }
}
