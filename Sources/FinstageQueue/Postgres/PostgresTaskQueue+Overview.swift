import FinstageCore
import FinstagePostgres
import FinstageSystem

/// What workers are told besides the tasks that they claim.
extension PostgresTaskQueue {
  var promotion: PostgresStatement {
    PostgresStatement(
      """
      UPDATE \(schema).task SET state = 0, hist = \(history("0")) WHERE id = ANY(ARRAY(SELECT id FROM \(schema).task
        WHERE state IN (1, 3) AND due <= \(clockSQL) ORDER BY due LIMIT 1000 FOR UPDATE SKIP LOCKED))
      """)
  }

  var expiry: PostgresStatement {
    PostgresStatement(
      """
      WITH d AS (UPDATE \(schema).task SET state = 5, reason = 'expired', ended = \(clockSQL), telling = \(mustTell("5")),
        hist = \(history("5", note: "'expired'")) WHERE id = ANY(ARRAY(SELECT id FROM \(schema).task WHERE expires IS NOT NULL
        AND state IN (-2, 0, 1, 3) AND expires <= \(clockSQL) ORDER BY expires LIMIT 1000 FOR UPDATE SKIP LOCKED)) RETURNING 1)
      INSERT INTO \(schema).figure_log SELECT ARRAY['state 5'], ARRAY[count(*)] FROM d HAVING count(*) > 0
      """)
  }

  /// - Parameter counts: whether tasks are counted, too: that walks over what has been claimed since the last vacuum.
  func overview(_ worker: String, slots: Int, counts: Bool) -> PostgresStatement {
    let most = 8 * slots + 1
    func count(_ condition: String) -> String {
      "(SELECT count(*) FROM (SELECT 1 FROM \(schema).task WHERE \(condition) LIMIT \(most)) AS x)"
    }
    let numbers =
      counts
      ? """
      \(count("state = 0 AND parents = 0")) AS ready, \(count("state = 0 AND parents > 0")) AS waiting,
        \(count("state IN (1, 3)")) AS later, \(count("state IN (-1, 2)")) AS held,
      """ : ""
    return PostgresStatement(
      """
      SELECT c.now, \(numbers) EXISTS (SELECT 1 FROM \(schema).task WHERE state = -2) AS kept,
        (SELECT min(due) FROM \(schema).task WHERE state IN (1, 3)) AS due,
        (SELECT min(next) FROM \(schema).schedule WHERE next IS NOT NULL) AS next, \(hasNamed) AS named,
        (SELECT min((g.next_us + 999) / 1000) FROM \(schema).grp AS g WHERE g.gap_us IS NOT NULL AND NOT g.paused
          AND g.next_us > c.now * 1000 AND g.next_us - c.now * 1000 <= g.gap_us AND \(hasReady)) AS rated,
        (SELECT coalesce(string_agg(id || CASE WHEN cancel THEN 'c' ELSE '' END || CASE WHEN stopped THEN 's' ELSE '' END, ','), '')
          FROM \(schema).task WHERE owner || '' = $1 AND state IN (-1, 2) AND (cancel OR stopped)) AS asked,
        (SELECT slots FROM \(schema).worker WHERE id = $1) AS slots,
        EXISTS (SELECT 1 FROM \(schema).watch WHERE until > c.now) AS watched
      FROM (SELECT \(clockSQL) AS now) AS c
      """, [PostgresValue(worker)])
  }

  /// Whether the group `g` has ready tasks: with a limit, so that each group is looked up, and not each task.
  private var hasReady: String {
    "(SELECT 1 FROM \(schema).task WHERE grp = g.name AND state = 0 AND parents = 0 LIMIT 1) IS NOT NULL"
  }

  /// Whether a group with a name, and that is not paused, has tasks that are ready; or those without a group have limits.
  var hasNamed: String {
    """
    EXISTS (SELECT 1 FROM \(schema).grp AS g WHERE (g.name <> '' AND NOT g.paused AND \(hasReady))
      OR (g.name = '' AND (g.paused OR g.lim IS NOT NULL OR g.gap_us IS NOT NULL)))
    """
  }

  func read(_ view: PostgresRows.Row, _ worker: String, _ orders: inout WorkerOrders) throws {
    let now = view.integer("now")
    for word in (view.text("asked") ?? "").split(separator: ",") {
      guard let id = Int64(word.prefix { $0.isNumber }) else { continue }
      if word.contains("c") { orders.cancelled.append(id) }
      if word.contains("s") { orders.paused.append(id) }
    }
    orders.slots = view.optionalInteger("slots").map(Int.init)
    if view.has("ready") {
      sessions[worker]?.ready = Int(view.integer("ready") + view.integer("waiting"))
      sessions[worker]?.others = Int(view.integer("later") + view.integer("held"))
    }
    orders.ready = sessions[worker]?.ready ?? 0
    if view.bool("kept"), view.has("ready") {
      let free = try free(most: 8 * (sessions[worker]?.slots ?? 1) + 1)
      sessions[worker]?.others = free - orders.ready
    }
    orders.unfinished = orders.ready + (sessions[worker]?.others ?? 0)
    let times = [view.optionalInteger("due"), view.optionalInteger("next"), view.optionalInteger("rated")].compactMap {
      $0.map { max(0, $0 - now) }
    }
    for span in times { orders.nextDueIn = min(orders.nextDueIn ?? .max, span) }
    if view.bool("watched") { orders.nextDueIn = min(orders.nextDueIn ?? .max, 1000) }
    if isPooled { orders.nextDueIn = min(orders.nextDueIn ?? .max, 1000) }
    sessions[worker]?.isWatched = view.bool("watched")
    // After the lease had ended, what this worker runs may have been given to others.
    if sessions[worker]?.hasToCheck == true {
      var owned: [Int64: Int64] = [:]
      for row in try run(
        "SELECT id, attempt FROM \(schema).task WHERE owner = $1 AND state IN (-1, 2)", [PostgresValue(worker)])
      {
        owned[row.integer("id")] = row.integer("attempt")
      }
      for (id, held) in sessions[worker]?.held ?? [:] where owned[id] != held.attempt { orders.cancelled.append(id) }
      sessions[worker]?.hasToCheck = false
    }
  }

  /// How many unfinished tasks are neither paused nor wait for one that is, counted up to a number.
  private func free(most: Int) throws -> Int {
    Int(
      try run(
        """
        WITH RECURSIVE kept (id) AS (
          SELECT id FROM \(schema).task WHERE state = -2 UNION SELECT e.child FROM \(schema).edge AS e JOIN kept ON e.parent = kept.id
        ) SELECT count(*) AS n FROM (SELECT 1 FROM (
          SELECT id FROM \(schema).task WHERE state = 0 UNION ALL SELECT id FROM \(schema).task WHERE state IN (1, 3)
          UNION ALL SELECT id FROM \(schema).task WHERE state IN (-1, 2)) AS u WHERE id NOT IN (SELECT id FROM kept) LIMIT \(most)) AS x
        """
      ).first?.integer("n") ?? 0)
  }
}
