import FinstageCore
import FinstagePostgres
import FinstageSystem

/// The operations of workers.
///
/// A turn is one round trip and one transaction: what has ended is written first, then what is due becomes ready, then tasks are claimed.
/// Reports and claims are two statements, because one that does both can deadlock with its like and does not see what it has itself freed.
extension PostgresTaskQueue {
  package func register(_ worker: WorkerIdentity, slots: Int) throws {
    sessions[worker.id] = WorkerSession(identity: worker, slots: slots)
    let connection = try session()
    try prepare(connection)
    try renew(worker.id)
    // The other workers are to watch this one.
    wake()
  }

  /// Begins a new term of a worker: its first, or after its lease has ended.
  private func renew(_ worker: String) throws {
    var session =
      sessions[worker] ?? WorkerSession(identity: WorkerIdentity(id: worker, pid: 0, start: 0, boot: ""), slots: 1)
    let identity = session.identity
    let row = try write { () -> PostgresRows.Row? in
      try refuseIfMoved()
      return try run(
        """
        INSERT INTO \(schema).worker AS w (id, machine, host, boot, pid, pstart, slots, places, started, lease_until, term)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8::text[], now, now + \(PostgresTaskQueue.leaseSpan), 1 FROM (SELECT \(clockSQL) AS now) AS c
        ON CONFLICT (id) DO UPDATE SET term = w.term + 1, sleeping = false, lease_until = greatest(w.lease_until, excluded.lease_until) RETURNING term
        """,
        [
          PostgresValue(worker), PostgresValue(identity.machine), PostgresValue(identity.host),
          PostgresValue(identity.boot),
          PostgresValue(identity.pid), PostgresValue(identity.start), PostgresValue(session.slots),
          PostgresValue(identity.places),
        ]
      ).first
    }
    session.term = row?.integer("term") ?? 1
    // The row may be a new one.
    session.sleeps = false
    session.beat = SystemClock.monotonic
    sessions[worker] = session
  }

  package func unregister(_ worker: String) throws {
    try run("DELETE FROM \(schema).worker WHERE id = $1", [PostgresValue(worker)])
    sessions[worker] = nil
  }

  package func setSlots(_ slots: Int, worker: String) throws -> Bool {
    let isThere =
      try run("UPDATE \(schema).worker SET slots = $2 WHERE id = $1", [PostgresValue(worker), PostgresValue(slots)])
      .changed == 1
    wake()
    return isThere
  }

  package func isAlive(_ worker: String) -> Bool {
    guard
      let row = try? run(
        "SELECT machine, lease_until > \(clockSQL) AS lives FROM \(schema).worker WHERE id = $1",
        [PostgresValue(worker)]
      ).first
    else { return false }
    return isLocal(row.text("machine")) ? spool.isAlive(worker) : row.bool("lives")
  }

  package func isLocal(_ machine: String?) -> Bool { machine == self.machine }

  // MARK: - A turn

  package func turn(_ worker: String, _ work: WorkerTurn) throws -> WorkerOrders {
    var conflicts = 0
    var hasRenewed = false
    while true {
      do { return try turnOnce(worker, work) } catch let error as PostgresError {
        switch error.kind {
        case .givenUp where !hasRenewed:
          // A new term, and a look at what others have by now.
          hasRenewed = true
          if sessions[worker] == nil { try renew(worker) }
          sessions[worker]?.isUnsure = true
        case .conflict where conflicts < 3: conflicts += 1
        default:
          // The server answers, so the lease is renewed although the turn waits for somebody else's lock.
          if error.kind == .busy { try? beatIfDue() }
          // What the server has done with it is not known: the next turn finds out.
          if error.kind == .unknownOutcome || error.kind == .away { sessions[worker]?.isUnsure = true }
          throw error
        }
      }
    }
  }

