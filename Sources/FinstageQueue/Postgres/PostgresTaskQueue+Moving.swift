import FinstageCore
import FinstagePostgres
import FinstageSystem

extension PostgresTaskQueue: MovableQueue {
  package func moveMark() throws -> QueueMove? { try setting("moved").flatMap(QueueMove.init) }

  package func setMoveMark(_ mark: QueueMove?) throws {
    try write {
      // Waits for all that have looked for a mark and have not ended (`refuseIfMoved`, and each add has a row there); whoever comes later sees this one.
      try run("LOCK TABLE \(schema).added IN SHARE MODE")
      try set("moved", mark?.text)
    }
  }

  package func settle() throws { try tellAll(waits: true) }

  package func setup() throws -> QueueSetup {
    var sources: [String: (source: String, last: Int64)] = [:]
    for row in try run("SELECT name, source, last_instant FROM \(schema).schedule") {
      sources[row.text("name") ?? ""] = (row.text("source") ?? "", row.integer("last_instant"))
    }
    return QueueSetup(
      groups: try groups(),
      schedules: try schedules().map { ($0, sources[$0.job.name]?.source ?? "", sources[$0.job.name]?.last ?? 0) },
      isPaused: try setting("paused") != nil, onFailure: try onFailure(),
      lastID: try run("SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS n FROM \(schema).task_id_seq").first?
        .integer("n") ?? 0)
  }

  package func restore(_ setup: QueueSetup) throws {
    try write {
      for group in setup.groups {
        try run(
          """
          INSERT INTO \(schema).grp (name, lim, gap_us, paused) VALUES ($1, $2, $3, $4)
          ON CONFLICT (name) DO UPDATE SET lim = excluded.lim, gap_us = excluded.gap_us, paused = excluded.paused
          """,
          [
            PostgresValue(group.name), PostgresValue(group.limit), PostgresValue(group.gap),
            PostgresValue(group.isPaused),
          ])
      }
      for (record, source, last) in setup.schedules {
        try run(
          """
          INSERT INTO \(schema).schedule (name, source, host, definition, next, last_instant, last_task, last_status, last_seconds,
            succeeded, total) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
          """,
          [
            PostgresValue(record.job.name), PostgresValue(source), PostgresValue(LocalSpool.hostName),
            PostgresValue(record.job.json),
            PostgresValue(record.next), PostgresValue(last), PostgresValue(record.lastTask),
            PostgresValue(record.lastStatus),
            PostgresValue(record.lastSeconds), PostgresValue(record.succeeded), PostgresValue(record.total),
          ])
      }
      if setup.lastID > 0 {
        try run(
          "SELECT setval('\(schema).task_id_seq', greatest($1::bigint, (SELECT last_value FROM \(schema).task_id_seq)))",
          [PostgresValue(setup.lastID)])
      }
    }
    try set("paused", setup.isPaused ? "1" : nil)
    try set("on_failure", setup.onFailure)
  }

  package func snapshots(after: Int64, limit: Int) throws -> [TaskSnapshot] {
    var filter = TaskFilter()
    filter.after = after
    filter.isRising = true
    var bytes = 0
    var found: [TaskSnapshot] = []
    for record in try tasks(filter, limit: limit) {
      guard let task = try definition(record.id) else { continue }
      let id = [PostgresValue(record.id)]
      let expires = try run("SELECT expires FROM \(schema).task WHERE id = $1", id).first?.optionalInteger("expires")
      let parents = try run("SELECT parent, cond FROM \(schema).edge WHERE child = $1 ORDER BY 1", id).map {
        ($0.integer("parent"), $0.text("cond").flatMap { try? OutcomeCondition($0) } ?? .completed)
      }
      let snapshot = TaskSnapshot(
        record: record, task: task, expires: expires, history: try history(record.id), runs: try runs(of: record.id),
        parents: parents)
      found.append(snapshot)
      // Long outputs are in memory as long as these are.
      bytes += snapshot.size
      if bytes > TaskSnapshot.portion { break }
    }
    return found
  }

