import FinstageCore
import FinstageStore
import FinstageSystem

/// What people change in a queue.
extension SQLiteTaskQueue {
  package func cancel(_ id: Int64) throws -> TaskState? {
    let state = try database.write { () -> TaskState? in
      try refuseIfMoved()
      guard let task = try task(id) else { return nil }
      if task.state.isHeld {
        try requestCancel(id)
      } else if !task.state.isFinal {
        try move(id, from: task.state, to: .cancelled, reason: "cancelled")
      }
      return task.state
    }
    spool.wake()
    return state
  }

  /// Asks the worker that has a task to end it.
  func requestCancel(_ id: Int64) throws {
    try database.prepare("UPDATE task SET cancel = 1 WHERE id = ? AND state IN (-1, 2)").bind(1, id).run()
  }

  package func retry(_ id: Int64) throws -> TaskState? {
    let state = try database.write { () -> TaskState? in
      try refuseIfMoved()
      guard let task = try task(id) else { return nil }
      guard task.state.isFinal else { return task.state }
      if let key = task.uniqueKey, let known = try unfinished(key) {
        throw TaskRefusal.notUnique(key: key, id: known.id)
      }
      try reopen(task, parents: 0)
      try reviveChildren(of: id)
      return task.state
    }
    spool.wake()
    return state
  }

  package func purge(before: Int64, states: [TaskState], limit: Int) throws -> Int {
    let list = states.filter(\.isFinal).map { String($0.rawValue) }.joined(separator: ", ")
    try refuseIfMoved()
    var removed = 0
    while removed < limit {
      var found: [(id: Int64, attempts: Int64, state: Int64)] = []
      let statement = try database.prepare(
        // Results stay until they have been gathered.
        """
        SELECT id, attempt, state FROM task WHERE state >= 4 AND ended < ? AND state IN (\(list))
          AND (batch IS NULL OR NOT EXISTS (SELECT 1 FROM task AS g WHERE g.id = task.batch AND g.state < 4)) LIMIT ?
        """
      ).bind(1, before).bind(2, Int64(min(500, limit - removed)))
      while try statement.step() { found.append((statement.integer(0), statement.integer(1), statement.integer(2))) }
      if found.isEmpty { break }
      try database.write {
        for task in found {
          try database.prepare("DELETE FROM task WHERE id = ? AND state >= 4").bind(1, task.id).run()
        }
        // What was done stays done.
        try increase("purged completed", Double(found.count { $0.state == TaskState.completed.rawValue }))
      }
      for task in found {
        for attempt in 1...max(task.attempts, 1) {
          for stream in TaskStream.allCases { unlink(spool.logPath(task.id, attempt: attempt, stream)) }
        }
      }
      removed += found.count
    }
    if removed > 0 { try database.giveBackPages() }
    return removed
  }

  package func onFailure() throws -> String? { try setting("on_failure") }

  package func setOnFailure(_ command: String?) throws {
    try database.write {
      try refuseIfMoved()
      try keep(onFailure: command)
    }
  }

  func keep(onFailure command: String?) throws {
    try database.prepare("DELETE FROM setting WHERE name = 'on_failure'").run()
    if let command { try database.prepare("INSERT INTO setting VALUES ('on_failure', ?)").bind(1, command).run() }
  }

  package func pause(_ isPaused: Bool) throws {
    try database.write {
      try refuseIfMoved()
      try keep(isPaused: isPaused)
    }
    spool.wake()
  }

  func keep(isPaused: Bool) throws {
    if isPaused {
      try database.prepare("INSERT OR REPLACE INTO setting VALUES ('paused', '1')").run()
    } else {
      try database.prepare("DELETE FROM setting WHERE name = 'paused'").run()
    }
  }

  package func change(group: String, _ change: QueueGroupChange) throws {
    try database.write {
      try refuseIfMoved()
      try database.prepare("INSERT OR IGNORE INTO grp (name) VALUES (?)").bind(1, group).run()
      if let limit = change.limit {
        try database.prepare("UPDATE grp SET lim = :limit WHERE name = :name").bind("limit", limit).bind("name", group)
          .run()
      }
      if let gap = change.gap {
        try database.prepare("UPDATE grp SET gap_us = :gap WHERE name = :name").bind("gap", gap).bind("name", group)
          .run()
      }
      if let isPaused = change.isPaused {
        try database.prepare("UPDATE grp SET paused = :paused WHERE name = :name").bind("paused", isPaused ? 1 : 0)
          .bind("name", group).run()
      }
    }
    spool.wake()
  }
}