  private func turnOnce(_ worker: String, _ work: WorkerTurn) throws -> WorkerOrders {
    let connection = try session()
    var session =
      sessions[worker] ?? WorkerSession(identity: WorkerIdentity(id: worker, pid: 0, start: 0, boot: ""), slots: 1)
    try learn(&session, work.ended)
    if session.isUnsure {
      // With a new term, what was given up and has not been done yet is not done any more.
      try renew(worker)
      sessions[worker]?.hasToCheck = true
      session.term = sessions[worker]?.term ?? session.term
      session.sleeps = false
      session.hasToCheck = true
    }
    // Long outputs take time, and beats.
    if let now = sessions[worker] {
      (session.beat, session.completed, session.failed) = (now.beat, now.completed, now.failed)
    }
    let (began, asked) = (SystemClock.monotonic, SystemClock.sinceBoot)
    let beats = began - session.beat > Double(PostgresTaskQueue.beat) / 1000
    // What was given up may have been done by the server.
    if session.isUnsure || beats { try reconcile(worker, &session) }
    let isRepeated = session.isUnsure && !work.ended.isEmpty
    let counted = isRepeated ? try unknown(worker, work.ended) : work.ended
    // From the beginning twice a second, for what is more urgent; and always where few wait.
    if session.ready <= 8 * session.slots || began - session.lookedAt > 0.5 { session.frontier = nil }
    let isOnward = session.frontier != nil
    // The settings first: they hold for the fence, too.
    var statements = [
      PostgresStatement("SELECT \(transactionSettings)"),
      fence(worker, session, beats: beats, sleeps: session.sleeps && work.wanted > 0),
    ]
    statements += reports(worker, session, work, counted: counted)
    statements += [promotion, expiry]
    statements.append(PostgresStatement("SELECT 1 FROM \(schema).schedule WHERE next <= \(clockSQL) LIMIT 1"))
    statements.append(PostgresStatement("SELECT 1 FROM \(schema).task WHERE telling LIMIT 1"))
    if work.wanted > 0 {
      statements.append(claim(worker, group: "", session, work.wanted, work.starvation, unlessNamed: true))
    }
    // Where very many wait they are counted once a second.
    let counts = session.ready <= 8 * session.slots || began - session.countedAt > 1
    statements.append(overview(worker, slots: session.slots, counts: counts))
    let answers = try connection.transaction(statements)
    hasBeaten?(asked)
    if beats {
      session.beat = began
      (session.completed, session.failed) = (0, 0)
    }
    // The row of a worker is changed with its beats only, for each turn reads it.
    if let ended = answers.first(where: { $0.first?.has("failed") == true })?.first {
      session.completed += ended.integer("completed")
      session.failed += ended.integer("failed")
    }
    if let slots = answers[1].first?.optionalInteger("slots") { session.slots = Int(slots) }
    session.isUnsure = false
    for outcome in work.ended where session.held[outcome.id]?.attempt == outcome.attempt {
      session.held[outcome.id] = nil
    }
    for start in work.started { session.held[start.id]?.slot = start.slot }
    var orders = WorkerOrders()
    let overview = answers[answers.count - 1]
    if counts { session.countedAt = began }
    if work.wanted > 0 {
      let rows = answers[answers.count - 2]
      orders.claimed = take(rows, &session)
      if !isOnward { session.lookedAt = began }
      session.frontier = nil
      if rows.count == work.wanted, let last = Array(rows).last {
        session.frontier = (last.integer("prio"), last.integer("due"), last.integer("id"))
      }
    }
    // From here on nothing may be thrown once something was claimed: it is this worker's.
    sessions[worker] = session
    let place = answers.count - (work.wanted > 0 ? 3 : 2)
    let (hasEnds, isDue) = (!answers[place].isEmpty, !answers[place - 1].isEmpty)
    var view = overview.first
    var isTold = true
    do {
      if isDue { try fire() }
      if hasEnds, try !tellAll(isWhole: false) { isTold = false }
      let lacks = work.wanted - orders.claimed.count
      if lacks > 0, isDue || hasEnds || isOnward || view?.bool("named") == true {
        orders.claimed += try claimMore(worker, lacks, work.starvation)
        view = try runPlanned(self.overview(worker, slots: session.slots, counts: true)).first
      }
      if work.wanted > orders.claimed.count, !session.sleeps, let claimed = try fallAsleep(worker, work, orders) {
        orders.claimed += claimed
        view = try runPlanned(self.overview(worker, slots: session.slots, counts: true)).first
      } else if session.sleeps, work.wanted <= orders.claimed.count {
        sessions[worker]?.sleeps = false
      }
      // Whether anything is left is asked now, not a second later: a worker may wait for the end of all.
      if work.wanted > orders.claimed.count, view?.has("ready") == false {
        view = try runPlanned(self.overview(worker, slots: session.slots, counts: true)).first
      }
      if let view { try read(view, worker, &orders) }
      // Others are at it: what they free may be for this worker.
      if !isTold { orders.nextDueIn = min(orders.nextDueIn ?? .max, Int64.random(in: 20...60)) }
      try show(worker)
    } catch {
      // The server may have given it more than was heard.
      if error is PostgresError { sessions[worker]?.isUnsure = true }
      guard !orders.claimed.isEmpty else { throw error }
      orders.nextDueIn = 0
    }
    return orders
  }

