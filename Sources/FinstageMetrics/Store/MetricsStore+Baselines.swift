import FinstageCore
import FinstageStore
import FinstageSystem

/// What was normal, under a name.
extension MetricsStore {
  package struct Baseline: Sendable {
    package let name: String
    /// Nanoseconds since 1970.
    package let taken: Int64
    package let since: Int64
    package let machine: JSONValue
    package let series: Int
    package let readings: Int
  }

  /// The newest readings that a baseline keeps of a series; of what has been rolled up, a mean counts as one.
  private static let mostReadings = 10_000

  /// Keeps the readings of a span under a name; replaces an older baseline of that name.
  /// - Returns: how many series.
  package func saveBaseline(_ name: String, _ selection: Selection, in span: Range<Int64>, machine: JSONValue) throws
    -> Int
  {
    let chosen = try series(selection)
    return try database.write {
      try removeBaseline(name)
      var count = 0
      for (id, series) in chosen {
        var readings = try timeline(id, in: span)
        readings.times = readings.times.suffix(MetricsStore.mostReadings)
        readings.values = readings.values.suffix(MetricsStore.mostReadings)
        if readings.times.isEmpty { continue }
        count += 1
        try database.prepare(
          "INSERT INTO baseline_series (baseline, name, labels, unit, points) VALUES (?, ?, ?, ?, ?)"
        ).bind(1, name).bind(2, series.name).bind(3, series.labelsText).bind(4, series.unit).bind(5, readings.bytes)
          .run()
      }
      if count > 0 {
        try database.prepare("INSERT INTO baseline (name, taken, since, machine) VALUES (?, ?, ?, ?)")
          .bind(1, name).bind(2, span.upperBound).bind(3, span.lowerBound).bind(4, machine.text).run()
      }
      return count
    }
  }

  private func removeBaseline(_ name: String) throws {
    try database.prepare("DELETE FROM baseline_series WHERE baseline = ?").bind(1, name).run()
    try database.prepare("DELETE FROM baseline WHERE name = ?").bind(1, name).run()
  }

  /// Returns whether there was one.
  package func deleteBaseline(_ name: String) throws -> Bool {
    let exists = try baselines().contains { $0.name == name }
    if exists { try database.write { try removeBaseline(name) } }
    return exists
  }

  package func baselines() throws -> [Baseline] {
    let statement = try database.prepare(
      """
      SELECT name, taken, since, machine, (SELECT count(*) FROM baseline_series WHERE baseline = baseline.name),
        (SELECT coalesce(sum(length(points)), 0) / 16 FROM baseline_series WHERE baseline = baseline.name)
      FROM baseline ORDER BY name
      """)
    defer { statement.reset() }
    var found: [Baseline] = []
    while try statement.step() {
      found.append(
        Baseline(
          name: statement.text(0) ?? "", taken: statement.integer(1), since: statement.integer(2),
          machine: statement.text(3).flatMap { try? JSONValue.parse(Array($0.utf8)) } ?? .null,
          series: Int(statement.integer(4)), readings: Int(statement.integer(5))))
    }
    return found
  }

  /// The readings of a baseline, without gaps.
  package func baseline(_ name: String) throws -> [(series: MetricSeries, values: [Double])] {
    let statement = try database.prepare("SELECT name, labels, unit, points FROM baseline_series WHERE baseline = ?")
      .bind(1, name)
    defer { statement.reset() }
    var found: [(MetricSeries, [Double])] = []
    while try statement.step() {
      let labels = statement.text(1).flatMap { try? JSONValue.parse(Array($0.utf8)) }?.members ?? []
      var readings = Readings()
      readings.add(statement.bytes(3), in: .min..<(.max))
      found.append(
        (
          MetricSeries(
            name: statement.text(0) ?? "", unit: statement.text(2) ?? "1",
            labels: Dictionary(labels.map { ($0.key, $0.value.plainText) }) { $1 }),
          readings.values.filter { !$0.isNaN }
        ))
    }
    return found
  }
}

/// Facts of the machine that figures depend on.
package enum MachineFacts {
  package static var json: JSONValue {
    let cpu = FileContent.text("/proc/cpuinfo", limit: 65_536)?.split(separator: "\n").first {
      $0.hasPrefix("model name")
    }
    .flatMap { $0.split(separator: ":").last }.map { String($0.drop { $0 == " " }) }
    let kernel = FileContent.text("/proc/sys/kernel/osrelease", limit: 256)?.filter { !$0.isNewline }
    let governor = FileContent.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", limit: 64)?.filter {
      !$0.isNewline
    }
    return JSONValue(members: [
      ("cpu", cpu.map { .string($0) } ?? .null), ("cpus", JSONValue(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))),
      ("kernel", kernel.map { .string($0) } ?? .null), ("governor", governor.map { .string($0) } ?? .null),
    ])
  }

  /// The names of the facts that are not the same.
  package static func differences(_ a: JSONValue, _ b: JSONValue) -> [String] {
    (a.members ?? []).filter { b[$0.key].map { $0.text } != $0.value.text }.map(\.key)
  }
}
