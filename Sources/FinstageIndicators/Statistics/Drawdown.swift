import FinstageCore

/// The fall from the highest value so far, in percent.
///
///     drawdown(t) = 100 (x(t) / max(x(1), ..., x(t)) - 1)
///
/// 0 at a new high, negative below it. No warm-up. 0 while the highest value is not positive.
struct Drawdown: Kernel {
  static var inputs: Inputs { .field }
  var start: Double { -.infinity }

  @inline(__always)
  func step(
    _ state: inout Double, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    if x > state { state = x }
    out.a[i] = state > 0 ? 100 * (x / state - 1) : 0
  }

  static let indicator = Indicator(
    "drawdown", .statistics, inputs: inputs,
    summary: "fall from the highest value so far, in percent",
    formula: "100 (x / (highest x so far) - 1)",
    source: "the usual definition",
    undefined: "0 while the highest value is not positive",
    warmUp: { _ in 0 },
    driver: { _, _ in Drawdown().driven() })
}
