import FinstageSystem
import FinstageCore

/// Average directional movement index; see `DirectionalMovement`.
///
///     adx = Wilder's average of dx: the mean of the first n, then adx + (dx - adx) / n
///
/// Warm-up: 2 n - 1 bars. A bar where dx is undefined leaves the average as it is. As TA-Lib's ADX.
struct ADX: Kernel {
  let n: Int
  let smoothing: Smoothing

  init(n: Int) {
    self.n = n
    smoothing = Smoothing.wilder(n)
  }

  struct State {
    var movement = DirectionalMovement()
    var average = SeededAverage()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = push(&state, bars, i)
  }

  @inline(__always)
  func push(_ state: inout State, _ bars: BarColumns, _ i: Int) -> Double {
    let (plus, minus) = state.movement.push(
      high: bars.high[i], low: bars.low[i], close: bars.close[i], n, smoothing)
    if plus.isNaN { return .nan }
    // Before the average begins, an undefined index counts as 0.
    let index = DirectionalMovement.index(plus, minus) ?? (Int(state.average.count) == n ? state.average.value : 0)
    return state.average.push(index, n, smoothing)
  }

  static let indicator = Indicator(
    "adx", .trend, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "average directional movement index",
    formula: "Wilder's average of dx: the mean of the first n, then adx + (dx - adx) / n",
    source: "J. W. Wilder, 1978; as TA-Lib's ADX",
    undefined: "the value stays where dx is undefined; before the first value, an undefined dx counts as 0",
    warmUp: { 2 * Int($0[0]) - 1 },
    driver: { p, _ in ADX(n: Int(p[0])).driven() })
}
