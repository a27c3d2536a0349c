import FinstageSystem
import FinstageCore

/// SuperTrend (O. Seban).
///
///     basic bands = (high + low) / 2 -+ k atr(n)
///     The lower band never falls while closes stay above it, the upper one never rises while they stay below it.
///     supertrend  = the lower band in an up trend, the upper one in a down trend; a close beyond it turns the trend.
///
/// Direction is 1 (up) or -1 (down). The first trend is up if the close is above the middle of its bar. Warm-up: n bars.
struct SuperTrend: Kernel {
  let n: Int
  let width: Double
  let smoothing: Smoothing

  init(n: Int, width: Double) {
    self.n = n
    self.width = width
    smoothing = Smoothing.wilder(n)
  }

  struct State {
    var range = TrueRange()
    var average = SeededAverage()
    var lower = Double.nan
    var upper = Double.nan
    var previousClose = 0.0
    var isUp = false
  }

  static var inputs: Inputs { .highLowClose }
  static var outputs: Int { 2 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    let close = bars.close[i]
    let previousClose = state.previousClose
    state.previousClose = close
    out.a[i] = .nan
    out.b[i] = .nan
    let range = state.range.push(high: high, low: low, close: close)
    if range.isNaN { return }
    let average = state.average.push(range, n, smoothing)
    if average.isNaN { return }
    let middle = (high + low) / 2
    var lower = middle - width * average
    var upper = middle + width * average
    if state.lower.isNaN {
      state.isUp = close > middle
    } else {
      if lower < state.lower && previousClose >= state.lower { lower = state.lower }
      if upper > state.upper && previousClose <= state.upper { upper = state.upper }
      if state.isUp ? close < lower : close > upper { state.isUp = !state.isUp }
    }
    state.lower = lower
    state.upper = upper
    out.a[i] = state.isUp ? lower : upper
    out.b[i] = state.isUp ? 1 : -1
  }

  static let indicator = Indicator(
    "supertrend", .trend, parameters: [.period(10), .real("width", 3, 0.001...100)], inputs: inputs,
    outputs: ["supertrend", "supertrend_direction"],
    summary: "SuperTrend: the stop, and the direction: 1 is up, -1 down",
    formula: """
      bands at (high + low) / 2 -+ width atr(n); the lower one never falls while closes stay above it, the upper one never \
      rises while they stay below it; the value is the lower one in an up trend, the upper one in a down trend; a \
      close beyond it turns the trend
      """,
    source: "O. Seban (TradingView has the signs of the direction the other way round)",
    undefined: "the first trend is up if the close is above the middle of its bar",
    warmUp: { Int($0[0]) },
    driver: { p, _ in SuperTrend(n: Int(p[0]), width: p[1]).driven() })
}
