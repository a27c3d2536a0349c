import FinstagePostgres
import FinstageQueue
import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// What only a queue on a server can get wrong: several connections at a time, answers that are lost, plans.
@Suite(.enabled(if: TestPostgres.isThere)) struct PostgresQueueTests {
  private let folder = TemporaryFolder()

  private func task(_ words: String..., group: String = "") -> NewTask {
    var task = NewTask(arguments: words, folder: "/")
    task.group = group
    return task
  }

  /// Runs a body on so many threads; what it throws is recorded.
  private func threads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
    let failures = Mutex<[String]>([])
    let all = (0..<count).map { number in
      WorkerThread {
        do { try body(number) } catch { failures.withLock { $0.append("\(number): \(error.sentence)") } }
      }!
    }
    for thread in all { thread.join() }
    #expect(failures.withLock { $0 } == [])
  }

  @Test func anAddIsDoneOnceHoweverOftenItIsSent() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let key = PostgresTaskQueue.newKey()
    var child = task("b")
    child.after = [Dependency(.added(0))]
    let first = try queue.add([task("a"), child], policy: .reject, key: key)
    let other = try server.queue(folder.path + "/b")
    #expect(try other.add([task("a"), child], policy: .reject, key: key) == first)
    #expect(try queue.figures().submitted == 2)
    // Ten at the same time: one adds, the others are told what.
    let shared = PostgresTaskQueue.newKey()
    let answers = Mutex<Set<[Int64]>>([])
    threads(10) { number in
      let queue = try server.queue(folder.path + "/t\(number)")
      let ids = try queue.add([NewTask(arguments: ["x"], folder: "/")], policy: .reject, key: shared)
      answers.withLock { _ = $0.insert(ids) }
    }
    #expect(answers.withLock { $0.count } == 1)
    #expect(try queue.figures().submitted == 3)
  }

  @Test func aKeyIsUniqueHoweverManyAddIt() throws {
    let server = try TestPostgres()
    let added = Mutex(0)
    threads(8) { number in
      let queue = try server.queue(folder.path + "/t\(number)")
      var one = NewTask(arguments: ["x"], folder: "/")
      one.uniqueKey = "k"
      do {
        _ = try queue.add([one])
        added.withLock { $0 += 1 }
      } catch TaskRefusal.notUnique {}
    }
    #expect(added.withLock { $0 } == 1)
  }

  @Test func aLimitHoldsExactlyForAllConnections() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    try queue.change(group: "g", QueueGroupChange(limit: .some(3)))
    let ids = try queue.add((0..<300).map { _ in task("x", group: "g") } + (0..<100).map { _ in task("y") })
    let most = Mutex(0)
    let done = Mutex<[Int64]>([])
    threads(6) { number in
      let queue = try server.queue(folder.path + "/t\(number)")
      let name = "w\(number)"
      try queue.register(WorkerIdentity(id: name, pid: 1, start: 1, boot: "b"), slots: 4)
      var held: [ClaimedTask] = []
      while done.withLock({ $0.count }) < 400 {
        var turn = WorkerTurn()
        turn.ended = held.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
        done.withLock { $0 += held.map(\.id) }
        turn.wanted = 4
        held = try queue.turn(name, turn).claimed
        let running = Int(try queue.groups().first { $0.name == "g" }?.running ?? 0)
        most.withLock { $0 = max($0, running) }
      }
      var last = WorkerTurn()
      last.ended = held.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
      if !held.isEmpty { _ = try queue.turn(name, last) }
    }
    #expect(most.withLock { $0 } == 3, "never more, and all of them were used")
    #expect(done.withLock { $0.sorted() } == ids.sorted(), "each once")
    #expect(try queue.figures().counts[.completed] == 400)
    #expect(try queue.health().faults == [])
  }

  @Test func graphsAndClaimsDoNotStandInEachOthersWay() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    // Forty chains of five, with one that gathers all of them.
    var tasks: [NewTask] = []
    var ends: [Dependency] = []
    for _ in 0..<40 {
      for step in 0..<5 {
        var one = task("x")
        if step > 0 { one.after = [Dependency(.added(tasks.count - 1))] }
        tasks.append(one)
      }
      ends.append(Dependency(.added(tasks.count - 1), .any))
    }
    var last = task("last")
    last.after = ends
    tasks.append(last)
    let ids = try queue.add(tasks)
    let order = Mutex<[Int64]>([])
    threads(4) { number in
      let queue = try server.queue(folder.path + "/t\(number)")
      let name = "w\(number)"
      try queue.register(WorkerIdentity(id: name, pid: 1, start: 1, boot: "b"), slots: 8)
      var held: [ClaimedTask] = []
      let end = SystemClock.monotonic + 60
      while SystemClock.monotonic < end {
        var turn = WorkerTurn()
        turn.ended = held.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
        turn.wanted = 8
        let ended = held.map(\.id)
        order.withLock { $0 += ended }
        let orders = try queue.turn(name, turn)
        held = orders.claimed
        if held.isEmpty, orders.unfinished == 0 { break }
      }
    }
    let finished = order.withLock { $0 }
    #expect(finished.sorted() == ids.sorted() && finished.last == ids.last)
    #expect(try queue.figures().counts[.completed] == ids.count && queue.health().faults == [])
  }

  @Test func outputsOfAnySizeAreKept() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let id = try queue.add([task("x")])[0]
    try queue.register(WorkerIdentity(id: "w", pid: 1, start: 1, boot: "b", machine: queue.machine), slots: 1)
    var turn = WorkerTurn()
    turn.wanted = 1
    _ = try queue.turn("w", turn)
    // As a worker leaves it: a file where it is too long for a row.
    let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    #expect(FileContent.replace(queue.spool.logPath(id, attempt: 1, .output), with: bytes))
    var outcome = AttemptOutcome(id: id, attempt: 1, end: .exited(0))
    outcome.outputLength = Int64(bytes.count)
    outcome.log = [0, 255, 10]
    outcome.logLength = 3
    var end = WorkerTurn()
    end.ended = [outcome]
    _ = try queue.turn("w", end)
    #expect(FileContent.size(queue.spool.logPath(id, attempt: 1, .output)) == nil, "the file has gone")
    let other = try server.queue(folder.path + "/b")
    #expect(try other.output(id, attempt: 1, .output, from: 0, limit: 2_000_000) == bytes)
    for (from, limit) in [(0, 1), (262_143, 3), (524_288, 262_144), (1_000_000, 10), (1_000_003, 10)] {
      #expect(
        try other.output(id, attempt: 1, .output, from: from, limit: limit)
          == Array(bytes.dropFirst(from).prefix(limit)))
    }
    #expect(try other.output(id, attempt: 1, .log, from: 0, limit: 10) == [0, 255, 10])
    #expect(try queue.purge(before: .max, states: [.completed], limit: 10) == 1)
    #expect(try queue.run("SELECT 1 FROM \(queue.place.schema).output") == 0)
  }
}

extension PostgresTaskQueue {
  /// How many rows a question has.
  fileprivate func run(_ sql: String) throws -> Int { try PostgresConnection(place).run(sql).count }
}
