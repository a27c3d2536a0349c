/// Average true range (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     tr(t) = max(high - low, |high - close(t-1)|, |low - close(t-1)|)
///     atr   = Wilder's average of tr: the mean of the first n, then atr + (tr - atr) / n
///
/// The first bar has no true range. Warm-up: the first n bars have no value. As TA-Lib's ATR.
struct ATR: Kernel {
  let n: Int
  let weight: Double

  init(n: Int) {
    self.n = n
    weight = 1 / Double(n)
  }

  struct State {
    var previousClose = Double.nan
    var average = SeededAverage()
  }

  static let inputs = Inputs.highLowClose
  static let outputs = 1
  var start: State { State() }
  var memory: Int { 0 }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    let previous = state.previousClose
    state.previousClose = bars.close[i]
    if previous.isNaN {
      out.a[i] = .nan
      return
    }
    let range = max(high - low, max((high - previous).magnitude, (low - previous).magnitude))
    out.a[i] = state.average.push(range, n, weight: weight)
  }

  static let indicator = Indicator(
    name: "atr", parameters: [.period(14)], inputs: .highLowClose, outputs: ["atr"],
    summary: "average true range, Wilder's average",
    formula: """
      Wilder's average (the mean of the first n, then atr + (tr - atr) / n) of the true range, the largest of high - low, \
      |high - previous close| and |low - previous close|. No value on the first n bars. As TA-Lib's ATR.
      """,
    driver: { parameters, _ in ATR(n: Int(parameters[0])).driven() })
}
