import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What workers do with a queue.
extension SQLiteTaskQueue {
  public func register(_ worker: WorkerIdentity, slots: Int) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("INSERT INTO worker (uuid, pid, pstart, boot, started, slots) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(1, worker.id).bind(2, Int64(worker.pid)).bind(3, worker.start).bind(4, worker.boot).bind(5, TaskClock.now)
        .bind(6, Int64(slots)).run()
    }
  }

  public func unregister(_ worker: String) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, worker).run()
    }
    keepLogShort()
  }

  public func turn(_ worker: String, _ work: WorkerTurn) throws(DatabaseError) -> WorkerOrders {
    try database.write { () throws(DatabaseError) in
      let now = TaskClock.now
      for task in work.started {
        try database.prepare("UPDATE task SET pid = ?, pstart = ?, slot = ? WHERE id = ? AND owner = ? AND state = 2")
          .bind(1, Int64(task.pid)).bind(2, task.start).bind(3, Int64(task.slot)).bind(4, task.id).bind(5, worker).run()
      }
      for (id, share, text) in work.progress {
        try database.prepare("UPDATE task SET progress = ?, note = ? WHERE id = ? AND owner = ? AND state = 2")
          .bind(1, share).bind(2, text).bind(3, id).bind(4, worker).run()
      }
      var figures = AttemptFigures()
      for outcome in work.ended { try settle(outcome, worker, now, &figures) }
      try add(figures, now)
      try promote(now)
      try fire(now)
      var orders = WorkerOrders()
      if work.wanted > 0, try setting("paused") == nil {
        orders.claimed = try claim(work.wanted, worker, now, work.starvation, &orders.nextDue)
      }
      let cancelled = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2 AND cancel = 1").bind(
        1, worker)
      while try cancelled.step() { orders.cancelled.append(cancelled.integer(0)) }
      for question in [
        "SELECT min(due) FROM task WHERE state IN (1, 3)", "SELECT min(next) FROM schedule WHERE next IS NOT NULL",
      ] {
        let next = try database.prepare(question)
        if try next.step(), !next.isNull(0) { orders.nextDue = min(orders.nextDue ?? .max, next.integer(0)) }
        next.reset()
      }
      orders.ready = Int(try database.integer("SELECT n FROM tally WHERE state = 0"))
      orders.unfinished = Int(try database.integer("SELECT sum(n) FROM tally WHERE state < 4"))
      return orders
    }
  }

  private func promote(_ now: Int64) throws(DatabaseError) {
    let due = try database.prepare("SELECT id, state FROM task WHERE state IN (1, 3) AND due <= ?").bind(1, now)
    var ready: [(Int64, TaskState)] = []
    while try due.step() { ready.append((due.integer(0), TaskState(rawValue: due.integer(1)) ?? .scheduled)) }
    for (id, state) in ready { try move(id, from: state, to: .pending) }
    let late = try database.prepare(
      "SELECT id, state FROM task WHERE expires IS NOT NULL AND state IN (0, 1, 3) AND expires <= ?"
    ).bind(1, now)
    var expired: [(Int64, TaskState)] = []
    while try late.step() { expired.append((late.integer(0), TaskState(rawValue: late.integer(1)) ?? .pending)) }
    for (id, state) in expired { try move(id, from: state, to: .failed, reason: "expired") }
  }

  // MARK: - Claiming

  /// The most urgent ready task of a group.
  private struct Head {
    let id: Int64
    /// Less is more urgent: the level, lowered by how long it has waited.
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

  /// Takes the most urgent tasks of groups that have room. What is in a group without room is never looked at, however much it is.
  private func claim(
    _ count: Int, _ worker: String, _ now: Int64, _ starvation: Int64?, _ nextDue: inout Int64?
  ) throws(DatabaseError) -> [ClaimedTask] {
    var lanes: [Lane] = []
    let open = try database.prepare(
      "SELECT name, lim, running, gap_us, next_us FROM grp WHERE paused = 0 AND (lim IS NULL OR running < lim)")
    while try open.step() {
      lanes.append(
        Lane(
          name: open.text(0) ?? "", room: open.isNull(1) ? .max : open.integer(1) - open.integer(2),
          gap: open.isNull(3) ? nil : open.integer(3), next: open.integer(4)))
    }
    for i in lanes.indices { try look(&lanes[i], now, starvation, &nextDue) }
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
        // A clock that was set back must not hold a group up.
        lanes[best].next = now * 1000 + gap
        try database.prepare("UPDATE grp SET next_us = ? WHERE name = ?").bind(1, lanes[best].next).bind(
          2, lanes[best].name
        ).run()
      }
      try look(&lanes[best], now, starvation, &nextDue)
    }
    return tasks
  }

  private func look(
    _ lane: inout Lane, _ now: Int64, _ starvation: Int64?, _ nextDue: inout Int64?
  ) throws(DatabaseError) {
    lane.head = nil
    guard lane.room > 0, let head = try head(lane.name, now, starvation) else { return }
    if let gap = lane.gap, lane.next > now * 1000, lane.next - now * 1000 <= gap {
      nextDue = min(nextDue ?? .max, (lane.next + 999) / 1000)
      return
    }
    lane.head = head
  }

  private func head(_ group: String, _ now: Int64, _ starvation: Int64?) throws(DatabaseError) -> Head? {
    guard let starvation else {
      let first = try database.prepare(
        "SELECT id, prio, due FROM task WHERE state = 0 AND parents = 0 AND grp = ? ORDER BY prio, due, id LIMIT 1"
      ).bind(1, group)
      defer { first.reset() }
      return try first.step() ? Head(id: first.integer(0), level: first.integer(1), due: first.integer(2)) : nil
    }
    var best: Head?
    for priority in TaskPriority.allCases {
      let first = try database.prepare(
        "SELECT id, due FROM task WHERE state = 0 AND parents = 0 AND grp = ? AND prio = ? ORDER BY due, id LIMIT 1"
      ).bind(1, group).bind(2, priority.rawValue)
      if try first.step() {
        let waited = max(0, now - first.integer(1)) / max(starvation, 1)
        let head = Head(id: first.integer(0), level: priority.rawValue - waited, due: first.integer(1))
        if best == nil || head < best! { best = head }
      }
      first.reset()
    }
    return best
  }

  private func take(_ id: Int64, _ worker: String, _ now: Int64) throws(DatabaseError) -> ClaimedTask {
    let statement = try database.prepare(
      """
      UPDATE task SET state = 2, attempt = attempt + 1, owner = ?, began = ?, pid = 0, pstart = 0, slot = NULL, status = NULL,
        reason = NULL, progress = NULL, note = NULL
      WHERE id = ? AND state = 0
      RETURNING id, attempt, argv, cwd, env, input, timeout, clean
      """
    ).bind(1, worker).bind(2, now).bind(3, id)
    guard try statement.step() else {
      throw DatabaseError(
        kind: .corrupt, path: database.path, message: "the index of ready tasks is wrong (fs-queue doctor)")
    }
    var environment: [String: String] = [:]
    if let text = statement.text(4), let document = try? JSONDocument.parse(Array(text.utf8)) {
      for (key, value) in document.members ?? [] { environment[key] = value.string ?? "" }
    }
    let task = ClaimedTask(
      id: statement.integer(0), attempt: statement.integer(1), arguments: SQLiteTaskQueue.texts(statement.text(2)),
      folder: statement.text(3) ?? "/", hasCleanEnvironment: statement.integer(7) != 0, environment: environment,
      input: statement.isNull(5) ? nil : statement.bytes(5),
      timeout: statement.isNull(6) ? nil : statement.integer(6))
    while try statement.step() {}
    try database.prepare("INSERT INTO attempt (task, n, owner, began) VALUES (?, ?, ?, ?)")
      .bind(1, task.id).bind(2, task.attempt).bind(3, worker).bind(4, now).run()
    try note(task.id, .pending, .running)
    return task
  }

  // MARK: - Ending

  private func settle(
    _ outcome: AttemptOutcome, _ worker: String, _ now: Int64, _ figures: inout AttemptFigures
  ) throws(DatabaseError) {
    let row = try database.prepare(
      """
      SELECT failures, retries, delay, cancel, codes, backoff, cap, began, due FROM task
      WHERE id = ? AND attempt = ? AND owner = ? AND state = 2
      """
    ).bind(1, outcome.id).bind(2, outcome.attempt).bind(3, worker)
    // A late result of an attempt that was given up: it is kept with the attempt, and changes nothing else.
    let isCurrent = try row.step()
    let (failures, cancel) = (row.integer(0), row.integer(3) != 0)
    var policy = TaskRetryPolicy()
    policy.retries = row.integer(1)
    policy.delay = row.integer(2)
    policy.statuses = row.text(4).map { Set($0.split(separator: ",").compactMap { Int64($0) }) }
    policy.backoff = TaskRetryPolicy.Backoff(rawValue: row.integer(5)) ?? .exponential
    policy.longest = row.integer(6)
    let (began, due) = (row.integer(7), row.integer(8))
    row.reset()
    if outcome.end == .notBegun {
      if isCurrent { try unclaim(outcome.id, outcome.attempt, isCancelled: cancel) }
      return
    }
    let how = outcome.end.name
    let attempt = try database.prepare(
      """
      UPDATE attempt SET ended = ?, status = ?, how = ?, user_us = ?, sys_us = ?, peak_kb = ?, out_len = ?, err_len = ?, out = ?,
        err = ? WHERE task = ? AND n = ?
      """)
    attempt.bind(1, now).bind(2, outcome.status).bind(3, how).bind(4, outcome.userMicroseconds)
    attempt.bind(5, outcome.systemMicroseconds).bind(7, outcome.outputLength)
    attempt.bind(8, outcome.errorsLength)
    if let peak = outcome.peakKilobytes { attempt.bind(6, peak) }
    if let output = outcome.output { attempt.bind(9, output) }
    if let errors = outcome.errors { attempt.bind(10, errors) }
    try attempt.bind(11, outcome.id).bind(12, outcome.attempt).run()
    guard isCurrent else { return }
    figures.note(how, waited: Double(began - due) / 1000, ran: Double(now - began) / 1000)
    let (state, reason, wait) = outcome.verdict(
      failures: failures, policy: policy, isCancelled: cancel, chance: Double.random(in: 0..<1))
    let isFailure = state == .retrying || state == .failed
    let update = try database.prepare(
      """
      UPDATE task SET state = ?, failures = failures + ?, status = ?, reason = ?, due = coalesce(?, due), owner = NULL, pid = 0, slot = NULL,
        ended = ? WHERE id = ?
      """)
    update.bind(1, state.rawValue).bind(2, Int64(isFailure ? 1 : 0)).bind(3, outcome.status).bind(4, reason)
    if state == .retrying { update.bind(5, now + wait) }
    if state.isFinal { update.bind(6, now) }
    try update.bind(7, outcome.id).run()
    try note(outcome.id, .running, state, reason)
    if state.isFinal {
      try hasEnded(outcome.id)
      let column = state == .completed ? "completed" : "failed"
      try database.prepare("UPDATE worker SET \(column) = \(column) + 1 WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// Takes a claim back, as if it had not been.
  private func unclaim(_ id: Int64, _ attempt: Int64, isCancelled: Bool) throws(DatabaseError) {
    try database.prepare("DELETE FROM attempt WHERE task = ? AND n = ?").bind(1, id).bind(2, attempt).run()
    try database.prepare(
      "UPDATE task SET attempt = attempt - 1, owner = NULL, pid = 0, slot = NULL, began = NULL WHERE id = ?"
    )
    .bind(1, id).run()
    try move(id, from: .running, to: isCancelled ? .cancelled : .pending, reason: isCancelled ? "cancelled" : nil)
  }

  // MARK: - What was lost

  public func running() throws(DatabaseError) -> [RunningAttempt] {
    let statement = try database.prepare(
      """
      SELECT id, attempt, owner, task.pid, task.pstart, slot, boot FROM task LEFT JOIN worker ON uuid = owner
      WHERE state = 2
      """)
    defer { statement.reset() }
    var attempts: [RunningAttempt] = []
    while try statement.step() {
      attempts.append(
        RunningAttempt(
          id: statement.integer(0), attempt: statement.integer(1), owner: statement.text(2) ?? "",
          pid: Int32(truncatingIfNeeded: statement.integer(3)), start: statement.integer(4),
          slot: statement.isNull(5) ? nil : Int(statement.integer(5)), boot: statement.text(6)))
    }
    return attempts
  }

  public func giveBack(_ lost: RunningAttempt, _ loss: LostAttempt) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      let row = try database.prepare(
        "SELECT losses, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state = 2"
      ).bind(1, lost.id).bind(2, lost.attempt).bind(3, lost.owner)
      guard try row.step() else { return }
      let losses = row.integer(0) + 1
      let isCancelled = row.integer(1) != 0
      row.reset()
      guard loss.hasBegun else { return try unclaim(lost.id, lost.attempt, isCancelled: isCancelled) }
      let state = isCancelled ? TaskState.cancelled : losses >= 3 ? .dead : .pending
      let now = TaskClock.now
      let update = try database.prepare(
        "UPDATE task SET state = ?, losses = ?, owner = NULL, pid = 0, slot = NULL, reason = ?, ended = ? WHERE id = ?")
      update.bind(1, state.rawValue).bind(2, losses).bind(3, isCancelled ? "cancelled" : "lost")
      if state.isFinal { update.bind(4, now) }
      try update.bind(5, lost.id).run()
      let attempt = try database.prepare(
        "UPDATE attempt SET ended = ?, how = 'lost', out = ?, err = ?, out_len = ?, err_len = ? WHERE task = ? AND n = ?"
      )
      attempt.bind(1, now)
      if let output = loss.output { attempt.bind(2, output) }
      if let errors = loss.errors { attempt.bind(3, errors) }
      try attempt.bind(4, loss.outputLength).bind(5, loss.errorsLength).bind(6, lost.id).bind(7, lost.attempt).run()
      try note(lost.id, .running, state, "lost")
      var figures = AttemptFigures()
      figures.note("lost")
      try add(figures, now)
      if state.isFinal { try hasEnded(lost.id) }
    }
    spool.wake()
  }
}
