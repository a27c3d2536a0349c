import FinstageCore
import FinstageStore
import FinstageSystem

/// Alerts, what is still to be delivered, silences, and what rules remember, in one file that several processes may share.
///
/// An alert and its deliveries are one transaction, on disk before anything is sent: whoever is killed in between sends it later. The id
/// of an alert follows from its rule, its series and its beginning, so that a replay finds it told.
package final class AlertStore {
  let database: Database
  /// The deliveries that wait, while events are noted.
  private var waiting = 0

  private static let schema = Schema(
    applicationID: 0x6673_616C,  // "fsal"
    kind: .own,
    migrations: [
      """
      -- Times are nanoseconds since 1970 where they are of records, and milliseconds where they are of this machine.
      CREATE TABLE alert (
        id TEXT PRIMARY KEY, rule TEXT NOT NULL, symbol TEXT NOT NULL, severity TEXT NOT NULL, category TEXT, state TEXT NOT NULL,
        started INTEGER NOT NULL, fired INTEGER NOT NULL, resolved INTEGER, acked INTEGER, message TEXT NOT NULL,
        record TEXT NOT NULL, noted INTEGER NOT NULL, why TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX alert_state ON alert (state, noted);
      CREATE INDEX alert_noted ON alert (noted);
      CREATE TABLE delivery (
        seq INTEGER PRIMARY KEY, alert TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, severity TEXT NOT NULL,
        record TEXT NOT NULL, created INTEGER NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL DEFAULT 0, owner TEXT, lease INTEGER, error TEXT, ended INTEGER
      ) STRICT;
      CREATE INDEX delivery_due ON delivery (status, due);
      CREATE INDEX delivery_alert ON delivery (alert, channel);
      CREATE TABLE silence (
        id INTEGER PRIMARY KEY, rule TEXT, symbol TEXT, until INTEGER NOT NULL, comment TEXT, created INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE memory (
        scope TEXT NOT NULL, series TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (scope, series)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE channel (
        name TEXT PRIMARY KEY, last_success INTEGER, last_error TEXT, failures INTEGER NOT NULL DEFAULT 0,
        open_until INTEGER NOT NULL DEFAULT 0, off TEXT
      ) STRICT, WITHOUT ROWID;
      """,
      """
      -- The next one of a channel is found without looking at all that wait.
      CREATE INDEX delivery_next ON delivery (channel, status, seq);
      CREATE INDEX delivery_worst ON delivery (channel, status, severity, seq);
      """,
    ])

  /// The most deliveries that wait; of more, the least bad and oldest go.
  static let mostWaiting = 100_000
  /// How long ended alerts are remembered, in milliseconds.
  static let memoryOfEnded: Int64 = 30 * 86_400_000

  package init(path: String) throws {
    let advice = "use a state of your own: --state FILE"
    for suffix in ["", "-wal", "-shm", "-journal"] { try FileTrust.check(path + suffix, advice: advice) }
    database = try Database(path: path, schema: AlertStore.schema, durability: .full)
    try FileTrust.check(path, advice: advice)
  }

  package var path: String { database.path }
  var now: Int64 { Int64(SystemClock.wall * 1000) }

  // MARK: - Noting

  /// What becomes of an event, besides its being noted.
  package enum Told: Sendable, Equatable {
    /// Deliveries have been queued.
    case queued
    /// It was told before, by this or another process.
    case known
    /// It is not told, and why.
    case withheld(String)
  }

  /// Notes events, and queues their deliveries, in one transaction. Returns what became of each.
  /// - Parameters:
  ///   - channels: the channels of an event.
  ///   - oldest: events of records before this time are noted, but not delivered.
  package func note(
    _ events: [AlertEvent], channels: (AlertEvent) -> [String], oldest: Int64
  ) throws -> [Told] {
    try database.write {
      let now = now
      waiting = Int(try database.integer("SELECT count(*) FROM delivery WHERE status = 0"))
      return try events.map { event in
        switch event.state {
        case .firing: return try fire(event, channels(event), oldest, now)
        case .repeated: return try again(event, channels(event), now)
        case .resolved: return try resolve(event, now)
        }
      }
    }
  }

  private func fire(_ event: AlertEvent, _ channels: [String], _ oldest: Int64, _ now: Int64) throws -> Told {
    var why = event.inhibitedBy.map { "inhibited by \($0)" }
    if why == nil, event.time < oldest { why = "older than --max-age" }
    if why == nil { why = try silence(of: event, now).map { "silenced by \($0)" } }
    let record = AlertEvent.description.json(event).text
    try database.prepare(
      """
      INSERT OR IGNORE INTO alert (id, rule, symbol, severity, category, state, started, fired, message, record, noted, why)
      VALUES (:id, :rule, :symbol, :severity, :category, :state, :started, :fired, :message, :record, :noted, :why)
      """
    ).bind("id", event.id).bind("rule", event.rule).bind("symbol", event.symbol).bind("severity", event.severity.name)
      .bind("category", event.category).bind("state", event.isMomentary ? "ended" : "firing").bind(
        "started", event.started
      ).bind("fired", event.time)
      .bind("message", event.message).bind("record", record).bind("noted", now).bind("why", why).run()
    guard database.changes == 1 else { return .known }
    if let why { return .withheld(why) }
    for channel in channels { try queue(event, record, channel, now) }
    return .queued
  }

  private func again(_ event: AlertEvent, _ channels: [String], _ now: Int64) throws -> Told {
    let row = try database.prepare("SELECT acked, why FROM alert WHERE id = ? AND state <> 'resolved'").bind(
      1, event.id)
    defer { row.reset() }
    guard try row.step() else { return .known }
    if !row.isNull(0) { return .withheld("acknowledged") }
    if let why = row.text(1) { return .withheld(why) }
    if let silence = try silence(of: event, now) { return .withheld("silenced by \(silence)") }
    let record = AlertEvent.description.json(event).text
    for channel in channels { try queue(event, record, channel, now) }
    return .queued
  }

  /// A resolution goes to the channels that had the firing, after it.
  private func resolve(_ event: AlertEvent, _ now: Int64) throws -> Told {
    try database.prepare(
      "UPDATE alert SET state = 'resolved', resolved = ?, noted = ? WHERE id = ? AND state = 'firing'"
    )
    .bind(1, event.time).bind(2, now).bind(3, event.id).run()
    guard database.changes == 1 else { return .known }
    let record = AlertEvent.description.json(event).text
    var channels: [String] = []
    let told = try database.prepare(
      "SELECT DISTINCT channel FROM delivery WHERE alert = ? AND state = 'firing' AND status IN (0, 1, 2)"
    ).bind(1, event.id)
    while try told.step() { channels.append(told.text(0) ?? "") }
    for channel in channels { try queue(event, record, channel, now) }
    let why = try database.prepare("SELECT why FROM alert WHERE id = ?").bind(1, event.id)
    defer { why.reset() }
    guard try why.step(), let reason = why.text(0) else { return .queued }
    return .withheld(reason)
  }

  private func queue(_ event: AlertEvent, _ record: String, _ channel: String, _ now: Int64) throws {
    // Of the same rule and channel, what comes soon after the first is told together.
    var due = now
    if event.groupWindow > 0, event.severity != .critical, event.state == .firing {
      let last = try database.prepare(
        """
        SELECT max(created) FROM delivery WHERE channel = ? AND state = 'firing' AND created > ?
          AND alert IN (SELECT id FROM alert WHERE rule = ?)
        """
      ).bind(1, channel).bind(2, now - event.groupWindow / 1_000_000).bind(3, event.rule)
      if try last.step(), !last.isNull(0) { due = now + event.groupWindow / 1_000_000 }
      last.reset()
    }
    try database.prepare(
      """
      INSERT INTO delivery (alert, channel, state, severity, record, created, due)
      VALUES (:alert, :channel, :state, :severity, :record, :created, :due)
      """
    ).bind("alert", event.id).bind("channel", channel).bind("state", event.state.rawValue)
      .bind("severity", event.severity.name).bind("record", record).bind("created", now).bind("due", due).run()
    waiting += 1
    if waiting > AlertStore.mostWaiting {
      waiting -= 1
      try database.execute(
        """
        UPDATE delivery SET status = 3, error = 'the outbox was full', ended = \(now) WHERE seq = (
          SELECT seq FROM delivery WHERE status = 0
          ORDER BY CASE severity WHEN 'info' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, seq LIMIT 1)
        """)
    }
  }

  /// The number of the silence under which an event falls that is told without being noted here.
  package func silence(of event: AlertEvent) throws -> Int64? { try silence(of: event, now) }

  /// Forgets alerts that ended long ago, and deliveries that are done or too old to be sent.
  package func forget() throws {
    let old = now - AlertStore.memoryOfEnded
    try database.write {
      try database.prepare("DELETE FROM alert WHERE state <> 'firing' AND noted < ?").bind(1, old).run()
      try database.prepare("DELETE FROM delivery WHERE status >= 2 AND ended < ?").bind(1, old).run()
      try database.prepare("DELETE FROM silence WHERE until < ?").bind(1, old).run()
      // What nobody could send for a month is of no use any more.
      try database.prepare("DELETE FROM delivery WHERE status = 0 AND created < ?").bind(1, old).run()
      try database.prepare(
        """
        DELETE FROM memory WHERE (scope LIKE 'watermarks %' OR scope LIKE 'open bars %')
          AND substr(scope, -16) NOT IN (SELECT CAST(value AS TEXT) FROM memory WHERE scope = 'sets of rules')
        """
      ).run()
    }
  }

  // MARK: - Silences and acknowledgements

  /// The number of a silence that an event falls under.
  private func silence(of event: AlertEvent, _ now: Int64) throws -> Int64? {
    let row = try database.prepare("SELECT id, rule, symbol FROM silence WHERE until > ?").bind(1, now)
    defer { row.reset() }
    while try row.step() {
      if AlertStore.fits(row.text(1), event.rule), AlertStore.fits(row.text(2), event.symbol) { return row.integer(0) }
    }
    return nil
  }

  /// Whether a name fits a pattern with `*` for any text; nil fits all.
  static func fits(_ pattern: String?, _ name: String) -> Bool {
    guard let pattern else { return true }
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    if parts.count == 1 { return pattern == name }
    var rest = name[...]
    for (i, part) in parts.enumerated() where !part.isEmpty {
      if i == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if i == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let found = rest.firstRange(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return true
  }

  package func silence(rule: String?, symbol: String?, seconds: Double, comment: String?) throws -> Int64 {
    try database.write {
      try database.prepare("INSERT INTO silence (rule, symbol, until, comment, created) VALUES (?, ?, ?, ?, ?)")
        .bind(1, rule).bind(2, symbol).bind(3, now + Int64(seconds * 1000)).bind(4, comment).bind(5, now).run()
      return try database.integer("SELECT last_insert_rowid()")
    }
  }

  /// Ends silences. Returns how many.
  package func unsilence(rule: String?, symbol: String?, id: Int64?) throws -> Int {
    try database.write {
      if let id {
        try database.prepare("DELETE FROM silence WHERE id = ? AND until > ?").bind(1, id).bind(2, now).run()
      } else {
        try database.prepare("DELETE FROM silence WHERE rule IS ? AND symbol IS ? AND until > ?")
          .bind(1, rule).bind(2, symbol).bind(3, now).run()
      }
      return database.changes
    }
  }

  /// Acknowledges a firing alert, by its id or the beginning of it. Returns how many were.
  package func acknowledge(_ id: String) throws -> Int {
    try database.write {
      try database.prepare("UPDATE alert SET acked = ? WHERE id >= ? AND id < ? AND state <> 'resolved'")
        .bind(1, now).bind(2, id).bind(3, id + "\u{FFFF}").run()
      return database.changes
    }
  }

  // MARK: - What rules remember

  /// Keeps the bytes of a scope, a series each; nil forgets a series. Other series stay.
  package func keep(_ scope: String, _ values: [(series: String, value: [UInt8]?)]) throws {
    try database.write {
      let upsert = try database.prepare(
        "INSERT INTO memory VALUES (?, ?, ?) ON CONFLICT (scope, series) DO UPDATE SET value = excluded.value")
      let delete = try database.prepare("DELETE FROM memory WHERE scope = ? AND series = ?")
      for (series, value) in values {
        if let value {
          try upsert.bind(1, scope).bind(2, series).bind(3, value).run()
        } else {
          try delete.bind(1, scope).bind(2, series).run()
        }
      }
    }
  }

  package func kept(_ scope: String) throws -> [(series: String, value: [UInt8])] {
    let row = try database.prepare("SELECT series, value FROM memory WHERE scope = ?").bind(1, scope)
    var values: [(String, [UInt8])] = []
    while try row.step() { values.append((row.text(0) ?? "", row.bytes(1))) }
    return values
  }

  /// Several changes of what rules remember at once.
  package func together(_ body: () throws -> Void) throws { try database.write(body) }
}
