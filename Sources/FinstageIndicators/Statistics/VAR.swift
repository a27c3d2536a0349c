import FinstageCore

/// Variance of the last n values; see `WindowVariance`.
///
///     var = sum of (x - mean)^2 / n
///
/// The population's (divided by n). Warm-up: n - 1 bars. As TA-Lib's VAR.
enum VAR: SpreadFigure {
  @inline(__always)
  static func value(_ x: Double, mean: Double, squares: Double, inverse: Double) -> Double { squares * inverse }

  static let indicator = Indicator(
    "var", .statistics, parameters: [.period(20)], inputs: .field,
    summary: "variance of the last n values (the population's)",
    formula: "sum of (x - mean)^2 / n",
    source: "as TA-Lib's VAR",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in SpreadKernel<VAR>(n: Int(p[0])).driven() })
}
