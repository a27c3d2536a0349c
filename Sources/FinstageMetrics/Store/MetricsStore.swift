import FinstageCore
import FinstageStore
import FinstageSystem

/// Metrics in one file that many processes may write: readings of a day, minutes of a month, hours of a year.
///
/// Readings are kept in chunks of one series each, as pairs of time and value. A power cut can cost the last seconds, but not the file.
package final class MetricsStore {
  let database: Database

  private static let schema = Schema(
    applicationID: 0x6673_6D65,  // "fsme"
    kind: .own,
    migrations: [
      """
      -- Times are nanoseconds since 1970.
      CREATE TABLE series (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, labels TEXT NOT NULL, unit TEXT NOT NULL, UNIQUE (name, labels, unit)
      ) STRICT;
      -- Pairs of 8 bytes each: the time, and the value (NaN for a gap), in the order of their times.
      CREATE TABLE chunk (
        id INTEGER PRIMARY KEY, series INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, points BLOB NOT NULL
      ) STRICT;
      CREATE INDEX chunk_series ON chunk (series, last);
      CREATE INDEX chunk_first ON chunk (first);
      CREATE TABLE rollup (
        series INTEGER NOT NULL, step INTEGER NOT NULL, start INTEGER NOT NULL, count INTEGER NOT NULL, sum REAL NOT NULL,
        minimum REAL, maximum REAL, gaps INTEGER NOT NULL, sketch BLOB NOT NULL, PRIMARY KEY (series, step, start)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX rollup_age ON rollup (step, start);
      -- How far files have been taken in, and a digest of what stands before that place.
      CREATE TABLE taken (
        device INTEGER NOT NULL, inode INTEGER NOT NULL, bytes INTEGER NOT NULL, mark BLOB NOT NULL, PRIMARY KEY (device, inode)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE baseline (
        name TEXT PRIMARY KEY, taken INTEGER NOT NULL, since INTEGER NOT NULL, machine TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE baseline_series (
        baseline TEXT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, unit TEXT NOT NULL, points BLOB NOT NULL,
        PRIMARY KEY (baseline, name, labels, unit)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE rule (
        id TEXT PRIMARY KEY, status TEXT NOT NULL, since INTEGER NOT NULL, reason TEXT NOT NULL, baseline TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE rule_event (
        id INTEGER PRIMARY KEY, ts INTEGER NOT NULL, rule TEXT NOT NULL, action TEXT NOT NULL, reason TEXT NOT NULL, numbers TEXT NOT NULL
      ) STRICT;
      CREATE TABLE experiment (
        id TEXT PRIMARY KEY, salt TEXT NOT NULL, state TEXT NOT NULL, variants TEXT NOT NULL, created INTEGER NOT NULL, started INTEGER NOT NULL,
        ended INTEGER NOT NULL, until INTEGER NOT NULL, enough INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE experiment_result (
        id INTEGER PRIMARY KEY, test TEXT NOT NULL, variant TEXT NOT NULL, value REAL, success INTEGER NOT NULL, ts INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX experiment_result_test ON experiment_result (test, variant);
      """
    ])

  package static let minute: Int64 = 60_000_000_000
  package static let hour: Int64 = 3600 * 1_000_000_000
  package static let day: Int64 = 24 * hour

  /// How long readings, minutes and hours are kept, in nanoseconds.
  package struct Retention: Sendable {
    package var readings = MetricsStore.day
    package var minutes = 31 * MetricsStore.day
    package var hours = 366 * MetricsStore.day
    package init() {}
  }

  package init(path: String) throws {
    let advice = "use a file of your own: --store FILE"
    for suffix in ["", "-wal", "-shm", "-journal"] { try FileTrust.check(path + suffix, advice: advice) }
    database = try Database(path: path, schema: MetricsStore.schema, durability: .normal)
    try FileTrust.check(path, advice: advice)
  }

  // MARK: - Writing

  private var identifiers: [MetricSeries: Int64] = [:]

  private func identifier(_ series: MetricSeries) throws -> Int64 {
    if let known = identifiers[series] { return known }
    let labels = series.labelsText
    try database.prepare("INSERT OR IGNORE INTO series (name, labels, unit) VALUES (?, ?, ?)")
      .bind(1, series.name).bind(2, labels).bind(3, series.unit).run()
    let found = try database.prepare("SELECT id FROM series WHERE name = ? AND labels = ? AND unit = ?")
      .bind(1, series.name).bind(2, labels).bind(3, series.unit)
    defer { found.reset() }
    _ = try found.step()
    let id = found.integer(0)
    identifiers[series] = id
    return id
  }

  /// The readings of one series: times and values, in any order.
  package struct Readings: Sendable {
    package var times: [Int64] = []
    package var values: [Double] = []
    package init() {}

    package mutating func add(_ time: Int64, _ value: Double) {
      times.append(time)
      values.append(value)
    }

    mutating func sort() {
      if zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 }) { return }
      let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
      times = order.map { times[$0] }
      values = order.map { values[$0] }
    }

    var bytes: [UInt8] {
      [UInt8](unsafeUninitializedCapacity: times.count * 16) { buffer, count in
        let raw = UnsafeMutableRawBufferPointer(buffer)
        for i in times.indices {
          raw.storeBytes(of: times[i].littleEndian, toByteOffset: 16 * i, as: Int64.self)
          raw.storeBytes(of: values[i].bitPattern.littleEndian, toByteOffset: 16 * i + 8, as: UInt64.self)
        }
        count = times.count * 16
      }
    }

    /// Adds those of a chunk that lie in a span.
    mutating func add(_ bytes: [UInt8], in span: Range<Int64>) {
      bytes.withUnsafeBytes { raw in
        for place in stride(from: 0, to: raw.count - raw.count % 16, by: 16) {
          let time = Int64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: Int64.self))
          guard span.contains(time) else { continue }
          times.append(time)
          values.append(
            Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))))
        }
      }
    }
  }

  private static let largestChunk = 4096

  /// How far a file has been taken in.
  package struct Place: Sendable {
    package var device: Int64
    package var inode: Int64
    package var bytes: Int64
    /// A digest of what stands before.
    package var mark: [UInt8]
  }

  package func place(device: Int64, inode: Int64) throws -> Place? {
    let statement = try database.prepare("SELECT bytes, mark FROM taken WHERE device = ? AND inode = ?")
      .bind(1, device).bind(2, inode)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return Place(device: device, inode: inode, bytes: statement.integer(0), mark: statement.bytes(1))
  }

  /// Adds readings, all of them or none.
  /// - Parameter place: how far their file has then been taken in.
  package func add(_ all: [MetricSeries: Readings], upTo place: Place? = nil) throws {
    do {
      try database.write {
        if let place {
          try database.prepare("INSERT OR REPLACE INTO taken (device, inode, bytes, mark) VALUES (?, ?, ?, ?)")
            .bind(1, place.device).bind(2, place.inode).bind(3, place.bytes).bind(4, place.mark).run()
        }
        let insert = try database.prepare("INSERT INTO chunk (series, first, last, points) VALUES (?, ?, ?, ?)")
        for (series, readings) in all where !readings.times.isEmpty {
          let id = try identifier(series)
          var sorted = readings
          sorted.sort()
          for start in stride(from: 0, to: sorted.times.count, by: MetricsStore.largestChunk) {
            let range = start..<min(sorted.times.count, start + MetricsStore.largestChunk)
            var part = Readings()
            part.times = Array(sorted.times[range])
            part.values = Array(sorted.values[range])
            try insert.bind(1, id).bind(2, part.times.first!).bind(3, part.times.last!).bind(4, part.bytes).run()
          }
        }
      }
    } catch {
      // What was made in it is gone.
      identifiers = [:]
      throw error
    }
  }

  package func add(_ points: [MetricPoint]) throws {
    var all: [MetricSeries: Readings] = [:]
    for point in points { all[point.series, default: Readings()].add(point.time, point.value) }
    try add(all)
  }

  // MARK: - Reading

  /// Which series are meant.
  package struct Selection: Sendable {
    /// A name, or a pattern with `*`; nil for all.
    package var name: String?
    /// Labels that must have these values.
    package var labels: [String: String]

    package init(name: String? = nil, labels: [String: String] = [:]) {
      self.name = name
      self.labels = labels
    }

    package func holds(_ series: MetricSeries) -> Bool {
      if let name, name != series.name {
        guard name.contains("*"), Selection.matches(Array(series.name.utf8)[...], Array(name.utf8)[...]) else {
          return false
        }
      }
      return labels.allSatisfy { series.labels[$0.key] == $0.value }
    }

    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
      let parts = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      var rest = text
      for (i, part) in parts.enumerated() {
        if i == 0 {
          guard rest.starts(with: part) else { return false }
          rest = rest.dropFirst(part.count)
        } else if i == parts.count - 1 {
          return rest.count >= part.count && rest.suffix(part.count).elementsEqual(part)
        } else if let found = rest.firstRange(of: part) {
          rest = rest[found.upperBound...]
        } else {
          return false
        }
      }
      return rest.isEmpty
    }
  }

  package func series(_ selection: Selection = Selection()) throws -> [(id: Int64, series: MetricSeries)] {
    let statement = try database.prepare("SELECT id, name, labels, unit FROM series ORDER BY name, labels, unit")
    defer { statement.reset() }
    var found: [(Int64, MetricSeries)] = []
    while try statement.step() {
      let labels = statement.text(2).flatMap { try? JSONValue.parse(Array($0.utf8)) }?.members ?? []
      let series = MetricSeries(
        name: statement.text(1) ?? "", unit: statement.text(3) ?? "1",
        labels: Dictionary(labels.map { ($0.key, $0.value.plainText) }) { $1 })
      if selection.holds(series) { found.append((statement.integer(0), series)) }
    }
    return found
  }

  /// The readings of a series in a span of time, in order.
  package func readings(_ id: Int64, in span: Range<Int64>) throws -> Readings {
    let statement = try database.prepare(
      "SELECT points FROM chunk WHERE series = ? AND last >= ? AND first < ? ORDER BY last")
    statement.bind(1, id).bind(2, span.lowerBound).bind(3, span.upperBound)
    defer { statement.reset() }
    var readings = Readings()
    while try statement.step() { readings.add(statement.bytes(0), in: span) }
    readings.sort()
    return readings
  }

  /// The roll-ups of a series whose beginning lies in a span, in order.
  /// - Parameter step: `minute` or `hour`.
  package func rollUps(_ id: Int64, step: Int64, in span: Range<Int64>) throws -> [(start: Int64, rollUp: RollUp)] {
    let statement = try database.prepare(
      "SELECT start, count, sum, minimum, maximum, gaps, sketch FROM rollup WHERE series = ? AND step = ? AND start >= ? AND start < ? ORDER BY start"
    )
    statement.bind(1, id).bind(2, step).bind(3, span.lowerBound).bind(4, span.upperBound)
    defer { statement.reset() }
    var found: [(Int64, RollUp)] = []
    while try statement.step() {
      var rollUp = RollUp()
      rollUp.count = statement.integer(1)
      rollUp.sum = statement.double(2)
      rollUp.minimum = statement.isNull(3) ? .infinity : statement.double(3)
      rollUp.maximum = statement.isNull(4) ? -.infinity : statement.double(4)
      rollUp.gaps = statement.integer(5)
      rollUp.sketch = Sketch(statement.bytes(6)) ?? Sketch()
      found.append((statement.integer(0), rollUp))
    }
    return found
  }

  /// What is kept of a series in a span: readings, and before them the means of minutes and hours. In order.
  package func timeline(_ id: Int64, in span: Range<Int64>) throws -> Readings {
    var all = Readings()
    for step in [MetricsStore.hour, MetricsStore.minute] {
      for (start, rollUp) in try rollUps(id, step: step, in: span) { all.add(start, rollUp.mean ?? .nan) }
    }
    let readings = try readings(id, in: span)
    all.times += readings.times
    all.values += readings.values
    all.sort()
    return all
  }

  // MARK: - Age

  /// Rolls up what is older than it may be, and forgets what is older still.
  package func age(_ now: Int64, _ retention: Retention = Retention()) throws {
    let readingsEnd = (now - retention.readings) / MetricsStore.hour * MetricsStore.hour
    let minutesEnd = (now - retention.minutes) / MetricsStore.hour * MetricsStore.hour
    let hoursEnd = now - retention.hours
    try database.write {
      try rollUpReadings(before: readingsEnd)
      try rollUpMinutes(before: minutesEnd)
      try database.prepare("DELETE FROM rollup WHERE step = ? AND start < ?").bind(1, MetricsStore.hour).bind(
        2, hoursEnd
      ).run()
    }
  }

  private func rollUpReadings(before end: Int64) throws {
    let old = try database.prepare("SELECT id, series, last, points FROM chunk WHERE first < ?").bind(1, end)
    var sums: [Int64: [Int64: RollUp]] = [:]
    var gone: [Int64] = []
    var kept: [(series: Int64, readings: Readings)] = []
    while try old.step() {
      var readings = Readings()
      let bytes = old.bytes(3)
      readings.add(bytes, in: .min..<end)
      let series = old.integer(1)
      for i in readings.times.indices {
        let start = Timestamp.floor(readings.times[i], MetricsStore.minute)
        sums[series, default: [:]][start, default: RollUp()].take(readings.values[i])
      }
      gone.append(old.integer(0))
      if old.integer(2) >= end {
        var rest = Readings()
        rest.add(bytes, in: end..<(.max))
        kept.append((series, rest))
      }
    }
    old.reset()
    for id in gone { try database.prepare("DELETE FROM chunk WHERE id = ?").bind(1, id).run() }
    for (series, rest) in kept where !rest.times.isEmpty {
      try database.prepare("INSERT INTO chunk (series, first, last, points) VALUES (?, ?, ?, ?)")
        .bind(1, series).bind(2, rest.times.first!).bind(3, rest.times.last!).bind(4, rest.bytes).run()
    }
    for (series, starts) in sums { try note(series, MetricsStore.minute, starts) }
  }

  private func rollUpMinutes(before end: Int64) throws {
    let series = try database.prepare("SELECT DISTINCT series FROM rollup WHERE step = ? AND start < ?")
      .bind(1, MetricsStore.minute).bind(2, end)
    var ids: [Int64] = []
    while try series.step() { ids.append(series.integer(0)) }
    series.reset()
    for id in ids {
      var sums: [Int64: RollUp] = [:]
      for (start, rollUp) in try rollUps(id, step: MetricsStore.minute, in: .min..<end) {
        sums[Timestamp.floor(start, MetricsStore.hour), default: RollUp()].merge(rollUp)
      }
      try note(id, MetricsStore.hour, sums)
    }
    try database.prepare("DELETE FROM rollup WHERE step = ? AND start < ?").bind(1, MetricsStore.minute).bind(2, end)
      .run()
  }

  /// Adds to roll-ups, which may be there already: readings can come late.
  private func note(_ series: Int64, _ step: Int64, _ sums: [Int64: RollUp]) throws {
    for (start, rollUp) in sums {
      var whole = rollUp
      if let before = try rollUps(series, step: step, in: start..<start + 1).first { whole.merge(before.rollUp) }
      try database.prepare(
        "INSERT OR REPLACE INTO rollup (series, step, start, count, sum, minimum, maximum, gaps, sketch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      ).bind(1, series).bind(2, step).bind(3, start).bind(4, whole.count).bind(5, whole.sum)
        .bind(6, whole.count > 0 ? whole.minimum : nil).bind(7, whole.count > 0 ? whole.maximum : nil)
        .bind(8, whole.gaps).bind(9, whole.sketch.bytes).run()
    }
  }
}
