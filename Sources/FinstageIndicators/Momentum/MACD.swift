import FinstageCore

/// Moving average convergence/divergence (G. Appel).
///
///     macd = ema(fast) - ema(slow);  signal = ema of macd over `signal` bars;  histogram = macd - signal
///
/// As TA-Lib's MACD: both averages begin on bar `slow`, and all three lines begin where the signal begins. Warm-up:
/// slow + signal - 2 bars.
struct MACD: Kernel {
  private let averages: AverageDifference
  private let signal: Int
  private let signalSmoothing: Smoothing

  init(fast: Int, slow: Int, signal: Int) {
    averages = AverageDifference(fast: fast, slow: slow)
    self.signal = signal
    signalSmoothing = Smoothing.exponential(signal)
  }

  struct State {
    var averages: AverageDifference.State
    var signal = SeededAverage()
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 3 }
  var start: State { State(averages: averages.start) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (line, signal) = push(&state, bars.field[i])
    out.a[i] = line
    out.b[i] = signal
    out.c[i] = line - signal
  }

  /// Both are NaN until there is a signal.
  @inline(__always)
  func push(_ state: inout State, _ x: Double) -> (line: Double, signal: Double) {
    let (fast, slow) = averages.push(&state.averages, x)
    let line = fast - slow
    if line.isNaN { return (.nan, .nan) }
    let value = state.signal.push(line, signal, signalSmoothing)
    return value.isNaN ? (.nan, .nan) : (line, value)
  }

  static let indicator = Indicator(
    "macd", .momentum, parameters: [.period("fast", 12), .period("slow", 26), .period("signal", 9)],
    inputs: inputs, outputs: ["macd", "macd_signal", "macd_hist"],
    summary: "moving average convergence/divergence: line, signal, histogram",
    formula: """
      ema(fast) - ema(slow), its own EMA as the signal, and the difference of the two; both averages begin on bar `slow`
      """,
    source: "G. Appel; as TA-Lib's MACD",
    warmUp: { Int($0[1]) + Int($0[2]) - 2 },
    conflict: AverageDifference.conflict,
    driver: { p, _ in MACD(fast: Int(p[0]), slow: Int(p[1]), signal: Int(p[2])).driven() })
}
