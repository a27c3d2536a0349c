import FinstageCore

/// The price breaks out of the Bollinger bands (`bb_break_upper`, `bb_break_lower`) or comes within 1 % of one
/// (`bb_touch_upper`, `bb_touch_lower`).
///
///     break:  x(t-1) <= upper(t-1) and x(t) > upper(t);  mirrored below
///     touch:  |x - band| / band < 0.01 on this bar and not on the one before
///
/// Strength: the distance from the band, in percent of the band. Both forms are the same.
struct BandSignal: Kernel {
  struct State {
    var x = Double.nan
    var upper = Double.nan
    var lower = Double.nan
    var touchedUpper = false
    var touchedLower = false
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 4 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let upper = bars.x[i]
    let lower = bars.y[i]
    let above = SignalStrength.percent(x, upper)
    let below = SignalStrength.percent(x, lower)
    let touchesUpper = above < 1
    let touchesLower = below < 1
    out.a[i] = state.x <= state.upper && x > upper ? above : .nan
    out.b[i] = state.x >= state.lower && x < lower ? below : .nan
    out.c[i] = touchesUpper && !state.touchedUpper ? above : .nan
    out.d[i] = touchesLower && !state.touchedLower ? below : .nan
    state = State(x: x, upper: upper, lower: lower, touchedUpper: touchesUpper, touchedLower: touchesLower)
  }

  static let rule = SignalRule.each(
    BollingerBands.indicator.name, x: 0, y: 2, inputs: inputs,
    names: { ["bb\($0)_break_upper", "bb\($0)_break_lower", "bb\($0)_touch_upper", "bb\($0)_touch_lower"] },
    detector: { _ in BandSignal().driven() })
}
