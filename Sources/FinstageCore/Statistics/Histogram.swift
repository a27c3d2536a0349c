/// A distribution of seconds: how many values were up to each bound.
package struct Histogram: Sendable, Equatable {
  /// Seconds; the last count is of what exceeds them all.
  package static let bounds: [Double] = [0.01, 0.1, 1, 10, 60, 600, 3600]

  package var counts: [Int64]
  package var sum: Double

  package init() {
    counts = [Int64](repeating: 0, count: Histogram.bounds.count + 1)
    sum = 0
  }

  package var total: Int64 { counts.reduce(0, +) }

  package mutating func note(_ seconds: Double) {
    counts[Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count] += 1
    sum += seconds
  }
}
