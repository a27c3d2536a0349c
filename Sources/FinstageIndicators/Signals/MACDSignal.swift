import FinstageCore

/// The MACD crosses its signal line (`macd_bullish_cross`, `macd_bearish_cross`) or zero (`macd_zero_cross_up`,
/// `macd_zero_cross_down`), or both on one bar.
///
///     bullish: macd(t-1) <= signal(t-1) and macd(t) > signal(t), and so on
///
/// Strength: the distance of the MACD from what it crossed, in percent of the price. Both forms are the same.
struct MACDSignal: Kernel {
  struct State {
    var line = Double.nan
    var signal = Double.nan
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 4 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let line = bars.x[i]
    let signal = bars.y[i]
    let x = bars.field[i]
    func percent(_ distance: Double) -> Double { x == 0 ? 0 : 100 * (distance / x).magnitude }
    out.a[i] = .nan
    out.b[i] = .nan
    out.c[i] = .nan
    out.d[i] = .nan
    if state.line <= state.signal && line > signal { out.a[i] = percent(line - signal) }
    if state.line >= state.signal && line < signal { out.b[i] = percent(line - signal) }
    if state.line <= 0 && line > 0 { out.c[i] = percent(line) }
    if state.line >= 0 && line < 0 { out.d[i] = percent(line) }
    state = State(line: line, signal: signal)
  }

  static let rule = SignalRule.each(
    MACD.indicator.name, x: 0, y: 1, inputs: inputs,
    names: { label in
      ["bullish_cross", "bearish_cross", "zero_cross_up", "zero_cross_down"].map { "macd\(label)_\($0)" }
    },
    detector: { _ in MACDSignal().driven() })
}
