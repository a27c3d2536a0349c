import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What workers do with a queue.
extension TaskQueue {
  /// Says that a worker is there.
  public func register(_ worker: String, slots: Int) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("INSERT INTO worker (uuid, pid, started, slots) VALUES (?, ?, ?, ?)")
        .bind(1, worker).bind(2, Int64(getpid())).bind(3, TaskQueue.now).bind(4, Int64(slots)).run()
    }
  }

  public func unregister(_ worker: String) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// What one turn of a worker found.
  public struct Turn: Sendable {
    public var claimed: [ClaimedTask] = []
    /// Running tasks of this worker that somebody wants to end.
    public var cancelled: [Int64] = []
    /// When the next task is due, milliseconds since 1970; nil if none is.
    public var nextDue: Int64?
    /// Tasks that are not finished, whoever has them, and those of them that could begin.
    public var unfinished = 0
    public var ready = 0
  }

  /// One transaction: takes note of what ended, lets what is due become ready, and claims tasks for free slots.
  public func turn(
    _ worker: String, ended: [AttemptOutcome], started: [(id: Int64, pid: Int32, start: Int64)], slots: Int
  ) throws(DatabaseError) -> Turn {
    try database.write { () throws(DatabaseError) in
      let now = TaskQueue.now
      for task in started {
        try database.prepare("UPDATE task SET pid = ?, pstart = ? WHERE id = ? AND owner = ? AND state = 2")
          .bind(1, Int64(task.pid)).bind(2, task.start).bind(3, task.id).bind(4, worker).run()
      }
      for outcome in ended { try settle(outcome, worker, now) }
      try promote(now)
      var turn = Turn()
      if slots > 0, try setting("paused") == nil {
        while turn.claimed.count < slots, let task = try claim(worker, now) { turn.claimed.append(task) }
      }
      let cancelled = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2 AND cancel = 1").bind(
        1, worker)
      while try cancelled.step() { turn.cancelled.append(cancelled.integer(0)) }
      let next = try database.prepare("SELECT min(due) FROM task WHERE state IN (1, 3)")
      if try next.step(), !next.isNull(0) { turn.nextDue = next.integer(0) }
      next.reset()
      turn.ready = Int(try database.integer("SELECT n FROM tally WHERE state = 0"))
      turn.unfinished = Int(try database.integer("SELECT sum(n) FROM tally WHERE state < 4"))
      return turn
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

  /// Changes a state, if it is what it was.
  @discardableResult
  func move(
    _ id: Int64, from old: TaskState, to new: TaskState, reason: String? = nil
  ) throws(DatabaseError) -> Bool {
    try database.prepare(
      """
      UPDATE task SET state = ?1, reason = coalesce(?2, reason), ended = CASE WHEN ?1 >= 4 THEN ?3 ELSE ended END
      WHERE id = ?4 AND state = ?5
      """
    ).bind(1, new.rawValue).bind(2, reason).bind(3, TaskQueue.now).bind(4, id).bind(5, old.rawValue).run()
    guard database.changes == 1 else { return false }
    try note(id, old, new, reason)
    return true
  }

  private func claim(_ worker: String, _ now: Int64) throws(DatabaseError) -> ClaimedTask? {
    let statement = try database.prepare(
      """
      UPDATE task SET state = 2, attempt = attempt + 1, owner = ?, began = ?, pid = 0, pstart = 0, status = NULL, reason = NULL,
        progress = NULL, note = NULL
      WHERE id = (SELECT id FROM task WHERE state = 0 ORDER BY prio, due, id LIMIT 1)
      RETURNING id, attempt, argv, cwd, env, input, timeout
      """
    ).bind(1, worker).bind(2, now)
    guard try statement.step() else { return nil }
    var environment: [String: String] = [:]
    if let text = statement.text(4), let document = try? JSONDocument.parse(Array(text.utf8)) {
      for (key, value) in document.members ?? [] { environment[key] = value.string ?? "" }
    }
    let task = ClaimedTask(
      id: statement.integer(0), attempt: statement.integer(1), arguments: TaskQueue.texts(statement.text(2)),
      folder: statement.text(3) ?? "/", environment: environment, input: statement.isNull(5) ? nil : statement.bytes(5),
      timeout: statement.isNull(6) ? nil : statement.integer(6))
    while try statement.step() {}
    try database.prepare("INSERT INTO attempt (task, n, owner, began) VALUES (?, ?, ?, ?)")
      .bind(1, task.id).bind(2, task.attempt).bind(3, worker).bind(4, now).run()
    try note(task.id, .pending, .running)
    return task
  }

  private func settle(_ outcome: AttemptOutcome, _ worker: String, _ now: Int64) throws(DatabaseError) {
    let row = try database.prepare(
      "SELECT failures, retries, delay, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state = 2"
    ).bind(1, outcome.id).bind(2, outcome.attempt).bind(3, worker)
    // A late result of an attempt that was given up: it is kept with the attempt, and changes nothing else.
    let isCurrent = try row.step()
    let (failures, retries, delay, cancel) = (row.integer(0), row.integer(1), row.integer(2), row.integer(3) != 0)
    row.reset()
    let how: String =
      switch outcome.end {
      case .exited: "exit"
      case .signalled: "signal"
      case .timedOut: "timeout"
      case .notStarted: "not started"
      case .givenBack: "given back"
      }
    let attempt = try database.prepare(
      """
      UPDATE attempt SET ended = ?, status = ?, how = ?, user_us = ?, sys_us = ?, peak_kb = ?, out_len = ?, err_len = ?, out = ?,
        err = ? WHERE task = ? AND n = ?
      """)
    attempt.bind(1, now).bind(2, outcome.status).bind(3, how).bind(4, outcome.userMicroseconds)
    attempt.bind(5, outcome.systemMicroseconds).bind(6, outcome.peakKilobytes).bind(7, outcome.outputLength)
    attempt.bind(8, outcome.errorsLength)
    if let output = outcome.output { attempt.bind(9, output) }
    if let errors = outcome.errors { attempt.bind(10, errors) }
    try attempt.bind(11, outcome.id).bind(12, outcome.attempt).run()
    guard isCurrent else { return }
    let (state, reason, wait) = outcome.verdict(
      failures: failures, retries: retries, delay: delay, isCancelled: cancel, chance: Double.random(in: 0..<1))
    let isFailure = state == .retrying || state == .failed
    let update = try database.prepare(
      """
      UPDATE task SET state = ?, failures = failures + ?, status = ?, reason = ?, due = ?, owner = NULL, pid = 0,
        ended = ? WHERE id = ?
      """)
    update.bind(1, state.rawValue).bind(2, Int64(isFailure ? 1 : 0)).bind(3, outcome.status).bind(4, reason)
    update.bind(5, state == .retrying ? now + wait : now)
    if state.isFinal { update.bind(6, now) }
    try update.bind(7, outcome.id).run()
    try note(outcome.id, .running, state, reason)
    if state.isFinal {
      let column = state == .completed ? "completed" : "failed"
      try database.prepare("UPDATE worker SET \(column) = \(column) + 1 WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// What a task says of how far it is.
  public func report(_ id: Int64, progress: Double, note text: String?) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("UPDATE task SET progress = ?, note = ? WHERE id = ? AND state = 2")
        .bind(1, progress).bind(2, text).bind(3, id).run()
    }
  }

  // MARK: - What was lost

  /// A running task whose worker may be gone.
  public struct Orphan: Sendable {
    public let id: Int64
    public let attempt: Int64
    public let owner: String
    public let pid: Int32
    /// When its process started, as the kernel counts; another process may have got its number since.
    public let start: Int64
  }

  public func running() throws(DatabaseError) -> [Orphan] {
    let statement = try database.prepare("SELECT id, attempt, owner, pid, pstart FROM task WHERE state = 2")
    defer { statement.reset() }
    var orphans: [Orphan] = []
    while try statement.step() {
      orphans.append(
        Orphan(
          id: statement.integer(0), attempt: statement.integer(1), owner: statement.text(2) ?? "",
          pid: Int32(truncatingIfNeeded: statement.integer(3)), start: statement.integer(4)))
    }
    return orphans
  }

  /// Gives a task back whose worker died and of whose processes none is left; after the third time it is dead.
  /// - Parameter isLoss: it had begun.
  public func giveBack(_ orphan: Orphan, isLoss: Bool = true) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      let row = try database.prepare(
        "SELECT losses, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state = 2"
      ).bind(1, orphan.id).bind(2, orphan.attempt).bind(3, orphan.owner)
      guard try row.step() else { return }
      let losses = row.integer(0) + (isLoss ? 1 : 0)
      let isCancelled = row.integer(1) != 0
      row.reset()
      let state = isCancelled ? TaskState.cancelled : losses >= 3 ? .dead : .pending
      let update = try database.prepare(
        "UPDATE task SET state = ?, losses = ?, owner = NULL, pid = 0, reason = ?, ended = ? WHERE id = ?")
      update.bind(1, state.rawValue).bind(2, losses).bind(3, isCancelled ? "cancelled" : "lost")
      if state.isFinal { update.bind(4, TaskQueue.now) }
      try update.bind(5, orphan.id).run()
      try database.prepare("UPDATE attempt SET ended = ?, how = 'lost' WHERE task = ? AND n = ?")
        .bind(1, TaskQueue.now).bind(2, orphan.id).bind(3, orphan.attempt).run()
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, orphan.owner).run()
      try note(orphan.id, .running, state, "lost")
    }
    wake()
  }
}
