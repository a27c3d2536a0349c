import FinstageCore
import FinstageSystem

/// Bars of many symbols in one SQLite file.
///
/// A series is a symbol and an interval. For each series the store keeps the span that has been requested (`covered`).
/// The span ends where the last bar begins, because that bar may have arrived before its session was over. The store
/// also remembers the days for which a service had no bars, so that a holiday does not count as a gap. Storing bars
/// never removes others.
package final class PriceStore {
  /// A span of time in seconds since 1970; the end is excluded.
  package struct Stretch: Equatable, Sendable {
    package var from: Int64
    package var to: Int64

    package init(from: Int64, to: Int64) {
      self.from = from
      self.to = to
    }
  }

  /// The changes that storing made.
  package struct Changes: Equatable, Sendable {
    package var added = 0
    package var updated = 0
    /// Days that lacked bars before and have them now.
    package var gapsFilled = 0
    /// The first and the last second of the bars that were added.
    package var addedRange: ClosedRange<Int64>?

    package init() {}
  }

  private let database: Database

  private static let schema = Schema(
    applicationID: 0x6673_7072,  // "fspr"
    kind: .exchanged,
    migrations: [
      """
      CREATE TABLE series (
        id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, interval TEXT NOT NULL, currency TEXT,
        covered_from INTEGER NOT NULL, covered_to INTEGER NOT NULL, UNIQUE (symbol, interval)
      ) STRICT;
      CREATE TABLE bars (
        series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, ts INTEGER NOT NULL,
        open REAL, high REAL, low REAL, close REAL NOT NULL, volume REAL, adj_close REAL, dividend REAL, split REAL,
        capital_gain REAL, PRIMARY KEY (series, ts)
      ) STRICT, WITHOUT ROWID;
      """,
      """
      -- Days (since 1970) without bars; how often a service is still to be asked about each.
      CREATE TABLE empty_days (
        series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, day INTEGER NOT NULL, chances INTEGER NOT NULL,
        PRIMARY KEY (series, day)
      ) STRICT, WITHOUT ROWID;
      """,
      "ALTER TABLE bars ADD COLUMN dividend_currency TEXT",
    ])

  package init(path: String) throws {
    database = try Database(path: path, schema: PriceStore.schema, durability: .full)
  }

  /// Opens an existing store for queries; no permission to write it is needed.
  package init(reading path: String) throws {
    database = try Database(reading: path, schema: PriceStore.schema)
  }

  /// Moves the log into the file, so that the file is complete without the files beside it.
  package func fold() throws { try database.foldLog() }

  /// The ID of a series; nil if the store does not have it.
  private func id(_ symbol: String, _ interval: String) throws -> Int64? {
    let statement = try database.prepare("SELECT id FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// The span that has been requested; nil if there is none.
  package func covered(_ symbol: String, _ interval: String) throws -> Stretch? {
    func clamped(_ second: Int64) -> Int64 { min(max(second, -62_135_596_800), 253_402_300_799) }
    let statement = try database.prepare(
      "SELECT covered_from, covered_to FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() ? Stretch(from: clamped(statement.integer(0)), to: clamped(statement.integer(1))) : nil
  }

  /// The currency of a series, if it is known.
  package func currency(_ symbol: String, _ interval: String) throws -> String? {
    let statement = try database.prepare("SELECT currency FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() && !statement.isNull(0) ? statement.text(0) : nil
  }

  /// The bars from a time on, in order; `isDated` says whether to return times as dates.
  package func bars(
    _ symbol: String, _ interval: String, from: Int64 = .min, isDated: Bool
  ) throws -> [Bar] {
    guard let id = try id(symbol, interval) else { return [] }
    let statement = try database.prepare(
      """
      SELECT ts, open, high, low, close, volume, adj_close, dividend, split, capital_gain,
        dividend_currency FROM bars
      WHERE series = ? AND ts >= ? ORDER BY ts
      """)
    defer { statement.reset() }
    statement.bind(1, id).bind(2, from)
    func value(_ column: Int32) -> Double? { statement.isNull(column) ? nil : statement.double(column) }
    var bars: [Bar] = []
    while try statement.step() {
      let second = try PriceStore.checked(statement.integer(0), isDated: isDated, database.path)
      var bar = Bar(
        time: isDated ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond), open: value(1),
        high: value(2), low: value(3), close: statement.double(4), volume: value(5))
      bar.adjustedClose = value(6)
      bar.dividend = value(7)
      bar.split = value(8)
      bar.capitalGain = value(9)
      if !statement.isNull(10) { bar.dividendCurrency = statement.text(10) }
      bars.append(bar)
    }
    return bars
  }

  /// A time of a file that somebody else may have made.
  /// - Throws: `DatabaseError`, if it is not in the years 1 to 9999, or an instant is beyond what nanoseconds can say.
  private static func checked(_ second: Int64, isDated: Bool, _ path: String) throws -> Int64 {
    let isPossible =
      (-62_135_596_800...253_402_300_799).contains(second)
      && (isDated || !second.multipliedReportingOverflow(by: Timestamp.nanosecondsPerSecond).overflow)
    guard isPossible else {
      throw DatabaseError(kind: .corrupt, path: path, message: "a bar has an impossible time: \(second)")
    }
    return second
  }

  package func count(_ symbol: String, _ interval: String) throws -> Int {
    guard let id = try id(symbol, interval) else { return 0 }
    let statement = try database.prepare("SELECT count(*) FROM bars WHERE series = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  private func count(_ series: Int64, _ first: Int64, _ last: Int64) throws -> Int {
    let statement = try database.prepare("SELECT count(*) FROM bars WHERE series = ? AND ts BETWEEN ? AND ?")
    defer { statement.reset() }
    statement.bind(1, series).bind(2, first).bind(3, last)
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// The time of the last bar, in seconds since 1970; nil if there is none.
  package func last(_ symbol: String, _ interval: String) throws -> Int64? {
    guard let id = try id(symbol, interval) else { return nil }
    let statement = try database.prepare("SELECT max(ts) FROM bars WHERE series = ?").bind(1, id)
    defer { statement.reset() }
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return try PriceStore.checked(statement.integer(0), isDated: PriceStore.isDated(interval), database.path)
  }

  // MARK: - Gaps

  /// Days (since 1970) between the first and the last bar that should have bars but have none. Days that are known to
  /// have had no session are left out.
  /// - Parameter from: the first day to report.
  package func gaps(_ symbol: String, _ interval: String, from: Int64 = .min) throws -> [Int64] {
    guard let id = try id(symbol, interval) else { return [] }
    let known = try integers("SELECT day FROM empty_days WHERE series = ? AND chances = 0 ORDER BY day", id)
    let settled = Set(known)
    let missing = try missing(id)
    return missing.filter { !settled.contains($0) && $0 >= from }
  }

  private func missing(_ series: Int64) throws -> [Int64] {
    SessionDays(days: try integers("SELECT DISTINCT ts / 86400 FROM bars WHERE series = ? ORDER BY ts", series))
      .missing()
  }

  private func integers(_ sql: String, _ series: Int64, from: Int64? = nil) throws -> [Int64] {
    let statement = try database.prepare(sql).bind(1, series)
    if let from { statement.bind(2, from) }
    defer { statement.reset() }
    var values: [Int64] = []
    while try statement.step() { values.append(statement.integer(0)) }
    return values
  }

  /// Remembers which days of an answer's span have no bars. The service is asked twice more about doubtful days: those
  /// with a row but no prices, those in a long hole, and those before the first bar.
  private func remember(
    _ missing: [Int64], _ series: Int64, of span: Stretch, firstBar: Int64?, blank: Set<Int64>
  ) throws {
    let unlikely = SessionDays.unlikely(missing)
    for day in missing where day * 86_400 >= span.from && day * 86_400 < span.to {
      let isDoubtful = blank.contains(day) || unlikely.contains(day) || day * 86_400 < firstBar ?? .max
      try database.prepare(
        """
        INSERT INTO empty_days VALUES (?, ?, ?)
        ON CONFLICT (series, day) DO UPDATE SET chances = min(max(chances - 1, 0), excluded.chances)
        """
      ).bind(1, series).bind(2, day).bind(3, Int64(isDoubtful ? 2 : 0)).run()
    }
  }

  // MARK: - Storing

  /// Stores bars in one transaction: adds new bars, replaces stored bars that differ, and keeps all others.
  /// - Parameters:
  ///   - bars: in order.
  ///   - asked: the span that was requested.
  ///   - blank: days (since 1970) for which the service has rows but no prices.
  package func store(
    _ bars: [Bar], _ symbol: String, _ interval: String, currency: String?, asked: Stretch, blank: Set<Int64> = []
  ) throws -> Changes {
    try database.write {
      let before = try covered(symbol, interval)
      let end = bars.last?.time.second ?? before?.to ?? asked.from
      guard let id = try enter(symbol, interval, currency: currency, covered: Stretch(from: asked.from, to: end)) else {
        return Changes()
      }
      let gaps = try gaps(symbol, interval)
      let held = Set(
        try integers("SELECT ts FROM bars WHERE series = ? AND ts >= ?", id, from: bars.first?.time.second ?? .max))
      var changes = Changes()
      let statement = try upsert(1, keepsValues: false)
      for bar in bars {
        let second = bar.time.second
        let isWritten = try put(bar, id, with: statement)
        if !held.contains(second) {
          changes.added += 1
          changes.addedRange = (changes.addedRange?.lowerBound ?? second)...second
        } else if isWritten {
          changes.updated += 1
        }
      }
      let missing = try missing(id)
      if !gaps.isEmpty { changes.gapsFilled = gaps.count - Set(gaps).intersection(missing).count }
      try remember(
        missing, id, of: Stretch(from: asked.from, to: min(asked.to, end)), firstBar: bars.first?.time.second,
        blank: blank
      )
      return changes
    }
  }

  /// Writes a bar; false if the same bar is already stored.
  /// - Parameter statement: `upsert(1)`, looked up once for many bars.
  private func put(_ bar: Bar, _ series: Int64, with statement: Statement) throws -> Bool {
    PriceStore.bind(bar, series, to: statement, from: 1)
    _ = try statement.step()
    return database.changes > 0
  }

  /// Writes bars, many with each statement; returns how many were not stored like that already.
  private func put(_ bars: [Bar], _ series: Int64) throws -> Int {
    var written = 0
    let many = try upsert(PriceStore.barsPerStatement, keepsValues: true)
    let one = try upsert(1, keepsValues: true)
    var next = 0
    while next < bars.count {
      let count = bars.count - next >= PriceStore.barsPerStatement ? PriceStore.barsPerStatement : 1
      let statement = count == 1 ? one : many
      for i in 0..<count { PriceStore.bind(bars[next + i], series, to: statement, from: Int32(i) * 12 + 1) }
      _ = try statement.step()
      written += database.changes
      next += count
    }
    return written
  }

  private static let barsPerStatement = 64

  private static func bind(_ bar: Bar, _ series: Int64, to statement: Statement, from first: Int32) {
    statement.bind(first, series).bind(first + 1, bar.time.second).bind(first + 2, bar.open).bind(first + 3, bar.high)
    statement.bind(first + 4, bar.low).bind(first + 5, bar.close).bind(first + 6, bar.volume)
    statement.bind(first + 7, bar.adjustedClose).bind(first + 8, bar.dividend).bind(first + 9, bar.split)
    statement.bind(first + 10, bar.capitalGain).bind(first + 11, bar.dividendCurrency)
  }

  /// Adds a series or widens its span; returns its ID.
  private func enter(
    _ symbol: String, _ interval: String, currency: String?, covered: Stretch
  ) throws -> Int64? {
    try database.prepare(
      """
      INSERT INTO series (symbol, interval, currency, covered_from, covered_to) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (symbol, interval) DO UPDATE SET currency = coalesce(excluded.currency, currency),
        covered_from = min(covered_from, excluded.covered_from), covered_to = max(covered_to, excluded.covered_to)
      """
    ).bind(1, symbol).bind(2, interval).bind(3, currency).bind(4, covered.from).bind(5, covered.to).run()
    return try id(symbol, interval)
  }

  private static let values = [
    "open", "high", "low", "close", "volume", "adj_close", "dividend", "split", "capital_gain", "dividend_currency",
  ]

  /// - Parameter keepsValues: what a bar has no value for stays as it is stored.
  private func upsert(_ bars: Int, keepsValues: Bool) throws -> Statement {
    let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    let insert = "INSERT INTO bars VALUES \(Array(repeating: row, count: bars).joined(separator: ", "))"
    func new(_ name: String) -> String { keepsValues ? "coalesce(excluded.\(name), \(name))" : "excluded.\(name)" }
    let changes = PriceStore.values.map { "\($0) = \(new($0))" }.joined(separator: ", ")
    let differences = PriceStore.values.map { "\($0) IS NOT \(new($0))" }.joined(separator: " OR ")
    return try database.prepare("\(insert) ON CONFLICT (series, ts) DO UPDATE SET \(changes) WHERE \(differences)")
  }

  /// Stores bars of many series from a file in one transaction; values that differ replace those stored, and what the file has no value
  /// for stays.
  package func save(_ all: [Frame.Series]) throws -> Changes {
    try database.write {
      var changes = Changes()
      for series in all {
        let interval = series.interval ?? "1d"
        guard let first = series.bars.map(\.time.second).min(), let last = series.bars.map(\.time.second).max() else {
          continue
        }
        guard
          let id = try enter(
            series.symbol, interval, currency: series.currency, covered: Stretch(from: first, to: last))
        else { continue }
        let before = try count(id, first, last)
        let written = try put(series.bars, id)
        let added = try count(id, first, last) - before
        changes.added += added
        changes.updated += written - added
      }
      return changes
    }
  }

  // MARK: - The file

  /// Whether bars of an interval have dates rather than instants.
  package static func isDated(_ interval: String) -> Bool {
    // Some services have bars of five days.
    BarPeriod(interval)?.isDated ?? (interval == "5d")
  }

  /// What the store holds for a series; bars are 0 and times nil where nobody has asked for them.
  package struct Entry: Sendable {
    package var symbol: String
    package var interval: String
    package var currency: String?
    package var bars: Int
    package var first: Int64?
    package var last: Int64?
  }

  /// The series, in order of their symbols and intervals; looks at their bars to count them.
  package func entries() throws -> [Entry] {
    try entries(
      """
      SELECT symbol, interval, currency, count(ts), min(ts), max(ts) FROM series LEFT JOIN bars ON series = id
      GROUP BY id ORDER BY symbol, interval
      """)
  }

  /// The series without a look at their bars; nil for all symbols.
  package func series(of symbol: String?) throws -> [Entry] {
    try entries(
      """
      SELECT symbol, interval, currency, 0, NULL, NULL FROM series WHERE ?1 IS NULL OR symbol = ?1
      ORDER BY symbol, interval
      """, symbol)
  }

  private func entries(_ sql: String, _ symbol: String? = nil) throws -> [Entry] {
    let statement = try database.prepare(sql)
    if let symbol { statement.bind(1, symbol) }
    defer { statement.reset() }
    var entries: [Entry] = []
    while try statement.step() {
      let isDated = PriceStore.isDated(statement.text(1) ?? "")
      func time(_ column: Int32) throws -> Int64? {
        try statement.isNull(column)
          ? nil : PriceStore.checked(statement.integer(column), isDated: isDated, database.path)
      }
      entries.append(
        Entry(
          symbol: statement.text(0) ?? "", interval: statement.text(1) ?? "", currency: statement.text(2),
          bars: Int(statement.integer(3)), first: try time(4), last: try time(5)))
    }
    return entries
  }

  /// The faults that SQLite's own checks find; empty if there are none.
  package func faults() throws -> [String] {
    var found: [String] = []
    for sql in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
      let statement = try database.prepare(sql)
      defer { statement.reset() }
      while try statement.step() {
        if let text = statement.text(0), text != "ok" { found.append(text) }
      }
    }
    return found
  }

  /// Removes the bars before a time, for one interval or all; a dry run only counts them.
  package func removeBars(before second: Int64, interval: String?, isDryRun: Bool) throws -> [(
    Entry, Int
  )] {
    var result: [(Entry, Int)] = []
    for entry in try entries() where interval == nil || entry.interval == interval {
      guard let id = try id(entry.symbol, entry.interval) else { continue }
      let statement = try database.prepare("SELECT count(*) FROM bars WHERE series = ? AND ts < ?").bind(1, id).bind(
        2, second)
      let count = try statement.step() ? Int(statement.integer(0)) : 0
      statement.reset()
      guard count > 0 else { continue }
      result.append((entry, count))
      if isDryRun { continue }
      try database.write {
        try database.prepare("DELETE FROM bars WHERE series = ? AND ts < ?").bind(1, id).bind(2, second).run()
        try database.prepare("DELETE FROM empty_days WHERE series = ? AND day < ?").bind(1, id).bind(2, second / 86_400)
          .run()
        // The span no longer covers the removed bars, and a series without bars is removed.
        try database.prepare("UPDATE series SET covered_from = max(covered_from, ?) WHERE id = ?").bind(1, second).bind(
          2, id
        ).run()
        try database.prepare("DELETE FROM series WHERE id = ? AND NOT EXISTS (SELECT 1 FROM bars WHERE series = id)")
          .bind(1, id).run()
      }
    }
    return result
  }

  /// Gives the space of removed bars back to the file system.
  package func compact() throws {
    try database.exclusively { try database.execute("VACUUM") }
    try database.foldLog()
  }

  /// Writes a copy of the file as it is at one moment, while other processes read and write.
  package func backUp(to path: String) throws {
    // SQLite makes files with the rights of any new one: in a folder that only this user can read, nobody sees that.
    let mode = FileContent.mode(database.path) ?? 0o600
    let folder = "\(path).\(getpid()).tmp"
    let draft = folder + "/copy"
    guard mkdir(folder, 0o700) == 0 else {
      throw DatabaseError(kind: .cannotOpen, path: path, message: systemErrorText(errno))
    }
    defer {
      unlink(draft)
      rmdir(folder)
    }
    try database.prepare("VACUUM INTO ?").bind(1, draft).run()
    chmod(draft, mode & 0o666)
    // Unlike a rename, a link takes nobody's place.
    guard link(draft, path) == 0 else {
      throw DatabaseError(kind: .cannotOpen, path: path, message: systemErrorText(errno))
    }
    Folder.sync(Folder.parent(of: path))
  }

  package var size: (pages: Int, pageSize: Int, free: Int) {
    get throws {
      (
        Int(try database.integer("PRAGMA page_count")), Int(try database.integer("PRAGMA page_size")),
        Int(try database.integer("PRAGMA freelist_count"))
      )
    }
  }

  /// How SQLite would run a statement, line by line.
  package func plan(_ sql: String) throws -> [String] {
    let statement = try database.prepare("EXPLAIN QUERY PLAN " + sql)
    defer { statement.reset() }
    var lines: [String] = []
    while try statement.step() { lines.append(statement.text(3) ?? "") }
    return lines
  }

  /// The statements that the tools run most.
  package static let usualStatements = [
    "SELECT id FROM series WHERE symbol = 'A' AND interval = '1d'",
    "SELECT * FROM bars WHERE series = 1 AND ts >= 0 ORDER BY ts",
    "SELECT max(ts) FROM bars WHERE series = 1",
    "SELECT count(*) FROM bars WHERE series = 1",
    "SELECT day FROM empty_days WHERE series = 1 AND chances = 0",
  ]

  /// The columns of a table.
  package func columns(of table: String) throws -> [String] {
    let statement = try database.prepare("SELECT name FROM pragma_table_info(?)").bind(1, table)
    defer { statement.reset() }
    var names: [String] = []
    while try statement.step() { names.append(statement.text(0) ?? "") }
    return names
  }
}
