import FinstageSystem
import FinstageCore

/// Vortex indicator (E. Botes and D. Siepman, 2010).
///
///     vortex_plus = sum |high - previous low| / sum true range;  vortex_minus = sum |low - previous high| / sum true range
///
/// Sums over n bars. Warm-up: n bars. 0 where the ranges are 0.
struct Vortex: Kernel {
  let n: Int

  struct State {
    var previousHigh = Double.nan
    var previousLow = Double.nan
    var range = TrueRange()
    var plus = WindowSum()
    var minus = WindowSum()
    var total = WindowSum()
  }

  static var inputs: Inputs { .highLowClose }
  static var outputs: Int { 2 }
  var start: State { State() }
  var memory: Int { 3 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    let up = (high - state.previousLow).magnitude
    let down = (low - state.previousHigh).magnitude
    state.previousHigh = high
    state.previousLow = low
    let range = state.range.push(high: high, low: low, close: bars.close[i])
    if range.isNaN {
      out.a[i] = .nan
      out.b[i] = .nan
      return
    }
    let plus = state.plus.push(up, memory, n)
    let minus = state.minus.push(down, memory + n, n)
    let total = state.total.push(range, memory + 2 * n, n)
    out.a[i] = total == 0 ? 0 : plus / total
    out.b[i] = total == 0 ? 0 : minus / total
  }

  static let indicator = Indicator(
    "vortex", .trend, parameters: [.period(14)], inputs: inputs, outputs: ["vortex_plus", "vortex_minus"],
    summary: "vortex indicator: plus and minus",
    formula: "sums over n bars: |high - previous low| and |low - previous high|, each divided by the true range",
    source: "E. Botes, D. Siepman, 2010",
    undefined: "0 where the ranges are 0",
    warmUp: { Int($0[0]) },
    driver: { p, _ in Vortex(n: Int(p[0])).driven() })
}
