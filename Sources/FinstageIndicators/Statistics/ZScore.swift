import FinstageSystem
import FinstageCore

/// How many standard deviations the value is from the mean of the last n; see `WindowVariance`.
///
///     zscore = (x - mean) / sqrt(sum of (x - mean)^2 / n)
///
/// Warm-up: n - 1 bars. 0 where the deviation is 0.
enum ZScore: SpreadFigure {
  @inline(__always)
  static func value(_ x: Double, mean: Double, squares: Double, inverse: Double) -> Double {
    let deviation = (squares * inverse).squareRoot()
    return deviation == 0 ? 0 : (x - mean) / deviation
  }

  static let indicator = Indicator(
    "zscore", .statistics, parameters: [.period(20, from: 2)], inputs: .field,
    summary: "distance from the mean of n values, in standard deviations",
    formula: "(x - sma(n)) / stddev(n)",
    source: "the usual definition, with the population's deviation",
    undefined: "0 where the deviation is 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in SpreadKernel<ZScore>(n: Int(p[0])).driven() })
}
