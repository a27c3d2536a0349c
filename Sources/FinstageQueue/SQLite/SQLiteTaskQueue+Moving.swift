import FinstageCore
import FinstageStore
import FinstageSystem

extension SQLiteTaskQueue: MovableQueue {
  package func moveMark() throws -> QueueMove? { try setting("moved").flatMap(QueueMove.init) }

  /// Refuses a change of a queue that is being moved.
  func refuseIfMoved() throws { if let mark = try moveMark() { throw mark.refusal(name) } }

  package func setMoveMark(_ mark: QueueMove?) throws {
    try database.write {
      guard let mark else { return try database.prepare("DELETE FROM setting WHERE name = 'moved'").run() }
      try database.prepare("INSERT OR REPLACE INTO setting VALUES ('moved', ?)").bind(1, mark.text).run()
    }
    spool.wake()
  }

  package func setup() throws -> QueueSetup {
    var sources: [String: (source: String, last: Int64)] = [:]
    let rows = try database.prepare("SELECT name, source, last_slot FROM schedule")
    while try rows.step() { sources[rows.text("name") ?? ""] = (rows.text("source") ?? "", rows.integer("last_slot")) }
    return QueueSetup(
      groups: try groups(),
      schedules: try schedules().map { ($0, sources[$0.job.name]?.source ?? "", sources[$0.job.name]?.last ?? 0) },
      isPaused: try isPaused, onFailure: try onFailure(),
      lastID: try database.integer("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'task'"))
  }

  package func restore(_ setup: QueueSetup) throws {
    try database.write {
      for group in setup.groups {
        try database.prepare(
          """
          INSERT INTO grp (name, lim, gap_us, paused) VALUES (:name, :limit, :gap, :paused)
          ON CONFLICT (name) DO UPDATE SET lim = :limit, gap_us = :gap, paused = :paused
          """
        ).bind("name", group.name).bind("limit", group.limit).bind("gap", group.gap).bind(
          "paused", group.isPaused ? 1 : 0
        ).run()
      }
      for (record, source, last) in setup.schedules {
        try database.prepare(
          """
          INSERT OR IGNORE INTO schedule (name, source, definition, next, last_slot, last_task, last_status, last_seconds, succeeded, total)
          VALUES (:name, :source, :definition, :next, :last, :task, :status, :seconds, :succeeded, :total)
          """
        ).bind("name", record.job.name).bind("source", source).bind("definition", record.job.json).bind(
          "next", record.next
        )
        .bind("last", last).bind("task", record.lastTask).bind("status", record.lastStatus).bind(
          "seconds", record.lastSeconds
        )
        .bind("succeeded", record.succeeded).bind("total", record.total).run()
      }
      try database.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'task'").bind(1, setup.lastID)
        .run()
      if database.changes == 0 {
        try database.prepare("INSERT INTO sqlite_sequence VALUES ('task', ?)").bind(1, setup.lastID).run()
      }
      try keep(isPaused: setup.isPaused)
      try keep(onFailure: setup.onFailure)
    }
  }

