import FinstageCore
import FinstageStore
import FinstageSystem

/// Tasks, attempts, workers and groups as records.
extension SQLiteTaskQueue {
  package func task(_ id: Int64) throws -> TaskRecord? {
    let statement = try database.prepare("SELECT \(TaskRecord.columns) FROM task WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? TaskRecord(statement) : nil
  }

  package func tasks(_ filter: TaskFilter, limit: Int) throws -> [TaskRecord] {
    var conditions: [String] = []
    // States are literals, so that SQLite can use the indexes that cover only some states.
    if let state = filter.state { conditions.append("state = \(state.rawValue)") }
    if filter.tag != nil { conditions.append("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag)") }
    if filter.group != nil { conditions.append("grp = :grp") }
    if filter.gatherer != nil { conditions.append("batch = :batch") }
    if filter.schedule != nil { conditions.append("job = :job") }
    if filter.after != nil { conditions.append("id > :after") }
    let clause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let isHeld = filter.state?.isHeld == true
    let statement = try database.prepare(
      """
      SELECT \(TaskRecord.columns) FROM task \(clause) ORDER BY \(isHeld ? "+" : "")id \(filter.isRising ? "ASC" : "DESC")
      LIMIT :limit
      """)
    if let tag = filter.tag { statement.bind("tag", tag) }
    if let group = filter.group { statement.bind("grp", group) }
    if let gatherer = filter.gatherer { statement.bind("batch", gatherer) }
    if let schedule = filter.schedule { statement.bind("job", schedule) }
    if let after = filter.after { statement.bind("after", after) }
    statement.bind("limit", limit)
    defer { statement.reset() }
    var tasks: [TaskRecord] = []
    while try statement.step() { tasks.append(TaskRecord(statement)) }
    return tasks
  }

  package func attempts(_ id: Int64) throws -> [AttemptRecord] {
    let row = try database.prepare("SELECT \(AttemptRecord.columns) FROM attempt WHERE task = ? ORDER BY n").bind(1, id)
    var attempts: [AttemptRecord] = []
    while try row.step() { attempts.append(AttemptRecord(row)) }
    return attempts
  }

  package func history(_ id: Int64) throws -> [TaskEvent] {
    let row = try database.prepare("SELECT at, now, note FROM event WHERE task = ? ORDER BY seq").bind(1, id)
    var events: [TaskEvent] = []
    while try row.step() {
      events.append(
        TaskEvent(
          at: row.integer("at"), state: TaskState(rawValue: row.integer("now")) ?? .pending, note: row.text("note")))
    }
    return TaskEvent.completed(events)
  }

  package func workers() throws -> [WorkerRecord] {
    let row = try database.prepare(
      "SELECT uuid, pid, pstart, boot, started, slots, completed, failed, places FROM worker ORDER BY started")
    let now = now
    var workers: [WorkerRecord] = []
    while try row.step() {
      let identity = WorkerIdentity(
        id: row.text("uuid") ?? "", pid: Int32(truncatingIfNeeded: row.integer("pid")), start: row.integer("pstart"),
        boot: row.text("boot") ?? "", places: StoredText.texts(row.text("places")))
      workers.append(
        WorkerRecord(
          identity: identity, started: row.integer("started"), slots: row.integer("slots"),
          completed: row.integer("completed"), failed: row.integer("failed"), tasks: [], now: now))
    }
    for i in workers.indices {
      let held = try database.prepare("SELECT id FROM task WHERE owner = ? AND state IN (-1, 2)")
        .bind(1, workers[i].identity.id)
      while try held.step() { workers[i].tasks.append(held.integer(0)) }
    }
    return workers
  }

  package func waitingByPlace() throws -> [String: Int] {
    let row = try database.prepare(
      "SELECT place, count(*) AS n FROM task WHERE state IN (-2, 0, 1, 3) AND place <> '' GROUP BY place")
    var counts: [String: Int] = [:]
    while try row.step() { counts[row.text("place") ?? ""] = Int(row.integer("n")) }
    return counts
  }

  package func groups() throws -> [QueueGroup] {
    let row = try database.prepare("SELECT name, lim, gap_us, paused, running FROM grp ORDER BY name")
    var groups: [QueueGroup] = []
    while try row.step() { groups.append(QueueGroup(row)) }
    return groups
  }

  // MARK: - Outputs

  package func output(_ id: Int64, attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8]? {
    let (content, length) = stream == .log ? ("err", "err_len") : ("out", "out_len")
    let row = try database.prepare(
      """
      SELECT substr(\(content), :from, :limit) AS part, \(content) IS NOT NULL AS kept, \(length) AS length, how, a.owner AS owner,
        CASE WHEN task.attempt = a.n AND task.state = 2 THEN slot END AS slot
      FROM attempt AS a JOIN task ON task.id = a.task WHERE a.task = :id AND a.n = :n
      """
    ).bind("from", from + 1).bind("limit", limit).bind("id", id).bind("n", attempt)
    guard try row.step() else { return nil }
    let (isKept, part, how) = (row.integer("kept") != 0, row.bytes("part"), row.text("how"))
    let (owner, slot) = (row.text("owner"), row.optionalInteger("slot"))
    row.reset()
    if isKept { return part }
    if how != nil {
      return LocalSpool.read(spool.logPath(id, attempt: attempt, stream), from: from, limit: limit) ?? []
    }
    // It runs: the file of its slot serves one task after the other, and was this one's if it still runs afterwards.
    guard let owner, let slot else { return [] }
    let bytes = LocalSpool.read(spool.slotLog(owner, Int(slot), stream), from: from, limit: limit) ?? []
    guard let now = try task(id), now.state == .running, now.attempt == attempt else {
      return try output(id, attempt: attempt, stream, from: from, limit: limit)
    }
    return bytes
  }

  package func outputFile(_ id: Int64, attempt: Int64, _ stream: TaskStream) throws -> String? {
    let path = spool.logPath(id, attempt: attempt, stream)
    return FileContent.size(path) == nil ? nil : path
  }
}
