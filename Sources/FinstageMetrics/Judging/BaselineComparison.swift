import FinstageCore
import FinstageSystem

/// A series now and in a baseline.
package struct BaselineComparison: Sendable {
  package enum Verdict: String, Sendable { case ok, worse, undecided, none = "no verdict" }

  package let series: MetricSeries
  package let before: Sample
  package let now: Sample
  /// The mean now over the mean before, and where that ratio lies.
  package let ratio: Double?
  package let interval: (low: Double, high: Double)?
  package let verdict: Verdict

  /// Fewer readings than this say nothing.
  private static let fewest = 5

  /// - Parameter limit: the share by which it may be worse.
  package init(_ series: MetricSeries, before: [Double], now: [Double], limit: Double, level: Double = 0.95) {
    self.series = series
    self.before = Sample(before)
    self.now = Sample(now)
    guard before.count >= BaselineComparison.fewest, now.count >= BaselineComparison.fewest, self.before.mean > 0 else {
      ratio = nil
      interval = nil
      verdict = .none
      return
    }
    let mean = self.before.mean
    let ratio = self.now.mean / mean
    self.ratio = ratio
    // Readings of one stretch of time are like each other: they count for as many as are independent.
    func error(_ sample: Sample) -> Double {
      (sample.variance ?? 0) / (Double(sample.count) * BaselineComparison.independence(sample.values))
    }
    let (a, b) = (error(self.before), error(self.now))
    // The error of a ratio, by the delta method.
    let spread = ratio * (a / (mean * mean) + b / max(1e-300, self.now.mean * self.now.mean)).squareRoot()
    let df = max(2, Double(min(before.count, now.count)) - 1)
    let reach = spread * Distributions.studentTwoSidedQuantile(1 - level, df: df)
    let interval = (low: ratio - reach, high: ratio + reach)
    self.interval = interval
    if BaselineComparison.isBetterHigh(series.name) {
      verdict = interval.high < 1 - limit ? .worse : interval.low >= 1 - limit ? .ok : .undecided
    } else {
      verdict = interval.low > 1 + limit ? .worse : interval.high <= 1 + limit ? .ok : .undecided
    }
  }

  /// The share of independent readings, from the correlation of neighbours.
  private static func independence(_ values: [Double]) -> Double {
    let sample = Sample(values)
    guard values.count > 3, let variance = sample.variance, variance > 0 else { return 1 }
    var product = 0.0
    for i in 1..<values.count { product += (values[i] - sample.mean) * (values[i - 1] - sample.mean) }
    let correlation = max(0, min(0.98, product / (variance * Double(values.count - 1))))
    return (1 - correlation) / (1 + correlation)
  }

  /// Whether more of it is better.
  package static func isBetterHigh(_ name: String) -> Bool {
    ["hit_rate", "success_rate", "throughput", "per_second", "hits", "available"].contains { name.contains($0) }
  }

  package var json: JSONValue {
    [
      "type": "comparison", "name": .string(series.name),
      "labels": series.labelsJSON,
      "verdict": .string(verdict.rawValue), "ratio": ratio.map { .rounded($0, 6) } ?? .null,
      "interval": interval.map { [.rounded($0.low, 6), .rounded($0.high, 6)] } ?? .null,
      "baseline_mean": before.count > 0 ? .number(before.mean) : .null,
      "mean": now.count > 0 ? .number(now.mean) : .null,
      "baseline_count": JSONValue(before.count), "count": JSONValue(now.count),
    ]
  }
}
