import TestSupport
import Testing

@testable import FinstageStore

/// Tasks in a queue, without any process.
@Suite struct TaskQueueTests {
  private let folder = TemporaryFolder()

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

  @Test func theMostUrgentComesFirstThenTheOldest() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    _ = try queue.add([task("c", priority: .low), task("a"), task("b"), task("u", priority: .critical)])
    try queue.register(worker, slots: 4)
    let turn = try queue.turn("w", work(3))
    #expect(turn.claimed.map(\.arguments) == [["u"], ["a"], ["b"]])
    #expect(turn.unfinished == 4 && turn.ready == 1)
    #expect(try queue.figures().counts[.running] == 3)
    #expect(
      try queue.turn("other", work(5)).claimed.map(\.arguments) == [["c"]], "never twice")
  }

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

  @Test func anOutcomeThatComesTooLateChangesNothing() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    let id = try queue.add([task("a")])[0]
    try queue.register(worker, slots: 1)
    _ = try queue.turn("w", work(1))
    // Its worker seems dead: the task is given to another.
    let orphan = try #require(try queue.running().first)
    try queue.giveBack(orphan, LostAttempt(hasBegun: true))
    let again = try queue.turn("v", work(1))
    #expect(again.claimed.map(\.attempt) == [2])
    _ = try queue.turn("w", work(0, [AttemptOutcome(id: id, attempt: 1, end: .exited(0))]))
    #expect(try queue.task(id)?.state == .running)
    _ = try queue.turn("v", work(0, [AttemptOutcome(id: id, attempt: 2, end: .exited(0))]))
    #expect(try queue.task(id)?.state == .completed)
    #expect(try queue.history(id).map(\.state) == [.pending, .running, .pending, .running, .completed])
  }

  @Test func aTaskThatKillsItsWorkersIsDeadAfterThree() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
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

  @Test func uniqueKeys() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
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

  @Test func dueLaterAndTooLate() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    var later = task("later")
    later.due = TaskClock.now + 3_600_000
    var late = task("late")
    late.expires = TaskClock.now - 1
    let ids = try queue.add([later, late])
    let turn = try queue.turn("w", work(5))
    #expect(turn.claimed.isEmpty && turn.nextDue == later.due)
    #expect(try queue.task(ids[0])?.state == .scheduled)
    #expect(try queue.task(ids[1])?.state == .failed && queue.task(ids[1])?.reason == "expired")
    #expect(try queue.cancel(ids[0]) == .scheduled && queue.task(ids[0])?.state == .cancelled)
    #expect(try queue.retry(ids[1]) == .failed)
    #expect(try queue.turn("w", work(5)).claimed.count == 1)
  }

  @Test func countsAreKept() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    _ = try queue.add((0..<50).map { task("\($0)") })
    try queue.pause(true)
    #expect(try queue.turn("w", work(5)).claimed.isEmpty)
    try queue.pause(false)
    let claimed = try queue.turn("w", work(10)).claimed
    let ended = claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited($0.id % 2 == 0 ? 0 : 64)) }
    _ = try queue.turn("w", work(0, ended))
    let counts = try queue.figures().counts
    #expect(counts[.pending] == 40 && counts[.completed] == 5 && counts[.failed] == 5 && counts[.running] == 0)
    #expect(try queue.purge(before: TaskClock.now + 1000, states: [.failed], limit: .max) == 5)
    #expect(try queue.figures().counts[.failed] == 0 && queue.tasks(TaskFilter(), limit: 100).count == 45)
  }

  /// A queue that the first version wrote: its tasks run, and what is new works.
  @Test func anOlderQueueIsBroughtUpToDate() throws {
    let path = folder.path + "/q/queue.db"
    let schema = SQLiteTaskQueue.schema
    do {
      let old = try Database(
        path: path, schema: Schema(applicationID: schema.applicationID, migrations: [schema.migrations[0]]),
        durability: .full)
      try old.write { () throws(DatabaseError) in
        for state in 0..<8 {
          try old.execute(
            "INSERT INTO task (state, prio, due, argv, cwd, retries, delay, added) VALUES (\(state), 2, 5, '[\"a\(state)\"]', '/', 0, 1000, 5)"
          )
        }
      }
    }
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    #expect(try queue.task(1)?.arguments == ["a0"])
    let claimed = try queue.turn("w", work(5)).claimed
    #expect(claimed.map(\.arguments) == [["a0"], ["a1"], ["a3"]], "what was due later is due by now")
    var child = task("child")
    child.after = [Dependency(.task(1))]
    child.group = "g"
    let id = try queue.add([child])[0]
    _ = try queue.turn("w", work(0, [AttemptOutcome(id: 1, attempt: 1, end: .exited(0))]))
    #expect(try queue.turn("w", work(5)).claimed.map(\.id) == [id])
    #expect(try queue.health().faults.isEmpty && queue.health().damages.isEmpty)
  }

  @Test func countsThatAreWrongAreMended() throws {
    let queue = try SQLiteTaskQueue(folder: folder.path + "/q")
    _ = try queue.add([task("a"), task("b")])
    try queue.database.execute("UPDATE tally SET n = n + 5; UPDATE task SET parents = 3 WHERE id = 2")
    Files.write([1], to: folder.path + "/q/logs/99.1.out")
    #expect(try queue.health().faults.count == 3)
    try queue.mend()
    #expect(try queue.health().faults.isEmpty && queue.turn("w", work(5)).claimed.count == 2)
    #expect(Files.names(in: folder.path + "/q/logs").isEmpty)
  }

  @Test func whichSQLiteHasTheRace() {
    for (number, isAffected) in [
      (3_040_001, true), (3_006_023, false), (3_044_005, true), (3_044_006, false), (3_050_006, true),
      (3_050_007, false),
      (3_051_002, true), (3_051_003, false), (3_052_000, false),
    ] { #expect(SQLiteLibrary.hasResetRace(number) == isAffected, "\(number)") }
  }

  @Test func aQueueThatLostItsFileIsNotBegunAnew() throws {
    do { _ = try SQLiteTaskQueue(folder: folder.path + "/q").add([task("a")]) }
    for name in ["queue.db", "queue.db-wal", "queue.db-shm"] { Files.write([], to: folder.path + "/q/" + name) }
    // A task has run here.
    Files.write([], to: folder.path + "/q/logs/1.1.out")
    #expect(throws: DatabaseError.self) { try SQLiteTaskQueue(folder: folder.path + "/q") }
    Files.write(Array("something else entirely, and long enough to be looked at".utf8), to: folder.path + "/q/queue.db")
    #expect(throws: DatabaseError.self) { try SQLiteTaskQueue(folder: folder.path + "/q") }
  }
}
