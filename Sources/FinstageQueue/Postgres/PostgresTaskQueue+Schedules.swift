import FinstageCore
import FinstagePostgres
import FinstageSystem

/// Schedules, which fire in the turns of workers. Each firing happens once, because its row can be inserted once: whoever inserts it adds
/// the task, and no machine has to be the leader.
extension PostgresTaskQueue {
  package func setSchedules(_ jobs: [ScheduledJob], source: String) throws {
    try write {
      try refuseIfMoved()
      var known: [String: String] = [:]
      for row in try run(
        "SELECT name, definition FROM \(schema).schedule WHERE source = $1 FOR UPDATE", [PostgresValue(source)])
      {
        known[row.text("name") ?? ""] = row.text("definition")
      }
      for job in jobs where known[job.name] == nil {
        // A file of another machine is taken to be there; the same path on several machines is one file.
        if let other = try run("SELECT source, host FROM \(schema).schedule WHERE name = $1", [PostgresValue(job.name)])
          .first,
          let holder = other.text("source"), other.text("host") != LocalSpool.hostName || JobsFile.isThere(holder)
        {
          throw ScheduleClash(name: job.name, source: holder)
        }
      }
      for name in known.keys where !jobs.contains(where: { $0.name == name }) { _ = try removeSchedule(name) }
      let now = try run("SELECT \(clockSQL) AS now").first?.integer("now") ?? now
      for job in jobs where known[job.name] != job.json {
        try run(
          """
          INSERT INTO \(schema).schedule AS s (name, source, host, definition, next, last_instant) VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (name) DO UPDATE SET source = excluded.source, host = excluded.host, definition = excluded.definition,
            next = excluded.next, last_instant = coalesce(s.last_instant, excluded.last_instant)
          """,
          [
            PostgresValue(job.name), PostgresValue(source), PostgresValue(LocalSpool.hostName), PostgresValue(job.json),
            PostgresValue(FiringPlan.first(job, after: now)), PostgresValue(now),
          ])
      }
    }
    wake()
  }

  package func removeSchedule(_ name: String) throws -> Bool {
    try write {
      try refuseIfMoved()
      let isThere = try run("DELETE FROM \(schema).schedule WHERE name = $1", [PostgresValue(name)]).changed > 0
      try run("DELETE FROM \(schema).firing WHERE name = $1", [PostgresValue(name)])
      return isThere
    }
  }

  package func schedules() throws -> [ScheduleRecord] {
    try run(
      """
      SELECT name, definition, next, last_instant, last_task, last_status, last_seconds, succeeded, total FROM \(schema).schedule
      ORDER BY next IS NULL, next, name COLLATE "C"
      """
    ).compactMap { ScheduleRecord($0) }
  }

  package func firings(_ name: String?, limit: Int) throws -> [FiringRecord] {
    try run(
      "SELECT name, instant, at, what, task FROM \(schema).firing WHERE $1::text IS NULL OR name = $1 ORDER BY seq DESC LIMIT $2",
      [PostgresValue(name), PostgresValue(limit)]
    ).map { FiringRecord($0) }
  }

  // MARK: - Firing

  private static let keptFirings = 1000

  /// Adds the tasks of schedules that are due.
  func fire() throws {
    while try fireNext() != nil { try beatIfDue() }
  }

  /// Adds the tasks of the schedule that is due first; returns its name, nil if none is or others are at it.
  private func fireNext() throws -> String? {
    var name: String?
    do {
      return try write { () -> String? in
        try run("LOCK TABLE \(schema).added IN ROW EXCLUSIVE MODE")
        guard try moveMark() == nil else { return nil }
        let row = try run(
          """
          SELECT name, definition, last_instant, \(clockSQL) AS now FROM \(schema).schedule WHERE next <= \(clockSQL) ORDER BY next
          LIMIT 1 FOR UPDATE SKIP LOCKED
          """
        ).first
        guard let row else { return nil }
        name = row.text("name")
        try fire(row)
        return name
      }
    } catch let error where isOfOneTask(error) {
      // Of one schedule only: it must not hold up the others.
      guard let name else { throw error }
      try write {
        try run("UPDATE \(schema).schedule SET next = NULL WHERE name = $1", [PostgresValue(name)])
        try run(
          "INSERT INTO \(schema).firing (name, instant, at, what) VALUES ($1, \(clockSQL), \(clockSQL), 'refused') ON CONFLICT DO NOTHING",
          [PostgresValue(name)])
      }
      return name
    }
  }

