import FinstageCore

/// The change from the bar before, in percent.
///
///     change_percent(t) = 100 (x(t) / x(t-1) - 1)
///
/// Warm-up: 1 bar. 0 where x(t-1) is 0.
struct ChangePercent: Kernel {
  static var inputs: Inputs { .field }
  var start: Double { .nan }

  @inline(__always)
  func step(
    _ state: inout Double, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    out.a[i] = ChangePercent.of(x, state)
    state = x
  }

  /// NaN if there is no previous value.
  @inline(__always)
  static func of(_ x: Double, _ previous: Double) -> Double { previous == 0 ? 0 : 100 * (x / previous - 1) }

  static let indicator = Indicator(
    "change_percent", .momentum, inputs: inputs,
    summary: "change from the bar before, in percent",
    formula: "100 (x(t) / x(t-1) - 1)",
    source: "the usual definition",
    undefined: "0 where x(t-1) is 0",
    warmUp: { _ in 1 },
    driver: { _, _ in ChangePercent().driven() })
}
