import FinstageCore
import FinstageExpressions
import FinstageQueue
import TestSupport
import Testing

/// Tasks that wait for others, share limits, or come from a file.
@Suite struct TaskGraphTests {
  private let folder = TemporaryFolder()
  private let clock = TestClock()

  private func task(_ name: String, after: [Dependency] = []) -> NewTask {
    var task = NewTask(arguments: [name], folder: "/")
    task.after = after
    return task
  }

  private func claim(_ queue: any TaskQueue, _ wanted: Int = 10) throws -> [ClaimedTask] {
    var turn = WorkerTurn()
    turn.wanted = wanted
    return try queue.turn("w", turn).claimed
  }

  private func end(_ queue: any TaskQueue, _ task: ClaimedTask, _ status: Int32 = 0, output: String = "") throws {
    var outcome = AttemptOutcome(id: task.id, attempt: task.attempt, end: .exited(status))
    outcome.output = Array(output.utf8)
    var turn = WorkerTurn()
    turn.ended = [outcome]
    _ = try queue.turn("w", turn)
  }

  private func states(_ queue: any TaskQueue, _ ids: [Int64]) throws -> [TaskState] {
    var states: [TaskState] = []
    for id in ids { states.append(try #require(try queue.task(id)).state) }
    return states
  }

  @Test(arguments: TestEngine.allCases) func whatWaitsRunsWhenAllBeforeItHaveEnded(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let ids = try queue.add([task("a"), task("b"), task("c", after: [.init(.added(0)), .init(.added(1))])])
    let first = try claim(queue)
    #expect(first.map(\.id) == Array(ids[..<2]))
    #expect(try queue.parents(of: ids[2]) == Array(ids[..<2]))
    try end(queue, first[0])
    #expect(try claim(queue).isEmpty)
    try end(queue, first[1])
    #expect(try claim(queue).map(\.id) == [ids[2]])
  }

  @Test(arguments: TestEngine.allCases) func aConditionThatIsFalseCancelsDownTheGraph(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let ids = try queue.add([
      task("a"), task("ok", after: [.init(.added(0))]), task("failed", after: [.init(.added(0), .failed)]),
      task("any", after: [.init(.added(1), .any)]), task("below", after: [.init(.added(1))]),
    ])
    try end(queue, try claim(queue)[0], 64)
    #expect(try states(queue, ids) == [.failed, .cancelled, .pending, .pending, .cancelled])
    #expect(try queue.task(ids[4])?.reason == "condition")
    #expect(try claim(queue).map(\.id) == [ids[2], ids[3]])
    // What is added after an end goes by it at once.
    let late = try queue.add([
      task("x", after: [.init(.task(ids[0]), .failed)]), task("y", after: [.init(.task(ids[0]))]),
    ])
    #expect(try states(queue, late) == [.pending, .cancelled])
    #expect(throws: TaskRefusal.self) { try queue.add([task("z", after: [.init(.task(99))])]) }
    #expect(try queue.figures().submitted == 7, "nothing of what was refused is left")
  }

  @Test(arguments: TestEngine.allCases) func expressionsLookAtTheResult(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let conditions = [
      ("rows > 100", true), ("rows > 1000", false), ("exit_status == 0 and price.last < 10.5", true),
      ("symbol == 'AAPL'", true),
      ("missing > 1", false), ("missing is null", true), ("output == 'x'", false),
      ("state == 'completed' and seconds < 60", true),
      ("rows", false), ("symbol > 3", false),
    ]
    let children = try conditions.map { task($0.0, after: [.init(.added(0), try OutcomeCondition($0.0))]) }
    let ids = try queue.add([task("a")] + children)
    try end(
      queue, try claim(queue)[0],
      output: "noise\n{\"symbol\":\"AAPL\",\"rows\":250,\"price\":{\"last\":10.25}}\n")
    let found = try states(queue, Array(ids.dropFirst())).map { $0 == .pending }
    #expect(found == conditions.map(\.1))
    #expect(throws: Expression.Failure.self) { try OutcomeCondition("rows >") }
  }

  /// What stays cancelled above keeps what is below cancelled, in whatever order they are found.
  @Test(arguments: TestEngine.allCases) func retryLeavesNothingWaitingForEver(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    // c needs a, which runs again, and b, which has failed; d needs c; e needs a only, and f needs c and e.
    let ids = try queue.add([
      task("a"), task("b"), task("c", after: [.init(.added(0)), .init(.added(1))]),
      task("d", after: [.init(.added(2))]),
      task("e", after: [.init(.added(0))]), task("f", after: [.init(.added(2)), .init(.added(4))]),
      task("g", after: [.init(.added(3), .any), .init(.added(4))]),
    ])
    for claimed in try claim(queue) { try end(queue, claimed, 1) }
    #expect(try states(queue, ids) == [.failed, .failed] + [TaskState](repeating: .cancelled, count: 5))
    _ = try queue.retry(ids[0])
    #expect(try states(queue, ids) == [.pending, .failed, .cancelled, .cancelled, .pending, .cancelled, .pending])
    try end(queue, try claim(queue)[0])
    try end(queue, try claim(queue)[0])
    #expect(try claim(queue).map(\.arguments) == [["g"]])
    #expect(try queue.health().faults == [])
  }

  @Test(arguments: TestEngine.allCases) func retryLetsTheRestGoOn(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let ids = try queue.add([
      task("a"), task("b", after: [.init(.added(0))]), task("c", after: [.init(.added(1))]), task("other"),
      task("d", after: [.init(.added(2)), .init(.added(3), .failed)]),
    ])
    let first = try claim(queue)
    try end(queue, first[0], 64)
    try end(queue, first[1])
    #expect(try states(queue, ids) == [.failed, .cancelled, .cancelled, .completed, .cancelled])
    #expect(try queue.retry(ids[0]) == .failed)
    // d stays: its other condition has not changed.
    #expect(try states(queue, ids) == [.pending, .pending, .pending, .completed, .cancelled])
    for name in ["a", "b", "c"] {
      let claimed = try claim(queue)
      #expect(claimed.map(\.arguments) == [[name]])
      try end(queue, claimed[0])
    }
  }

  @Test(arguments: TestEngine.allCases) func aLongChainEndsAtOnce(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let count = 20_000
    let ids = try queue.add((0..<count).map { task("\($0)", after: $0 == 0 ? [] : [.init(.added($0 - 1))]) })
    #expect(try queue.cancel(ids[0]) == .pending)
    #expect(try queue.figures().counts[.cancelled] == count)
  }

  @Test(arguments: TestEngine.allCases) func groupsHaveLimits(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    try queue.change(group: "g", QueueGroupChange(limit: .some(2)))
    func member(_ name: String, _ group: String, _ priority: TaskPriority = .normal) -> NewTask {
      var task = task(name)
      task.group = group
      task.priority = priority
      return task
    }
    _ = try queue.add((0..<5).map { member("g\($0)", "g", .critical) } + [member("h", "h"), task("plain")])
    let first = try claim(queue)
    #expect(first.map(\.arguments[0]) == ["g0", "g1", "h", "plain"])
    #expect(try queue.groups().first { $0.name == "g" }?.running == 2)
    try end(queue, first[0])
    #expect(try claim(queue).map(\.arguments[0]) == ["g2"])
    try queue.change(group: "g", QueueGroupChange(limit: .some(nil), isPaused: true))
    #expect(try claim(queue).isEmpty)
    try queue.change(group: "g", QueueGroupChange(isPaused: false))
    #expect(try claim(queue).count == 2)
  }

  @Test(arguments: TestEngine.allCases) func groupsHaveRates(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    try queue.change(group: "g", QueueGroupChange(gap: .some(200_000)))
    _ = try queue.add(
      (0..<4).map {
        var task = task("\($0)")
        task.group = "g"
        return task
      })
    let start: Int64 = 1_800_000_000_000
    func claimed(at milliseconds: Int64) throws -> (Int, Int64?) {
      clock.now = start + milliseconds
      var turn = WorkerTurn()
      turn.wanted = 10
      let orders = try queue.turn("w", turn)
      return (orders.claimed.count, orders.nextDueIn.map { $0 + milliseconds })
    }
    #expect(try claimed(at: 0) == (1, 200))
    #expect(try claimed(at: 150) == (0, 200))
    #expect(try claimed(at: 200) == (1, 400))
    // A clock that was set back an hour holds nothing up.
    #expect(try claimed(at: -3_600_000).0 == 1)
  }

  @Test(arguments: TestEngine.allCases) func whatWaitsLongBecomesUrgent(_ engine: TestEngine) throws {
    let queue = try engine.make(folder, clock: clock)
    let start: Int64 = 1_800_000_000_000
    func add(_ name: String, _ priority: TaskPriority, at time: Int64) throws {
      clock.now = start + time
      var task = task(name)
      task.priority = priority
      _ = try queue.add([task])
    }
    try add("old", .low, at: 0)
    try add("new", .high, at: 1_250_000)
    func first(_ starvation: Int64?) throws -> String? {
      clock.now = start + 1_260_000
      var turn = WorkerTurn()
      turn.wanted = 1
      turn.starvation = starvation
      return try queue.turn("w", turn).claimed.first?.arguments.first
    }
    #expect(try first(600_000) == "old", "two levels in twenty minutes, and due before the other")
    #expect(try first(nil) == "new")
  }

  @Test func graphsFromFiles() throws {
    func graph(_ text: String) throws -> TaskGraph { try TaskGraph(JSONValue.parse(Array(text.utf8)), folder: "/") }
    let chain = try graph(
      #"[{"shell":"a"},{"command":["b","c"],"if":"any"},{"shell":"d","retries":3,"timeout":"5m","after":[]}]"#)
    #expect(chain.tasks.map(\.arguments) == [["sh", "-c", "a"], ["b", "c"], ["sh", "-c", "d"]])
    #expect(chain.tasks.map(\.after) == [[], [.init(.added(0), .any)], []])
    #expect(chain.tasks[2].retry.retries == 3 && chain.tasks[2].timeout == 300_000)
    let named = try graph(
      #"{"tasks":[{"name":"z","shell":"z","after":["x","y"]},{"name":"x","shell":"x"},{"name":"y","shell":"y","after":"x"}]}"#
    )
    #expect(named.tasks[0].after == [.init(.added(1)), .init(.added(2))])
    for (text, message) in [
      (#"{"tasks":[{"name":"a","shell":"a","after":"b"},{"name":"b","shell":"b","after":"a"}]}"#, "a circle"),
      (#"{"tasks":[{"name":"a","shell":"a","after":"a"}]}"#, "a circle"),
      (#"{"tasks":[{"name":"a","shell":"a","after":"b"}]}"#, "no task \"b\""),
      (#"{"tasks":[{"name":"a","shell":"a"},{"name":"a","shell":"b"}]}"#, "two tasks"),
      (#"[{"shell":"a","timout":"5m"}]"#, "no member \"timout\""), (#"[{"command":"a b"}]"#, "must be a list"),
      (#"[{"command":["a"],"shell":"b"}]"#, "not both"), (#"[{}]"#, "needs"), ("[]", "no task"),
      (#"[{"shell":"a","retries":-1}]"#, "0 to 1000"), (#"[{"shell":"a","if":"x >"}]"#, "\"if\""),
      (#"[{"shell":"a","priority":"urgent"}]"#, "one of critical"),
      (#"[{"shell":"a","env":{"A=B":"c"}}]"#, "object of strings"),
    ] {
      do {
        _ = try graph(text)
        Issue.record("\(text) was taken")
      } catch let error as TaskDefinition.Failure {
        #expect(error.sentence.contains(message), "\(text): \(error.sentence)")
      }
    }
    // What is written reads back as the same.
    let again = try TaskDefinition(JSONValue.parse(Array(chain.definitions[2].json().text.utf8)), folder: "/x")
    #expect(again.json().text == chain.definitions[2].json().text && again.task.folder == "/")
  }

  @Test func templatesHaveParameters() throws {
    let text = #"""
      {"description":"d","parameters":[{"name":"symbol","type":"symbol"},{"name":"period","default":"1y","choices":["1y","5y"]},
       {"name":"others","type":"symbols","default":"A B"}],"command":["fetch","{symbol}","--range={period}","{others}"]}
      """#
    let template = try TaskTemplate(JSONValue.parse(Array(text.utf8)))
    #expect(template.usage == "symbol [--period 1y] [others...]")
    func words(_ arguments: String...) throws -> [String] {
      try template.graph("t", arguments, folder: "/").tasks[0].arguments
    }
    #expect(try words("AAPL") == ["fetch", "AAPL", "--range=1y", "A", "B"])
    #expect(try words("AAPL", "--period", "5y", "X") == ["fetch", "AAPL", "--range=5y", "X"])
    for wrong in [[], ["A B"], ["-rf"], ["AAPL", "--period", "2y"], ["AAPL", "--no", "1"], ["AAPL", "--period"]]
      as [[String]]
    {
      #expect(throws: TaskTemplate.Failure.self, "\(wrong)") { try template.graph("t", wrong, folder: "/") }
    }
    let shell = try TaskTemplate(
      JSONValue.parse(Array(#"{"parameters":[{"name":"x"},{"name":"rest","type":"list"}],"shell":"echo $x"}"#.utf8)))
    let task = try shell.graph("t", ["1; rm -rf /", "a b", "c"], folder: "/").tasks[0]
    #expect(task.arguments == ["sh", "-c", "echo $x", "t", "a b", "c"] && task.environment["x"] == "1; rm -rf /")
    for wrong in [
      "[]", #"{"shell":"a","parameters":[{"name":"a b"}]}"#, #"{"shell":"a","parameters":[{"name":"PATH"}]}"#,
      #"{"parameters":[]}"#,
      #"{"shell":"a","parameters":[{"name":"l","type":"list"},{"name":"b"}]}"#,
      #"{"shell":"a","parameters":[{"name":"a","type":"x"}]}"#,
    ] {
      #expect(throws: TaskTemplate.Failure.self, "\(wrong)") { try TaskTemplate(JSONValue.parse(Array(wrong.utf8))) }
    }
  }
}
