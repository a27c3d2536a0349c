import FinstageSystem

/// Numbers that were measured, all of them kept.
package struct Sample: Sendable {
  /// In the order in which they were measured.
  package let values: [Double]
  private let sorted: [Double]
  package let mean: Double

  package init(_ values: [Double]) {
    self.values = values
    sorted = values.sorted()
    let count = Double(values.count)
    let first = values.reduce(0, +) / count
    // What rounding has left out of the first mean.
    mean = first + values.reduce(0) { $0 + ($1 - first) } / count
  }

  package var count: Int { values.count }
  package var minimum: Double? { sorted.first }
  package var maximum: Double? { sorted.last }

  /// With n - 1; nil for fewer than two values.
  package var variance: Double? {
    guard count > 1 else { return nil }
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }

  package var deviation: Double? { variance.map { $0.squareRoot() } }

  /// The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, the default of R, NumPy and DuckDB).
  /// - Parameter share: 0 to 1.
  package func quantile(_ share: Double) -> Double? {
    guard let last = sorted.last else { return nil }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  package var median: Double? { quantile(0.5) }
}
