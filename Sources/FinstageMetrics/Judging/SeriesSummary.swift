import FinstageCore
import FinstageSystem

/// What there is to say of a series in a span of time. Quantiles are exact where all readings are there, and from sketches where they have been
/// rolled up; the two have different names.
package struct SeriesSummary: Sendable {
  package let series: MetricSeries
  package var count: Int64 = 0
  package var gaps: Int64 = 0
  package var mean: Double?
  package var deviation: Double?
  package var minimum: Double?
  package var maximum: Double?
  package var last: Double?
  /// Of 0.5, 0.9, 0.95 and 0.99.
  package var quantiles: [Double?] = []
  /// Whether the quantiles are exact, or off by up to `Sketch.error` of themselves.
  package var isExact = true
  /// Readings a second, over the whole span.
  package var perSecond: Double?
  package var trend: Trend?
  package var changes: [(time: Int64, change: ChangePoint)] = []

  package static let shares = [0.5, 0.9, 0.95, 0.99]
  /// So many readings in a row are taken together for a trend.
  private static let mostTrendPoints = 500

  package init(series: MetricSeries) { self.series = series }

  package static func of(
    _ series: MetricSeries, _ id: Int64, in span: Range<Int64>, _ store: MetricsStore, findsChanges: Bool = false
  ) throws -> SeriesSummary {
    var summary = SeriesSummary(series: series)
    let readings = try store.readings(id, in: span)
    var (values, times): ([Double], [Int64]) = ([], [])
    values.reserveCapacity(readings.values.count)
    for i in readings.values.indices where !readings.values[i].isNaN {
      values.append(readings.values[i])
      if findsChanges { times.append(readings.times[i]) }
    }
    summary.gaps = Int64(readings.values.count - values.count)
    summary.last = values.last
    // Readings that have been rolled up come before all others.
    var rolled = RollUp()
    for step in [MetricsStore.hour, MetricsStore.minute] {
      for (_, rollUp) in try store.rollUps(id, step: step, in: span) { rolled.merge(rollUp) }
    }
    let sample = Sample(values)
    if rolled.count == 0 {
      summary.count = Int64(values.count)
      if !values.isEmpty { summary.mean = sample.mean }
      summary.deviation = sample.deviation
      summary.minimum = sample.minimum
      summary.maximum = sample.maximum
      summary.quantiles = shares.map { sample.quantile($0) }
    } else {
      for value in values { rolled.take(value) }
      summary.isExact = false
      summary.count = rolled.count
      summary.gaps += rolled.gaps
      summary.mean = rolled.mean
      summary.minimum = rolled.minimum
      summary.maximum = rolled.maximum
      summary.quantiles = shares.map { rolled.sketch.quantile($0) }
    }
    if summary.count > 0 {
      summary.perSecond = Double(summary.count) / (Double(span.upperBound - span.lowerBound) / 1e9)
    }
    if findsChanges {
      if rolled.count > 0 {
        // Equal steps over the whole span, however it is kept.
        let bins = try History.bins(store, id, in: span, count: mostTrendPoints).filter { $0.rollUp?.mean != nil }
        values = bins.compactMap { $0.rollUp?.mean }
        times = bins.map(\.start)
      }
      summary.trend = Trend(thinned(values))
      summary.changes = ChangePoint.find(in: values).map { (times[$0.place], $0) }
    }
    return summary
  }

  private static func thinned(_ values: [Double]) -> [Double] {
    let step = (values.count + mostTrendPoints - 1) / mostTrendPoints
    if step <= 1 { return values }
    return stride(from: 0, to: values.count, by: step).map {
      Sample(Array(values[$0..<min($0 + step, values.count)])).mean
    }
  }

  package var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    var members: [(key: String, value: JSONValue?)] = [
      ("type", "metric_summary"), ("name", .string(series.name)), ("unit", .string(series.unit)),
      ("labels", series.labelsJSON),
      ("count", JSONValue(Int(count))), ("gaps", JSONValue(Int(gaps))), ("mean", number(mean)),
      ("sd", number(deviation)),
      ("min", number(minimum)), ("max", number(maximum)), ("last", number(last)),
    ]
    for (share, value) in zip(["p50", "p90", "p95", "p99"], quantiles) {
      members.append((isExact ? share : share + "_sketch", number(value)))
    }
    if !isExact { members.append(("sketch_relative_error", .number(Sketch.error))) }
    members.append(("per_second", number(perSecond)))
    return JSONValue(members: members)
  }
}
