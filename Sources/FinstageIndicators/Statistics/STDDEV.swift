import FinstageSystem
import FinstageCore

/// Standard deviation of the last n values; see `WindowVariance`.
///
///     stddev = sqrt(sum of (x - mean)^2 / n)
///
/// The population's (divided by n). Warm-up: n - 1 bars. As TA-Lib's STDDEV.
enum STDDEV: SpreadFigure {
  @inline(__always)
  static func value(_ x: Double, mean: Double, squares: Double, inverse: Double) -> Double {
    (squares * inverse).squareRoot()
  }

  static let indicator = Indicator(
    "stddev", .statistics, parameters: [.period(20)], inputs: .field,
    summary: "standard deviation of the last n values (the population's)",
    formula: "sqrt(sum of (x - mean)^2 / n)",
    source: "as TA-Lib's STDDEV",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in SpreadKernel<STDDEV>(n: Int(p[0])).driven() })
}
