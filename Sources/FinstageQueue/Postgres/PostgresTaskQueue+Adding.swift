import FinstageCore
import FinstagePostgres
import FinstageSystem

extension PostgresTaskQueue {
  package func add(_ tasks: [NewTask], policy: UniquePolicy) throws -> [Int64] {
    try add(tasks, policy: policy, key: PostgresTaskQueue.newKey())
  }

  /// A key for an add, by which it is known if its answer is lost.
  package static func newKey() -> String {
    (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
  }

  /// Adds tasks once, however often it is called with the same key.
  package func add(_ tasks: [NewTask], policy: UniquePolicy, key: String) throws -> [Int64] {
    guard !tasks.isEmpty else { return [] }
    var tries = 0
    while true {
      do {
        let ids = try addOnce(tasks, policy, key)
        if policy == .replace || tasks.contains(where: { !$0.after.isEmpty }) { _ = try? tellAll() }
        wakeSleepers()
        return ids
      } catch let error as PostgresError where error.kind == .unknownOutcome && tries < 3 {
        // Whether it was done, the key tells.
        tries += 1
        usleep(UInt32(100_000 * tries))
      }
    }
  }

  private func addOnce(_ tasks: [NewTask], _ policy: UniquePolicy, _ key: String) throws -> [Int64] {
    try write {
      // The row of the key comes first: of two adds with one key the second waits here for the end of the first.
      let isNew =
        try run(
          "INSERT INTO \(schema).added (key, at, ids) VALUES ($1, \(clockSQL), '{}') ON CONFLICT (key) DO NOTHING",
          [PostgresValue(key)]
        ).changed == 1
      guard isNew else {
        let known = try run(
          "SELECT array_to_string(ids, ',') AS ids FROM \(schema).added WHERE key = $1", [PostgresValue(key)])
        return (known.first?.text("ids") ?? "").split(separator: ",").compactMap { Int64($0) }
      }
      if let mark = try moveMark() { throw mark.refusal(name) }
      var ids = [Int64?](repeating: nil, count: tasks.count)
      var new: [(place: Int, task: NewTask)] = []
      var keysHere: [String: Int] = [:]
      for (i, task) in tasks.enumerated() {
        if let ukey = task.uniqueKey {
          if let first = keysHere[ukey] {
            // One of the same call: as if it had been added a moment ago.
            guard policy == .ignore else { throw TaskRefusal.notUnique(key: ukey, id: ids[first] ?? 0) }
            new.append((i, task))
            continue
          }
          if let known = try unfinished(ukey) {
            switch policy {
            case .ignore:
              ids[i] = known.id
              continue
            case .replace where !known.state.isHeld:
              try move(known.id, from: known.state, to: .cancelled, reason: "replaced")
            case .reject, .replace: throw TaskRefusal.notUnique(key: ukey, id: known.id)
            }
          }
          keysHere[ukey] = i
        }
        new.append((i, task))
      }
      // Later ones with a key of this call are the first one with it.
      new.removeAll { entry in entry.task.uniqueKey.flatMap { keysHere[$0] }.map { $0 != entry.place } ?? false }
      let numbers = try run(
        "SELECT nextval('\(schema).task_id_seq') AS id FROM generate_series(1, $1)", [PostgresValue(new.count)]
      ).map { $0.integer("id") }
      for (entry, number) in zip(new, numbers.sorted()) { ids[entry.place] = number }
      for (i, task) in tasks.enumerated() where ids[i] == nil {
        ids[i] = task.uniqueKey.flatMap { keysHere[$0] }.flatMap { ids[$0] }
      }
      let all = ids.compactMap { $0 }
      var start = 0
      while start < new.count {
        let part = new[start..<min(start + 5000, new.count)]
        try insert(part.map { ($0.task, ids[$0.place]!) }, before: all)
        start += 5000
      }
      let waiting = new.filter { !$0.task.after.isEmpty }
      if !waiting.isEmpty { try depend(waiting.map { (ids[$0.place]!, $0.task.after) }, all) }
      try run("UPDATE \(schema).added SET ids = $2 WHERE key = $1", [PostgresValue(key), PostgresValue(all)])
      return all
    }
  }

  func unfinished(_ key: String) throws -> (id: Int64, state: TaskState)? {
    let row = try run(
      "SELECT id, state FROM \(schema).task WHERE ukey = $1 AND state < 4 FOR UPDATE", [PostgresValue(key)]
    ).first
    return row.map { ($0.integer("id"), TaskState(rawValue: $0.integer("state")) ?? .pending) }
  }

  /// The columns that may change as long as a task waits, with their types and their values.
  static let definitionColumns: [(name: String, type: String, value: @Sendable (NewTask) -> PostgresValue)] = [
    ("prio", "smallint", { PostgresValue($0.priority.level) }),
    ("argv", "text", { PostgresValue(StoredText.list($0.arguments)) }),
    ("cwd", "text", { PostgresValue($0.folder) }),
    ("env", "text", { PostgresValue(StoredText.environment($0)) }),
    ("input", "bytea", { PostgresValue($0.input) }),
    ("tags", "text", { PostgresValue(StoredText.tags($0)) }),
    ("ukey", "text", { PostgresValue($0.uniqueKey) }),
    ("timeout", "bigint", { PostgresValue($0.timeout) }),
    ("retries", "integer", { PostgresValue($0.retry.retries) }),
    ("delay", "bigint", { PostgresValue($0.retry.delay) }),
    ("grp", "text", { PostgresValue($0.group) }),
    ("place", "text", { PostgresValue($0.place) }),
    ("codes", "text", { PostgresValue(StoredText.statuses($0.retry)) }),
    ("backoff", "smallint", { PostgresValue($0.retry.backoff == .fixed ? 1 : 0) }),
    ("cap", "bigint", { PostgresValue($0.retry.longest) }),
    ("clean", "boolean", { PostgresValue($0.hasCleanEnvironment) }),
    ("alarm", "text", { PostgresValue($0.onFailure) }),
  ]

  /// Those that a task keeps.
  private static let ownColumns: [(name: String, type: String, value: @Sendable (NewTask) -> PostgresValue)] = [
    ("due", "bigint", { PostgresValue($0.due) }), ("due_in", "bigint", { PostgresValue($0.dueIn) }),
    ("expires_in", "bigint", { PostgresValue($0.expiresIn) }), ("paused", "boolean", { PostgresValue($0.isPaused) }),
    ("item", "text", { PostgresValue($0.item) }), ("job", "text", { PostgresValue($0.schedule) }),
  ]

  /// Inserts tasks with these numbers.
  func insert(_ tasks: [(task: NewTask, id: Int64)], before: [Int64] = []) throws {
    let groups = Set(tasks.map(\.task.group)).subtracting([""])
    if !groups.isEmpty {
      try run(
        "INSERT INTO \(schema).grp (name) SELECT name FROM unnest($1::text[]) AS g(name) ORDER BY 1 ON CONFLICT DO NOTHING",
        [PostgresValue(groups.sorted())])
    }
    let columns = PostgresTaskQueue.definitionColumns + PostgresTaskQueue.ownColumns
    let names = ["id", "batch"] + columns.map(\.name)
    let types = ["bigint", "bigint"] + columns.map(\.type)
    let gatherers: [Int64?] = tasks.map { entry in
      switch entry.task.gatherer {
      case .task(let number): number
      case .added(let place): before.indices.contains(place) ? before[place] : nil
      case nil: nil
      }
    }
    let values: [PostgresValue] =
      [PostgresValue(tasks.map(\.id)), PostgresValue(gatherers)]
      + columns.map { column in PostgresValue(tasks.map { column.value($0.task).string }) }
    let marks = types.enumerated().map { "$\($0.offset + 1)::\($0.element)[]" }.joined(separator: ", ")
    let kept = PostgresTaskQueue.definitionColumns.map(\.name).joined(separator: ", ")
    try run(
      """
      INSERT INTO \(schema).task (id, batch, \(kept), item, job, due, expires, state, added, hist)
      SELECT id, batch, \(kept), item, job, at, max_at + expires_in, s, now, now::text || ' ' || s::text || E'\\n' FROM (
        SELECT n.*, c.now, d.at, greatest(d.at, c.now) AS max_at,
          CASE WHEN n.paused THEN -2 WHEN d.at > c.now THEN 1 ELSE 0 END AS s
        FROM (SELECT \(clockSQL) AS now) AS c, unnest(\(marks)) AS n(\(names.joined(separator: ", "))),
          LATERAL (SELECT coalesce(n.due, c.now + n.due_in, c.now) AS at) AS d
      ) AS x
      """, values)
  }

  /// Inserts one task; returns its number.
  func insert(_ task: NewTask) throws -> Int64 {
    let id = try run("SELECT nextval('\(schema).task_id_seq') AS id").first?.integer("id") ?? 0
    try insert([(task, id)])
    return id
  }

  /// Makes tasks wait for others. The outcomes of tasks that have already ended are checked at once.
  private func depend(_ tasks: [(id: Int64, after: [Dependency])], _ ids: [Int64]) throws {
    var edges: [(parent: Int64, child: Int64, condition: OutcomeCondition)] = []
    for task in tasks {
      var known: Set<Int64> = []
      for dependency in task.after {
        let parent: Int64 =
          switch dependency.parent {
          case .task(let number): number
          case .added(let place): ids[place]
          }
        if known.insert(parent).inserted { edges.append((parent, task.id, dependency.condition)) }
      }
    }
    // Locked and marked: the end of a parent either comes before this and is seen, or sees the mark. An end that is not told yet will be.
    var isOpen: [Int64: Bool] = [:]
    let parents = Set(edges.map(\.parent)).sorted()
    for row in try run(
      """
      UPDATE \(schema).task AS t SET kids = true FROM (SELECT id FROM \(schema).task WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE) AS p
      WHERE t.id = p.id RETURNING t.id, t.state, t.telling
      """, [PostgresValue(parents)])
    {
      isOpen[row.integer("id")] = row.integer("state") < 4 || row.bool("telling")
    }
    if let lacking = parents.first(where: { isOpen[$0] == nil }) { throw TaskRefusal.noParent(lacking) }
    try run(
      "INSERT INTO \(schema).edge (parent, child, cond) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])",
      [
        PostgresValue(edges.map(\.parent)), PostgresValue(edges.map(\.child)),
        PostgresValue(edges.map(\.condition.text)),
      ])
    var waits: [Int64: Int64] = [:]
    var unwanted: Set<Int64> = []
    var outcomes: [Int64: OutcomeCondition.Outcome] = [:]
    for edge in edges {
      if isOpen[edge.parent] == true {
        waits[edge.child, default: 0] += 1
        continue
      }
      if outcomes[edge.parent] == nil { outcomes[edge.parent] = try task(edge.parent).map(outcome) }
      if let outcome = outcomes[edge.parent], try !edge.condition.holds(outcome) { unwanted.insert(edge.child) }
    }
    let children = waits.keys.sorted()
    try run(
      "UPDATE \(schema).task AS t SET parents = u.n FROM unnest($1::bigint[], $2::integer[]) AS u(id, n) WHERE t.id = u.id",
      [PostgresValue(children), PostgresValue(children.map { waits[$0]! })])
    try cancel(unwanted.sorted(), reason: "condition")
  }
}
