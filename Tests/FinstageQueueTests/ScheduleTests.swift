import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageQueue

/// Schedules in a queue, with a clock that the test sets.
@Suite struct ScheduleTests {
  private let folder = TemporaryFolder()

  private func instant(_ text: String) -> Int64 { Timestamp.parse(text)! / 1_000_000 }

  private let clock = TestClock()

  private func load(_ text: String, _ queue: any TaskQueue, at time: String) throws {
    clock.now = instant(time)
    try queue.setSchedules(try parse(text), source: "test")
  }

  private func parse(_ text: String, folder: String = "/") throws -> [ScheduledJob] {
    try JobsFile.parse(text, source: "jobs.conf", folder: folder, zone: "UTC", now: clock.now)
  }

  /// A worker's turn at a time; what it claims has ended at the next one.
  private func turn(
    _ queue: any TaskQueue, at time: String, wanted: Int = 0, ended: [AttemptOutcome] = []
  ) throws -> WorkerOrders {
    clock.now = instant(time)
    var turn = WorkerTurn()
    turn.wanted = wanted
    turn.ended = ended
    return try queue.turn("w", turn)
  }

  private func outcomes(_ queue: any TaskQueue) throws -> [String] {
    try queue.firings(nil, limit: 1000).reversed().map {
      String(Timestamp.string($0.instant * 1_000_000).dropFirst(11).prefix(5)) + " " + $0.what
    }
  }

  @Test(arguments: TestEngine.allCases) func anInstantFiresOnce(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    try load("a: every 10m overlap=allow -- true", queue, at: "2026-11-25T10:05:00Z")
    #expect(try turn(queue, at: "2026-11-25T10:09:59Z").nextDueIn == 1000)
    #expect(try outcomes(queue).isEmpty)
    for _ in 0..<3 { _ = try turn(queue, at: "2026-11-25T10:10:00Z") }
    // The clock is set back a day, and put right again.
    _ = try turn(queue, at: "2026-11-24T10:10:00Z")
    _ = try turn(queue, at: "2026-11-25T10:10:30Z")
    #expect(try outcomes(queue) == ["10:10 fired"])
    // Loading the same file again changes nothing; another engine process neither.
    try load("a: every 10m overlap=allow -- true", queue, at: "2026-11-25T10:15:00Z")
    let other = engine == .memory ? queue : try engine.make(folder, clock: clock)
    _ = try turn(other, at: "2026-11-25T10:20:00Z")
    _ = try turn(queue, at: "2026-11-25T10:20:00Z")
    #expect(try outcomes(queue) == ["10:10 fired", "10:20 fired"])
    #expect(try queue.task(1)?.schedule == "a")
  }

  @Test(arguments: TestEngine.allCases) func whatWasMissed(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    try load(
      """
      missed = skip
      skip: every 10m overlap=allow -- true
      once: every 10m overlap=allow missed=once -- true
      all: every 10m overlap=allow missed=all -- true
      """, queue, at: "2026-11-25T10:05:00Z")
    // Nobody worked for half an hour and a bit.
    _ = try turn(queue, at: "2026-11-25T10:43:00Z")
    func fired(_ name: String) throws -> [String] {
      try queue.firings(name, limit: 100).reversed().map {
        String(Timestamp.string($0.instant * 1_000_000).dropFirst(11).prefix(5)) + " " + $0.what
      }
    }
    #expect(try fired("skip") == ["10:10 missed", "10:20 missed", "10:30 missed", "10:40 missed"])
    #expect(try fired("once") == ["10:10 missed", "10:20 missed", "10:30 missed", "10:40 fired"])
    #expect(try fired("all") == ["10:10 fired", "10:20 fired", "10:30 fired", "10:40 fired"])
    _ = try turn(queue, at: "2026-11-25T10:50:30Z")
    #expect(try fired("skip").last == "10:50 fired", "half a minute is no delay")
    // A year without a worker: a hundred at most, and soon done.
    _ = try turn(queue, at: "2027-11-25T10:50:00Z")
    #expect(try fired("all").count <= 100 + 5)
    #expect(try turn(queue, at: "2027-11-25T10:50:01Z").nextDueIn == 599_000)
  }

