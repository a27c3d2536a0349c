import FinstageCore

/// One reading.
package struct MetricPoint: Sendable {
  package var series: MetricSeries
  /// Nanoseconds since 1970.
  package var time: Int64
  /// NaN where there was nothing to be measured: a gap is a value.
  package var value: Double

  package init(name: String, labels: [String: String] = [:], unit: String = "1", time: Int64, value: Double) {
    series = MetricSeries(name: name, unit: unit, labels: labels)
    self.time = time
    self.value = value
  }
}

/// What is known of a span of time: all readings of one series in it, in little room.
package struct RollUp: Sendable {
  package var count: Int64 = 0
  package var sum = 0.0
  package var minimum = Double.infinity
  package var maximum = -Double.infinity
  package var gaps: Int64 = 0
  package var sketch = Sketch()

  package init() {}

  package mutating func take(_ value: Double) {
    add(value)
    if !value.isNaN { sketch.take(value) }
  }

  /// Takes a value without its place among the quantiles.
  mutating func add(_ value: Double) {
    if value.isNaN {
      gaps += 1
      return
    }
    count += 1
    sum += value
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  package mutating func merge(_ other: RollUp) {
    count += other.count
    sum += other.sum
    gaps += other.gaps
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sketch.merge(other.sketch)
  }

  package var mean: Double? { count > 0 ? sum / Double(count) : nil }
}
