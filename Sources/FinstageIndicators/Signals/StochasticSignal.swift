import FinstageCore

/// Both stochastic lines reach 80 or above (`stoch_overbought`) or 20 or below (`stoch_oversold`), or K crosses D
/// (`stoch_bullish_cross`, `stoch_bearish_cross`); a bar may have one of each kind.
///
/// Strength: |K - 50| for the levels, |K - D| for the crosses. Both forms are the same.
struct StochasticSignal: Kernel {
  struct State {
    var k = Double.nan
    var d = Double.nan
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 4 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let k = bars.x[i]
    let d = bars.y[i]
    out.a[i] = .nan
    out.b[i] = .nan
    out.c[i] = .nan
    out.d[i] = .nan
    if k >= 80 && d >= 80 && !(state.k >= 80 && state.d >= 80) {
      out.a[i] = (k - 50).magnitude
    }
    if k <= 20 && d <= 20 && !(state.k <= 20 && state.d <= 20) {
      out.b[i] = (k - 50).magnitude
    }
    if state.k <= state.d && k > d { out.c[i] = (k - d).magnitude }
    if state.k >= state.d && k < d { out.d[i] = (k - d).magnitude }
    state = State(k: k, d: d)
  }

  static let rule = SignalRule.each(
    STOCH.indicator.name, x: 0, y: 1, inputs: inputs,
    names: { label in
      ["overbought", "oversold", "bullish_cross", "bearish_cross"].map { "stoch\(label)_\($0)" }
    },
    detector: { _ in StochasticSignal().driven() })
}