  @Test(arguments: TestEngine.allCases) func whatOverlaps(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    try load(
      """
      skip: every 10m -- true
      queue: every 10m overlap=queue -- true
      cancel: every 10m overlap=cancel -- true
      """, queue, at: "2026-11-25T10:05:00Z")
    let first = try turn(queue, at: "2026-11-25T10:10:00Z", wanted: 10).claimed
    #expect(first.count == 3)
    let second = try turn(queue, at: "2026-11-25T10:20:00Z", wanted: 10)
    #expect(second.claimed.isEmpty)
    // The one that is to be replaced is to be ended.
    let replaced = try #require(try queue.firings("cancel", limit: 10).last?.task)
    #expect(second.cancelled == [replaced])
    _ = try turn(queue, at: "2026-11-25T10:30:00Z", wanted: 10)
    func what(_ name: String) throws -> [String] { try queue.firings(name, limit: 10).reversed().map(\.what) }
    #expect(try what("skip") == ["fired", "overlap", "overlap"])
    #expect(try what("queue") == ["fired", "queued", "overlap"])
    #expect(try what("cancel") == ["fired", "replaced", "replaced"])
    let ends = first.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
    let third = try turn(queue, at: "2026-11-25T10:31:00Z", wanted: 10, ended: ends)
    #expect(third.claimed.count == 2, "the one that was queued, and the last replacement")
    let list = try queue.schedules().first { $0.job.name == "skip" }
    #expect(list?.succeeded == 1 && list?.total == 1 && list?.lastStatus == 0)
  }

  @Test func filesOfJobs() throws {
    let jobs = try parse(
      """
      # a comment
      zone = America/New_York   # and another
      A_VARIABLE="some value"
      priority = low
      0 18 * * mon-fri  /usr/bin/fs-fetch AAPL --range 1y | cat
      report: nyse close + 15m jitter 1m when=nyse missed=all timeout=10m retries=2 tags=x,y -- run=1 sh -c 'a  b'
      x: @daily X=1 echo $X
      """)
    #expect(jobs.map(\.name) == ["fs-fetch-AAPL---range", "report", "x"])
    #expect(jobs[0].definition.task.arguments == ["sh", "-c", "/usr/bin/fs-fetch AAPL --range 1y | cat"])
    #expect(jobs[1].definition.task.arguments[2] == "run=1 sh -c 'a  b'")
    #expect(jobs[1].rule.jitter == 60 && jobs[1].missed == .all && jobs[1].rule.condition == .nyse)
    #expect(jobs[1].definition.task.timeout == 600_000 && jobs[1].definition.task.tags == ["x", "y"])
    #expect(jobs[2].definition.task.arguments[2] == "X=1 echo $X" && jobs[2].definition.task.priority == .low)
    #expect(
      jobs.allSatisfy {
        $0.zone == "America/New_York" && $0.definition.task.environment == ["A_VARIABLE": "some value"]
      })
    for job in jobs { #expect(ScheduledJob(name: job.name, json: job.json)?.json == job.json) }
    for (text, line, message) in [
      ("zone = Mars/Olympus\n", 1, "no time zone"), ("a: every 5m -- x\na: every 6m -- y", 2, "already"),
      ("a: every 5m", 1, "a command"),
      ("\n61 * * * * x", 2, "not a valid minute"), ("a: every 5m colour=red -- x", 1, "no option \"colour\""),
      ("a: every 5m missed=maybe -- x", 1, "one of skip, once, all"), ("a: 0 0 30 2 * -- x", 1, "never fires"),
      ("a/b: every 5m -- x", 1, "a name"),
      ("a: every 5m retries=many -- x", 1, "retries"), ("x = 5", 1, "no option \"x\""),
      ("a: every 5m limit=3 -- x", 1, "for a group"),
    ] as [(String, Int, String)] {
      do {
        _ = try parse(text)
        Issue.record("\(text) was taken")
      } catch let error as JobsFile.Failure {
        #expect(error.line == line && error.sentence.contains(message), "\(text): \(error)")
      }
    }
  }

  @Test(arguments: TestEngine.allCases) func theFileThatComesWithItIsRight(_ engine: TestEngine) throws {
    let text = try #require(Files.text("\(Run.package)/samples/jobs.conf"))
    let jobs = try parse(text)
    #expect(jobs.count >= 12 && jobs.allSatisfy { $0.zone == "America/New_York" })
    let queue = try engine.make(folder, clock: clock)
    try queue.setSchedules(jobs, source: "x")
    #expect(try queue.schedules().count == jobs.count)
    try queue.setSchedules([], source: "x")
    #expect(try queue.schedules().isEmpty)
  }
}
