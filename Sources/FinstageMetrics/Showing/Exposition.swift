import FinstageCore

/// Writes metrics for Prometheus: the last reading of each series, without a time. A series without a reading has no line.
package enum Exposition {
  /// Series that are written at most: who has more has symbols or paths among the labels.
  private static let mostSeries = 10_000

  /// The text format, version 0.0.4.
  package static func lines(
    _ store: MetricsStore, _ selection: MetricsStore.Selection = .init(), in span: Range<Int64>
  ) throws -> [String] {
    var text = PrometheusText(prefix: "finstage_")
    for (name, unit, samples) in try families(store, selection, in: span) {
      text.add(name, "In \(unit).", name.hasSuffix("_total") ? .counter : .gauge, samples)
    }
    return text.lines
  }

  /// OpenMetrics 1.0: counters are named without their ending in the lines about them, and the end is marked.
  package static func openMetrics(_ store: MetricsStore, in span: Range<Int64>) throws -> [String] {
    var lines: [String] = []
    for (name, unit, samples) in try families(store, .init(), in: span) {
      var text = PrometheusText(prefix: "finstage_")
      let isCounter = name.hasSuffix("_total")
      text.add(name, "In \(unit).", isCounter ? .counter : .gauge, samples)
      lines += text.lines.map { line in
        isCounter && line.hasPrefix("#")
          ? line.replacing("finstage_\(name) ", with: "finstage_\(name.dropLast(6)) ") : line
      }
    }
    return lines + ["# EOF"]
  }

  private static func families(
    _ store: MetricsStore, _ selection: MetricsStore.Selection, in span: Range<Int64>
  ) throws -> [(name: String, unit: String, samples: [PrometheusText.Sample])] {
    var families: [(name: String, unit: String, samples: [PrometheusText.Sample])] = []
    var places: [String: Int] = [:]
    for (id, series) in try store.series(selection).prefix(mostSeries) {
      guard let value = try store.readings(id, in: span).values.last, !value.isNaN else { continue }
      let name = valid(series.name, allowsColon: true)
      var sample = PrometheusText.Sample(value)
      for (key, value) in series.labels.sorted(by: { $0.key < $1.key }) {
        let label = valid(key, allowsColon: false)
        // Two names can become one; names with two underscores in front belong to Prometheus.
        guard !label.isEmpty, !label.hasPrefix("__"), !sample.labels.contains(where: { $0.name == label }) else {
          continue
        }
        sample.labels.append((label, value))
      }
      // Two names that only differ in what is not allowed would be one series twice.
      if let place = places[name] {
        if families[place].unit != series.unit { sample.labels.append(("unit", series.unit)) }
        let isThere = families[place].samples.contains { known in known.labels.elementsEqual(sample.labels) { $0 == $1 }
        }
        if isThere { sample.labels.append(("series", "\(id)")) }
        families[place].samples.append(sample)
      } else {
        places[name] = families.count
        families.append((name, series.unit, [sample]))
      }
    }
    return families
  }

  /// A name with what is allowed in one.
  private static func valid(_ text: String, allowsColon: Bool) -> String {
    let name = String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" || allowsColon && $0 == ":" ? $0 : "_" })
    return allowsColon || name.first?.isNumber != true ? name : "_" + name
  }
}
