import FinstageCore
import FinstagePostgres
import FinstageSystem

/// What people change in a queue.
extension PostgresTaskQueue {
  /// A task that nobody else can change until the end of the transaction.
  private func locked(_ id: Int64) throws -> TaskRecord? {
    guard try !run("SELECT id FROM \(schema).task WHERE id = $1 FOR UPDATE", [PostgresValue(id)]).isEmpty else {
      return nil
    }
    return try task(id)
  }

  package func cancel(_ id: Int64) throws -> TaskState? {
    let state = try write { () -> TaskState? in
      try refuseIfMoved()
      guard let task = try locked(id) else { return nil }
      if task.state.isHeld {
        try requestCancel(id)
      } else if !task.state.isFinal {
        try move(id, from: task.state, to: .cancelled, reason: "cancelled")
      }
      return task.state
    }
    try tellAll()
    wake()
    return state
  }

  /// Asks the worker that has a task to end it.
  func requestCancel(_ id: Int64) throws {
    try run("UPDATE \(schema).task SET cancel = true WHERE id = $1 AND state IN (-1, 2)", [PostgresValue(id)])
  }

  package func retry(_ id: Int64) throws -> TaskState? {
    // What its end has caused is to be there before it is undone.
    try tellAll(waits: true)
    let state = try write { () -> TaskState? in
      // Nobody tells meanwhile: what ends now is told to the tasks that wait again by this.
      try run("SELECT \(PostgresTaskQueue.tellingLock)", [tellingKey])
      try refuseIfMoved()
      guard let task = try locked(id) else { return nil }
      guard task.state.isFinal else { return task.state }
      if let key = task.uniqueKey, let known = try unfinished(key) {
        throw TaskRefusal.notUnique(key: key, id: known.id)
      }
      try reopen(task, parents: 0)
      try reviveChildren(of: id)
      return task.state
    }
    wake()
    return state
  }

  package func purge(before: Int64, states: [TaskState], limit: Int) throws -> Int {
    let list = states.filter(\.isFinal).map { String($0.rawValue) }.joined(separator: ", ")
    guard !list.isEmpty else { return 0 }
    if let mark = try moveMark() { throw mark.refusal(name) }
    var removed = 0
    // Each step begins where the last one ended: the entries of what is gone are not walked over again.
    var from = Int64.min
    while removed < limit {
      let portion = min(2000, limit - removed)
      let gone = try write { () -> PostgresRows in
        let rows = try run(
          """
          DELETE FROM \(schema).task WHERE id = ANY(ARRAY(
            SELECT id FROM \(schema).task AS t WHERE state >= 4 AND ended >= $1 AND ended < $2 AND state IN (\(list)) AND NOT telling
              AND (batch IS NULL OR NOT EXISTS (SELECT 1 FROM \(schema).task AS g WHERE g.id = t.batch AND g.state < 4))
            ORDER BY ended LIMIT $3 FOR UPDATE SKIP LOCKED)) RETURNING id, state, ended
          """, [PostgresValue(from), PostgresValue(before), PostgresValue(portion)])
        let ids = PostgresValue(rows.map { $0.integer("id") })
        for table in ["attempt", "output"] {
          try run("DELETE FROM \(schema).\(table) WHERE task = ANY($1::bigint[])", [ids])
        }
        try run("DELETE FROM \(schema).edge WHERE parent = ANY($1::bigint[]) OR child = ANY($1::bigint[])", [ids])
        for state in TaskState.allCases where state.isFinal {
          let count = rows.count { $0.integer("state") == state.rawValue }
          try self.count(ended: state, by: -count)
          // What was done stays done.
          if state == .completed, count > 0 { try increase(["purged completed"], [Double(count)]) }
        }
        if !rows.isEmpty { try increase(["purged"], [Double(rows.count)]) }
        return rows
      }
      removed += gone.count
      guard gone.count == portion else { break }
      from = gone.map { $0.integer("ended") }.max() ?? from
      if removed < limit { usleep(50_000) }
    }
    return removed
  }

  /// Forgets what nobody will ask for any more, which has nothing to do with tasks that are kept.
  func forget() throws {
    // Adds that waited on a machine may be sent again after a long time.
    try run(
      "DELETE FROM \(schema).added WHERE at < \(clockSQL) - 86400000 AND (key NOT LIKE '\(SpooledAdds.prefix)%' OR at < \(clockSQL) - 7776000000)"
    )
    try run("DELETE FROM \(schema).watch WHERE until < \(clockSQL) - 60000")
    try run(
      "DELETE FROM \(schema).figure WHERE name >= 'minute ' AND name < 'minute ' || ((\(clockSQL)) / 60000 - 60)::text")
  }

