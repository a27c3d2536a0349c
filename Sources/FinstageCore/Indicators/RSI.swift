/// Relative strength index (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     gain(t) = max(x(t) - x(t-1), 0);  loss(t) = max(x(t-1) - x(t), 0)
///     G, L    = Wilder's averages of both: the mean of the first n, then G = G + (gain - G) / n
///     rsi     = 100 G / (G + L)
///
/// Warm-up: the first n bars have no value. 100 where there was no loss; 50 where nothing moved at all (TA-Lib says 0 there).
struct RSI: Kernel {
  let n: Int
  let weight: Double

  init(n: Int) {
    self.n = n
    weight = 1 / Double(n)
  }

  struct State {
    var previous = Double.nan
    var gain = SeededAverage()
    var loss = SeededAverage()
  }

  static let inputs = Inputs.field
  static let outputs = 1
  var start: State { State() }
  var memory: Int { 0 }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let change = x - state.previous
    state.previous = x
    if change.isNaN {
      out.a[i] = .nan
      return
    }
    let gain = state.gain.push(change > 0 ? change : 0, n, weight: weight)
    let loss = state.loss.push(change < 0 ? -change : 0, n, weight: weight)
    let both = gain + loss
    out.a[i] = both == 0 ? 50 : 100 * (gain / both)
  }

  static let indicator = Indicator(
    name: "rsi", parameters: [.period(14)], inputs: .field, outputs: ["rsi"],
    summary: "relative strength index, Wilder's averages",
    formula: """
      100 G / (G + L), where G and L are Wilder's averages of gains and losses: the mean of the first n, then \
      G + (gain - G) / n. No value on the first n bars; 100 without losses, 50 where nothing moved. As TA-Lib's RSI, \
      which gives 0 where nothing moved.
      """,
    driver: { parameters, _ in RSI(n: Int(parameters[0])).driven() })
}
