import FinstageCore
import FinstagePostgres
import FinstageSystem

/// Tasks, attempts, workers and groups as records.
extension PostgresTaskQueue {
  package func task(_ id: Int64) throws -> TaskRecord? {
    try run("SELECT \(TaskRecord.columns) FROM \(schema).task WHERE id = $1", [PostgresValue(id)]).first.map {
      TaskRecord($0)
    }
  }

  package func tasks(_ filter: TaskFilter, limit: Int) throws -> [TaskRecord] {
    var conditions: [String] = []
    var values: [PostgresValue] = []
    func mark(_ value: PostgresValue) -> String {
      values.append(value)
      return "$\(values.count)"
    }
    if let state = filter.state { conditions.append("state = \(state.rawValue)") }
    if let tag = filter.tag {
      // Tags are kept as a JSON array without spaces: each begins behind [ or behind a comma that is not part of a string.
      let element = JSONValue.string(tag).text
      let marks = ["[", ","].map { "position(\(mark(PostgresValue($0 + element))) IN coalesce(tags, '')) > 0" }
      conditions.append("(\(marks.joined(separator: " OR ")))")
    }
    if let group = filter.group { conditions.append("grp = \(mark(PostgresValue(group)))") }
    if let gatherer = filter.gatherer { conditions.append("batch = \(mark(PostgresValue(gatherer)))") }
    if let schedule = filter.schedule { conditions.append("job = \(mark(PostgresValue(schedule)))") }
    if let after = filter.after { conditions.append("id > \(mark(PostgresValue(after)))") }
    let clause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    return try run(
      """
      SELECT \(TaskRecord.columns) FROM \(schema).task \(clause) ORDER BY id \(filter.isRising ? "ASC" : "DESC")
      LIMIT \(limit)
      """, values
    ).map { TaskRecord($0) }
  }

  package func attempts(_ id: Int64) throws -> [AttemptRecord] {
    var attempts = try run(
      "SELECT \(AttemptRecord.columns) FROM \(schema).attempt WHERE task = $1 ORDER BY n", [PostgresValue(id)]
    ).map { AttemptRecord($0) }
    // What is under way has no row of its own yet.
    if let task = try task(id), task.state.isHeld, attempts.last?.number ?? 0 < task.attempt {
      attempts.append(AttemptRecord(number: task.attempt, owner: task.owner, began: task.began))
    }
    return attempts
  }

  package func history(_ id: Int64) throws -> [TaskEvent] {
    let text = try run("SELECT hist FROM \(schema).task WHERE id = $1", [PostgresValue(id)]).first?.text("hist") ?? ""
    let events = text.split(separator: "\n").compactMap { line -> TaskEvent? in
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      // The oldest line of a very long history may have lost its beginning.
      guard words.count >= 2, let at = Int64(words[0]), let state = Int64(words[1]).flatMap(TaskState.init(rawValue:))
      else {
        return nil
      }
      return TaskEvent(at: at, state: state, note: words.count == 3 ? String(words[2]) : nil)
    }
    return TaskEvent.completed(events)
  }

  package func workers() throws -> [WorkerRecord] {
    let rows = try run(
      """
      SELECT w.*, \(clockSQL) AS now, ARRAY_TO_STRING(places, ',') AS tags,
        coalesce((SELECT string_agg(id::text, ',' ORDER BY id) FROM \(schema).task WHERE owner = w.id AND state IN (-1, 2)), '') AS tasks
      FROM \(schema).worker AS w ORDER BY started
      """)
    return rows.map { row in
      let identity = WorkerIdentity(
        id: row.text("id") ?? "", pid: Int32(truncatingIfNeeded: row.integer("pid")), start: row.integer("pstart"),
        boot: row.text("boot") ?? "", machine: row.text("machine") ?? "", host: row.text("host") ?? "",
        places: (row.text("tags") ?? "").split(separator: ",").map(String.init))
      return WorkerRecord(
        identity: identity, started: row.integer("started"), slots: row.integer("slots"),
        completed: row.integer("completed"), failed: row.integer("failed"),
        tasks: (row.text("tasks") ?? "").split(separator: ",").compactMap { Int64($0) }, now: row.integer("now"))
    }
  }

  package func waitingByPlace() throws -> [String: Int] {
    let rows = try run(
      "SELECT place, count(*) AS n FROM \(schema).task WHERE state IN (-2, 0, 1, 3) AND place <> '' GROUP BY place")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.text("place") ?? "", Int($0.integer("n"))) })
  }

  package func groups() throws -> [QueueGroup] {
    try run(
      """
      SELECT name, lim, gap_us, paused, (SELECT count(*) FROM \(schema).task WHERE grp = g.name AND grp <> '' AND state IN (-1, 2)) AS running
      FROM \(schema).grp AS g ORDER BY name COLLATE "C"
      """
    ).map { QueueGroup($0) }
  }
}
