@testable import FinstagePostgres
@testable import FinstageQueue
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

  private func turn(_ queue: PostgresTaskQueue, _ worker: String, wanted: Int = 0, _ ended: [AttemptOutcome] = [])
    throws
    -> WorkerOrders
  {
    var turn = WorkerTurn()
    turn.wanted = wanted
    turn.ended = ended
    return try queue.turn(worker, turn)
  }

  private func identity(_ name: String, _ machine: String = "elsewhere") -> WorkerIdentity {
    WorkerIdentity(id: name, pid: 1, start: 1, boot: "b", machine: machine)
  }

  /// A turn that its worker has given up may be done all the same, later.
  @Test func whatTheServerHasDoneWithoutTellingIsGivenBack() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let ids = try queue.add([task("a"), task("b")])
    try queue.register(identity("w"), slots: 2)
    #expect(try turn(queue, "w", wanted: 1).claimed.map(\.id) == [ids[0]])
    // As a turn would that was given up a while ago.
    let other = try PostgresConnection(queue.place)
    try other.run(
      "UPDATE \(queue.place.schema).task SET state = -1, attempt = attempt + 1, owner = 'w' WHERE id = \(ids[1])")
    queue.sessions["w"]?.beat = -1e9
    _ = try turn(queue, "w")
    #expect(try queue.task(ids[1])?.state == .pending && queue.task(ids[1])?.attempt == 0)
    #expect(try queue.task(ids[0])?.state == .claimed)
  }

  @Test func aTurnDoesNotWaitLongForALock() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let id = try queue.add([task("a")])[0]
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 1).claimed
    let other = try PostgresConnection(queue.place)
    try other.begin()
    try other.run("SELECT 1 FROM \(queue.place.schema).task WHERE id = \(id) FOR UPDATE")
    let error = #expect(throws: PostgresError.self) {
      _ = try turn(queue, "w", [AttemptOutcome(id: id, attempt: claimed[0].attempt, end: .exited(0))])
    }
    #expect(error?.kind == .busy, "the server has given it up, not this side alone")
    // It lives all the same.
    try PostgresConnection(queue.place).run(
      "UPDATE \(queue.place.schema).worker SET lease_until = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 10000"
    )
    queue.sessions["w"]?.beat = -1e9
    #expect(throws: PostgresError.self) {
      _ = try turn(queue, "w", [AttemptOutcome(id: id, attempt: claimed[0].attempt, end: .exited(0))])
    }
    #expect(
      try PostgresConnection(queue.place).run(
        "SELECT lease_until - extract(epoch FROM clock_timestamp()) * 1000 > 40000 AS renewed FROM \(queue.place.schema).worker"
      ).first?.bool("renewed") == true)
    try other.run("ROLLBACK")
    _ = try turn(queue, "w", [AttemptOutcome(id: id, attempt: claimed[0].attempt, end: .exited(0))])
    #expect(try queue.task(id)?.state == .completed)
  }

  /// Whoever comes back after its lease has ended must not write over what another one has done meanwhile.
  @Test func theNumberOfAClaimThatWasLostIsNotUsedAgain() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let id = try queue.add([task("a")])[0]
    try queue.register(identity("w"), slots: 1)
    let first = try turn(queue, "w", wanted: 1).claimed
    #expect(first.map(\.attempt) == [1])
    let other = try server.queue(folder.path + "/b")
    let schema = queue.place.schema
    let connection = try PostgresConnection(queue.place)
    try connection.run("UPDATE \(schema).worker SET lease_until = 0 WHERE id = 'w'")
    try other.register(identity("v", "there"), slots: 1)
    _ = try other.giveBackExpired()
    #expect(try other.task(id)?.state == .pending)
    let second = try turn(other, "v", wanted: 1).claimed
    #expect(second.map(\.attempt) == [2])
    var result = AttemptOutcome(id: id, attempt: 2, end: .exited(0))
    (result.output, result.outputLength) = (Array("right".utf8), 5)
    _ = try turn(other, "v", [result])
    var late = AttemptOutcome(id: id, attempt: 1, end: .exited(1))
    (late.output, late.outputLength) = (Array("late".utf8), 4)
    let orders = try turn(queue, "w", [late])
    #expect(orders.claimed.isEmpty)
    #expect(try queue.task(id)?.state == .completed)
    #expect(try queue.output(id, attempt: 2, .output, from: 0, limit: 99) == Array("right".utf8))
    #expect(try queue.health().faults == [])
  }

  /// Who comes back while others give its tasks to somebody else either has them or knows that it has not.
  @Test func aWorkerThatComesBackKnowsWhatItHasLost() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let ids = try queue.add((0..<3).map { task("\($0)") })
    try queue.register(identity("w"), slots: 3)
    #expect(try turn(queue, "w", wanted: 3).claimed.count == 3)
    try PostgresConnection(queue.place).run("UPDATE \(queue.place.schema).worker SET lease_until = 0 WHERE id = 'w'")
    let other = try server.queue(folder.path + "/b")
    try other.register(identity("v", "there"), slots: 1)
    _ = try other.giveBackExpired()
    #expect(try turn(queue, "w").cancelled.sorted() == ids)
  }

  @Test func anAddAfterAnEndThatIsNotToldYetWaitsForIt() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("a"), task("b")]
    tasks[1].after = [Dependency(.added(0), .failed)]
    let ids = try queue.add(tasks)
    let schema = queue.place.schema
    let connection = try PostgresConnection(queue.place)
    // As a turn leaves it whose worker dies before it tells.
    try connection.run(
      "UPDATE \(schema).task SET state = 5, status = 1, ended = 1, telling = true WHERE id = \(ids[0])")
    var child = task("c")
    child.after = [Dependency(.task(ids[0]), .failed)]
    var unwanted = task("d")
    unwanted.after = [Dependency(.task(ids[0]))]
    let late = try queue.add([child, unwanted])
    try queue.tellAll(waits: true)
    for (id, state) in [(ids[1], TaskState.pending), (late[0], .pending), (late[1], .cancelled)] {
      #expect(try queue.task(id)?.state == state, "\(id)")
    }
    #expect(try queue.task(late[0])?.parents == 0)
  }

  /// Whoever runs again is waited for, and whoever ends meanwhile is told, in whatever order they come.
  @Test func aRetryAndAnEndAtTheSameTimeAgree() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    try queue.register(identity("w"), slots: 2)
    let other = try server.queue(folder.path + "/b")
    for round in 0..<25 {
      var child = task("c")
      child.after = [Dependency(.added(0)), Dependency(.added(1))]
      let ids = try queue.add([task("p"), task("q"), child])
      let claimed = try turn(queue, "w", wanted: 2).claimed
      #expect(claimed.map(\.id) == Array(ids[..<2]), "\(round)")
      _ = try turn(queue, "w", [AttemptOutcome(id: ids[0], attempt: 1, end: .exited(64))])
      #expect(try queue.task(ids[2])?.state == .cancelled)
      let box = UncheckedBox(value: other)
      let thread = WorkerThread { _ = try? box.value.retry(ids[0]) }
      if round % 3 == 1 { usleep(useconds_t(300 * round)) }
      _ = try turn(queue, "w", [AttemptOutcome(id: ids[1], attempt: 1, end: .exited(0))])
      thread?.join()
      try queue.tellAll(waits: true)
      #expect(try queue.task(ids[2])?.state == .pending && queue.task(ids[2])?.parents == 1, "\(round)")
      let again = try turn(queue, "w", wanted: 2).claimed
      #expect(again.map(\.id) == [ids[0]], "\(round)")
      _ = try turn(queue, "w", again.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) })
      try queue.tellAll(waits: true)
      let last = try turn(queue, "w", wanted: 2).claimed
      #expect(last.map(\.id) == [ids[2]], "\(round)")
      _ = try turn(queue, "w", last.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) })
    }
  }

  private struct UncheckedBox: @unchecked Sendable { let value: PostgresTaskQueue }

  /// A row that somebody holds keeps its own task waiting, and no other.
  @Test func whoHoldsATaskHoldsNoOther() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("a"), task("b"), task("c"), task("d")]
    tasks[1].after = [Dependency(.added(0))]
    tasks[3].after = [Dependency(.added(2))]
    let ids = try queue.add(tasks)
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 4).claimed
    let holder = try PostgresConnection(queue.place)
    try holder.begin()
    try holder.run("SELECT 1 FROM \(queue.place.schema).task WHERE id = \(ids[1]) FOR UPDATE")
    _ = try turn(queue, "w", claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) })
    #expect(try queue.tellAll())
    #expect(try turn(queue, "w", wanted: 2).claimed.map(\.id) == [ids[3]])
    try holder.run("ROLLBACK")
    queue.avoided = [:]
    #expect(try queue.tellAll())
    #expect(try turn(queue, "w", wanted: 2).claimed.map(\.id) == [ids[1]])
  }

  @Test func anAlarmThatCannotBeAddedHoldsUpNobody() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("a"), task("b")]
    tasks[0].onFailure = "notify"
    tasks[1].after = [Dependency(.added(0), .failed)]
    let ids = try queue.add(tasks)
    try PostgresConnection(queue.place).run(
      "ALTER TABLE \(queue.place.schema).task ADD CONSTRAINT broken CHECK (argv NOT LIKE '%notify%')")
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 4).claimed
    let next = try turn(
      queue, "w", wanted: 1, claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(64)) })
    #expect(next.claimed.map(\.id) == [ids[1]])
    #expect(try queue.history(ids[0]).last?.note?.contains("alarm could not be added") == true)
  }

  @Test func whatIsWrongIsPutRightWithoutStoppingAnybody() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("a"), task("b")]
    tasks[1].after = [Dependency(.added(0))]
    let ids = try queue.add(tasks)
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 1).claimed
    let schema = queue.place.schema
    let connection = try PostgresConnection(queue.place)
    try connection.run("UPDATE \(schema).task SET parents = 3 WHERE id = \(ids[1])")
    try connection.run("INSERT INTO \(schema).figure VALUES ('state 4', 7), ('state 6', 1)")
    #expect(try queue.health().faults.count == 2)
    // A turn that is under way has these.
    try connection.begin()
    try connection.run("INSERT INTO \(schema).figure_log VALUES ('{state 5}', '{1}')")
    let other = try server.queue(folder.path + "/b")
    try other.repair()
    try connection.run("ROLLBACK")
    #expect(try queue.health().faults == [])
    _ = try turn(queue, "w", claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) })
    #expect(try turn(queue, "w", wanted: 1).claimed.map(\.id) == [ids[1]])
    #expect(try queue.health().faults == [])
  }

  /// One end that cannot be told, for whatever reason, must not hold up the others.
  @Test func anEndThatCannotBeToldIsSetAside() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("a"), task("b"), task("c"), task("d")]
    tasks[1].after = [Dependency(.added(0))]
    tasks[3].after = [Dependency(.added(2))]
    let ids = try queue.add(tasks)
    let schema = queue.place.schema
    let connection = try PostgresConnection(queue.place)
    try connection.run(
      "ALTER TABLE \(schema).task ADD CONSTRAINT broken CHECK (id <> \(ids[1]) OR parents > 0)")
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 4).claimed
    #expect(claimed.map(\.id) == [ids[0], ids[2]])
    let orders = try turn(
      queue, "w", wanted: 2, claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) })
    #expect(orders.claimed.map(\.id) == [ids[3]])
    #expect(try queue.history(ids[0]).last?.note?.contains("could not be told") == true)
  }

  @Test func aMoveWaitsForAnAddThatIsUnderWay() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let adder = try PostgresConnection(queue.place)
    let schema = queue.place.schema
    try adder.begin()
    try adder.run("INSERT INTO \(schema).added (key, at, ids) VALUES ('k', 1, '{}')")
    let isMarked = Mutex(false)
    let thread = WorkerThread {
      let other = try? server.queue(folder.path + "/b")
      try? other?.setMoveMark(.movedTo("x"))
      isMarked.withLock { $0 = true }
    }
    // It waits for the lock that the add has.
    let looker = try PostgresConnection(queue.place)
    let end = SystemClock.monotonic + 10
    while try looker.run("SELECT 1 FROM pg_locks WHERE relation = '\(schema).added'::regclass AND NOT granted").isEmpty,
      SystemClock.monotonic < end
    {
      usleep(10_000)
    }
    #expect(!isMarked.withLock { $0 })
    try adder.run("COMMIT")
    thread?.join()
    #expect(try queue.moveMark() == .movedTo("x"))
    for body in [
      { _ = try queue.add([self.task("a")]) }, { _ = try queue.cancel(1) }, { _ = try queue.retry(1) },
      { _ = try queue.pause(1, true) }, { _ = try queue.edit(1) { $0 } }, { try queue.setSchedules([], source: "f") },
      { _ = try queue.removeSchedule("x") }, { _ = try queue.purge(before: 1, states: [.failed], limit: 1) },
      { try queue.pause(true) },
      { try queue.setOnFailure("x") }, { try queue.change(group: "g", QueueGroupChange(limit: .some(1))) },
      { try queue.register(self.identity("w"), slots: 1) },
    ] as [() throws -> Void] {
      #expect(throws: TaskRefusal.self) { try body() }
    }
  }

  /// Counts of what waits have a limit; what is kept back has not.
  @Test func drainingEndsHoweverManyWaitForAPausedTask() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var paused = task("p")
    paused.isPaused = true
    var tasks = [paused]
    for _ in 0..<40 {
      var child = task("c")
      child.after = [Dependency(.added(0))]
      tasks.append(child)
    }
    _ = try queue.add(tasks)
    try queue.register(identity("w"), slots: 1)
    #expect(try turn(queue, "w", wanted: 1).unfinished == 0)
    _ = try queue.add([task("one")])
    #expect(try turn(queue, "w", wanted: 2).unfinished == 1)
  }

  @Test func settingsOfTheServerChangeNothing() throws {
    let server = try TestPostgres()
    for settings in [
      "bytea_output=escape", "default_transaction_isolation=serializable",
      "default_transaction_isolation=repeatable%20read",
    ] {
      let address =
        server.address + "&options=-c" + settings.replacing("%20", with: "%5C%20").replacing("=", with: "%3D")
      let queue = try PostgresTaskQueue(address, folder: folder.path + "/a")
      var one = task("a")
      let bytes = (0...255).map { UInt8($0) } + Array("\\x41 \\\\ \\101".utf8)
      one.input = bytes
      let id = try queue.add([one])[0]
      try queue.register(identity("w"), slots: 1)
      let claimed = try turn(queue, "w", wanted: 1).claimed
      #expect(claimed.map(\.input) == [bytes], "\(settings)")
      var end = AttemptOutcome(id: id, attempt: 1, end: .exited(0))
      (end.output, end.outputLength) = (bytes, Int64(bytes.count))
      _ = try turn(queue, "w", [end])
      #expect(try queue.output(id, attempt: 1, .output, from: 0, limit: 999) == bytes, "\(settings)")
    }
  }

  @Test func figuresAreRightAfterALostAnswer() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    _ = try queue.add([task("a"), task("b")])
    try queue.register(identity("w"), slots: 2)
    let claimed = try turn(queue, "w", wanted: 2).claimed
    let ends = claimed.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
    _ = try turn(queue, "w", [ends[0]])
    // The answer was lost, and the worker tells it again, with what has ended since.
    queue.sessions["w"]?.isUnsure = true
    _ = try turn(queue, "w", ends)
    let figures = try queue.figures()
    #expect(figures.attempts["exit"] == 2 && figures.counts[.completed] == 2 && figures.endedLastHour == 2)
  }

  @Test func aZeroByteInATextEndsNobody() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    let id = try queue.add([task("a")])[0]
    try queue.register(identity("w"), slots: 2)
    _ = try turn(queue, "w", wanted: 1)
    var said = WorkerTurn()
    said.progress = [.init(id: id, attempt: 1, share: 0.5, note: "a\0b")]
    _ = try queue.turn("w", said)
    #expect(try queue.task(id)?.note == "ab")
  }

  @Test func manyThatWaitForOneAreAddedAtOnceAndToldAtOnce() throws {
    let server = try TestPostgres()
    let queue = try server.queue(folder.path + "/a")
    var tasks = [task("first")]
    for i in 0..<3000 {
      var child = task("c")
      child.after = [Dependency(.added(0), i % 2 == 0 ? .completed : .failed)]
      tasks.append(child)
    }
    _ = try queue.add(tasks)
    try queue.register(identity("w"), slots: 1)
    let first = try turn(queue, "w", wanted: 1).claimed
    _ = try turn(queue, "w", [AttemptOutcome(id: first[0].id, attempt: 1, end: .exited(0))])
    let figures = try queue.figures()
    #expect(figures.counts[.pending] == 1500 && figures.counts[.cancelled] == 1500)
    #expect(try queue.health().faults == [])
  }
}

extension PostgresTaskQueue {
  /// How many rows a question has.
  fileprivate func run(_ sql: String) throws -> Int { try PostgresConnection(place).run(sql).count }
}
