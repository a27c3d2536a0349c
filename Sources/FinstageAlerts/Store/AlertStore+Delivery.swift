import FinstageCore
import FinstageProcess
import FinstageStore
import FinstageSystem

/// Taking deliveries from the outbox, and noting what became of them.
extension AlertStore {
  /// Milliseconds for which a claimed delivery belongs to its claimant.
  private static let lease: Int64 = 60_000
  /// Only what comes after an earlier delivery of the same alert waits for it.
  private static let isFirst = """
    NOT EXISTS (SELECT 1 FROM delivery AS e WHERE e.alert = delivery.alert AND e.channel = delivery.channel
      AND e.seq < delivery.seq AND e.status IN (0, 1))
    """

  /// Names a thread of this process, so that others can tell whether it lives.
  static func owner() -> String {
    "\(getpid()) \(ProcessTable.startTime(of: getpid())) \(ProcessTable.boot) \(UInt64.random(in: 0 ... .max))"
  }

  private static func isAlive(_ owner: String) -> Bool {
    let parts = owner.split(separator: " ")
    guard parts.count >= 3, let process = pid_t(parts[0]), let start = Int64(parts[1]) else { return false }
    return parts[2] == ProcessTable.boot && ProcessTable.isAlive(process, start: start)
  }

  /// Takes the next delivery that is due, and with one that has waited to be told together, all others of its rule.
  /// - Parameter limit: how many others that are due it may take with the first.
  func claim(_ channel: String, _ owner: String, limit: Int = 1) throws -> [DeliveryRecord] {
    try database.write {
      let now = now
      // Whoever claimed and died has sent or not: it goes again.
      let claimed = try database.prepare("SELECT DISTINCT owner, lease FROM delivery WHERE status = 1")
      var dead: [String] = []
      while try claimed.step() {
        let other = claimed.text(0) ?? ""
        if claimed.integer(1) < now || !AlertStore.isAlive(other) { dead.append(other) }
      }
      for other in dead {
        try database.prepare("UPDATE delivery SET status = 0 WHERE status = 1 AND owner IS ?").bind(1, other).run()
      }
      var all: [DeliveryRecord] = []
      // The critical ones first.
      for (index, condition) in [("delivery_worst", "AND severity = 'critical'"), ("delivery_next", "")]
      where all.isEmpty {
        let row = try database.prepare(
          """
          SELECT \(AlertStore.deliveryColumns) FROM delivery INDEXED BY \(index)
          WHERE status = 0 AND channel = ? \(condition) AND due <= ? AND \(AlertStore.isFirst) ORDER BY seq LIMIT ?
          """
        ).bind(1, channel).bind(2, now).bind(3, Int64(limit))
        while try row.step() { all.append(delivery(row)) }
      }
      guard let first = all.first else { return [] }
      // It has been held back to be told with others; after a failure, with the same ones.
      if limit == 1, first.state == "firing", first.due > first.created {
        let others = try database.prepare(
          """
          SELECT \(AlertStore.deliveryColumns) FROM delivery WHERE status = 0 AND channel = ? AND state = 'firing' AND seq > ?
            AND severity <> 'critical' AND tries = ? AND (tries = 0 OR due = ?)
            AND alert IN (SELECT id FROM alert WHERE rule = (SELECT rule FROM alert WHERE id = ?)) ORDER BY seq LIMIT 10000
          """
        ).bind(1, channel).bind(2, first.number).bind(3, first.tries).bind(4, first.due).bind(5, first.alert)
        while try others.step() { all.append(delivery(others)) }
      }
      for delivery in all {
        try database.prepare("UPDATE delivery SET status = 1, owner = ?, lease = ?, tries = tries + 1 WHERE seq = ?")
          .bind(1, owner).bind(2, now + AlertStore.lease).bind(3, delivery.number).run()
      }
      return all
    }
  }

  func sent(_ deliveries: [DeliveryRecord], _ channel: String) throws {
    try database.write {
      for delivery in deliveries {
        try database.prepare("UPDATE delivery SET status = 2, ended = ?, error = NULL WHERE seq = ?")
          .bind(1, now).bind(2, delivery.number).run()
      }
      try database.prepare(
        """
        INSERT INTO channel (name, last_success) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET last_success = ?2, failures = 0, open_until = 0
        """
      ).bind(1, channel).bind(2, now).run()
    }
  }

