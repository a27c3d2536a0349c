import FinstageCore
import FinstageStore
import FinstageSystem

/// Schedules, which fire in the turns of workers. Each firing happens once, because the transaction that adds its task
/// also advances the schedule.
extension SQLiteTaskQueue {
  package func setSchedules(_ jobs: [ScheduledJob], source: String) throws {
    try database.write {
      try refuseIfMoved()
      var known: [String: String] = [:]
      let rows = try database.prepare("SELECT name, definition FROM schedule WHERE source = ?").bind(1, source)
      while try rows.step() { known[rows.text(0) ?? ""] = rows.text(1) }
      for job in jobs where known[job.name] == nil {
        let other = try database.prepare("SELECT source FROM schedule WHERE name = ?").bind(1, job.name)
        defer { other.reset() }
        if try other.step(), let holder = other.text(0), JobsFile.isThere(holder) {
          throw ScheduleClash(name: job.name, source: holder)
        }
      }
      for name in known.keys where !jobs.contains(where: { $0.name == name }) { _ = try removeSchedule(name) }
      for job in jobs where known[job.name] != job.json {
        try database.prepare(
          """
          INSERT INTO schedule (name, source, definition, next) VALUES (:name, :source, :definition, :next)
          ON CONFLICT (name) DO UPDATE SET source = :source, definition = :definition, next = :next
          """
        ).bind("name", job.name).bind("source", source).bind("definition", job.json)
          .bind("next", FiringPlan.first(job, after: now)).run()
        try database.prepare("UPDATE schedule SET last_slot = ? WHERE name = ? AND last_slot IS NULL")
          .bind(1, now).bind(2, job.name).run()
      }
    }
    spool.wake()
  }

  package func removeSchedule(_ name: String) throws -> Bool {
    try database.write {
      try refuseIfMoved()
      try database.prepare("DELETE FROM schedule WHERE name = ?").bind(1, name).run()
      let isThere = database.changes > 0
      try database.prepare("DELETE FROM firing WHERE name = ?").bind(1, name).run()
      return isThere
    }
  }

  package func schedules() throws -> [ScheduleRecord] {
    let row = try database.prepare(
      """
      SELECT name, definition, next, last_slot AS last_instant, last_task, last_status, last_seconds, succeeded, total FROM schedule
      ORDER BY next IS NULL, next, name
      """)
    var schedules: [ScheduleRecord] = []
    while try row.step() {
      if let record = ScheduleRecord(row) { schedules.append(record) }
    }
    return schedules
  }

  package func firings(_ name: String?, limit: Int) throws -> [FiringRecord] {
    let row = try database.prepare(
      "SELECT name, slot AS instant, at, what, task FROM firing WHERE :name IS NULL OR name = :name ORDER BY seq DESC LIMIT :limit"
    ).bind("name", name).bind("limit", limit)
    var firings: [FiringRecord] = []
    while try row.step() { firings.append(FiringRecord(row)) }
    return firings
  }

  // MARK: - Firing

  private static let keptFirings: Int64 = 1000

  /// Adds the tasks of schedules that are due, in the transaction of a turn.
  func fire(_ now: Int64) throws {
    let row = try database.prepare(
      "SELECT name, definition, last_slot FROM schedule WHERE next IS NOT NULL AND next <= ? ORDER BY next"
    ).bind(1, now)
    var due: [(name: String, definition: String, last: Int64)] = []
    while try row.step() {
      due.append((row.text("name") ?? "", row.text("definition") ?? "", row.integer("last_slot")))
    }
    for (name, definition, last) in due {
      guard let job = ScheduledJob(name: name, json: definition) else {
        // The job cannot be read, for example because its time zone is gone. It must not hold up the others.
        try database.prepare("UPDATE schedule SET next = NULL WHERE name = ?").bind(1, name).run()
        continue
      }
      let plan = FiringPlan(job, after: last, now: now)
      try database.prepare(
        "UPDATE schedule SET next = :next, last_slot = coalesce(:last, last_slot) WHERE name = :name"
      )
      .bind("next", plan.next).bind("last", plan.instants.last?.instant).bind("name", name).run()
      for (instant, isWanted) in plan.instants {
        if isWanted { try begin(job, instant, now) } else { try log(name, instant, now, "missed", nil) }
      }
      guard !plan.instants.isEmpty else { continue }
      try database.prepare(
        "DELETE FROM firing WHERE name = ?1 AND seq <= (SELECT max(seq) FROM firing WHERE name = ?1) - ?2"
      ).bind(1, name).bind(2, SQLiteTaskQueue.keptFirings).run()
    }
  }

  private func begin(_ job: ScheduledJob, _ instant: Int64, _ now: Int64) throws {
    let row = try database.prepare("SELECT id, state FROM task WHERE job = ? AND state < 4 ORDER BY id").bind(
      1, job.name)
    var unfinished: [(id: Int64, state: TaskState)] = []
    while try row.step() { unfinished.append((row.integer(0), TaskState(rawValue: row.integer(1)) ?? .pending)) }
    var what = "fired"
    switch FiringPlan.overlap(job, unfinished: unfinished.count) {
    case .skip: return try log(job.name, instant, now, "overlap", unfinished.first?.id)
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
      try database.prepare("INSERT INTO edge (parent, child, cond) VALUES (?, ?, 'any')").bind(1, last.id).bind(2, id)
        .run()
      try database.prepare("UPDATE task SET parents = 1 WHERE id = ?").bind(1, id).run()
    }
    try database.prepare("UPDATE schedule SET last_task = ? WHERE name = ?").bind(1, id).bind(2, job.name).run()
    try log(job.name, instant, now, what, id)
  }

  private func log(_ name: String, _ instant: Int64, _ now: Int64, _ what: String, _ task: Int64?) throws {
    try database.prepare("INSERT INTO firing (name, slot, at, what, task) VALUES (:name, :slot, :at, :what, :task)")
      .bind("name", name).bind("slot", instant).bind("at", now).bind("what", what).bind("task", task).run()
  }

  /// Records how a run of a schedule ended, if a schedule added the task.
  func noteScheduleEnd(_ id: Int64) throws {
    try database.prepare(
      """
      UPDATE schedule SET total = total + 1, succeeded = succeeded + (t.state = 4), last_status = t.status,
        last_seconds = (t.ended - t.began) / 1000.0
      FROM (SELECT job, state, status, began, ended FROM task WHERE id = ? AND job IS NOT NULL) AS t WHERE schedule.name = t.job
      """
    ).bind(1, id).run()
  }
}
