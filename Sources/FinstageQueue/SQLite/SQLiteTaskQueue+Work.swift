import FinstageCore
import FinstageStore
import FinstageSystem

/// The operations of workers.
extension SQLiteTaskQueue {
  package func register(_ worker: WorkerIdentity, slots: Int) throws {
    try database.write {
      if let mark = try moveMark() { throw mark.refusal(name) }
      try database.prepare(
        "INSERT INTO worker (uuid, pid, pstart, boot, started, slots, places) VALUES (?, ?, ?, ?, ?, ?, ?)"
      )
      .bind(1, worker.id).bind(2, Int64(worker.pid)).bind(3, worker.start).bind(4, worker.boot).bind(5, now)
      .bind(6, Int64(slots)).bind(7, worker.places.isEmpty ? nil : StoredText.list(worker.places)).run()
    }
    // The other workers are to watch this one.
    spool.wake()
  }

  package func unregister(_ worker: String) throws {
    try database.write {
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, worker).run()
    }
    keepLogShort()
  }

  package func setSlots(_ slots: Int, worker: String) throws -> Bool {
    let isThere = try database.write { () -> Bool in
      try database.prepare("UPDATE worker SET slots = ? WHERE uuid = ?").bind(1, Int64(slots)).bind(2, worker).run()
      return database.changes == 1
    }
    spool.wake()
    return isThere
  }

  package func turn(_ worker: String, _ work: WorkerTurn) throws -> WorkerOrders {
    try database.write {
      let now = now
      for start in work.started {
        try database.prepare(
          """
          UPDATE task SET state = 2, began = :began, pid = :pid, pstart = :pstart, slot = :slot
          WHERE id = :id AND owner = :owner AND attempt = :attempt AND state = -1
          """
        ).bind("began", now - start.ran).bind("pid", Int64(start.pid)).bind("pstart", start.start).bind(
          "slot", start.slot
        )
        .bind("id", start.id).bind("owner", worker).bind("attempt", start.attempt).run()
        guard database.changes == 1 else { continue }
        try note(start.id, .claimed, .running)
        try database.prepare("UPDATE attempt SET began = ? WHERE task = ? AND n = ?").bind(1, now - start.ran)
          .bind(2, start.id).bind(3, start.attempt).run()
      }
      for report in work.progress {
        try database.prepare(
          "UPDATE task SET progress = :share, note = :note WHERE id = :id AND owner = :owner AND attempt = :attempt AND state IN (-1, 2)"
        ).bind("share", report.share).bind("note", report.note).bind("id", report.id).bind("owner", worker)
          .bind("attempt", report.attempt).run()
      }
      var figures = AttemptFigures()
      for outcome in work.ended { try settle(outcome, worker, now, &figures) }
      try add(figures, now)
      try promote(now)
      try fire(now)
      var orders = WorkerOrders()
      var nextDue: Int64?
      if work.wanted > 0, try setting("paused") == nil {
        orders.claimed = try claim(work.wanted, worker, now, work.starvation, &nextDue)
      }
      let cancelled = try database.prepare("SELECT id FROM task WHERE owner = ? AND state IN (-1, 2) AND cancel = 1")
        .bind(
          1, worker)
      while try cancelled.step() { orders.cancelled.append(cancelled.integer(0)) }
      let stopped = try database.prepare("SELECT id FROM task WHERE owner = ? AND state IN (-1, 2) AND stopped = 1")
        .bind(1, worker)
      while try stopped.step() { orders.paused.append(stopped.integer(0)) }
      let slots = try database.prepare("SELECT slots FROM worker WHERE uuid = ?").bind(1, worker)
      if try slots.step() { orders.slots = Int(slots.integer(0)) }
      slots.reset()
      for question in [
        "SELECT min(due) FROM task WHERE state IN (1, 3)", "SELECT min(next) FROM schedule WHERE next IS NOT NULL",
      ] {
        let next = try database.prepare(question)
        if try next.step(), !next.isNull(0) { nextDue = min(nextDue ?? .max, next.integer(0)) }
        next.reset()
      }
      orders.nextDueIn = nextDue.map { max(0, $0 - now) }
      orders.ready = Int(try database.integer("SELECT n FROM tally WHERE state = 0"))
      orders.unfinished = try countUnfinished()
      return orders
    }
  }

  /// How many tasks are not finished; those that wait for a release, and what waits for them, do not count.
  private func countUnfinished() throws -> Int {
    if try database.integer("SELECT n FROM tally WHERE state = -2") == 0 {
      return Int(try database.integer("SELECT sum(n) FROM tally WHERE state < 4"))
    }
    return Int(
      try database.integer(
        """
        WITH RECURSIVE kept (id) AS (
          SELECT id FROM task WHERE state = -2 UNION SELECT child FROM edge JOIN kept ON edge.parent = kept.id
        )
        SELECT (SELECT sum(n) FROM tally WHERE state < 4) - count(*) FROM kept JOIN task USING (id) WHERE state < 4
        """))
  }

  private func promote(_ now: Int64) throws {
    let due = try database.prepare("SELECT id, state FROM task WHERE state IN (1, 3) AND due <= ?").bind(1, now)
    var ready: [(Int64, TaskState)] = []
    while try due.step() { ready.append((due.integer(0), TaskState(rawValue: due.integer(1)) ?? .scheduled)) }
    for (id, state) in ready { try move(id, from: state, to: .pending) }
    let late = try database.prepare(
      "SELECT id, state FROM task WHERE expires IS NOT NULL AND state IN (-2, 0, 1, 3) AND expires <= ?"
    ).bind(1, now)
    var expired: [(Int64, TaskState)] = []
    while try late.step() { expired.append((late.integer(0), TaskState(rawValue: late.integer(1)) ?? .pending)) }
    for (id, state) in expired { try move(id, from: state, to: .failed, reason: "expired") }
  }

  // MARK: - Claiming

  /// The most urgent ready task of a group.
  private struct Head {
    let id: Int64
    /// The priority, lowered by how long the task has waited; less is more urgent.
    let level: Int64
    let due: Int64

    static func < (a: Head, b: Head) -> Bool { (a.level, a.due, a.id) < (b.level, b.due, b.id) }
  }

  /// A group that may start tasks.
  private struct Lane {
    let name: String
    var room: Int64
    let gap: Int64?
    var next: Int64
    var head: Head?
  }

  /// Claims the most urgent tasks of groups that have room. A full group is never looked at, however long its backlog.
  private func claim(
    _ count: Int, _ worker: String, _ now: Int64, _ starvation: Int64?, _ nextDue: inout Int64?
  ) throws -> [ClaimedTask] {
    var lanes: [Lane] = []
    let open = try database.prepare(
      "SELECT name, lim, running, gap_us, next_us FROM grp WHERE paused = 0 AND (lim IS NULL OR running < lim)")
    while try open.step() {
      lanes.append(
        Lane(
          name: open.text(0) ?? "", room: open.isNull(1) ? .max : open.integer(1) - open.integer(2),
          gap: open.isNull(3) ? nil : open.integer(3), next: open.integer(4)))
    }
    let places = try places(of: worker)
    for i in lanes.indices { try look(&lanes[i], places, now, starvation, &nextDue) }
    var tasks: [ClaimedTask] = []
    while tasks.count < count {
      var best: Int?
      for i in lanes.indices {
        guard let head = lanes[i].head else { continue }
        if best == nil || head < lanes[best!].head! { best = i }
      }
      guard let best, let head = lanes[best].head else { break }
      tasks.append(try take(head.id, worker, now))
      lanes[best].room -= 1
      if let gap = lanes[best].gap {
        // Counted from now: a clock that was set back must not hold up a group.
        lanes[best].next = now * 1000 + gap
        try database.prepare("UPDATE grp SET next_us = ? WHERE name = ?").bind(1, lanes[best].next).bind(
          2, lanes[best].name
        ).run()
      }
      try look(&lanes[best], places, now, starvation, &nextDue)
    }
    return tasks
  }

  /// Where a worker runs tasks: those that may run anywhere, and those for its names.
  private func places(of worker: String) throws -> [String] {
    let row = try database.prepare("SELECT places FROM worker WHERE uuid = ?").bind(1, worker)
    defer { row.reset() }
    return try [""] + (row.step() ? StoredText.texts(row.text(0)) : [])
  }

  private func look(
    _ lane: inout Lane, _ places: [String], _ now: Int64, _ starvation: Int64?, _ nextDue: inout Int64?
  ) throws {
    lane.head = nil
    guard lane.room > 0 else { return }
    var best: Head?
    for place in places {
      if let head = try head(lane.name, place, now, starvation), best == nil || head < best! { best = head }
    }
    guard let head = best else { return }
    if let gap = lane.gap, lane.next > now * 1000, lane.next - now * 1000 <= gap {
      nextDue = min(nextDue ?? .max, (lane.next + 999) / 1000)
      return
    }
    lane.head = head
  }

  private func head(_ group: String, _ place: String, _ now: Int64, _ starvation: Int64?) throws -> Head? {
    guard let starvation else {
      let first = try database.prepare(
        "SELECT id, prio, due FROM task WHERE state = 0 AND parents = 0 AND grp = ? AND place = ? ORDER BY prio, due, id LIMIT 1"
      ).bind(1, group).bind(2, place)
      defer { first.reset() }
      return try first.step() ? Head(id: first.integer(0), level: first.integer(1), due: first.integer(2)) : nil
    }
    var best: Head?
    for priority in TaskPriority.allCases {
      let first = try database.prepare(
        """
        SELECT id, due FROM task WHERE state = 0 AND parents = 0 AND grp = ? AND place = ? AND prio = ? ORDER BY due, id LIMIT 1
        """
      ).bind(1, group).bind(2, place).bind(3, priority.level)
      if try first.step() {
        let waited = max(0, now - first.integer(1)) / max(starvation, 1)
        let head = Head(id: first.integer(0), level: priority.level - waited, due: first.integer(1))
        if best == nil || head < best! { best = head }
      }
      first.reset()
    }
    return best
  }

  private func take(_ id: Int64, _ worker: String, _ now: Int64) throws -> ClaimedTask {
    let row = try database.prepare(
      """
      UPDATE task SET state = -1, attempt = attempt + 1, owner = :owner, began = NULL, pid = 0, pstart = 0, slot = NULL, status = NULL,
        reason = NULL, progress = NULL, note = NULL, stopped = 0
      WHERE id = :id AND state = 0
      RETURNING id, attempt, argv, cwd, env, input, timeout, clean
      """
    ).bind("owner", worker).bind("id", id)
    guard try row.step() else {
      throw DatabaseError(
        kind: .corrupt, path: database.path, message: "the index of ready tasks is wrong (run fs-queue doctor)")
    }
    let task = ClaimedTask(row)
    while try row.step() {}
    try database.prepare("INSERT INTO attempt (task, n, owner) VALUES (?, ?, ?)")
      .bind(1, task.id).bind(2, task.attempt).bind(3, worker).run()
    try note(task.id, .pending, .claimed)
    return task
  }

  // MARK: - Ending

  private func settle(
    _ outcome: AttemptOutcome, _ worker: String, _ now: Int64, _ figures: inout AttemptFigures
  ) throws {
    let row = try database.prepare(
      """
      SELECT state, failures, retries, delay, cancel, codes, backoff, cap, due FROM task
      WHERE id = :id AND attempt = :attempt AND owner = :owner AND state IN (-1, 2)
      """
    ).bind("id", outcome.id).bind("attempt", outcome.attempt).bind("owner", worker)
    // If the attempt was given up, this is a late result: it is kept with the attempt, and changes nothing else.
    let isCurrent = try row.step()
    var policy = TaskRetryPolicy()
    var (old, failures, isCancelled, due) = (TaskState.running, Int64(0), false, now)
    if isCurrent {
      old = TaskState(rawValue: row.integer("state")) ?? .running
      failures = row.integer("failures")
      isCancelled = row.integer("cancel") != 0
      due = row.integer("due")
      policy.retries = row.integer("retries")
      policy.delay = row.integer("delay")
      policy.statuses = row.text("codes").map { Set($0.split(separator: ",").compactMap { Int64($0) }) }
      policy.backoff = row.integer("backoff") == 1 ? .fixed : .exponential
      policy.longest = row.integer("cap")
    }
    row.reset()
    if outcome.end == .notBegun {
      if isCurrent { try unclaim(outcome.id, outcome.attempt, from: old, isCancelled: isCancelled) }
      return
    }
    let began = now - outcome.ran
    try database.prepare(
      """
      UPDATE attempt SET began = :began, ended = :ended, status = :status, how = :how, user_us = :user, sys_us = :system,
        peak_kb = :peak, out_len = :outlen, err_len = :errlen, out = :out, err = :err WHERE task = :task AND n = :n
      """
    ).bind("began", began).bind("ended", now).bind("status", outcome.status).bind("how", outcome.end.name)
      .bind("user", outcome.userMicroseconds).bind("system", outcome.systemMicroseconds).bind(
        "peak", outcome.peakKilobytes
      )
      .bind("outlen", outcome.outputLength).bind("errlen", outcome.logLength).bind("out", outcome.output)
      .bind("err", outcome.log).bind("task", outcome.id).bind("n", outcome.attempt).run()
    guard isCurrent else { return }
    figures.note(outcome.end.name, waited: Double(began - due) / 1000, ran: Double(outcome.ran) / 1000)
    let (state, reason, wait) = outcome.verdict(
      failures: failures, policy: policy, isCancelled: isCancelled, chance: Double.random(in: 0..<1))
    let isFailure = state == .retrying || state == .failed
    try database.prepare(
      """
      UPDATE task SET state = :state, failures = failures + :failed, status = :status, reason = :reason, due = coalesce(:due, due),
        began = :began, owner = NULL, pid = 0, slot = NULL, ended = :ended WHERE id = :id
      """
    ).bind("state", state.rawValue).bind("failed", isFailure ? 1 : 0).bind("status", outcome.status).bind(
      "reason", reason
    )
    .bind("due", state == .retrying ? now + wait : nil).bind("began", began).bind("ended", state.isFinal ? now : nil)
    .bind("id", outcome.id).run()
    try note(outcome.id, old, state, reason)
    if state.isFinal {
      try hasEnded(outcome.id)
      let column = state == .completed ? "completed" : "failed"
      try database.prepare("UPDATE worker SET \(column) = \(column) + 1 WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// Undoes a claim.
  private func unclaim(_ id: Int64, _ attempt: Int64, from old: TaskState, isCancelled: Bool) throws {
    try database.prepare("DELETE FROM attempt WHERE task = ? AND n = ?").bind(1, id).bind(2, attempt).run()
    try database.prepare(
      "UPDATE task SET attempt = attempt - 1, owner = NULL, pid = 0, slot = NULL, began = NULL WHERE id = ?"
    )
    .bind(1, id).run()
    try move(id, from: old, to: isCancelled ? .cancelled : .pending, reason: isCancelled ? "cancelled" : nil)
  }

  // MARK: - Lost attempts

  package func running() throws -> [RunningAttempt] {
    let row = try database.prepare(
      """
      SELECT id, attempt, owner, task.pid AS pid, task.pstart AS pstart, slot, boot FROM task LEFT JOIN worker ON uuid = owner
      WHERE state IN (-1, 2)
      """)
    var attempts: [RunningAttempt] = []
    while try row.step() {
      attempts.append(
        RunningAttempt(
          id: row.integer("id"), attempt: row.integer("attempt"), owner: row.text("owner") ?? "",
          pid: Int32(truncatingIfNeeded: row.integer("pid")), start: row.integer("pstart"),
          slot: row.optionalInteger("slot").map(Int.init), boot: row.text("boot")))
    }
    return attempts
  }

  package func giveBack(_ lost: RunningAttempt, _ loss: LostAttempt) throws {
    try database.write {
      let row = try database.prepare(
        "SELECT state, losses, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state IN (-1, 2)"
      ).bind(1, lost.id).bind(2, lost.attempt).bind(3, lost.owner)
      guard try row.step() else { return }
      let old = TaskState(rawValue: row.integer("state")) ?? .running
      let losses = row.integer("losses") + 1
      let isCancelled = row.integer("cancel") != 0
      row.reset()
      guard loss.hasBegun else { return try unclaim(lost.id, lost.attempt, from: old, isCancelled: isCancelled) }
      let state = isCancelled ? TaskState.cancelled : losses >= 3 ? .dead : .pending
      let now = now
      try database.prepare(
        """
        UPDATE task SET state = :state, losses = :losses, owner = NULL, pid = 0, slot = NULL, reason = :reason, ended = :ended
        WHERE id = :id
        """
      ).bind("state", state.rawValue).bind("losses", losses).bind("reason", isCancelled ? "cancelled" : "lost")
        .bind("ended", state.isFinal ? now : nil).bind("id", lost.id).run()
      try database.prepare(
        """
        UPDATE attempt SET ended = :ended, how = 'lost', out = :out, err = :err, out_len = :outlen, err_len = :errlen
        WHERE task = :task AND n = :n
        """
      ).bind("ended", now).bind("out", loss.output).bind("err", loss.log).bind("outlen", loss.outputLength)
        .bind("errlen", loss.logLength).bind("task", lost.id).bind("n", lost.attempt).run()
      try note(lost.id, old, state, "lost")
      var figures = AttemptFigures()
      figures.note("lost")
      try add(figures, now)
      if state.isFinal { try hasEnded(lost.id) }
    }
    spool.wake()
  }
}