  package func snapshots(after: Int64, limit: Int) throws -> [TaskSnapshot] {
    var filter = TaskFilter()
    filter.after = after
    filter.isRising = true
    var bytes = 0
    var found: [TaskSnapshot] = []
    for record in try tasks(filter, limit: limit) {
      guard let (_, task) = try definition(record.id) else { continue }
      let row = try database.prepare("SELECT expires FROM task WHERE id = ?").bind(1, record.id)
      let expires = try row.step() ? row.optionalInteger("expires") : nil
      row.reset()
      var parents: [(Int64, OutcomeCondition)] = []
      let edges = try database.prepare("SELECT parent, cond FROM edge WHERE child = ? ORDER BY parent").bind(
        1, record.id)
      while try edges.step() {
        parents.append((edges.integer(0), edges.text(1).flatMap { try? OutcomeCondition($0) } ?? .completed))
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
    var count = 0
    try database.write {
      for snapshot in tasks where try task(snapshot.record.id) == nil {
        count += 1
        try insert(snapshot)
      }
    }
    return count
  }

  private func insert(_ snapshot: TaskSnapshot) throws {
    let record = snapshot.record
    if !snapshot.task.group.isEmpty {
      try database.prepare("INSERT OR IGNORE INTO grp (name) VALUES (?)").bind(1, snapshot.task.group).run()
    }
    let statement = try database.prepare(
      """
      INSERT INTO task (id, state, prio, due, argv, cwd, env, input, tags, ukey, timeout, expires, retries, delay, added, grp, codes,
        backoff, cap, batch, item, job, clean, alarm, place, attempt, failures, losses, status, reason, progress, note, began, ended, parents)
      VALUES (:id, :state, :prio, :due, :argv, :cwd, :env, :input, :tags, :ukey, :timeout, :expires, :retries, :delay, :added, :grp,
        :codes, :backoff, :cap, :batch, :item, :job, :clean, :alarm, :place, :attempt, :failures, :losses, :status, :reason, :progress,
        :note, :began, :ended, :parents)
      """)
    statement.bind("id", record.id).bind("state", record.state.rawValue).bind("due", record.due).bind(
      "expires", snapshot.expires
    )
    .bind("added", record.added).bind("batch", record.gatherer).bind("item", record.item).bind("job", record.schedule)
    .bind("attempt", record.attempt).bind("failures", record.failures).bind("losses", record.losses)
    .bind("status", record.status).bind("reason", record.reason).bind("progress", record.progress).bind(
      "note", record.note
    )
    .bind("began", record.began).bind("ended", record.ended).bind("parents", record.parents)
    bind(snapshot.task, to: statement)
    try statement.run()
    for event in snapshot.history {
      try database.prepare("INSERT INTO event (task, at, now, note) VALUES (?, ?, ?, ?)").bind(1, record.id).bind(
        2, event.at
      )
      .bind(3, event.state.rawValue).bind(4, event.note).run()
    }
    for parent in snapshot.parents where try task(parent.id) != nil {
      try database.prepare("INSERT OR IGNORE INTO edge (parent, child, cond) VALUES (?, ?, ?)").bind(1, parent.id).bind(
        2, record.id
      )
      .bind(3, parent.condition.text).run()
    }
    for run in snapshot.runs {
      let attempt = run.record
      var kept: [TaskStream: [UInt8]] = [:]
      for (stream, bytes) in [(TaskStream.output, run.output), (.log, run.log)] {
        if bytes.count <= LocalSpool.inlineSize {
          kept[stream] = bytes
        } else {
          let path = spool.logPath(record.id, attempt: attempt.number, stream)
          guard FileContent.replace(path, with: bytes) else {
            throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
          }
        }
      }
      try database.prepare(
        """
        INSERT INTO attempt VALUES (:task, :n, :owner, :began, :ended, :status, :how, :user, :system, :peak, :outlen, :errlen, :out, :err)
        """
      ).bind("task", record.id).bind("n", attempt.number).bind("owner", attempt.owner).bind("began", attempt.began)
        .bind("ended", attempt.ended).bind("status", attempt.status).bind("how", attempt.how)
        .bind("user", attempt.userMicroseconds).bind("system", attempt.systemMicroseconds).bind(
          "peak", attempt.peakKilobytes
        )
        .bind("outlen", attempt.outputLength).bind("errlen", attempt.logLength).bind("out", kept[.output]).bind(
          "err", kept[.log]
        ).run()
    }
  }
}

extension TaskQueue {
  /// The attempts of a task with all that is kept of what they printed.
  func runs(of id: Int64) throws -> [TaskSnapshot.Run] {
    try attempts(id).map { attempt in
      func all(_ stream: TaskStream, _ length: Int64?) throws -> [UInt8] {
        var bytes: [UInt8] = []
        guard length ?? 0 > 0 else { return bytes }
        while let part = try output(id, attempt: attempt.number, stream, from: bytes.count, limit: 1 << 20),
          !part.isEmpty
        {
          bytes += part
        }
        return bytes
      }
      return TaskSnapshot.Run(
        record: attempt, output: try all(.output, attempt.outputLength), log: try all(.log, attempt.logLength))
    }
  }
}
