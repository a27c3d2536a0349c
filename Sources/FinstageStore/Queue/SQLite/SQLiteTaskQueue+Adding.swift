import FinstageCore

extension SQLiteTaskQueue {
  public func add(_ tasks: [NewTask], policy: UniquePolicy = .reject) throws(TaskRefusal) -> [Int64] {
    var ids: [Int64] = []
    var refusal: TaskRefusal?
    do throws(DatabaseError) {
      try database.write { () throws(DatabaseError) in
        for task in tasks {
          if let key = task.uniqueKey, let known = try unfinished(key) {
            switch policy {
            case .ignore:
              ids.append(known.id)
              continue
            case .replace where known.state != .running:
              try move(known.id, from: known.state, to: .cancelled, reason: "replaced")
            case .reject, .replace:
              refusal = .notUnique(key: key, id: known.id)
              throw DatabaseError(kind: .other, path: spool.folder, message: "not unique")
            }
          }
          ids.append(try insert(task, before: ids))
        }
        // What waits may wait for tasks that are added later, or belong to a batch of one of them.
        for (i, task) in tasks.enumerated() where !task.after.isEmpty { try depend(ids[i], task.after, ids, &refusal) }
      }
    } catch {
      throw refusal ?? .database(error)
    }
    spool.wake()
    keepLogShort()
    return ids
  }

  /// While no worker has the file open, each command that opens it reads the log first.
  func keepLogShort() {
    if (try? database.integer("SELECT count(*) FROM worker")) == 0 { database.shortenLog(beyond: 100) }
  }

  func unfinished(_ key: String) throws(DatabaseError) -> (id: Int64, state: TaskState)? {
    let statement = try database.prepare("SELECT id, state FROM task WHERE ukey = ? AND state < 4").bind(1, key)
    defer { statement.reset() }
    return try statement.step() ? (statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending) : nil
  }

  /// - Parameter before: the numbers of those that were added before it, together with it.
  func insert(_ task: NewTask, before: [Int64] = []) throws(DatabaseError) -> Int64 {
    let now = TaskClock.now
    let due = task.due ?? now
    let state = due > now ? TaskState.scheduled : .pending
    if !task.group.isEmpty {
      try database.prepare("INSERT OR IGNORE INTO grp (name) VALUES (?)").bind(1, task.group).run()
    }
    let statement = try database.prepare(
      """
      INSERT INTO task (state, prio, due, argv, cwd, env, input, tags, ukey, timeout, expires, retries, delay, added, grp, codes,
        backoff, cap, batch, item, job, clean)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """)
    statement.reset()
    statement.bind(1, state.rawValue).bind(2, task.priority.rawValue).bind(3, due)
    statement.bind(4, SQLiteTaskQueue.list(task.arguments)).bind(5, task.folder)
    if !task.environment.isEmpty {
      let pairs = task.environment.sorted { $0.key < $1.key }.map {
        "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))"
      }
      statement.bind(6, "{\(pairs.joined(separator: ","))}")
    }
    if let input = task.input { statement.bind(7, input) }
    if !task.tags.isEmpty { statement.bind(8, SQLiteTaskQueue.list(task.tags)) }
    if let key = task.uniqueKey { statement.bind(9, key) }
    if let timeout = task.timeout { statement.bind(10, timeout) }
    if let expires = task.expires { statement.bind(11, expires) }
    statement.bind(12, task.retry.retries).bind(13, task.retry.delay).bind(14, now).bind(15, task.group)
    if let statuses = task.retry.statuses {
      statement.bind(16, statuses.sorted().map(String.init).joined(separator: ","))
    }
    statement.bind(17, task.retry.backoff.rawValue).bind(18, task.retry.longest)
    switch task.batch {
    case .task(let number): statement.bind(19, number)
    case .added(let place): statement.bind(19, before[place])
    case nil: break
    }
    if let item = task.item { statement.bind(20, item) }
    if let job = task.job { statement.bind(21, job) }
    statement.bind(22, task.hasCleanEnvironment ? 1 as Int64 : 0)
    var id: Int64 = 0
    while try statement.step() { id = statement.integer(0) }
    try note(id, nil, state)
    return id
  }

  /// Lets a task wait for others. Those that have ended already decide at once.
  private func depend(
    _ id: Int64, _ after: [Dependency], _ ids: [Int64], _ refusal: inout TaskRefusal?
  ) throws(DatabaseError) {
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
      guard let task = try task(parent) else {
        refusal = .noParent(parent)
        throw DatabaseError(kind: .other, path: spool.folder, message: "no parent")
      }
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