  /// - Parameters:
  ///   - due: when to try again; nil for never.
  ///   - patience: failures in a row after which the channel rests.
  func failed(_ deliveries: [DeliveryRecord], _ channel: String, _ error: String, due: Int64?, patience: Int64) throws {
    try database.write {
      for delivery in deliveries {
        try database.prepare(
          "UPDATE delivery SET status = :status, due = coalesce(:due, due), error = :error, ended = :ended WHERE seq = :seq"
        )
        .bind("status", due == nil ? 3 : 0).bind("due", due).bind("error", error).bind("ended", due == nil ? now : nil)
        .bind("seq", delivery.number).run()
        if due == nil, delivery.state == "firing" {
          // Whoever has not heard of the beginning does not hear of the end.
          try database.prepare(
            """
            UPDATE delivery SET status = 3, error = 'its beginning could not be delivered', ended = ?
            WHERE alert = ? AND channel = ? AND status = 0 AND seq > ?
            """
          ).bind(1, now).bind(2, delivery.alert).bind(3, channel).bind(4, delivery.number).run()
        }
      }
      try database.prepare(
        """
        INSERT INTO channel (name, last_error, failures) VALUES (?1, ?2, 1)
        ON CONFLICT (name) DO UPDATE SET last_error = ?2, failures = failures + 1
        """
      ).bind(1, channel).bind(2, error).run()
      // A minute, two, four ... a quarter of an hour.
      try database.prepare(
        """
        UPDATE channel SET open_until = ?2 + min(900000, 60000 * (1 << min(failures - ?3, 10)))
        WHERE name = ?1 AND failures >= ?3
        """
      ).bind(1, channel).bind(2, now).bind(3, patience).run()
    }
  }

  func turnOff(_ channel: String, _ reason: String) throws {
    try database.write {
      try database.prepare("UPDATE channel SET off = ? WHERE name = ?").bind(1, reason).bind(2, channel).run()
    }
  }

  /// Seconds for which a channel rests; nil if it does not.
  func rest(of channel: String) throws -> Double? {
    let row = try database.prepare("SELECT open_until, off IS NOT NULL FROM channel WHERE name = ?").bind(1, channel)
    defer { row.reset() }
    guard try row.step() else { return nil }
    if row.integer(1) != 0 { return 60 }
    let left = Double(row.integer(0) - now) / 1000
    return left > 0 ? left : nil
  }

  /// Seconds until the next delivery of a channel is due.
  func nextDue(_ channel: String) throws -> Double {
    let row = try database.prepare("SELECT min(due) FROM delivery WHERE status = 0 AND channel = ?").bind(1, channel)
    defer { row.reset() }
    guard try row.step(), !row.isNull(0) else { return 60 }
    return max(0.02, Double(row.integer(0) - now) / 1000)
  }

  private func count(_ channels: [String], _ condition: String) throws -> Int {
    var count = 0
    for channel in channels {
      let row = try database.prepare("SELECT count(*) FROM delivery WHERE channel = ? AND \(condition)").bind(
        1, channel)
      if try row.step() { count += Int(row.integer(0)) }
      row.reset()
    }
    return count
  }

  /// Deliveries that are being sent, could be, or are held back to be told together until a time.
  func dueCount(_ channels: [String], until: Int64) throws -> Int {
    try count(
      channels,
      """
      (status = 1 OR status = 0 AND (due <= \(now) OR tries = 0 AND due <= \(until))
        AND channel NOT IN (SELECT name FROM channel WHERE open_until > \(now) OR off IS NOT NULL))
      """)
  }

  func waitingCount(_ channels: [String]) throws -> Int { try count(channels, "status IN (0, 1)") }

  /// Channels with what is known of them: when one sent last, what went wrong, how much waits.
  package func channels() throws -> [(
    name: String, lastSuccess: Int64?, lastError: String?, off: String?, waiting: Int, oldest: Int64?
  )] {
    let row = try database.prepare(
      """
      SELECT c.name, c.last_success, c.last_error, c.off, count(d.seq), min(d.created) FROM channel AS c
      LEFT JOIN delivery AS d ON d.channel = c.name AND d.status IN (0, 1) GROUP BY c.name ORDER BY c.name
      """)
    var channels: [(String, Int64?, String?, String?, Int, Int64?)] = []
    while try row.step() {
      channels.append(
        (
          row.text(0) ?? "", row.isNull(1) ? nil : row.integer(1), row.text(2), row.text(3), Int(row.integer(4)),
          row.isNull(5) ? nil : row.integer(5)
        ))
    }
    return channels
  }
}
