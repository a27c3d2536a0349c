import FinstageStore
import TestSupport
import Testing
@testable import FinstageQueue

/// What only the engine with a file does.
@Suite struct SQLiteTaskQueueTests {
  private let folder = TemporaryFolder()

  private func task(_ words: String...) -> NewTask { NewTask(arguments: words, folder: "/") }

  private func work(_ wanted: Int, _ ended: [AttemptOutcome] = []) -> WorkerTurn {
    var turn = WorkerTurn()
    turn.wanted = wanted
    turn.ended = ended
    return turn
  }

  /// A queue that the first version wrote: its tasks run, and what is new works.
  @Test func anOlderQueueIsBroughtUpToDate() throws {
    let path = folder.path + "/q/queue.db"
    let schema = SQLiteTaskQueue.schema
    do {
      let old = try Database(
        path: path, schema: Schema(applicationID: schema.applicationID, migrations: [schema.migrations[0]]),
        durability: .full)
      try old.write {
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
    try queue.repair()
    #expect(try queue.health().faults.isEmpty && queue.turn("w", work(5)).claimed.count == 2)
    #expect(Files.names(in: folder.path + "/q/logs").isEmpty)
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
