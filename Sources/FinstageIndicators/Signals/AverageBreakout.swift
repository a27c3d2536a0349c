import FinstageCore

/// The price breaks through a simple average: `ma20_breakout_up` and `ma20_breakout_down`.
///
///     strict:    x(t-1) <= ma(t-1) and x(t) > ma(t);  down the other way
///     tolerant:  x(t-1) <= 1.01 ma(t-1) and x(t) > 1.005 ma(t);  down: x(t-1) >= 0.99 ma(t-1) and x(t) < 0.995 ma(t);
///                only on the first of consecutive bars that meet the condition
///
/// Strength: the distance between price and average, in percent of the average.
struct AverageBreakout: Kernel {
  let form: SignalForm

  struct State {
    var x = Double.nan
    var average = Double.nan
    var wasUp = false
    var wasDown = false
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 2 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let average = bars.x[i]
    var isUp = false
    var isDown = false
    switch form {
    case .strict:
      isUp = state.x <= state.average && x > average
      isDown = state.x >= state.average && x < average
    case .tolerant:
      isUp = state.x <= 1.01 * state.average && x > 1.005 * average
      isDown = state.x >= 0.99 * state.average && x < 0.995 * average
    }
    let strength = SignalStrength.percent(x, average)
    out.a[i] = isUp && !state.wasUp ? strength : .nan
    out.b[i] = isDown && !state.wasDown ? strength : .nan
    state = State(x: x, average: average, wasUp: isUp, wasDown: isDown)
  }

  static let rule = SignalRule { requests, column, form in
    requests.enumerated().filter { $0.element.indicator.name == SMA.indicator.name }.map { i, request in
      let name = "ma" + request.suffix.joined()
      return SignalRule.Match(
        x: column(i, 0), y: column(i, 0), names: ["\(name)_breakout_up", "\(name)_breakout_down"],
        detector: AverageBreakout(form: form).driven(), inputs: inputs)
    }
  }
}
