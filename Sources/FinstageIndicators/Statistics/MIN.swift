import FinstageCore

/// The lowest of the last n values; see `WindowMaximum`.
///
///     min(t) = min(x(t), ..., x(t-n+1))
///
/// Warm-up: n - 1 bars. As TA-Lib's MIN.
enum MIN: ExtremeSide {
  @inline(__always) static var sign: Double { -1 }

  static let indicator = Indicator(
    "min", .statistics, parameters: [.period(30)], inputs: .field,
    summary: "lowest of the last n values",
    formula: "the lowest of x(t), ..., x(t-n+1)",
    source: "as TA-Lib's MIN",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in ExtremeKernel<MIN>(n: Int(p[0])).driven() })
}
