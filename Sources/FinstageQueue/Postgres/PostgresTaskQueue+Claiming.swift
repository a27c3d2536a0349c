import FinstageCore
import FinstagePostgres
import FinstageSystem

/// Which tasks a worker gets.
///
/// Tasks without a group come by index, whoever asks. For groups with names an unlocked look says how many of each are next; then each
/// group is claimed by itself, one with limits under the lock of its row, which makes the limit exact.
extension PostgresTaskQueue {
  /// The numbers of the most urgent ready tasks of a group at the places of a worker, locked: a subquery.
  private func ready(_ group: String, _ limit: String, _ starvation: Int64?, places: String, from frontier: String = "")
    -> String
  {
    let task = "\(schema).task"
    // The limit is behind a subselect, and the numbers behind an array: no plan reads more than it needs, whatever it is planned for.
    guard let starvation else {
      return """
        SELECT r.id FROM unnest(\(places)::text[]) AS p(place), LATERAL (SELECT id, prio, due FROM \(task)
          WHERE grp = \(group) AND place = p.place AND state = 0 AND parents = 0\(frontier) ORDER BY prio, due, id LIMIT \(limit)
          FOR UPDATE SKIP LOCKED) AS r ORDER BY r.prio, r.due, r.id LIMIT \(limit)
        """
    }
    return """
      SELECT r.id FROM unnest(\(places)::text[]) AS p(place), generate_series(0, 3) AS l(level), LATERAL (
        SELECT id, prio - greatest(0, \(clockSQL) - due) / \(max(starvation, 1)) AS prio, due FROM \(task)
        WHERE grp = \(group) AND place = p.place AND prio = l.level AND state = 0 AND parents = 0 ORDER BY due, id LIMIT \(limit)
        FOR UPDATE SKIP LOCKED) AS r ORDER BY r.prio, r.due, r.id LIMIT \(limit)
      """
  }

  /// Claims tasks of one group.
  /// - Parameter unlessNamed: claims nothing while a group with a name has ready tasks, which may be more urgent.
  func claim(
    _ worker: String, group: String, _ session: WorkerSession, _ count: Int, _ starvation: Int64?,
    unlessNamed: Bool = false
  ) -> PostgresStatement {
    let isOpen =
      unlessNamed
      ? """
      CASE WHEN \(hasNamed)
        OR EXISTS (SELECT 1 FROM \(schema).meta WHERE key IN ('paused', 'moved')) THEN 0 ELSE $3::integer END
      """
      : """
      (SELECT CASE WHEN g.paused OR (g.gap_us IS NOT NULL AND g.next_us > \(clockSQL) * 1000
          AND g.next_us - \(clockSQL) * 1000 <= g.gap_us) THEN 0
        ELSE greatest(0, least($3::integer, CASE WHEN g.gap_us IS NULL THEN $3::integer ELSE 1 END,
          g.lim - (SELECT count(*) FROM \(schema).task WHERE state IN (-1, 2) AND grp = $4))) END
        FROM \(schema).grp AS g WHERE g.name = $4)
      """
    let limit = "(SELECT \(isOpen))"
    let names = unlessNamed ? "''" : "$4"
    // Where very many wait, a look begins where the last one ended: the entries of what was claimed before are not walked over, which nobody can remove while
    // somebody holds a snapshot.
    let isOnward = unlessNamed && starvation == nil
    let from = isOnward ? " AND (prio, due, id) > ($4::smallint, $5::bigint, $6::bigint)" : ""
    let edge = session.frontier ?? (-1, .min, .min)
    let rate =
      unlessNamed
      ? ""
      : """
      , g AS (UPDATE \(schema).grp SET next_us = \(clockSQL) * 1000 + gap_us WHERE name = $4 AND gap_us IS NOT NULL
        AND EXISTS (SELECT 1 FROM d))
      """
    return PostgresStatement(
      """
      WITH d AS (UPDATE \(schema).task SET state = -1, attempt = attempt + 1, owner = $1, began = NULL, pid = 0, pstart = 0, slot = NULL,
        status = NULL, reason = NULL, progress = NULL, note = NULL, stopped = false, hist = \(history("-1"))
      WHERE id = ANY(ARRAY(\(ready(names, limit, starvation, places: "$2", from: from))))
      RETURNING id, attempt, argv, cwd, env, input, timeout, clean, failures, retries, delay, cap, backoff, codes, due, prio)\(rate)
      SELECT * FROM d ORDER BY \(starvation.map { "prio - greatest(0, \(clockSQL) - due) / \(max($0, 1))" } ?? "prio"), due, id
      """,
      [PostgresValue(worker), PostgresValue(places(of: session)), PostgresValue(count)]
        + (unlessNamed ? [] : [PostgresValue(group)])
        + (isOnward ? [PostgresValue(edge.prio), PostgresValue(edge.due), PostgresValue(edge.id)] : []))
  }

