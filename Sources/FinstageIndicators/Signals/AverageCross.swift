import FinstageCore

/// The shorter of the two longest simple averages crosses the longer one: `golden_cross` upwards, `dead_cross` downwards.
///
///     golden: short(t-1) <= long(t-1) and short(t) > long(t);  dead: the other way
///
/// Strength: their distance in percent of the longer one. Both forms are the same.
struct AverageCross: Kernel {
  struct State {
    var short = Double.nan
    var long = Double.nan
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 2 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let short = bars.x[i]
    let long = bars.y[i]
    let strength = SignalStrength.percent(short, long)
    out.a[i] = state.short <= state.long && short > long ? strength : .nan
    out.b[i] = state.short >= state.long && short < long ? strength : .nan
    state = State(short: short, long: long)
  }

  static let rule = SignalRule { requests, column, _ in
    let averages = requests.enumerated().filter { $0.element.indicator.name == SMA.indicator.name }
      .sorted { $0.element.parameters[0] < $1.element.parameters[0] }
    guard averages.count >= 2 else { return [] }
    let (short, long) = (averages[averages.count - 2], averages[averages.count - 1])
    return [
      SignalRule.Match(
        x: column(short.offset, 0), y: column(long.offset, 0), names: ["golden_cross", "dead_cross"],
        detector: AverageCross().driven(), inputs: inputs)
    ]
  }
}

/// How strong a signal is.
enum SignalStrength {
  /// The distance of a value from a reference in percent of the reference; 0 if that is 0.
  @inline(__always)
  static func percent(_ value: Double, _ reference: Double) -> Double {
    reference == 0 ? 0 : 100 * ((value - reference) / reference).magnitude
  }
}
