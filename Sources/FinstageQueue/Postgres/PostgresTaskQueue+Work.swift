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
    if let mark = try moveMark() { throw mark.refusal(name) }
    try renew(worker.id)
    // The other workers are to watch this one.
    wake()
  }

  /// Begins a new term of a worker: its first, or after its lease has ended.
  private func renew(_ worker: String) throws {
    var session =
      sessions[worker] ?? WorkerSession(identity: WorkerIdentity(id: worker, pid: 0, start: 0, boot: ""), slots: 1)
    let identity = session.identity
    let row = try run(
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
          hasRenewed = true
          try renew(worker)
          sessions[worker]?.isUnsure = true
          sessions[worker]?.hasToCheck = true
        case .conflict where conflicts < 3: conflicts += 1
        default:
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
    let began = SystemClock.monotonic
    let beats = began - session.beat > Double(PostgresTaskQueue.beat) / 1000
    // What was given up may yet be done by the server, so this is looked at again and again.
    if session.isUnsure || beats { try reconcile(worker, &session) }
    let isRepeated = session.isUnsure && !work.ended.isEmpty
    let counted = isRepeated ? try unknown(worker, work.ended) : work.ended
    // From the beginning twice a second, for what is more urgent; and always where few wait.
    if session.ready <= 8 * session.slots || began - session.lookedAt > 0.5 { session.frontier = nil }
    let isOnward = session.frontier != nil
    var statements = [fence(worker, session, beats: beats, sleeps: session.sleeps && work.wanted > 0)]
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
    if beats {
      session.beat = began
      (session.completed, session.failed) = (0, 0)
    }
    // The row of a worker is changed with its beats only, for each turn reads it.
    if let ended = answers.first(where: { $0.first?.has("failed") == true })?.first {
      session.completed += ended.integer("completed")
      session.failed += ended.integer("failed")
    }
    if let slots = answers[0].first?.optionalInteger("slots") { session.slots = Int(slots) }
    session.isUnsure = false
    for outcome in work.ended { session.held[outcome.id] = nil }
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
      if hasEnds, try !tellAll() { isTold = false }
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
      if !isTold { orders.nextDueIn = min(orders.nextDueIn ?? .max, 20) }
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
    "set_config('lock_timeout', '3000', true), set_config('statement_timeout', '4000', true)"
      + (isPooled ? ", " + planning(isLocal: true) : "")
  }

  /// Runs one statement of a worker as it was planned to be run.
  func runPlanned(_ statement: PostgresStatement) throws -> PostgresRows {
    guard isPooled else { return try run(statement.sql, statement.values) }
    return try session().transaction([PostgresStatement("SELECT \(planning(isLocal: true))"), statement])[1]
  }

  /// Fails if the worker has been given up, and so everything after it; renews the lease if it is time.
  private func fence(_ worker: String, _ session: WorkerSession, beats: Bool, sleeps: Bool) -> PostgresStatement {
    let values = [PostgresValue(worker), PostgresValue(session.term)]
    let settings = transactionSettings + (isDurable ? "" : ", set_config('synchronous_commit', 'off', true)")
    guard beats else {
      return PostgresStatement(
        """
        SELECT 1 / count(*) AS lives, max(slots) AS slots, \(settings) FROM \(schema).worker
        WHERE id = $1 AND term = $2 AND lease_until > \(clockSQL)
        """, values)
    }
    return PostgresStatement(
      """
      WITH b AS (UPDATE \(schema).worker SET lease_until = greatest(lease_until, \(clockSQL) + \(PostgresTaskQueue.leaseSpan)),
        sleeping = sleeping AND $3::boolean, completed = completed + $4, failed = failed + $5 WHERE id = $1 AND term = $2 AND lease_until > \(clockSQL) RETURNING slots)
      SELECT 1 / count(*) AS lives, max(slots) AS slots, \(settings) FROM b
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
    _ = try self.session().transaction([fence(worker, session, beats: true, sleeps: session.sleeps)])
    sessions[worker]?.beat = began
    sessions[worker]?.completed = 0
    sessions[worker]?.failed = 0
    hasBeaten?(asked)
  }

  /// Whether a task is that of an owner, written so that no index is used for it: its number is known, and the entries of all that the owner has ever
  /// had would be walked over.
  func held(_ owner: String, _ states: String = "IN (-1, 2)") -> String {
    "t.owner || '' = \(owner) AND t.state + 0 \(states)"
  }

  /// What has begun, what is said, and what has ended.
  /// - Parameter counted: what has ended and is not in the figures yet.
  private func reports(_ worker: String, _ session: WorkerSession, _ work: WorkerTurn, counted: [AttemptOutcome])
    -> [PostgresStatement]
  {
    var statements: [PostgresStatement] = []
    let own = PostgresValue(worker)
    if !work.started.isEmpty {
      let all = work.started.sorted { $0.id < $1.id }
      statements.append(
        PostgresStatement(
          """
          UPDATE \(schema).task AS t SET state = 2, began = \(clockSQL) - e.ran, pid = e.pid, pstart = e.pstart, slot = e.slot,
            hist = \(history("2"))
          FROM (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::integer[], $5::bigint[], $6::integer[], $7::bigint[])
            AS u(id, n, pid, pstart, slot, ran) ORDER BY id) AS e
          WHERE t.id = ANY($2::bigint[]) AND t.id = e.id AND t.attempt = e.n AND \(held("$1", "= -1"))
          """,
          [
            own, PostgresValue(all.map(\.id)), PostgresValue(all.map(\.attempt)),
            PostgresValue(all.map { Int64($0.pid) }),
            PostgresValue(all.map(\.start)), PostgresValue(all.map { Int64($0.slot) }), PostgresValue(all.map(\.ran)),
          ]))
    }
    if !work.progress.isEmpty {
      let all = work.progress.sorted { $0.id < $1.id }
      statements.append(
        PostgresStatement(
          """
          UPDATE \(schema).task AS t SET progress = e.share, note = e.note
          FROM unnest($2::bigint[], $3::bigint[], $4::double precision[], $5::text[]) AS e(id, n, share, note)
          WHERE t.id = ANY($2::bigint[]) AND t.id = e.id AND t.attempt = e.n AND \(held("$1"))
          """,
          [
            own, PostgresValue(all.map(\.id)), PostgresValue(all.map(\.attempt)),
            PostgresValue(all.map { Double?($0.share) }),
            PostgresValue(all.map(\.note)),
          ]))
    }
    let unbegun = work.ended.filter { $0.end == .notBegun }.sorted { $0.id < $1.id }
    if !unbegun.isEmpty {
      statements.append(
        unclaim(
          held("$3"), [PostgresValue(unbegun.map(\.id)), PostgresValue(unbegun.map(\.attempt)), own]))
    }
    let ended = work.ended.filter { $0.end != .notBegun }.sorted { $0.id < $1.id }
    if !ended.isEmpty { statements += endings(own, session, ended) + add(figures(session, counted)) }
    return statements
  }

  /// Whether the lease of the worker has ended is of no interest: a result counts as long as the task was not given to others.
  package func offer(_ ended: [AttemptOutcome], of worker: String) throws {
    let all = ended.filter { $0.end != .notBegun }.sorted { $0.id < $1.id }
    guard !all.isEmpty else { return }
    var session = WorkerSession(identity: WorkerIdentity(id: worker, pid: 0, start: 0, boot: ""), slots: 1)
    try learn(&session, all)
    let counted = try unknown(worker, all)
    _ = try self.session().transaction(
      endings(PostgresValue(worker), session, all) + add(figures(session, counted)))
    try tellAll()
    wakeSleepers()
  }

  /// Takes claims back.
  /// - Parameter uncounts: as if they had not been. Only where nobody can know of them any more: the number of an attempt names its outputs.
  func unclaim(_ condition: String, _ values: [PostgresValue], uncounts: Bool = true) -> PostgresStatement {
    PostgresStatement(
      """
      WITH d AS (UPDATE \(schema).task AS t SET state = CASE WHEN cancel THEN 6 ELSE 0 END, attempt = attempt - \(uncounts ? 1 : 0), owner = NULL, pid = 0,
        slot = NULL, began = NULL, reason = CASE WHEN cancel THEN 'cancelled' ELSE reason END,
        ended = CASE WHEN cancel THEN \(clockSQL) END, telling = cancel AND \(mustTell("6")),
        hist = \(history("CASE WHEN cancel THEN 6 ELSE 0 END", note: "CASE WHEN cancel THEN 'cancelled' END"))
      FROM unnest($1::bigint[], $2::bigint[]) AS e(id, n)
      WHERE t.id = ANY($1::bigint[]) AND t.id = e.id AND t.attempt = e.n AND \(condition) RETURNING t.state)
      INSERT INTO \(schema).figure_log SELECT ARRAY['state 6'], ARRAY[count(*)] FROM d WHERE state = 6 HAVING count(*) > 0
      """, values)
  }

  private func endings(_ own: PostgresValue, _ session: WorkerSession, _ ended: [AttemptOutcome]) -> [PostgresStatement]
  {
    let verdicts = ended.map { outcome in
      let held = session.held[outcome.id]
      return outcome.verdict(
        failures: held?.failures ?? 0, policy: held?.policy ?? TaskRetryPolicy(), isCancelled: false,
        chance: Double.random(in: 0..<1))
    }
    let (ids, numbers) = (PostgresValue(ended.map(\.id)), PostgresValue(ended.map(\.attempt)))
    let isCancelled = "t.cancel AND e.state <> 4"
    let state = "CASE WHEN \(isCancelled) THEN 6 ELSE e.state END"
    let reason = "CASE WHEN \(isCancelled) THEN 'cancelled' ELSE e.reason END"
    let done = PostgresStatement(
      """
      WITH d AS (UPDATE \(schema).task AS t SET state = \(state), failures = failures + (\(state) IN (3, 5))::int, status = e.status,
        reason = \(reason), due = CASE WHEN \(state) = 3 THEN \(clockSQL) + e.delay ELSE due END, began = \(clockSQL) - e.ran,
        owner = NULL, pid = 0, slot = NULL, ended = CASE WHEN \(state) >= 4 THEN \(clockSQL) END,
        telling = \(state) >= 4 AND \(mustTell(state)), hist = \(history(state, note: reason))
      FROM (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::bigint[], $7::integer[], $8::bigint[])
        AS u(id, n, state, reason, delay, status, ran) ORDER BY id) AS e
      WHERE t.id = ANY($2::bigint[]) AND t.id = e.id AND t.attempt = e.n AND \(held("$1")) RETURNING t.state),
      f AS (INSERT INTO \(schema).figure_log SELECT array_agg(name), array_agg(n) FROM
        (SELECT 'state ' || state AS name, count(*) AS n FROM d WHERE state >= 4 GROUP BY state) AS x HAVING count(*) > 0)
      SELECT count(*) FILTER (WHERE state = 4) AS completed, count(*) FILTER (WHERE state > 4) AS failed FROM d
      """,
      [
        own, ids, numbers, PostgresValue(verdicts.map(\.state.rawValue)), PostgresValue(verdicts.map(\.reason)),
        PostgresValue(verdicts.map(\.delay)), PostgresValue(ended.map(\.status)), PostgresValue(ended.map(\.ran)),
      ])
    // What comes too late is kept here, and changes nothing else.
    let kept = PostgresStatement(
      """
      INSERT INTO \(schema).attempt SELECT e.id, e.n, $1, c.now - e.ran, c.now, e.status, e.how, e.user_us, e.sys_us, e.peak, e.out_len,
        e.err_len, e.out, e.err
      FROM (SELECT \(clockSQL) AS now) AS c, unnest($2::bigint[], $3::integer[], $4::bigint[], $5::integer[], $6::text[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bytea[], $13::bytea[])
        AS e(id, n, ran, status, how, user_us, sys_us, peak, out_len, err_len, out, err)
      WHERE EXISTS (SELECT 1 FROM \(schema).task WHERE id = e.id AND attempt >= e.n)
      ON CONFLICT (task, n) DO UPDATE SET began = excluded.began, ended = excluded.ended, status = excluded.status, how = excluded.how,
        user_us = excluded.user_us, sys_us = excluded.sys_us, peak_kb = excluded.peak_kb, out_len = excluded.out_len,
        err_len = excluded.err_len, out = excluded.out, err = excluded.err WHERE attempt.owner = excluded.owner
      """,
      [
        own, ids, numbers, PostgresValue(ended.map(\.ran)), PostgresValue(ended.map(\.status)),
        PostgresValue(ended.map(\.end.name)), PostgresValue(ended.map(\.userMicroseconds)),
        PostgresValue(ended.map(\.systemMicroseconds)), PostgresValue(ended.map(\.peakKilobytes)),
        PostgresValue(ended.map(\.outputLength)), PostgresValue(ended.map(\.logLength)),
        PostgresValue(ended.map(\.output)),
        PostgresValue(ended.map(\.log)),
      ])
    return [done, kept]
  }

  private func figures(_ session: WorkerSession, _ ended: [AttemptOutcome]) -> AttemptFigures {
    var figures = AttemptFigures()
    for outcome in ended where outcome.end != .notBegun {
      guard let held = session.held[outcome.id] else { continue }
      let waited = Double(now - outcome.ran - held.due) / 1000
      figures.note(outcome.end.name, waited: waited, ran: Double(outcome.ran) / 1000)
    }
    return figures
  }

  /// Of what is told again, because an answer was lost, what the server has not taken note of.
  private func unknown(_ worker: String, _ ended: [AttemptOutcome]) throws -> [AttemptOutcome] {
    let known = Set(
      try run(
        "SELECT task || ' ' || n AS name FROM \(schema).attempt WHERE owner = $1 AND how <> 'lost' AND task = ANY($2::bigint[])",
        [PostgresValue(worker), PostgresValue(ended.map(\.id))]
      ).compactMap { $0.text("name") })
    return ended.filter { !known.contains("\($0.id) \($0.attempt)") }
  }

  /// What engines need to know of tasks that this process has not claimed, but reports on.
  private func learn(_ session: inout WorkerSession, _ ended: [AttemptOutcome]) throws {
    let unknown = ended.filter { $0.end != .notBegun && session.held[$0.id]?.attempt != $0.attempt }.map(\.id)
    if !unknown.isEmpty {
      for row in try run(
        "SELECT id, attempt, failures, retries, delay, cap, backoff, codes, due FROM \(schema).task WHERE id = ANY($1::bigint[])",
        [PostgresValue(unknown)])
      {
        session.held[row.integer("id")] = WorkerSession.Held(
          attempt: row.integer("attempt"), failures: row.integer("failures"), policy: TaskRetryPolicy(row),
          due: row.integer("due"))
      }
    }
    for outcome in ended where outcome.output == nil && outcome.outputLength > 0 { try keepOutput(outcome, .output) }
    for outcome in ended where outcome.log == nil && outcome.logLength > 0 { try keepOutput(outcome, .log) }
  }

  /// After an answer was lost: gives back what the server has given this worker without its knowledge.
  private func reconcile(_ worker: String, _ session: inout WorkerSession) throws {
    let rows = try run(
      "SELECT id, attempt, state FROM \(schema).task WHERE owner = $1 AND state IN (-1, 2)", [PostgresValue(worker)])
    let strays = rows.filter {
      session.held[$0.integer("id")]?.attempt != $0.integer("attempt") && $0.integer("state") == -1
    }
    guard !strays.isEmpty else { return }
    let statement = unclaim(
      held("$3"),
      [
        PostgresValue(strays.map { $0.integer("id") }), PostgresValue(strays.map { $0.integer("attempt") }),
        PostgresValue(worker),
      ])
    try run(statement.sql, statement.values)
  }

  // MARK: - What is due

  private var promotion: PostgresStatement {
    PostgresStatement(
      """
      UPDATE \(schema).task SET state = 0, hist = \(history("0")) WHERE id = ANY(ARRAY(SELECT id FROM \(schema).task
        WHERE state IN (1, 3) AND due <= \(clockSQL) ORDER BY due LIMIT 1000 FOR UPDATE SKIP LOCKED))
      """)
  }

  private var expiry: PostgresStatement {
    PostgresStatement(
      """
      WITH d AS (UPDATE \(schema).task SET state = 5, reason = 'expired', ended = \(clockSQL), telling = \(mustTell("5")),
        hist = \(history("5", note: "'expired'")) WHERE id = ANY(ARRAY(SELECT id FROM \(schema).task WHERE expires IS NOT NULL
        AND state IN (-2, 0, 1, 3) AND expires <= \(clockSQL) ORDER BY expires LIMIT 1000 FOR UPDATE SKIP LOCKED)) RETURNING 1)
      INSERT INTO \(schema).figure_log SELECT ARRAY['state 5'], ARRAY[count(*)] FROM d HAVING count(*) > 0
      """)
  }

  // MARK: - What a worker has to know

  /// - Parameter counts: whether tasks are counted, too: that walks over what has been claimed since the last vacuum.
  private func overview(_ worker: String, slots: Int, counts: Bool) -> PostgresStatement {
    let most = 8 * slots + 1
    func count(_ condition: String) -> String {
      "(SELECT count(*) FROM (SELECT 1 FROM \(schema).task WHERE \(condition) LIMIT \(most)) AS x)"
    }
    let numbers =
      counts
      ? """
      \(count("state = 0 AND parents = 0")) AS ready, \(count("state = 0 AND parents > 0")) AS waiting,
        \(count("state IN (1, 3)")) AS later, \(count("state IN (-1, 2)")) AS held,
      """ : ""
    return PostgresStatement(
      """
      SELECT c.now, \(numbers) EXISTS (SELECT 1 FROM \(schema).task WHERE state = -2) AS kept,
        (SELECT min(due) FROM \(schema).task WHERE state IN (1, 3)) AS due,
        (SELECT min(next) FROM \(schema).schedule WHERE next IS NOT NULL) AS next, \(hasNamed) AS named,
        (SELECT min((g.next_us + 999) / 1000) FROM \(schema).grp AS g WHERE g.gap_us IS NOT NULL AND NOT g.paused
          AND g.next_us > c.now * 1000 AND g.next_us - c.now * 1000 <= g.gap_us AND \(hasReady)) AS rated,
        (SELECT coalesce(string_agg(id || CASE WHEN cancel THEN 'c' ELSE '' END || CASE WHEN stopped THEN 's' ELSE '' END, ','), '')
          FROM \(schema).task WHERE owner || '' = $1 AND state IN (-1, 2) AND (cancel OR stopped)) AS asked,
        (SELECT slots FROM \(schema).worker WHERE id = $1) AS slots,
        EXISTS (SELECT 1 FROM \(schema).watch WHERE until > c.now) AS watched
      FROM (SELECT \(clockSQL) AS now) AS c
      """, [PostgresValue(worker)])
  }

  /// Whether the group `g` has ready tasks: with a limit, so that each group is looked up, and not each task.
  private var hasReady: String {
    "(SELECT 1 FROM \(schema).task WHERE grp = g.name AND state = 0 AND parents = 0 LIMIT 1) IS NOT NULL"
  }

  /// Whether a group with a name, and that is not paused, has tasks that are ready; or those without a group have limits.
  var hasNamed: String {
    """
    EXISTS (SELECT 1 FROM \(schema).grp AS g WHERE (g.name <> '' AND NOT g.paused AND \(hasReady))
      OR (g.name = '' AND (g.paused OR g.lim IS NOT NULL OR g.gap_us IS NOT NULL)))
    """
  }

  private func read(_ view: PostgresRows.Row, _ worker: String, _ orders: inout WorkerOrders) throws {
    let now = view.integer("now")
    for word in (view.text("asked") ?? "").split(separator: ",") {
      guard let id = Int64(word.prefix { $0.isNumber }) else { continue }
      if word.contains("c") { orders.cancelled.append(id) }
      if word.contains("s") { orders.paused.append(id) }
    }
    orders.slots = view.optionalInteger("slots").map(Int.init)
    if view.has("ready") {
      sessions[worker]?.ready = Int(view.integer("ready") + view.integer("waiting"))
      sessions[worker]?.others = Int(view.integer("later") + view.integer("held"))
    }
    orders.ready = sessions[worker]?.ready ?? 0
    if view.bool("kept"), view.has("ready") {
      let free = try free(most: 8 * (sessions[worker]?.slots ?? 1) + 1)
      sessions[worker]?.others = free - orders.ready
    }
    orders.unfinished = orders.ready + (sessions[worker]?.others ?? 0)
    let times = [view.optionalInteger("due"), view.optionalInteger("next"), view.optionalInteger("rated")].compactMap {
      $0.map { max(0, $0 - now) }
    }
    for span in times { orders.nextDueIn = min(orders.nextDueIn ?? .max, span) }
    if view.bool("watched") { orders.nextDueIn = min(orders.nextDueIn ?? .max, 1000) }
    if isPooled { orders.nextDueIn = min(orders.nextDueIn ?? .max, 1000) }
    sessions[worker]?.isWatched = view.bool("watched")
    // After the lease had ended, what this worker runs may have been given to others.
    if sessions[worker]?.hasToCheck == true {
      let owned = Set(
        try run("SELECT id FROM \(schema).task WHERE owner = $1 AND state IN (-1, 2)", [PostgresValue(worker)])
          .map { $0.integer("id") })
      for id in (sessions[worker]?.held ?? [:]).keys where !owned.contains(id) { orders.cancelled.append(id) }
      sessions[worker]?.hasToCheck = false
    }
  }

  /// How many unfinished tasks are neither paused nor wait for one that is, counted up to a number.
  private func free(most: Int) throws -> Int {
    Int(
      try run(
        """
        WITH RECURSIVE kept (id) AS (
          SELECT id FROM \(schema).task WHERE state = -2 UNION SELECT e.child FROM \(schema).edge AS e JOIN kept ON e.parent = kept.id
        ) SELECT count(*) AS n FROM (SELECT 1 FROM (
          SELECT id FROM \(schema).task WHERE state = 0 UNION ALL SELECT id FROM \(schema).task WHERE state IN (1, 3)
          UNION ALL SELECT id FROM \(schema).task WHERE state IN (-1, 2)) AS u WHERE id NOT IN (SELECT id FROM kept) LIMIT \(most)) AS x
        """
      ).first?.integer("n") ?? 0)
  }
}
