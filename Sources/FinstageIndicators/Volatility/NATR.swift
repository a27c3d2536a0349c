import FinstageSystem
import FinstageCore

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
    out.a[i] = range.isNaN ? .nan : NATR.percent(range, close)
  }

  @inline(__always)
  func steps(
    _ state: inout ATR.State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var i = range.lowerBound
    while i < range.upperBound && Int(state.average.count) < atr.n {
      step(&state, memory, bars, i, out)
      i &+= 1
    }
    // Warm: the previous close now comes from the column.
    var previous = state.range.previousClose
    var average = state.average.value
    let smoothing = atr.smoothing
    while i < range.upperBound {
      average = smoothing.next(average, TrueRange.of(bars.high[i], bars.low[i], previous))
      previous = bars.close[i]
      out.a[i] = NATR.percent(average, previous)
      i &+= 1
    }
    state.range.previousClose = previous
    state.average.value = average
  }

  @inline(__always)
  private static func percent(_ range: Double, _ close: Double) -> Double {
    let ratio = 100 * (range / close)
    return close == 0 ? 0 : ratio
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
