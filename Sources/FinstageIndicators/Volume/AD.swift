import FinstageSystem
import FinstageCore

/// Chaikin's accumulation/distribution line; see `MoneyFlow`.
///
///     ad(t) = ad(t-1) + ((close - low) - (high - close)) / (high - low) * volume
///
/// No warm-up. As TA-Lib's AD.
struct AD: Kernel {
  static var inputs: Inputs { MoneyFlow.inputs }
  var start: Double { 0 }

  @inline(__always)
  func step(
    _ state: inout Double, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    state += MoneyFlow.volume(bars, i)
    out.a[i] = state
  }

  static let indicator = Indicator(
    "ad", .volume, inputs: inputs,
    summary: "Chaikin accumulation/distribution line",
    formula: "the sum of ((close - low) - (high - close)) / (high - low) * volume",
    source: "M. Chaikin; as TA-Lib's AD",
    undefined: "a bar whose high is not above its low adds 0",
    warmUp: { _ in 0 },
    driver: { _, _ in AD().driven() })
}
