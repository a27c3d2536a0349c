/// Normalised average true range (J. Forman, 2006).
///
///     natr = 100 atr / close
///
/// Warm-up: n bars. 0 where the close is 0. As TA-Lib's NATR.
struct NATR: Kernel {
  let atr: ATR

  static var inputs: Inputs { .highLowClose }
  var start: ATR.State { atr.start }

  @inline(__always)
  func step(
    _ state: inout ATR.State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let close = bars.close[i]
    let range = atr.push(&state, high: bars.high[i], low: bars.low[i], close: close)
    out.a[i] = close == 0 ? (range.isNaN ? range : 0) : 100 * (range / close)
  }

  static let indicator = Indicator(
    "natr", .volatility, parameters: [.period(14)], inputs: inputs,
    summary: "average true range in percent of the close",
    formula: "100 atr / close",
    source: "J. Forman, 2006; as TA-Lib's NATR",
    undefined: "0 where the close is 0",
    warmUp: { Int($0[0]) },
    driver: { p, _ in NATR(atr: ATR(n: Int(p[0]))).driven() })
}
