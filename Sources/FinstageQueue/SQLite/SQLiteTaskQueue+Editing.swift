import FinstageCore
import FinstageStore

/// What people change in tasks that wait.
extension SQLiteTaskQueue {
  package func edit(_ id: Int64, _ change: (NewTask) throws -> NewTask) throws -> TaskState? {
    let state = try database.write { () -> TaskState? in
      try refuseIfMoved()
      guard let (state, old) = try definition(id) else { return nil }
      guard !state.isFinal, !state.isHeld else { return state }
      let new = try change(old)
      if let key = new.uniqueKey, let known = try unfinished(key), known.id != id {
        throw TaskRefusal.notUnique(key: key, id: known.id)
      }
      if !new.group.isEmpty {
        try database.prepare("INSERT OR IGNORE INTO grp (name) VALUES (?)").bind(1, new.group).run()
      }
      let statement = try database.prepare(
        """
        UPDATE task SET prio = :prio, argv = :argv, cwd = :cwd, env = :env, input = :input, tags = :tags, ukey = :ukey,
          timeout = :timeout, retries = :retries, delay = :delay, grp = :grp, codes = :codes, backoff = :backoff, cap = :cap,
          clean = :clean, alarm = :alarm, place = :place, expires = CASE WHEN :span IS NULL THEN NULL ELSE max(due, :now) + :span END
        WHERE id = :id
        """)
      bind(new, to: statement)
      try statement.bind("id", id).bind("now", now).bind("span", new.expiresIn).run()
      try note(id, state, state, "edited")
      return state
    }
    spool.wake()
    return state
  }

  /// A task as it would be added now, with its state.
  func definition(_ id: Int64) throws -> (TaskState, NewTask)? {
    let row = try database.prepare("SELECT state, \(NewTask.columns) FROM task WHERE id = ?").bind(1, id)
    defer { row.reset() }
    guard try row.step() else { return nil }
    return (TaskState(rawValue: row.integer("state")) ?? .pending, NewTask(row, now: now))
  }

  package func pause(_ id: Int64, _ isPaused: Bool) throws -> TaskState? {
    let state = try database.write { () -> TaskState? in
      try refuseIfMoved()
      guard let task = try task(id) else { return nil }
      if task.state.isHeld {
        try database.prepare("UPDATE task SET stopped = ? WHERE id = ?").bind(1, Int64(isPaused ? 1 : 0)).bind(2, id)
          .run()
      } else if !task.state.isFinal, (task.state == .paused) != isPaused {
        let waiting = TaskState.waiting(due: task.due, now: now, failures: task.failures)
        try move(id, from: task.state, to: isPaused ? .paused : waiting)
        // What is ready from now on has not waited before.
        if !isPaused {
          try database.prepare("UPDATE task SET due = max(due, ?) WHERE id = ?").bind(1, now).bind(2, id).run()
        }
      }
      return task.state
    }
    spool.wake()
    return state
  }
}
