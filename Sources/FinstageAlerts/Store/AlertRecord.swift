import FinstageCore
import FinstageStore
import FinstageSystem

/// An alert as the store has it.
package struct AlertRecord: Sendable {
  package var id: String
  package var rule: String
  package var symbol: String
  package var severity: String
  package var state: String
  /// Nanoseconds since 1970, of records.
  package var started: Int64
  package var fired: Int64
  package var resolved: Int64?
  /// Milliseconds since 1970, of this machine.
  package var acknowledged: Int64?
  package var message: String
  /// Why it was not told; nil if it was.
  package var withheld: String?

  /// firing, acknowledged, silenced, resolved, or ended: a moment that has passed.
  package var life: String {
    state == "firing" && acknowledged != nil
      ? "acknowledged" : state == "firing" && withheld?.hasPrefix("silenced") == true ? "silenced" : state
  }

  package static let description = RecordDescription<AlertRecord>([
    .init("id", .text) { .string($0.id) },
    .init("rule", .text) { .string($0.rule) },
    .init("symbol", .text) { .string($0.symbol) },
    .init("severity", .text) { .string($0.severity) },
    .init("state", .text) { .string($0.life) },
    .init("started_at", .time) { .string(Timestamp.string($0.started)) },
    .init("fired_at", .time) { .string(Timestamp.string($0.fired)) },
    .init("resolved_at", .time) { $0.resolved.map { .string(Timestamp.string($0)) } ?? .null },
    .init("acknowledged_at", .time) { JSONValue(time: $0.acknowledged) },
    .init("message", .text) { .string($0.message) },
    .init("withheld", .text, optional: true) { JSONValue($0.withheld) },
  ])
}

/// A delivery of an alert to a channel.
package struct DeliveryRecord: Sendable {
  package var number: Int64
  package var alert: String
  package var channel: String
  package var state: String
  package var severity: String
  package var record: String
  package var created: Int64
  package var due: Int64
  package var tries: Int64
  /// 0 waiting, 1 being sent, 2 sent, 3 given up.
  package var status: Int64
  package var error: String?

  package var statusName: String { ["waiting", "sending", "sent", "dead"][Int(min(max(status, 0), 3))] }

  package static let description = RecordDescription<DeliveryRecord>([
    .init("delivery", .integer) { JSONValue($0.number) },
    .init("alert", .text) { .string($0.alert) },
    .init("channel", .text) { .string($0.channel) },
    .init("state", .text) { .string($0.state) },
    .init("severity", .text) { .string($0.severity) },
    .init("status", .text) { .string($0.statusName) },
    .init("tries", .integer) { JSONValue($0.tries) },
    .init("created_at", .time) { JSONValue(time: $0.created) },
    .init("due_at", .time) { JSONValue(time: $0.due) },
    .init("error", .text) { JSONValue($0.error) },
  ])
}

/// A silence.
package struct SilenceRecord: Sendable {
  package var id: Int64
  package var rule: String?
  package var symbol: String?
  package var until: Int64
  package var comment: String?

  package static let description = RecordDescription<SilenceRecord>([
    .init("silence", .integer) { JSONValue($0.id) },
    .init("rule", .text) { JSONValue($0.rule) },
    .init("symbol", .text) { JSONValue($0.symbol) },
    .init("until", .time) { JSONValue(time: $0.until) },
    .init("comment", .text) { JSONValue($0.comment) },
  ])
}

extension AlertStore {
  private func record(_ row: Statement) -> AlertRecord {
    AlertRecord(
      id: row.text("id") ?? "", rule: row.text("rule") ?? "", symbol: row.text("symbol") ?? "",
      severity: row.text("severity") ?? "", state: row.text("state") ?? "", started: row.integer("started"),
      fired: row.integer("fired"), resolved: row.optionalInteger("resolved"),
      acknowledged: row.optionalInteger("acked"),
      message: row.text("message") ?? "", withheld: row.text("why"))
  }

  /// Alerts that fire, or of a time: the newest first.
  /// - Parameter since: noted at or after this time, in milliseconds since 1970; nil for those that fire.
  package func alerts(since: Int64?, limit: Int = 10_000) throws -> [AlertRecord] {
    let row = try database.prepare(
      """
      SELECT id, rule, symbol, severity, state, started, fired, resolved, acked, message, why FROM alert
      WHERE \(since == nil ? "state = 'firing' AND noted >= ?" : "noted >= ?") ORDER BY fired DESC, id LIMIT ?
      """
    ).bind(1, since ?? 0).bind(2, Int64(limit))
    var alerts: [AlertRecord] = []
    while try row.step() { alerts.append(record(row)) }
    return alerts
  }

  package func silences() throws -> [SilenceRecord] {
    let row = try database.prepare(
      "SELECT id, rule, symbol, until, comment FROM silence WHERE until > ? ORDER BY until"
    )
    .bind(1, now)
    var silences: [SilenceRecord] = []
    while try row.step() {
      silences.append(
        SilenceRecord(
          id: row.integer("id"), rule: row.text("rule"), symbol: row.text("symbol"), until: row.integer("until"),
          comment: row.text("comment")))
    }
    return silences
  }

  func delivery(_ row: Statement) -> DeliveryRecord {
    DeliveryRecord(
      number: row.integer("seq"), alert: row.text("alert") ?? "", channel: row.text("channel") ?? "",
      state: row.text("state") ?? "", severity: row.text("severity") ?? "", record: row.text("record") ?? "",
      created: row.integer("created"), due: row.integer("due"), tries: row.integer("tries"),
      status: row.integer("status"), error: row.text("error"))
  }

  static let deliveryColumns = "seq, alert, channel, state, severity, record, created, due, tries, status, error"

  /// Deliveries that wait or were given up.
  package func outbox(limit: Int = 10_000) throws -> [DeliveryRecord] {
    let row = try database.prepare(
      "SELECT \(AlertStore.deliveryColumns) FROM delivery WHERE status <> 2 ORDER BY seq LIMIT ?"
    ).bind(1, Int64(limit))
    var deliveries: [DeliveryRecord] = []
    while try row.step() { deliveries.append(delivery(row)) }
    return deliveries
  }

  /// Lets deliveries that were given up wait again. Returns how many.
  package func resend() throws -> Int {
    try database.write {
      try database.prepare(
        "UPDATE delivery SET status = 0, tries = 0, due = ?, created = ?, error = NULL, ended = NULL WHERE status = 3"
      ).bind(1, now).bind(2, now).run()
      let count = database.changes
      try database.execute("UPDATE channel SET failures = 0, open_until = 0, off = NULL")
      return count
    }
  }

  /// How many alerts there are by a column, since a time.
  package func counts(by column: String, since: Int64) throws -> [(String, Int)] {
    let names = ["rule", "severity", "state"]
    guard names.contains(column) else { return [] }
    let row = try database.prepare(
      "SELECT \(column), count(*) FROM alert WHERE noted >= ? GROUP BY 1 ORDER BY 2 DESC, 1"
    ).bind(1, since)
    var counts: [(String, Int)] = []
    while try row.step() { counts.append((row.text(0) ?? "", Int(row.integer(1)))) }
    return counts
  }

  /// How many alerts there were in each hour, by hours since 1970.
  package func hours(since: Int64) throws -> [(Int64, Int)] {
    let row = try database.prepare(
      "SELECT noted / 3600000, count(*) FROM alert WHERE noted >= ? GROUP BY 1 ORDER BY 1"
    ).bind(1, since)
    var counts: [(Int64, Int)] = []
    while try row.step() { counts.append((row.integer(0), Int(row.integer(1)))) }
    return counts
  }
}
