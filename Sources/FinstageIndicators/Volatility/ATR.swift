import FinstageSystem
import FinstageCore

/// Average true range (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     tr(t) = max(high - low, |high - close(t-1)|, |low - close(t-1)|)
///     atr   = Wilder's average of tr: the mean of the first n, then atr + (tr - atr) / n
///
/// The first bar has no true range. Warm-up: n bars. As TA-Lib's ATR.
struct ATR: Kernel {
  let n: Int
  let smoothing: Smoothing

  init(n: Int) {
    self.n = n
    smoothing = Smoothing.wilder(n)
  }

  struct State {
    var range = TrueRange()
    var average = SeededAverage()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = push(&state, high: bars.high[i], low: bars.low[i], close: bars.close[i])
  }

  @inline(__always)
  func push(_ state: inout State, high: Double, low: Double, close: Double) -> Double {
    let range = state.range.push(high: high, low: low, close: close)
    return range.isNaN ? .nan : state.average.push(range, n, smoothing)
  }

  @inline(__always)
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var i = range.lowerBound
    while i < range.upperBound && Int(state.average.count) < n {
      step(&state, memory, bars, i, out)
      i &+= 1
    }
    // Warm: the previous close now comes from the column.
    var previous = state.range.previousClose
    var average = state.average.value
    let smoothing = self.smoothing
    while i < range.upperBound {
      average = smoothing.next(average, TrueRange.of(bars.high[i], bars.low[i], previous))
      previous = bars.close[i]
      out.a[i] = average
      i &+= 1
    }
    state.range.previousClose = previous
    state.average.value = average
  }

  static let indicator = Indicator(
    "atr", .volatility, parameters: [.period(14)], inputs: inputs,
    summary: "average true range, Wilder's average",
    formula: """
      Wilder's average (the mean of the first n, then atr + (tr - atr) / n) of the true range, the largest of high - low, \
      |high - previous close| and |low - previous close|
      """,
    source: "J. W. Wilder, 1978; as TA-Lib's ATR",
    warmUp: { Int($0[0]) },
    driver: { p, _ in ATR(n: Int(p[0])).driven() })
}
