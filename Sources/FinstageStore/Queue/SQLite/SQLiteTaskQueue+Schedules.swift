import FinstageCore

/// Schedules: whoever turns fires them. A slot fires once: in the transaction that adds its task, the schedule moves on.
extension SQLiteTaskQueue {
  /// What comes no later than this after its slot is on time, milliseconds.
  private static let tolerance: Int64 = 60_000
  private static let mostMissed = 100
  private static let keptFirings: Int64 = 1000

  public func setSchedules(_ jobs: [ScheduledJob], source: String) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      var known: [String: String] = [:]
      let rows = try database.prepare("SELECT name, definition FROM schedule WHERE source = ?").bind(1, source)
      while try rows.step() { known[rows.text(0) ?? ""] = rows.text(1) }
      for name in known.keys where !jobs.contains(where: { $0.name == name }) { _ = try removeSchedule(name) }
      for job in jobs where known[job.name] != job.json {
        let next = job.rule.next(after: TaskClock.now / 1000).map { $0 * 1000 }
        let row = try database.prepare(
          """
          INSERT INTO schedule (name, source, definition, next) VALUES (?1, ?2, ?3, ?4)
          ON CONFLICT (name) DO UPDATE SET source = ?2, definition = ?3, next = ?4
          """
        ).bind(1, job.name).bind(2, source).bind(3, job.json)
        if let next { row.bind(4, next + job.rule.delay(next / 1000, name: job.name) * 1000) }
        try row.run()
        try database.prepare("UPDATE schedule SET last_slot = ? WHERE name = ? AND last_slot IS NULL")
          .bind(1, TaskClock.now).bind(2, job.name).run()
      }
    }
    spool.wake()
  }

  public func removeSchedule(_ name: String) throws(DatabaseError) -> Bool {
    try database.write { () throws(DatabaseError) in
      try database.prepare("DELETE FROM schedule WHERE name = ?").bind(1, name).run()
      let isThere = database.changes > 0
      try database.prepare("DELETE FROM firing WHERE name = ?").bind(1, name).run()
      return isThere
    }
  }

  public func schedules() throws(DatabaseError) -> [ScheduleRecord] {
    let rows = try database.prepare(
      """
      SELECT name, definition, next, last_slot, last_task, last_status, last_seconds, succeeded, total FROM schedule
      ORDER BY next IS NULL, next, name
      """)
    var schedules: [ScheduleRecord] = []
    while try rows.step() {
      func integer(_ column: Int32) -> Int64? { rows.isNull(column) ? nil : rows.integer(column) }
      guard let job = ScheduledJob(name: rows.text(0) ?? "", json: rows.text(1) ?? "") else { continue }
      schedules.append(
        ScheduleRecord(
          job: job, next: integer(2), lastSlot: integer(4) == nil ? nil : integer(3), lastTask: integer(4),
          lastStatus: integer(5), lastSeconds: rows.isNull(6) ? nil : rows.double(6), succeeded: rows.integer(7),
          total: rows.integer(8)))
    }
    return schedules
  }

  public func firings(_ name: String?, limit: Int) throws(DatabaseError) -> [FiringRecord] {
    let rows = try database.prepare(
      "SELECT name, slot, at, what, task FROM firing WHERE ?1 IS NULL OR name = ?1 ORDER BY seq DESC LIMIT ?2"
    ).bind(1, name).bind(2, Int64(limit))
    var firings: [FiringRecord] = []
    while try rows.step() {
      firings.append(
        FiringRecord(
          name: rows.text(0) ?? "", slot: rows.integer(1), at: rows.integer(2), what: rows.text(3) ?? "",
          task: rows.isNull(4) ? nil : rows.integer(4)))
    }
    return firings
  }

  // MARK: - Firing

  /// Adds the tasks of schedules that are due, in the transaction of a turn.
  func fire(_ now: Int64) throws(DatabaseError) {
    let rows = try database.prepare(
      "SELECT name, definition, last_slot FROM schedule WHERE next IS NOT NULL AND next <= ? ORDER BY next"
    ).bind(1, now)
    var due: [(name: String, definition: String, last: Int64)] = []
    while try rows.step() { due.append((rows.text(0) ?? "", rows.text(1) ?? "", rows.integer(2))) }
    for (name, definition, last) in due {
      guard let job = ScheduledJob(name: name, json: definition) else {
        // Its time zone is gone from this machine, say: it must not hold up the others.
        try database.prepare("UPDATE schedule SET next = NULL WHERE name = ?").bind(1, name).run()
        continue
      }
      try fire(job, after: last, now)
    }
  }

  private func fire(_ job: ScheduledJob, after last: Int64, _ now: Int64) throws(DatabaseError) {
    // Slots from the last one on, the newest of them if there are very many.
    var slots: [Int64] = []
    var at = last / 1000
    var next = job.rule.next(after: at)
    while let slot = next, (slot + job.rule.delay(slot, name: job.name)) * 1000 <= now {
      slots.append(slot * 1000)
      if slots.count > 2 * SQLiteTaskQueue.mostMissed {
        slots.removeFirst(SQLiteTaskQueue.mostMissed)
        // A second's interval over a year of sleep: go on near the end.
        at = max(slot, now / 1000 - 86_400)
      } else {
        at = slot
      }
      next = job.rule.next(after: at)
    }
    if let next {
      let due = (next + job.rule.delay(next, name: job.name)) * 1000
      try database.prepare("UPDATE schedule SET next = ? WHERE name = ?").bind(1, due).bind(2, job.name).run()
    } else {
      try database.prepare("UPDATE schedule SET next = NULL WHERE name = ?").bind(1, job.name).run()
    }
    guard let newest = slots.last else { return }
    try database.prepare("UPDATE schedule SET last_slot = ? WHERE name = ?").bind(1, newest).bind(2, job.name).run()
    func isLate(_ slot: Int64) -> Bool {
      now - slot - job.rule.delay(slot / 1000, name: job.name) * 1000 > SQLiteTaskQueue.tolerance
    }
    for slot in slots.suffix(SQLiteTaskQueue.mostMissed) {
      let isWanted =
        switch job.missed {
        case .skip: !isLate(slot)
        case .once: slot == newest
        case .all: true
        }
      if isWanted { try begin(job, slot, now) } else { try log(job.name, slot, now, "missed", nil) }
    }
    try database.prepare(
      "DELETE FROM firing WHERE name = ?1 AND seq <= (SELECT max(seq) FROM firing WHERE name = ?1) - ?2"
    ).bind(1, job.name).bind(2, SQLiteTaskQueue.keptFirings).run()
  }

  private func begin(_ job: ScheduledJob, _ slot: Int64, _ now: Int64) throws(DatabaseError) {
    let rows = try database.prepare("SELECT id, state FROM task WHERE job = ? AND state < 4 ORDER BY id").bind(
      1, job.name)
    var unfinished: [(id: Int64, state: TaskState)] = []
    while try rows.step() {
      unfinished.append((rows.integer(0), TaskState(rawValue: rows.integer(1)) ?? .pending))
    }
    var task = job.definition.dueNow
    task.job = job.name
    task.environment["FS_SLOT"] = Timestamp.string(slot * 1_000_000)
    task.uniqueKey = "\(job.name)@\(slot)"
    var what = "fired"
    if !unfinished.isEmpty {
      switch job.overlap {
      case .allow: break
      // Runs of missed slots are to come one after the other, not at once.
      case .skip where job.missed != .all, .queue where unfinished.count > 1 && job.missed != .all:
        return try log(job.name, slot, now, "overlap", unfinished.first?.id)
      case .skip, .queue: what = "queued"
      case .cancel:
        what = "replaced"
        for (id, state) in unfinished {
          if state == .running {
            try database.prepare("UPDATE task SET cancel = 1 WHERE id = ? AND state = 2").bind(1, id).run()
          } else {
            try move(id, from: state, to: .cancelled, reason: "replaced")
          }
        }
        unfinished.removeAll { $0.state != .running }
      }
    }
    let id = try insert(task)
    if what != "fired", let last = unfinished.last {
      try database.prepare("INSERT INTO edge (parent, child, cond) VALUES (?, ?, 'any')").bind(1, last.id).bind(2, id)
        .run()
      try database.prepare("UPDATE task SET parents = 1 WHERE id = ?").bind(1, id).run()
    }
    try database.prepare("UPDATE schedule SET last_task = ? WHERE name = ?").bind(1, id).bind(2, job.name).run()
    try log(job.name, slot, now, what, id)
  }

  private func log(_ name: String, _ slot: Int64, _ now: Int64, _ what: String, _ task: Int64?) throws(DatabaseError) {
    let row = try database.prepare("INSERT INTO firing (name, slot, at, what, task) VALUES (?, ?, ?, ?, ?)")
      .bind(1, name).bind(2, slot).bind(3, now).bind(4, what)
    if let task { row.bind(5, task) }
    try row.run()
  }

  /// Takes note of how a run of a schedule ended, if the task is one.
  func noteJobEnd(_ id: Int64) throws(DatabaseError) {
    try database.prepare(
      """
      UPDATE schedule SET total = total + 1, succeeded = succeeded + (t.state = 4), last_status = t.status,
        last_seconds = (t.ended - t.began) / 1000.0
      FROM (SELECT job, state, status, began, ended FROM task WHERE id = ? AND job IS NOT NULL) AS t WHERE schedule.name = t.job
      """
    ).bind(1, id).run()
  }
}