  private func fire(_ row: PostgresRows.Row) throws {
    let (name, now) = (row.text("name") ?? "", row.integer("now"))
    guard let job = ScheduledJob(name: name, json: row.text("definition") ?? "") else {
      // The job cannot be read, for example because its time zone is gone.
      try run("UPDATE \(schema).schedule SET next = NULL WHERE name = $1", [PostgresValue(name)])
      return
    }
    let plan = FiringPlan(job, after: row.integer("last_instant"), now: now)
    try run(
      "UPDATE \(schema).schedule SET next = $2, last_instant = coalesce($3, last_instant) WHERE name = $1",
      [PostgresValue(name), PostgresValue(plan.next), PostgresValue(plan.instants.last?.instant)])
    for (instant, isWanted) in plan.instants {
      // Whoever writes the row first has the instant.
      let isFirst =
        try run(
          "INSERT INTO \(schema).firing (name, instant, at, what) VALUES ($1, $2, $3, 'missed') ON CONFLICT DO NOTHING",
          [PostgresValue(name), PostgresValue(instant), PostgresValue(now)]
        ).changed == 1
      if isWanted, isFirst { try begin(job, instant) }
    }
    try run(
      """
      DELETE FROM \(schema).firing WHERE name = $1 AND seq < (SELECT min(seq) FROM
        (SELECT seq FROM \(schema).firing WHERE name = $1 ORDER BY seq DESC LIMIT \(PostgresTaskQueue.keptFirings)) AS x)
      """, [PostgresValue(name)])
  }

  private func begin(_ job: ScheduledJob, _ instant: Int64) throws {
    var unfinished = try run(
      "SELECT id, state FROM \(schema).task WHERE job = $1 AND state < 4 ORDER BY id FOR UPDATE",
      [PostgresValue(job.name)]
    ).map { (id: $0.integer("id"), state: TaskState(rawValue: $0.integer("state")) ?? .pending) }
    var what = "fired"
    switch FiringPlan.overlap(job, unfinished: unfinished.count) {
    case .skip: return try log(job, instant, "overlap", unfinished.first?.id)
    case .queue: what = "queued"
    case .replace:
      what = "replaced"
      for (id, state) in unfinished {
        if state.isHeld {
          try requestCancel(id)
        } else {
          try move(id, from: state, to: .cancelled, reason: "replaced")
        }
      }
      unfinished.removeAll { !$0.state.isHeld }
    case .add: break
    }
    let id = try insert(FiringPlan.task(job, instant))
    if what != "fired", let last = unfinished.last {
      try run("UPDATE \(schema).task SET kids = true WHERE id = $1", [PostgresValue(last.id)])
      try run(
        "INSERT INTO \(schema).edge (parent, child, cond) VALUES ($1, $2, 'any')",
        [PostgresValue(last.id), PostgresValue(id)])
      try run("UPDATE \(schema).task SET parents = 1 WHERE id = $1", [PostgresValue(id)])
    }
    try run(
      "UPDATE \(schema).schedule SET last_task = $2 WHERE name = $1", [PostgresValue(job.name), PostgresValue(id)])
    try log(job, instant, what, id)
  }

  private func log(_ job: ScheduledJob, _ instant: Int64, _ what: String, _ task: Int64?) throws {
    try run(
      "UPDATE \(schema).firing SET what = $3, task = $4 WHERE name = $1 AND instant = $2",
      [PostgresValue(job.name), PostgresValue(instant), PostgresValue(what), PostgresValue(task)])
  }
}
