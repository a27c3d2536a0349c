import FinstageCore

/// The highest of the last n values; see `WindowMaximum`.
///
///     max(t) = max(x(t), ..., x(t-n+1))
///
/// Warm-up: n - 1 bars. As TA-Lib's MAX.
enum MAX: ExtremeSide {
  @inline(__always) static var sign: Double { 1 }

  static let indicator = Indicator(
    "max", .statistics, parameters: [.period(30)], inputs: .field,
    summary: "highest of the last n values",
    formula: "the highest of x(t), ..., x(t-n+1)",
    source: "as TA-Lib's MAX",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in ExtremeKernel<MAX>(n: Int(p[0])).driven() })
}
