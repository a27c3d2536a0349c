import FinstageSystem
import TestSupport
import Testing
@testable import FinstageQueue

/// Who is told of which failure, in every engine.
@Suite struct FailureAlarmTests {
  private let folder = TemporaryFolder()
  private let clock = TestClock()

  private func task(_ name: String, alarm: String? = nil) -> NewTask {
    var task = NewTask(arguments: [name], folder: "/tmp")
    task.onFailure = alarm
    return task
  }

  private func turn(_ ended: [AttemptOutcome] = []) -> WorkerTurn {
    var turn = WorkerTurn()
    turn.wanted = 10
    turn.ended = ended
    return turn
  }

  private func failure(_ id: Int64, _ attempt: Int64 = 1, log: String = "") -> AttemptOutcome {
    var outcome = AttemptOutcome(id: id, attempt: attempt, end: .exited(3))
    outcome.log = Array(log.utf8)
    outcome.logLength = Int64(log.utf8.count)
    return outcome
  }

  @Test(arguments: TestEngine.allCases) func aFailureIsToldOnce(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    var retried = task("a", alarm: "mail me")
    retried.retry.retries = 1
    retried.environment = ["A": "1"]
    let id = try queue.add([retried])[0]
    try queue.register(WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b"), slots: 4)
    #expect(try queue.turn("w", turn()).claimed.count == 1)
    // The first failure is followed by a retry.
    #expect(try queue.turn("w", turn([failure(id)])).claimed.isEmpty)
    clock.now += 3_600_000
    #expect(try queue.turn("w", turn()).claimed.map(\.attempt) == [2])
    let told = try queue.turn("w", turn([failure(id, 2, log: String(repeating: "x", count: 20_000) + "the end")]))
      .claimed
    let alarm = try #require(told.first)
    #expect(told.count == 1 && alarm.arguments == ["/bin/sh", "-c", "mail me"] && alarm.folder == "/tmp")
    #expect(alarm.environment["FS_FAILED_ID"] == "\(id)" && alarm.environment["FS_FAILED_STATUS"] == "3")
    #expect(alarm.environment["FS_FAILED_ATTEMPTS"] == "2" && alarm.environment["FS_FAILED_COMMAND"] == "a")
    #expect(alarm.environment["A"] == "1" && alarm.environment["FS_FAILED_REASON"]?.isEmpty == false)
    let input = String(decoding: alarm.input ?? [], as: UTF8.self)
    #expect(input.hasSuffix("the end") && input.utf8.count == 16 << 10)
    // The failure of the alarm is told to nobody.
    #expect(try queue.turn("w", turn([failure(alarm.id)])).claimed.isEmpty)
    #expect(try queue.task(alarm.id)?.state == .failed)
  }

  @Test(arguments: TestEngine.allCases) func theQueueMayHaveOneForAll(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    #expect(try queue.onFailure() == nil)
    try queue.setOnFailure("tell all")
    var member = task("member")
    member.gatherer = .added(0)
    let ids = try queue.add([
      task("gatherer"), member, task("own", alarm: "tell me"), task("quiet", alarm: ""), task("fine"),
    ])
    try queue.register(WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b"), slots: 9)
    _ = try queue.turn("w", turn())
    let told = try queue.turn(
      "w",
      turn(ids.dropLast().map { failure($0) } + [AttemptOutcome(id: ids[4], attempt: 1, end: .exited(0))])
    ).claimed
    #expect(
      told.map { "\($0.environment["FS_FAILED_COMMAND"] ?? "") \($0.arguments.last ?? "")" }.sorted()
        == ["gatherer tell all", "own tell me"])
    // Cancelled, expired and dead tasks.
    var late = task("late")
    late.expiresIn = 1000
    let others = try queue.add([late, task("cancelled"), task("dead")])
    _ = try queue.cancel(others[1])
    for round in 1...3 {
      _ = try queue.turn("x\(round)", turn())
      for orphan in try queue.running() where orphan.id == others[2] {
        try queue.giveBack(orphan, LostAttempt(hasBegun: true))
      }
      for orphan in try queue.running() where orphan.id == others[0] {
        try queue.giveBack(orphan, LostAttempt(hasBegun: false))
      }
    }
    clock.now += 10_000
    _ = try queue.turn("w", turn())
    let alarms = try queue.tasks(TaskFilter(), limit: 100).filter { $0.tags == ["alarm"] }
    #expect(alarms.count == 4, "two more, for the dead and the late one")
    try queue.setOnFailure(nil)
    #expect(try queue.onFailure() == nil)
  }

  @Test(arguments: TestEngine.allCases) func whatWasCompletedStaysCompleted(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let ids = try queue.add([task("a"), task("b"), task("c")])
    try queue.register(WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b"), slots: 9)
    _ = try queue.turn("w", turn())
    _ = try queue.turn(
      "w", turn([failure(ids[2])] + ids.prefix(2).map { AttemptOutcome(id: $0, attempt: 1, end: .exited(0)) }))
    clock.now += 10_000
    #expect(try queue.purge(before: clock.now, states: [.completed], limit: 10) == 2)
    let figures = try queue.figures()
    #expect(figures.completed == 2 && figures.submitted == 3 && figures.counts[.completed] == 0)
  }

  @Test(arguments: TestEngine.allCases) func aNameBelongsToOneFile(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    func jobs(_ text: String) throws -> [ScheduledJob] {
      try JobsFile.parse(text, source: "jobs", folder: "/", zone: "UTC", now: clock.now)
    }
    let (first, second) = ("\(folder.path)/first", "\(folder.path)/second")
    Files.write([], to: first)
    try queue.setSchedules(jobs("x: every 5m -- a\ny: every 5m -- b"), source: first)
    #expect(throws: ScheduleClash(name: "x", source: first)) {
      try queue.setSchedules(jobs("z: every 5m -- c\nx: every 6m -- d"), source: second)
    }
    #expect(try queue.schedules().map(\.job.name).sorted() == ["x", "y"], "all of it or nothing")
    try queue.setSchedules(jobs("x: every 7m -- a"), source: first)
    // A file that is gone holds no names.
    unlink(first)
    try queue.setSchedules(jobs("x: every 6m -- d"), source: second)
    #expect(try queue.schedules().first { $0.job.name == "x" }?.job.rule.text.contains("6m") == true)
  }
}
