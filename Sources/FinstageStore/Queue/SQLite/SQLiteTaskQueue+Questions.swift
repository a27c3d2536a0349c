import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What people ask of a queue, and change in it.
extension SQLiteTaskQueue {
  private static let columns =
    "id, state, prio, argv, cwd, tags, due, added, began, ended, attempt, failures, losses, retries, owner, pid, status, reason, progress, note, cancel, grp, parents, batch, item, job, ukey, slot"

  private func record(_ statement: Statement) -> TaskRecord {
    func integer(_ column: Int32) -> Int64? { statement.isNull(column) ? nil : statement.integer(column) }
    return TaskRecord(
      id: statement.integer(0), state: TaskState(rawValue: statement.integer(1)) ?? .pending,
      priority: TaskPriority(rawValue: statement.integer(2)) ?? .normal,
      arguments: SQLiteTaskQueue.texts(statement.text(3)),
      folder: statement.text(4) ?? "", tags: SQLiteTaskQueue.texts(statement.text(5)),
      group: statement.text(21) ?? "", parents: statement.integer(22), batch: integer(23), item: statement.text(24),
      job: statement.text(25), uniqueKey: statement.text(26), due: statement.integer(6),
      added: statement.integer(7), began: integer(8), ended: integer(9), attempt: statement.integer(10),
      failures: statement.integer(11), losses: statement.integer(12), retries: statement.integer(13),
      owner: statement.text(14), slot: integer(27).map(Int.init), pid: statement.integer(15), status: integer(16),
      reason: statement.text(17),
      progress: statement.isNull(18) ? nil : statement.double(18), note: statement.text(19),
      isCancelRequested: statement.integer(20) != 0)
  }

  public func task(_ id: Int64) throws(DatabaseError) -> TaskRecord? {
    let statement = try database.prepare("SELECT \(SQLiteTaskQueue.columns) FROM task WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? record(statement) : nil
  }

  public func tasks(_ filter: TaskFilter, limit: Int) throws(DatabaseError) -> [TaskRecord] {
    var conditions: [String] = []
    // As literals, so that indexes of some states are of use.
    if let state = filter.state { conditions.append("state = \(state.rawValue)") }
    if filter.tag != nil { conditions.append("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?2)") }
    if filter.group != nil { conditions.append("grp = ?3") }
    if filter.batch != nil { conditions.append("batch = ?4") }
    if filter.job != nil { conditions.append("job = ?5") }
    if filter.after != nil { conditions.append("id > ?6") }
    let clause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let statement = try database.prepare(
      "SELECT \(SQLiteTaskQueue.columns) FROM task \(clause) ORDER BY \(filter.state == .running ? "+" : "")id \(filter.isRising ? "ASC" : "DESC") LIMIT ?7"
    )
    if let tag = filter.tag { statement.bind(2, tag) }
    if let group = filter.group { statement.bind(3, group) }
    if let batch = filter.batch { statement.bind(4, batch) }
    if let job = filter.job { statement.bind(5, job) }
    if let after = filter.after { statement.bind(6, after) }
    statement.bind(7, Int64(limit))
    defer { statement.reset() }
    var tasks: [TaskRecord] = []
    while try statement.step() { tasks.append(record(statement)) }
    return tasks
  }

  public func attempts(_ id: Int64) throws(DatabaseError) -> [AttemptRecord] {
    let rows = try database.prepare(
      """
      SELECT n, owner, began, ended, status, how, user_us, sys_us, peak_kb, out_len, err_len FROM attempt WHERE task = ?
      ORDER BY n
      """
    ).bind(1, id)
    var attempts: [AttemptRecord] = []
    while try rows.step() {
      func integer(_ column: Int32) -> Int64? { rows.isNull(column) ? nil : rows.integer(column) }
      attempts.append(
        AttemptRecord(
          number: rows.integer(0), owner: rows.text(1), began: integer(2), ended: integer(3), status: integer(4),
          how: rows.text(5), userMicroseconds: integer(6), systemMicroseconds: integer(7), peakKilobytes: integer(8),
          outputLength: integer(9), errorsLength: integer(10)))
    }
    return attempts
  }

  public func history(_ id: Int64) throws(DatabaseError) -> [(at: Int64, state: TaskState, note: String?)] {
    let statement = try database.prepare("SELECT at, now, note FROM event WHERE task = ? ORDER BY seq").bind(1, id)
    defer { statement.reset() }
    var events: [(Int64, TaskState, String?)] = []
    while try statement.step() {
      events.append((statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending, statement.text(2)))
    }
    return events
  }

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
    spool.wake()
    return state
  }

  public func purge(before: Int64, states: [TaskState], limit: Int) throws(DatabaseError) -> Int {
    let list = states.filter(\.isFinal).map { String($0.rawValue) }.joined(separator: ", ")
    var removed = 0
    while removed < limit {
      var batch: [(id: Int64, attempts: Int64)] = []
      let statement = try database.prepare(
        // The results of a batch stay until they have been gathered.
        """
        SELECT id, attempt FROM task WHERE state >= 4 AND ended < ? AND state IN (\(list))
          AND (batch IS NULL OR NOT EXISTS (SELECT 1 FROM task AS g WHERE g.id = task.batch AND g.state < 4)) LIMIT ?
        """
      ).bind(1, before).bind(2, Int64(min(500, limit - removed)))
      while try statement.step() { batch.append((statement.integer(0), statement.integer(1))) }
      if batch.isEmpty { break }
      try database.write { () throws(DatabaseError) in
        for task in batch {
          try database.prepare("DELETE FROM task WHERE id = ? AND state >= 4").bind(1, task.id).run()
        }
      }
      for task in batch {
        for attempt in 1...max(task.attempts, 1) {
          for errors in [false, true] { unlink(spool.logPath(task.id, attempt: attempt, errors: errors)) }
        }
      }
      removed += batch.count
    }
    return removed
  }

  public func workers() throws(DatabaseError) -> [WorkerRecord] {
    let statement = try database.prepare(
      "SELECT uuid, pid, pstart, boot, started, slots, completed, failed FROM worker ORDER BY started")
    var workers: [WorkerRecord] = []
    while try statement.step() {
      workers.append(
        WorkerRecord(
          identity: WorkerIdentity(
            id: statement.text(0) ?? "", pid: Int32(truncatingIfNeeded: statement.integer(1)),
            start: statement.integer(2),
            boot: statement.text(3) ?? ""),
          started: statement.integer(4), slots: statement.integer(5), completed: statement.integer(6),
          failed: statement.integer(7), running: []))
    }
    for i in workers.indices {
      let running = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2").bind(
        1, workers[i].identity.id)
      while try running.step() { workers[i].running.append(running.integer(0)) }
    }
    return workers
  }
}
