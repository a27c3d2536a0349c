import FinstageSystem
import FinstageCore

/// Slow stochastic oscillator (G. Lane).
///
///     raw = 100 (close - lowest) / (highest - lowest) over k bars
///     K   = sma(raw, k_slow);  D = sma(K, d)
///
/// Warm-up: k + k_slow + d - 3 bars, for both lines. 50 where the range is 0 (TA-Lib says 0). As TA-Lib's STOCH.
struct STOCH: Kernel {
  let k: Int
  let slow: Int
  let d: Int

  struct State {
    var range = WindowRange()
    var slow = WindowSum()
    var d = WindowSum()
  }

  static var inputs: Inputs { .highLowClose }
  static var outputs: Int { 2 }
  var start: State { State() }
  var memory: Int { WindowRange.memory(k) + slow + d }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (line, average) = push(&state, memory, high: bars.high[i], low: bars.low[i], close: bars.close[i])
    out.a[i] = line
    out.b[i] = average
  }

  /// Both are NaN until there is a D.
  @inline(__always)
  func push(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, high: Double, low: Double, close: Double
  ) -> (k: Double, d: Double) {
    let (highest, lowest) = state.range.push(high: high, low: low, memory, k)
    let raw = STOCH.position(close, highest, lowest)
    if raw.isNaN { return (.nan, .nan) }
    let rest = memory + WindowRange.memory(k)
    let line = state.slow.push(raw, rest, slow) / Double(slow)
    if line.isNaN { return (.nan, .nan) }
    let average = state.d.push(line, rest + slow, d) / Double(d)
    return average.isNaN ? (.nan, .nan) : (line, average)
  }

  /// The position of a price in a range: 0 at the low end, 100 at the high end, 50 if the range has no extent.
  @inline(__always)
  static func position(_ x: Double, _ highest: Double, _ lowest: Double) -> Double {
    let span = highest - lowest
    return span == 0 ? 50 : 100 * ((x - lowest) / span)
  }

  static let indicator = Indicator(
    "stoch", .momentum, parameters: [.period("k", 14), .period("k_slow", 3), .period("d", 3)],
    inputs: inputs, outputs: ["stoch_k", "stoch_d"],
    summary: "slow stochastic oscillator: K and D",
    formula:
      "raw = 100 (close - lowest low) / (highest high - lowest low) over k bars; K = sma(raw, k_slow); D = sma(K, d)",
    source: "G. Lane; as TA-Lib's STOCH",
    undefined: "raw is 50 where the range is 0 (TA-Lib: 0)",
    warmUp: { Int($0[0]) + Int($0[1]) + Int($0[2]) - 3 },
    driver: { p, _ in STOCH(k: Int(p[0]), slow: Int(p[1]), d: Int(p[2])).driven() })
}
