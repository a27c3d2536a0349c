import FinstageSystem
import FinstageCore

/// Williams' percent range (L. Williams).
///
///     willr = -100 (highest - close) / (highest - lowest) over n bars
///
/// Warm-up: n - 1 bars. -50 where the range is 0 (TA-Lib says 0). As TA-Lib's WILLR.
struct WILLR: Kernel {
  let n: Int

  static var inputs: Inputs { .highLowClose }
  var start: WindowRange { WindowRange() }
  var memory: Int { WindowRange.memory(n) }

  @inline(__always)
  func step(
    _ state: inout WindowRange, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (highest, lowest) = state.push(high: bars.high[i], low: bars.low[i], memory, n)
    let span = highest - lowest
    out.a[i] = span == 0 ? -50 : -100 * ((highest - bars.close[i]) / span)
  }

  static let indicator = Indicator(
    "willr", .momentum, parameters: [.period(14)], inputs: inputs,
    summary: "Williams' percent range",
    formula: "-100 (highest high - close) / (highest high - lowest low) over n bars",
    source: "L. Williams; as TA-Lib's WILLR",
    undefined: "-50 where the range is 0 (TA-Lib: 0)",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in WILLR(n: Int(p[0])).driven() })
}