  /// Says that the worker is about to wait, and looks once more: whoever adds from now on gives a notice.
  private func fallAsleep(_ worker: String, _ work: WorkerTurn, _ orders: WorkerOrders) throws -> [ClaimedTask]? {
    let session = sessions[worker]
    try run(
      "UPDATE \(schema).worker SET sleeping = true, completed = completed + $2, failed = failed + $3 WHERE id = $1",
      [PostgresValue(worker), PostgresValue(session?.completed), PostgresValue(session?.failed)])
    sessions[worker]?.sleeps = true
    sessions[worker]?.completed = 0
    sessions[worker]?.failed = 0
    let found = try claimMore(worker, work.wanted - orders.claimed.count, work.starvation)
    return found.isEmpty ? nil : found
  }

  /// Keeps the planner on the indexes that the statements of a turn were made for, whatever it believes of a table that has just been filled or
  /// emptied. It is kept from compiling them for seconds, because it takes what it must not do for very dear, and from planning them again
  /// each time.
  /// - Parameter isLocal: for the transaction; otherwise for the connection.
  func planning(isLocal: Bool) -> String {
    [
      ("enable_seqscan", "off"), ("enable_bitmapscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off"),
      ("jit", "off"),
      ("plan_cache_mode", "force_generic_plan"),
    ].map { "set_config('\($0.0)', '\($0.1)', \(isLocal))" }.joined(separator: ", ")
  }

  /// Settings for the transaction of a turn. What waits for a lock gives up before this worker does, so that it is not done when nobody expects it any
  /// more; the settings of a pooled connection are those of others.
  var transactionSettings: String {
    "set_config('lock_timeout', '2000', true), set_config('statement_timeout', '3000', true)"
      + (isPooled ? ", " + planning(isLocal: true) : "")
      + (isDurable ? "" : ", set_config('synchronous_commit', 'off', true)")
  }

  /// Runs one statement of a worker as it was planned to be run.
  func runPlanned(_ statement: PostgresStatement) throws -> PostgresRows {
    guard isPooled else { return try run(statement.sql, statement.values) }
    return try session().transaction([PostgresStatement("SELECT \(planning(isLocal: true))"), statement])[1]
  }

  /// Fails if the worker has been given up, and so everything after it; renews the lease if it is time.
  private func fence(_ worker: String, _ session: WorkerSession, beats: Bool, sleeps: Bool) -> PostgresStatement {
    let values = [PostgresValue(worker), PostgresValue(session.term)]
    guard beats else {
      return PostgresStatement(
        """
        SELECT 1 / count(*) AS lives, max(slots) AS slots FROM \(schema).worker
        WHERE id = $1 AND term = $2 AND lease_until > \(clockSQL)
        """, values)
    }
    return PostgresStatement(
      """
      WITH b AS (UPDATE \(schema).worker SET lease_until = greatest(lease_until, \(clockSQL) + \(PostgresTaskQueue.leaseSpan)),
        sleeping = sleeping AND $3::boolean, completed = completed + $4, failed = failed + $5 WHERE id = $1 AND term = $2 AND lease_until > \(clockSQL) RETURNING slots)
      SELECT 1 / count(*) AS lives, max(slots) AS slots FROM b
      """, values + [PostgresValue(sleeps), PostgresValue(session.completed), PostgresValue(session.failed)])
  }

  /// Says that the worker lives, if it is time: for work that takes longer than a turn.
  func beatIfDue() throws {
    guard !isWriting, let (worker, session) = sessions.first,
      SystemClock.monotonic - session.beat > Double(PostgresTaskQueue.beat) / 1000
    else { return }
    try beat(worker, session)
  }

  private func beat(_ worker: String, _ session: WorkerSession) throws {
    let (began, asked) = (SystemClock.monotonic, SystemClock.sinceBoot)
    _ = try self.session().transaction([
      PostgresStatement("SELECT \(transactionSettings)"), fence(worker, session, beats: true, sleeps: session.sleeps),
    ])
    sessions[worker]?.beat = began
    sessions[worker]?.completed = 0
    sessions[worker]?.failed = 0
    hasBeaten?(asked)
  }
}