  /// Where a worker runs tasks: those that may run anywhere, and those for what its machine is called.
  private func places(of session: WorkerSession) -> [String] { [""] + session.identity.places }

  /// Takes note of what was claimed.
  func take(_ rows: PostgresRows, _ session: inout WorkerSession) -> [ClaimedTask] {
    rows.map { row in
      let (id, attempt) = (row.integer("id"), row.integer("attempt"))
      session.held[id] = WorkerSession.Held(
        attempt: attempt, failures: row.integer("failures"), policy: TaskRetryPolicy(row),
        due: row.integer("due"))
      return ClaimedTask(row)
    }
  }

  /// Claims the most urgent tasks of all groups.
  func claimMore(_ worker: String, _ count: Int, _ starvation: Int64?) throws -> [ClaimedTask] {
    guard count > 0, try run("SELECT 1 FROM \(schema).meta WHERE key IN ('paused', 'moved')").isEmpty else {
      return []
    }
    guard let session = sessions[worker] else { return [] }
    let level = starvation.map { "prio - greatest(0, c.now - due) / \(max($0, 1))" } ?? "prio"
    let limited = "g.lim IS NOT NULL OR g.gap_us IS NOT NULL"
    let look = PostgresStatement(
      """
      SELECT g.name, \(limited) AS limited, g.gap_us IS NOT NULL AS rated, r.level, r.due, r.id,
        CASE WHEN g.lim IS NULL THEN $2::bigint ELSE
          g.lim - (SELECT count(*) FROM \(schema).task WHERE state IN (-1, 2) AND grp = g.name) END AS room,
        g.gap_us IS NOT NULL AND g.next_us > c.now * 1000 AND g.next_us - c.now * 1000 <= g.gap_us AS waits
      FROM (SELECT \(clockSQL) AS now) AS c, \(schema).grp AS g, unnest($1::text[]) AS p(place), LATERAL (
        SELECT \(level) AS level, due, id FROM \(schema).task WHERE grp = g.name AND place = p.place AND state = 0 AND parents = 0
        ORDER BY prio, due, id LIMIT $2) AS r
      WHERE NOT g.paused ORDER BY r.level, r.due, r.id
      """, [PostgresValue(places(of: session)), PostgresValue(count)])
    let rows = try runPlanned(look)
    var shares: [String: (count: Int64, isLimited: Bool)] = [:]
    var order: [Int64: Int] = [:]
    var left = count
    for row in rows where left > 0 {
      let name = row.text("name") ?? ""
      let taken = shares[name]?.count ?? 0
      guard !row.bool("waits"), taken < row.integer("room"), !row.bool("rated") || taken == 0 else { continue }
      shares[name] = (taken + 1, row.bool("limited"))
      order[row.integer("id")] = order.count
      left -= 1
    }
    guard !shares.isEmpty else { return [] }
    var statements = [PostgresStatement("SELECT \(transactionSettings)"), fence(worker)]
    var places: [Int] = []
    for (name, share) in shares.sorted(by: { $0.key < $1.key }) {
      if share.isLimited {
        statements.append(
          PostgresStatement("SELECT 1 FROM \(schema).grp WHERE name = $1 FOR UPDATE", [PostgresValue(name)]))
      }
      places.append(statements.count)
      statements.append(claim(worker, group: name, session, Int(share.count), starvation))
    }
    let answers = try self.session().transaction(statements)
    var claimed: [ClaimedTask] = []
    var new = session
    for place in places { claimed += take(answers[place], &new) }
    sessions[worker] = new
    // As they would have come one by one.
    return claimed.sorted { (order[$0.id] ?? .max, $0.id) < (order[$1.id] ?? .max, $1.id) }
  }

  private func fence(_ worker: String) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT 1 / count(*) AS lives FROM \(schema).worker WHERE id = $1 AND term = $2 AND lease_until > \(clockSQL)
      """, [PostgresValue(worker), PostgresValue(sessions[worker]?.term ?? 0)])
  }
}
