import FinstageSystem

/// Whether a series goes up or down.
package struct Trend: Sendable {
  /// The median of the slopes of all pairs of points (Theil 1950, Sen 1968), a step.
  package let slope: Double
  /// Kendall's tau-b of values and time.
  package let tau: Double
  /// Mann and Kendall's two-sided p, as if the points were independent.
  package let plainP: Double
  /// The same with the variance corrected for autocorrelation (Hamed and Rao 1998).
  package let p: Double
  /// How many independent points the series is worth, as a share of its points.
  package let independence: Double

  /// The most points that all pairs are formed of.
  package static let mostPoints = 2000

  /// Nil for fewer than four points.
  /// - Parameter values: at equal distances in time.
  package init?(_ values: [Double]) {
    // Means of neighbours, where there are too many for all pairs.
    let step = (values.count + Trend.mostPoints - 1) / Trend.mostPoints
    let points =
      step <= 1
      ? values
      : stride(from: 0, to: values.count, by: step).map {
        let part = values[$0..<min($0 + step, values.count)]
        return part.reduce(0, +) / Double(part.count)
      }
    let n = points.count
    guard n >= 4 else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(n * (n - 1) / 2)
    var s = 0.0
    for i in 0..<n {
      for j in (i + 1)..<max(n, i + 1) {
        let difference = points[j] - points[i]
        slopes.append(difference / Double(j - i))
        s += difference > 0 ? 1 : difference < 0 ? -1 : 0
      }
    }
    slope = (Sample(slopes).median ?? 0) / Double(max(1, step))
    let pairs = Double(n) * Double(n - 1) / 2
    var (tied, tieVariance) = (0.0, 0.0)
    var counts: [Double: Double] = [:]
    for value in points { counts[value, default: 0] += 1 }
    for t in counts.values {
      tied += t * (t - 1) / 2
      tieVariance += t * (t - 1) * (2 * t + 5)
    }
    tau = tied < pairs ? s / (pairs * (pairs - tied)).squareRoot() : 0
    let variance = (Double(n) * Double(n - 1) * Double(2 * n + 5) - tieVariance) / 18
    plainP = variance > 0 ? Distributions.normalTwoSided(s / variance.squareRoot()) : 1
    let factor = Trend.varianceFactor(points, slope: slope * Double(max(1, step)))
    p = variance > 0 ? Distributions.normalTwoSided(s / (variance * factor).squareRoot()) : 1
    independence = 1 / factor
  }

  /// By how much autocorrelation widens the distribution of S: from the significant autocorrelations of the ranks of what remains
  /// without the trend.
  private static func varianceFactor(_ points: [Double], slope: Double) -> Double {
    let n = points.count
    let rest = points.enumerated().map { $0.element - slope * Double($0.offset) }
    let order = rest.indices.sorted { rest[$0] < rest[$1] }
    var ranks = [Double](repeating: 0, count: n)
    for (rank, place) in order.enumerated() { ranks[place] = Double(rank + 1) }
    let mean = Double(n + 1) / 2
    let square = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard square > 0 else { return 1 }
    let bound = 1.959964 / Double(n).squareRoot()
    var sum = 0.0
    let size = Double(n)
    for lag in 1..<max(2, n - 2) {
      var product = 0.0
      for i in 0..<(n - lag) { product += (ranks[i] - mean) * (ranks[i + lag] - mean) }
      let correlation = product / square
      // Far lags have few pairs, and what is not significant is noise.
      if abs(correlation) <= bound {
        if lag > 1, sum > 0 { break }
        continue
      }
      let left = size - Double(lag)
      sum += left * (left - 1) * (left - 2) * correlation
    }
    // Estimates of few points are too small (Kendall 1954), and far lags are not significant though they are there: the series is taken
    // for one of first order as well, and the wider of both holds.
    var product = 0.0
    for i in 0..<(n - 1) { product += (ranks[i] - mean) * (ranks[i + 1] - mean) }
    let first = product / square
    var modelled = 0.0
    if first > 1.645 / size.squareRoot() {
      let memory = min(0.98, (first + 2 / size) / (1 - 4 / size))
      var power = 1.0
      for lag in 1..<(n - 2) {
        power *= memory
        let left = size - Double(lag)
        modelled += left * (left - 1) * (left - 2) * power
      }
    }
    return max(1, 1 + 2 / (size * (size - 1) * (size - 2)) * max(sum, modelled))
  }

  /// The least squares line of values over their places.
  package static func leastSquaresSlope(_ values: [Double]) -> Double? {
    let n = Double(values.count)
    guard n > 1 else { return nil }
    let (mean, middle) = (Sample(values).mean, (n - 1) / 2)
    var (above, below) = (0.0, 0.0)
    for (i, value) in values.enumerated() {
      above += (Double(i) - middle) * (value - mean)
      below += (Double(i) - middle) * (Double(i) - middle)
    }
    return above / below
  }
}
