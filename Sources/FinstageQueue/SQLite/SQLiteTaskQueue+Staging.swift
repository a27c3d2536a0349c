import FinstageCore
import FinstageStore

/// Many tasks that are added together: they are made ready in a table of this process, which locks nobody out, and then appear all at once.
extension SQLiteTaskQueue {
  /// From how many tasks on that is worth it.
  private static let many = 1000

  /// What a task is kept as, in the order of `bind`.
  private static let columns = """
    state, prio, due, argv, cwd, env, input, tags, timeout, expires, retries, delay, added, grp, codes, backoff, cap, item, job, clean, alarm, place
    """

  /// Whether tasks can be made ready outside of the queue: what has a key or waits for others must be compared with what is there.
  static func canStage(_ tasks: [NewTask]) -> Bool {
    tasks.count >= many && tasks.allSatisfy { $0.uniqueKey == nil && $0.after.isEmpty }
  }

  /// Adds tasks with consecutive numbers; returns them.
  func addStaged(_ tasks: [NewTask]) throws -> [Int64] {
    let columns = SQLiteTaskQueue.columns
    try database.execute(
      "CREATE TEMP TABLE IF NOT EXISTS staged (n INTEGER PRIMARY KEY, batch INTEGER, place_of_batch INTEGER, ukey TEXT, \(columns))"
    )
    defer { try? database.execute("DELETE FROM staged") }
    try stage(tasks)
    return try database.write {
      try refuseIfMoved()
      try database.execute("INSERT OR IGNORE INTO grp (name) SELECT DISTINCT grp FROM staged WHERE grp <> ''")
      let last = try database.integer("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'task'")
      try database.prepare(
        """
        INSERT INTO task (id, batch, \(columns)) SELECT n + ?1, coalesce(batch, place_of_batch + 1 + ?1), \(columns) FROM staged ORDER BY n
        """
      ).bind(1, last).run()
      try database.prepare(
        "INSERT INTO event (task, at, now) SELECT n + ?1, added, state FROM staged ORDER BY n"
      ).bind(1, last).run()
      return tasks.indices.map { last + 1 + Int64($0) }
    }
  }

  private func stage(_ tasks: [NewTask]) throws {
    try database.execute("BEGIN")
    do {
      let statement = try database.prepare(
        """
        INSERT INTO staged (n, batch, place_of_batch, ukey, \(SQLiteTaskQueue.columns))
        VALUES (:n, :batch, :placed, :ukey, :state, :prio, :due, :argv, :cwd, :env, :input, :tags, :timeout, :expires, :retries, :delay, :added,
          :grp, :codes, :backoff, :cap, :item, :job, :clean, :alarm, :place)
        """)
      for (i, task) in tasks.enumerated() {
        let now = now
        let (due, expires) = task.times(now: now)
        let state = task.isPaused ? TaskState.paused : due > now ? .scheduled : .pending
        statement.bind("n", i + 1).bind("state", state.rawValue).bind("due", due).bind("expires", expires)
          .bind("added", now).bind("item", task.item).bind("job", task.schedule)
        let batch: Int64? = if case .task(let number) = task.gatherer { number } else { nil }
        let place: Int? = if case .added(let place) = task.gatherer { place } else { nil }
        statement.bind("batch", batch).bind("placed", place)
        bind(task, to: statement)
        try statement.run()
      }
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      throw error
    }
  }
}
