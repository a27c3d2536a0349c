import FinstageSystem
import FinstageCore

/// Keltner channels in L. Bradford Raschke's form.
///
///     middle = ema(close, n);  upper, lower = middle +- width atr(atr)
///
/// Warm-up: max(n - 1, atr) bars.
struct Keltner: Kernel {
  let n: Int
  let smoothing: Smoothing
  let atr: ATR
  let width: Double

  struct State {
    var average = SeededAverage()
    var range: ATR.State
  }

  static var inputs: Inputs { .highLowClose }
  static var outputs: Int { 3 }
  var start: State { State(range: atr.start) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let close = bars.close[i]
    let average = state.average.push(close, n, smoothing)
    let reach = width * atr.push(&state.range, high: bars.high[i], low: bars.low[i], close: close)
    let upper = average + reach
    out.a[i] = upper
    out.b[i] = upper.isNaN ? .nan : average
    out.c[i] = average - reach
  }

  static let indicator = Indicator(
    "keltner", .volatility, parameters: [.period(20), .period("atr", 10), .real("width", 2, 0.001...100)],
    inputs: inputs, outputs: ["keltner_upper", "keltner_middle", "keltner_lower"],
    summary: "Keltner channels: upper, middle, lower",
    formula: "ema(close, n), and `width` average true ranges above and below it",
    source: "C. Keltner, 1960; L. Bradford Raschke's form",
    warmUp: { max(Int($0[0]) - 1, Int($0[1])) },
    driver: { p, _ in
      Keltner(n: Int(p[0]), smoothing: Smoothing.exponential(Int(p[0])), atr: ATR(n: Int(p[1])), width: p[2]).driven()
    })
}
