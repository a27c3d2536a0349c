import FinstageSystem
import FinstageCore

/// Balance of power (I. Livshin, 2001).
///
///     bop = (close - open) / (high - low)
///
/// 0 where high is not above low. As TA-Lib's BOP.
struct BOP: Kernel {
  static var inputs: Inputs { .candle }
  var start: Int8 { 0 }

  @inline(__always)
  func step(
    _ state: inout Int8, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = BOP.value(bars, i)
  }

  @inline(__always)
  private static func value(_ bars: BarColumns, _ i: Int) -> Double {
    let span = bars.high[i] - bars.low[i]
    let balance = (bars.close[i] - bars.open[i]) / span
    return span > 0 ? balance : 0
  }

  static let indicator = Indicator(
    "bop", .momentum, inputs: inputs,
    summary: "balance of power",
    formula: "(close - open) / (high - low)",
    source: "I. Livshin, 2001; as TA-Lib's BOP",
    undefined: "0 where high is not above low",
    warmUp: { _ in 0 },
    driver: { _, _ in BOP().driven() })
}
