import FinstageCore

/// Bars of many symbols in one SQLite file.
///
/// A series is a symbol and an interval. Of each the store knows the span that has been asked for (`covered`): a day in it
/// without a bar is a day without a session, and is not asked for again. The span ends where the last bar begins, which may have
/// come before its session was over. No bar is ever removed.
public final class PriceStore {
  /// A stretch of time, in seconds since 1970, the end excluded.
  public struct Span: Equatable, Sendable {
    public var from: Int64
    public var to: Int64

    public init(from: Int64, to: Int64) {
      self.from = from
      self.to = to
    }
  }

  /// What storing has changed.
  public struct Changes: Equatable, Sendable {
    public var added = 0
    public var updated = 0

    public init() {}
  }

  private let database: Database

  private static let schema = Schema(
    applicationID: 0x6673_7072,  // "fspr"
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
      """
    ])

  public init(path: String) throws(DatabaseError) {
    database = try Database(path: path, schema: PriceStore.schema, durability: .full)
  }

  /// Makes the file complete without the files beside it.
  public func fold() throws(DatabaseError) { try database.foldLog() }

  /// The number of a series; nil if it is not there.
  private func id(_ symbol: String, _ interval: String) throws(DatabaseError) -> Int64? {
    let statement = try database.prepare("SELECT id FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// The span that has been asked for; nil if nothing has.
  public func covered(_ symbol: String, _ interval: String) throws(DatabaseError) -> Span? {
    let statement = try database.prepare(
      "SELECT covered_from, covered_to FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() ? Span(from: statement.integer(0), to: statement.integer(1)) : nil
  }

  /// The currency of a series, if it is known.
  public func currency(_ symbol: String, _ interval: String) throws(DatabaseError) -> String? {
    let statement = try database.prepare("SELECT currency FROM series WHERE symbol = ? AND interval = ?")
    defer { statement.reset() }
    statement.bind(1, symbol).bind(2, interval)
    return try statement.step() && !statement.isNull(0) ? statement.text(0) : nil
  }

  /// Bars from a time on, in order; `isDated` says how times are to be given back.
  public func bars(
    _ symbol: String, _ interval: String, from: Int64 = .min, isDated: Bool
  ) throws(DatabaseError) -> [Bar] {
    guard let id = try id(symbol, interval) else { return [] }
    let statement = try database.prepare(
      """
      SELECT ts, open, high, low, close, volume, adj_close, dividend, split, capital_gain FROM bars
      WHERE series = ? AND ts >= ? ORDER BY ts
      """)
    defer { statement.reset() }
    statement.bind(1, id).bind(2, from)
    func value(_ column: Int32) -> Double? { statement.isNull(column) ? nil : statement.double(column) }
    var bars: [Bar] = []
    while try statement.step() {
      let second = statement.integer(0)
      var bar = Bar(
        time: isDated ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond), open: value(1),
        high: value(2), low: value(3), close: statement.double(4), volume: value(5))
      bar.adjustedClose = value(6)
      bar.dividend = value(7)
      bar.split = value(8)
      bar.capitalGain = value(9)
      bars.append(bar)
    }
    return bars
  }

  public func count(_ symbol: String, _ interval: String) throws(DatabaseError) -> Int {
    guard let id = try id(symbol, interval) else { return 0 }
    let statement = try database.prepare("SELECT count(*) FROM bars WHERE series = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// Stores bars in one transaction: new ones are added, those that are there replaced where they differ; others stay.
  /// - Parameter covered: the span that was asked for; it extends what was covered before.
  public func store(
    _ bars: [Bar], _ symbol: String, _ interval: String, currency: String?, covered: Span
  ) throws(DatabaseError) -> Changes {
    try database.write { () throws(DatabaseError) in
      try database.prepare(
        """
        INSERT INTO series (symbol, interval, currency, covered_from, covered_to) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (symbol, interval) DO UPDATE SET currency = coalesce(excluded.currency, currency),
          covered_from = min(covered_from, excluded.covered_from), covered_to = max(covered_to, excluded.covered_to)
        """
      ).bind(1, symbol).bind(2, interval).bind(3, currency).bind(4, covered.from).bind(5, covered.to).run()
      guard let id = try id(symbol, interval) else { return Changes() }
      let held = try count(symbol, interval)
      var touched = 0
      for bar in bars { touched += try put(bar, id) }
      var changes = Changes()
      changes.added = try count(symbol, interval) - held
      changes.updated = touched - changes.added
      return changes
    }
  }

  /// Rows that were written: none if the bar is there as it is.
  private func put(_ bar: Bar, _ series: Int64) throws(DatabaseError) -> Int {
    let statement = try database.prepare(
      """
      INSERT INTO bars VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (series, ts) DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low,
        close = excluded.close, volume = excluded.volume, adj_close = excluded.adj_close, dividend = excluded.dividend,
        split = excluded.split, capital_gain = excluded.capital_gain
      WHERE open IS NOT excluded.open OR high IS NOT excluded.high OR low IS NOT excluded.low
        OR close IS NOT excluded.close OR volume IS NOT excluded.volume OR adj_close IS NOT excluded.adj_close
        OR dividend IS NOT excluded.dividend OR split IS NOT excluded.split OR capital_gain IS NOT excluded.capital_gain
      """)
    statement.bind(1, series).bind(2, bar.time.second)
    let values = [
      bar.open, bar.high, bar.low, bar.close, bar.volume, bar.adjustedClose, bar.dividend, bar.split, bar.capitalGain,
    ]
    for (i, value) in values.enumerated() {
      if let value { statement.bind(Int32(i + 3), value) }
    }
    try statement.run()
    return database.changes
  }
}