  package func onFailure() throws -> String? { try setting("on_failure") }
  package func setOnFailure(_ command: String?) throws {
    try write {
      try refuseIfMoved()
      try set("on_failure", command)
    }
  }

  func set(_ key: String, _ value: String?) throws {
    if let value {
      try run(
        "INSERT INTO \(schema).meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [PostgresValue(key), PostgresValue(value)])
    } else {
      try run("DELETE FROM \(schema).meta WHERE key = $1", [PostgresValue(key)])
    }
  }

  package func pause(_ isPaused: Bool) throws {
    try write {
      try refuseIfMoved()
      try set("paused", isPaused ? "1" : nil)
    }
    wake()
  }

  package func change(group: String, _ change: QueueGroupChange) throws {
    try write {
      try refuseIfMoved()
      let name = PostgresValue(group)
      try run("INSERT INTO \(schema).grp (name) VALUES ($1) ON CONFLICT DO NOTHING", [name])
      if let limit = change.limit {
        try run("UPDATE \(schema).grp SET lim = $2 WHERE name = $1", [name, PostgresValue(limit)])
      }
      if let gap = change.gap {
        try run("UPDATE \(schema).grp SET gap_us = $2 WHERE name = $1", [name, PostgresValue(gap)])
      }
      if let isPaused = change.isPaused {
        try run("UPDATE \(schema).grp SET paused = $2 WHERE name = $1", [name, PostgresValue(isPaused)])
      }
    }
    wake()
  }

  // MARK: - Tasks that wait

  package func edit(_ id: Int64, _ change: (NewTask) throws -> NewTask) throws -> TaskState? {
    let state = try write { () -> TaskState? in
      try refuseIfMoved()
      guard let record = try locked(id), let old = try definition(id) else { return nil }
      guard !record.state.isFinal, !record.state.isHeld else { return record.state }
      let new = try change(old)
      if let key = new.uniqueKey, let known = try unfinished(key), known.id != id {
        throw TaskRefusal.notUnique(key: key, id: known.id)
      }
      if !new.group.isEmpty {
        try run("INSERT INTO \(schema).grp (name) VALUES ($1) ON CONFLICT DO NOTHING", [PostgresValue(new.group)])
      }
      let columns = PostgresTaskQueue.definitionColumns
      let sets = columns.enumerated().map { "\($0.element.name) = $\($0.offset + 3)::\($0.element.type)" }
      try run(
        """
        UPDATE \(schema).task SET \(sets.joined(separator: ", ")), expires = greatest(due, \(clockSQL)) + $2::bigint,
          hist = \(history("state", note: "'edited'")) WHERE id = $1
        """, [PostgresValue(id), PostgresValue(new.expiresIn)] + columns.map { $0.value(new) })
      return record.state
    }
    wake()
    return state
  }

  /// A task as it would be added now.
  func definition(_ id: Int64) throws -> NewTask? {
    let now = now
    return try run("SELECT \(NewTask.columns) FROM \(schema).task WHERE id = $1", [PostgresValue(id)]).first.map {
      NewTask($0, now: now)
    }
  }

  package func pause(_ id: Int64, _ isPaused: Bool) throws -> TaskState? {
    let state = try write { () -> TaskState? in
      try refuseIfMoved()
      guard let task = try locked(id) else { return nil }
      if task.state.isHeld {
        try run("UPDATE \(schema).task SET stopped = $2 WHERE id = $1", [PostgresValue(id), PostgresValue(isPaused)])
      } else if !task.state.isFinal, (task.state == .paused) != isPaused {
        let now = try run("SELECT \(clockSQL) AS now").first?.integer("now") ?? now
        let waiting = TaskState.waiting(due: task.due, now: now, failures: task.failures)
        try move(id, from: task.state, to: isPaused ? .paused : waiting)
        if !isPaused {
          try run(
            "UPDATE \(schema).task SET due = greatest(due, $2) WHERE id = $1", [PostgresValue(id), PostgresValue(now)])
        }
      }
      return task.state
    }
    wake()
    return state
  }
}