  package func restore(_ tasks: [TaskSnapshot]) throws -> Int {
    try write {
      let there = Set(
        try run("SELECT id FROM \(schema).task WHERE id = ANY($1::bigint[])", [PostgresValue(tasks.map(\.record.id))])
          .map { $0.integer("id") })
      let new = tasks.filter { !there.contains($0.record.id) }
      guard !new.isEmpty else { return 0 }
      // As they are inserted they are unfinished, and many finished ones may have had the key of one that is not.
      try insert(
        new.map { snapshot in
          var task = snapshot.task
          task.uniqueKey = nil
          return (task, snapshot.record.id)
        })
      for snapshot in new { try complete(snapshot) }
      for state in TaskState.allCases where state.isFinal {
        try count(ended: state, by: new.count { $0.record.state == state })
      }
      return new.count
    }
  }

  /// What a task has behind it.
  private func complete(_ snapshot: TaskSnapshot) throws {
    let record = snapshot.record
    let history = snapshot.history.map { event in
      "\(event.at) \(event.state.rawValue)\(event.note.map { " " + $0.filter { !$0.isNewline } } ?? "")\n"
    }
    try run(
      """
      UPDATE \(schema).task SET state = $2, attempt = $3, failures = $4, losses = $5, status = $6, reason = $7, progress = $8, note = $9,
        added = $10, began = $11, ended = $12, parents = $13, due = $14, expires = $15, batch = $16, item = $17, job = $18, hist = $19,
        ukey = $20, kids = EXISTS (SELECT 1 FROM \(schema).edge WHERE parent = $1) WHERE id = $1
      """,
      [
        PostgresValue(record.id), PostgresValue(record.state.rawValue), PostgresValue(record.attempt),
        PostgresValue(record.failures),
        PostgresValue(record.losses), PostgresValue(record.status), PostgresValue(record.reason),
        PostgresValue(record.progress),
        PostgresValue(record.note), PostgresValue(record.added), PostgresValue(record.began),
        PostgresValue(record.ended),
        PostgresValue(record.parents), PostgresValue(record.due), PostgresValue(snapshot.expires),
        PostgresValue(record.gatherer),
        PostgresValue(record.item), PostgresValue(record.schedule), PostgresValue(history.joined()),
        PostgresValue(record.uniqueKey),
      ])
    for parent in snapshot.parents {
      try run(
        "INSERT INTO \(schema).edge VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [PostgresValue(parent.id), PostgresValue(record.id), PostgresValue(parent.condition.text)])
      try run("UPDATE \(schema).task SET kids = true WHERE id = $1", [PostgresValue(parent.id)])
    }
    for run in snapshot.runs {
      let attempt = run.record
      let isLong = { (bytes: [UInt8]) in bytes.count > LocalSpool.inlineSize }
      for (stream, bytes) in [(TaskStream.output, run.output), (.log, run.log)] where isLong(bytes) {
        try keepOutput(bytes, record.id, attempt.number, stream)
      }
      try self.run(
        "INSERT INTO \(schema).attempt VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::bytea, $14::bytea)",
        [
          PostgresValue(record.id), PostgresValue(attempt.number), PostgresValue(attempt.owner),
          PostgresValue(attempt.began),
          PostgresValue(attempt.ended), PostgresValue(attempt.status), PostgresValue(attempt.how),
          PostgresValue(attempt.userMicroseconds), PostgresValue(attempt.systemMicroseconds),
          PostgresValue(attempt.peakKilobytes),
          PostgresValue(attempt.outputLength), PostgresValue(attempt.logLength),
          PostgresValue(isLong(run.output) ? nil : run.output), PostgresValue(isLong(run.log) ? nil : run.log),
        ])
    }
  }
}
