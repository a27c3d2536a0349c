import FinstageCore

/// Volume of at least twice its average with a price change of more than 1 % (`volume_breakout_up`,
/// `volume_breakout_down`), or of at most half its average (`low_volume`). A signal is reported on the bar where the
/// condition begins.
///
/// Strength: the ratio of volume to its average. Both forms are the same.
struct VolumeSignal: Kernel {
  struct State {
    var x = Double.nan
    var held: UInt8 = 0
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 3 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let ratio = bars.x[i]
    let change = ChangePercent.of(x, state.x)
    var holds: UInt8 = 0
    if ratio >= 2 && change > 1 { holds |= 1 }
    if ratio >= 2 && change < -1 { holds |= 2 }
    // Currencies and indices have no volume: there, it is not low.
    if ratio <= 0.5 && bars.y[i] > 0 { holds |= 4 }
    let begins = holds & ~state.held
    out.a[i] = begins & 1 != 0 ? ratio : .nan
    out.b[i] = begins & 2 != 0 ? ratio : .nan
    out.c[i] = begins & 4 != 0 ? ratio : .nan
    state = State(x: x, held: holds)
  }

  static let rule = SignalRule.each(
    VolumeSMA.indicator.name, x: 1, y: 0, inputs: inputs,
    names: { ["volume\($0)_breakout_up", "volume\($0)_breakout_down", "low_volume\($0)"] },
    detector: { _ in VolumeSignal().driven() })
}
