import FinstageCore
import FinstageStore
import FinstageSystem

/// Tasks, attempts, workers and groups as records.
extension SQLiteTaskQueue {
  private func record(_ row: Statement) -> TaskRecord {
    TaskRecord(
      id: row.integer("id"), state: TaskState(rawValue: row.integer("state")) ?? .pending,
      priority: TaskPriority(level: row.integer("prio")) ?? .normal,
      arguments: SQLiteTaskQueue.texts(row.text("argv")),
      folder: row.text("cwd") ?? "", tags: SQLiteTaskQueue.texts(row.text("tags")), group: row.text("grp") ?? "",
      parents: row.integer("parents"), gatherer: row.optionalInteger("batch"), item: row.text("item"),
      schedule: row.text("job"), uniqueKey: row.text("ukey"), due: row.integer("due"), added: row.integer("added"),
      began: row.optionalInteger("began"), ended: row.optionalInteger("ended"), attempt: row.integer("attempt"),
      failures: row.integer("failures"), losses: row.integer("losses"), retries: row.integer("retries"),
      owner: row.text("owner"), slot: row.optionalInteger("slot").map(Int.init), pid: row.integer("pid"),
      status: row.optionalInteger("status"), reason: row.text("reason"), progress: row.optionalDouble("progress"),
      note: row.text("note"), isCancelRequested: row.integer("cancel") != 0,
      isStopped: row.integer("stopped") != 0, place: row.text("place") ?? "")
  }

  /// The variables of a task, from the text that is stored.
  static func environment(_ text: String?) -> [String: String] {
    guard let text, let members = (try? JSONValue.parse(Array(text.utf8)))?.members else { return [:] }
    var environment: [String: String] = [:]
    for (key, value) in members { environment[key] = value.string ?? "" }
    return environment
  }

  /// All but what a task reads, which may be large.
  private static let columns = """
    id, state, prio, argv, cwd, tags, due, added, began, ended, attempt, failures, losses, retries, owner, pid, status, reason, progress, \
    note, cancel, grp, parents, batch, item, job, ukey, slot, stopped, place
    """

  package func task(_ id: Int64) throws -> TaskRecord? {
    let statement = try database.prepare("SELECT \(SQLiteTaskQueue.columns) FROM task WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? record(statement) : nil
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
      SELECT \(SQLiteTaskQueue.columns) FROM task \(clause) ORDER BY \(isHeld ? "+" : "")id \(filter.isRising ? "ASC" : "DESC")
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
    while try statement.step() { tasks.append(record(statement)) }
    return tasks
  }

  package func attempts(_ id: Int64) throws -> [AttemptRecord] {
    let row = try database.prepare(
      """
      SELECT n, owner, began, ended, status, how, user_us, sys_us, peak_kb, out_len, err_len FROM attempt WHERE task = ?
      ORDER BY n
      """
    ).bind(1, id)
    var attempts: [AttemptRecord] = []
    while try row.step() {
      attempts.append(
        AttemptRecord(
          number: row.integer("n"), owner: row.text("owner"), began: row.optionalInteger("began"),
          ended: row.optionalInteger("ended"), status: row.optionalInteger("status"), how: row.text("how"),
          userMicroseconds: row.optionalInteger("user_us"), systemMicroseconds: row.optionalInteger("sys_us"),
          peakKilobytes: row.optionalInteger("peak_kb"), outputLength: row.optionalInteger("out_len"),
          logLength: row.optionalInteger("err_len")))
    }
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
        boot: row.text("boot") ?? "", places: SQLiteTaskQueue.texts(row.text("places")))
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

  package func groups() throws -> [QueueGroup] {
    let row = try database.prepare("SELECT name, lim, gap_us, paused, running FROM grp ORDER BY name")
    var groups: [QueueGroup] = []
    while try row.step() {
      groups.append(
        QueueGroup(
          name: row.text("name") ?? "", limit: row.optionalInteger("lim"), gap: row.optionalInteger("gap_us"),
          isPaused: row.integer("paused") != 0, running: row.integer("running")))
    }
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
