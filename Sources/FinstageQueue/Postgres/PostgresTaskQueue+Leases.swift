import FinstageCore
import FinstagePostgres
import FinstageSystem

/// What becomes of tasks whose worker has gone.
extension PostgresTaskQueue {
  package func running() throws -> [RunningAttempt] {
    try run(
      """
      SELECT t.id, t.attempt, t.owner, t.pid, t.pstart, t.slot, w.boot, w.machine FROM \(schema).task AS t
      LEFT JOIN \(schema).worker AS w ON w.id = t.owner WHERE t.state IN (-1, 2) ORDER BY t.id
      """
    ).map { row in
      RunningAttempt(
        id: row.integer("id"), attempt: row.integer("attempt"), owner: row.text("owner") ?? "",
        pid: Int32(truncatingIfNeeded: row.integer("pid")), start: row.integer("pstart"),
        slot: row.optionalInteger("slot").map(Int.init), boot: row.text("boot"), machine: row.text("machine"))
    }
  }

  package func giveBack(_ lost: RunningAttempt, _ loss: LostAttempt) throws {
    let isFinal = try giveBack(lost, loss, if: "true")
    if isFinal { try tellAll() }
    wakeSleepers()
  }

  /// - Parameter condition: what must hold of the owner besides; part of the same statement.
  /// - Returns: whether the task has ended by this.
  private func giveBack(_ lost: RunningAttempt, _ loss: LostAttempt, if condition: String) throws -> Bool {
    let key = [PostgresValue(lost.id), PostgresValue(lost.attempt), PostgresValue(lost.owner)]
    guard loss.hasBegun else {
      let statement = unclaim(
        "\(held("$3")) AND \(condition)",
        [PostgresValue([lost.id]), PostgresValue([lost.attempt]), PostgresValue(lost.owner)])
      try run(statement.sql, statement.values)
      return true
    }
    if loss.output == nil && loss.outputLength > 0 { try keepOutput(lost.id, lost.attempt, .output) }
    if loss.log == nil && loss.logLength > 0 { try keepOutput(lost.id, lost.attempt, .log) }
    return try write {
      let state = "CASE WHEN cancel THEN 6 WHEN losses + 1 >= 3 THEN 7 ELSE 0 END"
      let row = try run(
        """
        UPDATE \(schema).task AS t SET state = \(state), losses = losses + 1, owner = NULL, pid = 0, slot = NULL,
          reason = CASE WHEN cancel THEN 'cancelled' ELSE 'lost' END,
          ended = CASE WHEN cancel OR losses + 1 >= 3 THEN \(clockSQL) END,
          telling = (cancel OR losses + 1 >= 3) AND \(mustTell(state)), hist = \(history(state, note: "'lost'"))
        WHERE id = $1 AND attempt = $2 AND owner = $3 AND state IN (-1, 2) AND \(condition) RETURNING state, began
        """, key
      ).first
      guard let row, let new = TaskState(rawValue: row.integer("state")) else { return false }
      try run(
        """
        INSERT INTO \(schema).attempt (task, n, owner, began, ended, how, out, err, out_len, err_len)
        SELECT $1, $2, $3, $4, \(clockSQL), 'lost', $5::bytea, $6::bytea, $7::bigint, $8::bigint ON CONFLICT (task, n) DO UPDATE SET ended = excluded.ended, how = 'lost'
        """,
        key + [
          PostgresValue(row.optionalInteger("began")), PostgresValue(loss.output), PostgresValue(loss.log),
          PostgresValue(loss.outputLength), PostgresValue(loss.logLength),
        ])
      if new.isFinal { try count(ended: new, by: 1) }
      var figures = AttemptFigures()
      figures.note("lost")
      for statement in add(figures) { try run(statement.sql, statement.values) }
      return new.isFinal
    }
  }

  /// Gives back the tasks of workers of other machines whose lease has ended, and forgets those workers. Any worker does this; there is no
  /// leader, and it is no task. Returns what was done, for people.
  package func giveBackExpired() throws -> [String] {
    var notes = try sendSpooled()
    try addUp()
    let expired =
      "coalesce((SELECT w.lease_until < \(clockSQL) - \(PostgresTaskQueue.grace) FROM \(schema).worker AS w WHERE w.id = t.owner), true)"
    let rows = try run(
      """
      SELECT t.id, t.attempt, t.owner, t.state, t.pid, w.host FROM \(schema).task AS t LEFT JOIN \(schema).worker AS w ON w.id = t.owner
      WHERE t.state IN (-1, 2) AND coalesce(w.machine, '') <> $1 AND \(expired) ORDER BY t.id LIMIT 1000
      """, [PostgresValue(machine)])
    for row in rows {
      let attempt = RunningAttempt(
        id: row.integer("id"), attempt: row.integer("attempt"), owner: row.text("owner") ?? "", pid: 0, start: 0)
      // A claim that was not told to have begun may have: only the worker knows, and it has not been heard of.
      _ = try giveBack(attempt, LostAttempt(hasBegun: row.integer("state") == TaskState.running.rawValue), if: expired)
      notes.append("task \(attempt.id) was lost with its worker\(row.text("host").map { " on \($0)" } ?? "")")
    }
    if !rows.isEmpty {
      try tellAll()
      wakeSleepers()
    }
    try run(
      """
      DELETE FROM \(schema).worker AS w WHERE machine <> $1 AND lease_until < \(clockSQL) - \(PostgresTaskQueue.grace)
        AND NOT EXISTS (SELECT 1 FROM \(schema).task WHERE owner = w.id AND state IN (-1, 2))
      """, [PostgresValue(machine)])
    return notes
  }
}
