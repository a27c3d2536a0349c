import FinstageCore

/// Parabolic stop and reverse (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     sar(t+1) = sar(t) + af (ep - sar(t)), kept outside the ranges of the last two bars
///
/// `ep` is the extreme of the trade, `af` grows by the acceleration with each new extreme, up to a maximum. A bar that
/// touches the stop reverses the trade: the stop jumps to ep. The first trade is short if the second bar's low fell by more
/// than its high rose, else long, with the first bar's extreme as its stop. Warm-up: 1 bar. As TA-Lib's SAR.
struct SAR: Kernel {
  let acceleration: Double
  let maximum: Double

  struct State {
    var previousHigh = Double.nan
    var previousLow = Double.nan
    var extreme = 0.0
    var stop = Double.nan
    var factor = 0.0
    var isLong = false
  }

  static var inputs: Inputs { .highLow }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    if state.stop.isNaN {
      state = begin(state, high, low)
      if state.stop.isNaN {
        out.a[i] = .nan
        return
      }
    }
    // A short trade is a long one upside down.
    let sign: Double = state.isLong ? 1 : -1
    let near = state.isLong ? low : -high  // the side of the stop
    let far = state.isLong ? high : -low
    let previousNear = state.isLong ? state.previousLow : -state.previousHigh
    let previousFar = state.isLong ? state.previousHigh : -state.previousLow
    var stop = sign * state.stop
    var extreme = sign * state.extreme
    state.previousHigh = high
    state.previousLow = low
    if near <= stop {
      let outer = previousFar > far ? previousFar : far
      stop = extreme > outer ? extreme : outer
      out.a[i] = sign * stop
      state.isLong = !state.isLong
      state.factor = acceleration
      extreme = near
      stop += state.factor * (extreme - stop)
      if stop < outer { stop = outer }
    } else {
      out.a[i] = sign * stop
      if far > extreme {
        extreme = far
        let factor = state.factor + acceleration
        state.factor = factor > maximum ? maximum : factor
      }
      stop += state.factor * (extreme - stop)
      let inner = previousNear < near ? previousNear : near
      if stop > inner { stop = inner }
    }
    state.stop = sign * stop
    state.extreme = sign * extreme
  }

  /// Takes the first two bars; the stop is NaN after the first.
  @inline(never)
  private func begin(_ before: State, _ high: Double, _ low: Double) -> State {
    var state = before
    if state.previousHigh.isNaN {
      state.previousHigh = high
      state.previousLow = low
      return state
    }
    let up = high - state.previousHigh
    let down = state.previousLow - low
    state.isLong = !(down > 0 && down > up)
    state.stop = state.isLong ? state.previousLow : state.previousHigh
    state.extreme = state.isLong ? high : low
    state.factor = acceleration
    // The bar before the first one of a trade does not limit the stop.
    state.previousHigh = high
    state.previousLow = low
    return state
  }

  static let indicator = Indicator(
    "sar", .trend, parameters: [.real("acceleration", 0.02, 0.0001...10), .real("maximum", 0.2, 0.0001...10)],
    inputs: inputs,
    summary: "parabolic stop and reverse",
    formula: """
      sar + af (ep - sar), outside the ranges of the last two bars; ep is the trade's extreme, af grows by the \
      acceleration with each new one, up to the maximum; a bar that touches the stop reverses the trade
      """,
    source: "J. W. Wilder, 1978; as TA-Lib's SAR",
    warmUp: { _ in 1 },
    driver: { p, _ in SAR(acceleration: min(p[0], p[1]), maximum: p[1]).driven() })
}
