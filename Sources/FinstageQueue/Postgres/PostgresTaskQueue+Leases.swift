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
    if loss.output == nil && loss.outputLength > 0 { try keepOutput(lost.id, lost.attempt, .output) }
    if loss.log == nil && loss.logLength > 0 { try keepOutput(lost.id, lost.attempt, .log) }
    try write {
      if loss.hasBegun {
        let row = try lose(
          "id = $1 AND attempt = $2 AND owner = $3",
          [PostgresValue(lost.id), PostgresValue(lost.attempt), PostgresValue(lost.owner)]
        ).first
        guard row != nil else { return }
        try run(
          """
          UPDATE \(schema).attempt SET out = $4::bytea, err = $5::bytea, out_len = $6::bigint, err_len = $7::bigint
          WHERE task = $1 AND n = $2 AND owner = $3
          """,
          [
            PostgresValue(lost.id), PostgresValue(lost.attempt), PostgresValue(lost.owner), PostgresValue(loss.output),
            PostgresValue(loss.log),
            PostgresValue(loss.outputLength), PostgresValue(loss.logLength),
          ])
      } else {
        let statement = unclaim(
          held("$3"), [PostgresValue([lost.id]), PostgresValue([lost.attempt]), PostgresValue(lost.owner)])
        try run(statement.sql, statement.values)
      }
    }
    try tellAll()
    wakeSleepers()
  }

  /// Returns tasks that were running to the queue; the third time, a task is dead.
  /// - Parameter condition: which of those that a worker has.
  /// - Returns: their numbers.
  private func lose(_ condition: String, _ values: [PostgresValue]) throws -> PostgresRows {
    let state = "CASE WHEN cancel THEN 6 WHEN losses + 1 >= 3 THEN 7 ELSE 0 END"
    let rows = try run(
      """
      WITH d AS (UPDATE \(schema).task AS t SET state = \(state), losses = losses + 1, owner = NULL, pid = 0, slot = NULL,
        reason = CASE WHEN cancel THEN 'cancelled' ELSE 'lost' END,
        ended = CASE WHEN cancel OR losses + 1 >= 3 THEN \(clockSQL) END,
        telling = (cancel OR losses + 1 >= 3) AND \(mustTell(state)), hist = \(history(state, note: "'lost'"))
      FROM (SELECT id AS task, owner AS worker FROM \(schema).task WHERE \(condition) AND state IN (-1, 2) ORDER BY id FOR UPDATE) AS o
      WHERE t.id = o.task RETURNING t.id, t.attempt, t.state, t.began, o.worker),
      a AS (INSERT INTO \(schema).attempt AS a (task, n, owner, began, ended, how) SELECT id, attempt, worker, began, \(clockSQL), 'lost' FROM d
        ON CONFLICT (task, n) DO UPDATE SET ended = excluded.ended, how = 'lost' WHERE a.owner = excluded.owner)
      SELECT id, state FROM d ORDER BY id
      """, values)
    for state in TaskState.allCases where state.isFinal {
      try count(ended: state, by: rows.count { $0.integer("state") == state.rawValue })
    }
    var figures = AttemptFigures()
    for _ in rows { figures.note("lost") }
    for statement in add(figures) { try run(statement.sql, statement.values) }
    return rows
  }

  /// Gives back the tasks of workers of other machines whose lease has ended, and forgets those workers. Any worker does this; there is no
  /// leader, and it is no task. Returns what was done, for people.
  package func giveBackExpired() throws -> [String] {
    var notes: [String] = []
    try patiently {
      try addUp()
      try forget()
    }
    let end = "\(clockSQL) - \(PostgresTaskQueue.grace)"
    let dead = try run(
      "SELECT id, host FROM \(schema).worker WHERE machine <> $1 AND lease_until < \(end) ORDER BY id",
      [PostgresValue(machine)])
    for worker in dead {
      try beatIfDue()
      let name = PostgresValue(worker.text("id"))
      let lost = try patiently {
        try write { () -> [Int64] in
          // Locked, so that it cannot come back to life meanwhile; another one that has it locked does the same as this one.
          guard
            try !run(
              "SELECT \(PostgresTaskQueue.shortLived) FROM \(schema).worker WHERE id = $1 AND lease_until < \(end) FOR UPDATE SKIP LOCKED",
              [name]
            ).isEmpty
          else { return [] }
          let lost = try giveBackAll("owner = $1", [name])
          try run("DELETE FROM \(schema).worker WHERE id = $1", [name])
          return lost
        }
      }
      let host = worker.text("host").map { " on \($0)" } ?? ""
      notes += lost.map { "task \($0) was lost with its worker\(host)" }
    }
    // Workers without a row: it was removed by hand.
    let orphans = "owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(schema).worker AS w WHERE w.id = task.owner)"
    if try !run("SELECT 1 FROM \(schema).task WHERE state IN (-1, 2) AND \(orphans) LIMIT 1").isEmpty {
      notes += try write { try giveBackAll(orphans, []) }.map { "task \($0) had a worker that is not registered" }
    }
    if !notes.isEmpty {
      try tellAll(isWhole: false)
      wakeSleepers()
    }
    return try notes + patiently { try sendSpooled() }
  }

  /// Returns tasks of workers that are taken to be dead. The number of a claim that was not told to have begun is not used again: only the worker knows whether
  /// it has, and it may come back.
  private func giveBackAll(_ condition: String, _ values: [PostgresValue]) throws -> [Int64] {
    let claims = try run(
      "SELECT id, attempt FROM \(schema).task WHERE \(condition) AND state = -1 ORDER BY id FOR UPDATE", values)
    let ids = claims.map { $0.integer("id") }
    if !ids.isEmpty {
      let statement = unclaim(
        "t.state + 0 = -1", [PostgresValue(ids), PostgresValue(claims.map { $0.integer("attempt") })], uncounts: false)
      try run(statement.sql, statement.values)
    }
    return try (ids + lose("\(condition) AND state = 2", values).map { $0.integer("id") }).sorted()
  }
}
