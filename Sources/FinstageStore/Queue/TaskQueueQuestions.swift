import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What people ask of a queue, and change in it.
extension TaskQueue {
  private static let columns =
    "id, state, prio, argv, cwd, tags, due, added, began, ended, attempt, failures, losses, retries, owner, pid, status, reason, progress, note, cancel"

  private func record(_ statement: Statement) -> TaskRecord {
    func integer(_ column: Int32) -> Int64? { statement.isNull(column) ? nil : statement.integer(column) }
    return TaskRecord(
      id: statement.integer(0), state: TaskState(rawValue: statement.integer(1)) ?? .pending,
      priority: TaskPriority(rawValue: statement.integer(2)) ?? .normal, arguments: TaskQueue.texts(statement.text(3)),
      folder: statement.text(4) ?? "", tags: TaskQueue.texts(statement.text(5)), due: statement.integer(6),
      added: statement.integer(7), began: integer(8), ended: integer(9), attempt: statement.integer(10),
      failures: statement.integer(11), losses: statement.integer(12), retries: statement.integer(13),
      owner: statement.text(14), pid: statement.integer(15), status: integer(16), reason: statement.text(17),
      progress: statement.isNull(18) ? nil : statement.double(18), note: statement.text(19),
      isCancelRequested: statement.integer(20) != 0)
  }

  public func task(_ id: Int64) throws(DatabaseError) -> TaskRecord? {
    let statement = try database.prepare("SELECT \(TaskQueue.columns) FROM task WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? record(statement) : nil
  }

  /// Tasks, the newest first.
  public func tasks(_ state: TaskState?, limit: Int) throws(DatabaseError) -> [TaskRecord] {
    let condition = state.map { "WHERE state = \($0.rawValue)" } ?? ""
    let statement = try database.prepare(
      "SELECT \(TaskQueue.columns) FROM task \(condition) ORDER BY id DESC LIMIT ?"
    ).bind(1, Int64(limit))
    defer { statement.reset() }
    var tasks: [TaskRecord] = []
    while try statement.step() { tasks.append(record(statement)) }
    return tasks
  }

  /// What became of a task, step by step.
  public func history(_ id: Int64) throws(DatabaseError) -> [(at: Int64, state: TaskState, note: String?)] {
    let statement = try database.prepare("SELECT at, now, note FROM event WHERE task = ? ORDER BY seq").bind(1, id)
    defer { statement.reset() }
    var events: [(Int64, TaskState, String?)] = []
    while try statement.step() {
      events.append((statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending, statement.text(2)))
    }
    return events
  }

  /// What an attempt printed, as far as the database has it, and how much it was.
  public func output(
    _ id: Int64, attempt: Int64, errors: Bool
  ) throws(DatabaseError) -> (bytes: [UInt8]?, length: Int64)? {
    let (content, length) = errors ? ("err", "err_len") : ("out", "out_len")
    let statement = try database.prepare("SELECT \(content), \(length) FROM attempt WHERE task = ? AND n = ?")
      .bind(1, id).bind(2, attempt)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return (statement.isNull(0) ? nil : statement.bytes(0), statement.integer(1))
  }

  /// Where an attempt prints to.
  public func logPath(_ id: Int64, attempt: Int64, errors: Bool) -> String {
    "\(folder)/logs/\(id).\(attempt).\(errors ? "err" : "out")"
  }

  /// Cancels a task: at once if it is not running; its worker ends it otherwise. Returns the state before; nil if there is none.
  public func cancel(_ id: Int64) throws(DatabaseError) -> TaskState? {
    let state = try database.write { () throws(DatabaseError) -> TaskState? in
      guard let task = try task(id) else { return nil }
      if task.state == .running {
        try database.prepare("UPDATE task SET cancel = 1 WHERE id = ? AND state = 2").bind(1, id).run()
      } else if !task.state.isFinal {
        try move(id, from: task.state, to: .cancelled, reason: "cancelled")
      }
      return task.state
    }
    wake()
    return state
  }

  /// Lets a finished task run again. Returns the state before; nil if there is none.
  public func retry(_ id: Int64) throws(Refusal) -> TaskState? {
    var conflict: (String, Int64)?
    do throws(DatabaseError) {
      let state = try database.write { () throws(DatabaseError) -> TaskState? in
        guard let task = try task(id) else { return nil }
        guard task.state.isFinal else { return task.state }
        let key = try database.prepare("SELECT ukey FROM task WHERE id = ?").bind(1, id)
        _ = try key.step()
        let text = key.text(0)
        key.reset()
        if let text, let known = try unfinished(text) {
          conflict = (text, known.id)
          throw DatabaseError(kind: .other, path: folder, message: "not unique")
        }
        try database.prepare(
          """
          UPDATE task SET state = 0, failures = 0, losses = 0, cancel = 0, due = ?, ended = NULL, status = NULL, reason = NULL,
            expires = NULL WHERE id = ?
          """
        ).bind(1, TaskQueue.now).bind(2, id).run()
        try note(id, task.state, .pending, "retry")
        return task.state
      }
      wake()
      return state
    } catch {
      if let conflict { throw .notUnique(key: conflict.0, id: conflict.1) }
      throw .database(error)
    }
  }

  /// Removes finished tasks that ended before a time, with all that is known of them; returns how many.
  public func purge(before: Int64, state: TaskState?) throws(DatabaseError) -> Int {
    var removed = 0
    while true {
      var batch: [(id: Int64, attempts: Int64)] = []
      let condition = state.map { "AND state = \($0.rawValue)" } ?? "AND state <> 7"
      let statement = try database.prepare(
        "SELECT id, attempt FROM task WHERE state >= 4 AND ended < ? \(condition) LIMIT 500"
      ).bind(1, before)
      while try statement.step() { batch.append((statement.integer(0), statement.integer(1))) }
      if batch.isEmpty { return removed }
      try database.write { () throws(DatabaseError) in
        for task in batch {
          try database.prepare("DELETE FROM task WHERE id = ? AND state >= 4").bind(1, task.id).run()
        }
      }
      for task in batch {
        for attempt in 1...max(task.attempts, 1) {
          for errors in [false, true] { unlink(logPath(task.id, attempt: attempt, errors: errors)) }
        }
      }
      removed += batch.count
    }
  }

  func setting(_ name: String) throws(DatabaseError) -> String? {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = ?").bind(1, name)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  public var isPaused: Bool { get throws(DatabaseError) { try setting("paused") != nil } }

  /// Lets no task begin, or lets them again.
  public func pause(_ isPaused: Bool) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      if isPaused {
        try database.prepare("INSERT OR REPLACE INTO setting VALUES ('paused', '1')").run()
      } else {
        try database.prepare("DELETE FROM setting WHERE name = 'paused'").run()
      }
    }
    wake()
  }

