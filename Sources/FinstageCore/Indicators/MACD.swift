/// Moving average convergence/divergence (G. Appel).
///
///     macd = ema(fast) - ema(slow);  signal = ema of macd over `signal` bars;  histogram = macd - signal
///
/// As TA-Lib's MACD: both averages are seeded so that they begin on bar `slow` (the fast one with the mean of the last
/// `fast` of the first `slow` values), and all three lines begin where the signal does. Warm-up: slow + signal - 2 bars.
struct MACD: Kernel {
  let fast, slow, signal: Int
  let fastWeight, slowWeight, signalWeight: Double

  init(fast: Int, slow: Int, signal: Int) {
    self.fast = fast
    self.slow = slow
    self.signal = signal
    fastWeight = 2 / (Double(fast) + 1)
    slowWeight = 2 / (Double(slow) + 1)
    signalWeight = 2 / (Double(signal) + 1)
  }

  struct State {
    var fast = SeededAverage()
    var slow = SeededAverage()
    var signal = SeededAverage()
    /// Values that the fast average has still to let pass before its seed.
    var toSkip: Int32
  }

  static let inputs = Inputs.field
  static let outputs = 3
  var start: State { State(toSkip: Int32(slow - fast)) }
  var memory: Int { 0 }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    out.a[i] = .nan
    out.b[i] = .nan
    out.c[i] = .nan
    let slowAverage = state.slow.push(x, slow, weight: slowWeight)
    if state.toSkip > 0 {
      state.toSkip &-= 1
      return
    }
    let line = state.fast.push(x, fast, weight: fastWeight) - slowAverage
    if line.isNaN { return }
    let signalLine = state.signal.push(line, signal, weight: signalWeight)
    if signalLine.isNaN { return }
    out.a[i] = line
    out.b[i] = signalLine
    out.c[i] = line - signalLine
  }

  static let indicator = Indicator(
    name: "macd", parameters: [.period("fast", 12), .period("slow", 26), .period("signal", 9)],
    inputs: .field, outputs: ["macd", "macd_signal", "macd_hist"],
    summary: "moving average convergence/divergence: line, signal, histogram",
    formula: """
      ema(fast) - ema(slow), its own EMA as the signal, and the difference of the two. No value on the first \
      slow + signal - 2 bars; both averages begin on bar `slow`. As TA-Lib's MACD.
      """,
    conflict: { $0[0] < $0[1] ? nil : "the fast period must be shorter than the slow one" },
    driver: { p, _ in MACD(fast: Int(p[0]), slow: Int(p[1]), signal: Int(p[2])).driven() })
}
