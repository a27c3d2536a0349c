import FinstageCore
import FinstagePostgres
import FinstageSystem

/// What workers tell: what has begun, what tasks say of themselves, and what has ended.
extension PostgresTaskQueue {
  /// Whether a task is that of an owner, written so that no index is used for it: its number is known, and the entries of all that the owner has ever
  /// had would be walked over.
  func held(_ owner: String, _ states: String = "IN (-1, 2)") -> String {
    "t.owner || '' = \(owner) AND t.state + 0 \(states)"
  }

  /// What has begun, what is said, and what has ended.
  /// - Parameter counted: what has ended and is not in the figures yet.
  func reports(_ worker: String, _ session: WorkerSession, _ work: WorkerTurn, counted: [AttemptOutcome])
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

  func figures(_ session: WorkerSession, _ ended: [AttemptOutcome]) -> AttemptFigures {
    var figures = AttemptFigures()
    for outcome in ended where outcome.end != .notBegun {
      guard let held = session.held[outcome.id] else { continue }
      let waited = Double(now - outcome.ran - held.due) / 1000
      figures.note(outcome.end.name, waited: waited, ran: Double(outcome.ran) / 1000)
    }
    return figures
  }

  /// Of what is told again, because an answer was lost, what the server has not taken note of.
  func unknown(_ worker: String, _ ended: [AttemptOutcome]) throws -> [AttemptOutcome] {
    let known = Set(
      try run(
        "SELECT task || ' ' || n AS name FROM \(schema).attempt WHERE owner = $1 AND how <> 'lost' AND task = ANY($2::bigint[])",
        [PostgresValue(worker), PostgresValue(ended.map(\.id))]
      ).compactMap { $0.text("name") })
    return ended.filter { !known.contains("\($0.id) \($0.attempt)") }
  }

  /// What engines need to know of tasks that this process has not claimed, but reports on.
  func learn(_ session: inout WorkerSession, _ ended: [AttemptOutcome]) throws {
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
  func reconcile(_ worker: String, _ session: inout WorkerSession) throws {
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
}