  /// How many tasks are in each state.
  public func counts() throws(DatabaseError) -> [TaskState: Int] {
    let statement = try database.prepare("SELECT state, n FROM tally")
    defer { statement.reset() }
    var counts: [TaskState: Int] = [:]
    while try statement.step() {
      if let state = TaskState(rawValue: statement.integer(0)) { counts[state] = Int(statement.integer(1)) }
    }
    return counts
  }

  public struct WorkerRecord: Sendable {
    public var id: String
    public var pid: Int64
    public var started: Int64
    public var slots: Int64
    public var completed: Int64
    public var failed: Int64
    public var running: [Int64]
  }

  public func workers() throws(DatabaseError) -> [WorkerRecord] {
    let statement = try database.prepare(
      "SELECT uuid, pid, started, slots, completed, failed FROM worker ORDER BY started")
    var workers: [WorkerRecord] = []
    while try statement.step() {
      workers.append(
        WorkerRecord(
          id: statement.text(0) ?? "", pid: statement.integer(1), started: statement.integer(2),
          slots: statement.integer(3),
          completed: statement.integer(4), failed: statement.integer(5), running: []))
    }
    for i in workers.indices {
      let running = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2").bind(1, workers[i].id)
      while try running.step() { workers[i].running.append(running.integer(0)) }
    }
    return workers
  }

  /// When the oldest ready task became due; nil if none is ready.
  public func oldestReady() throws(DatabaseError) -> Int64? {
    let statement = try database.prepare("SELECT min(due) FROM task WHERE state = 0")
    defer { statement.reset() }
    return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
  }
}
