import FinstageCore
import FinstagePostgres
import FinstageSystem

/// The queue in numbers: of what has ended by sums that are kept, of the rest by counting.
extension PostgresTaskQueue {
  func add(_ figures: AttemptFigures) -> [PostgresStatement] {
    guard !figures.ends.isEmpty else { return [] }
    var sums: [String: Double] = [:]
    for (how, count) in figures.ends { sums["attempts \(how)"] = Double(count) }
    for (name, histogram) in [("waiting", figures.waiting), ("running", figures.running)] {
      for (bucket, count) in histogram.counts.enumerated() where count > 0 { sums["\(name) \(bucket)"] = Double(count) }
      if histogram.sum > 0 { sums[name] = histogram.sum }
    }
    sums["minute \(now / 60_000)"] = Double(figures.ends.values.reduce(0, +))
    let names = sums.keys.sorted()
    return [increment(names, names.map { sums[$0]! })]
  }

  /// What has been added up, and what has not.
  private var allFigures: String {
    """
    (SELECT name, value FROM \(schema).figure
      UNION ALL SELECT u.name, u.value FROM \(schema).figure_log AS l, unnest(l.names, l.amounts) AS u(name, value)) AS a
    """
  }

  /// Adds up what turns have left, if nobody else does.
  func addUp() throws {
    try run(
      """
      WITH l AS (DELETE FROM \(schema).figure_log WHERE pg_try_advisory_xact_lock(hashtext($1)) RETURNING names, amounts)
      INSERT INTO \(schema).figure SELECT u.name, sum(u.value) FROM l, unnest(l.names, l.amounts) AS u(name, value) GROUP BY u.name
      ORDER BY u.name ON CONFLICT (name) DO UPDATE SET value = figure.value + excluded.value
      """, [PostgresValue("\(schema) figures")])
  }

  package func figures() throws -> QueueFigures {
    var figures = QueueFigures()
    for state in TaskState.allCases { figures.counts[state] = 0 }
    for row in try run("SELECT state, count(*) AS n FROM \(schema).task WHERE state < 4 GROUP BY state") {
      if let state = TaskState(rawValue: row.integer("state")) { figures.counts[state] = Int(row.integer("n")) }
    }
    var (purged, purgedCompleted) = (0.0, 0.0)
    let now = now
    for row in try run("SELECT name, sum(value) AS value FROM \(allFigures) GROUP BY name") {
      let (name, value) = (row.text("name") ?? "", row.double("value"))
      let words = name.split(separator: " ", maxSplits: 1)
      let rest = words.count == 2 ? String(words[1]) : ""
      switch words.first {
      case "state":
        if let state = Int64(rest).flatMap(TaskState.init(rawValue:)) { figures.counts[state] = max(0, Int(value)) }
      case "attempts": figures.attempts[rest] = Int64(value)
      case "purged": if rest.isEmpty { purged = value } else { purgedCompleted = value }
      case "waiting":
        if let bucket = Int(rest), figures.waiting.counts.indices.contains(bucket) {
          figures.waiting.counts[bucket] = Int64(value)
        } else if rest.isEmpty {
          figures.waiting.sum = value
        }
      case "running":
        if let bucket = Int(rest), figures.running.counts.indices.contains(bucket) {
          figures.running.counts[bucket] = Int64(value)
        } else if rest.isEmpty {
          figures.running.sum = value
        }
      case "minute":
        guard let minute = Int64(rest), minute >= now / 60_000 - 60 else { continue }
        figures.endedLastHour += Int(value)
        // Of the previous minute, count the share that is less than a minute ago.
        switch now / 60_000 - minute {
        case ...0: figures.endedLastMinute += Int(value)
        case 1: figures.endedLastMinute += Int(value) * Int(60_000 - now % 60_000) / 60_000
        default: break
        }
      default: break
      }
    }
    figures.completed = Int64(figures.counts[.completed] ?? 0) + Int64(purgedCompleted)
    figures.isPaused = try setting("paused") != nil
    figures.submitted = Int64(figures.counts.values.reduce(0, +)) + Int64(purged)
    figures.oldestReady =
      try run("SELECT min(due) AS due FROM \(schema).task WHERE state = 0 AND parents = 0").first?.optionalInteger(
        "due")
    return figures
  }

  /// Counts that are kept.
  package func health() throws -> QueueHealth { try patiently(3600) { try lookForFaults() } }

  private func lookForFaults() throws -> QueueHealth {
    var health = QueueHealth()
    let wrong =
      try run(
        """
        SELECT count(*) AS n FROM (SELECT 'state ' || state AS name, count(*) AS n FROM \(schema).task WHERE state >= 4 GROUP BY state) AS t
        FULL JOIN (SELECT name, sum(value) AS n FROM \(allFigures) WHERE name LIKE 'state %' GROUP BY name) AS f USING (name)
        WHERE coalesce(t.n, 0) <> coalesce(f.n, 0)
        """
      ).first?.integer("n") ?? 0
    if wrong > 0 { health.faults.append("counts of states are wrong") }
    let parents = try run("SELECT count(*) AS n FROM (\(wrongParents)) AS x").first?.integer("n") ?? 0
    if parents > 0 { health.faults.append("counts of tasks to wait for are wrong") }
    return health
  }

  /// Tasks that wait for more than there is. For less is right: what a task has waited for may have been run again since.
  private var wrongParents: String {
    """
    SELECT t.id, x.n FROM \(schema).task AS t, LATERAL (SELECT count(*) AS n FROM \(schema).edge AS e JOIN \(schema).task AS p
      ON p.id = e.parent WHERE e.child = t.id AND (p.state < 4 OR p.telling)) AS x WHERE t.state IN (-2, 0, 1, 3) AND t.parents > x.n
    """
  }

  package func repair() throws {
    // As long as it takes: whoever waits for it can stop it.
    try patiently(3600) { try repairNow() }
  }

  private func repairNow() throws {
    try write {
      // Nobody tells meanwhile; locked first, counted afterwards.
      try run("SELECT \(PostgresTaskQueue.tellingLock)", [tellingKey])
      try run("SELECT 1 FROM \(schema).task WHERE parents > 0 AND state IN (-2, 0, 1, 3) ORDER BY id FOR UPDATE")
      try run("UPDATE \(schema).task AS t SET parents = x.n FROM (\(wrongParents)) AS x WHERE t.id = x.id")
    }
    try run("DELETE FROM \(schema).output AS o WHERE NOT EXISTS (SELECT 1 FROM \(schema).task WHERE id = o.task)")
    // What is wrong, as one statement sees it, is added: tasks and figures change together, so nobody has to wait.
    try run(
      """
      INSERT INTO \(schema).figure_log SELECT array_agg('state ' || state), array_agg(wrong) FROM (
        SELECT state, coalesce(t.n, 0) - coalesce(f.n, 0) AS wrong
        FROM (SELECT state, count(*) AS n FROM \(schema).task WHERE state >= 4 GROUP BY state) AS t
        FULL JOIN (SELECT substr(name, 7)::smallint AS state, sum(value) AS n FROM \(allFigures) WHERE name LIKE 'state %' GROUP BY 1) AS f
          USING (state)) AS x WHERE wrong <> 0 HAVING count(*) > 0
      """)
  }
}
