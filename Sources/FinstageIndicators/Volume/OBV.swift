import FinstageCore

/// On-balance volume (J. Granville, 1963).
///
///     obv(t) = obv(t-1) + volume where x rose, - volume where it fell;  begins with the first bar's volume
///
/// No warm-up. As TA-Lib's OBV.
struct OBV: Kernel {
  struct State {
    var previous = Double.nan
    var sum = 0.0
  }

  static var inputs: Inputs { Inputs(rawValue: Inputs.field.rawValue | Inputs.volume.rawValue) }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let volume = bars.volume[i]
    let previous = state.previous
    state.previous = x
    // The first bar, whose previous value is NaN, counts as a rise.
    let down: Double = x < previous ? -volume : volume
    state.sum += x == previous ? 0 : down
    out.a[i] = state.sum
  }

  static let indicator = Indicator(
    "obv", .volume, inputs: inputs,
    summary: "on-balance volume",
    formula: "the volumes of rising bars minus those of falling bars, summed; begins with the first bar's volume",
    source: "J. Granville, 1963; as TA-Lib's OBV",
    warmUp: { _ in 0 },
    driver: { _, _ in OBV().driven() })
}
