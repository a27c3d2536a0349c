import FinstageCore
import FinstageStore
import FinstageSystem

extension SQLiteTaskQueue {
  package func add(_ tasks: [NewTask], policy: UniquePolicy) throws -> [Int64] {
    if SQLiteTaskQueue.canStage(tasks) {
      let ids = try addStaged(tasks)
      spool.wake()
      keepLogShort()
      return ids
    }
    let ids = try database.write {
      try refuseIfMoved()
      var ids: [Int64] = []
      for task in tasks {
        if let key = task.uniqueKey, let known = try unfinished(key) {
          switch policy {
          case .ignore:
            ids.append(known.id)
            continue
          case .replace where !known.state.isHeld:
            try move(known.id, from: known.state, to: .cancelled, reason: "replaced")
          case .reject, .replace: throw TaskRefusal.notUnique(key: key, id: known.id)
          }
        }
        ids.append(try insert(task, before: ids))
      }
      // What waits may wait for tasks that are added later, or belong to a gatherer among them.
      for (i, task) in tasks.enumerated() where !task.after.isEmpty { try depend(ids[i], task.after, ids) }
      return ids
    }
    spool.wake()
    keepLogShort()
    return ids
  }

  /// Shortens the write-ahead log while no worker is registered, because each command that opens the file then reads
  /// the log first.
  func keepLogShort() {
    if (try? database.integer("SELECT count(*) FROM worker")) == 0 { database.shortenLog(beyond: 100) }
  }

  func unfinished(_ key: String) throws -> (id: Int64, state: TaskState)? {
    let statement = try database.prepare("SELECT id, state FROM task WHERE ukey = ? AND state < 4").bind(1, key)
    defer { statement.reset() }
    return try statement.step() ? (statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending) : nil
  }

  /// - Parameter before: the numbers of the tasks that were added before it in the same call.
  func insert(_ task: NewTask, before: [Int64] = []) throws -> Int64 {
    let now = now
    let (due, expires) = task.times(now: now)
    let state = task.isPaused ? TaskState.paused : due > now ? .scheduled : .pending
    if !task.group.isEmpty {
      try database.prepare("INSERT OR IGNORE INTO grp (name) VALUES (?)").bind(1, task.group).run()
    }
    let gatherer: Int64? =
      switch task.gatherer {
      case .task(let number): number
      case .added(let place): before[place]
      case nil: nil
      }
    let statement = try database.prepare(
      """
      INSERT INTO task (state, prio, due, argv, cwd, env, input, tags, ukey, timeout, expires, retries, delay, added, grp, codes,
        backoff, cap, batch, item, job, clean, alarm, place)
      VALUES (:state, :prio, :due, :argv, :cwd, :env, :input, :tags, :ukey, :timeout, :expires, :retries, :delay, :added, :grp,
        :codes, :backoff, :cap, :batch, :item, :job, :clean, :alarm, :place)
      RETURNING id
      """)
    statement.bind("state", state.rawValue).bind("due", due).bind("expires", expires).bind("added", now)
      .bind("batch", gatherer).bind("item", task.item).bind("job", task.schedule)
    bind(task, to: statement)
    var id: Int64 = 0
    while try statement.step() { id = statement.integer(0) }
    try note(id, nil, state)
    return id
  }

  /// Binds what may change as long as a task waits.
  func bind(_ task: NewTask, to statement: Statement) {
    statement.bind("prio", task.priority.level).bind("argv", StoredText.list(task.arguments))
      .bind("cwd", task.folder).bind("env", StoredText.environment(task))
      .bind("input", task.input).bind("tags", StoredText.tags(task))
      .bind("ukey", task.uniqueKey).bind("timeout", task.timeout).bind("retries", task.retry.retries)
      .bind("delay", task.retry.delay).bind("grp", task.group)
      .bind("codes", StoredText.statuses(task.retry))
      .bind("backoff", task.retry.backoff == .fixed ? 1 : 0).bind("cap", task.retry.longest)
      .bind("clean", task.hasCleanEnvironment ? 1 : 0).bind("alarm", task.onFailure).bind("place", task.place)
  }

  /// Makes a task wait for others. The outcomes of tasks that have already ended are checked at once.
  private func depend(_ id: Int64, _ after: [Dependency], _ ids: [Int64]) throws {
    var waits = 0
    var isUnwanted = false
    var known: Set<Int64> = []
    for dependency in after {
      let parent: Int64
      switch dependency.parent {
      case .task(let number): parent = number
      case .added(let place): parent = ids[place]
      }
      guard known.insert(parent).inserted else { continue }
      guard let task = try task(parent) else { throw TaskRefusal.noParent(parent) }
      try database.prepare("INSERT INTO edge (parent, child, cond) VALUES (?, ?, ?)")
        .bind(1, parent).bind(2, id).bind(3, dependency.condition.text).run()
      if !task.state.isFinal {
        waits += 1
      } else if try !dependency.condition.holds(outcome(task)) {
        isUnwanted = true
      }
    }
    try database.prepare("UPDATE task SET parents = ? WHERE id = ?").bind(1, Int64(waits)).bind(2, id).run()
    if isUnwanted, let task = try task(id) {
      try move(id, from: task.state, to: .cancelled, reason: "condition")
    }
  }
}
