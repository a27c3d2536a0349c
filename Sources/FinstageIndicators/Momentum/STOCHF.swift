import FinstageSystem
import FinstageCore

/// Fast stochastic oscillator (G. Lane).
///
///     K = 100 (close - lowest) / (highest - lowest) over k bars;  D = sma(K, d)
///
/// Warm-up: k + d - 2 bars, for both lines. 50 where the range is 0 (TA-Lib says 0). As TA-Lib's STOCHF.
struct STOCHF: Kernel {
  let k: Int
  let d: Int

  struct State {
    var range = WindowRange()
    var d = WindowSum()
  }

  static var inputs: Inputs { .highLowClose }
  static var outputs: Int { 2 }
  var start: State { State() }
  var memory: Int { WindowRange.memory(k) + d }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (highest, lowest) = state.range.push(high: bars.high[i], low: bars.low[i], memory, k)
    let (line, average) = STOCHF.lines(
      STOCH.position(bars.close[i], highest, lowest), &state.d, memory + WindowRange.memory(k), d)
    out.a[i] = line
    out.b[i] = average
  }

  /// K and its average; both are NaN until there is an average.
  @inline(__always)
  static func lines(
    _ raw: Double, _ window: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ d: Int
  ) -> (k: Double, d: Double) {
    if raw.isNaN { return (.nan, .nan) }
    let average = window.push(raw, memory, d) / Double(d)
    return average.isNaN ? (.nan, .nan) : (raw, average)
  }

  static let indicator = Indicator(
    "stochf", .momentum, parameters: [.period("k", 5), .period("d", 3)],
    inputs: inputs, outputs: ["stochf_k", "stochf_d"],
    summary: "fast stochastic oscillator: K and D",
    formula: "K = 100 (close - lowest low) / (highest high - lowest low) over k bars; D = sma(K, d)",
    source: "G. Lane; as TA-Lib's STOCHF",
    undefined: "K is 50 where the range is 0 (TA-Lib: 0)",
    warmUp: { Int($0[0]) + Int($0[1]) - 2 },
    driver: { p, _ in STOCHF(k: Int(p[0]), d: Int(p[1])).driven() })
}
